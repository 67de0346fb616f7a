"""The folder that a run writes to: a Parquet part for each unit of work, and a manifest of what they are.

A part appears under its name only when it is complete and on the disk, and is named by its unit. So whatever is killed, and however often,
a unit is either there once or not at all, and a later run does what is missing. The manifest says which parts count: it is written anew,
as a whole, before a run and after it.
"""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from sijill.batch.disk import appearing, locked, sweep
from sijill.batch.manifests import put_manifest, read_manifest
from sijill.batch.stage import Options, output_schema
from sijill.batch.units import Unit
from sijill.errors import InputError
from sijill.records import Record

__all__ = ["Listed", "Manifest", "Output", "reader_version", "totals"]

_GROUP_ROWS, _GROUP_BYTES = 1_000, 64 << 20
"""So many rows, or bytes of them, are kept in memory and written at once."""
_COUNTS = b"sijill.rows"

Counts = dict[str, int]


def reader_version() -> str:
    """What the parts of one output were all read by.

    >>> reader_version().split()[0]
    'sijill'
    """
    import sijill

    return f"sijill {sijill.__version__}"


class Listed(Record, frozen=True, kw_only=True):
    """A unit in the manifest: its part, the first row of the input in it, and how many rows came out with which status, once it is done."""

    id: str
    first: int
    rows: Counts | None = None


class Manifest(Record, frozen=True, kw_only=True):
    """What an output holds: the reader and the options that made it, and the units of each input, in order."""

    format: int = 1
    reader: str
    options: Options
    complete: bool = False
    rows: Counts = {}
    inputs: dict[str, list[Listed]] = {}


class Output:
    """A folder of parts."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.absolute = os.path.abspath(folder)
        self._parts = os.path.join(folder, "parts")

    def part(self, id: str) -> str:
        """The path of a unit's part."""
        return os.path.join(self._parts, f"{id}.parquet")

    def holds(self, path: str) -> bool:
        """Whether a file lies in this folder."""
        return os.path.realpath(path).startswith(os.path.realpath(self.folder) + os.sep)

    def done(self) -> set[str]:
        """The ids of all units that are there."""
        try:
            names = os.listdir(self._parts)
        except FileNotFoundError:
            return set()
        return {name.removesuffix(".parquet") for name in names if name.endswith(".parquet")}

    def counts(self, id: str) -> Counts:
        """How many rows of a part have which status, as it says itself."""
        written: Counts = msgspec.json.decode(pq.read_metadata(self.part(id)).metadata[_COUNTS], type=Counts)
        return written

    # --- the manifest ----------------------------------------------------------------------------------------------------

    def manifest(self) -> Manifest | None:
        """What the folder says of itself; None for one that is not there, or is empty. `InputError` for what no run of ours has made."""
        return read_manifest(self.folder, Manifest, ours=("parts",))

    def put_manifest(self, manifest: Manifest) -> None:
        """Write the manifest as a whole."""
        put_manifest(self.folder, manifest, beside=self._parts)

    # --- parts -----------------------------------------------------------------------------------------------------------

    def put(self, unit: Unit, batches: Iterable[pa.RecordBatch], options: Options) -> Counts:
        """Write a unit's part; it appears when it is complete. Gives how many rows have which status."""
        schema = output_schema(options)
        counts: Counter[str] = Counter()
        with appearing(self.part(unit.id)) as path, pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for table in _grouped(batches, schema):
                counts.update(table.column("status").to_pylist())
                writer.write_table(table)
            said = dict(sorted(counts.items()))
            writer.add_key_value_metadata({_COUNTS: msgspec.json.encode(said), b"sijill.unit": unit.id.encode()})
        return said

    def prepare(self) -> None:
        """Make the folder."""
        try:
            os.makedirs(self._parts, exist_ok=True)
        except OSError as wrong:
            raise InputError(f"cannot write to {self.folder}: {wrong.strerror or wrong}") from wrong

    def sweep(self) -> None:
        """Take away what killed runs left half written."""
        sweep(self._parts)

    def drop(self, ids: Iterable[str]) -> None:
        """Take away parts."""
        for id in ids:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self.part(id))

    def locked(self) -> contextlib.AbstractContextManager[None]:
        """A block in which no other run writes here."""
        return locked(self.folder)


def _grouped(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    """Batches joined to row groups that are worth their footers; one empty table where there is no row."""
    held: list[pa.RecordBatch] = []
    written = False
    for batch in batches:
        held.append(batch)
        if sum(one.num_rows for one in held) >= _GROUP_ROWS or sum(one.nbytes for one in held) >= _GROUP_BYTES:
            yield pa.Table.from_batches(held, schema)
            held, written = [], True
    if held or not written:
        yield pa.Table.from_batches(held, schema)


def totals(inputs: dict[str, list[Listed]]) -> Counts:
    """How many rows of all units have which status.

    >>> totals({"a": [Listed(id="1", first=1, rows={"read": 3}), Listed(id="2", first=4, rows={"read": 2, "failed": 1})]})
    {'failed': 1, 'read': 5}
    """
    counts: Counter[str] = Counter()
    for listed in {unit.id: unit for units in inputs.values() for unit in units}.values():
        counts.update(listed.rows or {})
    return dict(sorted(counts.items()))
