"""The lexicon: reads, checks and compiles the files under `data/`.

Three kinds of file, all editable without programming (see `docs/lexicon-guide.md`):

* ``data/words/*.csv``: words and phrases by class, with the way they inflect and what they mean;
* ``data/gazetteer/places.tsv`` and ``data/actors/*.csv``: names;
* ``data/rules/*.toml``: patterns over word classes, each with examples that run as tests (`sijill.rules`).

Loading gives a `Lexicon`, which says for any written word which clitics it carries and which classes the rest has.
A word that no file knows is still a token; it just has no class but its shape.
"""

from __future__ import annotations

import csv
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, NamedTuple

from mypy_extensions import i64, mypyc_attr

from sijill.errors import DataError
from sijill.inflect import INFLECTIONS, Form, inflect
from sijill.names import Names, load_names
from sijill.rules import Leads, char_set, item_set, rule_literals
from sijill.text import fold_word

__all__ = ["ASKED", "LISTED", "Entry", "Lexicon", "Piece", "Written", "bits_of", "data_folder", "load_lexicon", "read_word_file"]

_COLUMNS: Final = ["class", "inflect", "forms", "features", "note"]
_MEMO_LIMIT: Final = 200_000
_MEMO_LONGEST: Final = 40  # letters: longer words are made up, and would fill the memory

Features = Mapping[str, str]
_NO_FEATURES: Final[Features] = {}


LISTED: Final = (
    "PLACE", "PLACE_WEAK", "KIND", "ACTOR", "ADJ_ACTOR", "GENERIC", "COUNTRY", "CAPITAL", "ORDINAL", "OTHERS", "ANOTHER", "DATE", "TIME",
    "NL", "PAGE_END", "PAGE_TAIL", "PAGE_COMMENTS", "PAGE_TAGS", "SOURCE", "ACCORDING", "SAY_V", "CLAIM_V", "BLAME_V", "SPORT",
    "HARM_V", "HARM_N", "GROUP", "Q", "COUNTED_MEN",
)  # fmt: skip
"""Classes of which every text is asked where any unit of it has them: one way through the units lists them all."""
ASKED: Final = (
    "COMMA", "THAT", "REPLIED", "ACCORDING", "SAY_V", "DEMAND", "FROM_GROUND", "BOUND_AFTER", "SIMULTANEOUS", "ANOTHER", "OTHERS",
    "ALSO_TOO", "MODAL", "PAST", "STOP", "SEMI", "SORTED_INTO", "OCCURS", "MANY_TIMES", "TREND", "COLON", "UNTRUE", "NEG", "SINCE",
    "JUDGED", "DATE", "AFTER", "BACKGROUND", "REPEL_V", "EXPOSED_V", "PRES", "FUT", "AUX", "HARM_V", "KANA", "QAD", "UNKNOWN_AGENT",
    "OTHER_STORY", "FIGURATIVE", "NO_HARM", "NO_ONE_TIME", "NOT_YET", "CLAIM_V", "SPOKEN_OF", "ISSUED", "UNDER_WAY", "WHEN", "EARLIER",
    "NL", "REL", "HARM_N", "RISEN", "PERSON", "Q", "GROUP", "BOTH_SIDES", "HARMED", "CONJ", "ALSO", "REMNANT", "ACTOR", "PRECEDE_V",
)  # fmt: skip
"""Classes that a few units at a time are asked for, hundreds of times a text: each has a bit in `Entry.bits`. 62 fit."""


_MARKS_MOST: Final = 62
"""How many bits `Marks.leads` and `Marks.needs` have each."""
_BIT: Final = {tag: 1 << number for number, tag in enumerate(ASKED)}


def bits_of(tags: Iterable[str]) -> int:
    """The bits of some classes, those aside that have none.

    >>> bits_of(["THAT", "COMMA"]), bits_of(["SHELL_V"])
    (3, 0)
    """
    return sum(_BIT[tag] for tag in tags if tag in _BIT)


