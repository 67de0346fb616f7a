"""Tellings: an event as one report tells it, with what is needed to compare it with the same event in another report."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

import msgspec

from sijill.annotate.tokenise import tokenise
from sijill.lexicon import load_lexicon
from sijill.records import EventClaim, FigureClaim, Place, Reading, Record, Report
from sijill.text import fold, fold_word

__all__ = ["Days", "Site", "Telling", "days_of", "packed", "tellings", "unpacked"]

Days = tuple[int, int]
"""The first and the last day on which something may have happened, as ordinals of `datetime.date`."""

FINE = ("site", "landmark", "neighbourhood", "village", "town", "city")
"""Levels of places that are one spot on a map of the country."""


class Site(Record, frozen=True, kw_only=True, array_like=True):
    """A place of a telling: what identifies it, where it lies, and how far the true place may be."""

    key: str
    level: str
    lat: float | None = None
    lon: float | None = None
    radius_km: float = 25.0
    country: str | None = None

    @property
    def fine(self) -> bool:
        """Whether it is one spot rather than an area."""
        return self.level in FINE and self.radius_km <= 10


class Telling(Record, frozen=True, kw_only=True, array_like=True):
    """One event claim, ready to be compared. `days` are those of the event; `dated` says whether the report itself gives them, and `open`
    whether it gives their first only, the last being that of its publication.

    `killed` and `injured` hold the least and the most people that the report counts for the event, in all its whole figures;
    `words` the words around the event that are no common ones: names of victims, of streets, of a weapon. `dataset` is that of a row of a
    data set.
    """

    claim: str
    report: str
    family: str
    outlet: str | None = None
    published: int | None = None
    start: int = 0
    kind: str
    modality: str = "asserted"
    days: Days | None = None
    dated: bool = False
    open: bool = False
    sites: tuple[Site, ...] = ()
    country: str | None = None
    agents: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    killed: tuple[int, int] | None = None
    injured: tuple[int, int] | None = None
    quote: str = ""
    words: frozenset[str] = frozenset()
    main: bool = False
    background: bool = False
    dataset: str | None = None


_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_DECODER = msgspec.msgpack.Decoder(Telling)


def packed(telling: Telling) -> bytes:
    """A telling as bytes, the same for the same telling.

    >>> unpacked(packed(Telling(claim="eve-1", report="ab", family="ab", kind="shelling"))).kind
    'shelling'
    """
    return _ENCODER.encode(telling)


def unpacked(record: bytes) -> Telling:
    """A telling from the bytes that `packed` gave."""
    return _DECODER.decode(record)


_NEWS_DAYS = 2
"""How many days before its publication news without a day may have happened."""

_TOLL_DAYS = 14
"""The same for a toll that rose: it is of something that happened before."""

_WIDEST = 40
"""A stretch of more days than these («in 2021») does not date an incident."""


def tellings(report: Report, reading: Reading, *, family: str | None = None) -> list[Telling]:
    """The events of a reading that can be of an incident, in the order of the text: all but those only planned, feared or supposed.

    An event without a day takes the days before the publication, unless it is background; one without a place has no site.

    >>> from sijill import Report, read
    >>> report = Report.of("قُتل ثلاثة مدنيين في قصف مدفعي على مدينة إدلب.")
    >>> [(t.kind, t.killed, [s.key for s in t.sites]) for t in tellings(report, read(report))]
    [('shelling', (3, 3), ['gn:169389'])]
    """
    places = {place.id: place for place in reading.places}
    published = date.fromisoformat(reading.published[:10]).toordinal() if reading.published else None
    tolls: dict[str, list[FigureClaim]] = {}
    for figure in reading.figures:
        if figure.event and figure.role in ("alone", "total"):
            tolls.setdefault(figure.event, []).append(figure)
    return [
        _telling(event, report, reading, family or reading.sha256, published, places, tolls.get(event.id, []))
        for event in reading.events
        if event.modality in ("asserted", "denied", "attempted")
    ]


def _telling(
    event: EventClaim,
    report: Report,
    reading: Reading,
    family: str,
    published: int | None,
    places: dict[str, Place],
    figures: list[FigureClaim],
) -> Telling:
    days = days_of(event.date, until=published) if event.date else None
    dated = days is not None and days[1] - days[0] <= _WIDEST
    if not dated:
        before = _TOLL_DAYS if any(figure.cumulative for figure in figures) else _NEWS_DAYS
        days = None if published is None or event.background or days else (published - before, published)
    sites = tuple(_site(places[id]) for id in event.places if id in places)
    return Telling(
        claim=event.claim,
        report=reading.sha256,
        family=family,
        outlet=reading.outlet,
        published=published,
        start=event.start,
        kind=event.kind,
        modality=event.modality,
        days=days,
        dated=dated,
        open=dated and event.date is not None and event.date.endswith("/.."),
        sites=tuple(site for site in sites if site.level != "country"),
        country=next((site.country for site in sites if site.country), None),
        agents=frozenset(event.agents) - _NOBODY,
        targets=frozenset(event.targets) - _NOBODY,
        killed=_toll(figures, "killed"),
        injured=_toll(figures, "injured"),
        quote=event.quote,
        words=rare_words(report.text, *((event.clause.start, event.clause.end) if event.clause else (event.start, event.end))),
        main=event.main,
        background=event.background,
        dataset=reading.dataset,
    )


_NOBODY = frozenset({"unidentified", "unidentified_gunmen"})


_AROUND = 250
"""How many characters on either side of an event's clause are looked at for rare words."""
_COMMON = frozenset({"W", "DEF", "GIVEN_NAME"})
"""The classes of a word that the lexicon knows as no more than a word or a name."""


