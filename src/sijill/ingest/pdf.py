"""PDF files become reports: the words of the pages in reading order, lines joined into paragraphs.

A PDF says where each letter is painted, not in which order letters are read. Arabic is painted from left to right as often as from right
to left, and PDFium's own order turns some words around and not others. So the letters of a line are put in order by their places, as
an eye reads them; where PDFium's order gives better Arabic, that is taken. Letters themselves are never changed: presentation forms
stay, and are seen through when the text is read.

PDFium must not be used by two threads at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any, NamedTuple

from sijill.errors import InputError
from sijill.ingest.acquired import Content
from sijill.ingest.packing import one_line
from sijill.text import fold

__all__ = ["read_pdf", "reading_order"]

MAX_PAGES = 3000
MAX_LETTERS = 2_000_000

_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_MARK = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_LEFT_TO_RIGHT = re.compile(
    r"[0-9\u0660-\u0669\u06f0-\u06f9]+(?:[/.,:\u066b\u066c][0-9\u0660-\u0669\u06f0-\u06f9]+)*|[A-Za-z\u00c0-\u024f][\w.@&'’-]*[A-Za-z\u00c0-\u024f0-9]|\w+"
)
_JUNK_TITLE = re.compile(
    r"^(?:microsoft word|untitled|document\d*$|powerpoint|print|بدون عنوان)|\.(?:docx?|html?|pdf|indd|qxd|rtf|txt|tmp)$|://", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(r"^(?:page|صفحة|الصفحة|ص)?[\s\-–—|.:]*\d{1,4}(?:\s*(?:/|of|من)\s*\d{1,4})?[\s\-–—|.]*$", re.IGNORECASE)


class Letter(NamedTuple):
    """A character of a page and the left, right, lower and upper edge of its place."""

    char: str
    left: float
    right: float
    low: float
    high: float


class _Row(NamedTuple):
    """A line of a page, read, with its place; `gaps` where words stand far apart in it, as in tables."""

    text: str
    left: float
    right: float
    low: float
    high: float
    gaps: bool


def read_pdf(data: bytes, *, name: str) -> Content:
    """The report in a PDF file. Raises `InputError` where it is damaged, locked, too long or without words.

    >>> read_pdf(b"%PDF-1.7 nothing", name="a.pdf")
    Traceback (most recent call last):
    sijill.errors.InputError: a.pdf is a damaged PDF (Data format error); get it anew
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as wrong:
        reason = one_line(wrong).partition("PDFium: ")[2].rstrip(").") or one_line(wrong)
        if "password" in reason.lower():
            raise InputError(f"{name} is locked with a password; save it without one") from wrong
        raise InputError(f"{name} is a damaged PDF ({reason}); get it anew") from wrong
    with closing(document):
        if len(document) > MAX_PAGES:
            raise InputError(f"{name} has {len(document):,} pages, more than {MAX_PAGES:,}; split it into its reports")
        pages, warnings = _pages(document, name)
        title = _title(document)
    if not any(rows for rows in pages):
        raise InputError(f"{name} holds no words, only pictures of pages; read them with OCR first (Arabic), and give the result")
    empty = [str(n) for n, rows in enumerate(pages, 1) if not rows]
    if empty:
        shown = ", ".join(empty[:10]) + (" …" if len(empty) > 10 else "")
        warnings.append(f"no words were found on page{'s' if len(empty) > 1 else ''} {shown}, which may be pictures")
    text = "\n".join(line for rows in _without_edges(pages) for line in _paragraphs(rows))
    return Content(text=text, media_type="application/pdf", title=title, warnings=warnings)


def _title(document: Any) -> str | None:
    written = " ".join(document.get_metadata_dict().get("Title", "").replace("\0", "").split())
    return written if len(written) > 3 and not _JUNK_TITLE.search(written) else None


