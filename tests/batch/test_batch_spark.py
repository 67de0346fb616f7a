"""The same by Spark: the same bytes as one machine writes, after any kill too. Jobs really run; each takes some seconds to begin."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from batch_cases import deadly, folder_of_lines, left, ran, report, started
from resolve_cases import COUNT, cut_small, given, put
from test_batch_killed import with_killers

from sijill.batch import spark as by_spark
from sijill.batch.outputs import rows
from sijill.batch.parts import Output
from sijill.errors import InputError

FEW, MANY = 2, 20


def missing() -> str | None:
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return "pyspark is not installed"
    java = shutil.which("java")
    if not java:
        return "there is no Java"
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    return None if version and int(version[1]) >= 17 else f"Java is older than 17: {said[:60]}"


@pytest.fixture(scope="module", autouse=True)
def _spark() -> None:
    """Where there is no Spark these tests are skipped, and fail where CI is set."""
    why = missing()
    if why and os.environ.get("CI"):
        pytest.fail(why)
    if why:
        pytest.skip(why)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = folder_of_lines(tmp_path_factory.mktemp("spark") / "in", files=10, each=25)
    (folder / "bad.jsonl").write_text('no JSON\n{"id": "x", "text": "<p>قُتل</p>"}\n', encoding="utf-8")
    pq.write_table(pa.Table.from_pylist([report(n) for n in range(500, 530)]), folder / "more.parquet")
    return folder


@pytest.fixture(scope="module")
def by_one_machine(source: Path) -> dict[str, bytes]:
    ran(source, source.parent / "whole", "--workers", 2, code=3)
    return left(source.parent / "whole")


def test_spark_writes_the_same_bytes(tmp_path: Path, source: Path, by_one_machine: dict[str, bytes]) -> None:
    said = ran(source, tmp_path / "out", "--engine", "spark", code=3)
    assert said == "2 failed, 280 read; 12 parts written, 0 there already\n"
    assert left(tmp_path / "out") == by_one_machine


def test_one_goes_on_where_the_other_ended(tmp_path: Path, source: Path, by_one_machine: dict[str, bytes]) -> None:
    output = tmp_path / "out"
    shutil.copytree(source.parent / "whole", output)
    lost = sorted(Output(str(output)).done())[::2]
    for id in lost:
        os.unlink(Output(str(output)).part(id))
    assert "6 parts written, 6 there already" in ran(source, output, "--engine", "spark", "--workers", 1, code=3)
    assert left(output) == by_one_machine
    assert "0 parts written, 12 there already" in ran(source, output, code=3)


def test_a_text_that_kills_its_worker_is_a_failed_row(tmp_path: Path) -> None:
    killers = with_killers(tmp_path / "in")
    environment = deadly(tmp_path / "tools")
    ran(tmp_path / "in", tmp_path / "out", "--engine", "spark", environment=environment, code=3)
    assert {row["place"] for row in rows(str(tmp_path / "out")) if row["status"] == "failed"} == killers
    ran(tmp_path / "in", tmp_path / "local", environment=environment, code=3)
    assert left(tmp_path / "out") == left(tmp_path / "local")


def test_a_job_that_ends_before_its_time_is_followed_by_another(tmp_path: Path) -> None:
    """With one try for a task every death ends the job; the third job reads row by row."""
    killers = with_killers(tmp_path / "in")
    environment = deadly(tmp_path / "tools")
    ran(tmp_path / "in", tmp_path / "out", "--engine", "spark", "--master", "local[1]", environment=environment, code=3)
    assert {row["place"] for row in rows(str(tmp_path / "out")) if row["status"] == "failed"} == killers
    ran(tmp_path / "in", tmp_path / "local", environment=environment, code=3)
    assert left(tmp_path / "out") == left(tmp_path / "local")


def test_when_java_is_killed_one_line_says_so(tmp_path: Path, source: Path, by_one_machine: dict[str, bytes]) -> None:
    output = tmp_path / "out"
    with started(source, output, "--engine", "spark", environment=deadly(tmp_path / "tools", what="slowly")) as driver:
        while not any(".parquet" in path.name for path in output.glob("parts/*")):
            assert driver.poll() is None
            time.sleep(0.05)
        (java,) = [pid for pid, command in processes(driver.pid).items() if "java" in command.split(" ")[0]]
        os.kill(java, signal.SIGKILL)
        _, err = driver.communicate(timeout=120)
    assert driver.returncode == 2, err
    (ours,) = [line for line in err.splitlines() if line.startswith("sijill: ")]
    assert ours.startswith("sijill: Spark gave up (")
    assert ours.endswith("run this again to go on")
    assert all_ended(driver.pid)
    ran(source, output, code=3)
    assert left(output) == by_one_machine


def test_a_master_that_is_none_is_told_of(tmp_path: Path, source: Path) -> None:
    with started(source, tmp_path / "out", "--engine", "spark", "--master", "nonsense") as driver:
        _, err = driver.communicate(timeout=120)
    assert driver.returncode == 2, err
    assert [line for line in err.splitlines() if line.startswith("sijill: Spark did not start (")]
    assert "Traceback" not in err


def test_without_java_or_pyspark_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(InputError, match="Java 17 or newer"):
        by_spark.session()
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(InputError, match=r"sijill\[spark\]"):
        by_spark.session()


# --- incidents -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("resolve")
    ran(put(folder / "in", given(COUNT)), folder / "readings", "--workers", 2, code=3)
    return folder / "readings"


@pytest.fixture(scope="module")
def resolved(readings: Path) -> dict[str, bytes]:
    environment = cut_small(readings.parent / "tools")
    ran(readings, readings.parent / "whole", "--workers", 2, command="resolve", environment=environment)
    return left(readings.parent / "whole")


@pytest.fixture(scope="module")
def resolved_by_spark(readings: Path) -> tuple[dict[str, bytes], float]:
    """The same by Spark, and how long it takes."""
    start = time.perf_counter()
    ran(readings, readings.parent / "spark", "--engine", "spark", command="resolve", environment=cut_small(readings.parent / "tools"))
    return left(readings.parent / "spark"), time.perf_counter() - start


def test_spark_makes_the_same_incidents(resolved: dict[str, bytes], resolved_by_spark: tuple[dict[str, bytes], float]) -> None:
    assert resolved_by_spark[0] == resolved


@pytest.mark.skipif(sys.platform != "linux", reason="needs SIGKILL and a list of processes")
@pytest.mark.parametrize("count", [1, pytest.param(MANY, marks=pytest.mark.long)])
def test_the_driver_is_killed_while_it_makes_incidents(
    tmp_path: Path, readings: Path, resolved_by_spark: tuple[dict[str, bytes], float], count: int
) -> None:
    environment, (resolved, usual) = cut_small(readings.parent / "tools"), resolved_by_spark
    output, chance, killed = tmp_path / "out", Moments(8, usual), 0
    while killed < count:
        with started(readings, output, "--engine", "spark", command="resolve", environment=environment) as driver:
            time.sleep(next(chance))
            done = driver.poll() is not None
            driver.kill()
            driver.communicate()
        killed += not done
        assert all_ended(driver.pid), "Java and the workers end with the driver"
        if done:
            chance.it_had_ended()
            assert left(output) == resolved
            shutil.rmtree(output)
    ran(readings, output, "--engine", "spark", command="resolve", environment=environment)
    assert left(output) == resolved


@pytest.mark.skipif(sys.platform != "linux", reason="needs SIGKILL and a list of processes")
@pytest.mark.parametrize("count", [2, pytest.param(MANY, marks=pytest.mark.long)])
def test_python_workers_are_killed_while_they_make_incidents(
    tmp_path: Path, readings: Path, resolved: dict[str, bytes], count: int
) -> None:
    """The jobs go on without them, to their end."""
    environment = cut_small(readings.parent / "tools")
    chance, killed, number = random.Random(4), 0, 0
    while killed < count:
        number += 1
        output = tmp_path / f"out{number}"
        with started(readings, output, "--engine", "spark", command="resolve", environment=environment) as driver:
            while driver.poll() is None and killed < count:
                workers = sorted(pid for pid, command in processes(driver.pid).items() if "pyspark.daemon" in command)[1:]
                if workers:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(chance.choice(workers), signal.SIGKILL)
                        killed += 1
                time.sleep(chance.uniform(0, 1))
            _, err = driver.communicate(timeout=300)
        assert driver.returncode == 0, err
        assert left(output) == resolved


# --- kills -----------------------------------------------------------------------------------------------------------


def processes(session: int) -> dict[int, str]:
    """The processes of a session that is not ours, by number, with their command lines: the driver, its Java, and its workers."""
    found = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            with contextlib.suppress(OSError):
                fields = (path / "stat").read_text().rpartition(")")[2].split()
                if int(fields[3]) == session and fields[0] not in "ZX":
                    found[int(path.name)] = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return found


def all_ended(session: int) -> bool:
    deadline = time.monotonic() + 60
    while processes(session) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not processes(session)


class Moments:
    """Moments of a run at which it is killed, at random; earlier ones once it has shown that it ends sooner than on a busy machine."""

    def __init__(self, seed: int, usual: float) -> None:
        self.chance, self.usual = random.Random(seed), usual

    def __next__(self) -> float:
        return self.chance.uniform(self.usual * 0.3, self.usual)  # before that Spark only begins

    def it_had_ended(self) -> None:
        self.usual *= 0.7


@pytest.fixture(scope="module")
def usual(source: Path, by_one_machine: dict[str, bytes]) -> float:
    start = time.perf_counter()
    ran(source, source.parent / "timed", "--engine", "spark", code=3)
    return time.perf_counter() - start


@pytest.mark.skipif(sys.platform != "linux", reason="needs SIGKILL and a list of processes")
@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_the_driver_is_killed(tmp_path: Path, source: Path, by_one_machine: dict[str, bytes], usual: float, count: int) -> None:
    output, chance, killed = tmp_path / "out", Moments(5, usual), 0
    while killed < count:
        with started(source, output, "--engine", "spark") as driver:
            time.sleep(next(chance))
            done = driver.poll() is not None
            driver.kill()
            driver.communicate()
        if done:
            chance.it_had_ended()
            shutil.rmtree(output)
        killed += not done
        assert all_ended(driver.pid), "Java and the workers end with the driver"
    ran(source, output, "--engine", "spark", code=3)
    assert left(output) == by_one_machine


@pytest.mark.skipif(sys.platform != "linux", reason="needs SIGKILL and a list of processes")
@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_python_workers_are_killed(tmp_path: Path, source: Path, by_one_machine: dict[str, bytes], usual: float, count: int) -> None:
    """The job goes on without them, to its end."""
    chance, killed, number = random.Random(3), 0, 0
    while killed < count:
        number += 1
        output = tmp_path / f"out{number}"
        with started(source, output, "--engine", "spark") as driver:
            while driver.poll() is None and killed < count:
                workers = sorted(pid for pid, command in processes(driver.pid).items() if "pyspark.daemon" in command)[1:]
                if workers:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(chance.choice(workers), signal.SIGKILL)
                        killed += 1
                time.sleep(chance.uniform(0, usual / 8))
            _, err = driver.communicate(timeout=300)
        assert driver.returncode == 3, err
        assert left(output) == by_one_machine


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_being_asked_to_end_ends_the_job(tmp_path: Path, source: Path, by_one_machine: dict[str, bytes], number: int) -> None:
    """Spark is told to leave what it does, not waited for."""
    output = tmp_path / "out"
    with started(source, output, "--engine", "spark", environment=deadly(tmp_path / "tools", what="slowly")) as driver:
        while not any(".parquet" in path.name for path in output.glob("parts/*")):
            assert driver.poll() is None
            time.sleep(0.05)
        driver.send_signal(number)
        _, err = driver.communicate(timeout=120)
    assert driver.returncode not in (0, None)
    assert "Traceback" not in err
    assert len(Output(str(output)).done()) < 12
    assert all_ended(driver.pid)
    ran(source, output, code=3)
    assert left(output) == by_one_machine


# --- the stage on a DataFrame ----------------------------------------------------------------------------------------


def apart(work: Callable[..., None], *given: object) -> None:
    """Work with a session of Spark in a process of its own: the threads that it leaves would keep other tests from forking."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=given)
    process.start()
    process.join()
    assert process.exitcode == 0


