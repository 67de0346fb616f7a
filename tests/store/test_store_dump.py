"""All that is kept, out of one database and into the other, is the same."""

from __future__ import annotations

import msgspec
import pytest
from store_factories import a_reading, a_report, an_incident, an_original, as_json, filled, put

from sijill.errors import StoreError
from sijill.records import Judgement
from sijill.store import Store
from sijill.store.dump import Dumped, EntryLine, OriginalLine, ReportLine
from sijill.store.kept import Anchor


def fill(store: Store) -> None:
    text = "قُتل ثلاثة مدنيين في قصف على سرمين."
    with store.writing() as batch:
        put(batch, text, "قصف", outlet="سانا", title="خبر\0", published="2022-01-03")
        put(batch, "غارة\r\n\0\u200f 😀 على سوق", "غارة")
        batch.add(a_report(text, outlet="الوطن"), an_original(b"\x00\xff" * 50, "b.pdf"), b"\x00\xff" * 50)
        batch.add(a_report("بلا أصل"), an_original(b"x", "c"), None)
        batch.add_reading(a_reading(a_report(text)), "2", by="سمر")
        batch.judge(
            Judgement(
                id="j1", decision="edit", claim="c", field="value", value={"b": [1, 2.5], "a": None}, by="ليلى", at="2022-02-03T00:00:00Z"
            )
        )
    with store.writing() as batch:
        batch.judge(Judgement(id="j2", decision="accept", claim="c", by="ليلى", at="2022-02-03T00:00:00Z", undoes="j1"))
        batch.put_anchors([Anchor(incident="i1", claim="c", report="r"), Anchor(incident="i2", claim="c", report="r")])
        batch.replace_incidents([an_incident("i1")])
        batch.note("export", "out", {"n": 1, "a": "ب"})


@pytest.mark.parametrize("forth", [True, False], ids=["sqlite to postgresql", "postgresql to sqlite"])
def test_from_one_database_to_the_other(pair: tuple[Store, Store], forth: bool) -> None:
    source, target = pair if forth else pair[::-1]
    fill(source)
    lines = [as_json(line) for line in source.dump()]
    with target.writing() as batch:
        batch.load(msgspec.json.decode(line, type=Dumped) for line in lines)
    assert [as_json(line) for line in target.dump()] == lines
    assert target.verify() == source.verify()
    assert target.verify().ok
    assert target.head() == source.head()
    assert target.search("المدنيين") == source.search("المدنيين")
    assert [j.id for j in target.judgements(standing=True)] == []
    more = filled(target, "خبر جديد")  # what comes after goes on from there
    assert target.verify().ok
    assert target.known(more)


def test_an_import_needs_an_empty_register(store: Store) -> None:
    fill(store)
    with pytest.raises(StoreError, match="empty register"), store.writing() as batch:
        batch.load(store.dump())


def test_a_damaged_import_leaves_nothing(pair: tuple[Store, Store]) -> None:
    source, target = pair
    fill(source)
    lines = list(source.dump())
    original, report, entry = (
        next(i for i, line in enumerate(lines) if isinstance(line, kind)) for kind in (OriginalLine, ReportLine, EntryLine)
    )
    wrong: list[list[Dumped]] = [
        [*lines[:original], OriginalLine(sha256="0" * 64, data=b"x"), *lines[original + 1 :]],
        [*lines[:report], ReportLine(report=msgspec.structs.replace(a_report("a"), text="b"), added=""), *lines[report + 1 :]],
        [*lines[:report], *lines[report + 1 :]],
        [*lines, lines[0]],
        [*lines, lines[entry]],
    ]
    for damaged in wrong:
        with pytest.raises(StoreError), target.writing() as batch:
            batch.load(damaged)
        assert target.count().reports == target.count().entries == 0