def _pages(document: Any, name: str) -> tuple[list[list[_Row]], list[str]]:
    import pypdfium2

    pages: list[list[_Row]] = []
    letters, backwards, broken = 0, [], []
    for number in range(len(document)):
        try:
            with closing(document[number]) as page, closing(page.get_textpage()) as text:
                letters += text.count_chars()
                if letters > MAX_LETTERS:
                    raise InputError(f"{name} is longer than {MAX_LETTERS:,} letters; split it into its reports")
                rows, order = _rows(text)
        except pypdfium2.PdfiumError:
            rows, order = [], 0
            broken.append(str(number + 1))
        pages.append(rows)
        if order < 0:
            backwards.append(str(number + 1))
    warnings = []
    if broken:
        warnings.append(f"damaged pages were left out: {', '.join(broken[:10])}")
    words = re.findall(r"[^\W\d_]+", "\n".join(row.text for rows in pages for row in rows))
    if sum(len(word) == 1 and word != "و" for word in words) * 8 > len(words):
        warnings.append("many words of this PDF are broken into letters; compare the text with the PDF, and correct it before it is used")
    if backwards:
        warnings.append(f"the Arabic of these pages seems to be written backwards; compare it with the PDF: {', '.join(backwards[:10])}")
    return pages, warnings


def _rows(text: Any) -> tuple[list[_Row], int]:
    """The lines of a page, and how sure it is that their letters stand in the order of reading (below 0: they do not)."""
    lines = _joined([line for line in _letters(text) if any(not letter.char.isspace() for letter in line)])
    given = [_row(line, "".join(letter.char for letter in line)) for line in lines]
    if not any(_ARABIC.search(row.text) for row in given):
        return given, 0
    ordered = [_row(line, reading_order(line)) for line in lines]
    mine, theirs = _order_score([row.text for row in ordered]), _order_score([row.text for row in given])
    rows, best = (ordered, mine) if mine >= theirs else (given, theirs)
    return rows, best


def _joined(lines: list[list[Letter]]) -> list[list[Letter]]:
    """Lines of which PDFium made two where a full stop or a number stands at the end of a line from right to left."""
    out: list[list[Letter]] = []
    for line in lines:
        if out and _one_line(_row(out[-1], ""), _row(line, "")):
            out[-1] = [*out[-1], Letter(" ", 0.0, 0.0, 0.0, 0.0), *line]
        else:
            out.append(line)
    return out


def _one_line(one: _Row, other: _Row) -> bool:
    height = max(one.high - one.low, other.high - other.low)
    overlap = min(one.high, other.high) - max(one.low, other.low)
    within = overlap > 0.5 * height or (overlap >= -0.2 * height and min(one.high - one.low, other.high - other.low) < 0.3 * height)
    return within and max(one.left, other.left) - min(one.right, other.right) < height


def _row(line: Sequence[Letter], text: str) -> _Row:
    seen = sorted((letter for letter in line if not letter.char.isspace()), key=lambda letter: letter.left)
    low, high = min(letter.low for letter in seen), max(letter.high for letter in seen)
    reached, gaps = seen[0].right, False
    for letter in seen:
        gaps = gaps or letter.left - reached > 2.5 * (high - low)
        reached = max(reached, letter.right)
    return _Row(" ".join(text.split()), seen[0].left, reached, low, high, gaps)


def _letters(text: Any) -> Iterator[list[Letter]]:
    """The characters of each line as PDFium finds them."""
    from pypdfium2 import raw

    place = raw.FS_RECTF()
    line: list[Letter] = []
    half = 0
    for i in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, i)
        if code in (0, 0xFFFE, 2):  # no character, or a hyphen at the end of a line
            continue
        if 0xD800 <= code < 0xDC00:
            half = code
            continue
        if 0xDC00 <= code < 0xE000:
            if not half:
                continue
            code = 0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00)
        half = 0
        if code in (10, 13):
            if line:
                yield line
            line = []
            continue
        raw.FPDFText_GetLooseCharBox(text, i, place)  # as wide as the letter moves on, as high as its font
        line.append(Letter(chr(code), place.left, place.right, place.bottom, place.top))
    if line:
        yield line


# --- the order of reading --------------------------------------------------------------------------------------------


def reading_order(line: Sequence[Letter]) -> str:
    """The text of a line of letters by where they stand. White space parts words; where it stands says nothing.

    >>> painted = [Letter(char, x, x + 1.0, 0.0, 1.0) for x, char in enumerate("12 لتق")]
    >>> reading_order(painted)
    'قتل 12'
    """
    given = "".join(letter.char for letter in line)
    if not _is_right_to_left(given):
        return given
    words: list[list[Letter]] = [[]]
    for letter in line:
        if letter.char.isspace():
            words.append([])
        elif letter.char in _PAIRED:
            words += [[letter], []]
        else:
            words[-1].append(letter)
    placed = sorted((word for word in words if word), key=lambda word: -max(letter.right for letter in word))
    height = max(letter.high for letter in line) - min(letter.low for word in placed for letter in word)
    return _CLOSE_UP.sub(r"\1", " ".join(_latin_in_order([_word(word) for word in _glued(placed, height or 1.0)])))


