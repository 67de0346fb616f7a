"""What an event is called once it is known who does it: words that name two kinds, and results that are no events.

The rulings are those of the annotation guide: a crowd against a force is a riot, not a clash; fighters who storm a place attack it,
while a state's force that storms a house runs an operation; damage and flight that follow from a recorded attack belong to it.
"""

from __future__ import annotations

from typing import Final

from sijill.annotate.units import Units
from sijill.claims.context import Context, EventDraft, same_story
from sijill.claims.periods import of_a_war

__all__ = ["drop_results", "is_by_both_sides", "is_with_arms", "settle_kinds", "settle_storming"]

_STATE: Final = frozenset({"State forces", "External/Other forces"})


def settle_storming(context: Context, drafts: list[EventDraft]) -> None:
    """Storming by fighters is an attack before it is asked what tells it again: their shots, and «الهجوم».

    Who kept a bomber from it («قتلت القوات انتحاريا حاول تفجير نفسه») is no doer before it is asked who else did what.
    """
    for draft in drafts:
        if draft.kind == "suicide_bombing" and draft.modality == "attempted" and _is_shot(context, draft):
            draft.agents = []
        if draft.rule == "storming" and _by_fighters(context, draft):
            draft.kind = "armed_assault"


def settle_kinds(context: Context, drafts: list[EventDraft]) -> None:
    """Give each draft the kind that its doers decide."""
    for n, draft in enumerate(drafts):
        if n and _by_what_was_shot_down(context, drafts[n - 1], draft):
            draft.kind = "shelling"
        if n and _goes_on_striking(drafts[n - 1], draft, context):
            draft.kind = drafts[n - 1].kind
        if n and draft.agents and draft.agents == drafts[n - 1].agents and _is_judged(drafts[n - 1], draft):
            draft.agents = []  # «فتحت السلطات تحقيقا في الهجوم»: who looks into it has not made it
        if not draft.own_place and of_a_war(context.units, draft):
            draft.places = []  # they fled from a war, and not from the scene told before
        if draft.another or draft.points_back:
            _like_the_last(drafts[max(0, n - _BEFORE) : n], draft)
        if n and draft.kind == "shelling" and _likened(context, draft):
            draft.kind = next((e.kind for e in reversed(drafts[max(0, n - _BEFORE) : n]) if e.kind in _FROM_AFAR), draft.kind)
        if draft.kind in _WITH_GAS and any(trigger.kind == "chemical_attack" for trigger in draft.triggers):
            draft.kind = "chemical_attack"  # «غاز الكلور في قصف البلدة»
        if _is_an_assault(context, draft):
            draft.kind = "armed_assault"
        elif draft.rule == _CARRIED_OUT and _by_a_state(context, draft):
            draft.kind = "security_operation"
        elif draft.rule == "by the fire of" and context.units.row.holds("SHELLFIRE", first=draft.first, last=draft.last + 2):
            draft.kind = "shelling"  # «بنيران المدفعية»
        elif draft.kind == "armed_clash" and _crowd_against_force(context, draft):
            draft.kind = "riot"
        elif draft.kind == "protest_repression" and _CROWD in draft.agents:
            draft.agents = [agent for agent in draft.agents if agent != _CROWD]  # it is what force is used on
            draft.targets = draft.targets or [_CROWD]
        elif draft.kind == "escape" and _leaves_home(context, draft):
            draft.kind = "displacement"
        elif _is_from_the_air(context, draft, drafts[n - 1] if n else None):
            draft.kind = "air_strike"


_WITH_GAS: Final = frozenset({"shelling", "air_strike", "attack_unspecified"})


def _leaves_home(context: Context, draft: EventDraft) -> bool:
    """«فر آلاف المدنيين من القصف», «فرار مليوني شخص من منازلهم»: flight that people are driven to, and no getting away of prisoners."""
    units = context.units
    high = max(draft.first + 1, min(draft.last + _FLIGHT, draft.clause[1]))
    return any(figure.effect == "displaced" for figure in context.figures_between(units[draft.first].start, units[high - 1].end))


_FLIGHT: Final = 8


