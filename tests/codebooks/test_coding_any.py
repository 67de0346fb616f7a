"""Whatever a case holds: rows with the codebook's columns, no exception, everybody counted once, the same bytes again."""

from __future__ import annotations

from typing import Any, get_args

from coding_cases import CODE
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.codebooks import acled
from sijill.codebooks.book import load_book
from sijill.codebooks.counts import divided, lowest, own_figures, people
from sijill.codebooks.shares import kin_of, shares
from sijill.records import (
    Case,
    CaseReport,
    Conflict,
    Effect,
    EventClaim,
    EventKind,
    Figure,
    FigureClaim,
    Incident,
    IncidentPlace,
    Level,
    Modality,
    ReportLine,
    Status,
    Use,
    to_json,
)

KINDS = st.sampled_from(get_args(EventKind))
MODALITIES = st.sampled_from(["asserted"] * 20 + list(get_args(Modality)))
ACTORS = st.sampled_from(
    [
        *"islamic_state sdf ypg asayish_nes syrian_government turkey russia civilians protesters rioters unidentified".split(),
        *"unidentified_gunmen israel un_peacekeepers journalists unlisted saudi_coalition".split(),
        *("a nameless band", "", "=1+1"),
    ]
)
DAYS = st.sampled_from(["2022-01-20", "2022-01-21", "2022-01-25", "2022-02-28", "2024-02-29"])
EDTF = st.one_of(
    st.none(), DAYS, st.sampled_from("2022-01 2022 2022-01-20/.. ../2022-01-24 2022-01-20/2022-01-23 2022-13-40 x/y 2022-01-2X".split())
)
NUMBERS = st.one_of(st.none(), st.integers(0, 500))
COUNTRIES = st.sampled_from(["SY", "YE", "PS", "XK", "ZZ", "", None])


USES = st.builds(
    Use,
    claim=st.sampled_from(["fig-1", "fig-2", "fig-3"]),
    report=st.just("r"),
    family=st.sampled_from("ab"),
    source=st.sampled_from([None, "sohr", "sdf", "unlisted"]),
    low=NUMBERS,
    best=NUMBERS,
    high=NUMBERS,
    used=st.booleans(),
    why=st.just(""),
)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    values = sorted(draw(st.lists(st.integers(0, 500), min_size=3, max_size=3)))
    low, best, high = (draw(st.sampled_from([value, value, value, None])) for value in values)
    uses = [draw(USES) for _ in range(draw(st.integers(0, 3)))]
    return Figure(
        effect=draw(st.sampled_from(("killed",) * 6 + get_args(Effect))),
        status=draw(st.sampled_from(get_args(Status))),
        side=draw(st.one_of(st.none(), ACTORS)),
        demographic=draw(st.sampled_from([[], [], [], ["children"]])),
        low=low,
        best=best,
        high=high,
        policy="default",
        uses=uses,
    )


@st.composite
def incidents(draw: st.DrawFn, id: str = "inc-1", **given: Any) -> Incident:
    first, last = sorted(draw(st.lists(DAYS, min_size=2, max_size=2)))
    place = st.builds(
        IncidentPlace,
        name=st.sampled_from(["الحسكة", "مكان", ""]),
        name_en=st.sampled_from([None, "Place", "=cmd"]),
        level=st.sampled_from(get_args(Level)),
        lat=st.one_of(st.just(36.5), st.floats(-90, 90), st.none()),
        lon=st.one_of(st.just(40.7), st.floats(-180, 180), st.none()),
        radius_km=st.sampled_from([None, 3.0, 25.0, 400.0]),
        country=COUNTRIES,
        gazetteer=st.sampled_from([None, "gn:173811", "SY08", "SY020001", "N0379", "gn:163843", "no such id"]),
    )
    dated = draw(st.integers(0, 9)) > 0 or "dated" in given
    values: dict[str, Any] = {
        "kind": draw(KINDS),
        "modality": draw(MODALITIES),
        "first": first if dated else None,
        "last": last if dated else None,
        "places": draw(st.lists(place, min_size=draw(st.sampled_from([0, 1, 1, 1, 1])), max_size=3)),
        "country": draw(COUNTRIES),
        "agents": draw(st.lists(ACTORS, max_size=3)),
        "targets": draw(st.lists(ACTORS, max_size=2)),
        "means": draw(st.lists(st.sampled_from(["car", "drone"]), max_size=2)),
        "figures": draw(st.lists(figures(), max_size=5)),
        "conflicts": draw(
            st.lists(
                st.builds(
                    Conflict,
                    kind=st.sampled_from(["total_differs_from_parts", "sources_disagree", "blame_disagrees"]),
                    claims=st.just([]),
                    sum=NUMBERS,
                    stated=NUMBERS,
                    note=st.sampled_from(["", "1 + 2 = 3; the report says 4"]),
                    note_ar=st.just(""),
                ),
                max_size=2,
            )
        ),
    }
    return Incident(id=id, **(values | {name: value for name, value in given.items() if name != "dated"}))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    incident = draw(incidents())
    events = [
        EventClaim(
            id=f"e{n}",
            claim=f"eve-{n}",
            kind=draw(KINDS),
            modality=draw(MODALITIES),
            date=draw(EDTF),
            date_basis=draw(st.sampled_from([None, "stated", "published", "relative"])),
            agents=draw(st.lists(ACTORS, max_size=2)),
            background=draw(st.booleans()),
            quote=draw(st.sampled_from(["", "قصف", "ميليشيا قسد", "تبادل إطلاق النار", "=HYPERLINK()", "مروحية"])),
            start=0,
            end=0,
            rule="r",
        )
        for n in range(draw(st.integers(0, 4)))
    ]
    vague = [
        FigureClaim(
            id="f1",
            claim="fig-v",
            effect=draw(st.sampled_from(["killed", "injured"])),
            bound="vague",
            vague_word=draw(st.sampled_from([None, "tens", "hundreds", "thousands", "several", "plural", "dual_or_plural"])),
            event="e0",
            quote=draw(st.sampled_from(["", "عشرات", "dozens"])),
            start=0,
            end=0,
            rule="r",
        )
        for _ in range(draw(st.integers(0, 2)))
    ]
    line = ReportLine(sha256="0" * 64, id="r", outlet=draw(st.sampled_from([None, "=1+1", "AFP"])), published="2022-01-21", family="f")
    reports = [CaseReport(line=line, events=events[:2], figures=vague), CaseReport(line=line, events=events[2:])]
    kin = [draw(incidents(f"inc-{n}")) for n in range(2, 2 + draw(st.sampled_from([0, 0, 1, 3])))]
    as_part = draw(st.booleans())
    if as_part and kin:
        return Case(incident=draw(incidents(parent=kin[0].id)), reports=reports, kin=kin)
    return Case(incident=incident, reports=reports, parts=kin)


