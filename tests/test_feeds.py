"""Feeds: every make of them, their pages and their own words, and feeds that are broken or mean harm."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from ingesting import TEXT, error, found, one, written
from pages import HEADLINE, PARAGRAPHS, page
from serving import Server, fetcher

from sijill.ingest.acquired import Acquired, Failed

RSS = (
    "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' "
    "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>صحيفة العين</title><link>https://alain.example/</link>"
    "<image><title>شعار</title></image>{}</channel></rss>"
)
ITEM = (
    f"<item><title>{HEADLINE}</title><link>https://alain.example/1</link><guid isPermaLink='false'>1</guid>"
    f"<pubDate>Fri, 21 Jan 2022 10:30:00 +0300</pubDate><dc:creator>ليلى حداد</dc:creator><description>{TEXT}</description></item>"
)
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='ar'><title>صحيفة العين</title><link rel='self' href='https://alain.example/feed'/>{}</feed>"
ENTRY = (
    f"<entry><title type='html'>{HEADLINE}</title><link rel='edit' href='https://alain.example/x'/><link href='https://alain.example/1'/>"
    "<id>tag:alain.example,2022:1</id><updated>2022-01-25T10:00:00Z</updated><published>2022-01-21T10:30:00+03:00</published>"
    f"<author><name>ليلى حداد</name></author>{{}}</entry>"
)
RDF = (
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
    "<channel rdf:about='x'><title>صحيفة العين</title></channel>"
    f"<item rdf:about='https://alain.example/1'><title>{HEADLINE}</title><link>https://alain.example/1</link>"
    f"<dc:date>2022-01-21T10:30:00+03:00</dc:date><dc:creator>ليلى حداد</dc:creator><description>{TEXT}</description></item></rdf:RDF>"
)

MAKES = {
    "RSS 2": RSS.format(ITEM),
    "RSS 2, days in words": RSS.format(ITEM.replace("Fri, 21 Jan 2022 10:30:00 +0300", "الجمعة 21 كانون الثاني 2022")),
    "RSS 1": RDF,
    "Atom, text": ATOM.format(ENTRY.format(f"<summary>{TEXT}</summary>")),
    "Atom, HTML": ATOM.format(ENTRY.format(f"<content type='html'>&lt;p&gt;{TEXT}&lt;/p&gt;</content>")),
    "Atom, XHTML": ATOM.format(
        ENTRY.format(f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{TEXT}</p></div></content>")
    ),
}


@pytest.mark.parametrize("feed", MAKES.values(), ids=MAKES)
def test_the_words_of_a_feed_itself(tmp_path: Path, feed: str) -> None:
    item = one(written(tmp_path / "feed.xml", feed))
    report = item.report
    assert (report.text, report.title, report.outlet, report.published) == (TEXT, HEADLINE, "صحيفة العين", "2022-01-21")
    assert (report.url, item.byline) == ("https://alain.example/1", "ليلى حداد")
    assert (item.original.how, item.original.location) == ("feed", f"{tmp_path / 'feed.xml'}#1")
    assert HEADLINE.encode() in item.original.data
    assert item.warnings == ["the text is what the feed holds of it, not its page"]


def test_the_fullest_text_is_taken_without_markup(tmp_path: Path) -> None:
    whole = "".join(f"<p onclick='x()'>{p}</p>" for p in PARAGRAPHS)
    item = ITEM.replace("</item>", f"<content:encoded><![CDATA[<script>alert(1)</script>{whole}]]></content:encoded></item>")
    assert one(written(tmp_path / "feed.rss", RSS.format(item))).report.text == "\n".join(PARAGRAPHS)


def test_pages_are_fetched_where_there_is_a_fetcher(server: Server) -> None:
    first = server.at("/1", page(below="<div>12 كانون الثاني 2022</div>"), content_type="text/html")
    second = server.at("/2", f"<html><p>{TEXT}</p></html>", content_type="text/html")
    gone = server.url + "/3"
    links = [first, second, second, gone]
    feed = RSS.format("".join(ITEM.replace("https://alain.example/1", link) for link in links))
    url = server.at("/feed", feed, content_type="application/rss+xml")
    one_, two, three = found(url, fetcher=fetcher())
    assert isinstance(one_, Acquired)
    assert isinstance(two, Acquired)
    assert isinstance(three, Failed)
    assert PARAGRAPHS[0] in one_.report.text
    assert (one_.report.published, one_.original.how) == ("2022-01-12", "fetched")
    assert (two.report.title, two.report.published, two.byline) == (HEADLINE, "2022-01-21", "ليلى حداد")
    assert "404" in three.error
    assert [path for path, _ in server.asked] == ["/feed", "/1", "/2", "/3"]


def test_a_fetcher_may_leave_pages_alone(server: Server) -> None:
    url = server.at("/feed", RSS.format(ITEM), content_type="text/html")
    item = one(url, fetcher=fetcher(), follow=False)
    assert (item.report.text, item.original.location) == (TEXT, f"{url}#1")
    assert len(server.asked) == 1


def test_links_are_relative_to_the_feed(server: Server) -> None:
    server.at("/news/1", page())
    url = server.at("/news/feed", RSS.format(ITEM.replace("https://alain.example/1", "1")))
    assert one(url, fetcher=fetcher()).report.url == f"{server.url}/news/1"


def test_a_feed_that_leads_to_a_feed_ends(server: Server) -> None:
    url = server.url + "/feed"
    server.at("/feed", RSS.format(ITEM.replace("https://alain.example/1", url)))
    assert len(found(url, fetcher=fetcher())) == 1
    assert len(server.asked) == 2


def test_a_feed_that_redirects_for_ever(server: Server) -> None:
    server.at("/a", status=302, location="/b")
    server.at("/b", status=302, location="/a")
    assert "in a circle" in error(server.url + "/a", fetcher=fetcher())
    server.answers["/c"] = lambda handler: server.answers["/x"](handler)
    count = iter(range(1000))

    def onward(handler: object) -> None:
        from serving import answer

        answer(302, location=f"/c?{next(count)}")(handler)  # type: ignore[arg-type]

    server.answers["/x"] = onward
    assert "more than 5 times" in error(server.url + "/c", fetcher=fetcher())


# --- broken feeds ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "feed",
    [
        RSS.format(ITEM.replace("قُتل", "قُتل &nbsp;&laquo;أمس&raquo; &unknown; & ")),
        RSS.format(ITEM)[:-30],
        RSS.format(ITEM + "<item><title>نص"),
        RSS.replace("utf-8", "windows-1256").format(ITEM),
        "\n  " + RSS.format(ITEM),
        RSS.format(ITEM.replace("</description>", "<br></description>")),
    ],
    ids=["entities", "cut", "cut in an item", "wrong encoding", "white space first", "open tag"],
)
def test_feeds_that_are_not_quite_xml(tmp_path: Path, feed: str) -> None:
    first = found(written(tmp_path / "feed.xml", feed))[0]
    assert isinstance(first, Acquired), first
    assert first.report.text.startswith("قُتل")
    assert "&laquo;" not in first.report.text


def test_a_feed_in_an_old_code_page(tmp_path: Path) -> None:
    data = RSS.replace("utf-8", "windows-1256").format(ITEM).replace("ُ", "").encode("cp1256")
    assert one(written(tmp_path / "feed.xml", data)).report.title == HEADLINE


@pytest.mark.parametrize(
    ("feed", "says"),
    [
        (RSS.format(""), "without items"),
        ("<rss>", "without items"),
        (RSS.format("<item><title>قصف</title></item>"), "holds no text of its own"),
        (f"<!DOCTYPE rss [<!ENTITY a 'ق'><!ENTITY b '{'&a;' * 10}'>]><rss>{ITEM.replace(TEXT, '&b;')}</rss>", "entities"),
        (f"<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss>{ITEM.replace(TEXT, '&a;')}</rss>", "entities"),
        ("<?xml version='1.0'?><opml><body/></opml>", "XML"),
    ],
    ids=["empty", "nothing", "no text", "bomb", "file", "another"],
)  # fmt: skip
def test_bad_feeds(tmp_path: Path, feed: str, says: str) -> None:
    assert says in error(written(tmp_path / "feed.xml", feed))


@pytest.mark.parametrize(
    "inner",
    [
        "<a>" * 100_000,
        "<item><description>" + "&lt;b&gt;" * 200_000,
        ITEM * 9000,
        "<item>" * 20_000,
        "<![CDATA[" * 100_000,
        "&amp;" * 500_000,
    ],
    ids=["deep", "deep inside", "many items", "items in items", "cdata", "ampersands"],
)
def test_odd_feeds_end_quickly(tmp_path: Path, inner: str) -> None:
    start = time.process_time()
    found(written(tmp_path / "feed.xml", RSS.format(inner)))
    assert time.process_time() - start < 20


def test_text_that_breaks_off_is_told(tmp_path: Path) -> None:
    item = one(written(tmp_path / "feed.xml", RSS.format(ITEM.replace("</description>", " [...]</description>"))))
    assert "breaks off" in item.warnings[-1]
