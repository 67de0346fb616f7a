"""The databases that the tests of the store run on: a new SQLite file and a new PostgreSQL database for each test.

PostgreSQL is a cluster of its own in a temporary folder, started for the session and stopped at its end. Where it is not installed the
tests that need it skip, and fail where the variable CI is set.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from store_factories import Opener, clock

from sijill.store import Store

_NUMBERS = count(1)


def _programs() -> Path | None:
    """The folder with PostgreSQL's programs: the newest that Debian has, or that on the path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]) if p.parts[-3].isdigit() else 0)
    found = str(folders[-1]) if folders else shutil.which("initdb")
    return Path(found).parent if found else None


def _user() -> dict[str, object]:
    """As whom the server runs: it refuses to be root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return {}


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The address of a server of our own, without the name of a database."""
    programs = _programs()
    if programs is None:
        missing = "PostgreSQL is not installed: install the package postgresql, or run the tests by `python3 dev.py test`"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    folder = Path(tempfile.mkdtemp(prefix="sijill-pg-"))
    who = _user()
    if who:
        os.chown(folder, int(str(who["user"])), int(str(who["group"])))
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, **who}
    initdb = [programs / "initdb", "-D", folder / "data", "-U", "sijill", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run(initdb, check=True, **quiet)  # type: ignore[call-overload]
    command = [programs / "postgres", "-D", folder / "data", "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"]
    command += ["-c", "shared_buffers=64MB", "-c", "max_connections=40"]
    server = subprocess.Popen(command, **quiet)  # type: ignore[call-overload]
    try:
        for _ in range(300):
            if (folder / ".s.PGSQL.5432").exists() and _ready(programs, folder):
                break
            assert server.poll() is None, "PostgreSQL ended by itself"
            time.sleep(0.1)
        else:
            pytest.fail("PostgreSQL did not start within 30 seconds")
        yield f"postgresql://sijill@/{{}}?host={folder}"
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _ready(programs: Path, folder: Path) -> bool:
    return subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False).returncode == 0


@pytest.fixture
def new_location(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """A function that gives the location of a new, empty database: of "sqlite" or "postgresql"."""
    made: list[str] = []

    def new(kind: str) -> str:
        name = f"t{os.getpid()}_{next(_NUMBERS)}"
        if kind == "sqlite":
            return str(tmp_path / f"{name}.db")
        url = request.getfixturevalue("cluster")
        _server(url, f"CREATE DATABASE {name}")
        made.append(name)
        return str(url.format(name))

    yield new
    for name in made:
        _server(request.getfixturevalue("cluster"), f"DROP DATABASE {name} WITH (FORCE)")


def _server(url: str, command: str) -> None:
    import psycopg

    with psycopg.connect(url.format("postgres"), autocommit=True) as connection:
        connection.execute(command)  # type: ignore[call-overload]


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, new_location: Opener) -> str:
    """The location of a new database, on one system and then on the other."""
    return new_location(request.param)


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    """A new register, on one system and then on the other."""
    with Store.open(location, clock=clock()) as opened:
        yield opened


@pytest.fixture
def pair(new_location: Opener) -> Iterator[tuple[Store, Store]]:
    """Two new registers, on SQLite and on PostgreSQL, whose answers are compared."""
    with Store.open(new_location("sqlite"), clock=clock()) as one, Store.open(new_location("postgresql"), clock=clock()) as other:
        yield one, other
