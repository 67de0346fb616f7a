"""Tables of `data/codebooks/`, read and checked: a row that breaks its table is refused with file and line."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator

from sijill.errors import DataError

__all__ = ["Row", "read_table"]


class Row:
    """A row of a table, which knows where it stands.

    >>> row = Row("rules.csv", 2, {"id": "acled.date.day", "codebook": "acled"})
    >>> row["id"], row.one_of("codebook", ["acled", "ucdp"])
    ('acled.date.day', 'acled')
    """

    def __init__(self, path: str, line: int, cells: dict[str, str]) -> None:
        self._path = path
        self._line = line
        self._cells = cells

    def __getitem__(self, column: str) -> str:
        return self._cells[column]

    def wrong(self, problem: str) -> DataError:
        """The error that this row is refused with."""
        return DataError(self._path, self._line, problem)

    def given(self, column: str) -> str:
        """A cell that has to hold something. Raises `DataError` where it is empty."""
        value = self._cells[column]
        if not value:
            raise self.wrong(f"{column} is empty")
        return value

    def one_of(self, column: str, known: Collection[str]) -> str:
        """A cell that holds one of some words. Raises `DataError` where it does not."""
        value = self._cells[column]
        if value not in known:
            raise self.wrong(f"{column} is {value!r}; one of {', '.join(map(repr, known))}")
        return value

    def whole(self, column: str) -> int | None:
        """A cell with a whole number, or an empty one, which is null. Raises `DataError` for anything else."""
        value = self._cells[column]
        if value and not value.isdecimal():
            raise self.wrong(f"{column} is {value!r}, which is no whole number")
        return int(value) if value else None

    def number(self, column: str) -> float:
        """A cell with a number. Raises `DataError` for anything else."""
        try:
            return float(self._cells[column])
        except ValueError as wrong:
            raise self.wrong(f"{column} is {self._cells[column]!r}, which is no number") from wrong


def read_table(path: str, content: str, columns: Collection[str], *, key: str | None = None) -> Iterator[Row]:
    """The rows of a table. `columns` are those that it must have, in their order; `key` one whose values are all given and differ.

    Raises `DataError`, with file and line, for another heading, a row of another width, a key that is empty or there twice, and a row
    that does not say where it is from.

    >>> [row["kind"] for row in read_table("losses.csv", "kind,source\\nrange,sijill\\n", ["kind", "source"], key="kind")]
    ['range']
    """
    reader = csv.DictReader(content.splitlines(keepends=True))
    if list(reader.fieldnames or ()) != list(columns):
        raise DataError(path, 1, f"the columns are {', '.join(reader.fieldnames or ())}; they have to be {', '.join(columns)}")
    seen: set[str] = set()
    for cells in reader:
        if None in cells or None in cells.values():
            raise DataError(path, reader.line_num, "wrong number of columns; quote a cell that holds a comma")
        row = Row(path, reader.line_num, cells)
        row.given("source")
        if key is not None:
            if row.given(key) in seen:
                raise row.wrong(f"{row[key]!r} has a row already")
            seen.add(row[key])
        yield row
