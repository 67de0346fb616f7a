"""What the pages show: templates, and records made into what a template needs."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple, get_args
from urllib.parse import urlencode

import jinja2
from litestar import Request
from litestar.response import Response
from litestar.utils.scope.state import ScopeState
from markupsafe import Markup

from sijill.desk.accounts import Team
from sijill.desk.allowed import Allowed
from sijill.desk.rights import Person
from sijill.export.html import Both, date_words, environment, isolated, numeric, shown, words
from sijill.export.incidents import span_of
from sijill.reconcile.sides import load_sides
from sijill.records import (
    Dossier,
    Effect,
    EventClaim,
    EventKind,
    FigureClaim,
    Incident,
    IncidentPlace,
    Judgement,
    Modality,
    Pair,
    Reading,
    ReportLine,
    Status,
)
from sijill.register import Register
from sijill.register.judged import EDITABLE
from sijill.tolls import toll

__all__ = [
    "Row",
    "Told",
    "Twin",
    "actor",
    "address",
    "days",
    "decided",
    "families",
    "homes",
    "left_out",
    "names_of_team",
    "page",
    "pairs",
    "place",
    "rows",
    "snippet",
    "told",
]

_CONTEXT = 90
"""Characters on either side of the words that a search found."""


class Row(NamedTuple):
    """An incident in the list of the register; `found` are words that a search found in a report of it."""

    incident: Incident
    days: Both
    places: list[Both]
    harm: list[tuple[Both, Markup]]
    found: Markup | None = None


@functools.cache
def _environment() -> jinja2.Environment:
    folder = files("sijill.desk") / "templates"
    made = environment(jinja2.FunctionLoader(lambda name: _text(folder, name)))
    made.globals |= {
        "desk": functools.partial(words, "desk"),
        "actor": actor,
        "days": days,
        "place_name": place,
        "span_of": lambda *ends: numeric(span_of(*ends)),
        "kinds_of_events": get_args(EventKind),
        "editable": EDITABLE,
        "effects": get_args(Effect),
        "statuses": get_args(Status),
        "modalities": get_args(Modality),
        "actions": actions,
    }
    return made


@jinja2.pass_context
def actions(context: jinja2.runtime.Context, claim: EventClaim | FigureClaim) -> Markup:
    """What can be done with a claim of a report: buttons and a form."""
    person: Person | None = context.get("person")
    made = (
        _environment()
        .get_template("actions.html")
        .make_module({name: context.get(name) for name in ("csrf", "decided", "homes", "here", "person")})
    )
    return Markup(made.actions(claim, bool(person and person.may("judge"))))  # type: ignore[attr-defined]


def _text(folder: Any, name: str) -> str | None:
    found = folder / name
    return found.read_text(encoding="utf-8") if found.is_file() else None


def page(request: Request[Any, Any, Any], template: str, *, status: int = 200, **values: Any) -> Response[str]:
    """A page made of a template. It knows who asks and carries what protects its forms."""
    token = ScopeState.from_scope(request.scope).csrf_token
    always = {
        "person": request.scope.get("user"),
        "csrf": token if isinstance(token, str) else "",
        "here": request.url.path,
        "said": _said(request),
        "status": status,
    }
    text = _environment().get_template(template).render(**values, **always)
    return Response(text, status_code=status, media_type="text/html")


def _said(request: Request[Any, Any, Any]) -> str | None:
    """The decision that was just kept, by the address; its id alone, whatever else stands there."""
    said = request.query_params.get("said", "")
    return said if _JUDGEMENT.fullmatch(said) else None


_JUDGEMENT = re.compile(r"jud-[0-9a-f]{12}")


def actor(id: str) -> Both:
    """An actor or source by its neutral name; one that is not listed as it stands."""
    ar, en = load_sides().name(id)
    return Both(isolated(ar), isolated(en))


def place(found: IncidentPlace) -> Both:
    """A place by the name that the reports give, and the gazetteer's in English."""
    return Both(isolated(found.name), isolated(found.name_en or found.name))


def days(incident: Incident) -> Both:
    """The days of an incident in words."""
    first, last = incident.first, incident.last
    if first is None and last is None:
        return words("register", "undated")
    return date_words(first if first == last and first else f"{first or '..'}/{last or '..'}")


def rows(incidents: Iterable[Incident], found: dict[str, Markup] | None = None) -> list[Row]:
    """Incidents as rows of the list."""
    return [Row(one, days(one), [place(p) for p in one.places[:2]], _harm(one), (found or {}).get(one.id)) for one in incidents]


