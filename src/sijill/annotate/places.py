"""Places: names of the gazetteer, names that only a kind word gives away, and where each may lie.

`find(units)` gives one `PlaceMention` per naming in the text, in order; `resolve(mentions, …)` chooses a gazetteer entry for
each by kind word, container, country and company, and keeps the candidates with the reason. A name that no list has («قرية
… في ريف إدلب») takes its container's coordinates and a radius that says so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from sijill.annotate.unit import Unit
from sijill.annotate.units import Units
from sijill.geo import km
from sijill.names import GazetteerEntry, Names
from sijill.records import Level

__all__ = ["LEVEL_RADIUS_KM", "LISTED", "Mention", "Place", "find", "main_country", "resolve"]

LEVEL_RADIUS_KM: Final[dict[str, int]] = {
    "site": 3, "neighbourhood": 3, "village": 4, "town": 6, "city": 10, "district": 25, "governorate": 60, "region": 150,
    "country": 500, "line_or_area": 25, "landmark": 5, "city_or_governorate": 60,
}  # fmt: skip
"""How far the true place may lie from the coordinates, by level, where nothing better is known."""

_SIZE: Final = ("site", "landmark", "neighbourhood", "village", "town", "city", "line_or_area", "district", "city_or_governorate",
         "governorate", "region", "country")  # fmt: skip


class Mention:
    """One naming of a place in the text: units [first, last), the name's own unit, and the words around it."""

    __slots__ = (
        "anaphor", "area", "aside", "country", "dateline", "far", "first", "heading", "kind", "known", "last", "name", "place",
        "radius", "rule", "within",
    )  # fmt: skip

    def __init__(
        self,
        first: int,
        last: int,
        name: str,
        rule: str,
        kind: str | None = None,
        radius: float | None = None,
        known: bool = True,
        anaphor: bool = False,
        area: str | None = None,
        dateline: bool = False,
        far: bool = False,
    ) -> None:
        self.first = first
        self.last = last
        self.name = name
        self.rule = rule
        self.kind = kind  # the level that a kind word gives
        self.radius = radius  # the radius that a kind word gives
        self.known = known
        self.anaphor = anaphor  # «المدينة»، «السجن»: a place named before
        self.area = area  # «ريف»، «شمال»: a part of the named place or around it
        self.within: Mention | None = None
        self.dateline = dateline
        self.heading = False  # «حلب:» at the start of a line: what follows lies there
        self.far = far  # known to the gazetteer of far places only
        self.country: str | None = None  # that an adjective gives («محافظة الجوف اليمنية»)
        self.aside: str | None = None  # why the place is no scene: a role of `gazetteer/around.csv`, or «from»
        self.place: Place | None = None


class _Point:
    """A point on the globe as distances are reckoned from it: latitude and longitude in radians, and the cosine of the former."""

    __slots__ = ("cosine", "lat", "lon")

    def __init__(self, lat: float, lon: float) -> None:
        self.lat = lat * _RADIAN
        self.lon = lon * _RADIAN
        self.cosine = math.cos(self.lat)


_RADIAN: Final = math.pi / 180


class Place:
    """Where a mention lies: the chosen entry, or what its container tells."""

    __slots__ = (
        "candidates", "country", "entry", "lat", "level", "lon", "name", "part", "point", "radius_km", "why", "within",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        level: Level,
        entry: GazetteerEntry | None,
        lat: float | None,
        lon: float | None,
        radius_km: int | float | None,
        country: str | None,
        within: Place | None,
        candidates: list[tuple[GazetteerEntry, float, str]],
        why: str,
        part: str | None = None,
    ) -> None:
        self.name = name
        self.level = level
        self.entry = entry
        self.lat = lat
        self.lon = lon
        self.point = _Point(lat, lon) if lat is not None and lon is not None else None
        self.radius_km = radius_km  # written as it is: 10, or 25.0
        self.country = country
        self.within = within
        self.candidates = candidates
        self.why = why
        self.part = part


def find(units: Units) -> list[Mention]:
    """Every naming of a place, in order, with containment between neighbours («قرية أ في ريف ب»)."""
    found: list[Mention] = []
    around = _around(units.lexicon.names)
    at = 0
    for start in units.row.where("PLACE", "PLACE_WEAK", "KIND"):
        if start < at:
            continue
        listed = _mentions_at(units, start)
        if not listed:
            continue
        aside = _aside(units, listed[0], around)  # «سكان قريتي أ وب»: what the first is, all of a list are
        for mention in listed:
            mention.aside = aside
            found.append(mention)
            at = max(at, mention.last)
    adjectives = frozenset(units.row.where("ADJ_ACTOR"))
    for mention in found:
        if mention.last in adjectives or mention.first - 1 in adjectives:
            mention.country = _adjective_country(units, mention)
    _contain(units, found)
    return found


def _mentions_at(units: Units, i: int) -> list[Mention]:
    unit = units[i]
    tags = unit.entry.tags
    named = "PLACE" in tags
    if not named and "KIND" in tags:
        body = unit.word == "منطقه" and i + 1 < len(units) and units[i + 1].word in _BODY_PARTS
        return [] if body else _after_kind(units, i)  # «طلق ناري في منطقة الرأس»
    if i > 1 and unit.word in _BODY_PARTS and units[i - 1].has_any(_IN_OR_AREA) and units[i - 2].word.startswith(_HITS):
        return []  # «برصاصة في الصدر»
    if "DIRECTION_ADJ" in tags and i and not (units[i - 1].has("KIND") and not units[i - 1].has("DEF")):
        return []  # «الأطراف الغربية» names no governorate of Egypt
    if named and not _is_other(units, i) and not _is_doubtful(units, i):
        return [_plain(units, i)]
    if "PLACE_WEAK" in tags and (_introduced(units, i) or _begins_with_its_kind(units, i)):
        return [_plain(units, i)]
    return []


_BODY_PARTS: Final = frozenset("الراس الصدر البطن الظهر القدم العين الوجه الرقبه الكتف الساق الفخذ الحوض الخاصره".split())
_IN_OR_AREA: Final = frozenset({"IN", "KIND"})
_HITS: Final = ("رصاص", "بالرصاص", "طلق", "عيار", "شظ", "اصاب", "جرح", "جروح", "طعن", "حي")


def _begins_with_its_kind(units: Units, i: int) -> bool:
    """«حي الزيتون» is a place wherever it stands, though «الزيتون» are olives; «المنطقة الصناعية» may be any."""
    return units[i].word.startswith(_SURE_KINDS)


_SURE_KINDS: Final = ("حي ", "مخيم ", "جبال ")


def _is_doubtful(units: Units, i: int) -> bool:
    """A name that is also a word or a name of persons, with nothing before it that introduces a place."""
    if units[i].word not in units.lexicon.names.doubtful:
        return False
    if i == 0:
        return True
    before = units[i - 1]
    if before.word == "#":
        return False
    if before.has("NL"):
        return i + 1 < len(units) and not units[i + 1].has_any(("COLON", "DASH", "SLASH", "LPAR", "NL"))
    if before.has("CONJ") or before.has("COMMA") or before.has("QUOTE"):
        return not (i > 1 and (units[i - 2].has("PLACE") or units[i - 2].has("KIND")))
    return not (_before_place(before) or before.has("AMONG") or before.has("PLACE"))


def _before_place(unit: Unit) -> bool:
    """Whether a unit leads to a place: a preposition of place, a direction, a kind word."""
    return unit.has("IN") or unit.has("DIRECTION") or unit.has("KIND") or unit.word in _TOWARDS


_TOWARDS: Final = frozenset("علي من الي ل نحو باتجاه قرب محيط اطراف تجاه عبر حول بين بلده قريه مدينه حي مثل وهي هي كل".split())


