"""Actors: who a name stands for, and whether the words around it make it the doer, the one it is done to, or who says so.

Generic words («الجيش», «الشرطة») become an actor by the report's country. An adjective («روسية») is an actor only after a noun
of force or attack. A country's or capital's name is an actor only where it does something.
"""

from __future__ import annotations

from typing import Final

from sijill.annotate.places import is_a_national, is_struck
from sijill.annotate.unit import Unit
from sijill.annotate.units import Units
from sijill.names import Names

__all__ = ["ACTOR_TAGS", "actor_of", "after_a_model", "after_court", "are_gunmen_of_a_nation", "is_actor"]

ACTOR_TAGS: Final = ("ACTOR", "GENERIC", "COUNTRY", "CAPITAL", "ADJ_ACTOR")


def is_actor(units: Units, at: int) -> bool:
    """Whether the unit names an actor here."""
    tags = units[at].entry.tags
    if "ACTOR" in tags:
        return True
    if "GENERIC" in tags:
        return at == 0 or units[at - 1].word.removeprefix("و") not in _VEHICLES
    if "ADJ_ACTOR" in tags:
        made = at + 1 < len(units) and units[at + 1].word in _MADE  # «صواريخ روسية الصنع»
        return _after_force(units, at) and not made and not _is_a_people(units, at)
    if "COUNTRY" in tags or "CAPITAL" in tags:
        if at + 1 < len(units) and (units[at + 1].has("COLON") or _with_its_land(units, at + 1)):
            return False  # «دمشق وريفها:» opens a section
        if at + 1 < len(units) and units[at + 1].has_any(_AFTER_DATELINE) and (at == 0 or units[at - 1].has("NL")):
            return False  # «بيروت - شنت مقاتلات …»: where the reporter sits
        return not _is_place(units, at) and not is_a_national(units, at)
    return False


def _is_place(units: Units, at: int) -> bool:
    """Whether the words before a country's or capital's name make it a place: «في تركيا», «شهدت طرابلس», «العاصمة الأفغانية كابول»."""
    before = units[at - 1] if at else None
    if before is None:
        return False
    if before.has("ADJ_ACTOR") and at > 1 and units[at - 2].has("KIND"):
        return True
    if before.has("CONJ") and at > 1 and units[at - 2].has("COUNTRY"):
        return _is_place(units, at - 2)  # «في العراق وسوريا», «متاخمة لنيجيريا والنيجر»
    if before.word == "ل" and at > 1 and units[at - 2].word.removeprefix("ال").startswith(_BESIDE):
        return True
    if before.word == "مع" and at > 1 and units[at - 2].word.startswith(("الحدود", "حدود", "المثلث")):
        return True  # «على الحدود مع العراق»
    if is_struck(units, at) or (units[at].has("CAPITAL") and before.has("GENERIC")):
        return True  # «هجمات كابول», «شرطة كابول»
    if before.word in _STRIKES and (at < 2 or units[at - 2].has_any(_OPENS)):
        return False  # «ضربت إسرائيل مواقع …»; «زلزال ضرب تركيا»
    return before.has_any(_IN_PLACE) or before.word.rpartition(" ")[2] in _PLACE_BEFORE  # «سيطروا على» is one word


_BESIDE: Final = ("متاخم", "محاذي", "محاذ", "مجاور", "ملاصق")
_VEHICLES: Final = frozenset("ناقله ناقلات ناقلتي ناقلتا حامله حاملات".split())
"""«ناقلة جنود مدرعة»: what a vehicle is for, not who acts."""


_AFTER_DATELINE: Final = frozenset({"DASH", "SLASH", "LPAR", "SOURCE"})


def _with_its_land(units: Units, at: int) -> bool:
    return units[at].has("CONJ") and at + 1 < len(units) and units[at + 1].word in ("ريفها", "ضواحيها", "محيطها")


_STRIKES: Final = frozenset({"ضربت", "ضرب", "تضرب"})
_OPENS: Final = frozenset({"STOP", "NL", "CONJ", "COMMA", "THAT", "COLON", "DASH", "SLASH", "RPAR"})
_IN_PLACE: Final = frozenset({"IN", "DIRECTION", "KIND"})
_PLACE_BEFORE: Final = frozenset(
    "في من الي علي داخل خارج حدود شمال جنوب شرق غرب عبر نحو باتجاه شهد شهدت يشهد تشهد شهدتها شهدها شهدته تشهدها يشهدها شهدتهما هز "
    "يربط تربط يصل هزت تهز ضرب ضربت تعرضت تتعرض مقره مقرها عرب قرب قباله حول محيط ضواحي وسط بجوار مشارف اطراف ريف احياء شوارع اهالي سكان "
    "مدينه مطار سجن جامعه مستشفي سماء اجواء".split()
)
_FORCE: Final = (
    "AIR", "DRONE", "SHELL_N", "SHELLFIRE", "RAID_N", "ATTACK_N", "STRIKE_N", "ARMS_N", "SHOOT_N", "FIRE_OF", "GENERIC", "OPERATION_N",
    "MEMBERS_OF", "STORM_N", "SHELL_V", "RAID_V", "AIRCRAFT", "DEPLOY_N", "CLASH_N", "INCURSION_N", "FORCE_N", "MILITARY_POST", "COLUMN",
    "IED",
)  # fmt: skip


