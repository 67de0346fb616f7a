"""Reading and resolving at scale: time, memory and disk of both commands on made-up corpora of several sizes, and what incidents they find.

The same work is asked for every report, however many there are (`corpus.planted`), so that what a report costs should not grow with their
number. Each command runs as a process of its own, into a folder of its own, and is watched from outside (`watch`). What starting takes is
measured first for each engine, on a few reports, and taken off. The names of stages are those that the command gives.

Corpora are made once and kept in the folder; outputs are taken away when they have been measured. The figures so far stand in
`figures.json` there: whoever stops a long run keeps what it has measured.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from benchmark.corpus import REPORTS_A_DAY, Planted, planted
from benchmark.incidents import agreement
from benchmark.watch import Ran, run_watched

__all__ = ["COUNTS", "ENGINES", "Corpus", "Setup", "Stage", "accuracy", "corpus_of", "differing", "growth", "measure", "stages_of"]

COUNTS = (1_000, 10_000, 100_000, 1_000_000)
ENGINES = ("local", "spark")
BASE = 10_000
"""What a report costs is held against what it costs among so many. Fewer do not fill the workers: a unit is a thousand."""
_FEW = 10
"""So few reports that a run of them is all starting."""
_STARTS = 3
_PART = 10_000
_SHORT = 0.2
"""Seconds; of a stage that takes less, the growth is chance."""
_WHOLE = ("read", "resolve", "read and resolve")
_COMPARED = ("readings/parts", "resolved/incidents", "resolved/reports", "resolved/claims")
"""What must be the same bytes whoever writes it."""
_MB = 2**20

Figures = dict[str, float]


class Setup(NamedTuple):
    """Where and how it is measured. `master` is Spark's; without one it is this machine, with so many workers."""

    folder: Path
    seed: int = 1
    workers: int = 2
    master: str | None = None
    command: Sequence[str] = (sys.executable, "-m", "sijill")

    def options(self, engine: str) -> list[str]:
        """The options that make a command use an engine.

        >>> Setup(Path("x")).options("local"), Setup(Path("x")).options("spark")
        (['--engine', 'local', '--workers', '2'], ['--engine', 'spark', '--master', 'local[2,4]'])
        """
        who = ["--workers", str(self.workers)] if engine == "local" else ["--master", self.master or f"local[{self.workers},4]"]
        return ["--engine", engine, *who]


def measure(
    setup: Setup,
    counts: Sequence[int] = COUNTS,
    *,
    engines: Sequence[str] = ("local",),
    densities: Sequence[int] = (REPORTS_A_DAY,),
    keep: bool = False,
) -> Figures:
    """Figures by name, printed as tables: every count of reports by every engine, at every density (reports a day).

    `keep` leaves the outputs in the folder. Raises `RuntimeError` where a command fails, with what it said.
    """
    found: Figures = {}
    runs: list[Run] = []
    starts = {engine: _start(setup, engine) for engine in engines}
    for start in starts.values():
        found |= _starting(start)
    for a_day in sorted(densities):
        for count in sorted(counts):
            corpus = corpus_of(setup, count, a_day)
            done = {engine: _run(setup, corpus, engine).started(starts[engine]) for engine in engines}
            runs += done.values()
            for run in done.values():
                found |= _told(run, corpus, setup)
            if len(done) > 1:
                found |= _compared(setup, list(done.values()))
            _keep_figures(setup, found)
            for run in done.values() if not keep else ():
                shutil.rmtree(run.folder(setup))
    found |= _growths(runs)
    _keep_figures(setup, found)
    return found


def _start(setup: Setup, engine: str) -> Run:
    """A run that is all starting: of several, the least of each stage, for what else goes on only adds to it."""
    runs = [_run(setup, corpus_of(setup, _FEW), engine) for _ in range(_STARTS)]
    shutil.rmtree(runs[0].folder(setup))
    names = set.intersection(*(set(run.seconds) for run in runs))
    return runs[0]._replace(seconds={name: min(run.seconds[name] for run in runs) for name in runs[0].seconds if name in names})


