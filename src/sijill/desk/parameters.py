"""The parameters of the API: what they are called, what they may be, and what is refused.

Pages pass over what they cannot understand and name it; whoever writes a program is better served by a refusal, for a filter with a
misspelt name would give everything.
"""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Annotated, TypeAlias

import msgspec
from litestar.exceptions import ValidationException
from litestar.params import HeaderParameter, PathParameter, QueryParameter

from sijill.desk.asking import Asking
from sijill.records import EventKind, Modality
from sijill.store import Box, IncidentFilter, Near, ReportFilter

__all__ = ["After", "Id", "IfMatch", "Limit", "Number", "Policy", "Sha", "incident_filter", "known_and_json", "known_only", "report_filter"]

_DEGREES = r"-?\d{1,3}(?:\.\d{1,15})?"
_MANY = 1_000_000_000
_FROM_ZERO = {"minimum": 0}
"""For the document, where a least of nought is left out otherwise."""

Limit: TypeAlias = Annotated[int, QueryParameter(ge=1, le=500, description="How many at most.")]
After: TypeAlias = Annotated[
    str | None, QueryParameter(min_length=1, max_length=500, description="Where to go on: `next` of the page before, with the same filter.")
]
Id: TypeAlias = Annotated[str, PathParameter(min_length=1, max_length=100, description="An id, as lists and records give it.")]
Sha: TypeAlias = Annotated[str, PathParameter(pattern="^[0-9a-f]{64}$", description="A SHA-256, as 64 hex digits.")]
Policy: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        pattern=r"^(default|ucdp|acled|official|source:[^\s]{1,100})$",
        description="How figures are reconciled for this answer: default, ucdp, acled, official or source:ID.",
    ),
]

Number: TypeAlias = Annotated[
    int, QueryParameter(ge=0, le=2**53, schema_extra=_FROM_ZERO, description="Where to go on: the number of the last entry seen.")
]
IfMatch: TypeAlias = Annotated[
    str | None,
    HeaderParameter(name="If-Match", min_length=1, max_length=1000, description="The ETag of the incident that the subject is, or is of."),
]


def _words(said: str, longest: int = 200) -> object:
    return QueryParameter(min_length=1, max_length=longest, description=said)


def _people(said: str) -> object:
    return QueryParameter(ge=0, le=_MANY, schema_extra=_FROM_ZERO, description=said)


def incident_filter(
    since: Annotated[datetime.date | None, QueryParameter(description="May have happened on or after this day.")] = None,
    until: Annotated[datetime.date | None, QueryParameter(description="May have happened on or before this day.")] = None,
    undated: Annotated[bool, QueryParameter(description="With `since` or `until`: also those whose day is unknown.")] = False,
    place: Annotated[str | None, _words("The name of a place in Arabic or English, or an id of the gazetteer.")] = None,
    box: Annotated[
        str | None,
        QueryParameter(
            pattern=f"^{_DEGREES}(,{_DEGREES}){{3}}$",
            description="A box on the map: south,west,north,east in degrees; over the 180th meridian where west is greater than east.",
        ),
    ] = None,
    near: Annotated[
        str | None,
        QueryParameter(
            pattern=rf"^{_DEGREES},{_DEGREES},\d{{1,5}}(?:\.\d{{1,15}})?$",
            description="Around a point: latitude,longitude,kilometres.",
        ),
    ] = None,
    actor: Annotated[str | None, _words("The id of a doer or target, as sdf.")] = None,
    kind: Annotated[EventKind | None, QueryParameter(description="A kind of event.")] = None,
    modality: Annotated[Modality | None, QueryParameter(description="Whether it is told as a fact, as planned, denied …")] = None,
    country: Annotated[str | None, QueryParameter(pattern="^[A-Z]{2}$", description="ISO 3166 code of a country, as SY.")] = None,
    killed: Annotated[
        int | None, QueryParameter(ge=0, le=_MANY, schema_extra=_FROM_ZERO, description="At least so many killed (best).")
    ] = None,
    injured: Annotated[
        int | None, QueryParameter(ge=0, le=_MANY, schema_extra=_FROM_ZERO, description="At least so many injured (best).")
    ] = None,
    source: Annotated[str | None, _words("An outlet, or who gives a figure.")] = None,
    conflicts: Annotated[bool | None, QueryParameter(description="With contradictions, or without.")] = None,
    text: Annotated[str | None, _words("Words that a report of the incident holds, as for the search of reports.", 500)] = None,
    parent: Annotated[str | None, _words("The id of the incident that it is a part of.", 100)] = None,
    parts: Annotated[bool, QueryParameter(description="Also incidents that are parts of others.")] = True,
) -> IncidentFilter:
    """The incidents that the parameters of a request are about. Raises `ValidationException` for a point or box that is none."""
    return IncidentFilter(
        since=_iso(since),
        until=_iso(until),
        undated=undated,
        place=place,
        box=_box(box) if box else None,
        near=_near(near) if near else None,
        actor=actor,
        kind=kind,
        modality=modality,
        country=country,
        killed=killed,
        injured=injured,
        source=source,
        conflicts=conflicts,
        text=text,
        parent=parent,
        parts=parts,
    )


