"""The made-up corpus with known answers: its incidents are found again across days, revisions, reprints and round-ups."""

from __future__ import annotations

from collections import Counter

import pytest

corpus = pytest.importorskip("benchmark.corpus", reason="the benchmark is not beside the tests")
incidents = pytest.importorskip("benchmark.incidents")

from sijill.link import incidents_of_reports, link, tellings  # noqa: E402
from sijill.pipeline import read  # noqa: E402


def test_the_same_seed_makes_the_same_corpus() -> None:
    made = list(corpus.planted(300, seed=5))
    assert made == list(corpus.planted(300, seed=5))
    assert made != list(corpus.planted(300, seed=6))
    assert len({one.report.sha256 for one in made}) == 300


def test_it_holds_all_that_is_hard() -> None:
    made = list(corpus.planted(2_000, seed=5))
    told = Counter(id for one in made for id in one.incidents)
    assert {len(one.incidents) for one in made} >= {0, 1, 2, 3, 4}
    assert {1, 2, 3} <= set(told.values())
    assert max(told.values()) > 5
    assert any(one.report.text.startswith("متابعات - ") for one in made)


@pytest.mark.slow
def test_planted_incidents_are_found() -> None:
    """Places of one name far apart, one kind on one day in several villages, tolls that differ by one: all are in it."""
    made = [one for one in corpus.planted(1_500, seed=4) if len(one.incidents) == 1]
    of = incidents_of_reports(link([t for one in made for t in tellings(one.report, read(one.report))]))
    found = incidents.agreement([one.incidents[0] for one in made], [of.get(one.report.sha256, one.report.id) for one in made])
    assert found["pairwise F1"] >= 0.90
    assert found["B-cubed F1"] >= 0.93


def test_what_tells_of_no_conflict_is_read_so() -> None:
    made = [one for one in corpus.planted(400, seed=4) if not one.incidents]
    assert [one.report.text for one in made if read(one.report).kind != "negative"] == []
