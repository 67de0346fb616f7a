"""Counted groups of people: «12 مدنياً», «ثلاثة من عناصر الشرطة», «قتيلان», «والداه», merged into one unit each."""

from __future__ import annotations

from typing import Any, Final, cast

import msgspec

from sijill.annotate.numbers import Quantity, bounded
from sijill.annotate.places import is_a_national
from sijill.annotate.unit import Chunk, Unit
from sijill.annotate.units import Units
from sijill.lexicon import Lexicon
from sijill.records import Bound
from sijill.rules import Rule, RuleSet, load_rules

__all__ = ["ONE", "SHAPES", "TWO", "Group", "group_rules", "groups", "is_known", "name_of"]


class Group(msgspec.Struct, frozen=True):
    """A counted group: how many, of whom. Offsets are folded positions."""

    start: int
    end: int
    quantity: Quantity
    noun: Unit
    rule: str
    number: tuple[int, int] | None
    one: str | None = None  # "one" or "named": a bare singular or dual, indefinite or known
    second: Unit | None = None
    owner: Unit | None = None  # «عناصر من قوات الأمن»: whose they are, where the group's own words say it

    @property
    def effect(self) -> str | None:
        """What befell them, where the noun says so (قتيل, جريح)."""
        entry = self.noun.entry
        return entry.features.get("effect") if "HARMED" in entry.tags else None


def group_rules(lexicon: Lexicon) -> RuleSet:
    """The rules that merge counted groups, compiled."""
    return RuleSet([r for r in load_rules() if r.stage == "group"], lexicon)


ONE, TWO = bounded(1, "exact"), bounded(2, "exact")
SHAPES: Final = {
    "one": ONE,
    "named": ONE,
    "two": TWO,
    "named two": TWO,
    "two of someone": TWO,
    "plural": Quantity(None, 3, None, "vague", "plural"),
    "dual_or_plural": Quantity(None, 2, None, "vague", "dual_or_plural"),
}


_KNOWN: Final = ("named", "named two", "two of someone")
_MILLIONS: Final = Quantity(None, 2_000_000, None, "vague", "plural")


def groups(units: Units, rules: RuleSet, within: list[tuple[int, int]] | None = None) -> list[Chunk]:
    """Chunks for the counted groups of a text, or of some stretches of it, in order; where two overlap, the longer."""
    found: dict[int, Chunk] = {}
    for rule, match in rules.matches(units.row, within):
        chunk = _group(units, rule, match.start(), match.end(), match.re.groupindex, match)
        if chunk and (chunk.first not in found or chunk.last > found[chunk.first].last):
            found[chunk.first] = chunk
    for at in units.row.where("ADJ_ACTOR", "ORDINAL", "OTHERS", "ANOTHER"):
        unit = units[at]
        if at in found:
            continue
        if unit.has("ADJ_ACTOR") and _is_national(units, at):
            shape, last = _NATIONALS.get(unit.word[-2:], "one"), at + 1
            if shape != "one" and last < len(units) and _is_two(units[last]):
                shape, last = "two", last + 1  # «سوريين اثنين»
            group = Group(unit.start, units[last - 1].end, SHAPES[shape], unit, "one national", None, "one" if shape == "one" else None)
            found[at] = Chunk(at, last, ("GROUP", "SG" if shape == "one" else "BARE"), group)
        elif unit.has_any(_ONE_MORE) and _is_another(units, at):
            shape = _OTHERS.get(unit.word, "one") if unit.has("OTHERS") else "one"
            group = Group(unit.start, unit.end, SHAPES[shape], unit, "another one", None, "one" if shape == "one" else None)
            found[at] = Chunk(at, at + 1, ("GROUP", "SG" if shape == "one" else "BARE"), group)
    for at in units.row.where("COUNTED_MEN"):
        if at not in found and _came_to_harm(units, at):
            unit = units[at]
            found[at] = Chunk(at, at + 1, ("GROUP", "BARE"), Group(unit.start, unit.end, SHAPES["plural"], unit, "men of an actor", None))
    for at in units.row.where("PLACE"):
        if at not in found and is_a_national(units, at):
            unit = units[at]
            found[at] = Chunk(at, at + 1, ("GROUP", "SG"), Group(unit.start, unit.end, ONE, unit, "one national", None, "one"))
    # «استخدم المهاجمون 30 امرأة»: the number belongs to the noun after it, where there is one
    taken = {c.first for c in found.values() if c.last - c.first > 1 and c.value.number and c.value.number[0] == units[c.first].start}
    return [found[first] for first in sorted(found) if found[first].last - 1 not in taken or found[first].last - first == 1]


