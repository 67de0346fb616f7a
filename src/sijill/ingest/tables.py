"""Tables (CSV) and lines of JSON: every row is a report, and a bad row does not stop the rest."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import IO, NamedTuple

from sijill.errors import InputError
from sijill.ingest.acquired import Content
from sijill.ingest.charset import Said, choose_charset, known_charset
from sijill.ingest.jsonl import JsonLines, LineError
from sijill.ingest.packing import one_line, peek
from sijill.ingest.page_dates import read_stamp
from sijill.ingest.text import check_text
from sijill.text import MAX_CHARACTERS, fold_word

__all__ = ["Lines", "Row", "RowError", "csv_rows", "delimiter_of", "json_rows", "records"]

MAX_ROW_LINES = 20_000
"""How many lines one row may take; more, and a quotation mark was not closed."""


class Row(NamedTuple):
    """A row with a report: its line in the file, its bytes, and what it holds."""

    line: int
    data: bytes
    content: Content


class RowError(NamedTuple):
    """A row without one."""

    line: int
    error: str


_NAMES = {
    "id": "id|identifier|report id|المعرف|معرف|رقم|الرقم|رقم الخبر|م",
    "text": "text|body|content|article|full text|fulltext|story|description|النص|نص|نص الخبر|نص التقرير|المتن|المحتوى|محتوى|الخبر"
    "|التقرير|المقال",
    "title": "title|headline|heading|subject|العنوان|عنوان|عنوان الخبر|عنوان التقرير|العنوان الرئيسي",
    "published": "published|date|pubdate|pub date|publish date|published at|published date|publication date|date published|تاريخ|التاريخ"
    "|تاريخ النشر|يوم النشر|نشر في|تاريخ الخبر",
    "outlet": "outlet|source|publisher|newspaper|site|media|المصدر|مصدر|الصحيفة|صحيفة|الموقع|موقع|الناشر|الوسيلة|الوكالة|الجريدة"
    "|اسم الموقع",
    "url": "url|link|address|uri|source url|permalink|الرابط|رابط|رابط الخبر|العنوان الإلكتروني|المصدر الأصلي",
}
_FIELD_OF = {fold_word(name): field for field, names in _NAMES.items() for name in names.split("|")}
_DELIMITERS = ",;\t|"


def csv_rows(file: IO[bytes], *, name: str, encoding: str | None = None, charset: str | None = None) -> Iterator[Row | RowError]:
    """The rows of a table with a line of column names, in English or Arabic; a column of texts is needed, others are taken where known.

    `encoding` is what the caller says the file is written in, `charset` what a server says. Raises `InputError` where the whole cannot be
    read as a table.

    >>> table = "العنوان;النص;تاريخ النشر\\nقصف;قُتل مدني;21 كانون الثاني 2022\\n".encode()
    >>> [(row.line, row.content.text, row.content.published) for row in csv_rows(io.BufferedReader(io.BytesIO(table)), name="a.csv")]
    [(2, 'قُتل مدني', '2022-01-21')]
    """
    head = peek(file, 65_536)
    said = [Said(by, named) for by, named in (("the caller", encoding), ("the header", charset)) if named]
    chosen, mark, doubts = choose_charset(head, said=said, complete=False)
    if known_charset(encoding) and not mark and chosen != "utf-8":
        chosen = known_charset(encoding) or chosen
    if chosen == "binary":
        raise InputError(f"{name} is binary, not a table; save the sheet as CSV in UTF-8")
    # Wrong bytes become half surrogates, so that they spoil their own row only, and each row's bytes can be had again.
    errors = "surrogateescape"
    file.read(mark)
    lines = Lines(io.TextIOWrapper(file, encoding=chosen, errors=errors, newline=""))
    csv.field_size_limit(max(csv.field_size_limit(), MAX_CHARACTERS))
    delimiter = delimiter_of(head.decode(chosen, "replace"))
    fields: dict[int, str] | None = None
    for line, cells, taken in records(lines, delimiter):
        if isinstance(cells, str):
            if fields is None:
                raise InputError(f"{name} is no table: {cells}")
            yield RowError(line, cells)
        elif fields is None:
            fields = _fields(cells, name)
        elif any(cell.strip() for cell in cells):
            yield _row(line, "".join(taken).encode(chosen, errors), cells, fields, chosen, doubts)


class Lines:
    """Lines that can be given back, and that remember what was taken."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: list[str] = []
        self.taken: list[str] = []

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MAX_ROW_LINES:
            raise csv.Error("a quotation mark is not closed")
        line = self._again.pop() if self._again else next(self._lines)
        self.taken.append(line)
        return line

    def give_back(self, lines: list[str]) -> None:
        """Have some lines come again."""
        self._again.extend(reversed(lines))


