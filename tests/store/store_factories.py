"""What the tests of the store need: reports with their originals and readings, incidents, a clock that goes on by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from sijill.records import (
    EventClaim,
    Figure,
    FigureClaim,
    Incident,
    IncidentPlace,
    Original,
    Reading,
    Report,
    claim_id,
)
from sijill.store import Batch, Store
from sijill.store.audit import digest

Opener = Callable[[str], str]


def clock() -> Callable[[], datetime]:
    """A clock that begins at noon of 2 February 2022 and is a second further whenever it is asked."""
    moment = datetime(2022, 2, 2, 12, tzinfo=UTC)

    def now() -> datetime:
        nonlocal moment
        moment += timedelta(seconds=1)
        return moment

    return now


def a_report(text: str, **given: str | None) -> Report:
    return Report.of(text, **given)


def an_original(data: bytes, location: str = "reports/a.txt", **given: Any) -> Original:
    return Original(sha256=digest(data), media_type="text/plain", location=location, how="file", obtained="2022-02-02T10:00:00Z", **given)


def a_reading(report: Report, words: tuple[str, ...] = (), *, rule: str = "a rule") -> Reading:
    """A reading with one event and one figure for each of some words of the report."""
    events, figures = [], []
    for i, word in enumerate(words, 1):
        start = report.text.index(word)
        at: dict[str, Any] = {"start": start, "end": start + len(word), "quote": word, "rule": rule}
        event = claim_id(report.sha256, "event", start, start + len(word), "shelling", "asserted")
        figure = claim_id(report.sha256, "figure", start, start + len(word), "killed", 3)
        events.append(EventClaim(id=f"e{i}", claim=event, kind="shelling", **at))
        figures.append(FigureClaim(id=f"f{i}", claim=figure, effect="killed", value=3, min=3, max=3, event=f"e{i}", **at))
    kind = "conflict" if words else "negative"
    return Reading(id=report.id, sha256=report.sha256, published=report.published, kind=kind, events=events, figures=figures)


def put(batch: Batch, text: str, *words: str, location: str | None = None, reader: str = "1", **given: str | None) -> str:
    """Add a report of a text, with a reading of some of its words; gives its SHA-256."""
    report = a_report(text, **given)
    data = text.encode()
    batch.add(report, an_original(data, location or f"reports/{report.id}.txt"), data, a_reading(report, words), reader=reader, by="amal")
    return report.sha256


def filled(store: Store, *texts: str) -> list[str]:
    """Reports of some texts, one a day from 1 January 2022 on; gives their SHA-256s."""
    with store.writing() as batch:
        return [put(batch, text, published=f"2022-01-{day:02}") for day, text in enumerate(texts, 1)]


def an_incident(id: str, first: str | None = None, last: str | None = None, *, place: str | None = None, **given: Any) -> Incident:
    """An incident of one place at most; a place may be ``name@lat,lon``."""
    places = []
    if place:
        name, _, point = place.partition("@")
        lat, lon = map(float, point.split(",")) if point else (None, None)
        places = [IncidentPlace(name=name, level="city", lat=lat, lon=lon)]
    return Incident(id=id, first=first, last=last or first, **{"kind": "shelling", "places": places, **given})


def killed(best: int | None, *, low: int | None = None, high: int | None = None, **given: Any) -> Figure:
    """A figure of people killed."""
    return Figure(effect="killed", low=best if low is None else low, best=best, high=best if high is None else high, policy="test", **given)


def as_json(line: msgspec.Struct) -> bytes:
    return msgspec.json.encode(line)
