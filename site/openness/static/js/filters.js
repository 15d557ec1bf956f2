/**
 * Keeps the finder where the reader was: a filter is a link to a new page, and this file restores the scroll position
 * and which filters are folded away after following one.
 */
const KEY = "finder";
const folds = [...document.querySelectorAll(".facet")];

try {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  sessionStorage.removeItem(KEY);
  if (kept) {
    folds.forEach((fold, index) => {
      fold.open = kept.open[index] ?? fold.open;
    });
    const sheet = document.querySelector(".facets__fold");
    if (sheet) sheet.open = kept.sheet;
    scrollTo({ top: kept.top, behavior: "instant" });
  }
} catch {
  // Storage may be forbidden: the page then starts at its top, as without this file.
}

document.addEventListener("click", (event) => {
  if (!event.target.closest(".facet__option, .active-filters a")) return;
  try {
    sessionStorage.setItem(
      KEY,
      JSON.stringify({
        top: scrollY,
        open: folds.map((fold) => fold.open),
        sheet: document.querySelector(".facets__fold")?.open ?? false,
      }),
    );
  } catch {
    // As above.
  }
});
