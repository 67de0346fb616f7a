"""What a page says of itself for machines: the elements of its head, and JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from sijill.ingest.html_lines import plain

__all__ = ["PageMeta", "host_of", "page_meta", "saved_from"]

_LD_LIMIT = 2_000_000
_LD_OBJECTS = 2_000
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Story)$")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://[^\s>]+)", re.IGNORECASE)
_STAMPS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "publish-date",
    "publish_date",
    "publishdate",
    "published_date",
    "publication_date",
    "pubdate",
    "date_published",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "date",
)
"""In this order: what is surest to be the day of publication comes first."""


class PageMeta:
    """The elements `meta` of a page by name (the first of each), and the objects of its JSON-LD that tell of an article."""

    def __init__(self, tree: Any) -> None:
        self._meta: dict[str, str] = {}
        for element in tree.iter("meta"):
            name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
            content = plain((element.get("content") or "")[:5000])
            if name and content and next(element.iterancestors("aside", "nav", "li"), None) is None:  # of other articles
                self._meta.setdefault(name, content)
        self._ld = list(_json_ld(tree))
        self.canonical: str | None = next((link.get("href") for link in tree.xpath("//link[@rel='canonical'][@href]")), None)
        self.title_element = plain(next((t.text_content() for t in tree.iter("title")), ""))[:1000]
        self.language: str | None = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")

    def get(self, *names: str) -> str | None:
        """The first of these that the page has."""
        return next((self._meta[name] for name in names if name in self._meta), None)

    def ld(self, field: str) -> str | None:
        """A field of the page's article in JSON-LD: the text, or the names in it."""
        for found in self._ld:
            text = ", ".join(_names(found.get(field)))
            if text:
                return text
        return None

    def stamps(self) -> Iterator[tuple[str, str]]:
        """(where it stands, what it says) for each day of publication that is given, the surest first."""
        ld = self.ld("datePublished") or self.ld("dateCreated")
        names = [name for name in _STAMPS if name in self._meta]
        yield from ((name, self._meta[name]) for name in names[:1] if name.startswith(("article:", "og:")))
        if ld:
            yield "JSON-LD", ld
        yield from ((name, self._meta[name]) for name in names)

    def url(self, base: str | None) -> str | None:
        """The address that the page gives itself, where it is one of a page and not of the whole site."""
        for written in (self.canonical, self.get("og:url"), self.ld("url")):
            if not written:
                continue
            try:
                found = urljoin(base or "", written.strip())
                parts = urlsplit(found)
            except ValueError:
                continue
            if parts.scheme in ("http", "https") and parts.netloc and (parts.path.strip("/") or parts.query):
                return found
        return None


def page_meta(tree: Any) -> PageMeta:
    """What a page says of itself.

    >>> from sijill.ingest.html_lines import page_tree
    >>> page_meta(page_tree('<meta property="og:site_name" content="صحيفة">', name="a")).get("og:site_name")
    'صحيفة'
    """
    return PageMeta(tree)


def _json_ld(tree: Any) -> list[dict[str, Any]]:
    """Objects that tell of one article, those of articles before those of pages; lists of other articles are left out."""
    found: list[tuple[int, dict[str, Any]]] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        written = (script.text or "").strip()
        written = re.sub(r"^(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)$", "", written).strip().rstrip(";")
        if len(written) > _LD_LIMIT:
            continue
        try:
            content = json.loads(written, strict=False)
        except (ValueError, RecursionError):
            continue
        found += list(_objects(content))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _objects(content: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    waiting, seen = [content], 0
    while waiting and seen < _LD_OBJECTS:
        one = waiting.pop(0)
        seen += 1
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            kinds = one.get("@type")
            kinds = [str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])]
            if any(_ARTICLE.search(kind) for kind in kinds):
                yield 0, one
            elif "WebPage" in kinds:
                yield 1, one
            waiting += [one[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if isinstance(one.get(key), dict | list)]


def _names(value: Any) -> list[str]:
    if isinstance(value, str):
        return [plain(value)] if value.strip() else []
    if isinstance(value, list):
        return [name for one in value[:10] for name in _names(one)]
    if isinstance(value, dict):
        return _names(value.get("name") or value.get("@id") or "")
    return []


def host_of(url: str | None) -> str | None:
    """The host of an address without «www.».

    >>> host_of("https://www.example.org/a")
    'example.org'
    """
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def saved_from(text: str) -> str | None:
    """The address that a browser noted in a page that it saved.

    >>> saved_from("<!-- saved from url=(0024)https://example.org/a/b -->")
    'https://example.org/a/b'
    """
    found = _SAVED_FROM.search(text[:5000])
    return found[1] if found else None
