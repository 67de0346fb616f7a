"""Readings taken apart: what is compared of their texts, and their tellings, each in its order of time.

For some units that follow each other this is a *run*. It is sorted once and mapped afterwards: a later step takes of each run the stretch
of time that it works on. A report is known by its run and its number in it, the rows of its units counted from 0; of rows with the same
text the first is the report.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sijill.batch.resolving.files import put_rows
from sijill.batch.resolving.folders import Folders
from sijill.errors import InputError
from sijill.ingest.packing import one_line
from sijill.link import sweep_order, unpacked
from sijill.records import Record

__all__ = ["NO_DAY", "SIGNED", "TOLD", "Part", "Units", "claim_of", "number_of", "put_signed", "put_told", "rows_of_units"]

NO_DAY = -1
"""The day of a report whose publication is not known."""

_SIGNATURE = 512
SIGNED = pa.schema(
    [
        ("day", pa.int32()),
        ("number", pa.int32()),
        ("sha", pa.binary(32)),
        ("signature", pa.binary(_SIGNATURE)),
        ("rows", pa.binary()),
    ]
)
"""Reports by day of publication. A text too short for a signature has zeros."""

TOLD = pa.schema(
    [
        ("window", pa.int32()),
        ("number", pa.int32()),
        ("position", pa.int32()),
        ("claim", pa.uint64()),
        ("main", pa.bool_()),
        ("start", pa.int32()),
        ("record", pa.binary()),
    ]
)
"""Tellings by first window of time (see `sweep_order`), each with its place among those of its report, and the number of its claim."""


class Units(Record, frozen=True, kw_only=True):
    """Units whose readings make a run, in order."""

    units: list[str]


class Part(Record, frozen=True, kw_only=True, array_like=True):
    """A run of which a step takes something: its key, and the numbers of the reports in it that are there already, in an earlier run."""

    key: str
    again: list[int] = []


def rows_of_units(folders: Folders, units: Units, columns: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of units that have a reading, each with its number. Of rows with the same text the first only."""
    first = 0
    seen: set[str] = set()
    for unit in units.units:
        table = _part(os.path.join(folders.readings, "parts", f"{unit}.parquet"), ["sha256", "signature", *columns])
        for at, row in enumerate(table.to_pylist()):
            if row["signature"] is not None and row["sha256"] not in seen:
                seen.add(row["sha256"])
                yield first + at, row
        first += table.num_rows


def _part(path: str, columns: list[str]) -> pa.Table:
    try:
        return pq.read_table(path, columns=columns, use_threads=False, memory_map=True)
    except (pa.ArrowException, OSError) as wrong:
        raise InputError(f"the part {path} is damaged ({one_line(wrong)}); take it away, and read the input again") from wrong


def put_signed(units: Units, folders: Folders, target: str) -> None:
    """Write what is compared of the texts of units."""
    rows: list[tuple[Any, ...]] = [
        (_day(row["published"]), number, bytes.fromhex(row["sha256"]), row["signature"] or bytes(_SIGNATURE), row["rows"])
        for number, row in rows_of_units(folders, units, ["published", "rows"])
    ]
    put_rows(target, SIGNED, sorted(rows))


def put_told(units: Units, folders: Folders, target: str) -> None:
    """Write the tellings of units."""
    rows: list[tuple[Any, ...]] = []
    for number, row in rows_of_units(folders, units, ["tellings"]):
        for position, record in enumerate(row["tellings"]):
            telling = unpacked(record)
            rows.append((sweep_order(telling), number, position, number_of(telling.claim), telling.main, telling.start, record))
    put_rows(target, TOLD, sorted(rows))


def number_of(claim: str) -> int:
    """The number that an event claim's id is written with.

    >>> number_of("eve-00000000000000ff")
    255
    """
    return int(claim.rpartition("-")[2], 16)


def claim_of(number: int) -> str:
    """The id of an event claim by its number.

    >>> claim_of(255)
    'eve-00000000000000ff'
    """
    return f"eve-{number:016x}"


@lru_cache(maxsize=4096)
def _day(published: object) -> int:
    try:
        return date.fromisoformat(str(published)[:10]).toordinal()
    except ValueError:
        return NO_DAY
