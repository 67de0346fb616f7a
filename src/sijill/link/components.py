"""Tellings that a chain of likely pairs ties together. What is in two components is in two incidents: each is settled by itself.

One pass over the blocks: every telling is compared with those before it that share a key. Nothing of a pair is kept but what it changes,
so that memory grows with the tellings and not with the pairs.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from sijill.link.blocks import keys_of
from sijill.link.compare import veto, weigh
from sijill.link.tellings import Telling
from sijill.link.weights import Weights

__all__ = ["Components", "find_components", "pairs_within", "tied"]

_DOUBTFUL = 4
"""How many doubtful pairs are kept for each telling: the likeliest."""


class Components(NamedTuple):
    """Numbers of tellings by component, each in order; and pairs for review as (weight, one, other)."""

    members: list[list[int]]
    doubtful: list[tuple[float, int, int]]


def find_components(tellings: Sequence[Telling], weights: Weights, together: Iterable[tuple[int, int]] = ()) -> Components:
    """The components of some tellings. `together` holds pairs that are tied whatever their weight.

    Pairs that two can't be are tied by nothing.
    """
    root = list(range(len(tellings)))
    doubtful: list[list[tuple[float, int, int]]] = [[] for _ in tellings]
    for one, other in _pairs(tellings, range(len(tellings))):
        weight = weigh(tellings[one], tellings[other], weights)
        if weight < weights.review or veto(tellings[one], tellings[other]):
            continue
        if weight >= weights.link:
            _tie(root, one, other)
        for number in (one, other):
            _keep_best(doubtful[number], (weight, min(one, other), max(one, other)))
    for one, other in together:
        _tie(root, one, other)
    members: dict[int, list[int]] = {}
    for number in range(len(tellings)):
        members.setdefault(_root(root, number), []).append(number)
    return Components(list(members.values()), sorted({pair for kept in doubtful for pair in kept}, reverse=True))


def tied(fresh: Sequence[Telling], near: Sequence[Telling], weights: Weights) -> set[str]:
    """The claims among `near` that are tied to one of `fresh`: whose components the fresh ones join."""
    found: set[str] = set()
    by_key: dict[str, list[Telling]] = {}
    for telling in fresh:
        for key in keys_of(telling):
            by_key.setdefault(key, []).append(telling)
    for telling in near:
        beside = {other.claim: other for key in keys_of(telling) for other in by_key.get(key, ())}
        if any(weigh(telling, other, weights) >= weights.link and not veto(telling, other) for other in beside.values()):
            found.add(telling.claim)
    return found


def pairs_within(tellings: Sequence[Telling], members: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Every two tellings of a component that share a key; of a small one, every two, for nothing is saved."""
    if len(members) <= _SMALL:
        return combinations(members, 2)
    return _pairs(tellings, members)


_SMALL = 3


def _pairs(tellings: Sequence[Telling], numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Every two that share a key, once."""
    by_key: dict[str, list[int]] = {}
    for number in numbers:
        before: set[int] = set()
        for key in keys_of(tellings[number]):
            holders = by_key.setdefault(key, [])
            before.update(holders)
            holders.append(number)
        for other in sorted(before):
            yield other, number


def _keep_best(kept: list[tuple[float, int, int]], pair: tuple[float, int, int]) -> None:
    if len(kept) < _DOUBTFUL:
        heapq.heappush(kept, pair)
    else:
        heapq.heappushpop(kept, pair)


def _root(root: list[int], number: int) -> int:
    while root[number] != number:
        root[number] = root[root[number]]
        number = root[number]
    return number


def _tie(root: list[int], one: int, other: int) -> None:
    a, b = sorted((_root(root, one), _root(root, other)))
    root[b] = a
