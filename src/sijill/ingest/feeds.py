"""Feeds (RSS of every version, Atom) give items: what each says of its page, and the text that it holds itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any, NamedTuple
from urllib.parse import urljoin

import msgspec

from sijill.errors import InputError
from sijill.ingest.acquired import Content
from sijill.ingest.charset import Said, decode_loosely
from sijill.ingest.html import fragment_text
from sijill.ingest.page_dates import read_stamp
from sijill.ingest.xml import local_name, parse_xml

__all__ = ["FeedItem", "feed_items"]

MAX_ITEMS = 10_000

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_DECLARED = re.compile(rb"^[\s\xef\xbb\xbf]*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
_TEXTS = ("encoded", "content", "description", "summary")
_DAYS = ("pubdate", "published", "issued", "date", "created", "updated", "modified")
_BROKEN_OFF = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")


class FeedItem(NamedTuple):
    """An item of a feed: its number, its own bytes, the address of its page, and what it holds; its text may be empty."""

    number: int
    data: bytes
    url: str | None
    content: Content


def feed_items(data: bytes, *, name: str, charset: str | None = None, base: str | None = None) -> Iterator[FeedItem]:
    """The items of a feed in its order. `charset` is what a server says, `base` the address that links are relative to.

    The bytes of an item are its element, written anew as XML in UTF-8. Raises `InputError` for what is no feed.

    >>> rss = "<rss><channel><title>صحيفة</title><item><title>قصف</title><description>قُتل مدني</description></item></channel></rss>"
    >>> [(item.content.title, item.content.text, item.content.outlet) for item in feed_items(rss.encode(), name="a.xml")]
    [('قصف', 'قُتل مدني', 'صحيفة')]
    """
    from lxml import etree

    declared = _DECLARED.search(data[:300])
    said = [Said("the header", charset)] if charset else []
    said += [Said("the feed", declared[1].decode("ascii"))] if declared else []
    decoded = decode_loosely(data, name=name, said=said)
    text = _DECLARATION.sub("", decoded.text.replace("\0", ""))
    # Names of HTML mean nothing in XML, and feeds use them all the same.
    text = _NAMED.sub(lambda m: html5.get(f"{m[1]};", m[0]) if f"{m[1]};" in html5 else f"&amp;{m[1]};", text)
    root = parse_xml(text.encode("utf-8", "replace"), name=name, recover=True)
    if local_name(root) not in ("rss", "feed", "rdf"):
        raise InputError(f"{name} is no feed but XML of another kind ({local_name(root)[:30]}); save its words as plain text")
    items = [element for element in root.iter() if local_name(element) in ("item", "entry")]
    if len(items) > MAX_ITEMS:
        raise InputError(f"{name} holds {len(items):,} items, more than {MAX_ITEMS:,}; split it")
    outlet = _outlet(root)
    for number, element in enumerate(items, 1):
        content, url = _content(element, f"item {number} of {name}", outlet, base, atom=local_name(root) == "feed")
        content = msgspec.structs.replace(content, warnings=[*decoded.warnings, *content.warnings])
        yield FeedItem(number, etree.tostring(element, encoding="utf-8", with_tail=False), url, content)


def _outlet(root: Any) -> str | None:
    """The feed's own title: the first that is of no item and no picture."""
    for element in root.iter():
        if local_name(element) == "title" and local_name(element.getparent()) in ("channel", "feed"):
            return _line(element) or None
    return None


def _line(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _children(item: Any, name: str) -> Iterator[Any]:
    return (child for child in item if local_name(child) == name)


def _content(item: Any, name: str, outlet: str | None, base: str | None, *, atom: bool) -> tuple[Content, str | None]:
    warnings = ["the text is what the feed holds of it, not its page"]
    texts = [_text(child, name) for kind in _TEXTS for child in _children(item, kind)]
    text = max(texts, key=len, default="")
    if _BROKEN_OFF.search(text):
        warnings.append("the text breaks off, as feeds do: fetch the page for the rest")
    url = _url(item, base)
    published = None
    for kind in _DAYS:
        for child in _children(item, kind):
            stamp = read_stamp(_line(child))
            if stamp and published is None:
                published = stamp.day.isoformat()
    title = next((fragment_text(_line(child), name=name).replace("\n", " ") for child in _children(item, "title")), None)
    content = Content(
        text=text,
        media_type="application/atom+xml" if atom else "application/rss+xml",
        title=title or None,
        outlet=next((_line(t) for source in _children(item, "source") for t in _children(source, "title") if _line(t)), outlet),
        url=url,
        published=published,
        byline=_author(item),
        charset="utf-8",
        warnings=warnings,
    )
    return content, url


def _text(element: Any, name: str) -> str:
    from lxml import etree

    if len(element):  # XHTML as it is
        written = "".join([element.text or "", *(etree.tostring(child, encoding="unicode") for child in element)])
    else:
        written = element.text or ""
    try:
        return fragment_text(written, name=name)
    except InputError:  # markup that nobody can read; another field may do
        return ""


def _url(item: Any, base: str | None) -> str | None:
    written = [_line(child) for child in _children(item, "origlink")]
    written += [
        child.get("href") or "" for child in _children(item, "link") if child.get("rel") in (None, "alternate") and child.get("href")
    ]
    written += [_line(child) for child in _children(item, "link")]
    written += [_line(child) for child in _children(item, "guid") if child.get("isPermaLink") != "false"]
    written += [_line(child) for child in _children(item, "id")]
    for one in written:
        try:
            address = urljoin(base or "", one) if one else ""
        except ValueError:
            continue
        if address.startswith(("http://", "https://")):
            return address
    return None


def _author(item: Any) -> str | None:
    for kind in ("creator", "author"):
        for child in _children(item, kind):
            found = next((_line(name) for name in _children(child, "name")), None) or _line(child)
            bracketed = re.search(r"\(([^()]+)\)\s*$", found)  # «mail@example.org (the name)»
            found = bracketed[1] if bracketed else found
            if found and "@" not in found and len(found) <= 80:
                return found
    return None