def _is_an_assault(context: Context, draft: EventDraft) -> bool:
    """Storming by fighters, an attack that men on the ground met, and one that is said to have been made with arms."""
    if (draft.rule == "storming" and _by_fighters(context, draft)) or (draft.rule == "attack" and _held_off(context, draft)):
        return True
    return draft.kind == "attack_unspecified" and is_with_arms(context.units, draft)


def _is_from_the_air(context: Context, draft: EventDraft, before: EventDraft | None) -> bool:
    """Shelling or a strike that aircraft made, by what the clause names, by who made it, or by what fell."""
    if _by_its_aircraft(context, draft) or _by_an_air_force(context.units, draft):
        return True
    return _from_the_air(context, draft) or _by_the_falling(before, draft)


def is_with_arms(units: Units, draft: EventDraft) -> bool:
    """«هجوما إرهابيا مسلحا»: an attack that is said to have been made with arms."""
    attacks = [t.last for t in draft.triggers if units[t.last - 1].has("ATTACK_N") and t.last < len(units)]
    return any(units[last].word in _WITH_ARMS for last in attacks)


_WITH_ARMS: Final = frozenset({"مسلح", "مسلحا", "مسلحه", "المسلح", "المسلحه"})


def _is_judged(before: EventDraft, draft: EventDraft) -> bool:
    """Whether an attack is what an inquiry or a trial told right before is about."""
    judged = before.kind == "judicial_action" and before.sentence == draft.sentence and not draft.triggers[0].verb
    return judged and same_story(draft.kind, "attack_unspecified") and draft.first - before.last <= _NEXT


def _is_shot(context: Context, draft: EventDraft) -> bool:
    """Whether the bomber is whom a force has killed or arrested: the verb and who did it, and then he."""
    if draft.triggers[0].rule == _BY_A_FORCE:
        return True
    units = context.units
    done = units.row.where("KILL_ACTIVE", "ARREST_V", first=max(draft.clause[0], draft.first - _SHOT_BY), last=draft.first)
    return bool(done) and bool(context.actors_between(done[-1], draft.first)) and units[draft.first].word.startswith("انتحاري")


_BY_A_FORCE: Final = "killed by a named force"
_SHOT_BY: Final = 6
_CROWD: Final = "protesters"
_CARRIED_OUT: Final = "an operation carried out"


def _by_a_state(context: Context, draft: EventDraft) -> bool:
    """Whether all who do it are forces of a state: what they carry out is an operation, what others do an attack."""
    types = {context.names.actors[agent].type for agent in draft.agents if agent in context.names.actors}
    return bool(types) and types <= _STATE


def _by_what_was_shot_down(context: Context, before: EventDraft, draft: EventDraft) -> bool:
    """«أسقطت الدفاعات صواريخ استهدفت المطار»: the missiles of the interception told before."""
    units = context.units
    missiles = before.kind == "interception" and units.row.holds("MISSILE", first=before.first, last=before.last)
    return missiles and draft.kind == "attack_unspecified" and draft.sentence == before.sentence and draft.first - before.last <= _NEXT


_NEXT: Final = 3


_FROM_AFAR: Final = frozenset({"shelling", "air_strike", "drone_strike"})


def _likened(context: Context, draft: EventDraft) -> bool:
    """«قصف جوي على أ … وقصف مماثل على ب»: from the air as well; «قصف صاروخي مماثل» says itself what it was."""
    if any(unit.has("SHELLFIRE") or unit.word.endswith(_FROM_GROUND) for unit in context.units.items[draft.first : draft.last + 2]):
        return False
    return any(unit.word.startswith("مماثل") for unit in context.units.items[draft.last : draft.last + 2])


_FROM_GROUND: Final = ("صاروخي", "مدفعي")


def _like_the_last(earlier: list[EventDraft], draft: EventDraft) -> None:
    """«كما استهدفت الضربات …», «تفجير مماثل»: one more of the attacks told last, made as they were and by the same."""
    if draft.kind not in ("attack_unspecified", "explosion") and draft.rule != "bombing":
        return
    if draft.rule == _BY_A_FORCE or (draft.own_date and draft.date is not None and "/" in draft.date):
        return  # «حصيلة العدوان منذ مطلع الشهر»: more than the attack told last
    last = next((e for e in reversed(earlier) if same_story(e.kind, draft.kind) and not e.weak), None)
    if last is not None and draft.sentence - last.sentence <= 2:
        draft.kind = last.kind
        draft.agents = draft.agents or list(last.agents)


