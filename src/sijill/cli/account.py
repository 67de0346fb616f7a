"""The commands of accounts: who may use a desk that a team shares. Each change is entered in the audit log with who made it."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from sijill.cli.common import cli
from sijill.cli.desk import user
from sijill.errors import InputError, StoreError

if TYPE_CHECKING:
    from sijill.desk.accounts import Team

__all__ = ["account"]

_ROLES = ("reader", "analyst", "editor", "admin")


def _of_a_register(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--register",
        "location",
        metavar="FILE|URL",
        envvar="SIJILL_REGISTER",
        default="register.sijill",
        show_default=True,
        help="The register: a file, or a postgresql:// address. Also SIJILL_REGISTER.",
    )(command)


_name = click.argument("name")
_role = click.option("--role", type=click.Choice(_ROLES), required=True, help="What the account may do; see docs/desk-team.md.")
_by = click.option("--by", envvar="SIJILL_USER", help="Who makes the change; kept in the audit log. Also SIJILL_USER.")
_stdin = click.option("--password-stdin", "piped", is_flag=True, help="Read the password from standard input, one line.")


@cli.group()
def account() -> None:
    """Accounts of those who share a register: add, list, role, password, close, reopen."""


@contextlib.contextmanager
def _team(location: str, *, make: bool = False) -> Iterator[Team]:
    if not make and "://" not in location and not os.path.exists(location):
        raise StoreError(f"there is no register {location}; give its place with --register")
    from sijill.desk.accounts import Team
    from sijill.register import Register

    with Register(location) as register:
        yield Team(register)


def _password(piped: bool) -> str:
    """A new password: asked twice without echo, or a line of standard input."""
    if not piped:
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    try:
        line = sys.stdin.buffer.readline(4096).decode()
    except UnicodeDecodeError as wrong:
        raise InputError("the password on standard input is not UTF-8") from wrong
    return line.rstrip("\r\n")


@account.command()
@_name
@_of_a_register
@_role
@_stdin
@_by
def add(name: str, location: str, role: str, piped: bool, by: str | None) -> None:
    """Make an account. Decisions are signed with NAME, so it cannot be changed later."""
    with _team(location, make=True) as team:
        made = team.add(name, role, _password(piped), by=by or user())
    click.echo(f"{made.name}: {made.role}")


@account.command("list")
@_of_a_register
@click.option("--json", "as_json", is_flag=True, help="For machines: JSON instead of text.")
def list_(location: str, as_json: bool) -> None:
    """List all accounts, closed ones too."""
    with _team(location) as team:
        accounts = team.accounts()
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode(accounts).decode())
        return
    for one in accounts:
        click.echo(f"{one.name}: {one.role}, since {one.created[:10]}{'' if one.active else ', closed'}")


@account.command()
@_name
@_of_a_register
@_role
@_by
def role(name: str, location: str, role: str, by: str | None) -> None:
    """Give an account another role; its sessions end."""
    with _team(location) as team:
        team.set_role(name, role, by=by or user())


@account.command()
@_name
@_of_a_register
@_stdin
@_by
def password(name: str, location: str, piped: bool, by: str | None) -> None:
    """Give an account another password; its sessions and tokens end."""
    with _team(location) as team:
        team.set_password(team.account(name).name, _password(piped), by=by or user())


@account.command()
@_name
@_of_a_register
@_by
def close(name: str, location: str, by: str | None) -> None:
    """Let nobody in by an account; its sessions and tokens end, what was decided under its name stays."""
    with _team(location) as team:
        team.close(name, by=by or user())


@account.command()
@_name
@_of_a_register
@_by
def reopen(name: str, location: str, by: str | None) -> None:
    """Let the owner of a closed account in again."""
    with _team(location) as team:
        team.reopen(name, by=by or user())
