"""What kind of event an incident is by the codebooks: the crosswalk's row for each kind told, and the highest of them in ACLED's order.

An incident is reconciled before it is coded: an air strike inside a battle, an abduction that ended in a killing are one row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import NamedTuple

from sijill.codebooks.actors import government, inter, listed, side
from sijill.codebooks.book import Cross, load_book
from sijill.codebooks.days import day_of
from sijill.codebooks.parties import Parties, mutual
from sijill.records import Case, Incident

__all__ = ["Facts", "Kind", "crosses", "facts", "highest"]

_VAGUE = frozenset({"attack_unspecified", "explosion", "security_operation"})
_FIGHTS = frozenset({"armed_clash", "armed_assault"})


class Facts(NamedTuple):
    """What the conditions of the crosswalk ask about: the case, the kinds told of it, its sides, and the weapons its words name."""

    case: Case
    kinds: tuple[str, ...]
    sides: Parties
    weapons: frozenset[str]
    year: int | None
    country: str = ""

    @property
    def incident(self) -> Incident:
        """The incident of the case."""
        return self.case.incident


class Kind(NamedTuple):
    """The row of the crosswalk that an incident is coded by, and those of the other kinds that are told of it and went into it."""

    row: Cross
    others: tuple[Cross, ...]


def facts(case: Case, sides: Parties, weapons: frozenset[str], year: int | None, country: str | None = None) -> Facts:
    """What the conditions ask about; the country is the incident's where none is given.

    A vague kind («attack», «explosion») gives way to any other that is told.

    >>> from sijill.records import Incident
    >>> facts(Case(incident=Incident(id="inc-1", kind="shelling")), Parties(), frozenset(), None).kinds
    ('shelling',)
    """
    told = [event.kind for report in case.reports for event in report.events if event.modality == case.incident.modality]
    kinds = tuple(dict.fromkeys([case.incident.kind, *told]))
    exact = tuple(kind for kind in kinds if kind not in _VAGUE)
    return Facts(case, exact or kinds, sides, weapons, year, country or case.incident.country or "")


def crosses(found: Facts) -> tuple[Cross, ...]:
    """The row of the crosswalk for each kind that is told: the first whose condition holds.

    >>> from sijill.records import Incident
    >>> [row.sub_event for row in crosses(facts(Case(incident=Incident(id="inc-1", kind="shelling")), Parties(), frozenset(), None))]
    ['Shelling/artillery/missile attack']
    """
    return tuple(next(row for row in load_book().crosswalk[kind] if _HOLDS[row.when](found)) for kind in found.kinds)


def highest(found: Facts) -> Kind:
    """The kind that an incident is coded as: the highest in ACLED's order of those told; a protest that turned violent is a riot.

    A kind that is no event for ACLED stands only where it is told alone.

    >>> from sijill.records import Incident
    >>> highest(facts(Case(incident=Incident(id="inc-1", kind="air_strike")), Parties(), frozenset(), None)).row.sub_event
    'Air/drone strike'
    """
    rows = crosses(found)
    order = load_book().sub_events
    events = [row for row in rows if row.sub_event] or list(rows)
    if any(row.kind == "riot" for row in events):
        # Only a battle stands above a riot that a demonstration has become.
        events = [row for row in events if not row.kind.startswith("protest")]
    best = min(events, key=lambda row: order[row.sub_event].rank if row.sub_event else len(order))
    return Kind(best, tuple(row for row in rows if row is not best))


# --- conditions ------------------------------------------------------------------------------------------------------


def _effects(found: Facts) -> frozenset[str]:
    return frozenset(figure.effect for figure in found.incident.figures)


def _killed(found: Facts, statuses: Iterable[str]) -> bool:
    wanted = frozenset(statuses)
    return any(f.effect == "killed" and f.status in wanted and (f.best or f.low or f.high) for f in found.incident.figures)


def _anybody_killed(found: Facts) -> bool:
    vague = any(f.effect == "killed" and f.vague_word for report in found.case.reports for f in report.figures)
    return vague or any(f.effect == "killed" and (f.best or f.high) for f in found.incident.figures)


def _only_civilians(found: Facts) -> bool:
    """Civilians are the only target that is known."""
    return found.sides.civilians_hit and not found.sides.armed


def _armed_on_duty(found: Facts) -> bool:
    """Armed people were the target, and nothing says that they could not defend themselves."""
    return found.sides.armed and "off_duty" not in found.weapons


def _crowds(found: Facts) -> bool:
    """All that fight are crowds; nobody carries arms of war."""
    named = (*found.sides.first, *found.sides.second)
    return bool(named) and all((actor := listed(id)) is not None and actor.type in ("Protesters", "Rioters", "Civilians") for id in named)


def _helicopter_alone(found: Facts) -> bool:
    """A helicopter fired, and nothing tells of fire from below."""
    return "helicopter" in found.weapons and len(found.sides.first) < 2 and not found.sides.second


def _by_nonstate(found: Facts) -> bool:
    first = found.sides.first
    return bool(first) and not any(_state(found, id) or government(id) for id in first)


def _state(found: Facts, id: str) -> bool:
    return inter(id, found.country, found.year).label in ("State forces", "External/Other forces")


def _held(found: Facts) -> bool:
    return not _effects(found).isdisjoint({"arrested", "abducted", "held"})


def _after_fighting(found: Facts) -> bool:
    """Those held are fighters who were taken in a fight."""
    fighters = any(f.effect == "arrested" and f.status in ("combatant", "security") for f in found.incident.figures)
    return fighters and not _FIGHTS.isdisjoint(found.kinds)


def _resisted(found: Facts) -> bool:
    """Territory was fought for: somebody was killed, a fight is told of it, or fighters were hit."""
    fought = not _FIGHTS.isdisjoint({*found.kinds, *(part.kind for part in found.case.parts)})
    return _anybody_killed(found) or fought or bool(found.sides.hit & {"combatant", "security"})


def _resisted_by_state(found: Facts) -> bool:
    """The government of the country took it by force."""
    first = found.sides.first
    return _resisted(found) and bool(first) and inter(first[0], found.country, found.year).label == "State forces"


def _held_shortly(found: Facts) -> bool:
    """Another side took the place within a day, or who took it left within a day: nothing changed hands for longer."""
    taken = day_of(found.incident.first or "")
    if taken is None:
        return False
    own = {side(id) for id in found.sides.first}
    told = [(e.kind, e.date, e.agents) for report in found.case.reports for e in report.events]
    told += [(one.kind, one.first, one.agents) for one in (*found.case.parts, *found.case.kin)]
    for kind, day, agents in told:
        when = day_of(day or "")
        if when is None or not taken <= when <= taken + timedelta(days=1):
            continue
        sides = {side(id) for id in agents}
        if kind == "territorial_control" and sides and sides.isdisjoint(own):
            return True
        if kind == "withdrawal" and sides & own:
            return True
    return False


def _live_fire(found: Facts) -> bool:
    return "live_fire" in found.weapons or _anybody_killed(found)


def _intervention(found: Facts) -> bool:
    """Somebody stepped in: gas, batons, arrests, people hurt, or the police told as doers."""
    states = any(_state(found, id) for id in (*found.sides.first, *found.sides.second))
    return "crowd_control" in found.weapons or states or not _effects(found).isdisjoint({"arrested", "injured", "killed_or_injured"})


def _strike_alone(found: Facts) -> bool:
    return "strike" in found.weapons and "demonstration" not in found.weapons


def _mob(found: Facts) -> bool:
    """A crowd against people and not in a demonstration: no force of a state takes part, nor do demonstrators."""
    return not any(_state(found, id) for id in (*found.sides.first, *found.sides.second)) and "protest" not in found.kinds


_HOLDS: Mapping[str, Callable[[Facts], bool]] = {
    "": lambda found: True,
    "crowds": _crowds,
    "helicopter": lambda found: "helicopter" in found.weapons,
    "helicopter_alone": _helicopter_alone,
    "civilians": _only_civilians,
    "mutual": lambda found: mutual(found.case, found.weapons),
    "attempted": lambda found: found.incident.modality == "attempted",
    "grenade": lambda found: "grenade" in found.weapons,
    "molotov_alone": lambda found: not found.weapons.isdisjoint({"molotov", "stun_grenade"}),
    "not_chemical": lambda found: not found.weapons.isdisjoint({"incendiary", "crowd_control"}),
    "armed": lambda found: found.sides.armed,
    "armed_on_duty": _armed_on_duty,
    "armed_killed": lambda found: _killed(found, ("combatant", "security")),
    "civilians_killed": lambda found: _killed(found, ("civilian",)),
    "held": _held,
    "held_by_nonstate": lambda found: _held(found) and _by_nonstate(found),
    "by_nonstate": _by_nonstate,
    "extrajudicial": lambda found: "extrajudicial" in found.weapons,
    "after_fighting": _after_fighting,
    "held_shortly": _held_shortly,
    "resisted": _resisted,
    "resisted_by_state": _resisted_by_state,
    "base": lambda found: "base" in found.weapons,
    "crewed": lambda found: "crewed_aircraft" in found.weapons and "uncrewed" not in found.weapons,
    "live_fire": _live_fire,
    "intervention": _intervention,
    "strike_alone": _strike_alone,
    "mob": _mob,
}
"""How each condition of `book.CONDITIONS` is told."""
