"""Rows of data sets taken into a register, or looked at as if they were.

A run that is only to look does all that the other does, inside one transaction that is then undone: what it says would change is what
would change. A data set is alive: a row whose id is there with other words replaces the earlier one, whose reading from then on claims
nothing and says by what it was replaced. Nothing is deleted, and no reviewer is made to have said anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from sijill.datasets import DataSet
from sijill.datasets.records import Intake, IntakeIncident, Problem, TakenRow
from sijill.records import EventClaim, Original, Reading
from sijill.register.by_hand import carried
from sijill.register.linking import relink
from sijill.register.rebuilding import Progress, link_all
from sijill.store import Batch, Store
from sijill.store.kept import ROW_OF

if TYPE_CHECKING:
    from sijill.register.register import Register

__all__ = ["REPLACED", "rows_in_force", "take_in_rows"]

REPLACED = "replaced by a later row of its id: "
"""How the warning begins of a row that claims nothing any more."""

_CHUNK = 200
_RELINKED = 50
_REBUILT = 400
_PROBLEMS = 5000
_LISTED = 20


class _UndoneError(Exception):
    """Ends the transaction of a run that only looks."""


def take_in_rows(
    register: Register, rows: DataSet, data: bytes, *, file: str, reader: str, by: str, apply: bool, progress: Progress | None = None
) -> Intake:
    """Take in the rows of a data set, all or none. `reader` is the version of sijill.

    Raises `StoreError` where the register fails; then, and without `apply`, nothing is changed.
    """
    taking = _Taking(register, rows, file=file, reader=f"{reader}{ROW_OF}{rows.name}", by=by, progress=progress)
    made: list[Intake] = []
    try:
        with register.store.writing() as batch:
            made.append(taking.run(batch, data, apply=apply))
            if not apply:
                raise _UndoneError
    except _UndoneError:
        pass
    return made[0]


def rows_in_force(store: Store, dataset: str) -> Iterator[Reading]:
    """The readings of the rows of a data set that were not replaced, in the order in which they were added."""
    for reading in store.readings(store.rows_of(dataset)):
        if reading.dataset == dataset and not any(warning.startswith(REPLACED) for warning in reading.warnings):
            yield reading


class _Taking:
    """One run. `touched` are the reports that have to be linked anew."""

    def __init__(self, register: Register, rows: DataSet, *, file: str, reader: str, by: str, progress: Progress | None) -> None:
        self._store, self._policy, self._now = register.store, register.policy, register.now
        self._rows, self._file, self._reader, self._by = rows, file, reader, by
        self._tell = progress or (lambda what, done, of: None)
        self._touched: dict[str, None] = {}
        self._row_of: dict[str, str] = {}  # the row of every event claim that came
        self._counts: dict[str, Any] = dict.fromkeys(("new", "there", "changed", "read_anew", "eventless"), 0)
        self._clashes: list[Problem] = []

    def run(self, batch: Batch, data: bytes, *, apply: bool) -> Intake:
        waiting = self._store.unlinked()
        before = set(self._store.incident_ids())
        live = {reading.id: reading for reading in rows_in_force(self._store, self._rows.name)}
        rows = iter(self._rows)
        done = 0
        while some := list(islice(rows, _CHUNK)):
            self._keep(batch, some, live)
            done += len(some)
            self._tell("rows", done, 0)
        if self._touched:
            detail = {"file": self._file, "sha256": hashlib.sha256(data).hexdigest(), "form": self._rows.form, **self._counts}
            batch.note("take in", self._rows.name, detail, by=self._by)
            self._link(batch, [*waiting, *self._touched])
        return self._intake(before, apply)

    # --- keeping --------------------------------------------------------------------------------------------------------

    def _keep(self, batch: Batch, rows: list[TakenRow], live: dict[str, Reading]) -> None:
        kept = {reading.sha256: reading for reading in self._store.readings(self._store.known(row.report.sha256 for row in rows))}
        for row in rows:
            there, earlier = kept.get(row.report.sha256), live.get(row.report.id)
            self._counts["eventless"] += not row.reading.events
            if there is not None and there.dataset not in (None, self._rows.name):
                self._clash(row, there)
            elif there is not None and earlier is not None and there.sha256 == earlier.sha256:
                self._there(batch, row, there)
            else:
                self._put(batch, row, there, earlier)

    def _clash(self, row: TakenRow, there: Reading) -> None:
        why = f"the very same row is kept for the data set {there.dataset}; take it in under that name"
        self._clashes.append(Problem(line=row.line, why=why, left_out=True))

    def _there(self, batch: Batch, row: TakenRow, there: Reading) -> None:
        """A row that is kept as it is; a version of sijill that reads more out of it may do so."""
        again = carried(row.reading, there)
        if msgspec.json.encode(again) == msgspec.json.encode(there):
            self._counts["there"] += 1
            return
        self._counts["read_anew"] += 1
        batch.add_reading(again, self._reader, by=self._by)
        self._touch(row, again.events)

    def _put(self, batch: Batch, row: TakenRow, there: Reading | None, earlier: Reading | None) -> None:
        self._counts["new" if earlier is None else "changed"] += 1
        if earlier is not None:
            said = f"{REPLACED}report {row.report.sha256}"
            empty = msgspec.structs.replace(
                earlier, kind="negative", places=[], actors=[], figures=[], events=[], contradictions=[], warnings=[said]
            )
            batch.add_reading(empty, self._reader, by=self._by)
            self._touched[earlier.sha256] = None
        if there is None:
            batch.add(row.report, self._original(row), row.data, row.reading, reader=self._reader, by=self._by)
        else:
            batch.add_reading(row.reading, self._reader, by=self._by)
        batch.set_families({row.report.sha256: row.report.sha256})
        self._touch(row, row.reading.events)

    def _touch(self, row: TakenRow, events: Iterable[EventClaim]) -> None:
        self._touched[row.report.sha256] = None
        self._row_of |= {event.claim: row.id for event in events}

    def _original(self, row: TakenRow) -> Original:
        return Original(
            sha256=hashlib.sha256(row.data).hexdigest(),
            media_type="application/json" if row.data.lstrip().startswith(b"{") else "text/csv",
            location=f"{self._file}:{row.line}",
            how="row",
            charset=self._rows.charset,
            obtained=self._now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )

    # --- linking, and what came of it ------------------------------------------------------------------------------------

    def _link(self, batch: Batch, shas: list[str]) -> None:
        ordered = self._store.in_order(shas)
        if len(ordered) > _REBUILT and 10 * len(ordered) > self._store.count_of("reports"):
            link_all(self._store, batch, policy=self._policy, progress=self._tell, note=False)
            return
        for at in range(0, len(ordered), _RELINKED):
            relink(self._store, batch, ordered[at : at + _RELINKED], policy=self._policy)
            self._tell("linking", min(at + _RELINKED, len(ordered)), len(ordered))

    def _intake(self, before: set[str], apply: bool) -> Intake:
        homes = self._store.homes(self._row_of)
        rows: dict[str, list[str]] = {}
        for claim, home in homes.items():
            rows.setdefault(home, []).append(self._row_of[claim])
        problems = [*self._rows.problems, *self._clashes]
        gained = [home for home in rows if home in before]
        listed = [*sorted(gained), *sorted(home for home in rows if home not in before)][:_LISTED]
        return Intake(
            dataset=self._rows.name,
            form=self._rows.form,
            applied=apply,
            rows=self._rows.rows,
            left_out=sum(problem.left_out for problem in problems),
            problems=problems[:_PROBLEMS],
            more_problems=max(0, len(problems) - _PROBLEMS),
            unknown=self._rows.unknown,
            incidents_new=len(rows) - len(gained),
            incidents_gained=len(gained),
            incidents=[self._line(id, rows[id]) for id in listed],
            **self._counts,
        )

    def _line(self, id: str, rows: list[str]) -> IntakeIncident:
        found = self._store.incident(id)
        place = found.places[0].name if found.places else None
        own = {sha for sha in found.reports if sha in self._touched}
        return IntakeIncident(
            id=id, kind=found.kind, first=found.first, place=place, reports=len(found.reports) - len(own), rows=sorted(rows)
        )
