// Dates that chrono-node's Arabic locale finds in sentences. In: [[sentence, "YYYY-MM-DD" or ""], …] as JSON; out: what it finds, and seconds.
import * as chrono from "chrono-node";

let input = "";
for await (const piece of process.stdin) input += piece;
const rows = JSON.parse(input);

const two = (number) => String(number).padStart(2, "0");
const point = (parts) => {
  if (!parts) return null;
  const [year, month, day] = ["year", "month", "day"].map((name) => parts.get(name));
  const full = parts.isCertain("day") || parts.isCertain("weekday");
  const written = full ? `${year}-${two(month)}-${two(day)}` : parts.isCertain("month") ? `${year}-${two(month)}` : parts.isCertain("year") ? `${year}` : null;
  const time = parts.isCertain("hour") ? `${two(parts.get("hour"))}:${two(parts.get("minute") ?? 0)}` : null;
  return { date: written, time };
};
const read = ([sentence, published]) =>
  chrono.ar.parse(sentence, published ? new Date(`${published}T12:00:00`) : undefined).map((found) => ({ start: point(found.start), end: point(found.end) }));

let found;
let seconds = Infinity;
for (let pass = 0; pass < 3; pass += 1) {
  const began = performance.now();
  found = rows.map(read);
  seconds = Math.min(seconds, (performance.now() - began) / 1000);
}
console.log(JSON.stringify({ seconds, found }));
