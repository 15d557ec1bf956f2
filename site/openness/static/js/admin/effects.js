// What a notice does: one card for each change, over a text area with JSON.

import { button, date, el, field, put, select, text, tick } from "./dom.js";
import { contextOf, readList, writeList } from "./editor.js";
import { startPaste } from "./paste.js";
import { SessionsEditor } from "./sessions.js";
import { formatTime, parseTime } from "./times.js";

const clone = (value) => JSON.parse(JSON.stringify(value));

function periodFields(words, effect, changed) {
  const last = date(effect.last, (value) => {
    put(effect, "last", value, "");
    changed();
  });
  last.disabled = Boolean(effect.first) && !effect.last;
  const open = tick(words.open_end, last.disabled, (isOpen) => {
    last.disabled = isOpen;
    last.value = isOpen ? "" : effect.first;
    put(effect, "last", last.value, "");
    changed();
  });
  const first = date(effect.first, (value) => {
    effect.first = value;
    // Most changes are of one day, or of a few from it on.
    if (!last.disabled && (!last.value || last.value < value)) last.value = effect.last = value;
    changed();
  });
  return el("div", { className: "hours-season" }, field(words.from, first), field(words.until, last), open);
}

function windowFields(words, effect, changed) {
  const show = (name) => formatTime(effect[name], words.next_day);
  const time = (name) =>
    text(show(name), (typed) => {
      put(effect, name, typed.trim() ? (parseTime(typed) ?? typed) : undefined);
      changed();
    }, { size: 6, placeholder: "12:00", "aria-label": words.between });
  const times = [time("window_opens"), time("window_closes")];
  const isPart = effect.window_opens !== undefined || effect.window_closes !== undefined;
  const name = `window-${Math.random().toString(36).slice(2)}`;
  const radio = (label, isOn, onOn) => {
    const input = el("input", { type: "radio", name, checked: isOn });
    input.addEventListener("change", onOn);
    return el("label", { className: "hours-tick" }, input, el("span", {}, label));
  };
  const setPart = (isOn) => {
    for (const each of times) each.disabled = !isOn;
    if (!isOn) {
      delete effect.window_opens;
      delete effect.window_closes;
      for (const each of times) each.value = "";
      changed();
    } else times[0].focus();
  };
  for (const each of times) each.disabled = !isPart;
  return el(
    "div",
    { className: "hours-season hours-window" },
    radio(words.whole_day, !isPart, () => setPart(false)),
    radio(words.between, isPart, () => setPart(true)),
    times[0],
    el("span", {}, words.and),
    times[1],
  );
}

function sessionFields(context, effect, changed) {
  const editor = new SessionsEditor(context, clone(effect.sessions ?? []), (sessions) => {
    put(effect, "sessions", clone(sessions));
    changed();
  });
  const { ranges, lastEntry, more, details, message } = editor.parts;
  return el("div", {}, field(context.words.times, el("span", { className: "hours-times" }, ranges, lastEntry, more)), message, details);
}

/**
 * Start the editor of effects. Returns two functions: `showAreas`, to call when the areas to choose from have changed,
 * and `accept`, to call when something else is entered: what the first card shows is then meant.
 */
export function startEffects(root, areas, onChange) {
  const context = contextOf(root);
  const { words, choices } = context;
  const textarea = root.querySelector("textarea[name]");
  const cards = root.querySelector("[data-cards]");
  const source = root.querySelector("[data-source]");
  let value = readList(textarea);
  const fresh = () => ({ kind: "close", first: choices.today, last: choices.today });
  // The first card of an empty notice is only an offer until something is entered in the form.
  let offer = fresh();

  const write = () => {
    writeList(textarea, value);
    onChange();
  };

  const titleOf = (key) => {
    const box = root.closest("form").querySelector(`[name="venues"][value="${key}"]`);
    return box?.closest("label")?.querySelector("span")?.textContent ?? String(key);
  };

  const card = (effect, number) => {
    const body = el("div", { className: "hours-effect__body" });
    const changed = () => {
      if (!value.includes(effect)) value.push(effect);
      write();
    };
    const fillBody = () =>
      body.replaceChildren(effect.kind === "close" ? windowFields(words, effect, changed) : sessionFields(context, effect, changed));
    const kind = select(choices.notice_effects, effect.kind, (chosen) => {
      effect.kind = chosen;
      for (const name of chosen === "close" ? ["sessions"] : ["window_opens", "window_closes"]) delete effect[name];
      fillBody();
      changed();
    });
    const area = select([["", words.whole_venue], ...areas()], effect.area_key ?? "", (chosen) => {
      put(effect, "area_key", chosen, "");
      changed();
    });
    fillBody();
    return el(
      "section",
      { className: "hours-schedule hours-effect" },
      el(
        "header",
        { className: "hours-schedule__header" },
        el("h4", {}, value.length > 1 ? `${words.change} ${number}` : words.change),
        value.length > 1 ? button(words.remove, () => remove(effect), "hours-remove") : null,
      ),
      effect.venue_keys?.length ? el("p", {}, `${words.for_some_venues} ${effect.venue_keys.map(titleOf).join("、")}`) : null,
      el("div", { className: "hours-season" }, field(words.what_happens, kind), field(words.area, area)),
      periodFields(words, effect, changed),
      body,
    );
  };

  const remove = (effect) => {
    value.splice(value.indexOf(effect), 1);
    fill();
    write();
  };

  const fill = () => {
    cards.hidden = value === null;
    if (value === null) return;
    const shown = value.length ? value : [offer];
    cards.replaceChildren(
      ...shown.map((effect, index) => card(effect, index + 1)),
      button(words.add_change, () => {
        value.push(fresh());
        fill();
        write();
      }, "hours-add"),
    );
  };

  const accept = () => {
    if (value === null || value.length) return;
    value.push(offer);
    write();
  };

  /** Take changes that were read from a text. */
  const take = ({ effects }) => {
    if (value?.length && !window.confirm(words.replace_changes)) return false;
    value = effects;
    fill();
    write();
    return true;
  };

  fill();
  source.open = value === null;
  startPaste(root, words, {
    collect: () => {
      const data = new FormData();
      data.set("areas", JSON.stringify(areas().map(([key, name]) => ({ key, name }))));
      return data;
    },
    accept: take,
  });
  textarea.addEventListener("input", () => {
    value = readList(textarea);
    offer = fresh();
    fill();
    onChange();
  });
  return { showAreas: fill, accept };
}
