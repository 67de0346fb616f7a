"""Incidents as the JSON that timemap shows on a map with a timeline: events, sources, associations and sites, every value a text.

timemap has one day and one point for an event, and takes none that has neither. An event of several days stands on its first, and says in
words until when; how far the place may be from its point is said in words too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, Any

from sijill.export.cells import as_json
from sijill.export.forms import Tally
from sijill.export.html import shown
from sijill.export.losing import Counting
from sijill.export.plain import Plain, plain, say, told
from sijill.records import Case, ReportLine

__all__ = ["write"]


def write(cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str]) -> Tally:
    """Write one JSON object with `events`, `sources`, `associations` and `sites`. Events go out as the cases come.

    Of reports and actors, which follow the events, a line each is held until then. timemap refuses keys that it does not know, so what
    `also` says stands in the comments of every event.

    >>> import io, json
    >>> from sijill.records import Incident
    >>> out = io.BytesIO()
    >>> write([Case(incident=Incident(id="inc-1", kind="shelling", first="2022-03-01"))], out, {}).rows
    1
    >>> json.loads(out.getvalue())["events"][0]["date"]
    '03/01/2022'
    """
    counting = Counting("timemap")
    sources: dict[str, dict[str, Any]] = {}
    associations: dict[str, dict[str, Any]] = {}
    out.write(b'{"events":[')
    for case in counting.of(cases):
        row = plain(case)
        if row.first is None and row.lat is None:
            counting.leave_out("nowhere_undated")
            continue
        sources |= {one.line.sha256: _source(one.line) for one in case.reports if one.line.sha256 not in sources}
        associations |= _associations(row)
        out.write((b",\n" if counting.rows else b"\n") + as_json(_event(case, row, also)))
        counting.rows += 1
    out.write(b'\n],"sources":' + as_json(list(sources.values())) + b',"associations":' + as_json(list(associations.values())))
    out.write(b',"sites":[]}\n')
    return counting.tally()


def _event(case: Case, row: Plain, also: Mapping[str, str]) -> dict[str, Any]:
    words = told(case, row)
    notes = [f"± {row.radius_km:g} km"] if row.radius_km else []
    notes += [f"{key}: {shown(value)}" for key, value in also.items()]
    event: dict[str, Any] = {
        "id": row.id,
        "description": f"{words.ar}\n\n{words.en}",
        "date": "",
        "time": "",
        "time_precision": "",
        "location": " | ".join(filter(None, (row.place, row.place_en))),
        "type": row.kind,
        "category": row.kind_en,
        "category_full": f"{row.kind_ar} | {row.kind_en}",
        "associations": list(_associations(row)),
        "sources": [one.line.sha256 for one in case.reports],
        "comments": " · ".join([*notes, *row.claims]),
    }
    if row.first:
        year, month, day = row.first.split("-")
        event |= {"date": f"{month}/{day}/{year}", "time_precision": "day"}
        if row.last not in (None, row.first):
            event |= {"time_precision": f"between {row.first} and {row.last}", "time_display": f"{row.first} – {row.last}"}
    if row.lat is not None and row.lon is not None:
        event |= {"latitude": repr(row.lat), "longitude": repr(row.lon)}
    return event


def _source(line: ReportLine) -> dict[str, Any]:
    url = line.url if line.url and line.url.startswith(("http://", "https://")) else ""
    return {
        "id": line.sha256,
        "title": shown(line.title or line.id),
        "paths": [shown(url)] if url else [],
        "type": "article",
        "url": shown(url),
        "author": shown(line.outlet or ""),
        "date": shown(line.published or ""),
    }


def _associations(row: Plain) -> dict[str, dict[str, Any]]:
    """The filters that an event answers to, by id: its kind, whether it is told as a fact, and who is named in it."""
    how = say("modality", row.modality)
    found = {f"kind-{row.kind}": (f"{row.kind_ar} | {row.kind_en}", "Kind · النوع")}
    found |= {f"modality-{row.modality}": (f"{how.ar} | {how.en}", "Told as · رُويت على أنها")}
    for ids, ar, en in ((row.agents, row.agents_ar, row.agents_en), (row.targets, row.targets_ar, row.targets_en)):
        found |= {f"actor-{id}": (f"{a} | {e}", "Actor · الطرف") for id, a, e in zip(ids, ar, en, strict=True)}
    return {
        id: {"id": id, "title": title, "desc": title, "mode": "FILTER", "filter_paths": [group, title]}
        for id, (title, group) in found.items()
    }
