"""A command as a whole process, watched from outside: its time, the processor's, and the memory of everything that it starts.

Memory is sampled, for no system keeps the peak of a tree of processes. Each counts with its proportional set size: a page that forked
workers share counts once, by so much for each. What a command starts is known by its ancestors, and by the session that it was begun in:
what outlives its parent (Java, a worker of it) is still counted. Linux only.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NamedTuple

__all__ = ["Ran", "run_watched", "tree_of"]

_EVERY = 0.5
"""Seconds from one sample to the next; at first fewer."""
_FIRST = 0.01
_DISK_EVERY = 10
"""The disk is looked at once in so many samples: that takes a look at every file."""
_TICK = os.sysconf("SC_CLK_TCK")
_GRACE = 10.0
"""Seconds that what outlived its command is given to end: Java goes a moment after the process that started it."""


class Ran(NamedTuple):
    """A command that has ended: its exit code and output, and what it took.

    `seconds` are of the clock, `processor` of the processor, of the process and all that it started. `memory` is the peak of all of it
    together, `main` of the process itself and `largest` of the largest other one; `disk` is the peak of the folder that was watched. All
    four are in bytes. `others` is how many cores everything else on the machine kept busy meanwhile: where it is not small, `seconds` say
    little.
    """

    code: int
    output: str
    errors: str
    seconds: float
    processor: float
    memory: int
    main: int
    largest: int
    disk: int
    others: float


def run_watched(command: Sequence[str], *, folder: Path | None = None, every: float = _EVERY) -> Ran:
    """Run a command to its end. `folder` is one whose size on the disk is watched. Raises `OSError` where the command cannot be started.

    >>> ran = run_watched(["python3", "-c", "print(1)"])
    >>> ran.code, ran.output
    (0, '1\\n')
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start, busy = time.perf_counter(), _busy()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, start_new_session=True)
        try:
            with _Sampled(process.pid, folder, every) as sampled:
                _, status, used = os.wait4(process.pid, 0)
                seconds, busy = time.perf_counter() - start, _busy() - busy
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            _end(process)
        said, wrong = (_written(file) for file in (output, errors))
    # Each misses something: the first what nobody waited for, the second the last moments of every process.
    processor = max(used.ru_utime + used.ru_stime, sampled.processor())
    unseen = used.ru_maxrss << 10  # of a command that ended before a busy machine came to look at it
    peaks = sampled.memory or unseen, sampled.main or unseen, sampled.largest, max(sampled.disk, _size(folder))
    return Ran(process.returncode, said, wrong, seconds, processor, *peaks, max(0.0, busy - processor) / seconds)


def _busy() -> float:
    """Seconds for which all cores together have worked since the machine began, for whomever, or were taken from it by its host."""
    with open("/proc/stat", "rb") as file:
        user, nice, system, _idle, _waiting, *interrupts = (int(field) for field in file.readline().split()[1:9])
    return (user + nice + system + sum(interrupts)) / _TICK


def _written(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Nothing that was started goes on: on the way out of an error at once, else when it has had time to end by itself."""
    give_up = time.monotonic() + (_GRACE if process.returncode is not None else 0.0)
    while left := tree_of(process.pid):
        if time.monotonic() >= give_up:
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            break
        time.sleep(0.05)
    if process.returncode is None:
        process.wait()


# --- samples ---------------------------------------------------------------------------------------------------------


class _Sampled:
    """A block in which a thread takes samples of a process and all that it started."""

    def __init__(self, pid: int, folder: Path | None, every: float) -> None:
        self._pid, self._folder, self._every = pid, folder, every
        self._used: dict[tuple[int, int], float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._go_on, daemon=True)
        self.memory = self.main = self.largest = self.disk = 0

    def __enter__(self) -> _Sampled:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def processor(self) -> float:
        """Seconds of the processor of all processes that were seen, up to when each was last seen."""
        return sum(self._used.values())

    def _go_on(self) -> None:
        """Often at first, so that something is seen of a command that ends at once."""
        number, pause = 0, _FIRST
        while True:
            self._sample()
            if number % _DISK_EVERY == 0:
                self.disk = max(self.disk, _size(self._folder))
            if self._over.wait(pause):
                return
            number, pause = number + 1, min(2 * pause, self._every)

    def _sample(self) -> None:
        sizes: dict[int, int] = {}
        for pid, stat in tree_of(self._pid).items():
            sizes[pid] = _memory_of(pid)
            self._used[pid, stat.started] = stat.processor  # a number may be given to another process later
        self.memory = max(self.memory, sum(sizes.values()))
        self.main = max(self.main, sizes.pop(self._pid, 0))
        self.largest = max(self.largest, *sizes.values(), 0)


class _Stat(NamedTuple):
    """What the system says of a process."""

    parent: int
    session: int
    processor: float
    started: int
    ended: bool


def tree_of(pid: int) -> dict[int, _Stat]:
    """The processes that have not ended and are a process, one that it started, and so on, or of the session that it leads; by number."""
    stats = {int(name): stat for name in os.listdir("/proc") if name.isdecimal() and (stat := _stat(int(name)))}
    children: dict[int, list[int]] = defaultdict(list)
    for number, stat in stats.items():
        children[stat.parent].append(number)
    waiting, found = [pid, *(number for number, stat in stats.items() if stat.session == pid)], set[int]()
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            waiting += children[number]
    return {number: stats[number] for number in sorted(found) if number in stats and not stats[number].ended}


def _stat(pid: int) -> _Stat | None:
    """What /proc says of a process, after its name, which stands in brackets and may hold anything; None for one that is gone."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
    except OSError:
        return None
    user, system = int(fields[11]), int(fields[12])
    return _Stat(int(fields[1]), int(fields[3]), (user + system) / _TICK, int(fields[19]), fields[0] in (b"Z", b"X"))


def _memory_of(pid: int) -> int:
    """The proportional set size of a process in bytes; 0 for one that is gone."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", "rb") as file:
            return sum(int(line.split()[1]) << 10 for line in file if line.startswith(b"Pss:"))
    except OSError:
        return 0


def _size(folder: Path | None) -> int:
    """How many bytes the files of a folder take; 0 for one that is not there."""
    if folder is None:
        return 0
    found = 0
    for name, _, files in os.walk(folder):
        for file in files:
            with contextlib.suppress(OSError):  # taken away meanwhile
                found += os.stat(os.path.join(name, file)).st_size
    return found
