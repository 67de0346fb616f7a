"""Claims of one report that cannot all be true, with the sums in plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from sijill.records import Contradiction, FigureClaim

__all__ = ["find_contradictions"]


def find_contradictions(figures: list[FigureClaim], names: Mapping[str, tuple[str, str]] | None = None) -> list[Contradiction]:
    """Contradictions among a report's figures: totals against parts, subsets against wholes, sources against each other.

    `names` gives sources' names by id, in Arabic and English.

    A bound is given its due: "at least 5" and 7 do not contradict each other; vague words never do.

    >>> find_contradictions([])
    []
    """
    return [*_totals(figures), *_subsets(figures), *_sources(figures, names or {})]


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
        if said == added or not _exact([total, *parts]):
            continue
        sums = " + ".join(map(str, values))
        found.append(
            Contradiction(
                kind="total_differs_from_parts",
                figures=[*(p.id for p in parts), total.id],
                sum=added,
                stated=said,
                difference=abs(added - said),
                note=f"{sums} = {added}; the report says {said}",
                note_ar=f"{sums} = {added}، والتقرير يقول {said}",
            )
        )
    return found


def _exact(figures: list[FigureClaim]) -> bool:
    return all(f.bound == "exact" for f in figures)


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


_COMPARED = 60
"""How many figures of one event are held against each other; no report tells more."""


def _comparable(one: FigureClaim, other: FigureClaim) -> bool:
    alike = one.effect == other.effect and one.event == other.event and one.event is not None
    whole = {one.role, other.role} <= {"alone", "total"} and one.value is not None and other.value is not None
    told_apart = one.source is not None and other.source is not None and one.source != other.source
    people = one.status == other.status and (one.side or "") == (other.side or "") and one.who == other.who
    return alike and whole and told_apart and people and not one.demographic and not other.demographic


def _can_both_hold(one: FigureClaim, other: FigureClaim) -> bool:
    low = max(one.min if one.min is not None else 0, other.min if other.min is not None else 0)
    highs = [f.max for f in (one, other) if f.max is not None]
    return "about" in (one.bound, other.bound) or not highs or low <= min(highs)
