"""Figures tied to events, stated once, with their roles: total, part, subset, cumulative."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from sijill.annotate.actors import actor_of, are_gunmen_of_a_nation
from sijill.annotate.casualties import Figure
from sijill.annotate.numbers import Quantity
from sijill.annotate.unit import Unit
from sijill.claims.context import Context, EventDraft
from sijill.claims.drafts import FigureDraft
from sijill.claims.owners import whose_men
from sijill.claims.people import give_status, told_after
from sijill.claims.periods import over_a_period
from sijill.claims.scenes import near
from sijill.claims.sources import source_at
from sijill.claims.totals import find_totals
from sijill.records import Effect, Evidence

__all__ = ["draft_figures", "told_earlier"]


_OWN_EVENT: Final = {
    "arrested": ("arrest", "security_operation"),
    "abducted": ("abduction",),
    "surrendered": ("surrender",),
    "escaped": ("escape",),
    "released": ("release_or_exchange",),
    "displaced": ("displacement",),
    "evacuated": ("evacuation",),
    "used_as_human_shields": ("human_shields",),
}


_NEAR: Final = 8
"""So many figures before may have been read from the same words."""


def draft_figures(context: Context, events: list[EventDraft]) -> list[FigureDraft]:
    """The figures of a report in order, each stated once."""
    drafts: list[FigureDraft] = []
    made: dict[int, FigureDraft] = {}
    last: tuple[int, FigureDraft] | None = None  # the figure told last, with its sentence; a retold one counts as what it retells
    for told in context.figures:
        figure = _brought_out(context, told, events) if told.rule == ABOARD else told
        if figure is None or _is_not_done(context, figure, events):
            continue
        draft = _draft(context, figure, events)
        draft.of = made.get(figure.of.at) if figure.of is not None else None
        if draft.role in ("subset", "part") and draft.of is None:
            draft.role = "alone"
        told_after(context, draft, last[1] if last is not None and last[0] == draft.sentence else None)
        before = _in_the_same_words(draft, drafts) or _as_victims(draft, drafts) or _stated_before(context, draft, drafts)
        if before is not None:
            _retell(before, draft)
            if before.event is not None and before.event.sentence < before.sentence and _heads_the_item(context, before, draft):
                before.event = draft.event  # nothing happens in the line of a heading; what was told before is of another item
            made[figure.at] = before
        else:
            drafts.append(draft)
            made[figure.at] = draft
        if draft.role not in ("subset", "part"):
            of_two_sorts = last is not None and last[0] == draft.sentence and _goes_on_with_others(draft, last[1])
            last = None if of_two_sorts else (draft.sentence, before or draft)
    drafts = _without_vague_leads(context, drafts)
    find_totals(drafts)
    for i, draft in enumerate(drafts):
        if _means_the_dead(draft, _around(drafts, i)):
            draft.figure = replace(draft.figure, effect="killed")
    for draft in drafts:
        if draft.of is not None and draft.figure.effect == "killed_or_injured" and draft.of.figure.effect == "killed":
            draft.figure = replace(draft.figure, effect="killed")  # «7 ضحايا بينهم أطفال»
    give_status(context, drafts)
    for draft in drafts:
        draft.cumulative = draft.cumulative or (draft.of is not None and draft.of.cumulative)
        _give_side(draft)
    _give_victims(context, drafts)
    for one, other in pairwise(drafts):
        if one.cumulative != other.cumulative and _told_in_one_breath(context, one, other):
            one.cumulative = other.cumulative = True
    return drafts


ABOARD: Final = "aboard"


def _is_not_done(context: Context, figure: Figure, events: list[EventDraft]) -> bool:
    """«في محاولة لاعتقال أحد المطلوبين»: the harm is in the words of what was only tried, or denied."""
    if figure.effect not in _HARMS:
        return False
    position = context.units.row.index_at(context.grouped[figure.at].start)
    sentence = context.sentence_of(min(position, len(context.units) - 1))
    at = bisect_left(events, position, key=lambda e: e.first)
    here = [e.modality for e in events[max(0, at - _AROUND_IT) : at + _AROUND_IT] if e.sentence == sentence]
    if here and all(modality == "denied" for modality in here):
        return True
    if figure.trigger is None:
        return False
    position = context.units.row.index_at(figure.trigger.start)
    at = bisect_left(events, position + 1, key=lambda e: e.first)
    near_by = [e for e in events[max(0, at - 2) : at] if e.first <= position < e.last]
    return bool(near_by) and near_by[-1].modality in _UNDONE and near_by[-1].kind in _OWN_EVENT.get(figure.effect, ())


_HARMS: Final = frozenset({"killed", "injured", "arrested", "abducted"})
_UNDONE: Final = frozenset({"attempted", "denied"})


def _brought_out(context: Context, figure: Figure, events: list[EventDraft]) -> Figure | None:
    """«حافلة على متنها 40 شخصا»: brought out where the words around tell of an evacuation, let go where of an exchange, else nobody."""
    position = context.units.row.index_at(context.grouped[figure.at].start)
    sentence = context.sentence_of(min(position, len(context.units) - 1))
    at = bisect_left(events, position, key=lambda e: e.first)
    around = events[max(0, at - _AROUND_IT) : at + _AROUND_IT]
    near_by = [e.kind for e in around if e.kind in _BRINGS_OUT and 0 <= sentence - e.sentence <= 1]
    return replace(figure, effect=_BRINGS_OUT[near_by[-1]]) if near_by else None


_AROUND_IT: Final = 10
_BRINGS_OUT: Final[dict[str, Effect]] = {"evacuation": "evacuated", "release_or_exchange": "released"}


def _told_in_one_breath(context: Context, one: FigureDraft, other: FigureDraft) -> bool:
    """«1900 قتيل و4000 جريح منذ بدء الحرب»: the dead and the wounded with nothing but a conjunction between, and so of one time."""
    if one.sentence != other.sentence or {one.figure.effect, other.figure.effect} != {"killed", "injured"}:
        return False
    gap = context.grouped.items[one.figure.tail : other.figure.first]
    return 0 < len(gap) <= _BREATH and all(unit.has_any(("CONJ", "COMMA", "ALSO")) for unit in gap)


_BREATH: Final = 2


def _in_the_same_words(draft: FigureDraft, drafts: list[FigureDraft]) -> FigureDraft | None:
    """A figure before that is read from the very words of this one by another rule: one of the two is enough."""
    figure = draft.figure
    for other in reversed(drafts[-_NEAR:]):
        same = other.figure.effect == figure.effect and _same_number(other.quantity, draft.quantity)
        if same and (other.figure.first, _end(other)) == (figure.first, _end(draft)):
            return other
    return None


def _end(draft: FigureDraft) -> int:
    return max(draft.figure.last, draft.figure.tail)


def _without_vague_leads(context: Context, drafts: list[FigureDraft]) -> list[FigureDraft]:
    """The drafts without those that others make precise; what is told to be some of a vague number is some of the precise one.

    A vague number of which the text counts some («عشرات القتلى، بينهم أربعة أطفال») is no lead-in.
    """
    detailed = {id(d.of) for d in drafts if d.of is not None and (d.value or 0) > 1}
    precise = {
        id(d): other
        for i, d in enumerate(drafts)
        if id(d) not in detailed and (other := _made_precise(context, d, _around(drafts, i))) is not None
    }
    for draft in drafts:
        while draft.of is not None and id(draft.of) in precise:
            whole = precise[id(draft.of)]
            if draft.figure.effect == draft.of.figure.effect:
                draft.figure = replace(draft.figure, effect=whole.figure.effect)
            draft.of = whole
    return [d for d in drafts if id(d) not in precise]


def _means_the_dead(draft: FigureDraft, near_by: list[FigureDraft]) -> bool:
    """«7 ضحايا … و20 إصابة»: victims told beside the wounded are the dead."""
    victims = draft.figure.effect == "killed_or_injured" and draft.figure.group.noun.feature("effect") == "killed_or_injured"
    return victims and any(o.sentence == draft.sentence and o.figure.effect == "injured" and o.role != "subset" for o in near_by)


def _goes_on_with_others(draft: FigureDraft, before: FigureDraft) -> bool:
    """«قتل 12 جنديا و3 مدنيين وأصيب 7 آخرون»: who came to harm was of two sorts, so that the others are like neither."""
    sorts = {draft.status, before.status} - {"unknown"}
    return draft.figure.trigger is before.figure.trigger is not None and len(sorts) == 2


def _as_victims(draft: FigureDraft, drafts: list[FigureDraft]) -> FigureDraft | None:
    """«وقوع 161 ضحية … مقتل 161 شخصا»: victims and dead of one number, too large for chance, are the dead told twice; the first of both."""
    effects = {"killed", "killed_or_injured"}
    if (draft.value or 0) < _RARE or draft.figure.effect not in effects or draft.role in ("subset", "part"):
        return None
    for other in reversed(drafts[-_NEAR:]):
        pair = {other.figure.effect, draft.figure.effect} == effects and other.role == draft.role
        victims = other if other.figure.effect == "killed_or_injured" else draft
        if victims.figure.group.noun.feature("effect") != "killed_or_injured" or not pair:
            continue
        if _same_number(other.quantity, draft.quantity) and _same_event(other, draft):
            other.figure = replace(other.figure, effect="killed")
            return other
    return None


def _give_side(draft: FigureDraft) -> None:
    """Who surrenders, escapes or defects does it himself; who is arrested is the target."""
    event = draft.event
    if event is None or draft.side is None:
        return
    if event.kind in ("surrender", "escape", "defection") and not event.agents:
        event.agents.append(draft.side)
    elif event.kind == "arrest" and draft.side not in event.agents + event.targets:
        event.targets.append(draft.side)


def _give_victims(context: Context, drafts: list[FigureDraft]) -> None:
    """«قتل جنديان من الجيش بهجوم مسلح»: an attack of which nothing else says on whom it was made was made on the force whose men it hit."""
    untold = {id(d.event) for d in drafts if d.event is not None and not d.event.targets}
    for draft in drafts:
        event, side = draft.event, draft.side
        if event is None or side is None or id(event) not in untold or side in event.agents + event.targets:
            continue
        if not _were_fighters(draft) or not _fell_in(context, draft, event) or side.startswith("unidentified"):
            continue
        event.targets.append(side)
        told = draft.figure.side_unit or draft.figure.group.noun
        start, end = context.grouped.folded.span(told.start, told.end)
        event.evidence.append(Evidence(what="target", start=start, end=end, rule="whose men it killed or wounded"))


def _were_fighters(draft: FigureDraft) -> bool:
    """Dead or wounded of a force, and not only some of a crowd («51 شخصا، بينهم شرطيان»)."""
    some = draft.of is not None and draft.role == "subset" and draft.of.side != draft.side
    return draft.figure.effect in _HIT and draft.status in ("combatant", "security") and not draft.cumulative and not some


def _fell_in(context: Context, draft: FigureDraft, event: EventDraft) -> bool:
    """Whether a sentence that tells an attack by one side on another counts them."""
    if event.mutual or event.kind not in _ONE_SIDED or event.modality != "asserted":
        return False
    if context.sentence_of(event.first) == draft.sentence:
        return True
    return any(context.sentence_of(first) == draft.sentence for first, _ in event.retold[:_NEAR])


_HIT: Final = frozenset({"killed", "injured", "killed_or_injured"})
_ONE_SIDED: Final = frozenset(
    {
        "air_strike", "armed_assault", "assassination", "attack_unspecified", "drone_strike", "explosive_device",
        "security_operation", "shelling", "shooting", "stabbing_or_ramming", "suicide_bombing", "vehicle_bomb",
    }
)  # fmt: skip


def _draft(context: Context, figure: Figure, events: list[EventDraft]) -> FigureDraft:
    position = context.units.row.index_at(context.grouped[figure.at].start)
    sentence = context.sentence_of(min(position, len(context.units) - 1))
    known = figure.status != "unknown" and not (figure.effect == "held" and figure.status == "combatant")
    status: str = figure.status if known else _BY_EFFECT.get(figure.effect, "unknown")
    side, owner = _side(context, figure), None
    if side is None and figure.status != "civilian":
        side, owner = whose_men(context, figure, position, sentence)
    if owner is not None:
        figure = replace(figure, side_unit=owner)
        if side is not None and (status == "unknown" or (status == "combatant" and _status_of_men(side) == "security")):
            status = _status_of_men(side)  # «ثلاثة من عناصرها» of the police
    event = _event_of(context, figure, position, sentence, events)
    if side is not None and event is not None and event.sentence == sentence and _by_rank_alone(context, figure):
        side = _force_attacked(context, figure, event) or side
    return FigureDraft(
        figure=figure,
        sentence=sentence,
        event=event,
        role=figure.role,
        side=side,
        status=status,
        quantity=figure.group.quantity,
        cumulative=over_a_period(context, position, sentence) or (figure.toll and figure.effect == "displaced"),
    )


def _by_rank_alone(context: Context, figure: Figure) -> bool:
    """«ستة جنود», «ضابط»: no word beside them names their force."""
    unit = figure.side_unit
    generic = context.names.generic_of(unit.word) if unit is not None and not unit.has("ACTOR") else None
    return unit is None or (generic is not None and generic.role == "soldiers" and _of_a_nation(context, unit) is None)


def _force_attacked(context: Context, figure: Figure, event: EventDraft) -> str | None:
    """«قتل ستة جنود إثر هجوم على نقطة لقوات سوريا الديمقراطية»: soldiers whose force no word tells are of the one that was attacked."""
    if figure.effect not in _HIT or event.kind not in _ONE_SIDED or len(event.targets) != 1:
        return None
    actor = context.names.actors.get(event.targets[0])
    policemen = figure.group.noun.feature("force") == "police"  # «شرطيان», where an army's post was attacked
    return actor.id if actor is not None and actor.role in _WITH_SOLDIERS and (not policemen or actor.role == "police") else None


_WITH_SOLDIERS: Final = frozenset({"army", "militia", "police", "security", "government"})


def _status_of_men(side: str) -> str:
    """«ثلاثة من أفرادها» of police are police, of any other force fighters."""
    return "security" if "police" in side or side.startswith("asayish") else "combatant"


_BY_EFFECT: Final = {"held": "detainee", "released": "detainee", "displaced": "civilian"}
"""Who people are of whom nothing else is said: those who flee their homes are residents, those set free were held.
Fighters who are held («يحتجز 5 آلاف عنصر من التنظيم») are prisoners; hostages stay the civilians or soldiers that they are."""


def _side(context: Context, figure: Figure) -> str | None:
    """Whose people they were: the actor named beside them, else the army or police of the report's country by their rank."""
    unit = figure.side_unit
    if unit is not None:
        generic = context.names.generic_of(unit.word) if not unit.has("ACTOR") else None
        if generic is not None and generic.status in ("civilian", "detainee", "unknown"):
            return None
        army = _who_tells_of_its_men(context, figure) if generic is not None and generic.role == "soldiers" else None
        if army is not None:
            return army
        found = _of_a_nation(context, unit) or actor_of(unit, context.names, context.country)
        return None if found == "unidentified" else found
    force = figure.group.noun.feature("force")
    if force == "army" and figure.status == "security":
        force = "police"  # «نقيب في مديرية أمن»
    army = _who_tells_of_its_men(context, figure) if force else None
    if army is not None:
        return army
    return context.names.by_country.get((context.country, force)) if force and context.country else None


