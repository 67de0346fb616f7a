"""The files of `data/codebooks/`: every row is used and complete, and a row that breaks its table is refused with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest
import test_acled_actors as actors
import test_acled_kinds as kinds
import test_acled_tolls as tolls
import test_acled_when_and_where as when_and_where
import test_plover as plover
import test_ucdp as ucdp

from sijill.codebooks.actors import listed
from sijill.codebooks.book import CONDITIONS, load_book, read_book
from sijill.codebooks.kinds import _HOLDS
from sijill.errors import DataError
from sijill.lexicon import load_lexicon
from sijill.records import EventKind
from sijill.text import fold

FOLDER = files("sijill") / "data" / "codebooks"
CODE = files("sijill") / "codebooks"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
DOCUMENT = Path(__file__).parents[2] / "docs" / "codebooks.md"


def text_of(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def with_row(file: str, old: str, new: str) -> Callable[[str], str]:
    """The files with one row changed."""
    assert old in text_of(file)
    return lambda name: text_of(name).replace(old, new, 1) if name == file else text_of(name)


def line_of(file: str, words: str) -> int:
    return text_of(file)[: text_of(file).index(words)].count("\n") + 1


def test_columns_are_those_of_the_codebooks_in_their_order() -> None:
    acled = (
        "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 "
        "actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude "
        "longitude geo_precision source source_scale notes fatalities tags timestamp "
    )
    ucdp = (
        "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id "
        "dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources "
        "source_article source_office source_date source_headline source_original where_prec where_coordinates "
        "where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity "
        "date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob "
    )
    columns = load_book().columns
    assert [one.name for one in columns["acled"]] == acled.split()
    assert [one.name for one in columns["ucdp"]] == ucdp.split()
    assert len(acled.split()) == 31
    assert len(ucdp.split()) == 49


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("rules.csv", "acled.date.week,acled,", "acled.date.day,acled,", "'acled.date.day' has a row already"),
        ("rules.csv", "acled.date.week,acled,", "acled.date.week,cameo,", "codebook is 'cameo'"),
        ("rules.csv", "acled.date.week,acled,", "acled.date.week,acled,one more,", "wrong number of columns"),
        ("countries.csv", "SY,SYR,760,", "SY,SYR,seven,", "iso_numeric is 'seven', which is no whole number"),
        ("countries.csv", "SY,SYR,760,Syria,", "SY,SYR,760,,", "name_en is empty"),
        ("events.csv", "siege,,Other,", "besieging,,Other,", "kind is 'besieging'"),
        ("events.csv", "siege,,Other,acled.strategic.other,COERCE", "siege,,Other,acled.strategic.other,COERSE", "event is 'COERSE'"),
        ("events.csv", "siege,,Other,", "siege,,Others,", "sub_event_type is 'Others'"),
        ("events.csv", "siege,,Other,acled.strategic.other", "siege,,Other,acled.strategic.oter", "rule is 'acled.strategic.oter'"),
        ("events.csv", "protest,live_fire,", "protest,live_fires,", "when is 'live_fires'"),
        ("plover_scale.csv", "AGREE,,1,2.5", "AGREE,,1,much", "scale is 'much', which is no number"),
        ("losses.csv", ",sijill", ",", "source is empty"),
    ],
)
def test_a_row_that_breaks_its_table_is_refused(file: str, old: str, new: str, problem: str) -> None:
    with pytest.raises(DataError) as refused:
        read_book(with_row(file, old, new))
    assert refused.value.path == f"codebooks/{file}"
    assert refused.value.line == line_of(file, old) or "row already" in problem
    assert problem in refused.value.problem


def test_a_kind_ends_with_a_row_that_holds_always() -> None:
    with pytest.raises(DataError, match="stands after the one that holds always"):
        read_book(with_row("events.csv", "protest_repression,live_fire,", "protest_repression,,"))


def test_another_heading_is_refused() -> None:
    with pytest.raises(DataError, match=re.escape("codebooks/losses.csv:1: the columns are kind, en, arabic, source")):
        read_book(with_row("losses.csv", "kind,en,ar,source", "kind,en,arabic,source"))


def test_every_kind_of_event_is_in_the_crosswalk() -> None:
    crosswalk = load_book().crosswalk
    assert set(crosswalk) == set(get_args(EventKind))
    assert all(rows[-1].when == "" for rows in crosswalk.values())


def test_every_condition_is_told() -> None:
    assert set(_HOLDS) == set(CONDITIONS)
    assert {row.when for rows in load_book().crosswalk.values() for row in rows} == set(CONDITIONS)


def test_every_rule_and_loss_is_used() -> None:
    """A rule that no code and no row of the crosswalk names would be documentation of nothing."""
    code = "".join(file.read_text(encoding="utf-8") for file in CODE.iterdir() if file.name.endswith(".py")) + text_of("events.csv")
    book = load_book()
    assert [rule for rule in book.rules if rule not in code] == ["plover.accuse"]  # a note on the scale, which no event of ours has
    assert [kind for kind in book.losses if f'"{kind}"' not in code] == []


def test_words_of_users_are_in_both_languages() -> None:
    book = load_book()
    said = [*book.rules.values(), *book.losses.values(), *(one for columns in book.columns.values() for one in columns)]
    assert [
        one for one in said if not re.search("[\u0621-\u064a]", one.ar) or re.search("[\u0621-\u064a]{3}", re.sub("«.*?»", "", one.en))
    ] == []


def test_every_country_of_the_gazetteer_is_there() -> None:
    names, book = load_lexicon().names, load_book()
    used = {row.split("\t")[4] for row in names._rows} - {""}
    assert used <= set(book.countries)
    numbers = [one.number for one in book.countries.values() if one.number]
    assert len(numbers) == len(set(numbers))
    states = [one.gw for one in book.countries.values() if one.gw]
    assert len(states) == len(set(states))
    syria, palestine = book.countries["SY"], book.countries["PS"]
    assert (syria.iso3, syria.number, syria.gw, syria.acled_region, syria.ucdp_region) == ("SYR", 760, 652, "Middle East", "Middle East")
    assert palestine.gw is None


def test_seats_are_towns_of_the_gazetteer() -> None:
    names = load_lexicon().names
    for place, seat in load_book().seats.items():
        whole, town = names.place_by_id(place), names.place_by_id(seat)
        assert whole is not None, place
        assert town is not None, seat
        assert whole.country == town.country
        assert town.level in ("city", "town")


def test_competing_governments_are_actors() -> None:
    assert all(listed(actor) for _, actor in load_book().governments)


def test_words_for_weapons_are_written_once() -> None:
    words = [fold(word).text for words in load_book().weapons.values() for word in words]
    assert len(words) >= len(set(words))
    assert all(re.fullmatch(r"[\u0621-\u064a ]+", word) for word in words)


@pytest.mark.skipif(not DOCUMENT.exists(), reason="the documents are not here")
def test_the_document_names_rules_and_losses_that_there_are() -> None:
    told, book = DOCUMENT.read_text(encoding="utf-8"), load_book()
    assert [rule for rule in re.findall(r"`((?:acled|ucdp|plover)\.[a-z_.]+)`", told) if rule not in book.rules] == []
    assert [kind for kind in book.losses if f"| `{kind}` | {book.losses[kind].en} |" not in told] == []
    assert [name for name in (file.name for file in FOLDER.iterdir()) if name not in README and name != "README.md"] == []


def test_every_rule_has_a_case() -> None:
    tables = [kinds.KINDS, actors.ACTORS, when_and_where.DATES, when_and_where.PLACED, tolls.TOLLS, tolls.PARTS]
    tables += [ucdp.TYPES, ucdp.DEATHS, ucdp.FIELDS, plover.EVENTS]
    shown = {one.rule for table in tables for one in table}
    silent = {"plover.accuse", "acled.inter.listed"}  # a note on the scale; and the type of a list, which is no decision
    assert set(load_book().rules) - shown == silent
