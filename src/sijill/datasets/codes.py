"""The words and codes of data sets, read from `data/datasets/` and checked: columns, events, precision, actors' types, countries."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple, cast, get_args

from sijill.errors import DataError
from sijill.lexicon import load_lexicon
from sijill.records import EventKind, Level

__all__ = ["Codes", "EventCode", "Precision", "country_of", "load_codes", "plain_name", "rows_of", "singular"]

_FOLDER = "datasets"
_ACTORS_OF = frozenset({"", "doer", "both", "crowd"})
_DATE_MEANS = frozenset({"day", "week", "month", "span"})
_FORMS = ("acled", "ucdp", "plain")


class EventCode(NamedTuple):
    """What an event of a data set is here. `kind` is null where there is none of ours; `actors` says who its two actors are:

    "doer" the first did it to the second, "both" the two did it to each other, "crowd" one of them is a crowd and the other met it.
    """

    kind: EventKind | None
    actors: str
    means: list[str]
    note: str


class Precision(NamedTuple):
    """What a code of precision means: of a place its level, the column that names it and a radius; of a date what is known of it."""

    means: str
    name_from: str
    radius_km: float


class Codes(NamedTuple):
    """All of them."""

    columns: Mapping[str, Mapping[str, str]]
    needed: Mapping[str, Mapping[str, list[str]]]
    events: Mapping[tuple[str, str, str], EventCode]
    precision: Mapping[tuple[str, str, str], Precision]
    inter: Mapping[str, str]
    countries: Mapping[str, str]
    hxl: Mapping[str, str]


def plain_name(written: str) -> str:
    """A column name or a label as it is compared: lower case, words joined by «_», signs left out.

    >>> plain_name(" Sub-Event Type "), plain_name("ADMIN1"), plain_name("Explosions/Remote violence")
    ('sub_event_type', 'admin1', 'explosions_remote_violence')
    """
    return re.sub(r"[\W_]+", "_", written.replace("'", "").replace("’", "").casefold()).strip("_")


def singular(label: str) -> str:
    """A label as `plain_name` has it, without the plural of its words.

    >>> singular("State Forces") == singular("State force")
    True
    """
    return "_".join(word.removesuffix("s") for word in plain_name(label).split("_"))


@lru_cache(maxsize=1)
def load_codes() -> Codes:
    """The codes that come with sijill. Raises `DataError` for a file that does not hold together."""
    columns, needed = _columns()
    countries = {
        plain_name(name): row["code"]
        for _, row in _rows("countries.csv")
        for name in (row["code"], row["iso3"], row["numeric"], row["numeric"].lstrip("0"), *row["names"].split("|"))
    }
    inter = {
        singular(name): row["code"]
        for _, row in _rows("inter.csv")
        for name in (row["label"], row["code"], *row["also"].split("|"))
        if name
    }
    hxl = {row["tag"]: row["column"] for _, row in _rows("hxl.csv")}
    for tag, column in hxl.items():
        if column and column not in columns["plain"].values():
            raise DataError(f"{_FOLDER}/hxl.csv", 1, f"{tag} names a column that there is not: {column!r}")
    return Codes(columns, needed, dict(_events()), dict(_precision()), inter, countries, hxl)


def _rows(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file with their line numbers; none has more or fewer cells than the head."""
    content = (files("sijill") / "data" / _FOLDER / name).read_text(encoding="utf-8")
    reader = csv.reader(content.splitlines(), strict=True)
    head = next(reader)
    for row in reader:
        if len(row) != len(head):
            raise DataError(f"{_FOLDER}/{name}", reader.line_num, f"{len(row)} cells where {len(head)} are wanted")
        yield reader.line_num, dict(zip(head, row, strict=True))


def rows_of(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file of `data/datasets/`, for the modules that read their own."""
    return _rows(name)


def _columns() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, list[str]]]]:
    columns: dict[str, dict[str, str]] = {form: {} for form in _FORMS}
    needed: dict[str, dict[str, list[str]]] = {form: {} for form in _FORMS}
    for line, row in _rows("columns.csv"):
        form, column = row["form"], row["column"]
        if form not in columns:
            raise DataError(f"{_FOLDER}/columns.csv", line, f"there is no form {form!r}")
        for name in (column, *row["also"].split("|")):
            if name and columns[form].setdefault(plain_name(name), column) != column:
                raise DataError(f"{_FOLDER}/columns.csv", line, f"{name!r} means two columns of {form}")
        if row["needed"]:
            needed[form].setdefault(row["needed"], []).append(column)
    return columns, needed


def _events() -> Iterator[tuple[tuple[str, str, str], EventCode]]:
    kinds = set(get_args(EventKind))
    for line, row in _rows("events.csv"):
        if row["kind"] and row["kind"] not in kinds:
            raise DataError(f"{_FOLDER}/events.csv", line, f"there is no kind {row['kind']!r}")
        if row["actors"] not in _ACTORS_OF:
            raise DataError(f"{_FOLDER}/events.csv", line, f"actors must be one of {', '.join(sorted(_ACTORS_OF))}")
        kind = cast("EventKind | None", row["kind"] or None)
        key = row["form"], singular(row["event_type"]), singular(row["sub_event_type"])
        yield key, EventCode(kind, row["actors"], [m for m in row["means"].split("|") if m], row["note"])


def _precision() -> Iterator[tuple[tuple[str, str, str], Precision]]:
    levels = set(get_args(Level))
    for line, row in _rows("precision.csv"):
        if row["means"] not in (levels if row["of"] == "place" else _DATE_MEANS):
            raise DataError(f"{_FOLDER}/precision.csv", line, f"a {row['of']} cannot be {row['means']!r}")
        yield (row["form"], row["of"], row["code"]), Precision(row["means"], row["name_from"], float(row["radius_km"] or 0))


def country_of(written: str) -> str | None:
    """The code of a country (ISO 3166-1 alpha-2) by a name in English or Arabic, a number or a code; None where it is not known.

    >>> country_of("Syria"), country_of("760"), country_of("IRQ"), country_of("DR Congo (Zaire)"), country_of("Atlantis")
    ('SY', 'SY', 'IQ', 'CD', None)
    """
    name = plain_name(written)
    return load_codes().countries.get(name) or _gazetteer_countries().get(name)


@lru_cache(maxsize=1)
def _gazetteer_countries() -> dict[str, str]:
    names = load_lexicon().names
    found = {plain_name(name): place.country for place in names.all_countries() for name in (place.name_en, place.country)}
    return found | {plain_name(name): place.country for place in names.all_countries() for name in place.names}
