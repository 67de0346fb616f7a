"""Mentions become claims: which events the report tells, with whom, where, when and as how certain, and which numbers of people.

`build(context)` makes the whole `Reading`. The steps, each a module: events (triggers → events and places), participants (agents,
targets), sources, times (dates and the frame), figures (numbers tied to events, totals and parts), contradictions (the sums).
"""

from sijill.claims.build import build
from sijill.claims.context import Context, DatedSpan

__all__ = ["Context", "DatedSpan", "build"]