def _adjective_country(units: Units, mention: Mention) -> str | None:
    """«محافظة الجوف اليمنية», «العاصمة الأفغانية كابول»: the country that an adjective beside the name gives."""
    for at in (mention.last, mention.first - 1):
        if 0 <= at < len(units) and units[at].has("ADJ_ACTOR") and units[at].word.startswith("ال"):
            before = units[at - 1] if at else None
            if at < mention.first and not (before is not None and before.has("KIND")):
                continue
            names = units.lexicon.names
            actor = names.actors.get(names.actor_of(units[at].word) or "")
            return (actor.country or None) if actor else None
    return None


def _aside(units: Units, mention: Mention, around: _Around) -> str | None:
    """Why a named place is no scene, or not the first choice of one: a role of `gazetteer/around.csv`, or «from», «to», «ground»."""
    at = mention.first - 1
    if at < 0:
        return None
    before = units[at]
    told = any(unit.word in around.words for unit in units.items[max(0, at - _CARRIED) : at + 1])  # of most places nothing is
    if (told or before.word == "من") and _of_an_office(units, mention.first, around.seat):
        return "seat"
    if told and _of_an_occasion(units, mention.first, around):
        return "spoken"
    if before.word == "من" and not (at and units[at - 1].word in _NEAR):
        return "origin" if any(unit.word in around.origin for unit in units.items[max(0, at - 2) : at]) else "from"
    if at > 0 and before.word in ("اتجاه", "فوق", "اجواء") and units[at - 1].word == "من":
        return "origin"
    if before.word == "ل" and at > 1 and mention.kind is None and units[at - 1].word in _OF_IT and not _before_place(units[at - 2]):
        return "origin"  # «الكتيبة 166 التابعة لمصراتة»: where they belong, and not where they fight
    if told and _is_fired_from(units, mention.first, around.origin):
        return "ground"
    if before.word in _DISTANCES:
        return "from"  # «الموصل (400 كلم شمال بغداد)»
    if told:
        role = _role_before(units, mention.first, around.roles)
        if role is not None:
            return role
        if (before.has_any(_IN_OR_TO) or mention.kind == "site") and _brought_there(units, mention, around.carried):
            return "carried"
    return "to" if before.word == "الي" else None


def _is_fired_from(units: Units, first: int, origin: frozenset[str]) -> bool:
    """«قذائف مصدرها الفصيل في منطقة تل رفعت استهدفت …»: where they came from, with nothing but whose they were between."""
    at = first - 1
    while at > 0 and first - at <= _CARRIED and (units[at].has_any(_WHOSE_GROUND) or units[at].word == "قوات"):
        at -= 1
    return units[at].word in origin and units[at].has("FROM_GROUND")


_WHOSE_GROUND: Final = ("ACTOR", "ADJ_ACTOR", "GENERIC", "IN", "KIND", "QUOTE", "LPAR", "RPAR")


def _role_before(units: Units, first: int, roles: Mapping[str, str]) -> str | None:
    """What a word shortly before a place makes of it: a part of a name («محافظ حلب»), or where a reporter sits («مراسلنا في حلب»)."""
    for back in range(_REPORTER_BACK):
        at = first - 1 - back
        if at < 0 or units[at].has_any(_CLAUSE_ENDS):
            return None
        role = roles.get(units[at].word)
        if role == "reporter" or (role and back < _BODY_BACK and all(map(_joins_body, units.items[at + 1 : first]))):
            return role
    return None


_BODY_BACK, _REPORTER_BACK = 3, 4
"""How many words before a place may stand the body that it names, and the reporter who sits there."""


def _brought_there(units: Units, mention: Mention, carried: frozenset[str]) -> bool:
    """«نقل الجرحى إلى مستشفى في غازي عنتاب»: a word of bringing away before the place, and a hospital, with no comma behind it."""
    at = mention.first - 1
    low = max(0, at - _CARRIED)
    ends = units.row.where("STOP", "COMMA", first=low, last=at + 1)
    words = [unit.word for unit in units.items[ends[-1] if ends else low : at + 1]]
    if not any(word in carried for word in words):
        return False
    return any(word.startswith(_HOSPITALS) for word in (mention.name, units[mention.first].word, *words))


_OF_IT: Final = frozenset({"التابعه", "التابع", "تابعه", "تابع", "التابعين", "التابعون"})


def _of_an_office(units: Units, first: int, seat: frozenset[str]) -> bool:
    """«منظمة مقرها جنيف», «ومقره في بريطانيا», «يتخذ من لندن مقرا له»: where a body that speaks has its office.

    «استهدف مقره في الرقة» is where it happened: behind a verb, «في» and the place say where an office was hit.
    """
    at = first - 1
    word = units[at].word
    if word == "من":
        return at > 0 and units[at - 1].word.startswith(_TAKES)
    if word.removeprefix("و") in seat:
        return True
    if at < 2 or units[at - 1].word.removeprefix("و") not in seat or not units[at].has("IN"):
        return False
    return units[at - 2].has_any(_JOINS) or units[at - 1].word.startswith("و")


_TAKES: Final = ("يتخذ", "تتخذ", "اتخذ")
_JOINS: Final = frozenset({"CONJ", "COMMA", "REL"})


def _of_an_occasion(units: Units, first: int, around: _Around) -> bool:
    """«في مؤتمر صحفي في جنيف», «كلمة ألقاها في باريس», «بالتزامن مع زيارته إلى باريس»: where something was said, or held meanwhile."""
    for n in range(min(_OCCASION, first)):
        unit = units[first - 1 - n]
        if unit.has_any(_SAYING_ENDS):
            return False
        if unit.word in around.spoken and n < _SPOKEN:
            return True
        if unit.word in around.at_once:
            return any(held.word in around.occasion for held in units.items[first - n : first])
    return False


_SAYING_ENDS: Final = frozenset({"STOP", "NL", "THAT", "SEMI"})
_OCCASION, _SPOKEN = 8, 4
"""How many words before a place may stand what is held there, and what is said."""


_CARRIED: Final = 8
"""How many words before a place may stand that somebody was brought there."""


_DISTANCES: Final = frozenset("كلم كم كيلومتر كيلومترا كيلومترات كيلو ميل ميلا اميال".split())
_IN_OR_TO: Final = frozenset({"IN", "TO"})


class _Around:
    """Words of `gazetteer/around.csv` that stand before a place, by what they say of it.

    `roles` are those that make it a part of a name or where a reporter sits, with and without «ال»; `words` all whose presence must be
    looked into further, so that where none of them stands nothing need be.
    """

    __slots__ = ("at_once", "carried", "occasion", "origin", "roles", "seat", "spoken", "words")

    def __init__(self, around: Mapping[str, frozenset[str]]) -> None:
        self.seat = around["seat"]
        self.spoken = around["spoken"]
        self.at_once = around["at_once"]
        self.occasion = around["occasion"]
        self.origin = around["origin"]
        self.carried = around["carried"]
        self.roles = _roles(around)
        seat = ["و" + word for word in self.seat]
        self.words = self.seat.union(seat, self.spoken, self.at_once, self.carried, self.roles)


@lru_cache(maxsize=4)
def _around(names: Names) -> _Around:
    return _Around(names.around)


def _roles(around: Mapping[str, frozenset[str]]) -> dict[str, str]:
    roles: dict[str, str] = {}
    for role in ("body", "people"):
        for bare in around[role]:
            roles["ال" + bare] = role
            if not bare.startswith("ال"):
                roles[bare] = role
    return roles | dict.fromkeys(around["reporter"], "reporter")


