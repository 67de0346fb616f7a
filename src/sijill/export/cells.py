"""Values as they are written to files: JSON, lines of comma-separated tables, and cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

__all__ = ["as_json", "cell", "csv_lines", "whole"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HALF = re.compile("[\ud800-\udfff]")


def whole(text: str) -> str:
    """The text with every half of a character, which no encoding can hold, as U+FFFD; its length in code points stays.

    >>> ascii(whole("a\\ud800b"))
    "'a\\\\ufffdb'"
    """
    return _HALF.sub("\ufffd", text)


def as_json(value: object) -> bytes:
    """A value as JSON without spaces, Arabic as Arabic.

    >>> as_json({"a": [None, True]})
    b'{"a":[null,true]}'
    """
    return whole(json.dumps(value, ensure_ascii=False, separators=(",", ":"))).encode()


def cell(value: object) -> object:
    """A value as a cell. A text that a spreadsheet would take for a formula gets an apostrophe before it; unknown is an empty cell.

    >>> cell("=1+1"), cell("-"), cell(-3), cell(True), cell(None)
    ("'=1+1", "'-", -3, 'true', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return whole(f"'{value}" if value.startswith(_FORMULA) else value)
    return value


def csv_lines(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], *, mark: bool = True) -> Iterator[bytes]:
    """A table line by line, the head first. With `mark` it begins with the mark by which spreadsheets know UTF-8.

    >>> list(csv_lines([{"a": "=1", "b": None}], ["a", "b"], mark=False))
    [b'a,b\\r\\n', b"'=1,\\r\\n"]
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    yield text.getvalue().encode("utf-8-sig" if mark else "utf-8")
    for row in rows:
        text.seek(0)
        text.truncate()
        writer.writerow({name: cell(value) for name, value in row.items()})
        yield text.getvalue().encode()
