"""Where reviewers agree and where they do not: what each of them last said of a claim or a pair, and Cohen's kappa of every two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from sijill.records import Incident, Judgement

__all__ = ["Agreement", "Disputed", "agreements", "disputed", "last_words", "signed_claims", "signers"]

Subject = tuple[str, ...]
"""A claim, or the two claims of a pair in order."""


class Disputed(NamedTuple):
    """A claim or a pair of which reviewers said different things: the last word of each, in the order in which they were said."""

    subject: Subject
    words: list[Judgement]


class Agreement(NamedTuple):
    """How two reviewers agree on what both judged: on how many, how often, and kappa; null where chance alone explains everything."""

    one: str
    other: str
    both: int
    same: int
    kappa: float | None


def last_words(judgements: Sequence[Judgement]) -> dict[Subject, dict[str, Judgement]]:
    """The last word of each reviewer on each claim or pair, as far as it was not taken back."""
    undone: set[str] = set()
    for judgement in reversed(judgements):
        if judgement.undoes is not None and judgement.id not in undone:
            undone.add(judgement.undoes)
    found: dict[Subject, dict[str, Judgement]] = {}
    for judgement in judgements:
        if judgement.undoes is None and judgement.id not in undone:
            subject = tuple(sorted(filter(None, (judgement.claim, judgement.other))))
            of = found.setdefault(subject, {})
            of.pop(judgement.by, None)  # in the order of the last words
            of[judgement.by] = judgement
    return found


def disputed(judgements: Sequence[Judgement]) -> list[Disputed]:
    """What reviewers disagree on, the latest word first."""
    found = [
        (position, Disputed(subject, list(words.values())))
        for position, (subject, words) in enumerate(last_words(judgements).items())
        if len({_said(word) for word in words.values()}) > 1
    ]
    found.sort(key=lambda row: (max(word.at for word in row[1].words), row[0]), reverse=True)
    return [row for _, row in found]


def agreements(judgements: Sequence[Judgement]) -> list[Agreement]:
    """Every two reviewers who judged the same claims or pairs.

    Kappa is (p - e) / (1 - e): p the share on which both said the same, e what chance would give if each had said what they say as
    often as they do. (J. Cohen: A Coefficient of Agreement for Nominal Scales, 1960.) Accepting, rejecting, correcting, the same,
    different and unsure are what can be said; two corrections to different values are no agreement, and count as such in p.
    """
    both: dict[tuple[str, str], list[tuple[Judgement, Judgement]]] = {}
    for words in last_words(judgements).values():
        for one, other in combinations(sorted(words), 2):
            both.setdefault((one, other), []).append((words[one], words[other]))
    return [_agreement(one, other, row) for (one, other), row in sorted(both.items())]


def signed_claims(incident: Incident) -> list[str]:
    """The claims that who signs an incident answers for: its events, and the figures that its numbers rest on."""
    used = (use.claim for figure in incident.figures for use in figure.uses if use.used)
    return list(dict.fromkeys([*incident.events, *used]))


def signers(incident: Incident, words: Mapping[Subject, Mapping[str, Judgement]]) -> list[str]:
    """Who signed an incident: reviewers whose last word on each of its claims is that it is right, as it was read or as they corrected it.

    `words` are `last_words`. When a report is added that tells the incident, it has claims that nobody has seen, and every signature
    lapses until they are seen.
    """
    of = [words.get((claim,), {}) for claim in signed_claims(incident)]
    if not of:
        return []
    everybody = set.intersection(*({by for by, word in said.items() if word.decision in ("accept", "edit")} for said in of))
    return sorted(everybody)


def _agreement(one: str, other: str, row: Sequence[tuple[Judgement, Judgement]]) -> Agreement:
    same = sum(_said(a) == _said(b) for a, b in row)
    shares = [_shares(word.decision for word in side) for side in zip(*row, strict=True)]
    chance = sum(share * shares[1].get(decision, 0.0) for decision, share in shares[0].items())
    observed = same / len(row)
    return Agreement(one, other, len(row), same, None if chance == 1 else round((observed - chance) / (1 - chance), 3))


def _said(judgement: Judgement) -> tuple[str, str | None, str]:
    return judgement.decision, judgement.field, repr(judgement.value)


def _shares(decisions: Iterable[str]) -> dict[str, float]:
    counted = Counter(decisions)
    return {decision: count / counted.total() for decision, count in counted.items()}
