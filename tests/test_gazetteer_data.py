"""The shipped gazetteer: its form, and places everybody can check on a map."""

import csv
import math
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest

DATA = Path(__file__).parent.parent / "src" / "sijill" / "data" / "gazetteer"
COLUMNS = ["names_ar", "id", "name_en", "level", "country", "lat", "lon", "parent", "population", "pcode", "flags"]
LEVELS = {"site", "neighbourhood", "village", "town", "city", "district", "governorate", "region", "country", "line_or_area"}
TEXT = (DATA / "places.tsv").read_text(encoding="utf-8")
LINES = TEXT.splitlines()
PLACES = [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in LINES[1:]]
FAR_LINES = (DATA / "places_far.tsv").read_text(encoding="utf-8").splitlines()
FAR = [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in FAR_LINES[1:]]
IDS = {p["id"] for p in PLACES}
ADMINISTRATIVE = {"governorate", "district"}

# south, north, west, east, with some room at the edges
BOUNDS = {
    "SY": (32.0, 37.6, 35.5, 42.6), "IQ": (28.9, 37.6, 38.6, 48.8), "YE": (11.8, 19.1, 41.8, 54.7), "PS": (31.1, 32.7, 34.1, 35.7),
    "IL": (29.3, 33.5, 34.1, 36.0), "LB": (32.9, 34.8, 35.0, 36.8), "JO": (29.0, 33.5, 34.8, 39.4), "EG": (21.8, 31.8, 24.5, 37.1),
    "LY": (19.3, 33.4, 9.2, 25.3), "SD": (8.5, 22.3, 21.7, 38.8), "SS": (3.3, 12.4, 23.9, 36.1), "TN": (30.0, 37.6, 7.4, 11.8),
    "DZ": (18.8, 37.3, -8.9, 12.1), "MA": (20.7, 36.0, -17.3, -0.9), "SA": (16.2, 32.3, 34.4, 55.8), "OM": (16.5, 26.6, 51.8, 60.0),
    "AE": (22.5, 26.3, 51.4, 56.5), "QA": (24.4, 26.3, 50.6, 51.8), "BH": (25.5, 26.4, 50.3, 50.9), "KW": (28.4, 30.2, 46.4, 48.6),
    "SO": (-1.8, 12.1, 40.9, 51.5), "TR": (35.7, 42.3, 25.6, 45.0), "IR": (24.9, 39.9, 43.9, 63.5), "AF": (29.2, 38.6, 60.4, 75.0),
    "PK": (23.5, 37.2, 60.7, 77.2),
}  # fmt: skip

