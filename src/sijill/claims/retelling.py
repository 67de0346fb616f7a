"""What the report is about, and what it tells twice: retold events become one, old ones are background, a few are main."""

from __future__ import annotations

from typing import Final

from sijill.annotate.numbers import Quantity
from sijill.annotate.places import Place
from sijill.annotate.unit import Unit
from sijill.annotate.units import Units
from sijill.claims.context import Context, EventDraft, same_incident
from sijill.claims.drafts import FigureDraft
from sijill.claims.events import KILLING_ALONE
from sijill.claims.kinds import is_by_both_sides, is_with_arms
from sijill.claims.periods import long_before
from sijill.claims.scenes import finer, inside, is_wide, near
from sijill.geo import km
from sijill.text import fold

__all__ = ["is_about_conflict", "mark_background", "mark_main", "merge_retold"]


def merge_retold(context: Context, drafts: list[EventDraft]) -> list[EventDraft]:
    """One event per incident as told: a later draft that tells an earlier one again is folded into it.

    A headline gives way to the sentence that tells its event; one that no sentence tells is of another story.
    """
    kept: list[EventDraft] = []
    tolls = _tolls(context, drafts)
    for draft in drafts:
        alike = [e for e in _recent(kept) if e.kind == draft.kind or same_incident(e.kind, draft.kind)]
        alike = [e for e in alike if _retells(context, e, draft) or _recounts(context, tolls, e, draft)]
        if draft.rule == _FALLS and not alike:
            alike = [e for e in _recent(kept) if _brought_it_down(context.units, e, draft)]
            draft.date = draft.date if draft.own_date or not alike else None  # the day of the news is not that of the fall
        told = _likest(alike, draft)
        if told is None:
            kept.append(draft)
        elif told.headline and not draft.headline:
            _fold(context, draft, told)
            kept[kept.index(told)] = draft
        elif _is_summary(context, told) and (told.summed or _narrows(told, draft) or 0 < len(draft.places) < len(told.places)):
            _fold(context, draft, told)
            told.summed = True
            kept.append(draft)
        else:
            _fold(context, told, draft)
    in_text = [draft for draft in kept if not draft.headline and not draft.summed]
    return in_text or kept


def _brought_it_down(units: Units, told: EventDraft, draft: EventDraft) -> bool:
    """«قتلوا في إسقاط الطائرة. وأحيوا ذكرى تحطم الطائرة»: an aircraft that was said to be shot down, and fell."""
    known = told.kind == "interception" and units.row.holds("AIRCRAFT", first=told.first, last=told.last)
    if not known or not units[draft.last - 1].has("DEF"):
        return False
    if told.own_date and draft.own_date and not _same_day(told, draft):
        return False
    there = not (told.own_place and draft.own_place) or any(near(a, b) for a in told.places for b in draft.places)
    return there and told.modality == draft.modality


_FALLS: Final = "an aircraft falls"


def _one_site(a: Place, b: Place) -> bool:
    """«مسجد الصادق», «جامع الإمام الصادق»: a site that no list has, under its name with and without «الإمام»."""
    if a.entry is not None or b.entry is not None or not a.level == b.level == "site":
        return False
    one, other = (frozenset(fold(place.name).text.split()) - _HONOURS for place in (a, b))
    return bool(one) and one == other


_HONOURS: Final = frozenset({"الامام", "الشيخ", "النبي"})


def _tolls(context: Context, drafts: list[EventDraft]) -> dict[int, set[tuple[str, float]]]:
    """How many came to what harm, by the sentence that tells it, of those that tell one event.

    Small numbers, which many incidents share, are left out.
    """
    tolls: dict[int, set[tuple[str, float]]] = {}
    for figure in context.figures:
        value = figure.group.quantity.value
        if value is not None and value >= _TELLING and figure.effect in _HARM:
            at = context.units.row.index_at(context.grouped[figure.at].start)
            tolls.setdefault(context.sentence_of(at), set()).add((figure.effect, value))
    if not tolls:
        return tolls
    events: dict[int, int] = {}
    for draft in drafts:
        events[draft.sentence] = events.get(draft.sentence, 0) + 1
    return {sentence: told for sentence, told in tolls.items() if events.get(sentence) == 1}


def _recounts(context: Context, tolls: dict[int, set[tuple[str, float]]], told: EventDraft, draft: EventDraft) -> bool:
    """«قتل 15 جنديا بعبوة على طريق درعا. وقال مصدر إن 15 جنديا قتلوا قرب …»: so many again, soon after and on the same day."""
    if not tolls or not 0 < draft.sentence - told.sentence <= _SOON_AGAIN or draft.another or draft.simultaneous or told.headline:
        return False
    if told.modality != draft.modality or not tolls.get(told.sentence, set()) & tolls.get(draft.sentence, set()):
        return False
    if told.agents and draft.agents and not set(told.agents) & set(draft.agents) and not _anonymous(told, draft):
        return False
    if _names_another_place(context.units, told, draft):
        return False  # three dead in each of two raids
    return told.said_then or not (told.own_date and draft.own_date) or _same_day(told, draft)


