"""Estimate the weights of linking and write `src/sijill/data/linking/weights.toml`.

How often pairs of one incident come out each way (m) is counted on reports that are tied to incidents. How often pairs of two do (u), and
how many pairs that share a block are of one (the prior), is estimated by expectation–maximisation over all pairs that share a block in a
sample of newspapers, m being held fixed. With `--validate`, m is counted on four fifths of the incidents and the linking measured on the
fifth left out, five times.

    python3 scripts/build_weights.py [--validate] [SHARED]
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from sijill.geo import km
from sijill.link import incidents_of_reports, link
from sijill.link.blocks import candidate_pairs
from sijill.link.compare import TERMS, outcomes
from sijill.link.tellings import Telling, tellings
from sijill.link.weights import Weights, load_weights
from sijill.pipeline import read
from sijill.records import Report

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src" / "sijill" / "data" / "linking" / "weights.toml"

LINK, REVIEW = -2.5, -4.5
"""The lines, in bits, chosen on the same reports."""
FIXED = {"told": {"apart in one report": (0.05, 0.95), "in the same words": (0.9, 0.05)}, "place": {"unknown": (0.02, 0.02)}}
"""What is not estimated: a report that tells two events apart means two; the same words in a reprint are the same event."""
FEWEST = 0.01
"""The least share of an outcome, so that what a small sample never saw is not thought impossible."""

Shares = dict[str, dict[str, float]]
Told = tuple[dict[str, Any], list[Telling]]


def main(arguments: list[str]) -> int:
    shared = Path(next((a for a in arguments if not a.startswith("--")), ROOT.parent / "shared"))
    tied = [(row, _tellings(row)) for row in _rows(shared / "gold" / "linking" / "dev.jsonl.gz")]
    newspapers = [telling for row in _rows(shared / "corpus" / "reports.jsonl.gz") for telling in _tellings(row)]
    seen = Counter(tuple(outcomes(a, b).items()) for a, b in candidate_pairs(newspapers) if a.report != b.report)
    if "--validate" in arguments:
        validate(tied, seen)
        return 0
    weights = estimate(tied, seen)
    TARGET.write_text(as_toml(weights, len(tied), sum(seen.values())), encoding="utf-8")
    print(f"{TARGET}: prior {weights.prior:.2f} bits")
    return 0


def _rows(path: Path) -> Iterable[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _tellings(row: dict[str, Any]) -> list[Telling]:
    report = Report.of(row["text"], id=row["id"], title=row["title"], outlet=row["outlet"], published=(row["published"] or "")[:10] or None)
    return tellings(report, read(report))


def estimate(tied: list[Told], seen: Counter[tuple[tuple[str, str], ...]]) -> Weights:
    """Weights from reports tied to incidents, and from counts of outcomes of pairs that share a block."""
    m = _shares_of_one(tied)
    u, prior = _shares_of_two(m, seen)
    for what, fixed in FIXED.items():
        for outcome, (one, two) in fixed.items():
            m.setdefault(what, {})[outcome], u.setdefault(what, {})[outcome] = one, two
    return Weights(prior=round(prior, 2), link=LINK, review=REVIEW, m=_sorted(m), u=_sorted(u))


def _sorted(shares: Shares) -> Shares:
    return {what: {k: round(min(0.99, max(FEWEST, v)), 4) for k, v in sorted(shares[what].items())} for what in TERMS if what in shares}


def _shares_of_one(tied: list[Told]) -> Shares:
    """How pairs of tellings of one incident come out."""
    of: dict[str, list[Telling]] = defaultdict(list)
    for row, told in tied:
        if told:
            of[row["incident"]].append(min(told, key=lambda telling: _away(row, telling)))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for group in of.values():
        for one, other in combinations(group, 2):
            for what, outcome in outcomes(one, other).items():
                counts[what][outcome] += 1
    counts.pop("told", None)
    return {what: {o: (n + 0.5) / (sum(c.values()) + 0.5 * len(c)) for o, n in c.items()} for what, c in counts.items()}


def _away(row: dict[str, Any], telling: Telling) -> float:
    """How far a telling is from the incident that its report is tied to: in tens of kilometres and days, main events first."""
    day = date.fromisoformat(row["date"]).toordinal()
    away = [
        km(row["lat"], row["lon"], s.lat, s.lon)
        for s in telling.sites
        if row["lat"] is not None and s.lat is not None and s.lon is not None
    ]
    days = max(0, telling.days[0] - day, day - telling.days[1]) if telling.days else 3
    return (min(away, default=60) / 10 if row["lat"] is not None else 0) + min(5, days) - 1.5 * telling.main


def _shares_of_two(m: Shares, seen: Counter[tuple[tuple[str, str], ...]], rounds: int = 60) -> tuple[Shares, float]:
    """How pairs of two incidents come out, and the log odds (base 2) that a pair is of one."""
    for row in seen:
        for what, outcome in row:
            if what in m:
                m[what].setdefault(outcome, FEWEST)
    one = dict.fromkeys(seen, 0.05)
    total, share, u = sum(seen.values()), 0.05, {}
    for _ in range(rounds):
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for row, n in seen.items():
            for what, outcome in row:
                counts[what][outcome] += n * (1 - one[row])  # type: ignore[assignment]  # a weighted count
        u = {what: {o: (counts[what][o] + 0.5) / (sum(counts[what].values()) + 0.5 * len(m[what])) for o in m[what]} for what in m}
        for row in seen:
            odds = math.log(share / (1 - share)) + sum(math.log(m[what][o] / u[what][o]) for what, o in row if what in m)
            one[row] = 1 / (1 + math.exp(-odds))
        share = sum(one[row] * n for row, n in seen.items()) / total
    return u, math.log2(share / (1 - share))


def as_toml(weights: Weights, reports: int, pairs: int) -> str:
    """The weights as a file, with where they come from."""
    lines = [
        "# Weights of linking: how often pairs of one incident (m) and of two (u) come out each way. Written by scripts/build_weights.py.",
        f"# Source: our own counts. m on {reports} reports tied to dated and located incidents (facts: Airwars, through",
        f"# carsspacee88-crypto/syrian-archive-airwars); u and the prior on {pairs:,} pairs of a sample of Arabic newspapers.",
        "# Lines in bits: pairs at `link` or above are of one incident; from `review` up, possibly.",
        "",
        "[lines]",
        f"prior = {weights.prior}",
        f"link = {weights.link}",
        f"review = {weights.review}",
    ]
    for name, shares in (("m", weights.m), ("u", weights.u)):
        for what, row in shares.items():
            lines += ["", f"[{name}.{what}]", *(f'"{outcome}" = {share}' for outcome, share in row.items())]
    return "\n".join(lines) + "\n"


def validate(tied: list[Told], seen: Counter[tuple[tuple[str, str], ...]], folds: int = 5) -> None:
    """Measure on incidents that the weights were not counted on, beside the weights that come with sijill."""
    from benchmark.incidents import agreement

    incidents = sorted({row["incident"] for row, _ in tied})
    fold_of = {incident: number % folds for number, incident in enumerate(incidents)}
    scores = []
    for fold in range(folds):
        rest = [one for one in tied if fold_of[one[0]["incident"]] != fold]
        left = [one for one in tied if fold_of[one[0]["incident"]] == fold]
        scores.append(_score(left, estimate(rest, seen), agreement))
        print(f"fold {fold}: {scores[-1]}   with the weights of sijill: {_score(left, load_weights(), agreement)}")
    print("mean:", {name: round(sum(score[name] for score in scores) / folds, 3) for name in scores[0]})


def _score(tied: list[Told], weights: Weights, agreement: Callable[..., dict[str, float]]) -> dict[str, float]:
    linked = link([telling for _, told in tied for telling in told], weights=weights)
    found = incidents_of_reports(linked)
    return agreement(
        [row["incident"] for row, _ in tied], [found.get(told[0].report, row["id"]) if told else row["id"] for row, told in tied]
    )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
