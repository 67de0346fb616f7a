"""Tellings are kept as a view, so that the neighbours of a report need not be read anew; so are the ties that chain them together.
Incidents are listed by harm and by reports without sorting all of them.

All views that hang on them are emptied: what is kept is linked anew at the next use, and incidents keep their ids.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, Float, ForeignKey, Integer, LargeBinary, Text
from sqlalchemy import text as sql
from sqlalchemy.types import TypeEngine

revision = "0002"
down_revision = "0001"

_TEXT: TypeEngine[str] = Text().with_variant(Text(collation="C"), "postgresql")
_BIG: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")

_EMPTIED = (
    "families",
    "blocks",
    "incident_claims",
    "incident_reports",
    "incident_actors",
    "incident_sources",
    "incident_places",
    "incidents",
)


def upgrade() -> None:
    """Add the table, and empty the views."""
    op.create_table(
        "tellings",
        Column("claim", _TEXT, primary_key=True),
        Column("report", _BIG, ForeignKey("reports.number"), nullable=False),
        Column("position", Integer, nullable=False),
        Column("place", Integer, nullable=False),
        Column("record", LargeBinary, nullable=False),
    )
    op.create_index("tellings_by_report", "tellings", ["report", "position"])
    op.create_index("tellings_in_order", "tellings", ["place", "report", "position"])
    op.drop_table("components")
    op.create_table(
        "components",
        Column("claim", _TEXT, primary_key=True),
        Column("component", _TEXT, nullable=False),
        Column("chain", _TEXT, nullable=False),
        Column("report", _BIG, ForeignKey("reports.number"), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("components_by_chain", "components", ["chain"])
    op.create_index("components_by_report", "components", ["report"])
    op.create_table(
        "ties",
        Column("chain", _TEXT, primary_key=True),
        Column("one", _TEXT, primary_key=True),
        Column("other", _TEXT, primary_key=True),
        Column("weight", Float, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("incidents_by_harm", "incidents", [sql("coalesce(killed_best, -1) DESC"), sql("coalesce(injured_best, -1) DESC"), "id"])
    op.create_index("incidents_by_reports", "incidents", [sql("reports DESC"), "id"])
    for table in _EMPTIED:
        op.execute(f"DELETE FROM {table}")
