"""iCalendar: whole days, ends that are over, a stamp without a clock, and nothing of a report becomes a property."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
from form_cases import CASE, CASES, HOSTILE, NEVER, SPOT, tallied, written
from icalendar import Calendar

from sijill.records import Case, Incident


def entries(cases: list[Case] = CASES, **also: str) -> list[Any]:
    calendar = Calendar.from_ical(written("ics", cases, also))
    assert not calendar.errors
    return list(calendar.walk("VEVENT"))


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_days_are_whole_and_ends_exclusive() -> None:
    long, short, third = entries()
    assert (long["DTSTART"].dt, long["DTEND"].dt) == (day("2022-03-01"), day("2022-03-03"))
    assert (short["DTSTART"].dt, short["DTEND"].dt) == (day("2022-04-10"), day("2022-04-11"))
    assert third["UID"] == "inc-3c@sijill"


def test_what_has_no_day_is_left_out_and_counted() -> None:
    tally = tallied("ics")[1]
    assert (tally.incidents, tally.rows, tally.left_out) == (4, 3, {"undated": 1})
    assert entries([NEVER]) == []


def test_the_stamp_is_the_day_after_the_latest_report() -> None:
    stamps = [entry["DTSTAMP"].dt for entry in entries()]
    assert stamps[0] == datetime.datetime(2022, 3, 4, tzinfo=datetime.UTC)
    assert stamps[2] == datetime.datetime(2022, 4, 12, tzinfo=datetime.UTC)  # no report has a day


def test_a_later_report_makes_a_later_stamp() -> None:
    line = msgspec.structs.replace(CASE.reports[0].line, published="2022-05-01")
    later = msgspec.structs.replace(CASE, reports=[msgspec.structs.replace(CASE.reports[0], line=line)])
    assert entries([later])[0]["DTSTAMP"].dt > entries([CASE])[0]["DTSTAMP"].dt


def test_what_an_entry_says() -> None:
    entry = entries()[0]
    assert entry["SUMMARY"] == "قصف · سرمين · من 1 إلى 2 آذار/مارس 2022 | shelling · Sarmin · 1 – 2 March 2022"
    lines = str(entry["DESCRIPTION"]).split("\n")
    assert "killed: 3–7, best 5" in lines
    assert "injured: at least 9, best 10" in lines
    assert "قُتلوا: من 3 إلى 7، والأرجح 5" in lines
    assert "means: artillery" in lines
    assert "source: Syrian Observatory for Human Rights" in lines
    assert "Told by: عنب بلدي, Reuters" in lines
    assert str(entry["X-SIJILL-CLAIMS"]).split(",") == ["eve-1111111111111111", "fig-2222222222222222", "fig-3333333333333333"]
    assert "https://example.org/sarmin" in lines
    assert (entry["GEO"].latitude, entry["GEO"].longitude) == (35.9031, 36.7244)
    assert str(entry["LOCATION"]) == "سرمين | Sarmin"


def test_an_incident_without_a_place_has_no_spot() -> None:
    assert "GEO" not in entries()[2]
    assert "LOCATION" not in entries()[2]


def test_a_line_of_a_report_begins_no_entry() -> None:
    (entry,) = entries([HOSTILE])
    assert "BEGIN:VEVENT" in str(entry["LOCATION"])
    assert "script" in str(entry["SUMMARY"])


def test_a_constant_is_a_property_of_every_entry() -> None:
    assert {str(entry["X-SIJILL-REDACTION"]) for entry in entries(redaction="public")} == {"public"}


def test_the_last_day_of_the_calendar_has_none_after_it() -> None:
    (entry,) = entries([Case(incident=Incident(id="inc-9", kind="siege", first="9999-12-31"))])
    assert entry["DTSTART"].dt == datetime.date.max


def test_a_part_has_its_own_entry_and_names_its_whole() -> None:
    (entry,) = entries([SPOT])
    assert (entry["UID"], entry["RELATED-TO"]) == ("inc-2b@sijill", "inc-1a@sijill")
    assert "part of: inc-1a" in str(entry["DESCRIPTION"]).split("\n")
