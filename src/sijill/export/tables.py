"""Incidents as plain tables: CSV, lines of JSON, Parquet. Three tables: incidents, their figures, and the claims behind them.

What stands in a cell may come from an untrusted report. In CSV a text that a spreadsheet would take for a formula gets an apostrophe before
it; all else is as in the record. Unknown is an empty cell, never zero. GeoJSON is written by a module of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import IO, Any

import msgspec

from sijill.errors import InputError
from sijill.export.cells import as_json, csv_lines
from sijill.records import Case, Incident
from sijill.tolls import toll

__all__ = ["FORMATS", "TABLES", "lines", "write"]

FORMATS = ("csv", "jsonl", "geojson", "parquet")

Row = dict[str, Any]
_NOTHING: Mapping[str, str] = MappingProxyType({})


def incident_rows(incident: Incident) -> Iterator[Row]:
    """The row of an incident: its most told place, and of all people killed and injured the low, best and high."""
    place = incident.places[0] if incident.places else None
    row: Row = {
        "id": incident.id,
        "kind": incident.kind,
        "modality": incident.modality,
        "first": incident.first,
        "last": incident.last,
        "country": incident.country,
        "place": place.name if place else None,
        "place_en": place.name_en if place else None,
        "level": place.level if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "radius_km": place.radius_km if place else None,
        "pcode": place.pcode if place else None,
        "agents": ";".join(incident.agents),
        "targets": ";".join(incident.targets),
        "means": ";".join(incident.means),
        "parent": incident.parent,
        "main": incident.main,
        "reports": len(incident.reports),
        "families": incident.families,
        "contradictions": len(incident.conflicts),
    }
    for effect in ("killed", "injured"):
        row |= {f"{effect}_{end}": value for end, value in zip(("low", "best", "high"), toll(incident, effect), strict=True)}
    yield row


def figure_rows(incident: Incident) -> Iterator[Row]:
    """A row for each figure of an incident."""
    for number, figure in enumerate(incident.figures, start=1):
        yield {
            "incident": incident.id,
            "figure": number,
            "effect": figure.effect,
            "status": figure.status,
            "side": figure.side,
            "demographic": ";".join(figure.demographic),
            "low": figure.low,
            "best": figure.best,
            "high": figure.high,
            "policy": figure.policy,
            "families": figure.families,
            "sums": "; ".join(figure.sums),
        }


def claim_rows(incident: Incident) -> Iterator[Row]:
    """A row for each claim of an incident: its events, then the numbers, each used or set aside and why."""
    blank: Row = dict.fromkeys(("figure", "family", "source", "day", "low", "best", "high", "used", "why"))
    for claim in incident.events:
        yield {"incident": incident.id, "claim": claim, "report": None, "what": "event", **blank}
    for number, figure in enumerate(incident.figures, start=1):
        for use in figure.uses:
            named = {name: getattr(use, name) for name in ("family", "source", "day", "low", "best", "high", "used", "why")}
            yield {"incident": incident.id, "claim": use.claim, "report": use.report, "what": "figure", "figure": number, **named}


TABLES = {"incidents": incident_rows, "figures": figure_rows, "claims": claim_rows}
"""What can be written, and how an incident becomes rows of it."""


def write(incidents: Iterable[Incident], out: IO[bytes], *, form: str, table: str = "incidents", also: Mapping[str, str] = _NOTHING) -> int:
    """Write a table of incidents in a format of `FORMATS`. Returns how many rows there are. `also` are columns that every row has alike.

    Lines of JSON of the table `incidents` are the whole records. GeoJSON is of incidents only, and has neither the
    names of actors nor sources, which incidents alone do not have.
    Raises `InputError` for a table or format that there is not, and where the library for Parquet is not installed.

    >>> import io
    >>> file = io.BytesIO()
    >>> write([Incident(id="inc-1", kind="shelling", first="2022-02-02")], file, form="csv", table="figures")
    0
    >>> file.getvalue().decode("utf-8-sig").split(",")[:3]
    ['incident', 'figure', 'effect']
    """
    _check(form, table)
    if form == "geojson":
        from sijill.export import geojson  # brings words and templates with it, which no other table needs

        return geojson.write((Case(incident=incident) for incident in incidents), out, also).rows
    if form == "parquet":
        return _parquet(({**row, **also} for row in _rows(incidents, table)), [*_columns(table), *also], out)
    count = -1 if form == "csv" else 0  # its head is no row
    for line in lines(incidents, form=form, table=table, also=also):
        out.write(line)
        count += 1
    return count


def lines(incidents: Iterable[Incident], *, form: str, table: str = "incidents", also: Mapping[str, str] = _NOTHING) -> Iterator[bytes]:
    """The same as CSV or lines of JSON, one line at a time, to be sent on while the incidents come. The head of a CSV is the first.

    Raises `InputError` for a table or format that there is not, or that is not made of lines.

    >>> found = lines([Incident(id="inc-1", kind="shelling")], form="jsonl", table="claims", also={"redaction": "public"})
    >>> list(found)
    []
    """
    _check(form, table)
    if form == "csv":
        return csv_lines(({**row, **also} for row in _rows(incidents, table)), [*_columns(table), *also])
    if form == "jsonl":
        whole = table == "incidents"
        rows = map(msgspec.to_builtins, incidents) if whole else _rows(incidents, table)
        return (as_json({**row, **also}) + b"\n" for row in rows)
    raise InputError(f"{form} is no format of lines; take csv or jsonl")


def _check(form: str, table: str) -> None:
    if table not in TABLES:
        raise InputError(f"there is no table {table!r}; one of {', '.join(TABLES)}")
    if form not in FORMATS:
        raise InputError(f"there is no format {form!r}; one of {', '.join(FORMATS)}")
    if form == "geojson" and table != "incidents":
        raise InputError("GeoJSON is of incidents; take csv, jsonl or parquet for figures and claims")


def _rows(incidents: Iterable[Incident], table: str) -> Iterator[Row]:
    return (row for incident in incidents for row in TABLES[table](incident))


def _columns(table: str) -> list[str]:
    """The columns of a table, from an incident that has one of everything."""
    return list(next(iter(TABLES[table](msgspec.convert(_SAMPLE, Incident)))))


_SAMPLE = {
    "id": "",
    "kind": "shelling",
    "figures": [{"effect": "killed", "policy": "", "uses": [{"claim": "", "report": "", "family": "", "used": True, "why": ""}]}],
}


def _parquet(rows: Iterable[Row], columns: Sequence[str], out: IO[bytes]) -> int:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as wrong:
        raise InputError("Parquet needs pyarrow; install it with: pip install 'sijill[parquet]'") from wrong
    held = list(rows)
    types = {name: _TYPES.get(name, "string") for name in columns}
    schema = pyarrow.schema([(name, getattr(pyarrow, kind)()) for name, kind in types.items()])
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(held, schema=schema), out)
    return len(held)


_TYPES = {
    **dict.fromkeys(("lat", "lon", "radius_km"), "float64"),
    **dict.fromkeys(("main", "used"), "bool_"),
    **dict.fromkeys(("reports", "families", "contradictions", "figure", "low", "best", "high"), "int64"),
    **{f"{effect}_{end}": "int64" for effect in ("killed", "injured") for end in ("low", "best", "high")},
}
