"""Incidents, claims and reports as nodes of linked data, and the context that says what their keys mean.

The context stands inside every file, so that nothing has to be fetched to read it: schema.org for what everybody has words for, W3C Web
Annotation for claims and their words, PROV for who read and judged what, and `urn:sijill:term:` for the rest. Ids are names (`urn:`), not
addresses, but for a report, which is named by the SHA-256 of its text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from sijill.export.cells import whole
from sijill.export.html import shown
from sijill.export.plain import Plain, address, day_of, name, spot
from sijill.records import Case, CaseReport, Conflict, EventClaim, Figure, FigureClaim, Incident, IncidentPlace, Judgement, TollPoint

__all__ = ["CONTEXT", "READER", "annotated", "case_nodes", "iri", "report_iri"]

_AROUND = 32
"""How many characters before and after the words of a claim are kept, to find them again in a copy that was changed."""

READER = "urn:sijill:reader"


def _text(language: str, of: str = "schema:name") -> dict[str, str]:
    return {"@id": of, "@language": language}


def _typed(id: str, type: str) -> dict[str, str]:
    return {"@id": id, "@type": type}


def _terms(vocabulary: str, names: str) -> dict[str, str]:
    """Terms that are called as their vocabulary calls them."""
    return {name: f"{vocabulary}:{name}" for name in names.split()}


CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "@vocab": "urn:sijill:term:",
    "schema": "http://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "as": "https://www.w3.org/ns/activitystreams#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    **_terms("schema", "Dataset Event Place GeoCoordinates latitude longitude headline identifier inLanguage location geo"),
    "Article": "schema:NewsArticle",
    "name_ar": _text("ar"),
    "name_en": _text("en"),
    "kind_ar": _text("ar", "urn:sijill:term:kindName"),
    "kind_en": _text("en", "urn:sijill:term:kindName"),
    "note_ar": _text("ar", "rdfs:comment"),
    "note_en": _text("en", "rdfs:comment"),
    "comment": "rdfs:comment",
    "startDate": _typed("schema:startDate", "xsd:date"),
    "endDate": _typed("schema:endDate", "xsd:date"),
    "datePublished": _typed("schema:datePublished", "xsd:date"),
    "publisherName": "schema:publisher",
    "url": _typed("schema:url", "@id"),
    "superEvent": _typed("schema:superEvent", "@id"),
    "subjectOf": _typed("schema:subjectOf", "@id"),
    **{key: _typed(f"urn:sijill:term:{key}", "@id") for key in "agents targets claims claim claimant side about family".split()},
    **_terms("oa", "Annotation TextualBody TextQuoteSelector TextPositionSelector exact prefix suffix"),
    **_terms("oa", "classifying describing highlighting tagging"),
    "body": {"@id": "oa:hasBody"},
    "target": {"@id": "oa:hasTarget"},
    "source": _typed("oa:hasSource", "@id"),
    "selector": {"@id": "oa:hasSelector"},
    "motivation": _typed("oa:motivatedBy", "@vocab"),
    "purpose": _typed("oa:hasPurpose", "@vocab"),
    "value": "rdf:value",
    "start": _typed("oa:start", "xsd:nonNegativeInteger"),
    "end": _typed("oa:end", "xsd:nonNegativeInteger"),
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "label": "rdfs:label",
    "total": "as:totalItems",
    "first": _typed("as:first", "@id"),
    "partOf": _typed("as:partOf", "@id"),
    "startIndex": "as:startIndex",
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    **_terms("prov", "Entity Activity Person SoftwareAgent"),
    "used": _typed("prov:used", "@id"),
    "wasGeneratedBy": _typed("prov:wasGeneratedBy", "@id"),
    "wasAssociatedWith": _typed("prov:wasAssociatedWith", "@id"),
    "endedAtTime": _typed("prov:endedAtTime", "xsd:dateTime"),
}  # fmt: skip
"""What the keys mean. A key that is not here is a term of sijill's own."""


def iri(kind: str, id: str) -> str:
    """The name of a thing by its kind and id.

    >>> iri("claim", "fig-1"), iri("person", "ليلى")
    ('urn:sijill:claim:fig-1', 'urn:sijill:person:%D9%84%D9%8A%D9%84%D9%89')
    """
    return f"urn:sijill:{kind}:{quote(whole(id), safe='-._')}"


def report_iri(sha256: str) -> str:
    """The name of a report: the SHA-256 of the UTF-8 of its text."""
    return f"urn:sha256:{quote(whole(sha256), safe='-._')}"


