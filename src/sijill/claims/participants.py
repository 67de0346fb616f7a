"""Who did it, and to whom: the actors within an event's reach, those blamed or claiming it elsewhere, and those the story implies.

`roles` says what one actor is by the words beside it; here the answers of a whole report are put together.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from typing import Final

from sijill.annotate.actors import actor_of, after_court, is_actor
from sijill.annotate.casualties import Figure
from sijill.annotate.places import Place
from sijill.annotate.units import Units
from sijill.claims.context import Context, EventDraft, same_story
from sijill.claims.events import KILLING_ALONE, is_a_reply
from sijill.claims.roles import (
    DEEDS,
    DONE_BY,
    MANAGED,
    SELF,
    after_its_subject,
    are_with_it,
    done_by_men,
    in_a_source,
    in_an_aside,
    is_a_patron,
    is_its_object,
    joined_to,
    men_of,
    own_men,
    role_of,
    two_sided,
)
from sijill.claims.scenes import near
from sijill.claims.sources import SOURCE_REACH, source_at
from sijill.names import Names

__all__ = ["fill_agents", "find_participants"]


def find_participants(context: Context, drafts: list[EventDraft]) -> None:
    """Give every draft its agents and targets, with the words they came from."""
    hit: set[int] = set()  # whom the events told so far were done to, by unit
    met: set[int] = set()  # who shot down what was fired at them
    for draft in drafts:
        low, high = _reach(context, draft)
        actors = context.actors_between(low, high)
        if not actors:
            continue
        roles: dict[int, str | None] = {}
        draft.mutual = two_sided(context.units, draft)
        for at in actors:
            first, men = joined_to(context.units, at), men_of(context.units, at)
            role = roles.get(men) or _role_among(context.units, at, first, draft, roles, hit)
            with_it = are_with_it(context.units, at) and not (draft.mutual and at == actors[-1])
            if with_it or (role == "agent" and at in met and draft.kind in DEEDS):
                role = None  # «أسقطت الدفاعات السورية صواريخ استهدفت …»
            roles[at] = role
            if role is not None and men in roles:
                _named(context, draft, men)
            if role == "agent" and first >= 0 and roles.get(first) is None and is_actor(context.units, first):
                _take_part(context, drafts, draft, first, role)  # «القوات والفصائل … دخلت»: the further of the two as well
            _take_part(context, drafts, draft, at, role)
        hit.update([at for at, role in roles.items() if role == "target"])
        if draft.kind == "interception":
            met.update([at for at, role in roles.items() if role == "agent"])
        _settle(context, draft)
        if draft.rule == KILLING_ALONE:
            _spare_the_dead(context, draft)
    _attribute(context, drafts)
    _carry_on(context, drafts)


def _role_among(units: Units, at: int, first: int, draft: EventDraft, roles: dict[int, str | None], hit: set[int]) -> str | None:
    """What an actor is to an event, seen with the roles of those before it and with whom earlier events were done to.

    `first` is the actor that it is joined to, as `joined_to` gives it.
    """
    role = roles.get(first) or role_of(units, at, draft)
    if role == "agent" and first < 0 and (after_its_subject(units, at, draft, roles) or is_its_object(units, at, draft, roles)):
        role = "target"
    return None if at in hit and _was_an_object(units, at, draft) else role


def _take_part(context: Context, drafts: list[EventDraft], draft: EventDraft, at: int, role: str | None) -> None:
    """Enter the actor that a unit names under its role, with the unit as evidence."""
    actor = (_attackers(context, at, drafts, draft) or context.actor_at(at)) if role is not None else None
    if actor is None or role is None:
        return
    listed = draft.agents if role == "agent" else draft.targets
    if actor not in listed:
        listed.append(actor)
        draft.note(context.units, role, at, at + 1, "actor beside the event's words")


def _spare_the_dead(context: Context, draft: EventDraft) -> None:
    """«سبعة من الفصيل قتلوا»: where no word but the killing tells the event, those who were killed are not who did it."""
    low, high = context.sentences[draft.sentence]
    told = context.figures_between(context.units[low].start, context.units[high - 1].end)
    dead = {actor_of(f.side_unit, context.names, context.country) for f in told if f.side_unit is not None}
    draft.targets += [agent for agent in draft.agents if agent in dead and agent not in draft.targets]
    draft.agents = [agent for agent in draft.agents if agent not in dead]


def _named(context: Context, draft: EventDraft, men: int) -> None:
    """«مسلحون موالون للفصيل», «جنود يشتبه في انتمائهم للجيش الأمريكي»: men whose side is told are nobody else's."""
    actor, unit = context.actor_at(men), context.units[men]
    by_default = unit.has("GENERIC") and not unit.has("ACTOR") and not unit.word.startswith("ال")
    if actor is not None and (actor.startswith("unidentified") or by_default or unit.word.startswith("فصايل ")):
        draft.agents = [a for a in draft.agents if a != actor]
        draft.targets = [t for t in draft.targets if t != actor]


