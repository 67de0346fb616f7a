"""Which incident is a part of which: an attack told as a sequence has the incidents of that sequence as its parts.

A report says so by telling them together: what it is about (of its main events the one that most reports are about), and beside it events
at the same place in the days that follow. One report may be a chance, so the reports vote; one that tells only the smaller incident for
its own sake votes against.
Preferred mistake: two incidents side by side, over a part that belongs to another story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sijill.link.compare import together
from sijill.link.tellings import Telling

__all__ = ["parents"]

_LASTS = 14
"""Days after the beginning of an incident in which its parts happen."""

_SINGLE = frozenset({"protest", "agreement_or_ceasefire", "judicial_action"})
"""Kinds that are no part of an attack."""


def parents(groups: Mapping[str, Sequence[Telling]]) -> dict[str, str]:
    """For each incident that is a part of another, that other: ids to ids, never in a circle, and never a part of a part.

    `groups` holds the tellings of each incident, by its id.
    """
    home = {telling.claim: id for id, group in groups.items() for telling in group}
    rank = {id: (len({t.report for t in group if t.main}), len({t.report for t in group})) for id, group in groups.items()}
    votes: dict[str, Counter[str]] = {}
    against: Counter[str] = Counter()
    for report in _by_report(groups):
        mains = [telling for telling in report if telling.main]
        if not mains:
            continue
        whole = max(mains, key=lambda telling: (rank[home[telling.claim]], -telling.start))
        for telling in report:
            part, of = home[telling.claim], home[whole.claim]
            if part == of:
                against[part] += telling is whole and len(mains) == 1
            elif _follows(telling, whole):
                votes.setdefault(part, Counter())[of] += 1
    found: dict[str, str] = {}
    for part, wholes in sorted(votes.items()):
        of, count = min(wholes.items(), key=lambda vote: (-vote[1], vote[0]))
        if count > against[part] and (rank[of], part) > (rank[part], of):
            found[part] = of
    return {part: _root(part, found) for part in found}


def _by_report(groups: Mapping[str, Sequence[Telling]]) -> list[list[Telling]]:
    """The tellings of each report, in the order of the text."""
    reports: dict[str, list[Telling]] = {}
    for group in groups.values():
        for telling in group:
            reports.setdefault(telling.report, []).append(telling)
    return [sorted(reports[report], key=lambda telling: telling.start) for report in sorted(reports)]


def _follows(part: Telling, whole: Telling) -> bool:
    """Whether an event can be a part of another that one report tells with it: in the same place, then or soon after."""
    if part.background or part.kind in _SINGLE or part.modality == "denied" or not together(part, whole):
        return False
    if part.days is None or whole.days is None:
        return True
    return whole.days[0] - 1 <= part.days[0] <= whole.days[1] + _LASTS


def _root(part: str, found: Mapping[str, str]) -> str:
    """The incident at the end of the chain; ranks only rise along it, so that it ends."""
    while found[part] in found:
        part = found[part]
    return found[part]
