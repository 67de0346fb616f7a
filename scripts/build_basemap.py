"""Makes the basemap of the HTML report: country outlines of the region, small enough to travel inside a page.

Source: Natural Earth, 1:50m countries (public domain), as packed in the npm package world-atlas 2.0.2:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/build_basemap.py package/countries-50m.json src/sijill/export/assets/basemap.json

The outlines are clipped to a box and rounded to a hundredth of a degree (about 1 km); nothing else is changed. Natural
Earth draws the lines that are held on the ground. Names of countries and cities, and the cities' rounded coordinates,
are ours. Entities without an ISO 3166 number are drawn as in the source and carry no label.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

WEST, SOUTH, EAST, NORTH = -18.0, -5.0, 75.0, 48.0
SCALE = 100  # a stored unit is 1/100 degree

Point = tuple[float, float]
Ring = list[Point]

# ISO 3166 number -> Arabic, English.
COUNTRIES: dict[str, tuple[str, str]] = {
    "004": ("أفغانستان", "Afghanistan"),
    "008": ("ألبانيا", "Albania"),
    "012": ("الجزائر", "Algeria"),
    "024": ("أنغولا", "Angola"),
    "031": ("أذربيجان", "Azerbaijan"),
    "040": ("النمسا", "Austria"),
    "048": ("البحرين", "Bahrain"),
    "051": ("أرمينيا", "Armenia"),
    "070": ("البوسنة والهرسك", "Bosnia and Herzegovina"),
    "100": ("بلغاريا", "Bulgaria"),
    "108": ("بوروندي", "Burundi"),
    "120": ("الكاميرون", "Cameroon"),
    "140": ("أفريقيا الوسطى", "Central African Republic"),
    "148": ("تشاد", "Chad"),
    "156": ("الصين", "China"),
    "178": ("الكونغو", "Congo"),
    "180": ("الكونغو الديمقراطية", "DR Congo"),
    "191": ("كرواتيا", "Croatia"),
    "196": ("قبرص", "Cyprus"),
    "204": ("بنين", "Benin"),
    "226": ("غينيا الاستوائية", "Equatorial Guinea"),
    "231": ("إثيوبيا", "Ethiopia"),
    "232": ("إريتريا", "Eritrea"),
    "250": ("فرنسا", "France"),
    "262": ("جيبوتي", "Djibouti"),
    "266": ("الغابون", "Gabon"),
    "268": ("جورجيا", "Georgia"),
    "270": ("غامبيا", "Gambia"),
    "275": ("فلسطين", "Palestine"),
    "276": ("ألمانيا", "Germany"),
    "288": ("غانا", "Ghana"),
    "300": ("اليونان", "Greece"),
    "324": ("غينيا", "Guinea"),
    "348": ("المجر", "Hungary"),
    "356": ("الهند", "India"),
    "364": ("إيران", "Iran"),
    "368": ("العراق", "Iraq"),
    "376": ("إسرائيل", "Israel"),
    "380": ("إيطاليا", "Italy"),
    "384": ("ساحل العاج", "Côte d’Ivoire"),
    "398": ("كازاخستان", "Kazakhstan"),
    "400": ("الأردن", "Jordan"),
    "404": ("كينيا", "Kenya"),
    "414": ("الكويت", "Kuwait"),
    "417": ("قرغيزستان", "Kyrgyzstan"),
    "422": ("لبنان", "Lebanon"),
    "430": ("ليبيريا", "Liberia"),
    "434": ("ليبيا", "Libya"),
    "462": ("المالديف", "Maldives"),
    "466": ("مالي", "Mali"),
    "470": ("مالطا", "Malta"),
    "478": ("موريتانيا", "Mauritania"),
    "498": ("مولدوفا", "Moldova"),
    "499": ("الجبل الأسود", "Montenegro"),
    "504": ("المغرب", "Morocco"),
    "512": ("عُمان", "Oman"),
    "562": ("النيجر", "Niger"),
    "566": ("نيجيريا", "Nigeria"),
    "586": ("باكستان", "Pakistan"),
    "620": ("البرتغال", "Portugal"),
    "624": ("غينيا بيساو", "Guinea-Bissau"),
    "634": ("قطر", "Qatar"),
    "642": ("رومانيا", "Romania"),
    "643": ("روسيا", "Russia"),
    "646": ("رواندا", "Rwanda"),
    "682": ("السعودية", "Saudi Arabia"),
    "686": ("السنغال", "Senegal"),
    "688": ("صربيا", "Serbia"),
    "694": ("سيراليون", "Sierra Leone"),
    "705": ("سلوفينيا", "Slovenia"),
    "706": ("الصومال", "Somalia"),
    "724": ("إسبانيا", "Spain"),
    "728": ("جنوب السودان", "South Sudan"),
    "729": ("السودان", "Sudan"),
    "732": ("الصحراء الغربية", "Western Sahara"),
    "756": ("سويسرا", "Switzerland"),
    "760": ("سوريا", "Syria"),
    "762": ("طاجيكستان", "Tajikistan"),
    "768": ("توغو", "Togo"),
    "784": ("الإمارات", "United Arab Emirates"),
    "788": ("تونس", "Tunisia"),
    "792": ("تركيا", "Türkiye"),
    "795": ("تركمانستان", "Turkmenistan"),
    "800": ("أوغندا", "Uganda"),
    "804": ("أوكرانيا", "Ukraine"),
    "807": ("مقدونيا الشمالية", "North Macedonia"),
    "818": ("مصر", "Egypt"),
    "834": ("تنزانيا", "Tanzania"),
    "854": ("بوركينا فاسو", "Burkina Faso"),
    "860": ("أوزبكستان", "Uzbekistan"),
    "887": ("اليمن", "Yemen"),
}

# Where the middle of the widest part is the wrong place to write.
LABEL_AT: dict[str, Point] = {"275": (35.25, 32.0), "376": (34.85, 30.8), "422": (35.85, 33.95), "364": (54.0, 32.5)}

# Cities to find one's way by: Arabic, English, latitude, longitude to a tenth of a degree.
CITIES: list[tuple[str, str, float, float]] = [
    ("دمشق", "Damascus", 33.5, 36.3),
    ("حلب", "Aleppo", 36.2, 37.2),
    ("حمص", "Homs", 34.7, 36.7),
    ("حماة", "Hama", 35.1, 36.8),
    ("اللاذقية", "Latakia", 35.5, 35.8),
    ("إدلب", "Idlib", 35.9, 36.6),
    ("الرقة", "Raqqa", 36.0, 39.0),
    ("دير الزور", "Deir ez-Zor", 35.3, 40.1),
    ("الحسكة", "Hasakah", 36.5, 40.7),
    ("القامشلي", "Qamishli", 37.1, 41.2),
    ("درعا", "Daraa", 32.6, 36.1),
    ("تدمر", "Palmyra", 34.6, 38.3),
    ("بغداد", "Baghdad", 33.3, 44.4),
    ("الموصل", "Mosul", 36.3, 43.1),
    ("أربيل", "Erbil", 36.2, 44.0),
    ("كركوك", "Kirkuk", 35.5, 44.4),
    ("الرمادي", "Ramadi", 33.4, 43.3),
    ("البصرة", "Basra", 30.5, 47.8),
    ("بيروت", "Beirut", 33.9, 35.5),
    ("طرابلس", "Tripoli", 34.4, 35.8),
    ("القدس", "Jerusalem", 31.8, 35.2),
    ("غزة", "Gaza", 31.5, 34.5),
    ("رفح", "Rafah", 31.3, 34.2),
    ("نابلس", "Nablus", 32.2, 35.3),
    ("الخليل", "Hebron", 31.5, 35.1),
    ("تل أبيب", "Tel Aviv", 32.1, 34.8),
    ("عمّان", "Amman", 31.9, 35.9),
    ("القاهرة", "Cairo", 30.0, 31.2),
    ("الإسكندرية", "Alexandria", 31.2, 29.9),
    ("العريش", "Arish", 31.1, 33.8),
    ("صنعاء", "Sanaa", 15.4, 44.2),
    ("عدن", "Aden", 12.8, 45.0),
    ("تعز", "Taiz", 13.6, 44.0),
    ("الحديدة", "Hodeidah", 14.8, 43.0),
    ("مأرب", "Marib", 15.5, 45.3),
    ("صعدة", "Saada", 16.9, 43.8),
    ("المكلا", "Mukalla", 14.5, 49.1),
    ("الرياض", "Riyadh", 24.7, 46.7),
    ("جدة", "Jeddah", 21.5, 39.2),
    ("الكويت", "Kuwait City", 29.4, 48.0),
    ("الدوحة", "Doha", 25.3, 51.5),
    ("أبوظبي", "Abu Dhabi", 24.5, 54.4),
    ("مسقط", "Muscat", 23.6, 58.4),
    ("طهران", "Tehran", 35.7, 51.4),
    ("أصفهان", "Isfahan", 32.7, 51.7),
    ("أنقرة", "Ankara", 39.9, 32.9),
    ("إسطنبول", "Istanbul", 41.0, 29.0),
    ("غازي عنتاب", "Gaziantep", 37.1, 37.4),
    ("ديار بكر", "Diyarbakir", 37.9, 40.2),
    ("الخرطوم", "Khartoum", 15.6, 32.5),
    ("الفاشر", "El Fasher", 13.6, 25.3),
    ("نيالا", "Nyala", 12.0, 24.9),
    ("الأبيض", "El Obeid", 13.2, 30.2),
    ("بورتسودان", "Port Sudan", 19.6, 37.2),
    ("جوبا", "Juba", 4.9, 31.6),
    ("طرابلس", "Tripoli", 32.9, 13.2),
    ("مصراتة", "Misrata", 32.4, 15.1),
    ("سرت", "Sirte", 31.2, 16.6),
    ("بنغازي", "Benghazi", 32.1, 20.1),
    ("درنة", "Derna", 32.8, 22.6),
    ("سبها", "Sabha", 27.0, 14.4),
    ("تونس", "Tunis", 36.8, 10.2),
    ("الجزائر", "Algiers", 36.8, 3.1),
    ("الرباط", "Rabat", 34.0, -6.8),
    ("نواكشوط", "Nouakchott", 18.1, -15.9),
    ("باماكو", "Bamako", 12.6, -8.0),
    ("مايدوغوري", "Maiduguri", 11.8, 13.2),
    ("مقديشو", "Mogadishu", 2.0, 45.3),
    ("جيبوتي", "Djibouti", 11.6, 43.1),
    ("أديس أبابا", "Addis Ababa", 9.0, 38.7),
    ("كابول", "Kabul", 34.5, 69.2),
    ("قندهار", "Kandahar", 31.6, 65.7),
]


def decode_arcs(topology: dict[str, Any]) -> list[Ring]:
    """The arcs of a TopoJSON as points; they are stored as differences in whole steps of a grid."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Ring] = []
    for stored in topology["arcs"]:
        x = y = 0
        arc: Ring = []
        for dx, dy in stored:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    return arcs


