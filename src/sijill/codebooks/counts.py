"""How many were killed, for codebooks that want one number: the lowest by ACLED's rule, and counts by side for UCDP.

The same people are easily counted twice: as a total and by its crowds, in a whole and in its parts. Of the two mistakes the one preferred
is to count too few.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sijill.records import Case, Figure, FigureClaim, Incident

__all__ = ["Deaths", "Vague", "counted", "crowds", "divided", "lowest", "means_a_death", "own_figures", "people", "vague_deaths"]

Crowd = tuple[str | None, str | None]
_ARMED = ("combatant", "security")


class Deaths(NamedTuple):
    """A number of dead: how many, the claims behind it, and who gave it, where a single source gave the lowest."""

    number: int
    claims: tuple[str, ...] = ()
    source: str | None = None
    crowds_sum: int = 0


class Vague(NamedTuple):
    """A number of dead that stands for a vague word: the word, the number, and the claims."""

    number: int
    words: tuple[str, ...]
    claims: tuple[str, ...]
    kinds: frozenset[str]


def own_figures(incident: Incident, whole: Incident | None = None) -> list[Figure]:
    """The figures of dead of an incident itself. Of a part, without numbers that are a step of its whole's toll.

    Such a number («the toll has risen to 181») is told beside the part and counts the whole so far. It would count again in every part.

    >>> own_figures(Incident(id="inc-1", kind="shelling"))
    []
    """
    dead = [figure for figure in incident.figures if figure.effect == "killed" and not figure.demographic]
    if whole is None:
        return dead
    stands = {use.claim: use.used for figure in whole.figures for use in figure.uses}
    if all(stands.get(use.claim, True) for figure in dead for use in figure.uses if use.used):
        return dead
    # The whole toll is of the whole then, also the crowds of it that did not rise any more.
    return [figure for figure in dead if not any(use.used and use.claim in stands for use in figure.uses)]


def counted(figures: Iterable[Figure]) -> bool:
    """Whether any of some figures has a number.

    >>> counted([])
    False
    """
    return any(figure.low is not None or figure.best is not None or figure.high is not None for figure in figures)


def crowds(figures: Iterable[Figure], end: str) -> dict[Crowd, int]:
    """The numbers of some figures by status and side, at one of their ends: low, best or high. Where an end is open, the best is taken.

    >>> crowds([Figure(effect="killed", status="civilian", low=4, best=7, high=7, policy="default")], "low")
    {('civilian', None): 4}
    """
    found: dict[Crowd, int] = {}
    for figure in figures:
        value: int | None = getattr(figure, end)
        value = value if value is not None else figure.best if figure.best is not None else figure.low
        if value is not None:
            found[_crowd(figure)] = max(found.get(_crowd(figure), 0), value)
    return found


def _crowd(figure: Figure) -> Crowd:
    return (None if figure.status in ("unknown", "mixed") else "combatant" if figure.status in _ARMED else figure.status, figure.side)


def people(values: Mapping[Crowd, int]) -> int:
    """How many people some crowds are together, nobody counted twice.

    A count of everybody and the sum of its crowds are not added up: the greater counts. A side's total beyond its fighters may be the
    civilians that stand in a crowd of their own.

    >>> people({(None, None): 10, ("civilian", None): 4, ("combatant", "sdf"): 77, (None, "sdf"): 81})
    81
    """
    by_status: dict[str, int] = {}
    by_side: dict[str, int] = {}
    for (status, side), value in values.items():
        if status is not None and side is not None:
            by_status[status] = by_status.get(status, 0) + value
            by_side[side] = by_side.get(side, 0) + value
    bare = {status: value for (status, side), value in values.items() if status is not None and side is None}
    known = sum(max(bare.get(status, 0), by_status.get(status, 0)) for status in {*bare, *by_status})
    beyond = sum(max(0, value - by_side.get(side, 0)) for (status, side), value in values.items() if status is None and side is not None)
    unplaced = sum(max(0, value - by_status.get(status, 0)) for status, value in bare.items())
    return max(values.get((None, None), 0), known + max(0, beyond - unplaced))


def lowest(figures: Sequence[Figure]) -> Deaths:
    """The lowest complete number of dead: of the crowds at their lowest, or of a single source that counts everybody.

    A source that counts one side alone is not complete, and is no lower estimate of all.

    >>> from sijill.records import Use
    >>> use = Use(claim="fig-1", report="r", family="f", low=3, best=3, high=3, used=True, why="the latest count of its source")
    >>> lowest([Figure(effect="killed", status="mixed", low=3, best=5, high=5, policy="default", uses=[use])])
    Deaths(number=3, claims=('fig-1',), source=None, crowds_sum=3)
    """
    claims = tuple(dict.fromkeys(use.claim for figure in figures for use in figure.uses if use.used))
    by_crowd = crowds(figures, "low")
    total = people(by_crowd)
    by_source: dict[str, dict[Crowd, int]] = {}
    for figure in figures:
        for use in figure.uses:
            if use.used and use.low is not None:
                values = by_source.setdefault(use.source or use.family, {})
                values[_crowd(figure)] = max(values.get(_crowd(figure), 0), use.low)
    named = {use.source for figure in figures for use in figure.uses if use.source}
    whole = {source: people(values) for source, values in by_source.items() if (None, None) in values or values.keys() >= by_crowd.keys()}
    least = min(whole, key=lambda source: (whole[source], source), default=None)
    if least is None or whole[least] >= total:
        return Deaths(total, claims, None, total)
    return Deaths(whole[least], claims, least if least in named else None, total)


_DEATHS = frozenset({"assassination", "execution"})


def means_a_death(case: Case) -> bool:
    """Whether the deed itself says that somebody died, where no report has a number: an assassination, an execution, carried out.

    >>> means_a_death(Case(incident=Incident(id="inc-1", kind="assassination")))
    True
    """
    return case.incident.kind in _DEATHS and case.incident.modality == "asserted"


_SEVERAL, _SEVERAL_OF_MANY = 3, 10
_MANY = 30
"""So many injured, or a vague word for tens or more of them, make «several killed» ten and not three."""
_WORDS = {"tens": 10, "hundreds": 100, "thousands": 1000, "dual_or_plural": 2}
_DOZENS = ("dozen", "dozens")


def vague_deaths(case: Case) -> Vague | None:
    """What ACLED counts for vague words where no report has a number: the lowest of what families of texts say. Null where none says it.

    «عشرات» is tens, 10; the English dozens are 12; «مئات» 100; several and a bare plural 3, and 10 where the harm told beside it is large.

    >>> vague_deaths(Case(incident=Incident(id="inc-1", kind="shelling"))) is None
    True
    """
    many = _many(case)
    by_family: dict[str, list[FigureClaim]] = {}
    for report in case.reports:
        own = {event.id for event in report.events}
        told = [f for f in report.figures if f.effect == "killed" and f.vague_word is not None and f.event in own and f.role != "subset"]
        by_family.setdefault(report.line.family, []).extend(told)
    sums = {family: _vague_sum(told, many) for family, told in by_family.items() if told}
    if not sums:
        return None
    family = min(sums, key=lambda one: (sums[one], one))
    told = by_family[family]
    return Vague(
        sums[family],
        tuple(dict.fromkeys(figure.quote for figure in told)),
        tuple(figure.claim for figure in told),
        frozenset(_word(figure, many) for figure in told),
    )


def _vague_sum(told: Sequence[FigureClaim], many: bool) -> int:
    """Different people add up, the same ones count once; a crowd of unknown people may be those already counted."""
    largest: dict[Crowd, int] = {}
    for figure in told:
        crowd = (figure.status if figure.status not in ("unknown", "mixed") else None, figure.side)
        largest[crowd] = max(largest.get(crowd, 0), _value(figure, many))
    return people(largest)


def _value(figure: FigureClaim, many: bool) -> int:
    word = _word(figure, many)
    return {"dozens": 12, "several": _SEVERAL, "several of many": _SEVERAL_OF_MANY, **_WORDS}[word]


def _word(figure: FigureClaim, many: bool) -> str:
    if figure.vague_word == "tens":
        return "dozens" if any(word in figure.quote.lower() for word in _DOZENS) else "tens"
    if figure.vague_word in ("several", "plural"):
        return "several of many" if many else "several"
    return figure.vague_word or "several"


def _many(case: Case) -> bool:
    injured = max((figure.best or 0 for figure in case.incident.figures if figure.effect in ("injured", "killed_or_injured")), default=0)
    words = {figure.vague_word for report in case.reports for figure in report.figures if figure.effect in ("injured", "killed_or_injured")}
    return injured >= _MANY or not words.isdisjoint({"tens", "hundreds", "thousands"})


def divided(total: int, count: int) -> list[int]:
    """A total over a number of days or places, as equal as can be; what remains goes to the first.

    >>> divided(12, 3), divided(11, 3)
    ([4, 4, 4], [5, 3, 3])
    """
    share, rest = divmod(total, count)
    return [share + rest, *[share] * (count - 1)]
