"""Maps and months: the same on both databases, nobody counted twice, and few points however many incidents."""

from __future__ import annotations

import random
import time

import pytest
from store_factories import an_incident, killed

from sijill.errors import StoreError
from sijill.records import Incident
from sijill.store import Box, IncidentFilter, Store
from sijill.store.kept import Map, Month


def put(store: Store, *incidents: Incident) -> None:
    with store.writing() as batch:
        batch.replace_incidents(incidents)


def test_of_few_incidents_each_is_a_point(store: Store) -> None:
    put(
        store,
        an_incident("i1", "2022-01-20", place="سرمين@35.9,36.72", figures=[killed(3)]),
        an_incident("i2", "2022-01-21", place="إدلب@35.93,36.63", figures=[killed(7)]),
        an_incident("i3", "2022-01-22", place="مكان"),
        an_incident("i4"),
    )
    found = store.map_of()
    assert [(p.id, p.lat, p.lon, p.killed) for p in found.points] == [("i2", 35.93, 36.63, 7), ("i1", 35.9, 36.72, 3)]
    assert (found.cells, found.side, found.unplaced) == ([], None, 2)
    assert store.map_of(IncidentFilter(killed=5)).points == found.points[:1]
    assert store.map_of(IncidentFilter(since="2023-01-01")) == Map(points=[])


def test_of_many_the_most_harmful_are_points_and_all_others_are_in_cells(store: Store) -> None:
    places = [f"p@{35 + n % 10 / 100},{36 + n // 10 / 10}" for n in range(200)]
    put(store, *(an_incident(f"i{n:03}", "2022-01-20", place=place, figures=[killed(n)]) for n, place in enumerate(places)))
    found = store.map_of(points=20)
    assert [p.id for p in found.points] == [f"i{n:03}" for n in range(199, 179, -1)]
    assert sum(cell.incidents for cell in found.cells) == 180
    assert sum(cell.killed or 0 for cell in found.cells) == sum(range(180))
    assert found.side
    for cell in found.cells:
        assert cell.south <= cell.lat <= cell.south + found.side
        assert cell.west <= cell.lon <= cell.west + found.side


def test_a_map_of_the_whole_world_has_few_cells(store: Store) -> None:
    chance = random.Random(3)
    ends = ["a@-90,-180", "b@90,180", "c@90,-180", "d@-90,180", "e@0,0"]
    places = ends + [f"p{n}@{chance.uniform(-90, 90):.5f},{chance.uniform(-180, 180):.5f}" for n in range(1500)]
    put(store, *(an_incident(f"i{n:04}", place=place) for n, place in enumerate(places)))
    found = store.map_of(points=0)
    assert found.points == []
    assert sum(cell.incidents for cell in found.cells) == len(places)
    assert len(found.cells) <= 1000
    assert all(cell.killed is None for cell in found.cells)


def test_both_databases_give_the_same(pair: tuple[Store, Store]) -> None:
    chance = random.Random(1)
    rows = [
        an_incident(
            f"i{n:03}",
            f"2022-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" if n % 7 else None,
            place=f"p@{chance.randint(-900, 900) / 10},{chance.randint(-1800, 1800) / 10}" if n % 5 else None,
            figures=[killed(chance.randint(0, 9))] if n % 3 else [],
            parent=f"i{n - 1:03}" if n % 4 == 1 else None,
        )
        for n in range(300)
    ]
    for store in pair:
        put(store, *rows)
    one, other = pair
    box = Box(south=-10, west=0, north=80, east=170)
    for where in (IncidentFilter(), IncidentFilter(killed=2), IncidentFilter(box=box), IncidentFilter(parts=False)):
        assert one.months_of(where) == other.months_of(where)
        for points in (0, 10, 1000):
            assert one.map_of(where, points=points) == other.map_of(where, points=points)


def test_months_count_where_an_incident_began(store: Store) -> None:
    put(
        store,
        an_incident("i1", "2022-01-31", "2022-02-03", figures=[killed(4)]),
        an_incident("i2", "2022-01-01", figures=[killed(None, high=9)]),
        an_incident("i3", "2022-02-10"),
        an_incident("i4", None, "2022-02-11"),
        an_incident("i5"),
    )
    found = store.months_of()
    assert found.months == [Month(month="2022-01", incidents=2, killed=4), Month(month="2022-02", incidents=2)]
    assert found.undated == 1


def test_a_part_is_not_counted_beside_its_whole(store: Store) -> None:
    put(
        store,
        an_incident("w1", "2022-01-20", place="p@35,36", figures=[killed(10)]),
        an_incident("p1", "2022-01-21", place="p@35,36", parent="w1", figures=[killed(4)]),
        an_incident("w2", "2022-01-20", place="p@35,36"),
        an_incident("p2", "2022-01-21", place="p@35,36", kind="arrest", parent="w2", figures=[killed(2)]),
    )
    assert store.months_of().months == [Month(month="2022-01", incidents=4, killed=12)]
    assert store.months_of(IncidentFilter(parent="w1")).months == [Month(month="2022-01", incidents=1, killed=4)]
    (cell,) = store.map_of(points=0).cells
    assert (cell.incidents, cell.killed) == (4, 12)


def test_a_day_that_is_none_is_refused(store: Store) -> None:
    for ask in (store.map_of, store.months_of):
        with pytest.raises(StoreError, match="is not a day"):
            ask(IncidentFilter(since="2022-02-31"))


def test_a_great_many_are_counted_quickly(store: Store) -> None:
    rows = [(f"i{n:05}", f"20{n % 30:02}-01-01", f"p@{n % 90},{n % 180}", f"i{n // 2:05}") for n in range(1, 5000)]
    put(store, *(an_incident(id, day, place=place, parent=parent) for id, day, place, parent in rows))
    begun = time.perf_counter()
    assert sum(month.incidents for month in store.months_of().months) == 4999
    assert sum(cell.incidents for cell in store.map_of().cells) == 3999
    assert time.perf_counter() - begun < 5
