// The map of the desk: land, names, and areas; nothing is fetched from elsewhere.
window.sijillMap = (function () {
  "use strict";
  const root = document.documentElement;

  function unpack(numbers, scale) {
    const ring = [];
    let x = 0;
    let y = 0;
    for (let i = 0; i < numbers.length; i += 2) {
      x += numbers[i];
      y += numbers[i + 1];
      ring.push([y / scale, x / scale]);
    }
    return ring;
  }

  function named(className, ar, en) {
    const label = document.createElement("span");
    label.className = className;
    for (const [language, name] of [["ar", ar], ["en", en]]) {
      const word = document.createElement("bdi");
      word.className = language;
      word.lang = language;
      word.textContent = name;
      label.append(word);
    }
    return label;
  }

  const word = (view, className, at, ar, en) =>
    L.marker(at, { interactive: false, keyboard: false, icon: L.divIcon({ className: "word", iconSize: [0, 0], html: named(className, ar, en) }) }).addTo(view);

  async function draw(element) {
    const base = await (await fetch("/static/basemap.json")).json();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const view = L.map(element, { attributionControl: false, scrollWheelZoom: false, maxZoom: 12, zoomSnap: 0.5, zoomAnimation: !still, fadeAnimation: false });
    L.control.scale({ imperial: false }).addTo(view);
    view.fitBounds([[base.box[0], base.box[1]], [base.box[2], base.box[3]]], { animate: false });
    for (const country of base.countries)
      L.polygon(country.rings.map((ring) => unpack(ring, base.scale)), { className: "land", interactive: false, weight: 1 }).addTo(view);
    const words = [];
    for (const country of base.countries)
      if (country.at) words.push({ marker: word(view, "country-word", country.at, country.ar, country.en), least: country.room > 15 ? 0 : country.room > 3 ? 5 : 6 });
    for (const [ar, en, lat, lon] of base.cities) words.push({ marker: word(view, "city-word", [lat, lon], ar, en), least: 6.5 });
    const settle = () => {
      const taken = [];
      for (const { marker, least } of words) {
        const label = marker.getElement();
        label.hidden = view.getZoom() < least;
        if (label.hidden) continue;
        const at = label.firstElementChild.getBoundingClientRect();
        label.hidden = taken.some((other) => at.left < other.right && at.right > other.left && at.top < other.bottom && at.bottom > other.top);
        if (!label.hidden) taken.push(at);
      }
    };
    view.on("moveend zoomend", settle);
    document.addEventListener("sijill-language", settle);
    view.getContainer().addEventListener("focusin", () => view.scrollWheelZoom.enable());
    view.getContainer().addEventListener("focusout", () => view.scrollWheelZoom.disable());
    settle();
    // Names of places come before those of cities and countries, the one added last first.
    const name = (...given) => words.unshift({ marker: word(view, ...given), least: 0 });
    return { view, settle, name };
  }

  return { draw, language: () => root.lang };
})();