def _starting(start: Run) -> Figures:
    """What it takes to start, printed: a run of a few reports."""
    figures = {f"starting, {name}, s, {start.engine}": seconds for name, seconds in start.seconds.items()}
    _print(f"starting {start.engine}: {start.size} reports", figures)
    return figures


def _keep_figures(setup: Setup, found: Figures) -> None:
    (setup.folder / "figures.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


# --- corpora ---------------------------------------------------------------------------------------------------------


class Corpus(NamedTuple):
    """Reports in files of lines, in the order of their days, and the incidents that each of them tells."""

    folder: Path
    size: int
    a_day: int

    @property
    def reports(self) -> Path:
        """The folder of the files."""
        return self.folder / "reports"

    def answers(self) -> Iterator[tuple[str, list[str]]]:
        """The SHA-256 of every text, and the incidents that it tells."""
        with (self.folder / "answers.tsv").open(encoding="utf-8") as lines:
            for line in lines:
                sha256, incidents = line.rstrip("\n").split("\t")
                yield sha256, incidents.split()


def corpus_of(setup: Setup, count: int, a_day: int = REPORTS_A_DAY) -> Corpus:
    """A corpus, made where it is not there yet. Its name holds a hash of its first reports, so that one that other code made is another."""
    name = f"corpus-{count}-{a_day}-a-day-seed-{setup.seed}-{_mark(setup.seed, a_day)}"
    corpus = Corpus(setup.folder / name, count, a_day)
    if corpus.folder.exists():
        return corpus
    unfinished = Corpus(setup.folder / f"unfinished-{name}", count, a_day)
    shutil.rmtree(unfinished.folder, ignore_errors=True)
    unfinished.reports.mkdir(parents=True)
    _write(unfinished, planted(count, seed=setup.seed, a_day=a_day))
    unfinished.folder.rename(corpus.folder)
    return corpus


def _mark(seed: int, a_day: int) -> str:
    rows = [(one.report.sha256, one.incidents) for one in planted(2 * _FEW, seed=seed, a_day=a_day)]
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:8]


def _write(corpus: Corpus, rows: Iterator[Planted]) -> None:
    number = 0
    with (corpus.folder / "answers.tsv").open("w", encoding="utf-8") as answers:
        while part := list(islice(rows, _PART)):
            with (corpus.reports / f"part-{number:05}.jsonl").open("w", encoding="utf-8") as out:
                for one in part:
                    out.write(json.dumps(_line(one), ensure_ascii=False) + "\n")
                    answers.write(f"{one.report.sha256}\t{' '.join(one.incidents)}\n")
            number += 1


def _line(one: Planted) -> dict[str, str | None]:
    return {name: getattr(one.report, name) for name in ("id", "title", "outlet", "published", "text")}


# --- runs ------------------------------------------------------------------------------------------------------------


class Stage(NamedTuple):
    """A stage of `batch resolve`, as it tells of it: so many tasks, so many of them done by this run, in so many seconds. What has no tasks
    the main process does alone, while workers wait.
    """

    name: str
    tasks: int
    done: int
    seconds: float


def stages_of(said: Mapping[str, Any]) -> list[Stage]:
    """The stages in what `batch resolve --json` says, in order; two of one name are one. Raises `ValueError` where there are none.

    >>> stages_of({"stages": [{"stage": "mapped", "tasks": 2, "done": 2, "seconds": 1.5}]})
    [Stage(name='mapped', tasks=2, done=2, seconds=1.5)]
    """
    try:
        told = [Stage(str(row["stage"]), int(row["tasks"]), int(row["done"]), float(row["seconds"])) for row in said["stages"]]
    except (KeyError, TypeError) as wrong:
        raise ValueError(f"this tells of no stages: {str(said)[:200]}") from wrong
    found: dict[str, Stage] = {}
    for stage in told:
        before = found.get(stage.name, Stage(stage.name, 0, 0, 0.0))
        tasks, done, seconds = (a + b for a, b in zip(before[1:], stage[1:], strict=True))
        found[stage.name] = Stage(stage.name, int(tasks), int(done), seconds)
    return list(found.values())


