"""Who the people of a counted group were: from the group's noun, then from the words that qualify it («من عناصر الشرطة»)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from sijill.annotate.groups import Group, name_of
from sijill.annotate.unit import Unit
from sijill.annotate.units import Units
from sijill.names import Names
from sijill.records import Status

__all__ = ["People", "describe", "is_armed", "status_of"]


class People(msgspec.Struct, frozen=True, gc=False):
    """Who a group was, as its own words say it. `tail` is the unit after those words."""

    tail: int
    status: Status
    demographic: tuple[str, ...]
    who: str
    side_unit: Unit | None
    loaded: str | None
    others: bool  # «ثلاثة سوريين آخرين»: people like those told before
    name: str | None  # of a single person, as far as the text gives it


_COMPLEMENT_LIMIT: Final = 9
_RESCUE_REACH: Final = 4  # «عنصر من فرق الدفاع المدني»
_ANY_MAN: Final = ("شاب", "رجل", "شابا", "رجلا")


def describe(units: Units, at: int, group: Group) -> People:
    """The people of the group at a unit, with the unit after the words that qualify it."""
    noun = group.noun
    words = [noun, *(unit for unit in (group.second, group.owner) if unit is not None)]
    complement, tail = _complement(units, at, noun)
    words += [unit for unit in complement if not unit.word.startswith("مجهول")]  # «ثلاثة أشخاص مجهولي الهوية» are no gunmen
    if not complement and _is_nationality_like_a_country(units, at):
        words.append(units[at + 1])
        tail += 1
    name, after_name = name_of(units, at) if group.one else (None, tail)
    if group.one == "one" and name is None and tail < len(units) and units[tail].has("TITLED"):
        name, after_name = name_of(units, tail)  # «أحد قادة التنظيم المدعو سالم»
    status, demographic, who = _told(words, units.lexicon.names)
    if noun.feature("body") and status == "civilian" and all(w.word in _ANY_MAN for w in map(_head, words) if w.feature("status")):
        status = "unknown"  # «جثة شاب»: nobody knows yet who he was
    if group.second is not None and noun.feature("status") != group.second.feature("status"):
        status = "mixed"
    elif status == "mixed" and group.one:
        status = _told([noun], units.lexicon.names)[0]  # «ضابطا من مواطنيها»: one man is not of two kinds
    side_unit = told_side = _side(words, status)
    told_status = status
    if status == "civilian" and group.one == "one" and (body := _office_in(units, at, noun)) is not None:
        side_unit, status = body, "combatant"
    if noun.feature("status") == "armed" and any(unit.has("RESCUE") for unit in units.items[at + 1 : at + _RESCUE_REACH]):
        status = "civilian"  # «عنصر بالدفاع المدني»
    if status == "combatant" and noun.feature("en") == "commanders" and _is_of_a_party(units, at):
        status, side_unit = "civilian", None  # «القيادي البارز في الحزب الشيوعي»
    if noun.feature("status") is None and noun.has("MEMBERS_OF") and _is_of_security(units, at):
        status = "security"  # «أحد أفراد القوة الأمنية»
    if status == "combatant" and any(word.has("POLICE_POST") for word in words):
        status = "security"  # «نقيبا في مديرية أمن المدينة»
    if demographic and status == "combatant" and noun.feature("status") == "civilian":
        status = "civilian"  # «700 طفل من أطفال التنظيم»: whose children they are does not arm them
    if status != "combatant":
        side_unit = told_side if status == told_status else _side(words, status)
    return People(
        tail=max(tail, after_name),
        status=status,
        demographic=demographic,
        who=who,
        side_unit=side_unit,
        loaded=_loaded(words),
        others=noun.has("ORDINAL") or any(w.has("OTHERS") for w in words),  # «وأصيب ثالث»
        name=name,
    )


def _loaded(words: list[Unit]) -> str | None:
    """What the first loaded word for people calls them."""
    for unit in words:
        loaded = unit.feature("loaded")
        if loaded:
            return loaded
    return None


def _is_of_a_party(units: Units, at: int) -> bool:
    """«قيادي في الحزب الشيوعي», «القيادي البارز في حزب الشعب»: a party that no list has as an armed actor; «في الحزب» alone may be one."""
    for i in range(at + 1, min(len(units) - 2, at + _PARTY_REACH)):
        if units[i].has("IN"):
            party, name = units[i + 1], units[i + 2]
            return party.word in ("الحزب", "حزب") and not party.has("ACTOR") and name.entry.tags == {"W", "DEF"}
        if units[i].has_any(_OFFICE_ENDS):
            return False
    return False


_PARTY_REACH: Final = 4
_OF_THE_FIELD: Final = frozenset("الميدانيه ميدانيه العسكريه عسكريه البارزه بارزه".split())


def _is_of_security(units: Units, at: int) -> bool:
    """«أحد أفراد القوة الأمنية», «عدد من عناصر الأجهزة الأمنية»: members of a body that the adjective calls one of security."""
    return at + 2 < len(units) and units[at + 1].word.startswith("ال") and units[at + 2].word in ("الامنيه", "الشرطيه")


def _office_in(units: Units, at: int, noun: Unit) -> Unit | None:
    """«رئيس وحدة المخابرات في حركة الشباب»: the armed group in which somebody has an office; None for «رئيس بلدية»."""
    if noun.feature("en") != "officials":
        return None
    for i in range(at + 1, min(len(units) - 1, at + _OFFICE_REACH)):
        if units[i].has("IN") and units[i + 1].has("ACTOR"):
            actor = units.lexicon.names.actors.get(units.lexicon.names.actor_of(units[i + 1].word) or "")
            return units[i + 1] if actor is not None and actor.type in _ARMED_GROUPS else None
        if units[i].has_any(_OFFICE_ENDS):
            return None
    return None


_OFFICE_REACH: Final = 6
_OFFICE_ENDS: Final = frozenset({"STOP", "COMMA", "CONJ", "HARM_V", "HARM_N", "PREP", "GROUP", "NL", "SAY_V"})
_ARMED_GROUPS: Final = frozenset({"Rebel group", "Political militia", "Identity militia"})


def status_of(words: Sequence[Unit], names: Names) -> Status:
    """What some words say that people were: «المدنيين» civilian, «العسكريين والمدنيين» mixed."""
    return _told(list(words), names)[0]


def is_armed(group: object, names: Names) -> bool:
    """Whether a group is named as fighters or forces."""
    return isinstance(group, Group) and _told([group.noun], names)[0] in ("combatant", "security")


def _complement(units: Units, start: int, noun: Unit) -> tuple[list[Unit], int]:
    """The words after a group that say who they were, and the unit after them."""
    words: list[Unit] = []
    at = start + 1
    limit = min(len(units), at + _COMPLEMENT_LIMIT)
    if at < limit and (units[at].has("ONE") or _is_whose(units, start)):
        at += 1  # «أفراد من عائلة واحدة»
    if _in_construct(units[start]):
        while at < min(limit, start + 3) and units[at].has_any(_PLACES) and not units[at].has_any(_AFTER_AMONG):
            at += 1  # «77 من حراس السجن», «5 من سكان قرية …»: where they were, not what they were
    while at < limit:
        unit, before = units[at], units[at - 1]
        if unit.has("IN") and at + 1 < limit and units[at + 1].word.startswith(_NAMED_BY_A_DEED):
            break  # «ثلاثة مدنيين في العدوان الإسرائيلي»: in it, and not of it
        if unit.has("CONJ") and _conjoins_people(units, at):
            at += 1
            continue
        if (unit.has("BETWEEN") or unit.word in _AMIDST) and at + 1 < limit and units[at + 1].has_any(_AFTER_AMONG):
            at += 1  # «إصابات بين العناصر», «خمسة قتلى وسط الميليشيا»
            continue
        if unit.has("LPAR") and (aside := _after_another_name(units, at)) is not None:
            if not any(_head(word).has("ACTOR") for word in (before, noun, *words)):
                words += [inside for inside in units.items[at + 1 : aside] if inside.has("ACTOR")][:1]
            at = aside
            continue
        if (
            at == start + 1
            and noun.has("MEMBERS_OF")
            and unit.word in _OF_THE_FIELD
            and at + 1 < limit
            and _head(units[at + 1]).has("ADJ_ACTOR")
        ):
            words.append(_head(units[at + 1]))  # «عدد من القيادات الميدانية الحوثية»
            at += 2
            continue
        if at == start + 1 and unit.word == "ما" and at + 2 < limit and units[at + 1].word in _SO_CALLED:
            at += 2  # «مسلحي ما يعرف بتنظيم …»
            continue
        if at == start + 1 and noun.feature("body") and unit.word in _BELONGS and at + 1 < limit and units[at + 1].has("TO"):
            at += 2  # «جثة تعود لأحد العناصر»
            continue
        if at == start + 1 and at + 2 < limit and unit.word in _UNDER and units[at + 1].has("TO") and units[at + 2].has("ACTOR"):
            at += 2  # «عنصر تابع لداعش», «مسلحون ينتمون إلى الجماعة»
            continue
        if before.word in _THOSE_UNDER and at + 1 < limit and unit.word in ("ل", "الي") and units[at + 1].has_any(("ACTOR", "TANZIM")):
            at += 1  # «12 شخصا من المنتمين لتنظيم داعش»
            continue
        if at == start + 1 and noun.word.startswith(_FALLEN) and unit.word == "ل" and at + 1 < limit and units[at + 1].has("ACTOR"):
            at += 1  # «شهيدان لحركة أمل»; «ضحايا للتنظيم» are whom it killed
            continue
        if at == start + 1 and at + 2 < limit and noun.has("CASE") and unit.has("EXPOSED_V") and units[at + 1].word in ("لها", "لهم"):
            at += 2  # «101 حالة قتل تعرض لها أطفال»
            continue
        if at == start + 3 and noun.has("CASE") and units[at - 2].has("EXPOSED_V") and unit.has("PERSON"):
            words.append(unit)
            at += 1
            continue
        if _is_plain(unit) and at + 1 < limit and (units[at + 1].has("FROM") or units[at + 1].has("ADJ_ACTOR")) and at == start + 1:
            at += 1  # «قادة مهمين من التنظيم»
            continue
        if not (_of_body(units, start, at, noun) or _is_apposition(units, at) or _qualifies(unit, before) or _where(unit, before)):
            break
        words.append(unit)
        at += 1
    while at > start + 1 and (units[at - 1].has("FROM") or units[at - 1].has("PREP")):
        at -= 1
    return words, at


_NAMED_BY_A_DEED: Final = ("العدوان", "عدوان")


def _is_whose(units: Units, start: int) -> bool:
    """«والد الطفل», «مدير المدرسة», «قائد اللواء»: a known person or place behind a single civilian or commander says whose he is."""
    group = units[start].value
    if not isinstance(group, Group) or group.one != "one" or not units[start + 1].has("DEFG"):
        return False
    return group.noun.feature("status") == "civilian" or group.noun.feature("en") == "commanders"


def _after_another_name(units: Units, bracket: int) -> int | None:
    """The unit behind the brackets of «30 من جبهة النصرة (تنظيم القاعدة)»، «سبعة من (بوكو حرام)»: they hold a name of their side."""
    before = _head(units[bracket - 1])
    led = before.has_any(("FROM", "MEMBERS_OF")) and bracket + 1 < len(units) and units[bracket + 1].has_any(("ACTOR", "TANZIM"))
    if not (led or before.has_any(("ACTOR", "TANZIM", "QUOTE"))):
        return None
    for i in range(bracket + 1, min(len(units), bracket + _NAME_IN_BRACKETS)):
        if units[i].has("RPAR"):
            return i + 1
        if units[i].has_any(("GROUP", "Q", "HARM_V", "HARM_N", "STOP", "NL")):
            return None
    return None


_NAME_IN_BRACKETS: Final = 9
_UNDER: Final = frozenset("تابع تابعا تابعين تابعون تابعان ينتمي ينتمون ينتميان منتم منتمين منتميا موال موالين مواليا".split())
_THOSE_UNDER: Final = frozenset("المنتمين المنتمون التابعين التابعون الموالين الموالون المنتسبين المنتسبون المبايعين".split())
_FALLEN: Final = ("شهيد", "شهداء", "قتيل", "قتلي", "جريح", "جرحي")
_SO_CALLED: Final = frozenset({"يعرف", "يسمي", "يدعي", "تسمي", "سمي"})
_BELONGS: Final = ("تعود", "يعود", "عائده", "عائد", "تعودان", "يعودان", "عائدتين")


def _is_plain(unit: Unit) -> bool:
    return unit.entry.tags <= {"W", "ACC"}


def _of_body(units: Units, start: int, at: int, noun: Unit) -> bool:
    """«جثة شاب», «جثة تعود لشاب»."""
    group = units[at].value
    right_after = at == start + 1 or (at == start + 3 and units[start + 1].word in _BELONGS)
    return right_after and noun.feature("body") == "yes" and isinstance(group, Group) and group.one is not None


def _where(unit: Unit, before: Unit) -> bool:
    """«في السجن», «حراس السجن»: a place beside people belongs to what is said of them."""
    if before.has("BARE") and unit.has("KIND") and unit.has("DEF"):
        return True
    return before.has("IN") and unit.has_any(("KIND", "PLACE", "PLACE_WEAK"))


def _is_nationality_like_a_country(units: Units, at: int) -> bool:
    """«35 جنديا روسيا», «12 مقاتلا سوريا»: after a noun in the accusative an adjective is written like the country."""
    group = units[at].value
    if at + 1 == len(units) or not isinstance(group, Group):
        return False
    following, noun = units[at + 1], group.noun
    return following.has("COUNTRY") and following.word.endswith("يا") and noun.word.endswith("ا") and noun.has("SG")


def _in_construct(unit: Unit) -> bool:
    """«12 من حراس», «4 من موظفي», «مدير ناحية …»: a group whose noun goes on with whose or where they were."""
    group = unit.value
    if not isinstance(group, Group) or group.noun.has_any(_OWNS_NOTHING):
        return False
    return group.one == "one" or (group.rule == "number, 'of', people" and group.noun.has("PL"))


_OWNS_NOTHING: Final = frozenset({"DEF", "PRON", "ACTOR"})
_PLACES: Final = frozenset({"KIND", "PLACE", "PLACE_WEAK"})


def _head(unit: Unit) -> Unit:
    return unit.value.noun if isinstance(unit.value, Group) else unit


def _side(words: list[Unit], status: Status) -> Unit | None:
    """The word that says whose people they were: a name before a general word; a nationality only of soldiers and police.

    «طفل فلسطيني» is on nobody's side, and «قيادي سوري» of a movement is not the government's.
    """
    general: Unit | None = None
    fighter: Unit | None = None
    heads = [_head(word) for word in words]
    for unit in heads:
        if unit.has("ACTOR"):
            return unit
        if fighter is None and unit.has("ADJ_ACTOR") and unit.feature("status") == "combatant":
            fighter = unit  # «40 حوثيا», «داعشيان», «مقاتلا حوثيا»
        if unit.has("GENERIC") and not unit.feature("effect"):
            general = unit
    if fighter is not None:
        return fighter
    if status in _ARMED and any(unit.feature("force") for unit in heads):
        for unit in heads:
            if unit.has("ADJ_ACTOR") or unit.has("COUNTRY"):
                return unit
    return general


_AMIDST: Final = ("وسط", "لدي")
_AFTER_AMONG: Final = frozenset({"PERSON", "GENERIC", "ACTOR", "MEMBERS_OF", "KIND_OF"})


def _is_apposition(units: Units, at: int) -> bool:
    """Two indefinite single persons side by side are one: «شخص مدني», «عنصر حرس»; «12 مقاتلا حوثيا» are twelve."""
    one, other = units[at - 1].value, units[at].value
    if not (isinstance(one, Group) and isinstance(other, Group)):
        return False
    return other.one == "one" and units[at].has("SG") and (one.one == "one" or other.noun.has("ADJ_ACTOR"))


_QUALIFIERS: Final = frozenset(
    {
        "FROM",
        "PERSON",
        "MEMBERS_OF",
        "ACTOR",
        "GENERIC",
        "ADJ_ACTOR",
        "OTHERS",
        "KIND_OF",
        "BOUND_AFTER",
        "QUOTE",
        "INJURY_TAIL",
        "RESCUE",
    }
)


def _qualifies(unit: Unit, before: Unit) -> bool:
    if unit.has("GROUP") and before.has("FROM") and isinstance(unit.value, Group) and unit.value.noun.feature("unit"):
        return True  # «من عائلة واحدة»
    if unit.has("DEFG") and isinstance(unit.value, Group) and unit.value.noun.feature("unit") and _in_construct(before):
        return True  # «تسعة من أفراد العائلة»
    if unit.has("GROUP"):
        group = unit.value
        known = unit.has("DEFG") and before.has("FROM")
        return isinstance(group, Group) and group.number is None and (known or not group.one) and not unit.has("HARMED")
    if unit.has("GENERIC") and unit.word.startswith(("نيران", "رصاص", "قصف")):
        return False  # «بنيران الأمن»: those who did it
    if unit.has("TANZIM") and unit.has("DEF") and (before.has("MEMBERS_OF") or _in_construct(before)):
        return True  # «عناصر الفصيل»
    return unit.has_any(_QUALIFIERS) or unit.word in ("في", "علي الاقل", "ب") or (unit.has("W") and unit.has("DEF"))


def _conjoins_people(units: Units, at: int) -> bool:
    """«من العاملين وحراس السجن»: the conjunction joins two nouns of one complement, not a second group."""
    if at + 1 >= len(units) or at == 0:
        return False
    before, after = units[at - 1], units[at + 1]
    definite = before.has("DEF") or before.has("KIND") or before.has("ACTOR") or before.has("GENERIC") or before.has("MEMBERS_OF")
    if after.has("HARM_V") or after.has("HARM_N"):
        return False  # «وأسر ثلاثة»: a verb that reads like «families»
    group = before.value
    if isinstance(group, Group) and group.rule == "number, 'of', people":
        definite = group.noun.has_any(("DEF", "ACTOR", "GENERIC"))  # «45 من الأسايش وحراس السجن»
    bare = isinstance(after.value, Group) and after.has("BARE")
    if bare and before.has("BARE") and at > 1 and units[at - 2].has("FROM"):
        return True  # «مدنيين من رجال ونساء»
    return definite and (bare or after.has_any(("MEMBERS_OF", "ACTOR", "GENERIC", "PERSON")))


_ARMED: Final = ("combatant", "security", "armed")


def _told(words: list[Unit], names: Names) -> tuple[Status, tuple[str, ...], str]:
    """Status, demographics and an English word for the people, from the most telling of the words.

    A person whom the report does not call armed is left unknown, not called a civilian: the milder mistake.
    """
    statuses, demographic, people = [], [], []
    for word in words:
        base = word.value.noun if isinstance(word.value, Group) else word
        named = base.has("ACTOR")  # «طالبان» is no two students
        generic = names.generic_of(base.word) if base.has("GENERIC") else None
        status = None if named else base.feature("status")
        if status == "civilian" and generic is not None and generic.status == "combatant":
            status = None  # «المعارضة» are no woman who opposes
        if status:
            statuses.append("any man" if status == "civilian" and base.has("MEMBERS_OF") else status)
        if generic is not None:
            statuses.append(generic.status)
        elif base.has("ACTOR"):
            statuses.append(_status_of_actor(base.word, names))
        for group in () if named else (base.feature("demographic") or "").split():
            if group not in demographic:
                demographic.append(group)
        english = None if named else base.feature("en")
        if english and english not in people:
            people.append(english)
    return _status(statuses), tuple(demographic), " / ".join(people) or "people"


def _status_of_actor(word: str, names: Names) -> str:
    """Settlers, protesters and rioters have a name as actors, and are civilians; police («قوات الأمن المركزي») are no army."""
    slug = names.actor_of(word) or ""
    actor = names.actors.get(slug)
    if actor is None:
        return "actor"
    if actor.type in ("Civilians", "Protesters", "Rioters") or actor.role == "settlers" or slug == _UNARMED:
        return "civilian"
    return "security" if actor.role == "police" else "actor"


_UNARMED: Final = "united_nations"
"""Its staff are civilians; its peacekeepers are an actor of their own."""


def _status(statuses: list[str]) -> Status:
    kinds = set(statuses)
    if not kinds:
        return "unknown"
    kinds.discard("any man")  # «رجال قوات الطوارئ»: «رجال» alone are civilians
    if not kinds:
        return "civilian"
    if "detainee" in kinds:
        return "detainee"
    if "civilian" in kinds:
        if any(kind in kinds for kind in _ARMED):
            return "mixed"
        return "combatant" if "actor" in kinds else "civilian"
    if "security" in kinds:
        return "security"
    return "combatant" if any(kind in kinds for kind in _FIGHTERS) else "unknown"


_FIGHTERS: Final = ("combatant", "armed", "actor")
