"""People counted and what befell them: counted groups, then figures, with subsets and siblings.

Two cascades over the units. `groups()` merges «12 مدنياً», «ثلاثة من عناصر الشرطة», «قتيلان», «مدنيين» into one unit each; `find()`
reads figures off the patterns of ``rules/figures.toml`` and carries an effect on to the groups that follow («… وطفلين، بينهم
امرأة»). What a figure belongs to (event, total, source) is decided in `sijill.claims`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, cast

from sijill.annotate.numbers import Quantity, bounded
from sijill.annotate.units import Chunk, Unit, Units
from sijill.lexicon import Lexicon
from sijill.names import Names
from sijill.records import Bound, Effect, Status
from sijill.rules import Rule, RuleSet, load_rules

__all__ = ["Figure", "Group", "figure_rules", "find", "group_rules", "groups"]


@dataclass(frozen=True, slots=True)
class Group:
    """A counted group: how many, of whom. Offsets are folded positions."""

    start: int
    end: int
    quantity: Quantity
    noun: Unit
    rule: str
    number: tuple[int, int] | None
    one: str | None = None  # "one" or "named": a bare singular, indefinite or known
    second: Unit | None = None

    @property
    def effect(self) -> str | None:
        """What befell them, where the noun says so (قتيل, جريح)."""
        return self.noun.feature("effect") if self.noun.has("HARMED") else None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as read, before it is tied to an event. Indexes are units; offsets folded."""

    effect: Effect
    group: Group
    first: int
    last: int
    at: int  # the unit of the group
    rule: str
    trigger: Unit | None = None
    role: str = "alone"
    of: Figure | None = None
    toll: bool = False
    status: Status = "unknown"
    demographic: tuple[str, ...] = ()
    who: str = "people"
    side_unit: Unit | None = None
    tail: int = 0  # the unit after the group's own complement
    loaded: str | None = field(default=None)


def group_rules(lexicon: Lexicon) -> RuleSet:
    """The rules that merge counted groups, compiled."""
    return RuleSet([r for r in load_rules() if r.stage == "group"], lexicon)


def figure_rules(lexicon: Lexicon) -> RuleSet:
    """The rules that read figures, compiled."""
    return RuleSet([r for r in load_rules() if r.stage == "figure"], lexicon)


_ONE = bounded(1, "exact")
_SHAPES = {
    "one": _ONE,
    "named": _ONE,
    "two": bounded(2, "exact"),
    "plural": Quantity(None, 3, None, "vague", "plural"),
    "dual_or_plural": Quantity(None, 2, None, "vague", "dual_or_plural"),
}


def groups(units: Units, rules: RuleSet) -> list[Chunk]:
    """Chunks for the counted groups of a text, in order; where two overlap, the longer."""
    found: dict[int, Chunk] = {}
    for rule, match in rules.matches(units.chars):
        chunk = _group(units, rule, match.start(), match.end(), match.re.groupindex, match)
        if chunk and (chunk.first not in found or chunk.last > found[chunk.first].last):
            found[chunk.first] = chunk
    # «استخدم المهاجمون 30 امرأة»: the number belongs to the noun after it, where there is one
    taken = {chunk.first for chunk in found.values() if chunk.value.rule == "number and people"}
    return [found[first] for first in sorted(found) if found[first].last - 1 not in taken or found[first].last - first == 1]


def _group(units: Units, rule: Rule, first: int, last: int, names: Any, match: Any) -> Chunk | None:
    noun = units[match.start("noun")]
    count = rule.gives["count"]
    number = None
    if count == "q":
        quantity = cast(Quantity, units[match.start("q")].value)
        if isinstance(quantity.value, float):
            return None
        number = (units[match.start("q")].start, units[match.start("q")].end)
        after = units[last] if last < len(units) else None
        if after is not None and after.has("BOUND_AFTER") and quantity.value is not None and quantity.bound == "exact":
            quantity = bounded(quantity.value, cast(Bound, after.feature("bound")))
            last += 1
    else:
        quantity = _SHAPES[count]
    second = units[last - 1] if rule.name == "number with two nouns" else None
    bare = count not in ("q", "two")
    tags = ["GROUP"]
    if noun.has("HARMED"):
        tags.append("HARMED")
    elif bare:
        tags.append("SG" if count == "one" else "DEFG" if count == "named" else "BARE")
    one = count if count in ("one", "named") else None
    group = Group(units[first].start, units[last - 1].end, quantity, noun, rule.name, number, one, second)
    return Chunk(first, last, tuple(tags), group)


# --- figures ---------------------------------------------------------------------------------------------------------


