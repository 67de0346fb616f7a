"""The stage alone: record batches in, record batches out, and no row that ends it."""

from __future__ import annotations

import datetime
import signal
import threading
import time
from typing import Any

import msgspec
import pyarrow as pa
import pytest
from batch_cases import report

from sijill.batch import stage
from sijill.batch.outputs import reading_of, tellings_of
from sijill.batch.stage import SCHEMA, Options, output_schema, read_batches
from sijill.errors import InputError
from sijill.families import sign
from sijill.link import tellings
from sijill.mentions import read_with_mentions
from sijill.pipeline import read
from sijill.records import Report, to_json

Row = dict[str, Any]


def out(rows: list[Row] | pa.RecordBatch, **options: Any) -> list[Row]:
    batch = rows if isinstance(rows, pa.RecordBatch) else pa.RecordBatch.from_pylist(rows)
    (found,) = read_batches(iter([batch]), Options(**options))
    return found.to_pylist()


def one(row: Row, **options: Any) -> Row:
    (found,) = out([row], **options)
    return found


def test_a_row_holds_the_bytes_of_its_reading() -> None:
    given = report(5)
    whole = Report.of(given["text"], **{name: given[name] for name in ("id", "title", "outlet", "published")})
    row = one(given)
    assert row["reading"] == to_json(read(whole))
    assert (row["sha256"], row["id"], row["title"], row["outlet"], row["published"]) == (
        whole.sha256, "r5", given["title"], "A", given["published"],
    )  # fmt: skip
    assert (row["status"], row["error"], row["place"], row["language"]) == ("read", None, None, None)
    assert (row["events"], row["figures"]) == (len(read(whole).events), len(read(whole).figures)) != (0, 0)


def test_what_linking_needs_comes_along() -> None:
    given = report(5)
    row = one(given)
    whole = Report.of(given["text"], id="r5", title=given["title"], outlet="A", published=given["published"])
    assert row["signature"] == sign(whole.text).hashes != b""
    assert row["rows"] == sign(whole.text).rows != b""
    assert tellings_of(row) == tellings(whole, read(whole)) != []
    assert {telling.family for telling in tellings_of(row)} == {whole.sha256}
    assert {telling.family for telling in tellings_of(row, {whole.sha256: "f"})} == {"f"}
    assert reading_of(row) == read(whole)


def test_the_language_that_is_known_is_kept() -> None:
    row = one({"text": "قُتل مدني", "language": "ar"})
    assert row["language"] == "ar"
    assert '"language":"ar"' in row["reading"]


def test_mentions_are_a_column_and_change_nothing_else() -> None:
    plain, row = one(report(3)), one(report(3), mentions=True)
    listed = row.pop("mentions")
    assert row == plain
    given = report(3)
    whole = Report.of(given["text"], id="r3", title=given["title"], outlet="A", published=given["published"])
    assert msgspec.json.decode(listed) == msgspec.to_builtins(read_with_mentions(whole).mentions) != []


def test_texts_are_kept_when_asked_for() -> None:
    assert one(report(1), texts=True)["text"] == report(1)["text"]
    assert "text" not in one(report(1))


def test_the_columns_are_what_the_schema_says() -> None:
    options = Options(mentions=True, texts=True)
    (found,) = read_batches(iter([pa.RecordBatch.from_pylist([report(1)])]), options)
    assert found.schema == output_schema(options)
    assert found.schema.names == [*SCHEMA.names, "mentions", "text"]


BAD: list[tuple[str, Row, str, str]] = [
    ("no text", {"text": None, "id": "a"}, "failed", 'the row has no "text"'),
    ("no column of texts", {"id": "a"}, "failed", 'the row has no "text"'),
    ("an empty text", {"text": "", "id": "a"}, "failed", "the text is empty; give a report's text"),
    ("a text of blanks", {"text": " \n", "id": "a"}, "failed", "the text is empty; give a report's text"),
    ("a number for a text", {"text": 7, "id": "a"}, "failed", '"text" must be a string'),
    ("a list for a title", {"text": "قتل", "id": "a", "title": ["x"]}, "failed", '"title" must be a string'),
    ("a page", {"text": "<p>قُتل مدني</p>", "id": "a"}, "failed", "the text is HTML"),
    ("a day that is none", {"text": "قُتل مدني", "id": "a", "published": "2022-13-45"}, "failed", "YYYY-MM-DD"),
    ("a long text", {"text": "قتل " * 300, "id": "a"}, "too_large", "1,200 characters, and the limit is 1,000"),
    ("what was wrong before", {"text": None, "id": "a", "error": "not JSON"}, "failed", "not JSON"),
]


