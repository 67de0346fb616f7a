"""What was found in one report, side by side: the input of every step that makes claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

import msgspec

from sijill.annotate.actors import ACTOR_TAGS, actor_of, after_court, are_gunmen_of_a_nation, is_actor
from sijill.annotate.casualties import Figure
from sijill.annotate.dates import DateExpression, Kind, ResolvedDate
from sijill.annotate.events import Trigger
from sijill.annotate.layout import Layout
from sijill.annotate.places import Mention as PlaceNaming
from sijill.annotate.places import Place
from sijill.annotate.unit import Unit
from sijill.annotate.units import Units
from sijill.names import Names
from sijill.native import first_at
from sijill.records import DateBasis, Evidence, Report

__all__ = ["Context", "DatedSpan", "EventDraft", "same_incident", "same_story"]


class DatedSpan(msgspec.Struct, frozen=True):
    """A date expression of the text: its unit, what it resolved to, and what its words say."""

    unit: int
    value: ResolvedDate
    said: DateExpression

    @property
    def kind(self) -> Kind:
        """What sort of time the words tell: a date, an interval, a duration, …"""
        return self.said.kind


class EventDraft:
    """An event while it is put together. `first` and `last` are units of its triggers; `clause` the units around them."""

    __slots__ = (
        "agents", "another", "answered", "background", "claimed", "clause", "date", "date_basis", "definite", "evidence", "first",
        "fullest", "headline", "kind", "last", "main", "means", "modality", "mutual", "own_date", "own_place", "places",
        "points_back", "retold", "rule", "said_then", "sentence", "simultaneous", "source", "summed", "targets", "time",
        "time_of_day", "triggers", "weak",
    )  # fmt: skip

    def __init__(
        self,
        kind: str,
        rule: str,
        first: int,
        last: int,
        sentence: int,
        triggers: list[Trigger],
        weak: bool = False,
        means: list[str] | None = None,
        definite: bool = False,
        headline: bool = False,
        simultaneous: bool = False,
        answered: bool = False,
        another: bool = False,
    ) -> None:
        self.kind = kind
        self.rule = rule
        self.first = first
        self.last = last
        self.sentence = sentence
        self.triggers = triggers
        self.clause = (0, 0)
        self.weak = weak
        self.modality = "asserted"
        self.means: list[str] = [] if means is None else means
        self.places: list[Place] = []
        self.own_place = False
        self.agents: list[str] = []
        self.targets: list[str] = []
        self.claimed = False  # its doer has claimed it, or is blamed for it
        self.source: str | None = None
        self.date: str | None = None
        self.date_basis: DateBasis | None = None
        self.own_date = False
        self.said_then = False  # its date is that of a verb of saying («أعلنت أمس مقتل …»), which may be later than the deed
        self.time: str | None = None
        self.time_of_day: str | None = None
        self.background = False
        self.main = False
        self.definite = definite
        self.summed = False  # a summary of the lead whose attacks are told one by one
        self.headline = headline  # told in a headline: the text below tells it again
        self.points_back = False  # only a definite noun for an event told before («الهجوم»)
        self.simultaneous = simultaneous
        self.answered = answered  # what the attack told before it is the answer to («غارات … بعد تفجير»)
        self.mutual = False  # all who are named do it: clashes, agreements, «قصف متبادل»
        self.another = another  # said to be one more («كما»، «أيضا»، «مماثل»): not an event told before
        self.evidence: list[Evidence] = []
        self.retold: list[tuple[int, int]] = []
        self.fullest: EventDraft | None = None  # the telling that names the scene, where the first did not

    def telling(self) -> EventDraft:
        """The telling to quote: the first that names the most exact scene."""
        return self.fullest or self

    def country(self) -> str | None:
        """The country of the event's places, where they are of one."""
        countries = {place.country for place in self.places}
        return next(iter(countries)) if len(countries) == 1 else None

    def note(self, units: Units, what: str, first: int, last: int, rule: str) -> None:
        """Keep the words that a value came from."""
        start, end = units.row.span(first, last)
        item = Evidence(what=what, start=start, end=end, rule=rule)
        if item not in self.evidence:
            self.evidence.append(item)


