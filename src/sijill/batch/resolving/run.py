"""A run of all steps: what is to be made, what of it is there already, who makes the rest. The same for every engine."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from time import perf_counter

import msgspec
import numpy as np

from sijill.batch.disk import locked
from sijill.batch.outputs import manifest_of
from sijill.batch.parts import Manifest, reader_version
from sijill.batch.resolving.chains import Component, components
from sijill.batch.resolving.families import FAMILIES, Found, families
from sijill.batch.resolving.files import Ints, ints, mapped, matrix, put_rows
from sijill.batch.resolving.handed import Handing, stretches_of
from sijill.batch.resolving.homes import NOBODY, Homes, homes, put_homes, put_parents
from sijill.batch.resolving.incidents import Assembling
from sijill.batch.resolving.kin import Days, Loose
from sijill.batch.resolving.output import Resolution, Resolved
from sijill.batch.resolving.runs import NO_DAY, Part, Units
from sijill.batch.resolving.settled import COMPONENTS, ELSEWHERE, Settling
from sijill.batch.resolving.steps import Step, key_of, step
from sijill.batch.resolving.stretches import cuts, stretches, touches
from sijill.batch.resolving.tellings import Told
from sijill.batch.resolving.ties import Stretch
from sijill.batch.resolving.votes import Run, parents_of
from sijill.batch.tasks import Engine
from sijill.errors import InputError
from sijill.families import KIN_DAYS
from sijill.link.blocks import REACH, WINDOW
from sijill.records import Record

__all__ = ["Stage", "Summary", "resolve_into"]

Progress = Callable[[str, int, int], None]

_TEXTS, _TELLINGS = 8_000, 4_000
"""About so many texts, or tellings, are compared in one step: some seconds of work."""
_UNITS = 16
"""At most so many units are a run."""


class Stage(Record, frozen=True, kw_only=True):
    """A stage of a run: of how many steps, how many of these were done now, and the seconds that it took by the clock."""

    stage: str
    tasks: int = 0
    done: int = 0
    seconds: float = 0.0


class Summary(Record, frozen=True, kw_only=True):
    """What came of a run: reports with a reading, the incidents that they tell, and what was done."""

    output: str
    reports: int
    incidents: int
    stages: list[Stage]


def resolve_into(
    output: str, readings: str, engine: Engine, *, policy: str = "default", anew: bool = False, progress: Progress | None = None
) -> Summary:
    """Make incidents of the `readings` that `batch read` has written, in the folder `output`: tables of incidents, claims and reports.

    What is there and still holds is not made again. The files are the same bytes whoever does it, and however often a run was killed in
    between. Raises `InputError` where there are no readings, or not all of them, where another run is writing to `output`, or something
    could not be done.
    """
    given = _readings(readings)
    place = Resolved(output)
    before = None if anew else place.manifest()
    place.prepare()
    with locked(output):
        if anew:
            place.clear()
        run = _Resolving(place, readings, given, before, policy, engine, progress or (lambda what, done, of: None))
        return run.run()


def _readings(readings: str) -> Manifest:
    manifest = manifest_of(readings)
    if not manifest.complete:
        raise InputError(f"{readings} is not complete; finish it first, with the command that it was begun with")
    if manifest.reader != reader_version():
        raise InputError(f"{readings} was read by {manifest.reader}, and this is {reader_version()}; read it with --anew")
    return manifest


def _runs(manifest: Manifest) -> list[Units]:
    """The units in their order, a few to a run. Where a run ends hangs on the units in it alone, so that new ones change one run or two."""
    found: list[Units] = []
    held: list[str] = []
    seen: set[str] = set()
    for id in (unit.id for _, units in sorted(manifest.inputs.items()) for unit in units):
        if id in seen:
            continue
        seen.add(id)
        held.append(id)
        if id[0] in "01" or len(held) >= _UNITS:
            found.append(Units(units=held))
            held = []
    return [*found, Units(units=held)] if held else found


class _Doing:
    """Stages done one after the other, timed; and what each has left, for tidying up."""

    def __init__(self, engine: Engine, tell: Progress) -> None:
        self._engine, self._tell = engine, tell
        self.stages: list[Stage] = []
        self.used: dict[str, set[str]] = {}

    def steps(self, stage: str, steps: Sequence[Step]) -> list[Step]:
        """Have steps done, where they are not. Raises `InputError` where any cannot be."""
        with self.timed(stage, len(steps)) as count:
            left = [step for step in steps if not step.is_done()]
            errors: list[str] = []
            if left:
                with closing(self._engine(left)) as outcomes:
                    for outcome in outcomes:
                        errors += [outcome.error] if outcome.error else []
                        count(1)
            if errors:
                raise InputError(f"{sorted(errors)[0]} (what was done is kept; run this again to go on)")
        return list(steps)

    @contextmanager
    def timed(self, stage: str, tasks: int = 0) -> Iterator[Callable[[int], None]]:
        """A stage; the block says how many of its tasks are done."""
        done, start = 0, perf_counter()

        def count(more: int) -> None:
            nonlocal done
            done += more
            self._tell(stage, done, tasks)

        yield count
        self.stages.append(Stage(stage=stage, tasks=tasks, done=done, seconds=round(perf_counter() - start, 3)))

    def uses(self, stage: str, *keys: str) -> None:
        """Note that files of a stage count."""
        self.used.setdefault(stage, set()).update(keys)


class _Resolving:
    def __init__(
        self, place: Resolved, readings: str, given: Manifest, before: Resolution | None, policy: str, engine: Engine, tell: Progress
    ) -> None:
        self._place, self._policy, self._before = place, policy, before
        self._folders = place.folders(readings)
        self._doing = _Doing(engine, tell)
        self._runs = _runs(given)
        self._given = given

    def run(self) -> Summary:
        signed, told = self._taken_apart()
        again, reports = self._again(signed)
        days, of_family = self._families(signed, again)
        parts = [Told(key=key, families=of_family[at], again=again[at]) for at, key in enumerate(told)]
        windows, settled, names = self._settled(parts)
        known, key, parents = self._homes(parts, settled, names)
        tables = {"reports": self._reports(parts, known, key), **self._incidents(parts, known, key, parents)}
        incidents = len(known.stretch)
        manifest = Resolution(
            reader=reader_version(),
            policy=self._policy,
            units=[unit for run in self._runs for unit in run.units],
            reports=reports,
            incidents=incidents,
            tables=tables,
            days=days,
            windows=windows,
        )
        self._place.put_manifest(manifest)
        self._place.tidy(tables, self._doing.used)
        return Summary(output=self._place.folder, reports=reports, incidents=incidents, stages=self._doing.stages)

    # --- what is compared --------------------------------------------------------------------------------------------

    def _taken_apart(self) -> tuple[list[str], list[str]]:
        """The runs, taken apart: the keys of their texts and of their tellings."""
        keys = []
        for stage in ("signed", "told"):
            keys.append([step.key for step in self._doing.steps(stage, [step(stage, units, self._folders) for units in self._runs])])
            self._doing.uses(stage, *keys[-1])
        return keys[0], keys[1]

    def _again(self, signed: Sequence[str]) -> tuple[list[list[int]], int]:
        """Of each run the numbers of reports whose text stands in an earlier run; and how many reports there are without these."""
        with self._doing.timed("texts told apart"):
            tables = [mapped(self._folders.file("signed", key)) for key in signed]
            whole = [matrix(table, "sha", np.uint64).reshape(table.num_rows, 4) for table in tables]
            names = np.concatenate([np.zeros(0, np.uint64), *(sha[:, 0] for sha in whole)])
            run = np.repeat(np.arange(len(tables)), [table.num_rows for table in tables])
            number = np.concatenate([np.zeros(0, np.int32), *(ints(table, "number") for table in tables)])
            order = np.lexsort((number, run, names))
            later = order[1:][names[order][1:] == names[order][:-1]]  # by 64 bits of SHA-256: no two texts share them by chance
            found: list[list[int]] = [[] for _ in signed]
            for at in later.tolist():
                found[run[at]].append(int(number[at]))
        return [sorted(numbers) for numbers in found], len(names) - len(later)

    def _families(self, signed: Sequence[str], again: Sequence[list[int]]) -> tuple[list[int], list[str | None]]:
        """Where the stretches of days begin, and of each run the key of the families of its reports."""
        parts = [Part(key=key, again=numbers) for key, numbers in zip(signed, again, strict=True)]
        days = [_counted(ints(mapped(self._folders.file("signed", key)), "day")) for key in signed]
        starts = cuts(self._before.days if self._before else [], _without(days, NO_DAY), _TEXTS)
        told = list(_days(parts, days, starts))
        steps = self._doing.steps("kin", [step("kin", some, self._folders) for some in told])
        found: list[Found] = [("kin", one.key, some.runs) for one, some in zip(steps, told, strict=True)]
        place = {key: at for at, key in enumerate(signed)}
        said = [(key, [place[part.key] for part in runs]) for _, key, runs in found]
        loose = [Loose(run=at, runs=parts, said=said) for at, count in enumerate(days) if count.get(NO_DAY)]
        found += (("loose", one.key, parts) for one in self._doing.steps("loose", [step("loose", some, self._folders) for some in loose]))
        for stage, key, _ in found:
            self._doing.uses(stage, key)
        with self._doing.timed("families"):
            return starts, self._put_families(families(found, signed, self._folders), signed)

    def _put_families(self, of: dict[tuple[int, int], tuple[int, int]], signed: Sequence[str]) -> list[str | None]:
        wanted = set(of.values())
        sha: dict[tuple[int, int], bytes] = {}
        for run in sorted({run for run, _ in wanted}):
            table = mapped(self._folders.file("signed", signed[run]))
            names = zip(ints(table, "number").tolist(), table.column("sha").to_pylist(), strict=True)
            sha |= {(run, number): name for number, name in names if (run, number) in wanted}
        rows: list[list[tuple[int, bytes]]] = [[] for _ in signed]
        for run, number in sorted(of):
            rows[run].append((number, sha[of[run, number]]))
        return [self._put_content("families", FAMILIES, row) if row else None for row in rows]

    def _put_content(self, stage: str, schema: object, rows: Sequence[Sequence[object]]) -> str:
        """Write rows that the main process has made; the key hangs on what they say."""
        key = hashlib.sha256(repr(rows).encode()).hexdigest()[:32]
        put_rows(self._folders.file(stage, key), schema, rows)
        self._doing.uses(stage, key)
        return key

    # --- what is one incident ----------------------------------------------------------------------------------------

    def _settled(self, parts: Sequence[Told]) -> tuple[list[int], list[str], list[str]]:
        """Where the stretches of windows begin; the keys of the incidents of each stretch, and the stretches' names."""
        counts = [_counted(ints(mapped(self._folders.file("told", part.key)), "window")) for part in parts]
        windows = [sorted(count) for count in counts]
        timed = _without(counts, 0)
        starts = cuts(self._before.windows if self._before else [], timed, _TELLINGS)
        spans = stretches(starts, max(timed, default=0))
        told = [Stretch(first=a, end=b, runs=_with(parts, windows, a - REACH, b)) for a, b in spans]
        ties = self._doing.steps("ties", [step("ties", some, self._folders) for some in told])
        self._doing.uses("ties", *(step.key for step in ties))
        with self._doing.timed("chains"):
            found = components((a, mapped(self._folders.file("ties", one.key))) for (a, _), one in zip(spans, ties, strict=True))
            put = self._put_components(found, starts)
        settling = [
            Settling(first=a, end=b, beyond=beyond, components=key, runs=_with_any(parts, windows, [(a, b), *((w, w + 1) for w in beyond)]))
            for (a, b), (key, beyond) in zip(spans, put, strict=True)
        ]
        loose = [part for part, count in zip(parts, counts, strict=True) if count.get(0)]
        names = [f"{a}" for a, _ in spans] + [f"loose-{part.key}" for part in loose]
        settling += [Settling(first=0, end=1, runs=[part]) for part in loose]
        steps = self._doing.steps("settled", [step("settled", some, self._folders) for some in settling])
        self._doing.uses("settled", *(step.key for step in steps))
        return starts, [step.key for step in steps], names

    def _put_components(self, found: Iterable[Component], starts: Sequence[int]) -> list[tuple[str | None, list[int]]]:
        """For each stretch the components that begin in it, and the windows after it into which these reach."""
        own: list[list[Component]] = [[] for _ in starts]
        elsewhere: list[list[tuple[int, str]]] = [[] for _ in starts]
        for component in found:
            home = bisect_right(starts, component[0][0]) - 1
            own[home].append(component)
            for window, claim in component:
                at = bisect_right(starts, window) - 1
                if at != home:
                    elsewhere[at].append((window, claim))
        ends = [*starts[1:], 1 << 30]
        return [self._put_some(*row) for row in zip(own, elsewhere, ends, strict=True)] if starts else []

    def _put_some(self, own: list[Component], elsewhere: list[tuple[int, str]], end: int) -> tuple[str | None, list[int]]:
        rows = [(ELSEWHERE, window, claim) for window, claim in sorted(elsewhere)]
        rows += [(number, *member) for number, component in enumerate(sorted(own)) for member in component]
        beyond = sorted({window for component in own for window, _ in component if window >= end})
        return (self._put_content("components", COMPONENTS, rows) if rows else None), beyond

    # --- what comes out ----------------------------------------------------------------------------------------------

    def _homes(self, parts: Sequence[Told], settled: Sequence[str], names: list[str]) -> tuple[Homes, str, str]:
        """Where every claim is, and the keys of that and of which incident is a part of which."""
        with self._doing.timed("homes"):
            key = key_of("homes", [settled, names])
            put_homes(names, [mapped(self._folders.file("settled", one)) for one in settled], self._folders, key)
            self._doing.uses("homes", key)
            self._doing.uses("known", key)
            known = homes(self._folders, key)
            said = [self._said(part, known) for part in parts]
        runs = [Run(told=part, units=units, said=what) for part, units, what in zip(parts, self._runs, said, strict=True)]
        votes = self._doing.steps("votes", [step("votes", run, self._folders, known=key) for run in runs])
        self._doing.uses("votes", *(step.key for step in votes))
        with self._doing.timed("parents"):
            found = parents_of((mapped(self._folders.file("votes", one.key)) for one in votes), known)
            parents = key_of("parents", [key, sorted(found.items())])
            put_parents(found, known, self._folders, parents)
            self._doing.uses("parents", parents)
        self._said_of = said
        return known, key, parents

    def _said(self, part: Told, known: Homes) -> str:
        """A hash of what is known of the incidents of a run's claims."""
        incidents = known.of(ints(mapped(self._folders.file("told", part.key)), "claim"))
        there = incidents[incidents != NOBODY]
        return _hash(known.names(there), known.reports[there], known.about[there])

    def _reports(self, parts: Sequence[Told], known: Homes, key: str) -> list[str]:
        """The parts of the table of reports, by name."""
        steps = []
        for part, units, said in zip(parts, self._runs, self._said_of, strict=True):
            told = Run(told=part, units=units, said=said)
            target = self._folders.part("reports", key_of("reports", told))
            steps.append(step("reports", told, self._folders, target=target, known=key))
        return [step.key for step in self._doing.steps("reports", steps)]

    def _incidents(self, parts: Sequence[Told], known: Homes, key: str, parents: str) -> dict[str, list[str]]:
        """The parts of the tables of incidents and claims, by name. Readings are handed on only for what is not there yet."""
        asked = homes(self._folders, key, parents)
        with self._doing.timed("plan of incidents"):
            handing: list[Step] = []
            hands: list[list[int]] = [[] for _ in asked.stretches]
            for at, (part, units) in enumerate(zip(parts, self._runs, strict=True)):
                numbers, to = stretches_of(part, self._folders, key, parents)
                found = np.unique(to).tolist()
                said = _hash([asked.stretches[one] for one in found], numbers, np.searchsorted(found, to))
                handing.append(step("handed", Handing(told=part, units=units, to=said), self._folders, known=key, parents=parents))
                for one in found:
                    hands[one].append(at)
            holds = _holds(asked)
            steps, names = [], []
            for stretch, name in enumerate(asked.stretches):
                told = Assembling(stretch=name, runs=[handing[at].key for at in hands[stretch]], holds=holds[stretch], policy=self._policy)
                names.append(f"{_day_of(name)}-{key_of('incidents', told)}")
                target = self._folders.part("incidents", names[-1])
                steps.append(step("incidents", told, self._folders, target=target, known=key, parents=parents))
            needed = {at for row, one in zip(hands, steps, strict=True) if not one.is_done() for at in row}
        self._doing.steps("handed", [handing[at] for at in sorted(needed)])
        self._doing.steps("incidents", steps)
        return {"incidents": names, "claims": names}


