"""Which figures are sums of others: by the text's own list, by the word «حصيلة», and by arithmetic."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from sijill.annotate.casualties import ELLIPTIC
from sijill.claims.context import EventDraft
from sijill.claims.drafts import FigureDraft
from sijill.claims.scenes import near

__all__ = ["find_totals"]


def find_totals(drafts: list[FigureDraft]) -> None:
    """Roles by words and by arithmetic: a list of parts, a toll told after the figures it sums, a number that others add up to."""
    _told_in_parts(drafts)
    _subsets_that_add_up(drafts)
    for i, draft in enumerate(drafts):
        if draft.role != "alone" or draft.value is None:
            continue
        if draft.figure.toll:
            parts = _parts_before(drafts, i)
            draft.cumulative = draft.cumulative or len(parts) > 1  # a toll that sums up what was told counts the whole time of it
            _total_of(draft, parts)
        for find in (_dead_and_wounded, _parts_that_add_up, _parts_just_told):
            if draft.role == "alone":
                parts = find(drafts, i)
                _total_of(draft, parts if _wounded_add_up_too(drafts, i, parts) else [])


def _told_in_parts(drafts: list[FigureDraft]) -> None:
    """«166 قتيلا: 114 من … و45 من …», «4 مدنيين (امرأة و3 أطفال)»: a list that the text itself gives as the parts."""
    parts: dict[int, list[FigureDraft]] = {}
    for draft in drafts:
        if draft.role == "part" and draft.of is not None:
            parts.setdefault(id(draft.of), []).append(draft)
    for listed in parts.values():
        whole = listed[0].of
        together = len(listed) > 1 and whole is not None and whole.role == "alone"
        some = not together and whole is not None and 0 < (listed[0].value or 0) < (whole.value or 0)  # the rest was not counted
        for part in listed:
            part.role, part.of = ("part", whole) if together else ("subset", whole) if some else ("alone", None)
        if together and whole is not None:
            whole.role = "total"


def _subsets_that_add_up(drafts: list[FigureDraft]) -> None:
    """«60 شخصا، بينهم 20 مدنيا و30 مقاتلا و10 جنود»: three or more that use up the whole are its parts, whatever the word before them.

    So are three or more that come to a little more than the whole, if nobody can be counted in two of them: such a sum is a slip.
    With less than the whole, the rest may just not have been named.
    """
    told: dict[int, list[FigureDraft]] = {}
    for draft in drafts:
        if draft.role == "subset" and draft.of is not None and draft.figure.effect == draft.of.figure.effect:
            told.setdefault(id(draft.of), []).append(draft)
    for parts in told.values():
        whole = parts[0].of
        if whole is None or whole.role != "alone" or len(parts) < _ALL_TOLD:
            continue
        total = sum(p.value or 0 for p in parts)
        if total == whole.value or (_a_little_more(whole, parts, total) and _set_apart(parts)):
            _total_of(whole, parts)


def _a_little_more(whole: FigureDraft, parts: list[FigureDraft], total: int) -> bool:
    exact = all(figure.quantity.bound == "exact" for figure in (whole, *parts))
    return exact and (whole.value or 0) < total <= (whole.value or 0) * 1.1


def _set_apart(parts: list[FigureDraft]) -> bool:
    """Whether no two parts can count one person twice: guards, fighters and civilians cannot, «مدنيين» and «أطفال» can."""
    kinds = [(part.status, part.side if part.status in ("combatant", "security") else None) for part in parts]
    if len({*kinds}) == len(kinds) and "unknown" not in {part.status for part in parts}:
        return not any(part.figure.demographic for part in parts)
    ages = [part.figure.demographic for part in parts]
    return all(len(kind) == 1 for kind in ages) and len({*ages}) == len(ages)


_ALL_TOLD: Final = 3
"""So many that add up exactly are no chance; two often are («10 جرحى بينهم 7 مدنيين و3 شرطيين»)."""


def _total_of(total: FigureDraft, parts: list[FigureDraft]) -> None:
    if len(parts) < 2:
        return
    total.role = "total"
    for part in parts:
        part.role, part.of = "part", total
        part.cumulative = part.cumulative or total.cumulative


_TELLING: Final = 5
"""A number is taken for the sum of figures further off only from here on; 3 = 1 + 2 happens by chance."""
_NO_CHANCE: Final = 10
"""Three parts or more that come to such a number exactly are its parts wherever in the report it stands."""
_NEAR: Final = 2
_LEAD, _REACH = 3, 16  # sentences: where a number announces the rest, and how far on the rest may stand


def _parts_before(drafts: list[FigureDraft], i: int) -> list[FigureDraft]:
    """Figures of the same effect that the toll's own sentence gave before it, each no larger than the toll."""
    total, parts = drafts[i], []
    for other in reversed(drafts[:i]):
        if other.sentence != total.sentence or other.figure.effect != total.figure.effect:
            break
        if other.role != "alone" or other.value is None or total.value is None or other.value > total.value:
            break
        parts.append(other)
    return parts[::-1]


