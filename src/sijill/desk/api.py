"""The register as JSON over HTTP, under `/api/v1`: the same records as everywhere, the same verbs as those of `Register`.

Asking adds nothing and decides nothing. What is decided is signed with the name of who asks. Wrong parameters are refused, and lists
come in pages.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any

import msgspec
from litestar import Router
from litestar.di import NamedDependency, Provide
from litestar.exceptions import HTTPException, NotFoundException
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema
from litestar.params import JSONBody, QueryParameter, RawBody, SkipValidation
from litestar.response import Response

from sijill.desk.allowed import allowed
from sijill.desk.answers import answer, etag, matches
from sijill.desk.asking import Asking, name_of, register_of
from sijill.desk.exports import export, incident_file
from sijill.desk.jobs import Job, Jobs
from sijill.desk.parameters import (
    After,
    Id,
    IfMatch,
    Limit,
    Policy,
    Sha,
    known_only,
)
from sijill.desk.routes import JSON, LINES, SMALL, WHERE, WHICH, get_route, post_route
from sijill.errors import StoreError
from sijill.export.redact import Redaction
from sijill.records import Decision, Dossier, EventClaim, FigureClaim, Incident, Judgement, Reading, Record, Report
from sijill.register import Register
from sijill.store import IncidentFilter, ReportFilter
from sijill.store.audit import Verification
from sijill.store.incidents import Order
from sijill.store.kept import Acquisition, Counts, Entry, Hits, Incidents, Map, Months

__all__ = ["Claim", "Decide", "Entries", "Judgements", "Undo", "router"]

_MOST_REPORTS = 10_000


class Decide(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decision, as `Register.judge` takes it: `same` and `different` name two events or incidents, the others one claim."""

    decision: Decision
    subject: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    other: Annotated[str, msgspec.Meta(min_length=1, max_length=100)] | None = None
    field: Annotated[str, msgspec.Meta(min_length=1, max_length=50)] | None = None
    value: Any = None
    note: Annotated[str, msgspec.Meta(max_length=4000)] | None = None


