"""Rows read one at a time in a process of their own, for a unit in which something ends whoever reads it.

`python -m sijill.batch.apart` is that process: it is told a unit, and says of every row that it begins, and what came out. When it dies,
the row that was begun is tried once more in a new one; when that dies too, the row is `failed`, and a new process goes on after it.
Preferred mistake: a row given up for which the machine had no memory left twice, over a run that does not end.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Iterator
from typing import IO

import msgspec
import pyarrow as pa

from sijill.batch.stage import Options, Row, head_of, read_row, rows_of, to_batch
from sijill.batch.units import Unit, batches_of
from sijill.errors import InputError, SijillError
from sijill.ingest.packing import one_line
from sijill.records import Record

__all__ = ["batches_apart", "serve"]

_ROWS = 64
_DEATHS = 2
"""After so many deaths at one row it is given up."""


class _Order(Record, frozen=True, kw_only=True):
    """What the process is told: a unit, how to read it, and how many of its rows are done."""

    unit: Unit
    options: Options
    done: int


class _Said(msgspec.Struct, kw_only=True):
    """What it says: that a row is begun, that it is done, or that there is none left, or why the unit cannot be read."""

    what: str
    row: Row = {}
    error: str = ""


def batches_apart(unit: Unit, options: Options) -> Iterator[pa.RecordBatch]:
    """The rows of a unit, read; the same as `read_batches` gives, save those that end the process that reads them.

    Raises `InputError` where the unit cannot be read.
    """
    held: list[Row] = []
    for row in _rows(unit, options):
        held.append(row)
        if len(held) >= _ROWS:
            yield to_batch(held, options)
            held = []
    if held:
        yield to_batch(held, options)


def _rows(unit: Unit, options: Options) -> Iterator[Row]:
    done = deaths = 0
    while True:
        begun: Row | None = None
        with _started(_Order(unit=unit, options=options, done=done)) as child:
            for said in _heard(child):
                if said.what == "end":
                    return
                if said.what == "wrong":
                    raise InputError(said.error)
                if said.what == "begin":
                    begun = said.row
                    continue
                begun, done, deaths = None, done + 1, 0
                yield said.row
        deaths += 1
        if deaths < _DEATHS:
            continue
        if begun is None:  # it dies before it has a row: there is no way around what it dies of
            yield _given_up(unit, options, done, child.returncode)
            return
        yield begun | {"status": "failed", "error": f"reading it ends the process that reads ({_death(child.returncode)})"}
        done, deaths = done + 1, 0


def _given_up(unit: Unit, options: Options, done: int, code: int) -> Row:
    place = unit.name if unit.kind == "archive" else f"{unit.name}#{unit.first + done}"
    error = f"taking what follows row {done} of this part of the file ends the process that reads ({_death(code)}); it is left out"
    return head_of({"place": place, "error": error}, options) | {"status": "failed"}


def _death(code: int) -> str:
    """How a process ended, by the name of the signal where there was one.

    >>> _death(-9), _death(1)
    ('SIGKILL', 'exit code 1')
    """
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


# --- the two ends of the pipe ----------------------------------------------------------------------------------------


def _started(order: _Order) -> subprocess.Popen[bytes]:
    child = subprocess.Popen([sys.executable, "-m", "sijill.batch.apart"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin
    with contextlib.suppress(BrokenPipeError):  # it died already, which is noticed when it says nothing
        child.stdin.write(msgspec.json.encode(order))
        child.stdin.close()
    return child


def _heard(child: subprocess.Popen[bytes]) -> Iterator[_Said]:
    """What a process says, until its end."""
    assert child.stdout
    try:
        while len(size := child.stdout.read(8)) == 8:
            data = child.stdout.read(int.from_bytes(size, "big"))
            if len(data) < int.from_bytes(size, "big"):
                break
            yield msgspec.msgpack.decode(data, type=_Said)
    except GeneratorExit:
        child.kill()
        raise
    finally:
        child.wait()


def _say(out: IO[bytes], said: _Said) -> None:
    data = msgspec.msgpack.encode(said)
    out.write(len(data).to_bytes(8, "big") + data)
    out.flush()


def serve(order: IO[bytes], out: IO[bytes]) -> None:
    """Read the unit that `order` names, and say of every row when it is begun and when it is done."""
    told = msgspec.json.decode(order.read(), type=_Order)
    at = 0
    try:
        for batch in batches_of(told.unit):
            for row in rows_of(batch):
                at += 1
                if at <= told.done:
                    continue
                _say(out, _Said(what="begin", row=head_of(row, told.options)))
                _say(out, _Said(what="done", row=read_row(row, told.options)))
        _say(out, _Said(what="end"))
    except (SijillError, OSError, EOFError, zlib.error) as wrong:
        _say(out, _Said(what="wrong", error=one_line(wrong)))


def main() -> None:
    """Standard input has the order, standard output carries what is said; what anything else prints there goes to standard error."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, out)


if __name__ == "__main__":
    main()