@dataclass
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
    layout: Layout
    sources: list[tuple[str, int, int]] | None = None  # filled by `sources` on first use

    def __post_init__(self) -> None:
        """Where things stand, in order."""
        self._sentence_starts = [first for first, _ in self.sentences]
        self._dated = [span.unit for span in self.dates]
        self._located = [m for m in self.places if not m.dateline and m.place is not None]
        self._located_at = [m.first for m in self._located]
        self._breaks: dict[int, list[int]] = {}  # the units that end a clause, by the sentence, for the sentences that were asked for
        self._actors: list[int] | None = None  # the units that name an actor, once they were asked for
        self._heads: dict[str, list[int]] | None = None  # of these, by the first word of their name
        self._called: dict[str, list[int]] = {}  # units of actors that are called by a word, for the words that were asked for
        self._forces: list[int] | None = None  # units that name forces, once they were asked for
        self._actor_ids: dict[int, str | None] = {}  # of the units that were asked about
        self._figures = sorted(self.figures, key=_GROUP_START)
        self._figures_at = [figure.group.start for figure in self._figures]

    def actors_between(self, first: int, last: int) -> list[int]:
        """The units among [first, last) that name an actor."""
        actors = self._named()
        return actors[first_at(actors, first) : first_at(actors, last)]

    def _named(self) -> list[int]:
        """The units that name an actor, in order."""
        if self._actors is None:
            self._actors = [i for i in self.units.row.where(any_of=ACTOR_TAGS) if is_actor(self.units, i)]
        return self._actors

    def actor_at(self, at: int) -> str | None:
        """The actor that a unit names, or, for a definite generic word, the actor it points back to («القوات», «المرتزقة»)."""
        known = self._actor_ids
        if at not in known:
            known[at] = self._actor(self.units[at], at)
        return known[at]

    def _actor(self, unit: Unit, at: int) -> str | None:
        tags = unit.entry.tags
        if "ADJ_ACTOR" in tags:
            if at and self._of_civilians(at - 1):
                return None
            if after_court(self.units, at):
                return self._government_of(actor_of(unit, self.names, self.country))
        if "ACTOR" in tags or "GENERIC" not in tags:
            return actor_of(unit, self.names, self.country)
        owner = self._owner(at)
        if owner is not None:
            return owner
        generic = self.names.generic_of(unit.word)
        if generic is not None and generic.role == "allied_factions" and not self._after_foreign_force(at):
            return None
        if "AIR" in tags and at + 1 < len(self.units) and self.units[at + 1].has("UNKNOWN_AGENT"):
            return "unidentified"  # «طائرات مجهولة» are not those of the country that they fly over
        body = unit.word.rpartition(" ")[2]
        if body in _GROUP_TOLD and body != unit.word:  # «مقاتلي التنظيم»: of the body told of last
            earlier = self._last_named(body[2:], 0, at)
            if earlier is not None:
                return actor_of(self.units[earlier], self.names, self.country)
        if unit.word in _GROUP_TOLD:
            called = self._last_called(unit.word[2:], at)
            if called is not None:
                return called
        if unit.word == _FORCES:
            return self._last_forces(at)
        told_of = unit.word in _FIGHTERS and at > 0 and self.units[at - 1].has("THAT") and self.units[at + 1].has("PAST")
        if told_of and (group := self._last_group(at)) is not None:
            return group  # «وأن المقاتلين اشتبكوا»
        if unit.word.startswith("ال"):
            earlier = self._last_named(unit.word[2:], 0, at)
            if earlier is None and " " not in unit.word:
                # «الجيش الأمريكي … وقال الجيش»: the body of that name that was told of last
                low = self.sentences[max(0, self.sentence_of(at) - _TOLD_LAST)][0]
                earlier = self._last_named(unit.word, low, at)
            if earlier is not None:
                return actor_of(self.units[earlier], self.names, self.country)
        return actor_of(unit, self.names, self.country)

    def figures_between(self, start: int, end: int) -> list[Figure]:
        """The figures whose groups begin at folded offsets [start, end), in order."""
        return self._figures[first_at(self._figures_at, start) : first_at(self._figures_at, end)]

    def places_between(self, first: int, last: int) -> list[PlaceNaming]:
        """Located namings, datelines aside, that begin at units [first, last)."""
        at = self._located_at
        if not at:
            return []
        return self._located[first_at(at, first) : first_at(at, last)]

    def dates_between(self, first: int, last: int) -> list[DatedSpan]:
        """Resolved dates at units [first, last)."""
        return [s for s in self.spans_between(first, last) if s.value.edtf]

    def spans_between(self, first: int, last: int) -> Sequence[DatedSpan]:
        """All dates, times and durations at units [first, last), resolved or not."""
        at = self._dated
        if not at:
            return self.dates
        return self.dates[first_at(at, first) : first_at(at, last)]

    def _last_named(self, head: str, low: int, high: int) -> int | None:
        """The last unit among [low, high) of an actor whose name begins with a word."""
        named = self._named_by(head)
        at = first_at(named, high) - 1
        return named[at] if at >= 0 and named[at] >= low else None

    def _last_forces(self, high: int) -> str | None:
        """Whose forces were told of last before a unit: «قوة خاصة إسرائيلية … واعتقلت القوات», «قوات الاحتلال … القوات»."""
        if self._forces is None:
            self._forces = [i for i in self._named() if self._is_force(i)]
        low = self.sentences[max(0, self.sentence_of(high) - _TOLD_LAST)][0]
        at = first_at(self._forces, high) - 1
        return self.actor_at(self._forces[at]) if at >= 0 and self._forces[at] >= low else None

    def _last_group(self, high: int) -> str | None:
        """«قالت الكتائب إنها هاجمت … وأن المقاتلين اشتبكوا»: the armed group that the sentence, or the one before, has named last."""
        low = max(self.sentences[max(0, self.sentence_of(high) - 1)][0], high - _GROUP_REACH)
        for at in reversed(self.actors_between(low, high)[-_ACTORS_BACK:]):
            if self.units[at].has("ACTOR"):
                actor = self.names.actors.get(self.actor_at(at) or "")
                if actor is not None and actor.type in _GROUPS:
                    return actor.id
        return None

    def _is_force(self, at: int) -> bool:
        unit = self.units[at]
        if "ADJ_ACTOR" in unit.entry.tags:
            return any(before.word.startswith(_FORCE_WORDS) for before in self.units.items[max(0, at - 2) : at])
        return unit.word.startswith(_FORCE_WORDS) and unit.word != _FORCES

    def _last_called(self, head: str, high: int) -> str | None:
        """The last actor before a unit who is called by a word, under whatever name: «داعش … نفذه التنظيم»."""
        if head not in self._called:
            so_named, ids = set(self._named_by(head)), self.names.called(head)
            actors = [i for i in self._named() if "ACTOR" in self.units[i].entry.tags]
            self._called[head] = [i for i in actors if i in so_named or self.actor_at(i) in ids]
        at = first_at(self._called[head], high) - 1
        return self.actor_at(self._called[head][at]) if at >= 0 else None

    def _named_by(self, head: str) -> list[int]:
        """Units of actors whose name begins with a word («قوات …»), in order."""
        if self._heads is None:
            self._heads = {}
            for i in self._named():
                unit = self.units[i]
                if "ACTOR" in unit.entry.tags:
                    self._heads.setdefault(unit.word.partition(" ")[0], []).append(i)
        return self._heads.get(head, [])

    def clause(self, first: int, last: int, low: int, high: int) -> tuple[int, int]:
        """The clause around units [first, last), inside [low, high): up to a conjunction that starts a new verb.

        A plain comma does not end a clause («في 30 كانون الثاني، تم تطهير …»); a semicolon, a comma with a conjunction, and a
        conjunction with a verb do.
        """
        breaks = self._breaks_between(low, high)
        before = first_at(breaks, first)
        start = max(low, breaks[before - 1] + 1) if before else low
        after = first_at(breaks, last)
        end = min(high, breaks[after]) if after < len(breaks) else high
        return start, end

    def _breaks_between(self, low: int, high: int) -> list[int]:
        """The units that end a clause in the sentences of units [low, high), in order."""
        first, last = self.sentence_of(low), self.sentence_of(max(low, high - 1))
        if first == last:
            return self._breaks_of(first)
        return [at for number in range(first, last + 1) for at in self._breaks_of(number)]

    def _breaks_of(self, sentence: int) -> list[int]:
        """The units that end a clause in a sentence, looked for when one is first asked for."""
        found = self._breaks.get(sentence)
        if found is None:
            starts, units = self._sentence_starts, self.units
            first = starts[sentence] if sentence else 0
            last = starts[sentence + 1] if sentence + 1 < len(starts) else len(units)
            marks = [at for at in units.row.where("SEMI", "STOP", "CONJ", "COMMA", first=first, last=last) if _ends_a_clause(units, at)]
            found = sorted({*marks, *_before_dates(units, first, last)})
            self._breaks[sentence] = found
        return found

    def _owner(self, at: int) -> str | None:
        """«خلايا من داعش», «مسلحون تابعون للتنظيم»: a generic word takes the actor that it is said to belong to."""
        for i in range(at + 1, min(len(self.units), at + 4)):
            unit = self.units[i]
            tags = unit.entry.tags
            if "ADJ_ACTOR" in tags and i == at + 1 and are_gunmen_of_a_nation(self.units, i):
                return None
            if "ACTOR" in tags and i == at + 1 and " ال" in self.units[at].word:
                return None  # «طرد مسلحو المعارضة قوات النظام»
            if "ACTOR" in tags and i == at + 1 and self.units[at].word.endswith(("ون", "ين")):
                return None  # «هاجم مسلحون القوات العراقية»: with its «ن» a word owns nothing
            if "ACTOR" in tags or (i == at + 1 and "ADJ_ACTOR" in tags and not self._of_civilians(at)):  # «جنود إسرائيليون»
                return actor_of(unit, self.names, self.country)
            if unit.word in _GROUP_TOLD:
                return self.actor_at(i)  # «مقاتلون في الحركة»
            if "FROM" in tags and self._is_of_a_state(at):
                return None  # «استعادتها قوات الحكومة من التنظيم»
            if i == at + 1 and unit.word == "ل" and self.units[at].word.startswith("ال"):
                return None  # «كمين نصبته المعارضة لقوات النظام»
            if not ("FROM" in tags or "TO" in tags or unit.word in ("في", "تنظيم") or unit.word.startswith(_BELONGING)):
                return None
        return None

    def _is_of_a_state(self, at: int) -> bool:
        """«قوات الحكومة», «الجيش»: belong to no group that «من» names after them."""
        generic = self.names.generic_of(self.units[at].word)
        return generic is not None and generic.role in _STATE_ROLES

    def _government_of(self, actor: str | None) -> str | None:
        """The government whose adjective names it or its army («محكمة مصرية»)."""
        named = self.names.actors.get(actor or "")
        return self.names.by_country.get((named.country, "government"), actor) if named else actor

    def _of_civilians(self, at: int) -> bool:
        """«المدنيين العراقيين», «27 قبطيا مصريا»: of that country, and not its army."""
        generic = self.names.generic_of(self.units[at].word)
        return self.units[at].feature("status") == "civilian" or (generic is not None and generic.status == "civilian")

    def _after_foreign_force(self, at: int) -> bool:
        """«القوات التركية والفصائل الموالية لها»: whether «لها» means a force from abroad, named right before."""
        before = self.actors_between(max(0, at - 4), at)
        patron = self.names.actors.get(self.actor_at(before[-1]) or "") if before else None
        return patron is not None and patron.country not in ("", self.country)

    def sentence_of(self, unit: int) -> int:
        """The number of the sentence that holds a unit."""
        return max(0, first_at(self._sentence_starts, unit + 1) - 1)

    def paragraph_break(self, first: int, last: int) -> bool:
        """Whether a line ends between two units."""
        return self.layout.line_of(first) != self.layout.line_of(last)