def _dead_and_wounded(drafts: list[FigureDraft], i: int) -> list[FigureDraft]:
    """«23 بين قتيل وجريح», later «سبعة قتلى وستة عشر جريحا»: the dead and the wounded told side by side that add up to both."""
    whole = drafts[i]
    if whole.figure.effect != "killed_or_injured":
        return []
    following = drafts[i + 1 : i + 13]
    for one, other in pairwise(following):
        pair = (one.figure.effect, other.figure.effect)
        beside = one.role == other.role == "alone" and one.sentence == other.sentence
        if pair == ("killed", "injured") and beside and one.value and other.value and _adds_up(whole, one.value + other.value):
            return [one, other]
    return []


def _parts_that_add_up(drafts: list[FigureDraft], i: int) -> list[FigureDraft]:
    """The figures right after a number, of its effect, if exactly they add up to it («7: ثلاثة … وأربعة …»)."""
    whole, total = drafts[i], 0
    parts: list[FigureDraft] = []
    lead = whole.sentence <= _LEAD and (whole.value or 0) >= _TELLING
    announces = lead or (whole.value or 0) >= _NO_CHANCE
    for other in drafts[i + 1 : i + 13]:
        if other.figure.effect != whole.figure.effect or (parts and _told_before(parts[-1], other)):
            continue
        told_again = other.role == "subset" and other.of is whole and bool(other.retold)
        if (other.role == "subset" and not told_again) or (other.figure.group.noun.feature("body") and other.sentence == whole.sentence):
            continue  # «قتل ستة، كما عثر على جثتين …»: bodies told beside the number are none of it
        if (
            other.sentence - whole.sentence > (_REACH if announces else _NEAR)
            or other.value is None
            or not (other.role == "alone" or told_again)
        ):
            break
        parts.append(other)
        total += other.value
        if whole.value is not None and total >= whole.value:
            break
    exact = all(part.quantity.bound == "exact" for part in parts)
    fits = _adds_up(whole, total) if lead else total == whole.value and exact
    if not lead and parts and parts[-1].sentence - whole.sentence > _NEAR:
        fits = total == whole.value and len(parts) >= _ALL_TOLD
    return parts if fits and len(parts) >= 2 and _can_be_one_crowd(whole, parts) else []


def _told_before(part: FigureDraft, other: FigureDraft) -> bool:
    """«19 قتيلا. وكانت حصيلة غير نهائية للتفجير أفادت عن 17»: a lower number of the event whose number is a part already."""
    same = other.event is not None and other.event is part.event and other.sentence > part.sentence and other.role == "alone"
    return same and (part.value or 0) < 2 * (other.value or 0) < 2 * (part.value or 0)


def _parts_just_told(drafts: list[FigureDraft], i: int) -> list[FigureDraft]:
    """«قتل 5 شرطيين وجندي …»، then «ستة قتلى في صفوف قوات الأمن»: a number that sums the ones told just before it."""
    whole, parts, total = drafts[i], [], 0
    if (whole.value or 0) < _TELLING or whole.quantity.bound not in ("exact", "at_least"):
        return []
    for other in reversed(drafts[max(0, i - 6) : i]):
        if other.figure.effect != whole.figure.effect or other.role == "subset":
            continue
        if whole.sentence - other.sentence > 2 or other.value is None or other.role != "alone" or other.quantity.bound != "exact":
            break
        parts.append(other)
        total += other.value
        if total >= (whole.value or 0):
            break
    return parts[::-1] if total == whole.value and len(parts) >= 2 and _can_be_one_crowd(whole, parts) else []