def _counted(column: Ints) -> dict[int, int]:
    values, counts = np.unique(column, return_counts=True)
    return dict(zip(values.tolist(), counts.tolist(), strict=True))


def _without(counts: Iterable[dict[int, int]], none: int) -> dict[int, int]:
    """All counts together, without those of what has no time."""
    found: Counter[int] = Counter()
    for some in counts:
        found.update(some)
    found.pop(none, None)
    return dict(found)


def _days(parts: Sequence[Part], days: Sequence[dict[int, int]], starts: Sequence[int]) -> Iterator[Days]:
    """The stretches of days in which kin are looked for, each with the texts that have no day; and these among themselves."""
    timed = [sorted(count.keys() - {NO_DAY}) for count in days]
    loose = [bool(count.get(NO_DAY)) for count in days]
    last = max((times[-1] for times in timed if times), default=0)
    for first, end in stretches(starts, last):
        near = [touches(times, first - KIN_DAYS, end + KIN_DAYS) for times in timed]
        yield Days(first=first, end=end, runs=[part for part, a, b in zip(parts, near, loose, strict=True) if a or b])
    if any(loose):
        yield Days(runs=[part for part, there in zip(parts, loose, strict=True) if there])


def _with(parts: Sequence[Told], windows: Sequence[list[int]], first: int, end: int) -> list[Told]:
    return _with_any(parts, windows, [(first, end)])


