"""The application: routes, who asks, and what every answer carries for safety."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from litestar import Litestar, Router
from litestar.concurrency import sync_to_thread
from litestar.config.allowed_hosts import AllowedHostsConfig
from litestar.config.compression import CompressionConfig
from litestar.connection import ASGIConnection, Request
from litestar.datastructures import CacheControlHeader, State
from litestar.exceptions import HTTPException, NotAuthorizedException
from litestar.middleware import ASGIMiddleware
from litestar.response import Redirect, Response
from litestar.static_files import create_static_files_router
from litestar.types import ASGIApp, Receive, Scope, Send

from sijill.desk import account_pages, api, openapi, pages, review, team
from sijill.desk.accounts import Team
from sijill.desk.answers import Refusal, refusal
from sijill.desk.protect import HEADERS, Forms, Headers
from sijill.desk.rights import ROLES, Person, guard
from sijill.errors import SijillError
from sijill.register import Register

__all__ = ["Who", "create_app", "only"]

_log = logging.getLogger(__name__)

Who = Callable[[ASGIConnection[Any, Any, Any, Any]], Person | None]
"""Tells who asks; None for nobody known."""

_LARGEST = 32 << 20
"""Bytes of a request's body."""


def only(name: str) -> Who:
    """Everybody who can reach the desk is one person with all rights: for a desk on one's own machine.

    >>> only("amal")(None).may("manage")
    True
    """
    person = Person(name=name, role="admin", rights=ROLES["admin"])
    return lambda connection: person


def create_app(
    register: Register,
    who: Who,
    *,
    shared: Team | None = None,
    rates: team.Rates | None = None,
    hosts: list[str] | None = None,
    secret: str | None = None,
    secure: bool = False,
) -> Litestar:
    """The desk of a register. `who` tells who asks: `only` one, or of a team that is `shared` each by `team.who`.

    A shared desk has pages to sign in and for accounts, and `rates` say how often each may ask.

    `hosts` are the names under which it may be addressed; any other is refused, so that no page of the web can reach a desk on the
    loopback address under a name of its own. `secret` signs what protects forms, `secure` keeps cookies to HTTPS.
    """
    here = Path(str(files("sijill.desk") / "static"))
    assets = Path(str(files("sijill.export") / "assets"))
    return Litestar(
        route_handlers=[
            # In a router, as Litestar 2.25 runs a handler wrongly that is registered by itself before another one of its path.
            Router("/", route_handlers=[*pages.HANDLERS, *review.HANDLERS, *(account_pages.HANDLERS if shared else [])]),
            api.router(register),
            create_static_files_router(
                "/static",
                directories=[here, assets],
                cache_control=CacheControlHeader(max_age=3600),
                opt={"needs": None},
                include_in_schema=False,
            ),
        ],
        guards=[guard],
        middleware=[
            Headers(),
            _Asking(who),
            *([rates or team.Rates()] if shared else []),
            Forms(secret or secrets.token_urlsafe(32), secure=secure),
        ],
        allowed_hosts=AllowedHostsConfig(allowed_hosts=hosts) if hosts else None,
        compression_config=CompressionConfig(backend="gzip", minimum_size=1000, gzip_compress_level=3),
        exception_handlers={SijillError: _told, HTTPException: _told, 500: _told},
        openapi_config=openapi.config(),
        request_max_body_size=_LARGEST,
        state=State({"register": register, "team": shared, "secure": secure}),
        logging_config=None,  # whoever starts the desk says what is logged, and where
        debug=False,
    )


class _Asking(ASGIMiddleware):
    """Puts who asks where the guard and the handlers look for it."""

    def __init__(self, who: Who) -> None:
        self._who = who

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Pass the request on. Files that everybody may have are given without asking: a page has several."""
        asks_nobody = scope["path"].startswith("/static/")
        scope["user"] = None if asks_nobody else await sync_to_thread(self._who, ASGIConnection(scope))
        await next_app(scope, receive, send)


def _told(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """An error as a page or as JSON, in one line; of what went wrong inside nothing is told."""
    if isinstance(error, NotAuthorizedException) and request.app.state["team"] and not _of_the_api(request):
        return Redirect(team.sign_in_path(request), status_code=303, headers=HEADERS)
    status, said = refusal(error)
    if status >= 500:
        _log.error("an error inside the desk", exc_info=error)
    headers = HEADERS | dict((error.headers or {}) if isinstance(error, HTTPException) else {})
    if not _of_the_api(request):
        answer: Response[Any] = pages.error_page(request, status, said)
    else:
        answer = Response(Refusal(error=said), status_code=status)
        if status == 401:
            headers["WWW-Authenticate"] = "Bearer"
    answer.headers.update(headers)
    return answer


def _of_the_api(request: Request[Any, Any, Any]) -> bool:
    return request.url.path.startswith("/api/")
