"""What a row of ACLED does not hold of its case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sijill.codebooks.acled_places import Site
from sijill.codebooks.acled_toll import Toll
from sijill.codebooks.coded import Loss
from sijill.codebooks.days import Days
from sijill.codebooks.notes import conflicts_told
from sijill.codebooks.saying import lost
from sijill.codebooks.words import partisan_words
from sijill.records import Case, Figure

__all__ = ["losses"]

_HARMED = ("injured", "missing", "displaced", "abducted", "arrested", "trapped", "held", "killed_or_injured")


def losses(case: Case, days: Days, place: Site, toll: Toll, *, first: bool, row: Mapping[str, Any]) -> list[Loss]:
    """The losses of a row. Those of the incident as a whole stand on its first row alone, so that they are counted once.

    >>> from datetime import date
    >>> from sijill.records import Incident
    >>> day = date(2022, 1, 20)
    >>> case, days = Case(incident=Incident(id="inc-1", kind="shelling")), Days((day,), day, day, 1, "day")
    >>> row = {"region": "Middle East", "iso": 760}
    >>> [loss.kind for loss in losses(case, days, Site({}), Toll(0, ""), first=True, row=row)]
    ['timestamp', 'source_scale']
    """
    made = [lost("timestamp")]
    if not first:
        return made
    if not row.get("source_scale"):
        made.append(lost("source_scale"))
    if not row.get("region") or row.get("iso") is None:
        made.append(lost("country_code", str(row.get("country") or "?")))
    made.extend(toll.lost)
    made.extend(place.lost)
    made.extend(_of_days(days, toll))
    made.extend(_of_numbers(case))
    made.extend(_of_actors(row))
    if case.incident.conflicts:
        told = conflicts_told(case.incident.conflicts)
        made.append(lost("contradictions", told, "؛ ".join(one.note_ar for one in case.incident.conflicts if one.note_ar)))
    if words := partisan_words(case):
        made.append(lost("partisan_words", ", ".join(f"«{word}»" for word in words), "، ".join(f"«{word}»" for word in words)))
    return made


def _of_days(days: Days, toll: Toll) -> Iterator[Loss]:
    if len(days.active) > 1 and toll.number:
        yield lost("days_divided", f"{toll.number} / {len(days.active)}")
    if days.width > 1:
        yield lost("date_range", f"{days.first} – {days.last}")
    if days.others:
        yield lost("date_others", ", ".join(day.isoformat() for day in days.others))


def _of_numbers(case: Case) -> Iterator[Loss]:
    for effect in _HARMED:
        figures = [f for f in case.incident.figures if f.effect == effect and not f.demographic and f.best is not None]
        if figures:
            yield lost("other_harm", f"{effect}: {', '.join(_numbers(figure) for figure in figures)}", ", ".join(map(_numbers, figures)))
    among = sorted({of for figure in case.incident.figures for of in figure.demographic})
    if among:
        yield lost("demographic", ", ".join(among))


def _numbers(figure: Figure) -> str:
    return str(figure.best) if figure.low == figure.high else f"{figure.low}–{figure.high if figure.high is not None else '?'}"


def _of_actors(row: Mapping[str, Any]) -> Iterator[Loss]:
    for number in (1, 2):
        if row.get(f"actor{number}") and not row.get(f"inter{number}"):
            yield lost("actor_type", row[f"actor{number}"])
