"""What may leave the register: incidents and dossiers without the names of people, or without exact sites as well.

Three levels. `full` is everything. `internal` is for those who work on the same cases elsewhere: no words of a report, no titles, and no
name that is not on a list. `public` is for everybody: no exact sites and no addresses either, and incidents of some kinds not at all.

The record has no field for the names of people, so they hide in free text; hence no free text goes out. What goes is known: numbers, days,
kinds from closed lists, actors, sources and means that the lexicon lists, names of places. Of two mistakes the one preferred is to leave
out too much. What no rule can see is written down in docs/api.md: a named person may be recognised by day, place and number alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, get_args

import msgspec

from sijill.records import (
    Case,
    CaseReport,
    Conflict,
    Dossier,
    EventClaim,
    EventKind,
    Figure,
    FigureClaim,
    Incident,
    IncidentPlace,
    ReportLine,
    TollPoint,
)
from sijill.text import fold_word

__all__ = ["LEVELS", "RESTRICTED", "Redaction", "Redactor", "Vocabulary"]

Redaction = Literal["full", "internal", "public"]
LEVELS: tuple[Redaction, ...] = get_args(Redaction)

RESTRICTED: frozenset[EventKind] = frozenset({"sexual_violence", "torture"})
"""Kinds of events of which nothing is public: of whom they tell cannot be known from the record, and day and place may be enough."""

UNLISTED = "unlisted"
"""Stands for a source or side that no list has, so that a count is not taken for the report's own."""

_RADIUS_KM = 10.0
_SHIFT_KM = 8.0
"""How far rounding to a tenth of a degree moves a point at most (0.05 degrees each way), in whole kilometres."""

_SITES = frozenset({"site", "landmark"})
_HOLDS_SITES = frozenset({"neighbourhood", "village", "town", "city", "district", "city_or_governorate", "governorate"})
"""What may stand for a site that lies in it."""
_HOMES = "منزل منازل مسكن مساكن بيت house home residence"
_SHELTERS = (
    "مشفى مستشفى مشافي مستشفيات مستوصف مستوصفات عيادة عيادات مخيم مخيمات ملجأ ملاجئ مأوى إيواء ايواء سجن سجون معتقل معتقلات"
    " camp camps hospital hospitals clinic clinics shelter shelters prison prisons"
)
_DEMOGRAPHIC = frozenset({"children", "women", "men"})
_SUM = re.compile(r"[\d\s+=.,–-]*")
_WORD = re.compile(r"\w+")
_PREFIX = re.compile("^[وفبلك]{0,2}(?:ال|لل)?")


class Vocabulary(NamedTuple):
    """What may be named: ids of listed actors and sources, their names, and means of attack."""

    ids: frozenset[str]
    names: frozenset[str]
    means: frozenset[str]


