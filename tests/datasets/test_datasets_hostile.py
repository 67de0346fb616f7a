"""Files that are broken, or made to break something: one line says what is wrong, and what can be read is read."""

from __future__ import annotations

import json

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
