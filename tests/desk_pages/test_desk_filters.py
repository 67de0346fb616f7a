"""What the parameters of an address ask for, and back."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from sijill.desk.filters import asked, query
from sijill.store import IncidentFilter
from sijill.store.incidents import Box


@pytest.mark.parametrize(
    ("parameters", "where"),
    [
        ({}, IncidentFilter()),
        ({"place": " حلب ", "since": "2022-01-01", "until": ""}, IncidentFilter(place="حلب", since="2022-01-01")),
        (
            {"killed": "3", "conflicts": "1", "undated": "on", "parts": "no"},
            IncidentFilter(killed=3, conflicts=True, undated=True, parts=False),
        ),
        ({"kind": "shelling", "actor": "sdf"}, IncidentFilter(kind="shelling", actor="sdf")),
        ({"box": "33,36,37.5,42"}, IncidentFilter(box=Box(south=33, west=36, north=37.5, east=42))),
    ],
)
def test_an_address_says_a_filter_and_a_filter_its_address(parameters: dict[str, str], where: IncidentFilter) -> None:
    found = asked(parameters)
    assert (found.where, found.wrong) == (where, ())
    assert asked(dict(parse_qsl(query(found)))).where == where


@pytest.mark.parametrize(
    ("parameters", "wrong"),
    [
        ({"since": "yesterday", "place": "حلب"}, ("since",)),
        ({"since": "2022-02-30"}, ("since",)),
        ({"killed": "-1"}, ("killed",)),
        ({"killed": "٣"}, ()),
        ({"kind": "<script>"}, ("kind",)),
        ({"box": "1,2,3"}, ("box",)),
        ({"sort": "size"}, ("sort",)),
    ],
)
def test_what_cannot_be_understood_is_named_and_left_out(parameters: dict[str, str], wrong: tuple[str, ...]) -> None:
    assert asked(parameters).wrong == wrong


def test_parameters_are_changed_and_left_out() -> None:
    found = asked({"place": "حلب", "sort": "harm", "after": "xyz"})
    assert dict(parse_qsl(query(found, after=None, kind="shelling"))) == {"place": "حلب", "sort": "harm", "kind": "shelling"}
