"""The views of a register made from what it keeps: families, components, incidents; for some reports, or for all.

Whatever is added, judged or read anew, the register afterwards is what a rebuild of the whole would give. Three things make that possible
without touching the whole: components of tellings do not depend on each other; whether an incident is a part of another is decided by
the reports that tell it; and an incident's figures come from its own claims and those of its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from sijill.families import find_kin, sign
from sijill.link import Linked, Telling, in_force, link, parents, standing, tellings, tied
from sijill.link.blocks import keys_of
from sijill.link.weights import load_weights
from sijill.records import Judgement, Reading, Report
from sijill.register.judged import Edits, edits_of, judged
from sijill.resolve import Told, assemble
from sijill.store import Batch, Store
from sijill.store.kept import Anchor

__all__ = ["Loader", "Progress", "link_all", "relink"]


class Loader:
    """Reports with their readings as reviewers left them, their families and tellings; each is fetched once."""

    def __init__(self, store: Store, judgements: Iterable[Judgement]) -> None:
        self._store = store
        self._edits: Edits = edits_of(judgements)
        self._reports: dict[str, tuple[Report, Reading]] = {}
        self._tellings: dict[str, list[Telling]] = {}
        self._families: dict[str, str] = {}
        self._numbers: dict[str, int] = {}

    def fetch(self, shas: Collection[str]) -> None:
        """Have some reports ready."""
        missing = [sha for sha in dict.fromkeys(shas) if sha not in self._reports]
        if not missing:
            return
        readings = {reading.sha256: judged(reading, self._edits) for reading in self._store.readings(missing)}
        for report in self._store.reports(missing):
            if report.sha256 in readings:
                self._reports[report.sha256] = report, readings[report.sha256]
        self._families.update(self._store.families(missing))
        self._numbers.update(self._store.numbers(missing))

    def set_families(self, families: Mapping[str, str]) -> None:
        """Take over families that changed; tellings of their reports are made anew."""
        self._families.update(families)
        for sha in families:
            self._tellings.pop(sha, None)

    def forget(self) -> None:
        """Give back the memory of everything fetched."""
        for held in (self._reports, self._tellings, self._families, self._numbers):
            held.clear()

    def tellings(self, shas: Collection[str]) -> list[Telling]:
        """The tellings of some reports, in the order of addition and of the text."""
        self.fetch(shas)
        found: list[Telling] = []
        for sha in self.in_order(shas):
            if sha not in self._tellings:
                report, reading = self._reports[sha]
                self._tellings[sha] = tellings(report, reading, family=self._families.get(sha, sha))
            found += self._tellings[sha]
        return found

    def in_order(self, shas: Collection[str]) -> list[str]:
        """Fetched reports in the order in which they were added."""
        return sorted((sha for sha in set(shas) if sha in self._reports), key=self._numbers.__getitem__)

    def told(self, shas: Collection[str]) -> dict[str, Told]:
        """What `assemble` needs of some reports."""
        self.fetch(shas)
        return {sha: Told(self._reports[sha][1], self._families.get(sha, sha), self._numbers[sha]) for sha in self.in_order(shas)}


def relink(store: Store, batch: Batch, shas: Collection[str], *, policy: str = "default") -> None:
    """Link some reports, new ones or such as were judged or read anew, and everything that changes with them.

    Raises `StoreError` where the store fails.
    """
    Relinking(store, batch, policy).run(shas)


class Relinking:
    """One relinking: the reports that changed, the claims of their components, the incidents that change with those."""

    def __init__(self, store: Store, batch: Batch, policy: str) -> None:
        self._store, self._batch, self._policy = store, batch, policy
        self._judgements = in_force(store.judgements())
        self._loader = Loader(store, self._judgements)
        self._weights = load_weights()

    def run(self, shas: Collection[str]) -> None:
        """Do it."""
        moved = settle_families(self._store, self._batch, shas)
        dirty = set(shas) | moved.keys()
        self._loader.fetch(dirty)
        self._loader.set_families(moved)
        fresh = self._loader.tellings(dirty)
        left = self._claims_left(dirty, fresh)
        component = self._component(fresh, left)
        claims = {telling.claim for telling in component}
        own = set(self._store.homes(claims | left.keys()).values())
        linked = link(
            component,
            self._judgements,
            weights=self._weights,
            known=self._store.anchored(claims),
            taken=lambda id: id not in own and bool(self._store.reports_of_incidents([id])),
        )
        self._batch.put_components({t.claim: (t.report, linked.components[t.claim]) for t in component if t.claim in linked.components})
        self._put_incidents(linked, claims | left.keys())

    def _claims_left(self, dirty: Collection[str], fresh: Collection[Telling]) -> dict[str, str]:
        """Claims that were linked and are told no more, with their reports; the blocks of the reports are put anew."""
        by_report: dict[str, dict[str, tuple[str, ...]]] = {sha: {} for sha in dirty}
        for telling in fresh:
            by_report[telling.report][telling.claim] = keys_of(telling)
        before = self._store.linked_claims(dirty)
        for sha in self._loader.in_order(dirty):
            self._batch.put_blocks(sha, by_report[sha])
        return {claim: sha for claim, sha in before.items() if claim not in by_report[sha]}

    def _component(self, fresh: list[Telling], left: Mapping[str, str]) -> list[Telling]:
        """The fresh tellings with all that is in their components, those that they were in and those that they are tied to now."""
        keys = {key for telling in fresh for key in keys_of(telling)}
        own = {telling.claim for telling in fresh}
        holders = {claim: sha for claim, sha in self._store.holders(keys).items() if claim not in own}
        near = [t for t in self._loader.tellings(set(holders.values())) if t.claim in holders]
        tied_to = tied(fresh, near, self._weights)
        members = self._store.members(set(self._store.components({*own, *left, *tied_to}).values()))
        claims = {**members, **{t.claim: t.report for t in fresh}}
        while True:  # a reviewer's «same» ties components that share no key
            others = {b for a, b in self._said_same() if a in claims and b not in claims}
            if not others:
                break
            found = self._store.members(set(self._store.components(others).values()))
            if not found.keys() - claims.keys():
                break
            claims |= found
        self._batch.forget_claims(left.keys())
        return [t for t in self._loader.tellings(set(claims.values())) if t.claim in claims]

    def _said_same(self) -> Iterator[tuple[str, str]]:
        for judgement in self._judgements:
            if judgement.decision == "same" and judgement.other:
                yield judgement.claim, judgement.other
                yield judgement.other, judgement.claim

    def _put_incidents(self, linked: Linked, claims: Collection[str]) -> None:
        """Write the incidents that changed, and those whose parts or whole did."""
        store, loader = self._store, self._loader
        before = store.homes(claims)
        gone = set(before.values()) - linked.groups.keys()
        groups = dict(linked.groups)

        # All incidents that the reports of changed ones tell may be parts of others now; all reports that tell those have a vote.
        touched = {t.report for group in groups.values() for t in group}
        touched |= {sha for shas in store.reports_of_incidents(gone).values() for sha in shas}
        beside = store.homes(t.claim for t in loader.tellings(touched) if t.claim not in linked.components)
        groups |= self._groups(set(beside.values()) - gone)
        found = self._parents(groups)

        old = store.parents_of({*groups, *gone})
        changed = linked.groups.keys() | {id for id in groups if found.get(id) != old.get(id)}
        wholes = {whole for id in (*changed, *gone) for whole in (old.get(id), found.get(id)) if whole} - gone
        further = wholes - groups.keys()
        children = {part: whole for part, whole in store.parts_of(changed | wholes).items() if part not in groups and part not in gone}
        parts = groups | self._groups(children.keys() | further)
        wanted = {id: parts[id] for id in sorted(changed | wholes)}
        told = loader.told({t.report for id in {*wanted, *children, *found} for t in parts[id]})
        parent = {**store.parents_of(further), **children, **found}
        self._batch.replace_incidents(assemble(wanted, parent, told, parts=parts, policy=self._policy), sorted(gone))
        self._batch.put_anchors(Anchor(incident=id, claim=t.claim, report=t.report) for id, group in linked.groups.items() for t in group)

    def _parents(self, groups: Mapping[str, list[Telling]]) -> dict[str, str]:
        """Which of some incidents are parts of which, by all reports that tell them."""
        row = self._loader.tellings({t.report for group in groups.values() for t in group})
        home = {t.claim: id for id, group in groups.items() for t in group}
        others = self._store.homes(t.claim for t in row if t.claim not in home)
        ranks = self._store.standing_of(others.values()) | {id: standing(group) for id, group in groups.items()}
        return parents(_by_report(row), home | others, ranks, groups.keys())

    def _groups(self, ids: Collection[str]) -> dict[str, list[Telling]]:
        """The tellings of incidents that are in the register, by id."""
        held = {id: set(self._store.incident(id).events) for id in sorted(ids)}
        reports = {sha for shas in self._store.reports_of_incidents(ids).values() for sha in shas}
        row = self._loader.tellings(reports)
        return {id: [t for t in row if t.claim in claims] for id, claims in held.items()}


def _by_report(row: Iterable[Telling]) -> list[list[Telling]]:
    reports: dict[str, list[Telling]] = {}
    for telling in row:
        reports.setdefault(telling.report, []).append(telling)
    return list(reports.values())


# --- families --------------------------------------------------------------------------------------------------------


def settle_families(store: Store, batch: Batch, shas: Collection[str]) -> dict[str, str]:
    """Find the families of reports that have none. Returns every report whose family changed, with its family: its earliest member.

    A report that is akin to two families makes them one.
    """
    moved: dict[str, str] = {}
    settled = store.families(shas)
    for report in store.reports([sha for sha in shas if sha not in settled]):
        signature = sign(report.text)
        batch.put_signature(report.sha256, signature.hashes, signature.bands)
        near = store.signatures(sha for sha in store.candidates(signature.bands) if sha != report.sha256)
        held = store.families(near)
        kin = find_kin(report.text, signature.hashes, near.items(), held.__getitem__, lambda sha: store.report(sha).text)
        joined = {held[sha] for sha in kin}
        members = {sha for family in joined for sha in store.family(family)} | {report.sha256}
        numbers = store.numbers(members)
        first = min(members, key=numbers.__getitem__)
        changed = dict.fromkeys(members, first) if len(joined) != 1 else {report.sha256: first}
        batch.set_families(changed)
        moved |= changed
    return moved


# --- everything ------------------------------------------------------------------------------------------------------

Progress = Callable[[str, int, int], None]
"""Told what is done, how much of it, and of how much."""

_SOME = 200


def link_all(store: Store, batch: Batch, *, policy: str = "default", progress: Progress | None = None, note: bool = True) -> None:
    """Make all views anew from what is kept: families, blocks, components, incidents.

    `note` enters it in the audit log. Raises `StoreError` where the store fails.
    """
    tell = progress or (lambda what, done, of: None)
    shas = [report.sha256 for report in store.reports()]
    batch.set_families(_all_families(store, batch, lambda done: tell("families", done, len(shas))), everything=True)

    judgements = in_force(store.judgements())
    loader = Loader(store, judgements)
    row: list[Telling] = []
    for at in range(0, len(shas), _SOME):
        some = shas[at : at + _SOME]
        told = loader.tellings(some)
        blocks: dict[str, dict[str, tuple[str, ...]]] = {sha: {} for sha in some}
        for telling in told:
            blocks[telling.report][telling.claim] = keys_of(telling)
        for sha in some:
            batch.put_blocks(sha, blocks[sha])
        row += told
        loader.forget()
        tell("tellings", at + len(some), len(shas))

    tell("linking", 0, len(row))
    linked = link(row, judgements, known=store.anchored(t.claim for t in row))
    tell("linking", len(row), len(row))
    batch.put_components({t.claim: (t.report, linked.components[t.claim]) for t in row}, everything=True)
    batch.replace_incidents([], everything=True)
    ids = list(linked.groups)
    below: dict[str, list[str]] = {}
    for part, whole in linked.parents.items():
        below.setdefault(whole, []).append(part)
    for at in range(0, len(ids), _SOME):
        wanted = {id: linked.groups[id] for id in ids[at : at + _SOME]}
        parts = {part: linked.groups[part] for id in wanted for part in below.get(id, ())}
        told_by = loader.told({t.report for group in (*wanted.values(), *parts.values()) for t in group})
        parent = {id: linked.parents[id] for id in {*wanted, *parts} if id in linked.parents}
        batch.replace_incidents(assemble(wanted, parent, told_by, parts=parts, policy=policy))
        batch.put_anchors(Anchor(incident=id, claim=t.claim, report=t.report) for id, group in wanted.items() for t in group)
        loader.forget()
        tell("incidents", at + len(wanted), len(ids))
    if note:
        batch.note("rebuild", "incidents", {"incidents": len(ids), "policy": policy})


def _all_families(store: Store, batch: Batch, tell: Callable[[int], None]) -> dict[str, str]:
    """The family of every report: that of its earliest kin. Signatures are put anew."""
    root: dict[str, str] = {}
    hashes: dict[str, bytes] = {}
    by_band: dict[tuple[int, int], list[str]] = {}

    def family(sha: str) -> str:
        while root[sha] != sha:
            root[sha] = root[root[sha]]
            sha = root[sha]
        return sha

    order: dict[str, int] = {}
    for number, report in enumerate(store.reports(), start=1):
        sha = report.sha256
        root[sha], order[sha] = sha, number
        signature = sign(report.text)
        batch.put_signature(sha, signature.hashes, signature.bands)
        hashes[sha] = signature.hashes
        near: set[str] = set()
        for band in enumerate(signature.bands):
            holders = by_band.setdefault(band, [])
            near.update(holders)
            holders.append(sha)
        alike = ((other, hashes[other]) for other in near)
        for other in find_kin(report.text, signature.hashes, alike, family, lambda sha: store.report(sha).text):
            first, later = sorted((family(sha), family(other)), key=order.__getitem__)
            root[later] = first
        tell(number)
    return {sha: family(sha) for sha in root}
