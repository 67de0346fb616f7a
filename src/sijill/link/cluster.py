"""Average linkage inside components: tellings are joined while the pairs between two groups weigh enough on average.

Components alone chain neighbouring incidents (a strike here, shelling an hour later two villages on); an average over all pairs does
not. Preferred mistake: two incidents that are one, over one incident made of two.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping

from sijill.link.forest import Forest

__all__ = ["Bonds", "cluster"]

_CAP = 12.0
"""The most that one pair can weigh, in bits: a very likely pair must not carry ten unlikely ones."""
_APART = -4.0
"""The weight of a pair that was never compared, because nothing of place and time brought the two together."""

Bonds = Mapping[tuple[str, str], float | None]
"""Weights by pair, ids in order; None where the two can't be one."""


def cluster(ids: Iterable[str], bonds: Bonds, *, link: float, same: Bonds | None = None) -> list[list[str]]:
    """Groups of ids, each in order, the groups by their first id.

    `same` holds a reviewer's decisions, which win over weights: a large weight for one, None for two.

    >>> cluster(["a", "b", "c"], {("a", "b"): 5.0, ("b", "c"): 1.0, ("a", "c"): -6.0}, link=0.0)
    [['a', 'b'], ['c']]
    """
    capped: dict[tuple[str, str], float | None] = {
        pair: None if weight is None else max(-_CAP, min(_CAP, weight)) for pair, weight in bonds.items()
    }
    capped.update(same or {})
    groups: list[list[str]] = []
    for component in _components(sorted(set(ids)), capped, link):
        groups += _averaged(component, capped, link) if len(component) > 1 else [component]
    return sorted(groups)


def _components(ids: list[str], bonds: Bonds, link: float) -> list[list[str]]:
    """Ids that a chain of pairs ties together, each chain link being strong enough by itself."""
    forest = Forest(ids)
    known = set(ids)
    for (one, other), weight in bonds.items():
        if weight is not None and weight >= link and one in known and other in known:
            forest.tie(one, other)
    return forest.trees(ids)


def _averaged(members: list[str], bonds: Bonds, link: float) -> list[list[str]]:
    """One component in groups: the two groups with the best average are joined, again and again, while it reaches the line."""
    groups = {number: [id] for number, id in enumerate(members)}
    number_of = {id: number for number, id in enumerate(members)}
    sums: dict[int, dict[int, float | None]] = {number: {} for number in groups}
    for (one, other), weight in bonds.items():
        if one in number_of and other in number_of:
            a, b = number_of[one], number_of[other]
            sums[a][b] = sums[b][a] = weight
    best = [(-weight, a, b) for a, row in sums.items() for b, weight in row.items() if a < b and weight is not None and weight >= link]
    heapq.heapify(best)
    while best:
        _, a, b = heapq.heappop(best)
        if a not in groups or b not in groups:
            continue
        joined, number = [*groups[a], *groups[b]], len(sums)
        sums[number] = row = {}
        for third in sorted({*sums[a], *sums[b]} & (groups.keys() - {a, b})):
            size = len(groups[third])
            never = [_APART * len(groups[part]) * size for part in (a, b)]
            total = _added(sums[a].get(third, never[0]), sums[b].get(third, never[1]))
            row[third] = sums[third][number] = total
            if total is not None and total / (len(joined) * size) >= link:
                heapq.heappush(best, (-total / (len(joined) * size), third, number))
        del groups[a], groups[b]
        groups[number] = joined
    return [sorted(group) for group in groups.values()]


def _added(one: float | None, other: float | None) -> float | None:
    """The sum of two weights; what can't be one with a part can't be one with the whole."""
    return None if one is None or other is None else one + other
