"""A database opened, recognised, made or brought up to date; its transactions; and what its errors mean.

SQLite runs in WAL mode, so that readers and one writer of several processes do not wait for each other. Every commit is on the disk
before it returns (`synchronous=FULL`): what was said to be added survives a cut of power; that costs one wait a transaction, and a
transaction holds many reports. On both databases one process writes at a time, as the chain of the audit log needs it.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, TypeDecorator, create_engine, event, inspect, make_url
from sqlalchemy import text as sql
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from sijill.errors import StoreError
from sijill.store import migrations
from sijill.store.tables import VERSION_TABLE, plain

__all__ = ["insert_many", "insert_rows", "opened", "reading", "roomy", "told", "writing"]

APPLICATION_ID = 0x736A6C31
"""`sjl1`: in the header of every SQLite file of ours."""
_SQLITE = b"SQLite format 3\0"
_LOCK = 0x736A6C31
_WRITES = "sijill_writes"
_PATIENCE = "sijill_patience"
_ROOM = -1_000_000
"""Kibibytes, as SQLite has it: the indexes that fill in no order take 0.7 GB for a million reports. No more is taken than there is."""


def opened(location: str, *, patience: float) -> tuple[Engine, str]:
    """The database at a path or URL, made or brought up to date, and its name for messages, which holds no password.

    `patience` is how many seconds to wait for another process that writes.

    Raises `StoreError` for what is no register, for one of a newer sijill, and where it cannot be read or written.
    """
    url = _url(location)
    name = str(url.database) if url.get_backend_name() == "sqlite" else f"postgresql://{url.host or ''}/{url.database or ''}"
    if url.get_backend_name() == "sqlite":
        _refuse_other_files(Path(str(url.database)))
    with told(name):
        engine = _engine(url, patience)
        try:
            _prepare(engine, name)
        except BaseException:
            engine.dispose()
            raise
    return engine, name


def _url(location: str) -> URL:
    scheme, there, rest = location.partition("://")
    if not there:
        return URL.create("sqlite", database=str(Path(location).absolute()))
    if scheme in ("postgres", "postgresql"):
        location = f"postgresql+psycopg://{rest}"
    try:
        url = make_url(location)
    except (ArgumentError, ValueError) as wrong:
        raise StoreError("the address of the register cannot be read; write a path or postgresql://user@host/database") from wrong
    if url.drivername == "sqlite" and url.database not in (None, "", ":memory:"):
        return URL.create("sqlite", database=str(Path(str(url.database)).absolute()))
    if url.drivername != "postgresql+psycopg":
        raise StoreError(f"a register cannot be kept at {scheme}://; give the path of a file or postgresql://user@host/database")
    return url


def _refuse_other_files(path: Path) -> None:
    """See, without touching it, that a file is ours or not there yet."""
    if not path.parent.is_dir():
        raise StoreError(f"{path.parent} is no folder; make it first, or give another path for the register")
    if path.is_dir():
        raise StoreError(f"{path} is a folder; give the path of a file for the register")
    try:
        with open(path, "rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        return
    except OSError as wrong:
        raise StoreError(f"cannot read {path}: {wrong.strerror or wrong}") from wrong
    if not head:
        return
    application = int.from_bytes(head[68:72], "big")
    if not head.startswith(_SQLITE) or (application not in (0, APPLICATION_ID)):
        raise StoreError(f"{path} is no register of sijill; it is left as it was: give another path")
    if application == 0:
        # Not ours, or ours and killed while it was made: then it has no tables yet. `immutable` keeps SQLite from leaving files beside it.
        try:
            with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as file_:
                names = {row[0] for row in file_.execute("SELECT name FROM sqlite_master")}
        except sqlite3.Error as wrong:
            raise StoreError(f"{path} is damaged ({wrong}); take it from a backup") from wrong
        if names and VERSION_TABLE not in names:
            raise StoreError(f"{path} is no register of sijill; it is left as it was: give another path")


# --- connections and transactions ------------------------------------------------------------------------------------


def _engine(url: URL, patience: float) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": patience})
        event.listen(engine, "connect", _set_up_sqlite)

        @event.listens_for(engine, "begin")
        def _begin_sqlite(connection: Connection) -> None:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {_milliseconds(connection, patience)}")
            connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")

        return engine
    try:
        import psycopg  # noqa: F401
    except ImportError as wrong:
        raise StoreError("PostgreSQL needs the library psycopg: pip install 'sijill[postgresql]'") from wrong
    engine = create_engine(url, pool_pre_ping=True)

    @event.listens_for(engine, "connect")
    def _set_up(raw: Any, _: object) -> None:
        raw.execute("SET jit = off")  # to compile a query takes longer than most take to run
        raw.commit()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A reader sees one state of the database from beginning to end, as it does on SQLite.
        if not connection.get_execution_options().get(_WRITES):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            return
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_milliseconds(connection, patience)}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK}, hashtext(current_schema()))")

    return engine


def _set_up_sqlite(raw: Any, _: object) -> None:
    raw.isolation_level = None  # transactions begin where we say so, and not where the driver thinks
    for attempt in range(50):
        try:
            if raw.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                raw.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as wrong:  # two processes that make one file at once: SQLite does not wait here by itself
            if "locked" not in str(wrong) or attempt == 49:
                raise
            time.sleep(0.05)
    for pragma in ("synchronous = FULL", "foreign_keys = ON", "cache_size = -128000", "wal_autocheckpoint = 4000", "temp_store = MEMORY"):
        raw.execute(f"PRAGMA {pragma}")


def _milliseconds(connection: Connection, patience: float) -> int:
    """How long a transaction waits for another that writes: as it says itself, or as the store was opened."""
    own = connection.get_execution_options().get(_PATIENCE)
    return max(1, int((patience if own is None else own) * 1000))


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the database."""
    with engine.connect() as connection:
        yield connection


