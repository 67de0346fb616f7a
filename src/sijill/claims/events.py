"""Triggers become events: one event per incident as told, with its words, kind and modality.

Within a sentence, triggers that tell one event in several words («هجوم انتحاري بسيارة مفخخة استهدف …») are one draft. Across
sentences a definite noun («الهجوم») or the same kind at the same place is the event already told. Who, when and why are added
by the modules beside this one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from sijill.annotate.casualties import LIST_LINE, Figure
from sijill.annotate.events import Trigger
from sijill.annotate.unit import Unit
from sijill.annotate.units import Units
from sijill.claims.context import Context, EventDraft, same_incident, same_story
from sijill.claims.modality import modality, shares_modality
from sijill.claims.nonevents import is_no_event
from sijill.claims.periods import over_a_period

__all__ = ["KILLING_ALONE", "draft_events", "is_a_reply", "is_taken_of_it"]

# From the most telling kind to the least: of two words for one event the firmer names it.
_FIRMNESS: Final = (
    "suicide_bombing", "vehicle_bomb", "assassination", "chemical_attack", "drone_strike", "explosive_device", "air_strike", "shelling",
    "shooting", "stabbing_or_ramming", "armed_assault", "explosion", "attack_unspecified", "protest_repression", "riot", "protest",
    "armed_clash", "security_operation",
)  # fmt: skip
_ATTACKS: Final = frozenset(_FIRMNESS[:13])
_KILLING: Final = "killed by a named force"
KILLING_ALONE: Final = "a killing of which the means is not told"
# Words for what an attack did or used; beside an attack they are no event of their own.
_RESULTS: Final = frozenset({"property_damage", "displacement", "torture"})


def draft_events(context: Context) -> list[EventDraft]:
    """The events of a report in the order of their first words, before places, people and dates."""
    drafts: list[EventDraft] = []
    listed = _lines_of_lists(context)
    for trigger in context.triggers:
        sentence = context.sentence_of(trigger.first)
        if is_no_event(context, drafts, trigger) or _is_means(drafts, trigger, sentence):
            continue
        if listed and context.layout.line_of(trigger.first) in listed:
            continue  # «– 20 من المدنيين بقصف بري»: how the dead of a toll died
        told = _told_already(drafts, sentence, trigger, context)
        if told is not None:
            _join(told, trigger)
            continue
        answered = bool(drafts) and drafts[-1].sentence == sentence and _came_first(context.units, drafts[-1], trigger)
        answered = answered and not _so_long_after(context.units, trigger)  # it may be one told in an earlier sentence
        answered = answered or (bool(drafts) and _went_before(context, trigger))
        drafts.append(
            EventDraft(
                kind=trigger.kind,
                rule=trigger.rule,
                first=trigger.first,
                last=trigger.last,
                sentence=sentence,
                triggers=[trigger],
                weak=trigger.weak or _is_the_worst(context.units, trigger),
                means=list(trigger.means),
                definite=trigger.definite,
                headline=context.layout.is_headline(trigger.first),
                another=_is_another(context.units, trigger),
                simultaneous=answered or _is_simultaneous(context.units, trigger),
                answered=answered,
            )
        )
        drafts[-1].points_back = not answered and _points_back(drafts)
    attacked = {d.sentence for d in drafts if d.kind in _ATTACKS and d.rule != _KILLING}
    drafts = [d for d in drafts if d.rule != _KILLING or d.sentence not in attacked]  # the sentence tells how they were killed
    drafts = [d for d in drafts if d.kind != "territorial_control" or _of_a_place(context, d)]
    if drafts:
        more = _killings_of_items(context, drafts, listed) if context.layout.round_up else _killings_apart(context, drafts)
        drafts = sorted([*drafts, *more], key=_FIRST)
    _bound_clauses(context, drafts)
    for i, draft in enumerate(drafts):
        draft.modality = modality(context, draft, drafts[i - 1] if i else None)
        if i and draft.modality == "asserted" and shares_modality(context, drafts[i - 1], draft):
            draft.modality = drafts[i - 1].modality
        if i and draft.points_back and draft.modality == drafts[i - 1].modality == "hypothetical":
            # «لو نجح الهجوم لامتدت الهجمات إلى …»: the second is what would have come, not the attack told before
            draft.points_back = draft.sentence != drafts[i - 1].sentence
    return drafts or _killing_alone(context)


def _is_the_worst(units: Units, trigger: Trigger) -> bool:
    """«واستهدف أكثر الهجمات دموية منطقة …، حيث انفجرت سيارة مفخخة»: one of the attacks summed up, whose telling only begins."""
    return trigger.verb and any(unit.word in _WORST for unit in units.items[trigger.first : trigger.last + 1])


_WORST: Final = frozenset({"اكثر", "اعنف", "اشد", "اخطر", "ابرز", "اسوا"})


def _lines_of_lists(context: Context) -> frozenset[int]:
    """The lines that break a toll down, each with its own number."""
    lines = [f for f in context.figures if f.rule == LIST_LINE and f.role == "part"]
    return frozenset(context.layout.line_of(context.units.row.index_at(context.grouped[f.at].start)) for f in lines)


def _killing_alone(context: Context) -> list[EventDraft]:
    """«استشهد ثلاثة مقاتلين في البادية» and no word for what was done: an attack of which the means is not told.

    Only where nothing else of the report tells an event, and where a word of war says that it was no accident.
    """
    units = context.units
    killed = next((f for f in context.figures if f.effect in ("killed", "killed_or_injured", "injured")), None)
    if killed is None or units.row.holds("ACCIDENT") or (killed.trigger is not None and killed.trigger.word.startswith(_DIED)):
        return []
    of_war = killed.loaded or killed.status in _ARMED or units.row.holds("ACTOR") or units.row.holds("GENERIC")
    if not (of_war or _counted_by_monitors(context, killed)):
        return []
    draft = _killing(context, killed)
    draft.clause = context.clause(draft.first, draft.last, *context.sentences[draft.sentence])
    return [draft]


_UNTOLD: Final = "attack_unspecified"
"""The kind of what killed, where no word tells it."""


def _killing(context: Context, figure: Figure, kind: str = _UNTOLD) -> EventDraft:
    units, at = context.units, context.units.row.index_at(context.grouped[figure.first].start)
    told = Trigger(at, at + 1, kind, KILLING_ALONE, weak=True, means=(), modality=None, definite=False, verb=units[at].has("PAST"))
    return EventDraft(told.kind, KILLING_ALONE, at, at + 1, context.sentence_of(at), [told], weak=True)


def _killings_of_items(context: Context, drafts: list[EventDraft], listed: frozenset[int]) -> list[EventDraft]:
    """«– مقتل شاب في جاسم.»: the items of a round-up that count dead and have no word for what was done."""
    units, layout = context.units, context.layout
    told = {layout.line_of(draft.first) for draft in drafts} | listed
    found: list[EventDraft] = []
    for figure in context.figures:
        at = units.row.index_at(context.grouped[figure.first].start)
        line = layout.line_of(at)
        died = figure.trigger is None or figure.toll or figure.trigger.word.startswith(_DIED)
        if line in told or figure.effect != "killed" or figure.role != "alone" or died or layout.is_headline(at):
            continue
        if not over_a_period(context, at, context.sentence_of(at)):
            told.add(line)
            found.append(_killing(context, figure))
    return found


def _killings_apart(context: Context, drafts: list[EventDraft]) -> list[EventDraft]:
    """«وقتل الأحد الماضي سبعة جنود في العريش», «كما قتل شرطي آخر في البصرة»: dead with a day or «آخر», and a place, of their own.

    «وفي حادث منفصل قتل شرطي» is enough by itself; «مماثل» says that it was done like the one told before.
    Only in a sentence that tells no event; what is of the same day and place as an event told is taken for it later.
    """
    units, told = context.units, {draft.sentence for draft in drafts}
    found: list[EventDraft] = []
    for n, figure in enumerate(context.figures):
        at = units.row.index_at(context.grouped[figure.first].start)
        sentence = context.sentence_of(at)
        if sentence in told or figure.effect != "killed" or figure.role != "alone" or figure.toll or context.layout.is_headline(at):
            continue
        if sentence < drafts[0].sentence:
            continue  # a lead that sums up what is told below it
        if figure.trigger is None or not figure.trigger.has("KILL_ACTIVE") or figure.trigger.word.startswith(_DIED):
            continue
        low, high = context.sentences[sentence]
        dated = any(span.kind == "date" for span in context.spans_between(low, high))
        one_more = units.row.holds("ALSO_TOO", "OTHERS", first=low, last=min(high, at + _GROUP_WORDS))
        placed = any(m.aside is None and m.place is not None and m.place.level != "country" for m in context.places_between(at, high))
        apart = _in_another_incident(units, low, at)
        if not (apart or (placed and (dated or one_more))) or over_a_period(context, at, sentence) or _told_as_one(context.figures, n):
            continue
        told.add(sentence)
        before = bisect_left(drafts, low, key=_FIRST) - 1
        found.append(_killing(context, figure, drafts[before].kind if apart.startswith(_ALIKE) and before >= 0 else _UNTOLD))
    return found


def _in_another_incident(units: Units, low: int, killed: int) -> str:
    """The word that sets an incident apart before those whom it killed («وفي حادث منفصل قتل …»); empty where there is none."""
    for at in units.row.where("ANOTHER", "OTHERS", first=max(low, killed - _INCIDENT_APART), last=killed):
        if units[at - 1].word in _INCIDENT and at - 1 >= low:
            return units[at].word
    return ""


_INCIDENT: Final = frozenset({"حادث", "حادثه", "واقعه", "الحادث", "الحادثه"})
_INCIDENT_APART: Final = 8
"""How many words before the dead «حادث منفصل» may stand."""
_ALIKE: Final = ("مماثل", "مشابه")


def _told_as_one(figures: Sequence[Figure], n: int) -> bool:
    """«16 مدنيا بين قتيل وجريح … ستة مدنيين قتلوا وأصيب عشرة»: the dead of a number told before, with the wounded behind them."""
    wounded = figures[n + 1] if n + 1 < len(figures) and figures[n + 1].effect == "injured" else None
    dead, hurt = figures[n].group.quantity.value, wounded.group.quantity.value if wounded is not None else None
    if dead is None or hurt is None:
        return False
    return any(
        whole.effect == "killed_or_injured" and whole.group.quantity.value == dead + hurt for whole in figures[max(0, n - _LEAD) : n]
    )


_FIRST: Final = attrgetter("first")


def _counted_by_monitors(context: Context, figure: Figure) -> bool:
    """«وثقت الشبكة مقتل …», «قتل 30 مدنيا»: whom those who watch a war, or the word «مدني», count."""
    units, names = context.units, context.names
    at = units.row.index_at(context.grouped[figure.first].start)
    if any(unit.word.startswith("مدني") for unit in units.items[at : at + _GROUP_WORDS]):
        return True
    low, high = context.sentences[context.sentence_of(at)]
    told_by = [names.sources.get(names.source_of(units[i].word) or "") for i in units.row.where("SOURCE", first=low, last=high)]
    return any(source is not None and source.kind in _MONITORS for source in told_by)


_GROUP_WORDS: Final = 6
_DIED: Final = ("وفاه", "توفي", "توفو", "موت")
"""Words of a death that nobody is said to have brought about."""
_ARMED: Final = ("combatant", "security")
_MONITORS: Final = frozenset({"ngo", "monitor"})


def _is_means(drafts: list[EventDraft], trigger: Trigger, sentence: int) -> bool:
    """Words for what another event met or how it was done: «تصدت الدفاعات لصواريخ», «جثة … مذبوحة بسكين»."""
    last = drafts[-1] if drafts else None
    if last is None or trigger.verb or sentence != last.sentence:
        return False
    near_by = trigger.first - last.last
    met = last.kind == "interception" and trigger.kind in ("shelling", "air_strike", "drone_strike") and near_by <= 3
    how = trigger.weak or trigger.rule == "by the fire of"
    return met or (last.kind == "bodies_found" and how and near_by <= 12)


def _is_simultaneous(units: Units, trigger: Trigger) -> bool:
    """«تزامن ذلك مع قصف …» tells one more event; in «وتزامن القصف مع تحليق …» the bombardment is the one told before."""
    first = trigger.first
    if not units.row.holds("SIMULTANEOUS", first=first - 8, last=first):
        return False
    known = trigger.definite and not trigger.verb and units.row.holds("SIMULTANEOUS", first=first - 1, last=first)
    return not known


def _is_another(units: Units, trigger: Trigger) -> bool:
    """«كما قصفت …», «غارة أخرى», «هجوم مماثل»: told as one more event beside those told before."""
    first, last = trigger.first, trigger.last
    if is_a_reply(units, first) or _harmed_too(units, trigger):
        return True
    if not units.row.holds("ANOTHER", "OTHERS", "ALSO_TOO", first=first - 3, last=last + 3):
        return not trigger.verb and first > 0 and units[first - 1].has("VAGUEQ") and not units[first].has("MISSILE")
    if units.row.holds("ANOTHER", first=first - 3, last=first) or units.row.holds("ANOTHER", "OTHERS", first=last, last=last + 2):
        return True
    if not trigger.verb:
        return first > 0 and units[first - 1].has("VAGUEQ") and not units[first].has("MISSILE")  # «مئات الضربات»: over a longer time
    told_too = ("ANOTHER", "ALSO_TOO")
    return units.row.holds(any_of=told_too, first=first - 3, last=first) or units.row.holds(any_of=told_too, first=last, last=last + 3)


def _harmed_too(units: Units, trigger: Trigger) -> bool:
    """«كما أصيب ثلاثة من الزوار بانفجار عبوة ناسفة»: others came to harm in one more attack, which no article says was told."""
    first = trigger.first
    if trigger.definite or trigger.verb or first < 2 or not units[first - 1].has("IN"):
        return False
    low = max(0, first - _HARMED_TOO)
    too = units.row.where("ALSO_TOO", "STOP", "SEMI", first=low, last=first)
    return bool(too) and units[too[-1]].word == "كما" and units[too[-1] + 1].has("HARM_V")


_HARMED_TOO: Final = 12
"""How many words from «كما» the attack may stand in which others were harmed."""


def is_a_reply(units: Units, first: int) -> bool:
    """«وردت القوات بقصف …»: an attack that answers the one told before."""
    return units.row.holds("REPLIED", first=first - _REPLY, last=first)


_REPLY: Final = 4


def _of_a_place(context: Context, draft: EventDraft) -> bool:
    """Control is taken of a place; of a lorry, a fire or «the situation» it is no event of the list."""
    if is_taken_of_it(context, draft):
        return True
    if context.units[draft.first].word in _TAKEN_OF_IT and not context.units[draft.first].word.startswith("استعاد"):
        return False  # «تحريرها» of a woman; «استعادتها السيطرة على …» tells who takes it
    if context.units.row.holds("LAND", "KIND", first=draft.last, last=draft.last + 4):
        return True
    units = context.units
    if draft.rule == _FALLS and units.row.holds("LAND", "KIND", "PLACE", first=draft.first, last=draft.last):
        return True
    on = next(iter(units.row.where("ON", "STOP", "SEMI", "CONTROL_V", first=draft.last, last=draft.last + _SUBJECT_REACH)), None)
    if on is not None and units[on].has("ON") and context.places_between(on, on + 4):
        return True  # «سيطرت القوات وفصائل موالية لها الأحد على مدينة …»
    if draft.first and units[draft.first - 1].has("REL") and context.places_between(max(0, draft.first - _SUBJECT_REACH), draft.first):
        return True  # «بلدة أ التي سقطت في يد …»
    named = context.places_between(draft.first, draft.last + 6)
    if named and not context.units.row.holds("CONJ", "COMMA", first=draft.last, last=named[0].first):
        return True
    return units[draft.first].has("CONTROL_V") and _takes_for_object(units, draft.last)


def is_taken_of_it(context: Context, draft: EventDraft) -> bool:
    """«عادت الحكومة إلى عدن بعد تحريرها من الحوثيين»: done, to a place that the sentence has named, and from whom it was taken."""
    units, first, last = context.units, draft.first, draft.last
    if units[first].word not in _TAKEN_OF_IT or last >= len(units) or not units[last].has_any(("FROM", "BY")):
        return False
    if not units.row.holds("ACTOR", "GENERIC", first=last, last=last + 4) or units[first - 1].word == "ل":
        return False
    if not units.row.holds("AFTER", "SINCE", "AUX", first=first - _TAKEN_AFTER, last=first):
        return False
    low = max(context.sentences[draft.sentence][0], first - _SUBJECT_REACH)
    return bool(context.places_between(low, first))


_TAKEN_OF_IT: Final = frozenset(
    {
        "تحريرها", "تحريره", "استردادها", "استرداده", "استعادتها", "استعادته", "احتلالها", "احتلاله",
        "الاستيلاء عليها", "الاستيلاء عليه", "السيطره عليها", "السيطره عليه",
    }
)  # fmt: skip
_TAKEN_AFTER: Final = 4
"""How many words before «تحريرها» the word may stand that says that it was done."""


_FALLS: Final = "a place falls into hands"


def _takes_for_object(units: Units, at: int) -> bool:
    """«استعادت القوات، أمس، بلدة …», «انتزعت القوات والفصائل الموالية لها، مدينة …»: a place that no preposition governs."""
    end = units.row.first_of("PREP", "PAST", "REL", "STOP", "SEMI", first=at, last=at + _SUBJECT_REACH)
    return units.row.holds("KIND", "LAND", "PLACE", first=at, last=at + _SUBJECT_REACH if end is None else end)


_SUBJECT_REACH: Final = 14
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


def _points_back(drafts: list[EventDraft]) -> bool:
    """Whether the last draft so far is only a definite noun for an event that has been told («الهجوم», «عمليات التمشيط»)."""
    draft = drafts[-1]
    general = draft.weak or draft.kind in ("security_operation", "suicide_bombing")  # «الانتحاري» of a bombing told before
    if not general or not draft.definite or draft.triggers[0].verb:
        return False
    return any(same_incident(e.kind, draft.kind) for e in (*drafts[:_LEAD], *drafts[-_RECENT:-1]))


def _joins(context: Context, draft: EventDraft, trigger: Trigger) -> bool:
    """Whether a trigger goes on telling the draft's event: kinds that fit, and no new clause between."""
    if not same_story(draft.kind, trigger.kind):
        return draft.kind in _ATTACKS and trigger.kind in _RESULTS and not _new_clause(context.units, draft.last, trigger)
    if trigger.first - draft.last > 14 or context.units.row.holds("SIMULTANEOUS", first=draft.last, last=trigger.first):
        return False  # «استهدفت المقاومة رتلا …، في غضون ذلك استهدف …»
    before = context.units.items[max(0, trigger.first - 2) : trigger.first]
    if len(before) == 2 and before[0].has("DATE") and before[1].has("FROM"):
        return False  # «قتلوا ضابطا أمس، بعد ثلاثة أيام من تفجير …»
    if _came_first(context.units, draft, trigger) or _went_before(context, trigger):
        return False
    if trigger.first and context.units[trigger.first - 1].word.startswith(_FOLLOWED):
        return False  # «انفجرت سيارة تلاها انفجار ثان», «هجوم أعقبه إطلاق نار»
    if _by_so_many(context.units, draft, trigger):
        return True
    if trigger.verb and context.units[trigger.first].has("LAUNCH_V") and context.units[trigger.first - 1].has("COMMA") and draft.definite:
        return False  # «في موازاة الهجوم الذي شنه الفصيل، شنت القوات هجوما»
    amid = trigger.first > 0 and (context.units[trigger.first - 1].has("KHILAL") or context.units[trigger.first - 1].word == "وسط")
    by_way = trigger.first > 1 and _by_way_of(context.units, trigger.first)
    if amid and not by_way and not draft.weak and draft.kind != trigger.kind:
        return False  # «تحطمت طائرة أثناء قصفها حيا», «اقتحمت … وسط اشتباكات»: two things that happened at once
    if draft.kind == trigger.kind and not (draft.weak or trigger.weak) and _listed(context.units, draft, trigger):
        return False
    comma = context.units.row.holds("COMMA", first=draft.last, last=trigger.first)
    if comma and (trigger.definite or not (draft.weak or trigger.weak)):
        return False
    return not _new_clause(context.units, draft.last, trigger)


