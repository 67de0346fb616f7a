"""Imports go one way: every module imports only what its row of the table allows, and the core touches no outside world."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sijill

SOURCE = Path(sijill.__file__).parent
MODULES = sorted(path.relative_to(SOURCE) for path in SOURCE.rglob("*.py"))

# A layer (a module, or a folder of modules) and the layers it may import. A folder may import itself.
CORE = {
    "errors": set(),
    "geo": set(),
    "native": set(),
    "records": set(),
    "text": {"records", "native"},
    "inflect": {"text"},
    "names": {"errors", "records", "text", "inflect"},
    "rules": {"errors", "text", "lexicon"},  # the lexicon as a type only
    "lexicon": {"errors", "text", "inflect", "names", "rules"},  # rules name words that get a class of their own
    "annotate": {"errors", "records", "text", "geo", "names", "rules", "lexicon", "native"},
    "claims": {"records", "text", "geo", "names", "lexicon", "annotate", "native"},
    "pipeline": {"errors", "records", "text", "names", "rules", "lexicon", "annotate", "claims"},
    "families": {"text"},
    "tolls": {"records"},
    "link": {"errors", "records", "text", "geo", "lexicon", "annotate"},
    "reconcile": {"errors", "records", "lexicon"},
    "resolve": {"records", "text", "link", "reconcile"},
    "codebooks": {"errors", "records", "text", "geo", "names", "lexicon", "tolls"},
}
OUTSIDE = {
    "memory": set(),
    "mentions": {"records", "text", "annotate", "claims", "pipeline"},
    "explain": {"errors", "records", "text", "rules", "lexicon", "annotate", "claims", "pipeline", "mentions"},
    "check": {"errors", "records", "text", "inflect", "names", "rules", "lexicon", "annotate"},
    "ingest": {"errors", "records", "text"},
    "store": {"errors", "records", "text", "tolls"},
    "datasets": {"errors", "records", "text", "geo", "names", "lexicon", "ingest"},
    "export": {"errors", "records", "text", "geo", "explain", "tolls", "codebooks", "datasets"},
    "register": {
        *("errors", "records", "text", "geo", "rules", "lexicon", "tolls", "families", "link", "reconcile", "resolve"),
        *("ingest", "datasets", "batch", "store", "export", "memory"),
    },
    "desk": {"errors", "records", "text", "tolls", "reconcile", "register", "store", "export"},
    "batch": {"errors", "records", "families", "tolls", "link", "resolve", "pipeline", "mentions", "ingest", "memory"},
}
LAYERS = CORE | OUTSIDE
TOP = {"__init__", "__main__", "cli"}  # may import anything; nothing but __main__ imports cli

# What reads or writes the world, or gives another answer another time.
WORLD = set("os io sys pathlib shutil tempfile subprocess socket ssl urllib http asyncio threading random secrets uuid time locale".split())
CALLS = {"open", "print", "input", "eval", "exec", "now", "today", "utcnow", "hash", "id"}
CALLS_ALLOWED = {"id"}  # identity of drafts inside one reading; never in the output


def layer(module: Path) -> str:
    return module.parts[0].removesuffix(".py")


def imported(module: Path) -> Iterator[str]:
    """Full names of every module that a file imports, also inside functions and for type checking."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def tree(module: Path) -> ast.Module:
    return ast.parse((SOURCE / module).read_text(encoding="utf-8"))


def ours(module: Path) -> set[str]:
    """Layers that a file imports."""
    return {name.split(".")[1] for name in imported(module) if name.startswith("sijill.")}


def test_every_module_is_in_the_table() -> None:
    assert {layer(m) for m in MODULES} <= LAYERS.keys() | TOP


@pytest.mark.parametrize("module", [m for m in MODULES if layer(m) not in TOP], ids=str)
def test_imports_go_one_way(module: Path) -> None:
    name = layer(module)
    assert ours(module) - {name} <= LAYERS[name]


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_nothing_imports_the_command_line(module: Path) -> None:
    assert "cli" not in ours(module) or layer(module) in ("__main__", "cli")


@pytest.mark.parametrize("module", [m for m in MODULES if layer(m) in CORE], ids=str)
def test_the_core_touches_no_outside_world(module: Path) -> None:
    assert not {name.split(".")[0] for name in imported(module)} & WORLD
    called = {
        node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call)
    }
    assert not called & (CALLS - CALLS_ALLOWED)


def test_the_table_has_no_circle_but_the_one_it_names() -> None:
    below: set[str] = set()
    for name, allowed in CORE.items():
        assert allowed - below <= ({"lexicon"} if name == "rules" else set()), name
        below.add(name)


def test_importing_the_package_reads_no_data() -> None:
    """`import sijill` is cheap: the lexicon is read when the first report is."""
    names = set(imported(Path("__init__.py")))
    top_level = {
        node.module
        for node in tree(Path("__init__.py")).body
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sijill")
    }
    assert top_level == set()
    assert names
