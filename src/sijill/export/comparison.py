"""A comparison of two sets of incidents as plain text for people, and as a table."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import IO, Literal

from sijill.datasets.compared import Comparison, Entry, Match, Party
from sijill.export.html import words
from sijill.export.incidents import span_of
from sijill.export.terminal import Page, Piece
from sijill.text import has_arabic

__all__ = ["render_comparison", "write_comparison"]

Language = Literal["en", "ar"]
_LISTED = 50
_VERDICTS = ("inside", "below", "above", "only ours", "only theirs", "neither")


def render_comparison(
    comparison: Comparison, *, width: int = 80, colour: bool = False, isolates: bool = False, lang: Language = "en", most: int = _LISTED
) -> str:
    """What both cover, how many match, how their numbers stand, then the pairs that differ and what either lacks, `most` of each.

    >>> from sijill.datasets.compared import Scope
    >>> empty = Comparison(ours=Party(name="register", incidents=0), theirs=Party(name="X", incidents=0), scope=Scope())
    >>> print(render_comparison(empty).splitlines()[0])
    COMPARISON
    """
    writer = _Writer(Page(width=width, colour=colour, isolates=isolates), lang, most)
    writer.head(comparison)
    writer.scope(comparison)
    writer.killed(comparison.matches)
    writer.matches("matched", comparison.matches)
    writer.matches("possibly", comparison.possibly)
    for title, entries in (("only_ours", comparison.only_ours), ("only_theirs", comparison.only_theirs)):
        writer.entries(title, entries)
    return writer.page.text()


class _Writer:
    """A page in one language."""

    def __init__(self, page: Page, lang: Language, most: int) -> None:
        self.page, self._lang, self._most = page, lang, most

    def say(self, key: str, group: str = "comparison") -> str:
        both = words(group, key)
        return (both.ar if self._lang == "ar" else both.en).striptags()

    def head(self, comparison: Comparison) -> None:
        self.page.heading(self.say("title"))
        for key, party in (("ours", comparison.ours), ("theirs", comparison.theirs)):
            self.page.add(Piece(f"{self.say(key)}:", "strong"), Piece(self._party(party), isolate=has_arabic(party.name)), hang=4)

    def _party(self, party: Party) -> str:
        days = f" · {party.first}/{party.last}" if party.first else ""
        countries = f" · {', '.join(party.countries)}" if party.countries else ""
        return f"{party.name} · {party.incidents:,} {self.say('incidents')}{days}{countries}"

    def scope(self, comparison: Comparison) -> None:
        scope = comparison.scope
        self.page.heading(self.say("scope"))
        if scope.first is None or not scope.countries:
            self.page.add(Piece(self.say("no_scope"), "warning"))
        else:
            self.page.add(Piece(f"{scope.first}/{scope.last}", "date"), f"· {', '.join(scope.countries)}")
        if scope.deaths_only:
            self.page.add(Piece(self.say("deaths_only"), "dim"))
        outside = f"{self.say('ours')} {scope.ours_outside:,} · {self.say('theirs')} {scope.theirs_outside:,}"
        self.page.add(Piece(f"{self.say('outside')}: {outside}", "dim"))
        for key, count in (
            ("matched", len(comparison.matches)),
            ("possibly", len(comparison.possibly)),
            ("only_ours", len(comparison.only_ours)),
            ("only_theirs", len(comparison.only_theirs)),
        ):
            self.page.add(f"{self.say(key)}:", Piece(f"{count:,}", "strong"))

    def killed(self, matches: Sequence[Match]) -> None:
        if not matches:
            return
        self.page.heading(self.say("killed"))
        counts = Counter(match.killed for match in matches)
        for key in _VERDICTS:
            if counts[key]:  # type: ignore[index]  # the keys are those of `Verdict`
                self.page.add(Piece(f"{counts[key]:,}", "strong"), self.say(key))  # type: ignore[index]

    def matches(self, title: str, matches: Sequence[Match]) -> None:
        if not matches:
            return
        self.page.heading(self.say(title), beside=f"{len(matches):,}")
        shown = sorted(matches, key=lambda match: (not match.differs, match.ours.first or "", match.ours.id))[: self._most]
        for match in shown:
            self._line(match.ours)
            for entry in match.theirs:
                self._line(entry, indent=4)
            told = [self._differs(what, match) for what in match.differs]
            self.page.add(Piece(f"{self.say('differs')}: {'; '.join(told)}" if told else "", "alarm"), indent=4)
        self._rest(len(matches) - len(shown))

    def _differs(self, what: str, match: Match) -> str:
        if what == "killed":
            return f"{self.say('killed', 'term')} ({self.say(match.killed)})"
        outcome = self.say(match.outcomes.get(what, ""), "outcome")
        away = f", {match.km:g} km" if what == "place" and match.km is not None else ""
        return f"{self.say(what, 'term')} ({outcome}{away})"

    def entries(self, title: str, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        self.page.heading(self.say(title), beside=f"{len(entries):,}")
        for entry in entries[: self._most]:
            self._line(entry)
        self._rest(len(entries) - self._most)

    def _rest(self, more: int) -> None:
        if more > 0:
            self.page.add(Piece(f"… {more:,} {self.say('more')}", "dim"))

    def _line(self, entry: Entry, *, indent: int = 0) -> None:
        days = entry.first or self.say("undated", "register")
        days = days if entry.last in (None, entry.first) else f"{days}/{entry.last}"
        place = (entry.place if self._lang == "ar" else entry.place_en or entry.place) or ""
        killed = "" if entry.best is None and entry.low is None else f"· {span_of(entry.low, entry.best, entry.high)} "
        self.page.add(
            Piece(days, "date"),
            Piece(self.say(entry.kind, "event_kind"), "strong"),
            Piece(f"· {place}" if place else "", isolate=has_arabic(place)),
            Piece(f"{killed}{self.say('killed', 'effect')}" if killed else ""),
            Piece(f"[{entry.id}]", "dim", isolate=has_arabic(entry.id)),
            indent=indent,
            hang=indent + 4,
        )


# --- as a table ---------------------------------------------------------------------------------------------------------

_SIDES = ("id", "kind", "first", "last", "place", "place_en", "country", "agents", "low", "best", "high")
_COLUMNS = (
    *("found", "weight", "killed", "differs", "days_between", "km"),
    *(f"ours_{name}" for name in _SIDES),
    "theirs_rows",
    *(f"theirs_{name}" for name in _SIDES),
)


def write_comparison(comparison: Comparison, out: IO[bytes]) -> int:
    """Write a table with a row for every match and for everything that either lacks. Returns how many rows there are.

    Of several rows of theirs the ids are joined by «;», the first stands for the others, and `theirs_best` is their sum.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\r\n", restval="")
    writer.writeheader()
    count = 0
    for row in _rows(comparison):
        writer.writerow({name: _cell(value) for name, value in row.items() if value is not None})
        count += 1
    out.write(text.getvalue().encode("utf-8-sig"))
    return count


