"""Who did it, to whom, and who says so: actors of a clause told apart by the words beside them.

Agent: the subject of an active verb (VSO or SVO), the owner of the attack («قصف روسي», «غارات للتحالف», «هجوم شنه …», «من قبل …»,
«برصاص …»). Target: what stands after «على», «ضد», «استهدف», or a counted group's own side. Source: after «بحسب», or the subject of a
verb of saying.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from operator import itemgetter

from sijill.annotate.actors import is_actor
from sijill.annotate.units import Unit, Units
from sijill.claims.context import Context, EventDraft, same_story
from sijill.claims.scenes import near

__all__ = ["fill_agents", "find_participants", "find_sources", "source_at"]

_MUTUAL = frozenset({"armed_clash", "agreement_or_ceasefire", "riot"})


def find_participants(context: Context, drafts: list[EventDraft]) -> None:
    """Give every draft its agents and targets, with the words they came from."""
    for draft in drafts:
        for at in context.actors_between(*_reach(context, draft)):
            actor = _attackers(context, at, drafts, draft) or context.actor_at(at)
            role = _role(context.units, at, draft)
            if actor is None or role is None:
                continue
            listed = draft.agents if role == "agent" else draft.targets
            if actor not in listed:
                listed.append(actor)
                draft.note(context.units, role, at, at + 1, "actor beside the event's words")
        _settle(draft)
    _attribute(context, drafts)
    _carry_on(context, drafts)


def fill_agents(context: Context, drafts: list[EventDraft]) -> None:
    """Doers that the text leaves to be understood, once each event is told whole.

    The report's other tellings of such an attack name who makes them; the state arrests and judges; a bomb or a bullet of which
    nothing is said is somebody's unknown. Preferred mistake: an agent too many over an attack that nobody made.
    """
    for draft in drafts:
        if not draft.agents:
            draft.agents = _doer_elsewhere(context, drafts, draft)
        _default_agents(context, draft)


_REMOTE = frozenset({"air_strike", "drone_strike", "shelling"})


def _doer_elsewhere(context: Context, drafts: list[EventDraft], draft: EventDraft) -> list[str]:
    """The one doer that the report gives to the other attacks of the kind, if it gives one."""
    if draft.kind in _NOBODYS or context.layout.round_up or _unknown(context, draft):
        return []
    if context.units.holds("PERSON", "Q", first=draft.first, last=draft.last):
        return []  # «أطلقت امرأتان النار»: the doers are told of, though no list has them
    if draft.kind == "armed_clash":
        return _fighting_nearby(drafts, draft)
    alike = [e for e in drafts[:_ENOUGH] if e.agents and e is not draft and _one_doer(e.kind, draft.kind)]
    told = {tuple(e.agents) for e in alike if not e.agents[0].startswith("unidentified")}
    if draft.kind in _BOMBS and any(_is_state(context, agent) for agents in told for agent in agents):
        return []  # a state's raids elsewhere in the report do not make it the layer of a bomb
    return list(next(iter(told))) if len(told) == 1 else []


_BOMBS = frozenset({"explosive_device", "vehicle_bomb", "suicide_bombing", "explosion"})


def _is_state(context: Context, agent: str) -> bool:
    actor = context.names.actors.get(agent)
    return actor is not None and actor.type == "State forces"


def _fighting_nearby(drafts: list[EventDraft], draft: EventDraft) -> list[str]:
    """«واستمرت الاشتباكات»: between those who were just said to fight."""
    at = bisect_left(drafts, draft.first, key=lambda e: e.first)
    before = [e for e in drafts[max(0, at - 4) : at] if draft.sentence - e.sentence <= 2 and e.agents]
    last = next((e for e in reversed(before) if same_story(e.kind, draft.kind) or e.kind in _REMOTE | {"armed_assault"}), None)
    return [a for a in (*last.agents, *last.targets) if not a.startswith("unidentified")] if last else []


_ENOUGH = 200
"""Events among which the doer of another is looked for; keeps long texts linear."""
_NOBODYS = frozenset({"bodies_found", "explosion", "displacement", "evacuation", "protest", "agreement_or_ceasefire"})
_ACTS = (_REMOTE | {"attack_unspecified"}, {"sexual_violence", "execution", "torture", "stabbing_or_ramming", "arson"})


def _one_doer(a: str, b: str) -> bool:
    return a == b or same_story(a, b) or any(a in acts and b in acts for acts in _ACTS)


def _unknown(context: Context, draft: EventDraft) -> bool:
    return context.units.holds("UNKNOWN_AGENT", first=draft.clause[0], last=draft.clause[1])


def _attribute(context: Context, drafts: list[EventDraft]) -> None:
    """«تبنى التنظيم الهجوم», «نسب الهجوم إلى …»: who claims an attack, or is named as its author, did it."""
    units = context.units
    for i in units.where("CLAIM_V", "BLAME_V"):
        if units[i].has("DEF") or units[i].has("PLACE"):
            continue  # «التبني», a town
        sentence = context.sentence_of(i)
        low, high = context.sentences[sentence]
        named = _claimant(context, i, low, high) if units[i].has("CLAIM_V") else _blamed(context, i, high)
        if named is None:
            continue
        actor, at = named
        attack = _attack_beside(drafts, i, sentence)
        if attack is not None and actor not in attack.agents:
            attack.agents = [actor]
            attack.targets = [t for t in attack.targets if t != actor]
            attack.note(units, "agent", at, at + 1, "who claims it or is blamed for it")


def _claimant(context: Context, i: int, low: int, high: int) -> tuple[str, int] | None:
    places = [*range(i + 1, min(high, i + 7)), *range(i - 1, max(low, i - 6) - 1, -1)]
    return next(((actor, at) for at in places if is_actor(context.units, at) and (actor := context.actor_at(at))), None)


def _blamed(context: Context, i: int, high: int) -> tuple[str, int] | None:
    units = context.units
    for at in range(i + 1, min(high, i + 14)):
        after_to = units[at - 1].has("TO") or (at == i + 1 and units[i].word.endswith(" الي"))
        if after_to and is_actor(units, at) and (actor := context.actor_at(at)):
            return actor, at
    return None


def _attack_beside(drafts: list[EventDraft], i: int, sentence: int) -> EventDraft | None:
    """The attack that a word of claiming stands by: the next of its sentence, else the one told last."""
    at = bisect_left(drafts, i, key=lambda e: e.first)
    near_by = [e for e in drafts[at : at + 2] if e.sentence == sentence and e.first - i <= 14]
    before = [e for e in drafts[max(0, at - 2) : at] if sentence - e.sentence <= 2]
    return next((e for e in (*near_by, *reversed(before)) if same_story(e.kind, "attack_unspecified")), None)


def _carry_on(context: Context, drafts: list[EventDraft]) -> None:
    """Doers left out because they were just named: the steps of one attack, a verb after a conjunction."""
    for before, draft in itertools.pairwise(drafts):
        # «بدأ الهجوم بتفجير سيارة»: told in one breath, the steps of an attack share its doer
        here = not draft.own_place or any(near(a, b) for a in before.places for b in draft.places)
        if not draft.agents and draft.sentence == before.sentence and same_story(before.kind, draft.kind) and here:
            draft.agents = list(before.agents)
        elif not draft.agents and draft.sentence == before.sentence and _subject_left_out(context, draft):
            draft.agents = [a for a in before.agents if a not in draft.targets]
    for draft in drafts:
        if not draft.agents and draft.kind in _DONE and (speaker := _subject_of_speech(context, draft)):
            draft.agents = [speaker]


_DONE = frozenset(
    {"shelling", "air_strike", "attack_unspecified", "armed_assault", "arson", "security_operation", "arrest", "property_damage"}
)


def _subject_of_speech(context: Context, draft: EventDraft) -> str | None:
    """«إن مستوطنين تجمعوا … وحاولوا الاعتداء»: who stands right after «إن» goes on acting in the verbs that follow."""
    units, low = context.units, context.sentences[draft.sentence][0]
    if not _subject_left_out(context, draft):
        return None
    for i in range(draft.first - 1, low, -1):
        if units[i - 1].has("THAT"):
            return context.actor_at(i) if is_actor(units, i) else None
    return None


def _subject_left_out(context: Context, draft: EventDraft) -> bool:
    """«… كما قصفت قريتي …», «وقامت باعتقال …»: a verb, or «قام ب» with a verbal noun, right after a conjunction."""
    units, first = context.units, draft.first
    if draft.kind in _NOBODYS:
        return False
    if draft.triggers[0].verb:
        return first > 0 and (units[first - 1].has("CONJ") or units[first - 1].has("ALSO"))
    if draft.last < len(units) and units[draft.last].word in _DONE_BY:
        return True  # «عملية نفذتها»: by those just named
    low = context.sentences[draft.sentence][0]
    for i in range(first - 1, max(low, first - 5), -1):
        if units[i].has("AUX") or units[i].has("LAUNCH_V") or (units[i].has("MODAL") and units[i].has("PAST")):
            return i > 0 and (units[i - 1].has("CONJ") or units[i - 1].has("ALSO"))
    return False


def _default_agents(context: Context, draft: EventDraft) -> None:
    """Who is meant when nobody is named: the crowd, the state, or «unidentified» for a bomb, a shot or «مجهولون»."""
    if draft.kind == "protest":
        draft.agents, others = ["protesters"], [a for a in draft.agents if a != "protesters"]
        draft.targets += [a for a in others if a not in draft.targets]
    if draft.agents:
        return
    if draft.kind in _OF_THE_STATE:
        role = "air_defence" if draft.kind == "interception" else "authority"
        state = context.names.by_country.get((draft.country() or context.country or "", role))
        draft.agents = [state] if state else []
    elif _unknown(context, draft) and draft.kind not in _NOBODYS:
        draft.agents = ["unidentified_gunmen" if draft.kind in ("shooting", "armed_assault", "assassination") else "unidentified"]
    elif draft.kind in _BY_SOMEBODY and draft.modality == "asserted" and not _left_behind(context, draft):
        draft.agents = ["unidentified"]


_OF_THE_STATE = frozenset({"arrest", "judicial_action", "curfew", "interception", "protest_repression", "release_or_exchange"})
_BY_SOMEBODY = frozenset(
    {"explosive_device", "vehicle_bomb", "suicide_bombing", "shooting", "armed_assault", "drone_strike", "assassination"}
)


def _left_behind(context: Context, draft: EventDraft) -> bool:
    """«من مخلفات الحرب»: nobody's attack."""
    return context.units.holds("REMNANT", first=draft.first, last=draft.clause[1])


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
_OF_FIGHTERS = frozenset("قوات عناصر دوريه قوه مجموعه".split())
"""Words that stand before a subject as well as before an object: «قوات الجيش دهمت», «استهدف قوات الجيش»."""
_DONE_BY = frozenset(
    {
        "شنه",
        "شنها",
        "شنته",
        "شنتها",
        "نفذه",
        "نفذها",
        "نفذته",
        "نفذتها",
        "مصدره",
        "مصدرها",
        "تشنها",
        "يشنها",
        "تشنه",
        "يشنه",
        "ينفذها",
        "تنفذها",
        "ينفذه",
        "تنفذه",
        "نفذوها",
        "شنوها",
        "ارتكبها",
        "ارتكبتها",
        "ارتكبته",
        "ترتكبها",
        "يرتكبها",
        "يقودها",
        "تقودها",
        "قادها",
        "قادتها",
        "خاضتها",
        "خاضها",
        "تخوضها",
        "يخوضها",
        "اطلقتها",
        "اطلقها",
        "تفرضه",
        "يفرضه",
        "فرضته",
        "فرضه",
    }
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
    if draft.rule == "attack held off":
        return "target" if at < draft.last else "agent"  # «صد الجيش محاولة تقدم التنظيم»
    if draft.kind in _MUTUAL:
        return "agent" if draft.first - 8 <= at <= draft.last + 14 else None
    if unit.has("ADJ_ACTOR"):
        return _adjective_role(units, at, draft)
    if before is not None and before.word in _TARGET_BEFORE and not _owned(units, at, draft):
        subject = before.word in _OF_FIGHTERS and (at < draft.first or _verb_before(units, at, draft))
        if not subject:
            return "target"
    if at < draft.first:
        return _before_trigger(units, at, draft)
    if at < draft.last:
        return "agent"
    if draft.kind == "judicial_action":
        return "target"
    return _after_trigger(units, at, draft)


_DECLARED = frozenset(
    {"curfew", "territorial_control", "withdrawal", "agreement_or_ceasefire", "security_operation", "release_or_exchange"}
)


def _verb_before(units: Units, at: int, draft: EventDraft) -> bool:
    """«داهمت عناصر الفصيل …»: right after the event's verb stands its subject."""
    told = [t for t in draft.triggers if t.last <= at]
    return bool(told) and told[-1].verb and at - told[-1].last <= 1 and (told[-1] is draft.triggers[0] or not _told_by_noun(units, draft))


def _told_by_noun(units: Units, draft: EventDraft) -> bool:
    """«هجوم استهدف …», «التي استهدفت …»: the attack itself is the subject of the verb, so what follows it is hit."""
    last = draft.triggers[-1]
    return last.verb and (draft.first < last.first or (last.first > 0 and units[last.first - 1].has("REL")))


def _declares(units: Units, at: int, draft: EventDraft) -> bool:
    """«أعلنت القوات حظر تجول»: who declares such an event does it."""
    return draft.kind in _DECLARED and 0 <= draft.first - at <= 4 and not units.holds("THAT", first=at, last=draft.first)


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
    if at >= draft.last and units[at - 1].has("GENERIC"):
        return None  # «استهدفت القوات الروسية»: the noun before says what they are to the event
    if draft.first - 4 <= at <= draft.last + 3:
        return None if units.holds("ON", "CONJ", first=min(at, draft.last), last=at) else "agent"
    return None


def _owned(units: Units, at: int, draft: EventDraft) -> bool:
    """«قصف مدفعية النظام», where «مدفعية» is the trigger itself."""
    return draft.first <= at - 1 < draft.last


def _before_trigger(units: Units, at: int, draft: EventDraft) -> str | None:
    """SVO, or the subject of a verb that governs the event («شن التنظيم هجوما»)."""
    if at and (units[at - 1].has("Q") or units[at - 1].has("NUM_MULT")):
        return None  # «يضم 200 معتقل»: a counted group is no subject
    if draft.first - at - 1 > (_AFTER_THAT if _opens_speech(units, at) else 9) or units.holds(
        "SEMI", "STOP", first=at + 1, last=draft.first
    ):
        return None
    managed = at > 0 and units[at - 1].word in _MANAGED
    if not managed and (units.holds("HARM_V", "GROUP", "AFTER", first=at + 1, last=draft.first) or _is_harmed(units, at, draft)):
        return None  # «وعدت الحكومة … غداة هجوم»: what came before is not her doing
    preceding = _before(units, at)
    if preceding is not None and preceding.word in _MANAGED:
        return "agent"
    if preceding is not None and (preceding.has("IN") or preceding.has("FROM") or preceding.word == "ل"):
        return None
    return "agent"


_BELONGING = ("تابع", "موالي", "محسوب")
_MANAGED = frozenset("تمكنت تمكن نجحت نجح قامت قام اقدمت اقدم باشرت باشر واصلت واصل".split())
"""Verbs whose subject does what the verbal noun after them says: «تمكنت القوات من قتل»."""
_AFTER_THAT = 24
"""How far before its verb the subject of reported speech may stand: «أن القوات المنتشرة في … فتحت النار»."""


def _opens_speech(units: Units, at: int) -> bool:
    return at > 0 and units[at - 1].has("THAT")


def _is_harmed(units: Units, at: int, draft: EventDraft) -> bool:
    """«مقتل ضابط في الجيش بعبوة»: the actor belongs to the victim who is named before the means."""
    if draft.triggers[0].verb:
        return False
    return units.holds("HARM_V", "HARM_N", "HARMED", first=max(draft.clause[0], at - 9), last=at)


_AFTER = 16
"""How many units after an event's words a doer or target still belongs to them."""


def _after_trigger(units: Units, at: int, draft: EventDraft) -> str | None:
    """VSO and the owner of a noun: right after the trigger; further off after «ل» or «من»; else a target of a verb."""
    if at - draft.last > _AFTER:
        return None
    plain = [u for u in units.items[draft.last : at] if not u.has_any(_BESIDE_THE_POINT)]
    verb = draft.triggers[-1].verb
    if len(plain) > 1 and not verb and plain[-1].word == "ل" and plain[-2].word.startswith(_BELONGING) and len(plain) <= 6:
        return "agent"  # «أرتال كبيرة بعتادها تابعة للفصيل»
    if not plain:
        return "target" if _told_by_noun(units, draft) else "agent"
    if len(plain) <= 3 and all(u.word in ("ل", "من", "و") or is_plain_adjective(u) or u.has("PLACE_WEAK") for u in plain):
        subject = not plain[0].has("PREP")  # «هاجمت خلايا من التنظيم»
        return "agent" if subject or plain[-1].word in ("ل", "و") or not verb else "target"
    if len(plain) <= 2 and any(u.has("CONJ") for u in plain):
        return "agent"
    return "target" if verb and len(plain) <= 4 and not any(u.has("IN") for u in plain) else None


_BESIDE_THE_POINT = frozenset({"DATE", "QUOTE", "ADJ", "TIME", "MEMBERS_OF"})


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
    if context.sources is None:
        context.sources = _all_sources(context)
    sources, (low, high) = context.sources, context.sentences[sentence]
    split = bisect_left(sources, position + 1, key=_FIRST_UNIT)
    if split and sources[split - 1][1] >= max(low, position - _SOURCE_REACH):
        return sources[split - 1]
    end = min(high, position + _SOURCE_REACH // 2)
    after = itertools.takewhile(lambda source: source[1] < end, itertools.islice(sources, split, None))
    return next((s for s in after if context.units[s[1]].has("ACCORDING")), None)


_FIRST_UNIT = itemgetter(1)


def _all_sources(context: Context) -> list[tuple[str, int, int]]:
    units, found = context.units, []
    named = sorted({*units.where("SOURCE"), *context.actors_between(0, len(units))})
    for i in units.where("ACCORDING", "SAY_V"):
        end = units.first_of("STOP", first=i + 1, last=i + 7) or i + 7
        near_by = named[bisect_left(named, i + 1) : bisect_left(named, end)]
        after = next(((name, j) for j in near_by if (name := _source_name(context, j))), None)
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
