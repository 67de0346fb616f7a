"""Rules: patterns over word classes, kept as data under `data/rules/*.toml`, each with examples that run as tests.

A rule file holds tables like this::

    [[rule]]
    name = "killed: verb, then the counted group"
    stage = "figure"
    pattern = "KILL_V GAP{0,6} group:GROUP"
    gives = { effect = "killed" }
    examples = [{ text = "قتل ثلاثة مدنيين", expect = "killed=3" }]
    counter = ["قتل الوقت"]

The pattern is read from left to right over the units of a sentence (words, clitics, merged numbers, dates, names):

==================  =====================================================================
``KILL_V``          a unit of that class (capitals); see `docs/reference/classes.md`
``هجوم``            that very word (folded), whatever clitics it carries
``A|B``  ``A&B``  ``A-B``  either class; both classes; the first without the second
``!A|B``            a unit that has none of the classes
``.``               any unit
``? * + {0,4}``     how often, right after the item
``( A B | C )``     grouping
``name:A``          the words of that item are the rule's part `name`
==================  =====================================================================

Patterns compile to `re` over a string with one private character a unit, so matching runs in C and offsets stay trivial.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from operator import itemgetter
from typing import Any, Final, NamedTuple, Protocol

from mypy_extensions import i64

from sijill.errors import DataError
from sijill.text import fold_word

__all__ = ["Example", "Leads", "Rule", "RuleSet", "char_set", "item_set", "load_rules", "rule_literals"]

_ITEM: Final = re.compile(
    r"(?P<bar>\|)(?=\s|$)"
    r"|(?P<close>\))(?P<again>[?*+]|\{\d+(?:,\d*)?\})?(?=\s|$)"
    r"|(?:(?P<label>[a-z_]+):)?(?P<body>\(|\.|!?[^\s(){}?*+.]+)(?P<many>[?*+]|\{\d+(?:,\d*)?\})?(?=\s|$)"
)
_CLASS: Final = re.compile(r"[A-Z][A-Z0-9_]*$")
_STAGES: Final = ("group", "figure", "event")


class Leads:
    """Where something may start: units of the `free` characters, and those of the `strict` ones that one of the `led` follows.

    Told twice: as an expression, and as bits of the marks of entries. `re` is the faster to search with in plain Python, and a loop
    over the marks where it is compiled.
    """

    __slots__ = ("free", "led", "pattern", "strict")

    def __init__(self, pattern: re.Pattern[str], free: i64, strict: i64, led: i64) -> None:
        self.pattern = pattern
        self.free = free
        self.strict = strict
        self.led = led


class Marked(Protocol):
    """What rules are matched against: a row of units, as a string of their characters, that tells where something may start."""

    chars: str

    def starts(self, leads: Leads, first: int, last: int) -> list[int]:
        """The units among [first, last) where it may start, in order."""

    def ahead(self, starts: list[int], width: int) -> list[int]:
        """For each of some units the bits of `Alphabet.need` that it and those after it have, so many in all."""

    def chars_at(self, starts: list[int], beyond: int) -> list[str]:
        """For each of some units the character of the one so many units beyond it; nothing past the end."""


class Alphabet(Protocol):
    """What patterns compile against: the lexicon, as characters that stand for sets of classes."""

    def classes(self) -> set[str]:
        """Every class name."""

    def chars_with(self, tag: str) -> set[str]:
        """Characters of all class sets that hold a class."""

    def all_chars(self) -> set[str]:
        """Every character."""

    def leads(self, free: Iterable[str], strict: Iterable[str] = (), led: Iterable[str] = ()) -> Leads:
        """Where something may start."""

    def need(self, chars: frozenset[str]) -> int:
        """A bit that every unit of some characters has; units of others may have it too, as there are more sets than bits."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what the rule must give for it, as ``effect=number`` or ``kind``; for a counter-example, nothing."""

    text: str
    expect: str


@dataclass(frozen=True)
class Rule:
    """One pattern with what it gives."""

    name: str
    stage: str
    pattern: str
    gives: dict[str, Any]
    examples: tuple[Example, ...]
    counter: tuple[str, ...]
    origin: str


