// Which days a rule is about.

import { date, el, field, put, select, text, tick, ticks } from "./dom.js";

// Kinds of which the days of the week are the point, and kinds that they narrow.
const BY_WEEKDAY = ["weekdays", "nth_weekday", "put_off"];
const NARROWED = ["day_type", "holiday", "dates", "lunar_day", "vacation", "term"];

/** Return controls for the fields that the matcher's kind reads. */
function controls(context, matcher, changed) {
  const { words, choices } = context;
  const set = (name, fallback) => (value) => {
    put(matcher, name, value, fallback);
    changed();
  };
  const weekdays = () => ticks(choices.weekdays_short.map((label, index) => [index, label]), matcher.weekdays ?? [], set("weekdays"));
  const levels = () =>
    el("span", { className: "hours-choice" }, el("small", {}, words.levels), ticks(choices.levels, matcher.levels ?? [], set("levels")));
  const found = kindControls(context, matcher, set, { weekdays, levels });
  return NARROWED.includes(matcher.kind) ? [...found, narrowing(words, matcher, weekdays())] : found;
}

function kindControls({ words, choices }, matcher, set, { weekdays, levels }) {
  switch (matcher.kind) {
    case "weekdays":
      return [weekdays()];
    case "day_type":
      return [ticks(choices.day_types, matcher.day_types ?? [], set("day_types"))];
    case "holiday":
      return [ticks(choices.holidays, matcher.holidays ?? [], set("holidays")), el("small", {}, words.any_holiday)];
    case "vacation":
      return [
        ticks(choices.vacations, matcher.vacations ?? [], set("vacations")),
        el("small", {}, words.any_vacation),
        levels(),
        el("small", {}, words.any_level),
      ];
    case "term":
      return [levels(), el("small", {}, words.any_level)];
    case "put_off":
      return [
        el("span", { className: "hours-choice" }, el("small", {}, words.closed_on), weekdays()),
        field(words.put_off_to, select(choices.put_offs, matcher.put_off_to ?? "next_day", set("put_off_to", "next_day"))),
      ];
    case "nth_weekday":
      return [ticks(choices.nth, matcher.nth ?? [], set("nth")), weekdays()];
    case "lunar_day":
      return lunarControls(words, matcher, set);
    case "dates":
      return dateControls(words, matcher, set);
    default:
      return [];
  }
}

/** Return the days of the week to which other days are limited; folded away until there are any. */
function narrowing(words, matcher, weekdays) {
  return el("details", { className: "hours-narrow", open: Boolean(matcher.weekdays?.length) }, el("summary", {}, words.only_weekdays), weekdays);
}

function dateControls(words, matcher, set) {
  const last = date(matcher.last, (value) => set("last", "")(value));
  last.disabled = Boolean(matcher.first) && !matcher.last;
  const open = tick(words.open_end, last.disabled, (isOpen) => {
    last.disabled = isOpen;
    if (isOpen) last.value = "";
    set("last", "")(isOpen ? "" : last.value);
  });
  const first = date(matcher.first, (value) => {
    // Most dates are one day, or a few from it on.
    if (value && !last.disabled && !last.value) {
      last.value = value;
      matcher.last = value;
    }
    set("first", "")(value);
  });
  return [field(words.from, first), field(words.until, last), open];
}

function lunarControls(words, matcher, set) {
  const months = [["", words.every_month], ...Array.from({ length: 12 }, (_, index) => [String(index + 1), String(index + 1)])];
  const days = (matcher.lunar_days ?? []).join(", ");
  return [
    field(words.lunar_month, select(months, String(matcher.lunar_month ?? ""), (value) => set("lunar_month")(value ? Number(value) : undefined))),
    field(
      words.lunar_days,
      text(days, (value) => set("lunar_days")(value.normalize("NFKC").split(/[\s,、]+/).filter(Boolean).map((each) => (/^\d+$/.test(each) ? Number(each) : each))), {
        placeholder: "1, 15, 26",
      }),
    ),
    tick(words.new_years_eve, Boolean(matcher.lunar_new_years_eve), (value) => set("lunar_new_years_eve", false)(value)),
  ];
}

/** Return an editor of the days of `rule`; `onChange` is called after every change. */
export function daysEditor(context, rule, onChange) {
  const { words, choices } = context;
  const matcher = { kind: "every_day", ...(rule.matcher ?? {}) };
  const fields = el("div", { className: "hours-days-fields" });
  const changed = () => {
    const { kind, ...rest } = matcher;
    const stored = kind === "every_day" ? rest : { kind, ...rest };
    if (Object.keys(stored).length) rule.matcher = stored;
    else delete rule.matcher;
    onChange();
  };
  const fill = () => fields.replaceChildren(...controls(context, matcher, changed));
  const kind = select(choices.matchers, matcher.kind, (value) => {
    // The fields of another kind of days mean nothing for this one; days of the week that were the point narrow nothing.
    const keeps = BY_WEEKDAY.includes(value) && BY_WEEKDAY.includes(matcher.kind);
    for (const name of Object.keys(matcher)) if (name !== "weekdays" || !keeps) delete matcher[name];
    matcher.kind = value;
    fill();
    changed();
  });
  fill();
  return el("div", { className: "hours-which" }, field(words.which_days, kind), fields);
}
