"""The units of a text in a row, as one string: what is looked for among them is looked for here, in C."""

from __future__ import annotations

import re

from sijill.annotate.unit import Unit
from sijill.lexicon import Lexicon
from sijill.text import MAX_CHARACTERS, Folded

__all__ = ["Row"]


class Row:
    """Units in order, and `chars`, in which one private character stands for the classes of each.

    A plain class apart from the tuple that the units are, which a compiler can make a C structure of: hundreds of things are looked
    for in a report.
    """

    __slots__ = ("_finders", "_folded", "_items", "_lexicon", "chars")

    def __init__(self, folded: Folded, items: list[Unit], lexicon: Lexicon, chars: str) -> None:
        self.chars = chars
        self._folded = folded
        self._items = items
        self._lexicon = lexicon
        self._finders: dict[tuple[str, ...], re.Pattern[str]] = lexicon.finders

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The source code points of units [first, last)."""
        return self._folded.span(self._items[first].start, self._items[last - 1].end)

    def where(self, *tags: str, first: int = 0, last: int = MAX_CHARACTERS) -> list[int]:
        """The units among [first, last) that have any of the classes, in order."""
        found: list[int] = []
        search, chars = self._finders[tags].search, self.chars
        match = search(chars, first, last)
        while match is not None:  # mostly there is one or none, for which an iterator costs more than it finds
            at = match.start()
            found.append(at)
            match = search(chars, at + 1, last)
        return found

    def holds(self, *tags: str, first: int = 0, last: int = MAX_CHARACTERS) -> bool:
        """Whether any of the units [first, last) has any of the classes."""
        return self._finders[tags].search(self.chars, first, last) is not None

    def first_of(self, *tags: str, first: int = 0, last: int = MAX_CHARACTERS) -> int | None:
        """The first unit among [first, last) that has any of the classes."""
        match = self._finders[tags].search(self.chars, first, last)
        return match.start() if match else None

    def matching(self, pattern: str) -> list[int]:
        """The units at which a pattern of `Lexicon.pattern` begins, in order."""
        return [match.start() for match in self._lexicon.pattern(pattern).finditer(self.chars)]
