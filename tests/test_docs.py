"""The documents are true: commands run, excerpts are what comes out, examples read as they say, links lead somewhere.

What the pages show is run here. A block marked ``console`` holds commands after ``$`` and excerpts of their output, in which a line
``…`` stands for what is left out; a block marked ``python`` is run, and checked where it is written as a session; a table whose
last column is "read as" is read. When the reader changes, these tests say which line of which page is no longer true.
"""

from __future__ import annotations

import ast
import csv
import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import click
import pytest

import sijill
from sijill.annotate import casualties
from sijill.check import _units, rule_problems
from sijill.cli import cli
from sijill.inflect import inflect
from sijill.lexicon import gather, load_lexicon, read_word_file
from sijill.mentions import read_with_mentions
from sijill.records import ActorMention, DateMention, QuantityMention, Report
from sijill.rules import Rule, RuleSet, load_rules, read_rule_file
from sijill.text import fold_word

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "sijill"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
PROSE = [page for page in PAGES if page.parent.name != "reference"]
DAY = "2022-02-02"
"""The day of publication of every example in a table."""

pytestmark = pytest.mark.skipif(not (ROOT / "README.md").exists(), reason="the documents are not here")


def label(page: Path) -> str:
    return str(page.relative_to(ROOT))


class Block(NamedTuple):
    language: str
    text: str
    line: int


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, with the number of the line after the fence."""
    text = page.read_text(encoding="utf-8")
    for m in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield Block(m[1], m[2], text.count("\n", 0, m.start()) + 2)


def tables(page: Path) -> Iterator[list[list[str]]]:
    """The tables of a page as rows of cells, the row of dashes left out; ``\\|`` is a bar."""
    rows: list[list[str]] = []
    for line in [*page.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("|"):
            cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            if not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
                rows.append(cells)
        elif rows:
            yield rows
            rows = []


def table(page: Path, *columns: str) -> list[list[str]]:
    """The rows of the one table of a page that has these columns."""
    found = [rows[1:] for rows in tables(page) if rows[0] == list(columns)]
    assert len(found) == 1, f"{label(page)}: tables with the columns {columns}: {len(found)}"
    return found[0]


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def quotes(cell: str) -> list[str]:
    return re.findall(r"«([^»]+)»", cell)


# --- links and names -------------------------------------------------------------------------------------------------

HOSTS = {
    "www.geonames.org",
    "creativecommons.org",
    "www.naturalearthdata.com",
    "keepachangelog.com",
    "leafletjs.com",
    "openfontlicense.org",
}


def heading_anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=label)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://")):
            assert target.split("/")[2] in HOSTS, f"an outside address that this test does not know: {target}"
            continue
        file, _, anchor = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        assert there.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in map(heading_anchor, headings), target


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        targets = re.findall(r"\]\(([^)\s#]+)", page.read_text(encoding="utf-8"))
        waiting += [(page.parent / t).resolve() for t in targets if not t.startswith("http")]
    assert set(PAGES) <= reached


@pytest.mark.parametrize("page", PROSE, ids=label)
def test_files_that_a_page_names_exist(page: Path) -> None:
    data = SOURCE / "data"
    places = (ROOT, SOURCE, SOURCE / "annotate", data, *(path for path in data.iterdir() if path.is_dir()), ROOT / "tests")
    for name in codes(page.read_text(encoding="utf-8")):
        if re.fullmatch(r"[\w./-]+(?:\.(?:py|csv|tsv|toml|md)|(?<=\w)/)", name) and name != "score.py":  # lies beside the gold records
            assert any((place / name).exists() for place in places), name


def test_the_readme_shows_every_module() -> None:
    shown = "\n".join(block.text for block in blocks(ROOT / "README.md") if not block.language)
    for path in sorted(SOURCE.iterdir()):
        if path.name.startswith("__"):
            continue
        assert f"{path.name}/" in shown if path.is_dir() else path.name in shown, path.name


# --- commands --------------------------------------------------------------------------------------------------------


def commands(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


COMMANDS = dict(commands(cli, "sijill"))


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "docs" / "tutorial.md"], ids=label)
@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_shown(page: Path, command: str) -> None:
    assert command in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_option_is_told_of(command: str) -> None:
    told = "\n".join(page.read_text(encoding="utf-8") for page in PROSE)
    for option in COMMANDS[command].params:
        if isinstance(option, click.Option):
            assert re.search(rf"{max(option.opts, key=len)}(?![\w-])", told), f"{command} {option.opts}"


@pytest.mark.parametrize("page", PROSE, ids=label)
def test_no_page_tells_of_an_option_that_is_not_there(page: Path) -> None:
    there = {opt for command in COMMANDS.values() for option in command.params for opt in option.opts}
    for line in re.findall(r"(?:^\$ |`)(sijill [^`\n]*)", page.read_text(encoding="utf-8"), re.MULTILINE):
        for option in re.findall(r"(?<=\s)--?[a-z][a-z-]*", line):
            assert option in {*there, "--help", "--version"}, line


def test_every_task_of_the_task_runner_is_one() -> None:
    tasks = set(re.findall(r'case "(\w+)"(?: \| "(\w+)")?', (ROOT / "dev.py").read_text(encoding="utf-8")))
    known = {task for pair in tasks for task in pair if task}
    for page in PROSE:
        assert set(re.findall(r"dev\.py ([a-z]+)", page.read_text(encoding="utf-8"))) <= known, label(page)


# --- blocks that run -------------------------------------------------------------------------------------------------

WITH_BLOCKS = [page for page in PROSE if any(b.language in ("console", "python") for b in blocks(page))]


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with the checkout's `src` in it and the command `sijill` on the path."""
    tools = tmp_path / "tools"
    tools.mkdir()
    shim = tools / "sijill"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sijill "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    here = tmp_path / "here"
    here.mkdir()
    (here / "src").symlink_to(ROOT / "src")
    monkeypatch.chdir(here)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(SOURCE.parent))
    monkeypatch.setenv("COLUMNS", "80")
    return here