_CLAUSE_ENDS: Final = frozenset({"STOP", "NL", "PAST", "COMMA"})


def _joins_body(unit: Unit) -> bool:
    """Words that may stand between a body and the place in its name: «المجلس العسكري لمدينة منبج»."""
    if unit.word in (
        "ل",
        "العسكري",
        "المحلي",
        "المحليه",
        "العسكريه",
        "المدني",
        "مدينه",
        "محافظه",
        "بلده",
        "قريه",
        "حي",
        "مخيم",
        "ريف",
        "عام",
    ):
        return True
    return unit.has("KIND") or unit.has("ADJ_ACTOR")


_NEAR: Final = frozenset("بالقرب قرب القرب مقربه بعد كيلومتر كيلومترا كم شرقي غربي جنوبي شمالي شرق غرب جنوب شمال كل بكل كلا".split())
_HOSPITALS: Final = ("مشفي", "مستشفي", "المشفي", "المستشفي", "مشافي", "مستشفيات", "المشافي", "المستشفيات", "مستوصف")


def _is_other(units: Units, i: int) -> bool:
    """A place name that is an actor here: «قصفت تركيا», «قالت موسكو», or part of a person's name."""
    tags = units[i].entry.tags
    before = units[i - 1] if i else None
    if "ACTOR" in tags or is_a_national(units, i):
        return True
    if before is not None and before.has("ADJ_ACTOR") and i > 1 and units[i - 2].has("KIND"):
        return False  # «العاصمة الأفغانية كابول»
    if "COUNTRY" in tags or "CAPITAL" in tags:
        if before is not None and before.has("CONJ") and i > 1 and units[i - 2].has("PLACE"):
            return _is_other(units, i - 2)
        if before is not None and before.word == "#" and i > 1:
            before = units[i - 2]
        located = before is not None and (before.has_any(_IN_PLACE) or before.word.rpartition(" ")[2] in _LOCATING or is_struck(units, i))
        return not located and not _is_dateline(units, i)
    return False


def is_struck(units: Units, i: int) -> bool:
    """«قصف بيروت», «تفجيرات باريس», «اشتباكات طرابلس»: a capital right after the noun; «قصف أنقرة لعفرين» tells whose fire it is."""
    if not units[i].has("CAPITAL") or not i or not units[i - 1].has_any(_STRUCK):
        return False
    return not (i + 1 < len(units) and units[i + 1].word in _ITS_AIM)


def is_a_national(units: Units, i: int) -> bool:
    """«خطف مسلحون كرواتيا»: right behind men in the nominative a country's letters are a man of it, «كرواتيًا», whom they harmed."""
    word = units[i].word
    if not i or not word.endswith("يا") or word.startswith("ال"):
        return False
    doer = i - 2 if units[i - 1].has("UNKNOWN_AGENT") and i > 1 and not units[i - 2].has("HARM_V") else i - 1
    if doer < 1 or not units[doer].has_any(_DOERS) or not units[doer].word.endswith(_NOMINATIVE):
        return False
    harm = units[doer - 1]
    return harm.has("HARM_V") and not harm.has("PRON")


_DOERS: Final = frozenset({"PERSON", "GENERIC", "UNKNOWN_AGENT"})
_NOMINATIVE: Final = ("ون", "ان")
_STRUCK: Final = frozenset({"SHELL_N", "BOMBING_N", "BLAST_N", "ATTACK_N", "CLASH_N", "PROTEST_N"})
_ITS_AIM: Final = frozenset({"ل", "علي", "ضد", "في"})
_IN_PLACE: Final = frozenset({"IN", "KIND", "DIRECTION"})
_LOCATING: Final = frozenset(
    "في من الي داخل قرب وسط خارج حدود علي شمال جنوب شرق غرب شمالي جنوبي شرقي غربي باتجاه نحو عبر محيط ضواحي ريف ب العاصمه".split()
)


def _introduced(units: Units, i: int) -> bool:
    """A name that is also an ordinary word counts after a place preposition, or in a list of places."""
    if i == 0:
        return False
    before = units[i - 1]
    if before.word == "#" and i > 1:
        before = units[i - 2]
    if before.has("DIRECTION") or before.word in ("قرب", "محيط", "اطراف", "وسط", "بلده", "قريه"):
        return True
    if before.word == "في" and (units[i].has("COUNTRY") or _is_no_noun(units.lexicon.names, units[i].word)):
        return True  # «في مالي», «في جاسم», «في عسير»: the adjective («دعم مالي») and the man do not stand there
    if before.has("ON") and i > 1 and units[i - 2].has_any(_FROM_AFAR):
        return True  # «غارة على صور»
    if units[i].has_any(_FIGHTING):
        return False  # «في معركة في بيدوا»
    if before.has("IN") and _opens_the_sentence(units, i - 1) and i + 1 < len(units) and units[i + 1].has_any(("COMMA", "PAST")):
        return True  # «وفي إب، قُتل …»
    if before.has("IN") and i + 2 < len(units):
        # «في الباب بريف حلب»: a container must follow at once
        link, container = units[i + 1], units[i + 2]
        if link.has("IN") or link.has("LPAR") or link.has("FROM"):
            return (container.has("KIND") and not container.has("DEF")) or container.has("PLACE") or container.has("DIRECTION")
        return (link.has("DIRECTION") or link.has("KIND")) and container.has("PLACE")
    return False


_FROM_AFAR: Final = frozenset({"RAID_N", "SHELL_N"})
_FIGHTING: Final = frozenset({"CLASH_N", "WAR_N", "ATTACK_N"})


@lru_cache(maxsize=1024)
def _is_no_noun(names: Names, name: str) -> bool:
    """«جاسم», «عسير»: a place whose name is no common noun, but a name of persons or an adjective."""
    return any(not entry.flags.isdisjoint(("person", "adjective")) for entry in names.places(name))


def _opens_the_sentence(units: Units, i: int) -> bool:
    """Whether a unit is the first of its sentence, but for a conjunction."""
    i -= i > 0 and units[i - 1].has("CONJ")
    return i == 0 or units[i - 1].has("STOP")


def _is_dateline(units: Units, i: int) -> bool:
    """«دمشق - سانا», «القاهرة (رويترز)» at the start of a paragraph: where the reporter sits, not where it happened."""
    if i + 1 >= len(units):
        return False
    after = units[i + 1]
    if not after.has_any(_AFTER_DATELINE):
        return False
    if i == 0 or units[i - 1].has("NL"):
        return True
    if not units[i - 1].has("IN"):
        return i < 4
    opens = i - 2 if i > 1 and not units[i - 2].has("CONJ") else i - 3  # «وفي الحسكة:»
    return after.has("COLON") and (opens < 0 or units[opens].has("NL"))


_AFTER_DATELINE: Final = frozenset({"DASH", "SLASH", "COLON", "LPAR", "SOURCE"})


def _plain(units: Units, i: int) -> Mention:
    mention = Mention(i, i + 1, units[i].word, "a name of the gazetteer", dateline=_is_dateline(units, i))
    mention.heading = mention.dateline and units[i + 1].has("COLON")
    _direction(units, mention)
    return mention


def _direction(units: Units, mention: Mention) -> None:
    """«شمال حلب», «ريف حلب الغربي»: the words around a name that make it a part or the surroundings of the place."""
    first = mention.first
    if first and "DIRECTION" in units[first - 1].entry.tags:
        mention.area = units[first - 1].word
        mention.first -= 1
        if mention.first and units[mention.first - 1].has("DIRECTION"):
            mention.first -= 1
    while mention.last < len(units) and "DIRECTION_ADJ" in units[mention.last].entry.tags and units[mention.last].has("DEF"):
        mention.area = (mention.area or "") + " " + units[mention.last].word
        mention.last += 1


