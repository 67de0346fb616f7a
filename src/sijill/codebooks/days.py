"""When an incident was: the days told as active, and how well a single day is known.

Days on which an event went on are several days; days on which reports disagree are one day, badly known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sijill.records import Case, EventClaim, Incident

__all__ = ["Days", "day_of", "days_of", "middle", "window"]

_LONGEST_RUN = 7
"""Each day of so long a stretch is taken for told; of a longer one («three months of protest») only that it lasted."""
_WEEK, _MONTH = 7, 31
_MOMENTS = frozenset(
    {
        "vehicle_bomb",
        "suicide_bombing",
        "explosive_device",
        "explosion",
        "assassination",
        "execution",
        "stabbing_or_ramming",
        "bodies_found",
    }
)
"""Kinds that are over in a moment: of these a stretch of days says that the day is not known."""


class Days(NamedTuple):
    """The days of an incident.

    `active` are the days told as active, in order, or one; `first` and `last` what it may span; `width` how many days the day may be
    among, 1 where it is known; `how` the manner: «day», «sequence», «disagree», «window»; `others` days that other reports give.
    """

    active: tuple[date, ...]
    first: date
    last: date
    width: int
    how: str
    others: tuple[date, ...] = ()


def days_of(case: Case) -> Days | None:
    """The days of a case, or null where no day is known at all.

    A report that tells the incident of several days makes it a sequence. Reports that each give another day disagree: the day that most
    families of texts give is taken, and where no day clearly has most, the middle of them all.

    >>> case = Case(incident=Incident(id="inc-1", kind="shelling", first="2022-01-20", last="2022-01-20"))
    >>> days_of(case).active
    (datetime.date(2022, 1, 20),)
    """
    told = _by_family(case)
    sequences = [days for days in told.values() if len(days) > 1]
    if sequences:
        active = tuple(sorted({day for days in sequences for day in days}))
        return Days(active, active[0], active[-1], 1, "sequence")
    votes: dict[date, int] = {}
    for days in told.values():
        for day in days:
            votes[day] = votes.get(day, 0) + 1
    ranked = sorted(votes, key=lambda day: (-votes[day], day))
    if len(ranked) == 1:
        return Days((ranked[0],), ranked[0], ranked[0], 1, "day")
    if ranked and votes[ranked[0]] > votes[ranked[1]]:
        return Days((ranked[0],), ranked[0], ranked[0], 1, "disagree", tuple(sorted(ranked[1:])))
    if ranked:
        first, last = min(ranked), max(ranked)
        return Days((middle(first, last),), first, last, (last - first).days + 1, "disagree", tuple(sorted(ranked)))
    return _window_of(case.incident)


def _window_of(incident: Incident) -> Days | None:
    """The stretch of an incident of which no report tells a day."""
    first, last = day_of(incident.first or ""), day_of(incident.last or "")
    if first is None or last is None or last < first:
        return None
    return Days((_stands_for(first, last),), first, last, (last - first).days + 1, "day" if first == last else "window")


def _stands_for(first: date, last: date) -> date:
    """The day that stands for a stretch: its middle; of the beginning of a month its first day, of the end its last (time precision 3)."""
    if (last - first).days < _WEEK or first.month != last.month:
        return middle(first, last)
    month_ends = (last + timedelta(days=1)).month != last.month
    if first.day == 1 and not month_ends:
        return first
    return last if month_ends and first.day > 1 else middle(first, last)


def _by_family(case: Case) -> dict[str, list[date]]:
    """The days that each family of texts tells as active, without those that are only the day of publication where others are better."""
    found: dict[str, set[date]] = {}
    weak: dict[str, set[date]] = {}
    for report in case.reports:
        for event in report.events:
            days = set(_active(event, case.incident))
            into = weak if event.date_basis == "published" else found
            into.setdefault(report.line.family, set()).update(days)
    chosen = {family: days for family, days in found.items() if days} or {family: days for family, days in weak.items() if days}
    return {family: sorted(days) for family, days in chosen.items()}


def _active(event: EventClaim, incident: Incident) -> Iterator[date]:
    """The days on which an event is told to have gone on: its day, or each day of a short stretch of a kind that lasts."""
    if event.modality not in ("asserted", "attempted") or not event.date:
        return
    start, _, end = event.date.partition("/")
    first = day_of(start)
    if first is None:
        return
    last = day_of(end) if end and end != ".." else first
    if last is None or last < first:
        return
    if first == last:
        yield first
    elif event.date_basis == "stated" and event.kind not in _MOMENTS and (last - first).days < _LONGEST_RUN:
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


def window(dates: Iterable[str | None]) -> tuple[date, date] | None:
    """The earliest and the latest of some days in ISO form; null where there is none.

    >>> window(["2022-01-20", None, "2022-01-30"])
    (datetime.date(2022, 1, 20), datetime.date(2022, 1, 30))
    """
    days = [day for one in dates if one and (day := day_of(one)) is not None]
    return (min(days), max(days)) if days else None


def middle(first: date, last: date) -> date:
    """The middle of a stretch, the earlier of two.

    >>> middle(date(2022, 1, 21), date(2022, 1, 24)).isoformat()
    '2022-01-22'
    """
    return first + (last - first) // 2


def day_of(text: str) -> date | None:
    """A day written out; a month, a year, a doubtful or impossible day is none.

    >>> day_of("2022-01-20"), day_of("2022-01"), day_of("2022-13-40")
    (datetime.date(2022, 1, 20), None, None)
    """
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
