"""Where in a text the words stand that somebody selected on its page.

A page shows a text without its direction controls and with its blanks run together, and JavaScript counts otherwise than we do. So a
selection is said by the letters before it and in it, blanks not counted, in one line of the page.
"""

from __future__ import annotations

import re

from sijill.errors import InputError
from sijill.export.html import DIRECTION_CONTROLS, line_spans

__all__ = ["selected"]

# The same set as in static/report.js.
_BLANK = re.compile(f"[ \\t\\n\\r\\u00a0\\u2000-\\u200a\\u202f\\u205f\\u3000{DIRECTION_CONTROLS}]")


def selected(text: str, words: str, line: int | None = None, before: int = 0) -> tuple[int, int]:
    """The stretch of a text that is meant by some words: in a line of the page, after so many letters; or, without a line, anywhere.

    Raises `InputError` where the words do not stand there, and, without a line, where they stand more than once.

    >>> selected("قتل ثلاثة.\\n\\nوقتل  خمسة", "قتل خمسة", 1, 1)
    (13, 22)
    """
    wanted = _BLANK.sub("", words)
    if not wanted:
        raise InputError("select words of the text first")
    if line is None:
        found = [span for first, last in line_spans(text) for span in _everywhere(text, first, last, wanted)]
        if len(found) != 1:
            how = "do not stand in the text" if not found else f"stand there {len(found)} times: select them in the text itself"
            raise InputError(f"these words {how}")
        return found[0]
    lines = line_spans(text)
    if not 0 <= line < len(lines):
        raise InputError("the text has no such line")
    at = _letters(text, *lines[line])
    shown = at[before : before + len(wanted)] if before >= 0 else []
    if "".join(text[i] for i in shown) != wanted:
        raise InputError("these words do not stand there: load the page again and select them anew")
    return shown[0], shown[-1] + 1


def _letters(text: str, first: int, last: int) -> list[int]:
    """Where the letters of a line stand, without blanks."""
    return [i for i in range(first, last) if not _BLANK.match(text[i])]


def _everywhere(text: str, first: int, last: int, wanted: str) -> list[tuple[int, int]]:
    at = _letters(text, first, last)
    letters = "".join(text[i] for i in at)
    return [(at[m.start()], at[m.start() + len(wanted) - 1] + 1) for m in re.finditer(f"(?={re.escape(wanted)})", letters)]
