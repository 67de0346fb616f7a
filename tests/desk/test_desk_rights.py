"""Every route of a shared desk, asked by everybody: a route that is in no row of the table makes a test fail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from desk_people import ROLES, Client, Desk
from litestar.routes import HTTPRoute

from sijill.desk.app import create_app, only
from sijill.desk.protect import HEADERS
from sijill.register import Register

ASKING = ("nobody", *ROLES, "token")
"""In the order of the table; the token is an admin's and was made to read only."""

# A route, what is sent to it, and what each gets: a status, or "in" where one is sent to sign in. What is sent changes nothing.
TABLE = """
GET  /                                 |                        | in  200 200 200 200 200
GET  /sign-in                          |                        | 200 303 303 303 303 303
POST /sign-in                          | name=x&password=x      | 400 400 400 400 400 400
POST /sign-out                         |                        | in  303 303 303 303 403
GET  /account                          |                        | in  200 200 200 200 403
POST /account/password                 | old=x&new=y&again=y    | in  400 400 400 400 403
POST /account/tokens                   | name=x&password=x      | in  400 400 400 400 403
POST /account/tokens/revoke            | id=x                   | in  404 404 404 404 403
GET  /accounts                         |                        | in  403 403 403 200 403
POST /accounts                         | name=x                 | in  403 403 403 400 403
POST /accounts/role                    | name=reader&role=reader | in  403 403 403 303 403
POST /accounts/password                | name=x                 | in  403 403 403 400 403
POST /accounts/close                   | name=x                 | in  403 403 403 400 403
POST /accounts/reopen                  | name=x                 | in  403 403 403 400 403
GET  /incident/{id:str}                |                        | in  404 404 404 404 404
GET  /report/{sha:str}                 |                        | in  404 404 404 404 404
GET  /report/{sha:str}/original/{original:str} |                | in  404 404 404 404 404
GET  /reports                          |                        | in  200 200 200 200 200
GET  /audit                            |                        | in  200 200 200 200 200
GET  /review                           |                        | in  403 200 200 200 403
POST /judge                            | decision=accept&subject=x | in  403 404 404 404 403
POST /undo                             | id=x                   | in  403 400 400 400 403
POST /assign                           | id=inc-0&to=x          | in  403 404 404 404 403
POST /claim                            | sha=x&what=figure&words=x | in  403 404 404 404 403
GET  /api/v1/incidents                 |                        | 401 200 200 200 200 200
GET  /api/v1/incidents/map             |                        | 401 200 200 200 200 200
GET  /api/v1/incidents/months          |                        | 401 200 200 200 200 200
GET  /api/v1/incidents/{id:str}        |                        | 401 404 404 404 404 404
GET  /api/v1/incidents/{id:str}/dossier |                       | 401 404 404 404 404 404
GET  /api/v1/incidents/{id:str}/file   |                        | 401 400 400 400 400 400
GET  /api/v1/incidents/{id:str}/parts  |                        | 401 404 404 404 404 404
GET  /api/v1/reports                   |                        | 401 200 200 200 200 200
POST /api/v1/reports                   | [                      | 401 403 403 400 400 403
GET  /api/v1/reports/{sha256:str}      |                        | 401 404 404 404 404 404
GET  /api/v1/reports/{sha256:str}/reading |                     | 401 404 404 404 404 404
GET  /api/v1/reports/{sha256:str}/acquisitions |                | 401 404 404 404 404 404
GET  /api/v1/originals/{sha256:str}    |                        | 401 403 404 404 404 403
GET  /api/v1/claims/{id:str}           |                        | 401 404 404 404 404 404
GET  /api/v1/jobs/{id:str}             |                        | 401 403 403 404 404 403
POST /api/v1/judgements                | {"decision": "accept", "subject": "x"} | 401 403 404 404 404 403
GET  /api/v1/judgements                |                        | 401 200 200 200 200 200
POST /api/v1/judgements/{id:str}/undo  | {}                     | 401 403 404 404 404 403
GET  /api/v1/audit                     |                        | 401 200 200 200 200 200
GET  /api/v1/counts                    |                        | 401 200 200 200 200 200
GET  /api/v1/export                    |                        | 401 400 400 400 400 400
GET  /api/v1/verify                    |                        | 401 403 403 200 200 403
GET  /api/schema                       |                        | 200 200 200 200 200 200
GET  /api/schema/openapi.json          |                        | 200 200 200 200 200 200
GET  /api/schema/{path:str}            |                        | 404 404 404 404 404 404
GET  /static/{file_path:path}          |                        | 200 200 200 200 200 200
HEAD /static/{file_path:path}          |                        | 200 200 200 200 200 200
"""


