"""Reports of `hasakah.jsonl`: what was told in January 2022 of the attack on a prison in Hasakah, and of three other incidents.

The words are ours; the facts (who gave which figure on which day) are those that the outlets named carried.
"""

from __future__ import annotations

import json
from pathlib import Path

from sijill.records import Report

__all__ = ["OTHERS", "PRISON", "REPORTS", "REPRINT"]

_LINES = (Path(__file__).parent / "hasakah.jsonl").read_text(encoding="utf-8").splitlines()
REPORTS = tuple(Report.of(row.pop("text"), **row) for row in map(json.loads, _LINES))
"""All of them, in the order of publication but for the last four."""
PRISON = REPORTS[:-4]
"""The prison attack, as different outlets told it from day to day."""
REPRINT = REPORTS[-4]
"""The report of 30 January again in another outlet, with small changes."""
OTHERS = REPORTS[-3:]
"""Three other incidents of the same days, one of them in the same city."""