def _of_a_nation(context: Context, unit: Unit) -> str | None:
    """«قوى الأمن الداخلي السوري»: a general word for a force with the adjective of a country right after it."""
    after = context.units.row.index_at(unit.end)
    if unit.has("ACTOR") or after >= len(context.units) or not context.units[after].has("ADJ_ACTOR"):
        return None
    if are_gunmen_of_a_nation(context.units, after):
        return None
    return actor_of(context.units[after], context.names, context.country)


def _who_tells_of_its_men(context: Context, figure: Figure) -> str | None:
    """«أعلن الجيش الإسرائيلي مقتل ثلاثة جنود في جنوب لبنان»: soldiers of whom nothing else is said are of the army that tells of them."""
    if figure.effect not in _HARMS:
        return None
    position = context.units.row.index_at(context.grouped[figure.at].start)
    told_by = source_at(context, context.sentence_of(min(position, len(context.units) - 1)), position)
    if told_by is None or told_by[1] > position or position - told_by[2] > _ITS_MEN:
        return None
    actor = context.names.actors.get(context.names.speaks_for.get(told_by[0], told_by[0]))
    return actor.id if actor is not None and actor.type == "State forces" and actor.country != context.country else None


_ITS_MEN: Final = 3
"""How many words after who speaks the men whom he tells of may stand."""