@pytest.mark.parametrize("page", WITH_BLOCKS, ids=label)
def test_blocks_run_and_give_what_they_show(page: Path, workshop: Path) -> None:
    names: dict[str, object] = {}
    for block in blocks(page):
        where = f"{label(page)}:{block.line}"
        if block.language == "python":
            _run_python(block, names, where)
        elif block.language == "console":
            _run_console(block, where)


def _run_python(block: Block, names: dict[str, object], where: str) -> None:
    if ">>>" not in block.text:
        exec(compile(block.text, where, "exec"), names)
        return
    test = doctest.DocTestParser().get_doctest(block.text, names, where, None, block.line)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=said.append, clear_globs=False)
    names.update(test.globs)
    assert not runner.failures, f"{where}: {''.join(said)}"


def _run_console(block: Block, where: str) -> None:
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, encoding="utf-8", check=False)
        output = [line.rstrip() for line in (ran.stdout + ran.stderr).split("\n")]
        assert ran.returncode == 0, f"{where}: {command}: exit code {ran.returncode}: {ran.stderr}"
        at = 0
        for excerpt in re.split(r"^…$", shown, flags=re.MULTILINE):
            lines = [line.rstrip() for line in excerpt.strip("\n").split("\n")] if excerpt.strip() else []
            starts = [i for i in range(at, len(output) - len(lines) + 1) if output[i : i + len(lines)] == lines]
            assert starts, f"{where}: {command}: not in the output in one piece: {lines}; it is: {output[at:]}"
            at = starts[0] + len(lines)