def report_filter(
    since: Annotated[datetime.date | None, QueryParameter(description="Published on or after this day.")] = None,
    until: Annotated[datetime.date | None, QueryParameter(description="Published on or before this day.")] = None,
    outlet: Annotated[str | None, _words("The outlet that published it, whatever the spelling.")] = None,
    language: Annotated[str | None, QueryParameter(pattern="^[a-z]{2,3}$", description="The language, as ar.")] = None,
) -> ReportFilter:
    """The reports that the parameters of a request are about."""
    return ReportFilter(since=_iso(since), until=_iso(until), outlet=outlet, language=language)


def _iso(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _box(given: str) -> Box:
    south, west, north, east = map(float, given.split(","))
    if not (-90 <= south <= north <= 90 and abs(west) <= 180 and abs(east) <= 180):
        raise _wrong("box", "south and north lie between -90 and 90, south first; west and east between -180 and 180")
    return Box(south=south, west=west, north=north, east=east)


def _near(given: str) -> Near:
    lat, lon, km = map(float, given.split(","))
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise _wrong("near", "latitudes lie between -90 and 90, longitudes between -180 and 180")
    return Near(lat=lat, lon=lon, km=km)


def _wrong(name: str, said: str) -> ValidationException:
    return ValidationException(extra=[{"key": name, "message": said}])


async def known_only(request: Asking) -> None:
    """Refuse a request with a parameter that its route does not have, or that is given twice; the OpenAPI document says which it has.

    Raises `ValidationException` that names the parameter.
    """
    given = Counter(name for name, _ in request.query_params.multi_items())
    if not given:
        return
    known = _parameters(request)
    for name, times in given.items():
        if name not in known:
            raise _wrong(name, f"there is no such parameter here; one of {', '.join(sorted(known)) or '(none)'}")
        if times > 1:
            raise _wrong(name, "it is given twice")


async def known_and_json(request: Asking) -> None:
    """The same, and refuse a body that is no JSON in a way that the framework takes for a fault of its own: not UTF-8, or nested deeply."""
    await known_only(request)
    body = await request.body()
    try:
        msgspec.json.decode(body)
    except UnicodeDecodeError as wrong:
        raise _wrong("body", f"not UTF-8 (byte {wrong.start})") from wrong
    except RecursionError as wrong:
        raise _wrong("body", "nested too deeply") from wrong
    except msgspec.DecodeError as wrong:
        raise _wrong("body", str(wrong)) from wrong


def _parameters(request: Asking) -> set[str]:
    """The names of the query parameters of a request's route."""
    path = (request.app.openapi_schema.paths or {}).get(request.scope["path_template"])
    operation = getattr(path, request.method.lower(), None)
    return {one.name for one in getattr(operation, "parameters", None) or () if one.param_in == "query"}
