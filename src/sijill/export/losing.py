"""What is counted while a form is written: incidents and rows, what was left out, and what of an incident the form cannot hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from sijill.export.describing import losses
from sijill.export.forms import Tally
from sijill.export.plain import spot
from sijill.export.shapes import EXACT_KM
from sijill.records import Case, Figure

__all__ = ["LOST_WHERE", "Counting"]


def _has_claims(case: Case) -> bool:
    return any(one.events or one.figures for one in case.reports)


def _has_radius(case: Case) -> bool:
    at = spot(case.incident.places[0]) if case.incident.places else None
    return at is not None and at.radius_km is not None and at.radius_km > EXACT_KM


def _of_a_crowd(figure: Figure) -> bool:
    """Whether a figure is of more than the killed or injured as a whole, which is all that a row has columns for."""
    return (
        figure.effect not in ("killed", "injured") or bool(figure.side or figure.demographic) or figure.status not in ("unknown", "mixed")
    )


LOST_WHERE: Mapping[str, Callable[[Case], bool]] = {
    "claims": _has_claims,
    "contradictions": lambda case: bool(case.incident.conflicts),
    "curve": lambda case: len(case.incident.curve) > 1,
    "figures": lambda case: bool(case.incident.figures),
    "crowds": lambda case: any(map(_of_a_crowd, case.incident.figures)),
    "judgements": lambda case: bool(case.judgements),
    "pairs": lambda case: bool(case.incident.possibly),
    "places": lambda case: len(case.incident.places) > 1,
    "radius": _has_radius,
    "range": lambda case: case.incident.last not in (None, case.incident.first),
    "texts": lambda case: any(one.text for one in case.reports),
}
"""By kind of loss, which incidents lose something by it. Other kinds are counted by the writer, where they happen."""


class Counting:
    """Counts for one export. What a form loses is read from `data/export/losses.csv`, so that no writer can forget a kind.

    >>> from sijill.records import Incident
    >>> counting = Counting("ics")
    >>> for case in counting.of([Case(incident=Incident(id="inc-1", kind="shelling"))]):
    ...     counting.leave_out("undated")
    >>> counting.tally()
    Tally(incidents=1, rows=0, left_out={'undated': 1}, lost={})
    """

    def __init__(self, form: str) -> None:
        self._kinds = [loss.kind for loss in losses(form)]
        self._incidents = 0
        self.rows = 0
        self._left_out: Counter[str] = Counter()
        self._lost: Counter[str] = Counter()

    def of(self, cases: Iterable[Case]) -> Iterator[Case]:
        """The cases, each counted as it goes by."""
        for case in cases:
            self._incidents += 1
            before = self._left_out.total()
            yield case
            if self._left_out.total() == before:  # what is left out as a whole loses nothing besides
                self._lost.update(kind for kind in self._kinds if kind in LOST_WHERE and LOST_WHERE[kind](case))

    def leave_out(self, kind: str) -> None:
        """The incident at hand is left out, and why."""
        self._left_out[kind] += 1

    def lose(self, kind: str) -> None:
        """Something of the incident at hand was lost."""
        self._lost[kind] += 1

    def tally(self) -> Tally:
        """What was counted, kinds in the order of their names."""
        return Tally(
            incidents=self._incidents, rows=self.rows, left_out=dict(sorted(self._left_out.items())), lost=dict(sorted(self._lost.items()))
        )