@settings(max_examples=200, deadline=None)
@given(case=cases(), apart=st.booleans())
def test_any_case_has_rows_or_a_reason(case: Case, apart: bool) -> None:
    book = load_book()
    for name, code in CODE.items():
        coding = code(case, parts_apart=apart)
        assert bool(coding.rows) != bool(coding.left_out)
        for row in coding.rows:
            assert list(row.row) == [column.name for column in book.columns[name]]
            assert row.reasons
            assert {reason.rule for reason in row.reasons} <= set(book.rules)
            assert {reason.field for reason in row.reasons} <= set(row.row)
            assert {loss.kind for loss in row.lost} <= set(book.losses)
            if name == "ucdp":
                four = (row.row[f"deaths_{of}"] for of in ("a", "b", "civilians", "unknown"))
                assert 0 <= row.row["low"] <= row.row["best"] == sum(four) <= row.row["high"]
                assert row.row["best"] >= 1
        assert {one.rule for one in coding.left_out} <= set(book.rules)
        assert to_json(code(case, parts_apart=apart)) == to_json(coding)


@settings(max_examples=200, deadline=None)
@given(case=cases())
def test_the_dead_of_all_rows_are_the_lowest_number(case: Case) -> None:
    rows = acled.code(case).rows
    figures = own_figures(case.incident)
    alone = not case.kin and not case.parts and case.incident.kind != "bodies_found"
    if alone and rows and any(figure.low is not None or figure.best is not None or figure.high is not None for figure in figures):
        assert sum(row.row["fatalities"] for row in rows) == lowest(figures).number


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_whole_and_its_parts_count_everybody_once(data: st.DataObject) -> None:
    given_all: dict[str, Any] = {"modality": "asserted", "dated": True, "kind": "armed_clash"}
    whole = data.draw(incidents("inc-w", **given_all))
    parts = [data.draw(incidents(f"inc-{n}", parent="inc-w", **given_all)) for n in range(3)]
    divided_up = shares(kin_of(Case(incident=whole, parts=parts)))
    for part in parts:
        beside = [one for one in parts if one is not part]
        assert shares(kin_of(Case(incident=part, kin=[whole, *beside]))) == divided_up
    beyond = sum(number for number in divided_up.own.values() if number > divided_up.toll)
    inside = sum(number for number in divided_up.own.values() if number <= divided_up.toll)
    assert sum(divided_up.of.values()) == max(divided_up.toll, inside) + beyond


@given(total=st.integers(0, 10_000), count=st.integers(1, 400))
def test_what_is_divided_adds_up(total: int, count: int) -> None:
    parts = divided(total, count)
    assert sum(parts) == total
    assert len(parts) == count
    assert parts[0] == max(parts)
    assert len(set(parts[1:])) <= 1


@given(
    st.dictionaries(
        st.tuples(st.sampled_from([None, "civilian", "combatant"]), st.sampled_from([None, "sdf", "turkey"])), st.integers(0, 99)
    )
)
def test_people_are_no_fewer_than_any_crowd_and_no_more_than_all(values: dict[tuple[str | None, str | None], int]) -> None:
    assert max(values.values(), default=0) <= people(values) <= sum(values.values())
