"""Fixtures that several files of tests use."""

from collections.abc import Iterator

import pytest
from serving import Server


@pytest.fixture
def server() -> Iterator[Server]:
    """A web server on this machine."""
    made = Server()
    yield made
    made.close()