class Compiled:
    """A rule ready to run: its expression, the characters that can open a match, and those that must then follow, if only some may.

    `needs` has bits that the units of a match have among them, `Alphabet.need` tells which; a rule that can be long has none.
    """

    __slots__ = ("_pattern", "_regex", "follows", "needs", "number", "opens", "rule")

    def __init__(self, rule: Rule, number: int, pattern: str, opens: frozenset[str], follows: frozenset[str] | None, needs: i64) -> None:
        self.rule = rule
        self.number = number  # in its set
        self.opens = opens
        self.follows = follows
        self.needs = needs
        self._pattern = pattern
        self._regex: re.Pattern[str] | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        """The expression, made when it is first asked for: few texts try all rules, and to make all takes a third of a second."""
        if self._regex is None:
            self._regex = re.compile(self._pattern, re.DOTALL)
        return self._regex


class RuleSet:
    """The rules of one stage, compiled against a lexicon."""

    def __init__(self, rules: list[Rule], classes: Alphabet) -> None:
        self.rules = rules
        self._classes = classes
        self._compiled: list[Compiled] | None = None
        self._opened: tuple[Leads, dict[str, tuple[Compiled, ...]]] | None = None

    @property
    def compiled(self) -> list[Compiled]:
        """The rules compiled, in the order of the file; done when they are first asked for."""
        if self._compiled is None:
            known, sets = self._classes.classes(), _Sets()
            self._compiled = [_compile(rule, number, self._classes, known, sets) for number, rule in enumerate(self.rules)]
        return self._compiled

    def _openings(self) -> Leads:
        """Every place where some rule is tried.

        «في» and «أن» open rules, but only before a few words; where none of these follows, they are let go here, without a look-up.
        """
        every = {char for compiled in self.compiled for char in compiled.opens}
        free = {char for compiled in self.compiled if compiled.follows is None or len(compiled.follows) > _FEW for char in compiled.opens}
        strict = every - free
        led = {
            char for compiled in self.compiled if compiled.follows and not strict.isdisjoint(compiled.opens) for char in compiled.follows
        }
        return self._classes.leads(free, strict, led)

    def matches(self, row: Marked, within: Iterable[tuple[int, int]] | None = None) -> list[tuple[Rule, re.Match[str]]]:
        """Every match of every rule in a row of units, by the order of the rules; `within`: that begins in some stretches.

        All rules are tried on one way through the string, each only where its first units stand: most open with a class that few
        texts have, and to look for each in the whole text would cost more than all their matches.
        """
        if self._opened is None:
            self._opened = self._openings(), _by_opening(self.compiled)
        openings, opened_by = self._opened
        chars = row.chars
        ends = [0] * len(self.rules)
        found: list[tuple[int, re.Match[str]]] = []
        for first, last in ((0, len(chars)),) if within is None else within:
            starts = row.starts(openings, first, last)
            if not starts:
                continue
            aheads, own, next_one = row.ahead(starts, _SHORT), row.chars_at(starts, 0), row.chars_at(starts, 1)
            for n in range(len(starts)):
                at, ahead, after = starts[n], aheads[n], next_one[n]
                for tried in opened_by[own[n]]:
                    if tried.needs & ahead != tried.needs or ends[tried.number] > at:
                        continue
                    if tried.follows is None or after in tried.follows:
                        matched = tried.regex.match(chars, at)
                        if matched is not None:
                            ends[tried.number] = matched.end()
                            found.append((tried.number, matched))
        found.sort(key=itemgetter(0))
        return [(self.rules[number], matched) for number, matched in found]

    def needed(self, merged: frozenset[str], *tags: str) -> frozenset[str]:
        """Characters of which a text holds one wherever a rule matches or a tag stands, before units of some classes are merged.

        Of each rule the item that adds fewest to what is needed already; every character where a rule has nothing but merged units.
        """
        known = self._classes.classes()
        options = [
            [chars for item in _always_there(rule) if (chars := _before_merging(item, merged, self._classes, known))] for rule in self.rules
        ]
        needed = set().union(*map(self._classes.chars_with, tags))
        for items in sorted(options, key=len):  # first those that leave no choice
            needed |= min((chars - needed for chars in items), key=len, default=self._classes.all_chars())
        return frozenset(needed)


