"""The file of one incident as a single HTML page: what is said of it, by whom, in which words, with everything needed to check it.

It needs nothing from outside and works without scripts and on paper. What reports say is untrusted, and reaches the page only through
Jinja's escaping and `shown`, or as JSON that cannot end the script element it stands in. `export.dossier_pdf` sets the same page as a PDF.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

import jinja2
from markupsafe import Markup, escape

from sijill.export.evidence import checker, evidence, fingerprint
from sijill.export.facts import Facts
from sijill.export.html import (
    RIGHT_TO_LEFT,
    Both,
    Mark,
    Segment,
    asset,
    date_words,
    environment,
    isolated,
    numeric,
    paragraphs,
    script,
    script_json,
    security_policy,
    words,
)
from sijill.export.incidents import span_of
from sijill.export.methodology import methodology
from sijill.records import Case, CaseReport, EventClaim, FigureClaim, Incident, IncidentPlace, Use
from sijill.tolls import toll

__all__ = ["Language", "page_values", "render_dossier_page", "sheet", "styles", "template"]

Language = Literal["ar", "en"]


class Numbered(NamedTuple):
    """A claim with its number in the file, and the number of its report."""

    number: int
    report: int
    claim: EventClaim | FigureClaim

    @property
    def is_event(self) -> bool:
        """Whether it is of an event, not of a number."""
        return isinstance(self.claim, EventClaim)


def render_dossier_page(case: Case, facts: Facts, *, lang: Language = "ar") -> str:
    """The page of a case, whole; it opens in `lang`, and its reader can switch. The same case and facts give the same page.

    >>> page = render_dossier_page(Case(incident=Incident(id="inc-1", kind="shelling")), Facts(version="0"))
    >>> page.startswith("<!doctype html>"), 'id="evidence"' in page, " src=" in page
    (True, True, False)
    """
    style, scripts = styles(), [script(f"{name}.js") for name in ("early", "language", "dossier")]
    return template().render(
        **page_values(case, facts),
        lang=lang,
        paper=False,
        style=style,
        policy=Markup(security_policy(scripts, style)),
        scripts=scripts,
        evidence=script_json(evidence(case, facts)),
    )


def page_values(case: Case, facts: Facts) -> dict[str, Any]:
    """What the template needs of a case, whatever it is set on."""
    claims = _numbered(case.reports)
    numbers = {one.claim.claim: one for one in claims}
    return {
        "case": case,
        "incident": case.incident,
        "facts": facts,
        "claims": claims,
        "numbers": numbers,
        "report_numbers": {one.line.sha256: number for number, one in enumerate(case.reports, 1)},
        "texts": [(number, one, _marked(one, numbers)) for number, one in enumerate(case.reports, 1) if one.text is not None],
        "files": {one.line.sha256: _data_url(one.text) for one in case.reports if one.text is not None},
        "method": methodology(facts),
        "checker": checker(),
        "fingerprint": fingerprint(case, facts),
        "outlets": {one.line.sha256: one.line.outlet or one.line.id for one in case.reports},
        "actor": lambda id: _actor(case.names, id),
        "curve": _curve(case.incident),
    }


def _numbered(reports: Sequence[CaseReport]) -> list[Numbered]:
    """The claims of all reports in the order of the reports and of their texts, numbered from 1."""
    found: list[tuple[int, EventClaim | FigureClaim]] = []
    for number, one in enumerate(reports, 1):
        claims: list[EventClaim | FigureClaim] = [*one.events, *one.figures]
        found += [(number, claim) for claim in sorted(claims, key=lambda claim: (claim.start, claim.end, claim.claim))]
    return [Numbered(n, report, claim) for n, (report, claim) in enumerate(found, 1)]


def _marked(one: CaseReport, numbers: Mapping[str, Numbered]) -> list[list[Segment]]:
    """The text with its claims marked; the key of a mark is the claim's number."""
    text = one.text or ""
    marks = [Mark(c.start, c.end, "event", str(numbers[c.claim].number), True) for c in one.events]
    marks += [Mark(c.start, c.end, "figure", str(numbers[c.claim].number), True) for c in one.figures]
    return paragraphs(text, [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)])


