"""Readings of texts that everybody has, kept to be compared byte by byte: two builds of the reader must write the same, whatever the speed.

The texts are our own sentences, mangled ones and made-up reports, and the articles of the corpus where it is beside the checkout.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmark import corpus, fuzz, speed
from sijill.errors import DateError
from sijill.pipeline import read
from sijill.records import Report, to_json

__all__ = ["measure"]

MANGLED, MADE_UP = 10_000, 2_000
DAY = date(2022, 2, 2).isoformat()


def measure(shared: Path, *, out: Path | None) -> dict[str, object]:
    """How many reports were read and how many a second, once the words are known; the readings go to `out`, one a line."""
    reports = list(_reports(shared / "corpus" / "reports.jsonl.gz"))
    lines = [_line(report) for report in reports]
    if out is not None:
        out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    timed = reports[-3_000:]
    start = time.process_time()
    for report in timed:
        _line(report)
    found: dict[str, object] = {
        "reader": "compiled" if speed.COMPILED else "plain Python",
        "readings": len(reports),
        "reports a second, one core, words known": round(len(timed) / (time.process_time() - start)),
    }
    print(", ".join(f"{name}: {figure}" for name, figure in found.items()))
    return found


def _reports(articles: Path) -> Iterator[Report]:
    for number, text in enumerate(fuzz.sentences()):
        yield Report.of(text, id=f"sentence-{number}", published=DAY)
    for number, (text, published) in enumerate(fuzz.texts(1, MANGLED)):
        yield Report.of(text, id=f"mangled-{number}", published=published)
    for made in corpus.planted(MADE_UP):
        yield made.report
    if articles.exists():
        with gzip.open(articles, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield Report.of(row["text"], id=row["id"], title=row.get("title"), published=row["published"][:10])


def _line(report: Report) -> str:
    """A reading as JSON, or as Python says it where half a character stands in it; of a day that is none, what is said of it."""
    try:
        reading = read(report)
        return to_json(reading)
    except DateError as wrong:
        return f"{report.id}: {wrong}"
    except UnicodeEncodeError:
        return ascii(reading)
