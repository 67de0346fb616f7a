"""The two sides of a comparison: incidents of a register as it would be without some data set, rows of a file, of another register, or of
a data set that was taken in; each with what is shown of it and what is compared.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from sijill.datasets import DataSet
from sijill.datasets.compared import Entry
from sijill.errors import InputError
from sijill.link import Telling, in_force, tellings
from sijill.link.tellings import Site, days_of
from sijill.records import Incident, Reading, Report
from sijill.register.loading import Loader, tellings_of
from sijill.register.taking_in import rows_in_force
from sijill.resolve import assemble
from sijill.store.kept import ROW_OF
from sijill.text import fold_word
from sijill.tolls import toll

if TYPE_CHECKING:
    from sijill.register.register import Register

__all__ = ["One", "Others", "ours_of", "theirs_of"]

_SQLITE = b"SQLite format 3\0"
_NOBODY = frozenset({"unidentified", "unidentified_gunmen"})


class One(NamedTuple):
    """An incident of either side: what is shown of it, what is compared, and the incident that it is a part of."""

    entry: Entry
    telling: Telling
    whole: str | None = None


class Others(NamedTuple):
    """Theirs: the name, the incidents, and whether it lists only what killed somebody."""

    name: str
    ones: list[One]
    deaths_only: bool = False


def ours_of(register: Register, dataset: str) -> list[One]:
    """The incidents of a register as they are without a data set; those that it alone tells are none of ours."""
    rows = set(register.store.rows_of(dataset))
    return [_of_incident(one) for page in register.pages() for one in _without_rows(register, page, dataset, rows)]


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


def theirs_of(register: Register, other: str, form: str | None, name: str | None, encoding: str | None) -> Others:
    """What a name leads to: a file, a register, a data set that was taken in. Raises `InputError` where it is none of these."""
    if "://" in other or (os.path.isfile(other) and _begins(other) == _SQLITE):
        from sijill.register.register import Register

        with Register(other) as held:
            return Others(name or os.path.basename(other), [_of_incident(one, "theirs") for page in held.pages() for one in page])
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


def _of_rows(name: str, rows: Iterable[tuple[Report, Reading, str]]) -> Others:
    ones: list[One] = []
    ucdp = False
    for report, reading, id in rows:
        ucdp = ucdp or any(event.rule.startswith("row: ucdp") for event in reading.events)
        ones += [_of_row(telling, reading, id) for telling in tellings(report, reading)]
    return Others(name, ones, deaths_only=ucdp)


def _of_row(telling: Telling, reading: Reading, id: str) -> One:
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
    return One(entry, msgspec.structs.replace(telling, claim=id, words=frozenset()))


def _of_incident(incident: Incident, side: str = "ours") -> One:
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
    return One(entry, telling, whole=incident.parent)


def _iso(days: tuple[int, int] | None, end: int) -> str | None:
    return date.fromordinal(days[end]).isoformat() if days else None
