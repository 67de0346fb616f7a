"""The people of a team: their accounts and passwords, their sessions, and tokens for their programs.

All of it is in the register, so that several commands and desks know the same; see `store.accounts` for what is kept. Whether time has
ended a session is said here, by the register's clock.
"""

from __future__ import annotations

import hashlib
import math
import secrets
import unicodedata
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta

from sijill.desk.limits import Limit
from sijill.desk.passwords import Passwords, problem
from sijill.desk.rights import ROLES, TOKEN_RIGHTS, Person, Right
from sijill.errors import InputError, StoreError
from sijill.export.html import Both, words
from sijill.register import Register
from sijill.store.accounts import Account, Token, account_key

__all__ = ["LONGEST", "RefusedError", "Team", "TooOftenError"]

UNUSED = timedelta(hours=12)
"""A session ends so long after its last request …"""
AT_MOST = timedelta(days=30)
"""… and so long after signing in, used or not."""
LONGEST = 365
"""Days that a token may be good for."""
_NAME = 60
_SEEN = timedelta(minutes=5)
"""How exactly it is kept when a session or token was used. It may end by so much too early: the mistake that is preferred."""
_MOMENT = 0.05
"""Seconds to wait for another writer, where what is written may be left out."""
_MARK = "sij_"
_WINDOW = 15 * 60
_WRONG_FOR_A_NAME, _WRONG_FROM_AN_ADDRESS = 5, 20


class RefusedError(InputError):
    """What was asked for is not done; `said` tells why in both languages, and the message of the error in English."""

    def __init__(self, key: str) -> None:
        self.said: Both = words("account", key)
        super().__init__(str(self.said.en))
        self.key = key


class TooOftenError(RefusedError):
    """Too many wrong passwords; whatever the password, the next try is in `wait` seconds."""

    def __init__(self, wait: float) -> None:
        super().__init__("too_often")
        self.wait = max(1, math.ceil(wait))


