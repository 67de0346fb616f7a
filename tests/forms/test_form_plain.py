"""Where every form begins: what of an incident is plain, what is no spot, no link and no day, and tolls in words."""

from __future__ import annotations

import math

import pytest
from form_cases import CASE, HOSTILE, STRIKE, tallied, written

from sijill.export.forms import CODEBOOKS, FORMS
from sijill.export.plain import Said, address, crowd_toll, day_of, plain, spot, toll_words
from sijill.records import Case, Incident, IncidentPlace

TEXTUAL = ("annotations", "labelstudio")
"""Forms of the words of reports, without incidents."""


@pytest.mark.parametrize(
    ("lat", "lon", "radius", "known"),
    [
        (35.9, 36.7, 5.0, (35.9, 36.7, 5.0)),
        (-90, 180, 0, (-90, 180, 0)),
        (35.9, 36.7, None, (35.9, 36.7, None)),
        (35.9, 36.7, -1, (35.9, 36.7, None)),
        (35.9, 36.7, math.nan, (35.9, 36.7, None)),
        (None, 36.7, 5, None),
        (35.9, None, 5, None),
        (90.1, 36.7, 5, None),
        (35.9, 180.5, 5, None),
        (math.nan, 36.7, 5, None),
        (35.9, math.inf, 5, None),
    ],
)
def test_spots(lat: float | None, lon: float | None, radius: float | None, known: object) -> None:
    assert spot(IncidentPlace(name="", level="town", lat=lat, lon=lon, radius_km=radius)) == known


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://example.org", "https://a b", "https://a\x00", "https://a\u202e", "data:text/html,x", "", None]
)
def test_what_is_no_link(url: str | None) -> None:
    assert address(url) is None


@pytest.mark.parametrize("url", ["https://example.org/a?b=c#d", "http://مثال.سوريا/خبر"])
def test_links(url: str) -> None:
    assert address(url) == url


@pytest.mark.parametrize("text", ["2022-03", "20220301", "2022-W09-2", "not a day", "2022-02-30", "", None])
def test_what_is_no_day(text: str | None) -> None:
    assert day_of(text) is None


@pytest.mark.parametrize(
    ("toll", "ar", "en"),
    [
        ((3, 3, 3), "3", "3"),
        ((1200, 1200, 1200), "1,200", "1,200"),
        ((0, 0, 0), "0", "0"),
        ((None, None, None), "", ""),
        ((3, None, 7), "من 3 إلى 7", "3–7"),
        ((3, 5, 7), "من 3 إلى 7، والأرجح 5", "3–7, best 5"),
        ((3, None, None), "3 على الأقل", "at least 3"),
        ((None, 4, 7), "7 على الأكثر، والأرجح 4", "at most 7, best 4"),
        ((None, 4, None), "4", "4"),
        ((5, None, 5), "5", "5"),
    ],
)
def test_tolls_in_words(toll: tuple[int | None, int | None, int | None], ar: str, en: str) -> None:
    assert toll_words(*toll) == Said(ar, en)


def test_tolls_of_a_crowd_alone() -> None:
    assert crowd_toll(STRIKE, "killed", demographic="children") == (2, 2, 2)
    assert crowd_toll(STRIKE, "killed", status="civilian") == (3, 5, 7)
    assert crowd_toll(STRIKE, "killed", demographic="women") == (None, None, None)
    assert crowd_toll(STRIKE, "injured", status="civilian") == (None, None, None)


def test_nothing_hostile_is_plain() -> None:
    row = plain(HOSTILE)
    texts = [
        value for value in (row.title_ar, row.title_en, row.place, row.place_en, *row.agents_ar, *row.sources, *row.claimants_ar) if value
    ]
    assert not [text for text in texts for char in "\x00\x0b\ud800\u202e\u2066\r\n" if char in text]
    assert (row.last, row.radius_km, row.urls) == (None, None, [])


@pytest.mark.parametrize("form", [form.name for form in FORMS if form.name not in (*CODEBOOKS, "xlsx", *TEXTUAL)])
def test_what_was_denied_is_nowhere_a_fact(form: str) -> None:
    """Where a tool shows nothing but a title or a line, that says it."""
    place = IncidentPlace(name="سرمين", name_en="Sarmin", level="town", lat=35.9, lon=36.7)
    denied = Case(incident=Incident(id="inc-1", kind="shelling", modality="denied", first="2022-03-01", places=[place]))
    said = written(form, [denied]).replace(b"\r\n ", b"").decode("utf-8-sig")
    assert "shelling (denied) · Sarmin · Tuesday 1 March 2022" in said
    assert "قصف (منفيّ) · سرمين · الثلاثاء 1 آذار/مارس 2022" in said


def test_claims_are_there_once() -> None:
    assert plain(CASE).claims == [*dict.fromkeys([*STRIKE.events, *(claim.claim for claim in CASE.reports[0].figures)])]


def test_what_is_left_out_loses_nothing_besides() -> None:
    place = IncidentPlace(name="سرمين", level="town", lat=35.9, lon=36.7, radius_km=6)
    undated = Case(incident=Incident(id="inc-1", kind="siege", places=[place, place]))
    assert tallied("ics", [undated])[1].lost == {}
    dated = Case(incident=Incident(id="inc-1", kind="siege", places=[place, place], first="2022-03-01"))
    assert tallied("ics", [dated])[1].lost == {"places": 1, "radius": 1}
