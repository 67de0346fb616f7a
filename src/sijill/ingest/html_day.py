"""On which day a page was published: by its metadata, its stamps for machines, and the date that stands by its headline.

A page shows many days: today's in the masthead, those of other stories, of the last change, of the events told, of the copyright. The
one that is looked for stands near the headline, or after words such as «نُشر في». Nothing is guessed: a page that gives no
day has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sijill.ingest.html_lines import Line
from sijill.ingest.html_meta import PageMeta
from sijill.ingest.page_dates import EARLIEST, DayFound, Stamp, days_in, read_stamp
from sijill.text import fold

__all__ = ["PageDay", "page_day"]


class PageDay(NamedTuple):
    """The day of publication, where it was found (meta, JSON-LD, time, words, address), and what was doubtful."""

    day: date | None
    basis: str
    warnings: list[str]


PROSE = 100
"""A line as long as this is of the report's own text."""

_ABOVE, _BELOW = 6, 12  # lines around a headline among which its date is looked for
# Between a label and its date may stand a preposition, a weekday and an hour.
_END = (
    r"(?:\s+(?:يوم|في|بتاريخ|on|le))?[\s:：\-–—|/,،]*"
    r"(?:(?:ال\w+|monday|tuesday|wednesday|thursday|friday|saturday|sunday)[\s,،\-–|]*)?"
    r"(?:\d{1,2}:\d{2}(?::\d{2})?\s*(?:[صم]|am|pm)?[\s,،\-–|]*)?$"
)
_PUBLISHED = re.compile(
    r"(?:^|[|(\[*•،,.:/\-–])\s*(?:تاريخ(?: ال)?(?:نشر|اضافه|خبر|مقال)?|التاريخ|بتاريخ|نشر(?:ت|ه)?|تم النشر|نشر الخبر|وقت النشر"
    r"|اضيف(?:ت)?|تمت الاضافه|كتب(?:ت)?|حرر|صدر|published(?: (?:on|at))?|posted(?: on)?|publie|date|publication date|created)" + _END
)
_UPDATED = re.compile(
    r"(?:^|[\s|(\[*•،,.\-–])(?:ال?تحديث|اخر تحديث|تحديث|تم (?:ال)?تحديث(?:ه|ها)?|عدل(?:ت)?|(?:اخر |تم ال)?تعديل"
    r"|(?:last )?(?:updated?|modified)(?: (?:on|at))?|mis a jour|modifie)" + _END
)
_NOT_OF_THE_PAGE = re.compile(r"©|\(c\)|حقوق|copyright|all rights|اليوم هو|عدد الزوار|مواقيت|الصلاه|الطقس|تاسست|منذ عام|اشتراك|today is")
_MARK_OF_TIME = re.compile(
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?|\b[صم]\b|\b(?:am|pm|gmt|utc|ksa)\b|الساعه|صباحا|مساء|ظهرا|بتوقيت|هـ|\bه\b|الموافق"
)
_BEFORE_PROSE = re.compile(r"^(?!.*(?:^|\s)(?:في|يوم|منذ|حتي|مساء|فجر|صباح|بتاريخ|ليل|من|الي|علي)\s)[^.؟!]{0,45}$")
_AFTER_DATELINE = re.compile(r"^\s*م?\s*(?:\([^)]{1,30}\)\s*)?[)\]]?\s*[\-–—:/|]")
_IN_ADDRESS = re.compile(
    r"/(?P<y>(?:19|20)\d{2})[/-](?P<m>\d{1,2})[/-](?P<d>\d{1,2})(?=[/.\-_?]|$)|[/_-](?P<y2>20\d{2})(?P<m2>[01]\d)(?P<d2>[0-3]\d)(?=[/.\-_?]|$)"
)


class _Candidate(NamedTuple):
    score: int
    day: date
    updated: bool