def read_a_frame(path: Path, out: Path) -> None:
    session = by_spark.session("local[1,4]")
    expected = {row["id"]: row for row in rows(str(out))}
    found = by_spark.read_frame(session.read.parquet(str(path)), by_spark.Options(mentions=True)).collect()
    assert len(found) == 71
    for row in found:
        assert row.place is None
        assert {**row.asDict(), "place": expected[row.id]["place"]} == expected[row.id]
    session.stop()


def test_a_frame_of_sparks_own_reader_gives_the_same_readings(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist([*(report(n) for n in range(70)), {"id": "none"}]), path)
    ran(path, tmp_path / "out", "--mentions", code=3)
    apart(read_a_frame, path, tmp_path / "out")


def read_a_stream(tmp_path: Path) -> None:
    session = by_spark.session("local[1,4]")
    folder, out, checkpoint = tmp_path / "in", tmp_path / "out", tmp_path / "checkpoint"
    folder.mkdir()
    for number in range(3):
        pq.write_table(pa.Table.from_pylist([report(10 * number + n) for n in range(10)]), folder / f"{number}.parquet")
        frame = session.readStream.schema(session.read.parquet(str(folder)).schema).parquet(str(folder))
        stream = by_spark.read_frame(frame).writeStream.format("parquet").option("checkpointLocation", str(checkpoint))
        stream.trigger(availableNow=True).start(str(out)).awaitTermination()
        assert sorted(row.id for row in session.read.parquet(str(out)).collect()) == sorted(f"r{n}" for n in range(10 * number + 10))
    session.stop()


def test_a_stream_is_read_once(tmp_path: Path) -> None:
    """As `availableNow` and a checkpoint of Spark's own do it."""
    apart(read_a_stream, tmp_path)
