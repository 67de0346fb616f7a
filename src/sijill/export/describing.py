"""What every form holds, column by column, and what it cannot hold: read from `data/export/`, in English and Arabic."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from sijill.errors import DataError

__all__ = ["Field", "LossOf", "fields", "headings", "losses", "read_fields", "read_headings", "read_losses"]

TYPES = ("text", "code", "day", "number", "yes or no", "list", "shape", "object", "link")
_FOLDER = "data/export"


class Field(NamedTuple):
    """A column, property or element of a form, and what it says."""

    field: str
    type: str
    en: str
    ar: str


class LossOf(NamedTuple):
    """A kind of thing that a form leaves out or cannot hold."""

    form: str
    kind: str
    en: str
    ar: str


@lru_cache(maxsize=64)
def fields(form: str) -> tuple[Field, ...]:
    """Every field that a form or a table writes, in its order. Raises `DataError` for a row of the file that is wrong.

    >>> [field.field for field in fields("hxl")][:2]
    ['#meta+id', '#date+occurred']
    """
    name = f"fields/{form}.csv"
    return tuple(read_fields(name, _text(name)))


@lru_cache(maxsize=64)
def losses(form: str) -> tuple[LossOf, ...]:
    """What a form leaves out or cannot hold. Raises `DataError` for a row of the file that is wrong.

    >>> "undated" in [loss.kind for loss in losses("ics")]
    True
    """
    return tuple(loss for loss in read_losses("losses.csv", _text("losses.csv")) if loss.form == form)


@lru_cache(maxsize=1)
def headings() -> dict[str, tuple[str, str]]:
    """The short headings of columns for people, in Arabic and English. Raises `DataError` for a row of the file that is wrong.

    >>> headings()["killed_best"]
    ('قتلى (الأرجح)', 'Killed (best)')
    """
    return read_headings("headings.csv", _text("headings.csv"))


def read_headings(path: str, content: str) -> dict[str, tuple[str, str]]:
    """The rows of the file of headings.

    Raises `DataError` for an empty cell, and for a column that has a row already.

    >>> read_headings("x.csv", "column,en,ar\\nid,Id,المعرّف")
    {'id': ('المعرّف', 'Id')}
    """
    found: dict[str, tuple[str, str]] = {}
    for line, (column, en, ar) in _rows(path, content, ("column", "en", "ar")):
        if column in found:
            raise DataError(path, line, f"{column!r} has a row already")
        found[column] = (ar, en)
    return found


def read_fields(path: str, content: str) -> list[Field]:
    """The rows of a file of fields.

    Raises `DataError` for an empty cell, a type that there is not, and a field that has a row already.

    >>> read_fields("x.csv", "field,type,en,ar\\nid,code,Its id.,معرّفها.")[0].type
    'code'
    """
    found: dict[str, Field] = {}
    for line, row in _rows(path, content, Field._fields):
        field = Field(*row)
        if field.type not in TYPES:
            raise DataError(path, line, f"there is no type {field.type!r}; one of {', '.join(TYPES)}")
        if field.field in found:
            raise DataError(path, line, f"{field.field!r} has a row already")
        found[field.field] = field
    return list(found.values())


def read_losses(path: str, content: str) -> list[LossOf]:
    """The rows of the file of losses.

    Raises `DataError` for an empty cell, and for a form that has a row of the kind already.

    >>> read_losses("x.csv", "form,kind,en,ar\\nics,places,One place.,مكان واحد.")[0].kind
    'places'
    """
    found: dict[tuple[str, str], LossOf] = {}
    for line, row in _rows(path, content, LossOf._fields):
        loss = LossOf(*row)
        if (loss.form, loss.kind) in found:
            raise DataError(path, line, f"{loss.form} has a row for {loss.kind!r} already")
        found[loss.form, loss.kind] = loss
    return list(found.values())


def _rows(path: str, content: str, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows with the lines that they end on; the head is checked and left out."""
    reader = csv.reader(content.splitlines(), strict=True)
    if (head := next(reader, [])) != list(columns):
        raise DataError(path, 1, f"the columns are {','.join(head)}, not {','.join(columns)}")
    for row in reader:
        if len(row) != len(columns) or not all(value.strip() for value in row):
            raise DataError(path, reader.line_num, f"a row has {len(columns)} cells, none of them empty")
        yield reader.line_num, row


def _text(name: str) -> str:
    return (files("sijill") / _FOLDER / name).read_text(encoding="utf-8")
