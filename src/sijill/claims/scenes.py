"""Where an event happened: the scene among the places that a report names.

In the event's clause after its words, then before them, then as told before; the most exact of a chain, never a body's, a
reporter's or a hospital's. What no sentence places happened at the one scene of the report.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import Final

from sijill.annotate.places import LISTED, Mention, Place
from sijill.annotate.units import Units
from sijill.claims.context import Context, EventDraft
from sijill.geo import km

__all__ = ["fill_places", "finer", "inside", "is_wide", "near", "place_events"]


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
            draft.places, draft.own_place = [heading], True
        elif previous is not None and draft.modality not in ("planned", "hypothetical", "threatened") and draft.kind not in _NOWHERE:
            draft.places = list(previous.places) if _same_scene(context, previous, draft) else []
        elif previous is None and draft.sentence <= 1 and draft.kind not in _NOWHERE:
            draft.places = _told_later(context, draft)
        if draft.places:
            previous = draft
    homeless = [d for d in drafts if not d.places and d.modality == "asserted" and d.kind not in _NOWHERE]
    only = _only_scene(context) if homeless else []
    for draft in homeless:
        draft.places = list(only)


def _only_scene(context: Context) -> list[Place]:
    """The one place below the country that a report names as a scene, or none: what it tells without a place was there."""
    scenes: list[Place] = []
    for mention in context.places_between(0, len(context.units)):
        place = mention.place
        if place is None or mention.aside is not None or mention.heading or place.lat is None or place.level in ("country", "region"):
            continue
        if _of_their_past(context.units, mention, context.names.around["past"]) or _had_been(context, mention):
            continue
        if place.entry is not None and place.entry.level in ("country", "region"):
            continue
        if not any(place is other or near(place, other) for other in scenes):
            scenes.append(place)
        if len(scenes) > 1:
            return []
    return scenes


def fill_places(context: Context, drafts: list[EventDraft]) -> None:
    """The one scene of a report for its events of which none is said: what is not told elsewhere happened there.

    Where the report names several scenes, the one that holds the others is meant. Preferred mistake: the wider place.
    """
    if context.layout.round_up:
        return
    if all(draft.places for draft in drafts):
        return
    _fill_scene(context, drafts)
    _fill_country(context, drafts)


def _fill_scene(context: Context, drafts: list[EventDraft]) -> None:
    scenes = _distinct([p for d in drafts if d.own_place and _is_here(d) for p in d.places if p.level != "country"])
    if not scenes:
        past = context.names.around["past"]
        told = [m for m in context.places_between(0, context.layout.end) if m.aside not in _NOT_EVEN_ALONE]
        told = [m for m in told if not _of_their_past(context.units, m, past)]
        named = [m.place for m in told if m.place is not None]
        scenes = _distinct([p for p in named if p.level != "country"])
    scene = next((s for s in scenes if all(s is p or near(s, p) for p in scenes)), None)
    if scene is None:
        return
    named_at = next((m for m in context.places_between(0, context.layout.end) if m.place is scene), None)
    for draft in drafts:
        if not draft.places and _is_here(draft) and draft.kind not in _NOWHERE:
            before = _named_before(context, draft) if named_at is not None and named_at.first > draft.last else None
            if before is not None and before.place is not None and not near(before.place, scene):
                draft.places = [before.place]
                draft.note(context.units, "place", before.first, before.last, before.rule)
                continue
            draft.places = [scene]
            if named_at is not None:
                draft.note(context.units, "place", named_at.first, named_at.last, "the scene of the report")


def _named_before(context: Context, draft: EventDraft) -> Mention | None:
    """The scene last named before an event: what is told first of another place did not happen where the report goes on to later."""
    past = context.names.around["past"]
    named = [m for m in context.places_between(0, draft.first) if m.aside is None and m.place is not None and not is_wide(m.place)]
    return next((m for m in reversed(named) if not _of_their_past(context.units, m, past)), None)


def _fill_country(context: Context, drafts: list[EventDraft]) -> None:
    """The country, where it is named, for what a state's courts and forces did and no words place: trials, arrests, operations."""
    countries = {m.place.country: m for m in context.places_between(0, context.layout.end) if m.place and m.place.level == "country"}
    for draft in drafts:
        if draft.places or draft.kind not in _OF_A_COUNTRY or draft.modality != "asserted":
            continue
        known = {context.names.actors[a].country for a in draft.agents if a in context.names.actors} - {""}
        code = known.pop() if len(known) == 1 else context.country if not known else None
        named = countries.get(code)
        if named is not None and named.place is not None:
            draft.places = [named.place]
            draft.note(context.units, "place", named.first, named.last, "the country of who did it")


