"""The reader held against reviewers: what is counted, and which rule and word are blamed for what was wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from told import report

from sijill.cli import cli
from sijill.pipeline import read
from sijill.records import Judgement, Reading, Report
from sijill.register.register import Register
from sijill.register.scoring import score

TEXT = report("قتل ثلاثة مدنيين في قصف مدفعي على بلدة سرمين. وأصيب سبعة جنود في كمين قرب مدينة درعا.", "2022-03-01")


def judged(decision: str, claim: str, **given: object) -> Judgement:
    return Judgement(id=f"{decision}{claim}", decision=decision, claim=claim, by="amal", at="2022-03-02T10:00:00Z", **given)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def told() -> tuple[Report, Reading]:
    return TEXT, read(TEXT)


def test_what_nobody_judged_is_not_counted(told: tuple[Report, Reading]) -> None:
    found = score([told], [])
    assert (found.claims, found.fields, found.rules, found.words) == ([], {}, [], [])


def test_accepted_corrected_and_left_out(told: tuple[Report, Reading]) -> None:
    killed, injured = (next(f for f in told[1].figures if f.effect == effect) for effect in ("killed", "injured"))
    event = told[1].events[0]
    found = score(
        [told],
        [judged("accept", killed.claim), judged("edit", injured.claim, field="value", value=8), judged("reject", event.claim)],
    )
    rows = {row.what: (row.judged, row.right, row.corrected, row.rejected, row.precision) for row in found.claims}
    assert rows == {
        "event": (1, 0, 0, 1, 0.0),
        "figure": (2, 1, 1, 0, 0.5),
        f"event {event.kind}": (1, 0, 0, 1, 0.0),
        "figure injured": (1, 0, 1, 0, 0.0),
        "figure killed": (1, 1, 0, 0, 1.0),
    }
    assert [row.what for row in found.claims][:2] == ["figure", "event"]
    assert found.fields == {"value": 1}


def test_the_rule_and_the_word_of_a_corrected_field_are_blamed_and_no_others(told: tuple[Report, Reading]) -> None:
    injured = next(f for f in told[1].figures if f.effect == "injured")
    found = score([told], [judged("edit", injured.claim, field="status", value="civilian")])
    who = next(e for e in injured.evidence if e.what == "who")
    assert [rule.name for rule in found.rules] == [who.rule]
    assert {word.name for word in found.words} >= {"جنود"}
    assert not {word.name for word in found.words} & {"اصيب"}
    assert all(word.origin and ".csv:" in word.origin for word in found.words)


def test_the_most_often_wrong_come_first(told: tuple[Report, Reading]) -> None:
    other = report("قتل أربعة مدنيين في قصف مدفعي على بلدة النيرب.", "2022-03-02")
    readings = [told, (other, read(other))]
    shelling = [e.claim for _, reading in readings for e in reading.events if e.kind == "shelling"]
    found = score(readings, [judged("reject", claim) for claim in shelling])
    assert found.rules[0].wrong == found.rules[0].judged == 2
    assert any(rule.origin and rule.origin.startswith("rules/") for rule in found.rules)
    assert len(score(readings, [judged("reject", claim) for claim in shelling], most=1).words) == 1


def test_the_command(tmp_path: Path) -> None:
    place = str(tmp_path / "r.db")
    with Register(place, by="amal") as register:
        register.add_reports([TEXT])
    assert "nobody has judged" in CliRunner().invoke(cli, ["score", "--register", place]).output
    with Register(place, by="amal") as register:
        figure = register.reading(TEXT.sha256).figures[0]
        register.judge("edit", figure.claim, field="value", value=4)
    said = CliRunner().invoke(cli, ["score", "--register", place]).output
    assert "corrected fields: value 1" in said
    found = json.loads(CliRunner().invoke(cli, ["score", "--register", place, "--json"]).output)
    assert found["fields"] == {"value": 1}