_TELLING: Final = 3
"""From how many on a number that is told twice speaks for one incident."""
_SOON_AGAIN: Final = 4
_LEAD, _RECENT = 20, 120
_ENOUGH_EVIDENCE, _ENOUGH_PLACES = 60, 30


def _recent(kept: list[EventDraft]) -> list[EventDraft]:
    """The events that a later sentence can tell again: the lead's, and the last ones. Keeps long texts linear."""
    return kept if len(kept) <= _LEAD + _RECENT else kept[:_LEAD] + kept[-_RECENT:]


def _likest(alike: list[EventDraft], draft: EventDraft) -> EventDraft | None:
    if len(alike) < 2:
        return alike[0] if alike else None
    return max(alike, key=lambda told: _likeness(told, draft))


def _likeness(told: EventDraft, draft: EventDraft) -> tuple[int, int]:
    """How much two tellings share, and which is nearer: doer, day and place first, then the one told last."""
    shared = 2 * bool(set(told.agents) & set(draft.agents)) + 2 * (told.own_date and draft.own_date and _same_day(told, draft))
    shared += draft.own_place and told.own_place and any(near(a, b) for a in told.places for b in draft.places)
    return shared, told.first


def _retells(context: Context, told: EventDraft, draft: EventDraft) -> bool:
    """Whether a draft tells again what another of its sort has told."""
    pointer = draft.points_back
    if (draft.simultaneous or draft.another) and not pointer:
        return False
    if told.headline and not draft.headline:
        return _tells_headline(told, draft)
    if told.sentence == draft.sentence and long_before(context.units, draft):
        return False  # «… بعد ثلاث سنوات على إطلاق النار في ليون»
    if context.layout.round_up and context.paragraph_break(told.last, draft.first):
        return False  # the items of a round-up are separate incidents
    tried = told.kind == "assassination" and told.modality == "attempted" and draft.kind == "shooting"
    if told.modality != draft.modality and not (pointer and told.modality == "asserted") and not tried:
        return False
    if told.kind != draft.kind and not _may_be_one_kind(context, told, draft):
        return False
    if _tells_anew(context, told, draft) or _opens_a_series(context.units, told, draft):
        return False
    if told.own_date and draft.own_date:
        if told.date == draft.date and set(told.agents) & set(draft.agents):
            return True
        if not _same_day(told, draft) and not _came_before(told, draft):
            return False
    elif draft.own_date and told.date and not draft.points_back and not _same_day(told, draft):
        return False
    shown = draft.first > 0 and context.units[draft.first - 1].has("DEMONSTRATIVE")  # «هذا الهجوم», wherever it is spoken of
    if shown and (pointer or (told.kind == draft.kind and draft.definite)):
        return True
    if draft.own_place and told.own_place and told.places and draft.places:
        if not pointer and told.sentence > 1 and _one_is_a_country(told, draft):
            return False  # what is said of a whole country is not told again by each attack in it
        scene_km = _POINTER_KM if pointer else 0.0
        plain = not (draft.definite or pointer)
        if draft.definite and not draft.triggers[0].verb and draft.sentence - told.sentence <= _SOON:
            scene_km = _SOON_KM
        there = any(
            (near(a, b) and not (plain and _two_towns(a, b))) or _within_km(a, b, scene_km) or _may_lie_in(b, a) or _one_site(a, b)
            for a in told.places
            for b in draft.places
        )
        if not there and not (scene_km == _SOON_KM and draft.kind in _OF_A_SPOT and any(map(_nowhere_exactly, draft.places))):
            return False
    elif draft.own_place and not told.own_place and told.places:
        return any(near(a, b) for a in told.places for b in draft.places)
    elif draft.sentence - told.sentence > 4 and not draft.definite and told.kind != draft.kind:
        return False
    known = told.agents and draft.agents
    if known and not set(told.agents) & set(draft.agents) and not _anonymous(told, draft) and not _of_one_coalition(told, draft):
        return False
    return told.background == draft.background or draft.definite


def _opens_a_series(units: Units, told: EventDraft, draft: EventDraft) -> bool:
    """«تفجير خان بني سعد … قتل 30 في سلسلة تفجيرات استهدفت مناطق مختلفة»: many attacks, and not the one of a place told before."""
    if draft.definite or draft.points_back or not told.own_place or _is_of_a_series(units, told):
        return False
    return _is_of_a_series(units, draft) and not any(is_wide(place) or place.level == "country" for place in told.places)


def _is_of_a_series(units: Units, draft: EventDraft) -> bool:
    return any(unit.word.startswith(_SERIES) for unit in units.items[max(0, draft.first - 1) : draft.first + 1])


_SERIES: Final = ("سلسله", "موجه")


