"""What words say of the calendar and the clock, and the arithmetic that turns it into days.

A `Moment` keeps only what was said; whatever the words leave out is None. A `Stretch` is a run of days known to be
meant, at the precision of the words: a day, a month, a year, or a few of them; `edtf()` writes it.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

from hijridate import Hijri

from sijill.records import TimeOfDay

__all__ = [
    "ONE_FROM", "Anchor", "Calendar", "Clock", "DateExpression", "Kind", "Moment", "Precision", "Shift", "Stretch", "Unit",
    "clock_time", "edtf", "hijri_day", "hijri_month", "leans_on_the_day_of_writing", "merge_clocks", "merge_moments",
    "month_later", "stretch_of_day", "stretch_of_month", "stretch_of_year",
]  # fmt: skip

Calendar = Literal["gregorian", "hijri"]
Anchor = Literal["report", "text", "then", "event"]
Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]
Precision = Literal["day", "month", "year", "decade"]
Kind = Literal["date", "interval", "since", "until", "span", "time", "duration", "recurrence"]

# «بعد يوم واحد من الهجوم»: the lexicon knows «واحد من» as one unit
ONE_FROM: Final = ("واحد من", "واحده من")

FIRST_YEAR, LAST_YEAR = 1900, 2099
FIRST_HIJRI_YEAR, LAST_HIJRI_YEAR = 1343, 1500  # what hijridate converts


class Shift(NamedTuple):
    """So many units away from the day of writing (report), the day last told of (text), that time itself, however
    exactly it was told (then), or an event (event).

    `number` is None for a vague number: «قبل أيام».
    """

    unit: Unit
    number: int | None
    anchor: Anchor


class Moment(NamedTuple):
    """A point of the calendar as words give it.

    `turn` is «الماضي» (−1), «الجاري» (0), «المقبل» (1) said of a month, weekday or season; `event_day` is the n of «في اليوم
    الثالث للهجوم»; `decade` is the first year of one; `feast_day` counts from the day that month and day name.
    `after_midnight` says that a night is named by the day before it («بعد منتصف ليل الأحد» is Monday).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    calendar: Calendar | None = None
    weekday: int | None = None
    shift: Shift | None = None
    turn: int | None = None
    season: str | None = None
    edge: str | None = None
    event_day: int | None = None
    decade: int | None = None
    after_midnight: bool | None = None
    feast_day: int | None = None


class Clock(NamedTuple):
    """A time of day in figures, in words, or both; `exact` says that the hour is on the 24-hour clock."""

    hour: int | None = None
    minute: int = 0
    part: TimeOfDay | None = None
    exact: bool = False


class DateExpression(NamedTuple):
    """What the words of one date or time say, before anything is worked out.

    `start` alone is a date; with `end` an interval; `span` counts back from the day of writing («خلال الأشهر الثلاثة
    الماضية»: its `start.shift` holds unit and number).
    """

    kind: Kind
    start: Moment | None = None
    end: Moment | None = None
    time: str | None = None
    time_of_day: TimeOfDay | None = None
    duration: str | None = None
    recurrence: str | None = None


def leans_on_the_day_of_writing(said: DateExpression) -> bool:
    """Whether only the day of writing tells which days are meant: «أمس», «الخميس», «26 كانون الثاني» with no year.

    >>> leans_on_the_day_of_writing(DateExpression("date", Moment(weekday=4)))
    True
    >>> leans_on_the_day_of_writing(DateExpression("date", Moment(year=2022)))
    False
    """
    return any(map(_leans, (said.start, said.end)))


def _leans(moment: Moment | None) -> bool:
    if moment is None or moment.year is not None:
        return False
    by_distance = moment.shift is not None and moment.shift.anchor == "report" and moment.shift.number is not None
    return by_distance or moment.weekday is not None or moment.month is not None or moment.turn is not None


# --- joining what words say ------------------------------------------------------------------------------------------

_EMPTY: Final = Moment()


def merge_moments(one: Moment, other: Moment) -> Moment | None:
    """Both together, or None if they contradict each other. Of the same day in two calendars the Gregorian is kept.

    >>> merge_moments(Moment(weekday=4), Moment(day=20, month=1)) == Moment(month=1, day=20, weekday=4)
    True
    """
    if one == _EMPTY or other == _EMPTY:
        return other if one == _EMPTY else one
    if {one.calendar, other.calendar} == {"hijri", "gregorian"} and one.day and other.day:
        first, second = (one, other) if one.calendar == "gregorian" else (other, one)
        return first._replace(weekday=first.weekday or second.weekday, shift=first.shift or second.shift)
    merged: list[Any] = []
    for mine, yours in zip(one, other, strict=True):
        if mine is not None and yours is not None and mine != yours:
            return None
        merged.append(yours if mine is None else mine)
    return Moment(*merged)


