// An import of many rows takes several requests: presses the button to go on, until there is nothing left or it is stopped.

const DELAY = 1500;

const goOn = document.querySelector("[data-goes-on]");
if (goOn) setTimeout(() => goOn.click(), DELAY);
