"""Every form, written of cases that somebody made to break it, is still read by its own reader, and the same each time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from form_cases import CASE, CASES, HOSTILE, NASTY, reader, tallied, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from sijill.errors import InputError
from sijill.export import tables
from sijill.export.forms import CODEBOOKS, FORMS
from sijill.records import Case, Incident, IncidentPlace

EXCHANGED = [form.name for form in FORMS if form.name not in CODEBOOKS]


def no_constant(word: str) -> Any:
    raise AssertionError(f"{word} is no JSON")


def strict(data: bytes) -> Any:
    return json.loads(data.decode("utf-8"), parse_constant=no_constant)


def read_csv(data: bytes) -> None:
    head, *rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    assert all(len(row) == len(head) for row in rows)


def read_calendar(data: bytes) -> None:
    calendar = Calendar.from_ical(data)
    assert not calendar.errors
    assert all(not entry.errors for entry in calendar.walk("VEVENT"))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


READERS: dict[str, Callable[[bytes], Any]] = {
    "geojson": lambda data: reader("geojson").loads(json.dumps(strict(data))),
    "kml": lambda data: reader("fastkml").KML.from_string(data),
    "ics": read_calendar,
    "jsonld": lambda data: reader("rdflib").Graph().parse(data=data, format="json-ld"),
    "annotations": lambda data: reader("rdflib").Graph().parse(data=data, format="json-ld"),
    "hxl": read_csv,
    "timemap": strict,
    "ftm": lambda data: [strict(line) for line in data.split(b"\n") if line],
    "ftm-statements": read_csv,
    "uwazi": read_csv,
    "atlos": read_csv,
    "labelstudio": strict,
    "xlsx": lambda data: reader("openpyxl").load_workbook(io.BytesIO(data)),
}


@pytest.mark.parametrize("form", EXCHANGED)
def test_a_hostile_case_breaks_no_form(form: str) -> None:
    READERS[form](written(form, [HOSTILE, *CASES]))


@pytest.mark.parametrize("form", EXCHANGED)
def test_the_same_cases_give_the_same_bytes(form: str) -> None:
    assert written(form, [CASE, HOSTILE]) == written(form, [CASE, HOSTILE])


@pytest.mark.parametrize("form", EXCHANGED)
def test_no_case_at_all_is_a_whole_file(form: str) -> None:
    data, tally = tallied(form, [])
    READERS[form](data)
    assert (tally.incidents, tally.rows, tally.lost, tally.left_out) == (0, 0, {}, {})


@pytest.mark.parametrize("form", EXCHANGED)
def test_without_names_texts_and_quotes(form: str) -> None:
    """As a redacted export has them."""
    events = [msgspec.structs.replace(event, quote="", evidence=[], places=[]) for event in CASE.reports[0].events]
    line = msgspec.structs.replace(CASE.reports[0].line, title=None, outlet=None, url=None)
    bare = Case(incident=CASE.incident, reports=[msgspec.structs.replace(CASE.reports[0], line=line, text=None, events=events)])
    data = written(form, [bare], {"redaction": "public"})
    READERS[form](data)
    if form != "xlsx":  # packed
        assert b"redaction" in data.lower() or form == "labelstudio"
        assert "قُتل 5 مدنيين".encode() not in data or form == "jsonld"


@pytest.mark.parametrize("form", [form for form in tables.FORMATS if form != "parquet"])  # whose library refuses them, and says so
def test_the_plain_tables_bear_halves_of_characters(form: str) -> None:
    out = io.BytesIO()
    tables.write([HOSTILE.incident], out, form=form)
    assert out.getvalue().decode("utf-8")


anything = st.text(st.characters(categories=["L", "N", "P", "S", "Z", "C"]), max_size=60) | st.sampled_from([NASTY, "=1", "]]>", "\ud800"])


@pytest.mark.parametrize("form", EXCHANGED)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=anything, id=anything, url=anything, lat=st.floats(), lon=st.floats(), radius=st.floats(), day=anything)
def test_made_up_cases_break_no_form(form: str, name: str, id: str, url: str, lat: float, lon: float, radius: float, day: str) -> None:
    place = IncidentPlace(name=name, name_en=name, level="town", lat=lat, lon=lon, radius_km=radius, pcode=name)
    incident = Incident(id=id, kind="shelling", first=day, last="2022-03-01", places=[place], agents=[name], means=[name], country=name)
    line = msgspec.structs.replace(CASE.reports[0].line, title=name, outlet=name, url=f"https://{url}", id=id, published=day)
    case = Case(incident=incident, reports=[msgspec.structs.replace(CASE.reports[0], line=line, text=name + (CASE.reports[0].text or ""))])
    READERS[form](written(form, [case]))


@pytest.mark.parametrize("form", [form for form in EXCHANGED if form != "xlsx"])
def test_very_long_texts(form: str) -> None:
    incident = Incident(id="inc-1", kind="shelling", first="2022-03-01", places=[IncidentPlace(name="س" * 200_000, level="town")])
    limit = csv.field_size_limit(10_000_000)
    try:
        READERS[form](written(form, [Case(incident=incident)]))
    finally:
        csv.field_size_limit(limit)


def test_a_workbook_refuses_them() -> None:
    with pytest.raises(InputError, match="a cell holds"):
        written("xlsx", [Case(incident=Incident(id="س" * 40_000, kind="shelling"))])
