"""Words as the search index keeps them, and the language of queries.

The index holds every word of a report as it stands, only folded: neither database splits or stems anything, so both give the same
answers. What Arabic writes onto the front of a word (و ف ب ك ل س ال) is dealt with in the query: «مدنيين» also asks for «والمدنيين» and
«للمدنيين», and «المدنيين» for «مدنيين». A better rule for prefixes so needs no new index.

Preferred mistakes: a false find now and then («بعيد» for «عيد») over a word that is missed behind its prefix; and a query that begins
with a conjunction, «وقتل», finds only words that do, over «والي» finding every «إلى».
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec

from sijill.text import fold, fold_word

__all__ = ["Query", "Term", "Word", "marked", "name_key", "parse", "place_key", "shadow", "variants", "words"]

MAX_TERMS = 64
"""How many words and phrases of a query count; what follows them is left out."""
MAX_LETTERS = 64
"""Where a word of the index is cut off."""

_ARABIC = "\u0620-\u064a\u066e-\u06d3"
_WORD = re.compile(rf"\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+|[{_ARABIC}]+|[^\W\d_{_ARABIC}]+")
_PLAIN = re.compile(r"[\u0621-\u064aa-z0-9]+")


class Word(NamedTuple):
    """A word of a text as the index has it, and where it stands in the folded text."""

    text: str
    start: int
    end: int


def words(folded: str) -> Iterator[Word]:
    """The words of a folded text, in order; marks and signs are none.

    >>> [w.text for w in words(fold("قُتِلَ ١٬٢٠٠ شخص، بحسب Reuters.").text)]
    ['قتل', '1200', 'شخص', 'بحسب', 'reuters']
    """
    for match in _WORD.finditer(folded):
        text = _word(match[0])
        if text:
            yield Word(text, match.start(), match.end())


@lru_cache(maxsize=65536)
def _word(written: str) -> str:
    """A word without case, marks and separators of thousands, and with ASCII digits; nothing but letters and digits."""
    if not _PLAIN.fullmatch(written):
        if written[0].isdecimal():
            written = "".join(str(unicodedata.decimal(c)) for c in written if c != ",")
        written = "".join(c for c in unicodedata.normalize("NFKD", written).casefold() if c.isalnum())
    return written[:MAX_LETTERS]


def shadow(text: str) -> str:
    """The words of a text with single spaces around each: what the index is made of and phrases are looked for in.

    >>> shadow("وقُتل مدنيٌّ.")
    ' وقتل مدني '
    """
    return f" {' '.join(filter(None, map(_word, _WORD.findall(fold(text).text))))} "


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """A name of a place, an outlet or a source as it is compared: folded, without case and without an article.

    >>> name_key("الحسكة") == name_key("حسكه"), name_key("Al-Hasakah")
    (True, 'al-hasakah')
    """
    key = fold_word(name).casefold()
    return key[2:] if key.startswith("ال") and len(key) > 4 else key


_KIND_WORDS = re.compile("(?:مدينه|بلده|قريه|حي|ناحيه|محافظه|منطقه|مخيم|ريف|قضاء|محيط|اطراف) +(?=.{2})")


def place_key(name: str) -> str:
    """A name of a place as it is compared: as `name_key` does, without the words for its kind.

    >>> place_key("مدينة درعا") == place_key("درعا"), place_key("حي الصالحية") == place_key("الصالحية")
    (True, True)
    """
    key = fold_word(name)
    while found := _KIND_WORDS.match(key):
        key = key[found.end() :]
    return name_key(key)


# --- prefixes --------------------------------------------------------------------------------------------------------

_JOINS = ("", "و", "ف")
_BEFORE_WORD = tuple(join + particle for join in _JOINS for particle in ("", "ب", "ل", "ك") if join + particle)
_WITH_ARTICLE = tuple(join + article for join in _JOINS for article in ("ال", "بال", "كال", "لل"))
_BEFORE_VERB = tuple(join + "س" for join in _JOINS)
_ARTICLE = re.compile(r"[وف]?(?:[بك]?ال|لل)(?=.{3})")
_ARABIC_WORD = re.compile(rf"[{_ARABIC}]+")


def _prefixed(word: str) -> Iterator[str]:
    yield word
    if not _ARABIC_WORD.fullmatch(word) or len(word) < 2:
        return
    yield from (prefix + word for prefix in _WITH_ARTICLE)
    if len(word) >= 3:  # with two letters left, «ولد» would be a form of «لد»
        yield from (prefix + word for prefix in _BEFORE_WORD)
    if len(word) >= 4 and word[0] in "يتنا":
        yield from (prefix + word for prefix in _BEFORE_VERB)


def variants(word: str, *, as_written: bool = False) -> tuple[str, ...]:
    """The words of an index that a word of a query asks for: with every prefix, and without its own article.

    >>> {"مدنيين", "والمدنيين", "للمدنيين"} <= set(variants("المدنيين")), "مدنيين" in variants("المدنيين", as_written=True)
    (True, False)
    """
    found = dict.fromkeys(_prefixed(word))
    article = None if as_written else _ARTICLE.match(word)
    if article:
        found |= dict.fromkeys(_prefixed(word[article.end() :]))
    return tuple(v[:MAX_LETTERS] for v in found)


# --- queries ---------------------------------------------------------------------------------------------------------


class Term(msgspec.Struct, frozen=True):
    """A word of a query, or a phrase: words that follow one another as written; only the first may have more prefixes."""

    words: tuple[str, ...]
    quoted: bool = False

    def first(self) -> tuple[str, ...]:
        """What may stand for the first word."""
        return variants(self.words[0], as_written=self.quoted or len(self.words) > 1)


class Query(msgspec.Struct, frozen=True):
    """What is asked for: one term of each group, and none of `without`."""

    groups: tuple[tuple[Term, ...], ...] = ()
    without: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups or self.without)


_OR = re.compile(r"(?<!\S)(?:OR|\|+)(?!\S)")
_PIECE = re.compile(r'(?P<or>(?<!\S)\|(?!\S))|(?P<no>(?<![^\s"(])-)?(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))')


def parse(query: str) -> Query:
    """What a query asks for. All words must be there, in any order; no text is a wrong query.

    ``"…"`` or «…» is a phrase, a minus before a word or phrase keeps reports with it out, ``OR`` (or ``|``) between two lets one of
    them do. Words joined by a mark (``2022-01-20``) are a phrase. A query without any word asks for nothing, and is false.

    >>> parse('قصف OR غارة -"وقف إطلاق النار"')
    Query(groups=((Term(words=('قصف',), quoted=False), Term(words=('غاره',), quoted=False)),), without=(Term(words=('وقف', 'اطلاق', 'النار'), quoted=True),))
    """  # noqa: E501
    groups: list[list[Term]] = []
    without: list[Term] = []
    joined = False
    for piece in _PIECE.finditer(fold(_OR.sub("|", query)).text):
        if piece["or"]:
            joined = True
            continue
        quoted = piece["quoted"] is not None
        # Folded again by itself, as the text was: letters set apart («أ أ أ») are closed up where nothing stands beside them.
        said = tuple(word.text for word in words(fold(piece["quoted"]).text if quoted else piece["bare"]))
        if not said:
            continue
        if len(without) + sum(map(len, groups)) >= MAX_TERMS:
            break
        term = Term(said[:MAX_TERMS], quoted)
        if piece["no"]:
            without.append(term)
        elif joined and groups:
            groups[-1].append(term)
        else:
            groups.append([term])
        joined = False
    return Query(tuple(map(tuple, groups)), tuple(without))


def marked(text: str, query: Query) -> list[tuple[int, int]]:
    """The stretches of an untouched text that a query asks for, in code points, in order; what overlaps is one stretch.

    >>> text = "سقط قتلى بين الـمدنيّين في إدلب."
    >>> [text[start:end] for start, end in marked(text, parse('مدنيين "في ادلب"'))]
    ['الـمدنيّين', 'في إدلب']
    """
    folded = fold(text)
    found = list(words(folded.text))
    terms = [term for group in query.groups for term in group]
    single = {form for term in terms if len(term.words) == 1 for form in term.first()}
    phrases = [(frozenset(term.first()), term.words[1:]) for term in terms if len(term.words) > 1]
    spans: list[tuple[int, int]] = []
    for i, word in enumerate(found):
        end = i if word.text in single else -1
        for first, rest in phrases:
            if word.text in first and tuple(w.text for w in found[i + 1 : i + 1 + len(rest)]) == rest:
                end = max(end, i + len(rest))
        if end >= 0:
            span = folded.span(word.start, found[end].end)
            if spans and span[0] < spans[-1][1]:
                span = (spans[-1][0], max(span[1], spans.pop()[1]))
            spans.append(span)
    return spans
