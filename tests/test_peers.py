"""The comparison with other tools: what counts as right there, and what keywords alone read."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def peers() -> ModuleType:
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    return importlib.import_module("benchmark.peers")


@pytest.mark.parametrize(
    ("expected", "found", "right"),
    [
        ("2022-01-20", [("2022-01-20", None)], True),
        ("2022-01-20", [("2022-01-21", None), ("2022-01-20", None)], True),
        ("2022-01-20", [("2022-01", None)], False),
        ("2022-01", [("2022-01-01", None)], False),
        ("2022-01-20 16:50 afternoon", [("2022-01-20", "16:50")], True),
        ("2022-01-20 16:50 afternoon", [("2022-01-20", None)], False),
        ("2022-01-20/2022-01-31", [("2022-01-20", None), ("2022-01-31", None)], True),
        ("2022-01-20/2022-01-31", [("2022-01-20", None)], False),
        ("2022-01-20/..", [("2022-01-20", None)], True),
        ("../2022-01-20", [("2022-01-20", None)], True),
        ("2022-01-20 ; 2022-01-22", [("2022-01-20", None)], False),
        ("nothing", [], True),
        ("nothing", [("2022-01-20", None)], False),
        ("?", [("2022-01-20", None)], False),
    ],
)
def test_a_peer_is_right_where_day_and_precision_are(
    peers: ModuleType, expected: str, found: list[tuple[str, str | None]], right: bool
) -> None:
    answers = [peers.Found(peers.Point(day, time)) for day, time in found]
    assert peers._right(expected, answers) is right


def test_a_tool_without_precision_is_asked_for_as_much_as_is_expected(peers: ModuleType) -> None:
    assert peers._right("2022-01", [peers.Found(peers.Point("2022-01-01", None, exact=False))])


@pytest.mark.parametrize(
    ("expected", "values"),
    [("12", [12.0]), ("about 30 ; 4", [30.0, 4.0]), ("range 5-7", [5.0, 7.0]), ("tens 20-99", []), ("nothing", [])],
)
def test_what_a_quantity_is_told_by(peers: ModuleType, expected: str, values: list[float]) -> None:
    assert peers._values(expected) == values


def test_keywords_alone_read_a_number_beside_a_word_of_harm(peers: ModuleType) -> None:
    found = peers.baseline.read("قتل 3 مدنيين في قصف على إدلب، وأصيب خمسة. وبلغت المسافة 12 كيلومترا.")
    assert [(f["effect"], f["value"]) for f in found["figures"]] == [("killed", 3), ("injured", 5)]
    assert [e["kind"] for e in found["events"]] == ["shelling"]
