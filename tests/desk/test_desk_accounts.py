"""A shared desk: signing in and out, sessions that end, passwords, tokens, and the accounts that admins manage."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from desk_people import OTHER, PASSWORD, ROLES, Client, Clock, Desk, cheap, hidden
from litestar.connection import ASGIConnection

import sijill.desk as desk_package
from sijill.desk import account_pages
from sijill.desk.accounts import LONGEST, RefusedError, Team
from sijill.desk.passwords import LEAST, MOST, Passwords, problem
from sijill.desk.rights import TOKEN_RIGHTS
from sijill.desk.team import address, safe_next
from sijill.export import html
from sijill.register import Register

TEMPLATES = ("sign-in.html", "account.html", "accounts.html", "account-forms.html")
WRONG = "the wrong words entirely"


def signed_in(client: Client) -> bool:
    return bool(client.get("/account").status_code == 200)


def sign_in(client: Client, name: str = "reader", password: str = PASSWORD, **more: str) -> Any:
    return client.submit("/sign-in", name=name, password=password, **more)


def with_session(desk: Desk, session: str) -> Client:
    client = desk.client()
    client.cookies.set("sijill_session", session)
    return client


# --- sessions --------------------------------------------------------------------------------------------------------


def test_signing_in_and_out(desk: Desk) -> None:
    client = desk.client()
    assert client.get("/account").headers["location"] == "/sign-in?next=%2Faccount"
    answer = sign_in(client, next="/account")
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    cookie = next(line for line in answer.headers.get_list("set-cookie") if line.startswith("sijill_session="))
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    page = client.get("/account").text
    assert "<bdi>reader</bdi>" in page
    session = client.cookies["sijill_session"]
    assert client.submit("/sign-out").headers["location"] == "/sign-in?done=signed_out"
    assert not signed_in(client)
    assert not signed_in(with_session(desk, session)), "the session itself has ended, not just the cookie"


def test_cookies_are_kept_to_https_where_asked(register: Register, clock: Clock) -> None:
    desk = Desk(register, clock)
    desk.app.state["secure"] = True
    answer = sign_in(desk.client())
    assert "Secure" in next(line for line in answer.headers.get_list("set-cookie") if line.startswith("sijill_session="))


def test_a_session_that_somebody_planted_opens_nothing(desk: Desk) -> None:
    planted = "a" * 43
    client = with_session(desk, planted)
    sign_in(client)
    sessions = {cookie.value for cookie in client.cookies.jar if cookie.name == "sijill_session"} - {planted}
    assert len(sessions) == 1
    assert not signed_in(with_session(desk, planted))
    assert signed_in(with_session(desk, sessions.pop()))


def test_signing_in_again_ends_the_session_before(desk: Desk) -> None:
    client = desk.client("reader")
    before = client.cookies["sijill_session"]
    client.get("/account")
    sign_in(client, "analyst")
    assert not signed_in(with_session(desk, before))


def test_a_session_ends_unused_after_twelve_hours(desk: Desk, clock: Clock) -> None:
    client = desk.client("reader")
    for _ in range(3):
        clock.on(hours=11)
        assert signed_in(client), "each use gives twelve hours more"
    clock.on(hours=12)
    assert not signed_in(client)


def test_a_session_ends_after_thirty_days_however_much_it_is_used(desk: Desk, clock: Clock) -> None:
    client = desk.client("reader")
    for _ in range(30 * 24 // 6 - 1):
        clock.on(hours=6)
        assert desk.team.by_session(client.cookies["sijill_session"])
    assert signed_in(client)
    clock.on(hours=6)
    assert not signed_in(client)


def test_a_page_does_not_wait_for_a_writer_to_keep_when_it_was_seen(desk: Desk, clock: Clock, register: Register, tmp_path: Path) -> None:
    client = desk.client("reader")
    clock.on(hours=1)
    with Register(str(tmp_path / "register.sijill")) as other, other.store.writing():
        assert signed_in(client)
    clock.on(hours=11.5)
    assert not signed_in(client), "it was not kept, and the session ends too early: the mistake that is preferred"


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/accounts/role", {"role": "analyst"}),
        ("/accounts/close", {}),
        ("/accounts/password", {"new": OTHER, "again": OTHER}),
    ],
)
def test_what_an_admin_changes_ends_the_sessions_of_that_person_alone(desk: Desk, path: str, fields: dict[str, str]) -> None:
    reader, analyst, admin = desk.client("reader"), desk.client("analyst"), desk.client("admin")
    assert admin.submit(path, name="reader", **fields).status_code == 303
    assert not signed_in(reader)
    assert signed_in(analyst)
    assert signed_in(admin)


def test_a_closed_account_lets_nobody_in_until_it_is_reopened(desk: Desk) -> None:
    admin, client = desk.client("admin"), desk.client()
    program = desk.program("reader", "read")
    admin.submit("/accounts/close", name="reader")
    assert sign_in(client).status_code == 400
    admin.submit("/accounts/reopen", name="reader")
    assert sign_in(client).status_code == 303
    assert program.get("/").status_code == 303, "tokens stay ended"


def test_people_get_their_own_names_only(desk: Desk) -> None:
    clients = {name: desk.client(name) for name in ROLES}
    programs = {name: desk.program(name, "read") for name in ROLES}
    for _ in range(2):
        for name, client in clients.items():
            assert re.findall('class="person">.*?<bdi>(.*?)</bdi>', client.get("/").text) == [name]
            assert re.findall('class="person">.*?<bdi>(.*?)</bdi>', programs[name].get("/").text) == [name]


# --- where it goes on ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "away",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/%0a\n/evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "evil.example",
        "http:/evil.example",
        "/\u2028/evil",
        "//[::1",
        "/sign-out",
        "/sign-in?next=/",
        "/" + "a" * 3000,
        "",
    ],
)
def test_nothing_leads_away_from_the_desk(desk: Desk, away: str) -> None:
    assert safe_next(away) == "/"
    assert sign_in(desk.client(), next=away).headers["location"] == "/"
    assert desk.client("reader").get("/sign-in", params={"next": away}).headers["location"] == "/"
    page = desk.client().get("/sign-in", params={"next": away}).text
    assert re.findall('name="next" value="(.*?)"', page) == ["/"]


def test_it_goes_on_to_what_was_asked_for(desk: Desk) -> None:
    client = desk.client()
    sent = client.get("/?place=إدلب&sort=harm").headers["location"]
    form = client.get(sent).text
    wanted = re.findall('name="next" value="(.*?)"', form)[0].replace("&amp;", "&")
    assert sign_in(client, next=wanted).headers["location"] == "/?place=%D8%A5%D8%AF%D9%84%D8%A8&sort=harm"
    client.get("/account")
    assert client.submit("/account/password").status_code == 400
    assert desk.client().submit("/accounts/close", name="reader").headers["location"] == "/sign-in"


# --- passwords and brute force ---------------------------------------------------------------------------------------


def test_after_five_wrong_passwords_no_password_opens_for_a_quarter_of_an_hour(desk: Desk, clock: Clock) -> None:
    client = desk.client()
    for n in range(5):
        assert sign_in(client, password=WRONG).status_code == 400, n
    for password in (WRONG, PASSWORD):
        answer = sign_in(client, password=password)
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "900"
    assert sign_in(desk.client(), "READER").status_code == 429, "however the name is spelled"
    assert sign_in(desk.client(), "analyst").status_code == 303, "others may"
    clock.on(minutes=14, seconds=59)
    answer = sign_in(client)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    clock.on(seconds=2)
    assert sign_in(client).status_code == 303


def test_a_right_password_ends_the_count_of_wrong_ones(desk: Desk) -> None:
    client = desk.client()
    for _ in range(2):
        for _ in range(4):
            assert sign_in(client, password=WRONG).status_code == 400
        assert sign_in(client).status_code == 303
        client.submit("/sign-out")
        client.get("/sign-in")


def test_twenty_wrong_passwords_from_an_address_whatever_the_names(desk: Desk) -> None:
    client = desk.client()
    for n in range(20):
        assert sign_in(client, f"name {n}").status_code == 400
    assert sign_in(client, "analyst").status_code == 429
    with pytest.raises(RefusedError, match="wrong"):
        desk.team.sign_in("analyst", WRONG, "another address")


def test_the_password_is_not_guessed_on_the_pages_of_the_account_either(desk: Desk) -> None:
    client = desk.client("reader")
    for _ in range(5):
        assert client.submit("/account/password", old=WRONG, new=OTHER, again=OTHER).status_code == 400
    assert client.submit("/account/password", old=PASSWORD, new=OTHER, again=OTHER).status_code == 429
    assert client.submit("/account/tokens", name="x", right="read", days="1", password=PASSWORD).status_code == 429


class Counting(Passwords):
    """Counts how often a hash was made or compared: what time goes to."""

    compared = 0

    def fits(self, hash: str | None, password: str) -> bool:
        self.compared += 1
        return super().fits(hash, password)


def test_a_name_that_is_unknown_takes_as_long_and_gets_the_same_answer(register: Register, clock: Clock) -> None:
    passwords = Counting(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    team = Team(register, passwords=passwords, limit=clock.limit)
    for name in ("known", "closed", "other"):
        team.add(name, "admin", PASSWORD, by="root")
    team.close("closed", by="root")
    said = []
    for n, (name, password) in enumerate(
        [("known", WRONG), ("closed", PASSWORD), ("unknown", PASSWORD), ("", ""), ("x" * 100_000, "y")], 1
    ):
        with pytest.raises(RefusedError) as wrong:
            team.sign_in(name, password, "here")
        said.append(str(wrong.value))
        assert passwords.compared == n
    assert len(set(said)) == 1


def test_what_is_typed_for_nobody_fits_nothing() -> None:
    passwords = cheap()
    assert not passwords.fits(None, "")
    assert not passwords.fits("no hash at all", PASSWORD)


def test_a_password_is_hashed_anew_when_parameters_change(desk: Desk, register: Register, clock: Clock) -> None:
    account = desk.team.account("reader")
    before = register.store.accounts.password(account)
    finer = Team(register, passwords=Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)), limit=clock.limit)
    finer.sign_in("reader", PASSWORD, "here")
    after = register.store.accounts.password(account)
    assert before != after
    assert "m=16,t=2" in after
    finer.sign_in("reader", PASSWORD, "here")
    assert register.store.accounts.password(account) == after
    assert desk.log() == []


def test_a_password_is_the_same_however_its_marks_are_typed(desk: Desk) -> None:
    desk.team.add("ليلى", "reader", "caf\u00e9 قصير على النهر", by="root")
    assert desk.team.sign_in("ليلى", "cafe\u0301 قصير على النهر", "here")


@pytest.mark.parametrize(
    ("password", "wrong"),
    [
        ("eleven char", "password_short"),
        ("x y z" * 101, "password_long"),
        ("aaaaaaaaaaaaaa", "password_common"),
        ("abcabcabcabc", "password_common"),
        ("123456789012", "password_common"),
        ("02/02/2022 1", "password_common"),
        ("qwertyuiop12", "password_common"),
        ("abcdefghijklmn", "password_common"),
        ("Password-2022", "password_common"),
        ("كلمة السر 1234", "password_common"),
        ("كلمة المرور ٢٠٢٢", "password_common"),
        ("ضصثقفغعهخحجد", "password_common"),
        ("sijill 123456", "password_common"),
        ("Amal-Haddad-1990", "password_common"),
        ("!drowssap 2022", "password_common"),
        ("حصان أزرق يمشي ببطء", None),
        ("correct horse battery", None),
        ("9fK2#vQ!xw7Lp0", None),
    ],
)
def test_passwords_that_are_refused(password: str, wrong: str | None) -> None:
    assert problem(password, "amal haddad") == wrong


def test_ones_own_password(desk: Desk) -> None:
    client, elsewhere, program = desk.client("reader"), desk.client("reader"), desk.program("reader", "read")
    for fields, said in (
        ({"old": WRONG, "new": OTHER, "again": OTHER}, "is wrong"),
        ({"old": PASSWORD, "new": OTHER, "again": WRONG}, "not the same"),
        ({"old": PASSWORD, "new": "short", "again": "short"}, "fewer than 12"),
        ({"old": PASSWORD, "new": "password1234", "again": "password1234"}, "easily guessed"),
    ):
        answer = client.submit("/account/password", **fields)
        assert answer.status_code == 400
        assert said in answer.text
        assert PASSWORD not in answer.text
    assert desk.log() == [("reader", "token", "reader", desk.log()[0][3])]
    assert client.submit("/account/password", old=PASSWORD, new=OTHER, again=OTHER).headers["location"] == "/sign-in?done=password"
    assert not signed_in(client)
    assert not signed_in(elsewhere)
    assert program.get("/").status_code == 303
    client.get("/sign-in")
    assert sign_in(client).status_code == 400
    assert sign_in(client, password=OTHER).status_code == 303
    assert desk.log()[1:] == [("reader", "account", "reader", {"did": "password"})]


# --- tokens ----------------------------------------------------------------------------------------------------------


def make(client: Client, right: Any = "read", days: str = "30", password: str = PASSWORD, name: str = "a script") -> Any:
    return client.submit("/account/tokens", name=name, right=right, days=days, password=password)


def found(text: str) -> list[str]:
    return re.findall(r"sij_[\w-]{20,}", text)


def program_with(desk: Desk, token: str) -> Client:
    client = Client(desk.app)
    client.headers["Authorization"] = f"Bearer {token}"
    return client


def test_a_token_is_shown_once_and_opens_what_it_was_made_for(desk: Desk, clock: Clock) -> None:
    client = desk.client("editor")
    answer = make(client, ["read", "judge"])
    assert answer.status_code == 200
    (token,) = found(answer.text)
    assert found(client.get("/account").text) == []
    assert "a script" in client.get("/account").text
    person = desk.team.by_token(token)
    assert person is not None
    assert (person.name, person.rights) == ("editor", {"read", "judge"})
    program = program_with(desk, token)
    assert program.get("/").status_code == 200
    assert desk.team.tokens("editor")[0].used == "2022-02-02T12:00:00Z"
    clock.on(days=30)
    assert program.get("/").status_code == 303
    assert program.get("/api/nothing").status_code == 404
    assert [(by, action, detail["did"]) for by, action, _, detail in desk.log()] == [("editor", "token", "make")]


def test_a_token_is_revoked_by_its_owner_alone(desk: Desk) -> None:
    client, other = desk.client("editor"), desk.client("admin")
    (token,) = found(make(client).text)
    id = desk.team.tokens("editor")[0].id
    assert other.submit("/account/tokens/revoke", id=id).status_code == 404
    assert program_with(desk, token).get("/").status_code == 200
    assert client.submit("/account/tokens/revoke", id=id).headers["location"] == "/account?done=revoked"
    assert program_with(desk, token).get("/").status_code == 303
    assert desk.log()[-1] == ("editor", "token", "editor", {"did": "revoke", "id": id, "name": "a script"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"right": "judge"},  # a reader has no such right
        {"right": ["read", "edit"]},
        {"right": "manage"},
        {"right": "own"},
        {"right": "everything"},
        {"right": []},
        {"days": "0"},
        {"days": "366"},
        {"days": "-1"},
        {"days": "١"},
        {"days": ""},
        {"days": "9" * 100},
        {"password": WRONG},
        {"name": ""},
        {"name": "a\u202eb"},
    ],
)
def test_tokens_that_are_not_made(desk: Desk, wrong: dict[str, Any]) -> None:
    client = desk.client("reader")
    answer = make(client, **wrong)
    assert answer.status_code == 400
    assert found(answer.text) == []
    assert desk.team.tokens("reader") == []
    assert desk.log() == []


def test_an_admins_token_manages_no_accounts(desk: Desk) -> None:
    assert make(desk.client("admin"), "manage").status_code == 400
    (token,) = found(make(desk.client("admin"), ["read", "judge", "edit"]).text)
    program = program_with(desk, token)
    assert program.post("/accounts/close", data={"name": "reader"}).status_code == 403
    assert program.post("/account/tokens", data={"name": "x"}).status_code == 403
    assert desk.team.account("reader").active


def test_a_token_has_no_more_rights_than_its_owner_has_now(desk: Desk) -> None:
    token = desk.team.make_token("editor", PASSWORD, "here", name="x", rights=["read", "edit"], days=3)
    desk.team.set_role("editor", "reader", by="root")
    person = desk.team.by_token(token)
    assert person is not None
    assert person.rights == {"read"}
    desk.team.close("editor", by="root")
    assert desk.team.by_token(token) is None


def test_a_bad_token_lets_nobody_in_even_with_a_cookie(desk: Desk) -> None:
    client = desk.client("admin")
    for header in ("Bearer sij_" + "a" * 43, "bearer x", "Bearer", "Bearer  "):
        answer = client.post("/accounts/close", data={"name": "reader"}, headers={"Authorization": header})
        assert answer.headers["location"] == "/sign-in"
    assert client.post("/accounts/close", data={"name": "reader"}, headers={"Authorization": "Basic eDp4"}).status_code == 403
    assert desk.team.account("reader").active


def test_a_session_is_no_token_and_a_token_no_session(desk: Desk) -> None:
    session = desk.client("admin").cookies["sijill_session"]
    token = desk.team.make_token("admin", PASSWORD, "here", name="x", rights=["read"], days=3)
    assert program_with(desk, session).get("/").status_code == 303
    assert program_with(desk, "sij_" + session).get("/").status_code == 303
    assert not signed_in(with_session(desk, token))


def test_no_password_session_or_token_is_in_the_database(desk: Desk, register: Register, tmp_path: Path) -> None:
    client = desk.client("editor")
    secrets = [PASSWORD, client.cookies["sijill_session"], *found(make(client).text)]
    assert len(secrets) == 3
    register.close()
    for path in tmp_path.glob("register.sijill*"):
        data = path.read_bytes()
        for secret in secrets:
            assert secret.encode() not in data
    rows = sqlite3.connect(tmp_path / "register.sijill").execute("SELECT hash FROM sessions UNION SELECT hash FROM tokens").fetchall()
    assert len(rows) == 2
    assert all(re.fullmatch("[0-9a-f]{64}", hash) for (hash,) in rows)


# --- the accounts of all ---------------------------------------------------------------------------------------------


def add(client: Client, name: str, role: str = "reader", password: str = OTHER) -> Any:
    return client.submit("/accounts", name=name, role=role, new=password, again=password)


def test_every_change_is_entered_with_who_made_it(desk: Desk, register: Register) -> None:
    admin = desk.client("admin")
    assert add(admin, "  سلمى  ").headers["location"] == "/accounts?done=saved"
    assert admin.submit("/accounts/role", name="سلمى", role="editor").status_code == 303
    assert admin.submit("/accounts/password", name="سلمى", new=PASSWORD, again=PASSWORD).status_code == 303
    assert admin.submit("/accounts/close", name="سلمى").status_code == 303
    assert admin.submit("/accounts/reopen", name="سلمى").status_code == 303
    assert desk.log() == [
        ("admin", "account", "سلمى", {"did": "add", "role": "reader"}),
        ("admin", "account", "سلمى", {"did": "role", "role": "editor", "before": "reader"}),
        ("admin", "account", "سلمى", {"did": "password"}),
        ("admin", "account", "سلمى", {"did": "close"}),
        ("admin", "account", "سلمى", {"did": "reopen"}),
    ]
    assert sign_in(desk.client(), "سلمى").status_code == 303
    assert register.store.verify().ok


def test_what_changes_nothing_is_not_entered(desk: Desk) -> None:
    admin = desk.client("admin")
    admin.submit("/accounts/role", name="reader", role="reader")
    admin.submit("/accounts/reopen", name="reader")
    for path, fields in (
        ("/accounts", {"name": "x", "role": "king", "new": OTHER, "again": OTHER}),
        ("/accounts", {"name": "x", "role": "reader", "new": OTHER, "again": PASSWORD}),
        ("/accounts", {"name": "x", "role": "reader", "new": "short", "again": "short"}),
        ("/accounts/role", {"name": "reader", "role": "king"}),
        ("/accounts/role", {"name": "nobody", "role": "reader"}),
        ("/accounts/password", {"name": "reader", "new": "short", "again": "short"}),
    ):
        assert admin.submit(path, **fields).status_code == 400
    assert desk.log() == []


def test_the_last_admin_stays(desk: Desk) -> None:
    admin = desk.client("admin")
    assert admin.submit("/accounts/close", name="admin").status_code == 400
    assert admin.submit("/accounts/role", name="admin", role="editor").status_code == 400
    add(admin, "second", "admin")
    desk.team.close("second", by="root")
    assert "last admin" in admin.submit("/accounts/close", name="admin").text, "a closed one does not count"
    desk.team.reopen("second", by="root")
    assert admin.submit("/accounts/role", name="admin", role="editor").status_code == 303


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '" onmouseover="x', "{{ 7 * 7 }}", "a' OR 1=1 --"]
)
def test_hostile_names_are_shown_as_text(desk: Desk, name: str) -> None:
    admin = desk.client("admin")
    assert add(admin, name, "admin", OTHER).status_code == 303
    hostile = desk.client()
    assert sign_in(hostile, name, OTHER).status_code == 303
    for page in (admin.get("/accounts").text, hostile.get("/account").text, hostile.get("/").text, hostile.get("/no/such/page").text):
        assert name not in page or not set(name) & set("<>\"'&"), name
    assert desk.team.account(name).name == name
    again = sign_in(desk.client(), name, WRONG)
    assert "<script>alert" not in again.text
    assert "<img src=x" not in again.text


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "a\nb",
        "a\u202eb",
        "\u2067a\u2069",
        "a\u200bb",
        "a\0b",
        "a\x1b[2Jb",
        "x" * 61,
        "...",
        "sijill",
        "SIJILL",
        "\ue000a",
        "a\u2028b",
    ],
)
def test_names_that_cannot_be_told_or_shown_are_refused(desk: Desk, name: str) -> None:
    admin = desk.client("admin")
    answer = add(admin, name)
    assert answer.status_code == 400
    assert len(desk.team.accounts()) == len(ROLES)
    with pytest.raises(RefusedError):
        desk.team.add(name, "reader", OTHER, by="root")


@pytest.mark.parametrize(("one", "other"), [("أمل", "امل"), ("أمل", "أَمَلْ"), ("Amal", "AMAL"), ("Amal H", "amal  h"), ("amal", "ａｍａｌ")])
def test_nobody_gets_a_name_that_looks_like_anothers(desk: Desk, one: str, other: str) -> None:
    admin = desk.client("admin")
    assert add(admin, one).status_code == 303
    answer = add(admin, other)
    assert answer.status_code == 400
    assert "looks the same" in answer.text


def test_a_closed_name_is_given_to_nobody_else(desk: Desk) -> None:
    admin = desk.client("admin")
    admin.submit("/accounts/close", name="reader")
    assert add(admin, "reader").status_code == 400


# --- how often -------------------------------------------------------------------------------------------------------


def test_each_address_is_answered_so_often_a_minute_pages_and_api_apart(desk: Desk, clock: Clock) -> None:
    client = desk.client()
    for _ in range(599):
        client.get("/sign-in")
    answer = client.get("/sign-in")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"
    assert client.get("/api/v1/counts").status_code == 401, "the API is counted apart"
    assert client.get("/static/desk.css").status_code == 200
    clock.on(seconds=61)
    assert client.get("/sign-in").status_code == 200


def test_each_person_is_answered_so_often_a_minute_from_all_addresses(desk: Desk) -> None:
    session = desk.client("reader").cookies["sijill_session"]
    codes = []
    for n in range(6):
        client = desk.client_at(f"10.0.0.{n}")
        client.cookies.set("sijill_session", session)
        codes += [client.get("/sign-in").status_code for _ in range(110)]
    assert 598 <= codes.index(429) <= 600
    assert desk.client_at("10.0.0.9").get("/sign-in").status_code == 200


def test_a_whole_network_of_one_owner_is_one_address() -> None:
    """Whoever has one address of IPv6 has a multitude of them, and IPv4 may be written as IPv6."""
    plain = "192.0.2.1"
    for client, same in (("2001:db8:1:2:3::4", "2001:db8:1:2::"), (f"::ffff:{plain}", plain), (plain, plain), ("x", "x")):
        scope: Any = {"type": "http", "client": (client, 1), "headers": []}
        assert address(ASGIConnection(scope)) == same


# --- the audit log ---------------------------------------------------------------------------------------------------


def test_no_route_alters_the_audit_log(desk: Desk, register: Register) -> None:
    """What was entered stays what it was, whatever an admin sends to any route."""
    admin = desk.client("admin")
    before = list(register.store.audit())
    for route in desk.app.routes:
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            path = route.path.replace("{file_path:path}", "audit").replace("{path:str}", "audit")
            fields = {
                "id": "1",
                "name": "reader",
                "role": "analyst",
                "new": OTHER,
                "again": OTHER,
                "_csrf_token": admin.cookies.get("csrftoken", ""),
            }
            admin.request(method, path, data=fields)
            if not signed_in(admin):
                admin = desk.client("admin")
    after = list(register.store.audit())
    assert after[: len(before)] == before
    assert {entry.action for entry in after[len(before) :]} <= {"account", "token"}
    assert register.store.verify().ok


def test_forms_work_without_scripts(desk: Desk) -> None:
    admin = desk.client("admin")
    page = admin.get("/accounts").text
    forms = re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL)
    assert len(forms) == 2 + 3 * len(ROLES)
    assert {hidden(form) for form in forms} == {admin.cookies["csrftoken"]}


def test_everything_that_is_said_has_words_in_both_languages() -> None:
    """The templates and the code name words by key; one without words would be shown as its key."""
    folder = Path(desk_package.__file__).parent
    templates = "".join((folder / "templates" / name).read_text(encoding="utf-8") for name in TEMPLATES)
    code = "".join((folder / name).read_text(encoding="utf-8") for name in ("accounts.py", "passwords.py"))
    keys = set(re.findall(r'account\("(\w+?)"\)', templates))
    keys |= {key for pair in re.findall(r'RefusedError\("(\w+)"\)|return "(password_\w+)"', code) for key in pair if key}
    keys |= {f"role_{role}" for role in ROLES} | {f"right_{right}" for right in TOKEN_RIGHTS}
    keys |= {f"done_{done}" for done in account_pages._DONE}
    listed = html._words()["account"]
    assert len(keys) > 50
    assert keys <= listed.keys()
    assert all(len(pair) == 2 and all(pair) for pair in listed.values())
    for number, key in ((LEAST, "password_short"), (MOST, "password_long"), (LONGEST, "token_days")):
        assert all(str(number) in text for text in listed[key])
