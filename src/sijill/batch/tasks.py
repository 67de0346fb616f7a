"""What engines hand to workers, and what they are told of it: tasks of whichever kind, each of which leaves one file."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator, Sequence

from sijill.batch.parts import Counts, reader_version
from sijill.batch.resolving.steps import Step
from sijill.batch.work import ReadTask
from sijill.errors import SijillError
from sijill.ingest.packing import one_line
from sijill.records import Record

__all__ = ["Engine", "Outcome", "Task", "do"]

Task = ReadTask | Step


class Outcome(Record, frozen=True, kw_only=True):
    """What became of a task: for a unit its rows by status; or why it could not be done now, and then a later run tries again."""

    id: str
    rows: Counts = {}
    error: str | None = None


Engine = Callable[[Sequence[Task]], Generator[Outcome, None, None]]
"""What does tasks, and says of each what came of it, in any order."""


def do(task: Task, *, careful: bool = False) -> Outcome:
    """Do a task, if its file is not there yet. `careful` is for one whose worker died.

    Raises nothing: what is wrong with a row is in its row, what is wrong with the whole task in the outcome, and then there is no file.
    """
    try:
        if task.is_done():
            return Outcome(id=task.id, rows=task.outcome())
        if task.reader != reader_version():
            return Outcome(id=task.id, error=f"a worker has {reader_version()}, and the run {task.reader}; install the same everywhere")
        return Outcome(id=task.id, rows=task.do(careful=careful))
    except SijillError as wrong:
        return Outcome(id=task.id, error=str(wrong))
    except (OSError, EOFError, zlib.error) as wrong:
        return Outcome(id=task.id, error=f"{task.name}: {getattr(wrong, 'strerror', None) or one_line(wrong)}")
    except Exception as wrong:  # one task must not end the run
        return Outcome(id=task.id, error=f"{task.name}: a fault of sijill ({type(wrong).__name__}: {one_line(wrong)})")
