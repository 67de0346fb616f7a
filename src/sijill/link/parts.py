"""Which incident is a part of which: an attack told as a sequence has the incidents of that sequence as its parts.

A report says so by telling them together: what it is about (of its main events the one that most reports tell), and beside it events at the
same place in the days that follow. One report may be a chance, so the reports vote; one that tells only the smaller incident for its own
sake votes against. An incident told by more reports is never a part of one told by fewer.
Preferred mistake: two incidents side by side, over a part that belongs to another story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from sijill.link.compare import together
from sijill.link.tellings import Telling

__all__ = ["Standing", "Votes", "decided", "parents"]

_LASTS = 14
"""Days after the beginning of an incident in which its parts happen."""

_SINGLE = frozenset({"protest", "agreement_or_ceasefire", "judicial_action"})
"""Kinds that are no part of an attack."""


Standing = tuple[int, bool]
"""By how many reports an incident is told, and whether any is about it."""


def parents(
    reports: Iterable[Sequence[Telling]], home: Mapping[str, str], standing: Mapping[str, Standing], wanted: Collection[str] | None = None
) -> dict[str, str]:
    """For each incident that is a part of another, that other: ids to ids, never in a circle.

    `reports` holds the tellings of every report that tells one of the `wanted` incidents (all, where none are named), `home` the incident
    of each claim, `standing` how widely each incident is told. A row of a data set has no vote: it tells every event by itself.
    """
    votes = Votes()
    for report in reports:
        votes.hear(report, home, standing)
    return decided(votes, standing, wanted)


class Votes:
    """What reports say of wholes and parts. Votes of some reports and of others add up.

    `of` counts for each incident the reports that tell it as a part of another, by that other; `against` those that tell it alone for its
    own sake.
    """

    def __init__(self) -> None:
        self.of: dict[str, Counter[str]] = {}
        self.against: Counter[str] = Counter()

    def hear(self, report: Sequence[Telling], home: Mapping[str, str], standing: Mapping[str, Standing]) -> None:
        """Count what a report says by its tellings."""
        mains = [telling for telling in report if telling.main and telling.claim in home and telling.dataset is None]
        if not mains:
            return
        whole = max(mains, key=lambda telling: (standing[home[telling.claim]], -telling.start, telling.claim))
        of = home[whole.claim]
        self.against[of] += len(mains) == 1
        for telling in report:
            part = home.get(telling.claim, of)
            if part != of and _follows(telling, whole):
                self.of.setdefault(part, Counter())[of] += 1


def decided(votes: Votes, standing: Mapping[str, Standing], wanted: Collection[str] | None = None) -> dict[str, str]:
    """What follows from all votes; see `parents`. `standing` is asked for those that are voted to be a part, and their wholes."""
    found: dict[str, str] = {}
    for part, wholes in sorted(votes.of.items()):
        of, count = min(wholes.items(), key=lambda vote: (-vote[1], vote[0]))
        if (wanted is None or part in wanted) and count > votes.against[part]:
            back = votes.of.get(of, Counter())[part]
            if standing[of] > standing[part] or (standing[of] == standing[part] and (count, part) > (back, of)):
                found[part] = of
    return _without_circles(found)


def _without_circles(found: dict[str, str]) -> dict[str, str]:
    """Equals that call each other parts all around stay side by side."""
    for start in sorted(found):
        seen, at = [start], start
        while (at := found.get(at, "")) and at not in seen:
            seen.append(at)
        if at == start:
            del found[start]
    return found


def _follows(part: Telling, whole: Telling) -> bool:
    """Whether an event can be a part of another that one report tells with it: in the same place, then or soon after."""
    if part.background or part.kind in _SINGLE or part.modality == "denied" or not together(part, whole):
        return False
    if part.days is None or whole.days is None:
        return True
    return whole.days[0] - 1 <= part.days[0] <= whole.days[1] + _LASTS
