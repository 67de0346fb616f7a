"""A row being read: its text, where each value stands in it, and the claims that are made of the values.

The text is the row itself, a line «column: value» for each column in the order of the file, every value as it is written. So the evidence
of a claim is what it is for any report: a stretch of the text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from sijill.datasets.records import Problem, RowError
from sijill.datasets.rows import Row, shortened
from sijill.ingest.language import language_of
from sijill.records import (
    Contradiction,
    Effect,
    EventClaim,
    EventKind,
    Evidence,
    FigureClaim,
    Level,
    Place,
    Reading,
    Report,
    Span,
    Status,
    claim_id,
)

__all__ = ["Draft", "row_text"]

_PLAIN = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d{1,2})?")


def row_text(cells: Mapping[str, str]) -> tuple[str, dict[str, Span]]:
    """A row as the text of a report, and where the value of each column stands in it.

    >>> text, spans = row_text({"country": "Syria", "fatalities": " 7 "})
    >>> text, text[spans["fatalities"].start : spans["fatalities"].end]
    ('country: Syria\\nfatalities:  7 ', '7')
    """
    lines: list[str] = []
    spans: dict[str, Span] = {}
    at = 0
    for column, value in cells.items():
        line = f"{column}: {value}" if value else f"{column}:"
        stripped = value.strip()
        if stripped:
            start = at + len(column) + 2 + value.index(stripped)
            spans[column] = Span(start=start, end=start + len(stripped))
        lines.append(line)
        at += len(line) + 1
    return "\n".join(lines), spans


class Draft:
    """One row of one data set. `columns` gives the column of the file for each column of the form."""

    def __init__(self, row: Row, columns: Mapping[str, str], *, form: str, dataset: str) -> None:
        self._row, self._columns, self._form, self._dataset = row, columns, form, dataset
        self.text, self._spans = row_text(row.cells)
        self.sha256 = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        self.problems: list[Problem] = []
        self._places: list[Place] = []
        self._figures: list[FigureClaim] = []
        self._events: list[EventClaim] = []
        self._contradictions: list[Contradiction] = []
        self._warnings: list[str] = []

    def has(self, column: str) -> bool:
        """Whether the row says anything in a column."""
        return self._columns.get(column, "") in self._spans

    def value(self, column: str) -> str:
        """What stands in a column, without blanks around it; empty where nothing does."""
        return self._row.cells.get(self._columns.get(column, ""), "").strip()

    def raw(self, name: str) -> str:
        """What stands in a column of the file by its own name; empty where there is none."""
        return self._row.cells.get(name, "").strip()

    def alias(self, name: str) -> None:
        """Let a column of the file be asked for by its own name."""
        if name in self._row.cells:
            self._columns = {**self._columns, name: name}

    def problem(self, column: str | None, why: str) -> None:
        """Report a cell that is not understood; the rest of the row goes on."""
        value = shortened(self.value(column)) if column else None
        self.problems.append(Problem(line=self._row.line, column=self._columns.get(column or ""), value=value, why=why))

    def refuse(self, column: str | None, why: str) -> RowError:
        """The error for a row that cannot be taken."""
        return RowError(why, self._columns.get(column or "", column), shortened(self.value(column)) if column else None)

    def warn(self, why: str) -> None:
        """Have the reading say something of itself."""
        self._warnings.append(why)

    def number(self, column: str, *, most: float = 1e12, decimal: bool = False) -> float | None:
        """The number of a cell; None where it is empty or, which is reported, no number up to `most`.

        With `decimal` a comma is that of decimals («36,5021»), else one that parts thousands («1,200»).
        """
        written = self.value(column).replace("\u066b", ".")
        if not written:
            return None
        if decimal and "." not in written:
            written = written.replace(",", ".")
        elif _grouped(written):
            written = written.replace(",", "")
        if not _PLAIN.fullmatch(written):
            self.problem(column, "no number")
            return None
        found = float(written)
        if not -most <= found <= most:
            self.problem(column, "no number that can be meant")
            return None
        return found

    def count(self, column: str) -> int | None:
        """A number of people; what is negative or no whole number is reported and left out."""
        found = self.number(column, most=100_000_000)
        if found is not None and (found < 0 or found != int(found)):
            self.problem(column, "no number of people")
            return None
        return None if found is None else int(found)

    def evidence(self, what: str, column: str) -> list[Evidence]:
        """The evidence that a value of a claim has in a column."""
        span = self._spans.get(self._columns.get(column, ""))
        return [] if span is None else [Evidence(what=what, start=span.start, end=span.end, rule=self.rule(column))]

    def rule(self, column: str) -> str:
        """How the rule that read a column is called."""
        return f"row: {self._form} {column}"

    def _at(self, column: str) -> dict[str, Any]:
        span = self._spans[self._columns[column]]
        return {"quote": self.text[span.start : span.end], "start": span.start, "end": span.end, "rule": self.rule(column)}

    def place(
        self,
        column: str,
        *,
        level: Level,
        lat: float | None,
        lon: float | None,
        radius_km: float | None,
        country: str | None,
        name: str | None = None,
        name_en: str | None = None,
        gazetteer: str | None = None,
        pcode: str | None = None,
    ) -> str:
        """Note the place that a column names; the id of it in the reading."""
        at = self._at(column)
        id = f"p{len(self._places) + 1}"
        self._places.append(
            Place(
                id=id,
                name=name or at["quote"],
                aka=[at["quote"]] if name not in (None, at["quote"]) else [],
                name_en=name_en,
                level=level,
                lat=lat,
                lon=lon,
                radius_km=radius_km,
                country=country,
                gazetteer=gazetteer,
                pcode=pcode,
                start=at["start"],
                end=at["end"],
                mentions=[Span(start=at["start"], end=at["end"])],
                rule=at["rule"],
            )
        )
        return id

    def event(self, column: str, kind: EventKind, *, evidence: Sequence[Evidence] = (), **fields: Any) -> str:
        """Claim an event that a column names; the id of it in the reading."""
        at = self._at(column)
        id = f"e{len(self._events) + 1}"
        modality = fields.get("modality", "asserted")
        claim = claim_id(self.sha256, "event", at["start"], at["end"], kind, modality)
        first = Evidence(what="event", start=at["start"], end=at["end"], rule=at["rule"])
        where = [Evidence(what="place", start=p.start, end=p.end, rule=p.rule) for p in self._places if p.id in fields.get("places", ())]
        self._events.append(EventClaim(id=id, claim=claim, kind=kind, main=True, evidence=[first, *where, *evidence], **fields, **at))
        return id

    def figure(
        self,
        column: str,
        effect: Effect,
        *,
        value: int | None,
        low: int | None = None,
        high: int | None = None,
        open_ended: bool = False,
        status: Status = "unknown",
        side: str | None = None,
        demographic: Sequence[str] = (),
        role: Literal["alone", "total", "part", "subset"] = "alone",
        of: str | None = None,
        event: str | None = None,
        source: str | None = None,
        evidence: Sequence[Evidence] = (),
    ) -> str:
        """Claim a number of people that a column gives, with bounds where others give them; the id of it in the reading."""
        at = self._at(column)
        id = f"f{len(self._figures) + 1}"
        least, most = (value if low is None else low), (None if open_ended else value if high is None else high)
        number = Evidence(what="number", start=at["start"], end=at["end"], rule=at["rule"])
        self._figures.append(
            FigureClaim(
                id=id,
                claim=claim_id(self.sha256, "figure", at["start"], at["end"], effect, value, least, most, None),
                effect=effect,
                value=value,
                bound="exact" if least == most == value is not None else "at_least" if open_ended else "range",
                min=least,
                max=most,
                who="people",
                status=status,
                demographic=list(demographic),
                side=side,
                role=role,
                of=of,
                event=event,
                source=source,
                evidence=[number, *evidence],
                **at,
            )
        )
        return id

    def contradict(self, whole: str, parts: Sequence[str], stated: int, added: Sequence[int]) -> None:
        """Note that a total is not the sum of its parts."""
        sums = f"{' + '.join(map(str, added))} = {sum(added)}"
        self._contradictions.append(
            Contradiction(
                kind="total_differs_from_parts",
                figures=[whole, *parts],
                sum=sum(added),
                stated=stated,
                difference=stated - sum(added),
                note=f"the row gives {stated} in all, its parts are {sums}",
                note_ar=f"يذكر السطر {stated} في المجموع، وأجزاؤه {sums}",
            )
        )

    def done(self, id: str, *, published: str | None = None, url: str | None = None) -> tuple[Report, Reading]:
        """The row as a report and what it says."""
        language = language_of(self.text, hint="en")  # of columns and codes alone nothing can be told
        about: dict[str, Any] = {
            "id": f"{self._dataset}:{id}",
            "outlet": self._dataset,
            "url": url,
            "published": published,
            "language": language,
        }
        report = Report(text=self.text, sha256=self.sha256, **about)
        reading = Reading(
            sha256=self.sha256,
            kind="conflict" if self._events or self._figures else "negative",
            places=self._places,
            figures=self._figures,
            events=self._events,
            contradictions=self._contradictions,
            warnings=self._warnings,
            dataset=self._dataset,
            **about,
        )
        return report, reading


def _grouped(written: str) -> bool:
    """Whether commas in a number part its thousands."""
    whole, _, _ = written.partition(".")
    head, *groups = whole.lstrip("-").split(",")
    return bool(groups) and 0 < len(head) <= 3 and all(len(group) == 3 for group in groups)
