"""Who wrote a page: the line «بقلم …» by its headline, else what its metadata says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sijill.ingest.html_lines import Line, plain
from sijill.ingest.html_meta import PageMeta
from sijill.text import fold_word

__all__ = ["page_author"]

# «كتب» and «تقرير» also begin sentences and headlines, so they need their colon; «بقلم» does not.
_LABELLED = re.compile(
    r"^(?:(?:بقلم|by)\s*[:/\-–]?\s+"
    r"|(?:بقلم|كتب(?:ت|ه|ها)?|الكاتب(?:ة)?|[إا]عداد|تحرير|تقرير|تحقيق|متابعة|حوار|خاص|مراسل(?:نا|تنا)?|author)\s*[:/]\s*)"
    r"(?P<name>[^\d:|«»\"()،,./\-–]{4,60})(?:$|[|،,(/\-–])",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    fold_word(name)
    for name in (
        "admin|administrator|editor|super user|webmaster|root|user|unknown|author|staff|news|المحرر|التحرير|فريق التحرير|هيئة التحرير"
        "|رئيس التحرير|محرر|مشرف|مدير الموقع|الإدارة|وكالات|وكالة|غير معروف"
    ).split("|")
)


def page_author(tree: Any, meta: PageMeta, lines: Sequence[Line], *, outlet: str | None) -> str | None:
    """The name of who wrote a page, or None. What only names the paper, its editors or its software is nobody.

    >>> from sijill.ingest.html_lines import headline_element, page_lines, page_tree
    >>> from sijill.ingest.html_meta import page_meta
    >>> tree = page_tree("<h1>قصف على القرية</h1><div>بقلم: ليلى حداد</div><p>قُتل مدني</p>", name="a")
    >>> page_author(tree, page_meta(tree), page_lines(tree, headline_element(tree, [])), outlet=None)
    'ليلى حداد'
    """
    at = next((i for i, line in enumerate(lines) if line.headline), 0)
    shown = (found["name"] for line in lines[max(at - 3, 0) : at + 9] if not line.around and (found := _LABELLED.search(line.text[:120])))
    rel = (plain(element.text_content()) for element in tree.xpath("//a[@rel='author'] | //*[@itemprop='author']")[:3])
    told = (meta.ld("author"), meta.get("author", "article:author", "dc.creator", "parsely-author"))
    for name in (*shown, *told, *rel):
        if name and _is_name(name, outlet):
            return plain(name)
    return None


def _is_name(name: str, outlet: str | None) -> bool:
    folded = fold_word(plain(name))
    if not 4 <= len(folded) <= 80 or len(folded.split()) > 8 or "@" in name or "://" in name or any(c.isdigit() for c in name):
        return False
    return folded not in _NOBODY and folded != fold_word(outlet or "")
