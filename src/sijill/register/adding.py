"""Reports from anywhere are read and kept: files, folders, tables, feeds, addresses, archives.

What was kept stays kept, however the run ends; a later run finds it there and goes on. What cannot be read is named, and the rest goes on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from sijill.batch.local import read_lines
from sijill.ingest.acquired import Acquired, Failed
from sijill.ingest.collect import collect
from sijill.ingest.jsonl import LineError
from sijill.records import Original, Reading, Record, Report

if TYPE_CHECKING:
    from sijill.ingest.fetch import Fetcher
    from sijill.register.register import Register

__all__ = ["AddOptions", "Summary", "add"]

_REPORTS, _BYTES = 200, 8 << 20
"""So many reports, or so many bytes of originals, are written in one step."""


class Summary(Record, frozen=True, kw_only=True):
    """What came of adding: how many texts were new, how many there already, what was passed over, what failed and why."""

    added: int = 0
    there: int = 0
    skipped: int = 0
    unread: int = 0
    failed: list[Failed] = []
    warnings: list[str] = []


class AddOptions(NamedTuple):
    """How to collect: what is said of all reports, what may be fetched, and whether the bytes they came from are kept."""

    outlet: str | None = None
    published: str | None = None
    encoding: str | None = None
    fetcher: Fetcher | None = None
    follow: bool = True
    originals: bool = True


def add(
    register: Register,
    locations: Iterable[str],
    options: AddOptions | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Summary:
    """Add what lies at some locations; nothing is linked yet. `progress` is told how many reports were kept and how many failed.

    Raises `StoreError` where the register fails; what was written before is kept. Raises `DateError` for a `published` that is no date.
    """
    return _Adding(register, options or AddOptions(), progress).run(locations)


class _Adding:
    def __init__(self, register: Register, options: AddOptions, progress: Callable[[int, int], None] | None) -> None:
        self._register = register
        self._options = options
        self._progress = progress
        self._waiting: deque[tuple[Acquired, bool]] = deque()  # in the order of the input; whether it is being read
        self._rows: list[tuple[Acquired, Reading | None]] = []
        self._bytes = 0
        self._failed: list[Failed] = []
        self._warnings: list[str] = []
        self._counts = {"added": 0, "there": 0, "skipped": 0, "unread": 0}

    def run(self, locations: Iterable[str]) -> Summary:
        for reading in read_lines(self._fresh(locations), workers=self._register.workers):
            self._take_known()
            acquired, _ = self._waiting.popleft()
            if isinstance(reading, LineError):
                self._failed.append(Failed(location=acquired.original.location, error=reading.error))
            else:
                self._counts["unread"] += reading.kind == "unread"
                self._take(acquired, reading)
        self._take_known()
        self._write()
        return Summary(**self._counts, failed=self._failed, warnings=self._warnings)

    def _fresh(self, locations: Iterable[str]) -> Iterator[tuple[int, Report | LineError]]:
        """The reports that the register does not hold, numbered; all others wait to be written beside them."""
        number = 0
        for found in self._collected(locations):
            known = bool(self._register.store.known([found.report.sha256]))
            self._waiting.append((found, not known))
            if not known:
                number += 1
                yield number, found.report

    def _collected(self, locations: Iterable[str]) -> Iterator[Acquired]:
        o = self._options
        for location in locations:
            for found in collect(
                location,
                fetcher=o.fetcher,
                encoding=o.encoding,
                outlet=o.outlet,
                published=o.published,
                follow=o.follow,
                now=self._register.now,
            ):
                if isinstance(found, Acquired):
                    self._warnings += [f"{found.original.location}: {warning}" for warning in found.warnings]
                    yield found
                elif found.skipped:
                    self._counts["skipped"] += 1
                else:
                    self._failed.append(found)

    def _take_known(self) -> None:
        while self._waiting and not self._waiting[0][1]:
            self._take(self._waiting.popleft()[0], None)

    def _take(self, acquired: Acquired, reading: Reading | None) -> None:
        self._rows.append((acquired, reading))
        self._bytes += len(acquired.original.data)
        if len(self._rows) >= _REPORTS or self._bytes >= _BYTES:
            self._write()

    def _write(self) -> None:
        """Write what waits, in one step."""
        rows = [(a.report, _kept(a), a.original.data if self._options.originals else None, reading) for a, reading in self._rows]
        for said in self._register.keep(rows):
            self._counts[said] += 1
        self._rows, self._bytes = [], 0
        if self._progress:
            self._progress(self._counts["added"] + self._counts["there"], len(self._failed))


def _kept(acquired: Acquired) -> Original:
    """The original as the register keeps it: without its bytes, which lie beside it."""
    fields = {name: getattr(acquired.original, name) for name in Original.__struct_fields__}
    return msgspec.convert(fields, Original)
