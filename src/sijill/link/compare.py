"""Whether two tellings are of one incident: Fellegi–Sunter weights, term by term, and what rules it out.

Each term compares one thing (day, place, kind, doer, toll) and comes out one of a few ways. Its weight is log2(m / u): how much
more often pairs of one incident come out so (m) than pairs of two (u). The sum of the weights is the evidence, in bits, to which the
odds before any evidence are added. (I. P. Fellegi, A. B. Sunter: A Theory for Record Linkage, JASA 64, 1969.)

A term that cannot be compared, because a report is silent, weighs nothing: silence is no disagreement.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from sijill.geo import km_nearby
from sijill.link.tellings import Site, Telling
from sijill.link.weights import Weights
from sijill.records import Pair, Term

__all__ = ["TERMS", "compare", "outcomes", "together", "veto", "weigh"]

_APART_DAYS = 10
"""Days between two dated events beyond which they are never one."""
_APART_KM = 60
"""Kilometres beyond the radius of both places beyond which two events are never one."""


def compare(one: Telling, other: Telling, weights: Weights) -> Pair:
    """The pair with its weight in bits, the terms behind it, and why the two can't be one, if so.

    The ids of the pair stand in order, so that it does not matter which telling comes first.
    """
    if other.claim < one.claim:
        one, other = other, one
    terms = [Term(what=what, outcome=outcome, weight=weights.bits(what, outcome)) for what, outcome in outcomes(one, other).items()]
    return Pair(one=one.claim, other=other.claim, weight=weigh(one, other, weights), terms=terms, veto=veto(one, other))


def weigh(one: Telling, other: Telling, weights: Weights, *, floor: float = -math.inf) -> float:
    """The weight of a pair alone, in bits; of one that cannot reach the `floor`, some weight below it.

    The terms that cost least come first: most pairs are told apart by them.
    """
    weight = weights.prior
    for what, term in _CHEAP:
        outcome = term(one, other)
        if outcome is not None:
            weight += weights.bits(what, outcome)
    for what, term, most in (("place", _place, weights.best["place"] + weights.best["words"]), ("words", _words, weights.best["words"])):
        if weight + most < floor:
            return weight
        outcome = term(one, other)
        if outcome is not None:
            weight += weights.bits(what, outcome)
    return round(weight, 3)


def outcomes(one: Telling, other: Telling) -> dict[str, str]:
    """How each term comes out; terms that cannot be compared are left out."""
    found = ((what, term(one, other)) for what, term in TERMS.items())
    return {what: outcome for what, outcome in found if outcome is not None}


# --- the terms -------------------------------------------------------------------------------------------------------


def _day(one: Telling, other: Telling) -> str | None:
    if one.days is None or other.days is None:
        return None
    gap = max(0, one.days[0] - other.days[1], other.days[0] - one.days[1])
    if one.dated and other.dated:
        return "same" if gap == 0 else "next" if gap == 1 else "within 3" if gap <= 3 else "apart"
    return "may be the same" if gap == 0 else "may be near" if gap <= 3 else "apart"


def _gap(one: Telling, other: Telling) -> int:
    """Days between the stretches of two tellings, 0 where they meet."""
    if one.days is None or other.days is None:
        return 0
    return max(0, one.days[0] - other.days[1], other.days[0] - one.days[1])


def _place(one: Telling, other: Telling) -> str | None:
    found = [_between(a, b) for a in one.sites for b in other.sites]
    return min(found, key=_NEARNESS.index) if found else None


_NEARNESS = ("same spot", "same city", "within 5 km", "within 15 km", "same area", "inside", "near", "apart", "unknown")


def together(one: Telling, other: Telling) -> bool:
    """Whether two tellings are of one place, as far as their places are known."""
    return _place(one, other) in ("same spot", "same city", "within 5 km", "same area", "inside")


def _between(a: Site, b: Site) -> str:
    """How near two sites are, in words of `_NEARNESS`."""
    if a.key == b.key and (a.fine or b.fine):
        return "same city" if a.level == b.level == "city" else "same spot"
    away = _distance(a, b)
    if away is None:
        return "same area" if a.key == b.key else "unknown"
    if a.fine and b.fine:
        return "within 5 km" if away <= 5 else "within 15 km" if away <= 15 else "near" if away <= 40 else "apart"
    if a.key == b.key:
        return "same area"
    return "inside" if away <= a.radius_km + b.radius_km else "near" if away <= a.radius_km + b.radius_km + 40 else "apart"


def _distance(a: Site, b: Site) -> float | None:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return km_nearby(a.lat, a.lon, b.lat, b.lon)


_KIN = (
    frozenset({"air_strike", "drone_strike", "shelling", "attack_unspecified", "chemical_attack", "explosion"}),
    frozenset({"vehicle_bomb", "suicide_bombing", "explosive_device", "explosion", "attack_unspecified", "assassination"}),
    frozenset({"armed_assault", "armed_clash", "shooting", "attack_unspecified", "assassination", "security_operation", "infiltration"}),
    frozenset({"security_operation", "arrest", "abduction", "siege", "curfew", "surrender"}),
    frozenset({"territorial_control", "withdrawal", "armed_clash", "deployment"}),
    frozenset({"protest", "riot", "protest_repression"}),
    frozenset({"execution", "shooting", "assassination", "bodies_found", "torture"}),
    frozenset({"displacement", "evacuation"}),
    frozenset({"escape", "surrender", "release_or_exchange"}),
)
"""Kinds that one incident is told as: what one report calls a strike another calls shelling."""


def _kind(one: Telling, other: Telling) -> str:
    return "same" if one.kind == other.kind else _of_two_kinds(one.kind, other.kind)


@lru_cache(maxsize=4096)
def _of_two_kinds(one: str, other: str) -> str:
    return "kin" if any(one in kin and other in kin for kin in _KIN) else "different"


def _doer(one: Telling, other: Telling) -> str | None:
    if not one.agents or not other.agents:
        return None
    return "shared" if one.agents & other.agents else "different"


def _killed(one: Telling, other: Telling) -> str | None:
    return _count(one.killed, other.killed)


def _injured(one: Telling, other: Telling) -> str | None:
    return _count(one.injured, other.injured)


def _count(one: tuple[int, int] | None, other: tuple[int, int] | None) -> str | None:
    if one is None or other is None:
        return None
    low, high = max(one[0], other[0]), min(one[1], other[1])
    if low <= high:
        return "same, few" if low <= 2 else "same"
    return "near" if low <= 1.5 * high + 1 else "different"


def _words(one: Telling, other: Telling) -> str | None:
    fewer = min(len(one.words), len(other.words))
    if fewer < _FEWEST_WORDS:
        return None
    share = len(one.words & other.words) / fewer
    return "most" if share >= 0.5 else "many" if share >= 0.25 else "some" if share >= 0.1 else "hardly any"


_FEWEST_WORDS = 3


def _told(one: Telling, other: Telling) -> str | None:
    """Two events that one report tells apart are hardly one; the same words in a reprint are."""
    if one.report == other.report:
        return "apart in one report"
    if one.family == other.family and one.quote == other.quote:
        return "in the same words"
    return None


TERMS: dict[str, Callable[[Telling, Telling], str | None]] = {
    "day": _day,
    "place": _place,
    "kind": _kind,
    "doer": _doer,
    "killed": _killed,
    "injured": _injured,
    "told": _told,
    "words": _words,
}
"""The terms of a comparison, in the order in which they are shown."""

_CHEAP = tuple((what, term) for what, term in TERMS.items() if what not in ("place", "words"))


# --- what rules it out -----------------------------------------------------------------------------------------------


def veto(one: Telling, other: Telling) -> str | None:
    """Why two tellings can't be of one incident; None where they can.

    A data set has a row for each event: its own rows are never taken for one.
    """
    if one.dataset is not None and one.dataset == other.dataset:
        return "one data set tells them apart"
    if one.dated and other.dated and _gap(one, other) > _APART_DAYS:
        return "the days are too far apart"
    if one.days and other.days and _gap(one, other) > 3 * _APART_DAYS:
        return "the days are too far apart"
    if one.country and other.country and one.country != other.country and not _meet(one, other):
        return "in two countries"
    if one.sites and other.sites and not _meet(one, other):
        return "the places are too far apart"
    return None


def _meet(one: Telling, other: Telling) -> bool:
    """Whether any two sites may be near each other; a site without coordinates may be anywhere."""
    for a in one.sites:
        for b in other.sites:
            away = _distance(a, b)
            if away is None or away <= max(a.radius_km, b.radius_km) + _APART_KM:
                return True
    return False
