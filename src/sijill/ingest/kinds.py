"""What some bytes are: by their first bytes, and only where these leave it open by name or by what a server says."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

from sijill.ingest.text import html_tag

__all__ = ["HEAD", "Kind", "kind_of", "zip_kind"]

HEAD = 16_384
"""How many of the first bytes are looked at."""

Name = Literal["empty", "text", "html", "pdf", "zip", "docx", "wacz", "warc", "gzip", "rows", "table", "feed", "refused", "skipped"]


class Kind(NamedTuple):
    """A kind of bytes; for what is not read, why, and what to do."""

    name: Name
    advice: str = ""


# What a folder of reports also holds and nobody means to add.
_PASSED_OVER = {
    "a picture": (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"\0\0\1\0"),
    "sound or a film": (b"ID3", b"OggS", b"\x1aE\xdf\xa3", b"fLaC"),
    "a font": (b"wOFF", b"wOF2", b"\0\1\0\0\0", b"OTTO"),
    "a database": (b"SQLite format 3\0",),
    "a program": (b"\x7fELF", b"MZ\x90"),
}
_PASSED_OVER_NAMES = {
    "a picture": "png jpg jpeg gif webp bmp ico tif tiff svg heic avif",
    "sound or a film": "mp3 mp4 m4a mov avi mkv webm ogg wav 3gp opus",
    "a font": "woff woff2 ttf otf eot",
    "a part of a web page": "css js map",
    "a program or its data": "exe dll so py pyc db sqlite",
}
_BY_NAME = {suffix: what for what, suffixes in _PASSED_OVER_NAMES.items() for suffix in suffixes.split()}
_REFUSED = (
    (
        b"\xd0\xcf\x11\xe0",
        "an old office document (.doc, .xls) or one locked with a password",
        "save it as .docx without one, or a table as .csv",
    ),
    (b"{\\rtf", "a rich text document", "save it as .docx"),
    (b"Rar!", "a RAR archive", "unpack it and give the folder"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it and give the folder"),
    (b"\xfd7zXZ\0", "an xz archive", "unpack it"),
    (b"BZh", "a bzip2 archive", "unpack it"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", "unpack it"),
    (b"From nobody", "a saved mail or MHTML page", "save the page as HTML"),
    (b"MIME-Version:", "a saved mail or MHTML page", "save the page as HTML"),
)
_FEED = re.compile(rb"<(?:rss|feed|(?:\w+:)?RDF|atom:feed)[\s>]", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def kind_of(head: bytes, *, name: str = "", media_type: str | None = None) -> Kind:
    """What the bytes are that begin with `head`, of a file with this name, or sent as this media type.

    >>> kind_of(b"%PDF-1.7", name="a.txt").name, kind_of(b"<!DOCTYPE html><html>").name, kind_of(b"id,text", name="a.csv").name
    ('pdf', 'html', 'table')
    >>> kind_of(b"\\x89PNG", name="a.png")
    Kind(name='skipped', advice='is a picture, no report')
    """
    if not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
        return Kind("empty", "is empty; give a report's text")
    by_bytes = _by_first_bytes(head)
    return by_bytes or _by_words(head, _suffix(name), (media_type or "").split(";")[0].strip().lower())


def _suffix(name: str) -> str:
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes]
    packed = len(suffixes) > 1 and suffixes[-1] == ".gz"
    return suffixes[-2 if packed else -1][1:] if suffixes else ""


def _by_first_bytes(head: bytes) -> Kind | None:
    if b"%PDF-" in head[:1024]:
        return Kind("pdf")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind("zip")
    if head.startswith(b"\x1f\x8b"):
        return Kind("gzip")
    if head.startswith(b"WARC/"):
        return Kind("warc")
    for signature, what, advice in _REFUSED:
        if head.startswith(signature):
            return Kind("refused", f"is {what}; {advice}")
    for what, signatures in _PASSED_OVER.items():
        if head.startswith(signatures):
            return Kind("skipped", f"is {what}, no report")
    if head[:4] == b"RIFF" or head[4:8] == b"ftyp":
        return Kind("skipped", "is a picture or a film, no report")
    return None


def _by_words(head: bytes, suffix: str, media_type: str) -> Kind:
    if suffix in _BY_NAME and media_type in ("", "application/octet-stream"):
        return Kind("skipped", f"is {_BY_NAME[suffix]}, no report")
    if suffix in ("jsonl", "ndjson") or media_type in ("application/jsonl", "application/x-ndjson", "application/x-jsonlines"):
        return Kind("rows")
    if suffix in ("csv", "tsv") or media_type in ("text/csv", "text/tab-separated-values"):
        return Kind("table")
    start = _as_ascii(head)
    if _PAGE.search(start[:4096]) and not _FEED.search(start[:512]):
        return Kind("html")
    if _FEED.search(start[:2048]):
        return Kind("feed")
    if start.startswith(b"<?xml") or suffix == "xml":
        return Kind("refused", "is XML, but no feed; save its words as plain text in UTF-8")
    if suffix == "json" or media_type == "application/json" or (start[:1] in (b"{", b"[") and start.rstrip()[-1:] in (b"}", b"]")):
        return Kind("refused", "is JSON; write one object a line, with id and text, into a file called .jsonl")
    tagged = html_tag(start.decode("latin-1")) is not None
    page = suffix in ("html", "htm", "xhtml", "shtml", "php", "aspx") or media_type in ("text/html", "application/xhtml+xml")
    return Kind("html") if tagged or (page and b"<" in start) else Kind("text")


def _as_ascii(head: bytes) -> bytes:
    """The beginning with the zero bytes of UTF-16 and the mark left out, so that tags show."""
    wide = head.startswith(_MARKS[1:])
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return (head.replace(b"\0", b"") if wide else head).lstrip()


def zip_kind(names: list[str]) -> Kind:
    """What a zip archive is, by the names of its members.

    >>> zip_kind(["[Content_Types].xml", "word/document.xml"]).name, zip_kind(["a.txt"]).advice
    ('docx', 'is a zip archive; unpack it and give the folder')
    """
    known = set(names)
    if "word/document.xml" in known:
        return Kind("docx")
    if any(name.startswith("archive/") and name.endswith((".warc", ".warc.gz")) for name in names):
        return Kind("wacz")
    if "xl/workbook.xml" in known:
        return Kind("refused", "is an Excel workbook; save the sheet as .csv")
    if "ppt/presentation.xml" in known:
        return Kind("refused", "is a presentation; save it as .pdf")
    if "content.xml" in known and "mimetype" in known:
        return Kind("refused", "is an OpenDocument file; save it as .docx or .pdf")
    return Kind("refused", "is a zip archive; unpack it and give the folder")
