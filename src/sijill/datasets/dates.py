"""Days as data sets write them. A day that may be two days is none: left out, and reported."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

__all__ = ["day_of", "day_order", "is_edtf", "week_around"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?")
_SLASHED_ISO = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_DASHED = re.compile(r"(\d{1,2})[-.](\d{1,2})[-.](\d{4})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_NAMED = re.compile(r"(\d{1,2})[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})")
_NAMED_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})")
_UNIX = re.compile(r"\d{9,10}(?:\.0)?|\d{12,13}")
_STRETCH = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_THIS_CENTURY = 69
"""Two digits of a year up to this are of this century: the convention of POSIX."""


def day_order(written: Iterable[str]) -> str | None:
    """Whether the dates of a column with slashes put the day first ("dmy") or the month ("mdy"); None where they leave it open.

    >>> day_order(["03/04/2022", "25/04/2022"]), day_order(["03/04/2022"])
    ('dmy', None)
    """
    found = {order for one in written if (order := _order_of(one.strip()))}
    return found.pop() if len(found) == 1 else None


def _order_of(written: str) -> str | None:
    m = _SLASHED.fullmatch(written)
    if m is None or (int(m[1]) > 12) == (int(m[2]) > 12):
        return None
    return "dmy" if int(m[1]) > 12 else "mdy"


def day_of(written: str, *, order: str | None = None) -> date | None:
    """The day that a cell means; None where it is none, or may be two. `order` is that of the column, where slashes are used.

    >>> [str(day_of(d)) for d in ("2022-01-20", "20-01-2022", "7-Feb-25", "07 February 2025", "2026-07-11 00:00:00.000", "1650000000")]
    ['2022-01-20', '2022-01-20', '2025-02-07', '2025-02-07', '2026-07-11', '2022-04-15']
    >>> day_of("03/04/2022"), day_of("03/04/2022", order="dmy"), day_of("31 February 2022")
    (None, datetime.date(2022, 4, 3), None)
    """
    written = written.strip()
    if (m := _ISO.fullmatch(written) or _SLASHED_ISO.fullmatch(written)) is not None:
        return _day(int(m[1]), int(m[2]), int(m[3]))
    if (m := _DASHED.fullmatch(written)) is not None:
        return _day(int(m[3]), int(m[2]), int(m[1]))
    if (m := _SLASHED.fullmatch(written)) is not None:
        order = _order_of(written) or order or ("dmy" if m[1] == m[2] else None)
        return None if order is None else _day(int(m[3]), *((int(m[2]), int(m[1])) if order == "dmy" else (int(m[1]), int(m[2]))))
    if (m := _NAMED.fullmatch(written)) is not None:
        return _named(m[3], m[2], m[1])
    if (m := _NAMED_FIRST.fullmatch(written)) is not None:
        return _named(m[3], m[1], m[2])
    if _UNIX.fullmatch(written):
        seconds = int(written.split(".")[0])
        found = datetime.fromtimestamp(seconds / 1000 if seconds > 10**11 else seconds, UTC).date()
        return _day(found.year, found.month, found.day)
    return None


def _named(year: str, month: str, day: str) -> date | None:
    name = month[:3].lower()
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < _THIS_CENTURY else 1900)
    return _day(full, _MONTHS.index(name) + 1, int(day)) if name in _MONTHS else None


def _day(year: int, month: int, day: int) -> date | None:
    """A day of a century that somebody alive can tell of."""
    try:
        return date(year, month, day) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    except ValueError:
        return None


def is_edtf(written: str) -> bool:
    """Whether a date is a day, a month, a year, or an interval of two, in EDTF.

    >>> [is_edtf(one) for one in ("2022-01-20", "2022-01", "2022-01-20/2022-01-26", "2022-01-20/..", "2022-13", "soon")]
    [True, True, True, True, False, False]
    """
    first, slash, last = written.partition("/")
    ends = [end for end in ((first, last) if slash else (first,)) if end != ".."]
    return bool(ends) and all(_is_stretch(end) for end in ends)


def _is_stretch(written: str) -> bool:
    m = _STRETCH.fullmatch(written)
    return m is not None and _day(int(m[1]), int(m[2] or 1), int(m[3] or 1)) is not None


def week_around(day: date) -> str:
    """The seven days whose middle a day is, as EDTF.

    >>> week_around(date(2022, 1, 20))
    '2022-01-17/2022-01-23'
    """
    return f"{day - timedelta(3)}/{day + timedelta(3)}"
