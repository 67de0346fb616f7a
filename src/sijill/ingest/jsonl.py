"""Lines of JSON become reports, one line at a time; a bad line becomes a `LineError` and the rest goes on."""

from __future__ import annotations

import codecs
import gzip
import json
import sys
import zlib
from collections.abc import Iterator
from typing import IO, Any, cast

import msgspec

from sijill.errors import InputError
from sijill.ingest.text import check_text, is_unicode
from sijill.records import Report
from sijill.text import MAX_CHARACTERS

__all__ = ["JsonLines", "LineError", "is_json_lines", "report_from_line"]

MAX_LINE_BYTES = 6 * MAX_CHARACTERS
"""The longest line that is read: every character may be escaped as ``\\uXXXX``."""


class LineError(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the output for a line that could not be read."""

    id: str | None
    line: int
    error: str


def is_json_lines(path: str) -> bool:
    """Whether a file's name says that it holds lines of JSON.

    >>> is_json_lines("reports.jsonl.gz"), is_json_lines("report.txt")
    (True, False)
    """
    return path.lower().endswith((".jsonl", ".jsonl.gz"))


class JsonLines:
    """The lines of a file as (line number, report or error), read as they are asked for; blank lines are passed over.

    A file packed with gzip is known by its first bytes, whatever its name. The path ``-`` is standard input. Where a buffered
    stream is given, it is read, and the path is only its name. One that begins in the middle of a file is plain, and its lines are counted
    from `first`.
    """

    def __init__(self, path: str, stream: IO[bytes] | None = None, *, first: int = 1) -> None:
        self._first = first
        self._name = "standard input" if path == "-" else path
        self._raw: IO[bytes] = stream if stream is not None else _opened(path)
        head = self._raw.peek(2)[:2] if first == 1 else b""  # type: ignore[attr-defined]
        if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            self.close()
            raise InputError(f"{self._name} is UTF-16; JSON lines must be UTF-8: convert the file first")
        self._lines: IO[bytes] = cast(IO[bytes], gzip.GzipFile(fileobj=self._raw)) if head == b"\x1f\x8b" else self._raw

    def __enter__(self) -> JsonLines:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; standard input is left open."""
        if self._raw is not sys.stdin.buffer:
            self._raw.close()

    def position(self) -> int:
        """How many bytes of the file have been taken in, for a progress bar."""
        return self._raw.tell()

    def __iter__(self) -> Iterator[tuple[int, Report | LineError]]:
        for number, _, found in self.rows():
            yield number, found

    def rows(self) -> Iterator[tuple[int, bytes, Report | LineError]]:
        """The same with the bytes of each line as they stand in the file; none of a line that is too long or damaged."""
        number = self._first - 1
        while True:
            number += 1
            try:
                line = self._line()
            except (OSError, EOFError, zlib.error) as wrong:
                yield (
                    number,
                    b"",
                    LineError(id=None, line=number, error=f"the file is damaged from here on ({_one_line(wrong)}); get it anew"),
                )
                return
            if line == b"":
                return
            if line is None:
                error = f"the line is longer than {MAX_LINE_BYTES:,} bytes; split it into its reports"
                yield number, b"", LineError(id=None, line=number, error=error)
                continue
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if not line.isspace() and line:
                yield number, line, report_from_line(line, number)

    def _line(self) -> bytes | None:
        """The next line, empty at the end; None for one that is too long, which is passed over."""
        line = self._lines.readline(MAX_LINE_BYTES + 1)
        if len(line) <= MAX_LINE_BYTES or line.endswith(b"\n"):
            return line
        while line and not line.endswith(b"\n"):
            line = self._lines.readline(1 << 20)
        return None


def _opened(path: str) -> IO[bytes]:
    if path == "-":
        return sys.stdin.buffer
    try:
        file = open(path, "rb")  # noqa: SIM115 — closed by JsonLines.close
        file.peek(1)  # a directory opens, and fails only when read
    except (OSError, ValueError) as wrong:
        raise InputError(f"cannot read {path}: {getattr(wrong, 'strerror', None) or wrong}") from wrong
    return file


_OPTIONAL = ("title", "published", "outlet", "url")


def report_from_line(line: bytes, number: int) -> Report | LineError:
    """The report that a line of JSON holds, or why it holds none.

    >>> report_from_line('{"id": "a", "text": "قُتل مدني"}'.encode(), 1).id
    'a'
    >>> report_from_line(b'{"id": "a"}', 2)
    LineError(id='a', line=2, error='the object has no "text"')
    """
    try:
        found = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as wrong:
        return LineError(id=None, line=number, error=f"not UTF-8 (byte 0x{line[wrong.start]:02x} at position {wrong.start} of the line)")
    except RecursionError:
        return LineError(id=None, line=number, error="not an object that can be read: nested too deeply")
    except ValueError as wrong:
        return LineError(id=None, line=number, error=f"not JSON: {_one_line(wrong)}")
    if not isinstance(found, dict):
        return LineError(id=None, line=number, error='not a JSON object; write {"id": …, "text": …}')
    return _report(found, number)


def _report(found: dict[str, Any], number: int) -> Report | LineError:
    given = found.get("id")
    id = str(given) if isinstance(given, str | int) and not isinstance(given, bool) and given != "" else None
    if id is not None and not is_unicode(id):
        return LineError(id=None, line=number, error='"id" holds half a surrogate pair, which is no character')
    problem = _problem(found)
    if problem:
        return LineError(id=id, line=number, error=problem)
    try:
        check_text(found["text"], name="the text")
    except InputError as wrong:
        return LineError(id=id, line=number, error=str(wrong))
    optional = {field: found.get(field) or None for field in _OPTIONAL}
    return Report.of(found["text"], id=id, **optional)


def _problem(found: dict[str, Any]) -> str | None:
    """What is wrong with the fields of an object, if anything."""
    if "text" not in found:
        return 'the object has no "text"'
    if not isinstance(found["text"], str):
        return '"text" must be a string'
    if not isinstance(found.get("id"), str | int | None) or isinstance(found.get("id"), bool):
        return '"id" must be a string'
    for field in _OPTIONAL:
        value = found.get(field)
        if value is not None and not isinstance(value, str):
            return f'"{field}" must be a string'
        if value and not is_unicode(value):
            return f'"{field}" holds half a surrogate pair, which is no character'
    return None


def _one_line(wrong: Exception) -> str:
    return " ".join(str(wrong).split()) or type(wrong).__name__