def drop_results(context: Context, drafts: list[EventDraft]) -> list[EventDraft]:
    """The drafts without damage and flight that an attack told in the same or the sentence before has brought."""
    kept: list[EventDraft] = []
    for n, draft in enumerate(drafts):
        attacks = [e for e in kept[-_BEFORE:] if e.kind in _BRINGS_HARM and 0 <= draft.sentence - e.sentence <= 1]
        result = draft.kind in _RESULTS and draft.rule not in _DRIVEN_OUT
        if result and (attacks or _is_brought_by_the_next(context.units, draft, drafts[n + 1 : n + 2])) and draft.modality == "asserted":
            continue
        if result and draft.kind == "displacement" and not draft.headline and any(e.kind in _BRINGS_HARM for e in kept[:_LEAD_EVENTS]):
            continue  # who fled from what the report tells of
        if not draft.agents and not draft.own_date and _needs_doer(context, draft) and not is_by_both_sides(context.units, draft):
            continue
        if _is_talk(context, draft) and len(drafts) > 1:
            continue
        if draft.weak and draft.sentence > 1 and not _has_argument(draft):
            continue
        if draft.kind == "stabbing_or_ramming" and any(e.kind == "execution" and e.sentence == draft.sentence for e in kept[-_BEFORE:]):
            continue  # «أعدم ثلاثة مدنيين ذبحا»: how it was done
        how = _told_how(drafts[max(0, n - _BEFORE) : n + _BEFORE], draft) if draft.rule in _PUT_OUT_OF_ACTION else None
        if how is not None:
            if draft.agents and all(agent.startswith("unidentified") for agent in how.agents):
                how.agents = list(draft.agents)  # «قضت القوة على ثلاثة مسلحين في كمين»: hers
            continue
        kept.append(draft)
    return kept


def _is_brought_by_the_next(units: Units, draft: EventDraft, after: list[EventDraft]) -> bool:
    """«تضررت المنازل جراء القتال»: damage whose cause is told behind it."""
    if not after or after[0].sentence != draft.sentence or after[0].kind not in _BRINGS_HARM or after[0].first - draft.last > _CAUSE:
        return False
    return any(unit.word in _BECAUSE_OF for unit in units.items[max(draft.last, after[0].first - 2) : after[0].first])


_BECAUSE_OF: Final = frozenset({"جراء", "نتيجه", "بسبب", "بفعل", "اثر", "من جراء"})
_CAUSE: Final = 12
_DRIVEN_OUT: Final = frozenset({"made to leave their homes", "moved by force"})
_PUT_OUT_OF_ACTION: Final = frozenset({"fighters put out of action", "put out of action, told by a verb"})


def _told_how(around: list[EventDraft], draft: EventDraft) -> EventDraft | None:
    """«القضاء على 20 مسلحا في غارات»: the attack of the same sentence by which the fighters were put out of action, which is the event."""
    return next((e for e in around if e.sentence == draft.sentence and e.kind in _BRINGS_HARM and e.modality == "asserted"), None)


def _has_argument(draft: EventDraft) -> bool:
    """Whether the text says of an event where, when or by whom; a general word («ضربة», «هجمات») without any is spoken of."""
    return draft.own_place or draft.own_date or any(item.what in ("agent", "place", "date") for item in draft.evidence)


def _is_talk(context: Context, draft: EventDraft) -> bool:
    """«وقف الهجمات», «تدريب على الاقتحام»: a thing spoken of with «ال», with neither scene, doer, day nor harm."""
    trigger = draft.triggers[0]
    if not draft.definite or trigger.verb or draft.own_date or draft.own_place:
        return False
    if draft.kind == "attack_unspecified":
        return True
    units = context.units
    doer = any(item.what == "agent" for item in draft.evidence)
    harmed = units.row.holds("HARMED", "HARM_V", "HARM_N", first=draft.clause[0], last=draft.clause[1])
    return draft.kind in _SPOKEN_OF and not doer and not harmed


_SPOKEN_OF: Final = frozenset(
    {"security_operation", "armed_clash", "shelling", "explosion", "explosive_device", "deployment", "escape", "infiltration", "shooting"}
)
_BEFORE, _LEAD_EVENTS = 4, 20


