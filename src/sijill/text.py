"""Arabic spelling folded for matching, with every folded character tied to the source characters it came from.

`fold(text)` gives a `Folded`: a plainer text to match in, and `span()` which turns a stretch of it back into code points
of the untouched source. Nothing else in sijill computes offsets. What is folded:

* alef with hamza or madda → ا, alef maqsura → ي, ta marbuta → ه, hamza carriers ؤ ئ → و ي, Persian and Kurdish letters;
* vowel marks, tatweel, bidi controls, joiners and other invisible characters are dropped;
* Eastern and Persian digits → ASCII, ٫ → ``.``, ٬ → ``,``; quotation marks → ``"``, dashes → ``-``, odd spaces → a space;
* presentation forms and ligatures → their letters;
* slashes that stand for quotation marks, as agencies write them (تنظيم / داعش /) → ``"``;
* letters set apart to dodge word filters (قــ صــ ـف, اســ*ـتشهد, القتـ.ـلى, د ا ع ش) are closed up.

Preferred mistake: two different words that fold together (they share an entry in the lexicon, and the loader says so)
over one word that is found in one spelling and missed in another.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import Final

from sijill.native import first_at

__all__ = ["BULLETS", "MAX_CHARACTERS", "Folded", "fold", "fold_word", "has_arabic", "is_one_token", "sentence_end", "tokens"]

MAX_CHARACTERS: Final = 20_000_000
"""The longest text that is read, in code points (about 36 MB of Arabic in UTF-8)."""

BULLETS: Final = frozenset("•●▪◾◼■►▶*·○—–")
"""Marks that open an item of a list, beside the dash."""

# --- what becomes what ---------------------------------------------------------------------------------------------

_SAME_LENGTH: Final = {
    **dict.fromkeys("أإآٱٲٳٵ", "ا"),
    **dict.fromkeys("ىیېێےۍ", "ي"),
    **dict.fromkeys("ةەہھۀۃ", "ه"),
    "ؤ": "و", "ۆ": "و", "ۇ": "و", "ۈ": "و", "ۋ": "و", "ئ": "ي",
    "ک": "ك", "گ": "ك", "ڭ": "ك", "پ": "ب", "چ": "ج", "ڤ": "ف", "ژ": "ز", "ڕ": "ر", "ڵ": "ل", "ڨ": "ق",
    "٫": ".", "٬": ",", "٪": "%", "ـ": "",
    **dict.fromkeys("«»“”„‟‹›〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛`´ʼ", "'"),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\t\v\f\x1c\x1d\x1e\x1f", " "),
    "\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n",
    "_": " ", "．": ".", "，": ",", "٭": "*", "⁎": "*", "∗": "*",
}  # fmt: skip
_DIGITS: Final = {chr(zero + value): str(value) for zero in (0x0660, 0x06F0, 0xFF10) for value in range(10)}

_MARKS: Final = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff\u0640\u0300-\u036f"
_INVISIBLE: Final = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
_LETTER: Final = "\u0621-\u063a\u0641-\u064a\u066e-\u06d3"


def _presentation_forms() -> dict[str, str]:
    """Letters of the Arabic presentation blocks → the letters they stand for, folded."""
    forms = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain != chr(code):
            plain = re.sub(f"[{_MARKS}]", "", plain)
            forms[chr(code)] = "".join({**_SAME_LENGTH, **_DIGITS}.get(c, c) for c in plain).strip()
    return forms


_EXPANDED: Final = _presentation_forms()
_UPPER: Final = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", strict=True))
_ONE_FOR_ONE: Final = {k: v for k, v in {**_SAME_LENGTH, **_DIGITS, **_UPPER}.items() if len(v) == 1}
# Almost every text has these and hardly any other. To replace each of them takes a twentieth of the time of `str.translate`, which
# looks up every character of the text; what else there is, one search tells.
_USUAL: Final = {char: _ONE_FOR_ONE[char] for char in "أإآىةؤئ«»\u00a0"}
_UNUSUAL: Final = re.escape("".join(char for char in _ONE_FOR_ONE if char not in _USUAL))


def _members(ranges: str) -> frozenset[str]:
    """The characters of a set as `re` writes it."""
    pairs = [(first, last or first) for first, last in re.findall("(.)(?:-(.))?", ranges)]
    return frozenset(chr(code) for first, last in pairs for code in range(ord(first), ord(last) + 1))


_MARK_SET: Final = _members(_MARKS)
_DROPPED_SET: Final = _members(_MARKS + _INVISIBLE)

# Characters that are not copied one for one: dropped, expanded, or used to set letters apart.
_APART: Final = "*~^•·"
_MARKED: Final = rf"{_MARKS}{_INVISIBLE}{_APART}\ufb50-\ufdff\ufe70-\ufefc"
# In one search: a run of these, or one character with a plain one to stand for it. It begins with a plain set, for `re` to leap to.
_ODD: Final = re.compile(f"[{_MARKED}{_UNUSUAL}](?:(?<=[{_MARKED}])[{_MARKED}]*)?")
_DROPPED: Final = re.compile(rf"[{_MARKS}{_INVISIBLE}]+")
_IS_LETTER: Final = re.compile(rf"[{_LETTER}]")
# «القتـ.ـلى», «ضـ/ـحايا»: any mark between two tatweels inside a word. One tatweel is not enough: «1443هـ/2022م».
# With dots alone («مقــ..تل») it is, but for the Hijri sign («1443هـ.»).
_SET_APART: Final = re.compile(
    rf"(?<=[{_LETTER}])[{_MARKS}]{{0,4}}ـ{{1,8}}[^\w\s{_MARKS}]{{1,3}}ـ{{1,8}}(?=[{_LETTER}])"
    rf"|(?<=[{_LETTER}])(?<![\d\s]ه)ـ{{1,8}}\.{{1,3}}(?=[{_LETTER}])"
)
_APART_HINT: Final = re.compile(rf"ـ(?:[^\w\s{_MARKS}]{{1,3}}ـ|\.)")  # found in a twentieth of the time, as it begins with one letter
_SPACED_HINT: Final = re.compile(rf" [{_LETTER}] [{_LETTER}]")
_SPACED: Final = re.compile(rf"(?<![^\s])[{_LETTER}](?: [{_LETTER}]){{2,}}(?![^\s.,،])")


class Folded:
    """A text folded for matching, and the way back to the source.

    >>> f = fold("اســ*ـتُشهدَ ٢٣ مدنيًّا")
    >>> f.text
    'استشهد 23 مدنيا'
    >>> start, end = f.span(0, 6)
    >>> f.source[start:end]
    'اســ*ـتُشهدَ'
    """

    __slots__ = ("_at", "_shift", "source", "text")

    def __init__(self, source: str, text: str, at: list[int], shift: list[int]) -> None:
        self.source = source
        self.text = text
        self._at = at  # folded offsets where the distance to the source changes …
        self._shift = shift  # … and the source offset that folded offset stands for

    def _origin(self, position: int) -> int:
        i = bisect_right(self._at, position)
        if i == 0:
            return position
        shift = self._shift
        origin = shift[i - 1] + position - self._at[i - 1]
        # Inside an expanded ligature all letters stand for the one source character.
        return shift[i] - 1 if i < len(shift) and origin >= shift[i] else origin

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source code points for the folded stretch [start, end), with the marks after its last letter."""
        at = self._at
        if not at or end < at[0]:
            return start, end  # nothing before it was changed
        shift = self._shift
        change = first_at(at, start + 1)
        first = shift[change - 1] + start - at[change - 1] if change else start
        if change < len(at):
            first = min(first, shift[change] - 1)  # inside an expanded ligature all letters stand for the one source character
        if end <= start:
            return first, first
        # Most words stand in one stretch between two changes, where one search tells both ends.
        if change == len(at):
            last = first + end - start
        elif at[change] >= end:
            last = min(first + end - start, shift[change])
        else:
            last = self._origin(end - 1) + 1
        source = self.source
        while last < len(source) and source[last] in _MARK_SET:
            last += 1
        return first, last


