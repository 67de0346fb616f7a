"""Cases made of a few values, and rows of a table that say what a codebook makes of each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sijill.codebooks import acled, plover, ucdp
from sijill.codebooks.coded import Coding
from sijill.records import Case, CaseReport, EventClaim, Figure, FigureClaim, Incident, IncidentPlace, Place, ReportLine, Span, Use

DAY = "2022-03-10"
CODE = {"acled": acled.code, "ucdp": ucdp.code, "plover": plover.code}

PLACES: dict[str, IncidentPlace] = {
    "idlib": IncidentPlace(name="إدلب", name_en="Idlib", level="city", lat=35.93, lon=36.63, country="SY", gazetteer="gn:169389"),
    "hasakah": IncidentPlace(
        name="الحسكة", name_en="Al-Hasakah", level="city", lat=36.5024, lon=40.7477, country="SY", gazetteer="gn:173811"
    ),
    "salihiyah": IncidentPlace(
        name="الصالحية", name_en="Al-Salihiyah (Hasakah)", level="neighbourhood", lat=36.5112, lon=40.7511, country="SY", gazetteer="N0379"
    ),
    "prison": IncidentPlace(
        name="سجن الصناعة",
        name_en="Al-Sinaa (Ghuwayran) prison",
        level="site",
        lat=36.48,
        lon=40.76,
        radius_km=3,
        country="SY",
        gazetteer="sj:sy-site-al-sinaa-ghuwayran-prison",
    ),
    "near hasakah": IncidentPlace(
        name="الحسكة", name_en="Al-Hasakah", level="line_or_area", lat=36.5, lon=40.7, radius_km=25, country="SY", gazetteer="gn:173811"
    ),
    "hasakah governorate": IncidentPlace(
        name="الحسكة", name_en="Al-Hasakeh", level="governorate", lat=36.4275, lon=40.5576, country="SY", gazetteer="SY08"
    ),
    "atareb district": IncidentPlace(
        name="الأتارب", name_en="Atareb", level="district", lat=36.1, lon=36.8, country="SY", gazetteer="SY020001"
    ),
    "northern syria": IncidentPlace(
        name="شمال سوريا",
        name_en="Northern Syria",
        level="region",
        lat=36.4,
        lon=38.0,
        country="SY",
        gazetteer="sj:sy-region-northern-syria",
    ),
    "desert road": IncidentPlace(
        name="طريق الصحراء", name_en="Desert Road", level="line_or_area", lat=34.9, lon=38.6, radius_km=60, country="SY"
    ),
    "unlisted village": IncidentPlace(name="قرية ما", level="village", lat=36.4, lon=40.6, radius_km=60, country="SY"),
    "unlisted site": IncidentPlace(name="مقر ما", level="site", lat=35, lon=38.5, radius_km=300, country="SY"),
    "unlisted country": IncidentPlace(name="مدينة", name_en="Town", level="city", lat=1.0, lon=1.0, radius_km=5, country="ZZ"),
    "syria": IncidentPlace(name="سوريا", name_en="Syria", level="country", lat=35.0, lon=38.5, country="SY", gazetteer="gn:163843"),
    "ninawa": IncidentPlace(
        name="نينوى", name_en="Ninawa", level="governorate", country="IQ", lat=36.2, lon=42.5, gazetteer="sj:iq-gov-ninawa"
    ),
    "sanaa": IncidentPlace(name="صنعاء", name_en="Sanaa", level="city", lat=15.35, lon=44.21, country="YE"),
    "tripoli": IncidentPlace(name="طرابلس", name_en="Tripoli (Libya)", level="city", lat=32.89, lon=13.19, country="LY"),
    "gaza": IncidentPlace(name="غزة", name_en="Gaza City", level="city", lat=31.5, lon=34.47, country="PS"),
    "ankara": IncidentPlace(name="أنقرة", name_en="Ankara", level="city", lat=39.92, lon=32.85, country="TR"),
}


def dead(number: int | tuple[int, int, int], status: str = "mixed", side: str | None = None, **given: Any) -> Figure:
    return figure("killed", number, status, side, **given)


def figure(effect: str, number: int | tuple[int, int, int], status: str = "mixed", side: str | None = None, **given: Any) -> Figure:
    """A reconciled figure: a number, or low, best and high."""
    low, best, high = (number, number, number) if isinstance(number, int) else number
    values: dict[str, Any] = {"effect": effect, "status": status, "side": side, "low": low, "best": best, "high": high, "policy": "default"}
    return Figure(**(values | given))


def use(number: int, source: str | None = None, *, claim: str = "fig-1", family: str = "f1", used: bool = True, why: str = "") -> Use:
    return Use(claim=claim, report="r1", family=family, source=source, low=number, best=number, high=number, used=used, why=why)


def vague(word: str, quote: str = "", effect: str = "killed", **given: Any) -> FigureClaim:
    """A figure claim of a vague word, of the event e1."""
    values: dict[str, Any] = {
        "id": "f1",
        "claim": f"fig-{effect}-{word}",
        "bound": "vague",
        "vague_word": word,
        "event": "e1",
        "role": "alone",
    }
    return FigureClaim(effect=effect, quote=quote, start=0, end=len(quote), rule="r", **(values | given))  # type: ignore[arg-type]


def event(kind: str, day: str | None = DAY, *, number: int = 1, quote: str = "", modality: str = "asserted", **given: Any) -> EventClaim:
    values: dict[str, Any] = {"date": day, "date_basis": "stated" if day else None}
    return EventClaim(
        id=f"e{number}",
        claim=f"eve-{number}",
        kind=kind,  # type: ignore[arg-type]
        modality=modality,  # type: ignore[arg-type]
        quote=quote,
        start=0,
        end=len(quote),
        rule="r",
        **(values | given),
    )


def report(
    *events: EventClaim,
    id: str = "r1",
    family: str | None = None,
    figures: Sequence[FigureClaim] = (),
    places: Sequence[Place] = (),
    outlet: str | None = "Our Paper",
    text: str | None = None,
    **given: Any,
) -> CaseReport:
    line = ReportLine(sha256=id * 4, id=id, outlet=outlet, published=given.pop("published", DAY), family=family or id, **given)
    return CaseReport(line=line, language="ar", text=text, events=list(events), figures=list(figures), places=list(places))


def inside(name: str, container: str) -> list[Place]:
    """The places of a report that names one and says that it lies in another of the gazetteer."""
    words: dict[str, Any] = {"start": 0, "end": 0, "rule": "r"}
    whole = Place(id="p2", name="محافظة", level="governorate", gazetteer=container, **words)
    return [Place(id="p1", name=name, level="village", within="p2", **words), whole]


def made(
    kind: str,
    *,
    at: str = "idlib",
    day: str | None = DAY,
    last: str | None = None,
    agents: Sequence[str] = (),
    targets: Sequence[str] = (),
    figures: Sequence[Figure] = (),
    words: str = "",
    vague_words: Sequence[FigureClaim] = (),
    also: Sequence[str] = (),
    modality: str = "asserted",
    reports: Sequence[CaseReport] | None = None,
    **given: Any,
) -> Case:
    """A case told by one report of one day, unless `reports` say otherwise. `also` are further kinds that its report tells of it."""
    kin, parts = given.pop("kin", ()), given.pop("parts", ())
    where = [PLACES[name] for name in at.split(" + ") if name]
    incident = Incident(
        id=given.pop("id", "inc-1"),
        kind=kind,  # type: ignore[arg-type]
        modality=modality,  # type: ignore[arg-type]
        first=day,
        last=last or day,
        places=where,
        country=given.pop("country", where[0].country if where else None),
        agents=list(agents),
        targets=list(targets),
        figures=list(figures),
        **given,
    )
    if reports is None:
        told = None if last else day
        events = [event(one, told, number=n, quote=words, modality=modality) for n, one in enumerate((kind, *also), start=1)]
        reports = [report(*events, figures=vague_words)]
    return Case(incident=incident, reports=list(reports), parts=list(parts), kin=list(kin))


class Expected(NamedTuple):
    """A row of a table: a name, the case, the parts of the rows that are expected, and a rule that has to be among the reasons.

    `rows` is one mapping for each row; an empty sequence means that there is none, and `rule` is then why it was left out.
    """

    name: str
    case: Case
    rows: Sequence[Mapping[str, Any]]
    rule: str
    apart: bool = True


def check(book: str, expected: Expected) -> Coding:
    """Code a case and hold it against what is expected of it; returns the coding."""
    coding = CODE[book](expected.case, parts_apart=expected.apart)
    assert len(coding.rows) == len(expected.rows), (coding.rows, coding.left_out)
    for row, parts in zip(coding.rows, expected.rows, strict=True):
        assert {name: row.row[name] for name in parts} == dict(parts)
    rules = {reason.rule for row in coding.rows for reason in row.reasons} | {one.rule for one in coding.left_out}
    assert expected.rule in rules, rules
    return coding


def span(text: str, word: str) -> Span:
    """Where a word stands in a text."""
    found = re.search(re.escape(word), text)
    assert found
    return Span(start=found.start(), end=found.end())