_FEW: Final = 100
"""A rule whose second item so few characters can be is let go without a look-up where none of them follows."""

_SHORT: Final = 12
"""Up to how many units may be in a match of a rule that is tried only where all that it needs stands among so many."""
_NEEDS: Final = 2
"""How many of its items a rule is let go by, those that the fewest characters can be: more would share their bits with others."""


def _by_opening(rules: list[Compiled]) -> dict[str, tuple[Compiled, ...]]:
    """The rules that each character opens, by their numbers."""
    opened: dict[str, list[Compiled]] = {}
    for compiled in rules:
        for char in compiled.opens:
            opened.setdefault(char, []).append(compiled)
    return {char: tuple(tried) for char, tried in opened.items()}


class _Item(NamedTuple):
    """An item of a pattern that stands in no group: its characters, None for any, and how often it stands."""

    chars: frozenset[str] | None
    many: str


_Sets = dict[str, tuple[frozenset[str] | None, str]]
"""What items stand for, by their words: rules share most. Their characters, None for any, and the expression for one of these."""


def _compile(rule: Rule, number: int, classes: Alphabet, known: set[str], sets: _Sets) -> Compiled:
    file, line = rule.origin.rsplit(":", 1)
    parts: list[str] = []
    bones: list[str] = []  # the same with a dot for each set, which tells at once whether the pattern holds together
    before_groups: list[_Item] = []
    depth, grouped = 0, False
    for item in _items(rule.pattern, file, int(line)):
        if item["close"]:
            parts.append(")" + (item["again"] or ""))
            bones.append(parts[-1])
            depth -= 1
        elif item["bar"]:
            parts.append("|")
            bones.append("|")
            if depth == 0:
                before_groups, grouped = [], True
        elif item["body"] == "(":
            parts.append(f"(?P<{item['label']}>" if item["label"] else "(?:")
            bones.append(parts[-1])
            depth, grouped = depth + 1, True
        else:
            body, many = item["body"] or ".", item["many"] or ""
            if body not in sets:
                stands_for = _chars(body, classes, known, file, int(line))
                sets[body] = (None, ".") if stands_for is None else (frozenset(stands_for), char_set(stands_for))
            chars, atom = sets[body]
            parts.append(f"(?P<{item['label']}>{atom}{many})" if item["label"] else atom + many)
            bones.append(f"(?P<{item['label']}>.{many})" if item["label"] else "." + many)
            if not grouped:
                before_groups.append(_Item(chars, many))
    try:
        re.compile("".join(bones))
    except re.error as wrong:
        raise DataError(file, int(line), f"rule {rule.name!r}: the pattern does not hold together ({wrong})") from wrong
    opens = _first_of(before_groups) or frozenset(classes.all_chars())
    follows = _first_of(before_groups[1:]) if before_groups and not before_groups[0].many else None
    for place, known_to_stand in enumerate(before_groups[:2]):  # what is looked at before a rule is tried, its expression need not see
        if known_to_stand.many or known_to_stand.chars == frozenset():
            break
        parts[place] = bones[place]
    return Compiled(rule, number, "".join(parts), opens, follows, _needs(rule, classes, sets))


def _needs(rule: Rule, classes: Alphabet, sets: _Sets) -> int:
    """The bits of the items that every match of a rule has, where a match is short."""
    if _longest(rule) > _SHORT:
        return 0
    found = {chars for item in _always_there(rule) if (chars := sets[item][0]) is not None}
    needs = 0
    for chars in sorted(found, key=lambda chars: (len(chars), min(chars, default="")))[:_NEEDS]:
        needs |= classes.need(chars)
    return needs


