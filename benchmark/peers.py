"""Dates, numbers, figures and events beside other tools, in one run, on the same sentences.

The sentences are our own tables (`tests/tables`), written for sijill: what they hold is what its makers thought of. A peer gets
credit where its resolved day, month or year is the expected one at the expected precision; where an hour is expected, the hour
too; of an interval both ends; of an open one (`2022-01-20/..`) the end that is known. What else it finds in the sentence is not
held against it, save where nothing is to be found. What none of the peers can say (parts of the day alone, durations, recurrences) is
not asked of them. sijill must give exactly what is expected, and nothing more.

Peers are fetched when this runs, never with sijill: the Python ones from the dependency group `peers`, chrono-node by npm into
`.tools/chrono`. A peer that is not there is left out, with a line that says so.
"""

from __future__ import annotations

import csv
import importlib
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from benchmark import accuracy, baseline
from sijill.annotate import dates
from sijill.annotate.tokenise import tokenise
from sijill.lexicon import load_lexicon
from sijill.pipeline import understand
from sijill.records import Report
from sijill.text import fold

__all__ = ["measure"]

ROOT = Path(__file__).resolve().parent.parent
CHRONO = ROOT / ".tools" / "chrono"
CHRONO_VERSION = "2.10.3"


class Point(NamedTuple):
    """A date at the precision that a tool gives, and an hour; `exact` is false where the tool does not tell its precision."""

    date: str | None
    time: str | None
    exact: bool = True


class Found(NamedTuple):
    """One expression that a tool found in a sentence."""

    start: Point | None
    end: Point | None = None


Answers = list[list[Found]]
Row = dict[str, str]


class Dated(NamedTuple):
    """What a tool gave for every sentence, and how many seconds it took."""

    name: str
    answers: Answers
    seconds: float


def measure(shared: Path) -> dict[str, Any]:
    """All the comparisons as ``{table: {row: {tool: figure}}}``, printed as they are made."""
    return {"dates": _dates(), "numbers": _numbers(), "gold": _gold(shared)}


# --- dates -----------------------------------------------------------------------------------------------------------


def _dates() -> dict[str, Any]:
    rows = _table("dates")
    peers = [peer for peer in (_chrono(rows), _dateparser(rows, search=True), _dateparser(rows, search=False)) if peer]
    ours, seconds = _sijill(rows)
    groups: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        groups.setdefault(_group(row["expected"]), []).append(i)
    figures: dict[str, dict[str, Any]] = {}
    for group in _GROUPS:
        chosen = groups.get(group, [])
        figures[group] = {"sentences": len(chosen), "sijill": sum(ours[i] == rows[i]["expected"] for i in chosen)}
        for peer in peers:
            asked = group != _UNASKED
            figures[group][peer.name] = sum(_right(rows[i]["expected"], peer.answers[i]) for i in chosen) if asked else None
    figures["sentences a second, sijill = 1"] = {
        "sentences": len(rows),
        "sijill": 1.0,
        **{peer.name: round(seconds / max(peer.seconds, 1e-9), 3) for peer in peers},
    }
    _print("dates and times", figures, ["sijill", *(peer.name for peer in peers)])
    return figures


_POINT, _HOUR, _SPAN, _NOTHING, _UNASKED = (
    "one day, month or year",
    "with an hour",
    "intervals, open ends, several dates",
    "nothing to be found, or no day to be told",
    "parts of the day alone, durations, recurrences",
)
_GROUPS = (_POINT, _HOUR, _SPAN, _NOTHING, _UNASKED)
_CLOCK = re.compile(r"^\d\d:\d\d$")
_EDTF = re.compile(r"^[\d.]")


def _group(expected: str) -> str:
    if set(expected.split(" ; ")) <= {"nothing", "?"}:
        return _NOTHING
    if " ; " in expected or "/" in expected:
        return _SPAN
    words = expected.split()
    if any(_CLOCK.match(word) for word in words):
        return _HOUR
    return _POINT if _EDTF.match(words[0]) else _UNASKED


def _right(expected: str, found: list[Found]) -> bool:
    """Whether a peer's answer holds all that is expected; see the rule at the head of this file."""
    if set(expected.split(" ; ")) <= {"nothing", "?"}:
        return not any(point and point.date for item in found for point in (item.start, item.end))
    return all(any(_same(said, item) for item in found) or _in_two(said, found) for said in expected.split(" ; ") if said != "?")


def _same(said: str, item: Found) -> bool:
    words = said.split()
    hour = next((word for word in words if _CLOCK.match(word)), None)
    edtf = words[0] if _EDTF.match(words[0]) and not _CLOCK.match(words[0]) else None
    if hour is not None and (item.start is None or item.start.time != hour):
        return False
    if edtf is None:
        return hour is not None
    start, _, end = edtf.partition("/")
    if not end or end == "..":
        return _at(start, item.start)
    return _at(end, item.end or item.start) if start == ".." else _at(start, item.start) and _at(end, item.end)


