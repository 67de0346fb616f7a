"""What is written: several steps that are kept together or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete, func, select
from sqlalchemy import text as sql

from sijill.errors import StoreError
from sijill.records import Incident, Judgement, Original, Reading, Report
from sijill.store import incidents as incident_views
from sijill.store import tables as t
from sijill.store.accounts import AccountChanges
from sijill.store.audit import START, canonical, claim_lines, digest, entry_hash
from sijill.store.chunks import chunks
from sijill.store.database import insert_many, insert_rows, roomy
from sijill.store.dump import AcquisitionLine, AnchorLine, Dumped, EntryLine, JudgementLine, OriginalLine, ReadingLine
from sijill.store.kept import Acquisition, Added, Anchor, encoded
from sijill.store.packing import pack, unpack
from sijill.store.spans import banded, day_of, span_of
from sijill.store.words import name_key, shadow

__all__ = ["Batch"]

_ROWS = 2000
_BYTES = 16 << 20
_ORDER = (*t.KEPT, t.report_words, t.signatures, t.families, t.tellings, t.blocks, t.components, t.ties)
_INDEX = sql("INSERT INTO report_index (rowid, shadow) VALUES (:report, :shadow)")


class Batch:
    """Writes to a register, in one transaction; made by `Store.writing`.

    Rows wait in memory and go to the database many at a time. Nobody else writes meanwhile, so that numbers can be given out here.
    """

    def __init__(self, connection: Connection, now: Callable[[], str]) -> None:
        self._connection = connection
        self._now = now
        self._waiting: dict[Table, list[dict[str, Any]]] = defaultdict(list)
        self._stale: dict[Table, set[int]] = defaultdict(set)  # reports whose rows of a view go before those that wait come
        self._fresh: dict[Table, set[str]] = defaultdict(set)  # what this batch added, by its key
        self._bands: list[tuple[int, int, int]] = []  # they wait too, without a name for every value: there are many
        self._rows = self._bytes = 0
        self._numbers = {table: connection.execute(select(func.max(table.c.number))).scalar() or 0 for table in t.KEPT}
        last = select(t.audit.c.hash).where(t.audit.c.number == self._numbers[t.audit])
        self._last_hash = connection.execute(last).scalar() or START
        self._absent: dict[Table, set[str]] = defaultdict(set)  # what was looked for in vain, by its key
        self._reports: dict[str, int] = {}  # numbers of reports that this batch met, by SHA-256
        self.accounts = AccountChanges(connection, self.note, now)

    def roomy(self) -> AbstractContextManager[None]:
        """A block in which more memory may be used than else, for work on the whole register."""
        return roomy(self._connection)

    def number(self, numbers: Mapping[str, int]) -> None:
        """Be told the numbers of reports, by SHA-256, which are else asked for one by one."""
        self._reports.update(numbers)

    # --- what is kept ------------------------------------------------------------------------------------------------

    def look_up(self, reports: Iterable[str], originals: Iterable[str]) -> None:
        """See at once which of some reports and originals are there, by SHA-256, before they are added one by one."""
        for table, shas in ((t.reports, set(reports)), (t.originals, set(originals))):
            for part in chunks(shas - self._fresh[table]):
                rows = self._connection.execute(select(table.c.sha256, table.c.number).where(table.c.sha256.in_(part)))
                there = {row.sha256: row.number for row in rows}
                self._absent[table] |= set(part) - there.keys()
                if table is t.reports:
                    self._reports |= there

    def add(
        self,
        report: Report,
        original: Original,
        data: bytes | None,
        reading: Reading | None = None,
        *,
        reader: str = "",
        by: str = "sijill",
    ) -> Added:
        """Keep a report, the bytes it came from and what was read from it; "there" if its very text is kept already.

        Then its reading is not looked at (see `add_reading`); but if it was obtained from elsewhere, that is kept as a further
        acquisition, for a reprint is a fact. `data` may be None where bytes are not to be kept. `reader` is the version of what made
        the reading, `by` who adds it. Raises `StoreError` where a hash does not fit, and for text that is no Unicode.
        """
        text, record = _checked(report, original, data, reading)  # all that can be wrong is seen before anything is put down
        number = self._report(report.sha256)
        acquired = Acquisition(report=report.sha256, original=original, at=self._now(), **{name: getattr(report, name) for name in _ABOUT})
        fingerprint = digest(canonical([report.sha256, original.location, report.outlet, report.url]))
        if number is not None and self._there(t.acquisitions, t.acquisitions.c.fingerprint, fingerprint):
            return "there"
        digests: dict[str, str] = {}
        packed = pack(text)
        if data is not None and not self._there(t.originals, t.originals.c.sha256, original.sha256):
            self._put_original(original.sha256, data, packed if data == text else pack(data))
            digests["original"] = original.sha256
        was_there = number is not None
        if number is None:
            number, digests["report"] = self._put_report(report, packed, acquired.at)
        digests["acquisition"] = self._put_acquisition(acquired, encoded(acquired), fingerprint, number)
        if not was_there and reading is not None:
            digests["reading"] = self._put_reading(number, reading, record, reader, acquired.at)
        detail: dict[str, Any] = {"digests": digests, "location": original.location}
        if "reading" in digests:
            detail["reader"] = reader
        self.note("acquire" if was_there else "add", report.sha256, detail, by=by)
        return "there" if was_there else "added"

    def add_reading(self, reading: Reading, reader: str, *, by: str = "sijill") -> Added:
        """Keep a further reading of a report that is kept; from now on it is the one that counts.

        Earlier readings and their claims stay, no longer current. "there" if the latest reading is this one, by the same reader.
        Raises `StoreError` where the report is not kept.
        """
        number = self._known(reading.sha256)
        self._flush()
        record = msgspec.json.encode(reading)
        c = t.readings.c
        latest = self._connection.execute(
            select(c.sha256, c.reader).where(c.report == number).order_by(c.number.desc()).limit(1)
        ).one_or_none()
        if latest == (digest(record), reader):
            return "there"
        kept = self._put_reading(number, reading, record, reader, self._now())
        self.note("read", reading.sha256, {"digests": {"reading": kept}, "reader": reader}, by=by)
        return "added"

    def judge(self, judgement: Judgement) -> Added:
        """Keep a reviewer's decision; "there" if this very one is kept.

        Raises `StoreError` where another decision has its id, and where it takes back one that is not kept.
        """
        self._flush()
        record, c = encoded(judgement), t.judgements.c
        before = self._connection.execute(select(c.record).where(c.id == judgement.id)).scalar()
        if before == record:
            return "there"
        if before is not None:
            raise StoreError(f"another judgement has the id {judgement.id}; give this one an id of its own")
        if judgement.undoes is not None and not self._there(t.judgements, c.id, judgement.undoes):
            raise StoreError(f"there is no judgement {judgement.undoes} to take back")
        self._put_judgement(judgement, record)
        self.note("judge", judgement.claim, {"digests": {"judgement": digest(record)}, "decision": judgement.decision}, by=judgement.by)
        return "added"

    def put_anchors(self, anchors: Iterable[Anchor]) -> None:
        """Keep to which incidents claims were told to belong; the latest of a claim counts. What is so already is not kept again."""
        self._flush()
        c, at = t.anchors.c, self._now()
        for part in chunks(anchors):
            latest = select(func.max(c.number)).where(c.claim.in_({a.claim for a in part})).group_by(c.claim)
            rows = self._connection.execute(select(c.claim, c.incident).where(c.number.in_(latest)))
            told: dict[str, str] = {row.claim: row.incident for row in rows}
            for anchor in part:
                if told.get(anchor.claim) != anchor.incident:
                    told[anchor.claim] = anchor.incident
                    self._put_anchor(anchor, at)
            self._flush()

    def note(self, action: str, subject: str, detail: Mapping[str, Any] | None = None, *, by: str = "sijill") -> None:
        """Add an entry to the audit log: for what is done with a register by others, as "export", "import" and "rebuild"."""
        number, at = self._next(t.audit), self._now()
        action, subject, by, said = t.plain(action), t.plain(subject), t.plain(by), canonical(detail or {})
        hashed = entry_hash(number, at, by, action, subject, said, self._last_hash)
        self._put_entry(number, at, by, action, subject, said, self._last_hash, hashed)

    # --- views -------------------------------------------------------------------------------------------------------

    def put_signature(self, sha: str, signature: bytes, bands: Sequence[int], published: str | None) -> None:
        """Keep the MinHash signature of a report that has none, the keys of its bands (whole numbers of 64 bits), when it was published."""
        number = self._known(sha)
        self._put(t.signatures, {"report": number, "signature": signature}, len(signature))
        span = span_of(day_of(published))
        self._bands += ((span, key, number) for key in set(banded(bands)))
        self._rows += len(bands)

    def clear_signatures(self) -> None:
        """Take out all signatures and bands."""
        self._clear(t.signatures, t.bands)

    def set_families(self, families: Mapping[str, str], *, everything: bool = False) -> None:
        """Say of reports, by SHA-256, to which family they belong; with `everything` all other reports then belong to none."""
        self._flush()
        if everything:
            self._connection.execute(delete(t.families))
        for part in chunks(families):
            numbers = self._all_known(part)
            if not everything:
                self._connection.execute(delete(t.families).where(t.families.c.report.in_(numbers.values())))
            insert_many(self._connection, t.families, [{"report": numbers[sha], "family": families[sha]} for sha in part])

    def put_blocks(self, sha: str, blocks: Mapping[str, Collection[str]]) -> None:
        """Keep the blocking keys of a report's event claims, by claim; those that the report had before are replaced."""
        number = self._known(sha)
        self._forget(number, t.blocks)
        for claim, keys in blocks.items():
            for key in dict.fromkeys(map(t.plain, keys)):
                self._put(t.blocks, {"key": key, "claim": claim, "report": number})

    def put_tellings(self, sha: str, tellings: Iterable[tuple[str, int, bytes]]) -> None:
        """Keep the tellings of a report in their order, as (claim, place in the order of days, record); earlier ones are replaced."""
        number = self._known(sha)
        self._forget(number, t.tellings)
        for position, (claim, place, record) in enumerate(tellings):
            row = {"claim": claim, "report": number, "position": position, "place": place, "record": record}
            self._put(t.tellings, row, len(record))

    def clear_tellings(self) -> None:
        """Take out all tellings and blocking keys."""
        self._clear(t.tellings, t.blocks)

    def clear_chains(self) -> None:
        """Take out all chains with their components and ties."""
        self._clear(t.components, t.ties)

    def _clear(self, *tables: Table) -> None:
        self._flush()
        for table in tables:
            self._connection.execute(delete(table))

    def put_chain(self, components: Iterable[Mapping[str, str]], ties: Iterable[tuple[str, str, float]]) -> None:
        """Keep a chain: its components, as event claims with the SHA-256 of their reports, and the ties that hold it, of two claims each.

        A chain and a component are named by the first of their claims; these must be in none.
        """
        row = list(components)
        chain = min(claim for claims in row for claim in claims)
        for claims in row:
            name = min(claims)
            for claim, sha in claims.items():
                self._put(t.components, {"claim": claim, "report": self._known(sha), "component": name, "chain": chain})
        for one, other, weight in ties:
            self._put(t.ties, {"chain": chain, "one": one, "other": other, "weight": weight})

    def forget_chains(self, chains: Collection[str]) -> None:
        """Take out some chains, by name, with their components and ties."""
        self._flush()
        for part in chunks(chains):
            for table in (t.components, t.ties):
                self._connection.execute(delete(table).where(table.c.chain.in_(part)))

    def replace_incidents(self, incidents: Iterable[Incident], removed: Iterable[str] = (), *, everything: bool = False) -> None:
        """Put incidents in the place of those with their ids, and take others out; with `everything`, all that were there.

        Raises `StoreError` where an incident is told by a report that is not kept.
        """
        self._flush()
        if everything:
            for table in (*incident_views.LINKS, t.incidents):
                self._connection.execute(delete(table))
        for ids in chunks(removed):
            incident_views.forget(self._connection, ids)
        for part in chunks(incidents):
            if not everything:
                incident_views.forget(self._connection, (incident.id for incident in part))
            made = incident_views.rows(part, self._all_known({sha for incident in part for sha in incident.reports}))
            for table, rows in zip((t.incidents, *incident_views.LINKS), made, strict=True):
                if rows:
                    insert_many(self._connection, table, rows)

    def rebuild_search(self) -> None:
        """Make the index of words anew, as is needed when the folding of words changes."""
        self._flush()
        self._connection.execute(delete(t.report_words))
        if self._connection.dialect.name == "sqlite":
            self._connection.execute(sql("INSERT INTO report_index (report_index) VALUES ('delete-all')"))
        c, last = t.reports.c, 0
        while rows := self._connection.execute(
            select(c.number, c.packing, c.text).where(c.number > last).order_by(c.number).limit(500)
        ).all():
            for row in rows:
                self._put(t.report_words, {"report": row.number, "shadow": shadow(unpack(row.packing, row.text).decode())})
            last = rows[-1].number
            self._flush()
        self.note("rebuild", "search")

    # --- import ------------------------------------------------------------------------------------------------------

    def load(self, lines: Iterable[Dumped]) -> None:
        """Fill an empty register with what `Store.dump` gave: the same reports, ids, times and audit log.

        Raises `StoreError` where the register is not empty, and where a line does not fit those before it.
        """
        if any(self._numbers.values()):
            raise StoreError("an import needs an empty register, and this one is not; import into a new one")
        for line in lines:
            try:
                self._load(line)
            except msgspec.MsgspecError as wrong:
                raise StoreError(f"a line of the import is no {type(line).__name__}: {wrong}") from wrong

    def _load(self, line: Dumped) -> None:
        match line:
            case OriginalLine():
                if digest(line.data) != line.sha256:
                    raise StoreError(f"the import is damaged: the bytes of original {line.sha256} are not those of its SHA-256")
                self._put_original(line.sha256, line.data, pack(line.data))
            case AcquisitionLine():
                acquired = msgspec.json.decode(line.acquisition, type=Acquisition)
                fingerprint = digest(canonical([acquired.report, acquired.original.location, acquired.outlet, acquired.url]))
                self._put_acquisition(acquired, bytes(line.acquisition).decode(), fingerprint, self._known(acquired.report))
            case ReadingLine():
                reading = msgspec.json.decode(line.reading, type=Reading)
                self._put_reading(self._known(line.report), reading, bytes(line.reading), line.reader, line.at)
            case JudgementLine():
                self._put_judgement(msgspec.json.decode(line.judgement, type=Judgement), bytes(line.judgement).decode())
            case AnchorLine():
                self._put_anchor(line.anchor, line.at)
            case EntryLine():
                e = line.entry
                self._next(t.audit)
                self._put_entry(e.number, e.at, e.by, e.action, e.subject, canonical(e.detail), e.previous, e.hash)
            case _:
                text = line.report.text.encode()
                if digest(text) != line.report.sha256:
                    raise StoreError(f"the import is damaged: the text of report {line.report.sha256} is not that of its SHA-256")
                self._put_report(line.report, pack(text), line.added)

    # --- rows --------------------------------------------------------------------------------------------------------

    def _put_original(self, sha: str, data: bytes, as_kept: tuple[int, bytes]) -> None:
        packing, packed = as_kept
        self._fresh[t.originals].add(sha)
        row = {"number": self._next(t.originals), "sha256": sha, "size": len(data), "packing": packing, "data": packed}
        self._put(t.originals, row, len(packed))

    def _put_report(self, report: Report, as_kept: tuple[int, bytes], added: str) -> tuple[int, str]:
        number = self._next(t.reports)
        self._reports[report.sha256] = number
        self._fresh[t.reports].add(report.sha256)
        about = canonical({name: getattr(report, name) for name in _ABOUT})
        packing, packed = as_kept
        row = {
            "number": number,
            "sha256": report.sha256,
            "published": t.plain(report.published or "")[:10],
            "outlet": name_key(report.outlet or ""),
            "language": report.language,
            "added": added,
            "about": about,
            "packing": packing,
            "text": packed,
        }
        self._put(t.reports, row, len(packed))
        said = shadow(report.text)
        self._put(t.report_words, {"report": number, "shadow": said}, 2 * len(said))
        return number, digest(report.sha256 + about)

    def _put_acquisition(self, acquired: Acquisition, record: str, fingerprint: str, report: int) -> str:
        self._fresh[t.acquisitions].add(fingerprint)
        row = {
            "number": self._next(t.acquisitions),
            "report": report,
            "fingerprint": fingerprint,
            "original": acquired.original.sha256,
            "outlet": name_key(acquired.outlet or ""),
            "record": record,
        }
        self._put(t.acquisitions, row)
        return digest(record)

    def _put_reading(self, report: int, reading: Reading, record: bytes, reader: str, at: str) -> str:
        number, sha = self._next(t.readings), digest(record)
        packing, packed = pack(record)
        row = {"number": number, "report": report, "reader": reader, "at": at, "sha256": sha, "packing": packing, "record": packed}
        self._put(t.readings, row, len(packed))
        for claim, kind, what, position, start, end in claim_lines(reading):
            line = {"number": self._next(t.claims), "claim": claim, "report": report, "reading": number, "kind": kind, "what": what}
            self._put(t.claims, {**line, "position": position, "start": start, "end": end})
        return sha

    def _put_judgement(self, judgement: Judgement, record: str) -> None:
        self._fresh[t.judgements].add(judgement.id)
        row = {
            "number": self._next(t.judgements),
            "id": judgement.id,
            "claim": judgement.claim,
            "other": judgement.other,
            "undoes": judgement.undoes,
            "at": judgement.at,
            "record": record,
        }
        self._put(t.judgements, row)

    def _put_anchor(self, anchor: Anchor, at: str) -> None:
        row = {"number": self._next(t.anchors), "incident": anchor.incident, "claim": anchor.claim, "report": anchor.report, "at": at}
        self._put(t.anchors, row)

    def _put_entry(self, number: int, at: str, by: str, action: str, subject: str, detail: str, previous: str, hashed: str) -> None:
        row = {"number": number, "at": at, "by": by, "action": action, "subject": subject, "detail": detail}
        self._put(t.audit, {**row, "previous": previous, "hash": hashed})
        self._last_hash = hashed

    def _next(self, table: Table) -> int:
        self._numbers[table] += 1
        return self._numbers[table]

    def _put(self, table: Table, row: dict[str, Any], size: int = 200) -> None:
        self._waiting[table].append(row)
        self._rows += 1
        self._bytes += size
        if self._rows >= _ROWS or self._bytes >= _BYTES:
            self._flush()

    def _flush(self) -> None:
        """Send what waits to the database; still inside the transaction."""
        for table, reports in self._stale.items():
            for part in chunks(reports):
                self._connection.execute(delete(table).where(table.c.report.in_(part)))
        self._stale.clear()
        if not self._rows:
            return
        for table in _ORDER:
            rows = self._waiting.pop(table, None)
            if rows:
                insert_many(self._connection, table, rows)
                if table is t.report_words and self._connection.dialect.name == "sqlite":
                    self._connection.execute(_INDEX, rows)
        if self._bands:
            insert_rows(self._connection, t.bands, ("span", "key", "report"), sorted(self._bands))
            self._bands.clear()
        self._rows = self._bytes = 0

    def flushed(self) -> Connection:
        """The connection, with all that was written so far to be seen on it."""
        self._flush()
        return self._connection

    def _forget(self, report: int, *tables: Table) -> None:
        """Take out what views have of a report."""
        if any(report in self._stale[table] for table in tables):
            self._flush()  # it was put twice: the first rows must be there to be taken out
        for table in tables:
            self._stale[table].add(report)

    # --- what is there -----------------------------------------------------------------------------------------------

    def _there(self, table: Table, column: Any, value: str) -> bool:
        if value in self._fresh[table]:
            return True
        if value in self._absent[table]:
            return False
        return self._connection.execute(select(column).where(column == value)).first() is not None

    def _report(self, sha: str) -> int | None:
        number = self._reports.get(sha)
        if number is None and sha not in self._absent[t.reports]:
            number = self._connection.execute(select(t.reports.c.number).where(t.reports.c.sha256 == sha)).scalar()
            if number is not None:
                self._reports[sha] = number
        return number

    def _known(self, sha: str) -> int:
        number = self._report(sha)
        if number is None:
            raise StoreError(f"the register holds no report {sha}; add it first")
        return number

    def _all_known(self, shas: Collection[str]) -> dict[str, int]:
        self._flush()
        missing = [sha for sha in shas if sha not in self._reports]
        for part in chunks(missing):
            rows = self._connection.execute(select(t.reports.c.sha256, t.reports.c.number).where(t.reports.c.sha256.in_(part)))
            self._reports.update({row.sha256: row.number for row in rows})
        return {sha: self._known(sha) for sha in shas}


_ABOUT = ("id", "title", "outlet", "url", "published", "language")


def _checked(report: Report, original: Original, data: bytes | None, reading: Reading | None) -> tuple[bytes, bytes]:
    """The text as bytes and the reading as JSON, when all hashes are right."""
    try:
        text = report.text.encode()
        canonical([report.id, report.title, report.outlet, report.url, report.language, original])
        record = msgspec.json.encode(reading)
    except UnicodeEncodeError as wrong:
        raise StoreError(f"report {report.id} holds half a surrogate pair, which is no character; export it anew as UTF-8") from wrong
    if digest(text) != report.sha256:
        raise StoreError(f"report {report.id} does not have the SHA-256 of its text; make it with Report.of")
    if data is not None and digest(data) != original.sha256:
        raise StoreError(f"the bytes of {original.location} do not have the SHA-256 that is given for them")
    if reading is not None and reading.sha256 != report.sha256:
        raise StoreError(f"the reading {reading.id} is not of report {report.id}")
    return text, record
