"""Incidents as a table with tags of the Humanitarian Exchange Language, as OCHA tags tables of events, and with what those leave out.

The tags stand right under the head. Columns in Arabic end in `+i_ar`. What OCHA's row calls fatalities is the best figure here; beside it
stand the least and the most, and the children, women, men and civilians among them where somebody counted them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import IO, Any

from sijill.export.cells import csv_lines
from sijill.export.forms import Tally
from sijill.export.losing import Counting
from sijill.export.plain import Plain, crowd_toll, plain, told
from sijill.records import Case

__all__ = ["write"]

_ENDS = (("+min", "lowest"), ("", "best"), ("+max", "highest"))
_CROWDS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("", "", {}),
    ("+civilians", " civilians", {"status": "civilian"}),
    ("+children", " children", {"demographic": "children"}),
    ("+f", " women", {"demographic": "women"}),
    ("+m", " men", {"demographic": "men"}),
)
_EFFECTS = ("killed", "injured")
_AREAS = {"governorate": "#adm1+code", "district": "#adm2+code"}
"""Of which level a place's code is the code of an administrative area; of any other it is the code of a location."""

_HEADS = {
    "#meta+id": "id",
    "#date+occurred": "event_date",
    "#date+end": "end_date",
    "#event+type+code": "event_code",
    "#event+type+i_en": "event_type",
    "#event+type+i_ar": "نوع الحادثة",
    "#event+modality": "modality",
    "#group+name+first+i_en": "actor1",
    "#group+name+first+i_ar": "الفاعل",
    "#group+name+second+i_en": "actor2",
    "#group+name+second+i_ar": "المستهدف",
    "#country+code": "country",
    "#adm1+code": "admin1_pcode",
    "#adm2+code": "admin2_pcode",
    "#loc+code": "location_pcode",
    "#loc+name+i_en": "location",
    "#loc+name+i_ar": "المكان",
    "#loc+type": "location_level",
    "#geo+lat": "latitude",
    "#geo+lon": "longitude",
    "#geo+radius+km": "radius_km",
    "#description+i_en": "notes",
    "#description+i_ar": "ملاحظات",
    **{
        f"#affected+{effect}{crowd}{end}": f"{effect}{word} {name}"
        for effect in _EFFECTS
        for crowd, word, _ in _CROWDS
        for end, name in _ENDS
    },
    "#meta+source": "sources",
    "#meta+source+claimant+i_en": "claimants",
    "#meta+source+claimant+i_ar": "القائلون",
    "#meta+source+num": "independent_sources",
    "#meta+url": "links",
    "#meta+claim": "claims",
    "#meta+contradictions+num": "contradictions",
}
"""The head over each tag, as OCHA's tables have it where they have one."""


def write(cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str]) -> Tally:
    """Write the table as the cases come. `also` are further columns, tagged `#meta` with their name.

    >>> import io
    >>> from sijill.records import Incident
    >>> out = io.BytesIO()
    >>> write([Case(incident=Incident(id="inc-1", kind="shelling"))], out, {"redaction": "public"}).rows
    1
    >>> out.getvalue().decode("utf-8-sig").split("\\r\\n")[1].split(",")[:3]
    ['#meta+id', '#date+occurred', '#date+end']
    """
    counting = Counting("hxl")
    heads = {**_HEADS, **{f"#meta+{key}": key for key in also}}
    tags = {head: tag for tag, head in heads.items()}
    for line in csv_lines(chain([tags], _rows(counting, cases, also)), list(tags)):
        out.write(line)
    return counting.tally()


def _rows(counting: Counting, cases: Iterable[Case], also: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for case in counting.of(cases):
        counting.rows += 1
        yield {**{_HEADS[tag]: value for tag, value in _row(case, plain(case)).items()}, **also}


def _row(case: Case, row: Plain) -> dict[str, Any]:
    words = told(case, row)
    coded = {_AREAS.get(row.level or "", "#loc+code"): row.pcode}
    return {
        "#meta+id": row.id,
        "#date+occurred": row.first,
        "#date+end": row.last,
        "#event+type+code": row.kind,
        "#event+type+i_en": row.kind_en,
        "#event+type+i_ar": row.kind_ar,
        "#event+modality": row.modality,
        "#group+name+first+i_en": "; ".join(row.agents_en),
        "#group+name+first+i_ar": "؛ ".join(row.agents_ar),
        "#group+name+second+i_en": "; ".join(row.targets_en),
        "#group+name+second+i_ar": "؛ ".join(row.targets_ar),
        "#country+code": row.country,
        **{tag: coded.get(tag) for tag in ("#adm1+code", "#adm2+code", "#loc+code")},
        "#loc+name+i_en": row.place_en,
        "#loc+name+i_ar": row.place,
        "#loc+type": row.level,
        "#geo+lat": row.lat,
        "#geo+lon": row.lon,
        "#geo+radius+km": row.radius_km,
        "#description+i_en": words.en.replace("\n", " — "),
        "#description+i_ar": words.ar.replace("\n", " — "),
        **_tolls(case, row),
        "#meta+source": "; ".join(row.sources),
        "#meta+source+claimant+i_en": "; ".join(row.claimants_en),
        "#meta+source+claimant+i_ar": "؛ ".join(row.claimants_ar),
        "#meta+source+num": row.families,
        "#meta+url": " ".join(row.urls),
        "#meta+claim": " ".join(row.claims),
        "#meta+contradictions+num": row.contradictions,
    }


def _tolls(case: Case, row: Plain) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for effect in _EFFECTS:
        whole = [getattr(row, f"{effect}_{end}") for end in ("low", "best", "high")]
        for crowd, _, which in _CROWDS:
            values = crowd_toll(case.incident, effect, **which) if which else whole
            found |= {f"#affected+{effect}{crowd}{end}": value for (end, _), value in zip(_ENDS, values, strict=True)}
    return found
