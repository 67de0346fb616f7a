"""A reading as one HTML page: the text with its evidence marked, and the record beside it.

The page needs nothing from outside: type, map, styles and script are inside it, and its own security policy forbids any
connection. It also works with scripts off, and on paper. Everything the report says is untrusted: it reaches the page
only through Jinja's autoescape and `shown`, or as JSON with every character escaped that could end a script element.

Offsets are code points and JavaScript counts UTF-16 units, so all cutting is done here.
"""

from __future__ import annotations

import base64
import datetime
import functools
import hashlib
import importlib.resources
import itertools
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple, get_args

import jinja2
from markupsafe import Markup, escape

from sijill.records import Contradiction, Effect, EventClaim, Evidence, FigureClaim, Place, Reading, Report, Span, Status

__all__ = ["render"]

MarkKind = Literal["figure", "event", "date", "place", "actor", "source"]
KINDS: tuple[MarkKind, ...] = get_args(MarkKind)

# What an evidence span is drawn as; anything else is drawn as its owner, figure or event.
KIND_OF_EVIDENCE: dict[str, MarkKind] = {
    "date": "date",
    "time": "date",
    "place": "place",
    "agent": "actor",
    "target": "actor",
    "side": "actor",
    "source": "source",
}
RIGHT_TO_LEFT = ("ar", "fa", "ckb", "ur", "he", "ps", "sd", "ug", "yi", "syr")

# --- text that is safe to show --------------------------------------------------------------------------------------

DIRECTION_CONTROLS = "\u202a-\u202e\u2066-\u2069"
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_LINE_BREAK = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]+")
_DIRECTION = re.compile(f"[{DIRECTION_CONTROLS}]")
_NUMERIC = re.compile(r"\d(?:[\d\s.,:/+\-–−=≠<>≤≥≈→]*\d)?")


def shown(text: str) -> str:
    """The text as one line that can be painted: no half characters, no controls, no direction overrides.

    >>> shown("12\\u202e34")
    '1234'
    """
    return _UNSHOWABLE.sub("\ufffd", _DIRECTION.sub("", _LINE_BREAK.sub(" ", text)))


def isolated(text: str) -> Markup:
    """Words of the report or the record, kept from reordering what stands around them."""
    return Markup("<bdi>{}</bdi>").format(shown(text))


