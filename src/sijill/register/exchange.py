"""A whole register as one file, and back: lines of JSON packed with gzip, everything that is kept and nothing that can be made again.

The last line says how many there are and repeats the head of the audit log, so that a file that was cut short is told from a whole one.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from typing import IO, cast

import msgspec

from sijill.errors import InputError
from sijill.register.rebuilding import Progress, link_all
from sijill.store import Store
from sijill.store.dump import Dumped

__all__ = ["export_register", "import_register"]

_FORMAT = "sijill register 1"


class _First(msgspec.Struct, tag="sijill", tag_field="row"):
    """The first line: what the file is."""

    format: str


class _Last(msgspec.Struct, tag="end", tag_field="row"):
    """The last line: how many lines stand between, and the last hash of the audit log."""

    lines: int
    head: str


_ENCODER = msgspec.json.Encoder()
_LINE = msgspec.json.Decoder(type=Dumped | _First | _Last)


def export_register(store: Store, out: IO[bytes], *, by: str = "sijill", progress: Progress | None = None) -> int:
    """Write everything that is kept. Returns the number of lines. That it was done is entered in the audit log, and is in the file.

    Raises `StoreError` where the store fails, `OSError` where the file cannot be written.
    """
    with store.writing() as batch:
        batch.note("export", "register", by=by)
    _, head = store.head()
    lines = 0
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0, filename="", compresslevel=6) as packed:
        packed.write(_ENCODER.encode(_First(format=_FORMAT)) + b"\n")
        for row in store.dump():
            packed.write(_ENCODER.encode(row) + b"\n")
            lines += 1
            if progress and lines % 500 == 0:
                progress("rows", lines, 0)
        packed.write(_ENCODER.encode(_Last(lines=lines, head=head)) + b"\n")
    return lines


def import_register(store: Store, file: IO[bytes], *, policy: str = "default", progress: Progress | None = None) -> int:
    """Fill an empty register from an export, all of it or nothing, and link it. Returns the number of lines.

    Raises `InputError` for a file that is no export or is damaged, `StoreError` for a register that is not empty.
    """
    reader = _Lines(file, progress)
    with store.writing() as batch:
        batch.load(reader)
        batch.flushed()
        if reader.last is None or reader.last.lines != reader.count or reader.last.head != store.head()[1]:
            raise InputError("the export ends before its time; get the file anew")
        link_all(store, batch, policy=policy, progress=progress, note=False)
    return reader.count


class _Lines:
    """The rows of an export, read as they are asked for."""

    def __init__(self, file: IO[bytes], progress: Progress | None) -> None:
        self._file = file
        self._progress = progress
        self.count = 0
        self.last: _Last | None = None

    def __iter__(self) -> Iterator[Dumped]:
        lines = self._decoded()
        first = next(lines, None)
        if not isinstance(first, _First):
            raise InputError("the file is no export of a register; make one with `sijill export --format register`")
        if first.format != _FORMAT:
            raise InputError(f"the export is of another version ({first.format}); use the sijill that made it, or a newer one")
        for line in lines:
            if isinstance(line, _Last):
                self.last = line
                return
            if isinstance(line, _First):
                raise InputError("the export begins twice; get the file anew")
            self.count += 1
            if self._progress and self.count % 500 == 0:
                self._progress("rows", self.count, 0)
            yield line

    def _decoded(self) -> Iterator[Dumped | _First | _Last]:
        try:
            for number, line in enumerate(cast(IO[bytes], gzip.GzipFile(fileobj=self._file)), start=1):
                try:
                    yield _LINE.decode(line)
                except msgspec.MsgspecError as wrong:
                    raise InputError(f"line {number} is no row of a register ({wrong}); get the file anew") from wrong
        except (EOFError, zlib.error, gzip.BadGzipFile) as wrong:
            raise InputError("the file is no export of a register, or is damaged; get it anew") from wrong