def case_nodes(case: Case, row: Plain) -> Iterator[dict[str, Any]]:
    """The nodes of a case: the incident, who takes part, its reports and their readings, its claims and their words, judgements.

    >>> from sijill.export.plain import plain
    >>> case = Case(incident=Incident(id="inc-1", kind="shelling"))
    >>> [node["id"] for node in case_nodes(case, plain(case))]
    ['urn:sijill:incident:inc-1']
    """
    yield _incident(case.incident, row)
    for id in sorted(case.names.keys() | {*case.incident.agents, *case.incident.targets}):
        said = name(case, id)
        yield {"id": iri("actor", id), "type": "Actor", "name_ar": said.ar, "name_en": said.en}
    for report in case.reports:
        yield from _report(report)
        yield from annotated(report)
    for judgement in case.judgements:
        yield from _judgement(judgement)


def _some(**values: Any) -> dict[str, Any]:
    """What is known of some values."""
    return {key: value for key, value in values.items() if value is not None and value != []}


def _incident(incident: Incident, row: Plain) -> dict[str, Any]:
    return {
        "id": iri("incident", incident.id),
        "type": ["Event", "Incident"],
        **_some(
            identifier=row.id,
            name_ar=row.title_ar,
            name_en=row.title_en,
            kind=incident.kind,
            kind_ar=row.kind_ar,
            kind_en=row.kind_en,
            modality=incident.modality,
            startDate=row.first,
            endDate=row.last,
            location=[_place(place) for place in incident.places],
            country=row.country,
            agents=[iri("actor", id) for id in incident.agents],
            targets=[iri("actor", id) for id in incident.targets],
            means=row.means,
            superEvent=iri("incident", incident.parent) if incident.parent else None,
            families=incident.families,
            figures=[_figure(figure) for figure in incident.figures],
            curve=[_point(point) for point in incident.curve],
            contradictions=[_conflict(conflict) for conflict in incident.conflicts],
            claims=[iri("claim", id) for id in row.claims],
            subjectOf=[report_iri(sha) for sha in incident.reports],
        ),
    }


def _place(place: IncidentPlace) -> dict[str, Any]:
    at = spot(place)
    geo = {"type": "GeoCoordinates", "latitude": at.lat, "longitude": at.lon} if at else None
    known = _some(name_ar=shown(place.name), name_en=shown(place.name_en) if place.name_en else None, level=place.level, geo=geo)
    codes = _some(radius_km=at.radius_km if at else None, gazetteer=place.gazetteer, pcode=place.pcode, country=place.country)
    return {"type": "Place", **known, **codes}


def _figure(figure: Figure) -> dict[str, Any]:
    uses = [
        {
            "claim": iri("claim", use.claim),
            **_some(low=use.low, best=use.best, high=use.high, day=use.day, counted=use.used, why=use.why),
            **_some(claimant=iri("actor", use.source) if use.source else None, family=report_iri(use.family)),
        }
        for use in figure.uses
    ]
    return {
        "type": "Figure",
        **_some(effect=figure.effect, status=figure.status, side=iri("actor", figure.side) if figure.side else None),
        **_some(demographic=figure.demographic, low=figure.low, best=figure.best, high=figure.high, policy=figure.policy),
        **_some(families=figure.families, sums=[shown(one) for one in figure.sums], uses=uses),
    }


def _point(point: TollPoint) -> dict[str, Any]:
    known = _some(day=point.day, effect=point.effect, status=point.status, low=point.low, best=point.best, high=point.high)
    side = _some(side=iri("actor", point.side) if point.side else None)
    return {"type": "TollPoint", **known, **side, "teller": shown(point.source), "claim": iri("claim", point.claim)}


def _conflict(conflict: Conflict) -> dict[str, Any]:
    sums = _some(sum=conflict.sum, stated=conflict.stated, difference=conflict.difference)
    notes = _some(note_ar=shown(conflict.note_ar) or None, note_en=shown(conflict.note) or None)
    return {"type": "Contradiction", "kind": conflict.kind, "claims": [iri("claim", id) for id in conflict.claims], **sums, **notes}


def _report(report: CaseReport) -> Iterator[dict[str, Any]]:
    line = report.line
    yield {
        "id": report_iri(line.sha256),
        "type": ["Article", "Entity"],
        **_some(identifier=shown(line.id), headline=shown(line.title) if line.title else None, url=address(line.url)),
        **_some(
            publisherName=shown(line.outlet) if line.outlet else None,
            datePublished=line.published if day_of(line.published) else None,
            inLanguage=report.language,
        ),
        "sha256": line.sha256,
        "family": report_iri(line.family),
    }
    yield {"id": _reading(line.sha256), "type": "Activity", "used": report_iri(line.sha256), "wasAssociatedWith": READER}


