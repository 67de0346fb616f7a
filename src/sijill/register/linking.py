"""The views of a register made from what it keeps, for some reports: families, components, incidents.

Whatever is added, judged or read anew, the register afterwards is what a rebuild of the whole would give. Three things make that possible
without touching the whole: components of tellings do not depend on each other; whether an incident is a part of another is decided by
the reports that tell it; and an incident's figures come from its own claims and those of its parts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sijill.link import (
    Decided,
    Telling,
    Tie,
    cut,
    in_force,
    incidents,
    named,
    parents,
    rejected,
    standing,
    strongest,
    ties_between,
    unpacked,
)
from sijill.link.blocks import keys_of
from sijill.link.chains import CERTAIN, find_chains, sweep_order
from sijill.link.forest import Forest
from sijill.link.weights import load_weights
from sijill.register.kinship import settle_families
from sijill.register.loading import Loader, put_tellings, tellings_of, tellings_of_reports
from sijill.resolve import assemble
from sijill.store import Batch, Store
from sijill.store.kept import Anchor
from sijill.store.neighbours import Member

__all__ = ["relink"]


def relink(store: Store, batch: Batch, shas: Collection[str], *, policy: str = "default") -> None:
    """Link some reports, new ones or such as were judged or read anew, and everything that changes with them.

    Raises `StoreError` where the store fails.
    """
    Relinking(store, batch, policy).run(shas)


class _Chained(NamedTuple):
    """What chains are now: the claims of each component by chain, and the ties that hold each chain."""

    components: list[list[list[str]]]
    ties: list[list[Tie]]


class Relinking:
    """One relinking: the reports that changed, the components that change with them, the incidents that change with those."""

    def __init__(self, store: Store, batch: Batch, policy: str) -> None:
        self._store, self._batch, self._policy = store, batch, policy
        self._judgements = in_force(store.judgements())
        self._decided = Decided(self._judgements)
        self._loader = Loader(store, self._judgements)
        self._weights = load_weights()

    def run(self, shas: Collection[str]) -> None:
        """Do it."""
        moved = settle_families(self._store, self._batch, shas)
        dirty = self._store.in_order({*shas, *moved})
        made = self._loader.make(dirty)
        put_tellings(self._batch, made)
        left_out = rejected(self._judgements)
        fresh = [telling for row in made.values() for telling in row if telling.claim not in left_out]
        before = self._store.linked_claims(dirty)
        components, left = self._components(fresh, before)
        members = tellings_of(self._store, (claim for component in components for claim in component))
        self._put_incidents(self._linked(components, members, left), {telling.claim for telling in members} | left)

    def _components(self, fresh: list[Telling], before: Collection[str]) -> tuple[list[list[str]], set[str]]:
        """The components that changed, and the claims that are in none any more. The chains are put anew.

        `before` are the claims of the reports of `fresh` that were linked already.
        """
        own = {telling.claim for telling in fresh}
        left = set(before) - own
        keys = {key for telling in fresh for key in keys_of(telling)}
        near = tellings_of(self._store, (claim for claim in self._store.neighbours(keys) if claim not in own))
        ties = ties_between(fresh, near, self._weights)
        chains = set(self._store.chains({*own, *left, *(claim for tie in ties for claim in tie[:2])}).values())
        members = self._store.members(chains)
        while further := {other for claim in {*members, *own} for other in self._decided.same_as(claim)} - members.keys() - own:
            found = set(self._store.chains(further).values())  # a reviewer's «same» ties chains that share no key
            if not found:
                break
            chains |= found
            members = self._store.members(chains)
        claims = (members.keys() | own) - left
        chained = self._told_anew(claims) if before else self._added(claims, [*self._store.ties(chains), *ties])
        self._put_chains(chains, chained, {claim: member.report for claim, member in members.items()} | {t.claim: t.report for t in fresh})
        return self._changed(chained, members, own), left

    def _added(self, claims: Collection[str], ties: Iterable[tuple[str, str, float]]) -> _Chained:
        """The chains after tellings were only added: those that were there, and the ties that came."""
        same = ((min(claim, other), max(claim, other), CERTAIN) for claim in claims for other in self._decided.same_as(claim))
        held = strongest(Tie(*tie) for tie in {*ties, *same} if tie[0] in claims and tie[1] in claims)
        forest = Forest(claims)
        for tie in held:
            forest.tie(tie.one, tie.other)
        ties_of: dict[str, list[Tie]] = {}
        for tie in held:
            ties_of.setdefault(forest.find(tie.one), []).append(tie)
        chains = [(chain, ties_of.get(forest.find(chain[0]), [])) for chain in forest.trees(sorted(claims))]
        return _Chained([cut(chain, row, self._weights.link) for chain, row in chains], [row for _, row in chains])

    def _told_anew(self, claims: Collection[str]) -> _Chained:
        """The chains after something that was in them is told otherwise, or no more: ties may be gone."""
        tellings = sorted(tellings_of(self._store, claims), key=sweep_order)
        chains = [([t.claim for t in chain.tellings], chain.ties) for chain in find_chains(tellings, self._weights, self._decided.same)]
        return _Chained([cut(chain, row, self._weights.link) for chain, row in chains], [row for _, row in chains])

    def _put_chains(self, before: Collection[str], chained: _Chained, report: Mapping[str, str]) -> None:
        self._batch.forget_chains(before)
        for components, ties in zip(chained.components, chained.ties, strict=True):
            self._batch.put_chain(({claim: report[claim] for claim in component} for component in components), ties)

    def _changed(self, chained: _Chained, members: Mapping[str, Member], own: set[str]) -> list[list[str]]:
        """The components that hold fresh tellings, or not the same tellings as before."""
        old: dict[str, set[str]] = {}
        for claim, member in members.items():
            old.setdefault(member.component, set()).add(claim)
        return [
            component
            for components in chained.components
            for component in components
            if not own.isdisjoint(component) or component[0] not in members or old[members[component[0]].component] != set(component)
        ]

    def _linked(self, components: list[list[str]], members: list[Telling], left: Collection[str]) -> dict[str, list[Telling]]:
        """The incidents of some components, by id."""
        telling = {member.claim: member for member in members}  # in the order of addition and of the text
        order = {claim: number for number, claim in enumerate(telling)}
        groups = [
            sorted((member.claim for member in group), key=order.__getitem__)
            for component in components
            for group in incidents([telling[claim] for claim in component], self._weights, self._decided)
        ]
        groups.sort(key=lambda group: order[group[0]])
        own = set(self._store.homes({*telling, *left}).values())
        ids = named(groups, self._store.anchored(telling), lambda id: id not in own and bool(self._store.reports_of_incidents([id])))
        return {id: [telling[claim] for claim in group] for id, group in zip(ids, groups, strict=True)}

    def _put_incidents(self, linked: Mapping[str, list[Telling]], claims: Collection[str]) -> None:
        """Write the incidents that changed, and those whose parts or whole did."""
        store, loader = self._store, self._loader
        before = store.homes(claims)
        gone = set(before.values()) - linked.keys()
        groups = dict(linked)

        # All incidents that the reports of changed ones tell may be parts of others now; all reports that tell those have a vote.
        touched = {t.report for group in groups.values() for t in group}
        touched |= {sha for shas in store.reports_of_incidents(gone).values() for sha in shas}
        beside = store.homes(t.claim for t in tellings_of_reports(store, touched) if t.claim not in claims)
        groups |= self._groups(set(beside.values()) - gone)
        found = self._parents(groups)

        old = store.parents_of({*groups, *gone})
        changed = linked.keys() | {id for id in groups if found.get(id) != old.get(id)}
        wholes = {whole for id in (*changed, *gone) for whole in (old.get(id), found.get(id)) if whole} - gone
        further = wholes - groups.keys()
        children = {part: whole for part, whole in store.parts_of(changed | wholes).items() if part not in groups and part not in gone}
        parts = groups | self._groups(children.keys() | further)
        wanted = {id: parts[id] for id in sorted(changed | wholes)}
        told = loader.told({t.report for id in {*wanted, *children, *found} for t in parts[id]})
        parent = {**store.parents_of(further), **children, **found}
        self._batch.replace_incidents(assemble(wanted, parent, told, parts=parts, policy=self._policy), sorted(gone))
        self._batch.put_anchors(Anchor(incident=id, claim=t.claim, report=t.report) for id, group in linked.items() for t in group)

    def _parents(self, groups: Mapping[str, list[Telling]]) -> dict[str, str]:
        """Which of some incidents are parts of which, by all reports that tell them."""
        row = tellings_of_reports(self._store, {t.report for group in groups.values() for t in group})
        home = {t.claim: id for id, group in groups.items() for t in group}
        others = self._store.homes(t.claim for t in row if t.claim not in home)
        ranks = self._store.standing_of(others.values()) | {id: standing(group) for id, group in groups.items()}
        return parents(_by_report(row), home | others, ranks, groups.keys())

    def _groups(self, ids: Collection[str]) -> dict[str, list[Telling]]:
        """The tellings of incidents that are in the register, by id."""
        found: dict[str, list[Telling]] = {id: [] for id in sorted(ids)}
        for id, record in self._store.tellings_of_incidents(found):
            found[id].append(unpacked(record))
        return found


def _by_report(row: Iterable[Telling]) -> list[list[Telling]]:
    reports: dict[str, list[Telling]] = {}
    for telling in row:
        reports.setdefault(telling.report, []).append(telling)
    return list(reports.values())
