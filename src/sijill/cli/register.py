"""Commands of a register: add, incidents, show, search, judge, undo, rebuild, verify, export."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, get_args

import click

from sijill.cli.common import cli, escaped, opened, terminal
from sijill.errors import InputError, StoreError

if TYPE_CHECKING:
    from sijill.register import Register
    from sijill.store import IncidentFilter

__all__ = [
    *("add", "incidents", "judge", "rebuild", "score", "search", "show", "undo", "verify"),
    *("by_option", "filter_of", "filters", "lang_option", "of_a_register", "opened_register", "policy_option", "put_json", "told"),
]

_SOME_FAILED = 3
_NOT_IN_ORDER = 1

_DEFAULT = "register.sijill"


def of_a_register(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command of a register."""
    command = click.option("--json", "as_json", is_flag=True, help="For machines: JSON instead of text.")(command)
    return click.option(
        "--register",
        "location",
        metavar="FILE|URL",
        envvar="SIJILL_REGISTER",
        default=_DEFAULT,
        show_default=True,
        help="The register: a file, or a postgresql:// address. Also SIJILL_REGISTER.",
    )(command)


policy_option = click.option(
    "--policy", default="default", show_default=True, help="How figures are reconciled: default, ucdp, acled, official, source:ID."
)
lang_option = click.option("--lang", type=click.Choice(["en", "ar"]), default="en", help="Language of the labels.")
by_option = click.option("--by", envvar="SIJILL_USER", help="Who decides; kept with the judgement. Also SIJILL_USER.")


@contextlib.contextmanager
def opened_register(location: str, *, make: bool = False, **options: Any) -> Iterator[Register]:
    """The register at a location; one that is to be asked must be there."""
    if not make and "://" not in location and not os.path.exists(location):
        raise StoreError(f"there is no register {location}; make one with: sijill add SOURCE --register {location}")
    from sijill.register import Register

    with Register(location, **options) as register:
        yield register


@contextlib.contextmanager
def told() -> Iterator[Callable[[str, int, int], None] | None]:
    """Progress on a terminal, in one line that is written over; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return

    def tell(what: str, done: int, of: int) -> None:
        share = f" of {of:,}" if of else ""
        click.echo(f"\r\x1b[K{what} {done:,}{share}", nl=False, err=True)

    try:
        yield tell
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)


def put_json(value: Any) -> None:
    """A record, or a list of them, as JSON."""
    import msgspec

    with opened(None) as out:
        on_terminal = out.isatty()
        text = msgspec.json.format(msgspec.json.encode(value), indent=2 if on_terminal else 0).decode() + "\n"
        out.write((escaped(text) if on_terminal else text).encode())


# --- add -------------------------------------------------------------------------------------------------------------


@cli.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@of_a_register
@click.option("--outlet", help="Who published the reports, where they do not say.")
@click.option("--published", metavar="DATE", help="Day of publication, YYYY-MM-DD, where they do not say.")
@click.option("--encoding", help="What texts, pages and tables are written in, where they do not say.")
@click.option("--follow/--no-follow", default=True, help="Fetch the pages of a feed's items, or take what the feed itself has.")
@click.option("--allow-private", is_flag=True, help="Also fetch from addresses of the machine's own network.")
@click.option("--originals/--no-originals", default=True, help="Keep the bytes that the reports came from.")
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read.")
@by_option
def add(
    sources: tuple[str, ...],
    location: str,
    as_json: bool,
    outlet: str | None,
    published: str | None,
    encoding: str | None,
    follow: bool,
    allow_private: bool,
    originals: bool,
    workers: int,
    by: str | None,
) -> None:
    """Add what lies at each SOURCE: a file (text, HTML, PDF, DOCX, CSV, JSON lines, feed, WARC), a folder, or an address.

    What is there already is left as it is; what cannot be read is named, and the rest goes on. The exit code is then 3.
    """
    from sijill.register.adding import AddOptions

    fetcher = None
    if any(source.lower().startswith(("http://", "https://")) for source in sources):
        from sijill.ingest.fetch import Fetcher

        fetcher = Fetcher(allow_private=allow_private)
    options = AddOptions(outlet=outlet, published=published, encoding=encoding, fetcher=fetcher, follow=follow, originals=originals)
    with opened_register(location, make=True, by=by or "sijill", workers=workers) as register, told() as tell:
        summary = register.add(*sources, options=options, progress=tell)
    if as_json:
        put_json(summary)
    else:
        from sijill.export.html import shown

        for failed in summary.failed:
            click.echo(shown(f"failed: {failed.location}: {failed.error}"), err=True)
        for warning in summary.warnings:
            click.echo(shown(f"note: {warning}"), err=True)
        passed = f", {summary.skipped} passed over" if summary.skipped else ""
        unread = f" ({summary.unread} not in Arabic: kept, not read)" if summary.unread else ""
        click.echo(f"{summary.added} added{unread}, {summary.there} already there{passed}, {len(summary.failed)} failed")
    if summary.failed:
        sys.exit(_SOME_FAILED)


# --- ask -------------------------------------------------------------------------------------------------------------


def filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that say which incidents."""
    for option in (
        click.option("--text", help="Words that a report of the incident holds."),
        click.option("--contradicted", is_flag=True, help="Only those with contradictions."),
        click.option("--parts/--no-parts", default=True, help="With or without incidents that are parts of others."),
        click.option("--source", help="An outlet, or who gives a figure."),
        click.option("--injured", type=int, metavar="N", help="At least so many injured (best)."),
        click.option("--killed", type=int, metavar="N", help="At least so many killed (best)."),
        click.option("--country", metavar="CODE", help="Two letters, as SY."),
        click.option("--kind", help="A kind of event, as air_strike."),
        click.option("--actor", help="The id of a doer or target, as sdf."),
        click.option("--place", help="A name in Arabic or English, or an id."),
        click.option("--undated", is_flag=True, help="With --since or --until: also those whose day is unknown."),
        click.option("--until", metavar="DATE", help="May have happened on or before this day."),
        click.option("--since", metavar="DATE", help="May have happened on or after this day."),
    ):
        command = option(command)
    return command