def fill_agents(context: Context, drafts: list[EventDraft]) -> None:
    """Doers that the text leaves to be understood, once each event is told whole.

    The report's other tellings of such an attack name who makes them; the state arrests and judges; a bomb or a bullet of which
    nothing is said is somebody's unknown. Preferred mistake: an agent too many over an attack that nobody made.
    """
    state = _authorities_told(context)
    for draft in drafts:
        if not draft.agents or (draft.kind == "suicide_bombing" and draft.agents == ["unidentified"]):
            army = _announced_by(context, draft)
            draft.agents = [army] if army else _doer_elsewhere(context, drafts, draft) or draft.agents
        elif all(agent.startswith("unidentified") for agent in draft.agents) and (army := _announced_by(context, draft)):
            draft.agents = [army, *draft.agents] if draft.kind == "armed_clash" else [army]
        elif draft.kind == "armed_clash" and len(draft.agents) == 1:
            sides = _sides_of_the_sentence(context, draft) or [*draft.agents, *_sides_of_the_dead(context, draft)]
            draft.agents = sides if draft.agents[0] in sides else draft.agents  # nobody fights alone
        if draft.kind == "armed_clash" and draft.agents:
            draft.agents = _who_fought(context, draft)
        if draft.agents and all(agent.startswith("unidentified") for agent in draft.agents):
            draft.agents = _claimed_with(drafts, draft) or draft.agents
        if draft.kind == "security_operation" and not draft.agents:
            draft.agents = _state_that_lost_men(context, draft)
        _default_agents(context, draft, state)
        draft.agents = _as_there(context, draft, draft.agents)
        draft.targets = _as_there(context, draft, draft.targets)


def _state_that_lost_men(context: Context, draft: EventDraft) -> list[str]:
    """«قتل ثلاثة من رجال الأمن خلال مداهمة وكر»: the force whose men the sentence says that the operation cost."""
    low, high = context.sentences[draft.sentence]
    told = context.figures_between(context.units[low].start, context.units[high - 1].end)
    sides = [actor_of(f.side_unit, context.names, context.country) for f in told if f.side_unit is not None and f.effect in _LOST]
    return list(dict.fromkeys(side for side in sides if side is not None and _is_state(context, side)))[:1]


_LOST: Final = frozenset({"killed", "injured", "killed_or_injured"})


def _announced_by(context: Context, draft: EventDraft) -> str | None:
    """«أعلن التحالف مقتل 10 مسلحين في ضربات»: the army that tells how many of its enemies an attack killed made it.

    Preferred mistake: an army that boasts of what its ally did, over a strike without a doer whose doer has just spoken.
    """
    known = draft.definite and draft.kind in ("attack_unspecified", "armed_assault")  # «مقتل … في الهجوم على السجن» that they met
    if draft.kind not in _BY_ARMIES or draft.modality != "asserted" or known or _done_by_somebody(context, draft):
        return None
    told_by = source_at(context, draft.sentence, draft.first)
    if told_by is None:
        return None
    source, first, last = told_by
    army = context.names.speaks_for.get(source, source)
    if not _fights(context, army) or not (_of_itself(context, last, draft) or _tells_of_enemies(context, army, draft)):
        return None
    draft.note(context.units, "agent", first, last, "the army that tells of its enemies' dead")
    return army


def _done_by_somebody(context: Context, draft: EventDraft) -> bool:
    """«أعلنت الشرطة مقتل 15 عندما اقتحم إرهابيون فندقا»: the verb has a subject of its own."""
    units = context.units
    subject = draft.triggers[0].verb and draft.triggers[0].last < len(units) and units[draft.triggers[0].last].has_any(_SOMEBODY)
    return subject and bool(draft.agents) and all(agent.startswith("unidentified") for agent in draft.agents)


_SOMEBODY: Final = ("GENERIC", "UNKNOWN_AGENT")


def _of_itself(context: Context, after: int, draft: EventDraft) -> bool:
    """«أعلنت القيادة المركزية أنها نفذت غارة»: what a speaker says that it did."""
    units = context.units
    if (
        draft.first > after
        and draft.last < len(units)
        and units[draft.last].word in DONE_BY
        and not units.row.holds("ACTOR", first=draft.last, last=draft.last + 2)
    ):
        return True  # «أقرت القيادة بمقتل مدنيين في ضربة نفذتها»
    if draft.first > after and draft.triggers[0].verb and own_men(units[draft.first - 1].word):
        return True  # «أعلنت الوزارة أن قواتها داهمت»
    launched = units.row.where("LAUNCH_V", first=max(after, draft.first - _LAUNCHED), last=draft.first - 1)
    if launched and own_men(units[launched[-1] + 1].word):
        return True  # «نفذت قواتنا، الجمعة، عملية»
    itself = next((i for i in range(after, min(draft.first, after + _SPOKEN)) if units[i].word in SELF), None)
    return (
        itself is not None and draft.first - itself <= _SPOKEN and not units.row.holds("THAT", "ACTOR", first=itself + 1, last=draft.first)
    )


_LAUNCHED: Final = 8
_SPOKEN: Final = 4
"""How far from who speaks «أنها» may stand, and from it the words of what was done."""
_BY_ARMIES: Final = frozenset(
    {"air_strike", "drone_strike", "shelling", "attack_unspecified", "armed_assault", "security_operation", "armed_clash", "arrest"}
)


def _tells_of_enemies(context: Context, army: str, draft: EventDraft) -> bool:
    """Whether the dead and the captured whom the sentence counts near the event's words are fighters of another side."""
    units = context.units
    first, last = context.sentences[draft.sentence]
    low = units[max(first, draft.first - _ANNOUNCED)].start
    high = units[min(last, draft.last + _ANNOUNCED) - 1].end
    told = [f for f in context.figures_between(low, high) if f.effect in _OF_ENEMIES]
    return any(_is_enemy(context, army, f) for f in told) and all(f.effect == "arrested" or _is_enemy(context, army, f) for f in told)


