"""Tellings that ties chain together, and the components that a chain is cut into. What is in two components is in two incidents.

A tie is a pair that is likely enough by itself to be of one incident. In a war a chain of ties can run through a whole year: a strike
here, shelling the next day a village on. So a chain of many tellings is cut where its ties are weakest, and each component is settled
by itself. Of the ties of a chain only the strongest that hold it together are kept: they tell how it comes apart at every line, and a
telling that is added only adds ties.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from sijill.link.blocks import grounds_of, keys_of, windows_of
from sijill.link.compare import veto, weigh
from sijill.link.forest import Forest
from sijill.link.tellings import Telling
from sijill.link.weights import Weights

__all__ = ["CERTAIN", "Chain", "Tie", "cut", "find_chains", "pairs_within", "strongest", "sweep_order", "ties_between", "ties_of_stretch"]

CERTAIN = 1e6
"""The weight of a reviewer's word."""

_MANY = 100
"""A chain of more tellings than these is cut."""
_STEP = 0.5
"""By so many bits the line is raised at which it is cut, until no component has more than so many."""
_HIGHEST = 8.0
"""Bits above the line for linking beyond which nothing is cut: what is tied so strongly is one incident that many tell."""


class Tie(NamedTuple):
    """Two event claims, in order, and the weight of the pair in bits."""

    one: str
    other: str
    weight: float


class Chain(NamedTuple):
    """Tellings that are tied together, and the strongest ties that hold them: one fewer than tellings."""

    tellings: list[Telling]
    ties: list[Tie]


def sweep_order(telling: Telling) -> int:
    """Where a telling stands in the order of days: its first window of time, 0 for one that has none."""
    windows = windows_of(telling)
    return windows[0] if windows else 0


def find_chains(tellings: Iterable[Telling], weights: Weights, same: Iterable[tuple[str, str]] = ()) -> Iterator[Chain]:
    """The chains of some tellings, which come in their `sweep_order`. `same` holds pairs of claims that are tied whatever their weight.

    One pass: a chain whose days are over is given back and forgotten, so that memory grows with what happens at a time and not with the
    register. Pairs that two can't be are no tie. Raises `ValueError` for a telling that comes too late.
    """
    sweep = _Sweep(weights, same)
    for telling in tellings:
        yield from sweep.take(telling)
    yield from sweep.close_all()


def strongest(ties: Iterable[Tie]) -> list[Tie]:
    """The strongest ties that tie the same claims together: a maximum spanning forest (J. B. Kruskal, 1956).

    >>> strongest([Tie("a", "b", 1.0), Tie("b", "c", 2.0), Tie("a", "c", 3.0)])
    [Tie(one='a', other='c', weight=3.0), Tie(one='b', other='c', weight=2.0)]
    """
    row = sorted(ties, key=lambda tie: (-tie.weight, tie))
    forest = Forest({claim for tie in row for claim in tie[:2]})
    return [tie for tie in row if forest.tie(tie.one, tie.other)]


def cut(claims: Sequence[str], ties: Sequence[Tie], line: float) -> list[list[str]]:
    """The components of a chain, each in the order of `claims`. `ties` are its strongest, none of them below the `line`.

    >>> cut("abc", [Tie("a", "b", 1.0)], 0.0)
    [['a', 'b'], ['c']]
    """
    return _cut(claims, ties, line, line + _HIGHEST)


def _cut(claims: Sequence[str], ties: Sequence[Tie], line: float, highest: float) -> list[list[str]]:
    forest = Forest(claims)
    for tie in ties:
        forest.tie(tie.one, tie.other)
    found: list[list[str]] = []
    for component in forest.trees(claims):
        if len(component) <= _MANY or line >= highest:
            found.append(component)
            continue
        within = set(component)
        stronger = [tie for tie in ties if tie.one in within and tie.weight >= line + _STEP]
        found += _cut(component, stronger, line + _STEP, highest)
    return found


def ties_between(fresh: Sequence[Telling], near: Iterable[Telling], weights: Weights) -> list[Tie]:
    """The ties of some tellings, each with those of `near` and with those before it."""
    found: list[Tie] = []
    by_key: dict[str, list[int]] = {}
    for number, telling in enumerate(fresh):
        found += _ties(telling, (fresh[n] for n in _holders(telling, by_key)), weights)
        for key in keys_of(telling):
            by_key.setdefault(key, []).append(number)
    for telling in near:
        found += _ties(telling, (fresh[n] for n in _holders(telling, by_key)), weights)
    return found


def _holders(telling: Telling, by_key: dict[str, list[int]]) -> list[int]:
    return sorted({number for key in keys_of(telling) for number in by_key.get(key, ())})


def _ties(telling: Telling, others: Iterable[Telling], weights: Weights) -> Iterator[Tie]:
    for other in others:
        weight = weigh(telling, other, weights, floor=weights.link)
        if weight >= weights.link and not veto(telling, other):
            one, two = sorted((telling.claim, other.claim))
            yield Tie(one, two, weight)


