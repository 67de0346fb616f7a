"""A request to the desk: of which register it asks, and in whose name."""

from __future__ import annotations

from typing import Any

from litestar import Request

from sijill.desk.rights import Person
from sijill.register import Register

__all__ = ["Asking", "name_of", "register_of"]

Asking = Request[Any, Any, Any]
"""A request to the desk."""


def register_of(request: Asking) -> Register:
    """The register that the desk is of."""
    register: Register = request.app.state["register"]
    return register


def name_of(request: Asking) -> str:
    """The name under which decisions of who asks are kept."""
    person: Person = request.scope["user"]
    return person.name
