"""Incidents as a CSV that Uwazi imports: a row for each, with languages in columns of their own and days as ISO dates.

Uwazi makes a Unix timestamp of every date, so that a range is two properties here. Several values of one property are divided by `|`; a
bar inside a value becomes a slash. The template in Uwazi needs the properties of `data/export/fields/uwazi.csv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from sijill.export.cells import csv_lines
from sijill.export.forms import Tally
from sijill.export.losing import Counting
from sijill.export.plain import Plain, plain, told
from sijill.records import Case, Incident

__all__ = ["write"]

_PLAIN = ("modality", "first", "last", "country", "level", "radius_km", "pcode", "parent", "reports", "families", "contradictions")
_TOLLS = tuple(f"{effect}_{end}" for effect in ("killed", "injured") for end in ("low", "best", "high"))
_LISTS = ("sources", "urls", "claims", "means")


def write(cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str]) -> Tally:
    """Write the table as the cases come. `also` are further columns.

    There is no mark of UTF-8 at its beginning, which would become a part of the first column's name.

    >>> import io
    >>> out = io.BytesIO()
    >>> write([Case(incident=Incident(id="inc-1", kind="shelling"))], out, {}).rows
    1
    >>> out.getvalue().decode().split(",")[:3]
    ['title', 'title__ar', 'title__en']
    """
    counting = Counting("uwazi")
    columns = [*_row(_EMPTY, plain(_EMPTY)), *also]
    for line in csv_lines(_rows(counting, cases, also), columns, mark=False):
        out.write(line)
    return counting.tally()


def _rows(counting: Counting, cases: Iterable[Case], also: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for case in counting.of(cases):
        counting.rows += 1
        yield {**_row(case, plain(case)), **also}


def _row(case: Case, row: Plain) -> dict[str, Any]:
    words = told(case, row)
    place_ar, place_en = row.place, row.place_en or row.place
    return {
        **_in_both("title", row.title_ar, row.title_en),
        "incident": row.id,
        **_in_both("kind", row.kind_ar, row.kind_en),
        **{name: getattr(row, name) for name in _PLAIN},
        **_in_both("place", place_ar, place_en),
        "place_geolocation": f"{row.lat!r}|{row.lon!r}" if row.lat is not None else None,
        **_in_both("agents", _many(row.agents_ar), _many(row.agents_en)),
        **_in_both("targets", _many(row.targets_ar), _many(row.targets_en)),
        **_in_both("claimants", _many(row.claimants_ar), _many(row.claimants_en)),
        **{name: getattr(row, name) for name in _TOLLS},
        **{name: _many(getattr(row, name)) for name in _LISTS},
        **_in_both("summary", words.ar, words.en),
    }


def _in_both(name: str, ar: str | None, en: str | None) -> dict[str, str | None]:
    """A property, and what it is in each of the two languages; the plain one stands for any other language of the collection."""
    return {name: en, f"{name}__ar": ar, f"{name}__en": en}


def _many(values: Iterable[str]) -> str:
    return "|".join(value.replace("|", "/") for value in values)


_EMPTY = Case(incident=Incident(id="", kind="shelling"))
"""From which the columns are read."""
