"""Families of texts from the kin that each stretch of days has found: that of a text is its earliest kin, over any number of steps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from sijill.batch.resolving.files import Ints, ints, mapped
from sijill.batch.resolving.folders import Folders
from sijill.batch.resolving.runs import Part
from sijill.link.forest import Forest

__all__ = ["FAMILIES", "Found", "Text", "families"]

Text = tuple[int, int]
"""A report by the place of its run among all runs, and its number in it: of two the lesser was added earlier."""

Found = tuple[str, str, list[Part]]
"""A step that looked for kin: its stage and key, and the runs that it looked in."""

FAMILIES = pa.schema([("number", pa.int32()), ("sha", pa.binary(32))])
"""Of a run the reports that are kin to an earlier one, sorted, with the text that their family is named by."""


def families(found: Sequence[Found], runs: Sequence[str], folders: Folders) -> dict[Text, Text]:
    """The family of each text that is kin to an earlier one, by what the steps have `found` that looked for kin. `runs` are all runs."""
    order = {key: number for number, key in enumerate(runs)}
    pairs: list[tuple[Text, Text]] = []
    for stage, key, runs_of in found:
        kin = mapped(folders.file(stage, key))
        kin = kin.filter(kin.column("settled"))
        of = np.array([order[part.key] for part in runs_of], np.int64)
        one, other = (_texts(of, kin, *names) for names in (("run", "number"), ("of_run", "of_number")))
        pairs += zip(one, other, strict=True)
    forest: Forest[Text] = Forest({text for pair in pairs for text in pair})
    for one_text, other_text in pairs:
        forest.tie(one_text, other_text)
    return {text: root for pair in pairs for text in pair if (root := forest.find(text)) != text}


def _texts(of: Ints, kin: pa.Table, run: str, number: str) -> list[Text]:
    return list(zip(of[ints(kin, run)].tolist(), ints(kin, number).tolist(), strict=True))
