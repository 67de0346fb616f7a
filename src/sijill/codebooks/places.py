"""Where an incident is for a codebook: its place in the administration of the country, and how exactly it is known.

The chain of divisions comes from the gazetteer, or from what a report says that the place lies in.
"""

from __future__ import annotations

from typing import NamedTuple

from sijill.codebooks.book import load_book
from sijill.lexicon import load_lexicon
from sijill.names import GazetteerEntry
from sijill.records import Case, IncidentPlace, Place
from sijill.text import fold_word

__all__ = ["Where", "cell", "chain", "seat", "where"]

_TOWNS = frozenset({"village", "town", "city"})
_IN_TOWNS = frozenset({"neighbourhood", "site", "landmark"})
_NEAR_KM = 30.0
"""An area around a named place that is no wider lies near it; a wider one is a part of the country."""

_OWN_KM, _DIVISION_KM = 10.0, 100.0
"""A place that no list has lies in a town where it is known so exactly, in a governorate where it is known no better than that."""


class Where(NamedTuple):
    """The place of an incident. `exact` says how the place is known:

    `hood` is the part of a town that a site lies in; `country` is that of the place, which may be another than most reports tell of.

    «place» the place itself · «near» around it · «district», «governorate» no more than that · «region» larger, or a natural feature ·
    «country» the country alone.
    """

    place: IncidentPlace
    exact: str
    entry: GazetteerEntry | None
    town: GazetteerEntry | None
    hood: GazetteerEntry | None
    admin1: GazetteerEntry | None
    admin2: GazetteerEntry | None
    admin3: GazetteerEntry | None
    country: str
    lat: float | None
    lon: float | None
    others: tuple[str, ...] = ()


def where(case: Case) -> Where | None:
    """The place of a case: the one that most reports name, or null where it has none. A country alone gives way to any other place.

    >>> from sijill.records import Incident
    >>> city = IncidentPlace(name="الحسكة", level="city", lat=36.5, lon=40.75, gazetteer="gn:173811", country="SY")
    >>> found = where(Case(incident=Incident(id="inc-1", kind="shelling", places=[city])))
    >>> found.exact, found.admin1.name_en
    ('place', 'Al-Hasakeh')
    """
    places = case.incident.places
    if not places:
        return None
    place = next((one for one in places if one.level != "country"), places[0])
    names = load_lexicon().names
    entry = names.place_by_id(place.gazetteer) if place.gazetteer else None
    told = _told(case, place)
    above = chain(entry) if entry else ()
    if not above and told:
        above = told
    line = (entry, *above) if entry else above
    divisions = [one for one in reversed(line) if one.level in ("governorate", "district")]
    admin1 = next((one for one in divisions if one.level == "governorate"), None)
    districts = _districts([one for one in divisions if one.level == "district"])
    town = next((one for one in (*line, *told) if one.level in _TOWNS), None)
    hood = _hood(case, town) if place.level in ("site", "landmark") else None
    return Where(
        place=place,
        exact=_exact(place, entry),
        entry=entry,
        town=town,
        hood=hood,
        admin1=admin1,
        admin2=districts[0] if districts else None,
        admin3=districts[1] if len(districts) > 1 else None,
        country=(entry.country if entry else place.country) or case.incident.country or "",
        lat=place.lat if place.lat is not None else (told[0].lat if told else None),
        lon=place.lon if place.lon is not None else (told[0].lon if told else None),
        others=tuple(one.name_en or one.name for one in places if one is not place and one.level != "country"),
    )


def _districts(found: list[GazetteerEntry]) -> list[GazetteerEntry]:
    """Districts, the larger first. One that bears the p-code of another with noughts after it is its own centre, a level below."""
    return sorted(found, key=lambda one: len(one.pcode))


def _exact(place: IncidentPlace, entry: GazetteerEntry | None) -> str:
    if place.level in ("region", "country", "district", "governorate"):
        return place.level
    if place.level == "city_or_governorate":
        return "governorate"
    if place.level == "line_or_area" and entry is not None:
        return _around(place, entry)
    return "place" if place.gazetteer is not None else _unlisted(place)


def _around(place: IncidentPlace, entry: GazetteerEntry) -> str:
    """How exact the area around a place of the gazetteer is; a line or region of the gazetteer is no more than itself."""
    if entry.level in ("line_or_area", "region"):
        return "region"
    if entry.level in ("governorate", "country"):
        return entry.level
    return "near" if (place.radius_km or 0) <= _NEAR_KM else "governorate"


