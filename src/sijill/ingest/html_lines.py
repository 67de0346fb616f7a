"""A web page as a tree, and as the lines that a reader of it sees, each with what its surroundings say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from sijill.errors import InputError
from sijill.ingest.page_dates import Stamp, read_stamp
from sijill.text import fold_word

__all__ = ["MAX_DEPTH", "MAX_ELEMENTS", "Line", "Mark", "depth_of", "headline_element", "page_lines", "page_tree", "plain"]

MAX_DEPTH = 2000
"""How deep elements may stand in each other. Pages that never close a tag reach some hundreds."""

MAX_ELEMENTS = 400_000

MAX_ATTRIBUTES = 2_000
"""Parsing takes the square of their number. Real elements have a dozen."""

_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{4000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")

_SILENT = frozenset(
    "script style noscript template svg math iframe object head select option datalist textarea canvas audio video form".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body br center dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hr "
    "li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_AROUND = frozenset("nav aside footer menu figcaption".split())
_AROUND_ROLES = frozenset("navigation complementary contentinfo banner search menu menubar toolbar".split())
# Names that makers of pages give to what stands around a report. Whole words: «entry-header» is no «header», «update» no «date».
_AROUND_NAMES = re.compile(
    r"(?<![a-z])(?:related|sidebar|side-?bar|side|widgets?|most-?(?:read|viewed|popular)|popular|latest(?:-news)?|ticker|breaking|menu|mega-?menu"
    r"|nav|navbar|navigation|breadcrumbs?|footer|site-?footer|comments?|respond|disqus|shar(?:e|ing)|social|recommend(?:ed|ations?)?"
    r"|more-?news|read-?(?:more|also)|also-?read|trending|masthead|top-?bar|topbar|site-?header|page-?header-top|today|current-?date|date-?today|weather|prayers?|copyrights?"
    r"|advert|ads?|newsletter|subscribe|archive-?list|next-?prev|prev-?next|post-?navigation|pagination|you-?may|outbrain|taboola|calendar)(?![a-z])"
)
_DATED_NAMES = re.compile(
    r"(?<![a-z])(?:date|time|datetime|published?|posted|pubdate|post-?date|entry-?date|timestamp|post-?meta|entry-?meta|meta|info)(?![a-z])"
)
_UPDATED_NAMES = re.compile(r"(?<![a-z])(?:updated?|modified|datemodified|last-?update)(?![a-z])")


class Mark(NamedTuple):
    """A day that the page gives for machines at a place in a line; `updated` where it is that of a change."""

    at: int
    stamp: Stamp
    updated: bool


class Line(NamedTuple):
    """A line of a page. `around` marks menus, sidebars, links and comments; `dated` a place where dates are put; `level` a heading's."""

    text: str
    around: bool
    dated: bool
    level: int
    headline: bool
    marks: tuple[Mark, ...]


def page_tree(text: str, *, name: str) -> Any:
    """The elements of a page. Broken HTML is borne with, as browsers do. Raises `InputError` where there is no page at all.

    >>> page_tree("<p>قُتل<p>مدني", name="a.html").tag
    'html'
    """
    from lxml import etree, html

    for tag in _LONG_TAG.finditer(text):
        if len(_QUOTED.sub("", tag[0]).split()) > MAX_ATTRIBUTES:
            raise InputError(f"{name} holds an element with thousands of attributes; save its words as plain text")
    # Bytes, so that an encoding declared inside cannot change what was decoded already; without half characters and zero bytes.
    data = text.replace("\0", "").encode("utf-8", "replace")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    try:
        tree = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as wrong:
        raise InputError(f"{name} holds no page; save the page anew, or its words as plain text") from wrong
    return tree


def depth_of(tree: Any) -> int:
    """How deep the elements of a page stand in each other.

    >>> depth_of(page_tree("<p><b>قُتل</b></p>", name="a"))
    4
    """
    from lxml import etree

    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def plain(text: str) -> str:
    """A text with its white space as single spaces."""
    return " ".join(text.split())


