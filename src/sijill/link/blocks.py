"""Which tellings are compared at all: those that share a key of place and time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import combinations

from sijill.link.tellings import Telling

__all__ = ["REACH", "WINDOW", "candidate_pairs", "grounds_of", "keys_of", "windows_of"]

WINDOW = 4
"""Days of a window of time; a telling stands in every window that its days touch, with a margin of a day."""
_MARGIN = 1
_CELL = 0.5
"""Degrees of a cell of the map, some 50 km."""
_MOST_WINDOWS = 6
"""A telling of a long stretch stands in its first windows only."""
REACH = _MOST_WINDOWS - 1
"""So many windows after its first a telling is still looked for."""
_NO_WINDOWS = range(0)


def windows_of(telling: Telling) -> range:
    """The windows of time in which a telling is looked for, by number, in order. Without days, or without any place, there are none: it
    could be of any incident.
    """
    if telling.days is None or not (telling.sites or telling.country):
        return _NO_WINDOWS
    first, last = telling.days[0] - _MARGIN, telling.days[1] + _MARGIN
    return range(first // WINDOW, last // WINDOW + 1)[:_MOST_WINDOWS]


def grounds_of(telling: Telling) -> set[str]:
    """Where on the ground a telling is looked for.

    Two kinds: a cell of the map and its neighbours, and the name of the place. A telling whose places have no coordinates stands under
    their names; one that has no place, under its country.
    """
    if not telling.sites:
        return {f"in {telling.country}"}
    return {ground for site in telling.sites for ground in _grounds(site.key, site.lat, site.lon, site.radius_km)}


def keys_of(telling: Telling) -> tuple[str, ...]:
    """The keys under which a telling is looked for, sorted: each window of time with each ground."""
    windows = windows_of(telling)
    if not windows:
        return ()
    grounds = grounds_of(telling)
    return tuple(sorted(f"{window} {ground}" for window in windows for ground in grounds))


def _grounds(key: str, lat: float | None, lon: float | None, radius_km: float) -> Iterator[str]:
    yield f"at {key}"
    if lat is None or lon is None:
        return
    reach = min(radius_km, 30) / 111
    rows = range(math.floor((lat - reach) / _CELL), math.floor((lat + reach) / _CELL) + 1)
    columns = range(math.floor((lon - reach) / _CELL), math.floor((lon + reach) / _CELL) + 1)
    yield from (f"cell {row} {column}" for row in rows for column in columns)


def candidate_pairs(tellings: Iterable[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """Every two tellings that share a key, once, in a stable order."""
    by_key: dict[str, list[int]] = {}
    row = list(tellings)
    for number, telling in enumerate(row):
        for key in keys_of(telling):
            by_key.setdefault(key, []).append(number)
    pairs = {pair for numbers in by_key.values() for pair in combinations(numbers, 2)}
    return ((row[a], row[b]) for a, b in sorted(pairs))
