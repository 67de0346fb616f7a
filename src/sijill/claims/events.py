"""Triggers become events: one event per incident as told, with its words, kind, modality and places.

Within a sentence, triggers that tell one event in several words («هجوم انتحاري بسيارة مفخخة استهدف …») are one draft. Across
sentences a definite noun («الهجوم») or the same kind at the same place is the event already told. Who, when and why are added
by the modules beside this one.
"""

from __future__ import annotations

from bisect import bisect_left

from sijill.annotate.events import Trigger
from sijill.annotate.places import Mention, Place, km
from sijill.annotate.units import Units
from sijill.claims.context import Context, EventDraft, same_story

__all__ = ["draft_events", "place_events"]

# From the most telling kind to the least: of two words for one event the firmer names it.
_FIRMNESS = (
    "suicide_bombing", "vehicle_bomb", "assassination", "chemical_attack", "drone_strike", "explosive_device", "air_strike", "shelling",
    "shooting", "stabbing_or_ramming", "armed_assault", "explosion", "attack_unspecified", "protest_repression", "riot", "protest",
    "armed_clash", "security_operation",
)  # fmt: skip
_ATTACKS = frozenset(_FIRMNESS[:13])
# Words for what an attack did or used; beside an attack they are no event of their own.
_RESULTS = frozenset({"property_damage", "displacement", "torture"})


def draft_events(context: Context) -> list[EventDraft]:
    """The events of a report in the order of their first words, before places, people and dates."""
    drafts: list[EventDraft] = []
    for trigger in context.triggers:
        if _is_no_event(context, trigger):
            continue
        sentence = context.sentence_of(trigger.first)
        told = _told_already(drafts, sentence, trigger, context)
        if told is not None:
            _join(told, trigger)
            continue
        drafts.append(
            EventDraft(
                kind=trigger.kind,
                rule=trigger.rule,
                first=trigger.first,
                last=trigger.last,
                sentence=sentence,
                triggers=[trigger],
                weak=trigger.weak,
                means=list(trigger.means),
                definite=trigger.definite,
                simultaneous=any(u.has("SIMULTANEOUS") for u in context.units.items[max(0, trigger.first - 8) : trigger.first]),
            )
        )
        drafts[-1].points_back = _points_back(drafts[-1], [*drafts[:_LEAD], *drafts[-_RECENT:-1]])
    _bound_clauses(context, drafts)
    for i, draft in enumerate(drafts):
        draft.modality = _modality(context, draft, drafts[i - 1] if i else None)
        if i and draft.modality == "asserted" and _shares_modality(context, drafts[i - 1], draft):
            draft.modality = drafts[i - 1].modality
        if i and draft.points_back and draft.modality == drafts[i - 1].modality == "hypothetical":
            # «لو نجح الهجوم لامتدت الهجمات إلى …»: the second is what would have come, not the attack told before
            draft.points_back = draft.sentence != drafts[i - 1].sentence
    return [d for d in drafts if d.kind != "territorial_control" or _of_a_place(context, d)]


def _shares_modality(context: Context, before: EventDraft, draft: EventDraft) -> bool:
    """«خططوا للسيطرة على … والاستيلاء على …»: a verbal noun after a conjunction is still governed by the word of plan."""
    units = context.units
    if before.sentence != draft.sentence or before.modality == "asserted" or draft.triggers[0].verb:
        return False
    if not (draft.first and units[draft.first - 1].has("CONJ")):
        return False
    between = range(before.last, draft.first)
    return not any(units[i].has("PAST") and not units[i - 1].has("REL") for i in between)


def _of_a_place(context: Context, draft: EventDraft) -> bool:
    """Control is taken of a place; of a lorry, a fire or «the situation» it is no event of the list."""
    named = context.places_between(draft.first, draft.last + 6)
    return bool(named) and not any(u.has("CONJ") or u.has("COMMA") for u in context.units.items[draft.last : named[0].first])


