"""Lists of names: «الشهداء:» and below it a line for each, «كل من أحمد سالم ومحمود عيسى» in a sentence. How many are named there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sijill.annotate.groups import Group
from sijill.annotate.unit import Unit
from sijill.annotate.units import Units

__all__ = ["NamedBelow", "named_below", "named_each", "named_in_a_row"]


@dataclass(frozen=True, slots=True)
class NamedBelow:
    """The names of a list: how many, and from which unit to which."""

    first: int
    last: int
    count: int


def named_below(units: Units, colon: int) -> NamedBelow | None:
    """The names that stand one a line below a heading's colon; None where the first line is none."""
    lines = list(_name_lines(units, colon + 1))
    if not lines:
        return None
    return NamedBelow(lines[0][0], lines[-1][1], len(lines))


def named_each(units: Units, at: int) -> NamedBelow | None:
    """The names behind «كل من», joined by conjunctions or commas; None where fewer than two are, or none of them is known as a name."""
    count, known, opens, aside = 0, False, True, False
    end = at
    for i in range(at, min(len(units), at + _LONGEST_EACH)):
        unit = units[i]
        if aside or unit.has("LPAR"):  # «أحمد سالم (20 عاما)»
            aside = not unit.has("RPAR")
            continue
        if unit.has("CONJ") or unit.has("COMMA"):
            if opens and not units[i - 1].has("COMMA"):
                break
            opens = True
            continue
        if not (_can_be_of_a_name(unit) or (not opens and (unit.has("PLACE") or _ends_a_name(units, i)))):
            break
        known = known or unit.has("GIVEN_NAME")
        count += opens or (unit.has("W") and unit.word.startswith("و"))
        opens, end = False, i + 1
    return NamedBelow(at, end, count) if known and count >= _SHORTEST else None


def named_in_a_row(units: Units, at: int) -> NamedBelow | None:
    """The names that «و» joins right behind a word of harm («قتل أحمد سالم ومحمود عيسى»); None where fewer than two are.

    Each begins with a given name, or with a word before one: «قتل أحمد سالم وتوجهت القوات» names one man.
    """
    count, end, begins = 0, at, at
    while (last := _end_of_a_name(units, begins, listed=count >= _SHORTEST)) is not None:
        count, end = count + 1, last
        begins = last + (last < len(units) and units[last].has("CONJ"))
    return NamedBelow(at, end, count) if count >= _SHORTEST else None


def _end_of_a_name(units: Units, at: int, *, listed: bool) -> int | None:
    """The unit after the name that begins at one; None where none does. Behind two names «وعيد ماطر» is a third."""
    if at + 1 >= len(units) or units[at].has("DEF"):
        return None
    joined = listed and units[at].entry.tags == {"W"} and units[at].word.startswith("و") and not units[at - 1].has("CONJ")
    known = units[at].has("GIVEN_NAME") or (units[at].entry.tags == {"W"} and units[at + 1].has("GIVEN_NAME"))
    if not (known or joined) or units[at].value is not None:
        return None
    end = at + 1
    while end < min(len(units), at + _LONGEST_NAME) and _goes_on_with_a_name(units[end]):
        end += 1
    closed = end >= len(units) or units[end].has_any(_AFTER_THE_LAST)
    return end if known or (end == at + _SHORTEST and closed) else None


def _goes_on_with_a_name(unit: Unit) -> bool:
    if unit.has("GIVEN_NAME") or unit.word in ("علي", "العلي"):
        return True
    return unit.has_any(("W", "PLACE_WEAK")) and unit.value is None and not unit.word.startswith("و")


_LONGEST_NAME: Final = 5
_AFTER_THE_LAST: Final = frozenset({"STOP", "COMMA", "NL", "IN", "CONJ", "RPAR", "QUOTE"})


def _ends_a_name(units: Units, at: int) -> bool:
    """«مزنة خليف خلف (40 عاما)»: a word that means something else stands last in a name, before a bracket or comma."""
    return units[at + 1].has_any(("LPAR", "COMMA")) if at + 1 < len(units) and not units[at].has_any(_NO_NAME) else False


_NO_NAME: Final = frozenset({"DATE", "HARM_V", "HARM_N", "KIND", "SAY_V", "STOP", "NL", "GROUP"})
_LONGEST_EACH: Final = 120
_LINES: Final = 200
_LONGEST: Final = 16
_OPENS_A_LINE: Final = ("DASH", "MARK", "Q")
_NAME: Final = ("W", "GIVEN_NAME", "PLACE_WEAK", "QUOTE", "TITLED", "OTHER")
_AFTER_A_NAME: Final = ("LPAR", "COMMA", "DASH", "Q", "STOP", "NL", "COLON")


def _name_lines(units: Units, at: int) -> Iterator[tuple[int, int]]:
    """The spans of the lines that are names, up to the first that is none."""
    for _ in range(_LINES):
        while at < len(units) and (units[at].has("NL") or units[at].has("MARK")):
            at += 1
        end = next((i for i in range(at, min(len(units), at + _LONGEST)) if units[i].has("NL")), min(len(units), at + _LONGEST))
        if at >= len(units) or not _is_a_name(units.items[at:end]):
            return
        yield at, end
        at = end


def _is_a_name(line: list[Unit]) -> bool:
    """«– سامر الخطيب (طفل)», «2_ هدى الأحمد 28 سنة»; without a mark before it a line must begin with a name that is known as one."""
    words = next((i for i, unit in enumerate(line) if not any(map(unit.has, _OPENS_A_LINE))), len(line))
    name = line[words:]
    end = next((i for i, unit in enumerate(name) if any(map(unit.has, _AFTER_A_NAME))), len(name))
    if end < _SHORTEST or not all(map(_can_be_of_a_name, name[:end])):
        return False
    return words > 0 or name[0].has("GIVEN_NAME")


_SHORTEST: Final = 2  # words of a name


def _can_be_of_a_name(unit: Unit) -> bool:
    title = isinstance(unit.value, Group) and unit.value.number is None and unit.value.one is not None
    return title or unit.word == "علي" or any(map(unit.has, _NAME))  # the name Ali folds with «على»
