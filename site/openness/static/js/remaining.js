/**
 * Adds what remains ("1 h 20 min left") beside `[data-closes-at]`, and fetches the regions `[data-live]` again when the
 * next `[data-boundary]` on the page is reached. The server's HTML states absolute times; without this file it stays true.
 *
 * A site whose clock stands still (`<body data-now>`) is read at that instant, and never refreshed.
 */
const frozen = document.body.dataset.now;
const now = () => (frozen ? Date.parse(frozen) : Date.now());
const LONGEST_TIMER = 2 ** 31 - 1;
const language = document.documentElement.lang;

/** Write minutes as hours and minutes in the page's language. */
function duration(minutes) {
  const hours = Math.floor(minutes / 60);
  const unit = (value, name) =>
    new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "long" }).format(value);
  const parts = [];
  if (hours) parts.push(unit(hours, "hour"));
  if (minutes % 60) parts.push(unit(minutes % 60, "minute"));
  return parts.join(" ");
}

function showRemaining() {
  const template = document.querySelector("[data-remaining-text]")?.dataset.remainingText ?? "{time}";
  for (const place of document.querySelectorAll("[data-closes-at]")) {
    const minutes = Math.floor((Date.parse(place.dataset.closesAt) - now()) / 60000);
    let note = place.querySelector(".remaining");
    if (!(minutes > 0 && minutes < 24 * 60)) {
      note?.remove();
      continue;
    }
    if (!note) {
      note = document.createElement("span");
      note.className = "remaining";
      place.append(" ", note);
    }
    const text = template.replace("{time}", duration(minutes));
    if (note.textContent !== text) note.textContent = text;
  }
}

/** Replace the live regions by the server's present answer, unless someone is inside one of them. */
async function refresh() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const region of document.querySelectorAll("[data-live]")) {
    const replacement = fresh.querySelector(`[data-live="${CSS.escape(region.dataset.live)}"]`);
    if (replacement && !region.contains(document.activeElement)) region.replaceWith(replacement);
  }
  showRemaining();
  document.dispatchEvent(new CustomEvent("live:replaced"));
}

function nextBoundary() {
  const instants = [...document.querySelectorAll("[data-boundary]")]
    .map((place) => Date.parse(place.dataset.boundary))
    .filter((instant) => instant > now());
  return instants.length ? Math.min(...instants) : null;
}

function waitForBoundary() {
  const boundary = nextBoundary();
  if (boundary === null) return;
  // A few seconds of spread, so that a thousand open pages do not ask in the same instant.
  const wait = boundary - now() + 1000 + Math.random() * 9000;
  setTimeout(() => {
    refresh()
      .catch(() => {})
      .finally(waitForBoundary);
  }, Math.min(wait, LONGEST_TIMER));
}

showRemaining();
if (!frozen) {
  setInterval(showRemaining, 20000);
  waitForBoundary();
}
