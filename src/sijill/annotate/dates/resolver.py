"""Which days date expressions mean, worked out from the words, the rest of the report and its day of publication.

Preferred mistake: None over a guess. A year left out comes from a date nearby that has one, else from the day of
publication (never more than a week after it); a bare weekday is the last one before the day of writing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from sijill.annotate.dates.arithmetic import days_away, is_day, stated, weekday_before
from sijill.annotate.dates.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    ONE_FROM,
    DateExpression,
    Moment,
    Shift,
    Stretch,
    edtf,
    month_later,
    stretch_of_month,
)
from sijill.annotate.dates.writing import day_of_writing
from sijill.annotate.unit import Chunk
from sijill.annotate.units import Units
from sijill.records import DateBasis, TimeOfDay

__all__ = ["ResolvedDate", "resolve"]


class ResolvedDate(NamedTuple):
    """What a date expression means. `edtf` is None where neither the text nor the publication date can tell."""

    edtf: str | None = None
    basis: DateBasis | None = None
    time: str | None = None
    time_of_day: TimeOfDay | None = None
    duration: str | None = None
    recurrence: str | None = None


class Found(NamedTuple):
    """Days with the reason they are known."""

    stretch: Stretch
    basis: DateBasis


class YearFrame(NamedTuple):
    """A date of the text that has a year: where it stands and which days it covers."""

    place: int
    sentence: int
    stretch: Stretch


_WEEK: Final = timedelta(days=7)
_NEAR: Final = 12
"""How many words may stand between a date and a year that it leans on."""
_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def resolve(expressions: Sequence[Chunk], *, published: date | None, units: Units) -> list[ResolvedDate]:
    """The meaning of each expression, in the same order.

    >>> from sijill.annotate.dates import find
    >>> from sijill.annotate.tokenise import tokenise
    >>> from sijill.lexicon import load_lexicon
    >>> from sijill.text import fold
    >>> units = tokenise(fold("بدأ الهجوم في 20 كانون الثاني 2022. في اليوم الثالث للهجوم قتل حارس"), load_lexicon())
    >>> [r.edtf for r in resolve(find(units), published=None, units=units)]
    ['2022-01-20', '2022-01-22']
    """
    if not expressions:
        return []
    if published is not None and not FIRST_YEAR <= published.year <= LAST_YEAR:
        published = None
    resolver = _Resolver(expressions, published, units)
    found = [resolver.resolved(chunk) for chunk in expressions]
    if resolver.waiting:
        # «في اليوم الثالث للهجوم» before the text says when it began
        found = [r if r.edtf else resolver.event_day(chunk) or r for chunk, r in zip(expressions, found, strict=True)]
    return found


class _Resolver:
    """Resolves the expressions of one text in order, keeping what was told so far."""

    def __init__(self, expressions: Sequence[Chunk], published: date | None, units: Units) -> None:
        self.published = published
        self.reference, self.reference_basis = day_of_writing(expressions, published, units)
        self.sentence_ends = [end for _, end in units.sentences]
        self.units = units
        self.frames = list(self._stated_frames(expressions))
        self.dated_frames = [frame for frame in self.frames if frame.stretch.precision != "year"]
        self.last: Stretch | None = None
        self.last_past: Stretch | None = None
        self.last_day: date | None = None
        self.last_day_sentence = -1
        self.last_year: int | None = None
        self.last_month: tuple[int, int] | None = None
        self.first_day: date | None = None
        self.relative_frames: list[YearFrame] = []
        self.waiting = False

    def _stated_frames(self, expressions: Sequence[Chunk]) -> Iterator[YearFrame]:
        for chunk in expressions:
            for moment in (chunk.value.start, chunk.value.end):
                if moment is not None and moment.year is not None:
                    stretch = stated(moment, moment.year)
                    if stretch:
                        yield YearFrame(chunk.first, self._sentence(chunk.first), stretch)

    def _sentence(self, index: int) -> int:
        return bisect_right(self.sentence_ends, self.units[index].start)

    # --- one expression

    def resolved(self, chunk: Chunk) -> ResolvedDate:
        """What one expression means; remembers it for those that follow."""
        value: DateExpression = chunk.value
        known = ResolvedDate(None, None, value.time, value.time_of_day, value.duration, value.recurrence)
        written = self._written(value, chunk.first)
        return known._replace(edtf=written[0], basis=written[1]) if written else known

    def event_day(self, chunk: Chunk) -> ResolvedDate | None:
        """Second look at a day counted from an event, once the whole text is read."""
        value: DateExpression = chunk.value
        return self.resolved(chunk) if value.start is not None and value.start.event_day else None

    def _written(self, value: DateExpression, index: int) -> tuple[str, DateBasis] | None:
        if value.kind == "span" and value.start and value.start.shift:
            return self._span(value.start.shift)
        if value.kind == "interval" and value.start and value.end:
            return self._interval(value.start, value.end, index)
        moment = value.end if value.kind == "until" else value.start
        if moment is None:
            return None
        found = self._moment(moment, index, ahead=value.kind == "until")
        if not found:
            return None
        self._remember(found, moment, index)
        return _open(value.kind, moment, found)

    def _remember(self, found: Found, moment: Moment, index: int) -> None:
        start = found.stretch.start
        if start is None:
            return
        self.last_year, self.last_month = start.year, (start.year, start.month)
        self.last = found.stretch
        if moment.shift is None or moment.shift.anchor != "report":
            self.last_past = found.stretch
        if is_day(found.stretch):
            self.last_day, self.last_day_sentence = start, self._sentence(index)
            if self.first_day is None and moment.day and moment.month:
                self.first_day = start
        if moment.shift and moment.shift.unit == "year" and moment.month is None:
            self.relative_frames.append(YearFrame(index, self._sentence(index), found.stretch))

    # --- intervals and spans

    def _interval(self, began: Moment, ended: Moment, index: int) -> tuple[str, DateBasis] | None:
        end = self._moment(ended, index)
        if not end or end.stretch.end is None:
            return None
        start = self._moment_before(began, end.stretch.end, index)
        if not start or start.stretch.start is None or start.stretch.start > end.stretch.end:
            return None
        if self.first_day is None and began.day and start.stretch.precision == "day":
            self.first_day = start.stretch.start
        self._remember(end, ended, index)
        first, last = _at_edge(began, start.stretch), edtf(end.stretch)
        if first is None or last is None:
            return None
        first, last = first.split("/")[0], last.split("/")[-1]
        basis: DateBasis = start.basis if end.basis == "stated" and start.basis != "stated" else end.basis
        return (first if first == last else f"{first}/{last}"), basis

    def _moment_before(self, moment: Moment, end: date, index: int) -> Found | None:
        """The start of an interval: what it leaves out is filled so that it lies before the end."""
        if moment.month and moment.year is None and moment.turn is None and moment.shift is None and moment.calendar != "hijri":
            year = end.year
            stretch = stated(moment, year)
            if stretch and stretch.start and stretch.start > end:
                stretch = stated(moment, year - 1)
            return Found(stretch, "frame") if stretch else None
        if moment.weekday and not moment.day and not moment.turn:
            day = weekday_before(end, moment.weekday)
            return Found(Stretch(day, day), self.reference_basis or "relative")
        return self._moment(moment, index)

    def _span(self, shift: Shift) -> tuple[str, DateBasis] | None:
        """«خلال الأشهر الثلاثة الماضية»: up to the day of writing, which is left out where whole days or weeks count."""
        ref = self.reference
        if ref is not None and shift.number is None and shift.unit in ("hour", "minute", "second"):
            return ref.isoformat(), self._relative_basis()  # «خلال الساعات الأخيرة»
        if ref is None or shift.number is None:
            return None
        count = -shift.number
        if count > 3000:
            return None
        if shift.unit in ("hour", "minute", "second"):
            days = -(-count // 24) if shift.unit == "hour" else 0
            stretch = Stretch(ref - timedelta(days=days), ref)
        elif shift.unit in ("day", "week"):
            stretch = Stretch(ref - timedelta(days=count * (7 if shift.unit == "week" else 1)), ref - timedelta(days=1))
        elif shift.unit == "month":
            year, month = month_later(ref.year, ref.month, -count)
            stretch = Stretch(date(max(year, 1), month, 1), ref, "month")
        else:
            stretch = Stretch(date(max(ref.year - count, 1), 1, 1), ref, "year")
        written = edtf(stretch)
        return (written, self._relative_basis()) if written else None

    def _relative_basis(self) -> DateBasis:
        return self.reference_basis or "relative"

    # --- one moment

    def _moment(self, moment: Moment, index: int, *, ahead: bool = False) -> Found | None:
        """The days of a moment; `ahead` says that it may as well lie in the future («حتى 5 آذار»)."""
        if moment.after_midnight:
            night = self._moment(moment._replace(after_midnight=None), index, ahead=ahead)
            return _later(night, 1) if night and is_day(night.stretch) else night
        if moment.feast_day is not None:
            feast = self._moment(moment._replace(feast_day=None), index, ahead=ahead)
            return _later(feast, moment.feast_day - 1) if feast else None
        if moment.event_day is not None:
            return self._event_day(moment.event_day)
        if moment.decade is not None:
            return Found(Stretch(date(moment.decade, 1, 1), date(moment.decade + 9, 12, 31), "decade"), "stated")
        if moment.season is not None:
            return self._season(moment)
        if moment.month is not None:
            return self._of_month(moment, index, ahead=ahead)
        if moment.year is not None:
            stretch = stated(moment, moment.year)
            return Found(stretch, "stated") if stretch else None
        if moment.shift is not None:
            return self._shifted(moment, moment.shift, index)
        if moment.weekday is not None:
            return self._weekday(moment)
        return None

    def _event_day(self, number: int) -> Found | None:
        if self.first_day is None:
            self.waiting = True
            return None
        day = self.first_day + timedelta(days=number - 1)
        return Found(Stretch(day, day), "frame")

    def _season(self, moment: Moment) -> Found | None:
        first_month = _SEASONS[moment.season or "spring"]
        year = moment.year
        basis: DateBasis = "stated"
        if year is None and moment.shift and self.reference:
            year, basis = self.reference.year + (moment.shift.number or 0), self._relative_basis()
        if year is None and moment.turn is not None and self.reference:
            year, basis = self._turned_year(first_month, None, moment.turn), self._relative_basis()
            last = month_later(year, first_month, 2)
            if moment.turn < 0 and last >= (self.reference.year, self.reference.month):
                year -= 1
        if year is None or moment.calendar == "hijri":
            return None
        first, last_month = stretch_of_month(year, first_month), stretch_of_month(*month_later(year, first_month, 2))
        return Found(Stretch(first.start, last_month.end, "month"), basis) if first and last_month else None

    # --- a month, with or without day and year

    def _of_month(self, moment: Moment, index: int, *, ahead: bool) -> Found | None:
        if moment.year is not None:
            stretch = stated(moment, moment.year)
            return Found(stretch, "stated") if stretch else None
        year = self._year_of_shift(moment)
        if year is not None:
            stretch = stated(moment, year)
            return Found(stretch, self._relative_basis()) if stretch else None
        if moment.shift and moment.shift.unit == "year":
            return None
        if moment.calendar == "hijri":
            return self._hijri_year_left_out(moment)
        if moment.turn is not None:
            if self.reference is None:
                return None
            stretch = stated(moment, self._turned_year(moment.month or 1, moment.day, moment.turn))
            return Found(stretch, self._relative_basis()) if stretch else None
        return self._year_left_out(moment, index, ahead=ahead)

    def _year_of_shift(self, moment: Moment) -> int | None:
        shift = moment.shift
        if shift is None or shift.unit != "year" or shift.number is None:
            return None
        base = self.last_year if shift.anchor == "text" else self.reference.year if self.reference else None
        return None if base is None else base + shift.number

    def _turned_year(self, month: int, day: int | None, turn: int) -> int:
        """The year of «يوليو الماضي», «أيار المقبل», «حزيران الجاري», seen from the day of writing."""
        ref = self.reference
        if ref is None:
            raise AssertionError("a turn is resolved only where the day of writing is known")
        here, there = (ref.month, ref.day if day else 0), (month, day or 0)
        if turn < 0:
            return ref.year + turn + 1 - (there >= here)
        if turn > 0:
            return ref.year + (there <= here)
        return ref.year if abs(month - ref.month) <= 6 else ref.year + (1 if month < ref.month else -1)

    def _year_left_out(self, moment: Moment, index: int, *, ahead: bool) -> Found | None:
        near = self._near_frame(index)
        if near:
            stretch = self._nearest(moment, near.stretch)
            if stretch:
                return Found(stretch, "frame")
        if self.reference is not None:
            here = Stretch(self.reference, self.reference)
            stretch = self._nearest(moment, here, latest=date.max) if ahead else self._most_recent(moment, self.reference)
            return Found(stretch, self._year_basis(stretch)) if stretch else None
        frame = self._any_frame(index)
        stretch = self._nearest(moment, frame.stretch) if frame else None
        return Found(stretch, "frame") if stretch else None

    def _year_basis(self, stretch: Stretch) -> DateBasis:
        """Whose year it is: the publication's, or one that the text itself states."""
        stated_too = any(f.stretch.start and stretch.start and f.stretch.start.year == stretch.start.year for f in self.dated_frames)
        return "frame" if self.reference_basis is not None or stated_too else "published"

    def _near_frame(self, index: int) -> YearFrame | None:
        """The date with a year that this one leans on: before it in the sentence, a day in the sentence before, or one right after.

        A bare year or month told a sentence ago is more often background («الحرب التي بدأت عام 2011») than a frame, and so is a year
        told by its distance some way before («الحملة التي بدأت قبل عام … بموجب اتفاق أبرم نهاية تموز»).
        """
        sentence = self._sentence(index)
        before = [frames[at - 1] for frames in (self.frames, self.relative_frames) if (at := _place(frames, index))]
        before = [f for f in before if f.sentence == sentence or (f.sentence == sentence - 1 and is_day(f.stretch))]
        before = [f for f in before if f not in self.relative_frames or index - f.place <= _NEAR]
        if before:
            return max(before, key=lambda frame: frame.place)
        at = _place(self.frames, index + 1)
        after = self.frames[at] if at < len(self.frames) else None
        return after if after and after.place <= index + _NEAR and after.sentence == sentence else None

    def _any_frame(self, index: int) -> YearFrame | None:
        """The day or month with a year that stands nearest in the text; a bare year told elsewhere is mostly background."""
        at = _place(self.dated_frames, index)
        return min(self.dated_frames[max(at - 1, 0) : at + 1], key=lambda f: (abs(f.place - index), f.place), default=None)

    def _nearest(self, moment: Moment, frame: Stretch, *, latest: date | None = None) -> Stretch | None:
        """The day or month in the year that brings it nearest to the frame; within a bare year, that year."""
        if frame.start is None:
            return None
        if frame.precision == "year":
            return stated(moment, frame.start.year)
        latest = latest or (self.reference + _WEEK if self.reference else date.max)
        choices = []
        for year in (frame.start.year - 1, frame.start.year, frame.start.year + 1):
            stretch = stated(moment, year)
            if stretch and stretch.start and stretch.start <= latest:
                choices.append((abs((stretch.start - frame.start).days), -year, stretch))
        return min(choices)[2] if choices else None

    def _most_recent(self, moment: Moment, ref: date) -> Stretch | None:
        """The last such day not more than a week after `ref`; a weekday beside it may move it back some years."""
        recent = []
        for year in range(ref.year + 1, ref.year - 9, -1):
            stretch = stated(moment, year)
            if stretch and stretch.start and stretch.start <= ref + _WEEK:
                recent.append(stretch)
        if moment.weekday is not None and moment.day is not None:
            for stretch in recent[:6]:
                if stretch.start and stretch.start.isoweekday() == moment.weekday:
                    return stretch
        return recent[0] if recent else None

    def _hijri_year_left_out(self, moment: Moment) -> Found | None:
        if self.reference is None:
            return None
        guess = int((self.reference.year - 622) * 33 / 32)
        latest = self.reference + (timedelta(days=0) if moment.turn == -1 else _WEEK)
        for year in range(guess + 2, guess - 4, -1):
            stretch = stated(moment, year)
            if stretch and stretch.start and stretch.start <= latest:
                return Found(stretch, "published" if self.reference_basis is None else "frame")
        return None

    # --- by distance, by weekday

    def _weekday(self, moment: Moment) -> Found | None:
        ref, weekday = self.reference, moment.weekday or 1
        if ref is None:
            return None
        if moment.turn is not None and moment.turn > 0:
            day = ref + timedelta(days=(weekday - ref.isoweekday() - 1) % 7 + 1)
        elif moment.turn is not None and moment.turn < 0:
            day = weekday_before(ref - timedelta(days=1), weekday)
        else:
            day = weekday_before(ref, weekday)
        return Found(Stretch(day, day), self._relative_basis())

    def _tells_of_an_event_before(self, index: int) -> bool:
        """«وبعد يوم من الهجوم»: a definite event, the last told day before this sentence, and no other day in the sentence so far."""
        sentence = self._sentence(index)
        if self.last_day is None or self.last_day_sentence == sentence:
            return False
        items = self.units
        for at in range(index + 1, min(index + 8, len(items) - 1)):
            if items[at].has("FROM") or items[at].has("ON") or items[at].word == "ل" or items[at].word in ONE_FROM:
                return items[at + 1].has("DEF")
        return False

    def _shifted(self, moment: Moment, shift: Shift, index: int) -> Found | None:
        if shift.number is None and shift.unit not in ("hour", "minute", "second"):
            return None
        if abs(shift.number or 0) > 5000:
            return None
        if shift.anchor == "then":
            # «منذ ذلك الحين» goes back further than «أمس», where the text told of anything further back
            then = self.last_past or self.last
            return Found(then, "frame") if then else None
        if shift.anchor == "text" or (shift.anchor == "event" and self._tells_of_an_event_before(index)):
            return self._shifted_in_text(moment, shift)
        if shift.anchor == "event":
            return None
        if self.reference is None:
            return None
        stretch = days_away(self.reference, shift, moment)
        return Found(stretch, self._relative_basis()) if stretch else None

    def _shifted_in_text(self, moment: Moment, shift: Shift) -> Found | None:
        base = self.last_day
        if shift.unit == "month" and self.last_month:
            base = date(*self.last_month, 1)
        elif shift.unit == "year" and self.last_year:
            base = date(self.last_year, 1, 1)
        if base is None:
            return None
        stretch = days_away(base, shift, moment)
        if stretch is None or (self.reference and stretch.start and stretch.start > self.reference + _WEEK):
            return None  # «بعد 10 سنوات» from a day told in a report lies ahead of it: no day that has been told
        return Found(stretch, "frame")


