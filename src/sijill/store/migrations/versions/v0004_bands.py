"""Bands are kept by the days of publication, so that texts with the same words are not looked through from the beginning of time.

A report that waits to be linked is signed anew when it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from alembic import op
from sqlalchemy import BigInteger, Column, Connection, Integer
from sqlalchemy import text as sql
from sqlalchemy.types import TypeEngine

revision = "0004"
down_revision = "0003"

_BIG: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
_PAGE = 200
_SPAN, _SPREAD = 31, 0x9E3779B97F4A7C15
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def upgrade() -> None:
    """Make the table anew from what it held."""
    for table in ("signatures", "bands"):
        op.execute(f"DELETE FROM {table} WHERE report NOT IN (SELECT report FROM families)")
    op.create_table(
        "bands_anew",
        Column("span", Integer, primary_key=True, autoincrement=False),
        Column("key", _BIG, primary_key=True, autoincrement=False),
        Column("report", _BIG, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    for rows in _pages(connection):
        connection.execute(sql("INSERT INTO bands_anew (span, key, report) VALUES (:span, :key, :report)"), [_made(row) for row in rows])
    op.drop_table("bands")
    op.rename_table("bands_anew", "bands")


def _pages(connection: Connection) -> Iterator[list[Any]]:
    """The bands of some reports at a time."""
    query = sql(
        "SELECT r.number, r.published, b.band, b.key FROM reports r JOIN bands b ON b.report = r.number "
        "WHERE r.number > :after AND r.number <= :upto"
    )
    most = connection.execute(sql("SELECT coalesce(max(report), 0) FROM bands")).scalar_one()
    for after in range(0, most, _PAGE):
        if rows := list(connection.execute(query, {"after": after, "upto": after + _PAGE})):
            yield rows


def _made(row: Any) -> dict[str, int]:
    key = (row.key + row.band * _SPREAD + 2**63) % 2**64 - 2**63
    return {"span": _span(row.published), "key": key, "report": row.number}


def _span(published: str) -> int:
    try:
        return date.fromisoformat(published).toordinal() // _SPAN + 1 if _DAY.fullmatch(published) else 0
    except ValueError:
        return 0
