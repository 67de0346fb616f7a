"""FollowTheMoney: the library takes every entity and every value as it is written, and reads the statements back."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import Any

import pytest
from form_cases import CASE, CASES, HOSTILE, reader, written

from sijill.export.ftm import COLUMNS
from sijill.records import Case, Incident, IncidentPlace

QUOTED = IncidentPlace(name='"سرمين"', name_en="'Sarmin;  Idlib,, SY'", level="town", lat=35.9, lon=36.7)
NASTY_CASES = [HOSTILE, Case(incident=Incident(id="inc-7", kind="siege", places=[QUOTED])), *CASES]


def entities(cases: list[Case] = CASES) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written("ftm", cases).splitlines()]


@pytest.mark.parametrize("cases", [CASES, NASTY_CASES], ids=["plain", "hostile"])
def test_the_library_drops_nothing(cases: list[Case]) -> None:
    model = reader("followthemoney").model
    for entity in entities(cases):
        proxy = model.make_entity(entity["schema"])
        proxy.id = entity["id"]
        for name, values in entity["properties"].items():
            for value in values:
                proxy.add(name, value, cleaned=False)
        assert {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()} == {
            name: sorted(values) for name, values in entity["properties"].items()
        }
        assert model.get_proxy(entity).to_dict()["id"] == entity["id"]
        proxy.schema.validate(entity)


@pytest.mark.parametrize("cases", [CASES, NASTY_CASES], ids=["plain", "hostile"])
def test_links_lead_to_entities_of_the_right_kind(cases: list[Case]) -> None:
    model = reader("followthemoney").model
    found = {entity["id"]: model.get(entity["schema"]) for entity in entities(cases)}
    for entity in entities(cases):
        for name, values in entity["properties"].items():
            if (prop := model.get(entity["schema"]).get(name)).range:
                assert all(found[value].is_a(prop.range) for value in values), name


def test_statements_are_those_of_the_entities() -> None:
    statements = list(reader("followthemoney.statement").read_statements(io.BytesIO(written("ftm-statements", NASTY_CASES)), "csv"))
    assert {one.id for one in statements} == {one.generate_key() for one in statements}
    assert len({one.id for one in statements}) == len(statements)
    told = Counter((one.entity_id, one.schema, one.prop, one.value) for one in statements if one.prop != "id")
    written_out = Counter(
        (entity["id"], entity["schema"], name, value)
        for entity in entities(NASTY_CASES)
        for name, values in entity["properties"].items()
        for value in values
    )
    assert told == written_out
    assert {one.entity_id for one in statements if one.prop == "id"} == {entity["id"] for entity in entities(NASTY_CASES)}


def test_the_columns_are_the_library_s() -> None:
    assert list(COLUMNS) == reader("followthemoney.statement.serialize").CSV_COLUMNS
    types = reader("followthemoney.statement.util")
    for row in csv.DictReader(io.StringIO(written("ftm-statements", NASTY_CASES).decode(), newline="")):
        assert row["prop_type"] == types.get_prop_type(row["schema"], row["prop"])


def test_names_have_their_language() -> None:
    statements = reader("followthemoney.statement").read_statements(io.BytesIO(written("ftm-statements")), "csv")
    assert {(one.lang, one.value) for one in statements if one.prop == "name" and one.schema == "Address"} == {
        ("ara", "سرمين"),
        ("eng", "Sarmin"),
        ("ara", "المشفى"),
        ("eng", "Hospital"),
    }


def test_what_comes_back_is_what_went_in() -> None:
    events = {entity["properties"]["recordId"][0]: entity["properties"] for entity in entities() if entity["schema"] == "Event"}
    assert list(events) == [case.incident.id for case in CASES]
    long, short = events["inc-1a"], events["inc-2b"]
    assert (long["startDate"], long["endDate"], "date" in long) == (["2022-03-01"], ["2022-03-02"], False)
    assert (short["startDate"], short["endDate"], short["date"]) == (["2022-04-10"], ["2022-04-10"], ["2022-04-10"])
    assert long["country"] == ["sy"]
    assert "killed: 3–7, best 5" in long["summary"][1].split("\n")
    assert set(long["notes"]) == {"5 + 2 = 7, not 5", "5 + 2 = 7، لا 5"}
    address = next(entity["properties"] for entity in entities() if entity["schema"] == "Address")
    assert (address["latitude"], address["longitude"], address["notes"]) == (["35.9031"], ["36.7244"], ["within 6 km"])


def test_what_ties_a_report_to_an_incident_names_the_claims() -> None:
    ties = [entity["properties"] for entity in entities([CASE]) if entity["schema"] == "Documentation"]
    assert [tie.get("summary") for tie in ties] == [["eve-1111111111111111 fig-2222222222222222 fig-3333333333333333"], None]


def test_actors_are_what_is_known_of_them() -> None:
    kinds = ("PublicBody", "Organization", "LegalEntity")
    found = {entity["properties"]["name"][1]: entity["schema"] for entity in entities([CASE]) if entity["schema"] in kinds}
    assert found == {"Syrian Government": "PublicBody", "Civilians": "LegalEntity", "Islamic State": "Organization"}


def test_a_whole_month_is_a_date_and_a_range_is_none() -> None:
    month = Case(incident=Incident(id="inc-8", kind="siege", first="2022-02-01", last="2022-02-28"))
    assert entities([month])[0]["properties"]["date"] == ["2022-02"]


def test_the_same_report_is_the_same_entity_everywhere() -> None:
    first = {entity["id"] for entity in entities([CASES[0]]) if entity["schema"] == "Article"}
    second = {entity["id"] for entity in entities([CASES[1]]) if entity["schema"] == "Article"}
    assert second < first