def _later(found: Found, days: int) -> Found:
    """A day so many days later."""
    start = found.stretch.start
    if start is None:
        return found
    day = start + timedelta(days=days)
    return Found(Stretch(day, day), found.basis)


def _place(frames: list[YearFrame], index: int) -> int:
    """How many frames stand before a unit."""
    return bisect_left(frames, index, key=lambda frame: frame.place)


def _open(kind: str, moment: Moment, found: Found) -> tuple[str, DateBasis] | None:
    """EDTF of a date, or of an interval open at one end."""
    if kind == "since" and moment.shift is not None and moment.shift.unit in ("hour", "minute", "second"):
        written = edtf(found.stretch)  # «منذ ساعات»: within the day
    elif kind == "since":
        written = _at_edge(moment, found.stretch)
        written = f"{written.split('/')[0]}/.." if written else None
    elif kind == "until":
        written = edtf(found.stretch)
        written = f"../{written.split('/')[-1]}" if written else None
    else:
        written = edtf(found.stretch)
    return (written, found.basis) if written else None


def _at_edge(moment: Moment, stretch: Stretch) -> str | None:
    """«منذ بداية العام» begins with its first day."""
    if moment.edge == "start" and stretch.start is not None:
        return edtf(Stretch(stretch.start, stretch.start))
    return edtf(stretch)
