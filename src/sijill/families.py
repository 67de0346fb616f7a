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
from operator import eq
from typing import NamedTuple

from rensa import RMinHash

from sijill.text import fold

__all__ = ["BANDS", "KIN_DAYS", "Signature", "akin", "find_kin", "sign"]

_HASHES, BANDS = 128, 32
"""32 bands of 4 rows: texts that share two fifths of their rows of words meet in a band."""
_SEED = 1
_ROW = 4
_ENOUGH = 0.65
"""The share of its rows that the shorter text must have in common with the other."""
_FEWEST = 12
"""A text of fewer rows is compared with nothing: what two posts of a dozen words share is chance."""
_LENGTHS = 6
"""A text that is so many times longer than another only quotes it."""
_LINE = 8
"""Lines of fewer words are left out where there are longer ones."""

KIN_DAYS = 30
"""Reprints appear within so many days. The round-up of every week or the statement of every year has the same words, and is another one."""
_ALIKE = _HASHES // 4
"""Texts whose signatures agree in fewer places are not compared: the shorter would have to lie in one that is several times longer."""
_TRIED = 8
"""So many texts of other families are compared with a text, the most alike first; a form letter has thousands that are nearly so."""

_WORD = re.compile(r"\w+")


class Signature(NamedTuple):
    """What is kept of a text to find its family: the MinHash, and a key for each band. Empty for a text that is too short."""

    hashes: bytes
    bands: tuple[int, ...]


def sign(text: str) -> Signature:
    """The signature of a text; the same text has the same, on every machine.

    >>> sign("قُتل مدني").bands
    ()
    """
    rows = _rows(text)
    if len(rows) < _FEWEST:
        return Signature(b"", ())
    minhash = RMinHash(num_perm=_HASHES, seed=_SEED)
    minhash.update(sorted(rows))
    hashes = array("I", minhash.digest())
    width = _HASHES // BANDS
    return Signature(hashes.tobytes(), tuple(_key(hashes[at : at + width]) for at in range(0, _HASHES, width)))


def _key(band: array[int]) -> int:
    """A signed 64-bit number, as databases hold them."""
    return int.from_bytes(hashlib.blake2b(band.tobytes(), digest_size=8).digest(), "little", signed=True)


def akin(one: str, other: str) -> bool:
    """Whether two texts are of one family.

    >>> text = "قتل ثلاثة مدنيين وأصيب خمسة آخرون فجر اليوم في قصف مدفعي على أطراف بلدة سرمين شرقي مدينة إدلب وفق ما قال مراسلنا هناك"
    >>> akin(text, "متابعات - " + text), akin(text, text[: len(text) // 3])
    (True, False)
    """
    a, b = sorted((_rows(one), _rows(other)), key=len)
    if len(a) < _FEWEST or len(b) > _LENGTHS * len(a):
        return False
    return len(a & b) >= _ENOUGH * len(a)


def find_kin(
    text: str, hashes: bytes, near: Iterable[tuple[str, bytes]], family: Callable[[str], str], text_of: Callable[[str], str]
) -> list[str]:
    """Which of the texts that share a band with one are akin to it, one for each family. `near` holds names and signatures.

    >>> story = "قتل ثلاثة مدنيين وأصيب خمسة آخرون فجر اليوم في قصف مدفعي على أطراف بلدة سرمين شرقي مدينة إدلب وفق ما قال مراسلنا هناك"
    >>> hashes = sign(story).hashes
    >>> find_kin(story, hashes, [("first", hashes), ("second", hashes)], lambda name: "one family", lambda name: story)
    ['first']
    """
    own = memoryview(hashes).cast("I")
    ranked = sorted((-sum(map(eq, own, memoryview(other).cast("I"))), name) for name, other in near)
    found: list[str] = []
    joined: set[str] = set()
    tried = 0
    for places, name in ranked:
        if -places < _ALIKE or tried >= _TRIED:
            break
        if family(name) in joined:
            continue
        tried += 1
        if akin(text, text_of(name)):
            found.append(name)
            joined.add(family(name))
    return found


def _rows(text: str) -> set[str]:
    """Every four words in a row, of the lines that are sentences."""
    lines = [_WORD.findall(line) for line in fold(text).text.split("\n")]
    long = [words for words in lines if len(words) >= _LINE]
    return {" ".join(words[at : at + _ROW]) for words in long or lines for at in range(len(words) - _ROW + 1)}
