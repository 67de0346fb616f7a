"""What tests of linking and reconciling need: tellings made of a few values, and incidents read from texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sijill.link import Linked, link, tellings
from sijill.link.tellings import Site, Telling
from sijill.pipeline import read
from sijill.records import Figure, Incident, Judgement, Report
from sijill.resolve import Told, assemble

IDLIB = Site(key="idlib", level="city", lat=35.93, lon=36.63, radius_km=10, country="SY")
SARMIN = Site(key="sarmin", level="town", lat=35.90, lon=36.72, radius_km=6, country="SY")
NAYRAB = Site(key="nayrab", level="village", lat=35.91, lon=36.68, radius_km=4, country="SY")
DARAA = Site(key="daraa", level="city", lat=32.62, lon=36.10, radius_km=10, country="SY")
IDLIB_COUNTRYSIDE = Site(key="idlib-south", level="line_or_area", lat=35.75, lon=36.60, radius_km=25, country="SY")


def day(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def telling(claim: str, when: str | None = "2022-03-01", *sites: Site, **given: Any) -> Telling:
    """A strike of 1 March 2022, told by a report of its own."""
    days = (day(when),) * 2 if when else None
    values: dict[str, Any] = {"kind": "air_strike", "report": f"report of {claim}", "family": f"report of {claim}", "main": True}
    return Telling(
        claim=claim, days=days, dated=days is not None, sites=sites, country=sites[0].country if sites else None, **(values | given)
    )


def judgement(id: str, decision: str, claim: str, other: str | None = None, *, undoes: str | None = None) -> Judgement:
    return Judgement(id=id, decision=decision, claim=claim, other=other, by="analyst", at="2022-03-02T10:00:00Z", undoes=undoes)  # type: ignore[arg-type]


def groups(linked: Linked) -> list[str]:
    """The groups as short texts: ``a b``, in order."""
    return [" ".join(telling.claim for telling in group) for group in linked.groups.values()]


def report(text: str, published: str, outlet: str = "Our Paper", *, id: str | None = None) -> Report:
    return Report.of(text, published=published, outlet=outlet, id=id)


def resolved(reports: Iterable[Report], families: Mapping[str, str] | None = None, *, policy: str = "default") -> list[Incident]:
    """The incidents of reports. `families` gives the id of the report that another is a reprint of."""
    row = list(reports)
    sha = {one.id: one.sha256 for one in row}
    family = {one.sha256: sha[(families or {}).get(one.id, one.id)] for one in row}
    read_all = [(one, read(one)) for one in row]
    told = {one.sha256: Told(reading, family[one.sha256], n) for n, (one, reading) in enumerate(read_all)}
    linked = link([t for one, reading in read_all for t in tellings(one, reading, family=family[one.sha256])])
    return assemble(linked.groups, linked.parents, told, policy=policy)


def figure(incident: Incident, effect: str, status: str, side: str | None = None) -> str:
    """A figure as ``low–best–high``, «–» alone where nothing is known."""
    found = [f for f in incident.figures if (f.effect, f.status, f.side, f.demographic) == (effect, status, side, [])]
    assert len(found) == 1, [(f.effect, f.status, f.side) for f in incident.figures]
    return numbers(found[0])


def numbers(figure: Figure) -> str:
    return "–".join("?" if n is None else str(n) for n in (figure.low, figure.best, figure.high))
