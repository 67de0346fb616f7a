"""The dead of an incident by ACLED's rules: the lowest number told, a number for a vague word, nought where nothing is told."""

from __future__ import annotations

from typing import NamedTuple

from sijill.codebooks.actors import name_en
from sijill.codebooks.coded import Loss, Reason
from sijill.codebooks.counts import counted, crowds, lowest, means_a_death, own_figures, people, vague_deaths
from sijill.codebooks.saying import lost, reason
from sijill.codebooks.shares import Kin, kin_of, shares
from sijill.records import Case

__all__ = ["Toll", "toll_of"]

_VAGUE_RULES = {
    "dozens": "acled.fatalities.dozens",
    "tens": "acled.fatalities.tens",
    "hundreds": "acled.fatalities.hundreds",
    "thousands": "acled.fatalities.hundreds",
    "several": "acled.fatalities.several",
    "several of many": "acled.fatalities.several",
    "dual_or_plural": "acled.fatalities.several",
}


class Toll(NamedTuple):
    """The dead of all rows of a case: how many, how a note tells it, the claims behind it, reasons and losses."""

    number: int
    sentence: str
    claims: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    lost: tuple[Loss, ...] = ()


def toll_of(case: Case, *, parts_apart: bool, undated: bool = False) -> Toll:
    """The dead of a case. `undated` are the dead of bodies that were found: nobody knows when they died, and they count nothing.

    >>> from sijill.records import Incident
    >>> toll_of(Case(incident=Incident(id="inc-1", kind="shelling")), parts_apart=True).number
    0
    """
    kin = kin_of(case)
    figures = own_figures(case.incident, kin.whole if case.kin else None)
    told = lowest(figures)
    if undated:
        return _undated(told.number, told.claims)
    if not counted(figures):
        return _of_the_whole(case, kin) or _vague(case, kin)
    made = _counted(case, parts_apart)
    if case.kin:
        return made
    return _less_parts(case, kin, made) if parts_apart else _with_parts(kin, made)


def _counted(case: Case, parts_apart: bool) -> Toll:
    kin = kin_of(case)
    figures = own_figures(case.incident, kin.whole if case.kin else None)
    told = lowest(figures)
    highest = people(crowds(figures, "high"))
    reasons, losses = [], []
    if told.source is not None or told.number < told.crowds_sum:
        who = name_en(told.source, case) if told.source else "one report"
        reasons.append(reason("fatalities", "acled.fatalities.lowest", f"{who} counts {told.number} in all, the lowest complete count"))
    elif highest > told.number:
        reasons.append(reason("fatalities", "acled.fatalities.lowest", f"{told.number} to {highest}"))
    else:
        reasons.append(reason("fatalities", "acled.fatalities.counted", str(told.number)))
    if highest > told.number:
        losses.append(lost("range", f"{told.number}–{highest}"))
    if len([crowd for crowd in crowds(figures, "best") if crowd != (None, None)]) > 1:
        losses.append(lost("sides_together"))
    between = f"{told.number} to {highest} people were reported killed" if highest > told.number else _killed(told.number)
    return Toll(told.number, f"{between}.", told.claims, tuple(reasons), tuple(losses))


def _killed(number: int) -> str:
    return "1 person was reported killed" if number == 1 else f"{number} people were reported killed"


def _less_parts(case: Case, kin: Kin, made: Toll) -> Toll:
    """A whole without what its parts count, and with its share of what is left."""
    divided = shares(kin)
    here = divided.of.get(case.incident.id, made.number)
    if here == made.number:
        return made
    parts = sum(1 for id, number in divided.of.items() if id != case.incident.id and number)
    note = f"of {made.number} the parts of the incident have {made.number - here}"
    return made._replace(
        number=here,
        sentence=f"{made.sentence} Of the lowest count {here} are counted here, the others in rows of {parts} later part(s).",
        reasons=(*made.reasons, reason("fatalities", "acled.fatalities.parts", note)),
        lost=(*made.lost, lost("parts", note)),
    )


def _with_parts(kin: Kin, made: Toll) -> Toll:
    """A whole together with those parts that it does not count itself."""
    beyond = sum(number for number in shares(kin).own.values() if number > made.number)
    if not beyond:
        return made
    note = f"{made.number}, and {beyond} of parts that count more"
    return made._replace(number=made.number + beyond, reasons=(*made.reasons, reason("fatalities", "acled.fatalities.parts", note)))


def _of_the_whole(case: Case, kin: Kin) -> Toll | None:
    """A part's share of its whole's dead; null where it has none."""
    if not case.kin or kin.whole is None:
        return None
    divided = shares(kin)
    if case.incident.id not in divided.divided_among:
        return None
    here = divided.of[case.incident.id]
    note = f"{here} of {divided.toll}, the toll of {kin.whole.id}, divided over {len(divided.divided_among)} events"
    return Toll(
        here,
        f"The toll told of this part is that of the whole so far; {here} of {divided.toll} are counted here.",
        lowest(own_figures(kin.whole)).claims,
        (reason("fatalities", "acled.fatalities.parts", note),),
        (lost("parts", note),),
    )


def _vague(case: Case, kin: Kin) -> Toll:
    """What vague words stand for, or nothing. In a part of a whole that has a toll they are in that toll, and count nothing again."""
    told = vague_deaths(case)
    if told is not None and case.kin and kin.whole is not None and counted(own_figures(kin.whole)):
        return Toll(0, "", told.claims, (reason("fatalities", "acled.fatalities.parts", "counted with the whole"),))
    if told is None:
        return _unknown(case)
    words = ", ".join(f"«{word}»" for word in told.words if word)
    reasons = [reason("fatalities", _VAGUE_RULES[kind], f"{words} {kind}") for kind in sorted(told.kinds)]
    return Toll(
        told.number,
        f"An unknown number of people was reported killed; coded as {told.number}.",
        told.claims,
        tuple(reasons),
        (lost("vague_words", f"{words} → {told.number}", f"{words} ← {told.number}"),),
    )


def _unknown(case: Case) -> Toll:
    """No number and no word of dead: 0, but for a deed that means a death: 1. People «killed or injured» may all be injured: 0."""
    figures = case.incident.figures
    if means_a_death(case):
        why = f"{case.incident.kind}, and no number"
        return Toll(
            1,
            "At least 1 person was reported killed.",
            (),
            (reason("fatalities", "acled.fatalities.implied", why),),
            (lost("unknown_is_1"),),
        )
    if any(figure.effect == "killed_or_injured" for figure in figures):
        return Toll(
            0, "", (), (reason("fatalities", "acled.fatalities.ambiguous", "killed or injured in one number"),), (lost("unknown_is_0"),)
        )
    return Toll(0, "", (), (reason("fatalities", "acled.fatalities.none", "no report tells of dead"),), (lost("unknown_is_0"),))


def _bodies(number: int) -> str:
    return "1 body was" if number == 1 else f"{number} bodies were"


def _undated(number: int, claims: tuple[str, ...]) -> Toll:
    if not number:
        return Toll(0, "", (), (reason("fatalities", "acled.fatalities.none", "no number"),), (lost("unknown_is_0"),))
    return Toll(
        0,
        f"{_bodies(number)} reported found; the day of death is not known, so that the row counts none.",
        claims,
        (reason("fatalities", "acled.strategic.mass_grave", f"{number} bodies"),),
        (lost("undated_dead", str(number)),),
    )
