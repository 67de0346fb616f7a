"""How often Python looks for garbage while a great many rows go by."""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Iterator

__all__ = ["seldom_collected"]

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
