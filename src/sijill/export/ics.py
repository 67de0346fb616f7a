"""Incidents as an iCalendar (RFC 5545): an entry of whole days for each; those without a day are left out and counted.

The format asks of every entry when it was made (DTSTAMP). A clock would make another file each time, so it is midnight after the day of
the latest report that tells the incident, or, where no report has a day, after the incident's own last day. That is what the stamp is for:
an entry that rests on a later report takes the place of an older copy.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import IO

from icalendar import Calendar, Event

from sijill.export.forms import Tally
from sijill.export.html import shown
from sijill.export.losing import Counting
from sijill.export.plain import Plain, day_of, plain, told
from sijill.records import Case

__all__ = ["write"]

_END = b"END:VCALENDAR\r\n"


def write(cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str]) -> Tally:
    """Write a calendar as the cases come. `also` become properties of every entry, as `X-SIJILL-…`.

    >>> import io
    >>> from sijill.records import Incident
    >>> out = io.BytesIO()
    >>> write([Case(incident=Incident(id="inc-1", kind="shelling", first="2022-03-01"))], out, {}).rows
    1
    >>> [line for line in out.getvalue().decode().split("\\r\\n") if line.startswith("DT")]
    ['DTSTART;VALUE=DATE:20220301', 'DTEND;VALUE=DATE:20220302', 'DTSTAMP:20220302T000000Z']
    """
    counting = Counting("ics")
    out.write(_calendar().removesuffix(_END))
    for case in counting.of(cases):
        row = plain(case)
        first, last = day_of(row.first), day_of(row.last) or day_of(row.first)
        if first is None or last is None:
            counting.leave_out("undated")
            continue
        out.write(_entry(case, row, first, max(first, last), also))
        counting.rows += 1
    out.write(_END)
    return counting.tally()


def _calendar() -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//sijill//incidents//AR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "سجل · sijill")
    made: bytes = calendar.to_ical()
    return made


def _entry(case: Case, row: Plain, first: datetime.date, last: datetime.date, also: Mapping[str, str]) -> bytes:
    words, entry = told(case, row), Event()
    entry.add("uid", f"{row.id}@sijill")
    entry.add("dtstart", first)
    entry.add("dtend", _after(last))
    entry.add("dtstamp", datetime.datetime.combine(_after(_known(case, last)), datetime.time(), datetime.UTC))
    entry.add("summary", f"{row.title_ar} | {row.title_en}")
    entry.add("description", "\n".join([words.ar, "", words.en, "", *row.urls]).rstrip())
    entry.add("categories", [row.kind_ar, row.kind_en])
    entry.add("transp", "TRANSPARENT")
    if row.parent:
        entry.add("related-to", f"{row.parent}@sijill")
    if row.place:
        entry.add("location", " | ".join(filter(None, (row.place, row.place_en))))
    if row.lat is not None and row.lon is not None:
        entry.add("geo", (row.lat, row.lon))
    if row.claims:
        entry.add("x-sijill-claims", ",".join(row.claims))
    for key, value in also.items():
        entry.add(f"x-sijill-{key}", shown(value))
    made: bytes = entry.to_ical()
    return made


def _known(case: Case, last: datetime.date) -> datetime.date:
    days = [day for one in case.reports if (day := day_of(one.line.published))]
    return max(days, default=last)


def _after(day: datetime.date) -> datetime.date:
    """The day after: an end is the first day on which it is over."""
    return day + datetime.timedelta(days=1) if day < datetime.date.max else day
