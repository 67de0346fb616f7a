"""KML: a reader of KML finds the pins, circles and days, and nothing of a report becomes markup in a viewer."""

from __future__ import annotations

from typing import Any

import pytest
from form_cases import CASE, CASES, HOSTILE, reader, written
from lxml import etree

from sijill.export.kml import KML

NS = {"k": KML}


def document(cases: list[Any] = CASES) -> Any:
    return etree.fromstring(written("kml", cases))


def found(path: str, cases: list[Any] = CASES) -> list[Any]:
    return list(document(cases).findall(path, NS))


def test_the_library_reads_it() -> None:
    kml = reader("fastkml").KML
    folders = kml.from_string(written("kml")).features[0].features
    assert [folder.name for folder in folders] == ["2022-03", "2022-04", "بلا تاريخ · Undated"]
    marks = [mark for folder in folders for mark in folder.features]
    assert [mark.id for mark in marks] == [case.incident.id for case in CASES]
    pin, circle = marks[0].geometry.geoms
    assert (pin.x, pin.y) == (36.7244, 35.9031)
    assert circle.exterior.is_ccw
    assert len(circle.exterior.coords) == 33
    assert [tuple(one.coords) for one in marks[1].geometry.geoms] == [((37.15, 36.2),)]
    assert [str(marks[0].times.begin.dt), str(marks[0].times.end.dt)] == ["2022-03-01", "2022-03-02"]


def test_data_comes_back_as_it_went_in() -> None:
    data = {one.get("name"): one.findtext("k:value", namespaces=NS) for one in found(".//k:Data", [CASE])}
    assert (data["id"], data["first"], data["last"], data["radius_km"]) == ("inc-1a", "2022-03-01", "2022-03-02", "6.0")
    assert (data["killed_low"], data["killed_best"], data["killed_high"]) == ("3", "5", "7")
    assert "injured_high" not in data  # unknown is not there, and not zero
    assert data["claims"].split("; ")[0] == CASE.incident.events[0]
    assert data["main"] == "true"


def test_styles_say_how_well_a_place_is_known() -> None:
    assert [one.text for one in found(".//k:Placemark/k:styleUrl")] == ["#near", "#exact", "#region", "#region"]
    assert {one.get("id") for one in found(".//k:Style")} == {"exact", "near", "area", "region"}


def test_nothing_of_a_report_is_markup() -> None:
    root = document([HOSTILE])
    texts = [text for element in root.iter() for text in (element.text, element.tail) if text]
    assert any("‹script›" in text for text in texts)
    assert not [text for text in texts if "<" in text or ">" in text]
    assert {one.text for one in root.findall(".//k:BalloonStyle/k:text", NS)} == {"$[description]"}


def test_a_month_that_comes_again_has_another_folder() -> None:
    names = [one.text for one in found(".//k:Folder/k:name", [CASES[0], CASES[1], CASES[0]])]
    assert names == ["2022-03", "2022-04", "2022-03"]


def test_a_constant_is_data_of_every_placemark() -> None:
    root = etree.fromstring(written("kml", also={"redaction": "public"}))
    assert len(root.findall(".//k:Data[@name='redaction']", NS)) == len(CASES)


@pytest.mark.parametrize("place", range(4))
def test_every_placemark_tells_its_title(place: int) -> None:
    assert " | " in found(".//k:Placemark/k:name")[place].text
