"""Names of actors as data sets write them, and the neutral ids that they have here.

A name is looked for as it stands, then without the period or country in brackets after it and without the short name before it
(«QSD: Syrian Democratic Forces»), then by how names of state forces are built («Police Forces of Iraq (2014-2022)»). What is not known
is left as it is written. Preferred mistake: a name that stays a name, over an id of another actor.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sijill.datasets.codes import country_of, plain_name, rows_of
from sijill.errors import DataError
from sijill.lexicon import load_lexicon

__all__ = ["actor_of", "source_of"]

_PERIOD = re.compile(r"\s*\((\d{4})\s*[-–—]\s*(\d{4})?\)\s*$")
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_SHORT = re.compile(r"^[A-Z][\w'-]{1,9}:\s*")
_FILE = "actor_names.csv"
_PATTERNS = "actor_patterns.csv"


class _Name(NamedTuple):
    actor: str
    first: str
    last: str


class _Pattern(NamedTuple):
    pattern: re.Pattern[str]
    role: str
    actor: str


def actor_of(name: str, day: date | None = None) -> str | None:
    """The id of an actor by the name that a data set gives it on a day; None where it is not known.

    >>> actor_of("Military Forces of Syria (2000-2024)"), actor_of("QSD: Syrian Democratic Forces"), actor_of("Islamic State (Syria)")
    ('syrian_government', 'sdf', 'islamic_state')
    >>> actor_of("Police Forces of Iraq (2014-2022)"), actor_of("Unidentified Armed Group (Syria)"), actor_of("Civilians (Iraq)")
    ('iraqi_police', 'unidentified_gunmen', 'civilians')
    >>> actor_of("Government of Syria", date(2025, 1, 5)), actor_of("Brotherhood of the Moon (Syria)")
    ('syria_transitional_government', None)
    """
    bare = _PERIOD.sub("", name)
    shortened = _SHORT.sub("", bare)
    for form in dict.fromkeys((name, bare, shortened, _BRACKETS.sub("", shortened))):
        found = _known(form, day)
        if found:
            return found
    return _by_pattern(bare)


def _known(name: str, day: date | None) -> str | None:
    key = plain_name(name)
    for row in _names().get(key, ()):
        if (not row.first or (day is not None and day.isoformat() >= row.first)) and (
            not row.last or day is None or day.isoformat() <= row.last
        ):
            return row.actor
    return _english().get(key)


def _by_pattern(name: str) -> str | None:
    for row in _patterns():
        m = row.pattern.fullmatch(name.strip())
        if m is None:
            continue
        if row.actor:
            return row.actor
        country = country_of(m["country"])
        return load_lexicon().names.by_country.get((country, row.role)) if country else None
    return None


def source_of(written: str) -> str | None:
    """The id of the one source that a cell names in English; None where it names several, or none that is known.

    >>> source_of("Syrian Observatory for Human Rights"), source_of("some local people")
    ('sohr', None)
    """
    return _sources().get(plain_name(written)) or _sources().get(plain_name(_BRACKETS.sub("", written)))


@lru_cache(maxsize=1)
def _names() -> Mapping[str, list[_Name]]:
    actors = load_lexicon().names.actors
    found: dict[str, list[_Name]] = {}
    for line, row in rows_of(_FILE):
        if row["actor"] not in actors:
            raise DataError(f"datasets/{_FILE}", line, f"no actor has the id {row['actor']!r}")
        found.setdefault(plain_name(row["name"]), []).append(_Name(row["actor"], row["from"], row["to"]))
    return found


@lru_cache(maxsize=1)
def _patterns() -> list[_Pattern]:
    actors = load_lexicon().names.actors
    found = []
    for line, row in rows_of(_PATTERNS):
        if row["actor"] and row["actor"] not in actors:
            raise DataError(f"datasets/{_PATTERNS}", line, f"no actor has the id {row['actor']!r}")
        if bool(row["actor"]) == bool(row["role"]):
            raise DataError(f"datasets/{_PATTERNS}", line, "give an actor, or the role that a country's force has")
        written = re.escape(row["pattern"]).replace(r"\{country\}", r"(?P<country>.+?)")
        written = written.replace(r"\ \((?P<country>.+?)\)", r"(?:\ \((?P<country>.+?)\))?")  # in brackets it may be missing
        found.append(_Pattern(re.compile(written, re.IGNORECASE), row["role"], row["actor"]))
    return found


@lru_cache(maxsize=1)
def _english() -> Mapping[str, str]:
    """Actors by their English name, with and without what stands in brackets; a name of two actors is none's."""
    found: dict[str, str | None] = {}
    for id, actor in load_lexicon().names.actors.items():
        for name in {plain_name(actor.name_en), plain_name(_BRACKETS.sub("", actor.name_en)), plain_name(id)}:
            found[name] = id if found.get(name, id) == id else None
    return {name: id for name, id in found.items() if id and name}


@lru_cache(maxsize=1)
def _sources() -> Mapping[str, str]:
    """The same of sources."""
    found: dict[str, str | None] = {}
    for id, source in load_lexicon().names.sources.items():
        if source.generic:
            continue
        for name in {plain_name(source.name_en), plain_name(_BRACKETS.sub("", source.name_en)), plain_name(id)}:
            found[name] = id if found.get(name, id) == id else None
    return {name: id for name, id in found.items() if id and name}
