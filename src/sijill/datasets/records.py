"""What flows out of data sets: rows as reports with their readings, and what was not understood."""

from __future__ import annotations

from sijill.records import Reading, Record, Report

__all__ = ["Problem", "RowError", "TakenRow", "UnknownColumn"]


class Problem(Record, frozen=True, kw_only=True):
    """A row or a cell that was not understood: the line of the file where its row begins, the column, what stands there, and why.

    `left_out` says that the whole row was left out; else only the cell was.
    """

    line: int
    column: str | None = None
    value: str | None = None
    why: str
    left_out: bool = False


class UnknownColumn(Record, frozen=True, kw_only=True):
    """A column that has no meaning here. It still stands in the text of its rows."""

    name: str
    examples: list[str] = []


class TakenRow(Record, frozen=True, kw_only=True):
    """A row as a report and its reading. `id` is the row's own in its data set, `data` its bytes, `line` where they begin."""

    line: int
    id: str
    report: Report
    reading: Reading
    data: bytes


class RowError(ValueError):
    """A row that cannot be taken at all; caught where rows are read, and reported."""

    def __init__(self, why: str, column: str | None = None, value: str | None = None) -> None:
        super().__init__(why)
        self.column, self.value = column, value
