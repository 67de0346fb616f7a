"""Where a row says that something happened: the name, the level and the radius that its precision means, and the gazetteer's entry.

An entry is taken for the place only where its English or Arabic name is the one that the row gives, and it lies where the row says.
"""

from __future__ import annotations

import re

from sijill.datasets.codes import Precision, plain_name
from sijill.datasets.draft import Draft
from sijill.geo import km
from sijill.lexicon import load_lexicon
from sijill.names import GazetteerEntry
from sijill.records import Level
from sijill.text import fold_word

__all__ = ["coordinates", "put_place"]

_KIND_WORD = re.compile(
    r"(?i)\s+(?:town|city|village|district|subdistrict|governorate|province|area)$|^(?:بلدة|قرية|مدينة|ناحية|منطقة|محافظة|مخيم|حي)\s+"
)
"""What kind of place a name is of, written after it in English and before it in Arabic."""
_DISTRICT = re.compile(r"\s+[-–—]\s+.+$")
"""«Mosul – Old City»: a part of a city after its name."""
_SPOTS = ("site", "landmark", "neighbourhood", "village", "town", "city")
_NEAR_KM = {"town": 12.0, "district": 60.0, "governorate": 150.0}


def _named(name: str) -> list[GazetteerEntry]:
    names, form = load_lexicon().names, fold_word(name)
    return names.places_in_english(name) if name.isascii() else names.places(form) if names.has(form) else []


def coordinates(draft: Draft, lat: str, lon: str) -> tuple[float, float] | None:
    """The point of a row; one that lies nowhere on the globe is reported, and so is the point where two seas meet (0, 0)."""
    north, east = draft.number(lat, decimal=True), draft.number(lon, decimal=True)
    if north is None or east is None:
        return None
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        draft.problem(lat if not -90 <= north <= 90 else lon, "no coordinate on the globe")
        return None
    if north == 0 == east:
        draft.problem(lat, "0, 0 is where no place is known; left out")
        return None
    return north, east


def put_place(draft: Draft, column: str, precision: Precision, point: tuple[float, float] | None, country: str | None) -> str | None:
    """Note the place that a column names; None where it is empty."""
    if not draft.has(column):
        return None
    level: Level = precision.means  # type: ignore[assignment]  # checked where it was read
    written = draft.value(column)
    entry = _entry(written, level, point, country)
    return draft.place(
        column,
        level=entry.level if entry and level == "town" else level,
        lat=point[0] if point else entry.lat if entry else None,
        lon=point[1] if point else entry.lon if entry else None,
        radius_km=precision.radius_km,
        country=country or (entry.country if entry else None),
        name=entry.name if entry and written.isascii() else None,  # a name in Latin letters gets its Arabic one, which lists show
        name_en=entry.name_en if entry else written if written.isascii() else None,
        gazetteer=entry.id if entry else None,
        pcode=(entry.pcode or None) if entry else None,
    )


def _entry(name: str, level: Level, point: tuple[float, float] | None, country: str | None) -> GazetteerEntry | None:
    """The entry that is meant: of the name, the country and the size, and near the point; of several the nearest, without a point none."""
    levels = _SPOTS if level == "town" else (level,)
    listed = (_named(form) for form in dict.fromkeys((name, _KIND_WORD.sub("", name), _DISTRICT.sub("", name))))
    found = ([e for e in row if e.level in levels and (country is None or e.country == country)] for row in listed)
    fitting = next((row for row in found if row), [])
    if point is None:
        same = [e for e in fitting if plain_name(name) in (plain_name(e.name_en), plain_name(e.name))]
        return same[0] if len(same) == 1 else None
    near = sorted((km(*point, e.lat, e.lon), e.id, e) for e in fitting)
    return near[0][2] if near and near[0][0] <= _NEAR_KM.get(level, 100.0) else None