def _may_be_one_kind(context: Context, told: EventDraft, draft: EventDraft) -> bool:
    """Whether one attack can be told by two words: «هجوم بسكين» and «أطلق النار» are two things done."""
    if (
        _tells_in_detail(context, told, draft)
        or _was_guided(context.units, told, draft)
        or _was_by_a_drone(told, draft)
        or (_leaves_the_means_open(context, told, draft) and set(told.agents) & set(draft.agents))
    ):
        return True
    if draft.kind == "explosive_device" and told.kind != draft.kind and _is_of_mines(context.units, draft):
        return False  # «هجوم … انفجار ألغام تركها المسلحون»: what goes off under somebody's foot is no part of it
    if {told.kind, draft.kind} & _REMOTE and {told.kind, draft.kind} & _BOMBS:
        return False  # «تفجير …» and «الضربات الجوية»: what goes off on the ground and what comes from afar
    known_noun = {told.kind, draft.kind} <= _REMOTE and (draft.definite or _by_a_known_noun(context.units, draft))
    open_to_more = draft.weak or told.weak or draft.definite or known_noun
    return open_to_more and (known_noun or _is_general(told) or _is_general(draft))


def _is_of_mines(units: Units, draft: EventDraft) -> bool:
    return any(unit.word.startswith(_MINES) for unit in units.items[draft.first : draft.last + 1])


_MINES: Final = ("لغم", "الغام", "اللغم", "الالغام")


def _leaves_the_means_open(context: Context, told: EventDraft, draft: EventDraft) -> bool:
    """«قصف الجيش سوقا», and right after it «قصف الطيران السوق»: shelling of which nothing said that guns did it."""
    if told.kind != "shelling" or "artillery" in told.means or draft.kind not in ("air_strike", "drone_strike"):
        return False
    first, last = context.sentences[told.sentence]
    return draft.sentence - told.sentence <= 1 and not context.units.row.holds("SHELLFIRE", "TANK", "ARMOUR", first=first, last=last)


def _of_one_coalition(a: EventDraft, b: EventDraft) -> bool:
    """«غارة أميركية», and then «طائرة للتحالف الدولي بقيادة الولايات المتحدة»."""
    return {*a.agents, *b.agents} == {"united_states", "intl_coalition"}


def _was_by_a_drone(told: EventDraft, draft: EventDraft) -> bool:
    """«مقتل شخص بغارة على الدانا. استهدفت طائرة مسيرة سيارة في الدانا»: the raid of the first sentence, told more exactly right behind."""
    if (told.kind, draft.kind) != ("air_strike", "drone_strike") or told.sentence or draft.sentence > _IN_DETAIL or told.triggers[0].verb:
        return False
    return told.own_place and draft.own_place and any(near(a, b) for a in told.places for b in draft.places)


def _was_guided(units: Units, told: EventDraft, draft: EventDraft) -> bool:
    """«استهدفتهم القوات بصاروخ»، then «بصاروخ موجه استهدف سيارتهم»: the same missile, told more exactly."""
    if told.kind != "shelling" or draft.rule != _GUIDED or not 0 < draft.sentence - told.sentence <= _IN_DETAIL:
        return False
    return units.row.holds("MISSILE", first=told.first, last=told.last) and bool(set(told.agents) & set(draft.agents))


_GUIDED: Final = "guided missile"


def _tells_in_detail(context: Context, told: EventDraft, draft: EventDraft) -> bool:
    """How an attack just told was made: the bomber of a car bomb, the shots of an ambush or of those who stormed a building."""
    apart = draft.sentence - told.sentence
    if draft.own_date and told.own_date and draft.date != told.date:
        return False
    if {told.kind, draft.kind} <= _BLASTS:
        return 0 <= apart <= _IN_DETAIL
    if draft.kind != "shooting" or draft.weak:
        return False
    by_the_same = bool(set(told.agents) & set(draft.agents)) or not told.agents
    if told.kind == "assassination":
        return apart <= _IN_DETAIL and (by_the_same or _anonymous(told, draft))
    goes_on = any(unit.has("CONJ") for unit in context.units.items[max(0, draft.first - 2) : draft.first])
    goes_on = goes_on or _tells_of_a_wound(context.units, told, draft)
    ambush = told.rule == "armed attack"  # of a man: «نصبوا له كمينا وأمطروه بالرصاص» is a shooting
    return told.kind == "armed_assault" and not ambush and apart == 0 and goes_on and by_the_same


def _tells_of_a_wound(units: Units, told: EventDraft, draft: EventDraft) -> bool:
    """«هاجم مسلحون حاجزا وأصيب جندي بطلقات نارية»: by what who was hurt in the attack was hurt."""
    if draft.rule != "by the fire of" or units.row.holds("STOP", "SEMI", "ALSO", first=told.last, last=draft.first):
        return False
    harm = units.row.where("HARM_V", first=max(told.last, draft.first - _WOUND), last=draft.first)
    return bool(harm) and units[harm[-1] - 1].has("CONJ")


_WOUND: Final = 6
"""How many words may stand between the verb of harm and the bullets that did it."""
_BLASTS: Final = frozenset({"vehicle_bomb", "suicide_bombing"})
_BOMBS: Final = _BLASTS | {"explosive_device"}
_IN_DETAIL: Final = 2
"""How many sentences on the way in which an attack was made may be told."""


def _may_lie_in(place: Place, wide: Place) -> bool:
    """A village, told after the countryside that an attack was in: «في ريف دير الزور», and then «في قرية أ»."""
    if place.entry is None and place.within is None:
        return is_wide(wide)
    if place.entry is None and place.level in _SMALL and wide.part is not None and wide.entry is not None and wide.entry.level == "country":
        return place.country == wide.country  # «قرية شمالي البلاد», and then the village by a name that no list has
    return wide.part is not None and "ريف" in wide.part and place.level in _SMALL and _within_km(place, wide, _COUNTRYSIDE_KM)


