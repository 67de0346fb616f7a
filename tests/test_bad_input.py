"""Whatever a file holds: one line that says what to do, or an empty reading; never a traceback, never a hang."""

import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.cli import cli
from sijill.export.pretty import render
from sijill.mentions import read_with_mentions
from sijill.pipeline import read
from sijill.records import Report, to_json

REFUSED = {
    "empty": b"",
    "white space": b" \n\t\r\n ",
    "binary": bytes(range(256)),
    "random bytes": random.Random(1).randbytes(5000),
    "zero bytes": "قتل\0ثلاثة".encode(),
    "utf-16 without its mark": "قتل ثلاثة".encode("utf-16-le"),
    "cut utf-8": "قتل ثلاثة".encode()[:-1],
    "surrogate in utf-8": b"\xed\xa0\x80",
    "windows-1256": "قتل ثلاثة".encode("cp1256"),
    "a web page": "<!DOCTYPE html><html><body><p>قُتل ثلاثة</p></body></html>".encode(),
    "tags": "<p>قُتل ثلاثة</p>".encode(),
    "pdf": b"%PDF-1.4 text",
}

EMPTY = {
    "no Arabic": b"Three civilians were killed in Idlib.",
    "numbers only": b"1 2 3 4 5",
    "emoji": "💥🔥".encode(),
    "utf-16, no Arabic": "hello".encode("utf-16"),
    "no conflict": "فاز الفريق بثلاثة أهداف في المباراة".encode(),
    "one letter": "ق".encode(),
    "one mark": "َ".encode(),
    "presentation forms": "ﷺ ﻻ".encode(),
    "unassigned": "\U000e0fff\uffff\ufdd0".encode(),
    "controls": b"\x1b[31m\x07\x08 hello",
}


def run(tmp_path: Path, data: bytes, *options: str) -> tuple[int, str, str]:
    file = tmp_path / "file.txt"
    file.write_bytes(data)
    result = CliRunner().invoke(cli, ["read", str(file), *options])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_refused_in_one_line(tmp_path: Path, data: bytes) -> None:
    code, out, err = run(tmp_path, data)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("sijill: ")


@pytest.mark.parametrize("data", EMPTY.values(), ids=EMPTY)
@pytest.mark.parametrize("form", ["pretty", "json", "html"])
def test_an_empty_reading(tmp_path: Path, data: bytes, form: str) -> None:
    code, out, err = run(tmp_path, data, "--format", form)
    assert (code, err) == (0, "")
    if form == "json":
        found = json.loads(out)
        assert (found["events"], found["figures"]) == ([], [])


@pytest.mark.parametrize("date", ["0001-01-01", "1000-06-15", "9999-12-31"])
@pytest.mark.parametrize(
    "text",
    [
        "قتل ثلاثة مدنيين أمس",
        "قتل ثلاثة الخميس الماضي",
        "قتل ثلاثة قبل مئة ألف سنة",
        "سيقتل غدا",
        "في 29 شباط قتل ثلاثة",
        "قتل ثلاثة خلال الأشهر المقبلة",
    ],
)
def test_dates_at_the_ends_of_the_calendar(date: str, text: str) -> None:
    assert to_json(read_with_mentions(Report.of(text, published=date)))


WORDS = (
    "قتل مقتل ثلاثة مدنيين مدنيا 12 ألف مئة و في من على بين إلى ما لا يقل عن أكثر عشرات بينهم قصف هجوم الهجوم إدلب الحسكة قرية حي ريف سجن "
    "20 كانون الثاني 2022 أمس الخميس الساعة 4:50 داعش قوات الجيش بحسب قال لو خطط حاول . ، ؛ : ( ) « » \n / - % ـ \u202e <b> ﷺ ٣ ٫ ٬ َ"
).split(" ")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60), st.booleans())
def test_any_row_of_words_is_read(words: list[str], spaced: bool) -> None:
    report = Report.of((" " if spaced else "").join(words), id="a", published="2022-02-02")
    found = read_with_mentions(report)
    claims = [*found.figures, *found.events, *found.places, *(found.mentions or [])]
    assert all(0 <= c.start < c.end <= len(report.text) for c in claims)
    assert to_json(found)
    assert render(report, found)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    report = Report.of("قتل " + text, id="a")
    assert to_json(read_with_mentions(report))
    assert render(report, read(report), width=40)


@pytest.mark.parametrize(
    "words",
    ["مدينة ", "ريف حلب ", "في حلب في دمشق ", "قرية حلب، قرية إدلب، ", "(في حلب ", "بينهم ثلاثة ", "لو نجح الهجوم ", "قال إن ", "أكثر من "],
)
def test_no_row_of_words_is_too_deep(words: str) -> None:
    assert to_json(read(Report.of("قتل مدني. " + words * 3000)))


