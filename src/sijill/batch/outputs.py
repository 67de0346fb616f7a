"""What a run has written, read back: every row once, in the order of the inputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from sijill.batch.parts import Listed, Manifest, Output
from sijill.batch.stage import NOT_READ
from sijill.errors import InputError
from sijill.ingest.packing import one_line
from sijill.link import Telling, unpacked
from sijill.records import Reading

__all__ = ["manifest_of", "not_read", "reading_of", "rows", "tellings_of"]


def manifest_of(output: str) -> Manifest:
    """What an output says of itself. Raises `InputError` where there is none."""
    manifest = Output(output).manifest()
    if manifest is None:
        raise InputError(f"{output} holds no readings; make them with: sijill batch read INPUT {output}")
    return manifest


def rows(output: str, *, columns: list[str] | None = None) -> Iterator[dict[str, Any]]:
    """Every row that an output holds, once: inputs by their names, rows as they stand in them. `columns` are all, or those that are named.

    Of a run that was killed it gives what was done. Raises `InputError` where there is no output.

    >>> import tempfile, pathlib
    >>> from sijill.batch.run import read_into
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "a.jsonl").write_text('{"id": "a", "text": "قُتل مدني"}\\n{}\\n', encoding="utf-8")
    ...     _ = read_into(folder + "/out", [folder + "/a.jsonl"])
    ...     [(row["place"], row["id"], row["status"]) for row in rows(folder + "/out")]
    [('a.jsonl#1', 'a', 'read'), ('a.jsonl#2', None, 'failed')]
    """
    return (row for unit in _units(manifest_of(output)) for row in _rows_of(output, unit, columns))


def _rows_of(output: str, unit: Listed, columns: list[str] | None) -> Iterator[dict[str, Any]]:
    """The rows of a unit; none of one whose part is not there yet."""
    try:
        with pq.ParquetFile(Output(output).part(unit.id)) as part:
            for batch in part.iter_batches(batch_size=256, columns=columns, use_threads=False):
                yield from batch.to_pylist()
    except FileNotFoundError:
        return
    except (pa.ArrowException, OSError) as wrong:
        problem = f"the part {unit.id} of {output} is damaged ({one_line(wrong)}); take it away, and read the input into it again"
        raise InputError(problem) from wrong


def _units(manifest: Manifest, files: Iterable[str] | None = None) -> Iterator[Listed]:
    names = set(manifest.inputs if files is None else files)
    return (unit for name, units in sorted(manifest.inputs.items()) if name in names for unit in units)


def not_read(output: str, files: Iterable[str] | None = None) -> Iterator[dict[str, Any]]:
    """The rows without a reading, of all inputs or of some: where they lie, their id, status and error.

    Parts that are known to have none are not opened.
    """
    for unit in _units(manifest_of(output), files):
        if unit.rows is None or any(unit.rows.get(status) for status in NOT_READ):
            for row in _rows_of(output, unit, ["place", "id", "status", "error"]):
                if row["status"] in NOT_READ:
                    yield row


def reading_of(row: Mapping[str, Any]) -> Reading | None:
    """The reading in a row, if it has one.

    >>> reading_of({"reading": None}) is None
    True
    """
    return msgspec.json.decode(row["reading"], type=Reading) if row["reading"] is not None else None


def tellings_of(row: Mapping[str, Any], families: Mapping[str, str] | None = None) -> list[Telling]:
    """The tellings in a row, each of the family that `families` has for its text, by SHA-256; else of a family of its own.

    >>> from sijill.batch.stage import Options, read_row
    >>> row = read_row({"text": "قُتل ثلاثة مدنيين في قصف مدفعي على مدينة إدلب."}, Options())
    >>> [(telling.kind, telling.family) for telling in tellings_of(row, {row["sha256"]: "first print"})]
    [('shelling', 'first print')]
    """
    found = [unpacked(record) for record in row["tellings"] or ()]
    family = (families or {}).get(row["sha256"])
    return [msgspec.structs.replace(telling, family=family) for telling in found] if family else found