def is_by_both_sides(units: Units, draft: EventDraft) -> bool:
    """«أعلن الطرفان وقف إطلاق النار»: a deal that ends fighting, made by two who are not named."""
    if draft.kind != "agreement_or_ceasefire" or draft.modality != "asserted":
        return False
    if not units.row.holds("CEASEFIRE_W", first=draft.first, last=draft.last + _ON_A_TRUCE):
        return False
    if not units.row.holds("AGREE_V", "DECLARE_V", first=draft.first - _NEXT, last=draft.last):
        return False  # «بحث الطرفان سبل وقف إطلاق النار»
    around = units.items[max(0, draft.first - _NEXT) : draft.last + _NEXT]
    return any(unit.word in _BOTH for unit in around)


_BOTH: Final = frozenset({"الطرفان", "الطرفين", "الجانبان", "الجانبين"})
_ON_A_TRUCE: Final = 4


def _needs_doer(context: Context, draft: EventDraft) -> bool:
    """«هدم الآمال», «انتشار المرض»: words that tell of an event only where somebody is said to do it."""
    return draft.kind in ("property_damage", "agreement_or_ceasefire") or (
        draft.kind == "deployment" and context.units[draft.first].has("SPREAD_W")
    )


_RESULTS: Final = frozenset({"property_damage", "displacement"})
_BRINGS_HARM: Final = frozenset(
    {
        "air_strike", "drone_strike", "shelling", "vehicle_bomb", "suicide_bombing", "explosive_device", "explosion", "armed_assault",
        "attack_unspecified", "armed_clash", "chemical_attack", "arson",
    }
)  # fmt: skip


def _held_off(context: Context, draft: EventDraft) -> bool:
    """«صد الجيش هجوما», «أحبطت القوات هجوما على موقع»: an attack that men on the ground met."""
    return context.units.row.holds("REPEL_V", first=draft.first - _FOILED, last=draft.first)


_FOILED: Final = 6
"""How far before the words of an attack the verb of holding it off may stand."""


def _by_fighters(context: Context, draft: EventDraft) -> bool:
    """Storming by a group that is no state's force: an attack."""
    types = {context.names.actors[agent].type for agent in draft.agents if agent in context.names.actors}
    return bool(types) and not types & _STATE and not types & {"Protesters", "Civilians"} and "israeli_settlers" not in draft.agents


def _crowd_against_force(context: Context, draft: EventDraft) -> bool:
    """«مواجهات مع قوات الأمن»: all who are named are forces of a state or crowds, and no weapon is."""
    units = context.units
    confront = any(units[i].has("CONFRONT_W") for t in draft.triggers for i in range(t.first, t.last))
    if not confront and _CROWD not in draft.agents:
        return False  # «اشتبك محتجون مع الشرطة»
    types = {context.names.actors[agent].type for agent in draft.agents if agent in context.names.actors}
    if not types or not types <= _STATE | {"Protesters", "Civilians", "Rioters"}:
        return False
    armed = units.row.holds("GRAVE", "SHELLFIRE", first=draft.first, last=draft.last + 3) or _fighters_told(context, draft)
    armed = armed or (_CROWD not in draft.agents and _soldiers_fell(context, draft))
    return not armed and (len(draft.agents) == 1 or bool(types & {"Protesters", "Civilians", "Rioters"}))


def _fighters_told(context: Context, draft: EventDraft) -> bool:
    """«مقتل قيادي حوثي في مواجهات مع الجيش»: whether the sentence up to the event names anybody of a group of fighters."""
    units, low = context.units, max(context.sentences[draft.sentence][0], draft.first - _FIGHTERS_REACH)
    told = units.row.where("ACTOR", "ADJ_ACTOR", first=low, last=draft.first)
    named = (context.names.actor_of(units[i].word) for i in told if units[i].has("ACTOR") or units[i - 1].feature("status") in _ARMED)
    return any(actor in context.names.actors and context.names.actors[actor].type in _FIGHTERS for actor in named)