# --- examples that are read ------------------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def facts(text: str) -> frozenset[str]:
    """What a sentence says, each value as the tables write it."""
    reading = read_with_mentions(Report.of(text, published=DAY))
    found: set[str | None] = {reading.kind, *(c.note for c in reading.contradictions)}
    for f in reading.figures:
        found |= {f.effect, f"{f.bound} {f.value}", f"{f.min} to {f.max}", f.vague_word, f.status, f.role, f.side, f.source, *f.demographic}
        found |= {f"{f.effect} {f.value}", f"min {f.min}", "cumulative" if f.cumulative else None}
    for e in reading.events:
        found |= {e.kind, e.modality, e.date, e.date_basis, e.time, e.time_of_day, e.source, *e.means, f"{e.kind} {e.modality}"}
        found |= {f"agent {a}" for a in e.agents} | {f"target {t}" for t in e.targets}
    for p in reading.places:
        found |= {
            p.name,
            p.name_en,
            p.level,
            f"radius {p.radius_km:g} km" if p.radius_km else None,
            "within " + p.within if p.within else None,
        }
        found |= {f"also {name}" for name in p.aka} | {f"{len(p.candidates)} candidates"}
    for m in reading.mentions or ():
        if isinstance(m, DateMention):
            found |= {m.edtf, m.time, m.time_of_day, m.duration, m.recurrence, m.basis}
        elif isinstance(m, QuantityMention):
            found |= {f"{m.bound} {m.value}", f"{m.min} to {m.max}", m.vague_word}
        elif isinstance(m, ActorMention):
            found |= {m.actor, "partisan" if m.partisan else None}
    return frozenset(filter(None, found))


def rows_under(heading: str) -> Iterator[object]:
    """The rows of every table whose last column is so headed."""
    for page in PROSE:
        for rows in tables(page):
            if rows[0][-1] == heading:
                for row in rows[1:]:
                    yield pytest.param(row, id=f"{label(page)}: {row[0]}")


@pytest.mark.parametrize("row", list(rows_under("read as")))
def test_examples_read_as_they_say(row: list[str]) -> None:
    sentences = quotes(row[-2])
    assert len(sentences) == 1, "one sentence a row"
    said = facts(sentences[0])
    assert codes(row[-1]), "nothing is said of it"
    for value in codes(row[-1]):
        assert value in said, f"{value!r} is not in the reading, which says: {', '.join(sorted(said))}"


@pytest.mark.parametrize("row", list(rows_under("not read yet")))
def test_gaps_are_gaps(row: list[str]) -> None:
    """What a page calls a gap and is read by now belongs among what is read."""
    (sentence,) = quotes(row[-2])
    assert codes(row[-1])
    assert not facts(sentence).issuperset(codes(row[-1])), "this is read now: take it off the list"


# --- the guide for editors -------------------------------------------------------------------------------------------

GUIDE = ROOT / "docs" / "lexicon-guide.md"


def guide_blocks(language: str) -> list[object]:
    return [pytest.param(b, id=f"line {b.line}") for b in blocks(GUIDE) if b.language == language]


@pytest.mark.parametrize("block", guide_blocks("csv"))
def test_rows_of_the_guide_are_rows(block: Block) -> None:
    header, *rows = list(csv.reader(block.text.splitlines()))
    assert rows
    if header == ["class", "inflect", "forms", "features", "note"]:
        assert gather(read_word_file("guide.csv", block.text.splitlines(keepends=True)))
        return
    files = [*(SOURCE / "data" / "actors").glob("*.csv"), *(SOURCE / "data" / "gazetteer").glob("*.csv")]
    headers = [file.read_text(encoding="utf-8").split("\n")[0].split(",") for file in files]
    assert header in headers
    assert all(len(row) == len(header) for row in rows)


@pytest.mark.parametrize("block", guide_blocks("toml"))
def test_rules_of_the_guide_do_what_they_say(block: Block) -> None:
    """A rule that is shipped is checked as it stands; any other one alone."""
    for rule in read_rule_file("guide.toml", block.text):
        shipped = next((r for r in load_rules() if r.name == rule.name), None)
        if shipped:
            assert (rule.pattern, rule.gives, rule.examples, rule.counter) == (
                shipped.pattern,
                shipped.gives,
                shipped.examples,
                shipped.counter,
            )
        else:
            assert rule.stage != "figure", "the guide's own figure rules cannot be run alone"
            assert rule_problems(rule, load_lexicon()) == []