_GROUP_START: Final = attrgetter("group.start")
_GROUP_TOLD: Final = frozenset({"التنظيم", "الحركه", "الجماعه"})
_FORCES: Final = "القوات"
_FIGHTERS: Final = frozenset({"المقاتلين", "المقاتلون"})
_GROUP_REACH, _ACTORS_BACK = 200, 12
"""Within how many words, and among how many actors, an armed group is looked for; keeps long sentences linear."""
_GROUPS: Final = frozenset({"Rebel group", "Political militia", "Identity militia"})
_FORCE_WORDS: Final = ("قوات", "القوات", "قوه", "القوه")
_TOLD_LAST: Final = 3
"""How many sentences back a body may have been named that «الجيش» alone means."""
_BELONGING: Final = ("تابع", "التابع", "موالي", "الموالي", "متحالف", "المتحالف")
_VERBAL: Final = ("PAST", "PRES", "FUT", "AUX", "HARM_V", "SAY_V", "KANA", "QAD")
_VERBS: Final = frozenset(_VERBAL)
_RELATES: Final = ("ALSO", "REL")


def _ends_a_clause(units: Units, at: int) -> bool:
    """Whether a mark or conjunction ends a clause: a semicolon or full stop, «و» before a verb, a comma before «الذي» or a new scene."""
    mark = units[at]
    if mark.has("SEMI") or mark.has("STOP"):
        return True
    if at + 1 >= len(units):
        return False
    after = units[at + 1]
    if mark.has("CONJ") and (after.has("ALSO") or (after.has_any(_VERBS) and not after.has("PLACE"))):
        return True
    return mark.has("COMMA") and (after.has_any(_RELATES) or _is_new_scene(units, at + 1))