_ANNOUNCED: Final = 24
"""How many words from an attack those whom it killed may be counted."""
_OF_ENEMIES: Final = frozenset({"killed", "killed_or_injured", "arrested"})


def _is_enemy(context: Context, army: str, figure: Figure) -> bool:
    if figure.status != "combatant":
        return False
    side = actor_of(figure.side_unit, context.names, context.country) if figure.side_unit is not None else None
    if side is not None:
        return side != army and not (_is_state(context, side) and _is_state(context, army))
    return figure.loaded is not None or figure.group.noun.word.startswith(_ENEMIES)


_ENEMIES: Final = ("مسلح", "ارهابي", "تكفيري", "متطرف", "متشدد", "متمرد", "داعشي", "حوثي")


def _as_there(context: Context, draft: EventDraft, actors: list[str]) -> list[str]:
    """«المقاومة الشعبية» in Aden is the southern one: a name that means another body in some regions (by_region.csv)."""
    regional = context.names.regional
    return _by_region(context, draft, actors) if any(actor in regional for actor in actors) else actors


def _by_region(context: Context, draft: EventDraft, actors: list[str]) -> list[str]:
    """Actors as they are in the regions of an event's places, or of the report's where it has none."""
    by_region = context.names.by_region
    own = [_regions(context.names, p) for p in draft.places if p.entry is not None]
    told = own or [_regions(context.names, m.place) for m in context.places[:_ENOUGH] if m.place is not None]

    def there(actor: str) -> str:
        found = [by_region[actor, region] for regions in told for region in regions if (actor, region) in by_region]
        return found[0] if 2 * len(found) > len(told) else actor

    return list(dict.fromkeys(map(there, actors)))


def _regions(names: Names, place: Place) -> list[str]:
    """The gazetteer's ids of a place and of all that it lies in, its country last: a region («وادي …») names nothing that it is part of."""
    ids: list[str] = []
    entry = place.entry or (place.within.entry if place.within is not None else None)
    country = entry.country if entry is not None else ""
    while entry is not None and entry.id not in ids:
        ids.append(entry.id)
        entry = names.place_by_id(entry.parent)
    return ids + [it.id for it in names.countries(country) if it.id not in ids]


def _was_an_object(units: Units, at: int, draft: EventDraft) -> bool:
    """«اعتقلت القوات أحد عناصر التنظيم في عملية»: whom the event before was done to does nothing in this, unless beside a verb."""
    beside_verb = units[at - 1].has_any(_VERB) or at + 1 == draft.first or done_by_men(units, at, draft) == "agent"
    return at < draft.first and not beside_verb and not draft.mutual


_VERB: Final = frozenset({"PAST", "PRES"})
_REMOTE: Final = frozenset({"air_strike", "drone_strike", "shelling"})
_DEEDS_FROM_AFAR_TOO: Final = DEEDS | _REMOTE


def _claimed_with(drafts: list[EventDraft], draft: EventDraft) -> list[str]:
    """«انفجرت سيارة … واقتحم مسلحون الفندق … أعلنت الحركة مسؤوليتها»: who claims one step of an attack made the others too."""
    attack = "attack_unspecified" if draft.rule == "storming" else draft.kind
    claimed = (e for e in drafts[:_ENOUGH] if e.claimed and e is not draft and same_story(e.kind, attack))
    return next((list(e.agents) for e in claimed if e.date == draft.date and any(near(a, b) for a in e.places for b in draft.places)), [])


def _doer_elsewhere(context: Context, drafts: list[EventDraft], draft: EventDraft) -> list[str]:
    """The one doer that the report gives to the other attacks of the kind, if it gives one."""
    if draft.kind in _NOBODYS or draft.answered or context.layout.round_up or _unknown(context, draft):
        return []
    if context.units.row.holds("PERSON", "Q", first=draft.first, last=draft.last):
        return []  # «أطلقت امرأتان النار»: the doers are told of, though no list has them
    if draft.kind == "armed_clash":
        return _fighting_nearby(context, drafts, draft) or _sides_of_the_sentence(context, draft) or _sides_of_the_fighting(drafts, draft)
    alike = [e for e in drafts[:_ENOUGH] if e.agents and e is not draft and _one_doer(e.kind, draft.kind) and not _at_attackers(e)]
    operation = draft.kind == "security_operation" and draft.rule != "storming"
    alike = [e for e in alike if not is_a_reply(context.units, e.first) and (operation or not e.mutual)]  # who answers has not made it
    if all(_over_years(e) or _in_another_country(e, draft) for e in alike) or context.units.row.holds("NO_CLAIM"):
        return []  # «ولم تتبن أي جهة الهجوم»
    dead = _whose_men_it_hit(context, draft)
    alike = [e for e in alike if not e.agents[0].startswith("unidentified") and not dead.issuperset(e.agents)]
    told = {_who_made(context, e, dead) for e in alike} - {()}
    gunmens = draft.kind in _BY_GUNMEN and not draft.definite
    if (draft.kind in _BOMBS or gunmens) and any(_is_army(context, agent) for agents in told for agent in agents):
        return []  # a state's raids elsewhere in the report do not make it the layer of a bomb, nor «هجوم مسلح» its own
    return list(next(iter(told))) if len(told) == 1 else []


