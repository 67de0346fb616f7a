"""Who the people of a figure were, where only the figures and words around it say so: «آخرون», «ثلاثة منهم», «بين الطرفين».

Each step takes the status or side of one figure from another that the text ties it to. Where nothing ties them, the status
stays unknown: that is preferred over calling everybody a civilian whom the report does not call armed.
"""

from __future__ import annotations

from typing import Final

from sijill.annotate.casualties import Figure
from sijill.annotate.groups import Group
from sijill.annotate.numbers import Quantity
from sijill.annotate.people import status_of
from sijill.annotate.unit import Unit
from sijill.annotate.units import Units
from sijill.claims.context import Context, EventDraft
from sijill.claims.drafts import FigureDraft

__all__ = ["give_status", "told_after"]

_ARMED: Final = ("combatant", "security")
_OF_ONE_KIND: Final = (*_ARMED, "civilian")


def give_status(context: Context, drafts: list[FigureDraft]) -> None:
    """Fill in status and side of drafts whose own words do not say them, each from what the text ties it to."""
    for i in range(len(drafts) - 2, -1, -1):
        _as_the_one_after(context, drafts[i], drafts[i + 1])
    for draft in drafts:
        _as_its_whole(draft)
    _as_their_parts(context, drafts)


def told_after(context: Context, draft: FigureDraft, before: FigureDraft | None) -> None:
    """Status and side of a figure from its own surroundings, then from the figure told before it in its sentence.

    «مقتل خمسة جنود وإصابة ستة آخرين», «مقتل 43 مدنيا وإصابة 173»: people without a noun of their own are like the last ones.
    """
    if draft.status == "unknown":
        draft.status = _by_words(context, draft)
        draft.supposed = draft.status == "civilian"
    if draft.status != "unknown" or draft.role in ("subset", "part") or not _without_noun(draft.figure):
        return
    if draft.figure.toll or before is None or before.status == "mixed" or before.figure.effect == "attackers":
        return
    if before.figure.name and not draft.figure.others:
        return
    draft.status, draft.supposed = before.status, True
    draft.side = draft.side or before.side


def _as_the_one_after(context: Context, draft: FigureDraft, after: FigureDraft) -> None:
    """«قتلى وجرحى في صفوف القوات»: what is said after the second of two joined nouns is said of both."""
    if draft.sentence != after.sentence or after.status == "unknown":
        return
    gap = after.figure.at - draft.figure.tail
    nouns = bool(draft.figure.group.effect and after.figure.group.effect) and draft.status == "unknown"
    bare = isinstance(draft.figure.group.noun.value, Quantity) and not after.figure.others  # «مقتل 29 وجرح 15 من المتطرفين»
    side_by_side = bare and draft.figure.tail < len(context.grouped) and context.grouped[draft.figure.tail].has("CONJ")
    if draft.status != "unknown" and not (side_by_side and draft.supposed and not after.supposed):
        return  # what follows says more than what a bare number may have taken from the figure before it
    anybody = (
        after.figure.others and after.figure.side_unit is not None and draft.figure.group.noun.word in _ANYBODY
    )  # «قتل 11 شخصا وجرح 30 آخرون من …»
    joined = (0 <= gap <= 2 and nouns) or (0 <= gap <= 3 and (bare or anybody))
    if joined and after.role == draft.role:
        draft.side = after.side if draft.supposed else draft.side or after.side
        draft.status, draft.supposed = after.status, False


_ANYBODY: Final = frozenset("شخص شخصا شخصان شخصين اشخاص".split())


def _as_its_whole(draft: FigureDraft) -> None:
    """«تسعة جنود، ثلاثة منهم في حالة خطرة»: some of a group are what the group is, unless their own noun says otherwise."""
    whole = draft.of
    if draft.role not in ("subset", "part") or whole is None:
        return
    if draft.figure.group.noun.feature("effect") == "abducted" and draft.figure.effect == "killed":
        draft.status, draft.side = "civilian", None  # «50 من مقاتلي التنظيم، بينهم مخطوفان»: those whom they held
        return
    armed = whole.status in _ARMED or whole.status == "detainee"
    of_them = armed and draft.status == "civilian" and draft.role == "subset" and not whole.supposed  # «خمسة آخرون بينهم طفل»: no soldier
    if (draft.status == "unknown" and whole.status != "mixed") or of_them:
        draft.status = whole.status
    if armed and draft.side in (None, "unidentified_gunmen") and draft.status != "civilian":
        draft.side = whole.side or draft.side  # «مقاتلين» of a force's dead are its own


