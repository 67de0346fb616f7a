"""Cases as files of other people's codebooks: ACLED and UCDP GED as CSV, PLOVER as lines of JSON.

The columns of the codebook come first and in its order, then ours, which say of each row what it is made of and what it does not hold. The
bare forms have the codebook's columns alone, for programs that refuse any other heading. What stands in a cell may come from an untrusted
report: a text that a spreadsheet would take for a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import IO, Any

from sijill.codebooks import acled, plover, ucdp
from sijill.codebooks.book import load_book
from sijill.codebooks.coded import Coded, Coding
from sijill.export.cells import cell
from sijill.export.forms import Tally
from sijill.records import Case

__all__ = ["OURS", "write_acled", "write_acled_bare", "write_plover", "write_ucdp", "write_ucdp_bare"]

OURS = ("sijill_incident", "sijill_codebook", "sijill_claims", "sijill_reasons", "sijill_lost")
"""The columns after the codebook's: the incident, name and version of the codebook, the claims behind the row, why, and what is lost."""


class _Count:
    """What becomes of the cases, counted while they go by."""

    def __init__(self) -> None:
        self.incidents = 0
        self.rows = 0
        self.left_out: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()

    def add(self, coding: Coding) -> None:
        """Count what one incident became."""
        self.incidents += 1
        self.rows += len(coding.rows)
        self.left_out.update(one.rule for one in coding.left_out)
        self.lost.update(one.kind for row in coding.rows for one in row.lost)

    def tally(self) -> Tally:
        """What came of all, keys in the order of the alphabet."""
        return Tally(
            incidents=self.incidents, rows=self.rows, left_out=dict(sorted(self.left_out.items())), lost=dict(sorted(self.lost.items()))
        )


def write_acled(cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str]) -> Tally:
    """Write cases as rows of ACLED with our columns after them, and those of `also`. Returns how many rows, what was left out and lost.

    >>> from sijill.records import Incident, IncidentPlace
    >>> place = IncidentPlace(name="إدلب", name_en="Idlib", level="city", lat=35.93, lon=36.63, country="SY")
    >>> strike = Incident(id="inc-1", kind="air_strike", first="2020-03-01", last="2020-03-01", places=[place], country="SY")
    >>> file = io.BytesIO()
    >>> write_acled([Case(incident=strike)], file, {"redaction": "full"}).rows
    1
    >>> file.getvalue().decode("utf-8-sig").splitlines()[0].split(",")[-2:]
    ['sijill_lost', 'redaction']
    """
    return _csv("acled", acled.code, cases, out, also, bare=False)


def write_acled_bare(cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str]) -> Tally:
    """Write cases as rows of ACLED with the 31 columns of the codebook alone; `also` has no place in them. Returns what `write_acled` does.

    >>> file = io.BytesIO()
    >>> write_acled_bare([], file, {}).rows, len(file.getvalue().decode("utf-8-sig").split(","))
    (0, 31)
    """
    return _csv("acled", acled.code, cases, out, also, bare=True)


def write_ucdp(cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str]) -> Tally:
    """Write cases as rows of UCDP GED with our columns after them, and those of `also`. Returns how many rows, what was left out and lost.

    >>> file = io.BytesIO()
    >>> write_ucdp([], file, {}).rows, len(file.getvalue().decode("utf-8-sig").split(","))
    (0, 54)
    """
    return _csv("ucdp", ucdp.code, cases, out, also, bare=False)


def write_ucdp_bare(cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str]) -> Tally:
    """Write cases as rows of UCDP GED with the 49 columns of the codebook alone; `also` has no place in them. Returns what came of it.

    >>> file = io.BytesIO()
    >>> write_ucdp_bare([], file, {}).rows, len(file.getvalue().decode("utf-8-sig").split(","))
    (0, 49)
    """
    return _csv("ucdp", ucdp.code, cases, out, also, bare=True)


def write_plover(cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str]) -> Tally:
    """Write cases as lines of JSON by PLOVER, with ours under `sijill`. Returns how many lines, what was left out and lost.

    >>> from sijill.records import Incident
    >>> file = io.BytesIO()
    >>> write_plover([Case(incident=Incident(id="inc-1", kind="drone_strike"))], file, {}).rows
    1
    >>> json.loads(file.getvalue())["mode"]
    ['drone']
    """
    count = _Count()
    for case in cases:
        coding = plover.code(case)
        count.add(coding)
        for made in coding.rows:
            ours = {
                "incident": made.incident,
                "codebook": made.codebook,
                "claims": made.claims,
                "reasons": [{"field": one.field, "rule": one.rule, "note": one.note} for one in made.reasons],
                "lost": [{"kind": one.kind, "note": one.note, "note_ar": one.note_ar} for one in made.lost],
            }
            line = json.dumps({**made.row, "sijill": ours, **also}, ensure_ascii=False, separators=(",", ":"))
            out.write(line.encode("utf-8", "replace") + b"\n")
    return count.tally()


def _csv(book: str, code: Callable[[Case], Coding], cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str], *, bare: bool) -> Tally:
    """Comma-separated, with the mark by which spreadsheets know UTF-8. Rows are written while the cases come; none are held."""
    columns = [column.name for column in load_book().columns[book]]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns if bare else [*columns, *OURS, *also], lineterminator="\r\n")
    writer.writeheader()
    out.write(text.getvalue().encode("utf-8-sig"))
    count = _Count()
    for case in cases:
        coding = code(case)
        count.add(coding)
        for made in coding.rows:
            text.seek(0)
            text.truncate()
            row = made.row if bare else {**made.row, **_ours(made), **also}
            writer.writerow({name: cell(value) for name, value in row.items()})
            out.write(text.getvalue().encode("utf-8", "replace"))
    return count.tally()


def _ours(made: Coded) -> dict[str, Any]:
    return {
        "sijill_incident": made.incident,
        "sijill_codebook": made.codebook,
        "sijill_claims": "; ".join(made.claims),
        "sijill_reasons": "; ".join(f"{one.field}: {one.note} [{one.rule}]" for one in made.reasons),
        "sijill_lost": "; ".join(f"{one.kind}: {one.note}" for one in made.lost),
    }
