"""What the tests of reading at scale share: made-up reports, files of them, runs in processes of their own, and what a run left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

TOWNS = ("سرمين", "بنش", "تفتناز", "أريحا", "كفر تخاريم", "حارم", "سلقين", "معرة مصرين")
DEADLY = "كلمة قاتلة"
"""A text with these words ends the process that reads it, where `deadly` was asked for."""

_KILLS = """
import os, signal, time
from pathlib import Path
from sijill.batch import stage, units

kills = Path(__file__).with_name("kills")

def kill():
    if len(kills.read_text()) < {times}:
        with kills.open("a") as file:
            file.write("x")
        os.kill(os.getpid(), signal.SIGKILL)

def killing(whole, is_deadly):
    def made(given, *others):
        if is_deadly(given):
            kill()
        return whole(given, *others)
    return made

if {what!r} == "read":
    stage.read = killing(stage.read, lambda report: {words!r} in report.text)
elif {what!r} == "slowly":
    whole = stage.read
    stage.read = lambda report: (time.sleep(0.5), whole(report))[1]
else:
    units._row = killing(units._row, lambda name: name.endswith("f001.jsonl"))
"""


def report(number: int) -> dict[str, Any]:
    """A report like no other with another number."""
    day, town = 1 + number % 28, TOWNS[number % len(TOWNS)]
    text = (
        f"قُتل {2 + number % 9} مدنيين وأصيب {3 + number % 5} آخرون في قصف مدفعي لقوات النظام على بلدة {town} في ريف إدلب يوم {day} "
        f"آذار 2022، بحسب المرصد السوري لحقوق الإنسان. وهذا هو الخبر رقم {number} في هذا اليوم، ولم تعرف حصيلة نهائية بعد."
    )
    return {"id": f"r{number}", "title": f"قصف {town}", "outlet": "A", "published": f"2022-03-{day:02}", "text": text}


def lines(first: int, count: int) -> str:
    return "".join(json.dumps(report(n), ensure_ascii=False) + "\n" for n in range(first, first + count))


def folder_of_lines(folder: Path, *, files: int, each: int) -> Path:
    """A folder of small files, so that there are many units, and many moments to be killed between them."""
    folder.mkdir()
    for number in range(files):
        (folder / f"f{number:03}.jsonl").write_text(lines(number * each, each), encoding="utf-8")
    return folder


def left(output: Path) -> dict[str, bytes]:
    """What a run left: the bytes of every file, without the lock."""
    return {str(path.relative_to(output)): path.read_bytes() for path in output.rglob("*") if path.is_file() and path.name != ".lock"}


def deadly(folder: Path, *, times: int = 1000, what: str = "read") -> dict[str, str]:
    """The environment in which `DEADLY` texts kill every process that reads them, or, as `what` says, in which one file kills every process
    that takes its rows ("taken"), or reading takes long ("slowly")."""
    folder.mkdir(exist_ok=True)
    (folder / "kills").write_text("")
    (folder / "sitecustomize.py").write_text(_KILLS.format(times=times, words=DEADLY, what=what), encoding="utf-8")
    return os.environ | {"PYTHONPATH": str(folder)}


def started(*arguments: object, command: str = "read", environment: dict[str, str] | None = None) -> subprocess.Popen[str]:
    """`sijill batch read`, or another command of the group, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "sijill", "batch", command, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
        start_new_session=True,
        preexec_fn=_heed_interrupts,
    )


def _heed_interrupts() -> None:
    """A shell lets what it starts in the background ignore SIGINT, and that is inherited: also by a run of the tests there."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def ran(*arguments: object, command: str = "read", environment: dict[str, str] | None = None, code: int = 0) -> str:
    """The same, to its end; what it says on standard output."""
    with started(*arguments, command=command, environment=environment) as process:
        out, err = process.communicate(timeout=300)
    assert process.returncode == code, err
    return out


def children(pid: int) -> list[int]:
    """The processes that a process has started, and those that these have, the nearest first."""
    found: list[int] = []
    waiting = [pid]
    while waiting:
        try:
            own = [int(child) for child in Path(f"/proc/{waiting[0]}/task/{waiting[0]}/children").read_text().split()]
        except OSError:
            own = []
        waiting = [*waiting[1:], *own]
        found += own
    return found
