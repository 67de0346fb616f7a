"""Which columns a file has, by the names of a form, and which form they are of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from sijill.datasets.codes import load_codes, plain_name
from sijill.datasets.records import Problem
from sijill.datasets.rows import header_of, is_json, json_rows, table_rows
from sijill.errors import InputError

__all__ = ["Columns", "columns_of", "form_of", "missing", "tagged"]

_OURS = "sijill_"
"""Columns that our own exports add to a form: known, and no claim of the data set."""
_TABLES = (("acled", "acled"), ("ucdp", "ucdp"), ("incidents", "plain"))


class Columns(NamedTuple):
    """The column of a file for each column of the form that it has, and the columns without a meaning."""

    known: Mapping[str, str]
    unknown: Sequence[str]


def columns_of(kind: str, header: Iterable[str]) -> Columns:
    """The columns of a header, by all the names that they have had. Of two that mean the same the first is taken.

    >>> found = columns_of("acled", ["EVENT DATE", "Fatalities", "mood", "sijill_id"])
    >>> dict(found.known), found.unknown
    ({'event_date': 'EVENT DATE', 'fatalities': 'Fatalities'}, ['mood'])
    """
    names = load_codes().columns[kind]
    known: dict[str, str] = {}
    unknown = []
    for column in header:
        meant = names.get(plain_name(column))
        if meant is not None and meant not in known:
            known[meant] = column
        elif not plain_name(column).startswith(_OURS):
            unknown.append(column)
    return Columns(known, unknown)


def tagged(tags: Mapping[str, str]) -> Columns:
    """The columns of a table with HXL tags. The order of a tag's attributes does not matter; of several languages the first is taken.

    >>> found = tagged({"when": "#date +occurred", "dead": "#affected+killed+i_en", "mood": "#mood"})
    >>> dict(found.known), found.unknown
    ({'first': 'when', 'killed_best': 'dead'}, ['mood'])
    """
    codes = {_parted(tag): column for tag, column in load_codes().hxl.items()}
    known: dict[str, str] = {}
    unknown = []
    for column, tag in tags.items():
        parted = _parted(tag)
        meant = codes.get(parted)
        if meant == "place" and "+i_en" in "".join(tag.lower().split()):
            meant = "place_en"
        if meant is None or (meant in known and "+i_" not in tag.lower()):
            unknown.append(column)
        elif meant:
            known.setdefault(meant, column)  # the same in another language is passed over
    return Columns(known, unknown)


def _parted(tag: str) -> tuple[str, frozenset[str]]:
    name, *attributes = "".join(tag.lower().split()).split("+")
    return name, frozenset(one for one in attributes if not one.startswith(("i_", "v_")))


def missing(kind: str, known: Mapping[str, str]) -> list[str]:
    """What a form needs and a file has not: for each need the columns of which it has none.

    >>> missing("ucdp", {"date_start": "a", "best": "b"})
    ['type_of_violence']
    """
    return [" or ".join(columns) for columns in load_codes().needed[kind].values() if not any(column in known for column in columns)]


def form_of(text: str, *, name: str) -> str:
    """The form of a file by how it begins and what columns it has. Raises `InputError` where it is of none: what each would need.

    >>> form_of("id,type_of_violence,date_start,best\\n", name="a.csv"), form_of('{"type": "FeatureCollection"}', name="b.json")
    ('ucdp', 'geojson')
    """
    if is_json(text):
        return _form_of_json(text, name)
    header = header_of(text, name=name)
    for row in islice(table_rows(text, "utf-8", header), 1):
        if not isinstance(row, Problem) and sum(cell.strip().startswith("#") for cell in row.cells.values()) * 2 > len(header) // 2:
            return "hxl"
    return _form_of_columns(header, name)


def _form_of_json(text: str, name: str) -> str:
    begin = text.lstrip()[:200_000]
    if '"FeatureCollection"' in begin[:2000]:
        return "geojson"
    if '"annotations"' in begin or '"predictions"' in begin:
        return "labelstudio"
    columns = dict.fromkeys(c for row in islice(json_rows(text, name=name), 100) if not isinstance(row, Problem) for c in row.cells)
    return _form_of_columns(list(columns), name)


def _form_of_columns(header: Sequence[str], name: str) -> str:
    lacks = {form: missing(kind, columns_of(kind, header).known) for form, kind in _TABLES}
    for form, needs in lacks.items():
        if not needs:
            return form
    wanted = "; ".join(f"as {form} it lacks {', '.join(needs)}" for form, needs in lacks.items())
    raise InputError(f"{name} is of no form that is known: {wanted}")
