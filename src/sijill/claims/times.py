"""When each event happened, and how that is known.

An event takes the date of its own clause; else one that its sentence gave before it; else the frame's, where the text licenses it:

* a story told in one day: the lead's date goes on until another date is given;
* a story of several days: what is told after the lead, before the next date, happened on the lead's day or after (``day/..``);
* «بعد فشل الهجوم»: on the attack's day or after; an event told as done before a dated one («بعد السيطرة على …»): by then (``../day``);
* «تزامن ذلك», or a campaign told from start to end: the whole span of the story.

Planned, threatened and hypothetical events take only a date of their own. Never a guess without `date_basis` saying "frame".
"""

from __future__ import annotations

from dataclasses import dataclass

from sijill.annotate.units import Units
from sijill.claims.context import Context, DatedSpan, EventDraft

__all__ = ["date_events"]


@dataclass(slots=True)
class _Frame:
    """The span of days that the text tells: its first stated day, its last, and whether it is a story of several days."""

    start: str | None
    end: str | None

    @property
    def several_days(self) -> bool:
        return self.start is not None and self.end is not None and self.start < self.end


_UNREAL = ("planned", "threatened", "hypothetical")


def date_events(context: Context, drafts: list[EventDraft]) -> None:
    """Give every draft its date, time and the basis of both."""
    frame = _frame(context, drafts)
    heading = _heading_day(context, drafts)
    running: EventDraft | None = None  # the last event dated by its own words
    lead = True  # no second date has been told yet
    for draft in drafts:
        if heading is not None and running is not None and context.paragraph_break(running.last, draft.first):
            running = None
        own = _own_date(context, draft)
        if own is not None:
            _take(context, draft, own)
            if running is not None and running.date != draft.date and draft.modality not in _UNREAL:
                lead = False
            if draft.modality not in _UNREAL and draft.date and not draft.date.startswith(".."):
                running = draft
            continue
        if draft.modality in _UNREAL:
            continue
        if _before_a_date(context, draft):
            continue
        if running is None and heading is not None and not draft.background:
            _set(draft, heading)
            continue
        _inherit(context, draft, running, frame, lead)


def _heading_day(context: Context, drafts: list[EventDraft]) -> str | None:
    """The day that a heading or dateline gives before anything is told («حصاد يوم السبت 18-06-2022»)."""
    first_event = drafts[0].first if drafts else len(context.units)
    for span in context.dates:
        if span.unit >= first_event:
            return None
        edtf = span.value.edtf
        if edtf and len(edtf) == 10 and context.paragraph_break(span.unit, first_event):
            return edtf
    return None


def _frame(context: Context, drafts: list[EventDraft]) -> _Frame:
    """First and last full day stated in the text, when the last lies within two months of the first."""
    days = sorted(
        part
        for span in context.dates
        if span.value.edtf and span.value.basis in ("stated", "frame", "published")
        for part in _days(span.value.edtf)
    )
    if not days:
        return _Frame(None, None)
    first = next((s.value.edtf for s in context.dates if s.value.edtf and len(s.value.edtf) == 10), days[0])
    later = [d for d in days if first <= d and d[:4] == first[:4]]
    return _Frame(first, later[-1] if later else first)


def _days(edtf: str) -> list[str]:
    """Full days that a date names: itself, or the known end of an open interval («حتى 30 آذار»)."""
    if "/" in edtf and ".." not in edtf:
        return []
    return [part for part in edtf.split("/") if len(part) == 10]


def _own_date(context: Context, draft: EventDraft) -> DatedSpan | None:
    """The date of the event's own clause that stands nearest to its words."""
    start, end = draft.clause
    inside = context.dates_between(start, end)
    if not inside:
        return None
    nearest = min(inside, key=lambda s: (min(abs(s.unit - draft.first), abs(s.unit - draft.last)), s.unit))
    # «بعد فشل الهجوم»: a date in that clause is the clause's, not that of the attack it points back to
    return None if draft.points_back and _after_word(context, draft) else nearest


