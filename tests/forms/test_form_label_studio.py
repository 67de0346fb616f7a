"""Label Studio: every claim is a region that its counting finds, under the claim's id, with a label that the configuration has."""

from __future__ import annotations

import json
from typing import Any

import pytest
from form_cases import CASE, CASES, CHILDREN, EVENT, FIGURE, HOSTILE, NOWHERE, SHA, SPOT, TEXT, tallied, written
from lxml import etree

from sijill.export.label_studio import labeling_config, labels
from sijill.records import Case


def tasks(cases: list[Case] = CASES) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(written("labelstudio", cases))
    return found


def regions(cases: list[Case] = CASES) -> list[dict[str, Any]]:
    (prediction,) = tasks(cases)[0]["predictions"]
    return list(prediction["result"])


def drawn(text: str, start: int, end: int) -> str:
    """What a browser draws: code points turned into its UTF-16 units, as Label Studio's page does before it marks them."""
    units = text.encode("utf-16-le")
    first, last = (len(text[:at].encode("utf-16-le")) for at in (start, end))
    return units[first:last].decode("utf-16-le")


def test_positions_are_right_behind_a_character_of_two_units() -> None:
    assert TEXT[0] == "💥"
    for region in regions():
        value = region["value"]
        assert TEXT[value["start"] : value["end"]] == value["text"] == drawn(TEXT, value["start"], value["end"])
    assert {region["value"]["text"] for region in regions()} >= {"قصف مدفعي", "قُتل 5 مدنيين", "طفلان", "سرمين", "5"}


def test_a_task_is_a_report() -> None:
    first, second = tasks()
    assert first["data"] == {
        "text": TEXT,
        "report": SHA,
        "id": "sarmin-1",
        "title": "قصف على سرمين",
        "outlet": "عنب بلدي",
        "published": "2022-03-03",
        "incidents": ["inc-1a", "inc-2b"],
    }
    assert (second["data"]["id"], second["data"]["title"], second["predictions"][0]["result"]) == ("sarmin-2", "", [])


def test_regions_are_known_by_their_claims() -> None:
    found = regions()
    ids = [region["id"] for region in found]
    assert len(set(ids)) == len(ids)
    assert {EVENT.claim, FIGURE.claim, CHILDREN.claim} == {region["id"] for region in found if region["id"] == region["meta"]["claim"]}
    assert [(region["id"], region["value"]["labels"]) for region in found] == [
        (EVENT.claim, ["event:shelling"]),
        (f"{EVENT.claim}.2", ["evidence:place"]),
        (FIGURE.claim, ["figure:killed"]),
        (f"{FIGURE.claim}.1", ["evidence:number"]),
        (CHILDREN.claim, ["figure:killed"]),
    ]
    assert [region["meta"].get("modality") for region in found] == ["asserted", None, None, None, None]
    assert {(region["from_name"], region["to_name"], region["type"]) for region in found} == {("label", "text", "labels")}


def test_the_configuration_has_every_label() -> None:
    root = etree.fromstring(labeling_config())
    assert [one.get("value") for one in root.iter("Label")] == labels()
    assert root.find("Labels").get("name") == "label"
    assert root.find(".//Text").attrib == {"name": "text", "value": "$text"}
    assert {label for region in regions() for label in region["value"]["labels"]} <= set(labels())


@pytest.mark.parametrize("case", [NOWHERE, Case(incident=SPOT.incident, reports=[type(SPOT.reports[0])(line=SPOT.reports[0].line)])])
def test_without_a_text_there_is_no_task(case: Case) -> None:
    data, tally = tallied("labelstudio", [case])
    assert json.loads(data) == []
    assert (tally.rows, tally.left_out) == (0, {"no_text": 1})


def test_halves_of_characters_move_nothing() -> None:
    (task,) = tasks([HOSTILE])
    text = task["data"]["text"]
    assert len(text) == len(HOSTILE.reports[0].text or "")
    for region in task["predictions"][0]["result"]:
        assert text[region["value"]["start"] : region["value"]["end"]] == region["value"]["text"]


def test_an_incident_twice_is_one_region() -> None:
    assert len(regions([CASE, CASE])) == len(regions([CASE]))