def _is_no_event(context: Context, trigger: Trigger) -> bool:
    """Words that only look like an event: «مكافحة الإرهاب», a demand, an attack as the subject of a statement."""
    units = context.units
    before = units.items[max(0, trigger.first - 3) : trigger.first]
    if trigger.definite and len(before) > 1 and before[-1].word == "ل" and before[-2].has("DATE"):
        return True  # «في اليوم الثالث للهجوم»
    if trigger.definite and trigger.kind == "security_operation" and before and before[-1].has("KHILAL"):
        return True  # «أثناء عملية التمشيط»
    if trigger.kind == "territorial_control" and before and _is_standing(units, trigger):
        return True
    if trigger.kind == "agreement_or_ceasefire":
        return any(u.has("DEMAND") for u in before) and not units[trigger.first].has("AGREE_V")
    if any(u.has("DEMAND") and not u.has("PAST") for u in before[-2:]) and not trigger.verb:
        return True
    return bool(before) and before[-1].has("NEG") and trigger.weak


def _is_standing(units: Units, trigger: Trigger) -> bool:
    """«الخاضعة لسيطرة …», «مناطق سيطرة …»: who holds a place, not a change of control."""
    return any(
        u.word.startswith(("خاضع", "الخاضع", "تحت", "مناطق", "واقع", "الواقع"))
        for u in units.items[max(0, trigger.first - 2) : trigger.first]
    )


_LEAD, _RECENT = 20, 120
"""How many events of the lead, and of those told last, a definite noun can point back to; keeps long texts linear."""


def _told_already(drafts: list[EventDraft], sentence: int, trigger: Trigger, context: Context) -> EventDraft | None:
    """The draft of the same sentence that a trigger goes on telling, past words that only point back («الهجوم»)."""
    for i in range(len(drafts) - 1, -1, -1):
        draft = drafts[i]
        if draft.sentence != sentence:
            return None
        pointer = draft.points_back
        if trigger.rule == "by a drone":
            if not pointer and draft.kind in _ATTACKS:
                return draft
            continue
        if pointer and not trigger.verb:
            return None
        return draft if _joins(context, draft, trigger) else None
    return None


def _points_back(draft: EventDraft, earlier: list[EventDraft]) -> bool:
    """Whether a draft so far is only a definite noun for an event that has been told («الهجوم», «عمليات التمشيط»)."""
    general = draft.weak or draft.kind == "security_operation"
    return general and draft.definite and not draft.triggers[0].verb and any(same_story(e.kind, draft.kind) for e in earlier)


def _joins(context: Context, draft: EventDraft, trigger: Trigger) -> bool:
    """Whether a trigger goes on telling the draft's event: kinds that fit, and no new clause between."""
    if not same_story(draft.kind, trigger.kind):
        return draft.kind in _ATTACKS and trigger.kind in _RESULTS and not _new_clause(context.units, draft.last, trigger)
    if trigger.first - draft.last > 14:
        return False
    if draft.kind == trigger.kind and not (draft.weak or trigger.weak) and _listed(context.units, draft, trigger):
        return False
    comma = any(u.has("COMMA") for u in context.units.items[draft.last : trigger.first])
    if comma and (trigger.definite or not (draft.weak or trigger.weak)):
        return False
    return not _new_clause(context.units, draft.last, trigger)


def _new_clause(units: Units, last: int, trigger: Trigger) -> bool:
    between = units.items[last : trigger.first]
    for i, unit in enumerate(between):
        if unit.has("STOP") or unit.has("SEMI") or unit.has("ALSO"):
            return True
        after = between[i + 1] if i + 1 < len(between) else units[trigger.first]
        if unit.has("CONJ") and (after.has("PAST") or after.has("PRES") or after.has("AUX")):
            return True
    return False


