"""Claims of one report that cannot all be true, with the sums in plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Final, NamedTuple

from sijill.records import Contradiction, FigureClaim

__all__ = ["Told", "find_contradictions"]


class Told(NamedTuple):
    """How the text tells a figure: in which sentence, and whether as a toll that rose, as an earlier one, or of one incident.

    An operation of many days is no incident: each side's daily numbers differ without contradicting each other.
    """

    sentence: int
    rose: bool = False
    earlier: bool = False
    incident: bool = True


def find_contradictions(
    figures: list[FigureClaim],
    names: Mapping[str, tuple[str, str]] | None = None,
    told: Mapping[str, Told] | None = None,
) -> list[Contradiction]:
    """Contradictions among a report's figures: totals against parts, subsets against wholes, tolls revised, sources against each other.

    `names` gives sources' names by id, in Arabic and English; `told` how the text tells each figure, by id.

    A bound is given its due: "at least 5" and 7 do not contradict each other; vague words never do.

    >>> find_contradictions([])
    []
    """
    told = told or {figure.id: Told(n) for n, figure in enumerate(figures)}
    replaced = _replaced(figures, told)
    known = {frozenset(one.figures) for one in replaced}
    single = [f for f in figures if told[f.id].incident]
    disagree = [one for one in _sources(single, names or {}) if frozenset(one.figures) not in known]
    return [*_totals(figures), *_subsets(figures), *replaced, *disagree]


def _totals(figures: list[FigureClaim]) -> list[Contradiction]:
    found = []
    parts_of: dict[str | None, list[FigureClaim]] = {}
    for figure in figures:
        if figure.role == "part":
            parts_of.setdefault(figure.of, []).append(figure)
    for total in figures:
        parts = parts_of.get(total.id, [])
        if total.role != "total" or total.value is None or len(parts) < 2 or any(p.value is None for p in parts):
            continue
        values = [p.value or 0 for p in parts]
        said, added = total.value, sum(values)
        if _sum_can_hold(total, parts) or added * 5 < said * 4:
            continue  # a list that comes to so little may just not have been read to its end
        sums = " + ".join(map(str, values))
        found.append(
            Contradiction(
                kind="total_differs_from_parts",
                figures=[*(p.id for p in parts), total.id],
                sum=added,
                stated=said,
                difference=abs(added - said),
                note=f"{sums} = {added}; the report says {_stated(total, _BOUNDS)}",
                note_ar=f"{sums} = {added}، والتقرير يقول {_stated(total, _BOUNDS_AR)}",
            )
        )
    return found


_BOUNDS: Final = {"more_than": "more than ", "at_least": "at least ", "at_most": "at most ", "fewer_than": "fewer than "}
_BOUNDS_AR: Final = {"more_than": "أكثر من ", "at_least": "ما لا يقل عن ", "at_most": "ما لا يزيد على ", "fewer_than": "أقل من "}


def _stated(figure: FigureClaim, bounds: Mapping[str, str]) -> str:
    return f"{bounds.get(figure.bound, '')}{figure.value}"


def _sum_can_hold(total: FigureClaim, parts: list[FigureClaim]) -> bool:
    """Whether the parts can add up to the total within all bounds; «more than 23» is no sum of 7 and 16."""
    if any(f.bound in ("about", "vague") for f in (total, *parts)):
        return True
    if sum(p.value or 0 for p in parts) == total.value and any(p.bound != "exact" for p in parts):
        return True  # the loose bound of a part is the sum's
    lowest = sum(p.min or 0 for p in parts)
    highest = None if any(p.max is None for p in parts) else sum(p.max or 0 for p in parts)
    return (total.max is None or lowest <= total.max) and (highest is None or highest >= (total.min or 0))


def _subsets(figures: list[FigureClaim]) -> list[Contradiction]:
    by_id = {f.id: f for f in figures}
    found = []
    for part in figures:
        whole = by_id.get(part.of or "")
        if part.role != "subset" or whole is None or part.min is None or whole.max is None or part.min <= whole.max:
            continue
        found.append(
            Contradiction(
                kind="subset_exceeds_whole",
                figures=[part.id, whole.id],
                stated=whole.value,
                difference=part.min - whole.max,
                note=f"{part.min} among {whole.max}: a part larger than its whole",
                note_ar=f"{part.min} من بين {whole.max}: الجزء أكبر من الكل",
            )
        )
    return found


def _replaced(figures: list[FigureClaim], told: Mapping[str, Told]) -> list[Contradiction]:
    """A toll that the text says rose, or that it sets against an earlier one: the lower number was given first."""
    found = []
    recalled = any(one.earlier for one in told.values())
    for i, toll in enumerate(figures):
        if not recalled and not told[toll.id].rose:
            continue
        near_by = figures[max(0, i - _COMPARED) : i + _COMPARED]
        lower = [f for f in near_by if _gave_way(f, toll, told[f.id], told[toll.id])]
        before = max(lower, key=lambda f: f.value or 0, default=None)
        if before is None:
            continue
        found.append(
            Contradiction(
                kind="earlier_figure_replaced",
                figures=[before.id, toll.id],
                stated=toll.value,
                difference=(toll.value or 0) - (before.value or 0),
                note=f"{before.value} was told earlier, {toll.value} now",
                note_ar=f"ذُكر {before.value} من قبل، و{toll.value} الآن",
            )
        )
    return found


def _gave_way(before: FigureClaim, toll: FigureClaim, then: Told, now: Told) -> bool:
    if before is toll or not (now.rose or then.earlier) or (then.sentence == now.sentence and (not then.earlier or now.earlier)):
        return False
    if not _same_crowd(before, toll) or before.cumulative != toll.cumulative:
        return False
    if before.event != toll.event and not (now.rose and then.earlier):
        return False
    lower = (before.value or 0) < (toll.value or 0) or (then.sentence == now.sentence and before.value != toll.value)
    return _near_in_size(before, toll) and lower  # «خُفضت الحصيلة من 43 إلى 37»: in one breath it may fall too


_TIMES: Final = 3
"""Numbers further apart than so many times are of two crowds, not of one that was counted twice."""


def _near_in_size(one: FigureClaim, other: FigureClaim) -> bool:
    low, high = sorted((one.value or 0, other.value or 0))
    return low > 0 and high <= low * _TIMES


def _same_crowd(one: FigureClaim, other: FigureClaim) -> bool:
    """Whether two numbers can be of one crowd: the same harm, whole, and nobody said to be of another sort."""
    whole = {one.role, other.role} <= {"alone", "total"} and one.value is not None and other.value is not None
    if one.effect != other.effect or not whole or one.demographic or other.demographic:
        return False
    if one.side and other.side and one.side != other.side:
        return False
    return len({one.status, other.status} - {"unknown", "mixed"}) < 2


def _sources(figures: list[FigureClaim], names: Mapping[str, tuple[str, str]]) -> list[Contradiction]:
    """Two sources that give one event's toll differently, beyond their bounds."""
    found = []
    by_event: dict[str | None, list[FigureClaim]] = {}
    for figure in figures:
        by_event.setdefault(figure.event, []).append(figure)
    pairs = (pair for group in by_event.values() for pair in combinations(group[:_COMPARED], 2))
    for one, other in pairs:
        if not _comparable(one, other) or _can_both_hold(one, other):
            continue
        (one_ar, one_en), (other_ar, other_en) = (names.get(f.source or "", (f.source, f.source)) for f in (one, other))
        found.append(
            Contradiction(
                kind="sources_disagree",
                figures=[one.id, other.id],
                difference=abs((one.value or 0) - (other.value or 0)),
                note=f"{one.value} according to {one_en}, {other.value} according to {other_en}",
                note_ar=f"{one.value} بحسب {one_ar}، و{other.value} بحسب {other_ar}",
            )
        )
    return found


_COMPARED: Final = 60
"""How many figures of one event are held against each other; no report tells more."""


def _comparable(one: FigureClaim, other: FigureClaim) -> bool:
    told_apart = one.source is not None and other.source is not None and one.source != other.source
    if "unidentified" in (one.source, other.source) or "relatives" in (one.who, other.who):
        return False
    same_event = one.event == other.event and one.event is not None
    same_time = one.cumulative == other.cumulative and min(one.value or 0, other.value or 0) > 1
    return told_apart and same_event and same_time and _same_crowd(one, other) and _near_in_size(one, other)


def _can_both_hold(one: FigureClaim, other: FigureClaim) -> bool:
    low = max(one.min if one.min is not None else 0, other.min if other.min is not None else 0)
    highs = [f.max for f in (one, other) if f.max is not None]
    return "about" in (one.bound, other.bound) or not highs or low <= min(highs)