def fold(text: str) -> Folded:
    """`text` folded for matching. Runs in time linear in its length.

    >>> fold("الأربعاء ٢٦/١").text
    'الاربعاء 26/1'
    """
    edits, unusual = _edits(text)
    plain = _plain(text, unusual)
    if not edits:
        return Folded(text, plain, [], [])
    pieces: list[str] = []
    at: list[int] = []
    shift: list[int] = []
    length = last = 0
    for start, end, instead in edits:
        if start < last:
            continue
        pieces.append(plain[last:start])
        length += start - last
        if instead:
            at.append(length)
            shift.append(start)
            pieces.append(instead)
            length += len(instead)
        at.append(length)
        shift.append(end)
        last = end
    pieces.append(plain[last:])
    return Folded(text, "".join(pieces), at, shift)


def _plain(text: str, unusual: set[str]) -> str:
    """The text with every character that has one plain character to stand for it replaced by that."""
    for char, instead in _USUAL.items():
        text = text.replace(char, instead)
    for char in unusual:
        text = text.replace(char, _ONE_FOR_ONE[char])
    if "/" in text:
        text = _IN_SLASHES.sub(r'"\1"', text)
    return text


# «عناصر من تنظيم / داعش / قتلوا»: the marks stand apart from the words around them; «2014/ 2015» and «أ/ب» are left alone.
_IN_SLASHES: Final = re.compile(rf"/(?<!\S/)( ?[{_LETTER}][{_LETTER} ]{{0,40}})/(?![^\s.,،:؛)])")