@mypyc_attr(acyclic=True)
class Marks:
    """Of which sets one character is, as the bits that `Lexicon.leads` and `Lexicon.need` gave these. All its entries share them."""

    __slots__ = ("leads", "needs")

    def __init__(self) -> None:
        self.leads: i64 = 0
        self.needs: i64 = 0


@mypyc_attr(acyclic=True)
class Entry:
    """What the lexicon knows of one written form: its classes, and features such as ``status`` or ``value``.

    Entries of the same classes share one set of them. `char` is the one private character that stands for this set in the strings
    that rules match, `listed` the numbers of those of its classes that are in `LISTED`, `bits` those that are in `ASKED`, and `marks`
    are those of the character.
    """

    __slots__ = ("bits", "char", "features", "listed", "marks", "origin", "tags")

    def __init__(
        self, tags: frozenset[str], features: Features, char: str, listed: tuple[int, ...], bits: i64, marks: Marks, origin: str
    ) -> None:
        self.tags = tags
        self.features = features
        self.char = char
        self.listed = listed
        self.bits = bits
        self.marks = marks
        self.origin = origin  # the file and line that gave it, for `sijill explain`


class Piece(NamedTuple):
    """A part of a written word: a clitic or the word itself. Offsets are relative to the word."""

    start: int
    end: int
    word: str
    entry: Entry


Phrases = dict[str, list[tuple[tuple[str, ...], str]]]
"""The phrases that begin with one word, by the next word, longest first: the words after these two, and the whole phrase."""


@mypyc_attr(acyclic=True)
class Written:
    """A written word as the lexicon reads it: clitics, then the stem, which may begin phrases. `chars` are those of all pieces.

    Every word ever met is kept, so a word is this one object; what many words share is made once. Words of one length and shape that
    no file knows share all: `word` and `stem` are empty, and the text has them.
    """

    __slots__ = ("alone", "chars", "clitics", "entry", "length", "phrases", "start", "stem", "word")

    def __init__(
        self,
        word: str,
        length: int,
        alone: bool,
        chars: str,
        stem: str,
        entry: Entry,
        start: int = 0,
        clitics: tuple[Piece, ...] = (),
        phrases: Phrases | None = None,
    ) -> None:
        self.word = word
        self.length = length
        self.alone = alone  # one piece that begins no phrase, as most words are
        self.chars = chars
        self.stem = stem
        self.entry = entry
        self.start = start  # of the stem in the word; it ends with the word
        self.clitics = clitics
        self.phrases = phrases


class _WrittenWords(dict[str, Written]):
    """Every written word met, read once a process.

    The most frequent question of all is asked of this: a dictionary that fills itself answers it without a call of Python.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, word: str) -> Written:
        found = self._lexicon.read_word(word)
        if len(self) > _MEMO_LIMIT:
            self.clear()
        if len(word) <= _MEMO_LONGEST:
            self[word] = found
        return found


class _Finders(dict[tuple[str, ...], re.Pattern[str]]):
    """The expressions that find units of any of some classes, each compiled when it is first asked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, tags: tuple[str, ...]) -> re.Pattern[str]:
        found = self[tags] = re.compile(char_set(set().union(*map(self._lexicon.chars_with, tags))))
        return found


@dataclass(slots=True)
class Gloss:
    """Classes and features gathered for one form from all files."""

    tags: set[str] = field(default_factory=set)
    features: dict[str, str] = field(default_factory=dict)
    origin: str = ""


def data_folder() -> Traversable:
    """The folder of data files installed with the package."""
    return files("sijill") / "data"


def read_word_file(path: str, lines: Iterable[str]) -> Iterator[tuple[str, Form, dict[str, str], str]]:
    """Every form of a word file: (class, form, features, ``file:line``).

    Raises `DataError`, with file and line, for an unknown way to inflect, text that NFKC changes, a bad feature, a
    class given twice for one form.

    >>> rows = ["class,inflect,forms,features,note", "PERSON,noun,مدني/+ون,status=civilian,"]
    >>> [f.text for _, f, _, _ in read_word_file("people.csv", rows)][:4]
    ['مدني', 'مدنيا', 'مدنيان', 'مدنيين']
    """
    reader = csv.reader(_without_comments(lines))
    header: list[str] | None = None
    for row in reader:
        line = reader.line_num
        if not row or not "".join(row).strip():
            continue
        if header is None:
            header = row
            if row != _COLUMNS:
                raise DataError(path, line, f"the columns must be {','.join(_COLUMNS)}; found {','.join(row)}")
            continue
        if len(row) != len(_COLUMNS):
            raise DataError(path, line, f"{len(row)} columns where {len(_COLUMNS)} are due; quote a cell that holds a comma")
        yield from _word_row(path, line, row)