def _soldiers_fell(context: Context, draft: EventDraft) -> bool:
    """«قتل خمسة جنود في مواجهات في عدن»: right before the event soldiers are killed, and no crowd is told of that could have done it."""
    low = context.sentences[draft.sentence][0]
    if context.units.row.holds("CROWD", "PROTEST_N", first=low, last=draft.clause[1]):
        return False
    units, grouped = context.units, context.grouped
    dead = [f for f in context.figures if f.effect == "killed" and f.status == "combatant"]
    return any(0 < draft.first - units.row.index_at(grouped[f.first].start) <= _FELL for f in dead)


_FELL: Final = 8
_FIGHTERS_REACH: Final = 40
_ARMED: Final = ("armed", "combatant")
_FIGHTERS: Final = frozenset({"Rebel group", "Political militia", "Identity militia"})


def _by_the_falling(before: EventDraft | None, draft: EventDraft) -> bool:
    """«تحطمت الطائرة أثناء قصفها حيا»: what the aircraft did before it fell."""
    falls = before is not None and before.rule == "an aircraft falls" and before.sentence == draft.sentence
    return falls and draft.kind == "shelling"


_SHELLS: Final = ("قذيفه", "قذايف", "مدفعي", "بارجه", "بوارج", "سفينه", "سفن", "زورق", "زوارق")


def _goes_on_striking(before: EventDraft, draft: EventDraft, context: Context) -> bool:
    """«كثفت طائرات التحالف غاراتها على صعدة، واستهدفت تجمعا في الجوف»: one more thing that the aircraft aimed at."""
    if draft.rule != "attack, told by a verb" or before.kind not in ("air_strike", "drone_strike") or before.sentence != draft.sentence:
        return False
    units, first = context.units, draft.first
    joined = units[first - 1].has("CONJ") and not units.row.holds("STOP", "SEMI", "ALSO", first=before.last, last=first)
    own_subject = units.row.holds("ACTOR", "GENERIC", "UNKNOWN_AGENT", first=draft.last, last=draft.last + 1)
    return joined and not own_subject and bool(set(before.agents) & set(draft.agents))


def _by_an_air_force(units: Units, draft: EventDraft) -> bool:
    """«نفذت القوة الجوية العراقية ضربة», «استهدفت القوة الجوية موقعا»: a strike right beside the name of the force that made it."""
    if draft.kind != "attack_unspecified":
        return False
    if draft.rule == "attack, told by a verb":
        return any(unit.word.startswith(_AIR_FORCES) for unit in units.items[draft.last : draft.last + 1])
    made = draft.rule == "strike"
    return made and any(unit.word.startswith(_AIR_FORCES) for unit in units.items[max(0, draft.first - _NEXT) : draft.first])


_AIR_FORCES: Final = ("القوه الجويه", "القوات الجويه", "سلاح الجو", "سلاح الطيران")


def _by_its_aircraft(context: Context, draft: EventDraft) -> bool:
    """«ارتكبت طائرات … مجزرة إثر قصفها بالصواريخ منزلا»: «قصفها» is what the aircraft did that the clause has named."""
    units = context.units
    if draft.kind != "shelling":
        return False
    shelled = [i for t in draft.triggers for i in range(t.first, t.last) if units[i].has("SHELL_N") and units[i].has("PRON")]
    return bool(shelled) and units.row.holds("AIR", first=shelled[0] - _AIRCRAFT_REACH, last=shelled[0])


_AIRCRAFT_REACH: Final = 14


def _from_the_air(context: Context, draft: EventDraft) -> bool:
    """«قصف إسرائيلي», «دمر التحالف مخزنا» with no weapon named: a power that bombs from the air (data/actors/air_powers.csv)."""
    powers = context.names.air_powers
    struck = (
        draft.kind == "shelling"
        or (draft.kind == "property_damage" and draft.rule != "a house blown up")
        or draft.rule == "a country struck"
        or (draft.rule == "strike" and context.units[draft.first].has("STRIKES"))
    )
    if not struck or not draft.agents or any(agent not in powers for agent in draft.agents):
        return False
    if any(context.country in powers[agent] for agent in draft.agents):
        return False
    if any(shell in unit.word for unit in context.units.items[draft.first : draft.last + 1] for shell in _SHELLS):
        return False  # «سقطت قذيفة إسرائيلية», «قصف مدفعي إسرائيلي», «دمرت بوارج التحالف …»
    return not context.units.row.holds("SHELLFIRE", first=draft.clause[0], last=draft.clause[1])
