"""The evidence of a case as plain data, and how anybody can check it: texts, their hashes, where each quote stands, the sums.

Nothing of sijill is needed to check it. `checker()` is a short program for any Python 3 that reads the evidence out of a dossier and says
what does not hold; it is printed in every dossier beside what it checks.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from sijill.export.facts import Facts
from sijill.export.html import as_plain, asset
from sijill.records import Case, CaseReport, EventClaim, Evidence, FigureClaim

__all__ = ["FORMAT", "checker", "evidence", "evidence_json", "fingerprint"]

FORMAT = "sijill evidence 1"


def evidence(case: Case, facts: Facts) -> dict[str, Any]:
    """Everything that a case rests on, as dictionaries and lists.

    `start` and `end` count Unicode code points of the report's `text`. Where a level of redaction left texts out, `text` is null and quotes
    are empty; the hashes then say which text it was.

    >>> from sijill.records import Incident
    >>> found = evidence(Case(incident=Incident(id="inc-1", kind="shelling")), Facts(version="0"))
    >>> found["format"], found["claims"]
    ('sijill evidence 1', [])
    """
    return {
        "format": FORMAT,
        "facts": as_plain(facts),
        "incident": as_plain(case.incident),
        "parts": as_plain(case.parts),
        "names": {id: {"ar": ar, "en": en} for id, (ar, en) in case.names.items()},
        "reports": [as_plain(one.line) | {"text": one.text, "originals": as_plain(one.originals)} for one in case.reports],
        "claims": [claim for one in case.reports for claim in _claims(one)],
        "judgements": as_plain(case.judgements),
    }


def _claims(one: CaseReport) -> Iterator[dict[str, Any]]:
    claims: list[EventClaim | FigureClaim] = [*one.events, *one.figures]
    for claim in sorted(claims, key=lambda claim: (claim.start, claim.end, claim.claim)):
        said = as_plain(claim)
        for name in ("claim", "quote", "start", "end", "rule", "evidence"):
            said.pop(name)
        yield {
            "claim": claim.claim,
            "what": "event" if isinstance(claim, EventClaim) else "figure",
            "report": one.line.sha256,
            "start": claim.start,
            "end": claim.end,
            "quote": claim.quote,
            "rule": claim.rule,
            "evidence": [as_plain(piece) | {"quote": _words(one, piece)} for piece in claim.evidence],
            "said": said,
        }


def _words(one: CaseReport, piece: Evidence) -> str:
    return "" if one.text is None else one.text[piece.start : piece.end]


def evidence_json(case: Case, facts: Facts) -> str:
    """The evidence as JSON text in one line; half characters, which UTF-8 cannot hold, are escaped."""
    text = json.dumps(evidence(case, facts), ensure_ascii=False, separators=(",", ":"))
    return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", text)


def fingerprint(case: Case, facts: Facts) -> str:
    """The SHA-256 of the whole evidence, as 64 digits: of its JSON in ASCII without spaces, which is the same however it was carried."""
    return hashlib.sha256(json.dumps(evidence(case, facts), separators=(",", ":")).encode()).hexdigest()


@cache
def checker() -> str:
    """The program that checks evidence: Python 3 and its standard library, nothing else."""
    return asset("assets", "check.py.txt").decode().replace("\r\n", "\n")
