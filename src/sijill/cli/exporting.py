"""Commands that hand on what a register holds: export, and the file of one incident."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from sijill.cli.common import cli
from sijill.cli.register import (
    by_option,
    filter_of,
    filters,
    lang_option,
    of_a_register,
    opened_register,
    put_json,
    told,
)
from sijill.errors import InputError
from sijill.export.forms import FORMS, REGISTER, TABLE_FORMS, form_by_name_of

if TYPE_CHECKING:
    from sijill.export.forms import Tally

__all__ = ["dossier", "export"]

_level = click.option(
    "--level",
    type=click.Choice(["full", "internal", "public"]),
    default="full",
    show_default=True,
    help="internal: without names of people and words of reports; public: without exact sites and addresses as well.",
)
_policy = click.option(
    "--policy", help="Reconcile figures by another policy (default, ucdp, acled, official, source:ID) than the register has them by."
)


@cli.command()
@click.argument("path", metavar="FILE")
@of_a_register
@filters
@click.option(
    "--format",
    "form",
    type=click.Choice([REGISTER, *TABLE_FORMS, *(form.name for form in FORMS)]),
    help="By default as the file's name ends.",
)
@click.option("--table", type=click.Choice(["incidents", "figures", "claims"]), default="incidents", help="Of csv, jsonl and parquet.")
@click.option("--readme/--no-readme", default=True, help="Write beside it what it holds, how it was made and what is lost, or do not.")
@_level
@_policy
@by_option
def export(
    path: str,
    location: str,
    as_json: bool,
    form: str | None,
    table: str,
    readme: bool,
    level: str,
    policy: str | None,
    by: str | None,
    **given: Any,
) -> None:
    """Write FILE: the whole register (.sijill.gz), or its incidents in another format, as the name ends or --format says.

    A file NAME.acled.csv holds rows of ACLED; NAME.ucdp.csv, NAME.plover.jsonl, NAME.csv, NAME.geojson, NAME.kml, NAME.ics, NAME.xlsx and
    more are known: docs/exchange.md lists them. Beside it stand files of the same name and .README.md and .about.html.
    """
    form = form or form_by_name_of(path)
    if form is None:
        raise InputError(f"what {path} is to be cannot be told by its name; give --format")
    where = filter_of(given)
    if form == REGISTER and any(value not in (None, False, True) for value in given.values()):
        raise InputError("a register is exported whole; leave out the filters, or take another format")
    with opened_register(location, by=by or "sijill") as register, told() as tell:
        tally = register.export(path, form=form, table=table, where=where, level=level, policy=policy, readme=readme, progress=tell)
    if as_json:
        put_json({"file": path, "format": form, "incidents": tally.incidents, "rows": tally.rows} | _counts(tally))
        return
    click.echo(f"{tally.rows:,} rows written to {path}")
    for what, counts in (("left out", tally.left_out), ("lost", tally.lost)):
        if counts:
            click.echo(f"{what}: {', '.join(f'{kind} {count:,}' for kind, count in _most(counts))}", err=True)


def _counts(tally: Tally) -> dict[str, dict[str, int]]:
    return {"left_out": dict(tally.left_out), "lost": dict(tally.lost)}


def _most(counts: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


@cli.command()
@click.argument("id")
@click.argument("path", metavar="FILE")
@of_a_register
@_level
@_policy
@lang_option
def dossier(id: str, path: str, location: str, as_json: bool, level: str, policy: str | None, lang: Any) -> None:
    """Write the file of an incident to FILE: a page (.html), a PDF (.pdf), or its evidence alone (.json).

    It holds every claim with its words, the texts with their hashes, decisions and method, and can be checked without sijill.
    """
    with opened_register(location) as register:
        sha256 = register.write_dossier(id, path, policy=policy, level=level, lang=lang)
    if as_json:
        put_json({"file": path, "sha256": sha256})
    else:
        click.echo(f"{path} written, SHA-256 {sha256}")
