"""Of which incident every claim is: of a whole run, as columns that every worker maps.

Incidents are numbered: those of a stretch together, the stretches in their order. `Homes` is what later steps ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sijill.batch.resolving.files import Ints, ints, mapped, put_table
from sijill.batch.resolving.folders import Folders
from sijill.batch.resolving.runs import claim_of
from sijill.link import Standing, fresh_ids

__all__ = ["NOBODY", "Homes", "homes", "put_homes", "put_parents"]

_STRETCHES = b"sijill.stretches"

NOBODY = -1
"""The number where there is no incident."""

_CLAIMS = pa.schema([("claim", pa.uint64()), ("incident", pa.int32())])
_INCIDENTS = pa.schema([("id", pa.string()), ("stretch", pa.int32()), ("reports", pa.int32()), ("about", pa.int32())])
_PARENTS = pa.schema([("parent", pa.int32())])


class Homes:
    """The incident of every claim, and of every incident its id, its stretch, how widely it is told, and its whole."""

    def __init__(self, folders: Folders, key: str, parents: str | None = None) -> None:
        claims, known = mapped(folders.file("homes", key)), mapped(folders.file("known", key))
        self.claims, self.incidents = ints(claims, "claim"), ints(claims, "incident")
        self.ids = known.column("id")
        self.stretches: list[str] = msgspec.json.decode(known.schema.metadata[_STRETCHES])
        self.stretch, self.reports, self.about = (ints(known, name) for name in ("stretch", "reports", "about"))
        self.parent = ints(mapped(folders.file("parents", parents)), "parent") if parents else np.zeros(0, np.int32)

    def of(self, claims: Ints) -> Ints:
        """The numbers of the incidents of some claims; `NOBODY` for a claim that is of none."""
        if not len(self.claims):
            return np.full(len(claims), NOBODY, np.int32)
        at = np.minimum(np.searchsorted(self.claims, claims), len(self.claims) - 1)
        return np.where(self.claims[at] == claims, self.incidents[at], NOBODY)

    def names(self, incidents: Ints) -> list[str]:
        """The ids of incidents by their numbers."""
        return self.ids.take(pa.array(incidents, pa.int64())).to_pylist()  # type: ignore[no-any-return]

    def standing(self, incidents: Ints) -> dict[str, Standing]:
        """How widely some incidents are told, by id."""
        some = np.unique(incidents)
        rows = zip(self.names(some), self.reports[some].tolist(), self.about[some].tolist(), strict=True)
        return {id: (reports, about > 0) for id, reports, about in rows}

    def standing_of(self, ids: set[str]) -> dict[str, Standing]:
        """The same of incidents by id."""
        return self.standing(np.array(sorted(_numbers(self, ids).values()), np.int64))


@lru_cache(maxsize=1)
def homes(folders: Folders, key: str, parents: str | None = None) -> Homes:
    """The same, kept by a worker for its next step."""
    return Homes(folders, key, parents)


def put_homes(names: list[str], settled: Sequence[pa.Table], folders: Folders, key: str) -> None:
    """Number the incidents of all stretches, which are named and in order, and write where every claim is."""
    claims = np.concatenate([ints(table, "claim") for table in settled] or [np.zeros(0, np.uint64)])
    begins = [_begins(table) for table in settled]
    first = np.concatenate(begins or [np.zeros(0, bool)])
    incident = np.cumsum(first, dtype=np.int32) - 1
    order = np.argsort(claims, kind="stable")
    put_table(folders.file("homes", key), _table([claims[order], incident[order].astype(np.int32)], _CLAIMS))
    ids = [id for table, new in zip(settled, begins, strict=True) for id in table.column("id").filter(pa.array(new)).to_pylist()]
    stretch = np.repeat(np.arange(len(settled), dtype=np.int32), [int(new.sum()) for new in begins])
    counts = [_firsts(settled, begins, name) for name in ("reports", "about")]
    known = _table([list(_unlike(ids, claims[first])), stretch, *counts], _INCIDENTS)
    put_table(folders.file("known", key), known.replace_schema_metadata({_STRETCHES: msgspec.json.encode(names)}))


def put_parents(parents: dict[str, str], known: Homes, folders: Folders, key: str) -> None:
    """Write which incident is a part of which."""
    number = _numbers(known, {*parents, *parents.values()})
    column = np.full(len(known.stretch), NOBODY, np.int32)
    for part, whole in parents.items():
        column[number[part]] = number[whole]
    put_table(folders.file("parents", key), _table([column], _PARENTS))


def _numbers(known: Homes, ids: set[str]) -> dict[str, int]:
    at = np.flatnonzero(pc.is_in(known.ids, pa.array(sorted(ids), pa.string())).to_numpy(zero_copy_only=False))
    return dict(zip(known.names(at), at.tolist(), strict=True))


def _begins(table: pa.Table) -> Ints:
    """Where the claims of another incident begin."""
    ids = table.column("id").to_numpy()
    return np.concatenate(([True], ids[1:] != ids[:-1])) if len(ids) else np.zeros(0, bool)


def _firsts(settled: Sequence[pa.Table], begins: list[Ints], name: str) -> Ints:
    rows = [ints(table, name)[new] for table, new in zip(settled, begins, strict=True)]
    return np.concatenate(rows) if rows else np.zeros(0, np.int32)


def _unlike(ids: list[str], claims: Ints) -> Iterator[str]:
    """The ids of incidents, which are made of their first claims; of two that are the same by chance the later one gets another."""
    used: set[str] = set()
    for id, claim in zip(ids, claims.tolist(), strict=True):
        free = id if id not in used else next(other for other in fresh_ids(claim_of(claim)) if other not in used)
        used.add(free)
        yield free


def _table(columns: list[object], schema: pa.Schema) -> pa.Table:
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema)
