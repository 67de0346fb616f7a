"""Which tellings are of one incident: block, compare, cluster; which incident is a part of which."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count, product
from operator import attrgetter
from typing import NamedTuple

from sijill.link.chains import CERTAIN, Tie, cut, find_chains, pairs_within, strongest, sweep_order, ties_between
from sijill.link.cluster import cluster
from sijill.link.compare import veto, weigh
from sijill.link.parts import Standing, parents
from sijill.link.tellings import Telling, packed, tellings, unpacked
from sijill.link.weights import Weights, load_weights
from sijill.records import Judgement

__all__ = [
    "Decided",
    "Linked",
    "Settled",
    "Standing",
    "Telling",
    "Tie",
    "cut",
    "fresh_ids",
    "in_force",
    "incidents",
    "incidents_of_reports",
    "link",
    "named",
    "packed",
    "parents",
    "rejected",
    "settle",
    "standing",
    "strongest",
    "sweep_order",
    "tellings",
    "ties_between",
    "unpacked",
]


class Linked(NamedTuple):
    """Tellings by incident id; which incident is a part of which."""

    groups: dict[str, list[Telling]]
    parents: dict[str, str]


class Settled(NamedTuple):
    """A chain of tellings by component: the tellings of each of its incidents; and the ties that hold it."""

    components: list[list[list[Telling]]]
    ties: list[Tie]


def link(
    tellings: Sequence[Telling],
    judgements: Iterable[Judgement] = (),
    *,
    weights: Weights | None = None,
    known: Mapping[str, str] | None = None,
    taken: Callable[[str], bool] = lambda id: False,
) -> Linked:
    """Incidents from tellings. The order of the tellings is that in which their reports were added.

    `judgements` of reviewers (same, different, reject) win over weights. `known` says which incident an event claim was of before: an
    incident keeps its id while it holds most of the claims that it had. `taken` tells whether another incident, not among these, has an id.

    >>> link([]).groups
    {}
    """
    said = in_force(judgements)
    left_out = rejected(said)
    row = [telling for telling in tellings if telling.claim not in left_out]
    order = {telling.claim: number for number, telling in enumerate(row)}
    settled = settle(sorted(row, key=sweep_order), said, weights=weights)
    groups = [group for chain in settled for component in chain.components for group in component]
    groups = [sorted(group, key=lambda telling: order[telling.claim]) for group in groups]
    groups.sort(key=lambda group: order[group[0].claim])
    ids = named([[telling.claim for telling in group] for group in groups], known or {}, taken)
    told = dict(zip(ids, groups, strict=True))
    return Linked(told, _parents(row, told))


def settle(tellings: Iterable[Telling], judgements: Iterable[Judgement] = (), *, weights: Weights | None = None) -> Iterator[Settled]:
    """Incidents from tellings that come in their `sweep_order`, chain by chain; those of a chain are forgotten after it.

    `judgements` are those `in_force`; tellings that they reject are not among `tellings`.

    >>> list(settle([]))
    []
    """
    weights = weights or load_weights()
    decided = Decided(judgements)
    for chain in find_chains(tellings, weights, decided.same):
        telling = {member.claim: member for member in chain.tellings}
        components = cut(list(telling), chain.ties, weights.link)
        yield Settled([incidents([telling[claim] for claim in part], weights, decided) for part in components], chain.ties)


class Decided:
    """What reviewers said of two claims: that they are the same, or different."""

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        self._bonds: dict[tuple[str, str], float | None] = {
            (min(j.claim, j.other), max(j.claim, j.other)): CERTAIN if j.decision == "same" else None
            for j in judgements
            if j.other and j.decision in ("same", "different")
        }
        self._order = {pair: number for number, pair in enumerate(self._bonds)}
        self._said_of: dict[str, list[tuple[str, str]]] = {}
        for pair in self._bonds:
            for claim in pair:
                self._said_of.setdefault(claim, []).append(pair)

    @property
    def same(self) -> list[tuple[str, str]]:
        """The pairs that are the same."""
        return [pair for pair, word in self._bonds.items() if word is not None]

    def same_as(self, claim: str) -> list[str]:
        """The claims that a claim is said to be the same as."""
        pairs = [pair for pair in self._said_of.get(claim, ()) if self._bonds[pair] is not None]
        return [one if other == claim else other for one, other in pairs]

    def among(self, claims: Collection[str]) -> dict[tuple[str, str], float | None]:
        """What was said of two of some claims, in the order in which it was said."""
        pairs = {
            pair for claim in claims if claim in self._said_of for pair in self._said_of[claim] if pair[0] in claims and pair[1] in claims
        }
        return {pair: self._bonds[pair] for pair in sorted(pairs, key=self._order.__getitem__)}


def rejected(judgements: Iterable[Judgement]) -> set[str]:
    """The claims that reviewers left out."""
    return {judgement.claim for judgement in judgements if judgement.decision == "reject"}


def _parents(row: Sequence[Telling], groups: Mapping[str, Sequence[Telling]]) -> dict[str, str]:
    reports: dict[str, list[Telling]] = {}
    for telling in row:
        reports.setdefault(telling.report, []).append(telling)
    home = {telling.claim: id for id, group in groups.items() for telling in group}
    return parents(reports.values(), home, {id: standing(group) for id, group in groups.items()})


def standing(group: Sequence[Telling]) -> Standing:
    """By how many reports an incident is told, and whether any is about it."""
    return len({telling.report for telling in group}), any(telling.main for telling in group)


def incidents(members: Sequence[Telling], weights: Weights, decided: Decided) -> list[list[Telling]]:
    """One component as incidents.

    A reviewer who says that two tellings are the same joins the incidents that they are in, whole; unless another word keeps members of
    the two apart: then the two tellings are joined, and each of the others goes where it weighs most.
    """
    if len(members) == 1:
        return [list(members)]
    telling = {member.claim: member for member in members}
    bonds = decided.among(telling.keys())
    pairs: dict[tuple[str, str], float | None] = {}
    for pair in pairs_within(members):
        one, other = sorted(pair, key=_CLAIM)
        pairs[one.claim, other.claim] = None if veto(one, other) else weigh(one, other, weights)
    apart = {pair: None for pair, word in bonds.items() if word is None}
    groups = cluster(telling, pairs, link=weights.link, same=apart)
    for said in (pair for pair, word in bonds.items() if word is not None):
        home, away = (next(group for group in groups if claim in group) for claim in said)
        if home is away:
            continue
        if any(tuple(sorted(pair)) in apart for pair in product(home, away)):
            groups = cluster(telling, pairs, link=weights.link, same=bonds)
            break
        groups = [group for group in groups if group is not home and group is not away] + [home + away]
    return [[telling[claim] for claim in group] for group in groups]


_CLAIM = attrgetter("claim")


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that stand: not taken back, and the latest of each claim, pair and field, in their order.

    A judgement whose taking back was itself taken back stands again.
    """
    row = list(judgements)
    undone: set[str] = set()
    for judgement in reversed(row):
        if judgement.undoes is not None and judgement.id not in undone:
            undone.add(judgement.undoes)
    latest: dict[tuple[str, str | None, str | None], Judgement] = {}
    for judgement in row:
        if judgement.undoes is None and judgement.id not in undone:
            one, other = judgement.claim, judgement.other
            pair = (min(one, other), max(one, other)) if other else (one, None)
            latest[(*pair, judgement.field)] = judgement
    return list(latest.values())