def rare_words(text: str, start: int, end: int) -> frozenset[str]:
    """The words around a stretch of a text that the lexicon doesn't know, and given names: what tells one incident from another like it.

    >>> sorted(rare_words("قتل عدنان البنشي في قصف على مدينة إدلب", 0, 10))
    ['بنشي', 'عدنان']
    """
    units = tokenise(fold(text[max(0, start - _AROUND) : end + _AROUND]), load_lexicon())
    return frozenset(
        unit.word.removeprefix("ال") for unit in units if len(unit.word) > 3 and unit.word[0].isalpha() and unit.entry.tags <= _COMMON
    )


def _site(place: Place) -> Site:
    return Site(
        key=place.gazetteer or fold_word(place.name),
        level=place.level,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km or 25.0,
        country=place.country,
    )


def _toll(figures: Iterable[FigureClaim], effect: str) -> tuple[int, int] | None:
    """The least and the most people whom figures count together; figures of different people add up."""
    counted = [f for f in figures if f.effect == effect and not f.cumulative and (f.value or f.bound == "range")]
    if not counted:
        return None
    low = sum(f.min or f.value or 0 for f in counted)
    return low, max(low, sum(f.max or f.value or f.min or 0 for f in counted))


def days_of(edtf: str, *, until: int | None = None) -> Days | None:
    """The first and the last day of an EDTF date; an open end is `until` (the publication), or a month later where that is unknown.

    >>> [date.fromordinal(day).isoformat() for day in days_of("2022-01-24/2022-02")]
    ['2022-01-24', '2022-02-28']
    >>> days_of("soon") is None
    True
    """
    start, _, end = edtf.partition("/")
    first, last = _stretch(start), _stretch(end or start)
    if end == "..":
        last = (0, max(until, first[0])) if until and first else first and (0, first[1] + 30)
    if start == "..":
        first = last and (last[0] - 30, 0)
    if first is None or last is None or last[1] < first[0]:
        return None
    return first[0], last[1]


def _stretch(written: str) -> Days | None:
    """The days of a date without an interval: a day, a month or a year."""
    parts = written.split("-")
    try:
        year, month, day = (int(part) for part in (*parts, "0", "0")[:3])
        if day:
            return (date(year, month, day).toordinal(),) * 2
        if month:
            return date(year, month, 1).toordinal(), date(year, month, monthrange(year, month)[1]).toordinal()
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    except ValueError:
        return None
