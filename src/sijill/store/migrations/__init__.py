"""Steps from one schema of the register to the next, in order; each is a module of `versions`.

A step that has been released is never changed. A new one is added to `versions` and to `REVISIONS`.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

__all__ = ["HEAD", "REVISIONS", "upgrade"]

REVISIONS = ("0001", "0002", "0003", "0004")
"""Every schema that this sijill knows, oldest first. Kept here so that opening a register of today need not load Alembic."""
HEAD = REVISIONS[-1]


def upgrade(connection: Connection, *, version_table: str, folder: Path | None = None) -> None:
    """Bring a database to the latest schema, inside the transaction that the connection is in; `folder` holds other steps, for tests."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(folder or Path(__file__).parent))

    def steps(revision: object, _: object) -> object:
        return scripts._upgrade_revs("head", revision)  # type: ignore[arg-type]

    with EnvironmentContext(Config(), scripts, fn=steps) as environment:
        environment.configure(connection=connection, version_table=version_table)
        environment.run_migrations()
