"""The day of writing: what «اليوم» means in a report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sijill.annotate.dates.calendar import Moment, hijri_day, stretch_of_day
from sijill.annotate.units import Chunk, Units
from sijill.records import DateBasis

__all__ = ["dateline", "day_of_writing"]


def dateline(expressions: Sequence[Chunk], units: Units) -> date | None:
    """The day of writing that the text itself states: «اليوم الأربعاء 16 شباط 2022», «ليوم السبت 9/ أيلول/ 2023».

    >>> from sijill.annotate.dates import find
    >>> from sijill.annotate.units import tokenise
    >>> from sijill.lexicon import load_lexicon
    >>> from sijill.text import fold
    >>> units = tokenise(fold("قصفت المدفعية اليوم الأربعاء 16 شباط 2022 بلدة"), load_lexicon())
    >>> dateline(find(units), units)
    datetime.date(2022, 2, 16)
    """
    for chunk in expressions:
        moment = chunk.value.start
        if chunk.value.kind != "date" or moment is None:
            continue
        day = _full_day(moment)
        if day is None:
            continue
        today = moment.shift is not None and moment.shift.unit == "day" and moment.shift.anchor == "report"
        if today and moment.shift:
            return day - timedelta(days=moment.shift.number or 0)
        sentence = units.sentence_of(chunk.first)
        if sentence < 2 and moment.weekday is not None:
            return day
        if sentence < 3 and _alone_in_sentence(chunk, units, sentence):
            return day
    return None


def _alone_in_sentence(chunk: Chunk, units: Units, sentence: int) -> bool:
    start, end = units.sentences[sentence]
    return units[chunk.first].start - start <= 12 and end - units[chunk.last - 1].end <= 2


def _full_day(moment: Moment) -> date | None:
    if moment.year is None or moment.month is None or moment.day is None:
        return None
    if moment.calendar == "hijri":
        return hijri_day(moment.year, moment.month, moment.day)
    stretch = stretch_of_day(moment.year, moment.month, moment.day)
    return stretch.start if stretch else None


def day_of_writing(expressions: Sequence[Chunk], published: date | None, units: Units) -> tuple[date | None, DateBasis | None]:
    """The day that «اليوم» means, and "frame" if only the text says so.

    A text may have been put online some days after it was written: a dateline, or «أمس الخميس», then tells the day.
    """
    stated = dateline(expressions, units)
    if published is None:
        return stated, "frame"
    if stated is not None and timedelta(0) <= published - stated <= timedelta(days=3):
        return stated, None
    for chunk in expressions:
        moment = chunk.value.start
        if chunk.value.kind != "date" or moment is None or moment.weekday is None or moment.day is not None:
            continue
        shift = moment.shift
        if shift and shift.unit == "day" and shift.anchor == "report" and shift.number is not None and shift.number <= 0:
            for late in range(4):
                day = published - timedelta(days=late)
                if (day + timedelta(days=shift.number)).isoweekday() == moment.weekday:
                    return day, None
            break
    return published, None
