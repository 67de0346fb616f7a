"""What an export rests on, so that it can say how it was made: nothing in it is written by hand."""

from __future__ import annotations

from sijill.records import Record

__all__ = ["Facts"]


class Facts(Record, frozen=True, kw_only=True):
    """What was done to make an export, and of which state of a register.

    `version` of sijill; the `policy` that reconciled figures; the `level` of redaction; the filter as it was given; how many reports and
    judgements the register holds, by how many reviewers, and how many incidents the filter lets through; which readers made the readings;
    from how many bits on two events are one incident, or are shown to reviewers; the number, hash and time of the last audit entry.
    """

    version: str
    policy: str = "default"
    level: str = "full"
    where: dict[str, str] = {}
    reports: int = 0
    incidents: int = 0
    judgements: int = 0
    reviewers: int = 0
    readers: dict[str, int] = {}
    link_bits: float = 0.0
    review_bits: float = 0.0
    entries: int = 0
    head: str = ""
    at: str | None = None
