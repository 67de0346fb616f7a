"""What bytes are written in: the byte order mark, then what the bytes can be, then what is said of them.

Servers and pages are often wrong about their encoding, and bytes are not: hardly any text in an old code page is UTF-8 by
chance. So what a header says is tried and not obeyed, and where it was not followed a warning says so.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from typing import NamedTuple

from sijill.errors import InputError

__all__ = ["Decoded", "Said", "choose_charset", "decode_loosely", "known_charset"]


class Said(NamedTuple):
    """An encoding that somebody names: the caller, a header or the page itself."""

    by: str
    charset: str


class Decoded(NamedTuple):
    """A text, what it was decoded from, and what was doubtful about it."""

    text: str
    charset: str
    warnings: list[str]


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Only encodings of text. Python knows others under names that a header could ask for, such as rot13 and zlib.
_NAMES = {
    **dict.fromkeys(("utf-8", "utf8", "unicode", "unicode-1-1-utf-8", "us-ascii", "ascii"), "utf-8"),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1", "cp1252", "windows-1252"), "windows-1252"),
    **dict.fromkeys(("iso-8859-6", "iso8859-6", "iso_8859-6", "arabic", "asmo-708", "ecma-114", "iso-8859-6-i"), "iso-8859-6"),
    **dict.fromkeys(("windows-1256", "cp1256", "cp-1256", "x-cp1256", "win-1256", "windows1256"), "windows-1256"),
    **dict.fromkeys(("x-mac-arabic", "macarabic", "mac-arabic"), "mac_arabic"),
    **{f"windows-125{n}": f"windows-125{n}" for n in "01345789"},
    **{f"iso-8859-{n}": f"iso-8859-{n}" for n in (2, 3, 4, 5, 7, 8, 10, 13, 14, 15, 16)},
    **{f"iso-8859-{n}": "windows-1254" for n in (9,)},
    **{name: name for name in ("koi8-r", "koi8-u", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "utf-16", "utf-16-le", "utf-16-be")},
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "cp720": "cp720",
    "cp864": "cp864",
}
_COMMON = frozenset("في من على إلى أن عن التي الذي هذا مع ان الى بعد قال كان ما لا بين".split())
_WORD = re.compile(r"[^\W\d_]{2,}")
_ARABIC_WORD = re.compile("[\u0621-\u064a]{2,}")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def known_charset(name: str | None) -> str | None:
    """The encoding that a header or a page means by a name, or None where it is none of text.

    >>> known_charset("ISO-8859-1"), known_charset("Windows-1256"), known_charset("rot13")
    ('windows-1252', 'windows-1256', None)
    """
    return _NAMES.get((name or "").strip().strip("\"'").lower())


def choose_charset(data: bytes, *, said: Sequence[Said] = (), complete: bool = True) -> tuple[str, int, list[str]]:
    """The encoding of some bytes, how many of them are its mark, and warnings where what was said of them is not so.

    `complete` is false where the data is only the beginning, so that a character cut at its end is no mistake.
    The encoding is "binary" where the bytes are no text.

    >>> choose_charset("قُتل مدني".encode(), said=[Said("the header", "windows-1256")])
    ('utf-8', 0, ['the header says windows-1256; the bytes are UTF-8'])
    >>> choose_charset("قتل ثلاثة مدنيين في قصف على إدلب".encode("cp1256"), said=[Said("the page", "utf-8")])
    ('windows-1256', 0, ['the page says utf-8; the bytes are not, and were read as windows-1256'])
    """
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return marked, len(mark), []
    named = [Said(s.by, charset) for s in said if (charset := known_charset(s.charset))]
    wide = next((s.charset for s in named if s.charset.startswith("utf-16") and b"\0" in data[:1000]), None)
    if wide:
        return ("utf-16-le" if wide == "utf-16" else wide), 0, []
    if len(_CONTROLS.findall(data[:100_000])) * 200 > len(data[:100_000]):
        return "binary", 0, []
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=complete)
        return "utf-8", 0, _contradicted(named, "utf-8", data)
    except UnicodeDecodeError:
        pass
    return _not_quite_utf_8(data, named)


def _contradicted(named: list[Said], charset: str, data: bytes) -> list[str]:
    if data.isascii():
        return []
    return [f"{s.by} says {s.charset}; the bytes are UTF-8" for s in named[:1] if s.charset != charset]


def _not_quite_utf_8(data: bytes, named: list[Said]) -> tuple[str, int, list[str]]:
    """An old code page, or UTF-8 in which a few bytes are broken."""
    sample = data[:400_000]
    loose = sample.decode("utf-8", "replace")
    broken = loose.count("\ufffd")
    # In an Arabic code page letters stand where UTF-8 begins a character and hardly ever where it goes on with one.
    if sum(not c.isascii() for c in loose) - broken >= 2 * broken:
        return "utf-8", 0, []
    scores = {charset: _arabic_words(sample.decode(charset, "replace")) for charset in ("windows-1256", "iso-8859-6")}
    said = next((s for s in named if s.charset != "utf-8"), None)
    if said and said.charset not in scores:
        scores[said.charset] = _arabic_words(sample.decode(said.charset, "replace"))
    # What is said wins a draw: where no Arabic shows, nothing speaks against it.
    best = max(scores, key=lambda charset: (scores[charset], said is not None and charset == said.charset, charset == "windows-1256"))
    if scores[best] < 0.3:
        best = said.charset if said else "windows-1252"
    if said is None or said.charset != best:
        first = named[0] if named else None
        doubt = (
            f"{first.by} says {first.charset}; the bytes are not, and were"
            if first
            else "no encoding is named; the bytes are not UTF-8, and were"
        )
        return best, 0, [f"{doubt} read as {best}"]
    return best, 0, []


def _arabic_words(text: str) -> float:
    """The share of words that are Arabic, raised by those that every Arabic text has; what cannot be decoded lowers it."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    arabic = sum(_ARABIC_WORD.fullmatch(word) is not None for word in words) + sum(word in _COMMON for word in words)
    return (arabic - 2 * text.count("\ufffd")) / len(words)


def decode_loosely(data: bytes, *, name: str, said: Sequence[Said] = ()) -> Decoded:
    """Bytes of a page or a table as text; single bytes that are no character become U+FFFD, and a warning counts them.

    Raises `InputError` where the bytes are no text.

    >>> decode_loosely("قُتل مدني".encode("utf-8-sig"), name="a").text
    'قُتل مدني'
    """
    charset, mark, warnings = choose_charset(data, said=said)
    if charset == "binary":
        raise InputError(f"{name} is binary, not text; give a text, a web page, a PDF or a Word document")
    text = data[mark:].decode(charset, "replace")
    lost = text.count("\ufffd") - (data.count("\ufffd".encode()) if charset == "utf-8" else 0)
    if lost > 0:
        warnings.append(f"{lost:,} characters could not be decoded from {charset} and stand as U+FFFD")
    return Decoded(text, charset, warnings)
