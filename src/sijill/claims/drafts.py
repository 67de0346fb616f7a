"""A figure while it is put together: what the annotator read, and what the claims around it add."""

from __future__ import annotations

import msgspec

from sijill.annotate.casualties import Figure
from sijill.annotate.numbers import Quantity
from sijill.claims.context import EventDraft

__all__ = ["FigureDraft"]


class FigureDraft(msgspec.Struct):
    """A figure while it is put together."""

    figure: Figure
    sentence: int
    event: EventDraft | None
    role: str
    of: FigureDraft | None = None
    side: str | None = None
    source: str | None = None
    source_span: tuple[int, int] | None = None
    status: str = "unknown"
    supposed: bool = False  # the status is what such words mostly mean, not what the report says
    cumulative: bool = False
    quantity: Quantity = Quantity(None, None, None)
    retold: list[Figure] = []
    told_in: set[int] = set()  # the sentences that tell it again

    @property
    def value(self) -> int | None:
        """The number, where the text gives one."""
        return None if self.quantity.value is None else int(self.quantity.value)