def join_arcs(numbers: list[int], arcs: list[Ring]) -> Ring:
    """One ring from its arcs; a negative number means the arc is walked backwards."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def clip(ring: Ring) -> Ring:
    """The part of a ring inside the box (Sutherland and Hodgman: one side at a time)."""
    for axis, limit, keep_above in ((0, WEST, True), (0, EAST, False), (1, SOUTH, True), (1, NORTH, False)):
        kept: Ring = []
        for here, after in zip(ring, ring[1:] + ring[:1], strict=True):
            here_in = (here[axis] >= limit) == keep_above
            after_in = (after[axis] >= limit) == keep_above
            if here_in:
                kept.append(here)
            if here_in != after_in:
                share = (limit - here[axis]) / (after[axis] - here[axis])
                kept.append((here[0] + share * (after[0] - here[0]), here[1] + share * (after[1] - here[1])))
        ring = kept
        if not ring:
            break
    return ring


def area(ring: Ring) -> float:
    """Twice the area would do, but this is the area, in square degrees."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def inside(point: Point, ring: Ring) -> bool:
    """Whether a ray from the point crosses the ring an odd number of times."""
    x, y = point
    odd = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def label_point(ring: Ring) -> Point:
    """The point of a grid that lies deepest inside the ring: where a name has most room."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    steps = 24
    best, depth = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2), -1.0
    for i in range(1, steps):
        for j in range(1, steps):
            point = (min(xs) + (max(xs) - min(xs)) * i / steps, min(ys) + (max(ys) - min(ys)) * j / steps)
            if inside(point, ring):
                room = min(math.dist(point, corner) for corner in ring)
                if room > depth:
                    best, depth = point, room
    return best


def stored(ring: Ring) -> list[int]:
    """A ring as whole numbers: the first point, then differences; points that fall together are dropped."""
    grid = [(round(x * SCALE), round(y * SCALE)) for x, y in ring]
    numbers: list[int] = []
    last = (0, 0)
    for n, (x, y) in enumerate(grid):
        if n and (x, y) == last:
            continue
        numbers += [x - last[0], y - last[1]]
        last = (x, y)
    return numbers


def country(geometry: dict[str, Any], arcs: list[Ring]) -> dict[str, Any] | None:
    """One country of the basemap, or None where it lies outside the box."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    rings = [clip(join_arcs(numbers, arcs)[:-1]) for polygon in polygons for numbers in polygon]
    rings = [ring for ring in rings if len(ring) > 2]
    drawn = [numbers for numbers in map(stored, rings) if len(numbers) > 6]
    if not drawn:
        return None
    number = geometry.get("id")
    entry: dict[str, Any] = {"rings": drawn}
    if number in COUNTRIES:
        x, y = LABEL_AT.get(number) or label_point(max(rings, key=area))
        ar, en = COUNTRIES[number]
        entry |= {"ar": ar, "en": en, "at": [round(y, 2), round(x, 2)], "room": round(sum(map(area, rings)), 1)}
    return entry


def build(topology: dict[str, Any]) -> dict[str, Any]:
    """The whole basemap."""
    arcs = decode_arcs(topology)
    geometries = topology["objects"]["countries"]["geometries"]
    ordered = sorted(geometries, key=lambda geometry: (geometry.get("id") or "999", geometry["properties"]["name"]))
    return {
        "source": "Natural Earth 1:50m, public domain, by way of world-atlas 2.0.2",
        "box": [SOUTH, WEST, NORTH, EAST],
        "scale": SCALE,
        "countries": [entry for geometry in ordered if (entry := country(geometry, arcs))],
        "cities": CITIES,
    }


def main() -> None:
    source, target = map(Path, sys.argv[1:3])
    basemap = build(json.loads(source.read_text("utf-8")))
    target.write_text(json.dumps(basemap, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(f"{target}: {target.stat().st_size:,} bytes, {len(basemap['countries'])} countries")


if __name__ == "__main__":
    main()
