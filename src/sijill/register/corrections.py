"""Corrections made in Label Studio become decisions: what was left as it was is accepted, what was changed edited, what was taken away
rejected, and what was marked anew is a claim by hand.

A claim that was never shown to an annotator is not missing from what they left. A decision that stands already is not taken again, so
that the same file can be taken in twice. Of two mistakes the one preferred is a correction that is reported and not taken.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from sijill.datasets.label_studio import LABELS, NOBODY, Marked, Task, Version, is_evidence, known_labels, located, tasks
from sijill.datasets.records import Intake, Problem
from sijill.datasets.rows import shortened
from sijill.errors import InputError
from sijill.link import in_force
from sijill.records import EventClaim, FigureClaim, Judgement, Reading, Record, Report, Span
from sijill.register.by_hand import BY_HAND, What, with_claim
from sijill.register.judged import EDITABLE, edited, edits_of
from sijill.register.linking import relink
from sijill.store import Batch, Store

if TYPE_CHECKING:
    from sijill.register.register import Register

__all__ = ["take_in_corrections"]

_NAME = "Label Studio"
_NOTE = "corrected in Label Studio"
Claim = EventClaim | FigureClaim


class Step(Record, frozen=True, kw_only=True):
    """One decision that comes of a mark, or of its lack."""

    decision: Literal["accept", "edit", "reject", "add"]
    claim: str = ""
    field: str | None = None
    value: str | None = None
    span: Span | None = None
    what: What = "event"
    fields: dict[str, Any] = {}
    by: str


class _UndoneError(Exception):
    """Ends the transaction of a run that only looks."""


def take_in_corrections(register: Register, data: bytes, *, file: str, reader: str, by: str | None = None, apply: bool = False) -> Intake:
    """Take the decisions of a file, all or none; without `apply` nothing is changed. `by` signs where a task does not say who worked on it.

    Raises `InputError` for a file that holds no tasks, `StoreError` where the register fails.
    """
    if apply:
        register.settle()  # reports that wait are linked in the order in which they came
    taking = _Corrections(register, reader=reader, by=by)
    try:
        with register.store.writing() as batch:
            taking.run(batch, tasks(data, file=file), {"file": file, "sha256": hashlib.sha256(data).hexdigest()})
            if not apply:
                raise _UndoneError
    except _UndoneError:
        pass
    return taking.intake(apply)


class _Corrections:
    """One run over the tasks of a file."""

    def __init__(self, register: Register, *, reader: str, by: str | None) -> None:
        self._store: Store = register.store
        self._policy, self._reader, self._by, self._signer = register.policy, reader, by, register.by
        self._at = register.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        every = self._store.judgements()
        undone = {judgement.undoes for judgement in every}
        self._standing = in_force(every)
        self._said = {_key(judgement) for judgement in every if judgement.id not in undone and judgement.undoes is None}
        self._decisions: Counter[str] = Counter()
        self._problems: list[Problem] = []
        self._touched: dict[str, None] = {}
        self._tasks = 0

    def run(self, batch: Batch, found: Iterator[Task | Problem], about: Mapping[str, str]) -> None:
        for task in found:
            self._tasks += 1
            if isinstance(task, Problem):
                self._problems.append(task)
            else:
                self._take(batch, task)
        if self._touched:
            batch.note("take in", _NAME, {**about, **self._decisions}, by=self._by or self._signer)
            relink(self._store, batch, list(self._touched), policy=self._policy)

    def intake(self, apply: bool) -> Intake:
        return Intake(
            dataset=_NAME,
            form="labelstudio",
            applied=apply,
            rows=self._tasks,
            left_out=sum(problem.left_out for problem in self._problems),
            decisions=dict(sorted(self._decisions.items())),
            problems=self._problems,
        )

    def _take(self, batch: Batch, task: Task) -> None:
        self._problems += task.problems
        report = self._report(task)
        if report is None:
            return
        if not task.versions:
            self._decisions["tasks nobody worked on"] += 1
        for version in task.versions:
            if version.cancelled:
                self._decisions["annotations cancelled, passed over"] += 1
                continue
            before = next(self._store.readings([report.sha256]))
            by = version.by if version.by != NOBODY else self._by or self._signer
            for step in _steps(task.number, report, self._judged(before), version, by, self._problems):
                self._do(batch, task.number, report, step)

    def _report(self, task: Task) -> Report | None:
        """The report of a task, whose text must be the one that is kept."""
        sha = task.sha256 or (hashlib.sha256(task.text.encode("utf-8", "surrogatepass")).hexdigest() if task.text is not None else "")
        if not self._store.known([sha]) or next(self._store.readings([sha]), None) is None:
            self._problem(task.number, "sha256", sha[:16], "the register holds no reading of this report", left_out=True)
            return None
        report = self._store.report(sha)
        if task.text is not None and task.text != report.text:
            self._problem(task.number, "text", None, "the text is not that of the report; its marks may stand elsewhere", left_out=True)
            return None
        return report

    def _judged(self, reading: Reading) -> dict[str, Claim]:
        """The claims of a reading as reviewers left them."""
        edits = edits_of(self._standing)
        events: dict[str, Claim] = {event.claim: edited(event, edits.get(event.claim, [])) for event in reading.events}
        return events | {figure.claim: edited(figure, edits.get(figure.claim, [])) for figure in reading.figures}

    def _do(self, batch: Batch, number: int, report: Report, step: Step) -> None:
        made: Callable[[], bool] = (
            (lambda: self._add(batch, report, step)) if step.decision == "add" else (lambda: self._judge(batch, step))
        )
        try:
            done = made()
        except InputError as wrong:
            self._problem(number, step.what, step.value or report.text[step.span.start : step.span.end] if step.span else None, str(wrong))
            return
        self._decisions[_TOLD[step.decision] if done else "decisions that stand already"] += 1
        if done:
            self._touched[report.sha256] = None

    def _add(self, batch: Batch, report: Report, step: Step) -> bool:
        before = next(self._store.readings([report.sha256]))
        assert step.span is not None
        try:
            reading, _ = with_claim(report, before, step.what, step.span.start, step.span.end, step.fields)
        except InputError as wrong:
            if "already" in str(wrong):
                return False
            raise
        batch.add_reading(reading, f"{self._reader}, and by hand", by=step.by)
        return True

    def _judge(self, batch: Batch, step: Step) -> bool:
        if self._is_said(step):
            return False
        said = msgspec.json.encode([step, self._at, len(self._said)])
        accepted = step.decision == "accept"
        judgement = Judgement(
            id="jud-" + hashlib.sha256(said).hexdigest()[:12],
            decision="accept" if step.decision == "add" else step.decision,
            claim=step.claim,
            field=None if accepted else step.field,
            value=None if accepted else step.value,
            by=step.by,
            at=self._at,
            note=_NOTE,
        )
        batch.judge(judgement)
        self._said.add(_key(judgement))
        self._standing = in_force([*self._standing, judgement])
        return True

    def _is_said(self, step: Step) -> bool:
        """Whether whoever worked on it decided so before; what they corrected is then as they left it, and is not accepted besides."""
        told = (None, None) if step.decision == "accept" else (step.field, step.value)
        return (step.claim, step.decision, *told, step.by) in self._said or (
            step.claim,
            "edit",
            step.field,
            step.value,
            step.by,
        ) in self._said

    def _problem(self, number: int, column: str, value: str | None, why: str, *, left_out: bool = False) -> None:
        told = None if value is None else shortened(value)
        self._problems.append(Problem(line=number, column=column, value=told, why=why, left_out=left_out))


def _key(judgement: Judgement) -> tuple[str, str, str | None, str | None, str]:
    value = judgement.value
    return judgement.claim, judgement.decision, judgement.field, value if isinstance(value, str) else None, judgement.by


_TOLD = {"accept": "claims accepted", "edit": "claims corrected", "reject": "claims rejected", "add": "claims added by hand"}


def _steps(number: int, report: Report, claims: Mapping[str, Claim], version: Version, by: str, problems: list[Problem]) -> Iterator[Step]:
    """What comes of one annotator's version of a report."""
    by_place = {(claim.start, claim.end, type(claim)): id for id, claim in claims.items()}
    kept: set[str] = set()
    for mark in version.marked:
        if is_evidence(mark):
            if mark.id not in version.shown:
                why = "words behind a value are not taken in by themselves; correct the claim, or add one"
                problems.append(Problem(line=number, column=mark.id, value=shortened(mark.text or ""), why=why))
            continue
        span, labels = located(mark, report.text), known_labels(mark.labels)
        if span is None or not labels:
            why = "its words do not stand where it says" if span is None else "no kind of event and no effect"
            value = mark.text if span is None else ", ".join(mark.labels)
            problems.append(Problem(line=number, column=mark.id, value=shortened(value or ""), why=why))
            kept.add(mark.id)  # it was not taken away
            continue
        sort = EventClaim if LABELS[labels[0]] == "event" else FigureClaim
        id = mark.id if mark.id in claims else by_place.get((span.start, span.end, sort), "")
        kept.add(id)
        yield from _marked(mark, span, labels[0], claims[id] if id else None, by)
    if not version.shown:
        problems.append(Problem(line=number, why="the task does not say which claims were shown; none is taken for rejected"))
    for id in dict.fromkeys(version.shown):
        if id in claims and id not in kept:
            yield Step(decision="reject", claim=id, by=by)


def _marked(mark: Marked, span: Span, label: str, claim: Claim | None, by: str) -> Iterator[Step]:
    """What comes of one mark: a claim left, corrected, moved or found."""
    what: What = "event" if LABELS[label] == "event" else "figure"
    field = "kind" if what == "event" else "effect"
    if claim is None or (claim.rule == BY_HAND and mark.id != claim.claim):  # the latter came of this very mark
        yield Step(decision="add", span=span, what=what, fields={field: label}, by=by)
        return
    same_sort = isinstance(claim, EventClaim) == (what == "event")
    if same_sort and (claim.start, claim.end) == (span.start, span.end):
        if getattr(claim, field) == label:
            yield Step(decision="accept", claim=claim.claim, field=field, value=label, by=by)
        else:
            yield Step(decision="edit", claim=claim.claim, field=field, value=label, by=by)
        return
    fields = {name: value for name in EDITABLE[what] if (value := getattr(claim, name)) not in (None, [])} if same_sort else {}
    yield Step(decision="reject", claim=claim.claim, by=by)
    yield Step(decision="add", span=span, what=what, fields={**fields, field: label}, by=by)
