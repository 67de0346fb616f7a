"""Places as shapes on a map: a point where the spot is known, a circle where it is known only how far away it may be.

A circle is of the globe and not of the map, so that it is as wide as it says at every latitude. Rings turn right-handed (RFC 7946); those
that cross the antimeridian are cut there, and one around a pole runs along its whole edge of the map.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from sijill.export.plain import Spot

__all__ = ["EXACT_KM", "VERTICES", "Ring", "bounds", "circle", "geometry"]

Ring = list[tuple[float, float]]
"""Longitude and latitude of each corner; the last is the first again."""

EXACT_KM = 0.1
"""So small a radius is a spot: less than a map shows, and than a site measures."""
VERTICES = 32
_EARTH_KM = 6371.0
_DIGITS = 6


def geometry(at: Spot | None) -> dict[str, Any] | None:
    """The GeoJSON geometry of a spot: a point, or the circle that holds the true place. None where nothing is known.

    A radius that is not known gives a point as well: a circle would claim a size. One that reaches over a quarter of the globe says
    nothing of where, and gives None.

    >>> geometry(Spot(36.0, 40.0, None))
    {'type': 'Point', 'coordinates': [40.0, 36.0]}
    >>> geometry(Spot(36.0, 40.0, 5.0))["type"]
    'Polygon'
    """
    if at is None:
        return None
    if at.radius_km is None or at.radius_km <= EXACT_KM:
        return {"type": "Point", "coordinates": [at.lon, at.lat]}
    rings = circle(at.lat, at.lon, at.radius_km)
    if not rings:
        return None
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": [[list(corner) for corner in rings[0]]]}
    return {"type": "MultiPolygon", "coordinates": [[[list(corner) for corner in ring]] for ring in rings]}


def circle(lat: float, lon: float, radius_km: float) -> list[Ring]:
    """The rings of a circle: one, two where it crosses the antimeridian, none where it is a quarter of the globe or more.

    >>> [len(ring) for ring in circle(36.0, 40.0, 5.0)], len(circle(-17.0, 179.99, 50.0)), circle(0.0, 0.0, 11000.0)
    ([33], 2, [])
    """
    angle = radius_km / _EARTH_KM
    if angle >= math.pi / 2:
        return []
    corners = [_away(lat, lon, -2 * math.pi * number / VERTICES, angle) for number in range(VERTICES)]
    if abs(lat) + math.degrees(angle) >= 90:
        return [_rounded(_around_pole(corners, 90.0 if lat > 0 else -90.0))]
    ring = [*corners, corners[0]]
    pieces = [_clipped(ring, -180.0, 180.0), _shifted(_clipped(ring, 180.0, 540.0), -360), _shifted(_clipped(ring, -540.0, -180.0), 360)]
    return [_rounded(piece) for piece in pieces if len(piece) > 3]


def _away(lat: float, lon: float, bearing: float, angle: float) -> tuple[float, float]:
    """The point at an angle from a point; its longitude goes on beyond 180 rather than jump."""
    here = math.radians(lat)
    there = math.asin(math.sin(here) * math.cos(angle) + math.cos(here) * math.sin(angle) * math.cos(bearing))
    east = math.atan2(math.sin(bearing) * math.sin(angle) * math.cos(here), math.cos(angle) - math.sin(here) * math.sin(there))
    return lon + math.degrees(east), math.degrees(there)


def _around_pole(corners: Iterable[tuple[float, float]], pole: float) -> Ring:
    """The ring of a circle that holds a pole: from one edge of the map to the other, and back along the pole."""
    edge = sorted(((lon + 180) % 360 - 180, lat) for lon, lat in corners)
    (west, west_lat), (east, east_lat) = edge[0], edge[-1]
    gap = (west + 360) - east
    seam = east_lat + (west_lat - east_lat) * (180 - east) / gap if gap else east_lat
    across = [(-180.0, seam), *edge, (180.0, seam)]
    if pole > 0:
        return [*across, (180.0, pole), (-180.0, pole), across[0]]
    return [(-180.0, pole), (180.0, pole), *reversed(across), (-180.0, pole)]


def _clipped(ring: Ring, west: float, east: float) -> Ring:
    """What of a ring lies between two meridians (Sutherland and Hodgman)."""
    for limit, inside in ((west, 1), (east, -1)):
        kept: Ring = []
        for (lon_a, lat_a), (lon_b, lat_b) in pairwise(ring):
            a_in, b_in = (lon_a - limit) * inside >= 0, (lon_b - limit) * inside >= 0
            if a_in:
                kept.append((lon_a, lat_a))
            if a_in != b_in:
                kept.append((limit, lat_a + (lat_b - lat_a) * (limit - lon_a) / (lon_b - lon_a)))
        ring = [*kept, kept[0]] if kept else []
    return ring if len(set(ring)) > 2 else []


def _shifted(ring: Ring, degrees: int) -> Ring:
    return [(lon + degrees, lat) for lon, lat in ring]


def _rounded(ring: Ring) -> Ring:
    return [(round(lon, _DIGITS), round(lat, _DIGITS)) for lon, lat in ring]


def bounds(shape: dict[str, Any] | None, so_far: tuple[float, float, float, float] | None) -> tuple[float, float, float, float] | None:
    """West, south, east and north of what was seen so far and one more geometry.

    >>> bounds({"type": "Point", "coordinates": [40.0, 36.0]}, (39.0, 37.0, 39.0, 37.0))
    (39.0, 36.0, 40.0, 37.0)
    """
    for lon, lat in _corners(shape["coordinates"]) if shape else ():
        west, south, east, north = so_far or (lon, lat, lon, lat)
        so_far = (min(west, lon), min(south, lat), max(east, lon), max(north, lat))
    return so_far


def _corners(coordinates: list[Any]) -> Iterable[list[float]]:
    if isinstance(coordinates[0], list):
        for inner in coordinates:
            yield from _corners(inner)
    else:
        yield coordinates
