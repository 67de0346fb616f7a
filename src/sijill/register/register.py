"""The register and its verbs: add, ask, judge, rebuild, verify."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain, product
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

import msgspec

from sijill.batch.local import read_many
from sijill.datasets.rows import MAX_BYTES
from sijill.errors import ChangedError, InputError, StoreError
from sijill.export.facts import Facts
from sijill.export.files import written
from sijill.export.forms import Tally
from sijill.ingest.jsonl import LineError
from sijill.link import Telling, in_force
from sijill.link.blocks import keys_of
from sijill.link.compare import compare, veto, weigh
from sijill.link.weights import load_weights
from sijill.reconcile import POLICIES
from sijill.reconcile.sides import load_sides
from sijill.records import (
    Case,
    Decision,
    Dossier,
    EventClaim,
    FigureClaim,
    Incident,
    Judgement,
    Original,
    Pair,
    Reading,
    Report,
    ReportLine,
    Words,
)
from sijill.register.agreement import signed_claims
from sijill.register.by_hand import What, carried, with_claim
from sijill.register.cases import cases_of, line_of, with_originals
from sijill.register.disclosing import checked, hidden, redactor
from sijill.register.exchange import export_register, import_register
from sijill.register.exporting import dossier_file, write_beside, write_form
from sijill.register.judged import edited, edits_of, judged
from sijill.register.linking import relink
from sijill.register.loading import Loader, tellings_of
from sijill.register.rebuilding import Progress, link_all
from sijill.register.scoring import Score, score
from sijill.resolve import assemble
from sijill.store import IncidentFilter, ReportFilter, Store
from sijill.store.audit import Verification
from sijill.store.incidents import Order
from sijill.store.kept import Counts, Hits, Incidents

if TYPE_CHECKING:
    from sijill.datasets.compared import Comparison
    from sijill.datasets.records import Intake
    from sijill.register.adding import AddOptions, Summary

__all__ = ["Register"]

_RELINKED = 50
"""So many new reports are linked at a time, each with its neighbourhood."""
_REBUILT = 400
"""More new reports than these, and more than a tenth of the register, are linked sooner by making all views anew."""
_TWINS = 5
_ASSIGN = "assign"
_LONGEST_NAME = 100
_SEEN = 512
_CASES = 200
"""So many incidents are coded or handed on at a time, with the reports that tell them."""
"""So many incidents are remembered as they were shown."""


def _now() -> datetime:
    return datetime.now(UTC)


class Register:
    """A register of incidents in a SQLite file, or in a PostgreSQL database by URL. It is made where there is none.

    >>> import tempfile, pathlib
    >>> folder = tempfile.TemporaryDirectory()
    >>> first = Report.of("قُتل ثلاثة مدنيين اليوم في قصف مدفعي على مدينة إدلب.", published="2022-02-02", outlet="A")
    >>> second = Report.of("قال مراسلنا إن قصفاً مدفعياً على مدينة إدلب أوقع ثلاثة قتلى مدنيين اليوم.", published="2022-02-02", outlet="B")
    >>> with Register(str(pathlib.Path(folder.name, "r.db"))) as register:
    ...     said = register.add_reports([first, second, first])
    ...     found = register.incidents().incidents
    ...     (said, [(i.kind, i.first, len(i.reports), i.figures[0].best) for i in found])
    (['added', 'added', 'there'], [('shelling', '2022-02-02', 2, 3)])
    >>> folder.cleanup()
    """

    def __init__(
        self, location: str, *, by: str = "sijill", policy: str = "default", clock: Callable[[], datetime] = _now, workers: int = 1
    ) -> None:
        """Open the register. `by` signs what is done, `policy` reconciles (see `reconcile.POLICIES`), `workers` read reports side by side.

        Raises `StoreError` where the register cannot be opened, `InputError` for a policy that there is not.
        """
        check_policy(policy)
        self.by, self.policy, self.workers = by, policy, workers
        self._clock = clock
        self.store = Store.open(location, clock=clock)
        self._seen = lru_cache(maxsize=_SEEN)(self._seen_at)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Give back the file or the connections."""
        self.store.close()

    # --- adding ------------------------------------------------------------------------------------------------------

    def add_reports(
        self, reports: Iterable[Report], *, by: str | None = None, settle: bool = True, progress: Progress | None = None
    ) -> list[Literal["added", "there"]]:
        """Add reports that are at hand as text. Returns for each whether it is new; a text that is there already changes nothing.

        `by` signs in the place of the register's own name.

        Raises `StoreError` where the register fails, and `InputError` where a report cannot be read; then none is added.
        """
        rows = list(reports)
        known = self.store.known(report.sha256 for report in rows)
        fresh = {report.sha256: report for report in rows if report.sha256 not in known}
        readings: dict[str, Reading] = {}
        for sha, reading in zip(fresh, read_many(fresh.values(), workers=self.workers), strict=True):
            if isinstance(reading, LineError):
                raise InputError(f"report {reading.id}: {reading.error}")
            readings[sha] = reading
        kept = [(report, _given(report, self.now()), report.text.encode(), readings.get(report.sha256)) for report in rows]
        said = self.keep(kept, by=by)
        if settle:
            self.settle(progress=progress)
        return said

    def add(self, *locations: str, options: AddOptions | None = None, progress: Progress | None = None) -> Summary:
        """Add what lies at some locations (files, folders, addresses, feeds, archives), and link it.

        What cannot be read is named in the summary. Raises `StoreError` where the register fails; what was written before is kept.
        """
        from sijill.register.adding import add

        kept = None if progress is None else (lambda done, failed: progress("reports", done, 0))
        summary = add(self, locations, options, progress=kept)
        self.settle(progress=progress)
        return summary

    def keep(
        self, rows: Sequence[tuple[Report, Original, bytes | None, Reading | None]], *, by: str | None = None
    ) -> list[Literal["added", "there"]]:
        """Keep reports with what they came from and what was read from them, all or none; nothing is linked yet."""
        with self.store.writing() as batch:
            batch.look_up((report.sha256 for report, *_ in rows), (original.sha256 for _, original, *_ in rows))
            return [batch.add(*row, reader=reader_version(), by=by or self.by) for row in rows]

    def now(self) -> datetime:
        """The time by the register's clock."""
        return self._clock()

    def settle(self, *, progress: Progress | None = None) -> int:
        """Link what was added and not linked yet, after an interruption too. Returns how many reports that were."""
        waiting = self.store.unlinked()
        if len(waiting) > _REBUILT and 10 * len(waiting) > self.store.count_of("reports"):
            with self.store.writing() as batch:
                link_all(self.store, batch, policy=self.policy, progress=progress)
            return len(waiting)
        for at in range(0, len(waiting), _RELINKED):
            with self.store.writing() as batch:
                relink(self.store, batch, waiting[at : at + _RELINKED], policy=self.policy)
            if progress:
                progress("linking", min(at + _RELINKED, len(waiting)), len(waiting))
        return len(waiting)

    def rebuild(self, *, read: bool = False, progress: Progress | None = None) -> None:
        """Make families, incidents and figures anew from what is kept. With `read`, every report is first read anew by this version.

        Ids of incidents stay while they hold most of the claims that they had.
        """
        if read:
            self._read_all(progress)
        with self.store.writing() as batch:
            link_all(self.store, batch, policy=self.policy, progress=progress)

    def _read_all(self, progress: Progress | None) -> None:
        total, done = self.store.count_of("reports"), 0
        for some in _some(self.store.reports(), 500):
            with self.store.writing() as batch:
                before = {reading.sha256: reading for reading in self.store.readings([report.sha256 for report in some])}
                texts = [report for report in some if report.sha256 not in before or before[report.sha256].dataset is None]
                for reading in read_many(texts, workers=self.workers):
                    if isinstance(reading, Reading):  # what this reader cannot read keeps its earlier reading, as rows of data sets do
                        batch.add_reading(carried(reading, before.get(reading.sha256)), reader_version(), by=self.by)
            done += len(some)
            if progress:
                progress("reading", done, total)

    # --- asking ------------------------------------------------------------------------------------------------------

    def incidents(
        self, where: IncidentFilter | None = None, *, sort: Order = "date", limit: int = 50, after: str | None = None
    ) -> Incidents:
        """A page of the incidents of a filter; `next` of the page is `after` for the one that follows."""
        self.settle()
        return self.store.incidents(where or IncidentFilter(), sort=sort, limit=limit, after=after)

    def incident(self, id: str) -> Incident:
        """One incident with the likeliest pairs that are possibly the same. Raises `StoreError` where there is none of that id."""
        self.settle()
        return self._whole(id)

    def _whole(self, id: str) -> Incident:
        """An incident with its pairs, which take long to find in a busy place: found once while nothing is added to the audit log."""
        return self._seen(id, self.store.head())

    def _seen_at(self, id: str, head: tuple[int, str]) -> Incident:
        found = self.store.incident(id)
        return msgspec.structs.replace(found, possibly=self._twins(found))

    def dossier(self, id: str, *, policy: str | None = None) -> Dossier:
        """Everything to answer for an incident with, by its id or that of a claim that is of it; reconciled by another `policy` if asked.

        Raises `StoreError` where there is none, `InputError` for a policy that there is not.
        """
        self.settle()
        home = id if id.startswith("inc-") else self.store.incident_of(id)
        if home is None:
            raise StoreError(f"the register holds no incident and no claim {id}")
        found = self.incident(home)
        if policy is not None and policy != self.store_policy(found):
            found = self._reconciled(found, policy)
        sides = load_sides()
        reports, words = self._behind(found)
        ids = {*found.agents, *found.targets} | {f.side for f in found.figures} | {u.source for f in found.figures for u in f.uses}
        ids |= {p.source for p in found.curve} | {a for part in self.parts(home) for a in (*part.agents, *part.targets)}
        names = {one: sides.name(one) for one in sorted(one for one in ids if one and one in sides.names)}
        return Dossier(incident=found, parts=self.parts(home), reports=reports, words=words, names=names)

    @staticmethod
    def store_policy(incident: Incident) -> str | None:
        """The policy by which the figures of a stored incident were reconciled; null where it has none."""
        return next((figure.policy for figure in incident.figures), None)

    def _reconciled(self, incident: Incident, policy: str) -> Incident:
        """An incident with its figures by another policy; nothing is stored."""
        check_policy(policy)
        loader = Loader(self.store, in_force(self.store.judgements()))
        below = {part: self.store.incident(part) for part in self.store.parts_of([incident.id])}
        groups = {one.id: tellings_of(self.store, one.events) for one in (incident, *below.values())}
        shas = {sha for one in (incident, *below.values()) for sha in one.reports}
        parent = dict.fromkeys(below, incident.id) | ({incident.id: incident.parent} if incident.parent else {})
        (made,) = assemble({incident.id: groups[incident.id]}, parent, loader.told(shas), parts=groups, policy=policy)
        return msgspec.structs.replace(made, possibly=incident.possibly)

    def _behind(self, incident: Incident) -> tuple[list[ReportLine], list[Words]]:
        """The reports of an incident and the words of its claims."""
        claims = [
            *incident.events,
            *(use.claim for f in incident.figures for use in f.uses),
            *(c for x in incident.conflicts for c in x.claims),
        ]
        stored = self.store.claims(dict.fromkeys(claims))
        words = [
            Words(claim=id, report=one.report, quote=one.claim.quote, start=one.claim.start, end=one.claim.end)
            for id, one in stored.items()
        ]
        shas = {*incident.reports, *(one.report for one in stored.values())}
        families = self.store.families(shas)
        lines = [line_of(report, families.get(report.sha256, report.sha256)) for report in self.store.reports(shas)]
        return lines, sorted(words, key=lambda w: (w.report, w.start, w.claim))

    def parts(self, id: str) -> list[Incident]:
        """The parts of an incident, in the order of their days."""
        found = [self.store.incident(part) for part in self.store.parts_of([id])]
        return sorted(found, key=lambda incident: (incident.first or "", incident.id))

    def search(self, query: str | None, where: ReportFilter | None = None, *, limit: int = 20, after: str | None = None) -> Hits:
        """A page of the reports that hold the words of a query, whatever their spelling, with where the words stand."""
        return self.store.search(query, where or ReportFilter(), limit=limit, after=after)

    def reading(self, sha: str) -> Reading:
        """What was read from a report, as reviewers left it. Raises `StoreError` where the report is not kept or was not read."""
        for reading in self.store.readings([sha]):
            return judged(reading, edits_of(in_force(self.store.judgements())))
        raise StoreError(f"the register holds no reading of a report {sha}")

    def score(self, *, most: int = 20) -> Score:
        """The reader held against what reviewers decided, with the rules and words behind the most corrections (see `scoring.score`)."""
        judgements = in_force(self.store.judgements())
        shas = {claim.report for claim in self.store.claims({j.claim for j in judgements}).values()}
        readings = {reading.sha256: reading for reading in self.store.readings(shas) if reading.dataset is None}
        return score(((r, readings[r.sha256]) for r in self.store.reports(shas) if r.sha256 in readings), judgements, most=most)

    def count(self) -> Counts:
        """How much the register holds."""
        return self.store.count()

    def verify(self, progress: Callable[[int], None] | None = None) -> Verification:
        """Everything that is kept, checked against its hashes, its evidence and the audit log."""
        return self.store.verify(progress)

    def export(
        self,
        path: str,
        *,
        form: str = "register",
        table: str = "incidents",
        where: IncidentFilter | None = None,
        level: str = "full",
        policy: str | None = None,
        readme: bool = False,
        progress: Progress | None = None,
    ) -> Tally:
        """Write the register to a file, or its incidents in a form (see `export.forms` and docs/exchange.md).

        The file takes its name only when it is complete. `form` is "register" for everything that is kept, which `load` takes in again.
        Other forms may be redacted to a `level` (see `export.redact`), of which rows then say so in `redaction`, and reconciled by another
        `policy` than the register has them by. With `readme`, what is in the file, how it was made and what is lost is written beside it.
        Returns how many rows there are, and what was left out and lost.
        Raises `InputError` for a form, table, level or policy that there is not, and where the file cannot be written.
        """
        if form == "register" and level != "full":
            raise InputError("a register is exported whole; to redact it take another format, such as csv, jsonl, geojson or parquet")
        self.settle()
        if form == "register":
            with written(path) as out:
                return Tally(incidents=self.store.count_of("incidents"), rows=export_register(self.store, out, by=self.by))
        with written(path) as out:
            tally = write_form(self, out, form=form, table=table, where=where, level=level, policy=policy, progress=progress)
        if readme:
            write_beside(path, tally, self.facts(where, level=level, policy=policy), form=form, table=table)
        return tally

    def write_dossier(self, id: str, path: str, *, policy: str | None = None, level: str = "full", lang: Literal["ar", "en"] = "ar") -> str:
        """Write the file of an incident: a page, a PDF or its evidence alone, as the path ends. Returns the SHA-256 of what was written.

        Raises `StoreError` where there is no such incident, `InputError` for an ending, policy or level that there is not, or where PDF
        files cannot be made here.
        """
        content = dossier_file(self, id, form=path.rpartition(".")[2].lower(), policy=policy, level=level, lang=lang)
        with written(path) as out:
            out.write(content)
        return hashlib.sha256(content).hexdigest()

    def disclosed(
        self, where: IncidentFilter | None = None, *, level: str, policy: str | None = None
    ) -> tuple[Iterable[Incident], dict[str, str]]:
        """The incidents of a filter as a level of redaction has them, read as they are asked for; and what an export says of the level.

        Raises `InputError` for a level that there is not.
        """
        checked(level)
        pages = (redactor(self.store, level, (one.id for one in page)).incidents(page) for page in self._pages(where, policy=policy))
        return chain.from_iterable(pages), {} if level == "full" else {"redaction": level}

    def disclosed_dossier(self, id: str, *, policy: str | None = None, level: str) -> Dossier:
        """The dossier of an incident as a level of redaction has it.

        Raises `StoreError` where there is none, or none at this level, which is not told apart; `InputError` for a level that there is not.
        """
        whole = self.dossier(id, policy=policy)
        found = redactor(self.store, level, (one.id for one in (whole.incident, *whole.parts))).dossier(whole)
        if found is None:
            raise StoreError(f"the register holds no incident and no claim {id}")
        return found

    def cases(
        self, where: IncidentFilter | None = None, *, level: str = "full", policy: str | None = None, texts: bool = True
    ) -> Iterator[Case]:
        """The incidents of a filter with what each report says of them, as a level of redaction has them, read as they are asked for.

        Below the level `full` no text of a report is in them. Figures are as the register has them, or by another `policy`.
        Raises `InputError` for a level or policy that there is not.
        """
        checked(level)
        for page in self._pages(where, size=_CASES, policy=policy):
            hide = redactor(self.store, level, (one.id for one in page))
            for case in cases_of(self.store, page, texts=texts and level == "full"):
                if (made := hide.case(case)) is not None:
                    yield made

    def case(self, id: str, *, policy: str | None = None, level: str = "full") -> Case:
        """One incident with what each report says of it, by its id or that of a claim that is of it.

        Raises `StoreError` where there is none (or none at this level), `InputError` for a policy or level that there is not.
        """
        dossier = self.dossier(id, policy=policy)
        (found,) = cases_of(self.store, [dossier.incident])
        found = with_originals(self.store, found)
        made = redactor(self.store, level, [dossier.incident.id]).case(found)
        if made is None:
            raise StoreError(f"the register holds no incident and no claim {id}")
        return made

    def facts(self, where: IncidentFilter | None = None, *, level: str = "full", policy: str | None = None) -> Facts:
        """What an export made now rests on: versions and rules, how much the register holds, and the state of its audit log."""
        checked(level)
        counts, (number, head), weights = self.store.count(), self.store.head(), load_weights()
        last = next(self.store.audit(after=number - 1), None)
        given = msgspec.to_builtins(where or IncidentFilter())
        usual = msgspec.to_builtins(IncidentFilter())
        return Facts(
            version=reader_version().removeprefix("sijill "),
            policy=policy or self._kept_policy(),
            level=checked(level),
            where={name: str(value) for name, value in given.items() if value != usual[name]},
            reports=counts.reports,
            incidents=self.store.count_incidents(where or IncidentFilter()),
            judgements=counts.judgements,
            reviewers=len({judgement.by for judgement in self.store.judgements()}),
            readers=self.store.readers(),
            link_bits=weights.link,
            review_bits=weights.review,
            entries=number,
            head=head,
            at=last.at if last else None,
        )

    def _kept_policy(self) -> str:
        """The policy by which the figures of the register were reconciled."""
        kept = (self.store_policy(one) for one in self.store.incidents(IncidentFilter(), sort="harm", limit=1).incidents)
        return next((policy for policy in kept if policy is not None), self.policy)

    def _pages(self, where: IncidentFilter | None, *, size: int = 500, policy: str | None = None) -> Iterator[list[Incident]]:
        """Every incident of a filter, page by page; with its figures by another policy, if one is asked for."""
        if policy is not None:
            check_policy(policy)
        after = None
        while True:
            page = self.store.incidents(where or IncidentFilter(), limit=size, after=after)
            if policy is None:
                yield page.incidents
            else:
                yield [one if self.store_policy(one) in (None, policy) else self._reconciled(one, policy) for one in page.incidents]
            if page.next is None:
                return
            after = page.next

    def load(self, path: str, *, progress: Progress | None = None) -> int:
        """Fill this register, which must be empty, from a file that `export` wrote. Returns how many rows there were.

        Raises `InputError` for a file that is no export or is damaged, `StoreError` for a register that is not empty.
        """
        try:
            with open(path, "rb") as file:
                return import_register(self.store, file, policy=self.policy, progress=progress)
        except OSError as wrong:
            raise InputError(f"cannot read {path}: {wrong.strerror or wrong}") from wrong

    def take_in(
        self,
        path: str,
        *,
        form: str | None = None,
        name: str | None = None,
        by: str | None = None,
        apply: bool = False,
        encoding: str | None = None,
        progress: Progress | None = None,
    ) -> Intake:
        """Take in the rows of a data set, or corrections made in Label Studio, from a file; without `apply` only say what would change.

        `form` is one of `datasets.FORMS`, by default as its columns tell; `name` that of the data set. Rows that are there already change
        nothing, one that has changed takes the place of the earlier one. Raises `InputError` for a file that is none of these, `StoreError`
        where the register fails.

        >>> import tempfile, pathlib
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> rows = "event_id_cnty,event_date,event_type,country,location,fatalities\\nX1,2022-02-02,Battles,Syria,Idlib,3\\n"
        >>> size = (folder / "battles.csv").write_text(rows)
        >>> with Register(str(folder / "r.db")) as register:
        ...     looked = register.take_in(str(folder / "battles.csv"))
        ...     kept = register.take_in(str(folder / "battles.csv"), apply=True)
        ...     (looked.applied, looked.new, kept.dataset, kept.incidents_new, register.incidents().incidents[0].families)
        (False, 1, 'ACLED', 1, 0)
        """
        from sijill.datasets import DataSet, told_form
        from sijill.register.corrections import take_in_corrections
        from sijill.register.taking_in import take_in_rows

        data, file = read_file(path), os.path.basename(path)
        if (form or told_form(data, file=file, encoding=encoding)) == "labelstudio":
            return take_in_corrections(self, data, file=file, reader=reader_version(), by=by, apply=apply)
        rows = DataSet(data, file=file, form=form, name=name, encoding=encoding)
        return take_in_rows(self, rows, data, file=file, reader=reader_version(), by=by or self.by, apply=apply, progress=progress)

    def compare(self, other: str, *, form: str | None = None, name: str | None = None, encoding: str | None = None) -> Comparison:
        """Hold the incidents of this register against those of another: a file of any form that `take_in` reads, a register, or the
        name of a data set that was taken in. Nothing is changed.

        Raises `InputError` for what is none of these.
        """
        from sijill.register.comparing import compare_with

        self.settle()
        return compare_with(self, other, form=form, name=name, encoding=encoding)

    def pages(self) -> Iterator[list[Incident]]:
        """All incidents, some at a time."""
        self.settle()
        return self._pages(None)

    def _twins(self, incident: Incident) -> list[Pair]:
        """The likeliest pairs of an event of the incident and one of another, one for each other incident; parts of one whole are none."""
        weights = load_weights()
        own = tellings_of(self.store, incident.events)
        by_key: dict[str, list[Telling]] = {}
        for telling in own:
            for key in keys_of(telling):
                by_key.setdefault(key, []).append(telling)
        events = set(incident.events)
        near = tellings_of(self.store, (claim for claim in self.store.neighbours(by_key) if claim not in events))
        homes = self.store.homes(t.claim for t in near)
        wholes = self.store.parents_of({incident.id, *homes.values()})
        whole = wholes.get(incident.id, incident.id)
        decided = self._decided()
        best: dict[str, tuple[float, Telling, Telling]] = {}
        for telling in near:
            home = homes.get(telling.claim)
            if home is None or wholes.get(home, home) == whole:
                continue
            for other in {t.claim: t for key in keys_of(telling) for t in by_key.get(key, ())}.values():
                weight = weigh(telling, other, weights, floor=weights.review)
                if weight < weights.review or veto(telling, other) or tuple(sorted((telling.claim, other.claim))) in decided:
                    continue
                if home not in best or weight > best[home][0]:
                    best[home] = weight, telling, other
        pairs = [compare(one, other, weights) for _, one, other in best.values()]
        return sorted(pairs, key=lambda pair: (-pair.weight, pair.one, pair.other))[:_TWINS]

    def _decided(self) -> set[tuple[str, str]]:
        standing = in_force(self.store.judgements())
        return {(min(j.claim, j.other), max(j.claim, j.other)) for j in standing if j.other and j.decision != "unsure"}

    # --- judging -----------------------------------------------------------------------------------------------------

    def judge(
        self,
        decision: Decision,
        subject: str,
        other: str | None = None,
        *,
        field: str | None = None,
        value: Any = None,
        by: str | None = None,
        note: str | None = None,
        still: Callable[[Incident], bool] | None = None,
    ) -> list[Judgement]:
        """Keep a decision and link anew what it touches. Returns the judgements that were kept, of which the first is for `undo`.

        `same` and `different` take two event claims or incidents: `same` makes the two incidents one, `different` keeps every event of the
        one apart from every event of the other. `accept`, `reject` and `edit` take a claim of an event or a figure; `edit` sets a `field`;
        `accept` of an incident signs it: all its events, and all figures that its numbers rest on.
        `still` is asked of the incident that the subject is of, as it stands when the decision is kept: where it says no, nothing is.

        Raises `InputError` for what does not fit together, `StoreError` for a claim or an incident that there is not, `ChangedError` where
        `still` says no.
        """

        def decided() -> list[Judgement]:
            if still is not None:
                self._check_unchanged(subject, still)
            pairs = self._pairs(decision, subject, other)
            if decision == "edit":
                self._check_edit(subject, field, value)
            at, signer = self._time(), by or self.by
            said = msgspec.json.encode([decision, pairs, field, value, signer, at, note, self.store.count_of("judgements")])
            id = "jud-" + hashlib.sha256(said).hexdigest()[:12]
            return [
                Judgement(
                    id=id if number == 0 else f"{id}.{number}",
                    decision=decision,
                    claim=one,
                    other=two,
                    field=field,
                    value=value,
                    by=signer,
                    at=at,
                    note=note,
                )
                for number, (one, two) in enumerate(pairs)
            ]

        return self._apply(decided)

    def add_claim(
        self, sha: str, what: What, start: int, end: int, fields: Mapping[str, Any], *, by: str | None = None
    ) -> EventClaim | FigureClaim:
        """Keep a claim that the reader missed: an event or a figure, said by a stretch of a report's text (see `by_hand.with_claim`).

        It is kept as a further reading of the report, signed by who adds it. Raises `StoreError` for a report that is not kept,
        `InputError` for a stretch or fields that do not fit.
        """
        self.settle()
        with self.store.writing() as batch:
            before = next(self.store.readings([sha]), None)
            if before is None:
                raise StoreError(f"the register holds no reading of a report {sha}")
            reading, claim = with_claim(self.store.report(sha), before, what, start, end, fields)
            batch.add_reading(reading, f"{reader_version()}, and by hand", by=by or self.by)
            relink(self.store, batch, [sha], policy=self.policy)
        return claim

    def restricted(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of some incidents that tell of a restricted kind of event (`export.redact.RESTRICTED`), or are parts of such."""
        return hidden(self.store, set(ids))

    def assign(self, id: str, to: str | None, *, by: str | None = None) -> None:
        """Say who is to look after an incident; None for nobody any more. It stands in the audit log, as all that was said before does.

        Raises `StoreError` where there is no such incident, `InputError` for a name that is none.
        """
        if to is not None and not (0 < len(to) <= _LONGEST_NAME and to.isprintable() and to.strip() == to):
            raise InputError(f"a name has at most {_LONGEST_NAME} characters, in one line, and no blanks at its ends")
        self.store.incident(id)
        with self.store.writing() as batch:
            batch.note(_ASSIGN, id, {"to": to}, by=by or self.by)

    def assigned(self, id: str | None = None) -> dict[str, str]:
        """Who is to look after which incident, by id, the latest first; of all, or of one."""
        said = self.store.latest(_ASSIGN, id)
        return {entry.subject: entry.detail["to"] for entry in reversed(said.values()) if entry.detail.get("to")}

    def undo(self, id: str, *, by: str | None = None, note: str | None = None) -> list[Judgement]:
        """Take back a judgement, with all that was kept by the same decision. The judgement stays in the register, and so does this.

        Raises `StoreError` where there is none of that id, or it is taken back already.
        """

        def taken() -> list[Judgement]:
            every = self.store.judgements()
            undone = {j.undoes for j in every}
            of = [j for j in every if (j.id == id or j.id.startswith(f"{id}.")) and j.id not in undone]
            if not of:
                raise StoreError(f"there is no judgement {id} to take back")
            at, signer = self._time(), by or self.by
            return [msgspec.structs.replace(j, id=f"{j.id}-undone", by=signer, at=at, note=note, undoes=j.id) for j in of]

        return self._apply(taken)

    def _apply(self, made: Callable[[], list[Judgement]]) -> list[Judgement]:
        """Make judgements, keep them and link what they touch, in one step.

        They are made where nobody else writes: of two who decide at once, the second decides on what the first left, and neither is lost.
        """
        self.settle()
        with self.store.writing() as batch:
            judgements = made()
            claims = {claim for j in judgements for claim in (j.claim, j.other) if claim}
            shas = sorted({stored.report for stored in self.store.claims(claims).values()})
            for judgement in judgements:
                batch.judge(judgement)
            relink(self.store, batch, shas, policy=self.policy)
        return judgements

    def _check_unchanged(self, subject: str, still: Callable[[Incident], bool]) -> None:
        home = subject if subject.startswith("inc-") else self.store.incident_of(subject)
        if home is None:
            self._claim(subject)  # that there is no such claim says more than that its incident is gone
        if home is None or not still(self._whole(home)):
            raise ChangedError(f"the incident of {subject} has changed meanwhile; look at it again and decide again")

    def _check_edit(self, subject: str, field: str | None, value: Any) -> None:
        if field is None:
            raise InputError("edit needs the field that is to be set")
        edited(self._claim(subject), [Judgement(id="", decision="edit", claim=subject, field=field, value=value, by="", at="")])

    def _time(self) -> str:
        return self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _pairs(self, decision: Decision, subject: str, other: str | None) -> list[tuple[str, str | None]]:
        if decision in ("accept", "reject", "edit"):
            if other is not None:
                raise InputError(f"{decision} takes one claim")
            if decision == "accept" and subject.startswith("inc-"):
                return [(claim, None) for claim in signed_claims(self.store.incident(subject))]
            self._claim(subject)
            return [(subject, None)]
        if other is None:
            raise InputError(f"{decision} takes two claims of events, or two incidents")
        ones, others = self._events(subject), self._events(other)
        if set(ones) & set(others):
            raise InputError(f"{subject} and {other} are of one incident; name two claims of events")
        if decision == "different":
            return list(product(ones, others))
        return [(ones[0], others[0])]

    def _events(self, subject: str) -> list[str]:
        """The event claims that are meant by a claim or an incident."""
        if subject.startswith("inc-"):
            return self.store.incident(subject).events
        if not hasattr(self._claim(subject), "kind"):
            raise InputError(f"{subject} is a figure; same and different are said of events")
        return [subject]

    def _claim(self, id: str) -> Any:
        stored = self.store.claims([id]).get(id)
        if stored is None:
            raise StoreError(f"the register holds no claim {id}")
        return stored.claim


def read_file(path: str) -> bytes:
    """The bytes of a file. Raises `InputError` where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as wrong:
        raise InputError(f"cannot read {path}: {wrong.strerror or wrong}") from wrong


def check_policy(policy: str) -> None:
    """Refuse a policy that there is not."""
    if policy not in POLICIES and not policy.startswith("source:"):
        raise InputError(f"there is no policy {policy!r}; one of {', '.join(POLICIES)}, or source:ID")


@lru_cache(maxsize=1)
def reader_version() -> str:
    """The version of the reader, as it is kept with every reading."""
    import sijill

    return f"sijill {sijill.__version__}"


def _given(report: Report, now: datetime) -> Original:
    """The original of a text that was given, not fetched."""
    return Original(
        sha256=report.sha256,
        media_type="text/plain",
        location=report.url or report.id,
        how="given",
        obtained=now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        charset="utf-8",
    )


def _some(items: Iterable[Report], size: int) -> Iterator[list[Report]]:
    held: list[Report] = []
    for item in items:
        held.append(item)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held
