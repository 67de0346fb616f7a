"""The files under data/actors are what their README says they are."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files
from itertools import chain

import pytest

from sijill.text import fold_word

ACTORS = files("sijill") / "data" / "actors"

COLUMNS = {
    "actors": "id name_en names_ar partisan_ar adjectives_ar capitals_ar countries_ar type country role parent"
    " active_from active_to source note",
    "generic": "forms_ar role fallback status note",
    "by_country": "country role actor",
    "by_region": "actor within there note",
    "sources": "id name_en names_ar kind generic note",
}
LEAST_ROWS = {"actors": 300, "generic": 40, "by_country": 200, "by_region": 4, "sources": 120}
TYPES = {
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians",
    "External/Other forces",
}  # fmt: skip
ROLES = {
    "government", "army", "police", "security", "intelligence", "coalition", "un", "militia", "rebel", "opposition",
    "party", "protesters", "gunmen", "settlers", "tribe", "civilians", "unknown",
}  # fmt: skip
KINDS = {
    "monitor", "agency", "broadcaster", "newspaper", "ministry", "spokesman", "un", "ngo", "witnesses", "local", "medical",
    "security", "official", "social_media",
}  # fmt: skip
STATUSES = {"civilian", "combatant", "security", "unknown"}
GUIDE_IDS = {
    "islamic_state", "sdf", "ypg", "asayish_nes", "syrian_government", "syrian_opposition", "hts", "nusra_front",
    "russia", "turkey", "iran", "united_states", "intl_coalition", "sna", "hezbollah", "iraqi_government",
    "iraqi_army", "iraqi_police", "popular_mobilization", "peshmerga", "pkk", "yemen_government", "houthis",
    "saudi_coalition", "aqap", "southern_resistance", "lna_haftar", "gna_libya", "libya_dawn", "egypt_government",
    "egypt_police", "egypt_army", "sinai_province", "israel", "israeli_settlers", "hamas", "palestinian_factions",
    "pa_police", "lebanon_army", "sudan_army", "rsf", "tunisia_government", "boko_haram", "al_shabaab", "taliban",
    "unidentified_gunmen", "unidentified",
}  # fmt: skip
NAME_COLUMNS = ["names_ar", "partisan_ar", "adjectives_ar", "capitals_ar", "countries_ar"]
LIST_COLUMNS = {"actors": NAME_COLUMNS, "generic": ["forms_ar"], "by_country": [], "by_region": [], "sources": ["names_ar"]}
# Digits stand in names such as «الفرقة 30»; tatweel, vowel marks and everything outside the Arabic letters do not.
ARABIC_NAME = re.compile(r"[\u0621-\u063a\u0641-\u064a0-9]+(?: [\u0621-\u063a\u0641-\u064a0-9]+)*")
SAME_LETTER = str.maketrans("أإآىةؤئ", "ااايهوي")

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (ACTORS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def names(row: Row, *columns: str) -> Iterator[str]:
    return chain.from_iterable(row[column].split("|") for column in columns if row[column])


def owners(name: str, key: str, *columns: str) -> list[tuple[str, str]]:
    """Every folded name with the row it stands in."""
    return [(form.translate(SAME_LETTER), row[key]) for row in rows(name) for form in names(row, *columns)]


def repeated(values: list[str]) -> list[str]:
    return sorted({value for value in values if values.count(value) > 1})


ACTOR_IDS = {row["id"] for row in rows("actors")}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_and_size(name: str) -> None:
    table = rows(name)
    assert list(table[0]) == COLUMNS[name].split()
    assert len(table) >= LEAST_ROWS[name]
    assert all(None not in row and None not in row.values() for row in table)


@pytest.mark.parametrize("name", COLUMNS)
def test_arabic_is_plain(name: str) -> None:
    odd = [
        form
        for row in rows(name)
        for form in names(row, *LIST_COLUMNS[name])
        if not ARABIC_NAME.fullmatch(form) or unicodedata.normalize("NFKC", form) != form
    ]
    assert odd == []


@pytest.mark.parametrize("name", ["actors", "sources"])
def test_ids_are_unique_slugs_in_order(name: str) -> None:
    ids = [row["id"] for row in rows(name)]
    assert repeated(ids) == []
    assert ids == sorted(ids)
    assert [i for i in ids if not re.fullmatch(r"[a-z0-9]+(?:_[a-z0-9]+)*", i)] == []


def test_guide_ids_are_present() -> None:
    assert not GUIDE_IDS - ACTOR_IDS


def test_types_roles_and_countries() -> None:
    table = rows("actors")
    assert {row["type"] for row in table} <= TYPES
    assert {row["role"] for row in table} <= ROLES
    assert [row["id"] for row in table if not re.fullmatch(r"(?:[A-Z]{2})?", row["country"])] == []
    assert [row["id"] for row in table if not (row["name_en"] and row["names_ar"] and row["source"])] == []


def test_parents_exist_and_end() -> None:
    parent = {row["id"]: row["parent"] for row in rows("actors")}
    assert {p for p in parent.values() if p} <= ACTOR_IDS
    for actor in parent:
        line = [actor]
        while parent[line[-1]]:
            line.append(parent[line[-1]])
            assert line.count(line[-1]) == 1, f"{actor} is its own ancestor"


def test_years_are_ordered() -> None:
    for row in rows("actors"):
        for column in ("active_from", "active_to"):
            assert re.fullmatch(r"(?:\d{4})?", row[column]), row["id"]
        if row["active_from"] and row["active_to"]:
            assert row["active_from"] <= row["active_to"], row["id"]


def test_a_name_has_one_actor() -> None:
    folded = owners("actors", "id", "names_ar", "partisan_ar", "capitals_ar", "countries_ar")
    assert repeated([name for name, _ in folded]) == []


def test_an_adjective_has_one_actor_and_ends_like_one() -> None:
    adjectives = [name for name, _ in owners("actors", "id", "adjectives_ar")]
    assert repeated(adjectives) == []
    broken_plurals = {"أتراك", "روس", "أفغان"}
    assert {a for a in adjectives if not a.endswith("ي")} == {fold_word(plural) for plural in broken_plurals}


def test_generic_forms_name_no_actor() -> None:
    forms = [name for name, _ in owners("generic", "role", "forms_ar")]
    named = {name for name, _ in owners("actors", "id", "names_ar", "partisan_ar")}
    assert repeated(forms) == []
    assert sorted(named & set(forms)) == []


def test_generic_rows() -> None:
    table = rows("generic")
    assert repeated([row["role"] for row in table]) == []
    assert {row["status"] for row in table} <= STATUSES
    assert {row["fallback"] for row in table if row["fallback"]} <= ACTOR_IDS


def test_by_country_points_at_rows() -> None:
    table = rows("by_country")
    assert {row["actor"] for row in table} <= ACTOR_IDS
    assert {row["role"] for row in table} <= {row["role"] for row in rows("generic")}
    assert repeated([f"{row['country']} {row['role']}" for row in table]) == []
    assert [row for row in table if not re.fullmatch(r"[A-Z]{2}", row["country"])] == []


def test_by_region_points_at_rows() -> None:
    table = rows("by_region")
    assert {row["actor"] for row in table} | {row["there"] for row in table} <= ACTOR_IDS
    assert repeated([f"{row['actor']} {row['within']}" for row in table]) == []
    gazetteer = (files("sijill") / "data" / "gazetteer" / "places.tsv").read_text(encoding="utf-8")
    places = {line.split("\t")[1] for line in gazetteer.splitlines() if "\t" in line}
    assert {row["within"] for row in table} <= places


def test_a_generic_word_is_never_lost() -> None:
    """A role without a fallback must have a country that resolves it."""
    resolved = {row["role"] for row in rows("by_country")}
    needs_country = {row["role"] for row in rows("generic") if not row["fallback"]}
    # These stand for something told of before; only the reader can say what.
    assert needs_country - resolved <= {"forces", "militant_group"}


def test_sources() -> None:
    table = rows("sources")
    assert {row["kind"] for row in table} <= KINDS
    assert {row["generic"] for row in table} == {"yes", "no"}
    assert [row["id"] for row in table if not (row["name_en"] and row["names_ar"])] == []
    assert repeated([name for name, _ in owners("sources", "id", "names_ar")]) == []


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("تنظيم الدولة الإسلامية", "islamic_state"),
        ("مرتزقة داعش", "islamic_state"),
        ("دولة الاحتلال التركي", "turkey"),
        ("دولة الاحتلال", "israel"),
        ("ميليشيا قسد", "sdf"),
        ("قوات الأسد", "syrian_government"),
        ("الانقلابيين", "houthis"),
        ("البنيان المرصوص", "bunyan_marsous"),
        ("كتائب القسام", "hamas"),
    ],
)
def test_known_names(name: str, actor: str) -> None:
    assert (name.translate(SAME_LETTER), actor) in owners("actors", "id", "names_ar", "partisan_ar")


@pytest.mark.parametrize(
    ("country", "role", "actor"),
    [
        ("SY", "army", "syrian_government"),
        ("SY", "opposition", "syrian_opposition"),
        ("IQ", "army", "iraqi_army"),
        ("EG", "police", "egypt_police"),
        ("TR", "police", "turkey"),
        ("PS", "army", "israel"),
        ("YE", "coalition", "saudi_coalition"),
    ],
)
def test_known_roles(country: str, role: str, actor: str) -> None:
    assert {"country": country, "role": role, "actor": actor} in rows("by_country")
