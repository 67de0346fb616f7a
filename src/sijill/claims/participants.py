"""Who did it, to whom, and who says so: actors of a clause told apart by the words beside them.

Agent: the subject of an active verb (VSO or SVO), the owner of the attack («قصف روسي», «غارات للتحالف», «هجوم شنه …», «من قبل …»,
«برصاص …»). Target: what stands after «على», «ضد», «استهدف», or a counted group's own side. Source: after «بحسب», or the subject of a
verb of saying.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from operator import itemgetter

from sijill.annotate.actors import after_court, is_actor
from sijill.annotate.places import Place
from sijill.annotate.units import Unit, Units
from sijill.claims.context import Context, EventDraft, same_story
from sijill.claims.scenes import near
from sijill.names import Names

__all__ = ["fill_agents", "find_participants", "find_sources", "source_at"]

_MUTUAL = frozenset({"armed_clash", "agreement_or_ceasefire", "riot"})


def find_participants(context: Context, drafts: list[EventDraft]) -> None:
    """Give every draft its agents and targets, with the words they came from."""
    hit: set[int] = set()  # whom the events told so far were done to, by unit
    for draft in drafts:
        roles: dict[int, str | None] = {}
        for at in context.actors_between(*_reach(context, draft)):
            first = _joined_to(context.units, at)
            role = roles[at] = _role_among(context.units, at, draft, roles, hit)
            if role == "agent" and first >= 0 and roles.get(first) is None and is_actor(context.units, first):
                _take_part(context, drafts, draft, first, role)  # «القوات والفصائل … دخلت»: the further of the two as well
            _take_part(context, drafts, draft, at, role)
        hit.update(at for at, role in roles.items() if role == "target")
        _settle(context, draft)
    _attribute(context, drafts)
    _carry_on(context, drafts)


def _role_among(units: Units, at: int, draft: EventDraft, roles: dict[int, str | None], hit: set[int]) -> str | None:
    """What an actor is to an event, seen with the roles of those before it and with whom earlier events were done to."""
    first = _joined_to(units, at)
    role = roles.get(first) or _role(units, at, draft)
    if role == "agent" and first < 0 and _after_its_subject(units, at, draft, roles):
        role = "target"
    return None if at in hit and _was_an_object(units, at, draft) else role


def _take_part(context: Context, drafts: list[EventDraft], draft: EventDraft, at: int, role: str | None) -> None:
    """Enter the actor that a unit names under its role, with the unit as evidence."""
    actor = _attackers(context, at, drafts, draft) or context.actor_at(at)
    if actor is None or role is None:
        return
    listed = draft.agents if role == "agent" else draft.targets
    if actor not in listed:
        listed.append(actor)
        draft.note(context.units, role, at, at + 1, "actor beside the event's words")


def fill_agents(context: Context, drafts: list[EventDraft]) -> None:
    """Doers that the text leaves to be understood, once each event is told whole.

    The report's other tellings of such an attack name who makes them; the state arrests and judges; a bomb or a bullet of which
    nothing is said is somebody's unknown. Preferred mistake: an agent too many over an attack that nobody made.
    """
    state = _authorities_told(context)
    for draft in drafts:
        if not draft.agents or (draft.kind == "suicide_bombing" and draft.agents == ["unidentified"]):
            draft.agents = _doer_elsewhere(context, drafts, draft) or draft.agents
        elif draft.kind == "armed_clash" and len(draft.agents) == 1:
            sides = _sides_of_the_sentence(context, draft)
            draft.agents = sides if draft.agents[0] in sides else draft.agents  # nobody fights alone
        _default_agents(context, draft, state)
        draft.agents = _as_there(context, draft, draft.agents)
        draft.targets = _as_there(context, draft, draft.targets)


def _as_there(context: Context, draft: EventDraft, actors: list[str]) -> list[str]:
    """«المقاومة الشعبية» in Aden is the southern one: a name that means another body in some regions (by_region.csv)."""
    by_region = context.names.by_region
    if not any(name in actors for name, _ in by_region):
        return actors
    own = [_regions(context.names, p) for p in draft.places if p.entry is not None]
    told = own or [_regions(context.names, m.place) for m in context.places[:_ENOUGH] if m.place is not None]

    def there(actor: str) -> str:
        found = [by_region[actor, region] for regions in told for region in regions if (actor, region) in by_region]
        return found[0] if 2 * len(found) > len(told) else actor

    return list(dict.fromkeys(map(there, actors)))


def _regions(names: Names, place: Place) -> list[str]:
    """The gazetteer's ids of a place and of all that it lies in."""
    ids: list[str] = []
    entry = place.entry or (place.within.entry if place.within is not None else None)
    while entry is not None and entry.id not in ids:
        ids.append(entry.id)
        entry = names.place_by_id(entry.parent)
    return ids


