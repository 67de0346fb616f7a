"""Corrections made in Label Studio: tasks of one report each, with what was shown to annotators and what they left.

Offsets are those of JavaScript, UTF-16 code units, where a character beyond the first plane counts as two; exports of other tools count
characters. Both are taken: the words that an item says it marks decide.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from sijill.datasets.records import Problem
from sijill.datasets.rows import decoded, shortened
from sijill.errors import InputError
from sijill.records import Effect, EventKind, Record, Span

__all__ = ["LABELS", "NOBODY", "Marked", "Task", "Version", "is_evidence", "known_labels", "located", "tasks"]

LABELS: Mapping[str, str] = {**dict.fromkeys(get_args(EventKind), "event"), **dict.fromkeys(get_args(Effect), "figure")}
"""Whether a label names an event or a figure."""

NOBODY = "annotator"
"""Who worked on a task that does not say."""


class Marked(Record, frozen=True, kw_only=True):
    """A stretch with a label, offsets as they are written; `id` is that of the claim that it was made from, if from any."""

    id: str
    start: int
    end: int
    text: str | None = None
    labels: list[str] = []


class Version(Record, frozen=True, kw_only=True):
    """What one annotator left of a task. `shown` are the ids of the claims that stood there at first."""

    by: str
    cancelled: bool
    marked: list[Marked] = []
    shown: list[str] = []


class Task(Record, frozen=True, kw_only=True):
    """A report as it was given to annotators. `number` counts the tasks of the file; problems are of items that cannot be read."""

    number: int
    sha256: str | None = None
    text: str | None = None
    versions: list[Version] = []
    problems: list[Problem] = []


def tasks(data: bytes, *, file: str) -> Iterator[Task | Problem]:
    """The tasks of an export in JSON, as a list or one a line. Raises `InputError` for what is neither.

    >>> task = {"data": {"text": "قصف"}, "annotations": [{"completed_by": 3, "result": [], "was_cancelled": True}]}
    >>> [(t.text, t.versions[0].by, t.versions[0].cancelled) for t in tasks(json.dumps([task]).encode(), file="a.json")]
    [('قصف', 'annotator 3', True)]
    """
    text, _ = decoded(data, name=file)
    for number, value in enumerate(_objects(text, file), start=1):
        yield _task(number, value)


def _objects(text: str, file: str) -> Iterator[Any]:
    if text.lstrip().startswith("["):
        try:
            yield from json.loads(text)
        except (ValueError, RecursionError) as wrong:
            raise InputError(f"{file} is no JSON: {' '.join(str(wrong).split())}") from wrong
        return
    for line in text.split("\n"):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                yield None


def _task(number: int, value: Any) -> Task | Problem:
    held = value.get("data") if isinstance(value, dict) else None
    if not isinstance(held, dict):
        return Problem(line=number, why='the task is no object with "data"', left_out=True)
    problems: list[Problem] = []
    before = [mark.id for result in _listed(value.get("predictions")) for mark in _marks(number, result, [])]
    versions = []
    for one in _listed(value.get("annotations")):
        given = one.get("prediction")
        shown = [mark.id for mark in _marks(number, given, [])] if isinstance(given, dict) else []
        cancelled = bool(one.get("was_cancelled"))
        marks = [] if cancelled else list(_marks(number, one, problems))
        versions.append(Version(by=_name(one.get("completed_by")), cancelled=cancelled, marked=marks, shown=shown or before))
    text, sha = held.get("text"), held.get("sha256") or held.get("report")
    return Task(
        number=number,
        sha256=sha if isinstance(sha, str) else None,
        text=text if isinstance(text, str) else None,
        versions=versions,
        problems=problems,
    )


def _listed(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _marks(number: int, version: Mapping[str, Any], problems: list[Problem]) -> Iterator[Marked]:
    for item in _listed(version.get("result")):
        value = item.get("value")
        match value if item.get("type") == "labels" else None:
            case {"start": int() | str() as start, "end": int() | str() as end, "labels": [*labels]} if _whole(start, end):
                text = value.get("text") if isinstance(value, dict) else None
                yield Marked(
                    id=str(item.get("id", "")),
                    start=int(start),
                    end=int(end),
                    text=text if isinstance(text, str) else None,
                    labels=[str(label) for label in labels],
                )
            case _:
                told = shortened(json.dumps(item, ensure_ascii=False))
                problems.append(
                    Problem(line=number, column=str(item.get("from_name", "")), value=told, why="no label on a stretch of the text")
                )


def _whole(*numbers: int | str) -> bool:
    return all(str(number).isdecimal() for number in numbers)


def _name(said: Any) -> str:
    """Who completed an annotation: a number, or an object with a mail address or a name."""
    if isinstance(said, dict):
        full = " ".join(str(said.get(part) or "") for part in ("first_name", "last_name")).strip()
        said = said.get("email") or said.get("username") or full or said.get("id")
        name = " ".join(str(said).split()) if said else NOBODY
    else:
        name = f"{NOBODY} {said}" if isinstance(said, int | str) and not isinstance(said, bool) else NOBODY
    return "".join(c for c in name if c.isprintable())[:100] or NOBODY


def located(mark: Marked, text: str) -> Span | None:
    """Where a mark stands in a text, in code points; None where its words do not stand where it says, counted either way.

    >>> text = "🚨 قصف على إدلب"
    >>> located(Marked(id="a", start=3, end=6, text="قصف"), text), text[2:5]
    (Span(start=2, end=5), 'قصف')
    >>> located(Marked(id="a", start=2, end=5, text="قصف"), text), located(Marked(id="a", start=9, end=12, text="قصف"), text)
    (Span(start=2, end=5), None)
    """
    starts = _units(text)
    found = [Span(start=mark.start, end=mark.end)] if mark.text is not None else []
    if mark.start in starts and mark.end in starts:
        found.append(Span(start=starts[mark.start], end=starts[mark.end]))
    for span in found:
        if 0 <= span.start < span.end <= len(text) and mark.text in (None, text[span.start : span.end]):
            return span
    return None


def _units(text: str) -> Mapping[int, int]:
    """The code point that begins at each UTF-16 unit, and the end."""
    found, at = {}, 0
    for number, character in enumerate(text):
        found[at] = number
        at += 2 if ord(character) > 0xFFFF else 1
    found[at] = len(text)
    return found


def known_labels(labels: Sequence[str]) -> list[str]:
    """The labels among some that are kinds of events or effects, as their ids are written, after «event:» and «figure:» or without.

    >>> known_labels(["Air strike", "mood", "figure:killed", "event:killed"])
    ['air_strike', 'killed']
    """
    found = []
    for label in labels:
        sort, colon, name = label.rpartition(":")
        name = "_".join(name.strip().lower().replace("-", " ").split())
        if name in LABELS and (not colon or sort.strip().lower() == LABELS[name]):
            found.append(name)
    return found


def is_evidence(mark: Marked) -> bool:
    """Whether a mark only shows which words a value came from."""
    return any(label.strip().lower().startswith("evidence:") for label in mark.labels)