def _by_so_many(units: Units, draft: EventDraft, trigger: Trigger) -> bool:
    """«استهدفت طائرة، بعدة غارات، محيط المدينة»: by how many attacks of its own kind the verb was done."""
    first = trigger.first
    if trigger.verb or not draft.triggers[0].verb or draft.kind != trigger.kind or first < 2:
        return False
    return units[first - 1].has_any(("VAGUEQ", "Q")) and units[first - 2].word == "ب"


_FOLLOWED: Final = ("تلاه", "تلته", "تلتها", "اعقبه", "اعقبته", "اعقبتها", "تبعه", "تبعته", "تبعتها")


def _by_way_of(units: Units, first: int) -> bool:
    """«من خلال إطلاق النار عليه»: how it was done, and not what happened meanwhile."""
    return units[first - 1].has("KHILAL") and units[first - 2].has("FROM")


def _came_first(units: Units, draft: EventDraft, trigger: Trigger) -> bool:
    """«شن غارات على أ بعد تفجير ب», «… بعد الهجوم الذي أوقع …»: what an attack answers, with a place or a clause of its own."""
    if trigger.verb or draft.weak or not trigger.first:
        return False
    if _so_long_after(units, trigger):
        return draft.kind in _ATTACKS
    if _is_of_a_death_before(units, draft, trigger):
        return True
    if (
        units[trigger.first - 1].word not in _AFTERWARDS
        or draft.kind not in _ATTACKS
        or units.row.holds("DATE", "FROM", first=trigger.first - 2, last=trigger.first - 1)
    ):
        return False
    if trigger.kind != draft.kind and not trigger.weak:
        return True  # «غارات … عقب قصف مدفعي»
    last = trigger.last
    while last < min(len(units), trigger.last + _ADJECTIVES) and units[last].has_any(("SUICIDE", "ADJ", "ADJ_ACTOR")):
        last += 1  # «منذ التفجير الانتحاري في …»
    return any(unit.has_any(("PLACE", "KIND", "REL", "DATE")) for unit in units.items[last : last + 2])


