"""Reports given as lines of JSON are added in portions; a bad line is named and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from sijill.errors import InputError
from sijill.ingest.jsonl import LineError, report_from_line
from sijill.records import Record, Report

if TYPE_CHECKING:
    from sijill.register.register import Register

__all__ = ["LineError", "Lines", "add_lines"]

_PORTION = 50
"""So many lines are read, kept and linked before the next: whoever asks the register meanwhile waits for one portion at most."""

_Numbered = tuple[int, Report]


class Lines(Record, frozen=True, kw_only=True):
    """What came of some lines: how many are done, how many texts were new or there already, and what is wrong with the others."""

    done: int = 0
    added: int = 0
    there: int = 0
    errors: list[LineError] = []


def add_lines(
    register: Register, lines: Iterable[tuple[int, bytes]], *, by: str | None = None, told: Callable[[Lines], None] | None = None
) -> Lines:
    """Add the reports of numbered lines, each an object as `report_from_line` takes it, and link them. `told` hears after each portion.

    Raises `StoreError` where the register fails; the portions before are kept.

    >>> import tempfile, pathlib
    >>> from sijill.register import Register
    >>> folder = tempfile.TemporaryDirectory()
    >>> with Register(str(pathlib.Path(folder.name, "r.db"))) as register:
    ...     said = add_lines(register, enumerate(['{"text": "قُتل مدنيان في قصف على مدينة إدلب."}'.encode(), b"?"], 1))
    ...     (said.added, [(wrong.line, wrong.error[:8]) for wrong in said.errors])
    (1, [(2, 'not JSON')])
    >>> folder.cleanup()
    """
    found = Lines()
    for portion in _portions(iter(lines)):
        found = _with(register, found, portion, by)
        if told:
            told(found)
    return found


def _portions(lines: Iterator[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    while portion := list(islice(lines, _PORTION)):
        yield portion


def _with(register: Register, before: Lines, portion: list[tuple[int, bytes]], by: str | None) -> Lines:
    errors, good = list(before.errors), list[_Numbered]()
    for number, line in portion:
        report = report_from_line(line, number)
        if isinstance(report, LineError):
            errors.append(report)
        else:
            good.append((number, report))
    said: list[str] = []
    errors += _added(register, good, by, said)
    errors.sort(key=lambda wrong: wrong.line)
    return Lines(
        done=before.done + len(portion),
        added=before.added + said.count("added"),
        there=before.there + said.count("there"),
        errors=errors,
    )


def _added(register: Register, rows: list[_Numbered], by: str | None, said: list[str]) -> list[LineError]:
    """Add some reports, all in one step; where one of them cannot be read, one by one, which is slower and finds out which.

    What came of each goes into `said`; what cannot be read is returned.
    """
    try:
        said += register.add_reports([report for _, report in rows], by=by)
    except InputError as wrong:
        if len(rows) == 1:
            return [LineError(id=rows[0][1].id, line=rows[0][0], error=str(wrong))]
        return [error for row in rows for error in _added(register, [row], by, said)]
    return []
