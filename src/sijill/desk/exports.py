"""What a register hands on over HTTP: its incidents in a form, and the file of one incident, at the level that a role allows."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Annotated, Literal, get_args

from litestar import get
from litestar.di import NamedDependency
from litestar.exceptions import PermissionDeniedException
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIResponse, OpenAPIType, Operation, Schema
from litestar.params import QueryParameter
from litestar.response import Response, Stream

from sijill.desk.allowed import allowed
from sijill.desk.asking import Asking, register_of
from sijill.desk.parameters import Id, Policy
from sijill.desk.rights import LEVEL_NEEDS, Person
from sijill.desk.routes import JSON, LINES, WHERE, made
from sijill.export import tables
from sijill.export.forms import FORMS, form_of
from sijill.export.redact import Redaction
from sijill.register import Register
from sijill.register.exporting import dossier_file, write_form
from sijill.store import IncidentFilter

__all__ = ["FORMATS", "export", "incident_file"]


Format = Literal[
    "csv", "jsonl", "parquet", "acled", "acled-bare", "ucdp", "ucdp-bare", "plover", "geojson", "kml", "ics", "jsonld", "annotations",
    "hxl", "timemap", "ftm", "ftm-statements", "uwazi", "atlos", "labelstudio", "xlsx",
]  # fmt: skip
FORMATS: tuple[str, ...] = get_args(Format)
_PLAIN = {"csv": "text/csv", "jsonl": LINES, "parquet": "application/vnd.apache.parquet"}
_FILES = {"html": "text/html", "pdf": "application/pdf", "json": JSON}
_PIECE = 64 << 10


@dataclass
class _Exported(Operation):
    """The answers of `export` in the OpenAPI document."""

    def __post_init__(self) -> None:
        content = _content([*_PLAIN.values(), *(form.media_type for form in FORMS)])
        self.responses = {**(self.responses or {}), "200": OpenAPIResponse("The file.", content=content)}


@dataclass
class _File(Operation):
    """The answers of `incident_file` in the OpenAPI document."""

    def __post_init__(self) -> None:
        self.responses = {**(self.responses or {}), "200": OpenAPIResponse("The file.", content=_content(_FILES.values()))}


def _content(media_types: Iterable[str]) -> dict[str, OpenAPIMediaType]:
    """What files of some media types are: anything where it is JSON, else text or bytes."""
    text, anything = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING)), OpenAPIMediaType(schema=Schema())
    return {one: anything if one.endswith("json") and one != LINES else text for one in media_types}


@made(get, "/export", "read", "register", (), dependencies=WHERE, operation_class=_Exported)
def export(
    request: Asking,
    where: NamedDependency[IncidentFilter],
    format: Annotated[Format, QueryParameter(description="A plain table, or one of the formats of docs/exchange.md.")],
    level: Annotated[Redaction, QueryParameter(description="What is left out.")],
    table: Annotated[
        Literal["incidents", "figures", "claims"], QueryParameter(description="Of what a plain table has a row: csv, jsonl, parquet.")
    ] = "incidents",
) -> Stream:
    """The incidents of a filter in a format. Tables of csv and jsonl are sent while they are made, others when they are complete.

    `public` leaves out the names of people, what reports say, exact sites, and incidents of some kinds; who may read may have it.
    `internal` leaves out the names of people and what reports say, and needs the right to judge. `full` is everything, and needs the right
    to edit. A table that was redacted says so in a column `redaction`.
    """
    _check_level(request, level)
    register = register_of(request)
    if format in ("csv", "jsonl"):
        incidents, also = register.disclosed(where, level=level)
        pieces = _pieces(tables.lines(incidents, form=format, table=table, also=also))
    else:
        pieces = _of_a_file(register, where, format, table, level)
    begun = next(pieces, b"")  # what fails at once is told by the status, which cannot be taken back later
    media_type = _PLAIN.get(format) or form_of(format).media_type
    ending = f".{format}" if format in _PLAIN else form_of(format).ending
    return Stream(
        chain([begun], pieces),
        media_type=f"{media_type}; charset=utf-8" if media_type == LINES else media_type,  # to text Litestar adds it
        headers={"Content-Disposition": f'attachment; filename="{table}-{level}{ending}"'},
    )


@made(get, "/incidents/{id:str}/file", "read", "incidents", (404,), operation_class=_File)
def incident_file(
    request: Asking,
    id: Id,
    level: Annotated[Redaction, QueryParameter(description="What is left out: see the route for exports.")],
    format: Annotated[Literal["html", "pdf", "json"], QueryParameter(description="A page, a PDF, or the evidence alone.")] = "html",
    lang: Annotated[Literal["ar", "en"], QueryParameter(description="The language that a page opens in and a PDF is in.")] = "ar",
    policy: Policy = None,
) -> Response[bytes]:
    """The file of an incident, to keep and to hand on: every claim with its words, texts with their hashes, decisions and method.

    It can be checked without sijill. What each level needs is said at the route for exports.
    """
    _check_level(request, level)
    register = register_of(request)
    home = register.dossier(id).incident.id
    allowed(request).check_incident(home)
    content = dossier_file(register, home, form=format, policy=policy, level=level, lang=lang)
    headers = {"Content-Disposition": f'attachment; filename="{home}-{level}.{format}"'}
    return Response(content, media_type=_FILES[format], headers=headers)


def _check_level(request: Asking, level: Redaction) -> None:
    person: Person = request.scope["user"]
    right = LEVEL_NEEDS[level]
    if not person.may(right):
        raise PermissionDeniedException(
            f"your role, {person.role}, does not include the right to {right}, which an export at {level} needs"
        )


def _of_a_file(register: Register, where: IncidentFilter, form: str, table: str, level: Redaction) -> Iterator[bytes]:
    """A file that must be complete before it can be sent, in pieces; it has no name, and goes when it was sent."""
    with tempfile.TemporaryFile() as file:
        write_form(register, file, form=form, table=table, where=where, level=level)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _pieces(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines in pieces that are worth sending."""
    held, size = list[bytes](), 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _PIECE:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)
