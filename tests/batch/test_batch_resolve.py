"""Incidents of what was read at scale: those of a register, wherever time is cut, whoever works, whatever is new."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from batch_cases import left
from resolve_cases import COUNT, SMALL, given, put

from sijill.batch.engine import in_workers
from sijill.batch.loading import load
from sijill.batch.resolving import run
from sijill.batch.resolving.output import incidents as made_incidents
from sijill.batch.resolving.output import rows as table_rows
from sijill.batch.resolving.run import Summary, resolve_into
from sijill.batch.run import read_into
from sijill.batch.stage import Options
from sijill.records import Incident
from sijill.register import Register


@pytest.fixture(scope="module")
def reports() -> list[dict[str, Any]]:
    return given(COUNT)


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory, reports: list[dict[str, Any]]) -> Path:
    folder = tmp_path_factory.mktemp("resolve")
    read_into(str(folder / "readings"), [str(put(folder / "in", reports))], Options(texts=True))
    return folder / "readings"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many runs and many stretches, of few reports each."""
    for name, value in SMALL.items():
        monkeypatch.setattr(run, name, value)


def resolved(output: Path, readings: Path, *, workers: int = 1, **more: Any) -> Summary:
    with in_workers(workers, reading=False) as engine:
        return resolve_into(str(output), str(readings), engine, **more)


def incidents(output: Path) -> dict[str, Incident]:
    found = list(made_incidents(str(output)))
    assert len({incident.id for incident in found}) == len(found)
    return {incident.id: incident for incident in found}


def table(output: Path, name: str) -> list[dict[str, Any]]:
    return list(table_rows(str(output), name))


def test_they_are_those_of_a_register(tmp_path: Path, readings: Path) -> None:
    summary = resolved(tmp_path / "out", readings)
    with Register(str(tmp_path / "r.db")) as register:
        load(str(readings), register.keep, now=register.now())
        register.settle()
        there = {incident.id: incident for incident in register.incidents(limit=100_000).incidents}
        of = register.store.families()
    found = incidents(tmp_path / "out")
    assert found.keys() == there.keys()
    assert [id for id in found if found[id] != there[id]] == []
    assert summary.incidents == len(found) > 300
    assert {row["sha256"]: row["family"] for row in table(tmp_path / "out", "reports")} == dict(of)
    assert any(incident.parent for incident in found.values())
    assert any(incident.families < len(incident.reports) for incident in found.values())


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("workers", [1, 3])
def test_it_does_not_matter_where_time_is_cut_and_who_works(tmp_path: Path, readings: Path, workers: int) -> None:
    summary = resolved(tmp_path / "out", readings, workers=workers)
    assert {stage.stage: stage.tasks for stage in summary.stages}["ties"] > 10
    with pytest.MonkeyPatch.context() as whole:
        whole.setattr(run, "_TEXTS", 10**6)
        whole.setattr(run, "_TELLINGS", 10**6)
        resolved(tmp_path / "whole", readings)
    assert incidents(tmp_path / "out") == incidents(tmp_path / "whole")
    for name, key in (("claims", "claim"), ("reports", "sha256")):
        by_key = [sorted(table(tmp_path / place, name), key=lambda row: row[key]) for place in ("out", "whole")]
        assert by_key[0] == by_key[1]


@pytest.mark.usefixtures("small")
def test_the_same_bytes_for_every_number_of_workers(tmp_path: Path, readings: Path) -> None:
    for workers in (1, 2, 5):
        resolved(tmp_path / f"by{workers}", readings, workers=workers)
    assert left(tmp_path / "by1") == left(tmp_path / "by2") == left(tmp_path / "by5")


def test_a_second_run_makes_nothing(tmp_path: Path, readings: Path) -> None:
    resolved(tmp_path / "out", readings)
    before = left(tmp_path / "out")
    again = resolved(tmp_path / "out", readings)
    assert sum(stage.done for stage in again.stages) == 0
    assert left(tmp_path / "out") == before


@pytest.mark.usefixtures("small")
def test_what_is_new_changes_only_what_it_touches(tmp_path: Path, reports: list[dict[str, Any]]) -> None:
    """New reports of the last days: the incidents are those of a run over everything, and most of the work is not done again."""
    dated = sorted((row for row in reports if row.get("published")), key=lambda row: row["published"])
    old, new = dated[:-40], dated[-40:]
    source = put(tmp_path / "in", old)
    read_into(str(tmp_path / "readings"), [str(source)], Options(texts=True))
    first = resolved(tmp_path / "out", tmp_path / "readings")
    put(source, new, first=900)
    read_into(str(tmp_path / "readings"), [str(source)], Options(texts=True))
    second = resolved(tmp_path / "out", tmp_path / "readings")
    resolved(tmp_path / "anew", tmp_path / "readings")
    assert incidents(tmp_path / "out") == incidents(tmp_path / "anew")
    made = {stage.stage: (was.done, stage.done) for was, stage in zip(first.stages, second.stages, strict=True)}
    for stage in ("signed", "told", "kin", "ties", "settled", "incidents"):
        assert 0 < made[stage][1] <= made[stage][0] * 2 / 3, stage