def _wounded_add_up_too(drafts: list[FigureDraft], i: int, parts: list[FigureDraft]) -> bool:
    """«5 قتلى و11 جريحا … 9 قتلى و3 جرحى … 14 قتيلا و23 جريحا»: where each is told with its wounded, 14 is no sum unless 23 is one too."""
    if not parts or drafts[i].figure.effect != "killed":
        return True
    nearby = drafts[max(0, i - 12) : i + 15]  # as far as the parts of a number are looked for, and what stands beside the last
    told = [_told_beside(nearby, figure) for figure in (drafts[i], *parts)]
    wounded = [one.value for one in told if one is not None and one.value is not None]
    if len(wounded) < len(told) or told[0] is None:
        return True
    said, total = wounded[0], sum(wounded[1:])
    return said == total if told[0].quantity.bound == "exact" else said * 9 <= total * 10 <= said * 12  # «أكثر من 100»: 72 and 25


def _told_beside(drafts: list[FigureDraft], draft: FigureDraft) -> FigureDraft | None:
    """The wounded told right after a figure in its sentence."""
    at = next(i for i, other in enumerate(drafts) if other is draft)
    if draft.role == "subset" and draft.told_in:  # «ثلاثة، بينهم اثنان …»: the two, when they are told again, with their wounded
        again = next((d for d in drafts[at + 1 :] if d.sentence in draft.told_in and d.figure.effect == "injured"), None)
        return again if again is not None and again.role != "subset" else None
    after = next((d for d in drafts[at + 1 : at + 3] if d.role != "subset"), None)
    told = after is not None and after.sentence == draft.sentence and after.figure.effect == "injured"
    return after if told else None


def _adds_up(whole: FigureDraft, total: int) -> bool:
    """Whether a sum fits a number with its bound; «أكثر من 50» is a sum of 54, and not one of 90."""
    said = whole.value or 0
    if whole.quantity.bound in ("more_than", "at_least", "about"):
        return said <= total <= said + max(1, said // 5)
    return total == said


def _can_be_one_crowd(whole: FigureDraft, parts: list[FigureDraft]) -> bool:
    """Parts of a crowd of soldiers are no civilians; «12 في رفح، و5 …، و7 …» goes on with numbers beside the first."""
    if any(part.figure.rule == ELLIPTIC and part.sentence == whole.sentence for part in parts):
        return False
    if whole.figure.group.noun.feature("en") == "fighters" and any(part.figure.group.noun.feature("force") for part in parts):
        return False  # «أربعة مهاجمين» are no sum of policemen
    by_chance = len(parts) < _ALL_TOLD or sum(part.value or 0 for part in parts) != whole.value
    if by_chance and any(part.event is whole.event for part in parts) and any(_elsewhere(whole.event, part.event) for part in parts):
        return False  # «14 قتيلا في بنغازي», one in another town, then «13» of Benghazi: two numbers of one thing, and no sum
    sides = {figure.side for figure in (whole, *parts)} - {None, "unidentified_gunmen", "unidentified"}
    if whole.side is not None and len(sides) > 1:
        return False  # «23 من التكفيريين» are not a sum that holds a soldier
    kinds = {"armed" if figure.status in ("combatant", "security") else figure.status for figure in (whole, *parts)}
    return not {"armed", "civilian"} <= kinds or whole.status not in ("combatant", "security", "civilian")


def _elsewhere(whole: EventDraft | None, part: EventDraft | None) -> bool:
    """Whether two events are each told with a place of its own, and the two places cannot be one or one inside the other."""
    if whole is None or part is None or whole is part or not (whole.own_place and part.own_place and whole.places and part.places):
        return False
    return not any(near(x, y) for x in whole.places for y in part.places)
