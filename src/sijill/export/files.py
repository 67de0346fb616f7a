"""Files that appear only when they are complete."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from sijill.errors import InputError

__all__ = ["written"]


@contextlib.contextmanager
def written(path: str) -> Iterator[IO[bytes]]:
    """A file to write to, which takes its name when the block ends well; on any error what stood under the name is left as it was.

    A device or a pipe is written to directly. Raises `InputError` where nothing can be written there.
    """
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as device:
                yield device
            return
        with _replaced(target) as file:
            yield file
    except OSError as wrong:
        if isinstance(wrong, BrokenPipeError):
            raise
        raise InputError(f"cannot write {path}: {wrong.strerror or wrong}") from wrong


@contextlib.contextmanager
def _replaced(target: Path) -> Iterator[IO[bytes]]:
    """A new file beside the target that takes its place at the end."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:50]}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        os.chmod(name, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
