"""Figures that count a longer time than one event."""

from __future__ import annotations

from sijill.annotate.units import Units
from sijill.claims.context import Context, DatedSpan

__all__ = ["over_a_period", "turns_away"]

_PERIOD_REACH = 40
"""How far from a number, in words, its sentence may name the period that it counts."""


def over_a_period(context: Context, position: int, sentence: int) -> bool:
    """Whether the sentence says that a number counts a longer time than one event: «منذ مطلع العام», «خلال الأسبوعين الماضيين».

    A toll that merely rose counts one event. «المحاصرة منذ عام 2013» tells of the place, not of the number; what a new clause
    tells after the number («ويأتي ذلك في حرب بدأت منذ …») is not the number's time.
    """
    low, high = context.sentences[sentence]
    _, high = context.clause(position, position + 1, low, min(high, position + _PERIOD_REACH))
    low = max(low, position - _PERIOD_REACH)
    units = context.units
    high = next((i for i in units.where("COMMA", first=position, last=high) if turns_away(units, i)), high)
    periods = units.where("SINCE", first=low, last=high)
    days = []
    for span in context.spans_between(low, high):
        if _is_period(units, span):
            periods.append(span.unit)
        elif not units.holds("SINCE", first=span.unit - 8, last=span.unit):
            days.append(span.unit)
    reach = min((abs(i - position) for i in periods if not _of_a_place(units, i)), default=None)
    return reach is not None and all(abs(i - position) >= reach for i in days)


def turns_away(units: Units, comma: int) -> bool:
    """Whether a comma with «و» starts to tell of something else than more people harmed."""
    if comma + 2 >= len(units):
        return False
    if not units[comma + 1].has("CONJ"):
        return units[comma + 1].has("W") and units[comma + 1].word.startswith("و")
    return not units[comma + 2].has_any(("HARM_N", "HARM_V", "HARMED", "Q", "PERSON", "FALL_OF"))


def _is_period(units: Units, span: DatedSpan) -> bool:
    """«منذ 5 آذار», «الأشهر الثلاثة الماضية», «خلال شهر تشرين الثاني», «على مدار سبعة أيام»."""
    if span.kind in ("since", "span") or units[span.unit].word.startswith("منذ "):
        return True
    if span.kind == "duration":
        return units[span.unit].word.startswith("علي مد") and "T" not in (span.value.duration or "T")
    whole = span.value.edtf is not None and (len(span.value.edtf) < len("2022-01-01") or "/" in span.value.edtf)
    return whole and span.value.time_of_day is None and span.unit > 0 and units[span.unit - 1].has("KHILAL")


def _of_a_place(units: Units, at: int) -> bool:
    """«الخاضعة لسيطرة … منذ 2016»: a definite participle before says what has lasted so long."""
    return any(units[i].has("DEF") for i in units.where("LASTING_STATE", first=at - 5, last=at))
