"""What many tests need: a report read in one word, and its figures, events and places as short texts."""

from __future__ import annotations

from functools import lru_cache

import pytest
from _pytest.mark.structures import ParameterSet

from sijill.records import FigureClaim, Place, Reading, Report


def gap(why: str, *row: object) -> ParameterSet:
    """A row of a table that is not read rightly yet. It must fail: one that passes belongs among the others."""
    return pytest.param(*row, marks=pytest.mark.xfail(strict=True, reason=why))


@lru_cache(maxsize=4096)
def reading(text: str, published: str | None = None, **given: str) -> Reading:
    """The reading of a text. Readings are frozen, so tests share them."""
    from sijill.pipeline import read

    return read(Report.of(text, published=published, **given))


def number(figure: FigureClaim) -> str:
    """A figure's number as the tables write it: ``3``, ``~200``, ``>=5``, ``5..7``, ``tens``."""
    if figure.vague_word:
        return figure.vague_word
    if figure.bound == "range":
        return f"{figure.min}..{figure.max}"
    sign = {"exact": "", "about": "~", "at_least": ">=", "more_than": ">", "at_most": "<=", "fewer_than": "<"}[figure.bound]
    return f"{sign}{figure.value}"


def figure(claim: FigureClaim, *, status: bool = True) -> str:
    """A figure in one text: ``killed=3 civilian``, with ``subset``, ``part`` or ``total`` where it is one."""
    said = f"{claim.effect}={number(claim)}"
    if status:
        said += f" {claim.status}"
    return said if claim.role == "alone" else f"{said} {claim.role}"


def figures(text: str, published: str | None = None, *, status: bool = True) -> list[str]:
    """The figures of a text, sorted."""
    return sorted(figure(f, status=status) for f in reading(text, published).figures)


def kinds(text: str, published: str | None = None) -> list[str]:
    """The kinds of the events of a text, in order."""
    return [e.kind for e in reading(text, published).events]


def places(text: str, published: str | None = None) -> list[Place]:
    """The places of a text, in order."""
    return list(reading(text, published).places)


def place(text: str, name: str, published: str | None = None) -> Place:
    """The place that a text calls by a name, whatever stands before it; anything but one fails the test."""
    found = [p for p in places(text, published) if name in (p.name, *p.aka) or any(name in n for n in (p.name, *p.aka))]
    assert len(found) == 1, f"{name}: {[(p.name, p.level) for p in places(text, published)]}"
    return found[0]
