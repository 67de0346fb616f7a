"""`sijill lexicon check`: every data file loads, and every rule does what its examples say and nothing its counter-examples forbid.

Loading stops at the first mistake of a file; here the line is set aside and the rest is read on, so that an editor sees all of
them at once.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Any, get_args

from sijill.annotate import casualties, dates, events, numbers
from sijill.annotate.tokenise import tokenise
from sijill.annotate.units import Units
from sijill.errors import DataError
from sijill.inflect import Form
from sijill.lexicon import Lexicon, data_folder, gather, load_lexicon, read_word_file
from sijill.records import Level
from sijill.rules import Rule, RuleSet, load_rules, read_rule_file
from sijill.text import fold

__all__ = ["Summary", "check_data", "file_problems", "rule_problems"]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a check found: counts of what was loaded by name, and every problem as ``file:line: what is wrong``."""

    counts: dict[str, int]
    problems: list[str]


def check_data() -> Summary:
    """All that is wrong with the installed data: first with its files, then, where every file loads, with its rules.

    >>> check_data().problems
    []
    """
    problems = file_problems(data_folder())
    if problems:
        return Summary({}, problems)
    try:
        lexicon = load_lexicon()
        rules = load_rules()
    except DataError as wrong:
        return Summary({}, [str(wrong)])
    for rule in rules:
        try:
            problems += rule_problems(rule, lexicon)
        except DataError as wrong:  # its pattern does not compile
            problems.append(str(wrong))
    counts = {
        "forms": lexicon.form_count(),
        "places": lexicon.names.place_count(),
        "actors": len(lexicon.names.actors),
        "sources": len(lexicon.names.sources),
        "rules": len(rules),
        "examples": sum(len(rule.examples) + len(rule.counter) for rule in rules),
    }
    return Summary(counts, problems)


def rule_problems(rule: Rule, lexicon: Lexicon) -> list[str]:
    """What is wrong with one rule's examples, as lines that begin with its file and line."""
    found = []
    for example in rule.examples:
        given = _given(rule, example.text, lexicon)
        if example.expect not in given:
            found.append(
                f"{rule.origin}: rule {rule.name!r} must give {example.expect} for «{example.text}»; it gives {given or 'nothing'}"
            )
    for text in rule.counter:
        given = _given(rule, text, lexicon)
        if given:
            found.append(f"{rule.origin}: rule {rule.name!r} must give nothing for «{text}»; it gives {given}")
    return found


def _given(rule: Rule, text: str, lexicon: Lexicon) -> list[str]:
    """What a rule gives for a sentence, written as its examples are: ``killed=3``, ``3`` or the kind of event."""
    units = _units(text, lexicon)
    alone = RuleSet([rule], lexicon)
    if rule.stage == "group":
        return [_number(chunk.value) for chunk in casualties.groups(units, alone)]
    if rule.stage == "figure":
        grouped = units.merge(casualties.groups(units, casualties.group_rules(lexicon)))
        figures = casualties.find(grouped, casualties.figure_rules(lexicon))
        return [f"{figure.effect}={_number(figure.group)}" for figure in figures if figure.rule == rule.name]
    return [trigger.kind for trigger in events.find(units, alone)]


def _units(text: str, lexicon: Lexicon) -> Units:
    words = tokenise(fold(text), lexicon)
    return words.merge([*dates.find(words), *numbers.find(words)])


def _number(group: Any) -> str:
    quantity = group.quantity
    return str(quantity.value if quantity.value is not None else quantity.vague_word)


# --- the files -------------------------------------------------------------------------------------------------------


def file_problems(data: Traversable) -> list[str]:
    """What is wrong with the lines of the files under a data folder, file by file."""
    found = [*_word_problems(data), *_rule_file_problems(data), *_place_problems(data), *_actor_problems(data)]
    return [str(problem) for problem in found]


def _files(folder: Traversable, ending: str) -> Iterator[tuple[str, str]]:
    """Names and contents of the files of a folder, in order."""
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(ending):
            yield f"{folder.name}/{file.name}", file.read_text(encoding="utf-8")


Row = tuple[str, Form, dict[str, str], str]


