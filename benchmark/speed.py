"""How fast the reader is: reports a second on one core, the share of each step, memory, cold start, growth with length.

Readings are timed in seconds of the processor, not of the clock, so that other work on the machine changes them less.
"""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sijill import pipeline
from sijill.annotate import casualties, dates, events, numbers, places
from sijill.memory import LargePages, seldom_collected
from sijill.pipeline import read
from sijill.records import Report, to_json


def measure(shared: Path) -> dict[str, float]:
    """Figures by name, printed as a table; the corpus part is left out where there is no corpus."""
    found: dict[str, float] = {}
    corpus = shared / "corpus" / "reports.jsonl.gz"
    if corpus.exists():
        found |= on_corpus(corpus)
    else:
        print(f"speed: no corpus at {corpus}; measuring start and growth only", file=sys.stderr)
    found |= cold_start()
    found |= growth()
    print("\nspeed")
    for name, figure in found.items():
        print(f"  {name:<58}{figure:,.2f}")
    return found


def on_corpus(path: Path) -> dict[str, float]:
    """Reports a second over real articles, as `sijill read` reads lines: the first pass learns the words, the second has seen them."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    reports = [Report.of(row["text"], id=row["id"], title=row.get("title"), published=row["published"][:10]) for row in rows]
    read(Report.of("قُتل مدني في قصف."))
    rates = []
    pages = LargePages()
    for _ in range(2):
        start = time.process_time()
        conflict = 0
        with seldom_collected():
            for report in reports:
                pages.one_more()
                conflict += to_json(read(report)).count('"kind":"conflict"')
        rates.append(len(reports) / (time.process_time() - start))
    return {
        "reports a second, one core, first pass": round(rates[0], 1),
        "reports a second, one core, words known": round(rates[1], 1),
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "share of articles about conflict": round(conflict / len(reports), 3),
        **({} if COMPILED else shares(reports[::5])),
    }


COMPILED = not pipeline.__file__.endswith(".py")
"""Whether the modules that read are compiled: their steps call each other directly then, and cannot be timed one by one from here."""

STEPS = {
    "spelling folded": (pipeline, "fold"),
    "words and phrases": (pipeline, "tokenise"),
    "dates found": (dates, "find"),
    "dates resolved": (dates, "resolve"),
    "numbers": (numbers, "find"),
    "places found": (places, "find"),
    "places resolved": (places, "resolve"),
    "layout of the page": (pipeline, "layout"),
    "events": (events, "find"),
    "groups of people": (casualties, "groups"),
    "figures": (casualties, "find"),
    "claims": (pipeline, "build"),
}
"""The steps of a reading, none inside another, and where the pipeline finds each."""


def shares(reports: list[Report]) -> dict[str, float]:
    """What share of the time each step of a reading takes; the words are known."""
    spent = dict.fromkeys(STEPS, 0.0)
    with ExitStack() as patches:
        for name, (module, function) in STEPS.items():
            patches.enter_context(patch.object(module, function, _timed(getattr(module, function), name, spent)))
        start = time.process_time()
        for report in reports:
            read(report)
        whole = time.process_time() - start
    found = {f"share of time: {name}": round(seconds / whole, 3) for name, seconds in spent.items()}
    return found | {"share of time: the rest": round(1 - sum(spent.values()) / whole, 3)}


def _timed(step: Callable[..., Any], name: str, spent: dict[str, float]) -> Callable[..., Any]:
    def run(*arguments: Any, **named: Any) -> Any:
        start = time.process_time()
        try:
            return step(*arguments, **named)
        finally:
            spent[name] += time.process_time() - start

    return run


def cold_start() -> dict[str, float]:
    """Seconds of whole commands, best of five."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("قُتل ثلاثة مدنيين في قصف مدفعي على مدينة إدلب.")
        file.flush()
        commands = {"sijill --help, s": ["--help"], "sijill read of one file, s": ["read", file.name]}
        return {name: best_of(5, [sys.executable, "-m", "sijill", *arguments]) for name, arguments in commands.items()}


def best_of(runs: int, command: list[str]) -> float:
    """The shortest wall time of a command over several runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return round(min(times), 3)


HOSTILE = {
    "ordinary sentences": "قُتل ثلاثة مدنيين في قصف مدفعي على مدينة إدلب يوم 5 آذار 2022. ",
    "one endless sentence": "قُتل ثلاثة مدنيين وأصيب خمسة آخرون في قصف على حلب و",
    "one figure a sentence": "قُتل 7 مدنيين. ",
    "headline lines": "قصف على حلب\n",
    "ligatures": "ﷺ",
    "nested numbers": "ثلاثة آلاف وخمسمئة وخمسة وعشرون ",
    "one letter": "ق",
    "only digits": "7",
    "only conjunctions": "و ",
    "only places": "حلب إدلب دمشق ",
    "only dates": "5 آذار 2022 ",
}


def growth() -> dict[str, float]:
    """Seconds for 1 MB of each hostile text, and how time grows from half to a whole megabyte (2 is linear)."""
    found = {}
    for name, piece in HOSTILE.items():
        size = 1_000_000 // len(piece.encode())
        half, whole = (timed(piece * count) for count in (size // 2, size))
        found[f"1 MB of {name}, s"] = round(whole, 2)
        found[f"1 MB of {name}, against half of it"] = round(whole / max(half, 0.001), 2)
    return found


def timed(text: str) -> float:
    """Seconds to read a text."""
    start = time.process_time()
    read(Report.of(text))
    return time.process_time() - start
