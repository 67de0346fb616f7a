"""Incidents as rows that can be asked for by day, place, actor, kind and harm; the record itself lies beside them, packed."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, Integer, and_, delete, false, func, literal_column, or_, select

from sijill.errors import StoreError
from sijill.records import EventKind, Incident, Modality, Record
from sijill.store import tables as t
from sijill.store.chunks import chunks
from sijill.store.kept import Incidents
from sijill.store.packing import pack, unpack
from sijill.store.search import cursor_values, holding, new_cursor
from sijill.store.words import name_key, parse, place_key
from sijill.tolls import toll

__all__ = [
    "LINKS",
    "Box",
    "IncidentFilter",
    "Near",
    "Order",
    "conditions",
    "count",
    "find",
    "forget",
    "incident_from",
    "known",
    "rows",
    "telling_of",
    "toll",
]

Order = Literal["date", "harm", "reports"]
_EARTH_KM = 6371.0088
_MOST = 2**31 - 1


class Box(Record, frozen=True, kw_only=True):
    """A box on the map, in degrees; where `west` is greater than `east` it runs over the 180th meridian."""

    south: float
    west: float
    north: float
    east: float


class Near(Record, frozen=True, kw_only=True):
    """What lies within `km` kilometres of a point."""

    lat: float
    lon: float
    km: float


class IncidentFilter(Record, frozen=True, kw_only=True):
    """Which incidents. Whatever is given must hold.

    `since` and `until` are days; an incident is in if it may have happened on one of them. One of which only the first or the last day is
    known counts for that day; with `undated` it, and those without any day, are in wherever they are possible.
    `place` is a name, in Arabic or English, or an id of the gazetteer; `actor` an id, as doer or target; `source` an outlet whose report
    tells it, or a source that a figure is given by. `killed` and `injured` are the least of the best figure: an unknown one is not in.
    `text` is a query as for `search`, of the reports that tell it. `parts`: false leaves out what is a part of another incident, `without`
    some kinds.
    """

    since: str | None = None
    until: str | None = None
    undated: bool = False
    place: str | None = None
    box: Box | None = None
    near: Near | None = None
    actor: str | None = None
    kind: EventKind | None = None
    without: frozenset[EventKind] = frozenset()
    modality: Modality | None = None
    country: str | None = None
    killed: int | None = None
    injured: int | None = None
    source: str | None = None
    conflicts: bool | None = None
    text: str | None = None
    parent: str | None = None
    parts: bool = True


# --- asked for -------------------------------------------------------------------------------------------------------


def find(connection: Connection, where: IncidentFilter, sort: Order, limit: int, after: str | None) -> Incidents:
    """A page of the incidents of a filter, in an order in which every incident has one place."""
    c = t.incidents.c
    keys: list[tuple[Any, bool]]  # what is sorted by, and whether the greatest comes first
    if sort == "date":
        keys = [(c.first, True), (c.id, False)]
    elif sort == "harm":
        keys = [(known(c.killed_best), True), (known(c.injured_best), True), (c.id, False)]
    elif sort == "reports":
        keys = [(c.reports, True), (c.id, False)]
    else:
        raise StoreError(f"incidents cannot be sorted by {sort!r}; sort them by date, harm or reports")
    columns = [column.label(f"key_{i}") for i, (column, _) in enumerate(keys)]
    found = select(*columns, c.packing, c.record).where(*conditions(connection.dialect.name, where))
    if after is not None:
        found = found.where(_beyond(keys, cursor_values(after, _CURSORS[sort], len(keys))))
    ordered = found.order_by(*(column.desc() if falling else column for column, falling in keys)).limit(limit + 1)
    lines = connection.execute(ordered).all()
    more = len(lines) > limit and limit > 0
    return Incidents(
        incidents=[incident_from(line) for line in lines[:limit]],
        next=new_cursor(_CURSORS[sort], *lines[limit - 1][: len(keys)]) if more else None,
    )


def count(connection: Connection, where: IncidentFilter, most: int | None = None) -> int:
    """How many incidents a filter lets through; counted up to `most` and one more."""
    found = select(t.incidents.c.id).where(*conditions(connection.dialect.name, where))
    if most is not None:
        found = found.limit(most + 1)
    return connection.execute(select(func.count()).select_from(found.subquery())).scalar_one()


def telling_of(connection: Connection, kinds: Collection[str], ids: Iterable[str]) -> set[str]:
    """Those of some incidents that are of some kinds, or of which a claim, of any reading, is of such a kind."""
    c, of, claimed = t.incidents.c, t.incident_claims.c, t.claims.c
    told = select(of.incident).join(t.claims, claimed.claim == of.claim).where(claimed.kind == "event", claimed.what.in_(kinds))
    found: set[str] = set()
    for some in chunks(ids):
        found.update(connection.execute(select(c.id).where(c.kind.in_(kinds), c.id.in_(some))).scalars())
        found.update(connection.execute(told.where(of.incident.in_(some))).scalars())
    return found


_CURSORS: dict[str, Literal["date", "harm", "size"]] = {"date": "date", "harm": "harm", "reports": "size"}


def incident_from(row: Any) -> Incident:
    """The incident of a row of `incidents`."""
    return msgspec.json.decode(unpack(row.packing, row.record), type=Incident)


def known(column: ColumnElement[int]) -> ColumnElement[int]:
    """A number to sort by: an unknown one is less than none. Written as the index has it: a parameter would not match."""
    return func.coalesce(column, literal_column("-1", Integer))


def _beyond(keys: list[tuple[Any, bool]], last: list[Any]) -> ColumnElement[bool]:
    """What comes after a line in the order of keys."""
    later: list[ColumnElement[bool]] = []
    for i, ((column, falling), value) in enumerate(zip(keys, last, strict=True)):
        if isinstance(value, str) is not (column.type.python_type is str):
            raise StoreError("this is no place to go on from in this list; begin at its start")
        same = [key == other for (key, _), other in zip(keys[:i], last[:i], strict=True)]
        later.append(and_(*same, column < value if falling else column > value))
    return or_(*later)


def conditions(dialect: str, where: IncidentFilter) -> list[ColumnElement[bool]]:
    """What the rows of a filter's incidents fulfil. Raises `StoreError` for a day that is none."""
    c = t.incidents.c
    found: list[ColumnElement[bool]] = _days(where)
    given = ((c.kind, where.kind), (c.modality, where.modality), (c.country, where.country), (c.parent, where.parent))
    found += [column == value for column, value in given if value is not None]
    if where.without:
        found.append(c.kind.not_in(sorted(where.without)))
    if where.killed is not None:
        found.append(c.killed_best >= min(where.killed, _MOST))
    if where.injured is not None:
        found.append(c.injured_best >= min(where.injured, _MOST))
    if where.conflicts is not None:
        found.append(c.conflicts > 0 if where.conflicts else c.conflicts == 0)
    if not where.parts:
        found.append(c.parent.is_(None))
    if where.actor is not None:
        found.append(c.id.in_(select(t.incident_actors.c.incident).where(t.incident_actors.c.actor == where.actor)))
    if where.source is not None:
        found.append(c.id.in_(_told_by(name_key(where.source))))
    if where.text is not None:
        told = t.incident_reports.c
        found.append(c.id.in_(select(told.incident).where(holding(dialect, told.report, parse(where.text)))))
    places = _places(where)
    if places:
        found.append(c.id.in_(select(t.incident_places.c.incident).where(*places)))
    return found


