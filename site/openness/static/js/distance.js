/**
 * `[data-sort-by-distance]`: orders each `[data-sortable]` list by the distance of its `[data-lat][data-lon]` cards.
 * The position is asked from the browser, used here and forgotten: nothing is sent or stored.
 */
const EARTH_RADIUS = 6371000;
const button = document.querySelector("[data-sort-by-distance]");
const radians = (degrees) => (degrees * Math.PI) / 180;
let position = null;

/** Metres between two points on the sphere (haversine). */
function metres(from, to) {
  const half =
    Math.sin(radians(to.lat - from.lat) / 2) ** 2 +
    Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * Math.sin(radians(to.lon - from.lon) / 2) ** 2;
  return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(half));
}

function label(distance) {
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: 2 });
  return distance < 1000
    ? button.dataset.metres.replace("{n}", number.format(distance))
    : button.dataset.kilometres.replace("{n}", number.format(distance / 1000));
}

function sortLists() {
  let found = false;
  for (const list of document.querySelectorAll("[data-sortable]")) {
    const rows = [...list.children].map((item) => {
      const card = item.querySelector("[data-lat][data-lon]");
      const distance = card
        ? metres(position, { lat: Number(card.dataset.lat), lon: Number(card.dataset.lon) })
        : Infinity;
      const place = card?.querySelector("[data-distance]");
      if (place) {
        found = true;
        place.textContent = label(distance);
        place.hidden = false;
      }
      return { item, distance };
    });
    // Cards without coordinates keep their order, after those that have them.
    rows.sort((one, other) => (one.distance === other.distance ? 0 : one.distance - other.distance));
    list.append(...rows.map((row) => row.item));
  }
  return found;
}

if (button && "geolocation" in navigator) {
  const words = button.querySelector("[data-label]");
  const offer = words.textContent;
  button.hidden = !document.querySelector("[data-lat][data-lon]");
  button.addEventListener("click", () => {
    words.textContent = button.dataset.waiting;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        position = { lat: coords.latitude, lon: coords.longitude };
        words.textContent = sortLists() ? offer : button.dataset.missing;
      },
      () => {
        words.textContent = button.dataset.refused;
      },
      { timeout: 15000, maximumAge: 60000 },
    );
  });
  document.addEventListener("live:replaced", () => position && sortLists());
}
