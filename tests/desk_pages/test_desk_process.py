"""The command `sijill desk` as a process: it listens on this machine alone, says where, and loses nothing that it acknowledged."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from prison_desk import filled

from sijill.register import Register
from sijill.store import Store


@pytest.fixture
def place(tmp_path: Path) -> Path:
    filled(tmp_path / "r.db").close()
    return tmp_path / "r.db"


def started(place: Path, *more: str) -> tuple[subprocess.Popen[str], int]:
    """The desk of a register, and its port, once it answers."""
    command = [sys.executable, "-m", "sijill", "desk", "--register", str(place), "--port", "0", "--no-open", "--by", "amal", *more]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    assert process.stderr
    said = next(line for line in process.stderr if "the desk is at" in line)
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
    assert found, said
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", int(found[1])), 1).close()
            return process, int(found[1])
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the desk does not answer")


def ask(port: int, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode(), {name.lower(): value for name, value in answer.getheaders()}


def test_it_starts_says_where_it_is_and_ends(place: Path) -> None:
    process, port = started(place)
    try:
        assert ask(port, "GET", "/")[0] == 200
        assert ask(port, "GET", "/", Host="register.example")[0] == 400
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(15) == 0


def test_a_port_that_is_taken_is_said_in_one_line(place: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "sijill", "desk", "--register", str(place), "--port", port, "--no-open"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "--port" in done.stderr


@pytest.mark.slow
def test_what_was_acknowledged_outlives_a_kill(place: Path) -> None:
    """The desk is killed again and again while decisions are sent: every one that was answered is there afterwards, and nothing is torn."""
    with Register(str(place)) as register:
        claims = [f.claim for r in register.store.readings() for f in r.figures]
    answered: list[str] = []
    for turn in range(4):
        process, port = started(place)
        try:
            _, _, headers = ask(port, "GET", "/review")
            cookie = headers["set-cookie"].partition(";")[0]
            token = cookie.partition("=")[2]
            deadline = time.monotonic() + 0.4 + 0.3 * turn
            for claim in claims[turn * 10 :]:
                form = urlencode({"decision": "accept", "subject": claim, "_csrf_token": token, "note": f"turn {turn}"})
                status, _, answer = ask(
                    port, "POST", "/judge", form, **{"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
                )
                assert status == 303
                answered.append(re.search(r"said=(jud-[0-9a-f]{12})", answer["location"])[1])  # type: ignore[index]
                if time.monotonic() > deadline:
                    break
        finally:
            process.kill()
            process.wait(15)
    with Store.open(str(place)) as store:
        assert set(answered) <= {judgement.id for judgement in store.judgements()}
        assert store.verify().ok