def merge_clocks(one: Clock | None, other: Clock | None) -> tuple[bool, Clock | None]:
    """Whether both can hold, and both together."""
    if one is None or other is None:
        return True, other if one is None else one
    if one.hour is not None and other.hour is not None:
        return False, None
    if one.part and other.part and one.part != other.part:
        return False, None
    told = one if one.hour is not None else other
    return True, told._replace(part=one.part or other.part)


def clock_time(clock: Clock | None) -> str | None:
    """``HH:MM``, or None where the words leave open which half of the day is meant.

    >>> clock_time(Clock(4, 50, "afternoon")), clock_time(Clock(12, 0, "night")), clock_time(Clock(7))
    ('16:50', '00:00', None)
    """
    if clock is None or clock.hour is None or clock.hour > 23 or clock.minute > 59:
        return None
    hour = clock.hour
    if not (clock.exact or hour > 12 or hour == 0):
        if clock.part is None:
            return None
        hour = _on_24_hours(hour, clock.part)
    elif clock.exact and clock.part and 1 <= hour <= 12:
        hour = _on_24_hours(hour, clock.part)
    return f"{hour:02d}:{clock.minute:02d}"


def _on_24_hours(hour: int, part: TimeOfDay) -> int:
    if part in ("dawn", "morning"):
        return hour % 12
    if part == "noon":
        return hour if hour >= 10 else hour + 12
    if part == "afternoon":
        return hour if hour == 12 else hour + 12
    if part == "evening":
        return hour % 12 + 12 if hour != 12 else 0
    return hour % 12 if hour < 6 or hour == 12 else hour + 12  # night


# --- days ------------------------------------------------------------------------------------------------------------


class Stretch(NamedTuple):
    """The days meant, ends included, at the precision of the words. An end that is None is open."""

    start: date | None
    end: date | None
    precision: Precision = "day"


def edtf(stretch: Stretch) -> str | None:
    """EDTF for a stretch of days; None if it lies outside the years that are read.

    >>> edtf(Stretch(date(2022, 1, 24), date(2022, 1, 31))), edtf(Stretch(date(2022, 1, 1), date(2022, 1, 31), "month"))
    ('2022-01-24/2022-01-31', '2022-01')
    >>> edtf(Stretch(date(2022, 1, 20), None))
    '2022-01-20/..'
    """
    for day in (stretch.start, stretch.end):
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            return None
    if stretch.start is None and stretch.end is None:
        return None
    start, end = _written(stretch.start, stretch.precision), _written(stretch.end, stretch.precision)
    return start if start == end else f"{start}/{end}"


def _written(day: date | None, precision: Precision) -> str:
    if day is None:
        return ".."
    if precision == "decade":
        return f"{day.year // 10}X"
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def stretch_of_day(year: int, month: int, day: int) -> Stretch | None:
    """One day, or None for one that does not exist (31 شباط)."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Stretch(found, found)


def stretch_of_month(year: int, month: int) -> Stretch | None:
    """A whole month."""
    if not (1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR):
        return None
    return Stretch(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def stretch_of_year(year: int) -> Stretch | None:
    """A whole year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return Stretch(date(year, 1, 1), date(year, 12, 31), "year")


def month_later(year: int, month: int, months: int) -> tuple[int, int]:
    """The month so many months later.

    >>> month_later(2022, 1, -3)
    (2021, 10)
    """
    at = year * 12 + month - 1 + months
    return at // 12, at % 12 + 1


@lru_cache(maxsize=4096)
def hijri_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Hijri day by the Umm al-Qura calendar, or None if there is no such day.

    >>> hijri_day(1443, 6, 17)
    datetime.date(2022, 1, 20)
    """
    if not FIRST_HIJRI_YEAR <= year <= LAST_HIJRI_YEAR:
        return None
    try:
        return date(*Hijri(year, month, day).to_gregorian().datetuple())
    except (ValueError, OverflowError):
        return None


def hijri_month(year: int, month: int) -> Stretch | None:
    """The days of a Hijri month: an interval of days, since Gregorian months cut across it."""
    first = hijri_day(year, month, 1)
    following = hijri_day(*((year, month + 1) if month < 12 else (year + 1, 1)), 1)
    return Stretch(first, following - timedelta(days=1)) if first and following else None
