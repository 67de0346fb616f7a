"""Web archives (WARC, plain or packed, and WACZ) give the pages in them, one record at a time, however large the archive.

A record is a few lines of headers and as many bytes as they say. What servers sent is unpacked within limits. The rest of the archive is
lost where it is damaged, and what came before is not.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from typing import IO, NamedTuple, cast

from sijill.errors import InputError
from sijill.ingest.packing import gunzipped, one_line, peek, unpacked

__all__ = ["Page", "wacz_pages", "warc_pages"]

MAX_BODY = 100 * 1024 * 1024
_LINE = 65_536
_HEADERS = 300
_TAKEN = frozenset(("response", "resource", "conversion"))


class Page(NamedTuple):
    """What an archive took from an address: the unpacked body, or why it could not be had."""

    url: str
    captured: str | None
    media_type: str | None
    charset: str | None
    headers: dict[str, str]
    body: bytes
    error: str = ""


class _Record(NamedTuple):
    headers: dict[str, str]
    block: bytes
    too_large: bool


def warc_pages(file: IO[bytes], *, name: str) -> Iterator[Page]:
    """What was fetched with success, in the order of the archive; each address and body once.

    Raises `InputError` where the archive is no further readable.

    >>> block = b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n<p>a</p>"
    >>> head = b"WARC/1.0\\r\\nWARC-Type: response\\r\\nWARC-Target-URI: http://a.example/\\r\\nContent-Type: application/http\\r\\n"
    >>> record = head + b"Content-Length: %d\\r\\n\\r\\n" % len(block) + block + b"\\r\\n\\r\\n"
    >>> [(page.url, page.body) for page in warc_pages(io.BufferedReader(io.BytesIO(record)), name="a.warc")]
    [('http://a.example/', b'<p>a</p>')]
    """
    seen: set[bytes] = set()
    try:
        for record in _records(file, name):
            page = _page(record)
            if page is None:
                continue
            key = hashlib.sha256(page.url.encode("utf-8", "replace") + b"\0" + page.body).digest()
            if key not in seen:
                seen.add(key)
                yield page
    except (EOFError, OSError, zlib.error) as wrong:
        raise InputError(f"{name} is damaged from here on ({one_line(wrong)}); get it anew") from wrong


def _records(file: IO[bytes], name: str) -> Iterator[_Record]:
    while True:
        version = file.readline(_LINE)
        while version in (b"\r\n", b"\n"):
            version = file.readline(_LINE)
        if not version:
            return
        if not version.startswith(b"WARC/"):
            raise InputError(f"{name} is damaged from here on (no record begins where one should); get it anew")
        headers = _headers(_header_lines(file, name))
        length = headers.get("content-length", "")
        if not length.isdecimal() or len(length) > 15:
            raise InputError(f"{name} is damaged from here on (a record without a length); get it anew")
        yield _Record(headers, *_block(file, int(length)))


def _header_lines(file: IO[bytes], name: str) -> list[bytes]:
    lines: list[bytes] = []
    while (line := file.readline(_LINE)) not in (b"\r\n", b"\n"):
        if not line:
            raise EOFError("it ends in the middle of a record")
        lines.append(line)
        if len(lines) > _HEADERS:
            raise InputError(f"{name} is damaged from here on (a record with too many headers); get it anew")
    return lines


def _block(file: IO[bytes], length: int) -> tuple[bytes, bool]:
    """The bytes of a record, or none of one that is too large."""
    data = file.read(min(length, MAX_BODY + _LINE))
    left = length - len(data)
    while left:
        skipped = file.read(min(left, 1 << 20))
        if not skipped:
            raise EOFError("it ends in the middle of a record")
        left -= len(skipped)
    return (b"", True) if length > MAX_BODY + _LINE else (data, False)


def _headers(lines: list[bytes]) -> dict[str, str]:
    """Headers by name in small letters; of those that stand twice, the first."""
    found: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon and not name[:1].isspace():
            found.setdefault(name.strip().lower(), value.strip())
    return found


def _page(record: _Record) -> Page | None:
    kind = record.headers.get("warc-type", "").lower()
    url = record.headers.get("warc-target-uri", "").strip("<>")
    if kind not in _TAKEN or not url.startswith(("http://", "https://")):
        return None
    captured = record.headers.get("warc-date")
    if record.too_large:
        error = f"{url} is larger than {MAX_BODY // 1024 // 1024} MB; it is not read"
        return Page(url, captured, None, None, {}, b"", error)
    if kind == "response":
        head, body = _split(record.block)
        if not re.match(rb"HTTP/\d(?:\.\d)? 2\d\d", head):
            return None
        headers = _headers(head.split(b"\n")[1:])
    else:
        headers, body = {"content-type": record.headers.get("content-type", "")}, record.block
    media_type, charset = _content_type(headers.get("content-type", ""))
    kept = {name: headers[name] for name in ("content-type", "last-modified") if headers.get(name)}
    try:
        return Page(url, captured, media_type, charset, kept, _body(headers, body, url))
    except InputError as wrong:
        return Page(url, captured, media_type, charset, kept, b"", str(wrong))


def _split(block: bytes) -> tuple[bytes, bytes]:
    found = re.search(rb"\r?\n\r?\n", block)
    return (block[: found.start()].replace(b"\r", b""), block[found.end() :]) if found else (block, b"")


def _content_type(header: str) -> tuple[str | None, str | None]:
    media_type, _, rest = header.partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", rest, re.IGNORECASE)
    return media_type.strip().lower() or None, charset[1] if charset else None


def _body(headers: dict[str, str], body: bytes, url: str) -> bytes:
    """The body as the server meant it. Some archives unpack what they keep and leave the headers as they were."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    coding = headers.get("content-encoding", "")
    try:
        return unpacked(body, coding, limit=MAX_BODY, name=url)
    except InputError:
        if coding.strip().lower() in ("gzip", "x-gzip", "deflate", "br") and body.lstrip()[:1] in (b"<", b"%", b"P"):
            return body
        raise


