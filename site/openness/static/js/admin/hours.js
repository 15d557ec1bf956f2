// The hours of a venue: one card for the whole venue and one for each area, over a text area with JSON.

import { addArea, readAreas, watchAreas } from "./areas.js";
import { button, el, freshKey } from "./dom.js";
import { contextOf, readList, startEditors, writeList } from "./editor.js";
import { startPaste } from "./paste.js";
import { livePreview } from "./preview.js";
import { scheduleEditor } from "./schedule.js";

const LAYERS = ["base", "season", "holiday"];

/** Return the card of one area ("" is the whole venue). */
function areaCard(context, value, area, isAlone, changed) {
  const { words } = context;
  const card = el("section", { className: "hours-card" });
  const own = () => value.filter((schedule) => (schedule.area ?? "") === area.key);
  const add = (layer, rules) => {
    const key = freshKey(layer, value.map((each) => each.key));
    const schedule = { key, ...(layer === "base" ? {} : { layer }), ...(area.key ? { area: area.key } : {}), rules };
    value.push(schedule);
    fill();
    changed();
    return schedule;
  };
  const fill = () => {
    const schedules = own().sort((one, other) => LAYERS.indexOf(one.layer ?? "base") - LAYERS.indexOf(other.layer ?? "base"));
    const has = (layer) => schedules.some((schedule) => (schedule.layer ?? "base") === layer);
    const remove = (schedule) => {
      value.splice(value.indexOf(schedule), 1);
      fill();
      changed();
    };
    card.replaceChildren(
      ...(isAlone ? [] : [el("h3", { className: "hours-card__title" }, area.name)]),
      ...(area.key && !has("base") && !has("season") ? [el("p", {}, words.as_whole_venue)] : []),
      ...schedules.map((schedule) => scheduleEditor(context, schedule, changed, () => remove(schedule))),
      el(
        "div",
        { className: "hours-card__add" },
        has("base") ? null : button(area.key ? words.give_own : words.give_usual, () => add("base", [])),
        button(words.add_season, () => add("season", [])),
        has("holiday") ? null : button(words.add_special, () => add("holiday", [{ key: "special-1", matcher: { kind: "holiday" } }])),
      ),
    );
  };
  fill();
  return card;
}

function start(root) {
  const context = contextOf(root);
  const textarea = root.querySelector("textarea[name]");
  const cards = root.querySelector("[data-cards]");
  const source = root.querySelector("[data-source]");
  const preview = root.querySelector("[data-preview]");
  const form = textarea.form;
  let value = readList(textarea);

  const refresh = preview
    ? livePreview({
        url: preview.dataset.preview,
        place: JSON.parse(preview.dataset.place || "{}"),
        result: preview.querySelector("[data-preview-result]"),
        failed: context.words.preview_failed,
        collect: () => {
          const data = new FormData();
          data.set("hours", textarea.value);
          data.set("areas", JSON.stringify(readAreas(form)));
          for (const name of ["hours_mode", "parent_venue", "venue_type", "admission"]) data.set(name, form.elements[name]?.value ?? "");
          return data;
        },
      })
    : () => {};

  const changed = () => {
    writeList(textarea, value);
    refresh();
  };

  const fill = () => {
    const mode = form.elements.hours_mode?.value ?? "own";
    if (value === null) {
      // What cannot be laid out can still be read and mended as text.
      cards.hidden = true;
      source.open = true;
      return;
    }
    const named = readAreas(form);
    const known = ["", ...named.map((area) => area.key)];
    const strangers = [...new Set(value.map((schedule) => schedule.area ?? ""))].filter((key) => !known.includes(key));
    const areas = [{ key: "", name: context.words.whole_venue }, ...named, ...strangers.map((key) => ({ key, name: key }))];
    cards.replaceChildren(...areas.map((area) => areaCard(context, value, area, areas.length === 1, changed)));
    cards.hidden = mode !== "own";
  };

  /** Take hours that were read from a text: `chosen` gives the area of the form for areas of the text. */
  const accept = ({ mode, schedules, areas }, chosen) => {
    if (value?.length && !window.confirm(context.words.replace_hours)) return false;
    const keyOf = (key) => chosen[key] || key;
    for (const area of areas) if (area.is_new && !chosen[area.key]) addArea(form, area.key, area.name);
    value = schedules.map((schedule) => (schedule.area ? { ...schedule, area: keyOf(schedule.area) } : schedule));
    const select = form.elements.hours_mode;
    if (select) {
      select.value = mode === "by_appointment" ? mode : "own";
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    fill();
    changed();
    return true;
  };

  fill();
  source.open = value === null;
  startPaste(root, context.words, {
    collect: () => {
      const data = new FormData();
      data.set("areas", JSON.stringify(readAreas(form)));
      return data;
    },
    accept,
  });
  if (preview) preview.hidden = false;
  refresh();
  watchAreas(form, () => {
    fill();
    refresh();
  });
  textarea.addEventListener("input", () => {
    value = readList(textarea);
    if (value !== null) fill();
    refresh();
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "hours_mode") {
      cards.hidden = value === null || event.target.value !== "own";
      refresh();
    }
    if (["parent_venue", "venue_type", "admission"].includes(event.target.name)) refresh();
  });
}

startEditors("hours", start);
