"""A desk over a register of the reports on one prison, its reprint and three other incidents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient
from prison_desk import filled

from sijill.desk.app import create_app, only
from sijill.register import Register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with filled(tmp_path / "r.db") as made:
        yield made


@pytest.fixture
def desk(register: Register) -> Iterator[TestClient]:  # type: ignore[type-arg]
    """The desk of that register, used by one person; errors are answers, not exceptions."""
    with TestClient(create_app(register, only("amal")), raise_server_exceptions=False) as client:
        yield client
