"""What of the dead of a whole belongs to it and to each of its parts, so that all rows together count everybody once.

The whole and its parts are coded one at a time; both sides come to the same shares from the same records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sijill.codebooks.book import load_book
from sijill.codebooks.counts import counted, divided, lowest, own_figures
from sijill.records import Case, Figure, Incident

__all__ = ["Kin", "Shares", "kin_of", "runs_on", "shares"]


class Kin(NamedTuple):
    """A whole and its parts, as the case of either has them. `whole` is null where the whole is not to be handed on."""

    whole: Incident | None
    parts: Sequence[Incident]


class Shares(NamedTuple):
    """Dead by incident id. `own` are those that parts count themselves; `toll` is the whole's; `divided_among` have a share of the rest."""

    toll: int
    own: Mapping[str, int]
    of: Mapping[str, int]
    divided_among: tuple[str, ...]


def kin_of(case: Case) -> Kin:
    """The whole and the parts of a case, whichever of them it is.

    >>> kin_of(Case(incident=Incident(id="inc-1", kind="shelling"))).parts
    []
    """
    if not case.kin:
        return Kin(None if case.incident.parent else case.incident, _in_order(case.parts))
    return Kin(case.kin[0], _in_order([case.incident, *case.kin[1:]]))


def _in_order(parts: Sequence[Incident]) -> list[Incident]:
    return sorted(parts, key=lambda part: (part.first or "", part.id))


def runs_on(part: Incident, whole: Incident) -> bool:
    """Whether what is told beside a part is the whole's toll so far: the part has numbers of dead, and all are steps of it.

    >>> runs_on(Incident(id="inc-2", kind="shelling"), Incident(id="inc-1", kind="shelling"))
    False
    """
    return counted(_dead(part)) and not counted(own_figures(part, whole))


def shares(kin: Kin) -> Shares:
    """The dead of a whole divided. A part keeps what it counts itself, and that is taken off the whole; the rest is divided over the whole
    and the parts beside which its toll is told, for they went into it. What remains goes to the whole.

    A part that counts more than the whole is evidently not in it, and nothing is taken off.

    >>> shares(Kin(Incident(id="inc-1", kind="shelling"), [])).of
    {'inc-1': 0}
    """
    if kin.whole is None:
        return Shares(0, {}, {}, ())
    toll = lowest(own_figures(kin.whole)).number
    # Bodies that are found died in what the whole tells, on a day that nobody knows: they stay in its toll.
    killing = [part for part in kin.parts if load_book().violent(part.kind)]
    own = {part.id: lowest(figures).number for part in killing if counted(figures := own_figures(part, kin.whole))}
    inside = {id: number for id, number in own.items() if number <= toll}
    rest = max(0, toll - sum(inside.values()))
    takers = [kin.whole.id, *(part.id for part in kin.parts if _takes(part, kin.whole))]
    return Shares(toll, own, own | dict(zip(takers, divided(rest, len(takers)), strict=True)), tuple(takers))


def _takes(part: Incident, whole: Incident) -> bool:
    """Whether a part has a share: it happened, kills by its kind, has a day, and the toll of the whole is told beside it."""
    return part.modality == "asserted" and load_book().violent(part.kind) and bool(part.first) and runs_on(part, whole)


def _dead(incident: Incident) -> list[Figure]:
    return [figure for figure in incident.figures if figure.effect == "killed" and not figure.demographic]
