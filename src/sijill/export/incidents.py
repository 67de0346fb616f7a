"""Incidents of a register as plain text for people: a list, one incident with all behind it, the hits of a search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, Protocol

from sijill.export.html import date_words, words
from sijill.export.terminal import Page, Piece, shorten
from sijill.records import Dossier, Figure, Incident, Report, ReportLine, Span
from sijill.text import has_arabic
from sijill.tolls import toll

__all__ = ["Found", "render_dossier", "render_hits", "render_list"]

Language = Literal["en", "ar"]


class Found(Protocol):
    """A report that a search found, with where the words stand."""

    @property
    def report(self) -> Report:
        """The report."""

    @property
    def spans(self) -> Sequence[Span]:
        """Where in its text."""


class _Writer:
    """A page in one language."""

    def __init__(self, *, width: int, colour: bool, isolates: bool, lang: Language) -> None:
        self.page = Page(width=width, colour=colour, isolates=isolates)
        self.lang = lang
        self.names: dict[str, tuple[str, str]] = {}

    def say(self, group: str, key: object) -> str:
        both = words(group, key)
        return (both.ar if self.lang == "ar" else both.en).striptags()

    def ui(self, key: str) -> str:
        return self.say("register", key)

    def actors(self, ids: Iterable[str]) -> str:
        comma = "، " if self.lang == "ar" else ", "
        return comma.join(self.actor(id) for id in ids)

    def actor(self, id: str) -> str:
        ar, en = self.names.get(id, (id.replace("_", " "), id.replace("_", " ")))
        return ar if self.lang == "ar" else en

    def days(self, incident: Incident) -> str:
        if incident.first is None:
            return self.ui("undated")
        if incident.last in (None, incident.first):
            return incident.first
        return f"{incident.first}/{incident.last}"

    def place(self, incident: Incident) -> str:
        if not incident.places:
            return incident.country or ""
        place = incident.places[0]
        return place.name if self.lang == "ar" else (place.name_en or place.name)

    def line(self, incident: Incident, *, indent: int = 0) -> None:
        """An incident in one line or two."""
        counts = []
        for effect in ("killed", "injured"):
            _, best, _ = toll(incident, effect)
            if best is not None:
                counts.append(f"{span_of(*toll(incident, effect))} {self.say('effect', effect)}")
        place = self.place(incident)
        self.page.add(
            Piece(self.days(incident), "date"),
            Piece(self.say("event_kind", incident.kind), "strong"),
            Piece(f"· {place}" if place else "", isolate=has_arabic(place)),
            Piece(f"· {' · '.join(counts)}" if counts else ""),
            Piece(f"· {self.ui('contradicted')}" if incident.conflicts else "", "alarm"),
            Piece(f"· {incident.families} {self.ui('families')}" if incident.families > 1 else "", "dim"),
            Piece(f"[{incident.id}]", "dim"),
            indent=indent,
            hang=indent + 4,
        )


def span_of(low: int | None, best: int | None, high: int | None) -> str:
    """Low, best and high in short: one number where they agree; «?» for what is unknown.

    >>> span_of(3, 3, 3), span_of(246, 374, 374), span_of(5, 5, None)
    ('3', '246–374 (374)', '≥ 5 (5)')
    """
    if low is not None and low == best == high:
        return f"{low:,}"
    told = "?" if best is None else f"{best:,}"
    if high is None:
        return f"≥ {low:,} ({told})" if low is not None else told
    return f"{'?' if low is None else f'{low:,}'}–{high:,} ({told})"


def render_list(
    incidents: Sequence[Incident], *, width: int = 80, colour: bool = False, isolates: bool = False, lang: Language = "en"
) -> str:
    """Incidents, one after the other.

    >>> print(render_list([Incident(id="inc-1", kind="shelling", first="2022-02-02", last="2022-02-02")]), end="")
    2022-02-02 shelling [inc-1]
    """
    writer = _Writer(width=width, colour=colour, isolates=isolates, lang=lang)
    if not incidents:
        writer.page.add(writer.ui("none"))
    for incident in incidents:
        writer.line(incident, indent=4 if incident.parent else 0)
    return writer.page.text()


def render_dossier(dossier: Dossier, *, width: int = 80, colour: bool = False, isolates: bool = False, lang: Language = "en") -> str:
    """One incident: what, where, when; its parts; the ledger with every claim used or set aside; the toll; contradictions; who tells it."""
    writer = _Writer(width=width, colour=colour, isolates=isolates, lang=lang)
    writer.names = dossier.names
    _head(writer, dossier.incident)
    _parts(writer, dossier.parts)
    _ledger(writer, dossier)
    _curve(writer, dossier)
    _conflicts(writer, dossier.incident)
    _told_by(writer, dossier)
    _twins(writer, dossier)
    return writer.page.text()


def _head(writer: _Writer, incident: Incident) -> None:
    page = writer.page
    page.add(Piece(writer.say("event_kind", incident.kind), "strong"), Piece(f"[{incident.id}]", "dim"))
    day = date_words(writer.days(incident)) if incident.first else None
    page.add(Piece(writer.days(incident), "date"), Piece((day.ar if writer.lang == "ar" else day.en).striptags() if day else "", "dim"))
    for place in incident.places[:3]:
        name = place.name if writer.lang == "ar" else (place.name_en or place.name)
        where = "" if place.lat is None or place.lon is None else f"{place.lat:.4f}, {place.lon:.4f} ± {place.radius_km or 0:g} km"
        page.add(Piece(name, isolate=has_arabic(name)), Piece(f"({writer.say('level', place.level)}) {where}", "dim"), hang=4)
    doers = " → ".join(filter(None, (writer.actors(incident.agents), writer.actors(incident.targets))))
    page.add(Piece(f"→ {doers}" if incident.targets and not incident.agents else doers, isolate=has_arabic(doers)), hang=4)
    page.add(f"{len(incident.reports)} {writer.ui('reports')} · {incident.families} {writer.ui('families')}")
    if incident.parent:
        page.add(f"{writer.ui('part_of')} {incident.parent}")


def _parts(writer: _Writer, parts: Sequence[Incident]) -> None:
    if parts:
        writer.page.heading(writer.ui("parts"))
    for part in parts:
        writer.line(part, indent=2)


def _ledger(writer: _Writer, dossier: Dossier) -> None:
    figures = dossier.incident.figures
    if not figures:
        return
    page = writer.page
    page.heading(writer.ui("figures"), writer.ui("figures_note"), beside=f"· {writer.ui('policy')}: {figures[0].policy}")
    quotes = {one.claim: one.quote for one in dossier.words}
    reports = {line.sha256: line for line in dossier.reports}
    for figure in figures:
        page.blank()
        page.add(
            Piece(writer.say("effect", figure.effect), "date"),
            Piece(_crowd(writer, figure)),
            Piece(span_of(figure.low, figure.best, figure.high), "strong"),
            Piece(f"· {figure.families} {writer.ui('families')}", "dim"),
            indent=2,
            hang=6,
        )
        for added in figure.sums:
            page.add(Piece(added), indent=6)
        for use in figure.uses:
            line = reports.get(use.report)
            who = writer.actor(use.source) if use.source else _outlet(line)
            number = span_of(use.low, use.best, use.high)
            page.add(
                Piece(use.day or writer.ui("undated"), "dim"),
                Piece(number, "strong" if use.used else "dim"),
                Piece(who, "" if use.used else "dim", isolate=has_arabic(who)),
                Piece(f"· {writer.ui('used' if use.used else 'aside')}: {writer.say('why', use.why)}", "dim"),
                indent=4,
                hang=8,
            )
            if use.claim in quotes:
                room = max(16, page.width - 12)
                page.add(Piece(f"«{shorten(quotes[use.claim], room)}»", "quote" if use.used else "dim", isolate=True), indent=8)


def _crowd(writer: _Writer, figure: Figure) -> str:
    parts = [writer.ui("everybody") if figure.status in ("mixed", "unknown") else writer.say("status", figure.status)]
    parts += [writer.say("demographic", d) for d in figure.demographic]
    parts += [writer.actor(figure.side)] if figure.side else []
    return ("، " if writer.lang == "ar" else ", ").join(parts)


def _outlet(line: ReportLine | None) -> str:
    return (line.outlet or line.id) if line else "?"


def _curve(writer: _Writer, dossier: Dossier) -> None:
    """The tolls that changed over time, a line for each source and crowd."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for point in dossier.incident.curve:
        crowd = writer.ui("everybody") if point.status in ("mixed", "unknown") else writer.say("status", point.status)
        side = f", {writer.actor(point.side)}" if point.side else ""
        key = (point.effect, crowd + side, point.source)
        rows.setdefault(key, []).append(f"{(point.day or '?')[5:]}: {span_of(point.low, point.best, point.high)}")
    moving = {key: steps for key, steps in rows.items() if len(steps) > 1}
    if not moving:
        return
    writer.page.heading(writer.ui("curve"))
    for (effect, crowd, source), steps in moving.items():
        name = writer.actor(source)
        writer.page.add(
            Piece(writer.say("effect", effect), "date"), crowd, Piece(f"· {name}", "dim", isolate=has_arabic(name)), indent=2, hang=6
        )
        writer.page.add("  ".join(steps), indent=6, hang=6)


