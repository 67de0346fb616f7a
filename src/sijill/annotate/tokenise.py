"""A folded text cut into units: its words with their clitics apart, and the phrases and names of the lexicon."""

from __future__ import annotations

from itertools import accumulate

from sijill.annotate.unit import Unit
from sijill.annotate.units import Units
from sijill.lexicon import Lexicon, Phrases, Written
from sijill.text import Folded, sentences, tokens

__all__ = ["tokenise"]


def tokenise(folded: Folded, lexicon: Lexicon) -> Units:
    """The words of a text with their clitics apart; phrases and names of the lexicon as one unit, the longest first.

    >>> from sijill.lexicon import load_lexicon
    >>> from sijill.text import fold
    >>> [u.word for u in tokenise(fold("وبالحسكة، قتل مدني"), load_lexicon())]
    ['و', 'ب', 'الحسكه', '،', 'قتل', 'مدني']
    """
    text = folded.text
    cut = tokens(text)
    starts = list(accumulate(map(len, cut), initial=len(text) - len(text.lstrip(" "))))
    written = list(map(lexicon.written.__getitem__, cut))
    written.append(lexicon.written["\n"])  # the line end at the end begins no phrase
    chars = [word.chars for word in written]
    items: list[Unit] = []
    add = items.append
    past = 0
    for i, word in enumerate(written[:-1]):
        if i < past:
            continue
        start = starts[i]
        if word.alone:
            end = start + word.length
            add(Unit(start, end, word.stem or text[start:end], word.entry))
            continue
        for first, last, letter, entry in word.clitics:
            add(Unit(start + first, start + last, letter, entry))
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
                    add(Unit(start, start + 1, letter, clitic.entry))
                    first, before = 1, clitic.entry.char
                add(Unit(start + first, starts[after - 1] + written[after - 1].length, phrase, entry))
                chars[i:after] = [before, entry.char, *[""] * (after - i - 2)]
                past = after
                continue
        add(Unit(start + word.start, start + word.length, word.stem, word.entry))
    return Units(folded, items, lexicon, sentences(text), "".join(chars[:-1]))


_QUOTES = frozenset("\"'")


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
