"""Types, modes, contexts and the score of an event of PLOVER, by the crosswalk and by how sure the telling is."""

from __future__ import annotations

from typing import NamedTuple

from sijill.codebooks.actors import government
from sijill.codebooks.book import Cross, load_book
from sijill.codebooks.coded import Reason
from sijill.codebooks.kinds import Facts, crosses
from sijill.codebooks.parties import mutual
from sijill.codebooks.saying import reason

__all__ = ["Types", "types_of"]

_AUXILIARY = {"planned": "future", "hypothetical": "hypothetical", "denied": "negation"}
_THREATS = {"arrest": "arrest", "displacement": "expel", "territorial_control": "territory", "siege": "restrict", "curfew": "restrict"}
_FIGHTS = frozenset({"armed_clash", "armed_assault", "infiltration"})
_COOPERATION = (1, 2)


class Types(NamedTuple):
    """The types of an event with all that follows from them."""

    events: tuple[str, ...]
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    quad: int
    scale: float
    two_sided: bool
    comment: str
    reasons: tuple[Reason, ...]


def types_of(found: Facts) -> Types | None:
    """The types and modes of an incident, or null where PLOVER has no type for any of its kinds.

    Of several kinds told of one incident the first leads; modes of others of the same type stand beside it. A move of troops inside an
    attack is part of it. Who is captured in a fight was abducted, and not arrested.

    >>> from sijill.codebooks.kinds import facts
    >>> from sijill.codebooks.parties import Parties
    >>> from sijill.records import Case, Incident
    >>> types_of(facts(Case(incident=Incident(id="inc-1", kind="drone_strike")), Parties(), frozenset(), None)).modes
    ('drone',)
    """
    rows = [row for row in crosses(found) if row.events]
    if not rows:
        return None
    if found.incident.modality == "threatened":
        return _threat(found, rows[0])
    reasons = [reason("event", "plover.crosswalk", ", ".join(row.kind for row in rows))]
    lead = rows[0] if rows[0].kind == found.incident.kind else next((row for row in rows if "ASSAULT" in row.events), rows[0])
    if "ASSAULT" in lead.events and any("MOBILIZE" in row.events for row in rows):
        reasons.append(reason("event", "plover.mobilize", "inside an attack"))
    if found.incident.modality == "planned" and _quad(lead.events[0]) in _COOPERATION:
        return _planned_cooperation(found, lead, reasons)
    same = [row for row in rows if row.events == lead.events]
    modes = [mode for row in same for mode in row.modes]
    if _captured(found):
        reasons.append(reason("mode", "plover.captured", "fighters were captured in a fight"))
        if "ASSAULT" in lead.events and "abduct" not in modes:
            modes.append("abduct")
    auxiliary = _auxiliary(found)
    if auxiliary:
        reasons.append(reason("mode", "plover.auxiliary", ", ".join(auxiliary)))
    scale, by = _scale(lead.events, modes)
    reasons.append(reason("event_scale", "plover.scale", by))
    return Types(
        lead.events,
        tuple(dict.fromkeys([*modes, *auxiliary])),
        _contexts(found, same),
        _quad(lead.events[-1]),
        scale,
        _two_sided(found),
        "Tried, and failed." if found.incident.modality == "attempted" else "",
        tuple(reasons),
    )


def _threat(found: Facts, row: Cross) -> Types:
    """A threat is an event of its own, and not the deed with a mark."""
    mode = _THREATS.get(row.kind, "violence")
    scale, by = _scale(("THREATEN",), [mode])
    reasons = (reason("event", "plover.threat", row.kind), reason("event_scale", "plover.scale", by))
    return Types(("THREATEN",), (mode,), row.contexts, _quad("THREATEN"), scale, False, f"Threatened: {row.kind}.", reasons)


def _planned_cooperation(found: Facts, row: Cross, reasons: list[Reason]) -> Types:
    scale, by = _scale(("AGREE",), [])
    made = (*reasons, reason("event", "plover.future_agreement", row.kind), reason("event_scale", "plover.scale", by))
    return Types(("AGREE",), (), row.contexts, _quad("AGREE"), scale, _two_sided(found), f"Planned: {row.kind}.", made)


def _captured(found: Facts) -> bool:
    fighters = any(f.effect in ("arrested", "abducted") and f.status in ("combatant", "security") for f in found.incident.figures)
    return fighters and not _FIGHTS.isdisjoint(found.kinds)


def _auxiliary(found: Facts) -> list[str]:
    """`future`, `hypothetical` and `negation` by modality; `historical` where every report tells it as background."""
    made = [_AUXILIARY[found.incident.modality]] if found.incident.modality in _AUXILIARY else []
    told = [event.background for report in found.case.reports for event in report.events]
    if told and all(told):
        made.append("historical")
    return made


def _contexts(found: Facts, rows: list[Cross]) -> tuple[str, ...]:
    """The contexts of the rows; «military» where a state is a side of violence."""
    contexts = [context for row in rows for context in row.contexts]
    if any("ASSAULT" in row.events for row in rows) and any(government(id) for id in (*found.sides.first, *found.sides.second)):
        contexts.append("military")
    return tuple(dict.fromkeys(contexts))


def _two_sided(found: Facts) -> bool:
    """Whether those named did it together or to each other: a fight with two sides, an agreement."""
    both = bool(found.sides.first) and bool(found.sides.second)
    fought = not _FIGHTS.isdisjoint(found.kinds) or mutual(found.case, found.weapons)
    return (both and fought) or found.incident.kind == "agreement_or_ceasefire"


def _quad(event: str) -> int:
    return load_book().scale[event, ""].quad


def _scale(events: tuple[str, ...], modes: list[str]) -> tuple[float, str]:
    """The score that is farthest from nought, and what it is the score of."""
    known = load_book().scale
    found = [(known[event, mode].scale, f"{event} {mode}".strip()) for event in events for mode in ("", *modes) if (event, mode) in known]
    # A mode is more exact than its type: «crowd-control» scores −7.5 though ASSAULT alone scores −9.
    exact = [one for one in found if " " in one[1]] or found
    return max(exact, key=lambda one: abs(one[0]))
