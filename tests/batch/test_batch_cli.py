"""The command: what it says, with which exit code, and what it refuses in one line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from batch_cases import folder_of_lines, lines
from click.testing import CliRunner, Result

from sijill.batch.outputs import rows
from sijill.batch.resolving.output import incidents
from sijill.cli import cli
from sijill.errors import InputError
from sijill.register import Register


def ran(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["batch", *map(str, arguments)])


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return folder_of_lines(tmp_path / "in", files=2, each=5)


def test_it_says_what_was_read(tmp_path: Path, source: Path) -> None:
    found = ran("read", source, tmp_path / "out", "--workers", 2)
    assert (found.exit_code, found.stdout, found.stderr) == (0, "10 read; 2 parts written, 0 there already\n", "")
    assert len(list(rows(str(tmp_path / "out")))) == 10
    found = ran("read", source, tmp_path / "out")
    assert found.stdout == "10 read; 0 parts written, 2 there already\n"


def test_rows_that_failed_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("no JSON\n" + lines(0, 2), encoding="utf-8")
    found = ran("read", tmp_path / "a.jsonl", tmp_path / "out")
    assert found.exit_code == 3
    assert found.stdout == "1 failed, 2 read; 1 parts written, 0 there already\n"
    assert found.stderr == "failed: a.jsonl#1: not JSON: Expecting value: line 1 column 1 (char 0)\n"


def test_of_many_that_failed_some_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n" * 30, encoding="utf-8")
    *named, last = ran("read", tmp_path / "a.jsonl", tmp_path / "out").stderr.splitlines()
    assert len(named) == 20
    assert last.startswith("… and 10 more")


def test_machines_are_told_everything(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n" * 30 + lines(0, 1), encoding="utf-8")
    found = ran("read", tmp_path / "a.jsonl", tmp_path / "out", "--json")
    said = json.loads(found.stdout)
    assert found.exit_code == 3
    assert (said["done"], said["there"], said["rows"], said["undone"]) == (1, 0, {"failed": 30, "read": 1}, [])
    assert said["failed"][29] == {"place": "a.jsonl#30", "id": None, "status": "failed", "error": 'the object has no "text"'}


def test_only_what_was_given_is_named(tmp_path: Path, source: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("{}\n", encoding="utf-8")
    assert ran("read", tmp_path / "bad.jsonl", tmp_path / "out").exit_code == 3
    found = ran("read", source, tmp_path / "out")
    assert (found.exit_code, found.stdout, found.stderr) == (0, "10 read; 2 parts written, 0 there already\n", "")


def test_limits_and_columns_are_as_asked_for(tmp_path: Path, source: Path) -> None:
    found = ran("read", source, tmp_path / "out", "--longest", 10, "--seconds", 5, "--mentions", "--texts")
    assert found.exit_code == 3
    assert "10 too large" in found.stdout
    assert {"mentions", "text"} <= set(next(rows(str(tmp_path / "out"))))
    found = ran("read", source, tmp_path / "out", "--longest", 1000)
    assert found.exit_code == 2
    assert found.stderr.count("\n") == 1
    assert "give --anew" in found.stderr
    assert ran("read", source, tmp_path / "out", "--longest", 1000, "--anew").exit_code == 0


def test_what_is_left_to_do_is_told_of(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sijill.batch.tasks.reader_version", lambda: "sijill 99")
    found = ran("read", source, tmp_path / "out")
    assert found.exit_code == 2
    assert found.stderr.splitlines()[0].startswith("not done: a worker has sijill 99")


REFUSED = {
    "nothing to read": (["nowhere", "out"], "cannot read nowhere"),
    "a master for one machine": (["in", "out", "--master", "local[2]"], "--master is for Spark"),
    "a master and a number": (["in", "out", "--engine", "spark", "--master", "local[2]", "--workers", "2"], "leave out --workers"),
    "an output that is a file": (["in", "in/f000.jsonl"], "cannot read in/f000.jsonl"),
}


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=REFUSED)
def test_it_refuses_in_one_line(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str) -> None:
    monkeypatch.chdir(tmp_path)
    found = ran("read", *arguments)
    assert found.exit_code == 2
    assert found.stderr.startswith("sijill: ")
    assert message in found.stderr
    assert found.stderr.count("\n") == 1


def test_without_pyarrow_it_says_what_to_install(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    found = ran("read", source, tmp_path / "out")
    assert (found.exit_code, found.stderr) == (
        2,
        "sijill: reading at scale needs pyarrow; install it with: pip install 'sijill[parquet]'\n",
    )


# --- load ------------------------------------------------------------------------------------------------------------


def test_an_output_becomes_a_register(tmp_path: Path, source: Path) -> None:
    (source / "bad.jsonl").write_text("{}\n", encoding="utf-8")
    ran("read", source, tmp_path / "out", "--texts")
    loaded, added = tmp_path / "loaded.sijill", tmp_path / "added.sijill"
    found = ran("load", tmp_path / "out", "--register", loaded)
    assert (found.exit_code, found.stdout) == (0, "10 added, 0 already there, 1 rows without a reading\n")
    found = ran("load", tmp_path / "out", "--register", loaded, "--json")
    assert json.loads(found.stdout) == {"added": 0, "there": 10, "without": 1}
    with Register(str(added)) as whole, Register(str(loaded)) as register:
        for name in ("f000.jsonl", "f001.jsonl"):
            whole.add(str(source / name))
        ids = [incident.id for incident in whole.incidents(limit=100).incidents]
        assert ids == [incident.id for incident in register.incidents(limit=100).incidents] != []
        assert register.verify().ok


def test_an_output_without_texts_is_refused(tmp_path: Path, source: Path) -> None:
    ran("read", source, tmp_path / "out")
    found = ran("load", tmp_path / "out", "--register", tmp_path / "r.sijill")
    assert found.exit_code == 2
    assert "holds no texts" in found.stderr
    assert not (tmp_path / "r.sijill").exists()
    assert ran("load", tmp_path / "in", "--register", tmp_path / "s.sijill").exit_code == 2
    assert not (tmp_path / "s.sijill").exists()


# --- resolve ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def readings(tmp_path: Path, source: Path) -> Path:
    assert ran("read", source, tmp_path / "readings").exit_code == 0
    return tmp_path / "readings"


def test_it_says_how_many_incidents_there_are(tmp_path: Path, readings: Path) -> None:
    found = ran("resolve", readings, tmp_path / "out", "--workers", 2)
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout == f"{len(list(incidents(str(tmp_path / 'out'))))} incidents in 10 reports; 9 steps done, 0 done already\n"
    said = json.loads(ran("resolve", readings, tmp_path / "out", "--json").stdout)
    assert (said["output"], said["reports"]) == (str(tmp_path / "out"), 10)
    assert {stage["stage"] for stage in said["stages"]} >= {"kin", "ties", "incidents"}
    assert sum(stage["done"] for stage in said["stages"]) == 0


def test_nothing_read_makes_no_incidents(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n", encoding="utf-8")
    ran("read", tmp_path / "a.jsonl", tmp_path / "readings")
    found = ran("resolve", tmp_path / "readings", tmp_path / "out")
    assert found.stdout.startswith("0 incidents in 0 reports; ")
    assert list(incidents(str(tmp_path / "out"))) == []


def test_a_policy_is_a_way_of_its_own(tmp_path: Path, readings: Path) -> None:
    ran("resolve", readings, tmp_path / "out")
    found = ran("resolve", readings, tmp_path / "out", "--policy", "ucdp")
    assert (found.exit_code, found.stdout.split("; ")[1]) == (0, "2 steps done, 7 done already\n")


UNRESOLVED = {
    "no readings": (["nowhere", "out"], "nowhere holds no readings; make them with: sijill batch read INPUT nowhere"),
    "no policy": (["readings", "out", "--policy", "wildest"], "there is no policy 'wildest'"),
    "a folder of something else": (["readings", "in"], "in holds other files"),
    "the readings themselves": (["readings", "readings"], "was not written by this version of sijill"),
}


@pytest.mark.parametrize(("arguments", "message"), UNRESOLVED.values(), ids=UNRESOLVED)
def test_it_refuses_to_resolve(tmp_path: Path, readings: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str) -> None:
    monkeypatch.chdir(tmp_path)
    found = ran("resolve", *arguments)
    assert found.exit_code == 2
    assert found.stderr.startswith("sijill: ")
    assert message in found.stderr
    assert found.stderr.count("\n") == 1


def test_readings_that_are_not_all_there_are_refused(tmp_path: Path, readings: Path) -> None:
    manifest = readings / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"complete": true', '"complete": false'))
    assert "is not complete; finish it first" in ran("resolve", readings, tmp_path / "out").stderr
    manifest.write_text(manifest.read_text().replace('"complete": false', '"complete": true').replace("sijill 0", "sijill 9"))
    assert "read it with --anew" in ran("resolve", readings, tmp_path / "out").stderr


def test_a_folder_without_incidents_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="make them with: sijill batch resolve"):
        next(incidents(str(tmp_path / "nowhere")))
