"""Cases to write: one that has something of everything, others that lack what a form needs, and one made by somebody hostile."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Mapping
from importlib import import_module
from types import ModuleType

import pytest

from sijill.export.forms import Tally, form_of, writer
from sijill.records import (
    Case,
    CaseReport,
    Conflict,
    EventClaim,
    Evidence,
    Figure,
    FigureClaim,
    Incident,
    IncidentPlace,
    Judgement,
    Pair,
    ReportLine,
    TollPoint,
    Use,
)

TEXT = "💥 عاجل: قُتل 5 مدنيين بينهم طفلان في قصف مدفعي على سرمين، بحسب المرصد السوري."
SHA = "ab" * 32
OTHER_SHA = "cd" * 32


def span(words: str) -> dict[str, int]:
    """Where some words stand in the text, in code points."""
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


EVENT = EventClaim(
    id="e1",
    claim="eve-1111111111111111",
    kind="shelling",
    date="2022-03-01/2022-03-02",
    agents=["syrian_government"],
    targets=["civilians"],
    means=["artillery"],
    main=True,
    source="sohr",
    quote="قصف مدفعي",
    **span("قصف مدفعي"),
    rule="shelling",
    evidence=[
        Evidence(what="event", **span("قصف مدفعي"), rule="shelling"),
        Evidence(what="place", **span("سرمين"), rule="a name of the gazetteer"),
    ],
)
FIGURE = FigureClaim(
    id="f1",
    claim="fig-2222222222222222",
    effect="killed",
    value=5,
    min=5,
    max=5,
    who="civilians",
    status="civilian",
    event="e1",
    source="sohr",
    quote="قُتل 5 مدنيين",
    **span("قُتل 5 مدنيين"),
    rule="killed",
    evidence=[Evidence(what="number", **span("5"), rule="quantity")],
)
CHILDREN = FigureClaim(
    id="f2",
    claim="fig-3333333333333333",
    effect="killed",
    value=2,
    demographic=["children"],
    quote="طفلان",
    **span("طفلان"),
    rule="dual",
    event="e1",
    of="f1",
)
STRIKE = Incident(
    id="inc-1a",
    kind="shelling",
    first="2022-03-01",
    last="2022-03-02",
    places=[
        IncidentPlace(
            name="سرمين",
            name_en="Sarmin",
            level="town",
            lat=35.9031,
            lon=36.7244,
            radius_km=6.0,
            country="SY",
            gazetteer="gn:1",
            pcode="C1",
        ),
        IncidentPlace(name="إدلب", name_en="Idlib", level="governorate", lat=35.93, lon=36.63, radius_km=60.0, country="SY", pcode="SY07"),
    ],
    country="SY",
    agents=["syrian_government"],
    targets=["civilians", "islamic_state"],
    means=["artillery"],
    events=[EVENT.claim],
    reports=[SHA, OTHER_SHA],
    families=2,
    figures=[
        Figure(
            effect="killed",
            status="civilian",
            low=3,
            best=5,
            high=7,
            policy="default",
            families=2,
            sums=["3 + 2 = 5"],
            uses=[
                Use(
                    claim=FIGURE.claim,
                    report=SHA,
                    family=SHA,
                    source="sohr",
                    day="2022-03-02",
                    low=5,
                    best=5,
                    high=5,
                    used=True,
                    why="the latest count of its source",
                )
            ],
        ),
        Figure(effect="killed", demographic=["children"], low=2, best=2, high=2, policy="default"),
        Figure(effect="injured", low=9, best=10, policy="default"),
        Figure(effect="displaced", status="civilian", side="islamic_state", low=40, best=40, high=40, policy="default"),
    ],
    curve=[
        TollPoint(day="2022-03-01", source="sohr", effect="killed", low=3, best=3, high=3, claim="fig-9"),
        TollPoint(day="2022-03-02", source="sohr", effect="killed", low=5, best=5, high=5, claim=FIGURE.claim),
    ],
    conflicts=[
        Conflict(
            kind="total_differs_from_parts",
            claims=[FIGURE.claim, CHILDREN.claim],
            sum=7,
            stated=5,
            difference=2,
            note="5 + 2 = 7, not 5",
            note_ar="5 + 2 = 7، لا 5",
        )
    ],
    possibly=[Pair(one=EVENT.claim, other="eve-7", weight=1.5)],
)
CASE = Case(
    incident=STRIKE,
    reports=[
        CaseReport(
            line=ReportLine(
                sha256=SHA,
                id="sarmin-1",
                title="قصف على سرمين",
                outlet="عنب بلدي",
                url="https://example.org/sarmin",
                published="2022-03-03",
                family=SHA,
            ),
            language="ar",
            text=TEXT,
            events=[EVENT],
            figures=[FIGURE, CHILDREN],
        ),
        CaseReport(line=ReportLine(sha256=OTHER_SHA, id="sarmin-2", outlet="Reuters", published="2022-03-02", family=OTHER_SHA), text="نص"),
    ],
    names={
        "syrian_government": ("الحكومة السورية", "Syrian Government"),
        "civilians": ("مدنيون", "Civilians"),
        "islamic_state": ("تنظيم الدولة", "Islamic State"),
        "sohr": ("المرصد السوري لحقوق الإنسان", "Syrian Observatory for Human Rights"),
    },
    judgements=[
        Judgement(id="jud-1", decision="accept", claim=FIGURE.claim, by="ليلى", at="2022-03-05T10:00:00Z", note="صحيح"),
        Judgement(id="jud-2", decision="edit", claim=EVENT.claim, field="kind", value="shelling", by="ليلى", at="2022-03-05T10:01:00Z"),
    ],
)
SPOT = Case(
    incident=Incident(
        id="inc-2b",
        kind="air_strike",
        first="2022-04-10",
        last="2022-04-10",
        country="SY",
        parent="inc-1a",
        main=False,
        places=[IncidentPlace(name="المشفى", name_en="Hospital", level="site", lat=36.2, lon=37.15, radius_km=0.05)],
        reports=[SHA],
        figures=[Figure(effect="injured", low=1, best=1, high=2, policy="default")],
    ),
    reports=[CASE.reports[0]],
)
NOWHERE = Case(incident=Incident(id="inc-3c", kind="arrest", first="2022-04-11"))
NEVER = Case(incident=Incident(id="inc-4d", kind="siege"))
CASES = [CASE, SPOT, NOWHERE, NEVER]

NASTY = "=cmd|'/c calc'!A1<script>alert(1)</script>]]>&amp;\x00\x0b\ud800\u202egnp\u2066\r\nBEGIN:VEVENT\t|,;\"'\u200f"
HOSTILE = Case(
    incident=Incident(
        id="inc-5e",
        kind="shelling",
        first="2022-03-01",
        last="not a day",
        places=[
            IncidentPlace(
                name=NASTY, name_en=NASTY, level="town", lat=35.9, lon=36.7, radius_km=float("inf"), gazetteer=NASTY, pcode=NASTY
            ),
            IncidentPlace(name=NASTY, level="town", lat=float("nan"), lon=361.0),
        ],
        country=NASTY,
        agents=[NASTY],
        targets=["islamic_state", NASTY],
        means=[NASTY],
        parent="inc-1a",
        events=["eve-5"],
        reports=["ef" * 32],
        figures=[
            Figure(
                effect="killed",
                side=NASTY,
                low=1,
                best=1,
                policy=NASTY,
                sums=[NASTY],
                uses=[Use(claim="fig-5", report="ef" * 32, family="x", source=NASTY, used=True, why=NASTY)],
            )
        ],
        conflicts=[Conflict(kind="sources_disagree", claims=["fig-5"], note=NASTY, note_ar=NASTY)],
        curve=[TollPoint(day=None, source=NASTY, effect="killed", claim="fig-5")],
    ),
    reports=[
        CaseReport(
            line=ReportLine(
                sha256="ef" * 32, id=NASTY, title=NASTY, outlet=NASTY, url="javascript:alert(1)//" + NASTY, published="x", family="y"
            ),
            language="ar",
            text=NASTY + TEXT,
            events=[
                EventClaim(
                    id="e1", claim="eve-5", kind="shelling", quote=NASTY, start=0, end=len(NASTY), rule=NASTY, agents=[NASTY], source=NASTY
                )
            ],
            figures=[
                FigureClaim(
                    id="f1",
                    claim="fig-5",
                    effect="killed",
                    value=1,
                    quote=NASTY,
                    start=0,
                    end=4,
                    rule=NASTY,
                    who=NASTY,
                    side=NASTY,
                    evidence=[Evidence(what=NASTY, start=0, end=len(NASTY), rule=NASTY)],
                )
            ],
        )
    ],
    judgements=[
        Judgement(id="jud-5", decision="edit", claim="fig-5", field="who", value=NASTY, by=NASTY, at="2022-03-05T10:00:00Z", note=NASTY)
    ],
)
LONG = Case(incident=Incident(id="inc-6f", kind="shelling", places=[IncidentPlace(name="س" * 40_000, level="town")]))


def written(form: str, cases: Iterable[Case] = CASES, also: Mapping[str, str] | None = None) -> bytes:
    """The bytes of some cases in a form."""
    return tallied(form, cases, also)[0]


def tallied(form: str, cases: Iterable[Case] = CASES, also: Mapping[str, str] | None = None) -> tuple[bytes, Tally]:
    """The same, and what came of it. The writer gets the cases one at a time and cannot count them before."""
    out = io.BytesIO()
    tally = writer(form_of(form))(iter(cases), out, also or {})
    return out.getvalue(), tally


def reader(name: str) -> ModuleType:
    """A library that reads a form. Where it is missing the test is left out, but never where the project is built, which has them all."""
    if os.environ.get("CI"):
        return import_module(name)
    return pytest.importorskip(name)