def _after_kind(units: Units, i: int) -> list[Mention]:
    """«مدينة X», «قريتي X وY», «مشفى X»: names after a kind word, known or not; «المدينة» alone points back."""
    kind = units[i]
    if kind.word == "محليه" and i and not units[i - 1].has_any(_LEADS_TO_A_KIND):
        return []  # «مليشيات محلية», «مصادر محلية»: an adjective, and not a locality of Sudan
    if kind.word in _COUNTRYSIDE:
        mention = Mention(i, i + 1, kind.word, "a place named before", kind="line_or_area", anaphor=True, known=False, area="ريف")
        _direction(units, mention)
        return [mention]
    if kind.has("DEF") or kind.word in (_CAPITAL, _HOME):
        if kind.word == _CAPITAL and i + 2 < len(units) and units[i + 1].has("ADJ_ACTOR") and units[i + 2].has("PLACE"):
            return []
        if i + 1 < len(units) and (units[i + 1].has("PLACE") or (units[i + 1].has("ADJ_ACTOR") and kind.word != _CAPITAL)):
            return []
        if kind.feature("number") != "sg":
            return []
        mention = Mention(i, i + 1, kind.word, "a place named before", kind=kind.feature("level"), anaphor=True, known=False)
        _direction(units, mention)
        return [mention]
    first = _name_after(units, i + 1, kind, strict=False)
    many = kind.feature("number") in ("pl", "dual") or kind.has("PL") or kind.has("DUAL")
    if first is None and many:
        first = _listed_name(units, i + 1, kind)  # «قرى الزقموطة وأم حرملة»: the list must go on
        if first is not None and not _list_goes_on(units, first.last):
            first = None
    if first is None:
        return []
    names = [first]
    while many and names[-1].last + 1 < len(units):
        at = names[-1].last
        while at < len(units) and units[at].has("QUOTE"):
            at += 1
        if at + 1 >= len(units) or not _list_goes_on(units, at):
            break
        if units[at].has("CONJ") or units[at].has("COMMA"):
            at += 2 if units[at].has("COMMA") and units[at + 1].has("CONJ") else 1
        following = _name_after(units, at, kind, strict=True) or _listed_name(units, at, kind)
        if following is None:
            break
        names.append(following)
    names[0].first = i
    for name in names:
        _direction(units, name)
    return names


_LEADS_TO_A_KIND: Final = frozenset({"PREP", "IN", "CONJ", "COMMA", "ON", "TO", "FROM", "DIRECTION", "STOP", "NL", "PAST"})


def _list_goes_on(units: Units, at: int) -> bool:
    """Whether a conjunction, a comma or a word with an unread conjunction («وملا») stands at a place."""
    if at >= len(units):
        return False
    unit = units[at]
    return unit.has("CONJ") or unit.has("COMMA") or (unit.word.startswith("و") and len(unit.word) > 3 and unit.entry.tags <= {"W"})


LISTED: Final = "a list of names after a kind word"


def _listed_name(units: Units, at: int, kind: Unit) -> Mention | None:
    """A further name of a list that no list of ours has («قرى الطويلة وأم حرملة ومزري»), where the list goes on or ends after it."""
    while at < len(units) and units[at].has("QUOTE"):
        at += 1
    if at >= len(units) or (kind.feature("level") not in _SETTLEMENTS and kind.feature("number") != "dual"):
        return None
    unit = units[at]
    if not unit.entry.tags <= {"W", "DEF"} or len(unit.word) < 4 or unit.word in units.lexicon.names.around["not_name"]:
        return None
    last = _name_end(units, at)
    after = units[last] if last < len(units) else None
    ends = ("CONJ", "COMMA", "IN", "STOP", "NL", "QUOTE", "DIRECTION", "KIND", "RPAR")
    if after is not None and not after.has_any(ends) and not _list_goes_on(units, last):
        return None
    radius = kind.feature("radius_km")
    name = _words(units, at, last)
    if unit.word.startswith("و") and not (at and units[at - 1].has("CONJ")):
        name = name[1:]
    return Mention(
        at, last, name, LISTED, kind=kind.feature("level"),
        radius=float(radius) if radius else None, known=False,
    )  # fmt: skip


_CAPITAL, _HOME = "العاصمه", "البلاد"
_COUNTRYSIDE: Final = frozenset(("الريف", "ريفها", "ريفه", "الارياف"))


def _name_after(units: Units, at: int, kind: Unit, *, strict: bool) -> Mention | None:
    while at < len(units) and (units[at].has("QUOTE") or units[at].word == "#"):
        at += 1
    if at >= len(units):
        return None
    unit = units[at]
    level = kind.feature("level")
    radius = kind.feature("radius_km")
    if unit.has("KIND") and not unit.has("DEF") and not strict and not _is_its_own_name(units, at):
        # «ريف مدينة X»: the inner kind word gives the name, the outer the area; a third one deep gives none
        inner = _name_after(units, at + 1, unit, strict=True)
        if inner is not None and kind.feature("level") == "line_or_area":
            inner.area = kind.word
        return inner
    if unit.has("PLACE") or (unit.has("PLACE_WEAK") and not _opens_a_name(units, at)):
        mention = Mention(at, at + 1, unit.word, "kind word and name", kind=level, radius=float(radius) if radius else None)
        if kind.word in ("ريف", "محيط", "اطراف", "ضواحي", "ارياف", "الريف"):
            mention.kind, mention.area = None, kind.word
        return mention
    far = _known_spelling(units, at, kind)
    if far is not None:
        return far
    if strict or kind.word in _OFFICES or unit.word in units.lexicon.names.around["not_name"] or not _may_name(unit, kind):
        return None
    last = _name_end(units, at)
    name = _words(units, at, last)
    return Mention(at, last, name, "kind word and unknown name", kind=level, radius=float(radius) if radius else None, known=False)


def _is_its_own_name(units: Units, at: int) -> bool:
    """Whether a kind word after another is a name of the gazetteer; «جامعة» is a town, but not in «مبنى جامعة الأنبار»."""
    return units[at].has("PLACE") or (units[at].has("PLACE_WEAK") and not (at + 1 < len(units) and units[at + 1].has("PLACE")))


def _opens_a_name(units: Units, at: int) -> bool:
    """«قرية تل جدية»: «تل» alone is a village somewhere, and here the first word of a longer name."""
    after = units[at + 1] if at + 1 < len(units) else None
    if after is None or units[at].word not in _COMPOUND_FIRST or not after.word.isalpha():
        return False
    return not after.has_any(("PREP", "IN", "CONJ", "PAST", "PRES", "KIND", "PLACE", "DIRECTION", "ALSO", "WHEN", "REL"))


def _words(units: Units, first: int, last: int) -> str:
    """The folded words of units [first, last), quotation marks aside."""
    return " ".join(unit.word for unit in units.items[first:last] if not unit.has("QUOTE"))


def _known_spelling(units: Units, at: int, kind: Unit) -> Mention | None:
    """A name after a kind word that the gazetteer has in another spelling, or far away: the longest one first."""
    names = units.lexicon.names
    unit = units[at]
    level = kind.feature("level")
    if level not in _SETTLEMENTS or not (unit.has("W") or unit.has("PLACE_WEAK")) or unit.word in names.around["not_name"]:
        return None
    radius = kind.feature("radius_km")
    for length in (3, 2, 1):
        if at + length > len(units) or not all(u.word.isalpha() for u in units.items[at : at + length]):
            continue
        form = _words(units, at, at + length)
        near = next((other for other in _spellings(form) if names.places(other)), None)
        if near is not None:
            return Mention(at, at + length, near, "kind word and name", kind=level, radius=float(radius) if radius else None)
        whole = length > 1 or _name_end(units, at) == at + 1  # «قرية سامي العاصي» is not the far Sami
        if level != "neighbourhood" and len(form) > 3 and whole and names.far_places(form):
            return Mention(at, at + length, form, "kind word and far name", kind=level, radius=float(radius) if radius else None, far=True)
    return None