def _take(context: Context, draft: EventDraft, span: DatedSpan) -> None:
    value = span.value
    day = value.edtf
    if day is not None and _subordinate_after(context, draft, span):
        day = f"../{day.split('/')[0]}"
    draft.date, draft.date_basis, draft.own_date = day, value.basis, True
    start, end = draft.clause
    if start <= span.unit < end:
        draft.time, draft.time_of_day = value.time, value.time_of_day
    draft.note(context.units, "date", span.unit, span.unit + 1, "date expression")


def _subordinate_after(context: Context, draft: EventDraft, span: DatedSpan) -> bool:
    """«فرض … من 24 …، بعد السيطرة على …»: the event after «بعد» was done by the date that was told before it."""
    return span.unit < draft.first and not draft.triggers[0].verb and _after_word(context, draft)


def _after_word(context: Context, draft: EventDraft) -> bool:
    before = context.units.items[max(0, draft.first - 2) : draft.first]
    return any(unit.has("AFTER") for unit in before)


def _before_a_date(context: Context, draft: EventDraft) -> bool:
    """«بعد السيطرة على الحي، … في 24 …»: done by a date that comes later in the sentence."""
    if draft.triggers[0].verb or draft.points_back or not _after_word(context, draft):
        return False
    _, high = context.sentences[draft.sentence]
    later = [s for s in context.dates_between(draft.last, min(high, draft.last + 40)) if s.value.basis == "stated"]
    if not later or later[0].value.edtf is None:
        return False
    draft.date, draft.date_basis = f"../{later[0].value.edtf.split('/')[0]}", "frame"
    return True


def _inherit(context: Context, draft: EventDraft, running: EventDraft | None, frame: _Frame, lead: bool) -> None:
    if draft.background or frame.start is None:
        return
    units = context.units
    if draft.simultaneous and frame.several_days:
        _set(draft, f"{frame.start}/{frame.end}")
    elif running is None or running.date is None:
        return
    elif _during_operation(context, draft) and frame.end and len(running.date) == 10 and running.date < frame.end:
        _set(draft, f"{running.date}/{frame.end}")
    elif _campaign(draft) and frame.several_days and lead:
        _set(draft, f"{frame.start}/{frame.end}")
    elif _after_attack(units, context, draft) and len(running.date) == 10:
        _set(draft, f"{running.date}/..")
    elif not frame.several_days:
        _set(draft, running.date, time_of_day=None)
    elif draft.sentence == running.sentence and draft.first - running.last <= _SAME_BREATH and not _moved_on(units, running, draft):
        _set(draft, running.date)
    elif lead and len(running.date) == 10:
        _set(draft, f"{running.date}/..")


_SAME_BREATH = 25
"""How many words after a dated event of a long story another one still shares its day."""


def _set(draft: EventDraft, date: str, *, time_of_day: str | None = None) -> None:
    draft.date, draft.date_basis = date, "frame"


def _campaign(draft: EventDraft) -> bool:
    return draft.rule == "named campaign"


def _during_operation(context: Context, draft: EventDraft) -> bool:
    """«أثناء عملية التطهير»: over the days of an operation that the story is in."""
    units = context.units
    low, _ = context.sentences[draft.sentence]
    for i in range(max(low, draft.first - 16), draft.first):
        if units[i].has("KHILAL") and any(u.has("OPERATION_N") or u.has("CLEAR_N") for u in units.items[i + 1 : i + 4]):
            return True
    return False


def _after_attack(units: Units, context: Context, draft: EventDraft) -> bool:
    """«وبعد فشل الهجوم قامت …»: told as following an attack that is known already."""
    start, _ = draft.clause
    low, _ = context.sentences[draft.sentence]
    for i in range(max(low, min(start, draft.first - 14) - 2), draft.clause[1]):
        if units[i].has("AFTER"):
            following = units.items[i + 1 : i + 4]
            if any((u.has("ATTACK_N") or u.has("CLASH_N") or u.has("OPERATION_N")) and u.has("DEF") for u in following):
                return True
    return False


def _moved_on(units: Units, running: EventDraft, draft: EventDraft) -> bool:
    """Whether «ثم» or «لاحقا» stands between two events of a sentence: the second need not share the day."""
    return any(u.word in ("ثم", "لاحقا", "بعدها", "بعد ذلك") for u in units.items[running.last : draft.first])
