"""Web pages become reports: the body without menus and links, with headline, outlet, address, author and day of publication.

Only text comes out: no script of a page runs, no file that it names is fetched. The body is found by trafilatura; the day and
the author are read by us (`html_day`, `html_author`), since libraries take «21 كانون الثاني 2022» for 1 January.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from sijill.errors import InputError
from sijill.ingest.acquired import Content
from sijill.ingest.charset import Said, decode_loosely
from sijill.ingest.html_author import page_author
from sijill.ingest.html_day import page_day
from sijill.ingest.html_lines import Line, depth_of, headline_element, page_lines, page_tree, plain
from sijill.ingest.html_meta import PageMeta, host_of, page_meta, saved_from
from sijill.text import fold_word

__all__ = ["fragment_text", "read_html"]

_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE
)
_HEAVY = 1_500_000
"""Pages with more text than this are no articles; to look for one in them takes time and gives nothing."""

_DEEP = 250
"""Pages that are nested deeper take the library a time out of proportion."""


def read_html(
    data: bytes, *, name: str, latest: date, encoding: str | None = None, charset: str | None = None, url: str | None = None
) -> Content:
    """The report on a web page. `charset` is what a server says, `url` where the page was fetched, `latest` the day of that.

    Raises `InputError` where the page holds no report, with what to do.

    >>> page = "<nav><a href='/'>الرئيسية</a></nav><h1>قصف على قرية</h1><p>20 كانون الثاني 2022</p><p>قُتل ثلاثة مدنيين في القصف.</p>"
    >>> found = read_html(page.encode(), name="a.html", latest=date(2022, 2, 2))
    >>> found.title, found.published
    ('قصف على قرية', '2022-01-20')
    """
    decoded = decode_loosely(data, name=name, said=_said(data, encoding, charset))
    if not decoded.text.strip():
        raise InputError(f"{name} is empty; give a page with text")
    tree = page_tree(decoded.text, name=name)
    meta = page_meta(tree)
    headline = headline_element(tree, [t for t in (meta.get("og:title"), meta.ld("headline"), meta.title_element) if t])
    lines = page_lines(tree, headline, name=name)
    address, doubts = _address(meta, url, saved_from(decoded.text))
    outlet = meta.get("og:site_name") or meta.ld("publisher") or meta.get("application-name", "dc.publisher")
    title = _title(meta, lines, outlet)
    day = page_day(meta, lines, url=address or url, latest=latest)
    return Content(
        text=_body(tree, meta, lines, title, name),
        media_type="text/html",
        title=title,
        outlet=outlet,
        url=address,
        published=day.day.isoformat() if day.day else None,
        byline=page_author(tree, meta, lines, outlet=outlet),
        language=meta.language,
        charset=decoded.charset,
        warnings=[*decoded.warnings, *doubts, *day.warnings],
    )


def _said(data: bytes, encoding: str | None, charset: str | None) -> list[Said]:
    found = _META_CHARSET.search(data[:4096])
    inside = (found[1] or found[2]).decode("ascii") if found else None
    return [Said(by, named) for by, named in (("the caller", encoding), ("the header", charset), ("the page", inside)) if named]


def _address(meta: PageMeta, url: str | None, saved: str | None) -> tuple[str | None, list[str]]:
    """The page's address: the one it gives itself, unless that is of another site than it was fetched from."""
    own = meta.url(url or saved)
    if url is None:
        return own or saved, []
    if own is None or _site(own) == _site(url):
        return own or url, []
    return url, [f"the page gives itself an address of another site ({own}); the one it was fetched from is kept"]


def _site(url: str) -> str:
    return ".".join((host_of(url) or "").split(".")[-2:])


_AFTER_TITLE = re.compile(r"\s+[|\-–—•»:]{1,2}\s+")


def _title(meta: PageMeta, lines: Sequence[Line], outlet: str | None) -> str | None:
    shown = " ".join(line.text for line in lines if line.headline)
    for told in (meta.get("og:title"), meta.ld("headline"), meta.get("twitter:title")):
        if told:
            return _without_outlet(told, outlet, shown)
    return shown or (_without_outlet(meta.title_element, outlet, shown) if meta.title_element else None)


