"""`python -m benchmark [accuracy|linking|incidents|speed|register|scale|desk|peers|fuzz|readings|all] [--record]`: measure, print, record.

Accuracy: readings of the gold records (`../shared/gold`), scored with the `score.py` that lies beside them.
Linking: readings of reports that are tied to one incident each (`../shared/gold/linking`): is its place among theirs, and its date?
Incidents: the same reports brought together as incidents, and the number of civilians killed beside the record's range.
Speed: the reader on real articles (`../shared/corpus`) on one core, cold start of the command, and growth with length.
Register: adding, linking and reconciling 1,000, 10,000 and 100,000 reports made of the corpus; half an hour, so it is no part of "all".
Scale: `sijill batch read` and `batch resolve` on made-up corpora with known answers, by one machine or Spark: time, memory, disk, what a
report costs as they grow, and whether the incidents are right (docs/scale.md). A million reports take hours; no part of "all".
Desk: pages for twenty at once and reads of the API, on a register that is named with --register; no part of "all".
Peers: dates and numbers beside dateparser, chrono-node and pyarabic, figures and events beside keywords; fetches chrono-node, so
it is no part of "all".
Readings: of our own sentences and others, to --out, which another build of the reader must write too; no part of "all".
Fuzz: mangled texts, so many as --counts says (a million by default), by --seed; what is found is kept in --out.
Where that material is not beside the checkout, the part is skipped and says so. Results go to `benchmark/results.jsonl`, by commit.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from benchmark import accuracy, corpus, desk, fuzz, incidents, linking, peers, readings, register, scale, speed

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmark" / "results.jsonl"
_PARTS = ("accuracy", "linking", "incidents", "speed", "register", "scale", "desk", "peers", "fuzz", "readings", "all")


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmark", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="?", choices=_PARTS, default="all")
    parser.add_argument("--record", action="store_true", help="append the figures to benchmark/results.jsonl")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder with gold/ and corpus/")
    parser.add_argument("--errors", type=int, default=0, help="print so many misses")
    parser.add_argument(
        "--counts", type=int, nargs="*", help="with register, scale: how many reports, several times; with fuzz: how many texts"
    )
    parser.add_argument("--register", type=Path, help="with desk: the file of a register")
    parser.add_argument("--seed", type=int, default=1, help="with fuzz: which texts; with scale: which corpus")
    parser.add_argument("--workers", type=int, help="with fuzz: processes (1); with scale: processes of each command (2)")
    parser.add_argument("--out", type=Path, help="with fuzz: a file for what is found, as lines of JSON; with readings: for these")
    parser.add_argument("--engine", choices=(*scale.ENGINES, "both"), default="local", help="with scale: who does it")
    parser.add_argument("--master", help="with scale: of Spark, its address; local[WORKERS,4] by default")
    parser.add_argument("--density", type=int, nargs="*", help=f"with scale: reports a day, several times ({corpus.REPORTS_A_DAY})")
    parser.add_argument(
        "--folder", type=Path, default=ROOT / "build" / "scale", help="with scale: for corpora and outputs, some ten KB a report"
    )
    parser.add_argument("--keep", action="store_true", help="with scale: leave the outputs in the folder")
    options = parser.parse_args()
    figures: dict[str, object] = {}
    if options.part in ("accuracy", "all"):
        figures["accuracy"] = accuracy.measure(options.shared, errors=options.errors)
    if options.part in ("linking", "all"):
        figures["linking"] = linking.measure(options.shared, errors=options.errors)
    if options.part in ("incidents", "all"):
        figures["incidents"] = incidents.measure(options.shared, errors=options.errors)
    if options.part in ("speed", "all"):
        figures["speed"] = speed.measure(options.shared)
    if options.part == "register":
        figures["register"] = register.measure(options.shared, tuple(options.counts or register.COUNTS))
    if options.part == "scale":
        figures["scale"] = _scale(options)
    if options.part == "desk":
        figures["desk"] = desk.measure(options.register)
    if options.part == "peers":
        figures["peers"] = peers.measure(options.shared)
    if options.part == "fuzz":
        figures["fuzz"] = fuzz.measure((options.counts or [1_000_000])[0], seed=options.seed, workers=options.workers or 1, out=options.out)
        print(figures["fuzz"])
    if options.part == "readings":
        figures["readings"] = readings.measure(options.shared, out=options.out)
    if options.record:
        record(figures)
    return 0


def _scale(options: argparse.Namespace) -> dict[str, float]:
    setup = scale.Setup(options.folder.resolve(), seed=options.seed, workers=options.workers or 2, master=options.master)
    engines = scale.ENGINES if options.engine == "both" else (options.engine,)
    densities = options.density or (corpus.REPORTS_A_DAY,)
    return scale.measure(setup, tuple(options.counts or scale.COUNTS), engines=engines, densities=densities, keep=options.keep)


def record(figures: dict[str, object]) -> None:
    """Append the figures with the commit they belong to; one line a run, no time of day."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    with RESULTS.open("a", encoding="utf-8") as out:
        out.write(json.dumps({"commit": commit or None, **figures}, ensure_ascii=False, sort_keys=True) + "\n")


if __name__ == "__main__":
    sys.exit(main())
