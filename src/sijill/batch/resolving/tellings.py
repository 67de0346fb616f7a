"""The tellings of a stretch of windows, taken from the runs in which there are any."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sijill.batch.resolving.files import ints, mapped, within
from sijill.batch.resolving.folders import Folders
from sijill.link import Telling, unpacked
from sijill.records import Record

__all__ = ["Order", "Told", "family_names", "in_windows"]


class Told(Record, frozen=True, kw_only=True, array_like=True):
    """A run whose tellings a step takes: its key, the key of the families of its reports, the numbers of those that are there already."""

    key: str
    families: str | None = None
    again: list[int] = []


Order = tuple[int, int, int]
"""The place of a run among those of a step, a report's number in it, a telling's place in the report: of two the lesser was added first."""


def in_windows(told: list[Told], folders: Folders, first: int, end: int) -> Iterator[tuple[Order, Telling]]:
    """The tellings whose first window is from `first` to before `end`, each of its family, by window and then as they were added."""
    rows = []
    for at, run in enumerate(told):
        table = within(mapped(folders.file("told", run.key)), "window", first, end)
        columns = (ints(table, name).tolist() for name in ("window", "number", "position"))
        again = set(run.again)
        found = zip(*columns, table.column("record").to_pylist(), strict=True)
        rows += [(window, (at, number, position), record) for window, number, position, record in found if number not in again]
    rows.sort(key=lambda row: row[:2])
    named = [family_names(run.families, folders) for run in told]
    for _, order, record in rows:
        telling = unpacked(record)
        family = named[order[0]].get(order[1])
        yield order, msgspec.structs.replace(telling, family=family) if family else telling


def family_names(key: str | None, folders: Folders) -> dict[int, str]:
    """The families of the reports of a run that are kin to earlier ones, by their numbers."""
    if key is None:
        return {}
    table = mapped(folders.file("families", key))
    names = (sha.hex() for sha in table.column("sha").to_pylist())
    return dict(zip(ints(table, "number").tolist(), names, strict=True))
