"""Where a run of steps finds what it needs, and puts what it makes."""

from __future__ import annotations

import os

from sijill.records import Record

__all__ = ["Folders"]


class Folders(Record, frozen=True, kw_only=True):
    """The folders of a run, absolute: that with the readings, and that of what is made of them."""

    readings: str
    folder: str

    def file(self, stage: str, key: str) -> str:
        """The file that a step leaves, by its key."""
        return os.path.join(self.folder, "work", stage, f"{key}.arrow")

    def part(self, table: str, name: str) -> str:
        """A part of a table of what comes out, by its name."""
        return os.path.join(self.folder, table, f"{name}.parquet")

    def claims_beside(self, incidents: str) -> str:
        """The part of the claims that belongs to one of the incidents."""
        return os.path.join(self.folder, "claims", os.path.basename(incidents))
