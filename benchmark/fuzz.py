"""The reader on millions of mangled texts: does it fail, hang, point beside the text, or take long out of proportion to length?

Texts are made from our own sentences (the demo report, the examples of the rules) by a chain of distortions: clitics moved, words repeated,
numbers without end, «بينهم» in «من بينهم», other scripts, direction controls, tatweels and stars inside words, bytes in a wrong encoding.
The same seed makes the same texts. What is found is printed as a line of JSON that `tests/crashers.jsonl` can keep.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import signal
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from sijill.errors import DateError
from sijill.mentions import read_with_mentions
from sijill.pipeline import read
from sijill.records import Reading, Report
from sijill.rules import load_rules

__all__ = ["Find", "measure", "problem", "texts"]

HANG = 20
"""Seconds after which a text counts as one that hangs; the slowest allowed takes a fraction of one."""
_PORTION = 2_000
_BASE, _PER_CHARACTER = 0.25, 0.00012
"""Seconds of the processor that a text may take: some at once, and some for every character. The demo takes a tenth of that."""
_LONGEST = 6_000
_TOLD = 200_000
"""After so many texts it is said how far the run has come."""

_CLITICS = "و ف ب ل ك ال س وال بال لل فال كال وب ول".split()
_NUMBERS = (
    "5 ٥ ١٢ 1,200 ٣٫٥ 10000000000000000000000 خمسة خمسون مئة ألف آلاف مليون عشرات مئات بضعة عدة أحد عشر ثلاث وعشرين ألفاً مئتان اثنان نحو "
    "أكثر من أقل من ما لا يقل عن بين إلى على الأقل"
).split()
_NESTING = "بينهم من بينهم منهم معظمهم بين قتيل وجريح ضمنهم بالإضافة إلى عدا".split()
_DAYS = (
    "أمس اليوم غداً الخميس يوم الماضي المقبل 12/13/2022 30 شباط 2022-02-31 1443 رجب 25 كانون الثاني/يناير فجر مساء الساعة 99:99 في اليوم "
    "الثالث للهجوم منذ بداية العام بعد يومين"
).split()
_MARKS = [chr(code) for code in (*range(0x064B, 0x0653), 0x0670, 0x0640)]
_CONTROLS = [chr(code) for code in (0x200B, 0x200C, 0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0x61C)]
_FOREIGN = (
    "שלום Киев 数字 ISIS F-16 😀 👨‍👩‍👧 ﷺ ﷲ ﻗﺘﻞ ٪ ½ ٠١٢ \x00 \ud83d \udc00 <b> &nbsp; http://a.b/?ق=1 #وسم @حساب کوردی ڕۆژ پێشمەرگە".split(
        " "
    )
)
_BREAKS = ["\n", "\n\n", "\r\n", "\u2028", "\t", " ", "  ", "…", ".", "،", "؛", "؟", ":", "(", ")", "«", "»", '"', "-", "–", "*", "/", "|"]
_DATES = [None, None, "2022-01-30", "2022-01", "0001-01-01", "9999-12-31", "2022-02-31", "أمس", "2022-01-30T25:00:00Z"]

Words = list[str]
Distortion = Callable[[random.Random, Words], Words]


class Find(NamedTuple):
    """A text that is not read as it must be, and what is wrong."""

    text: str
    published: str | None
    wrong: str


# --- texts -----------------------------------------------------------------------------------------------------------


def sentences() -> list[str]:
    """Our own sentences: what the demo report says, and the examples and counter-examples of the rules."""
    demo = (files("sijill") / "data" / "demo" / "hasakah.ar.txt").read_text(encoding="utf-8")
    found = [line for line in demo.split("\n") if line.strip()]
    for rule in load_rules():
        found += [example.text for example in rule.examples]
        found += rule.counter
    return sorted(dict.fromkeys(found))


def texts(seed: int, count: int, known: list[str] | None = None) -> Iterator[tuple[str, str | None]]:
    """Mangled texts with days of publication, right and wrong ones; the same for the same seed."""
    known = known or sentences()
    chance = random.Random(seed)
    for _ in range(count):
        text = _in_bytes(chance) if chance.random() < 0.03 else _mangled(chance, known)
        yield text[:_LONGEST], chance.choice(_DATES)


def _mangled(chance: random.Random, known: list[str]) -> str:
    words = " ".join(chance.choice(known) for _ in range(chance.choice((1, 1, 1, 2, 3, 5)))).split(" ")
    for _ in range(chance.choice((1, 2, 2, 3, 4, 6))):
        words = chance.choice(DISTORTIONS)(chance, words)[:1_200]
    return " ".join(words)


def _at(chance: random.Random, words: Words) -> int:
    return chance.randrange(len(words) + 1)


def _clitics(chance: random.Random, words: Words) -> Words:
    """Clitics put before some words and taken from others."""
    made = [chance.choice(_CLITICS) + word if chance.random() < 0.25 else word for word in words]
    return [word[1:] if word[:1] in ("و", "ف", "ب", "ل") and chance.random() < 0.2 else word for word in made]


def _inserted(pool: list[str], most: int) -> Distortion:
    def distort(chance: random.Random, words: Words) -> Words:
        at = _at(chance, words)
        return [*words[:at], *(chance.choice(pool) for _ in range(chance.randint(1, most))), *words[at:]]

    return distort


def _repeated(chance: random.Random, words: Words) -> Words:
    """Some words, many times over."""
    at = _at(chance, words)
    some = words[at : at + chance.randint(1, 6)] or ["قتل"]
    return [*words[:at], *(some * chance.choice((2, 3, 10, 60))), *words[at:]]


def _swapped(chance: random.Random, words: Words) -> Words:
    """Words in another order, near where they were or anywhere."""
    made = list(words)
    for _ in range(chance.randint(1, 8)):
        if len(made) > 1:
            one, other = chance.randrange(len(made)), chance.randrange(len(made))
            made[one], made[other] = made[other], made[one]
    return made


def _cut(chance: random.Random, words: Words) -> Words:
    """Some words missing, or the end of them all."""
    if chance.random() < 0.2:
        return words[: _at(chance, words)] or words
    return [word for word in words if chance.random() > 0.15] or words


def _in_words(pool: list[str], share: float) -> Distortion:
    """Characters set into words: between their letters, before, behind."""

    def distort(chance: random.Random, words: Words) -> Words:
        return ["".join(_sown(chance, word, pool)) if chance.random() < share else word for word in words]

    return distort


def _sown(chance: random.Random, word: str, pool: list[str]) -> Iterator[str]:
    for letter in word:
        yield letter
        if chance.random() < 0.5:
            yield chance.choice(pool) * chance.choice((1, 1, 1, 3))


def _joined(chance: random.Random, words: Words) -> Words:
    """Words run together."""
    at = _at(chance, words)
    few = chance.randint(2, 5)
    return [*words[:at], "".join(words[at : at + few]), *words[at + few :]]


def _spelled_apart(chance: random.Random, words: Words) -> Words:
    """A word with its letters apart, as filters are dodged."""
    if not words:
        return words
    at = chance.randrange(len(words))
    return [*words[:at], chance.choice((" ", "ـ", "*", ".", "ــ*ـ")).join(words[at]), *words[at + 1 :]]


def _digits(chance: random.Random, words: Words) -> Words:
    """A number of many digits, of either script, with separators."""
    digits = chance.choice(("0123456789", "٠١٢٣٤٥٦٧٨٩", "٠1٢3,٫.،/-:"))
    at = _at(chance, words)
    return [*words[:at], "".join(chance.choice(digits) for _ in range(chance.choice((1, 4, 20, 400)))), *words[at:]]


def _long_number(chance: random.Random, words: Words) -> Words:
    """A number in words that does not end."""
    at = _at(chance, words)
    return [*words[:at], *("و" + chance.choice(_NUMBERS) for _ in range(chance.choice((3, 10, 80)))), *words[at:]]


def _nested(chance: random.Random, words: Words) -> Words:
    """«بينهم … من بينهم …» many levels deep."""
    at = _at(chance, words)
    level = [chance.choice(_NESTING), chance.choice(_NUMBERS), chance.choice("مدنيين أطفال نساء جندياً مسلحين قتلى".split())]
    return [*words[:at], *(level * chance.choice((1, 3, 30))), *words[at:]]


DISTORTIONS: list[Distortion] = [
    _clitics,
    _inserted(_NUMBERS, 6),
    _inserted(_NESTING, 4),
    _inserted(_DAYS, 6),
    _inserted(_FOREIGN, 4),
    _inserted(_BREAKS, 5),
    _repeated,
    _swapped,
    _cut,
    _in_words(_MARKS, 0.3),
    _in_words(_CONTROLS, 0.2),
    _in_words(["ـ", "*", ".", "-", "_", "،"], 0.15),
    _joined,
    _spelled_apart,
    _digits,
    _long_number,
    _nested,
]


def _in_bytes(chance: random.Random) -> str:
    """Bytes without sense, or sense in a wrong encoding."""
    if chance.random() < 0.5:
        return chance.randbytes(chance.randint(1, 300)).decode(chance.choice(("utf-8", "cp1256", "utf-16-le", "latin-1")), "replace")
    return "قُتل خمسة مدنيين بينهم طفلان في قصف على حلب".encode().decode(chance.choice(("cp1256", "latin-1", "utf-16-le")), "replace")


# --- checks ----------------------------------------------------------------------------------------------------------


def problem(text: str, published: str | None, *, mentions: bool = False, twice: bool = False) -> str | None:
    """What is wrong with the reading of a text; None where nothing is. `twice`: it is read again, and must be the same.

    >>> problem("قُتل ثلاثة مدنيين في قصف على إدلب", "2022-01-30") is None
    True
    """
    report = Report.of(text, published=published)
    try:
        reading = read_with_mentions(report) if mentions else read(report)
    except DateError:
        return None  # a day of publication that is none is refused, in one line
    except Exception as wrong:
        return f"{type(wrong).__name__}: {wrong}"
    if twice and not mentions and read(report) != reading:
        return "is read in two ways"
    return _untrue(report, reading)


def _untrue(report: Report, reading: Reading) -> str | None:
    """The first thing in a reading that cannot be true of its text."""
    length = len(report.text)
    figures, events, places = ({one.id for one in listed} for listed in (reading.figures, reading.events, reading.places))
    claims: list[Any] = [*reading.figures, *reading.events]
    for claim in claims:
        if report.text[claim.start : claim.end] != claim.quote or not 0 <= claim.start < claim.end <= length:
            return f"{claim.id} does not quote its words"
        if any(not 0 <= piece.start < piece.end <= length for piece in claim.evidence):
            return f"evidence of {claim.id} lies outside the text"
    for figure in reading.figures:
        if figure.min is not None and figure.max is not None and figure.min > figure.max:
            return f"{figure.id}: at least {figure.min}, at most {figure.max}"
        if (figure.of and figure.of not in figures) or (figure.event and figure.event not in events):
            return f"{figure.id} refers to what there is not"
    for event in reading.events:
        if not places.issuperset(event.places):
            return f"{event.id} is at a place that there is not"
    spans: list[Any] = [*reading.places, *(reading.mentions or [])]
    if any(not 0 <= one.start < one.end <= length for one in spans):
        return "a place or a mention lies outside the text"
    if len({claim.claim for claim in claims}) < len(claims):
        return "two claims have one id"
    return None


class _Hanging(BaseException):
    """A text takes longer than any may."""


def _ring(*_: object) -> None:
    raise _Hanging


def _tried(text: str, published: str | None, number: int) -> tuple[str | None, float]:
    """What is wrong with a text, and the seconds that it took; every tenth is also asked for mentions, every hundredth read twice."""
    signal.setitimer(signal.ITIMER_REAL, HANG)
    begun = time.process_time()
    try:
        wrong = problem(text, published, mentions=number % 10 == 0, twice=number % 100 == 1)
    except _Hanging:
        return f"takes more than {HANG} seconds", HANG
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    took = time.process_time() - begun
    return wrong, took


def _slow(text: str, published: str | None) -> bool:
    """Whether a text takes long out of proportion to its length, at the best of three times."""
    best = min(_tried(text, published, 1)[1] for _ in range(3))
    return best > _BASE + _PER_CHARACTER * len(text)


# --- the run ---------------------------------------------------------------------------------------------------------


class _Part(NamedTuple):
    """What came of a portion: how many texts and characters, the seconds, the slowest second a character, and what was found."""

    texts: int
    characters: int
    seconds: float
    worst: float
    finds: list[Find]


def _portion(seed: int) -> _Part:
    signal.signal(signal.SIGALRM, _ring)
    finds: list[Find] = []
    characters, seconds, worst, count = 0, 0.0, 0.0, 0
    for count, (text, published) in enumerate(texts(seed, _PORTION), 1):
        wrong, took = _tried(text, published, count)
        characters += len(text)
        seconds += took
        worst = max(worst, took / (len(text) + 200))
        if wrong is None and took > _BASE + _PER_CHARACTER * len(text) and _slow(text, published):
            wrong = f"takes {took:.2f} s for {len(text)} characters"
        if wrong is not None:
            finds.append(Find(text, published, wrong))
    return _Part(count, characters, seconds, worst, finds)


def measure(count: int, *, seed: int = 1, workers: int = 1, out: Path | None = None) -> dict[str, Any]:
    """Try so many texts; print the first finds, and keep all as lines of JSON in a file if one is named. Returns the figures."""
    read(Report.of("قتل"))  # loads words and rules before the fork
    portions = range(seed * 10_000_000, seed * 10_000_000 + -(-count // _PORTION))
    parts: list[_Part] = []
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        for part in pool.imap_unordered(_portion, portions):
            parts.append(part)
            _keep(part.finds, out)
            if sum(one.texts for one in parts) % _TOLD < _PORTION:
                print(_figures(parts, seed), flush=True)
    return _figures(parts, seed)


def _keep(finds: list[Find], out: Path | None) -> None:
    for find in finds:
        line = json.dumps(find._asdict())
        print(f"{find.wrong}: {line[:200]}")
        if out is not None:
            with out.open("a", encoding="ascii") as file:
                file.write(line + "\n")


def _figures(parts: list[_Part], seed: int) -> dict[str, Any]:
    characters = sum(part.characters for part in parts)
    return {
        "texts": sum(part.texts for part in parts),
        "characters": characters,
        "seed": seed,
        "finds": sum(len(part.finds) for part in parts),
        "microseconds_a_character": round(sum(part.seconds for part in parts) / max(1, characters) * 1e6, 3),
        "worst_microseconds_a_character": round(max(part.worst for part in parts) * 1e6, 1),
    }
