"""Adding many reports takes longer than a request may: it is a job, done by one thread, one job at a time.

Jobs live in the memory of the process. One that was accepted and not begun when the process ends is lost; what a job wrote stays.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

import msgspec

from sijill.desk.answers import refusal
from sijill.records import Record
from sijill.register import Register
from sijill.register.lines import LineError, Lines, add_lines

__all__ = ["Job", "Jobs", "State"]

State = Literal["waiting", "running", "done", "failed"]

_log = logging.getLogger(__name__)


class Job(Record, frozen=True, kw_only=True):
    """Reports that are being added: how many there are, how many are done, what came of them, and what is wrong with which line.

    `error` says why the whole job failed; what it had added until then stays.
    """

    id: str
    state: State
    by: str
    at: str
    reports: int
    done: int = 0
    added: int = 0
    there: int = 0
    errors: list[LineError] = []
    error: str | None = None


class Jobs:
    """The jobs of one process: some wait, one runs, and the last that ended are remembered."""

    def __init__(self, register: Register, *, waiting: int = 4, remembered: int = 100) -> None:
        """`waiting` bounds what lies in memory to be done, `remembered` how many jobs are known at all; the oldest that ended go first."""
        self._register = register
        self._most_waiting = waiting
        self._most_remembered = remembered
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._queue: deque[tuple[str, Sequence[tuple[int, bytes]]]] = deque()
        self._busy = False

    def submit(self, lines: Sequence[tuple[int, bytes]], *, by: str) -> Job | None:
        """A new job for numbered lines of JSON, signed by a name. None where as many wait as may."""
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        job = Job(id=f"job-{secrets.token_hex(8)}", state="waiting", by=by, at=at, reports=len(lines))
        with self._lock:
            if len(self._queue) >= self._most_waiting:
                return None
            self._queue.append((job.id, lines))
            self._jobs[job.id] = job
            self._forget()
            if not self._busy:
                self._busy = True
                # Not waited for at the end of the process: what it wrote stays, and a portion that it has not ended is not kept.
                threading.Thread(target=self._work, name="sijill-jobs", daemon=True).start()
        return job

    def get(self, id: str) -> Job | None:
        """A job by its id; None where there is none, or it ended so long ago that it is forgotten."""
        with self._lock:
            return self._jobs.get(id)

    def _forget(self) -> None:
        ended = [id for id, job in self._jobs.items() if job.state in ("done", "failed")]
        for id in ended[: max(0, len(self._jobs) - self._most_remembered)]:
            del self._jobs[id]

    def _work(self) -> None:
        while (taken := self._next()) is not None:
            self._run(*taken)

    def _next(self) -> tuple[str, Sequence[tuple[int, bytes]]] | None:
        with self._lock:
            if not self._queue:
                self._busy = False
                return None
            return self._queue.popleft()

    def _run(self, id: str, lines: Sequence[tuple[int, bytes]]) -> None:
        self._put(id, state="running")
        try:
            self._tell(id, add_lines(self._register, lines, by=self._jobs[id].by, told=lambda so_far: self._tell(id, so_far)))
            self._put(id, state="done")
        except Exception as wrong:  # whatever it is, the next job is to run, and this one not to stand as running for ever
            _log.exception("the job %s failed", id)
            self._put(id, state="failed", error=refusal(wrong)[1])

    def _tell(self, id: str, so_far: Lines) -> None:
        self._put(id, done=so_far.done, added=so_far.added, there=so_far.there, errors=so_far.errors)

    def _put(self, id: str, **changes: object) -> None:
        with self._lock:
            self._jobs[id] = msgspec.structs.replace(self._jobs[id], **changes)
