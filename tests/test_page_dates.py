"""The day of publication: dates in words, and which of the days on a page it is."""

# ruff: noqa: E501 — a row of a table, or a line of a page, is one line

from __future__ import annotations

from datetime import date

import pytest
from pages import HEADLINE, PARAGRAPHS, agency, blog, page, tables_of_2005

from sijill.ingest.html import read_html
from sijill.ingest.page_dates import day_of, days_in, read_stamp

DAY = "2022-01-21"

WORDS = [
    ("21 كانون الثاني 2022", DAY),
    ("٢١ كانون الثاني ٢٠٢٢", DAY),
    ("۲۱ کانون الثانی ۲۰۲۲", DAY),
    ("الجمعة 21 كانون ثاني 2022", DAY),
    ("21 كانون الثاني/يناير 2022", DAY),
    ("21 كانون الثاني / يناير 2022", DAY),
    ("21 يناير/ كانون الثاني 2022", DAY),
    ("21 يناير (كانون الثاني) 2022", DAY),
    ("الجمعة، 21 يناير، 2022", DAY),
    ("يناير 21, 2022", DAY),
    ("يناير 21، 2022", DAY),
    ("21 يناير 2022م", DAY),
    ("21-يناير-2022", DAY),
    ("21 من يناير عام 2022", DAY),
    ("2022 يناير 21", DAY),
    ("21 جانفي 2022", DAY),
    ("31 أوت 2021", "2021-08-31"),
    ("3 جويلية 2021", "2021-07-03"),
    ("30 يوليوز 2021", "2021-07-30"),
    ("1 غشت 2021", "2021-08-01"),
    ("4 دجنبر 2021", "2021-12-04"),
    ("12 فيفري 2021", "2021-02-12"),
    ("9 أفريل 2021", "2021-04-09"),
    ("17 تشرين الأول 2019", "2019-10-17"),
    ("17 تشرين الثاني 2019", "2019-11-17"),
    ("25 كانون الأول 2021", "2021-12-25"),
    ("7 نيسان 2018", "2018-04-07"),
    ("4 آب 2020", "2020-08-04"),
    ("18 جمادى الآخرة 1443 هـ", DAY),
    ("18 جمادى الثانية 1443هـ", DAY),
    ("الجمعة 18 جمادى الآخرة 1443 هـ الموافق 21 يناير 2022 م", DAY),
    ("21 يناير 2022 م - 18 جمادى الآخرة 1443 هـ", DAY),
    ("5 رمضان 1443 هـ", "2022-04-06"),
    ("1443/6/18", DAY),
    ("18/06/1443هـ", DAY),
    ("21/1/2022", DAY),
    ("21-01-2022", DAY),
    ("21.01.2022", DAY),
    ("21 / 01 / 2022", DAY),
    ("٢١/٠١/٢٠٢٢", DAY),
    ("01/21/2022", DAY),
    ("2022/01/21", DAY),
    ("2022-1-21 10:30", DAY),
    ("Friday, January 21st, 2022", DAY),
    ("21 Jan 2022", DAY),
    ("21 janvier 2022", DAY),
    ("منذ 3 ساعات", None),
    ("أمس", None),
    ("21 يناير", None),
    ("يناير 2022", None),
    ("© 2022", None),
    ("30 شباط 2022", None),
    ("35/13/2022", None),
    ("21 يناير/شباط 2022", None),
    ("192.168.10.2022", None),
    ("رقم الهاتف 0212022", None),
    ("الآب 2022", None),
    ("قانون 21 لعام 2022", None),
]


@pytest.mark.parametrize(("text", "day"), WORDS)
def test_days_in_words(text: str, day: str | None) -> None:
    found = day_of(text)
    assert (found and found.isoformat()) == day


def test_days_stand_where_the_text_has_them() -> None:
    text = "نُشر في ٢١ كـانون الثاني ٢٠٢٢، وعُدّل 22/1/2022"
    assert [text[one.start : one.end] for one in days_in(text)] == ["٢١ كـانون الثاني ٢٠٢٢", "22/1/2022"]