def _longest(rule: Rule) -> int:
    """The most units that a match of a rule can have; a large number where there is no end to it."""
    file, line = rule.origin.rsplit(":", 1)
    open_groups = [(0, 0)]  # of each: the longest of its alternatives so far, and the length of the one that is read
    for item in _items(rule.pattern, file, int(line)):
        longest, length = open_groups.pop()
        if item["bar"]:
            open_groups.append((max(longest, length), 0))
        elif item["close"]:
            around, so_far = open_groups.pop()
            open_groups.append((around, so_far + max(longest, length) * _most(item["again"])))
        elif item["body"] == "(":
            open_groups += ((longest, length), (0, 0))
        else:
            open_groups.append((longest, length + _most(item["many"])))
    return max(open_groups[-1])


def _most(many: str | None) -> int:
    """How often at most: 1 for nothing and ``?``, 4 for ``{0,4}``, a large number for ``*``."""
    if not many or many == "?":
        return 1
    last = many.strip("{}").rpartition(",")[2]
    return int(last) if last.isdecimal() else 1000


def _first_of(items: list[_Item]) -> frozenset[str] | None:
    """The characters that can stand first in what a row of items matches, up to the one that must stand; None for any."""
    found: frozenset[str] = frozenset()
    for chars, many in items:
        if chars is None:
            return None
        found |= chars
        if many in ("", "+"):
            return found
    return None


def _always_there(rule: Rule) -> list[str]:
    """The items of a rule that every match has, but for those that nearly every sentence has too."""
    file, line = rule.origin.rsplit(":", 1)
    depth = 0
    found: list[str] = []
    for item in _items(rule.pattern, file, int(line)):
        body, many = item["body"], item["many"] or ""
        if item["bar"] and depth == 0:
            return []  # alternatives: nothing is in all matches
        depth += (body == "(") - bool(item["close"])
        if body and body != "(" and depth == 0 and not many.startswith(("?", "*", "{0")) and not _EVERYWHERE.intersection(body.split("|")):
            found.append(body)
    return found


# Classes that do not tell apart where a rule can match; which they are decides only how much is looked at.
_EVERYWHERE: Final = frozenset("CONJ COMMA IN FROM TO ON BETWEEN THAT REL PREP QUOTE W . GIVEN_NAME OTHERS DO_V CAN_V مع".split())


def _before_merging(item: str, merged: frozenset[str], classes: Alphabet, known: set[str]) -> set[str] | None:
    """The characters of an item in a text whose units are not yet merged; None where only a merged unit can be it.

    ``GROUP&HARMED``, a group that is named by its harm, is a ``HARMED`` word before.
    """
    if item.startswith("!"):
        return None
    found: set[str] = set()
    for alternative in item.split("|"):
        whole = [name for name in alternative.split("-")[0].split("&") if name not in merged]
        if not whole:
            return None
        found |= set.intersection(*(_chars_of(name, classes, known, "a rule", 0) for name in whole))
    return found


def _items(pattern: str, file: str, line: int) -> Iterator[dict[str, str | None]]:
    at = 0
    while at < len(pattern):
        if pattern[at].isspace():
            at += 1
            continue
        match = _ITEM.match(pattern, at)
        if not match:
            raise DataError(file, line, f"the pattern cannot be read from {pattern[at:]!r} on")
        yield match.groupdict()
        at = match.end()


def _chars(body: str | None, classes: Alphabet, known: set[str], file: str, line: int) -> set[str] | None:
    """Characters that an item stands for; None for any."""
    if body is None or body == ".":
        return None
    negated = body.startswith("!")
    found: set[str] = set()
    for alternative in body.removeprefix("!").split("|"):
        whole, *without = alternative.split("-")
        sets = [_chars_of(name, classes, known, file, line) for name in whole.split("&")]
        chosen = set.intersection(*sets)
        for name in without:
            chosen -= _chars_of(name, classes, known, file, line)
        found |= chosen
    return classes.all_chars() - found if negated else found


def _chars_of(name: str, classes: Alphabet, known: set[str], file: str, line: int) -> set[str]:
    tag = name if _CLASS.match(name) else "=" + fold_word(name.replace("_", " "))
    if tag not in known:
        raise DataError(file, line, f"no word has the class {name!r}")
    return classes.chars_with(tag)


def item_set(item: str, classes: Alphabet) -> str:
    """The set, as `re` writes it, of the characters that an item such as ``PAST-PLACE|ALSO`` stands for."""
    chars = _chars(item, classes, classes.classes(), "a pattern in the code", 0)
    return "." if chars is None else char_set(chars)