def _data_url(text: str) -> str:
    """The text as a file inside the page: exactly the bytes that its hash is of."""
    return "data:text/plain;charset=utf-8;base64," + base64.b64encode(text.encode("utf-8", "surrogatepass")).decode()


def _actor(names: Mapping[str, tuple[str, str]], id: str) -> Both:
    """An actor or source by its neutral name; free text as it stands."""
    plain = id if " " in id else id.replace("_", " ")
    ar, en = names.get(id, (plain, plain))
    return Both(isolated(ar), isolated(en))


def _curve(incident: Incident) -> list[tuple[str, str, str | None, str, list[tuple[str, str]]]]:
    """Tolls that changed: effect, status, side, source, and the steps as day and number."""
    rows: dict[tuple[str, str, str | None, str], list[tuple[str, str]]] = {}
    for point in incident.curve:
        step = (point.day or "?", span_of(point.low, point.best, point.high))
        rows.setdefault((point.effect, point.status, point.side, point.source), []).append(step)
    return [(*key, steps) for key, steps in rows.items() if len(steps) > 1]


# --- the template ----------------------------------------------------------------------------------------------------


@cache
def template() -> jinja2.Template:
    """The template of the page, for the screen and for paper."""
    made = environment()
    made.globals |= {
        "days": _days,
        "place_name": lambda place: Both(isolated(place.name), isolated(place.name_en or place.name)),
        "spot": _spot,
        "span_of": lambda *ends: numeric(span_of(*ends)),
        "tolls": _tolls,
        "word": lambda key: words("dossier", key),
        "said": lambda group, key: words(group, key),
        "right_to_left": lambda language: (language or "ar").split("-")[0] in RIGHT_TO_LEFT,
        "use_span": _use_span,
    }
    made.filters["code"] = escape  # a program of ours, whose line breaks count
    return made.get_template("dossier.html")


@cache
def styles() -> Markup:
    """The styles of the page with its type inside."""
    return Markup(_type_faces()) + sheet()


@cache
def sheet() -> Markup:
    """The same without the type, for pages that need not look alike everywhere."""
    return Markup(asset("assets", "dossier.css").decode().replace("\r\n", "\n"))


def _type_faces() -> str:
    """The type, Arabic and Latin, as it is embedded: Amiri, whose words can be found and copied in a PDF."""
    faces = []
    for script_name in ("arabic", "latin"):
        for weight in (400, 700):
            font = base64.b64encode(asset("assets", "vendor", "amiri", f"amiri-{script_name}-{weight}-normal.woff2")).decode()
            source = f"url(data:font/woff2;base64,{font}) format('woff2')"
            faces.append(f"@font-face{{font-family:'Amiri {script_name}';font-weight:{weight};src:{source}}}\n")
    return "".join(faces)


def _days(incident: Incident) -> Both:
    first, last = incident.first, incident.last
    if first is None and last is None:
        return words("register", "undated")
    return date_words(first if first and first == last else f"{first or '..'}/{last or '..'}")


def _spot(place: IncidentPlace) -> Markup | None:
    """Coordinates with how far the true place may be."""
    if place.lat is None or place.lon is None:
        return None
    radius = "" if place.radius_km is None else f" ± {place.radius_km:g} km"
    return numeric(f"{place.lat:.4f}, {place.lon:.4f}{radius}")


def _tolls(incident: Incident) -> Iterable[tuple[str, Markup]]:
    for effect in ("killed", "injured"):
        ends = toll(incident, effect)
        if any(end is not None for end in ends):
            yield effect, numeric(span_of(*ends))


def _use_span(use: Use) -> Markup:
    return numeric(span_of(use.low, use.best, use.high))