def find(units: Units, rules: RuleSet) -> list[Figure]:
    """The figures of a text whose groups are merged, in order of their groups; each group gives at most one."""
    claimed: dict[int, Figure] = {}
    taken: set[int] = set()
    for rule, match in rules.matches(units.chars):
        figure = _figure(units, rule, match)
        if figure and rule.gives.get("takes"):
            taken.update(i for i in range(match.start(), match.end()) if i != figure.at)
        if figure and not _denied(units, figure.first):
            before = claimed.get(figure.at)
            if before is None or _firmer(figure, before):
                claimed[figure.at] = figure
    for at in taken:
        claimed.pop(at, None)
    for at in sorted(claimed):
        for following in _carried(units, claimed[at], claimed):
            if following.at not in taken:
                claimed.setdefault(following.at, following)
    return _with_wholes(claimed)


def _with_wholes(claimed: dict[int, Figure]) -> list[Figure]:
    """Figures in order; those that are part of «the last figure» («ثلاثة منهم») get its effect, or go where there is none."""
    found: list[Figure] = []
    for at in sorted(claimed):
        figure = claimed[at]
        if figure.effect == _LAST:
            named = figure.trigger.feature("effect") if figure.trigger is not None else None
            whole = next((f for f in reversed(found) if f.role != "subset" and named in (None, "killed_or_injured", f.effect)), None)
            if whole is None or at - whole.at > 60 or not _fits(figure.group, whole):
                continue
            figure = replace(figure, effect=whole.effect, of=whole)
        found.append(figure)
    return found


_LAST = cast(Effect, "@last")


def _figure(units: Units, rule: Rule, match: Any) -> Figure | None:
    parts = match.re.groupindex
    at = match.start("group") if "group" in parts else match.start("q")
    trigger = units[match.start("trigger")] if "trigger" in parts else None
    group = _counted(units, at, rule)
    if group is None:
        return None
    if rule.gives.get("needs") == "no unit" and not _counts_people(units, at):
        return None
    if rule.gives.get("needs") == "subject" and not _is_subject(group, trigger):
        return None
    effect = _effect(rule.gives["effect"], trigger, group)
    if effect is None or not _plausible(units, group, trigger, match.start("trigger") if trigger else at, at):
        return None
    figure = Figure(
        effect=cast(Effect, effect),
        group=group,
        first=match.start(),
        last=match.end(),
        at=at,
        rule=rule.name,
        trigger=trigger,
        toll=bool(rule.gives.get("toll")),
        role=str(rule.gives.get("role", "alone")),
    )
    return _described(units, figure)


def _effect(said: str, trigger: Unit | None, group: Group) -> str | None:
    if said == "@group":
        return group.effect
    if said == "@toll":
        return group.effect or (trigger.feature("effect") if trigger else None) or "killed"
    if said == "@":
        # «إصابة 4 قتلى» does not occur; «مقتل 3 جرحى» is about the dead: the trigger wins unless it names no effect
        own = group.effect
        if own in ("killed", "injured") and trigger is not None and trigger.has("FALL_OF"):
            return own
        return trigger.feature("effect") if trigger else own
    return said


def _counted(units: Units, at: int, rule: Rule) -> Group | None:
    unit = units[at]
    if isinstance(unit.value, Group):
        return unit.value
    if rule.gives.get("count") == "one":
        return Group(unit.start, unit.end, _ONE, unit, rule.name, None, "one")
    if rule.gives.get("count") == "as before":
        before = units[at - 2].value
        number = before.number if isinstance(before, Group) else None
        return Group(unit.start, unit.end, before.quantity, unit, rule.name, number) if number else None
    return _bare_number(units, at)


def _bare_number(units: Units, at: int) -> Group | None:
    quantity = units[at].value
    if not isinstance(quantity, Quantity) or isinstance(quantity.value, float):
        return None
    unit = units[at]
    return Group(unit.start, unit.end, quantity, unit, "number", (unit.start, unit.end))


def _counts_people(units: Units, at: int) -> bool:
    """Whether a number with no noun can be a number of people: a clause end, a conjunction or a place follows it."""
    if at + 1 >= len(units):
        return True
    after = units[at + 1]
    if after.has("RATIO_NUM") or after.has("PERCENT") or after.has("SLASH") or after.has("COLON"):
        return False
    return any(
        map(after.has, ("CONJ", "COMMA", "STOP", "SEMI", "PREP", "IN", "AMONG", "BOUND_AFTER", "OTHERS", "RPAR", "INJURY_TAIL", "DATE"))
    )


def _is_subject(group: Group, trigger: Unit | None) -> bool:
    """«38 شخصا قتلوا»: a plural verb after the group; a singular one («ثلاثة أشخاص قتل») begins a new clause."""
    if trigger is None:
        return False
    if group.one == "named":
        return False
    number = trigger.feature("vnum")
    if group.one:
        return number == "sg"
    return number in ("pl", "du") or trigger.word.startswith(("لقوا", "لقيا"))


