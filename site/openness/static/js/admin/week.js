// The seven days of a schedule as seven lines, whatever rules they are stored in.

import { el, freshKey, select, tick } from "./dom.js";
import { SessionsEditor } from "./sessions.js";

const ALL = [0, 1, 2, 3, 4, 5, 6];
const clone = (value) => JSON.parse(JSON.stringify(value));

const kindOf = (rule) => rule.matcher?.kind ?? "every_day";
const isWeekly = (rule) => (rule.effect ?? "replace") === "replace" && ["weekdays", "every_day"].includes(kindOf(rule));

/** Return the rules that the week shows. Where two of them name one day, all are left to the list of rules. */
export function weekRules(schedule) {
  const rules = (schedule.rules ?? []).filter(isWeekly);
  const named = rules.flatMap((rule) => (kindOf(rule) === "weekdays" ? (rule.matcher.weekdays ?? []) : ["every"]));
  const isPlain = new Set(named).size === named.length && named.every((day) => day === "every" || ALL.includes(day));
  return isPlain ? rules : [];
}

/** Tell whether the week can show the schedule's weekly rules (or there are none yet). */
export function hasPlainWeek(schedule) {
  return weekRules(schedule).length === (schedule.rules ?? []).filter(isWeekly).length;
}

function ruleOf(schedule, day) {
  const rules = weekRules(schedule);
  return (
    rules.find((rule) => kindOf(rule) === "weekdays" && rule.matcher.weekdays?.includes(day)) ??
    rules.find((rule) => kindOf(rule) === "every_day")
  );
}

const daysOf = (schedule, rule) => ALL.filter((day) => ruleOf(schedule, day) === rule);

function sameSessions(one, other) {
  const plain = (sessions) => JSON.stringify((sessions ?? []).map((each) => Object.entries(each).sort()));
  return plain(one) === plain(other);
}

function setSessions(rule, sessions) {
  if (sessions.length) rule.sessions = clone(sessions);
  else delete rule.sessions;
}

/** Give one day other sessions: none is closed, null says nothing about the day. The other days stay. */
export function setDay(schedule, day, sessions) {
  schedule.rules ??= [];
  const old = ruleOf(schedule, day);
  if (old && sessions !== null && sameSessions(old.sessions, sessions)) return;
  const rest = old ? daysOf(schedule, old).filter((each) => each !== day) : [];
  const twin =
    sessions !== null &&
    weekRules(schedule).find((rule) => rule !== old && kindOf(rule) === "weekdays" && !rule.label && sameSessions(rule.sessions, sessions));
  if (old && !rest.length && sessions !== null && !twin) {
    old.matcher = { kind: "weekdays", weekdays: [day] };
    setSessions(old, sessions);
    return;
  }
  if (old && rest.length) old.matcher = { kind: "weekdays", weekdays: rest };
  if (old && !rest.length) schedule.rules.splice(schedule.rules.indexOf(old), 1);
  if (sessions === null) return;
  if (twin) {
    twin.matcher = { kind: "weekdays", weekdays: [...twin.matcher.weekdays, day].sort() };
    return;
  }
  const rule = { key: freshKey("week", schedule.rules.map((each) => each.key)), matcher: { kind: "weekdays", weekdays: [day] } };
  setSessions(rule, sessions);
  schedule.rules.push(rule);
}

/** Return the week of a schedule; `onChange` is called after every change. */
export function weekEditor(context, schedule, onChange) {
  const { words } = context;
  const isBase = (schedule.layer ?? "base") === "base";
  const list = el("div", { className: "hours-week", role: "group" });

  const copyTo = (day, days) => {
    const rule = ruleOf(schedule, day);
    for (const other of days) if (other !== day) setDay(schedule, other, rule ? (rule.sessions ?? []) : null);
    fill();
    onChange();
  };

  const row = (day) => {
    const rule = ruleOf(schedule, day);
    const silent = isBase && weekRules(schedule).length > 0;
    const isClosed = rule ? !rule.sessions?.length : silent;
    const editor = new SessionsEditor(context, clone(rule?.sessions ?? []), (sessions) => {
      setDay(schedule, day, sessions.length ? sessions : null);
      onChange();
    });
    const { ranges, lastEntry, more, details, message } = editor.parts;
    if (!isBase) ranges.placeholder = words.as_usual;
    ranges.setAttribute("aria-label", `${context.choices.weekdays[day]}: ${words.hours}`);
    lastEntry.setAttribute("aria-label", `${context.choices.weekdays[day]}: ${words.last_entry}`);
    const closed = tick(words.closed, isClosed, (isOn) => {
      editor.disable(isOn);
      setDay(schedule, day, isOn ? [] : null);
      if (!isOn) {
        editor.show([]);
        ranges.focus();
      }
      onChange();
    });
    if (isClosed) editor.disable(true);
    const targets = [["", words.copy_to], ["0123456", words.all_days], ["01234", words.workdays], ["56", words.weekend]];
    const copy = select(targets, "", (value) => copyTo(day, [...value].map(Number)), {
      className: "hours-copy",
      "aria-label": `${context.choices.weekdays[day]}: ${words.copy_to}`,
    });
    return el(
      "div",
      { className: `hours-row${day > 4 ? " is-weekend" : ""}` },
      el("span", { className: "hours-row__day" }, context.choices.weekdays_short[day]),
      closed,
      ranges,
      lastEntry,
      more,
      copy,
      message,
      details,
    );
  };

  const fill = () => list.replaceChildren(...ALL.map(row));
  fill();
  return list;
}

