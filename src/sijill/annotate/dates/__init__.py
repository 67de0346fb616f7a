"""Dates and times in Arabic: what the words say (`find`), and which days that means (`resolve`).

The two are apart because a date is often clear only from the rest of the report: a year stated elsewhere, the day of
publication, the day told of before. What stays unclear stays None.
"""

from sijill.annotate.dates.calendar import Clock, DateExpression, Kind, Moment, Shift, Stretch, leans_on_the_day_of_writing
from sijill.annotate.dates.expressions import find
from sijill.annotate.dates.resolver import ResolvedDate, resolve
from sijill.annotate.dates.writing import dateline, stamp_of_page

__all__ = [
    "Clock",
    "DateExpression",
    "Kind",
    "Moment",
    "ResolvedDate",
    "Shift",
    "Stretch",
    "dateline",
    "find",
    "leans_on_the_day_of_writing",
    "resolve",
    "stamp_of_page",
]