_OF_A_COUNTRY: Final = frozenset({"judicial_action", "arrest", "security_operation", "curfew", "release_or_exchange", "protest", "torture"})


def _is_here(draft: EventDraft) -> bool:
    return draft.modality == "asserted" and not draft.background


_NOWHERE: Final = frozenset({"judicial_action", "agreement_or_ceasefire"})
"""Kinds that happen in an office far from the scene told before."""
_NEXT_SENTENCES: Final = 3


def _told_later(context: Context, draft: EventDraft) -> list[Place]:
    """The scene of a headline that names none: the first place of the sentences after it; else where the reporter sits."""
    last = min(draft.sentence + _NEXT_SENTENCES, len(context.sentences) - 1)
    past = context.names.around["past"]
    following = [m for m in context.places_between(draft.last, context.sentences[last][1]) if not _of_their_past(context.units, m, past)]
    scenes = [m for m in following if m.aside is None and not _had_been(context, m)] or [m for m in following if m.aside == "reporter"]
    return [m.place for m in scenes[:1] if m.place is not None and m.place.level != "country"]


def _had_been(context: Context, mention: Mention) -> bool:
    """«وكان انتحاري فجر نفسه في سروج»: a sentence that tells what was before is no scene of the headline."""
    units, low = context.units, context.sentences[context.sentence_of(mention.first)][0]
    return units[low + units[low].has("CONJ")].has("KANA")


def _heading(headings: list[Mention], draft: EventDraft, previous: EventDraft | None) -> Place | None:
    """The place of the section heading («حلب:») that stands between the event told before and this one."""
    if not headings:
        return None
    since = previous.last if previous is not None else 0
    at = bisect_left(headings, draft.first, key=_FIRST) - 1
    return headings[at].place if at >= 0 and headings[at].first >= since else None


_SCENE_REACH: Final = 80
"""How many words back in its sentence an event may find the place that was named for it."""


def _own_mentions(context: Context, draft: EventDraft) -> list[Mention]:
    """The places named for an event: in its clause after its words, then before them; else in its sentence."""
    start, end = draft.clause
    named = context.places_between(start, end)
    inside = _scenes(context, _but_of_who_speaks(context.units, named, draft), draft) if named else []
    after = [m for m in inside if m.first >= draft.first]
    before = [m for m in inside if m.first < draft.first]
    turn = context.units.row.first_of("ALSO", first=draft.last, last=end) if before and after else None
    if turn is not None and context.units[min(turn + 1, end)].has("PAST"):
        after = [m for m in after if m.first < turn]  # «شهدت أ اشتباكات كما شهدت ب قصفا»
    if before and after and _saw_it(context.units, before[-1]):
        # «شهدت طرابلس اشتباكات بعد توقيف قائد في مطار معيتيقة»: what came before it has a scene of its own
        turn = context.units.row.first_of("AFTER", first=draft.last, last=end)
        after = after if turn is None else [m for m in after if m.first < turn]
    if not inside:
        nearby = _of_the_sentence(context, draft)
        if draft.kind in _OF_CAPTIVES:
            nearby = [m for m in nearby if not _of_their_past(context.units, m, context.names.around["past"])]
        after, before = [m for m in nearby if m.first >= draft.first], [m for m in nearby if m.first < draft.first]
    best = _nearest_after(context.units, draft, after) or (before[-1] if before else None)
    if best is None:
        return []
    said_at_once = best.first == draft.last + 1 and context.units[draft.last].has("IN")  # «بعد اشتباكات في ب»
    if before and best in after and not said_at_once and _caused_there(context.units, before[-1], draft) and not _refines(best, before[-1]):
        best = before[-1]
    best = _more_exactly(context, draft, best, after)
    named = [m for m in named if m.aside not in _NEVER] if inside else []
    best = _refined(_innermost([*named, *before, *after], best), after)
    return [*_list_up_to(context.units, best, before), *_with_list(context, best, inside or [best])]


