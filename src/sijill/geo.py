"""Distances on the globe."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

__all__ = ["km", "km_nearby"]


@lru_cache(maxsize=8192)  # a report names few places, and compares them often
def km(a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """Great-circle distance in kilometres (haversine, mean Earth radius 6,371 km).

    >>> round(km(36.2, 37.16, 33.51, 36.29))
    309
    """
    la1, lo1, la2, lo2 = map(math.radians, (a_lat, a_lon, b_lat, b_lon))
    h = math.sin((la2 - la1) / 2) ** 2 + math.cos(la1) * math.cos(la2) * math.sin((lo2 - lo1) / 2) ** 2
    return 12742 * math.asin(math.sqrt(h))


def km_nearby(a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """The same on a flat map of the parallel between the two: within 1 % up to some hundred kilometres, at a third of the cost.

    >>> round(km_nearby(36.2, 37.16, 33.51, 36.29))
    309
    """
    east = math.cos(math.radians((a_lat + b_lat) / 2)) * ((b_lon - a_lon + 180) % 360 - 180)
    return _KM_OF_A_DEGREE * math.hypot(b_lat - a_lat, east)


_KM_OF_A_DEGREE: Final = math.pi * 6371 / 180
