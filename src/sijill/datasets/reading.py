"""A file of somebody's data set, told by its columns, as reports and readings: one row after the other, and what was not understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from sijill.datasets import acled, plain, ucdp
from sijill.datasets.columns import Columns, columns_of, form_of, missing, tagged
from sijill.datasets.dates import day_of, day_order
from sijill.datasets.draft import Draft
from sijill.datasets.records import Problem, RowError, TakenRow, UnknownColumn
from sijill.datasets.rows import Row, decoded, features, header_of, is_json, json_rows, shortened, table_rows
from sijill.errors import InputError

__all__ = ["FORMS", "DataSet", "told_form"]

FORMS = ("acled", "ucdp", "hxl", "geojson", "incidents", "labelstudio")
"""What a file can be taken as."""

MAX_ROWS = 2_000_000
_EXAMPLES = 3
_LONGEST_NAME = 80
_LOOKED_AT = 2000
"""So many rows are looked at to know how dates are written and which columns objects have."""
_DATE_COLUMNS = {"acled": ("event_date",), "ucdp": ("date_start", "date_end"), "plain": ("first", "last")}
_OUR_ID = "sijill_incident"
"""A column of our own exports: what a row is of, where the form has no id of its own."""
_OUR_RECORD = re.compile(r"(?:figures|curve|conflicts|possibly|places)(?:\.\d+\..*)?|events")
"""Paths of our own record of an incident that are read elsewhere, or made anew from claims."""


class _Kind(NamedTuple):
    """How the rows of a kind are read, the column of their publication, and the usual name of the data set."""

    read: Callable[[Draft, str | None], str]
    published: str
    name: str | None


_KINDS = {
    "acled": _Kind(acled.read_acled, "timestamp", "ACLED"),
    "ucdp": _Kind(ucdp.read_ucdp, "source_date", "UCDP GED"),
    "plain": _Kind(plain.read_plain, "published", None),
}


class DataSet:
    r"""A file as the rows of a data set. Iterate over it once; `problems`, `unknown` and `rows` are whole when that ends.

    `form` is how it is read, told by its columns where nobody says; `name` the data set's, by default ACLED, UCDP GED or the file's;
    `charset` what it is written in.

    >>> head = "event_id_cnty,event_date,event_type,sub_event_type,country,location,fatalities,mood"
    >>> rows = DataSet(f"{head}\nX1,2022-01-20,Battles,Armed clash,Syria,A,7,grim\n".encode(), file="mine.csv")
    >>> taken = list(rows)
    >>> rows.form, rows.name, taken[0].id, taken[0].reading.figures[0].quote, rows.unknown[0].name
    ('acled', 'ACLED', 'X1', '7', 'mood')
    """

    def __init__(self, data: bytes, *, file: str, form: str | None = None, name: str | None = None, encoding: str | None = None) -> None:
        """Look at a file. Raises `InputError` where it is no data set, or not of the form that is asked for: it says what is missing."""
        if form is not None and form not in FORMS:
            raise InputError(f"there is no form {form!r}; one of {', '.join(FORMS)}")
        text, charset = decoded(data, name=file, encoding=encoding)
        if not text.strip():
            raise InputError(f"{file} is empty")
        self.form = form or form_of(text, name=file)
        if self.form == "labelstudio":
            raise InputError(f"{file} holds corrections of Label Studio, no rows of a data set")
        self._file, self.charset = file, charset
        self._tags: Columns | None = None
        self._headers: dict[tuple[str, ...], Columns] = {}
        self._ids: dict[str, int] = {}
        self._examples: dict[str, list[str]] = {}
        self.problems: list[Problem] = []
        self.rows = 0
        header, rows = self._opened(text, charset)
        self._kind = self._told_kind(header)
        needs = missing(self._kind, self._columns(header).known)
        if needs:
            raise InputError(f"{file} is not of the form {self.form}: it has no column {', no column '.join(needs)}")
        looked_at = list(islice(rows, _LOOKED_AT))
        self._order = self._day_order(looked_at)
        self._rows = chain(looked_at, rows)
        self.name = _checked_name(name) if name else _KINDS[self._kind].name or _stem(file)

    @property
    def unknown(self) -> list[UnknownColumn]:
        """The columns without a meaning here, with some of their values."""
        return [UnknownColumn(name=name, examples=examples) for name, examples in self._examples.items()]

    def __iter__(self) -> Iterator[TakenRow]:
        for row in self._rows:
            self.rows += 1
            if self.rows > MAX_ROWS:
                raise InputError(f"{self._file} has more than {MAX_ROWS:,} rows; split it by year")
            if isinstance(row, Problem):
                self.problems.append(row)
                continue
            try:
                yield self._taken(row)
            except RowError as wrong:
                self.problems.append(Problem(line=row.line, column=wrong.column, value=wrong.value, why=str(wrong), left_out=True))

    def _taken(self, row: Row) -> TakenRow:
        columns = self._columns(list(row.cells))
        self._note_unknown(row, columns.unknown)
        draft = Draft(row, columns.known, form=self.form, dataset=self.name)
        id = " ".join(_KINDS[self._kind].read(draft, self._order).split()) or draft.raw(_OUR_ID) or f"row-{draft.sha256[:12]}"
        if len(id) > 100:
            raise RowError("the id is longer than 100 characters", None, shortened(id))
        if id in self._ids:
            raise RowError(f"the id stands in line {self._ids[id]} already", None, shortened(id))
        published = self._published(draft)
        self._ids[id] = row.line
        self.problems += draft.problems
        report, reading = draft.done(id, published=published, url=plain.url_of(draft) if self._kind == "plain" else None)
        return TakenRow(line=row.line, id=id, report=report, reading=reading, data=row.data)

    def _note_unknown(self, row: Row, unknown: Sequence[str]) -> None:
        for column in unknown:
            examples = self._examples.setdefault(column, [])
            value = shortened(row.cells[column])
            if value and len(examples) < _EXAMPLES and value not in examples:
                examples.append(value)

    def _published(self, draft: Draft) -> str | None:
        column = _KINDS[self._kind].published
        if self._kind == "ucdp":
            return ucdp.published(draft)
        if not draft.has(column):
            return None
        day = day_of(draft.value(column), order=self._order)
        if day is None:
            draft.problem(column, "no day")
        return day.isoformat() if day else None

    # --- what the file is -----------------------------------------------------------------------------------------------

    def _opened(self, text: str, charset: str) -> tuple[list[str], Iterator[Row | Problem]]:
        """The columns and the rows of the file."""
        if not is_json(text) or self.form == "hxl":
            header = header_of(text, name=self._file)
            rows = table_rows(text, charset, header)
            if self.form == "hxl":
                self._tags = self._hxl(next(rows, None))
            return header, rows
        rows = features(text, name=self._file) if self.form == "geojson" else json_rows(text, name=self._file)
        first = list(islice(rows, _LOOKED_AT))
        columns = dict.fromkeys(column for row in first if isinstance(row, Row) for column in row.cells)
        return list(columns), chain(first, rows)

    def _hxl(self, row: Row | Problem | None) -> Columns:
        tags = {} if not isinstance(row, Row) else {column: cell.strip() for column, cell in row.cells.items()}
        if not any(tag.startswith("#") for tag in tags.values()):
            raise InputError(f"{self._file} has no row of HXL tags (#date+occurred, …) under its column names")
        return tagged(tags)

    def _told_kind(self, header: Sequence[str]) -> str:
        """By which columns rows are read: features of a map may be rows of ACLED or UCDP."""
        if self.form == "geojson":
            return next((kind for kind in ("acled", "ucdp") if not missing(kind, columns_of(kind, header).known)), "plain")
        return self.form if self.form in _KINDS else "plain"

    def _columns(self, header: Sequence[str]) -> Columns:
        if self._tags is not None:
            return self._tags
        key = tuple(header)
        if key not in self._headers:
            found = columns_of(self._kind, header)
            if self._kind == "plain":
                found = Columns(found.known, [column for column in found.unknown if not _OUR_RECORD.fullmatch(column)])
            self._headers[key] = found
        return self._headers[key]

    def _day_order(self, rows: Sequence[Row | Problem]) -> str | None:
        found = (
            row.cells.get(self._columns(list(row.cells)).known.get(column, ""), "")
            for row in rows
            if isinstance(row, Row)
            for column in _DATE_COLUMNS[self._kind]
        )
        return day_order(found)


def told_form(data: bytes, *, file: str, encoding: str | None = None) -> str:
    """The form of a file by its content, one of `FORMS`. Raises `InputError` where it is none.

    >>> told_form(b'[{"data": {"text": "a"}, "annotations": []}]', file="tasks.json")
    'labelstudio'
    """
    text, _ = decoded(data, name=file, encoding=encoding)
    if not text.strip():
        raise InputError(f"{file} is empty")
    return form_of(text, name=file)


def _checked_name(name: str) -> str:
    """A name that can stand in ids and in lists. Raises `InputError` for one that cannot."""
    if name.strip() != name or not name.isprintable() or "," in name or len(name) > _LONGEST_NAME:
        raise InputError(f"the name of a data set has at most {_LONGEST_NAME} characters in one line, no commas, and no blanks at its ends")
    return name


def _stem(file: str) -> str:
    """The name of a file without its endings, made fit to be the name of a data set.

    >>> _stem("my, list.geojson")
    'my list'
    """
    stem = file.replace("\\", "/").rsplit("/", 1)[-1].split(".")[0].replace(",", " ")
    return " ".join("".join(c if c.isprintable() else " " for c in stem).split())[:_LONGEST_NAME] or "data set"