def _spellings(form: str) -> list[str]:
    """Other spellings of a name that a kind word introduced: with and without «ال», final ا for ه.

    >>> _spellings("كنصفرا")
    ['كنصفره', 'الكنصفرا']
    """
    found = []
    if form.endswith(("ا", "ه")) and len(form) > 4:
        found.append(form[:-1] + ("ه" if form.endswith("ا") else "ا"))
    if form.startswith("ال") and len(form) > 5:
        found.append(form[2:])
    elif " " not in form and len(form) > 3:
        found.append("ال" + form)
    return found


def _name_end(units: Units, at: int) -> int:
    """Where a name that no list has ends: «تل اللبن», «مقطع حجر كبير», «ملا سباط»; else after one word."""
    last = at + 1
    first = units[at].word
    if first in _ARMY_UNITS:
        return _army_unit_end(units, last)
    of_two = first in _COMPOUND_FIRST or first.removeprefix("و") in _COMPOUND_FIRST or _is_a_mans(units, at)
    if last < len(units) and (of_two or _is_name_of_two(units, at)):
        last += 1
    if last < len(units) and units[last].word in _SIZES and not _leads_on(units, last):
        last += 1
    return last


def _army_unit_end(units: Units, at: int) -> int:
    """«معسكر اللواء 35 مدرع», «مقر الفرقة الأولى مشاة»: the number and the arm of a unit are of its name."""
    while at < len(units) and units[at].has("QUOTE"):
        at += 1
    if at < len(units) and (units[at].word.isdigit() or units[at].has("ORDINAL")):
        at += 1
        while at < len(units) and units[at].word.removeprefix("ال") in _ARMS:
            at += 1
    return at


_ARMY_UNITS: Final = frozenset("اللواء لواء الفرقه فرقه الفوج فوج الكتيبه كتيبه الفيلق فيلق السريه سريه".split())
_ARMS: Final = frozenset(
    "مشاه مدرع مدرعه مدرعات ميكا ميكانيكي ميكانيكا مدفعيه صواريخ دبابات مجوقل مغاوير صاعقه مظلي مظلات حرس حدود دفاع جوي جويه بحري بحريه"
    " اسناد مجحفل معزز حمايه قوات خاصه مهام دعم اقتحام".split()
)


def _leads_on(units: Units, at: int) -> bool:
    """«قرية بوسعيد غربي منبج»: a direction before another place is no part of the name."""
    after = units[at + 1] if at + 1 < len(units) else None
    return units[at].has("DIRECTION") and after is not None and after.has_any(("PLACE", "PLACE_WEAK", "KIND", "W"))


def _is_a_mans(units: Units, at: int) -> bool:
    """«سامي العاصي», «محمد علي»: a given name and one more word of a name before what a place is followed by."""
    if not units[at].has("GIVEN_NAME") or at + 1 >= len(units):
        return False
    second, after = units[at + 1], units[at + 2] if at + 2 < len(units) else None
    if second.has("ON"):  # «علي», which the preposition is spelled like
        return after is None or after.has_any(("IN", "STOP", "COMMA", "NL", "DIRECTION"))
    return second.word.isalpha() and (second.has("GIVEN_NAME") or second.entry.tags <= {"W", "DEF"})


def _is_name_of_two(units: Units, at: int) -> bool:
    """A bare word before a definite one («خان الجبل»), or before a word with a size («مقطع حجر كبير»)."""
    first, second = units[at], units[at + 1]
    if not (second.has("W") and second.word.isalpha()) or second.word in units.lexicon.names.around["not_name"]:
        return False
    if at + 2 < len(units) and units[at + 2].word in _SIZES:
        return True
    feminine = first.word.endswith("ه") or second.word.endswith(("يه", "يين"))
    return second.word.startswith("ال") and not first.word.startswith("ال") and not feminine


_OFFICES: Final = frozenset(("مركز", "دايره", "فرع", "لواء"))
"""Kind words that mean an office or a unit more often than a place: only a known name follows them."""

_COMPOUND_FIRST: Final = frozenset(
    "تل تله ابو ابي بو ام عين بيت دير خان كفر بير وادي جبل راس بني عبد ابن شيخ الشيخ خربه قلعه مزرعه باب برج سد جسر جب جديده حصن رسم"
    " رد سيد السيد الشهيد الملك الامير الامام الحاج ملا خانا كر كري حمام عرب معره مشرفه حوايج حاوي سهل نهر تلال ذي ذو شعب عزبه نجع".split()
)
_SIZES: Final = frozenset(
    "كبير كبيره صغير صغيره الكبير الكبيره الصغير الصغيره كبرى الكبري الصغري فوقاني تحتاني الفوقاني التحتاني فوقا تحتا فوقاني الفوقا"
    " التحتا شرقي غربي شمالي جنوبي قبلي شرقيه غربيه شماليه جنوبيه".split()
)
_SETTLEMENTS: Final = ("village", "town", "city", "neighbourhood")


def _may_name(unit: Unit, kind: Unit) -> bool:
    """Whether a word that no list knows can be the name after a kind word; a plain adjective after «منطقة» is none."""
    if unit.has("KIND") and not unit.has("DEF"):
        return unit.word in _COMPOUND_FIRST
    if unit.word in _COMPOUND_FIRST or (unit.word in _ARMY_UNITS and kind.feature("level") == "site"):
        return True
    if unit.has("GIVEN_NAME") and kind.word in ("قريه", "بلده"):
        return True  # «قرية سامي العاصي»: many a village bears a man's name
    plain = unit.entry.tags <= {"W", "DEF", "PERSON", "SG", "PL", "ACC", "DUALPL", "DUAL"}
    if kind.feature("level") in _SETTLEMENTS and not unit.word.startswith("ال"):
        return plain and len(unit.word) > 2
    if kind.feature("level") == "line_or_area" or kind.feature("level") in _SETTLEMENTS:
        # «القرى المجاورة»: an adjective names nothing; after one settlement («قرية الدحلة») a definite word is its name
        feminine = unit.word.endswith("ه") and kind.feature("level") == "line_or_area"
        return plain and kind.feature("number") == "sg" and not feminine
    return (plain or unit.has("KIND")) and unit.has("DEF") and kind.feature("number") == "sg"


# --- containment -----------------------------------------------------------------------------------------------------


def _contain(units: Units, mentions: list[Mention]) -> None:
    """Tie each mention to the next one when only prepositions, direction or kind words stand between them."""
    for n in range(1, len(mentions)):
        here, after = mentions[n - 1], mentions[n]
        if after.first - here.last > 4 or here.dateline or here.aside == "origin":
            continue
        gap = units.items[here.last : after.first]
        if not gap:
            contains = after.kind is not None or after.area is not None or _is_a_direction(units[after.first])
            linked = contains and after.rule != LISTED  # «مديريتي أ وب»
        else:
            linked = all(_linking(unit) for unit in gap) and not any(unit.has("CONJ") for unit in gap) and not _another_scene(gap)
        if linked:
            here.within = after
    # In «قرى أ وب في ريف ج» every member of the list lies in the container of the last.
    for n in range(len(mentions) - 1, 0, -1):
        here, after = mentions[n - 1], mentions[n]
        if here.within is not None or after.within is None or here.kind != after.kind or not 1 <= after.first - here.last <= 2:
            continue
        if all(u.has("CONJ") or u.has("COMMA") for u in units.items[here.last : after.first]):
            here.within = after.within


