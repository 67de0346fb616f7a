"""What of a collected page is the report: its lines told apart as prose, headlines and the rest of the page.

Pages come with their title repeated, links to other stories above and below, tags and share buttons. Read as the report they
give incidents of other days and places. `layout(units, title)` says where the report ends, which lines are headlines (of this
report or of another), and whether the text is a round-up, whose items are separate incidents.

Preferred mistake: a last line without a full stop is lost over an incident of another story that is recorded.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from sijill.annotate.unit import Unit
from sijill.annotate.units import Units
from sijill.text import BULLETS, fold

__all__ = ["Layout", "layout"]

_PROSE: Final = 12
"""Units that a line of prose has at least; headlines and buttons have fewer, or end without a mark."""
_SHORT: Final = 6
"""Units of a short line that is prose because a full stop closes it."""
_LONG: Final = 45
"""A line with this many units is prose even where its full stop is missing."""
_PAGE_HEAD: Final = 0.25
"""Words of a page's end that stand in its first quarter belong to a menu above the report."""
_PAGE_TAIL: Final = 0.5
"""Words that end a report anywhere in a line do so in its second half."""
_TAGS: Final = 25
"""Words that the tags below a report have at most."""
_ALIKE: Final = 0.75
"""Share of a line's words that stand in the title of the report when it repeats it."""
_ITEMS: Final = 3
"""List items or headed sections that make a text a round-up."""


class _Line:
    """Units [first, last) of a line, and what it is."""

    __slots__ = ("bullet", "first", "item", "last", "prose")

    def __init__(self, first: int, last: int, prose: bool, bullet: bool, item: bool) -> None:
        self.first = first
        self.last = last
        self.prose = prose
        self.bullet = bullet
        self.item = item  # opens with a bullet, or with «حلب:»


class Layout:
    """The lines of a page. `end` is the unit at which the report is over; `headlines` are units [first, last)."""

    __slots__ = ("end", "headlines", "other_stories", "round_up", "starts", "title")

    def __init__(
        self,
        end: int,
        starts: tuple[int, ...],
        headlines: tuple[tuple[int, int], ...],
        other_stories: tuple[tuple[int, int], ...],
        round_up: bool,
        title: str = "",
    ) -> None:
        self.end = end
        self.starts = starts
        self.headlines = headlines
        self.other_stories = other_stories
        self.round_up = round_up
        self.title = title  # the report's own, folded

    def line_of(self, unit: int) -> int:
        """The number of the line that holds a unit."""
        return bisect_right(self.starts, unit) - 1

    def is_headline(self, unit: int) -> bool:
        """Whether a unit stands in a headline of this report."""
        return _inside(self.headlines, unit)

    def is_report(self, unit: int) -> bool:
        """Whether a unit belongs to the report, and not to the page around it."""
        return unit < self.end and not _inside(self.other_stories, unit)


def _inside(ranges: tuple[tuple[int, int], ...], unit: int) -> bool:
    if not ranges:
        return False
    at = bisect_right(ranges, (unit, 1 << 60)) - 1
    return at >= 0 and unit < ranges[at][1]


def layout(units: Units, title: str | None) -> Layout:
    """The lines of a text and what they are; `title` is the report's own, when it is known.

    >>> from sijill.annotate.tokenise import tokenise
    >>> from sijill.lexicon import load_lexicon
    >>> text = '''قصف على الرقة
    ... قصفت طائرات مساء أمس أطراف مدينة الرقة وقتل في القصف ثلاثة مدنيين بحسب ناشطين.
    ... وقال سكان المدينة إن القصف أصاب سوق الخضار عند الظهر وجرح عددا كبيرا منهم.
    ... مقتل خمسة في انفجار بدمشق
    ... اعتقال صحفي في بيروت'''
    >>> page = layout(tokenise(fold(text), load_lexicon()), "قصف على الرقة")
    >>> len(page.headlines), page.line_of(page.end), page.round_up
    (1, 3, False)
    """
    lines = _lines(units)
    end = _page_end(units, lines)
    body = [line if line.last <= end else _cut_off(line, end) for line in lines if line.first < end]
    end, body = _without_links(units, body, end)
    prose = [n for n, line in enumerate(body) if line.prose]
    first_prose, last_prose = (prose[0], prose[-1]) if prose else (0, -1)
    folded_title = fold(title).text if title else ""
    words = frozenset(folded_title.split())
    start = _page_start(units, end)
    headlines: list[tuple[int, int]] = []
    others: list[tuple[int, int]] = [(0, start)] if start else []
    for n, line in enumerate(body):
        brief = line.bullet and n + 1 < len(body) and _opens_with_a_dateline(units, body[n + 1])
        if not brief and (line.prose or line.item or n > last_prose or line.first < start):
            continue
        ours = n > first_prose or not words or _repeats(units, line, words)
        (headlines if ours else others).append((line.first, line.last))
    return Layout(
        end=end,
        starts=tuple([line.first for line in lines]) or (0,),
        headlines=tuple(headlines),
        other_stories=tuple(others),
        round_up=_is_round_up(units, body, words),
        title=folded_title,
    )


def _opens_with_a_dateline(units: Units, line: _Line) -> bool:
    """«* سيدني - «الشرق الأوسط»: …»: the text of a brief, whose headline is the line above."""
    first = line.first + line.bullet
    dash = units.row.first_of("DASH", first=first, last=min(line.last, first + 6))
    return (
        dash is not None
        and units.row.holds("COLON", first=dash, last=min(line.last, dash + 8))
        and units.row.holds("PLACE", first=first, last=dash)
    )


