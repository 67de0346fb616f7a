"""A step as engines know it: what it makes, of what, and where; all in words that reach a worker on another machine."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from typing import Any

import msgspec

from sijill.batch.parts import Counts, reader_version
from sijill.batch.resolving.folders import Folders
from sijill.batch.resolving.handed import Handing, put_handed
from sijill.batch.resolving.incidents import Assembling, put_incidents
from sijill.batch.resolving.kin import Days, Loose, put_kin, put_loose
from sijill.batch.resolving.runs import Units, put_signed, put_told
from sijill.batch.resolving.settled import Settling, put_settled
from sijill.batch.resolving.ties import Stretch, put_ties
from sijill.batch.resolving.votes import Run, put_reports, put_votes
from sijill.records import Record

__all__ = ["STEPS", "Step", "key_of", "step"]

STEPS: dict[str, tuple[type[Record], Callable[..., None]]] = {
    "signed": (Units, put_signed),
    "told": (Units, put_told),
    "kin": (Days, put_kin),
    "loose": (Loose, put_loose),
    "ties": (Stretch, put_ties),
    "settled": (Settling, put_settled),
    "votes": (Run, put_votes),
    "reports": (Run, put_reports),
    "handed": (Handing, put_handed),
    "incidents": (Assembling, put_incidents),
}
"""What each step is told, and what does it."""


class Step(Record, frozen=True, kw_only=True, tag="step"):
    """A step: which, what it is told, and the file that it leaves.

    `beside` names files that it looks things up in. They are of the whole run, and no part of its key: what matters of them is in `told`.
    """

    stage: str
    key: str
    told: dict[str, Any]
    beside: dict[str, str] = {}
    folders: Folders
    target: str
    reader: str

    @property
    def id(self) -> str:
        """Its stage and key."""
        return f"{self.stage} {self.key}"

    @property
    def name(self) -> str:
        """What it is called where it could not be done."""
        return self.id

    def is_done(self) -> bool:
        """Whether the file is there."""
        return os.path.exists(self.target)

    def outcome(self) -> Counts:
        """Nothing is counted."""
        return {}

    def do(self, *, careful: bool) -> Counts:
        """Make the file."""
        form, make = STEPS[self.stage]
        make(msgspec.convert(self.told, form), self.folders, self.target, **self.beside)
        return {}


def key_of(stage: str, told: object) -> str:
    """The name of what a step makes: a hash of the step, of what it is told, and of the version that does it."""
    return hashlib.sha256(msgspec.json.encode([reader_version(), stage, told])).hexdigest()[:32]


def step(stage: str, told: Record, folders: Folders, *, target: str | None = None, **beside: str) -> Step:
    """A step by what it is told. `target` is the file where it is one of what comes out; else it lies among the work."""
    key = key_of(stage, told)
    return Step(
        stage=stage,
        key=key,
        told=msgspec.to_builtins(told),
        beside=beside,
        folders=folders,
        target=target or folders.file(stage, key),
        reader=reader_version(),
    )
