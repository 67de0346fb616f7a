"""A row of any other table of incidents: ours, one with HXL tags, the properties of a GeoJSON.

Kinds are ours, or event types of ACLED. Of numbers of people an empty cell is unknown, and a zero is no figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast, get_args

from sijill.datasets.acled import event_code
from sijill.datasets.actors import actor_of
from sijill.datasets.codes import EventCode, Precision, country_of, load_codes, plain_name
from sijill.datasets.dates import day_of, is_edtf
from sijill.datasets.draft import Draft
from sijill.datasets.places import coordinates, put_place
from sijill.lexicon import load_lexicon
from sijill.records import Effect, EventKind, Evidence, Level, Modality, Status

__all__ = ["read_plain"]

_KINDS = {kind.replace("_", ""): kind for kind in get_args(EventKind)}
_LEVELS: frozenset[str] = frozenset(get_args(Level))
_RADIUS = {
    "site": 1.0,
    "landmark": 1.0,
    "neighbourhood": 2.0,
    "village": 3.0,
    "town": 5.0,
    "city": 10.0,
    "district": 30.0,
    "governorate": 80.0,
}
_PLACES = (("place", "town"), ("place_en", "town"), ("adm3", "district"), ("adm2", "district"), ("adm1", "governorate"))
_URL = re.compile(r"https?://\S{3,2000}")


def read_plain(draft: Draft, order: str | None) -> str:
    """Read a row; the id that it has in its data set, empty where it has none. `order` is how its dates with slashes are written.

    Raises `RowError` for a row without a day.
    """
    edtf, dated = _edtf(draft, order)
    column, code = _code(draft)
    country = next((found for c in ("country", "iso3", "iso") if draft.has(c) and (found := country_of(draft.value(c)))), None)
    if country is None and draft.has("country"):
        draft.problem("country", "no country that is known")
    place = _place(draft, country)
    event = None
    if code is not None and code.kind is not None:
        agents, targets = _actors(draft, "agents"), _actors(draft, "targets")
        said = [
            e for c, what in (("agents", "agent"), ("targets", "target"), *((c, "date") for c in dated)) for e in draft.evidence(what, c)
        ]
        event = draft.event(
            column,
            code.kind,
            modality=_modality(draft),
            date=edtf,
            date_basis="stated" if edtf else None,
            places=[place] if place else [],
            agents=agents,
            targets=targets,
            means=code.means or [m.strip() for m in draft.value("means").split(";") if m.strip()],
            evidence=said,
        )
    _figures(draft, event)
    return draft.value("id")


def url_of(draft: Draft) -> str | None:
    """The address of a row, where it gives one."""
    written = draft.value("url")
    return written if _URL.fullmatch(written) else None


def _edtf(draft: Draft, order: str | None) -> tuple[str | None, list[str]]:
    """The days of a row, and the columns that give them; a row without any is kept, its day unknown, if its columns are empty."""
    if draft.has("edtf") and is_edtf(draft.value("edtf")):
        return draft.value("edtf"), ["edtf"]
    written = draft.value("first")
    if not written:
        return None, []
    if is_edtf(written) and len(written) < len("2022-01-20"):
        return written, ["first"]
    first = day_of(written, order=order)
    if first is None:
        raise draft.refuse("first", "no day, or one that may be two; write it as YYYY-MM-DD")
    last = day_of(draft.value("last"), order=order) if draft.has("last") else first
    if last is None or last < first:
        draft.problem("last", "no day, or before the first; left out")
        return first.isoformat(), ["first"]
    return (first.isoformat(), ["first"]) if last == first else (f"{first}/{last}", ["first", "last"])


def _code(draft: Draft) -> tuple[str, EventCode | None]:
    """What happened, and the column that says so; none where it has no kind here, which is reported."""
    for column in ("kind", "sub_event_type", "event_type"):
        if draft.has(column):
            kind = _KINDS.get(plain_name(draft.value(column)).replace("_", ""))
            if kind is not None:
                return column, EventCode(cast(EventKind, kind), "doer", [], "")
    for column in ("sub_event_type", "event_type", "kind"):
        if draft.has(column):
            whole = draft.value("event_type") if column == "sub_event_type" else ""
            code = event_code("acled", whole, draft.value(column)) or event_code("acled", draft.value(column))
            if code is not None:
                return column, code
    named = next((c for c in ("kind", "sub_event_type", "event_type") if draft.has(c)), None)
    draft.problem(named, "no kind of event that is known; the row is kept without an event")
    return "", None


def _modality(draft: Draft) -> Modality:
    written = draft.value("modality") or "asserted"
    if written not in get_args(Modality):
        draft.problem("modality", f"one of {', '.join(get_args(Modality))}")
        return "asserted"
    return cast(Modality, written)


def _place(draft: Draft, country: str | None) -> str | None:
    point = coordinates(draft, "lat", "lon")
    if point is None and draft.has("geometry"):
        draft.problem("geometry", "no point; only points are read")
    coded = load_codes().precision.get(("acled", "place", draft.value("geo_precision")))
    radius = draft.number("radius_km", decimal=True)
    for column, usual in _PLACES:
        if draft.has(column):
            level = draft.value("level") if draft.value("level") in _LEVELS else coded.means if coded else usual
            reach = radius if radius is not None else coded.radius_km if coded else _RADIUS.get(level, 25.0)
            return put_place(draft, column, Precision(level, column, reach), point, country)
    if point is not None:
        return draft.place("lat", level="site", lat=point[0], lon=point[1], radius_km=radius or 5.0, country=country)
    return None


def _actors(draft: Draft, column: str) -> list[str]:
    known = load_lexicon().names.actors
    names = [" ".join(name.split()) for name in draft.value(column).split(";") if name.strip()]
    return list(dict.fromkeys(name if name in known else actor_of(name) or name for name in names))


_SOME: tuple[tuple[str, Status, list[str]], ...] = (
    ("killed_civilians", "civilian", []),
    ("killed_children", "unknown", ["children"]),
    ("killed_women", "unknown", ["women"]),
    ("killed_men", "unknown", ["men"]),
)


def _figures(draft: Draft, event: str | None) -> None:
    if any(True for _ in _ledger(draft)):
        _from_ledger(draft, event)
        return
    whole: dict[Effect, str | None] = {effect: _counted(draft, effect, event) for effect in ("killed", "injured")}
    for column, status, demographic in _SOME:
        if count := draft.count(column):
            of = whole["killed"]
            draft.figure(
                column,
                "killed",
                value=count,
                status=status,
                demographic=demographic,
                role="subset" if of else "alone",
                of=of,
                event=event,
            )


def _counted(draft: Draft, effect: Effect, event: str | None) -> str | None:
    """The number of all people that an effect befell; a high end left empty beside a low one is open."""
    low, best, high = (draft.count(f"{effect}_{end}") for end in ("low", "best", "high"))
    if not best and not high and not low:
        return None
    column = next(c for c in (f"{effect}_best", f"{effect}_low", f"{effect}_high") if draft.has(c))
    if (low or 0) > (best if best is not None else high if high is not None else low or 0) or (high is not None and high < (best or 0)):
        draft.problem(column, f"low, best and high do not fit together ({low}, {best}, {high}); the bounds are left out")
        low = high = None
    said: list[Evidence] = [e for end in ("low", "high") for e in draft.evidence("number", f"{effect}_{end}")]
    open_ended = low is not None and high is None
    value = best if best is not None else low if open_ended else None
    return draft.figure(column, effect, value=value, low=low, high=high, open_ended=open_ended, event=event, evidence=said)


# --- our own records, of which a figure is an object --------------------------------------------------------------------


def _ledger(draft: Draft) -> Iterator[str]:
    """The columns «figures.N» of a record of ours."""
    number = 0
    while draft.raw(f"figures.{number}.effect"):
        yield f"figures.{number}"
        number += 1


def _from_ledger(draft: Draft, event: str | None) -> None:
    for at in _ledger(draft):
        effect, status = draft.raw(f"{at}.effect"), draft.raw(f"{at}.status") or "unknown"
        demographic = [one for one in draft.raw(f"{at}.demographic").split(";") if one]
        if effect not in get_args(Effect) or status not in get_args(Status):
            draft.problem(f"{at}.effect", "no effect or status of ours")
            continue
        columns = {end: f"{at}.{end}" for end in ("low", "best", "high")}
        for column in columns.values():
            draft.alias(column)
        low, best, high = (draft.count(columns[end]) for end in ("low", "best", "high"))
        if not best and not high and not low:
            continue
        column = next(columns[end] for end in ("best", "low", "high") if draft.has(columns[end]))
        draft.figure(
            column,
            cast(Effect, effect),
            value=best if best is not None else low,
            low=low,
            high=high,
            open_ended=low is not None and high is None,
            status=cast(Status, status),
            side=draft.raw(f"{at}.side") or None,
            demographic=demographic,
            event=event,
        )