class Row(NamedTuple):
    method: str
    path: str
    sent: str
    expected: dict[str, str]

    def ask(self, client: Client, csrf: str | None) -> Any:
        path = filled(self.path)
        if self.method in ("GET", "HEAD"):
            return client.request(self.method, path)
        if path.startswith("/api/"):
            headers = {"content-type": "application/json", **({"x-csrftoken": csrf.encode()} if csrf is not None else {})}
            return client.request(self.method, path, content=self.sent, headers=headers)
        fields = dict(field.split("=", 1) for field in self.sent.split("&")) if self.sent else {}
        return client.request(self.method, path, data={**fields, **({"_csrf_token": csrf} if csrf is not None else {})})


def filled(path: str) -> str:
    """A path of something that is not there, but for the files that everybody may have."""
    return re.sub(r"\{(\w+):\w+\}", lambda m: {"file_path": "desk.css", "id": "inc-0"}.get(m[1], "0" * 64), path)


def rows() -> Iterator[Row]:
    for line in TABLE.strip().split("\n"):
        route, sent, statuses = (part.strip() for part in line.split("|"))
        method, path = route.split()
        yield Row(method, path, sent, dict(zip(ASKING, statuses.split(), strict=True)))


ROWS = {f"{row.method} {row.path}": row for row in rows()}


def routes(desk: Desk) -> set[str]:
    """What the application answers to, but OPTIONS, which it adds to every route by itself."""
    found = set()
    for route in desk.app.routes:
        assert isinstance(route, HTTPRoute), f"{route.path}: this test asks by HTTP only"
        found |= {f"{method} {route.path}" for method in route.methods if method != "OPTIONS"}
    return found


@pytest.fixture
def asking(desk: Desk, request: pytest.FixtureRequest) -> Client:
    who: str = request.param
    return desk.program("admin", "read") if who == "token" else desk.client(None if who == "nobody" else who)


def test_every_route_is_in_the_table(desk: Desk) -> None:
    assert routes(desk) == ROWS.keys()


@pytest.mark.parametrize(("who", "asking"), [(who, who) for who in ASKING], indirect=["asking"])
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_everybody_gets_what_their_role_allows(desk: Desk, row: Row, who: str, asking: Client) -> None:
    answer = row.ask(asking, asking.cookies.get("csrftoken"))
    got = str(answer.status_code)
    if got == "303" and answer.headers["location"].startswith("/sign-in") and "done=" not in answer.headers["location"]:
        got = "in"
    assert got == row.expected[who], answer.text
    for name, value in HEADERS.items():
        assert answer.headers.get(name) == value or (name == "Cache-Control" and row.path.startswith("/static/")), name


@pytest.mark.parametrize(("who", "asking"), [(who, who) for who in ASKING], indirect=["asking"])
def test_options_tell_nobody_anything(desk: Desk, who: str, asking: Client) -> None:
    for route in desk.app.routes:
        answer = asking.options(filled(route.path))
        assert answer.status_code == 403 or route.path.startswith(("/static/", "/api/schema")), route.path
        assert not answer.content or answer.status_code == 403


CHANGES = [row for row in ROWS.values() if row.method not in ("GET", "HEAD")]