def _event_of(context: Context, figure: Figure, position: int, sentence: int, events: list[EventDraft]) -> EventDraft | None:
    """The event that a figure belongs to: one of its own kind, else the nearest in its sentence, else the last one told."""
    at = bisect_left(events, position, key=lambda e: e.first)
    real = [e for e in events[max(0, at - 40) : at + 40] if e.modality in ("asserted", "attempted")]
    kinds = _OWN_EVENT.get(figure.effect)
    here = [e for e in real if e.sentence == sentence]
    if kinds:
        here = [e for e in here if e.kind in kinds] or here
    if here:
        brought = _that_brought_it(context, position, here)
        nearest = brought or min(here, key=lambda e: (_distance(e, position), e.first))
        if nearest.kind in _CROWDS and figure.effect in _HIT:
            nearest = _that_they_came_after(context, figure, here) or nearest
        if figure.toll and nearest.kind == "bodies_found":
            attacks = (e for e in reversed(real) if e.first < nearest.first and e.kind != "bodies_found")
            return next(attacks, nearest)  # «عثر على أربع جثث، ليرتفع عدد القتلى إلى 13»
        return nearest
    if figure.toll:  # «وبلغ عدد القتلى في معارك المدينة 13»: of the one event that its own sentence names again
        again = [e for e in real if any(context.sentence_of(first) == sentence for first, _ in e.retold[:_NEAR])]
        if len(again) == 1 and context.sentence_of(again[0].first) >= sentence - _TOLL_BACK and again[0].kind not in _REMOTE:
            return again[0]
    earlier = [e for e in real if e.first <= position]
    if earlier and not context.paragraph_break(earlier[-1].first, position):
        return earlier[-1]
    if (added := _added_to(context, figure, sentence, earlier)) is not None:
        return added
    # A paragraph of figures alone counts for the story, not for the last side event told
    return next((e for e in events if e.modality in ("asserted", "attempted")), None)


