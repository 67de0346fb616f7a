"""Many incidents at a glance: where they lie on a map, and how many there are in each month. Counted by the database, on both alike.

A map of thousands of points says nothing, and a browser does not bear it: those with the most harm stand for themselves, and all others
are counted in the cells of a grid. Nobody is counted twice: where an incident and its parts are both in a filter, those killed are taken
of the whole alone, whose toll has those of the parts in it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Float, Integer, Select, and_, case, cast, func, select

from sijill.records import Incident
from sijill.store import tables as t
from sijill.store.incidents import IncidentFilter, conditions, count, incident_from, known, toll
from sijill.store.kept import Map, MapCell, MapPoint, Month, Months

__all__ = ["map_of", "months_of"]

_MOST_CELLS = 1000
_SIDES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Sides that cells may have, in degrees: the smallest that does not give too many."""


def map_of(connection: Connection, where: IncidentFilter, points: int) -> Map:
    """The incidents of a filter on a map: `points` of them, the most harmful, as points, and the others in cells."""
    c = t.incidents.c
    placed = [*conditions(connection.dialect.name, where), c.lat.is_not(None)]
    order = (known(c.killed_best).desc(), known(c.injured_best).desc(), c.id)
    rows = connection.execute(select(c.packing, c.record).where(*placed).order_by(*order).limit(points + 1)).all()
    shown = [_point(incident_from(row)) for row in rows[:points]]
    all_placed = len(rows) if len(rows) <= points else connection.execute(select(func.count()).where(*placed)).scalar_one()
    unplaced = count(connection, where) - all_placed
    if len(rows) <= points:
        return Map(points=shown, unplaced=unplaced)
    rest = select(c.id).where(*placed).order_by(*order)
    rest = rest.limit(-1).offset(points) if connection.dialect.name == "sqlite" else rest.offset(points)  # SQLite: no offset without
    side, cells = _cells(connection, _matched(connection, where), rest)
    return Map(points=shown, cells=cells, side=side, unplaced=unplaced)


def months_of(connection: Connection, where: IncidentFilter) -> Months:
    """How many incidents of a filter began in each month, and how many were killed in them by the best figure."""
    matched = _matched(connection, where)
    month = func.substr(matched.c.first, 1, 7).label("month")
    killed, joined = _killed(matched)
    query = select(month, func.count().label("incidents"), killed).select_from(joined).group_by(month).order_by(month)
    rows = connection.execute(query).all()
    return Months(
        months=[Month(month=row.month, incidents=row.incidents, killed=row.killed) for row in rows if row.month],
        undated=sum(row.incidents for row in rows if not row.month),
    )


def _matched(connection: Connection, where: IncidentFilter) -> CTE:
    """The rows of a filter, as far as they are counted."""
    c = t.incidents.c
    return select(c.id, c.parent, c.first, c.lat, c.lon, c.killed_best).where(*conditions(connection.dialect.name, where)).cte("matched")


def _killed(matched: CTE) -> tuple[ColumnElement[int], Any]:
    """The sum of those killed, null where nothing is known; and what is joined for it.

    A part whose whole is counted as well adds nothing. Where a whole has a figure that leaves out a part, the sum is too small, which is
    better than people counted twice.
    """
    whole = matched.alias("whole")
    joined = matched.outerjoin(whole, and_(whole.c.id == matched.c.parent, whole.c.killed_best.is_not(None)))
    return func.sum(case((whole.c.id.is_(None), matched.c.killed_best))).label("killed"), joined


def _point(incident: Incident) -> MapPoint:
    """Where an incident stands on a map: at the first of its places that has coordinates."""
    lat, lon, radius = next((p.lat, p.lon, p.radius_km) for p in incident.places if p.lat is not None and p.lon is not None)
    return MapPoint(
        id=incident.id,
        kind=incident.kind,
        modality=incident.modality,
        first=incident.first,
        last=incident.last,
        lat=lat,
        lon=lon,
        radius_km=radius,
        killed=toll(incident, "killed")[1],
        injured=toll(incident, "injured")[1],
    )


def _cells(connection: Connection, matched: CTE, rest: Select[Any]) -> tuple[float, list[MapCell]]:
    """The side of the cells of a grid, and those in which some of the incidents of `rest` lie."""
    c = matched.c
    here = c.id.in_(rest)
    south, north, west, east = connection.execute(
        select(func.min(c.lat), func.max(c.lat), func.min(c.lon), func.max(c.lon)).where(here)
    ).one()
    side = next((one for one in _SIDES if ((north - south) / one + 2) * ((east - west) / one + 2) <= _MOST_CELLS), _SIDES[-1])
    killed, joined = _killed(matched)
    row, column = (_floor(connection, (angle + most) / side) for angle, most in ((c.lat, 90.0), (c.lon, 180.0)))
    query = (
        select(row.label("row"), column.label("column"), func.count().label("incidents"), killed)
        .add_columns(func.avg(c.lat).label("lat"), func.avg(c.lon).label("lon"))
        .select_from(joined)
        .where(here)
        .group_by("row", "column")
        .order_by("row", "column")
    )
    return side, [
        MapCell(
            south=round(line.row * side - 90, 6),
            west=round(line.column * side - 180, 6),
            lat=round(line.lat, 4),
            lon=round(line.lon, 4),
            incidents=line.incidents,
            killed=line.killed,
        )
        for line in connection.execute(query)
    ]


def _floor(connection: Connection, value: ColumnElement[Any]) -> ColumnElement[int]:
    """The greatest whole number that is not more than a value from 0 up. SQLite cuts off, PostgreSQL rounds where it is not told."""
    return cast(value if connection.dialect.name == "sqlite" else func.floor(value, type_=Float), Integer)
