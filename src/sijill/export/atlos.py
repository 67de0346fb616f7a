"""Incidents as a CSV for the bulk import of Atlos: `status`, `description`, `sensitive`, and what a project may have besides.

Atlos knows one day and one point, and how well a point is known in three steps. Columns that a project has no attribute for have to be
added to it or deleted before the import.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from sijill.export.cells import csv_lines
from sijill.export.forms import Tally
from sijill.export.losing import Counting
from sijill.export.plain import Plain, plain, told
from sijill.export.redact import RESTRICTED
from sijill.records import Case

__all__ = ["MOST", "write"]

MOST = 240
"""Of how many characters a description is at most; Atlos refuses longer ones."""
_LINKS = 5
_RESOLUTIONS = ((0.01, "Exact"), (0.1, "Vicinity"), (1.0, "Locality"))
_COLUMNS = ("status", "description", "sensitive", "date", "latitude", "longitude", "geolocation_resolution", "tags", "more_info")


def write(cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str]) -> Tally:
    """Write the table as the cases come. `also` are further columns.

    Every incident is still to do, for nobody of the project has looked at it. It is marked as violent where people were harmed, or where
    nothing of its kind is public: a warning too many is better than one that is missing.

    >>> import io
    >>> from sijill.records import Incident
    >>> out = io.BytesIO()
    >>> write([Case(incident=Incident(id="inc-1", kind="shelling", first="2022-03-01"))], out, {}).rows
    1
    >>> out.getvalue().decode().split("\\r\\n")[1].split(",")[:4]
    ['To Do', 'shelling · Tuesday 1 March 2022 | قصف · الثلاثاء 1 آذار/مارس 2022', 'Not Sensitive', '2022-03-01']
    """
    counting = Counting("atlos")
    columns = [*_COLUMNS, *(f"source_{number}" for number in range(1, _LINKS + 1)), *also]
    for line in csv_lines(_rows(counting, cases, also), columns, mark=False):
        out.write(line)
    return counting.tally()


def _rows(counting: Counting, cases: Iterable[Case], also: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for case in counting.of(cases):
        row = plain(case)
        counting.rows += 1
        if len(row.urls) > _LINKS:
            counting.lose("links")
        yield {**_row(case, row), **also}


def _row(case: Case, row: Plain) -> dict[str, Any]:
    words = told(case, row)
    violent = case.incident.kind in RESTRICTED or any((row.killed_best, row.killed_high, row.injured_best, row.injured_high))
    about = f"{row.title_en} | {row.title_ar}"
    return {
        "status": "To Do",
        "description": about if len(about) <= MOST else f"{about[: MOST - 1]}…",
        "sensitive": "Graphic Violence" if violent else "Not Sensitive",
        "date": row.first,
        "latitude": row.lat,
        "longitude": row.lon,
        "geolocation_resolution": _resolution(row),
        "tags": ",".join([row.id, row.kind]),
        "more_info": f"{words.en}\n\n{words.ar}\n\n{' '.join(row.claims)}",
        **{f"source_{number}": url for number, url in enumerate(row.urls[:_LINKS], start=1)},
    }


def _resolution(row: Plain) -> str | None:
    """How well a point is known; none where it is known worse than Atlos has a word for, or nobody knows how well."""
    if row.radius_km is None:
        return None
    return next((name for most, name in _RESOLUTIONS if row.radius_km <= most), None)
