"""What the codebooks lay down, from `data/codebooks/`: columns, rules, losses, crosswalk, countries, seats, words for weapons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple, get_args

from sijill.codebooks.tables import Row, read_table
from sijill.records import EventKind

__all__ = ["Book", "Column", "Country", "Cross", "LossKind", "Rule", "Scale", "SubEvent", "load_book", "read_book"]

_FOLDER = "codebooks"
_CODEBOOKS = ("acled", "ucdp", "plover")
_TYPES = ("text", "date", "integer", "number", "boolean", "list", "object")

CONDITIONS = (
    "", "crowds", "helicopter", "helicopter_alone", "civilians", "mutual", "attempted", "grenade", "molotov_alone", "not_chemical",
    "armed", "armed_on_duty", "armed_killed", "civilians_killed", "held", "held_by_nonstate", "by_nonstate", "extrajudicial",
    "after_fighting", "held_shortly", "resisted", "resisted_by_state", "base", "crewed", "live_fire", "intervention", "strike_alone", "mob",
)  # fmt: skip
"""What `events.csv` may ask of an incident in its column `when`; empty holds always."""


class Column(NamedTuple):
    """A column of a codebook, with its meaning in English and Arabic."""

    name: str
    type: str
    en: str
    ar: str
    source: str


class Rule(NamedTuple):
    """A rule of a codebook, or of the project where a codebook leaves it open."""

    id: str
    codebook: str
    en: str
    ar: str
    source: str


class LossKind(NamedTuple):
    """A kind of thing that the record holds and a codebook does not."""

    kind: str
    en: str
    ar: str


class Country(NamedTuple):
    """A country. What is not known is an empty text or null."""

    iso2: str
    iso3: str
    number: int | None
    name_en: str
    name_ar: str
    acled_region: str
    gw: int | None
    ucdp_region: str


class Cross(NamedTuple):
    """A row of the crosswalk: what a kind of event is in ACLED and in PLOVER, where its condition holds.

    `violent` says that it may kill; `sentence` is how a note tells it, empty where the sentence of the sub-event does.
    """

    kind: str
    when: str
    sub_event: str
    rule: str
    events: tuple[str, ...]
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    violent: bool
    sentence: str


class SubEvent(NamedTuple):
    """A sub-event of ACLED; `rank` is its place in the order of the codebook, the first the highest.

    `both` and `alone` are how a note tells it, of two actors and of one.
    """

    name: str
    type: str
    disorder: str
    rank: int
    both: str
    alone: str


class Scale(NamedTuple):
    """What PLOVER gives a type of event in one of its modes."""

    quad: int
    scale: float


class Book(NamedTuple):
    """All tables. `load_book()` makes it."""

    names: Mapping[str, str]
    columns: Mapping[str, tuple[Column, ...]]
    rules: Mapping[str, Rule]
    losses: Mapping[str, LossKind]
    countries: Mapping[str, Country]
    crosswalk: Mapping[str, tuple[Cross, ...]]
    sub_events: Mapping[str, SubEvent]
    inter_codes: Mapping[str, int]
    interactions: Mapping[int, str]
    governments: Mapping[tuple[str, str], int]
    seats: Mapping[str, str]
    scale: Mapping[tuple[str, str], Scale]
    weapons: Mapping[str, tuple[str, ...]]
    source_scales: Mapping[str, str]

    def violent(self, kind: str) -> bool:
        """Whether an event of a kind may kill by itself.

        >>> load_book().violent("armed_clash"), load_book().violent("bodies_found")
        (True, False)
        """
        return any(row.violent for row in self.crosswalk.get(kind, ()))


@lru_cache(maxsize=1)
def load_book() -> Book:
    """The tables that are installed with the package. Raises `DataError` for a row that breaks its table.

    >>> book = load_book()
    >>> len(book.columns["acled"]), len(book.columns["ucdp"]), book.interactions[78]
    (31, 49, 'External/Other forces-Civilians')
    """
    folder = files("sijill") / "data" / _FOLDER
    return read_book(lambda name: (folder / name).read_text(encoding="utf-8"))


def read_book(text_of: Callable[[str], str]) -> Book:
    """The tables from their texts by file name. Raises `DataError` for a row that breaks its table.

    >>> read_book(lambda name: "")
    Traceback (most recent call last):
    sijill.errors.DataError: codebooks/rules.csv:1: the columns are ; they have to be id, codebook, en, ar, source
    """

    def table(name: str, columns: str, key: str | None = None) -> list[Row]:
        return list(read_table(f"{_FOLDER}/{name}", text_of(name), columns.split(), key=key))

    rules = _rules(table("rules.csv", "id codebook en ar source", "id"))
    sub_events = _sub_events(table("acled_events.csv", "sub_event_type event_type disorder_type both alone source", "sub_event_type"))
    inter = table("acled_inter.csv", "code label source", "label")
    head = "kind when sub_event_type rule event mode context violent sentence source"
    scale = _scale(table("plover_scale.csv", "event mode quad_code scale source"))
    return Book(
        names={row["id"]: f"{row['name']}, {row['version']}" for row in table("codebooks.csv", "id name version name_ar source", "id")},
        columns={
            "acled": _columns(table("acled_columns.csv", "column type en ar source", "column")),
            "ucdp": _columns(table("ucdp_columns.csv", "column type en ar source", "column")),
            "plover": _columns(table("plover_fields.csv", "column type en ar source", "column")),
        },
        rules=rules,
        losses={
            row["kind"]: LossKind(row["kind"], row.given("en"), row.given("ar")) for row in table("losses.csv", "kind en ar source", "kind")
        },
        countries=_countries(table("countries.csv", "iso2 iso3 iso_numeric name_en name_ar acled_region gw ucdp_region source", "iso2")),
        crosswalk=_crosswalk(table("events.csv", head), rules, sub_events, {event for event, _ in scale}),
        sub_events=sub_events,
        inter_codes={row["label"]: row.whole("code") or 0 for row in inter},
        interactions={row.whole("code") or 0: row.given("label") for row in table("acled_interactions.csv", "code label source", "code")},
        governments={
            (row.given("country"), row.given("actor")): row.whole("from_year") or 0
            for row in table("governments.csv", "country actor from_year source")
        },
        seats={row["place"]: row.given("seat") for row in table("seats.csv", "place seat place_en seat_en source", "place")},
        scale=scale,
        weapons={
            row["weapon"]: tuple(row.given("words_ar").split("|")) for row in table("weapons.csv", "words_ar weapon source", "weapon")
        },
        source_scales={row["kind"]: row.given("scale") for row in table("source_scales.csv", "kind scale source", "kind")},
    )


def _columns(rows: Iterable[Row]) -> tuple[Column, ...]:
    return tuple(Column(row["column"], row.one_of("type", _TYPES), row.given("en"), row.given("ar"), row["source"]) for row in rows)


def _rules(rows: Iterable[Row]) -> dict[str, Rule]:
    return {row["id"]: Rule(row["id"], row.one_of("codebook", _CODEBOOKS), row.given("en"), row.given("ar"), row["source"]) for row in rows}


def _sub_events(rows: Iterable[Row]) -> dict[str, SubEvent]:
    return {
        row["sub_event_type"]: SubEvent(
            row["sub_event_type"], row.given("event_type"), row.given("disorder_type"), rank, row.given("both"), row.given("alone")
        )
        for rank, row in enumerate(rows)
    }


def _countries(rows: Iterable[Row]) -> dict[str, Country]:
    return {
        row["iso2"]: Country(
            row["iso2"],
            row["iso3"],
            row.whole("iso_numeric"),
            row.given("name_en"),
            row.given("name_ar"),
            row["acled_region"],
            row.whole("gw"),
            row["ucdp_region"],
        )
        for row in rows
    }


def _scale(rows: Iterable[Row]) -> dict[tuple[str, str], Scale]:
    return {(row.given("event"), row["mode"]): Scale(row.whole("quad_code") or 0, row.number("scale")) for row in rows}


def _crosswalk(
    rows: Iterable[Row], rules: Mapping[str, Rule], sub_events: Mapping[str, SubEvent], events: set[str]
) -> dict[str, tuple[Cross, ...]]:
    """Rows by kind; each kind ends with a row that holds always, so that none is left without."""
    found: dict[str, tuple[Cross, ...]] = {}
    for row in rows:
        kind = row.one_of("kind", get_args(EventKind))
        if (before := found.get(kind)) and not before[-1].when:
            raise row.wrong(f"a row of {kind} stands after the one that holds always")
        if not set(row["event"].split()) <= events:
            raise row.wrong(f"event is {row['event']!r}, which PLOVER does not have")
        found[kind] = (
            *found.get(kind, ()),
            Cross(
                kind,
                row.one_of("when", CONDITIONS),
                row.one_of("sub_event_type", ["", *sub_events]),
                row.one_of("rule", rules),
                tuple(row["event"].split()),
                tuple(row["mode"].split()),
                tuple(row["context"].split()),
                row.one_of("violent", ["yes", "no"]) == "yes",
                row["sentence"],
            ),
        )
    return found
