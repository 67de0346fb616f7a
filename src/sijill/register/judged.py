"""Readings as reviewers left them: rejected claims taken out, edited fields in place. The reading that is kept is never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec

from sijill.errors import InputError
from sijill.link.tellings import days_of
from sijill.records import EventClaim, FigureClaim, Judgement, Reading

__all__ = ["EDITABLE", "Edits", "edits_of", "judged"]

Claim = TypeVar("Claim", EventClaim, FigureClaim)

EDITABLE = {
    "event": ("kind", "modality", "date", "time", "time_of_day", "places", "agents", "targets", "means", "main", "background", "source"),
    "figure": ("effect", "value", "bound", "min", "max", "status", "demographic", "side", "role", "of", "cumulative", "event", "source"),
}
"""The fields of a claim that a reviewer may set."""

_MOST_PEOPLE = 100_000_000
_LONGEST = 200
_EARLIEST, _LATEST = date(1900, 1, 1).toordinal(), date(2100, 12, 31).toordinal()

Edits = dict[str, list[Judgement]]
"""Rejections and edits in force, by claim."""


def edits_of(judgements: Iterable[Judgement]) -> Edits:
    """The judgements in force that change a claim by itself, by claim."""
    found: Edits = {}
    for judgement in judgements:
        if judgement.decision in ("reject", "edit"):
            found.setdefault(judgement.claim, []).append(judgement)
    return found


def judged(reading: Reading, edits: Edits) -> Reading:
    """A reading with the edits of its claims; the reading itself where there are none.

    What a reading contradicts in itself is left as the report says it.
    """
    if edits.keys().isdisjoint({e.claim for e in reading.events} | {f.claim for f in reading.figures}):
        return reading
    return msgspec.structs.replace(reading, events=_left(reading.events, edits), figures=_left(reading.figures, edits))


def _left(claims: Sequence[Claim], edits: Edits) -> list[Claim]:
    return [edited(claim, edits.get(claim.claim, [])) for claim in claims if not _rejected(edits.get(claim.claim, []))]


def _rejected(judgements: Iterable[Judgement]) -> bool:
    return any(judgement.decision == "reject" for judgement in judgements)


def _check(field: str, value: Any) -> None:
    """Refuse values that have the right type and cannot be meant: they would go into figures, and some into no database at all."""
    if field in ("value", "min", "max") and isinstance(value, int) and not 0 <= value <= _MOST_PEOPLE:
        raise InputError(f"{field}: a number of people lies between 0 and {_MOST_PEOPLE:,}")
    if field == "date" and isinstance(value, str) and not _is_day(value):
        raise InputError("date: write a day, a month, a year or an interval in EDTF, as 2022-01-20 or 2022-01-20/2022-01-26")
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and (len(one) > _LONGEST or not one.isprintable()):
            raise InputError(f"{field}: write at most {_LONGEST} characters, in one line and without control characters")


def _is_day(written: str) -> bool:
    """Whether a date is one that incidents can have: in EDTF, in a century that somebody alive can tell of."""
    days = days_of(written)
    return days is not None and days[0] >= _EARLIEST and days[1] <= _LATEST


def edited(claim: Claim, judgements: Iterable[Judgement]) -> Claim:
    """A claim with fields set by reviewers.

    Raises `InputError` for a field that is none of the claim's, and for a value that the field cannot have.

    >>> from sijill import Report, read
    >>> figure = read(Report.of("قُتل ثلاثة مدنيين في قصف مدفعي على مدينة إدلب.")).figures[0]
    >>> edit = Judgement(id="1", decision="edit", claim=figure.claim, field="value", value=4, by="me", at="2022-02-02T10:00:00Z")
    >>> edited(figure, [edit]).value, edited(figure, [edit]).quote
    (4, 'قُتل ثلاثة مدنيين')
    """
    changes = {judgement.field: judgement.value for judgement in judgements if judgement.decision == "edit" and judgement.field}
    if not changes:
        return claim
    allowed = EDITABLE["event" if isinstance(claim, EventClaim) else "figure"]
    for field in changes:
        if field not in allowed:
            raise InputError(f"{field!r} cannot be edited; one of {', '.join(allowed)}")
    for field, value in changes.items():
        _check(field, value)
    if "value" in changes and not {"min", "max", "bound"} & changes.keys():
        changes |= {"min": changes["value"], "max": changes["value"], "bound": "exact", "vague_word": None}
    try:
        return msgspec.convert(msgspec.to_builtins(claim) | changes, type(claim))
    except msgspec.ValidationError as wrong:
        raise InputError(f"{', '.join(map(str, changes))}: {wrong}") from wrong