def _kind_rows(lines: Iterable[str]) -> Iterator[tuple[str, Form, dict[str, str], str]]:
    """The words that introduce a place name (مدينة، حي، سجن) as class KIND."""
    reader = csv.DictReader(_without_comments(lines))
    for row in reader:
        features = {"level": row["level"], "radius_km": row["radius_km"], "number": row["number"], "what": row["what"]}
        yield "KIND", Form(fold_word(row["form"]), features), {}, f"gazetteer/kinds.csv:{reader.line_num}"


def _without_comments(lines: Iterable[str]) -> Iterator[str]:
    """Lines with comment lines blanked, so that line numbers stay true."""
    return ("\n" if line.startswith("#") else line for line in lines)


def _word_row(path: str, line: int, row: list[str]) -> Iterator[tuple[str, Form, dict[str, str], str]]:
    classes, how, forms, raw_features, _ = (cell.strip() for cell in row)
    if how not in INFLECTIONS:
        raise DataError(path, line, f"unknown way to inflect {how!r}; one of {', '.join(sorted(INFLECTIONS))}")
    if not classes or not forms:
        raise DataError(path, line, "a row needs a class and at least one form")
    if unicodedata.normalize("NFKC", forms) != forms:
        raise DataError(path, line, f"{forms!r} holds presentation forms or other compatibility characters; type it with plain letters")
    features = _features(path, line, raw_features)
    for item in forms.split("|"):
        if not item.strip():
            raise DataError(path, line, "an empty form: two | in a row, or one at an end")
        if "/" in item.partition(" ")[2]:
            raise DataError(path, line, f"{item!r}: in a phrase only the first word inflects; write its plural as an item of its own")
        for form in inflect(how, item.strip()):
            for tag in classes.split():
                yield tag, form, features, f"{path}:{line}"


def _features(path: str, line: int, raw: str) -> dict[str, str]:
    features = {}
    for part in filter(None, (p.strip() for p in raw.split(";"))):
        key, equals, value = part.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise DataError(path, line, f"a feature is written name=value; found {part!r}")
        features[key.strip()] = value.strip()
    return features


_ITEM: Final = re.compile(r"\{([A-Z][^{}]*)\}")
_PROCLITICS: Final = ("و", "ف")
_PREPOSITIONS: Final = ("ب", "ل", "ك")
_COUNTED: Final = "COUNTED_MEN"
_SEVERAL: Final = frozenset({"PL", "DUALPL"})
_WEAPONS: Final = frozenset({"AIR", "DRONE", "SHELLFIRE"})
_FUNCTION: Final = frozenset({"PREP", "NEG", "THAT", "QAD", "AMONG", "KANA", "AUX", "NUM_UNIT"})

# Classes that are not in any file: shapes, numbers and marks.
_MARKS: Final = {
    "،": "COMMA", ",": "COMMA", ".": "STOP", "!": "STOP", "?": "STOP", "؟": "STOP", "\n": "STOP NL", "؛": "SEMI", ";": "SEMI",
    ":": "COLON", "-": "DASH", "/": "SLASH", '"': "QUOTE", "'": "QUOTE", "(": "LPAR", ")": "RPAR", "[": "LPAR", "]": "RPAR",
    "%": "PERCENT", "|": "STOP", "…": "STOP", "*": "MARK", "#": "MARK",
}  # fmt: skip
_DIGIT_SHAPES: Final = ("D", "D DAY", "D DAY MONTHNUM", "D YEAR", "D BIG", "D DAY MONTHNUM ZERO")
_SHAPES: Final = ("W", "W DEF", "LATIN", "MARK", *set(_MARKS.values()), *_DIGIT_SHAPES)

