// What every scripted text area has in common: reading its JSON, writing it back, telling Wagtail.

/** Return the words and choices of an editor. */
export function contextOf(root) {
  return { words: JSON.parse(root.dataset.words), choices: JSON.parse(root.dataset.choices) };
}

/** Return the list that the text area holds, or null where it holds none. */
export function readList(textarea) {
  try {
    const value = JSON.parse(textarea.value || "[]");
    return Array.isArray(value) && value.every((each) => each && typeof each === "object" && !Array.isArray(each)) ? value : null;
  } catch {
    return null;
  }
}

/** Write the list back. Wagtail's own scripts (autosave, unsaved changes) listen for the event. */
export function writeList(textarea, value) {
  textarea.value = JSON.stringify(value, null, 1);
  textarea.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Call `start` once for each editor of a name, now and when Wagtail adds one. */
export function startEditors(name, start) {
  const run = () => {
    for (const root of document.querySelectorAll(`[data-editor="${name}"]:not([data-started])`)) {
      root.dataset.started = "";
      start(root);
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run);
  else run();
}
