"""Files of coded cases: their columns, what a reader makes of them, what is counted, and what a spreadsheet must not run."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pandas
import pytest
from coding_cases import PLACES, dead, event, made, report

from sijill.codebooks.book import load_book
from sijill.export.coded import OURS, write_acled, write_acled_bare, write_plover, write_ucdp, write_ucdp_bare
from sijill.export.forms import FORMS, form_of, writer
from sijill.records import Case

STRIKE = made("air_strike", agents=["russia"], figures=[dead((3, 4, 5), "civilian")])
THREAT = made("shelling", id="inc-2", modality="threatened", agents=["turkey"])
DAYS = made(
    "armed_clash",
    id="inc-3",
    agents=["islamic_state", "sdf"],
    figures=[dead(7)],
    reports=[report(event("armed_clash"), event("armed_clash", "2022-03-12", number=2))],
)


@pytest.mark.parametrize(
    ("write", "book", "bare", "rows"),
    [
        (write_acled, "acled", False, 3),
        (write_acled_bare, "acled", True, 3),
        (write_ucdp, "ucdp", False, 2),
        (write_ucdp_bare, "ucdp", True, 2),
    ],
)
def test_a_written_file_reads_back(write: object, book: str, bare: bool, rows: int) -> None:
    file = io.BytesIO()
    tally = write([STRIKE, THREAT, DAYS], file, {"redaction": "full"})  # type: ignore[operator]
    read = pandas.read_csv(io.BytesIO(file.getvalue()), encoding="utf-8-sig", keep_default_na=False)
    columns = [column.name for column in load_book().columns[book]]
    assert list(read.columns) == (columns if bare else [*columns, *OURS, "redaction"])
    assert len(read) == rows == tally.rows
    assert tally.incidents == 3
    assert sum(tally.left_out.values()) == 1
    if not bare:
        assert set(read["redaction"]) == {"full"}
        assert set(read["sijill_incident"]) == {"inc-1", "inc-3"}
        assert all("[" in reasons for reasons in read["sijill_reasons"])


def test_numbers_and_days_read_back_as_such() -> None:
    file = io.BytesIO()
    write_acled([STRIKE, DAYS], file, {})
    read = pandas.read_csv(io.BytesIO(file.getvalue()), encoding="utf-8-sig", parse_dates=["event_date"])
    assert read["fatalities"].tolist() == [3, 4, 3]
    assert [day.date().isoformat() for day in read["event_date"]] == ["2022-03-10", "2022-03-10", "2022-03-12"]
    assert read["latitude"].tolist() == [35.93, 35.93, 35.93]


def test_what_is_lost_and_left_out_is_counted_by_kind() -> None:
    tally = write_acled([STRIKE, THREAT, DAYS], io.BytesIO(), {})
    assert tally.left_out == {"acled.not_event.modality": 1}
    assert tally.lost == {"days_divided": 1, "range": 1, "source_scale": 2, "timestamp": 3}


def test_plover_is_lines_of_json() -> None:
    file = io.BytesIO()
    tally = write_plover([STRIKE, THREAT], file, {"redaction": "full"})
    strike, threat = map(json.loads, file.getvalue().decode().splitlines())
    assert tally.rows == 2
    assert list(strike) == [*(column.name for column in load_book().columns["plover"]), "sijill", "redaction"]
    assert (strike["event"], threat["event"]) == (["ASSAULT"], ["THREATEN"])
    assert {reason["rule"] for reason in strike["sijill"]["reasons"]} <= set(load_book().rules)


def test_words_of_a_report_are_no_formulas() -> None:
    outlet = '=HYPERLINK("http://example.org")'
    PLACES["formula"] = PLACES["idlib"].__class__(name="@SUM(1)", name_en="=1+1", level="town", lat=1, lon=1, country="SY")
    case = made("shelling", at="formula", figures=[dead(1)], agents=["turkey"], reports=[report(event("shelling"), outlet=outlet)])
    for write in (write_acled, write_ucdp):
        file = io.BytesIO()
        write([case], file, {})
        read = pandas.read_csv(io.BytesIO(file.getvalue()), encoding="utf-8-sig", keep_default_na=False, dtype=str)
        cells = [str(cell) for row in read.to_numpy().tolist() for cell in row]
        assert [cell for cell in cells if cell[:1] in ("=", "+", "@")] == []
        assert any(cell.startswith("'=") for cell in cells)


def test_cases_are_not_held() -> None:
    seen: list[int] = []

    def many() -> Iterator[Case]:
        for number in range(3):
            seen.append(len(file.getvalue()))
            yield made("shelling", id=f"inc-{number}")

    file = io.BytesIO()
    write_acled(many(), file, {})
    assert seen == sorted(set(seen))


def test_the_same_cases_give_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for file in (first, second):
        write_ucdp([STRIKE, DAYS], file, {})
    assert first.getvalue() == second.getvalue()


@pytest.mark.parametrize("name", ["acled", "acled-bare", "ucdp", "ucdp-bare", "plover"])
def test_forms_have_their_writers(name: str) -> None:
    assert writer(form_of(name))([], io.BytesIO(), {}).rows == 0
    assert name in {form.name for form in FORMS}