_ADJECTIVES: Final = 3


def _is_of_a_death_before(units: Units, draft: EventDraft, trigger: Trigger) -> bool:
    """«شن غارات على الفصيل بعد مقتل جندي بنيران …»: the shots by which somebody died whom an attack avenges."""
    if draft.kind not in _ATTACKS or trigger.kind == draft.kind:
        return False
    died = units.row.where("HARM_N", first=max(draft.last, trigger.first - _DEATH_BEFORE), last=trigger.first)
    return bool(died) and units[died[0] - 1].word in _AFTERWARDS


_DEATH_BEFORE: Final = 8


def _so_long_after(units: Units, trigger: Trigger) -> bool:
    """«وقع بعد ثلاث سنوات على إطلاق النار الذي شهدته مدرسة»: an older attack, with a clause or a place of its own."""
    first, last = trigger.first, trigger.last
    if first < 2 or not units[first - 1].has_any(("FROM", "ON")) or not units[first - 2].has("DATE"):
        return False
    if not units[first - 2].word.startswith(("بعد", "قبل")):
        return False
    return any(unit.has_any(("PLACE", "REL")) for unit in units.items[last : last + 2])


def _went_before(context: Context, trigger: Trigger) -> bool:
    """«وسبقت هذه الغارة سلسلة من الغارات»: other attacks, which came before the one told."""
    units, first = context.units, trigger.first
    low = max(context.sentences[context.sentence_of(first)][0], first - _WENT_BEFORE)
    if units[first - 1].has("DEMONSTRATIVE"):
        return False
    at = units.row.first_of("PRECEDE_V", first=low, last=first)
    if at is None:
        return False
    told_of = units[at].word.endswith(("ها", "ه", "هما"))
    return told_of or any(unit.has("DEF") and unit.has_any(_ATTACK_NOUNS) for unit in units.items[at + 1 : first])