def _listed(units: Units, draft: EventDraft, trigger: Trigger) -> bool:
    """«قصف على أ، وقصف على ب»: the same word again after a conjunction is another event."""
    return trigger.first > 0 and units[trigger.first - 1].has("CONJ")


def _join(draft: EventDraft, trigger: Trigger) -> None:
    draft.triggers.append(trigger)
    draft.last = max(draft.last, trigger.last)
    if trigger.kind in _RESULTS:
        return
    for means in trigger.means:
        if means not in draft.means:
            draft.means.append(means)
    firmer = (draft.weak and not trigger.weak) or (draft.weak == trigger.weak and _rank(trigger.kind) < _rank(draft.kind))
    if firmer or (_rank(trigger.kind) < _rank(draft.kind) and draft.kind in _ATTACKS and trigger.kind in _ATTACKS):
        draft.kind, draft.rule, draft.weak = trigger.kind, trigger.rule, trigger.weak


def _rank(kind: str) -> int:
    return _FIRMNESS.index(kind) if kind in _FIRMNESS else len(_FIRMNESS)


def _bound_clauses(context: Context, drafts: list[EventDraft]) -> None:
    for i, draft in enumerate(drafts):
        low, high = context.sentences[draft.sentence]
        if i and drafts[i - 1].sentence == draft.sentence:
            low = drafts[i - 1].last
        if i + 1 < len(drafts) and drafts[i + 1].sentence == draft.sentence:
            high = drafts[i + 1].first
        draft.clause = context.clause(draft.first, draft.last, low, max(high, draft.last))


# --- modality --------------------------------------------------------------------------------------------------------


def _modality(context: Context, draft: EventDraft, before: EventDraft | None) -> str:
    """How the event is said: a word of plan, attempt, threat or condition before it in its clause; else plainly."""
    units = context.units
    low = max(context.sentences[draft.sentence][0], draft.first - 30)
    for i in range(draft.first - 1, low - 1, -1):
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
            return modality
        # A plain fact between the modal word and this event ends what the word governs.
        if i < draft.first - 1 and unit.has("PAST") and not unit.has("MODAL") and modality is None and i < draft.clause[0]:
            break
    return "planned" if units[draft.first].has("FUT") else "asserted"


_CONDITIONS = frozenset({"لو", "اذا", "لولا", "في حال", "في حاله"})


def _governs(units: Units, i: int, draft: EventDraft, modality: str) -> bool:
    between = units.items[i + 1 : draft.first]
    if modality == "hypothetical":
        return len(between) <= (30 if units[i].word in _CONDITIONS else 8) and not any(u.has("SEMI") for u in between)
    if units[draft.first].has("PAST") and not units[draft.first].has("SG"):
        return False  # a finite verb is told as done; plans and attempts govern verbal nouns and «أن»
    if any(u.has("PAST") and not u.has("PRON") for u in between) or any(u.has("REL") for u in between):
        return False
    reach = 12 if modality == "planned" else 6
    return len(between) <= reach


# --- places ----------------------------------------------------------------------------------------------------------


def place_events(context: Context, drafts: list[EventDraft]) -> None:
    """Choose each event's places among those named: in its clause after its words, then before them, then as told before."""
    previous: EventDraft | None = None
    headings = [m for m in context.places if m.heading and m.place is not None]
    for draft in drafts:
        mentions = _own_mentions(context, draft)
        if mentions:
            draft.places = _distinct([m.place for m in mentions if m.place is not None])
            draft.own_place = True
            for mention in mentions:
                draft.note(context.units, "place", mention.first, mention.last, mention.rule)
        elif heading := _heading(headings, draft, previous):
            draft.places = [heading]
        elif previous is not None and draft.modality not in ("planned", "hypothetical", "threatened"):
            draft.places = list(previous.places) if _same_scene(context, previous, draft) else []
        if draft.places:
            previous = draft


