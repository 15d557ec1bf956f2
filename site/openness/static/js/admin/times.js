// Times of a day as people type them, and as minutes from the midnight on which the day begins.

const DAY = 1440;
const LAST = 2 * DAY;
const BETWEEN = /\s*(?:[-–—―~]+|至|到)\s*/;
const APART = /\s*[,，、;；\n]+\s*/;

/** Return minutes for 9, 9:00, 0930, 9点半, 下午2:30, 26:00, 次日2:00; null for what is no time. */
export function parseTime(typed) {
  let rest = String(typed).normalize("NFKC").trim().toLowerCase();
  let add = 0;
  const nextDay = rest.match(/^(?:次日|翌日|第二天|next day|\+1)\s*/);
  if (nextDay) {
    add = DAY;
    rest = rest.slice(nextDay[0].length);
  }
  const half = rest.match(/^(上午|早上|早|凌晨|中午|下午|晚上|晚)\s*/);
  if (half) rest = rest.slice(half[0].length);
  const found =
    rest.match(/^(\d{1,2})[:.](\d{2})$/) || rest.match(/^(\d{2})(\d{2})$/) || rest.match(/^(\d{1,2})(?:[点时](半|\d{1,2})?分?)?$/);
  if (!found) return null;
  let hour = Number(found[1]);
  const minute = found[2] === "半" ? 30 : Number(found[2] || 0);
  if (half && /下午|晚/.test(half[1]) && hour < 12) hour += 12;
  const minutes = add + hour * 60 + minute;
  return minute < 60 && minutes <= LAST ? minutes : null;
}

/** Return `[[opens, closes], …]` for 9:00-12:00, 14:30-17:30; null where any part cannot be read. */
export function parseRanges(typed) {
  const words = String(typed).normalize("NFKC").trim();
  if (/^(24\s*小时|全天|24\s*h(ours)?)$/i.test(words)) return [[0, DAY]];
  const ranges = [];
  for (const part of words.split(APART).filter(Boolean)) {
    const ends = part.split(BETWEEN);
    const [opens, closes] = ends.map(parseTime);
    if (ends.length !== 2 || opens === null || closes === null) return null;
    ranges.push([opens, closes]);
  }
  return ranges;
}

/** Return minutes as people read them: 9:00, 24:00, next day 2:00. Text that could not be read stays as it is. */
export function formatTime(minutes, nextDay) {
  if (typeof minutes !== "number") return minutes ?? "";
  const isNext = minutes > DAY;
  const rest = isNext ? minutes - DAY : minutes;
  return `${isNext ? nextDay : ""}${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`;
}

/** Return the hours of sessions in one line. */
export function formatRanges(sessions, nextDay) {
  return sessions.map((each) => `${formatTime(each.opens, nextDay)}-${formatTime(each.closes, nextDay)}`).join(", ");
}

/** Return the last entries of sessions in one line: only those that there are, where it is clear whose each one is. */
export function formatLastEntries(sessions, nextDay) {
  const raw = sessions.find((each) => typeof each.last_entry === "string");
  if (raw) return raw.last_entry;
  const given = sessions.filter((each) => typeof each.last_entry === "number");
  if (!given.length) return "";
  const short = given.map((each) => formatTime(each.last_entry, nextDay)).join(", ");
  const copies = sessions.map(({ last_entry: _, ...rest }) => rest);
  giveLastEntries(copies, short);
  const isClear = copies.every((copy, index) => (copy.last_entry ?? null) === (sessions[index].last_entry ?? null));
  return isClear ? short : sessions.map((each) => (each.last_entry == null ? "/" : formatTime(each.last_entry, nextDay))).join(", ");
}

/** Give sessions the last entries of a line. Returns false, and keeps the line, where it cannot be read. */
export function giveLastEntries(sessions, typed) {
  const parts = String(typed).normalize("NFKC").split(APART).map((part) => part.trim()).filter(Boolean);
  const times = parts.map((part) => (/^[/-]$/.test(part) ? undefined : parseTime(part)));
  sessions.forEach((each) => delete each.last_entry);
  if (!sessions.length) return true;
  if (times.includes(null)) {
    sessions[0].last_entry = typed;
    return false;
  }
  if (times.length === sessions.length) {
    times.forEach((time, index) => {
      if (time !== undefined) sessions[index].last_entry = time;
    });
    return true;
  }
  for (const time of times.filter((each) => each !== undefined)) {
    const free = sessions.filter((each) => each.last_entry === undefined);
    const home = free.find((each) => each.opens < time && time <= each.closes) || free.at(-1);
    if (home) home.last_entry = time;
  }
  return true;
}
