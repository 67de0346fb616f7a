// The places of one incident, each as the area in which it lies.
(async function () {
  "use strict";
  const places = JSON.parse(document.getElementById("map-places").textContent);
  const { view, settle, name } = await window.sijillMap.draw(document.getElementById("map"));
  const extent = L.latLngBounds([]);
  for (const place of places) {
    const at = [place.lat, place.lon];
    L.circle(at, { radius: place.km * 1000, className: place.km > 40 ? "area wide" : "area", weight: 1.5, interactive: false }).addTo(view);
    L.circleMarker(at, { radius: 3, className: "centre", weight: 0, interactive: false }).addTo(view);
    name("place-word", at, place.ar, place.en);
    extent.extend(L.latLng(at).toBounds(place.km * 2000));
  }
  view.fitBounds(extent, { maxZoom: 9, padding: [30, 30], animate: false });
  settle();
})();
