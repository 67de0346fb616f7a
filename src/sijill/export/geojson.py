"""Incidents as GeoJSON (RFC 7946): how well a place is known is its shape.

A spot is a point. A place that is known only to lie within a radius is the circle that holds it, for a pin in its middle would say more
than is known; the middle and the radius stand among the properties. An incident without coordinates has no geometry, and stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, Any

import msgspec

from sijill.export.cells import as_json
from sijill.export.forms import Tally
from sijill.export.html import shown
from sijill.export.losing import Counting
from sijill.export.plain import Plain, plain, say, spot
from sijill.export.shapes import bounds, geometry
from sijill.records import Case, IncidentPlace

__all__ = ["write"]

_ABOUT = {
    "ar": "حوادث مقروءة من تقارير. المضلّع دائرة تضمّ المكان الحقيقي، والنقطة موضع معلوم. المجهول null لا صفر.",
    "en": "Incidents read from reports. A polygon is a circle that holds the true place, a point a known spot. Unknown is null, not zero.",
}


def write(cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str]) -> Tally:
    """Write a FeatureCollection, a feature for each incident, as the cases come. `also` are further properties of every feature.

    The box around everything stands at the end, when it is known; around shapes on both sides of the antimeridian it spans the map.

    >>> import io, json
    >>> from sijill.records import Incident
    >>> out = io.BytesIO()
    >>> write([Case(incident=Incident(id="inc-1", kind="shelling"))], out, {}).rows
    1
    >>> json.loads(out.getvalue())["features"][0]["geometry"] is None
    True
    """
    counting, box = Counting("geojson"), None
    out.write(b'{"type":"FeatureCollection","sijill":' + as_json({**_ABOUT, **also}) + b',"features":[')
    for case in counting.of(cases):
        row = plain(case)
        shape = geometry(spot(case.incident.places[0]) if case.incident.places else None)
        box = bounds(shape, box)
        feature = {"type": "Feature", "id": row.id, "geometry": shape, "properties": {**_properties(case, row), **also}}
        out.write((b",\n" if counting.rows else b"\n") + as_json(feature))
        counting.rows += 1
    out.write(b"\n]" + (b',"bbox":' + as_json(box) if box else b"") + b"}\n")
    return counting.tally()


def _properties(case: Case, row: Plain) -> dict[str, Any]:
    level = say("level", row.level) if row.level else None
    return {
        **msgspec.structs.asdict(row),
        "level_ar": level.ar if level else None,
        "level_en": level.en if level else None,
        "other_places": [_place(place) for place in case.incident.places[1:]],
    }


def _place(place: IncidentPlace) -> dict[str, Any]:
    at = spot(place)
    found = {"place": shown(place.name), "place_en": shown(place.name_en) if place.name_en else None, "level": place.level}
    return {**found, "lat": at.lat if at else None, "lon": at.lon if at else None, "radius_km": at.radius_km if at else None}