def _with_any(parts: Sequence[Told], windows: Sequence[list[int]], spans: Sequence[tuple[int, int]]) -> list[Told]:
    """The runs that have tellings in any of some stretches of windows."""
    return [part for part, times in zip(parts, windows, strict=True) if any(touches(times, a, b) for a, b in spans)]


def _holds(known: Homes) -> list[str]:
    """For each stretch a hash of its incidents and the parts of these, with their claims and wholes."""
    order = np.argsort(known.incidents, kind="stable")
    claims, incident = known.claims[order], known.incidents[order]
    wholes = known.parent
    found = [hashlib.sha256() for _ in known.stretches]
    bounds = np.searchsorted(known.stretch[incident], np.arange(len(known.stretches) + 1))
    for stretch, (low, high) in enumerate(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)):
        found[stretch].update(_hash([], claims[low:high], np.diff(incident[low:high])).encode())
    for part in np.flatnonzero(wholes != NOBODY).tolist():
        whole = int(wholes[part])
        low, high = np.searchsorted(incident, (part, part + 1)).tolist()
        said = _hash(known.names(np.array([part, whole])), claims[low:high]).encode()
        for stretch in sorted({int(known.stretch[part]), int(known.stretch[whole])}):
            found[stretch].update(said)
    return [one.hexdigest() for one in found]


def _hash(words: Sequence[str], *columns: Ints) -> str:
    told = hashlib.sha256(msgspec.json.encode(words))
    for column in columns:
        told.update(np.ascontiguousarray(column, dtype="<u8").tobytes())
    return told.hexdigest()[:32]


def _day_of(stretch: str) -> str:
    """The first day of a stretch, for the name of its parts.

    >>> _day_of("184517"), _day_of("loose-ab")
    ('2021-10-05', 'undated')
    """
    return date.fromordinal(int(stretch) * WINDOW).isoformat() if stretch.isdigit() else "undated"
