"""The two sides of an incident: who did it, who was on the other side, and whether civilians were hit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sijill.codebooks.actors import ARMED_GROUP, listed, side
from sijill.records import Case, Figure

__all__ = ["Parties", "mutual", "parties"]

_HARM = frozenset({"killed", "injured", "killed_or_injured", "missing", "abducted", "used_as_human_shields", "trapped"})
_TWO_SIDED = frozenset({"armed_clash"})
_BODY_HARM = frozenset({"killed", "injured", "killed_or_injured"})


class Parties(NamedTuple):
    """The sides of an incident. `first` and `second` are ids of actors, the main one first; civilians stand in neither.

    `civilians` are the ids of groups of civilians that are named as hit; `hit` the status of those harmed; `inherited` says that the doers
    are those of the incident that this is a part of.
    """

    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    civilians: tuple[str, ...] = ()
    hit: frozenset[str] = frozenset()
    inherited: bool = False

    @property
    def armed(self) -> bool:
        """Whether there is an armed opponent: named, or known from fighters among those hit."""
        return any(not _crowd(id) for id in self.second) or bool(self.hit & {"combatant", "security"})

    @property
    def civilians_hit(self) -> bool:
        """Whether civilians are known to have been hit."""
        return bool(self.civilians) or bool(self.hit & {"civilian", "detainee"})


def parties(case: Case, weapons: frozenset[str] = frozenset()) -> Parties:
    """The sides of a case. Of a fight the doers are both sides; of any other event all doers are one side.

    Where no enemy is named, the sides whose fighters were hit are the enemy. Which of three fight together is not told by the record:
    who is of one body stands together, and the rest on the other side.

    >>> from sijill.records import Incident
    >>> fight = Case(incident=Incident(id="inc-1", kind="armed_clash", agents=["islamic_state", "ypg", "sdf"]))
    >>> parties(fight).first, parties(fight).second
    (('islamic_state',), ('ypg', 'sdf'))
    """
    incident = case.incident
    inherited = not incident.agents and bool(case.kin) and bool(case.kin[0].agents)
    agents = [id for id in (case.kin[0].agents if inherited else incident.agents) if not _civilian(id)]
    targets = incident.targets if incident.targets or not inherited else case.kin[0].targets
    hurt = _hurt_sides(incident.figures)
    if not agents and incident.kind in _TWO_SIDED:
        agents, hurt = hurt[:1], hurt[1:]
    if incident.kind not in _TWO_SIDED and any(side(id) != ARMED_GROUP for id in agents):
        # One report names who did it, another does not: it is not somebody else.
        agents = [id for id in agents if side(id) != ARMED_GROUP]
    two_sided = incident.kind in _TWO_SIDED or mutual(case, weapons)
    own = {side(agent) for agent in (agents[:1] if two_sided else agents)}
    first = [agent for agent in agents if side(agent) in own]
    rest = [agent for agent in agents if side(agent) not in own]
    enemies = [id for id in targets if listed(id) and not _civilian(id) and side(id) not in own]
    known = {side(id) for id in (*rest, *enemies)}
    second = dict.fromkeys([*rest, *enemies, *(id for id in hurt if id not in own and id not in known)])
    return Parties(
        first=_named_once(first),
        second=_named_once(second),
        civilians=tuple(dict.fromkeys(id for id in (*incident.targets, *incident.agents) if _civilian(id))),
        hit=frozenset(figure.status for figure in incident.figures if _was_hit(figure, own)) | _named_status(case),
        inherited=inherited,
    )


def mutual(case: Case, weapons: frozenset[str]) -> bool:
    """Whether both sides fired at each other: the words tell of an exchange between two, or one of the doers is a target too.

    Two doers of a shelling alone are no exchange: they may shell together.

    >>> from sijill.records import Incident
    >>> fire = Case(incident=Incident(id="inc-1", kind="shelling", agents=["sdf", "turkey"]))
    >>> mutual(fire, frozenset({"exchange"})), mutual(fire, frozenset())
    (True, False)
    """
    doers, hit = ({side(id) for id in ids} for ids in (case.incident.agents, case.incident.targets))
    return len(doers) > 1 and (bool(doers & hit) or "exchange" in weapons)


def _hurt_sides(figures: Iterable[Figure]) -> list[str]:
    """The sides whose fighters were killed or injured, those with most first."""
    found: dict[str, int] = {}
    for figure in figures:
        if figure.side and figure.effect in _BODY_HARM and figure.status != "civilian" and not _civilian(figure.side):
            found[figure.side] = max(found.get(figure.side, 0), figure.best or 0)
    return sorted(found, key=lambda id: (-found[id], id))


def _named_status(case: Case) -> frozenset[str]:
    """The status of people harmed of whom there is no number that counts («several civilians»)."""
    return frozenset(
        figure.status
        for report in case.reports
        for figure in report.figures
        if figure.effect in _HARM and figure.vague_word is not None and figure.event in {event.id for event in report.events}
    )


def _named_once(ids: Iterable[str]) -> tuple[str, ...]:
    """Actors, each once; of «gunmen» and «somebody» whom nobody names the first alone, for they are the same."""
    found: dict[str, str] = {}
    for id in ids:
        found.setdefault(ARMED_GROUP if side(id) == ARMED_GROUP else id, id)
    return tuple(found.values())


def _was_hit(figure: Figure, own: set[str]) -> bool:
    """Whether a figure is of people harmed by the other side: a suicide attacker who died was not."""
    attacker = figure.side is not None and side(figure.side) in own
    return figure.effect in _HARM and _counted(figure) and not attacker


def _counted(figure: Figure) -> bool:
    return bool(figure.best or figure.low or figure.high) or any(use.used for use in figure.uses)


def _civilian(id: str) -> bool:
    actor = listed(id)
    return actor is not None and actor.type == "Civilians"


def _crowd(id: str) -> bool:
    actor = listed(id)
    return actor is not None and actor.type in ("Protesters", "Rioters", "Civilians")
