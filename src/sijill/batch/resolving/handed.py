"""Readings sorted by the stretch of their incidents, so that each is fetched once, however the reports of an incident lie scattered."""

from __future__ import annotations

import msgspec
import numpy as np
import pyarrow as pa

from sijill.batch.resolving.files import Ints, ints, mapped, put_batches
from sijill.batch.resolving.folders import Folders
from sijill.batch.resolving.homes import NOBODY, homes
from sijill.batch.resolving.runs import Units, rows_of_units
from sijill.batch.resolving.tellings import Told, family_names
from sijill.records import Record

__all__ = ["HANDED", "Handing", "handed", "put_handed", "stretches_of"]

HANDED = pa.schema(
    [
        ("number", pa.int32()),
        ("sha256", pa.string()),
        ("family", pa.string()),
        ("reading", pa.string()),
        ("tellings", pa.list_(pa.binary())),
    ]
)
"""The reports of a run that tell incidents of a stretch, or parts of these: a batch for each stretch."""
_STRETCHES = b"sijill.stretches"


class Handing(Record, frozen=True, kw_only=True):
    """A run, and a hash of the stretches to which its reports go."""

    told: Told
    units: Units
    to: str


def stretches_of(told: Told, folders: Folders, known: str, parents: str) -> tuple[Ints, Ints]:
    """To which stretches which reports of a run go: numbers of reports, numbers of stretches, each pair once, by stretch and report."""
    asked = homes(folders, known, parents)
    table = mapped(folders.file("told", told.key))
    number, incident = ints(table, "number"), asked.of(ints(table, "claim"))
    there = (incident != NOBODY) & ~np.isin(number, told.again)
    number, incident = number[there], incident[there]
    whole = asked.parent[incident]
    part = whole != NOBODY
    numbers = np.concatenate([number, number[part]]).astype(np.int64)
    stretches = np.concatenate([asked.stretch[incident], asked.stretch[whole[part]]]).astype(np.int64)
    pairs = np.unique(stretches << 32 | numbers)
    return pairs & 0xFFFFFFFF, pairs >> 32


def put_handed(handing: Handing, folders: Folders, target: str, *, known: str, parents: str) -> None:
    """Write the readings of a run by stretch."""
    numbers, stretches = stretches_of(handing.told, folders, known, parents)
    wanted = set(numbers.tolist())
    named = family_names(handing.told.families, folders)
    rows = {
        number: (number, row["sha256"], named.get(number, row["sha256"]), row["reading"], row["tellings"])
        for number, row in rows_of_units(folders, handing.units, ["reading", "tellings"])
        if number in wanted
    }
    batches, order = [], np.unique(stretches).tolist()
    names = homes(folders, known, parents).stretches
    for stretch in order:
        some = [rows[number] for number in numbers[stretches == stretch].tolist()]
        columns = [pa.array(column, field.type) for column, field in zip(zip(*some, strict=True), HANDED, strict=True)]
        batches.append(pa.RecordBatch.from_arrays(columns, schema=HANDED))
    put_batches(
        target, batches, HANDED.with_metadata({_STRETCHES: msgspec.json.encode([names[stretch] for stretch in order])}), packed=True
    )


def handed(path: str, stretch: str) -> pa.RecordBatch:
    """The reports of a run that go to a stretch."""
    with pa.memory_map(path) as source:
        file = pa.ipc.open_file(source)
        return file.get_batch(msgspec.json.decode(file.schema.metadata[_STRETCHES]).index(stretch))
