"""Linking and reconciling against reports that are tied to incidents: are reports of one incident brought together, is the toll right?

A report is taken to be of that one of the incidents it tells which most reports are about (`link.incidents_of_reports`). The groups so made
are held against the incidents of the records: pairwise precision, recall and F1, and B-cubed (Bagga and Baldwin 1998).
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

from sijill.link import Linked, incidents_of_reports, link, tellings
from sijill.pipeline import read
from sijill.records import Incident, Reading, Report
from sijill.resolve import Told, assemble


def measure(shared: Path, *, errors: int = 0) -> dict[str, float]:
    """Figures by name, printed as a table, with so many groups that hold several incidents; empty where there are no such reports."""
    path = shared / "gold" / "linking" / "dev.jsonl.gz"
    if not path.exists():
        print(f"incidents: skipped, no reports tied to incidents at {path}", file=sys.stderr)
        return {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    reports = [Report.of(r["text"], id=r["id"], title=r["title"], outlet=r["outlet"], published=r["published"]) for r in rows]
    readings = [read(report) for report in reports]
    linked = link([t for report, reading in zip(reports, readings, strict=True) for t in tellings(report, reading)])
    of = incidents_of_reports(linked)
    groups = [of.get(report.sha256, report.id) for report in reports]
    found = agreement([row["incident"] for row in rows], groups)
    print(f"\nreports brought together as incidents: {len(rows)} reports of {len({row['incident'] for row in rows})} incidents")
    for name, figure in found.items():
        print(f"  {name:<58}{figure:.3f}")
    tolls = civilians_killed(rows, groups, linked, readings)
    share = sum(inside for *_, inside in tolls) / max(1, len(tolls))
    print(f"  {'civilians killed (best) within the range of the record':<58}{share:.3f}  of {len(tolls)} incidents")
    for row, best, inside in tolls[: errors * 4]:
        if not inside:
            print(
                "   ", row["incident"], row["date"], row["place_en"], f"{row['civilians_killed_min']}–{row['civilians_killed_max']}", best
            )
    for line in mixed(rows, groups, readings)[:errors]:
        print("   ", line)
    return found | {"civilians killed within range": share}


def agreement(truth: Sequence[Hashable], groups: Sequence[Hashable]) -> dict[str, float]:
    """Pairwise and B-cubed precision, recall and F1 of a grouping.

    >>> agreement("aab", "xxx")["pairwise recall"], round(agreement("aab", "xxx")["B-cubed precision"], 2)
    (1.0, 0.56)
    """
    both, true, said = Counter(zip(truth, groups, strict=True)), Counter(truth), Counter(groups)
    pairs = sum(n * (n - 1) for n in both.values())
    precision = pairs / max(1, sum(n * (n - 1) for n in said.values()))
    recall = pairs / max(1, sum(n * (n - 1) for n in true.values()))
    b_precision = sum(n * n / said[group] for (_, group), n in both.items()) / len(truth)
    b_recall = sum(n * n / true[label] for (label, _), n in both.items()) / len(truth)
    return {
        "pairwise precision": precision,
        "pairwise recall": recall,
        "pairwise F1": _f1(precision, recall),
        "B-cubed precision": b_precision,
        "B-cubed recall": b_recall,
        "B-cubed F1": _f1(b_precision, b_recall),
    }


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def civilians_killed(
    rows: Sequence[dict[str, Any]], groups: Sequence[str], linked: Linked, readings: Sequence[Reading]
) -> list[tuple[dict[str, Any], int | None, bool]]:
    """For each recorded incident with two reports or more and a range: our best number of civilians killed, and whether it lies inside.

    Ours is that of the incident which holds most of its reports: civilians, else the people of whom no report says what they were.
    An incident of which no report counts the dead has 0, as the record has.
    """
    told = {reading.sha256: Told(reading, reading.sha256, number) for number, reading in enumerate(readings)}
    incidents = {incident.id: incident for incident in assemble(linked.groups, linked.parents, told)}
    held: dict[str, Counter[str]] = defaultdict(Counter)
    for row, group in zip(rows, groups, strict=True):
        held[row["incident"]][group] += 1
    found = []
    for row in {row["incident"]: row for row in rows}.values():
        low, high = (row[f"civilians_killed_{end}"] for end in ("min", "max"))
        if sum(held[row["incident"]].values()) < 2 or low is None or high is None:
            continue
        incident = incidents.get(held[row["incident"]].most_common(1)[0][0])
        best = _best_civilians(incident) if incident else None
        found.append((row, best, int(low) <= (best or 0) <= int(high)))
    return found


def _best_civilians(incident: Incident) -> int | None:
    figures = {
        f.status: f.best for f in incident.figures if f.effect == "killed" and not f.demographic and f.best is not None and not f.side
    }
    return figures.get("civilian", figures.get("mixed"))


def mixed(rows: Sequence[dict[str, Any]], groups: Sequence[str], readings: Sequence[Reading]) -> list[str]:
    """Groups that hold reports of several incidents, the largest first, in a line each."""
    held: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        held[group].append(number)
    found = []
    for group, numbers in held.items():
        incidents = Counter(rows[n]["incident"] for n in numbers)
        if len(incidents) > 1:
            told = ", ".join(f"{incident} ×{n}" for incident, n in incidents.most_common())
            first = next((e for e in readings[numbers[0]].events if e.main), None)
            found.append(
                (len(numbers), f"{group}: {told} ({rows[numbers[0]]['date']}, {rows[numbers[0]]['place_en']}, {first and first.kind})")
            )
    return [line for _, line in sorted(found, reverse=True)]