_MERGED: Final = (
    "Q", "Q VAGUEQ", "Q ONE", "DATE", "DATE TIME", "TIME", "GROUP", "GROUP BARE", "GROUP SG", "GROUP DEFG", "GROUP HARMED", "NAME",
)  # fmt: skip
"""Class sets of units that the annotators build; patterns must know them before any text is read."""


class Lexicon:
    """All words and names, compiled. Make one with `load_lexicon()`; it is shared and never changes.

    >>> lexicon = load_lexicon()
    >>> [(p.word, p.start, p.end) for p in lexicon.analyse("وبالحسكه")]
    [('و', 0, 1), ('ب', 1, 2), ('الحسكه', 2, 8)]
    """

    def __init__(self, glosses: dict[str, Gloss], names: Names) -> None:
        self.names = names
        self._glosses = glosses
        self._chars: dict[frozenset[str], str] = {}
        self._tags: dict[str, frozenset[str]] = {}
        self._chars_with: dict[str, set[str]] = {}
        self._listed: dict[str, tuple[int, ...]] = {}
        self._bits: dict[str, int] = {}
        self._marked: dict[frozenset[str], int] = {}
        self._needed: dict[frozenset[str], int] = {}
        self._marks: dict[str, Marks] = {}
        self._entries: dict[str, Entry] = {}
        self._shapes: dict[str, Entry] = {}
        self._clitics: dict[tuple[str, ...], tuple[Piece, ...]] = {}
        self._unknowns: dict[tuple[int, str], Written] = {}
        self.finders: dict[tuple[str, ...], re.Pattern[str]] = _Finders(self)
        """The expression for units of any of some classes, by those classes."""
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._heads = _phrase_heads(glosses, names)
        self._in_phrases = frozenset(
            word for phrases in self._heads.values() for second, found in phrases.items() for rest, _ in found for word in (second, *rest)
        )
        self._known = frozenset(form for forms in (glosses, names.forms(), self._heads) for form in forms if " " not in form)
        self._intern_all()
        self.written: dict[str, Written] = _WrittenWords(self)
        """What each written word is."""

    # --- classes as characters

    def char(self, tags: Iterable[str]) -> str:
        """The private character of a set of classes, made on first use."""
        key = frozenset(tags)
        found = self._chars.get(key)
        if found is None:
            number = len(self._chars)
            # The private area of the first plane while it lasts: `re` has a bitmap for sets of such characters only.
            found = chr(0xE000 + number) if number < 0x1900 else chr(0xF0000 + number)
            self._chars[key] = found
            self._tags[found] = key
            for tag in key:
                self._chars_with.setdefault(tag, set()).add(found)
        return found

    def all_chars(self) -> set[str]:
        """The characters of all class sets."""
        return set(self._tags)

    def chars_with(self, tag: str) -> set[str]:
        """Characters of all class sets that hold `tag`."""
        return set(self._chars_with.get(tag, ()))

    def finder(self, *tags: str) -> re.Pattern[str]:
        """An expression that finds units of any of the classes in a string of unit characters.

        >>> lexicon = load_lexicon()
        >>> bool(lexicon.finder("HARM_V").search(lexicon.entry("قتل").char))
        True
        """
        return self.finders[tags]

    def pattern(self, pattern: str) -> re.Pattern[str]:
        """An expression over unit characters in which each item of the rules' language stands in braces.

        >>> lexicon = load_lexicon()
        >>> chars = "".join(lexicon.written[word].chars for word in ("مدني", "و", "قتل"))
        >>> lexicon.pattern("{CONJ}(?={PAST-PLACE|PRES-PLACE})").search(chars).start()
        1
        """
        found = self._patterns.get(pattern)
        if found is None:
            found = self._patterns[pattern] = re.compile(_ITEM.sub(lambda item: item_set(item[1], self), pattern), re.DOTALL)
        return found

    def leads(self, free: Iterable[str], strict: Iterable[str] = (), led: Iterable[str] = ()) -> Leads:
        """Where something may start: at units of some characters, and at units of others that a unit of a third set follows.

        >>> lexicon = load_lexicon()
        >>> leads = lexicon.leads(lexicon.chars_with("HARM_V"), lexicon.chars_with("IN"), lexicon.chars_with("YEAR"))
        >>> chars = "".join(lexicon.written[word].chars for word in ("في", "قصف", "قتل"))
        >>> [start.start() for start in leads.pattern.finditer(chars)]
        [2]
        """
        sets = frozenset(free), frozenset(strict).difference(free), frozenset(led)
        ahead = f"(?:(?<!{char_set(sets[1])})|(?={char_set(sets[2])}))" if sets[1] else ""
        pattern = re.compile(char_set(sets[0] | sets[1]) + ahead)
        if len(self._marked.keys() | {*sets}) > _MARKS_MOST:  # who tries each rule by itself has more sets than there are bits
            return Leads(pattern, 0, 0, 0)
        return Leads(pattern, *[self._mark(chars) for chars in sets])

    def _mark(self, chars: frozenset[str]) -> int:
        """A bit that the leads of all entries with one of some characters have from now on, and of no others."""
        bit = self._marked.get(chars)
        if bit is None:
            bit = self._marked[chars] = 1 << len(self._marked)
            for char in chars:
                self._marks.setdefault(char, Marks()).leads |= bit
        return bit

    def need(self, chars: frozenset[str]) -> int:
        """A bit that the needs of every entry with one of some characters have; other sets may share it.

        >>> lexicon = load_lexicon()
        >>> bit = lexicon.need(frozenset(lexicon.chars_with("HARM_V")))
        >>> lexicon.entry("قتل").marks.needs & bit > 0
        True
        """
        bit = self._needed.get(chars)
        if bit is None:
            bit = self._needed[chars] = 1 << (len(self._needed) % _MARKS_MOST)
            for char in chars:
                self._marks.setdefault(char, Marks()).needs |= bit
        return bit

    def tags(self, char: str) -> frozenset[str]:
        """The classes that a private character stands for."""
        return self._tags[char]

    def _intern_all(self) -> None:
        for shape in (*_SHAPES, *_MERGED):
            self.char(shape.split())
        for form, gloss in sorted(self._glosses.items()):
            self.char({*gloss.tags, *self.names.tags(form)})
            definite = self._glosses.get("ال" + form)
            self.char({*_nominal(gloss.tags), "DEF", *self.names.tags("ال" + form), *(definite.tags if definite else ())})
        for tags in self.names.tag_sets():
            self.char(tags)
            self.char({*tags, "DEF"})
        for name in sorted(self.names.actor_names()):
            if " " in name and self._told_by_its_head(name):
                self.entry(name)

    @lru_cache(maxsize=256)  # noqa: B019 — the lexicon lives as long as the process
    def merged(self, tags: tuple[str, ...]) -> Entry:
        """The entry of units that an annotator merged into one of some classes."""
        return self._entry_with(tags)

    def _entry_with(self, tags: Iterable[str], features: Features = _NO_FEATURES, origin: str = "") -> Entry:
        """An entry; the set of classes is the one that all entries of these share, which stays close at hand in memory."""
        char = self.char(tags)
        known = self._tags[char]
        listed = self._listed.get(char)
        if listed is None:
            listed = self._listed[char] = tuple([number for number, tag in enumerate(LISTED) if tag in known])
            self._bits[char] = bits_of(known)
        marks = self._marks.get(char)
        if marks is None:
            marks = self._marks.setdefault(char, Marks())
        return Entry(known, features, char, listed, self._bits[char], marks, origin)

    # --- words

    def form_count(self) -> int:
        """How many written forms the word files give."""
        return len(self._glosses)

    def classes(self) -> set[str]:
        """Every class name that any word, shape or unit has."""
        return set(self._chars_with)

    def entry(self, form: str) -> Entry | None:
        """What is known of a folded form or phrase as it stands, clitics not stripped."""
        return self._entries.get(form) or (self.known_entry(form) if self._has_entry(form) else None)

    @lru_cache(maxsize=16)  # noqa: B019 — the lexicon lives as long as the process
    def words_of(self, tag: str) -> frozenset[str]:
        """The forms of a class of nouns, with the article and without."""
        forms = [form for form, gloss in self._glosses.items() if tag in gloss.tags]
        return frozenset(itertools.chain(forms, ("ال" + form for form in forms)))

    def known_entry(self, form: str) -> Entry:
        """What is known of a form or phrase that some file gives."""
        found = self._entries.get(form)
        if found is None:
            found = self._entries[form] = self._make_entry(form)
        return found

    def _has_entry(self, form: str) -> bool:
        return form in self._glosses or self.names.has(form) or (form.startswith("ال") and len(form) > 3 and form[2:] in self._glosses)

    def _make_entry(self, form: str) -> Entry:
        gloss = self._glosses.get(form)
        bare = self._glosses.get(form[2:]) if form.startswith("ال") and len(form) > 3 else None
        named = self.names.tags(form)
        nominal = _nominal(bare.tags) if bare else frozenset()
        tags = {*(gloss.tags if gloss else ()), *nominal, *named, *(("DEF",) if bare else ())}
        if "PLACE" not in named and named and " " in form:  # «قصر المعاشيق» is no crowd of stunted men
            tags |= self._told_by_its_head(form)
        features = {**(bare.features if bare else {}), **(gloss.features if gloss else {})}
        features["lemma"] = form[2:] if bare else form
        origins = (gloss.origin if gloss else "", bare.origin if bare else "", self.names.origin(form))
        origin = "; ".join(filter(None, origins))
        return self._entry_with(tags, features, origin)

    def _told_by_its_head(self, name: str) -> frozenset[str]:
        """What the head of an actor's name says of it: «طائرات التحالف» are aircraft; «جنود إسرائيليين» are men whom a number counts."""
        first, _, rest = name.partition(" ")
        found: set[str] = set()
        for head in (first, f"{first} {rest.partition(' ')[0]}"):
            gloss = self._glosses.get(head)
            found |= gloss.tags if gloss else set()
        men = self._glosses.get(first)
        counted = men is not None and "PERSON" in men.tags and not men.tags.isdisjoint(_SEVERAL) and not first.startswith("ال")
        return _WEAPONS & found | ({_COUNTED} if counted else set())

    def analyse(self, word: str) -> tuple[Piece, ...]:
        """A folded word as its clitics and the rest. A prefix is stripped only when the rest is known."""
        written = self.written[word]
        return (*written.clitics, Piece(written.start, written.length, written.stem or word, written.entry))

    def read_word(self, word: str) -> Written:
        """A written word read anew, as `written` does for one that it has not met."""
        letters, start, stem, known = self._split(word)
        entry, phrases = None, None
        wordlike = word[0].isalpha()
        if known:
            entry, phrases = self.entry(stem) if wordlike else None, self._heads.get(stem)
        if entry is None:
            entry = self._entry_of_shape(_shape(stem))
        if letters:
            clitics = self.clitics(letters)
            chars = "".join([clitic.entry.char for clitic in clitics]) + entry.char
            return Written(word, len(word), False, chars, stem, entry, start, clitics, phrases)
        if phrases is None:
            if stem[0] in _ONE_LETTER:
                phrases = self._heads.get(stem[1:])  # «وتل تمر»: the letter is stripped only where the whole name stands
            if phrases is None and not known and wordlike and word not in self._in_phrases:
                return self._unknown(len(word), entry.char)
        return Written(word, len(word), phrases is None, entry.char, stem, entry, 0, (), phrases)

    def _unknown(self, length: int, char: str) -> Written:
        """A word that no file knows: a third of a newspaper's words, and two thirds of the different ones.

        They share one object, for what takes time with words that are seldom met is to fetch them from memory.
        """
        found = self._unknowns.get((length, char))
        if found is None:
            found = self._unknowns[(length, char)] = Written("", length, True, char, "", self._entry_with(self._tags[char]))
        return found

    def _split(self, word: str) -> tuple[tuple[str, ...], int, str, bool]:
        """The clitics of a word, where its stem starts, the stem, and whether any file knows that."""
        known = self._is_known(word)
        if known or word[0] not in _ONE_LETTER:
            return (), 0, word, known
        safe: tuple[tuple[str, ...], int, str, bool] | None = None
        for clitics, rest, start in _splits(word):
            known = self._is_known(rest)
            if known and not self._strips_too_much(clitics, rest, self.entry(rest)):
                return clitics, start, rest, True
            if safe is None and rest[:2] == "ال" and len(rest) > 4:
                safe = clitics, start, rest, known  # a conjunction before the article is safe to strip, a bare letter is not
        return safe or ((), 0, word, False)

    def _is_known(self, form: str) -> bool:
        """Whether a word, with or without the article, stands in any file: as an entry, or as the first word of phrases."""
        return form in self._known or (form[:2] == "ال" and len(form) > 3 and form[2:] in self._glosses)

    def _strips_too_much(self, clitics: tuple[str, ...], rest: str, entry: Entry | None) -> bool:
        """A bare letter stripped off a short or merely named rest is more often a letter of the word.

        Preferred mistake: «لصنعا» unread over «كامل» read as ك + أمل.
        """
        if len(rest) < 3:
            function_word = entry is not None and not entry.tags.isdisjoint(_FUNCTION)
            return not (function_word and clitics in (("و",), ("ف",)))
        if entry is None:
            return len(rest) < 4
        if "ك" in clitics:
            return not (rest.startswith("ال") or "PERSON" in entry.tags)
        weak = entry.tags <= {"PLACE_WEAK", "PLACE", "ADJ_ACTOR"} and not rest.startswith("ال")
        return weak and ("PLACE_WEAK" in entry.tags or len(rest) < 3)

    def clitics(self, clitics: tuple[str, ...]) -> tuple[Piece, ...]:
        """Letters at the start of a word as clitics."""
        found = self._clitics.get(clitics)
        if found is None:
            found = self._clitics[clitics] = tuple(Piece(i, i + 1, letter, self._clitic_entry(letter)) for i, letter in enumerate(clitics))
        return found

    def _clitic_entry(self, letter: str) -> Entry:
        gloss = self._glosses.get(letter)
        return self._entry_with(gloss.tags if gloss else {"W"}, origin=gloss.origin if gloss else "")

    def _entry_of_shape(self, shape: str) -> Entry:
        found = self._shapes.get(shape)
        if found is None:
            found = self._shapes[shape] = self._entry_with(shape.split())
        return found