def records(lines: Lines, delimiter: str) -> Iterator[tuple[int, list[str] | str, list[str]]]:
    """The rows of a table: (number of the first line, cells or what is wrong, the lines).

    After a row that cannot be read, reading goes on with its second line: an open quotation mark would else swallow the whole file.
    """
    number = 1
    while True:
        lines.taken = []
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            taken = lines.taken
            yield number, f"the row cannot be read ({one_line(wrong)}); close or double its quotation marks", taken[:1]
            lines.give_back(taken[1:])
            number += 1
            continue
        yield number, cells, lines.taken
        number += len(lines.taken)


def delimiter_of(head: str) -> str:
    """What parts the cells of a table: of four marks the one that its first line has most.

    >>> delimiter_of('a;"b,c,d";e')
    ';'
    """
    first = re.sub(r'"[^"]*"', "", head.split("\n", 1)[0])
    return max(_DELIMITERS, key=first.count) if any(mark in first for mark in _DELIMITERS) else ","


def _fields(names: list[str], name: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for column, written in enumerate(names):
        field = _FIELD_OF.get(" ".join(fold_word(written.replace("_", " ").replace("-", " ")).split()))
        if field and field not in found.values():
            found[column] = field
    if "text" not in found.values():
        shown = ", ".join(written.strip()[:30] for written in names[:8])
        raise InputError(f"{name} has no column of texts (its first line: {shown}); call it text or النص")
    return found


def _row(line: int, data: bytes, cells: list[str], fields: dict[int, str], charset: str, doubts: list[str]) -> Row | RowError:
    if any("\udc80" <= c <= "\udcff" for cell in cells for c in cell):
        return RowError(line, f"the row is not {charset.upper()}; save the table as UTF-8, or name its encoding")
    values = {field: cells[column] for column, field in fields.items() if column < len(cells)}
    text = values.pop("text", "")
    try:
        check_text(text, name="the text")
    except InputError as wrong:
        return RowError(line, str(wrong))
    kept = {field: value.strip() or None for field, value in values.items()}
    published, warnings = _published(kept.pop("published", None))
    content = Content(text=text, media_type="text/csv", published=published, charset=charset, warnings=[*doubts, *warnings], **kept)
    return Row(line, data, content)


def _published(written: str | None) -> tuple[str | None, list[str]]:
    if not written:
        return None, []
    stamp = read_stamp(written)
    if stamp is None:
        return None, [f"the day of publication is not understood and left out: {written[:60]!r}; write it as YYYY-MM-DD"]
    return stamp.day.isoformat(), []


def json_rows(file: IO[bytes], *, name: str) -> Iterator[Row | RowError]:
    """The reports of a file of JSON lines. Raises `InputError` where it is no such file.

    >>> lines = io.BufferedReader(io.BytesIO('{"id": "a", "text": "قُتل مدني"}\\n{}\\n'.encode()))
    >>> [row.content.id if isinstance(row, Row) else row.error for row in json_rows(lines, name="a.jsonl")]
    ['a', 'the object has no "text"']
    """
    for line, data, found in JsonLines(name, file).rows():
        if isinstance(found, LineError):
            yield RowError(line, found.error)
            continue
        published, warnings = _published(found.published)
        content = Content(
            text=found.text,
            media_type="application/json",
            id=found.id if found.id != found.sha256[:16] else None,
            title=found.title,
            outlet=found.outlet,
            url=found.url,
            published=published,
            charset="utf-8",
            warnings=warnings,
        )
        yield Row(line, data, content)