_PAIRED = {char: (opening, closing) for opening, closing in ("()", "[]", "{}", "«»", "‹›") for char in (opening, closing)}
_CLOSE_UP = re.compile(r" +([.،؛:؟!,])(?= |$)")


def _glued(words: list[list[Letter]], height: float) -> list[list[Letter]]:
    """Words in order of reading; pieces between which there is no room are one, and brackets belong to what they enclose.

    Which way a bracket turns is told by where it stands: some programs keep the painted one, some the meant one, and PDFium turns some.
    """
    out: list[list[Letter]] = []
    opened: set[str] = set()
    open_end = False
    for i, word in enumerate(words):
        before = _gap(words[i - 1], word) / height if i else 1e9
        after = _gap(word, words[i + 1]) / height if i + 1 < len(words) else 1e9
        pair = _PAIRED.get(word[0].char) if len(word) == 1 else None
        closes = False
        if pair:
            tight = max(before, after) < _TIGHT
            closes = before <= after
            if tight:
                follows = words[i + 1][-1].char if i + 1 < len(words) else ""
                prefix = i > 0 and "".join(letter.char for letter in words[i - 1]).strip("ـ") in _PREFIXES
                closes = not prefix and (pair[0] in opened or follows in _STOPS)
            word = [word[0]._replace(char=pair[closes])]
            (opened.discard if closes else opened.add)(pair[0])
        if out and (open_end or closes or before < _NO_ROOM):
            out[-1] = [*out[-1], *word]
        else:
            out.append(word)
        open_end = pair is not None and not closes
    return out


def _gap(word: list[Letter], following: list[Letter]) -> float:
    """The room between a word and the one to its left."""
    return min(letter.left for letter in word) - max(letter.right for letter in following)


_NO_ROOM = 0.07
"""As a share of the height of the line; a space between words takes at least twice that."""

_PREFIXES, _STOPS = frozenset("وفبكل"), frozenset(".،؛:؟!,")
_TIGHT = 0.25
"""A bracket with no more room than this on either side stands inside of a word: «لـ(الشرق)». Its pair or its neighbours tell the rest."""


def _is_right_to_left(text: str) -> bool:
    arabic = len(_ARABIC.findall(text))
    return arabic > 0 and arabic * 2 >= len(_LATIN.findall(text))


def _word(letters: list[Letter]) -> tuple[str, str]:
    """A word as it is read and as it is painted, from left to right.

    It is read from right to left, but for the numbers and Latin words in it; vowel marks come after their letters.
    """
    marks = [letter for letter in letters if _MARK.match(letter.char)]
    bases = sorted((letter for letter in letters if not _MARK.match(letter.char)), key=lambda letter: letter.left + letter.right)
    carried: dict[int, str] = {}
    for mark in marks:
        middle = (mark.left + mark.right) / 2
        nearest = min(range(len(bases)), key=lambda i: (round(abs((bases[i].left + bases[i].right) / 2 - middle), 1), -i), default=-1)
        carried[nearest] = carried.get(nearest, "") + mark.char
    painted = "".join(letter.char for letter in bases)
    if not painted:
        return "".join(mark.char for mark in marks), ""
    order: list[int] = []
    end = len(painted)
    for run in reversed(list(_LEFT_TO_RIGHT.finditer(painted))):
        if _ARABIC.search(run[0]):
            continue
        order += [*range(end - 1, run.end() - 1, -1), *range(run.start(), run.end())]
        end = run.start()
    order += range(end - 1, -1, -1)
    return "".join(painted[i] + carried.get(i, "") for i in order), painted


def _latin_in_order(words: list[tuple[str, str]]) -> list[str]:
    """Words in order of reading, each with how it is painted; neighbours in Latin letters are read as they are painted.

    What stands outside of them, such as brackets, is of the Arabic around and keeps its order.
    """
    out: list[str] = []
    run: list[tuple[str, str]] = []
    for read, painted in [*words, ("", "")]:
        if _LATIN.search(painted) and not _ARABIC.search(painted):
            run.insert(0, (read, painted))
            continue
        if len(run) > 1:
            text = " ".join(painted for _, painted in run)
            before, after = _OUTSIDE_RIGHT.search(text), _OUTSIDE_LEFT.search(text)
            head, tail = before[0] if before else "", after[0] if after else ""
            out.append(head[::-1] + text[len(tail) : len(text) - len(head)] + tail[::-1])
        else:
            out += [read for read, _ in run]
        run = []
        out.append(read)
    return out[:-1]


