"""Cases turned round: by report instead of by incident, for forms that are about texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sijill.records import CaseReport

__all__ = ["Telling", "by_report"]


class Telling(NamedTuple):
    """What one incident takes from a report."""

    incident: str
    report: CaseReport


def by_report(cases: Iterable[tuple[str, Iterable[CaseReport]]]) -> list[list[Telling]]:
    """The tellings of each report, reports in the order in which they are first met.

    A report may tell the first incident and the last, so that all are held, their texts once each: this is the one thing in an export that
    grows with the register.

    >>> by_report([])
    []
    """
    found: dict[str, list[Telling]] = {}
    for incident, reports in cases:
        for report in reports:
            found.setdefault(report.line.sha256, []).append(Telling(incident, report))
    return list(found.values())