def _lines(units: Units) -> list[_Line]:
    found: list[_Line] = []
    first = 0
    for at in [*units.row.where("NL"), len(units)]:
        if at > first:
            bullet = _is_bullet(units, first, at)
            found.append(_Line(first, at, _is_prose(units, first, at), bullet, bullet or _has_head(units, first, at)))
        first = at + 1
    return found


def _cut_off(line: _Line, end: int) -> _Line:
    """A line in whose midst the page's end begins («… عدد من المصابين سمات تفجير مسجد»): the full stop that it lacks is no sign."""
    return _Line(line.first, end, line.prose or end - line.first >= _PROSE, line.bullet, line.item)


def _is_prose(units: Units, first: int, last: int) -> bool:
    """Sentences: long enough, and closed by a mark."""
    if _is_verb(units[first]) and last - first >= _SHORT:
        return True  # «قصفت طائرات …»: headlines put the noun or the present tense first
    if last - first < _PROSE:
        return last - first >= _SHORT and units[last - 1].has("STOP") and not units[last - 1].has("NL")
    closed = units[last - 1].has_any(_CLOSING) or (units[last - 1].has("QUOTE") and units[last - 2].has("STOP"))
    return (
        closed or last - first >= _LONG or any(_full_stop(units, i) for i in units.row.where("STOP", first=first + _PROSE, last=last - 1))
    )


_CLOSING: Final = frozenset({"STOP", "COLON", "COMMA", "SEMI"})


def _is_verb(unit: Unit) -> bool:
    """A verb of the past and nothing else: «قصف روسي على …» is a headline's noun."""
    return unit.has("PAST") and not any(tag.endswith("_N") for tag in unit.entry.tags)


def _full_stop(units: Units, i: int) -> bool:
    """Whether a stop inside a line ends a sentence; two in a row («..») only set a headline's halves apart."""
    return not units[i - 1].has("STOP") and not units[i + 1].has("STOP")


def _is_bullet(units: Units, first: int, last: int) -> bool:
    return (units[first].has("DASH") or units[first].word in BULLETS) and last - first > 2


def _has_head(units: Units, first: int, last: int) -> bool:
    """«حلب:», «وفي ريف دمشق:», «2011 - …»: a place with a colon, or a date with a colon or a dash, opens a section."""
    dated = first + units[first].has("IN")
    if dated + 1 < last and units[dated].has("DATE") and units[dated + 1].has_any(("COLON", "DASH")):
        return True
    colon = units.row.first_of("COLON", first=first, last=min(last, first + 6))
    return colon is not None and units.row.holds("PLACE", "PLACE_WEAK", first=first, last=colon)


def _page_start(units: Units, end: int) -> int:
    """The unit after «Shared with Public», which a social network writes between the head of a post and its text; else 0."""
    at = units.row.first_of("PAGE_START", last=int(end * _PAGE_TAIL) + 1)
    return 0 if at is None else at + 1


def _page_end(units: Units, lines: list[_Line]) -> int:
    """Where related stories, tags or comments begin: a line that opens with such words, past the page's head."""
    marks = units.row.where("PAGE_END", "PAGE_TAIL", "PAGE_COMMENTS", "PAGE_TAGS")
    if not marks:
        return len(units)
    opens = {line.first for line in lines}
    length = len(units.folded.text)
    for at in marks:
        if units[at].has("PAGE_COMMENTS") or (units[at].has("PAGE_TAGS") and _opens_tags(units, at)):
            return at
        needed = _PAGE_HEAD if at in opens and units[at].has("PAGE_END") else _PAGE_TAIL
        if (at in opens or units[at].has("PAGE_TAIL")) and units[at].start > length * needed:
            return at
    return len(units)


def _opens_tags(units: Units, at: int) -> bool:
    """«… في المدينة. سمات تفجير طوارئ»: among the last words of a text, with no full stop after it and none that governs it."""
    if len(units) - at > _TAGS or at == 0 or units[at - 1].has_any(("PREP", "CONJ")):
        return False
    return not units.row.holds("SEMI", "COMMA", first=at) and all(units[i].has("NL") for i in units.row.where("STOP", first=at))


def _without_links(units: Units, body: list[_Line], end: int) -> tuple[int, list[_Line]]:
    """The report without the headlines of other stories after its last sentence, where it is written in sentences at all."""
    prose = [n for n, line in enumerate(body) if line.prose]
    if not prose:
        return end, body
    last = prose[-1]
    tail = body[last + 1 :]
    written = [line for line in body[: last + 1] if line.last - line.first >= _PROSE]
    cut = len(tail) >= (1 if end < len(units) else 2) and not any(line.bullet for line in tail)
    if cut and len(prose) * 3 >= len(written) * 2 and sum(line.last - line.first for line in tail) < (body[last].last - body[0].first):
        return tail[0].first, body[: last + 1]
    return end, body


def _repeats(units: Units, line: _Line, title: frozenset[str]) -> bool:
    """Whether a line says what the title says."""
    start, end = units[line.first].start, units[line.last - 1].end
    words = units.folded.text[start:end].split()
    return sum(word in title for word in words) >= _ALIKE * len(words)


def _is_round_up(units: Units, body: list[_Line], title: frozenset[str]) -> bool:
    """Many short reports in one: named as such in the title, or told in list items and headed sections."""
    return not units.lexicon.words_of("ROUND_UP").isdisjoint(title) or sum(line.item for line in body) >= _ITEMS
