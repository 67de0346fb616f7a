"""Lines of text for a terminal: wrapped to its width, safe to print, Arabic kept in a run of its own.

Reports are untrusted: a control character among their words could move the cursor or rewrite the screen, so nothing is printed
but through `shown`. Arabic words are set apart with Unicode isolates where a terminal is to show them, so that a terminal that
orders right-to-left text cannot mix them with what stands around them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import click

from sijill.export.html import shown

__all__ = ["Page", "Piece", "shorten", "width_of"]

_STYLES: dict[str, dict[str, object]] = {
    "heading": {"bold": True, "fg": "cyan"},
    "date": {"bold": True},
    "strong": {"bold": True},
    "dim": {"dim": True},
    "quote": {"fg": "green"},
    "alarm": {"bold": True, "fg": "red"},
    "warning": {"fg": "yellow"},
}
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
_NARROWEST = 30


class Piece(NamedTuple):
    """Words with a style; `isolate` for words of the report, which may run from right to left."""

    text: str
    style: str = ""
    isolate: bool = False


class Page:
    """Lines put together piece by piece.

    >>> page = Page(width=34)
    >>> page.add("killed", Piece("at least 5", "strong"), "people in two villages", indent=2, hang=4)
    >>> print(page.text(), end="")
      killed at least 5 people in two
        villages
    """

    def __init__(self, *, width: int = 80, colour: bool = False, isolates: bool = False) -> None:
        self.width = max(_NARROWEST, width)
        self._colour = colour
        self._isolates = isolates
        self._lines: list[str] = []

    def text(self) -> str:
        """The page so far."""
        return "".join(line + "\n" for line in self._lines)

    def blank(self) -> None:
        """An empty line, unless one stands there already."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def heading(self, text: str, note: str = "", *, beside: str = "") -> None:
        """A heading after an empty line, with words beside it and a remark under it."""
        self.blank()
        self.add(Piece(text.upper(), "heading"), Piece(beside, "dim"))
        self.add(Piece(note, "dim"))

    def add(self, *pieces: Piece | str, indent: int = 0, hang: int | None = None, lead: Piece | None = None) -> None:
        """Pieces with a space between, wrapped; lines after the first are indented by `hang`.

        `lead` stands before them as it is, spaces kept: a first column.
        """
        whole = [piece if isinstance(piece, Piece) else Piece(piece) for piece in pieces]
        later = indent if hang is None else hang
        margin = " " * indent
        used = indent
        if lead is not None:
            column = shown(lead.text)
            margin += self._painted(column, lead)
            used += width_of(column)
        line: list[tuple[str, Piece]] = []
        for word, piece in _words(whole, self.width - max(used, later) - 1):
            wide = width_of(word)
            if line and used + 1 + wide > self.width - 1:
                self._put(line, margin)
                line, margin, used = [], " " * later, later
            used += wide + (1 if line else 0)
            line.append((word, piece))
        if line:
            self._put(line, margin)

    def _put(self, line: list[tuple[str, Piece]], margin: str) -> None:
        runs: list[tuple[list[str], Piece]] = []
        for word, piece in line:
            if runs and runs[-1][1] is piece:
                runs[-1][0].append(word)
            else:
                runs.append(([word], piece))
        self._lines.append(margin + " ".join(self._painted(" ".join(words), piece) for words, piece in runs))

    def _painted(self, text: str, piece: Piece) -> str:
        if self._isolates and piece.isolate:
            text = _ISOLATE + text + _END_ISOLATE
        return click.style(text, **_STYLES[piece.style]) if self._colour and piece.style else text  # type: ignore[arg-type]


def _words(pieces: list[Piece], room: int) -> Iterator[tuple[str, Piece]]:
    """The words of pieces; one that no line can hold is cut, never inside a character with its marks."""
    for piece in pieces:
        for word in shown(piece.text).split():
            while width_of(word) > room:
                head = _fitting(word, room)
                yield head, piece
                word = word[len(head) :]
            if word:
                yield word, piece


def width_of(text: str) -> int:
    """How many columns a terminal needs for a text.

    >>> width_of("قُتل"), width_of("abc"), width_of("漢")
    (3, 3, 2)
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _fitting(text: str, room: int) -> str:
    """The longest beginning of a text that fits, at least one character with its marks."""
    used = 0
    for i, char in enumerate(text):
        used += _columns(char)
        if used > room and i:
            return text[:i]
    return text


def shorten(text: str, room: int) -> str:
    """A text on one line, cut after a word where it is too long.

    >>> shorten("قتل ثلاثة مدنيين في القصف", 14)
    'قتل ثلاثة…'
    """
    line = " ".join(shown(text[: 4 * room + 80]).split())
    if width_of(line) <= room and len(text) <= 4 * room + 80:
        return line
    head = _fitting(line, room - 1)
    space = head.rfind(" ")
    return (head[:space] if space > room // 2 else head).rstrip() + "…"
