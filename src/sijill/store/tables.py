"""The tables of a register: the same on SQLite and PostgreSQL.

Three kinds of tables. What is *kept* is only ever added to: originals, reports, acquisitions, readings, claims, judgements, anchors and
the audit log; triggers refuse UPDATE and DELETE on them. *Views* are made from what is kept, and replaced at any time. *Settings* say who
may use a register that a team shares: they are no evidence, change and go, and are in no export; that they changed is in the audit log.

Rows are numbered in the order of their addition, and tables refer to reports by number: a SHA-256 in every row of the large tables would
double them. Texts are kept packed, as bytes: PostgreSQL can hold no NUL in a text, and a text is never altered.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, SmallInteger, Table, Text
from sqlalchemy import text as sql
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

__all__ = [
    "KEPT",
    "VERSION_TABLE",
    "accounts",
    "acquisitions",
    "anchors",
    "audit",
    "bands",
    "blocks",
    "claims",
    "components",
    "families",
    "incident_actors",
    "incident_claims",
    "incident_places",
    "incident_reports",
    "incident_sources",
    "incidents",
    "judgements",
    "metadata",
    "originals",
    "plain",
    "readings",
    "report_words",
    "reports",
    "sessions",
    "signatures",
    "tellings",
    "ties",
    "tokens",
]

VERSION_TABLE = "sijill_version"
"""Holds the revision of the schema. A database is a register if it has it."""

metadata = MetaData()


class _PlainText(TypeDecorator[str]):
    """Text in one order everywhere, that of its code points; what is stored or asked for without NUL and halves of surrogate pairs.

    PostgreSQL holds no NUL and neither database holds half a pair. Where such a text matters it is kept as bytes or JSON.
    """

    impl = Text
    cache_ok = True

    @property
    def python_type(self) -> type[str]:
        return str

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text(collation="C") if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return plain(value) if value else value


def plain(value: str) -> str:
    """A text as a column can hold it.

    >>> plain("a\\0b\\ud800")
    'ab'
    """
    if "\0" in value:
        value = value.replace("\0", "")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            return _HALF.sub("", value)
    return value


_HALF = re.compile("[\ud800-\udfff]")
_TEXT = _PlainText()
_BIG: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")


def _number() -> Column[int]:
    return Column("number", _BIG, primary_key=True, autoincrement=False)


def _report(*, key: bool = False) -> Column[int]:
    return Column("report", _BIG, ForeignKey("reports.number"), primary_key=key, nullable=False, autoincrement=False)


def _account() -> Column[int]:
    return Column("account", _BIG, ForeignKey("accounts.number"), nullable=False)


# --- what is kept ----------------------------------------------------------------------------------------------------

originals = Table(
    "originals",
    metadata,
    _number(),
    Column("sha256", _TEXT, nullable=False, unique=True),
    Column("size", _BIG, nullable=False),
    Column("packing", SmallInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
reports = Table(
    "reports",
    metadata,
    _number(),
    Column("sha256", _TEXT, nullable=False, unique=True),
    Column("published", _TEXT, nullable=False),  # the day, or "" where it is unknown
    Column("outlet", _TEXT, nullable=False),  # as it is compared
    Column("language", _TEXT),
    Column("added", _TEXT, nullable=False),
    Column("about", _TEXT, nullable=False),  # the report without its text, JSON
    Column("packing", SmallInteger, nullable=False),
    Column("text", LargeBinary, nullable=False),
    Index("reports_by_day", "published", "sha256"),
    Index("reports_by_outlet", "outlet"),
)
acquisitions = Table(
    "acquisitions",
    metadata,
    _number(),
    _report(),
    Column("fingerprint", _TEXT, nullable=False, unique=True),
    Column("original", _TEXT, nullable=False),  # its SHA-256; the bytes may not be kept
    Column("outlet", _TEXT, nullable=False),
    Column("record", _TEXT, nullable=False),
    Index("acquisitions_by_report", "report"),
    Index("acquisitions_by_original", "original"),
    Index("acquisitions_by_outlet", "outlet"),
)
readings = Table(
    "readings",
    metadata,
    _number(),
    _report(),
    Column("reader", _TEXT, nullable=False),
    Column("at", _TEXT, nullable=False),
    Column("sha256", _TEXT, nullable=False),
    Column("packing", SmallInteger, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Index("readings_by_report", "report", "number"),
)
claims = Table(
    "claims",
    metadata,
    _number(),
    Column("claim", _TEXT, nullable=False),
    _report(),
    Column("reading", _BIG, ForeignKey("readings.number"), nullable=False),
    Column("kind", _TEXT, nullable=False),  # event or figure
    Column("what", _TEXT, nullable=False),  # the kind of event or the effect
    Column("position", Integer, nullable=False),  # in the reading's list
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index("claims_by_id", "claim", "reading"),
    Index("claims_by_reading", "reading"),
)
judgements = Table(
    "judgements",
    metadata,
    _number(),
    Column("id", _TEXT, nullable=False, unique=True),
    Column("claim", _TEXT, nullable=False),
    Column("other", _TEXT),
    Column("undoes", _TEXT),
    Column("at", _TEXT, nullable=False),
    Column("record", _TEXT, nullable=False),
    Index("judgements_by_claim", "claim"),
    Index("judgements_by_other", "other"),
)
anchors = Table(
    "anchors",
    metadata,
    _number(),
    Column("incident", _TEXT, nullable=False),
    Column("claim", _TEXT, nullable=False),
    Column("report", _TEXT, nullable=False),
    Column("at", _TEXT, nullable=False),
    Index("anchors_by_claim", "claim", "number"),
    Index("anchors_by_incident", "incident"),
)
audit = Table(
    "audit",
    metadata,
    _number(),
    Column("at", _TEXT, nullable=False),
    Column("by", _TEXT, nullable=False),
    Column("action", _TEXT, nullable=False),
    Column("subject", _TEXT, nullable=False),
    Column("detail", _TEXT, nullable=False),
    Column("previous", _TEXT, nullable=False),
    Column("hash", _TEXT, nullable=False),
    Index("audit_by_subject", "subject"),
)
KEPT = (originals, reports, acquisitions, readings, claims, judgements, anchors, audit)
"""Tables that are only added to, in an order in which they can be filled."""

# --- views -----------------------------------------------------------------------------------------------------------

report_words = Table(
    "report_words",
    metadata,
    _report(key=True),
    Column("shadow", _TEXT, nullable=False),
    # On SQLite a full-text table `report_index` over `shadow` does the same.
    Index("report_words_by_word", sql("sijill_words(shadow)"), postgresql_using="gin").ddl_if(dialect="postgresql"),
)
signatures = Table("signatures", metadata, _report(key=True), Column("signature", LargeBinary, nullable=False))
bands = Table(
    "bands",
    metadata,
    # The days of publication come first: what lies near in time lies near on the disk, and what is far away is never looked through.
    Column("span", Integer, primary_key=True, autoincrement=False),  # see `spans`
    Column("key", _BIG, primary_key=True, autoincrement=False),
    Column("report", _BIG, primary_key=True, autoincrement=False),  # refers to no table: there are 32 rows a report, and reports stay
    sqlite_with_rowid=False,
)
families = Table(
    "families",
    metadata,
    _report(key=True),
    Column("family", _TEXT, nullable=False),
    Index("families_by_family", "family"),
)
tellings = Table(
    "tellings",
    metadata,
    Column("claim", _TEXT, primary_key=True),
    _report(),
    Column("position", Integer, nullable=False),  # among the tellings of the report
    Column("place", Integer, nullable=False),  # in the order of days, in which all are linked
    Column("record", LargeBinary, nullable=False),
    Index("tellings_by_report", "report", "position"),
    Index("tellings_in_order", "place", "report", "position"),
)
components = Table(
    "components",
    metadata,
    Column("claim", _TEXT, primary_key=True),
    Column("component", _TEXT, nullable=False),
    Column("chain", _TEXT, nullable=False),
    _report(),
    Index("components_by_chain", "chain"),
    Index("components_by_report", "report"),
    sqlite_with_rowid=False,
)
ties = Table(
    "ties",
    metadata,
    Column("chain", _TEXT, primary_key=True),
    Column("one", _TEXT, primary_key=True),
    Column("other", _TEXT, primary_key=True),
    Column("weight", Float, nullable=False),
    sqlite_with_rowid=False,
)
blocks = Table(
    "blocks",
    metadata,
    Column("key", _TEXT, primary_key=True),
    Column("claim", _TEXT, primary_key=True),
    _report(),
    Index("blocks_by_report", "report"),
    sqlite_with_rowid=False,
)
incidents = Table(
    "incidents",
    metadata,
    Column("id", _TEXT, primary_key=True),
    Column("kind", _TEXT, nullable=False),
    Column("modality", _TEXT, nullable=False),
    # Where one end is unknown both hold the other, and the flag is set; where both are, both are "".
    Column("first", _TEXT, nullable=False),
    Column("last", _TEXT, nullable=False),
    Column("open_first", Boolean, nullable=False),
    Column("open_last", Boolean, nullable=False),
    Column("country", _TEXT),
    Column("lat", Float),
    Column("lon", Float),
    Column("killed_low", Integer),
    Column("killed_best", Integer),
    Column("killed_high", Integer),
    Column("injured_low", Integer),
    Column("injured_best", Integer),
    Column("injured_high", Integer),
    Column("parent", _TEXT),
    Column("main", Boolean, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("families", Integer, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("packing", SmallInteger, nullable=False),
    Column("record", LargeBinary, nullable=False),  # last: a scan of the columns before it does not touch it
    Index("incidents_by_day", "first", "last"),
    Index("incidents_by_kind", "kind", "first"),
    Index("incidents_by_country", "country", "first"),
    Index("incidents_by_parent", "parent"),
    # The orders of `incidents.find`, in its own words: only so are they used for it.
    Index("incidents_by_harm", sql("coalesce(killed_best, -1) DESC"), sql("coalesce(injured_best, -1) DESC"), "id"),
    Index("incidents_by_reports", sql("reports DESC"), "id"),
)
incident_claims = Table(
    "incident_claims",
    metadata,
    Column("claim", _TEXT, primary_key=True),
    Column("incident", _TEXT, primary_key=True),
    Index("incident_claims_by_incident", "incident"),
    sqlite_with_rowid=False,
)
incident_reports = Table(
    "incident_reports",
    metadata,
    _report(key=True),
    Column("incident", _TEXT, primary_key=True),
    Index("incident_reports_by_incident", "incident"),
    sqlite_with_rowid=False,
)
incident_actors = Table(
    "incident_actors",
    metadata,
    Column("actor", _TEXT, primary_key=True),
    Column("incident", _TEXT, primary_key=True),
    Column("role", _TEXT, primary_key=True),  # agent or target
    Index("incident_actors_by_incident", "incident"),
    sqlite_with_rowid=False,
)
incident_sources = Table(
    "incident_sources",
    metadata,
    Column("source", _TEXT, primary_key=True),
    Column("incident", _TEXT, primary_key=True),
    Index("incident_sources_by_incident", "incident"),
    sqlite_with_rowid=False,
)
incident_places = Table(
    "incident_places",
    metadata,
    Column("incident", _TEXT, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", _TEXT, nullable=False),  # as it is compared
    Column("name_en", _TEXT),
    Column("gazetteer", _TEXT),
    Column("lat", Float),
    Column("lon", Float),
    # The same point on a ball of radius 1: distances then need neither sine nor cosine, which not every SQLite has.
    Column("x", Float),
    Column("y", Float),
    Column("z", Float),
    Index("incident_places_by_name", "name"),
    Index("incident_places_by_name_en", "name_en"),
    Index("incident_places_by_gazetteer", "gazetteer"),
    Index("incident_places_by_lat", "lat"),
    sqlite_with_rowid=False,
)

# --- settings --------------------------------------------------------------------------------------------------------

accounts = Table(
    "accounts",
    metadata,
    _number(),
    Column("name", _TEXT, nullable=False, unique=True),
    Column("key", _TEXT, nullable=False, unique=True),  # the name as it is compared: no two people sign with names that look alike
    Column("role", _TEXT, nullable=False),
    Column("password", _TEXT, nullable=False),  # its hash, with the parameters and the salt
    Column("active", Boolean, nullable=False),
    Column("created", _TEXT, nullable=False),
)
sessions = Table(
    "sessions",
    metadata,
    Column("hash", _TEXT, primary_key=True),  # of the token in the cookie, which is kept nowhere
    _account(),
    Column("created", _TEXT, nullable=False),
    Column("seen", _TEXT, nullable=False),
    Column("expires", _TEXT, nullable=False),
    Index("sessions_by_account", "account"),
    sqlite_with_rowid=False,
)
tokens = Table(
    "tokens",
    metadata,
    Column("hash", _TEXT, primary_key=True),
    Column("name", _TEXT, nullable=False),
    _account(),
    Column("rights", _TEXT, nullable=False),  # parted by spaces
    Column("created", _TEXT, nullable=False),
    Column("expires", _TEXT, nullable=False),
    Column("used", _TEXT),
    Index("tokens_by_account", "account"),
    sqlite_with_rowid=False,
)
