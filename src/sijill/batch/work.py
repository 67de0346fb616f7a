"""One unit of work, done: its rows taken, read, and written as a part. What every engine runs, wherever its workers are."""

from __future__ import annotations

import os
import zlib

import msgspec

from sijill.batch.apart import batches_apart
from sijill.batch.parts import Counts, Output, reader_version
from sijill.batch.stage import Options, read_batches
from sijill.batch.units import Unit, batches_of
from sijill.errors import SijillError
from sijill.ingest.packing import one_line
from sijill.records import Record

__all__ = ["Outcome", "Task", "do"]


class Task(Record, frozen=True, kw_only=True):
    """What a worker is told: the unit, the folder to write to, how to read, and which reader it must be."""

    unit: Unit
    folder: str
    options: Options
    reader: str


class Outcome(Record, frozen=True, kw_only=True):
    """What became of a unit: its rows by status, or why it could not be done now; a later run tries again."""

    id: str
    rows: Counts = {}
    error: str | None = None


def do(task: Task, *, careful: bool = False) -> Outcome:
    """Do a unit, if its part is not there yet. `careful` reads row by row in a process apart, for a unit whose worker died.

    Raises nothing: what is wrong with a row is in its row, what is wrong with the whole unit in the outcome, and then there is no part.
    """
    unit, output = task.unit, Output(task.folder)
    try:
        if os.path.exists(output.part(unit.id)):
            return Outcome(id=unit.id, rows=output.counts(unit.id))
        if task.reader != reader_version():
            return Outcome(id=unit.id, error=f"a worker has {reader_version()}, and the run {task.reader}; install the same everywhere")
        options = msgspec.structs.replace(task.options, markup=unit.kind == "archive")
        batches = batches_apart(unit, options) if careful else read_batches(batches_of(unit), options)
        return Outcome(id=unit.id, rows=output.put(unit, batches, options))
    except SijillError as wrong:
        return Outcome(id=unit.id, error=str(wrong))
    except (OSError, EOFError, zlib.error) as wrong:
        return Outcome(id=unit.id, error=f"{unit.name}: {getattr(wrong, 'strerror', None) or one_line(wrong)}")
    except Exception as wrong:  # one unit must not end the run
        return Outcome(id=unit.id, error=f"{unit.name}: a fault of sijill ({type(wrong).__name__}: {one_line(wrong)})")
