"""Finds date and time expressions: where one may start, how parts join, what intervals, durations and recurrences say."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, cast

from sijill.annotate.dates.calendar import (
    Clock,
    DateExpression,
    Kind,
    Moment,
    Shift,
    clock_time,
    merge_clocks,
    merge_moments,
)
from sijill.annotate.dates.counts import Counts, counted_shift, minus
from sijill.annotate.dates.cursor import Part
from sijill.annotate.row import Row
from sijill.annotate.unit import Chunk
from sijill.annotate.units import Units
from sijill.lexicon import Lexicon
from sijill.records import TimeOfDay
from sijill.rules import Leads
from sijill.text import BULLETS

__all__ = ["find"]


class _Starts:
    """Where an expression may start.

    `leads` finds the units with which any of the alternatives begins; «في», «من» and «إلى», which most of these are, are let go by
    what follows. What must follow a unit is an expression of those alternatives alone that begin with it: they are some thirty.
    """

    def __init__(self, leads: Leads, alternatives: list[tuple[str, str]]) -> None:
        self._leads = leads
        self._alternatives = alternatives  # what each begins with, as a set of characters, and what follows
        self._following: dict[str, Callable[[str, int], re.Match[str] | None]] = {}

    def among(self, row: Row) -> list[int]:
        """The units at which one may start, in order."""
        known, chars = self._following, row.chars
        starts = row.starts(self._leads)
        found: list[int] = []
        for at, char in zip(starts, row.chars_at(starts, 0), strict=True):
            follows = known.get(char)
            if follows is None:
                follows = known[char] = re.compile("|".join([rest for first, rest in self._alternatives if char in first]), re.DOTALL).match
            if follows(chars, at + 1) is not None:
                found.append(at)
        return found


@lru_cache(maxsize=4)
def _starts(lexicon: Lexicon) -> _Starts:
    """Where an expression may start, by the classes of words."""

    def chars(*tags: str) -> str:
        found = sorted(set().union(*(lexicon.chars_with(tag) for tag in tags)))
        return "[" + "".join(found) + "]" if found else "(?!)"

    number = chars(*_NUMBERS)
    day = chars("DAY", "ORDINAL", "NUM_TENS")
    feast = f"(?:{chars('PERIOD')})?{chars('FEAST')}"
    mark = chars("SLASH", "DASH", "STOP", "COLON")
    joint = chars("DASH", "SLASH", "TO", "UNTIL", "CONJ_CLITIC")
    counted = chars("BOUND") + "?" + chars("PERIOD", "BOTH") + "|" + chars("BOUND") + f"?{number}"
    vague = chars("VAGUE") + chars("PERIOD")
    told = chars(
        "RELDAY",
        "WEEKDAY",
        "MONTH",
        "DAYPART",
        "CLOCK",
        "EDGE",
        "YEAR",
        "DAY",
        "ORDINAL",
        "NUM_TENS",
        "DEMONSTRATIVE",
        "SEASON",
        "DECADE",
        "NAMED_DAY",
    )
    after_since = f"(?:{told}|{counted}|{vague})"
    prepositions = (
        f"{chars('IN', 'KHILAL', 'FROM', 'BETWEEN')}(?={chars('YEAR')})",
        f"{chars('TO')}(?={number}{chars('PERIOD')}|{chars('DUAL', 'DUALPL')})",
    )
    alternatives = (
        chars("WEEKDAY", "RELDAY", "MONTH", "DAYPART", "CLOCK", "DECADE", "NAMED_DAY"),
        f"{chars('ORDINAL', 'PERIOD')}(?={feast})",
        f"{chars('ORDINAL')}(?<={chars('AT')}.)",
        f"{chars('D')}(?={mark}{chars('D')})",
        f"{chars('D')}(?={chars('COMMA')}{chars('D')}{chars('DAYPART', 'CLOCK_HALF')})",
        f"{day}(?={chars('NUM_TEN')}?(?:{chars('CONJ_CLITIC')}{chars('NUM_TENS')})?{chars('FROM', 'SLASH', 'DASH')}?"
        f"{chars('LPAR', 'QUOTE')}?{chars('MONTH', 'PERIOD', 'DEMONSTRATIVE', 'SAME_OF')})",
        f"{day}(?={chars('CONJ_CLITIC')}?{joint}{chars('PERIOD')}?{day})",
        f"{chars('PERIOD')}(?={chars('LPAR')}?{number}|{chars('TURN', 'TURN_TEXT', 'MONTH')})",
        f"{chars('PERIOD')}(?={chars('WEEKDAY', 'WEEKDAY_BARE', 'RELDAY', 'DATED')})",
        f"{chars('PERIOD')}(?={chars('ORDINAL', 'NUM_TENS')})",
        f"{chars('PERIOD')}(?=.?{chars('D', 'NUM_UNIT', 'FEW')}{chars('TURN')})",
        f"{chars('LAST_OF')}(?={number}|{chars('PERIOD')})",
        f"{chars('SAME_OF', 'DEMONSTRATIVE')}(?={chars('PERIOD')})",
        f"{chars('SEASON')}(?={chars('YEAR', 'PERIOD', 'TURN', 'FROM')})",
        f"{chars('EDGE')}(?={chars('MONTH', 'PERIOD', 'YEAR')}|{chars('D')}{chars('ERA_HIJRI')})",
        *prepositions,
        f"{chars('YEAR')}(?={chars('DASH')}{chars('YEAR')})",
        f"{chars('YEAR')}(?={chars('DASH', 'COLON')})",
        f"{chars('BOTH')}(?={chars('D', 'WEEKDAY', 'MONTH', 'YEAR')})",
        f"{chars('SINCE', 'FROM_ON', 'UNTIL')}(?={after_since}|.{chars('D')})",
        f"{chars('BEFORE', 'AFTER')}(?={counted}|{vague})",
        f"{chars('LASTING', 'KHILAL')}(?=.?(?:{counted})|{vague})",
        f"{chars('EVERY')}(?={chars('PERIOD', 'WEEKDAY_BARE', 'DAYPART')})",
        f"{chars('ORDINAL', 'NUM_UNIT')}(?={chars('NUM_TEN')}?(?:(?:{chars('CONJ_CLITIC')}|{chars('EXCEPT')}).{chars('PERIOD')}?)?"
        f"{chars('FROM')}?{chars('DAYPART', 'CLOCK_HALF')})",
    )
    begun = [(*_first_set(alternative), alternative in prepositions) for alternative in alternatives if alternative.startswith("[")]
    free = {char for first, _, preposition in begun if not preposition for char in first}
    let_go = {char for first, _, preposition in begun if preposition for char in first}
    led = {char for tag in ("YEAR", *_NUMBERS, "DUAL", "DUALPL") for char in lexicon.chars_with(tag)}
    return _Starts(lexicon.leads(free, let_go, led), [(first, rest) for first, rest, _ in begun])


def _first_set(alternative: str) -> tuple[str, str]:
    """The characters of the set with which an expression begins, and the rest of it."""
    first, _, rest = alternative[1:].partition("]")
    return first, rest


_NUMBERS: Final = ("D", "NUM_UNIT", "NUM_TEN", "NUM_TENS", "NUM_HUNDRED", "NUM_HUNDREDS", "NUM_MULT", "NUM_TWICE")


def find(units: Units) -> list[Chunk]:
    """Chunks for the dates and times of a text, in order; the value of each is a `DateExpression`.

    >>> from sijill.annotate.tokenise import tokenise
    >>> from sijill.lexicon import load_lexicon
    >>> from sijill.text import fold
    >>> units = tokenise(fold("في 26 كانون الثاني/ في تمام الساعة 4:50 عصرا"), load_lexicon())
    >>> [(c.value.start.day, c.value.start.month, c.value.time, c.tags) for c in find(units)]
    [(26, 1, '16:50', ('DATE', 'TIME'))]
    """
    reader = _Reader(units)
    found: list[Chunk] = []
    at = 0
    for start in _starts(units.lexicon).among(units.row):
        if start >= at:
            chunk = reader.expression(start)
            at = max(at, reader.passed)
            if chunk:
                at = chunk.last
                found.append(chunk)
    return found


class _Reader(Counts):
    """Reads whole expressions."""

    def expression(self, i: int) -> Chunk | None:
        """The expression that starts at a unit, its lead («منذ», «من», «بين») included."""
        tags = self.tags(i)
        if "EVERY" in tags:
            return self._recurrence(i)
        if "LAST_OF" in tags:
            return self._last_units(i)
        if "BEFORE" in tags or "AFTER" in tags:
            return self._shifted(i)
        if "SINCE" in tags or "FROM_ON" in tags:
            return self._since(i)
        if "UNTIL" in tags:
            return self._until(i)
        if "BOTH" in tags:
            return self._both(i)
        if "LASTING" in tags or "KHILAL" in tags:
            return self._lasting(i) or self._years(i)
        if not _LEADS.isdisjoint(tags) and "D" not in tags:
            if self._numeric_date(i + 1):
                return self._dated(i + 1)
            return self._years(i) or (self._duration(i + 1, i) if self.word(i) == "ل" else None)
        # most parts are no period, day number or year: the readers of these are asked only where they can say something
        past = self._past_units(i) if "PERIOD" in tags else None
        ranged = self._day_range(i) if past is None and not _DAY_NUMBERS.isdisjoint(tags) else None
        return past or ranged or (self._years(i) if "YEAR" in tags else None) or self._dated(i)

    # --- points and intervals

    def point(self, i: int) -> Part | None:
        """A day, an hour, or both: parts that join without contradiction."""
        first = self.part(i) or (self.short_numeric_date(i) if self._calls_for_date(i) else None)
        if not first:
            return None
        moment, clock, at = first
        for _ in range(6):
            start, joints = self._joints(at)
            if self.word(start) == "يوم" and "PERIOD" in self.tags(start):
                following = self.day_part(start)
            else:
                following = self.part(start) if start < self.count else None
                if not following and ("DATED" in joints or (moment.weekday and moment.day is None and start == at)):
                    following = self.short_numeric_date(start)
            if not following or not _may_join(moment, clock, following, joints):
                break
            both, joined_clock = merge_clocks(clock, following.clock)
            merged = merge_moments(moment, following.moment)
            if merged is None and "LPAR" in joints and moment.shift and following.moment.shift:
                # «اليوم (أمس)»: the newspaper corrects what it quotes
                merged = moment._replace(shift=following.moment.shift)
            if not both or merged is None:
                break
            moment, clock, at = merged, joined_clock, following.last
            if "LPAR" in joints and "RPAR" in self.tags(at):
                at += 1
        return Part(moment, clock, at)

    def _calls_for_date(self, i: int) -> bool:
        before = self.tags(i - 1)
        return (
            not _CALLS_FOR_DATE.isdisjoint(before)
            or self.word(i - 1) in ("في", "يوم", "ليله", "فجر", "صباح", "مساء")
            or self.turn(i + 3) is not None
        )

    def _joints(self, at: int) -> tuple[int, set[str]]:
        """The unit after words and marks that may join two parts, and the classes of those."""
        joints: set[str] = set()
        for _ in range(4):
            tags = self.tags(at)
            if not _JOINING.isdisjoint(tags):
                joints |= tags & _JOINING
                at += 1
            elif self.word(at) in ("في", "من", "ب", "ل"):
                joints.add("PREP")
                at += 1
            elif "BOUND" in tags and "CLOCK" in self.tags(at + 1):
                at += 1
            else:
                break
        return at, joints

    def _dated(self, i: int) -> Chunk | None:
        """A point and, where the words after it say so, the other end of an interval."""
        ranged = self._day_range(i + 1) if "DAYPART" in self.tags(i) else None
        if ranged:  # «ليل 21-22 كانون الثاني»
            part = cast(TimeOfDay, self.feature(i, "part"))
            return Chunk(i, ranged.last, ranged.tags, ranged.value._replace(time_of_day=part))
        start = self.point(i)
        if not start:
            return None
        if self._named_after(i, start) or (_merely_today(start) and self.word(i - 1) == "في"):
            # «حركة 6 أبريل», «ثلاث مرات في اليوم»
            self.passed = start.last
            return None
        if start.moment[:3] == (None, 9, 11) and start.moment.turn is None and self.word(i - 1) in _OF_2001:
            start = start._replace(moment=start.moment._replace(year=2001))
        lead = i - 1 if i and not _OPENS.isdisjoint(self.tags(i - 1)) and "BOTH" not in self.tags(i) else None
        if "WEEKDAY" in self.tags(start.last) and start.clock and start.clock.part == "night" and start.moment.weekday:
            end = self.point(start.last)  # «ليل الجمعة السبت»
            if end and end.moment.weekday == start.moment.weekday % 7 + 1:
                return self._interval(i, start, end)
        if not _GOES_ON.isdisjoint(self.tags(start.last)):
            end = self._other_end(start, lead)
            if end:
                first = lead if lead is not None and "DASH" not in self.tags(start.last) else i
                return self._interval(first, start, end)
        if start.moment.shift and start.moment.shift.anchor == "then" and _OPEN_ENDED.isdisjoint(self.tags(i - 1)):
            return None
        return self._chunk(i, start.last, "date" if start.moment != _SAID_NOTHING else "time", start)

    def _named_after(self, i: int, start: Part) -> bool:
        """«حركة 6 أبريل», «سوق الخميس»: a name, unless the words say which year or which Thursday."""
        moment = start.moment
        before = self.tags(i - 1)
        if "NAMED_AFTER" not in before or "DEF" in before or moment.year is not None or moment.turn is not None:
            return False
        return moment.month is not None or (moment.weekday is not None and moment.shift is None)

    def _other_end(self, start: Part, lead: int | None) -> Part | None:
        """The end of an interval whose start was read: «… إلى 31 كانون الثاني», «… - الأربعاء»."""
        at = start.last
        tags = self.tags(at)
        dash = "DASH" in tags or ("SLASH" in tags and start.moment.weekday is not None)
        joined = "CONJ_CLITIC" in tags and (self.word(at) == "و" and lead is not None and "BETWEEN" in self.tags(lead))
        full = start.moment.day is not None and start.moment.month is not None  # «في 14 حزيران إلى 15 تموز»
        reached = (self.word(at) == "الي" or "UNTIL" in tags) and (lead is not None or full or "UNTIL" in tags)
        if self.word(at) == "و" and "UNTIL" in self.tags(at + 1):
            at, reached = at + 1, True  # «وحتى»
        if not (dash or joined or reached):
            return None
        end = self.point(at + 1) or (self._year_part(at + 1) if start.moment.year and not start.moment.month else None)
        if not end or (end.moment == _SAID_NOTHING and start.moment == _SAID_NOTHING):
            return None
        if dash and not _alike(start.moment, end.moment):
            return None
        return end

    def _interval(self, first: int, start: Part, end: Part) -> Chunk | None:
        began, ended = start.moment, end.moment
        if began == _SAID_NOTHING:
            began = ended
        elif ended == _SAID_NOTHING:
            ended = began
        if began.day and not began.month:
            began = began._replace(month=ended.month, calendar=ended.calendar)
        if began.month and not began.year and began.calendar == ended.calendar and not began.shift:
            began = began._replace(year=ended.year, turn=ended.turn if began.turn is None else began.turn, shift=ended.shift)
        part = start.clock.part if start.clock and (not end.clock or end.clock.part == start.clock.part) else None
        value = DateExpression("interval", began, ended, clock_time(start.clock), part)
        return Chunk(first, end.last, ("DATE",), value)

    def _day_range(self, i: int) -> Chunk | None:
        """«24 إلى 31 كانون الثاني», «بين 20 و30 أيار», «2-4/6/2015»: the first end is a bare day."""
        first = self.day_number(i)
        if not first or first[1] + 1 >= self.count:
            return None
        at = first[1]
        tags = self.tags(at)
        lead = self.tags(i - 1) & {"FROM", "BETWEEN", "BOTH", "SINCE"}
        if not ("DASH" in tags or "UNTIL" in tags or self.word(at) == "الي" or (self.word(at) == "و") or "SLASH" in tags):
            return None
        second = at + 2 if self.word(at) == "و" and "UNTIL" in self.tags(at + 1) else at + 1
        while "DASH" in self.tags(second) and second < at + 2:
            second += 1
        if self.word(second) == "يوم":
            second += 1
        end = self._numeric_date(second) or self._day_and_month(second)
        if not end or not end.moment.day or not end.moment.month:
            return None
        if self.word(at) == "و" and not lead and end.moment.day <= first[0]:
            return None
        if end.moment.day <= first[0] or ("ORDINAL" in self.tags(i) and not lead and self.word(at) == "و" and "DEF" not in self.tags(i)):
            return None
        start = Part(end.moment._replace(day=first[0]), None, first[1])
        begin = i - 1 if lead & {"FROM", "BETWEEN"} and self.word(at) != "-" else i
        return self._interval(begin, start, end)

    def _both(self, i: int) -> Chunk | None:
        """«يومي 5 و6 آذار», «يومي السبت والأحد», «عامي 2013 و2014»."""
        if self._unit_of(i) == "day":
            ranged = self._day_range(i + 1)
            if ranged:
                return Chunk(i, ranged.last, ranged.tags, ranged.value)
        start = self._year_part(i + 1) if self._unit_of(i) == "year" else self.part(i + 1)
        if not start or self.word(start.last) != "و":
            return None
        end = self._year_part(start.last + 1) if self._unit_of(i) == "year" else self.point(start.last + 1)
        return self._interval(i, start, end) if end and _alike(start.moment, end.moment) else None

    def _unit_of(self, i: int) -> str | None:
        return self.items[i].feature("unit")

    # --- years without «عام»

    def _year_part(self, i: int) -> Part | None:
        year = self.year_at(i)
        return Part(Moment(year=year[0], calendar=year[1]), None, year[2]) if year else None

    def _years(self, i: int) -> Chunk | None:
        """«في 2013», «2011 - 2014», «بين 2011 و2014»: four digits that nothing is counted by."""
        lead = self.tags(i) & {"IN", "KHILAL", "FROM", "BETWEEN"} and "D" not in self.tags(i)
        begin = i + 1 if lead else i
        if "YEAR" not in self.tags(begin):
            return None
        start = self._year_part(begin)
        if not start:
            return None
        at = start.last
        between = "BETWEEN" in self.tags(i) and self.word(at) == "و"
        from_to = "FROM" in self.tags(i) and (self.word(at) == "الي" or "UNTIL" in self.tags(at))
        end = self._year_part(at + 1) if between or from_to or "DASH" in self.tags(at) else None
        led = (between or from_to) and not self.tags(end.last if end else at) & _COUNTED
        if end and cast(int, start.moment.year) < cast(int, end.moment.year) and (led or self._uncounted(end.last)):
            return self._interval(i if between or from_to else begin, start, end)
        if not lead and self._heads_a_line(begin, at):
            return self._chunk(begin, at, "date", start)
        if not lead or "BETWEEN" in self.tags(i) or not self._uncounted(at) or not 1900 <= cast(int, start.moment.year) <= 2049:
            return None
        if "FROM" in self.tags(i):
            return None
        return self._chunk(begin, at, "date", start)

    def _heads_a_line(self, i: int, after: int) -> bool:
        """«2011 - …», «• 1982: …» at the start of a line, as chronologies are written."""
        if not self.tags(after) & {"DASH", "COLON"} or "D" in self.tags(after + 1):
            return False
        bullet = i > 0 and ("DASH" in self.tags(i - 1) or self.word(i - 1) in BULLETS)
        first = i - bullet
        return first == 0 or "NL" in self.tags(first - 1)

    def _uncounted(self, i: int) -> bool:
        """Whether what follows a number is no noun that it counts."""
        if i >= self.count:
            return True
        return bool(self.tags(i) & _UNCOUNTED)

    # --- open ends

    def _since(self, i: int) -> Chunk | None:
        """«منذ 20 كانون الثاني», «منذ أسبوع», «منذ بداية العام حتى أمس»."""
        at = i + 2 if self.word(i + 1) == "ال" else i + 1  # «منذ الـ9 من أيار»
        counted = self._counted(i + 1)
        if counted:
            count, unit, last = counted
            if "TURN" in self.tags(last):
                return None
            return Chunk(i, last, ("DATE",), DateExpression("since", Moment(shift=counted_shift(unit, minus(count), "report"))))
        start = self.point(at) or self._year_part(at)
        if not start:
            return None
        if start.moment == _SAID_NOTHING and not self.tags(start.last) & {"UNTIL"}:
            return self._chunk(i + 1, start.last, "time", start)
        if "UNTIL" in self.tags(start.last) or self.word(start.last) == "الي" or "UNTIL" in self.tags(start.last + 1):
            end = self._other_end(start, i)
            if end:
                return self._interval(i, start, end)
        return self._chunk(i, start.last, "since", start)

    def _until(self, i: int) -> Chunk | None:
        """«حتى 5 آذار»; «حتى اليوم» alone is no date."""
        end = self.point(i + 1)
        if not end:
            return None
        moment = end.moment
        if _merely_today(end):
            self.passed = end.last
            return None
        if moment == _SAID_NOTHING:
            return self._chunk(i + 1, end.last, "time", end)
        chunk = self._chunk(i, end.last, "until", end)
        return Chunk(chunk.first, chunk.last, chunk.tags, chunk.value._replace(start=None, end=moment))

    def _chunk(self, first: int, last: int, kind: Kind, part: Part) -> Chunk:
        clock = part.clock
        time, daypart = clock_time(clock), clock.part if clock else None
        timed = clock is not None
        tags = ("TIME",) if kind == "time" else ("DATE", "TIME") if timed else ("DATE",)
        return Chunk(first, last, tags, DateExpression(kind, part.moment if kind != "time" else None, None, time, daypart))


_SAID_NOTHING: Final = Moment()
_COUNTED: Final = {"PERSON", "HARMED", "PERIOD", "NUM_MULT", "OTHERS", "AMONG", "GENERIC"}
_UNCOUNTED: Final = {"COMMA", "STOP", "CONJ", "PREP", "RPAR", "QUOTE", "SEMI", "COLON", "PAST", "REL", "THAT", "ALSO", "DASH", "NEG"}
_OF_2001: Final = ("احداث", "هجمات", "اعتداءات", "تفجيرات")
_JOINING: Final = frozenset({"COMMA", "SLASH", "DASH", "LPAR", "RPAR", "QUOTE", "AT", "DATED"})
_DAY_NUMBERS: Final = frozenset({"D", "ORDINAL", "NUM_TENS"})
_LEADS: Final = frozenset({"IN", "FROM", "BETWEEN", "TO"})
_OPENS: Final = frozenset({"FROM", "BETWEEN"})
_GOES_ON: Final = frozenset({"TO", "UNTIL", "DASH", "CONJ_CLITIC", "SLASH"})
_OPEN_ENDED: Final = frozenset({"SINCE", "UNTIL"})
_CALLS_FOR_DATE: Final = frozenset({"SINCE", "UNTIL", "DATED", "WEEKDAY"})
_TODAY: Final = Moment(shift=Shift("day", 0, "report"))


def _merely_today(part: Part) -> bool:
    """Whether «اليوم» is all that was said."""
    return part.clock is None and part.moment == _TODAY


def _alike(one: Moment, other: Moment) -> bool:
    """Whether two moments are of the same make, as the ends of an interval with a dash between are."""
    if one.weekday and other.weekday and not (one.day or other.day):
        return one.weekday != other.weekday
    same_kind = (one.month and other.month) or (one.year and other.year)
    return (one.day is None) == (other.day is None) and bool(same_kind)


def _may_join(moment: Moment, clock: Clock | None, following: Part, joints: set[str]) -> bool:
    """Whether a comma, bracket or dash between two parts still makes them one expression."""
    other = following.moment
    if following.clock is not None and other == _SAID_NOTHING:
        return "DASH" not in joints or following.clock.hour is not None
    if moment == _SAID_NOTHING:
        return not joints & {"DASH", "SLASH"} or bool(clock and clock.hour is not None)
    if not joints & {"COMMA", "DASH", "SLASH", "LPAR", "QUOTE"}:
        return True
    named, dated = moment.weekday or moment.shift, moment.day or moment.year
    other_named, other_dated = other.weekday or other.shift, other.day or (other.year and other.month)
    if "LPAR" in joints and named and other_named:
        return True
    if joints == {"COMMA"} and moment.shift and other == Moment(weekday=other.weekday):
        return moment.shift.unit == "day" and moment.weekday is None  # «أمس، الاثنين»
    return bool((named and not dated and other_dated) or (dated and not named and other_named) or (moment.day and other.day))