def _was_an_object(units: Units, at: int, draft: EventDraft) -> bool:
    """«اعتقلت القوات أحد عناصر التنظيم في عملية»: whom the event before was done to does nothing in this, unless beside a verb."""
    beside_verb = units[at - 1].has_any(_VERB) or at + 1 == draft.first
    return at < draft.first and not beside_verb and not _two_sided(units, draft)


_VERB = frozenset({"PAST", "PRES"})
_REMOTE = frozenset({"air_strike", "drone_strike", "shelling"})


def _doer_elsewhere(context: Context, drafts: list[EventDraft], draft: EventDraft) -> list[str]:
    """The one doer that the report gives to the other attacks of the kind, if it gives one."""
    if draft.kind in _NOBODYS or context.layout.round_up or _unknown(context, draft):
        return []
    if context.units.holds("PERSON", "Q", first=draft.first, last=draft.last):
        return []  # «أطلقت امرأتان النار»: the doers are told of, though no list has them
    if draft.kind == "armed_clash":
        return _fighting_nearby(drafts, draft) or _sides_of_the_sentence(context, draft) or _sides_of_the_fighting(drafts, draft)
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


def _sides_of_the_sentence(context: Context, draft: EventDraft) -> list[str]:
    """«قتل 9 من الحوثيين و6 من المقاومة خلال الاشتباكات»: the two that the sentence names, where it names two."""
    low, high = context.sentences[draft.sentence]
    low, high = max(low, draft.first - _SOURCE_REACH), min(high, draft.last + _SOURCE_REACH)
    named = [context.actor_at(at) for at in context.actors_between(low, high) if not _in_a_source(context.units, at)]
    sides = list(dict.fromkeys(a for a in named if a is not None and _fights(context, a)))
    return sides if len(sides) == 2 else []


def _sides_of_the_fighting(drafts: list[EventDraft], draft: EventDraft) -> list[str]:
    """«المواجهات», with «ال»: the sides of the report's other fighting, if all of it is between the same."""
    told = {frozenset(e.agents): e.agents for e in drafts[:_ENOUGH] if e.kind == "armed_clash" and len(e.agents) > 1}
    return list(next(iter(told.values()))) if draft.definite and len(told) == 1 else []


def _fights(context: Context, agent: str) -> bool:
    actor = context.names.actors.get(agent)
    return actor is not None and actor.type not in ("Civilians", "Protesters") and not agent.startswith("unidentified")


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
        attack = _attack_beside(drafts, i, sentence, back=_points_back(units[i].word))
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


def _points_back(word: str) -> bool:
    """«نسب إلى …», «تبناه»: passive, or with a pronoun: said of the attack just told."""
    return word.startswith("نسب") or word.endswith(("ه", "ها", "هما"))


def _attack_beside(drafts: list[EventDraft], i: int, sentence: int, back: bool) -> EventDraft | None:
    """The attack that a word of claiming stands by: the next of its sentence, else the one told last; the last where it points back."""
    at = bisect_left(drafts, i, key=lambda e: e.first)
    after = [e for e in drafts[at : at + 2] if e.sentence == sentence and e.first - i <= 14]
    before = [e for e in reversed(drafts[max(0, at - 2) : at]) if sentence - e.sentence <= (0 if back else 2)]
    told = [*before, *after] if back else [*after, *before]
    if back and not before:
        told += [e for e in reversed(drafts[max(0, at - 2) : at]) if sentence - e.sentence <= 2]
    return next((e for e in told if same_story(e.kind, "attack_unspecified")), None)


def _carry_on(context: Context, drafts: list[EventDraft]) -> None:
    """Doers left out because they were just named: the steps of one attack, a verb after a conjunction, one attack more."""
    for before, draft in itertools.pairwise(drafts):
        if not draft.agents and _like_before(context.units, before, draft):
            draft.agents = list(before.agents)
        # «بدأ الهجوم بتفجير سيارة»: told in one breath, the steps of an attack share its doer
        here = not draft.own_place or any(near(a, b) for a in before.places for b in draft.places)
        if not draft.agents and draft.sentence == before.sentence and same_story(before.kind, draft.kind) and here:
            draft.agents = list(before.agents)
        elif not draft.agents and draft.sentence == before.sentence and _subject_left_out(context, draft):
            draft.agents = [a for a in before.agents if a not in draft.targets]
    for draft in drafts:
        if not draft.agents and draft.kind in _DONE and (speaker := _subject_of_speech(context, draft)):
            draft.agents = [speaker]


