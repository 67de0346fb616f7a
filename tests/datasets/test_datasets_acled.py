"""Rows of ACLED's form: every name its columns and labels have had, and what is read out of them."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from rows_made_up import ACLED, acled, table

from sijill.datasets import DataSet, Problem, TakenRow
from sijill.errors import InputError


def rows_of(data: bytes, **given: Any) -> tuple[DataSet, list[TakenRow]]:
    rows = DataSet(data, file="mine.csv", **given)
    return rows, list(rows)


def one(**values: str) -> TakenRow:
    rows, taken = rows_of(table([acled(**values)]))
    assert rows.form == "acled"
    (row,) = taken
    return row


def told(problems: list[Problem]) -> list[tuple[str | None, str | None]]:
    return [(problem.column, problem.value) for problem in problems]


def test_a_row_becomes_a_report_with_claims() -> None:
    row = one()
    (event,), (figure,), (place,) = row.reading.events, row.reading.figures, row.reading.places
    assert (row.report.id, row.report.outlet, row.report.published) == ("ACLED:SYR900001", "ACLED", "2022-04-15")
    assert (event.kind, event.date, event.agents, event.targets) == ("armed_clash", "2022-01-20", ["islamic_state", "sdf"], [])
    assert (figure.effect, figure.value, figure.min, figure.max, figure.status) == ("killed", 34, 34, 34, "unknown")
    assert (place.name, place.level, place.country, place.gazetteer) == ("الحسكة", "city", "SY", "gn:173811")
    assert row.reading.dataset == "ACLED"
    assert figure.rule == "row: acled fatalities"


def test_the_text_is_the_row_and_every_value_points_into_it() -> None:
    row = one(notes=' «قصف», then "quiet"\nand a second line ')
    lines = row.report.text.split("\n")
    assert lines[0] == "event_id_cnty: SYR900001"
    assert [line.split(":")[0] for line in lines if line.split(":")[0] in ACLED] == ACLED
    assert 'notes:  «قصف», then "quiet"\nand a second line ' in row.report.text
    words = {e.what: row.report.text[e.start : e.end] for claim in (*row.reading.events, *row.reading.figures) for e in claim.evidence}
    assert words == {
        "event": "Armed clash",
        "place": "Al Hasakeh",
        "agent": "QSD: Syrian Democratic Forces",
        "date": "2022-01-20",
        "number": "34",
    }
    for claim in (*row.reading.events, *row.reading.figures):
        assert row.report.text[claim.start : claim.end] == claim.quote


def test_the_place_points_at_its_own_cell_and_not_at_the_same_word_before_it() -> None:
    row = one()
    (place,) = row.reading.places
    assert row.report.text[: place.start].endswith("\nlocation: ")


# --- names of columns ----------------------------------------------------------------------------------------------------


class Variant(NamedTuple):
    """A header that was met: how its columns are called, how it is written, and what of it has no meaning."""

    name: str
    rename: dict[str, str] = {}
    without: tuple[str, ...] = ()
    also: dict[str, str] = {}
    values: dict[str, str] = {}
    delimiter: str = ","
    encoding: str = "utf-8"
    id: str = "SYR900001"
    unknown: tuple[str, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()


VARIANTS = [
    Variant("the 31 columns of today"),
    Variant("with the mark of UTF-8", encoding="utf-8-sig"),
    Variant("as UTF-16", encoding="utf-16"),
    Variant("semicolons", delimiter=";"),
    Variant("semicolons and decimal commas", delimiter=";", values={"latitude": "36,5024", "longitude": "40,7477"}),
    Variant("tabs", delimiter="\t"),
    Variant("upper case", rename={name: name.upper() for name in ACLED}),
    Variant("words with capitals and blanks", rename={name: name.replace("_", " ").title() for name in ACLED}),
    Variant("the actors of old exports", rename={"assoc_actor_1": "ALLY_ACTOR_1", "assoc_actor_2": "ALLY_ACTOR_2"}),
    Variant("data_id beside the id", also={"data_id": "777"}),
    Variant("data_id alone", without=("event_id_cnty",), also={"data_id": "777"}, id="777"),
    Variant("a number within the country", without=("event_id_cnty",), also={"event_id_no_cnty": "12", "iso3": "SYR"}, id="SYR12"),
    Variant("iso3 and no other country", without=("iso", "country"), also={"iso3": "SYR"}),
    Variant("the number of the country only", without=("country",)),
    Variant(
        "no columns that may be missing", without=("time_precision", "disorder_type", "civilian_targeting", "tags", "admin3", "timestamp")
    ),
    Variant("types of actors by number", values={"inter1": "2", "inter2": "2", "interaction": "22"}),
    Variant("types in the plural", values={"inter1": "Rebel Groups", "inter2": "Rebel Groups", "interaction": "Rebel Groups-Rebel Groups"}),
    Variant("types with another dash", values={"interaction": "Rebel group – Rebel group"}),
    Variant("one type only", values={"interaction": "Rebel groups only", "inter2": ""}),
    Variant("the type of outside forces", values={"inter2": "External/Other forces", "interaction": "External/Other forces-Civilians"}),
    Variant("labels in another case", values={"event_type": "BATTLES", "sub_event_type": "armed clashes"}),
    Variant("civilians targeted", values={"civilian_targeting": "Civilians targeted"}),
    Variant("civilian targeting", values={"civilian_targeting": "Civilian targeting"}),
    Variant("targeting as yes", values={"civilian_targeting": "Yes"}),
    Variant("targeting as TRUE", values={"civilian_targeting": "TRUE"}),
    Variant("targeting as FALSE", values={"civilian_targeting": "FALSE"}),
    Variant("days as dd-mm-yyyy", values={"event_date": "20-01-2022"}),
    Variant("days as d-Mon-yy", values={"event_date": "20-Jan-22"}),
    Variant("days with the month in words", values={"event_date": "20 January 2022"}),
    Variant("days with slashes, beyond doubt", values={"event_date": "20/01/2022"}),
    Variant("days with slashes, the month first", values={"event_date": "1/20/2022"}),
    Variant("days with an hour", values={"event_date": "2022-01-20 00:00:00"}),
    Variant("thousands with commas", values={"fatalities": "1,034"}),
    Variant("fatalities as a decimal", values={"fatalities": "34.0"}),
    Variant("population on request", also={"population_best": "12000", "population_1km": "3"}),
    Variant("what our own export adds", also={"sijill_claims": "fig-1", "sijill_lost": ""}),
    Variant("a column of somebody's own", also={"mood": "grim"}, unknown=("mood",)),
    Variant("one column under two names", also={"lat": "1"}, unknown=("lat",)),
    Variant("a column without a name", also={"": "x"}, unknown=("column 32",)),
    Variant("a type that is none", values={"inter1": "Wizards"}, problems=(("inter1", "Wizards"),)),
    Variant("an interaction that is none", values={"interaction": "9 lives"}, problems=(("interaction", "9 lives"),)),
    Variant("a precision that is none", values={"geo_precision": "8"}, problems=(("geo_precision", "8"),)),
    Variant("a targeting that is none", values={"civilian_targeting": "maybe"}, problems=(("civilian_targeting", "maybe"),)),
    Variant("a timestamp that is none", values={"timestamp": "soon"}, problems=(("timestamp", "soon"),)),
    Variant("a point off the globe", values={"latitude": "136.5"}, problems=(("latitude", "136.5"),)),
]


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda v: v.name)
def test_every_header_is_understood(variant: Variant) -> None:
    columns = [*(name for name in ACLED if name not in variant.without), *variant.also]
    data = table(
        [acled(**variant.values) | variant.also],
        columns=columns,
        rename=variant.rename,
        delimiter=variant.delimiter,
        encoding=variant.encoding,
    )
    rows, (row,) = rows_of(data)
    assert rows.form == "acled"
    assert row.id == variant.id
    assert [column.name for column in rows.unknown] == list(variant.unknown)
    assert told(rows.problems) == list(variant.problems)
    (event,) = row.reading.events
    assert (event.kind, event.date, event.agents[0]) == ("armed_clash", "2022-01-20", "islamic_state")
    assert row.reading.figures[0].value == (1034 if variant.name == "thousands with commas" else 34)
    assert row.reading.places[0].country == "SY"
    assert not any(problem.left_out for problem in rows.problems)


EVENTS = [
    ("Battles", "Government regains territory", "territorial_control"),
    ("Battles", "Non-state actor overtakes territory", "territorial_control"),
    ("Battles", "Armed clash", "armed_clash"),
    ("Protests", "Excessive force against protesters", "protest_repression"),
    ("Protests", "Protest with intervention", "protest_repression"),
    ("Protests", "Peaceful protest", "protest"),
    ("Riots", "Violent demonstration", "riot"),
    ("Riots", "Mob violence", "riot"),
    ("Explosions/Remote violence", "Chemical weapon", "chemical_attack"),
    ("Explosions/Remote violence", "Air/drone strike", "air_strike"),
    ("Explosions/Remote violence", "Suicide bomb", "suicide_bombing"),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack", "shelling"),
    ("Explosions/Remote violence", "Remote explosive/landmine/IED", "explosive_device"),
    ("Explosions/Remote violence", "Grenade", "explosive_device"),
    ("Violence against civilians", "Sexual violence", "sexual_violence"),
    ("Violence against civilians", "Attack", "attack_unspecified"),
    ("Violence against civilians", "Abduction/forced disappearance", "abduction"),
    ("Strategic developments", "Agreement", "agreement_or_ceasefire"),
    ("Strategic developments", "Arrests", "arrest"),
    ("Strategic developments", "Change to group/activity", None),
    ("Strategic developments", "Disrupted weapons use", "interception"),
    ("Strategic developments", "Headquarters or base established", "deployment"),
    ("Strategic developments", "Looting/property destruction", "property_damage"),
    ("Strategic developments", "Non-violent transfer of territory", "territorial_control"),
    ("Strategic developments", "Other", None),
    ("Battle-No change of territory", "", "armed_clash"),
    ("Remote violence", "", "explosion"),
    ("Violence against civilians", "", "attack_unspecified"),
]


@pytest.mark.parametrize(("event_type", "sub_event_type", "kind"), EVENTS)
def test_every_event_type_has_its_kind_or_says_that_it_has_none(event_type: str, sub_event_type: str, kind: str | None) -> None:
    row = one(event_type=event_type, sub_event_type=sub_event_type)
    assert [event.kind for event in row.reading.events] == ([kind] if kind else [])
    assert bool(row.reading.warnings) == (kind is None)
    assert [figure.value for figure in row.reading.figures] == [34]


ACTORS = [
    ("Military Forces of Syria (2000-2024)", "syrian_government"),
    ("Military Forces of Syria (2000–2024)", "syrian_government"),
    ("Military Forces of Syria (2024-)", "syria_transitional_government"),
    ("Police Forces of Iraq (2014-2022) Federal Police", "Police Forces of Iraq (2014-2022) Federal Police"),
    ("Police Forces of Iraq (2014-2022)", "iraqi_police"),
    ("Military Forces of Turkey (2016-)", "turkey"),
    ("Islamic State (Syria)", "islamic_state"),
    ("HTS: Hayat Tahrir al Sham", "hts"),
    ("YPG: People's Protection Units", "ypg"),
    ("Unidentified Armed Group (Syria)", "unidentified_gunmen"),
    ("Rioters (Iraq)", "rioters"),
    ("Hezbollah", "hezbollah"),
    ("Brotherhood of the Moon (Syria)", "Brotherhood of the Moon (Syria)"),
]


@pytest.mark.parametrize(("name", "id"), ACTORS)
def test_names_of_actors_have_neutral_ids_or_stay_as_they_are(name: str, id: str) -> None:
    assert one(actor1=name, actor2="").reading.events[0].agents == [id]


def test_who_did_it_to_whom_depends_on_the_event() -> None:
    attack = {"event_type": "Violence against civilians", "sub_event_type": "Attack", "actor2": "Civilians (Syria)"}
    assert one(**attack).reading.events[0].agents == ["islamic_state"]
    assert one(**attack).reading.events[0].targets == ["civilians"]
    flagged = one(**attack | {"actor2": "", "civilian_targeting": "Civilians targeted"}).reading.events[0]
    assert flagged.targets == ["civilians"]
    force = {"event_type": "Protests", "sub_event_type": "Protest with intervention", "actor1": "Protesters (Syria)"}
    met = one(**force, actor2="Police Forces of Syria (2000-2024)").reading.events[0]
    assert (met.agents, met.targets) == (["syrian_government"], ["protesters"])


def test_no_fatalities_are_no_figure() -> None:
    assert one(fatalities="0").reading.figures == []
    assert one(fatalities="").reading.figures == []


DAYS = [("1", "2022-01-20"), ("2", "2022-01-17/2022-01-23"), ("3", "2022-01")]


@pytest.mark.parametrize(("precision", "edtf"), DAYS)
def test_a_week_or_a_month_is_known_and_not_its_middle(precision: str, edtf: str) -> None:
    assert one(time_precision=precision).reading.events[0].date == edtf


PLACES = [("1", "الحسكة", "city", 5.0), ("2", "Al Hasakeh", "district", 25.0), ("3", "الحسكة", "governorate", 80.0)]


@pytest.mark.parametrize(("precision", "name", "level", "radius"), PLACES)
def test_an_area_is_no_town(precision: str, name: str, level: str, radius: float) -> None:
    (place,) = one(geo_precision=precision).reading.places
    assert (place.level, place.radius_km) == (level, radius)
    if precision != "2":
        assert place.name == name


def test_a_part_of_a_city_is_found_by_the_city() -> None:
    (place,) = one(location="Al Hasakeh - Some Quarter").reading.places
    assert (place.gazetteer, place.name) == ("gn:173811", "الحسكة")


def test_a_name_is_not_taken_for_a_place_that_lies_elsewhere() -> None:
    (place,) = one(latitude="33.51", longitude="36.29").reading.places
    assert (place.gazetteer, place.name) == (None, "Al Hasakeh")


def test_a_day_that_may_be_two_is_left_out_unless_the_column_tells() -> None:
    rows, taken = rows_of(table([acled(event_date="03/04/2022")]))
    assert taken == []
    assert [(p.column, p.value, p.left_out) for p in rows.problems] == [("event_date", "03/04/2022", True)]
    _, taken = rows_of(table([acled(event_date="03/04/2022"), acled(event_id_cnty="B", event_date="25/04/2022")]))
    assert [row.reading.events[0].date for row in taken] == ["2022-04-03", "2022-04-25"]


def test_a_bad_row_is_named_and_the_rest_goes_on() -> None:
    rows, taken = rows_of(
        table(
            [
                acled(),
                acled(event_id_cnty="B", event_date="never"),
                acled(event_id_cnty="C", event_type="Picnic", sub_event_type=""),
                acled(),
            ]
        )
    )
    assert [row.id for row in taken] == ["SYR900001"]
    assert [(p.line, p.column, p.value) for p in rows.problems] == [
        (3, "event_date", "never"),
        (4, "event_type", "Picnic"),
        (5, None, "SYR900001"),
    ]
    assert rows.rows == 4


def test_another_form_is_refused_with_what_is_missing() -> None:
    with pytest.raises(InputError, match="not of the form ucdp: it has no column type_of_violence, no column date_start, no column best"):
        rows_of(table([acled()]), form="ucdp")
    with pytest.raises(InputError, match="as acled it lacks event_date"):
        rows_of(b"a,b\n1,2\n")
    with pytest.raises(InputError, match="there is no form"):
        rows_of(table([acled()]), form="spreadsheet")


def test_the_same_file_gives_the_same_rows() -> None:
    data = table([acled(), acled(event_id_cnty="B", fatalities="2")])
    assert rows_of(data)[1] == rows_of(data)[1]


def test_a_sub_event_type_that_is_new_leaves_the_event_type() -> None:
    rows, (row,) = rows_of(table([acled(sub_event_type="Fight with spoons")]))
    (event,) = row.reading.events
    assert (event.kind, event.quote) == ("armed_clash", "Battles")
    assert told(rows.problems) == [("sub_event_type", "Fight with spoons")]


@pytest.mark.parametrize("name", ["a,b", " a", "a\nb", "a" * 81])
def test_a_name_must_fit_in_ids_and_lists(name: str) -> None:
    with pytest.raises(InputError, match="the name of a data set"):
        rows_of(table([acled()]), name=name)
