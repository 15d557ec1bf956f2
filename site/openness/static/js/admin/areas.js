// The areas of the venue as they stand in the form right now.

const rows = (form) =>
  [...form.querySelectorAll('input[name^="areas-"][name$="-key"]')].filter((input) => /^areas-\d+-key$/.test(input.name));

const sibling = (form, input, name) => form.elements[input.name.replace(/-key$/, `-${name}`)];

/** Return key, name and publicness of every area that is not deleted. */
export function readAreas(form) {
  return rows(form)
    .filter((input) => input.value && !sibling(form, input, "DELETE")?.value)
    .map((input) => ({
      key: input.value,
      name: sibling(form, input, "name")?.value || input.value,
      is_general_public: sibling(form, input, "is_general_public")?.checked ?? true,
    }));
}

/** Add a row for an area, as Wagtail's own button does. Returns whether the form has such rows. */
export function addArea(form, key, name) {
  const add = document.getElementById("id_areas-ADD");
  const before = rows(form).length;
  add?.click();
  const input = rows(form).at(-1);
  if (!input || rows(form).length === before) return false;
  input.value = key;
  const field = sibling(form, input, "name");
  field.value = name;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

/** Call `onChange` when areas come, go or are renamed; an area that has a name and no key gets one. */
export function watchAreas(form, onChange) {
  let before = JSON.stringify(readAreas(form));
  const look = () => {
    const now = JSON.stringify(readAreas(form));
    if (now !== before) {
      before = now;
      onChange();
    }
  };
  form.addEventListener("change", (event) => {
    const name = event.target.name ?? "";
    if (!name.startsWith("areas-")) return;
    if (/^areas-\d+-name$/.test(name) && event.target.value) {
      const key = form.elements[name.replace(/name$/, "key")];
      const used = rows(form).map((input) => input.value);
      let number = 1;
      while (used.includes(`area-${number}`)) number += 1;
      if (key && !key.value) key.value = `area-${number}`;
    }
    look();
  });
  // Deleting and moving an area are clicks on buttons of Wagtail's own, which act after this one.
  form.addEventListener("click", (event) => {
    if (event.target.closest?.("button")) setTimeout(look, 50);
  });
}
