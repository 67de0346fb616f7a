"""How an event is said: plainly, or as planned, attempted, threatened, supposed or denied, by the words that govern it."""

from __future__ import annotations

from typing import Final

from sijill.annotate.units import Units
from sijill.claims.context import Context, EventDraft
from sijill.claims.nonevents import is_foiled

__all__ = ["modality", "shares_modality"]


def shares_modality(context: Context, before: EventDraft, draft: EventDraft) -> bool:
    """«خططوا للسيطرة على … والاستيلاء على …»: a verbal noun after a conjunction is still governed by the word of plan."""
    units = context.units
    if before.sentence != draft.sentence or before.modality == "asserted" or draft.kind == "interception":
        return False
    if draft.triggers[0].verb and not _may_be_a_noun(units, draft):
        return False
    if not (draft.first and (units[draft.first - 1].has("CONJ") or units[draft.first - 1].word == "او")):
        return False
    between = range(before.last, draft.first)
    return not any(units[i].has("PAST") and not units[i - 1].has("REL") for i in between)


def _may_be_a_noun(units: Units, draft: EventDraft) -> bool:
    """«لمهاجمة الموقع وخطف قائده»: a word that is a verb and a verbal noun, with nobody behind it to do it."""
    after = units[draft.last] if draft.last < len(units) else None
    if units[draft.first - 2].has("COMMA") or after is None or after.has_any(("ACTOR", "GENERIC", "AIR", "UNKNOWN_AGENT")):
        return False
    return units[draft.first].has("SG") and (after.has("PRON") or not after.has("PERSON"))


def modality(context: Context, draft: EventDraft, before: EventDraft | None) -> str:
    """How the event is said: a word of plan, attempt, threat or condition before it in its clause; else plainly."""
    units = context.units
    told = next((t.modality for t in draft.triggers if t.modality), None)
    own = units[draft.first]
    if told is None and not own.has("MODAL") and own.word.startswith("محاول"):
        told = "attempted"  # «محاولة اغتيال» is one word to the rules
    if told is None and draft.triggers[0].verb and is_foiled(units, draft.first):
        told = "attempted"
    if told is None and draft.kind == "suicide_bombing" and _kept_from_it(units, draft):
        told = "attempted"
    if told is not None:
        return told
    if _failed_in(units, draft):
        return "asserted"
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
    if units[draft.first].has("FUT") or _is_to_come(units, draft):
        return "planned"
    return "attempted" if _is_fought_for(units, draft) else "asserted"


def _is_fought_for(units: Units, draft: EventDraft) -> bool:
    """«تتقدم القوات لتحرير المدينة», «تقاتل لاستعادة المناطق»: what the fighting is for has not come about.

    «أدى الهجوم لسيطرة الفصيل على …» tells what came of it.
    """
    first = draft.first
    if draft.kind != "territorial_control" or draft.triggers[0].verb or first < 2 or units[first - 1].word != "ل":
        return False
    return not any(unit.word.startswith(_LED_TO) or unit.has("REL") for unit in units.items[max(0, first - _LED_REACH) : first - 1])


_LED_TO: Final = ("ادي", "ادت", "ودي", "وصولا", "ذكري", "يودي", "تودي", "افضي", "اعلان", "نتيجه", "خاضع", "الخاضع", "خضع")
_LED_REACH: Final = 4


def _is_to_come(units: Units, draft: EventDraft) -> bool:
    """«معركة شاملة ستنطلق قريبا», «سنشن قريبا معركة»: fighting and operations that a verb of the future begins."""
    low = draft.first - _BEGINS
    if draft.triggers[0].verb or not units.row.holds("FUT", first=low, last=draft.last + _BEGINS):
        return False
    begins = units.row.first_of(any_of=_TO_COME_OR_ENDED, first=draft.last, last=draft.last + _BEGINS)
    if begins is not None and units[begins].has("FUT"):
        return units[begins].has("START_V") and not draft.definite
    launched = units.row.where(any_of=_TO_COME_OR_ENDED, first=low, last=draft.first)
    return bool(launched) and units[launched[-1]].has("FUT") and units[launched[-1]].has_any(("LAUNCH_V", "START_V"))


_TO_COME_OR_ENDED: Final = ("PAST", "PRES", "STOP", "SEMI", "COMMA", "THAT", "REL", "FUT")
_BEGINS: Final = 6
"""How many words from an event the verb of the future may stand that begins it."""


