"""What linking takes from a register: reports with their readings as reviewers left them, and their tellings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sijill.link import Telling, packed, sweep_order, tellings, unpacked
from sijill.link.blocks import keys_of
from sijill.records import Judgement, Reading, Report
from sijill.register.judged import Edits, edits_of, judged
from sijill.resolve import Told
from sijill.store import Batch, Store

__all__ = ["Loader", "put_tellings", "tellings_of", "tellings_of_reports"]


def tellings_of(store: Store, claims: Iterable[str]) -> list[Telling]:
    """The tellings of some event claims, in the order of addition and of the text."""
    return [unpacked(record) for record in store.tellings(claims)]


def tellings_of_reports(store: Store, shas: Collection[str]) -> list[Telling]:
    """The tellings of some reports, in the same order."""
    return [unpacked(record) for record in store.tellings_of_reports(shas)]


def put_tellings(batch: Batch, made: Mapping[str, list[Telling]]) -> None:
    """Keep the tellings of some reports, and the keys under which they are looked for."""
    for sha, row in made.items():
        batch.put_tellings(sha, [(telling.claim, sweep_order(telling), packed(telling)) for telling in row])
        batch.put_blocks(sha, {telling.claim: keys_of(telling) for telling in row})


class Loader:
    """Reports with their readings as reviewers left them, and their families; each is fetched once."""

    def __init__(self, store: Store, judgements: Iterable[Judgement]) -> None:
        self._store = store
        self._edits: Edits = edits_of(judgements)
        self._reports: dict[str, tuple[Report, Reading]] = {}
        self._families: dict[str, str] = {}
        self._numbers: dict[str, int] = {}

    def fetch(self, shas: Collection[str]) -> None:
        """Have some reports ready."""
        missing = [sha for sha in dict.fromkeys(shas) if sha not in self._reports]
        if not missing:
            return
        readings = {reading.sha256: judged(reading, self._edits) for reading in self._store.readings(missing)}
        for report in self._store.reports(missing):
            if report.sha256 in readings:
                self._reports[report.sha256] = report, readings[report.sha256]
        self._families.update(self._store.families(missing))
        self._numbers.update(self._store.numbers(missing))

    def forget(self) -> None:
        """Give back the memory of everything fetched."""
        for held in (self._reports, self._families, self._numbers):
            held.clear()

    def make(self, shas: Collection[str]) -> dict[str, list[Telling]]:
        """The tellings of some reports, made from their readings, by report in the order of addition; none of one that was not read."""
        self.fetch(shas)
        made: dict[str, list[Telling]] = {sha: [] for sha in shas}
        for sha in self._in_order(shas):
            report, reading = self._reports[sha]
            made[sha] = tellings(report, reading, family=self._families.get(sha, sha))
        return made

    def told(self, shas: Collection[str]) -> dict[str, Told]:
        """What `assemble` needs of some reports."""
        self.fetch(shas)
        return {sha: Told(self._reports[sha][1], self._families.get(sha, sha), self._numbers[sha]) for sha in self._in_order(shas)}

    def _in_order(self, shas: Collection[str]) -> list[str]:
        return sorted((sha for sha in set(shas) if sha in self._reports), key=self._numbers.__getitem__)