_ONE_LETTER: Final = frozenset("وفبلك")


def _shape(word: str) -> str:
    first = word[0]
    if first.isalpha():
        if first < "\u0590":
            return "LATIN"
        return "W DEF" if word[:2] == "ال" and len(word) > 4 else "W"
    if first.isdecimal():  # «¹» is a digit to Python, but no number
        return _digit_shape(word)
    return _MARKS.get(word, "MARK")


def _digit_shape(word: str) -> str:
    value = int(word.replace(",", "")[:18]) if word.isascii() else 10**18
    if 1 <= value <= 12 and len(word) <= 2:
        return "D DAY MONTHNUM"
    if 13 <= value <= 31:
        return "D DAY"
    if 1900 <= value <= 2099 and len(word) == 4:
        return "D YEAR"
    if value == 0:
        return "D DAY MONTHNUM ZERO"
    return "D BIG" if len(word) > 9 else "D"


def _splits(word: str) -> list[tuple[tuple[str, ...], str, int]]:
    """Ways to take clitics off a word: (clitics, rest, where the rest starts in the word), fewest clitics first.

    >>> [(c, r) for c, r, _ in _splits("وللقوات")]
    [(('و',), 'للقوات'), (('و', 'ل'), 'القوات'), (('و', 'ل'), 'اللقوات'), (('و', 'ل'), 'لقوات')]

    The third is for names that begin with «ل» («للاذقية»), of whose three one is not written.
    """
    lead = (word[0],) if word[0] in _PROCLITICS else ()
    rest = word[len(lead) :]
    found: list[tuple[tuple[str, ...], str, int]] = [(lead, rest, 1)] if lead and len(rest) > 1 else []
    if len(rest) > 2 and rest[0] in _PREPOSITIONS:
        at = len(lead) + 1
        if rest.startswith("لل"):
            found += [((*lead, "ل"), "ا" + rest[1:], at), ((*lead, "ل"), "ال" + rest[1:], at)]
        found.append(((*lead, rest[0]), rest[1:], at))
    return found