def _added_to(context: Context, figure: Figure, sentence: int, earlier: list[EventDraft]) -> EventDraft | None:
    """«هاجم مسلحون موقعا …», then in a new paragraph «وأضاف المصدر أن ستة مهاجمين قتلوا»: who adds goes on with what he told."""
    first = context.sentences[sentence][0]
    if not any(unit.has("SAY_V") and unit.word.startswith(_ADDS) for unit in context.units.items[first : first + _SENTENCE_OPENS]):
        return None
    told = (e for e in reversed(earlier[-_NEAR:]) if sentence - context.sentence_of(e.first) <= _ADDS_BACK)
    return next((e for e in told if figure.effect not in _HIT or e.kind not in _HARMLESS), None)


_SENTENCE_OPENS, _ADDS_BACK = 3, 2
_ADDS: Final = ("اضاف", "تابع", "اردف")
_HARMLESS: Final = frozenset(
    {
        "abduction", "agreement_or_ceasefire", "arrest", "curfew", "defection", "deployment", "displacement", "evacuation",
        "judicial_action", "release_or_exchange", "siege", "surrender", "territorial_control", "withdrawal",
    }
)  # fmt: skip
"""Kinds of events that nobody is killed in: the dead are of the attack told with them."""


def _that_they_came_after(context: Context, figure: Figure, here: list[EventDraft]) -> EventDraft | None:
    """«احتجاجات بعد مقتل شاب برصاص الشرطة»: the killing that a crowd came out after is of its own event, told in the same words."""
    if figure.trigger is None:
        return None
    trigger = context.units.row.index_at(figure.trigger.start)
    if not trigger or not context.units[trigger - 1].has("AFTER"):
        return None
    return next((e for e in here if e.kind not in _CROWDS and e.last > trigger and e.first - trigger <= _TOLD_WITH_IT), None)


