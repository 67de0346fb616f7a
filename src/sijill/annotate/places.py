"""Places: names of the gazetteer, names that only a kind word gives away, and where each may lie.

`find(units)` gives one `PlaceMention` per naming in the text, in order; `resolve(mentions, …)` chooses a gazetteer entry for
each by kind word, container, country and company, and keeps the candidates with the reason. A name that no list has («قرية
… في ريف إدلب») takes its container's coordinates and a radius that says so.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sijill.annotate.units import Unit, Units
from sijill.names import GazetteerEntry, Names
from sijill.records import Level

__all__ = ["LEVEL_RADIUS_KM", "Mention", "Place", "find", "km", "main_country", "resolve"]

LEVEL_RADIUS_KM: dict[str, float] = {
    "site": 3, "neighbourhood": 3, "village": 4, "town": 6, "city": 10, "district": 25, "governorate": 60, "region": 150,
    "country": 500, "line_or_area": 25, "landmark": 5, "city_or_governorate": 60,
}  # fmt: skip
"""How far the true place may lie from the coordinates, by level, where nothing better is known."""

_SIZE = ("site", "landmark", "neighbourhood", "village", "town", "city", "line_or_area", "district", "city_or_governorate",
         "governorate", "region", "country")  # fmt: skip


@dataclass(slots=True)
class Mention:
    """One naming of a place in the text: units [first, last), the name's own unit, and the words around it."""

    first: int
    last: int
    name: str
    rule: str
    kind: str | None = None  # the level that a kind word gives
    radius: float | None = None  # the radius that a kind word gives
    known: bool = True
    anaphor: bool = False  # «المدينة»، «السجن»: a place named before
    area: str | None = None  # «ريف»، «شمال»: a part of the named place or around it
    within: Mention | None = None
    dateline: bool = False
    heading: bool = False  # «حلب:» at the start of a line: what follows lies there
    place: Place | None = field(default=None, repr=False)


@dataclass(slots=True)
class Place:
    """Where a mention lies: the chosen entry, or what its container tells."""

    name: str
    level: Level
    entry: GazetteerEntry | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    country: str | None
    within: Place | None
    candidates: list[tuple[GazetteerEntry, float, str]]
    why: str
    part: str | None = None


