"""The note of a row of ACLED: what happened in a sentence, and what of the numbers has to be known, made from the record alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from sijill.codebooks.actors import name_en
from sijill.codebooks.book import Cross, load_book
from sijill.records import Case, Conflict, Figure

__all__ = ["conflicts_told", "day_in_words", "note", "numbers_told"]

_MONTHS = "January February March April May June July August September October November December".split()
_SUM = re.compile(r"([\d +]+) = (\d+);")
_EFFECTS = {
    "injured": "injured", "killed_or_injured": "killed or injured", "missing": "missing", "abducted": "abducted", "arrested": "arrested",
    "surrendered": "surrendered", "escaped": "escaped", "released": "released", "displaced": "displaced", "evacuated": "evacuated",
    "trapped": "trapped", "used_as_human_shields": "used as human shields", "held": "held in the place", "attackers": "taking part",
}  # fmt: skip
_STATUSES = {"civilian": "civilians", "combatant": "fighters", "security": "guards and police", "detainee": "prisoners"}


def day_in_words(day: date) -> str:
    """A day as the codebook's notes write it.

    >>> day_in_words(date(2022, 1, 20))
    '20 January 2022'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def note(row: Cross, *, when: str, one: str, other: str, means: Sequence[str], place: str, further: Iterable[str]) -> str:
    """The note of a row: «On 20 January 2022, …», then further sentences.

    >>> strike = load_book().crosswalk["air_strike"][0]
    >>> note(strike, when="On 2 February 2022", one="Russia", other="", means=["aircraft"], place="in Idlib", further=[])
    'On 2 February 2022, Russia carried out an air or drone strike in Idlib (means: aircraft).'
    """
    known = load_book().sub_events[row.sub_event]
    told = (row.sentence or (known.both if other else known.alone)).format(one=one or "an unnamed actor", other=other)
    new = [word for word in means if word not in told]
    using = f" (means: {', '.join(new)})" if new else ""
    return " ".join([f"{when}, {told} {place}{using}.", *(sentence for sentence in further if sentence)])


def numbers_told(case: Case) -> str:
    """What the reports count besides the dead that the row holds, in a sentence; an empty text where they count nothing.

    >>> from sijill.records import Incident
    >>> hurt = Figure(effect="injured", status="civilian", low=3, best=3, high=3, policy="default")
    >>> numbers_told(Case(incident=Incident(id="inc-1", kind="shelling", figures=[hurt])))
    'Also reported: 3 injured (civilians).'
    """
    told = [
        f"{_range(figure)} {_EFFECTS[figure.effect]}{_of_whom(figure, case)}"
        for figure in case.incident.figures
        if figure.effect in _EFFECTS and not figure.demographic and figure.best is not None
    ]
    return f"Also reported: {'; '.join(dict.fromkeys(told))}." if told else ""


def _range(figure: Figure) -> str:
    return str(figure.best) if figure.low in (None, figure.high) else f"{figure.low} to {figure.high if figure.high is not None else '?'}"


def _of_whom(figure: Figure, case: Case) -> str:
    words = [_STATUSES.get(figure.status, ""), name_en(figure.side, case) if figure.side else ""]
    said = ", ".join(word for word in words if word)
    return f" ({said})" if said else ""


def conflicts_told(conflicts: Sequence[Conflict]) -> str:
    """What reports contradict, in a sentence; an empty text where nothing does. A total and the sum of its parts stand against each other.

    >>> total = Conflict(
    ...     kind="total_differs_from_parts",
    ...     claims=[],
    ...     sum=121,
    ...     stated=114,
    ...     note="77 + 40 + 4 = 121; the report says 114",
    ...     note_ar="",
    ... )
    >>> conflicts_told([total])
    'Figures differ: 114 against 121 (77 + 40 + 4).'
    """
    told = [_conflict(one) for one in conflicts]
    return f"Figures differ: {'; '.join(dict.fromkeys(told))}." if told else ""


def _conflict(one: Conflict) -> str:
    if one.kind == "total_differs_from_parts" and one.sum is not None and one.stated is not None and one.sum != one.stated:
        parts = _SUM.match(one.note)
        return f"{one.stated} against {one.sum}" + (f" ({parts[1].strip()})" if parts else "")
    if one.note:
        return one.note
    return f"{one.kind.replace('_', ' ')}" + (f", by {one.difference}" if one.difference else "")