def _plausible(units: Units, group: Group, trigger: Unit | None, trigger_at: int, at: int) -> bool:
    """Single persons count only right beside their trigger; further off they are bystanders of the sentence."""
    if trigger is None or group.effect:
        return True
    gap = [u for u in units.items[trigger_at + 1 : at] if not u.has("DATE")] if at > trigger_at else []
    if group.one == "named":
        return len(gap) == 0 and _named(units, at)
    if group.one == "one":
        return len(gap) <= 3 and not any(u.has("PERSON") for u in gap)
    return True


def _named(units: Units, at: int) -> bool:
    """«الصحفية ليلى سالم»: a title counts as one person when a name, or a word that no list knows, follows."""
    if at + 1 >= len(units):
        return False
    after = units[at + 1]
    if after.word == "علي" and at + 2 < len(units):  # the name Ali folds with «على»
        after = units[at + 2]
    return after.has("W") or after.has("QUOTE") or after.has("PERSON") or after.has("PLACE_WEAK")


def _denied(units: Units, first: int) -> bool:
    """«دون وقوع إصابات»: a harm that did not happen, said right before its first word."""
    before = units.items[max(0, first - 2) : first + 1]
    if any(unit.has("NO_HARM") for unit in before):
        return True
    if any(unit.has("NEG") for unit in units.items[max(0, first - 2) : first]):
        return True
    # «لم يسفر القصف على البلدة عن إصابات»: the negation stands at the verb that leads to the harm
    return any(units[i].has("NEG") and units[i + 1].has("LEADS_TO") for i in range(max(0, first - 9), first - 1))


def _firmer(new: Figure, old: Figure) -> bool:
    """Of two readings of one group: the noun's own effect loses to a nearer trigger; a toll wins; then the shorter match."""
    if new.toll != old.toll:
        return new.toll
    strength = {"killed_or_injured": 2, "used_as_human_shields": 2, "attackers": 2}
    if strength.get(new.effect, 0) != strength.get(old.effect, 0):
        return strength.get(new.effect, 0) > strength.get(old.effect, 0)
    own = new.group.effect
    if own and own in ("killed", "injured", "killed_or_injured", "missing"):
        return new.effect == own and old.effect != own
    return new.last - new.first < old.last - old.first


# --- what follows a group --------------------------------------------------------------------------------------------


def _carried(units: Units, figure: Figure, claimed: dict[int, Figure]) -> Iterator[Figure]:
    """Groups after a figure that share its effect: «و4 مدنيين», «بينهم طفلان وامرأة», «إضافة إلى ثلاثة حراس»."""
    of: Figure | None = figure if figure.role == "subset" and figure.of else None
    parent = figure.of if of else figure
    at, role, listed = figure.tail, "subset" if of else "alone", False
    while at < len(units):
        unit = units[at]
        if unit.has("AMONG"):
            role, at = "subset", at + 1
            continue
        if unit.has("COLON") or unit.has("LPAR") or unit.word in ("هم", "هما"):
            listed, at = True, at + 1
            continue
        if unit.has("COMMA") or unit.has("CONJ"):
            at += 1
            continue
        if unit.word in _BESIDES:
            role, at = "alone", at + 1
            continue
        if role == "subset" and (unit.has("PREP") or unit.has("HARM_V") or (unit.has("HARMED") and not unit.has("GROUP"))):
            at += 1
            continue
        if not isinstance(unit.value, Group) or at in claimed:
            return
        group = unit.value
        joined = at > 0 and (units[at - 1].has("CONJ") or role == "subset" or listed or units[at - 1].word in _BESIDES)
        if not joined or (group.one == "named" and not _named(units, at)):
            return
        effect = group.effect if group.effect and role != "subset" else figure.effect
        following = _described(
            units,
            replace(
                figure,
                effect=cast(Effect, effect),
                group=group,
                first=at,
                last=at + 1,
                at=at,
                rule="some of the group" if role == "subset" else "the group told in parts" if listed else "the group goes on",
                role=(role if role == "subset" else "part" if listed else "alone") if _fits(group, parent) else "alone",
                of=parent if role == "subset" or listed else None,
                toll=False,
                side_unit=None,
            ),
        )
        if role == "subset" and group.number is None and group.one is None:
            following, at = _together(units, following)
        else:
            at = following.tail
        yield following


def _together(units: Units, figure: Figure) -> tuple[Figure, int]:
    """«بينهم نساء وأطفال»: one part of the whole, of both kinds, and the unit after it."""
    at, demographic = figure.tail, list(figure.demographic)
    while at + 1 < len(units) and units[at].has("CONJ"):
        value = units[at + 1].value
        if not isinstance(value, Group) or value.number is not None or value.one is not None or value.effect:
            break
        demographic += [d for d in (value.noun.feature("demographic") or "").split() if d not in demographic]
        at += 2
    return replace(figure, demographic=tuple(demographic), tail=at), at


