"""Cases: incidents with what each report says of them, some at a time, so that a whole register can be coded or handed on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sijill.link import in_force
from sijill.reconcile.sides import load_sides
from sijill.records import Case, CaseReport, EventClaim, FigureClaim, Incident, Judgement, Reading, Report, ReportLine
from sijill.register.judged import edits_of, judged
from sijill.store import Store

__all__ = ["cases_of", "line_of", "with_originals"]


def cases_of(store: Store, incidents: Sequence[Incident], *, texts: bool = True) -> Iterator[Case]:
    """The cases of some incidents, in their order. Everything they need is fetched once, so take some hundreds and not all.

    Without `texts` the reports come without theirs, which is quicker where only claims are asked for.
    """
    wholes = {incident.parent: store.incident(incident.parent) for incident in incidents if incident.parent}
    parts_of: dict[str, list[Incident]] = {}
    for part, whole in store.parts_of({*wholes, *(incident.id for incident in incidents)}).items():
        parts_of.setdefault(whole, []).append(store.incident(part))
    for parts in parts_of.values():
        parts.sort(key=lambda part: (part.first or "", part.id))
    shas = {sha for incident in incidents for sha in incident.reports}
    shas |= {use.report for incident in incidents for figure in incident.figures for use in figure.uses}
    standing = in_force(store.judgements())
    edits = edits_of(standing)
    readings = {reading.sha256: judged(reading, edits) for reading in store.readings(shas)}
    reports = {report.sha256: report for report in store.reports(shas)}
    families = store.families(shas)
    for incident in incidents:
        parts = parts_of.get(incident.id, [])
        beside = [part for part in parts_of.get(incident.parent or "", []) if part.id != incident.id]
        told = [
            _told(reports[sha], readings[sha], families.get(sha, sha), incident, texts=texts)
            for sha in dict.fromkeys([*incident.reports, *(use.report for figure in incident.figures for use in figure.uses)])
            if sha in readings
        ]
        told.sort(key=lambda one: (one.line.published or "", one.line.sha256))
        yield Case(
            incident=incident,
            parts=parts,
            reports=told,
            names=_names(incident, [*parts, *beside], told),
            judgements=_judged_of(told, standing),
            kin=[wholes[incident.parent], *beside] if incident.parent else [],
        )


def _told(report: Report, reading: Reading, family: str, incident: Incident, *, texts: bool) -> CaseReport:
    own = set(incident.events)
    counted = {use.claim for figure in incident.figures for use in figure.uses}
    events = [event for event in reading.events if event.claim in own]
    of = {event.id for event in events}
    return CaseReport(
        line=line_of(report, family),
        language=report.language,
        text=report.text if texts else None,
        events=events,
        figures=[figure for figure in reading.figures if figure.event in of or figure.claim in counted],
        places=list(reading.places),
    )


def with_originals(store: Store, case: Case) -> Case:
    """A case with what each of its reports came from, and when and how it was obtained."""
    reports = [
        msgspec.structs.replace(one, originals=[way.original for way in store.acquisitions(one.line.sha256)]) for one in case.reports
    ]
    return msgspec.structs.replace(case, reports=reports)


def line_of(report: Report, family: str) -> ReportLine:
    """A report in a line."""
    return ReportLine(
        sha256=report.sha256,
        id=report.id,
        title=report.title,
        outlet=report.outlet,
        url=report.url,
        published=report.published,
        family=family,
    )


def _names(incident: Incident, parts: Iterable[Incident], told: Iterable[CaseReport]) -> dict[str, tuple[str, str]]:
    """The names of everybody who does, suffers or says something in a case."""
    ids: set[str | None] = {*incident.agents, *incident.targets, *(a for part in parts for a in (*part.agents, *part.targets))}
    ids |= {figure.side for figure in incident.figures} | {use.source for figure in incident.figures for use in figure.uses}
    ids |= {point.source for point in incident.curve}
    for one in told:
        ids |= {id for event in one.events for id in (*event.agents, *event.targets, event.source)}
        ids |= {id for figure in one.figures for id in (figure.side, figure.source)}
    sides = load_sides()
    return {id: sides.name(id) for id in sorted(id for id in ids if id and id in sides.names)}


def _judged_of(told: Iterable[CaseReport], standing: Iterable[Judgement]) -> list[Judgement]:
    claims = {claim.claim for one in told for claim in _claims(one)}
    return [j for j in standing if j.claim in claims or (j.other is not None and j.other in claims)]


def _claims(one: CaseReport) -> Iterator[EventClaim | FigureClaim]:
    yield from one.events
    yield from one.figures