def _who_made(context: Context, told: EventDraft, dead: set[str]) -> tuple[str, ...]:
    """Who did what is told elsewhere; of those who fought each other, an operation is of the state whose men it did not hit."""
    if not told.mutual:
        return tuple(told.agents)
    return tuple(agent for agent in told.agents if agent not in dead and _is_army(context, agent))


def _whose_men_it_hit(context: Context, draft: EventDraft) -> set[str]:
    """The forces whose dead and wounded the sentence of an attack counts, which they will not have killed themselves."""
    low, high = context.sentences[draft.sentence]
    low, high = max(low, draft.first - SOURCE_REACH), min(high, draft.last + SOURCE_REACH)
    told = context.figures_between(context.units[low].start, context.units[high - 1].end)
    sides = [actor_of(f.side_unit or f.group.noun, context.names, context.country) for f in told if f.effect in _LOST]
    return {side for side in (*sides, *draft.targets) if side is not None}


def _over_years(draft: EventDraft) -> bool:
    """«هجمات يشنها الفصيل منذ 2013»: what a group has done for long says little of who made the attack of today."""
    return draft.date is not None and draft.date.endswith("/..") and len(draft.date) <= len("2013-07/..")


def _in_another_country(told: EventDraft, draft: EventDraft) -> bool:
    known = {p.country for p in told.places if p.country}, {p.country for p in draft.places if p.country}
    return bool(known[0] and known[1]) and not known[0] & known[1]


_BOMBS: Final = frozenset({"explosive_device", "vehicle_bomb", "suicide_bombing", "explosion"})


_BY_GUNMEN: Final = frozenset({"armed_assault", "assassination", "abduction"})


def _at_attackers(draft: EventDraft) -> bool:
    """«أطلقت الشرطة النار على المهاجم»: who shoots at the attackers has not made their attack."""
    return bool(draft.targets) and all(target.startswith("unidentified") for target in draft.targets)


def _is_state(context: Context, agent: str) -> bool:
    actor = context.names.actors.get(agent)
    return actor is not None and actor.type == "State forces"


def _is_army(context: Context, agent: str) -> bool:
    """A state's forces, or an alliance of states («التحالف»)."""
    actor = context.names.actors.get(agent)
    return actor is not None and actor.type in ("State forces", "External/Other forces")


def _fighting_nearby(context: Context, drafts: list[EventDraft], draft: EventDraft) -> list[str]:
    """«واستمرت الاشتباكات»: between those who were just said to fight."""
    at = bisect_left(drafts, draft.first, key=lambda e: e.first)
    before = [e for e in drafts[max(0, at - 4) : at] if draft.sentence - e.sentence <= 2 and e.agents]
    if both := _both_sides(context, drafts, draft):
        return both
    last = next((e for e in reversed(before) if same_story(e.kind, draft.kind) or e.kind in _REMOTE | {"armed_assault"}), None)
    return [a for a in (*last.agents, *last.targets) if not a.startswith("unidentified")] if last else []


def _both_sides(context: Context, drafts: list[EventDraft], draft: EventDraft) -> list[str]:
    """«قصف الجيش … وردت الفصائل … ودارت اشتباكات بين الطرفين»: the two who were just told of, where two were."""
    if not context.units.row.holds("BOTH_SIDES", first=draft.first, last=draft.last + 4):
        return []
    at = bisect_left(drafts, draft.first, key=lambda e: e.first)
    before = [e for e in drafts[max(0, at - 4) : at] if draft.sentence - e.sentence <= _TOLD_OF and e.agents]
    both = list(dict.fromkeys(a for e in before for a in e.agents if _fights(context, a)))
    if len(both) == 1:  # «قتل عنصر من القوات بعد أن فتح مسلحان من الفصيل النار … ودارت اشتباكات بين الطرفين»
        hit = [a for e in before for a in (*e.targets, *_sides_of_the_dead(context, e)) if _fights(context, a)]
        both = list(dict.fromkeys([*both, *hit]))
    return both if len(both) == 2 else []


_TOLD_OF: Final = 3
"""How many sentences before «بين الطرفين» the two may have been told of."""


def _who_fought(context: Context, draft: EventDraft) -> list[str]:
    """«أعلن الجيش قتل مسلحين في اشتباكات مع مجموعة إرهابية»: behind «مع» stands one side alone; the other is the sentence's first."""
    if sum(not agent.startswith("unidentified") for agent in draft.agents) > 1:
        return draft.agents
    units, low = context.units, context.sentences[draft.sentence][0]
    if not any(unit.word == "مع" for unit in units.items[draft.last : draft.last + _WITH_WHOM]):
        return draft.agents
    told = [context.actor_at(at) for at in context.actors_between(max(low, draft.first - SOURCE_REACH), draft.first)]
    first = next((a for a in told if a is not None and _fights(context, a)), None)
    if first is None or first in draft.agents:
        return draft.agents
    gunmen = "unidentified_gunmen" in draft.agents
    return [first, *(agent for agent in draft.agents if not (gunmen and agent == "unidentified"))]


_WITH_WHOM: Final = 3
"""How many words behind «اشتباكات» the «مع» may stand («اشتباكات مسلحة مع»)."""


