"""A case as a record of PLOVER: types and modes of event, who did it to whom, and the words of every report that tells it.

What is planned, threatened, supposed, denied or long past has a record too, with an auxiliary mode: it is marked, and not left out.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sijill.codebooks.actors import listed, name_en
from sijill.codebooks.book import load_book
from sijill.codebooks.coded import Coded, Coding, Loss, Reason
from sijill.codebooks.counts import counted, crowds, own_figures, people
from sijill.codebooks.days import Days, days_of, window
from sijill.codebooks.kinds import Facts, facts
from sijill.codebooks.notes import conflicts_told
from sijill.codebooks.parties import Parties, parties
from sijill.codebooks.places import Where, where
from sijill.codebooks.plover_events import Types, types_of
from sijill.codebooks.saying import left, lost, reason
from sijill.codebooks.shares import Kin, kin_of
from sijill.codebooks.sources import outlets, tellers
from sijill.codebooks.words import partisan_words, weapons_told
from sijill.records import Case, CaseReport
from sijill.tolls import toll

__all__ = ["code"]

_RESOLUTION = {
    "site": 5,
    "landmark": 5,
    "neighbourhood": 5,
    "village": 4,
    "town": 4,
    "city": 4,
    "district": 3,
    "governorate": 2,
    "country": 1,
}
"""How exact a place is, from 5 below the town to 1 the country; an area without a level of its own is as exact as a governorate."""
_AREA = 2
_NEAR = 4
_SECTORS = {
    "government": "GOV", "army": "MIL", "police": "COP", "security": "COP", "intelligence": "SPY", "rebel": "REB", "militia": "PRM",
    "party": "PTY", "opposition": "OPP", "civilians": "CVL", "protesters": "CVL", "gunmen": "UAF", "unknown": "UNK",
}  # fmt: skip


class _Told(NamedTuple):
    """What a record is made of."""

    found: Facts
    types: Types
    sides: Parties
    spot: Where | None
    days: Days | None


def code(case: Case, *, parts_apart: bool = True) -> Coding:
    """The record of a case, or why it has none. Without `parts_apart` a part has none of its own, and its whole spans its days.

    Rules: PLOVER manual 2.0, draft, each by its id in `data/codebooks/rules.csv`. Nothing is raised for any case.

    >>> from sijill.records import Incident
    >>> threat = Incident(id="inc-1", kind="air_strike", modality="threatened", agents=["israel"], targets=["lebanon_army"])
    >>> (made,) = code(Case(incident=threat)).rows
    >>> made.row["event"], made.row["mode"], made.row["quad_code"]
    (['THREATEN'], ['violence'], 3)
    """
    incident = case.incident
    if not parts_apart and incident.parent is not None:
        return Coding(left_out=[left(incident.id, "plover.parts.with_whole", incident.parent)])
    weapons = weapons_told(case)
    sides = parties(case, weapons)
    days = days_of(case)
    spot = where(case)
    found = facts(case, sides, weapons, days.first.year if days else None, spot.country if spot else None)
    types = types_of(found)
    if types is None:
        return Coding(left_out=[left(incident.id, "plover.no_event", incident.kind)])
    return Coding(rows=[_coded(case, _Told(found, types, sides, spot, days), parts_apart)])


def _coded(case: Case, told: _Told, parts_apart: bool) -> Coded:
    book = load_book()
    incident = case.incident
    first, last = _dates(case, told.days, parts_apart)
    reports = tellers(case)
    actors, recipients, reasons = _roles(case, told)
    location = _location(told.spot)
    row: dict[str, Any] = {
        "id": incident.id,
        "has_event": True,
        "date": first.isoformat() if first else None,
        "time": next((event.time for report in reports for event in report.events if event.time), None),
        "enddate": last.isoformat() if last and last != first else None,
        "endtime": None,
        "actor": [_entity(id, case) for id in actors],
        "recipient": [_entity(id, case) for id in recipients],
        "event": list(told.types.events),
        "event_loc": location,
        "event_text": list(dict.fromkeys(event.quote for report in reports for event in report.events if event.quote)),
        "quad_code": told.types.quad,
        "event_scale": told.types.scale,
        "mode": list(told.types.modes),
        "context": list(told.types.contexts),
        "size": _size(case, parts_apart),
        "location": location,
        "link": next((report.line.url for report in reports if report.line.url), None),
        "text": _clause(reports),
        "text_info": [info for report in reports for info in _spans(report)],
        "cite_info": {
            "codebook": "PLOVER",
            "version": book.names["plover"].removeprefix("PLOVER, "),
            "reports": [_cited(report) for report in reports],
            "publication": outlets(case),
        },
        "coder": "sijill",
        "coded_date": None,
        "coded_time": None,
        "comment": " ".join(part for part in (told.types.comment, conflicts_told(incident.conflicts)) if part) or None,
    }
    reasons = [*told.types.reasons, *reasons, reason("size", "plover.size", "best estimates")]
    return Coded(
        codebook=book.names["plover"],
        incident=incident.id,
        row={column.name: row[column.name] for column in book.columns["plover"]},
        claims=list(dict.fromkeys([*incident.events, *(use.claim for f in incident.figures for use in f.uses if use.used)])),
        reasons=reasons,
        lost=_losses(case, told),
    )


def _dates(case: Case, days: Days | None, parts_apart: bool) -> tuple[date | None, date | None]:
    if days is None:
        return None, None
    spans = [] if parts_apart else [window([part.first, part.last]) for part in case.parts]
    return min([days.first, *(span[0] for span in spans if span)]), max([days.last, *(span[1] for span in spans if span)])


def _roles(case: Case, told: _Told) -> tuple[list[str], list[str], list[Reason]]:
    """Actors and recipients. Who fights are all actors; who suffers is the recipient.

    Of people driven out the one who drove them is the actor, never the people themselves; where nobody is named it stays empty.
    """
    sides, types = told.sides, told.types
    civilians = list(sides.civilians) or (["civilians"] if sides.civilians_hit else [])
    if case.incident.kind == "displacement":
        who = [] if sides.inherited else list(sides.first)
        return who, civilians or ["civilians"], [reason("actor", "plover.displaced", ", ".join(who) or "nobody is named")]
    if types.two_sided:
        everybody = list(dict.fromkeys([*sides.first, *sides.second]))
        return everybody, civilians, [reason("actor", "plover.two_sided", f"{len(everybody)} sides")]
    return list(sides.first), [*sides.second, *civilians], [reason("actor", "plover.two_sided", "one side acts")]


def _entity(id: str, case: Case) -> dict[str, Any]:
    """An actor: the country it is of where it is of one, its sector, its name. Wikidata ids are in none of our lists and stay null."""
    actor = listed(id)
    country = load_book().countries.get(actor.country) if actor and actor.country else None
    return {
        "code": (country.iso3 or None) if country else None,
        "sector": _SECTORS.get(actor.role, "UNK") if actor else "UNK",
        "entity_text": name_en(id, case),
        "identifier_id": None,
        "identifier_text": id,
    }


def _size(case: Case, parts_apart: bool) -> dict[str, int | None]:
    """Dead, injured and arrested, each null where no report has a number: unknown is not nought."""
    return {
        "dead": _dead(case, kin_of(case), parts_apart),
        "injured": toll(case.incident, "injured")[1],
        "arrested": toll(case.incident, "arrested")[1],
    }


def _dead(case: Case, kin: Kin, parts_apart: bool) -> int | None:
    """The best estimate of the dead of the record alone: of a whole without those that its parts count themselves.

    A part beside which the toll of the whole is told has none of its own.
    """
    figures = own_figures(case.incident, kin.whole if case.kin else None)
    if not counted(figures):
        return None
    best = people(crowds(figures, "best"))
    if case.kin or not parts_apart:
        return best
    for part in kin.parts:
        own = people(crowds(own_figures(part, case.incident), "best"))
        if own <= best and part.kind != "bodies_found":
            best -= own
    return best


def _location(spot: Where | None) -> dict[str, Any] | None:
    if spot is None:
        return None
    country = load_book().countries.get(spot.country)
    id = spot.entry.id if spot.entry else ""
    near = spot.exact == "near"
    return {
        "extracted_place": spot.place.name,
        "resolved_place": spot.place.name_en,
        "geonameid": id.removeprefix("gn:") if id.startswith("gn:") else None,
        "lat": spot.lat,
        "lon": spot.lon,
        "city": spot.town.name_en if spot.town else None,
        "district": spot.admin2.name_en if spot.admin2 else None,
        "province": spot.admin1.name_en if spot.admin1 else None,
        "country": country.name_en if country else None,
        "country_code": (country.iso3 or None) if country else None,
        "resolution": _NEAR if near else _RESOLUTION.get(spot.place.level, _AREA),
    }


def _clause(reports: list[CaseReport]) -> str | None:
    """The words around the event in the first report whose text may be handed on."""
    for report in reports:
        for event in report.events:
            if report.text is not None and event.clause is not None:
                return report.text[event.clause.start : event.clause.end]
    return None


def _spans(report: CaseReport) -> list[dict[str, Any]]:
    return [
        {"report": report.line.sha256, "sequence": number, "start": event.start, "end": event.end, "text_story": report.line.id}
        for number, event in enumerate(report.events, start=1)
    ]


def _cited(report: CaseReport) -> dict[str, Any]:
    line = report.line
    return {
        "citation": line.sha256,
        "url": line.url,
        "title": line.title,
        "language": report.language,
        "publication": line.outlet,
        "published": line.published,
    }


def _losses(case: Case, told: _Told) -> list[Loss]:
    made = []
    ranges = [
        f"{effect}: {low}–{high if high is not None else '?'}"
        for effect in ("killed", "injured", "arrested")
        for low, best, high in (toll(case.incident, effect),)
        if best is not None and low != high
    ]
    if ranges:
        made.append(lost("range", ", ".join(ranges)))
    if len({(f.status, f.side) for f in case.incident.figures if f.effect == "killed" and not f.demographic}) > 1:
        made.append(lost("sides_together"))
    if any(figure.demographic for figure in case.incident.figures):
        made.append(lost("demographic"))
    held = [f for f in case.incident.figures if f.effect not in ("killed", "injured", "arrested") and f.best is not None]
    if held:
        made.append(lost("other_harm", ", ".join(f"{f.effect}: {f.best}" for f in held), "، ".join(str(f.best) for f in held)))
    if any(f.vague_word is not None for report in case.reports for f in report.figures):
        made.append(lost("vague_not_held"))
    if case.incident.kind != "bodies_found" and _dead(case, kin_of(case), True) != toll(case.incident, "killed")[1]:
        made.append(lost("parts"))
    if case.incident.modality == "attempted":
        made.append(lost("modality_attempted"))
    if told.spot is not None and told.spot.place.radius_km:
        made.append(lost("place_radius", f"{told.spot.place.radius_km:g} km"))
    if told.spot is not None and told.spot.others:
        made.append(lost("place_others", ", ".join(told.spot.others)))
    if told.days is not None and told.days.others:
        made.append(lost("date_others", ", ".join(day.isoformat() for day in told.days.others)))
    if case.incident.conflicts:
        told_of = conflicts_told(case.incident.conflicts)
        made.append(lost("contradictions", told_of, "؛ ".join(one.note_ar for one in case.incident.conflicts if one.note_ar)))
    if words := partisan_words(case):
        made.append(lost("partisan_words", ", ".join(f"«{word}»" for word in words), "، ".join(f"«{word}»" for word in words)))
    if any(report.text is None for report in case.reports):
        made.append(lost("texts"))
    return made
