"""What linking asks of a register: which reports wait to be linked, which claims share a key, a component, an incident."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Table, func, select

from sijill.store import tables as t
from sijill.store.chunks import chunks

__all__ = [
    "anchored",
    "components",
    "holders",
    "homes",
    "linked_claims",
    "members",
    "numbers",
    "parents_of",
    "parts_of",
    "reports_of_incidents",
    "standing_of",
    "unlinked",
]


def unlinked(connection: Connection) -> list[str]:
    """Reports that no family was settled for, by SHA-256, in the order of addition: they were added and not linked yet."""
    settled = select(t.families.c.report).where(t.families.c.report == t.reports.c.number).exists()
    return list(connection.execute(select(t.reports.c.sha256).where(~settled).order_by(t.reports.c.number)).scalars())


def numbers(connection: Connection, shas: Iterable[str]) -> dict[str, int]:
    """The numbers of reports in the order of addition."""
    return _mapped(connection, t.reports.c.sha256, t.reports.c.number, t.reports, shas)


def holders(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    """Event claims that have one of some blocking keys, with the SHA-256 of their reports."""
    c = t.blocks.c
    query = select(c.claim, t.reports.c.sha256).join(t.reports, t.reports.c.number == c.report)
    return {row.claim: row.sha256 for part in chunks(keys) for row in connection.execute(query.where(c.key.in_(part)))}


def components(connection: Connection, claims: Iterable[str]) -> dict[str, str]:
    """The component of each of some claims that is in one."""
    return _mapped(connection, t.components.c.claim, t.components.c.component, t.components, claims)


def members(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """The claims of some components, with the SHA-256 of their reports."""
    c = t.components.c
    query = select(c.claim, t.reports.c.sha256).join(t.reports, t.reports.c.number == c.report)
    return {row.claim: row.sha256 for part in chunks(names) for row in connection.execute(query.where(c.component.in_(part)))}


def anchored(connection: Connection, claims: Iterable[str]) -> dict[str, str]:
    """The incident that each of some claims was last told to be of."""
    c = t.anchors.c
    found: dict[str, str] = {}
    for part in chunks(claims):
        latest = select(func.max(c.number)).where(c.claim.in_(part)).group_by(c.claim)
        rows = connection.execute(select(c.claim, c.incident).where(c.number.in_(latest)))
        found |= {row.claim: row.incident for row in rows}
    return found


def reports_of_incidents(connection: Connection, ids: Collection[str]) -> dict[str, list[str]]:
    """The reports that tell some incidents, by SHA-256, by incident."""
    c = t.incident_reports.c
    query = select(c.incident, t.reports.c.sha256).join(t.reports, t.reports.c.number == c.report).order_by(c.incident, c.report)
    found: dict[str, list[str]] = {}
    for part in chunks(ids):
        for row in connection.execute(query.where(c.incident.in_(part))):
            found.setdefault(row.incident, []).append(row.sha256)
    return found


def homes(connection: Connection, claims: Iterable[str]) -> dict[str, str]:
    """The incident that each of some event claims is of now."""
    c = t.incident_claims.c
    query = select(c.claim, c.incident)
    return {row.claim: row.incident for part in chunks(claims) for row in connection.execute(query.where(c.claim.in_(part)))}


def linked_claims(connection: Connection, shas: Iterable[str]) -> dict[str, str]:
    """The event claims of some reports that are in components, with the SHA-256 of their reports."""
    query = select(t.components.c.claim, t.reports.c.sha256).join(t.reports, t.reports.c.number == t.components.c.report)
    return {row.claim: row.sha256 for part in chunks(shas) for row in connection.execute(query.where(t.reports.c.sha256.in_(part)))}


def standing_of(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[int, bool]]:
    """By how many reports some incidents are told, and whether any is about them."""
    c = t.incidents.c
    query = select(c.id, c.reports, c.main)
    return {row.id: (row.reports, bool(row.main)) for part in chunks(ids) for row in connection.execute(query.where(c.id.in_(part)))}


def parents_of(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The wholes of those of some incidents that are parts."""
    c = t.incidents.c
    query = select(c.id, c.parent).where(c.parent.is_not(None))
    return {row.id: row.parent for part in chunks(ids) for row in connection.execute(query.where(c.id.in_(part)))}


def parts_of(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The parts of some incidents, each with its whole."""
    c = t.incidents.c
    query = select(c.id, c.parent).order_by(c.id)
    return {row.id: row.parent for part in chunks(ids) for row in connection.execute(query.where(c.parent.in_(part)))}


def _mapped(connection: Connection, key: Any, value: Any, table: Table, keys: Iterable[str]) -> dict[str, Any]:
    query = select(key, value).select_from(table)
    return {row[0]: row[1] for part in chunks(keys) for row in connection.execute(query.where(key.in_(part)))}
