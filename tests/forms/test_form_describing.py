"""Every column that is written is described, nothing else is, and every loss has words; files that break the rules are refused by line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from form_cases import CASES, written
from icalendar import Calendar
from lxml import etree

from sijill.errors import DataError
from sijill.export.describing import fields, headings, losses, read_fields, read_headings, read_losses
from sijill.export.forms import CODEBOOKS, FORMS
from sijill.export.kml import KML
from sijill.export.losing import LOST_WHERE
from sijill.export.sheets import TABLES
from sijill.export.tables import TABLES as PLAIN_TABLES
from sijill.export.tables import lines
from sijill.text import has_arabic

EXCHANGED = [form.name for form in FORMS if form.name not in CODEBOOKS]


def of_csv(form: str, line: int = 0) -> set[str]:
    return set(list(csv.reader(io.StringIO(written(form).decode("utf-8-sig"))))[line])


def of_geojson() -> set[str]:
    found = json.loads(written("geojson"))["features"]
    return {"geometry", *(name for feature in found for name in feature["properties"])}


def of_kml() -> set[str]:
    root, space = etree.fromstring(written("kml")), f"{{{KML}}}"
    marks = {child.tag.removeprefix(space) for mark in root.iter(f"{space}Placemark") for child in mark}
    return marks - {"ExtendedData"} | {f"ExtendedData.{one.get('name')}" for one in root.iter(f"{space}Data")}


def of_ics() -> set[str]:
    return {name for entry in Calendar.from_ical(written("ics")).walk("VEVENT") for name in entry}


def types(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from types(one)
    elif isinstance(node, dict):
        yield from [node["type"]] if isinstance(node.get("type"), str) else node.get("type", [])
        for one in node.values():
            yield from types(one)


def of_graph(form: str) -> set[str]:
    return set(types(json.loads(written(form))["@graph"]))


def of_timemap() -> set[str]:
    found = json.loads(written("timemap"))
    return {f"{kind}.{name}" for kind in ("events", "sources", "associations") for one in found[kind] for name in one}


def of_ftm() -> set[str]:
    entities = map(json.loads, written("ftm").splitlines())
    return {f"{entity['schema']}.{name}" for entity in entities for name in entity["properties"]}


def paths(node: dict[str, Any], before: str) -> Iterator[str]:
    for name, value in node.items():
        if isinstance(value, dict):
            yield from paths(value, f"{before}.{name}")
        else:
            yield f"{before}.{name}"


def of_label_studio() -> set[str]:
    tasks = json.loads(written("labelstudio"))
    regions = [region for task in tasks for region in task["predictions"][0]["result"]]
    return {path for task in tasks for path in paths(task["data"], "data")} | {path for one in regions for path in paths(one, "result")}


def of_workbook() -> set[str]:
    return {f"{table.key}.{column}" for table in TABLES for column in table.columns}


WRITTEN: dict[str, Callable[[], set[str]]] = {
    "geojson": of_geojson,
    "kml": of_kml,
    "ics": of_ics,
    "jsonld": lambda: of_graph("jsonld"),
    "annotations": lambda: of_graph("annotations"),
    "hxl": lambda: of_csv("hxl", 1),
    "timemap": of_timemap,
    "ftm": of_ftm,
    "ftm-statements": lambda: of_csv("ftm-statements"),
    "uwazi": lambda: of_csv("uwazi"),
    "atlos": lambda: of_csv("atlos"),
    "labelstudio": of_label_studio,
    "xlsx": of_workbook,
}


def test_every_form_is_looked_at() -> None:
    assert list(WRITTEN) == EXCHANGED


@pytest.mark.parametrize("form", EXCHANGED)
def test_what_is_written_is_described_and_nothing_else(form: str) -> None:
    assert {field.field for field in fields(form)} == WRITTEN[form]()


@pytest.mark.parametrize("table", list(PLAIN_TABLES))
def test_what_the_plain_tables_hold_is_described(table: str) -> None:
    head = next(iter(lines([], form="csv", table=table))).decode("utf-8-sig").strip().split(",")
    assert sorted(field.field for field in fields(table)) == sorted(head)


def test_every_column_of_a_workbook_has_a_heading() -> None:
    assert headings().keys() == {column for table in TABLES for column in table.columns}


def test_words_are_in_their_languages() -> None:
    said = [(field.en, field.ar) for form in (*EXCHANGED, *PLAIN_TABLES) for field in fields(form)]
    said += [(loss.en, loss.ar) for form in EXCHANGED for loss in losses(form)]
    for en, ar in said:
        assert not has_arabic(en)
        assert has_arabic(ar)
        assert en.endswith(".")
        assert ar.endswith(".")


def test_every_loss_of_the_file_is_of_a_form_and_counted_somewhere() -> None:
    left_out = {"undated", "nowhere_undated", "no_text", "links"}
    kinds = {loss.kind for form in EXCHANGED for loss in losses(form)}
    assert kinds <= LOST_WHERE.keys() | left_out
    assert LOST_WHERE.keys() | left_out <= kinds


@pytest.mark.parametrize("form", EXCHANGED)
def test_every_count_has_words(form: str) -> None:
    from form_cases import tallied

    tally = tallied(form)[1]
    assert tally.incidents == len(CASES)
    assert {*tally.lost, *tally.left_out} <= {loss.kind for loss in losses(form)}
    assert tally.lost


HEAD = "field,type,en,ar\n"


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        ("field,en,ar\n", 1, "the columns are"),
        ("", 1, "the columns are"),
        (HEAD + "id,code,Its id.\n", 2, "a row has 4 cells"),
        (HEAD + "id,code,Its id.,\n", 2, "none of them empty"),
        (HEAD + "id,colour,Its id.,معرّفها.\n", 2, "there is no type 'colour'"),
        (HEAD + "id,code,Its id.,معرّفها.\nid,code,Its id.,معرّفها.\n", 3, "has a row already"),
    ],
)
def test_a_wrong_file_of_fields_is_refused_by_line(content: str, line: int, problem: str) -> None:
    with pytest.raises(DataError, match=problem) as refused:
        read_fields("x.csv", content)
    assert (refused.value.path, refused.value.line) == ("x.csv", line)


def test_wrong_files_of_losses_and_headings_are_refused_by_line() -> None:
    row = "ics,places,One place.,مكان واحد.\n"
    with pytest.raises(DataError, match=r"x.csv:3: ics has a row for 'places' already"):
        read_losses("x.csv", "form,kind,en,ar\n" + row + row)
    with pytest.raises(DataError, match=r"x.csv:2: a row has 3 cells"):
        read_headings("x.csv", "column,en,ar\nid,Id\n")
    with pytest.raises(DataError, match=r"x.csv:3: 'id' has a row already"):
        read_headings("x.csv", "column,en,ar\nid,Id,المعرّف\nid,Id,المعرّف\n")