def _unchunked(body: bytes) -> bytes:
    """The chunks joined; the body as it is where it is not in chunks."""
    out: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at, at + 100)
        size = body[at:end].split(b";")[0].strip() if end >= 0 else b""
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size):
            return b"".join(out) if out else body
        length = int(size, 16)
        if length == 0:
            return b"".join(out)
        out.append(body[end + 1 : end + 1 + length])
        at = end + 1 + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1
        if at > len(body):
            return b"".join(out)


# --- WACZ ------------------------------------------------------------------------------------------------------------


def wacz_pages(archive: zipfile.ZipFile, *, name: str) -> Iterator[Page]:
    """What the archives in a WACZ hold: of the pages that its list names, if it has one, else of all.

    Raises `InputError` where it is no further readable.
    """
    parts = sorted(part for part in archive.namelist() if part.startswith("archive/") and part.endswith((".warc", ".warc.gz")))
    listed = _listed(archive, name)
    found = False
    for wanted in [listed, None] if listed else [None]:
        for part in parts:
            for page in _member_pages(archive, part, name):
                if wanted is None or _key(page.url) in wanted:
                    found = True
                    yield page
        if found:
            return


def _member_pages(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[Page]:
    if archive.getinfo(part).flag_bits & 1:
        raise InputError(f"{name} is locked with a password; save it without one")
    try:
        with closing(archive.open(part)) as member:
            stream = io.BufferedReader(cast(io.RawIOBase, member))
            plain = gunzipped(stream, name=f"{name}!/{part}") if peek(stream, 2) == b"\x1f\x8b" else stream
            yield from warc_pages(plain, name=f"{name}!/{part}")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as wrong:
        raise InputError(f"{name} is damaged ({one_line(wrong)}); get it anew") from wrong


def _listed(archive: zipfile.ZipFile, name: str) -> set[str]:
    """The pages that whoever made the archive meant, without what these loaded."""
    found: set[str] = set()
    for part in ("pages/pages.jsonl", "pages/extraPages.jsonl"):
        if part not in archive.namelist() or archive.getinfo(part).file_size > MAX_BODY:
            continue
        try:
            lines = archive.read(part).splitlines()
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as wrong:
            raise InputError(f"{name} is damaged ({one_line(wrong)}); get it anew") from wrong
        for line in lines:
            try:
                page = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(page, dict) and isinstance(page.get("url"), str):
                found.add(_key(page["url"]))
    return found


def _key(url: str) -> str:
    return url.partition("#")[0].rstrip("/")