def _in_two(said: str, found: list[Found]) -> bool:
    """An interval that a tool gives as two dates."""
    start, _, end = said.split()[0].partition("/")
    if not end or ".." in (start, end):
        return False
    return any(_at(start, item.start) for item in found) and any(_at(end, item.start) for item in found)


def _at(expected: str, point: Point | None) -> bool:
    if point is None or point.date is None:
        return False
    return point.date == expected if point.exact else point.date.startswith(expected)


def _sijill(rows: list[Row]) -> tuple[list[str], float]:
    lexicon = load_lexicon()

    def read(row: Row) -> str:
        units = tokenise(fold(row["text"]), lexicon)
        published = date.fromisoformat(row["published"]) if row["published"] else None
        resolved = dates.resolve(dates.find(units), published=published, units=units)
        said = [(r.edtf, r.time, r.time_of_day, r.duration, r.recurrence) for r in resolved]
        return " ; ".join(" ".join(filter(None, parts)) or "?" for parts in said) or "nothing"

    return _timed(read, rows)


T = TypeVar("T")
_PASSES = 3  # as in chrono.mjs


def _timed(read: Callable[[Row], T], rows: list[Row]) -> tuple[list[T], float]:
    """Answers for all rows, and the seconds of the quickest of some passes: the machine may be busy, and caches cold."""
    best = float("inf")
    for _ in range(_PASSES):
        began = time.perf_counter()
        found = [read(row) for row in rows]
        best = min(best, time.perf_counter() - began)
    return found, best


def _chrono(rows: list[Row]) -> Dated | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        _left_out("chrono-node", "there is no node and npm on this machine")
        return None
    if not (CHRONO / "node_modules" / "chrono-node").exists():
        CHRONO.mkdir(parents=True, exist_ok=True)
        install = [npm, "install", "--silent", "--no-fund", "--no-audit", f"chrono-node@{CHRONO_VERSION}"]
        if subprocess.run(install, cwd=CHRONO, check=False, stdout=subprocess.DEVNULL).returncode:
            _left_out("chrono-node", "npm could not fetch it")
            return None
    script = CHRONO / "chrono.mjs"  # node looks for packages beside the script
    shutil.copyfile(Path(__file__).parent / "chrono.mjs", script)
    asked = json.dumps([[row["text"], row["published"]] for row in rows])
    answer = subprocess.run([node, script.name], cwd=CHRONO, input=asked, capture_output=True, text=True, check=False)
    if answer.returncode:
        _left_out("chrono-node", answer.stderr.strip().splitlines()[-1] if answer.stderr.strip() else "it failed")
        return None
    said = json.loads(answer.stdout)
    found = [[Found(_point(item["start"]), _point(item["end"])) for item in items] for items in said["found"]]
    return Dated(f"chrono-node {CHRONO_VERSION}", found, said["seconds"])


def _point(said: dict[str, str | None] | None) -> Point | None:
    return Point(said["date"], said["time"]) if said else None


def _dateparser(rows: list[Row], *, search: bool) -> Dated | None:
    """`search_dates` on the sentence; or `parse` on the words that sijill marks as an expression, in the Arabic of four countries.

    Of the two only `parse` takes locales, and only they know Levantine and Maghrebi months.
    """
    name = "dateparser search_dates" if search else "dateparser parse, told where"
    library = _module("dateparser")
    if library is None:
        _left_out(name, "it is not installed; `pip install --group peers` does it")
        return None
    finder = importlib.import_module("dateparser.search").search_dates
    lexicon = load_lexicon()
    marked = {} if search else {row["text"]: list(_expressions(row["text"], lexicon)) for row in rows}

    def read(row: Row) -> list[Found]:
        base = datetime.fromisoformat(row["published"] or "2000-01-01").replace(hour=12)
        settings = {"RELATIVE_BASE": base, "DATE_ORDER": "DMY", "PREFER_DATES_FROM": "past", "PREFER_DAY_OF_MONTH": "first"}
        if search:
            said = [when for _, when in finder(row["text"], languages=["ar"], settings=settings) or []]
        else:
            said = [_first(library.parse(words, locales=[here], settings=settings) for here in _LOCALES) for words in marked[row["text"]]]
        return [Found(Point(when.date().isoformat(), when.strftime("%H:%M"), exact=False)) for when in said if when is not None]

    answers, seconds = _timed(read, rows)
    return Dated(name, answers, seconds)


_LOCALES = ["ar", "ar-SY", "ar-DZ", "ar-MA"]


def _first(found: Iterable[datetime | None]) -> datetime | None:
    return next((when for when in found if when is not None), None)


