"""What coding an incident by a codebook gives: rows, each with its reasons, the claims behind it, and what the codebook cannot hold."""

from __future__ import annotations

from typing import Any

from sijill.records import Record

__all__ = ["Coded", "Coding", "LeftOut", "Loss", "Reason"]


class Reason(Record, frozen=True, kw_only=True):
    """Why a field of a row has its value: the rule of the codebook, by its id in `data/codebooks/`, and what it met here."""

    field: str
    rule: str
    note: str


class Loss(Record, frozen=True, kw_only=True):
    """What the record holds and the row does not: a kind of `data/codebooks/losses.csv`, and what it was here."""

    kind: str
    note: str
    note_ar: str


class Coded(Record, frozen=True, kw_only=True):
    """One row of a codebook. `row` has the codebook's columns in their order; `codebook` is its name and version."""

    codebook: str
    incident: str
    row: dict[str, Any]
    claims: list[str]
    reasons: list[Reason]
    lost: list[Loss] = []


class LeftOut(Record, frozen=True, kw_only=True):
    """An incident, or a part of what it tells, that the codebook has no row for, and by which rule."""

    incident: str
    rule: str
    note: str
    note_ar: str


class Coding(Record, frozen=True, kw_only=True):
    """All that one incident becomes."""

    rows: list[Coded] = []
    left_out: list[LeftOut] = []