def _days(where: IncidentFilter) -> list[ColumnElement[bool]]:
    c, found = t.incidents.c, list[ColumnElement[bool]]()
    for day in (where.since, where.until):
        _check_day(day)
    if where.since is None and where.until is None:
        return found
    if where.until is not None:
        found.append(or_(c.open_first, c.first <= where.until) if where.undated else c.first <= where.until)
    if where.since is not None:
        found.append(or_(c.open_last, c.last >= where.since) if where.undated else c.last >= where.since)
    if not where.undated:
        found.append(c.first != "")
    return found


def _check_day(day: str | None) -> None:
    try:
        if day is not None and date.fromisoformat(day).isoformat() != day:
            raise ValueError
    except ValueError as wrong:
        raise StoreError(f"{day!r} is not a day; write it as YYYY-MM-DD, for example 2022-01-20") from wrong


def _told_by(source: str) -> Any:
    by_outlet = (
        select(t.incident_reports.c.incident)
        .join(t.acquisitions, t.acquisitions.c.report == t.incident_reports.c.report)
        .where(t.acquisitions.c.outlet == source)
    )
    return by_outlet.union(select(t.incident_sources.c.incident).where(t.incident_sources.c.source == source))


def _places(where: IncidentFilter) -> list[ColumnElement[bool]]:
    """What one and the same place of an incident must fulfil."""
    c, found = t.incident_places.c, list[ColumnElement[bool]]()
    if where.place is not None:
        key = place_key(where.place)
        found.append(or_(c.name == key, c.name_en == key, c.gazetteer == where.place))
    if where.box is not None:
        box = where.box
        if any(map(math.isnan, (box.south, box.west, box.north, box.east))):  # the databases do not agree on how it compares
            return [false()]
        found += [c.lat >= box.south, c.lat <= box.north]
        found.append(and_(c.lon >= box.west, c.lon <= box.east) if box.west <= box.east else or_(c.lon >= box.west, c.lon <= box.east))
    if where.near is not None:
        found += _within(where.near)
    return found


