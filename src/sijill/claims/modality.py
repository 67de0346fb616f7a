"""How an event is said: plainly, or as planned, attempted, threatened, supposed or denied, by the words that govern it."""

from __future__ import annotations

from typing import Final

from sijill.annotate.units import Units
from sijill.claims.context import Context, EventDraft

__all__ = ["modality", "shares_modality"]


def shares_modality(context: Context, before: EventDraft, draft: EventDraft) -> bool:
    """«خططوا للسيطرة على … والاستيلاء على …»: a verbal noun after a conjunction is still governed by the word of plan."""
    units = context.units
    if before.sentence != draft.sentence or before.modality == "asserted" or draft.triggers[0].verb:
        return False
    if not (draft.first and units[draft.first - 1].has("CONJ")):
        return False
    between = range(before.last, draft.first)
    return not any(units[i].has("PAST") and not units[i - 1].has("REL") for i in between)


def modality(context: Context, draft: EventDraft, before: EventDraft | None) -> str:
    """How the event is said: a word of plan, attempt, threat or condition before it in its clause; else plainly."""
    units = context.units
    told = next((t.modality for t in draft.triggers if t.modality), None)
    own = units[draft.first]
    if told is None and not own.has("MODAL") and own.word.startswith("محاول"):
        told = "attempted"  # «محاولة اغتيال» is one word to the rules
    if told is not None:
        return told
    low = max(context.sentences[draft.sentence][0], draft.first - 30)
    for i in reversed(units.row.where("MODAL", "PAST", "STOP", "SEMI", first=low, last=draft.first)):
        unit = units[i]
        if unit.has("STOP") or unit.has("SEMI"):
            break
        modality = unit.feature("modality") if unit.has("MODAL") else None
        told_between = before is not None and i < before.first
        points = before is not None and before.points_back and modality == "planned"  # «خططوا في أول الهجوم للسيطرة على …»
        if modality and modality != "hypothetical" and told_between and not points:
            break  # «بعد فشل الهجوم أحرقوا …»: the word governs the event nearer to it
        if modality and _governs(units, i, draft, modality):
            draft.note(units, "modality", i, i + 1, "a word of plan, attempt, threat or condition")
            if unit.has("SEEK") and draft.kind == "territorial_control":
                return "attempted"  # «يسعى لاستعادة المدينة»: the fight for it is under way
            return modality
        # A plain fact between the modal word and this event ends what the word governs.
        if i < draft.first - 1 and unit.has("PAST") and not unit.has("MODAL") and modality is None and i < draft.clause[0]:
            break
    high = min(context.sentences[draft.sentence][1], draft.last + _SAID_UNTRUE)
    if units.row.holds("UNTRUE", first=draft.last, last=high):
        return "denied"  # «ما تداولته وسائل إعلام عن قصف … غير صحيح»
    return "planned" if units[draft.first].has("FUT") else "asserted"


_MEANWHILE: Final = frozenset({"بينما", "فيما", "في حين"})
_WARNED: Final = 8
_RUMOUR_REACH: Final = 8
_PART_IN_IT: Final = ("مسوولي", "المسوولي", "علاقت", "صلت", "ضلوع", "تورط", "وقوف")
_SAID_UNTRUE: Final = 24
"""How many words behind an event its sentence may call it untrue."""
_CONDITIONS: Final = frozenset({"لو", "اذا", "لولا", "في حال", "في حاله"})


def _turns(units: Units, first: int, last: int) -> bool:
    """«لا يعلم ما إذا كان …، بينما قتل …»: what is told beside what is only supposed."""
    return any(unit.has("SEMI") or unit.word in _MEANWHILE for unit in units[first:last])


def _governs(units: Units, i: int, draft: EventDraft, modality: str) -> bool:
    if units.row.holds("SIMULTANEOUS", first=i + 1, last=draft.first):
        return False
    apart = draft.first - i - 1
    if units[i].has("WARN"):
        return apart <= _WARNED and units[draft.first - 1].word == "من"
    if modality == "hypothetical":
        return apart <= (30 if units[i].word in _CONDITIONS else 8) and not _turns(units, i + 1, draft.first)
    if units[draft.first].has("PAST") and not units[draft.first].has("SG") and apart:
        return False  # a finite verb is told as done; plans and attempts govern verbal nouns («حاول طعن») and «أن»
    if any(not units[j].has("PRON") for j in units.row.where("PAST", first=i + 1, last=draft.first)):
        return False
    if modality == "denied" and any(unit.word.startswith(_PART_IN_IT) for unit in units[i + 1 : i + 5]):
        return False  # «نفى مسؤوليته عن القصف»: it happened, and he says that he did not do it
    rumour = modality == "denied" and units.row.holds("RUMOUR", first=i + 1, last=i + _RUMOUR_REACH)
    reach = 12 if modality == "planned" or rumour else 6
    return apart <= reach and not units.row.holds("REL", first=i + 1, last=draft.first)
