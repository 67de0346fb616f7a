"""Processes are killed at random moments. Afterwards the same command finishes the work, and what is there is what it would have been."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batch_cases import DEADLY, children, deadly, folder_of_lines, left, lines, ran, report, started

from sijill.batch.outputs import rows
from sijill.batch.parts import Output

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs SIGKILL and the list of a process's children")

FILES, EACH = 24, 25
FEW, MANY = 3, 20


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of_lines(tmp_path_factory.mktemp("killed") / "in", files=FILES, each=EACH)


@pytest.fixture(scope="module")
def undisturbed(source: Path) -> tuple[dict[str, bytes], float]:
    """What a run leaves that nobody kills, and how long it takes."""
    output = source.parent / "whole"
    start = time.perf_counter()
    ran(source, output, "--workers", 2)
    usual = time.perf_counter() - start
    assert [row["id"] for row in rows(str(output))] == [f"r{n}" for n in range(FILES * EACH)]
    return left(output), usual


def finished(source: Path, output: Path, expected: dict[str, bytes]) -> None:
    """A last run, and all of its files."""
    ran(source, output, "--workers", 2)
    assert left(output) == expected


def alive(pids: list[int]) -> list[int]:
    found = []
    for pid in pids:
        with contextlib.suppress(OSError):
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            found += [pid] if state not in "ZX" else []
    return found


def kill_workers(driver: subprocess.Popen[str], most: int, chance: random.Random, longest: float) -> int:
    """Kill one worker after another at random moments, until the run is done or so many are dead; how many were killed."""
    killed = 0
    while driver.poll() is None and killed < most:
        time.sleep(chance.uniform(0, longest))
        workers = children(driver.pid)
        if workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)
                killed += 1
    return killed


def kill_the_driver(source: Path, output: Path, expected: dict[str, bytes], usual: float, moments: int, seed: int) -> None:
    chance, killed, last = random.Random(seed), 0, 0
    while killed < moments:
        with started(source, output, "--workers", 2) as driver:
            time.sleep(chance.uniform(0, usual))
            if driver.poll() is not None:  # it was done: once more from the beginning
                assert driver.returncode == 0
                finished(source, output, expected)
                for path in (*Output(str(output)).done(),):
                    os.unlink(Output(str(output)).part(path))
                last = 0
                continue
            workers = children(driver.pid)
            driver.kill()
            driver.communicate()
            killed += 1
        there = len(Output(str(output)).done())
        assert there >= last, "what was kept stays kept"
        last = there
        deadline = time.monotonic() + 20
        while alive(workers) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert alive(workers) == [], "workers end with the driver"
    finished(source, output, expected)


@pytest.mark.parametrize("moments", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_the_driver_is_killed(tmp_path: Path, source: Path, undisturbed: tuple[dict[str, bytes], float], moments: int) -> None:
    kill_the_driver(source, tmp_path / "out", *undisturbed, moments, seed=7)


@pytest.mark.parametrize("moments", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_workers_are_killed(tmp_path: Path, source: Path, undisturbed: tuple[dict[str, bytes], float], moments: int) -> None:
    """The run goes on without them, to its end: nothing has to be run again."""
    expected, usual = undisturbed
    chance, killed, number = random.Random(11), 0, 0
    while killed < moments:
        number += 1
        output = tmp_path / f"out{number}"
        with started(source, output, "--workers", 2) as driver:
            killed += kill_workers(driver, moments - killed, chance, usual / 4)
            _, err = driver.communicate(timeout=120)
        assert driver.returncode == 0, err
        assert left(output) == expected


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_being_asked_to_end_ends_it(tmp_path: Path, source: Path, undisturbed: tuple[dict[str, bytes], float], number: int) -> None:
    output = tmp_path / "out"
    with started(source, output, "--workers", 2) as driver:
        while not Output(str(output)).done():
            assert driver.poll() is None
            time.sleep(0.01)
        workers = children(driver.pid)
        driver.send_signal(number)
        _, err = driver.communicate(timeout=60)
    assert driver.returncode not in (0, None)
    assert "Traceback" not in err
    assert alive(workers) == []
    assert not [name for name in left(output) if name.endswith(".tmp")]
    finished(source, output, undisturbed[0])


# --- texts that kill -------------------------------------------------------------------------------------------------


def with_killers(folder: Path) -> set[str]:
    """Three files, of which one has three texts that kill; their places."""
    path = folder_of_lines(folder, files=3, each=6) / "f001.jsonl"
    written = path.read_text(encoding="utf-8").splitlines(keepends=True)
    bad = lines(99, 1).replace(report(99)["text"], report(99)["text"] + DEADLY)
    path.write_text("".join([*written[:2], bad, bad, *written[2:], bad]), encoding="utf-8")
    return {"in/f001.jsonl#3", "in/f001.jsonl#4", "in/f001.jsonl#9"}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_text_that_kills_its_worker_is_a_failed_row(tmp_path: Path, workers: int) -> None:
    killers, output, whole = with_killers(tmp_path / "in"), tmp_path / "out", tmp_path / "whole"
    ran(tmp_path / "in", output, "--workers", workers, environment=deadly(tmp_path / "tools"), code=3)
    found = list(rows(str(output)))
    failed = [row for row in found if row["status"] == "failed"]
    assert {row["place"] for row in failed} == killers
    assert {row["error"] for row in failed} == {"reading it ends the process that reads (SIGKILL)"}
    assert all(row["id"] == "r99" and row["sha256"] and row["reading"] is None for row in failed)
    ran(tmp_path / "in", whole, "--workers", 1)
    assert [row for row in found if row["status"] == "read"] == [row for row in rows(str(whole)) if row["place"] not in killers]


def test_a_row_that_is_unlucky_is_not_given_up(tmp_path: Path) -> None:
    """Two workers die of it, and once the process apart: it was something else, for the next time it is read."""
    (tmp_path / "in.jsonl").write_text(lines(0, 3).replace("ولم تعرف", DEADLY), encoding="utf-8")
    ran(tmp_path / "in.jsonl", tmp_path / "out", "--workers", 1, environment=deadly(tmp_path / "tools", times=3))
    assert (tmp_path / "tools" / "kills").read_text() == "xxx"
    ran(tmp_path / "in.jsonl", tmp_path / "whole", "--workers", 1)
    assert left(tmp_path / "out") == left(tmp_path / "whole")


def test_what_kills_before_there_is_a_row_is_told_of(tmp_path: Path) -> None:
    """There is no way around it: the rest of the unit is left out, in one row, and the other units are read."""
    source = folder_of_lines(tmp_path / "in", files=2, each=6)
    path = source / "f001.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + json.dumps({"text": DEADLY}, ensure_ascii=False) + "\n", encoding="utf-8")
    ran(source, tmp_path / "out", "--workers", 2, environment=deadly(tmp_path / "tools", what="taken"), code=3)
    *found, last = rows(str(tmp_path / "out"))
    assert [row["id"] for row in found] == [f"r{n}" for n in range(6)]
    assert (last["place"], last["status"]) == ("in/f001.jsonl#1", "failed")
    assert last["error"].startswith("taking what follows row 0 of this part of the file ends the process that reads (SIGKILL)")
