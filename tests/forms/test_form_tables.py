"""HXL, Uwazi and Atlos: tables that their own readers take, and cells that a spreadsheet does not run."""

from __future__ import annotations

import csv
import io

import pytest
from form_cases import CASE, CASES, HOSTILE, LONG, reader, tallied, written

from sijill.export.atlos import MOST
from sijill.records import Case


def rows(form: str, cases: list[Case] = CASES, **also: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(form, cases, also).decode("utf-8-sig"), newline="")))


# --- HXL -------------------------------------------------------------------------------------------------------------


def hxl(cases: list[Case] = CASES, **also: str) -> list[dict[str, str]]:
    """The rows as the library reads them, by tag."""
    library = reader("hxl")
    source = library.data(library.make_input(io.BytesIO(written("hxl", cases, also)), library.InputOptions(allow_local=True)))
    return [{column.display_tag: value for column, value in zip(source.columns, row.values, strict=True)} for row in source]


def test_the_tags_stand_under_the_head() -> None:
    head, tags = list(csv.reader(io.StringIO(written("hxl").decode("utf-8-sig"))))[:2]
    assert all(tag.startswith("#") for tag in tags)
    assert len(set(tags)) == len(tags) == len(head)
    assert (head[1], tags[1]) == ("event_date", "#date+occurred")


def test_the_library_finds_every_value() -> None:
    one, *others = hxl()
    assert [row["#meta+id"] for row in (one, *others)] == [case.incident.id for case in CASES]
    assert (one["#date+occurred"], one["#date+end"]) == ("2022-03-01", "2022-03-02")
    assert (one["#geo+lat"], one["#geo+lon"]) == ("35.9031", "36.7244")
    assert [one[f"#affected+killed{end}"] for end in ("+min", "", "+max")] == ["3", "5", "7"]
    assert [one[f"#affected+killed+civilians{end}"] for end in ("", "+max", "+min")] == ["5", "7", "3"]
    assert [one[f"#affected+injured{end}"] for end in ("", "+max", "+min")] == ["10", "", "9"]
    assert one["#loc+name+i_ar"] == "سرمين"
    assert one["#group+name+first+i_ar"] == "الحكومة السورية"
    assert one["#loc+code"] == "C1"
    assert others[2]["#affected+killed"] == ""


def test_the_code_of_an_area_is_tagged_as_one() -> None:
    incident = CASE.incident
    moved = Case(incident=type(incident)(id="inc-7", kind="siege", places=[incident.places[1]]))
    (row,) = hxl([moved])
    assert (row["#adm1+code"], row["#loc+code"]) == ("SY07", "")


def test_a_constant_is_a_column_of_its_own() -> None:
    assert {row["#meta+redaction"] for row in hxl(redaction="public")} == {"public"}


# --- Uwazi -----------------------------------------------------------------------------------------------------------


def test_uwazi() -> None:
    """The rules of its importer: a title, names without spaces, languages as endings, bars between values, days as ISO dates."""
    head = next(csv.reader(io.StringIO(written("uwazi").decode())))
    assert "title" in head
    assert all(name == name.lower() and " " not in name for name in head)
    assert {name.rpartition("__")[2] for name in head if "__" in name} == {"ar", "en"}
    assert {name.rpartition("__")[0] for name in head if "__" in name} <= set(head)
    one, spot, nowhere, _ = rows("uwazi")
    assert (one["first"], one["last"]) == ("2022-03-01", "2022-03-02")
    assert one["place_geolocation"] == "35.9031|36.7244"
    assert one["targets__ar"].split("|") == ["مدنيون", "تنظيم الدولة"]
    assert one["claims"].split("|") == ["eve-1111111111111111", "fig-2222222222222222", "fig-3333333333333333"]
    assert (one["killed_low"], one["killed_best"], one["killed_high"], one["injured_high"]) == ("3", "5", "7", "")
    assert (spot["parent"], nowhere["place_geolocation"]) == ("inc-1a", "")


def test_a_bar_in_a_name_divides_nothing() -> None:
    (row,) = rows("uwazi", [HOSTILE])
    assert len(row["targets__en"].split("|")) == 2


# --- Atlos -----------------------------------------------------------------------------------------------------------


def test_atlos() -> None:
    """Its three required columns in small letters, its words for status and sensitivity, and descriptions as long as it takes."""
    found = rows("atlos")
    assert {"status", "description", "sensitive", "latitude", "longitude"} <= set(found[0])
    assert [row["sensitive"] for row in found] == ["Graphic Violence", "Graphic Violence", "Not Sensitive", "Not Sensitive"]
    assert {row["status"] for row in found} == {"To Do"}
    assert all(8 <= len(row["description"]) <= MOST for row in found)
    assert (found[0]["date"], found[0]["latitude"], found[0]["longitude"]) == ("2022-03-01", "35.9031", "36.7244")
    assert [row["geolocation_resolution"] for row in found] == ["", "Vicinity", "", ""]
    assert found[0]["source_1"] == "https://example.org/sarmin"
    assert "fig-2222222222222222" in found[0]["more_info"]


def test_a_long_description_is_cut_and_says_so() -> None:
    (row,) = rows("atlos", [LONG])
    assert len(row["description"]) == MOST
    assert row["description"].endswith("…")


def test_links_after_the_fifth_are_counted_as_lost() -> None:
    one = CASE.reports[0]
    lines = [type(one.line)(sha256=str(n), id=str(n), url=f"https://example.org/{n}", family="x") for n in range(7)]
    many = Case(incident=CASE.incident, reports=[type(one)(line=line) for line in lines])
    data, tally = tallied("atlos", [many])
    assert tally.lost["links"] == 1
    assert data.count(b"https://") == 5


@pytest.mark.parametrize("form", ["uwazi", "atlos"])
def test_no_mark_before_the_first_name(form: str) -> None:
    assert written(form)[:1].isalpha()


@pytest.mark.parametrize("form", ["hxl", "uwazi", "atlos"])
def test_numbers_are_numbers_and_unknown_is_not_zero(form: str) -> None:
    """As an analyst has them who loads the table."""
    pandas = reader("pandas")
    skipped = [1] if form == "hxl" else None  # the tags
    frame = pandas.read_csv(io.BytesIO(written(form)), skiprows=skipped)
    latitude = frame["place_geolocation"] if form == "uwazi" else frame["latitude"]
    assert list(latitude.isna()) == [False, False, True, True]
    killed = {"hxl": "killed best", "uwazi": "killed_best"}.get(form)
    if killed:
        assert frame[killed].dtype == float
        assert frame[killed].fillna(-1).tolist() == [5, -1, -1, -1]


# --- all -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["hxl", "uwazi", "atlos"])
def test_no_cell_is_a_formula(form: str) -> None:
    for row in csv.reader(io.StringIO(written(form, [HOSTILE]).decode("utf-8-sig"), newline="")):
        assert not [cell for cell in row if cell[:1] in "=+-@\t\r" and cell[:1]]
