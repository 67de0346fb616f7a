"""A case as rows of ACLED: one row for each active day, by the hierarchy of its kinds, with the lowest number of dead.

What the codebook leaves open is decided for the smaller claim: fewer dead, a coarser place, an actor left unnamed. Each choice is a reason.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sijill.codebooks.acled_actors import Slots, cells, slots, targeting
from sijill.codebooks.acled_losses import losses
from sijill.codebooks.acled_places import Site, site
from sijill.codebooks.acled_toll import Toll, toll_of
from sijill.codebooks.actors import in_words
from sijill.codebooks.book import Country, Cross, load_book
from sijill.codebooks.coded import Coded, Coding, LeftOut, Reason
from sijill.codebooks.counts import divided
from sijill.codebooks.days import Days, days_of
from sijill.codebooks.kinds import Facts, Kind, facts, highest
from sijill.codebooks.notes import conflicts_told, day_in_words, note, numbers_told
from sijill.codebooks.parties import parties
from sijill.codebooks.places import where
from sijill.codebooks.saying import left, reason
from sijill.codebooks.sources import UNDISCLOSED, claimants, outlets, scale
from sijill.codebooks.spans import whole_span
from sijill.codebooks.words import weapons_told
from sijill.records import Case

__all__ = ["code"]

_WEEK, _MONTH = 7, 31
_SMALLEST_CROWD = 3


class _Event(NamedTuple):
    """All that the rows of a case have alike."""

    found: Facts
    kind: Kind
    place: Site
    days: Days
    made: Slots
    toll: Toll
    site_name: str


def code(case: Case, *, parts_apart: bool = True) -> Coding:
    """The rows of a case, or why it has none.

    With `parts_apart` the parts of an incident are cases with rows of their own, and its toll is what those do not have. Without, the days
    of the parts are days of the incident, all its dead are in its own rows, and a part has no row.

    Rules: ACLED codebook, each by its id in `data/codebooks/rules.csv`. Nothing is raised for any case.

    >>> from sijill.records import Incident, IncidentPlace
    >>> place = IncidentPlace(name="إدلب", name_en="Idlib", level="city", lat=35.93, lon=36.63, country="SY")
    >>> day = "2020-03-01"
    >>> strike = Incident(id="inc-1", kind="air_strike", first=day, last=day, places=[place], country="SY", agents=["russia"])
    >>> (made,) = code(Case(incident=strike)).rows
    >>> made.row["sub_event_type"], made.row["inter1"], made.row["fatalities"]
    ('Air/drone strike', 'External/Other forces', 0)
    """
    event = _event(case, parts_apart)
    if isinstance(event, LeftOut):
        return Coding(left_out=[event])
    shares = divided(event.toll.number, len(event.days.active))
    return Coding(rows=[_coded(case, event, number, share) for number, share in enumerate(shares)])


def _event(case: Case, parts_apart: bool) -> _Event | LeftOut:
    incident = case.incident
    if not parts_apart and incident.parent is not None:
        return left(incident.id, "acled.parts.with_whole", incident.parent)
    if incident.modality not in ("asserted", "attempted"):
        return left(incident.id, "acled.not_event.modality", incident.modality)
    days = days_of(case) if parts_apart else whole_span(case)
    weapons = weapons_told(case)
    spot = where(case)
    found = facts(case, parties(case, weapons), weapons, days.first.year if days else None, spot.country if spot else None)
    kind = highest(found)
    if not kind.row.sub_event:
        return left(incident.id, kind.row.rule)
    known = load_book().sub_events[kind.row.sub_event]
    if "Demonstrations" in known.disorder and (crowd := _crowd_size(case)) is not None and crowd < _SMALLEST_CROWD:
        return left(incident.id, "acled.protests.three", str(crowd))
    place = site(spot, strategic=known.type == "Strategic developments")
    if place.left_out is not None:
        return left(incident.id, place.left_out)
    if days is None:
        return left(incident.id, "acled.date.unknown")
    if days.width > _MONTH:
        return left(incident.id, "acled.date.wide", f"{days.first} to {days.last}")
    toll = toll_of(case, parts_apart=parts_apart, undated=kind.row.kind == "bodies_found")
    site_name = (spot.place.name_en or spot.place.name) if spot and spot.place.level in ("site", "landmark") else ""
    return _Event(found, kind, place, days, slots(found, known.name), toll, site_name)


def _coded(case: Case, event: _Event, number: int, share: int) -> Coded:
    book = load_book()
    day = event.days.active[number]
    country = book.countries.get(event.found.country)
    name = country.name_en if country else ""
    known = book.sub_events[event.kind.row.sub_event]
    actors, actor_reasons = cells(event.made, event.found, name)
    when, precision, date_reason = _when(event.days, day)
    dead, dead_reasons = _dead_told(event, number, share)
    parts = (event.site_name, event.place.cells["location"], event.place.cells["admin1"], name)
    place = f"{'at' if event.site_name else 'in'} {', '.join(dict.fromkeys(part for part in parts if part))}"
    row: dict[str, Any] = {
        "event_id_cnty": _id(case, country, event.days, number),
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": precision,
        "disorder_type": known.disorder,
        "event_type": known.type,
        "sub_event_type": known.name,
        **actors,
        "civilian_targeting": targeting(event.found, known.name, event.made),
        "iso": country.number if country else None,
        "region": country.acled_region if country else "",
        "country": name,
        **event.place.cells,
        "source": "; ".join([*outlets(case), *claimants(case, case.incident.figures)]) or UNDISCLOSED,
        "source_scale": scale(case),
        "notes": note(
            event.kind.row,
            when=when,
            one=in_words(event.made.first, case),
            other=in_words(event.made.second, case) if event.made.second else "",
            means=case.incident.means,
            place=place,
            further=[dead, numbers_told(case), _civilians_told(event), conflicts_told(case.incident.conflicts)],
        ),
        "fatalities": share,
        "tags": _tags(case, known.disorder),
        "timestamp": None,
    }
    reasons = [*_kind_reasons(event), *actor_reasons, date_reason, *event.place.reasons, *dead_reasons]
    return Coded(
        codebook=book.names["acled"],
        incident=case.incident.id,
        row={column.name: row[column.name] for column in book.columns["acled"]},
        claims=list(dict.fromkeys([*case.incident.events, *event.toll.claims])),
        reasons=reasons,
        lost=losses(case, event.days, event.place, event.toll, first=number == 0, row=row),
    )


def _id(case: Case, country: Country | None, days: Days, number: int) -> str:
    """The country and the id of the incident, which stays; further days of it have their day after it."""
    head = f"{country.iso3 if country else ''}{case.incident.id.removeprefix('inc-')}"
    return head if number == 0 else f"{head}-{days.active[number].strftime('%Y%m%d')}"


def _when(days: Days, day: date) -> tuple[str, int, Reason]:
    """How a note tells the day, the precision, and the reason."""
    if days.width == 1:
        rule = {"sequence": "acled.date.sequence", "disagree": "acled.date.disagree"}.get(days.how, "acled.date.day")
        return f"On {day_in_words(day)}", 1, reason("event_date", rule, f"{len(days.active)} day(s) told")
    between = f"Between {day_in_words(days.first)} and {day_in_words(days.last)}"
    if days.width <= _WEEK:
        rule = "acled.date.disagree" if days.how == "disagree" else "acled.date.week"
        return between, 2, reason("event_date", rule, f"the middle of {days.width} days")
    return between, 3, reason("event_date", "acled.date.month", f"one day stands for {days.width}")


def _kind_reasons(event: _Event) -> list[Reason]:
    """Why the row is of its kind, and which other kinds that are told went into it."""
    row = event.kind.row
    made = [reason("sub_event_type", row.rule, row.kind)]
    if event.found.incident.modality == "attempted":
        made.append(reason("sub_event_type", "acled.not_event.attempted", "tried, and told as an event"))
    for other in event.kind.others:
        if other.sub_event and other.sub_event != row.sub_event:
            made.append(reason("event_type", _went_in_by(row, other), f"{other.kind} went into it"))
    return made


def _went_in_by(row: Cross, other: Cross) -> str:
    """The rule by which another kind went into the one that stands."""
    known = load_book().sub_events
    stands = known[row.sub_event].type
    if stands == "Battles" and known[other.sub_event].type == "Explosions/Remote violence":
        return "acled.hierarchy.battle"
    if stands == "Riots" and other.kind.startswith("protest"):
        return "acled.hierarchy.riot"
    if row.sub_event == "Attack" and other.kind == "abduction":
        return "acled.hierarchy.abducted_killed"
    if row.sub_event == "Air/drone strike" and other.kind == "shelling":
        return "acled.hierarchy.air"
    return "acled.hierarchy.order"


def _dead_told(event: _Event, number: int, share: int) -> tuple[str, list[Reason]]:
    """The sentence on the dead, and the reasons for the number."""
    count = len(event.days.active)
    sentence = event.toll.sentence
    reasons = list(event.toll.reasons)
    if count > 1 and event.toll.number:
        sentence = f"{sentence} Divided over {count} days: {share} on this one."
        reasons.append(
            reason("fatalities", "acled.fatalities.divided", f"{event.toll.number} over {count} days, {share} on day {number + 1}")
        )
    return sentence, reasons


def _civilians_told(event: _Event) -> str:
    """Civilians in the crossfire of a battle have no other place in the row."""
    battle = load_book().sub_events[event.kind.row.sub_event].type == "Battles"
    return "Civilians were among those hit." if battle and event.found.sides.civilians_hit else ""


def _tags(case: Case, disorder: str) -> str:
    if "Demonstrations" not in disorder:
        return ""
    crowd = _crowd_size(case)
    return f"crowd size={'no report' if crowd is None else f'about {crowd}'}"


def _crowd_size(case: Case) -> int | None:
    """How many took part, where a report has the number."""
    sizes = [figure.best for figure in case.incident.figures if figure.effect == "attackers" and figure.best is not None]
    return min(sizes, default=None)
