"""Incidents for FollowTheMoney, as Aleph and OpenSanctions read it: entities as lines of JSON, or their statements as CSV.

An incident is an `Event`, a report an `Article`, the two tied by a `Documentation`; who takes part is a `PublicBody` (forces of a state),
an `Organization` (an armed group) or, where it is a crowd or nobody knows what, a `LegalEntity`, which claims least. Places with
coordinates are `Address`es. Ids are the SHA-1 of ours, so that the same incident is the same entity in every export.

A date of FollowTheMoney is a prefix of an ISO date and no range. An incident between two days has both as start and end, and as its date
what the two have in common where that is a whole month or year. Values are written as the library cleans them, so that it drops none.
"""

from __future__ import annotations

import calendar
import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import IO, Any, NamedTuple
from urllib.parse import urlsplit

from sijill.export.cells import as_json
from sijill.export.forms import Tally
from sijill.export.losing import Counting
from sijill.export.plain import Plain, plain, told
from sijill.records import Case, ReportLine

__all__ = ["COLUMNS", "DATASET", "Entity", "entities", "write_entities", "write_statements"]

DATASET = "sijill"
COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang", "original_value", "external",
    "first_seen", "last_seen", "id",
)  # fmt: skip
"""The columns of statements, as the library names them."""

_TYPES = {
    "addressEntity": "entity", "contentHash": "checksum", "country": "country", "date": "date", "document": "entity", "endDate": "date",
    "entity": "entity", "full": "address", "involved": "entity", "keywords": "string", "language": "language", "latitude": "number",
    "location": "address", "longitude": "number", "name": "name", "notes": "text", "proof": "entity", "publishedAt": "date",
    "publisher": "string", "recordId": "string", "role": "string", "sourceUrl": "url", "startDate": "date", "summary": "text",
    "title": "string",
}  # fmt: skip
"""Of what type each property is that is written here."""
_WITHOUT_LANGUAGE = {"entity", "date", "checksum", "url", "country", "language", "id"}
_LANGUAGES = {"ar": "ara", "en": "eng", "ckb": "kur"}
_SCHEMATA = {"State forces": "PublicBody"} | dict.fromkeys(
    ("Rebel group", "Political militia", "Identity militia", "External/Other forces"), "Organization"
)
_INVISIBLE = ("Cc", "Cf", "Cs", "Co")


class Entity(NamedTuple):
    """An entity: each value with its property, and its language where it is of one."""

    id: str
    schema: str
    values: list[tuple[str, str, str | None]]


def write_entities(cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str]) -> Tally:
    """Write the entities of cases, a line of JSON each. What `also` says stands in the notes of every event.

    >>> import json
    >>> from sijill.records import Incident
    >>> out = io.BytesIO()
    >>> write_entities([Case(incident=Incident(id="inc-1", kind="shelling"))], out, {}).rows
    1
    >>> json.loads(out.getvalue())["schema"]
    'Event'
    """
    counting = Counting("ftm")
    for entity in _of_all(counting, cases, also):
        properties: dict[str, list[str]] = {}
        for name, value, _ in entity.values:
            properties.setdefault(name, []).append(value)
        line = {"id": entity.id, "schema": entity.schema, "properties": properties}
        out.write(as_json(line) + b"\n")
        counting.rows += 1
    return counting.tally()


def write_statements(cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str]) -> Tally:
    """Write the same entities as statements, a row for each value.

    The file is for the library and not for spreadsheets: what looks like a formula is left as it is, for an apostrophe would become a part
    of a name.

    >>> from sijill.records import Incident
    >>> out = io.BytesIO()
    >>> write_statements([Case(incident=Incident(id="inc-1", kind="shelling"))], out, {}).lost
    {}
    >>> out.getvalue().decode().split("\\n")[0].split(",")[1]
    '"entity_id"'
    """
    counting = Counting("ftm-statements")
    text = io.StringIO(newline="")
    rows = csv.writer(text, csv.unix_dialect)
    rows.writerow(COLUMNS)
    for entity in _of_all(counting, cases, also):
        for name, value, language in [("id", entity.id, None), *entity.values]:
            rows.writerow(_statement(entity, name, value, language))
            counting.rows += 1
        out.write(text.getvalue().encode())
        text.seek(0)
        text.truncate()
    out.write(text.getvalue().encode())  # the head, where there was no entity
    return counting.tally()


