"""The day of writing: what «اليوم» means in a report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from sijill.annotate.dates.calendar import Moment, hijri_day, stretch_of_day
from sijill.annotate.unit import Chunk
from sijill.annotate.units import Units
from sijill.records import DateBasis

__all__ = ["dateline", "day_of_writing", "stamp_of_page"]


_PUT_ONLINE_WITHIN: Final = 6
"""How many days may pass before a text is put online. A weekday one day ahead of the report is a slip, not a text six days old."""


def dateline(expressions: Sequence[Chunk], units: Units) -> date | None:
    """The day of writing that the text itself states: «اليوم الأربعاء 16 شباط 2022», «ليوم السبت 9/ أيلول/ 2023».

    >>> from sijill.annotate.dates import find
    >>> from sijill.annotate.tokenise import tokenise
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


_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BEFORE_THE_DAY: Final = " · "
_STAMP: Final = re.compile(rf"\d (?:am|pm){_BEFORE_THE_DAY}({'|'.join(_MONTHS)})[a-z]* (\d{{1,2}}), (20\d\d)")
_STAMPED_WITHIN: Final = timedelta(days=3)
"""How far from the publication that the report's record gives a dateline or a stamp may lie: farther away it is of another text."""


def stamp_of_page(text: str, published: date | None) -> date | None:
    """The day that a page of social media gives, with the hour, below a post. It runs into the words around it: no unit holds it.

    A day without the hour is left alone: it is the reader's, and may be the day after.

    >>> stamp_of_page("... قصف المدينة10:24 am · dec 4, 20241.5kviews", None)
    datetime.date(2024, 12, 4)
    """
    found = _STAMP.search(text) if _BEFORE_THE_DAY in text else None  # a sign that few texts have is found in a fraction of the time
    if found is None:
        return None
    stretch = stretch_of_day(int(found[3]), _MONTHS.index(found[1]) + 1, int(found[2]))
    day = stretch.start if stretch is not None else None
    if day is None or (published is not None and abs(published - day) > _STAMPED_WITHIN):
        return None
    return day


def day_of_writing(expressions: Sequence[Chunk], published: date | None, units: Units) -> tuple[date | None, DateBasis | None]:
    """The day that «اليوم» means, and "frame" if only the text says so.

    A text may have been put online some days after it was written: a dateline, or «أمس الخميس», «غدا الجمعة», then tells the day.
    """
    stated = stamp_of_page(units.folded.text, published) or dateline(expressions, units)
    if published is None:
        return stated, "frame"
    if stated is not None and abs(published - stated) <= _STAMPED_WITHIN:
        return stated, None
    for chunk in expressions:
        moment = chunk.value.start
        if chunk.value.kind != "date" or moment is None or moment.weekday is None or moment.day is not None:
            continue
        shift = moment.shift
        if shift and shift.unit == "day" and shift.anchor == "report" and shift.number is not None and shift.number <= 1:
            for late in range(_PUT_ONLINE_WITHIN):
                day = published - timedelta(days=late)
                if (day + timedelta(days=shift.number)).isoweekday() == moment.weekday:
                    return day, None
            break
    return published, None
