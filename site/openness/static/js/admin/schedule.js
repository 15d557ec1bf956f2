// One schedule: usual hours, a season, or holidays and special days, with its week and its other rules.

import { button, date, el, field, freshKey, put, select, text, tick } from "./dom.js";
import { daysEditor } from "./days.js";
import { SessionsEditor } from "./sessions.js";
import { hasPlainWeek, weekEditor, weekRules } from "./week.js";

/** Return an editor of a rule that is not one of the week's. */
function ruleEditor(context, rule, onChange, onRemove) {
  const { words, choices } = context;
  const editor = new SessionsEditor(context, JSON.parse(JSON.stringify(rule.sessions ?? [])), (sessions) => {
    put(rule, "sessions", JSON.parse(JSON.stringify(sessions)));
    onChange();
  });
  const { ranges, lastEntry, more, details, message } = editor.parts;
  const isReplacing = () => (rule.effect ?? "replace") === "replace";
  const closed = tick(words.closed, isReplacing() && !rule.sessions?.length, (isOn) => {
    delete rule.sessions;
    editor.show([]);
    editor.disable(isOn);
    if (!isOn) ranges.focus();
    onChange();
  });
  const showEffect = () => {
    closed.hidden = !isReplacing();
    lastEntry.hidden = rule.effect === "subtract";
    editor.disable(isReplacing() && closed.querySelector("input").checked);
  };
  const effect = select(choices.effects, rule.effect ?? "replace", (value) => {
    put(rule, "effect", value, "replace");
    if (!isReplacing()) closed.querySelector("input").checked = false;
    showEffect();
    onChange();
  });
  const reason = text(rule.label ?? "", (value) => {
    put(rule, "label", value, "");
    onChange();
  }, { maxLength: 120 });
  showEffect();
  return el(
    "div",
    { className: "hours-rule" },
    daysEditor(context, rule, onChange),
    el("div", { className: "hours-rule__then" }, field(words.what_then, effect), closed, ranges, lastEntry, more),
    message,
    details,
    el(
      "div",
      { className: "hours-rule__foot" },
      field(words.reason, reason, "hours-field--wide"),
      button(words.remove, onRemove, "hours-remove"),
    ),
  );
}

/** Return `[month, day]` for 10-01; text that is no such day stays as it is. */
function monthDay(typed) {
  const found = typed.normalize("NFKC").trim().match(/^(\d{1,2})(?:[-/.]|月)(\d{1,2})日?$/);
  if (found) return [Number(found[1]), Number(found[2])];
  return typed.trim() || null;
}

function monthDayText(value) {
  return Array.isArray(value) ? value.map((each) => String(each).padStart(2, "0")).join("-") : (value ?? "");
}

function periodFields(context, schedule, onChange) {
  const { words } = context;
  const set = (name, read = (value) => value) => (value) => {
    put(schedule, name, read(value), "");
    onChange();
  };
  const validity = el(
    "details",
    { className: "hours-validity", open: Boolean(schedule.valid_from || schedule.valid_to) },
    el("summary", {}, words.valid_only),
    field(words.from, date(schedule.valid_from, set("valid_from"))),
    field(words.until, date(schedule.valid_to, set("valid_to"))),
  );
  if ((schedule.layer ?? "base") !== "season" && !schedule.annual_from && !schedule.annual_to) return { season: null, validity };
  const name = text(schedule.label ?? "", set("label"), { placeholder: words.season_name, maxLength: 80 });
  const day = (key) => text(monthDayText(schedule[key]), set(key, monthDay), { placeholder: words.month_day, size: 6 });
  const season = el(
    "div",
    { className: "hours-season" },
    field(words.name, name),
    field(words.every_year_from, day("annual_from")),
    field(words.until, day("annual_to")),
  );
  return { season, validity };
}

/** Return the editor of one schedule. `onRemove` takes the schedule out. */
export function scheduleEditor(context, schedule, onChange, onRemove) {
  const { words } = context;
  const layer = schedule.layer ?? "base";
  const rules = el("div", { className: "hours-rules" });
  const titles = { base: words.usual_hours, season: words.season, holiday: words.special_days };

  const others = () => {
    const weekly = layer === "holiday" ? [] : weekRules(schedule);
    return (schedule.rules ?? []).filter((rule) => !weekly.includes(rule));
  };
  // A rule that has just become weekly by its days stays where it is edited.
  let shown = others();
  const fill = () => {
    rules.replaceChildren(
      ...shown.map((rule) =>
        ruleEditor(context, rule, onChange, () => {
          schedule.rules.splice(schedule.rules.indexOf(rule), 1);
          shown = shown.filter((each) => each !== rule);
          fill();
          if (layer === "holiday" && !schedule.rules.length) onRemove();
          else onChange();
        }),
      ),
    );
  };
  const add = () => {
    schedule.rules ??= [];
    const rule = { key: freshKey("special", schedule.rules.map((each) => each.key)), matcher: { kind: layer === "holiday" ? "holiday" : "day_type" } };
    schedule.rules.push(rule);
    shown.push(rule);
    fill();
    rules.lastElementChild.querySelector("select").focus();
    onChange();
  };
  fill();
  const { season, validity } = periodFields(context, schedule, onChange);
  const editor = weekEditor(context, schedule, onChange);
  const isBesideOthers = shown.length > 0 && !weekRules(schedule).length;
  const week = isBesideOthers ? el("details", {}, el("summary", {}, words.by_weekday), editor) : editor;
  const label = layer !== "season" && schedule.label ? ` · ${schedule.label}` : "";
  return el(
    "section",
    { className: `hours-schedule hours-schedule--${layer}` },
    el(
      "header",
      { className: "hours-schedule__header" },
      el("h4", {}, `${titles[layer] ?? layer}${label}`),
      button(words.remove, () => (!schedule.rules?.length || window.confirm(words.really_remove)) && onRemove(), "hours-remove"),
    ),
    season,
    layer === "holiday" || !hasPlainWeek(schedule) ? null : week,
    rules,
    el(
      "div",
      { className: "hours-schedule__foot" },
      button(layer === "holiday" ? words.add_special : words.add_other, add, "hours-add"),
      validity,
    ),
  );
}