def _like_before(units: Units, before: EventDraft, draft: EventDraft) -> bool:
    """«لقصف مماثل»: made as the attack before it, and by the same."""
    alike = any(u.word.removeprefix("ال") in _ALIKE for u in units.items[draft.first : draft.last + 3])
    return alike and same_story(before.kind, draft.kind) and draft.sentence - before.sentence <= 1


_ALIKE = frozenset("مماثل مماثله مماثلا مشابه مشابهه مشابها".split())
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


_LIGHT = frozenset({"AUX", "LAUNCH_V"})


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
        if units[i].word in _MANAGED or units[i].has_any(_LIGHT) or (units[i].has("MODAL") and units[i].has("PAST")):
            return i > 0 and (units[i - 1].has("CONJ") or units[i - 1].has("ALSO"))
    return False


def _default_agents(context: Context, draft: EventDraft, authorities: str | None) -> None:
    """Who is meant when nobody is named: the crowd, the state, or «unidentified» for a bomb, a shot or «مجهولون»."""
    if draft.agents == ["unidentified_gunmen"] and draft.kind not in _WITH_GUNS and _only_unknown(context, draft):
        draft.agents = ["unidentified"]
    if draft.kind == "protest":
        draft.agents, others = ["protesters"], [a for a in draft.agents if a != "protesters"]
        draft.targets += [a for a in others if a not in draft.targets]
    if draft.agents:
        return
    if draft.kind in _OF_THE_STATE:
        state = _state_of(context, draft, authorities)
        draft.agents = [state] if state else []
    elif _unknown(context, draft) and draft.kind not in _NOBODYS:
        draft.agents = ["unidentified_gunmen" if draft.kind in _WITH_GUNS else "unidentified"]
    elif draft.kind in _BY_SOMEBODY and draft.modality == "asserted" and not _left_behind(context, draft):
        draft.agents = ["unidentified"]


_WITH_GUNS = frozenset({"shooting", "armed_assault", "assassination", "abduction", "infiltration"})


def _only_unknown(context: Context, draft: EventDraft) -> bool:
    """«مجهولون» alone, with no word of arms: that they were gunmen is not said."""
    named = [item for item in draft.evidence if item.what == "agent"]
    text = context.report.text
    return bool(named) and all("جهول" in text[i.start : i.end] and "سلح" not in text[i.start : i.end] for i in named)


_OF_THE_STATE = frozenset({"arrest", "judicial_action", "curfew", "interception", "protest_repression", "release_or_exchange"})
_BY_SOMEBODY = frozenset(
    {
        "explosive_device", "vehicle_bomb", "suicide_bombing", "shooting", "armed_assault", "drone_strike", "assassination",
        "stabbing_or_ramming",
    }
)  # fmt: skip


def _state_of(context: Context, draft: EventDraft, authorities: str | None) -> str | None:
    """The state that arrests and judges where nobody is named: of the scene, else the one whose authorities the report names."""
    role = "air_defence" if draft.kind == "interception" else "authority"
    if draft.kind == "judicial_action" and any(
        u.word.startswith(_INTERNATIONAL) for u in context.units.items[draft.first : draft.last + 2]
    ):
        return None
    country = draft.country() if any(p.level != "country" for p in draft.places) and draft.own_place else None
    if country is None and role == "authority" and authorities is not None:
        return authorities
    return context.names.by_country.get((country or draft.country() or context.country or "", role))


_INTERNATIONAL = ("الدولي", "دولي")


def _authorities_told(context: Context) -> str | None:
    """«السلطات التركية», «محكمة تركية»: the one state that adjectives after words of authority name, if they name one."""
    units, found = context.units, set()
    for at in context.actors_between(0, len(units)):
        of_court = units[at].has("ADJ_ACTOR") and after_court(units, at)
        if of_court or (" " in units[at].word and units[at].word.split(" ")[0] in _AUTHORITIES):
            found.add(context.actor_at(at))
    states = [actor for actor in found if actor is not None and _is_state(context, actor)]
    return states[0] if len(states) == 1 else None


_AUTHORITIES = frozenset("السلطات سلطات الشرطه شرطه".split())


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


