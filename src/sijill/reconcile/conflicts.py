"""Claims about one incident that cannot all be true: between sources, and of one source over time.

A bound is given its due: "at least 5" and 7 do not contradict each other, and a toll that rises is no contradiction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from sijill.reconcile.counts import Account, Count, Crowd
from sijill.reconcile.sides import Sides
from sijill.reconcile.tolls import Verdict
from sijill.records import Conflict

__all__ = ["disagreements", "falls", "within_reports"]


def within_reports(accounts: Iterable[Account]) -> list[Conflict]:
    """What the reports contradict in themselves, of this incident; a reprint says it again and is left out, a data set is no report."""
    found: dict[tuple[str, str, str], Conflict] = {}
    for account in accounts:
        if account.compiled:
            continue
        claims = {figure.id: figure for figure in account.reading.figures}
        for one in account.reading.contradictions:
            figures = [claims[id] for id in one.figures if id in claims]
            if not any(figure.event in account.events | account.parts for figure in figures):
                continue
            conflict = Conflict(
                kind=one.kind,
                claims=[figure.claim for figure in figures],
                sum=one.sum,
                stated=one.stated,
                difference=one.difference,
                note=one.note,
                note_ar=one.note_ar,
            )
            found.setdefault((account.family, one.kind, one.note), conflict)
    return list(found.values())


def disagreements(verdicts: Sequence[Verdict], sides: Sides) -> list[Conflict]:
    """The lowest and the highest count that stand for one crowd, where they can't both hold."""
    standing = sorted((v.given for v in verdicts if v.stands), key=lambda c: (c.best, c.account.reading.id))
    if len(standing) < 2:
        return []
    least, most = standing[0], standing[-1]
    if least.claimant == most.claimant or least.high is None or least.high >= most.low:
        return []
    who, who_ar = _crowd_names(least.crowd, sides)
    (one_ar, one_en), (other_ar, other_en) = (_claimant_names(c, sides) for c in (least, most))
    return [
        Conflict(
            kind="sources_disagree",
            claims=[*least.claims, *most.claims],
            difference=most.low - least.high,
            note=f"{who}: {least.best} according to {one_en}, {most.best} according to {other_en}",
            note_ar=f"{who_ar}: {least.best} بحسب {one_ar}، و{most.best} بحسب {other_ar}",
        )
    ]


def falls(verdicts: Sequence[Verdict], sides: Sides) -> list[Conflict]:
    """A claimant's toll that is lower on a later day."""
    by_claimant: dict[str, list[Count]] = {}
    for verdict in verdicts:
        if verdict.given.account.compiled:
            continue
        if verdict.given.named and (verdict.given.toll or verdict.given.crowd.status == "mixed"):
            by_claimant.setdefault(verdict.given.claimant, []).append(verdict.given)
    found = []
    for counts in by_claimant.values():
        for before, after in pairwise(counts):
            if before.account.day == after.account.day or after.high is None or after.high >= before.low:
                continue
            who, who_ar = _crowd_names(before.crowd, sides)
            name_ar, name_en = _claimant_names(after, sides)
            found.append(
                Conflict(
                    kind="toll_fell",
                    claims=[*before.claims, *after.claims],
                    difference=before.low - after.high,
                    note=f"{who}: {name_en} gave {before.best} on {_day(before)}, {after.best} on {_day(after)}",
                    note_ar=f"{who_ar}: ذكر {name_ar} {before.best} في {_day(before)}، ثم {after.best} في {_day(after)}",
                )
            )
    return found


def _day(count: Count) -> str:
    return date.fromordinal(count.account.day).isoformat() if count.account.day else "?"


def _claimant_names(count: Count, sides: Sides) -> tuple[str, str]:
    if count.named:
        return sides.name(count.claimant)
    outlet = count.account.reading.outlet or count.account.reading.id
    return outlet, outlet


_EFFECTS = {
    "killed": ("killed", "قتلى"),
    "injured": ("injured", "جرحى"),
    "killed_or_injured": ("killed or injured", "ضحايا"),
    "missing": ("missing", "مفقودون"),
    "arrested": ("arrested", "معتقلون"),
    "abducted": ("abducted", "مخطوفون"),
    "surrendered": ("surrendered", "مستسلمون"),
    "escaped": ("escaped", "فارون"),
    "released": ("released", "مفرج عنهم"),
    "displaced": ("displaced", "نازحون"),
    "evacuated": ("evacuated", "من أُجلوا"),
    "trapped": ("trapped", "محاصرون"),
    "used_as_human_shields": ("used as human shields", "دروع بشرية"),
    "held": ("held", "محتجزون"),
    "attackers": ("attackers", "مهاجمون"),
}
_STATUSES = {
    "civilian": ("civilians", "مدنيون"),
    "combatant": ("fighters and guards", "مقاتلون وحراس"),
    "detainee": ("prisoners", "محتجزون"),
}


def _crowd_names(crowd: Crowd, sides: Sides) -> tuple[str, str]:
    """Of whom a count is, in English and Arabic."""
    effect, effect_ar = _EFFECTS[crowd.effect]
    parts, parts_ar = [effect], [effect_ar]
    if crowd.status in _STATUSES:
        parts.append(_STATUSES[crowd.status][0])
        parts_ar.append(_STATUSES[crowd.status][1])
    if crowd.side:
        name_ar, name_en = sides.name(crowd.side)
        parts.append(name_en)
        parts_ar.append(name_ar)
    return ", ".join(parts), "، ".join(parts_ar)