def _by_words(context: Context, draft: FigureDraft) -> str:
    """What words near the figure say: both sides of a fight, or a bombardment that the report calls its dead martyrs of."""
    figure, grouped = draft.figure, context.grouped
    first, last = figure.at + 1, figure.at + 1 + _BOTH_SIDES_REACH
    sides = grouped.row.first_of("BOTH_SIDES", first=first, last=last)
    if sides is not None and not grouped.row.holds("STOP", "SEMI", first=first, last=sides):
        return "combatant"
    if (sorts := _of_two_sorts(context, figure)) != "unknown":
        return sorts
    event = draft.event
    if event is not None and event.kind not in _FOUGHT and _martyrs(figure):
        return "civilian"
    if event is not None and event.sentence == draft.sentence and event.kind in _AIMED and _at_civilians(context, event):
        return "civilian"
    if event is not None and event.kind == "armed_clash" and (named := _named_last(context, draft)) is not None:
        draft.side = draft.side or named
        return "combatant"
    if event is not None and _of_those_aimed_at(context, draft, event):
        hit = _aimed_at(context.units, event)
        draft.side = draft.side or (hit[0] if len(hit) == 1 else None)
        return "combatant"
    return "unknown"


def _of_two_sorts(context: Context, figure: Figure) -> str:
    """«25 شهيدا في التفجير، ما بين ضباط وأفراد»: of which sorts they were, told behind the rest of the sentence."""
    grouped, names = context.grouped, context.names
    last = min(len(grouped) - 3, figure.at + _SORTS_REACH)
    for i in grouped.row.where("BETWEEN", "STOP", "NL", first=figure.at + 1, last=max(figure.at + 1, last)):
        if not grouped[i].has("BETWEEN") or not grouped[i - 1].has("COMMA"):
            return "unknown"
        one, other = _noun(grouped[i + 1]), _noun(grouped[i + 3])
        sorts = grouped[i + 1].has("BARE") and grouped[i + 2].has("CONJ") and other.has("PERSON")
        if sorts and (figure.group.quantity.value or 0) > 1:
            return status_of([one, other], names)
    return "unknown"


_SORTS_REACH: Final = 16


def _named_last(context: Context, draft: FigureDraft) -> str | None:
    """«اشتبك الجيش مع عناصر التنظيم، ما أدى إلى مقتل أربعة منهم»: the fighters whom the sentence named last, or None."""
    figure, grouped = draft.figure, context.grouped
    if figure.at + 1 >= len(grouped) or grouped[figure.at + 1].word != "منهم" or figure.role == "subset":
        return None
    position = context.units.row.index_at(grouped[figure.at].start)
    named = context.actors_between(max(context.sentences[draft.sentence][0], position - _AIMED_REACH), position)
    actor = context.names.actors.get(context.actor_at(named[-1]) or "") if named else None
    return actor.id if actor is not None and actor.type in _FIGHTERS - {"State forces"} else None


def _of_those_aimed_at(context: Context, draft: FigureDraft, event: EventDraft) -> bool:
    """«غارات على مواقع للفصيل، ما أدى إلى مقتل العشرات»: dead of whom no noun tells, right after an attack on fighters."""
    figure, units = draft.figure, context.units
    some_of_them = figure.at + 1 < len(context.grouped) and context.grouped[figure.at + 1].word == "منهم"
    if (
        not (event.kind in _AIMED or (event.kind == "shooting" and some_of_them))
        or event.sentence != draft.sentence
        or not _without_noun(figure)
        or figure.others
    ):
        return False
    at = units.row.index_at(context.grouped[figure.at].start)
    if at < event.last or at - event.last > _AIMED_REACH or units.row.holds("BUILDINGS", "DWELLING", "CROWD", first=event.first, last=at):
        return False
    hit = [context.names.actors.get(target) for target in _aimed_at(units, event)]
    return bool(hit) and all(actor is not None and actor.type in _FIGHTERS for actor in hit)


def _aimed_at(units: Units, event: EventDraft) -> list[str]:
    """Whom an attack hit: those it was made on, or who made it where it was held off («صدت القوات هجوما للفصيل، وكبدته ستة قتلى»)."""
    repelled = units.row.holds("REPEL_V", first=event.first - _REPELLED, last=event.first)
    return event.agents if repelled else event.targets


