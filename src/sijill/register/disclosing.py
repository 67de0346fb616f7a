"""What of a register may be handed on at a level of redaction: what is named on a list, and which incidents are told to nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from sijill.errors import InputError
from sijill.export.redact import LEVELS, RESTRICTED, Redaction, Redactor, Vocabulary
from sijill.reconcile.sides import load_sides
from sijill.rules import load_rules
from sijill.store import Store

__all__ = ["checked", "hidden", "redactor"]


def redactor(store: Store, level: str, ids: Iterable[str]) -> Redactor:
    """What redacts some incidents of a register. Raises `InputError` for a level that there is not.

    They are asked about when they are read, and not before: what was added meanwhile is not let through.
    """
    return Redactor(checked(level), _vocabulary(), hidden(store, set(ids)) if level == "public" else frozenset())


def checked(level: str) -> Redaction:
    """A level. Raises `InputError` where there is none of that name.

    >>> checked("public")
    'public'
    """
    for known in LEVELS:
        if level == known:
            return known
    raise InputError(f"there is no level {level!r}; one of {', '.join(LEVELS)}")


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
    names = load_sides().names
    means = {str(one) for rule in load_rules() for one in _list(rule.gives.get("means"))}
    return Vocabulary(ids=frozenset(names), names=frozenset(name for pair in names.values() for name in pair), means=frozenset(means))


def _list(given: object) -> list[object]:
    return given if isinstance(given, list) else []


def hidden(store: Store, ids: set[str]) -> frozenset[str]:
    """Those that tell of what is not public, and those that are parts of such: what follows a crime names its place and day."""
    parents, wave = dict[str, str](), ids
    while wave:
        found = store.parents_of(wave)
        wave = set(found.values()) - parents.keys() - ids
        parents |= found
    secret = store.telling_of(RESTRICTED, ids | set(parents.values()))
    return frozenset(id for id in ids if not secret.isdisjoint(_line_of(id, parents)))


def _line_of(id: str, parents: Mapping[str, str]) -> set[str]:
    """An incident with the wholes above it."""
    line = {id}
    while (id := parents.get(id, "")) and id not in line:
        line.add(id)
    return line