def _without_outlet(title: str, outlet: str | None, shown: str) -> str:
    """A title without the name of the paper at its end or beginning: the part that the page shows as headline, if one is that."""
    parts = _AFTER_TITLE.split(title)
    if len(parts) == 1:
        return title
    if shown and fold_word(shown) in fold_word(title):
        return shown
    site = fold_word(outlet or "")
    kept = [part for part in parts if fold_word(part) != site]
    return title if len(kept) == len(parts) or not kept else title[title.index(kept[0]) : title.rindex(kept[-1]) + len(kept[-1])]


# --- the body --------------------------------------------------------------------------------------------------------


def _body(tree: Any, meta: PageMeta, lines: Sequence[Line], title: str | None, name: str) -> str:
    own = _own_body(lines)
    total = sum(len(line.text) for line in lines)
    found = ""
    if total <= _HEAVY and depth_of(tree) <= _DEEP:
        # Without its second opinions the library is twice as fast. They are asked for where its first differs from ours.
        for fast in (True, False):
            found = _without_title(_without_bars(_found_by_library(tree, fast=fast)), title)
            stray = _stray_lines(found, tree, lines)
            if stray == 0 and 0.8 < len(found) / max(len(own), 1) < 1.2:
                break
        if stray > 0.5:
            found = ""
    body = found if len(found) * 3 >= len(own) else own
    if len(body) < 200:
        told = meta.ld("articleBody") or ""
        body = told if len(told) > 2 * len(body) else body
    if not body.strip():
        built = (not lines and total == 0) or any(script.get("src") for script in tree.iter("script"))
        advice = "its text is built by scripts: save the page as the browser shows it" if built else "save its words as plain text"
        raise InputError(f"{name} holds no report, only {total:,} characters of menus and links; {advice}")
    return body


def _found_by_library(tree: Any, *, fast: bool) -> str:
    from copy import deepcopy

    import trafilatura

    try:
        found = trafilatura.extract(
            deepcopy(tree), fast=fast, include_comments=False, include_tables=True, include_formatting=False, with_metadata=False
        )
    except (ValueError, TypeError, AttributeError, RecursionError, KeyError, IndexError):  # a page that it did not expect
        return ""
    return found or ""


_ROW = re.compile(r"^[ \t]*\|(?P<cells>.*)\|[ \t]*$", re.MULTILINE)


def _without_bars(body: str) -> str:
    """Rows of tables without the bars around them, which the page does not have; those between cells stay."""
    rows = (line for line in _ROW.sub(lambda m: m["cells"].strip(" |"), body).split("\n") if line.strip(" -|"))
    return "\n".join(rows) if "|" in body else body


def _stray_lines(body: str, tree: Any, lines: Sequence[Line]) -> float:
    """The share of lines that are only links, or of what stands around a report. A page without a report has nothing else."""
    around = {line.text for line in lines if line.around} | {plain(link.text_content()) for link in tree.iter("a")}
    found = [line for line in map(plain, body.split("\n")) if line]
    return sum(line.lstrip("- ") in around for line in found) / max(len(found), 1)


def _without_title(body: str, title: str | None) -> str:
    first, _, rest = body.partition("\n")
    return rest.lstrip() if title and rest.strip() and fold_word(plain(first)) == fold_word(title) else body


_SHORT = 40


def _own_body(lines: Sequence[Line]) -> str:
    """The lines from the first that is text, after the headline, to the last before a long stretch that is none."""
    at = next((i for i, line in enumerate(lines) if line.headline), -1)
    taken: list[str] = []
    waiting: list[str] = []
    for line in lines[at + 1 :]:
        if line.around or line.headline:
            continue
        if len(line.text) >= _SHORT and not line.dated:
            taken += waiting if taken else []
            taken.append(line.text)
            waiting = []
        elif taken and line.text:
            waiting.append(line.text)
            if len(waiting) > 6:
                break
    return "\n".join(taken)


def fragment_text(written: str, *, name: str) -> str:
    """The text of a piece of HTML, as feeds hold it, a line for each block. Raises `InputError` where it cannot be read.

    >>> fragment_text("<p>قُتل <b>مدني</b></p>في القرية", name="a")
    'قُتل مدني\\nفي القرية'
    """
    if "<" not in written and "&" not in written:
        return "\n".join(line for line in map(plain, written.splitlines()) if line)
    if not written.strip():
        return ""
    return "\n".join(line.text for line in page_lines(page_tree(f"<div>{written}</div>", name=name), name=name) if line.text)
