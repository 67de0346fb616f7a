"""To which family of texts every report of a register belongs: that of its earliest kin."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from sijill.families import ALIKE, KIN_DAYS, Signature, find_kin, rows_of, sign
from sijill.link.forest import Forest
from sijill.store import Batch, Store
from sijill.store.chunks import chunks
from sijill.store.neighbours import Dated
from sijill.store.spans import banded, day_of

__all__ = ["all_families", "settle_families"]

_SOME = 200
"""So many texts are read at a time."""


def settle_families(store: Store, batch: Batch, shas: Collection[str]) -> dict[str, str]:
    """Find the families of reports that have none. Returns every report whose family changed, with its family: its earliest member.

    A report that is akin to two families makes them one.
    """
    moved: dict[str, str] = {}
    settled = store.families(shas)
    for report in store.reports([sha for sha in shas if sha not in settled]):
        signature = sign(report.text)
        batch.put_signature(report.sha256, signature.hashes, signature.bands, report.published)
        near = store.band_mates(report.sha256, signature.bands, _around(day_of(report.published)))
        held = store.families(near)
        joined = store.in_order({held[sha] for sha in _akin(store, signature, near)})  # a family is called by its earliest member
        first = joined[0] if joined else report.sha256
        members = (sha for family in joined[1:] for sha in store.family(family))  # those of the first stay: there may be very many
        changed = dict.fromkeys([*members, report.sha256], first)
        batch.set_families(changed)
        moved |= changed
    return moved


def _around(day: int | None) -> tuple[int, int] | None:
    """The days around a publication in which its reprints appear; none where its day is not known: then any time will do."""
    return None if day is None else (max(1, day - KIN_DAYS), min(date.max.toordinal(), day + KIN_DAYS))


def _akin(store: Store, signature: Signature, near: Mapping[str, bytes]) -> list[str]:
    """The kin of a text among some; those that it is compared with are read."""
    return find_kin(signature.rows, signature.hashes, near.items(), lambda sha: rows_of(store.report(sha).text))


# --- of all reports at once ------------------------------------------------------------------------------------------


def all_families(store: Store, batch: Batch, tell: Callable[[int], None]) -> dict[str, str]:
    """The family of every report, in the order of addition. Signatures are put anew; `tell` is told of how many.

    A row of a data set is kin to nothing: its neighbours have the same words, and are not copied from it.
    """
    batch.clear_signatures()
    reports = {report.number: report for report in store.dated()}
    rows = set(store.rows_of())
    forest = Forest(reports)  # a set is known by the least of its numbers: that of its earliest report
    texts = _signed(store, batch, [report for report in reports.values() if report.sha256 not in rows], tell)
    batch.number({report.sha256: number for number, report in reports.items()})
    for one, other in _kin(store, texts, any(report.day is None for report in reports.values())):
        forest.tie(one, other)
    return {report.sha256: reports[forest.find(number)].sha256 for number, report in reports.items()}


class _Text(NamedTuple):
    """A report as far as its family hangs on it."""

    number: int
    sha: str
    day: int | None
    signature: Signature
    keys: list[int]
    places: int  # all of the signature as one number


def _signed(store: Store, batch: Batch, reports: Iterable[Dated], tell: Callable[[int], None]) -> Iterator[_Text]:
    """The texts of reports in the order of their days, first those whose day is not known; their signatures are put."""
    done = 0
    for some in chunks(sorted(reports, key=lambda report: (report.day or 0, report.number)), _SOME):
        texts = {report.sha256: report for report in store.reports([report.sha256 for report in some])}
        for number, sha, day in some:
            signature = sign(texts[sha].text)
            batch.put_signature(sha, signature.hashes, signature.bands, texts[sha].published)
            yield _Text(number, sha, day, signature, banded(signature.bands), int.from_bytes(signature.hashes))
        done += len(some)
        tell(done)


def _kin(store: Store, texts: Iterable[_Text], some_undated: bool) -> Iterator[tuple[int, int]]:
    """Every text with its kin among those added earlier, by number."""
    sweep = _Sweep()
    undated: list[str] = []
    for text in texts:
        if text.day is None:
            undated.append(text.sha)
            continue
        for own in sweep.take(text):
            yield from _kin_around(store, own, sweep.near(own), some_undated)
    for own in sweep.rest():
        yield from _kin_around(store, own, sweep.near(own), some_undated)
    for sha in undated:
        yield from _kin_anywhere(store, sha)


def _kin_around(store: Store, text: _Text, near: Mapping[str, _Text], some_undated: bool) -> Iterator[tuple[int, int]]:
    """A text with its kin among those `near` it, and among those whose day is not known."""
    signatures = {sha: other.signature.hashes for sha, other in near.items()}
    if some_undated:
        signatures |= store.undated_mates(text.sha, text.signature.bands)

    def rows(sha: str) -> bytes:
        return near[sha].signature.rows if sha in near else rows_of(store.report(sha).text)

    found = find_kin(text.signature.rows, text.signature.hashes, signatures.items(), rows)
    yield from ((text.number, near[sha].number) for sha in found if sha in near)
    if undated := [sha for sha in found if sha not in near]:
        yield from ((text.number, number) for number in store.numbers(undated).values())


def _kin_anywhere(store: Store, sha: str) -> Iterator[tuple[int, int]]:
    """A text whose day is not known with its kin, of any time."""
    signature = sign(store.report(sha).text)
    kin = _akin(store, signature, store.band_mates(sha, signature.bands))
    numbers = store.numbers([sha, *kin])
    yield from ((numbers[sha], numbers[other]) for other in kin)


class _Sweep:
    """Texts in the order of their days, as many as may still have to do with one another: memory does not grow with the register."""

    def __init__(self) -> None:
        self._held: deque[_Text] = deque()
        self._waiting: deque[_Text] = deque()  # those whose later neighbours are not all there
        self._holders: dict[int, list[_Text]] = {}  # by the key of a band

    def take(self, text: _Text) -> Iterator[_Text]:
        """Take in a text; gives those for which nothing comes any more."""
        assert text.day is not None
        while self._waiting and _days(self._waiting[0], text) > KIN_DAYS:
            yield self._waiting.popleft()
        first = self._waiting[0] if self._waiting else text
        while self._held and _days(self._held[0], first) > KIN_DAYS:
            self._drop(self._held.popleft())
        self._held.append(text)
        self._waiting.append(text)
        for key in text.keys:
            self._holders.setdefault(key, []).append(text)

    def rest(self) -> Iterator[_Text]:
        """All texts that were not given yet."""
        while self._waiting:
            yield self._waiting.popleft()

    def near(self, text: _Text) -> dict[str, _Text]:
        """The texts that were added before one, share a band with it and were published around the same time, by SHA-256.

        Most of them have too little in common to be compared (see `find_kin`); they are left out.
        """
        found = {other.number: other for key in text.keys for other in self._holders[key] if other.number < text.number}
        return {other.sha: other for other in found.values() if abs(_days(text, other)) <= KIN_DAYS and _may_be_alike(text, other)}

    def _drop(self, text: _Text) -> None:
        for key in text.keys:
            holders = self._holders[key]
            holders.remove(text)
            if not holders:
                del self._holders[key]


def _may_be_alike(one: _Text, other: _Text) -> bool:
    """Whether two signatures can agree in enough places: there are at most as many as stretches of four equal bytes."""
    differing = (one.places ^ other.places).to_bytes(len(one.signature.hashes))
    return differing.count(b"\0\0\0\0") >= ALIKE


def _days(one: _Text, other: _Text) -> int:
    """How many days after one text the other was published; 0 where that is not known."""
    return 0 if one.day is None or other.day is None else other.day - one.day
