"""The days of an incident together with its parts, for those who want one incident and not its parts apart."""

from __future__ import annotations

from sijill.codebooks.book import load_book
from sijill.codebooks.days import Days, days_of, middle, window
from sijill.records import Case

__all__ = ["whole_span"]


def whole_span(case: Case) -> Days | None:
    """The active days of an incident and of those of its parts that kill; of a part whose day is not known its middle one.

    >>> from sijill.records import Incident
    >>> whole = Incident(id="inc-1", kind="shelling", first="2022-01-20", last="2022-01-20")
    >>> part = Incident(id="inc-2", kind="armed_clash", first="2022-01-26", last="2022-01-26", parent="inc-1")
    >>> [day.day for day in whole_span(Case(incident=whole, parts=[part])).active]
    [20, 26]
    """
    own = days_of(case)
    if own is None or own.width > 1:
        return own
    days = set(own.active)
    for part in case.parts:
        when = window([part.first, part.last])
        if when is not None and part.modality == "asserted" and load_book().violent(part.kind):
            days.add(middle(*when))
    active = tuple(sorted(days))
    return own if active == own.active else Days(active, active[0], active[-1], 1, "sequence", own.others)
