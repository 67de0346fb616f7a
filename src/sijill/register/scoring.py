"""How well the reader did on what reviewers looked at, and which rules and words are behind what they had to correct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sijill.lexicon import load_lexicon
from sijill.records import EventClaim, FigureClaim, Judgement, Reading, Record, Report
from sijill.rules import load_rules
from sijill.text import fold, tokens

__all__ = ["Blamed", "Judged", "Score", "score"]

_EVIDENCE = {
    "value": "number",
    "min": "number",
    "max": "number",
    "bound": "number",
    "effect": "effect",
    "status": "who",
    "demographic": "who",
    "side": "side",
    "source": "source",
    "kind": "event",
    "modality": "event",
    "date": "date",
    "time": "time",
    "places": "place",
    "agents": "agent",
    "targets": "target",
    "means": "means",
}
"""The evidence that a field comes from, by its name; a field without any comes from the whole claim."""


class Judged(Record, frozen=True, kw_only=True):
    """Claims of one sort that reviewers looked at: how many, how many they left as they were, corrected, and left out.

    `precision` is the share of those that were right as they were read; null where nobody looked.
    """

    what: str
    judged: int
    right: int
    corrected: int
    rejected: int
    precision: float | None


class Blamed(Record, frozen=True, kw_only=True):
    """A rule or a word behind claims that were corrected or left out: how often it stood behind one, and behind how many judged at all.

    `origin` is the file and line that it stands in, where it has one.
    """

    name: str
    origin: str | None = None
    wrong: int
    judged: int


class Score(Record, frozen=True, kw_only=True):
    """The reader held against reviewers. `fields` counts corrections by field; `rules` and `words` come with the most corrected first."""

    claims: list[Judged]
    fields: dict[str, int]
    rules: list[Blamed]
    words: list[Blamed]


Claim = EventClaim | FigureClaim


def score(readings: Iterable[tuple[Report, Reading]], judgements: Sequence[Judgement], *, most: int = 20) -> Score:
    """The score of readings as they were made, by what stands of the judgements (see `link.in_force`).

    What nobody judged counts neither way: reviewers look at what is doubtful first, so that the shares are lower than those of a sample.
    """
    said: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        if judgement.decision in ("accept", "reject", "edit"):
            said.setdefault(judgement.claim, []).append(judgement)
    tally = _Tally()
    for report, reading in readings:
        claims: list[Claim] = [*reading.events, *reading.figures]
        for claim in claims:
            if claim.claim in said:
                tally.add(report, claim, said[claim.claim])
    return tally.score(most)


class _Tally:
    def __init__(self) -> None:
        self._outcomes: dict[str, Counter[str]] = {}
        self._fields: Counter[str] = Counter()
        self._rules: tuple[Counter[str], Counter[str]] = (Counter(), Counter())  # wrong, judged
        self._words: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]] = (Counter(), Counter())

    def add(self, report: Report, claim: Claim, said: Sequence[Judgement]) -> None:
        """One claim with what was said of it."""
        decisions = {judgement.decision for judgement in said}
        edited = {judgement.field for judgement in said if judgement.decision == "edit" and judgement.field}
        outcome = "rejected" if "reject" in decisions else "corrected" if edited else "right"
        sort = f"event {claim.kind}" if isinstance(claim, EventClaim) else f"figure {claim.effect}"
        for what in ("event" if isinstance(claim, EventClaim) else "figure", sort):
            self._outcomes.setdefault(what, Counter())[outcome] += 1
        self._fields.update(edited)
        behind = None if outcome == "rejected" else edited
        self._count(self._rules, _rules_of(claim, None), _rules_of(claim, behind), outcome)
        self._count(self._words, _words_of(report, claim, None), _words_of(report, claim, behind), outcome)

    @staticmethod
    def _count(into: tuple[Counter[Any], Counter[Any]], every: set[Any], behind: set[Any], outcome: str) -> None:
        wrong, judged = into
        judged.update(every)
        if outcome != "right":
            wrong.update(behind)

    def score(self, most: int) -> Score:
        """Everything that was added."""
        origins = {rule.name: rule.origin for rule in load_rules()}
        wrong, judged = self._rules
        rules = [Blamed(name=name, origin=origins.get(name), wrong=n, judged=judged[name]) for name, n in _ranked(wrong)[:most]]
        wrong_words, judged_words = self._words
        words = [
            Blamed(name=word, origin=origin, wrong=n, judged=judged_words[word, origin])
            for (word, origin), n in _ranked(wrong_words)[:most]
        ]
        return Score(
            claims=[_judged(what, outcomes) for what, outcomes in sorted(self._outcomes.items(), key=_sorts_first)],
            fields=dict(_ranked(self._fields)),
            rules=rules,
            words=words,
        )


def _sorts_first(row: tuple[str, Counter[str]]) -> tuple[bool, int, str]:
    """Events and figures as a whole before their kinds; of those the most judged first."""
    return " " in row[0], -row[1].total(), row[0]


def _ranked(counts: Counter[Any]) -> list[tuple[Any, int]]:
    return sorted(counts.items(), key=lambda row: (-row[1], row[0]))


def _judged(what: str, outcomes: Mapping[str, int]) -> Judged:
    total = sum(outcomes.values())
    right = outcomes.get("right", 0)
    return Judged(
        what=what,
        judged=total,
        right=right,
        corrected=outcomes.get("corrected", 0),
        rejected=outcomes.get("rejected", 0),
        precision=round(right / total, 3) if total else None,
    )


def _evidence(claim: Claim, fields: set[str] | None) -> list[tuple[int, int, str]]:
    """The stretches of words, with their rules, that some fields of a claim come from; all of them where no field is named."""
    whole = (claim.start, claim.end, claim.rule)
    every = [whole, *((one.start, one.end, one.rule) for one in claim.evidence)]
    if fields is None:
        return every
    wanted = {_EVIDENCE.get(field) for field in fields}
    found = [(one.start, one.end, one.rule) for one in claim.evidence if one.what in wanted]
    return found or [whole]


def _rules_of(claim: Claim, fields: set[str] | None) -> set[str]:
    return {rule for _, _, rule in _evidence(claim, fields) if rule}


def _words_of(report: Report, claim: Claim, fields: set[str] | None) -> set[tuple[str, str]]:
    """Words of a lexicon file in some evidence, each with the file and line that has it."""
    lexicon = load_lexicon()
    found: set[tuple[str, str]] = set()
    for start, end, _ in _evidence(claim, fields):
        for token in tokens(fold(report.text[start:end]).text):
            for piece in lexicon.analyse(token.strip()) if token.strip() else ():
                found.update((piece.word, origin) for origin in piece.entry.origin.split("; ") if ":" in origin)
    return found
