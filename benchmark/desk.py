"""The desk under load: how long its pages take for many people at once, and how many records the API reads in a second.

The desk is a process of its own on the loopback address; the clients share the machine with it, which a real desk does not have to bear.
"""

from __future__ import annotations

import http.client
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sijill.store import IncidentFilter, Store

_SECONDS = 10.0
_PAGES = 20
_PROGRAMS = 8


def measure(register: Path | None) -> dict[str, float]:
    """Figures by name, printed as a table; empty where no register is given."""
    if register is None or not register.exists():
        print("desk: skipped; name a register with --register FILE, such as one that `sijill add` made", file=sys.stderr)
        return {}
    with Store.open(str(register)) as store:
        page = store.incidents(IncidentFilter(), limit=50).incidents
        place = next((p.name for one in page for p in one.places), "حلب")
        found: dict[str, float] = {"incidents": store.count().incidents}
    lists = ["/", f"/?place={quote(place)}", "/?kind=shelling", "/?sort=harm"]
    records = [f"/api/v1/incidents/{one.id}" for one in page]
    asked = ["/api/v1/incidents?limit=10", "/api/v1/incidents?kind=shelling&limit=10"]
    with _served(register) as port:
        for name, paths, users in (
            (f"register page, {_PAGES} at once", lists, _PAGES),
            (f"API, one incident, {_PROGRAMS} at once", records, _PROGRAMS),
            (f"API, ten incidents, {_PROGRAMS} at once", asked, _PROGRAMS),
        ):
            times = _asked(port, paths, users)
            found |= {f"{name}, a second": len(times) / _SECONDS, f"{name}, ms (95 %)": 1000 * times[int(0.95 * len(times))]}
    print("\ndesk")
    for name, figure in found.items():
        print(f"  {name:<70}{figure:,.1f}")
    return found


@contextmanager
def _served(register: Path) -> Iterator[int]:
    command = [sys.executable, "-m", "sijill", "desk", "--register", str(register), "--port", "0", "--no-open"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr
        said = next(line for line in process.stderr if "the desk is at" in line)
        port = int(re.findall(r":(\d+)/", said)[0])
        time.sleep(2)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _asked(port: int, paths: list[str], users: int) -> list[float]:
    """How long each answer took, in seconds, the shortest first."""
    times: list[float] = []
    end = time.monotonic() + _SECONDS

    def ask(seed: int) -> None:
        chance = random.Random(seed)
        connection = http.client.HTTPConnection("127.0.0.1", port)
        own = []
        while time.monotonic() < end:
            start = time.perf_counter()
            connection.request("GET", chance.choice(paths), headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"the desk answered {answer.status}")
            own.append(time.perf_counter() - start)
        times.extend(own)

    people = [threading.Thread(target=ask, args=(seed,)) for seed in range(users)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return sorted(times)
