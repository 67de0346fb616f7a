"""A folded text cut into units: its words with their clitics apart, and the phrases and names of the lexicon."""

from __future__ import annotations

from typing import Final

from sijill.annotate.unit import Unit
from sijill.annotate.units import Units
from sijill.lexicon import Lexicon, Phrases, Written
from sijill.text import Folded, sentence_end, tokens

__all__ = ["tokenise"]


def tokenise(folded: Folded, lexicon: Lexicon) -> Units:
    """The words of a text with their clitics apart; phrases and names of the lexicon as one unit, the longest first.

    >>> from sijill.lexicon import load_lexicon
    >>> from sijill.text import fold
    >>> [u.word for u in tokenise(fold("وبالحسكة، قتل مدني"), load_lexicon())]
    ['و', 'ب', 'الحسكه', '،', 'قتل', 'مدني']
    """
    text = folded.text
    written, starts = _cut(text, lexicon)
    chars = [word.chars for word in written]
    items: list[Unit] = []
    past = 0
    for i, word in enumerate(written[:-1]):
        if i < past:
            continue
        start = starts[i]
        if word.alone:
            end = start + word.length
            items.append(Unit(start, end, word.stem or text[start:end], word.entry))
            continue
        for first, last, letter, entry in word.clitics:
            items.append(Unit(start + first, start + last, letter, entry))
        phrases = word.phrases
        if phrases is not None and (second := written[i + 1].word) and (second in phrases or second in _QUOTES):
            found = _phrase(written, i, phrases)
            if found is not None:
                phrase, after = found
                entry = lexicon.known_entry(phrase)
                first, before = word.start, chars[i][:-1]
                if not phrase.startswith(word.stem + " "):  # «وتل تمر»: the letter is a clitic where the whole name stands
                    letter = word.stem[0]
                    (clitic,) = lexicon.clitics((letter,))
                    items.append(Unit(start, start + 1, letter, clitic.entry))
                    first, before = 1, clitic.entry.char
                items.append(Unit(start + first, starts[after - 1] + written[after - 1].length, phrase, entry))
                chars[i:after] = [before, entry.char, *[""] * (after - i - 2)]
                past = after
                continue
        items.append(Unit(start + word.start, start + word.length, word.stem, word.entry))
    row = "".join(chars[:-1])
    return Units(folded, items, lexicon, _sentences(text, items, row, lexicon), row)


def _cut(text: str, lexicon: Lexicon) -> tuple[list[Written], list[int]]:
    """The words of a text and where each starts; then the end of a last line, which begins no phrase.

    Cut at line ends and spaces first: what stands between two of them is most often one word, or one word and a mark, and known.
    """
    known, line_end = lexicon.written, lexicon.written["\n"]
    written: list[Written] = []
    starts: list[int] = []
    at = 0
    for line in text.split("\n"):
        for stretch in line.split(" "):
            if not stretch:
                at += 1
                continue
            word = known.get(stretch)
            if word is not None:
                written.append(word)
                starts.append(at)
            elif stretch[-1] in _AFTER_WORDS and (word := known.get(stretch[:-1])) is not None:
                written += (word, known[stretch[-1]])
                starts += (at, at + word.length)
            else:
                _cut_apart(stretch, at, lexicon, written, starts)
            at += len(stretch) + 1
        written.append(line_end)
        starts.append(at - 1)
    return written, starts


_AFTER_WORDS: Final = frozenset('،.:؛؟!")')


def _cut_apart(stretch: str, at: int, lexicon: Lexicon, written: list[Written], starts: list[int]) -> None:
    """The words and marks of a stretch without spaces: mostly a known word with marks on both sides («"الحسكة"،»)."""
    known = lexicon.written
    first, last = 0, len(stretch)
    while last > 0 and stretch[last - 1] in _AROUND_WORDS:
        last -= 1
    while first < last and stretch[first] in _AROUND_WORDS:
        first += 1
    word = known.get(stretch[first:last])
    parts = tokens(stretch) if word is None else [*stretch[:first], stretch[first:last], *stretch[last:]]
    for part in parts:
        written.append(known[part])
        starts.append(at)
        at += len(part)


_AROUND_WORDS: Final = frozenset('،.:؛؟!"()[]')


def _sentences(text: str, items: list[Unit], chars: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Sentences as (start, end) in the folded text, without the white space around them."""
    found: list[tuple[int, int]] = []
    line_end = lexicon.written["\n"].entry.char
    first = past = 0
    for at in _where(chars, lexicon.chars_with("STOP")):
        start = items[at].start
        if start >= past and (end := sentence_end(text, start)):
            past = end
            after = at + 1
            while after < len(items) and items[after].start < end:
                after += 1
            _add_sentence(found, items, chars, first, after, line_end)
            first = after
    _add_sentence(found, items, chars, first, len(items), line_end)
    return found


def _where(row: str, chars: set[str]) -> list[int]:
    """Where any of a few characters stand in a row, in order: for so few it is the fastest to look for each."""
    found: list[int] = []
    for char in chars:
        at = row.find(char)
        while at >= 0:
            found.append(at)
            at = row.find(char, at + 1)
    found.sort()
    return found


def _add_sentence(found: list[tuple[int, int]], items: list[Unit], chars: str, first: int, last: int, line_end: str) -> None:
    while first < last and chars[first] == line_end:
        first += 1
    while last > first and chars[last - 1] == line_end:
        last -= 1
    if first < last:
        found.append((items[first].start, items[last - 1].end))


_QUOTES: Final = frozenset("\"'")


def _phrase(written: list[Written], at: int, phrases: Phrases) -> tuple[str, int] | None:
    """The longest of the phrases of a word that stands there, and the number of the word after it.

    A quotation mark between the words of a phrase does not count.
    """
    second = _past_quotes(written, at + 1)
    third = written[second + 1].word if second + 1 < len(written) else ""
    for rest, phrase in phrases.get(written[second].word, ()):
        if not rest:
            return phrase, second + 1
        if third == rest[0] or third in _QUOTES:  # two of three candidates end here
            after = _follows(written, second + 1, rest)
            if after:
                return phrase, after
    return None


def _follows(written: list[Written], at: int, rest: tuple[str, ...]) -> int:
    """The number of the word after some words, if they stand from `at` on; else 0."""
    for word in rest:
        at = _past_quotes(written, at)
        if written[at].word != word:
            return 0
        at += 1
    return at


def _past_quotes(written: list[Written], at: int) -> int:
    while written[at].word in _QUOTES:
        at += 1
    return at