_SMALL: Final = ("village", "town", "site", "neighbourhood")
_COUNTRYSIDE_KM: Final = 80.0


def _names_another_place(units: Units, told: EventDraft, draft: EventDraft) -> bool:
    """«غارة على أ … وغارة على ب»: of two attacks told by the same plain noun, each has its own named place right after «على».

    «الغارة على ب» too, behind one on another settlement: «الغارات» and «القصف» may be of several spots, a single raid is not.
    """
    if draft.triggers[0].verb or told.triggers[0].verb or told.kind != draft.kind:
        return False
    if draft.definite and not (draft.kind in _REMOTE and units[draft.first].has("RAID_N") and units[draft.first].has("SG")):
        return False
    if draft.definite and (any(map(is_wide, told.places)) or any(near(a, b) for a in told.places for b in draft.places)):
        return False
    here, there = _named_after_on(units, draft), _named_after_on(units, told)
    return here is not None and there is not None and here != there


def _named_after_on(units: Units, draft: EventDraft) -> str | None:
    """The place name after «على» behind an event's words, a kind word before it («بلدة») left out."""
    on = next((i for i in range(draft.first, min(draft.last + 3, len(units))) if units[i].has("ON")), None)
    if on is None:
        return None
    at = next((i for i in range(on + 1, min(on + 4, len(units))) if not units[i].has_any(("KIND", "QUOTE"))), None)
    if at is None:
        return None
    named = units[at].has_any(("PLACE", "PLACE_WEAK")) or (units[at - 1].word in _SETTLEMENTS and units[at].has("W"))
    return units[at].word if named else None


_SETTLEMENTS: Final = frozenset({"بلده", "قريه", "مدينه", "حي", "مخيم"})


def _tells_anew(context: Context, told: EventDraft, draft: EventDraft) -> bool:
    """A plain verb sentences later, or one more arrest or operation with nothing that points back, tells another incident."""
    apart = draft.sentence - told.sentence
    known = draft.first > 0 and context.units[draft.first - 1].has("REL")  # «المرأة التي اعتقلت»
    known = known or (draft.kind == "arrest" and told.kind == "arrest" and _of_them(context.units[draft.first]))
    if draft.triggers[0].verb and not draft.weak and apart > 2 and not known and not _explains(context, draft):
        return True
    if _names_another_place(context.units, told, draft):
        return True
    if told.own_date and told.date and len(told.date) == _A_YEAR and not draft.definite and not draft.own_date and apart > 1:
        return True  # «تراجعت الهجمات عام 2011», and sentences later the attack of yesterday
    if draft.own_date and not draft.definite and draft.date and draft.date.endswith("/..") and len(draft.date) <= _SINCE_A_MONTH:
        return True  # «في هجمات يشنها الفصيل منذ عام 2013»
    return not (draft.definite or known) and draft.kind in _DONE_OFTEN and apart > 1 and not (draft.own_place and told.own_place)


def _of_them(noun: Unit) -> bool:
    """«باعتقالهما», «بعد اعتقاله»: of somebody spoken of before."""
    return not noun.has("PAST") and noun.word.endswith(("هما", "هم", "هن", "ها", "اعتقاله", "توقيفه", "احتجازه"))


def _explains(context: Context, draft: EventDraft) -> bool:
    """«وأوضح المصدر أن انتحاريا فجر نفسه …», with no day or place of its own: how the attack was made."""
    low, _ = context.sentences[draft.sentence]
    return not (draft.own_date or draft.own_place) and context.units.row.holds("EXPLAINS", first=low, last=draft.first)


_A_YEAR: Final = len("2022")
_SINCE_A_MONTH: Final = len("2022-01/..")
_DONE_OFTEN: Final = frozenset({"arrest", "judicial_action", "security_operation", "abduction"})


def _by_a_known_noun(units: Units, draft: EventDraft) -> bool:
    """«واستهدف القصف منزلهم»: a verb whose subject is the attack told before."""
    return any(unit.has("DEF") and unit.has_any(_ATTACK_NOUNS) for unit in units.items[draft.first : draft.last])


_REMOTE: Final = frozenset({"shelling", "air_strike", "drone_strike"})
_ATTACK_NOUNS: Final = frozenset({"SHELL_N", "RAID_N", "ATTACK_N", "BLAST_N", "STRIKE_N"})


def _is_general(draft: EventDraft) -> bool:
    """A word for an attack or a blast that leaves open how it was made; «القصف» may be from the air."""
    return (
        (draft.kind == "shelling" and draft.definite)
        or draft.kind in ("attack_unspecified", "explosion", "armed_assault", "security_operation", "protest")
        or draft.rule in ("bombing", "an explosion aimed at something")
    )


