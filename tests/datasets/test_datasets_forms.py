"""Tables with HXL tags, features of maps, and our own tables and records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rows_made_up import acled, filled, table

from sijill.datasets import DataSet, TakenRow
from sijill.errors import InputError

HXL = "\n".join(
    ",".join(column)
    for column in zip(
        ("When", "#date+occurred", "2022-02-02", "2022-02-03"),
        ("Type", "#event+type", "Explosions/Remote violence", "Battles"),
        ("Sub", "#event+type+sub", "Shelling/artillery/missile attack", "Armed clash"),
        ("First", "#group+first+name", "Military Forces of Syria (2000-2024)", "Somebody"),
        ("Second", "#group+name+second", "Civilians (Syria)", ""),
        ("Gov", "#adm1+name", "Idleb", "Idleb"),
        ("Code", "#adm1+code", "SY07", "SY07"),
        ("Where", "#loc+name", "Sarmin", "Idleb"),
        ("Lat", "#geo+lat", "35.9031", "35.93"),
        ("Lon", "#geo+lon", "36.7258", "36.63"),
        ("Dead", "#affected+killed", "5", "0"),
        ("Least", "#affected+min+killed", "4", ""),
        ("Most", "#affected+killed+max", "7", ""),
        ("Children", "#affected+killed+children", "2", ""),
        ("ملاحظات", "#description+i_ar", "قصف على سرمين", ""),
        ("Mood", "#mood", "grim", ""),
        strict=True,
    )
)
"""A table with a row of tags, turned so that each column is a line here."""


def rows_of(data: bytes, file: str = "mine.csv", form: str | None = None) -> tuple[DataSet, list[TakenRow]]:
    rows = DataSet(data, file=file, form=form)
    return rows, list(rows)


def test_a_table_with_tags_is_read_by_its_tags() -> None:
    rows, (first, second) = rows_of(HXL.encode())
    assert (rows.form, rows.name, rows.problems) == ("hxl", "mine", [])
    assert [(column.name, column.examples) for column in rows.unknown] == [("Mood", ["grim"])]
    (event,) = first.reading.events
    assert (event.kind, event.date, event.agents, event.targets) == ("shelling", "2022-02-02", ["syrian_government"], ["civilians"])
    assert [(f.quote, f.value, f.min, f.max, f.role, f.demographic) for f in first.reading.figures] == [
        ("5", 5, 4, 7, "alone", []),
        ("2", 2, 2, 2, "subset", ["children"]),
    ]
    assert first.reading.places[0].name == "سرمين"
    assert second.reading.figures == []
    assert "ملاحظات: قصف على سرمين" in first.report.text


def test_tags_are_asked_for_where_there_are_none() -> None:
    with pytest.raises(InputError, match="no row of HXL tags"):
        rows_of(b"a,b\n1,2\n", form="hxl")


def test_rows_without_an_id_have_one_of_their_own_words() -> None:
    _, (first, _) = rows_of(HXL.encode())
    assert first.id == rows_of(HXL.encode())[1][0].id
    assert first.id.startswith("row-")


def geojson(*features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}, ensure_ascii=False).encode()


def feature(lon: float, lat: float, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": properties}


def test_features_of_a_map_are_rows_by_their_properties() -> None:
    data = geojson(
        feature(
            36.7258, 35.9031, id="a", date="2022-02-02", type="Airstrike", location="Sarmin", killed=3, country="Syria", weather="rain"
        ),
        feature(36.63, 35.93, id="b", date="2022-02-02", type="Birthday", killed=1),
        {"type": "Feature", "geometry": None, "properties": {"id": "c", "date": "2022-02-04", "type": "shelling"}},
    )
    rows, (first, second, third) = rows_of(data, "map.geojson")
    assert (rows.form, [column.name for column in rows.unknown]) == ("geojson", ["weather"])
    assert [(p.line, p.column, p.value, p.left_out) for p in rows.problems] == [(2, "type", "Birthday", False)]
    assert (first.reading.events[0].kind, first.reading.figures[0].value, first.reading.places[0].name) == ("air_strike", 3, "سرمين")
    assert (second.reading.events, second.reading.figures[0].value) == ([], 1)
    assert (third.reading.events[0].date, third.reading.places) == ("2022-02-04", [])


def test_a_map_whose_properties_are_acleds_is_read_as_such() -> None:
    properties = {name: value for name, value in acled().items() if name not in ("latitude", "longitude")}
    _, (row,) = rows_of(geojson(feature(40.7477, 36.5024, **properties)), "map.geojson")
    assert (row.id, row.reading.events[0].agents, row.reading.figures[0].value) == ("SYR900001", ["islamic_state", "sdf"], 34)


@pytest.mark.parametrize("form", ["csv", "jsonl", "geojson"])
def test_our_own_tables_come_back(tmp_path: Path, form: str) -> None:
    with filled(tmp_path / "r.db") as register:
        register.export(str(tmp_path / f"list.{form}"), form=form)
        incidents = {incident.id: incident for page in register.pages() for incident in page}
    rows, taken = rows_of((tmp_path / f"list.{form}").read_bytes(), f"list.{form}")
    assert (rows.problems, rows.unknown) == ([], [])
    assert {row.id for row in taken} == incidents.keys()
    for row in taken:
        (event,), incident = row.reading.events, incidents[row.id]
        assert (event.kind, event.agents, event.targets) == (incident.kind, incident.agents, incident.targets)
        assert (event.date or "").split("/")[0] == incident.first
        for read, told in zip(row.reading.places, incident.places, strict=False):
            assert (read.name, read.level, read.lat, read.radius_km) == (told.name, told.level, told.lat, told.radius_km)
            assert told.level == "line_or_area" or read.gazetteer == told.gazetteer
        for claim in (*row.reading.events, *row.reading.figures):
            assert row.report.text[claim.start : claim.end] == claim.quote
    if form == "jsonl":
        counted = {row.id: [(f.effect, f.min, f.value, f.max) for f in row.reading.figures] for row in taken}
        assert counted == {
            id: [(f.effect, f.low, f.best, f.high) for f in incident.figures if f.best or f.high] for id, incident in incidents.items()
        }


def test_a_month_is_a_month_and_an_open_end_is_open() -> None:
    data = table([{"id": "a", "kind": "arrest", "first": "2022-01", "killed_low": "5", "killed_best": "5", "killed_high": ""}])
    _, (row,) = rows_of(data)
    assert row.reading.events[0].date == "2022-01"
    (figure,) = row.reading.figures
    assert (figure.bound, figure.min, figure.value, figure.max) == ("at_least", 5, 5, None)


@pytest.mark.parametrize("wrapped", ["[%s]", '{"status": 200, "count": 1, "data": [%s]}', '{\n "Result": [\n%s\n]\n}', "%s"])
def test_rows_may_come_as_objects(wrapped: str) -> None:
    data = (wrapped % json.dumps(acled(fatalities="7") | {"mood": "grim"}, ensure_ascii=False)).encode()
    rows, (row,) = rows_of(data, "answer.json")
    assert (rows.form, row.id, row.reading.figures[0].value) == ("acled", "SYR900001", 7)
    assert ([column.name for column in rows.unknown], rows.problems) == (["mood"], [])
    numbers = (wrapped % json.dumps(acled() | {"fatalities": 7, "latitude": 36.5024, "longitude": 40.7477})).encode()
    (same,) = rows_of(numbers, "answer.json")[1]
    assert (same.reading.figures[0].quote, same.reading.places[0].lat) == ("7", 36.5024)


def test_tags_in_two_languages_are_one_column_each() -> None:
    columns = {
        "id": ("#meta+id", "inc-1"),
        "day": ("#date+occurred", "2022-01-26"),
        "code": ("#event+type+code", "armed_clash"),
        "kind": ("#event+type+i_en", "armed clash"),
        "النوع": ("#event+type+i_ar", "اشتباك"),
        "how": ("#event+modality", "denied"),
        "site": ("#loc+name+i_en", "Sarmin"),
        "المكان": ("#loc+name+i_ar", "سرمين"),
        "size": ("#loc+type", "town"),
        "lat": ("#geo+lat", "35.9031"),
        "lon": ("#geo+lon", "36.7258"),
        "reach": ("#geo+radius+km", "3.5"),
        "most civilians": ("#affected+killed+civilians+max", "4"),
        "again": ("#date+occurred", "2022-01-27"),
    }
    data = "\n".join(",".join(row) for row in (columns, *zip(*columns.values(), strict=True))).encode()
    rows, (row,) = rows_of(data)
    (event,), (place,) = row.reading.events, row.reading.places
    assert (event.kind, event.modality, event.date, event.quote) == ("armed_clash", "denied", "2022-01-26", "armed_clash")
    assert (place.name, place.level, place.radius_km, row.report.text[place.start : place.end]) == ("سرمين", "town", 3.5, "سرمين")
    assert [column.name for column in rows.unknown] == ["again"]


def test_a_shape_is_no_point() -> None:
    ring = [[36.7, 35.9], [36.8, 35.9], [36.8, 36.0], [36.7, 35.9]]
    shape = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}}
    with_point = shape | {"properties": {"id": "a", "date": "2022-02-02", "type": "shelling", "lat": 35.93, "lon": 36.75, "place": "X"}}
    without = shape | {"properties": {"id": "b", "date": "2022-02-02", "type": "shelling"}}
    rows, (first, second) = rows_of(geojson(with_point, without), "map.geojson")
    assert (first.reading.places[0].lat, second.reading.places) == (35.93, [])
    assert [(p.line, p.column) for p in rows.problems] == [(2, "geometry")]
