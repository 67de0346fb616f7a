"""Components made into incidents, for a stretch of windows: those that begin there, and every telling that is in none."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from sijill.batch.resolving.files import ints, mapped, put_rows
from sijill.batch.resolving.folders import Folders
from sijill.batch.resolving.runs import number_of
from sijill.batch.resolving.tellings import Told, in_windows
from sijill.link import Decided, Telling, fresh_ids, incidents, standing
from sijill.link.weights import load_weights
from sijill.records import Record

__all__ = ["COMPONENTS", "ELSEWHERE", "SETTLED", "Settling", "put_settled"]

COMPONENTS = pa.schema([("component", pa.int32()), ("window", pa.int32()), ("claim", pa.string())])
"""The components of a stretch, numbered."""
ELSEWHERE = -1
"""The number under which stand the claims of a stretch that are in a component of an earlier one."""

SETTLED = pa.schema([("id", pa.string()), ("claim", pa.uint64()), ("reports", pa.int32()), ("about", pa.int32())])
"""The claims of incidents, those of one together, the first the one that was added first; by how many reports it is told, and how many of
them are about it."""


class Settling(Record, frozen=True, kw_only=True):
    """Windows from `first` to before `end`, the components that begin there, and the later windows (`beyond`) into which these reach.

    `runs` have tellings in any of these windows. Without `components` every telling stands alone.
    """

    first: int
    end: int
    beyond: list[int] = []
    components: str | None = None
    runs: list[Told]


def put_settled(settling: Settling, folders: Folders, target: str) -> None:
    """Write the incidents of a stretch."""
    put_rows(target, SETTLED, [row for group in _groups(settling, folders) for row in _rows(group)])


def _rows(group: list[Telling]) -> Iterator[tuple[str, int, int, int]]:
    id = next(fresh_ids(group[0].claim))
    reports, about = standing(group)[0], len({telling.report for telling in group if telling.main})
    return ((id, number_of(telling.claim), reports, about) for telling in group)


def _groups(settling: Settling, folders: Folders) -> list[list[Telling]]:
    """Incidents in the order in which the first of each was added, and their tellings in that order too."""
    components, elsewhere = _components(settling, folders)
    wanted = {claim for component in components for claim in component}
    row = [pair for pair in in_windows(settling.runs, folders, settling.first, settling.end) if pair[1].claim not in elsewhere]
    for window in settling.beyond:
        row += (pair for pair in in_windows(settling.runs, folders, window, window + 1) if pair[1].claim in wanted)
    order = {telling.claim: place for place, telling in row}
    telling = {one.claim: one for _, one in row}
    parts = [[telling[claim] for claim in component] for component in components]
    parts += [[one] for claim, one in telling.items() if claim not in wanted]
    weights, nothing = load_weights(), Decided()
    groups = [sorted(group, key=lambda one: order[one.claim]) for part in parts for group in incidents(part, weights, nothing)]
    return sorted(groups, key=lambda group: order[group[0].claim])


def _components(settling: Settling, folders: Folders) -> tuple[list[list[str]], set[str]]:
    """The components of a stretch, and its claims that are in components of others."""
    if settling.components is None:
        return [], set()
    table = mapped(folders.file("components", settling.components))
    found: dict[int, list[str]] = {}
    for number, claim in zip(ints(table, "component").tolist(), table.column("claim").to_pylist(), strict=True):
        found.setdefault(number, []).append(claim)
    elsewhere = set(found.pop(ELSEWHERE, ()))
    return list(found.values()), elsewhere