def _harm(incident: Incident) -> list[tuple[Both, Markup]]:
    counted = ((effect, toll(incident, effect)) for effect in ("killed", "injured"))
    return [(words("effect", effect), numeric(span_of(*ends))) for effect, ends in counted if ends[1] is not None or ends[0] is not None]


def snippet(text: str, spans: Sequence[tuple[int, int]]) -> Markup:
    """The first words that a search found, marked, with some of the text around them."""
    first = spans[0][0]
    start, end = max(0, first - _CONTEXT), min(len(text), spans[0][1] + _CONTEXT)
    parts, at = [Markup("…") if start else Markup("")], start
    for one, other in spans:
        if other > end:
            break
        parts += [Markup.escape(shown(text[at:one])), Markup("<mark>{}</mark>").format(shown(text[one:other]))]
        at = other
    parts += [Markup.escape(shown(text[at:end])), Markup("…") if end < len(text) else Markup("")]
    return Markup("").join(parts)


# --- an incident -----------------------------------------------------------------------------------------------------


class Told(NamedTuple):
    """An event of an incident as one report tells it, with the words that tell it."""

    report: ReportLine
    claim: str
    quote: str


def told(dossier: Dossier) -> list[Told]:
    """The events of an incident, in the order of publication and of the text."""
    reports = {line.sha256: line for line in dossier.reports}
    events = set(dossier.incident.events)
    rows = [(reports[word.report], word) for word in dossier.words if word.claim in events and word.report in reports]
    rows.sort(key=lambda row: (row[0].published or "", row[0].sha256, row[1].start))
    return [Told(line, word.claim, word.quote) for line, word in rows]


def families(dossier: Dossier) -> list[list[ReportLine]]:
    """The reports of an incident by the family of texts that they are of, the first published first."""
    found: dict[str, list[ReportLine]] = {}
    for line in sorted(dossier.reports, key=lambda line: (line.published or "", line.sha256)):
        found.setdefault(line.family, []).append(line)
    return list(found.values())


class Twin(NamedTuple):
    """Another incident that may be the same: the pair of events, the terms of their comparison, and who tells the other."""

    pair: Pair
    other: Incident
    row: Row

    @property
    def prior(self) -> float:
        """What the weight of the pair was before anything was compared."""
        return self.pair.weight - sum(term.weight for term in self.pair.terms)


def pairs(register: Register, incident: Incident, seen: Allowed) -> list[Twin]:
    """The incidents that may be the same as one, as far as they may be seen."""
    own = set(incident.events)
    found = []
    for pair in incident.possibly:
        home = register.store.incident_of(pair.other if pair.one in own else pair.one)
        if home is not None and not seen.hidden([home]):
            other = register.store.incident(home)
            found.append(Twin(pair, other, rows([other])[0]))
    return found


def names_of_team(request: Request[Any, Any, Any]) -> list[str]:
    """The names of those who share the desk; none where it is one person's."""
    team: Team | None = request.app.state.get("team")
    return [account.name for account in team.accounts() if account.active] if team else []


# --- a report --------------------------------------------------------------------------------------------------------


def homes(register: Register, reading: Reading) -> dict[str, str]:
    """The incident that each event of a reading is of."""
    return register.store.homes(event.claim for event in reading.events)


def decided(register: Register, reading: Reading) -> dict[str, list[Judgement]]:
    """What was decided of the claims of a reading, by claim, in the order in which it was."""
    claims = {event.claim for event in reading.events} | {figure.claim for figure in reading.figures}
    found: dict[str, list[Judgement]] = {}
    for judgement in register.store.judgements():
        for claim in {judgement.claim, judgement.other} & claims:
            if claim is not None:
                found.setdefault(claim, []).append(judgement)
    return found


def left_out(raw: Reading, reading: Reading) -> list[EventClaim | FigureClaim]:
    """The claims that reviewers rejected, in the order of the text."""
    kept = {event.claim for event in reading.events} | {figure.claim for figure in reading.figures}
    claims: list[EventClaim | FigureClaim] = [*raw.events, *raw.figures]
    return sorted((claim for claim in claims if claim.claim not in kept), key=lambda claim: (claim.start, claim.claim))


def address(given: Mapping[str, str | None]) -> str:
    """The parameters of an address, without those that are empty."""
    return urlencode({name: value for name, value in given.items() if value})
