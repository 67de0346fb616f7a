"""Commands that read one report or many: `read`, `explain`, `demo`, `lexicon check`."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING

import click

from sijill.cli.common import cli, escaped, opened, terminal
from sijill.errors import InputError

if TYPE_CHECKING:
    from sijill.export.pretty import Language
    from sijill.ingest.jsonl import JsonLines
    from sijill.records import Reading, Report

__all__ = ["check", "demo", "explain", "lexicon", "read"]

_FORMATS = click.Choice(["pretty", "json", "html"])
_SOME_LINES_FAILED = 3


# --- read ------------------------------------------------------------------------------------------------------------


@cli.command()
@click.argument("file")
@click.option("--published", metavar="DATE", help="Day of publication, YYYY-MM-DD; relative dates are counted from it.")
@click.option("--outlet", help="Who published the report.")
@click.option("--title", help="The report's headline.")
@click.option("--id", "name", help="What to call the report; by default the file's name up to the first dot.")
@click.option("--format", "form", type=_FORMATS, help="pretty for people (the default), json, or one self-contained html page.")
@click.option("--mentions", is_flag=True, help="In JSON, also list every date, quantity, place and actor named.")
@click.option("--indent", is_flag=True, help="Spread JSON over several lines, as is done on a terminal.")
@click.option("--lang", type=click.Choice(["en", "ar"]), default="en", help="Language of the pretty output's labels.")
@click.option(
    "--encoding", type=click.Choice(["utf-8", "utf-16", "windows-1256", "iso-8859-6"]), help="What the file is written in, if not UTF-8."
)
@click.option("--jsonl", is_flag=True, help="The input is lines of JSON, whatever its name.")
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read lines of JSON.")
@click.option("-o", "--output", metavar="FILE", help="Write to a file; it appears only when it is complete.")
def read(
    file: str,
    published: str | None,
    outlet: str | None,
    title: str | None,
    name: str | None,
    form: str | None,
    mentions: bool,
    indent: bool,
    lang: Language,
    encoding: str | None,
    jsonl: bool,
    workers: int,
    output: str | None,
) -> None:
    """Read the report in FILE (- for standard input).

    A FILE of JSON lines (.jsonl, .jsonl.gz; objects with id, text, and if known title, published, outlet, url) gives one reading a
    line, in order; a line that cannot be read gives {"id", "line", "error"}, and the exit code is then 3.
    """
    from sijill.ingest.jsonl import is_json_lines

    if jsonl or is_json_lines(file):
        own = {"--published": published, "--outlet": outlet, "--title": title, "--id": name, "--encoding": encoding}
        _refuse_for_lines(form, own)
        _read_lines(file, workers=workers, mentions=mentions, output=output)
        return
    from sijill.ingest.text import read_report

    _check_date(published)
    report = read_report(file, encoding=encoding, id=name, title=title, outlet=outlet, published=published)
    reading = _read_one(report, mentions)
    with opened(output) as out:
        _write_reading(out, report, reading, form=form or "pretty", indent=indent, lang=lang)


def _read_one(report: Report, mentions: bool) -> Reading:
    if mentions:
        from sijill.mentions import read_with_mentions

        return read_with_mentions(report)
    from sijill.pipeline import read as read_report

    return read_report(report)


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _check_date(published: str | None) -> None:
    """Refuse what is not written YYYY-MM-DD, before anything else is done."""
    if published is not None:
        from sijill.errors import DateError
        from sijill.pipeline import parse_date

        if not _DATE.fullmatch(published):
            raise DateError(f"{published!r} is not a date; write it as YYYY-MM-DD, for example 2022-02-02")
        parse_date(published)


def _write_reading(out: IO[bytes], report: Report, reading: Reading, *, form: str, indent: bool, lang: Language) -> None:
    on_terminal = out.isatty()
    if form == "json":
        from sijill.records import to_json

        text = to_json(reading, indent=2 if indent or on_terminal else 0) + "\n"
        text = escaped(text) if on_terminal else text
    elif form == "html":
        from sijill.export.html import render as to_html

        text = to_html(report, reading)
    else:
        from sijill.export.pretty import render as to_text

        text = to_text(report, reading, lang=lang, **terminal(out))
    out.write(text.encode("utf-8", "backslashreplace"))


# --- lines of JSON ---------------------------------------------------------------------------------------------------


def _refuse_for_lines(form: str | None, own: dict[str, str | None]) -> None:
    if form not in (None, "json"):
        raise InputError(f"JSON lines are read into JSON lines; leave out --format {form}, or give one report as a text file")
    for option, value in own.items():
        if value is not None:
            raise InputError(f"{option} is for one report; JSON lines carry their own fields")


def _read_lines(file: str, *, workers: int, mentions: bool, output: str | None) -> None:
    from sijill.batch.local import read_lines
    from sijill.ingest.jsonl import JsonLines, LineError
    from sijill.memory import seldom_collected
    from sijill.records import to_json

    count = failed = 0
    with seldom_collected(), JsonLines(file) as lines, opened(output) as out, _progress(lines, file) as moved:
        for found in read_lines(lines, workers=workers, mentions=mentions):
            count += 1
            failed += isinstance(found, LineError)
            out.write(to_json(found).encode() + b"\n")
            moved()
    if failed:
        lines_are = "line" if count == 1 else "lines"
        click.echo(f'sijill: {failed} of {count} {lines_are} could not be read; see their "error" in the output', err=True)
        sys.exit(_SOME_LINES_FAILED)


@contextlib.contextmanager
def _progress(lines: JsonLines, file: str) -> Iterator[Callable[[], None]]:
    """A bar on a terminal, moved on by what has been read of the file; nothing elsewhere."""
    size = os.path.getsize(file) if file != "-" and os.path.isfile(file) else 0
    if not (size and sys.stderr.isatty()):
        yield lambda: None
        return
    with click.progressbar(length=size, label="Reading", file=sys.stderr) as bar:
        yield lambda: bar.update(lines.position() - bar.pos)


# --- explain ---------------------------------------------------------------------------------------------------------


@cli.command()
@click.argument("file")
@click.option("--at", "offset", type=int, metavar="OFFSET", help="A code point of the text, counted from 0.")
@click.option("--id", "item", metavar="ID", help="A figure (f3), event (e1), place (p2) or actor of the reading.")
@click.option("--published", metavar="DATE", help="Day of publication, YYYY-MM-DD.")
@click.option("--encoding", type=click.Choice(["utf-8", "utf-16", "windows-1256", "iso-8859-6"]), help="What the file is written in.")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
def explain(file: str, offset: int | None, item: str | None, published: str | None, encoding: str | None, as_json: bool) -> None:
    """Show why the report in FILE was read as it was: at a place in its text, or for one item of its reading."""
    from sijill.explain import explain_item, explain_offset
    from sijill.export.explanation import render_explanation, render_item
    from sijill.ingest.text import read_report
    from sijill.records import to_json

    if (offset is None) == (item is None):
        raise InputError("name either a place in the text (--at 120) or an item of the reading (--id f1)")
    _check_date(published)
    report = read_report(file, encoding=encoding, published=published)
    with opened(None) as out:
        if item is not None:
            by_item = explain_item(report, item)
            text = to_json(by_item, indent=2) + "\n" if as_json else render_item(by_item, **terminal(out))
        else:
            by_place = explain_offset(report, offset or 0)
            text = to_json(by_place, indent=2) + "\n" if as_json else render_explanation(by_place, **terminal(out))
        out.write((escaped(text) if as_json and out.isatty() else text).encode("utf-8", "backslashreplace"))


# --- demo ------------------------------------------------------------------------------------------------------------


@cli.command()
@click.option("--format", "form", type=_FORMATS, default="pretty", show_default=True)
@click.option("--lang", type=click.Choice(["en", "ar"]), default="en", help="Language of the pretty output's labels.")
@click.option("-o", "--output", metavar="FILE", help="Write to a file.")
def demo(form: str, lang: Language, output: str | None) -> None:
    """Read the report that comes with sijill: the attack on the prison of Hasakah, January 2022."""
    from sijill.ingest.demo import demo_report
    from sijill.pipeline import read as read_report

    report = demo_report()
    with opened(output) as out:
        _write_reading(out, report, read_report(report), form=form, indent=False, lang=lang)
    if form == "pretty":
        click.echo("\nThe same as a page with text and map: sijill demo --format html -o demo.html")


# --- lexicon ---------------------------------------------------------------------------------------------------------


@cli.group()
def lexicon() -> None:
    """The words, names and rules that sijill reads by."""


@lexicon.command()
def check() -> None:
    """Check every data file and run the examples of every rule; each problem is shown with its file and line."""
    from sijill.check import check_data

    found = check_data()
    for problem in found.problems:
        click.echo(problem)
    if found.problems:
        click.echo(f"sijill: {len(found.problems)} problem{'s' if len(found.problems) > 1 else ''} in the data files", err=True)
        sys.exit(1)
    counts = found.counts
    click.echo(", ".join(f"{number:,} {what}" for what, number in counts.items()) + ": all in order")