_CROWDS: Final = ("protest", "riot")
_TOLL_BACK: Final = 4
_REMOTE: Final = ("air_strike", "drone_strike")
"""How many sentences back the event may stand of which a toll counts the dead; a strike told last has no toll of days."""
_TOLD_WITH_IT: Final = 6


def _that_brought_it(context: Context, position: int, here: list[EventDraft]) -> EventDraft | None:
    """«هاجم مسلحون حاجزا فقتلوا جنديين، وفي هجوم آخر …»: harm that «ف» brings in, or «و» before a comma, came of what was told."""
    units = context.units
    for i in range(position - 1, max(0, position - _BROUGHT), -1):
        if units[i].has_any(("COMMA", "STOP", "SEMI")):
            return None
        if units[i].word in ("ف", "و") and units[i + 1].has_any(("HARM_V", "DAMAGE_V")):
            next_told = next((e.first for e in here if e.first > position), position)
            apart = units[i].word == "ف" or units.row.holds("COMMA", first=position, last=next_told)
            return next((e for e in reversed(here) if e.last <= i), None) if apart else None
    return None


_BROUGHT: Final = 8


def _distance(event: EventDraft, position: int) -> int:
    start, end = event.clause
    if start <= position < end:
        return 0
    return min(abs(event.first - position), abs(event.last - position))