def _group(units: Units, rule: Rule, first: int, last: int, names: Any, match: Any) -> Chunk | None:
    at = match.start("noun")
    noun = units[at]
    if noun.has("ALSO") or (noun.has("HARMED") and first and units[first - 1].word in _NAMED_FOR):
        return None  # «أما القوات فقتلت …»: spelled like «أم»; «لواء شهداء بدر»
    if rule.name == _CALLED_SO and not (first and units[first - 1].has_any(("HARM_V", "HARM_N"))):
        return None  # «المساعد في الأمن المدعو سالم»: said of the one before
    harmed = noun.has("HARMED")
    count: str = rule.gives["count"]
    if count == "one":
        if first and units[first - 1].word in _ANY:
            return None  # «قتل كل مقاتل يدخلها», «أي مدني»: nobody in particular
        if noun.word == "امام" and not _spelled_with(units, at, "إ"):
            return None  # «أمام دورية»: in front of it, and no imam
        if noun.has("BUILDINGS") and not _befell_a_person(units, first, last):
            return None  # «القصف على مدرسة», «أصيبت مدرسة بقذيفة»: a school, not a teacher
        if harmed and noun.has("BODY") and last < len(units) and units[last].has("Q"):
            return None  # «رفات 40 شخصا»: a singular for any number
        if first and noun.word.endswith("ه") and (units[first - 1].word.endswith("ات") or _is_many(units[first - 1])):
            return None  # «شخصيات مدنية», «سيارات عسكرية», «عناصر أجنبية»: an adjective of what is told in the plural
        if last == at + 1 and _is_pair_in_construct(units, at):
            count = "two"
        if _can_be_somebodys(noun) and _ends_in_pronoun(units, at):
            count = "named"
    if count == "named" and noun.has("PRON") and not noun.has_any(("DEF", "KIN")) and _is_feminine(units, at):
        return None  # «حملات أمنية»: no security man of theirs
    if rule.name == _MEN_OF_A_SIDE and not units[match.start("q")].word.startswith("ال"):
        return None  # «قتل مسلحو الحركة تسعة»: the number is whom they killed; «مسلحو الحركة التسعة»
    if rule.name == "people, with the number after them" and first and units[first - 1].has("BETWEEN"):
        return None  # «من بين القتلى 8 جنود»: the number is of those who follow it
    if (
        rule.name in ("people, with the number after them", "the people, with their number after them")
        and noun.has("DEF")
        and not units[match.start("q")].word.startswith(("ال", *"0123456789"))
    ):
        return None  # «قتل المسلحون تسعة»: the number is whom they killed; «القتلى الخمسة»
    if rule.name == "the people, with their number after them" and units[last - 1].word == "الواحد":
        return None  # «المخطوفين، الواحد تلو الآخر»: one by one
    if rule.name == "people, with the number after them" and not noun.has_any(("DEF", "HARMED")) and _counts_the_next(units, last - 1):
        return None
    number = None
    if count == "q":
        counted = units[match.start("q")]
        quantity = cast(Quantity, counted.value)
        if isinstance(quantity.value, float) or (rule.name == "several of an actor" and not counted.word.endswith(" من")):
            return None
        number = (counted.start, counted.end)
        if rule.name == "two people, with the number after them" and quantity.value not in (2, None):
            return None  # «شابان (19 عاما)»
    elif count == "plural" and harmed and _the_known(units, last):
        return None
    else:
        quantity = SHAPES[count]
        spelled = units[match.start("q")].value if "q" in names and match.end("q") > match.start("q") else None
        if count == "one" and isinstance(spelled, Quantity) and spelled.value == 1:
            quantity = spelled  # «شخص واحد على الأقل»
        if count in ("one", "named") and noun.feature("unit") == "family":
            quantity = SHAPES["plural"]
    if noun.feature("unit") == "family" and (told := _made_up_of(units, last)) is not None:
        quantity, last = cast(Quantity, units[told].value), told + 2
    if rule.name == _TWO_NOUNS and last < len(units) and units[last].has("ONE"):
        return None  # «14 جنديا ومدنيا واحدا»: the second noun has a number of its own
    second = units[last - 1] if rule.name == _TWO_NOUNS else None
    owner = units[last - 1] if rule.name == "number, other, people" else None
    if rule.name == _MEN_OF_A_SIDE and match.end("side") > match.start("side"):
        owner = units[match.start("side")]
    if quantity.value is not None and quantity.bound == "exact" and count not in _KNOWN:
        at_bound = units.row.first_of("BOUND_AFTER", first=last, last=last + 2)
        if at_bound == last or (at_bound is not None and units[last].has("COMMA")):  # «29 شخصا، على الأقل»
            quantity = bounded(quantity.value, cast(Bound, units[at_bound].feature("bound")))
            last = at_bound + 1
    bare = count not in ("q", "two")
    if count == "q" and units[match.start("q")].word in ("ملايين", "الملايين"):
        quantity = _MILLIONS
    tags = ["GROUP"]
    if harmed:
        tags.append("HARMED")
    elif bare:
        tags.append("SG" if count == "one" else "DEFG" if count in _KNOWN else "BARE")
    if quantity.value == 0:
        tags = ["NOBODY"]  # «0 قتيل»: no figure, and its noun alone is none either
    one = "named" if count in _KNOWN else count if count == "one" else None
    group = Group(units[first].start, units[last - 1].end, quantity, noun, rule.name, number, one, second, owner)
    return Chunk(first, last, tuple(tags), group)