def _within(near: Near) -> list[ColumnElement[bool]]:
    """Within a distance on the ground: a chord through the ball, which needs no more than sums and products."""
    if not near.km >= 0 or not (math.isfinite(near.lat) and math.isfinite(near.lon)):
        return [false()]
    c = t.incident_places.c
    x, y, z = _on_ball(near.lat, near.lon)
    angle = min(near.km / _EARTH_KM, math.pi)
    degrees = math.degrees(angle) + 1e-6
    chord = (2 * math.sin(angle / 2)) ** 2 + 1e-12  # a point is within 0 km of itself, whatever the last digit
    dx, dy, dz = c.x - x, c.y - y, c.z - z
    return [c.lat >= near.lat - degrees, c.lat <= near.lat + degrees, dx * dx + dy * dy + dz * dz <= chord]


def _on_ball(lat: float, lon: float) -> tuple[float, float, float]:
    lat, lon = math.radians(lat), math.radians(lon)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


# --- written ---------------------------------------------------------------------------------------------------------


class Rows(NamedTuple):
    """The rows of some incidents, by table."""

    incidents: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    reports: list[dict[str, Any]]
    actors: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    places: list[dict[str, Any]]


LINKS = (t.incident_claims, t.incident_reports, t.incident_actors, t.incident_sources, t.incident_places)


def forget(connection: Connection, ids: Iterable[str]) -> None:
    """Take incidents out of the views."""
    ids = list(ids)
    for table in LINKS:
        connection.execute(delete(table).where(table.c.incident.in_(ids)))
    connection.execute(delete(t.incidents).where(t.incidents.c.id.in_(ids)))


def rows(incidents: Iterable[Incident], numbers: Mapping[str, int]) -> Rows:
    """The rows of incidents; `numbers` are those of their reports."""
    made = Rows([], [], [], [], [], [])
    for incident in incidents:
        of = {"incident": incident.id}
        uses = [use for figure in incident.figures for use in figure.uses]
        made.incidents.append(_row(incident))
        made.claims.extend({**of, "claim": claim} for claim in dict.fromkeys([*incident.events, *(use.claim for use in uses)]))
        made.reports.extend({**of, "report": numbers[sha]} for sha in dict.fromkeys(incident.reports))
        actors = dict.fromkeys([*((t.plain(a), "agent") for a in incident.agents), *((t.plain(a), "target") for a in incident.targets)])
        made.actors.extend({**of, "actor": actor, "role": role} for actor, role in actors)
        sources = {name_key(s) for s in (*(use.source for use in uses), *(point.source for point in incident.curve)) if s}
        made.sources.extend({**of, "source": source} for source in sorted(sources))
        for position, place in enumerate(incident.places):
            ball = (None, None, None) if place.lat is None or place.lon is None else _on_ball(place.lat, place.lon)
            made.places.append(
                {
                    **of,
                    "position": position,
                    "name": place_key(place.name),
                    "name_en": place_key(place.name_en) if place.name_en else None,
                    "gazetteer": place.gazetteer,
                    "lat": place.lat,
                    "lon": place.lon,
                    **dict(zip("xyz", ball, strict=True)),
                }
            )
    return made


def _row(incident: Incident) -> dict[str, Any]:
    packing, record = pack(msgspec.json.encode(incident))
    here = next(((p.lat, p.lon) for p in incident.places if p.lat is not None and p.lon is not None), (None, None))
    harm = {
        f"{effect}_{name}": value
        for effect in ("killed", "injured")
        for name, value in zip(("low", "best", "high"), toll(incident, effect), strict=True)
    }
    return {
        "id": incident.id,
        "kind": incident.kind,
        "modality": incident.modality,
        "first": incident.first or incident.last or "",
        "last": incident.last or incident.first or "",
        "open_first": not incident.first,
        "open_last": not incident.last,
        "country": incident.country,
        "lat": here[0],
        "lon": here[1],
        **harm,
        "parent": incident.parent,
        "main": incident.main,
        "reports": len(incident.reports),
        "families": incident.families,
        "conflicts": len(incident.conflicts),
        "packing": packing,
        "record": record,
    }
