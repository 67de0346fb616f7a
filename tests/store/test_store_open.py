"""Opening: what is no register is left alone, older ones are brought up to date, newer ones refused; errors say what to do."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Text, TypeDecorator
from sqlalchemy import text as sql
from store_factories import Opener, filled, put

import sijill
from sijill.errors import StoreError
from sijill.store import Store, database, migrations
from sijill.store.tables import VERSION_TABLE, metadata

FOLDER = Path(migrations.__file__).parent


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


# --- what is no register ---------------------------------------------------------------------------------------------


def other_database(path: Path, *, wal: bool = False) -> None:
    connection = sqlite3.connect(path)
    if wal:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE mine (a)")
    connection.commit()
    connection.close()


def test_a_file_that_is_no_register_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("ملاحظات " * 90, encoding="utf-8")
    (tmp_path / "short").write_bytes(b"x")
    (tmp_path / "cut.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 300)
    other_database(tmp_path / "other.db")
    other_database(tmp_path / "wal.db", wal=True)
    before = contents(tmp_path)
    for name in before:
        with pytest.raises(StoreError, match=r"no register of sijill|damaged"):
            Store.open(str(tmp_path / name))
        assert contents(tmp_path) == before, name


def test_a_database_of_others_is_left_as_it_was(new_location: Opener) -> None:
    import psycopg

    location = new_location("postgresql")
    with psycopg.connect(location) as connection:
        connection.execute("CREATE TABLE mine (a int)")
    with pytest.raises(StoreError, match="tables that are not sijill's"):
        Store.open(location)
    with psycopg.connect(location) as connection:
        assert connection.execute("SELECT count(*) FROM pg_class WHERE relname = 'reports'").fetchone() == (0,)


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("mysql://a/b", "cannot be kept at mysql://"),
        ("sqlite:///:memory:", "cannot be kept at sqlite://"),
        ("postgresql://h:port/x", "cannot be read"),
        ("{}/no/such/register.db", "is no folder"),
        ("{}", "is a folder"),
        ("postgresql://me:secret@127.0.0.1:1/x", "no server answers"),
    ],
)
def test_a_location_that_is_none_is_told(tmp_path: Path, location: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as wrong:
        Store.open(location.format(tmp_path))
    assert "secret" not in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_an_empty_file_and_one_of_a_killed_beginning_become_registers(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    begun = sqlite3.connect(tmp_path / "begun.db")
    begun.execute("PRAGMA journal_mode = WAL")
    begun.close()
    for name in ("empty.db", "begun.db"):
        with Store.open(str(tmp_path / name)) as store:
            assert store.verify().ok
    with Store.open(f"sqlite:///{tmp_path}/empty.db") as store:
        assert store.count().reports == 0


def test_a_file_that_was_cut_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Store.open(str(path)) as store:
        filled(store, "قصف")
    tables = (path.stat().st_size // 4096) // 2
    with open(path, "r+b") as file:  # half of it is gone
        file.truncate(tables * 4096)

    def use() -> None:
        with Store.open(str(path)) as store:
            filled(store, "غارة")
            store.verify()

    with pytest.raises(StoreError, match="damaged"):
        use()


# --- versions --------------------------------------------------------------------------------------------------------


# Indexes of expressions, which Alembic does not compare on both databases.
OF_EXPRESSIONS = ("report_words_by_word", "incidents_by_harm", "incidents_by_reports")


@pytest.mark.filterwarnings("ignore:autogenerate skipping")
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")
def test_the_schema_that_is_made_is_the_one_in_use(store: Store) -> None:
    def ours(thing: object, name: str | None, type_: str, reflected: bool, other: object) -> bool:
        return not (name or "").startswith(("report_index", VERSION_TABLE)) and name not in OF_EXPRESSIONS

    def differs(context: MigrationContext, _: object, __: object, there: object, type_: object) -> bool | None:
        """Our texts by what they are on this database; None leaves other types to Alembic."""
        assert context.dialect
        if not isinstance(type_, TypeDecorator):
            return None
        wanted = type_.load_dialect_impl(context.dialect)
        return not isinstance(there, Text) or there.collation != getattr(wanted, "collation", None)

    with store.writing() as batch:
        context = MigrationContext.configure(batch.flushed(), opts={"include_object": ours, "compare_type": differs})
        assert compare_metadata(context, metadata) == []


def test_the_list_of_revisions_is_that_of_the_steps() -> None:
    steps = [script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()]
    assert tuple(reversed(steps)) == migrations.REVISIONS


TODAY = migrations.HEAD
STEP = """
from alembic import op
revision = "9000"
down_revision = "{before}"
def upgrade():
    op.execute("ALTER TABLE judgements ADD COLUMN mood text")
    {then}
