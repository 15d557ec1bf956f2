// The venues of a notice: ticks for the department's own, a search for others.

import { el } from "./dom.js";

const DELAY = 300;

/** Return `[key, name]` of the areas of all ticked venues; only an area that each of them has is offered. */
export function sharedAreas(picker) {
  const ticked = [...picker.querySelectorAll("input[type=checkbox]:checked")];
  const lists = ticked.map((input) => JSON.parse(input.closest("li").querySelector("script")?.textContent || "[]"));
  if (!lists.length) return [];
  return lists[0].filter(([key]) => lists.every((list) => list.some(([other]) => other === key)));
}

function row(name, venue) {
  const input = el("input", { type: "checkbox", name, value: venue.pk, checked: true });
  const label = el("label", {}, input, el("span", {}, venue.title), venue.department ? el("small", {}, venue.department) : null);
  return el("li", {}, label, el("script", { type: "application/json", textContent: JSON.stringify(venue.areas) }));
}

/** Start the picker; `onChange` is called when other venues are ticked. */
export function startPicker(picker, words, onChange) {
  const list = picker.querySelector("[data-list]");
  list.addEventListener("change", onChange);
  const search = picker.querySelector("[data-search]");
  if (!search) return;
  search.hidden = false;
  const found = search.querySelector("[data-found]");
  const input = search.querySelector("input");
  const place = JSON.parse(search.dataset.place || "{}");
  let timer;

  const add = (venue) => {
    list.querySelector("[data-empty]")?.remove();
    const known = list.querySelector(`input[value="${venue.pk}"]`);
    if (known) known.checked = true;
    else list.append(row(picker.dataset.name, venue));
    input.value = "";
    found.replaceChildren();
    list.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const ask = async () => {
    const asked = input.value.trim();
    if (!asked) return found.replaceChildren();
    const address = `${search.dataset.search}?${new URLSearchParams({ ...place, q: asked })}`;
    try {
      const answer = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      const { venues } = await answer.json();
      if (input.value.trim() !== asked) return undefined;
      const rows = venues.map((venue) =>
        el("li", {}, el("button", { type: "button", onclick: () => add(venue) }, venue.title, el("small", {}, venue.department))),
      );
      found.replaceChildren(...(rows.length ? rows : [el("li", {}, words.nothing_found)]));
    } catch {
      found.replaceChildren(el("li", {}, words.preview_failed));
    }
    return undefined;
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    found.querySelector("button")?.click();
  });
}