def _settle(context: Context, draft: EventDraft) -> None:
    if draft.kind == "bodies_found":
        draft.agents = []  # the actor beside a grave is who lies in it, or who is said to lie
    suffer = [a for a in draft.agents if _suffers(context, draft, a)]
    draft.targets += [a for a in suffer if a not in draft.targets]
    draft.agents = [a for a in draft.agents if a not in suffer]
    if _two_sided(context.units, draft):
        draft.agents += [t for t in draft.targets if t not in draft.agents]
        draft.targets = []
    if any(not a.startswith("unidentified") for a in draft.agents) and not _two_sided(context.units, draft):
        draft.agents = [a for a in draft.agents if a != "unidentified"]  # «انتحاريان» whom a group has sent
    draft.targets = [t for t in draft.targets if t not in draft.agents]


def _suffers(context: Context, draft: EventDraft, agent: str) -> bool:
    """Civilians beside an act of force, and those who are arrested, tried or freed, do none of it: «توقيف 9 مهربين»."""
    if draft.kind in _OF_CAPTIVES and agent in _CAPTIVES:
        return True
    if draft.kind in _BOMBS and draft.kind != "explosion" and _is_state(context, agent):
        return not _said_outright(context, draft)  # «رجال الأمن» beside a bomb are whom it was meant for
    actor = context.names.actors.get(agent)
    return actor is not None and actor.type == "Civilians" and draft.kind not in _OF_CIVILIANS


def _said_outright(context: Context, draft: EventDraft) -> bool:
    """Whether a word of doing stands before an agent: «عبوة زرعتها القوات», «من قبل الجيش», or the agent opens the event's verb."""
    units = context.units
    first, last = draft.clause
    return draft.triggers[0].verb or units.holds("BY", first=first, last=last) or any(u.word in _DONE_BY for u in units.items[first:last])


_OF_CAPTIVES = frozenset({"arrest", "release_or_exchange", "judicial_action", "security_operation", "territorial_control"})
_CAPTIVES = frozenset({"criminals", "smugglers", "protesters"})
_OF_CIVILIANS = frozenset({"protest", "riot", "armed_clash", "displacement", "evacuation", "escape", "agreement_or_ceasefire"})
_TARGET_BEFORE = frozenset(
    "علي ضد تجاه نحو معسكر معسكرات مطار مواقع مقرات مقر مواقعا عناصر نقاط تجمعات حاجز ثكنات "
    "باتجاه اليات رتل دوريه نقطه مراكز قاعده مناطق قوات".split()
)
_HIT = _TARGET_BEFORE - {"علي", "ضد", "تجاه", "نحو", "باتجاه", "عناصر", "قوات"}
_OF_FIGHTERS = frozenset("قوات عناصر دوريه قوه مجموعه".split())
"""Words that stand before a subject as well as before an object: «قوات الجيش دهمت», «استهدف قوات الجيش»."""
_DOING = (
    "شن", "شنت", "يشن", "تشن", "نفذ", "نفذت", "ينفذ", "تنفذ", "ارتكب", "ارتكبت", "يرتكب", "ترتكب",
    "خاض", "خاضت", "يخوض", "تخوض", "اطلق", "اطلقت", "فرض", "فرضت", "يفرض", "تفرض", "نفذو", "شنو", "مصدر", "دبر", "دبرت", "زرع", "زرعت",
)  # fmt: skip
_DONE_BY = frozenset(verb + pronoun for verb in _DOING for pronoun in ("ه", "ها", "هما", "هم")) | {"يقودها", "تقودها", "قادها", "قادتها"}
"""«هجوم شنه …», «تفجيران نفذهما …»: the doer follows."""


def _after_its_subject(units: Units, at: int, draft: EventDraft, roles: dict[int, str | None]) -> bool:
    """«القوات قد هاجمت المسلحين», «نصبت القوات كمينا للمسلحين»: the subject stood before the verb, so what follows it is hit."""
    if at < draft.last or _two_sided(units, draft):
        return False
    subjects = [i for i, role in roles.items() if role == "agent" and i < draft.first]
    if not subjects:
        return False
    if draft.triggers[-1].verb:
        between = units.items[subjects[-1] + 1 : draft.first]
        return at == draft.last and all(u.has_any(_BESIDE_THE_POINT) or u.has("QAD") for u in between)
    return at == draft.last + 1 and units[at - 1].word == "ل" and draft.kind in _DONE


