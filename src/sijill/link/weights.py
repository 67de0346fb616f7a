"""The weights of the comparison, read from `data/linking/weights.toml` and checked."""

from __future__ import annotations

import csv
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from sijill.errors import DataError

__all__ = ["Weights", "load_weights", "read_by_hand", "read_weights"]

_FILE = "linking/weights.toml"
_BY_HAND = "linking/by_hand.csv"


Shares = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Weights:
    """How often pairs of one incident (m) and of two (u) come out each way, and where the lines are drawn, in bits.

    Pairs at `link` or above are of one incident; between `review` and `link` they are possibly the same. `by_hand` are weights in bits that
    take the place of counted ones, by term and outcome.
    """

    prior: float
    link: float
    review: float
    m: Shares
    u: Shares
    by_hand: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def bits(self, what: str, outcome: str) -> float:
        """The weight of an outcome in bits, 0 for one that has none.

        >>> load_weights().bits("day", "same") > 0 > load_weights().bits("day", "apart")
        True
        """
        return self.table.get(what, {}).get(outcome, 0.0)

    @cached_property
    def table(self) -> dict[str, dict[str, float]]:
        """The weights in bits: log2(m / u), by term and outcome, or what was set by hand."""
        counted = {what: {o: round(math.log2(m / self.u[what][o]), 3) for o, m in row.items()} for what, row in self.m.items()}
        for (what, outcome), bits in self.by_hand.items():
            counted[what][outcome] = bits
        return counted

    @cached_property
    def best(self) -> dict[str, float]:
        """The most that each term can add."""
        return {what: max(0.0, *row.values()) for what, row in self.table.items()}


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The weights that come with sijill. Raises `DataError` for a file that does not hold together."""
    data = files("sijill") / "data"
    counted = read_weights(_FILE, (data / _FILE).read_text(encoding="utf-8"))
    return replace(counted, by_hand=read_by_hand(_BY_HAND, (data / _BY_HAND).read_text(encoding="utf-8"), counted.m))


def read_by_hand(path: str, content: str, known: Shares) -> dict[tuple[str, str], float]:
    """Weights that were set by hand, each with its reason.

    Raises `DataError` for a term or outcome that is not counted, a weight that is no number, a row without a reason or told twice.

    >>> read_by_hand("x.csv", "what,outcome,bits,why\\nday,apart,-3,because", {"day": {"apart": 0.1}})
    {('day', 'apart'): -3.0}
    """
    found: dict[tuple[str, str], float] = {}
    for line, row in enumerate(csv.DictReader(content.splitlines()), start=2):
        key = (row.get("what") or "", row.get("outcome") or "")
        if key[1] not in known.get(key[0], {}):
            raise DataError(path, line, f"there is no weight of {key[0]!r} for {key[1]!r}")
        if key in found or not row.get("why"):
            raise DataError(path, line, "the weight has a row already" if key in found else "a weight set by hand needs a reason (why)")
        try:
            found[key] = float(row["bits"])
        except (TypeError, ValueError) as wrong:
            raise DataError(path, line, f"bits are a number, not {row['bits']!r}") from wrong
    return found


def read_weights(path: str, content: str) -> Weights:
    """Weights from the text of a file."""
    try:
        table = tomllib.loads(content)
    except tomllib.TOMLDecodeError as wrong:
        raise DataError(path, 1, f"not valid TOML: {wrong}") from wrong
    m, u = (_shares(path, table, name) for name in ("m", "u"))
    if m.keys() != u.keys() or any(m[what].keys() != u[what].keys() for what in m):
        raise DataError(path, 1, "m and u must name the same terms and outcomes")
    lines = table.get("lines", {})
    try:
        prior, link, review = (float(lines[name]) for name in ("prior", "link", "review"))
    except (KeyError, TypeError, ValueError) as wrong:
        raise DataError(path, 1, "[lines] must give prior, link and review as numbers") from wrong
    if review > link:
        raise DataError(path, 1, "the line for review must lie below the one for linking")
    return Weights(prior=prior, link=link, review=review, m=m, u=u)


def _shares(path: str, table: dict[str, Any], name: str) -> dict[str, dict[str, float]]:
    shares = table.get(name, {})
    for what, outcomes in shares.items():
        for outcome, share in outcomes.items():
            if not isinstance(share, float) or not 0 < share < 1:
                raise DataError(path, 1, f"[{name}.{what}] {outcome!r} must be a share between 0 and 1, not {share!r}")
    return {what: dict(outcomes) for what, outcomes in shares.items()}
