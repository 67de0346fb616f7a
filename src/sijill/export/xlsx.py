"""Incidents as a workbook (XLSX) for people who work in spreadsheets: every sheet in Arabic, from right to left, and in English.

Incidents, figures, claims with their quotes, reports and contradictions each have a sheet in both languages, and a first sheet says what
the columns mean and what the workbook does not hold. A text is always a text: nothing of a report becomes a formula or a link.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

import xlsxwriter

from sijill.errors import InputError
from sijill.export.describing import Field, LossOf, fields, headings, losses
from sijill.export.forms import Tally
from sijill.export.losing import Counting
from sijill.export.plain import Said, plain
from sijill.export.sheets import TABLES, Row, Table
from sijill.records import Case

__all__ = ["MOST_CHARACTERS", "MOST_ROWS", "README", "write"]

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
"""What Excel bears in a sheet and in a cell. It calls a file broken that has more."""
README = Said("اقرأني", "Read me")

_MADE = datetime.datetime(2000, 1, 1)
"""When the workbook says that it was made: always then, so that the same incidents give the same bytes."""
_FIRST_DAY = datetime.date(1900, 3, 1)
"""Before this day spreadsheets count days each in its own way; an earlier one stays a text."""
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_INTRODUCTION = Said(
    "حوادث مقروءة من تقارير، ولكل رقم الكلمات التي جاء منها. الخلية الفارغة مجهول لا صفر. صفحات البيانات بالعربية أولاً ثم بالإنكليزية.",
    "Incidents read from reports, with the words behind every number. An empty cell is unknown, not zero. The sheets are in Arabic first, "
    "then in English.",
)


def write(cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str]) -> Tally:
    """Write the workbook; rows go to the disk as the cases come. `also` are further columns of every sheet of data.

    Raises `InputError` for more rows than a sheet holds and for a text that is longer than a cell; nothing is cut, for a quote that was cut
    would still look whole.

    >>> import io
    >>> from sijill.records import Incident
    >>> out = io.BytesIO()
    >>> write([Case(incident=Incident(id="inc-1", kind="shelling"))], out, {}).rows
    1
    >>> out.getvalue()[:2]
    b'PK'
    """
    counting = Counting("xlsx")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        book = xlsxwriter.Workbook(out, {**_OPTIONS, "tmpdir": folder})
        book.set_properties({"title": "سجل · sijill", "created": _MADE})
        _readme(book)
        arabic, english = ([_Sheet(book, table, language, also) for table in TABLES] for language in (0, 1))
        for case in counting.of(cases):
            row = plain(case)
            for table, *both in zip(TABLES, arabic, english, strict=True):
                for made in table.rows(case, row):
                    for sheet in both:
                        sheet.add({**made, **also})
            counting.rows += 1
        for sheet in (*arabic, *english):
            sheet.finish()
        book.close()
    return counting.tally()


class _Sheet:
    """A sheet of data in one language, filled from above."""

    def __init__(self, book: xlsxwriter.Workbook, table: Table, language: int, also: Mapping[str, str]) -> None:
        self._columns = [*table.columns, *also]
        self._language = language
        self._name = table.name[language]
        self._sheet = book.add_worksheet(self._name)
        order = {"reading_order": 2, "align": "right"} if language == 0 else {}
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, **order})
        self._text = book.add_format(order)
        self._day = book.add_format({"num_format": "yyyy-mm-dd", **order})
        self._whole = book.add_format({"num_format": "#,##0"})
        self._decimal = book.add_format({"num_format": "0.0###"})
        if language == 0:
            self._sheet.right_to_left()
        self._sheet.freeze_panes(1, 0)
        titles = headings()
        for at, column in enumerate(self._columns):
            self._sheet.set_column(at, at, table.widths.get(column, 14))
            self._sheet.write_string(0, at, titles[column][language] if column in titles else column, head)
        self._next = 1

    def add(self, row: Row) -> None:
        """Write a row under the last."""
        if self._next >= MOST_ROWS:
            raise InputError(f"a sheet holds {MOST_ROWS:,} rows, and {self._name} needs more; export fewer incidents, or take csv")
        for at, column in enumerate(self._columns):
            self._write(at, column, row[column])
        self._next += 1

    def _write(self, at: int, column: str, value: Any) -> None:
        value = value[self._language] if isinstance(value, Said) else value
        if value is None or value == "":
            return
        if isinstance(value, datetime.date):
            if value >= _FIRST_DAY:
                self._sheet.write_datetime(self._next, at, datetime.datetime.combine(value, datetime.time()), self._day)
                return
            value = value.isoformat()
        if isinstance(value, int | float):
            self._sheet.write_number(self._next, at, value, self._whole if isinstance(value, int) else self._decimal)
            return
        if len(value.encode("utf-16-le")) // 2 > MOST_CHARACTERS:
            raise InputError(
                f"a cell holds {MOST_CHARACTERS:,} characters, and {column} of a row in {self._name} has more; take csv or jsonl"
            )
        self._sheet.write_string(self._next, at, value, self._text)

    def finish(self) -> None:
        """The filter over all rows, which are known now."""
        self._sheet.autofilter(0, 0, max(self._next - 1, 1), len(self._columns) - 1)


def _readme(book: xlsxwriter.Workbook) -> None:
    """What the sheets and columns mean and what is lost, in Arabic on the first sheet and in English on the second."""
    for language in (0, 1):
        sheet = book.add_worksheet(README[language])
        if language == 0:
            sheet.right_to_left()
        order = {"reading_order": 2, "align": "right"} if language == 0 else {}
        bold = book.add_format({"bold": True, **order})
        plain_text = book.add_format({"text_wrap": True, "valign": "top", **order})
        for at, width in enumerate((18, 24, 90)):
            sheet.set_column(at, at, width)
        sheet.write_string(0, 0, "سجل · sijill", bold)
        sheet.merge_range(1, 0, 1, 2, "", plain_text)
        sheet.write_string(1, 0, _INTRODUCTION[language], plain_text)
        at = 3
        for cells in _explained(fields("xlsx"), losses("xlsx"), language):
            for column, text in enumerate(cells):
                sheet.write_string(at, column, text, plain_text)
            at += 1


def _explained(columns: Sequence[Field], lost: Sequence[LossOf], language: int) -> Iterable[tuple[str, str, str]]:
    titles, names = headings(), {table.key: table.name[language] for table in TABLES}
    for field in columns:
        sheet, _, column = field.field.partition(".")
        yield names[sheet], titles[column][language], (field.ar, field.en)[language]
    for loss in lost:
        yield ("ليس في الملف", "Not in this file")[language], "", (loss.ar, loss.en)[language]
