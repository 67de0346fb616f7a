"""The workbook: what is read back is what went in, in both directions of writing, and nothing of a report runs."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import pytest
from form_cases import CASE, CASES, CHILDREN, EVENT, FIGURE, HOSTILE, LONG, NASTY, NEVER, SHA, reader, written

from sijill.errors import InputError
from sijill.export import xlsx
from sijill.export.describing import fields, headings
from sijill.export.sheets import TABLES, legible
from sijill.records import Case, Incident


def book(cases: list[Case] = CASES, **also: str) -> Any:
    return reader("openpyxl").load_workbook(io.BytesIO(written("xlsx", cases, also)))


def table(found: Any, key: str, language: int) -> list[dict[str, Any]]:
    """A sheet as rows by the names of their columns."""
    of = next(table for table in TABLES if table.key == key)
    head, *rows = list(found[of.name[language]].iter_rows(values_only=True))
    assert head[: len(of.columns)] == tuple(headings()[column][language] for column in of.columns)
    return [dict(zip(of.columns, row, strict=False)) for row in rows]


def test_every_sheet_is_there_in_both_languages() -> None:
    found = book()
    arabic, english = ([table.name[language] for table in TABLES] for language in (0, 1))
    assert found.sheetnames == ["اقرأني", "Read me", *arabic, *english]
    for name in found.sheetnames:
        assert bool(found[name].sheet_view.rightToLeft) is (name in ("اقرأني", *arabic))
        if name not in ("اقرأني", "Read me"):
            assert found[name].freeze_panes == "A2"
            assert found[name].auto_filter.ref.startswith("A1:")


@pytest.mark.parametrize("language", [0, 1])
def test_incidents_come_back(language: int) -> None:
    long, spot, _, never = table(book(), "incidents", language)
    assert [long["incident"], spot["incident"], spot["parent"]] == ["inc-1a", "inc-2b", "inc-1a"]
    assert (long["first"], long["last"]) == (datetime.datetime(2022, 3, 1), datetime.datetime(2022, 3, 2))
    assert (long["lat"], long["lon"], long["radius_km"]) == (35.9031, 36.7244, 6)
    assert [long[f"killed_{end}"] for end in ("low", "best", "high")] == [3, 5, 7]
    assert [long[f"injured_{end}"] for end in ("low", "best", "high")] == [9, 10, None]
    assert (never["first"], never["killed_best"], never["lat"]) == (None, None, None)
    assert long["kind"] == ("قصف", "shelling")[language]
    assert long["place"] == ("سرمين", "Sarmin")[language]
    assert long["targets"] == ("مدنيون، تنظيم الدولة", "Civilians, Islamic State")[language]


def test_claims_come_back_with_their_words() -> None:
    found = {row["claim"]: row for row in table(book([CASE]), "claims", 1)}
    assert list(found) == [EVENT.claim, FIGURE.claim, CHILDREN.claim]
    for claim in (EVENT, FIGURE, CHILDREN):
        row = found[claim.claim]
        assert (row["quote"], row["start"], row["end"], row["report"]) == (claim.quote, claim.start, claim.end, SHA)
    assert (found[FIGURE.claim]["number"], found[FIGURE.claim]["used"], found[CHILDREN.claim]["used"]) == (5, "used", None)
    assert (found[FIGURE.claim]["who"], found[FIGURE.claim]["role"], found[EVENT.claim]["modality"]) == ("civilians", "alone", "asserted")
    assert (found[EVENT.claim]["date"], found[EVENT.claim]["says"]) == ("2022-03-01/2022-03-02", "shelling")
    assert found[FIGURE.claim]["claimant"] == "Syrian Observatory for Human Rights"


def test_figures_reports_and_contradictions_come_back() -> None:
    found = book([CASE])
    figures = table(found, "figures", 0)
    assert [(row["effect"], row["low"], row["best"], row["high"]) for row in figures] == [
        ("قُتلوا", 3, 5, 7), ("قُتلوا", 2, 2, 2), ("أُصيبوا", 9, 10, None), ("نازحون", 40, 40, 40),
    ]  # fmt: skip
    first, second = table(found, "reports", 1)
    assert (first["title"], first["link"], first["published"]) == (
        "قصف على سرمين",
        "https://example.org/sarmin",
        datetime.datetime(2022, 3, 3),
    )
    assert (second["title"], second["link"]) == (None, None)
    (row,) = table(found, "contradictions", 0)
    assert (row["sum"], row["stated"], row["difference"], row["note"]) == (7, 5, 2, "5 + 2 = 7، لا 5")


def test_nothing_of_a_report_is_a_formula_or_a_link() -> None:
    found = book([HOSTILE])
    cells = [cell for sheet in found for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert [cell for cell in cells if str(cell.value).startswith("=cmd")]
    assert table(found, "claims", 1)[0]["quote"] == legible(NASTY).replace("\r", "\n")
    with zipfile.ZipFile(io.BytesIO(written("xlsx", [HOSTILE]))) as parts:
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name) or b"hyperlink" in parts.read(name)]


def test_the_first_sheets_say_what_the_columns_mean() -> None:
    found = book([CASE])
    for name, language in (("اقرأني", 0), ("Read me", 1)):
        rows = list(found[name].iter_rows(min_row=4, values_only=True))
        said = {row[2] for row in rows}
        assert {(field.ar, field.en)[language] for field in fields("xlsx")} <= said
        assert len(rows) > len(fields("xlsx"))


def test_the_same_incidents_give_the_same_bytes() -> None:
    assert written("xlsx") == written("xlsx")
    properties = book().properties
    assert properties.created == properties.modified == datetime.datetime(2000, 1, 1)
    with zipfile.ZipFile(io.BytesIO(written("xlsx"))) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}


def test_what_a_cell_does_not_hold_is_refused() -> None:
    with pytest.raises(InputError, match="a cell holds 32,767 characters"):
        written("xlsx", [LONG])


def test_what_a_sheet_does_not_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    assert written("xlsx", [NEVER, NEVER])
    with pytest.raises(InputError, match="a sheet holds 3 rows"):
        written("xlsx", [NEVER, NEVER, NEVER])


def test_days_before_spreadsheets_are_texts() -> None:
    (row,) = table(book([Case(incident=Incident(id="inc-9", kind="siege", first="1799-03-01"))]), "incidents", 1)
    assert row["first"] == "1799-03-01"


def test_a_constant_is_a_column_of_every_sheet() -> None:
    found = book([CASE], redaction="public")
    for one in TABLES:
        head, first = list(found[one.name.en].iter_rows(values_only=True))[:2]
        assert (head[-1], first[-1]) == ("redaction", "public")