# name, level or levels, country, latitude, longitude, kilometres
KNOWN = [
    ("دمشق", "city", "SY", 33.513, 36.292, 5),
    ("حلب", "city", "SY", 36.20, 37.16, 5),
    ("إدلب", "city", "SY", 35.93, 36.63, 5),
    ("إدلب", "governorate", "SY", 35.82, 36.70, 40),
    ("الحسكة", "city", "SY", 36.50, 40.75, 5),
    ("الحسكة", "governorate", "SY", 36.43, 40.56, 40),
    ("الرقة", "city", "SY", 35.953, 39.008, 5),
    ("دير الزور", "city", "SY", 35.336, 40.141, 5),
    ("القامشلي", "city", "SY", 37.05, 41.22, 5),
    ("قامشلو", "city", "SY", 37.05, 41.22, 5),
    ("سري كانيه", "city", "SY", 36.85, 40.07, 5),
    ("رأس العين", "city", "SY", 36.85, 40.07, 5),
    ("كري سبي", "city", "SY", 36.70, 38.957, 5),
    ("تل أبيض", "city", "SY", 36.70, 38.957, 5),
    ("كوباني", "city", "SY", 36.89, 38.35, 5),
    ("عين العرب", "city", "SY", 36.89, 38.35, 5),
    ("عين عيسى", "town", "SY", 36.386, 38.86, 5),
    ("تل تمر", "town", "SY", 36.656, 40.37, 5),
    ("زركان", "town", "SY", 36.846, 40.328, 5),
    ("الشدادي", "town", "SY", 36.056, 40.735, 5),
    ("غويران", "neighbourhood", "SY", 36.486, 40.755, 3),
    ("سجن غويران", "site", "SY", 36.48, 40.76, 2),
    ("سجن الصناعة", "site", "SY", 36.48, 40.76, 2),
    ("مخيم الهول", "site", "SY", 36.374, 41.147, 4),
    ("سجن صيدنايا", "site", "SY", 33.665, 36.329, 3),
    ("معبر باب الهوى", "site", "SY", 36.228, 36.679, 5),
    ("عفرين", "city", "SY", 36.512, 36.87, 5),
    ("منبج", "city", "SY", 36.528, 37.955, 5),
    ("سراقب", "city", "SY", 35.864, 36.806, 5),
    ("معرة النعمان", "city", "SY", 35.648, 36.677, 5),
    ("خان شيخون", "city", "SY", 35.442, 36.651, 5),
    ("كفر نبل", "town", "SY", 35.614, 36.565, 5),
    ("جسر الشغور", "city", "SY", 35.814, 36.32, 5),
    ("الباغوز", "town", "SY", 34.455, 40.948, 5),
    ("دوما", "city", "SY", 33.572, 36.403, 5),
    ("الموصل", "city", "IQ", 36.335, 43.119, 5),
    ("شنكال", "city", "IQ", 36.321, 41.877, 5),
    ("تلعفر", "city", "IQ", 36.379, 42.45, 5),
    ("الفلوجة", "city", "IQ", 33.354, 43.779, 5),
    ("الأنبار", "governorate", "IQ", 32.9, 41.9, 80),
    ("هولير", "city", "IQ", 36.19, 44.01, 5),
    ("عين الأسد", "site", "IQ", 33.79, 42.44, 5),
    ("عدن", "city", "YE", 12.79, 45.03, 8),
    ("تعز", "city", "YE", 13.579, 44.021, 5),
    ("مأرب", "governorate", "YE", 15.46, 45.33, 40),
    ("صنعاء", "city", "YE", 15.354, 44.207, 5),
    ("غزة", "city", "PS", 31.50, 34.467, 5),
    ("قطاع غزة", "region", "PS", 31.4, 34.38, 15),
    ("جباليا", "city", "PS", 31.53, 34.485, 4),
    ("خان يونس", "city", "PS", 31.345, 34.306, 4),
    ("نابلس", "city", "PS", 32.222, 35.26, 4),
    ("مخيم جنين", "neighbourhood", "PS", 32.461, 35.287, 3),
    ("الضفة الغربية", "region", "PS", 32.0, 35.25, 30),
    ("بيروت", "city", "LB", 33.893, 35.502, 5),
    ("الشيخ زويد", "city", "EG", 31.215, 34.111, 5),
    ("شمال سيناء", "governorate", "EG", 30.6, 33.6, 60),
    ("بنغازي", "city", "LY", 32.115, 20.069, 8),
    ("سرت", "city", "LY", 31.209, 16.589, 8),
    ("الفاشر", "city", "SD", 13.628, 25.349, 5),
    ("أم درمان", "city", "SD", 15.645, 32.478, 6),
    ("دارفور", "region", "SD", 13.0, 24.5, 100),
    ("ديار بكر", "city", "TR", 37.914, 40.217, 6),
    ("قندهار", "city", "AF", 31.613, 65.71, 6),
    ("مقديشو", "city", "SO", 2.037, 45.344, 6),
    ("باريس", "city", "FR", 48.853, 2.349, 8),
    ("سوريا", "country", "SY", 35.0, 38.5, 100),
    ("العراق", "country", "IQ", 33.0, 44.0, 100),
    ("مصر", "country", "EG", 26.8, 30.8, 100),
]  # fmt: skip

# Names that are ordinary words: they must not stand unflagged.
MUST_BE_COMMON = [
    "الباب", "الثورة", "النصر", "الوحدة", "السلام", "المنصورة", "صلاح الدين", "القائم", "حديثة", "بلد", "الحراك", "السلمية", "الحضر",
    "العلم", "سلوك", "جاسم", "سوق", "محمد", "علي", "الأحمد",
]  # fmt: skip


def folded(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKC", name) if not unicodedata.combining(c))
    return plain.translate(str.maketrans("أإآٱىةؤئ", "اااايهوي"))


def km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    a, b = math.radians(lat_a), math.radians(lat_b)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))


BY_NAME: dict[str, list[dict[str, str]]] = defaultdict(list)
for _place in PLACES:
    for _name in _place["names_ar"].split("|"):
        BY_NAME[folded(_name)].append(_place)


def test_header_and_size():
    assert LINES[0] == "#" + "\t".join(COLUMNS)
    assert len(TEXT.encode()) <= 4_000_000
    assert TEXT.endswith("\n")
    assert "\r" not in TEXT


def test_ids_are_unique_and_sorted():
    ids = [p["id"] for p in PLACES]
    assert ids == sorted(set(ids))