def _phrase_heads(glosses: dict[str, Gloss], names: Names) -> dict[str, Phrases]:
    """All phrases and names of several words, by their first word."""
    heads: dict[str, set[str]] = {}
    for form in itertools.chain(glosses, names.forms()):
        first, space, _ = form.partition(" ")
        if space:
            heads.setdefault(first, set()).add(form)
    index: dict[str, Phrases] = {}
    for first, phrases in heads.items():
        by_second = index.setdefault(first, {})
        cut = [(tuple(phrase.split(" ")[1:]), phrase) for phrase in phrases]
        for (second, *rest), phrase in sorted(cut, key=lambda c: (-len(c[0]), c[0])):
            by_second.setdefault(second, []).append((tuple(rest), phrase))
    return index


_VERBAL: Final = frozenset({"PAST", "PRES", "FUT"})


def _nominal(tags: set[str]) -> frozenset[str]:
    """The classes that a form keeps under the article: verbs do not take it («الأسر» is no «أسر»)."""
    return frozenset(tag for tag in tags if not tag.endswith("_V") and tag not in _VERBAL)


_NUMBER_TAGS: Final = {"sg": "SG", "du": "DUAL", "dp": "DUALPL", "pl": "PL"}


def gather(rows: Iterable[tuple[str, Form, dict[str, str], str]]) -> dict[str, Gloss]:
    """Forms with all their classes. A form given twice in one class with different features is refused."""
    glosses: dict[str, Gloss] = {}
    seen: dict[tuple[str, str], tuple[dict[str, str], str]] = {}
    every = list(rows)
    strong = {form.text for _, form, _, _ in every if not form.weak}
    for tag, form, features, origin in [r for r in every if not r[1].weak] + [r for r in every if r[1].weak]:
        if form.weak and "PRON" in form.tags and form.text in strong:
            continue  # «أسرة» (family) folds with «أسره» (captured him): the whole word wins
        key = (form.text, tag)
        meaning = {**features, **form.features}
        if key in seen:
            before, where = seen[key]
            if before != features and not form.weak:
                file, line = origin.rsplit(":", 1)
                raise DataError(file, int(line), f"{form.text!r} is in class {tag} already with another meaning ({where})")
            continue
        seen[key] = (features, origin)
        gloss = glosses.setdefault(form.text, Gloss())
        gloss.tags.add(tag)
        gloss.tags.update(form.tags)
        if meaning.get("num") in _NUMBER_TAGS:
            gloss.tags.add(_NUMBER_TAGS[meaning["num"]])
        for name, value in meaning.items():
            gloss.features.setdefault(name, value)
        gloss.origin = f"{gloss.origin}; {origin}" if gloss.origin else origin
    return glosses


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The installed lexicon, checked and compiled; loaded once a process.

    Raises `DataError` for the first entry that breaks a rule of its file.
    """
    rows: list[tuple[str, Form, dict[str, str], str]] = []
    for file in sorted((data_folder() / "words").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".csv"):
            rows += read_word_file(f"words/{file.name}", file.read_text(encoding="utf-8").splitlines(keepends=True))
    rows += _kind_rows((data_folder() / "gazetteer" / "kinds.csv").read_text(encoding="utf-8").splitlines(keepends=True))
    glosses = gather(rows)
    for literal in rule_literals():  # the words that patterns name get a class of their own
        glosses.setdefault(fold_word(literal), Gloss(origin="rules")).tags.add("=" + fold_word(literal))
    return Lexicon(glosses, load_names())