def _at_civilians(context: Context, event: EventDraft) -> bool:
    """«استهداف مسيرة للمدنيين المناوبين»: an attack on people who are named as civilians."""
    units = context.units
    for i in units.row.where("GENERIC", first=event.first, last=event.last + 9):
        generic = context.names.generic_of(units[i].word)
        if generic is not None and generic.status == "civilian" and not units.row.holds("STOP", "COMMA", "CONJ", first=event.last, last=i):
            return True
    return False


_AIMED: Final = frozenset({"air_strike", "drone_strike", "shelling", "armed_assault", "attack_unspecified"})
_AIMED_REACH: Final = 30
_REPELLED: Final = 6
_FIGHTERS: Final = frozenset({"Rebel group", "Political militia", "Identity militia", "State forces"})
_BOTH_SIDES_REACH: Final = 8
_FOUGHT: Final = ("armed_clash", "armed_assault", "security_operation", "infiltration")


def _martyrs(figure: Figure) -> bool:
    return figure.group.noun.feature("loaded") == "martyr" and figure.side_unit is None


def _as_their_parts(context: Context, drafts: list[FigureDraft]) -> None:
    """A whole is what all its parts are; it is mixed where they differ, or where some of a crowd were armed."""
    parts: dict[int, list[FigureDraft]] = {}
    for draft in drafts:
        if draft.of is not None:
            parts.setdefault(id(draft.of), []).append(draft)
    for draft in drafts:
        if draft.status == "unknown" or draft.supposed:
            told = _of_parts(parts.get(id(draft), []))
            alike = draft.supposed and all(part.status == draft.status for part in parts.get(id(draft), []))
            draft.status = told if told != "unknown" and not alike else draft.status
            apart = draft.supposed and any(_sets_apart(p) for p in parts.get(id(draft), []))
            if apart and (draft.status in _ARMED or draft.status == "mixed"):
                if draft.role != "total":
                    draft.side = None  # the men told before were of a force; these were not all
                draft.status = "unknown" if draft.status in _ARMED else draft.status
            if draft.status == "unknown":
                draft.status = _mostly(context, draft)
        elif draft.role == "total" and draft.status in _OF_ONE_KIND and _of_parts(parts.get(id(draft), [])) == "mixed":
            draft.status = "mixed"


def _sets_apart(part: FigureDraft) -> bool:
    """«آخرون بينهم طفل»: not all of them were soldiers; a fighter's brother may be one too."""
    return part.status == "civilian" and not part.figure.group.noun.has("KIN")


def _of_parts(parts: list[FigureDraft]) -> str:
    told = {p.status for p in parts if p.role == "part"}
    if len(told) == 1:
        return told.pop()
    if told & {*_ARMED} and (told - {*_ARMED}):
        return "mixed"
    if any(p.role == "subset" and (p.status in _ARMED or _called_civilians(p)) for p in parts):
        return "mixed"
    return "unknown"


def _called_civilians(part: FigureDraft) -> bool:
    """«29 شخصا بينهم مدنيون»: who sets civilians apart says that the rest were none; «بينهم أطفال» does not."""
    return part.figure.group.noun.feature("en") == "civilians"


def _mostly(context: Context, draft: FigureDraft) -> str:
    """«12 شخصا، معظمهم مدنيون», «إن معظم القتلى مدنيون»: not all of them were; «جميعهم مدنيون»: all were."""
    at, items = draft.figure.at, context.grouped
    for i in items.row.where("MOST_OF", "MOST", "STOP", first=at + 1, last=min(len(items) - 1, at + _MOST_REACH)):
        if items[i].has("STOP") and draft.figure.effect != "killed":
            return "unknown"
        dead = items[i].has("MOST_OF") and items[i + 1].feature("effect") == draft.figure.effect
        if dead or (items[i].has("MOST") and not items.row.holds("STOP", first=at, last=i)):
            following = items.items[i + 1 : i + 5]
            told = any(_noun(unit).feature("status") == "civilian" for unit in following)
            return ("civilian" if items[i].has("ALL_OF") else "mixed") if told else "unknown"
    return "unknown"


_MOST_REACH: Final = 45


def _noun(unit: Unit) -> Unit:
    return unit.value.noun if isinstance(unit.value, Group) else unit


def _without_noun(figure: Figure) -> bool:
    """«173», «ستة آخرين», «11 جريحا»: the number's own words do not say who they were."""
    noun = figure.group.noun
    bare = figure.who == "people" and not noun.has("PERSON") and not figure.group.one
    return figure.others or bare or (bool(figure.group.effect) and figure.side_unit is None)
