"""The files between the steps: Arrow tables, mapped into memory and not read, of which a step takes the rows that it needs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from sijill.batch.disk import appearing
from sijill.errors import InputError
from sijill.ingest.packing import one_line

__all__ = ["Ints", "ints", "mapped", "matrix", "put_batches", "put_parquet", "put_rows", "put_table", "within"]

Ints = npt.NDArray[Any]


def put_table(path: str, table: pa.Table) -> None:
    """Write a table as one batch, as it lies in memory, so that its columns are numpy's without a copy."""
    put_batches(path, table.combine_chunks().to_batches() if table.num_rows else [], table.schema)


def put_rows(path: str, schema: pa.Schema, rows: Sequence[Sequence[Any]]) -> None:
    """Write rows, each with the values of the columns in order."""
    put_table(path, _table(schema, rows))


def put_parquet(path: str, schema: pa.Schema, rows: Sequence[Sequence[Any]]) -> None:
    """Write rows of what comes out, as others read it."""
    with appearing(path) as unfinished:
        pq.write_table(_table(schema, rows), unfinished, compression="zstd")


def _table(schema: pa.Schema, rows: Sequence[Sequence[Any]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema)


def put_batches(path: str, batches: Sequence[pa.RecordBatch], schema: pa.Schema, *, packed: bool = False) -> None:
    """Write batches, `packed` where each is read once and as a whole."""
    options = pa.ipc.IpcWriteOptions(compression="zstd" if packed else None)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with appearing(path) as unfinished, pa.ipc.new_file(unfinished, schema, options=options) as writer:
        for batch in batches:
            writer.write_batch(batch)


def mapped(path: str) -> pa.Table:
    """The table in a file. Raises `InputError` where it is damaged or gone."""
    try:
        with pa.memory_map(path) as file:
            return pa.ipc.open_file(file).read_all()
    except (pa.ArrowException, OSError) as wrong:
        raise InputError(f"{path} is damaged ({one_line(wrong)}); take it away, and run this again") from wrong


def ints(table: pa.Table, name: str) -> Ints:
    """A column of numbers."""
    column = table.column(name)
    if column.num_chunks == 1:
        return column.chunk(0).to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]
    return column.to_numpy() if column.num_chunks else np.zeros(0, column.type.to_pandas_dtype())


def matrix(table: pa.Table, name: str, kind: type) -> Ints:
    """A column of bytes of one width, as numbers."""
    chunks = table.column(name).chunks
    width = table.schema.field(name).type.byte_width
    parts = [np.frombuffer(chunk.buffers()[1], np.uint8)[chunk.offset * width :][: len(chunk) * width] for chunk in chunks if len(chunk)]
    return np.concatenate(parts).view(kind) if parts else np.zeros(0, kind)


def within(table: pa.Table, name: str, first: int, end: int) -> pa.Table:
    """The rows of a table, which is sorted by a column, in which that column is from `first` to before `end`."""
    low, high = np.searchsorted(ints(table, name), (first, end))
    return table.slice(int(low), int(high - low))
