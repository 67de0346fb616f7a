"""The dead of a row of UCDP GED: the best estimate by side, and the lowest and highest of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sijill.codebooks.actors import side
from sijill.codebooks.coded import Reason
from sijill.codebooks.counts import counted, crowds, lowest, means_a_death, own_figures, people, vague_deaths
from sijill.codebooks.saying import reason
from sijill.codebooks.shares import Kin
from sijill.codebooks.ucdp_types import Violence
from sijill.records import Case, Figure

__all__ = ["Dead", "dead_of"]


class Dead(NamedTuple):
    """The dead of a row. `together` says that parts were taken off or put in."""

    a: int
    b: int
    civilians: int
    unknown: int
    low: int
    high: int
    claims: tuple[str, ...]
    reasons: tuple[Reason, ...]
    together: bool = False

    @property
    def best(self) -> int:
        """The best estimate of all: the sum of the four."""
        return self.a + self.b + self.civilians + self.unknown


def dead_of(case: Case, kin: Kin, type_of: Violence, *, parts_apart: bool) -> Dead | str:
    """The dead of a case, or the rule by which it has no row: fewer than one, or told in vague words alone.

    >>> from sijill.records import Incident
    >>> strike = Case(incident=Incident(id="inc-1", kind="air_strike"))
    >>> dead_of(strike, Kin(strike.incident, []), Violence(None, "ucdp.type.not_organised", ""), parts_apart=True)
    'ucdp.deaths.none'
    """
    figures = own_figures(case.incident, kin.whole if case.kin else None)
    if not counted(figures):
        if vague_deaths(case) is not None:
            return "ucdp.deaths.vague"
        if not means_a_death(case):
            return "ucdp.deaths.none"
        why = f"{case.incident.kind}, and no number: one death"
        return Dead(0, 0, *((1, 0) if type_of.helpless else (0, 1)), 1, 1, (), (reason("best", "ucdp.deaths.by_side", why),))
    made = _by_side(figures, type_of)
    if parts_apart and not case.kin:
        made = _without_parts(made, kin, type_of)
    return made if made.best else "ucdp.deaths.none"


def _by_side(figures: Sequence[Figure], type_of: Violence) -> Dead:
    best = crowds(figures, "best")
    a, b = _armed(best, type_of.a), _armed(best, type_of.b) if type_of.number != 3 else 0
    civilians = _status(best, "civilian")
    if type_of.number == 3:
        # Prisoners and fighters who were killed when they could not fight back are civilians in one-sided violence.
        civilians += _status(best, "detainee") + (max(0, _status(best, "combatant") - a) if type_of.helpless else 0)
    total = people(best)
    unknown = max(0, total - a - b - civilians)
    if type_of.helpless and not a:
        # Whoever is executed or shot in a protest is a civilian; whoever is killed by a shell may have been anybody.
        civilians, unknown = civilians + unknown, 0
    sum_of = a + b + civilians + unknown
    low = min(lowest(figures).number, sum_of)
    high = max(people(crowds(figures, "high")), sum_of)
    told = lowest(figures)
    note = f"{a} + {b} + {civilians} + {unknown} = {sum_of}"
    reasons = (reason("best", "ucdp.deaths.by_side", note), reason("low", "ucdp.deaths.range", f"{low} to {high}"))
    return Dead(a, b, civilians, unknown, low, high, told.claims, reasons)


def _armed(values: Mapping[tuple[str | None, str | None], int], id: str | None) -> int:
    """The fighters of a side; where a report counts all its dead together, those."""
    if id is None:
        return 0
    own = {status: value for (status, of), value in values.items() if of is not None and side(of) == side(id)}
    civilians = values.get(("civilian", None), 0)
    fighters = sum(value for status, value in own.items() if status is not None and status != "civilian")
    everybody = own.get(None, 0)
    return max(fighters, everybody - civilians if fighters else everybody)


def _status(values: Mapping[tuple[str | None, str | None], int], status: str) -> int:
    bare = values.get((status, None), 0)
    return max(bare, sum(value for (what, of), value in values.items() if what == status and of is not None))


def _without_parts(made: Dead, kin: Kin, type_of: Violence) -> Dead:
    """A whole without the dead that its parts count themselves. A part that counts more than the whole is evidently not in it."""
    for part in kin.parts:
        figures = own_figures(part, kin.whole)
        if part.kind == "bodies_found" or not counted(figures):
            continue
        own = _by_side(figures, type_of)
        if own.best > made.best or own.low > made.low:
            continue
        made = Dead(
            *_less((made.a, made.b, made.civilians, made.unknown), (own.a, own.b, own.civilians, own.unknown)),
            max(0, made.low - own.low),
            max(0, made.high - own.high),
            made.claims,
            (*made.reasons, reason("best", "ucdp.deaths.parts", f"{own.best} of {part.id}")),
            together=True,
        )
        made = made._replace(low=min(made.low, made.best), high=max(made.high, made.best))
    return made


def _less(whole: Iterable[int], part: Iterable[int]) -> tuple[int, int, int, int]:
    """Numbers by side without those of a part; what a side lacks is taken from the unknown ones."""
    rest = [one - other for one, other in zip(whole, part, strict=True)]
    lacking = -sum(min(0, number) for number in rest[:3])
    a, b, civilians = (max(0, number) for number in rest[:3])
    return a, b, civilians, max(0, rest[3] - lacking)
