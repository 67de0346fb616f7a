"""Many reports: in order, the same for every number of workers, and never ended by one of them."""

import multiprocessing
import os
import signal
from collections.abc import Iterator

import pytest

from sijill.batch import local
from sijill.batch.local import read_lines, read_many
from sijill.errors import SijillError
from sijill.ingest.jsonl import LineError
from sijill.records import Reading, Report, to_json

WORDS = ["قُتل {} مدنيين في قصف على إدلب", "أصيب {} جنود قرب حلب", "فاز الفريق {} مرات", "no Arabic {}"]


def reports(count: int) -> list[Report]:
    return [Report.of(WORDS[i % 4].format(i + 3), id=f"r{i}", published="2022-02-02") for i in range(count)]


def lines(count: int) -> list[tuple[int, Report | LineError]]:
    numbered: list[tuple[int, Report | LineError]] = list(enumerate(reports(count), start=1))
    numbered[3] = (4, LineError(id=None, line=4, error="not JSON"))
    numbered[5] = (6, Report.of("قتل", id="undated", published="2022-13-45"))
    return numbered


def as_json(found: Iterator[Reading | LineError]) -> list[str]:
    return [to_json(item) for item in found]


def test_the_same_for_every_number_of_workers() -> None:
    given = lines(150)
    alone = as_json(read_lines(given))
    assert len(alone) == 150
    assert as_json(read_lines(given, workers=2)) == alone
    assert as_json(read_lines(given, workers=3)) == alone


def test_errors_keep_their_place() -> None:
    found = list(read_lines(lines(8)))
    assert [isinstance(item, LineError) for item in found] == [False, False, False, True, False, True, False, False]
    assert isinstance(found[5], LineError)
    assert (found[5].id, found[5].line) == ("undated", 6)
    assert "YYYY-MM-DD" in found[5].error


@pytest.mark.parametrize("workers", [1, 2])
def test_an_unforeseen_fault_costs_one_report(monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    whole = local.read

    def faulty(report: Report) -> Reading:
        if report.id == "r2":
            raise RecursionError("deep\nand deeper")
        return whole(report)

    monkeypatch.setattr(local, "read", faulty)
    forked = multiprocessing.get_context("fork")  # only forked workers have the faulty reader, and with a thread about none is forked
    monkeypatch.setattr(local, "context", lambda: forked)
    found = list(read_many(reports(5), workers=workers))
    assert [isinstance(item, LineError) for item in found] == [False, False, True, False, False]
    assert isinstance(found[2], LineError)
    assert (found[2].id, found[2].line) == ("r2", 3)
    assert "RecursionError: deep and deeper" in found[2].error


def test_mentions_are_listed_when_asked_for() -> None:
    found = next(read_many(reports(1), mentions=True))
    assert isinstance(found, Reading)
    assert found.mentions


def test_input_is_read_only_as_far_as_needed() -> None:
    taken = 0

    def endless() -> Iterator[tuple[int, Report]]:
        nonlocal taken
        while True:
            taken += 1
            yield taken, Report.of("قتل", id=str(taken))

    found = read_lines(endless(), workers=2)
    next(found)
    assert taken <= 32 * 6
    found.close()  # type: ignore[attr-defined]


def test_a_worker_that_dies_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    def deadly(_: Report) -> Reading:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    given = enumerate(reports(3), start=1)
    monkeypatch.setattr(local, "context", lambda: multiprocessing.get_context("fork"))
    monkeypatch.setattr(local, "read", deadly)
    with pytest.raises(SijillError, match="fewer --workers"):
        list(read_lines(given, workers=2))