def char_set(chars: Iterable[str]) -> str:
    """An expression for any one of some characters, neighbours as ranges, which `re` compiles in a third of the time.

    >>> char_set("cabx"), char_set("")
    ('[a-cx]', '(?!)')
    """
    runs: list[tuple[int, int]] = []
    for code in sorted(set(map(ord, chars))):
        if runs and code == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], code
        else:
            runs.append((code, code))
    ranges = [chr(first) if first == last else f"{chr(first)}-{chr(last)}" for first, last in runs]
    return "[" + "".join(ranges) + "]" if ranges else "(?!)"


# --- reading the files ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def load_rules() -> tuple[Rule, ...]:
    """All rules of `data/rules`, checked, in the order of the files.

    Raises `DataError` with file and line for a table that lacks a name, stage, pattern or example, or repeats a name.
    """
    rules: list[Rule] = []
    names: dict[str, str] = {}
    for file in sorted((files("sijill") / "data" / "rules").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            for rule in read_rule_file(f"rules/{file.name}", file.read_text(encoding="utf-8")):
                if rule.name in names:
                    path, line = rule.origin.rsplit(":", 1)
                    raise DataError(path, int(line), f"the rule name {rule.name!r} is taken ({names[rule.name]})")
                names[rule.name] = rule.origin
                rules.append(rule)
    return tuple(rules)


def read_rule_file(path: str, content: str) -> list[Rule]:
    """The rules of one file.

    >>> [r.name for r in read_rule_file("r.toml", '''
    ... [[rule]]
    ... name = "a"
    ... stage = "event"
    ... pattern = "RAID"
    ... gives = { kind = "air_strike" }
    ... examples = [{ text = "غارة على القرية", expect = "air_strike" }]
    ... counter = []
    ... ''')]
    ['a']
    """
    try:
        tables = tomllib.loads(content).get("rule", [])
    except tomllib.TOMLDecodeError as wrong:
        line = re.search(r"line (\d+)", str(wrong))
        raise DataError(path, int(line.group(1)) if line else 1, f"not valid TOML: {wrong}") from wrong
    starts = [number for number, text in enumerate(content.split("\n"), start=1) if text.strip() == "[[rule]]"]
    return [_rule(path, line, table) for line, table in zip(starts, tables, strict=True)]


def _rule(path: str, line: int, table: dict[str, Any]) -> Rule:
    for needed in ("name", "stage", "pattern", "gives", "examples", "counter"):
        if needed not in table:
            raise DataError(path, line, f"the rule has no {needed!r}")
    if table["stage"] not in _STAGES:
        raise DataError(path, line, f"unknown stage {table['stage']!r}; one of {', '.join(_STAGES)}")
    if not table["examples"]:
        raise DataError(path, line, f"rule {table['name']!r} has no example")
    unknown = set(table) - {"name", "stage", "pattern", "gives", "examples", "counter", "note"}
    if unknown:
        raise DataError(path, line, f"unknown field {sorted(unknown)[0]!r}")
    for text in [table["pattern"], *(e["text"] for e in table["examples"]), *table["counter"]]:
        if unicodedata.normalize("NFKC", text) != text:
            raise DataError(path, line, f"{text!r} holds compatibility characters; type it with plain letters")
    return Rule(
        name=table["name"],
        stage=table["stage"],
        pattern=table["pattern"],
        gives=table["gives"],
        examples=tuple(Example(e["text"], e["expect"]) for e in table["examples"]),
        counter=tuple(table["counter"]),
        origin=f"{path}:{line}",
    )


def rule_literals() -> list[str]:
    """Words that patterns name as such; the lexicon gives each a class of its own."""
    found = set()
    for rule in load_rules():
        path, line = rule.origin.rsplit(":", 1)
        for item in _items(rule.pattern, path, int(line)):
            body = item["body"]
            if body and body not in ("(", "."):
                found |= {name for name in re.split(r"[|&\-]", body.removeprefix("!")) if name and not _CLASS.match(name)}
    return sorted(word.replace("_", " ") for word in found)
