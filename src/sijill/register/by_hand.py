"""Claims that a person adds to a reading: what the reader missed, with the words that say it.

They are kept as a further reading of the report, so that they have evidence, a place in the audit log and an id as all claims have;
whoever finds one wrong leaves it out or corrects it as any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from sijill.errors import InputError
from sijill.records import Effect, EventClaim, EventKind, FigureClaim, Judgement, Reading, Report, claim_id
from sijill.register.judged import edited

__all__ = ["BY_HAND", "What", "carried", "with_claim"]

BY_HAND = "added by a person"
"""The rule of a claim that no rule read."""

What = Literal["event", "figure"]
_NEEDED = {"event": "kind", "figure": "effect"}
_LONGEST = 2000
_ANY_KIND: EventKind = "explosion"
_ANY_EFFECT: Effect = "killed"
"""What a claim is before its fields are set; both are among those that must be."""


def with_claim(
    report: Report, reading: Reading, what: What, start: int, end: int, fields: Mapping[str, Any]
) -> tuple[Reading, EventClaim | FigureClaim]:
    """A reading with one claim more, and the claim. `fields` are those that can be edited; an event needs `kind`, a figure `effect`.

    Raises `InputError` for a stretch that is none of the text, for fields that do not fit, and for a claim that the reading has.

    >>> from sijill import read
    >>> report = Report.of("قُتل ثلاثة مدنيين في قصف مدفعي على مدينة إدلب، وتاه رابع.")
    >>> reading, claim = with_claim(report, read(report), "figure", 47, 56, {"effect": "missing", "value": 1, "status": "civilian"})
    >>> claim.quote, claim.rule, [f.effect for f in reading.figures]
    ('وتاه رابع', 'added by a person', ['killed', 'missing'])
    """
    quote = report.text[start:end] if 0 <= start < end <= len(report.text) else ""
    if not quote.strip() or len(quote) > _LONGEST:
        raise InputError(f"a claim needs words of the text: from 1 to {_LONGEST:,} characters of it")
    needed = _NEEDED[what]
    if not fields.get(needed):
        raise InputError(f"{what} needs its {needed}")
    claim = _made(report, what, start, end, quote, fields)
    _check_refers(reading, claim)
    if claim.claim in _claims(reading):
        raise InputError("the reading has this very claim already")
    if isinstance(claim, EventClaim):
        event = msgspec.structs.replace(claim, id=_free("e", {one.id for one in reading.events}))
        return msgspec.structs.replace(reading, kind="conflict", events=_in_order([*reading.events, event])), event
    figure = msgspec.structs.replace(claim, id=_free("f", {one.id for one in reading.figures}))
    return msgspec.structs.replace(reading, kind="conflict", figures=_in_order([*reading.figures, figure])), figure


def _made(report: Report, what: What, start: int, end: int, quote: str, fields: Mapping[str, Any]) -> EventClaim | FigureClaim:
    """The claim, its fields checked as those of an edit are."""
    told = [fields[_NEEDED[what]], fields.get("value"), fields.get("modality", "asserted")]
    id = claim_id(report.sha256, what, start, end, BY_HAND, *told)
    at: dict[str, Any] = {"id": "", "claim": id, "quote": quote, "start": start, "end": end, "rule": BY_HAND}
    said = [
        Judgement(id="", decision="edit", claim=id, field=field, value=value, by="", at="")
        for field, value in fields.items()
        if value is not None
    ]
    if what == "event":
        return edited(EventClaim(kind=_ANY_KIND, **at), said)
    return edited(FigureClaim(effect=_ANY_EFFECT, bound="vague", **at), said)


def _claims(reading: Reading) -> set[str]:
    return {event.claim for event in reading.events} | {figure.claim for figure in reading.figures}


def _check_refers(reading: Reading, claim: EventClaim | FigureClaim) -> None:
    """Refuse a place or an event that the reading does not have."""
    if isinstance(claim, EventClaim):
        missing = set(claim.places) - {place.id for place in reading.places}
        if missing:
            raise InputError(f"the reading has no place {sorted(missing)[0]}")
    elif claim.event is not None and claim.event not in {event.id for event in reading.events}:
        raise InputError(f"the reading has no event {claim.event}")


def _free(letter: str, taken: set[str]) -> str:
    return next(name for number in range(1, len(taken) + 2) if (name := f"{letter}{number}") not in taken)


def _in_order(claims: list[Any]) -> list[Any]:
    return sorted(claims, key=lambda claim: claim.start)


def carried(reading: Reading, before: Reading | None) -> Reading:
    """A reading with the claims that people added to the one before it: a better reader must not lose them.

    What they refer to is looked for by what it is: events by their claims, places by the gazetteer or by name. What is not there any
    more is left open.
    """
    if before is None:
        return reading
    have = _claims(reading)
    events = [event for event in before.events if event.rule == BY_HAND and event.claim not in have]
    figures = [figure for figure in before.figures if figure.rule == BY_HAND and figure.claim not in have]
    if not events and not figures:
        return reading
    places = {_place_key(place): place.id for place in reading.places}
    place_of = {place.id: places.get(_place_key(place)) for place in before.places}
    taken = {one.id for one in reading.events}
    for event in events:
        there = [id for one in event.places if (id := place_of.get(one)) is not None]
        added = msgspec.structs.replace(event, id=_free("e", taken), places=there)
        taken.add(added.id)
        reading = msgspec.structs.replace(reading, kind="conflict", events=_in_order([*reading.events, added]))
    of = {event.claim: event.id for event in reading.events}
    event_of = {event.id: of.get(event.claim) for event in before.events}
    taken = {one.id for one in reading.figures}
    for figure in figures:
        new = msgspec.structs.replace(figure, id=_free("f", taken), event=event_of.get(figure.event or ""), of=None)
        taken.add(new.id)
        reading = msgspec.structs.replace(reading, kind="conflict", figures=_in_order([*reading.figures, new]))
    return reading


def _place_key(place: Any) -> str:
    return place.gazetteer or f"{place.level} {place.name}"
