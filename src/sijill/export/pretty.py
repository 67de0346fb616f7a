"""A reading as plain text for people: timeline, what is not told as fact, ledger with its sums, contradictions.

The words for values are those of the HTML page, in English or Arabic. Every line holds one run of Arabic at most, at its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sijill.export.html import (
    Both,
    Entry,
    Names,
    contradiction_sum,
    date_words,
    figure_limits,
    figure_words,
    ledger,
    shown,
    timeline,
    who_words,
    words,
)
from sijill.export.terminal import Page, Piece, shorten
from sijill.records import EventClaim, FigureClaim, Reading, Report
from sijill.text import has_arabic

__all__ = ["Language", "render"]

Language = Literal["en", "ar"]

_BASIS_MARKS = {"stated": "=", "relative": ">", "frame": "~", "published": "@"}
_APART = ("planned", "attempted", "hypothetical", "threatened", "denied")
_TIME_COLUMN = 14
_LONGEST_TITLE = 400


def render(
    report: Report, reading: Reading, *, width: int = 80, colour: bool = False, isolates: bool = False, lang: Language = "en"
) -> str:
    """A reading as text. `isolates` for a terminal: Arabic words are set apart from what stands around them.

    >>> from sijill.pipeline import read
    >>> report = Report.of("قُتل ثلاثة مدنيين في قصف مدفعي على مدينة إدلب.", id="a")
    >>> "3 civilians" in render(report, read(report))
    True
    """
    page = Page(width=width, colour=colour, isolates=isolates)
    writer = _Writer(page, report, reading, lang)
    writer.head()
    writer.timeline()
    writer.apart()
    writer.ledger()
    writer.contradictions()
    return page.text()


class _Writer:
    """One reading on its way to one page."""

    def __init__(self, page: Page, report: Report, reading: Reading, lang: Language) -> None:
        self._page = page
        self._report = report
        self._reading = reading
        self._lang = lang
        self._names = Names(reading)

    # --- words

    def _in_lang(self, both: Both) -> str:
        return (both.ar if self._lang == "ar" else both.en).striptags()

    def _say(self, group: str, key: object) -> str:
        return self._in_lang(words(group, key))

    def _ui(self, key: str) -> str:
        return self._say("ui", key)

    def _actors(self, ids: Sequence[str]) -> str:
        return self._comma().join(self._in_lang(self._names.actor(id)) for id in ids)

    def _comma(self) -> str:
        return f"{self._ui('comma')} "

    # --- head

    def head(self) -> None:
        """What the report is, and what was found in it."""
        page, reading = self._page, self._reading
        if reading.title:
            page.add(Piece(shorten(reading.title, _LONGEST_TITLE), "strong", isolate=True))
        else:
            page.add(Piece(shorten(reading.id, _LONGEST_TITLE), "strong"))
        if reading.outlet:
            page.add(Piece(shorten(reading.outlet, _LONGEST_TITLE), isolate=True))
        published = f"{self._ui('published')} {shown(reading.published)}" if reading.published else self._ui("no_date")
        language = f" · {shown(reading.language)}" if reading.language else ""
        page.add(f"{published}{language} · sha256 {reading.sha256[:16]}")
        if reading.kind == "conflict":
            page.add(" · ".join(self._counts()))
        for warning in reading.warnings:
            page.add("!", Piece(warning, "warning"), hang=2)
        if reading.kind != "conflict":
            page.blank()
            page.add(self._ui("unread" if reading.kind == "unread" else "nothing"))

    def _counts(self) -> list[str]:
        told = [e for e in self._reading.events if e.modality == "asserted"]
        counts = {
            "count_events": len(told),
            "count_apart": len(self._reading.events) - len(told),
            "count_figures": len(self._reading.figures),
            "count_contradictions": len(self._reading.contradictions),
            "count_places": len(self._reading.places),
            "count_actors": len(self._reading.actors),
        }
        return [self._counted(name, number) for name, number in counts.items()]

    def _counted(self, name: str, number: int) -> str:
        label = self._ui(name)
        one = number == 1 and self._lang == "en" and name != "count_apart"
        return f"{number} {label.removesuffix('s') if one else label}"

    # --- events

    def timeline(self) -> None:
        """What the report says happened, in order of time; what has no date comes last."""
        told = [e for e in self._reading.events if e.modality == "asserted"]
        if not told:
            return
        self._page.heading(self._ui("timeline"), self._legend())
        for day in timeline(told).days:
            self._page.blank()
            if day.edtf:
                self._page.add(Piece(day.edtf, "date"), Piece(self._in_lang(date_words(day.edtf)), "dim"))
            else:
                self._page.add(Piece(self._ui("undated"), "date"))
            for event in day.events:
                self._event(event)

    def _legend(self) -> str:
        used = [basis for basis in _BASIS_MARKS if any(e.date_basis == basis for e in self._reading.events)]
        return "  ".join(f"{_BASIS_MARKS[basis]} {self._say('date_basis', basis)}" for basis in used)

    def apart(self) -> None:
        """What was planned, attempted, supposed, threatened or denied: never among the facts."""
        for modality in _APART:
            events = [e for e in self._reading.events if e.modality == modality]
            if not events:
                continue
            self._page.heading(self._say("modality", modality), beside=f"· {self._ui('apart')}")
            for event in events:
                self._event(event, dated=True)

    def _event(self, event: EventClaim, *, dated: bool = False) -> None:
        page, style = self._page, "dim" if event.background else ""
        clock = event.time or (self._say("time_of_day", event.time_of_day) if event.time_of_day else "")
        mark = _BASIS_MARKS.get(event.date_basis or "", " ")
        marks = [self._ui(name) for name, holds in (("main", event.main), ("background", event.background)) if holds]
        means = f"({self._comma().join(self._say('means', m) for m in event.means)})" if event.means else ""
        when = Piece(f"{event.date or self._ui('undated')} {clock}".strip(), style) if dated else ""
        lead = None if dated else Piece(f"  {mark} {clock}".ljust(_TIME_COLUMN), style)
        page.add(
            Piece(self._say("event_kind", event.kind), style or "strong"),
            Piece(means, style),
            Piece("".join(f"· {mark} " for mark in marks), "dim"),
            when,
            Piece(f"[{event.id}]", "dim"),
            indent=2 if dated else 0,
            hang=_TIME_COLUMN,
            lead=lead,
        )
        indent = 4 if dated else _TIME_COLUMN
        self._places(event, style, indent)
        doers = " → ".join(filter(None, (self._actors(event.agents), self._actors(event.targets))))
        if event.targets and not event.agents:
            doers = f"→ {doers}"
        self._fact(doers, style, indent)
        if event.source:
            self._fact(f"{self._ui('source')}: {self._actors([event.source])}", style, indent)
        self._quote(event, indent)

    def _places(self, event: EventClaim, style: str, indent: int) -> None:
        names = [self._in_lang(self._names.place(id)) for id in event.places]
        if self._lang == "ar":
            self._fact(self._comma().join(names), style, indent)
            return
        self._fact(self._comma().join(name for name in names if not has_arabic(name)), style, indent)
        for name in names:
            if has_arabic(name):  # a place that only the report names: alone on its line
                self._fact(name, style, indent)

    def _fact(self, text: str, style: str, indent: int) -> None:
        if text:
            self._page.add(Piece(text, style, isolate=has_arabic(text)), indent=indent, hang=indent + 2)

    def _quote(self, claim: EventClaim | FigureClaim, indent: int) -> None:
        """The words of a claim and those that follow, to the end of the line or sentence, on one line."""
        if claim.end <= claim.start:
            return
        room = max(16, self._page.width - indent - 3)
        text = self._report.text
        rest = text[claim.end : claim.end + 2 * room]
        ends = [at for at in map(rest.find, ("\n", "\r", ". ", ".\n", "؟", "!")) if at >= 0]
        after = rest[: min(ends)] if ends else rest
        quote = text[claim.start : claim.end] + after
        self._page.add(Piece(f"«{shorten(quote, room - 2)}»", "dim" if _in_background(claim) else "quote", isolate=True), indent=indent)

    # --- figures

    def ledger(self) -> None:
        """Every number as the report states it, by effect, then by side or status; parts under their totals."""
        if not self._reading.figures:
            return
        self._page.heading(self._ui("ledger"), self._ui("ledger_note"))
        for effect, accounts in ledger(self._reading.figures):
            self._page.blank()
            self._page.add(Piece(self._say("effect", effect), "date"))
            for account in accounts:
                holder = self._actors([account.side]) if account.side else self._say("status", account.status)
                self._page.add(Piece(holder, "strong"), indent=2)
                for entry in account.entries:
                    self._entry(entry, 4)

    def _entry(self, entry: Entry, indent: int) -> None:
        figure, page = entry.figure, self._page
        number = Piece(self._number(figure), "strong")
        page.add(number, *self._described(figure), Piece(f"[{figure.id}]", "dim"), indent=indent, hang=indent + 4)
        if entry.check is not None:
            wrong = entry.check.verdict == "does_not_add_up"
            page.add(Piece(entry.check.sum, "alarm" if wrong else ""), f"({self._ui(entry.check.verdict)})", indent=indent + 2)
        if figure.source:
            self._fact(f"{self._ui('source')}: {self._actors([figure.source])}", "", indent + 2)
        self._quote(figure, indent + 2)
        for below in entry.below:
            self._entry(below, min(indent + 4, 16))

    def _number(self, figure: FigureClaim) -> str:
        if figure.bound == "about" and figure.value is not None:
            return self._say("bound", "about").replace("{n}", f"{figure.value:,}")
        limits = figure_limits(figure)
        return self._in_lang(figure_words(figure)) + (f" ({limits})" if limits else "")

    def _described(self, figure: FigureClaim) -> list[Piece | str]:
        """Who they were, and what place the figure has among the others."""
        who = self._in_lang(who_words(figure.who)) if figure.who else ""
        people = [self._say("demographic", d) for d in figure.demographic]
        status = [self._say("status", figure.status)] if figure.status not in ("unknown", "mixed") else []
        qualities = [word for word in status + people if word != who]
        side = [self._actors([figure.side])] if figure.side and figure.role in ("part", "subset") else []
        roles = [self._say("role", figure.role)] if figure.role != "alone" else []
        roles += [self._ui("cumulative")] if figure.cumulative else []
        described = self._comma().join(filter(None, [who, *qualities, *side]))
        return [described, Piece(" · ".join(["", *roles]).strip(), "dim")]

    # --- contradictions

    def contradictions(self) -> None:
        """What cannot all be true, with the sums."""
        if not self._reading.contradictions:
            return
        self._page.heading(self._ui("contradictions"), self._ui("contradictions_note"))
        for contradiction in self._reading.contradictions:
            self._page.blank()
            self._page.add(
                Piece(self._say("contradiction_kind", contradiction.kind), "alarm"),
                Piece(f"[{', '.join([*contradiction.figures, *contradiction.events])}]", "dim"),
                indent=2,
                hang=4,
            )
            arithmetic = contradiction_sum(contradiction, self._reading)
            if arithmetic:
                apart = contradiction.difference
                difference = f"· {self._ui('difference')}: {apart:,}" if apart is not None else ""
                self._page.add(Piece(arithmetic, "strong"), difference, indent=4, hang=6)
            self._fact(contradiction.note_ar if self._lang == "ar" else contradiction.note, "", 4)


def _in_background(claim: EventClaim | FigureClaim) -> bool:
    return isinstance(claim, EventClaim) and claim.background
