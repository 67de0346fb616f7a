"""Things that are tied together, directly or through others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, Protocol, Self, TypeVar

__all__ = ["Forest"]


class _Ordered(Protocol):
    def __lt__(self, other: Self, /) -> bool: ...


T = TypeVar("T", bound=_Ordered)


class Forest(Generic[T]):
    """Sets of items that were tied (union–find). Each set is known by its root, the least of its items.

    >>> forest = Forest("abc")
    >>> forest.tie("c", "b"), forest.find("c"), forest.tie("b", "c"), forest.trees("cab")
    (('b', 'c'), 'b', None, [['c', 'b'], ['a']])
    """

    def __init__(self, items: Iterable[T] = ()) -> None:
        self._root: dict[T, T] = {item: item for item in items}

    def add(self, item: T) -> None:
        """Take in an item that is tied to nothing."""
        self._root[item] = item

    def drop(self, items: Iterable[T]) -> None:
        """Forget whole sets, given by all their items."""
        for item in items:
            del self._root[item]

    def find(self, item: T) -> T:
        """The root of the set of an item."""
        root = self._root
        while root[item] != item:
            root[item] = root[root[item]]
            item = root[item]
        return item

    def tie(self, one: T, other: T) -> tuple[T, T] | None:
        """Tie two items. Gives the root that stays and the one that is none any more; None where the two were tied already."""
        a, b = self.find(one), self.find(other)
        if a == b:
            return None
        stays, goes = (a, b) if a < b else (b, a)
        self._root[goes] = stays
        return stays, goes

    def trees(self, items: Iterable[T]) -> list[list[T]]:
        """Some items by their sets, in the order of the items."""
        found: dict[T, list[T]] = {}
        for item in items:
            found.setdefault(self.find(item), []).append(item)
        return list(found.values())