def page_day(meta: PageMeta, lines: Sequence[Line], *, url: str | None, latest: date) -> PageDay:
    """The day on which a page was published. `latest` is the day of obtaining: what lies after it is a slip of the page.

    >>> from sijill.ingest.html_lines import headline_element, page_lines, page_tree
    >>> from sijill.ingest.html_meta import page_meta
    >>> tree = page_tree("<h1>قصف على القرية</h1><span>الجمعة 21 كانون الثاني 2022</span><p>قُتل مدني</p>", name="a")
    >>> page_day(page_meta(tree), page_lines(tree, headline_element(tree, [])), url=None, latest=date(2022, 2, 2))[:2]
    (datetime.date(2022, 1, 21), 'words')
    """
    warnings: list[str] = []
    latest = latest + timedelta(days=2)
    told = _told(meta, latest, warnings)
    in_marks, in_words = _best(_marks(lines)), _best(_words(lines, latest))
    marked = in_marks if in_marks and not in_marks.updated and EARLIEST <= in_marks.day <= latest else None
    if told is None and marked is not None:
        told = "time", Stamp(marked.day, utc=False)
    shown = in_words if in_words and not in_words.updated else None
    if told is not None:
        basis, stamp = told
        if shown is not None and shown.day != stamp.day:
            if stamp.utc and abs(shown.day - stamp.day) == timedelta(days=1):
                return PageDay(shown.day, "words", warnings)  # the newspaper's own day, where Greenwich has another
            if abs(shown.day - stamp.day) > timedelta(days=1):
                warnings.append(f"the page shows the day {shown.day}, its {basis} says {stamp.day}, which was taken")
        return PageDay(stamp.day, basis, warnings)
    if shown is not None:
        return PageDay(shown.day, "words", warnings)
    by_address = _day_of_address(url, latest)
    if by_address:
        return PageDay(by_address, "address", [*warnings, f"the day of publication, {by_address}, is only told by the page's address"])
    changed = in_words or in_marks
    if changed is not None and EARLIEST <= changed.day <= latest:
        return PageDay(changed.day, "update", [*warnings, f"the page tells only when it was last changed: {changed.day}"])
    return PageDay(None, "", [*warnings, "the page does not tell on which day it was published"])


def _told(meta: PageMeta, latest: date, warnings: list[str]) -> tuple[str, Stamp] | None:
    """The first day of the metadata that can be."""
    for basis, written in meta.stamps():
        stamp = read_stamp(written)
        if stamp is None:
            continue
        if stamp.day <= latest:
            return basis, stamp
        warnings.append(f"the page's {basis} says {stamp.day}, which was still to come; it was left aside")
    return None


def _day_of_address(url: str | None, latest: date) -> date | None:
    found = _IN_ADDRESS.search(url or "")
    if not found:
        return None
    try:
        day = date(int(found["y"] or found["y2"]), int(found["m"] or found["m2"]), int(found["d"] or found["d2"]))
    except ValueError:
        return None
    return day if EARLIEST <= day <= latest else None


def _best(candidates: Iterator[_Candidate]) -> _Candidate | None:
    return max(candidates, key=lambda one: one.score, default=None)


# --- where dates stand -----------------------------------------------------------------------------------------------


def _headline_at(lines: Sequence[Line]) -> int:
    return next((i for i, line in enumerate(lines) if line.headline), -1)


def _prose_at(lines: Sequence[Line], start: int) -> int:
    """The first line of the report's own text after the headline."""
    for i in range(max(start, 0), len(lines)):
        if len(lines[i].text) >= PROSE and not lines[i].around and not lines[i].headline:
            return i
    return len(lines)


def _nearness(i: int, headline: int, prose: int) -> int | None:
    """How near a line is to the headline: 0 is nearest; None outside of its surroundings."""
    if headline < 0:
        return min(i, 30) if i < prose else None
    if headline < i < prose and i <= headline + _BELOW:
        return i - headline
    if headline - _ABOVE <= i <= headline:
        return 4 + headline - i
    return None


