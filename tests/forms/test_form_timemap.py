"""timemap: held against the rules of its own schema, written out here as they stand in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from form_cases import CASES, HOSTILE, SHA, tallied, written

Rule = Callable[[Any], bool]


def text(value: Any) -> bool:
    return isinstance(value, str)


def texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(text, value))


EVENT: dict[str, Rule] = {
    **dict.fromkeys(
        (
            "id description date time time_precision location latitude longitude x y z type category category_full comments time_display"
        ).split(),
        text,
    ),
    **dict.fromkeys(("associations", "sources", "narrative___stepStyles"), texts),
    "shape": text,
    "colour": text,
}
SOURCE: dict[str, Rule] = {
    **dict.fromkeys("id title thumbnail type url description parent author date notes".split(), text),
    **dict.fromkeys(("paths", "affil_s"), texts),
}
ASSOCIATION: dict[str, Rule] = {**dict.fromkeys("id title desc mode".split(), text), "filter_paths": texts}
REQUIRED = {"events": {"description"}, "sources": {"id", "paths"}, "associations": {"id", "title", "mode"}}


def problems(found: dict[str, Any]) -> list[str]:
    """What the schema of timemap would refuse."""
    wrong = [] if set(found) == {"events", "sources", "associations", "sites"} else ["other lists"]
    for kind, rules in (("events", EVENT), ("sources", SOURCE), ("associations", ASSOCIATION)):
        for item in found[kind]:
            wrong += [f"{kind}: {key} is not known" for key in item.keys() - rules.keys()]
            wrong += [f"{kind}: no {key}" for key in REQUIRED[kind] - item.keys()]
            wrong += [f"{kind}: {key} is {item[key]!r}" for key in item.keys() & rules.keys() if not rules[key](item[key])]
    for event in found["events"]:
        wrong += ["half a point"] if ("latitude" in event) != ("longitude" in event) else []
        wrong += ["neither day nor point"] if not event["date"] and "latitude" not in event else []
        wrong += [f"date {event['date']}"] if event["date"] and not re.fullmatch(r"\d\d/\d\d/\d{4}", event["date"]) else []
    return wrong


def test_the_schema_takes_it() -> None:
    assert problems(json.loads(written("timemap"))) == []
    assert problems(json.loads(written("timemap", [HOSTILE]))) == []
    assert problems({"events": [{"date": "2022-03-01", "mine": 1}], "sources": [], "associations": [], "sites": []})


def test_events_lead_to_their_sources_and_associations() -> None:
    found = json.loads(written("timemap"))
    sources, associations = ({one["id"] for one in found[kind]} for kind in ("sources", "associations"))
    for event in found["events"]:
        assert set(event["sources"]) <= sources
        assert set(event["associations"]) <= associations
    assert {SHA, "cd" * 32} == sources
    assert "actor-syrian_government" in associations


def test_days_and_points() -> None:
    long, short, nowhere = json.loads(written("timemap"))["events"]
    assert (long["date"], long["time_precision"], long["time_display"]) == (
        "03/01/2022",
        "between 2022-03-01 and 2022-03-02",
        "2022-03-01 – 2022-03-02",
    )
    assert (short["date"], short["time_precision"]) == ("04/10/2022", "day")
    assert (float(long["latitude"]), float(long["longitude"])) == (35.9031, 36.7244)
    assert "latitude" not in nowhere
    assert "± 6 km" in long["comments"]


def test_what_has_neither_day_nor_point_is_left_out() -> None:
    tally = tallied("timemap")[1]
    assert (tally.rows, tally.left_out) == (3, {"nowhere_undated": 1})
    assert [case.incident.id for case in CASES][3] not in written("timemap").decode()


def test_a_link_that_is_none_is_not_given() -> None:
    (source,) = json.loads(written("timemap", [HOSTILE]))["sources"]
    assert (source["paths"], source["url"]) == ([], "")
