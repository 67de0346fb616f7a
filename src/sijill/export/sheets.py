"""The sheets of a workbook: which columns each has, and which rows an incident gives it. A value in two languages is a `Said`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sijill.export.html import shown
from sijill.export.plain import Plain, Said, address, day_of, name, say
from sijill.records import Case, CaseReport, EventClaim, FigureClaim, Use

__all__ = ["TABLES", "Row", "Table", "legible"]

Row = dict[str, Any]


class Table(NamedTuple):
    """A sheet: its key, its name in Arabic and English, its columns, how wide some are, and its rows of a case."""

    key: str
    name: Said
    columns: Sequence[str]
    rows: Callable[[Case, Plain], Iterator[Row]]
    widths: Mapping[str, int]


def legible(text: str) -> str:
    """A text with its lines, without anything else that cannot be shown.

    >>> legible("a\\x00b\\nc\\u202e")
    'a\\ufffdb\\nc'
    """
    return "\n".join(shown(line) for line in text.replace("\r\n", "\n").split("\n"))


def incident_rows(case: Case, row: Plain) -> Iterator[Row]:
    """The row of an incident."""
    yield {
        "incident": row.id,
        "kind": Said(row.kind_ar, row.kind_en),
        "modality": say("modality", row.modality),
        "first": day_of(row.first),
        "last": day_of(row.last),
        "place": Said(row.place or "", row.place_en or row.place or ""),
        "level": say("level", row.level) if row.level else None,
        "lat": row.lat,
        "lon": row.lon,
        "radius_km": row.radius_km,
        "country": row.country,
        "pcode": row.pcode,
        "agents": _joined(map(Said, row.agents_ar, row.agents_en)),
        "targets": _joined(map(Said, row.targets_ar, row.targets_en)),
        "means": _joined(say("means", one) for one in row.means),
        **{f"{effect}_{end}": getattr(row, f"{effect}_{end}") for effect in ("killed", "injured") for end in ("low", "best", "high")},
        "parent": row.parent,
        "reports": row.reports,
        "families": row.families,
        "contradictions": row.contradictions,
        "sources": "; ".join(row.sources),
        "links": " ".join(row.urls),
        "claims": " ".join(row.claims),
    }


def figure_rows(case: Case, row: Plain) -> Iterator[Row]:
    """A row for each figure of an incident."""
    for number, figure in enumerate(case.incident.figures, start=1):
        yield {
            "incident": row.id,
            "figure": number,
            "effect": say("effect", figure.effect),
            "status": say("status", figure.status),
            "side": name(case, figure.side) if figure.side else None,
            "demographic": _joined(say("demographic", one) for one in figure.demographic),
            "low": figure.low,
            "best": figure.best,
            "high": figure.high,
            "policy": shown(figure.policy),
            "families": figure.families,
            "sums": "; ".join(shown(one) for one in figure.sums),
        }


def claim_rows(case: Case, row: Plain) -> Iterator[Row]:
    """A row for each claim of an incident, with the words it came from, and whether it was used."""
    uses = {use.claim: use for figure in case.incident.figures for use in figure.uses}
    for report in case.reports:
        for event in report.events:
            yield {**_claim(case, row, report, event), **_event(event)}
        for figure in report.figures:
            yield {**_claim(case, row, report, figure), **_figure(case, figure, uses.get(figure.claim))}


def _claim(case: Case, row: Plain, report: CaseReport, claim: EventClaim | FigureClaim) -> Row:
    empty = dict.fromkeys(("modality", "date", "number", "min", "max", "who", "status", "side", "role", "used", "why"))
    return {
        "incident": row.id,
        "claim": shown(claim.claim),
        "report": report.line.sha256,
        "claimant": name(case, claim.source) if claim.source else None,
        "quote": legible(claim.quote),
        "start": claim.start,
        "end": claim.end,
        "rule": shown(claim.rule),
        **empty,
    }


def _event(event: EventClaim) -> Row:
    return {
        "what": say("what", "event"),
        "says": say("event_kind", event.kind),
        "modality": say("modality", event.modality),
        "date": shown(event.date) if event.date else None,
    }


def _figure(case: Case, figure: FigureClaim, use: Use | None) -> Row:
    return {
        "what": say("what", "number"),
        "says": say("effect", figure.effect),
        "number": figure.value,
        "min": figure.min,
        "max": figure.max,
        "who": shown(figure.who or ""),
        "status": say("status", figure.status),
        "side": name(case, figure.side) if figure.side else None,
        "role": say("role", figure.role),
        "used": say("register", "used" if use.used else "aside") if use else None,
        "why": say("why", use.why) if use else None,
    }


def report_rows(case: Case, row: Plain) -> Iterator[Row]:
    """A row for each report that tells an incident."""
    for report in case.reports:
        line = report.line
        yield {
            "incident": row.id,
            "report": line.sha256,
            "report_id": shown(line.id),
            "title": shown(line.title or ""),
            "outlet": shown(line.outlet or ""),
            "link": address(line.url),
            "published": day_of(line.published),
            "language": report.language,
            "family": line.family,
        }


def contradiction_rows(case: Case, row: Plain) -> Iterator[Row]:
    """A row for each contradiction of an incident, with its sums."""
    for conflict in case.incident.conflicts:
        yield {
            "incident": row.id,
            "contradiction": say("conflict_kind", conflict.kind),
            "sum": conflict.sum,
            "stated": conflict.stated,
            "difference": conflict.difference,
            "note": Said(legible(conflict.note_ar), legible(conflict.note)),
            "claims": " ".join(shown(one) for one in conflict.claims),
        }


def _joined(values: Iterable[Said]) -> Said:
    found = list(values)
    return Said("، ".join(one.ar for one in found), ", ".join(one.en for one in found))


_TOLLS = tuple(f"{effect}_{end}" for effect in ("killed", "injured") for end in ("low", "best", "high"))

TABLES: tuple[Table, ...] = (
    Table(
        "incidents",
        Said("الحوادث", "Incidents"),
        (
            *("incident", "kind", "modality", "first", "last", "place", "level", "lat", "lon", "radius_km", "country", "pcode"),
            *("agents", "targets", "means", *_TOLLS, "parent", "reports", "families", "contradictions", "sources", "links", "claims"),
        ),
        incident_rows,
        {"incident": 20, "kind": 20, "place": 28, "agents": 30, "targets": 30, "sources": 30, "parent": 20, "links": 30, "claims": 30},
    ),
    Table(
        "figures",
        Said("الأعداد", "Figures"),
        ("incident", "figure", "effect", "status", "side", "demographic", "low", "best", "high", "policy", "families", "sums"),
        figure_rows,
        {"incident": 20, "side": 28, "sums": 30},
    ),
    Table(
        "claims",
        Said("الأقوال", "Claims"),
        (
            *("incident", "claim", "report", "what", "says", "modality", "date", "number", "min", "max", "who", "status", "side", "role"),
            *("claimant", "used", "why", "quote", "start", "end", "rule"),
        ),
        claim_rows,
        {"incident": 20, "claim": 24, "report": 20, "claimant": 28, "why": 30, "quote": 60, "rule": 24},
    ),
    Table(
        "reports",
        Said("التقارير", "Reports"),
        ("incident", "report", "report_id", "title", "outlet", "link", "published", "language", "family"),
        report_rows,
        {"incident": 20, "report": 20, "title": 50, "outlet": 24, "link": 30, "family": 20},
    ),
    Table(
        "contradictions",
        Said("التناقضات", "Contradictions"),
        ("incident", "contradiction", "sum", "stated", "difference", "note", "claims"),
        contradiction_rows,
        {"incident": 20, "contradiction": 28, "note": 80, "claims": 30},
    ),
)
"""Every sheet of data, in the order of the workbook."""
