"""Texts that are akin to earlier ones, for a stretch of days of publication.

What `families.find_kin` says of one text is worked out here for thousands, over columns of numbers. A text is compared with those of
the stretch and of the days around it; one whose day is not known, with all there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from sijill.batch.resolving.files import Ints, ints, mapped, put_table, within
from sijill.batch.resolving.folders import Folders
from sijill.batch.resolving.runs import NO_DAY, Part
from sijill.families import ALIKE, BANDS, KIN_DAYS, SAME, TRIED, akin
from sijill.records import Record

__all__ = ["KIN", "Days", "put_kin"]

KIN = pa.schema([("run", pa.int32()), ("number", pa.int32()), ("of_run", pa.int32()), ("of_number", pa.int32())])
"""A text and an earlier one that it is akin to, each by the place of its run among those of the step, and its number in it."""

_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], np.uint64)
"""Odd numbers with which the four hashes of a band are mixed to one."""


class Days(Record, frozen=True, kw_only=True):
    """Texts of which kin are looked for: those of the days from `first` to before `end`; or, of the run `loose`, those without a day."""

    first: int = 0
    end: int = 0
    loose: int | None = None
    runs: list[Part]


class _Texts:
    """Texts as columns, in the order in which their reports were added."""

    def __init__(self, days: Days, folders: Folders) -> None:
        tables = [_wanted(mapped(folders.file("signed", part.key)), days) for part in days.runs]
        run = np.repeat(np.arange(len(tables), dtype=np.int32), [table.num_rows for table in tables])
        number = _joined([ints(table, "number") for table in tables], np.int32)
        keep = np.ones(len(run), bool)
        for at, part in enumerate(days.runs):
            if part.again:
                keep &= ~((run == at) & np.isin(number, part.again))
        hashes = _joined([_matrix(table, "signature", np.uint32) for table in tables], np.uint32).reshape(len(run), -1)
        keep &= hashes.any(axis=1)
        order = np.lexsort((number, run))
        order = order[keep[order]]
        self.run, self.number, self.hashes = run[order], number[order], hashes[order]
        self.day = _joined([ints(table, "day") for table in tables], np.int32)[order]
        name = _joined([_matrix(table, "sha", np.uint64) for table in tables], np.uint64).reshape(len(run), -1)[order]
        self.name = name[:, 0].byteswap() if len(name) else name.reshape(-1)  # in the order of the written names
        self._rows = [table.column("rows") for table in tables]
        self._at = np.concatenate([np.arange(table.num_rows) for table in tables] or [np.zeros(0, int)])[order]

    def rows(self, at: int) -> bytes:
        """The rows of words of a text."""
        return self._rows[self.run[at]][int(self._at[at])].as_py()  # type: ignore[no-any-return]


def _wanted(table: pa.Table, days: Days) -> pa.Table:
    """Of a run the texts that a step compares."""
    if days.loose is not None:
        return table
    near = within(table, "day", max(days.first - KIN_DAYS, NO_DAY + 1), days.end + KIN_DAYS)
    return pa.concat_tables([within(table, "day", NO_DAY, NO_DAY + 1), near])


def _joined(columns: Sequence[Ints], kind: type) -> Ints:
    return np.concatenate(columns) if columns else np.zeros(0, kind)


def _matrix(table: pa.Table, name: str, kind: type) -> Ints:
    """A column of bytes of one width, as numbers."""
    chunks = table.column(name).chunks
    width = table.schema.field(name).type.byte_width
    parts = [np.frombuffer(chunk.buffers()[1], np.uint8)[chunk.offset * width :][: len(chunk) * width] for chunk in chunks if len(chunk)]
    return np.concatenate(parts).view(kind) if parts else np.zeros(0, kind)


def put_kin(days: Days, folders: Folders, target: str) -> None:
    """Write the kin of the texts of some days."""
    texts = _Texts(days, folders)
    if days.loose is None:
        own = (texts.day >= days.first) & (texts.day < days.end)
    else:
        own = (texts.day == NO_DAY) & (texts.run == days.loose)
    pairs = [(at, other) for at, mates in _mates(texts.hashes, own) for other in _kin(texts, at, mates)]
    one, other = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    columns = [texts.run[one], texts.number[one], texts.run[other], texts.number[other]]
    put_table(target, pa.table([pa.array(column, pa.int32()) for column in columns], KIN))


def _mates(hashes: Ints, own: Ints) -> Iterator[tuple[int, Ints]]:
    """For each wanted text the earlier ones that share a band with it, where there are any."""
    count = len(hashes)
    order = np.empty((BANDS, count), np.int32)
    first = np.empty((BANDS, count), np.int32)
    place = np.empty((BANDS, count), np.int32)
    for band, keys in enumerate(_keys(hashes)):
        row = np.argsort(keys, kind="stable").astype(np.int32)
        begins = np.concatenate(([True], keys[row][1:] != keys[row][:-1])) if count else np.zeros(0, bool)
        order[band] = row
        first[band, row] = np.maximum.accumulate(np.where(begins, np.arange(count), 0))
        place[band, row] = np.arange(count)
    shared = first < place
    for at in np.flatnonzero(own & shared.any(axis=0)):
        bands = np.flatnonzero(shared[:, at])
        yield int(at), np.unique(np.concatenate([order[band, first[band, at] : place[band, at]] for band in bands]))


def _keys(hashes: Ints) -> list[Ints]:
    """A number for each band of each text; texts that have the same share the band."""
    width = hashes.shape[1] // BANDS if hashes.size else 4
    return [(hashes[:, at : at + width].astype(np.uint64) * _MIX).sum(axis=1) for at in range(0, BANDS * width, width)]


def _kin(texts: _Texts, at: int, mates: Ints) -> list[int]:
    """What `families.find_kin` finds for a text among those that share a band with it."""
    if texts.day[at] != NO_DAY:
        mates = mates[(np.abs(texts.day[mates] - texts.day[at]) <= KIN_DAYS) | (texts.day[mates] == NO_DAY)]
    agree = (texts.hashes[mates] == texts.hashes[at]).sum(axis=1)
    mates, agree = mates[agree >= ALIKE], agree[agree >= ALIKE]
    left = mates[np.lexsort((texts.name[mates], -agree))]
    rows = texts.rows(at) if len(left) else b""
    found: list[int] = []
    for _ in range(TRIED):
        if not len(left):
            break
        nearest, left = int(left[0]), left[1:]
        if akin(rows, texts.rows(nearest)):
            found.append(nearest)
            left = left[(texts.hashes[left] == texts.hashes[nearest]).sum(axis=1) < SAME]
    return found