def _is_a_direction(unit: Unit) -> bool:
    """«جنوبي سوريا», one name of a region: what stands right before it lies in it."""
    return unit.word.partition(" ")[0] in _DIRECTIONS and " " in unit.word and not unit.word.endswith("البلاد")


_DIRECTIONS: Final = frozenset("شمال شمالي جنوب جنوبي شرق شرقي غرب غربي وسط".split())


def _another_scene(gap: Sequence[Unit]) -> bool:
    """«من مدينة أ مقهى في ب»: a building of its own stands between, and the first name lies in no second."""
    return len(gap) > 1 and gap[0].has("KIND") and gap[0].feature("level") == "site" and gap[1].has("IN")


def _linking(unit: Unit) -> bool:
    return unit.has_any(_LINKING) or unit.word in _LINKS


_LINKING: Final = frozenset({"IN", "FROM", "KIND", "DIRECTION", "LPAR", "QUOTE", "DIRECTION_ADJ", "ADJ_ACTOR"})
_LINKS: Final = frozenset("ب في من التابعه تابعه التابع الواقعه الواقع ضمن لمحافظه ل قرب عاصمه مركز ، , # جنوب شمال شرق غرب".split())


# --- resolution ------------------------------------------------------------------------------------------------------


def resolve(mentions: Sequence[Mention], names: Names, country: str | None) -> None:
    """Give every mention its `place`: unambiguous ones first, then the rest by container, country and company."""
    _under_headings(mentions)
    chosen: list[Place] = []
    spoken = _countries_spoken_of(mentions, names, country)
    for mention in mentions:
        if mention.known and _is_namesake_abroad(mention, names, spoken):
            mention.known = False
    for mention in mentions:
        if mention.known and mention.kind != "site" and len(_candidates(mention, names)) == 1:
            mention.place = _choose(mention, names, country, [])
            chosen += [mention.place] if mention.place else []
    for mention in reversed(mentions):
        if mention.place is None and mention.known:
            mention.place = _choose(mention, names, country, chosen)
            chosen += [mention.place] if mention.place else []
    for mention in mentions:
        if mention.within is not None and mention.place is not None:
            mention.place.within = mention.within.place
    for i, mention in enumerate(mentions):
        if mention.anaphor:
            mention.place = _antecedent(mentions[max(0, i - _LOOK_BACK) : i], mention, names, country)
    for i, mention in enumerate(mentions):
        if mention.place is None and not mention.anaphor and (mention.kind is not None or mention.within is not None):
            mention.place = _unlisted(mention, mentions[max(0, i - 3) : i])


def _countries_spoken_of(mentions: Sequence[Mention], names: Names, country: str | None) -> set[str]:
    """The report's country and those that it names, by themselves or by a large place that bears its name alone."""
    spoken = {country} if country else set()
    for mention in mentions:
        if mention.country:
            spoken.add(mention.country)
        if mention.known and not mention.far:
            spoken |= _speaks_of(names, mention.name)
    return spoken


@lru_cache(maxsize=8192)
def _speaks_of(names: Names, name: str) -> frozenset[str]:
    """The countries that a name brings into a report: of a country, or of a large place whose name no other country has."""
    found = names.places(name)
    if any(entry.level == "country" for entry in found) or len({entry.country for entry in found}) == 1:
        return frozenset(e.country for e in found if e.level in _LARGE or e.population >= 100_000)
    return frozenset()


_LARGE: Final = ("country", "governorate", "region", "city")


def _is_namesake_abroad(mention: Mention, names: Names, spoken: set[str]) -> bool:
    """Whether a name is known only as a small place of countries that the report does not speak of."""
    if not spoken or " " in mention.name:  # «مخيم الهول» has no namesakes
        return False
    if any(entry.country in spoken for entry in _candidates(mention, names)):  # as most names are
        return False
    countries = _small_in(names, mention.name, mention.far)
    return countries is not None and spoken.isdisjoint(countries)


@lru_cache(maxsize=8192)
def _small_in(names: Names, name: str, far: bool) -> frozenset[str] | None:
    """The countries of the places of a name, where all are small; None where one of them is known anywhere."""
    found = names.far_places(name) if far else names.places(name)
    if any(e.level in ("country", "region") or e.population >= 100_000 for e in found):
        return None
    return frozenset(e.country for e in found)


def _under_headings(mentions: Sequence[Mention]) -> None:
    """Names after a heading («درعا:») lie in its place unless they say otherwise."""
    heading: Mention | None = None
    for mention in mentions:
        if mention.heading:
            heading = mention
        elif heading is not None and mention.within is None and not mention.anaphor and not mention.dateline:
            mention.within = heading


def _candidates(mention: Mention, names: Names) -> list[GazetteerEntry]:
    return names.far_places(mention.name) if mention.far else names.places(mention.name)


def _choose(mention: Mention, names: Names, country: str | None, company: list[Place]) -> Place | None:
    container = mention.within.place if mention.within else None
    if container is None and mention.within is not None and mention.within.known:
        container = _first_guess(mention.within, names, country)
    near_by = [place.point for place in company[-12:] if place.point is not None]
    scored = _scored(mention, names, container, country, near_by)
    entry, _, why = scored[0]
    if _only_shares_the_name(entry, mention, company) or _lies_elsewhere(entry, mention, container):
        return None
    if _named_after_a_region(entry, mention, container):
        return None  # as of any site that no list has, its container tells where it is
    level: Level = entry.level
    radius: int | float = LEVEL_RADIUS_KM[level]
    lat, lon = entry.lat, entry.lon
    if mention.area:
        lat, lon, radius = _part_of(entry, mention.area)
        level = "line_or_area"
    elif mention.kind == "site" and entry.level == "governorate" and (seat := _seat(names, entry.id)):
        lat, lon, radius, level, why = (
            seat.lat,
            seat.lon,
            LEVEL_RADIUS_KM[seat.level],
            "site",
            f"{why}; a building of it, put in {seat.name}",
        )
    return Place(
        name=entry.name,
        level=level,
        entry=entry,
        lat=lat,
        lon=lon,
        radius_km=radius,
        country=entry.country or None,
        within=container,
        candidates=scored[:5],
        why=why,
        part=mention.area,
    )


_Scored = list[tuple[GazetteerEntry, float, str]]


def _scored(mention: Mention, names: Names, container: Place | None, country: str | None, near_by: list[_Point]) -> _Scored:
    """The candidates for a naming with their scores and the reasons, the best first: what the words say, container, country, company."""
    scored = []
    for entry, score, why in _by_the_words(names, mention.name, mention.kind, mention.area, mention.country, mention.far):
        if container is not None and container.lat is not None and container.lon is not None:
            near = km(entry.lat, entry.lon, container.lat, container.lon) <= (container.radius_km or 50) + 60
            score += 6.0 if near else -6.0
            why = f"{why}; {'lies in' if near else 'lies outside'} {container.name}"
        if country and entry.country == country:
            score += 4.0
            why += "; the report's country"
        elif country:
            score -= 1.0
        if near_by and entry.level not in ("country", "region"):
            nearest = _nearest(_Point(entry.lat, entry.lon), near_by)
            score += 3.0 * math.exp(-nearest / 60)
            if nearest < 60:
                why += "; near the other places named"
        scored.append((entry, round(score, 3), why))
    return sorted(scored, key=_best_first) if len(scored) > 1 else scored


def _best_first(scored: tuple[GazetteerEntry, float, str]) -> tuple[float, str]:
    return -scored[1], scored[0].id