def _statement(entity: Entity, name: str, value: str, language: str | None) -> list[str]:
    kind = _TYPES.get(name, "id")
    spoken = language if language and kind not in _WITHOUT_LANGUAGE else None
    key = f"{DATASET}.{entity.id}.{name}.{value}" + (f"@{spoken}" if spoken else "")
    id = hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()
    return [entity.id, entity.id, name, kind, entity.schema, value, DATASET, "", spoken or "", "", "f", "", "", id]


def _of_all(counting: Counting, cases: Iterable[Case], also: Mapping[str, str]) -> Iterator[Entity]:
    """Every entity of all cases once; of those written their ids alone are held."""
    seen: set[str] = set()
    for case in counting.of(cases):
        for entity in entities(case, also):
            if entity.id not in seen:
                seen.add(entity.id)
                yield entity


def entities(case: Case, also: Mapping[str, str]) -> Iterator[Entity]:
    """The entities of one case: its reports, who takes part, its place, itself, and what ties it to its reports.

    >>> from sijill.records import Incident
    >>> [entity.schema for entity in entities(Case(incident=Incident(id="inc-1", kind="shelling", agents=["islamic_state"])), {})]
    ['Organization', 'Event']
    """
    row = plain(case)
    articles = [_article(one.line, one.language) for one in case.reports]
    actors = list(_actors(row))
    place = _place(row)
    event = _event(case, row, also, [one.id for one in actors], place, [one.id for one in articles])
    yield from articles
    yield from actors
    if place:
        yield place
    yield event
    for one, article in zip(case.reports, articles, strict=True):
        claims = " ".join([*(event.claim for event in one.events), *(figure.claim for figure in one.figures)])
        values = [("document", article.id), ("entity", event.id), ("role", "tells it"), ("date", _prefix(one.line.published))]
        yield _entity("Documentation", f"{row.id} {one.line.sha256}", [*values, ("summary", claims)])


def _event(case: Case, row: Plain, also: Mapping[str, str], actors: list[str], place: Entity | None, articles: list[str]) -> Entity:
    words = told(case, row)
    days = [("startDate", _prefix(row.first)), ("endDate", _prefix(row.last or row.first)), ("date", _common(row.first, row.last))]
    values = [
        ("name", row.title_ar, "ar"),
        ("name", row.title_en, "en"),
        ("summary", words.ar, "ar"),
        ("summary", words.en, "en"),
        ("keywords", row.kind),
        ("recordId", row.id),
        ("country", row.country),
        *days,
        ("location", row.place, "ar"),
        ("location", row.place_en, "en"),
        ("addressEntity", place.id if place else None),
        *(("involved", id) for id in dict.fromkeys(actors)),
        *(("proof", id) for id in articles),
        *(("publisher", outlet) for outlet in row.sources),
        *(("sourceUrl", _link(url)) for url in row.urls),
        *(("notes", f"{key}: {value}") for key, value in also.items()),
        *(("notes", note.note_ar, "ar") for note in case.incident.conflicts),
        *(("notes", note.note, "en") for note in case.incident.conflicts),
    ]
    return _entity("Event", row.id, values)


def _article(line: ReportLine, language: str | None) -> Entity:
    values = [
        ("title", line.title or line.id),
        ("name", line.title or line.id),
        ("publisher", line.outlet),
        ("sourceUrl", _link(line.url)),
        ("publishedAt", _prefix(line.published)),
        ("language", _LANGUAGES.get(language or "")),
        ("keywords", f"sha256:{line.sha256}"),
    ]
    return _entity("Article", line.sha256, values)


