"""Pairs of tellings likely to be of one incident, for a stretch of windows of time: the blocks in which they are compared.

A pair is compared in the stretch in which the later of the two begins. Tellings that begin before and reach into the stretch are there
too, to be compared with.
"""

from __future__ import annotations

import pyarrow as pa

from sijill.batch.resolving.files import put_rows
from sijill.batch.resolving.folders import Folders
from sijill.batch.resolving.tellings import Told, in_windows
from sijill.link import Telling, strongest
from sijill.link.blocks import REACH, windows_of
from sijill.link.chains import ties_of_stretch
from sijill.link.weights import load_weights
from sijill.records import Record

__all__ = ["TIES", "Stretch", "put_ties"]

TIES = pa.schema(
    [
        ("one", pa.string()),
        ("other", pa.string()),
        ("weight", pa.float64()),
        ("one_first", pa.int32()),
        ("other_first", pa.int32()),
        ("last", pa.int32()),
    ]
)
"""The strongest ties that hold what is tied together in a stretch; with the first window of either, and the last of both."""


class Stretch(Record, frozen=True, kw_only=True):
    """Windows from `first` to before `end`, and the runs that have tellings there or reach into them."""

    first: int
    end: int
    runs: list[Told]


def put_ties(stretch: Stretch, folders: Folders, target: str) -> None:
    """Write the ties of a stretch."""
    tellings = (telling for _, telling in in_windows(stretch.runs, folders, stretch.first - REACH, stretch.end))
    found = {tie: (one, other) for tie, one, other in ties_of_stretch(tellings, load_weights(), stretch.first)}
    put_rows(target, TIES, [(*tie, *_windows(*found[tie])) for tie in strongest(found)])


def _windows(one: Telling, other: Telling) -> tuple[int, int, int]:
    windows = windows_of(one), windows_of(other)
    return windows[0][0], windows[1][0], max(windows[0][-1], windows[1][-1])
