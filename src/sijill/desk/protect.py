"""What every answer carries for safety, and what keeps forms from being sent by pages of others."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any

from litestar.connection import ASGIConnection, Request
from litestar.datastructures import Cookie, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.exceptions import PermissionDeniedException
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from litestar.utils.scope.state import ScopeState

__all__ = ["FORM_COOKIE", "HEADERS", "JSON_ALONE", "Forms", "Headers", "bearer"]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
FORM_COOKIE = "csrftoken"
JSON_ALONE = "json_alone"
"""What a route says in its `opt` that takes no body of a type that forms send."""
_FORM_HEADER = "x-csrftoken"
_FORM_FIELD = "_csrf_token"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_SAFE = {"GET", "HEAD", "OPTIONS"}
_HALF = 64


def bearer(connection: ASGIConnection) -> str | None:  # type: ignore[type-arg]
    """The token that a program sends; None where there is none. A browser sends none by itself, and no page of others can make it."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


class Headers(ASGIMiddleware):
    """Sets the headers of safety on every answer, also on those that other middleware gives."""

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Pass the request on, and the answer back with its headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await next_app(scope, receive, with_headers)


class Forms(ASGIMiddleware):
    """Lets what changes something through only if it comes from a page of ours: it repeats a signed value that a cookie holds.

    A request with a bearer token needs none, for who asks is then told by that token alone and never by a cookie. Nor does one of
    nobody to a route that needs a right: it is refused anyway, before what it sends is read. A route of `JSON_ALONE` refuses every type
    of body that a form can have; what it takes, a browser sends from a page of others only after asking, and is not let.
    """

    def __init__(self, secret: str, *, secure: bool) -> None:
        self._secret = secret.encode()
        self._secure = secure

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Pass the request on. Raises `PermissionDeniedException` where the value is missing or not ours."""
        if scope["type"] != ScopeType.HTTP:
            await next_app(scope, receive, send)
            return
        request: Request[Any, Any, Any] = Request(scope, receive)
        kept = request.cookies.get(FORM_COOKIE, "")
        if request.method in _SAFE:
            # A cookie of an earlier run of the desk, signed with another secret, is replaced: forms would be refused for good.
            token = kept if self._is_ours(kept) else self._new()
            ScopeState.from_scope(scope).csrf_token = token
            await next_app(scope, receive, send if token == kept else self._setting(token, send))
            return
        opt = scope["route_handler"].opt
        refused_anyway = scope["user"] is None and opt.get("needs") is not None
        if not refused_anyway and bearer(request) is None and not opt.get(JSON_ALONE):
            sent = await _sent(request)
            if not self._is_ours(kept) or not hmac.compare_digest(sent.encode(), kept.encode()):
                raise PermissionDeniedException("this form is not of this desk, or too old; go back, load the page anew and send it again")
            ScopeState.from_scope(scope).csrf_token = kept
        await next_app(scope, receive, send)

    def _new(self) -> str:
        value = secrets.token_hex(_HALF // 2)
        return value + self._signature(value)

    def _is_ours(self, token: str) -> bool:
        return hmac.compare_digest(self._signature(token[:_HALF]).encode(), token[_HALF:].encode())

    def _signature(self, value: str) -> str:
        return hmac.new(self._secret, value.encode(), hashlib.sha256).hexdigest()

    def _setting(self, token: str, send: Send) -> Send:
        cookie = Cookie(key=FORM_COOKIE, value=token, path="/", httponly=True, samesite="strict", secure=self._secure)

        async def setting(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableScopeHeaders.from_message(message).add("set-cookie", cookie.to_header(header=""))
            await send(message)

        return setting


async def _sent(request: Request[Any, Any, Any]) -> str:
    in_header = request.headers.get(_FORM_HEADER)
    if in_header is not None:
        return in_header
    return str((await request.form()).get(_FORM_FIELD, "")) if request.content_type[0] in _FORMS else ""
