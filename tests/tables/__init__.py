"""Tables of sentences and what must be read in them, as files that an Arabic reader can edit.

Each row is a sentence of our own, the phenomenon that it stands for, and what is expected of it; "nothing" where the words only
look like it. `dates.csv`: the EDTF date, time, part of day, duration or recurrence of every expression in the sentence, several
parted by " ; ", "?" for one that cannot be resolved; `published` is the day of publication, empty where none is known.
`quantities.csv`: every number of the sentence as its value, or its bound and value ("about 30", "range 10-15", "tens 20-99").
"""

from __future__ import annotations

import csv
from pathlib import Path

__all__ = ["read"]


def read(name: str) -> list[dict[str, str]]:
    """The rows of a table by column."""
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