def _expressions(text: str, lexicon: Any) -> Iterable[str]:
    units = tokenise(fold(text), lexicon)
    for chunk in dates.find(units):
        start, end = units.row.span(chunk.first, chunk.last)
        yield text[start:end]


# --- numbers ---------------------------------------------------------------------------------------------------------


def _numbers() -> dict[str, Any]:
    """Sentences whose numbers of people are told by value: does a tool find every one of them?

    What else it finds is not held against it: a reader of numbers cannot know which of them count people.
    """
    rows = [row for row in _table("quantities") if _values(row["expected"])]
    tools: dict[str, Callable[[Row], list[float]]] = {"sijill": _our_numbers, "digits only": _digits}
    pyarabic = _module("pyarabic.number")
    if pyarabic is None:
        _left_out("pyarabic", "it is not installed; `pip install --group peers` does it")
    else:
        tools["pyarabic"] = lambda row: _pyarabic(pyarabic, row)
    figures: dict[str, dict[str, Any]] = {}
    spelled = [any(word.isdecimal() for word in re.findall(r"\w+", re.sub(r"\d+", lambda m: f" {m[0]} ", row["text"]))) for row in rows]
    groups = {
        "numbers with digits": [row for row, digits in zip(rows, spelled, strict=True) if digits],
        "numbers in words, duals, one by the bare noun": [row for row, digits in zip(rows, spelled, strict=True) if not digits],
    }
    for name, chosen in groups.items():
        figures[name] = {"sentences": len(chosen)}
        for tool, read in tools.items():
            figures[name][tool] = sum(set(_values(row["expected"])) <= set(read(row)) for row in chosen)
    _print("numbers of people", figures, list(tools))
    return figures


def _values(expected: str) -> list[float]:
    """The numbers that an expected quantity is told by: its value, or both ends of a range; none for vague words."""
    found: list[float] = []
    for said in expected.split(" ; "):
        kind, _, numbers = said.rpartition(" ")
        if kind in ("", "about", "at_least", "more_than", "at_most", "fewer_than", "range") and said != "nothing":
            found += [float(number) for number in numbers.split("-")]
    return found


def _our_numbers(row: Row) -> list[float]:
    """Every number of a reading: the figures that befell people, not all numbers of the sentence."""
    quantities = [figure.group.quantity for figure in understand(Report.of(row["text"]), None).figures]
    return [float(number) for q in quantities for number in ((q.value,) if q.value is not None else (q.min, q.max)) if number is not None]


def _digits(row: Row) -> list[float]:
    return [float(number.replace(",", "")) for number in re.findall(r"\d+(?:,\d{3})*", row["text"])]


def _pyarabic(library: Any, row: Row) -> list[float]:
    phrases = library.extract_number_phrases(row["text"])
    return [float(re.sub(r"\D", "", phrase) or library.text2number(phrase.removeprefix("و"))) for phrase in phrases]


# --- figures and events of the gold records ----------------------------------------------------------------------------


def _gold(shared: Path) -> dict[str, Any]:
    folder = shared / "gold"
    if not (folder / "score.py").exists():
        print(f"figures and events: skipped, no gold records at {folder}", file=sys.stderr)
        return {}
    scorer = accuracy.load_scorer(folder / "score.py")
    golds, ours = accuracy.readings(sorted((folder / "dev").glob("*.json")))
    floor = {gold["id"]: baseline.read(gold["_text"]) for gold in golds}
    scored = {"sijill": accuracy.flat(scorer.score(golds, ours)[0]), "keywords": accuracy.flat(scorer.score(golds, floor)[0])}
    figures: dict[str, dict[str, Any]] = {
        row: {"sentences": len(golds), **{tool: round(scores[row], 3) for tool, scores in scored.items()}}
        for row in _GOLD_ROWS
        if row in scored["sijill"]
    }
    _print("figures and events of the visible gold records (reports)", figures, ["sijill", "keywords"])
    return figures


_GOLD_ROWS = (
    "figures: effect and number (F1)",
    "figures: with bound, status and role (F1)",
    "events: found, kind group (F1)",
    "events: exact kind (F1)",
    "dates of events (F1)",
    "places of events (F1)",
    "main events found",
)


# --- around it -------------------------------------------------------------------------------------------------------


def _table(name: str) -> list[Row]:
    with (ROOT / "tests" / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _left_out(name: str, why: str) -> None:
    print(f"{name}: left out, {why}", file=sys.stderr)


def _print(title: str, figures: dict[str, dict[str, Any]], tools: list[str]) -> None:
    print(f"\n{title}")
    print(f"  {'':<52}{'of':>6}" + "".join(f"{tool:>30}" for tool in tools))
    for row, cells in figures.items():
        shown = ["–" if cells.get(tool) is None else f"{cells[tool]:g}" for tool in tools]
        print(f"  {row:<52}{cells['sentences']:>6}" + "".join(f"{cell:>30}" for cell in shown))
