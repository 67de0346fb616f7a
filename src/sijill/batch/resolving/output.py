"""The folder of incidents: tables as Parquet, the work behind them, and a manifest that says which files count."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from sijill.batch.disk import sweep
from sijill.batch.manifests import put_manifest, read_manifest
from sijill.batch.resolving.folders import Folders
from sijill.errors import InputError
from sijill.ingest.packing import one_line
from sijill.records import Incident, Record

__all__ = ["TABLES", "Resolution", "Resolved", "incidents", "rows"]

TABLES = ("incidents", "claims", "reports")


class Resolution(Record, frozen=True, kw_only=True):
    """What a folder holds: made by which reader and policy, from which units of readings; the files of each table, in order.

    `days` and `windows` are where the stretches of work begin: the next run keeps them.
    """

    format: int = 1
    reader: str
    policy: str
    units: list[str] = []
    reports: int = 0
    incidents: int = 0
    tables: dict[str, list[str]] = {}
    days: list[int] = []
    windows: list[int] = []


class Resolved:
    """A folder of incidents."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.absolute = os.path.abspath(folder)
        self._work = os.path.join(folder, "work")

    def manifest(self) -> Resolution | None:
        """What the folder says of itself; None for one that is not there, or is empty. `InputError` for what no run of ours has made."""
        return read_manifest(self.folder, Resolution, ours=("work", *TABLES))

    def prepare(self) -> None:
        """Make the folder."""
        try:
            for name in ("work", *TABLES):
                os.makedirs(os.path.join(self.folder, name), exist_ok=True)
        except OSError as wrong:
            raise InputError(f"cannot write to {self.folder}: {wrong.strerror or wrong}") from wrong

    def clear(self) -> None:
        """Take away all that was made."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(os.path.join(self.folder, "manifest.json"))
        for name in ("work", *TABLES):
            shutil.rmtree(os.path.join(self.folder, name), ignore_errors=True)
        self.prepare()

    def put_manifest(self, manifest: Resolution) -> None:
        """Write the manifest as a whole."""
        put_manifest(self.folder, manifest, beside=self._work)

    def tidy(self, tables: Mapping[str, Collection[str]], work: Mapping[str, Collection[str]]) -> None:
        """Leave of each table the parts that are named, and of the work of each stage the files; what killed runs left goes too."""
        for name in TABLES:
            _leave(os.path.join(self.folder, name), {f"{part}.parquet" for part in tables.get(name, ())})
        sweep(self._work)
        for stage in os.listdir(self._work):
            _leave(os.path.join(self._work, stage), {f"{key}.arrow" for key in work.get(stage, ())})

    def folders(self, readings: str) -> Folders:
        """The folders of a run from some readings to here."""
        return Folders(readings=os.path.abspath(readings), folder=self.absolute)


def rows(output: str, table: str, *, columns: list[str] | None = None) -> Iterator[dict[str, Any]]:
    """Every row of a table (see `TABLES`) of a folder of incidents: incidents and claims by time, reports as they were added.

    Raises `InputError` where there is no such folder, or a part of it is damaged.
    """
    manifest = Resolved(output).manifest()
    if manifest is None:
        raise InputError(f"{output} holds no incidents; make them with: sijill batch resolve READINGS {output}")
    return (row for name in manifest.tables[table] for row in _rows_of(os.path.join(output, table, f"{name}.parquet"), columns))


def _rows_of(path: str, columns: list[str] | None) -> Iterator[dict[str, Any]]:
    try:
        with pq.ParquetFile(path) as part:
            for batch in part.iter_batches(batch_size=1_000, columns=columns, use_threads=False):
                yield from batch.to_pylist()
    except (pa.ArrowException, OSError) as wrong:
        raise InputError(f"{path} is damaged ({one_line(wrong)}); take it away, and make the incidents again") from wrong


def incidents(output: str) -> Iterator[Incident]:
    """The incidents of a folder of incidents. Raises `InputError` where there is no such folder, or a part of it is damaged.

    >>> import tempfile, pathlib
    >>> from sijill.batch.engine import in_workers
    >>> from sijill.batch.resolving.run import resolve_into
    >>> from sijill.batch.run import read_into
    >>> report = '{"text": "قُتل ثلاثة مدنيين في قصف على مدينة إدلب.", "published": "2022-02-02"}'
    >>> with tempfile.TemporaryDirectory() as folder, in_workers(1) as engine:
    ...     _ = pathlib.Path(folder, "a.jsonl").write_text(report, encoding="utf-8")
    ...     _ = read_into(folder + "/readings", [folder + "/a.jsonl"])
    ...     _ = resolve_into(folder + "/incidents", folder + "/readings", engine)
    ...     [(incident.kind, incident.figures[0].best) for incident in incidents(folder + "/incidents")]
    [('shelling', 3)]
    """
    return (msgspec.json.decode(row["incident"], type=Incident) for row in rows(output, "incidents", columns=["incident"]))


def _leave(folder: str, names: set[str]) -> None:
    for name in os.listdir(folder):
        if name not in names:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(os.path.join(folder, name))
    if not names and os.path.basename(folder) not in TABLES:
        with contextlib.suppress(OSError):
            os.rmdir(folder)
