"""Rows in the forms of others, all made up: no row of ACLED or UCDP is in here. And a register to take them into."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sijill.records import Report
from sijill.register import Register

__all__ = ["ACLED", "HASAKAH", "UCDP", "acled", "filled", "table", "ucdp"]

ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,"
    "assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,"
    "geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
).split(",")
"""The columns of ACLED's export, in their order."""

UCDP = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,dyad_new_id,"
    "dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,source_office,"
    "source_date,source_headline,source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,"
    "priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,"
    "deaths_unknown,best,high,low,gwnoa,gwnob"
).split(",")
"""The columns of UCDP GED since version 23.1, in their order."""

HASAKAH = tuple(
    Report.of(row.pop("text"), **row)
    for row in map(json.loads, (Path(__file__).parent.parent / "register" / "hasakah.jsonl").read_text(encoding="utf-8").splitlines())
)
"""Reports on an attack on a prison and on three other incidents of January 2022."""

_ACLED_ROW = {
    "event_id_cnty": "SYR900001",
    "event_date": "2022-01-20",
    "year": "2022",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Islamic State (Syria)",
    "inter1": "Rebel group",
    "actor2": "QSD: Syrian Democratic Forces",
    "inter2": "Rebel group",
    "interaction": "Rebel group-Rebel group",
    "iso": "760",
    "region": "Middle East",
    "country": "Syria",
    "admin1": "Al Hasakeh",
    "admin2": "Al Hasakeh",
    "admin3": "Al Hasakeh",
    "location": "Al Hasakeh",
    "latitude": "36.5024",
    "longitude": "40.7477",
    "geo_precision": "1",
    "source": "Some Paper; Another Paper",
    "source_scale": "National",
    "notes": "On 20 January 2022, men attacked a prison. في 20 كانون الثاني هوجم سجن.",
    "fatalities": "34",
    "timestamp": "1650000000",
}
_UCDP_ROW = {
    "id": "990001",
    "relid": "SYR-2022-1-0-1",
    "year": "2022",
    "active_year": "1",
    "code_status": "Clear",
    "type_of_violence": "1",
    "conflict_name": "Syria: Islamic State",
    "dyad_name": "Government of Syria - IS",
    "side_a": "Government of Syria",
    "side_b": "IS",
    "number_of_sources": "-1",
    "source_article": "An article that we made up",
    "source_office": "Our Paper",
    "source_date": "2022-01-26",
    "source_original": "Syrian Observatory for Human Rights",
    "where_prec": "1",
    "where_coordinates": "Al Hasakah town",
    "adm_1": "Al Hasakah governorate",
    "adm_2": "Al Hasakah district",
    "latitude": "36.5024",
    "longitude": "40.7477",
    "country": "Syria",
    "country_id": "652",
    "region": "Middle East",
    "event_clarity": "1",
    "date_prec": "2",
    "date_start": "2022-01-20",
    "date_end": "2022-01-24",
    "deaths_a": "40",
    "deaths_b": "77",
    "deaths_civilians": "7",
    "deaths_unknown": "3",
    "best": "127",
    "high": "140",
    "low": "100",
}


def acled(**values: str) -> dict[str, str]:
    """A row of ACLED's form, with some values of its own."""
    return dict.fromkeys(ACLED, "") | _ACLED_ROW | values


def ucdp(**values: str) -> dict[str, str]:
    """A row of UCDP's form, with some values of its own."""
    return dict.fromkeys(UCDP, "") | _UCDP_ROW | values


def table(
    rows: Iterable[Mapping[str, str]],
    *,
    columns: Sequence[str] | None = None,
    rename: Mapping[str, str] | None = None,
    delimiter: str = ",",
    encoding: str = "utf-8",
) -> bytes:
    """Rows as a table. `rename` gives columns other names, `columns` leaves others out."""
    listed = [dict(row) for row in rows]
    names = list(columns or listed[0])
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow([(rename or {}).get(name, name) for name in names])
    writer.writerows([[row.get(name, "") for name in names] for row in listed])
    return text.getvalue().encode(encoding)


def filled(path: Path, reports: Iterable[Report] = HASAKAH) -> Register:
    """A register of reports, whose clock stands still."""
    register = Register(str(path), clock=lambda: datetime(2022, 2, 3, 8, tzinfo=UTC), by="amal")
    register.add_reports(reports)
    return register