def told_earlier(context: Context, draft: FigureDraft) -> bool:
    """Whether the text calls a figure an earlier one: «وكانت حصيلة سابقة …», «في وقت سابق أعلن …»."""
    grouped, at = context.grouped, draft.figure.at
    if draft.figure.toll and 0 < at < len(grouped) - 2 and grouped[at - 1].has("FROM") and grouped[at + 1].has("TO"):
        return grouped[at + 2].has_any(("Q", "GROUP"))  # «ارتفعت من 12 إلى 19»
    found = grouped.row.where("EARLIER", "STOP", "NL", "RISEN", first=at - _EARLIER_REACH + 1, last=at)
    return bool(found) and not grouped[found[-1]].has_any(("STOP", "NL", "RISEN"))  # «… قبل أن يرتفع العدد إلى 19»


_EARLIER_REACH: Final = 14


# --- stated once -----------------------------------------------------------------------------------------------------


def _stated_before(context: Context, draft: FigureDraft, drafts: list[FigureDraft]) -> FigureDraft | None:
    """An earlier figure that this one repeats: same effect, same number, and nothing that sets them apart."""
    of_him, others, known = _of_a_pronoun(context, draft), _said_to_be_others(context, draft), _known_by_their_harm(draft)
    for other in reversed(drafts[-_NEIGHBOURS:]):
        if other.figure.effect != draft.figure.effect or not _same_number(other.quantity, draft.quantity):
            continue
        if other.sentence == draft.sentence and (of_him or _same_name(other, draft)):
            return other
        if known and other.role not in ("subset", "part"):
            return other
        if other.sentence == draft.sentence and other.role != "total":
            continue
        if not _same_people(other, draft) or not _same_rank(other, draft) or others:
            continue
        if draft.value is None and _recalled(other) != _recalled(draft):
            continue  # «عشرات» of today and «عشرات» of an older attack
        if (
            _same_name(other, draft)
            or _in_heading(context, other)
            or _heads_the_item(context, other, draft)
            or _beside_one_told_again(draft, other, drafts)
            or _same_event(other, draft)
        ):
            return other
    return None


def _of_a_pronoun(context: Context, draft: FigureDraft) -> bool:
    """«اغتالوا قياديا وأردوه قتيلا»: the dead man is the one whom the verb's pronoun means."""
    at = draft.figure.at
    before = context.grouped[at - 1] if at else None
    return before is not None and before.has("HARM_V") and before.has("PRON") and bool(draft.figure.group.effect)


def _known_by_their_harm(draft: FigureDraft) -> bool:
    """«نقل المصابين الثلاثة إلى المستشفى»: the three with the article are those told before."""
    group = draft.figure.group
    return group.number is not None and group.effect is not None and group.noun.has("DEF") and group.noun.start < group.number[0]


def _same_name(a: FigureDraft, b: FigureDraft) -> bool:
    """One person, by the whole name or, told again, by the first alone («سعد الأحمد», later «سعد»)."""
    one, other = a.figure.name, b.figure.name
    if not one or not other:
        return False
    return one == other or (" " not in one and other.startswith(one + " ")) or (" " not in other and one.startswith(other + " "))