_BESIDES = frozenset({"الي جانب", "بالاضافه الي", "اضافه الي", "فضلا عن", "علاوه علي"})


def _fits(group: Group, whole: Figure | None) -> bool:
    if whole is None or whole.group.quantity.value is None or group.quantity.value is None:
        return True
    return group.quantity.value <= whole.group.quantity.value


_COMPLEMENT_LIMIT = 9


def _described(units: Units, figure: Figure) -> Figure:
    """The figure with who they were: from its noun, then from the words that qualify it («من عناصر الشرطة»)."""
    noun = figure.group.noun
    words = [noun] + ([figure.group.second] if figure.group.second else [])
    at = figure.at + 1
    limit = min(len(units), at + _COMPLEMENT_LIMIT)
    while at < limit:
        unit = units[at]
        if unit.has("CONJ") and _conjoins_people(units, at):
            at += 1
            continue
        if not _qualifies(unit, units[at - 1]) and not (units[at - 1].has("IN") and any(map(unit.has, ("KIND", "PLACE", "PLACE_WEAK")))):
            break
        words.append(unit)
        at += 1
    while at > figure.at + 1 and (units[at - 1].has("FROM") or units[at - 1].has("PREP")):
        at -= 1
    status, demographic, who = _people(words, units.lexicon.names)
    if figure.group.second is not None and noun.feature("status") != figure.group.second.feature("status"):
        status = "mixed"
    if demographic and status == "combatant" and noun.feature("status") == "civilian":
        status = "civilian"  # «700 طفل من أطفال التنظيم»: whose children they are does not arm them
    side = next((u for u in words if any(map(u.has, ("ACTOR", "GENERIC", "ADJ_ACTOR")))), None)
    loaded = next((u.feature("loaded") for u in (*words, figure.trigger) if u is not None and u.feature("loaded")), None)
    return replace(figure, status=status, demographic=demographic, who=who, side_unit=side, tail=at, loaded=loaded)


_QUALIFIERS = ("FROM", "PERSON", "MEMBERS_OF", "ACTOR", "GENERIC", "ADJ_ACTOR", "OTHERS", "KIND_OF", "BOUND_AFTER", "QUOTE", "INJURY_TAIL")


def _qualifies(unit: Unit, before: Unit) -> bool:
    if unit.has("GROUP") and before.has("FROM") and isinstance(unit.value, Group) and unit.value.noun.feature("unit"):
        return True  # «من عائلة واحدة»
    if unit.has("GROUP"):
        return isinstance(unit.value, Group) and unit.value.number is None and not unit.value.one and not unit.has("HARMED")
    return any(map(unit.has, _QUALIFIERS)) or unit.word in ("في", "علي الاقل", "ب") or (unit.has("W") and unit.has("DEF"))


def _conjoins_people(units: Units, at: int) -> bool:
    """«من العاملين وحراس السجن»: the conjunction joins two nouns of one complement, not a second group."""
    if at + 1 >= len(units) or at == 0:
        return False
    before, after = units[at - 1], units[at + 1]
    definite = before.has("DEF") or before.has("KIND") or before.has("ACTOR") or before.has("GENERIC") or before.has("MEMBERS_OF")
    bare = isinstance(after.value, Group) and after.has("BARE")
    return definite and (bare or after.has("MEMBERS_OF") or after.has("ACTOR") or after.has("PERSON"))


_ARMED = ("combatant", "security", "armed")


def _people(words: list[Unit], names: Names) -> tuple[Status, tuple[str, ...], str]:
    """Status, demographics and an English word for the people, from the most telling of the words.

    A person whom the report does not call armed is left unknown, not called a civilian: the milder mistake.
    """
    statuses, demographic, people = [], [], []
    for word in words:
        base = word.value.noun if isinstance(word.value, Group) else word
        named = base.has("ACTOR")  # «طالبان» is no two students
        status = None if named else base.feature("status")
        if status:
            statuses.append(status)
        generic = names.generic_of(base.word) if base.has("GENERIC") else None
        if generic is not None:
            statuses.append(generic.status)
        elif base.has("ACTOR"):
            statuses.append("actor")
        for group in () if named else (base.feature("demographic") or "").split():
            if group not in demographic:
                demographic.append(group)
        english = None if named else base.feature("en")
        if english and english not in people:
            people.append(english)
    return _status(statuses), tuple(demographic), " / ".join(people) or "people"


def _status(statuses: list[str]) -> Status:
    kinds = set(statuses)
    if "detainee" in kinds:
        return "detainee"
    if "civilian" in kinds and kinds & {"combatant", "security", "armed"}:
        return "mixed"
    if "security" in kinds:
        return "security"
    if kinds & {"combatant", "armed", "actor"}:
        return "combatant"
    return "civilian" if "civilian" in kinds else "unknown"