@pytest.mark.parametrize(("row", "status", "error"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_a_bad_row_is_a_row_with_its_error(row: Row, status: str, error: str) -> None:
    found = one(row, longest=1000)
    assert found["status"] == status
    assert error in found["error"]
    assert found["id"] == "a"
    assert found["reading"] is found["events"] is found["figures"] is found["signature"] is found["tellings"] is None
    assert (found["sha256"] is None) == (not isinstance(row.get("text"), str) or not row["text"])


def test_a_bad_row_spoils_no_other() -> None:
    rows = [report(1), {"text": None, "id": "x"}, report(2)]
    assert [row["status"] for row in out(rows)] == ["read", "failed", "read"]
    assert out(rows)[2] == one(report(2))


def test_a_text_in_another_language_is_unread() -> None:
    row = one({"text": "Three civilians were killed."})
    assert (row["status"], row["events"], row["figures"]) == ("unread", 0, 0)
    assert '"kind":"unread"' in row["reading"]


def test_values_that_stand_for_texts_are_taken() -> None:
    batch = pa.RecordBatch.from_pydict({"text": ["قُتل مدني أمس"], "id": [7], "published": [datetime.date(2022, 2, 2)]})
    (row,) = out(batch)
    assert (row["id"], row["published"], row["status"]) == ("7", "2022-02-02", "read")
    (row,) = out(pa.RecordBatch.from_pydict({"text": ["قُتل مدني"], "published": [datetime.datetime(2022, 2, 2, 10, 30)]}))
    assert (row["published"], row["status"]) == ("2022-02-02T10:30:00", "read")


def test_bytes_that_are_no_text_spoil_their_row_only() -> None:
    texts = ["قُتل مدني".encode(), b"\xff\xfe\xff", "أصيب مدني".encode()]
    offsets = pa.py_buffer(b"".join(n.to_bytes(4, "little") for n in (0, len(texts[0]), len(texts[0]) + 3, sum(map(len, texts)))))
    array = pa.Array.from_buffers(pa.string(), 3, [None, offsets, pa.py_buffer(b"".join(texts))])
    rows = out(pa.RecordBatch.from_arrays([array, pa.array(["a", "b", "c"])], names=["text", "id"]))
    assert [(row["id"], row["status"]) for row in rows] == [("a", "read"), ("b", "failed"), ("c", "read")]
    assert "not UTF-8" in rows[1]["error"]


def test_an_unforeseen_fault_costs_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(report: Report) -> Any:
        if report.id == "r1":
            raise RecursionError("deep\nand deeper")
        return read(report)

    monkeypatch.setattr(stage, "read", faulty)
    rows = out([report(0), report(1), report(2)])
    assert [row["status"] for row in rows] == ["read", "failed", "read"]
    assert "RecursionError: deep and deeper" in rows[1]["error"]


# --- time ------------------------------------------------------------------------------------------------------------


def slow(report: Report) -> Any:
    """Never ends, and swallows every exception on the way."""
    while report.id == "r1":
        try:
            time.sleep(0.01)
        except Exception:
            continue
    return read(report)


def test_a_slow_row_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "read", slow)
    before = signal.getsignal(signal.SIGALRM)
    rows = out([report(0), report(1), report(2)], seconds=0.3)
    assert [row["status"] for row in rows] == ["read", "too_slow", "read"]
    assert rows[1]["error"] == "reading took more than 0.3 seconds"
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_where_there_are_no_signals_there_is_no_limit() -> None:
    found: list[Row] = []
    thread = threading.Thread(target=lambda: found.extend(out([report(0)], seconds=0.000001)))
    thread.start()
    thread.join()
    assert [row["status"] for row in found] == ["read"]
    assert one(report(0), seconds=0)["status"] == "read"


def test_errors_of_ours_are_not_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(_: Report) -> Any:
        raise InputError("it is not a report")

    monkeypatch.setattr(stage, "read", refusing)
    assert one(report(0))["error"] == "it is not a report"
