"""The toll of an incident over time as drawings: one for each crowd, a stepped line for each source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sijill.records import TollPoint

__all__ = ["HEIGHT", "WIDTH", "Curve", "Line", "Step", "curves"]

WIDTH, HEIGHT = 560, 150
"""The drawing's box, in units of its own."""


class Step(NamedTuple):
    """What a source gave on a day: where it is drawn, and the claim behind it."""

    x: float
    y: float
    day: str
    value: int
    claim: str


class Line(NamedTuple):
    """The steps of one source in the order of days, and the path through them."""

    source: str
    steps: list[Step]
    path: str


class Curve(NamedTuple):
    """The lines of one crowd: who is counted, and the ends of both axes."""

    effect: str
    status: str
    side: str | None
    lines: list[Line]
    first: str
    last: str
    most: int


def curves(points: Iterable[TollPoint]) -> list[Curve]:
    """A drawing for every crowd of which numbers of two days are known, those of most steps first.

    >>> points = [TollPoint(day=f"2022-01-2{n}", source="sohr", effect="killed", best=n, claim=f"fig-{n}") for n in (1, 3)]
    >>> [(curve.most, [step.value for step in curve.lines[0].steps]) for curve in curves(points)]
    [(3, [1, 3])]
    """
    crowds: dict[tuple[str, str, str | None], list[TollPoint]] = {}
    for point in points:
        if point.day and len(point.day) == len("YYYY-MM-DD") and _value(point) is not None:
            crowds.setdefault((point.effect, point.status, point.side), []).append(point)
    found = [_curve(crowd, row) for crowd, row in crowds.items() if len({point.day for point in row}) > 1]
    return sorted(found, key=lambda curve: -sum(len(line.steps) for line in curve.lines))


def _value(point: TollPoint) -> int | None:
    return point.best if point.best is not None else point.low


def _curve(crowd: tuple[str, str, str | None], row: list[TollPoint]) -> Curve:
    days = sorted({point.day for point in row if point.day})
    start, length = _ordinal(days[0]), max(1, _ordinal(days[-1]) - _ordinal(days[0]))
    most = max(_value(point) or 0 for point in row) or 1
    sources: dict[str, list[Step]] = {}
    for point in sorted(row, key=lambda point: (point.day or "", point.claim)):
        value = _value(point) or 0
        x = round(WIDTH * (_ordinal(point.day or days[0]) - start) / length, 1)
        y = round(HEIGHT * (1 - value / most), 1)
        sources.setdefault(point.source, []).append(Step(x, y, point.day or "", value, point.claim))
    return Curve(*crowd, [Line(source, steps, _path(steps)) for source, steps in sources.items()], days[0], days[-1], most)


def _path(steps: list[Step]) -> str:
    """A toll holds until the next is given: level, then up or down."""
    first, *rest = steps
    return f"M{first.x} {first.y}" + "".join(f"H{step.x}V{step.y}" for step in rest)


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
