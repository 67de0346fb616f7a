// The timeline and the map of a filter. Both are drawn from what the desk itself answers.
(async function () {
  "use strict";
  const element = document.getElementById("map");
  const line = document.getElementById("timeline");
  const asked = new URLSearchParams(element.dataset.query);
  const of = new URLSearchParams(asked);
  for (const name of ["sort", "after"]) of.delete(name);
  const get = async (path) => {
    const answer = await fetch(path + (String(of) ? "?" + of : ""));
    return answer.ok ? answer.json() : null;
  };
  const address = (changes) => {
    const changed = new URLSearchParams(asked);
    changed.delete("after");
    for (const [name, value] of Object.entries(changes)) changed.set(name, value);
    return "/?" + changed;
  };

  // --- the timeline: a bar a month, or a year where there are many ---

  const SVG = "http://www.w3.org/2000/svg";
  const make = (name, attributes, parent) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (parent) parent.append(made);
    return made;
  };
  const last = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();

  function periods(months) {
    const first = months[0].month;
    const end = months[months.length - 1].month;
    const count = (Number(end.slice(0, 4)) - Number(first.slice(0, 4))) * 12 + Number(end.slice(5)) - Number(first.slice(5)) + 1;
    const yearly = count > 96;
    const found = new Map();
    const width = yearly ? 4 : 7;
    for (let y = Number(first.slice(0, 4)), m = yearly ? 1 : Number(first.slice(5)); ; ) {
      const key = yearly ? String(y) : y + "-" + String(m).padStart(2, "0");
      if (key > end.slice(0, width)) break;
      const since = yearly ? key + "-01-01" : key + "-01";
      const until = yearly ? key + "-12-31" : key + "-" + last(y, m);
      found.set(key, { key, since, until, incidents: 0, killed: null });
      if (yearly || ++m > 12) {
        y += 1;
        m = 1;
      }
    }
    for (const month of months) {
      const period = found.get(month.month.slice(0, width));
      period.incidents += month.incidents;
      if (month.killed !== null) period.killed = (period.killed || 0) + month.killed;
    }
    return [...found.values()];
  }

  async function drawTimeline() {
    const answer = await get("/api/v1/incidents/months");
    if (!answer || !answer.months.length) return;
    const bars = periods(answer.months);
    const most = Math.max(...bars.map((bar) => bar.incidents));
    const svg = make("svg", { viewBox: "0 0 600 130", preserveAspectRatio: "none", role: "group" });
    svg.setAttribute("aria-labelledby", "timeline-title");
    const step = 600 / bars.length;
    bars.forEach((bar, n) => {
      const height = bar.incidents ? Math.max(2, (110 * bar.incidents) / most) : 0;
      if (!height) return;
      const link = make("a", { href: address({ since: bar.since, until: bar.until }), "aria-label": bar.key + ": " + bar.incidents }, svg);
      make("title", {}, link).textContent = bar.key + ": " + bar.incidents + (bar.killed === null ? "" : " (" + bar.killed + " †)");
      make("rect", { class: "month", x: n * step + step * 0.08, y: 112 - height, width: step * 0.84, height }, link);
    });
    make("line", { class: "rail", x1: 0, x2: 600, y1: 112.5, y2: 112.5 }, svg);
    const ends = document.createElement("p");
    ends.className = "ends note";
    ends.dir = "ltr";
    for (const text of [bars[0].key, String(most), bars[bars.length - 1].key]) {
      const end = document.createElement("span");
      end.textContent = text === String(most) ? "▮ " + text : text;
      ends.append(end);
    }
    line.dir = "ltr";
    line.replaceChildren(svg, ends);
  }

  // --- the map: areas of the incidents with the most harm, counts of all others ---

  async function drawMap() {
    const [answer, drawn] = await Promise.all([get("/api/v1/incidents/map"), window.sijillMap.draw(element)]);
    const { view, settle } = drawn;
    const extent = L.latLngBounds([]);
    if (answer) {
      for (const cell of answer.cells) {
        const size = Math.min(26, 6 + 3 * Math.log2(1 + cell.incidents));
        const marker = L.circleMarker([cell.lat, cell.lon], { radius: size, className: "cell", weight: 1 }).addTo(view);
        marker.bindTooltip(String(cell.incidents), { permanent: cell.incidents > 9, direction: "center", className: "count-word" });
        marker.on("click", () => {
          const box = [cell.south, cell.west, cell.south + answer.side, cell.west + answer.side].map((number) => number.toFixed(4));
          location.assign(address({ box: box.join(",") }));
        });
        extent.extend([cell.lat, cell.lon]);
      }
      for (const point of [...answer.points].sort((a, b) => (b.radius_km || 0) - (a.radius_km || 0))) {
        const at = [point.lat, point.lon];
        const area = { radius: Math.max(0.3, point.radius_km || 0.3) * 1000, className: point.radius_km > 40 ? "area wide" : "area", weight: 1 };
        const dot = { radius: 3 + Math.log2(1 + (point.killed || 0)), className: "centre harm", weight: 0 };
        for (const shape of [L.circle(at, area), L.circleMarker(at, dot)]) {
          shape.addTo(view).on("click", () => location.assign("/incident/" + point.id));
          shape.bindTooltip((point.first || "") + (point.killed === null ? "" : " · " + point.killed + " †"));
        }
        extent.extend(at);
      }
    }
    if (extent.isValid()) view.fitBounds(extent, { maxZoom: 9, padding: [30, 30], animate: false });
    settle();
    document.getElementById("search-here").addEventListener("click", () => {
      const box = view.getBounds();
      const clamp = (number, most) => Math.max(-most, Math.min(most, number)).toFixed(4);
      location.assign(address({ box: [clamp(box.getSouth(), 90), clamp(box.getWest(), 180), clamp(box.getNorth(), 90), clamp(box.getEast(), 180)].join(",") }));
    });
  }

  await Promise.all([drawTimeline(), drawMap()]);
  document.body.dataset.drawn = "";
})();
