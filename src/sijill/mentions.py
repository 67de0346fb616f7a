"""Everything found in a report, listed: dates, quantities, places with their candidates, actors (`read --mentions`)."""

from __future__ import annotations

from typing import Any

import msgspec

from sijill.annotate.actors import ACTOR_TAGS, is_actor
from sijill.annotate.numbers import Quantity
from sijill.annotate.places import Mention as PlaceNaming
from sijill.claims import Context, build
from sijill.pipeline import parse_date, read, understand
from sijill.records import ActorMention, DateMention, Mention, PlaceCandidate, PlaceMention, QuantityMention, Reading, Report
from sijill.text import has_arabic

__all__ = ["list_mentions", "read_with_mentions"]


def read_with_mentions(report: Report) -> Reading:
    """The reading of a report with all its mentions listed in `Reading.mentions`.

    >>> reading = read_with_mentions(Report.of("قُتل ثلاثة مدنيين في إدلب يوم 5 آذار 2022."))
    >>> [mention.quote for mention in reading.mentions]
    ['ثلاثة', 'إدلب', 'يوم 5 آذار 2022']
    """
    published = parse_date(report.published)
    if not has_arabic(report.text):
        return msgspec.structs.replace(read(report), mentions=[])
    context = understand(report, published)
    reading = build(context)
    return msgspec.structs.replace(reading, mentions=list_mentions(context, reading))


def list_mentions(context: Context, reading: Reading) -> list[Mention]:
    """All mentions of a report in the order of the text."""
    found: list[Mention] = [*_dates(context), *_quantities(context), *_places(context, reading), *_actors(context)]
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _span(context: Context, first: int, last: int) -> dict[str, Any]:
    start, end = context.units.row.span(first, last)
    return {"start": start, "end": end, "quote": context.report.text[start:end]}


def _dates(context: Context) -> list[DateMention]:
    return [
        DateMention(
            **_span(context, dated.unit, dated.unit + 1),
            rule="date expression",
            edtf=dated.value.edtf,
            time=dated.value.time,
            time_of_day=dated.value.time_of_day,
            duration=dated.value.duration,
            recurrence=dated.value.recurrence,
            basis=dated.value.basis,
        )
        for dated in context.dates
    ]


def _quantities(context: Context) -> list[QuantityMention]:
    found = []
    for i in context.units.row.where("Q"):
        value = context.units[i].value
        if not isinstance(value, Quantity):
            continue
        after = context.units[i + 1] if i + 1 < len(context.units) else None
        counted = after is not None and (after.has("PERSON") or after.has("HARMED") or after.has("W"))
        found.append(
            QuantityMention(
                **_span(context, i, i + 1),
                rule="quantity",
                value=value.value,
                min=value.min,
                max=value.max,
                bound=value.bound,
                vague_word=value.vague_word,
                unit=_span(context, i + 1, i + 2)["quote"] if counted else None,
            )
        )
    return found


def _places(context: Context, reading: Reading) -> list[PlaceMention]:
    by_span = {(span.start, span.end): place.id for place in reading.places for span in place.mentions}
    found = []
    for naming in context.places:
        where = _span(context, naming.first, naming.last)
        place = by_span.get((where["start"], where["end"]))
        found.append(PlaceMention(**where, rule=naming.rule, place=place, candidates=_candidates(naming)))
    return found


def _candidates(naming: PlaceNaming) -> list[PlaceCandidate]:
    if naming.place is None:
        return []
    return [
        PlaceCandidate(
            id=entry.id,
            name=entry.name,
            name_en=entry.name_en,
            level=entry.level,
            country=entry.country or None,
            lat=entry.lat,
            lon=entry.lon,
            score=score,
            why=why,
        )
        for entry, score, why in naming.place.candidates
    ]


def _actors(context: Context) -> list[ActorMention]:
    found = []
    for at in context.units.row.where(any_of=ACTOR_TAGS):
        actor = context.actor_at(at) if is_actor(context.units, at) else None
        if actor:
            partisan = context.units[at].has("PARTISAN")
            found.append(ActorMention(**_span(context, at, at + 1), rule="a name of the actor lists", actor=actor, partisan=partisan))
    return found