_MEN_OF_A_SIDE: Final = "men of a side, with their number after it"
_TWO_NOUNS: Final = "number with two nouns"


def _is_pair_in_construct(units: Units, at: int) -> bool:
    """«شهيدا الجيش», «عنصرا الشرطة»: a pair before whose they are looks like a single one in the accusative, which no such word follows."""
    word = units[at].word
    if not word.endswith("ا") or not units[at].has("ACC") or at + 1 >= len(units):
        return False
    after = units[at + 1]
    return after.has("GENERIC") and after.word.startswith("ال")


def _is_many(unit: Unit) -> bool:
    """«عناصر», «قيادات»: members told in the plural, whose adjective stands in the feminine; «المقاتلون» have a masculine one."""
    return unit.has("MEMBERS_OF") and unit.has("PL") and not unit.word.endswith(("ون", "ين"))


def _is_feminine(units: Units, at: int) -> bool:
    """«أمنية» folds to the letters of «أمنيه», so the source is asked."""
    start, end = units.row.span(at, at + 1)
    return units.folded.source[start:end].endswith("ة")


def _counts_the_next(units: Units, at: int) -> bool:
    """«اقتحم مسلحون ثلاثة محلات»: the number has a noun of its own after it; in «مدنيون خمسة في الحي» it has none."""
    if at + 1 >= len(units) or units[at].word.startswith("ال"):
        return False
    after = units[at + 1]
    return not after.has("DEF") and not after.has_any(_NO_COUNTED_NOUN) and not after.word.endswith(("وا", "ون"))


_NO_COUNTED_NOUN: Final = frozenset({
    "PREP", "IN", "CONJ", "COMMA", "STOP", "SEMI", "NL", "COLON", "QUOTE", "LPAR", "RPAR", "DASH", "DATE", "AMONG", "BOUND_AFTER", "OTHERS",
    "REL", "ALSO", "PAST", "PRES", "FUT", "HARM_V", "HARM_N", "INJURY_TAIL", "MARK", "PERSON", "HARMED", "GENERIC", "ADJ_ACTOR",
})  # fmt: skip


def _made_up_of(units: Units, at: int) -> int | None:
    """The number in «أسرة كاملة مكونة من خمسة أفراد»: how many they were; None where nothing says."""
    for i in range(at, min(at + _MADE_UP, len(units) - 3)):
        if units[i].word.startswith(_COMPOSED) and units[i + 1].word == "من" and units[i + 2].has("Q") and units[i + 3].has("PERSON"):
            return i + 2
    return None


_MADE_UP: Final = 3