class Undo(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a judgement is taken back."""

    note: Annotated[str, msgspec.Meta(max_length=4000)] | None = None


class Judgements(Record, frozen=True, kw_only=True):
    """A page of judgements in the order of addition; `next` continues it, and is null at the end."""

    judgements: list[Judgement]
    next: str | None = None


class Claim(Record, frozen=True, kw_only=True):
    """A claim of an event or of a figure, the other being null; its report, the reader that made it, and whether it still makes it."""

    event: EventClaim | None = None
    figure: FigureClaim | None = None
    report: str
    reader: str
    current: bool


class Entries(Record, frozen=True, kw_only=True):
    """A page of the audit log; `next` continues it, and is null at the end."""

    entries: list[Entry]
    next: int | None = None


# --- incidents -------------------------------------------------------------------------------------------------------


@get_route("/incidents", "read", "incidents", dependencies=WHERE)
def incidents(
    request: Asking,
    where: NamedDependency[IncidentFilter],
    sort: Annotated[Order, QueryParameter(description="The latest, the most harmful or the most told first.")] = "date",
    limit: Limit = 50,
    after: After = None,
) -> Response[Incidents]:
    """Incidents of a filter. A page goes on where the one before ended, whatever was added meanwhile."""
    seen = allowed(request)
    page = register_of(request).store.incidents(seen.where(where), sort=sort, limit=limit, after=after)
    return answer(request, msgspec.structs.replace(page, incidents=seen.incidents(page.incidents)))


@get_route("/incidents/map", "read", "incidents", dependencies=WHERE)
def incidents_map(request: Asking, where: NamedDependency[IncidentFilter]) -> Response[Map]:
    """Incidents of a filter on a map. At most 1,000 stand as points, those with the most harm; all others are counted in cells."""
    seen = allowed(request)
    found = register_of(request).store.map_of(seen.where(where))
    hidden = seen.hidden(point.id for point in found.points)
    return answer(request, msgspec.structs.replace(found, points=[point for point in found.points if point.id not in hidden]))


@get_route("/incidents/months", "read", "incidents", dependencies=WHERE)
def incidents_months(request: Asking, where: NamedDependency[IncidentFilter]) -> Response[Months]:
    """How many incidents of a filter began in each month, and how many were killed in them by the best figures."""
    return answer(request, register_of(request).store.months_of(allowed(request).where(where)))


@get_route("/incidents/{id:str}", "read", "incidents", 404)
def incident(request: Asking, id: Id) -> Response[Incident]:
    """One incident, with the likeliest pairs that are possibly the same."""
    found = register_of(request).incident(id)
    allowed(request).check_incident(id)
    return answer(request, found)


@get_route("/incidents/{id:str}/dossier", "read", "incidents", 404)
def dossier(
    request: Asking,
    id: Id,
    policy: Policy = None,
    level: Annotated[Redaction, QueryParameter(description="What is left out, to hand it on: see the route for exports.")] = "full",
) -> Response[Dossier]:
    """Everything to answer for an incident with. The id may be that of a claim, which leads to its incident."""
    found = register_of(request).disclosed_dossier(id, policy=policy, level=level)
    seen = allowed(request)
    seen.check_incident(found.incident.id)
    return answer(request, seen.dossier(found))


@get_route("/incidents/{id:str}/parts", "read", "incidents", 404)
def parts(request: Asking, id: Id) -> Response[list[Incident]]:
    """The parts of an incident, in the order of their days."""
    register = register_of(request)
    register.store.incident(id)  # raises where there is none
    seen = allowed(request)
    seen.check_incident(id)
    return answer(request, seen.incidents(register.parts(id)))


# --- reports and claims ----------------------------------------------------------------------------------------------


@get_route("/reports", "read", "reports", dependencies=WHICH)
def reports(
    request: Asking,
    which: NamedDependency[ReportFilter],
    q: Annotated[str | None, QueryParameter(max_length=500, description="Words to find: «…» or quotes for a phrase, -word, OR.")] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=100, description="How many at most.")] = 20,
    after: After = None,
) -> Response[Hits]:
    """Reports that hold some words, whatever their spelling, the newest first, with where the words stand; without words all reports."""
    found = register_of(request).search(q, which, limit=limit, after=after)
    seen = allowed(request).reports(hit.report for hit in found.hits)
    return answer(request, msgspec.structs.replace(found, hits=[hit for hit in found.hits if hit.report.sha256 in seen]))


@get_route("/reports/{sha256:str}", "read", "reports", 404)
def report(request: Asking, sha256: Sha) -> Response[Report]:
    """One report as it was first added, by the SHA-256 of its text."""
    allowed(request).check_report(sha256)
    return answer(request, register_of(request).store.report(sha256))


@get_route("/reports/{sha256:str}/reading", "read", "reports", 404)
def reading(request: Asking, sha256: Sha) -> Response[Reading]:
    """What was read from a report, as reviewers left it."""
    allowed(request).check_report(sha256)
    return answer(request, register_of(request).reading(sha256))


@get_route("/reports/{sha256:str}/acquisitions", "read", "reports", 404)
def acquisitions(request: Asking, sha256: Sha) -> Response[list[Acquisition]]:
    """How a report was obtained: every outlet that had the same words, with the SHA-256 of the bytes that they came from."""
    store = register_of(request).store
    store.report(sha256)  # raises where there is none
    allowed(request).check_report(sha256)
    return answer(request, store.acquisitions(sha256))


@get_route("/originals/{sha256:str}", "judge", "reports", 404, media_type="application/octet-stream")
def original(request: Asking, sha256: Sha) -> Response[bytes]:
    """The bytes that a report came from, by their SHA-256. They may be anything, and are given to be saved, never to be shown."""
    data, tag = register_of(request).store.original(sha256), etag(sha256.encode())
    known = request.headers.get("if-none-match")
    same = known is not None and matches(known, tag)
    return Response(
        b"" if same else data,
        status_code=304 if same else 200,
        media_type="application/octet-stream",
        headers={
            "ETag": tag,
            "Content-Disposition": f'attachment; filename="{sha256}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


@get_route("/claims/{id:str}", "read", "reports", 404)
def claim(request: Asking, id: Id) -> Response[Claim]:
    """A claim by its content id, from the latest reading that makes it."""
    found = register_of(request).store.claims([id]).get(id)
    if found is None:
        raise NotFoundException(f"the register holds no claim {id}")
    allowed(request).check_report(found.report)
    event, figure = (found.claim, None) if isinstance(found.claim, EventClaim) else (None, found.claim)
    return answer(request, Claim(event=event, figure=figure, report=found.report, reader=found.reader, current=found.current))


@post_route("/reports", "edit", "reports", types=(JSON, LINES), status_code=202, operation_class=lambda **given: _LinesSent(**given))
def add_reports(request: Asking, body: RawBody, jobs: SkipValidation[NamedDependency[Jobs]]) -> Response[Job]:
    """Add reports: a list of JSON objects, or one object a line. They are added by a job, which `Location` leads to.

    Each has a `text`, and may have `id`, `title`, `outlet`, `url` and `published` (YYYY-MM-DD). One that cannot be read is named by the
    job, and the rest goes on. A text that is there already changes nothing, so that what was broken off can be sent again.
    """
    lines = _objects(body) if request.content_type[0] == JSON else list(enumerate(body.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1))
    lines = [(number, line) for number, line in lines if line.strip()]
    if not lines:
        raise HTTPException(status_code=400, detail="body: there is no report in it")
    if len(lines) > _MOST_REPORTS:
        raise HTTPException(status_code=413, detail=f"body: more than {_MOST_REPORTS:,} reports; send them in several requests")
    job = jobs.submit(lines, by=name_of(request))
    if job is None:
        raise HTTPException(status_code=429, detail="as many jobs wait as may; try again when one has ended", headers={"Retry-After": "10"})
    return Response(job, headers={"Location": f"/api/v1/jobs/{job.id}"})


def _objects(body: bytes) -> list[tuple[int, bytes]]:
    """The members of a JSON list, numbered, each as it stands."""
    try:
        return [(number, bytes(one)) for number, one in enumerate(msgspec.json.decode(body, type=list[msgspec.Raw]), 1)]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise HTTPException(status_code=400, detail=f"body: not a list of JSON objects ({wrong})") from wrong


@dataclass
class _LinesSent(Operation):
    """The body of `add_reports` in the OpenAPI document."""

    def __post_init__(self) -> None:
        text = Schema(type=OpenAPIType.STRING)
        optional = {name: Schema(type=[OpenAPIType.STRING, OpenAPIType.NULL]) for name in ("id", "title", "outlet", "url")}
        day = Schema(type=[OpenAPIType.STRING, OpenAPIType.NULL], description="The day of publication, YYYY-MM-DD.")
        one = Schema(type=OpenAPIType.OBJECT, properties={"text": text, **optional, "published": day}, required=["text"])
        many = Schema(type=OpenAPIType.ARRAY, items=one, min_items=1, max_items=_MOST_REPORTS)
        self.request_body = RequestBody(
            required=True,
            description=f"At most {_MOST_REPORTS:,} reports and 32 MB. As {LINES}: one such object a line.",
            content={JSON: OpenAPIMediaType(schema=many), LINES: OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING))},
        )


@get_route("/jobs/{id:str}", "edit", "reports", 404)
def job(request: Asking, id: Id, jobs: SkipValidation[NamedDependency[Jobs]]) -> Response[Job]:
    """How far a job has come, and what is wrong with which line."""
    found = jobs.get(id)
    if found is None:
        raise NotFoundException(f"there is no job {id}; jobs are forgotten when the desk ends, and long after they ended")
    return answer(request, found)


# --- judgements ------------------------------------------------------------------------------------------------------


@get_route("/judgements", "read", "judgements")
def judgements(
    request: Asking,
    claim: Annotated[str | None, QueryParameter(min_length=1, max_length=100, description="Only those of this claim.")] = None,
    standing: Annotated[bool, QueryParameter(description="Only those that decide something: not taken back, and no taking back.")] = False,
    limit: Limit = 50,
    after: Annotated[str | None, QueryParameter(min_length=1, max_length=200, description="The id of the last one seen.")] = None,
) -> Response[Judgements]:
    """What was decided, by whom, when and why, in the order of addition."""
    every = register_of(request).store.judgements()
    keep = {one.id for one in (register_of(request).store.judgements(standing=True) if standing else every)}
    begin = 0
    if after is not None:
        begin = next((at for at, one in enumerate(every, 1) if one.id == after), 0)
        if begin == 0:
            raise HTTPException(status_code=400, detail="after: there is no judgement of that id")
    found = [one for one in every[begin:] if one.id in keep and (claim is None or claim in (one.claim, one.other))]
    return answer(request, Judgements(judgements=found[:limit], next=found[limit - 1].id if len(found) > limit else None))


@post_route("/judgements", "judge", "judgements", 404, 412, **SMALL)
def judge(
    request: Asking,
    data: JSONBody[Decide],
    if_match: IfMatch = None,
) -> list[Judgement]:
    """Keep a decision, and link anew what it touches. Nothing is ever overwritten, so that of two who decide neither is lost.

    With `If-Match` it is kept only if the incident is as it was when its mark was taken. The first of the judgements that come back is
    the one to take back.
    """
    still = None if if_match is None else (lambda found: matches(if_match, etag(msgspec.json.encode(found))))
    return register_of(request).judge(
        data.decision,
        data.subject,
        data.other,
        field=data.field,
        value=data.value,
        note=data.note,
        by=name_of(request),
        still=still,
    )


@post_route("/judgements/{id:str}/undo", "judge", "judgements", 404, 409, **SMALL)
def undo(request: Asking, id: Id, data: JSONBody[Undo]) -> list[Judgement]:
    """Take back a judgement with all that was kept by the same decision. It stays in the register, and so does this."""
    register = register_of(request)
    if all(one.id != id for one in register.store.judgements()):
        raise NotFoundException(f"the register holds no judgement {id}")
    try:
        return register.undo(id, by=name_of(request), note=data.note)
    except StoreError as wrong:
        if wrong.__cause__ is not None:  # the database failed
            raise
        raise HTTPException(status_code=409, detail=f"the judgement {id} is taken back already") from wrong


# --- the whole -------------------------------------------------------------------------------------------------------


@get_route("/audit", "read", "register")
def audit(
    request: Asking,
    after: Annotated[
        int, QueryParameter(ge=0, le=2**53, schema_extra={"minimum": 0}, description="The number of the last entry seen.")
    ] = 0,
    limit: Limit = 50,
) -> Response[Entries]:
    """The audit log in order: who did what, each entry with the hash of the one before."""
    rows = register_of(request).store.audit(after=after)
    found = list(islice(rows, limit + 1))
    rows.close()  # type: ignore[attr-defined] # a generator: it holds a connection until it is closed
    return answer(request, Entries(entries=found[:limit], next=found[limit - 1].number if len(found) > limit else None))


@get_route("/counts", "read", "register")
def counts(request: Asking) -> Response[Counts]:
    """How much the register holds."""
    return answer(request, register_of(request).count())


@get_route("/verify", "edit", "register", 409)
def verify(request: Asking, verifying: SkipValidation[NamedDependency[Any]]) -> Response[Verification]:
    """Everything that is kept, checked against its hashes, its evidence and the audit log. Of a large register it takes minutes."""
    if not verifying.acquire(blocking=False):
        raise HTTPException(status_code=409, detail="the register is being verified already; wait for that to end")
    try:
        return answer(request, register_of(request).verify())
    finally:
        verifying.release()


_ROUTES = [
    export,
    incidents,
    incidents_map,
    incidents_months,
    incident,
    dossier,
    incident_file,
    parts,
    reports,
    report,
    reading,
    acquisitions,
    original,
    claim,
    add_reports,
    job,
    judgements,
    judge,
    undo,
    audit,
    counts,
    verify,
]


def router(register: Register) -> Router:
    """The routes of a register's API, with the jobs that add to it."""
    jobs, verifying = Jobs(register), threading.Lock()
    return Router(
        "/api/v1",
        route_handlers=_ROUTES,
        before_request=known_only,
        dependencies={
            "jobs": Provide(lambda: jobs, sync_to_thread=False),
            "verifying": Provide(lambda: verifying, sync_to_thread=False),
        },
        security=[{"session": []}, {"token": []}],
    )