def _is_new_scene(units: Units, at: int) -> bool:
    """«، وفي بعقوبة قتل …»"""
    if not units[at].has("CONJ") or at + 3 >= len(units) or not units[at + 1].has("IN"):
        return False
    if units[at + 2].has("PLACE") and units[at + 3].has("PAST"):
        return True
    return at + 4 < len(units) and units[at + 2].has("KIND") and units[at + 3].has("PLACE") and units[at + 4].has("PAST")


_STATE_ROLES: Final = frozenset({"government", "legitimate_government", "army", "national_army", "police", "regime", "security"})


def _before_dates(units: Units, first: int, last: int) -> Iterator[int]:
    """«، في 26 آذار سيطرت …», «وفي اليوم الثالث استخدم …»: marks before a date with a verb soon after it, which opens a clause.

    A date between two commas («قُتل …، ليلة الخميس، وأُصيب …») belongs to what was told before it.
    """
    for date in units.row.where("DATE", first=first, last=last):
        i = date - 1
        if not units.row.holds(any_of=_VERBAL, first=date + 1, last=date + 5):
            continue
        if units[date + 1].has("COMMA") and _after_a_plain_comma(units, date):
            continue
        while i >= 0 and (units[i].has("PREP") or units[i].has("CONJ") or units[i].word == "تاريخ"):
            if units[i].has("CONJ"):
                yield i
            i -= 1
        if i >= 0 and units[i].has("COMMA"):
            yield i


