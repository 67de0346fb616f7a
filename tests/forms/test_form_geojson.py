"""GeoJSON: how well a place is known is its shape, and shapes are right on the whole globe."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from typing import Any

import pytest
from form_cases import CASES, reader, tallied, written
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.export.plain import Spot
from sijill.export.shapes import VERTICES, bounds, circle, geometry
from sijill.geo import km


def features() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(written("geojson"))["features"]
    return found


def test_what_is_known_of_a_place_is_its_shape() -> None:
    around, spot, nowhere, never = features()
    assert around["geometry"]["type"] == "Polygon"
    assert [around["properties"][name] for name in ("lat", "lon", "radius_km", "level")] == [35.9031, 36.7244, 6.0, "town"]
    assert spot["geometry"] == {"type": "Point", "coordinates": [37.15, 36.2]}
    assert nowhere["geometry"] is None
    assert never["properties"]["first"] is None


def test_a_feature_says_it_in_both_languages_and_leads_back() -> None:
    found = features()[0]["properties"]
    assert (found["kind_ar"], found["kind_en"], found["place"], found["place_en"]) == ("قصف", "shelling", "سرمين", "Sarmin")
    assert (found["killed_low"], found["killed_best"], found["killed_high"]) == (3, 5, 7)
    assert (found["injured_low"], found["injured_best"], found["injured_high"]) == (9, 10, None)
    assert found["agents_ar"] == ["الحكومة السورية"]
    assert found["sources"] == ["عنب بلدي", "Reuters"]
    assert found["claimants_ar"] == ["المرصد السوري لحقوق الإنسان"]
    assert found["claimants_en"] == ["Syrian Observatory for Human Rights"]
    assert found["claims"] == ["eve-1111111111111111", "fig-2222222222222222", "fig-3333333333333333"]
    assert [place["place_en"] for place in found["other_places"]] == ["Idlib"]


def test_the_library_takes_it() -> None:
    geojson = reader("geojson")
    found = geojson.loads(written("geojson").decode())
    assert found.is_valid, found.errors()
    assert [feature["id"] for feature in found["features"]] == [case.incident.id for case in CASES]


def test_the_box_holds_every_shape() -> None:
    west, south, east, north = json.loads(written("geojson"))["bbox"]
    assert west < 36.7244 < 37.15 == east
    assert south < 35.9031 < 36.2 == north


def test_what_is_lost_is_counted() -> None:
    assert tallied("geojson")[1].lost == {"claims": 2, "contradictions": 1, "crowds": 1, "curve": 1, "judgements": 1, "pairs": 1}


def test_a_constant_stands_in_every_feature() -> None:
    found = json.loads(written("geojson", also={"redaction": "public"}))
    assert found["sijill"]["redaction"] == "public"
    assert {feature["properties"]["redaction"] for feature in found["features"]} == {"public"}


# --- circles ---------------------------------------------------------------------------------------------------------


def turns_left(ring: list[tuple[float, float]]) -> bool:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) > 0


@settings(deadline=None)
@given(st.floats(-89, 89), st.floats(-180, 180), st.floats(0.2, 900))
def test_a_circle_is_as_wide_as_it_says(lat: float, lon: float, radius: float) -> None:
    """Every corner is as far away as the radius, but for those on the edge of the map."""
    rings = circle(lat, lon, radius)
    assert 1 <= len(rings) <= 2
    for ring in rings:
        assert ring[0] == ring[-1]
        assert turns_left(ring)
        for corner_lon, corner_lat in ring:
            assert -180 <= corner_lon <= 180
            assert -90 <= corner_lat <= 90
            if abs(corner_lon) < 180:
                assert km(lat, lon, corner_lat, corner_lon) == pytest.approx(radius, rel=1e-3, abs=1e-3)


@pytest.mark.parametrize(
    ("lat", "lon", "radius", "rings"),
    [(36, 40, 5, 1), (-17, 179.99, 50, 2), (-17, -179.99, 50, 2), (0, 180, 10, 2), (89.9, 10, 50, 1), (-90, 0, 100, 1), (0, 0, 10_008, 0)],
)
def test_circles_of_the_whole_globe(lat: float, lon: float, radius: float, rings: int) -> None:
    assert len(circle(lat, lon, radius)) == rings


def test_a_plain_circle_has_its_corners() -> None:
    (ring,) = circle(36, 40, 5)
    assert len(ring) == VERTICES + 1


def test_a_circle_around_the_pole_runs_along_the_edge_of_the_map() -> None:
    (ring,) = circle(89.9, 10, 50)
    assert {(180.0, 90.0), (-180.0, 90.0)} <= set(ring)
    assert min(lat for _, lat in ring) == pytest.approx(89.9 - math.degrees(50 / 6371), abs=0.01)


@pytest.mark.parametrize(
    ("spot", "kind"),
    [
        (None, None),
        (Spot(36, 40, None), "Point"),
        (Spot(36, 40, 0.1), "Point"),
        (Spot(36, 40, 0.2), "Polygon"),
        (Spot(0, 180, 5), "MultiPolygon"),
        (Spot(36, 40, 20_000), None),
    ],
)
def test_shapes(spot: Spot | None, kind: str | None) -> None:
    found = geometry(spot)
    assert (found and found["type"]) == kind


def test_bounds_of_both_sides_span_the_map() -> None:
    assert bounds(geometry(Spot(0, 180, 5)), None) == pytest.approx((-180, -0.045, 180, 0.045), abs=0.001)