"""


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sijill that knows one more step, which can be made to fail."""
    folder = tmp_path / "next"
    shutil.copytree(FOLDER, folder)
    upgrade = migrations.upgrade
    monkeypatch.setattr(migrations, "REVISIONS", (*migrations.REVISIONS, "9000"))
    monkeypatch.setattr(migrations, "HEAD", "9000")
    monkeypatch.setattr(
        migrations, "upgrade", lambda connection, *, version_table: upgrade(connection, version_table=version_table, folder=folder)
    )
    (folder / "versions" / "v0002.py").write_text(STEP.format(before=TODAY, then=""), encoding="utf-8")
    return folder / "versions" / "v0002.py"


def columns(store: Store) -> list[str]:
    with store.writing() as batch:
        return list(batch.flushed().execute(sql("SELECT * FROM judgements")).keys())


def test_an_older_register_is_brought_up_to_date(location: str, next_version: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as old:
        old.setattr(migrations, "HEAD", TODAY)
        old.setattr(migrations, "upgrade", lambda connection, *, version_table: REAL(connection, version_table=version_table))
        with Store.open(location) as store:
            (sha,) = filled(store, "قصف")
            assert "mood" not in columns(store)
    next_version.write_text(STEP.format(before=TODAY, then="raise RuntimeError('by intention')"), encoding="utf-8")
    with pytest.raises(RuntimeError):
        Store.open(location)
    next_version.write_text(STEP.format(before=TODAY, then=""), encoding="utf-8")
    shutil.rmtree(next_version.parent / "__pycache__", ignore_errors=True)
    with Store.open(location) as store:
        assert "mood" in columns(store)
        assert store.report(sha).text == "قصف"
        assert store.verify().ok
    if not location.startswith("postgresql"):
        (copy,) = Path(location).parent.glob("*.db.before-*")
        assert copy.name.endswith(f".before-9000-was-{TODAY}")
        connection = sqlite3.connect(copy)
        assert connection.execute("SELECT count(*) FROM reports").fetchone() == (1,)
        assert "mood" not in {row[1] for row in connection.execute("PRAGMA table_info(judgements)")}
        connection.close()


REAL = migrations.upgrade


BANDS_BEFORE = "key bigint, band smallint, report bigint REFERENCES reports (number), PRIMARY KEY (key, band, report)"


def test_bands_of_an_older_register_find_the_same(location: str) -> None:
    bands = [7, 2**63 - 1, 5]
    with Store.open(location) as store, store.writing() as batch:
        shas = [put(batch, f"خبر {day}", published=day) for day in ("2022-01-30", "2022", "2022-02-01", "2022-02-02")]
        batch.set_families({sha: sha for sha in shas[:-1]})
        for sha in shas[:-1]:
            batch.put_signature(sha, b"s", bands, None)
        connection = batch.flushed()
        connection.execute(sql("DROP TABLE bands"))
        connection.execute(sql(f"CREATE TABLE bands ({BANDS_BEFORE})"))
        connection.execute(sql("CREATE INDEX bands_by_report ON bands (report)"))
        for band, key in enumerate(bands):
            connection.execute(sql(f"INSERT INTO bands SELECT {key}, {band}, number FROM reports"))
        connection.execute(sql(f"UPDATE {VERSION_TABLE} SET version_num = '0003'"))
    with Store.open(location) as store:
        first = date(2022, 1, 1).toordinal()
        assert list(store.band_mates(shas[2], bands, (first, first + 30))) == shas[:2]
        assert list(store.band_mates(shas[2], [0, 0, 5])) == shas[:2]
        assert store.undated_mates(shas[2], bands) == {shas[1]: b"s"}
        with store.writing() as batch:
            batch.put_signature(shas[3], b"s", bands, "2022-02-02")
        assert list(store.band_mates(shas[3], bands, (first, first + 60))) == shas[:3], "what waited to be linked is signed when it is"


def test_without_a_backup_nothing_is_changed(new_location: Opener, monkeypatch: pytest.MonkeyPatch, next_version: Path) -> None:
    location = new_location("sqlite")
    with monkeypatch.context() as old:
        old.setattr(migrations, "HEAD", TODAY)
        old.setattr(migrations, "upgrade", lambda connection, *, version_table: REAL(connection, version_table=version_table))
        Store.open(location).close()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(os, "replace", fail)
        with pytest.raises(StoreError, match="no backup"):
            Store.open(location)
    assert [path.name for path in Path(location).parent.glob("*.before*")] == []
    with Store.open(location) as store:
        assert "mood" in columns(store)


def test_a_newer_register_is_refused(location: str) -> None:
    with Store.open(location) as store, store.writing() as batch:
        batch.flushed().execute(sql(f"UPDATE {VERSION_TABLE} SET version_num = '0099'"))
    with pytest.raises(StoreError, match="written by a newer sijill"):
        Store.open(location)


# --- full disks, other writers ---------------------------------------------------------------------------------------


def test_a_full_disk_is_told_and_leaves_nothing_half_done(new_location: Opener) -> None:
    location = new_location("sqlite")
    with Store.open(location) as store:
        filled(store, "قصف")

        def fill() -> None:
            with store.writing() as batch:
                connection = batch.flushed()
                pages = connection.execute(sql("PRAGMA page_count")).scalar_one()
                connection.execute(sql(f"PRAGMA max_page_count = {pages + 20}"))
                for n in range(3000):
                    put(batch, f"تقرير {n} " + "قصف " * 50)

        with pytest.raises(StoreError, match="the disk is full"):
            fill()
        assert store.count().reports == 1
        assert store.verify().ok
    with Store.open(location) as store:
        filled(store, "قصف", "غارة")
        assert store.count().reports == 2


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="only root can make a small disk")
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be made here")
    try:
        added: list[str] = []

        def fill(store: Store) -> None:
            for n in range(3000):
                added.extend(filled(store, f"تقرير {n} " + os.urandom(500).hex()))

        with Store.open(str(disk / "a.db")) as store:
            with pytest.raises(StoreError, match=r"disk is full|disk failed"):
                fill(store)
            assert [report.sha256 for report in store.reports()] == added != []
            assert store.verify().ok
        with pytest.raises(StoreError, match=r"disk is full|disk failed"):
            Store.open(str(disk / "b.db"))
    finally:
        subprocess.run(["umount", "-l", disk], check=False)


