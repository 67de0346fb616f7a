"""Corrections made in Label Studio: there and back, with offsets as JavaScript counts them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rows_made_up import filled

from sijill import Report
from sijill.datasets.records import Intake
from sijill.errors import InputError
from sijill.records import EventClaim, FigureClaim, Reading
from sijill.register import Register

ALARM = Report.of(
    "🚨🚨 عاجل: قتل ثلاثة مدنيين اليوم الثلاثاء في قصف مدفعي على بلدة سرمين في ريف إدلب، وفُقد رابع تحت الأنقاض.",
    published="2022-03-01",
    outlet="Our Paper",
    id="alarm",
)


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return filled(tmp_path / "r.db", [ALARM])


def reading(register: Register) -> Reading:
    return register.reading(ALARM.sha256)


def units(at: int) -> int:
    """An offset as JavaScript counts it."""
    return len(ALARM.text[:at].encode("utf-16-le")) // 2


def item(id: str, start: int, end: int, label: str, *, utf16: bool = True) -> dict[str, Any]:
    count = units if utf16 else int
    value = {"start": count(start), "end": count(end), "text": ALARM.text[start:end], "labels": [label]}
    return {"id": id, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def of(claim: EventClaim | FigureClaim, label: str | None = None, **given: Any) -> dict[str, Any]:
    return item(claim.claim, claim.start, claim.end, label or getattr(claim, "kind", None) or claim.effect, **given)  # type: ignore[union-attr]


def task(shown: list[dict[str, Any]], *versions: dict[str, Any], **data: Any) -> dict[str, Any]:
    annotations = [{"completed_by": number, "was_cancelled": False, **version} for number, version in enumerate(versions, start=1)]
    return {
        "id": 1,
        "data": {"text": ALARM.text, "sha256": ALARM.sha256, "id": "alarm"} | data,
        "predictions": [{"model_version": "sijill", "result": shown}],
        "annotations": annotations,
    }


def taken(register: Register, folder: Path, *tasks: dict[str, Any], apply: bool = True, **given: Any) -> Intake:
    (folder / "tasks.json").write_text(json.dumps(list(tasks), ensure_ascii=False), encoding="utf-8")
    return register.take_in(str(folder / "tasks.json"), apply=apply, **given)


def claims(register: Register) -> tuple[EventClaim, FigureClaim]:
    found = reading(register)
    return found.events[0], next(figure for figure in found.figures if figure.effect == "killed")


def shown(register: Register) -> list[dict[str, Any]]:
    found = reading(register)
    return [of(claim) for claim in (*found.events, *found.figures)]


def test_what_is_left_as_it_is_is_accepted(register: Register, tmp_path: Path) -> None:
    before, marks = reading(register), shown(register)
    done = taken(register, tmp_path, task(marks, {"result": marks}))
    assert (done.form, done.decisions, done.problems) == ("labelstudio", {"claims accepted": len(marks)}, [])
    said = register.store.judgements()
    assert {(judgement.decision, judgement.by) for judgement in said} == {("accept", "annotator 1")}
    assert {judgement.claim for judgement in said} == {mark["id"] for mark in marks}
    assert reading(register) == before


def test_a_changed_label_sets_the_kind(register: Register, tmp_path: Path) -> None:
    event, _ = claims(register)
    marks = shown(register)
    left = [of(event, "air_strike") if mark["id"] == event.claim else mark for mark in marks]
    done = taken(register, tmp_path, task(marks, {"result": left, "completed_by": {"email": "layla@example.org"}}))
    assert done.decisions["claims corrected"] == 1
    assert claims(register)[0].kind == "air_strike"
    (said,) = [judgement for judgement in register.store.judgements() if judgement.decision == "edit"]
    assert (said.field, said.value, said.by) == ("kind", "air_strike", "layla@example.org")


def test_what_is_taken_away_is_rejected(register: Register, tmp_path: Path) -> None:
    _, killed = claims(register)
    marks = shown(register)
    done = taken(register, tmp_path, task(marks, {"result": [mark for mark in marks if mark["id"] != killed.claim]}))
    assert done.decisions["claims rejected"] == 1
    assert killed.claim not in {figure.claim for figure in reading(register).figures}


def test_what_was_not_shown_is_not_taken_away(register: Register, tmp_path: Path) -> None:
    marks = shown(register)
    done = taken(register, tmp_path, task(marks[:1], {"result": marks[:1]}))
    assert done.decisions == {"claims accepted": 1}
    unsaid = taken(register, tmp_path, {**task([], {"result": marks[:1], "completed_by": 9}), "predictions": []})
    assert "claims rejected" not in unsaid.decisions
    assert "does not say which claims were shown" in unsaid.problems[0].why


@pytest.mark.parametrize("utf16", [True, False])
def test_a_new_mark_after_an_emoji_is_a_claim_by_hand(register: Register, tmp_path: Path, utf16: bool) -> None:
    words = "وفُقد رابع"
    start = ALARM.text.index(words)
    marks = shown(register)
    fresh = item("x1", start, start + len(words), "trapped", utf16=utf16)
    done = taken(register, tmp_path, task(marks, {"result": [*marks, fresh]}))
    assert done.decisions["claims added by hand"] == 1
    (added,) = [figure for figure in reading(register).figures if figure.effect == "trapped"]
    assert (added.quote, added.start, added.rule) == (words, start, "added by a person")
    assert units(start) == start + 2


def test_a_moved_mark_is_another_claim_with_the_same_values(register: Register, tmp_path: Path) -> None:
    event, _ = claims(register)
    marks = shown(register)
    start = ALARM.text.index("قصف مدفعي")
    end = start + len("قصف مدفعي على بلدة سرمين")
    moved = item(event.claim, start, end, event.kind)
    done = taken(register, tmp_path, task(marks, {"result": [moved if mark["id"] == event.claim else mark for mark in marks]}))
    assert (done.decisions["claims rejected"], done.decisions["claims added by hand"]) == (1, 1)
    (only,) = reading(register).events
    assert (only.start, only.end, only.kind, only.date, only.places) == (start, end, event.kind, event.date, event.places)


def test_a_mark_that_lost_its_id_is_known_by_its_place(register: Register, tmp_path: Path) -> None:
    marks = shown(register)
    renamed = [mark | {"id": f"new{number}"} for number, mark in enumerate(marks)]
    done = taken(register, tmp_path, task(marks, {"result": renamed}))
    assert done.decisions == {"claims accepted": len(marks)}


def test_looking_changes_nothing_and_says_the_same(register: Register, tmp_path: Path) -> None:
    marks = shown(register)
    head = register.store.head()
    looked = taken(register, tmp_path, task(marks, {"result": marks[1:]}), apply=False)
    assert register.store.head() == head
    done = taken(register, tmp_path, task(marks, {"result": marks[1:]}))
    assert looked.decisions == done.decisions


def test_the_same_file_twice_decides_once(register: Register, tmp_path: Path) -> None:
    event, _ = claims(register)
    marks = shown(register)
    start = ALARM.text.index("وفُقد رابع")
    one = [of(event, "air_strike"), *marks[1:-1], item("x1", start, start + 10, "trapped")]
    tasks = task(marks, {"result": one}, {"result": marks})
    taken(register, tmp_path, tasks)
    head, held = register.store.head(), reading(register)
    again = taken(register, tmp_path, tasks)
    assert set(again.decisions) == {"decisions that stand already"}
    assert (register.store.head(), reading(register)) == (head, held)


def test_cancelled_annotations_are_passed_over_and_said(register: Register, tmp_path: Path) -> None:
    marks = shown(register)
    done = taken(register, tmp_path, task(marks, {"result": [], "was_cancelled": True}))
    assert done.decisions == {"annotations cancelled, passed over": 1}
    assert register.store.judgements() == []


def test_what_cannot_be_taken_is_named(register: Register, tmp_path: Path) -> None:
    marks = shown(register)
    elsewhere = item("x1", 10, 14, "trapped")
    elsewhere["value"]["text"] = "other words"
    mood = item("x2", 5, 9, "mood")
    choice = {"id": "x3", "from_name": "overall", "type": "choices", "value": {"choices": ["good"]}}
    done = taken(
        register,
        tmp_path,
        task(marks, {"result": [*marks, elsewhere, mood, choice]}),
        task(marks, {"result": marks}, text="another text"),
        task(marks, {"result": marks}, sha256="0" * 64),
        {"id": 4},
    )
    assert sorted(problem.why for problem in done.problems) == [
        "its words do not stand where it says",
        "no kind of event and no effect",
        "no label on a stretch of the text",
        "the register holds no reading of this report",
        'the task is no object with "data"',
        "the text is not that of the report; its marks may stand elsewhere",
    ]
    assert (done.rows, done.left_out) == (4, 3)
    assert done.decisions == {"claims accepted": len(marks)}


def test_who_worked_on_it_may_be_said_from_outside(register: Register, tmp_path: Path) -> None:
    marks = shown(register)
    taken(register, tmp_path, task(marks, {"result": marks, "completed_by": None}), by="amal")
    assert {judgement.by for judgement in register.store.judgements()} == {"amal"}


def test_rows_of_a_data_set_are_not_asked_for_in_it(register: Register, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("[1, 2", encoding="utf-8")
    with pytest.raises(InputError, match="no JSON"):
        register.take_in(str(tmp_path / "bad.json"))


def test_labels_may_say_what_they_are_of_and_evidence_decides_nothing(register: Register, tmp_path: Path) -> None:
    event, killed = claims(register)
    marks = [of(event, f"event:{event.kind}"), of(killed, f"figure:{killed.effect}"), item(f"{killed.claim}.1", 0, 2, "evidence:number")]
    fresh = item("x9", 3, 7, "evidence:date")
    left = [of(event, "event:air_strike"), of(killed, "event:killed"), fresh]
    tasks = {**task(marks, {"result": left}), "data": {"text": ALARM.text, "report": ALARM.sha256}}
    done = taken(register, tmp_path, tasks)
    assert done.decisions == {"claims corrected": 1}
    assert claims(register)[0].kind == "air_strike"
    assert sorted(problem.column or "" for problem in done.problems) == sorted([killed.claim, "x9"])


def test_a_task_nobody_worked_on_is_said(register: Register, tmp_path: Path) -> None:
    done = taken(register, tmp_path, task(shown(register)))
    assert (done.decisions, done.problems) == ({"tasks nobody worked on": 1}, [])
