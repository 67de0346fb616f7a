"""A figure while it is put together: what the annotator read, and what the claims around it add."""

from __future__ import annotations

from sijill.annotate.casualties import Figure
from sijill.annotate.numbers import Quantity
from sijill.claims.context import EventDraft

__all__ = ["FigureDraft"]


class FigureDraft:
    """A figure while it is put together."""

    __slots__ = (
        "cumulative", "event", "figure", "of", "quantity", "retold", "role", "sentence", "side", "source", "source_span",
        "status", "supposed", "told_in",
    )  # fmt: skip

    def __init__(
        self,
        figure: Figure,
        sentence: int,
        event: EventDraft | None,
        role: str,
        side: str | None,
        status: str,
        cumulative: bool,
        quantity: Quantity,
    ) -> None:
        self.figure = figure
        self.sentence = sentence
        self.event = event
        self.role = role
        self.of: FigureDraft | None = None
        self.side = side
        self.source: str | None = None
        self.source_span: tuple[int, int] | None = None
        self.status = status
        self.supposed = False  # the status is what such words mostly mean, not what the report says
        self.cumulative = cumulative
        self.quantity = quantity
        self.retold: list[Figure] = []
        self.told_in: set[int] = set()  # the sentences that tell it again

    @property
    def value(self) -> int | None:
        """The number, where the text gives one."""
        return None if self.quantity.value is None else int(self.quantity.value)
