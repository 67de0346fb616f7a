"""What comes of holding one set of incidents against another: matches, what either lacks within what both cover, and how they differ."""

from __future__ import annotations

from typing import Literal

from sijill.records import Record

__all__ = ["Comparison", "Entry", "Match", "Party", "Scope", "Verdict", "verdict"]

Verdict = Literal["inside", "below", "above", "only ours", "only theirs", "neither"]
"""Where their number of killed stands: inside our low and high, below or above them; or only one of the two has any."""


class Entry(Record, frozen=True, kw_only=True):
    """An incident of either side, as far as it is compared. `low`, `best` and `high` are of all killed; null where nobody gives any."""

    id: str
    kind: str
    first: str | None = None
    last: str | None = None
    place: str | None = None
    place_en: str | None = None
    country: str | None = None
    agents: list[str] = []
    low: int | None = None
    best: int | None = None
    high: int | None = None


class Party(Record, frozen=True, kw_only=True):
    """One side: its name, how many incidents it has, and the days and countries that they cover."""

    name: str
    incidents: int
    first: str | None = None
    last: str | None = None
    countries: list[str] = []


class Scope(Record, frozen=True, kw_only=True):
    """What both cover: only there does it mean anything that one lacks what the other has.

    `deaths_only` says that they list only what killed somebody, so that ours without deaths are not missed there.
    """

    first: str | None = None
    last: str | None = None
    countries: list[str] = []
    deaths_only: bool = False
    ours_outside: int = 0
    theirs_outside: int = 0


class Match(Record, frozen=True, kw_only=True):
    """An incident of ours and theirs: one, or several rows of different days. `outcomes` are those of the first, by what is compared.

    `differs` names what does not agree: day, place, kind, doer, killed.
    """

    ours: Entry
    theirs: list[Entry]
    weight: float
    outcomes: dict[str, str] = {}
    days: int | None = None
    km: float | None = None
    killed: Verdict
    theirs_killed: int | None = None
    differs: list[str] = []


class Comparison(Record, frozen=True, kw_only=True):
    """The whole: who was compared, within what, and what came of it. `possibly` are pairs that may be the same: neither met nor missing."""

    ours: Party
    theirs: Party
    scope: Scope
    matches: list[Match] = []
    possibly: list[Match] = []
    only_ours: list[Entry] = []
    only_theirs: list[Entry] = []


def verdict(low: int | None, best: int | None, high: int | None, theirs: int | None) -> Verdict:
    """Where a number of theirs stands to our low, best and high. An end that is not known is open.

    >>> verdict(3, 5, 7, 7), verdict(3, 5, 7, 2), verdict(3, 5, None, 40), verdict(None, None, None, 4)
    ('inside', 'below', 'inside', 'only theirs')
    """
    ours = next((value for value in (best, low, high) if value is not None), None)
    if ours is None or theirs is None:
        return "neither" if ours is theirs else "only ours" if theirs is None else "only theirs"
    if theirs < (low if low is not None else ours):
        return "below"
    return "above" if high is not None and theirs > high else "inside"