def _unlisted(place: IncidentPlace) -> str:
    """How exact a place that no list has is: its coordinates are those of what it lies in, and its radius says how large that is."""
    if place.lat is None:
        return "near"
    radius = place.radius_km or 0
    for size, exact in (
        (_OWN_KM, "place"),
        (_NEAR_KM, "near"),
        (_DIVISION_KM, "governorate" if place.level != "line_or_area" else "region"),
    ):
        if radius <= size:
            return exact if place.level != "line_or_area" or exact != "place" else "near"
    return "region" if place.level == "line_or_area" else "country"


def _told(case: Case, place: IncidentPlace) -> tuple[GazetteerEntry, ...]:
    """What the reports say that a place lies in, and what that lies in by the gazetteer; the first report that says so."""
    names = load_lexicon().names
    for report in case.reports:
        by_id = {one.id: one for one in report.places}
        for one in report.places:
            if not _same(one, place):
                continue
            container = by_id.get(one.within or "")
            entry = names.place_by_id(container.gazetteer) if container and container.gazetteer else None
            if entry is not None:
                return (entry, *chain(entry))
    return ()


def _same(one: Place, place: IncidentPlace) -> bool:
    return (one.gazetteer is not None and one.gazetteer == place.gazetteer) or one.name == place.name


def _hood(case: Case, town: GazetteerEntry | None) -> GazetteerEntry | None:
    """The neighbourhood of a town that most reports name beside a site in it: where the site lies. Null where a report names two."""
    names = load_lexicon().names
    votes: dict[str, int] = {}
    for report in case.reports:
        named = {one.gazetteer for one in report.places if one.level == "neighbourhood" and one.gazetteer}
        own = [id for id in named if town is not None and (entry := names.place_by_id(id)) is not None and entry.parent == town.id]
        if len(own) > 1:
            return None
        for id in own:
            votes[id] = votes.get(id, 0) + 1
    return names.place_by_id(max(votes, key=lambda id: (votes[id], id))) if votes else None


def chain(entry: GazetteerEntry) -> tuple[GazetteerEntry, ...]:
    """What a place of the gazetteer lies in, the nearest first.

    >>> names = load_lexicon().names
    >>> [one.name_en for one in chain(names.place_by_id("gn:173811"))]
    ['Al-Hasakeh', 'Syria']
    """
    names = load_lexicon().names
    found: list[GazetteerEntry] = []
    above = names.place_by_id(entry.parent) if entry.parent else None
    while above is not None and above not in found:
        found.append(above)
        above = names.place_by_id(above.parent) if above.parent else None
    return tuple(found)


def seat(entry: GazetteerEntry) -> GazetteerEntry | None:
    """The town that stands for a district or governorate: its seat by `data/codebooks/seats.csv`, else its town of the same name.

    Null where neither is known: the largest town is often, and not always, the seat.

    >>> names = load_lexicon().names
    >>> seat(names.place_by_id("SY08")).name_en
    'Al-Hasakah'
    """
    names = load_lexicon().names
    if (known := load_book().seats.get(entry.id)) is not None:
        return names.place_by_id(known)
    inside = list(names.places_within(entry.id))
    inside += [below for one in inside if one.level == "district" for below in names.places_within(one.id)]
    if entry.level == "district":
        # The gazetteer has most towns right under their governorate, whatever district they lie in.
        inside += [one for above in chain(entry) if above.level != "country" for one in names.places_within(above.id)]
    own = {_bare(name) for name in entry.names}
    towns = [one for one in inside if one.level in _TOWNS and not own.isdisjoint(map(_bare, one.names))]
    return max(towns, key=lambda one: (one.population, one.id), default=None)


def _bare(name: str) -> str:
    """A name folded and without its article: «أتارب», «الأتارب»."""
    return fold_word(name).removeprefix("ال")


def cell(lat: float, lon: float) -> int:
    """The number of the cell of PRIO-GRID: half degrees, counted east from the date line and north from the South Pole, from 1.

    Its first cell on land, of 55.75° S and 69.25° W, has the number 49182.

    >>> cell(-55.75, -69.25)
    49182
    """
    row = min(int((lat + 90) * 2), 359)
    column = min(int((lon + 180) * 2), 719)
    return row * 720 + column + 1
