"""Stretches of days by which texts that share a band are looked for: those of publications far apart are kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

__all__ = ["ANY", "banded", "day_of", "span_of", "spans_of"]

_SPAN = 31
ANY = 0
"""The span of what was published on a day that is not known."""
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_of(published: str | None) -> int | None:
    """The day of a publication as an ordinal of `date`; None where it is not known, or known as a month or a year only.

    >>> day_of("0001-01-02T10:00"), day_of("2022-02"), day_of(None)
    (2, None, None)
    """
    found = _DAY.match(published or "")
    try:
        return date.fromisoformat(found[0]).toordinal() if found else None
    except ValueError:
        return None


def span_of(day: int | None) -> int:
    """The span of a day."""
    return ANY if day is None else day // _SPAN + 1


def spans_of(first: int, last: int) -> list[int]:
    """The spans that hold the days from one to another, and those that are not known.

    >>> spans_of(31, 62)
    [0, 2, 3]
    """
    return [ANY, *range(span_of(first), span_of(last) + 1)]


_SPREAD = 0x9E3779B97F4A7C15
"""Two to the 64 by the golden ratio: multiples of it lie far from one another."""


def banded(keys: Iterable[int]) -> list[int]:
    """The keys of a text's bands as they are kept: signed numbers of 64 bits, those of different bands different.

    >>> banded([5, 2**64 - 1])[0], len(set(banded([7] * 32)))
    (5, 32)
    """
    return [(key + band * _SPREAD + 2**63) % 2**64 - 2**63 for band, key in enumerate(keys)]
