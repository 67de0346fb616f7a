"""What is said beside an exported file: what its fields mean, what was left out of it, what it lost, by which codebook it was coded."""

from __future__ import annotations

from collections.abc import Mapping

from sijill.codebooks.book import load_book
from sijill.export.about import FieldOf, LossOf, field_of, loss_of
from sijill.export.describing import fields, losses
from sijill.export.forms import CODEBOOKS, TABLE_FORMS, Tally

__all__ = ["codebook_of", "fields_of", "left_out_of", "lost_of", "spared_of"]

_OURS_BESIDE = ("acled", "ucdp")
"""Forms whose rows say in columns of ours what they are made of."""


def fields_of(form: str, table: str) -> list[FieldOf]:
    """The fields of a form, or of a table where the form is one of plain tables; those of a codebook as that has them."""
    if (codebook := CODEBOOKS.get(form)) is not None:
        found = [field_of(one.name, one.type, one.ar, one.en) for one in load_book().columns[codebook]]
        return found + (_described("coded") if form in _OURS_BESIDE else [])
    return _described(table if form in TABLE_FORMS else form)


def _described(name: str) -> list[FieldOf]:
    return [field_of(one.field, one.type, one.ar, one.en) for one in fields(name)]


def lost_of(form: str, table: str, tally: Tally) -> list[LossOf]:
    """What was lost, the most often first."""
    known = _known(form, table)
    return [loss_of(*known[kind], times) for kind, times in _most(tally.lost) if kind in known]


def spared_of(form: str, table: str, tally: Tally) -> list[LossOf]:
    """What the form has no room for, and what did not occur in what was written."""
    if form in CODEBOOKS:
        return []  # what a codebook may lose is told in docs/codebooks.md: the list is of all three
    return [loss_of(*said) for kind, said in _known(form, table).items() if kind not in tally.lost and kind not in tally.left_out]


def left_out_of(form: str, table: str, tally: Tally) -> list[LossOf]:
    """What has no row, the most often first; of a codebook, by the rule that it has none by."""
    if form in CODEBOOKS:
        rules = load_book().rules
        return [loss_of(rules[id].ar, rules[id].en, times) for id, times in _most(tally.left_out)]
    known = _known(form, table)
    return [loss_of(*known[kind], times) for kind, times in _most(tally.left_out) if kind in known]


def _known(form: str, table: str) -> dict[str, tuple[str, str]]:
    """What can be lost or left out, by kind, in Arabic and English."""
    if form in CODEBOOKS:
        return {kind: (one.ar, one.en) for kind, one in load_book().losses.items()}
    return {one.kind: (one.ar, one.en) for one in losses(table if form in TABLE_FORMS else form)}


def _most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def codebook_of(form: str) -> str | None:
    """The name and version of the codebook of a form; None for a form that follows none.

    >>> codebook_of("acled-bare"), codebook_of("kml")
    ('ACLED, codebook of 2024', None)
    """
    codebook = CODEBOOKS.get(form)
    return None if codebook is None else load_book().names[codebook]
