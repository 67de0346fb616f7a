"""The command that starts the desk."""

from __future__ import annotations

import contextlib
import getpass
import ipaddress
import socket
import webbrowser
from typing import TYPE_CHECKING

import click

from sijill.cli.common import cli
from sijill.errors import StoreError

if TYPE_CHECKING:
    from litestar import Litestar

    from sijill.register import Register

__all__ = ["desk", "user"]

_OWN = ("127.0.0.1", "::1")
_LOCAL = ("127.0.0.1", "localhost")


@cli.command()
@click.option(
    "--register",
    "--database",
    "location",
    metavar="FILE|URL",
    envvar="SIJILL_REGISTER",
    default="register.sijill",
    show_default=True,
    help="The register: a file, or a postgresql:// address. Also SIJILL_REGISTER.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="The port; 0 takes one that is free.")
@click.option("--open/--no-open", "show", default=True, help="Open the browser.")
@click.option("--by", envvar="SIJILL_USER", help="Who decides; kept with every judgement. Also SIJILL_USER.")
@click.option("--team", "shared", is_flag=True, help="For several people: each signs in with an account of the register.")
@click.option("--host", default=_LOCAL[0], show_default=True, help="The address to listen on; any but this machine's own needs --team.")
@click.option("--secure-cookies", "secure", is_flag=True, help="Keep cookies to HTTPS: give it wherever the desk is reached by HTTPS.")
def desk(location: str, port: int, show: bool, by: str | None, shared: bool, host: str, secure: bool) -> None:
    """Start the desk: pages to read, judge and correct a register, on this machine alone without a login, or for a team with one."""
    if not shared and not _is_loopback(host):
        raise StoreError(f"without --team everybody who reaches {host} may do everything; give --team, or leave --host out")
    import uvicorn

    from sijill.register import Register

    name = by or user()
    with contextlib.closing(_listening(host, port)) as listening, Register(location, by=name) as register:
        taken, shown = listening.getsockname()[1], f"[{host}]" if ":" in host else host
        app = _for_a_team(register, secure) if shared else _for_one(register, name, [shown, *_LOCAL], taken, secure)
        register.settle()
        address = f"http://{shown}:{taken}/"
        click.echo(f"the desk is at {address} (stop it with Ctrl-C)", err=True)
        if show and _is_loopback(host):
            webbrowser.open(address)
        # From the machine itself, where a server with HTTPS may stand before the desk, it is believed who asked that one.
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, proxy_headers=shared, forwarded_allow_ips=list(_OWN)
        )
        with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is how it is meant to end
            uvicorn.Server(config).run(sockets=[listening])


def _for_one(register: Register, name: str, hosts: list[str], port: int, secure: bool) -> Litestar:
    from sijill.desk.app import create_app, only

    return create_app(register, only(name), hosts=[f"{host}:{port}" for host in hosts], secure=secure)


def _for_a_team(register: Register, secure: bool) -> Litestar:
    """Names of hosts are not looked at: the desk may be reached by any, and a page of others gets no cookie of ours."""
    from sijill.desk.accounts import Team
    from sijill.desk.app import create_app
    from sijill.desk.team import who

    team = Team(register)
    if not any(account.active for account in team.accounts()):
        raise StoreError("nobody could sign in: make an account first, with: sijill account add NAME --role admin")
    return create_app(register, who(team), shared=team, secure=secure)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def user() -> str:
    """Who uses this machine, as it names them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a machine without names of users
        return "sijill"


def _listening(host: str, port: int) -> socket.socket:
    """A socket on an address of this machine."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)[0]
    except (OSError, UnicodeError) as wrong:
        raise StoreError(f"{host} is no address; give one of this machine with --host") from wrong
    family, kind, protocol, _, address = found
    # The protocol is named: only then are small answers sent at once, and not held back for 40 ms (Nagle's algorithm).
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
    except OSError as wrong:
        listening.close()
        said = "give another one with --port, or 0 for any that is free"
        raise StoreError(f"port {port} of {host} cannot be had ({wrong.strerror}); {said}") from wrong
    listening.listen(128)
    return listening
