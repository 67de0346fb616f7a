"""Rows of UCDP GED's form, in the versions that it has had."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from rows_made_up import UCDP, table, ucdp

from sijill.datasets import DataSet, TakenRow

OLD = [
    *("id", "year", "active_year", "type_of_violence", "conflict_new_id", "conflict_name", "dyad_new_id", "dyad_name", "side_a_new_id"),
    *("gwnoa", "side_a", "side_b_new_id", "gwnob", "side_b", "number_of_sources", "source_article", "source_office", "source_date"),
    *("source_headline", "source_original", "where_prec", "where_coordinates", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt"),
    *("priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b"),
    *("deaths_civilians", "deaths_unknown", "low", "best", "high"),
]
"""As it was in 2019: without relid and code_status, and the three estimates in another order."""


def rows_of(data: bytes, **given: Any) -> tuple[DataSet, list[TakenRow]]:
    rows = DataSet(data, file="mine.csv", **given)
    return rows, list(rows)


def one(**values: str) -> TakenRow:
    rows, (row,) = rows_of(table([ucdp(**values)]))
    assert (rows.form, rows.name) == ("ucdp", "UCDP GED")
    return row


def numbers(row: TakenRow) -> list[tuple[str, int | None, int | None, int | None, str, str | None]]:
    return [(f.quote, f.value, f.min, f.max, f.role, f.side) for f in row.reading.figures]


def test_deaths_are_a_total_with_bounds_and_its_parts_by_side() -> None:
    row = one()
    assert numbers(row) == [
        ("127", 127, 100, 140, "total", None),
        ("40", 40, 40, 40, "part", "syrian_government"),
        ("77", 77, 77, 77, "part", "islamic_state"),
        ("7", 7, 7, 7, "part", None),
        ("3", 3, 3, 3, "part", None),
    ]
    assert [figure.status for figure in row.reading.figures] == ["unknown", "combatant", "combatant", "civilian", "unknown"]
    assert {figure.of for figure in row.reading.figures[1:]} == {"f1"}
    words = [row.report.text[e.start : e.end] for e in row.reading.figures[0].evidence]
    assert words == ["127", "100", "140"]
    assert {figure.source for figure in row.reading.figures} == {"sohr"}
    (event,) = row.reading.events
    assert (event.kind, event.date, event.agents) == (
        "attack_unspecified",
        "2022-01-20/2022-01-24",
        ["syrian_government", "islamic_state"],
    )
    assert row.report.published == "2022-01-26"


class Variant(NamedTuple):
    """A header that was met."""

    name: str
    columns: list[str] = UCDP
    rename: dict[str, str] = {}
    values: dict[str, str] = {}
    encoding: str = "utf-8"
    delimiter: str = ","
    unknown: tuple[str, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()


VARIANTS = [
    Variant("23.1 and later"),
    Variant("19.1", columns=OLD),
    Variant("before: estimates with est", rename={"best": "best_est", "high": "high_est", "low": "low_est"}),
    Variant(
        "a candidate: with a mark, and days with hours",
        encoding="utf-8-sig",
        values={"date_start": "2022-01-20 00:00:00.000", "date_end": "2022-01-24 00:00:00.000"},
    ),
    Variant("columns in any order", columns=sorted(UCDP)),
    Variant("semicolons", delimiter=";"),
    Variant("upper case", rename={name: name.upper() for name in UCDP}),
    Variant("numbers as decimals", values={"best": "127.0", "type_of_violence": "1.0", "where_prec": "1.0", "id": "990001.0"}),
    Variant("other names of the ids", rename={"conflict_new_id": "conflict_id", "dyad_new_id": "dyad_id"}),
    Variant("a column of somebody's own", columns=[*UCDP, "weather"], unknown=("weather",)),
    Variant("a precision that is none", values={"where_prec": "9"}, problems=(("where_prec", "9"),)),
    Variant("a day of the end that is none", values={"date_end": "later"}, problems=(("date_end", "later"),)),
]


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda v: v.name)
def test_every_version_is_understood_by_the_names_of_its_columns(variant: Variant) -> None:
    data = table(
        [ucdp(**variant.values)], columns=variant.columns, rename=variant.rename, delimiter=variant.delimiter, encoding=variant.encoding
    )
    rows, (row,) = rows_of(data)
    assert (rows.form, row.id) == ("ucdp", "990001")
    assert [column.name for column in rows.unknown] == list(variant.unknown)
    assert [(p.column, p.value) for p in rows.problems] == list(variant.problems)
    assert numbers(row)[0][1:4] == (127, 100, 140)
    first, _, last = (row.reading.events[0].date or "").partition("/")
    assert (first, last) == ("2022-01-20", "" if variant.problems and variant.problems[0][0] == "date_end" else "2022-01-24")


PLACES = [
    ("1", "Al Hasakah town", 5.0),
    ("2", "Al Hasakah town", 25.0),
    ("3", "Al Hasakah district", 30.0),
    ("4", "Al Hasakah governorate", 80.0),
    ("5", "Al Hasakah town", 100.0),
    ("6", "Syria", 500.0),
    ("7", "Al Hasakah town", 200.0),
]


@pytest.mark.parametrize(("precision", "words", "radius"), PLACES)
def test_a_place_is_as_exact_as_its_precision_says(precision: str, words: str, radius: float) -> None:
    row = one(where_prec=precision)
    (place,) = row.reading.places
    assert (row.report.text[place.start : place.end], place.radius_km) == (words, radius)
    assert (place.level == "country") == (precision == "6")


def test_in_one_sided_violence_the_first_side_does_it_to_the_second() -> None:
    (event,) = one(type_of_violence="3", side_a="IS", side_b="Civilians").reading.events
    assert (event.agents, event.targets) == (["islamic_state"], ["civilians"])


def test_a_name_means_who_bore_it_on_that_day() -> None:
    (event,) = one(date_start="2025-03-07", date_end="2025-03-07").reading.events
    assert event.agents[0] == "syria_transitional_government"


def test_no_deaths_are_no_figure_and_perhaps_some_are_a_range() -> None:
    zero = dict.fromkeys(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "low", "high"), "0")
    assert numbers(one(**zero)) == []
    assert numbers(one(**zero | {"high": "5"})) == [("0", 0, 0, 5, "alone", None)]


def test_a_total_that_is_not_the_sum_is_reported_and_shown_as_a_contradiction() -> None:
    rows, (row,) = rows_of(table([ucdp(best="130")]))
    assert [(p.column, p.value) for p in rows.problems] == [("best", "130")]
    (found,) = row.reading.contradictions
    assert (found.sum, found.stated, found.difference) == (127, 130, 3)


def test_estimates_in_the_wrong_order_lose_their_bounds_and_are_reported() -> None:
    rows, (row,) = rows_of(table([ucdp(low="200")]))
    assert [p.column for p in rows.problems] == ["best"]
    assert numbers(row)[0][1:4] == (127, 127, 127)


def test_a_row_of_our_own_has_the_id_of_its_incident() -> None:
    rows, (row,) = rows_of(table([ucdp(id="", relid="") | {"sijill_incident": "inc-1", "sijill_lost": "ids"}]))
    assert (row.id, rows.unknown) == ("inc-1", [])