@pytest.mark.parametrize(
    ("written", "day", "utc"),
    [
        ("2022-01-21T23:30:00Z", DAY, True),
        ("2022-01-21T23:30:00+00:00", DAY, True),
        ("2022-01-21T23:30:00+03:00", DAY, False),
        ("2022-01-21 23:30:00", DAY, False),
        ("2022-01-21", DAY, False),
        ("Fri, 21 Jan 2022 23:30:00 GMT", DAY, True),
        ("Fri, 21 Jan 2022 23:30:00 +0300", DAY, False),
        ("20220121", DAY, False),
        ("20220121T103000Z", DAY, False),
        ("1642757400", DAY, True),
        ("1642757400000", DAY, True),
        ("21 كانون الثاني 2022", DAY, False),
        ("0001-01-01T00:00:00Z", None, False),
        ("1970-01-01T00:00:00Z", None, False),
        ("soon", None, False),
        ("", None, False),
    ],
)
def test_stamps_for_machines(written: str, day: str | None, utc: bool) -> None:
    found = read_stamp(written)
    assert (found and (found.day.isoformat(), found.utc)) == (day and (day, utc))


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def ld(fields: str, kind: str = "NewsArticle") -> str:
    return f'<script type="application/ld+json">{{"@type":"{kind}",{fields}}}</script>'


UPDATED = "<span>آخر تحديث: 25 كانون الثاني 2022</span>"

