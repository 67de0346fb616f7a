"""What each report counts for an incident: one number for each effect and crowd, with the sums behind it.

Inside one report the same people are easily counted twice: as a total and its parts, as a subset, as yesterday's toll beside today's.
Here they become one count for each crowd and claimant; every figure claim is part of it, or set aside with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sijill.reconcile.sides import Sides
from sijill.records import Effect, FigureClaim, Reading, Status

__all__ = ["Account", "Count", "Crowd", "Dropped", "count_account"]


class Crowd(NamedTuple):
    """Of whom a number is: «mixed» without a side is everyone, with one everyone on that side."""

    effect: Effect
    status: Status
    side: str | None = None
    demographic: tuple[str, ...] = ()


class Account(NamedTuple):
    """One report's telling of an incident: its reading, and which of its events are of the incident itself or of its parts.

    `day` is the day as of which it counts: that of publication, as an ordinal. `compiled` marks a row of a data set, which somebody made
    from reports and which is no witness of its own.
    """

    reading: Reading
    family: str
    day: int | None
    events: frozenset[str]
    parts: frozenset[str] = frozenset()
    compiled: bool = False


class Count(NamedTuple):
    """What one claimant counts in one report. `claims` are the figure claims that it is made of, the first one the largest.

    `toll`: it sums up more than one clause; `since`: it counts from some day on, which may be long before the incident.
    """

    crowd: Crowd
    low: int
    best: int
    high: int | None
    claims: tuple[str, ...]
    claimant: str
    named: bool
    account: Account
    toll: bool
    since: bool
    order: int
    sum: str = ""


class Dropped(NamedTuple):
    """A figure claim that is part of no count, and why."""

    claim: str
    crowd: Crowd
    claimant: str
    account: Account
    figure: FigureClaim
    why: str


def count_account(account: Account, sides: Sides) -> tuple[list[Count], list[Dropped]]:
    """The counts of a report, and the figures that went into none.

    The claimant is who the report says gave the number; where it names nobody, the report's own family of texts.
    """
    by_id = {figure.id: figure for figure in account.reading.figures}
    chosen = [f for f in account.reading.figures if _belongs(f, by_id, account)]
    groups: dict[tuple[Crowd, str], list[FigureClaim]] = {}
    dropped: list[Dropped] = []
    for figure in chosen:
        crowd, claimant = _crowd(figure, by_id, sides), _claimant(figure, by_id, account, sides)
        if figure.value is None and figure.bound != "range":
            dropped.append(Dropped(figure.claim, crowd, claimant, account, figure, "a vague word, which counts nobody"))
        elif figure.role == "subset" and not figure.demographic and crowd == _crowd(by_id.get(figure.of or "", figure), by_id, sides):
            dropped.append(Dropped(figure.claim, crowd, claimant, account, figure, "some of a larger number of the same people"))
        else:
            groups.setdefault((crowd, claimant), []).append(figure)
            if crowd.demographic and figure.role != "subset":  # two children killed are two civilians killed
                groups.setdefault((crowd._replace(demographic=()), claimant), []).append(figure)
    counts: list[Count] = []
    for (crowd, claimant), figures in groups.items():
        count, smaller = _one_count(crowd, claimant, figures, by_id, account)
        counts.append(count)
        dropped += smaller
    return counts, dropped


def _belongs(figure: FigureClaim, by_id: Mapping[str, FigureClaim], account: Account) -> bool:
    """Whether a figure is of the incident: of its own events, or, for a toll, of its parts."""
    if figure.event in account.events:
        return True
    return figure.event in account.parts and _is_toll(figure, by_id)


def _is_toll(figure: FigureClaim, by_id: Mapping[str, FigureClaim]) -> bool:
    """Whether a figure sums up more than the clause it stands in."""
    whole = by_id.get(figure.of or "")
    return figure.cumulative or figure.role == "total" or (whole is not None and whole is not figure and _is_toll(whole, by_id))


_ARMED = ("combatant", "security")


def _crowd(figure: FigureClaim, by_id: Mapping[str, FigureClaim], sides: Sides) -> Crowd:
    whole = by_id.get(figure.of or "")
    side = figure.side or (whole.side if whole and figure.role == "part" and figure.status in _ARMED else None)
    side = sides.of(side) if side else None
    demographic = tuple(sorted(figure.demographic))
    if figure.status == "civilian":
        return Crowd(figure.effect, "civilian", None, demographic)
    if figure.status in _ARMED:
        return Crowd(figure.effect, "combatant", side, demographic)
    if figure.status == "detainee":
        return Crowd(figure.effect, "detainee", side, demographic)
    return Crowd(figure.effect, "mixed", side, demographic)


def _claimant(figure: FigureClaim, by_id: Mapping[str, FigureClaim], account: Account, sides: Sides) -> str:
    whole = by_id.get(figure.of or "")
    source = figure.source or (whole.source if whole else None)
    return sides.of(source) if source else account.family


def _one_count(
    crowd: Crowd, claimant: str, figures: list[FigureClaim], by_id: Mapping[str, FigureClaim], account: Account
) -> tuple[Count, list[Dropped]]:
    """Figures of one crowd as one count: different people add up, the same people are counted once, by the largest number."""
    largest: dict[tuple[str, str | None], FigureClaim] = {}
    smaller: list[tuple[FigureClaim, str]] = []
    parts = [f for f in figures if f.role == "part"]
    pool = parts if len(parts) > 1 else figures
    smaller += [(f, "its people are counted in the parts of a total") for f in figures if f not in pool]
    for figure in pool:
        people = (figure.status, figure.who)
        before = largest.get(people)
        if before is None:
            largest[people] = figure
        elif _least(figure) > _least(before):
            largest[people] = figure
            smaller.append((before, "a smaller number of the same people in the same report"))
        else:
            smaller.append((figure, "a smaller number of the same people in the same report"))
    added = sorted(largest.values(), key=lambda f: -_least(f))
    bests = [_best(f) for f in added]
    highs = [f.max if f.max is not None else f.value if f.bound in ("exact", "about") else None for f in added]
    count = Count(
        crowd=crowd,
        low=sum(map(_least, added)),
        best=sum(bests),
        high=None if any(high is None for high in highs) else sum(high or 0 for high in highs),
        claims=tuple(f.claim for f in added),
        claimant=claimant,
        named=claimant != account.family,
        account=account,
        toll=any(_is_toll(f, by_id) for f in added),
        since=all(f.cumulative for f in added),
        order=added[0].start,
        sum=f"{' + '.join(map(str, bests))} = {sum(bests)}" if len(bests) > 1 else "",
    )
    return count, [Dropped(f.claim, crowd, claimant, account, f, why) for f, why in smaller]


def _least(figure: FigureClaim) -> int:
    return figure.min if figure.min is not None else figure.value or 0


def _best(figure: FigureClaim) -> int:
    """The number as told, no less than the least («more than 1000» is 1001); of a range its middle, rounded down."""
    if figure.value is not None:
        return max(figure.value, figure.min or 0)
    return ((figure.min or 0) + (figure.max if figure.max is not None else figure.min or 0)) // 2


def crowds(counts: Iterable[Count]) -> list[Crowd]:
    """The crowds that are counted, in a stable order."""
    return sorted({count.crowd for count in counts}, key=lambda c: (c.effect, c.status, c.side or "", c.demographic))