def _recalled(draft: FigureDraft) -> bool:
    return draft.event is not None and draft.event.background


def _same_rank(told: FigureDraft, again: FigureDraft) -> bool:
    """A part repeats a part of the same whole; a number that stands alone repeats a part only for the same side."""
    if again.role in ("subset", "part"):
        return told.of is again.of
    return told.role not in ("subset", "part") or (told.side is not None and told.side == again.side)


def _in_heading(context: Context, draft: FigureDraft) -> bool:
    """A line at the head of the text that ends without a full stop announces what the text then tells."""
    if draft.sentence > _LEAD_SENTENCES:
        return False
    return _ends_without_stop(context, draft)


def _heads_the_item(context: Context, told: FigureDraft, again: FigureDraft) -> bool:
    """«النيجر توقف سبعة أشخاص» on a line of its own in a round-up, and the seven in the text of the item below it."""
    if not 0 < again.sentence - told.sentence <= _ITEM_BELOW or not _ends_without_stop(context, told):
        return False
    first, end = context.sentences[told.sentence]
    alone = first == 0 or context.paragraph_break(first - 1, first) or context.units[first - 1].has("NL")
    return alone and end - first <= _HEADING


_ITEM_BELOW, _HEADING = 2, 20


def _ends_without_stop(context: Context, draft: FigureDraft) -> bool:
    _, end = context.sentences[draft.sentence]
    last = context.units[end - 1] if 0 < end <= len(context.units) else None
    return draft.sentence < len(context.sentences) - 1 and last is not None and not last.has("STOP")


def _beside_one_told_again(draft: FigureDraft, other: FigureDraft, drafts: list[FigureDraft]) -> bool:
    """«قتل شخصان وأصيب 28»: where the 28 are told again, so are the two beside them."""
    near_by = drafts[-_NEIGHBOURS:]
    return any(d.sentence == other.sentence and draft.sentence in d.told_in for d in near_by if d is not other)


_NEIGHBOURS: Final = 150
_LEAD_SENTENCES: Final = 2


def _around(drafts: list[FigureDraft], i: int) -> list[FigureDraft]:
    """The figures near one in the text; keeps long texts linear."""
    return drafts[max(0, i - _NEIGHBOURS) : i + _NEIGHBOURS]


_RARE: Final = 10
"""From here on the same number of the same harm twice in a report is one figure told twice."""


def _same_number(a: Quantity, b: Quantity) -> bool:
    if a.value is not None or b.value is not None:
        return a.value == b.value
    return (a.vague_word, a.min, a.max) == (b.vague_word, b.min, b.max)


def _same_event(a: FigureDraft, b: FigureDraft) -> bool:
    """Whether two figures can be of one event; the smaller the number, the more must speak for it."""
    if _here_and_there(a.event, b.event):
        return False
    if b.value is not None and b.value >= _RARE:
        return True
    if b.value is not None and b.value <= 2 and not _same_sort(a, b):
        return False
    one, other = a.event, b.event
    if one is other or one is None or other is None:
        return True
    if b.value is not None and b.value <= 2 and one.own_date and other.own_date and one.date != other.date:
        return False
    if one.own_place and other.own_place and one.places and other.places:
        return any(near(x, y) for x in one.places for y in other.places)
    if b.value is not None and b.value <= 2:
        return a.figure.group.noun.word == b.figure.group.noun.word or "named" in (a.figure.group.one, b.figure.group.one)
    return not (one.own_date and other.own_date and one.date != other.date)


def _same_sort(a: FigureDraft, b: FigureDraft) -> bool:
    """«رضيع» and «الطفل» can be one person, «شخص» and «قتيل» anybody; «طفل» and «شرطي» cannot, nor a body and a victim of today."""
    one, other = a.figure.group.noun, b.figure.group.noun
    if bool(one.feature("body")) != bool(other.feature("body")):
        return False
    sorts = {one.feature("en"), other.feature("en")} - {None, *_ANYBODY}
    if sorts == _MEN_OF_RANK and a.side == b.side is not None:
        return True  # «شرطيان», later «ضابطين»: policemen have officers too
    return len(sorts) < 2


