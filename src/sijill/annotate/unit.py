"""A unit: a word, clitic, mark or merged phrase of a text; and a chunk, which says that some units are to become one."""

from __future__ import annotations

from typing import Any

from mypy_extensions import mypyc_attr

from sijill.lexicon import Entry

__all__ = ["Chunk", "Unit"]


@mypyc_attr(acyclic=True)
class Unit:
    """A word, clitic, mark or merged phrase: its place in the folded text, what it is, and what it means.

    A plain class, which a compiler makes a C structure of: nothing else of a reading is looked at as often. No circle goes through a
    unit, so that the collector of circles need not know of it: a third less memory, and less to do at its end.
    """

    __slots__ = ("end", "entry", "start", "value", "word")

    def __init__(self, start: int, end: int, word: str, entry: Entry, value: Any = None) -> None:
        self.start = start
        self.end = end
        self.word = word
        self.entry = entry
        self.value = value

    def has(self, tag: str) -> bool:
        """Whether the unit has a class."""
        return tag in self.entry.tags

    def has_any(self, tags: tuple[str, ...] | frozenset[str]) -> bool:
        """Whether the unit has any of some classes."""
        own = self.entry.tags
        if isinstance(tags, tuple):  # a few, which compiled code goes through without an iterator
            for tag in tags:  # noqa: SIM110 — a generator takes plain Python three times as long
                if tag in own:
                    return True
            return False
        return not own.isdisjoint(tags)

    def feature(self, name: str) -> str | None:
        """A feature of the lexicon entry."""
        return self.entry.features.get(name)


class Chunk:
    """Units [first, last) that are to become one unit of the given classes."""

    __slots__ = ("first", "last", "tags", "value")

    def __init__(self, first: int, last: int, tags: tuple[str, ...], value: Any) -> None:
        self.first = first
        self.last = last
        self.tags = tags
        self.value = value
