"""Who may use a register that a team shares: accounts, the sessions of those who signed in, and tokens for programs.

These are settings and no evidence: they change and go, and no export holds them. Every change of an account or a token is entered in the
audit log with who made it. Of passwords and tokens only hashes come here; which hash, and for how long, is for those to say who call.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update

from sijill.errors import StoreError
from sijill.records import Record
from sijill.store import tables as t
from sijill.text import fold_word

__all__ = ["Account", "AccountChanges", "Accounts", "Session", "Token", "account_key"]

_Note = Callable[..., None]


class Account(Record, frozen=True, kw_only=True):
    """A person of the team. An account is closed and never taken out: what was decided under its name stays one person's."""

    number: int
    name: str
    role: str
    active: bool
    created: str


class Session(Record, frozen=True, kw_only=True):
    """That someone signed in; `seen` is when a request last came, to within a few minutes."""

    account: Account
    created: str
    seen: str
    expires: str


class Token(Record, frozen=True, kw_only=True):
    """What a program signs in with. `id` names it and opens nothing; `rights` are what it was made for."""

    id: str
    name: str
    account: Account
    rights: list[str]
    created: str
    expires: str
    used: str | None = None


def account_key(name: str) -> str:
    """A name of an account as it is compared: without case, vowel marks, and what else two names may differ in unseen.

    Preferred mistake: a name is refused that differs from another one by a hamza, over two people whose signatures look the same.

    >>> account_key("Amal  Haddad") == account_key("amal haddad"), account_key("أَمَل") == account_key("امل")
    (True, True)
    """
    return fold_word(unicodedata.normalize("NFKC", name)).casefold()


def _account(row: Any) -> Account:
    return Account(number=row.number, name=row.name, role=row.role, active=row.active, created=row.account_created)


_ACCOUNT = (
    t.accounts.c.number,
    t.accounts.c.name,
    t.accounts.c.role,
    t.accounts.c.active,
    t.accounts.c.created.label("account_created"),
)


