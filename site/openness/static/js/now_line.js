/** Draws a line at the present minute through `svg[data-today]`, whose width is 1440 minutes of the city's day. */
const CITY = "Asia/Shanghai";
const frozen = document.body.dataset.now;

function minuteOfDay() {
  const instant = frozen ? new Date(frozen) : new Date();
  const parts = new Intl.DateTimeFormat("en", { hour: "numeric", minute: "numeric", hourCycle: "h23", timeZone: CITY })
    .formatToParts(instant);
  const read = (type) => Number(parts.find((part) => part.type === type).value);
  return read("hour") * 60 + read("minute");
}

function draw() {
  const minute = minuteOfDay();
  for (const picture of document.querySelectorAll("svg[data-today]")) {
    let line = picture.querySelector(".week__now");
    if (!line) {
      line = document.createElementNS(picture.namespaceURI, "path");
      line.setAttribute("class", "week__now");
      picture.append(line);
    }
    line.setAttribute("d", `M${minute} 0V24`);
  }
}

draw();
if (!frozen) setInterval(draw, 60000);
