"""The examples of docs/api.md run, one after the other, against a desk."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from desk_api_factory import opened

from sijill.desk.app import create_app, only

PAGE = Path(__file__).parent.parent.parent / "docs" / "api.md"

pytestmark = [
    pytest.mark.skipif(not PAGE.exists(), reason="the documents are not here"),
    pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed"),
]


@pytest.fixture
def address(hasakah: Path, tmp_path: Path) -> Iterator[str]:
    """A desk on the loopback address, as the command starts it."""
    shutil.copyfile(hasakah, tmp_path / "r.db")
    with opened(tmp_path / "r.db") as register, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{listening.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(create_app(register, only("amal"), hosts=[host]), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.02)
        yield host
        server.should_exit = True
        thread.join(20)


def test_the_examples_run(address: str, tmp_path: Path) -> None:
    script = "\n".join(re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))
    assert script.count("curl ") >= 15
    script = "set -euo pipefail\n" + script.replace("127.0.0.1:8765", address)
    ran = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stderr + ran.stdout[-500:]
    assert (tmp_path / "public.csv").read_text(encoding="utf-8-sig").count("\n") >= 9  # the job may have added to it already
    assert '"redaction":"internal"' in (tmp_path / "claims.jsonl").read_text(encoding="utf-8")
    assert ran.stdout.count('"error"') == 1  # null, of the job
