"""Accounts, sessions and tokens as a register keeps them: they come and go, and the audit log tells of every change."""

from __future__ import annotations

import time
from typing import Any

import msgspec
import pytest
from sqlalchemy import text as sql
from store_factories import filled

from sijill.errors import StoreError
from sijill.store import Store
from sijill.store.accounts import Account
from sijill.store.tables import KEPT, metadata

HASH = "$argon2id$not-a-real-one"
LATER = "2022-03-01T00:00:00Z"
AT = "2022-02-02T12:00:00Z"


def made(store: Store, name: str = "أمل", role: str = "analyst") -> Account:
    with store.writing() as batch:
        return batch.accounts.add(name, role, HASH, by="root")


def log(store: Store) -> list[tuple[str, str, str, dict[str, Any]]]:
    return [(entry.by, entry.action, entry.subject, entry.detail) for entry in store.audit()]


def test_an_account_is_made_and_found_however_it_is_spelled(store: Store) -> None:
    amal = made(store)
    assert (amal.number, amal.name, amal.role, amal.active) == (1, "أمل", "analyst", True)
    assert made(store, "Zayd Q").number == 2
    assert store.accounts.named("امل") == store.accounts.named("أَمَل") == amal
    assert store.accounts.named("zayd  q") == store.accounts.all()[1]
    assert store.accounts.named("zayd") is None
    assert store.accounts.password(amal) == HASH


@pytest.mark.parametrize("other", ["أمل", "امل", "أَمَـل"])
def test_no_two_accounts_have_names_that_look_the_same(store: Store, other: str) -> None:
    made(store)
    with pytest.raises(StoreError, match="already"):
        made(store, other)
    assert len(store.accounts.all()) == 1
    assert len(log(store)) == 1


def test_every_change_is_entered_with_who_made_it_and_no_secret(store: Store) -> None:
    amal = made(store)
    with store.writing() as batch:
        change = batch.accounts
        change.set_role(amal, "editor", by="root")
        change.set_password(amal, "another hash", by="أمل")
        id = change.add_token("f" * 64, "a script", amal, {"read", "judge"}, at=AT, expires=LATER, by="أمل")
        change.revoke_token(id, amal, by="أمل")
        change.close(amal, by="root")
        change.reopen(amal, by="root")
    assert log(store) == [
        ("root", "account", "أمل", {"did": "add", "role": "analyst"}),
        ("root", "account", "أمل", {"did": "role", "role": "editor", "before": "analyst"}),
        ("أمل", "account", "أمل", {"did": "password"}),
        ("أمل", "token", "أمل", {"did": "make", "id": id, "name": "a script", "rights": ["judge", "read"], "expires": LATER}),
        ("أمل", "token", "أمل", {"did": "revoke", "id": id, "name": "a script"}),
        ("root", "account", "أمل", {"did": "close"}),
        ("root", "account", "أمل", {"did": "reopen"}),
    ]
    said = msgspec.json.encode(log(store)).decode()
    assert "hash" not in said
    assert "f" * 13 not in said
    assert store.verify().ok


def test_nothing_is_entered_of_what_changes_nothing_for_anybody(store: Store) -> None:
    amal = made(store)
    with store.writing() as batch:
        batch.accounts.rehash(amal, "finer")
        batch.accounts.add_session("a", amal, at=AT, expires=LATER)
        batch.accounts.end_session("a")
    assert store.accounts.password(amal) == "finer"
    assert len(log(store)) == 1


def with_session_and_token(store: Store, account: Account, letter: str) -> None:
    with store.writing() as batch:
        batch.accounts.add_session(letter * 64, account, at=AT, expires=LATER)
        batch.accounts.add_token(letter * 64, letter, account, ["read"], at=AT, expires=LATER, by="x")


@pytest.mark.parametrize(("change", "tokens"), [("set_role", 1), ("set_password", 0), ("close", 0)])
def test_what_ends_with_a_change_and_what_of_others_stays(store: Store, change: str, tokens: int) -> None:
    amal, zayd = made(store), made(store, "Zayd")
    with_session_and_token(store, amal, "a")
    with_session_and_token(store, zayd, "b")
    with store.writing() as batch:
        getattr(batch.accounts, change)(amal, *(["reader"] if change != "close" else []), by="root")
    assert store.accounts.session("a" * 64) is None
    assert len(store.accounts.tokens(amal)) == tokens
    session, token = store.accounts.session("b" * 64), store.accounts.token("b" * 64)
    assert session is not None
    assert token is not None
    assert session.account == token.account == zayd


def test_sessions_that_time_has_ended_are_swept(store: Store) -> None:
    amal = made(store)
    with store.writing() as batch:
        for name, at, expires in (("idle", "2022-01-01", "2023"), ("old", "2022-02-01", "2022-02-02"), ("good", "2022-02-01", "2023")):
            batch.accounts.add_session(name, amal, at=at, expires=expires)
        batch.accounts.touch_session("good", "2022-02-03")
        batch.accounts.sweep_sessions(unseen_since="2022-01-15", now="2022-02-03")
    assert store.accounts.session("idle") is None
    assert store.accounts.session("old") is None
    good = store.accounts.session("good")
    assert good is not None
    assert good.seen == "2022-02-03"


def test_a_token_is_listed_used_and_revoked_by_its_owner_alone(store: Store) -> None:
    amal, zayd = made(store), made(store, "Zayd")
    with_session_and_token(store, amal, "a")
    with store.writing() as batch:
        batch.accounts.touch_token("a" * 64, LATER)
    (token,) = store.accounts.tokens(amal)
    assert (token.id, token.name, token.rights, token.used) == ("a" * 12, "a", ["read"], LATER)
    with pytest.raises(StoreError, match="no such token"), store.writing() as batch:
        batch.accounts.revoke_token(token.id, zayd, by="Zayd")
    with store.writing() as batch:
        batch.accounts.revoke_token(token.id, amal, by="أمل")
    assert store.accounts.token("a" * 64) is None


def test_settings_are_no_evidence(store: Store, location: str) -> None:
    settings = {"accounts", "sessions", "tokens"}
    assert settings < metadata.tables.keys()
    assert not settings & {table.name for table in KEPT}
    filled(store, "قصف")
    with_session_and_token(store, made(store), "a")
    dumped = b"".join(msgspec.json.encode(line) for line in store.dump())
    assert HASH.encode() not in dumped
    assert b"a" * 64 not in dumped
    with store.writing() as batch:  # and no trigger keeps them
        for table in ("sessions", "tokens", "accounts"):
            batch.flushed().execute(sql(f"DELETE FROM {table}"))
    assert store.accounts.all() == []
    assert store.verify().ok


def test_what_may_wait_no_moment_does_not(location: str) -> None:
    with Store.open(location) as store, Store.open(location, patience=20) as other, store.writing():
        start = time.monotonic()
        with pytest.raises(StoreError, match="another process is writing"), other.writing(patience=0.01):
            pass
        assert time.monotonic() - start < 10
        assert other.accounts.all() == []
