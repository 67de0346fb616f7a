"""Figures tied to events, stated once, with their roles: total, part, subset, cumulative."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from sijill.annotate.actors import actor_of
from sijill.annotate.casualties import Figure
from sijill.annotate.numbers import Quantity
from sijill.claims.context import Context, EventDraft
from sijill.claims.events import near

__all__ = ["FigureDraft", "draft_figures"]


@dataclass(slots=True)
class FigureDraft:
    """A figure while it is put together."""

    figure: Figure
    sentence: int
    event: EventDraft | None
    role: str
    of: FigureDraft | None = None
    side: str | None = None
    source: str | None = None
    source_span: tuple[int, int] | None = None
    status: str = "unknown"
    cumulative: bool = False
    quantity: Quantity = field(default_factory=lambda: Quantity(None, None, None))
    retold: list[Figure] = field(default_factory=list)

    @property
    def value(self) -> int | None:
        """The number, where the text gives one."""
        return None if self.quantity.value is None else int(self.quantity.value)


_OWN_EVENT = {
    "arrested": ("arrest", "security_operation"),
    "abducted": ("abduction",),
    "surrendered": ("surrender",),
    "escaped": ("escape",),
    "released": ("release_or_exchange",),
    "displaced": ("displacement",),
    "evacuated": ("evacuation",),
    "used_as_human_shields": ("human_shields",),
}


def draft_figures(context: Context, events: list[EventDraft]) -> list[FigureDraft]:
    """The figures of a report in order, each stated once."""
    drafts: list[FigureDraft] = []
    made: dict[int, FigureDraft] = {}
    for figure in context.figures:
        draft = _draft(context, figure, events, drafts)
        draft.of = made.get(figure.of.at) if figure.of is not None else None
        if draft.role in ("subset", "part") and draft.of is None:
            draft.role = "alone"
        before = _stated_before(draft, drafts)
        if before is not None:
            _retell(before, draft)
            made[figure.at] = before
            continue
        drafts.append(draft)
        made[figure.at] = draft
    wholes = {id(d.of) for d in drafts if d.of is not None}
    drafts = [d for i, d in enumerate(drafts) if id(d) in wholes or not _made_precise(d, _around(drafts, i))]
    _find_totals(context, drafts)
    for i, draft in enumerate(drafts):
        if _means_the_dead(draft, _around(drafts, i)):
            draft.figure = replace(draft.figure, effect="killed")
    for draft in drafts:
        _give_side(draft)
    return drafts


def _means_the_dead(draft: FigureDraft, near_by: list[FigureDraft]) -> bool:
    """«7 ضحايا … و20 إصابة»: victims told beside the wounded are the dead."""
    victims = draft.figure.effect == "killed_or_injured" and draft.figure.group.noun.feature("effect") == "killed_or_injured"
    return victims and any(o.sentence == draft.sentence and o.figure.effect == "injured" and o.role != "subset" for o in near_by)


def _give_side(draft: FigureDraft) -> None:
    """Who surrenders, escapes or defects does it himself; who is arrested is the target."""
    event = draft.event
    if event is None or draft.side is None:
        return
    if event.kind in ("surrender", "escape", "defection") and not event.agents:
        event.agents.append(draft.side)
    elif event.kind == "arrest" and draft.side not in event.agents + event.targets:
        event.targets.append(draft.side)


def _draft(context: Context, figure: Figure, events: list[EventDraft], before: list[FigureDraft]) -> FigureDraft:
    position = context.units.index_at(context.grouped[figure.at].start)
    sentence = context.sentence_of(min(position, len(context.units) - 1))
    status: str = "detainee" if figure.effect == "held" else figure.status
    others = figure.group.noun.has("OTHERS")
    if others and status == "unknown" and before and before[-1].sentence == sentence:
        status = before[-1].status
    side = actor_of(figure.side_unit, context.names, context.country) if figure.side_unit is not None else None
    return FigureDraft(
        figure=figure,
        sentence=sentence,
        event=_event_of(context, figure, position, sentence, events),
        role=figure.role,
        side=side,
        status=status,
        quantity=figure.group.quantity,
        cumulative=_is_cumulative(context, figure, position, sentence),
    )


def _event_of(context: Context, figure: Figure, position: int, sentence: int, events: list[EventDraft]) -> EventDraft | None:
    """The event that a figure belongs to: one of its own kind, else the nearest in its sentence, else the last one told."""
    at = bisect_left(events, position, key=lambda e: e.first)
    real = [e for e in events[max(0, at - 40) : at + 40] if e.modality in ("asserted", "attempted")]
    kinds = _OWN_EVENT.get(figure.effect)
    here = [e for e in real if e.sentence == sentence]
    if kinds:
        here = [e for e in here if e.kind in kinds] or here
    if here:
        return min(here, key=lambda e: (_distance(e, position), e.first))
    earlier = [e for e in real if e.first <= position]
    if earlier and not context.paragraph_break(earlier[-1].last, position):
        return earlier[-1]
    # A paragraph of figures alone counts for the story, not for the last side event told
    return next((e for e in events if e.modality in ("asserted", "attempted")), None)


def _distance(event: EventDraft, position: int) -> int:
    start, end = event.clause
    if start <= position < end:
        return 0
    return min(abs(event.first - position), abs(event.last - position))


def _is_cumulative(context: Context, figure: Figure, position: int, sentence: int) -> bool:
    low, high = context.sentences[sentence]
    words = context.units.items[max(low, position - 40) : min(high, position + 40)]
    return figure.toll or any(u.has("SINCE_PERIOD") for u in words)


# --- stated once -----------------------------------------------------------------------------------------------------


def _stated_before(draft: FigureDraft, drafts: list[FigureDraft]) -> FigureDraft | None:
    """An earlier figure that this one repeats: same effect, same number, and nothing that sets them apart."""
    for other in reversed(drafts[-_NEIGHBOURS:]):
        if other.figure.effect != draft.figure.effect or not _same_number(other.quantity, draft.quantity):
            continue
        if other.sentence == draft.sentence and other.role != "total":
            continue
        if _same_event(other.event, draft.event, draft.value) and _same_people(other, draft):
            return other
    return None


def _made_precise(draft: FigureDraft, drafts: list[FigureDraft]) -> bool:
    """«سقوط قتلى وجرحى», later counted: a vague lead-in for what the report itself gives a number of is no figure."""
    if draft.quantity.bound != "vague" or draft.quantity.vague_word == "dual_or_plural" or draft.role == "subset":
        return False
    fits = ("killed", "injured") if draft.figure.effect == "killed_or_injured" else (draft.figure.effect,)
    return any(
        other.figure.effect in fits
        and other.quantity.bound != "vague"
        and other.role != "subset"
        and (abs(other.sentence - draft.sentence) <= 1 or draft.sentence <= _LEAD_SENTENCES)
        and _same_event(other.event, draft.event)
        and _same_people(other, draft)
        for other in drafts
    )


_NEIGHBOURS = 150
_LEAD_SENTENCES = 2


def _around(drafts: list[FigureDraft], i: int) -> list[FigureDraft]:
    """The figures near one in the text; keeps long texts linear."""
    return drafts[max(0, i - _NEIGHBOURS) : i + _NEIGHBOURS]


_RARE = 10
"""From here on the same number of the same harm twice in a report is one figure told twice."""


def _same_number(a: Quantity, b: Quantity) -> bool:
    if a.value is not None or b.value is not None:
        return a.value == b.value
    return (a.vague_word, a.min, a.max) == (b.vague_word, b.min, b.max)


def _same_event(a: EventDraft | None, b: EventDraft | None, value: int | None = None) -> bool:
    if value is not None and value >= _RARE:
        return True
    if a is b or a is None or b is None:
        return True
    if a.own_place and b.own_place and a.places and b.places:
        return any(near(x, y) for x in a.places for y in b.places)
    return not (a.own_date and b.own_date and a.date != b.date)


def _same_people(a: FigureDraft, b: FigureDraft) -> bool:
    if a.side and b.side and a.side != b.side:
        return False
    known = {a.status, b.status} - {"unknown", "mixed"}
    return len(known) < 2 or known <= {"combatant", "security"}


def _retell(before: FigureDraft, again: FigureDraft) -> None:
    """Keep the first statement; a firmer bound or a clearer status of the second is taken over."""
    before.retold.append(again.figure)
    if before.quantity.bound == "exact" and again.quantity.bound in ("at_least", "more_than"):
        before.quantity = again.quantity
    if before.status == "unknown":
        before.status = again.status
    before.side = before.side or again.side
    before.cumulative = before.cumulative or again.cumulative


# --- totals ----------------------------------------------------------------------------------------------------------


def _find_totals(context: Context, drafts: list[FigureDraft]) -> None:
    """Roles by arithmetic and by words: a toll told after the figures it sums, or a number that its followers add up to."""
    _told_in_parts(drafts)
    for i, draft in enumerate(drafts):
        if draft.role != "alone" or draft.value is None:
            continue
        if draft.figure.toll:
            _total_of(draft, _parts_before(drafts, i))
        if draft.role == "alone":
            _total_of(draft, _parts_that_add_up(drafts, i))


def _told_in_parts(drafts: list[FigureDraft]) -> None:
    """«166 قتيلا: 114 من … و45 من …», «4 مدنيين (امرأة و3 أطفال)»: a list that the text itself gives as the parts."""
    parts: dict[int, list[FigureDraft]] = {}
    for draft in drafts:
        if draft.role == "part" and draft.of is not None:
            parts.setdefault(id(draft.of), []).append(draft)
    for listed in parts.values():
        whole = listed[0].of
        together = len(listed) > 1 and whole is not None and whole.role == "alone"
        for part in listed:
            part.role, part.of = ("part", whole) if together else ("alone", None)
        if together and whole is not None:
            whole.role = "total"


def _total_of(total: FigureDraft, parts: list[FigureDraft]) -> None:
    if len(parts) < 2:
        return
    total.role = "total"
    for part in parts:
        part.role, part.of = "part", total
        part.cumulative = part.cumulative or total.cumulative


_TELLING = 5
"""A lead's number is taken for the sum of later ones only from here on; 3 = 1 + 2 happens by chance."""


def _parts_before(drafts: list[FigureDraft], i: int) -> list[FigureDraft]:
    """Figures of the same effect that the toll's own sentence gave before it, each no larger than the toll."""
    total, parts = drafts[i], []
    for other in reversed(drafts[:i]):
        if other.sentence != total.sentence or other.figure.effect != total.figure.effect:
            break
        if other.role != "alone" or other.value is None or total.value is None or other.value > total.value:
            break
        parts.append(other)
    return parts[::-1]


def _parts_that_add_up(drafts: list[FigureDraft], i: int) -> list[FigureDraft]:
    """The figures right after a number, of its effect, if exactly they add up to it («7: ثلاثة … وأربعة …»)."""
    whole, parts, total = drafts[i], [], 0
    reach = 8 if whole.sentence <= 1 and (whole.value or 0) >= _TELLING else 1
    for other in drafts[i + 1 : i + 13]:
        if other.figure.effect != whole.figure.effect or other.role == "subset":
            continue
        if other.sentence - whole.sentence > reach or other.value is None or other.role != "alone":
            break
        parts.append(other)
        total += other.value
        if whole.value is not None and total >= whole.value:
            break
    if total != whole.value or len(parts) < 2 or any(p.role == "subset" for p in parts):
        return []
    return parts
