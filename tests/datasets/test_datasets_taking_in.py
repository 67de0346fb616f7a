"""Data sets in a register: looked at without a trace, taken in once, replaced when they change, and never a witness."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import pytest
from rows_made_up import HASAKAH, acled, filled, table, ucdp

from sijill import Report, read
from sijill.datasets.records import Intake
from sijill.errors import InputError
from sijill.records import Incident
from sijill.register import Register

SARMIN = Report.of(
    "قتل ثلاثة مدنيين اليوم الثلاثاء في قصف مدفعي لقوات النظام على بلدة سرمين في ريف إدلب.", published="2022-03-01", outlet="Our Paper"
)
SHELLED = acled(
    event_id_cnty="SYR900002",
    event_date="2022-03-01",
    event_type="Explosions/Remote violence",
    sub_event_type="Shelling/artillery/missile attack",
    actor1="Military Forces of Syria (2000-2024)",
    actor2="Civilians (Syria)",
    location="Sarmin",
    admin1="Idleb",
    latitude="35.9031",
    longitude="36.7258",
    fatalities="9",
    notes="On 1 March 2022, shells fell on a town that we made up the words for.",
)
ELSEWHERE = SHELLED | {"event_id_cnty": "SYR900003", "location": "Daraa", "latitude": "32.62", "longitude": "36.10"}


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return filled(tmp_path / "r.db", [*HASAKAH, SARMIN])


def put(tmp_path: Path, *rows: dict[str, str]) -> str:
    path = tmp_path / "set.csv"
    path.write_bytes(table(rows))
    return str(path)


def incidents(register: Register) -> dict[str, Incident]:
    return {incident.id: incident for page in register.pages() for incident in page}


def counts(intake: Intake) -> tuple[int, int, int]:
    return intake.new, intake.there, intake.changed


def test_looking_changes_nothing(register: Register, tmp_path: Path) -> None:
    path, head, held = put(tmp_path, SHELLED, ELSEWHERE), register.store.head(), register.count()
    register.close()
    before = hashlib.sha256((tmp_path / "r.db").read_bytes()).hexdigest()
    with Register(str(tmp_path / "r.db")) as again:
        looked = again.take_in(path)
        assert not looked.applied
        assert (counts(looked), looked.incidents_new, looked.incidents_gained) == ((2, 0, 0), 1, 1)
        assert (again.store.head(), again.count()) == (head, held)
    assert hashlib.sha256((tmp_path / "r.db").read_bytes()).hexdigest() == before


def test_what_is_said_would_change_is_what_changes(register: Register, tmp_path: Path) -> None:
    path = put(tmp_path, SHELLED, ELSEWHERE)
    looked = register.take_in(path)
    before = incidents(register)
    done = register.take_in(path, apply=True)
    assert done.applied
    assert msgspec.structs.replace(done, applied=False) == looked
    after = incidents(register)
    assert len(after.keys() - before.keys()) == looked.incidents_new
    assert sum(after[id].events != before[id].events for id in before) == looked.incidents_gained
    assert {one.id for one in looked.incidents} <= after.keys()


def test_taking_in_again_leaves_no_trace(register: Register, tmp_path: Path) -> None:
    path = put(tmp_path, SHELLED, ELSEWHERE)
    register.take_in(path, apply=True)
    head, held = register.store.head(), incidents(register)
    again = register.take_in(path, apply=True)
    assert (counts(again), again.incidents) == ((0, 2, 0), [])
    assert (register.store.head(), incidents(register)) == (head, held)
    assert register.verify().ok


def test_a_row_is_a_report_with_its_bytes(register: Register, tmp_path: Path) -> None:
    path = put(tmp_path, SHELLED)
    register.take_in(path, apply=True, by="layla")
    (sha,) = register.store.rows_of("ACLED")
    (acquired,) = register.store.acquisitions(sha)
    assert (acquired.outlet, acquired.original.how, acquired.original.location) == ("ACLED", "row", "set.csv:2")
    assert (acquired.original.media_type, acquired.original.charset) == ("text/csv", "utf-8")
    assert register.store.original(acquired.original.sha256) == Path(path).read_bytes().split(b"\n", 1)[1]
    assert [info.reader.split(", ")[1] for info in register.store.reading_history(sha)] == ["row of ACLED"]
    assert {entry.by for entry in register.store.audit() if entry.action == "take in" or entry.subject == sha} == {"layla"}


def shelled(register: Register) -> Incident:
    (found,) = [incident for incident in incidents(register).values() if SARMIN.sha256 in incident.reports]
    return found


def test_a_data_set_is_no_witness(register: Register, tmp_path: Path) -> None:
    before = shelled(register)
    register.take_in(put(tmp_path, SHELLED), apply=True)
    after = shelled(register)
    assert len(after.reports) == len(before.reports) + 1
    assert (after.families, after.kind, after.places[0]) == (
        before.families,
        before.kind,
        msgspec.structs.replace(before.places[0], reports=after.places[0].reports),
    )
    shown = [(f.status, f.low, f.best, f.high, f.families) for f in after.figures if any(use.used for use in f.uses)]
    assert shown == [(f.status, f.low, f.best, f.high, f.families) for f in before.figures]
    aside = [use for figure in after.figures for use in figure.uses if use.best == 9]
    assert [(use.used, use.why) for use in aside] == [(False, "compiled by a data set: no witness where reports count")]
    assert after.conflicts == before.conflicts
    assert after.curve == before.curve


def test_its_number_stands_where_there_is_nothing_else(register: Register, tmp_path: Path) -> None:
    register.take_in(put(tmp_path, ELSEWHERE), apply=True)
    (found,) = [incident for incident in incidents(register).values() if incident.families == 0]
    (figure,) = found.figures
    assert (figure.best, figure.families, figure.uses[0].used) == (9, 0, True)


def test_deaths_by_side_stand_beside_nothing_and_give_way_to_reports(register: Register, tmp_path: Path) -> None:
    far = ucdp(latitude="32.62", longitude="36.10", where_coordinates="Daraa city", date_start="2022-05-05", date_end="2022-05-05")
    register.take_in(put(tmp_path, far), apply=True)
    (found,) = [incident for incident in incidents(register).values() if incident.families == 0]
    assert {(f.status, f.side): (f.low, f.best, f.high) for f in found.figures} == {
        ("mixed", None): (100, 127, 140),
        ("combatant", "syrian_government"): (40, 40, 40),
        ("combatant", "islamic_state"): (77, 77, 77),
        ("civilian", None): (7, 7, 7),
    }


def test_rows_of_one_data_set_are_never_one_incident(register: Register, tmp_path: Path) -> None:
    twin = SHELLED | {"event_id_cnty": "SYR900009", "fatalities": "1"}
    done = register.take_in(put(tmp_path, SHELLED, twin), apply=True)
    assert (done.incidents_new, done.incidents_gained) == (1, 1)
    two = register.take_in(put(tmp_path, SHELLED), name="Another", apply=True)
    assert two.problems[0].why.startswith("the very same row is kept for the data set ACLED")


def test_a_changed_row_takes_the_place_of_the_earlier_one(register: Register, tmp_path: Path) -> None:
    register.take_in(put(tmp_path, SHELLED, ELSEWHERE), apply=True)
    done = register.take_in(put(tmp_path, SHELLED | {"fatalities": "4"}, ELSEWHERE), apply=True)
    assert counts(done) == (0, 1, 1)
    said = [use.best for figure in shelled(register).figures for use in figure.uses if "data set" in use.why]
    assert said == [4]
    old, _, new = (next(register.store.readings([sha])) for sha in register.store.rows_of("ACLED"))
    assert (old.events, old.figures) == ([], [])
    assert old.warnings == [f"replaced by a later row of its id: report {new.sha256}"]
    back = register.take_in(put(tmp_path, SHELLED, ELSEWHERE), apply=True)
    assert counts(back) == (0, 1, 1)
    assert [use.best for figure in shelled(register).figures for use in figure.uses if "data set" in use.why] == [9]
    assert register.verify().ok


def test_a_rebuild_reads_reports_anew_and_leaves_rows(register: Register, tmp_path: Path) -> None:
    register.take_in(put(tmp_path, SHELLED, ELSEWHERE), apply=True)
    before = incidents(register)
    register.rebuild(read=True)
    assert incidents(register) == before
    assert {reading.dataset for reading in register.store.readings(register.store.rows_of())} == {"ACLED"}


def test_a_whole_register_goes_out_and_comes_back_with_its_data_sets(register: Register, tmp_path: Path) -> None:
    register.take_in(put(tmp_path, SHELLED, ELSEWHERE), apply=True)
    register.export(str(tmp_path / "all.sijill.gz"))
    with Register(str(tmp_path / "new.db")) as other:
        other.load(str(tmp_path / "all.sijill.gz"))
        assert incidents(other) == incidents(register)
        assert counts(other.take_in(put(tmp_path, SHELLED, ELSEWHERE))) == (0, 2, 0)


def test_many_rows_are_linked_as_one_by_one(tmp_path: Path) -> None:
    """More than 400 rows make all views anew; the incidents are those of linking piece by piece."""
    rows = [
        SHELLED | {"event_id_cnty": f"S{n}", "event_date": f"2022-{n % 12 + 1:02}-{n % 27 + 1:02}", "fatalities": str(n)}
        for n in range(420)
    ]
    with filled(tmp_path / "a.db", [SARMIN]) as one, filled(tmp_path / "b.db", [SARMIN]) as other:
        one.take_in(put(tmp_path, *rows), apply=True)
        for at in range(0, len(rows), 210):
            (tmp_path / "part.csv").write_bytes(table(rows[at : at + 210]))
            other.take_in(str(tmp_path / "part.csv"), apply=True)
        made = [sorted(sorted(incident.events) for incident in incidents(register).values()) for register in (one, other)]
        assert made[0] == made[1]


def test_reviewers_judge_a_row_as_any_claim(register: Register, tmp_path: Path) -> None:
    register.take_in(put(tmp_path, SHELLED), apply=True)
    (sha,) = register.store.rows_of("ACLED")
    claim = register.reading(sha).figures[0].claim
    register.judge("reject", claim)
    assert [use for figure in shelled(register).figures for use in figure.uses if "data set" in use.why] == []
    assert register.score().claims == []


def test_reports_that_wait_to_be_linked_are_linked_too(tmp_path: Path) -> None:
    with Register(str(tmp_path / "r.db")) as register:
        register.add_reports([SARMIN], settle=False)
        done = register.take_in(put(tmp_path, SHELLED), apply=True)
        assert (done.incidents_new, len(shelled(register).reports)) == (1, 2)


def test_a_register_without_data_sets_is_what_it_was(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db") as register:
        assert register.store.rows_of() == []
        assert all(reading.dataset is None for reading in register.store.readings())
    assert read(SARMIN).dataset is None


def test_a_file_that_is_not_there_is_named(register: Register, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read"):
        register.take_in(str(tmp_path / "none.csv"))
