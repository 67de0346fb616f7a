"""Real processes: killed in the middle, two writing at once, several opening one new register."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from store_factories import Opener

from sijill.store import Store

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
SOURCE = HERE.parent.parent / "src"

# A child that adds reports numbered from `first` to `last`, some in a batch, and says after each batch how far it is.
CHILD = """
import sys
sys.path[:0] = [{source!r}, {here!r}]
from sijill.store import Store
from store_factories import put
location, first, last, size = sys.argv[1], *map(int, sys.argv[2:])
with Store.open(location) as store:
    print("open", flush=True)
    for begin in range(first, last, size):
        with store.writing() as batch:
            for n in range(begin, min(begin + size, last)):
                put(batch, f"قصف على القرية رقم {{n}} " + "قصف " * 40, "القرية", location=f"{{n}}.txt")
        print(begin + size, flush=True)
"""


def child(location: str, first: int, last: int, size: int) -> subprocess.Popen[str]:
    code = CHILD.format(source=str(SOURCE), here=str(HERE))
    command = [sys.executable, "-c", code, location, *map(str, (first, last, size))]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(SOURCE)}
    )


def done(process: subprocess.Popen[str]) -> None:
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, output + errors


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_at_any_moment_nothing_is_lost_or_half_done(new_location: Opener, kind: str) -> None:
    location, chance, last = new_location(kind), random.Random(11), 7 * 1000
    kept = unfinished = 0
    for kill in range(20):
        process = child(location, max(0, kept - 21), last, 7)
        said = "0"
        if kill:  # the first is killed while it makes the register
            assert process.stdout
            said = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.3))
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
        lines = (said + rest).split()
        told = int(lines[-1]) if lines[-1:] and lines[-1].isdigit() else 0
        with Store.open(location) as store:
            counts = store.count()
            assert counts.reports >= max(min(told, last), kept), "what was said to be kept is there"
            assert counts.reports in (last, *range(0, last, 7)), "batches are whole"
            assert counts.reports == counts.acquisitions == counts.readings == counts.entries == store.count_hits("القرية")
            unfinished += kept < counts.reports < last
            kept = counts.reports
            if kill % 5 == 4:
                assert store.verify().problems == []
    assert unfinished >= 5, "the kills met writing"
    done(child(location, 0, last, 250))
    with Store.open(location) as store:
        assert store.count().reports == last
        assert store.verify().problems == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_write_at_once(new_location: Opener, kind: str) -> None:
    location = new_location(kind)
    both = [child(location, 0, 300, 3), child(location, 150, 450, 4)]  # they make the register together too
    for process in both:
        done(process)
    with Store.open(location) as store:
        counts = store.count()
        assert (counts.reports, counts.acquisitions, counts.entries) == (450, 450, 450)
        assert store.verify().problems == []


def test_many_make_one_register(new_location: Opener) -> None:
    location = new_location("sqlite")
    for process in [child(location, n, n + 5, 1) for n in range(5)]:
        done(process)
    with Store.open(location) as store:
        assert store.count().reports == 9
        assert store.verify().ok