def _word_problems(data: Traversable) -> Iterator[DataError]:
    every: list[Row] = []
    for path, content in _files(data / "words", ".csv"):
        rows, problems = _word_rows(path, content.splitlines(keepends=True))
        every += rows
        yield from problems
    while True:  # words given twice with two meanings
        try:
            gather(every)
            return
        except DataError as wrong:
            yield wrong
            origin = f"{wrong.path}:{wrong.line}"
            every = [row for row in every if row[3] != origin]


def _word_rows(path: str, lines: list[str]) -> tuple[list[Row], list[DataError]]:
    """The rows of a word file that are in order, and what is wrong with the others."""
    problems: list[DataError] = []
    while True:
        try:
            return list(read_word_file(path, lines)), problems
        except DataError as wrong:
            problems.append(wrong)
            at = wrong.line - 1
            in_header = all(line.startswith("#") or not line.strip() for line in lines[:at])
            if in_header or not lines[at].strip():
                return [], problems
            lines[at] = "\n"


def _rule_file_problems(data: Traversable) -> Iterator[DataError]:
    origins: dict[str, str] = {}
    for path, content in _files(data / "rules", ".toml"):
        for line, block in _rule_tables(content):
            try:
                # the lines before it left blank, so that line numbers stay true
                rules = read_rule_file(path, "\n" * (line - 1) + block)
            except DataError as wrong:
                yield wrong
                continue
            except (KeyError, TypeError, ValueError, AttributeError) as wrong:
                yield DataError(path, line, f"the rule is not written as the others are ({type(wrong).__name__}: {wrong})")
                continue
            for rule in rules:
                if rule.name in origins:
                    yield DataError(path, line, f"the rule name {rule.name!r} is taken ({origins[rule.name]})")
                origins.setdefault(rule.name, rule.origin)


def _rule_tables(content: str) -> Iterator[tuple[int, str]]:
    """The tables of a rule file with the line that each begins on; what stands before the first is a table too."""
    lines = content.split("\n")
    starts = [0, *(number for number, line in enumerate(lines) if line.strip().startswith("[[rule]]")), len(lines)]
    for start, end in pairwise(starts):
        block = "\n".join(lines[start:end])
        if block.strip():
            yield start + 1, block


_LEVELS = frozenset(get_args(Level))


def _place_problems(data: Traversable) -> Iterator[DataError]:
    ids: dict[str, int] = {}
    for name in ("places.tsv", "places_far.tsv"):
        yield from _table_problems(f"gazetteer/{name}", (data / "gazetteer" / name).read_text(encoding="utf-8"), ids)


def _table_problems(path: str, content: str, ids: dict[str, int]) -> Iterator[DataError]:
    """What is wrong with one table of places; `ids` are those taken before."""
    for number, row in enumerate(content.split("\n"), start=1):
        if not row or row.startswith("#"):
            continue
        cells = row.split("\t")
        if len(cells) != 11:
            yield DataError(path, number, f"{len(cells)} columns where 11 are due")
            continue
        if cells[1] in ids:
            yield DataError(path, number, f"the id {cells[1]!r} is taken (line {ids[cells[1]]})")
        ids.setdefault(cells[1], number)
        for problem in _cell_problems(cells):
            yield DataError(path, number, problem)


def _cell_problems(cells: list[str]) -> Iterator[str]:
    """What is wrong with the cells of a place."""
    if not cells[0] or any(not name.strip() for name in cells[0].split("|")):
        yield "an empty name: a place needs one, and none between two | may be empty"
    if unicodedata.normalize("NFKC", cells[0]) != cells[0]:
        yield f"{cells[0]!r} holds presentation forms or other compatibility characters; type it with plain letters"
    if cells[3] not in _LEVELS:
        yield f"unknown level {cells[3]!r}; one of {', '.join(sorted(_LEVELS))}"
    for what, cell, most in (("latitude", cells[5], 90), ("longitude", cells[6], 180)):
        try:
            fits = -most <= float(cell) <= most
        except ValueError:
            fits = False
        if not fits:
            yield f"{cell!r} is no {what} in degrees"
    if cells[8] and not cells[8].isdecimal():
        yield f"{cells[8]!r} is no population"


def _actor_problems(data: Traversable) -> Iterator[DataError]:
    for path, content in _files(data / "actors", ".csv"):
        rows = csv.reader(content.splitlines(keepends=True))
        header = next(rows, [])
        for row in rows:
            if row and len(row) != len(header):
                yield DataError(path, rows.line_num, f"{len(row)} columns where {len(header)} are due; quote a cell that holds a comma")
