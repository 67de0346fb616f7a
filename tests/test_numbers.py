"""Quantities: a table of words and what each number in them says.

Expected values are written as the bound and the numbers: "12", "about 30", "range 10-15", "vague tens 20-99".
"""

from __future__ import annotations

from typing import Any

import pytest
import tables
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.annotate.numbers import Quantity, bounded, find, number_at
from sijill.annotate.tokenise import tokenise
from sijill.annotate.unit import Unit
from sijill.annotate.units import Units
from sijill.lexicon import load_lexicon
from sijill.pipeline import understand
from sijill.records import Report
from sijill.text import fold


def units_of(text: str) -> Units:
    return tokenise(fold(text), load_lexicon())


def written(quantity: Quantity) -> str:
    if quantity.bound == "exact":
        return f"{quantity.value}"
    if quantity.bound == "range":
        return f"range {quantity.min}-{quantity.max}"
    if quantity.bound == "vague":
        return f"{quantity.vague_word} {quantity.min}-{'' if quantity.max is None else quantity.max}"
    return f"{quantity.bound} {quantity.value}"


def quantities(text: str) -> list[str]:
    return [written(c.value) for c in find(units_of(text))]


def spans(text: str) -> list[str]:
    units = units_of(text)
    return [text[slice(*units.row.span(c.first, c.last))] for c in find(units)]


QUANTITIES = [
    # digits of either script
    ("12 قتيلا", "12"),
    ("١٢ قتيلا", "12"),
    ("۱۲ قتيلا", "12"),
    ("1,200 نازح", "1200"),
    ("١٬٢٠٠ نازح", "1200"),
    ("12،500 نازح", "12500"),
    ("5.000 مقاتل", "5000"),
    ("3.5 كيلومتر", "3.5"),
    ("12قتيلا", "12"),
    ("و15 جريحا", "15"),
    ("الـ13 عنصرا", "13"),
    ("(18) شخصا", "18"),
    # words
    ("واحد", "1"),
    ("اثنان", "2"),
    ("اثنين من الحراس", "2"),
    ("ثلاثة مدنيين", "3"),
    ("ثماني نساء", "8"),
    ("ثمانٍ وعشرون امرأة", "28"),
    ("عشرة جنود", "10"),
    ("أحد عشر جنديا", "11"),
    ("إحدى عشرة امرأة", "11"),
    ("اثنا عشر جنديا", "12"),
    ("اثنتي عشرة طفلة", "12"),
    ("ثلاثة عشر شخصا", "13"),
    ("تسع عشرة", "19"),
    ("عشرون", "20"),
    ("واحد وعشرون", "21"),
    ("إحدى وعشرين امرأة", "21"),
    ("خمسة وأربعين", "45"),
    ("تسعة وتسعون", "99"),
    ("مئة", "100"),
    ("مائة وخمسة", "105"),
    ("مئة وأحد عشر", "111"),
    ("مئة وعشرين", "120"),
    ("مئة وثلاثة وعشرين", "123"),
    ("مئتان وخمسون", "250"),
    ("مئتي جندي", "200"),
    ("ثلاثمئة وأربعة وسبعون", "374"),
    ("أربع مئة وستة عشر", "416"),
    ("خمسمائة", "500"),
    ("ثمانمئة وعشرة", "810"),
    ("ألف", "1000"),
    ("ألف وخمسمئة", "1500"),
    ("ألفان", "2000"),
    ("ألفين وأربعة عشر", "2014"),
    ("ثلاثة آلاف", "3000"),
    ("ثلاثة آلاف ومئتين وخمسة وعشرين", "3225"),
    ("أحد عشر ألفا", "11000"),
    ("عشرون ألفا", "20000"),
    ("خمسة وسبعين ألفا وأربعمئة", "75400"),
    ("مئة ألف", "100000"),
    ("مئتي ألف", "200000"),
    ("ثلاث مئة وخمسين ألفا", "350000"),
    ("مليون", "1000000"),
    ("مليونين وثلاثمئة ألف", "2300000"),
    ("خمسة ملايين", "5000000"),
    # digits with words
    ("5 آلاف عنصر", "5000"),
    ("35 ألفا", "35000"),
    ("363 ألف و378 شخصا", "363378"),
    ("3.5 مليون نازح", "3500000"),
    ("3,5 مليون", "3500000"),
    ("7 ملايين", "7000000"),
    # fractions of a multiplier
    ("مليون ونصف", "1500000"),
    ("مليون ونصف المليون لاجئ", "1500000"),
    ("ثلاثة ملايين وربع", "3250000"),
    ("نصف مليون", "500000"),
    ("ربع مليون", "250000"),
    # two numbers stay two
    ("12 و15", "12", "15"),
    ("ثلاثة وخمس نساء", "3", "5"),
    ("عشرة وخمسة", "10", "5"),
    ("77 شخصا و40 مقاتلا و4 مدنيين", "77", "40", "4"),
    ("قتل 5، 3 منهم أطفال", "5", "3"),
    # bounds
    ("نحو 30 قتيلا", "about 30"),
    ("بنحو 30", "about 30"),
    ("حوالي ثلاثين", "about 30"),
    ("قرابة الـ200", "about 200"),
    ("ما يقارب 5 آلاف عنصر", "about 5000"),
    ("زهاء مئة", "about 100"),
    ("أكثر من مئة", "more_than 100"),
    ("لأكثر من 85 هجوما", "more_than 85"),
    ("أكثر من ثلاثة وعشرين", "more_than 23"),
    ("ما يزيد عن 60", "more_than 60"),
    ("مئة ونيف", "more_than 100"),
    ("ما لا يقل عن 14", "at_least 14"),
    ("لا يقل عن سبعة", "at_least 7"),
    ("12 على الأقل", "at_least 12"),
    ("على الأقل 12", "at_least 12"),
    ("7 على الأكثر", "at_most 7"),
    ("50 تقريبا", "about 50"),
    ("أقل من 20", "fewer_than 20"),
    ("ما لا يزيد عن خمسين", "at_most 50"),
    # ranges
    ("بين 10 و15 قتيلا", "range 10-15"),
    ("بين 10 و 15 قتيلا", "range 10-15"),
    ("ما بين عشرين وثلاثين", "range 20-30"),
    ("من 10 إلى 15 قتيلا", "range 10-15"),
    ("10 إلى 15 قتيلا", "range 10-15"),
    ("3-5 قتلى", "range 3-5"),
    ("اثنين أو ثلاثة", "range 2-3"),
    ("4 أو 5 مسلحين", "range 4-5"),
    ("بين 10 و15 ألف نازح", "range 10000-15000"),
    ("بين ثلاثة آلاف وخمسة آلاف", "range 3000-5000"),
    ("بين مليون و3 ملايين", "range 1000000-3000000"),
    # vague words
    ("عشرات القتلى", "tens 20-99"),
    ("العشرات", "tens 20-99"),
    ("مئات الجرحى", "hundreds 200-999"),
    ("آلاف النازحين", "thousands 2000-9999"),
    ("عشرات الآلاف", "thousands 20000-99999"),
    ("مئات الآلاف من النازحين", "thousands 200000-999999"),
    ("عدة آلاف", "thousands 2000-9999"),
    ("بضع عشرات", "tens 20-99"),
    ("بضعة جنود", "several 3-"),
    ("عدد من القتلى", "several 3-"),
    ("العديد من الجرحى", "several 3-"),
    ("أصيب عدد آخر بجروح", "several 3-"),
    ("بين ثلاثة وعشرين وثلاثين", "range 23-30"),
    ("بين مئة وعشرين ومئة وخمسين", "range 120-150"),
]