def _two_sided(units: Units, draft: EventDraft) -> bool:
    """Clashes and agreements, and whatever is said to be mutual («قصف متبادل»): all who are named do it."""
    if draft.kind in _MUTUAL:
        return True
    last = min(draft.last, draft.first + _AFTER)
    return any(u.word.removeprefix("ال").startswith(_MUTUALLY) for u in units.items[max(0, draft.first - 2) : last + 3])


_MUTUALLY = ("متبادل", "تبادل")


def _joined_to(units: Units, at: int) -> int:
    """The unit of the actor that «و» joins this one to («قوات النظام وحزب الله»): both do, or suffer, the same; else -1."""
    i = at - 1
    while i > 0 and (units[i].has("QUOTE") or units[i].has("MEMBERS_OF")):
        i -= 1
    if i < 1 or not units[i].has("CONJ"):
        return -1
    i -= 1
    while i > 0 and (units[i].has("QUOTE") or units[i].has("IN") or (units[i].has("PLACE") and units[i - 1].has("IN"))):
        i -= 1
    return i


def _role(units: Units, at: int, draft: EventDraft) -> str | None:
    """What an actor is to an event, by the nearest words; None when nothing says."""
    unit = units[at]
    before = _before(units, at)
    if before is not None:
        if before.has("BY") or before.word in _DONE_BY or before.has("FIRE_OF"):
            return "agent"
        if before.has("ACCORDING") or before.has("SAY_V"):
            return "agent" if _declares(units, at, draft) else None
    if not unit.has("ADJ_ACTOR") and _in_a_source(units, at):
        return "agent" if _declares(units, at, draft) else None
    if draft.rule == "attack held off":
        return "target" if at < draft.last else "agent"  # «صد الجيش محاولة تقدم التنظيم»
    if at < draft.first and draft.modality == "attempted" and units.holds("REPEL_V", first=draft.first - _FOILED, last=draft.first):
        return "target"  # «أحبطت القوات محاولة تسلل»
    if _two_sided(units, draft):
        return "agent" if draft.first - 8 <= at <= draft.last + 14 else None
    if draft.kind in _TOGETHER and _takes_part(units, at):
        return "agent"
    if unit.has("ADJ_ACTOR"):
        return _adjective_role(units, at, draft)
    if before is not None and before.word.endswith(_HOLDING) and draft.kind != "territorial_control":
        return None  # «القرى الواقعة تحت سيطرة الفصيل»
    if before is not None and before.word in _TARGET_BEFORE and not _owned(units, at, draft):
        subject = before.word in _OF_FIGHTERS and (at < draft.first or _verb_before(units, at, draft))
        if not subject:
            return "target"
    if at < draft.first:
        return _before_trigger(units, at, draft)
    if at < draft.last:
        exposed = units.holds("EXPOSED_V", first=max(draft.first, at - _AFTER), last=at)  # «تعرضت نقطة للفصيل لقصف»
        return "target" if exposed or _of_what_is_hit(units, at, draft) else "agent"
    if draft.kind == "judicial_action":
        return "target"
    return _after_trigger(units, at, draft)


_SOURCE_LENGTH = 4


def _in_a_source(units: Units, at: int) -> bool:
    """«وفقا لبيان الجيش», «قال مسؤول في شرطة كابول»: part of the words that name who tells."""
    said = [i for i in units.where("ACCORDING", "SAY_V", first=at - _SOURCE_LENGTH, last=at) if not units[i].has("BLAME_V")]
    return bool(said) and not units.holds("THAT", "COMMA", "STOP", "SEMI", "COLON", "CONJ", "BY", "ON", first=said[-1], last=at)


def _takes_part(units: Units, at: int) -> bool:
    """«بمساندة من القوات الأمريكية», «بالتعاون مع التحالف»: who helps with an operation carries it out too."""
    near_by = [u for u in units.items[max(0, at - 4) : at] if not u.has_any(_BESIDE_THE_POINT)]
    helps = next((i for i, u in enumerate(near_by) if u.word.removeprefix("ب") in _HELPING), None)
    return helps is not None and not any(u.has("CONJ") or u.has("COMMA") for u in near_by[helps:])


_HELPING = frozenset("مسانده تعاون اشتراك مشاركه مرافقه موازره".split())
_TOGETHER = frozenset({"security_operation", "arrest", "territorial_control", "armed_assault", "air_strike", "shelling", "siege"})
_HOLDING = ("سيطره", "نفوذ")
_FOILED = 5
"""How far before the words of an attack the verb of foiling it may stand."""


