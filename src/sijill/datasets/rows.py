"""Files as rows of cells: tables with a line of column names, lines of JSON, and GeoJSON whose features are rows.

A value is kept as it is written. An object of JSON is a row whose columns are the paths to its values («places.0.name»).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sijill.datasets.records import Problem
from sijill.errors import InputError
from sijill.ingest.charset import Said, choose_charset, known_charset
from sijill.ingest.tables import Lines, delimiter_of, records

__all__ = ["MAX_BYTES", "MAX_CELL", "MAX_COLUMNS", "Cells", "Row", "features", "header_of", "is_json", "json_rows", "table_rows"]

MAX_BYTES = 512 << 20
MAX_COLUMNS = 500
MAX_CELL = 100_000
"""Characters of one cell: more is no value but a file that lost its quotation marks."""
_MAX_ROW = 400_000
_MAX_VALUES = 20_000
_DEPTH = 6
_HALF = re.compile("[\ud800-\udfff]")

Cells = Mapping[str, str]
"""Values by the name of their column, in the order of the columns."""


class Row(NamedTuple):
    """A row: the line where it begins, its bytes, and its values."""

    line: int
    data: bytes
    cells: dict[str, str]


class _Decoded(NamedTuple):
    text: str
    charset: str


def decoded(data: bytes, *, name: str, encoding: str | None = None) -> _Decoded:
    """The text of a file. Wrong bytes stand as half surrogates, so that they spoil their own row only.

    Raises `InputError` for what is no text, or too large.

    >>> decoded("\\ufeffيوم".encode(), name="a.csv").text
    'يوم'
    """
    if len(data) > MAX_BYTES:
        raise InputError(f"{name} is larger than {MAX_BYTES >> 20} MB; split it by year")
    charset, mark, _ = choose_charset(data, said=[Said("the caller", encoding)] if encoding else [])
    if known_charset(encoding) and not mark and charset != "utf-8":
        charset = known_charset(encoding) or charset
    elif charset == "windows-1252" and encoding is None and _is_arabic(data[mark:]):
        charset = "windows-1256"
    if charset == "binary":
        raise InputError(f"{name} is binary, no data set; save it as CSV in UTF-8, as GeoJSON or as lines of JSON")
    return _Decoded(data[mark:].decode(charset, "surrogateescape"), charset)


def _is_arabic(data: bytes) -> bool:
    """Whether the few words of an English table that are not in ASCII are Arabic ones of the old code page."""
    letters = [c for c in data[:4_000_000].decode("cp1256", "replace") if not c.isascii() and c.isalpha()]
    return sum("\u0621" <= c <= "\u064a" for c in letters) * 2 > len(letters)


def header_of(text: str, *, name: str) -> list[str]:
    """The column names of a table. Raises `InputError` where its first line cannot be read."""
    for _, cells, _ in records(Lines(io.StringIO(text, newline="")), delimiter_of(text[:65_536])):
        if isinstance(cells, str):
            raise InputError(f"{name} is no table: {cells}")
        return _checked_header([cell.strip().strip("\ufeff").strip() for cell in cells], name)
    raise InputError(f"{name} is empty")


def _checked_header(names: list[str], name: str) -> list[str]:
    """Column names that can be told apart: one without a name is called by its number, the second of a name gets a number."""
    if len(names) > MAX_COLUMNS:
        raise InputError(f"{name} has {len(names):,} columns; more than {MAX_COLUMNS} are no data set")
    if any("\0" in one or not one.isprintable() for one in names):
        raise InputError(f"{name} has control characters among its column names; save it anew as CSV in UTF-8")
    found: list[str] = []
    for number, one in enumerate(names, start=1):
        one = one or f"column {number}"
        found.append(one if one not in found else f"{one} ({number})")
    return found


def table_rows(text: str, charset: str, names: list[str]) -> Iterator[Row | Problem]:
    """The rows of a table below its line of column names, bad ones as problems."""
    csv.field_size_limit(max(csv.field_size_limit(), 1 << 20))
    found = records(Lines(io.StringIO(text, newline="")), delimiter_of(text[:65_536]))
    next(found, None)
    for line, cells, taken in found:
        if isinstance(cells, str):
            yield Problem(line=line, why=cells, left_out=True)
        elif any(cell.strip() for cell in cells):
            yield _row(line, cells, "".join(taken).encode(charset, "surrogateescape"), names, charset)


def _row(line: int, cells: list[str], data: bytes, names: list[str], charset: str) -> Row | Problem:
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        why = f"the row has {len(cells)} cells, the table {len(names)} columns; close or double its quotation marks"
        return Problem(line=line, why=why, left_out=True)
    if len(cells) < len(names) and len(cells) < max(2, len(names) // 2):
        return Problem(line=line, why=f"the row has {len(cells)} cells, the table {len(names)} columns", left_out=True)
    for column, cell in zip(names, cells, strict=False):
        if (unfit := _unfit(cell, charset)) is not None:
            return Problem(line=line, column=column, value=shortened(cell), why=unfit, left_out=True)
    if sum(map(len, cells)) > _MAX_ROW:
        return Problem(line=line, why=f"the row is longer than {_MAX_ROW:,} characters", left_out=True)
    return Row(line, data, dict(zip(names, [*cells, *[""] * (len(names) - len(cells))], strict=False)))


def _unfit(cell: str, charset: str) -> str | None:
    """Why a cell cannot be kept, if so."""
    if len(cell) > MAX_CELL:
        return f"the cell is longer than {MAX_CELL:,} characters"
    if "\0" in cell:
        return "the cell holds a NUL character"
    if _HALF.search(cell):
        return f"the cell is not {charset.upper()}; save the table as UTF-8, or name its encoding"
    return None


def shortened(value: str, most: int = 60) -> str:
    """A value in one line and not too long, to be shown.

    >>> shortened("a\\nb" + "c" * 80, 8)
    'a bcccc…'
    """
    told = "".join(c if c.isprintable() else "\ufffd" for c in " ".join(value[: 4 * most].split()))
    return told if len(told) <= most else told[: most - 1] + "…"


def is_json(text: str) -> bool:
    """Whether a file holds objects rather than a table."""
    return text[:1000].lstrip()[:1] in ("{", "[")


def json_rows(text: str, *, name: str) -> Iterator[Row | Problem]:
    """Objects as rows: one a line, or a list, or a list that an answer over the web holds («data», «Result»). A list counts its objects.

    Raises `InputError` for a list that is no JSON.

    >>> [row.cells for row in json_rows('{"count": 1, "data": [{"id": 7, "places": [{"name": "a"}]}]}', name="a.json")]
    [{'id': '7', 'places.0.name': 'a'}]
    """
    listed = _listed(text, name)
    if listed is None:
        yield from _json_lines(text)
        return
    for number, value in enumerate(listed, start=1):
        if isinstance(value, dict):
            yield _flat_row(number, json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogateescape"), value)
        else:
            yield Problem(line=number, why="the item is no object of JSON", left_out=True)


def _listed(text: str, name: str) -> list[Any] | None:
    """The list of objects of a file; None where it has an object a line."""
    begin = text.lstrip()
    first = begin.split("\n", 1)[0].rstrip()
    if not begin.startswith("[") and first.endswith("}") and not _WRAPPED.search(first[:2000]):
        return None
    try:
        value = json.loads(begin, parse_float=_Number, parse_int=_Number)
    except (ValueError, RecursionError) as wrong:
        if first.endswith("}"):
            return None
        raise InputError(f"{name} is no JSON: {' '.join(str(wrong).split())}") from wrong
    if isinstance(value, dict):
        value = next((value[key] for key in _WRAPPERS if isinstance(value.get(key), list)), [value])
    return value if isinstance(value, list) else []


_WRAPPERS = ("data", "Result", "results")
_WRAPPED = re.compile(r'"(?:data|Result|results)"\s*:\s*\[')


def _json_lines(text: str) -> Iterator[Row | Problem]:
    for line, written in enumerate(text.split("\n"), start=1):
        if written.strip():
            yield _object(line, written)


def _object(line: int, written: str) -> Row | Problem:
    try:
        value = json.loads(written, parse_float=_Number, parse_int=_Number)
    except (ValueError, RecursionError) as wrong:
        return Problem(line=line, why=f"no JSON: {' '.join(str(wrong).split())}", left_out=True)
    if not isinstance(value, dict):
        return Problem(line=line, value=shortened(written), why="the line is no object of JSON", left_out=True)
    return _flat_row(line, written.encode("utf-8", "surrogateescape"), value)


class _Number(str):
    """A number of JSON as it is written."""


def features(text: str, *, name: str) -> Iterator[Row | Problem]:
    """The features of a GeoJSON as rows: their properties, and «lat» and «lon» of a point. Line numbers count features.

    Raises `InputError` for what is no collection of features.
    """
    try:
        value = json.loads(text, parse_float=_Number, parse_int=_Number)
    except (ValueError, RecursionError) as wrong:
        raise InputError(f"{name} is no JSON: {' '.join(str(wrong).split())}") from wrong
    listed = value.get("features") if isinstance(value, dict) else None
    if not isinstance(listed, list):
        raise InputError(f'{name} has no "features"; GeoJSON needs a FeatureCollection')
    for number, feature in enumerate(listed, start=1):
        yield _feature(number, feature)


def _feature(number: int, feature: Any) -> Row | Problem:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
        return Problem(line=number, why="the feature is no object with properties", left_out=True)
    values = dict(feature.get("properties") or {})
    if "id" in feature and "id" not in values:
        values = {"id": feature["id"], **values}
    geometry = feature.get("geometry")
    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        match geometry.get("coordinates"):
            case [lon, lat, *_]:
                values |= {"lat": lat, "lon": lon}
    elif isinstance(geometry, dict) and not any(pair <= values.keys() for pair in ({"lat", "lon"}, {"latitude", "longitude"})):
        values["geometry"] = json.dumps(geometry, ensure_ascii=False)[:1000]
    return _flat_row(number, json.dumps(feature, ensure_ascii=False).encode("utf-8", "surrogateescape"), values)


def _flat_row(line: int, data: bytes, value: Mapping[str, Any]) -> Row | Problem:
    cells: dict[str, str] = {}
    for path, cell in _flat("", value, 0):
        if len(cells) > _MAX_VALUES:
            return Problem(line=line, why=f"the object has more than {_MAX_VALUES:,} values", left_out=True)
        why = _unfit(path, "UTF-8") or _unfit(cell, "UTF-8")
        if why:
            return Problem(line=line, column=shortened(path), value=shortened(cell), why=why, left_out=True)
        cells[path] = cell
    return Row(line, data, cells)


def _flat(path: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:
    """Values with their paths; lists of plain values are joined by «;»."""
    inner = f"{path}." if path else ""
    if isinstance(value, dict) and depth < _DEPTH:
        for key, one in value.items():
            yield from _flat(f"{inner}{' '.join(str(key).split())[:100]}", one, depth + 1)
    elif isinstance(value, list) and depth < _DEPTH and any(isinstance(one, dict | list) for one in value):
        for number, one in enumerate(value):
            yield from _flat(f"{inner}{number}", one, depth + 1)
    elif isinstance(value, list):
        yield path, ";".join(str(one) for one in value)
    elif isinstance(value, bool):
        yield path, "true" if value else "false"
    elif value is not None:
        yield path, str(value)