def _sides_of_the_sentence(context: Context, draft: EventDraft) -> list[str]:
    """«قتل 9 من الحوثيين و6 من المقاومة خلال الاشتباكات»: the two that the sentence names, where it names two."""
    low, high = context.sentences[draft.sentence]
    low, high = max(low, draft.first - SOURCE_REACH), min(high, draft.last + SOURCE_REACH)
    named = [context.actor_at(at) for at in context.actors_between(low, high) if not in_a_source(context.units, at)]
    sides = list(dict.fromkeys(a for a in named if a is not None and _fights(context, a)))
    return sides if len(sides) == 2 else []


def _sides_of_the_dead(context: Context, draft: EventDraft) -> list[str]:
    """«لقي 45 حوثيا مصرعهم في معارك مع الجيش»: the side of the fighters whom the sentence counts, where it is one more."""
    low, high = context.sentences[draft.sentence]
    low, high = max(low, draft.first - SOURCE_REACH), min(high, draft.last + SOURCE_REACH)
    told_of = context.figures_between(context.units[low].start, context.units[high - 1].end)
    units = [f.side_unit for f in told_of if f.status == "combatant"]
    sides = dict.fromkeys(actor_of(u, context.names, context.country) for u in units if u is not None)
    told = [side for side in sides if side is not None and side not in draft.agents and _fights(context, side)]
    return told if len(told) == 1 else []


def _sides_of_the_fighting(drafts: list[EventDraft], draft: EventDraft) -> list[str]:
    """«المواجهات», with «ال»: the sides of the report's other fighting, if all of it is between the same."""
    told = {frozenset(e.agents): e.agents for e in drafts[:_ENOUGH] if e.kind == "armed_clash" and len(e.agents) > 1}
    return list(next(iter(told.values()))) if draft.definite and len(told) == 1 else []


def _fights(context: Context, agent: str) -> bool:
    actor = context.names.actors.get(agent)
    return actor is not None and actor.type not in ("Civilians", "Protesters") and not agent.startswith("unidentified")


_ENOUGH: Final = 200
"""Events among which the doer of another is looked for; keeps long texts linear."""
_NOBODYS: Final = frozenset({"bodies_found", "explosion", "displacement", "evacuation", "protest", "agreement_or_ceasefire"})
_ACTS: Final = (_REMOTE | {"attack_unspecified"}, {"sexual_violence", "execution", "torture", "arson"})


def _one_doer(a: str, b: str) -> bool:
    """Whether who did one event of kind `a` may be taken for the doer of another of kind `b`."""
    if a == b:
        return True
    if "stabbing_or_ramming" in (a, b) or a == "protest_repression":
        return False  # who shoots at the man with the knife did not stab, nor does the force that puts a crowd down riot
    return same_story(a, b) or any(a in acts and b in acts for acts in _ACTS)


def _unknown(context: Context, draft: EventDraft) -> bool:
    return context.units.row.holds("UNKNOWN_AGENT", first=draft.clause[0], last=draft.clause[1])


def _attribute(context: Context, drafts: list[EventDraft]) -> None:
    """«تبنى التنظيم الهجوم», «نسب الهجوم إلى …»: who claims an attack, or is named as its author, did it."""
    units = context.units
    for i in units.row.where("CLAIM_V", "BLAME_V"):
        if units[i].has("DEF") or units[i].has("PLACE"):
            continue  # «التبني», a town
        sentence = context.sentence_of(i)
        low, high = context.sentences[sentence]
        if any(unit.feature("modality") == "denied" for unit in units.items[max(low, i - _DENIED_BEFORE) : i]):
            continue  # «نفى التنظيم مسؤوليته عن الهجوم»
        named = _claimant(context, i, low, high) if units[i].has("CLAIM_V") else _blamed(context, i, high)
        if named is None:
            continue
        actor, at = named
        attack = _attack_beside(drafts, i, sentence, back=_points_back(units[i].word))
        if attack is not None and actor not in attack.agents:
            attack.agents, attack.claimed = [actor], True
            attack.targets = [t for t in attack.targets if t != actor]
            attack.note(units, "agent", at, at + 1, "who claims it or is blamed for it")


def _claimant(context: Context, i: int, low: int, high: int) -> tuple[str, int] | None:
    reach = _CLAIMANT_BEHIND_AN_ASIDE if i and context.units[i - 1].has("COMMA") else _CLAIMANT
    before, after = range(i - 1, max(low, i - reach) - 1, -1), range(i + 1, min(high, i + 7))
    # «أعلن الفصيل مسؤوليته عن هجوم على القوات», «إن الفصيل تبنى هجوما على ثكنة للجيش»: who stands further off after it was attacked
    places = [*before] if context.units[i].word.startswith(_RESPONSIBILITY) else [*after[:_CLAIMS], *before, *after[_CLAIMS:]]
    places = [at for at in places if at > i or not in_an_aside(context.units, at, i)]  # «الفصيل، الذي تقاتله القوات، مسؤوليته عن …»
    named = (at for at in places if is_actor(context.units, at) and not is_a_patron(context.units, at))
    return next(((actor, at) for at in named if (actor := context.actor_at(at))), None)


_DENIED_BEFORE: Final = 4
_CLAIMANT, _CLAIMANT_BEHIND_AN_ASIDE, _CLAIMS = 6, 16, 3
_RESPONSIBILITY: Final = ("مسووليت", "المسووليه")