TABLE = tables.read("quantities")


@pytest.mark.parametrize("row", TABLE, ids=[row["text"][:40] for row in TABLE])
def test_the_table_of_quantities_of_people(row: dict[str, str]) -> None:
    """Numbers of people that the sentence says were harmed, held or moved, in order."""
    found = [written(figure.group.quantity) for figure in understand(Report.of(row["text"]), None).figures]
    assert (" ; ".join(found) or "nothing") == row["expected"]


# What holds a number or looks like one and counts nothing.
NOTHING = [
    "أحد عناصر الأمن",
    "وأحد المارة",
    "إحدى القرى",
    "يوم الاثنين",
    "طائرة اف-16",
    "طائرة اف16",
    "مقاتلة سو-24",
    "F16",
    "كوفيد-19",
    "هاتف 0933123456",
    "هاتف 00963112345678",
    "هاتف 011-2345-678",
    "على الرقم +963 112345678901",
    "الساعة 4:50",
    "18/06/2022",
    "18-06-2022",
    "5.8.2023",
    "القرار 338/2014",
    "خدمة 24/7",
    "نصف المدينة",
    "ربع القرية",
    "الأول والثاني",
    "المئوية",
    "فوز بنتيجة 3-2",
    "تعادل (3-3)",
    "زيادة قدرها 7ر49%",
    "فاق عدد أفراد الشرطة ذلك",
    "العدد الأكبر من القنابل",
    "999999999999999999999999",
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(t, list(e), id=t) for t, *e in QUANTITIES])
def test_quantities(text: str, expected: list[str]) -> None:
    assert quantities(text) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_no_quantities(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قتل لأكثر من 85 شخصا", ["أكثر من 85"]),
        ("قتل ما لا يقل عن ثلاثة وعشرين شخصا", ["ما لا يقل عن ثلاثة وعشرين"]),
        ("قتل قرابة الـ200 شخص", ["قرابة الـ200"]),
        ("قتل بين ١٠ و١٥ شخصا", ["بين ١٠ و١٥"]),
        ("قتل 12 على الأقل", ["12 على الأقل"]),
        ("نزح عشرات الآلاف", ["عشرات الآلاف"]),
        ("قتل 5 على الأقل 3 منهم", ["5 على الأقل", "3"]),
    ],
)
def test_a_span_holds_the_number_and_its_bound(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("bound", "low", "high"),
    [
        ("exact", 30, 30),
        ("about", None, None),
        ("at_least", 30, None),
        ("more_than", 31, None),
        ("at_most", None, 30),
        ("fewer_than", None, 29),
    ],
)
def test_min_and_max_follow_from_the_bound(bound: Any, low: int | None, high: int | None) -> None:
    assert (bounded(30, bound).min, bounded(30, bound).max) == (low, high)


