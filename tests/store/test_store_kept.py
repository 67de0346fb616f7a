"""What is kept: reports, originals, readings, claims, judgements, anchors; on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy import text as sql
from store_factories import a_reading, a_report, an_original, filled, put

from sijill.errors import StoreError
from sijill.records import Judgement
from sijill.store import Store
from sijill.store import tables as t
from sijill.store.kept import Anchor

TEXT = "قُتل ثلاثة مدنيين في قصف مدفعي على قرية الكفير."
OTHER = "أصيب طفلان بانفجار لغم قرب بلدة سرمين."


def test_a_report_comes_back_as_it_was(store: Store) -> None:
    report = a_report(
        TEXT + "\0\u200f ١٢", id="a", title="قصف\0", outlet="Al-Marsad", url="https://example.org/1", published="2022-01-05T10:00Z"
    )
    original = an_original(b"<p>", charset="utf-8", headers={"Content-Type": "text/html"})
    with store.writing() as batch:
        assert batch.add(report, original, b"<p>", a_reading(report, ("قصف",)), reader="1", by="amal") == "added"
    assert store.report(report.sha256) == report
    assert list(store.reports()) == [report]
    assert store.original(original.sha256) == b"<p>"
    assert list(store.readings()) == [a_reading(report, ("قصف",))]
    (acquired,) = store.acquisitions(report.sha256)
    assert (acquired.original, acquired.title, acquired.at) == (original, "قصف\0", "2022-02-02T12:00:01Z")
    assert store.verify().problems == []


def test_the_same_report_again_changes_nothing(store: Store) -> None:
    report, original = a_report(TEXT, outlet="سانا"), an_original(TEXT.encode())
    for said in ("added", "there"):
        with store.writing() as batch:
            assert batch.add(report, original, TEXT.encode(), a_reading(report)) == said
        counts = store.count()
        assert (counts.reports, counts.acquisitions, counts.readings, counts.entries) == (1, 1, 1, 1)


def test_a_reprint_is_a_further_acquisition_of_one_report(store: Store) -> None:
    first, reprint = a_report(TEXT, outlet="سانا"), a_report(TEXT, outlet="الوطن", title="قصف", published="2022-01-07")
    page = f"<html>{TEXT}".encode()
    with store.writing() as batch:
        assert batch.add(first, an_original(TEXT.encode()), TEXT.encode()) == "added"
        assert batch.add(reprint, an_original(page, "https://example.org/2"), page) == "there"
        assert batch.add(reprint, an_original(page, "https://example.org/2"), page) == "there"
    assert store.report(first.sha256) == first
    assert [(a.outlet, a.title, a.published) for a in store.acquisitions(first.sha256)] == [
        ("سانا", None, None),
        ("الوطن", "قصف", "2022-01-07"),
    ]
    assert store.original(store.acquisitions(first.sha256)[1].original.sha256) == page
    assert [entry.action for entry in store.audit()] == ["add", "acquire"]
    assert store.verify().ok


def test_bytes_are_kept_once_and_need_not_be(store: Store) -> None:
    feed = b"one feed, two reports"
    with store.writing() as batch:
        for text in (TEXT, OTHER):
            batch.add(a_report(text), an_original(feed, "feed.xml"), feed)
        batch.add(a_report("بلا أصل"), an_original(b"not kept"), None)
    assert store.count().originals == 1
    assert store.known_originals([an_original(feed).sha256, an_original(b"not kept").sha256, "no such"]) == {
        an_original(feed).sha256,
        an_original(b"not kept").sha256,
    }
    with pytest.raises(StoreError, match="no original"):
        store.original(an_original(b"not kept").sha256)


def test_a_batch_is_kept_as_a_whole_or_not_at_all(store: Store) -> None:
    def fail_after_two() -> None:
        with store.writing() as batch:
            put(batch, TEXT, "قصف")
            put(batch, OTHER)
            assert store.count().reports == 2, "the batch sees what it wrote"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_two()
    assert store.count().reports == store.count().entries == 0
    assert filled(store, TEXT) == [a_report(TEXT).sha256]
    assert store.verify().ok


def test_one_batch_a_thread(store: Store) -> None:
    with store.writing(), pytest.raises(StoreError, match="writing to the register already"), store.writing():
        pass


def test_what_does_not_fit_is_refused(store: Store) -> None:
    report, data = a_report(TEXT), TEXT.encode()
    with store.writing() as batch:
        with pytest.raises(StoreError, match="SHA-256 of its text"):
            batch.add(a_report(OTHER).__class__(text=TEXT, sha256=a_report(OTHER).sha256, id="a"), an_original(data), data)
        with pytest.raises(StoreError, match="SHA-256 that is given"):
            batch.add(report, an_original(b"other bytes"), data)
        with pytest.raises(StoreError, match="is not of report"):
            batch.add(report, an_original(data), data, a_reading(a_report(OTHER)))
        with pytest.raises(StoreError, match="surrogate"):
            batch.add(a_report("\ud800"), an_original(b""), b"")
        with pytest.raises(StoreError, match="surrogate"):
            batch.add(a_report(TEXT, title="\ud800"), an_original(data), data)
        with pytest.raises(StoreError, match="add it first"):
            batch.add_reading(a_reading(report), "2")
    assert store.count().reports == 0


def test_unknown_ones_are_errors_or_nothing(store: Store) -> None:
    (sha,) = filled(store, TEXT)
    assert store.known([sha, "no such"]) == {sha}
    assert list(store.reports(["no such"])) == list(store.readings(["no such"])) == store.acquisitions("no such") == []
    for ask in (store.report, store.original, store.incident):
        with pytest.raises(StoreError, match="the register holds no"):
            ask("no such")


def test_reports_and_readings_stream_in_the_order_of_addition(store: Store) -> None:
    shas = filled(store, *(f"تقرير رقم {n}" for n in range(1, 13)))
    assert [report.sha256 for report in store.reports()] == [reading.sha256 for reading in store.readings()] == shas
    assert [reading.sha256 for reading in store.readings([shas[7], shas[2]])] == [shas[2], shas[7]]
    stream = store.readings()
    next(stream)
    filled(store, "تقرير جديد")  # nobody who reads keeps another from writing
    assert len(list(stream)) == 11, "one who reads sees one state from beginning to end"


# --- readings and claims ---------------------------------------------------------------------------------------------


def test_a_better_reader_replaces_a_reading_and_keeps_the_old(store: Store) -> None:
    report = a_report(TEXT)
    old, new = a_reading(report, ("قصف", "مدنيين")), a_reading(report, ("قصف",), rule="a better rule")
    with store.writing() as batch:
        put(batch, TEXT, "قصف", "مدنيين", reader="1")
        assert batch.add_reading(new, "2") == "added"
        assert batch.add_reading(new, "2") == "there"
    assert list(store.readings()) == [new]
    assert [(info.reader, info.current) for info in store.reading_history(report.sha256)] == [("1", False), ("2", True)]
    assert store.readers() == {"2": 1}
    kept, dropped = old.events
    claims = store.claims([kept.claim, dropped.claim, "no such", old.figures[0].claim])
    assert set(claims) == {kept.claim, dropped.claim, old.figures[0].claim}
    assert (claims[kept.claim].claim, claims[kept.claim].current, claims[kept.claim].reader) == (new.events[0], True, "2")
    assert (claims[dropped.claim].claim, claims[dropped.claim].current) == (dropped, False)
    assert claims[old.figures[0].claim].report == report.sha256
    assert store.count().claims == 2
    assert store.verify().claims == 6
    assert store.verify().ok


def test_a_reader_that_goes_back_is_a_new_reading(store: Store) -> None:
    report = a_report(TEXT)
    with store.writing() as batch:
        put(batch, TEXT, "قصف", reader="1")
        batch.add_reading(a_reading(report), "2")
        assert batch.add_reading(a_reading(report, ("قصف",)), "1") == "added"
    assert len(store.reading_history(report.sha256)) == 3
    assert store.verify().ok


# --- judgements and anchors ------------------------------------------------------------------------------------------


def judgement(id: str, undoes: str | None = None, **given: str) -> Judgement:
    return Judgement(id=id, decision="same", claim="eve-1", other="eve-2", by="سمر", at="2022-02-03T09:00:00Z", undoes=undoes, **given)


def test_judgements_stand_until_they_are_taken_back(store: Store) -> None:
    with store.writing() as batch:
        for made in (judgement("j1", note="الحي نفسه\0"), judgement("j2"), judgement("j3", undoes="j1")):
            assert batch.judge(made) == "added"
        assert batch.judge(judgement("j2")) == "there"
        with pytest.raises(StoreError, match="another judgement has the id j2"):
            batch.judge(judgement("j2", note="أخرى"))
        with pytest.raises(StoreError, match="no judgement j9"):
            batch.judge(judgement("j4", undoes="j9"))
    assert [j.id for j in store.judgements()] == ["j1", "j2", "j3"]
    assert [j.id for j in store.judgements(standing=True)] == ["j2"]
    with store.writing() as batch:
        batch.judge(judgement("j5", undoes="j3"))
    assert [j.id for j in store.judgements(standing=True)] == ["j1", "j2"]
    assert store.judgements()[0] == judgement("j1", note="الحي نفسه\0")
    assert store.verify().ok


def test_anchors_keep_the_history_of_a_claim(store: Store) -> None:
    moves = [
        Anchor(incident=incident, claim=claim, report="r") for incident, claim in (("i1", "c1"), ("i1", "c2"), ("i2", "c1"), ("i1", "c1"))
    ]
    with store.writing() as batch:
        batch.put_anchors(moves)
        batch.put_anchors(moves[:2])
    with store.writing() as batch:
        batch.put_anchors(moves[3:])
    assert list(store.anchors()) == moves


# --- only added to ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", t.KEPT, ids=lambda table: table.name)
def test_what_is_kept_can_be_neither_changed_nor_deleted(store: Store, table: object) -> None:
    with store.writing() as batch:
        put(batch, TEXT, "قصف")
        batch.judge(judgement("j1"))
        batch.put_anchors([Anchor(incident="i1", claim="c1", report="r")])
    before = list(store.dump())
    for statement in (update(table).values(number=7), delete(table)):  # type: ignore[arg-type]
        with pytest.raises(StoreError, match="can only be added to"), store.writing() as batch:
            batch.flushed().execute(statement)
    assert list(store.dump()) == before


def test_the_audit_log_says_who_did_what_and_when(store: Store) -> None:
    with store.writing() as batch:
        sha = put(batch, TEXT, "قصف", location="a.txt", reader="7")
        batch.judge(judgement("j1"))
        batch.note("export", "out.csv", {"incidents": 3}, by="ليلى")
    first, second, third = store.audit()
    assert (first.number, first.by, first.action, first.subject, first.detail["location"]) == (1, "amal", "add", sha, "a.txt")
    assert (first.detail["reader"], first.previous) == ("7", "0" * 64)
    assert (second.by, second.action, second.subject, second.previous) == ("سمر", "judge", "eve-1", first.hash)
    assert (third.by, third.action, third.detail) == ("ليلى", "export", {"incidents": 3})
    assert store.head() == (3, third.hash)
    assert list(store.audit(after=2)) == [third]


# --- verify ----------------------------------------------------------------------------------------------------------

TAMPERED = {
    "an entry": ("UPDATE audit SET detail = '{}' WHERE number = 2", "audit 2"),
    "an entry gone": ("DELETE FROM audit WHERE number = 2", "audit 3"),
    "a text": ("UPDATE reports SET text = :other, packing = 0 WHERE number = 1", "report {sha}"),
    "what is said of a report": ("UPDATE reports SET about = replace(about, 'Amaq', 'SANA') WHERE number = 1", "report"),
    "an original": ("UPDATE originals SET data = :other, packing = 0 WHERE number = 1", "original {sha}"),
    "an original that cannot be unpacked": ("UPDATE originals SET data = :other, packing = 1 WHERE number = 1", "original {sha}"),
    "a reading": ("UPDATE readings SET record = :other, packing = 0 WHERE number = 1", "reading {sha}"),
    "a claim gone": ("DELETE FROM claims WHERE number = 1", "reading {sha}"),
    "a claim moved": ("UPDATE claims SET position = 5 WHERE number = 1", "reading {sha}"),
    "a judgement": ("UPDATE judgements SET record = replace(record, 'same', 'different')", "judgement"),
    "a judgement gone": ("DELETE FROM judgements", "judgement"),
    "an acquisition gone": ("DELETE FROM acquisitions WHERE number = 2", "acquisition"),
    "the index": ("DELETE FROM report_words WHERE report = 1", "search index"),
}


@pytest.mark.parametrize("what", sorted(TAMPERED))
def test_verify_sees_what_was_done_by_other_means(store: Store, what: str) -> None:
    with store.writing() as batch:
        sha = put(batch, TEXT, "قصف", outlet="Amaq")
        put(batch, OTHER)
        batch.judge(judgement("j1"))
    assert store.verify().ok
    statement, where = TAMPERED[what]
    with store.writing() as batch:
        connection = batch.flushed()
        if connection.dialect.name == "sqlite":
            for name in connection.execute(sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
                connection.execute(sql(f"DROP TRIGGER {name}"))
            connection.execute(sql("PRAGMA defer_foreign_keys = ON"))
        else:
            connection.execute(sql("SET LOCAL session_replication_role = replica"))
        connection.execute(sql(statement), {"other": b"other"} if ":other" in statement else {})
    problems = [f"{p.what} {p.subject}" for p in store.verify().problems]
    assert any(problem.startswith(where.format(sha=sha)) for problem in problems), problems
    assert all("\n" not in p.note for p in store.verify().problems)


def test_verify_sees_a_quote_that_does_not_stand_there(store: Store) -> None:
    report = a_report(TEXT)
    reading = a_reading(report, ("قصف",))
    moved = reading.__class__(
        **{name: getattr(reading, name) for name in reading.__struct_fields__ if name != "events"},
        events=[reading.events[0].__class__(id="e1", claim="eve-1", kind="shelling", start=0, end=3, quote="قصف", rule="a rule")],
    )
    with store.writing() as batch:
        batch.add(report, an_original(TEXT.encode()), TEXT.encode(), moved)
    assert [(p.what, p.subject) for p in store.verify().problems] == [("claim", "eve-1")]


def test_verify_sees_a_report_that_the_log_does_not_have(store: Store) -> None:
    filled(store, TEXT)
    with store.writing() as batch:
        row = batch.flushed().execute(t.reports.select()).mappings().one()
        batch.flushed().execute(insert(t.reports), [{**row, "number": 2, "sha256": a_report(OTHER).sha256}])
    problems = store.verify().problems
    assert {p.what for p in problems} == {"report", "search"}
    assert any("put in" in p.note for p in problems)
