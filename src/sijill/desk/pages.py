"""The pages where a register is read. Each asks the register and shows what it says."""

from __future__ import annotations

from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, quote

from litestar import Request, get
from litestar.params import FromPath
from litestar.response import Redirect, Response
from markupsafe import Markup

from sijill.desk import views
from sijill.desk.allowed import allowed
from sijill.desk.asking import register_of
from sijill.desk.curve import HEIGHT, WIDTH, curves
from sijill.desk.exports import FORMATS
from sijill.desk.filters import Asked, asked, query
from sijill.desk.rights import LEVEL_NEEDS, needs
from sijill.errors import StoreError
from sijill.export.html import page_values, script_json
from sijill.reconcile import POLICIES
from sijill.records import Dossier, Judgement
from sijill.register import Register
from sijill.register.agreement import last_words, signers
from sijill.store import ReportFilter
from sijill.store.words import parse

__all__ = ["HANDLERS", "error_page", "register_of"]

_PAGE = 25
_MANY = 1000
"""How far incidents are counted; beyond it, «more than»."""

_Request = Request[Any, Any, Any]


@get("/", opt=needs("read"), sync_to_thread=True, include_in_schema=False)
def register_page(request: _Request) -> Response[str]:
    """The register: a list, a map and a timeline of the incidents of one filter."""
    store = register_of(request).store
    wanted = asked(dict(request.query_params))
    seen = allowed(request)
    page = store.incidents(seen.where(wanted.where), sort=wanted.sort, limit=_PAGE, after=wanted.after)
    found = seen.incidents(page.incidents)
    return views.page(
        request,
        "register.html",
        asked=wanted,
        where=wanted.where,
        rows=views.rows(found, _found(request, wanted, {incident.id: incident.reports for incident in found})),
        count=store.count_incidents(seen.where(wanted.where), most=_MANY),
        most=_MANY,
        empty=store.head()[0] == 0,
        next=query(wanted, after=page.next) if page.next else None,
        first=query(wanted, after=None) if wanted.after else None,
        same=query(wanted, after=None),
        exported=parse_qsl(query(wanted, after=None, sort=None)),
        levels=_levels(request),
        formats=FORMATS,
    )


def _levels(request: _Request) -> list[str]:
    """The levels of redaction at which who asks may hand something on."""
    return [level for level, right in LEVEL_NEEDS.items() if request.scope["user"].may(right)]


def _found(request: _Request, wanted: Asked, reports: dict[str, list[str]]) -> dict[str, Markup]:
    """For each incident of a page the words that the search found, in the first report of it that holds them."""
    text = wanted.where.text
    if not text or not parse(text):
        return {}
    shas = frozenset(sha for row in reports.values() for sha in row)
    hits = register_of(request).store.search(text, ReportFilter(among=shas), limit=len(shas)).hits
    seen = allowed(request).reports(hit.report for hit in hits)
    by_sha = {hit.report.sha256: hit for hit in hits if hit.spans and hit.report.sha256 in seen}
    found = {}
    for id, row in reports.items():
        hit = next((by_sha[sha] for sha in row if sha in by_sha), None)
        if hit is not None:
            found[id] = views.snippet(hit.report.text, [(span.start, span.end) for span in hit.spans])
    return found


@get("/incident/{id:str}", opt=needs("read"), sync_to_thread=True, include_in_schema=False)
def incident_page(request: _Request, id: FromPath[str]) -> Response[str]:
    """One incident: what happened in order, the ledger, the toll over time, contradictions, who tells it, and what was decided."""
    register = register_of(request)
    policy = request.query_params.get("policy") or None
    dossier = register.dossier(id, policy=policy)
    incident, seen = dossier.incident, allowed(request)
    seen.check_incident(incident.id)
    dossier = seen.dossier(dossier)
    pairs = views.pairs(register, incident, seen)
    return views.page(
        request,
        "incident.html",
        incident=incident,
        dossier=dossier,
        parent=register.store.incident(incident.parent) if incident.parent else None,
        parts=views.rows(dossier.parts),
        told=views.told(dossier),
        words_by_claim={one.claim: one for one in dossier.words},
        reports={line.sha256: line for line in dossier.reports},
        families=views.families(dossier),
        curves=curves(incident.curve),
        box=(WIDTH, HEIGHT),
        policies=POLICIES,
        policy=next((figure.policy for figure in incident.figures), "default"),
        pairs=pairs,
        history=_history(register, dossier),
        assigned=register.assigned(id).get(id),
        team=views.names_of_team(request),
        signers=signers(incident, last_words(register.store.judgements())),
        map_data=_map_of(dossier),
        levels=_levels(request),
    )