@pytest.mark.parametrize("digits", ["²", "½", "③", "௧௨", "৩", "Ⅷ", "〇", "1" * 5000, "٣" * 5000, "1,1,1", "1.2.3", "-0", "٠"])
def test_odd_numbers_are_read(digits: str) -> None:
    assert to_json(read_with_mentions(Report.of(f"قتل {digits} مدنيين في {digits} آذار {digits}", published="2022-02-02")))


# --- time grows with length, no faster -------------------------------------------------------------------------------

_PLACES = "الحسكة حلب دمشق إدلب الرقة حمص درعا القامشلي منبج عفرين الموصل كركوك صنعاء عدن تعز بنغازي سرت غزة رفح".split()


def _repeated(words: str) -> Callable[[int], str]:
    return lambda size: (words * (size // len(words) + 1))[:size]


def _varied(sentence: Callable[[int, random.Random], str]) -> Callable[[int], str]:
    def text(size: int) -> str:
        chance, parts, length, i = random.Random(1), [], 0, 0
        while length < size:
            parts.append(sentence(i, chance))
            length += len(parts[-1])
            i += 1
        return "".join(parts)

    return text


def _unknown(chance: random.Random) -> str:
    return "".join(chance.choices("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", k=7))


SLOW_TEXTS: dict[str, Callable[[int], str]] = {
    "nested numbers": _repeated("ألف و مئة و "),
    "number words": _repeated("ثلاثة ألف مئة "),
    "one letter": _repeated("ق"),
    "one letter, spaced": _repeated("ق "),
    "only digits": lambda size: "قتل " + "1" * size,
    "only digits, spaced": lambda size: "قتل " + "1 " * (size // 2),
    "only conjunctions": _repeated("و "),
    "only killed": _repeated("قتل "),
    "killed civilians": _repeated("قتل مدنيين "),
    "groups": _repeated("ثلاثة مدنيين "),
    "only parentheses": lambda size: "قتل " + "(" * size,
    "only places": _repeated("حلب دمشق إدلب الرقة "),
    "places in a list": _repeated("حلب وإدلب و"),
    "kind words": _repeated("مدينة "),
    "beginnings of names": _repeated("تل "),
    "unknown villages": _varied(lambda i, chance: f"قصف على قرية {_unknown(chance)}. "),
    "only dates": _repeated("20 كانون الثاني 2022 "),
    "dates run together": _repeated("20-1-"),
    "only marks": lambda size: "قتل" + "َ" * size,
    "only tatweel": lambda size: "ق" + "ـ" * size,
    "only spaces": lambda size: "قتل" + " " * size + "ثلاثة",
    "only line ends": lambda size: "قتل" + "\n" * size + "ثلاثة",
    "no sentence ends": _varied(lambda i, chance: f"وقع قصف على {chance.choice(_PLACES)} في {i % 28 + 1} آذار وقتل {i % 90 + 3} مدنيين و"),
    "the organisation, with no end": _repeated("هاجم التنظيم و قصفت القوات و اعتقلت القوات رجلا و هاجم مقاتلو التنظيم "),
    "since a year, with no end": _repeated("وقد قتل في العراق منذ بداية العام 2013 الجاري 90 جنديا لقوات الجيش في حوادث كثيرة و"),
    "one killing, with no end": _repeated("التنظيم بين الذي بعد قتل جنود بعد "),
    "one joint operation, with no end": _repeated("عملية مشتركة قتل فيها ثلاثة مدنيين في قصف على إدلب "),
    "many figures": _varied(lambda i, chance: f"قتل {i + 3} مدنيين في قصف على {chance.choice(_PLACES)}. "),
    "many sources": _varied(lambda i, chance: f"قال المرصد السوري إن {i + 3} مدنيا قتلوا، وقالت وزارة الصحة إن {i + 9} مدنيا قتلوا. "),
    "many events": _varied(lambda i, chance: f"غارة جوية على {chance.choice(_PLACES)} في {i % 28 + 1} آذار {2011 + i % 10}. "),
    "the attack again": _varied(lambda i, chance: f"الهجوم على {chance.choice(_PLACES)} أسفر عن مقتل {i % 50 + 3}. "),
}


def _seconds(text: str) -> float:
    start = time.process_time()
    read(Report.of(text, published="2022-02-02"))
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("make", SLOW_TEXTS.values(), ids=SLOW_TEXTS)
def test_reading_time_grows_with_length(make: Callable[[int], str]) -> None:
    _seconds("قتل ثلاثة")  # loads the lexicon
    size = 60_000
    once, twice = _seconds(make(size)), _seconds(make(2 * size))
    assert twice < max(3 * once, 2.0)


@pytest.mark.slow
def test_ten_megabytes_in_one_line(tmp_path: Path) -> None:
    code, out, _ = run(tmp_path, ("قُتل ثلاثة مدنيين في قصف على إدلب " * 170_000).encode(), "--format", "json")
    assert code == 0
    assert json.loads(out)["sha256"]