class Run(NamedTuple):
    """Both commands on one corpus. `seconds` are those of each stage by the clock, and of each command by the processor; `after` the same
    without what it takes to start.
    """

    engine: str
    size: int
    a_day: int
    read: Ran
    resolve: Ran
    seconds: dict[str, float]
    tasks: dict[str, int]
    incidents: int
    after: dict[str, float] = {}

    def started(self, start: Run) -> Run:
        """The same with the seconds that are left when those of a run that is all starting are taken off."""
        return self._replace(after={name: max(0.0, seconds - start.seconds.get(name, 0.0)) for name, seconds in self.seconds.items()})

    def folder(self, setup: Setup) -> Path:
        """Where its outputs are."""
        return _folder(setup, self.engine, self.size, self.a_day)

    def named(self, figures: Mapping[str, float]) -> Figures:
        """Figures with names that say of which run they are.

        >>> Run("local", 1000, 100, None, None, {}, {}, 0).named({"F1": 0.9})
        {'F1, 1,000 reports, 100 a day, local': 0.9}
        """
        return {f"{name}, {self.size:,} reports, {self.a_day:,} a day, {self.engine}": figure for name, figure in figures.items()}


def _folder(setup: Setup, engine: str, count: int, a_day: int) -> Path:
    return setup.folder / f"run-{engine}-{count}-{a_day}-a-day-seed-{setup.seed}"


def _run(setup: Setup, corpus: Corpus, engine: str) -> Run:
    """Both commands, from nothing."""
    folder = _folder(setup, engine, corpus.size, corpus.a_day)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    readings, resolved = folder / "readings", folder / "resolved"
    read, rows = _told_by(setup, engine, "read", corpus.reports, readings)
    if rows["rows"] != {"read": corpus.size}:
        raise RuntimeError(f"of {corpus.size} reports not all were read: {rows['rows']}")
    resolve, said = _told_by(setup, engine, "resolve", readings, resolved)
    stages = stages_of(said)
    seconds = {"read": read.seconds, "resolve": resolve.seconds}
    seconds |= {f"resolve: {stage.name}": stage.seconds for stage in stages}
    seconds["resolve: all else"] = max(0.0, resolve.seconds - sum(stage.seconds for stage in stages))
    seconds["resolve, by workers"] = sum(stage.seconds for stage in stages if stage.tasks)
    seconds["resolve, by the main process alone"] = resolve.seconds - seconds["resolve, by workers"]
    seconds["read and resolve"] = read.seconds + resolve.seconds
    seconds |= {"read, processor": read.processor, "resolve, processor": resolve.processor}
    tasks = {f"resolve: {stage.name}": stage.tasks for stage in stages}
    return Run(engine, corpus.size, corpus.a_day, read, resolve, seconds, tasks, int(said["incidents"]))


def _told_by(setup: Setup, engine: str, what: str, source: Path, output: Path) -> tuple[Ran, dict[str, Any]]:
    """A command, watched to its end, and the JSON that it prints."""
    print(f"… {what}, {engine}: {source}", file=sys.stderr, flush=True)
    ran = run_watched([*setup.command, "batch", what, str(source), str(output), "--json", *setup.options(engine)], folder=output)
    if ran.code:
        raise RuntimeError(f"batch {what} {source} ended with {ran.code}: {ran.errors[-2_000:]}")
    return ran, json.loads(ran.output)


# --- what is told of a run -------------------------------------------------------------------------------------------


def _told(run: Run, corpus: Corpus, setup: Setup) -> Figures:
    """The figures of a run, printed."""
    print(f"\n{run.size:,} reports, {run.a_day:,} a day, {run.engine}", flush=True)
    found = _times(run) | _memory_and_others(run)
    rest = _disk(run, corpus, setup) | {"incidents found": float(run.incidents)} | accuracy(corpus, run.folder(setup) / "resolved")
    _print("", rest)
    return run.named(found | rest)


