// The sessions of one rule: hours in one line, last entries in another, and what else there is to say, folded.

import { button, el, field, put, select, text } from "./dom.js";
import { formatLastEntries, formatRanges, formatTime, giveLastEntries, parseRanges } from "./times.js";

const DETAILS = ["kind", "state", "condition", "audience", "admission"];
const DEFAULTS = { kind: "regular", state: "open", condition: "", audience: "", admission: "" };

/** Return sessions for typed ranges; what was said about a session stays with it. */
function fitted(ranges, before) {
  const left = [...before];
  const take = (index) => (index < 0 ? undefined : left.splice(index, 1)[0]);
  const found = ranges.map(([opens, closes]) => take(left.findIndex((each) => each.opens === opens && each.closes === closes)));
  const isSameCount = ranges.length === before.length;
  return ranges.map(([opens, closes], index) => {
    const old = found[index] || take(left.findIndex((each) => each.opens === opens || each.closes === closes)) || (isSameCount ? left.shift() : undefined);
    return { ...(old || {}), opens, closes };
  });
}

/**
 * An editor of sessions. `parts` are elements for the owner to place: `ranges`, `lastEntry`, `more` (a
 * button with what is special in words) and `details`.
 */
export class SessionsEditor {
  constructor(context, sessions, onChange) {
    this.context = context;
    this.onChange = onChange;
    const { words } = context;
    this.parts = {
      ranges: text("", () => this.typed(), { placeholder: words.hours_example, "aria-label": words.hours, className: "hours-ranges" }),
      lastEntry: text("", () => this.typed(), { placeholder: words.last_entry, "aria-label": words.last_entry, className: "hours-last" }),
      more: button(words.more, () => this.toggle(), "hours-more"),
      details: el("div", { className: "hours-details", hidden: true }),
      message: el("p", { className: "hours-problem hours-problem--error", hidden: true }, words.unreadable),
    };
    this.parts.more.setAttribute("aria-expanded", "false");
    this.show(sessions);
  }

  /** Show other sessions. */
  show(sessions) {
    const isRaw = sessions.length > 0 && typeof sessions[0].opens === "string";
    this.sessions = sessions;
    this.remembered = isRaw ? sessions.slice(1) : sessions;
    this.parts.ranges.value = isRaw ? sessions[0].opens : formatRanges(this.sessions, this.context.words.next_day);
    this.parts.lastEntry.value = formatLastEntries(this.remembered, this.context.words.next_day);
    this.mark(isRaw, this.sessions.some((each) => typeof each.last_entry === "string"));
    this.refresh();
  }

  typed() {
    const typed = this.parts.ranges.value.trim();
    const ranges = parseRanges(typed);
    if (ranges === null) {
      this.mark(true, false);
      this.sessions = [{ opens: typed, closes: null }, ...this.remembered];
    } else {
      this.sessions = fitted(ranges, this.remembered).map((each) => ({ ...each }));
      const isReadable = giveLastEntries(this.sessions, this.parts.lastEntry.value);
      this.mark(false, !isReadable);
      if (this.sessions.length) this.remembered = this.sessions;
    }
    this.refresh();
    this.onChange(this.sessions);
  }

  mark(areRangesWrong, isLastEntryWrong) {
    this.parts.ranges.setAttribute("aria-invalid", String(areRangesWrong));
    this.parts.lastEntry.setAttribute("aria-invalid", String(isLastEntryWrong));
    this.parts.message.hidden = !areRangesWrong && !isLastEntryWrong;
  }

  /** Switch the inputs off, for a day that is closed. */
  disable(isOff) {
    this.isOff = isOff;
    this.parts.ranges.disabled = this.parts.lastEntry.disabled = isOff;
    if (isOff) this.parts.ranges.value = this.parts.lastEntry.value = "";
    this.refresh();
  }

  toggle() {
    this.parts.details.hidden = !this.parts.details.hidden;
    this.parts.more.setAttribute("aria-expanded", String(!this.parts.details.hidden));
    this.refresh();
  }

  refresh() {
    const real = this.isOff ? [] : this.sessions.filter((each) => typeof each.opens === "number");
    // Invisible, not gone: the columns of a week stay in line.
    this.parts.more.style.visibility = real.length ? "" : "hidden";
    const special = real.flatMap((each) => this.specialWords(each));
    this.parts.more.textContent = [...new Set(special)].join(" · ") || this.context.words.more;
    this.parts.more.classList.toggle("is-special", special.length > 0);
    if (!real.length) this.parts.details.hidden = true;
    if (!this.parts.details.hidden) this.parts.details.replaceChildren(...real.map((each) => this.detailsOf(each)));
  }

  specialWords(session) {
    const { choices } = this.context;
    const label = (pairs, code) => pairs.find(([each]) => each === code)?.[1] ?? code;
    const said = DETAILS.filter((name) => session[name] && session[name] !== DEFAULTS[name]);
    const lists = { kind: choices.kinds, state: choices.states, audience: choices.audiences, admission: choices.admissions };
    return said.map((name) => (lists[name] ? label(lists[name], session[name]) : session[name]));
  }

  detailsOf(session) {
    const { words, choices } = this.context;
    const change = (name) => (value) => {
      put(session, name, value, DEFAULTS[name]);
      this.parts.more.textContent = [...new Set(this.sessions.flatMap((each) => this.specialWords(each)))].join(" · ") || words.more;
      this.onChange(this.sessions);
    };
    const value = (name) => session[name] ?? DEFAULTS[name];
    const title = `${formatTime(session.opens, words.next_day)}-${formatTime(session.closes, words.next_day)}`;
    return el(
      "fieldset",
      { className: "hours-details__session" },
      el("legend", {}, title),
      field(words.kind, select(choices.kinds, value("kind"), change("kind"))),
      field(words.state, select(choices.states, value("state"), change("state"))),
      field(words.audience, select([["", words.everyone], ...choices.audiences], value("audience"), change("audience"))),
      field(words.admission, select([["", words.as_venue], ...choices.admissions], value("admission"), change("admission"))),
      field(words.condition, text(value("condition"), change("condition"), { maxLength: 120 }), "hours-field--wide"),
    );
  }
}