def _list_up_to(units: Units, best: Mention, before: list[Mention]) -> list[Mention]:
    """«تعرضت بلدات أ وب ومحيط قرية ج لقصف»: the places of a list that ends with the one before the event."""
    if not before or best is not before[-1]:
        return []
    listed: list[Mention] = []
    nearest = best
    for mention in reversed(before[:-1]):
        gap = units.items[mention.last : nearest.first]
        if not 0 < len(gap) <= _LIST_GAP or not gap[0].has_any(("CONJ", "COMMA")) or not all(unit.has_any(_LISTING) for unit in gap):
            break
        if mention.place is None or best.place is None or is_wide(mention.place) or near(mention.place, best.place):
            break  # «دمشق وريفها», «إدلب وبلدة أ»: one inside the other
        listed.insert(0, mention)
        nearest = mention
    return listed


_LIST_GAP: Final = 3
_LISTING: Final = ("CONJ", "COMMA", "DIRECTION", "QUOTE")


def _but_of_who_speaks(units: Units, mentions: list[Mention], draft: EventDraft) -> list[Mention]:
    """«أدانت رئاسة الإقليم القصف», «قال مصدر في المستشفى إن …»: between the verb and what it speaks of stands where the speaker is.

    What «أن» brings in has its own scene; where it names none, the speaker's is still the best guess, but not for «الهجوم».
    """
    speaker = draft.first - _SPEAKER
    if not any(speaker < m.first < draft.first for m in mentions):
        return mentions
    pointer = draft.definite and not draft.triggers[0].verb
    verbs = [i for i in units.row.where("DEMAND", "SAY_V", first=speaker, last=draft.first) if units[i].has_any(_FINITE)]
    if not verbs or units.row.holds("STOP", first=verbs[-1], last=draft.first):
        return mentions
    that = units.row.first_of("THAT", "COLON", first=verbs[-1], last=draft.first)
    if that is None and not pointer:
        return mentions
    others = [m for m in mentions if not verbs[-1] < m.first < (draft.first if that is None else that)]
    return others if others or pointer else mentions


_SPEAKER: Final = 16
"""How many words the name of who speaks of an attack may have."""
_FINITE: Final = frozenset({"PAST", "PRES"})


def _more_exactly(context: Context, draft: EventDraft, best: Mention, after: list[Mention]) -> Mention:
    """The scene where a country stands in the clause that is no scene: of a group, or of the whole that «حيث» looks back into.

    «فتح عناصر من الفصيل في سوريا النار على موقع في كيليس», «في محافظة شمال سيناء حيث تدور اشتباكات بين الجيش والفصيل في مصر».
    """
    if best.place is None or best.place.level != "country":
        return best
    units = context.units
    if best.first > 1 and units[best.first - 1].has("IN") and units[best.first - 2].has("ACTOR"):
        others = [m for m in after if m.first > best.last and m.place is not None and m.place.level != "country"]
        best = others[0] if others else best
    where = _looks_back(context, draft)
    if where is not None:
        told = [m for m in context.places_between(max(0, where - 6), where) if m.last == where and m.place is not None]
        best = told[-1] if told and best.place is not None and best.place.level == "country" else best
    return best


def _looks_back(context: Context, draft: EventDraft) -> int | None:
    """The «حيث» before an event, which places it where the words before that are."""
    for i in range(draft.first - 1, max(0, draft.first - _WHERE), -1):
        if context.units[i].word == "حيث":
            return i
    return None


_WHERE: Final = 6
"""How many words from «حيث» the event that it places may stand."""


_NEVER: Final = frozenset({"body", "reporter", "carried", "seat", "spoken"})
_NOT_EVEN_ALONE: Final = frozenset({"carried", "seat", "spoken"})
"""Places that are no scene though the report names no other."""
_EXACT: Final = ("neighbourhood", "site", "village", "town")


def _refined(best: Mention, after: list[Mention]) -> Mention:
    """«مجزرة في مدينة عدن، … أمطرت ضاحية دار سعد»: the clause says later, and more exactly, where in the place it was."""
    if best.place is None or best.place.level in _EXACT:
        return best
    for mention in after:
        place = mention.place
        if mention.first > best.first and place is not None and place.level in _EXACT and _lies_in(place, best.place):
            return mention
    return best


