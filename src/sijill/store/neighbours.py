"""What linking asks of a register: which reports wait to be linked, which claims share a key, a component, an incident."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, func, literal, select, tuple_

from sijill.store import tables as t
from sijill.store.chunks import chunks
from sijill.store.spans import ANY, banded, day_of, spans_of

__all__ = [
    "Dated",
    "Member",
    "anchored",
    "band_mates",
    "chains",
    "dated",
    "homes",
    "linked_claims",
    "members",
    "numbers",
    "parents_of",
    "parts_of",
    "reports_of_incidents",
    "standing_of",
    "tellings",
    "tellings_by_day",
    "tellings_of_incidents",
    "tellings_of_reports",
    "ties",
    "undated_mates",
    "unlinked",
]

_PAGE = 2000


class Member(NamedTuple):
    """Of an event claim of a chain the SHA-256 of its report, and its component."""

    report: str
    component: str


class Dated(NamedTuple):
    """A report: its number, its SHA-256, and the day of its publication as an ordinal; None where it is not known."""

    number: int
    sha256: str
    day: int | None


def unlinked(connection: Connection) -> list[str]:
    """Reports that were added and not linked yet, by SHA-256, in the order of addition, in which they are linked too.

    Every linked report has a family: those after the last that has one are left.
    """
    last = select(func.coalesce(func.max(t.families.c.report), 0)).scalar_subquery()
    return list(connection.execute(select(t.reports.c.sha256).where(t.reports.c.number > last).order_by(t.reports.c.number)).scalars())


def numbers(connection: Connection, shas: Iterable[str]) -> dict[str, int]:
    """The numbers of reports in the order of addition."""
    return _mapped(connection, t.reports.c.sha256, t.reports.c.number, t.reports, shas)


def band_mates(connection: Connection, sha: str, bands: Sequence[int], around: tuple[int, int] | None) -> dict[str, bytes]:
    """The signatures of earlier reports that have the key of a band of one; see `Store.band_mates`."""
    rows = _mates(connection, sha, bands, _spans(connection) if around is None else spans_of(*around))
    return {row.sha256: row.signature for row in rows if around is None or _within(day_of(row.published), around)}


def undated_mates(connection: Connection, sha: str, bands: Sequence[int]) -> dict[str, bytes]:
    """The same of those earlier reports whose day is not known."""
    return {row.sha256: row.signature for row in _mates(connection, sha, bands, [ANY])}


def _mates(connection: Connection, sha: str, bands: Sequence[int], spans: Iterable[int]) -> list[Any]:
    """The earlier reports that have the key of a band of one, of some spans, in the order of addition."""
    r, c = t.reports.c, t.bands.c
    own = connection.execute(select(r.number).where(r.sha256 == sha)).scalar_one()
    shared = select(c.report).where(c.key.in_(banded(bands)), c.report < own).distinct()
    mates = [n for part in chunks(spans, 100) for n in connection.execute(shared.where(c.span.in_(part))).scalars()]
    query = select(r.number, r.sha256, r.published, t.signatures.c.signature).join(t.signatures, t.signatures.c.report == r.number)
    rows = [row for part in chunks(mates) for row in connection.execute(query.where(r.number.in_(part)))]
    return sorted(rows, key=lambda row: row.number)


def _within(day: int | None, around: tuple[int, int]) -> bool:
    return day is None or around[0] <= day <= around[1]


def _spans(connection: Connection) -> list[int]:
    """The spans that have bands, found one by one: each is a step in the index."""
    c, found = t.bands.c, list[int]()
    query = select(func.min(c.span))
    span = connection.execute(query).scalar()
    while span is not None:
        found.append(span)
        span = connection.execute(query.where(c.span > span)).scalar()
    return found


def dated(connection: Connection) -> Iterator[Dated]:
    """All reports, in the order of addition."""
    c = t.reports.c
    rows = connection.execute(select(c.number, c.sha256, c.published), execution_options={"yield_per": 2000})
    return iter(sorted(Dated(row.number, row.sha256, day_of(row.published)) for row in rows))


def tellings(connection: Connection, claims: Iterable[str]) -> Iterator[bytes]:
    """The tellings of some claims, in the order of addition and of the text."""
    c = t.tellings.c
    query = select(c.report, c.position, c.record)
    rows = [row for part in chunks(claims) for row in connection.execute(query.where(c.claim.in_(part)))]
    return (row.record for row in sorted(rows, key=lambda row: (row.report, row.position)))


def tellings_of_reports(connection: Connection, shas: Collection[str] | None) -> Iterator[bytes]:
    """The tellings of some reports, or of all, in the order of addition and of the text."""
    c = t.tellings.c
    if shas is None:
        return _by_page(connection, (c.report, c.position))
    return _of_numbers(connection, sorted(numbers(connection, shas).values()))


def tellings_of_incidents(connection: Connection, ids: Iterable[str]) -> list[tuple[str, bytes]]:
    """The tellings of some incidents, each with the id of its incident, in the order of addition and of the text."""
    c, claims = t.tellings.c, t.incident_claims.c
    query = select(c.report, c.position, claims.incident, c.record).join(t.incident_claims, claims.claim == c.claim)
    rows = [row for part in chunks(ids) for row in connection.execute(query.where(claims.incident.in_(part)))]
    return [(row.incident, row.record) for row in sorted(rows, key=lambda row: (row.report, row.position))]


def _of_numbers(connection: Connection, some: Iterable[int]) -> Iterator[bytes]:
    c = t.tellings.c
    query = select(c.record).order_by(c.report, c.position)
    for part in chunks(some):
        yield from connection.execute(query.where(c.report.in_(part))).scalars().all()


def tellings_by_day(connection: Connection) -> Iterator[bytes]:
    """All tellings in the order of their days, in which they are linked."""
    c = t.tellings.c
    return _by_page(connection, (c.place, c.report, c.position))


def _by_page(connection: Connection, order: tuple[Any, ...]) -> Iterator[bytes]:
    """All tellings in an order, some at a time: whoever reads them may write in between."""
    query = select(*order, t.tellings.c.record).order_by(*order).limit(_PAGE)
    rows = connection.execute(query).all()
    while rows:
        yield from (row.record for row in rows)
        rows = connection.execute(query.where(tuple_(*order) > tuple_(*(literal(value) for value in rows[-1][:-1])))).all()


def chains(connection: Connection, claims: Iterable[str]) -> dict[str, str]:
    """The chain of each of some claims that is in one."""
    return _mapped(connection, t.components.c.claim, t.components.c.chain, t.components, claims)


def members(connection: Connection, chains: Iterable[str]) -> dict[str, Member]:
    """The claims of some chains."""
    c = t.components.c
    query = select(c.claim, c.component, t.reports.c.sha256).join(t.reports, t.reports.c.number == c.report)
    rows = (row for part in chunks(chains) for row in connection.execute(query.where(c.chain.in_(part))))
    return {row.claim: Member(row.sha256, row.component) for row in rows}


def ties(connection: Connection, chains: Iterable[str]) -> list[tuple[str, str, float]]:
    """The ties that hold some chains."""
    c = t.ties.c
    query = select(c.one, c.other, c.weight).order_by(c.one, c.other)
    return [(row.one, row.other, row.weight) for part in chunks(chains) for row in connection.execute(query.where(c.chain.in_(part)))]


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