def _history(register: Register, dossier: Dossier) -> list[Judgement]:
    """What was decided of the incident's claims, the latest first; nothing is left out that was taken back later."""
    claims = {word.claim for word in dossier.words} | set(dossier.incident.events)
    return [j for j in reversed(register.store.judgements()) if j.claim in claims or j.other in claims]


def _map_of(dossier: Dossier) -> Markup | None:
    """The places of an incident and of its parts, as areas."""
    places = {(p.name, p.lat, p.lon): p for one in (dossier.incident, *dossier.parts) for p in one.places if p.lat is not None}
    if not places:
        return None
    rows = [
        {"ar": p.name, "en": p.name_en or p.name, "lat": p.lat, "lon": p.lon, "km": p.radius_km or 1}
        for p in sorted(places.values(), key=lambda p: -(p.radius_km or 0))
    ]
    return script_json(rows)


@get("/report/{sha:str}", opt=needs("read"), sync_to_thread=True, include_in_schema=False)
def report_page(request: _Request, sha: FromPath[str]) -> Response[str] | Redirect:
    """A report with the evidence marked in its text, and the record beside it. With `claim`, opened at the words of that claim."""
    register = register_of(request)
    report, reading = register.store.report(sha), register.reading(sha)
    allowed(request).check_report(sha)
    raw = next(register.store.readings([sha]))
    values = page_values(report, reading)
    claim = request.query_params.get("claim")
    if claim is not None:
        kinds = (("figure", figure) for figure in reading.figures), (("event", event) for event in reading.events)
        key = next((values["key"](kind, one.id) for row in kinds for kind, one in row if one.claim == claim), None)
        if key is None:
            raise StoreError(f"the register holds no claim {claim} of this report as it is read now")
        return Redirect(f"/report/{sha}#r-{quote(key)}", status_code=303)
    return views.page(
        request,
        "report.html",
        **values,
        within=True,
        acquisitions=register.store.acquisitions(sha),
        homes=views.homes(register, reading),
        decided=views.decided(register, raw),
        left_out=views.left_out(raw, reading),
    )


@get("/report/{sha:str}/original/{original:str}", opt=needs("read"), sync_to_thread=True, include_in_schema=False)
def original_file(request: _Request, sha: FromPath[str], original: FromPath[str]) -> Response[bytes]:
    """The bytes that a report came from, to be saved: never shown by the browser."""
    store = register_of(request).store
    allowed(request).check_report(sha)
    if original not in {acquired.original.sha256 for acquired in store.acquisitions(sha)}:
        raise StoreError(f"the register holds no original {original} of this report")
    headers = {"Content-Disposition": f'attachment; filename="{original[:16]}.bin"'}
    return Response(store.original(original), media_type="application/octet-stream", headers=headers)


@get("/reports", opt=needs("read"), sync_to_thread=True, include_in_schema=False)
def reports_page(request: _Request) -> Response[str]:
    """Reports found by their words, or all, the newest first."""
    given = {name: request.query_params.get(name, "").strip() or None for name in ("q", "since", "until", "outlet", "after")}
    where = ReportFilter(since=given["since"], until=given["until"], outlet=given["outlet"])
    hits = register_of(request).store.search(given["q"], where, limit=_PAGE, after=given["after"])
    seen = allowed(request).reports(hit.report for hit in hits.hits)
    rows = [
        (hit.report, views.snippet(hit.report.text, [(s.start, s.end) for s in hit.spans]) if hit.spans else None)
        for hit in hits.hits
        if hit.report.sha256 in seen
    ]
    return views.page(
        request, "reports.html", given=given, rows=rows, next=views.address(given | {"after": hits.next}) if hits.next else None
    )


@get("/audit", opt=needs("read"), sync_to_thread=True, include_in_schema=False)
def audit_page(request: _Request) -> Response[str]:
    """The audit log, the latest first, and the hash that binds all of it."""
    store = register_of(request).store
    last, head = store.head()
    try:
        before = min(last + 1, int(request.query_params.get("before", last + 1)))
    except ValueError:
        before = last + 1
    first = max(0, before - 1 - 4 * _PAGE)
    entries = list(islice(store.audit(after=first), before - 1 - first))
    return views.page(request, "audit.html", entries=entries[::-1], last=last, head=head, earlier=first + 1 if first else None)


def error_page(request: _Request, status: int, said: str) -> Response[str]:
    """A page that says what went wrong, in one line."""
    return views.page(request, "error.html", status=status, wrong=said)


HANDLERS = [register_page, incident_page, report_page, original_file, reports_page, audit_page]
