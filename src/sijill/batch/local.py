"""Many reports read on one machine, in order, by one process or several.

The output depends on the input alone: not on the number of workers, nor on which of them is faster. Only a few chunks wait in
memory at a time, however long the input. A report that fails in a way nobody foresaw becomes a `LineError`; the rest goes on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from sijill.batch.processes import begin, context
from sijill.errors import SijillError
from sijill.ingest.jsonl import LineError
from sijill.memory import LargePages
from sijill.mentions import read_with_mentions
from sijill.pipeline import read
from sijill.records import Reading, Report

__all__ = ["read_lines", "read_many"]

Numbered = tuple[int, Report | LineError]

_PAGES = LargePages()

_CHUNK_REPORTS = 32
_CHUNK_CHARACTERS = 200_000


def read_many(reports: Iterable[Report], *, workers: int = 1, mentions: bool = False) -> Iterator[Reading | LineError]:
    """A reading for every report, in order. What cannot be read gives a `LineError` that counts reports from 1.

    >>> [reading.kind for reading in read_many([Report.of("قُتل ثلاثة مدنيين في القصف"), Report.of("فاز الفريق")])]
    ['conflict', 'negative']
    """
    return read_lines(enumerate(reports, start=1), workers=workers, mentions=mentions)


def read_lines(lines: Iterable[Numbered], *, workers: int = 1, mentions: bool = False) -> Iterator[Reading | LineError]:
    """The same for lines that know their number; an error among them is handed on."""
    if workers <= 1:
        return (_read_line(line, mentions) for line in lines)
    return _in_parallel(lines, workers, mentions)


def _read_line(line: Numbered, mentions: bool) -> Reading | LineError:
    number, report = line
    if isinstance(report, LineError):
        return report
    _PAGES.one_more()
    try:
        return read_with_mentions(report) if mentions else read(report)
    except SijillError as wrong:
        return LineError(id=report.id, line=number, error=str(wrong))
    except Exception as wrong:  # one report must not end the run
        message = " ".join(f"{type(wrong).__name__}: {wrong}".split())
        return LineError(id=report.id, line=number, error=f"reading failed, which is a fault of sijill ({message})")


# --- several processes -----------------------------------------------------------------------------------------------


def _in_parallel(lines: Iterable[Numbered], workers: int, mentions: bool) -> Iterator[Reading | LineError]:
    pool = ProcessPoolExecutor(workers, mp_context=context(), initializer=begin)
    waiting: deque[Future[list[Reading | LineError]]] = deque()
    try:
        for chunk in _chunks(lines):
            waiting.append(pool.submit(_read_chunk, chunk, mentions))
            if len(waiting) > 2 * workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as wrong:
        raise SijillError("a worker process ended before its time (out of memory?); try fewer --workers") from wrong
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _read_chunk(chunk: list[Numbered], mentions: bool) -> list[Reading | LineError]:
    return [_read_line(line, mentions) for line in chunk]


def _chunks(lines: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    """Lines in portions that are worth sending to another process."""
    chunk: list[Numbered] = []
    characters = 0
    for line in lines:
        chunk.append(line)
        characters += len(line[1].text) if isinstance(line[1], Report) else 0
        if len(chunk) >= _CHUNK_REPORTS or characters >= _CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk
