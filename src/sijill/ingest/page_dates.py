"""Days as web pages, tables and feeds write them: stamps for machines, and dates in Arabic words.

Only whole days are read here, with their year: what a page says of itself. What a report tells in its sentences
(«أمس», «الخميس الماضي») is read much later, by the reader. The names of months are those of `data/words/dates.csv`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from sijill.text import fold, fold_word

__all__ = ["DayFound", "Stamp", "day_of", "days_in", "read_stamp"]

EARLIEST = date(1990, 1, 1)
"""No page is older; what is dated before is the zero of somebody's clock (1970-01-01, 0001-01-01)."""


class DayFound(NamedTuple):
    """A day, and where it stands in the text that was searched."""

    day: date
    start: int
    end: int
    hijri: bool


class Stamp(NamedTuple):
    """A day from a stamp for machines; `utc` where it is a time at Greenwich, whose day may be another than the newspaper's."""

    day: date
    utc: bool


# English and French, which Arabic papers and their software use beside Arabic.
_LATIN_MONTHS = (
    "january|jan|janvier|janv february|feb|fevrier|fevr|février|févr march|mar|mars april|apr|avril|avr may|mai june|jun|juin "
    "july|jul|juillet|juil august|aug|aout|août september|sept|sep|septembre october|oct|octobre november|nov|novembre "
    "december|dec|decembre|décembre|déc"
).split()


class _Months(NamedTuple):
    number: dict[str, int]
    hijri: frozenset[str]
    pattern: str


@lru_cache(maxsize=1)
def _months() -> _Months:
    number = {name: n for n, names in enumerate(_LATIN_MONTHS, 1) for name in names.split("|")}
    hijri = set()
    with (files("sijill") / "data" / "words" / "dates.csv").open(encoding="utf-8") as file:
        for row in csv.reader(line for line in file if not line.startswith("#")):
            if len(row) < 4 or row[0].split(" ")[0] != "MONTH" or "MONTH_JOINED" in row[0]:
                continue
            features = dict(pair.split("=") for pair in row[3].split(";"))
            for form in map(fold_word, row[2].split("|")):
                if any(c.isdigit() for c in form):  # «ك 2»
                    continue
                number[form] = int(features["month"])
                if features.get("calendar") == "hijri":
                    hijri.add(form)
    longest_first = sorted(number, key=len, reverse=True)
    return _Months(number, frozenset(hijri), "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first))


@lru_cache(maxsize=1)
def _patterns() -> re.Pattern[str]:
    names = _months().pattern
    # «كانون الثاني/يناير», «يناير (كانون الثاني)»: two names of one month.
    month = rf"(?<!\w)(?:شهر\s+)?(?P<month{{n}}>{names})(?!\w)(?:\s*[/\\(\-–]\s*(?P<other{{n}}>{names})(?!\w)\s*\)?)?"
    gap = r"\s*[/\-,،.]?\s*"
    forms = (
        rf"(?<!\d)(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?{gap}(?:من\s+)?{month.format(n=1)}{gap}(?:(?:من\s+)?(?:عام|سنة|سنه)\s+)?(?P<year1>\d{{4}})(?!\d)",
        rf"{month.format(n=2)}{gap}(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d){gap}(?P<year2>\d{{4}})(?!\d)",
        rf"(?<!\d)(?P<year3>\d{{4}}){gap}{month.format(n=3)}{gap}(?P<day3>\d{{1,2}})(?!\d)",
        r"(?<![\d.,/-])(?P<year4>\d{4})\s*(?P<mark4>[-/.\\])\s*(?P<month4>\d{1,2})\s*(?P=mark4)\s*(?P<day4>\d{1,2})(?!\d)",
        r"(?<![\d.,/-])(?P<day5>\d{1,2})\s*(?P<mark5>[-/.\\])\s*(?P<month5>\d{1,2})\s*(?P=mark5)\s*(?P<year5>\d{4})(?!\d)",
    )
    return re.compile("|".join(forms))


def days_in(text: str) -> Iterator[DayFound]:
    """Every whole day that a text writes, in order: Levantine, Egyptian, Maghrebi and Hijri months, both kinds of digits.

    Positions are those of the text. Of a day that is given by both calendars, both are found.

    >>> [str(found.day) for found in days_in("الجمعة ٢١ كانون الثاني/يناير ٢٠٢٢ - 18 جمادى الآخرة 1443 هـ")]
    ['2022-01-21', '2022-01-21']
    >>> [str(found.day) for found in days_in("يناير 21, 2022 و 21/1/2022 و 2022-01-21T10:00")]
    ['2022-01-21', '2022-01-21', '2022-01-21']
    >>> list(days_in("© 2022 جميع الحقوق محفوظة، 35/13/2022"))
    []
    """
    folded = fold(text)
    for m in _patterns().finditer(folded.text):
        found = _day(m)
        if found:
            yield DayFound(found[0], *folded.span(*m.span()), found[1])


def _day(m: re.Match[str]) -> tuple[date, bool] | None:
    months = _months()
    n = next(n for n in "12345" if m[f"day{n}"])
    year, day, written = int(m[f"year{n}"]), int(m[f"day{n}"]), m[f"month{n}"]
    if written.isdigit():
        month, hijri = int(written), 1343 <= year <= 1500
        if n == "5" and month > 12 >= day:  # the American order, where no other is possible
            month, day = day, month
    else:
        name = " ".join(written.split())
        month, hijri = months.number[name], name in months.hijri
        other = m[f"other{n}"]
        if other and months.number[" ".join(other.split())] != month:
            return None
    found = _hijri(year, month, day) if hijri else _gregorian(year, month, day)
    return (found, hijri) if found else None


def _gregorian(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _hijri(year: int, month: int, day: int) -> date | None:
    from hijridate import Hijri

    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


_ISO_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:?\d{2}(?::?\d{2}(?:[.,]\d+)?)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2}|UTC|GMT)?$", re.IGNORECASE)
_AT_GREENWICH = re.compile(r"(?:GMT|UTC|Z|[+-]00:?00)\s*$", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?")
_SECONDS = re.compile(r"\d{10}(?:\d{3})?")


def read_stamp(written: str) -> Stamp | None:
    """The day of a stamp for machines or of a date in words, as metadata, feeds and tables hold them; None where there is none.

    >>> read_stamp("2022-01-21T09:30:00+03:00"), read_stamp("Fri, 21 Jan 2022 09:30:00 GMT")
    (Stamp(day=datetime.date(2022, 1, 21), utc=False), Stamp(day=datetime.date(2022, 1, 21), utc=True))
    >>> read_stamp("21 كانون الثاني 2022").day, read_stamp("1642757400").day, read_stamp("0001-01-01T00:00:00Z")
    (datetime.date(2022, 1, 21), datetime.date(2022, 1, 21), None)
    """
    written = written.strip()[:200]
    seconds = _SECONDS.fullmatch(written)
    if seconds:
        day = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(written[:10]))).date()
        return Stamp(day, utc=True) if day >= EARLIEST else None
    compact = _COMPACT.fullmatch(written)
    found = _gregorian(int(compact[1]), int(compact[2]), int(compact[3])) if compact else day_of(written)
    if found is None or found < EARLIEST:
        return None
    timed = _ISO_TIME.match(written) or ":" in written
    return Stamp(found, utc=bool(timed and _AT_GREENWICH.search(written)))


def day_of(text: str) -> date | None:
    """The one day that a short text gives: the Gregorian one where both calendars stand, else the first.

    >>> day_of("18 جمادى الآخرة 1443 هـ الموافق 21 يناير 2022 م"), day_of("18 جمادى الآخرة 1443 هـ"), day_of("منذ ساعتين")
    (datetime.date(2022, 1, 21), datetime.date(2022, 1, 21), None)
    """
    found = list(days_in(text))
    plain = [one for one in found if not one.hijri]
    return (plain or found)[0].day if found else None