def filter_of(given: dict[str, Any]) -> IncidentFilter:
    from sijill.records import EventKind
    from sijill.store import IncidentFilter

    kind = given.get("kind")
    if kind is not None and kind not in get_args(EventKind):
        raise InputError(f"there is no kind {kind!r}; one of {', '.join(get_args(EventKind))}")
    conflicts = True if given.pop("contradicted", False) else None
    return IncidentFilter(conflicts=conflicts, **given)


@cli.command()
@of_a_register
@filters
@click.option("--sort", type=click.Choice(["date", "harm", "reports"]), default="date", show_default=True)
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.option("--after", metavar="NEXT", help="Go on after a page: its «next».")
@lang_option
def incidents(location: str, as_json: bool, sort: Any, limit: int, after: str | None, lang: Any, **given: Any) -> None:
    """List incidents, the latest first."""
    where = filter_of(given)
    with opened_register(location) as register, told() as tell:
        register.settle(progress=tell)
        page = register.incidents(where, sort=sort, limit=limit, after=after)
    if as_json:
        put_json(page)
        return
    from sijill.export.incidents import render_list

    with opened(None) as out:
        out.write(render_list(page.incidents, lang=lang, **terminal(out)).encode("utf-8", "backslashreplace"))
    if page.next:
        click.echo(f"more: --after {page.next}", err=True)


@cli.command()
@click.argument("id")
@of_a_register
@policy_option
@lang_option
def show(id: str, location: str, as_json: bool, policy: str, lang: Any) -> None:
    """Show an incident (inc-…), with its ledger, toll, contradictions and the words behind each number; or a claim, or a report."""
    with opened_register(location, policy=policy) as register, told() as tell:
        register.settle(progress=tell)
        dossier = register.dossier(id, policy=policy)
    if as_json:
        put_json(dossier)
        return
    from sijill.export.incidents import render_dossier

    with opened(None) as out:
        out.write(render_dossier(dossier, lang=lang, **terminal(out)).encode("utf-8", "backslashreplace"))


@cli.command()
@click.argument("query")
@of_a_register
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True)
@click.option("--after", metavar="NEXT", help="Go on after a page.")
def search(query: str, location: str, as_json: bool, limit: int, after: str | None) -> None:
    """Find reports by their words, whatever their spelling: «...» for a phrase, -word for none of it, OR between words."""
    with opened_register(location) as register:
        hits = register.search(query, limit=limit, after=after)
    if as_json:
        put_json(hits)
        return
    from sijill.export.incidents import render_hits

    with opened(None) as out:
        out.write(render_hits(hits.hits, **terminal(out)).encode("utf-8", "backslashreplace"))
    if hits.next:
        click.echo(f"more: --after {hits.next}", err=True)


