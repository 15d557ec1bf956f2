// The form of an opening notice: its effects, its venues, and the sentence that comes of them.

import { startEffects } from "./effects.js";
import { contextOf, startEditors } from "./editor.js";
import { livePreview } from "./preview.js";
import { sharedAreas, startPicker } from "./venue_picker.js";

const SENT = ["effects", "scope", "scope_region", "reason", "urgent_kind", "urgent_reason", "is_emergency", "supersedes", "supersedes_how", "venues", "types", "departments"];

function start(root) {
  const form = root.querySelector("textarea[name]").form;
  const { words } = contextOf(root);
  const picker = form.querySelector("[data-venue-picker]");
  const panel = form.querySelector("[data-notice-preview]");
  const refresh = panel
    ? livePreview({
        url: panel.dataset.noticePreview,
        place: JSON.parse(panel.dataset.place || "{}"),
        result: panel.querySelector("[data-preview-result]"),
        failed: words.preview_failed,
        collect: () => {
          const all = new FormData(form);
          const data = new FormData();
          for (const name of SENT) for (const each of all.getAll(name)) data.append(name, each);
          return data;
        },
      })
    : () => {};

  const { showAreas, accept } = startEffects(root, () => (picker ? sharedAreas(picker) : []), refresh);
  if (picker) {
    startPicker(picker, words, () => {
      showAreas();
      refresh();
    });
  }
  form.addEventListener("change", (event) => {
    if (SENT.includes(event.target.name) && event.target.name !== "effects") {
      accept();
      refresh();
    }
    if (event.target.name === "scope") showScope(form);
  });
  for (const name of ["reason", "urgent_reason"]) {
    form.elements[name]?.addEventListener("input", () => {
      accept();
      refresh();
    });
  }
  showScope(form);
  refresh();
}

/** Show the venues or the selection, whichever the notice is about. */
function showScope(form) {
  const scope = form.elements.scope?.value;
  if (!scope) return;
  const isSelection = scope === "selection";
  for (const [name, isShown] of [["venues", !isSelection], ["scope_region", isSelection], ["types", isSelection], ["departments", isSelection]]) {
    const wrapper = form.querySelector(`[data-contentpath="${name}"]`);
    const panel = wrapper?.closest(".w-panel__wrapper") ?? wrapper;
    if (panel) panel.hidden = !isShown;
  }
}

startEditors("effects", start);
