// Asks the server what an entry would mean, a moment after the last change.

const DELAY = 400;

/**
 * Keep `result` up to date with the answer to a POST of `collect()` to `url`. Returns a function to call
 * after every change. An answer that has been overtaken by a later change is not shown.
 */
export function livePreview({ url, place, result, collect, failed }) {
  let timer;
  let running;
  const ask = async () => {
    running?.abort();
    running = new AbortController();
    const data = collect();
    for (const [name, value] of Object.entries(place)) data.set(name, value);
    const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
    try {
      const answer = await fetch(url, {
        method: "POST",
        body: data,
        headers: { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" },
        signal: running.signal,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      result.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") result.textContent = failed;
    }
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY);
  };
}
