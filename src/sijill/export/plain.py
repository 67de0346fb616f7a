"""An incident in plain values, as every form starts from it: names and words in Arabic and English, days, the place, tolls, sources.

What a report says is untrusted. Every text here is one line without control characters, halves of characters or marks that turn the
direction of what stands beside them (`shown`), so that no form has to think of it again. Quotes, which are evidence, are not here.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
from markupsafe import Markup

from sijill.export.html import Both, date_words, shown, words
from sijill.records import Case, FigureClaim, Incident, IncidentPlace, Record
from sijill.tolls import toll

__all__ = ["Plain", "Said", "Spot", "address", "crowd_toll", "day_of", "name", "plain", "say", "spot", "told", "toll_words"]


class Said(NamedTuple):
    """The same in Arabic and in English."""

    ar: str
    en: str


class Plain(Record, frozen=True, kw_only=True):
    """What a row, a pin or an entry says of an incident. Unknown is null, never zero.

    The place is the one that most reports name. `claims` are all that the incident rests on, events first; `sources` the outlets,
    `claimants` those who are said to have given a number or told an event. What was planned, attempted or denied says so in its title.
    """

    id: str
    title_ar: str
    title_en: str
    kind: str
    kind_ar: str
    kind_en: str
    modality: str
    first: str | None
    last: str | None
    place: str | None
    place_en: str | None
    level: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    country: str | None
    pcode: str | None
    agents: list[str]
    agents_ar: list[str]
    agents_en: list[str]
    targets: list[str]
    targets_ar: list[str]
    targets_en: list[str]
    means: list[str]
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    injured_low: int | None
    injured_best: int | None
    injured_high: int | None
    parent: str | None
    main: bool
    reports: int
    families: int
    sources: list[str]
    claimants_ar: list[str]
    claimants_en: list[str]
    urls: list[str]
    claims: list[str]
    contradictions: int


def plain(case: Case) -> Plain:
    """An incident in plain values, with the names that the case has for its actors and sources.

    >>> strike = Incident(id="inc-1", kind="air_strike", first="2022-03-01", places=[IncidentPlace(name="سرمين", level="town")])
    >>> plain(Case(incident=strike)).title_ar
    'غارة جوية · سرمين · الثلاثاء 1 آذار/مارس 2022'
    """
    incident = case.incident
    place = incident.places[0] if incident.places else None
    at = spot(place)
    kind, title = say("event_kind", incident.kind), _title(incident)
    first, last = (day.isoformat() if (day := day_of(text)) else None for text in (incident.first, incident.last))
    claimants = [name(case, id) for id in dict.fromkeys(_claimants(case))]
    killed, injured = toll(incident, "killed"), toll(incident, "injured")
    return Plain(
        id=shown(incident.id),
        title_ar=title.ar,
        title_en=title.en,
        kind=incident.kind,
        kind_ar=kind.ar,
        kind_en=kind.en,
        modality=incident.modality,
        first=first,
        last=last,
        place=shown(place.name) if place else None,
        place_en=shown(place.name_en) if place and place.name_en else None,
        level=place.level if place else None,
        lat=at.lat if at else None,
        lon=at.lon if at else None,
        radius_km=at.radius_km if at else None,
        country=shown(incident.country) if incident.country else None,
        pcode=shown(place.pcode) if place and place.pcode else None,
        **_actors(case),
        means=[shown(one) for one in incident.means],
        killed_low=killed[0],
        killed_best=killed[1],
        killed_high=killed[2],
        injured_low=injured[0],
        injured_best=injured[1],
        injured_high=injured[2],
        parent=shown(incident.parent) if incident.parent else None,
        main=incident.main,
        reports=len(incident.reports),
        families=incident.families,
        sources=_once(one.line.outlet or one.line.id for one in case.reports),
        claimants_ar=[one.ar for one in claimants],
        claimants_en=[one.en for one in claimants],
        urls=_once(url for one in case.reports if (url := address(one.line.url))),
        claims=_once(_claims(case)),
        contradictions=len(incident.conflicts),
    )


def _actors(case: Case) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for role, ids in (("agents", case.incident.agents), ("targets", case.incident.targets)):
        names = [name(case, id) for id in ids]
        found |= {role: [shown(id) for id in ids], f"{role}_ar": [one.ar for one in names], f"{role}_en": [one.en for one in names]}
    return found


def name(case: Case, id: str) -> Said:
    """The names of an actor or source; its id where the case has none.

    >>> name(Case(incident=Incident(id="inc-1", kind="shelling")), "somebody_else")
    Said(ar='somebody else', en='somebody else')
    """
    ar, en = case.names.get(id, (id.replace("_", " "),) * 2)
    return Said(shown(ar), shown(en))


def say(group: str, key: object) -> Said:
    """What the pages call a value, as plain text.

    >>> say("effect", "injured").en
    'injured'
    """
    return _plainly(words(group, key))


def _plainly(both: Both) -> Said:
    return Said(shown(both.ar.striptags()), shown(both.en.striptags()))


def _title(incident: Incident) -> Said:
    """The kind, the place and the days. What is not told as a fact must not look like one where nothing but the title is shown."""
    kind, place = say("event_kind", incident.kind), incident.places[0] if incident.places else None
    if incident.modality != "asserted":
        how = say("modality", incident.modality)
        kind = Said(f"{kind.ar} ({how.ar})", f"{kind.en} ({how.en})")
    days = _days(incident)
    ar = [kind.ar, shown(place.name) if place else "", days.ar]
    en = [kind.en, shown(place.name_en or place.name) if place else "", days.en]
    return Said(" · ".join(filter(None, ar)), " · ".join(filter(None, en)))


def _days(incident: Incident) -> Said:
    """The days in words: of «2022-03-01» in the middle of Arabic the year is painted last and the day first."""
    first, last = day_of(incident.first), day_of(incident.last)
    days = [day.isoformat() for day in dict.fromkeys((first, last)) if day]
    return _plainly(date_words("/".join(days))) if days else Said("", "")


def toll_words(low: int | None, best: int | None, high: int | None) -> Said:
    """A toll in words, which read the same from either side; both empty where nothing is known.

    >>> [toll_words(*toll).en for toll in ((3, 3, 3), (246, 374, 374), (9, 10, None), (None, 4, None))]
    ['3', '246–374, best 374', 'at least 9, best 10', '4']
    """
    if low == high or (low is None and high is None):
        told = f"{low:,}" if low is not None else ""
        bounds = Said(told, told)
    elif low is not None and high is not None:
        bounds = Said(f"من {low:,} إلى {high:,}", f"{low:,}–{high:,}")
    else:
        end, name = (low, "at_least") if low is not None else (high, "at_most")
        bounds = _plainly(words("bound", name).format(n=Markup(f"{end:,}")))
    if best is None or (low == best == high):
        return bounds
    if not bounds.en:
        return Said(f"{best:,}", f"{best:,}")
    return Said(f"{bounds.ar}، والأرجح {best:,}", f"{bounds.en}, best {best:,}")


class Spot(NamedTuple):
    """Where a place lies on the globe, and how far from there the true place may be."""

    lat: float
    lon: float
    radius_km: float | None


def spot(place: IncidentPlace | None) -> Spot | None:
    """The coordinates of a place; None where it has none that lie on the globe, which a correction can have typed.

    >>> spot(IncidentPlace(name="", level="town", lat=95, lon=36)) is None
    True
    """
    if place is None or place.lat is None or place.lon is None:
        return None
    if not (abs(place.lat) <= 90 and abs(place.lon) <= 180):  # also where one of them is no number
        return None
    radius = place.radius_km
    return Spot(place.lat, place.lon, radius if radius is not None and math.isfinite(radius) and radius >= 0 else None)


def day_of(text: str | None) -> datetime.date | None:
    """A day from its ISO date; None where it is unknown, or what a caller or a correction typed is no day.

    >>> day_of("2022-03-01"), day_of("2022-03")
    (datetime.date(2022, 3, 1), None)
    """
    try:
        day = datetime.date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def address(url: str | None) -> str | None:
    """An address that may be handed on as a link: of the web alone, without spaces or controls; None for any other.

    >>> address("https://example.org/1"), address("javascript:alert(1)")
    ('https://example.org/1', None)
    """
    if url is None or not url.startswith(("http://", "https://")) or shown(url) != url or any(char.isspace() for char in url):
        return None
    return url


def crowd_toll(incident: Incident, effect: str, *, status: str | None = None, demographic: str | None = None) -> tuple[int | None, ...]:
    """Low, best and high of some of those harmed alone: of one status, or the children, women or men among them.

    >>> incident = Incident(id="inc-1", kind="shelling")
    >>> crowd_toll(incident, "killed", status="civilian")
    (None, None, None)
    """
    figures = [
        msgspec.structs.replace(figure, demographic=[])
        for figure in incident.figures
        if figure.demographic == ([demographic] if demographic else []) and (status is None or figure.status == status)
    ]
    return toll(msgspec.structs.replace(incident, figures=figures), effect)


def told(case: Case, row: Plain) -> Said:
    """The incident in a few lines for people to read: what, the tolls, who did it to whom, who tells it.

    >>> case = Case(incident=Incident(id="inc-1", kind="shelling", first="2022-03-01"))
    >>> told(case, plain(case)).en.split("\\n")
    ['shelling · Tuesday 1 March 2022', 'reports: 0 · independent sources: 1']
    """
    return Said("\n".join(_lines(case, row, 0)), "\n".join(_lines(case, row, 1)))


def _lines(case: Case, row: Plain, language: int) -> Iterator[str]:
    comma = ("، ", ", ")[language]
    yield (row.title_ar, row.title_en)[language]
    if row.parent:
        yield f"{say('register', 'part_of')[language]}: {row.parent}"
    for effect in ("killed", "injured"):
        if counted := toll_words(*toll(case.incident, effect))[language]:
            yield f"{say('effect', effect)[language]}: {counted}"
    people = (
        ("agent", (row.agents_ar, row.agents_en)),
        ("target", (row.targets_ar, row.targets_en)),
        ("source", (row.claimants_ar, row.claimants_en)),
    )
    for role, names in people:
        if names[language]:
            yield f"{say('what', role)[language]}: {comma.join(names[language])}"
    if row.means:
        yield f"{say('what', 'means')[language]}: {comma.join(say('means', one)[language] for one in case.incident.means)}"
    if row.sources:
        yield f"{say('register', 'told_by')[language]}: {comma.join(row.sources)}"
    yield " · ".join(f"{say('register', what)[language]}: {getattr(row, what)}" for what in ("reports", "families"))
    if row.contradictions:
        yield f"{say('register', 'conflicts')[language]}: {row.contradictions}"


def _claimants(case: Case) -> Iterator[str]:
    for figure in case.incident.figures:
        yield from (use.source for use in figure.uses if use.source)
    for one in case.reports:
        yield from (event.source for event in one.events if event.source)


def _claims(case: Case) -> Iterator[str]:
    yield from case.incident.events
    yield from (use.claim for figure in case.incident.figures for use in figure.uses)
    figures: Iterable[FigureClaim] = (figure for one in case.reports for figure in one.figures)
    yield from (figure.claim for figure in figures)


def _once(values: Iterable[str]) -> list[str]:
    """Each value once, in order, as it may be shown."""
    return [shown(value) for value in dict.fromkeys(values)]