def _blamed(context: Context, i: int, high: int) -> tuple[str, int] | None:
    units = context.units
    if units[i].word.startswith(_ACCUSES):
        return _accused(context, i, high)
    to = [at for at in range(i + 1, min(high, i + 14)) if units[at - 1].has("TO") or (at == i + 1 and units[i].word.endswith(" الي"))]
    # «نسب الهجوم الذي استهدف مركزا للشرطة إلى الفصيل»: «ل» only where there is no «إلى»
    for at in sorted(to, key=lambda at: units[at - 1].word == "ل"):
        if is_actor(units, at) and (actor := context.actor_at(at)):
            return actor, at
    return None


_ACCUSES: Final = ("اتهم", "حمل")


def _accused(context: Context, i: int, high: int) -> tuple[str, int] | None:
    """«اتهم الجيش الفصيل بالوقوف وراءه»: who is named last before «ب», as the author of what «ه» means."""
    units = context.units
    by = next((at for at in range(i + 1, min(high, i + 12)) if units[at].word == "ب"), None)
    if by is None or not any(u.word in _OF_IT for u in units.items[by : by + 5]):
        return None
    named = [at for at in context.actors_between(i + 1, by) if at - i <= 10]
    actor = context.actor_at(named[-1]) if len(named) > 1 else None
    return (actor, named[-1]) if actor is not None else None


_OF_IT: Final = frozenset("وراءه وراءها خلفه خلفها عنه عنها فيه فيها بتنفيذه بتنفيذها تنفيذه تنفيذها تدبيره تدبيرها".split())


def _points_back(word: str) -> bool:
    """«نسب إلى …», «تبناه», «اتهم … بالوقوف وراءه»: passive, or with a pronoun: said of the attack just told."""
    return word.startswith(("نسب", *_ACCUSES)) or word.endswith(("ه", "ها", "هما"))


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
    for n, (before, draft) in enumerate(itertools.pairwise(drafts)):
        if draft.mutual and len(draft.agents) == 1 and draft.kind != "armed_clash":
            draft.agents = _both_sides(context, drafts, draft) or draft.agents
        if not draft.agents and _is_alike(context.units, draft):
            draft.agents = _of_the_one_before(context, drafts[max(0, n + 1 - _ALIKE_REACH) : n + 1], draft)
        if not before.agents and draft.agents and _in_the_course_of(context.units, before, draft):
            before.agents = [a for a in draft.agents if a not in before.targets]
        if not draft.agents and _goes_on_in_a_new_sentence(context, before, draft):
            draft.agents = [a for a in before.agents if a not in draft.targets]
        if draft.agents or draft.sentence != before.sentence:
            continue
        if before.kind == "interception" and before.targets and draft.modality in ("planned", "attempted"):
            draft.agents = list(before.targets)  # «تدمير سيارات مفخخة للفصيل كان ينوي تفجيرها»
            continue
        # «بدأ الهجوم بتفجير سيارة»: told in one breath, the steps of an attack share its doer
        if draft.answered:
            continue  # «غارات … بعد مقتل جندي بنيران»: who answers an attack has not made it
        if same_story(before.kind, draft.kind) and (not draft.own_place or any(near(a, b) for a in before.places for b in draft.places)):
            draft.agents = list(before.agents)
        elif _of_what_was_just_told(context.units, draft):
            draft.agents = list(before.agents)  # «تدمير دبابة بعد استهدافها بصاروخ»
        elif _subject_left_out(context, draft):
            subject = _told_in_the_main_clause(context, drafts[max(0, n + 1 - _ALIKE_REACH) : n + 1], draft)
            draft.agents = [a for a in subject.agents if a not in draft.targets]
    for draft in drafts:
        if not draft.agents and draft.kind in _DEEDS_AND_MOVES and (speaker := _subject_of_speech(context, draft)):
            draft.agents = [speaker]


def _goes_on_in_a_new_sentence(context: Context, before: EventDraft, draft: EventDraft) -> bool:
    """«شن الجيش غارات … . كما قصف مواقع …»: a verb that opens the next sentence, with its object and no subject behind it."""
    units, low = context.units, context.sentences[draft.sentence][0]
    next_one = draft.sentence > before.sentence and low - context.sentences[before.sentence][1] <= 1  # «..» are two marks
    if not next_one or draft.first - low != 1 or not units[low].has("ALSO") or not draft.triggers[0].verb:
        return False
    if before.kind not in _DEEDS_FROM_AFAR_TOO or draft.kind not in _DEEDS_FROM_AFAR_TOO:
        return False
    told = draft.triggers[0]
    behind = units.items[told.first + 1 : told.last + 1]
    return len(behind) <= _VERB_AND_OBJECT and not any(unit.has("PERSON") or (unit.has("DEF") and unit.has("W")) for unit in behind)


_VERB_AND_OBJECT: Final = 5
"""How many words from the verb to the noun of what was done there are, in none of which an unknown subject may stand."""


def _in_the_course_of(units: Units, before: EventDraft, draft: EventDraft) -> bool:
    """«اعتقل ثلاثة شبان خلال مداهمة للفصيل»: whose raid it was took them."""
    if before.kind not in ("arrest", "shooting") or draft.kind != "security_operation" or draft.sentence != before.sentence:
        return False
    khilal = units.row.where("KHILAL", first=max(before.last, draft.first - 2), last=draft.first)
    return bool(khilal) and not units.row.holds("STOP", "SEMI", "CONJ", first=before.last, last=khilal[-1])


_DEEDS_AND_MOVES: Final = DEEDS | {"territorial_control", "withdrawal", "deployment", "siege"}


