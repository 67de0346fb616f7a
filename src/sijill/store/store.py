"""The register as it is stored: opened from a file or a PostgreSQL database, read here, written through a `Batch`."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, func, select, tuple_

from sijill.errors import StoreError
from sijill.records import Incident, Judgement, Reading, Report
from sijill.store import audit as audit_log
from sijill.store import database, incidents, neighbours, overview, search
from sijill.store import tables as t
from sijill.store.accounts import Accounts
from sijill.store.audit import Verification
from sijill.store.batch import Batch
from sijill.store.chunks import chunks
from sijill.store.dump import Dumped, dump
from sijill.store.incidents import IncidentFilter, Order
from sijill.store.kept import ROW_OF, Acquisition, Anchor, Counts, Entry, Hits, Incidents, Map, Months, ReadingInfo, StoredClaim
from sijill.store.neighbours import Dated, Member
from sijill.store.packing import unpack
from sijill.store.search import ReportFilter

__all__ = ["Store"]

_ALL_REPORTS = ReportFilter()
_ALL_INCIDENTS = IncidentFilter()


def _clock() -> datetime:
    return datetime.now(UTC)


class Store:
    """A register: what is kept, and the views made from it. Several processes and threads may use one at a time.

    >>> import tempfile, pathlib
    >>> from sijill.records import Original, Report
    >>> folder = tempfile.TemporaryDirectory()
    >>> report = Report.of("قُتل ثلاثة مدنيين في قصف على إدلب.", outlet="عنب بلدي", published="2022-02-02")
    >>> original = Original(sha256=report.sha256, media_type="text/plain", location="a.txt", how="file", obtained="2022-02-03T08:00:00Z")
    >>> with Store.open(str(pathlib.Path(folder.name, "register.db"))) as store:
    ...     with store.writing() as batch:
    ...         said = [batch.add(report, original, report.text.encode()) for _ in range(2)]
    ...     found = [hit.report.text[span.start : span.end] for hit in store.search("المدنيين").hits for span in hit.spans]
    ...     (said, found, store.verify().ok)
    (['added', 'there'], ['مدنيين'], True)
    >>> folder.cleanup()
    """

    def __init__(self, engine: Engine, name: str, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._name = name
        self._clock = clock
        self._here = threading.local()  # the batch that this thread writes, if it does
        self.accounts = Accounts(self._reading)

    @classmethod
    def open(cls, location: str, *, clock: Callable[[], datetime] = _clock, patience: float = 60.0) -> Store:
        """The register at a path (SQLite) or a ``postgresql://`` URL; made where there is none, brought up to date where it is older.

        Before an older file is changed, a copy is laid beside it. `patience` is how many seconds to wait for another process that
        writes. Raises `StoreError` for a file or database that is no register (it is left as it was), for one of a newer sijill,
        and where it cannot be read or written.
        """
        engine, name = database.opened(location, patience=patience)
        return cls(engine, name, clock)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    @contextlib.contextmanager
    def writing(self, *, patience: float | None = None) -> Iterator[Batch]:
        """A batch: all that is written in the block is kept when it ends well, and nothing of it when it does not.

        Only one writes at a time; another waits, for `patience` seconds where that is given and else as the store was opened. Raises
        `StoreError` when it waited too long, when the disk is full or fails.
        What this thread reads from the store inside the block holds what the batch wrote.
        """
        if self._batch is not None:
            raise StoreError("this thread is writing to the register already; end that batch first")
        with database.told(self._name), database.writing(self._engine, patience) as connection:
            batch = Batch(connection, self._now)
            self._here.batch = batch
            try:
                yield batch
                batch.flushed()
            finally:
                self._here.batch = None

    def _now(self) -> str:
        return self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def _batch(self) -> Batch | None:
        return getattr(self._here, "batch", None)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        batch = self._batch
        with database.told(self._name):
            if batch is not None:
                yield batch.flushed()
                return
            with database.reading(self._engine) as connection:
                yield connection

    # --- reports -----------------------------------------------------------------------------------------------------

    def count(self) -> Counts:
        """How much the register holds."""
        with self._reading() as connection:
            return Counts(**{name: connection.execute(query).scalar_one() for name, query in _COUNTED.items()})

    def count_of(self, what: str) -> int:
        """One of the numbers of `count`, by its name: to count the claims takes long where there are many."""
        with self._reading() as connection:
            return connection.execute(_COUNTED[what]).scalar_one()

    def known(self, shas: Iterable[str]) -> set[str]:
        """Which of some reports, by the SHA-256 of their text, are kept."""
        return self._which(t.reports.c.sha256, shas)

    def known_originals(self, shas: Iterable[str]) -> set[str]:
        """Which of some originals, by the SHA-256 of their bytes, reports were made from; their bytes may not be kept."""
        return self._which(t.acquisitions.c.original, shas)

    def _which(self, column: Any, values: Iterable[str]) -> set[str]:
        with self._reading() as connection:
            return {found for part in chunks(values) for found in connection.execute(select(column).where(column.in_(part))).scalars()}

    def report(self, sha: str) -> Report:
        """A report by the SHA-256 of its text, as it was first added. Raises `StoreError` where it is not kept."""
        with self._reading() as connection:
            row = connection.execute(select(t.reports).where(t.reports.c.sha256 == sha)).one_or_none()
        if row is None:
            raise StoreError(f"the register holds no report {sha}")
        return search.report_from(row)

    def reports(self, shas: Collection[str] | None = None) -> Iterator[Report]:
        """Reports in the order in which they were added: all, or those of some SHA-256s that are kept."""
        c = t.reports.c
        for row in self._in_order(select(t.reports), c.number, c.sha256, shas):
            yield search.report_from(row)

    def acquisitions(self, sha: str) -> list[Acquisition]:
        """How a report was obtained, each way once, in the order in which they were added; none where it is not kept."""
        c = t.acquisitions.c
        query = select(c.record).join(t.reports).where(t.reports.c.sha256 == sha).order_by(c.number)
        with self._reading() as connection:
            return [msgspec.json.decode(record, type=Acquisition) for record in connection.execute(query).scalars()]

    def original(self, sha: str) -> bytes:
        """The bytes of an original by their SHA-256. Raises `StoreError` where they are not kept, or damaged."""
        c = t.originals.c
        with self._reading() as connection:
            row = connection.execute(select(c.packing, c.data).where(c.sha256 == sha)).one_or_none()
        if row is None:
            raise StoreError(f"the register holds no original {sha}")
        data = unpack(row.packing, row.data)
        if audit_log.digest(data) != sha:
            raise StoreError(f"the bytes of original {sha} were altered; take the register from a backup")
        return data

    def search(self, query: str | None, where: ReportFilter = _ALL_REPORTS, *, limit: int = 20, after: str | None = None) -> Hits:
        """A page of the reports that hold the words of a query (see `words.parse`), the newest first, with where the words stand.

        Spelling variants, vowel marks, digits of all scripts and written-on prefixes make no difference. No text is a wrong query;
        one without any word finds nothing; None finds all reports of the filter. `after` is the `next` of the page before. Raises
        `StoreError` for another `after`.
        """
        with self._reading() as connection:
            return search.search(connection, query, where, _bounded(limit), after)

    def count_hits(self, query: str | None, where: ReportFilter = _ALL_REPORTS) -> int:
        """How many reports a search finds on all its pages."""
        with self._reading() as connection:
            return search.count_hits(connection, query, where)

    # --- readings and claims -----------------------------------------------------------------------------------------

    def readings(self, shas: Collection[str] | None = None) -> Iterator[Reading]:
        """The latest reading of each report, in the order in which the reports were added: of all, or of some SHA-256s."""
        c = t.readings.c
        query = select(c.packing, c.record).join(t.reports).where(c.number == _latest())
        for row in self._in_order(query, t.reports.c.number, t.reports.c.sha256, shas):
            yield msgspec.json.decode(unpack(row.packing, row.record), type=Reading)

    def reading_history(self, sha: str) -> list[ReadingInfo]:
        """Every reading that is kept of a report, the oldest first; only the last is current."""
        c = t.readings.c
        query = select(c.reader, c.at, c.sha256).join(t.reports).where(t.reports.c.sha256 == sha).order_by(c.number)
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return [
            ReadingInfo(report=sha, reader=row.reader, at=row.at, sha256=row.sha256, current=i == len(rows))
            for i, row in enumerate(rows, 1)
        ]

    def rows_of(self, dataset: str | None = None) -> list[str]:
        """The reports that are rows of a data set, or of any, by SHA-256 in the order in which they were added."""
        c = t.readings.c
        which = c.reader.contains(ROW_OF) if dataset is None else c.reader.endswith(f"{ROW_OF}{dataset}", autoescape=True)
        of_them = select(c.report).where(which)
        query = select(t.reports.c.sha256).where(t.reports.c.number.in_(of_them)).order_by(t.reports.c.number)
        with self._reading() as connection:
            return list(connection.execute(query).scalars())

    def readers(self) -> dict[str, int]:
        """How many of the latest readings each version of the reader made."""
        c = t.readings.c
        with self._reading() as connection:
            rows = connection.execute(select(c.reader, func.count()).where(c.number == _latest()).group_by(c.reader).order_by(c.reader))
            return {row.reader: row[1] for row in rows}

    def claims(self, ids: Iterable[str]) -> dict[str, StoredClaim]:
        """Claims by their content ids, each from the latest reading that makes it; ids that are not kept are left out."""
        found: dict[str, StoredClaim] = {}
        c = t.claims.c
        with self._reading() as connection:
            for part in chunks(dict.fromkeys(ids)):
                latest = select(c.claim, func.max(c.reading)).where(c.claim.in_(part)).group_by(c.claim)
                current = select(func.max(t.readings.c.number)).where(t.readings.c.report == c.report).scalar_subquery()
                rows = connection.execute(
                    select(c.claim, c.reading, c.kind, c.position, (c.reading == current).label("current"))
                    .where(tuple_(c.claim, c.reading).in_(latest))
                    .order_by(c.number)
                ).all()
                readings = _readings_by_number(connection, {row.reading for row in rows})
                for row in rows:
                    reading, reader = readings[row.reading]
                    listed: Sequence[Any] = reading.events if row.kind == "event" else reading.figures
                    stored = StoredClaim(claim=listed[row.position], report=reading.sha256, reader=reader, current=bool(row.current))
                    found.setdefault(row.claim, stored)
        return found

    def _in_order(self, query: Any, order: Any, sha: Any, shas: Collection[str] | None) -> Iterator[Any]:
        """The rows of a query in an order, some at a time; of all, or of some reports."""
        with self._reading() as connection:
            if shas is None:
                yield from connection.execute(query.order_by(order), execution_options={"yield_per": 200})
                return
            numbers = [
                n for part in chunks(set(shas)) for n in connection.execute(select(t.reports.c.number).where(sha.in_(part))).scalars()
            ]
            for some in chunks(sorted(numbers), 200):
                yield from connection.execute(query.where(t.reports.c.number.in_(some)).order_by(order)).all()

    # --- judgements and anchors --------------------------------------------------------------------------------------

    def judgements(self, *, standing: bool = False) -> list[Judgement]:
        """Every judgement in the order of addition; with `standing` those that decide something: not taken back, and no taking back.

        A judgement whose taking back was itself taken back stands again.
        """
        query = select(t.judgements.c.record).order_by(t.judgements.c.number)
        with self._reading() as connection:
            found = [msgspec.json.decode(record, type=Judgement) for record in connection.execute(query).scalars()]
        if not standing:
            return found
        undone: set[str] = set()
        for judgement in reversed(found):
            if judgement.undoes is not None and judgement.id not in undone:
                undone.add(judgement.undoes)
        return [judgement for judgement in found if judgement.undoes is None and judgement.id not in undone]

    def anchors(self) -> Iterator[Anchor]:
        """To which incidents claims were told to belong, in the order of addition; the last of a claim counts."""
        c = t.anchors.c
        with self._reading() as connection:
            for row in connection.execute(select(c.incident, c.claim, c.report).order_by(c.number), execution_options={"yield_per": 2000}):
                yield Anchor(incident=row.incident, claim=row.claim, report=row.report)

    # --- views -------------------------------------------------------------------------------------------------------

    def band_mates(self, sha: str, bands: Sequence[int], around: tuple[int, int] | None = None) -> dict[str, bytes]:
        """The signatures of reports earlier than one that have one of the keys of its `bands`, by SHA-256 in the order of addition.

        `around` are the first and the last day of publication, as ordinals; reports whose day is not known are in.
        """
        with self._reading() as connection:
            return neighbours.band_mates(connection, sha, bands, around)

    def undated_mates(self, sha: str, bands: Sequence[int]) -> dict[str, bytes]:
        """The same of those earlier reports whose day of publication is not known."""
        with self._reading() as connection:
            return neighbours.undated_mates(connection, sha, bands)

    def dated(self) -> Iterator[Dated]:
        """The number, the SHA-256 and the day of publication of every report, in the order of addition."""
        with self._reading() as connection:
            return neighbours.dated(connection)

    def families(self, shas: Collection[str] | None = None) -> dict[str, str]:
        """The families of reports that have one, by SHA-256: of all, or of some."""
        query = select(t.reports.c.sha256, t.families.c.family).join(t.families, t.families.c.report == t.reports.c.number)
        return {row.sha256: row.family for row in self._in_order(query, t.reports.c.number, t.reports.c.sha256, shas)}

    def family(self, family: str) -> list[str]:
        """The reports of a family by SHA-256, in the order in which they were added."""
        query = select(t.reports.c.sha256).join(t.families, t.families.c.report == t.reports.c.number)
        with self._reading() as connection:
            return list(connection.execute(query.where(t.families.c.family == family).order_by(t.reports.c.number)).scalars())

    def neighbours(self, keys: Iterable[str]) -> list[str]:
        """The event claims that have one of some blocking keys, sorted."""
        c = t.blocks.c
        with self._reading() as connection:
            return sorted(
                {claim for part in chunks(keys) for claim in connection.execute(select(c.claim).where(c.key.in_(part))).scalars()}
            )

    def unlinked(self) -> list[str]:
        """Reports that were added and not linked yet, by SHA-256, in the order in which they were added."""
        with self._reading() as connection:
            return neighbours.unlinked(connection)

    def in_order(self, shas: Iterable[str]) -> list[str]:
        """Reports that are kept, in the order in which they were added."""
        found = self.numbers(shas)
        return sorted(found, key=found.__getitem__)

    def numbers(self, shas: Iterable[str]) -> dict[str, int]:
        """The numbers of reports in the order of addition, by SHA-256."""
        with self._reading() as connection:
            return neighbours.numbers(connection, shas)

    def tellings(self, claims: Iterable[str]) -> list[bytes]:
        """The tellings of some claims as they were put, in the order of addition and of the text."""
        with self._reading() as connection:
            return list(neighbours.tellings(connection, claims))

    def tellings_of_reports(self, shas: Collection[str] | None = None) -> Iterator[bytes]:
        """The tellings of some reports, or of all, in the order of addition and of the text."""
        with self._reading() as connection:
            yield from neighbours.tellings_of_reports(connection, shas)

    def tellings_of_incidents(self, ids: Iterable[str]) -> list[tuple[str, bytes]]:
        """The tellings of some incidents, each with the id of its incident, in the order of addition and of the text."""
        with self._reading() as connection:
            return neighbours.tellings_of_incidents(connection, ids)

    def tellings_by_day(self) -> Iterator[bytes]:
        """All tellings in the order of their days, in which they are linked."""
        with self._reading() as connection:
            yield from neighbours.tellings_by_day(connection)

    def chains(self, claims: Iterable[str]) -> dict[str, str]:
        """The chain of each of some event claims that is in one."""
        with self._reading() as connection:
            return neighbours.chains(connection, claims)

    def members(self, chains: Iterable[str]) -> dict[str, Member]:
        """The event claims of some chains, each with the SHA-256 of its report and its component."""
        with self._reading() as connection:
            return neighbours.members(connection, chains)

    def ties(self, chains: Iterable[str]) -> list[tuple[str, str, float]]:
        """The ties that hold some chains: two event claims, and the weight in bits."""
        with self._reading() as connection:
            return neighbours.ties(connection, chains)

    def anchored(self, claims: Iterable[str]) -> dict[str, str]:
        """The incident that each of some event claims was last told to be of."""
        with self._reading() as connection:
            return neighbours.anchored(connection, claims)

    def homes(self, claims: Iterable[str]) -> dict[str, str]:
        """The incident that each of some event claims is of now."""
        with self._reading() as connection:
            return neighbours.homes(connection, claims)

    def linked_claims(self, shas: Iterable[str]) -> dict[str, str]:
        """The event claims of some reports that are in components, with the SHA-256 of their reports."""
        with self._reading() as connection:
            return neighbours.linked_claims(connection, shas)

    def standing_of(self, ids: Iterable[str]) -> dict[str, tuple[int, bool]]:
        """By how many reports some incidents are told, and whether any is about them."""
        with self._reading() as connection:
            return neighbours.standing_of(connection, set(ids))

    def parents_of(self, ids: Iterable[str]) -> dict[str, str]:
        """The wholes of those of some incidents that are parts."""
        with self._reading() as connection:
            return neighbours.parents_of(connection, ids)

    def parts_of(self, ids: Iterable[str]) -> dict[str, str]:
        """The parts of some incidents, each with its whole."""
        with self._reading() as connection:
            return neighbours.parts_of(connection, ids)

    def reports_of_incidents(self, ids: Collection[str]) -> dict[str, list[str]]:
        """The reports that tell some incidents, by SHA-256 in the order of addition, by incident."""
        with self._reading() as connection:
            return neighbours.reports_of_incidents(connection, ids)

    def incident(self, id: str) -> Incident:
        """An incident by its id. Raises `StoreError` where there is none."""
        found = self.find_incident(id)
        if found is None:
            raise StoreError(f"the register holds no incident {id}")
        return found

    def find_incident(self, id: str) -> Incident | None:
        """An incident by its id; null where there is none, or none any more."""
        c = t.incidents.c
        with self._reading() as connection:
            row = connection.execute(select(c.packing, c.record).where(c.id == id)).one_or_none()
        return None if row is None else incidents.incident_from(row)

    def incidents(
        self, where: IncidentFilter = _ALL_INCIDENTS, *, sort: Order = "date", limit: int = 50, after: str | None = None
    ) -> Incidents:
        """A page of the incidents of a filter.

        Sorted by date: the latest first, undated ones last; by harm: the most killed by the best figure, then injured, unknown last; by
        reports: the most first. `after` is the `next` of the page before; pages neither repeat nor skip what is not changed between them.
        Raises `StoreError` for a day that is none, and for another `after`.
        """
        with self._reading() as connection:
            return incidents.find(connection, where, sort, _bounded(limit), after)

    def count_incidents(self, where: IncidentFilter = _ALL_INCIDENTS, *, most: int | None = None) -> int:
        """How many incidents a filter lets through; counted up to `most` and one more, which says that there are more."""
        with self._reading() as connection:
            return incidents.count(connection, where, most)

    def map_of(self, where: IncidentFilter = _ALL_INCIDENTS, *, points: int = 1000) -> Map:
        """The incidents of a filter on a map: the `points` most harmful of those with coordinates as points, all others in cells.

        Raises `StoreError` for a day that is none.
        """
        with self._reading() as connection:
            return overview.map_of(connection, where, _bounded(points))

    def months_of(self, where: IncidentFilter = _ALL_INCIDENTS) -> Months:
        """How many incidents of a filter began in each month. Raises `StoreError` for a day that is none."""
        with self._reading() as connection:
            return overview.months_of(connection, where)

    def telling_of(self, kinds: Collection[str], ids: Iterable[str]) -> set[str]:
        """Those of some incidents that are of some kinds of events, or of which one claim at least, as it was read, is of such a kind."""
        with self._reading() as connection:
            return incidents.telling_of(connection, kinds, ids)

    def incident_ids(self) -> list[str]:
        """The ids of all incidents, sorted."""
        with self._reading() as connection:
            return list(connection.execute(select(t.incidents.c.id).order_by(t.incidents.c.id)).scalars())

    def incidents_of(self, claim: str) -> list[str]:
        """The ids of the incidents that a claim, of an event or a figure, went into: parts of others before wholes, then by id."""
        c = t.incident_claims.c
        query = select(c.incident).join(t.incidents, t.incidents.c.id == c.incident).where(c.claim == claim)
        with self._reading() as connection:
            return list(connection.execute(query.order_by(t.incidents.c.parent.is_(None), c.incident)).scalars())

    def incident_of(self, claim: str) -> str | None:
        """The id of the first of `incidents_of`; null where the claim went into none."""
        return next(iter(self.incidents_of(claim)), None)

    # --- the whole ---------------------------------------------------------------------------------------------------

    def audit(self, *, after: int = 0) -> Iterator[Entry]:
        """The audit log in order, beginning after a number."""
        with self._reading() as connection:
            yield from audit_log.entries(connection, after=after)

    def latest(self, action: str, subject: str | None = None) -> dict[str, Entry]:
        """The last entry of the audit log of an action for each of its subjects, or for one; the latest last."""
        with self._reading() as connection:
            return audit_log.latest(connection, action, subject)

    def head(self) -> tuple[int, str]:
        """The number and the hash of the last entry of the audit log: written down elsewhere, they bind everything before them."""
        c = t.audit.c
        with self._reading() as connection:
            row = connection.execute(select(c.number, c.hash).order_by(c.number.desc()).limit(1)).one_or_none()
        return (row.number, row.hash) if row else (0, audit_log.START)

    def verify(self, progress: Callable[[int], None] | None = None) -> Verification:
        """Everything that is kept, checked against its hashes, its evidence and the audit log. See `audit.verify`."""
        with self._reading() as connection:
            return audit_log.verify(connection, progress)

    def dump(self) -> Iterator[Dumped]:
        """All that is kept, as it was at one moment, for an export; `Batch.load` takes it in again."""
        with self._reading() as connection:
            yield from dump(connection)


_COUNTED = {
    "originals": select(func.count()).select_from(t.originals),
    "reports": select(func.count()).select_from(t.reports),
    "acquisitions": select(func.count()).select_from(t.acquisitions),
    "readings": select(func.count()).select_from(t.readings),
    "claims": (
        select(func.count())
        .select_from(t.claims)
        .where(t.claims.c.reading.in_(select(func.max(t.readings.c.number)).group_by(t.readings.c.report)))
    ),
    "judgements": select(func.count()).select_from(t.judgements),
    "incidents": select(func.count()).select_from(t.incidents),
    "entries": select(func.count()).select_from(t.audit),
}
"""The numbers of `Counts`, and how each is found."""


def _bounded(limit: int) -> int:
    return max(0, min(limit, 1_000_000))


def _latest() -> Any:
    """The number of the latest reading of the report that a row of `readings` is of."""
    others = t.readings.alias()
    return select(func.max(others.c.number)).where(others.c.report == t.readings.c.report).scalar_subquery()


def _readings_by_number(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[Reading, str]]:
    c = t.readings.c
    rows = connection.execute(select(c.number, c.reader, c.packing, c.record).where(c.number.in_(list(numbers))))
    return {row.number: (msgspec.json.decode(unpack(row.packing, row.record), type=Reading), row.reader) for row in rows}
