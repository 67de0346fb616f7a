"""A register held against a file in ACLED's form, one in UCDP's, another register, and a data set that was taken in; all made up."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from rows_made_up import HASAKAH, acled, filled, table, ucdp

from sijill import Report
from sijill.datasets.compared import Comparison, Entry, Match
from sijill.errors import InputError
from sijill.export.comparison import render_comparison, write_comparison
from sijill.register import Register
from sijill.register.matching import best_pairs

OWN = (
    Report.of(
        "قتل ثلاثة مدنيين اليوم الثلاثاء في قصف مدفعي لقوات النظام على بلدة سرمين في ريف إدلب.",
        published="2022-02-01",
        outlet="Our Paper",
        id="sarmin",
    ),
    Report.of(
        "قتل خمسة مدنيين اليوم الخميس في غارة جوية روسية على مدينة جسر الشغور في ريف إدلب.",
        published="2022-02-03",
        outlet="Our Paper",
        id="jisr",
    ),
    Report.of(
        "خرجت مظاهرة سلمية اليوم الجمعة في مدينة السويداء احتجاجاً على تردي الأوضاع المعيشية.",
        published="2022-02-04",
        outlet="Our Paper",
        id="suwayda",
    ),
    Report.of(
        "انفجرت عبوة ناسفة يوم الاثنين 14 شباط 2022 في مدينة أعزاز بريف حلب وقُتل مدنيان.",
        published="2022-02-15",
        outlet="Our Paper",
        id="azaz",
    ),
)
ARMY = "Military Forces of Syria (2000-2024)"
SHELLS = {"event_type": "Explosions/Remote violence", "sub_event_type": "Shelling/artillery/missile attack", "actor1": ARMY}
STRIKE = {"event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike", "actor1": "Military Forces of Russia (2000-)"}
IN_SARMIN = {"location": "Sarmin", "latitude": "35.9031", "longitude": "36.7258"}
IN_JISR = {"location": "Jisr Ash Shugur", "latitude": "35.8145", "longitude": "36.3206"}
IN_DARAA = {"location": "Daraa", "latitude": "32.6189", "longitude": "36.1021"}
NOBODY = {"actor2": "", "inter2": "", "notes": "Words that we made up."}

THEIRS = [
    acled(event_id_cnty="T1", event_date="2022-01-20", fatalities="40"),
    acled(event_id_cnty="T2", event_date="2022-01-26", fatalities="23"),
    acled(event_id_cnty="T3", event_date="2022-02-01", fatalities="3", **SHELLS, **IN_SARMIN, **NOBODY),
    acled(event_id_cnty="T4", event_date="2022-02-04", fatalities="9", **STRIKE, **IN_JISR, **NOBODY),
    acled(event_id_cnty="T5", event_date="2022-02-02", fatalities="2", **SHELLS, **IN_DARAA, **NOBODY),
    acled(event_id_cnty="T6", event_date="2022-03-20", fatalities="1", **SHELLS, **IN_DARAA, **NOBODY),
    acled(
        event_id_cnty="T7",
        event_date="2022-02-02",
        **SHELLS,
        **NOBODY,
        country="Yemen",
        iso="887",
        location="Aden",
        latitude="12.78",
        longitude="45.03",
    ),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("r") / "r.db"


@pytest.fixture(scope="module")
def register(home: Path) -> Register:
    return filled(home, [*HASAKAH, *OWN])


def against(register: Register, folder: Path, *rows: dict[str, str]) -> Comparison:
    (folder / "theirs.csv").write_bytes(table(rows))
    return register.compare(str(folder / "theirs.csv"))


def match_of(comparison: Comparison, id: str) -> Match:
    (found,) = [match for match in comparison.matches if id in [entry.id for entry in match.theirs]]
    return found


def ids(entries: list[Entry]) -> list[str]:
    return [entry.id for entry in entries]


def test_the_scope_is_what_both_cover(register: Register, tmp_path: Path) -> None:
    found = against(register, tmp_path, *THEIRS)
    assert (found.ours.first, found.ours.last, found.ours.countries) == ("2022-01-20", "2022-02-14", ["SY"])
    assert (found.theirs.name, found.theirs.incidents, found.theirs.last, found.theirs.countries) == (
        "ACLED",
        7,
        "2022-03-20",
        ["SY", "YE"],
    )
    assert (found.scope.first, found.scope.last, found.scope.countries) == ("2022-01-20", "2022-02-14", ["SY"])
    assert found.scope.theirs_outside == 2
    assert not found.scope.deaths_only


def test_matches_are_found_with_what_differs(register: Register, tmp_path: Path) -> None:
    found = against(register, tmp_path, *THEIRS)
    same = match_of(found, "T3")
    assert (same.ours.kind, same.ours.first, same.killed, same.differs, same.days) == ("shelling", "2022-02-01", "inside", [], 0)
    later = match_of(found, "T4")
    assert (later.ours.kind, later.killed, later.days, later.differs) == ("air_strike", "above", 1, ["day", "killed"])
    assert later.ours.best == 5
    prison = match_of(found, "T1")
    assert (prison.ours.kind, prison.ours.best is not None) == ("armed_assault", True)
    assert prison.killed == "below"


def test_what_either_lacks_is_told_within_the_scope_only(register: Register, tmp_path: Path) -> None:
    found = against(register, tmp_path, *THEIRS)
    assert ids(found.only_theirs) == ["T5"]
    lacking = {(entry.kind, entry.first) for entry in found.only_ours}
    assert {("protest", "2022-02-04"), ("explosive_device", "2022-02-14")} <= lacking
    matched = {match.ours.id for match in found.matches}
    assert matched.isdisjoint(ids(found.only_ours))


def test_rows_of_further_days_go_to_one_of_ours_that_lasted(register: Register, tmp_path: Path) -> None:
    days = [acled(event_id_cnty=f"D{day}", event_date=f"2022-01-{day}", fatalities="10") for day in (20, 21, 22, 23)]
    found = against(register, tmp_path, *days)
    told = {tuple(entry.id for entry in match.theirs) for match in found.matches}
    assert sorted(id for row in told for id in row) == ["D20", "D21", "D22", "D23"]
    several = next(match for match in found.matches if len(match.theirs) > 1)
    assert several.theirs_killed == 10 * len(several.theirs)
    assert found.only_theirs == []


def test_a_pair_in_doubt_is_neither_met_nor_missing(register: Register, tmp_path: Path) -> None:
    vague = acled(
        event_id_cnty="V1",
        event_date="2022-02-14",
        event_type="Violence against civilians",
        sub_event_type="Attack",
        actor1="",
        location="Azaz",
        latitude="36.5866",
        longitude="37.0463",
        geo_precision="2",
        fatalities="0",
        **NOBODY,
    )
    found = against(register, tmp_path, vague, THEIRS[0])
    assert [(match.ours.kind, ids(match.theirs)) for match in found.possibly] == [("explosive_device", ["V1"])]
    assert ids(found.only_theirs) == []
    assert "explosive_device" not in {entry.kind for entry in found.only_ours if entry.first == "2022-02-14"}
    assert "POSSIBLY THE SAME 1" in render_comparison(found)
    out = io.BytesIO()
    write_comparison(found, out)
    assert "possibly" in {row["found"] for row in csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig")))}


def test_two_rows_of_one_day_are_two_incidents(register: Register, tmp_path: Path) -> None:
    twin = THEIRS[2] | {"event_id_cnty": "T9"}
    found = against(register, tmp_path, THEIRS[2], twin)
    assert [len(match.theirs) for match in found.matches] == [1]
    assert len(found.only_theirs) == 1


def test_against_ucdp_only_what_killed_is_missed(register: Register, tmp_path: Path) -> None:
    one = {"deaths_a": "0", "deaths_b": "0", "deaths_civilians": "5", "deaths_unknown": "0", "best": "5", "low": "4", "high": "8"}
    jisr = ucdp(
        id="1",
        **one,
        type_of_violence="3",
        side_a="Government of Russia",
        side_b="Civilians",
        where_coordinates="Jisr ash Shugur town",
        latitude="35.8145",
        longitude="36.3206",
        date_start="2022-02-03",
        date_end="2022-02-03",
        date_prec="1",
    )
    far = ucdp(
        id="2", **one, where_coordinates="Daraa city", latitude="32.62", longitude="36.10", date_start="2022-02-14", date_end="2022-02-14"
    )
    begun = ucdp(
        id="3", where_coordinates="Al Hasakah town", date_start="2022-01-20", date_end="2022-01-30", best="500", low="400", high="600"
    )
    found = against(register, tmp_path, jisr, far, begun)
    assert (found.theirs.name, found.scope.deaths_only) == ("UCDP GED", True)
    strike = match_of(found, "1")
    assert (strike.ours.kind, strike.killed, strike.theirs[0].low, strike.theirs[0].high) == ("air_strike", "inside", 4, 8)
    assert match_of(found, "3").ours.kind == "armed_assault"
    assert ids(found.only_theirs) == ["2"]
    assert "protest" not in {entry.kind for entry in found.only_ours}
    assert {"explosive_device", "shelling"} <= {entry.kind for entry in found.only_ours}


def test_nothing_in_common_is_said(register: Register, tmp_path: Path) -> None:
    found = against(register, tmp_path, THEIRS[6])
    assert (found.scope.countries, found.matches, found.only_ours, found.only_theirs) == ([], [], [], [])
    assert "neither days nor countries meet" in render_comparison(found)


def test_a_register_against_itself_agrees(register: Register, home: Path) -> None:
    found = register.compare(str(home))
    assert (found.only_ours, found.only_theirs) == ([], [])
    assert all(match.ours.id == match.theirs[0].id and match.differs == [] for match in found.matches)
    assert len(found.matches) == found.ours.incidents


def test_a_data_set_that_was_taken_in_is_compared_as_its_file(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db", [*HASAKAH, *OWN]) as register:
        before = against(register, tmp_path, *THEIRS)
        register.take_in(str(tmp_path / "theirs.csv"), apply=True)
        after = register.compare("ACLED")

        def pairs(found: Comparison) -> set[tuple[str, tuple[str, ...], str]]:
            return {(m.ours.kind, tuple(ids(m.theirs)), m.killed) for m in found.matches}

        assert pairs(after) == pairs(before)
        assert ids(after.only_theirs) == ids(before.only_theirs)
        assert [e.kind for e in after.only_ours] == [e.kind for e in before.only_ours]
        with pytest.raises(InputError, match="no data set that was taken in; taken in are ACLED"):
            register.compare("UCDP")


def test_comparing_changes_nothing(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db", OWN) as register:
        register.settle()
        head = register.store.head()
        against(register, tmp_path, *THEIRS)
        assert register.store.head() == head


def test_it_is_written_for_people_in_two_languages_and_as_a_table(register: Register, tmp_path: Path) -> None:
    found = against(register, tmp_path, *THEIRS)
    told = render_comparison(found)
    assert told.index("WHAT BOTH COVER") < told.index("IN BOTH") < told.index("NOT IN THEIRS") < told.index("NOT IN OURS")
    assert "2022-01-20/2022-02-14" in told
    assert "they differ in: day (next); killed (theirs above our high)" in told
    assert "ليس عندنا" in render_comparison(found, lang="ar")
    assert render_comparison(found, most=1).count("… ") >= 2
    out = io.BytesIO()
    count = write_comparison(found, out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"))))
    assert len(rows) == count == len(found.matches) + len(found.only_ours) + len(found.only_theirs)
    (row,) = [row for row in rows if row["theirs_id"] == "T4"]
    assert (row["found"], row["killed"], row["differs"], row["ours_best"], row["theirs_best"]) == ("both", "above", "day;killed", "5", "9")
    assert {row["theirs_id"] for row in rows if row["found"] == "only theirs"} == {"T5"}


def test_the_best_pairs_are_best_together() -> None:
    weights = {("a", "x"): 3.0, ("a", "y"): 1.0, ("b", "x"): 2.9, ("c", "z"): 0.5, ("d", "z"): 0.6}
    assert best_pairs(weights) == {"a": "y", "b": "x", "d": "z"}
    assert best_pairs({}) == {}
    many = {(f"o{i}", f"t{j}"): float((i * 7 + j * 5) % 11 + 1) for i in range(12) for j in range(9)}
    paired = best_pairs(many)
    assert len(paired) == len(set(paired.values())) == 9
    greedy: dict[str, str] = {}
    for (one, other), _ in sorted(many.items(), key=lambda item: (-item[1], item[0])):
        if one not in greedy and other not in greedy.values():
            greedy[one] = other
    assert sum(many[pair] for pair in paired.items()) >= sum(many[pair] for pair in greedy.items())