def _failed_in(units: Units, draft: EventDraft) -> bool:
    """«فشل الهجوم في اختراق الجبهة»: an attack that was made, and what it did not reach."""
    first = draft.first
    if not first or not draft.definite or not units[first - 1].word.startswith("فشل"):
        return False
    return draft.last < len(units) and units[draft.last].word == "في" and not units[draft.last + 1].has_any(("PLACE", "KIND", "DATE"))


def _kept_from_it(units: Units, draft: EventDraft) -> bool:
    """«قتلت القوات انتحاريا حاول تفجير نفسه», «… قبل تفجير نفسه»: a bomber who did not come to it.

    «أطلق النار قبل أن يفجر نفسه» tells what he did first: only whom others killed or seized was kept from it.
    """
    for trigger in draft.triggers:
        if trigger.first == draft.first and len(draft.triggers) > 1:
            continue
        blast = next((i for i in range(trigger.first, trigger.last) if units[i].word.startswith(_BLOWS_UP)), None)
        if blast is None:
            continue
        before = units.items[max(0, blast - _KEPT) : blast]
        seized = draft.triggers[0].rule == "killed by a named force" or units.row.holds("ARREST_V", first=blast - _SEIZED, last=blast)
        if any(u.has("MODAL") for u in before) or (seized and any(u.word in _BEFORE_IT for u in before)):
            return True
    return False


_SEIZED: Final = 8
_BLOWS_UP: Final = ("تفجير نفس", "يفجر", "تفجر")
_BEFORE_IT: Final = frozenset({"قبل", "قبيل"})
_KEPT: Final = 3
"""How many words before «تفجير نفسه» the word may stand that says that it did not come to it."""


_NOUNS: Final = ("SG", "LAUNCH_N")
"""«حاول طعن», «يعتزم الجيش شن هجوم»: verbs that are spelled like verbal nouns."""
_AFTER: Final = frozenset({"بعد", "عقب", "في اعقاب", "غداه", "اثر", "علي اثر"})
_MEANWHILE: Final = frozenset({"بينما", "فيما", "في حين"})
_WARNED: Final = 8
_RUMOUR_REACH: Final = 8
_PART_IN_IT: Final = ("مسوولي", "المسوولي", "علاقت", "صلت", "ضلوع", "تورط", "وقوف")
_SAID_UNTRUE: Final = 24
"""How many words behind an event its sentence may call it untrue."""
_CONDITIONS: Final = frozenset({"لو", "اذا", "لولا", "في حال", "في حاله"})


def _turns(units: Units, first: int, last: int) -> bool:
    """«لا يعلم ما إذا كان …، بينما قتل …»: what is told beside what is only supposed."""
    return any(unit.has("SEMI") or unit.word in _MEANWHILE for unit in units.items[first:last])


def _governs(units: Units, i: int, draft: EventDraft, modality: str) -> bool:
    if units.row.holds("SIMULTANEOUS", first=i + 1, last=draft.first):
        return False
    apart = draft.first - i - 1
    if units[i].has("WARN"):
        return apart <= _WARNED and units[draft.first - 1].word == "من"
    if modality == "hypothetical":
        return apart <= (30 if units[i].word in _CONDITIONS else 8) and not _turns(units, i + 1, draft.first)
    if apart and units[draft.first - 1].word in _AFTER:
        return False  # «يسعى إلى تأمين المدينة بعد اشتباكات»: what came before the plan
    if units[draft.first].has("PAST") and not units[draft.first].has_any(_NOUNS) and apart:
        return False  # a finite verb is told as done; plans and attempts govern verbal nouns («حاول طعن») and «أن»
    if any(not units[j].has("PRON") for j in units.row.where("PAST", first=i + 1, last=draft.first)):
        return False
    if modality == "denied" and any(unit.word.startswith(_PART_IN_IT) for unit in units.items[i + 1 : i + 5]):
        return False  # «نفى مسؤوليته عن القصف»: it happened, and he says that he did not do it
    rumour = modality == "denied" and units.row.holds("RUMOUR", first=i + 1, last=i + _RUMOUR_REACH)
    reach = 12 if modality == "planned" or rumour else 6
    return apart <= reach and not units.row.holds("REL", first=i + 1, last=draft.first)
