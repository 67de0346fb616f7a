"""What long work asks of the system: memory in large pages."""

from __future__ import annotations

import ctypes
import sys

import pytest

from sijill import memory
from sijill.memory import LargePages

_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such pages")


def _readings(pages: LargePages, count: int) -> None:
    for _ in range(count):
        pages.one_more()


@_LINUX
def test_what_memory_holds_stays_as_it_was() -> None:
    held = bytearray(range(256)) * (64 << 10)
    words = {f"كلمة {n}": n for n in range(200_000)}
    _readings(LargePages(), 128)
    assert held == bytearray(range(256)) * (64 << 10)
    assert all(words[f"كلمة {n}"] == n for n in range(200_000))


@_LINUX
def test_the_memory_of_large_objects_is_found() -> None:
    held = ctypes.create_string_buffer(16 << 20)
    at = ctypes.addressof(held)
    assert any(start <= at < start + size for start, size in memory._pieces())


def test_few_readings_ask_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[None] = []
    monkeypatch.setattr(memory, "_ask", lambda: asked.append(None))
    pages = LargePages()
    _readings(pages, 127)
    assert not asked
    _readings(pages, 1)
    assert len(asked) == 1
    _readings(pages, 1_000_000)
    assert len(asked) == pages.asked == 13


@_LINUX
@pytest.mark.parametrize(("megabytes", "asks"), [(500, True), (600, False)])
def test_a_process_that_holds_other_things_is_left_alone(monkeypatch: pytest.MonkeyPatch, megabytes: int, asks: bool) -> None:
    asked: list[tuple[int, int, int]] = []

    class Library:
        @staticmethod
        def madvise(start: int, size: int, advice: int) -> int:
            asked.append((start, size, advice))
            return -1

    monkeypatch.setattr(memory.ctypes, "CDLL", lambda _: Library)
    monkeypatch.setattr(memory, "_pieces", lambda: [(4096, megabytes << 20)])
    memory._ask()
    assert [advice for _, _, advice in asked] == ([14, 25] if asks else [])


def test_another_system_is_asked_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(memory, "_pieces", lambda: pytest.fail("there is no /proc to read"))
    memory._ask()


@_LINUX
def test_where_memory_is_not_told_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> list[tuple[int, int]]:
        raise PermissionError("/proc is not mounted")

    monkeypatch.setattr(memory, "_pieces", refused)
    memory._ask()