class Accounts:
    """What a register knows of accounts; `Store.accounts`."""

    def __init__(self, reading: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._reading = reading

    def all(self) -> list[Account]:
        """Every account, closed ones too, in the order in which they were made."""
        with self._reading() as connection:
            return [_account(row) for row in connection.execute(select(*_ACCOUNT).order_by(t.accounts.c.number))]

    def named(self, name: str) -> Account | None:
        """The account of a name, however it is spelled (see `account_key`); None where there is none."""
        with self._reading() as connection:
            row = connection.execute(select(*_ACCOUNT).where(t.accounts.c.key == account_key(name))).one_or_none()
        return None if row is None else _account(row)

    def password(self, account: Account) -> str:
        """The hash of the password of an account."""
        with self._reading() as connection:
            return str(connection.execute(select(t.accounts.c.password).where(t.accounts.c.number == account.number)).scalar_one())

    def session(self, hash: str) -> Session | None:
        """The session whose token has a hash, ended by time or not; None where there is none."""
        c = t.sessions.c
        query = select(*_ACCOUNT, c.created, c.seen, c.expires).join(t.accounts).where(c.hash == hash)
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else Session(account=_account(row), created=row.created, seen=row.seen, expires=row.expires)

    def token(self, hash: str) -> Token | None:
        """The token that has a hash, expired or not; None where there is none."""
        return next(iter(self._tokens(t.tokens.c.hash == hash)), None)

    def tokens(self, account: Account) -> list[Token]:
        """The tokens of an account, expired ones too, the oldest first."""
        return self._tokens(t.tokens.c.account == account.number)

    def _tokens(self, where: Any) -> list[Token]:
        c = t.tokens.c
        columns = (c.hash, c.name.label("token"), c.rights, c.created, c.expires, c.used)
        with self._reading() as connection:
            rows = connection.execute(select(*_ACCOUNT, *columns).join(t.accounts).where(where).order_by(c.created, c.hash)).all()
        return [
            Token(
                id=_id(row.hash),
                name=row.token,
                account=_account(row),
                rights=row.rights.split(),
                created=row.created,
                expires=row.expires,
                used=row.used,
            )
            for row in rows
        ]


class AccountChanges:
    """What is changed of accounts, within a batch; `Batch.accounts`."""

    def __init__(self, connection: Connection, note: _Note, now: Callable[[], str]) -> None:
        self._connection = connection
        self._note = note
        self._now = now

    # --- accounts ----------------------------------------------------------------------------------------------------

    def add(self, name: str, role: str, password: str, *, by: str) -> Account:
        """Make an account; `password` is a hash. Raises `StoreError` where the name, or one that looks the same, is taken."""
        c, key = t.accounts.c, account_key(name)
        taken = self._connection.execute(select(c.name).where(or_(c.key == key, c.name == name))).scalar()
        if taken is not None:
            raise StoreError(f"there is an account {taken} already; choose a name that cannot be taken for it")
        number = (self._connection.execute(select(func.max(c.number))).scalar() or 0) + 1
        account = Account(number=number, name=name, role=role, active=True, created=self._now())
        row = {"number": number, "name": name, "key": key, "role": role, "password": password, "active": True, "created": account.created}
        self._connection.execute(t.accounts.insert(), row)
        self._note("account", name, {"did": "add", "role": role}, by=by)
        return account

    def set_role(self, account: Account, role: str, *, by: str) -> None:
        """Give an account another role. Its sessions end, so that whoever is signed in meets the new role knowingly."""
        self._set(account, role=role)
        self.end_sessions(account)
        self._note("account", account.name, {"did": "role", "role": role, "before": account.role}, by=by)

    def set_password(self, account: Account, password: str, *, by: str) -> None:
        """Give an account another password, as a hash. Its sessions and tokens end: whoever had the old one may have made them."""
        self._set(account, password=password)
        self._end(account)
        self._note("account", account.name, {"did": "password"}, by=by)

    def rehash(self, account: Account, password: str) -> None:
        """Keep the same password under a hash of other parameters. Nothing that anybody can do changes, so nothing is entered."""
        self._set(account, password=password)

    def close(self, account: Account, *, by: str) -> None:
        """Let nobody in by this account any more; its sessions and tokens end."""
        self._set(account, active=False)
        self._end(account)
        self._note("account", account.name, {"did": "close"}, by=by)

    def reopen(self, account: Account, *, by: str) -> None:
        """Let its owner in again, with the password it had."""
        self._set(account, active=True)
        self._note("account", account.name, {"did": "reopen"}, by=by)

    def _set(self, account: Account, **values: Any) -> None:
        self._connection.execute(update(t.accounts).where(t.accounts.c.number == account.number).values(**values))

    def _end(self, account: Account) -> None:
        self.end_sessions(account)
        self._connection.execute(delete(t.tokens).where(t.tokens.c.account == account.number))

    # --- sessions ----------------------------------------------------------------------------------------------------

    def add_session(self, hash: str, account: Account, *, at: str, expires: str) -> None:
        """Keep that someone signed in, by the hash of the session's token."""
        row = {"hash": hash, "account": account.number, "created": at, "seen": at, "expires": expires}
        self._connection.execute(t.sessions.insert(), row)

    def touch_session(self, hash: str, at: str) -> None:
        """Keep when a request of a session came."""
        self._connection.execute(update(t.sessions).where(t.sessions.c.hash == hash).values(seen=at))

    def end_session(self, hash: str) -> None:
        """End one session; nothing happens where there is none."""
        self._connection.execute(delete(t.sessions).where(t.sessions.c.hash == hash))

    def end_sessions(self, account: Account) -> None:
        """End all sessions of an account."""
        self._connection.execute(delete(t.sessions).where(t.sessions.c.account == account.number))

    def sweep_sessions(self, *, unseen_since: str, now: str) -> None:
        """Take out sessions that time has ended."""
        c = t.sessions.c
        self._connection.execute(delete(t.sessions).where(or_(c.seen < unseen_since, c.expires < now)))

    # --- tokens ------------------------------------------------------------------------------------------------------

    def add_token(self, hash: str, name: str, account: Account, rights: Iterable[str], *, at: str, expires: str, by: str) -> str:
        """Keep a token by its hash. Returns its id."""
        said = sorted(rights)
        row = {"hash": hash, "name": name, "account": account.number, "rights": " ".join(said), "created": at, "expires": expires}
        self._connection.execute(t.tokens.insert(), row)
        self._note("token", account.name, {"did": "make", "id": _id(hash), "name": name, "rights": said, "expires": expires}, by=by)
        return _id(hash)

    def touch_token(self, hash: str, at: str) -> None:
        """Keep when a token was used."""
        self._connection.execute(update(t.tokens).where(t.tokens.c.hash == hash).values(used=at))

    def revoke_token(self, id: str, account: Account, *, by: str) -> None:
        """Take back a token of an account by its id. Raises `StoreError` where the account has none of that id."""
        c = t.tokens.c
        mine = self._connection.execute(select(c.hash, c.name).where(c.account == account.number)).all()
        found = next((row for row in mine if _id(row.hash) == id), None)
        if found is None:
            raise StoreError("the register holds no such token of yours; it may have been revoked already")
        self._connection.execute(delete(t.tokens).where(c.hash == found.hash))
        self._note("token", account.name, {"did": "revoke", "id": id, "name": found.name}, by=by)


def _id(hash: str) -> str:
    """Twelve digits of the hash of a token: enough to tell tokens apart, and of no use to whoever wants to guess one."""
    return hash[:12]