def _edits(text: str) -> tuple[list[tuple[int, int, str]], set[str]]:
    """Stretches of the source that are not copied one for one: (start, end, what stands instead), in order; and its unusual characters."""
    found: list[tuple[int, int, str]] = []
    unusual: set[str] = set()
    for match in _ODD.finditer(text):
        start, end = match.span()
        if end == start + 1:
            char = text[start]
            if char in _ONE_FOR_ONE:
                unusual.add(char)
                continue
            if char in _DROPPED_SET and char != "ـ":  # nearly all are single vowel marks
                found.append((start, end, ""))
                continue
        found += _run_edits(text, start, end)
    if _APART_HINT.search(text):
        apart = [(*match.span(), "") for match in _SET_APART.finditer(text)]
        if apart:
            found = sorted(found + apart, key=lambda edit: (edit[0], -edit[1]))
    if _SPACED_HINT.search(text):
        for match in _SPACED.finditer(text):
            found += [(i, i + 1, "") for i in range(match.start() + 1, match.end(), 2)]
        found.sort()
    return found, unusual


def _run_edits(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """What to do with a run of marks, signs and presentation forms."""
    run = text[start:end]
    if _DROPPED.fullmatch(run):
        return [(*_closed_up(text, start, end), "")] if "ـ" in run else [(start, end, "")]
    if not any(char in _EXPANDED for char in run) and _letter_at(text, start - 1) and _letter_at(text, end):
        return [(start, end, "")]  # اســ*ـتشهد
    edits = [(start + m.start(), start + m.end(), "") for m in _DROPPED.finditer(run)]
    edits += [(start + i, start + i + 1, _EXPANDED[char]) for i, char in enumerate(run) if char in _EXPANDED]
    return sorted(edits)


def _closed_up(text: str, start: int, end: int) -> tuple[int, int]:
    """A run of tatweels with the one or two spaces beside it that set letters apart («قــ صــ ـف»).

    «1443هـ الموافق» is none: the Hijri sign ends in a tatweel too.
    """
    hijri = start > 0 and text[start - 1] == "ه" and not _letter_at(text, start - 2)
    if _letter_at(text, start - 1) and text[end : end + 1] == " " and not hijri:
        after = end + (2 if text[end : end + 2] == "  " else 1)
        if _letter_at(text, after) or text[after : after + 1] == "ـ":
            return start, after
    before = start
    while before > max(0, start - 2) and text[before - 1] == " ":
        before -= 1
    if before < start and _letter_at(text, before - 1) and _letter_at(text, end):
        return before, end
    return start, end


def _letter_at(text: str, at: int) -> bool:
    return 0 <= at < len(text) and _IS_LETTER.match(text, at) is not None


def fold_word(word: str) -> str:
    """A lexicon entry folded as the texts are, with single spaces.

    >>> fold_word("سَرّي  كانيه")
    'سري كانيه'
    """
    return " ".join(fold(word).text.split())


_ARABIC: Final = re.compile(rf"[{_LETTER}\ufb50-\ufdff\ufe70-\ufefc]")


def has_arabic(text: str) -> bool:
    """Whether the text holds any Arabic letter."""
    return _ARABIC.search(text) is not None


# Arabic letters first, which most words are: `re` runs along a plain range in half the time.
# A Latin word that a page runs together with an Arabic one («Publicعاجل») is a word of its own.
_TOKEN: Final = re.compile(r"[\u0621-\u064a]+[^\W\d_a-z]*|\d{1,3}(?:,\d{3})+(?!\d)|\d+|[^\W\d_\u0621-\u064a]+|\n|[^\s\w]|_")


def tokens(folded: str) -> list[str]:
    """A folded text cut into words, numbers and marks; line ends are words too. Only spaces stand between them.

    >>> tokens("قتل 1,200 شخص.")
    ['قتل', '1,200', 'شخص', '.']
    """
    return _TOKEN.findall(folded)


def is_one_token(stretch: str) -> bool:
    """Whether `tokens` leaves a stretch whole, as most are; told in less time than to cut it.

    >>> is_one_token("1,200"), is_one_token("شخص."), is_one_token("")
    (True, False, False)
    """
    first = _TOKEN.match(stretch)  # and no `fullmatch`, which would try every shorter word of a long one
    return first is not None and first.end() == len(stretch)


# A full stop ends a sentence unless it stands between digits or after a single letter (أ.ف.ب). Arabic newspapers often
# leave out the space after it.
_SENTENCE_END: Final = re.compile(
    rf"[.!?؟\n](?:(?<=\.)(?<![\s.][{_LETTER}]\.)(?<!\A[{_LETTER}]\.)(?!\d)(?![{_LETTER}]\.)|(?<=[!?؟])[!?؟]*|(?<=\n)\n*)"
)


_SPACES: Final = frozenset(" \n")


def sentence_end(folded: str, mark: int) -> int | None:
    """Where the sentence ends that the mark at an offset closes, after the marks beside it; None for a mark that closes none.

    >>> sentence_end("قتل مدني. وأصيب 3.5 في المئة", 8), sentence_end("قتل مدني. وأصيب 3.5 في المئة", 17)
    (9, None)
    """
    char, after = folded[mark], folded[mark + 1 : mark + 2]
    if char == "\n" and after != "\n":
        return mark + 1
    if char == "." and mark > 1 and (after in _SPACES or not after):  # most marks, told in a tenth of the time
        before = folded[mark - 2]
        if before != "." and not before.isspace():
            return mark + 1
    match = _SENTENCE_END.match(folded, mark)
    return match.end() if match else None
