/** `[data-copy]` copies the text field of its section and says so; where that is forbidden, it selects the text. */
for (const area of document.querySelectorAll("textarea[data-grow]")) {
  while (area.scrollHeight > area.clientHeight && area.rows < 30) area.rows += 1;
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const section = button.closest("section");
  const text = section.querySelector("textarea");
  const said = section.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = said.dataset.done;
    } catch {
      // No clipboard without https, or refused: the text is selected, Ctrl+C does it.
      said.textContent = said.dataset.failed;
    }
  });
}
