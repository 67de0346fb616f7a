"""What can go wrong, and what each error means.

    SijillError
    ├── InputError           the report cannot be taken as text
    │   └── DateError        a date given by the caller is not a date
    ├── DataError            a lexicon, rule or gazetteer file is wrong (file and line are in the message)
    └── StoreError           the register cannot be opened, read or written, or holds no such thing
        └── ChangedError     what a decision was about has changed since it was looked at

Text that cannot be understood is never an error: it is an empty reading, or a doubt recorded in one.
Every message is one line and says what to do.
"""

from __future__ import annotations

__all__ = ["ChangedError", "DataError", "DateError", "InputError", "SijillError", "StoreError"]


class SijillError(Exception):
    """The base of every error that sijill raises on purpose."""


class InputError(SijillError):
    """The input is not a text that can be read: binary, wrong encoding, too large."""


class DateError(InputError):
    """A publication date that is not a calendar date, written YYYY-MM-DD."""


class DataError(SijillError):
    """A data file breaks a rule of its format; the message begins with ``file:line``."""

    def __init__(self, path: str, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}")
        self.path = path
        self.line = line
        self.problem = problem


class StoreError(SijillError):
    """The register cannot be opened, read or written, or does not hold what was asked for. What was begun is undone."""


class ChangedError(StoreError):
    """What a decision was about is no longer as whoever decides saw it. Nothing was kept: look again, and decide again."""
