"""What a register gives back: how a report was obtained, a stored claim, pages of what was found, lines of the audit log."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from sijill.records import EventClaim, FigureClaim, Incident, Original, Record, Report, Span

__all__ = [
    "Acquisition",
    "Added",
    "Anchor",
    "Counts",
    "Entry",
    "Hit",
    "Hits",
    "Incidents",
    "ReadingInfo",
    "StoredClaim",
]

Added = Literal["added", "there"]
"""Whether something was new to the register."""


class Acquisition(Record, frozen=True, kw_only=True):
    """One way a report's text was obtained. A reprint of the same words by another outlet is a second acquisition of one report."""

    report: str
    id: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    original: Original
    at: str


class ReadingInfo(Record, frozen=True, kw_only=True):
    """A reading that the register keeps of a report: which reader made it, when it was added, and the SHA-256 of its JSON."""

    report: str
    reader: str
    at: str
    sha256: str
    current: bool


class StoredClaim(Record, frozen=True, kw_only=True):
    """A claim, its report, the reader that made it, and whether the latest reading of the report still makes it."""

    claim: EventClaim | FigureClaim
    report: str
    reader: str
    current: bool


class Anchor(Record, frozen=True, kw_only=True):
    """That a claim was once told to be of an incident: what keeps ids of incidents through rebuilds."""

    incident: str
    claim: str
    report: str


class Counts(Record, frozen=True, kw_only=True):
    """How many there are of each. `claims` are those of the latest readings."""

    originals: int
    reports: int
    acquisitions: int
    readings: int
    claims: int
    judgements: int
    incidents: int
    entries: int


class Hit(Record, frozen=True, kw_only=True):
    """A report that a search found, and where in its untouched text the words stand."""

    report: Report
    spans: list[Span] = []


class Hits(Record, frozen=True, kw_only=True):
    """A page of hits; `next` continues it, and is null at the end."""

    hits: list[Hit]
    next: str | None = None


class Incidents(Record, frozen=True, kw_only=True):
    """A page of incidents; `next` continues it, and is null at the end."""

    incidents: list[Incident]
    next: str | None = None


class Entry(Record, frozen=True, kw_only=True):
    """A line of the audit log. `hash` is the SHA-256 of all else in it, `previous` that of the line before."""

    number: int
    at: str
    by: str
    action: str
    subject: str
    detail: dict[str, Any] = {}
    previous: str
    hash: str


def encoded(record: msgspec.Struct) -> str:
    """A record as the JSON that is kept."""
    return msgspec.json.encode(record).decode()
