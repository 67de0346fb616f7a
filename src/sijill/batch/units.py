"""Units of work: stretches of an input file, each read in one go, and the rows in them.

A unit's id is a hash of the file's name, the stretch, and the bytes. The time of a file plays no part: one that was copied or touched is
the same, one that was changed and has its old size and time is another. The name does, because rows say where they lie. So the id tells
everything that comes out, and a unit that was done once need never be done again.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import IO, Any, Literal, cast

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from sijill.batch.stage import FIELDS, GIVEN
from sijill.errors import InputError
from sijill.ingest.acquired import Acquired
from sijill.ingest.collect import collect
from sijill.ingest.jsonl import JsonLines, LineError
from sijill.ingest.packing import gunzipped, one_line
from sijill.records import Record, Report

__all__ = ["Kind", "Unit", "batches_of", "unit_id"]

Kind = Literal["parquet", "lines", "packed_lines", "archive", "wrong"]

_ROWS, _CHARACTERS = 64, 4_000_000
"""So many rows, or so many characters of text, are handed on at once: all that has to fit into memory."""


class Unit(Record, frozen=True, kw_only=True):
    """A stretch of an input: rows `first` to `first + rows - 1` of the file, counted from 1 (of lines of JSON: its lines).

    `start` and `end` are bytes of lines once unpacked, or `start` the row group of a Parquet file, in which `skip` rows come before.
    No `end` is the end of the file, whatever is wrong with it. `size` and `changed` (in nanoseconds) are those of the file when it was
    cut: when they are no longer so, nothing is read. `problem` says why there is nothing to read in a file that is `wrong`.
    """

    id: str
    name: str
    path: str
    kind: Kind
    size: int
    changed: int
    first: int = 1
    rows: int | None = None
    start: int = 0
    end: int | None = None
    skip: int = 0
    problem: str = ""


def unit_id(name: str, kind: Kind, where: object, content: str) -> str:
    """The id of a stretch of a file: 32 hex digits.

    >>> unit_id("a.jsonl", "lines", (0, 10), "ab") == unit_id("a.jsonl", "lines", (0, 10), "ac")
    False
    """
    return hashlib.sha256(msgspec.json.encode([name, kind, where, content])).hexdigest()[:32]


def batches_of(unit: Unit) -> Iterator[pa.RecordBatch]:
    """The rows of a unit, a few at a time, with `place` and, where there is no text to read, `error`.

    Raises `InputError` where the file is gone, or was changed since it was cut into units: then nothing of the unit may be kept.
    """
    _check_unchanged(unit)
    yield from _READERS[unit.kind](unit)
    _check_unchanged(unit)


def _check_unchanged(unit: Unit) -> None:
    try:
        found = os.stat(unit.path)
    except OSError as wrong:
        raise InputError(f"cannot read {unit.name}: {wrong.strerror or wrong}") from wrong
    if (found.st_size, found.st_mtime_ns) != (unit.size, unit.changed):
        raise InputError(f"{unit.name} was changed while it was read; run this again when nothing writes to it")


# --- Parquet ---------------------------------------------------------------------------------------------------------


def _parquet(unit: Unit) -> Iterator[pa.RecordBatch]:
    """What cannot be unpacked is a row that says so; the rows after it in the unit are lost with it."""
    row = unit.first
    try:
        for batch in _stretch_of_group(unit):
            yield _placed(batch, unit.name, row)
            row += batch.num_rows
    except (pa.ArrowException, OSError) as wrong:
        if isinstance(wrong, OSError) and wrong.errno:  # the disk, not the file
            raise
        last = unit.first + (unit.rows or 0) - 1
        error = f"rows {row} to {last} cannot be unpacked ({one_line(wrong)}); get the file anew"
        yield from _chunked(iter([{"place": f"{unit.name}#{row}", "error": error}]))


def _stretch_of_group(unit: Unit) -> Iterator[pa.RecordBatch]:
    """Without threads: workers are processes, and a forked one must not wait for threads that it did not get."""
    before, last = 0, unit.skip + (unit.rows or 0)
    with pq.ParquetFile(unit.path) as file:
        columns = [name for name in file.schema_arrow.names if name in GIVEN]
        for batch in file.iter_batches(batch_size=_ROWS, row_groups=[unit.start], columns=columns, use_threads=False):
            start, end = max(unit.skip - before, 0), min(last - before, batch.num_rows)
            before += batch.num_rows
            if start < end:
                yield batch.slice(start, end - start)
            if before >= last:
                return


def _placed(batch: pa.RecordBatch, name: str, first: int) -> pa.RecordBatch:
    places = pa.array([f"{name}#{first + at}" for at in range(batch.num_rows)], pa.string())
    return pa.RecordBatch.from_arrays([*batch.columns, places], names=[*batch.schema.names, "place"])


# --- lines of JSON ---------------------------------------------------------------------------------------------------


def _lines(unit: Unit) -> Iterator[pa.RecordBatch]:
    with ExitStack() as stack:
        stream: IO[bytes] = stack.enter_context(open(unit.path, "rb"))
        if unit.kind == "packed_lines":
            stream = gunzipped(stream, name=unit.name)
            _pass_over(stream, unit.start)
        else:
            stream.seek(unit.start)
        lines = JsonLines(unit.path, _bounded(stream, unit), first=unit.first)
        yield from _chunked(_row(unit.name, number, found) for number, found in lines)


def _bounded(stream: IO[bytes], unit: Unit) -> IO[bytes]:
    if unit.end is None:
        return stream
    return io.BufferedReader(cast(io.RawIOBase, _Stretch(stream, unit.end - unit.start)))


class _Stretch(io.RawIOBase):
    """So many bytes of a stream, and then its end."""

    def __init__(self, stream: IO[bytes], left: int) -> None:
        self._stream, self._left = stream, left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(min(len(buffer), self._left))
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)


def _pass_over(stream: IO[bytes], count: int) -> None:
    while count > 0 and (data := stream.read(min(count, 1 << 20))):
        count -= len(data)


def _row(name: str, number: int, found: Report | LineError) -> dict[str, Any]:
    place = f"{name}#{number}"
    if isinstance(found, LineError):
        return {"place": place, "id": found.id, "error": found.error}
    return _row_of(found, place)


def _row_of(report: Report, place: str) -> dict[str, Any]:
    return {"place": place, **{name: getattr(report, name) for name in GIVEN}}


_SCHEMA = pa.schema([(name, pa.string()) for name in FIELDS])


def _chunked(rows: Iterator[dict[str, Any]]) -> Iterator[pa.RecordBatch]:
    """A few rows at a time."""
    chunk: list[dict[str, Any]] = []
    characters = 0
    for row in rows:
        chunk.append(row)
        characters += len(row.get("text") or "")
        if len(chunk) >= _ROWS or characters >= _CHARACTERS:
            yield pa.RecordBatch.from_pylist(chunk, schema=_SCHEMA)
            chunk, characters = [], 0
    if chunk:
        yield pa.RecordBatch.from_pylist(chunk, schema=_SCHEMA)


# --- archives, and what is wrong -------------------------------------------------------------------------------------

_AFTER_ALL = datetime(2100, 1, 1, tzinfo=UTC)
"""The clock for pages of which an archive does not say when it took them: the same answer on every day, and none is from the future."""


def _archive(unit: Unit) -> Iterator[pa.RecordBatch]:
    """The pages of a web archive. What nobody meant to be a report (pictures, frames) is passed over, as when it is added to a register."""
    return _chunked(_pages(unit))


def _pages(unit: Unit) -> Iterator[dict[str, Any]]:
    for found in collect(unit.path, now=lambda: _AFTER_ALL):
        if isinstance(found, Acquired):
            yield _row_of(found.report, unit.name + found.original.location.removeprefix(unit.path))
        elif not found.skipped:
            place = unit.name + found.location.removeprefix(unit.path)
            yield {"place": place, "error": found.error.replace(unit.path, unit.name)}


def _wrong(unit: Unit) -> Iterator[pa.RecordBatch]:
    yield from _chunked(iter([{"place": unit.name, "error": unit.problem}]))


_READERS: dict[Kind, Callable[[Unit], Iterator[pa.RecordBatch]]] = {
    "parquet": _parquet,
    "lines": _lines,
    "packed_lines": _lines,
    "archive": _archive,
    "wrong": _wrong,
}


def damage(wrong: BaseException) -> str:
    """What an exception of a library says of a file, in one line."""
    return f"it is damaged ({one_line(wrong)}); get it anew"
