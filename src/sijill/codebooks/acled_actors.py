"""Who stands where in a row of ACLED: two actors, those associated with them, their types, and whether civilians are the target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sijill.codebooks.actors import ARMED_GROUP, CIVILIANS, FORCES, PROTESTERS, RIOTERS, inter, listed, name_en, shown
from sijill.codebooks.book import load_book
from sijill.codebooks.coded import Reason
from sijill.codebooks.kinds import Facts
from sijill.codebooks.saying import reason

__all__ = ["Slots", "interaction", "slots", "targeting"]

_CROWD_TYPES = frozenset({"Protesters", "Rioters"})
_HOLDERS = frozenset({"surrender", "defection"})
_WITHOUT_DOER = frozenset({"bodies_found", "displacement", "escape", "evacuation", "curfew", "siege", "human_shields"})


class Slots(NamedTuple):
    """The actors of a row by id, the associated ones with them, and the reasons."""

    first: str
    with_first: tuple[str, ...]
    second: str
    with_second: tuple[str, ...]
    reasons: tuple[Reason, ...]


def slots(found: Facts, sub_event: str) -> Slots:
    """The actors of a row of some sub-event.

    Partners of an attack are associated with the first actor; civilians hit beside fighters by an explosion with the second, and with
    nobody in a battle. Where the codebook wants an actor and nobody is named there stands an unidentified one.

    >>> from sijill.records import Case, Incident
    >>> from sijill.codebooks.kinds import facts
    >>> from sijill.codebooks.parties import parties
    >>> strike = Case(incident=Incident(id="inc-1", kind="air_strike", agents=["russia", "syrian_government"], country="SY"))
    >>> made = slots(facts(strike, parties(strike), frozenset(), 2020), "Air/drone strike")
    >>> made.first, made.with_first
    ('russia', ('syrian_government',))
    """
    kind = load_book().sub_events[sub_event].type
    made = _BY_TYPE[kind](found, sub_event)
    reasons = list(made.reasons)
    if found.sides.inherited and made.first in found.sides.first:
        reasons.append(reason("actor1", "acled.actor.of_whole", "no report names a doer of this part"))
    if made.with_first and made.first != PROTESTERS:
        reasons.append(reason("assoc_actor_1", "acled.actor.associated", f"{len(made.with_first)} beside the first"))
    return made._replace(reasons=tuple(reasons))


def _battle(found: Facts, sub_event: str) -> Slots:
    first, second = found.sides.first, found.sides.second
    reasons = []
    if not second:
        reasons.append(reason("actor2", "acled.inter.unidentified", "no report names the other side"))
    # Civilians in the crossfire stand in fatalities and notes only.
    if found.sides.civilians_hit:
        reasons.append(reason("civilian_targeting", "acled.targeting.battles", "civilians were hit in a fight"))
    return Slots(*_head(first, ARMED_GROUP), *_head(second, ARMED_GROUP), tuple(reasons))


def _attack(found: Facts, sub_event: str) -> Slots:
    first, second = found.sides.first, found.sides.second
    reasons = []
    armed = tuple(id for id in second if not _is_crowd(id))
    if armed or found.sides.hit & {"combatant", "security", "detainee"}:
        reasons.append(
            reason("actor2", "acled.inter.situational", "those hit could not defend themselves, or nothing says that they fought")
        )
    named = tuple(id for id in found.sides.civilians if id != CIVILIANS)
    return Slots(*_head(first, ARMED_GROUP), CIVILIANS, (*named, *armed), tuple(reasons))


def _explosion(found: Facts, sub_event: str) -> Slots:
    first, second = found.sides.first, found.sides.second
    nobody = FORCES if "air_strike" in found.kinds else ARMED_GROUP
    named = tuple(id for id in found.sides.civilians if id != CIVILIANS)
    if found.sides.armed:
        beside = (CIVILIANS, *named) if found.sides.civilians_hit else ()
        reasons = [reason("assoc_actor_2", "acled.actor.civilians_incidental", "civilians were hit beside fighters")] if beside else []
        one, rest = _head(second, ARMED_GROUP)
        return Slots(*_head(first, nobody), one, (*rest, *beside), tuple(reasons))
    # «People» of whom no report says what they were stand nowhere: that civilians were the target is too much to say without a word for it.
    hit_civilians = found.sides.civilians_hit
    return Slots(*_head(first, nobody), CIVILIANS if hit_civilians else "", named if hit_civilians else (), ())


def _crowd(found: Facts, sub_event: str) -> Slots:
    everybody = (*found.sides.first, *found.sides.second)
    crowds = tuple(id for id in everybody if _is_crowd(id))
    forces = tuple(id for id in everybody if not _is_crowd(id))
    default = RIOTERS if load_book().sub_events[sub_event].type == "Riots" else PROTESTERS
    named = tuple(id for id in crowds if id not in (PROTESTERS, RIOTERS))
    if sub_event == "Peaceful protest":
        return Slots(default, (*named, *forces), "", (), ())
    if sub_event == "Mob violence" and not forces:
        return Slots(default, named, CIVILIANS if found.sides.civilians_hit else "", (), ())
    if not forces and sub_event in ("Excessive force against protesters", "Protest with intervention"):
        return Slots(default, named, ARMED_GROUP, (), (reason("actor2", "acled.inter.unidentified", "no report names who stepped in"),))
    return Slots(default, named, *_head(forces, ""), ())


def _strategic(found: Facts, sub_event: str) -> Slots:
    first, second = found.sides.first, found.sides.second
    if found.incident.kind in _WITHOUT_DOER and (found.sides.inherited or not first):
        # Who killed those found, or drove people out, is not told by the record: it would be blame by neighbourhood.
        return Slots(CIVILIANS, (), "", (), ())
    held_civilians = sub_event == "Arrests" and found.sides.civilians_hit
    if second:
        return Slots(*_head(first, ARMED_GROUP), *_head(second, ""), ())
    other = CIVILIANS if held_civilians or (sub_event == "Looting/property destruction" and found.sides.civilians_hit) else ""
    return Slots(*_head(first, ARMED_GROUP), other, (), ())


_BY_TYPE = {
    "Battles": _battle,
    "Violence against civilians": _attack,
    "Explosions/Remote violence": _explosion,
    "Protests": _crowd,
    "Riots": _crowd,
    "Strategic developments": _strategic,
}


def _head(ids: Sequence[str], nobody: str) -> tuple[str, tuple[str, ...]]:
    return (ids[0], tuple(ids[1:])) if ids else (nobody, ())


def _is_crowd(id: str) -> bool:
    actor = listed(id)
    return actor is not None and actor.type in _CROWD_TYPES


def targeting(found: Facts, sub_event: str, made: Slots) -> str:
    """«Civilians targeted» where civilians are the main or only target, else an empty text.

    All violence against civilians has it, and excessive force against protesters; an explosion or a mob where they are the other side and
    no fighter was hit; a battle never.

    >>> from sijill.records import Case, Incident
    >>> from sijill.codebooks.kinds import facts
    >>> from sijill.codebooks.parties import parties
    >>> case = Case(incident=Incident(id="inc-1", kind="execution", country="SY"))
    >>> found = facts(case, parties(case), frozenset(), 2020)
    >>> targeting(found, "Attack", slots(found, "Attack"))
    'Civilians targeted'
    """
    kind = load_book().sub_events[sub_event].type
    if kind == "Violence against civilians" or sub_event == "Excessive force against protesters":
        return "Civilians targeted"
    if kind in ("Explosions/Remote violence", "Riots") and made.second == CIVILIANS:
        return "Civilians targeted"
    return ""


def interaction(first: str, second: str) -> str:
    """The label of two types together, the lower code first; 7 and 8 stand the other way round in the codebook's table.

    Without a second type it is that of the first «only»; empty where the first is.

    >>> interaction("Rebel group", "State forces"), interaction("Civilians", "External/Other forces"), interaction("Rebel group", "")
    ('State forces-Rebel group', 'External/Other forces-Civilians', 'Rebel group only')
    """
    book = load_book()
    one, other = book.inter_codes.get(first, 0), book.inter_codes.get(second, 0)
    low, high = sorted((one, other))
    return book.interactions.get(high * 10 if low == 0 else low * 10 + high, "")


def cells(made: Slots, found: Facts, country: str) -> tuple[dict[str, str], list[Reason]]:
    """The cells of the actors of a row, and the reasons for their types.

    A second actor of unknown type makes the interaction unknown too: «only» would say that there was none.

    >>> from sijill.records import Case, Incident
    >>> from sijill.codebooks.kinds import facts
    >>> from sijill.codebooks.parties import Parties
    >>> found = facts(Case(incident=Incident(id="inc-1", kind="shelling", country="SY")), Parties(), frozenset(), 2020)
    >>> cells(Slots("turkey", (), "sdf", (), ()), found, "Syria")[0]["interaction"]
    'Rebel group-External/Other forces'
    """
    reasons = list(made.reasons)
    row: dict[str, str] = {}
    types = []
    for number, id, beside in ((1, made.first, made.with_first), (2, made.second, made.with_second)):
        told = inter(id, found.country, found.year) if id else None
        row[f"actor{number}"] = shown(id, found.case, country) if id else ""
        row[f"assoc_actor_{number}"] = "; ".join(shown(one, found.case, country) for one in beside)
        row[f"inter{number}"] = told.label if told else ""
        types.append(told.label if told else "")
        if told and told.rule != "acled.inter.listed":
            reasons.append(reason(f"inter{number}", told.rule, f"{name_en(id, found.case)}: {told.label or 'not known'}"))
    unknown = (made.first and not types[0]) or (made.second and not types[1])
    row["interaction"] = "" if unknown else interaction(types[0], types[1])
    return row, reasons
