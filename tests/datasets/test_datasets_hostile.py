"""Files that are broken, or made to break something: one line says what is wrong, and what can be read is read."""

from __future__ import annotations

import json
import random

import pytest
from rows_made_up import ACLED, acled, table, ucdp

from sijill.datasets import DataSet, TakenRow
from sijill.datasets.label_studio import tasks
from sijill.errors import InputError

GOOD = table([acled()])


def rows_of(data: bytes) -> tuple[DataSet, list[TakenRow]]:
    rows = DataSet(data, file="mine.csv")
    return rows, list(rows)


REFUSED = {
    "nothing": b"",
    "blanks": b" \n\n ",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "zeros": b"\0" * 4000,
    "an archive": b"PK\x03\x04" + bytes(range(32)) * 50,
    "one line without an end": b'"' + b"a" * 300_000,
    "600 columns": ",".join(f"c{n}" for n in range(600)).encode(),
    "a page": b"<html><body>event_date</body></html>",
    "a control among the names": b"event_date\x07,event_type,country\n2022-01-01,Battles,Syria\n",
    "broken JSON": b'{"type": "FeatureCollection", "features": [',
    "deep JSON": b'{"type": "FeatureCollection", "features": ' + b"[" * 100_000,
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_data_set_is_refused_in_one_line(name: str) -> None:
    with pytest.raises(InputError) as wrong:
        rows_of(REFUSED[name])
    assert "\n" not in str(wrong.value)
    assert 0 < len(str(wrong.value)) < 600


def test_broken_json_of_label_studio_is_refused() -> None:
    with pytest.raises(InputError, match="no JSON"):
        list(tasks(b'[{"data": ', file="a.json"))


BROKEN = {
    "a NUL": (acled(event_id_cnty="X", notes="a\0b"), "notes", "NUL"),
    "a huge cell": (acled(event_id_cnty="X", notes="a" * 100_001), "notes", "longer than"),
    "a number that is none": (acled(event_id_cnty="X", fatalities="1e999"), "fatalities", "no number"),
    "infinity": (acled(event_id_cnty="X", fatalities="inf"), "fatalities", "no number"),
    "less than nobody": (acled(event_id_cnty="X", fatalities="-3"), "fatalities", "no number of people"),
    "half a person": (acled(event_id_cnty="X", fatalities="2.5"), "fatalities", "no number of people"),
    "more than everybody": (acled(event_id_cnty="X", fatalities="9" * 12), "fatalities", "no number that can be meant"),
    "a day of another calendar": (acled(event_id_cnty="X", event_date="2022-13-45"), "event_date", "no day"),
    "an id without an end": (acled(event_id_cnty="X" * 101), None, "the id is longer"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_cell_is_named_and_spoils_no_other_row(name: str) -> None:
    row, column, why = BROKEN[name]
    rows, taken = rows_of(table([row, acled()]))
    assert "SYR900001" in [one.id for one in taken]
    (problem,) = rows.problems
    assert (problem.line, problem.column) == (2, column)
    assert why in problem.why
    assert problem.value is None or len(problem.value) <= 60


def test_a_quotation_mark_that_is_not_closed_spoils_its_own_row() -> None:
    lines = GOOD.decode().splitlines()
    broken = lines[1].replace("SYR900001", '"X')
    rows, taken = rows_of("\n".join([lines[0], broken, lines[1]]).encode())
    assert [row.id for row in taken] == ["SYR900001"]
    assert any("quotation marks" in problem.why or "cells" in problem.why for problem in rows.problems)
    assert all(problem.left_out for problem in rows.problems)


def test_rows_of_another_length_are_named() -> None:
    lines = GOOD.decode().splitlines()
    rows, taken = rows_of("\n".join([lines[0], "a,b", lines[1] + ",x,y", lines[1]]).encode())
    assert [row.id for row in taken] == ["SYR900001"]
    assert [problem.line for problem in rows.problems] == [2, 3]


def test_an_old_code_page_is_read_and_a_wrong_byte_spoils_one_row() -> None:
    arabic = [acled(event_id_cnty=str(n), notes="قتل ثلاثة مدنيين في قصف على مدينة إدلب في يوم واحد") for n in range(5)]
    _, taken = rows_of(table(arabic, encoding="cp1256"))
    assert all("قصف على مدينة إدلب" in row.report.text for row in taken)
    rows, taken = rows_of(table(arabic).replace("واحد".encode(), b"\xff\xfe", 1))
    assert len(taken) == 4
    assert [(p.line, p.column) for p in rows.problems] == [(2, "notes")]
    assert "UTF-8" in rows.problems[0].why


def test_what_looks_like_a_formula_or_a_command_stays_words() -> None:
    _, (row,) = rows_of(table([acled(notes="=cmd|' /C calc'!A0", location="\x1b[31mRed\x1b[0m")]))
    assert "=cmd|' /C calc'!A0" in row.report.text
    rows, _ = rows_of(table([acled(inter1="\x1b[31mRed")]))
    assert rows.problems[0].value == "\ufffd[31mRed"


def test_objects_that_are_too_much_are_named() -> None:
    deep: object = 1
    for _ in range(50):
        deep = {"a": deep}
    lines = [
        json.dumps({"id": "inc-1", "kind": "shelling", "first": "2022-01-01"}),
        "[1, 2]",
        "{broken",
        json.dumps({"id": "inc-2", "kind": "shelling", "first": "2022-01-01", "x": {str(n): n for n in range(20_010)}}),
        json.dumps({"id": "inc-3", "kind": "shelling", "first": "2022-01-01", "deep": deep}),
    ]
    rows, taken = rows_of("\n".join(lines).encode())
    assert [row.id for row in taken] == ["inc-1", "inc-3"]
    assert [problem.line for problem in rows.problems] == [2, 3, 4]


def test_two_thousand_rows_are_all_read() -> None:
    rows, taken = rows_of(table(ucdp(id=str(n)) for n in range(2000)))
    assert len(taken) == 2000
    assert rows.problems == []


def test_the_columns_of_a_form_are_all_known() -> None:
    rows, _ = rows_of(GOOD)
    assert len(ACLED) == 31
    assert rows.unknown == []


def test_days_at_the_ends_of_the_calendar_are_none() -> None:
    rows, taken = rows_of(table([acled(event_date="9999-12-31", time_precision="2"), acled(event_id_cnty="B", event_date="0001-01-01")]))
    assert taken == []
    assert [problem.column for problem in rows.problems] == ["event_date", "event_date"]


def test_a_wrong_byte_in_the_name_of_a_value_spoils_its_object() -> None:
    good = json.dumps({"id": "inc-1", "kind": "shelling", "first": "2022-01-01", "place": "سرمين في ريف إدلب"}, ensure_ascii=False).encode()
    rows, taken = rows_of(good + b"\n" + good.replace(b"inc-1", b"inc-2").replace(b"}", b', "\xff": 1}'))
    assert [row.id for row in taken] == ["inc-1"]
    assert [problem.line for problem in rows.problems] == [2]


CELLS = (
    "",
    "0",
    "-1",
    "1e9",
    "nan",
    "\u0663\u0664",
    "2022-02-30",
    "31/12/9999",
    "\u202e",
    "\0",
    "=1",
    "\U0001f6a8",
    '"',
    "[",
    "\u00b2",
    "\u00bd",
    "true",
)


@pytest.mark.parametrize("seed", range(4))
def test_mangled_files_are_read_or_refused(seed: int) -> None:
    """Cells exchanged, bytes changed, taken out and put in: whatever comes of it has evidence, or is a problem, or an `InputError`."""
    chance = random.Random(seed)
    refused: list[str] = []
    for _ in range(60):
        data = bytearray(table([acled(), acled(event_id_cnty="B")] if chance.random() < 0.5 else [ucdp(), ucdp(id="2")]))
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data))
            end = data.find(b",", data.find(b",", at) + 1)
            match chance.randrange(4):
                case 0:
                    data[at] = chance.randrange(256)
                case 1:
                    del data[at : at + chance.randint(1, 30)]
                case 2:
                    data[at:at] = chance.choice([b'"', b"\n", b"{", b"\xff", b",", b";"])
                case _ if end > at:
                    data[data.find(b",", at) + 1 : end] = chance.choice(CELLS).encode()
        try:
            rows, taken = rows_of(bytes(data))
        except InputError as wrong:
            refused.append(str(wrong))
            continue
        assert rows.rows == len(taken) + sum(problem.left_out for problem in rows.problems)
        for row in taken:
            row.report.text.encode()
            for claim in (*row.reading.events, *row.reading.figures):
                assert row.report.text[claim.start : claim.end] == claim.quote
    assert not any("\n" in why for why in refused)
