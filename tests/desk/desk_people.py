"""What the tests of a shared desk need: a clock that stands until it is set, people with passwords, and clients that are signed in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from litestar import Litestar
from litestar.testing import TestClient

from sijill.desk.accounts import Team
from sijill.desk.app import create_app
from sijill.desk.limits import Limit
from sijill.desk.passwords import Passwords
from sijill.desk.team import Rates, who
from sijill.register import Register

ROLES = ("reader", "analyst", "editor", "admin")
PASSWORD = "four dull grey horses"
OTHER = "seven loud green kettles"


class Clock:
    """Stands until it is set on; the register asks it for the time, and limits for the seconds."""

    def __init__(self) -> None:
        self.moment = datetime(2022, 2, 2, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def seconds(self) -> float:
        return self.moment.timestamp()

    def on(self, **by: float) -> None:
        self.moment += timedelta(**by)

    def limit(self, most: int, seconds: float) -> Limit:
        return Limit(most, seconds, clock=self.seconds)


def cheap() -> Passwords:
    """Passwords hashed in no time: how dear a hash is, is not what is tested."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


class Desk:
    """A shared desk with one account of each role, which is also its name."""

    def __init__(self, register: Register, clock: Clock) -> None:
        self.register, self.clock = register, clock
        self.team = Team(register, passwords=cheap(), limit=clock.limit)
        for role in ROLES:
            self.team.add(role, role, PASSWORD, by="root")
        self.app: Litestar = create_app(register, who(self.team), shared=self.team, rates=Rates(clock.limit), secret="s" * 32)

    def client_at(self, address: str) -> Client:
        """A browser at an address of its own, which has loaded nothing."""

        async def from_there(scope: Any, receive: Any, send: Any) -> None:
            scope["client"] = (address, 1)
            await self.app(scope, receive, send)

        return Client(from_there)

    def client(self, name: str | None = None) -> Client:
        """A browser that has loaded a page; signed in where a name is given."""
        client = Client(self.app)
        client.get("/sign-in")
        if name is not None:
            answer = client.submit("/sign-in", name=name, password=PASSWORD)
            assert answer.status_code == 303, answer.text
            client.get("/account")
        return client

    def program(self, name: str, *rights: str) -> Client:
        """A program that has a token of someone."""
        token = self.team.make_token(name, PASSWORD, "here", name="a program", rights=rights, days=30)
        client = Client(self.app)
        client.headers["Authorization"] = f"Bearer {token}"
        return client

    def log(self) -> list[tuple[str, str, str, dict[str, Any]]]:
        """What the audit log says of accounts and tokens, after the accounts that every test begins with."""
        entries = [entry for entry in self.register.store.audit() if entry.action in ("account", "token")]
        return [(entry.by, entry.action, entry.subject, entry.detail) for entry in entries[len(ROLES) :]]


class Client(TestClient[Any]):
    """A browser without scripts, which follows no redirect by itself."""

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, raise_server_exceptions=False, **options)
        self.follow_redirects = False

    def submit(self, path: str, **fields: Any) -> Any:
        """Send a form of a page that was loaded."""
        return self.post(path, data={"_csrf_token": self.cookies.get("csrftoken") or "", **fields})


def hidden(page: str) -> str:
    """What protects the forms of a page."""
    found = re.search(r'name="_csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]