def named(groups: Sequence[Sequence[str]], known: Mapping[str, str], taken: Callable[[str], bool]) -> list[str]:
    """An id for each group of claims: the one that most of its claims had, if no other group has more of them; else one of its first."""
    wanted: list[tuple[int, int, int, str]] = []
    for number, group in enumerate(groups):
        had = Counter(known[claim] for claim in group if claim in known)  # in the order of the claims: of equals, the first one's
        wanted += [(-count, number, place, id) for place, (id, count) in enumerate(had.items())]
    ids: dict[int, str] = {}
    used: set[str] = set()
    for _, number, _, id in sorted(wanted):
        if number not in ids and id not in used:
            ids[number] = id
            used.add(id)
    for number, group in enumerate(groups):
        if number not in ids:
            ids[number] = next(id for id in fresh_ids(group[0]) if id not in used and not taken(id))
            used.add(ids[number])
    return [ids[number] for number in range(len(groups))]


def fresh_ids(claim: str) -> Iterator[str]:
    """Ids for an incident, made of its first claim: the first that is free."""
    for salt in count():
        yield "inc-" + hashlib.sha256(f"{claim}{salt or ''}".encode()).hexdigest()[:12]


def incidents_of_reports(linked: Linked) -> dict[str, str]:
    """The incident that each report is of: of those that it tells, the one that most reports are about; in a tie, its own main event's."""
    best: dict[str, tuple[int, bool, int, str]] = {}
    for id, group in linked.groups.items():
        about = len({telling.report for telling in group if telling.main})
        for telling in group:
            rank = (about, telling.main, -telling.start, id)
            best[telling.report] = max(best.get(telling.report, rank), rank)
    return {report: rank[3] for report, rank in best.items()}
