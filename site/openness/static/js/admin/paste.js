// A pasted text: the server reads it, the editor sees what was understood, and the form takes it or not.

import { el } from "./dom.js";

/**
 * Start the place to paste below `root`. `collect` returns what the reading has to know of the form; `accept` is
 * called with the data that was understood and the areas chosen for it, and returns whether the form took it.
 */
export function startPaste(root, words, { collect, accept }) {
  const box = root.querySelector("[data-paste]");
  if (!box) return;
  box.hidden = false;
  const input = box.querySelector("[data-paste-text]");
  const result = box.querySelector("[data-paste-result]");
  const status = box.querySelector("[data-paste-status]");
  let asked = 0;

  const read = async () => {
    asked += 1;
    const number = asked;
    const data = collect();
    data.set("text", input.value);
    for (const [name, value] of Object.entries(JSON.parse(box.dataset.place || "{}"))) data.set(name, value);
    const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
    const headers = { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" };
    result.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(box.dataset.paste, { method: "POST", body: data, headers });
      if (!answer.ok) throw new Error(String(answer.status));
      const html = await answer.text();
      if (number !== asked) return;
      result.innerHTML = html;
      result.focus();
      status.textContent = result.querySelector(".confidence, .hours-problem")?.textContent.trim() ?? "";
    } catch {
      result.replaceChildren(el("p", { className: "hours-problem hours-problem--error" }, words.preview_failed));
    }
    result.removeAttribute("aria-busy");
  };

  const discard = () => {
    asked += 1;
    result.replaceChildren();
    input.focus();
  };

  const use = () => {
    const data = JSON.parse(result.querySelector("script[type='application/json']").textContent);
    const chosen = {};
    for (const each of result.querySelectorAll("[data-paste-area]")) chosen[each.dataset.pasteArea] = each.value;
    if (!accept(data, chosen)) return;
    input.value = "";
    result.replaceChildren(el("p", { className: "hours-taken" }, words.hours_taken));
    status.textContent = words.hours_taken;
    result.focus();
  };

  box.querySelector("[data-paste-read]").addEventListener("click", read);
  result.addEventListener("click", (event) => {
    if (event.target.closest("[data-paste-accept]")) use();
    if (event.target.closest("[data-paste-discard]")) discard();
  });
  // The text belongs to no field of the page; its changes are none of the page's.
  for (const name of ["input", "change"]) box.addEventListener(name, (event) => event.stopPropagation());
}