@pytest.mark.parametrize("row", CHANGES, ids=[f"{row.method} {row.path}" for row in CHANGES])
@pytest.mark.parametrize("token", [None, "", "x" * 128, "é"])
def test_no_form_of_others_is_taken(desk: Desk, row: Row, token: str | None) -> None:
    client = desk.client("admin")
    before = desk.log()
    if row.path.startswith("/api/"):  # no form can send JSON; what one can send is refused by its type
        for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", ""):
            answer = client.request(row.method, filled(row.path), content=row.sent or "{}", headers={"content-type": kind})
            assert answer.status_code == 415, kind
        assert desk.log() == before
        return
    answer = row.ask(client, token)
    assert answer.status_code == 403
    assert "not of this desk" in answer.text
    assert desk.log() == before
    client.cookies.delete("csrftoken")
    assert row.ask(client, "x" * 128).status_code == 403


def test_a_cookie_for_forms_that_somebody_planted_is_not_taken(desk: Desk) -> None:
    client = desk.client("admin")
    client.cookies.delete("csrftoken")
    client.cookies.set("csrftoken", "x" * 128)
    assert client.submit("/accounts/close", name="reader").status_code == 403
    client.get("/account")  # a page gives one that is ours in its place
    assert {cookie.value for cookie in client.cookies.jar if cookie.name == "csrftoken"} != {"x" * 128}


def test_a_form_may_send_its_token_in_a_header(desk: Desk) -> None:
    client = desk.client("admin")
    token = client.cookies["csrftoken"]
    assert client.post("/accounts/close", data={"name": "reader"}, headers={"x-csrftoken": token}).status_code == 303
    assert [entry[3]["did"] for entry in desk.log()] == ["close"]


def test_errors_too_carry_the_headers(desk: Desk) -> None:
    client = desk.client("admin")
    for answer in (
        client.get("/no/such/page"),
        client.get("/api/nothing"),
        client.put("/account"),
        client.post("/account"),
        client.get("/static/../app.py"),
        client.get("/static/nothing.css"),
        client.post("/sign-in", data={"name": "x"}),
        client.post("/account/tokens", content=b"x" * 70_000, headers={"content-type": "application/x-www-form-urlencoded"}),
    ):
        assert answer.status_code >= 400
        for name, value in HEADERS.items():
            assert answer.headers.get(name) == value, (answer.url, name)


def test_a_desk_for_one_has_no_accounts_and_answers_to_its_own_names_only(register: Register) -> None:
    app = create_app(register, only("amal"), hosts=["127.0.0.1:1"])
    client = Client(app, base_url="http://127.0.0.1:1")
    assert client.get("/").status_code == 200
    assert "/sign-out" not in client.get("/").text
    assert client.get("/sign-in").status_code == client.get("/account").status_code == 404
    stranger = client.get("/", headers={"host": "evil.example"})
    assert stranger.status_code == 400
    assert stranger.headers["X-Frame-Options"] == "DENY"


def test_each_decides_under_their_own_name(desk: Desk) -> None:
    """By pages, by a program's token, and whatever a form says of who decides."""
    claims = [figure.claim for reading in desk.register.store.readings() for figure in reading.figures]
    browser, program = desk.client("analyst"), desk.program("editor", "read", "judge")
    assert browser.submit("/judge", decision="accept", subject=claims[0], by="admin").status_code == 303
    given = {"decision": "reject", "subject": claims[1]}
    assert program.post("/api/v1/judgements", json=given).status_code == 201
    assert program.post("/api/v1/judgements", json={**given, "by": "admin"}).status_code == 400
    (incident, *_) = desk.register.store.incidents().incidents
    assert browser.submit("/assign", id=incident.id, to="reader").status_code == 303
    assert [(j.by, j.decision) for j in desk.register.store.judgements()] == [("analyst", "accept"), ("editor", "reject")]
    by = {entry.action: entry.by for entry in desk.register.store.audit() if entry.action in ("judge", "assign")}
    assert by == {"judge": "editor", "assign": "analyst"}
    page = browser.get(f"/incident/{incident.id}").text
    assert all(f'<option value="{name}">' in page for name in ("reader", "analyst", "editor", "admin"))
