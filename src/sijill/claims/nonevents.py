"""Words that only look like an event: a demand, a habit, a standing state, a figure of speech, talk of attacks.

Preferred mistake: an event that is told in such words alone is missed over one that nobody reported.
"""

from __future__ import annotations

from sijill.annotate.actors import is_actor
from sijill.annotate.events import Trigger
from sijill.annotate.units import Units
from sijill.claims.context import Context, EventDraft

__all__ = ["is_no_event"]

_RECENT = 120
"""Events told last among which an operation told before is looked for; keeps long texts linear."""


def is_no_event(context: Context, drafts: list[EventDraft], trigger: Trigger) -> bool:
    """Words that only look like an event: «مكافحة الإرهاب», a demand, an attack as the subject of a statement."""
    units = context.units
    before = units.items[max(0, trigger.first - 3) : trigger.first]
    if before and (before[-1].has("FIELD_W") or (trigger.verb and before[-1].has("NEG"))):
        return True  # «ساحة المعركة», «لن أستسلم»
    if trigger.rule == "at the hands of" and not _is_killing(units, trigger):
        return True
    if trigger.weak and trigger.verb and units[trigger.first].has("PRES") and not context.layout.is_headline(trigger.first):
        return True  # «يستهدفون المناطق بشكل ممنهج»: what is done again and again
    if trigger.kind in _FIGURES and units.holds("FIGURATIVE", first=trigger.last, last=trigger.last + 3):
        return True
    if not trigger.verb and trigger.kind in _DEMANDED and _is_demanded(units, trigger):
        return True
    if trigger.definite and len(before) > 1 and before[-1].word == "ل" and before[-2].has("DATE"):
        return True  # «في اليوم الثالث للهجوم»
    if trigger.kind == "security_operation" and trigger.definite and before and before[-1].has("KHILAL"):
        return any(draft.kind == trigger.kind for draft in drafts[-_RECENT:])  # «أثناء عملية التمشيط», of one told before
    if trigger.rule == "named campaign" and _is_peaceful(context, trigger):
        return True
    if trigger.kind == "territorial_control" and before and _is_standing(units, trigger):
        return True
    if trigger.kind == "agreement_or_ceasefire" and units.holds("CIVIL_DEAL", first=trigger.last, last=trigger.last + 3):
        return True
    if trigger.kind == "agreement_or_ceasefire":
        return any(u.has("DEMAND") or u.has("BREACH") for u in before) and not units[trigger.first].has("AGREE_V")
    if trigger.kind == "deployment" and len(before) > 1 and before[-1].word == "ب" and before[-2].word.startswith(_BACKED):
        return True  # «مدعومة بأرتال عسكرية»: with what the operation was made
    if any(u.has("DEMAND") and not u.has("PAST") for u in before[-2:]) and not trigger.verb:
        return True
    return bool(before) and before[-1].has("NEG") and trigger.weak


def _is_killing(units: Units, trigger: Trigger) -> bool:
    """«مقتل رجل مساء أمس على يد مسلحين»: a word of killing or wounding stands before the doer, in its sentence."""
    for i in range(trigger.first - 1, max(-1, trigger.first - 15), -1):
        if units[i].has("STOP") or units[i].has("SEMI"):
            return False
        if units[i].has("KILLED_W"):
            return True
    return False


def _is_peaceful(context: Context, trigger: Trigger) -> bool:
    """«أطلق حملة تطعيم»: a campaign that nobody with arms makes, or that is said to be for something else."""
    units = context.units
    if units.holds("PEACEFUL", first=trigger.last, last=trigger.last + 3):
        return True
    return not any(is_actor(units, i) for i in range(max(0, trigger.first - 4), min(len(units), trigger.last + 12)))


_BACKED = ("مدعوم", "مصحوب", "معزز", "مسنود")
_FIGURES = frozenset({"explosion", "armed_clash", "attack_unspecified", "property_damage"})
_DEMANDED = frozenset(
    {"surrender", "withdrawal", "release_or_exchange", "evacuation", "agreement_or_ceasefire", "judicial_action", "siege", "protest"}
)
_DEMAND_REACH = 12


def _is_demanded(units: Units, trigger: Trigger) -> bool:
    """«طالبت … بالانسحاب من البلدة»: what somebody asks for has not happened."""
    reached = units.where("DEMAND", "STOP", "SEMI", "PAST", first=trigger.first - _DEMAND_REACH + 1, last=trigger.first)
    for unit in (units[i] for i in reversed(reached)):
        if unit.has("DEMAND"):
            return True
        if unit.has("STOP") or unit.has("SEMI") or (unit.has("PAST") and not unit.has("DEF")):
            return False
    return False


def _is_standing(units: Units, trigger: Trigger) -> bool:
    """«الخاضعة لسيطرة …», «مناطق سيطرة …»: who holds a place, not a change of control."""
    return any(
        u.word.startswith(("خاضع", "الخاضع", "تحت", "مناطق", "واقع", "الواقع"))
        for u in units.items[max(0, trigger.first - 2) : trigger.first]
    )