def _told_in_the_main_clause(context: Context, earlier: list[EventDraft], draft: EventDraft) -> EventDraft:
    """The event whose subject a later verb goes on with: «سيطر الفصيل على … بعد انسحاب الجيش، وأعدم …» is not about the army."""
    for event in reversed(earlier):
        subordinate = not event.triggers[0].verb and event.first > 0 and context.units[event.first - 1].has_any(_SUBORDINATE)
        if event.sentence == draft.sentence and not subordinate:
            return event
    return earlier[-1]


_SUBORDINATE: Final = frozenset({"AFTER", "KHILAL"})


def _of_what_was_just_told(units: Units, draft: EventDraft) -> bool:
    """«بعد استهدافها»: an attack on what the words before have told of, as a noun with a pronoun."""
    return draft.first > 0 and units[draft.first - 1].has("AFTER") and units[draft.first].has("PRON")


def _is_alike(units: Units, draft: EventDraft) -> bool:
    """«لقصف مماثل»: made as the attack before it."""
    return any(unit.word in _ALIKE for unit in units.items[draft.first : draft.last + 3])


def _of_the_one_before(context: Context, earlier: list[EventDraft], draft: EventDraft) -> list[str]:
    """Who made the attack that an alike one is likened to: the last of its sort that the report tells a doer of."""
    found = next((e.agents for e in reversed(earlier) if e.agents and same_story(e.kind, draft.kind)), [])
    return [] if draft.kind in _BOMBS and any(_is_army(context, agent) for agent in found) else list(found)


_ALIKE_REACH: Final = 5
_ALIKE: Final = frozenset("مماثل مماثله مماثلا مشابه مشابهه مشابها المماثل المماثله المماثلا المشابه المشابهه المشابها".split())


def _subject_of_speech(context: Context, draft: EventDraft) -> str | None:
    """«إن مستوطنين تجمعوا … وحاولوا الاعتداء»: who stands right after «إن» goes on acting in the verbs that follow."""
    units, low = context.units, context.sentences[draft.sentence][0]
    verb = draft.triggers[0].verb or units[draft.first].has("CONTROL_V")
    if verb and draft.first - 2 > low and units[draft.first - 2].has("THAT") and own_men(units[draft.first - 1].word):
        spoke = context.actors_between(low, draft.first - 2)
        return context.actor_at(spoke[-1]) if spoke else None
    if not _subject_left_out(context, draft):
        return None
    said = units.row.where("THAT", first=max(low, draft.first - _SPEECH_REACH), last=draft.first - 1)
    if not said:
        return None
    subject = said[-1] + 1
    at = subject + 2 if units[subject].word in _PARTIES and units[subject + 1].has("FROM") else subject
    return context.actor_at(at) if at < draft.first and is_actor(units, at) else None  # «أن قوة من الشرطة وصلت وبدأت …»


_SPEECH_REACH: Final = 150
"""How many units back «إن» may have opened what is told; without an end, a text of one endless sentence would be read for ever."""
_PARTIES: Final = frozenset("قوه دوريه مجموعه وحده عناصر فرقه".split())


_LIGHT: Final = frozenset({"AUX", "LAUNCH_V"})


def _subject_left_out(context: Context, draft: EventDraft) -> bool:
    """«… كما قصفت قريتي …», «وقامت باعتقال …»: a verb, or «قام ب» with a verbal noun, right after a conjunction."""
    units, first = context.units, draft.first
    if draft.kind in _NOBODYS:
        return False
    if draft.triggers[0].verb:
        return first > 0 and (units[first - 1].has("CONJ") or units[first - 1].has("ALSO"))
    if draft.last < len(units) and units[draft.last].word in DONE_BY:
        return True  # «عملية نفذتها»: by those just named
    low = context.sentences[draft.sentence][0]
    for i in range(first - 1, max(low, first - 5), -1):
        if units[i].word in MANAGED or units[i].has_any(_LIGHT) or (units[i].has("MODAL") and units[i].has("PAST")):
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


_WITH_GUNS: Final = frozenset({"shooting", "armed_assault", "assassination", "abduction", "infiltration"})


def _only_unknown(context: Context, draft: EventDraft) -> bool:
    """«مجهولون» alone, with no word of arms: that they were gunmen is not said."""
    named = [item for item in draft.evidence if item.what == "agent"]
    text = context.report.text
    return bool(named) and all("جهول" in text[i.start : i.end] and "سلح" not in text[i.start : i.end] for i in named)