def _times(run: Run) -> Figures:
    print(f"  {'':<34}{'seconds':>12}{'after start':>13}{'ms a report':>13}{'reports/s':>12}{'tasks':>8}")
    found: Figures = {}
    for name, seconds in run.seconds.items():
        after = run.after[name]
        speed = f"{run.size / after:,.0f}" if after else "–"
        print(f"  {name:<34}{seconds:>12,.3f}{after:>13,.3f}{1000 * after / run.size:>13,.4f}{speed:>12}{run.tasks.get(name, ''):>8}")
        found |= {f"{name}, s": seconds, f"{name}, after start, s": after, f"{name}, ms a report": 1000 * after / run.size}
    return found


def _memory_and_others(run: Run) -> Figures:
    print(f"  {'':<34}{'memory MB':>12}{'main MB':>13}{'largest other MB':>20}{'cores for others':>20}")
    found: Figures = {}
    for name, ran in (("read", run.read), ("resolve", run.resolve)):
        memory, main, largest = (size / _MB for size in (ran.memory, ran.main, ran.largest))
        print(f"  {name:<34}{memory:>12,.1f}{main:>13,.1f}{largest:>20,.1f}{ran.others:>20,.2f}")
        found[f"{name}, cores for others"] = ran.others
        found |= {f"{name}, memory MB": memory, f"{name}, main process MB": main, f"{name}, largest other process MB": largest}
    return found


def _disk(run: Run, corpus: Corpus, setup: Setup) -> Figures:
    """Bytes a report of input and outputs, and of each folder of what resolving leaves; at the peak there may be more."""
    folder = run.folder(setup)
    sizes = {"reports": _bytes(corpus.reports), "readings": _bytes(folder / "readings"), "resolved": _bytes(folder / "resolved")}
    sizes["resolved at the peak"] = max(run.resolve.disk, sizes["resolved"])
    sizes |= {f"resolved/{part.name}": _bytes(part) for part in sorted((folder / "resolved").iterdir()) if part.is_dir()}
    return {f"{name}, bytes a report": size / run.size for name, size in sizes.items()}


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


# --- are the incidents right? ----------------------------------------------------------------------------------------


def accuracy(corpus: Corpus, resolved: Path) -> Figures:
    """The incidents of reports held against those that were planted, over the reports that tell exactly one; pairs and B-cubed.

    A report of which no incident is told is a group of its own. Reports that the output does not hold are counted.
    """
    incident_of = _incidents(resolved)
    truth, said, missing = [], [], 0
    for sha256, incidents in corpus.answers():
        missing += sha256 not in incident_of
        if len(incidents) == 1:
            truth.append(incidents[0])
            said.append(incident_of.get(sha256) or sha256)
    found = {"incidents planted": float(len(set(truth))), "reports lost": float(missing)}
    return found | agreement(truth, said) if truth else found


def _incidents(resolved: Path) -> dict[str, str | None]:
    """The incident of every report, by the SHA-256 of its text."""
    import pyarrow.parquet as pq  # the other parts of the benchmark do without it

    found: dict[str, str | None] = {}
    for path in sorted((resolved / "reports").glob("*.parquet")):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(columns=["sha256", "incident"]):
                found.update(zip(*(batch.column(name).to_pylist() for name in ("sha256", "incident")), strict=True))
    return found


# --- one run beside another ------------------------------------------------------------------------------------------


def _compared(setup: Setup, runs: Sequence[Run]) -> Figures:
    """Each engine beside the first: how many times as long it takes, and whether it writes the same bytes."""
    first, *others = runs
    found: Figures = {}
    for run in others:
        ratios = {f"{name}, times that of {first.engine}": run.after[name] / first.after[name] for name in _WHOLE if first.after[name]}
        wrong, files = differing(first.folder(setup), run.folder(setup))
        same = {f"files that differ from those of {first.engine}": float(len(wrong)), "files compared": float(files)}
        _print(f"{run.engine} beside {first.engine}, {run.size:,} reports, {run.a_day:,} a day", ratios | same)
        found |= run.named(ratios | same)
        for name in wrong[:20]:
            print(f"  differs: {name}")
    return found