def _is_summary(context: Context, told: EventDraft) -> bool:
    """«هجومان في محافظتي …», «سلسلة هجمات», «ثلاثة حوادث انفجار» in the lead, «هجمات» in several places: they follow one by one."""
    units, head = context.units, context.units[told.first]
    several = head.has("DUAL") or head.has("DUALPL") or head.word.startswith(("سلسله", "موجه"))
    several = several or any(units[i].word in _SEVERAL or _is_counted(units, i) for i in range(max(0, told.first - 2), told.first))
    scattered = not told.definite and head.word in _INCIDENTS and len(told.places) > 1  # «هجمات وقعت في بغداد وشمال العراق»
    return ((several and told.sentence <= 1) or scattered) and not told.triggers[0].verb


def _is_counted(units: Units, i: int) -> bool:
    """Whether a number of two or more stands right before a word for incidents («ثلاثة حوادث»)."""
    quantity = units[i].value if units[i].has("Q") else None
    return isinstance(quantity, Quantity) and (quantity.value or 0) >= 2 and units[i + 1].word in _INCIDENTS


_SEVERAL: Final = frozenset({"حادثتين", "حادثتان", "حادثين", "حادثان"})
_INCIDENTS: Final = frozenset({"حوادث", "عمليات", "هجمات", "انفجارات", "تفجيرات", "غارات"})


def _tells_headline(headline: EventDraft, draft: EventDraft) -> bool:
    """Whether a sentence tells what a headline of its sort announced: neither doers nor places that differ."""
    if headline.modality != draft.modality:
        return False
    if headline.agents and draft.agents and not set(headline.agents) & set(draft.agents) and not _anonymous(headline, draft):
        return False
    if not (headline.own_place and draft.own_place and headline.places and draft.places):
        return True
    return any(near(a, b) or _within_km(a, b, _HEADLINE_KM) for a in headline.places for b in draft.places)


def _narrows(told: EventDraft, again: EventDraft) -> bool:
    """Whether the second telling names the scene inside the region that the first named."""
    return bool(again.places) and all(any(_narrower(p, wide) for wide in told.places) for p in again.places)


def _narrower(place: Place, wide: Place) -> bool:
    if wide.level == "country" and place.level != "country" and place.country == wide.country:
        return True
    if wide.level == "region" and place.level not in ("region", "country", "governorate") and near(place, wide):
        return True  # «شمال العراق», and then a town of the north
    return inside(place, wide) or _may_lie_in(place, wide)


def _one_is_a_country(a: EventDraft, b: EventDraft) -> bool:
    wide = [all(place.level in ("country", "region") for place in draft.places) for draft in (a, b)]
    return wide[0] != wide[1]


_HEADLINE_KM: Final = 60.0
"""Headlines name the town or the region near it: two points this far apart may be one scene."""


_POINTER_KM: Final = 10.0
"""«الهجوم» told again with the town's name is the attack on its prison or market."""


def _nowhere_exactly(place: Place) -> bool:
    """Whether no list has a place, and the text says of it no more than a wide area that it is in."""
    return place.lat is None or (place.entry is None and (place.radius_km or 0.0) > _SOON_KM)


_OF_A_SPOT: Final = frozenset({"explosion", "explosive_device", "vehicle_bomb", "suicide_bombing", "attack_unspecified"})
"""Kinds of which «الانفجار الذي …», soon after, is the one told, though it names a crossroads that no list has."""
_SOON, _SOON_KM = 2, 30.0
"""«وقعت الاشتباكات في …», a sentence or two later: the same ones, with another spot of the same stretch of land named."""


def _two_towns(a: Place, b: Place) -> bool:
    """A town and a district some way off, which is wide enough to reach it: two names of two places."""
    if a.entry is None or b.entry is None or a.entry is b.entry or inside(a, b) or inside(b, a):
        return False
    return a.level in _SETTLED and b.level in _SETTLED and not _within_km(a, b, _TOWNS_KM)


_SETTLED: Final = ("village", "town", "city", "district", "neighbourhood")
_TOWNS_KM: Final = 10.0


def _within_km(a: Place, b: Place, limit: float) -> bool:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return limit >= _HEADLINE_KM
    return km(a.lat, a.lon, b.lat, b.lon) <= limit


def _same_day(a: EventDraft, b: EventDraft) -> bool:
    """A day and an interval that begins with it are one date told twice."""
    if a.date is None or b.date is None:
        return True
    return a.date.startswith(b.date) or b.date.startswith(a.date)


def _narrows_day(told: str | None, again: str | None) -> bool:
    """«في عام 2015», and then «في 26 حزيران 2015»: the same date told more exactly."""
    if told is None or again is None or "/" in told or "/" in again:
        return False
    return len(again) > len(told) and again.startswith(told)


def _came_before(told: EventDraft, again: EventDraft) -> bool:
    """«أعلنت اليوم مقتل ثلاثة … وقالت إنهم تعرضوا أمس لهجوم»: the first day is that of the announcement."""
    return told.said_then and not again.said_then and again.date is not None and told.date is not None and again.date < told.date


def _anonymous(a: EventDraft, b: EventDraft) -> bool:
    return any(agent.startswith("unidentified") for agent in (*a.agents, *b.agents))


