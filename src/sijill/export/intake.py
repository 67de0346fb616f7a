"""What came of taking in a data set, or would come of it, as plain text for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sijill.datasets.records import Intake, Problem
from sijill.export.html import shown, words
from sijill.export.terminal import Page, Piece
from sijill.text import has_arabic

__all__ = ["render_intake"]

_PROBLEMS, _KINDS = 20, 12
_COUNTS = (
    ("new", "new"),
    ("there", "there already"),
    ("changed", "changed: they take the place of earlier ones"),
    ("read_anew", "there, and read otherwise by this version"),
    ("left_out", "left out"),
    ("eventless", "without an event that has a kind here: kept as text"),
)


def render_intake(intake: Intake, *, command: str | None = None, width: int = 80, colour: bool = False, isolates: bool = False) -> str:
    """How many rows are what, what was not understood, what changes in the register, and the `command` that does it.

    >>> looked = Intake(dataset="ACLED", form="acled", applied=False, rows=1, new=1)
    >>> print(render_intake(looked, command="sijill import --apply a.csv"), end="")
    ACLED (acled), 1 row
      1 new
    no column and no cell was left unread
    nothing was changed; to take it in:
      sijill import --apply a.csv
    """
    page = Page(width=width, colour=colour, isolates=isolates)
    page.add(Piece(intake.dataset, "strong", isolate=has_arabic(intake.dataset)), f"({intake.form}), {_many(intake.rows, 'row')}")
    for field, told in _COUNTS:
        if count := getattr(intake, field):
            page.add(Piece(f"{count:,}", "strong"), told, indent=2)
    for decision, count in intake.decisions.items():
        page.add(Piece(f"{count:,}", "strong"), decision, indent=2)
    _not_understood(page, intake)
    _changes(page, intake)
    if intake.applied:
        return page.text()
    page.add("nothing was changed; to take it in:" if command else "nothing was changed")
    return page.text() + (f"  {shown(command)}\n" if command else "")  # in one line, to be copied


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _not_understood(page: Page, intake: Intake) -> None:
    if not intake.problems and not intake.unknown:
        page.add("no column and no cell was left unread")
        return
    if intake.unknown:
        page.add(Piece("columns without a meaning here (kept in the text of their rows)", "warning"))
    for column in intake.unknown:
        examples = ", ".join(column.examples)
        page.add(
            Piece(column.name, "strong", isolate=has_arabic(column.name)),
            Piece(f"({examples})" if examples else "", "dim"),
            indent=2,
            hang=4,
        )
    if intake.problems:
        page.add(Piece(f"{len(intake.problems) + intake.more_problems:,} not understood", "warning"))
    for why, count in _kinds(intake.problems):
        page.add(Piece(f"{count:,} times", "dim"), why, indent=2, hang=4)
    for problem in intake.problems[:_PROBLEMS]:
        _problem(page, problem)
    if len(intake.problems) > _PROBLEMS:
        page.add(Piece(f"… {len(intake.problems) - _PROBLEMS + intake.more_problems:,} more; all with --json", "dim"), indent=2)


def _kinds(problems: Iterable[Problem]) -> list[tuple[str, int]]:
    """What is wrong again and again, the most frequent first; a thing that happens once is told by itself."""
    counts = Counter((p.column or "", p.why) for p in problems)
    return [(f"{column}: {why}" if column else why, count) for (column, why), count in counts.most_common(_KINDS) if count > 1]


def _problem(page: Page, problem: Problem) -> None:
    where = f"line {problem.line}" + (f", {problem.column}" if problem.column else "")
    value = f"«{problem.value}»" if problem.value else ""
    page.add(
        Piece(f"{where}:", "dim"),
        Piece(value, isolate=has_arabic(value)),
        problem.why,
        Piece("(the row is left out)" if problem.left_out else "", "alarm"),
        indent=2,
        hang=4,
    )


def _changes(page: Page, intake: Intake) -> None:
    if not intake.incidents:
        return
    would = "" if intake.applied else "would "
    page.add(
        Piece(f"{intake.incidents_new:,}", "strong"),
        f"incidents {would}come new,",
        Piece(f"{intake.incidents_gained:,}", "strong"),
        f"that are there {would}get a claim more" if would else "that were there got a claim more",
    )
    for one in intake.incidents:
        rows = ", ".join(one.rows[:5]) + (" …" if len(one.rows) > 5 else "")
        page.add(
            Piece(one.first or "undated", "date"),
            Piece(words("event_kind", one.kind).en.striptags(), "strong"),
            Piece(f"· {one.place}" if one.place else "", isolate=has_arabic(one.place or "")),
            Piece(f"· {_many(one.reports, 'report')} beside {rows}", "dim", isolate=has_arabic(rows)),
            indent=2,
            hang=4,
        )
    more = intake.incidents_new + intake.incidents_gained - len(intake.incidents)
    if more > 0:
        page.add(Piece(f"… {more:,} more", "dim"), indent=2)
