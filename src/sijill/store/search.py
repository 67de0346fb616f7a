"""Reports by their words, with the same answers in the same order on both databases.

The index of words (FTS5, or GIN over the words of the shadow) says which reports hold a word; what a word of a query stands for, what a
phrase is, the order and the marks are ours. The newest report comes first, those without a day last, and those of one day by SHA-256.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import ARRAY, ColumnElement, Connection, Text, and_, bindparam, cast, exists, false, func, not_, or_, select
from sqlalchemy import text as sql

from sijill.errors import StoreError
from sijill.records import Record, Report, Span
from sijill.store import tables as t
from sijill.store.kept import Hit, Hits
from sijill.store.packing import unpack
from sijill.store.words import Query, Term, marked, name_key, parse

__all__ = ["ReportFilter", "count_hits", "cursor_values", "holding", "new_cursor", "report_from", "search"]


class ReportFilter(Record, frozen=True, kw_only=True):
    """Which reports: published from `since` to `until` (days, both counted in; one without a day is in neither), by outlet, by language;
    `among` some SHA-256s.
    """

    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    language: str | None = None
    among: frozenset[str] | None = None


def search(connection: Connection, query: str | None, where: ReportFilter, limit: int, after: str | None) -> Hits:
    """A page of the reports that a query finds; all reports of the filter where the query is None."""
    asked = parse(query) if query is not None else None
    day, sha = t.reports.c.published, t.reports.c.sha256
    found = select(t.reports).where(*_conditions(connection.dialect.name, asked, where))
    if after is not None:
        last_day, last_sha = map(str, cursor_values(after, "reports", 2))
        found = found.where(or_(day < last_day, and_(day == last_day, sha > last_sha)))
    rows = connection.execute(found.order_by(day.desc(), sha).limit(limit + 1)).all()
    hits = []
    for row in rows[:limit]:
        report = report_from(row)
        spans = marked(report.text, asked) if asked else []
        hits.append(Hit(report=report, spans=[Span(start=start, end=end) for start, end in spans]))
    more = len(rows) > limit and limit > 0
    return Hits(hits=hits, next=new_cursor("reports", rows[limit - 1].published, rows[limit - 1].sha256) if more else None)


def count_hits(connection: Connection, query: str | None, where: ReportFilter) -> int:
    """How many reports a query finds."""
    asked = parse(query) if query is not None else None
    found = select(func.count()).select_from(t.reports).where(*_conditions(connection.dialect.name, asked, where))
    return connection.execute(found).scalar_one()


def report_from(row: Any) -> Report:
    """The report of a row of `reports`."""
    about = msgspec.json.decode(row.about)
    return Report(text=unpack(row.packing, row.text).decode(), sha256=row.sha256, **about)


def _conditions(dialect: str, asked: Query | None, where: ReportFilter) -> list[ColumnElement[bool]]:
    day = t.reports.c.published
    conditions: list[ColumnElement[bool]] = [] if asked is None else [holding(dialect, t.reports.c.number, asked)]
    if where.since:
        conditions.append(day >= where.since)
    if where.until:
        conditions += [day <= where.until, day != ""]
    if where.outlet is not None:
        by = select(t.acquisitions.c.report).where(t.acquisitions.c.outlet == name_key(where.outlet))
        conditions.append(t.reports.c.number.in_(by))
    if where.language is not None:
        conditions.append(t.reports.c.language == where.language)
    if where.among is not None:
        conditions.append(t.reports.c.sha256.in_(sorted(where.among)))
    return conditions


# --- from a query to a condition -------------------------------------------------------------------------------------


def holding(dialect: str, number: ColumnElement[int], asked: Query) -> ColumnElement[bool]:
    """The condition that the report with a number is one of those that a query asks for; none is where it asks for nothing."""
    if not asked:
        return false()
    index: _Index = _Sqlite() if dialect == "sqlite" else _Postgresql()
    plain: list[Sequence[str]] = []
    conditions: list[ColumnElement[bool]] = []
    for group in asked.groups:
        if all(len(term.words) == 1 for term in group):
            plain.append([form for term in group for form in term.first()])
        else:
            conditions.append(number.in_(_any(_reports_with(index, term) for term in group)))
    if plain:
        conditions.insert(0, number.in_(index.reports(plain)))
    if asked.without:
        conditions.append(index.absent(number, _any(_reports_with(index, term) for term in asked.without)))
    return and_(*conditions)


def _any(queries: Iterable[Any]) -> Any:
    """What any of some queries gives: one list to look up in, where databases make a plan of their own for each of many ORs."""
    first, *others = queries
    return first.union_all(*others) if others else first


def _reports_with(index: _Index, term: Term) -> Any:
    """The numbers of reports that hold a term. Of a phrase the index knows the words; the shadow knows whether they stand together."""
    first = term.first()
    found = index.reports([first, *([word] for word in term.words[1:])])
    if len(term.words) == 1:
        return found
    rest = " ".join(["", *term.words[1:], ""])
    here = select(t.report_words.c.report).where(t.report_words.c.report.in_(found))
    # Looked for without its prefixes first: nearly every report that does not hold the phrase is dropped by one search for it.
    here = here.where(index.within(term.words[0] + rest), or_(*(index.within(f" {form}{rest}") for form in first)))
    return here


class _Index:
    """What the two databases do in their own ways."""

    def reports(self, groups: Sequence[Sequence[str]]) -> Any:
        """A query for the numbers of reports that hold at least one word of each group."""
        raise NotImplementedError

    def within(self, piece: str) -> ColumnElement[bool]:
        """The condition that a piece of text stands in the shadow."""
        raise NotImplementedError

    def absent(self, number: ColumnElement[int], reports: Any) -> ColumnElement[bool]:
        """The condition that a number is none of those that a query gives."""
        raise NotImplementedError


class _Sqlite(_Index):
    def reports(self, groups: Sequence[Sequence[str]]) -> Any:
        # Words hold nothing but letters and digits, so that no query can be wrong.
        asked = " AND ".join("(" + " OR ".join(f'"{word}"' for word in dict.fromkeys(group)) + ")" for group in groups)
        match = sql("report_index MATCH :asked").bindparams(bindparam("asked", asked, unique=True))
        return select(sql("rowid")).select_from(sql("report_index")).where(match)

    def within(self, piece: str) -> ColumnElement[bool]:
        return func.instr(t.report_words.c.shadow, piece) > 0

    def absent(self, number: ColumnElement[int], reports: Any) -> ColumnElement[bool]:
        return number.not_in(reports)


class _Postgresql(_Index):
    def reports(self, groups: Sequence[Sequence[str]]) -> Any:
        held = func.sijill_words(t.report_words.c.shadow, type_=ARRAY(Text))
        any_of = [held.bool_op("&&")(cast(list(dict.fromkeys(group)), ARRAY(Text))) for group in groups]
        # OFFSET 0 has the index asked first and alone; otherwise a plan may cut up the texts of all reports of a filter one by one.
        return select(t.report_words.c.report).where(*any_of).offset(0)

    def within(self, piece: str) -> ColumnElement[bool]:
        return func.strpos(t.report_words.c.shadow, piece) > 0

    def absent(self, number: ColumnElement[int], reports: Any) -> ColumnElement[bool]:
        # NOT IN would be looked up row by row in a list that does not fit the server's memory for it.
        there = reports.subquery()
        return not_(exists().where(there.c[0] == number))


# --- cursors ---------------------------------------------------------------------------------------------------------


def new_cursor(order: Literal["reports", "date", "harm", "size"], *values: object) -> str:
    """Where a page ended, as a text to go on from.

    >>> cursor_values(new_cursor("date", "2022-01-20", "i1"), "date", 2)
    ['2022-01-20', 'i1']
    """
    return base64.urlsafe_b64encode(msgspec.json.encode([order, *values])).decode().rstrip("=")


def cursor_values(cursor: str, order: str, count: int) -> list[Any]:
    """The values of a cursor. Raises `StoreError` for what is no cursor, or one of a list in another order."""
    try:
        values = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=list[str | int])
        if values[0] == order and len(values) == count + 1 and all(isinstance(v, str) or abs(v) < 2**31 for v in values):
            return list(values[1:])
    except (binascii.Error, msgspec.MsgspecError, ValueError, IndexError):
        pass
    raise StoreError("this is no place to go on from in this list; begin at its start")