def test_spelled_numbers_say_so() -> None:
    assert [c.value.spelled for c in find(units_of("ثلاثة، و3"))] == [True, False]


def test_a_spelled_one_is_told_apart() -> None:
    assert [c.tags for c in find(units_of("واحد، و1"))] == [("Q", "ONE"), ("Q",)]


# --- properties ------------------------------------------------------------------------------------------------------

_UNITS = ["", "واحد", "اثنين", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
_TENS = ["", "عشرة", "عشرين", "ثلاثين", "أربعين", "خمسين", "ستين", "سبعين", "ثمانين", "تسعين"]
_HUNDREDS = ["", "مئة", "مئتين", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]


def spelled(number: int) -> str:
    """A number below a million in words, the genitive masculine that newspapers write."""
    thousands, rest = divmod(number, 1000)
    parts = []
    if thousands == 1:
        parts.append("ألف")
    elif thousands == 2:
        parts.append("ألفين")
    elif thousands:
        parts.append(spelled(thousands) + (" آلاف" if 3 <= thousands <= 10 else " ألف"))
    hundreds, below = divmod(rest, 100)
    if hundreds:
        parts.append(_HUNDREDS[hundreds])
    if 11 <= below <= 19:
        parts.append({11: "أحد", 12: "اثني"}.get(below, _UNITS[below - 10]) + " عشر")
    elif below:
        parts += [word for word in (_UNITS[below % 10], _TENS[below // 10]) if word]
    return " و".join(parts)


@settings(max_examples=400, deadline=None)
@given(st.integers(1, 999_999))
def test_every_number_in_words_is_read_back(number: int) -> None:
    units = units_of(spelled(number))
    assert number_at(units, 0) == (number, len(units))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**11).filter(lambda n: len(str(n)) < 8))
def test_every_number_in_digits_is_read_back(number: int) -> None:
    for text in (f"{number}", f"{number:,}", f"{number}".translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))):
        assert [c.value.value for c in find(units_of(text))] == [number]


WORDS = """
ألف آلاف مليون مئة مئتين ثلاثة عشر عشرين أحد واحد عشرات الآلاف مئات بضع عدة نحو أكثر من على الأقل بين و من إلى أو - نصف ربع 3 12 1,200
0 3.5 999999999999 ، ( ) % الـ الاثنين تقريبا نيف
"""
PIECES = st.sampled_from([*WORDS.split(), "\n"])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=16).map(" ".join))
def test_any_row_of_number_words_is_read_without_error(text: str) -> None:
    units = units_of(text)
    at = 0
    for chunk in find(units):
        assert at <= chunk.first < chunk.last <= len(units)
        quantity = chunk.value
        assert quantity.min is None or quantity.max is None or quantity.min <= quantity.max
        start, end = units.row.span(chunk.first, chunk.last)
        assert 0 <= start < end <= len(text)
        at = chunk.last


class Counting(list[Unit]):
    """Units that count how often they are looked into."""

    looks = 0

    def __getitem__(self, index: Any) -> Any:
        Counting.looks += 1
        return super().__getitem__(index)


@pytest.mark.parametrize(
    "piece", ["ألف ", "و", "ثلاثة و", "نحو ", "مئة ألف و", "1,", "5-", "بين 5 و", "عشرات ", "3.5", "أكثر من ", "أحد ", "ونصف مليون "]
)
def test_cost_grows_with_length_only(piece: str) -> None:
    """Units are looked at a bounded number of times each, however often a phrase repeats."""

    def looks(times: int) -> float:
        units = units_of(piece * times)
        units = Units(units.folded, Counting(units), units.lexicon, units.sentences, units.row.chars)
        Counting.looks = 0
        find(units)
        return Counting.looks / len(units)

    assert looks(800) <= 1.2 * looks(200) + 5


@pytest.mark.parametrize("text", ["7" * 1_000_000, "و" * 100_000, "ألف " * 20_000, "1," * 100_000, "1.000." * 50_000], ids=len)
def test_long_hostile_texts_are_read(text: str) -> None:
    find(units_of(text))
