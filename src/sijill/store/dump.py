"""All that is kept, as a stream of records in a stable order: what an export writes, and an import reads into an empty register.

Views are not in it: they are made again from what is. JSON that was kept goes through as it is, byte for byte, so that digests still fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from sijill.records import Report
from sijill.store import audit
from sijill.store import tables as t
from sijill.store.kept import Anchor, Entry
from sijill.store.packing import unpack
from sijill.store.search import report_from

__all__ = ["Dumped", "dump"]


class Line(msgspec.Struct, frozen=True, kw_only=True, tag_field="row"):
    """One thing that is kept."""


class OriginalLine(Line, frozen=True, kw_only=True, tag="original"):
    """The bytes that reports came from; in JSON they are base64."""

    sha256: str
    data: bytes


class ReportLine(Line, frozen=True, kw_only=True, tag="report"):
    """A report as it was first added, and when."""

    report: Report
    added: str


class AcquisitionLine(Line, frozen=True, kw_only=True, tag="acquisition"):
    """One way a report was obtained."""

    acquisition: msgspec.Raw


class ReadingLine(Line, frozen=True, kw_only=True, tag="reading"):
    """A reading of a report, by which reader, and when it was added."""

    report: str
    reader: str
    at: str
    reading: msgspec.Raw


class JudgementLine(Line, frozen=True, kw_only=True, tag="judgement"):
    """A reviewer's decision."""

    judgement: msgspec.Raw


class AnchorLine(Line, frozen=True, kw_only=True, tag="anchor"):
    """That a claim was told to be of an incident, and when."""

    anchor: Anchor
    at: str


class EntryLine(Line, frozen=True, kw_only=True, tag="entry"):
    """A line of the audit log."""

    entry: Entry


Dumped = OriginalLine | ReportLine | AcquisitionLine | ReadingLine | JudgementLine | AnchorLine | EntryLine
"""What `Store.dump` gives and `Batch.load` takes."""


def dump(connection: Connection) -> Iterator[Dumped]:
    """Everything that is kept: table by table, each in the order of addition."""

    def rows(query: Any, by: Any) -> Iterator[Any]:
        yield from connection.execute(query.order_by(by), execution_options={"yield_per": 200})

    of = t.reports.c.sha256.label("of")
    for row in rows(select(t.originals), t.originals.c.number):
        yield OriginalLine(sha256=row.sha256, data=unpack(row.packing, row.data))
    for row in rows(select(t.reports), t.reports.c.number):
        yield ReportLine(report=report_from(row), added=row.added)
    for row in rows(select(t.acquisitions.c.record), t.acquisitions.c.number):
        yield AcquisitionLine(acquisition=_raw(row.record))
    for row in rows(select(t.readings, of).join(t.reports), t.readings.c.number):
        yield ReadingLine(report=row.of, reader=row.reader, at=row.at, reading=_raw(unpack(row.packing, row.record)))
    for row in rows(select(t.judgements.c.record), t.judgements.c.number):
        yield JudgementLine(judgement=_raw(row.record))
    for row in rows(select(t.anchors), t.anchors.c.number):
        yield AnchorLine(anchor=Anchor(incident=row.incident, claim=row.claim, report=row.report), at=row.at)
    for entry in audit.entries(connection):
        yield EntryLine(entry=entry)


def _raw(data: str | bytes) -> msgspec.Raw:
    return msgspec.Raw(data.encode() if isinstance(data, str) else data)
