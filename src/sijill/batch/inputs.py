"""What lies in the files and folders that are to be read, cut into units of work, the same way every time.

Parquet is cut inside its row groups, lines of JSON after every thousand lines; a web archive is one unit. All bytes are hashed, on every
run: that costs a hundredth of reading them, and is what makes a changed file seen as new, and an unchanged one never read again.
"""

from __future__ import annotations

import hashlib
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import IO, Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from sijill.batch.units import Kind, Unit, damage, unit_id
from sijill.errors import InputError
from sijill.ingest.jsonl import JsonLines
from sijill.ingest.packing import gunzipped
from sijill.ingest.text import is_unicode

__all__ = ["File", "find", "units_of"]

_ROWS = 1_000
"""So many rows are a unit: seconds of work, which is what is lost when a worker is killed."""
_CUTS = 32
"""At most so many units of a row group, or of a packed file: each is unpacked from its beginning for every unit in it."""

_BLOCK = 1 << 20
_KINDS: dict[str, Kind] = {
    "parquet": "parquet",
    "jsonl": "lines",
    "ndjson": "lines",
    "jsonl.gz": "lines",
    "ndjson.gz": "lines",
    "warc": "archive",
    "warc.gz": "archive",
    "wacz": "archive",
}
_ENDS = re.compile(rf"\.({'|'.join(map(re.escape, _KINDS))})$", re.IGNORECASE)


class File(NamedTuple):
    """A file to read: its name, which is the same wherever the folder lies, its path, and what it is."""

    name: str
    path: str
    kind: Kind


def find(inputs: Iterable[str]) -> list[File]:
    """The files at some paths, in order of their names; in folders those whose names say what they are, but none that begin with . or _.

    A file is named by its path from the folder that was given, with that folder's own name before it. Raises `InputError` where there is
    nothing to read, where what a file is cannot be told, and where two files have one name.

    >>> find(["nowhere"])
    Traceback (most recent call last):
    sijill.errors.InputError: cannot read nowhere: there is no such file or folder
    """
    found: dict[str, File] = {}
    for given in inputs:
        for file in _at(given):
            if os.path.realpath(found.setdefault(file.name, file).path) != os.path.realpath(file.path):
                raise InputError(f"two files are called {file.name}; give the folder above both")
    return sorted(found.values())


def _at(given: str) -> Iterator[File]:
    if not is_unicode(given):
        raise InputError("the name of an input is not valid UTF-8; rename it")
    path = os.path.abspath(given)
    base = os.path.basename(path)
    if not os.path.exists(path):
        raise InputError(f"cannot read {given}: there is no such file or folder")
    if os.path.isdir(path):
        files = [File(f"{base}/{inside}", os.path.join(path, inside), kind) for inside, kind in _walked(path)]
        if not files:
            raise InputError(f"{given} holds nothing that can be read; files must be called {', '.join('.' + end for end in _KINDS)}")
        yield from files
        return
    kind = _kind(base)
    if kind is None or not os.path.isfile(path):
        raise InputError(f"what {given} is cannot be told by its name; it must end in {', '.join('.' + end for end in _KINDS)}")
    yield File(base, path, kind)


def _walked(folder: str) -> Iterator[tuple[str, Kind]]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        for name in sorted(names):
            kind = _kind(name)
            if kind and not name.startswith((".", "_")) and is_unicode(name):
                yield os.path.relpath(os.path.join(here, name), folder).replace(os.sep, "/"), kind


def _kind(name: str) -> Kind | None:
    ending = _ENDS.search(name)
    return _KINDS[ending[1].lower()] if ending else None


# --- cutting ---------------------------------------------------------------------------------------------------------