def _after_force(units: Units, at: int) -> bool:
    """«طائرات حربية روسية», «قصف إسرائيلي عنيف»: a noun of force just before the adjective; further off «طائرات نعتقد أنها روسية»."""
    if at > 2 and units[at - 1].word in _THAT_IT_IS and units[at - 2].word.startswith(_BELIEVED):
        return units.row.holds(any_of=_FORCE, first=at - 7, last=at)
    if at > 1 and units[at - 1].has("CONJ") and units[at - 2].has("ACTOR") and units[at].word.startswith("ال"):
        return True  # «القوات الأرمينية والأذربيجانية»
    held = at > 0 and units[at - 1].word in _HELD
    if held or after_court(units, at) or _after_missiles(units, at) or after_a_model(units, at):
        return True
    return units.row.holds(any_of=_FORCE, first=at - 3 + (units[at - 1].word == "بقياده"), last=at)


def _after_missiles(units: Units, at: int) -> bool:
    """«أصابت صواريخ إسرائيلية قرية», «سقوط مقذوفات حوثية»: missiles that hit are theirs; «أطلق الفصيل صواريخ إيرانية» is not."""
    return at > 1 and units[at - 1].has("MISSILE") and units[at - 2].has_any(("HIT_V", "FALL_V", "FELL_V", "FALL_OF"))


_MADE: Final = frozenset("الصنع صنع المنشا الاصل".split())


def after_a_model(units: Units, at: int) -> bool:
    """«طائرات ميغ-29 روسية»: the name of a model between aircraft and whose they are."""
    i = at - 1
    while i > 0 and at - i < _MODEL and (units[i].has_any(("DASH", "D", "Q")) or units[i].word in _MODELS):
        i -= 1
    return 0 <= i < at - 1 and (units[i].has_any(("AIR", "AIRCRAFT", "DRONE")) or units[i].word in _AIRCRAFT_OF_A_MODEL)


_MODEL: Final = 6
_MODELS: Final = frozenset("ميغ ميج اف سو سوخوي ميراج رافال اباتشي طراز من نوع شاهد بيرقدار".split())
_AIRCRAFT_OF_A_MODEL: Final = frozenset({"طايرات اف", "طايره اف", "مقاتلات اف", "مقاتله اف"})


def _is_a_people(units: Units, at: int) -> bool:
    """«منازل الفلسطينيين»: a plural of persons after a noun that it does not agree with is people, and nobody's force."""
    before = units[at - 1] if at else None
    plural = units[at].word.startswith("ال") and units[at].word.endswith(("يين", "ين", "يون"))
    return before is not None and plural and before.word in _OF_A_PEOPLE


_OF_A_PEOPLE: Final = frozenset("منازل بيوت اراضي ممتلكات سيارات مركبات قري محاصيل مزارع مدارس خيام".split())
_HELD: Final = frozenset("مواقع مواقعا مقرات مقر مقار نقاط قواعد قاعده ثكنات ثكنه معسكرات اهداف اهدافا مستودعات مخازن".split())
"""What a force holds and others attack: «مقرات إيرانية»."""
_THAT_IT_IS: Final = frozenset({"انها", "انه", "انهم", "بانها", "بانه"})
_BELIEVED: Final = ("نعتقد", "يعتقد", "يرجح", "نرجح", "يشتبه", "رجح")


def after_court(units: Units, at: int) -> bool:
    """«محكمة تركية», «القضاء التركي»: courts are a state's."""
    return at > 0 and (units[at - 1].has("JUDICIAL_V") or units[at - 1].has("JUDICIAL_N") or units[at - 1].word in _COURTS)


def are_gunmen_of_a_nation(units: Units, at: int) -> bool:
    """Whether an adjective says of what nation gunmen are: «مسلحون تشاديون» are not Chad's army; «مسلحون فلسطينيون» are a name."""
    men, names = units[at - 1], units.lexicon.names
    if not (men.has("GENERIC") and men.has("PERSON")) or men.feature("force") or men.feature("status") != "combatant":
        return False
    actor = names.actors.get(names.actor_of(units[at].word) or "")
    return actor is not None and actor.type in ("State forces", "External/Other forces")


_COURTS: Final = frozenset("محكمه المحكمه محاكم المحاكم القضاء النيابه".split())


def actor_of(unit: Unit, names: Names, country: str | None) -> str | None:
    """The id of the actor that a unit names, or None when a generic word finds no actor in that country.

    >>> from sijill.annotate.tokenise import tokenise
    >>> from sijill.lexicon import load_lexicon
    >>> from sijill.text import fold
    >>> lexicon = load_lexicon()
    >>> [actor_of(u, lexicon.names, "EG") for u in tokenise(fold("الشرطة وداعش"), lexicon)]
    ['egypt_police', None, 'islamic_state']
    """
    named = names.actor_in(unit.word, country)
    if named:
        return named
    generic = names.generic_of(unit.word)
    if generic is None:
        return None
    if generic.status == "civilian" and generic.role != "protesters":
        return None
    found = names.by_country.get((country, generic.role)) if country else None
    return found or generic.fallback or None