def _fold(context: Context, told: EventDraft, again: EventDraft) -> None:
    """The first telling stays; what it lacked is taken from the second."""
    told.retold.append((again.first, again.last))
    firmer = not again.weak or (told.kind == "attack_unspecified" and again.kind != "explosion")
    if told.weak and firmer and again.kind != told.kind:
        told.kind, told.rule, told.weak = again.kind, again.rule, again.weak
    if _leaves_the_means_open(context, told, again) or (again.kind == "suicide_bombing" and told.kind == "vehicle_bomb"):
        told.kind, told.rule = again.kind, again.rule  # «قصف سوق», and then «قصف الطيران السوق»
    if (told.kind == "shelling" and again.rule == _GUIDED) or (told.kind, again.kind) == ("air_strike", "drone_strike"):
        told.kind, told.rule = again.kind, again.rule
    if again.own_place and (not told.own_place or _narrows(told, again) or finer(told.places, again.places)):
        if again.sentence != told.sentence and told.fullest is None and told.weak:
            told.fullest = again
        told.places, told.own_place = again.places, True
    elif again.own_place and 0 < len(told.places) < _ENOUGH_PLACES and _further(told, again):
        told.places = told.places + again.places  # «وقعت الاشتباكات في منطقتي …»: more of the same scene
    if not told.agents or (again.claimed and not told.claimed):
        told.agents, told.claimed = list(again.agents), again.claimed  # «هاجم مسلحون …», and then «أعلن الفصيل مسؤوليته»
    told.targets += [t for t in again.targets if t not in told.targets]
    told.targets = [t for t in told.targets if t not in told.agents]
    told.means += [m for m in again.means if m not in told.means]
    more_exact = told.own_date and again.own_date and _narrows_day(told.date, again.date)
    if (again.own_date and (not told.own_date or _came_before(told, again))) or told.date is None or more_exact:
        told.date, told.date_basis, told.own_date = again.date, again.date_basis, again.own_date
    told.time = told.time or again.time
    told.time_of_day = told.time_of_day or again.time_of_day
    told.source = told.source or again.source
    if len(told.evidence) < _ENOUGH_EVIDENCE:
        told.evidence += [e for e in again.evidence if e not in told.evidence]


def _further(told: EventDraft, again: EventDraft) -> bool:
    return not any(is_wide(b) or near(a, b) or _one_site(a, b) for a in told.places for b in again.places)


def mark_background(context: Context, drafts: list[EventDraft]) -> None:
    """Older incidents recalled: told after a word of recalling, or in a year or month long before the report's own."""
    for draft in drafts:
        low, _ = context.sentences[draft.sentence]
        draft.background = draft.sentence > 1 and context.units.row.holds("BACKGROUND", first=low, last=min(low + 4, draft.first))


def mark_main(drafts: list[EventDraft]) -> None:
    """At most three main events: those told first that are facts and no background."""
    main = [d for d in drafts if d.modality == "asserted" and not d.background]
    if not main:
        return
    lead = main[0].sentence
    for draft in [d for d in main if d.sentence == lead][:3] or main[:1]:
        draft.main = True


def _by_an_attack(context: Context, draft: EventDraft | None) -> bool:
    """«ارتفع عدد ضحايا الهجوم إلى 40 قتيلا»: an attack that killed, though nobody is said to have made it; beasts attack too."""
    if draft is None or draft.modality != "asserted":
        return False
    told = [i for t in draft.triggers for i in range(t.first, t.last)]
    units = context.units
    return any(units[i].has("ATTACK_N") for i in told) and not units.row.holds("BEAST", first=draft.clause[0], last=draft.clause[1])


_CIVIL: Final = frozenset(
    (
        "agreement_or_ceasefire judicial_action evacuation property_damage deployment withdrawal protest arson escape "
        "attack_unspecified explosion shooting arrest territorial_control siege"
    ).split()
)


def _ends_fighting(context: Context, draft: EventDraft) -> bool:
    """«اتفاق على وقف إطلاق النار»: a deal of that kind, and no contract."""
    return context.units.row.holds("CEASEFIRE_W", first=draft.first, last=draft.last + 1)


_HARM: Final = frozenset({"killed", "injured", "killed_or_injured", "abducted", "arrested", "escaped", "released", "surrendered"})
_MOVED: Final = frozenset({"evacuated", "released"})
_OF_MOVING: Final = ("evacuation", "release_or_exchange", "agreement_or_ceasefire")
_FLIGHT: Final = frozenset({"displacement", "evacuation"})
_SPORT: Final = 6
"""Words of sport that make a report without dead one of sport."""
# Kinds whose words are hardly ever used of anything but conflict.
_UNMISTAKABLE: Final = frozenset(
    (
        "air_strike drone_strike shelling vehicle_bomb suicide_bombing explosive_device execution chemical_attack human_shields "
        "assassination stabbing_or_ramming interception"
    ).split()
)
_FIGHTING: Final = frozenset({"armed_clash", "armed_assault"})
# Civil kinds that make a report one of conflict when an actor does or suffers them, and those that never do alone.
_FORCE: Final = frozenset(
    "siege withdrawal shooting territorial_control attack_unspecified armed_assault explosion deployment arson property_damage".split()
)


def _clash(context: Context, draft: EventDraft) -> bool:
    """«اشتباكات», and not a match («مواجهات»), a struggle («معركة») or a quarrel that the same words tell of elsewhere."""
    words = (context.units[i].word for trigger in draft.triggers for i in range(trigger.first, trigger.last))
    return draft.kind == "armed_clash" and any(word.startswith(_OF_ARMED_MEN) for word in words)


