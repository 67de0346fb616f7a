"""What tests of the desk's API need: a register of the reports on the prison of Hasakah, and someone who asks it."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from litestar import Litestar
from litestar.testing import TestClient

from sijill.desk.app import create_app
from sijill.desk.rights import ROLES, Person, Role
from sijill.records import Report
from sijill.register import Register

__all__ = ["REPORTS", "Api", "opened", "person"]

_LINES = (Path(__file__).parent.parent / "register" / "hasakah.jsonl").read_text(encoding="utf-8").splitlines()
REPORTS = tuple(Report.of(row.pop("text"), **row) for row in map(json.loads, _LINES))


def opened(path: Path) -> Register:
    return Register(str(path), by="importer", clock=lambda: datetime(2022, 3, 6, 9, 0, tzinfo=UTC))


def person(role: Role, name: str | None = None) -> Person:
    return Person(name=name or role, role=role, rights=ROLES[role])


class Api:
    """Someone who asks: by default an editor, whose role and name can be changed."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.who: Person | None = person("editor", "amal")
        self.app: Litestar = create_app(register, lambda connection: self.who)
        self.client = TestClient(self.app, raise_server_exceptions=False)

    def get(self, path: str, **given: Any) -> Any:
        return self.client.get("/api/v1" + path, **given)

    def post(self, path: str, json: Any = None, *, headers: Mapping[str, str] | None = None, **given: Any) -> Any:
        return self.client.post("/api/v1" + path, json=json, headers=headers, **given)

    def ok(self, path: str, **given: Any) -> Any:
        """The record at a path."""
        found = self.get(path, **given)
        assert found.status_code == 200, found.text
        return found.json()

    def refused(self, status: int, path: str, **given: Any) -> str:
        """What is said of a request that is refused."""
        return refusal(self.get(path, **given), status)

    def ended(self, job: Mapping[str, Any]) -> Any:
        """A job as it is when it has ended."""
        for _ in range(600):
            found = self.ok(f"/jobs/{job['id']}")
            if found["state"] in ("done", "failed"):
                return found
            time.sleep(0.05)
        raise AssertionError(found)


def refusal(answer: Any, status: int) -> str:
    """What an answer says that refuses: one line in JSON, whatever was wrong."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert list(answer.json()) == ["error"]
    said: str = answer.json()["error"]
    assert said
    assert "\n" not in said
    return said
