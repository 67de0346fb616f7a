// Links the text and the record both ways. All cutting of text is done already: here only classes change.
(function () {
  "use strict";
  const root = document.documentElement;
  const all = (selector, from) => Array.from((from || document).querySelectorAll(selector));
  const words = (value) => (value || "").split(" ").filter(Boolean);
  const remember = (name, value) => {
    try {
      localStorage.setItem(name, value);
    } catch (error) {
      // No storage: the choice holds for this visit.
    }
  };

  // --- which rows and marks belong to a key ---

  const rows = all(".row");
  const rowOf = new Map(rows.map((row) => [row.dataset.key, row]));
  const marks = all(".report-text mark");
  const marksOf = new Map();
  for (const mark of marks)
    for (const key of words(mark.dataset.ids)) {
      if (!marksOf.has(key)) marksOf.set(key, []);
      marksOf.get(key).push(mark);
    }
  const evidence = (key) => {
    const row = rowOf.get(key);
    const keys = row && row.dataset.marks ? words(row.dataset.marks) : [key];
    return keys.flatMap((name) => marksOf.get(name) || []);
  };
  const related = (key) => {
    const own = rowOf.get(key) ? words(rowOf.get(key).dataset.links) : [];
    return rows.filter((row) => own.includes(row.dataset.key) || words(row.dataset.links).includes(key));
  };

  // --- selecting ---

  let selected = null;
  let map = null;
  const bar = document.getElementById("bar");
  const barText = document.getElementById("bar-text");
  const narrow = () => matchMedia("(max-width: 899px)").matches;
  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const bring = (element) => element && element.scrollIntoView({ block: "center", behavior: still() ? "auto" : "smooth" });

  // On a wide page the text scrolls in its own pane, so that the row a reader has just clicked stays under the pointer.
  const pane = document.getElementById("text");
  function bringText(element) {
    if (narrow()) return bring(element);
    const behavior = still() ? "auto" : "smooth";
    const box = element.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    const middle = (Math.max(frame.top, 0) + Math.min(frame.bottom, innerHeight)) / 2;
    const wanted = pane.scrollTop + (box.top + box.bottom) / 2 - middle;
    const target = Math.min(Math.max(wanted, 0), pane.scrollHeight - pane.clientHeight);
    const hidden = box.bottom - (target - pane.scrollTop) - innerHeight; // the end of the pane may hang below the window
    pane.scrollTo({ top: target, behavior });
    if (hidden > 0) scrollBy({ top: hidden + 24, behavior });
  }

  function firstWords(key) {
    const anchor = document.getElementById("t-" + key);
    const own = evidence(key);
    if (!anchor) return own[0];
    return own.find((mark) => anchor.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING) || own[0];
  }

  function say() {
    if (selected === null) return;
    const template = barText.getAttribute("data-template-" + root.lang) || "";
    barText.textContent = template.replace("{n}", String(evidence(selected).length));
  }

  function clear() {
    for (const element of all(".selected, .related")) element.classList.remove("selected", "related");
    for (const row of all(".row[aria-current]")) row.removeAttribute("aria-current");
    selected = null;
    bar.hidden = true;
    if (map) map.show(null, []);
  }

  function select(key, show) {
    const row = rowOf.get(key);
    if (!row && !marksOf.has(key)) return;
    clear();
    selected = key;
    for (const mark of evidence(key)) mark.classList.add("selected");
    if (row) {
      row.classList.add("selected");
      row.setAttribute("aria-current", "true");
    }
    const near = related(key);
    for (const other of near) other.classList.add("related");
    // A place is where its events happened: their words are shown too, more faintly.
    if (row && row.classList.contains("place"))
      for (const other of near) for (const mark of evidence(other.dataset.key)) mark.classList.add("related");
    const text = firstWords(key);
    if (show.text && text) bringText(text);
    if (show.record && row) bring(row);
    bar.hidden = false;
    say();
    if (map) map.show(key, row ? words(row.dataset.links) : []);
    try {
      history.replaceState(null, "", "#r-" + key);
    } catch (error) {
      // Some viewers forbid it; the address then stays as it was.
    }
  }

  for (const row of rows) {
    row.tabIndex = 0;
    row.addEventListener("click", (event) => {
      if (event.target.closest("a, button, summary, details")) return;
      if (String(getSelection())) return; // the reader is copying words
      select(row.dataset.key, { text: true });
    });
    row.addEventListener("keydown", (event) => {
      if (event.target === row && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        select(row.dataset.key, { text: true });
      }
    });
    const hover = (on) => () => {
      for (const mark of evidence(row.dataset.key)) mark.classList.toggle("hover", on);
    };
    row.addEventListener("mouseenter", hover(true));
    row.addEventListener("mouseleave", hover(false));
  }

  // A click on words with several meanings goes to the nearest item first, then round the others.
  function choose(mark) {
    const keys = words(mark.dataset.ids).filter((key) => rowOf.has(key));
    if (keys.length) select(keys[(keys.indexOf(selected) + 1) % keys.length], { record: true });
  }
  for (const mark of marks) {
    const keys = words(mark.dataset.ids);
    if (!keys.length) continue;
    if ("begins" in mark.dataset) {
      mark.tabIndex = 0;
      mark.setAttribute("role", "link");
    }
    mark.addEventListener("click", () => {
      if (!String(getSelection())) choose(mark);
    });
    mark.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        choose(mark);
      }
    });
    const hover = (on) => () => {
      for (const key of keys) if (rowOf.has(key)) rowOf.get(key).classList.toggle("hover", on);
    };
    mark.addEventListener("mouseenter", hover(true));
    mark.addEventListener("mouseleave", hover(false));
  }

  for (const link of all("a[data-go], a[data-show]"))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      select(link.dataset.go || link.dataset.show, { text: true, record: Boolean(link.dataset.go) });
    });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return clear();
    const onRow = document.activeElement && document.activeElement.classList.contains("row");
    const arrow = onRow && { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const step = arrow || { j: 1, k: -1, J: 1, K: -1, "ت": 1, "ن": -1 }[event.key]; // j and k on an Arabic keyboard
    if (!step) return;
    event.preventDefault();
    const current = onRow ? rows.indexOf(document.activeElement) : rows.findIndex((row) => row.dataset.key === selected);
    const next = current < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, current + step));
    rows[next].focus({ preventScroll: true });
    select(rows[next].dataset.key, { text: !narrow(), record: true });
  });

  for (const button of all("[data-to]", bar))
    button.addEventListener("click", () => {
      if (button.dataset.to === "nothing") clear();
      else if (button.dataset.to === "text") bringText(firstWords(selected));
      else bring(rowOf.get(selected));
    });

  // --- language, colours, kinds shown ---

  function speak(language) {
    root.lang = language;
    root.dir = language === "ar" ? "rtl" : "ltr";
    for (const element of all("[data-attribute]")) element.setAttribute(element.dataset.attribute, element.dataset[language]);
    for (const button of all("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === language));
    say();
    if (map) map.settle();
  }
  for (const button of all("[data-language]"))
    button.addEventListener("click", () => {
      remember("sijill-language", button.dataset.language);
      speak(button.dataset.language);
    });

  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    remember("sijill-theme", root.dataset.theme);
  });

  for (const button of all("[data-kind]"))
    button.addEventListener("click", () => {
      const off = pane.classList.toggle("without-" + button.dataset.kind);
      button.setAttribute("aria-pressed", String(!off));
    });

  // --- the map ---

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

  const WIDE = 40; // kilometres; past this a circle is a governorate, a region or a country

  function drawMap(data) {
    const base = data.basemap;
    const box = L.latLngBounds([base.box[0], base.box[1]], [base.box[2], base.box[3]]);
    const view = L.map("map", {
      attributionControl: false,
      scrollWheelZoom: false,
      maxZoom: 12,
      zoomSnap: 0.5,
      zoomAnimation: !still(),
      fadeAnimation: false,
      keyboard: true,
    });
    L.control.scale({ imperial: false }).addTo(view);
    const word = (className, at, ar, en) =>
      L.marker(at, { interactive: false, keyboard: false, icon: L.divIcon({ className: "word", iconSize: [0, 0], html: named(className, ar, en) }) }).addTo(view);
    for (const country of base.countries)
      L.polygon(country.rings.map((ring) => unpack(ring, base.scale)), { className: "land", interactive: false, weight: 1 }).addTo(view);

    const circles = new Map();
    const labels = [];
    for (const place of data.places) {
      const at = [place.lat, place.lon];
      const circle = L.circle(at, { radius: (place.km || 1) * 1000, className: place.km > WIDE ? "area wide" : "area", weight: 1.5 }).addTo(view);
      const centre = L.circleMarker(at, { radius: 3, className: "centre", weight: 0 }).addTo(view);
      for (const shape of [circle, centre]) shape.on("click", () => select(place.key, { text: !narrow(), record: false }));
      circles.set(place.key, circle);
      labels.push({ marker: word("place-word", at, place.ar, place.en), rank: 0, room: place.km || 1 });
    }
    labels.reverse(); // small places first: they are the more telling
    const known = data.places.flatMap((place) => [place.ar, place.en]);
    for (const [ar, en, lat, lon] of base.cities)
      if (!known.includes(ar) && !known.includes(en)) labels.push({ marker: word("city-word", [lat, lon], ar, en), rank: 1, least: 5 });
    for (const country of base.countries)
      if (country.at) labels.push({ marker: word("country-word", country.at, country.ar, country.en), rank: 2, least: country.room > 15 ? 0 : country.room > 3 ? 5 : 6 });

    // Names that would lie on another name are left out until there is room.
    function settle() {
      const frame = view.getContainer().getBoundingClientRect();
      const taken = [];
      for (const { marker, rank, least } of labels) {
        const element = marker.getElement();
        element.hidden = view.getZoom() < (least || 0);
        if (element.hidden) continue;
        const fits = (side) => {
          element.classList.toggle("below", side === "below");
          const at = element.firstElementChild.getBoundingClientRect();
          const outside = at.left < frame.left || at.right > frame.right || at.top < frame.top || at.bottom > frame.bottom;
          const clash = taken.some((other) => at.left < other.right + 3 && at.right > other.left - 3 && at.top < other.bottom && at.bottom > other.top);
          if (!outside && !clash) taken.push(at);
          return !outside && !clash;
        };
        element.hidden = !fits("above") && !(rank === 0 && fits("below"));
      }
    }

    const extent = L.latLngBounds([]);
    // A governorate or a country would push the towns together; the view opens on the smaller places where there are any.
    const small = data.places.filter((place) => (place.km || 1) <= WIDE);
    for (const place of small.length ? small : data.places) extent.extend(L.latLng(place.lat, place.lon).toBounds((place.km || 1) * 2000));
    view.fitBounds(extent, { padding: narrow() ? [40, 30] : [90, 40], maxZoom: 9, animate: false });
    view.setMaxBounds(box.extend(extent).pad(0.3));
    view.setMinZoom(Math.min(3, view.getZoom()));
    view.on("moveend zoomend", settle);
    settle();
    view.getContainer().addEventListener("focusin", () => view.scrollWheelZoom.enable());
    view.getContainer().addEventListener("focusout", () => view.scrollWheelZoom.disable());
    addEventListener("resize", () => view.invalidateSize());

    return {
      settle,
      show(key, links) {
        for (const [name, circle] of circles) circle.getElement().classList.toggle("chosen", name === key || (links.includes(name) && !circles.has(key)));
        const chosen = circles.get(key);
        if (chosen && !view.getBounds().intersects(chosen.getBounds())) view.panTo(chosen.getLatLng());
      },
    };
  }

  speak(root.lang);
  const stored = document.getElementById("sijill-map");
  if (stored && window.L) map = drawMap(JSON.parse(stored.textContent));
  if (document.fonts && map) document.fonts.ready.then(map.settle);
  const asked = location.hash.replace(/^#[rt]-/, "");
  if (rowOf.has(asked)) select(asked, { text: true, record: true });
})();