_OF_ARMED_MEN: Final = ("اشتباكات", "الاشتباكات", "تبادل لاطلاق", "تبادل اطلاق", "تبادلا لاطلاق", "تبادلوا اطلاق", "تبادلت اطلاق")


def _by_fighters(context: Context, draft: EventDraft) -> bool:
    """«سيطرت القوات على …», «استعاد المقاتلون …»: fighters or forces of whom nothing says whose they are, right behind the verb."""
    behind = context.units.items[draft.first + 1 : draft.first + 3]
    return any(unit.has("GENERIC") and unit.word.removeprefix("ال").startswith(_FIGHTERS) for unit in behind)


_FIGHTERS: Final = ("قوات", "مقاتل", "مسلح", "فصايل", "ثوار", "جيش")


def _leads_with_an_attack(context: Context, draft: EventDraft) -> bool:
    """«هجوم على قاعدة عسكرية في كركوك», «وقع تفجير في مسجد في بغداد», «سمعت أصوات انفجارات في دمشق»: the first sentence, with its scene.

    Only where nothing says that it was an accident or a match, and for words that leave no doubt: not a plain «هجوم» or «انفجار».
    """
    units = context.units
    if draft.sentence or draft.modality != "asserted" or not draft.own_place:
        return False
    if units.row.holds("ACCIDENT", "SPORT", "ORDINARY_BLAST", "BEAST", "FIGURATIVE"):
        return False
    low, _ = context.sentences[0]
    told = [units[i] for t in draft.triggers for i in range(t.first, t.last)]
    if draft.rule in _WITH_ARMS or (draft.kind == "armed_assault" and is_with_arms(units, draft)):
        return any(unit.word.startswith("هج") for unit in told)  # «كمين مروري» is none
    if draft.rule == "bombing" and any(unit.has("BOMBING_N") and unit.has("SG") for unit in told):
        return units.row.holds("AUX", "ATTACK_V", first=max(low, draft.first - 3), last=draft.last + 2)
    several = draft.kind == "explosion" and not units[draft.first].has("SG") and not units[draft.first].has("PAST")
    return several and any(unit.word.startswith(_HEARD) for unit in units.items[max(low, draft.first - 4) : draft.first])


def _hurt(context: Context, draft: EventDraft) -> bool:
    """«استنكر الشيخ حادثة تفجير مسجد … وعزى ذوي الشهداء»: a bombing with its scene, in a text with dead or wounded of no number."""
    if draft.kind not in _BOMBINGS or draft.modality != "asserted" or not draft.own_place:
        return False
    row = context.units.row
    return row.holds("HARMED", "HARM_V", "HARM_N") and not row.holds("ACCIDENT", "SPORT", "ORDINARY_BLAST", "BEAST", "FIGURATIVE")


_BOMBINGS: Final = frozenset({"explosive_device", "vehicle_bomb", "suicide_bombing"})


def _is_held_off(context: Context, draft: EventDraft) -> bool:
    """«أحبط الأمن تفجيرا كان يستهدف سوقا في كركوك»: a bombing that a force kept from being made, with its scene."""
    foiled = draft.modality == "attempted" and draft.kind in _UNMISTAKABLE and draft.own_place
    return foiled and context.units.row.holds("REPEL_V", first=draft.first - _FOILED, last=draft.first)


_FOILED: Final = 6
"""How many words may stand between the verb of foiling and the bombing."""


def _is_terrorist(context: Context, draft: EventDraft) -> bool:
    """«التفجير الإرهابي الذي استهدف المسجد»: an attack so called, with its scene, that hit something or that somebody was hurt in."""
    if draft.modality != "asserted" or not draft.own_place or not same_incident(draft.kind, "attack_unspecified"):
        return False
    units = context.units
    called = any("ارهابي" in unit.word for unit in units.items[draft.first : draft.last + 1])
    told_of = units.row.first_of("REL", first=draft.first, last=draft.first + _SAID_OF_IT)
    hit = told_of is not None and units[told_of + 1].has_any(("ATTACK_V", "HIT_V"))
    return called and (hit or units.row.holds("HARMED", "HARM_V", "HARM_N", first=draft.clause[0], last=draft.clause[1]))


_SAID_OF_IT: Final = 3


_WITH_ARMS: Final = frozenset({"attack on a military post", "armed attack"})
_HEARD: Final = ("سمع", "دوي", "اصوات")


def _is_of_fighters(context: Context, at: int) -> bool:
    """Whether a unit names a group of fighters («متهمين بالقتال في صفوف الفصيل»)."""
    actor = context.names.actors.get(context.actor_at(at) or "")
    return actor is not None and actor.type in ("Rebel group", "Political militia", "Identity militia")


