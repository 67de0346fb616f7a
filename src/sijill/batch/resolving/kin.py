"""Texts that are akin to earlier ones, for a stretch of days of publication.

What `families.find_kin` says of one text is worked out here for thousands, over columns of numbers. A text is compared with those of
the stretch and of the days around it, and with those whose day is not known. Such a text itself can be akin to one of any day: each
stretch says which of its own are likely, and when all have, it is settled (`put_loose`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from sijill.batch.resolving.files import Ints, ints, mapped, matrix, put_rows, within
from sijill.batch.resolving.folders import Folders
from sijill.batch.resolving.runs import NO_DAY, Part
from sijill.families import ALIKE, BANDS, KIN_DAYS, LOOKED_AT, SAME, TRIED, akin
from sijill.records import Record

__all__ = ["KIN", "Days", "Loose", "put_kin", "put_loose"]

KIN = pa.schema(
    [
        ("run", pa.int32()),
        ("number", pa.int32()),
        ("of_run", pa.int32()),
        ("of_number", pa.int32()),
        ("settled", pa.bool_()),
    ]
)
"""A text and an earlier one that it is akin to, each by the place of its run among those of the step, and its number in it. Where it is not
`settled` it is likely only: the text has no day, and there may be others that are more alike."""

_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], np.uint64)
"""Odd numbers with which the four hashes of a band are mixed to one."""


class Days(Record, frozen=True, kw_only=True):
    """Texts among which kin are looked for: those of the days from `first` to before `end`; without these, those that have no day."""

    first: int | None = None
    end: int | None = None
    runs: list[Part]


class Loose(Record, frozen=True, kw_only=True):
    """A run (its place among `runs`) whose texts without a day are settled, by what all steps of kin have said: each key, and its runs."""

    run: int
    runs: list[Part]
    said: list[tuple[str, list[int]]]


class _Texts:
    """Texts as columns, in the order in which their reports were added."""

    def __init__(self, tables: Sequence[pa.Table], again: Sequence[Sequence[int]]) -> None:
        run = np.repeat(np.arange(len(tables), dtype=np.int32), [table.num_rows for table in tables])
        number = _joined([ints(table, "number") for table in tables], np.int32)
        keep = np.ones(len(run), bool)
        for at, numbers in enumerate(again):
            if numbers:
                keep &= ~((run == at) & np.isin(number, numbers))
        hashes = _joined([matrix(table, "signature", np.uint32) for table in tables], np.uint32).reshape(len(run), BANDS * len(_MIX))
        keep &= hashes.any(axis=1)
        order = np.lexsort((number, run))
        order = order[keep[order]]
        self.run, self.number, self.hashes = run[order], number[order], hashes[order]
        self.day = _joined([ints(table, "day") for table in tables], np.int32)[order]
        names = _joined([matrix(table, "sha", np.uint64) for table in tables], np.uint64).reshape(len(run), 4)
        self.name = names[order, 0].byteswap()  # in the order of the written names
        self._rows = [table.column("rows") for table in tables]
        self._at = _joined([np.arange(table.num_rows) for table in tables], np.int64)[order]

    def rows(self, at: int) -> bytes:
        """The rows of words of a text."""
        return self._rows[self.run[at]][int(self._at[at])].as_py()  # type: ignore[no-any-return]


def _joined(columns: Sequence[Ints], kind: type) -> Ints:
    return np.concatenate(columns) if columns else np.zeros(0, kind)


def put_kin(days: Days, folders: Folders, target: str) -> None:
    """Write the kin of the texts of some days, and what is likely of those without one."""
    tables = [_near(mapped(folders.file("signed", part.key)), days) for part in days.runs]
    texts = _Texts(tables, [part.again for part in days.runs])
    put_rows(target, KIN, [_row(texts, *found) for found in _found(texts, days)])


def _near(table: pa.Table, days: Days) -> pa.Table:
    """Of a run the texts that a step compares."""
    loose = within(table, "day", NO_DAY, NO_DAY + 1)
    if days.first is None or days.end is None:
        return loose
    return pa.concat_tables([loose, within(table, "day", max(days.first - KIN_DAYS, NO_DAY + 1), days.end + KIN_DAYS)])


def _found(texts: _Texts, days: Days) -> Iterator[tuple[int, int, bool]]:
    """Pairs of texts, and whether each is settled."""
    loose = texts.day == NO_DAY
    if days.first is None:
        for at, mates in _mates(texts.hashes, loose):
            yield from ((at, int(other), False) for other in _likely(texts, at, mates))
        return
    own = (texts.day >= days.first) & (texts.day < days.end)
    for at, mates in _mates(texts.hashes, own | loose):
        if loose[at]:
            yield from ((at, int(other), False) for other in _likely(texts, at, mates[own[mates]]))
        else:
            mates = mates[loose[mates] | (np.abs(texts.day[mates] - texts.day[at]) <= KIN_DAYS)]
            yield from ((at, other, True) for other in _akin(texts, at, _likely(texts, at, mates)))


def _row(texts: _Texts, at: int, other: int, settled: bool) -> tuple[int, int, int, int, bool]:
    return int(texts.run[at]), int(texts.number[at]), int(texts.run[other]), int(texts.number[other]), settled


def _mates(hashes: Ints, wanted: Ints) -> Iterator[tuple[int, Ints]]:
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
    for at in np.flatnonzero(wanted & shared.any(axis=0)):
        bands = np.flatnonzero(shared[:, at])
        yield int(at), np.unique(np.concatenate([order[band, first[band, at] : place[band, at]] for band in bands]))


def _keys(hashes: Ints) -> Iterator[Ints]:
    """A number for each band of each text; texts that have the same share the band."""
    width = len(_MIX)
    return ((hashes[:, at : at + width].astype(np.uint64) * _MIX).sum(axis=1) for at in range(0, BANDS * width, width))


def _likely(texts: _Texts, at: int, mates: Ints) -> Ints:
    """Of texts that share a band with one those that are looked at, the most alike first."""
    agree = (texts.hashes[mates] == texts.hashes[at]).sum(axis=1)
    mates, agree = mates[agree >= ALIKE], agree[agree >= ALIKE]
    return mates[np.lexsort((texts.name[mates], -agree))][:LOOKED_AT]


def _akin(texts: _Texts, at: int, left: Ints) -> list[int]:
    """What `families.find_kin` finds for a text among those that are looked at."""
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


# --- texts without a day ---------------------------------------------------------------------------------------------


def put_loose(loose: Loose, folders: Folders, target: str) -> None:
    """Write the kin of the texts of a run that have no day, of all that were said to be likely."""
    pairs = np.concatenate([np.zeros((0, 3), np.int64), *_likely_pairs(loose, folders)])
    tables = [_numbered(mapped(folders.file("signed", part.key)), pairs, at, loose.run) for at, part in enumerate(loose.runs)]
    texts = _Texts(tables, [[] for _ in tables])
    place = {pair: at for at, pair in enumerate(zip(texts.run.tolist(), texts.number.tolist(), strict=True))}
    mates: dict[int, list[int]] = {}
    for number, run, of_number in pairs.tolist():
        mates.setdefault(place[loose.run, number], []).append(place[run, of_number])
    found = ((at, other) for at, row in sorted(mates.items()) for other in _akin(texts, at, _likely(texts, at, np.unique(row))))
    put_rows(target, KIN, [_row(texts, at, other, True) for at, other in found])


def _likely_pairs(loose: Loose, folders: Folders) -> Iterator[Ints]:
    """The number of a text of the run; the place of the run, among all, of one that is likely akin, and its number."""
    for key, runs in loose.said:
        kin = mapped(folders.file("kin", key))
        of = np.array(runs, np.int64)
        wanted = (of[ints(kin, "run")] == loose.run) & ~ints(kin, "settled")
        yield np.stack([ints(kin, "number"), of[ints(kin, "of_run")], ints(kin, "of_number")], axis=1)[wanted].astype(np.int64)


def _numbered(table: pa.Table, pairs: Ints, run: int, own: int) -> pa.Table:
    """Of a run the texts that are named in pairs."""
    numbers = pairs[pairs[:, 1] == run, 2]
    if run == own:
        numbers = np.concatenate([numbers, pairs[:, 0]])
    return table.filter(pa.array(np.isin(ints(table, "number"), numbers)))
