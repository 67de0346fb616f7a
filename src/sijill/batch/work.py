"""One unit of work, done: its rows taken, read, and written as a part. What every engine runs, wherever its workers are."""

from __future__ import annotations

import os

import msgspec

from sijill.batch.apart import batches_apart
from sijill.batch.parts import Counts, Output
from sijill.batch.stage import Options, read_batches
from sijill.batch.units import Unit, batches_of
from sijill.records import Record

__all__ = ["ReadTask"]


class ReadTask(Record, frozen=True, kw_only=True, tag="read"):
    """What a worker is told: the unit, the folder to write to, how to read, and which reader it must be."""

    unit: Unit
    folder: str
    options: Options
    reader: str

    @property
    def id(self) -> str:
        """The unit's."""
        return self.unit.id

    @property
    def name(self) -> str:
        """What it is called where it could not be done."""
        return self.unit.name

    def is_done(self) -> bool:
        """Whether the unit's part is there."""
        return os.path.exists(Output(self.folder).part(self.unit.id))

    def outcome(self) -> Counts:
        """The rows of the part that is there."""
        return Output(self.folder).counts(self.unit.id)

    def do(self, *, careful: bool) -> Counts:
        """Write the part. `careful` reads row by row in a process apart, for a unit whose worker died. Gives its rows by status."""
        options = msgspec.structs.replace(self.options, markup=self.unit.kind == "archive")
        batches = batches_apart(self.unit, options) if careful else read_batches(batches_of(self.unit), options)
        return Output(self.folder).put(self.unit, batches, options)
