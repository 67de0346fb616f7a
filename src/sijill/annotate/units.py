"""Units: the words of a text as rules see them, first one a word or clitic, then with numbers, dates and names merged.

Each unit has one private character that stands for its classes; `Units.chars` is what patterns run over.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter

from sijill.annotate.unit import Chunk, Unit, starts_of
from sijill.lexicon import Lexicon
from sijill.text import MAX_CHARACTERS, Folded

__all__ = ["Units"]


_FIRST, _LAST = attrgetter("first"), attrgetter("last")


class Units(tuple[Unit, ...]):
    """The units of one text in order. A tuple of them, so that nothing stands between an index and its unit."""

    def __new__(
        cls,
        folded: Folded,
        items: Iterable[Unit],
        lexicon: Lexicon,
        sentence_spans: list[tuple[int, int]],
        chars: str,
    ) -> Units:
        """The units in order; `chars` holds the character of each."""
        return super().__new__(cls, items)

    def __init__(
        self,
        folded: Folded,
        items: Iterable[Unit],
        lexicon: Lexicon,
        sentence_spans: list[tuple[int, int]],
        chars: str,
    ) -> None:
        self.folded = folded
        self.lexicon = lexicon
        self.sentences = sentence_spans
        self.chars = chars
        self._starts: list[int] | None = None

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The source code points of units [first, last)."""
        return self.folded.span(self[first].start, self[last - 1].end)

    def index_at(self, position: int) -> int:
        """The first unit that starts at or after a folded offset."""
        return bisect_left(self.starts, position)

    @property
    def starts(self) -> list[int]:
        """Where each unit starts in the folded text."""
        if self._starts is None:
            self._starts = starts_of(self)
        return self._starts

    def where(self, *tags: str, first: int = 0, last: int = MAX_CHARACTERS) -> list[int]:
        """The units among [first, last) that have any of the classes, in order; the search runs in C."""
        found, search, chars = [], self.lexicon.finders[tags].search, self.chars
        match = search(chars, first, last)
        while match is not None:  # mostly there is one or none, for which an iterator costs more than it finds
            at = match.start()
            found.append(at)
            match = search(chars, at + 1, last)
        return found

    def holds(self, *tags: str, first: int = 0, last: int = MAX_CHARACTERS) -> bool:
        """Whether any of the units [first, last) has any of the classes; the search runs in C."""
        return self.lexicon.finders[tags].search(self.chars, first, last) is not None

    def first_of(self, *tags: str, first: int = 0, last: int = MAX_CHARACTERS) -> int | None:
        """The first unit among [first, last) that has any of the classes; the search runs in C."""
        match = self.lexicon.finders[tags].search(self.chars, first, last)
        return match.start() if match else None

    def matching(self, pattern: str) -> list[int]:
        """The units at which a pattern of `Lexicon.pattern` begins, in order; the search runs in C."""
        return [match.start() for match in self.lexicon.pattern(pattern).finditer(self.chars)]

    def sentence_units(self) -> list[tuple[int, int]]:
        """Sentences as [first, last) ranges of units."""
        starts = self.starts
        return [(bisect_left(starts, start), bisect_left(starts, end)) for start, end in self.sentences]

    def sentence_of(self, index: int) -> int:
        """The number of the sentence that holds a unit."""
        return max(0, bisect_right(self.sentences, (self[index].start, 1 << 60)) - 1)

    def merge(self, chunks: Sequence[Chunk]) -> Units:
        """New units in which each chunk is one. Chunks that overlap an earlier one are left out."""
        if not chunks:
            return self
        items: list[Unit] = []
        chars: list[str] = []
        at, row, text, entry_of = 0, self.chars, self.folded.text, self.lexicon.merged
        longest_first = sorted(chunks, key=_LAST, reverse=True)
        for first, last, tags, value in sorted(longest_first, key=_FIRST):
            if first < at:
                continue
            items += self[at:first]
            entry, start, end = entry_of(tags), self[first].start, self[last - 1].end
            items.append(Unit(start, end, text[start:end], entry, value))
            chars += (row[at:first], entry.char)
            at = last
        items += self[at:]
        chars.append(row[at:])
        return Units(self.folded, items, self.lexicon, self.sentences, "".join(chars))
