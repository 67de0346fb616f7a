"""The units of a text in a row, as one string: what is looked for among them is looked for here, in C."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from mypy_extensions import i64

from sijill.annotate.unit import Chunk, Unit
from sijill.lexicon import ASKED, LISTED, Lexicon, bits_of
from sijill.native import COMPILED
from sijill.rules import Leads
from sijill.text import MAX_CHARACTERS, Folded

__all__ = ["Row"]

_NUMBER: Final = {tag: number for number, tag in enumerate(LISTED)}
_LISTED: Final = frozenset(LISTED)


class Row:
    """Units in order, and `chars`, in which one private character stands for the classes of each.

    Hundreds of things are looked for in a report, each by its classes; what a unit says is asked of the unit.
    """

    __slots__ = ("_finders", "_folded", "_held", "_items", "_lexicon", "_listed", "chars")

    def __init__(self, folded: Folded, items: list[Unit], lexicon: Lexicon, chars: str) -> None:
        self.chars = chars
        self._folded = folded
        self._items = items
        self._lexicon = lexicon
        self._finders: dict[tuple[str, ...], re.Pattern[str]] = lexicon.finders
        self._held: dict[tuple[str, ...], bool] = {}  # whether any unit of the text has one of some classes, for those that were asked for
        self._listed: list[list[int]] | None = None  # where units have each of the classes of `LISTED`, once it was asked

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The source code points of units [first, last)."""
        return self._folded.span(self._items[first].start, self._items[last - 1].end)

    def index_at(self, position: int) -> int:
        """The first unit that starts at or after a folded offset."""
        items = self._items
        low: i64 = 0
        high: i64 = len(items)
        while low < high:
            middle = (low + high) >> 1
            if items[middle].start < position:
                low = middle + 1
            else:
                high = middle
        return low

    def ranges(self, stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Stretches of the folded text as [first, last) ranges of units."""
        return [(self.index_at(start), self.index_at(end)) for start, end in stretches]

    def where(self, *tags: str, any_of: tuple[str, ...] = (), first: int = 0, last: int = MAX_CHARACTERS) -> list[int]:
        """The units among [first, last) that have any of the classes, in order.

        Classes that have a name together are given as `any_of`: to spread them out costs compiled code ten times the look.
        """
        tags = any_of or tags
        if first == 0 and last == MAX_CHARACTERS and _LISTED.issuperset(tags):
            return self._where_listed(tags)
        if last - first <= _FEW and (asked := _bits(tags)):
            return self._where_few(asked, max(0, first), last)
        found: list[int] = []
        search, chars = self._finders[tags].search, self.chars
        match = search(chars, first, last)
        while match is not None:  # mostly there is one or none, for which an iterator costs more than it finds
            at = match.start()
            found.append(at)
            match = search(chars, at + 1, last)
        return found

    def _where_listed(self, tags: tuple[str, ...]) -> list[int]:
        listed = self._listed
        if listed is None:
            listed = self._listed = [[] for _ in LISTED]
            for i, unit in enumerate(self._items):
                for number in unit.entry.listed:
                    listed[number].append(i)
        found = [i for tag in tags for i in listed[_NUMBER[tag]]]
        return found if len(tags) == 1 else sorted(set(found))

    def _where_few(self, asked: i64, first: int, last: int) -> list[int]:
        """The units among a few that have a class of some bits."""
        items = self._items
        return [i for i in range(first, min(last, len(items))) if items[i].entry.bits & asked]

    def _first_of_few(self, asked: i64, first: int, last: int) -> int:
        """The first unit among a few that has a class of some bits; -1 if none has."""
        items = self._items
        for i in range(first, min(last, len(items))):
            if items[i].entry.bits & asked:
                return i
        return -1

    def holds(self, *tags: str, any_of: tuple[str, ...] = (), first: int = 0, last: int = MAX_CHARACTERS) -> bool:
        """Whether any of the units [first, last) has any of the classes."""
        tags = any_of or tags
        if last - first <= _FEW and (asked := _bits(tags)):
            return self._first_of_few(asked, max(0, first), last) >= 0
        if first == 0 and last == MAX_CHARACTERS:
            return self._holds_anywhere(tags)
        return self._finders[tags].search(self.chars, first, last) is not None

    def _holds_anywhere(self, tags: tuple[str, ...]) -> bool:
        """Looked for once: what is asked of the whole text is asked again for each of its events."""
        found = self._held.get(tags)
        if found is None:
            found = self._held[tags] = self._finders[tags].search(self.chars) is not None
        return found

    def first_of(self, *tags: str, any_of: tuple[str, ...] = (), first: int = 0, last: int = MAX_CHARACTERS) -> int | None:
        """The first unit among [first, last) that has any of the classes."""
        tags = any_of or tags
        if last - first <= _FEW and (asked := _bits(tags)):
            at = self._first_of_few(asked, max(0, first), last)
            return at if at >= 0 else None
        match = self._finders[tags].search(self.chars, first, last)
        return match.start() if match else None

    def matching(self, pattern: str) -> list[int]:
        """The units at which a pattern of `Lexicon.pattern` begins, in order."""
        return [match.start() for match in self._lexicon.pattern(pattern).finditer(self.chars)]

    def starts(self, leads: Leads, first: int = 0, last: int = MAX_CHARACTERS) -> list[int]:
        """The units among [first, last) where something may start, in order."""
        return self._marked(leads, first, last) if COMPILED and leads.free else self._searched(leads, first, last)

    def ahead(self, starts: list[int], width: i64) -> list[int]:
        """For each of some units the bits of `Lexicon.need` that it and those after it have, `width` units in all."""
        items, found = self._items, []
        end = len(items)
        for start in starts:
            needs: i64 = 0
            for i in range(start, min(start + width, end)):
                needs |= items[i].entry.marks.needs
            found.append(needs)
        return found

    def chars_at(self, starts: list[int], beyond: int) -> list[str]:
        """For each of some units the character of the one so many units beyond it; nothing past the end.

        It is that of the entry and no piece of `chars`: nothing is made, and its hash is known.
        """
        items = self._items
        end = len(items) - beyond
        return [items[start + beyond].entry.char if start < end else "" for start in starts]

    def begins(self, leads: Leads, first: int, last: int) -> bool:
        """Whether something may start at any of the units [first, last); for leads that need nothing to follow."""
        if not (COMPILED and leads.free):
            return leads.pattern.search(self.chars, first, last) is not None
        items, free = self._items, leads.free
        for i in range(first, min(last, len(items))):  # noqa: SIM110 — a generator would be made for each sentence
            if items[i].entry.marks.leads & free:
                return True
        return False

    def _searched(self, leads: Leads, first: int, last: int) -> list[int]:
        return [match.start() for match in leads.pattern.finditer(self.chars, first, last)]

    def _marked(self, leads: Leads, first: i64, last: i64) -> list[int]:
        items, found = self._items, []
        free, strict, led = leads.free, leads.strict, leads.led
        end = min(last, len(items))
        for i in range(first, end):
            marks = items[i].entry.marks.leads
            if marks & free or (marks & strict and i + 1 < end and items[i + 1].entry.marks.leads & led):
                found.append(i)
        return found

    def merged(self, chunks: Sequence[Chunk]) -> tuple[list[Unit], str]:
        """The units with each chunk as one, and their characters. Chunks that overlap an earlier one are left out."""
        items: list[Unit] = []
        chars: list[str] = []
        old, row, text, at = self._items, self.chars, self._folded.text, 0
        longest_first = sorted(chunks, key=_LAST, reverse=True)
        for chunk in sorted(longest_first, key=_FIRST):
            first = chunk.first
            if first < at:
                continue
            items += old[at:first]
            chars.append(row[at:first])
            at = chunk.last
            entry, start, end = self._lexicon.merged(chunk.tags), old[first].start, old[at - 1].end
            items.append(Unit(start, end, text[start:end], entry, chunk.value))
            chars.append(entry.char)
        items += old[at:]
        chars.append(row[at:])
        return items, "".join(chars)


_FIRST: Final = attrgetter("first")
_LAST: Final = attrgetter("last")


_FEW: Final = 400 if COMPILED else 40
"""Up to how many units are looked at one by one: a search has a start to make, which costs plain Python as much as some fifty of them.

Compiled code looks at a unit in less time than `re` takes for its character.
"""
_ASKED: Final = frozenset(ASKED)
_ONE_BY_ONE: Final = 4
"""Up to how many classes have their bits looked up one by one, in less time than all of them together as a key."""
_BIT_OF: Final = {tag: bits_of((tag,)) for tag in ASKED}
_BITS: Final[dict[tuple[str, ...], int]] = {}  # of the classes asked for together, which the code names: a few hundred


def _bits(tags: tuple[str, ...]) -> i64:
    """The bits of some classes; 0 where one of them has none."""
    if len(tags) <= _ONE_BY_ONE:
        bits: i64 = 0
        for tag in tags:
            bit: i64 = _BIT_OF.get(tag, 0)
            if bit == 0:
                return 0
            bits |= bit
        return bits
    found = _BITS.get(tags)
    if found is None:
        found = _BITS[tags] = bits_of(tags) if _ASKED.issuperset(tags) else 0
    return found