def units_of(file: File) -> list[Unit]:
    """The units of a file, in its order. What cannot be read at all is one unit, whose one row says why.

    Raises `InputError` only where the file is gone.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "a.jsonl").write_text('{"text": "قُتل مدني"}\\n' * 2500, encoding="utf-8")
    ...     [(unit.first, unit.rows) for unit in units_of(*find([folder + "/a.jsonl"]))]
    [(1, 1000), (1001, 1000), (2001, 500)]
    """
    try:
        size, changed = (found := os.stat(file.path)).st_size, found.st_mtime_ns
        try:
            return [
                Unit(id=cut.id, name=file.name, path=file.path, kind=cut.kind, size=size, changed=changed, **cut.where)
                for cut in _cut(file)
            ]
        except InputError as wrong:
            problem = str(wrong).replace(file.path, file.name)
        except (pa.ArrowException, ValueError) as wrong:
            problem = damage(wrong)
        content = _hashed(file.path)
    except OSError as wrong:
        raise InputError(f"cannot read {file.name}: {wrong.strerror or wrong}") from wrong
    id = unit_id(file.name, "wrong", problem, content)
    return [Unit(id=id, name=file.name, path=file.path, kind="wrong", size=size, changed=changed, rows=1, problem=problem)]


class _Cut(NamedTuple):
    id: str
    kind: Kind
    where: dict[str, Any]


def _cut(file: File) -> list[_Cut]:
    if file.kind == "parquet":
        return list(_parquet_cuts(file))
    if file.kind == "lines":
        return list(_line_cuts(file))
    return [_Cut(unit_id(file.name, file.kind, 0, _hashed(file.path)), file.kind, {})]


def _hashed(path: str) -> str:
    with open(path, "rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _parquet_cuts(file: File) -> Iterator[_Cut]:
    with pq.ParquetFile(file.path) as opened:
        groups = [opened.metadata.row_group(at).num_rows for at in range(opened.metadata.num_row_groups)]
        names = opened.schema_arrow.names
    if "text" not in names:
        shown = ", ".join(names[:8])
        raise InputError(f'{file.name} has no column "text" (its columns: {shown}); name the column of texts so')
    content, first = _hashed(file.path), 1
    for group, count in enumerate(groups):
        size = max(_ROWS, -(-count // _CUTS))
        for skip in range(0, count, size):
            rows = min(size, count - skip)
            yield _Cut(
                unit_id(file.name, "parquet", (group, skip, rows), content),
                "parquet",
                {"first": first, "rows": rows, "start": group, "skip": skip},
            )
            first += rows


class _Mark(NamedTuple):
    """A place after some line: how many bytes and lines come before it, and the hash of the bytes since the last mark."""

    at: int
    lines: int
    digest: str


def _line_cuts(file: File) -> Iterator[_Cut]:
    """Every stretch has a hash of its own, so that of a file that was only added to the end alone is new."""
    with JsonLines(file.path), open(file.path, "rb") as opened:  # the first refuses what is no text
        packed = opened.peek(2)[:2] == b"\x1f\x8b"
        marks = list(_marks(gunzipped(opened, name=file.name) if packed else opened))
    kind: Kind = "packed_lines" if packed else "lines"
    every = max(1, -(-len(marks) // _CUTS)) if packed else 1
    ends = [*range(every - 1, len(marks) - 1, every), len(marks) - 1] if marks else []
    start, lines, done = 0, 0, 0
    for end in ends:
        mark, last = marks[end], end == len(marks) - 1
        content = "".join(one.digest for one in marks[done : end + 1])
        where = {"first": lines + 1, "rows": mark.lines - lines, "start": start, "end": None if last and packed else mark.at}
        yield _Cut(unit_id(file.name, kind, (start, mark.at), content), kind, where)
        start, lines, done = mark.at, mark.lines, end + 1


def _marks(stream: IO[bytes]) -> Iterator[_Mark]:
    """A mark after every thousand lines, and one at the end; where packed bytes are damaged, that is the end."""
    digest, at, lines, since, ended, wrong = hashlib.sha256(), 0, 0, 0, True, ""
    while True:
        try:
            piece = stream.readline(_BLOCK)
        except (OSError, EOFError, zlib.error) as damaged:
            piece, wrong = b"", type(damaged).__name__
        if not piece:
            break
        digest.update(piece)
        at, ended, since = at + len(piece), piece.endswith(b"\n"), since + len(piece)
        lines += ended
        if ended and lines % _ROWS == 0:
            yield _Mark(at, lines, digest.hexdigest())
            digest, since = hashlib.sha256(), 0
    if since or wrong:
        digest.update(wrong.encode())
        yield _Mark(at, lines + (not ended) + bool(wrong), digest.hexdigest())
