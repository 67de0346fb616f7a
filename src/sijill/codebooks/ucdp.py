"""A case as a row of UCDP GED: one row for an event with at least one death, its type of violence, its sides, the dead by side.

Ids that only the programme gives stay empty; a vague word gives no number; a perpetrator who is not known makes no row.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sijill.codebooks.actors import in_words, listed, name_en, side
from sijill.codebooks.book import load_book
from sijill.codebooks.coded import Coded, Coding, LeftOut, Loss, Reason
from sijill.codebooks.counts import own_figures
from sijill.codebooks.days import Days, days_of, window
from sijill.codebooks.kinds import facts
from sijill.codebooks.notes import conflicts_told
from sijill.codebooks.parties import parties
from sijill.codebooks.places import Where, cell, where
from sijill.codebooks.saying import left, lost, reason
from sijill.codebooks.shares import Kin, kin_of, runs_on
from sijill.codebooks.sources import claimants, outlets, tellers
from sijill.codebooks.ucdp_deaths import Dead, dead_of
from sijill.codebooks.ucdp_types import Violence, violence
from sijill.codebooks.words import partisan_words, weapons_told
from sijill.records import Case, CaseReport

__all__ = ["code"]

_FEW_DAYS, _WEEK, _MONTH, _YEAR = 6, 7, 31, 366
_WHERE = {"place": 1, "near": 2, "district": 3, "governorate": 4, "region": 5, "country": 6}
_NOT_OURS = (
    "id", "relid", "active_year", "conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id",
    "side_a_dset_id", "side_a_new_id", "side_b_dset_id", "side_b_new_id",
)  # fmt: skip
"""Columns that only the programme fills. An invented number would be read as one of theirs."""


class _Span(NamedTuple):
    """First and last possible day, the precision, and whether days were added up."""

    first: date
    last: date
    precision: int
    together: bool


def code(case: Case, *, parts_apart: bool = True) -> Coding:
    """The row of a case, or why it has none.

    With `parts_apart` parts that count dead of their own have rows of their own, and those dead are not in the row of the whole; a part
    beside which the whole's toll is told is in the row of the whole, which then spans its days too. Without, no part has a row.

    Rules: UCDP GED codebook 23.1, each by its id in `data/codebooks/rules.csv`. Nothing is raised for any case.

    >>> from sijill.records import Figure, Incident, IncidentPlace
    >>> place = IncidentPlace(name="إدلب", name_en="Idlib", level="city", lat=35.93, lon=36.63, country="SY")
    >>> dead = Figure(effect="killed", status="civilian", low=3, best=4, high=4, policy="default")
    >>> known = {"first": "2020-03-01", "last": "2020-03-01", "places": [place], "country": "SY"}
    >>> strike = Incident(id="inc-1", kind="air_strike", agents=["russia"], figures=[dead], **known)
    >>> (made,) = code(Case(incident=strike)).rows
    >>> [made.row[name] for name in ("type_of_violence", "side_b", "low", "best", "high", "where_prec")]
    [3, 'Civilians', 3, 4, 4, 1]
    """
    incident, kin = case.incident, kin_of(case)
    if not parts_apart and incident.parent is not None:
        return _out(left(incident.id, "ucdp.parts.with_whole", incident.parent))
    if incident.modality not in ("asserted", "attempted"):
        return _out(left(incident.id, "ucdp.modality", incident.modality))
    if incident.kind == "bodies_found":
        return _out(left(incident.id, "ucdp.deaths.undated"))
    if case.kin and kin.whole is not None and runs_on(incident, kin.whole):
        return _out(left(incident.id, "ucdp.deaths.with_whole", kin.whole.id))
    weapons = weapons_told(case)
    sides = parties(case, weapons)
    days = days_of(case)
    spot = where(case)
    type_of = violence(facts(case, sides, weapons, days.first.year if days else None, spot.country if spot else None))
    dead = dead_of(case, kin, type_of, parts_apart=parts_apart)
    if isinstance(dead, str):
        return _out(left(incident.id, dead))
    if type_of.number is None:
        return _out(left(incident.id, type_of.rule))
    if spot is None or spot.lat is None or spot.lon is None:
        return _out(left(incident.id, "ucdp.where.unknown"))
    span = _span(case, days, kin, parts_apart)
    if span is None:
        return _out(left(incident.id, "ucdp.date.unknown"))
    return Coding(rows=[_coded(case, type_of, dead, spot, span, days)])


def _out(one: LeftOut) -> Coding:
    return Coding(left_out=[one])


def _span(case: Case, days: Days | None, kin: Kin, parts_apart: bool) -> _Span | None:
    """The days of the event, and of the parts that are in its row."""
    if days is None:
        return None
    inside = [p for p in case.parts if p.modality == "asserted" and (not parts_apart or runs_on(p, case.incident))]
    spans = [window([part.first, part.last]) for part in inside]
    first = min([days.first, *(span[0] for span in spans if span)])
    last = max([days.last, *(span[1] for span in spans if span)])
    width = (last - first).days + 1
    if width > _YEAR:
        return None
    known = days.how == "disagree" and days.width == 1 and width == 1
    precision = 1 if width == 1 or known else 2 if width <= _FEW_DAYS else 3 if width <= _WEEK else 4 if width <= _MONTH else 5
    return _Span(first, last, precision, len(days.active) > 1 or any(spans))


def _coded(case: Case, type_of: Violence, dead: Dead, spot: Where, span: _Span, days: Days | None) -> Coded:
    book = load_book()
    country = book.countries.get(spot.country)
    told = tellers(case)
    figures = own_figures(case.incident, None)
    name_a, name_b = _side_name(type_of.a, case), "Civilians" if type_of.number == 3 else _side_name(type_of.b, case)
    checks = _checks(type_of, dead, span, days)
    row: dict[str, Any] = dict.fromkeys(_NOT_OURS) | {
        "year": span.first.year,
        "code_status": checks or "Clear",
        "type_of_violence": type_of.number,
        "dyad_name": f"{name_a} - {name_b}",
        "side_a": name_a,
        "side_b": name_b,
        "number_of_sources": case.incident.families,
        "source_article": "; ".join(_article(report) for report in told),
        "source_office": "; ".join(outlets(case)),
        "source_date": "; ".join(dict.fromkeys(report.line.published for report in told if report.line.published)),
        "source_headline": "; ".join(dict.fromkeys(report.line.title for report in told if report.line.title)),
        "source_original": "; ".join(claimants(case, figures)),
        "where_prec": _WHERE[spot.exact],
        "where_coordinates": spot.place.name_en or spot.place.name,
        "where_description": _where_told(spot, country.name_en if country else ""),
        "adm_1": spot.admin1.name_en if spot.admin1 else "",
        "adm_2": spot.admin2.name_en if spot.admin2 else "",
        "latitude": spot.lat,
        "longitude": spot.lon,
        "geom_wkt": f"POINT ({spot.lon} {spot.lat})",
        "priogrid_gid": cell(spot.lat or 0, spot.lon or 0),
        "country": country.name_en if country else "",
        "country_id": country.gw if country else None,
        "region": country.ucdp_region if country else "",
        "event_clarity": 2 if span.together or dead.together else 1,
        "date_prec": span.precision,
        "date_start": span.first.isoformat(),
        "date_end": span.last.isoformat(),
        "deaths_a": dead.a,
        "deaths_b": dead.b,
        "deaths_civilians": dead.civilians,
        "deaths_unknown": dead.unknown,
        "best": dead.best,
        "high": dead.high,
        "low": dead.low,
        "gwnoa": _state_number(type_of.a),
        "gwnob": _state_number(type_of.b) if type_of.number == 1 else None,
    }
    return Coded(
        codebook=book.names["ucdp"],
        incident=case.incident.id,
        row={column.name: row[column.name] for column in book.columns["ucdp"]},
        claims=list(dict.fromkeys([*case.incident.events, *dead.claims])),
        reasons=_reasons(type_of, dead, spot, span, checks),
        lost=_losses(case, type_of, spot, days, country is not None and country.gw is not None),
    )


def _checks(type_of: Violence, dead: Dead, span: _Span, days: Days | None) -> str:
    """What a coder has to look at: numbers of which the highest is twice the lowest, dead of one-sided violence of whom no report says
    that they were civilians, days on which reports disagree.
    """
    found = []
    if dead.high >= 2 * dead.low:
        found.append("Check deaths")
    if type_of.number == 3 and not dead.civilians:
        found.append("Check type of violence")
    if span.precision > 1 and days is not None and days.how == "disagree":
        found.append("Check date")
    return "; ".join(found)


def _side_name(id: str | None, case: Case) -> str:
    return name_en(id, case) if id else ""


def _article(report: CaseReport) -> str:
    return ", ".join(part for part in (report.line.outlet, report.line.published, report.line.title) if part)


def _where_told(spot: Where, country: str) -> str:
    around = "around " if spot.exact == "near" else ""
    parts = [
        spot.place.name_en or spot.place.name,
        *(one.name_en for one in (spot.hood, spot.town, spot.admin2, spot.admin1) if one),
        country,
    ]
    return around + ", ".join(dict.fromkeys(part for part in parts if part))


def _state_number(id: str | None) -> int | None:
    """The number of the state that a side is of; null for one that is of none, or of several."""
    actor = listed(side(id)) if id else None
    if actor is None or actor.role not in ("government", "army", "police", "security", "intelligence"):
        return None
    if actor.type not in ("State forces", "External/Other forces"):
        return None
    country = load_book().countries.get(actor.country)
    return country.gw if country else None


def _reasons(type_of: Violence, dead: Dead, spot: Where, span: _Span, checks: str) -> list[Reason]:
    made = [
        reason("type_of_violence", type_of.rule, type_of.why),
        reason("side_a", "ucdp.side.order", type_of.a or ""),
        *dead.reasons,
        reason("where_prec", "ucdp.where", spot.exact),
        reason("date_prec", "ucdp.date.day" if span.precision == 1 else "ucdp.date.range", f"{span.first} to {span.last}"),
        reason("event_clarity", "ucdp.clarity", "added up" if span.together or dead.together else "told by itself"),
        reason("number_of_sources", "ucdp.sources", "families of texts"),
    ]
    if (number := _state_number(type_of.a)) is not None:
        made.append(reason("gwnoa", "ucdp.state", str(number)))
    if checks:
        made.append(reason("code_status", "ucdp.status", checks))
    return made


def _losses(case: Case, type_of: Violence, spot: Where, days: Days | None, numbered: bool) -> list[Loss]:
    made = [lost("ids")]
    if not numbered:
        made.append(lost("country_code", spot.country))
    if spot.place.radius_km:
        made.append(lost("place_radius", f"{spot.place.radius_km:g} km"))
    if spot.others:
        made.append(lost("place_others", ", ".join(spot.others)))
    if days is not None and days.others:
        made.append(lost("date_others", ", ".join(day.isoformat() for day in days.others)))
    if type_of.more:
        made.append(lost("several_actors", ", ".join(in_words(id, case) for id in type_of.more)))
    if any(f.vague_word is not None and f.effect == "killed" for report in case.reports for f in report.figures):
        made.append(lost("vague_not_held"))
    harmed = [f for f in case.incident.figures if f.effect != "killed" and f.best is not None and not f.demographic]
    if harmed:
        made.append(lost("other_harm", ", ".join(f"{f.effect}: {f.best}" for f in harmed), "، ".join(str(f.best) for f in harmed)))
    if any(figure.demographic for figure in case.incident.figures):
        made.append(lost("demographic"))
    if any(event.time or event.time_of_day for report in case.reports for event in report.events):
        made.append(lost("time_of_day"))
    if case.incident.conflicts:
        told = conflicts_told(case.incident.conflicts)
        made.append(lost("contradictions", told, "؛ ".join(one.note_ar for one in case.incident.conflicts if one.note_ar)))
    if words := partisan_words(case):
        made.append(lost("partisan_words", ", ".join(f"«{word}»" for word in words), "، ".join(f"«{word}»" for word in words)))
    return made