_ATTACK_NOUNS: Final = ("SHELL_N", "RAID_N", "ATTACK_N", "BLAST_N", "STRIKE_N")
_WENT_BEFORE: Final = 8
"""How many words from «سبقت» the attacks may stand that came before."""
_AFTERWARDS: Final = frozenset({"بعد", "عقب", "في اعقاب", "غداه", "ردا علي", "منذ", "اثر", "علي اثر"})


def _new_clause(units: Units, last: int, trigger: Trigger) -> bool:
    between = units.items[last : trigger.first]
    for i, unit in enumerate(between):
        tags = unit.entry.tags
        if not _ENDS_A_CLAUSE.isdisjoint(tags):
            return True
        if "CONJ" in tags and _after(units, between, i, trigger).has_any(_VERB):
            return True
        if "CONJ" in tags and _turns_to_a_place([*between[i + 1 : i + 1 + _SCENE_WORDS], units[trigger.first]]):
            return True
        if "BEFORE" in tags and _after(units, between, i, trigger).has("THAT"):
            return True  # «طعن جنديا قبل أن تطلق عليه النار»
    return False


def _turns_to_a_place(after: Sequence[Unit]) -> bool:
    """«…، وفي بعقوبة قتل شرطيان بعبوة»: behind «و» a place, and then a verb."""
    if not after[0].has("IN"):
        return False
    verb = next((i for i, unit in enumerate(after) if unit.has_any(_VERB)), None)
    return verb is not None and any(unit.has_any(("PLACE", "KIND")) for unit in after[:verb])