def differing(one: Path, other: Path, folders: Iterable[str] = _COMPARED) -> tuple[list[str], int]:
    """The files of some folders that are in one output only, or not the same bytes in both; and how many there are in all."""
    wrong, count = [], 0
    for folder in folders:
        here, there = ({str(path.relative_to(root)) for path in (root / folder).rglob("*") if path.is_file()} for root in (one, other))
        count += len(here | there)
        wrong += [name for name in sorted(here | there) if name not in here & there or _hash(one / name) != _hash(other / name)]
    return wrong, count


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def growth(seconds: Mapping[int, Mapping[str, float]], base: int) -> dict[int, dict[str, float]]:
    """What each stage costs a report, among so many reports, as a multiple of what it costs among `base`; by count, by stage.

    `seconds` are those of each stage, by count. A stage that is too short to be measured there is held against the first larger count at
    which it is not; where it never is, nothing is said.

    >>> growth({10: {"read": 1.0}, 100: {"read": 13.0}}, 10)
    {10: {'read': 1.0}, 100: {'read': 1.3}}
    """
    found: dict[int, dict[str, float]] = {}
    bases: dict[str, float] = {}
    for count in sorted(count for count in seconds if count >= base):
        for name, taken in seconds[count].items():
            if name not in bases and taken < _SHORT:
                continue
            cost = bases.setdefault(name, taken / count)
            found.setdefault(count, {})[name] = taken / count / cost
    return found


def _growths(runs: Sequence[Run]) -> Figures:
    """How the cost of a report grows with the number of reports, and with how many there are a day; printed."""
    found: Figures = {}
    for engine, a_day in dict.fromkeys((run.engine, run.a_day) for run in runs):
        of = {run.size: run for run in runs if (run.engine, run.a_day) == (engine, a_day)}
        if len(of) == 1:
            continue
        base = BASE if BASE in of else min(of)
        grown = growth({count: run.after for count, run in of.items()}, base)
        found |= _growth_figures(f"cost of a report, times that among {base:,}; {a_day:,} a day, {engine}", grown, "{:,} reports", of)
    for engine, count in dict.fromkeys((run.engine, run.size) for run in runs):
        of = {run.a_day: run for run in runs if (run.engine, run.size) == (engine, count)}
        if len(of) > 1:
            first = of[min(of)]
            denser = {a_day: _multiples(run, first) for a_day, run in of.items()}
            found |= _growth_figures(
                f"cost of a report, times that at {first.a_day:,} a day; {count:,}, {engine}", denser, "{:,} a day", of
            )
    return found


def _multiples(run: Run, first: Run) -> dict[str, float]:
    """What a run takes as a multiple of what another one does with as many reports; of stages that can be measured."""
    return {name: seconds / first.after[name] for name, seconds in run.after.items() if first.after.get(name, 0.0) >= _SHORT}


def _growth_figures(title: str, grown: Mapping[int, Mapping[str, float]], column: str, of: Mapping[int, Run]) -> Figures:
    columns = sorted(grown)
    print(f"\n{title}\n  {'':<34}" + "".join(f"{column.format(number):>20}" for number in columns))
    for name in dict.fromkeys(name for row in grown.values() for name in row):
        print(f"  {name:<34}" + "".join(f"{grown[n][name]:>20.2f}" if name in grown[n] else f"{'–':>20}" for n in columns))
    kind = "growth with density" if "a day" in column else "growth"
    return {name: figure for n in columns for name, figure in of[n].named({f"{s}, {kind}": g for s, g in grown[n].items()}).items()}


def _print(title: str, figures: Figures) -> None:
    print(f"\n{title}" if title else "")
    for name, figure in figures.items():
        print(f"  {name:<58}{figure:>14,.3f}", flush=True)
