"""A register held against what others hold: which incidents are the same, what either lacks, and where the two differ.

What is compared of an incident are its views (days, places, doers, killed) by the same weights that link reports. One of ours may be
several rows of theirs, where they have one for each day. Nothing is changed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from sijill.datasets.compared import Comparison, Entry, Match, Party, Scope, verdict
from sijill.geo import km
from sijill.link import Telling
from sijill.link.blocks import keys_of
from sijill.link.compare import outcomes, veto, weigh
from sijill.link.weights import Weights, load_weights
from sijill.register.matching import best_pairs
from sijill.register.parties import One, Others, ours_of, theirs_of

if TYPE_CHECKING:
    from sijill.register.register import Register

__all__ = ["compare_with"]

_AGREE = {
    "day": ("same", "may be the same"),
    "place": ("same spot", "same city", "within 5 km", "within 15 km", "same area", "inside"),
    "kind": ("same", "kin"),
    "doer": ("shared",),
}
Pairs = Mapping[tuple[str, str], float]


def compare_with(
    register: Register, other: str, *, form: str | None = None, name: str | None = None, encoding: str | None = None
) -> Comparison:
    """Hold a register against a file, another register, or a data set that was taken in, by its name.

    Raises `InputError` for what is none of these.
    """
    theirs = theirs_of(register, other, form, name, encoding)
    return _compared(ours_of(register, theirs.name), theirs)


def _compared(ours: Sequence[One], theirs: Others) -> Comparison:
    weights = load_weights()
    our, their = {one.entry.id: one for one in ours}, {one.entry.id: one for one in theirs.ones}
    weighed = _weighed(ours, theirs.ones, weights)
    sure = {pair: weight for pair, weight in weighed.items() if weight >= weights.link}
    groups = {one: [other] for one, other in _paired(sure, weights.link).items()}
    groups = _with_further_days(groups, sure, _spans(ours), their)
    found = {id for row in groups.values() for id in row}
    left = {pair: weight for pair, weight in weighed.items() if pair[0] not in groups and pair[1] not in found}
    doubtful = {one: [other] for one, other in _paired(left, weights.review).items()}
    parties = _party("register", ours), _party(theirs.name, theirs.ones)
    scope = _scope(*parties, theirs.deaths_only)
    alone = _alone(ours, groups.keys() | doubtful.keys())
    others = _alone(theirs.ones, found | {row[0] for row in doubtful.values()})
    ours_in = [entry for entry in alone if _inside(entry, scope) and not (scope.deaths_only and not entry.best)]
    theirs_in = [entry for entry in others if _inside(entry, scope)]
    return Comparison(
        ours=parties[0],
        theirs=parties[1],
        scope=msgspec.structs.replace(scope, ours_outside=len(alone) - len(ours_in), theirs_outside=len(others) - len(theirs_in)),
        matches=_matches(groups, weighed, our, their),
        possibly=_matches(doubtful, weighed, our, their),
        only_ours=sorted(ours_in, key=_when),
        only_theirs=sorted(theirs_in, key=_when),
    )


def _paired(weighed: Pairs, line: float) -> dict[str, str]:
    """The best pairs; how far a pair is above the line is what it adds."""
    return best_pairs({pair: weight - line + 0.001 for pair, weight in weighed.items()})


def _matches(groups: Mapping[str, Sequence[str]], weighed: Pairs, ours: Mapping[str, One], theirs: Mapping[str, One]) -> list[Match]:
    found = [_match(ours[one], [theirs[id] for id in row], weighed[one, row[0]]) for one, row in groups.items()]
    return sorted(found, key=lambda match: (match.ours.first or "", match.ours.id))


def _alone(ones: Sequence[One], met: Collection[str]) -> list[Entry]:
    """What was met by nothing; a part is left out, for its whole stands for it."""
    return [one.entry for one in ones if one.entry.id not in met and one.whole is None]


def _when(entry: Entry) -> tuple[str, str]:
    return entry.first or "", entry.id


def _weighed(ours: Sequence[One], theirs: Sequence[One], weights: Weights) -> dict[tuple[str, str], float]:
    """The pairs that may be one, with the weight of the evidence in bits.

    Numbers that agree speak for a pair; that they differ is what is looked for, and speaks against none.
    """
    by_key: dict[str, list[One]] = {}
    for one in theirs:
        for key in keys_of(one.telling):
            by_key.setdefault(key, []).append(one)
    found: dict[tuple[str, str], float] = {}
    for one in ours:
        near = {other.entry.id: other for key in keys_of(one.telling) for other in by_key.get(key, ())}
        for id, other in near.items():
            weight = max(weigh(one.telling, other.telling, weights), weigh(_uncounted(one.telling), other.telling, weights))
            if weight >= weights.review and veto(one.telling, other.telling) is None:
                found[one.entry.id, id] = weight
    return found


def _uncounted(telling: Telling) -> Telling:
    return msgspec.structs.replace(telling, killed=None, injured=None)


def _with_further_days(
    pairs: dict[str, list[str]], weighed: Pairs, spans: dict[str, tuple[int, int]], theirs: dict[str, One]
) -> dict[str, list[str]]:
    """Rows of theirs that are left and tell further days of an incident of ours that lasted: each goes where it weighs most."""
    taken = {id for row in pairs.values() for id in row}
    for (one, other), _ in sorted(weighed.items(), key=lambda item: (-item[1], item[0])):
        if other in taken or one not in pairs:
            continue
        days, own = theirs[other].telling.days, spans.get(one)
        if days is None or own is None or own[0] == own[1] or not own[0] <= days[0] <= own[1]:
            continue
        if all(_apart(theirs[id].telling.days, days) for id in pairs[one]):
            pairs[one].append(other)
            taken.add(other)
    return {one: sorted(row, key=lambda id: _when(theirs[id].entry)) for one, row in pairs.items()}


def _spans(ours: Sequence[One]) -> dict[str, tuple[int, int]]:
    """The first and the last day of each incident, with those of its parts."""
    found: dict[str, tuple[int, int]] = {}
    for one in ours:
        if one.telling.days:
            for id in (one.entry.id, one.whole):
                if id:
                    first, last = found.get(id, one.telling.days)
                    found[id] = min(first, one.telling.days[0]), max(last, one.telling.days[1])
    return found


def _apart(one: tuple[int, int] | None, other: tuple[int, int]) -> bool:
    return one is None or one[1] < other[0] or other[1] < one[0]


def _match(ours: One, theirs: list[One], weight: float) -> Match:
    told = outcomes(ours.telling, theirs[0].telling)
    counted = [one.entry.best for one in theirs if one.entry.best is not None]
    killed = sum(counted) if counted else None
    stands = verdict(ours.entry.low, ours.entry.best, ours.entry.high, killed)
    differs = [what for what, agree in _AGREE.items() if what in told and told[what] not in agree]
    return Match(
        ours=ours.entry,
        theirs=[one.entry for one in theirs],
        weight=weight,
        outcomes=told,
        days=_gap(ours.telling, [one.telling for one in theirs]),
        km=_distance(ours.telling, theirs[0].telling),
        killed=stands,
        theirs_killed=killed,
        differs=differs + (["killed"] if stands in ("below", "above") else []),
    )


def _gap(ours: Telling, theirs: Sequence[Telling]) -> int | None:
    """Days between the two, 0 where they meet."""
    gaps = [max(0, ours.days[0] - t.days[1], t.days[0] - ours.days[1]) for t in theirs if t.days and ours.days]
    return min(gaps, default=None)


def _distance(one: Telling, other: Telling) -> float | None:
    """Kilometres between the nearest of the places that are known."""
    found = [
        km(a.lat, a.lon, b.lat, b.lon)
        for a in one.sites
        for b in other.sites
        if a.lat is not None and a.lon is not None and b.lat is not None and b.lon is not None
    ]
    return round(min(found), 1) if found else None


def _party(name: str, ones: Sequence[One]) -> Party:
    return Party(
        name=name,
        incidents=len(ones),
        first=min((one.entry.first for one in ones if one.entry.first), default=None),
        last=max((one.entry.last or one.entry.first or "" for one in ones), default="") or None,
        countries=sorted({one.entry.country for one in ones if one.entry.country}),
    )


def _scope(ours: Party, theirs: Party, deaths_only: bool) -> Scope:
    firsts, lasts = [p.first for p in (ours, theirs) if p.first], [p.last for p in (ours, theirs) if p.last]
    first, last = (max(firsts), min(lasts)) if len(firsts) == len(lasts) == 2 else (None, None)
    if first is not None and last is not None and first > last:
        first = last = None
    countries = sorted(set(ours.countries) & set(theirs.countries))
    return Scope(first=first, last=last, countries=countries, deaths_only=deaths_only)


def _inside(entry: Entry, scope: Scope) -> bool:
    if scope.first is None or scope.last is None or entry.first is None or entry.country not in scope.countries:
        return False
    return entry.first <= scope.last and (entry.last or entry.first) >= scope.first
