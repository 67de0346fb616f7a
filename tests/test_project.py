"""The project as a whole: what its files may not say, what they must have, and pages that are made from the code."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import jsonschema
import msgspec
import pytest
from factories import reading
from test_casualties import ROWS
from test_claims import CAMPAIGN, RECALLED, ROUND_UP, TOLD_TWICE, TWO_DAYS

from sijill.lexicon import load_lexicon
from sijill.records import reading_schema, to_json
from sijill.rules import load_rules

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = {".git", ".venv", ".tools", ".hypothesis", ".mypy_cache", ".ruff_cache", ".pytest_cache", "__pycache__", "dist", "build"}
VENDORED = ("src/sijill/export/assets/",)
BINARY = {".png", ".jpg", ".gz", ".woff2", ".ico", ".pyc"}


@lru_cache(maxsize=1)
def tracked() -> tuple[Path, ...]:
    """The files of the project: those that git knows, or, without git, all but caches."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        listed = []
    if not any(listed):
        listed = [str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if p.is_file() and not SKIPPED & set(p.relative_to(ROOT).parts)]
    return tuple(ROOT / name for name in sorted(listed) if name and (ROOT / name).is_file())


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


TEXTS = [p for p in tracked() if p.suffix not in BINARY and not name(p).startswith(VENDORED)]

# Put together here so that this file does not hold them.
FORBIDDEN = {
    "a path of one machine": re.compile("/" + r"(?:work|root|home/\w+)/|/" + "tmp/" + r"[a-z]"),
    "an issue or pull request by number": re.compile(r"\b(?:issue|PR|pull request) " + r"#\d+", re.IGNORECASE),
    "a package registry": re.compile(r"pypi\." + r"org|files\.python" + r"hosted\.org|registry\.npm" + r"js\.org|crates\." + r"io"),
    "a mark of unfinished work": re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b"),
    "a conflict of two versions": re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE),
}


@pytest.mark.parametrize("what", sorted(FORBIDDEN))
def test_no_file_says(what: str) -> None:
    found = []
    for path in TEXTS:
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{name(path)}:{text.count(chr(10), 0, m.start()) + 1}: {m.group()}" for m in FORBIDDEN[what].finditer(text)]
    assert found == []


def test_texts_are_utf8_with_plain_line_ends() -> None:
    for path in TEXTS:
        raw = path.read_bytes()
        raw.decode("utf-8")
        assert b"\r\n" not in raw, name(path)
        assert not raw or raw.endswith(b"\n"), name(path)


@pytest.mark.parametrize("path", [p for p in tracked() if p.suffix == ".py" and "src" in p.parts], ids=name)
def test_every_module_says_what_it_is(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert said
    assert said.split("\n")[0].strip()


NEEDED = ["README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", "docs/reference/reading.md"]


@pytest.mark.parametrize("wanted", NEEDED)
def test_the_project_has(wanted: str) -> None:
    assert (ROOT / wanted).read_text(encoding="utf-8").strip()


def test_the_changelog_knows_this_version() -> None:
    version = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert version
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert version.group(1) in changes or "Unreleased" in changes


# --- the reference ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    path = ROOT / "scripts" / "build_reference.py"
    spec = importlib.util.spec_from_file_location("build_reference", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_reference"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["reading.schema.json", "reading.md", "classes.md", "rules.md", "api.md"])
def test_the_reference_is_current(reference: ModuleType, page: str) -> None:
    written = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")
    assert written == reference.pages()[page], "run: python3 dev.py schema"


def test_the_reference_names_every_rule_and_class(reference: ModuleType) -> None:
    pages = reference.pages()
    assert all(f"| {rule.name} |" in pages["rules.md"] for rule in load_rules())
    assert all(f"`{tag}`" in pages["classes.md"] for tag in load_lexicon().classes() if not tag.startswith("="))


STORIES = [TOLD_TWICE, TWO_DAYS, CAMPAIGN, ROUND_UP, RECALLED, "", "no Arabic", *(text for text, _ in ROWS[:12])]


@pytest.mark.parametrize("text", STORIES)
def test_readings_fit_the_published_schema(text: str) -> None:
    schema = reading_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(msgspec.json.decode(to_json(reading(text))), schema, cls=jsonschema.Draft202012Validator)


def test_the_schema_refuses_what_is_no_reading() -> None:
    record = msgspec.json.decode(to_json(reading(TOLD_TWICE)))
    record["events"][0]["kind"] = "party"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, reading_schema(), cls=jsonschema.Draft202012Validator)