def _befell_a_person(units: Units, first: int, last: int) -> bool:
    """«قتلت مدرسة», «أصيبت مدرسة بجروح»: what is killed, or has wounds, is a person; what was only hit may be a building."""
    harm = units[first - 1] if first else None
    if harm is None or not (harm.has("HARM_V") or harm.has("HARM_N")):
        return False
    return harm.feature("effect") != "injured" or units.row.holds("INJURY_TAIL", first=last, last=last + 2)


_CALLED_SO: Final = "one who is said to be called so"
_NAMED_FOR: Final = frozenset(
    "لواء كتيبه كتايب الويه فرقه سريه حركه تجمع مدرسه ساحه دوار مخيم مستشفي مشفي شارع جسر مقبره مسجد جامع ميدان ذكري يوم عيد".split()
)
"""Bodies, places and days named for the dead."""
_COMPOSED: Final = ("مكون", "المكون", "مولف", "المولف", "تتكون", "تتالف")
_ONE_MORE: Final = frozenset({"ORDINAL", "OTHERS", "ANOTHER"})
_ANY: Final = frozenset({"كل", "اي", "لكل"})
_OTHERS: Final = {"اخر": "one", "اخري": "one", "اخران": "two", "اخريان": "two", "اخرون": "plural", "اخرين": "plural", "اخريات": "plural"}
_MET: Final = ("لقي", "لاقي", "لاقت")
_HIS_DEATH: Final = ("حتف", "مصرع")
_BEFALLS_ONE: Final = frozenset({"اصابه", "مقتل", "مصرع", "استشهاد", "وفاه", "جرح"})
_GOVERNS_ONE: Final = (" علي", " عن")
"""«إلقاء القبض على آخر», «الإفراج عن آخر»: a preposition leads to a person, where «اعتقال آخر» is one more arrest."""
_AFTER_ONE: Final = frozenset(
    {"PREP", "IN", "CONJ", "COMMA", "STOP", "SEMI", "NL", "INJURY_TAIL", "DATE", "BY", "RPAR", "QUOTE", "AMONG", "ALSO"}
    | {"BOUND_AFTER", "WHEN", "DUE_TO", "KHILAL"}
)


def _is_another(units: Units, at: int) -> bool:
    """«قُتل جنديان وأصيب ثالث», «وأصيب آخر بجروح», «وإصابة آخرين»: right after a word of harm, with no noun after it, more persons.

    «اعتقال آخر» is one more arrest, «إصابة آخر» one more person. «ثانية» is left alone: it is «again» and a second too.
    «أصيب ثالث الجنود» has its noun after it.
    """
    unit, harm = units[at], units[at - 1]
    governed = harm.word.endswith(_GOVERNS_ONE)  # «القبض على آخر»
    if at == 0 or not harm.has_any(("HARM_V", "HARM_N", "LOSE_W")) or harm.has("PRON") or (harm.has("DEF") and not governed):
        return False
    if unit.has("OTHERS"):
        armed_with = at + 1 < len(units) and units[at + 1].word.startswith("بحوزته")  # «ضبط آخر بحوزته بندقية»
        one = armed_with or harm.has("HARM_V") or (unit.word != "اخري" and (harm.word in _BEFALLS_ONE or harm.word.endswith(_GOVERNS_ONE)))
        one_more = one or _OTHERS.get(unit.word) != "one"
        told = unit.word in _OTHERS and one_more
    else:
        armed_with = False
        definite = unit.word.startswith("ال") and not harm.has("HARM_N")  # «اعتقال الرابع»
        told = int(unit.feature("value") or 0) > 1 and unit.word != "ثانيه" and not definite
    return told and (at + 1 >= len(units) or armed_with or not _AFTER_ONE.isdisjoint(units[at + 1].entry.tags))