def _actors(row: Plain) -> Iterator[Entity]:
    for ids, ar, en in ((row.agents, row.agents_ar, row.agents_en), (row.targets, row.targets_ar, row.targets_en)):
        for id, name_ar, name_en in zip(ids, ar, en, strict=True):
            yield _entity(_SCHEMATA.get(_kinds().get(id, ""), "LegalEntity"), id, [("name", name_ar, "ar"), ("name", name_en, "en")])


def _place(row: Plain) -> Entity | None:
    if row.lat is None or row.lon is None:
        return None
    values = [
        ("name", row.place, "ar"),
        ("name", row.place_en, "en"),
        ("full", row.place, "ar"),
        ("full", row.place_en, "en"),
        ("latitude", repr(row.lat)),
        ("longitude", repr(row.lon)),
        ("country", row.country),
        ("notes", f"within {row.radius_km:g} km" if row.radius_km is not None else None, "en"),
    ]
    return _entity("Address", f"{row.place} {row.lat!r} {row.lon!r} {row.radius_km!r}", values)


# --- values as the library cleans them -------------------------------------------------------------------------------


def _entity(schema: str, ours: str, values: Iterable[tuple[Any, ...]]) -> Entity:
    """An entity of what values there are, each once, as the library leaves them."""
    found: dict[tuple[str, str], str | None] = {}
    for name, value, *language in values:
        made = _clean(name, value) if value else None
        if made:
            found.setdefault((name, made), _LANGUAGES[language[0]] if language else None)
    kind = {"PublicBody": "actor", "Organization": "actor", "LegalEntity": "actor"}.get(schema, schema.lower())
    id = hashlib.sha1(f"sijill {kind} {ours}".encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
    return Entity(id, schema, [(name, value, language) for (name, value), language in found.items()])


def _clean(name: str, value: str) -> str | None:
    """A value without what the library takes out, so that what is read is what was written."""
    kind = _TYPES[name]
    if kind == "country":
        return value.lower() if re.fullmatch("[A-Za-z]{2}", value) else None
    text = unicodedata.normalize("NFC", "".join(_visible(char) for char in value))
    if kind == "text":
        return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
    text = " ".join(text.split())
    if kind == "name":
        text = text.strip("'\" ")
    if kind == "address":
        text = re.sub(r"[;,]\s*(?:[;,.]\s*)*", ", ", text).strip()
    return text


def _visible(char: str) -> str:
    if char == "\n":
        return char
    return "" if unicodedata.category(char) in _INVISIBLE else char


def _link(url: str | None) -> str | None:
    """An address of the web with a host and a path, as the library writes it; None for any other."""
    if not url or not url.startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if not parts.hostname or any(char.isspace() or unicodedata.category(char) in _INVISIBLE for char in url):
        return None
    return url if parts.path else parts._replace(path="/").geturl()


def _prefix(day: str | None) -> str | None:
    return day if day and re.fullmatch(r"[1-9]\d{3}(?:-\d{2}(?:-\d{2})?)?", day) else None


def _common(first: str | None, last: str | None) -> str | None:
    """The date of both days: the day where they are one, the month or year where they are its ends, else none.

    >>> [_common("2022-02-01", last) for last in (None, "2022-02-28", "2022-12-31")], _common("2022-01-01", "2022-12-31")
    (['2022-02-01', '2022-02', None], '2022')
    """
    if first is None or last in (None, first):
        return _prefix(first)
    if _prefix(first) is None or last is None or first[:4] != last[:4]:
        return None
    if first.endswith("-01-01") and last.endswith("-12-31"):
        return first[:4]
    year, month = int(first[:4]), int(first[5:7])
    ends = (f"{first[:7]}-01", f"{first[:7]}-{calendar.monthrange(year, month)[1]:02}")
    return first[:7] if (first, last) == ends else None


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    """What kind of body each listed actor is."""
    content = (files("sijill") / "data" / "actors" / "actors.csv").read_text(encoding="utf-8")
    return {row["id"]: row["type"] for row in csv.DictReader(content.splitlines())}
