"""Commands for very many reports: `batch read`, `batch resolve`, `batch load`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sijill.cli.common import cli
from sijill.cli.register import by_option, of_a_register, opened_register, put_json, told
from sijill.errors import InputError

if TYPE_CHECKING:
    from sijill.batch.resolving.run import Summary as Resolved
    from sijill.batch.run import Summary
    from sijill.batch.tasks import Engine

__all__ = ["batch", "load", "read", "resolve"]

_Command = TypeVar("_Command", bound=Callable[..., Any])

_SOME_FAILED = 3
_UNDONE = 2
_NAMED = 20


@cli.group()
def batch() -> None:
    """Very many reports: read and linked by all cores of a machine or by Spark, and gone on with after any end."""


_ENGINE = (
    click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True, help="Who does it."),
    click.option("--master", metavar="M", help="Of Spark: its address, or local[CORES,TRIES]; local[2,4] by default."),
    click.option("--workers", type=click.IntRange(1, 1024), help="Processes that work; by default one for each core."),
)


def engine_options(command: _Command) -> _Command:
    """The options that say who does the work."""
    for option in reversed(_ENGINE):
        command = option(command)
    return command


@batch.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.argument("output")
@engine_options
@click.option("--longest", type=click.IntRange(1), default=1_000_000, show_default=True, help="Characters of the longest text.")
@click.option("--seconds", type=click.FloatRange(0), default=60.0, show_default=True, help="The longest time for one report; 0: no limit.")
@click.option("--mentions", is_flag=True, help="Also a column with every date, quantity, place and actor named.")
@click.option("--texts", is_flag=True, help="Also a column with the texts, so that a register can be made of the output.")
@click.option("--anew", is_flag=True, help="Forget what the output holds, and read everything.")
@click.option("--json", "as_json", is_flag=True, help="For machines: JSON instead of text.")
def read(
    inputs: tuple[str, ...],
    output: str,
    engine: str,
    master: str | None,
    workers: int | None,
    longest: int,
    seconds: float,
    mentions: bool,
    texts: bool,
    anew: bool,
    as_json: bool,
) -> None:
    """Read every report of each INPUT into the folder OUTPUT, as Parquet: docs/batch.md says what its columns are.

    An INPUT is a file or a folder of .parquet, .jsonl, .jsonl.gz, .warc, .warc.gz or .wacz. What OUTPUT holds already is not read again,
    so after any interruption the same command goes on. Reports that cannot be read are rows that say why; the exit code is then 3.
    """
    _need_pyarrow()
    from sijill.batch.run import read_into
    from sijill.batch.stage import Options

    options = Options(longest=longest, seconds=seconds, mentions=mentions, texts=texts)
    with _engine(engine, master, workers) as chosen, told() as tell:
        summary = read_into(output, inputs, options, engine=chosen, anew=anew, progress=tell)
    _report(summary, as_json)


def _need_pyarrow() -> None:
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as wrong:
        raise InputError("reading at scale needs pyarrow; install it with: pip install 'sijill[parquet]'") from wrong


def _engine(name: str, master: str | None, workers: int | None, *, reading: bool = True) -> AbstractContextManager[Engine]:
    """What does the work: processes of this machine, or Spark. It ends with the block."""
    if name == "local":
        if master:
            raise InputError("--master is for Spark; add --engine spark, or leave it out")
        from sijill.batch.engine import in_workers

        return in_workers(workers or _cores(), reading=reading)
    if master and workers:
        raise InputError("--master says how many work; leave out --workers")
    from sijill.batch.spark import in_session

    return in_session(master or (f"local[{workers},4]" if workers else None))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _report(summary: Summary, as_json: bool) -> None:
    """Say what came of a run; leave with the exit code that it has."""
    from sijill.batch.outputs import not_read
    from sijill.batch.stage import NOT_READ

    count = sum(summary.rows.get(status, 0) for status in NOT_READ)
    if as_json:
        said = {name: getattr(summary, name) for name in ("output", "done", "there", "rows", "undone")}
        put_json({**said, "failed": list(not_read(summary.output, summary.files))})
    else:
        _say(summary, count)
    if summary.undone:
        sys.exit(_UNDONE)
    if count:
        sys.exit(_SOME_FAILED)


def _say(summary: Summary, count: int) -> None:
    from sijill.batch.outputs import not_read
    from sijill.export.html import shown

    for row in islice(not_read(summary.output, summary.files), _NAMED):
        click.echo(shown(f"{row['status']}: {row['place']}: {row['error']}"), err=True)
    if count > _NAMED:
        click.echo(f"… and {count - _NAMED:,} more; they are the rows with another status than read in {summary.output}", err=True)
    for problem in summary.undone:
        click.echo(shown(f"not done: {problem}"), err=True)
    rows = ", ".join(f"{number:,} {status.replace('_', ' ')}" for status, number in summary.rows.items()) or "no rows"
    click.echo(f"{rows}; {summary.done:,} parts written, {summary.there:,} there already")


# --- resolve ---------------------------------------------------------------------------------------------------------


@batch.command()
@click.argument("readings")
@click.argument("output")
@engine_options
@click.option("--policy", default="default", show_default=True, metavar="P", help="How numbers are reconciled, as for `sijill export`.")
@click.option("--anew", is_flag=True, help="Forget what the output holds, and make everything.")
@click.option("--json", "as_json", is_flag=True, help="For machines: JSON instead of text, with the seconds of each stage.")
def resolve(
    readings: str, output: str, engine: str, master: str | None, workers: int | None, policy: str, anew: bool, as_json: bool
) -> None:
    """Make incidents of what `batch read` has written to the folder READINGS: tables as Parquet, in the folder OUTPUT.

    Reprints are found, tellings linked, figures reconciled, as in a register. What OUTPUT holds already and new readings do not change is
    not made again; after any interruption the same command goes on.
    """
    _need_pyarrow()
    from sijill.batch.resolving.run import resolve_into
    from sijill.register.register import check_policy

    check_policy(policy)
    with _engine(engine, master, workers, reading=False) as chosen, told() as tell:
        summary = resolve_into(output, readings, chosen, policy=policy, anew=anew, progress=tell)
    if as_json:
        put_json(summary)
    else:
        click.echo(f"{_counted(summary.incidents, 'incident')} in {_counted(summary.reports, 'report')}; {_made(summary)}")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _made(summary: Resolved) -> str:
    steps = sum(stage.tasks for stage in summary.stages)
    done = sum(stage.done for stage in summary.stages)
    return f"{_counted(done, 'step')} done, {steps - done:,} done already"


# --- load ------------------------------------------------------------------------------------------------------------


@batch.command()
@click.argument("output")
@of_a_register
@by_option
def load(output: str, location: str, as_json: bool, by: str | None) -> None:
    """Put what `batch read --texts` has read into a register, and link it; nothing is read again."""
    _need_pyarrow()
    from sijill.batch.loading import check_loadable
    from sijill.batch.loading import load as load_into

    check_loadable(output)  # no register is made for what is not there
    with opened_register(location, make=True, by=by or "sijill") as register, told() as tell:
        loaded = load_into(output, register.keep, now=register.now())
        register.settle(progress=tell)
    if as_json:
        put_json(loaded._asdict())
    else:
        click.echo(f"{loaded.added:,} added, {loaded.there:,} already there, {loaded.without:,} rows without a reading")
