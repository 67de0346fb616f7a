"""A cursor over the units of one text: what stands where, asked in the terms that date readers need."""

from __future__ import annotations

from typing import Final, NamedTuple, cast

from sijill.annotate.dates.calendar import Clock, Moment, Unit
from sijill.annotate.units import Units

__all__ = ["Cursor", "Part"]

_NOTHING: Final[frozenset[str]] = frozenset()


class Part(NamedTuple):
    """What one part says, and the unit after its last."""

    moment: Moment
    clock: Clock | None
    last: int


class Cursor:
    """The units of one text. What lies before `passed` is known to be no date."""

    def __init__(self, units: Units) -> None:
        self.passed = 0
        self.units = units
        self.items = units.items
        self.count = len(self.items)

    def tags(self, i: int) -> frozenset[str]:
        """The classes of a unit; none beyond either end of the text."""
        return self.items[i].entry.tags if 0 <= i < self.count else _NOTHING

    def word(self, i: int) -> str:
        """The folded word of a unit, or an empty text beyond either end."""
        return self.items[i].word if 0 <= i < self.count else ""

    def feature(self, i: int, name: str) -> str:
        """A feature that the lexicon is known to give."""
        return self.items[i].entry.features[name]

    def touch(self, i: int) -> bool:
        """Whether a unit stands right against the one before."""
        return 0 < i < self.count and self.items[i].start == self.items[i - 1].end

    def digits(self, i: int) -> int | None:
        """The value of a unit of at most four digits."""
        if "D" in self.tags(i) and len(self.items[i].word) <= 4:
            word = self.items[i].word
            return int(word) if word.isdigit() else None
        return None

    def unit(self, i: int) -> Unit | None:
        """The stretch of time that a noun names: «شهر» month."""
        if "PERIOD" not in self.tags(i) or "PRON" in self.tags(i):
            return None
        return cast(Unit, self.feature(i, "unit"))