def test_ids_say_their_source():
    assert [i for i in IDS if not re.fullmatch(r"gn:\d+|SY\d{2,6}|N\d{4}|sj:[a-z0-9-]+", i)] == []


def test_parents_exist_and_do_not_run_in_circles():
    parent = {p["id"]: p["parent"] for p in PLACES}
    for place in PLACES:
        seen, at = {place["id"]}, place["parent"]
        while at:
            assert at in IDS, place
            assert at not in seen, place
            seen.add(at)
            at = parent[at]


def test_values_are_well_formed():
    for place in PLACES:
        assert place["level"] in LEVELS, place
        assert re.fullmatch(r"[A-Z]{2}|", place["country"]), place
        assert re.fullmatch(r"-?\d+\.\d{4}", place["lat"]), place
        assert re.fullmatch(r"-?\d+\.\d{4}", place["lon"]), place
        assert re.fullmatch(r"[1-9]\d*|", place["population"]), place
        assert set(place["flags"].split(",")) <= {"", "adjective", "common", "person"}, place


def test_names_are_plain_arabic():
    for place in PLACES:
        for name in place["names_ar"].split("|"):
            assert re.fullmatch(r"[ء-غف-ي0-9]+(?:[ -]+[ء-غف-ي0-9]+)*", name), place
            assert unicodedata.normalize("NFKC", name) == name, place


def test_names_of_a_place_do_not_fold_together():
    for place in PLACES:
        names = [folded(n) for n in place["names_ar"].split("|")]
        assert len(names) == len(set(names)), place


def test_coordinates_lie_in_their_country():
    for place in PLACES:
        if place["country"] in BOUNDS:
            south, north, west, east = BOUNDS[place["country"]]
            assert south <= float(place["lat"]) <= north, place
            assert west <= float(place["lon"]) <= east, place


def test_there_are_many_places():
    assert len(PLACES) + len(FAR) >= 30_000


def test_far_places_are_sorted_and_stand_nowhere_else():
    ids = [p["id"] for p in FAR]
    assert ids == sorted(set(ids))
    assert not IDS & set(ids)
    assert {p["flags"] for p in FAR} == {""}
    assert all(p["parent"] in IDS | {""} for p in FAR)


def test_no_far_place_lies_in_an_arab_country():
    arab = set("SY IQ YE PS JO LB EG LY SD TN DZ MA SA OM AE QA BH KW SO DJ MR".split())
    assert not arab & {p["country"] for p in FAR}


def test_far_names_are_plain_arabic():
    for place in FAR:
        for name in place["names_ar"].split("|"):
            assert re.fullmatch(r"[ء-غف-ي0-9]+(?:[ -]+[ء-غف-ي0-9]+)*", name), place


def test_no_place_stands_twice():
    for name, places in BY_NAME.items():
        for i, a in enumerate(places):
            for b in places[i + 1 :]:
                if a["level"] == b["level"] and a["level"] not in ADMINISTRATIVE:
                    assert km(float(a["lat"]), float(a["lon"]), float(b["lat"]), float(b["lon"])) > 0.9, (name, a, b)


@pytest.mark.parametrize(("name", "level", "country", "lat", "lon", "within_km"), KNOWN)
def test_known_places(name: str, level: str, country: str, lat: float, lon: float, within_km: float):
    found = [p for p in BY_NAME[folded(name)] if p["level"] == level and p["country"] == country]
    assert found, f"{name}: no {level} in {country}"
    assert min(km(lat, lon, float(p["lat"]), float(p["lon"])) for p in found) <= within_km


@pytest.mark.parametrize("name", MUST_BE_COMMON)
def test_ordinary_words_are_flagged(name: str):
    unflagged = [p["id"] for p in BY_NAME.get(folded(name), []) if "common" not in p["flags"].split(",")]
    assert unflagged == []


@pytest.mark.parametrize("name", ["المدينة", "كل", "بعد", "هذا", "العام", "محمد", "علي", "حسن", "الحكومة", "سوري", "الشهداء"])
def test_everyday_words_never_stand_bare(name: str):
    assert [p["id"] for p in BY_NAME.get(folded(name), []) if "common" not in p["flags"]] == []


def test_kinds():
    with (DATA / "kinds.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    forms = [r["form"] for r in rows]
    assert len(forms) == len(set(forms))
    for row in rows:
        assert row["number"] in {"sg", "dual", "pl"}, row
        assert row["level"] in LEVELS, row
        assert int(row["radius_km"]) > 0, row
    assert {"مدينة", "بلدة", "قرية", "حي", "ريف", "محافظة", "مخيم", "سجن", "مدينتي", "بلدات", "أحياء"} <= set(forms)
