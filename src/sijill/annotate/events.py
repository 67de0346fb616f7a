"""Event triggers: the words that tell or name an event of the closed list.

`find(units, rules)` gives triggers in order, each with its kind; where patterns overlap the longer match wins, then the rule that
stands first in the file. Which triggers are one event, who did what to whom, where and when, is decided in `sijill.claims`.
"""

from __future__ import annotations

import msgspec

from sijill.annotate.units import Units
from sijill.lexicon import Lexicon
from sijill.rules import RuleSet, load_rules

__all__ = ["Trigger", "event_rules", "find"]


class Trigger(msgspec.Struct, frozen=True, gc=False):
    """Words that tell an event: units [first, last). `weak` words need no event of their own beside a firmer one."""

    first: int
    last: int
    kind: str
    rule: str
    weak: bool
    means: tuple[str, ...]
    modality: str | None
    definite: bool
    verb: bool


def event_rules(lexicon: Lexicon) -> RuleSet:
    """The rules that read events, compiled."""
    return RuleSet([r for r in load_rules() if r.stage == "event"], lexicon)


def find(units: Units, rules: RuleSet) -> list[Trigger]:
    """The triggers of a text in order, none overlapping."""
    matches = [
        (match.end() - match.start(), -order, match.start(), match.end(), rule)
        for order, (rule, match) in enumerate(rules.matches(units.chars))
    ]
    matches.sort(key=lambda m: (-m[0], -m[1], m[2]))
    taken = bytearray(len(units))
    found = []
    for _, _, first, last, rule in matches:
        if any(taken[first:last]):
            continue
        taken[first:last] = b"\x01" * (last - first)
        found.append(_trigger(units, first, last, rule.gives, rule.name))
    found.sort(key=lambda t: t.first)
    return found


def _trigger(units: Units, first: int, last: int, gives: dict[str, object], rule: str) -> Trigger:
    means = gives.get("means")
    head = units[first]
    # «نفذ الهجوم», «شنوا هجومهم»: the verb carries out what the noun names, an attack known from before
    carried_out = head.has("LAUNCH_V") and units[last - 1].has("ATTACK_N") and units[last - 1].has_any(_KNOWN)
    return Trigger(
        first=first,
        last=last,
        kind=str(gives["kind"]),
        rule=rule,
        weak=bool(gives.get("weak")),
        means=tuple(str(m) for m in means) if isinstance(means, list) else (),
        modality=str(gives["modality"]) if "modality" in gives else None,
        definite=carried_out or _is_definite(units, first, last),
        # «جراء قصف القوات»: after a preposition the word is a noun
        verb=head.has_any(_FINITE) and not head.has("DEF") and not carried_out and not (first and units[first - 1].has("PREP")),
    )


_FINITE = ("PAST", "PRES", "FUT")
_KNOWN = frozenset({"DEF", "PRON"})


def _is_definite(units: Units, first: int, last: int) -> bool:
    """«الهجوم», «العملية العسكرية», «سقوط الطائرة»: a noun with the article, or one in construct with such a noun."""
    head, tail = units[first], units[last - 1]
    if head.has("DEF") or head.word.startswith("ال") or (head.has("OPERATION_N") and " ال" in head.word):
        return True
    return last - first == 2 and tail.has("DEF") and not (head.has("PAST") or head.has("PRES"))
