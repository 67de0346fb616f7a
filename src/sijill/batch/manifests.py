"""The file by which a folder says what it holds: read, and written as a whole."""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import TypeVar

import msgspec

from sijill.batch.disk import appearing
from sijill.errors import InputError
from sijill.records import Record

__all__ = ["put_manifest", "read_manifest"]

Form = TypeVar("Form", bound=Record)

_NAME = "manifest.json"


def read_manifest(folder: str, form: type[Form], *, ours: Collection[str]) -> Form | None:
    """What a folder says of itself; None for one that is not there, or has nothing but what is `ours`.

    Raises `InputError` for what no run of ours has made.
    """
    path = os.path.join(folder, _NAME)
    try:
        with open(path, "rb") as file:
            return msgspec.json.decode(file.read(), type=form)
    except FileNotFoundError:
        if os.path.isdir(folder) and set(os.listdir(folder)) - {".lock", *ours}:
            raise InputError(f"{folder} holds other files; give a folder that is empty, or not there yet") from None
        return None
    except OSError as wrong:
        raise InputError(f"cannot read {path}: {wrong.strerror or wrong}") from wrong
    except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
        raise InputError(f"{path} was not written by this version of sijill; give another folder") from wrong


def put_manifest(folder: str, manifest: Record, *, beside: str) -> None:
    """Write the manifest of a folder; until it is whole it lies in the folder `beside`."""
    data = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    with appearing(os.path.join(folder, _NAME), beside=beside) as path, open(path, "wb") as file:
        file.write(data + b"\n")
