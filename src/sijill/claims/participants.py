"""Who did it, to whom, and who says so: actors of a clause told apart by the words beside them.

Agent: the subject of an active verb (VSO or SVO), the owner of the attack («قصف روسي», «غارات للتحالف», «هجوم شنه …», «من قبل …»,
«برصاص …»). Target: what stands after «على», «ضد», «استهدف», or a counted group's own side. Source: after «بحسب», or the subject of a
verb of saying.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left

from sijill.annotate.actors import is_actor
from sijill.annotate.units import Unit, Units
from sijill.claims.context import Context, EventDraft, same_story
from sijill.claims.events import near

__all__ = ["find_participants", "find_sources", "source_at"]

_MUTUAL = frozenset({"armed_clash", "agreement_or_ceasefire", "riot"})


def find_participants(context: Context, drafts: list[EventDraft]) -> None:
    """Give every draft its agents and targets, with the words they came from."""
    for draft in drafts:
        for at in range(*_reach(context, draft)):
            if not is_actor(context.units, at):
                continue
            actor = _attackers(context, at, drafts, draft) or context.actor_at(at)
            role = _role(context.units, at, draft)
            if actor is None or role is None:
                continue
            listed = draft.agents if role == "agent" else draft.targets
            if actor not in listed:
                listed.append(actor)
                draft.note(context.units, role, at, at + 1, "actor beside the event's words")
        _settle(draft)
    _carry_on(context, drafts)
    for draft in drafts:
        _default_agents(context, draft)
        _from_the_air(context, draft)


def _carry_on(context: Context, drafts: list[EventDraft]) -> None:
    """Doers left out because they were just named: the steps of one attack, a verb after a conjunction."""
    for before, draft in itertools.pairwise(drafts):
        # «بدأ الهجوم بتفجير سيارة»: told in one breath, the steps of an attack share its doer
        here = not draft.own_place or any(near(a, b) for a in before.places for b in draft.places)
        if not draft.agents and draft.sentence == before.sentence and same_story(before.kind, draft.kind) and here:
            draft.agents = list(before.agents)
        elif not draft.agents and draft.sentence == before.sentence and _subject_left_out(context, draft):
            draft.agents = [a for a in before.agents if a not in draft.targets]


_ACTIONS = ("arrest", "security_operation", "shelling", "attack_unspecified", "armed_assault", "arson", "territorial_control", "siege")


def _subject_left_out(context: Context, draft: EventDraft) -> bool:
    """«… كما قصفت قريتي …», «وقامت باعتقال …»: a verb, or «قام ب» with a verbal noun, right after a conjunction."""
    units, first = context.units, draft.first
    if draft.kind not in _ACTIONS:
        return False
    if draft.triggers[0].verb:
        return first > 0 and (units[first - 1].has("CONJ") or units[first - 1].has("ALSO"))
    before = units.items[max(0, first - 3) : first]
    return any(u.has("AUX") for u in before) and any(u.word == "ب" for u in before)


def _default_agents(context: Context, draft: EventDraft) -> None:
    """Who is meant when nobody is named: a crowd for a protest, «unidentified» for a bomb or for «مجهولون»."""
    unknown = any(u.has("UNKNOWN_AGENT") for u in context.units.items[slice(*draft.clause)])
    if draft.agents:
        return
    if draft.kind == "protest":
        draft.agents = ["protesters"]
    elif unknown:
        draft.agents = ["unidentified_gunmen" if draft.kind in ("shooting", "armed_assault", "assassination") else "unidentified"]
    elif draft.kind in ("explosive_device", "vehicle_bomb") and draft.modality == "asserted":
        draft.agents = ["unidentified"]


def _from_the_air(context: Context, draft: EventDraft) -> None:
    """«قصف إسرائيلي» with no weapon named: a power that bombs from the air (data/actors/air_powers.csv)."""
    powers = context.names.air_powers
    if draft.kind != "shelling" or not draft.agents or any(agent not in powers for agent in draft.agents):
        return
    if any(context.country in powers[agent] for agent in draft.agents):
        return
    if not any(u.has("SHELLFIRE") for u in context.units.items[slice(*draft.clause)]):
        draft.kind = "air_strike"


def _attackers(context: Context, at: int, drafts: list[EventDraft], draft: EventDraft) -> str | None:
    """«المهاجمون»: the doer of the attack told last before this event."""
    unit = context.units[at]
    generic = context.names.generic_of(unit.word) if unit.has("GENERIC") else None
    if generic is None or generic.role != "attackers" or not unit.word.startswith("ال"):
        return None
    at = bisect_left(drafts, draft.first, key=lambda e: e.first)
    for told in reversed(drafts[max(0, at - 40) : at]):
        if told.agents and same_story(told.kind, "attack_unspecified"):
            return told.agents[0]
    return None


def _reach(context: Context, draft: EventDraft) -> tuple[int, int]:
    start, end = draft.clause
    low, _ = context.sentences[draft.sentence]
    # the subject may stand before a relative clause or a conjunction of verbs: look a little further back
    return max(low, min(start, draft.first - 6)), end


def _settle(draft: EventDraft) -> None:
    if draft.kind in _MUTUAL:
        draft.agents += [t for t in draft.targets if t not in draft.agents]
        draft.targets = []
    draft.targets = [t for t in draft.targets if t not in draft.agents]


_TARGET_BEFORE = frozenset(
    "علي ضد تجاه نحو مواقع مقرات مقر مواقعا عناصر نقاط تجمعات حاجز ثكنات باتجاه آليه رتل دوريه نقطه مراكز قاعده مناطق قوات".split()
)
_DONE_BY = frozenset(
    {"شنه", "شنها", "شنته", "شنتها", "نفذه", "نفذها", "نفذته", "نفذتها", "مصدره", "مصدرها", "تشنها", "يشنها", "تشنه", "يشنه"}
)


def _role(units: Units, at: int, draft: EventDraft) -> str | None:
    """What an actor is to an event, by the nearest words; None when nothing says."""
    unit = units[at]
    before = _before(units, at)
    if before is not None:
        if before.has("BY") or before.word in _DONE_BY or before.has("FIRE_OF"):
            return "agent"
        if before.has("ACCORDING") or before.has("SAY_V"):
            return "agent" if _declares(units, at, draft) else None
    if draft.kind in _MUTUAL:
        return "agent" if draft.first - 8 <= at <= draft.last + 14 else None
    if unit.has("ADJ_ACTOR"):
        return _adjective_role(units, at, draft)
    if before is not None and before.word in _TARGET_BEFORE and not _owned(units, at, draft):
        return "target"
    if at < draft.first:
        return _before_trigger(units, at, draft)
    if at < draft.last:
        return "agent"
    return _after_trigger(units, at, draft)


_DECLARED = frozenset(
    {"curfew", "territorial_control", "withdrawal", "agreement_or_ceasefire", "security_operation", "release_or_exchange"}
)


def _declares(units: Units, at: int, draft: EventDraft) -> bool:
    """«أعلنت القوات حظر تجول»: who declares such an event does it."""
    return draft.kind in _DECLARED and 0 <= draft.first - at <= 4 and not any(u.has("THAT") for u in units.items[at : draft.first])


def _before(units: Units, at: int) -> Unit | None:
    i = at - 1
    while i >= 0 and (units[i].has("QUOTE") or units[i].has("DATE") or units[i].has("MEMBERS_OF") or _of_members(units, i)):
        i -= 1
    return units[i] if i >= 0 else None


def _of_members(units: Units, i: int) -> bool:
    """The «من» of «عناصر من الفصيل»."""
    return units[i].has("FROM") and i > 0 and units[i - 1].has("MEMBERS_OF")


def _adjective_role(units: Units, at: int, draft: EventDraft) -> str | None:
    """«قصف روسي», «طائرة حربية روسية»: the owner of the attack, when the adjective stands at its words."""
    if draft.first - 4 <= at <= draft.last + 3:
        between = units.items[min(at, draft.last) : at]
        return None if any(u.has("ON") or u.has("CONJ") for u in between) else "agent"
    return None


def _owned(units: Units, at: int, draft: EventDraft) -> bool:
    """«قصف مدفعية النظام», where «مدفعية» is the trigger itself."""
    return draft.first <= at - 1 < draft.last


def _before_trigger(units: Units, at: int, draft: EventDraft) -> str | None:
    """SVO, or the subject of a verb that governs the event («شن التنظيم هجوما»)."""
    between = units.items[at + 1 : draft.first]
    if at and (units[at - 1].has("Q") or units[at - 1].has("NUM_MULT")):
        return None  # «يضم 200 معتقل»: a counted group is no subject
    if any(u.has("SEMI") or u.has("STOP") for u in between) or len(between) > 9:
        return None
    if any(u.has("HARM_V") or u.has("GROUP") for u in between):
        return None
    preceding = _before(units, at)
    if preceding is not None and (preceding.has("IN") or preceding.has("FROM") or preceding.word == "ل"):
        return None
    return "agent"


def _after_trigger(units: Units, at: int, draft: EventDraft) -> str | None:
    """VSO and the owner of a noun: right after the trigger; further off after «ل» or «من»; else a target of a verb."""
    between = units.items[draft.last : at]
    plain = [u for u in between if not (u.has("DATE") or u.has("QUOTE") or u.has("ADJ") or u.has("TIME"))]
    verb = draft.triggers[-1].verb
    if not plain:
        return "agent"
    if all(u.word in ("ل", "من", "و") or is_plain_adjective(u) or u.has("PLACE_WEAK") for u in plain) and len(plain) <= 3:
        subject = not plain[0].has("PREP")  # «هاجمت خلايا من التنظيم»
        return "agent" if subject or plain[-1].word in ("ل", "و") or not verb else "target"
    if any(u.has("CONJ") for u in plain) and len(plain) <= 2:
        return "agent"
    return "target" if verb and len(plain) <= 4 and not any(u.has("IN") for u in plain) else None


def is_plain_adjective(unit: Unit) -> bool:
    """A word of no class after a noun: most often its adjective («هجوم عنيف»)."""
    return unit.entry.tags <= {"W", "GRAVE", "SHELLFIRE", "AIR", "ACC", "SG"}


# --- sources ---------------------------------------------------------------------------------------------------------


def find_sources(context: Context, drafts: list[EventDraft]) -> None:
    """Who is said to have said it: the source named nearest to the event in its sentence."""
    for draft in drafts:
        found = source_at(context, draft.sentence, draft.first)
        if found is not None:
            draft.source = found[0]
            draft.note(context.units, "source", found[1], found[2], "who is said to have said it")


_SOURCE_REACH = 60
"""How many words a source goes on speaking; newspapers' sentences can be whole paragraphs."""