@contextlib.contextmanager
def writing(engine: Engine, patience: float | None = None) -> Iterator[Connection]:
    """A connection in a transaction that no other writer is in; kept as a whole when the block ends well, and not at all otherwise."""
    with engine.connect().execution_options(**{_WRITES: True, _PATIENCE: patience}) as connection, connection.begin():
        yield connection


@contextlib.contextmanager
def roomy(connection: Connection) -> Iterator[None]:
    """A block in which SQLite may hold more of a file in memory: rows that come in no order of an index touch all of it.

    What does not fit is written before its time, and read again.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = {_ROOM}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {before}")


def insert_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows that have the same columns."""
    columns = list(rows[0])
    insert_rows(connection, table, columns, (tuple([row[column] for column in columns]) for row in rows))


def insert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Add rows as values in the order of `columns`; on PostgreSQL by COPY, which takes a fraction of the time of as many INSERTs.

    The driver gets them as they are: what a statement of SQLAlchemy's does for every row takes longer than the database.
    """
    quoted = ", ".join(f'"{column}"' for column in columns)
    values = (tuple([plain(value) if isinstance(value, str) else value for value in row]) for row in rows) if _has_texts(table) else rows
    if connection.dialect.name != "postgresql":
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({quoted}) VALUES ({marks})", list(values))
        return
    try:
        with connection.connection.cursor() as cursor, cursor.copy(f"COPY {table.name} ({quoted}) FROM STDIN") as copy:  # type: ignore[attr-defined]
            for row in values:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as wrong:
        raise DBAPIError("COPY", None, wrong) from wrong


@lru_cache(maxsize=64)
def _has_texts(table: Table) -> bool:
    return any(isinstance(column.type, TypeDecorator) for column in table.columns)


# --- made and brought up to date -------------------------------------------------------------------------------------


def _prepare(engine: Engine, name: str) -> None:
    with reading(engine) as connection:
        if _version(connection) == migrations.HEAD:
            return
    with writing(engine) as connection:
        version = _version(connection)  # again: another process may have been quicker
        if version == migrations.HEAD:
            return
        if version is None:
            if _tables(connection):
                raise StoreError(f"{name} holds tables that are not sijill's; nothing was changed: give another database or path")
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        elif version not in migrations.REVISIONS:
            raise StoreError(f"{name} was written by a newer sijill (its schema is {version}); update sijill to open it")
        elif connection.dialect.name == "sqlite":
            _back_up(engine, Path(name), version)
        migrations.upgrade(connection, version_table=VERSION_TABLE)


def _tables(connection: Connection) -> list[str]:
    return [name for name in inspect(connection).get_table_names() if not name.startswith("sqlite_")]


def _version(connection: Connection) -> str | None:
    """The revision of the schema; None where there is no register."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(sql(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()


def _back_up(engine: Engine, path: Path, version: str) -> None:
    """A copy of a file beside it, named for its schema, before that is changed. The caller holds the lock, so nobody writes meanwhile."""
    copy = path.with_name(f"{path.name}.before-{migrations.HEAD}-was-{version}")
    unfinished = copy.with_name(copy.name + ".part")
    try:
        with contextlib.closing(sqlite3.connect(path)) as source, contextlib.closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
        os.replace(unfinished, copy)
    except (sqlite3.Error, OSError) as wrong:
        unfinished.unlink(missing_ok=True)
        raise StoreError(f"no backup of {path} could be made ({wrong}); it was not changed: free space in its folder first") from wrong


# --- errors ----------------------------------------------------------------------------------------------------------

_ADVICE = {
    "disk is full": "the disk is full; nothing of this step was kept: free space and run it again",
    "No space left": "the disk is full; nothing of this step was kept: free space and run it again",
    "DiskFull": "the disk is full; nothing of this step was kept: free space and run it again",
    "disk I/O error": "the disk failed; nothing of this step was kept: look after the disk, then run `sijill verify`",
    "locked": "another process is writing to it for long; run this again when it is done",
    "lock timeout": "another process is writing to it for long; run this again when it is done",
    "readonly": "it may not be written to; change its permissions or copy it",
    "unable to open": "it cannot be opened; see that its folder is there and may be written to",
    "not a database": "it is no register of sijill, or it is damaged; take it from a backup",
    "malformed": "the file is damaged; take it from a backup, or export what can be read and import it anew",
    "no such module: fts5": "this Python's SQLite was built without full-text search (FTS5); use another build of Python",
    "closed the connection": "the server went away; nothing of this step was kept: run it again when the server is back",
    "terminating connection": "the server went away; nothing of this step was kept: run it again when the server is back",
    "can only be added to": "what is kept in it can only be added to",
    "onnection refused": "no server answers there; see that it runs and that host and port are right",
    "authentication failed": "user or password are not accepted",
    "does not exist": "the server does not have what was asked for; see that the database and the user exist",
}


@contextlib.contextmanager
def told(name: str) -> Iterator[None]:
    """Errors of the database as `StoreError`, in one line with what to do."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, NoSuchModuleError) as wrong:
        said = " ".join(f"{type(getattr(wrong, 'orig', wrong)).__name__}: {getattr(wrong, 'orig', wrong)}".split())
        advice = next((advice for words, advice in _ADVICE.items() if words in said), None)
        raise StoreError(f"{name}: {advice}" if advice else f"{name}: the database says: {said[:300]}") from wrong