_OF_THE_STATE: Final = frozenset({"arrest", "judicial_action", "curfew", "interception", "protest_repression", "release_or_exchange"})
_BY_SOMEBODY: Final = frozenset(
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


_INTERNATIONAL: Final = ("الدولي", "دولي")


def _authorities_told(context: Context) -> str | None:
    """«السلطات التركية», «محكمة تركية»: the one state that adjectives after words of authority name, if they name one."""
    units, found = context.units, set()
    for at in context.actors_between(0, len(units)):
        unit = units[at]
        if unit.word.startswith(_AUTHORITIES) or (unit.has("ADJ_ACTOR") and after_court(units, at)):
            found.add(context.actor_at(at))
    states = [actor for actor in found if actor is not None and _is_state(context, actor)]
    return states[0] if len(states) == 1 else None


_AUTHORITIES: Final = ("السلطات ", "سلطات ", "الشرطه ", "شرطه ")


def _left_behind(context: Context, draft: EventDraft) -> bool:
    """«من مخلفات الحرب»: nobody's attack."""
    return context.units.row.holds("REMNANT", first=draft.first, last=draft.clause[1])


def _attackers(context: Context, at: int, drafts: list[EventDraft], draft: EventDraft) -> str | None:
    """«المهاجمون»: the doer of the attack told last before this event; «الطيران» alone: of the air strike told just before it."""
    unit = context.units[at]
    generic = context.names.generic_of(unit.word) if unit.has("GENERIC") else None
    if generic is None or generic.role not in ("attackers", "air_force") or not unit.word.startswith("ال"):
        return None
    at = bisect_left(drafts, draft.first, key=lambda e: e.first)
    if generic.role == "air_force":
        near_by = [e for e in drafts[max(0, at - 3) : at] if draft.sentence - e.sentence <= 1 and e.agents]
        before = [e for e in near_by if e.kind == "air_strike" or context.units[e.first].has("STRIKE_N")]
        return before[-1].agents[0] if before and len(before[-1].agents) == 1 and " " not in unit.word else None
    for told in reversed(drafts[max(0, at - 40) : at]):
        if told.agents and same_story(told.kind, "attack_unspecified"):
            return told.agents[0]
    return None


def _reach(context: Context, draft: EventDraft) -> tuple[int, int]:
    start, end = draft.clause
    low, _ = context.sentences[draft.sentence]
    # the subject may stand before a relative clause or a conjunction of verbs: look a little further back, but not past «فيما»
    back = max(low, min(start, draft.first - 6))
    meanwhile = [i for i in context.units.row.where("ALSO", first=back, last=draft.first) if context.units[i].word in _MEANWHILE]
    return (meanwhile[-1] if meanwhile else back), end


_MEANWHILE: Final = frozenset("فيما بينما في حين".split())


def _settle(context: Context, draft: EventDraft) -> None:
    if draft.kind == "escape":
        fled = [target for target in draft.targets if target in _FLEEING]
        draft.agents, draft.targets = draft.agents + fled, [target for target in draft.targets if target not in fled]
    if draft.kind == "bodies_found":
        draft.agents = []  # the actor beside a grave is who lies in it, or who is said to lie
    if draft.rule == "storming" and "protesters" in draft.agents:
        draft.kind = "riot"  # «اقتحم متظاهرون القنصلية»
    if draft.kind in _OF_PARTIES:
        draft.agents = [agent for agent in draft.agents if agent not in _FLEEING]  # «اتفاق لتبادل 300 أسير» is no deal of theirs
    if not draft.agents and not draft.targets:
        return
    suffer = [a for a in draft.agents if _suffers(context, draft, a)]
    draft.targets += [a for a in suffer if a not in draft.targets]
    draft.agents = [a for a in draft.agents if a not in suffer]
    if draft.mutual:
        draft.agents += [t for t in draft.targets if t not in draft.agents]
        draft.targets = []
    if any(not a.startswith("unidentified") for a in draft.agents) and not draft.mutual:
        draft.agents = [a for a in draft.agents if a != "unidentified"]  # «انتحاريان» whom a group has sent
    draft.targets = [t for t in draft.targets if t not in draft.agents]


def _suffers(context: Context, draft: EventDraft, agent: str) -> bool:
    """Civilians beside an act of force, and those who are arrested, tried or freed, do none of it: «توقيف 9 مهربين»."""
    if draft.kind in _OF_CAPTIVES and agent in _CAPTIVES:
        return True
    if draft.kind in _BOMBS and draft.kind != "explosion" and _is_state(context, agent):
        return not _said_outright(context, draft)  # «رجال الأمن» beside a bomb are whom it was meant for
    actor = context.names.actors.get(agent)
    return actor is not None and actor.type == "Civilians" and actor.role != "settlers" and draft.kind not in _OF_CIVILIANS


def _said_outright(context: Context, draft: EventDraft) -> bool:
    """Whether a word of doing stands before an agent: «عبوة زرعتها القوات», «من قبل الجيش», or the agent opens the event's verb."""
    units = context.units
    first, last = draft.clause
    flown = units.row.where("AIR", "DRONE", first=first, last=last)
    if any(units[i + 1].has("ADJ_ACTOR") for i in flown if i + 1 < last):
        return True  # «ألقت طائرة مسيرة إسرائيلية قنبلة»
    accused = units.row.holds("BLAME_V", first=first, last=draft.first)  # «اتهمت الحكومة إسرائيل بتفجير …»
    return (
        draft.triggers[0].verb
        or accused
        or units.row.holds("BY", first=first, last=last)
        or any(u.word in DONE_BY for u in units.items[first:last])
    )


_OF_CAPTIVES: Final = frozenset(
    {"arrest", "release_or_exchange", "judicial_action", "security_operation", "territorial_control", "protest_repression"}
)
_OF_PARTIES: Final = frozenset({"agreement_or_ceasefire", "release_or_exchange"})
_FLEEING: Final = frozenset({"prisoners"})
"""«فر سبعة سجناء»: who flees does what is told."""
_CAPTIVES: Final = frozenset({"criminals", "smugglers", "protesters"})
_OF_CIVILIANS: Final = frozenset({"protest", "riot", "armed_clash", "displacement", "evacuation", "escape", "agreement_or_ceasefire"})