_SCENE_WORDS: Final = 6


def _after(units: Units, between: Sequence[Unit], i: int, trigger: Trigger) -> Unit:
    """The unit after one of those before a trigger."""
    return between[i + 1] if i + 1 < len(between) else units[trigger.first]


_ENDS_A_CLAUSE: Final = frozenset({"STOP", "SEMI", "ALSO", "REPLIED"})
_VERB: Final = frozenset({"PAST", "PRES", "AUX"})


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
        draft.kind, draft.rule, draft.weak = trigger.kind, trigger.rule, draft.weak and trigger.weak


def _rank(kind: str) -> int:
    return _FIRMNESS.index(kind) if kind in _FIRMNESS else len(_FIRMNESS)


def _bound_clauses(context: Context, drafts: list[EventDraft]) -> None:
    for i, draft in enumerate(drafts):
        low, high = context.sentences[draft.sentence]
        if i and drafts[i - 1].sentence == draft.sentence and drafts[i - 1].last <= draft.first:
            low = drafts[i - 1].last
        # An event told inside the words of this one («استهداف سيارة … لصد الهجوم، من قبل مسيرة») does not end its clause.
        after = next((e for e in drafts[i + 1 : i + 4] if e.first >= draft.last), None)
        if after is not None and after.sentence == draft.sentence:
            high = after.first
        draft.clause = context.clause(draft.first, draft.last, low, max(high, draft.last))
        told = context.places_between(low, draft.first) if is_taken_of_it(context, draft) else []
        if told:
            draft.clause = told[-1].first, draft.clause[1]  # «إلى عدن بعد تحريرها»: there