def _conflicts(writer: _Writer, incident: Incident) -> None:
    if incident.conflicts:
        writer.page.heading(writer.ui("conflicts"))
    for conflict in incident.conflicts:
        note = conflict.note_ar if writer.lang == "ar" else conflict.note
        writer.page.add(Piece(writer.say("conflict_kind", conflict.kind), "alarm"), indent=2)
        writer.page.add(Piece(note, isolate=has_arabic(note)), indent=4, hang=6)


def _told_by(writer: _Writer, dossier: Dossier) -> None:
    writer.page.heading(writer.ui("told_by"))
    for line in dossier.reports:
        title = shorten(line.title or line.id, 60)
        writer.page.add(
            Piece(line.published or writer.ui("undated"), "dim"),
            Piece(_outlet(line), isolate=has_arabic(_outlet(line))),
            Piece(title, isolate=has_arabic(title)),
            Piece(f"· {writer.ui('reprint')}" if line.family != line.sha256 else "", "warning"),
            Piece(f"[{line.sha256[:12]}]", "dim"),
            indent=2,
            hang=6,
        )


def _twins(writer: _Writer, dossier: Dossier) -> None:
    """Pairs for review, with their terms."""
    if dossier.incident.possibly:
        writer.page.heading(writer.ui("possibly"))
    own = set(dossier.incident.events)
    for pair in dossier.incident.possibly:
        other = pair.other if pair.one in own else pair.one
        terms = ", ".join(
            f"{writer.say('term', term.what)}: {writer.say('outcome', term.outcome)} {term.weight:+.1f}" for term in pair.terms
        )
        writer.page.add(Piece(other, "strong"), f"{pair.weight:+.1f} {writer.ui('bits')}", Piece(f"({terms})", "dim"), indent=2, hang=6)


def render_hits(hits: Sequence[Found], *, width: int = 80, colour: bool = False, isolates: bool = False, lang: Language = "en") -> str:
    """What a search found: each report with the words around its first hit."""
    writer = _Writer(width=width, colour=colour, isolates=isolates, lang=lang)
    if not hits:
        writer.page.add(writer.ui("no_hits"))
    for hit in hits:
        report = hit.report
        title = shorten(report.title or report.id, 80)
        outlet = report.outlet or ""
        writer.page.add(
            Piece(report.published or writer.ui("undated"), "date"),
            Piece(outlet, isolate=has_arabic(outlet)),
            Piece(title, "strong", isolate=has_arabic(title)),
            Piece(f"[{report.sha256[:12]}]", "dim"),
            hang=4,
        )
        for span in list(hit.spans)[:1]:
            before, after = report.text[max(0, span.start - 40) : span.start], report.text[span.start : span.end + 2 * writer.page.width]
            start = before.find(" ") + 1 if " " in before else 0
            writer.page.add(Piece(f"…{shorten(before[start:] + after, writer.page.width - 8)}", "quote", isolate=True), indent=4)
    return writer.page.text()
