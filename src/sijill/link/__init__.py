"""Which tellings are of one incident: block, compare, cluster; which incident is a part of which."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count, product
from operator import attrgetter
from typing import NamedTuple

from sijill.link.cluster import Bonds, cluster
from sijill.link.compare import compare, veto, weigh
from sijill.link.components import find_components, pairs_within, tied
from sijill.link.parts import Standing, parents
from sijill.link.tellings import Telling, tellings
from sijill.link.weights import Weights, load_weights
from sijill.records import Judgement, Pair

__all__ = ["Linked", "Telling", "in_force", "incidents_of_reports", "link", "parents", "standing", "tellings", "tied"]


class Linked(NamedTuple):
    """Tellings by incident id; which incident is a part of which; pairs that are possibly of one incident, the likeliest first.

    `components` names the component of each event claim by the first of its claims: what is in two components is in two incidents.
    """

    groups: dict[str, list[Telling]]
    parents: dict[str, str]
    review: list[Pair]
    components: dict[str, str]


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
    weights = weights or load_weights()
    said = in_force(judgements)
    rejected = {j.claim for j in said if j.decision == "reject"}
    row = [telling for telling in tellings if telling.claim not in rejected]
    order = {telling.claim: number for number, telling in enumerate(row)}
    decided = {
        (min(j.claim, j.other), max(j.claim, j.other)): _CERTAIN if j.decision == "same" else None
        for j in said
        if j.other and j.decision in ("same", "different")
    }
    joined = [(order[one], order[other]) for (one, other), word in decided.items() if word and one in order and other in order]
    found = find_components(row, weights, joined)
    groups: list[list[int]] = []
    for members in found.members:
        groups += _incidents(row, members, weights, decided) if len(members) > 1 else [members]
    groups.sort()
    ids = _ids([[row[number].claim for number in group] for group in groups], known or {}, taken)
    told = {id: [row[number] for number in group] for id, group in zip(ids, groups, strict=True)}
    home = {number: id for id, group in zip(ids, groups, strict=True) for number in group}
    apart = ((row[one], row[other]) for _, one, other in found.doubtful if home[one] != home[other])
    review = [compare(one, other, weights) for one, other in apart if tuple(sorted((one.claim, other.claim))) not in decided]
    review.sort(key=lambda pair: (-pair.weight, pair.one, pair.other))
    return Linked(told, _parents(row, told), review, _named(row, found.members))


def _parents(row: Sequence[Telling], groups: Mapping[str, Sequence[Telling]]) -> dict[str, str]:
    reports: dict[str, list[Telling]] = {}
    for telling in row:
        reports.setdefault(telling.report, []).append(telling)
    home = {telling.claim: id for id, group in groups.items() for telling in group}
    return parents(reports.values(), home, {id: standing(group) for id, group in groups.items()})


def standing(group: Sequence[Telling]) -> Standing:
    """By how many reports an incident is told, and whether any is about it."""
    return len({telling.report for telling in group}), any(telling.main for telling in group)


def _named(row: Sequence[Telling], components: Iterable[Sequence[int]]) -> dict[str, str]:
    names = ((members, min(row[number].claim for number in members)) for members in components)
    return {row[number].claim: name for members, name in names for number in members}


def _incidents(row: Sequence[Telling], members: Sequence[int], weights: Weights, decided: Bonds) -> list[list[int]]:
    """One component as incidents, by number.

    A reviewer who says that two tellings are the same joins the incidents that they are in, whole; unless another word keeps members of
    the two apart: then the two tellings are joined, and each of the others goes where it weighs most.
    """
    number = {row[member].claim: member for member in members}
    pairs: dict[tuple[str, str], float | None] = {}
    for a, b in pairs_within(row, members):
        one, other = sorted((row[a], row[b]), key=_CLAIM)
        pairs[one.claim, other.claim] = None if veto(one, other) else weigh(one, other, weights)
    apart = {pair: None for pair, word in decided.items() if word is None}
    groups = cluster(number, pairs, link=weights.link, same=apart)
    for said in (pair for pair, word in decided.items() if word is not None and set(pair) <= number.keys()):
        home, away = (next(group for group in groups if claim in group) for claim in said)
        if home is away:
            continue
        if any(tuple(sorted(pair)) in apart for pair in product(home, away)):
            groups = cluster(number, pairs, link=weights.link, same=decided)
            break
        groups = [group for group in groups if group is not home and group is not away] + [home + away]
    return [sorted(number[claim] for claim in group) for group in groups]


_CLAIM = attrgetter("claim")
_CERTAIN = 1e6
"""The weight of a reviewer's word."""


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


def _ids(groups: Sequence[Sequence[str]], known: Mapping[str, str], taken: Callable[[str], bool]) -> list[str]:
    """An id for each group: the one that most of its claims had, if no other group has more of them; else one of its first claim."""
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
            ids[number] = next(id for id in _fresh(group[0]) if id not in used and not taken(id))
            used.add(ids[number])
    return [ids[number] for number in range(len(groups))]


def _fresh(claim: str) -> Iterator[str]:
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
