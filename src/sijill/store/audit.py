"""The audit log: a chain of entries, each with the hash of the one before it; and what is checked against it.

Whoever alters an entry, or takes one out, has to make every later entry anew, and anyone who wrote down a later hash sees it. Entries
hold digests of what was added, so that the same goes for reports, readings and judgements. What is cut off at the end of the chain with
all that belongs to it leaves no trace in the register itself: keep `Store.head()` elsewhere to see that too.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, func, select
from sqlalchemy import text as sql

from sijill.errors import StoreError
from sijill.records import EventClaim, FigureClaim, Reading, Record
from sijill.store import tables as t
from sijill.store.kept import Entry
from sijill.store.packing import unpack

__all__ = ["START", "Problem", "Verification", "canonical", "digest", "entries", "entry_hash", "verify"]

START = "0" * 64
"""What stands for the hash before the first entry."""


class Problem(Record, frozen=True, kw_only=True):
    """Something in the register that is not as it was added: what it is, which one, and what is wrong with it."""

    what: str
    subject: str
    note: str


class Verification(Record, frozen=True, kw_only=True):
    """What was looked through, and every problem found; `head` is the hash of the last entry of the audit log."""

    entries: int
    originals: int
    reports: int
    readings: int
    claims: int
    judgements: int
    head: str
    problems: list[Problem] = []

    @property
    def ok(self) -> bool:
        """Whether all is as it was added."""
        return not self.problems


def canonical(value: object) -> str:
    """JSON that is the same for the same value: keys sorted, no spaces.

    >>> canonical({"b": 1, "a": "قصف"})
    '{"a":"قصف","b":1}'
    """
    return msgspec.json.encode(value, order="sorted").decode()


def digest(data: str | bytes) -> str:
    """The SHA-256 of bytes, or of a text's UTF-8, in hex digits.

    >>> digest("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def entry_hash(number: int, at: str, by: str, action: str, subject: str, detail: str, previous: str) -> str:
    """The hash of an entry: of a JSON list of all else that it holds, `detail` as its JSON text.

    >>> entry_hash(1, "2022-02-02T10:00:00Z", "amal", "add", "ab", "{}", START)[:8]
    '3e2340f3'
    """
    return digest(canonical([number, at, by, action, subject, detail, previous]))


def entries(connection: Connection, *, after: int = 0) -> Iterator[Entry]:
    """The entries of the log in order, beginning after a number."""
    yield from _entries(connection, select(t.audit).where(t.audit.c.number > after).order_by(t.audit.c.number))


def latest(connection: Connection, action: str, subject: str | None = None) -> dict[str, Entry]:
    """The last entry of an action for each of its subjects, or for one; the latest last."""
    c = t.audit.c
    of = (c.action == action,) if subject is None else (c.action == action, c.subject == subject)
    last = select(func.max(c.number)).where(*of).group_by(c.subject)
    return {entry.subject: entry for entry in _entries(connection, select(t.audit).where(c.number.in_(last)).order_by(c.number))}


def _entries(connection: Connection, query: Select[Any]) -> Iterator[Entry]:
    for row in connection.execute(query, execution_options={"yield_per": 1000}):
        yield Entry(
            number=row.number,
            at=row.at,
            by=row.by,
            action=row.action,
            subject=row.subject,
            detail=msgspec.json.decode(row.detail),
            previous=row.previous,
            hash=row.hash,
        )


def verify(connection: Connection, progress: Callable[[int], None] | None = None) -> Verification:
    """Everything that is kept, compared with its hashes, its claims with the words they quote, and all with the audit log.

    `progress` is called with 1 for each report. Memory grows with the number of reports, by some 300 bytes each.
    """
    check = _Check(connection)
    head, entries_seen = check.chain()
    originals = check.originals()
    readings, claims = check.readings()
    reports = check.reports(progress)
    judgements = check.records(t.judgements, "judgement")
    check.records(t.acquisitions, "acquisition")
    check.against_the_log()
    check.index(reports)
    check.file()
    return Verification(
        entries=entries_seen,
        originals=originals,
        reports=reports,
        readings=readings,
        claims=claims,
        judgements=judgements,
        head=head,
        problems=check.problems,
    )


class _Check:
    """One walk through a register."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.problems: list[Problem] = []
        self._logged: Counter[str] = Counter()  # digests that the log speaks of …
        self._found: Counter[str] = Counter()  # … and those of what is there

    def _wrong(self, what: str, subject: object, note: str) -> None:
        self.problems.append(Problem(what=what, subject=str(subject), note=note))

    def _rows(self, query: Any) -> Iterator[Any]:
        yield from self.connection.execute(query, execution_options={"yield_per": 500})

    def chain(self) -> tuple[str, int]:
        previous, number = START, 0
        for row in self._rows(select(t.audit).order_by(t.audit.c.number)):
            number += 1
            if row.number != number:
                self._wrong("audit", row.number, f"entries {number} to {row.number - 1} are missing")
                number = row.number
            if row.previous != previous:
                self._wrong("audit", row.number, "it does not follow on the entry before it")
            if row.hash != entry_hash(row.number, row.at, row.by, row.action, row.subject, row.detail, row.previous):
                self._wrong("audit", row.number, "it was altered: its hash is another")
            previous = row.hash
            try:
                digests = msgspec.json.decode(row.detail).get("digests", {})
                self._logged.update(f"{what} {value}" for what, value in digests.items())
            except (msgspec.DecodeError, AttributeError):
                self._wrong("audit", row.number, "its detail is no JSON object")
        return previous, number

    def originals(self) -> int:
        count = 0
        for row in self._rows(select(t.originals).order_by(t.originals.c.number)):
            count += 1
            data = self._unpacked("original", row.sha256, row.packing, row.data)
            if data is not None and (digest(data), len(data)) != (row.sha256, row.size):
                self._wrong("original", row.sha256, "its bytes were altered")
            self._found[f"original {row.sha256}"] += 1
        return count

    def reports(self, progress: Callable[[int], None] | None) -> int:
        count = 0
        for row in self._rows(select(t.reports).order_by(t.reports.c.number)):
            count += 1
            text = self._unpacked("report", row.sha256, row.packing, row.text)
            if text is not None and digest(text) != row.sha256:
                self._wrong("report", row.sha256, "its text was altered")
            self._found[f"report {digest(row.sha256 + row.about)}"] += 1
            if progress:
                progress(1)
        return count

    def readings(self) -> tuple[int, int]:
        """Every reading with the text it is of, and its rows in the table of claims."""
        said = select(t.readings, t.reports.c.sha256.label("of"), t.reports.c.packing.label("text_packing"), t.reports.c.text).join(
            t.reports
        )
        rows = self._rows(select(t.claims).order_by(t.claims.c.reading, t.claims.c.number))
        row = next(rows, None)
        readings = claims = 0
        for kept in self._rows(said.order_by(t.readings.c.number)):
            readings += 1
            listed = []
            while row is not None and row.reading <= kept.number:
                listed.append((row.reading, row.report, row.claim, row.kind, row.what, row.position, row.start, row.end))
                row = next(rows, None)
            claims += len(listed)
            self._found[f"reading {kept.sha256}"] += 1
            record = self._unpacked("reading", kept.of, kept.packing, kept.record)
            text = self._unpacked("report", kept.of, kept.text_packing, kept.text)
            if record is None or text is None:
                continue
            if digest(record) != kept.sha256:
                self._wrong("reading", kept.of, f"the reading by {kept.reader} of {kept.at} was altered")
                continue
            reading = msgspec.json.decode(record, type=Reading)
            if listed != [(kept.number, kept.report, *line) for line in claim_lines(reading)]:
                self._wrong("reading", kept.of, f"the claims listed are not those of the reading by {kept.reader} of {kept.at}")
            self._quotes(reading, text.decode("utf-8", "replace"))
        if row is not None:
            self._wrong("claim", row.claim, "it belongs to no reading")
        return readings, claims

    def _quotes(self, reading: Reading, text: str) -> None:
        claims: list[EventClaim | FigureClaim] = [*reading.events, *reading.figures]
        for claim in claims:
            if text[claim.start : claim.end] != claim.quote:
                self._wrong("claim", claim.claim, f"its quote does not stand at {claim.start} to {claim.end} of report {reading.sha256}")

    def records(self, table: Any, what: str) -> int:
        count = 0
        for row in self._rows(select(table.c.record).order_by(table.c.number)):
            count += 1
            self._found[f"{what} {digest(row.record)}"] += 1
        return count

    def against_the_log(self) -> None:
        for difference, note in (
            (self._logged - self._found, "the audit log has it, and it is missing or altered"),
            (self._found - self._logged, "the audit log does not have it: it was put in or altered by other means"),
        ):
            for what in sorted(difference):
                kind, _, value = what.partition(" ")
                self._wrong(kind, value, note)

    def index(self, reports: int) -> None:
        listed = self.connection.execute(select(func.count()).select_from(t.report_words)).scalar()
        if listed != reports:
            self._wrong("search", "index", f"{listed} of {reports} reports can be searched; rebuild it")

    def file(self) -> None:
        if self.connection.dialect.name == "sqlite":
            said = [row[0] for row in self.connection.execute(sql("PRAGMA quick_check(5)"))]
            if said != ["ok"]:
                self._wrong("file", "database", "; ".join(" ".join(str(line).split()) for line in said))

    def _unpacked(self, what: str, subject: str, how: int, data: bytes) -> bytes | None:
        try:
            return unpack(how, data)
        except StoreError as wrong:
            self._wrong(what, subject, str(wrong))
            return None


def claim_lines(reading: Reading) -> list[tuple[str, str, str, int, int, int]]:
    """The lines of a reading in the table of claims: claim, kind, what, position, start, end."""
    events = [(e.claim, "event", str(e.kind), i, e.start, e.end) for i, e in enumerate(reading.events)]
    return events + [(f.claim, "figure", str(f.effect), i, f.start, f.end) for i, f in enumerate(reading.figures)]
