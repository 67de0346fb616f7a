"""How routes of the API are made: each says in the OpenAPI document what it needs, how it refuses, and what it takes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any

from litestar import get, post
from litestar.connection import ASGIConnection
from litestar.datastructures import ResponseHeader
from litestar.di import Provide
from litestar.exceptions import HTTPException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec

from sijill.desk.answers import Refusal
from sijill.desk.parameters import incident_filter, known_and_json, report_filter
from sijill.desk.protect import JSON_ALONE
from sijill.desk.rights import Right, needs

__all__ = ["JSON", "LINES", "SMALL", "WHERE", "WHICH", "get_route", "made", "post_route"]

JSON, LINES = "application/json", "application/x-ndjson"

_SAID = {
    304: "It is as it was when the mark of `If-None-Match` was given.",
    400: "A parameter or the body is wrong; which one, and how.",
    401: "Nobody is signed in, or the token is not known.",
    403: "The right that is needed is missing.",
    404: "The register holds no such thing.",
    409: "It cannot be done as things stand.",
    412: "The incident has changed since its mark was taken; nothing was kept.",
    413: "The body is larger than is taken.",
    415: "The body is of another type than is taken.",
    429: "Too many requests in a minute, or as many jobs wait as may. `Retry-After` says for how many seconds to wait.",
    503: "The register cannot be read or written now.",
}


def made(
    method: Callable[..., Any], path: str, right: Right, tag: str, refused: Iterable[int], **more: Any
) -> Callable[[Callable[..., Any]], HTTPRouteHandler]:
    """A route that says in the OpenAPI document what it needs, and how it refuses."""

    def decorate(function: Callable[..., Any]) -> HTTPRouteHandler:
        said = inspect.getdoc(function) or ""
        handler: HTTPRouteHandler = method(
            path,
            name=f"api.{function.__name__}",
            opt={**needs(right), JSON_ALONE: True},
            sync_to_thread=True,
            tags=[tag],
            operation_id=function.__name__,
            summary=said.split(".")[0],
            description=f"{said}\n\nNeeds the right to {right}.",
            responses=_refusals({400, 401, 403, 429, 503, *refused}),
            **more,
        )(function)
        return handler

    return decorate


def _refusals(statuses: Iterable[int]) -> dict[int, ResponseSpec]:
    return {
        status: ResponseSpec(None if status == 304 else Refusal, description=_SAID[status], generate_examples=False)
        for status in sorted(statuses)
    }


_MARK = ResponseHeader(name="ETag", description="The mark of this state of it, for If-None-Match and If-Match.", documentation_only=True)


def get_route(path: str, right: Right, tag: str, *refused: int, **more: Any) -> Callable[[Callable[..., Any]], HTTPRouteHandler]:
    """A route that reads, and whose answer carries a mark."""
    return made(get, path, right, tag, (304, *refused), response_headers=[_MARK], **more)


def post_route(
    path: str, right: Right, tag: str, *refused: int, types: tuple[str, ...] = (JSON,), **more: Any
) -> Callable[[Callable[..., Any]], HTTPRouteHandler]:
    """A route that writes. Its body is of a type that no form can send and that a script of another page may not send unasked.

    That, and what browsers say of where a request comes from, keeps pages of others out; hence programs need no value from a form.
    """
    return made(post, path, right, tag, (413, 415, *refused), guards=[_sent_as(types)], **more)


def _sent_as(types: tuple[str, ...]) -> Callable[[ASGIConnection[Any, Any, Any, Any], BaseRouteHandler], None]:
    def guard(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        if connection.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            raise PermissionDeniedException("a page of another site may not write here")
        sent = connection.headers.get("content-type", "").partition(";")[0].strip().lower()
        if sent not in types:
            raise HTTPException(status_code=415, detail=f"send the body as {' or '.join(types)}")

    return guard


SMALL: dict[str, Any] = {"request_max_body_size": 64 << 10, "before_request": known_and_json}
WHERE = {"where": Provide(incident_filter, sync_to_thread=False)}
WHICH = {"which": Provide(report_filter, sync_to_thread=False)}
