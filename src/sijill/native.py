"""Whether the reader runs as C, and what is then done in another way than in plain Python, with the same outcome.

A loop over a few numbers takes Python longer than a call of a library in C, and compiled code a quarter of that call.
"""

from __future__ import annotations

from bisect import bisect_left
from types import FunctionType
from typing import Final

from mypy_extensions import i64

__all__ = ["COMPILED", "first_at"]


def first_at(ordered: list[int], value: int) -> int:
    """The number of the first of some ordered numbers that is not below a value; how many there are, where all are below.

    >>> first_at([2, 5, 5, 9], 5), first_at([2, 5], 6), first_at([], 1)
    (1, 2, 0)
    """
    return _halved(ordered, value) if COMPILED else bisect_left(ordered, value)


def _halved(ordered: list[int], value: int) -> int:
    low: i64 = 0
    high: i64 = len(ordered)
    while low < high:
        middle = (low + high) >> 1
        if ordered[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


COMPILED: Final = not isinstance(first_at, FunctionType)
"""Whether this module, and with it all that read, is compiled."""
