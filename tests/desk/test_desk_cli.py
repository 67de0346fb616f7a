"""The commands of a shared desk, as people type them: accounts, and the desk itself up to where it begins to serve."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from click.testing import CliRunner, Result
from desk_people import OTHER, PASSWORD, Client, cheap

from sijill.cli import cli
from sijill.desk import accounts as accounts_module
from sijill.store import Store


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SIJILL_REGISTER", raising=False)
    monkeypatch.setenv("SIJILL_USER", "root")
    monkeypatch.setattr(accounts_module, "Passwords", cheap)
    return tmp_path


def run(*arguments: str, typed: str = "", code: int = 0) -> Result:
    result = CliRunner().invoke(cli, list(arguments), input=typed)
    assert result.exit_code == code, (result.output, result.exception)
    return result


def add(name: str = "أمل", role: str = "admin") -> None:
    run("account", "add", name, "--role", role, "--password-stdin", typed=PASSWORD + "\n")


def log() -> list[tuple[str, str, dict[str, Any]]]:
    with Store.open("register.sijill") as store:
        return [(entry.by, entry.subject, entry.detail) for entry in store.audit()]


def hashes() -> list[str]:
    with Store.open("register.sijill") as store:
        return [store.accounts.password(account) for account in store.accounts.all()]


# --- accounts --------------------------------------------------------------------------------------------------------


def test_accounts_from_beginning_to_end(folder: Path) -> None:
    add()
    run("account", "add", "زيد", "--role", "reader", "--password-stdin", "--by", "amal", typed=PASSWORD)
    run("account", "role", "زيد", "--role", "editor")
    run("account", "password", "زيد", "--password-stdin", typed=OTHER + "\r\n")
    run("account", "close", "زيد")
    assert run("account", "list").stdout.splitlines()[1].startswith("زيد: editor, since ")
    assert run("account", "list").stdout.splitlines()[1].endswith(", closed")
    run("account", "reopen", "زيد")
    listed = json.loads(run("account", "list", "--json").stdout)
    assert [(one["name"], one["role"], one["active"]) for one in listed] == [("أمل", "admin", True), ("زيد", "editor", True)]
    assert not any("password" in one for one in listed)
    assert log() == [
        ("root", "أمل", {"did": "add", "role": "admin"}),
        ("amal", "زيد", {"did": "add", "role": "reader"}),
        ("root", "زيد", {"did": "role", "role": "editor", "before": "reader"}),
        ("root", "زيد", {"did": "password"}),
        ("root", "زيد", {"did": "close"}),
        ("root", "زيد", {"did": "reopen"}),
    ]
    assert cheap().fits(hashes()[1], OTHER)


def test_a_password_is_asked_twice_and_not_shown(folder: Path) -> None:
    result = run("account", "add", "amal", "--role", "admin", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert PASSWORD not in result.output
    assert cheap().fits(hashes()[0], PASSWORD)
    run("account", "add", "zayd", "--role", "admin", typed=f"{PASSWORD}\n{OTHER}\n", code=1)
    assert len(hashes()) == 1


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (("add", "amal", "--role", "reader", "--password-stdin"), "short", "fewer than 12"),
        (("add", "amal", "--role", "reader", "--password-stdin"), "", "fewer than 12"),
        (("add", "a\u202eb", "--role", "reader", "--password-stdin"), PASSWORD, "one line of visible"),
        (("add", "أمَل", "--role", "reader", "--password-stdin"), PASSWORD, "looks the same"),
        (("role", "nobody", "--role", "reader"), "", "no account of this name"),
        (("password", "nobody", "--password-stdin"), PASSWORD, "no account of this name"),
        (("close", "أمل"), "", "last admin"),
        (("role", "أمل", "--role", "editor"), "", "last admin"),
        (("list", "--register", "none.sijill"), "", "there is no register"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(folder: Path, arguments: tuple[str, ...], typed: str, said: str) -> None:
    add()
    before = log()
    result = run("account", *arguments, typed=typed, code=2)
    assert said in result.stderr
    assert result.stderr.startswith("sijill: ")
    assert result.stderr.count("\n") == 1
    assert log() == before
    assert not (folder / "none.sijill").exists()


# --- the desk --------------------------------------------------------------------------------------------------------


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[uvicorn.Config]:
    """What would have been served, while it would be."""
    configs: list[uvicorn.Config] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: configs.append(self.config))
    return configs


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_without_a_team_no_address_but_this_machines_own(folder: Path, served: list[uvicorn.Config], host: str) -> None:
    assert "give --team" in run("desk", "--no-open", "--port", "0", "--host", host, code=2).stderr
    assert served == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2"])
def test_a_desk_for_one_needs_no_account(folder: Path, served: list[uvicorn.Config], host: str) -> None:
    run("desk", "--no-open", "--port", "0", "--host", host)
    (config,) = served
    assert not config.proxy_headers
    assert config.app.state["team"] is None  # type: ignore[union-attr]
    allowed = config.app.allowed_hosts.allowed_hosts  # type: ignore[union-attr]
    assert any(name.startswith(f"{host}:") for name in allowed)


def test_a_team_needs_an_account_first(folder: Path, served: list[uvicorn.Config]) -> None:
    assert "sijill account add" in run("desk", "--team", "--no-open", "--port", "0", code=2).stderr
    assert served == []


def test_a_desk_of_a_team_asks_who_is_there(folder: Path, served: list[uvicorn.Config]) -> None:
    add()
    run("desk", "--team", "--secure-cookies", "--no-open", "--port", "0", "--host", "0.0.0.0")
    (config,) = served
    assert config.forwarded_allow_ips == ["127.0.0.1", "::1"]
    client = Client(config.app, base_url="https://desk.example")
    assert client.get("/").headers["location"] == "/sign-in"
    client.get("/sign-in")
    answer = client.submit("/sign-in", name="أمل", password=PASSWORD)
    assert answer.status_code == 303
    assert all("Secure" in cookie for cookie in answer.headers.get_list("set-cookie") if "sijill_session" in cookie)
    assert "Secure" in client.get("/").headers["set-cookie"]
