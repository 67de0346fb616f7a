"""The benchmark of reading and resolving at scale: what it measures is what happens. No times are checked, only how they are counted."""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
scale = pytest.importorskip("benchmark.scale", reason="the benchmark is not beside the tests")
watch = pytest.importorskip("benchmark.watch")
corpus = pytest.importorskip("benchmark.corpus")
incidents = pytest.importorskip("benchmark.incidents")

from sijill.ingest.jsonl import JsonLines  # noqa: E402

MB = 2**20
on_linux = pytest.mark.skipif(not os.path.exists("/proc/self/smaps_rollup"), reason="memory is sampled from /proc")


@pytest.fixture
def setup(tmp_path: Path) -> scale.Setup:
    return scale.Setup(tmp_path / "scale", seed=3)


# --- watching --------------------------------------------------------------------------------------------------------

HELD = f"data = bytearray(b'x') * (50 * {MB}); import time; time.sleep(0.6)"
"""A program that holds 50 MB for a moment."""


def run(program: str, **options: object) -> watch.Ran:
    return watch.run_watched([sys.executable, "-c", program], every=0.05, **options)


@on_linux
def test_what_a_command_starts_is_seen() -> None:
    bare = run("import time; time.sleep(0.6)")
    ran = run(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HELD!r}])")
    assert ran.code == 0
    assert ran.memory - bare.memory >= 50 * MB
    assert 50 * MB <= ran.largest < ran.memory
    assert ran.main < 50 * MB


@on_linux
def test_what_has_lost_its_parent_is_seen_and_ended() -> None:
    """As Java, which is begun by a process that is not its driver, and may go later."""
    left = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {HELD!r}])"
    ran = run(f"import subprocess, sys, time; subprocess.run([sys.executable, '-c', {left!r}]); time.sleep(0.5)")
    assert ran.largest >= 50 * MB


@on_linux
def test_what_forked_workers_share_counts_once() -> None:
    forked = f"""
import os, time
data = bytearray(b'x') * (50 * {MB})
for _ in range(3):
    if not os.fork():
        time.sleep(0.6)
        os._exit(0)
for _ in range(3):
    os.wait()
"""
    ran = run(forked)
    assert 50 * MB <= ran.memory < 120 * MB


@on_linux
def test_the_processor_of_children_counts() -> None:
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    assert run(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])").processor >= 0.3


@on_linux
def test_what_others_take_of_the_processor_is_no_part_of_it() -> None:
    ran = run("import time; time.sleep(0.3)")
    assert 0 <= ran.others <= os.cpu_count()


@on_linux
def test_output_code_and_disk_are_told(tmp_path: Path) -> None:
    program = f"import pathlib, sys; pathlib.Path({str(tmp_path)!r}, 'a').write_bytes(bytes(1000)); print('said'); sys.exit('wrong')"
    ran = run(program, folder=tmp_path)
    assert (ran.code, ran.output, ran.errors, ran.disk) == (1, "said\n", "wrong\n", 1000)


@on_linux
def test_a_command_that_is_not_there_is_said() -> None:
    with pytest.raises(OSError, match="no-such-command"):
        watch.run_watched(["no-such-command"])


@on_linux
def test_nothing_goes_on_when_watching_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(pid: int, options: int) -> None:
        started.append(pid)
        raise KeyboardInterrupt

    started: list[int] = []
    monkeypatch.setattr(watch.os, "wait4", broken)
    with pytest.raises(KeyboardInterrupt):
        run("import time; time.sleep(60)")
    assert watch.tree_of(started[0]) == {}


# --- corpora ---------------------------------------------------------------------------------------------------------


def test_a_corpus_is_what_was_planted(setup: scale.Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "_PART", 40)
    made = scale.corpus_of(setup, 100)
    planted = list(corpus.planted(100, seed=3))
    files = sorted(made.reports.iterdir())
    assert [file.name for file in files] == ["part-00000.jsonl", "part-00001.jsonl", "part-00002.jsonl"]
    assert [report for file in files for _, report in JsonLines(str(file))] == [one.report for one in planted]
    assert list(made.answers()) == [(one.report.sha256, list(one.incidents)) for one in planted]


