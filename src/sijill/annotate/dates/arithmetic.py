"""Which days a moment names, once the year or the day it is counted from is known."""

from __future__ import annotations

from datetime import date, timedelta

from sijill.annotate.dates.calendar import (
    FIRST_YEAR,
    LAST_HIJRI_YEAR,
    LAST_YEAR,
    Moment,
    Shift,
    Stretch,
    hijri_day,
    hijri_month,
    month_later,
    stretch_of_day,
    stretch_of_month,
    stretch_of_year,
)

__all__ = ["days_away", "is_day", "stated", "weekday_before"]


def is_day(stretch: Stretch) -> bool:
    """Whether exactly one day is meant."""
    return stretch.precision == "day" and stretch.start == stretch.end


def weekday_before(day: date, weekday: int) -> date:
    """The last such weekday, `day` itself included."""
    return day - timedelta(days=(day.isoweekday() - weekday) % 7)


def stated(moment: Moment, year: int) -> Stretch | None:
    """The days that year, month and day name."""
    if moment.calendar == "hijri":
        if year > LAST_HIJRI_YEAR:
            return _hijri_in(year, moment)
        if moment.month is None:
            first, last = hijri_day(year, 1, 1), hijri_day(year + 1, 1, 1)
            return Stretch(first, last - timedelta(days=1)) if first and last else None
        if moment.day is None:
            return hijri_month(year, moment.month)
        day = hijri_day(year, moment.month, moment.day)
        return Stretch(day, day) if day else None
    if moment.month is None:
        return stretch_of_year(year)
    if moment.day is None:
        return stretch_of_month(year, moment.month)
    return stretch_of_day(year, moment.month, moment.day) if FIRST_YEAR <= year <= LAST_YEAR else None


def _hijri_in(year: int, moment: Moment) -> Stretch | None:
    """A Hijri day or month of a Gregorian year («رمضان 2022»): the first that begins in it."""
    guess = (year - 622) * 33 // 32
    for hijri in range(guess - 1, guess + 3):
        found = stated(moment, hijri)
        if found and found.start and found.start.year == year:
            return found
    return None


def days_away(base: date, shift: Shift, moment: Moment) -> Stretch | None:
    """Days so many units away from `base`; a day of the month or a weekday picks one of them."""
    count = shift.number or 0
    try:
        if shift.unit in ("hour", "minute", "second"):
            days = int(count / 24) if shift.unit == "hour" else 0
            return _one_day(base + timedelta(days=days), moment)
        if shift.unit == "day":
            return _one_day(base + timedelta(days=count), moment)
        if shift.unit == "week":
            return _week(base, count, moment)
    except OverflowError:
        return None
    if shift.unit == "month":
        year, month = month_later(base.year, base.month, count)
        return stretch_of_day(year, month, moment.day) if moment.day and 1 <= year <= 9999 else stretch_of_month(year, month)
    return stretch_of_year(base.year + count)


def _one_day(day: date, moment: Moment) -> Stretch:
    if moment.weekday is not None:
        # the weekday wins over «أمس» when the two disagree by a day or so
        day = weekday_before(day + timedelta(days=3), moment.weekday)
    return Stretch(day, day)


def _week(base: date, count: int, moment: Moment) -> Stretch:
    """«الأسبوع الماضي» is the seven days before the day of writing; «هذا الأسبوع» the seven that end with it."""
    if count < 0:
        end = base + timedelta(days=7 * (count + 1) - 1)
    elif count == 0:
        end = base
    else:
        end = base + timedelta(days=7 * count)
    if moment.weekday is not None:
        day = weekday_before(end, moment.weekday)
        return Stretch(day, day)
    return Stretch(end - timedelta(days=6), end)