def numeric(text: str) -> Markup:
    """A number, range, date or sum; always painted left to right."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(text)


def sentence(text: str) -> Markup:
    """A sentence of the record with its numbers and sums set left to right."""
    line, parts, at = shown(text), [], 0
    for match in _NUMERIC.finditer(line):
        parts += [escape(line[at : match.start()]), numeric(match[0])]
        at = match.end()
    return Markup("").join([*parts, escape(line[at:])])


def thousands(number: int) -> str:
    return f"{number:,}"


# --- the words of the page ------------------------------------------------------------------------------------------


class Both(NamedTuple):
    """The same words in Arabic and English; the page shows the one that its reader chose."""

    ar: Markup
    en: Markup

    def __html__(self) -> str:
        return f'<span class="ar" lang="ar">{self.ar}</span><span class="en" lang="en">{self.en}</span>'

    def format(self, **parts: Markup) -> Both:
        """Both with the same parts filled in."""
        return Both(self.ar.format(**parts), self.en.format(**parts))


def asset(*path: str) -> bytes:
    return importlib.resources.files("sijill.export").joinpath(*path).read_bytes()


def _text(*path: str) -> str:
    """A text asset with plain line ends: browsers hash what they have read, and they read CRLF as LF."""
    return asset(*path).decode().replace("\r\n", "\n")


@functools.cache
def _words() -> dict[str, dict[str, list[str]]]:
    words: dict[str, dict[str, list[str]]] = tomllib.loads(_text("templates", "words.toml"))
    return words


@functools.lru_cache(maxsize=4096)
def words(group: str, key: object) -> Both:
    """What the page calls a value; a value without words is shown as it is, underscores as spaces.

    >>> words("effect", "killed").en
    Markup('killed')
    """
    pair = _words().get(group, {}).get(str(key))
    if pair is None:
        plain = isolated(str(key).replace("_", " "))
        return Both(plain, plain)
    return Both(Markup(pair[0]), Markup(pair[1]))  # our own file, no report in it


def ui(key: str) -> Both:
    return words("ui", key)


# --- numbers --------------------------------------------------------------------------------------------------------


def figure_words(figure: FigureClaim) -> Both:
    """The number as the report states it, bound included.

    >>> figure = FigureClaim(id="f1", claim="", effect="killed", value=5, bound="at_least", quote="", start=0, end=0, rule="")
    >>> figure_words(figure).en
    Markup('at least <bdi dir="ltr">5</bdi>')
    """
    if figure.bound == "vague":
        least = numeric(thousands(figure.min if figure.min is not None else 2))
        return words("vague_word", figure.vague_word).format(n=least) if figure.vague_word else words("bound", "vague")
    if figure.bound == "about" and figure.value is not None:
        same = numeric(f"≈ {thousands(figure.value)}")
        return Both(same, same)
    if figure.bound != "range" and figure.value is not None:
        return words("bound", figure.bound).format(n=numeric(thousands(figure.value)))
    if figure.min is not None and figure.max is not None:
        ends = thousands(figure.min) if figure.min == figure.max else f"{thousands(figure.min)}–{thousands(figure.max)}"
        return words("bound", "range").format(n=numeric(ends))
    if figure.min is not None:
        return words("bound", "at_least").format(n=numeric(thousands(figure.min)))
    if figure.max is not None:
        return words("bound", "at_most").format(n=numeric(thousands(figure.max)))
    return words("bound", "vague") if figure.value is None else words("bound", "exact").format(n=numeric(thousands(figure.value)))


def who_words(who: str) -> Both:
    """Who was counted: common words in both languages, anything else as the record has it.

    >>> who_words("40 guards").ar
    Markup('<bdi><bdi dir="ltr">40</bdi> guards</bdi>')
    """
    if who.lower() in _words()["who"]:
        return words("who", who.lower())
    plain = Markup("<bdi>{}</bdi>").format(sentence(who))
    return Both(plain, plain)


def figure_limits(figure: FigureClaim) -> str | None:
    """What a vague word is taken to mean, «tens» 20–99; None where the number itself says it."""
    if figure.bound != "vague" or figure.vague_word == "dual_or_plural" or figure.min is None:
        return None
    return f"≥ {thousands(figure.min)}" if figure.max is None else f"{thousands(figure.min)}–{thousands(figure.max)}"


_SIGN = {"about": "≈", "at_least": "≥", "more_than": ">", "at_most": "≤", "fewer_than": "<"}


def _term(figure: FigureClaim) -> str:
    """A figure inside a sum: 77, ≥5, (4–6), ?."""
    if figure.value is not None and figure.bound != "range":
        return _SIGN.get(figure.bound, "") + thousands(figure.value)
    if figure.min is not None and figure.max is not None:
        return f"({thousands(figure.min)}–{thousands(figure.max)})"
    if figure.min is not None:
        return f"≥{thousands(figure.min)}"
    return "?" if figure.max is None else f"≤{thousands(figure.max)}"


class Check(NamedTuple):
    """A total held against its parts: the sum as text, and how it came out (a key of the page's words)."""

    sum: str
    verdict: Literal["adds_up", "does_not_add_up", "within_bounds", "cannot_check"]


def _limits(figure: FigureClaim) -> tuple[int, int | None] | None:
    """The least and most that a figure can mean; None where it gives no bound at all."""
    if figure.bound == "exact" and figure.value is not None:
        return figure.value, figure.value
    if figure.min is None and figure.max is None:
        return None
    return figure.min or 0, figure.max


def check_total(total: FigureClaim, parts: Sequence[FigureClaim]) -> Check | None:
    """The total against its parts, or None where it has none."""
    if not parts:
        return None
    sum_text = " + ".join(map(_term, parts))
    if all(part.bound == "exact" and part.value is not None for part in [*parts, total]):
        added, stated = sum(part.value or 0 for part in parts), total.value or 0
        if added == stated:
            return Check(f"{sum_text} = {thousands(added)}", "adds_up")
        return Check(f"{sum_text} = {thousands(added)} ≠ {thousands(stated)}", "does_not_add_up")
    whole, pieces = _limits(total), [limits for limits in map(_limits, parts) if limits]
    if whole is None or len(pieces) < len(parts):
        return Check(sum_text, "cannot_check")
    least = sum(low for low, _ in pieces)
    highs = [high for _, high in pieces if high is not None]
    most = sum(highs) if len(highs) == len(pieces) else None
    apart = (whole[1] is not None and least > whole[1]) or (most is not None and most < whole[0])
    return Check(sum_text, "does_not_add_up" if apart else "within_bounds")


# --- dates ----------------------------------------------------------------------------------------------------------

_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?")
_CLOCK = {"dawn": "05:00", "morning": "08:00", "noon": "12:00", "afternoon": "15:00", "evening": "19:00", "night": "22:00"}


class Point(NamedTuple):
    """A year, month or day; month and day are 0 where they are not said."""

    year: int
    month: int
    day: int

    def first(self) -> datetime.date:
        """The first day that it can be."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    def last(self) -> datetime.date:
        """The last day that it can be."""
        if self.day:
            return self.first()
        year, month = (self.year, self.month + 1) if 0 < self.month < 12 else (self.year + 1, 1)
        return datetime.date(year, month, 1) - datetime.timedelta(days=1)


class When(NamedTuple):
    """An EDTF date taken apart: a point (start and end the same) or an interval, None for an open end."""

    start: Point | None
    end: Point | None

    def order(self) -> tuple[Point, int, Point]:
        """What dates are sorted by: where they begin, then «until», day, interval, open interval."""
        if self.start is None:
            end = self.end or Point(0, 0, 0)
            return end, 0, end
        if self.end is None:
            return self.start, 3, self.start
        return self.start, 1 if self.start == self.end else 2, self.end


def _point(text: str) -> Point | None:
    match = _POINT.fullmatch(text)
    if not match:
        return None
    point = Point(*(int(part or 0) for part in match.groups()))
    try:
        point.first()
        point.last()
    except (ValueError, OverflowError):
        return None
    return point


def parse_edtf(text: str) -> When | None:
    """A date of the levels that readings use, or None for anything else.

    >>> parse_edtf("2022-01-24/..")
    When(start=Point(year=2022, month=1, day=24), end=None)
    """
    start, slash, end = text.partition("/")
    if not slash:
        point = _point(start)
        return When(point, point) if point else None
    ends = [_point(part) if part not in ("..", "") else None for part in (start, end)]
    known = [part for part, point in zip((start, end), ends, strict=True) if point is None and part not in ("..", "")]
    return None if known or ends == [None, None] else When(*ends)


def _point_words(point: Point, *, before: Point | None = None) -> Both:
    """A day, month or year; before another point, what the two share is left to the later one: «24 – 31 January»."""
    same_year = before is not None and point.day > 0 and before.day > 0 and point.year == before.year
    day = [numeric(str(point.day))] if point.day else []
    month = [words("month", point.month)] if point.month and not (same_year and before and point.month == before.month) else []
    year = [] if same_year else [numeric(f"{point.year:04}")]
    return Both(*(Markup(" ").join([*day, *[name[language] for name in month], *year]) for language in (0, 1)))


def _day_words(point: Point) -> Both:
    """A point in words, a full day with its weekday: a slip in a date often shows there."""
    plain = _point_words(point)
    if not point.day:
        return plain
    weekday = words("weekday", point.first().weekday())
    return Both(Markup(" ").join([weekday.ar, plain.ar]), Markup(" ").join([weekday.en, plain.en]))


@functools.lru_cache(maxsize=4096)
def date_words(edtf: str) -> Both:
    """A date in words; one that cannot be taken apart is shown as it stands."""
    when = parse_edtf(edtf)
    if when is None:
        raw = numeric(shown(edtf))
        return Both(raw, raw)
    if when.start and when.start == when.end:
        return _day_words(when.start)
    a = _point_words(when.start, before=when.end) if when.start else None
    b = _point_words(when.end) if when.end else None
    pattern = words("date", "interval" if a and b else "from" if a else "until")
    blank = Both(Markup(""), Markup(""))
    a, b = a or blank, b or blank
    return Both(pattern.ar.format(a=a.ar, b=b.ar), pattern.en.format(a=a.en, b=b.en))


class Bar(NamedTuple):
    """Where a date lies on the track beside it, in hundredths of its length."""

    x: float
    width: float


class Day(NamedTuple):
    """The events of one date, in order."""

    edtf: str | None
    events: list[EventClaim]
    bar: Bar | None


def _by_clock(event: EventClaim) -> tuple[str, int, str]:
    """Order inside a date: by hour; what has no hour comes last, in the order of the text."""
    return event.time or _CLOCK.get(event.time_of_day or "", "99:99"), event.start, event.id


class Timeline(NamedTuple):
    """Events by date, and the first and last day of the track beside them."""

    days: list[Day]
    axis: tuple[str, str] | None


def timeline(events: Iterable[EventClaim]) -> Timeline:
    """Events by date: known dates in order of time, then dates of unknown form, then the undated."""
    groups: dict[str | None, list[EventClaim]] = {}
    for event in events:
        groups.setdefault(event.date or None, []).append(event)

    def order(edtf: str | None) -> tuple[int, tuple[Point, int, Point], str]:
        when = parse_edtf(edtf) if edtf else None
        nowhere = When(None, None).order()
        return (0, when.order(), edtf or "") if when else (1 if edtf else 2, nowhere, edtf or "")

    axis = _axis(groups)
    days = [Day(edtf, sorted(groups[edtf], key=_by_clock), _bar(edtf, axis)) for edtf in sorted(groups, key=order)]
    ends = [datetime.date.fromordinal(day).isoformat() for day in axis] if axis else None
    return Timeline(days, (ends[0], ends[1]) if ends else None)


def _days(edtf: str | None) -> tuple[int | None, int | None]:
    """First and last day of a date as day numbers; None for an open end or no date."""
    when = parse_edtf(edtf) if edtf else None
    if when is None:
        return None, None
    return when.start.first().toordinal() if when.start else None, when.end.last().toordinal() if when.end else None


def _axis(groups: dict[str | None, list[EventClaim]]) -> tuple[int, int] | None:
    """First and last day of what the report is about; background is left out, it may lie years back."""
    known = [day for edtf, events in groups.items() if not all(event.background for event in events) for day in _days(edtf) if day]
    return (min(known), max(known)) if known and max(known) > min(known) else None


def _bar(edtf: str | None, axis: tuple[int, int] | None) -> Bar | None:
    first, last = _days(edtf)
    if axis is None or (first is None and last is None):
        return None
    low, high = axis
    first, last = max(low, first or low), min(high, last or high)
    if first > last:
        return None
    unit = 100 / (high - low + 1)
    return Bar(round((first - low) * unit, 2), round(max(1.5, (last - first + 1) * unit), 2))


# --- the ledger of figures ------------------------------------------------------------------------------------------


class Entry(NamedTuple):
    """A figure of the ledger with its parts and subsets under it."""

    figure: FigureClaim
    below: list[Entry]
    check: Check | None


class Account(NamedTuple):
    """The figures of one effect and one side, or one status where no side is said."""

    side: str | None
    status: str
    entries: list[Entry]


def _tree(figures: Sequence[FigureClaim]) -> list[Entry]:
    """Figures as trees, in the order of the text. A figure whose whole is unknown, or is itself, stands alone."""
    known = {figure.id: figure for figure in figures}
    below: dict[str, list[FigureClaim]] = {}
    for figure in figures:
        if figure.of in known:
            below.setdefault(str(figure.of), []).append(figure)
    placed: set[str] = set()

    def entry(figure: FigureClaim) -> Entry:
        placed.add(figure.id)
        lower = [entry(child) for child in below.get(figure.id, []) if child.id not in placed]
        return Entry(figure, lower, check_total(figure, [low.figure for low in lower if low.figure.role == "part"]))

    trees = [entry(figure) for figure in figures if figure.of not in known]
    return trees + [entry(figure) for figure in figures if figure.id not in placed]


def ledger(figures: Sequence[FigureClaim]) -> list[tuple[Effect, list[Account]]]:
    """All figures, by effect, then by side or status; a part stays under its total whatever its own side."""
    trees = _tree(sorted(figures, key=lambda figure: (figure.start, figure.id)))
    by_effect: list[tuple[Effect, list[Account]]] = []
    for effect in get_args(Effect):
        accounts: dict[tuple[str | None, str], list[Entry]] = {}
        for tree in trees:
            if tree.figure.effect == effect:
                key = (tree.figure.side, "") if tree.figure.side else (None, tree.figure.status)
                accounts.setdefault(key, []).append(tree)
        if accounts:
            ordered = sorted(accounts, key=lambda key: (key[0] is None, key[0] or "", _status_order(key[1])))
            by_effect.append((effect, [Account(*key, accounts[key]) for key in ordered]))
    return by_effect


def _status_order(status: str) -> int:
    statuses = get_args(Status)
    return statuses.index(status) if status in statuses else len(statuses)


def contradiction_sum(contradiction: Contradiction, reading: Reading) -> str | None:
    """The arithmetic of a contradiction on one line, or None where it has none.

    A sum is written out only when the terms really make it; the page must not invent arithmetic.
    """
    named = [figure for figure in reading.figures if figure.id in contradiction.figures]
    if contradiction.kind == "total_differs_from_parts" and contradiction.sum is not None and contradiction.stated is not None:
        parts = [figure for figure in named if figure.role == "part"] or [figure for figure in named if figure.role != "total"]
        result = f"{thousands(contradiction.sum)} ≠ {thousands(contradiction.stated)}"
        adds = parts and all(part.value is not None for part in parts) and sum(part.value or 0 for part in parts) == contradiction.sum
        return f"{' + '.join(map(_term, parts))} = {result}" if adds else result
    if contradiction.kind == "date_conflict":
        dates = list(dict.fromkeys(event.date for event in reading.events if event.id in contradiction.events and event.date))
        return " ≠ ".join(map(shown, dates)) if len(dates) > 1 else None
    if len(named) < 2:
        return None
    if contradiction.kind == "subset_exceeds_whole":
        named.sort(key=lambda figure: figure.role != "subset")
        return " > ".join(map(_term, named[:2]))
    return (" → " if contradiction.kind == "earlier_figure_replaced" else " ≠ ").join(map(_term, named))


# --- marks in the text ----------------------------------------------------------------------------------------------


class Keys:
    """A name for every item that is unique in the page and safe in an attribute: its own id wherever that is both.

    >>> keys = Keys()
    >>> keys.of("figure", "f1"), keys.of("event", "e 1"), keys.of("event", "f1")
    ('f1', 'event-1', 'event-2')
    """

    def __init__(self) -> None:
        self._given: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def of(self, kind: str, id: str) -> str:
        """The key of an item; the same item always has the same key."""
        if (kind, id) not in self._given:
            wished = f"a-{id}" if kind == "actor" else id
            if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,80}", wished) or wished in self._taken:
                wished = next(name for n in itertools.count(len(self._taken)) if (name := f"{kind}-{n}") not in self._taken)
            self._given[kind, id] = wished
            self._taken.add(wished)
        return self._given[kind, id]


class Mark(NamedTuple):
    """Words of the text that an item came from; `own` says that they are the item itself, not evidence of one value."""

    start: int
    end: int
    kind: MarkKind
    key: str | None
    own: bool


class Segment(NamedTuple):
    """A stretch of text under the same marks all along."""

    html: Markup
    kinds: list[MarkKind]
    keys: list[str]
    anchors: list[str]
    begins: bool


def _claim_marks(kind: MarkKind, key: str, claim: FigureClaim | EventClaim) -> Iterator[Mark]:
    yield Mark(claim.start, claim.end, kind, key, True)
    for words_of in claim.evidence:
        yield Mark(words_of.start, words_of.end, KIND_OF_EVIDENCE.get(words_of.what, kind), key, False)
    if isinstance(claim, EventClaim):
        for span in claim.mentions:
            yield Mark(span.start, span.end, kind, key, False)


def collect_marks(report: Report, reading: Reading, keys: Keys) -> list[Mark]:
    """Every mark of the page, inside the text, each once."""
    marks: list[Mark] = []
    for figure in reading.figures:
        marks += _claim_marks("figure", keys.of("figure", figure.id), figure)
    for event in reading.events:
        marks += _claim_marks("event", keys.of("event", event.id), event)
    for place in reading.places:
        marks += [Mark(*span, "place", keys.of("place", place.id), True) for span in _spans(place)]
    for actor in reading.actors:
        marks += [Mark(span.start, span.end, "actor", keys.of("actor", actor.id), True) for span in actor.mentions]
    for mention in reading.mentions or []:
        if mention.__struct_config__.tag == "date":
            marks.append(Mark(mention.start, mention.end, "date", None, False))
    length = len(report.text)
    return list(dict.fromkeys(mark for mark in marks if 0 <= mark.start < mark.end <= length))


def _spans(place: Place) -> list[tuple[int, int]]:
    spans: list[Span | Place] = [place, *place.mentions]
    return sorted({(span.start, span.end) for span in spans})


def _covering(marks: Sequence[Mark], cuts: Sequence[int]) -> Iterator[tuple[int, int, list[Mark]]]:
    """The stretches between cuts with the marks over each; marks must be sorted by start."""
    waiting, over = list(reversed(marks)), list[Mark]()
    for start, end in itertools.pairwise(cuts):
        over = [mark for mark in over if mark.end > start]
        while waiting and waiting[-1].start <= start:
            over.append(waiting.pop())
        yield start, end, over.copy()


def _painted(text: str) -> Markup:
    """Text of the report ready for the page: direction controls become visible and powerless."""
    parts = re.split(f"([{DIRECTION_CONTROLS}])", text)
    pieces = (
        Markup('<span class="control" title="U+{:04X}"></span>').format(ord(part)) if n % 2 else escape(_UNSHOWABLE.sub("\ufffd", part))
        for n, part in enumerate(parts)
    )
    return Markup("").join(pieces)


def _nearest_first(mark: Mark) -> tuple[int, bool, int]:
    """Which item a click means: the shortest words, then the item itself before what it is evidence of."""
    return mark.end - mark.start, not mark.own, KINDS.index(mark.kind)


def line_spans(text: str) -> list[tuple[int, int]]:
    """The lines of a text that the page shows, as stretches of it: those that are not blank."""
    return [match.span() for match in re.finditer(r"[^\n\r\u2028\u2029]+", text) if match[0].strip()]


def paragraphs(text: str, marks: Sequence[Mark]) -> list[list[Segment]]:
    """The text, paragraph by paragraph, cut wherever a mark begins or ends."""
    marks = sorted(marks, key=lambda mark: (mark.start, mark.end))
    lines = line_spans(text)
    cuts = {0, len(text)}.union(*lines) | {edge for mark in marks for edge in (mark.start, mark.end)}
    pieces = list(_covering(marks, sorted(cuts)))
    met: set[str] = set()
    result: list[list[Segment]] = []
    at = 0
    for first, last in lines:
        line: list[Segment] = []
        while at < len(pieces) and pieces[at][0] < last:
            start, end, over = pieces[at]
            at += 1
            if start >= first:
                line.append(_segment(text[start:end], start, over, met))
        result.append(line)
    return result


def _segment(text: str, start: int, over: Sequence[Mark], met: set[str]) -> Segment:
    nearest = sorted(over, key=_nearest_first)
    keys = list(dict.fromkeys(mark.key for mark in nearest if mark.key))
    anchors = [key for key in dict.fromkeys(mark.key for mark in over if mark.own and mark.key) if key not in met]
    met.update(anchors)
    kinds = [kind for kind in KINDS if any(mark.kind == kind for mark in over)]
    return Segment(_painted(text), kinds, keys, anchors, any(mark.start == start and mark.key for mark in over))


# --- the page -------------------------------------------------------------------------------------------------------


def as_plain(value: Any) -> Any:
    """A record as dicts and lists, lone surrogates and all, which a strict JSON encoder would refuse."""
    if hasattr(value, "__struct_fields__"):
        config = value.__struct_config__
        tag = {config.tag_field: config.tag} if config.tag_field else {}
        return tag | {name: as_plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, dict):
        return {name: as_plain(item) for name, item in value.items()}
    return [as_plain(item) for item in value] if isinstance(value, list) else value


def script_json(value: Any) -> Markup:
    """JSON that cannot end the script element it stands in, nor break UTF-8.

    >>> script_json("</script>")
    Markup('"\\\\u003c/script\\\\u003e"')
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(re.sub("[<>&\u2028\u2029\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]", lambda match: f"\\u{ord(match[0]):04x}", text))


@functools.cache
def styles() -> Markup:
    """All styles: the embedded type, Leaflet's (its images are not used, so not asked for) and ours."""
    faces = []
    for weight in (400, 700):
        font = base64.b64encode(asset("assets", "vendor", "noto-naskh-arabic", f"noto-naskh-arabic-arabic-{weight}-normal.woff2"))
        faces.append(
            f"@font-face{{font-family:'Noto Naskh Arabic';font-weight:{weight};font-display:block;"
            f"src:url(data:font/woff2;base64,{font.decode()}) format('woff2');"
            "unicode-range:U+0600-06FF,U+0750-077F,U+0870-08FF,U+200C-200E,U+204F,U+2E41,U+FB50-FDFF,U+FE70-FEFC}"
        )
    leaflet = re.sub(r"\s*[\w-]+:\s*url\([^)]*\);", "", _text("assets", "vendor", "leaflet", "leaflet.css"))
    return Markup("\n".join([*faces, leaflet, _text("assets", "page.css")]))


@functools.cache
def script(name: str) -> Markup:
    source = _text("assets", *name.split("/"))
    return Markup(re.sub(r"\n//# sourceMappingURL=.*", "", source))


def _hash(content: str) -> str:
    """How a security policy names the one script or style that it lets run."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def security_policy(scripts: Sequence[str], style: str) -> str:
    """What a page may do: run these scripts, use this style, and load nothing from anywhere."""
    return (
        f"default-src 'none'; script-src {' '.join(map(_hash, scripts))}; style-src {_hash(style)}; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


class Names:
    """What the page calls the actors and places of one reading."""

    def __init__(self, reading: Reading) -> None:
        self._actors = {actor.id: actor for actor in reading.actors}
        self._places = {place.id: place for place in reading.places}

    def actor(self, id: str) -> Both:
        """An actor by its neutral name; free text, or an actor that is not listed, as it stands."""
        actor = self._actors.get(id)
        plain = id if " " in id else id.replace("_", " ")
        ar = (actor and (actor.name or actor.name_en)) or plain
        return Both(isolated(ar), isolated((actor and (actor.name_en or actor.name)) or plain))

    def place(self, id: str) -> Both:
        """A place by the report's name and, in English, by the gazetteer's."""
        place = self._places.get(id)
        return Both(isolated(place.name), isolated(place.name_en or place.name)) if place else Both(isolated(id), isolated(id))

    def knows_actor(self, id: str) -> bool:
        """Whether the actor has a row to go to."""
        return id in self._actors

    def knows_place(self, id: str) -> bool:
        """Whether the place has a row to go to."""
        return id in self._places


def _map_data(places: Sequence[Place], keys: Keys) -> Markup:
    """What the map draws: outlines of the region, and the places, the widest first so that small ones lie on top."""
    circles = [
        {
            "key": keys.of("place", place.id),
            "ar": shown(place.name),
            "en": shown(place.name_en or place.name),
            "lat": place.lat,
            "lon": place.lon,
            "km": place.radius_km,
        }
        for place in sorted(places, key=lambda place: (-(place.radius_km or 0), place.id))
    ]
    return script_json({"places": circles, "basemap": json.loads(asset("assets", "basemap.json"))})


def _located(place: Place) -> bool:
    """Whether the place can be drawn; a coordinate off the globe cannot."""
    return place.lat is not None and place.lon is not None and abs(place.lat) <= 90 and abs(place.lon) <= 180


def environment(loader: jinja2.BaseLoader | None = None) -> jinja2.Environment:
    """Templates that escape everything, with the words and values of the page; those of `loader` come before those of the page."""
    own = jinja2.FunctionLoader(lambda name: _text("templates", name))
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader([loader, own]) if loader else own,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Nothing reaches the page as plain text without having been made showable.
        finalize=lambda value: value if hasattr(value, "__html__") else shown(str(value)),
    )
    made.globals |= {
        "actions": lambda claim: "",  # a page that one can decide on puts buttons there
        "words": words,
        "ui": ui,
        "figure_words": figure_words,
        "figure_limits": figure_limits,
        "who_words": who_words,
        "date_words": date_words,
        "sentence": sentence,
        "isolated": isolated,
        "numeric": numeric,
    }
    return made


@functools.cache
def _template() -> jinja2.Template:
    return environment().get_template("page.html")


def render(report: Report, reading: Reading) -> str:
    """The page of one reading, whole: save it, open it, send it; the same reading gives the same page.

    >>> report = Report.of("لا شيء.")
    >>> page = render(report, Reading(id=report.id, sha256=report.sha256, kind="negative"))
    >>> page.startswith("<!doctype html>"), " src=" in page
    (True, False)
    """
    located = [place for place in reading.places if _located(place)]
    style, early, late = styles(), script("early.js"), script("page.js")
    scripts = [early, script("vendor/leaflet/leaflet.js"), late] if located else [early, late]
    return _template().render(
        **page_values(report, reading),
        policy=Markup(security_policy(scripts, style)),
        style=style,
        early=early,
        scripts=scripts[1:],
    )


def page_values(report: Report, reading: Reading) -> dict[str, Any]:
    """What the templates of a report and its record need."""
    keys = Keys()
    marks = collect_marks(report, reading, keys)  # also gives figures, events, places, actors their keys, in that order
    located = [place for place in reading.places if _located(place)]
    asserted = [event for event in reading.events if event.modality == "asserted"]
    language = report.language or reading.language or "ar"

    def words_of(evidence: Evidence | Span) -> str:
        return report.text[evidence.start : evidence.end]

    return {
        "report": report,
        "reading": reading,
        "title": report.title or reading.title,
        "outlet": report.outlet or reading.outlet,
        "published": report.published or reading.published,
        "language": language,
        "direction": "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "auto",
        "key": keys.of,
        "names": Names(reading),
        "kinds": KINDS,
        "paragraphs": paragraphs(report.text, marks),
        "has_controls": bool(_DIRECTION.search(report.text)),
        "timeline": timeline(asserted),
        "asserted": asserted,
        "events": {event.id: event for event in reading.events},
        "figures": {figure.id: figure for figure in reading.figures},
        "apart": sorted((event for event in reading.events if event.modality != "asserted"), key=lambda event: (event.start, event.id)),
        "ledger": ledger(reading.figures),
        "contradictions": [(item, contradiction_sum(item, reading)) for item in reading.contradictions],
        "located": located,
        "unlocated": [place for place in reading.places if not _located(place)],
        "words_of": words_of,
        "map_data": _map_data(located, keys) if located else None,
        "data": script_json({"report": as_plain(report), "reading": as_plain(reading)}),
    }