class Team:
    """The accounts of a register. Whatever may be refused raises `RefusedError`; where the register fails it is `StoreError`."""

    def __init__(
        self,
        register: Register,
        *,
        passwords: Passwords | None = None,
        limit: Callable[[int, float], Limit] = Limit,
    ) -> None:
        """`limit` makes what counts wrong passwords, from how many within how many seconds."""
        self._store = register.store
        self._clock = register.now
        self._passwords = passwords or Passwords()
        self._names = limit(_WRONG_FOR_A_NAME, _WINDOW)
        self._addresses = limit(_WRONG_FROM_AN_ADDRESS, _WINDOW)

    # --- accounts ----------------------------------------------------------------------------------------------------

    def accounts(self) -> list[Account]:
        """Every account, closed ones too, in the order in which they were made."""
        return self._store.accounts.all()

    def account(self, name: str) -> Account:
        """The account of a name."""
        found = self._store.accounts.named(name)
        if found is None:
            raise RefusedError("no_such_account")
        return found

    def add(self, name: str, role: str, password: str, *, by: str) -> Account:
        """Make an account. The name signs decisions for ever, so it can be neither changed nor given to another."""
        name = _name(name)
        hashed = self._new_hash(password, name, role)
        with self._store.writing() as batch:
            if self._store.accounts.named(name) is not None:
                raise RefusedError("name_taken")
            return batch.accounts.add(name, role, hashed, by=by)

    def set_role(self, name: str, role: str, *, by: str) -> None:
        """Give an account another role; its sessions end."""
        _check_role(role)
        with self._store.writing() as batch:
            account = self.account(name)
            if role == account.role:
                return
            self._keep_an_admin(account)
            batch.accounts.set_role(account, role, by=by)

    def set_password(self, name: str, password: str, *, by: str) -> None:
        """Give an account another password; its sessions and tokens end."""
        account = self.account(name)
        hashed = self._new_hash(password, account.name)
        with self._store.writing() as batch:
            batch.accounts.set_password(account, hashed, by=by)

    def close(self, name: str, *, by: str) -> None:
        """Let nobody in by an account; its sessions and tokens end. Nothing of what was decided under its name changes."""
        with self._store.writing() as batch:
            account = self.account(name)
            if account.active:
                self._keep_an_admin(account)
                batch.accounts.close(account, by=by)

    def reopen(self, name: str, *, by: str) -> None:
        """Let the owner of a closed account in again."""
        with self._store.writing() as batch:
            account = self.account(name)
            if not account.active:
                batch.accounts.reopen(account, by=by)

    def _keep_an_admin(self, changed: Account) -> None:
        """Called inside a batch, so that two admins cannot close each other at once."""
        if changed.role == "admin" and not any(
            other.active and other.role == "admin" and other.number != changed.number for other in self.accounts()
        ):
            raise RefusedError("last_admin")

    def _new_hash(self, password: str, name: str, role: str | None = None) -> str:
        if role is not None:
            _check_role(role)
        wrong = problem(password, name)
        if wrong:
            raise RefusedError(wrong)
        return self._passwords.hash(password)

    # --- signing in --------------------------------------------------------------------------------------------------

    def sign_in(self, name: str, password: str, address: str) -> str:
        """The token of a new session. It is kept nowhere but with whoever signed in.

        Nothing tells a name that is unknown or closed from a password that is wrong, not even how long it takes.
        """
        account = self._checked(name, password, address)
        token, now = secrets.token_urlsafe(32), self._now()
        hashed = self._store.accounts.password(account)
        renewed = self._passwords.hash(password) if self._passwords.stale(hashed) else None
        with self._store.writing() as batch:
            again = self._store.accounts.named(account.name)
            if again != account or self._store.accounts.password(account) != hashed:
                raise RefusedError("wrong")  # it was changed or closed since the password was looked at
            batch.accounts.sweep_sessions(unseen_since=_said(now - UNUSED), now=_said(now))
            batch.accounts.add_session(_hash(token), account, at=_said(now), expires=_said(now + AT_MOST))
            if renewed is not None:
                batch.accounts.rehash(account, renewed)
        return token

    def sign_out(self, token: str) -> None:
        """End the session of a token."""
        with self._store.writing() as batch:
            batch.accounts.end_session(_hash(token))

    def by_session(self, token: str) -> Person | None:
        """Who signed in, by the token of the session; None where there is none, or where it has ended."""
        hashed, now = _hash(token), self._now()
        session = self._store.accounts.session(hashed)
        if session is None or not session.account.active or _said(now) >= session.expires or now - _time(session.seen) >= UNUSED:
            return None
        if now - _time(session.seen) >= _SEEN:
            self._if_nobody_writes(lambda: self._touch_session(hashed, now))
        return Person(name=session.account.name, role=session.account.role, rights=_rights(session.account) | {"own"})  # type: ignore[arg-type]

    def _touch_session(self, hashed: str, now: datetime) -> None:
        with self._store.writing(patience=_MOMENT) as batch:
            batch.accounts.touch_session(hashed, _said(now))

    def _checked(self, name: str, password: str, address: str) -> Account:
        """The account that a name and a password open. Every try counts before it is looked at, so that many at once gain nothing."""
        name = name[: 4 * _NAME]
        key = hashlib.sha256(account_key(name).encode(errors="ignore")).hexdigest()
        wait = self._addresses.take(address) or self._names.take(key)
        if wait:
            raise TooOftenError(wait)
        account = self._store.accounts.named(name)
        fits = self._passwords.fits(None if account is None else self._store.accounts.password(account), password)
        if account is None or not fits or not account.active:
            raise RefusedError("wrong")
        self._names.forget(key)
        self._addresses.give_back(address)
        return account

    def change_own(self, name: str, old: str, new: str, address: str) -> None:
        """Change one's own password, knowing the old one; all sessions and tokens of the account end."""
        self._checked(name, old, address)
        self.set_password(name, new, by=name)

    # --- tokens ------------------------------------------------------------------------------------------------------

    def tokens(self, name: str) -> list[Token]:
        """The tokens of an account, expired ones too, the oldest first."""
        return self._store.accounts.tokens(self.account(name))

    def make_token(self, owner: str, password: str, address: str, *, name: str, rights: Collection[str], days: int) -> str:
        """A new token, shown this once. The password is asked for: else a session left open would be one for ever."""
        account = self._checked(owner, password, address)
        name = _name(name)
        allowed = _rights(account) & TOKEN_RIGHTS
        if not rights or not allowed.issuperset(rights):
            raise RefusedError("token_rights")
        if not 1 <= days <= LONGEST:
            raise RefusedError("token_days")
        token, now = _MARK + secrets.token_urlsafe(32), self._now()
        with self._store.writing() as batch:
            batch.accounts.add_token(
                _hash(token), name, account, rights, at=_said(now), expires=_said(now + timedelta(days=days)), by=account.name
            )
        return token

    def revoke_token(self, owner: str, id: str) -> None:
        """Take back a token of one's own, by its id."""
        with self._store.writing() as batch:
            batch.accounts.revoke_token(id, self.account(owner), by=owner)

    def by_token(self, token: str) -> Person | None:
        """For whom a program asks, by its token; None where there is none, or where it has expired.

        Its rights are those it was made for, as far as the account still has them.
        """
        if not token.startswith(_MARK):
            return None
        hashed, now = _hash(token), self._now()
        found = self._store.accounts.token(hashed)
        if found is None or not found.account.active or _said(now) >= found.expires:
            return None
        if found.used is None or now - _time(found.used) >= _SEEN:
            self._if_nobody_writes(lambda: self._touch_token(hashed, now))
        rights = _rights(found.account) & TOKEN_RIGHTS & frozenset(found.rights)
        return Person(name=found.account.name, role=found.account.role, rights=rights)  # type: ignore[arg-type]

    def _touch_token(self, hashed: str, now: datetime) -> None:
        with self._store.writing(patience=_MOMENT) as batch:
            batch.accounts.touch_token(hashed, _said(now))

    def _if_nobody_writes(self, touch: Callable[[], None]) -> None:
        """When something was used is not worth a page that waits for a long import; it is kept with a later request."""
        try:
            touch()
        except StoreError:
            return

    def _now(self) -> datetime:
        return self._clock().astimezone(UTC).replace(microsecond=0)


def _hash(token: str) -> str:
    """A token as it is kept. It is 256 random bits, which nobody can try out: no salt and no slow hash is needed."""
    return hashlib.sha256(token.encode(errors="ignore")).hexdigest()


def _rights(account: Account) -> frozenset[Right]:
    return ROLES.get(account.role, frozenset())  # type: ignore[call-overload, no-any-return]


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise RefusedError("no_such_role")


def _name(name: str) -> str:
    """A name that can be shown and told from others: one line of visible signs that holds a letter or digit."""
    plain = unicodedata.normalize("NFC", name.strip())
    if not 0 < len(plain) <= _NAME or any(unicodedata.category(c) in _UNSEEN for c in plain) or not any(map(str.isalnum, plain)):
        raise RefusedError("bad_name")
    if account_key(plain) == "sijill":  # signs what the program does by itself
        raise RefusedError("name_taken")
    return plain


_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}


def _said(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _time(said: str) -> datetime:
    return datetime.fromisoformat(said)
