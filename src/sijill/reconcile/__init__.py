"""An incident's claims about numbers of people become figures: low, best and high, and why; tolls over time; contradictions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sijill.reconcile.conflicts import disagreements, falls, within_reports
from sijill.reconcile.counts import Account, Count, Dropped, count_account, crowds
from sijill.reconcile.sides import Sides, load_sides
from sijill.reconcile.tolls import POLICIES, curve, judge, reconcile_crowd
from sijill.records import Conflict, Figure, TollPoint

__all__ = ["POLICIES", "Account", "Reconciled", "reconcile"]


class Reconciled(NamedTuple):
    """The figures of an incident, its toll over time, and what contradicts what."""

    figures: list[Figure]
    curve: list[TollPoint]
    conflicts: list[Conflict]


def reconcile(
    accounts: Sequence[Account], *, days: tuple[int, int] | None = None, policy: str = "default", sides: Sides | None = None
) -> Reconciled:
    """The numbers of one incident from the accounts of all its reports, by a policy (see `POLICIES`).

    `days` are the first and the last day of the incident and of its parts, as ordinals: a count given before the last is a step towards a
    later one.
    Raises `ValueError` for a policy that there is not.

    >>> reconcile([]).figures
    []
    """
    if policy not in POLICIES and not policy.startswith("source:"):
        raise ValueError(f"there is no policy {policy!r}; one of {', '.join(POLICIES)}, or source:ID")
    sides = sides or load_sides()
    counts: list[Count] = []
    dropped: list[Dropped] = []
    for account in accounts:
        counted, left = count_account(account, sides)
        counts += counted
        dropped += left
    found = Reconciled([], [], within_reports(accounts))
    for crowd in crowds(counts):
        verdicts = judge(counts, crowd, days)
        found.figures.append(reconcile_crowd(verdicts, [d for d in dropped if d.crowd == crowd], policy, sides))
        if not crowd.demographic:
            found.curve.extend(curve(verdicts))
            found.conflicts.extend([*disagreements(verdicts, sides), *falls(verdicts, sides)])
    return found
