"""A desk of a team: who asks, told by the cookie of a session or the token of a program; and how often each may ask."""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from litestar.connection import ASGIConnection
from litestar.exceptions import TooManyRequestsException
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from sijill.desk.accounts import Team
from sijill.desk.limits import Limit
from sijill.desk.protect import bearer
from sijill.desk.rights import Person

__all__ = ["COOKIE", "Rates", "address", "safe_next", "sign_in_path", "who"]

COOKIE = "sijill_session"
_A_MINUTE = 600


def who(team: Team) -> Callable[[ASGIConnection], Person | None]:  # type: ignore[type-arg]
    """What tells who asks. With a bearer token nobody looks at cookies, so that a bad one lets nobody in."""

    def tell(connection: ASGIConnection) -> Person | None:  # type: ignore[type-arg]
        token = bearer(connection)
        if token is not None:
            return team.by_token(token)
        session = connection.cookies.get(COOKIE)
        return team.by_session(session) if session else None

    return tell


def address(connection: ASGIConnection) -> str:  # type: ignore[type-arg]
    """From where a request comes. Behind a server on the same machine it is what that one says (see `cli.desk`).

    Of IPv6 it is the network, which one owner has as a whole: else there would be an address for every try.
    """
    host = connection.client.host if connection.client else "unknown"
    try:
        there = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(there, ipaddress.IPv4Address):
        return host
    return str(there.ipv4_mapped or ipaddress.IPv6Network((there, 64), strict=False).network_address)


class Rates(ASGIMiddleware):
    """Answers each person and each address so many times a minute, pages and the API counted apart; beyond that with 429."""

    def __init__(self, limit: Callable[[int, float], Limit] = Limit) -> None:
        self._limits = {kind: limit(_A_MINUTE, 60) for kind in ("page", "api")}

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Pass the request on. Raises `TooManyRequestsException` with the seconds to wait."""
        path: str = scope["path"]
        if not path.startswith("/static/"):
            limit = self._limits["api" if path.startswith("/api/") else "page"]
            person: Person | None = scope.get("user")
            wait = limit.take(f"address {address(ASGIConnection(scope))}") or (limit.take(f"person {person.name}") if person else 0)
            if wait:
                raise TooManyRequestsException("too many requests; slow down", headers={"Retry-After": str(max(1, math.ceil(wait)))})
        await next_app(scope, receive, send)


def sign_in_path(connection: ASGIConnection) -> str:  # type: ignore[type-arg]
    """Where whoever is not signed in goes first, and from there to the page that was asked for."""
    here = connection.url.path + (f"?{connection.url.query}" if connection.url.query else "")
    wanted = safe_next(here) if connection.scope["method"] in ("GET", "HEAD") else "/"  # type: ignore[typeddict-item]
    return "/sign-in" if wanted == "/" else f"/sign-in?next={quote(wanted, safe='')}"


def safe_next(path: str | None) -> str:
    """A path of this desk to go on to; the register for anything else, so that no link to the desk leads away from it.

    Browsers take `//host`, `/\\\\host` and `/<tab>/host` for other hosts.

    >>> safe_next("/incident/inc-1?a=b"), safe_next("//evil.example"), safe_next("/\\t/evil.example"), safe_next("/sign-out")
    ('/incident/inc-1?a=b', '/', '/', '/')
    """
    if not path or not path.startswith("/") or len(path) > 2000 or any(c in "\\" or not "\x20" < c < "\x7f" for c in path):
        return "/"
    try:
        parts = urlsplit(path)
    except ValueError:
        return "/"
    return "/" if parts.scheme or parts.netloc or path.startswith("//") or parts.path in ("/sign-in", "/sign-out") else path
