"""Ties joined over all stretches: chains of tellings, cut into the components that are settled each by itself.

The stretches come in their order. A chain that can reach into no later one is cut, given back and forgotten.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator

import pyarrow as pa

from sijill.link import Tie, cut, strongest
from sijill.link.forest import Forest
from sijill.link.weights import load_weights

__all__ = ["Component", "components"]

Component = list[tuple[int, str]]
"""Claims that are settled together, each with its first window, in that order."""


def components(stretches: Iterable[tuple[int, pa.Table]]) -> Iterator[Component]:
    """The components of two claims and more, from the ties of each stretch and its first window. What is in none stands alone."""
    chains = _Chains()
    for first, ties in stretches:
        yield from chains.closed(before=first)
        columns = (ties.column(name).to_pylist() for name in ("one", "other", "weight", "one_first", "other_first", "last"))
        for one, other, weight, one_first, other_first, last in zip(*columns, strict=True):
            chains.tie(Tie(one, other, weight), one_first, other_first, last)
    yield from chains.closed(before=None)


class _Chains:
    """Chains that may still grow, each known by the least of its claims."""

    def __init__(self) -> None:
        self._link = load_weights().link
        self._forest: Forest[str] = Forest()
        self._window: dict[str, int] = {}
        self._members: dict[str, list[str]] = {}
        self._ties: dict[str, list[Tie]] = {}
        self._last: dict[str, int] = {}
        self._ends: list[tuple[int, str]] = []  # (last window, chain), some of them outdated

    def tie(self, tie: Tie, one_first: int, other_first: int, last: int) -> None:
        for claim, window in ((tie.one, one_first), (tie.other, other_first)):
            if claim not in self._window:
                self._forest.add(claim)
                self._window[claim], self._members[claim], self._ties[claim], self._last[claim] = window, [claim], [], last
        tied = self._forest.tie(tie.one, tie.other)
        if tied:
            stays, goes = tied
            self._members[stays] += self._members.pop(goes)
            self._ties[stays] += self._ties.pop(goes)
            self._last[stays] = max(self._last[stays], self._last.pop(goes))
        chain = self._forest.find(tie.one)
        self._ties[chain].append(tie)
        self._last[chain] = max(self._last[chain], last)
        heapq.heappush(self._ends, (self._last[chain], chain))

    def closed(self, *, before: int | None) -> Iterator[Component]:
        """The components of the chains whose last window comes before one, or of all that are left."""
        while self._ends and (before is None or self._ends[0][0] < before):
            last, chain = heapq.heappop(self._ends)
            if self._last.get(chain) == last:
                yield from self._cut(chain)

    def _cut(self, chain: str) -> Iterator[Component]:
        del self._last[chain]
        members = sorted((self._window[claim], claim) for claim in self._members.pop(chain))
        self._forest.drop(claim for _, claim in members)
        for component in cut([claim for _, claim in members], strongest(self._ties.pop(chain)), self._link):
            if len(component) > 1:
                yield [(self._window[claim], claim) for claim in component]
        for _, claim in members:
            del self._window[claim]
