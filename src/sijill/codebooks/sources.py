"""Who tells an incident: outlets, named sources, claimants of numbers, families of texts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sijill.codebooks.actors import name_en
from sijill.codebooks.book import load_book
from sijill.lexicon import load_lexicon
from sijill.records import Case, CaseReport, Figure
from sijill.text import fold_word

__all__ = ["UNDISCLOSED", "claimants", "outlets", "scale", "tellers"]

UNDISCLOSED = "Undisclosed Source"
"""How ACLED writes a source that may not be named; here one that nobody named."""


def tellers(case: Case) -> list[CaseReport]:
    """The reports that tell the incident itself, or, where none does, all of the case.

    >>> from sijill.records import Incident
    >>> tellers(Case(incident=Incident(id="inc-1", kind="shelling")))
    []
    """
    return [report for report in case.reports if report.events] or list(case.reports)


def outlets(case: Case) -> list[str]:
    """The outlets of the reports that tell the incident, each once, in the order of publication.

    >>> from sijill.records import Incident
    >>> outlets(Case(incident=Incident(id="inc-1", kind="shelling")))
    []
    """
    return list(dict.fromkeys(report.line.outlet for report in tellers(case) if report.line.outlet))


def claimants(case: Case, figures: Iterable[Figure]) -> list[str]:
    """The names of those whom the numbers that count are said to come from, each once.

    >>> from sijill.records import Incident
    >>> claimants(Case(incident=Incident(id="inc-1", kind="shelling")), [])
    []
    """
    ids = dict.fromkeys(use.source for figure in figures for use in figure.uses if use.used and use.source)
    return [name_en(id, case) for id in ids if id]


def scale(case: Case) -> str:
    """The scale of the sources as ACLED has it, parts joined by a dash; empty where the scale of any of them is not known.

    Whether a newspaper is read at home or abroad is in no list of ours, so most cases have none.

    >>> from sijill.records import Incident
    >>> scale(Case(incident=Incident(id="inc-1", kind="shelling")))
    ''
    """
    known = load_book().source_scales
    found = {known.get(_kind(outlet)) for outlet in outlets(case)}
    return "" if None in found else "-".join(sorted(one for one in found if one))


def _kind(outlet: str) -> str:
    id = load_lexicon().names.source_of(fold_word(outlet)) or _by_english().get(outlet.casefold())
    source = load_lexicon().names.sources.get(id or "")
    return source.kind if source else ""


@lru_cache(maxsize=1)
def _by_english() -> dict[str, str]:
    return {source.name_en.casefold(): id for id, source in load_lexicon().names.sources.items()}
