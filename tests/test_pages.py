"""Web pages become reports: the body alone, headline, outlet, address, author; broken, hostile and wrongly declared pages."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from ingesting import error, one, written
from pages import HEADLINE, LAYOUTS, MENU, PARAGRAPHS, TOOLS, agency, blog, page, tables_of_2005

from sijill.errors import InputError
from sijill.ingest import html as pages
from sijill.ingest.acquired import Content
from sijill.ingest.html import fragment_text, read_html


def read(text: str | bytes, **options: str) -> Content:
    data = text.encode() if isinstance(text, str) else text
    return read_html(data, name="a.html", latest=date(2022, 2, 2), **options)  # type: ignore[arg-type]


NOT_OF_THE_REPORT = ["فيسبوك", "واتساب", "رياضة", "الخبز", "الزهور", "ذات صلة", "الأكثر قراءة", "رحمهم", "محفوظة", "تأسست", "var today"]


@pytest.mark.parametrize("make", LAYOUTS.values(), ids=LAYOUTS)
def test_the_body_is_the_report_and_nothing_else(make: object) -> None:
    found = read(make())  # type: ignore[operator]
    for paragraph in PARAGRAPHS:
        assert paragraph in found.text
    for words in NOT_OF_THE_REPORT:
        assert words not in found.text
    assert found.title == HEADLINE
    assert HEADLINE not in found.text.split("\n")[0]


def test_paragraphs_are_lines() -> None:
    assert [line for line in read(page()).text.split("\n") if line] == PARAGRAPHS


@pytest.mark.parametrize("make", LAYOUTS.values(), ids=LAYOUTS)
def test_without_the_library_the_plainer_finder_stands_in(make: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_found_by_library", lambda *_, **__: "")
    found = read(make())  # type: ignore[operator]
    assert all(paragraph in found.text for paragraph in PARAGRAPHS)
    assert not any(words in found.text for words in NOT_OF_THE_REPORT)


def test_whom_and_what_a_page_is_of() -> None:
    news = read(agency(), url="https://www.agency.example/news/12345?from=feed")
    assert (news.outlet, news.url, news.byline) == ("وكالة السهل", "https://www.agency.example/news/12345", "سمير ناصر")
    post = read(blog())
    assert (post.title, post.outlet, post.byline, post.url) == (HEADLINE, "مدونة الوادي", "هدى سالم", None)
    plain = read(page(), url="https://www.alain.example/a/1")
    assert (plain.outlet, plain.url, plain.byline) == (None, "https://www.alain.example/a/1", None)


def test_the_host_stands_in_for_the_name_of_the_paper(tmp_path: Path) -> None:
    file = written(tmp_path / "a.html", page(head='<link rel="canonical" href="https://www.alain.example/a/1">'))
    assert one(file).report.outlet == "alain.example"
    assert one(file, outlet="صحيفة العين").report.outlet == "صحيفة العين"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("بقلم: ليلى حداد", "ليلى حداد"),
        ("بقلم ليلى حداد", "ليلى حداد"),
        ("كتب: سمير عبد الله ناصر", "سمير عبد الله ناصر"),
        ("كتبت/ هدى سالم", "هدى سالم"),
        ("إعداد: سمير ناصر - عين التينة", "سمير ناصر"),
        ("تقرير: هدى سالم | 21 كانون الثاني 2022", "هدى سالم"),
        ("By Layla Haddad", "Layla Haddad"),
        ("كتب أحدهم على الجدار كلمات", None),
        ("تقرير أممي يتحدث عن الحصيلة", None),
        ("بقلم: وكالات", None),
        ("كتب: المحرر", None),
        ("بقلم: admin", None),
        ("عين التينة - وكالة السهل", None),
    ],
)
def test_who_wrote_it(line: str, name: str | None) -> None:
    assert read(page(below=f"<div>{line}</div>")).byline == name


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<meta name="author" content="ليلى حداد">', "ليلى حداد"),
        ('<meta name="author" content="admin">', None),
        ('<meta name="author" content="https://example.org/a">', None),
        ('<meta property="og:site_name" content="صحيفة العين"><meta name="author" content="صحيفة العين">', None),
        ('<script type="application/ld+json">{"@type":["NewsArticle"],"author":[{"name":"هدى"},{"name":"سمير"}]}</script>', "هدى, سمير"),
    ],
)
def test_who_wrote_it_by_metadata(head: str, name: str | None) -> None:
    assert read(page(head=head)).byline == name
    assert read(page(head=head, below="<div>بقلم: سلمى نجار</div>")).byline == "سلمى نجار"


@pytest.mark.parametrize(
    ("title", "head", "kept"),
    [
        (f"{HEADLINE} - صحيفة العين", "", HEADLINE),
        (f"صحيفة العين | {HEADLINE}", "", HEADLINE),
        ("صحيفة العين", "", HEADLINE),
        (
            "x",
            f'<meta property="og:title" content="{HEADLINE} | صحيفة العين"><meta property="og:site_name" content="صحيفة العين">',
            HEADLINE,
        ),
        ("x", '<meta property="og:title" content="القصف - ماذا نعرف">', "القصف - ماذا نعرف"),
    ],
)
def test_headlines_are_kept_without_the_name_of_the_paper(title: str, head: str, kept: str) -> None:
    assert read(page(title=title, head=head)).title == kept


@pytest.mark.parametrize(
    ("canonical", "url", "kept", "warned"),
    [
        ("https://alain.example/a/1", "https://www.alain.example/a/1?x=2", "https://alain.example/a/1", False),
        ("/a/1", "https://alain.example/b", "https://alain.example/a/1", False),
        ("https://alain.example/", "https://alain.example/a/1", "https://alain.example/a/1", False),
        ("https://elsewhere.example/a/1", "https://alain.example/a/1", "https://alain.example/a/1", True),
        ("javascript:alert(1)", "https://alain.example/a/1", "https://alain.example/a/1", False),
        ("http://[", "https://alain.example/a/1", "https://alain.example/a/1", False),
    ],
)
def test_the_address_of_a_page(canonical: str, url: str, kept: str, warned: bool) -> None:
    found = read(page(head=f'<link rel="canonical" href="{canonical}">'), url=url)
    assert found.url == kept
    assert any("another site" in warning for warning in found.warnings) == warned


def test_a_page_that_a_browser_saved(tmp_path: Path) -> None:
    saved = page(below="<div>21 كانون الثاني 2022</div>").replace(
        "<html", "<!-- saved from url=(0028)https://alain.example/news/1 -->\n<html", 1
    )
    item = one(written(tmp_path / "a.htm", saved))
    assert (item.report.url, item.report.outlet, item.report.published) == ("https://alain.example/news/1", "alain.example", "2022-01-21")
    assert (item.original.media_type, item.original.charset, item.original.data) == ("text/html", "utf-8", saved.encode())


def test_only_text_comes_out() -> None:
    found = read(
        page(end="<script>alert('x')</script><p onclick='x()'>وأضاف المسعف أن <img src=x onerror=alert(1)>النقل استغرق ساعتين.</p>")
    )
    assert "alert" not in found.text
    assert "<" not in found.text


def test_text_in_json_ld_where_the_page_has_none() -> None:
    text = " ".join(PARAGRAPHS)
    script = f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{text}"}}</script>'
    assert read(f"<html><head>{script}</head><body><div id=root></div></body></html>").text == text


# --- encodings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("charset", "header", "warned"),
    [
        ("cp1256", None, False),
        ("cp1256", "windows-1256", False),
        ("cp1256", "utf-8", False),  # the page itself says what it is
        ("cp1256", "iso-8859-1", True),
        ("utf-8", None, True),  # the page says windows-1256
        ("utf-8", "utf-8", False),
        ("utf-8-sig", "iso-8859-1", False),
        ("utf-16", None, False),
    ],
)
def test_what_is_said_of_the_encoding_is_tried(charset: str, header: str | None, warned: bool) -> None:
    text = tables_of_2005().replace("ُ", "").replace("ً", "")
    found = read(text.encode(charset), **({"charset": header} if header else {}))
    assert PARAGRAPHS[1] in found.text
    assert any("says" in warning for warning in found.warnings) == warned


def test_an_encoding_that_the_caller_names() -> None:
    data = "<html><p>قتل ثلاثة مدنيين في قصف على قرية صغيرة</p></html>".encode("iso-8859-6")
    assert "قتل ثلاثة" in read(data, encoding="iso-8859-6").text


def test_a_few_broken_bytes_spoil_nothing() -> None:
    data = page().encode().replace("المدرسة".encode(), b"\xd8\xff" + "مدرسة".encode())
    found = read(data)
    assert "\ufffd" in found.text
    assert any("could not be decoded" in warning for warning in found.warnings)


# --- bad input -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"<html><body><nav>{MENU}</nav>{TOOLS}</body></html>", "menus and links"),
        ("<html><head><script src='app.js'></script></head><body><div id='root'></div></body></html>", "built by scripts"),
        ("<html></html>", ""),
        ("<!DOCTYPE html>", ""),
    ],
)
def test_a_page_without_a_report(tmp_path: Path, text: str, says: str) -> None:
    assert says in error(written(tmp_path / "a.html", text))


def test_a_page_of_50_mb_is_refused_at_once(tmp_path: Path) -> None:
    file = written(tmp_path / "a.html", "<html><body>" + f"<p>{PARAGRAPHS[0]}</p>" * 210_000 + "</body></html>")
    assert file.stat().st_size > 50_000_000
    start = time.process_time()
    assert "larger than 20 MB" in error(file)
    assert time.process_time() - start < 2


BIG = {
    "paragraphs": lambda: f"<p>{PARAGRAPHS[0]}</p>" * 60_000,
    "elements": lambda: "<b><i>ق</i></b>" * 1_000_000,
    "links": lambda: "<li><a href='/a'>خبر من الأخبار</a></li>" * 300_000,
    "one line": lambda: "قصف على القرية " * 700_000,
    "dates": lambda: "<p>21 كانون الثاني 2022</p>" * 100_000,
    "dates in one line": lambda: "21 كانون الثاني 2022 " * 400_000,
    "attributes": lambda: "<p " + " ".join(f"a{n}='x'" for n in range(600_000)) + ">نص</p>",
    "attributes without quotes": lambda: "<p " + " ".join(f"a{n}=x" for n in range(600_000)) + ">نص</p>",
    "a picture inside": lambda: f"<p>{PARAGRAPHS[0]}</p><img src='data:image/png;base64,{'A' * 15_000_000}'>",
    "a script": lambda: f"<p>{PARAGRAPHS[0]}</p><script>{'var a = 1;' * 1_500_000}</script>",
    "open tags": lambda: "<" * 10_000_000,
    "ampersands": lambda: "&" * 5_000_000,
    "unclosed": lambda: "<p><b>قصف على القرية" * 300_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("make", BIG.values(), ids=BIG)
def test_large_pages_are_read_or_refused_quickly(tmp_path: Path, make: object) -> None:
    file = written(tmp_path / "a.html", f"<html><body><h1>{HEADLINE}</h1>{make()}</body></html>")  # type: ignore[operator]
    start = time.process_time()
    list(pages_of(file))
    assert time.process_time() - start < 20


def pages_of(file: Path) -> list[object]:
    from ingesting import found

    return list(found(file))


@pytest.mark.parametrize("depth", [300, 1500, 5000, 100_000])
@pytest.mark.parametrize("tag", ["div", "b", "table", "ul", "font", "blockquote"])
def test_deep_pages(tmp_path: Path, depth: int, tag: str) -> None:
    file = written(tmp_path / "a.html", "<html><body>" + f"<{tag}>" * depth + f"<p>{PARAGRAPHS[0]}</p>" + f"</{tag}>" * depth)
    start = time.process_time()
    (item,) = pages_of(file)
    if depth == 300:
        assert PARAGRAPHS[0] in item.report.text  # type: ignore[attr-defined]
    assert time.process_time() - start < 10


def test_odd_characters() -> None:
    assert read(f"<html><p>\0{PARAGRAPHS[0]}&#0;&#xD800;&nbsp;\x0c</p></html>").text.isprintable()


# --- pieces ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("قُتل مدني", "قُتل مدني"),
        ("  قُتل\r\n\r\n  مدني ", "قُتل\nمدني"),
        ("<p>قُتل</p><p>مدني</p>", "قُتل\nمدني"),
        ("قُتل<br/>مدني", "قُتل\nمدني"),
        ("قُتل &amp; جُرح&nbsp;مدني", "قُتل & جُرح مدني"),
        ("<script>alert(1)</script><p>قُتل</p><style>p{}</style>", "قُتل"),
        ("<p>قُتل <a href='x'>مدني</a>، وجُرح <b>آخر</b>.</p>", "قُتل مدني، وجُرح آخر."),
        ("<ul><li>أولاً</li><li>ثانياً</li></ul>", "أولاً\nثانياً"),
        ("", ""),
        ("<p></p>", ""),
    ],
)
def test_pieces_of_html(written: str, text: str) -> None:
    assert fragment_text(written, name="a") == text


def test_a_piece_that_is_too_deep() -> None:
    with pytest.raises(InputError):
        fragment_text("<div><blockquote>" * 1500 + "قُتل", name="a")