def _reading(sha256: str) -> str:
    return iri("reading", sha256)


def _judgement(judgement: Judgement) -> Iterator[dict[str, Any]]:
    person = iri("person", judgement.by)
    yield {
        "id": iri("judgement", judgement.id),
        "type": ["Activity", "Judgement"],
        "decision": judgement.decision,
        "used": [iri("claim", id) for id in (judgement.claim, judgement.other) if id],
        "wasAssociatedWith": person,
        "endedAtTime": judgement.at,
        **_some(field=judgement.field, comment=shown(judgement.note) if judgement.note else None),
        **({"set_to": json.dumps(judgement.value, ensure_ascii=True)} if judgement.field else {}),
    }
    yield {"id": person, "type": "Person", "label": shown(judgement.by)}


# --- claims and their words ------------------------------------------------------------------------------------------


def annotated(report: CaseReport) -> Iterator[dict[str, Any]]:
    """The claims of a report as Web Annotations, each followed by the words that its single values came from.

    Positions are code points of the text that the report's SHA-256 is of; where the text is not handed on, they stand without the words.

    >>> from sijill.records import ReportLine
    >>> event = EventClaim(id="e1", claim="eve-1", kind="shelling", quote="قصف", start=0, end=3, rule="")
    >>> (node,) = annotated(CaseReport(line=ReportLine(sha256="ab", id="1", family="ab"), text="قصف على سرمين", events=[event]))
    >>> [selector.get("exact") for selector in node["target"]["selector"]]
    ['قصف', None]
    """
    events = {event.id: event.claim for event in report.events}
    claims: list[EventClaim | FigureClaim] = [*report.events, *report.figures]
    for claim in claims:
        id = iri("claim", claim.claim)
        body = _event_body(claim) if isinstance(claim, EventClaim) else _figure_body(claim, events)
        motive = "classifying" if isinstance(claim, EventClaim) else "describing"
        yield _annotation(report, id, motive, body, claim.start, claim.end)
        for number, one in enumerate(claim.evidence, start=1):
            what = {"type": "TextualBody", "value": whole(one.what), "purpose": "tagging"}
            found = _annotation(report, f"{id}.{number}", "highlighting", what, one.start, one.end)
            yield {**found, "about": id, "rule": whole(one.rule)}


def _annotation(report: CaseReport, id: str, motive: str, body: dict[str, Any], start: int, end: int) -> dict[str, Any]:
    return {
        "id": id,
        "type": "Annotation",
        "motivation": motive,
        "body": body,
        "target": {"source": report_iri(report.line.sha256), "selector": list(_selectors(report.text, start, end))},
        "wasGeneratedBy": _reading(report.line.sha256),
    }


def _selectors(text: str | None, start: int, end: int) -> Iterable[dict[str, Any]]:
    if text is not None:
        around = {"prefix": whole(text[max(0, start - _AROUND) : start]), "suffix": whole(text[end : end + _AROUND])}
        yield {"type": "TextQuoteSelector", "exact": whole(text[start:end]), **around}
    yield {"type": "TextPositionSelector", "start": start, "end": end}


def _event_body(event: EventClaim) -> dict[str, Any]:
    return {
        "type": "EventClaim",
        **_some(kind=event.kind, modality=event.modality, edtf=event.date, date_basis=event.date_basis, time=event.time),
        **_some(time_of_day=event.time_of_day, agents=[iri("actor", id) for id in event.agents], means=[whole(one) for one in event.means]),
        **_some(targets=[iri("actor", id) for id in event.targets], claimant=iri("actor", event.source) if event.source else None),
        **_some(main=event.main, background=event.background, rule=whole(event.rule)),
    }


def _figure_body(figure: FigureClaim, events: dict[str, str]) -> dict[str, Any]:
    return {
        "type": "FigureClaim",
        **_some(effect=figure.effect, number=figure.value, bound=figure.bound, min=figure.min, max=figure.max),
        **_some(vague_word=figure.vague_word, who=whole(figure.who) if figure.who else None, status=figure.status),
        **_some(demographic=[whole(one) for one in figure.demographic], side=iri("actor", figure.side) if figure.side else None),
        **_some(role=figure.role, cumulative=figure.cumulative, rule=whole(figure.rule)),
        **_some(claimant=iri("actor", figure.source) if figure.source else None),
        **_some(about=iri("claim", events[figure.event]) if figure.event in events else None),
    }
