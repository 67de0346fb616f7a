"""Files that are there whole or not at all, whatever is killed while they are written."""

from __future__ import annotations

import contextlib
import errno
import os
import uuid
from collections.abc import Iterator

from sijill.errors import InputError

__all__ = ["appearing", "locked", "sweep"]

_UNFINISHED = ".tmp"


@contextlib.contextmanager
def appearing(target: str, *, beside: str | None = None) -> Iterator[str]:
    """A path to write to, which takes the target's name when the block ends well. Several may write the same file; it is the same.

    It lies in the folder `beside`, where one is named, that `sweep` may find there what a killed run left.
    """
    path = os.path.join(beside or os.path.dirname(target), f"{os.path.basename(target)}.{uuid.uuid4().hex}{_UNFINISHED}")
    try:
        yield path
        _to_disk(path)
        os.replace(path, target)
        _to_disk(os.path.dirname(target))
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(path)
        raise


def sweep(folder: str) -> None:
    """Take away what killed runs left half written in a folder."""
    for name in os.listdir(folder):
        if name.endswith(_UNFINISHED):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(os.path.join(folder, name))


def _to_disk(path: str) -> None:
    """Nothing of a path is left in memory only, so that a machine that loses its power keeps what was said to be done."""
    handle = os.open(path, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some file systems cannot for folders
            os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def locked(folder: str) -> Iterator[None]:
    """A block in which no other run writes to a folder. The lock is the process's own: it goes with it, and workers do not inherit it.

    Where there are no locks (Windows, some shared folders) two runs at once are not kept apart: they do some units twice, with the same
    parts. Raises `InputError` where another run has the lock.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    with open(os.path.join(folder, ".lock"), "ab") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as wrong:
            if wrong.errno in (errno.EACCES, errno.EAGAIN):
                raise InputError(f"another run is writing to {folder}; wait for its end") from wrong
        yield
