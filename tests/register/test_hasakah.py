"""Fourteen reports of one week: the prison attack becomes one incident with its parts, three others stay apart, the toll is right."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hasakah import OTHERS, PRISON, REPORTS, REPRINT
from told import figure, resolved

from sijill.families import akin, rows_of
from sijill.pipeline import read
from sijill.records import Incident

IDS = {report.sha256: report.id for report in REPORTS}


@lru_cache(maxsize=1)
def incidents() -> tuple[Incident, ...]:
    """The incidents of all reports, the reprint told from its text."""
    original = next(report for report in PRISON if akin(rows_of(report.text), rows_of(REPRINT.text)))
    return tuple(resolved(REPORTS, {REPRINT.id: original.id}))


def attack() -> Incident:
    return next(i for i in incidents() if PRISON[0].sha256 in i.reports and i.parent is None)


def roots(report: str) -> set[str]:
    """The incidents that a report tells, parts by their wholes."""
    by_id = {i.id: i for i in incidents()}
    found = {i.id for i in incidents() if report in i.reports}
    while any(by_id[id].parent for id in found):
        found = {by_id[id].parent or id for id in found}
    return found


def test_the_prison_attack_is_one_incident_with_its_parts() -> None:
    assert {root for report in (*PRISON, REPRINT) for root in roots(report.sha256)} == {attack().id}
    assert attack().first == "2022-01-20"
    assert attack().places[0].name_en is not None
    assert "prison" in attack().places[0].name_en
    assert attack().agents == ["islamic_state"]
    assert {i.kind for i in incidents() if i.parent == attack().id} >= {"surrender", "bodies_found"}


def test_the_other_incidents_stay_apart() -> None:
    for report in OTHERS:
        (root,) = roots(report.sha256)
        (incident,) = [i for i in incidents() if i.id == root]
        assert incident.reports == [report.sha256]


def test_the_reprint_adds_no_corroboration() -> None:
    assert REPRINT.sha256 in attack().reports
    assert attack().families == len(attack().reports) - 1
    used = [u for f in attack().figures for u in f.uses if u.report == REPRINT.sha256 and u.used]
    assert used == []


@pytest.mark.parametrize(
    ("status", "side", "ends"),
    [("combatant", "islamic_state", (246, 374)), ("combatant", "sdf", (79, 117)), ("civilian", None, (4, 7))],
)
def test_the_figures(status: str, side: str | None, ends: tuple[int, int]) -> None:
    low, _, high = figure(attack(), "killed", status, side).split("–")
    assert (int(low), int(high)) == ends


def test_both_counts_of_the_dead_of_the_islamic_state_are_shown() -> None:
    (found,) = [f for f in attack().figures if (f.effect, f.side) == ("killed", "islamic_state")]
    assert {(u.source, u.day, u.best) for u in found.uses if u.used} >= {("sohr", "2022-01-30", 246), ("sdf", "2022-01-31", 374)}


def test_the_toll_of_the_observatory_day_by_day() -> None:
    steps = [(p.day, p.best) for p in attack().curve if p.source == "sohr" and p.side == "islamic_state"]
    assert steps == [
        ("2022-01-21", 16),
        ("2022-01-22", 61),
        ("2022-01-23", 84),
        ("2022-01-23", 77),
        ("2022-01-26", 124),
        ("2022-01-30", 246),
    ]


def test_114_is_contradicted_by_its_parts_and_by_121() -> None:
    totals = [c for c in attack().conflicts if c.kind == "total_differs_from_parts"]
    assert any((c.sum, c.stated) == (121, 114) for c in totals)
    falls = [c for c in attack().conflicts if c.kind in ("toll_fell", "sources_disagree")]
    assert any("121" in c.note and "114" in c.note for c in falls)
    assert any("121" in c.note_ar and "114" in c.note_ar for c in falls)


def test_every_number_opens_its_evidence() -> None:
    figures = {f.claim: (report, f) for report in REPORTS for f in read(report).figures}
    for incident in incidents():
        for found in incident.figures:
            for use in found.uses:
                report, claim = figures[use.claim]
                assert report.sha256 == use.report
                assert report.text[claim.start : claim.end] == claim.quote


def test_the_order_of_the_reports_changes_nothing_but_what_came_first() -> None:
    original = next(report for report in PRISON if akin(rows_of(report.text), rows_of(REPRINT.text)))
    backwards = resolved(reversed(REPORTS), {REPRINT.id: original.id})
    assert {frozenset(i.events) for i in backwards} == {frozenset(i.events) for i in incidents()}
