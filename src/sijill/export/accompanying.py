"""What is said beside an exported file: what its fields mean, what was left out of it, what it lost, by which codebook it was coded."""

from __future__ import annotations

from sijill.export.about import FieldOf, LossOf, field_of, loss_of
from sijill.export.describing import fields, losses
from sijill.export.forms import TABLE_FORMS, Tally

__all__ = ["codebook_of", "fields_of", "left_out_of", "lost_of"]


def fields_of(form: str, table: str) -> list[FieldOf]:
    """The fields of a form, or of a table where the form is one of plain tables."""
    return [field_of(one.field, one.type, one.ar, one.en) for one in fields(table if form in TABLE_FORMS else form)]


def lost_of(form: str, tally: Tally) -> list[LossOf]:
    """What was lost, the most often first, and then what the form always loses."""
    known = {one.kind: one for one in losses(form)}
    counted = sorted(tally.lost.items(), key=lambda pair: (-pair[1], pair[0]))
    found = [loss_of(known[kind].ar, known[kind].en, times) for kind, times in counted if kind in known]
    return found + [loss_of(one.ar, one.en) for kind, one in known.items() if kind not in tally.lost]


def left_out_of(form: str, tally: Tally) -> list[LossOf]:
    """What has no row, and how often."""
    raise NotImplementedError


def codebook_of(form: str) -> str | None:
    """The name and version of the codebook of a form; None for a form that follows none."""
    raise NotImplementedError
