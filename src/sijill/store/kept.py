"""What a register gives back: how a report was obtained, a stored claim, pages of what was found, lines of the audit log."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from sijill.records import EventClaim, EventKind, FigureClaim, Incident, Modality, Original, Record, Report, Span

__all__ = [
    "ROW_OF",
    "Acquisition",
    "Added",
    "Anchor",
    "Counts",
    "Entry",
    "Hit",
    "Hits",
    "Incidents",
    "Map",
    "MapCell",
    "MapPoint",
    "Month",
    "Months",
    "ReadingInfo",
    "StoredClaim",
]

ROW_OF = ", row of "
"""What stands in the name of a reader between the version of sijill and the data set whose rows it read."""

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


class MapPoint(Record, frozen=True, kw_only=True):
    """An incident on a map: a point, and how far from it the true place may be; `killed` and `injured` are the best figures."""

    id: str
    kind: EventKind
    modality: Modality
    first: str | None = None
    last: str | None = None
    lat: float
    lon: float
    radius_km: float | None = None
    killed: int | None = None
    injured: int | None = None


class MapCell(Record, frozen=True, kw_only=True):
    """Incidents in a cell of a grid, which begins at `south` and `west`: how many, those killed by the best figures, the mean place."""

    south: float
    west: float
    lat: float
    lon: float
    incidents: int
    killed: int | None = None


class Map(Record, frozen=True, kw_only=True):
    """Incidents on a map: the most harmful as points, all others in cells whose `side` is in degrees; `unplaced` have no coordinates."""

    points: list[MapPoint]
    cells: list[MapCell] = []
    side: float | None = None
    unplaced: int = 0


class Month(Record, frozen=True, kw_only=True):
    """A month (YYYY-MM): how many incidents began in it, and how many were killed in them by the best figures."""

    month: str
    incidents: int
    killed: int | None = None


class Months(Record, frozen=True, kw_only=True):
    """Incidents by months, in their order; `undated` have no day."""

    months: list[Month]
    undated: int = 0


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