def _lies_in(place: Place, whole: Place) -> bool:
    """Whether a place lies in another by what the text says, or by the map."""
    if inside(place, whole):
        return True
    if place.lat is None or place.lon is None or whole.lat is None or whole.lon is None or place.entry is None:
        return False
    return km(place.lat, place.lon, whole.lat, whole.lon) <= _REACH_KM.get(whole.level, 0.0)


_REACH_KM: Final = {"city": 15.0, "governorate": 60.0}
"""How far from its centre a city's outskirts, or a governorate's villages, may lie."""


def _of_the_sentence(context: Context, draft: EventDraft) -> list[Mention]:
    """The place for an event whose clause has none.

    It is the sentence's first before it («وفي ريف حلب، قصفت … كما استهدفت …»), else the first after it where no other event comes
    between («استهدف … سيارة، … في بلدة …»); but after «في حين» what follows first («اعتقلت … أثناء مداهمة قرية …»).
    """
    low, high = context.sentences[draft.sentence]
    told_before = _but_of_who_speaks(context.units, context.places_between(max(low, draft.first - _SCENE_REACH), draft.first), draft)
    before = [m for m in told_before if m.aside is None]
    where = _looks_back(context, draft)
    if where is not None:
        told = [m for m in context.places_between(max(low, where - _SCENE_REACH), where) if m.aside not in _NEVER]
        if told and where - 2 <= told[-1].last <= where:
            return [_innermost(told, told[-1])]
    next_told = bisect_left(context.triggers, draft.last, key=_FIRST)
    following = context.triggers[next_told].first if next_told < len(context.triggers) else high
    if following < high and context.units[following - 1].word in _WHILE:
        following = high
    after = context.places_between(draft.last, min(high, following, draft.last + _SCENE_REACH))
    after = [m for m in after if m.aside is None][:1]
    if before and after and after[0].first - draft.last <= _NEAR_BY:
        turned = context.units.row.holds("ALSO", "SEMI", first=before[-1].last, last=draft.first)
        if turned and not context.units.row.holds("ALSO", "SEMI", first=draft.last, last=after[0].first):
            return after
    return before[:1] or after


_FIRST: Final = attrgetter("first")
_WHILE: Final = frozenset(("اثناء", "خلال", "بعد", "عقب"))
_NEAR_BY: Final = 14
_CAUSES: Final = frozenset("جراء اثر نتيجه بسبب ب عقب بعد خلال بفعل في من علي".split())


def _caused_there(units: Units, mention: Mention, draft: EventDraft) -> bool:
    """«مقتل طفل في مدينة أ جراء قصف …»: nothing but a word of cause stands between the place and the event."""
    gap = units.items[mention.last : draft.first]
    return 1 <= len(gap) <= 2 and all(u.word in _CAUSES for u in gap)


def _saw_it(units: Units, mention: Mention) -> bool:
    """«شهدت العاصمة طرابلس اشتباكات»: the place is the subject of a verb of seeing."""
    return any(unit.word in _SAW for unit in units.items[max(0, mention.first - _SAW_REACH) : mention.first])


_SAW: Final = frozenset({"شهدت", "شهد", "تشهد", "يشهد", "عاشت", "عاش"})
_SAW_REACH: Final = 3


def _refines(mention: Mention, other: Mention) -> bool:
    """Whether one naming says more exactly where the other is: a village of the countryside named, a crossroads of the town."""
    a, b = mention.place, other.place
    return a is not None and b is not None and not is_wide(a) and near(a, b)


def is_wide(place: Place) -> bool:
    """Whether a place is an area in which a scene can still be told more exactly."""
    return place.part is not None or place.level in _WIDE or place.level == "line_or_area"


def finer(told: list[Place], again: list[Place]) -> bool:
    """Whether a second telling gives the scene of the first more exactly: settlements or sites inside the areas told before."""
    if not told or not again or not all(map(is_wide, told)) or any(map(is_wide, again)):
        return False
    return any(near(a, b) for a in told for b in again)


_LEAVING: Final = frozenset({"evacuation", "escape", "withdrawal", "displacement", "release_or_exchange", "surrender"})