def _is_national(units: Units, at: int) -> bool:
    """«استشهاد فلسطيني برصاص …», «قتلت القوات الإسرائيلية فلسطينيا», «أصيب سوريان»: told by nationality alone, right after a word of harm.

    After a force the object is told by its ending; «قتلت القوات فلسطينية» may be Palestinian forces.
    """
    word, before = units[at].word, units[at - 1]
    after = units[at + 1] if at + 1 < len(units) else None
    if not at or word.startswith("ال") or word.endswith("ات"):
        return False
    if after is not None and before.word.startswith(_MET) and after.word.startswith(_HIS_DEATH):
        return True  # «لقي إسرائيليان حتفهما»
    if after is not None and _AFTER_ONE.isdisjoint(after.entry.tags) and not _is_two(after):
        return False
    if before.has("ACTOR") or before.has("GENERIC"):
        return at > 1 and word.endswith(("يا", "يين")) and units[at - 2].has("HARM_V") and not units[at - 2].has("PRON")
    harmed = before.has("HARM_V") or before.word in _BEFALLS_ONE or before.has("ARREST_N")
    return harmed and not before.has("PRON")


def _came_to_harm(units: Units, at: int) -> bool:
    """«أصيب جنود إسرائيليون في كمين», «مقتل عناصر من الجيش»: men of a force right after a word of harm that has nobody else in its clause.

    «قتل جنود إسرائيليون في البلدة شابا» tells whom they killed, and «أصيب عناصر الشرطة» of men who are known.
    """
    harm = units[at - 1] if at else None
    if harm is None or not (harm.has("HARM_V") or harm.has("HARM_N")) or harm.has("PRON") or harm.feature("effect") not in _BEFELL:
        return False
    _, _, rest = units[at].word.partition(" ")
    if not rest or (rest.startswith("ال") and not rest.startswith(_NAMES_IN_AL)):
        return False
    last = at + 1
    while last < len(units) and units[last].has("ADJ_ACTOR"):
        last += 1
    if last < len(units) and _AFTER_ONE.isdisjoint(units[last].entry.tags):
        return False
    end = min(len(units), last + _CLAUSE)
    stop = next((i for i in range(last, end) if units[i].has_any(_CLAUSE_ENDS)), end)
    return not units.row.holds("PERSON", "Q", "HARMED", "ADJ_ACTOR", first=last, last=stop)


_BEFELL: Final = ("killed", "injured")
_NAMES_IN_AL: Final = ("القاعده",)
_CLAUSE: Final = 16
_CLAUSE_ENDS: Final = ("STOP", "SEMI", "NL", "HARM_V", "HARM_N", "SAY_V")


def _is_two(unit: Unit) -> bool:
    return unit.has("Q") and isinstance(unit.value, Quantity) and unit.value.value == 2


_NATIONALS: Final = {"ان": "two", "ين": "dual_or_plural", "ون": "plural"}
"""The endings of nationals who are more than one."""


def _the_known(units: Units, after: int) -> bool:
    """«ضحايا التفجير», «ضحايا هذه الحرب», «جرحى حرب المدن»: in construct the harmed are known from before; «قتلى الجيش» may be new."""
    if after >= len(units):
        return False
    quoted = units[after].has("QUOTE") and after + 1 < len(units)  # ««شهداء» الواجب»
    unit = units[after + quoted]
    force = unit.has_any(("ACTOR", "GENERIC", "PERSON", "KIND_OF"))
    return unit.has_any(("DEMONSTRATIVE", "WAR_N")) or (unit.word.startswith("ال") and len(unit.word) > 3 and not force)


def _can_be_somebodys(noun: Unit) -> bool:
    """«شقيقه», «سائقه», «مرافقه»; «طفله» is as often a child whose ة has lost its dots."""
    return noun.has("PERSON") and (noun.has("KIN") or not (noun.feature("demographic") or noun.feature("effect")))


def _spelled_with(units: Units, at: int, letter: str) -> bool:
    """Whether the source has a letter where folding has taken its mark."""
    start, end = units.row.span(at, at + 1)
    return letter in units.folded.source[start:end]


def _ends_in_pronoun(units: Units, at: int) -> bool:
    """«شقيقه» is his brother and «شقيقة» a sister; folding makes them one, so the source is asked."""
    start, end = units.row.span(at, at + 1)
    return units.folded.source[start:end].endswith("ه")


# --- persons known by name or kin ------------------------------------------------------------------------------------


def is_known(units: Units, at: int, group: Group) -> bool:
    """A known person counts where a name follows («الصحفية ليلى سالم») or somebody's people are meant («والداه», «سائقه»)."""
    own = group.noun.has("KIN") or (group.quantity is ONE and _is_somebodys(units, at, group))
    kin = own and not group.noun.has("DEF")
    name = group.noun.has("GIVEN_NAME") or group.noun.has("QUOTE")
    return kin or name or _named(units, at)


