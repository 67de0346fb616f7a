"""Claims that people add: with words of the text, checked, linked as all others, and carried through a new reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from told import report

from sijill.errors import InputError, StoreError
from sijill.pipeline import read
from sijill.records import Report
from sijill.register.by_hand import BY_HAND, carried, with_claim
from sijill.register.register import Register

TEXT = report("قتل ثلاثة مدنيين اليوم الثلاثاء في قصف مدفعي على بلدة سرمين في ريف إدلب. وما زال رابع تحت الركام.", "2022-03-01", "A")
MISSED = (TEXT.text.index("رابع"), TEXT.text.index(" الركام") + len(" الركام"))


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register(str(tmp_path / "r.db"), by="amal") as made:
        made.add_reports([TEXT])
        yield made


@pytest.mark.parametrize(
    ("span", "what", "fields", "wrong"),
    [
        ((5, 5), "figure", {"effect": "killed"}, "needs words"),
        ((-3, 5), "figure", {"effect": "killed"}, "needs words"),
        ((0, 10_000), "figure", {"effect": "killed"}, "needs words"),
        ((3, 4), "figure", {"effect": "killed"}, "needs words"),  # a blank
        (MISSED, "figure", {}, "needs its effect"),
        (MISSED, "event", {"date": "2022-03-01"}, "needs its kind"),
        (MISSED, "figure", {"effect": "vanished"}, "effect"),
        (MISSED, "figure", {"effect": "missing", "value": -1}, "value"),
        (MISSED, "figure", {"effect": "missing", "kind": "shelling"}, "cannot be edited"),
        (MISSED, "figure", {"effect": "missing", "event": "e9"}, "no event e9"),
        (MISSED, "event", {"kind": "shelling", "places": ["p9"]}, "no place p9"),
        (MISSED, "event", {"kind": "shelling", "date": "soon"}, "date"),
    ],
)
def test_what_cannot_be_a_claim_is_refused(span: tuple[int, int], what: Any, fields: dict[str, Any], wrong: str) -> None:
    with pytest.raises(InputError, match=wrong):
        with_claim(TEXT, read(TEXT), what, *span, fields)


def test_the_same_claim_is_added_once() -> None:
    reading, claim = with_claim(TEXT, read(TEXT), "figure", *MISSED, {"effect": "missing", "value": 1})
    assert (claim.quote, claim.rule) == (TEXT.text[slice(*MISSED)], BY_HAND)
    with pytest.raises(InputError, match="already"):
        with_claim(TEXT, reading, "figure", *MISSED, {"effect": "missing", "value": 1})
    other, second = with_claim(TEXT, reading, "figure", *MISSED, {"effect": "missing", "value": 2})
    assert len({figure.id for figure in other.figures}) == len(other.figures)
    assert second.claim != claim.claim


def test_an_added_number_counts_and_can_be_left_out_again(register: Register) -> None:
    event = register.reading(TEXT.sha256).events[0]
    claim = register.add_claim(
        TEXT.sha256, "figure", *MISSED, {"effect": "missing", "value": 1, "status": "civilian", "event": event.id}, by="hadi"
    )
    (incident,) = register.store.incidents().incidents
    assert ("missing", 1) in {(figure.effect, figure.best) for figure in incident.figures}
    assert register.store.claims([claim.claim])[claim.claim].current
    assert [(e.by, e.action) for e in register.store.audit()][-1] == ("hadi", "read")
    assert register.verify().ok
    register.judge("reject", claim.claim)
    assert "missing" not in {figure.effect for figure in register.store.incidents().incidents[0].figures}


def test_an_added_event_is_linked_with_that_of_another_report(register: Register) -> None:
    again = report("تعرضت بلدة سرمين اليوم الثلاثاء لما وصفه شهود بأنه أعنف يوم منذ أشهر.", "2022-03-01", "B")
    register.add_reports([again])
    reading = register.reading(again.sha256)
    assert reading.events == []
    place = next(p.id for p in reading.places if "سرمين" in p.name)
    start = again.text.index("أعنف")
    register.add_claim(again.sha256, "event", start, start + 8, {"kind": "shelling", "date": "2022-03-01", "places": [place]})
    assert {len(incident.reports) for incident in register.store.incidents().incidents} == {2}


def test_nothing_is_kept_of_what_is_refused(register: Register) -> None:
    head = register.store.head()
    with pytest.raises(InputError):
        register.add_claim(TEXT.sha256, "figure", *MISSED, {"effect": "vanished"})
    with pytest.raises(StoreError, match="no reading"):
        register.add_claim("0" * 64, "figure", 0, 5, {"effect": "killed"})
    assert register.store.head() == head


def test_what_was_added_outlives_a_new_reading(register: Register) -> None:
    event = register.reading(TEXT.sha256).events[0]
    claim = register.add_claim(TEXT.sha256, "figure", *MISSED, {"effect": "missing", "value": 1, "event": event.id})
    before = register.store.incidents().incidents
    register.rebuild(read=True)
    assert register.store.claims([claim.claim])[claim.claim].current
    assert register.store.incidents().incidents == before
    assert register.verify().ok


def test_what_is_carried_over_refers_to_the_same_by_what_it_is() -> None:
    old, event = with_claim(TEXT, read(TEXT), "event", *MISSED, {"kind": "siege", "places": ["p1"]})
    old, _ = with_claim(TEXT, old, "figure", *MISSED, {"effect": "missing", "value": 1, "event": event.id})
    fresh = read(TEXT)
    renamed = structs.replace(fresh, places=[structs.replace(place, id=f"q{n}") for n, place in enumerate(fresh.places)])
    found = carried(renamed, old)
    added = next(e for e in found.events if e.rule == BY_HAND)
    wanted = next(p for p in old.places if p.id == "p1")
    assert [next(p for p in found.places if p.id == id).gazetteer for id in added.places] == [wanted.gazetteer]
    assert next(f for f in found.figures if f.rule == BY_HAND).event == added.id
    assert carried(found, old) == found, "nothing is carried twice"
    assert carried(fresh, None) == fresh
    nowhere = carried(structs.replace(fresh, places=[]), old)
    assert next(e for e in nowhere.events if e.rule == BY_HAND).places == []


def test_a_report_that_says_nothing_becomes_one_of_conflict() -> None:
    quiet = Report.of("ساد الهدوء المدينة، ما عدا رشقة واحدة ليلاً.")
    assert read(quiet).kind == "negative"
    start = quiet.text.index("رشقة")
    reading, _ = with_claim(quiet, read(quiet), "event", start, start + 10, {"kind": "shooting"})
    assert reading.kind == "conflict"
