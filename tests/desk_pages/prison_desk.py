"""A register of the reports on one prison, its reprint and three other incidents."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "register"))

from hasakah import REPORTS

from sijill.register import Register


def filled(path: Path) -> Register:
    """A register of those reports."""
    register = Register(str(path), by="amal", clock=lambda: datetime(2022, 3, 6, 9, 0, tzinfo=UTC))
    register.add_reports(REPORTS)
    return register