def _after_a_plain_comma(units: Units, date: int) -> bool:
    """Whether a comma with no conjunction stands before a date and the prepositions that lead to it."""
    i = date - 1
    while i >= 0 and (units[i].has("PREP") or units[i].word in ("تاريخ", "يوم")):
        i -= 1
    return i >= 0 and units[i].has("COMMA")


def same_story(a: str, b: str) -> bool:
    """Whether two kinds may be one event told in two words: an attack and the way it was made."""
    if a == b:
        return True
    family = _FAMILY.get(a)
    return family is not None and family == _FAMILY.get(b)


def same_incident(a: str, b: str) -> bool:
    """Whether a later sentence of kind `b` may tell again an event of kind `a`: «الهجوم» for a house that was burnt."""
    return same_story(a, b) or (a == "arson" and b == "attack_unspecified")


_FAMILIES: Final = (
    {"attack_unspecified", "armed_assault", "shelling", "air_strike", "drone_strike", "shooting", "suicide_bombing", "vehicle_bomb",
     "explosive_device", "explosion", "assassination", "stabbing_or_ramming", "chemical_attack"},
    {"protest", "riot", "protest_repression"},
    {"security_operation", "armed_clash"},
)  # fmt: skip
_FAMILY: Final = {kind: number for number, family in enumerate(_FAMILIES) for kind in family}
