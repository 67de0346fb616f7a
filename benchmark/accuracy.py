"""Readings scored against gold records."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from sijill.pipeline import read
from sijill.records import Report, to_json


def measure(shared: Path, *, errors: int = 0) -> dict[str, Any]:
    """Scores of both gold sets as ``{set: {row: figure}}``, printed as a table; empty where there is no gold."""
    gold = shared / "gold"
    if not (gold / "score.py").exists():
        print(f"accuracy: skipped, no gold records at {gold}", file=sys.stderr)
        return {}
    scorer = load_scorer(gold / "score.py")
    sets = {"visible gold records": sorted((gold / "dev").glob("*.json")), "Hasakah report": [gold / "hasakah-prison-2022.json"]}
    found: dict[str, Any] = {}
    for name, files in sets.items():
        result, misses = scorer.score(*readings(files))
        found[name] = flat(result)
        print(f"\n{name}: {result['reports']} reports")
        for row, figure in found[name].items():
            print(f"  {row:<58}{figure:.3f}")
        for miss in misses[:errors]:
            print("   ", *miss, sep=" | ")
    found["by kind of report"] = by_kind(scorer, sets["visible gold records"])
    return found


ROWS = {
    "figures": "figures: effect and number (F1)",
    "with status, role": "figures: with bound, status and role (F1)",
    "events": "events: found, kind group (F1)",
    "kind": "events: exact kind (F1)",
    "whole": "events: whole (kind, date, place, agents, modality) (F1)",
    "dates": "dates of events (F1)",
    "places": "places of events (F1)",
    "agents": "actors as agents (F1)",
    "main": "main events found",
}
STATEMENTS = ("Human Rights", "Violations", "Civil Defense")
PRESS = {
    "snn": "newspapers, 2015",
    "vul": "broadcaster, 2021–2022",
    "nas": "other press, 2012 and 2017",
    "ant": "other press, 2012 and 2017",
}


def kind_of_report(gold: dict[str, Any]) -> str:
    """What sort of report a gold record is: by its title, who published it, and the collection that its id names."""
    if "حصاد" in (gold.get("title") or ""):
        return "daily round-ups of Syrian outlets"
    if any(word in (gold.get("outlet") or "") for word in STATEMENTS):
        return "statements of rights and rescue groups"
    return PRESS.get(gold["id"][:3], "news of Syrian outlets")


def by_kind(scorer: ModuleType, files: list[Path]) -> dict[str, dict[str, float]]:
    """The main figures of each kind of report, printed as a table."""
    golds, found = readings(files)
    table = {}
    print(f"\n{'kind of report':<42}{'reports':>8}" + "".join(f"{name:>19}" for name in ROWS))
    for kind in sorted({kind_of_report(gold) for gold in golds}):
        of_kind = [gold for gold in golds if kind_of_report(gold) == kind]
        figures = flat(scorer.score(of_kind, found)[0])
        table[kind] = {"reports": len(of_kind), **{name: figures[row] for name, row in ROWS.items()}}
        print(f"{kind:<42}{len(of_kind):>8}" + "".join(f"{table[kind][name]:>19.2f}" for name in ROWS))
    return table


def load_scorer(path: Path) -> ModuleType:
    """The scoring script as a module."""
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def readings(files: list[Path]) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """Gold records with their texts, and our readings of them by id."""
    golds, found = [], {}
    for file in files:
        gold = json.loads(file.read_text(encoding="utf-8"))
        gold["_text"] = gold.get("text") or (file.parent / gold["file"]).read_text(encoding="utf-8")
        golds.append(gold)
        report = Report.of(
            gold["_text"], id=gold["id"], title=gold.get("title"), outlet=gold.get("outlet"), published=gold.get("published")
        )
        found[gold["id"]] = json.loads(to_json(read(report)))
    return golds, found


def flat(result: dict[str, Any]) -> dict[str, float]:
    """F1 of every list and the share of every check, by name."""
    lists = {f"{name} (F1)": row["f1"] for name, row in result["lists"].items()}
    return {**lists, **{name: row["right"] for name, row in result["shares"].items()}}