def _takes_fighters(context: Context, draft: EventDraft) -> bool:
    """«القبض على خلية لداعش», «ضبط شبكة إرهابية»: whom an arrest was made of are fighters, though nothing counts them."""
    if any("ارهابي" in unit.word for unit in context.units.items[draft.first : draft.last]):
        return True
    for i in range(draft.last, min(len(context.units), draft.last + _TAKEN)):
        unit = context.units[i]
        if unit.has_any(("COMMA", "STOP", "SEMI", "IN", "PAST")) or unit.word.endswith("وا"):
            break
        if (unit.has("ACTOR") and _is_of_fighters(context, i)) or (unit.has("PERSON") and unit.feature("status") == "combatant"):
            return True
    return False


_TAKEN: Final = 8


def is_about_conflict(context: Context, drafts: list[EventDraft], figures: list[FigureDraft]) -> bool:
    """Whether a report tells of conflict at all: violence that no other subject has words for, force used by an actor, or harm.

    Road accidents, fires, sport and courts use words of conflict too («هجوم», «إصابة», «اعتقال»); alone they do not make one.
    """
    if not drafts:
        return False
    shot = any(d.kind == "shooting" and not d.weak for d in drafts) and any(f.figure.effect in _HARM for f in figures)
    if all(d.kind in _CIVIL for d in drafts) and context.units.row.holds("ACCIDENT") and not shot:
        return False
    if all(d.kind in _FLIGHT for d in drafts) and context.units.row.holds("DISASTER"):
        return False  # «نزحوا بعد الفيضانات»
    if drafts[0].rule == KILLING_ALONE:
        return True
    if not any(f.figure.effect == "killed" for f in figures) and len(context.units.row.where("SPORT")) >= _SPORT:
        return False
    firm = [d for d in drafts if d.kind not in _CIVIL and not d.weak]
    harmed = [f for f in figures if f.figure.effect in _HARM]
    fighters = any(f.figure.status in ("combatant", "security") or f.figure.loaded for f in figures)
    named = {agent for d in firm for agent in d.agents} - {"unidentified", "protesters"}
    armed = fighters or bool(named) or context.units.row.holds("ACTOR", "GENERIC")
    sure = [d for d in drafts if d.kind in _UNMISTAKABLE and (harmed or not d.weak or {*d.agents, *d.targets} - {"unidentified"})]
    told = [d for d in (*firm, *sure) if d.places or d.agents or d.targets]
    if any(d.kind in _UNMISTAKABLE for d in told) or (firm and (armed or harmed)) or (harmed and armed):
        return True
    if any(d.kind == "agreement_or_ceasefire" and d.agents and _ends_fighting(context, d) for d in drafts):
        return True
    if any(d.sentence == 0 and is_by_both_sides(context.units, d) for d in drafts):
        return True
    moved = [f for f in figures if f.figure.effect in _MOVED and f.status in ("combatant", "security", "detainee", "mixed")]
    if moved and any(d.kind in _OF_MOVING and d.modality == "asserted" for d in drafts):
        return True  # «تم إجلاء 640 مقاتلا»
    judged = any(d.kind == "judicial_action" for d in drafts)
    if (
        shot
        and any(d.own_place for d in drafts if d.kind == "shooting")
        and not judged
        and not context.units.row.holds("ACCIDENT", "SPORT")
    ):
        return True  # «أصيب شاب بالرصاص في نابلس», and not a crime that a court judges
    if any(f.figure.effect == "displaced" for f in figures) and any(d.kind in _FIGHTING for d in drafts):
        return True  # «أجبرت الاشتباكات مئات العائلات على النزوح»
    if harmed and any(d.kind == "explosion" for d in drafts) and not context.units.row.holds("ORDINARY_BLAST"):
        return True  # «أصيب 13 شخصا في انفجار»: of which nothing says that it was an accident
    if any(f.figure.effect in ("killed", "killed_or_injured") and _by_an_attack(context, f.event) for f in figures):
        return True
    if any(d.own_place and not d.weak and _clash(context, d) for d in drafts) and not context.units.row.holds("SPORT"):
        return True  # «اندلعت اشتباكات في طرابلس»: armed men are in it, whoever they are
    if any(_leads_with_an_attack(context, d) or _is_terrorist(context, d) or _is_held_off(context, d) or _hurt(context, d) for d in drafts):
        return True
    if any(d.kind == "arson" and any(item.what == "agent" for item in d.evidence) for d in drafts):
        return True  # «أضرم مجهولون النار في مسجد»: somebody set it
    if any(d.kind == "abduction" and context.units[d.last - 1].word.endswith("قسري") for d in drafts):
        return True  # «تعرضوا للإخفاء القسري»: it is the hand of a power
    if any(d.kind == "arrest" and d.modality == "asserted" and _takes_fighters(context, d) for d in drafts):
        return True
    if any(d.kind == "territorial_control" and d.modality == "asserted" and d.places and _by_fighters(context, d) for d in drafts):
        return True  # «سيطرت القوات على مدينة زنجبار»: whosever they are
    by_force = any(d.kind in _FORCE and ({*d.agents, *d.targets} - {"unidentified"}) for d in drafts)
    tried = any(d.kind == "judicial_action" for d in drafts) and (  # a court judges an attack, or men of an armed group
        any(d.kind not in _CIVIL for d in drafts) or any(_is_of_fighters(context, i) for i in context.units.row.where("ACTOR"))
    )
    return by_force or tried or any(d.kind == "protest" for d in drafts)
