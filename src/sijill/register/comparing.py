"""A register held against what others hold: which incidents are the same, what either lacks, and where the two differ.

What is compared of an incident are its views (days, places, doers, killed) by the same weights that link reports. One of ours may be
several rows of theirs, where they have one for each day. Nothing is changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from sijill.datasets import DataSet
from sijill.datasets.compared import Comparison, Entry, Match, Party, Scope, verdict
from sijill.errors import InputError
from sijill.geo import km
from sijill.link import Telling, in_force, tellings
from sijill.link.blocks import keys_of
from sijill.link.compare import outcomes, veto, weigh
from sijill.link.tellings import Site, days_of
from sijill.link.weights import Weights, load_weights
from sijill.records import Incident, Reading, Report
from sijill.register.loading import Loader, tellings_of
from sijill.register.matching import best_pairs
from sijill.register.taking_in import rows_in_force
from sijill.resolve import assemble
from sijill.store.kept import ROW_OF
from sijill.text import fold_word
from sijill.tolls import toll

if TYPE_CHECKING:
    from sijill.register.register import Register

__all__ = ["compare_with"]

_SQLITE = b"SQLite format 3\0"
_AGREE = {
    "day": ("same", "may be the same"),
    "place": ("same spot", "same city", "within 5 km", "within 15 km", "same area", "inside"),
    "kind": ("same", "kin"),
    "doer": ("shared",),
}
_NOBODY = frozenset({"unidentified", "unidentified_gunmen"})


class _One(NamedTuple):
    """An incident of either side: what is shown of it, what is compared, and the incident that it is a part of."""

    entry: Entry
    telling: Telling
    whole: str | None = None


class _Others(NamedTuple):
    """Theirs: the name, the incidents, and whether it lists only what killed somebody."""

    name: str
    ones: list[_One]
    deaths_only: bool = False


def compare_with(
    register: Register, other: str, *, form: str | None = None, name: str | None = None, encoding: str | None = None
) -> Comparison:
    """Hold a register against a file, another register, or a data set that was taken in, by its name.

    Raises `InputError` for what is none of these.
    """
    theirs = _others(register, other, form, name, encoding)
    own_rows = set(register.store.rows_of(theirs.name))
    ours = [_of_incident(one) for page in register.pages() for one in _without_rows(register, page, theirs.name, own_rows)]
    return _compared(Party(name="register", incidents=0), ours, theirs)


def _without_rows(register: Register, page: Sequence[Incident], dataset: str, rows: set[str]) -> Iterator[Incident]:
    """Incidents as they are without the rows of a data set that was taken in: held against itself it would agree with us."""
    loader = Loader(register.store, in_force(register.store.judgements()))
    for incident in page:
        if rows.isdisjoint(incident.reports):
            yield incident
        elif not rows.issuperset(incident.reports):
            parts = {part: register.store.incident(part) for part in register.store.parts_of([incident.id])}
            groups = {one.id: _told_by_others(register, one, dataset) for one in (incident, *parts.values())}
            told = loader.told({telling.report for group in groups.values() for telling in group})
            parent = dict.fromkeys(parts, incident.id) | ({incident.id: incident.parent} if incident.parent else {})
            yield from assemble({incident.id: groups[incident.id]}, parent, told, parts=groups, policy=register.policy)


def _told_by_others(register: Register, incident: Incident, dataset: str) -> list[Telling]:
    return [telling for telling in tellings_of(register.store, incident.events) if telling.dataset != dataset]


# --- the two sides ------------------------------------------------------------------------------------------------------


def _others(register: Register, other: str, form: str | None, name: str | None, encoding: str | None) -> _Others:
    if "://" in other or (os.path.isfile(other) and _begins(other) == _SQLITE):
        from sijill.register.register import Register

        with Register(other) as held:
            return _Others(name or os.path.basename(other), [_of_incident(one, "theirs") for page in held.pages() for one in page])
    if os.path.isfile(other):
        from sijill.register.register import read_file

        rows = DataSet(read_file(other), file=os.path.basename(other), form=form, name=name, encoding=encoding)
        return _of_rows(rows.name, ((row.report, row.reading, row.id) for row in rows))
    readings = list(rows_in_force(register.store, other))
    if not readings:
        taken = sorted({reader.split(ROW_OF)[1] for reader in register.store.readers() if ROW_OF in reader})
        there = f"; taken in are {', '.join(taken)}" if taken else ""
        raise InputError(f"{other} is no file, no register, and no data set that was taken in{there}")
    reports = {report.sha256: report for report in register.store.reports([reading.sha256 for reading in readings])}
    return _of_rows(other, ((reports[r.sha256], r, r.id.removeprefix(f"{other}:")) for r in readings))


def _begins(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read(len(_SQLITE))


def _of_rows(name: str, rows: Iterable[tuple[Report, Reading, str]]) -> _Others:
    ones: list[_One] = []
    ucdp = False
    for report, reading, id in rows:
        ucdp = ucdp or any(event.rule.startswith("row: ucdp") for event in reading.events)
        ones += [_of_row(telling, reading, id) for telling in tellings(report, reading)]
    return _Others(name, ones, deaths_only=ucdp)


def _of_row(telling: Telling, reading: Reading, id: str) -> _One:
    event = next(event for event in reading.events if event.claim == telling.claim)
    total = next((f for f in reading.figures if f.effect == "killed" and f.role in ("alone", "total") and not f.demographic), None)
    place = next((place for place in reading.places if place.id in event.places), None)
    entry = Entry(
        id=id,
        kind=event.kind,
        first=_iso(telling.days, 0) if telling.dated else None,
        last=_iso(telling.days, 1) if telling.dated else None,
        place=place.name if place else None,
        place_en=place.name_en if place else None,
        country=telling.country,
        agents=event.agents,
        low=total.min if total else None,
        best=total.value if total else None,
        high=total.max if total else None,
    )
    return _One(entry, msgspec.structs.replace(telling, claim=id, words=frozenset()))


def _of_incident(incident: Incident, side: str = "ours") -> _One:
    low, best, high = toll(incident, "killed")
    place = incident.places[0] if incident.places else None
    first, last = (days_of(written) if written else None for written in (incident.first, incident.last))
    sites = tuple(
        Site(
            key=one.gazetteer or fold_word(one.name),
            level=one.level,
            lat=one.lat,
            lon=one.lon,
            radius_km=one.radius_km or 25.0,
            country=one.country,
        )
        for one in incident.places
    )
    telling = Telling(
        claim=incident.id,
        report=f"{side} {incident.id}",  # so that the same incident on both sides is not told apart by one report
        family=f"{side} {incident.id}",
        kind=incident.kind,
        modality=incident.modality,
        days=(first[0], last[1]) if first and last else None,
        dated=first is not None,
        sites=sites,
        country=incident.country,
        agents=frozenset(incident.agents) - _NOBODY,
        killed=(low or best or 0, max(high or 0, best or 0, low or 0)) if best else None,
        main=incident.main,
    )
    entry = Entry(
        id=incident.id,
        kind=incident.kind,
        first=incident.first,
        last=incident.last,
        place=place.name if place else None,
        place_en=place.name_en if place else None,
        country=incident.country,
        agents=incident.agents,
        low=low,
        best=best,
        high=high,
    )
    return _One(entry, telling, whole=incident.parent)


def _iso(days: tuple[int, int] | None, end: int) -> str | None:
    return date.fromordinal(days[end]).isoformat() if days else None


# --- comparing ----------------------------------------------------------------------------------------------------------


def _compared(party: Party, ours: Sequence[_One], theirs: _Others) -> Comparison:
    weights = load_weights()
    by_id = {one.entry.id: one for one in ours}, {one.entry.id: one for one in theirs.ones}
    weighed = _weighed(ours, theirs.ones, weights)
    paired = best_pairs({pair: weight - weights.link + 0.001 for pair, weight in weighed.items()})
    groups = _with_further_days({one: [other] for one, other in paired.items()}, weighed, _spans(ours), by_id[1])
    matches = [_match(by_id[0][one], [by_id[1][id] for id in row], weighed[one, row[0]]) for one, row in groups.items()]
    parties = _party(party.name, ours), _party(theirs.name, theirs.ones)
    scope = _scope(*parties, theirs.deaths_only)
    found = {id for row in groups.values() for id in row}
    alone = [one for one in ours if one.entry.id not in groups and one.whole is None]
    others = [one for one in theirs.ones if one.entry.id not in found and one.whole is None]
    ours_in = [one.entry for one in alone if _inside(one.entry, scope) and not (scope.deaths_only and not one.entry.best)]
    theirs_in = [one.entry for one in others if _inside(one.entry, scope)]
    return Comparison(
        ours=parties[0],
        theirs=parties[1],
        scope=msgspec.structs.replace(scope, ours_outside=len(alone) - len(ours_in), theirs_outside=len(others) - len(theirs_in)),
        matches=sorted(matches, key=lambda match: (match.ours.first or "", match.ours.id)),
        only_ours=sorted(ours_in, key=_when),
        only_theirs=sorted(theirs_in, key=_when),
    )


def _when(entry: Entry) -> tuple[str, str]:
    return entry.first or "", entry.id


def _weighed(ours: Sequence[_One], theirs: Sequence[_One], weights: Weights) -> dict[tuple[str, str], float]:
    """The pairs that may be one, with the weight of the evidence in bits.

    Numbers that agree speak for a pair; that they differ is what is looked for, and speaks against none.
    """
    by_key: dict[str, list[_One]] = {}
    for one in theirs:
        for key in keys_of(one.telling):
            by_key.setdefault(key, []).append(one)
    found: dict[tuple[str, str], float] = {}
    for one in ours:
        near = {other.entry.id: other for key in keys_of(one.telling) for other in by_key.get(key, ())}
        for id, other in near.items():
            weight = max(weigh(one.telling, other.telling, weights), weigh(_uncounted(one.telling), other.telling, weights))
            if weight >= weights.link and veto(one.telling, other.telling) is None:
                found[one.entry.id, id] = weight
    return found


def _uncounted(telling: Telling) -> Telling:
    return msgspec.structs.replace(telling, killed=None, injured=None)


def _with_further_days(
    pairs: dict[str, list[str]], weighed: dict[tuple[str, str], float], spans: dict[str, tuple[int, int]], theirs: dict[str, _One]
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


def _spans(ours: Sequence[_One]) -> dict[str, tuple[int, int]]:
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


def _match(ours: _One, theirs: list[_One], weight: float) -> Match:
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


def _party(name: str, ones: Sequence[_One]) -> Party:
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
