"""Passwords: which are refused, and how they are kept: as argon2id hashes, each with a salt of its own."""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sijill.store.accounts import account_key

__all__ = ["LEAST", "MOST", "Passwords", "problem"]

LEAST = 12
"""Characters of a password, at least. No kinds of characters are asked for: they make passwords worse to remember, not to guess."""
MOST = 500

_AT_ONCE = 2
"""A hash takes 64 MB while it is made: so many are made at a time, and others wait."""

_ROWS = (
    "qwertyuiop asdfghjkl zxcvbnm qazwsxedcrfv azertyuiop abcdefghijklmnopqrstuvwxyz 01234567890123 1qaz2wsx3edc "
    "ضصثقفغعهخحجد شسيبلاتنمكط ئءؤرلاىةوزظ ابتثجحخدذرزسشصضطظعغفقكلمنهوي ابجدهوزحطيكلمن"
).split()
_WORD = (
    "password|passwort|passw0rd|motdepasse|letmein|welcome|iloveyou|changeme|admin|administrator|sijill|كلمه ?السر|كلمه ?المرور|مرحبا|سجل"
)
_STEM = re.compile(rf"(?:the|my)?(?:{_WORD})+")
_TAIL = re.compile(r"[\W\d_]+")


class Passwords:
    """Hashes passwords and compares them. A hash made with other parameters than today's still fits, and is `stale`.

    >>> passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    >>> kept = passwords.hash("a long walk by the river")
    >>> passwords.fits(kept, "a long walk by the river"), passwords.fits(kept, "another"), passwords.stale(kept)
    (True, False, False)
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._nobody = self.hash(secrets.token_hex())

    def hash(self, password: str) -> str:
        """The hash of a password, with its parameters and a new salt."""
        with self._turns:
            return self._hasher.hash(_plain(password))

    def fits(self, hash: str | None, password: str) -> bool:
        """Whether a password has a hash. For None, where nobody has the name, it takes as long and never fits."""
        with self._turns:
            try:
                return self._hasher.verify(hash or self._nobody, _plain(password)[:MOST]) and hash is not None
            except (VerificationError, InvalidHashError):
                return False

    def stale(self, hash: str) -> bool:
        """Whether a hash was made with other parameters than those of today."""
        return self._hasher.check_needs_rehash(hash)


def _plain(password: str) -> str:
    """One spelling of what looks the same: keyboards differ in how they put marks on letters."""
    return unicodedata.normalize("NFC", password.encode(errors="ignore").decode())


def problem(password: str, name: str) -> str | None:
    """What is wrong with a new password, as a key of the group `account` of the page's words; None where nothing is.

    Refused are the forms in which most guessed passwords come: one sign again and again, a short piece repeated, digits alone, a row of
    the keyboard, an alphabet, a common word with digits, the same in Arabic, the name of the program, that of the account, and either of
    these turned around. Preferred mistake: a weak password of another form is let through, over one refused that nobody would guess.

    >>> problem("short", "amal"), problem("Password2022!", "amal"), problem("amalamal2022", "amal")
    ('password_short', 'password_common', 'password_common')
    >>> problem("four dull grey horses", "amal")
    """
    plain = _plain(password)
    if len(plain) < LEAST:
        return "password_short"
    if len(plain) > MOST:
        return "password_long"
    folded = account_key(plain)
    core, own = _TAIL.sub("", folded), _TAIL.sub("", account_key(name))
    forms = (folded, core, folded[::-1], core[::-1])
    if not core or any(_is_common(form, own) for form in forms):
        return "password_common"
    return None


def _is_common(form: str, own: str) -> bool:
    if re.fullmatch(r"(.{1,4}?)\1+.{0,3}", form):  # again and again
        return True
    if any(len(form) >= 4 and form in row * 3 for row in _ROWS):
        return True
    return bool(_STEM.fullmatch(form)) or bool(own and form.replace(own, "") == "")
