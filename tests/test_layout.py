"""What of a collected page is the report."""

from __future__ import annotations

import pytest
from factories import reading

from sijill.annotate.layout import Layout, layout
from sijill.annotate.tokenise import tokenise
from sijill.lexicon import load_lexicon
from sijill.pipeline import read
from sijill.records import Report
from sijill.text import fold

PROSE = "قصفت طائرات حربية مساء أمس أطراف مدينة الرقة وقتل في القصف ثلاثة مدنيين بحسب ناشطين في المدينة."
MORE = "وقال سكان من المدينة إن القصف أصاب سوق الخضار عند الظهر وجرح عددا كبيرا من الباعة والمارة فيه."


def page(text: str, title: str | None = None) -> Layout:
    return layout(tokenise(fold(text), load_lexicon()), title)


@pytest.mark.parametrize(
    ("text", "title", "headlines", "others"),
    [
        pytest.param(f"قصف على الرقة\n{PROSE}", "قصف على الرقة", 1, 0, id="its own title"),
        pytest.param(f"انفجار في دمشق\nقصف على الرقة\n{PROSE}", "قصف على الرقة", 1, 1, id="a link above the report"),
        pytest.param(f"{PROSE}\nشهود من السوق\n{MORE}", "قصف على الرقة", 1, 0, id="a heading between paragraphs"),
        pytest.param(f"{PROSE}\n{MORE}", "قصف على الرقة", 0, 0, id="nothing but the report"),
        pytest.param(
            f"* قصف على الرقة\n* الرقة - «الوكالة»: {PROSE}\n* زلزال يهز مدينة بعيدة\n* {MORE}", None, 1, 0, id="the headline of a brief"
        ),
        pytest.param("قصف على الرقة\nمقتل ثلاثة مدنيين", None, 0, 0, id="a post of short lines has no headlines"),
    ],
)
def test_headlines(text: str, title: str | None, headlines: int, others: int) -> None:
    found = page(text, title)
    assert (len(found.headlines), len(found.other_stories)) == (headlines, others)


@pytest.mark.parametrize(
    ("tail", "kept"),
    [
        ("مقتل خمسة في انفجار بدمشق\nاعتقال صحفي في بيروت", False),
        ("مقالات ذات صلة\nمقتل خمسة في انفجار بدمشق", False),
        ("مقتل خمسة في انفجار بدمشق\nشاهد أيضا\nاعتقال صحفي", False),
        ("وقتل خمسة مدنيين مساء في انفجار بمدينة دمشق.", True),
        ("وقتل خمسة مدنيين مساء في انفجار بمدينة دمشق", True),  # one line without its full stop may be the last of the report
        ("- مقتل خمسة في انفجار بدمشق\n- اعتقال صحفي في بيروت", True),
    ],
)
def test_where_the_report_ends(tail: str, kept: bool) -> None:
    kinds = [e.kind for e in reading(f"{PROSE}\n{MORE}\n{tail}").events]
    assert (len(kinds) > 1) is kept


def test_a_menu_in_the_head_does_not_end_the_report() -> None:
    assert [e.kind for e in reading(f"الأكثر قراءة\n{PROSE}\n{MORE}").events] == ["air_strike"]


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("- قصف على حلب\n- قصف على إدلب\n- قصف على حماة", None, True),
        ("حلب: قصف على الباب.\nإدلب: قصف على حاس.\nحماة: هدوء.", None, True),
        (PROSE, "حصاد يوم الأحد", True),
        (PROSE, "قصف على الرقة", False),
    ],
)
def test_round_up(text: str, title: str | None, expected: bool) -> None:
    assert page(text, title).round_up is expected


def test_items_of_a_round_up_are_separate_incidents() -> None:
    text = "حلب: قصف مدفعي على أطراف المدينة.\nحماة: قصف مدفعي على أطراف المدينة.\nإدلب: قصف مدفعي على أطراف المدينة."
    assert [e.kind for e in reading(text).events] == ["shelling"] * 3


def test_an_event_of_a_headline_is_told_by_the_text() -> None:
    text = f"غارة على الرقة\n{PROSE}"
    (event,) = read(Report.of(text, title="غارة على الرقة")).events
    assert text[event.start : event.end] != "غارة"
    assert event.mentions


def test_counts_and_comments_below_a_post_are_no_report() -> None:
    text = f"{PROSE}\nAll reactions:36 12 comments Like Comment\nرحم الله من استشهد في قصف أمس على حلب. كلنا معكم."
    assert [e.kind for e in reading(text).events] == [e.kind for e in reading(PROSE).events]


@pytest.mark.parametrize(
    ("tail", "ends"),
    [
        (" سمات تفجير طوارئ اعتقال", True),
        (" وسمات المهاجم غير معروفة.", False),
        (" وقال طبيب إن سمات الغاز معروفة.", False),
    ],
)
def test_tags_that_run_on_are_no_report(tail: str, ends: bool) -> None:
    found = page(f"{PROSE} {MORE}{tail}")
    assert (found.end < len(tokenise(fold(f"{PROSE} {MORE}{tail}"), load_lexicon()))) is ends