def test_one_who_waits_too_long_is_told(location: str) -> None:
    with Store.open(location) as one, Store.open(location, patience=0.2) as other, one.writing():
        with pytest.raises(StoreError, match="another process is writing"), other.writing():
            pass
        assert other.count().reports == 0, "reading goes on"


def test_a_server_that_goes_away_is_told(new_location: Opener) -> None:
    with Store.open(new_location("postgresql")) as store:

        def cut_off() -> None:
            with store.writing() as batch:
                put(batch, "قصف")
                batch.flushed().execute(sql("SELECT pg_terminate_backend(pg_backend_pid())"))

        with pytest.raises(StoreError, match="the server went away"):
            cut_off()
        assert store.count().reports == 0
        filled(store, "غارة")
        assert store.verify().ok


def test_without_psycopg_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=re.escape("pip install 'sijill[postgresql]'")):
        Store.open("postgresql://me@127.0.0.1:1/x")


def test_reading_and_help_load_no_database() -> None:
    heavy = "{'sqlalchemy', 'alembic', 'psycopg', 'sqlite3', 'sijill.store'}"
    code = f"import sys, sijill.cli, sijill; sijill.read; print({heavy} & set(sys.modules))"
    environment = {**os.environ, "PYTHONPATH": str(Path(sijill.__file__).parent.parent)}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert ran.stdout.strip() == "set()"


def test_a_register_of_today_is_opened_without_alembic(new_location: Opener) -> None:
    location = new_location("sqlite")
    Store.open(location).close()
    code = f"import sys; from sijill.store import Store; Store.open({location!r}); print('alembic' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_the_mark_in_the_header(tmp_path: Path) -> None:
    Store.open(str(tmp_path / "a.db")).close()
    assert (tmp_path / "a.db").read_bytes()[68:72] == database.APPLICATION_ID.to_bytes(4, "big") == b"sjl1"
