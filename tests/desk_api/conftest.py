"""A register that is only read, made once; and copies of it that may be changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_api_factory import REPORTS, Api, opened


@pytest.fixture(scope="session")
def hasakah(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a register with all reports."""
    path = tmp_path_factory.mktemp("desk_api") / "hasakah.db"
    with opened(path) as register:
        register.add_reports(REPORTS)
    return path


def _copied(hasakah: Path, folder: Path) -> Iterator[Api]:
    path = folder / "r.db"
    shutil.copyfile(hasakah, path)
    with opened(path) as register, (api := Api(register)).client:
        yield api


@pytest.fixture(scope="module")
def reader(hasakah: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """A desk that the tests of a module share, and none of them changes."""
    yield from _copied(hasakah, tmp_path_factory.mktemp("reader"))


@pytest.fixture
def api(hasakah: Path, tmp_path: Path) -> Iterator[Api]:
    """A desk of one test's own."""
    yield from _copied(hasakah, tmp_path)