def _rows(comparison: Comparison) -> Iterator[dict[str, object]]:
    for found, match in (*(("both", one) for one in comparison.matches), *(("possibly", one) for one in comparison.possibly)):
        theirs = _side("theirs", match.theirs[0]) | {
            "theirs_id": ";".join(entry.id for entry in match.theirs),
            "theirs_best": match.theirs_killed,
            "theirs_last": max(entry.last or "" for entry in match.theirs) or None,
            "theirs_rows": len(match.theirs),
        }
        yield {
            "found": found,
            "weight": match.weight,
            "killed": match.killed,
            "differs": ";".join(match.differs),
            "days_between": match.days,
            "km": match.km,
            **_side("ours", match.ours),
            **theirs,
        }
    for entry in comparison.only_ours:
        yield {"found": "only ours", **_side("ours", entry)}
    for entry in comparison.only_theirs:
        yield {"found": "only theirs", **_side("theirs", entry)}


def _side(side: str, entry: Entry) -> dict[str, object]:
    values = {name: getattr(entry, name) for name in _SIDES}
    return {f"{side}_{name}": ";".join(value) if isinstance(value, list) else value for name, value in values.items()}


def _cell(value: object) -> object:
    """A value as a cell: a text that a spreadsheet would take for a formula gets an apostrophe before it, as in our other tables."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