def _marks(lines: Sequence[Line]) -> Iterator[_Candidate]:
    headline = _headline_at(lines)
    prose = _prose_at(lines, headline)
    for i, line in enumerate(lines):
        if line.around:
            continue
        near = _nearness(i, headline, prose)
        for mark in line.marks:
            updated = mark.updated or _UPDATED.search(fold(line.text[: mark.at]).text[-60:]) is not None
            if near is not None or updated:
                yield _Candidate((10 if updated else 100) - (near if near is not None else 9), mark.stamp.day, updated)


def _words(lines: Sequence[Line], latest: date) -> Iterator[_Candidate]:
    """The days in words, each with how likely it is that of publication."""
    headline = _headline_at(lines)
    prose = _prose_at(lines, headline)
    for i, line in enumerate(lines):
        if line.around or not any(c.isdigit() for c in line.text[:600]):
            continue
        text = line.text if len(line.text) <= 600 else line.text[:200] if i <= prose + 1 else ""
        found = [one for one in days_in(text) if EARLIEST <= one.day <= latest]
        label = lines[i - 1].text if i and len(lines[i - 1].text) <= 25 and not lines[i - 1].around else ""
        for k, one in enumerate(found):
            yield from _candidate(line, text, found, k, one, label, _nearness(i, headline, prose), i >= prose, i > headline)


def _candidate(
    line: Line, text: str, found: list[DayFound], k: int, one: DayFound, label: str, near: int | None, in_prose: bool, after: bool
) -> Iterator[_Candidate]:
    start = found[k - 1].end if k else 0
    before = fold(text[start : one.start]).text.lower()[-80:]
    if k and _is_same_day(found[k - 1], one) and not before.strip(" -–/()|،,هم"):
        start = found[k - 2].end if k > 1 else 0  # «18 جمادى الآخرة 1443 هـ - 21 يناير 2022»: what stands before both
        before = fold(text[start : found[k - 1].start]).text.lower()[-80:]
    whole = fold(text).text.lower()
    if _NOT_OF_THE_PAGE.search(whole) and len(text) < 300:
        return
    value = (1 if not one.hijri else 0) - k
    if _UPDATED.search(before) or (not before.strip(" :") and _UPDATED.search(fold(label).text.lower().rstrip(" :"))):
        yield _Candidate(5 + value, one.day, updated=True)
        return
    labelled = _PUBLISHED.search(before) or (not before.strip(" :") and _PUBLISHED.search(fold(label).text.lower().rstrip(" :")))
    if labelled and len(text) < 200:
        yield _Candidate((120 - near if near is not None else 60 if after else 20) + value, one.day, updated=False)
        return
    if near is None:
        if in_prose and not line.headline:
            yield from _dateline(text, one, found)
        return
    if line.headline or line.level:
        return  # a day in a heading is of what is told
    rest = len(_MARK_OF_TIME.sub("", _without(text, found)).replace(" ", ""))
    if line.dated and rest <= 80:
        yield _Candidate(90 - near + value, one.day, updated=False)
    elif rest <= 14 or (rest <= 45 and not _tells(before)):
        yield _Candidate(75 - near + value - (0 if after else 8) - (10 if rest > 14 else 0), one.day, updated=False)


def _tells(before: str) -> bool:
    """Whether the words before a day are of a sentence: «حصيلة الهجوم الذي وقع في»."""
    return _BEFORE_PROSE.search(before.strip() + " ") is None


def _dateline(text: str, one: DayFound, found: list[DayFound]) -> Iterator[_Candidate]:
    """«دمشق، 21 كانون الثاني 2022 – قال …»: the first words of the text itself."""
    before = fold(text[: one.start]).text
    if one is found[0] and len(before) <= 45 and not _tells(before) and _AFTER_DATELINE.search(text[one.end :]):
        yield _Candidate(30, one.day, updated=False)


def _without(text: str, found: list[DayFound]) -> str:
    parts, at = [], 0
    for one in found:
        parts.append(text[at : one.start])
        at = max(at, one.end)
    return fold("".join((*parts, text[at:]))).text


def _is_same_day(one: DayFound, other: DayFound) -> bool:
    return one.hijri != other.hijri and abs(one.day - other.day) <= timedelta(days=2)
