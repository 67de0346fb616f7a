"""To which family of texts every report of a register belongs: that of its earliest kin."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from sijill.families import KIN_DAYS, find_kin, rows_of, sign
from sijill.records import Report
from sijill.store import Batch, Store

__all__ = ["all_families", "settle_families"]


def settle_families(store: Store, batch: Batch, shas: Collection[str]) -> dict[str, str]:
    """Find the families of reports that have none. Returns every report whose family changed, with its family: its earliest member.

    A report that is akin to two families makes them one.
    """
    moved: dict[str, str] = {}
    settled = store.families(shas)
    for report in store.reports([sha for sha in shas if sha not in settled]):
        _put_signature(batch, report)
        hashes, near = _near(store, report)
        held = store.families(near)
        kin = find_kin(rows_of(report.text), hashes, near.items(), lambda sha: rows_of(store.report(sha).text))
        joined = {held[sha] for sha in kin}
        members = {sha for family in joined for sha in store.family(family)} | {report.sha256}
        numbers = store.numbers(members)
        first = min(members, key=numbers.__getitem__)
        changed = dict.fromkeys(members, first) if len(joined) != 1 else {report.sha256: first}
        batch.set_families(changed)
        moved |= changed
    return moved


def all_families(store: Store, batch: Batch, tell: Callable[[int], None]) -> dict[str, str]:
    """The family of every report. Signatures are put anew; `tell` is told of how many.

    A row of a data set is kin to nothing: its neighbours have the same words, and are not copied from it.
    """
    rows = set(store.rows_of())
    root: dict[str, str] = {}
    order: dict[str, int] = {}
    for number, report in enumerate(store.reports(), start=1):
        root[report.sha256], order[report.sha256] = report.sha256, number
        if report.sha256 not in rows:
            _put_signature(batch, report)
        tell(number)

    def family(sha: str) -> str:
        while root[sha] != sha:
            root[sha] = root[root[sha]]
            sha = root[sha]
        return sha

    for report in store.reports(store.sharing_bands()):
        hashes, near = _near(store, report)
        for other in find_kin(rows_of(report.text), hashes, near.items(), lambda sha: rows_of(store.report(sha).text)):
            first, later = sorted((family(report.sha256), family(other)), key=order.__getitem__)
            root[later] = first
    return {sha: family(sha) for sha in root}


def _put_signature(batch: Batch, report: Report) -> None:
    signature = sign(report.text)
    batch.put_signature(report.sha256, signature.hashes, signature.bands)


def _near(store: Store, report: Report) -> tuple[bytes, dict[str, bytes]]:
    """The signature of a report, and those of earlier ones that share a band with it and were published around the same time.

    Where the day of either is not known, any time will do.
    """
    near = store.band_mates(report.sha256, _around(report.published))
    return near.pop(report.sha256), near


def _around(published: str | None) -> tuple[str, str] | None:
    """The days around a publication in which its reprints appear; none where its day is not known."""
    try:
        day = date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None
    first, last = max(1, day - KIN_DAYS), min(date.max.toordinal(), day + KIN_DAYS)
    return date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat()
