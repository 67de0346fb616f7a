"""Mangled texts: the reader neither fails nor points beside the text, and what once made it fail does so no more.

`python -m benchmark fuzz` tries millions; here a few thousand, always the same ones, and every text that was found so.
"""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

fuzz = pytest.importorskip("benchmark.fuzz", reason="the benchmark is not beside the tests")

CRASHERS = [json.loads(line) for line in (Path(__file__).parent / "crashers.jsonl").read_text("ascii").splitlines()]


@pytest.mark.parametrize("found", CRASHERS, ids=[row["wrong"] for row in CRASHERS])
def test_what_was_found_is_mended(found: dict[str, str]) -> None:
    assert fuzz.problem(found["text"], found["published"]) is None
    assert fuzz.problem(found["text"], found["published"], mentions=True) is None


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_mangled_texts_are_read(seed: int) -> None:
    signal.signal(signal.SIGALRM, fuzz._ring)
    wrong = [(text, why) for n, (text, day) in enumerate(fuzz.texts(900 + seed, 1_000), 1) if (why := fuzz._tried(text, day, n)[0])]
    assert wrong == []


def test_the_same_seed_makes_the_same_texts() -> None:
    assert list(fuzz.texts(7, 50)) == list(fuzz.texts(7, 50))
    assert list(fuzz.texts(7, 50)) != list(fuzz.texts(8, 50))


def test_a_fault_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(report: object) -> None:
        raise KeyError("lost")

    monkeypatch.setattr(fuzz, "read", failing)
    assert fuzz.problem("قُتل مدني", None) == "KeyError: 'lost'"