def _is_somebodys(units: Units, at: int, group: Group) -> bool:
    """«سائقه», «زعيمهم»; «عسكرية» folds to the letters of his soldier."""
    return group.one == "named" and (not group.noun.word.endswith("ه") or _ends_in_pronoun(units, at))


_NAME_WORDS: Final = ("W", "QUOTE", "GIVEN_NAME", "PLACE_WEAK", "TITLED", "LPAR")
_TITLE_REACH: Final = 7


def _named(units: Units, at: int) -> bool:
    """Whether a name, or a word that no list knows, follows a title: «الصحفية ليلى سالم», «المجند في الجيش "سامر"»."""
    after = units.items[at + 1 : at + 1 + _TITLE_REACH]
    while after and (after[0].has("TITLED") or (after[0].has("HARMED") and after[0].has("DEF"))):
        after = after[1:]
    if not after:
        return False
    while len(after) > 1 and _describes(after[0]):
        after = after[1:]  # «الصحفي السعودي البارز، جمال …»
    first = after[0]
    if first.word == "علي" and len(after) > 1:  # the name Ali folds with «على»
        first = after[1]
    if first.has_any(_NAME_WORDS) or (first.has("PERSON") and not isinstance(first.value, Group)):
        return True
    if isinstance(first.value, Group):
        return first.value.one is not None and first.value.number is None  # «الشاب قاسم», where the name is a word too
    if not (first.has("IN") or first.has("FROM")):
        return False
    if _is_named_after_his_side(after):
        return True
    # «المساعد في الأمن العسكري المدعو سامر»
    stop = next((i for i, u in enumerate(after) if u.has("STOP") or u.has("COMMA") or u.has("HARM_V") or u.has("HARM_N")), len(after))
    return any(u.has("QUOTE") or u.has("TITLED") or u.has("GIVEN_NAME") for u in after[1:stop])


def _is_named_after_his_side(after: list[Unit]) -> bool:
    """«القيادي في حركة حماس شرحبيل السيد في …»: two words that no list knows, behind his side and before the end or how it happened."""
    if len(after) < _SIDE_AND_NAME or not after[1].has("ACTOR") or not all(unit.has("W") for unit in after[2:4]):
        return False
    return not after[2].has("DEF") and after[4].has_any(_AFTER_ONE)


_SIDE_AND_NAME: Final = 5


def _describes(unit: Unit) -> bool:
    """An adjective with the article, or the comma before a name."""
    return unit.has("ADJ_ACTOR") or unit.has("COMMA") or unit.entry.tags == {"W", "DEF"}


def name_of(units: Units, at: int) -> tuple[str | None, int]:
    """The first two words of a person's name, and the unit after the name; None for «طفل في الحي».

    The name stands at the group, or right after its title and marks: «السيدة "هدى الأحمد" (40 عاما)».
    """
    group = units[at].value
    titled = isinstance(group, Group)
    if titled and group.one == "one" and not (at + 1 < len(units) and units[at + 1].entry.tags & {"QUOTE", "TITLED"}):
        return None, at
    end = at + 1 if titled else at
    words: list[str] = []
    last = min(len(units), end + _NAME_REACH)
    while end < last:
        unit = units[end]
        if unit.has_any(_NAME_PARTS):
            words.append(unit.word)
        elif words and unit.word == "علي" and end + 1 < len(units) and units[end + 1].has_any(_AFTER_ALI):
            words.append(unit.word)  # the name Ali folds with «على», behind which no conjunction stands
        elif not unit.has_any(_NAME_MARKS) and not (words and isinstance(unit.value, Group) and unit.value.one == "named"):
            break
        end += 1
    return " ".join(words[:2]) or None, end if words else at + 1


_NAME_PARTS: Final = ("W", "GIVEN_NAME", "PLACE_WEAK")
_NAME_MARKS: Final = ("QUOTE", "TITLED", "LPAR", "RPAR")
_AFTER_ALI: Final = frozenset({"CONJ", "COMMA", "PREP", "STOP", "GIVEN_NAME", "HARM_V", "RPAR"})
_NAME_REACH: Final = 8