def test_a_corpus_is_made_once(setup: scale.Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    made = scale.corpus_of(setup, 50)
    monkeypatch.setattr(scale, "_write", None)
    assert scale.corpus_of(setup, 50) == made


def test_a_corpus_that_was_broken_off_is_made_anew(setup: scale.Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(rows: Iterator[corpus.Planted], what: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(scale, "_write", broken)
        with pytest.raises(KeyboardInterrupt):
            scale.corpus_of(setup, 50)
    assert len(list(scale.corpus_of(setup, 50).answers())) == 50


def test_other_corpora_have_other_folders(setup: scale.Setup) -> None:
    made = [
        scale.corpus_of(setup, 20),
        scale.corpus_of(setup, 30),
        scale.corpus_of(setup, 20, 7),
        scale.corpus_of(setup._replace(seed=4), 20),
    ]
    assert len({one.folder for one in made}) == 4


def test_density_is_reports_a_day() -> None:
    for a_day in (50, 400):
        days = {one.report.published for one in corpus.planted(4_000, seed=2, a_day=a_day)}
        assert 0.7 <= 4_000 / len(days) / a_day <= 1.3


# --- accuracy --------------------------------------------------------------------------------------------------------


def by_hand(truth: list[int], said: list[int]) -> dict[str, float]:
    """The same figures with every pair and every report looked at."""

    def f1(precision: float, recall: float) -> float:
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    pairs = list(combinations(range(len(truth)), 2))
    true = {pair for pair in pairs if truth[pair[0]] == truth[pair[1]]}
    found = {pair for pair in pairs if said[pair[0]] == said[pair[1]]}
    precision, recall = len(true & found) / max(1, len(found)), len(true & found) / max(1, len(true))
    shares = []
    for one in range(len(truth)):
        of_truth = {n for n in range(len(truth)) if truth[n] == truth[one]}
        of_said = {n for n in range(len(said)) if said[n] == said[one]}
        shares.append((len(of_truth & of_said) / len(of_said), len(of_truth & of_said) / len(of_truth)))
    b_precision, b_recall = (sum(column) / len(truth) for column in zip(*shares, strict=True))
    return {
        "pairwise precision": precision,
        "pairwise recall": recall,
        "pairwise F1": f1(precision, recall),
        "B-cubed precision": b_precision,
        "B-cubed recall": b_recall,
        "B-cubed F1": f1(b_precision, b_recall),
    }


@pytest.mark.parametrize("seed", range(20))
def test_agreement_is_what_counting_by_hand_gives(seed: int) -> None:
    chance = random.Random(seed)
    size = chance.randint(1, 30)
    truth, said = ([chance.randrange(chance.randint(1, 12)) for _ in range(size)] for _ in range(2))
    assert incidents.agreement(truth, said) == pytest.approx(by_hand(truth, said))


def answered(folder: Path, answers: list[tuple[str, str]]) -> scale.Corpus:
    folder.mkdir()
    (folder / "answers.tsv").write_text("".join(f"{sha256}\t{told}\n" for sha256, told in answers), encoding="utf-8")
    return scale.Corpus(folder, len(answers), 100)


def resolved(folder: Path, parts: list[dict[str, str | None]]) -> Path:
    (folder / "reports").mkdir(parents=True)
    for number, rows in enumerate(parts):
        table = pa.table({"sha256": list(rows), "incident": pa.array(rows.values(), pa.string())})
        pq.write_table(table, folder / "reports" / f"{number}.parquet")
    return folder


def test_accuracy_counts_reports_of_one_incident(tmp_path: Path) -> None:
    """A round-up and a report of no conflict do not count; what has no incident is alone; what is missing is lost."""
    made = answered(tmp_path / "corpus", [("a", "1"), ("b", "1"), ("c", "1"), ("d", "2"), ("e", "2"), ("f", "1 2"), ("g", "")])
    output = resolved(tmp_path / "resolved", [{"a": "x", "b": "x", "c": None, "d": None}, {"f": "x", "g": "x"}])
    found = scale.accuracy(made, output)
    assert (found["incidents planted"], found["reports lost"]) == (2, 1)
    assert found["pairwise precision"] == 1
    assert found["pairwise recall"] == pytest.approx(1 / 4)
    assert found["B-cubed F1"] == pytest.approx(by_hand([1, 1, 1, 2, 2], [1, 1, 3, 4, 5])["B-cubed F1"])


def test_where_no_report_tells_of_one_incident_nothing_is_said_of_pairs(tmp_path: Path) -> None:
    made = answered(tmp_path / "corpus", [("a", "1 2"), ("b", "")])
    assert scale.accuracy(made, resolved(tmp_path / "resolved", [{"a": "x", "b": None}])) == {"incidents planted": 0, "reports lost": 0}


# --- stages and growth -----------------------------------------------------------------------------------------------


def test_stages_are_those_that_are_told_in_their_order() -> None:
    told = [{"stage": "z", "tasks": 2, "done": 2, "seconds": 1.5}, {"stage": "a", "tasks": 1, "done": 0, "seconds": 0, "more": 1}]
    assert scale.stages_of({"stages": told}) == [scale.Stage("z", 2, 2, 1.5), scale.Stage("a", 1, 0, 0.0)]


def test_two_stages_of_one_name_are_added_up() -> None:
    told = [{"stage": "a", "tasks": 2, "done": 1, "seconds": 1.5}] * 2
    assert scale.stages_of({"stages": told}) == [scale.Stage("a", 4, 2, 3.0)]


@pytest.mark.parametrize("said", [{}, {"stages": None}, {"stages": [{"stage": "a"}]}, {"stages": ["a"]}])
def test_what_tells_of_no_stages_is_refused(said: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no stages"):
        scale.stages_of(said)


def test_growth_is_the_cost_of_a_report_beside_that_at_the_base() -> None:
    seconds = {1_000: {"a": 9.0}, 10_000: {"a": 10.0, "b": 1.0}, 100_000: {"a": 120.0, "b": 30.0}}
    assert scale.growth(seconds, 10_000) == {10_000: {"a": 1, "b": 1}, 100_000: {"a": pytest.approx(1.2), "b": pytest.approx(3)}}


def test_a_stage_too_short_to_measure_is_held_against_a_larger_count() -> None:
    seconds = {10: {"a": 0.01}, 100: {"a": 1.0}, 1_000: {"a": 20.0}}
    assert scale.growth(seconds, 10) == {100: {"a": 1}, 1_000: {"a": pytest.approx(2)}}
    assert scale.growth({10: {"a": 0.01}}, 10) == {}


# --- all of it -------------------------------------------------------------------------------------------------------

STUB = """
import hashlib, json, os, sys

_, what, source, output, *options = sys.argv[1:]
assert options[0] == "--json", options
if what == "read":
    lines = [json.loads(line) for name in sorted(os.listdir(source)) for line in open(f"{source}/{name}", encoding="utf-8")]
    os.makedirs(f"{output}/parts")
    with open(f"{output}/parts/a", "w") as file:
        json.dump([hashlib.sha256(line["text"].encode()).hexdigest() for line in lines], file)
    print(json.dumps({"rows": {"read": len(lines)}}))
    sys.exit()
import pyarrow as pa, pyarrow.parquet as pq
with open(f"{source}/parts/a") as file:
    shas = json.load(file)
for name in ("reports", "incidents"):
    os.makedirs(f"{output}/{name}")
pq.write_table(pa.table({"sha256": shas, "incident": shas}), f"{output}/reports/a.parquet")
with open(f"{output}/incidents/a.parquet", "w") as file:
    file.write("spark" if "spark" in options else "local")
stages = [{"stage": "mapped", "tasks": 1, "done": 1, "seconds": 0.0}, {"stage": "joined", "tasks": 0, "done": 0, "seconds": 0.125}]
print(json.dumps({"output": output, "reports": len(shas), "incidents": 7, "stages": stages}))
"""


@pytest.fixture
def stubbed(setup: scale.Setup, tmp_path: Path) -> scale.Setup:
    """Commands that read nothing, make each report an incident, and write one file that tells their engine."""
    stub = tmp_path / "stub.py"
    stub.write_text(STUB, encoding="utf-8")
    return setup._replace(command=(sys.executable, str(stub)))


@on_linux
@pytest.mark.slow
def test_every_run_is_told_of(stubbed: scale.Setup, capsys: pytest.CaptureFixture[str]) -> None:
    found = scale.measure(stubbed, (200, 100), engines=scale.ENGINES)
    assert all(isinstance(figure, float) for figure in found.values())
    for engine in scale.ENGINES:
        for of in ("100 reports, 100 a day", "200 reports, 100 a day"):
            assert found[f"pairwise precision, {of}, {engine}"] == 0  # no pair is made
            assert found[f"reports lost, {of}, {engine}"] == 0
            assert found[f"incidents found, {of}, {engine}"] == 7
            assert found[f"resolve: mapped, s, {of}, {engine}"] == 0
            assert found[f"resolve: joined, s, {of}, {engine}"] == 0.125
            assert found[f"resolve: joined, after start, s, {of}, {engine}"] == 0
            alone = found[f"resolve, by the main process alone, s, {of}, {engine}"]
            assert alone == pytest.approx(0.125 + found[f"resolve: all else, s, {of}, {engine}"])
            assert found[f"read, memory MB, {of}, {engine}"] > 1
    assert found["files that differ from those of local, 200 reports, 100 a day, spark"] == 1
    assert found["files compared, 200 reports, 100 a day, spark"] == 3
    assert "differs: resolved/incidents/a.parquet" in capsys.readouterr().out
    assert json.loads((stubbed.folder / "figures.json").read_text(encoding="utf-8")) == found
    assert not list(stubbed.folder.glob("run-*/*"))


def test_a_command_that_fails_says_so(setup: scale.Setup) -> None:
    failing = setup._replace(command=(sys.executable, "-c", "import sys; sys.exit('no room')"))
    with pytest.raises(RuntimeError, match="no room"):
        scale.measure(failing, (100,))


def test_files_that_differ_are_found(tmp_path: Path) -> None:
    for name, files in {"one": {"a": "1", "b": "2", "c": "3"}, "other": {"a": "1", "b": "x", "d": "4"}}.items():
        for file, text in files.items():
            path = tmp_path / name / "resolved" / "claims" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    wrong, count = scale.differing(tmp_path / "one", tmp_path / "other")
    assert (wrong, count) == ([f"resolved/claims/{file}" for file in "bcd"], 4)
