"""What flows out of data sets: rows as reports with their readings, and what was not understood."""

from __future__ import annotations

from sijill.records import Reading, Record, Report

__all__ = ["Intake", "IntakeIncident", "Problem", "RowError", "TakenRow", "UnknownColumn"]


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


class IntakeIncident(Record, frozen=True, kw_only=True):
    """An incident that the rows of a data set tell: by how many reports beside them, and which rows."""

    id: str
    kind: str
    first: str | None = None
    place: str | None = None
    reports: int
    rows: list[str] = []


class Intake(Record, frozen=True, kw_only=True):
    """What came of taking in a file, or, where it was not `applied`, what would come of it.

    `new` rows were not there, `there` were so as they are, `changed` take the place of an earlier row of their id, `read_anew` are there
    and are read otherwise by this version; `eventless` have no event that has a kind here. `incidents_new` and `incidents_gained` count the
    incidents that come, and those that get a claim more. `decisions` counts corrections by what becomes of them.
    """

    dataset: str
    form: str
    applied: bool
    rows: int = 0
    new: int = 0
    there: int = 0
    changed: int = 0
    read_anew: int = 0
    left_out: int = 0
    eventless: int = 0
    decisions: dict[str, int] = {}
    problems: list[Problem] = []
    more_problems: int = 0
    unknown: list[UnknownColumn] = []
    incidents_new: int = 0
    incidents_gained: int = 0
    incidents: list[IntakeIncident] = []
