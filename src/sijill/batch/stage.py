"""The one stage of reading at scale: batches of rows with texts in, batches of rows with readings out.

It knows no engine. Whatever can call a function on Arrow's record batches (the processes of `engine`, Spark's `mapInArrow`) reads the same
bytes with it. It never raises for a row: a report that cannot be read is a row that says why, and the next one is read.

What a later linking needs comes along, so that nothing is read twice: the MinHash of the text and its rows of words, from which families
are found, and the tellings of its events. A text's family hangs on all the other texts, and is not known here: every telling is of a
family of its own, the text's SHA-256, until `outputs.tellings_of` is told better.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from types import FrameType
from typing import Any, Literal

import msgspec
import pyarrow as pa

from sijill.errors import SijillError
from sijill.families import sign
from sijill.ingest.text import check_text
from sijill.link import packed, tellings
from sijill.memory import LargePages
from sijill.mentions import read_with_mentions
from sijill.pipeline import read
from sijill.records import Reading, Record, Report, to_json

__all__ = [
    "FIELDS",
    "GIVEN",
    "NOT_READ",
    "SCHEMA",
    "Options",
    "Status",
    "can_time",
    "head_of",
    "output_schema",
    "read_batches",
    "read_row",
    "rows_of",
    "to_batch",
]

Row = dict[str, Any]
Status = Literal["read", "unread", "failed", "too_large", "too_slow"]

NOT_READ = ("failed", "too_large", "too_slow")
"""The statuses of rows without a reading. `unread` has one: the text is in no language that is read, and the reading says so."""

GIVEN = ("text", "id", "title", "outlet", "url", "published", "language")
"""The columns that are looked for; only `text` is needed."""

FIELDS = (*GIVEN, "place", "error")
"""The same with what we say of a row ourselves: where it lies, and why there is no text in it."""

SCHEMA = pa.schema(
    [
        ("place", pa.string()),
        ("sha256", pa.string()),
        ("id", pa.string()),
        ("title", pa.string()),
        ("outlet", pa.string()),
        ("url", pa.string()),
        ("published", pa.string()),
        ("language", pa.string()),
        ("status", pa.string()),
        ("error", pa.string()),
        ("reading", pa.string()),
        ("events", pa.int32()),
        ("figures", pa.int32()),
        ("signature", pa.binary()),
        ("rows", pa.binary()),
        ("tellings", pa.list_(pa.binary())),
    ]
)
"""What every row has; `mentions` and `text` stand after it where they are asked for."""


class Options(Record, frozen=True, kw_only=True):
    """How rows are read. `longest` counts characters, `seconds` the time for one report; 0 sets no limit of time.

    `mentions` and `texts` ask for a column of that name. `markup` reads texts in which tags stand: what was taken out of a page may
    speak of them, while a text with tags that comes as it is was never taken out of its page, and is refused.
    """

    longest: int = 1_000_000
    seconds: float = 60.0
    mentions: bool = False
    texts: bool = False
    markup: bool = False


def output_schema(options: Options) -> pa.Schema:
    """The columns of what comes out.

    >>> output_schema(Options(texts=True)).names[-2:]
    ['tellings', 'text']
    """
    schema = SCHEMA
    for name, wanted in (("mentions", options.mentions), ("text", options.texts)):
        schema = schema.append(pa.field(name, pa.string())) if wanted else schema
    return schema


def read_batches(batches: Iterator[pa.RecordBatch], options: Options | None = None) -> Iterator[pa.RecordBatch]:
    """Every row of every batch, read, in the same order; one batch out for each batch in.

    Nothing is raised for a row. A limit of time needs a timer signal: it holds in the main thread of a process, where Python hands
    signals on, and nowhere on Windows; elsewhere no report is too slow (`can_time`).

    >>> rows = pa.RecordBatch.from_pylist([{"text": "قُتل ثلاثة مدنيين في قصف على مدينة إدلب."}, {"text": None}])
    >>> [(row["status"], row["events"], row["figures"]) for row in next(read_batches(iter([rows]))).to_pylist()]
    [('read', 1, 1), ('failed', None, None)]
    """
    options = options or Options()
    for batch in batches:
        yield to_batch([read_row(row, options) for row in rows_of(batch)], options)


def to_batch(rows: list[Row], options: Options) -> pa.RecordBatch:
    """Rows that were read as a record batch."""
    return pa.RecordBatch.from_pylist(rows, schema=output_schema(options))


def rows_of(batch: pa.RecordBatch) -> Iterator[Row]:
    """The rows of a batch, of the columns that are known. What Arrow cannot give as a value is an error of its row alone."""
    columns = {name: batch.column(name) for name in FIELDS if name in batch.schema.names}
    try:
        values = {name: column.to_pylist() for name, column in columns.items()}
    except (ValueError, OverflowError, pa.ArrowException):
        for at in range(batch.num_rows):
            yield _row_alone(columns, at)
        return
    for at in range(batch.num_rows):
        yield {name: column[at] for name, column in values.items()}


def _row_alone(columns: dict[str, pa.Array], at: int) -> Row:
    row: Row = {}
    for name, column in columns.items():
        try:
            row[name] = column[at].as_py()
        except (ValueError, OverflowError, pa.ArrowException):
            row.setdefault("error", f'"{name}" is damaged, or not UTF-8; export it anew')
    return row


# --- one row ---------------------------------------------------------------------------------------------------------


def read_row(row: Row, options: Options) -> Row:
    """One row, read: what `SCHEMA` says of it. Raises nothing.

    >>> read_row({"text": "no Arabic", "id": 7}, Options())["status"]
    'unread'
    >>> read_row({"text": "<p>قُتل مدني</p>"}, Options())["error"].partition(",")[0]
    'the text is HTML (<p> on line 1)'
    """
    head = head_of(row, options)
    if head["error"]:
        return head | {"status": "failed"}
    text = row["text"]
    if len(text) > options.longest:
        return head | {"status": "too_large", "error": f"the text has {len(text):,} characters, and the limit is {options.longest:,}"}
    try:
        with _within(options.seconds):
            if not options.markup:
                check_text(text, name="the text")
            return head | _read(_report(head, text), options)
    except _TooSlow:
        return head | {"status": "too_slow", "error": f"reading took more than {options.seconds:g} seconds"}
    except SijillError as wrong:
        return head | {"status": "failed", "error": str(wrong)}
    except Exception as wrong:  # one report must not end the run
        said = " ".join(f"{type(wrong).__name__}: {wrong}".split())[:500]
        return head | {"status": "failed", "error": f"reading failed, which is a fault of sijill ({said})"}


def head_of(row: Row, options: Options) -> Row:
    """What is known of a row before it is read, with the error that keeps it from being read, if there is one."""
    given = {name: _plain(row.get(name)) for name in FIELDS if name not in ("text", "error")}
    wrong = [name for name, value in given.items() if value is not None and not isinstance(value, str)]
    given |= dict.fromkeys(wrong)
    text, error = row.get("text"), row.get("error")
    if not error:
        error = _missing(text) or (f'"{wrong[0]}" must be a string' if wrong else None)
    report = Report.of(text, id=given["id"]) if isinstance(text, str) and text else None
    known = {"sha256": report.sha256, "id": report.id} if report else {"sha256": None}
    also = {"text": text if isinstance(text, str) else None} if options.texts else {}
    return dict.fromkeys(output_schema(options).names) | given | known | also | {"error": error}


def _plain(value: Any) -> Any:
    """A value as the text that it stands for: days as they are written, numbers that serve as ids, empty texts as none."""
    if isinstance(value, date):  # also a time of a day
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return None if value == "" else value


def _missing(text: Any) -> str | None:
    if text is None:
        return 'the row has no "text"'
    if not isinstance(text, str):
        return '"text" must be a string'
    return None if text and not text.isspace() else "the text is empty; give a report's text"


def _report(head: Row, text: str) -> Report:
    given = {name: head[name] for name in ("id", "title", "outlet", "url", "published")}
    report = Report.of(text, **given)
    return msgspec.structs.replace(report, language=head["language"]) if head["language"] else report


_PAGES = LargePages()


def _read(report: Report, options: Options) -> Row:
    _PAGES.one_more()
    whole = read_with_mentions(report) if options.mentions else read(report)
    reading: Reading = msgspec.structs.replace(whole, mentions=None) if options.mentions else whole
    signature = sign(report.text)
    made = {
        "published": reading.published,
        "status": "unread" if reading.kind == "unread" else "read",
        "reading": to_json(reading),
        "events": len(reading.events),
        "figures": len(reading.figures),
        "signature": signature.hashes,
        "rows": signature.rows,
        "tellings": [packed(telling) for telling in tellings(report, reading)],
    }
    return made | {"mentions": to_json(whole.mentions or [])} if options.mentions else made


# --- time ------------------------------------------------------------------------------------------------------------


class _TooSlow(BaseException):
    """Rings in the midst of reading; no `except Exception` on the way may take it for a fault of its own."""


class _Timer:
    """A block that is given so many seconds. The timer rings again in case the first bell was lost in code that swallows everything."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGALRM, self._ring)
        signal.setitimer(signal.ITIMER_REAL, self._seconds, max(self._seconds, 1.0))

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._before)

    def _ring(self, _number: int, _frame: FrameType | None) -> None:
        raise _TooSlow


def can_time() -> bool:
    """Whether a limit of time holds here: in the main thread, on systems with timer signals.

    >>> can_time()
    True
    """
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def _within(seconds: float) -> AbstractContextManager[None]:
    return _Timer(seconds) if seconds > 0 and can_time() else nullcontext()