def _nearest(here: _Point, others: list[_Point]) -> float:
    """How far, in kilometres, the nearest of some points is.

    As `km`, but the root and the arc are taken once, of the least.
    """
    least = 1.0
    for there in others:
        north, east = math.sin((there.lat - here.lat) / 2), math.sin((there.lon - here.lon) / 2)
        apart = north * north + here.cosine * there.cosine * (east * east)
        if apart < least:
            least = apart
    return 12742 * math.asin(math.sqrt(least))


def _lies_elsewhere(entry: GazetteerEntry, mention: Mention, container: Place | None) -> bool:
    """«منطقة المحطة بمدينة درعا» is not the quarter of that name in Homs: a small place lies where its container lies."""
    if container is None or container.lat is None or container.lon is None:
        return False
    if container.country and entry.country and entry.country != container.country and entry.level not in ("country", "region"):
        return True
    if container.level in ("country", "region"):
        return False
    if container.entry is not None and container.entry.level in ("country", "region"):
        return False
    if mention.kind is None or entry.level not in ("neighbourhood", "village", "town", "site"):
        return False
    as_governorate = mention.within is not None and mention.within.kind is None  # «… في حماة» may mean the governorate
    reach = {"governorate": 150.0, "district": 60.0, "line_or_area": 120.0, "city": 120.0 if as_governorate else 50.0}.get(
        container.level, 50.0
    )
    return km(entry.lat, entry.lon, container.lat, container.lon) > reach


_STEP_KM: Final = {"governorate": 30.0, "city": 15.0, "district": 9.0, "town": 5.0, "village": 3.0}
"""How far from a place its northern (southern, …) part or countryside is put, by level: near the middle of where Airwars found the
incidents that Syrian reports place so."""

_COMPASS: Final = {"شمال": (1, 0), "جنوب": (-1, 0), "شرق": (0, 1), "غرب": (0, -1)}


def _part_of(entry: GazetteerEntry, area: str) -> tuple[float, float, int | float]:
    """Coordinates and radius of «ريف حلب الغربي», «شمال الحسكة»: a step from the place as long as its level reaches."""
    north = east = 0
    for word in area.split():
        bare = word.removeprefix("ال")
        step = next((s for name, s in _COMPASS.items() if bare.startswith(name)), (0, 0))
        north, east = north + step[0], east + step[1]
    radius: int | float = LEVEL_RADIUS_KM[entry.level]
    if radius <= 25:
        radius = 25.0
    reach = _STEP_KM.get(entry.level, 0.0)
    if entry.level == "city" and "ريف" in area:
        reach = 25.0  # the countryside of a governorate that is named like its capital
    if not (north or east) or not reach:
        return entry.lat, entry.lon, radius
    reach /= math.hypot(north, east)
    lat = entry.lat + north * reach / 111.2
    lon = entry.lon + east * reach / (111.2 * math.cos(math.radians(entry.lat)))
    return round(lat, 4), round(lon, 4), radius


_COMPANY: Final = 60
"""How many of the places chosen before keep a site company."""


def _only_shares_the_name(entry: GazetteerEntry, mention: Mention, company: list[Place]) -> bool:
    """«تقاطع السلام» is not the quarter al-Salam of a city far away: a site takes a place's name only near the company."""
    if mention.kind != "site" or entry.level not in ("neighbourhood", "village") or not company:
        return False
    distances = [km(entry.lat, entry.lon, p.lat, p.lon) for p in company[-_COMPANY:] if p.lat is not None and p.lon is not None]
    return bool(distances) and min(distances) > 30


@lru_cache(maxsize=512)
def _seat(names: Names, id: str) -> GazetteerEntry | None:
    """The most populous city of a governorate, where its university and its hospital stand; none where no city is known."""
    cities = [entry for entry in names.places_within(id) if entry.level == "city"]
    return max(cities, key=lambda entry: entry.population, default=None)


def _named_after_a_region(entry: GazetteerEntry, mention: Mention, container: Place | None) -> bool:
    """«مبنى جامعة الأنبار في الرمادي»: a building of a governorate, which stands where the words after it say."""
    wide = ("governorate", "region", "country")
    return mention.kind == "site" and entry.level in wide and container is not None and container.level not in wide


def _first_guess(mention: Mention, names: Names, country: str | None) -> Place | None:
    if mention.place is not None or not _candidates(mention, names):
        return mention.place
    return _choose(mention, names, country, [])


_PRIOR: Final = {
    "country": 5.0, "governorate": 3.0, "city": 3.5, "region": 3.0, "town": 2.0, "district": 1.8, "site": 2.0, "line_or_area": 2.0,
    "neighbourhood": 1.0, "village": 1.0,
}  # fmt: skip


@lru_cache(maxsize=8192)  # the names of a country's news are few
def _by_the_words(names: Names, name: str, kind: str | None, area: str | None, said_country: str | None, far: bool) -> _Scored:
    """The candidates for a name, each scored by how known it is and by the words beside it alone, with the reasons."""
    scored = []
    for entry in names.far_places(name) if far else names.places(name):
        score = _PRIOR.get(entry.level, 1.0) + min(2.0, math.log10(entry.population + 1) / 4)
        why = [f"{entry.level}"]
        if kind:
            fit = _kind_fit(kind, entry.level)
            score += fit
            why.append("fits the kind word" if fit > 0 else "does not fit the kind word")
        elif names.capital_countries.get(name) == entry.country and entry.level == "city":
            score += 4.0
            why.append("a capital")
        elif "common" in entry.flags:
            score -= 2.0
            why.append("its name is also a word")
        if area and entry.level in ("governorate", "district"):
            score += 1.0
            why.append("has a countryside")
        if said_country:
            there = entry.country == said_country
            score += 6.0 if there else -6.0
            why.append("in the country that the adjective says" if there else "in another country than the adjective says")
        scored.append((entry, score, "; ".join(why)))
    return scored


def _kind_fit(kind: str, level: str) -> float:
    if kind == level:
        return 3.0
    if kind in _SIZE and level in _SIZE:
        apart = abs(_SIZE.index(kind) - _SIZE.index(level))
        return 1.5 if apart == 1 else 0.5 if apart == 2 else -2.0
    return 0.0


_FITS_ANAPHOR: Final = {
    "city": ("city", "town", "governorate"),
    "town": ("town", "village", "city", "district"),
    "village": ("village", "town"),
    "neighbourhood": ("neighbourhood",),
    "governorate": ("governorate",),
    "district": ("district", "town"),
    "line_or_area": ("neighbourhood", "line_or_area", "town", "village", "city", "site"),
    "country": ("country",),
}


def _antecedent(before: Sequence[Mention], mention: Mention, names: Names, country: str | None) -> Place | None:
    """The place that «المدينة», «السجن», «الريف الغربي», «العاصمة», «البلاد» mean: one named before, or the country's own."""
    if mention.name in (_CAPITAL, _HOME):
        return _of_country(mention, names, mention.country or country)
    if mention.name in _COUNTRYSIDE:
        return _countryside(before, mention)
    bare = mention.name.removeprefix("ال")
    if bare in _NO_ANTECEDENT:
        return None
    fitting = _FITS_ANAPHOR.get(mention.kind or "", ())
    for earlier in reversed(before):
        place = earlier.place
        if earlier.heading and place is not None:
            return place if place.level in fitting else None
        if place is None or earlier.dateline or earlier.aside in _FAR_FROM_IT:
            continue
        if mention.kind == "site":
            if place.level == "site" and (
                bare in earlier.name.split() or (place.entry and any(bare in n.split() for n in place.entry.names))
            ):
                return place
        elif place.level in fitting and not place.part:
            if mention.area and place.entry is not None:
                return _with_part(place, place.entry, mention.area)
            # «مدينة الفاشر عاصمة ولاية شمال دارفور … المدينة»: the city, and not the province that it lies in
            inner = [m.place for m in before if m.within is earlier and m.place is not None and m.place.level == mention.kind]
            return inner[-1] if inner and place.level != mention.kind else place
    return None


