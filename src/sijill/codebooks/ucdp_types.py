"""The type of violence of UCDP GED and its two sides: with a state, between others, or against civilians."""

from __future__ import annotations

from typing import NamedTuple

from sijill.codebooks.actors import government, listed, organised
from sijill.codebooks.kinds import Facts

__all__ = ["Violence", "violence"]

_ON_CIVILIANS = frozenset({"execution", "torture", "sexual_violence", "abduction", "protest_repression", "protest", "assassination"})
"""Deeds against people who cannot fight back, whatever they were before."""


class Violence(NamedTuple):
    """The type (1, 2, 3, or null where it is not codable), the rule, what it met, the sides by id, and further actors of either side.

    `helpless` says that those hit could not fight back, whatever they were: they were executed, abducted, shot at in a protest.
    """

    number: int | None
    rule: str
    why: str
    a: str | None = None
    b: str | None = None
    more: tuple[str, ...] = ()
    helpless: bool = False


def violence(found: Facts) -> Violence:
    """The type of violence of an incident. A government stands on side A, also where it was attacked; who attacks civilians does.

    Violence of a crowd, of crime or of somebody unknown is not codable, nor is an attack on fighters whose side nobody names.

    >>> from sijill.codebooks.kinds import facts
    >>> from sijill.codebooks.parties import parties
    >>> from sijill.records import Case, Incident
    >>> clash = Case(incident=Incident(id="inc-1", kind="armed_clash", agents=["islamic_state", "syrian_government"]))
    >>> violence(facts(clash, parties(clash), frozenset(), 2020))[:5]
    (1, 'ucdp.type.state', 'a government and another side', 'syrian_government', 'islamic_state')
    """
    sides = found.sides
    first = [id for id in sides.first if organised(id)]
    second = [id for id in sides.second if organised(id)]
    on_civilians = not _ON_CIVILIANS.isdisjoint(found.kinds[:1]) or not (sides.armed or second)
    if on_civilians:
        return _one_sided(found, first, second)
    if not first and not second:
        return Violence(None, "ucdp.type.not_organised", "no organised actor is named")
    if not first:
        return Violence(None, "ucdp.type.not_organised", "who attacked is not known, or is no organised actor")
    if not second:
        return Violence(None, "ucdp.type.no_second_side", "fighters were hit, and no report says whose")
    return _two_sided(first, second)


def _one_sided(found: Facts, first: list[str], second: list[str]) -> Violence:
    crowds = [id for id in (*found.sides.first, *found.sides.second) if _crowd(id)]
    forces = first or (second if crowds else [])
    if not forces:
        return Violence(None, "ucdp.type.not_organised", "who attacked is not known, or is no organised actor")
    if found.incident.kind == "riot":
        return Violence(None, "ucdp.type.not_organised", "violence with a crowd that is violent itself")
    helpless = found.kinds[0] in _ON_CIVILIANS
    why = (
        "people who could not fight back"
        if helpless or found.sides.civilians_hit
        else "no fighters are told of, nor that they were civilians"
    )
    return Violence(3, "ucdp.type.one_sided", why, forces[0], None, tuple(forces[1:]), helpless)


def _two_sided(first: list[str], second: list[str]) -> Violence:
    more = (*first[1:], *second[1:])
    state_first = next((id for id in first if government(id)), None)
    state_second = next((id for id in second if government(id)), None)
    if state_first is not None:
        # A state that attacks with helpers is the side; the helpers are told as lost.
        rest = (*(id for id in first if id != state_first), *second[1:])
        return Violence(1, "ucdp.type.state", "a government and another side", state_first, second[0], rest)
    if state_second is not None:
        rest = (*first[1:], *(id for id in second if id != state_second))
        return Violence(1, "ucdp.type.state", "a government and another side", state_second, first[0], rest)
    return Violence(2, "ucdp.type.non_state", "two groups, neither of a state", first[0], second[0], more)


def _crowd(id: str) -> bool:
    actor = listed(id)
    return actor is not None and actor.type in ("Protesters", "Rioters")
