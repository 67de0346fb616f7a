"""How many people an incident harmed in all: one low, best and high from its figures, for lists, sorting and filters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sijill.records import Figure, Incident

__all__ = ["toll"]


def toll(incident: Incident, effect: str) -> tuple[int | None, int | None, int | None]:
    """Low, best and high of all people of an incident, to sort and filter by: the ledger stays with the figures themselves.

    A figure of everybody, and the sum of those by status and side, are not added up: the greater counts. Nobody is counted under a
    status and again under a side. Null where no figure has the value; `high` also where one has an open end.
    """
    figures = [f for f in incident.figures if f.effect == effect and not f.demographic]
    low, best, high = (
        _sum_up({_of(f): value for f in figures if (value := getattr(f, end)) is not None}) for end in ("low", "best", "high")
    )
    if best is not None and low is not None:
        best = max(best, low)  # a side that one counts by name and another without is added up differently at each end
    if high is not None:
        high = max(high, best or 0, low or 0)
    open_end = any(f.high is None and (f.low is not None or f.best is not None) for f in figures)
    return low, best, None if open_end else high


def _of(figure: Figure) -> tuple[str | None, str | None]:
    return (None if figure.status in ("unknown", "mixed") else figure.status, figure.side)


def _sum_up(values: Mapping[tuple[str | None, str | None], int]) -> int | None:
    if not values:
        return None
    by_status: dict[str, int] = defaultdict(int)
    by_side: dict[str, int] = defaultdict(int)
    for (status, side), value in values.items():
        if status is not None and side is not None:
            by_status[status] += value
            by_side[side] += value
    known = sum(max(values.get((status, None), 0), by_status[status]) for status in {s for s, _ in values if s is not None})
    beyond = sum(max(0, value - by_side[side]) for (status, side), value in values.items() if status is None and side is not None)
    return max(values.get((None, None), 0), known + beyond)