_MEN_OF_RANK: Final = {"soldiers", "police and guards"}
_ANYBODY: Final = ("people", "dead", "wounded", "victims", "nationals", "citizens", "civilians", "men and elders", "deaths", "injuries")


def _here_and_there(one: EventDraft | None, other: EventDraft | None) -> bool:
    """Whether two figures are of events on other days in other places: as many dead of each are a coincidence."""
    if one is None or other is None or one is other or not (one.own_date and other.own_date and one.own_place and other.own_place):
        return False
    if one.date is None or other.date is None or one.date.startswith(other.date) or other.date.startswith(one.date):
        return False
    return not any(near(x, y) for x in one.places for y in other.places)


def _said_to_be_others(context: Context, draft: FigureDraft) -> bool:
    """«سبعة مسلحين آخرين», «شرطي آخر»: not those told before."""
    at = draft.figure.at
    return any(unit.has("OTHERS") for unit in context.grouped.items[at + 1 : max(draft.figure.tail, at + 2)])


def _same_people(a: FigureDraft, b: FigureDraft) -> bool:
    names = (a.figure.name, b.figure.name)
    if names[0] and names[1] and not set(names[0].split()) & set(names[1].split()):
        return False
    sides = {a.side, b.side} - {None, "unidentified_gunmen", "unidentified"}
    if len(sides) > 1:
        return False
    known = {a.status, b.status} - {"unknown", "mixed"}
    if len(known) < 2:
        return True
    return known <= {"combatant", "security"} and (a.side is not None or (b.value is not None and b.value >= _RARE))


_VAGUE_RANK: Final = {"plural": 0, "dual_or_plural": 0, "several": 1, "tens": 2, "hundreds": 3, "thousands": 4}
_AT_LEAST: Final = {"dual_or_plural": 2, "plural": 3, "several": 3, "tens": 10, "hundreds": 100, "thousands": 1000}


def _made_precise(context: Context, draft: FigureDraft, drafts: list[FigureDraft]) -> FigureDraft | None:
    """«سقوط قتلى وجرحى», later counted: a vague lead-in for what the report itself gives a number of is no figure.

    The figure that gives the number, or None.
    """
    if draft.quantity.bound != "vague" or draft.role == "subset":
        return None
    if draft.quantity.vague_word == "dual_or_plural" and not _in_heading(context, draft):
        return None
    fits = ("killed", "injured") if draft.figure.effect == "killed_or_injured" else (draft.figure.effect,)
    others = (
        other
        for other in drafts
        if other is not draft
        and other.figure.effect in fits
        and other.role != "subset"
        and (not draft.figure.demographic or draft.figure.demographic == other.figure.demographic)
        and (other.cumulative or not draft.cumulative)
        and (_more_precise(draft.quantity, other.quantity) or _were_two_others(draft, other))
        and (abs(other.sentence - draft.sentence) <= 1 or draft.sentence <= _LEAD_SENTENCES or draft.event is other.event)
        and _same_event(other, draft)
        and _same_people(other, draft)
    )
    return next(others, None)


def _were_two_others(draft: FigureDraft, other: FigureDraft) -> bool:
    """«وأصيب آخرون», and then «إصابة رجلين آخرين»: the press says «آخرون» of two as well."""
    return draft.figure.group.noun.has("OTHERS") and draft.quantity.vague_word == "plural" and other.value == _TWO


_TWO: Final = 2


def _more_precise(vague: Quantity, other: Quantity) -> bool:
    """«قتلى» by «عشرات القتلى» and by 40; «عشرات» not by 3."""
    word = vague.vague_word or "plural"
    if other.bound == "vague":
        return _VAGUE_RANK.get(other.vague_word or "plural", 0) > _VAGUE_RANK.get(word, 0)
    return other.value is None or other.value >= _AT_LEAST.get(word, 3)


def _retell(before: FigureDraft, again: FigureDraft) -> None:
    """Keep the first statement; a firmer bound or a clearer status of the second is taken over."""
    before.retold.append(again.figure)
    before.told_in.add(again.sentence)
    if before.quantity.bound == "exact" and again.quantity.bound in ("at_least", "more_than"):
        before.quantity = again.quantity
    if before.status == "unknown":
        before.status = again.status
    before.side = before.side or again.side
    before.cumulative = before.cumulative or again.cumulative