@lru_cache(maxsize=8192)  # a report names few places, and compares them often
def km(a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """Great-circle distance in kilometres (haversine, mean Earth radius 6,371 km).

    >>> round(km(36.2, 37.16, 33.51, 36.29))
    309
    """
    la1, lo1, la2, lo2 = map(math.radians, (a_lat, a_lon, b_lat, b_lon))
    h = math.sin((la2 - la1) / 2) ** 2 + math.cos(la1) * math.cos(la2) * math.sin((lo2 - lo1) / 2) ** 2
    return 12742 * math.asin(math.sqrt(h))


def find(units: Units) -> list[Mention]:
    """Every naming of a place, in order, with containment between neighbours («قرية أ في ريف ب»)."""
    found: list[Mention] = []
    at = 0
    for start in units.where("PLACE", "PLACE_WEAK", "KIND"):
        if start < at:
            continue
        for mention in _mentions_at(units, start):
            found.append(mention)
            at = max(at, mention.last)
    _contain(units, found)
    return found


def _mentions_at(units: Units, i: int) -> list[Mention]:
    unit = units[i]
    if unit.has("KIND") and not unit.has("PLACE"):
        return _after_kind(units, i)
    if unit.has("PLACE") and not _is_other(units, i):
        return [_plain(units, i)]
    if unit.has("PLACE_WEAK") and _introduced(units, i):
        return [_plain(units, i)]
    return []


def _is_other(units: Units, i: int) -> bool:
    """A place name that is an actor here: «قصفت تركيا», «قالت موسكو», or part of a person's name."""
    unit = units[i]
    before = units[i - 1] if i else None
    if unit.has("ACTOR"):
        return True
    if unit.has("COUNTRY") or unit.has("CAPITAL"):
        if before is not None and before.has("CONJ") and i > 1 and units[i - 2].has("PLACE"):
            return _is_other(units, i - 2)
        located = before is not None and (before.has("IN") or before.has("KIND") or before.has("DIRECTION") or before.word in _LOCATING)
        return not located and not _is_dateline(units, i)
    return False


_LOCATING = frozenset(
    "في من الي داخل قرب وسط خارج حدود علي شمال جنوب شرق غرب شمالي جنوبي شرقي غربي باتجاه نحو عبر محيط ضواحي ريف ب العاصمه".split()
)


def _introduced(units: Units, i: int) -> bool:
    """A name that is also an ordinary word counts after a place preposition, or in a list of places."""
    if i == 0:
        return False
    before = units[i - 1]
    if before.has("DIRECTION") or before.word in ("قرب", "محيط", "اطراف", "وسط", "بلده", "قريه"):
        return True
    if before.has("IN") and i + 1 < len(units):
        # «في الباب بريف حلب»: a container must follow
        after = units.items[i + 1 : i + 4]
        return any(u.has("KIND") or u.has("PLACE") or u.has("DIRECTION") for u in after)
    return False


def _is_dateline(units: Units, i: int) -> bool:
    """«دمشق - سانا», «القاهرة (رويترز)» at the start of a paragraph: where the reporter sits, not where it happened."""
    if i + 1 >= len(units):
        return False
    starts = i == 0 or units[i - 1].has("NL") or (i < 4 and not units[i - 1].has("IN"))
    after = units[i + 1]
    return starts and (after.has("DASH") or after.has("SLASH") or after.has("COLON") or after.has("LPAR") or after.has("SOURCE"))


def _plain(units: Units, i: int) -> Mention:
    mention = Mention(i, i + 1, units[i].word, "a name of the gazetteer", dateline=_is_dateline(units, i))
    mention.heading = mention.dateline and units[i + 1].has("COLON")
    _direction(units, mention)
    return mention


def _direction(units: Units, mention: Mention) -> None:
    """«شمال حلب», «ريف حلب الغربي»: the words around a name that make it a part or the surroundings of the place."""
    before = units[mention.first - 1] if mention.first else None
    if before is not None and before.has("DIRECTION"):
        mention.area = before.word
        mention.first -= 1
        if mention.first and units[mention.first - 1].has("DIRECTION"):
            mention.first -= 1
    while mention.last < len(units) and units[mention.last].has("DIRECTION_ADJ") and units[mention.last].has("DEF"):
        mention.area = (mention.area or "") + " " + units[mention.last].word
        mention.last += 1


def _after_kind(units: Units, i: int) -> list[Mention]:
    """«مدينة X», «قريتي X وY», «مشفى X»: names after a kind word, known or not; «المدينة» alone points back."""
    kind = units[i]
    if kind.has("DEF"):
        if i + 1 < len(units) and (units[i + 1].has("PLACE") or units[i + 1].has("ADJ_ACTOR")):
            return []
        if kind.feature("number") != "sg":
            return []
        return [Mention(i, i + 1, kind.word, "a place named before", kind=kind.feature("level"), anaphor=True, known=False)]
    first = _name_after(units, i + 1, kind, strict=False)
    if first is None:
        return []
    names = [first]
    many = kind.feature("number") in ("pl", "dual") or kind.has("PL") or kind.has("DUAL")
    while many and names[-1].last + 1 < len(units):
        at = names[-1].last
        if not (units[at].has("CONJ") or units[at].has("COMMA")):
            break
        at += 2 if units[at].has("COMMA") and units[at + 1].has("CONJ") else 1
        following = _name_after(units, at, kind, strict=True)
        if following is None:
            break
        names.append(following)
    names[0].first = i
    for name in names:
        _direction(units, name)
    return names


def _name_after(units: Units, at: int, kind: Unit, *, strict: bool) -> Mention | None:
    while at < len(units) and units[at].has("QUOTE"):
        at += 1
    if at >= len(units):
        return None
    unit = units[at]
    level = kind.feature("level")
    radius = kind.feature("radius_km")
    if unit.has("KIND") and not unit.has("DEF") and not (unit.has("PLACE") or unit.has("PLACE_WEAK")) and not strict:
        # «ريف مدينة X»: the inner kind word gives the name, the outer the area; a third one deep gives none
        inner = _name_after(units, at + 1, unit, strict=True)
        if inner is not None and kind.feature("level") == "line_or_area":
            inner.area = kind.word
        return inner
    if unit.has("PLACE") or unit.has("PLACE_WEAK"):
        mention = Mention(at, at + 1, unit.word, "kind word and name", kind=level, radius=float(radius) if radius else None)
        if kind.word in ("ريف", "محيط", "اطراف", "ضواحي", "ارياف", "الريف"):
            mention.kind, mention.area = None, kind.word
        return mention
    if strict or not _may_name(unit, kind):
        return None
    last = at + 1
    if unit.word in _COMPOUND_FIRST and last < len(units) and (units[last].has("W") or units[last].has("PLACE_WEAK")):
        last += 1
    name = units.folded.text[unit.start : units[last - 1].end]
    return Mention(at, last, name, "kind word and unknown name", kind=level, radius=float(radius) if radius else None, known=False)


_COMPOUND_FIRST = frozenset("تل ابو ام عين بيت دير خان كفر بير وادي جبل راس بني عبد ابن شيخ الشيخ خربه قلعه مزرعه باب برج سد جسر".split())
_SETTLEMENTS = ("village", "town", "city", "neighbourhood")


def _may_name(unit: Unit, kind: Unit) -> bool:
    """Whether a word that no list knows can be the name after a kind word; a plain adjective after «منطقة» is none."""
    if unit.has("KIND") and not unit.has("DEF"):
        return unit.word in _COMPOUND_FIRST
    plain = unit.entry.tags <= {"W", "DEF", "PERSON", "SG", "PL", "ACC", "DUALPL", "DUAL"}
    if kind.feature("level") in _SETTLEMENTS and not unit.word.startswith("ال"):
        return plain and len(unit.word) > 2
    if kind.feature("level") == "line_or_area" or kind.feature("level") in _SETTLEMENTS:
        # «المنطقة الحدودية», «قرى مجاورة»: a feminine or relative adjective names nothing
        return plain and kind.feature("number") == "sg" and not unit.word.endswith(("ه", "يه"))
    return (plain or unit.has("KIND")) and unit.has("DEF") and kind.feature("number") == "sg"


# --- containment -----------------------------------------------------------------------------------------------------


def _contain(units: Units, mentions: list[Mention]) -> None:
    """Tie each mention to the next one when only prepositions, direction or kind words stand between them."""
    for here, after in itertools.pairwise(mentions):
        gap = units.items[here.last : after.first]
        if len(gap) > 4 or here.dateline:
            continue
        if (gap and all(_linking(unit) for unit in gap) and not any(unit.has("CONJ") for unit in gap)) or (
            not gap and after.kind is not None
        ):
            here.within = after
    # In «قرى أ وب في ريف ج» every member of the list lies in the container of the last.
    for here, after in zip(reversed(mentions[:-1]), reversed(mentions[1:]), strict=False):
        gap = units.items[here.last : after.first]
        listed = 1 <= len(gap) <= 2 and all(u.has("CONJ") or u.has("COMMA") for u in gap)
        if listed and here.within is None and after.within is not None and here.kind == after.kind:
            here.within = after.within


def _linking(unit: Unit) -> bool:
    return any(map(unit.has, ("IN", "FROM", "KIND", "DIRECTION", "LPAR", "QUOTE", "DIRECTION_ADJ"))) or unit.word in _LINKS


_LINKS = frozenset("ب في من الي التابعه تابعه التابع الواقعه الواقع ضمن لمحافظه ل قرب ، , جنوب شمال شرق غرب".split()) - {"الي"}


# --- resolution ------------------------------------------------------------------------------------------------------


def resolve(mentions: Sequence[Mention], names: Names, country: str | None) -> None:
    """Give every mention its `place`: unambiguous ones first, then the rest by container, country and company."""
    _under_headings(mentions)
    chosen: list[Place] = []
    for mention in mentions:
        if mention.known and mention.kind != "site" and len(_candidates(mention, names)) == 1:
            mention.place = _choose(mention, names, country, [])
            chosen += [mention.place] if mention.place else []
    for mention in reversed(mentions):
        if mention.place is None and mention.known:
            mention.place = _choose(mention, names, country, chosen)
            chosen += [mention.place] if mention.place else []
    for mention in mentions:
        if mention.within is not None and mention.place is not None and mention.place.within is None:
            mention.place.within = mention.within.place
    for i, mention in enumerate(mentions):
        if mention.anaphor:
            mention.place = _antecedent(mentions[max(0, i - _LOOK_BACK) : i], mention)
    for i, mention in enumerate(mentions):
        if mention.place is None and not mention.anaphor:
            mention.place = _unlisted(mention, mentions[max(0, i - 3) : i])


def _under_headings(mentions: Sequence[Mention]) -> None:
    """Names after a heading («درعا:») lie in its place unless they say otherwise."""
    heading: Mention | None = None
    for mention in mentions:
        if mention.heading:
            heading = mention
        elif heading is not None and mention.within is None and not mention.anaphor and not mention.dateline:
            mention.within = heading


def _candidates(mention: Mention, names: Names) -> list[GazetteerEntry]:
    return names.places(mention.name)


def _choose(mention: Mention, names: Names, country: str | None, company: list[Place]) -> Place | None:
    container = mention.within.place if mention.within else None
    if container is None and mention.within is not None and mention.within.known:
        container = _first_guess(mention.within, names, country)
    scored = sorted(
        (_score(entry, mention, container, country, company) for entry in _candidates(mention, names)),
        key=lambda s: (-s[1], s[0].id),
    )
    entry, _, why = scored[0]
    if _only_shares_the_name(entry, mention, company):
        return None
    level: Level = entry.level
    radius = LEVEL_RADIUS_KM[level]
    if mention.area:
        level, radius = "line_or_area", max(25.0, radius)
    return Place(
        name=entry.name,
        level=level,
        entry=entry,
        lat=entry.lat,
        lon=entry.lon,
        radius_km=radius,
        country=entry.country or None,
        within=container,
        candidates=scored[:5],
        why=why,
        part=mention.area,
    )


_COMPANY = 60
"""How many of the places chosen before keep a site company."""


def _only_shares_the_name(entry: GazetteerEntry, mention: Mention, company: list[Place]) -> bool:
    """«تقاطع السلام» is not the quarter al-Salam of a city far away: a site takes a place's name only near the company."""
    if mention.kind != "site" or entry.level not in ("neighbourhood", "village") or not company:
        return False
    distances = [km(entry.lat, entry.lon, p.lat, p.lon) for p in company[-_COMPANY:] if p.lat is not None and p.lon is not None]
    return bool(distances) and min(distances) > 30


def _first_guess(mention: Mention, names: Names, country: str | None) -> Place | None:
    if mention.place is not None or not _candidates(mention, names):
        return mention.place
    return _choose(mention, names, country, [])


_PRIOR = {"country": 5.0, "governorate": 3.0, "city": 3.5, "region": 3.0, "town": 2.0, "district": 1.8, "site": 2.0, "line_or_area": 2.0,
          "neighbourhood": 1.0, "village": 1.0}  # fmt: skip


def _score(
    entry: GazetteerEntry, mention: Mention, container: Place | None, country: str | None, company: list[Place]
) -> tuple[GazetteerEntry, float, str]:
    """A candidate's score and the reasons, each a term of the sum: how known it is, kind word, container, country, company."""
    score = _PRIOR.get(entry.level, 1.0) + min(2.0, math.log10(entry.population + 1) / 4)
    why = [f"{entry.level}"]
    if mention.kind:
        fit = _kind_fit(mention.kind, entry.level)
        score += fit
        why.append("fits the kind word" if fit > 0 else "does not fit the kind word")
    if mention.area and entry.level in ("governorate", "district"):
        score += 1.0
        why.append("has a countryside")
    if container is not None and container.lat is not None and container.lon is not None:
        near = km(entry.lat, entry.lon, container.lat, container.lon) <= (container.radius_km or 50) + 60
        score += 6.0 if near else -6.0
        why.append(f"{'lies in' if near else 'lies outside'} {container.name}")
    if country:
        score += 4.0 if entry.country == country else -1.0
        if entry.country == country:
            why.append("the report's country")
    nearest = min((km(entry.lat, entry.lon, p.lat, p.lon) for p in company[-12:] if p.lat is not None and p.lon is not None), default=None)
    if nearest is not None and entry.level not in ("country", "region"):
        score += 3.0 * math.exp(-nearest / 60)
        if nearest < 60:
            why.append("near the other places named")
    return entry, round(score, 3), "; ".join(why)


def _kind_fit(kind: str, level: str) -> float:
    if kind == level:
        return 3.0
    if kind in _SIZE and level in _SIZE:
        apart = abs(_SIZE.index(kind) - _SIZE.index(level))
        return 1.5 if apart == 1 else 0.5 if apart == 2 else -2.0
    return 0.0


_FITS_ANAPHOR = {
    "city": ("city", "town", "governorate"),
    "town": ("town", "village", "city", "district"),
    "village": ("village", "town"),
    "neighbourhood": ("neighbourhood",),
    "governorate": ("governorate",),
    "district": ("district", "town"),
    "line_or_area": ("neighbourhood", "line_or_area", "town", "village", "city", "site"),
    "country": ("country",),
}


def _antecedent(before: Sequence[Mention], mention: Mention) -> Place | None:
    """The last place named that «المدينة», «السجن» can mean: a site by its own kind word, others by level."""
    bare = mention.name.removeprefix("ال")
    for earlier in reversed(before):
        place = earlier.place
        if place is None or earlier.dateline:
            continue
        if mention.kind == "site":
            if place.level == "site" and (
                bare in earlier.name.split() or (place.entry and any(bare in n.split() for n in place.entry.names))
            ):
                return place
        elif place.level in _FITS_ANAPHOR.get(mention.kind or "", ()) and not place.part:
            return place
    return None


_LOOK_BACK = 80
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


def main_country(mentions: Sequence[Mention], names: Names) -> str | None:
    """The country that most names of the report point to; names that several countries share count for less."""
    votes: Counter[str] = Counter()
    for mention in mentions:
        if not mention.known or mention.dateline:
            continue
        countries = {entry.country for entry in _candidates(mention, names) if entry.country}
        weak = 0.5 if mention.kind is None else 1.0
        for country in countries:
            votes[country] += int(12 * weak / len(countries))
    return max(sorted(votes), key=lambda c: votes[c]) if votes else None
