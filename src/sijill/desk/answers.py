"""What the API answers with: records as JSON with a mark of their state (ETag), and refusals in one line with their status."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import Any, TypeVar, cast

import msgspec
from litestar.exceptions import HTTPException, ValidationException
from litestar.response import Response
from sqlalchemy.exc import SQLAlchemyError

from sijill.desk.asking import Asking
from sijill.errors import ChangedError, SijillError, StoreError
from sijill.records import Record

__all__ = ["Refusal", "answer", "etag", "matches", "refusal"]

T = TypeVar("T")

_LONGEST = 1000
"""Characters of what a refusal says: it may repeat what was sent."""


class Refusal(Record, frozen=True, kw_only=True):
    """Why a request was refused, in one line."""

    error: str


def etag(data: bytes) -> str:
    """The mark of some bytes: who has it knows whether they are still the same.

    >>> etag(b"{}")
    '"44136fa355b3678a1146ad16f7e8649e"'
    """
    return f'"{hashlib.sha256(data).hexdigest()[:32]}"'


def matches(header: str, tag: str) -> bool:
    """Whether a mark is among those of a header `If-Match` or `If-None-Match`.

    A mark stands for the record, not for how it was packed on the way, so that one made weak by a proxy that packs counts as well.

    >>> matches('"a", W/"b"', '"b"'), matches("*", '"b"'), matches('"a"', '"b"')
    (True, True, False)
    """
    given = {one.strip().removeprefix("W/") for one in header.split(",")}
    return "*" in given or tag in given


def answer(request: Asking, record: T) -> Response[T]:
    """A record as JSON with its mark, or 304 and nothing where the request knows the mark already."""
    data = msgspec.json.encode(record)
    tag = etag(data)
    known = request.headers.get("if-none-match")
    same = known is not None and matches(known, tag)
    made: Response[Any] = Response(
        None if same else data, status_code=304 if same else 200, media_type="application/json", headers={"ETag": tag}
    )
    return cast(Response[T], made)


def refusal(error: Exception) -> tuple[int, str]:
    """The status of an error and what is said of it, in one line; of what went wrong inside (500 and more) nothing is told.

    >>> refusal(StoreError("the register holds no report ab"))
    (404, 'the register holds no report ab')
    >>> refusal(RuntimeError("secret"))
    (500, 'something went wrong inside the desk; the log says what')
    """
    status, said = _told(error)
    return status, " ".join(said.split())[:_LONGEST]


def _told(error: Exception) -> tuple[int, str]:
    if isinstance(error, ValidationException):
        return 400, _wrong(error)
    if isinstance(error, HTTPException):
        return error.status_code, str(error.detail)
    if isinstance(error, ChangedError):
        return 412, str(error)
    if isinstance(error, StoreError):
        # What the database itself says names its file or its host.
        if isinstance(error.__cause__, SQLAlchemyError | sqlite3.Error):
            return 503, "the register cannot be read or written now; try again, and if it stays so, the log says why"
        return (404 if "holds no" in str(error) else 400), str(error)
    if isinstance(error, SijillError):
        return 400, str(error)
    return 500, "something went wrong inside the desk; the log says what"


def _wrong(error: ValidationException) -> str:
    """Which parameters or fields are wrong, and how."""
    extra = error.extra if isinstance(error.extra, list) else []
    found = [f"{one['key']}: {one['message']}" if one.get("key") else str(one["message"]) for one in extra if "message" in one]
    return "; ".join(found) or str(error.detail)
