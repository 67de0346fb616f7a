"""Quantities: digits of both scripts, number words, vague counts, and the bounds around them.

`find(units)` gives chunks whose value is a `Quantity`. What counts as a person is decided elsewhere; here a number is a
number. min and max follow from the bound as the annotation guide rules: exact N → N, N; about → none; at least → N, none;
more than → N + 1, none; at most → none, N; fewer than → none, N − 1; a range → its ends; vague words → their usual span.

Digits that count nothing are left alone: telephone numbers, «اف-16», 4:50, 18/06/2022. Every reading looks a bounded
number of units ahead, so hostile runs of number words cost no more than their length.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple, cast

from sijill.annotate.unit import Chunk, Unit
from sijill.annotate.units import Units
from sijill.lexicon import Lexicon
from sijill.records import Bound, VagueWord
from sijill.rules import Leads

__all__ = ["Quantity", "bounded", "find", "number_at"]

Number = int | float


class Quantity(NamedTuple):
    """A number as stated. `value` is null for vague words and ranges; `spelled` says that it stood in words."""

    value: Number | None
    min: Number | None
    max: Number | None
    bound: Bound = "exact"
    vague_word: VagueWord | None = None
    spelled: bool = False


def bounded(value: Number, bound: Bound, *, spelled: bool = False) -> Quantity:
    """A quantity from a number and its bound.

    >>> bounded(30, "more_than")
    Quantity(value=30, min=31, max=None, bound='more_than', vague_word=None, spelled=False)
    """
    low: Number | None = value
    high: Number | None = value
    if bound != "exact":
        low = None if bound in ("about", "at_most", "fewer_than") else value + (bound == "more_than")
        high = None if bound in ("about", "at_least", "more_than") else value - (bound == "fewer_than")
    return Quantity(value, low, high, bound, spelled=spelled)


_LARGEST: Final = 10**12
_LONGEST: Final = 24  # units: longer runs of number words are no number

_NUMBER_TAGS: Final = ("D", "NUM_UNIT", "NUM_TEN", "NUM_TENS", "NUM_HUNDRED", "NUM_HUNDREDS", "NUM_MULT", "NUM_TWICE", "NUM_ONE")
_NUMBER_SET: Final = frozenset(_NUMBER_TAGS)
_CONTINUING: Final = frozenset({"NUM_MULT", "NUM_HUNDRED", "NUM_TEN"})


@lru_cache(maxsize=4)
def _starts(lexicon: Lexicon) -> Leads:
    """Where a quantity may start: «نصف» only before a multiple («نصف مليون»)."""
    alone = {char for tag in (*_NUMBER_TAGS, "VAGUE", "VAGUE_THOUSANDS") for char in lexicon.chars_with(tag)}
    return lexicon.leads(alone, lexicon.chars_with("FRACTION"), lexicon.chars_with("NUM_MULT"))


def find(units: Units) -> list[Chunk]:
    """Chunks for the quantities of a text, bounds included, in order.

    >>> from sijill.annotate.tokenise import tokenise
    >>> from sijill.lexicon import load_lexicon
    >>> from sijill.text import fold
    >>> units = tokenise(fold("قتل ما لا يقل عن ثلاثة وعشرين شخصا و5 آلاف نازح"), load_lexicon())
    >>> [(c.value.value, c.value.bound) for c in find(units)]
    [(23, 'at_least'), (5000, 'exact')]
    """
    found: list[Chunk] = []
    at = 0
    for start in units.row.starts(_starts(units.lexicon)):
        if start >= at:
            chunk = _quantity_at(units, start, at)
            if chunk:
                found.append(chunk)
                at = chunk.last
    return found


def _quantity_at(units: Units, i: int, floor: int) -> Chunk | None:
    """The quantity whose number starts at `i`; its bound may begin earlier, though not before `floor`."""
    vague = _vague(units, i)
    if vague:
        quantity, last = vague
        return Chunk(_before(units, i, floor)[0], last, ("Q", "VAGUEQ"), quantity)
    if _counts_nothing(units, i):
        return None
    read = number_at(units, i)
    if not read:
        return None
    value, last = read
    ranged = _between(units, i, floor) or _range(units, i, floor, value, last)
    if ranged:
        return ranged
    last = _said_again(units, value, last)
    i, last = _in_brackets(units, i, last, floor)
    first, bound = _before(units, i, floor)
    if bound == "exact":
        last, bound = _after(units, last)
    spelled = not units[i].has_any(_DIGITS)
    tags = ("Q", "ONE") if value == 1 and spelled else ("Q",)
    return Chunk(first, last, tags, bounded(value, bound, spelled=spelled))


_DIGITS: Final = frozenset({"D", "LPAR", "SLASH"})


def _said_again(units: Units, value: Number, last: int) -> int:
    """«ثلاثة (3) أشخاص»: the same number in brackets after it belongs to it."""
    if last + 2 >= len(units) or not units[last].has("LPAR"):
        return last
    again = number_at(units, last + 1)
    return again[1] + 1 if again and again[0] == value and again[1] < len(units) and units[again[1]].has("RPAR") else last


def _in_brackets(units: Units, i: int, last: int, floor: int) -> tuple[int, int]:
    """«(18) شخصا»: the brackets around a number that counts the people after it; «أحمد (18)» is an age or a note.

    One outlet writes «/18/ شخصا» throughout.
    """
    if i > floor and units[i - 1].has("SLASH") and last < len(units) and units[last].has("SLASH"):
        return (i - 1, last + 1) if units[i - 1].end == units[i].start and units[last - 1].end == units[last].start else (i, last)
    if not (i > floor and units[i - 1].has("LPAR") and last + 1 < len(units) and units[last].has("RPAR")):
        return i, last
    if i - 2 >= floor and units[i - 2].word == "عدد":
        return i - 2, last + 1  # «ضبط عدد (22) من المشتبه بهم»
    counted = units[last + 1].has_any(("PERSON", "HARMED", "GENERIC", "OTHERS", "MEMBERS_OF"))
    return (i - 1, last + 1) if counted else (i, last)


# --- digits and words that only look like a quantity -----------------------------------------------------------------

_CLITICS: Final = frozenset({"و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "فال", "لال"})
_NO_NOUN: Final = frozenset({"PREP", "CONJ", "OTHERS", "COMMA", "STOP", "RPAR", "REL"})
_CHAIN: Final = frozenset({"SLASH", "COLON"})
_LINKS: Final = frozenset({"DASH", "STOP", *_CHAIN})


def _counts_nothing(units: Units, i: int) -> bool:
    """Whether the digits at `i` are part of a name, a telephone number, a date or a time of day."""
    unit = units[i]
    if unit.has("WEEKDAY") or (unit.word == "واحد" and _and_one_of(units, i)):
        return True
    if not unit.has("D"):
        return False
    if _like_a_telephone_number(unit.word):
        return True
    touches = i > 0 and units[i - 1].end == unit.start
    if touches:
        before = units[i - 1]
        if before.word[0].isalpha() and before.word not in _CLITICS:
            return True  # «م16», F16
        if before.word == "+":
            return True
        if before.has("DASH") and i > 1 and units[i - 2].end == before.start and units[i - 2].word[0].isalpha():
            return units[i - 2].word not in _CLITICS  # «اف-16», «كوفيد-19»
    return _chained(units, i, +1) or _chained(units, i, -1)


def _and_one_of(units: Units, i: int) -> bool:
    """«وأحد المارة», which folds to the same letters as «واحد»."""
    start, end = units.row.span(i, i + 1)
    ten = i + 1 < len(units) and units[i + 1].has("NUM_TEN")
    return "أ" in units.folded.source[start:end] and not ten


def _like_a_telephone_number(word: str) -> bool:
    if "," in word:
        return False
    return (len(word) >= 8 and not word.endswith("000")) or (len(word) > 2 and word[0] == "0")


def _chained(units: Units, i: int, step: int) -> bool:
    """Whether other digits hang on these by «/» or «:», a chain of three by dashes or points (18-06-2022), or a score."""
    if not _linked(units, i, step):
        return False
    joint = units[i + step]
    if joint.entry.tags & _CHAIN or joint.word == "ر":
        return True
    further = _linked(units, i + 2 * step, step) and units[i + 3 * step].word == joint.word
    between = _linked(units, i, -step) and units[i - step].word == joint.word
    return further or between or (joint.has("DASH") and not _rises(units, i, step))


def _rises(units: Units, i: int, step: int) -> bool:
    """Whether «3-5» may be a range; «3-3» and «3-2» are scores."""
    words = [units[i].word.replace(",", ""), units[i + 2 * step].word.replace(",", "")]
    if max(map(len, words)) > 12:
        return False
    first, second = (int(word) for word in words[::step])
    return first < second


def _linked(units: Units, i: int, step: int) -> bool:
    """A mark and more digits, with no space between."""
    far = i + 2 * step
    if not 0 <= far < len(units) or not units[far].has("D"):
        return False
    if not units[i + step].entry.tags & _LINKS and units[i + step].word != "ر":
        return False
    low, mid, high = (units[i], units[i + 1], units[far]) if step > 0 else (units[far], units[i - 1], units[i])
    return low.end == mid.start and mid.end == high.start


# --- vague words, ranges, bounds -------------------------------------------------------------------------------------


def _vague(units: Units, i: int) -> tuple[Quantity, int] | None:
    unit = units[i]
    if not unit.has_any(_VAGUE) or _number_of(units, i):
        return None
    last = i + 1
    following = units[last] if last < len(units) else None
    if following is not None and unit.feature("vague") == "several" and (following.has("VAGUE") or following.has("VAGUE_THOUSANDS")):
        # «بضع عشرات», «عدة آلاف»: the second word says how many
        return _vague(units, last) if following.feature("vague") != "several" else (_vague_span(unit), last)
    if following is not None and unit.feature("vague") in ("tens", "hundreds") and following.has("NUM_MULT"):
        # «عشرات الآلاف»: tens of thousands; thousands, ten or a hundred times over
        times = int(following.feature("value") or 1000)
        quantity = _vague_span(unit)
        high = None if quantity.max is None else (quantity.max + 1) * times - 1
        return quantity._replace(min=(quantity.min or 0) * times, max=high, vague_word="thousands"), last + 1
    return _vague_span(unit), last


_VAGUE: Final = frozenset({"VAGUE", "VAGUE_THOUSANDS"})


def _number_of(units: Units, i: int) -> bool:
    """«عدد أفراد الشرطة», «العدد الأكبر»: the number of something, not «a number»."""
    if units[i].word not in ("عدد", "العدد", "عددا"):
        return False
    return units[i].has("DEF") or (i + 1 < len(units) and not units[i + 1].entry.tags & _NO_NOUN)


def _vague_span(unit: Unit) -> Quantity:
    if unit.has("VAGUE_THOUSANDS"):
        return Quantity(None, 2000, 9999, "vague", "thousands", True)
    high = unit.feature("max")
    return Quantity(None, int(unit.feature("min") or 0), int(high) if high else None, "vague", cast(VagueWord, unit.feature("vague")), True)


def _between(units: Units, i: int, floor: int) -> Chunk | None:
    """«بين ثلاثة آلاف وخمسة آلاف»: the و that parts the ends could also join one number, 3005; the range is preferred."""
    if i <= floor or not units[i - 1].has("BETWEEN"):
        return None
    low = _whole(units, i, joining=False)
    ranged = _range(units, i, floor, *low) if low else None
    return None if ranged and _joins(units, ranged.last) else ranged


def _range(units: Units, i: int, floor: int, low: Number, last: int) -> Chunk | None:
    """«بين 10 و15», «10-15», «من 10 إلى 15», «10 إلى 15 ألفا»: a range if it rises and both ends are of one order."""
    if last + 1 >= len(units):
        return None
    joint = units[last]
    dash = joint.has("DASH") or joint.word == "او"
    reaches = joint.word == "الي"
    between = joint.word == "و" and i > floor and units[i - 1].has("BETWEEN")
    if not (dash or between or reaches):
        return None
    at = last + 2 if between and units[last + 1].has("BETWEEN") else last + 1
    second = number_at(units, at)
    if not second or units[at].has("WEEKDAY"):
        return None
    high, end = second
    for times in (1_000_000, 1000):
        if low < 1000 <= high and high % times == 0 and low < high / times:
            low = low * times
    if not low < high <= max(low * 5, 10):
        return None
    led = between or (reaches and i > floor and units[i - 1].has("FROM"))
    if led and reaches and units.row.holds("RISE_V", "RISE_N", "RISEN", "REVISED", first=max(floor, i - _CHANGED_WITHIN), last=i - 1):
        return None  # «ارتفعت الحصيلة من 12 إلى 19»: two numbers, the old one and the new
    first, _ = _before(units, i - 1 if led else i, floor)
    return Chunk(first, end, ("Q",), Quantity(None, low, high, "range"))


_CHANGED_WITHIN: Final = 14
"""How many units before «من 12 إلى 19» the verb may stand that makes it a change."""


def _before(units: Units, i: int, floor: int) -> tuple[int, Bound]:
    """Where the quantity starts and its bound, from the words right before the number: «أكثر من», «قرابة الـ»."""
    first = i
    bound: Bound = "exact"
    if i - 1 > floor and units[i - 1].word == "ال" and units[i - 2].has("BOUND"):
        i = first = i - 1
    while first > floor:
        unit = units[first - 1]
        stated = unit.feature("bound") if unit.has("BOUND") else None
        if not stated:
            break
        # the word nearest to the number decides, unless it only softens: «أكثر من نحو»
        first, bound = first - 1, cast(Bound, stated if bound in ("exact", "about") else bound)
    return first, bound


def _after(units: Units, last: int) -> tuple[int, Bound]:
    """«12 على الأقل», «مئة ونيف»."""
    at = last + 1 if last < len(units) and units[last].word == "و" else last
    if at < len(units) and units[at].has("BOUND_AFTER") and (at == last or units[at].feature("lemma") in ("نيف", "نيفا")):
        return at + 1, cast(Bound, units[at].feature("bound"))
    return last, "exact"


# --- arithmetic ------------------------------------------------------------------------------------------------------


def number_at(units: Units, i: int) -> tuple[Number, int] | None:
    """The number that starts at unit `i` and the unit after it; None when the word alone is none («أحد عناصر»).

    >>> from sijill.annotate.tokenise import tokenise
    >>> from sijill.lexicon import load_lexicon
    >>> from sijill.text import fold
    >>> [number_at(tokenise(fold(t), load_lexicon()), 0) for t in ("أربع مئة وستة عشر", "3.5 مليون", "أحد عناصر")]
    [(416, 5), (3500000, 4), None]
    """
    if i >= len(units):
        return None
    unit = units[i]
    if unit.has("FRACTION"):
        return _fraction_of(units, i)
    if unit.has("NUM_ONE") and not _one_of_ten(units, i):
        return None
    if unit.has("D") and i + 1 < len(units) and units[i + 1].word in _POINTS:
        grouped = _grouped(units, i) or _decimal(units, i) or _decimal_comma(units, i)
        if grouped:
            return _times(units, *grouped)
    whole = _whole(units, i)
    return _and_a_half(units, *whole) if whole else None


_POINTS: Final = frozenset({".", ",", "،"})


def _one_of_ten(units: Units, i: int) -> bool:
    """«أحد عشر», «إحدى وعشرين»."""
    if i + 1 < len(units) and units[i + 1].has("NUM_TEN"):
        return True
    return i + 2 < len(units) and units[i + 1].word == "و" and units[i + 2].has("NUM_TENS")


def _whole(units: Units, i: int, *, joining: bool = True) -> tuple[int, int] | None:
    """A whole number in digits or words; without `joining` it ends before the first و."""
    if not (_continues(units, i + 1) or (joining and (_joins(units, i + 1) or _joined_eleven(units, i + 1)))):
        return _one_word(units, i)  # as most numbers are
    total = group = 0
    scale = _LARGEST  # the last multiplier used; those that follow must be smaller
    rank = _LARGEST  # the rank of the last part; the parts that follow must be smaller
    at, joined, before = i, False, ""
    for index, value, kind in _parts(units, i):
        if kind == "NUM_MULT" and at == i and _two_of(units, index):
            total, scale, rank = 2 * value, value, value
        elif kind == "NUM_MULT":
            if value >= scale or (joined and group == 0):
                break
            total += max(group, 1) * value
            scale, group, rank = value, 0, value
        elif kind == "NUM_TWICE":
            if group or value >= scale:
                break
            total, scale, rank = total + value, value // 2, value // 2
        elif kind == "NUM_HUNDRED" and 3 <= group <= 9 and before == "NUM_UNIT" and not joined:
            group, rank = group * 100, 100
        elif kind == "NUM_TEN" and 1 <= group % 100 <= 9 and before in ("NUM_UNIT", "NUM_ONE") and not joined:
            group, rank = group + 10, 1
        elif kind == "NUM_TENS" and 1 <= group % 100 <= 9 and joined:
            group, rank = group + value, 1
        elif kind == "D" and (group or (total and not joined)):
            break
        elif value < rank and (joined or at == i):
            group += value
            rank = _rank(kind, value)
        else:
            break
        at, before = index + 1, kind
        joined = joining and (_joins(units, at) or _joined_eleven(units, at))
        if not joined and not _continues(units, at):
            break
    value = total + group
    return (value, at) if at > i and value < _LARGEST else None


def _one_word(units: Units, i: int) -> tuple[int, int] | None:
    """The number of a single word, which no number word goes on."""
    unit = units[i]
    kind = _kind_of(unit.entry.tags)
    if kind is None or unit.has("WEEKDAY"):
        return None
    value = _value(unit, kind)
    if kind == "NUM_MULT" and _two_of(units, i):
        value *= 2
    return (value, i + 1) if value < _LARGEST else None


def _two_of(units: Units, i: int) -> bool:
    """«ألفا شخص»: two thousand, where «ألفاً» with its ending is one, and nothing stands before it."""
    if units[i].word not in ("الفا", "مليونا") or i + 1 >= len(units):
        return False
    start, end = units.row.span(i, i + 1)
    counted = units[i + 1].has_any(("PERSON", "HARMED", "GENERIC", "MEMBERS_OF"))
    return counted and "\u064b" not in units.folded.source[start:end]


def _parts(units: Units, i: int) -> Iterator[tuple[int, int, str]]:
    """Number words from `i` on as (index, value, kind), conjunctions skipped."""
    end = min(len(units), i + _LONGEST)
    while i < end:
        unit = units[i]
        kind = _kind_of(unit.entry.tags)
        if kind is None or unit.has("WEEKDAY"):
            return
        yield i, _value(unit, kind), kind
        i += 2 if _joins(units, i + 1) else 1


@lru_cache(maxsize=1024)
def _kind_of(tags: frozenset[str]) -> str | None:
    """What sort of number word a unit of some classes is, if any."""
    return next((tag for tag in _NUMBER_TAGS if tag in tags), None)


def _value(unit: Unit, kind: str) -> int:
    if kind == "D":
        digits = unit.word.replace(",", "")
        return int(digits) if len(digits) <= 12 else _LARGEST
    return int(unit.feature("value") or 0)


def _joins(units: Units, i: int) -> bool:
    """Whether a conjunction at `i` leads on to another number word."""
    return i + 1 < len(units) and units[i].word == "و" and not _NUMBER_SET.isdisjoint(units[i + 1].entry.tags)


def _joined_eleven(units: Units, i: int) -> bool:
    """«مئة وأحد عشر»: this و is never split off, since «وأحد» folds to the letters of «واحد»."""
    return i + 1 < len(units) and units[i].word == "واحد" and units[i + 1].has("NUM_TEN")


def _continues(units: Units, i: int) -> bool:
    """Whether a number word follows at once: «ثلاثة آلاف», «ثلاث مئة», «ثلاثة عشر»."""
    return i < len(units) and not _CONTINUING.isdisjoint(units[i].entry.tags)


def _rank(kind: str, value: int) -> int:
    return {"NUM_UNIT": 1, "NUM_ONE": 1, "NUM_TEN": 1, "NUM_TENS": 10, "NUM_HUNDRED": 100, "NUM_HUNDREDS": 100, "D": 1}.get(kind, value)


def _and_a_half(units: Units, value: int, last: int) -> tuple[int, int]:
    """«مليون ونصف», «ثلاثة ملايين ونصف المليون»: a fraction of the multiplier just named."""
    if not units[last - 1].has("NUM_MULT") or last + 1 >= len(units) or units[last].word != "و" or not units[last + 1].has("FRACTION"):
        return value, last
    unit_value = int(units[last - 1].feature("value") or 0)
    value += unit_value // int(units[last + 1].feature("parts") or 1)
    named_again = last + 2 < len(units) and units[last + 2].has("NUM_MULT")
    return value, last + (3 if named_again else 2)


def _fraction_of(units: Units, i: int) -> tuple[int, int] | None:
    """«نصف مليون»."""
    if i + 1 >= len(units) or not units[i + 1].has("NUM_MULT"):
        return None
    return int(units[i + 1].feature("value") or 0) // int(units[i].feature("parts") or 1), i + 2


def _times(units: Units, value: Number, last: int) -> tuple[Number, int] | None:
    """«3.5 مليون»."""
    while last < len(units) and units[last].has("NUM_MULT"):
        value, last = round(value * int(units[last].feature("value") or 1), 6), last + 1
        if value >= _LARGEST:
            return None
    return (int(value) if value == int(value) else value), last


def _grouped(units: Units, i: int) -> tuple[int, int] | None:
    """«5.000», «12،500»: digits in groups of three, where a comma or only zeros after the point show that it is no decimal."""
    if not _three_after(units, i) or len(units[i].word) > 3 or units[i].word[0] == "0":
        return None
    value, at = int(units[i].word), i
    while at < i + 6 and _three_after(units, at):
        value, at = value * 1000 + int(units[at + 2].word), at + 2
    return value, at + 1


def _three_after(units: Units, i: int) -> bool:
    if i + 2 >= len(units) or units[i + 1].word not in (".", "،") or len(units[i + 2].word) != 3 or not units[i + 2].has("D"):
        return False
    if units[i + 1].start != units[i].end or units[i + 2].start != units[i + 1].end:
        return False
    return units[i + 1].word == "،" or units[i + 2].word == "000"


def _decimal_comma(units: Units, i: int) -> tuple[float, int] | None:
    """«3,5 مليون»: a comma with one or two digits after it and a multiplier is a decimal comma."""
    if i + 3 >= len(units) or units[i + 1].word not in (",", "،") or not units[i + 2].has("D") or len(units[i + 2].word) > 2:
        return None
    touching = units[i + 1].start == units[i].end and units[i + 2].start == units[i + 1].end
    if not touching or not units[i + 3].has("NUM_MULT") or len(units[i].word) > 3 or not units[i].word.isdigit():
        return None
    return float(f"{units[i].word}.{units[i + 2].word}"), i + 3


def _decimal(units: Units, i: int) -> tuple[float, int] | None:
    """«3.5»: digits, a point and digits with no space between, and no third part (5.8.2023 is a date)."""
    if i + 2 >= len(units) or units[i + 1].word != "." or not units[i + 2].has("D"):
        return None
    if units[i + 1].start != units[i].end or units[i + 2].start != units[i + 1].end:
        return None
    if i + 3 < len(units) and units[i + 3].word in ("-", "/") and units[i + 3].start == units[i + 2].end:
        return None
    if len(units[i].word) > 12 or len(units[i + 2].word) > 6 or not units[i + 2].word.isdigit():
        return None  # «331.1,013» is no number
    return float(f"{units[i].word.replace(',', '')}.{units[i + 2].word}"), i + 3
