"""Readings against reports that are tied to incidents: does the incident's place and day stand among those of the reading's events?"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sijill.geo import km
from sijill.pipeline import read
from sijill.records import Place, Reading, Report
from sijill.text import fold_word

NEAR_KM = 10
"""How near an event's place must lie to the incident's."""
NEAR_COARSE_KM = 25
"""The same for incidents that are only placed in a sub-district, a district or a governorate."""
COARSE = ("subdistrict", "district", "province_governorate")


def measure(shared: Path, *, errors: int = 0) -> dict[str, float]:
    """Shares of the reports by name, printed as a table, with so many misses; empty where there are no such reports."""
    path = shared / "gold" / "linking" / "dev.jsonl.gz"
    if not path.exists():
        print(f"linking: skipped, no reports tied to incidents at {path}", file=sys.stderr)
        return {}
    placed, dated, told, rows, misses = 0, 0, 0, 0, []
    for row, reading in readings(path):
        rows += 1
        told += bool(reading.events)
        at = has_place(row, reading)
        placed += at
        dated += has_date(row["date"], reading)
        if not at:
            misses.append((row, reading))
    found = {
        "incident's place among the places of events": placed / rows,
        "incident's date among the dates of events": dated / rows,
        "reports with any event": told / rows,
    }
    print(f"\nreports tied to incidents: {rows} reports")
    for name, share in found.items():
        print(f"  {name:<58}{share:.3f}")
    for row, reading in misses[:errors]:
        print("   ", *describe(row, reading), sep=" | ")
    return {name: round(share, 4) for name, share in found.items()}


def readings(path: Path) -> Iterator[tuple[dict[str, Any], Reading]]:
    """The rows of the file with our readings of their texts."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row, read(Report.of(row["text"], id=row["id"], title=row["title"], outlet=row["outlet"], published=row["published"]))


def has_place(row: dict[str, Any], reading: Reading) -> bool:
    """Whether an event of the reading lies near the incident; where the incident has no coordinates, whether it bears its name."""
    if row["lat"] is None:
        return any(bears(row["place_ar"], place) for place in event_places(reading))
    limit = NEAR_COARSE_KM if row["geo_precision"] in COARSE else NEAR_KM
    return any(away is not None and away <= limit for away in (distance(row, place) for place in event_places(reading)))


_KINDS = re.compile("^(?:قريه|بلده|مدينه|حي|محيط|ناحيه|منطقه|مخيم|طريق|سوق|محطه|بلدات|قري) |^ال|[^\\w]")
_AROUND = re.compile("(?:ريف|محافظه|غرب|شرق|شمال|جنوب) .*")


def bears(name: str, place: Place) -> bool:
    """Whether a place of a reading bears a name as the incident's record writes it, or a part of it; its containers do not count."""
    if place.level not in ("village", "town", "city", "neighbourhood", "site", "line_or_area"):
        return False
    record = _AROUND.sub("", fold_word(name)).replace(" ", "")
    said = [_KINDS.sub("", _KINDS.sub("", fold_word(known))).replace(" ", "") for known in (place.name, *place.aka)]
    return any(len(own) > 3 and (own in record or record.removeprefix("ال") in own) for own in said)


def distance(row: dict[str, Any], place: Place) -> float | None:
    """Kilometres between the incident and a place, where both have coordinates."""
    if place.lat is None or place.lon is None or row["lat"] is None:
        return None
    return km(row["lat"], row["lon"], place.lat, place.lon)


def event_places(reading: Reading) -> list[Place]:
    """The places of a reading where an event is told, in the order of the text."""
    used = {id for event in reading.events for id in event.places}
    return [place for place in reading.places if place.id in used]


def has_date(day: str, reading: Reading) -> bool:
    """Whether an event of the reading has the day, alone or as an end of an interval (a night is one)."""
    return any(event.date is not None and day in event.date.split("/") for event in reading.events)


def describe(row: dict[str, Any], reading: Reading) -> tuple[str, ...]:
    """A miss in a few words: the incident's place, and the event places with their distance."""
    places = [f"{p.name} {'?' if (d := distance(row, p)) is None else round(d)}" for p in event_places(reading)]
    return row["id"], row["place_en"] or "", row["place_ar"] or "", row["geo_precision"], f"{len(reading.events)} events", "; ".join(places)
