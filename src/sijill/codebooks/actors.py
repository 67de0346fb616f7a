"""Who an actor is for a codebook: its type where it acts, its name, the side it fights on, the state it belongs to."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from sijill.codebooks.book import load_book
from sijill.lexicon import load_lexicon
from sijill.names import Actor
from sijill.records import Case

__all__ = [
    "ARMED_GROUP",
    "CIVILIANS",
    "FORCES",
    "PROTESTERS",
    "RIOTERS",
    "Inter",
    "government",
    "in_words",
    "inter",
    "listed",
    "name_en",
    "organised",
    "shown",
    "side",
]

CIVILIANS, PROTESTERS, RIOTERS = "civilians", "protesters", "rioters"
ARMED_GROUP, FORCES = "unidentified", "unidentified forces"
"""An armed group that nobody names, and a military that nobody names, which no list has."""

_STATE_ROLES = frozenset({"government", "army", "police", "security", "intelligence"})
_FROM_ABROAD = frozenset({"coalition", "un"})
_NOT_ORGANISED = frozenset({"gunmen", "unknown", "protesters", "civilians"})
_UNIDENTIFIED = frozenset({"gunmen", "unknown"})
_CROWDS = frozenset({"Civilians", "Protesters", "Rioters"})


class Inter(NamedTuple):
    """A type of ACLED's and the rule that gave it; an empty label where the actor is on no list."""

    label: str
    rule: str


def listed(id: str) -> Actor | None:
    """An actor of the lexicon by its id; null for one that reports name and no list has."""
    return load_lexicon().names.actors.get(id)


def side(id: str) -> str:
    """The body that an actor fights for, itself where it belongs to none. Parents that are no fighters («gunmen») are none.

    >>> side("ypg"), side("islamic_state")
    ('sdf', 'islamic_state')
    """
    if (known := listed(id)) is not None and known.role in _UNIDENTIFIED:
        return ARMED_GROUP
    seen = {id}
    while (actor := listed(id)) and actor.parent and actor.parent not in seen and listed(actor.parent):
        seen.add(actor.parent)
        id = actor.parent
    return _joined().get(id, id)


@lru_cache(maxsize=1)
def _joined() -> dict[str, str]:
    """Bodies that count their losses together, as reconciling has them; the file is checked where that reads it."""
    content = (files("sijill") / "data" / "linking" / "sides.csv").read_text(encoding="utf-8")
    return {row["id"]: row["of"] for row in csv.DictReader(content.splitlines())}


def government(id: str) -> bool:
    """Whether an actor is of a state: its forces, or those of a coalition of states. The top of its parents decides.

    >>> [government(id) for id in ("syrian_government", "turkey", "sdf", "asayish_nes", "islamic_state")]
    [True, True, False, False, False]
    """
    actor = listed(id)
    top = listed(side(id))
    if actor is None or top is None:
        return False
    if top.role in _FROM_ABROAD:
        return True
    return top.type in ("State forces", "External/Other forces") and top.role in _STATE_ROLES


def organised(id: str) -> bool:
    """Whether an actor is an organised one for UCDP: a state or a named group. One that no list has is taken for a named group."""
    actor = listed(id)
    if id in (ARMED_GROUP, FORCES):
        return False
    return actor is None or (actor.role not in _NOT_ORGANISED and actor.type not in _CROWDS)


def inter(id: str, country: str | None, year: int | None) -> Inter:
    """The type of an actor in a country and year, as ACLED has it, and the rule.

    A state's army abroad is an external force (code 8); competing governments are both state forces; a group that nobody names is a
    political militia. For an actor on no list the type stays empty: a guess would put it into every count of its type.

    >>> inter("turkey", "SY", 2022).label, inter("turkey", "TR", 2022).label, inter("unidentified_gunmen", "SY", 2022).label
    ('External/Other forces', 'State forces', 'Political militia')
    """
    if id == FORCES:
        return Inter("External/Other forces", "acled.inter.unidentified")
    actor = listed(id)
    if id == ARMED_GROUP or (actor is not None and actor.role in _UNIDENTIFIED):
        return Inter("Political militia", "acled.inter.unidentified")
    if actor is None:
        return Inter("", "acled.inter.unknown")
    since = load_book().governments.get((country or "", id))
    if since is not None and year is not None and year >= since:
        return Inter("State forces", "acled.inter.governments")
    at_home = not actor.country or not country or actor.country == country
    if actor.type == "State forces" and not at_home:
        return Inter("External/Other forces", "acled.inter.abroad")
    if actor.type == "External/Other forces" and actor.country == country and actor.role in _STATE_ROLES:
        return Inter("State forces", "acled.inter.abroad")
    return Inter(actor.type, "acled.inter.listed")


def shown(id: str, case: Case, country: str) -> str:
    """The name of an actor in a row. Those that are no body of their own have the country after it, as the codebook has it.

    >>> from sijill.records import Incident
    >>> shown("civilians", Case(incident=Incident(id="inc-1", kind="shelling")), "Syria")
    'Civilians (Syria)'
    """
    after = f" ({country})" if country else ""
    if id == FORCES:
        return f"Unidentified Military Forces{after}"
    actor = listed(id)
    if id == ARMED_GROUP or (actor is not None and actor.role in _UNIDENTIFIED):
        return f"Unidentified Armed Group{after}"
    if actor is not None and actor.type in _CROWDS and not actor.country:
        return f"{actor.name_en}{after}"
    return name_en(id, case)


def in_words(id: str, case: Case) -> str:
    """An actor as a sentence names it: in plain words where it is no body of its own, and without what stands in brackets after a name.

    >>> from sijill.records import Incident
    >>> case = Case(incident=Incident(id="inc-1", kind="shelling"))
    >>> in_words("civilians", case), in_words("unidentified_gunmen", case), in_words("syrian_government", case)
    ('civilians', 'an unidentified armed group', 'Government of Syria')
    """
    if id == FORCES:
        return "unidentified military forces"
    actor = listed(id)
    if id == ARMED_GROUP or (actor is not None and actor.role in _UNIDENTIFIED):
        return "an unidentified armed group"
    if actor is not None and actor.type in _CROWDS and not actor.country:
        return actor.name_en.lower()
    return name_en(id, case).split(" (")[0]


def name_en(id: str, case: Case) -> str:
    """The English name of an actor or source: of the lexicon, of the case, or its id in words."""
    names = load_lexicon().names
    known = names.actors.get(id) or names.sources.get(id)
    return known.name_en if known else case.names.get(id, ("", id.replace("_", " ")))[1]
