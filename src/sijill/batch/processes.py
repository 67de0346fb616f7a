"""How worker processes begin, and that they end with the process that started them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext

from sijill.pipeline import read
from sijill.records import Report

__all__ = ["begin", "context"]


def context(*, reading: bool = True) -> BaseContext:
    """Forked workers share the lexicon that is loaded already, where they are `reading`; where forking is not safe they start anew."""
    if sys.platform == "linux" and threading.active_count() == 1:
        if reading:
            read(Report.of("قتل"))  # loads lexicon and rules before the fork
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")


def begin() -> None:
    """What a worker does first. Ctrl-C ends it at once and without a word, and so does the end of the main process, however it came."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
