"""Claims and judgements of many reports become incidents: linked, their figures reconciled, what contradicts what.

`resolve` is pure: the same readings and judgements give the same incidents. It works on any set of tellings that is closed under linking,
a whole register or the neighbourhood of one report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from sijill.link import Telling
from sijill.link.tellings import days_of
from sijill.reconcile import Account, reconcile
from sijill.reconcile.sides import Sides, load_sides
from sijill.records import Conflict, EventClaim, EventKind, Incident, IncidentPlace, Place, Reading
from sijill.text import fold_word

__all__ = ["Told", "assemble"]

T = TypeVar("T")


class Told(NamedTuple):
    """A report as the register holds it: its reading, the family of texts that it belongs to, and its number in the order of addition."""

    reading: Reading
    family: str
    number: int


def assemble(
    groups: Mapping[str, Sequence[Telling]],
    parents: Mapping[str, str],
    reports: Mapping[str, Told],
    *,
    parts: Mapping[str, Sequence[Telling]] | None = None,
    policy: str = "default",
    sides: Sides | None = None,
) -> list[Incident]:
    """The incidents of some groups of tellings, in their order. `reports` holds every report that tells one of them or of their parts.

    `parts` holds the groups of their parts by id, where those are not among `groups`.
    """
    sides = sides or load_sides()
    below: dict[str, list[Telling]] = {}
    for part, whole in sorted(parents.items()):
        below.setdefault(whole, []).extend(groups.get(part) or (parts or {}).get(part, ()))
    return [_incident(id, group, below.get(id, []), parents.get(id), reports, policy, sides) for id, group in groups.items()]


def _incident(
    id: str,
    group: Sequence[Telling],
    parts: Sequence[Telling],
    parent: str | None,
    reports: Mapping[str, Told],
    policy: str,
    sides: Sides,
) -> Incident:
    events = {telling.claim: _event(telling, reports) for telling in group}
    days = _days(group)
    accounts = _accounts(group, parts, reports)
    told = [t.days for t in _dated([*group, *parts]) if t.days]
    closed = [t.days[0 if t.open else 1] for t in _dated([*group, *parts]) if t.days]
    span = (min(first for first, _ in told), max(closed)) if told else None
    numbers = reconcile(accounts, days=span, policy=policy, sides=sides)
    places = _places(group, events, reports)
    shas = list(dict.fromkeys(t.report for t in sorted(group, key=lambda t: (reports[t.report].number, t.start))))
    return Incident(
        id=id,
        kind=_kind(group, events),
        modality=_most(group, lambda t: [events[t.claim].modality])[0],
        first=date.fromordinal(days[0]).isoformat() if days else None,
        last=date.fromordinal(days[1]).isoformat() if days else None,
        places=places,
        country=next((t.country for t in group if t.country), None),
        agents=_most(group, lambda t: list(events[t.claim].agents)),
        targets=_most(group, lambda t: list(events[t.claim].targets)),
        means=_most(group, lambda t: list(events[t.claim].means)),
        parent=parent,
        main=any(t.main for t in group),
        events=[t.claim for t in group],
        reports=shas,
        families=len({t.family for t in _witnesses(group)}),
        figures=numbers.figures,
        curve=numbers.curve,
        conflicts=[*numbers.conflicts, *_blame(group, sides)],
    )


def _witnesses(group: Iterable[Telling]) -> list[Telling]:
    """The tellings of reports: a data set was compiled from such, and is no witness of its own."""
    return [telling for telling in group if telling.dataset is None]


def _event(telling: Telling, reports: Mapping[str, Told]) -> EventClaim:
    return next(e for e in reports[telling.report].reading.events if e.claim == telling.claim)


def _most(group: Iterable[Telling], values: Callable[[Telling], Sequence[T]]) -> list[T]:
    """Values by how many families of texts give them, the most first; told first, first among equals; those of data sets alone last."""
    families: dict[T, set[str]] = {}
    for telling in group:
        for value in values(telling):
            told = families.setdefault(value, set())
            if telling.dataset is None:
                told.add(telling.family)
    order = list(families)
    return sorted(families, key=lambda value: (-len(families[value]), order.index(value)))


def _dated(group: Sequence[Telling]) -> list[Telling]:
    """The tellings that give the days of an incident: those of reports, where any does."""
    dated = [telling for telling in group if telling.dated]
    return _witnesses(dated) or dated


_VAGUE_KINDS = frozenset({"attack_unspecified", "explosion", "security_operation"})


def _kind(group: Sequence[Telling], events: Mapping[str, EventClaim]) -> EventKind:
    """The kind that most families give, those that are about the incident first; a vague kind gives way to any other."""
    group = _witnesses(group) or group
    mains = [t for t in group if t.main] or group
    kinds = _most(mains, lambda t: [events[t.claim].kind])
    return next((kind for kind in kinds if kind not in _VAGUE_KINDS), kinds[0])


def _days(group: Sequence[Telling]) -> tuple[int, int] | None:
    """The days of an incident: the stretch that most families give, the narrowest of equals; where nobody gives one, all that may be."""
    dated: dict[tuple[int, int], set[str]] = {}
    for telling in _dated(group):
        if telling.days:
            dated.setdefault(telling.days, set()).add(telling.family)
    if dated:
        return min(dated, key=lambda days: (-len(dated[days]), days[1] - days[0], days))
    windows = [t.days for t in group if t.days]
    if not windows:
        return None
    first, last = max(w[0] for w in windows), min(w[1] for w in windows)
    return (first, last) if first <= last else (min(w[0] for w in windows), max(w[1] for w in windows))


def _accounts(group: Sequence[Telling], parts: Sequence[Telling], reports: Mapping[str, Told]) -> list[Account]:
    """What each report counts, by the events of its reading."""
    own: dict[str, set[str]] = {}
    below: dict[str, set[str]] = {}
    for tellings, events in ((group, own), (parts, below)):
        for telling in tellings:
            events.setdefault(telling.report, set()).add(_event(telling, reports).id)
    shas = sorted({*own, *below}, key=lambda sha: reports[sha].number)
    return [
        Account(
            reading=reports[sha].reading,
            family=reports[sha].family,
            day=_published(reports[sha].reading),
            events=frozenset(own.get(sha, ())),
            parts=frozenset(below.get(sha, ())),
            compiled=reports[sha].reading.dataset is not None,
        )
        for sha in shas
    ]


def _published(reading: Reading) -> int | None:
    days = days_of(reading.published[:10]) if reading.published else None
    return days[0] if days else None


_SIZE = (
    "site",
    "landmark",
    "neighbourhood",
    "village",
    "town",
    "city",
    "line_or_area",
    "district",
    "city_or_governorate",
    "governorate",
    "region",
)


def _places(group: Sequence[Telling], events: Mapping[str, EventClaim], reports: Mapping[str, Told]) -> list[IncidentPlace]:
    """Places by how many families name them; among equals the most exact first. One that a data set names too is as reports have it."""
    named: dict[str, list[tuple[Place, str | None, str]]] = {}
    for telling in group:
        places = {place.id: place for place in reports[telling.report].reading.places}
        for id in events[telling.claim].places:
            if id in places and places[id].level != "country":
                place = places[id]
                witness = None if telling.dataset else telling.family
                named.setdefault(place.gazetteer or fold_word(place.name), []).append((place, witness, telling.report))
    found = []
    for mentions in named.values():
        witnessed = [m for m in mentions if m[1] is not None]
        place = min((m[0] for m in witnessed or mentions), key=lambda p: (p.lat is None, p.radius_km or 1e9))
        families = len({family for _, family, _ in witnessed})
        found.append(
            (-families, _SIZE.index(place.level) if place.level in _SIZE else len(_SIZE), place, len({sha for *_, sha in mentions}))
        )
    found.sort(key=lambda row: row[:2])
    return [
        IncidentPlace(
            name=place.name,
            name_en=place.name_en,
            level=place.level,
            lat=place.lat,
            lon=place.lon,
            radius_km=place.radius_km,
            country=place.country,
            gazetteer=place.gazetteer,
            pcode=place.pcode,
            reports=count,
        )
        for _, _, place, count in found
    ]


def _blame(group: Sequence[Telling], sides: Sides) -> list[Conflict]:
    """Families that name doers of different sides, none in common."""
    blamed: dict[frozenset[str], list[Telling]] = {}
    for telling in _witnesses(group):
        if telling.agents:
            blamed.setdefault(frozenset(sides.of(agent) for agent in telling.agents), []).append(telling)
    ranked = sorted(blamed.items(), key=lambda item: (-len({t.family for t in item[1]}), sorted(item[0])))
    for number, (one, told) in enumerate(ranked):
        for other, also in ranked[number + 1 :]:
            if one & other or {t.family for t in told} & {t.family for t in also}:
                continue
            (one_ar, one_en), (other_ar, other_en) = (_names(ids, sides) for ids in (one, other))
            note = f"blamed on {one_en} by {_count(told)}, on {other_en} by {_count(also)}"
            note_ar = f"نُسب إلى {one_ar} في {_count(told)}، وإلى {other_ar} في {_count(also)}"
            return [Conflict(kind="blame_disagrees", claims=[told[0].claim, also[0].claim], note=note, note_ar=note_ar)]
    return []


def _names(ids: Iterable[str], sides: Sides) -> tuple[str, str]:
    names = [sides.name(id) for id in sorted(ids)]
    return "، ".join(ar for ar, _ in names), ", ".join(en for _, en in names)


def _count(told: Sequence[Telling]) -> int:
    return len({telling.family for telling in told})