def matched(pattern: str, text: str) -> list[str]:
    """What a pattern finds in a text, people and their numbers read together where the pattern speaks of groups."""
    lexicon = load_lexicon()
    units = _units(text, lexicon)
    if "GROUP" in pattern:
        units = units.merge(casualties.groups(units, casualties.group_rules(lexicon)))
    rule = Rule("guide", "event", pattern, {}, (), (), "guide:1")
    return [text[slice(*units.row.span(m.start(), m.end()))] for _, m in RuleSet([rule], lexicon).matches(units.row)]


def pattern_rows() -> list[object]:
    return [pytest.param(row, id=row[0]) for row in table(GUIDE, "pattern", "finds", "does not find")] if GUIDE.exists() else []


@pytest.mark.parametrize("row", pattern_rows())
def test_patterns_of_the_guide_find_what_they_say(row: list[str]) -> None:
    """«شن **غارة** على القرية»: the words in bold are what is found."""
    (pattern,) = codes(row[0])
    assert quotes(row[1])
    for text in quotes(row[1]):
        bold = re.findall(r"\*\*(.+?)\*\*", text)
        assert matched(pattern, text.replace("**", "")) == bold
    for text in quotes(row[2]):
        assert matched(pattern, text) == []


def test_inflections_of_the_guide_are_made() -> None:
    for how, item, forms in table(GUIDE, "way", "you write", "it knows"):
        made = [form.text for form in inflect(codes(how)[0], codes(item)[0])]
        for form in re.split("[،, ]+", forms.replace("…", "")):
            assert not form or fold_word(form) in made, f"{item}: {form}"


def test_messages_of_the_guide_are_those_of_the_checker() -> None:
    """Every message of the table has its words, file and line aside, in a string of the code."""
    strings = " ".join(
        node.value
        for file in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    for message, _ in table(GUIDE, "message", "what to do"):
        for piece in re.split(r"[…'«»]|\bX\b", codes(message)[0]):
            assert piece.strip() in strings, message


def test_the_guide_tells_of_every_data_file() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for folder in ("words", "actors", "rules"):
        for file in sorted((SOURCE / "data" / folder).iterdir()):
            if file.suffix in (".csv", ".toml"):
                assert file.name in text, file.name


# --- the design ------------------------------------------------------------------------------------------------------

DESIGN = ROOT / "docs" / "design.md"


def imports(layer: str) -> set[str]:
    """The layers that a module or folder of the package imports."""
    path = SOURCE / layer
    files = path.rglob("*.py") if path.is_dir() else [path.with_suffix(".py")]
    names = {
        node.module.split(".")[1]
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sijill.")
    }
    return names - {layer}


def test_the_table_of_imports_is_as_it_is() -> None:
    rows = table(DESIGN, "layer", "imports", "what it is")
    assert {codes(row[0])[0]: set(codes(row[1])) for row in rows if codes(row[0])[0] != "cli"} == {
        layer: imports(layer) for layer in (codes(row[0])[0] for row in rows) if layer != "cli"
    }
    layers = {path.stem for path in SOURCE.iterdir() if not path.name.startswith("__") and path.name not in ("data", "py.typed")}
    assert layers == {codes(row[0])[0] for row in rows}


def test_the_public_names_are_told_of() -> None:
    told = "\n".join(page.read_text(encoding="utf-8") for page in PROSE)
    assert [name for name in sijill.__all__ if not re.search(rf"\b{name}\b", told)] == []


def test_the_notice_names_what_is_vendored() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for word in (
        "GeoNames",
        "OCHA",
        "Natural Earth",
        "Leaflet",
        "Noto Naskh Arabic",
        "CC BY 4.0",
        "CC BY-IGO",
        "BSD-2-Clause",
        "SIL Open Font",
    ):
        assert word in notice
    dependencies = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for name in re.findall(r'^\s+"([a-z0-9-]+)>=', project, re.MULTILINE):
        assert name in dependencies, name
