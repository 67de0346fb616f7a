"""Units: the words of a text as rules see them, first one a word or clitic, then with numbers, dates and names merged.

What is looked for among them is looked for in `Units.row`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from sijill.annotate.row import Row
from sijill.annotate.unit import Chunk, Unit
from sijill.lexicon import Lexicon
from sijill.text import Folded

__all__ = ["Units"]


class Units:
    """The units of one text in order.

    A class of its own and no kind of tuple, for a compiler makes a C structure of it, of which a unit is had at once; `items` are the
    units themselves, for who takes several.
    """

    __slots__ = ("folded", "items", "lexicon", "row", "sentences")

    def __init__(
        self,
        folded: Folded,
        items: list[Unit],
        lexicon: Lexicon,
        sentence_spans: list[tuple[int, int]],
        chars: str,
    ) -> None:
        """The units in order; `chars` holds the private character of each that stands for its classes."""
        self.folded = folded
        self.items = items
        self.lexicon = lexicon
        self.sentences = sentence_spans
        self.row = Row(folded, items, lexicon, chars)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Unit:
        return self.items[index]

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.items)

    def sentence_units(self) -> list[tuple[int, int]]:
        """Sentences as [first, last) ranges of units."""
        return self.row.ranges(self.sentences)

    def sentence_of(self, index: int) -> int:
        """The number of the sentence that holds a unit."""
        return max(0, bisect_right(self.sentences, (self[index].start, 1 << 60)) - 1)

    def merge(self, chunks: Sequence[Chunk]) -> Units:
        """New units in which each chunk is one. Chunks that overlap an earlier one are left out."""
        if not chunks:
            return self
        items, chars = self.row.merged(chunks)
        return Units(self.folded, items, self.lexicon, self.sentences, chars)
