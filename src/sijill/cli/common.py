"""The group of all commands, and what they share: errors in one line, where output goes, what a terminal can show."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
from collections.abc import Iterator
from typing import IO, Any

import click

from sijill.errors import SijillError

__all__ = ["cli", "escaped", "opened", "terminal"]


class _Failure(click.ClickException):
    """An error of ours in one line on standard error."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        from sijill.export.html import shown

        click.echo(f"sijill: {shown(self.message)}", file=file or sys.stderr)


class _Commands(click.Group):
    """A group whose commands may raise `SijillError`."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SijillError as wrong:
            raise _Failure(str(wrong)) from wrong


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        import sijill

        click.echo(f"sijill {sijill.__version__}")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def cli() -> None:
    """Read conflict reports, Arabic first. Every value points at the words it came from."""


_UNPRINTED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def escaped(text: str) -> str:
    """JSON with the controls escaped that it allows as they are, and that a terminal would obey."""
    return _UNPRINTED.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def terminal(out: IO[bytes]) -> dict[str, Any]:
    """How wide to write, and whether colours and isolates are wanted: on a terminal only."""
    on_terminal = out.isatty()
    colour = on_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return {"width": shutil.get_terminal_size((80, 24)).columns, "colour": colour, "isolates": on_terminal}


@contextlib.contextmanager
def opened(output: str | None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that takes its name only when it is complete; a device or pipe is written to directly."""
    if output is None or output == "-":
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    from sijill.export.files import written

    with written(output) as file:
        yield file