def _scenes(context: Context, mentions: list[Mention], draft: EventDraft) -> list[Mention]:
    """The places of a clause where its event can have happened.

    What a body is named by, where a reporter sits and where the wounded were brought are none; where something came from or goes
    to, and whose people act, only where nothing else is named. Those who leave a place leave it there.
    """
    units, past = context.units, context.names.around["past"]
    if draft.kind in _LEAVING:
        left = [m for m in mentions if m.aside in ("from", "origin")]
        if left:
            return left
    there = [m for m in mentions if m.aside is None]
    if draft.kind in _OF_CAPTIVES:
        there = [m for m in there if not _of_their_past(units, m, past)]
        mentions = [m for m in mentions if not _of_their_past(units, m, past)]
    if not there and draft.kind == "deployment":
        there = [m for m in mentions if m.aside == "to"]  # «وصلت تعزيزات من أربيل إلى الموصل»
    return there or [m for m in mentions if m.aside in ("from", "to", "people")]


_OF_CAPTIVES: Final = frozenset({"arrest", "judicial_action"})


def _of_their_past(units: Units, mention: Mention, past: frozenset[str]) -> bool:
    """«أربعة أشخاص قاتلوا مع الفصيل في الموصل»: where those who are arrested or tried have been before."""
    before = units.items[max(0, mention.first - _PAST_REACH) : mention.first]
    if not any(unit.word in past for unit in before):
        return False
    for unit in reversed(before):
        if unit.has_any(_MARKS):
            return False
        if unit.word in past:
            return True
    return False


_PAST_REACH: Final = 6
_MARKS: Final = frozenset({"COMMA", "STOP", "SEMI", "NL"})


def _nearest_after(units: Units, draft: EventDraft, after: list[Mention]) -> Mention | None:
    """The first place after the trigger; whoever steals in comes through towns that are named, not back to «المدينة»."""
    named = [m for m in after if not m.anaphor]
    for mention in after:
        if mention.anaphor and named and draft.kind == "infiltration":
            continue
        return mention
    return None


def _innermost(mentions: list[Mention], best: Mention) -> Mention:
    """The innermost of a chain «حي أ في مدينة ب»: the container is not the scene."""
    for mention in mentions:
        if mention.within is best and mention is not best:
            return mention
    return best


def _with_list(context: Context, best: Mention, among: list[Mention]) -> list[Mention]:
    """The place with the others of its list («قريتي أ وب»); what one of them lies in is no further scene."""
    units, chosen = context.units, [best]
    containers = {id(best.within)}
    for mention in among:
        if mention.first < chosen[-1].last:
            continue
        if id(mention) in containers:
            break
        gap = units.items[chosen[-1].last : mention.first]
        joined = any(u.has("CONJ") or u.has("COMMA") for u in gap) or (mention.rule == LISTED and not gap)
        if joined and len(gap) <= 3 and all(u.has("CONJ") or u.has("COMMA") or u.has("IN") or u.has("QUOTE") for u in gap):
            chosen.append(mention)
            containers.add(id(mention.within))
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
    """Whether an event with no place of its own happens where the one told before it did: same paragraph or near by, but in no list."""
    apart = context.paragraph_break(previous.last, draft.first)
    return not apart or (draft.sentence - previous.sentence <= 2 and not context.layout.round_up)


def near(a: Place, b: Place) -> bool:
    """Whether two places may be one: the same entry, one inside the other, or points a short walk apart.

    Two villages a few kilometres apart are two places: in a round-up they are two incidents.
    """
    if a is b or (a.entry is not None and a.entry is b.entry):
        return True
    if inside(a, b) or inside(b, a):
        return True
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None or a.entry is None or b.entry is None:
        return False
    apart = km(a.lat, a.lon, b.lat, b.lon)
    wide = [p for p in (a, b) if p.entry and (p.entry.level in _WIDE or (p.part is not None and p.entry.level == "city"))]
    return apart <= (max(p.radius_km or 0 for p in wide) if wide else 2.5)


_WIDE: Final = ("governorate", "region", "country", "district")


def inside(a: Place, b: Place) -> bool:
    """Whether a place is said or known to lie in another."""
    within = a.within
    for _ in range(4):
        if within is None:
            return False
        if within is b or (within.entry is not None and within.entry is b.entry):
            return True
        within = within.within
    return False