_OUTSIDE_LEFT, _OUTSIDE_RIGHT = re.compile(r"^[^\w\s]+"), re.compile(r"[^\w\s]+$")


_COMMON = frozenset("في من على إلى الى عن ان أن قال كان هذا بعد مع ما لم".split())


def _order_score(lines: list[str]) -> int:
    """How much better a text is as Arabic than the same turned around: «ال» begins words, ة ى end them."""
    score = 0
    for word in re.findall(r"[^\W\d_]{2,}", fold("\n".join(lines)).text):
        if word in _COMMON_FOLDED:
            score += 2
        elif word[::-1] in _COMMON_FOLDED:
            score -= 2
        if len(word) > 3:
            score += word.startswith(("ال", "وال", "بال")) - word.endswith(("لا", "لاو", "لاب"))
            score += word.endswith("ه") - word.startswith("ه")
    return score


_COMMON_FOLDED = frozenset(fold(word).text for word in _COMMON)


# --- from lines to paragraphs ----------------------------------------------------------------------------------------


def _without_edges(pages: list[list[_Row]]) -> list[list[_Row]]:
    """The pages without numbers at their edges, and without what stands at the edge of most of them."""
    seen = Counter(key for rows in pages for key in {_edge_key(row) for row in (*rows[:2], *rows[-2:])})
    often = {key for key, count in seen.items() if count >= 3 and count * 2 > len(pages)}
    return [_without_foot(_without_foot(rows, often, False), often, True) for rows in pages]


def _without_foot(rows: list[_Row], often: set[str], last: bool) -> list[_Row]:
    """The lines of a page without what stands apart at its foot, or at its head."""
    for _ in range(2):
        if len(rows) < 2:
            break
        row, neighbour = (rows[-1], rows[-2]) if last else (rows[0], rows[1])
        apart = max(row.low, neighbour.low) - min(row.high, neighbour.high) > 0.8 * (row.high - row.low)
        if not (_PAGE_NUMBER.match(row.text) or (_edge_key(row) in often and apart)):
            break
        rows = rows[:-1] if last else rows[1:]
    return rows


def _edge_key(row: _Row) -> str:
    return re.sub(r"\d+", "0", row.text)


def _paragraphs(rows: list[_Row]) -> Iterator[str]:
    """Lines joined where one goes on in the next: as wide as its column, as high, and no further apart than lines are."""
    text = ""
    for i, row in enumerate(rows):
        text = f"{text} {row.text}" if text else row.text
        if i + 1 == len(rows) or not _goes_on(rows, i):
            yield text
            text = ""


def _goes_on(rows: list[_Row], i: int) -> bool:
    row, following = rows[i], rows[i + 1]
    height = max(row.high - row.low, 1.0)
    other = max(following.high - following.low, 1.0)
    if row.gaps or following.gaps or not 0.6 < height / other < 1.7 or following.high > row.high:  # a table, a heading, the next column
        return False
    if row.low - following.high > 1.0 * min(height, other):
        return False
    near = _block(rows, i, height)
    width = row.right - row.left
    if _is_right_to_left(row.text):  # lines of one column begin below each other
        column = [one.left for one in near if abs(one.right - row.right) < 0.1 * width]
        return row.left - min(column) < 0.2 * (row.right - min(column)) and abs(row.right - following.right) < 0.1 * width
    column = [one.right for one in near if abs(one.left - row.left) < 0.1 * width]
    return max(column) - row.right < 0.2 * (max(column) - row.left) and abs(row.left - following.left) < 0.1 * width


def _block(rows: list[_Row], i: int, height: float) -> list[_Row]:
    """The lines around one that stand closely above each other, as many as tell how wide the column is."""
    first = last = i
    while first > max(i - 12, 0) and 0 <= rows[first - 1].high - rows[first].high < 3 * height:
        first -= 1
    while last + 1 < min(i + 13, len(rows)) and 0 <= rows[last].high - rows[last + 1].high < 3 * height:
        last += 1
    return rows[first : last + 1]
