"""Who may use a register that a team shares: accounts, their sessions, and their tokens for programs."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, Text
from sqlalchemy.types import TypeEngine

revision = "0003"
down_revision = "0002"

_TEXT: TypeEngine[str] = Text().with_variant(Text(collation="C"), "postgresql")
_BIG: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables, empty."""
    op.create_table(
        "accounts",
        Column("number", _BIG, primary_key=True, autoincrement=False),
        Column("name", _TEXT, nullable=False, unique=True),
        Column("key", _TEXT, nullable=False, unique=True),
        Column("role", _TEXT, nullable=False),
        Column("password", _TEXT, nullable=False),
        Column("active", Boolean, nullable=False),
        Column("created", _TEXT, nullable=False),
    )
    op.create_table(
        "sessions",
        Column("hash", _TEXT, primary_key=True),
        Column("account", _BIG, ForeignKey("accounts.number"), nullable=False),
        Column("created", _TEXT, nullable=False),
        Column("seen", _TEXT, nullable=False),
        Column("expires", _TEXT, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("sessions_by_account", "sessions", ["account"])
    op.create_table(
        "tokens",
        Column("hash", _TEXT, primary_key=True),
        Column("name", _TEXT, nullable=False),
        Column("account", _BIG, ForeignKey("accounts.number"), nullable=False),
        Column("rights", _TEXT, nullable=False),
        Column("created", _TEXT, nullable=False),
        Column("expires", _TEXT, nullable=False),
        Column("used", _TEXT),
        sqlite_with_rowid=False,
    )
    op.create_index("tokens_by_account", "tokens", ["account"])
