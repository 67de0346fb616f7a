"""Who may do what: roles, the rights that each has, and the guard that every route names its right to."""

from __future__ import annotations

from typing import Literal, get_args

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from sijill.export.redact import Redaction
from sijill.records import Record

__all__ = ["LEVEL_NEEDS", "RIGHTS", "ROLES", "TOKEN_RIGHTS", "Person", "Right", "Role", "guard", "needs"]

Right = Literal["read", "judge", "edit", "manage", "own"]
"""To read; to judge claims and pairs; to add reports and export what is kept; to manage accounts; to change one's own account.

Whoever signed in to a desk of a team owns an account, whatever the role. No token does, nor who uses a desk without accounts.
"""
RIGHTS: tuple[Right, ...] = get_args(Right)

Role = Literal["reader", "analyst", "editor", "admin"]
ROLES: dict[Role, frozenset[Right]] = {
    "reader": frozenset({"read"}),
    "analyst": frozenset({"read", "judge"}),
    "editor": frozenset({"read", "judge", "edit"}),
    "admin": frozenset({"read", "judge", "edit", "manage"}),
}
TOKEN_RIGHTS: frozenset[Right] = frozenset({"read", "judge", "edit"})
"""What programs may be allowed. Accounts are managed by people: a token that was stolen must not make others."""

LEVEL_NEEDS: dict[Redaction, Right] = {"public": "read", "internal": "judge", "full": "edit"}
"""The right that an export at each level needs."""


class Person(Record, frozen=True, kw_only=True):
    """Who asks: under which name decisions are kept, and what is allowed."""

    name: str
    role: Role
    rights: frozenset[Right] = frozenset()

    def may(self, right: Right) -> bool:
        """Whether something is allowed.

        >>> Person(name="amal", role="analyst", rights=ROLES["analyst"]).may("judge")
        True
        """
        return right in self.rights


def needs(right: Right | None) -> dict[str, Right | None]:
    """What a route handler takes as `opt`: the right that it needs; None for a page that everybody may see.

    >>> needs("read")
    {'needs': 'read'}
    """
    return {"needs": right}


def guard(connection: ASGIConnection, handler: BaseRouteHandler) -> None:  # type: ignore[type-arg]
    """Let a request through if its person has the right that the route needs; a route that names none is refused to everybody.

    Raises `NotAuthorizedException` where nobody is known, `PermissionDeniedException` where the right is missing.
    """
    if "needs" not in handler.opt:
        raise PermissionDeniedException("no right is named for this route")
    right = handler.opt["needs"]
    if right is None:
        return
    person: Person | None = connection.scope.get("user")
    if person is None:
        raise NotAuthorizedException("sign in first")
    if not person.may(right):
        raise PermissionDeniedException(f"your role, {person.role}, does not include the right to {right}")
