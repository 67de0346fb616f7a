"""The place of a row of ACLED: names of divisions, the named place that stands for it, its coordinates and precision."""

from __future__ import annotations

from typing import Any, NamedTuple

from sijill.codebooks.coded import Loss, Reason
from sijill.codebooks.places import Where, seat
from sijill.codebooks.saying import lost, reason
from sijill.lexicon import load_lexicon
from sijill.names import GazetteerEntry

__all__ = ["Site", "site"]


class Site(NamedTuple):
    """The cells of a place, with reasons and losses. `rule` alone is set where the codebook has no such place."""

    cells: dict[str, Any]
    reasons: tuple[Reason, ...] = ()
    lost: tuple[Loss, ...] = ()
    left_out: str | None = None


def site(found: Where | None, *, strategic: bool) -> Site:
    """The cells of a place.

    A district stands at its seat with precision 2, a governorate at its capital with 3, a surrounding area at its town with 2, a natural
    feature at itself with 3. A country alone is left out, but for strategic developments, which stand at the capital.

    >>> site(None, strategic=False).left_out
    'acled.place.unknown'
    """
    if found is None:
        return Site({}, left_out="acled.place.unknown")
    if found.exact == "country":
        return _country(found) if strategic else Site({}, left_out="acled.place.country")
    made = _AT[found.exact](found)
    if made.cells.get("latitude") is None:
        return Site({}, left_out="acled.place.unknown")
    divisions = {f"admin{n}": one.name_en if one else "" for n, one in enumerate((found.admin1, found.admin2, found.admin3), start=1)}
    told = [lost("place_others", ", ".join(found.others))] if found.others else []
    if found.place.name_en is None and found.place.name in made.cells["location"]:
        told.append(lost("name_arabic", found.place.name))
    return Site(divisions | made.cells, made.reasons, (*made.lost, *told))


def _place(found: Where) -> Site:
    """The place itself. A part of a town is «City – District»; a site is known, and only its town or part of town is coded."""
    entry, town = found.entry, found.town
    if found.place.level in ("site", "landmark") and (stands := found.hood or town) is not None:
        name = f"{town.name_en} – {_short(stands)}" if town and stands is not town else stands.name_en
        what = _name(found)
        return Site(
            _cells(name, stands.lat, stands.lon, 1),
            (reason("location", "acled.place.town", f"{what} lies in {name}"),),
            (lost("place_coarser", f"{what} → {name}"),),
        )
    if found.place.level == "neighbourhood" and town is not None:
        name = f"{town.name_en} – {_short(entry) if entry else _name(found)}"
        # The record's own coordinates, which redaction may have made coarser than the gazetteer's.
        lat, lon = (found.lat, found.lon) if found.lat is not None else (town.lat, town.lon)
        return Site(_cells(name, lat, lon, 1), (reason("location", "acled.place.town", "a part of a city"),))
    return Site(_cells(_name(found), found.lat, found.lon, 1), (reason("geo_precision", "acled.place.town", "a named town or place"),))


def _near(found: Where) -> Site:
    """Around a town: the town stands for it. A place that no list has stands at the town or division that it lies in."""
    stands = found.town
    if stands is None and found.entry is None and found.admin2 is not None:
        return _district(found, found.admin2)
    if stands is None and found.entry is None and found.admin1 is not None:
        return _governorate(found)
    if stands is None:
        stands = found.entry
    if stands is None:
        return Site(_cells(_name(found), found.lat, found.lon, 2), (reason("geo_precision", "acled.place.near", "an area"),))
    return Site(
        _cells(stands.name_en, stands.lat, stands.lon, 2),
        (reason("geo_precision", "acled.place.near", f"{stands.name_en} stands for the area around it"),),
        (lost("place_point", f"around {_name(found)}, {found.place.radius_km or '?'} km", f"حول {found.place.name}"),),
    )


def _district(found: Where, entry: GazetteerEntry | None = None) -> Site:
    return _seated(found, entry or found.entry or found.admin2, "acled.place.district", 2)


def _governorate(found: Where) -> Site:
    entry = found.entry if found.entry and found.entry.level == "governorate" else found.admin1
    if found.place.level == "city_or_governorate" and found.town is not None:
        entry = found.town
    return _seated(found, entry, "acled.place.governorate", 3)


def _seated(found: Where, entry: GazetteerEntry | None, rule: str, precision: int) -> Site:
    """A division at its seat. Where the seat is not known its own centre stands, for the codebook wants a point: it is told as lost."""
    if entry is None:
        return Site(
            _cells(_name(found), found.lat, found.lon, precision),
            (reason("geo_precision", rule, "its own centre"),),
            (lost("place_no_seat", _name(found), found.place.name),),
        )
    town = entry if entry.level in ("city", "town", "village") else seat(entry)
    if town is None:
        return Site(
            _cells(entry.name_en, entry.lat, entry.lon, precision),
            (reason("geo_precision", rule, f"the seat of {entry.name_en} is not known; its centre"),),
            (lost("place_no_seat", entry.name_en, entry.name),),
        )
    return Site(
        _cells(town.name_en, town.lat, town.lon, precision),
        (reason("geo_precision", rule, f"{town.name_en} stands for {entry.name_en}"),),
        (lost("place_point", f"{entry.name_en} → {town.name_en}", f"{entry.name} ← {town.name}"),),
    )


def _region(found: Where) -> Site:
    why = "a natural feature, a line, or more than one governorate"
    return Site(_cells(_name(found), found.lat, found.lon, 3), (reason("geo_precision", "acled.place.natural", why),))


def _country(found: Where) -> Site:
    names = load_lexicon().names
    form = names.capitals.get(found.place.country or "")
    town = next((one for one in names.places(form) if one.level in ("city", "town")), None) if form else None
    if town is None:
        return Site({}, left_out="acled.place.country")
    return Site(
        {"admin1": "", "admin2": "", "admin3": "", **_cells(town.name_en, town.lat, town.lon, 3)},
        (reason("geo_precision", "acled.place.strategic", f"{town.name_en}, the capital"),),
        (lost("place_point", f"{_name(found)} → {town.name_en}", f"{found.place.name} ← {town.name}"),),
    )


_AT = {"place": _place, "near": _near, "district": _district, "governorate": _governorate, "region": _region}


def _cells(name: str, lat: float | None, lon: float | None, precision: int) -> dict[str, Any]:
    """Four decimals are the codebook's form, and not a claim to ten metres: the precision says what they stand for."""
    known = lat is not None and lon is not None
    return {
        "location": name,
        "latitude": f"{lat:.4f}" if known else None,
        "longitude": f"{lon:.4f}" if known else None,
        "geo_precision": precision,
    }


def _name(found: Where) -> str:
    return found.place.name_en or found.place.name


def _short(entry: GazetteerEntry) -> str:
    """The name of a part of a town without the town in brackets after it."""
    return entry.name_en.split(" (")[0]
