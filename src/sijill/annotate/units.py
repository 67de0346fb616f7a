"""Units: the words of a text as rules see them, first one a word or clitic, then with numbers, dates and names merged.

Each unit has one private character that stands for its classes; `Units.chars` is what patterns run over.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Any, NamedTuple

from sijill.lexicon import Entry, Lexicon
from sijill.text import Folded, sentences, words

__all__ = ["Chunk", "Unit", "Units", "tokenise"]


class Unit(NamedTuple):
    """A word, clitic, mark or merged phrase: its place in the folded text, what it is, and what it means."""

    start: int
    end: int
    word: str
    entry: Entry
    value: Any = None

    def has(self, tag: str) -> bool:
        """Whether the unit has a class."""
        return tag in self.entry.tags

    def feature(self, name: str) -> str | None:
        """A feature of the lexicon entry."""
        return self.entry.features.get(name)


class Chunk(NamedTuple):
    """Units [first, last) that are to become one unit of the given classes."""

    first: int
    last: int
    tags: tuple[str, ...]
    value: Any


class Units:
    """The units of one text in order."""

    __slots__ = ("_starts", "chars", "folded", "items", "lexicon", "sentences")

    def __init__(self, folded: Folded, items: list[Unit], lexicon: Lexicon, sentence_spans: list[tuple[int, int]]) -> None:
        self.folded = folded
        self.items = items
        self.lexicon = lexicon
        self.sentences = sentence_spans
        self.chars = "".join([unit.entry.char for unit in items])
        self._starts: list[int] | None = None

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Unit:
        return self.items[index]

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.items)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The source code points of units [first, last)."""
        return self.folded.span(self.items[first].start, self.items[last - 1].end)

    def index_at(self, position: int) -> int:
        """The first unit that starts at or after a folded offset."""
        if self._starts is None:
            self._starts = [unit.start for unit in self.items]
        return bisect_left(self._starts, position)

    def where(self, *tags: str) -> list[int]:
        """The units that have any of the classes, in order; the search runs in C."""
        return [match.start() for match in self.lexicon.finder(*tags).finditer(self.chars)]

    def sentence_units(self) -> list[tuple[int, int]]:
        """Sentences as [first, last) ranges of units."""
        return [(self.index_at(start), self.index_at(end)) for start, end in self.sentences]

    def sentence_of(self, index: int) -> int:
        """The number of the sentence that holds a unit."""
        return max(0, bisect_right(self.sentences, (self.items[index].start, 1 << 60)) - 1)

    def merge(self, chunks: Iterable[Chunk]) -> Units:
        """New units in which each chunk is one. Chunks that overlap an earlier one are left out."""
        items: list[Unit] = []
        at = 0
        for chunk in sorted(chunks, key=lambda c: (c.first, -c.last)):
            if chunk.first < at:
                continue
            items += self.items[at : chunk.first]
            first, last = self.items[chunk.first], self.items[chunk.last - 1]
            tags = frozenset(chunk.tags)
            entry = Entry(tags, _NO_FEATURES, self.lexicon.char(tags), "")
            items.append(Unit(first.start, last.end, self.folded.text[first.start : last.end], entry, chunk.value))
            at = chunk.last
        items += self.items[at:]
        return Units(self.folded, items, self.lexicon, self.sentences)


_NO_FEATURES: MappingProxyType[str, str] = MappingProxyType({})


def tokenise(folded: Folded, lexicon: Lexicon) -> Units:
    """The words of a text with their clitics apart; phrases and names of the lexicon as one unit, the longest first.

    >>> from sijill.lexicon import load_lexicon
    >>> from sijill.text import fold
    >>> [u.word for u in tokenise(fold("وبالحسكة، قتل مدني"), load_lexicon())]
    ['و', 'ب', 'الحسكه', '،', 'قتل', 'مدني']
    """
    raw = words(folded.text)
    items: list[Unit] = []
    analyse, phrases_from, add = lexicon.analyse, lexicon.phrases_from, items.append
    i, n = 0, len(raw)
    while i < n:
        word, offset = raw[i]
        pieces = analyse(word)
        i += 1
        if len(pieces) > 1:
            for start, end, part, entry in pieces[:-1]:
                add(Unit(offset + start, offset + end, part, entry))
        start, end, part, entry = pieces[-1]
        last, stop = i, offset + end
        continuations = phrases_from(part)
        for rest in _candidates(raw, i, continuations) if continuations else ():
            after = _follows(raw, i, rest)
            if after:
                phrase = " ".join((part, *rest))
                found = lexicon.entry(phrase)
                if found:
                    part, entry, last = phrase, found, after
                    tail, tail_offset = raw[after - 1]
                    stop = tail_offset + len(tail)
                    break
        i = last
        add(Unit(offset + start, stop, part, entry))
    return Units(folded, items, lexicon, sentences(folded.text))


_NONE: list[tuple[str, ...]] = []


def _candidates(raw: list[tuple[str, int]], at: int, continuations: dict[str, list[tuple[str, ...]]]) -> list[tuple[str, ...]]:
    """Phrases whose second word is the next one; a quotation mark between does not count."""
    while at < len(raw) and raw[at][0] in "\"'":
        at += 1
    return continuations.get(raw[at][0], _NONE) if at < len(raw) else _NONE


def _follows(raw: list[tuple[str, int]], at: int, rest: tuple[str, ...]) -> int:
    """Where the words of a phrase end if they stand from `at` on, quotation marks between them aside; else 0."""
    for word in rest:
        while at < len(raw) and raw[at][0] in "\"'":
            at += 1
        if at >= len(raw) or raw[at][0] != word:
            return 0
        at += 1
    return at
