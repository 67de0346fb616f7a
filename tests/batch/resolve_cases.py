"""What the tests of resolving at scale share: made-up reports with incidents that are told often, and a way to cut them small."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

corpus = pytest.importorskip("benchmark.corpus", reason="the benchmark is not beside the tests")

COUNT = 900

SIEGE = [
    "هاجم مسلحو تنظيم داعش سجن بلدة الشدادي في محافظة الحسكة يوم 10 كانون الثاني 2000، ما أدى إلى مقتل 15 عنصراً من قوات سوريا الديمقراطية. "
    "وانفجرت سيارة مفخخة عند باب السجن في بلدة الشدادي يوم 11 كانون الثاني 2000، "
    "وقُتل خمسة مدنيين في قصف مدفعي على بلدة الشدادي في اليوم نفسه.",
    "قالت قوات سوريا الديمقراطية إن مسلحي تنظيم داعش هاجموا سجن بلدة الشدادي في محافظة الحسكة يوم 10 كانون الثاني 2000، وإن 17 من عناصرها "
    "قتلوا. وفي اليوم التالي انفجرت سيارة مفخخة في بلدة الشدادي، كما سقطت قذائف مدفعية على بلدة الشدادي وقتلت خمسة مدنيين.",
    "انفجرت سيارة مفخخة في بلدة الشدادي بمحافظة الحسكة يوم 11 كانون الثاني 2000 دون أن تسفر عن قتلى.",
]
"""An attack with what followed it."""


def given(count: int, *, seed: int = 9) -> list[dict[str, Any]]:
    """Made-up reports of many days, some of them without a day, twice, reprinted, or in no language that is read."""
    chance = random.Random(seed)
    found: list[dict[str, Any]] = []
    for one in corpus.planted(count, seed=seed, a_day=12):
        row = {name: getattr(one.report, name) for name in ("id", "text", "title", "outlet", "published")}
        if chance.random() < 0.05:
            row["published"] = None
        found.append(row)
        if chance.random() < 0.03:
            found.append(row | {"id": f"{row['id']}-again", "outlet": "B"})
        if chance.random() < 0.03:
            found.append(row | {"id": f"{row['id']}-reprint", "text": f"خاص - {row['text']}", "outlet": "C"})
    found += [{"id": f"siege-{n}", "text": text, "outlet": f"S{n}", "published": f"2000-01-1{n + 2}"} for n, text in enumerate(SIEGE)]
    found.append({"id": "english", "text": "Nothing of note was said.", "published": "2000-01-02"})
    found.append({"id": "empty", "text": ""})
    chance.shuffle(found)
    return found


def put(folder: Path, reports: list[dict[str, Any]], *, each: int = 120, first: int = 0) -> Path:
    folder.mkdir(exist_ok=True)
    for number, at in enumerate(range(0, len(reports), each), start=first):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in reports[at : at + each])
        (folder / f"f{number:03}.jsonl").write_text(text, encoding="utf-8")
    return folder


SMALL = {"_TEXTS": 60, "_TELLINGS": 25, "_UNITS": 1}
"""Sizes of `resolving.run` that make many runs and stretches of few reports."""


def cut_small(folder: Path) -> dict[str, str]:
    """The environment in which a process of its own has these sizes."""
    folder.mkdir(exist_ok=True)
    sizes = "".join(f"run.{name} = {value}\n" for name, value in SMALL.items())
    (folder / "sitecustomize.py").write_text(f"from sijill.batch.resolving import run\n{sizes}", encoding="utf-8")
    return os.environ | {"PYTHONPATH": str(folder)}
