"""Making incidents is killed at random moments. Afterwards the same command finishes it, and what is there is what it would have been."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import pytest
from batch_cases import children, left, ran, started
from resolve_cases import COUNT, cut_small, given, put
from test_batch_killed import alive, kill_workers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs SIGKILL and the list of a process's children")

FEW, MANY = 3, 20


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed")
    ran(put(folder / "in", given(COUNT)), folder / "readings", "--workers", 2, code=3)
    return folder / "readings"


@pytest.fixture(scope="module")
def small(source: Path) -> dict[str, str]:
    return cut_small(source.parent / "tools")


@pytest.fixture(scope="module")
def undisturbed(source: Path, small: dict[str, str]) -> tuple[dict[str, bytes], float]:
    """What a run leaves that nobody kills, and how long it takes."""
    start = time.perf_counter()
    ran(source, source.parent / "whole", "--workers", 2, command="resolve", environment=small)
    usual = time.perf_counter() - start
    found = left(source.parent / "whole")
    assert sum(name.startswith("incidents/") for name in found) > 10
    return found, usual


@pytest.mark.parametrize("moments", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_the_driver_is_killed(
    tmp_path: Path, source: Path, small: dict[str, str], undisturbed: tuple[dict[str, bytes], float], moments: int
) -> None:
    (expected, usual), output = undisturbed, tmp_path / "out"
    chance, killed = random.Random(7), 0
    while killed < moments:
        with started(source, output, "--workers", 2, command="resolve", environment=small) as driver:
            time.sleep(chance.uniform(usual * 0.2, usual))  # before that Python only begins
            workers = children(driver.pid)
            done = driver.poll() is not None
            driver.kill()
            driver.communicate()
        killed += not done
        deadline = time.monotonic() + 20
        while alive(workers) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert alive(workers) == [], "workers end with the driver"
        if done:  # once more from the beginning
            assert left(output) == expected
            output = tmp_path / f"out{killed}"
    ran(source, output, "--workers", 2, command="resolve", environment=small)
    assert left(output) == expected


@pytest.mark.parametrize("moments", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_workers_are_killed(
    tmp_path: Path, source: Path, small: dict[str, str], undisturbed: tuple[dict[str, bytes], float], moments: int
) -> None:
    """The run goes on without them, to its end: nothing has to be run again."""
    expected, usual = undisturbed
    chance, killed, number = random.Random(11), 0, 0
    while killed < moments:
        number += 1
        output = tmp_path / f"out{number}"
        with started(source, output, "--workers", 2, command="resolve", environment=small) as driver:
            killed += kill_workers(driver, moments - killed, chance, usual / 4)
            _, err = driver.communicate(timeout=120)
        assert driver.returncode == 0, err
        assert left(output) == expected


def test_a_damaged_file_of_the_work_is_told_of(tmp_path: Path, source: Path, small: dict[str, str]) -> None:
    output = tmp_path / "out"
    ran(source, output, "--workers", 1, command="resolve", environment=small)
    path = min((output / "work" / "told").iterdir())
    path.write_bytes(path.read_bytes()[:100])
    with started(source, output, "--workers", 1, command="resolve", environment=small) as driver:
        _, err = driver.communicate(timeout=60)
    assert driver.returncode == 2
    assert f"{path} is damaged" in err
    assert "Traceback" not in err
    path.unlink()
    ran(source, output, "--workers", 1, command="resolve", environment=small)
