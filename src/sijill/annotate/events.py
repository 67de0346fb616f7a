"""Event triggers: the words that tell or name an event of the closed list.

`find(units, rules)` gives triggers in order, each with its kind; where patterns overlap the longer match wins, then the rule that
stands first in the file. Which triggers are one event, who did what to whom, where and when, is decided in `sijill.claims`.
"""

from __future__ import annotations

from operator import attrgetter, itemgetter
from typing import Final

from sijill.annotate.units import Units
from sijill.lexicon import Lexicon
from sijill.rules import Rule, RuleSet, load_rules

__all__ = ["Trigger", "event_rules", "find"]


class Trigger:
    """Words that tell an event: units [first, last). `weak` words need no event of their own beside a firmer one."""

    __slots__ = ("definite", "first", "kind", "last", "means", "modality", "rule", "verb", "weak")

    def __init__(
        self,
        first: int,
        last: int,
        kind: str,
        rule: str,
        weak: bool,
        means: tuple[str, ...],
        modality: str | None,
        definite: bool,
        verb: bool,
    ) -> None:
        self.first = first
        self.last = last
        self.kind = kind
        self.rule = rule
        self.weak = weak
        self.means = means
        self.modality = modality
        self.definite = definite
        self.verb = verb


def event_rules(lexicon: Lexicon) -> RuleSet:
    """The rules that read events, compiled."""
    return RuleSet([r for r in load_rules() if r.stage == "event"], lexicon)


def find(units: Units, rules: RuleSet) -> list[Trigger]:
    """The triggers of a text in order, none overlapping."""
    matches: list[tuple[int, int, int, int, Rule]] = []
    for rule, match in rules.matches(units.row):
        first, last = match.span()
        matches.append((first - last, len(matches), first, last, rule))
    matches.sort(key=_LONGEST_FIRST)
    taken = bytearray(len(units))
    found = []
    for _, _, first, last, rule in matches:
        if taken.find(1, first, last) >= 0 or _is_a_place(units, first):
            continue
        taken[first:last] = b"\x01" * (last - first)
        found.append(_trigger(units, first, last, rule))
    found.sort(key=attrgetter("first"))
    return found


_LONGEST_FIRST: Final = itemgetter(0, 1)


def _is_a_place(units: Units, at: int) -> bool:
    """«الهجوم على تدمر»: after a preposition stands the town, and not the verb that it is spelled like."""
    place = units[at].has("PRES") and units[at].has_any(("PLACE", "PLACE_WEAK"))
    return place and at > 0 and units[at - 1].has_any(("ON", "IN", "TO", "FROM"))


def _trigger(units: Units, first: int, last: int, rule: Rule) -> Trigger:
    head, gives = units[first], rule.gives
    # «نفذ الهجوم», «شنوا هجومهم»: the verb carries out what the noun names, an attack known from before
    carried_out = head.has("LAUNCH_V") and units[last - 1].has("ATTACK_N") and units[last - 1].has_any(_KNOWN)
    return Trigger(
        first=first,
        last=last,
        kind=gives["kind"],
        rule=rule.name,
        weak=bool(gives.get("weak")),
        means=tuple(gives.get("means", ())),
        modality=gives.get("modality"),
        definite=carried_out or _is_definite(units, first, last),
        # «جراء قصف القوات»: after a preposition the word is a noun
        verb=not carried_out and head.has_any(_VERB) and not head.has("DEF") and not (first and units[first - 1].has("PREP")),
    )


_KNOWN: Final = frozenset({"DEF", "PRON"})
_VERB: Final = frozenset({"PAST", "PRES", "FUT"})


_NAMED_BY_PLACE: Final = frozenset({"ATTACK_N", "BOMBING_N"})


def _is_definite(units: Units, first: int, last: int) -> bool:
    """«الهجوم», «العملية العسكرية», «سقوط الطائرة», «هجوم سبها»: a noun with the article, or in construct with such a noun or a name."""
    head, word = units[first], units[first].word
    if (word.startswith("ال") and not word.startswith("القاء ")) or head.has("DEF") or (" ال" in word and head.has("OPERATION_N")):
        return True
    if last - first == 1 and last < len(units) and head.has_any(_NAMED_BY_PLACE) and units[last].has("PLACE"):
        return True
    return last - first == 2 and units[last - 1].has("DEF") and not (head.has("PAST") or head.has("PRES"))
