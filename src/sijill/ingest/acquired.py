"""What comes of collecting: a report with the bytes it was read from, or why there is none.

The report holds the text that is kept. `Original` holds the bytes as they were found, so that anybody can check the one
against the other, and read them anew when the reading of a format has become better.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

import msgspec

from sijill.ingest.language import language_of
from sijill.records import Report

__all__ = ["Acquired", "Clock", "Content", "Failed", "How", "Original", "Provenance", "acquired_from", "utc_now"]

How = Literal["file", "fetched", "archive", "feed", "row"]
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time of the machine, in UTC. Whoever wants the same record twice gives another clock.

    >>> utc_now().tzinfo
    datetime.timezone.utc
    """
    return datetime.now(UTC)


class Original(msgspec.Struct, frozen=True, kw_only=True):
    """The bytes that a report was read from, untouched, with where, when and how they were obtained.

    `location` is a path, a URL, or «archive.wacz!/member» for what lies in an archive. `charset` is what the bytes were decoded
    from, where they are text. `headers` are a few lines of what a server said: content-type, last-modified, final-url, redirects;
    for an archive also captured, the time at which the archive took the page.
    """

    sha256: str
    data: bytes
    media_type: str
    location: str
    how: How
    obtained: str
    charset: str | None = None
    headers: dict[str, str] = {}


class Acquired(msgspec.Struct, frozen=True, kw_only=True):
    """A report and what it was read from. `warnings` say in one line each what was doubtful about the taking."""

    report: Report
    original: Original
    byline: str | None = None
    warnings: list[str] = []


class Failed(msgspec.Struct, frozen=True, kw_only=True):
    """What gave no report, and why, in one line that says what to do.

    `skipped` marks what nobody meant to be a report: pictures and style sheets in a folder, or a frame in an archive.
    """

    location: str
    error: str
    skipped: bool = False


class Provenance(msgspec.Struct, frozen=True, kw_only=True):
    """Where bytes come from, before anyone knows what they hold."""

    location: str
    how: How
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    headers: dict[str, str] = {}


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader of a format found in some bytes: the text, and what the bytes themselves say of it."""

    text: str
    media_type: str
    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    byline: str | None = None
    language: str | None = None
    charset: str | None = None
    warnings: list[str] = []


def acquired_from(content: Content, data: bytes, source: Provenance, *, obtained: datetime) -> Acquired:
    """The report that content makes, with the bytes it came from.

    >>> found = acquired_from(
    ...     Content(text="قُتل مدني", media_type="text/plain"),
    ...     "قُتل مدني".encode(),
    ...     Provenance(location="a.txt", how="file"),
    ...     obtained=datetime(2022, 2, 2, tzinfo=UTC),
    ... )
    >>> found.report.language, found.original.obtained, found.original.sha256[:8]
    ('ar', '2022-02-02T00:00:00Z', '103a4d1a')
    """
    language = language_of(content.text, hint=content.language)
    report = Report.of(
        content.text,
        id=content.id,
        title=content.title,
        outlet=content.outlet,
        url=content.url,
        published=content.published,
    )
    original = Original(
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
        media_type=content.media_type,
        location=source.location,
        how=source.how,
        obtained=obtained.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        charset=content.charset,
        headers=source.headers,
    )
    warnings = list(content.warnings)
    if language != "ar":
        warnings.append(f"the text is not Arabic ({language}): it is kept, and not read")
    return Acquired(report=msgspec.structs.replace(report, language=language), original=original, byline=content.byline, warnings=warnings)
