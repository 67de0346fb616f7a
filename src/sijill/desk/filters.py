"""Which incidents a page or a request is about: a filter from the parameters of an address, and back."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import get_args
from urllib.parse import urlencode

import msgspec

from sijill.records import EventKind, Record
from sijill.store import IncidentFilter
from sijill.store.incidents import Box, Order

__all__ = ["Asked", "asked", "query"]

_TRUE = {"1", "true", "yes", "on"}


class Asked(Record, frozen=True, kw_only=True):
    """What is asked for: the filter, the order, and where a page begins; `wrong` names parameters that could not be understood."""

    where: IncidentFilter
    sort: Order = "date"
    after: str | None = None
    wrong: tuple[str, ...] = ()


def asked(parameters: Mapping[str, str]) -> Asked:
    """The filter that the parameters of an address say. What cannot be understood is left out and named.

    >>> asked({"place": "إدلب", "killed": "3", "sort": "harm"}).where == IncidentFilter(place="إدلب", killed=3)
    True
    >>> asked({"killed": "many", "sort": "size"}).wrong
    ('killed', 'sort')
    """
    found: dict[str, object] = {}
    wrong: list[str] = []
    given = {name: value.strip() for name, value in parameters.items() if value.strip()}
    for name in ("since", "until", "place", "actor", "kind", "modality", "country", "source", "text", "parent", "killed", "injured"):
        if name in given:
            found[name] = given[name]
    for name in ("undated", "parts", "conflicts"):
        if name in given:
            found[name] = given[name].lower() in _TRUE
    if "box" in given:
        found["box"] = given["box"]
    where: dict[str, object] = {}
    for name, value in found.items():
        try:
            where[name] = _value(name, value)
        except (ValueError, msgspec.ValidationError):
            wrong.append(name)
    sort = given.get("sort", "date")
    if sort not in get_args(Order):
        wrong.append("sort")
        sort = "date"
    return Asked(
        where=IncidentFilter(**where),  # type: ignore[arg-type]
        sort=sort,  # type: ignore[arg-type]
        after=given.get("after"),
        wrong=tuple(wrong),
    )


def _value(name: str, value: object) -> object:
    if name == "box":
        south, west, north, east = map(float, str(value).split(","))
        return Box(south=south, west=west, north=north, east=east)
    if name in ("since", "until"):
        return msgspec.convert(value, datetime.date).isoformat()
    if name == "kind" and value not in get_args(EventKind):
        raise ValueError(value)
    if name in ("killed", "injured"):
        number = int(str(value))
        if number < 0:
            raise ValueError(value)
        return number
    return value


def query(asked: Asked, **changes: str | None) -> str:
    """The parameters of an address that say the same, with some of them changed or (None) left out.

    >>> query(asked({"place": "x", "after": "y"}), after=None, sort="harm")
    'place=x&sort=harm'
    """
    where = asked.where
    given: dict[str, str] = {}
    for name in IncidentFilter.__struct_fields__:
        value = getattr(where, name)
        if value == getattr(_NOTHING, name):
            continue
        if isinstance(value, Box):
            value = f"{value.south},{value.west},{value.north},{value.east}"
        given[name] = str(value).lower() if isinstance(value, bool) else str(value)
    if asked.sort != "date":
        given["sort"] = asked.sort
    if asked.after:
        given["after"] = asked.after
    for name, change in changes.items():
        if change is None:
            given.pop(name, None)
        else:
            given[name] = change
    return urlencode(given)


_NOTHING = IncidentFilter()
