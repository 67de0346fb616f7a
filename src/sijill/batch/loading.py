"""What a run has read, handed to a register: nothing is read again, but texts are needed, for a register keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec

from sijill.batch.outputs import manifest_of, reading_of, rows
from sijill.batch.parts import reader_version
from sijill.errors import InputError
from sijill.memory import seldom_collected
from sijill.records import Original, Reading, Report

__all__ = ["Kept", "Loaded", "check_loadable", "load"]

_ROWS, _CHARACTERS = 1000, 4_000_000
"""So many reports are kept in one step, or fewer with so much text: every step writes much of the indexes anew."""

Kept = tuple[Report, Original, bytes, Reading]


class Loaded(NamedTuple):
    """How many reports were new to the register, how many there already, and how many rows have no reading."""

    added: int
    there: int
    without: int


def load(output: str, keep: Callable[[Sequence[Kept]], Sequence[str]], *, now: datetime) -> Loaded:
    """Hand the reports of an output, with their readings, to `keep` (that of a register), many at a time.

    What was kept stays kept, however it ends; done again, it goes on. Raises what `check_loadable` does.

    >>> load("nowhere", lambda rows: [], now=datetime(2022, 2, 2, tzinfo=UTC))
    Traceback (most recent call last):
    sijill.errors.InputError: nowhere holds no readings; make them with: sijill batch read INPUT nowhere
    """
    check_loadable(output)
    counts = {"added": 0, "there": 0}
    without = 0
    with seldom_collected():
        for chunk in _chunks(rows(output)):
            kept = [_kept(row, reading, now) for row in chunk if (reading := reading_of(row))]
            without += len(chunk) - len(kept)
            for said in keep(kept):
                counts[said] += 1
    return Loaded(counts["added"], counts["there"], without)


def check_loadable(output: str) -> None:
    """Raises `InputError` where there is no output, where it was made without texts, or by another version of the reader.

    The readings of that would pass for those of this one.
    """
    manifest = manifest_of(output)
    if not manifest.options.texts:
        raise InputError(
            f"{output} holds no texts, which a register keeps; read it with --texts --anew, or take the input with: sijill add"
        )
    if manifest.reader != reader_version():
        raise InputError(f"{output} was read by {manifest.reader}, and this is {reader_version()}; read it with --anew")


def _chunks(found: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    chunk: list[dict[str, Any]] = []
    length = 0
    for row in found:
        chunk.append(row)
        length += len(row["text"] or "")
        if len(chunk) >= _ROWS or length >= _CHARACTERS:
            yield chunk
            chunk, length = [], 0
    if chunk:
        yield chunk


def _kept(row: Mapping[str, Any], reading: Reading, now: datetime) -> Kept:
    """A report as a register takes it. Its original is the text: the file that it lay in is where it was."""
    report = Report.of(row["text"], id=row["id"], **{name: getattr(reading, name) for name in ("title", "outlet", "url", "published")})
    original = Original(
        sha256=report.sha256,
        media_type="text/plain",
        location=row["place"],
        how="given",
        obtained=now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        charset="utf-8",
    )
    return msgspec.structs.replace(report, language=reading.language), original, row["text"].encode(), reading
