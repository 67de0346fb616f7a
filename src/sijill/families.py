"""Families of texts: reprints and near-copies, which are one source however many papers carry them.

Two texts are of one family when most of what the shorter one says, in rows of four words, stands in the other too. MinHash finds the texts
that are worth comparing; the comparison decides. Short lines (menus, headlines of other stories) are left out where a text has long ones:
the pages of one newspaper share them without being reprints.
Texts published at quite different times are not compared: a form that is filled in anew each month is no reprint.
Preferred mistake: a reprint that is counted as a source of its own, over two reports of two events that are thrown together.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Callable, Iterable
from heapq import nsmallest
from typing import Final, NamedTuple
from zlib import crc32

from rensa import RMinHash

from sijill.text import fold

__all__ = ["ALIKE", "BANDS", "KIN_DAYS", "LOOKED_AT", "SAME", "TRIED", "Signature", "akin", "alike", "find_kin", "rows_of", "sign"]

_HASHES, BANDS = 128, 32
"""32 bands of 4 rows: texts that share two fifths of their rows of words meet in a band."""
_SEED: Final = 1
_ROW: Final = 4
_ENOUGH: Final = 0.65
"""The share of its rows that the shorter text must have in common with the other."""
_FEWEST: Final = 12
"""A text of fewer rows is compared with nothing: what two posts of a dozen words share is chance."""
_LENGTHS: Final = 6
"""A text that is so many times longer than another only quotes it."""
_LINE: Final = 8
"""Lines of fewer words are left out where there are longer ones."""

KIN_DAYS: Final = 30
"""Reprints appear within so many days. The round-up of every week or the statement of every year has the same words, and is another one."""
ALIKE: Final = _HASHES // 4
"""Texts whose signatures agree in fewer places are not compared: the shorter would have to lie in one that is several times longer."""
SAME: Final = _HASHES // 2
"""Texts whose signatures agree in so many places have most of their words in common."""
LOOKED_AT: Final = 64
"""So many texts that share a band are looked at, the most alike first; a form letter has thousands."""
TRIED: Final = 8
"""So many of these are compared with the text itself."""
_WIDTH: Final = 4
"""Bytes of a row's number."""

_WORD: Final = re.compile(r"\w+")


class Signature(NamedTuple):
    """What is kept of a text to find its family: the MinHash, a key for each band, and its rows of words (see `rows_of`). The first two are
    empty for a text that is too short.
    """

    hashes: bytes
    bands: tuple[int, ...]
    rows: bytes


def sign(text: str) -> Signature:
    """The signature of a text; the same text has the same, on every machine.

    >>> sign("قُتل مدني").bands
    ()
    """
    rows = _rows(text)
    hashed = _hashed(rows)
    if len(rows) < _FEWEST:
        return Signature(b"", (), hashed)
    minhash = RMinHash(num_perm=_HASHES, seed=_SEED)
    minhash.update(sorted(rows))
    hashes = array("I", minhash.digest())
    width = _HASHES // BANDS
    return Signature(hashes.tobytes(), tuple(_key(hashes[at : at + width]) for at in range(0, _HASHES, width)), hashed)


def rows_of(text: str) -> bytes:
    """The rows of four words of a text, each as a number of 32 bits, sorted: as much of it as `akin` needs, and no more."""
    return _hashed(_rows(text))


def _hashed(rows: set[str]) -> bytes:
    return array("I", sorted({crc32(row.encode()) for row in rows})).tobytes()


def _key(band: array[int]) -> int:
    """A signed 64-bit number, as databases hold them."""
    return int.from_bytes(hashlib.blake2b(band.tobytes(), digest_size=8).digest(), "little", signed=True)


def akin(one: bytes, other: bytes) -> bool:
    """Whether two texts are of one family, by their `rows_of`.

    >>> text = "قتل ثلاثة مدنيين وأصيب خمسة آخرون فجر اليوم في قصف مدفعي على أطراف بلدة سرمين شرقي مدينة إدلب وفق ما قال مراسلنا هناك"
    >>> [akin(rows_of(text), rows_of(other)) for other in ("متابعات - " + text, text[: len(text) // 3])]
    [True, False]
    """
    fewer, more = sorted((one, other), key=len)
    if len(fewer) < _FEWEST * _WIDTH or len(more) > _LENGTHS * len(fewer):
        return False
    shared = set(memoryview(fewer).cast("I")).intersection(memoryview(more).cast("I"))
    return len(shared) * _WIDTH >= _ENOUGH * len(fewer)


def find_kin(rows: bytes, hashes: bytes, near: Iterable[tuple[str, bytes]], rows_of: Callable[[str], bytes]) -> list[str]:
    """Which of the texts that share a band with one are akin to it, the most alike first. `near` holds names and signatures.

    It hangs on nothing but the texts and their names, so that it does not matter in which order, and where, texts are compared. A text that
    is nearly one that was found already is not compared: it is of that one's family.

    >>> story = "قتل ثلاثة مدنيين وأصيب خمسة آخرون فجر اليوم في قصف مدفعي على أطراف بلدة سرمين شرقي مدينة إدلب وفق ما قال مراسلنا هناك"
    >>> hashes, _, rows = sign(story)
    >>> find_kin(rows, hashes, [("second", hashes), ("first", hashes)], lambda name: rows)
    ['first']
    """
    ranked = nsmallest(LOOKED_AT, ((-alike(hashes, other), name, other) for name, other in near))
    found: list[str] = []
    signatures: list[bytes] = []
    tried = 0
    for places, name, signature in ranked:
        if -places < ALIKE or tried >= TRIED:
            break
        if any(alike(signature, other) >= SAME for other in signatures):
            continue
        tried += 1
        if akin(rows, rows_of(name)):
            found.append(name)
            signatures.append(signature)
    return found


def alike(one: bytes, other: bytes) -> int:
    """In how many places two signatures agree.

    >>> alike(bytes([1, 0, 0, 0, 2, 0, 0, 0]), bytes([1, 0, 0, 0, 3, 0, 0, 0]))
    1
    """
    apart = int.from_bytes(one, "little") ^ int.from_bytes(other, "little")  # in half the time of comparing place by place
    return memoryview(apart.to_bytes(max(len(one), len(other)), "little")).cast("I").tolist().count(0)


def _rows(text: str) -> set[str]:
    """Every four words in a row, of the lines that are sentences."""
    lines = [_WORD.findall(line) for line in fold(text).text.split("\n")]
    long = [words for words in lines if len(words) >= _LINE]
    return {" ".join(words[at : at + _ROW]) for words in long or lines for at in range(len(words) - _ROW + 1)}
