"""Views: incidents and how they are asked for, families, signatures, blocks, tellings; on SQLite and on PostgreSQL."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from store_factories import a_report, an_incident, an_original, filled, killed, put

from sijill.errors import StoreError
from sijill.records import Conflict, Figure, Incident, IncidentPlace, Use
from sijill.store import Box, IncidentFilter, Near, ReportFilter, Store, neighbours
from sijill.store.neighbours import Member
from sijill.store.search import new_cursor
from sijill.tolls import toll


def ids(store: Store, sort: Any = "date", **where: Any) -> list[str]:
    found = store.incidents(IncidentFilter(**where), sort=sort)
    assert found.next is None
    assert store.count_incidents(IncidentFilter(**where)) == len(found.incidents)
    return [incident.id for incident in found.incidents]


def keep(store: Store, *incidents: Incident, **how: Any) -> None:
    with store.writing() as batch:
        batch.replace_incidents(incidents, **how)


def test_an_incident_comes_back_as_it_was(store: Store) -> None:
    (sha,) = filled(store, "قصف")
    use = Use(claim="fig-1", report=sha, family="f", source="المرصد", low=3, best=3, high=3, used=True, why="الأحدث")
    incident = an_incident(
        "i1", "2022-01-20", "2022-01-30", place="الحسكة@36.5,40.75", reports=[sha], events=["eve-1"], figures=[killed(3, uses=[use])]
    )
    keep(store, incident)
    assert store.incident("i1") == incident
    assert store.incidents().incidents == [incident]
    assert store.incident_of("eve-1") == store.incident_of("fig-1") == "i1"
    assert store.incident_of("no such") is None
    assert store.count().incidents == 1


def test_incidents_are_replaced_at_once(store: Store) -> None:
    (sha,) = filled(store, "قصف")
    keep(store, *(an_incident(f"i{n}", f"2022-01-0{n}", place="إدلب", agents=["a"], reports=[sha], events=[f"e{n}"]) for n in (1, 2, 3)))
    keep(store, an_incident("i2", "2022-02-01", place="حلب", events=["e1", "e2"]), removed=["i1", "no such"])
    assert ids(store) == ["i2", "i3"]
    assert ids(store, place="ادلب") == ids(store, actor="a") == ["i3"]
    assert store.incident_of("e1") == "i2"

    def fail() -> None:
        with store.writing() as batch:
            batch.replace_incidents([an_incident("i9")], everything=True)
            assert store.incident_ids() == ["i9"]
            batch.replace_incidents([an_incident("i10", reports=["no such"])])

    with pytest.raises(StoreError, match="no report"):
        fail()
    assert ids(store) == ["i2", "i3"]
    keep(store, an_incident("i9"), everything=True)
    assert ids(store) == store.incident_ids() == ["i9"]
    assert store.incident_of("e1") is None


def test_a_part_is_named_before_its_whole(store: Store) -> None:
    keep(store, an_incident("a", events=["e1", "e2"]), an_incident("b", parent="a", main=False, events=["e1"]))
    assert store.incidents_of("e1") == ["b", "a"]
    assert ids(store, parent="a") == ["b"]
    assert ids(store, parts=False) == ["a"]


DAYS = [
    an_incident("one", "2022-01-20"),
    an_incident("long", "2022-01-20", "2022-01-30"),
    Incident(id="from", kind="shelling", first="2022-01-10"),
    Incident(id="until", kind="shelling", last="2022-01-10"),
    Incident(id="never", kind="shelling"),
]


@pytest.mark.parametrize(
    ("since", "until", "surely", "possibly"),
    [
        (None, None, {"one", "long", "from", "until", "never"}, {"one", "long", "from", "until", "never"}),
        ("2022-01-20", "2022-01-20", {"one", "long"}, {"one", "long", "from", "never"}),
        ("2022-01-21", "2022-01-25", {"long"}, {"long", "from", "never"}),
        ("2022-01-30", None, {"long"}, {"long", "from", "never"}),
        ("2022-01-31", None, set(), {"from", "never"}),
        (None, "2022-01-19", {"from", "until"}, {"from", "until", "never"}),
        ("2022-01-10", "2022-01-10", {"from", "until"}, {"from", "until", "never"}),
        (None, "2022-01-09", set(), {"until", "never"}),
    ],
)
def test_days_that_overlap(store: Store, since: str | None, until: str | None, surely: set[str], possibly: set[str]) -> None:
    keep(store, *DAYS)
    assert set(ids(store, since=since, until=until)) == surely
    assert set(ids(store, since=since, until=until, undated=True)) == possibly


@pytest.mark.parametrize("day", ["2022-02-30", "2022", "20220120", "x'; --", ""])
def test_a_day_that_is_none_is_told(store: Store, day: str) -> None:
    with pytest.raises(StoreError, match="is not a day"):
        store.incidents(IncidentFilter(since=day))


def test_places_by_name_box_and_distance(store: Store) -> None:
    two = [
        IncidentPlace(name="كوباني", name_en="Kobani", level="town", gazetteer="g7"),
        IncidentPlace(name="عين العرب", level="town", lat=36.9, lon=38.35),
    ]
    keep(
        store,
        an_incident("h", "2022-01-03", place="الحسكة@36.5,40.75"),
        an_incident("q", "2022-01-02", place="القامشلي@37.05,41.22"),
        an_incident("k", "2022-01-01", places=two),
        an_incident("fiji", place="سوفا@-18.1,178.4"),
        an_incident("nowhere"),
    )
    assert ids(store, place="حَسَكه") == ["h"]
    assert ids(store, place="عين العرب") == ids(store, place="KOBANI") == ids(store, place="g7") == ids(store, place="كوباني") == ["k"]
    assert ids(store, box=Box(south=36, west=40, north=38, east=42)) == ["h", "q"]
    assert ids(store, box=Box(south=-20, west=178, north=-10, east=-178)) == ["fiji"]
    assert ids(store, near=Near(lat=36.5, lon=40.75, km=0)) == ["h"]
    assert ids(store, near=Near(lat=36.5, lon=40.75, km=74.5)) == ["h", "q"], "some 74 km"
    assert ids(store, near=Near(lat=36.5, lon=40.75, km=73.5)) == ["h"]
    assert ids(store, near=Near(lat=-18.1, lon=-179.0, km=300)) == ["fiji"]
    assert ids(store, near=Near(lat=0, lon=0, km=30_000)) == ["h", "q", "k", "fiji"]
    assert ids(store, near=Near(lat=0, lon=0, km=-1)) == ids(store, near=Near(lat=0, lon=0, km=float("nan"))) == []
    assert ids(store, place="عين العرب", box=Box(south=36, west=38, north=37, east=39)) == ["k"]
    assert ids(store, place="كوباني", box=Box(south=36, west=38, north=37, east=39)) == [], "one place must fulfil both"


def test_other_filters(store: Store) -> None:
    with store.writing() as batch:
        first, second = put(batch, "قصف سوق في إدلب", outlet="عنب بلدي"), put(batch, "هجوم قرب النهر", outlet="سانا")
        batch.add(a_report("هجوم قرب النهر", outlet="الوطن"), an_original(b"x", "b"), b"x")
    use = Use(claim="fig-1", report=first, family="f", source="المرصد السوري", used=True, why="")
    conflict = Conflict(kind="sources_disagree", claims=[], note="", note_ar="")
    keep(
        store,
        an_incident("a", reports=[first], agents=["sdf"], country="SY", figures=[killed(12, uses=[use])], conflicts=[conflict]),
        an_incident("b", reports=[second], targets=["sdf"], kind="armed_assault", figures=[killed(None, low=3)], modality="planned"),
    )
    assert ids(store, actor="sdf") == ["a", "b"]
    assert ids(store, kind="armed_assault") == ids(store, modality="planned") == ids(store, conflicts=False) == ["b"]
    assert ids(store, country="SY") == ids(store, killed=12) == ids(store, conflicts=True) == ["a"]
    assert ids(store, killed=13) == ids(store, injured=0) == [], "an unknown number is not zero"
    assert ids(store, source="مرصد السوري") == ids(store, source="عنب بلدى") == ["a"]
    assert ids(store, source="الوطن") == ids(store, source="سانا") == ["b"]
    assert ids(store, text="السوق") == ids(store, text='"قصف سوق"') == ["a"]
    assert ids(store, text="-سوق") == ["b"]
    assert ids(store, text="...") == []
    assert ids(store, text="سوق", actor="nobody") == []


def test_orders_and_pages(store: Store) -> None:
    shas = filled(store, *(f"خبر {n}" for n in range(5)))
    chance = random.Random(3)
    made = [
        an_incident(
            f"i{n:02}",
            chance.choice([None, "2022-01-01", "2022-01-05"]),
            reports=shas[: chance.randint(0, 3)],
            figures=[killed(number)] if (number := chance.choice([None, 0, 5])) is not None else [],
        )
        for n in range(23)
    ]
    keep(store, *made)
    by_id = sorted(made, key=lambda i: i.id)
    expected = {
        "date": sorted(by_id, key=lambda i: i.first or "", reverse=True),
        "harm": sorted(by_id, key=lambda i: i.figures[0].best if i.figures else -1, reverse=True),  # type: ignore[arg-type,return-value]
        "reports": sorted(by_id, key=lambda i: len(i.reports), reverse=True),
    }
    for sort, wanted in expected.items():
        found, after = list[Incident](), None
        for _ in range(5):
            page = store.incidents(sort=sort, limit=5, after=after)  # type: ignore[arg-type]
            found += page.incidents
            after = page.next
        assert after is None
        assert found == wanted, sort
    with pytest.raises(StoreError, match="sorted by"):
        store.incidents(sort="name")  # type: ignore[arg-type]
    with pytest.raises(StoreError, match="begin at its start"):
        store.incidents(sort="harm", after=store.incidents(limit=5).next)


def f(status: Any = "unknown", side: str | None = None, *, best: int | None = 0, high: int | None = 0, **given: Any) -> Figure:
    return killed(best, high=high or best, status=status, side=side, **given)


@pytest.mark.parametrize(
    ("figures", "best"),
    [
        ([], None),
        ([f(best=114)], 114),
        ([f(best=100), f("civilian", best=7)], 100),
        ([f(best=5), f("civilian", best=4), f("combatant", best=3)], 7),
        ([f("civilian", best=7), f("combatant", "is", best=246), f("combatant", "sdf", best=79)], 332),
        ([f("combatant", best=100), f("combatant", "is", best=60), f("combatant", "sdf", best=70)], 130),
        ([f(side="is", best=300), f("combatant", "is", best=246)], 300),
        ([f("civilian", best=7), f("civilian", best=3, demographic=["child"])], 7),
    ],
)
def test_the_toll_counts_nobody_twice(figures: list[Figure], best: int | None) -> None:
    incident = an_incident("i", figures=figures)
    assert toll(incident, "killed")[1] == best
    assert toll(incident, "injured") == (None, None, None)


def test_an_open_end_stays_open() -> None:
    figures = [Figure(effect="killed", low=3, best=3, status="civilian", policy="p"), killed(4, side="a")]
    assert toll(an_incident("i", figures=figures), "killed") == (7, 7, None)
    assert toll(an_incident("i", figures=[Figure(effect="killed", low=3, policy="p")]), "killed") == (3, None, None)


# --- families, signatures, blocks ------------------------------------------------------------------------------------


def test_families(store: Store) -> None:
    a, b, c = filled(store, "خبر أول", "خبر ثان", "خبر ثالث")
    with store.writing() as batch:
        batch.set_families({a: "f1", b: "f1", c: "f2"})
        batch.set_families({b: "f2"})
    assert store.families() == {a: "f1", b: "f2", c: "f2"}
    assert store.families([a]) == {a: "f1"}
    assert store.family("f2") == [b, c]
    with store.writing() as batch:
        batch.set_families({c: "f3"}, everything=True)
    assert store.families() == {c: "f3"}
    with pytest.raises(StoreError, match="no report"), store.writing() as batch:
        batch.set_families({"no such": "f1"})


def days(first: str, last: str) -> tuple[int, int]:
    return date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()


def test_reports_that_share_a_band(store: Store) -> None:
    # In `c` 2 and 1 stand elsewhere than in the others; -1 is the signed form of the greatest.
    bands = {b"\0\1": [1, 2, 2**64 - 1], b"b": [9, 2, 9], b"c": [2, 1, -1], b"d": [1, 2, 3]}
    with store.writing() as batch:
        a = put(batch, "خبر أول", published="2022-01-10")
        b = put(batch, "خبر ثان", published="2022-03-01")
        c = put(batch, "خبر ثالث")
        d = put(batch, "خبر رابع", published="2022-01-12")
        for sha, signature, published in ((a, b"\0\1", "2022-01-10"), (b, b"b", "2022-03-01"), (c, b"c", None), (d, b"d", "2022-01-12")):
            batch.put_signature(sha, signature, bands[signature], published)
    assert store.band_mates(a, bands[b"\0\1"]) == {}
    assert store.band_mates(b, bands[b"b"]) == {a: b"\0\1"}
    assert store.band_mates(c, bands[b"c"]) == {a: b"\0\1"}
    assert store.band_mates(d, bands[b"d"]) == {a: b"\0\1", b: b"b"}
    assert store.band_mates(d, bands[b"d"], days("2022-01-01", "2022-01-31")) == {a: b"\0\1"}
    assert store.band_mates(d, bands[b"d"], days("2022-01-11", "2022-01-31")) == {}, "not of those days, though near them"
    assert store.undated_mates(d, [2]) == {c: b"c"}
    assert store.undated_mates(c, [2]) == {}
    with store.writing() as batch:
        batch.clear_signatures()
    assert store.band_mates(d, bands[b"d"]) == {}


def test_reports_whose_day_is_not_known_share_bands_at_any_time(store: Store) -> None:
    with store.writing() as batch:
        on = (None, "2020", "2020-05-01", "2022-01-01")
        shas = [put(batch, f"خبر {day}", published=day) for day in on]
        for sha, day in zip(shas, on, strict=True):
            batch.put_signature(sha, b"s", [7], day)
    assert list(store.band_mates(shas[-1], [7], days("2021-12-01", "2022-02-01"))) == shas[:2]
    assert list(store.band_mates(shas[-1], [7])) == shas[:3]
    assert [report.day for report in store.dated()] == [None, None, *days("2020-05-01", "2022-01-01")]


def test_blocks(store: Store) -> None:
    a, b = filled(store, "خبر أول", "خبر ثان")
    with store.writing() as batch:
        batch.put_blocks(a, {"e1": ["k1", "k2", "k1"], "e2": ["k2"]})
        batch.put_blocks(b, {"e3": {"k2"}})
    assert store.neighbours(["k1"]) == ["e1"]
    assert store.neighbours(["k2", "no such"]) == ["e1", "e2", "e3"]
    with store.writing() as batch:
        batch.put_blocks(a, {"e2": ["k9"]})
    assert (store.neighbours(["k1"]), store.neighbours(["k2"]), store.neighbours(["k9"])) == ([], ["e3"], ["e2"])


def test_tellings(store: Store) -> None:
    a, b = filled(store, "خبر أول", "خبر ثان")
    with store.writing() as batch:
        batch.put_tellings(a, [("e1", 5, b"1"), ("e2", 2, b"2")])
        batch.put_tellings(b, [("e4", 5, b"4"), ("e3", 0, b"3")])
        assert store.tellings(["e3", "e1", "no such"]) == [b"1", b"3"]
    assert list(store.tellings_of_reports([b, a])) == list(store.tellings_of_reports()) == [b"1", b"2", b"4", b"3"]
    assert list(store.tellings_by_day()) == [b"3", b"2", b"1", b"4"]
    with store.writing() as batch:
        batch.put_tellings(a, [("e2", 9, b"new")])
    assert list(store.tellings_by_day()) == [b"3", b"4", b"new"]
    with store.writing() as batch:
        batch.clear_tellings()
    assert list(store.tellings_by_day()) == []


def test_chains(store: Store) -> None:
    a, b = filled(store, "خبر أول", "خبر ثان")
    with store.writing() as batch:
        batch.put_chain([{"e2": a, "e1": b}, {"e3": a}], [("e1", "e2", 3.25), ("e2", "e3", -1.5)])
        batch.put_chain([{"e4": b}], [])
        assert store.chains(["e3", "e4", "no such"]) == {"e3": "e1", "e4": "e4"}
    assert store.members(["e1"]) == {"e1": Member(b, "e1"), "e2": Member(a, "e1"), "e3": Member(a, "e3")}
    assert store.ties(["e1", "e4"]) == [("e1", "e2", 3.25), ("e2", "e3", -1.5)]
    assert store.linked_claims([b]) == {"e1": b, "e4": b}
    with store.writing() as batch:
        batch.forget_chains(["e1"])
    assert store.members(["e1", "e4"]) == {"e4": Member(b, "e4")}
    assert store.ties(["e1"]) == []
    with store.writing() as batch:
        batch.clear_chains()
    assert store.members(["e4"]) == {}


def test_tellings_come_page_by_page(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "_PAGE", 3)
    shas = filled(store, *(f"خبر {n}" for n in range(4)))
    with store.writing() as batch:
        for n, sha in enumerate(shas):
            batch.put_tellings(sha, [(f"e{n}{m}", 7 - m, b"%d%d" % (n, m)) for m in range(n)])
    assert list(store.tellings_of_reports()) == [b"10", b"20", b"21", b"30", b"31", b"32"]
    assert list(store.tellings_by_day()) == [b"32", b"21", b"31", b"10", b"20", b"30"]


def test_both_databases_give_the_same_incidents(pair: tuple[Store, Store]) -> None:
    chance = random.Random(5)
    names = ["الحسكة", "حلب", "إدلب", "Éire", "Zürich", "ادلب"]
    made = [
        an_incident(
            f"{chance.choice('aAbBéأ')}{n}",
            chance.choice([None, *(f"2022-01-{d:02}" for d in range(1, 28))]),
            place=f"{chance.choice(names)}@{chance.uniform(33, 37)},{chance.uniform(36, 42)}",
            agents=chance.sample(["sdf", "is", "sy"], 1),
            figures=[killed(chance.randint(0, 50))] if chance.random() < 0.7 else [],
        )
        for n in range(300)
    ]
    for store in pair:
        keep(store, *made)
    for _ in range(60):
        where = IncidentFilter(
            since=chance.choice([None, "2022-01-10"]),
            until=chance.choice([None, "2022-01-15"]),
            undated=chance.random() < 0.5,
            place=chance.choice([None, *names]),
            near=chance.choice([None, Near(lat=35, lon=39, km=chance.uniform(50, 400))]),
            actor=chance.choice([None, "sdf"]),
            killed=chance.choice([None, 20]),
        )
        sort: Any = chance.choice(["date", "harm", "reports"])
        one, other = (store.incidents(where, sort=sort, limit=7) for store in pair)
        assert one == other
        if one.next:
            assert pair[0].incidents(where, sort=sort, after=one.next) == pair[1].incidents(where, sort=sort, after=one.next)


ODD = ["", "\0", "a\0b", "\ud800", "'", '"', "%", "\\", "ا" * 5000, "\u200f"]


@pytest.mark.parametrize("odd", ODD)
def test_no_filter_breaks_the_query(store: Store, odd: Any) -> None:
    keep(store, an_incident("i1", "2022-01-01", place="حلب@36.2,37.1"))
    for field in ("place", "actor", "kind", "modality", "country", "source", "text", "parent"):
        assert ids(store, **{field: odd}) == [], field
    assert store.search(None, ReportFilter(outlet=odd or "x", language=odd)).hits == []
    assert store.known([odd]) == set()
    assert store.neighbours([odd]) == []
    assert store.claims([odd]) == {}
    for ask in (store.report, store.original, store.incident):
        with pytest.raises(StoreError, match="holds no"):
            ask(odd)


def test_no_number_breaks_the_query(store: Store) -> None:
    keep(store, an_incident("i1", "2022-01-01", place="حلب@36.2,37.1", figures=[killed(5)]))
    for number in (10**30, 2**63, 2**31):
        assert ids(store, killed=number) == ids(store, injured=number) == []
        assert len(store.incidents(limit=number).incidents) == 1
        with pytest.raises(StoreError, match="begin at its start"):
            store.incidents(sort="harm", after=new_cursor("harm", number, number, "i"))
    assert ids(store, killed=-(10**9)) == ["i1"]
    for odd in (float("nan"), float("inf"), -float("inf")):
        assert ids(store, near=Near(lat=odd, lon=37, km=5)) == ids(store, near=Near(lat=36, lon=odd, km=5)) == []
        assert ids(store, box=Box(south=30, west=30, north=odd, east=40)) == (["i1"] if odd == float("inf") else [])