# --- judge -----------------------------------------------------------------------------------------------------------


@cli.command()
@click.argument("decision", type=click.Choice(["same", "different", "unsure", "accept", "reject", "edit"]))
@click.argument("subject")
@click.argument("other", required=False)
@of_a_register
@click.option("--field", help="With edit: the field that is set.")
@click.option("--value", help="With edit: its value, as JSON, or as plain text.")
@click.option("--note", help="Why.")
@by_option
def judge(
    decision: Any,
    subject: str,
    other: str | None,
    location: str,
    as_json: bool,
    field: str | None,
    value: str | None,
    note: str | None,
    by: str | None,
) -> None:
    """Keep a decision: two events or incidents are the same or different; a claim is accepted, rejected, or a field of it edited."""
    with opened_register(location, by=by or "sijill") as register:
        said = register.judge(decision, subject, other, field=field, value=_value(value), note=note)
    if as_json:
        put_json(said)
    else:
        click.echo(f"kept as {said[0].id}; take it back with: sijill undo {said[0].id}")


def _value(written: str | None) -> Any:
    if written is None:
        return None
    try:
        return json.loads(written)
    except ValueError:
        return written


@cli.command()
@click.argument("id")
@of_a_register
@click.option("--note", help="Why.")
@by_option
def undo(id: str, location: str, as_json: bool, note: str | None, by: str | None) -> None:
    """Take back the judgement ID; both stay in the register."""
    with opened_register(location, by=by or "sijill") as register:
        taken = register.undo(id, note=note)
    if as_json:
        put_json(taken)
    else:
        click.echo(f"{id} is taken back")


@cli.command("score")
@of_a_register
@click.option("--most", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many rules and words to list.")
def score(location: str, as_json: bool, most: int) -> None:
    """Hold the reader against what reviewers accepted, corrected and left out; list the rules and words behind the most corrections."""
    with opened_register(location) as register:
        found = register.score(most=most)
    if as_json:
        put_json(found)
        return
    if not found.claims:
        click.echo("nobody has judged a claim yet; do so with: sijill judge accept CLAIM, or on the desk")
        return
    click.echo(f"{'':<34}{'judged':>8}{'right':>8}{'corrected':>11}{'left out':>10}{'precision':>11}")
    for row in found.claims:
        name = row.what if " " not in row.what else "  " + row.what.partition(" ")[2]
        share = "" if row.precision is None else f"{row.precision:.2f}"
        click.echo(f"{name:<34}{row.judged:>8}{row.right:>8}{row.corrected:>11}{row.rejected:>10}{share:>11}")
    if found.fields:
        click.echo("\ncorrected fields: " + ", ".join(f"{field} {count}" for field, count in found.fields.items()))
    for title, rows in (("rules", found.rules), ("words", found.words)):
        if rows:
            click.echo(f"\n{title} behind what was wrong (wrong of judged)")
        for one in rows:
            click.echo(f"  {one.wrong} of {one.judged}  {one.name}" + (f"  ({one.origin})" if one.origin else ""))


# --- care ------------------------------------------------------------------------------------------------------------


@cli.command()
@of_a_register
@click.option("--read", "anew", is_flag=True, help="Read every report anew first, with this version of sijill.")
@policy_option
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read.")
def rebuild(location: str, as_json: bool, anew: bool, policy: str, workers: int) -> None:
    """Make families, incidents and figures anew from what is kept. Ids of incidents stay."""
    with opened_register(location, policy=policy, workers=workers) as register, told() as tell:
        register.rebuild(read=anew, progress=tell)
        counts = register.count()
    if as_json:
        put_json(counts)
    else:
        click.echo(f"{counts.incidents:,} incidents of {counts.reports:,} reports")


@cli.command()
@of_a_register
def verify(location: str, as_json: bool) -> None:
    """Check every hash, every quote and the audit log. The exit code is 1 where something is wrong."""
    with opened_register(location) as register, told() as tell:
        found = register.verify(progress=None if tell is None else (lambda done: tell("reports", done, 0)))
    if as_json:
        put_json(found)
    else:
        from sijill.export.html import shown

        for problem in found.problems:
            click.echo(shown(f"{problem.what} {problem.subject}: {problem.note}"))
        click.echo(f"all in order; head of the log {found.head}" if found.ok else f"{len(found.problems)} problems", err=not found.ok)
    if not found.ok:
        sys.exit(_NOT_IN_ORDER)
