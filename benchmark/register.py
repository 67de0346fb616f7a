"""A register of many reports: how long it takes to add, link and reconcile them, how that grows, and how quick it answers.

The reports are those of the corpus, again and again in other years, with other places, names and numbers: each copy is a year of its own,
in which the names of places and people are exchanged among themselves and every number is another one.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sijill.lexicon import load_lexicon
from sijill.records import Incident, Report
from sijill.register import Register
from sijill.store import IncidentFilter
from sijill.text import fold_word

COUNTS = (1_000, 10_000, 100_000)
_PORTION = 2_000
_WORD = re.compile(r"[\u0621-\u064a]{3,}|\d{1,3}(?!\d)|(?:19|20)\d\d|[٠-٩]{1,3}(?![٠-٩])")


def measure(shared: Path, counts: tuple[int, ...] = COUNTS, *, workers: int = 2) -> dict[str, float]:
    """Figures by name, printed as a table; empty where there is no corpus."""
    corpus = shared / "corpus" / "reports.jsonl.gz"
    if not corpus.exists():
        print(f"register: skipped, no corpus at {corpus}", file=sys.stderr)
        return {}
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    found: dict[str, float] = {}
    for count in counts:
        found |= {f"{name}, {count:,} reports": figure for name, figure in _measure(rows, count, workers).items()}
    print("\nregister")
    for name, figure in found.items():
        print(f"  {name:<70}{figure:,.3f}")
    return found


def _measure(rows: list[dict[str, Any]], count: int, workers: int) -> dict[str, float]:
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, Register(str(Path(folder, "r.db")), workers=workers) as register:
        start = time.perf_counter()
        portion: list[Report] = []
        for report in generated(rows, count):
            portion.append(report)
            if len(portion) == _PORTION:
                register.add_reports(portion, settle=False)
                portion = []
        register.add_reports(portion, settle=False)
        found["read and kept, s"] = time.perf_counter() - start
        start = time.perf_counter()
        register.rebuild(progress=_progress)
        found["linked and reconciled, s"] = time.perf_counter() - start
        found["in all, ms a report"] = 1000 * (found["read and kept, s"] + found["linked and reconciled, s"]) / count
        found["incidents"] = register.count().incidents
        own, others = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        found["peak memory, MB"], found["peak memory with all workers, MB"] = own, own + workers * others
        found["size of the file, MB"] = Path(folder, "r.db").stat().st_size / 2**20
        where = IncidentFilter(place="حلب", since="2015-08-01", until="2015-08-31")
        found["a query by place and month, ms"] = 1000 * _best(lambda: register.store.incidents(where))
        found["a search by words, ms"] = 1000 * _best(lambda: register.search("قصف المدنيين حلب"))
        one = next(generated(rows[:1], 1, first_year=2035))
        found["one more report, s"] = _adding(register, one)
        busiest = register.incidents(sort="reports", limit=5).incidents
        found["one more report of the most reported incidents, s"] = max(_adding(register, _told_again(register, i)) for i in busiest)
    return found


def _progress(what: str, done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{what} {done:,} of {of:,}", end="", file=sys.stderr)


def _adding(register: Register, report: Report) -> float:
    start = time.perf_counter()
    register.add_reports([report])
    return time.perf_counter() - start


def _told_again(register: Register, incident: Incident) -> Report:
    """A report of an incident, told once more by another outlet."""
    report = register.store.report(incident.reports[0])
    return Report.of(f"{report.text}\nنقلت صحيفتنا هذا الخبر عن مصدره.", outlet="another", published=report.published)


def _best(ask: Any, runs: int = 5) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        ask()
        times.append(time.perf_counter() - start)
    return min(times)


def generated(rows: list[dict[str, Any]], count: int, *, first_year: int = 2015, seed: int = 1) -> Iterator[Report]:
    """So many reports made of some, each copy of them in another year; the same for the same seed."""
    places, people = _names(rows)
    for number in range(count):
        copy, at = divmod(number, len(rows))
        row = rows[at]
        text = row["text"] if copy == 0 and seed == 1 else _changed(row["text"], copy + seed, places, people, copy)
        year = int(row["published"][:4]) + first_year - 2015 + copy
        published = f"{year}{row['published'][4:10]}".replace("-02-29", "-02-28")
        yield Report.of(text, id=f"{row['id']}-{copy}-{seed}", title=row["title"], outlet=row["outlet"], published=published)


def _names(rows: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """Names of places and people that the reports hold, in one word each."""
    lexicon = load_lexicon()
    words = sorted({word for row in rows[:400] for word in re.findall(r"[\u0621-\u064a]{4,}", row["text"])})
    tags = {word: lexicon.written[fold_word(word)].entry.tags for word in words if fold_word(word)}
    return [w for w in tags if "PLACE" in tags[w]], [w for w in tags if "GIVEN_NAME" in tags[w]]


def _changed(text: str, seed: int, places: list[str], people: list[str], years: int) -> str:
    """A text with its places and people exchanged, its numbers others, its years later."""
    chance = random.Random(seed)
    exchange: dict[str, str] = {}
    for names in (places, people):
        exchange |= dict(zip(names, chance.sample(names, len(names)), strict=True))

    def other(match: re.Match[str]) -> str:
        word = match[0]
        if not word.isdecimal():
            return exchange.get(word, word)
        if len(word) == 4:
            return str(int(word) + years)
        return str(max(1, int(word) + chance.randint(-3, 3))) if int(word) > 31 else word

    return _WORD.sub(other, text)
