"""What the reports of a run say of wholes and parts, and of which incident each report is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import numpy as np
import pyarrow as pa

from sijill.batch.resolving.files import Ints, ints, mapped, put_parquet, put_rows
from sijill.batch.resolving.folders import Folders
from sijill.batch.resolving.homes import NOBODY, Homes, homes
from sijill.batch.resolving.runs import Units, rows_of_units
from sijill.batch.resolving.tellings import Told, family_names
from sijill.link import Telling, unpacked
from sijill.link.parts import Votes, decided
from sijill.records import Record

__all__ = ["REPORTS", "VOTES", "Run", "parents_of", "put_reports", "put_votes"]

VOTES = pa.schema([("part", pa.string()), ("of", pa.string()), ("count", pa.int32())])
"""How many reports of a run tell an incident as a part of another; without another, how many tell it alone for its own sake."""

REPORTS = pa.schema(
    [
        ("sha256", pa.string()),
        ("place", pa.string()),
        ("id", pa.string()),
        ("outlet", pa.string()),
        ("published", pa.string()),
        ("family", pa.string()),
        ("incident", pa.string()),
    ]
)
"""The reports of a run: the text that names the family of each, and the incident that it is of."""


class Run(Record, frozen=True, kw_only=True):
    """A run, and a hash of what is known of the incidents of its claims."""

    told: Told
    units: Units
    said: str


def put_votes(run: Run, folders: Folders, target: str, *, known: str) -> None:
    """Write the votes of the reports of a run."""
    votes = Votes()
    asked = homes(folders, known)
    for some in _some(_reports(run.told, folders)):
        _hear(votes, some, asked)
    rows: list[tuple[str, str | None, int]] = [(part, of, count) for part, row in votes.of.items() for of, count in row.items()]
    rows += [(id, None, count) for id, count in votes.against.items() if count]
    put_rows(target, VOTES, sorted(rows, key=lambda row: (row[0], row[1] or "")))


_SOME = 500


def _some(reports: Iterable[list[tuple[int, Telling]]]) -> Iterator[list[list[tuple[int, Telling]]]]:
    held = []
    for report in reports:
        held.append(report)
        if len(held) >= _SOME:
            yield held
            held = []
    yield held


def _reports(told: Told, folders: Folders) -> Iterator[list[tuple[int, Telling]]]:
    """The tellings of each report of a run, with the numbers of their claims."""
    table = mapped(folders.file("told", told.key))
    columns = (ints(table, name).tolist() for name in ("number", "position", "claim"))
    again = set(told.again)
    rows = sorted(row for row in zip(*columns, range(table.num_rows), strict=True) if row[0] not in again)
    records = table.column("record")
    for _, report in groupby(rows, key=lambda row: row[0]):
        yield [(claim, unpacked(records[at].as_py())) for _, _, claim, at in report]


def _hear(votes: Votes, reports: list[list[tuple[int, Telling]]], asked: Homes) -> None:
    flat = [pair for report in reports for pair in report]
    incidents = asked.of(np.array([claim for claim, _ in flat], np.uint64))
    there = incidents != NOBODY
    home = dict(
        zip(
            (telling.claim for (_, telling), is_there in zip(flat, there, strict=True) if is_there),
            asked.names(incidents[there]),
            strict=True,
        )
    )
    ranks = asked.standing(incidents[there])
    for report in reports:
        votes.hear([telling for _, telling in report], home, ranks)


def parents_of(found: Iterable[pa.Table], known: Homes) -> dict[str, str]:
    """Which incident is a part of which, by the votes of all runs."""
    votes = Votes()
    against: dict[str, int] = {}
    for table in found:
        for part, of, count in zip(*(table.column(name).to_pylist() for name in VOTES.names), strict=True):
            if of is None:
                against[part] = against.get(part, 0) + count
            else:
                votes.of.setdefault(part, type(votes.against)())[of] += count
    votes.against.update({id: count for id, count in against.items() if id in votes.of})
    return decided(votes, known.standing_of({id for part, row in votes.of.items() for id in (part, *row)}))


def put_reports(run: Run, folders: Folders, target: str, *, known: str) -> None:
    """Write the reports of a run, as Parquet."""
    of = _of(run.told, folders, homes(folders, known))
    named = family_names(run.told.families, folders)
    again = set(run.told.again)
    rows = [
        (row["sha256"], row["place"], row["id"], row["outlet"], row["published"], named.get(number, row["sha256"]), of.get(number))
        for number, row in rows_of_units(folders, run.units, ["place", "id", "outlet", "published"])
        if number not in again
    ]
    put_parquet(target, REPORTS, rows)


def _of(told: Told, folders: Folders, asked: Homes) -> dict[int, str]:
    """The incident that each report is of, as `link.incidents_of_reports` says."""
    table = mapped(folders.file("told", told.key))
    incidents = asked.of(ints(table, "claim"))
    at = np.flatnonzero(incidents != NOBODY)
    number, main, start = (ints(table, name)[at] for name in ("number", "main", "start"))
    names = np.array(asked.names(incidents[at]), dtype=str)
    order: Ints = np.lexsort((names, -start, main, asked.about[incidents[at]], number))
    return dict(zip(number[order].tolist(), names[order].tolist(), strict=True))  # of a report the last, which ranks highest