def headline_element(tree: Any, titles: list[str]) -> Any | None:
    """The element of the headline: a heading that says what the page's titles say, else the first large one.

    >>> tree = page_tree("<h1>صحيفة العين</h1><h2>قصف على قرية العين</h2>", name="a")
    >>> headline_element(tree, ["قصف على قرية العين - صحيفة العين"]).tag
    'h2'
    """
    known = [key for title in titles if len(key := fold_word(title)) >= 8]
    first = None
    for element in tree.iter("h1", "h2", "h3"):
        words = fold_word(plain(element.text_content())[:400])
        if len(words) >= 8 and any(words == key or (len(words) * 2 > len(key) and (words in key or key in words)) for key in known):
            return element
        if first is None and element.tag == "h1" and len(words) >= 15:
            first = element
    if first is not None:
        return first
    return next(iter(tree.xpath("(//article//h2 | //main//h2 | //h1)[1]")), None)


def page_lines(tree: Any, headline: Any | None = None, *, name: str = "the page") -> list[Line]:
    """The lines of a page in order, in time linear in its size. Raises `InputError` for one that is nested too deeply.

    >>> lines = page_lines(page_tree("<nav><a>رياضة</a></nav><h1>قصف</h1><p>قُتل <b>مدني</b></p>", name="a"))
    >>> [(line.text, line.around, line.level) for line in lines]
    [('رياضة', True, 0), ('قصف', False, 1), ('قُتل مدني', False, 0)]
    """
    spared = set() if headline is None else {headline, *headline.iterancestors()}
    return list(_lines(tree, headline, spared, name))


class _State(NamedTuple):
    around: bool
    dated: bool
    updated: bool
    level: int
    headline: bool


def _lines(tree: Any, headline: Any | None, spared: set[Any], name: str) -> Iterator[Line]:
    from lxml import etree

    walk = etree.iterwalk(tree, events=("start", "end"))
    states = [_State(False, False, False, 0, False)]
    words: list[str] = []
    marks: list[Mark] = []
    count, dated = 0, False

    def line(state: _State) -> Iterator[Line]:
        nonlocal dated
        text = plain("".join(words))
        if text or marks:
            yield Line(text, state.around, dated or state.dated, state.level, state.headline, tuple(marks))
        words.clear()
        marks.clear()
        dated = False

    for event, element in walk:
        tag = element.tag
        if not isinstance(tag, str):
            if event == "start" and element.tail:  # an entity that is not known
                words.append(element.tail)
            continue
        if event == "start":
            count += 1
            if len(states) > MAX_DEPTH or count > MAX_ELEMENTS:
                raise InputError(f"{name} holds too many elements, or too deep in each other; save its words as plain text")
            if tag in _BLOCKS:
                yield from line(states[-1])
            state = _state(element, tag, states[-1], headline, element in spared)
            states.append(state)
            dated = dated or state.dated
            mark = _mark(element, tag, state)
            if mark:
                marks.append(Mark(len(plain("".join(words))), *mark))
            if tag in _SILENT and element not in spared:
                walk.skip_subtree()
            elif element.text:
                words.append(element.text)
            continue
        if tag in _BLOCKS:
            yield from line(states[-1])
        states.pop()
        if element.tail:
            words.append(element.tail)
    yield from line(states[0])


def _state(element: Any, tag: str, outer: _State, headline: Any | None, spared: bool) -> _State:
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()[:500].replace("_", "-")
    around = outer.around
    if not around and not spared and tag not in ("html", "body"):
        around = tag in _AROUND or (element.get("role") or "") in _AROUND_ROLES or bool(names != " " and _AROUND_NAMES.search(names))
    prop = (element.get("itemprop") or "").lower()
    updated = outer.updated or prop == "datemodified" or bool(_UPDATED_NAMES.search(names))
    dated = tag == "time" or prop == "datepublished" or bool(names != " " and tag not in _WIDE and _DATED_NAMES.search(names))
    level = _HEADINGS.get(tag, outer.level)
    return _State(around, outer.dated or dated, updated, level, outer.headline or element is headline)


_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_WIDE = frozenset(("html", "body", "article", "main"))


def _mark(element: Any, tag: str, state: _State) -> tuple[Stamp, bool] | None:
    prop = (element.get("itemprop") or "").lower()
    names = (element.get("class") or "").lower()
    if tag == "time":
        written = element.get("datetime")
    elif prop in ("datepublished", "datemodified") and tag != "meta":
        written = element.get("content") or element.get("datetime")
    elif tag == "abbr" and re.search(r"(?<![a-z])(?:published|updated|date)(?![a-z])", names):
        written = element.get("title")
    else:
        return None
    stamp = read_stamp(written) if written else None
    return (stamp, state.updated) if stamp else None
