"""What of a register a person may see: who may not judge sees nothing of the restricted kinds.

Of sexual violence and torture even day and place may be enough to know of whom a report tells. So whoever only reads is shown no
incident that tells of them, none that is a part of one, no report that does, and of other incidents no words of such a report; counts
on a map and a timeline leave the kinds out. That a report is there, by its SHA-256, and its numbers in a ledger, are no secret.
Preferred mistake: a report about much else is not shown, because one sentence of it is of a restricted kind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec
from litestar import Request
from litestar.exceptions import PermissionDeniedException

from sijill.desk.rights import Person
from sijill.export.redact import RESTRICTED
from sijill.records import Dossier, Incident, Report
from sijill.register import Register
from sijill.store import IncidentFilter

__all__ = ["Allowed", "allowed"]

_REFUSED = "this tells of a restricted kind of event; your role does not include the right to see it"


class Allowed:
    """What one person may see of a register."""

    def __init__(self, register: Register, person: Person) -> None:
        self._register = register
        self._all = person.may("judge")

    def where(self, where: IncidentFilter) -> IncidentFilter:
        """A filter, without the kinds that are not to be seen."""
        return where if self._all else msgspec.structs.replace(where, without=RESTRICTED)

    def incidents(self, incidents: Sequence[Incident]) -> list[Incident]:
        """Those of some incidents that may be seen."""
        hidden = self.hidden(incident.id for incident in incidents)
        return [incident for incident in incidents if incident.id not in hidden]

    def hidden(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of some incidents, by id, that may not be seen."""
        return frozenset() if self._all else self._register.restricted(ids)

    def check_incident(self, id: str) -> None:
        """Raises `PermissionDeniedException` for an incident that may not be seen."""
        if self.hidden([id]):
            raise PermissionDeniedException(_REFUSED)

    def dossier(self, dossier: Dossier) -> Dossier:
        """A dossier without parts that may not be seen, and without the words of reports that may not."""
        if self._all:
            return dossier
        hidden = self._restricted_reports({line.sha256 for line in dossier.reports})
        return msgspec.structs.replace(
            dossier,
            parts=self.incidents(dossier.parts),
            reports=[line for line in dossier.reports if line.sha256 not in hidden],
            words=[word for word in dossier.words if word.report not in hidden],
        )

    def reports(self, reports: Iterable[Report]) -> set[str]:
        """Those of some reports, by SHA-256, that may be seen."""
        shas = {report.sha256 for report in reports}
        return shas - self._restricted_reports(shas)

    def check_report(self, sha: str) -> None:
        """Raises `PermissionDeniedException` for a report that may not be seen."""
        if self._restricted_reports({sha}):
            raise PermissionDeniedException(_REFUSED)

    def _restricted_reports(self, shas: Collection[str]) -> set[str]:
        if self._all:
            return set()
        readings = self._register.store.readings(list(shas))
        return {reading.sha256 for reading in readings if any(event.kind in RESTRICTED for event in reading.events)}


def allowed(request: Request[Any, Any, Any]) -> Allowed:
    """What the person who asks may see."""
    register: Register = request.app.state["register"]
    person: Person = request.scope["user"]
    return Allowed(register, person)
