"""What the words of a case say beyond its fields: weapons that a codebook asks for, and wordings that take a side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sijill.codebooks.book import load_book
from sijill.lexicon import load_lexicon
from sijill.records import Case
from sijill.text import fold, fold_word

__all__ = ["partisan_words", "weapons_told"]

_LONGEST_NAME = 4
"""So many words the wordings have at most that are looked up; longer ones hold a shorter one that takes the same side."""


def weapons_told(case: Case) -> frozenset[str]:
    """The classes of `data/codebooks/weapons.csv` that the words of the incident's own events name.

    Where the texts of the reports are not handed on only the words that name the event are looked at.

    >>> from sijill.records import CaseReport, EventClaim, Incident, ReportLine
    >>> event = EventClaim(id="e1", claim="eve-1", kind="interception", quote="ضبط قنبلة يدوية", start=0, end=15, rule="seizure")
    >>> told = CaseReport(line=ReportLine(sha256="0", id="r", family="0"), events=[event])
    >>> sorted(weapons_told(Case(incident=Incident(id="inc-1", kind="interception"), reports=[told])))
    ['grenade']
    """
    texts = [fold(text).text for text in _words(case)]
    return frozenset(weapon for weapon, pattern in _patterns().items() if any(pattern.search(text) for text in texts))


def _words(case: Case) -> Iterator[str]:
    for report in case.reports:
        for event in report.events:
            yield event.quote
            if report.text is not None and event.clause is not None:
                yield report.text[event.clause.start : event.clause.end]


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    """Words as they stand in folded text, with a prefix or the article before them, in the accusative or the dual too."""
    return {
        weapon: re.compile(
            rf"(?<!\w)[وفبلك]{{0,2}}(?:ال|لل)?(?:{'|'.join(re.escape(fold_word(word)) for word in words)})(?:ا|ان|ين)?(?!\w)"
        )
        for weapon, words in load_book().weapons.items()
    }


def partisan_words(case: Case) -> list[str]:
    """The wordings of the incident's claims that take a side, as they stand there, each once, in the order of the reports.

    They are looked for in the words of events and figures alone, which are short.
    """
    names = load_lexicon().names
    found: dict[str, None] = {}
    for report in case.reports:
        for quote in (*(event.quote for event in report.events), *(figure.quote for figure in report.figures)):
            words = quote.split()
            for size in range(1, _LONGEST_NAME + 1):
                for first in range(len(words) - size + 1):
                    name = " ".join(words[first : first + size])
                    if "PARTISAN" in names.tags(fold_word(name)):
                        found[name] = None
    return list(found)
