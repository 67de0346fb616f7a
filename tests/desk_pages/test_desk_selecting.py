"""Words that were selected on a page are found again in the untouched text."""

from __future__ import annotations

import pytest

from sijill.desk.selecting import selected
from sijill.errors import InputError

TEXT = "عنوان\n\n  قُتل  ثلاثة\u202b في\u00a0قصف، وقتل ثلاثة \u202cفي كمين.\r\nقتل آخر 😀 هنا"


@pytest.mark.parametrize(
    ("words", "line", "before", "quote"),
    [
        ("قُتل ثلاثة", 1, 0, "قُتل  ثلاثة"),
        ("ثلاثة في قصف", 1, 4, "ثلاثة\u202b في\u00a0قصف"),
        ("ثلاثة في كمين", 1, len("قُتلثلاثةفيقصف،وقتل"), "ثلاثة \u202cفي كمين"),
        ("عنوان", 0, 0, "عنوان"),
        ("😀 هنا", 2, 6, "😀 هنا"),
        ("قصف", None, 0, "قصف"),
    ],
)
def test_a_selection_is_found(words: str, line: int | None, before: int, quote: str) -> None:
    start, end = selected(TEXT, words, line, before)
    assert TEXT[start:end] == quote


@pytest.mark.parametrize(
    ("words", "line", "before", "wrong"),
    [
        (" \u202b ", 0, 0, "select words"),
        ("ثلاثة", None, 0, "2 times"),
        ("أربعة", None, 0, "do not stand in the text"),
        ("ثلاثة", 1, 1, "do not stand there"),
        ("ثلاثة", 1, 10_000, "do not stand there"),
        ("ثلاثة", 1, -4, "do not stand there"),
        ("ثلاثة", 9, 0, "no such line"),
    ],
)
def test_what_is_not_there_is_refused(words: str, line: int | None, before: int, wrong: str) -> None:
    with pytest.raises(InputError, match=wrong):
        selected(TEXT, words, line, before)
