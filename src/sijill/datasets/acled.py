"""A row of ACLED's form: event and sub-event types, two actors, one place with its precision, one number of fatalities.

Rules of the codebook that are followed: `fatalities` 0 says that none is known and is no figure; `time_precision` 2 and 3 give the middle
of a week or a month, and the whole of it is what is known; `geo_precision` 2 and 3 give the coordinates of a town for an area.
"""

from __future__ import annotations

import re
from datetime import date

from sijill.datasets.actors import actor_of
from sijill.datasets.codes import EventCode, Precision, country_of, load_codes, plain_name, singular
from sijill.datasets.dates import day_of, week_around
from sijill.datasets.draft import Draft
from sijill.datasets.places import coordinates, put_place
from sijill.records import Evidence

__all__ = ["event_code", "read_acled"]

_CROWDS = frozenset({"protesters", "rioters", "palestinian_protesters"})
_NOBODY = frozenset({"", "none", "na", "nan", "null"})
_YES = frozenset({"civilian_targeting", "civilians_targeted", "civilian_targeted", "yes", "true", "1"})
_NO = frozenset({"", "no", "false", "0", "na", "nan", "none"})
_TOWN = Precision("town", "location", 5.0)
_ADMIN = ("admin3", "admin2", "admin1")


def read_acled(draft: Draft, order: str | None) -> str:
    """Read a row; the id that it has in its data set. `order` is how its dates with slashes are written.

    Raises `RowError` for a row without a day or an event.
    """
    id = _id(draft)
    day = day_of(draft.value("event_date"), order=order)
    if day is None:
        raise draft.refuse("event_date", "no day, or one that may be two; write it as YYYY-MM-DD")
    column = "sub_event_type" if draft.has("sub_event_type") else "event_type"
    code = event_code("acled", draft.value("event_type"), draft.value("sub_event_type"))
    if code is None and draft.has("event_type") and draft.has("sub_event_type"):
        column, code = "event_type", event_code("acled", draft.value("event_type"))
        if code is not None:
            draft.problem("sub_event_type", "no sub-event type of this form; read as its event type alone")
    if code is None:
        raise draft.refuse(column, "no event type of this form")
    country = _country(draft)
    place = _place(draft, country)
    _check_types(draft)
    if code.kind is None:
        draft.warn(f"no event: {draft.value(column)} ({code.note})")
        event = None
    else:
        agents, targets, said = _actors(draft, code, day)
        edtf = _edtf(draft, day)
        said += draft.evidence("date", "event_date")
        event = draft.event(
            column,
            code.kind,
            date=edtf,
            date_basis="stated",
            places=[place] if place else [],
            agents=agents,
            targets=targets,
            means=code.means,
            evidence=said,
        )
    _fatalities(draft, event)
    return id


def event_code(form: str, event_type: str, sub_event_type: str = "") -> EventCode | None:
    """What an event type is here, whatever its case, plural or dash; None where it is none of the form.

    >>> event_code("acled", "Explosions / Remote violence", "Air/Drone Strike").kind, event_code("acled", "", "Armed clashes").kind
    ('air_strike', 'armed_clash')
    """
    codes = load_codes().events
    whole, part = singular(event_type), singular(sub_event_type)
    found = codes.get((form, whole, part))
    if found or not part:
        return found or (next((c for (f, _, p), c in codes.items() if f == form and p == whole), None) if whole else None)
    alike = [code for (f, _, p), code in codes.items() if f == form and p in (part, part.removesuffix("e"))]
    return alike[0] if alike else None


def _id(draft: Draft) -> str:
    for column in ("event_id_cnty", "data_id"):
        if draft.has(column):
            return draft.value(column)
    if draft.has("event_id_no_cnty"):
        return f"{draft.value('iso3') or draft.value('iso') or draft.value('country')}{draft.value('event_id_no_cnty')}"
    return ""


def _country(draft: Draft) -> str | None:
    for column in ("country", "iso3", "iso"):
        if draft.has(column):
            found = country_of(draft.value(column))
            if found:
                return found
            draft.problem(column, "no country that is known")
    return None


def _edtf(draft: Draft, day: date) -> str:
    written = draft.value("time_precision")
    known = load_codes().precision.get(("acled", "date", written or "1"))
    if known is None:
        draft.problem("time_precision", "no precision of a day: 1, 2 or 3")
        return day.isoformat()
    return {"week": week_around(day), "month": day.isoformat()[:7]}.get(known.means, day.isoformat())


def _place(draft: Draft, country: str | None) -> str | None:
    point = coordinates(draft, "latitude", "longitude")
    written = draft.value("geo_precision")
    precision = load_codes().precision.get(("acled", "place", written)) if written else _TOWN
    if precision is None:
        draft.problem("geo_precision", "no precision of a place: 1, 2 or 3")
        precision = _TOWN
    for column in (precision.name_from, "location", *_ADMIN):
        if draft.has(column):
            return put_place(draft, column, precision, point, country)
    return None


def _check_types(draft: Draft) -> None:
    """Types of actors and of interactions are not taken over, but one that is none is reported: the row may be shifted."""
    inter = load_codes().inter
    for column in ("inter1", "inter2"):
        if draft.has(column) and singular(draft.value(column)) not in inter and plain_name(draft.value(column)) not in _NOBODY:
            draft.problem(column, "no type of an actor")
    written = draft.value("interaction")
    if written and not _is_interaction(written):
        draft.problem("interaction", "no interaction")
    if plain_name(draft.value("civilian_targeting")) not in _YES | _NO:
        draft.problem("civilian_targeting", "neither that civilians were targeted nor that they were not")


def _is_interaction(written: str) -> bool:
    """Whether a cell says which two types of actors met: by two digits, or by their names around a dash, or one «only»."""
    inter = load_codes().inter
    if written.isdecimal():
        return len(written) <= 2 and all(digit in inter for digit in written)
    names = re.split(r"\s*[-–—]\s*", re.sub(r"(?i)\s+only$", "", written))
    return 1 <= len(names) <= 2 and all(singular(name) in inter for name in names)


def _actors(draft: Draft, code: EventCode, day: date) -> tuple[list[str], list[str], list[Evidence]]:
    """Who did it to whom: of a fight both are doers; of a crowd that was met with force, whoever met it is the doer."""
    sides = [(column, _named(draft, column, day)) for column in ("actor1", "actor2")]
    named = [(column, id) for column, id in sides if id]
    if code.actors == "both":
        doers, done_to = named, []
    elif code.actors == "crowd" and any(id in _CROWDS for _, id in named):
        doers, done_to = [s for s in named if s[1] not in _CROWDS], [s for s in named if s[1] in _CROWDS]
    else:
        doers, done_to = [s for s in named if s[0] == "actor1"], [s for s in named if s[0] == "actor2"]
    targets = list(dict.fromkeys(id for _, id in done_to))
    said = [e for column, _ in doers for e in draft.evidence("agent", column)]
    said += [e for column, _ in done_to for e in draft.evidence("target", column)]
    if not targets and code.actors == "doer" and plain_name(draft.value("civilian_targeting")) in _YES:
        targets, said = ["civilians"], said + draft.evidence("target", "civilian_targeting")
    return list(dict.fromkeys(id for _, id in doers)), targets, said


def _named(draft: Draft, column: str, day: date) -> str | None:
    written = draft.value(column)
    if plain_name(written) in _NOBODY:
        return None
    return actor_of(written, day) or " ".join(written.split())


def _fatalities(draft: Draft, event: str | None) -> None:
    killed = draft.count("fatalities")
    if killed:
        draft.figure("fatalities", "killed", value=killed, event=event)
