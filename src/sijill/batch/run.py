"""A run: what is to be read, what of it is there already, who does the rest, and what is said at the end. The same for every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial

import msgspec

from sijill.batch.engine import in_processes
from sijill.batch.inputs import find, units_of
from sijill.batch.parts import Counts, Listed, Manifest, Output, reader_version, totals
from sijill.batch.stage import Options
from sijill.batch.tasks import Engine, Task
from sijill.batch.units import Unit, unit_id
from sijill.batch.work import ReadTask
from sijill.errors import InputError
from sijill.records import Record

__all__ = ["Summary", "read_into"]

Progress = Callable[[str, int, int], None]


class Summary(Record, frozen=True, kw_only=True):
    """What came of a run: how many units it did, how many were there already, and the rows of all of them by status.

    `undone` are units that could not be done, and why; a later run tries them again. `files` are the inputs, by their names.
    """

    output: str
    done: int = 0
    there: int = 0
    rows: Counts = {}
    undone: list[str] = []
    files: list[str] = []


def read_into(
    output: str,
    inputs: Iterable[str],
    options: Options | None = None,
    *,
    workers: int = 1,
    engine: Engine | None = None,
    anew: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Read every report of some files and folders into the folder `output`: a Parquet part a unit, and a manifest.

    What is there is not read again; a file that was changed takes the place of what it was, one that is no longer given stays. Without an
    `engine`, so many `workers` on this machine do it. `anew` begins with an empty output. The folder's parts are the same bytes
    whoever does it, and however often a run was killed in between.

    Raises `InputError` where inputs cannot be found, where another run is writing there, and where the output was made by another version
    of the reader or with other limits.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "a.jsonl").write_text('{"text": "قُتل مدني"}\\n', encoding="utf-8")
    ...     first = read_into(folder + "/out", [folder + "/a.jsonl"])
    ...     again = read_into(folder + "/out", [folder + "/a.jsonl"])
    >>> (first.done, first.there, first.rows), (again.done, again.there, again.rows)
    ((1, 0, {'read': 1}), (0, 1, {'read': 1}))
    """
    files = find(inputs)
    place = Output(output)
    for file in files:
        if place.holds(file.path):
            raise InputError(f"the output {output} holds {file.name}, which is to be read; give another folder")
    before = place.manifest()
    manifest = Manifest(reader=reader_version(), options=options or Options())
    if before and not anew:
        _check_same(output, before, manifest)
    place.prepare()
    with place.locked():
        run = _Run(place, manifest, progress or (lambda what, done, of: None))
        run.begin(before if before and not anew else None, {file.name: partial(units_of, file) for file in files})
        return run.finish(partial(in_processes, workers=workers) if engine is None else engine)


def _check_same(output: str, before: Manifest, now: Manifest) -> None:
    """One output is read in one way: else its rows could not be compared."""
    if before.reader != now.reader:
        raise InputError(f"{output} was read by {before.reader}, and this is {now.reader}; give --anew to read all of it anew")
    was, be = msgspec.to_builtins(before.options), msgspec.to_builtins(now.options)
    other = [f"{name} was {was[name]}, now {be[name]}" for name in was if was[name] != be[name]]
    if other:
        raise InputError(f"{output} was read in another way ({'; '.join(other)}); give --anew to read all of it anew")


class _Run:
    def __init__(self, place: Output, manifest: Manifest, tell: Progress) -> None:
        self._place, self._manifest, self._tell = place, manifest, tell
        self._units: dict[str, Unit] = {}
        self._given: list[str] = []
        self._rows: dict[str, Counts] = {}

    def begin(self, before: Manifest | None, cut: dict[str, Callable[[], list[Unit]]]) -> None:
        """Cut the inputs, and write down what is to be done before it is begun."""
        self._place.sweep()
        listed = dict(before.inputs) if before else {}
        if before is None:
            self._place.drop(self._place.done())
        for unit in (unit for units in listed.values() for unit in units if unit.rows is not None):
            self._rows[unit.id] = unit.rows or {}
        self._given = list(cut)
        for number, (name, units_in) in enumerate(cut.items(), start=1):
            units = [self._named(unit) for unit in units_in()]
            self._units |= {unit.id: unit for unit in units}
            listed[name] = [Listed(id=unit.id, first=unit.first) for unit in units]
            self._tell("files looked through", number, len(cut))
        self._manifest = msgspec.structs.replace(self._manifest, inputs=listed, complete=False)
        self._place.put_manifest(self._manifest)

    def _named(self, unit: Unit) -> Unit:
        """A unit with the id that its part has here. How it is read belongs to it: a worker that outlived a run of another way for a moment
        must not put its part where one of this run is looked for."""
        way = {"reader": self._manifest.reader, "options": msgspec.to_builtins(self._manifest.options)}
        return msgspec.structs.replace(unit, id=unit_id(unit.name, unit.kind, way, unit.id))

    def finish(self, engine: Engine) -> Summary:
        """Do what is missing, take away what no longer counts, and write down what there is."""
        there = self._place.done()
        tasks = [self._task(unit) for unit in self._units.values() if unit.id not in there]
        done, undone = 0, list[str]()
        try:
            with closing(engine(tasks)) as outcomes:
                for outcome in outcomes:
                    if outcome.error:
                        undone.append(outcome.error)
                    else:
                        done += 1
                        self._rows[outcome.id] = outcome.rows
                    self._tell("parts written", done, len(tasks))
        finally:
            self._place.sweep()
        listed = {name: list(self._counted(units)) for name, units in self._manifest.inputs.items()}
        complete = all(unit.rows is not None for units in listed.values() for unit in units)
        self._place.put_manifest(msgspec.structs.replace(self._manifest, inputs=listed, complete=complete, rows=totals(listed)))
        self._place.drop(self._place.done() - {unit.id for units in listed.values() for unit in units})
        rows = totals({name: listed[name] for name in self._given})
        there_already = len(self._units) - len(tasks)
        return Summary(output=self._place.folder, done=done, there=there_already, rows=rows, undone=sorted(undone), files=self._given)

    def _task(self, unit: Unit) -> Task:
        return ReadTask(unit=unit, folder=self._place.absolute, options=self._manifest.options, reader=self._manifest.reader)

    def _counted(self, units: Iterable[Listed]) -> Iterator[Listed]:
        """Units with their rows, those of the parts that are there but of which no run has told."""
        there = self._place.done()
        for unit in units:
            rows = self._rows.get(unit.id) or (self._place.counts(unit.id) if unit.id in there else None)
            yield msgspec.structs.replace(unit, rows=rows if unit.id in there else None)
