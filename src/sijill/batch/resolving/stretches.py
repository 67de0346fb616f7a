"""Time cut into stretches of about the same work, and which runs have something in each.

What comes out does not hang on where the cuts are. They stay where they were from one run to the next, so that what is new changes few.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

__all__ = ["cuts", "stretches", "touches"]


def cuts(before: Sequence[int], counts: Mapping[int, int], most: int) -> list[int]:
    """Where stretches begin, for so many items at each time. Those of `before` stay; a stretch of more than twice as many as `most` is cut.

    >>> cuts([], {1: 3, 2: 3, 5: 3, 6: 3, 9: 1}, 5)
    [1, 5, 9]
    >>> cuts([1, 5, 9], {0: 1, 1: 3, 2: 3, 5: 3, 6: 3, 9: 5, 10: 5, 11: 1}, 5)
    [0, 1, 5, 9, 10, 11]
    """
    if not counts:
        return list(before)
    times = sorted(counts)
    starts = sorted({*before, times[0]}) if not before or times[0] < before[0] else list(before)
    found: list[int] = []
    for start, end in stretches(starts, times[-1]):
        some = times[bisect_left(times, start) : bisect_left(times, end)]
        found.append(start)
        if not before or sum(counts[time] for time in some) > 2 * most:
            found += _greedy(some, counts, most)
    return found


def _greedy(times: Sequence[int], counts: Mapping[int, int], most: int) -> list[int]:
    """The times, but for the first, at which a stretch begins because the one before is full."""
    found: list[int] = []
    held = 0
    for time in times:
        if held >= most:
            found.append(time)
            held = 0
        held += counts[time]
    return found


def stretches(starts: Sequence[int], last: int) -> list[tuple[int, int]]:
    """The stretches that begin at some times: each from its beginning to before its end. The last ends after `last`.

    >>> stretches([1, 5], 7)
    [(1, 5), (5, 8)]
    """
    return list(zip(starts, [*starts[1:], max(last, starts[-1]) + 1], strict=True)) if starts else []


def touches(times: Sequence[int], first: int, end: int) -> bool:
    """Whether any of some times, which are sorted, lies from `first` to before `end`.

    >>> touches([1, 9], 2, 9), touches([1, 9], 2, 10)
    (False, True)
    """
    at = bisect_left(times, first)
    return at < len(times) and times[at] < end
