"""A folded text cut into units: its words with their clitics apart, and the phrases and names of the lexicon."""

from __future__ import annotations

from typing import Final

from sijill.annotate.unit import Unit
from sijill.annotate.units import Units
from sijill.lexicon import Lexicon, Phrases, Written
from sijill.text import Folded, is_one_token, sentence_end, tokens

__all__ = ["tokenise"]


def tokenise(folded: Folded, lexicon: Lexicon) -> Units:
    """The words of a text with their clitics apart; phrases and names of the lexicon as one unit, the longest first.

    >>> from sijill.lexicon import load_lexicon
    >>> from sijill.text import fold
    >>> [u.word for u in tokenise(fold("وبالحسكة، قتل مدني"), load_lexicon())]
    ['و', 'ب', 'الحسكه', '،', 'قتل', 'مدني']
    """
    text = folded.text
    words, chars = _cut(text, lexicon)
    items: list[Unit] = []
    past = 0
    for i in range(len(words) - 1):
        if i < past:
            continue
        unit = words[i]
        if unit.value is None:
            items.append(unit)
            continue
        word: Written = unit.value
        unit.value = None
        start = unit.start
        for first, last, letter, entry in word.clitics:
            items.append(Unit(start + first, start + last, letter, entry))
        phrases = word.phrases
        if phrases is not None and ((second := words[i + 1].word) in phrases or second in _QUOTES):
            found = _phrase(words, i, phrases)
            if found is not None:
                phrase, past = found
                entry = lexicon.known_entry(phrase)
                first, before = word.start, chars[i][:-1]
                if not phrase.startswith(word.stem + " "):  # «وتل تمر»: the letter is a clitic where the whole name stands
                    letter = word.stem[0]
                    (clitic,) = lexicon.clitics((letter,))
                    items.append(Unit(start, start + 1, letter, clitic.entry))
                    first, before = 1, clitic.entry.char
                items.append(Unit(start + first, words[past - 1].end, phrase, entry))
                chars[i:past] = [before, entry.char, *[""] * (past - i - 2)]
                continue
        items.append(Unit(start + word.start, unit.end, word.stem, word.entry) if word.clitics else unit)
    row = "".join(chars[:-1])
    return Units(folded, items, lexicon, _sentences(text, items, row, lexicon), row)


def _cut(text: str, lexicon: Lexicon) -> tuple[list[Unit], list[str]]:
    """The words of a text as units, and the characters of each; then the end of a last line, which begins no phrase.

    A word with clitics, or one that begins phrases, has what the lexicon says of it as its value. Cut at line ends and spaces first:
    what stands between two of them is most often one word, or one word and a mark, and known.
    """
    known = lexicon.written
    line_end = known["\n"]
    words: list[Unit] = []
    chars: list[str] = []
    at = 0
    for line in text.split("\n"):
        for stretch in line.split(" "):
            if not stretch:
                at += 1
                continue
            word = known.get(stretch)
            if word is None and stretch[-1] in _AFTER_WORDS:
                word = known.get(stretch[:-1])
            if word is None:
                _cut_apart(stretch, at, known, words, chars)
            else:
                end = at + word.length
                words.append(Unit(at, end, word.word or stretch[: word.length], word.entry, None if word.alone else word))
                chars.append(word.chars)
                if word.length < len(stretch):
                    mark = known[stretch[-1]]
                    words.append(Unit(end, end + 1, mark.word, mark.entry))
                    chars.append(mark.chars)
            at += len(stretch) + 1
        words.append(Unit(at - 1, at, "\n", line_end.entry))
        chars.append(line_end.chars)
    return words, chars


_AFTER_WORDS: Final = frozenset('،.:؛؟!")')


def _cut_apart(stretch: str, at: int, known: dict[str, Written], words: list[Unit], chars: list[str]) -> None:
    """The words and marks of a stretch without spaces: mostly a known word with marks on both sides («"الحسكة"،»)."""
    first, last = 0, len(stretch)
    while last > 0 and stretch[last - 1] in _AROUND_WORDS:
        last -= 1
    while first < last and stretch[first] in _AROUND_WORDS:
        first += 1
    inside = stretch[first:last]
    parts = [*stretch[:first], inside, *stretch[last:]] if inside in known or is_one_token(inside) else tokens(stretch)
    for part in parts:
        word = known[part]  # is looked up and, where it is met for the first time, read
        end = at + len(part)
        words.append(Unit(at, end, part, word.entry, None if word.alone else word))
        chars.append(word.chars)
        at = end


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


def _phrase(words: list[Unit], at: int, phrases: Phrases) -> tuple[str, int] | None:
    """The longest of the phrases of a word that stands there, and the number of the word after it.

    A quotation mark between the words of a phrase does not count.
    """
    second = _past_quotes(words, at + 1)
    third = words[second + 1].word if second + 1 < len(words) else ""
    for rest, phrase in phrases.get(words[second].word, ()):
        if not rest:
            return phrase, second + 1
        if third == rest[0] or third in _QUOTES:  # two of three candidates end here
            after = _follows(words, second + 1, rest)
            if after:
                return phrase, after
    return None


def _follows(words: list[Unit], at: int, rest: tuple[str, ...]) -> int:
    """The number of the word after some words, if they stand from `at` on; else 0."""
    for word in rest:
        at = _past_quotes(words, at)
        if words[at].word != word:
            return 0
        at += 1
    return at


def _past_quotes(words: list[Unit], at: int) -> int:
    while words[at].word in _QUOTES:
        at += 1
    return at
