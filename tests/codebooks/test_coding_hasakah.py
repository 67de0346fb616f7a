"""The register of the prison attack, coded: everybody counted once, what reports contradict told, and what is lost."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from sijill import Register
from sijill.codebooks import acled, plover, ucdp
from sijill.records import Case

sys.path.insert(0, str(Path(__file__).parent.parent / "register"))
from hasakah import REPORTS


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with Register(str(tmp_path_factory.mktemp("register") / "hasakah.db")) as made:
        made.add_reports(REPORTS)
        yield made


@pytest.fixture(scope="module")
def cases(register: Register) -> Sequence[Case]:
    return list(register.cases())


def attack(cases: Sequence[Case]) -> Case:
    (found,) = [case for case in cases if case.parts]
    return found


def family(cases: Sequence[Case]) -> list[Case]:
    whole = attack(cases).incident.id
    return [case for case in cases if whole in (case.incident.id, case.incident.parent)]


def test_a_part_knows_its_whole_and_the_other_parts(cases: Sequence[Case]) -> None:
    whole = attack(cases)
    for case in family(cases):
        if case is whole:
            assert case.kin == []
            continue
        assert case.kin[0] == whole.incident
        assert {one.id for one in case.kin[1:]} | {case.incident.id} == {part.id for part in whole.parts}


def test_the_dead_of_the_attack_are_counted_once(cases: Sequence[Case]) -> None:
    rows = [row for case in family(cases) for row in acled.code(case).rows]
    assert len(rows) == 5
    assert sum(row.row["fatalities"] for row in rows) == 332
    assert {row.row["event_type"]: row.row["fatalities"] for row in rows if not row.row["fatalities"]} == {"Strategic developments": 0}


def test_told_as_one_incident_the_sum_is_the_same(cases: Sequence[Case]) -> None:
    codings = [acled.code(case, parts_apart=False) for case in family(cases)]
    rows = [row for coding in codings for row in coding.rows]
    assert {row.incident for row in rows} == {attack(cases).incident.id}
    assert [row.row["event_date"] for row in rows] == ["2022-01-20", "2022-01-22", "2022-01-26"]
    assert sum(row.row["fatalities"] for row in rows) == 332


def test_the_row_of_the_attack(cases: Sequence[Case]) -> None:
    (made,) = acled.code(attack(cases)).rows
    expected = {
        "event_date": "2022-01-20",
        "time_precision": 1,
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "Islamic State",
        "actor2": "Syrian Democratic Forces",
        "civilian_targeting": "",
        "admin1": "Al-Hasakeh",
        "location": "Al-Hasakah – Ghuwayran",
        "geo_precision": 1,
    }
    assert {name: made.row[name] for name in expected} == expected
    assert "114 against 121 (77 + 40 + 4)" in made.row["notes"]
    assert "Al-Sinaa (Ghuwayran) prison" in made.row["notes"]
    assert {loss.kind for loss in made.lost} == {
        *("timestamp", "source_scale", "range", "sides_together", "parts", "place_coarser", "other_harm", "contradictions"),
    }
    assert all(loss.note_ar for loss in made.lost)
    assert set(attack(cases).incident.events) <= set(made.claims)


def test_ucdp_has_the_attack_in_one_row(cases: Sequence[Case]) -> None:
    codings = {case.incident.id: ucdp.code(case) for case in family(cases)}
    (made,) = [row for coding in codings.values() for row in coding.rows]
    expected = {
        "type_of_violence": 2,
        "side_a": "Islamic State",
        "side_b": "Syrian Democratic Forces",
        "deaths_a": 374,
        "deaths_b": 117,
        "deaths_civilians": 7,
        "deaths_unknown": 0,
        "best": 498,
        "low": 332,
        "high": 498,
        "number_of_sources": 10,
        "where_prec": 1,
        "date_start": "2022-01-20",
        "date_end": "2022-01-26",
        "event_clarity": 2,
        "source_original": "Syrian Observatory for Human Rights; Syrian Democratic Forces",
    }
    assert {name: made.row[name] for name in expected} == expected
    left = sorted(one.rule for coding in codings.values() for one in coding.left_out)
    assert left == ["ucdp.deaths.none", "ucdp.deaths.undated", "ucdp.deaths.with_whole", "ucdp.deaths.with_whole"]


def test_plover_counts_the_dead_in_the_whole_alone(cases: Sequence[Case]) -> None:
    rows = [row for case in family(cases) for row in plover.code(case).rows]
    assert sorted(row.row["size"]["dead"] for row in rows if row.row["size"]["dead"] is not None) == [498]
    (whole,) = [row for row in rows if row.incident == attack(cases).incident.id]
    assert whole.row["event"] == ["ASSAULT"]
    assert [one["identifier_text"] for one in whole.row["actor"]] == ["islamic_state", "sdf"]
    texts = {one.line.sha256: one.text for one in attack(cases).reports}
    for info in whole.row["text_info"]:
        assert (texts[info["report"]] or "")[info["start"] : info["end"]] in whole.row["event_text"]


def test_the_other_incidents_have_rows_of_their_own(cases: Sequence[Case]) -> None:
    others = [case for case in cases if case not in family(cases)]
    rows = [row.row for case in others for row in acled.code(case).rows]
    assert sorted((row["sub_event_type"], row["location"], row["fatalities"]) for row in rows) == [
        ("Attack", "Deir ez-Zor", 1),
        ("Remote explosive/landmine/IED", "Al-Hasakah – Al-Salihiyah", 0),
        ("Shelling/artillery/missile attack", "Kafr Ammah", 2),
    ]


@pytest.mark.parametrize("level", ["internal", "public"])
def test_redacted_cases_count_the_same_dead_and_hold_no_words(register: Register, cases: Sequence[Case], level: str) -> None:
    redacted = list(register.cases(level=level))
    rows = [row for case in redacted for row in acled.code(case).rows]
    whole = attack(cases).incident.id
    of_attack = {case.incident.id for case in family(redacted)}
    assert whole in of_attack
    assert sum(row.row["fatalities"] for row in rows if row.incident in of_attack) == 332
    kin = [one for case in redacted for one in case.kin]
    assert kin
    assert [conflict.note for one in kin for conflict in one.conflicts if conflict.note] == []
    texts = [quote for case in redacted for row in plover.code(case).rows for quote in (row.row["event_text"], row.row["text"]) if quote]
    assert texts == []
    if level == "public":
        assert all("Ghuwayran" not in row.row["notes"] + row.row["location"] for row in rows)
        (quarter,) = [row.row for row in rows if row.row["location"] == "Al-Hasakah – Al-Salihiyah"]
        assert (quarter["latitude"], quarter["longitude"]) == ("36.5000", "40.8000")
