"""All views of a register made anew from what it keeps: families, tellings, components, incidents.

What a report says is fetched, used and forgotten, some reports at a time; of the whole only names are held: claims, their order, the
incidents that they are of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from sijill.link import Standing, Telling, in_force, named, parents, rejected, settle, unpacked
from sijill.memory import seldom_collected
from sijill.records import Judgement
from sijill.register.kinship import all_families
from sijill.register.loading import Loader, put_tellings, tellings_of
from sijill.resolve import assemble
from sijill.store import Batch, Store
from sijill.store.chunks import chunks
from sijill.store.kept import Anchor

__all__ = ["Progress", "link_all"]

Progress = Callable[[str, int, int], None]
"""Told what is done, how much of it, and of how much."""

_SOME = 200
"""So many reports or incidents are made at a time."""


def link_all(store: Store, batch: Batch, *, policy: str = "default", progress: Progress | None = None, note: bool = True) -> None:
    """Make all views anew from what is kept. `note` enters it in the audit log. Raises `StoreError` where the store fails."""
    with seldom_collected(), batch.roomy():
        _Rebuild(store, batch, policy, progress or (lambda what, done, of: None)).run(note=note)


class _Rebuild:
    def __init__(self, store: Store, batch: Batch, policy: str, tell: Progress) -> None:
        self._store, self._batch, self._policy, self._tell = store, batch, policy, tell
        self._judgements: list[Judgement] = in_force(store.judgements())
        self._loader = Loader(store, self._judgements)
        self._order: dict[str, int] = {}  # of every claim, in the order of addition and of the text
        self._home: dict[str, str] = {}  # the incident of every claim

    def run(self, *, note: bool) -> None:
        self._make_tellings(self._find_families())
        groups = self._link()
        below = self._find_parents(groups)
        self._put_incidents(groups, below)
        if note:
            self._batch.note("rebuild", "incidents", {"incidents": len(groups), "policy": self._policy})

    def _find_families(self) -> list[str]:
        """All reports, in the order of addition."""
        count = self._store.count_of("reports")
        families = all_families(self._store, self._batch, lambda done: self._tell("families", done, count))
        self._batch.set_families(families, everything=True)
        return list(families)

    def _make_tellings(self, shas: list[str]) -> None:
        self._batch.clear_tellings()
        for at, some in enumerate(chunks(shas, _SOME)):
            made = self._loader.make(some)
            put_tellings(self._batch, made)
            for row in made.values():
                for telling in row:
                    self._order[telling.claim] = len(self._order)
            self._loader.forget()
            self._tell("tellings", at * _SOME + len(some), len(shas))

    def _link(self) -> dict[str, list[str]]:
        """The claims of each incident, by its id, all in the order of addition; chains are put."""
        groups: list[list[str]] = []
        self._batch.clear_chains()
        for settled in settle(self._to_be_linked(), self._judgements):
            reports = ({t.claim: t.report for group in component for t in group} for component in settled.components)
            self._batch.put_chain(reports, settled.ties)
            for component in settled.components:
                groups += (sorted((t.claim for t in group), key=self._order.__getitem__) for group in component)
        groups.sort(key=lambda group: self._order[group[0]])
        ids = named(groups, self._store.anchored(self._order), lambda id: False)
        found = dict(zip(ids, groups, strict=True))
        self._home = {claim: id for id, group in found.items() for claim in group}
        return found

    def _to_be_linked(self) -> Iterator[Telling]:
        left_out = rejected(self._judgements)
        for number, record in enumerate(self._store.tellings_by_day(), start=1):
            if number % _SOME == 0 or number == len(self._order):
                self._tell("linking", number, len(self._order))
            telling = unpacked(record)
            if telling.claim not in left_out:
                yield telling

    def _find_parents(self, groups: dict[str, list[str]]) -> dict[str, str]:
        """Which incident is a part of which."""
        reports: dict[str, int] = dict.fromkeys(groups, 0)
        about: set[str] = set()
        for row in self._reports():
            told = {self._home[t.claim] for t in row if t.claim in self._home}
            about.update(self._home[t.claim] for t in row if t.main and t.claim in self._home)
            for id in told:
                reports[id] += 1
        ranks: dict[str, Standing] = {id: (count, id in about) for id, count in reports.items()}
        return parents(self._reports(), self._home, ranks)

    def _reports(self) -> Iterator[list[Telling]]:
        """The tellings of every report."""
        tellings = map(unpacked, self._store.tellings_of_reports())
        return (list(row) for _, row in groupby(tellings, key=lambda telling: telling.report))

    def _put_incidents(self, groups: dict[str, list[str]], parent: dict[str, str]) -> None:
        below: dict[str, list[str]] = {}
        for part, whole in parent.items():
            below.setdefault(whole, []).append(part)
        self._batch.replace_incidents([], everything=True)
        done = 0
        for ids in chunks(groups, _SOME):
            self._put_some(ids, [part for id in ids for part in below.get(id, ())], groups, parent)
            done += len(ids)
            self._tell("incidents", done, len(groups))

    def _put_some(self, ids: list[str], parts: list[str], groups: dict[str, list[str]], parent: dict[str, str]) -> None:
        rows = self._grouped(dict.fromkeys([*ids, *parts]), groups)
        wanted = {id: rows[id] for id in ids}
        told = self._loader.told({t.report for row in rows.values() for t in row})
        wholes = {id: parent[id] for id in rows if id in parent}
        self._batch.replace_incidents(assemble(wanted, wholes, told, parts=rows, policy=self._policy))
        self._batch.put_anchors(Anchor(incident=id, claim=t.claim, report=t.report) for id, row in wanted.items() for t in row)
        self._loader.forget()

    def _grouped(self, ids: Iterable[str], groups: dict[str, list[str]]) -> dict[str, list[Telling]]:
        """The tellings of some incidents, by id."""
        rows: dict[str, list[Telling]] = {id: [] for id in ids}
        for telling in tellings_of(self._store, (claim for id in rows for claim in groups[id])):
            rows[self._home[telling.claim]].append(telling)
        return rows
