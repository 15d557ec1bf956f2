// Small helpers with which the editors' widgets build their elements.

/** Return an element; properties are set as such, `data` and `aria` names as attributes. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key.includes("-") || key === "role" || key === "for" || key === "list") element.setAttribute(key, value);
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element[key] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Return a select of `[code, label]` pairs. A code that is not offered is kept as a choice of its own. */
export function select(pairs, value, onChange, properties = {}) {
  const known = pairs.some(([code]) => String(code) === String(value));
  const all = known ? pairs : [...pairs, [value, value]];
  const element = el("select", properties, ...all.map(([code, label]) => el("option", { value: code }, label)));
  element.value = value;
  element.addEventListener("change", () => onChange(element.value));
  return element;
}

/** Return a labelled tick. */
export function tick(label, checked, onChange, properties = {}) {
  const input = el("input", { type: "checkbox", checked, ...properties });
  input.addEventListener("change", () => onChange(input.checked));
  return el("label", { className: "hours-tick" }, input, el("span", {}, label));
}

/** Return a group of ticks for `[code, label]` pairs; `onChange` receives the chosen codes in the given order. */
export function ticks(pairs, chosen, onChange) {
  const selected = new Set(chosen);
  const known = pairs.map(([code]) => code);
  return el(
    "span",
    { className: "hours-ticks" },
    ...pairs.map(([code, label]) =>
      tick(label, selected.has(code), (isOn) => {
        if (isOn) selected.add(code);
        else selected.delete(code);
        const strangers = [...selected].filter((each) => !known.includes(each));
        onChange([...known.filter((each) => selected.has(each)), ...strangers]);
      }),
    ),
  );
}

/** Return a label above its control. */
export function field(label, control, className = "") {
  return el("label", { className: `hours-field ${className}`.trim() }, el("span", {}, label), control);
}

/** Return a button that does not submit the form. */
export function button(label, onClick, className = "") {
  return el("button", { type: "button", className: `button button-small button-secondary ${className}`.trim(), onclick: onClick }, label);
}

/** Return a text input. Enter does not submit the form from here. */
export function text(value, onInput, properties = {}) {
  const input = el("input", { type: "text", value, autocomplete: "off", ...properties });
  input.addEventListener("input", () => onInput(input.value));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  return input;
}

/** Return a date input. What is no date is kept as text, so that it can be seen and mended. */
export function date(value, onChange, properties = {}) {
  const isDate = !value || /^\d{4}-\d{2}-\d{2}$/.test(value);
  return text(value || "", onChange, { type: isDate ? "date" : "text", ...properties });
}

/** Set a key of stored data, or leave it out where it holds its default. */
export function put(object, key, value, fallback = undefined) {
  const isDefault = value === fallback || value === undefined || value === null || (Array.isArray(value) && !value.length);
  if (isDefault) delete object[key];
  else object[key] = value;
}

/** Return a key that is not in use: `season-1`, `season-2`, … */
export function freshKey(stem, used) {
  let number = 1;
  while (used.includes(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}