# (what it is, the page, the day, where it was found)
LAYOUTS: list[tuple[str, str, str | None, str]] = [
    # metadata
    ("article:published_time", page(head=meta("article:published_time", "2022-01-21T09:00:00+03:00")), DAY, "meta"),
    ("JSON-LD", page(head=ld('"datePublished":"2022-01-21T09:00:00+03:00"')), DAY, "JSON-LD"),
    ("JSON-LD in a graph", agency(), DAY, "JSON-LD"),
    ("JSON-LD with the day in words", page(head=ld('"datePublished":"21 كانون الثاني 2022"')), DAY, "JSON-LD"),
    ("JSON-LD of a list of other stories", page("", head=ld('"itemListElement":[{"@type":"NewsArticle","datePublished":"2020-03-05"}]', "ItemList"), below="<div>21 كانون الثاني 2022</div>"), DAY, "words"),
    ("broken JSON-LD", page(head='<script type="application/ld+json">{"@type":</script>', below="<div>21 كانون الثاني 2022</div>"), DAY, "words"),
    ("JSON-LD too deep", page(head=f'<script type="application/ld+json">{"[" * 100_000}</script>', below="<div>21 كانون الثاني 2022</div>"), DAY, "words"),
    ("meta before JSON-LD", page(head=meta("article:published_time", "2022-01-21") + ld('"datePublished":"2022-01-22"')), DAY, "meta"),
    ("JSON-LD before a bare name", page(head=meta("date", "2022-01-22") + ld('"datePublished":"2022-01-21"')), DAY, "JSON-LD"),
    ("an old name", page(head='<meta name="DC.date.issued" content="2022-01-21">'), DAY, "meta"),
    ("meta in words", page(head='<meta name="publish-date" content="الجمعة 21 كانون الثاني 2022">'), DAY, "meta"),
    ("microdata", page(below='<meta itemprop="datePublished" content="2022-01-21T10:00">'), DAY, "meta"),
    ("only the change in metadata", page(head=meta("article:modified_time", "2022-01-25"), below="<p>21 كانون الثاني 2022</p>"), DAY, "words"),
    ("the zero of a clock", page(head=meta("article:published_time", "1970-01-01T00:00:00Z"), below="<p>21 كانون الثاني 2022</p>"), DAY, "words"),
    ("a day still to come", page(head=meta("article:published_time", "2032-01-21"), below="<p>21 كانون الثاني 2022</p>"), DAY, "words"),
    ("metadata that cannot be read", page(head=meta("article:published_time", "اليوم"), below="<p>21 كانون الثاني 2022</p>"), DAY, "words"),
    ("Greenwich has another day", page(head=meta("article:published_time", "2022-01-20T22:30:00Z"), below="<p>21 كانون الثاني 2022</p>"), DAY, "words"),
    ("Greenwich, and no other day shown", page(head=meta("article:published_time", "2022-01-21T22:30:00Z")), DAY, "meta"),
    ("metadata and words differ", page(head=meta("article:published_time", "2022-01-21"), below="<p>12 كانون الثاني 2022</p>"), DAY, "meta"),
    # stamps
    ("time", page(below='<time datetime="2022-01-21T10:00:00+03:00">قبل عام</time>'), DAY, "time"),
    ("time in other stories", page(below='<time datetime="2022-01-21">قبل عام</time>', aside='<time datetime="2020-03-09">x</time>'), DAY, "time"),
    ("time of the change beside it", page(below='<time class="updated" datetime="2022-01-25">x</time><time class="published" datetime="2022-01-21">y</time>'), DAY, "time"),
    ("time of the change, told in words", page(below='<div>آخر تحديث <time datetime="2022-01-25">x</time></div><div>نشر <time datetime="2022-01-21">y</time></div>'), DAY, "time"),
    ("time only in the sidebar", page(aside='<time datetime="2020-03-09">x</time>'), None, ""),
    ("time in the masthead", page(masthead='<time datetime="2023-02-01">x</time>', below="<p>21 كانون الثاني 2022</p>"), DAY, "words"),
    ("abbr", page(below='<abbr class="published" title="2022-01-21T10:00:00+03:00">الجمعة</abbr>'), DAY, "time"),
    ("itemprop on a span", page(below='<span itemprop="datePublished" content="2022-01-21">الجمعة</span>'), DAY, "time"),
    # words by the headline
    ("below the headline", page(below="<div>21 كانون الثاني 2022</div>"), DAY, "words"),
    ("above the headline", page("<div>21 كانون الثاني 2022</div>"), DAY, "words"),
    ("with weekday and hour", page(below="<div>الجمعة، 21 يناير 2022 - 10:30 ص</div>"), DAY, "words"),
    ("labelled", page(below="<div>نُشر في 21 كانون الثاني 2022 الساعة 10:30</div>"), DAY, "words"),
    ("label and day in lines of their own", page(below="<dl><dt>تاريخ النشر:</dt><dd>21 كانون الثاني 2022</dd></dl>"), DAY, "words"),
    ("label of the change in a line of its own", page(below="<dl><dt>آخر تحديث</dt><dd>25 كانون الثاني 2022</dd><dt>تاريخ النشر</dt><dd>21 كانون الثاني 2022</dd></dl>"), DAY, "words"),
    ("in pieces", page(below="<div class='date'><span>21</span> <span>كانون الثاني</span> <span>2022</span></div>"), DAY, "words"),
    ("with place and agency", page(below="<div>عين التينة - وكالة السهل - 21 كانون الثاني 2022</div>"), DAY, "words"),
    ("with the author", page(below="<div>ليلى حداد | 21 كانون الثاني 2022 | 10:30</div>"), DAY, "words"),
    ("Eastern digits", page(below="<div>الجمعة ٢١ يناير ٢٠٢٢</div>"), DAY, "words"),
    ("two names of the month", page(below="<div>21 كانون الثاني/يناير 2022</div>"), DAY, "words"),
    ("the Maghreb", page(below="<div>الجمعة 21 جانفي 2022</div>"), DAY, "words"),
    ("Hijri beside Gregorian", page(below="<div>الجمعة 18 جمادى الآخرة 1443 هـ - 21 يناير 2022م</div>"), DAY, "words"),
    ("Gregorian beside Hijri", page(below="<div>21 يناير 2022 الموافق 18 جمادى الآخرة 1443</div>"), DAY, "words"),
    ("Hijri in a line of its own", page(below="<div>18 جمادى الآخرة 1443 هـ</div><div>21 يناير 2022</div>"), DAY, "words"),
    ("Hijri alone", page(below="<div>الجمعة 18 جمادى الآخرة 1443 هـ</div>"), DAY, "words"),
    ("numbers", page(below="<div>21/01/2022 10:30</div>"), DAY, "words"),
    ("month before day, and an author", blog(), DAY, "words"),
    ("in tables", tables_of_2005(), DAY, "words"),
    ("English", page(below="<div>Published on Friday, January 21, 2022</div>"), DAY, "words"),
    ("at the end, labelled", page(end="<div>تاريخ النشر: 21/1/2022</div>"), DAY, "words"),
    ("a dateline", page("", headline=f"<h1>{HEADLINE}</h1><p>دمشق، 21 كانون الثاني 2022 – {PARAGRAPHS[0]}</p>"), DAY, "words"),
    ("no heading at all", page("<div>21 كانون الثاني 2022</div>", headline=""), DAY, "words"),
    # days that are not of publication
    ("the change before it", page(below=f"<div>{UPDATED}</div><div>نشر: 21 كانون الثاني 2022</div>"), DAY, "words"),
    ("the change in the same line", page(below="<div>نُشر: 21 كانون الثاني 2022 | آخر تحديث: 25 كانون الثاني 2022</div>"), DAY, "words"),
    ("the change first in the same line", page(below="<div>تم التحديث 25 كانون الثاني 2022 - نشر 21 كانون الثاني 2022</div>"), DAY, "words"),
    ("only the change", page(below=f"<div>{UPDATED}</div>"), "2022-01-25", "update"),
    ("today in the masthead", page(masthead="<div>الأربعاء 1 شباط 2022</div>", below="<div>21 كانون الثاني 2022</div>"), DAY, "words"),
    ("today in a bar", page("<div class='current-date'>الأربعاء 2 شباط 2022</div>", below="<div>21 كانون الثاني 2022</div>"), DAY, "words"),
    ("only today in the masthead", page(masthead="<div>الأربعاء 2 شباط 2022</div>"), None, ""),
    ("only other stories", page(), None, ""),
    ("copyright with a whole day", page(below="<div>© صحيفة العين 21 كانون الثاني 2022</div>"), None, ""),
    ("a day in the headline", page(headline="<h1>حصيلة هجوم 20 كانون الثاني 2022 على السجن</h1>", below="<div>21 كانون الثاني 2022</div>", title="حصيلة هجوم 20 كانون الثاني 2022 على السجن"), DAY, "words"),
    ("only a day in the headline", page(headline="<h1>حصيلة هجوم 20 كانون الثاني 2022 على السجن</h1>", title="حصيلة هجوم 20 كانون الثاني 2022 على السجن"), None, ""),
    ("a day in a heading below", page(below="<h2>ماذا حدث في 20 كانون الثاني 2022؟</h2>"), None, ""),
    ("a day that is told", page(below="<p>حصيلة القصف الذي وقع على القرية في 20 كانون الثاني 2022</p>"), None, ""),
    ("a day told in the text", page("", headline=f"<h1>{HEADLINE}</h1><p>في 20 كانون الثاني 2022 {PARAGRAPHS[0]}</p>"), None, ""),
    ("a day told after a word that is also a label", page(below="<p>عن السجن الذي حرر في 20 كانون الثاني 2022</p>"), None, ""),
    ("a day told and the right one", page(below="<p>حصيلة القصف الذي وقع في 20 كانون الثاني 2022</p><span class='date'>21 كانون الثاني 2022</span>"), DAY, "words"),
    ("comments with days", page(below="<div>21 كانون الثاني 2022</div>", end="<div class='comments'><p>نشر في 23 كانون الثاني 2022</p></div>"), DAY, "words"),
    ("read also with a day", page(below="<div>21 كانون الثاني 2022</div>", end="<div class='read-also'>تاريخ النشر: 3/3/2020</div>"), DAY, "words"),
    ("a day still to come, in words", page(below="<div>21 كانون الثاني 2032</div>"), None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("written", "day", "basis"), [row[1:] for row in LAYOUTS], ids=[row[0] for row in LAYOUTS])
def test_which_day_of_a_page_is_that_of_publication(written: str, day: str | None, basis: str) -> None:
    found = read_html(written.encode(), name="a", latest=date(2022, 2, 2))
    assert found.published == day
    told = " ".join(found.warnings)
    assert ("only when it was last changed" in told) == (basis == "update")
    assert ("does not tell on which day" in told) == (day is None)


def test_there_are_many_layouts() -> None:
    assert len(LAYOUTS) >= 60


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2022/01/21/story", DAY),
        ("https://a.example/news/2022-1-21/story", DAY),
        ("https://a.example/story-20220121", DAY),
        ("https://a.example/2022/01/story", None),
        ("https://a.example/1998/13/41/x", None),
        ("https://a.example/id/20229921", None),
        ("https://a.example/12345678", None),
    ],
)
def test_the_address_is_the_last_resort(url: str, day: str | None) -> None:
    found = read_html(page().encode(), name="a", latest=date(2022, 2, 2), url=url)
    assert found.published == day
    assert ("only told by the page's address" in " ".join(found.warnings)) == (day is not None)
    shown = read_html(page(below="<div>12 كانون الثاني 2022</div>").encode(), name="a", latest=date(2022, 2, 2), url=url)
    assert shown.published == "2022-01-12"


def test_days_that_differ_are_told() -> None:
    written = page(head=meta("article:published_time", "2022-01-21"), below="<p>12 كانون الثاني 2022</p>")
    found = read_html(written.encode(), name="a", latest=date(2022, 2, 2))
    assert found.warnings == ["the page shows the day 2022-01-12, its article:published_time says 2022-01-21, which was taken"]