def _of_what_is_hit(units: Units, at: int, draft: EventDraft) -> bool:
    """«قصفت آليات تابعة للتنظيم»: after a verb, what belongs to an actor is what the verb is done to."""
    belongs = at > 1 and units[at - 1].word == "ل" and units[at - 2].word.startswith(_BELONGING)
    return belongs and any(t.verb and t.last <= at for t in draft.triggers)


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
    """«أعلنت القوات حظر تجول», «أعلن الجيش قصف مواقع»: who declares such an event does it; any act, where its noun stands next."""
    told = draft.kind in _DECLARED or (draft.kind in _DONE and not draft.definite)
    near_by = 4 if draft.kind in _DECLARED else 3
    return told and 0 <= draft.first - at <= near_by and not units.holds("THAT", "ON", "IN", first=at, last=draft.first)


def _before(units: Units, at: int) -> Unit | None:
    i = at - 1
    while i >= 0 and (units[i].has_any(_SKIPPED) or units[i].word == "#" or _of_members(units, i)):
        i -= 1
    return units[i] if i >= 0 else None


_SKIPPED = frozenset({"QUOTE", "DATE", "MEMBERS_OF"})


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
    if any(u.word in _NEW_CLAUSE for u in units.items[at + 1 : draft.first]):
        return None  # «قال قائد القوات إن هجوما …»: another clause; «أنها شنت» goes on with the same subject
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
_NEW_CLAUSE = frozenset("ان بان لكن ولكن".split())
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
    plain = [u for u in units.items[draft.last : at] if not u.has_any(_BESIDE_THE_POINT) and u.word != "#"]
    trigger = draft.triggers[-1]
    if units[trigger.last - 1].has("MILITARY_POST") and (not plain or (plain[-1].word == "ل" and len(plain) <= 3)):
        return "target"  # «هجوم على حاجز للجيش»
    if len(plain) > 1 and plain[-1].word == "ل" and plain[-2].word.startswith(_BELONGING) and len(plain) <= 6:
        owned = any(_is_hit(u) or u.has("ACTOR") or u.has("GENERIC") for u in plain)
        done_to = trigger.verb or (draft.kind not in _OF_FORCE and owned)
        hit = draft.kind == "interception" or (done_to and draft.kind != "explosion")
        return "target" if hit else "agent"  # «أرتال كبيرة بعتادها تابعة للفصيل»
    if [u.word for u in plain] == ["من"] and units.holds("EXPOSED_V", "LAUNCH_N", first=draft.first, last=draft.last):
        return "agent"  # «تعرضت البلدة لهجوم من القوات»
    if not plain:
        aimed = _told_by_noun(units, draft) or units.holds("ON", first=trigger.first, last=trigger.last)
        return "target" if aimed else "agent"
    if plain[-1].word in ("ل", "من") and len(plain) <= 4 and _by_a_party(plain[0], draft):
        return "agent"  # «اعتقلت دورية للفصيل»
    if plain[-1].word == "ل" and any(_is_hit(u) for u in plain):
        return "target"  # «استهداف نقطة عسكرية للفصيل»
    if len(plain) <= 3 and all(u.word in ("ل", "من", "و") or is_plain_adjective(u) or u.has("PLACE_WEAK") for u in plain):
        subject = not plain[0].has("PREP")  # «هاجمت خلايا من التنظيم»
        return "agent" if subject or plain[-1].word in ("ل", "و") or not trigger.verb else "target"
    if len(plain) <= 2 and any(u.has("CONJ") for u in plain):
        return "agent"
    return "target" if trigger.verb and len(plain) <= 4 and not any(u.has("IN") for u in plain) else None


def _is_hit(unit: Unit) -> bool:
    """«نقطة عسكرية», «مقرات»: what attacks are made on."""
    return unit.word.split(" ")[0] in _HIT


def _by_a_party(unit: Unit, draft: EventDraft) -> bool:
    """«اعتقلت دورية …», «انسحبت مجموعة …»: a party of fighters right after a verb that is no attack does what the verb says."""
    return draft.triggers[-1].verb and draft.kind in _OF_FORCE and unit.word in _PARTIES


_PARTIES = frozenset("دوريه دوريات قوه مجموعه مجموعات عناصر خلايا وحدات وحده حاجز رتل ارتال".split())
_OF_FORCE = frozenset(
    {"arrest", "security_operation", "deployment", "withdrawal", "abduction", "release_or_exchange", "siege", "territorial_control"}
)


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
