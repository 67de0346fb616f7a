"""A process that adds is killed at random moments: nothing is lost, nothing is half written, and a rerun finishes the work."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest

from sijill.records import Incident
from sijill.register import Register, adding

TOWNS = ("سرمين", "بنش", "تفتناز", "أريحا", "كفر تخاريم", "حارم", "سلقين", "معرة مصرين")
MOMENTS = 50


def texts() -> list[dict[str, str]]:
    """Reports of shelling in eight towns on five days, each told by two papers."""
    rows = []
    for day in range(1, 6):
        for n, town in enumerate(TOWNS):
            dead = 1 + (day + n) % 7
            strike = f"قصف مدفعي لقوات النظام على بلدة {town} في ريف إدلب يوم {day} آذار 2022"
            rows.append(
                {"id": f"a{day}-{n}", "outlet": "A", "published": f"2022-03-{day:02}", "text": f"قتل {dead + 2} مدنيين في {strike}."}
            )
            rows.append(
                {"id": f"b{day}-{n}", "outlet": "B", "published": f"2022-03-{day:02}", "text": f"أوقع {strike} {dead + 3} قتلى مدنيين."}
            )
    return rows


def add(path: str, source: str) -> None:
    """What the killed process does: small steps, so that there are many moments to be killed in."""
    adding._REPORTS = 7
    with Register(path) as register:
        register.add(source)


def result(register: Register) -> list[tuple[list[str], list[tuple[object, ...]]]]:
    """What the register says of every incident; ids hang on which report came first."""

    def figures(incident: Incident) -> list[tuple[object, ...]]:
        return [(f.effect, f.status, f.low, f.best, f.high) for f in incident.figures]

    return sorted((sorted(i.events), figures(i)) for i in register.incidents(limit=1000).incidents)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="needs fork and SIGKILL")
def test_killed_at_fifty_moments(tmp_path: Path) -> None:
    source = tmp_path / "reports.jsonl"
    source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in texts()), encoding="utf-8")
    start = time.perf_counter()
    with Register(str(tmp_path / "whole.db")) as whole:
        whole.add(str(source))
        expected = result(whole)
        assert whole.count().reports == len(texts())
    usual = time.perf_counter() - start

    chance, killed, number = random.Random(7), 0, 0
    processes = multiprocessing.get_context("fork")
    while killed < MOMENTS:
        path, kept = str(tmp_path / f"killed{number}.db"), 0
        number += 1
        while killed < MOMENTS:
            child = processes.Process(target=add, args=(path, str(source)))
            child.start()
            child.join(chance.uniform(0, usual))
            if not child.is_alive() or child.pid is None:
                child.join()
                break
            os.kill(child.pid, signal.SIGKILL)
            child.join()
            killed += 1
            with Register(path) as register:
                counts = register.count()
                assert counts.reports >= kept  # what was kept stays kept
                assert counts.readings == counts.reports
                kept = counts.reports
        with Register(path) as register:
            summary = register.add(str(source))
            assert summary.added + summary.there == len(texts())
            assert result(register) == expected
            assert register.verify().ok