def ties_of_stretch(tellings: Iterable[Telling], weights: Weights, first: int) -> Iterator[tuple[Tie, Telling, Telling]]:
    """The ties of the tellings whose first window is `first` or later, with those before them; and of each the two tellings.

    They come in their `sweep_order`, those before `first` too: of two stretches that follow each other both see a telling that reaches from
    one into the other, and each pair is tied in the stretch of its later one. So the ties of all stretches are those of the whole.
    """
    held: dict[int, dict[str, list[Telling]]] = {}
    now = first
    for telling in tellings:
        windows = windows_of(telling)
        if windows and windows[0] > now:
            now = windows[0]
            for window in [window for window in held if window < now]:
                del held[window]
        near: dict[str, Telling] = {}
        grounds = grounds_of(telling) if windows else set()
        for window in windows:
            if window < now:
                continue
            by_ground = held.setdefault(window, {})
            for ground in grounds:
                holders = by_ground.setdefault(ground, [])
                near.update((other.claim, other) for other in holders)
                holders.append(telling)
        if windows and windows[0] >= first:
            for tie in _ties(telling, near.values(), weights):
                other = near[tie.one if tie.other == telling.claim else tie.other]
                yield (tie, telling, other) if tie.one == telling.claim else (tie, other, telling)


_SMALL = 3


def pairs_within(members: Sequence[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """Every two tellings of a component that share a key; of a small one, every two, for nothing is saved."""
    if len(members) <= _SMALL:
        yield from combinations(members, 2)
        return
    by_key: dict[str, list[int]] = {}
    for number, telling in enumerate(members):
        before: set[int] = set()
        for key in keys_of(telling):
            holders = by_key.setdefault(key, [])
            before.update(holders)
            holders.append(number)
        yield from ((members[other], telling) for other in sorted(before))


class _Sweep:
    """Chains that may still grow. Each is known by the number of its first telling."""

    def __init__(self, weights: Weights, same: Iterable[tuple[str, str]]) -> None:
        self._weights = weights
        self._partners: dict[str, list[str]] = {}
        for one, other in same:
            self._partners.setdefault(one, []).append(other)
            self._partners.setdefault(other, []).append(one)
        self._now = 0
        self._next = 0
        self._tellings: dict[int, Telling] = {}
        self._forest: Forest[int] = Forest()
        self._members: dict[int, list[int]] = {}
        self._ties: dict[int, list[Tie]] = {}
        self._last: dict[int, int] = {}  # the last window of each chain
        self._missing: dict[int, int] = {}  # of chains that wait for a reviewer's other claims: for how many
        self._met: dict[str, int] = {}  # claims that reviewers tied to others, by number
        self._ends: list[tuple[int, int]] = []  # (last window, chain), some of them outdated
        self._holders: dict[int, dict[str, list[int]]] = {}  # by window, by ground

    def take(self, telling: Telling) -> Iterator[Chain]:
        """Take in a telling; gives the chains that nothing can join any more."""
        order = sweep_order(telling)
        if order < self._now:
            raise ValueError(f"telling {telling.claim} comes too late in the order of days")
        if order > self._now:
            self._now = order
            for window in [window for window in self._holders if window < order]:
                del self._holders[window]
            yield from self._closed()
        windows = windows_of(telling)
        if not windows and telling.claim not in self._partners:
            yield Chain([telling], [])
            return
        number = self._next
        self._next += 1
        self._tellings[number] = telling
        self._forest.add(number)
        self._members[number] = [number]
        self._ties[number] = []
        self._last[number] = windows[-1] if windows else order
        self._missing[number] = 0
        self._tie_near(telling, windows, number)
        self._tie_same(telling.claim, number)
        chain = self._forest.find(number)
        self._slim(chain)
        heapq.heappush(self._ends, (self._last[chain], chain))

    def _tie_near(self, telling: Telling, windows: range, number: int) -> None:
        """Tie a telling to those that share a window and a ground with it, and set it down beside them."""
        found: set[int] = set()
        grounds = grounds_of(telling) if windows else ()
        for window in windows:
            held = self._holders.setdefault(window, {})
            for ground in grounds:
                holders = held.setdefault(ground, [])
                found.update(holders)
                holders.append(number)
        others = {self._tellings[other].claim: other for other in sorted(found)}
        for tie in _ties(telling, (self._tellings[other] for other in others.values()), self._weights):
            self._tie(number, others[tie.one if tie.other == telling.claim else tie.other], tie)

    def _tie_same(self, claim: str, number: int) -> None:
        for other in self._partners.get(claim, ()):
            if other in self._met:
                self._missing[self._forest.find(self._met[other])] -= 1
                one, two = sorted((claim, other))
                self._tie(number, self._met[other], Tie(one, two, CERTAIN))
            else:
                self._missing[self._forest.find(number)] += 1
        if claim in self._partners:
            self._met[claim] = number

    def _tie(self, one: int, other: int, tie: Tie) -> None:
        tied = self._forest.tie(one, other)
        if tied is not None:
            a, b = tied
            self._members[a] += self._members.pop(b)
            self._ties[a] += self._ties.pop(b)
            self._missing[a] += self._missing.pop(b)
            self._last[a] = max(self._last[a], self._last.pop(b))
        self._ties[self._forest.find(one)].append(tie)

    def _slim(self, chain: int) -> None:
        """Of many ties keep the strongest."""
        if len(self._ties[chain]) > 8 * len(self._members[chain]) + 64:
            self._ties[chain] = strongest(self._ties[chain])

    def _closed(self) -> Iterator[Chain]:
        """The chains whose last window is over and that wait for nothing."""
        while self._ends and self._ends[0][0] < self._now:
            last, chain = heapq.heappop(self._ends)
            if self._last.get(chain) == last and not self._missing[chain]:
                yield self._given(chain)

    def close_all(self) -> Iterator[Chain]:
        """All chains that are left."""
        for chain in sorted(self._members):
            yield self._given(chain)

    def _given(self, chain: int) -> Chain:
        del self._last[chain], self._missing[chain]
        members = sorted(self._members.pop(chain))
        self._forest.drop(members)
        return Chain([self._tellings.pop(number) for number in members], strongest(self._ties.pop(chain)))
