"""Unpacking what others packed, within limits: gzip, the encodings of HTTP, zip archives.

A few kilobytes can be packed so that they unpack to as many gigabytes. Every way in here counts what comes out and stops.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from typing import IO, cast

from sijill.errors import InputError

__all__ = ["MAX_MEMBERS", "MAX_RATIO", "SMALL", "gunzipped", "member", "members", "one_line", "peek", "unpacked"]

MAX_RATIO = 250
"""How many times larger packed data may become. Text is packed to a tenth, dull tables to a hundredth."""

SMALL = 64 * 1024 * 1024
"""Up to here the ratio does not matter."""

MAX_MEMBERS = 20_000
MAX_DOCUMENT = 256 * 1024 * 1024

_BLOCK = 1 << 16


class _Counted(io.RawIOBase):
    """A gzip stream that stops when far more comes out than went in."""

    def __init__(self, packed: IO[bytes], name: str) -> None:
        self._packed = _CountedIn(packed)
        self._plain = gzip.GzipFile(fileobj=cast(IO[bytes], self._packed))
        self._name = name
        self._out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._plain.read1(min(len(buffer), _BLOCK))
        self._out += len(data)
        if self._out > SMALL and self._out > MAX_RATIO * self._packed.count:
            raise InputError(f"{self._name} unpacks to more than {MAX_RATIO} times its size, as only traps do; it is not read")
        buffer[: len(data)] = data
        return len(data)


class _CountedIn:
    """What `gzip` needs of a file, with a count of what it took."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.count += len(data)
        return data


def gunzipped(packed: IO[bytes], *, name: str) -> io.BufferedReader:
    """The plain bytes of a gzip stream, of one or many parts, as they are asked for.

    Reading raises `InputError` for a trap, and what `gzip` raises where the data is damaged: OSError, EOFError, zlib.error.

    >>> gunzipped(io.BytesIO(gzip.compress(b"abc")), name="a.gz").read()
    b'abc'
    """
    return io.BufferedReader(_Counted(packed, name), _BLOCK)


def peek(file: IO[bytes], size: int = 4096) -> bytes:
    """The first bytes of a buffered stream, which it will give again.

    >>> stream = io.BufferedReader(io.BytesIO(b"abc"))
    >>> peek(stream), stream.read()
    (b'abc', b'abc')
    """
    return cast(io.BufferedReader, file).peek(size)[:size]


def unpacked(data: bytes, encoding: str | None, *, limit: int, name: str) -> bytes:
    """A body as HTTP packed it («gzip», «deflate», «br», or several in a row), unpacked, at most `limit` bytes of it.

    Raises `InputError` for what is damaged, unknown, or larger.

    >>> unpacked(gzip.compress(b"abc"), "gzip", limit=10, name="a")
    b'abc'
    >>> unpacked(gzip.compress(bytes(1000)), "gzip", limit=10, name="a")
    Traceback (most recent call last):
    sijill.errors.InputError: a is larger than 10 bytes once unpacked; it is not read
    """
    for coding in reversed([part.strip().lower() for part in (encoding or "").split(",")]):
        if coding in ("", "identity", "none"):
            continue
        try:
            data = _decompressed(data, coding, limit)
        except (zlib.error, ValueError) as wrong:
            raise InputError(f"{name} is packed as {coding} and damaged ({one_line(wrong)}); get it anew") from wrong
        except KeyError as wrong:
            raise InputError(f"{name} is packed as {coding!r}, which is not known; get it without packing") from wrong
        if len(data) > limit:
            raise InputError(f"{name} is larger than {limit:,} bytes once unpacked; it is not read")
    return data


def _decompressed(data: bytes, coding: str, limit: int) -> bytes:
    """At most one byte more than the limit; KeyError for a coding that is not known."""
    if coding == "br":
        return _brotli(data, limit)
    if coding in ("gzip", "x-gzip"):
        return _gzip_parts(data, limit)
    if coding == "deflate":
        try:
            return zlib.decompressobj().decompress(data, limit + 1)
        except zlib.error:  # some servers leave out the header that the standard asks for
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, limit + 1)
    raise KeyError(coding)


def _gzip_parts(data: bytes, limit: int) -> bytes:
    """A cut end is borne with, as browsers do: the text before it is there."""
    out = b""
    while data and len(out) <= limit:
        part = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            out += part.decompress(data, limit + 1 - len(out))
        except zlib.error:
            if out:  # rubbish after the end
                break
            raise
        data = part.unused_data
    return out


def _brotli(data: bytes, limit: int) -> bytes:
    import brotli

    part, out = brotli.Decompressor(), b""
    try:
        out = part.process(data, output_buffer_limit=limit + 1)
        while not part.is_finished() and len(out) <= limit and (more := part.process(b"", output_buffer_limit=limit + 1)):
            out += more
    except brotli.error as wrong:
        raise ValueError(one_line(wrong)) from wrong
    return bytes(out)


def members(file: IO[bytes], *, name: str, largest: int = MAX_DOCUMENT) -> tuple[zipfile.ZipFile, list[str]]:
    """A zip archive and the names in it. `largest` is what all members may unpack to together; 0 leaves that to who reads them.

    Raises `InputError` for what is damaged or a trap. Sizes are those that the archive declares: more never comes out of a member.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as wrong:
        raise InputError(f"{name} is a damaged zip archive ({one_line(wrong)}); get it anew") from wrong
    parts = archive.infolist()
    if len(parts) > MAX_MEMBERS:
        raise InputError(f"{name} holds {len(parts):,} files, more than {MAX_MEMBERS:,}; it is not read")
    total = sum(part.file_size for part in parts)
    if largest and total > largest:
        raise InputError(f"{name} unpacks to {total:,} bytes, more than {largest:,}; it is not read")
    for part in parts:
        if part.file_size > SMALL // 8 and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise InputError(f"{name} unpacks to more than {MAX_RATIO} times its size, as only traps do; it is not read")
    return archive, [part.filename for part in parts]


def member(archive: zipfile.ZipFile, part: str, *, name: str, limit: int = MAX_DOCUMENT) -> bytes:
    """The bytes of one member; `InputError` where it is damaged, locked, or larger than `limit`."""
    try:
        info = archive.getinfo(part)
        if info.flag_bits & 1:
            raise InputError(f"{name} is locked with a password; save it without one")
        if info.file_size > limit:
            raise InputError(f"{name}: {part} is larger than {limit:,} bytes; it is not read")
        return archive.read(part)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, zlib.error) as wrong:
        raise InputError(f"{name} is damaged ({one_line(wrong)}); get it anew") from wrong


def one_line(wrong: BaseException) -> str:
    """What an exception says, in one line.

    >>> one_line(ValueError("a\\n b")), one_line(EOFError())
    ('a b', 'EOFError')
    """
    return " ".join(str(wrong).split())[:300] or type(wrong).__name__
