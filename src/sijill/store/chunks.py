"""Items in lists of a bounded length: databases take so many parameters and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

__all__ = ["chunks"]

Item = TypeVar("Item")


def chunks(items: Iterable[Item], size: int = 500) -> Iterator[list[Item]]:
    """The items, some at a time.

    >>> list(chunks("abc", 2))
    [['a', 'b'], ['c']]
    """
    left = iter(items)
    while part := list(islice(left, size)):
        yield part