def _heading(headings: list[Mention], draft: EventDraft, previous: EventDraft | None) -> Place | None:
    """The place of the section heading («حلب:») that stands between the event told before and this one."""
    since = previous.last if previous is not None else 0
    at = bisect_left(headings, draft.first, key=lambda m: m.first) - 1
    return headings[at].place if at >= 0 and headings[at].first >= since else None


_SCENE_REACH = 80
"""How many words back in its sentence an event may find the place that was named for it."""


def _own_mentions(context: Context, draft: EventDraft) -> list[Mention]:
    start, end = draft.clause
    low, _high = context.sentences[draft.sentence]
    inside = context.places_between(start, end)
    after = [m for m in inside if m.first >= draft.first]
    before = [m for m in inside if m.first < draft.first]
    if not after and not before:
        # No place in the clause: one that the sentence names before it, such as «وفي ريف حلب، قصفت … كما استهدفت …»
        before = context.places_between(max(low, draft.first - _SCENE_REACH), draft.first)[:1]
    best = _nearest_after(context.units, draft, after) or (before[-1] if before else None)
    if best is None:
        return []
    if best in before and len(before) > 1:
        best = _head(before, best)
    return _with_list(context, best, inside or [best])


def _nearest_after(units: Units, draft: EventDraft, after: list[Mention]) -> Mention | None:
    """The first place after the trigger that is a scene and not the origin of something («من إدلب»)."""
    named = [m for m in after if not m.anaphor]
    for mention in after:
        if mention.anaphor and named and draft.kind == "infiltration":
            continue
        if len(after) > 1 and any(u.word in ("من", "اتجاه") for u in units.items[max(0, mention.first - 1) : mention.first]):
            continue
        return mention
    return None


def _head(mentions: list[Mention], best: Mention) -> Mention:
    """The innermost of a chain «حي أ في مدينة ب»: the container is not the scene."""
    for mention in mentions:
        if mention.within is best:
            return mention
    return best


def _with_list(context: Context, best: Mention, among: list[Mention]) -> list[Mention]:
    """The place with the others of its list («قريتي أ وب»)."""
    units, chosen = context.units, [best]
    for mention in among:
        if mention.first < chosen[-1].last:
            continue
        gap = units.items[chosen[-1].last : mention.first]
        if len(gap) <= 3 and gap and all(u.has("CONJ") or u.has("COMMA") or u.has("IN") for u in gap):
            chosen.append(mention)
        elif chosen[-1].within is not mention:
            break
    return chosen


def _distinct(places: list[Place]) -> list[Place]:
    found: list[Place] = []
    for place in places:
        if all(place is not other and (place.entry is None or place.entry is not other.entry) for other in found):
            found.append(place)
    return found


def _same_scene(context: Context, previous: EventDraft, draft: EventDraft) -> bool:
    """Whether an event with no place of its own happens where the one told before it did: same paragraph or a short text."""
    return draft.sentence - previous.sentence <= 2 or not context.paragraph_break(previous.last, draft.first)


def near(a: Place, b: Place) -> bool:
    """Whether two places may be one: the same entry, one inside the other, or points a short walk apart.

    Two villages a few kilometres apart are two places: in a round-up they are two incidents.
    """
    if a is b or (a.entry is not None and a.entry is b.entry):
        return True
    if _inside(a, b) or _inside(b, a):
        return True
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None or a.entry is None or b.entry is None:
        return False
    apart = km(a.lat, a.lon, b.lat, b.lon)
    wide = [p for p in (a, b) if p.entry and (p.entry.level in _WIDE or (p.part is not None and p.entry.level == "city"))]
    return apart <= (max(p.radius_km or 0 for p in wide) if wide else 2.5)


_WIDE = ("governorate", "region", "country", "district")


def _inside(a: Place, b: Place) -> bool:
    within = a.within
    for _ in range(4):
        if within is None:
            return False
        if within is b or (within.entry is not None and within.entry is b.entry):
            return True
        within = within.within
    return False
