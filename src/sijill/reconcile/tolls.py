"""Counts of one crowd by many reports: which stand, which gave way, and the low, best and high that come of them by a policy.

A toll grows. A claimant's later count takes the place of the earlier one; a count given while the incident went on is a step towards a
later, larger one. What stands at the end is compared: the lowest and the highest are the range, and the policy says which is best.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sijill.reconcile.counts import Count, Crowd, Dropped
from sijill.reconcile.sides import Sides
from sijill.records import Figure, TollPoint, Use

__all__ = ["POLICIES", "Verdict", "curve", "judge", "reconcile_crowd"]

POLICIES = ("default", "ucdp", "acled", "official")
"""Named policies; `source:ID` takes the counts of one source alone.

default   best is the count that most independent families of texts give; where they are equal, the latest
ucdp      the same, and where they are equal the lowest: the careful estimate of an event data set
acled     the lowest count that stands, which is best too
official  the latest count of an authority (a ministry, a hospital, a spokesman), else as by default
"""

_LATER_DAYS = 2
"""So many days later a larger count, given as a toll, makes an earlier one a step; if that one was not given so long after the end."""


class Verdict(NamedTuple):
    """A count that was given, whether it stands, and why."""

    given: Count
    stands: bool
    why: str


_LASTED = 2
"""An incident of so many days more than one went on: what its reports count grows."""
_TIMES = 3
"""A number «since …» that is so many times what is counted for a short incident alone is of a longer time."""


def judge(counts: Sequence[Count], crowd: Crowd, days: tuple[int, int] | None) -> list[Verdict]:
    """Which counts of one crowd stand, in the order of time, among the counts of an incident. `days` are its first and last."""
    whole = sorted((c for c in counts if c.crowd == crowd), key=lambda c: (c.account.day or 0, c.account.reading.id, c.order))
    counts = [count for count in counts if not (count.account.compiled and _counted_by_reports(count, counts))]
    row = [count for count in whole if count in counts]
    ended = days[1] if days else None
    most = 0 if days and days[1] - days[0] >= _LASTED else _TIMES * _counted_alone(counts, crowd)
    first: dict[tuple[str, str, int], Count] = {}
    for count in row:
        first.setdefault((count.account.family, count.claimant, count.best), count)
    longer = [count for count in row if most and count.since and count.best > most]
    own = [count for count in first.values() if count not in longer]
    found = []
    for count in whole:
        if count not in row:
            why: str | None = "compiled by a data set: no witness where reports count"
        elif count in longer:
            why = "of a longer time than the incident"
        elif count not in own:
            why = "told again by a report of the same family"
        else:
            why = _gave_way(count, own, ended)
        found.append(Verdict(count, why is None, why or "the latest count of its source"))
    return found


def _counted_by_reports(count: Count, counts: Sequence[Count]) -> bool:
    """Whether any report counts people whom a data set counts: then the report is heard, and the data set only shown beside it."""
    return any(not other.account.compiled and _meet(count.crowd, other.crowd) for other in counts)


def _meet(one: Crowd, other: Crowd) -> bool:
    """Whether two crowds may hold the same people. Preferred mistake: that they do."""
    if one.effect != other.effect:
        return False
    if "mixed" in (one.status, other.status):
        return True
    return one.status == other.status and (one.side == other.side or None in (one.side, other.side))


def _counted_alone(counts: Sequence[Count], crowd: Crowd) -> int:
    """The largest number that any report counts for the incident itself, of people harmed in the same way."""
    return max((c.best for c in counts if not c.since and c.crowd.effect == crowd.effect), default=0)


def _gave_way(count: Count, row: Sequence[Count], ended: int | None) -> str | None:
    """Why a count does not stand; None where it does."""
    day = count.account.day
    same_source = [other for other in row if other.claimant == count.claimant and other is not count]
    if any(_later(other, day) and (other.best > count.best or (other.toll and other.best < count.best)) for other in same_source):
        return "the same source gave a later count"
    if not count.toll and any(other.best > count.best and not _later(other, day) for other in same_source):
        return "less than the same source had counted before: of one day or place only"
    for other in row:
        if day is None or other.account.day is None or other.best <= count.best or not _later(other, day):
            continue
        if ended is not None and day < ended <= other.account.day:
            return "a step of a toll that went on rising"
        if other.toll and other.account.day - day >= _LATER_DAYS and (ended is None or day <= ended + _LATER_DAYS):
            return "a step of a toll that went on rising"
    return None


def _later(count: Count, day: int | None) -> bool:
    return day is not None and count.account.day is not None and count.account.day > day


def reconcile_crowd(verdicts: Sequence[Verdict], dropped: Sequence[Dropped], policy: str, sides: Sides) -> Figure:
    """The figure of one crowd: low, best and high of the counts that stand, every claim with what became of it."""
    crowd = verdicts[0].given.crowd
    named = policy.removeprefix("source:") if policy.startswith("source:") else None
    standing = [v.given for v in verdicts if v.stands]
    usable = [c for c in standing if named is None or c.claimant == sides.of(named)]
    best = _best(usable, policy, sides)
    lows, highs = [c.low for c in usable], [c.high if c.high is not None else c.best for c in usable]
    return Figure(
        effect=crowd.effect,
        status=crowd.status,
        side=crowd.side,
        demographic=list(crowd.demographic),
        low=min(lows, default=None),
        best=best.best if best else None,
        high=max(highs, default=None),
        policy=policy,
        families=len({c.account.family for c in usable if not c.account.compiled}),
        sums=list(dict.fromkeys(c.sum for c in usable if c.sum)),
        uses=[_use(v, v.given in usable) for v in verdicts] + [_unused(d) for d in dropped],
    )


def _best(counts: Sequence[Count], policy: str, sides: Sides) -> Count | None:
    if not counts:
        return None
    if policy == "acled":
        return min(counts, key=lambda c: (c.best, c.account.reading.id))
    official = [c for c in counts if sides.official(c.claimant)] if policy == "official" else []
    if official:
        return max(official, key=lambda c: (c.account.day or 0, c.account.reading.id))
    support = {c.best: len({(o.account.family, o.claimant) for o in counts if o.best == c.best}) for c in counts}
    if policy == "ucdp":
        return min(counts, key=lambda c: (-support[c.best], c.best, c.account.reading.id))
    return max(counts, key=lambda c: (support[c.best], c.account.day or 0, c.best, c.account.reading.id))


def _use(verdict: Verdict, used: bool) -> Use:
    count = verdict.given
    why = verdict.why if used or not verdict.stands else "of another source than the one asked for"
    return Use(
        claim=count.claims[0],
        report=count.account.reading.sha256,
        family=count.account.family,
        source=count.claimant if count.named else None,
        day=_iso(count.account.day),
        low=count.low,
        best=count.best,
        high=count.high,
        used=used,
        why=why,
    )


def _unused(dropped: Dropped) -> Use:
    figure = dropped.figure
    return Use(
        claim=dropped.claim,
        report=dropped.account.reading.sha256,
        family=dropped.account.family,
        source=dropped.claimant if dropped.claimant != dropped.account.family else None,
        day=_iso(dropped.account.day),
        low=figure.min,
        best=figure.value,
        high=figure.max,
        used=False,
        why=dropped.why,
    )


def curve(verdicts: Sequence[Verdict]) -> list[TollPoint]:
    """The steps of a toll by source and day, in order; a reprint is no step, and no data set beside reports."""
    return [
        TollPoint(
            day=_iso(v.given.account.day),
            source=v.given.claimant if v.given.named else v.given.account.reading.outlet or v.given.account.reading.id,
            effect=v.given.crowd.effect,
            status=v.given.crowd.status,
            side=v.given.crowd.side,
            low=v.given.low,
            best=v.given.best,
            high=v.given.high,
            claim=v.given.claims[0],
        )
        for v in verdicts
        if not v.why.startswith("told again") and (v.stands or not v.given.account.compiled)
    ]


def _iso(day: int | None) -> str | None:
    return date.fromordinal(day).isoformat() if day else None
