"""Files of plain text become reports. What is not text is refused in one line that says what to do.

Bytes are decoded, never repaired: offsets count the code points that the file really holds. Only a byte order mark, which
says how a file is written and is no part of its text, is left out.
"""

from __future__ import annotations

import codecs
import re
import sys
from pathlib import Path

from sijill.errors import InputError
from sijill.ingest.acquired import Content
from sijill.ingest.charset import Said, choose_charset
from sijill.records import Report
from sijill.text import MAX_CHARACTERS

__all__ = ["ENCODINGS", "check_text", "decode", "html_tag", "is_unicode", "read_bytes", "read_report", "read_text"]

ENCODINGS = ("utf-8", "utf-16", "windows-1256", "iso-8859-6")
"""What a caller may declare. UTF-8, and UTF-16 with its byte order mark, need no declaration; the old code pages do."""

MAX_BYTES = 4 * MAX_CHARACTERS

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a gzip file"),
)
_SAVE = "save its words as plain text in UTF-8 and read that"


def read_report(
    path: str,
    *,
    encoding: str | None = None,
    id: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
) -> Report:
    """The report in a file of text, or from standard input where the path is ``-``.

    Its id, where none is given, is the file's name up to the first dot; a report from standard input has the text's hash.
    Raises `InputError` for what is not text.
    """
    for what, value in (("id", id), ("title", title), ("outlet", outlet)):
        if value is not None and not is_unicode(value):
            raise InputError(f"the {what} is not valid UTF-8; type it anew")
    name = "standard input" if path == "-" else path
    text = decode(read_bytes(path), name=name, encoding=encoding)
    check_text(text, name=name)
    given = id or ("" if path == "-" else _plain_name(path))
    return Report.of(text, id=given or None, title=title, outlet=outlet, published=published)


def read_text(data: bytes, *, name: str, encoding: str | None = None, charset: str | None = None) -> Content:
    """The text in the bytes of a plain text file; `encoding` is what the caller declares, `charset` what a server says.

    An Arabic code page that nobody declared is taken for what it is, with a warning. Raises `InputError` for what is not text.

    >>> read_text("قُتل مدني".encode(), name="a.txt").text
    'قُتل مدني'
    >>> read_text("قتل ثلاثة مدنيين في قصف على إدلب".encode("cp1256"), name="a.txt").warnings
    ['no encoding is named; the bytes are not UTF-8, and were read as windows-1256']
    """
    chosen, warnings = encoding, list[str]()
    if encoding is None and len(data) <= MAX_BYTES:
        guess, mark, warnings = choose_charset(data, said=[Said("the header", charset)] if charset else [])
        # UTF-8, marks and what is no text are left to `decode`, which knows what to say of them.
        if not mark and (guess in ("windows-1256", "iso-8859-6") or (charset and guess not in ("utf-8", "binary"))):
            chosen = guess
    text = decode(data, name=name, encoding=chosen)
    check_text(text, name=name)
    marked = next((marked for mark, marked in _MARKS if data.startswith(mark)), None)
    return Content(text=text, media_type="text/plain", charset=marked or chosen or "utf-8", warnings=warnings)


def _plain_name(path: str) -> str:
    name = Path(path).name.split(".")[0]
    return name if is_unicode(name) else ""


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``; never more than one report can have."""
    try:
        if path == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as wrong:
        raise InputError(f"cannot read {path}: {wrong.strerror or wrong}") from wrong
    except ValueError as wrong:  # a NUL in the path
        raise InputError(f"cannot read {path!r}: {wrong}") from wrong


def decode(data: bytes, *, name: str, encoding: str | None = None) -> str:
    """Bytes as text, in UTF-8, in what a byte order mark says, or in the encoding that the caller declares.

    >>> decode("قُتل مدني".encode(), name="report.txt")
    'قُتل مدني'
    >>> decode("قتل".encode("cp1256"), name="report.txt", encoding="windows-1256")
    'قتل'
    """
    if len(data) > MAX_BYTES:
        raise InputError(f"{name} is longer than {MAX_CHARACTERS:,} characters; split it into its reports")
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], marked, name)
    kind = next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)
    if kind:
        raise InputError(f"{name} is {kind}, not text; {_SAVE}")
    if encoding in (None, "utf-8", "windows-1256", "iso-8859-6") and b"\0" in data:
        raise InputError(f"{name} holds zero bytes: it is binary, or UTF-16 without its mark (then name it: --encoding utf-16)")
    if encoding in ("windows-1256", "iso-8859-6") and _is_utf_8(data):
        raise InputError(f"{name} is UTF-8, not {encoding}; leave out --encoding")
    return _decoded(data, encoding or "utf-8", name)


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as wrong:
        byte = f"byte 0x{data[wrong.start]:02x} at position {wrong.start}"
        advice = "save it as UTF-8, or name its encoding, for example --encoding windows-1256"
        raise InputError(f"{name} is not {encoding.upper()} ({byte}); {advice}") from wrong


def _is_utf_8(data: bytes) -> bool:
    """Whether bytes are UTF-8 beyond ASCII; an old code page almost never is by chance."""
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def check_text(text: str, *, name: str) -> None:
    """Refuse a text that is empty, too long, a web page, or no text at all.

    >>> check_text("<p>قُتل مدني</p>", name="page.html")
    Traceback (most recent call last):
    sijill.errors.InputError: page.html is HTML (<p> on line 1), which is not read; save its words as plain text in UTF-8 and read that
    """
    if not text or text.isspace():
        raise InputError(f"{name} is empty; give a report's text")
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"{name} is longer than {MAX_CHARACTERS:,} characters; split it into its reports")
    if not is_unicode(text):
        raise InputError(f"{name} holds half a surrogate pair (U+D800 to U+DFFF), which is no character; export it anew as UTF-8")
    tag = html_tag(text)
    if tag:
        line = text.count("\n", 0, tag.start()) + 1
        raise InputError(f"{name} is HTML (<{tag['name'].lower()}> on line {line}), which is not read; {_SAVE}")


def is_unicode(text: str) -> bool:
    """Whether a text holds characters only, no half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


_TAG = re.compile(
    r"</?(?P<name>a|article|b|blockquote|body|br|div|em|figure|font|footer|h[1-6]|head|header|i|iframe|img|li|link|main|meta|nav|ol|p"
    r"|section|script|span|strong|style|table|tbody|td|th|title|tr|u|ul)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_PAGE = re.compile(r"<(?P<name>!doctype|html)\b", re.IGNORECASE)


def html_tag(text: str) -> re.Match[str] | None:
    """The first tag of a text that is HTML: a page, or at least two tags; one stray «<br>» does not make a page.

    >>> html_tag("<p>قُتل مدني</p>")["name"], html_tag("سطر<br>سطر")
    ('p', None)
    """
    page = _PAGE.search(text)
    if page:
        return page
    tags = _TAG.finditer(text)
    first, second = next(tags, None), next(tags, None)
    return first if second else None
