"""What is said beside an exported file: what its fields mean, what was left out of it, what it lost, by which codebook it was coded."""

from __future__ import annotations

from collections.abc import Mapping

from sijill.export.about import FieldOf, LossOf, field_of, loss_of
from sijill.export.describing import fields, losses
from sijill.export.forms import TABLE_FORMS, Tally

__all__ = ["codebook_of", "fields_of", "left_out_of", "lost_of", "spared_of"]


def fields_of(form: str, table: str) -> list[FieldOf]:
    """The fields of a form, or of a table where the form is one of plain tables."""
    return [field_of(one.field, one.type, one.ar, one.en) for one in fields(table if form in TABLE_FORMS else form)]


def lost_of(form: str, table: str, tally: Tally) -> list[LossOf]:
    """What was lost, the most often first."""
    known = _known(form, table)
    return [loss_of(*known[kind], times) for kind, times in _most(tally.lost) if kind in known]


def spared_of(form: str, table: str, tally: Tally) -> list[LossOf]:
    """What the form has no room for, and what did not occur in what was written."""
    return [loss_of(*said) for kind, said in _known(form, table).items() if kind not in tally.lost and kind not in tally.left_out]


def left_out_of(form: str, table: str, tally: Tally) -> list[LossOf]:
    """What has no row, the most often first."""
    known = _known(form, table)
    return [loss_of(*known[kind], times) for kind, times in _most(tally.left_out) if kind in known]


def _known(form: str, table: str) -> dict[str, tuple[str, str]]:
    """What can be lost or left out, by kind, in Arabic and English."""
    return {one.kind: (one.ar, one.en) for one in losses(table if form in TABLE_FORMS else form)}


def _most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def codebook_of(form: str) -> str | None:
    """The name and version of the codebook of a form; None for a form that follows none."""
    return None