class Redactor:
    """Redacts to a level. `hidden` are ids of incidents that are not public, whatever their own kind says.

    >>> hospital = IncidentPlace(name="مشفى الشفاء", level="site", lat=36.2021, lon=37.1343, radius_km=1, gazetteer="g1")
    >>> incident = Incident(id="inc-1", kind="air_strike", places=[hospital], agents=["somebody"])
    >>> redactor = Redactor("public", Vocabulary(frozenset({"sohr"}), frozenset(), frozenset()))
    >>> made = redactor.incident(incident)
    >>> [(p.name_en, p.lat, p.lon, p.radius_km, p.gazetteer) for p in made.places], made.agents
    ([('a site', 36.2, 37.1, 10.0, None)], [])
    """

    def __init__(self, level: Redaction, vocabulary: Vocabulary, hidden: frozenset[str] = frozenset()) -> None:
        self.level = level
        self._known = vocabulary
        self._hidden = hidden

    def incident(self, incident: Incident) -> Incident | None:
        """An incident as the level has it; None where it has none of it."""
        if self.level == "full":
            return incident
        public = self.level == "public"
        if public and (incident.kind in RESTRICTED or incident.id in self._hidden):
            return None
        return msgspec.structs.replace(
            incident,
            places=_public_places(incident.places) if public else [_named(place) for place in incident.places],
            agents=self._listed(incident.agents),
            targets=self._listed(incident.targets),
            means=[means for means in incident.means if means in self._known.means],
            figures=[self._figure(figure) for figure in incident.figures],
            curve=[self._point(point) for point in incident.curve],
            conflicts=[_without_note(conflict) for conflict in incident.conflicts],
            possibly=[],
        )

    def incidents(self, incidents: Iterable[Incident]) -> Iterable[Incident]:
        """Those of some incidents that the level has."""
        return (made for incident in incidents if (made := self.incident(incident)) is not None)

    def dossier(self, dossier: Dossier) -> Dossier | None:
        """A dossier without the words of its reports; None where the level has none of its incident."""
        if self.level == "full":
            return dossier
        incident = self.incident(dossier.incident)
        if incident is None:
            return None
        return Dossier(
            incident=incident,
            parts=list(self.incidents(dossier.parts)),
            reports=[self._line(line) for line in dossier.reports],
            names={id: names for id, names in dossier.names.items() if id in self._known.ids},
        )

    def case(self, case: Case) -> Case | None:
        """A case as the level has it: its claims keep numbers, days and kinds, and lose their words. None where there is none of it."""
        if self.level == "full":
            return case
        incident = self.incident(case.incident)
        if incident is None:
            return None
        return Case(
            incident=incident,
            parts=list(self.incidents(case.parts)),
            reports=[self._report(report) for report in case.reports],
            names={id: names for id, names in case.names.items() if id in self._known.ids},
            kin=list(self.incidents(case.kin)),
        )

    def _report(self, report: CaseReport) -> CaseReport:
        """A report of a case: no text, no places (which the incident has), and claims without words."""
        return CaseReport(
            line=self._line(report.line),
            language=report.language,
            events=[self._event(event) for event in report.events],
            figures=[self._claim(figure) for figure in report.figures],
        )

    def _event(self, event: EventClaim) -> EventClaim:
        return msgspec.structs.replace(
            event,
            places=[],
            agents=self._listed(event.agents),
            targets=self._listed(event.targets),
            means=[means for means in event.means if means in self._known.means],
            source=self._one(event.source),
            quote="",
            clause=None,
            evidence=[],
            mentions=[],
        )

    def _claim(self, figure: FigureClaim) -> FigureClaim:
        return msgspec.structs.replace(
            figure,
            who=None,
            demographic=[of for of in figure.demographic if of in _DEMOGRAPHIC],
            side=self._one(figure.side),
            source=self._one(figure.source),
            quote="",
            evidence=[],
        )

    def _listed(self, ids: Sequence[str]) -> list[str]:
        return [id for id in ids if id in self._known.ids]

    def _one(self, id: str | None) -> str | None:
        return id if id is None or id in self._known.ids else UNLISTED

    def _figure(self, figure: Figure) -> Figure:
        uses = [msgspec.structs.replace(use, source=self._one(use.source)) for use in figure.uses]
        return msgspec.structs.replace(
            figure,
            side=self._one(figure.side),
            demographic=[of for of in figure.demographic if of in _DEMOGRAPHIC],
            sums=[one for one in figure.sums if _SUM.fullmatch(one)],
            uses=uses,
        )

    def _point(self, point: TollPoint) -> TollPoint:
        return msgspec.structs.replace(point, source=self._one(point.source) or UNLISTED, side=self._one(point.side))

    def _line(self, line: ReportLine) -> ReportLine:
        """A report as a number and a day: its id may be the name of a file, and its address may hold the name of a person."""
        public = self.level == "public"
        outlet = line.outlet if not public or line.outlet in self._known.names else None
        return msgspec.structs.replace(line, id=line.sha256[:16], title=None, outlet=outlet, url=None if public else line.url)


def _without_note(conflict: Conflict) -> Conflict:
    """The sums stay; the sentences hold names of sources and groups."""
    return msgspec.structs.replace(conflict, note="", note_ar="")


# --- places ----------------------------------------------------------------------------------------------------------


def _named(place: IncidentPlace) -> IncidentPlace:
    """A place as it stands, but for a site that no gazetteer has: it may be called after who lives or works there."""
    unlisted = place.gazetteer is None and (place.level in _SITES or _holds(place, _HOMES))
    return msgspec.structs.replace(place, name="موقع", name_en="a site") if unlisted else place


def _public_places(places: Sequence[IncidentPlace]) -> list[IncidentPlace]:
    """Places without exact sites: of a site only the place that it lies in, or, where none is named, its surroundings without a name."""
    sites = [place for place in places if _is_site(place)]
    others = [place for place in places if not _is_site(place)]
    kept = [_coarse(place) for place in others]
    if sites and not any(place.level in _HOLDS_SITES for place in others):
        nameless = msgspec.structs.replace(sites[0], name="موقع", name_en="a site", gazetteer=None, pcode=None)
        kept.append(_coarse(nameless))
    return kept


def _is_site(place: IncidentPlace) -> bool:
    """Whether a place is a single site: by its level, as one that the gazetteer has for a site, or by its name."""
    return place.level in _SITES or "-site-" in (place.gazetteer or "") or _holds(place, f"{_HOMES} {_SHELTERS}")


def _holds(place: IncidentPlace, words: str) -> bool:
    """Whether a place's name holds one of some words, with an article or a prefix too.

    «بيت» begins the names of many towns and villages, and says nothing of a place that the gazetteer has.
    """
    wanted = {fold_word(word) for word in words.split()}
    if place.gazetteer is not None:
        wanted.discard(fold_word("بيت"))
    found = [word.lower() for word in _WORD.findall(f"{place.name} {place.name_en or ''}")]
    folded = [fold_word(word) for word in found]
    return not wanted.isdisjoint({*folded, *(_PREFIX.sub("", word) for word in folded)})


def _coarse(place: IncidentPlace) -> IncidentPlace:
    """A place to a tenth of a degree, and so large a circle around it that it holds the true place still."""
    if place.lat is None or place.lon is None:
        return place
    radius = max(_RADIUS_KM, math.ceil(place.radius_km or 0) + _SHIFT_KM)
    return msgspec.structs.replace(place, lat=round(place.lat, 1), lon=round(place.lon, 1), radius_km=radius)