def source_at(context: Context, sentence: int, position: int) -> tuple[str, int, int] | None:
    """The source of what stands at a unit: id, and the units that name it; None where the report speaks for itself.

    The last source named before the words speaks for them; one named after them («…، بحسب …») only when none stands before.
    """
    low, high = context.sentences[sentence]
    before = sources_in(context, max(low, position - _SOURCE_REACH), position + 1)
    if before:
        return before[-1]
    after = sources_in(context, position + 1, min(high, position + _SOURCE_REACH // 2))
    return next((s for s in after if context.units[s[1]].has("ACCORDING")), None)


def sources_in(context: Context, low: int, high: int) -> list[tuple[str, int, int]]:
    """Every source named between two units, in order: (id, first unit, end)."""
    if context.sources is None:
        context.sources = _all_sources(context)
    at = bisect_left(context.sources, low, key=lambda s: s[1])
    end = bisect_left(context.sources, high, key=lambda s: s[1])
    return context.sources[at:end]


def _all_sources(context: Context) -> list[tuple[str, int, int]]:
    units, found = context.units, []
    for i in units.where("ACCORDING", "SAY_V"):
        end = next((j for j in range(i + 1, min(len(units), i + 7)) if units[j].has("STOP")), min(len(units), i + 7))
        after = next(((name, j) for j in range(i + 1, end) if (name := _source_name(context, j))), None)
        if after:
            found.append((after[0], i, after[1] + 1))
        elif units[i].has("SAY_V") and i > 0 and (name := _source_name(context, i - 1)):
            found.append((name, i - 1, i + 1))
    return sorted(found, key=lambda s: s[1])


def _source_name(context: Context, at: int) -> str | None:
    unit = context.units[at]
    if unit.has("SOURCE"):
        return context.names.source_of(unit.word)
    if is_actor(context.units, at) and not unit.has("ADJ_ACTOR"):
        return context.actor_at(at)
    return None
