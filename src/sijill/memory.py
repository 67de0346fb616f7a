"""What long work asks of Python and of the system: to look for garbage seldom, and to hold what it has in large pages."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys
import threading
from collections.abc import Iterator

__all__ = ["LargePages", "seldom_collected"]

_SELDOM = (50_000, 20, 100)
_LOCK = threading.Lock()
_BEFORE: list[tuple[int, int, int]] = []
"""What held before each of the blocks that are being run, in this thread and in others; the first is what holds outside of all."""


@contextlib.contextmanager
def seldom_collected() -> Iterator[None]:
    """A block in which Python looks for circles of objects less often than after every 700 new ones.

    Rows and records have no circles, and each look goes through the lexicon and all that is held: a fifth of the time of a rebuild.

    >>> before = gc.get_threshold()
    >>> with seldom_collected(), seldom_collected():
    ...     gc.get_threshold() == _SELDOM
    True
    >>> gc.get_threshold() == before
    True
    """
    with _LOCK:
        _BEFORE.append(gc.get_threshold())
        gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        with _LOCK:
            before = _BEFORE.pop()
            if not _BEFORE:
                gc.set_threshold(*before)


# --- large pages -----------------------------------------------------------------------------------------------------

_FIRST = 128
"""After so many readings memory is looked at first: who reads fewer gains nothing by it."""
_WORTH_IT, _TOO_MUCH = 4 << 20, 512 << 20
"""Bytes. Smaller pieces of memory hold little. A process with more than the second holds other things than words: nothing is asked then."""
_MADV_HUGEPAGE, _MADV_COLLAPSE = 14, 25
"""From Linux's `asm-generic/mman-common.h`; the second since Linux 6.1."""


class LargePages:
    """Asks Linux to hold the memory of this process in pages of 2 MB instead of 4 KB, ever less often as the readings go on.

    Words that are looked up lie all over the memory that holds them, and with small pages half of the time goes to finding the page.
    Elsewhere than on Linux, and where Linux refuses, everything stays as it is.

    >>> pages = LargePages()
    >>> for _ in range(1000):
    ...     pages.one_more()
    >>> pages.asked
    3
    """

    def __init__(self) -> None:
        self.asked = 0
        self._readings = 0

    def one_more(self) -> None:
        """Another report was read."""
        self._readings += 1
        if self._readings == _FIRST << self.asked:
            self.asked += 1
            _ask()


def _ask() -> None:
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError, ValueError):
        madvise = ctypes.CDLL(None).madvise
        madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
        pieces = list(_pieces())
        if sum(size for _, size in pieces) <= _TOO_MUCH:
            for start, size in pieces:
                madvise(start, size, _MADV_HUGEPAGE)
                madvise(start, size, _MADV_COLLAPSE)


def _pieces() -> Iterator[tuple[int, int]]:
    """Start and size of the pieces of memory that Python's objects and tables lie in: private, of no file, and not small."""
    with open("/proc/self/maps", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            addresses, rights, _, _, _, *name = line.split()
            if rights == "rw-p" and (not name or name == ["[heap]"]):
                start, end = (int(address, 16) for address in addresses.split("-"))
                if end - start >= _WORTH_IT:
                    yield start, end - start
