"""Incidents as they come out: figures reconciled from the readings of all reports that tell them, for those of a stretch."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from sijill.batch.resolving.files import put_parquet
from sijill.batch.resolving.folders import Folders
from sijill.batch.resolving.handed import handed
from sijill.batch.resolving.homes import NOBODY, Homes, homes
from sijill.batch.resolving.runs import number_of
from sijill.link import Telling, unpacked
from sijill.records import Incident, Reading, Record, to_json
from sijill.resolve import Told, assemble
from sijill.tolls import toll

__all__ = ["CLAIMS", "INCIDENTS", "Assembling", "put_incidents"]

_TOLLS = tuple(f"{effect}_{end}" for effect in ("killed", "injured") for end in ("low", "best", "high"))
INCIDENTS = pa.schema(
    [
        *((name, pa.string()) for name in ("id", "kind", "modality", "first", "last", "country", "place", "level")),
        *((name, pa.float64()) for name in ("lat", "lon", "radius_km")),
        ("parent", pa.string()),
        ("main", pa.bool_()),
        ("reports", pa.int32()),
        ("families", pa.int32()),
        *((name, pa.int64()) for name in _TOLLS),
        ("incident", pa.string()),
    ]
)
"""Incidents: the JSON of each, and beside it what lists and maps ask for. The place is the one that most families name."""

CLAIMS = pa.schema([("claim", pa.string()), ("sha256", pa.string()), ("incident", pa.string())])
"""Event claims, each with the text that it stands in, and the incident that it is of."""


class Assembling(Record, frozen=True, kw_only=True):
    """A stretch by its name, the runs that hand readings to it, a hash of its incidents and their claims, and how it is reconciled."""

    stretch: str
    runs: list[str]
    holds: str
    policy: str


class _Group:
    """Incidents of a stretch, and the parts of these: tellings by incident, and the reports that tell them."""

    def __init__(self, assembling: Assembling, folders: Folders, asked: Homes) -> None:
        self._own = asked.stretches.index(assembling.stretch)
        self._asked = asked
        self.told: dict[str, Told] = {}
        self.groups: dict[int, list[Telling]] = {}
        self.parts: dict[int, list[Telling]] = {}
        for at, key in enumerate(assembling.runs):
            rows = handed(folders.file("handed", key), assembling.stretch).to_pylist()
            self._take(at, rows)

    def _take(self, at: int, rows: list[dict[str, Any]]) -> None:
        tellings = [[msgspec.structs.replace(unpacked(t), family=row["family"]) for t in row["tellings"]] for row in rows]
        flat = [telling for some in tellings for telling in some]
        incidents = self._asked.of(np.array([number_of(telling.claim) for telling in flat], np.uint64)).tolist()
        for telling, incident in zip(flat, incidents, strict=True):
            if incident == NOBODY:
                continue
            whole = self._asked.parent[incident]
            if self._asked.stretch[incident] == self._own:
                self.groups.setdefault(incident, []).append(telling)
            if whole != NOBODY and self._asked.stretch[whole] == self._own:
                self.parts.setdefault(incident, []).append(telling)
        for row in rows:
            reading = msgspec.json.decode(row["reading"], type=Reading)
            self.told[row["sha256"]] = Told(reading, row["family"], at << 32 | row["number"])

    def made(self, policy: str) -> list[Incident]:
        """The incidents, in their order."""
        name = dict(zip(some, self._asked.names(np.array(some, np.int64)), strict=True)) if (some := self._all()) else {}
        parents = {name[one]: name[whole] for one in {*self.groups, *self.parts} if (whole := int(self._asked.parent[one])) != NOBODY}
        groups = {name[one]: self.groups[one] for one in sorted(self.groups)}
        parts = {name[one]: row for one, row in self.parts.items()}
        return assemble(groups, parents, self.told, parts=parts, policy=policy)

    def _all(self) -> list[int]:
        ids = {*self.groups, *self.parts}
        return sorted(ids | {int(self._asked.parent[one]) for one in ids} - {NOBODY})


def put_incidents(assembling: Assembling, folders: Folders, target: str, *, known: str, parents: str) -> None:
    """Write the incidents of a stretch, and beside them their claims, as Parquet."""
    group = _Group(assembling, folders, homes(folders, known, parents))
    made = group.made(assembling.policy)
    report = {telling.claim: telling.report for row in group.groups.values() for telling in row}
    claims = [(claim, report[claim], incident.id) for incident in made for claim in incident.events]
    put_parquet(folders.claims_beside(target), CLAIMS, claims)
    put_parquet(target, INCIDENTS, [_row(incident) for incident in made])


def _row(incident: Incident) -> tuple[Any, ...]:
    place = incident.places[0] if incident.places else None
    where = (place.name, place.level, place.lat, place.lon, place.radius_km) if place else (None,) * 5
    what = (incident.id, incident.kind, incident.modality, incident.first, incident.last, incident.country, *where)
    told = (incident.parent, incident.main, len(incident.reports), incident.families)
    return (*what, *told, *toll(incident, "killed"), *toll(incident, "injured"), to_json(incident))