_NO_ANTECEDENT: Final = frozenset(
    "طريق جبل نهر وادي سهل مفرق مثلث اوتوستراد غابه بحيره خليج جزيره لواء اماره بلديه كتيبه فوج مركز فرع دايره محليه هجره برج".split()
)
"""Kind words that mean a place of that very kind; no town answers «الطريق»."""


def _of_country(mention: Mention, names: Names, country: str | None) -> Place | None:
    """The report's country, or its capital, for «البلاد» and «العاصمة»."""
    if country is None:
        return None
    if mention.name == _CAPITAL:
        found = [e for e in names.places(names.capitals.get(country, "")) if e.country == country and e.level == "city"]
    else:
        found = names.countries(country)
    if not found:
        return None
    entry = found[0]
    why = f"the {'capital' if mention.name == _CAPITAL else 'country'} that the report speaks of"
    place = Place(entry.name, entry.level, entry, entry.lat, entry.lon, LEVEL_RADIUS_KM[entry.level], country, None, [], why)
    return _with_part(place, entry, mention.area) if mention.area else place


def _countryside(before: Sequence[Mention], mention: Mention) -> Place | None:
    """«بالريف الغربي» under a heading or after a city: that part of it."""
    for earlier in reversed(before):
        place = earlier.place
        if place is None or place.entry is None or (earlier.dateline and not earlier.heading):
            continue
        if place.entry.level in ("city", "governorate", "district", "city_or_governorate") or (
            mention.name in ("ريفها", "ريفه") and place.entry.level == "town"
        ):
            return _with_part(place, place.entry, f"ريف {(mention.area or '').removeprefix('ريف').strip()}".strip())
    return None


def _with_part(place: Place, entry: GazetteerEntry, part: str) -> Place:
    """A part of a place that was named before."""
    lat, lon, radius = _part_of(entry, part)
    why = f"a part of {place.name}, named before"
    return Place(place.name, "line_or_area", entry, lat, lon, radius, place.country, place.within, place.candidates, why, part)


_LOOK_BACK: Final = 80
"""How many namings back «المدينة» can mean a place; keeps long texts linear."""


def _unlisted(mention: Mention, before: Sequence[Mention]) -> Place:
    """A name that no list has: the container's coordinates, with the container's radius; none where none is known."""
    container = mention.within.place if mention.within else None
    if container is None:
        near = [m.place for m in before if m.place and m.place.lat is not None and not m.dateline]
        container = next((p for p in reversed(near) if p.level not in ("country", "region")), None)
        why = "no list has the name; the place named before it" if container else "no list has the name"
    else:
        why = f"no list has the name; it lies in {container.name}"
    level: Level = mention.kind or "site"  # type: ignore[assignment]
    if container is not None and level == "neighbourhood" and container.part and container.entry is not None:
        container = _in_itself(container, container.entry)
    located = container is not None and container.lat is not None and container.level != "country"
    return Place(
        name=mention.name,
        level=level,
        entry=None,
        lat=container.lat if located and container else None,
        lon=container.lon if located and container else None,
        radius_km=(container.radius_km if located and container else None),
        country=container.country if container else None,
        within=container,
        candidates=[],
        why=why,
    )


def _in_itself(part: Place, entry: GazetteerEntry) -> Place:
    """The city of «حي الربيع جنوبي المدينة»: its quarters lie in it, and not a step to the south of it."""
    if entry.level not in ("city", "town") or "ريف" in (part.part or ""):
        return part
    radius = LEVEL_RADIUS_KM[entry.level]
    return Place(part.name, entry.level, part.entry, entry.lat, entry.lon, radius, part.country, part.within, part.candidates, part.why)


def main_country(mentions: Sequence[Mention], units: Units) -> str | None:
    """The country that most names of the report point to, by its places and its actors.

    A name that several countries share counts for each by how known its place there is; foreign powers are actors anywhere.
    """
    names = units.lexicon.names
    votes: dict[str, int] = {}
    for mention in mentions:
        if not mention.known or mention.dateline or mention.far or mention.aside in _ELSEWHERE:
            continue
        capital = _of_its_capital(units, mention)
        if capital is not None:
            votes[capital] = votes.get(capital, 0) + _ACTOR_VOTE
            continue
        around = mention.within
        there = _votes(names, around.name, 1) if around is not None and around.known and not around.far else []
        for country, count in _votes(names, mention.name, 6 if mention.kind is None else 12):
            if not there or any(country == other for other, _ in there):  # and not «حي التحرير وسط بعقوبة» for the one of Sanaa
                votes[country] = votes.get(country, 0) + count
        if mention.country:
            votes[mention.country] = votes.get(mention.country, 0) + 12
    for slug in {names.actor_of(units[i].word) or "" for i in units.row.where("ACTOR") if not units[i].has("COUNTRY")}:
        actor = names.actors.get(slug)
        if actor is not None and actor.country and actor.country not in _POWERS:
            votes[actor.country] = votes.get(actor.country, 0) + _ACTOR_VOTE
    if not votes:
        return None
    most = max(votes.values())
    return min([country for country, count in votes.items() if count == most])


_ELSEWHERE: Final = frozenset({"seat", "spoken", "origin"})
_FAR_FROM_IT: Final = frozenset({"seat", "spoken", "carried", "ground"})


def _of_its_capital(units: Units, mention: Mention) -> str | None:
    """The country whose capital a naming without a kind word is: «الرياض» is no town of Egypt."""
    if mention.kind is not None or not units[mention.last - 1].has("CAPITAL"):
        return None
    names = units.lexicon.names
    actor = names.actors.get(names.actor_of(units[mention.last - 1].word) or "")
    return actor.country or None if actor is not None else None


@lru_cache(maxsize=8192)
def _votes(names: Names, name: str, all_told: int) -> list[tuple[str, int]]:
    """The votes of a name, shared out among the countries that have a place of it by how known that is."""
    weights: dict[str, float] = {}
    for entry in names.places(name):
        if entry.country:
            at_war = _AT_WAR if entry.country in names.at_war else 1.0
            weights[entry.country] = max(weights.get(entry.country, 0.0), _fame(entry) * at_war)
    known = min(1.0, max(weights.values(), default=0.0) / _KNOWN_FAME)  # every city has its «حي التحرير»
    whole = known * all_told / (sum(weights.values(), 0.0) or 1.0)
    return [(country, round(weight * whole)) for country, weight in weights.items()]


_KNOWN_FAME: Final = 2.0
"""How well known a place must be for its name to count in full for its country: as a village is, and not a quarter."""
_AT_WAR: Final = 1.5
"""How much more likely a report of conflict means a country that has one (gazetteer/at_war.txt): chosen so that «الرقة» is Syria's."""
_ACTOR_VOTE: Final = 4
_POWERS: Final = frozenset(("US", "RU", "TR", "IR", "IL", "FR", "GB", "SA", "AE"))
"""Countries whose forces act in others; their names say little of where a report's places lie."""


def _fame(entry: GazetteerEntry) -> float:
    """How likely a name means this place, all else unknown."""
    return _PRIOR.get(entry.level, 1.0) + math.log10(max(entry.population, _USUAL_POPULATION.get(entry.level, 0)) + 1)


_USUAL_POPULATION: Final = {"governorate": 500_000, "district": 60_000, "city": 60_000, "town": 12_000, "village": 1_500}
"""Where none is known."""
