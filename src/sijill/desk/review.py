"""Where decisions are made: what waits for one, and the forms that keep it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args

from litestar import Request, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Response

from sijill.desk import views
from sijill.desk.allowed import Allowed, allowed
from sijill.desk.asking import register_of
from sijill.desk.rights import Person, needs
from sijill.desk.selecting import selected
from sijill.records import Decision, Incident, Record
from sijill.register import Register
from sijill.register.agreement import agreements, disputed, last_words, signers
from sijill.register.by_hand import What
from sijill.store import IncidentFilter

__all__ = ["HANDLERS"]

_Request = Request[Any, Any, Any]

_PAGE = 15
_LOOKED_AT = 150
"""So many incidents are looked through for one page of a queue."""
_UNSURE_KM = 20.0
"""A place that may lie so far from where it is drawn wants a look."""

Queue = Literal["contradictions", "pairs", "places", "readings", "disputes", "signatures", "assigned"]
_QUEUES: tuple[Queue, ...] = get_args(Queue)


class Decided(Record, frozen=True, kw_only=True):
    """A form that keeps a decision; `back` is where the reader came from."""

    decision: Decision
    subject: str
    other: str = ""
    field: str = ""
    value: str = ""
    note: str = ""
    back: str = "/"


class Undone(Record, frozen=True, kw_only=True):
    """A form that takes a decision back."""

    id: str
    note: str = ""
    back: str = "/"


class Assigned(Record, frozen=True, kw_only=True):
    """A form that says who is to look after an incident; nobody where `to` is empty."""

    id: str
    to: str = ""
    back: str = "/"


class Added(Record, frozen=True, kw_only=True):
    """A form that adds a claim: the words that were selected, where they stand, and what they say."""

    sha: str
    what: What
    words: str
    line: str = ""
    before: str = ""
    effect: str = ""
    value: str = ""
    status: str = ""
    event: str = ""
    kind: str = ""
    modality: str = ""
    date: str = ""
    place: str = ""
    back: str = "/"


@get("/review", opt=needs("judge"), sync_to_thread=True, include_in_schema=False)
def review_page(request: _Request) -> Response[str]:
    """What waits for a decision: contradictions, pairs, places that are not sure, reports that nobody looked at."""
    register = register_of(request)
    asked = request.query_params.get("what", "contradictions")
    what: Queue = asked if asked in _QUEUES else "contradictions"
    after = request.query_params.get("after") or None
    person: Person = request.scope["user"]
    if what == "assigned":
        values = _assigned(register, person.name, after)
    elif what == "pairs":
        values = _pairs(register, allowed(request), after)
    else:
        values = _READERS[what](register, after)
    return views.page(request, "review.html", queues=_QUEUES, what=what, **values)


def _contradictions(register: Register, after: str | None) -> dict[str, Any]:
    page = register.store.incidents(IncidentFilter(conflicts=True), sort="harm", limit=_PAGE, after=after)
    return {"rows": views.rows(page.incidents), "next": page.next}


def _pairs(register: Register, seen: Allowed, after: str | None) -> dict[str, Any]:
    """Pairs of incidents that may be the same, those of the incidents that most reports tell first; each pair once."""
    found: list[tuple[views.Row, list[views.Twin]]] = []
    met: set[frozenset[str]] = set()
    incidents, following = _looked_through(register, after)
    last = None
    for incident in incidents:
        last = incident
        twins = [t for t in views.pairs(register, register.incident(incident.id), seen) if frozenset((incident.id, t.other.id)) not in met]
        met |= {frozenset((incident.id, twin.other.id)) for twin in twins}
        if twins:
            found.append((views.rows([incident])[0], twins))
        if len(found) >= _PAGE:
            break
    return {"pairs": found, "next": following(last)}


def _places(register: Register, after: str | None) -> dict[str, Any]:
    """Incidents whose place is not known within some kilometres."""
    found: list[Incident] = []
    incidents, following = _looked_through(register, after)
    last = None
    for incident in incidents:
        last = incident
        if not incident.places or incident.places[0].lat is None or (incident.places[0].radius_km or 0) >= _UNSURE_KM:
            found.append(incident)
        if len(found) >= _PAGE:
            break
    return {"rows": views.rows(found), "next": following(last)}


def _looked_through(register: Register, after: str | None) -> tuple[Iterator[Incident], Any]:
    """Incidents by how many reports tell them, one by one, and what the next page begins after."""
    page = register.store.incidents(sort="reports", limit=_LOOKED_AT, after=after)

    def following(last: Incident | None) -> str | None:
        if last is None or (page.next is None and page.incidents and last.id == page.incidents[-1].id):
            return None
        number = next(n for n, one in enumerate(page.incidents, start=1) if one.id == last.id)
        return register.store.incidents(sort="reports", limit=number, after=after).next

    return iter(page.incidents), following


def _readings(register: Register, after: str | None) -> dict[str, Any]:
    """Reports, the newest first, with how many of their claims anybody has decided on."""
    hits = register.store.search(None, limit=_PAGE, after=after)
    judged = {j.claim for j in register.store.judgements(standing=True)}
    rows = []
    for hit in hits.hits:
        reading = next(register.store.readings([hit.report.sha256]), None)
        claims = {event.claim for event in reading.events} | {figure.claim for figure in reading.figures} if reading else set()
        rows.append((hit.report, len(claims), len(claims & judged)))
    return {"reports": rows, "next": hits.next}


def _disputes(register: Register, after: str | None) -> dict[str, Any]:
    """What reviewers disagree on, the latest word first, and how often every two agree."""
    judgements = register.store.judgements()
    every = disputed(judgements)
    start = int(after) if after and after.isascii() and after.isdigit() else 0
    shown = every[start : start + _PAGE]
    reports = {id: claim.report for id, claim in register.store.claims(c for one in shown for c in one.subject).items()}
    following = str(start + _PAGE) if len(every) > start + _PAGE else None
    return {"disputes": shown, "reports": reports, "agreements": agreements(judgements), "next": following}


def _signatures(register: Register, after: str | None) -> dict[str, Any]:
    """Incidents that one reviewer signed and that wait for a second, by id."""
    words = last_words(register.store.judgements())
    accepted = (subject[0] for subject, said in words.items() if any(word.decision == "accept" for word in said.values()))
    ids = sorted(set(register.store.homes(claim for claim in accepted).values()))
    waiting = []
    for id in ids:
        if after and id <= after:
            continue
        incident = register.store.incident(id)
        if len(signers(incident, words)) == 1:
            waiting.append(incident)
        if len(waiting) > _PAGE:
            break
    return {"rows": views.rows(waiting[:_PAGE]), "next": waiting[_PAGE - 1].id if len(waiting) > _PAGE else None}


def _assigned(register: Register, name: str, after: str | None) -> dict[str, Any]:
    """What somebody is to look after, the latest first."""
    ids = [id for id, to in register.assigned().items() if to == name]
    start = int(after) if after and after.isascii() and after.isdigit() else 0
    found = [incident for id in ids[start : start + _PAGE] if (incident := register.store.find_incident(id)) is not None]
    return {"rows": views.rows(found), "next": str(start + _PAGE) if len(ids) > start + _PAGE else None}


_READERS: dict[str, Any] = {
    "contradictions": _contradictions,
    "places": _places,
    "readings": _readings,
    "disputes": _disputes,
    "signatures": _signatures,
}


# --- decisions -------------------------------------------------------------------------------------------------------

Form = RequestEncodingType.URL_ENCODED


@post("/judge", opt=needs("judge"), sync_to_thread=True, include_in_schema=False, status_code=303)
def judge(request: _Request, data: Annotated[Decided, Body(media_type=Form)]) -> Redirect:
    """Keep a decision, and go back to where it was made."""
    person: Person = request.scope["user"]
    register = register_of(request)
    value = _value(data.value) if data.decision == "edit" else None
    said = register.judge(
        data.decision,
        data.subject.strip(),
        data.other.strip() or None,
        field=data.field or None,
        value=value,
        by=person.name,
        note=data.note.strip() or None,
    )
    return Redirect(_back(data.back, said[0].id), status_code=303)


@post("/undo", opt=needs("judge"), sync_to_thread=True, include_in_schema=False, status_code=303)
def undo(request: _Request, data: Annotated[Undone, Body(media_type=Form)]) -> Redirect:
    """Take a decision back; both stay."""
    person: Person = request.scope["user"]
    register_of(request).undo(data.id, by=person.name, note=data.note.strip() or None)
    return Redirect(_back(data.back, None), status_code=303)


@post("/assign", opt=needs("judge"), sync_to_thread=True, include_in_schema=False, status_code=303)
def assign(request: _Request, data: Annotated[Assigned, Body(media_type=Form)]) -> Redirect:
    """Say who is to look after an incident, and go back to it."""
    person: Person = request.scope["user"]
    register_of(request).assign(data.id, data.to.strip() or None, by=person.name)
    return Redirect(_back(data.back, None), status_code=303)


@post("/claim", opt=needs("judge"), sync_to_thread=True, include_in_schema=False, status_code=303)
def add_claim(request: _Request, data: Annotated[Added, Body(media_type=Form)]) -> Redirect:
    """Keep a claim that the reader missed, and go to it."""
    person: Person = request.scope["user"]
    register = register_of(request)
    line = int(data.line) if data.line.isdecimal() else None
    before = int(data.before) if data.before.isdecimal() else 0
    start, end = selected(register.store.report(data.sha).text, data.words, line, before)
    fields: dict[str, Any]
    if data.what == "figure":
        fields = {"effect": data.effect, "status": data.status or None, "value": _value(data.value), "event": data.event or None}
    else:
        places = [data.place] if data.place else None
        fields = {"kind": data.kind, "modality": data.modality or None, "date": data.date.strip() or None, "places": places}
    claim = register.add_claim(data.sha, data.what, start, end, fields, by=person.name)
    return Redirect(f"/report/{data.sha}?claim={claim.claim}", status_code=303)


def _value(written: str) -> Any:
    """A value as JSON, or as plain text where it is none; nothing is null."""
    written = written.strip()
    if not written:
        return None
    try:
        return json.loads(written)
    except ValueError:
        return written


def _back(path: str, said: str | None) -> str:
    """Where to go back to: a path of this desk, never an address of another one.

    >>> _back("/report/ab#r-f1", "jud-1"), _back("//evil.example", None), _back("https://evil.example", None)
    ('/report/ab?said=jud-1#r-f1', '/', '/')
    """
    if not path.startswith("/") or path.startswith(("//", "/\\")) or any(c.isspace() or ord(c) < 32 for c in path):
        path = "/"
    path, _, fragment = path.partition("#")
    path, _, parameters = path.partition("?")
    kept = [part for part in parameters.split("&") if part and not part.startswith("said=")]
    if said:
        kept.append(f"said={said}")
    return path + (f"?{'&'.join(kept)}" if kept else "") + (f"#{fragment}" if fragment else "")


HANDLERS = [review_page, judge, undo, assign, add_claim]
