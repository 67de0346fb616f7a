"""Commands for what others hold: import, compare."""

from __future__ import annotations

import os
import shlex
import tempfile
from typing import Any

import click

from sijill.cli.common import cli, opened, terminal
from sijill.cli.register import by_option, lang_option, of_a_register, opened_register, put_json, told
from sijill.errors import InputError, StoreError

__all__ = ["compare", "load"]

_GZIP = b"\x1f\x8b"
_form = click.option(
    "--as",
    "form",
    type=click.Choice(["acled", "ucdp", "hxl", "geojson", "incidents", "labelstudio"]),
    help="What FILE is, where its columns do not tell.",
)
_name = click.option("--name", help="Name of the data set; by default ACLED, UCDP GED or that of the file.")
_encoding = click.option("--encoding", help="What FILE is written in, where its bytes do not tell.")


@cli.command("import")
@click.argument("path", metavar="FILE")
@of_a_register
@_form
@_name
@_encoding
@click.option("--apply", is_flag=True, help="Take it in; without this, only say what would change.")
@by_option
def load(
    path: str,
    location: str,
    as_json: bool,
    form: str | None,
    name: str | None,
    encoding: str | None,
    apply: bool,
    by: str | None,
) -> None:
    """Take in FILE: a data set of others (ACLED, UCDP, HXL, GeoJSON, our own tables) or corrections made in Label Studio.

    Without --apply nothing is changed, and what would change is told. A whole register that `sijill export` wrote fills a new register.
    """
    if form is None and _is_packed(path):
        _fill(path, location, as_json)
        return
    options: dict[str, Any] = {"form": form, "name": name, "encoding": encoding, "apply": apply}
    if not apply and "://" not in location and not os.path.exists(location):
        with tempfile.TemporaryDirectory() as folder:
            intake = _taken_in(path, os.path.join(folder, "none.sijill"), by, options)
    else:
        intake = _taken_in(path, location, by, options)
    if as_json:
        put_json(intake)
        return
    from sijill.export.intake import render_intake

    with opened(None) as out:
        text = render_intake(intake, command=_command(path, location, form, name, encoding, by), **terminal(out))
        out.write(text.encode("utf-8", "backslashreplace"))


def _is_packed(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read(2) == _GZIP
    except OSError as wrong:
        raise InputError(f"cannot read {path}: {wrong.strerror or wrong}") from wrong


def _fill(path: str, location: str, as_json: bool) -> None:
    with opened_register(location, make=True) as register, told() as tell:
        count = register.load(path, progress=tell)
        counts = register.count()
    if as_json:
        put_json(counts)
    else:
        click.echo(f"{count:,} rows taken in: {counts.incidents:,} incidents of {counts.reports:,} reports")


def _taken_in(path: str, location: str, by: str | None, options: dict[str, Any]) -> Any:
    with opened_register(location, make=True, by=by or "sijill") as register, told() as tell:
        return register.take_in(path, progress=tell, **options)


def _command(path: str, location: str, form: str | None, name: str | None, encoding: str | None, by: str | None) -> str:
    """What takes it in, as it has to be typed."""
    given = (("--register", location), ("--as", form), ("--name", name), ("--encoding", encoding), ("--by", by))
    options = [part for option, value in given if value is not None for part in (option, value)]
    return shlex.join(["sijill", "import", path, *options, "--apply"])


@cli.command()
@click.argument("other", metavar="OTHER")
@of_a_register
@_form
@_name
@_encoding
@click.option("--out", "output", metavar="FILE.csv", help="Write a table of all matches and misses as well.")
@click.option("--most", type=click.IntRange(1, 100_000), default=50, show_default=True, help="How many of each to list.")
@lang_option
def compare(
    other: str,
    location: str,
    as_json: bool,
    form: str | None,
    name: str | None,
    encoding: str | None,
    output: str | None,
    most: int,
    lang: Any,
) -> None:
    """Hold a register against OTHER: a file of any form that import reads, another register, or the name of a data set taken in.

    Shows what both cover, which incidents are in both, what either lacks, and where the two differ. Nothing is changed.
    """
    if "://" not in location and not os.path.exists(location):
        raise StoreError(f"there is no register {location}; make one with: sijill add SOURCE --register {location}")
    with opened_register(location) as register:
        found = register.compare(other, form=form, name=name, encoding=encoding)
    from sijill.export.comparison import render_comparison, write_comparison

    if output is not None:
        with opened(output) as out:
            rows = write_comparison(found, out)
        click.echo(f"{rows:,} rows written to {output}", err=True)
    if as_json:
        put_json(found)
        return
    with opened(None) as out:
        out.write(render_comparison(found, lang=lang, most=most, **terminal(out)).encode("utf-8", "backslashreplace"))
