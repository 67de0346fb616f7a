"""A small register and a desk of it that a team shares; made once, and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_people import Clock, Desk

from sijill.records import Report
from sijill.register import Register

TEXTS = (
    "قتل ثلاثة مدنيين اليوم الثلاثاء في قصف مدفعي على بلدة سرمين في ريف إدلب.",
    "أوقع قصف مدفعي على بلدة سرمين بريف إدلب خمسة قتلى مدنيين اليوم الثلاثاء.",
)


@pytest.fixture(scope="session")
def filled_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "register.sijill"
    with Register(str(path), by="root") as register:
        register.add_reports([Report.of(text, published="2022-03-01", outlet=outlet) for text, outlet in zip(TEXTS, "AB", strict=True)])
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def register(filled_register: Path, tmp_path: Path, clock: Clock) -> Iterator[Register]:
    copy = tmp_path / "register.sijill"
    shutil.copy(filled_register, copy)
    with Register(str(copy), by="root", clock=clock) as opened:
        yield opened


@pytest.fixture
def desk(register: Register, clock: Clock) -> Desk:
    return Desk(register, clock)
