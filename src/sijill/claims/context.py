"""What was found in one report, side by side: the input of every step that makes claims."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from sijill.annotate.actors import actor_of
from sijill.annotate.casualties import Figure
from sijill.annotate.dates import ResolvedDate
from sijill.annotate.events import Trigger
from sijill.annotate.places import Mention as PlaceNaming
from sijill.annotate.places import Place
from sijill.annotate.units import Units
from sijill.names import Names
from sijill.records import DateBasis, Evidence, Report

__all__ = ["Context", "DatedSpan", "EventDraft", "same_story"]


@dataclass(frozen=True, slots=True)
class DatedSpan:
    """A date expression of the text: its unit and what it resolved to."""

    unit: int
    value: ResolvedDate


@dataclass(slots=True)
class EventDraft:
    """An event while it is put together. `first` and `last` are units of its triggers; `clause` the units around them."""

    kind: str
    rule: str
    first: int
    last: int
    sentence: int
    triggers: list[Trigger]
    clause: tuple[int, int] = (0, 0)
    weak: bool = False
    modality: str = "asserted"
    means: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    own_place: bool = False
    agents: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    source: str | None = None
    date: str | None = None
    date_basis: DateBasis | None = None
    own_date: bool = False
    time: str | None = None
    time_of_day: str | None = None
    background: bool = False
    main: bool = False
    definite: bool = False
    points_back: bool = False  # only a definite noun for an event told before («الهجوم»)
    simultaneous: bool = False
    evidence: list[Evidence] = field(default_factory=list)
    retold: list[tuple[int, int]] = field(default_factory=list)

    def note(self, units: Units, what: str, first: int, last: int, rule: str) -> None:
        """Keep the words that a value came from."""
        start, end = units.span(first, last)
        item = Evidence(what=what, start=start, end=end, rule=rule)
        if item not in self.evidence:
            self.evidence.append(item)


@dataclass(slots=True)
class Context:
    """One report with everything that the annotators found in it."""

    report: Report
    units: Units
    grouped: Units
    names: Names
    country: str | None
    places: Sequence[PlaceNaming]
    dates: Sequence[DatedSpan]
    triggers: Sequence[Trigger]
    figures: Sequence[Figure]
    sentences: list[tuple[int, int]]
    sources: list[tuple[str, int, int]] | None = field(default=None, repr=False)  # filled by participants on first use
    _lines: list[int] | None = field(default=None, repr=False)
    _breaks: list[int] | None = field(default=None, repr=False)
    _heads: dict[str, list[int]] | None = field(default=None, repr=False)

    def actor_at(self, at: int) -> str | None:
        """The actor that a unit names, or, for a definite generic word, the actor it points back to («القوات», «المرتزقة»)."""
        unit = self.units[at]
        if unit.has("GENERIC") and not unit.has("ACTOR"):
            owner = self._owner(at)
            if owner is not None:
                return owner
        if unit.has("GENERIC") and not unit.has("ACTOR") and unit.word.startswith("ال"):
            bare = unit.word[2:].split(" ")[0]
            earlier = next((i for i in reversed(self._named_by(bare)) if i < at), None)
            if earlier is not None:
                return actor_of(self.units[earlier], self.names, self.country)
        return actor_of(unit, self.names, self.country)

    def places_between(self, first: int, last: int) -> list[PlaceNaming]:
        """Located namings, datelines aside, that begin at units [first, last)."""
        low = bisect_left(self.places, first, key=lambda m: m.first)
        high = bisect_left(self.places, last, key=lambda m: m.first)
        return [m for m in self.places[low:high] if not m.dateline and m.place is not None]

    def dates_between(self, first: int, last: int) -> list[DatedSpan]:
        """Resolved dates at units [first, last)."""
        low = bisect_left(self.dates, first, key=lambda s: s.unit)
        high = bisect_left(self.dates, last, key=lambda s: s.unit)
        return [s for s in self.dates[low:high] if s.value.edtf]

    def _named_by(self, head: str) -> list[int]:
        """Units of actors whose name begins with a word («قوات …»), in order."""
        if self._heads is None:
            self._heads = {}
            for i in self.units.where("ACTOR"):
                self._heads.setdefault(self.units[i].word.split(" ")[0], []).append(i)
        return self._heads.get(head, [])

    def clause(self, first: int, last: int, low: int, high: int) -> tuple[int, int]:
        """The clause around units [first, last), inside [low, high): up to a conjunction that starts a new verb.

        A plain comma does not end a clause («في 30 كانون الثاني، تم تطهير …»); a semicolon, a comma with a conjunction, and a
        conjunction with a verb do.
        """
        if self._breaks is None:
            self._breaks = [i for i in self.units.where("CONJ", "COMMA", "SEMI", "STOP") if _ends_clause(self.units, i)]
        before = bisect_left(self._breaks, first)
        start = max(low, self._breaks[before - 1] + 1) if before else low
        after = bisect_left(self._breaks, last)
        end = min(high, self._breaks[after]) if after < len(self._breaks) else high
        return start, end

    def _owner(self, at: int) -> str | None:
        """«خلايا من داعش», «مسلحون تابعون للتنظيم»: a generic word takes the actor that it is said to belong to."""
        for i in range(at + 1, min(len(self.units), at + 4)):
            unit = self.units[i]
            if unit.has("ACTOR"):
                return actor_of(unit, self.names, self.country)
            if not (unit.has("FROM") or unit.has("TO") or unit.word.startswith("تابع") or unit.word in ("في", "تنظيم")):
                return None
        return None

    def sentence_of(self, unit: int) -> int:
        """The number of the sentence that holds a unit."""
        return self.units.sentence_of(unit)

    def paragraph_break(self, first: int, last: int) -> bool:
        """Whether a line ends between two units."""
        if self._lines is None:
            self._lines = self.units.where("NL")
        at = bisect_left(self._lines, first)
        return at < len(self._lines) and self._lines[at] < last


_VERBAL = ("PAST", "PRES", "FUT", "AUX", "HARM_V", "SAY_V", "KANA", "QAD")


def _ends_clause(units: Units, i: int) -> bool:
    """Whether unit `i` (a conjunction or mark) ends a clause."""
    unit = units[i]
    if unit.has("SEMI") or unit.has("STOP"):
        return True
    if i + 1 >= len(units):
        return False
    after = units[i + 1]
    if (unit.has("CONJ") or unit.has("COMMA")) and _opens_with_date(units, i + 1):
        return True
    if unit.has("CONJ"):
        verbal = any(map(after.has, _VERBAL)) and not after.has("PLACE")
        return verbal or after.has("ALSO")
    return bool(unit.has("COMMA") and (after.has("ALSO") or after.has("REL")))


def _opens_with_date(units: Units, i: int) -> bool:
    """«، في 26 آذار سيطرت …», «وفي اليوم الثالث استخدم …»: a date with a verb soon after it opens a clause."""
    while i < len(units) and (units[i].has("PREP") or units[i].has("CONJ") or units[i].word == "تاريخ"):
        i += 1
    if i >= len(units) or not units[i].has("DATE"):
        return False
    return any(any(map(u.has, _VERBAL)) for u in units.items[i + 1 : i + 5])


def same_story(a: str, b: str) -> bool:
    """Whether two kinds may be one event told in two words: an attack and the way it was made."""
    if a == b:
        return True
    return any(a in family and b in family for family in _FAMILIES)


_FAMILIES = (
    {"attack_unspecified", "armed_assault", "shelling", "air_strike", "drone_strike", "shooting", "suicide_bombing", "vehicle_bomb",
     "explosive_device", "explosion", "assassination", "stabbing_or_ramming", "chemical_attack"},
    {"protest", "riot", "protest_repression"},
    {"security_operation", "armed_clash"},
)  # fmt: skip
