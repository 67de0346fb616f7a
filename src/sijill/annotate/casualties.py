"""People counted and what befell them: counted groups, then figures, with subsets and siblings.

Two cascades over the units. `groups()` merges «12 مدنياً», «ثلاثة من عناصر الشرطة», «قتيلان», «مدنيين» into one unit each; `find()`
reads figures off the patterns of ``rules/figures.toml`` and carries an effect on to the groups that follow («… وطفلين، بينهم
امرأة»). What a figure belongs to (event, total, source) is decided in `sijill.claims`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, cast

import msgspec
from msgspec.structs import replace

from sijill.annotate.groups import ONE, SHAPES, TWO, Group, group_rules, groups, is_known
from sijill.annotate.name_lists import NamedBelow, named_below, named_each, named_in_a_row
from sijill.annotate.numbers import Quantity, bounded
from sijill.annotate.people import describe, is_armed, status_of
from sijill.annotate.unit import Unit
from sijill.annotate.units import Units
from sijill.lexicon import Lexicon
from sijill.records import Bound, Effect, Status
from sijill.rules import Leads, Rule, RuleSet, load_rules

__all__ = [
    "ELLIPTIC", "LIST_LINE", "Figure", "Group", "figure_rules", "find", "group_rules", "groups", "harm_words", "is_sentence", "told_in",
]  # fmt: skip


class Figure(msgspec.Struct, frozen=True):
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
    rose: bool = False  # a toll that is said to have risen to this number
    status: Status = "unknown"
    demographic: tuple[str, ...] = ()
    who: str = "people"
    side_unit: Unit | None = None
    tail: int = 0  # the unit after the group's own complement
    loaded: str | None = None
    others: bool = False  # «ثلاثة سوريين آخرين»: people like those told before
    name: str | None = None  # of a single person, as far as the text gives it


def figure_rules(lexicon: Lexicon) -> RuleSet:
    """The rules that read figures, compiled."""
    return RuleSet([r for r in load_rules() if r.stage == "figure"], lexicon)


_OF_GROUPS: Final = frozenset({"GROUP", "BARE", "DEFG", "Q", "VAGUEQ"})


def harm_words(lexicon: Lexicon) -> Leads:
    """The words of which a sentence has one wherever it tells a figure, or what most of its people were."""
    return lexicon.leads(figure_rules(lexicon).needed(_OF_GROUPS, "HARM_V", "HARM_N", "MOST", "MOST_OF"))


def told_in(units: Units, sentences: list[tuple[int, int]], words: Leads) -> list[tuple[int, int]]:
    """The sentences that can tell a figure: those with a word of harm; all where the lines below a colon may be a list of it."""
    if units.row.matching(_LINES_BELOW):
        return sentences
    return [(first, last) for first, last in sentences if units.row.begins(words, first, last)]


_LINES_BELOW: Final = "{COLON}(?={MARK}*{NL})"


# --- figures ---------------------------------------------------------------------------------------------------------


def find(units: Units, rules: RuleSet, within: Sequence[tuple[int, int]] | None = None) -> list[Figure]:
    """The figures of a text whose groups are merged, or of some stretches of it, in order of their groups; each group gives at most one."""
    claimed: dict[int, Figure] = {}
    taken: set[int] = set()
    for rule, match in rules.matches(units.row, within):
        figure = _figure(units, rule, match)
        if figure and rule.gives.get("takes"):
            taken.update(i for i in range(match.start(), match.end()) if i != figure.at)
        if figure and (
            rule.gives.get("negated") or not (_denied(units, figure.first) or _is_only_meant(units, figure.first) or _is_ill(units, figure))
        ):
            before = claimed.get(figure.at)
            if before is None or _firmer(figure, before):
                claimed[figure.at] = figure
    for at in taken:
        claimed.pop(at, None)
    taken.update(_one_number_for_both(units, claimed))
    _before_its_verb(units, claimed, taken)
    _counted_before_their_state(units, claimed)
    if units.row.matching(_LINES_BELOW):
        _listed_below(units, claimed)
        _named_below(units, claimed)
    for at in sorted(claimed):
        if at in claimed:
            told = [following for following in _carried(units, claimed[at], claimed) if following.at not in taken]
            for following in _list_of_one(claimed, at, told):
                claimed.setdefault(following.at, following)
    _broken_down(units, claimed, taken)
    _without_predicates(units, claimed)
    _tie_to_wholes(claimed)
    claimed.update(_by_pronoun(units, claimed))
    return _with_wholes(claimed)


def _one_number_for_both(units: Units, claimed: dict[int, Figure]) -> list[int]:
    """«66 قتيلا وجريحا», «ستة شهداء وجرحى»: the number is of both together. What stands for the second, taken from `claimed`.

    Preferred to six dead and some wounded, who are told with a word of their own («وجرحى آخرون», «وعدد من الجرحى»).
    """
    both: list[int] = []
    for at, figure in claimed.items():
        behind = at + 2
        if figure.group.number is None or behind >= len(units) or not units[at + 1].has("CONJ") or units[behind].has_any(("DEF", "PRON")):
            continue
        other = units[behind].value
        harms = {figure.group.noun.feature("effect"), other.noun.feature("effect")} if isinstance(other, Group) else set()
        if harms != _DEAD_AND_WOUNDED or other.number is not None or figure.effect not in _DEAD_AND_WOUNDED:
            continue
        number = figure.group.quantity.value or 0
        # The second noun stands as the number wants the first: «66 قتيلا وجريحا», «ستة قتلى وجرحى»; «ستة قتلى وجريح» are seven.
        of_many = other.quantity.vague_word == "plural"
        if number < _FEWEST or not (of_many if number % 100 in range(3, 11) else other.quantity.value == 1):
            continue
        if behind + 1 < len(units) and units[behind + 1].has("OTHERS"):
            continue
        second = claimed.get(behind)
        if figure.status == "unknown" and second is not None:
            figure = replace(figure, status=second.status, demographic=second.demographic, who=second.who, side_unit=second.side_unit)
        claimed[at] = replace(figure, effect="killed_or_injured", last=max(figure.last, behind + 1), tail=max(figure.tail, behind + 1))
        both.append(behind)
    for behind in both:
        claimed.pop(behind, None)
    return both


_DEAD_AND_WOUNDED: Final = {"killed", "injured"}
_FEWEST: Final = 3


def _list_of_one(claimed: dict[int, Figure], at: int, told: list[Figure]) -> list[Figure]:
    """«ثلاثة أشخاص، هم ثلاثة أطفال»: a list of one group says who all of them were, or who some were («خمسة، هم ثلاثة أطفال ورجال»)."""
    listed = [figure for figure in told if figure.role == "part" and figure.of is claimed[at]]
    if len(listed) != 1:
        return told
    part, whole = listed[0], claimed[at]
    if part.group.quantity.value not in (whole.group.quantity.value, None):
        return [replace(part, role="subset") if figure is part else figure for figure in told]
    if whole.status == "unknown":
        claimed[at] = replace(whole, status=part.status, demographic=part.demographic, who=part.who, side_unit=part.side_unit)
    return [replace(figure, of=claimed[at]) if figure.of is whole else figure for figure in told if figure is not part]


def _broken_down(units: Units, claimed: dict[int, Figure], taken: set[int]) -> None:
    """«استشهد 14 شخصا في حمص، و9 في درعا», «قتل 15 مدنيا: 8 في حلب و7 في إدلب»: numbers whose noun was told before; added to `claimed`.

    After a colon or «توزعوا» they are parts of the figure before, after «12 منهم» they are of the same whole, else they stand alone.
    """
    if not claimed:
        return
    goes_on = [i for i in units.row.where("Q", "GROUP", "OTHERS", "ORDINAL") if i and units[i - 1].has_any(_GOES_ON)]
    numbers = [i for i in goes_on if i not in claimed and i not in taken and _is_elliptic(units, i)]
    if not numbers:
        return
    listed_below = {id(figure.of) for figure in claimed.values() if figure.role == "part"}
    for at in sorted(claimed):
        figure = claimed[at]
        if (figure.group.number is None and figure.group.one is None) or figure.effect == "attackers":
            continue
        items = _elliptic_items(units, figure, numbers, claimed)
        if not items:
            continue
        of_them = figure.role == "subset" and (figure.rule == _SO_MANY_OF_THEM or units[items[0] + 1].has("BY"))
        opened = any(units[i].has("COLON") or units[i].word.startswith(_PARTED) for i in range(figure.tail, items[0]))
        listed = not of_them and (opened or id(figure) in listed_below)
        role, whole = ("subset", figure.of) if of_them else ("part", figure) if listed else ("alone", None)
        for i in items:
            number = _elliptic_group(units, i)
            if number is None or (units[i].value is None and figure.group.quantity.value != 1):
                continue  # «وآخر في القدم» goes on with one man
            told = replace(figure, group=number, first=i, last=i + 1, at=i, rule=ELLIPTIC, toll=False, side_unit=None, role=role, of=whole)
            told = _described(units, told)
            own = told.status != "unknown" or told.side_unit is not None or isinstance(units[i].value, Group)
            claimed[i] = told if own else replace(told, status=figure.status, demographic=figure.demographic)
            if isinstance(units[i].value, Group):
                for following in _carried(units, claimed[i], claimed):
                    claimed.setdefault(following.at, following)


def _elliptic_items(units: Units, figure: Figure, numbers: list[int], claimed: dict[int, Figure]) -> list[int]:
    """Those of the numbers that go on with a figure: each soon after the one before, with no other figure or verb of harm between."""
    found: list[int] = []
    past = max(figure.tail, figure.last, figure.at + 1)
    for i in numbers[bisect_left(numbers, past) :]:
        between = range(past, i)
        if len(between) > _ITEM_REACH or any(_ends_a_list(units, j, figure, claimed) for j in between):
            break
        if not found and not any(units[j].has_any(("IN", "BY", "FROM", "COLON")) for j in range(figure.at + 1, i)):
            break
        found.append(i)
        past = i + 1
    return found


def _without_predicates(units: Units, claimed: dict[int, Figure]) -> None:
    """«ارتقى اثنان من مقاتليه شهداء», «أردت أحدهم قتيلا»: a bare word of the same harm right after a figure says it again."""
    bare = [at for at, f in claimed.items() if f.group.effect and f.group.number is None and not units[at].has("DEF")]
    figures = sorted(claimed)
    for at in bare:
        again, place = claimed[at], bisect_left(figures, at)
        others = (claimed[i] for i in figures[max(0, place - _PREDICATE_REACH) : place] if i in claimed)
        near_by = (f for f in others if f.effect == again.effect and f.role == again.role)
        after = at - 1 if units[at - 1].word == "ب" and units[at].word.startswith("اصاب") else at  # «أصيب عاملان بإصابات طفيفة»
        joined = units[at - 1].has("CONJ")
        told = _is_the_reason(units, at, again, claimed) or any(
            after in (f.tail, f.last, f.at + 1) or (_one_verb(f, again) and not joined) for f in near_by
        )
        if told or _is_the_body_of_the_next(at, again, claimed) or (not joined and _is_the_state_of_a_body(at, again, claimed)):
            del claimed[at]


def _is_the_reason(units: Units, at: int, again: Figure, claimed: dict[int, Figure]) -> bool:
    """«… وإصابة آخرين، والعدد مرشح للارتفاع لوجود جرحى بعضهم في حالات خطرة»: the wounded told before, as the reason of what may come."""
    if at < 2 or units[at - 1].word != "وجود" or units[at - 2].word not in ("ل", "بسبب", "نظرا ل"):
        return False
    return any(f.effect == again.effect and at - _REASON_REACH < f.at < at for f in claimed.values())


_REASON_REACH: Final = 24


def _is_the_body_of_the_next(at: int, body: Figure, claimed: dict[int, Figure]) -> bool:
    """«شيع الأهالي جثمان شاب قتل بالرصاص»: whose body it is stands behind it, and is counted by what befell him."""
    whose = claimed.get(at + 1)
    return whose is not None and whose.effect == "killed" and body.group.noun.feature("body") == "yes"


def _is_the_state_of_a_body(at: int, again: Figure, claimed: dict[int, Figure]) -> bool:
    """«جثة الجندي مصابا بالرصاص», «جثة رجل مصابة بطلقات»: the wounds of one who is counted among the dead already."""
    if again.effect != "injured" or again.group.one != "one":
        return False
    bodies = (claimed[i] for i in range(max(0, at - _PREDICATE_REACH), at) if i in claimed)
    return any(body.group.noun.feature("body") == "yes" and body.group.quantity.value == 1 for body in bodies)


def _one_verb(before: Figure, again: Figure) -> bool:
    return before.trigger is not None and before.trigger is again.trigger and 0 < again.at - before.at <= _PREDICATE_REACH


_PREDICATE_REACH: Final = 4


def _ends_a_list(units: Units, at: int, figure: Figure, claimed: dict[int, Figure]) -> bool:
    """Whether a unit between the numbers of a list ends it; some of those of the last number («بينهم طفلان») do not."""
    told = claimed.get(at)
    if told is not None:
        return told.role == "alone"
    return units[at].has_any(_ENDS_A_LIST) and not (units[at].has("AMONG") and at + 1 in claimed)


def _is_elliptic(units: Units, i: int) -> bool:
    """«، و(9) في درعا», «: 8 على يد الفصيل»: a number after a mark or conjunction, with where, by whom or of whom after it."""
    first, last = i - 1, i + 1
    if first >= 0 and units[first].has("LPAR") and last < len(units) and units[last].has("RPAR"):
        first, last = first - 1, last + 1
    if first < 0 or last + 1 >= len(units) or not units[first].has_any(("CONJ", "COMMA", "COLON")):
        return False
    number = _elliptic_group(units, i)
    if number is None:
        return False
    if isinstance(units[i].value, Group):
        last = describe(units, i, number).tail
        if last + 1 >= len(units) or units[first].has("COMMA"):
            return False
        if units[last].has("AMONG"):
            return True  # «مقتل ستة مدنيين في قرية أ وثلاثة مدنيين بينهم امرأة في قرية ب»
    after, of = units[last], units[last + 1]
    if units[i].value is None:
        return units[first].has("CONJ") and after.has_any(("IN", "PREP")) and not of.has("PERIOD")
    if after.has("BY"):
        return True
    if after.has("FROM"):
        members = isinstance(of.value, Group) and of.value.number is None
        return members or of.has_any(_OF_WHOM) or of.has_any(("PLACE", "KIND"))
    return after.has("IN") and (of.has_any(_WHERE_OR_HOW) or _can_be_a_place(units, last + 1))


def _can_be_a_place(units: Units, at: int) -> bool:
    """«ثمانية قتلوا في سيرا، واثنان في تولي، كما …»: a word that no list has, alone behind «في»; «و3 في خطر» are in a state."""
    unit, after = units[at], units[at + 1] if at + 1 < len(units) else None
    alone = after is None or after.has_any(("COMMA", "STOP", "SEMI", "NL", "CONJ"))
    return alone and unit.entry.tags <= {"W"} and unit.word not in _STATES


def _elliptic_group(units: Units, i: int) -> Group | None:
    """The group that a number without a noun, a counted group, or «آخر» and «ثالث» for one more, stand for; else None."""
    unit = units[i]
    if isinstance(unit.value, Group):
        counted = unit.value.number is not None or (unit.value.one != "named" and _at_the_hands(units, i + 1))
        return unit.value if counted and not unit.value.effect else None
    if unit.has("Q"):
        return _bare_number(units, i) if isinstance(unit.value, Quantity) and unit.value.value is not None else None
    if unit.value is None and unit.word in _ONE_MORE:
        return Group(unit.start, unit.end, ONE, unit, ELLIPTIC, None, "one")
    return None


def _at_the_hands(units: Units, at: int) -> bool:
    """«62 على يد قوات النظام، وشخصان على يد التنظيم»: what a word counts is told apart by who did it."""
    return at + 1 < len(units) and units[at].has("BY") and units[at + 1].has_any(_OF_WHOM)


_ONE_MORE: Final = frozenset({"اخر", "اخري", "ثان", "ثالث", "رابع", "خامس"})
_OF_WHOM: Final = ("ACTOR", "GENERIC", "TANZIM")
_STATES: Final = frozenset({"خطر", "غيبوبه", "طريقهم"})
_WHERE_OR_HOW: Final = frozenset({
    "PLACE", "PLACE_WEAK", "KIND", "DIRECTION", "SHELL_N", "RAID_N", "STRIKE_N", "ATTACK_N", "BLAST_N", "CLASH_N", "SHOOT_N",
})  # fmt: skip
_GOES_ON: Final = ("CONJ", "COMMA", "COLON", "LPAR")
ELLIPTIC: Final = "a number whose noun was told before"
_ITEM_REACH: Final = 16
"""How many words from one number of a list the next may stand."""
_ENDS_A_LIST: Final = frozenset({"STOP", "SEMI", "NL", "HARM_V", "HARM_N", "SAY_V", "ALSO", "AMONG"})
_PARTED: Final = ("توزع", "موزع", "يتوزع", "تتوزع", "وتوزع")


def _tie_to_wholes(claimed: dict[int, Figure]) -> None:
    """«مقتل 12 شخصا … القتلى هم سبعة مدنيين وخمسة جنود»: the list breaks down the last number of that harm that it adds up to.

    About as many will do: that the sum is not the number told is what a reader wants to see. With no such number, or where only
    one group is named, the groups stand alone.
    """
    lists: dict[int, list[int]] = {}
    for at in sorted(claimed):
        figure = claimed[at]
        if figure.role == "part" and figure.of is None and figure.trigger is not None:
            lists.setdefault(figure.trigger.start, []).append(at)
    if not lists:
        return
    numbers = sorted(at for at, figure in claimed.items() if figure.role == "alone" and (figure.group.quantity.value or 0) > 1)
    for parts in lists.values():
        values = [claimed[at].group.quantity.value for at in parts]
        before = bisect_left(numbers, parts[0])
        wholes = [claimed[at] for at in reversed(numbers[max(0, before - _WHOLES_TRIED) : before])]
        near_by = (f for f in wholes if parts[0] - f.at <= _BROKEN_DOWN_LATER and _same_harm(f, claimed[parts[0]]))
        whole = next((f for f in near_by if len(parts) > 1 and _about_the_sum(f, values)), None)
        for at in parts:
            part = claimed[at]
            effect = whole.effect if whole is not None and part.effect == "killed_or_injured" else part.effect
            claimed[at] = replace(part, effect=effect, role="alone" if whole is None else "part", of=whole)


def _same_harm(whole: Figure, part: Figure) -> bool:
    return whole.effect == part.effect or (part.effect == "killed_or_injured" and whole.effect == "killed")


def _about_the_sum(whole: Figure, values: list[int | float | None]) -> bool:
    """Whether a list can be meant to add up to a number: all its groups are counted, and together they are within a fifth of it."""
    said, total = whole.group.quantity.value or 0, sum(value or 0 for value in values)
    return None not in values and said * 4 <= total * 5 and total * 4 <= said * 5


_WHOLES_TRIED: Final = 12
_BROKEN_DOWN_LATER: Final = 250
"""How far on, in units, «القتلى هم …» may break down a number told before."""


def _before_its_verb(units: Units, claimed: dict[int, Figure], taken: set[int]) -> None:
    """«22 مسلحا من الحوثيين وقوات صالح قتلوا», «9 أشخاص بينهم 5 مدنيين لقوا حتفهم»: the verb stands after all that is said of the group.

    Adds such figures to `claimed`. The verb is theirs: it is taken from the group beside it, and from what follows it. Of groups
    joined before it («جنديا وثلاثة مدنيين قتلوا») the last has it already; the ones before get theirs.
    """
    verbs = units.row.where("HARM_V")
    duals = [at for at in verbs if _is_dual(units[at]) and not units[at].has("PRON")]
    reached = 0
    after_a_conjunction = max((at for at, f in claimed.items() if f.rule == _VERB_LAST and units[at - 1].has("CONJ")), default=0)
    for at in units.row.where("GROUP") if verbs else ():
        group = units[at].value
        if at in claimed and claimed[at].toll and not group.effect:
            reached = max(reached, _leave_the_verb(units, at, claimed))
        if at in claimed or at in taken or group.effect:
            continue
        if group.one == "one" and _stands_soon(duals, at):
            two = _two_before_a_verb(units, at, claimed)
            if two:
                claimed.update({figure.at: figure for figure in two})
                reached = two[-1].last
                continue
        joined = _joined_before_a_verb(units, at, claimed) if at < after_a_conjunction else None
        if joined is not None:
            claimed[at] = _described(units, replace(joined, group=group, first=at, last=at + 1, at=at))
            continue
        if at < reached or group.number is None or not _stands_soon(verbs, at):
            continue
        verb_at = _after_those_among(units, describe(units, at, group).tail)
        trigger = units[verb_at] if verb_at < len(units) else None
        if trigger is None or not trigger.has("HARM_V") or trigger.has("PRON") or not _is_subject(group, trigger):
            continue
        effect = _effect("@", trigger, group)
        if effect is None or not _suffers(units, trigger, verb_at + 1) or _denied(units, at):
            continue
        for other in [f for f in claimed.values() if at < f.at < verb_at and f.trigger is trigger]:
            del claimed[other.at]
        reached = verb_at
        told = Figure(cast(Effect, effect), group, at, verb_at + 1, at, _VERB_LAST, trigger)
        if not _is_ill(units, told):
            claimed[at] = _described(units, replace(told, last=at + 1))
    theirs = {f.trigger.start for f in claimed.values() if f.trigger is not None and f.rule == _VERB_LAST}
    for figure in list(claimed.values()):
        follows = figure.trigger is not None and figure.rule == "verb of harm, then the group" and figure.trigger.start in theirs
        if follows and figure.group.number is None:
            del claimed[figure.at]  # «13 شخصا قتلوا في هجومين انتحاريين»


def _stands_soon(verbs: list[int], at: int) -> bool:
    """Whether one of some verbs stands behind a group, no further off than what is said of the group can be long."""
    behind = bisect_right(verbs, at)
    return behind < len(verbs) and verbs[behind] < at + _VERB_REACH


def _leave_the_verb(units: Units, at: int, claimed: dict[int, Figure]) -> int:
    """«57 مدنيا بينهم 12 طفلا وتسع نساء قتلوا», where 57 is a toll: the verb is of them all, and not of those told last alone.

    Takes it from those in `claimed`; returns the unit of the verb, up to which nobody may have it, or 0.
    """
    tail = describe(units, at, claimed[at].group).tail
    verb_at = _after_those_among(units, tail)
    if verb_at == tail:
        return 0
    for other in [f for f in claimed.values() if at < f.at < verb_at and f.trigger is units[verb_at]]:
        del claimed[other.at]
    return verb_at


def _joined_before_a_verb(units: Units, at: int, claimed: dict[int, Figure]) -> Figure | None:
    """The figure of the group joined to this one, where both stand before their plural verb of harm; else None."""
    group = units[at].value
    if group.one == "named" or (group.number is None and group.one is None):
        return None
    after = describe(units, at, group).tail
    if after + 1 >= len(units) or not units[after].has("CONJ"):
        return None
    other = claimed.get(after + 1)
    before_verb = other is not None and other.rule == _VERB_LAST and other.trigger is not None
    if other is None or not before_verb or units[at - 1].has("CONJ"):
        return None
    number = other.trigger.feature("vnum") if other.trigger is not None else None
    return other if number in ("pl", "du") else None


def _two_before_a_verb(units: Units, at: int, claimed: dict[int, Figure]) -> list[Figure]:
    """«إن طبيبا وممرضة قتلا», «رجلا وزوجته لقيا حتفهما»: two persons, and the dual verb that tells what befell both; else nothing."""
    after = _past_adjectives(units, describe(units, at, units[at].value).tail)
    if after + 2 >= len(units) or not units[after].has("CONJ") or not units[after + 1].has_any(("GROUP", "DEFG")):
        return []
    other = units[after + 1].value
    if not isinstance(other, Group) or other.number is not None or other.effect or after + 1 in claimed:
        return []
    verb_at = _past_adjectives(units, describe(units, after + 1, other).tail)
    trigger = units[verb_at] if verb_at < len(units) else None
    if trigger is None or not trigger.has("HARM_V") or trigger.has("PRON") or not _is_dual(trigger):
        return []
    effect = _effect("@", trigger, other)
    if effect is None or not _suffers(units, trigger, verb_at + 1) or _denied(units, at):
        return []
    both = ((at, units[at].value), (after + 1, other))
    return [_described(units, Figure(cast(Effect, effect), group, i, i + 1, i, _VERB_LAST, trigger)) for i, group in both]


def _counted_before_their_state(units: Units, claimed: dict[int, Figure]) -> None:
    """«300 فتاة مفقودة», «14 حوثيا سقطوا قتلى»: the number of those who are in that state stands before it; changed in `claimed`."""
    for at in [at for at, figure in claimed.items() if figure.rule == _BY_ITS_STATE and at > 1]:
        before = at - 2 if units[at - 1].word in _THEY_FELL else at - 1
        if not units[before].has("GROUP"):
            continue
        figure, counted = claimed[at], units[before].value
        if before in claimed and claimed[before].effect == figure.effect:
            continue  # «ارتقى اثنان من المقاتلين شهداء»
        if figure.group.noun.feature("body") == "yes":
            continue  # «شيع مئات المواطنين جثمان شاب»
        uncounted = figure.group.number is None and figure.group.one != "named"
        both = at + 2 < len(units) and units[at + 1].has("CONJ") and units[at + 2].has("HARMED")  # «10 أشخاص قتلى وجرحى»
        if uncounted and counted.number is not None and not counted.effect and not both:
            claimed[at] = _described(units, replace(figure, group=counted, first=before))


_THEY_FELL: Final = frozenset({"سقطوا", "سقط", "سقطا", "ارتقوا", "خروا", "وقعوا"})
_BY_ITS_STATE: Final = "the group is named by its harm"


def _past_adjectives(units: Units, at: int) -> int:
    """Behind up to two words that say nothing of their own («قائدا ميدانيا»)."""
    return next((i for i in range(at, min(at + 2, len(units))) if not units[i].entry.tags <= _PLAIN_WORD), min(at + 2, len(units)))


_PLAIN_WORD: Final = frozenset({"W", "DEF"})


def _is_dual(verb: Unit) -> bool:
    return verb.feature("vnum") == "du" or verb.word.partition(" ")[0].endswith("يا")


def _listed_below(units: Units, claimed: dict[int, Figure]) -> None:
    """«… والقتلى هم:» and below it a line for each: «– 20 من المدنيين», «– عنصر من لواء …»; added to `claimed`.

    The lines are parts of the last figure of that harm before the colon; where there is none, figures of their own.
    """
    for colon in units.row.matching(_LIST_OPENS):
        head = _head_of_list(units, colon)
        if head is None:
            continue
        whole = next((f for at in sorted(claimed, reverse=True) if at < colon and _heads(units, f := claimed[at], head, colon)), None)
        if whole is None and head == _BEFORE:
            continue
        for at in _list_items(units, colon + 1):
            group = units[at].value if isinstance(units[at].value, Group) else _bare_number(units, at)
            if group is None:
                continue
            part = whole is not None and _fits(group, whole)
            told = Figure(
                effect=whole.effect if whole is not None else cast(Effect, head),
                group=group,
                first=at,
                last=at + 1,
                at=at,
                rule=LIST_LINE,
                role="part" if part else "alone",
                of=whole if part else None,
            )
            claimed[at] = _described(units, told)


def _named_below(units: Units, claimed: dict[int, Figure]) -> None:
    """«الشهداء:» and below it a name a line: one figure, as many as are named, unless the text has counted them before the list."""
    for colon in units.row.matching(_NAMES_OPEN):
        head = _head_of_list(units, colon)
        names = named_below(units, colon) if head not in (None, _BEFORE) else None
        if head is None or names is None:
            continue
        for at in [at for at in claimed if names.first <= at < names.last]:
            del claimed[at]  # the numbers of the lines are nobody
        if any(at < colon and _heads(units, figure, head, colon) for at, figure in claimed.items()):
            continue
        at = next(i for i in range(names.first, names.last) if not units[i].has("DASH") and not units[i].has("Q"))
        noun = units[at].value.noun if isinstance(units[at].value, Group) else units[at]
        count = bounded(names.count, "exact")
        group = Group(units[at].start, units[names.last - 1].end, count, noun, LIST_OF_NAMES, None)
        told = Figure(cast(Effect, head), group, at, names.last, at, LIST_OF_NAMES, tail=names.last)
        claimed[at] = replace(told, status=status_of(_in_brackets(units.items[names.first : names.last]), units.lexicon.names))


def _in_brackets(words: list[Unit]) -> list[Unit]:
    """The words in round brackets: «سامر الخطيب (طفل)» is a child, and no preacher."""
    found: list[Unit] = []
    inside = False
    for word in words:
        inside = word.has("LPAR") or (inside and not word.has("RPAR") and not word.has("NL"))
        if inside:
            found.append(word)
    return found


LIST_OF_NAMES: Final = "a list of the names of the harmed"
_NAMES_OPEN: Final = _LINES_BELOW
LIST_LINE: Final = "a line of a list of the harmed"
_LIST_OPENS: Final = "{COLON}(?={NL}{NL}?(?:{DASH|MARK}|{Q|GROUP}))"
_HEAD_REACH, _WHOLE_BEFORE_LIST = 6, 90
_AS_FOLLOWS: Final = frozenset({"التالي", "الاتي", "كالتالي", "كالاتي", "الشكل", "النحو"})
_BEFORE: Final = "as before"
"""The harm of a list that says only that those told before were so many here and so many there."""
_LINES: Final = 60


def _head_of_list(units: Units, colon: int) -> str | None:
    """The harm that the words right before a colon name («والقتلى والشهداء هم:», «وتوزع الشهداء على النحو الآتي:»), or None."""
    if units[colon - 1].word in _AS_FOLLOWS and any(units[i].word.startswith(_PARTED) for i in range(max(0, colon - _HEAD_REACH), colon)):
        return _BEFORE
    for i in range(colon - 1, max(-1, colon - _HEAD_REACH), -1):
        if units[i].has("STOP"):
            return None
        effect = units[i].feature("effect") if units[i].has("HARMED") else None
        if effect in ("killed", "injured", "missing", "arrested", "abducted"):
            return effect
    return None


def _heads(units: Units, figure: Figure, effect: str, colon: int) -> bool:
    """Whether a figure can be the whole that a list breaks down: of that harm, not a part itself, not far before it."""
    counted = figure.group.quantity.value is not None and figure.group.quantity.value > 1
    return effect in (figure.effect, _BEFORE) and counted and figure.role == "alone" and colon - figure.at <= _WHOLE_BEFORE_LIST


def _list_items(units: Units, at: int) -> Iterator[int]:
    """The counted groups or numbers that open the lines of a list, up to the first line that opens with neither."""
    for _ in range(_LINES):
        while at < len(units) and (units[at].has("NL") or units[at].has("DASH") or units[at].has("MARK")):
            at += 1
        if at >= len(units) or not (isinstance(units[at].value, Group) or units[at].has("Q")):
            return
        yield at
        while at < len(units) and not units[at].has("NL"):
            at += 1


_VERB_LAST: Final = "the group, then its verb of harm"
_VERB_REACH: Final = 40
"""Further off than this no such verb stands: the words that qualify a group, a name and those among it are fewer."""
_AMONG_REACH: Final = 12


def _after_those_among(units: Units, at: int) -> int:
    """The unit after «، بينهم 5 مدنيين،» or «، معظمهم مدنيون،»; `at` where nothing of the sort stands there."""
    start = at + 1 if at < len(units) and units[at].has("COMMA") else at
    if start >= len(units) or not (units[start].has("AMONG") or units[start].has("MOST")):
        return at
    for i in range(start + 1, min(len(units), start + _AMONG_REACH)):
        if units[i].has("HARM_V"):
            return i
        if units[i].has("STOP") or units[i].has("SEMI") or units[i].has("HARM_N"):
            return at
    return at


_PRONOUN_REACH: Final = 40
_OF_PERSONS: Final = ("killed", "injured", "arrested", "abducted", "released")


def _by_pronoun(units: Units, claimed: dict[int, Figure]) -> dict[int, Figure]:
    """«أطلقوا النار على أحد الحراس ما أدى لمقتله»: the harm told of a pronoun befell the person named before it.

    A second telling of the same harm is none, and an injury that the person died of is none beside the death.
    """
    found: dict[int, Figure] = {}
    for at in units.row.where("HARM_N", "HARM_V"):
        trigger = units[at]
        if not trigger.has("PRON"):
            continue
        effect = trigger.feature("effect")
        if effect not in _OF_PERSONS or _denied(units, at) or (at > 0 and units[at - 1].has("MODAL")):
            continue
        if at + 1 in claimed and claimed[at + 1].trigger is trigger:
            continue  # «اعتقالها خمسة مسلحين»: the pronoun did it
        person = _meant_by(units, at)
        if person is None:
            continue
        told = {f.effect for f in (claimed.get(person), *(f for f in found.values() if f.group.start == units[person].start)) if f}
        if effect in told or "killed" in told or (effect == "injured" and "attackers" not in told and "arrested" not in told and told):
            continue
        group = cast(Group, units[person].value)
        if group.quantity.value == 1 and trigger.word.endswith("هما"):
            group = replace(group, end=units[person + 2].end, quantity=TWO)
        before = claimed.get(person)
        described = before or _described(units, Figure(cast(Effect, effect), group, person, person + 1, person, "harm told of a pronoun"))
        told_of = replace(
            described,
            effect=cast(Effect, effect),
            at=at,
            first=at,
            last=at + 1,
            tail=at + 1,
            rule="harm told of a pronoun",
            trigger=trigger,
            role="alone",
            of=None,
            toll=False,
        )
        found[at] = told_of
    return found


def _meant_by(units: Units, at: int) -> int | None:
    """The last group before a pronoun, in its sentence, that agrees with it in number."""
    word = units[at].word
    wanted = 2 if word.endswith("هما") else 0 if word.endswith(("هم", "هن")) else 1
    for i in range(at - 1, max(-1, at - _PRONOUN_REACH), -1):
        unit = units[i]
        if unit.has_any(_SENTENCE_ENDS):
            return None
        group = unit.value
        if not isinstance(group, Group):
            continue
        value = group.quantity.value
        if value == 1 and wanted == 2 and _is_a_pair(units, i - 2, i):
            return i - 2
        if value == 1 and wanted == 1:
            return i if _is_person(units, i, group) else None
        if (wanted == 2 and value == 2) or (wanted == 0 and value != 1 and value is not None):
            return i
        if wanted == 1 and value == 1:
            return None
    return None


def _is_a_pair(units: Units, first: int, second: int) -> bool:
    """«رجل وزوجته»: two single persons with a conjunction between, whom «مقتلهما» means."""
    if first < 0 or not units[first + 1].has("CONJ"):
        return False
    one, other = units[first].value, units[second].value
    both = isinstance(one, Group) and isinstance(other, Group) and one.quantity.value == other.quantity.value == 1
    return both and _is_person(units, first, one) and _is_person(units, second, other)


_SENTENCE_ENDS: Final = frozenset({"STOP", "NL"})


def _is_person(units: Units, at: int, group: Group) -> bool:
    """A single person who can be meant: indefinite («شاب»), or known by name; «الجيش» and «الرئيس» of the sentence are not."""
    return group.one != "named" or is_known(units, at, group)


def _with_wholes(claimed: dict[int, Figure]) -> list[Figure]:
    """Figures in order; those that are part of «the last figure» («ثلاثة منهم») get its effect, or go where there is none."""
    found: list[Figure] = []
    for at in sorted(claimed):
        figure = claimed[at]
        if figure.effect == _LAST:
            named = figure.trigger.feature("effect") if figure.trigger is not None else None
            whole = next((f for f in reversed(found) if f.role != "subset" and named in (None, "killed_or_injured", f.effect)), None)
            reach = _WHOLE_REACH if named is None else _NAMED_WHOLE_REACH
            if whole is None or at - whole.at > reach or not _fits(figure.group, whole):
                continue
            figure = replace(figure, effect=whole.effect, of=whole)
        elif figure.role == "subset" and figure.of is None:
            figure = replace(figure, of=_whole_of(found, figure))
        found.append(figure)
    return found


def _whole_of(found: list[Figure], figure: Figure) -> Figure | None:
    """The last counted figure of the same harm that one told of «القتلى» can be a part of."""
    return next(
        (
            f
            for f in reversed(found)
            if f.effect == figure.effect and f.role not in ("subset", "part") and _fits(figure.group, f) and f.group.quantity.value != 1
        ),
        None,
    )


_WHOLE_REACH: Final = 100
_NAMED_WHOLE_REACH: Final = 250  # «من بين القتلى»: the text names the whole again
_LAST: Final = cast(Effect, "@last")
_FIXED: Final = {"one": ONE, "two": TWO, "plural": SHAPES["plural"], "several": Quantity(None, 3, None, "vague", "several")}


def _figure(units: Units, rule: Rule, match: Any) -> Figure | None:
    parts = match.re.groupindex
    at = match.start("group") if "group" in parts else match.start("q")
    trigger = units[match.start("trigger")] if "trigger" in parts else None
    group = _counted(units, at, rule)
    if group is None:
        return None
    if rule.name == _VERB_LAST and trigger is not None and group.quantity.vague_word == "dual_or_plural" and _is_dual(trigger):
        group = replace(group, quantity=TWO)  # «إن مدنيين لقيا مصرعهما»
    if rule.gives.get("toll") and group.one == "one" and group.noun.has("SUICIDE"):
        return None  # «حصيلة انفجار سيارة يقودها انتحاري 13 قتيلا»
    if rule.name == _SO_MANY_OF_THEM and units[at].has("ONE") and at and units[at - 1].has("GROUP"):
        return None  # «أفراد من عائلة واحدة بينهم طفلة»
    if rule.name == _SO_MANY_OF_THEM and _counts_weapons(units, at):
        return None  # «اعتراض العشرات منها»
    if rule.gives.get("toll") and group.quantity.vague_word in ("plural", "dual_or_plural"):
        return None  # «حصيلة بأعداد قتلى الحرب»: no number
    if at and units[at - 1].word == "اكبر" and group.quantity.bound == "vague":
        return None  # «لإيقاع أكبر عدد من الضحايا»: as many as could be
    needs = rule.gives.get("needs")
    if needs == "counted" and group.quantity.value is None:
        return None  # «القتلى هم مدنيون»
    if needs == "several" and group.quantity.value == 1:
        return None
    if isinstance(group.noun.value, Quantity) and (_is_share(units, at) or (needs == "no unit" and not _counts_people(units, at))):
        return None
    if needs == "no unit" and trigger is not None and trigger.word.startswith("ضبط") and _is_of_things(units, at):
        return None
    if needs == "subject" and not (_is_subject(group, trigger) and _suffers(units, trigger, match.end())):
        return None
    if needs == "armed agent" and not is_armed(units[match.start("agent")].value, units.lexicon.names):
        return None
    if needs == "armed agent beside" and not _harms_the_next(units, trigger, match.start("agent"), at, group):
        return None
    known = group.one == "named" or group.rule == EACH_NAMED
    if needs == "a doer" and not (known and _done_by(units, trigger, units.items[match.start("agent") : at])):
        return None
    if needs == "the fallen" and not _fell_dead(units, at, group):
        return None
    if needs == "bomber" and not units[match.start("agent")].value.noun.has("SUICIDE"):
        return None
    if needs == "attackers" and not _attack_together(group):
        return None
    if needs == "captives" and not group.noun.has("CAPTIVE"):
        return None
    if needs == "hostages" and (group.noun.feature("effect") != "abducted" or units[match.start()].feature("effect") in _PAST_CAPTIVITY):
        return None  # «لقي تسعة رهائن حتفهم»: hostages who were killed or freed
    if needs == "its own men" and not _loses_its_own(units, group):
        return None
    if needs == "held" and not _is_held(units, at, group):
        return None
    if needs == "told of itself" and (group.number is None or (trigger is not None and trigger.feature("effect") not in _TAKES)):
        return None  # «أعلنت مقتله»: the pronoun is of him whom it befell
    if needs == "his kin" and not (group.noun.has("KIN") and group.one == "named"):
        return None
    if needs == "a force" and units[at - 1].word not in _A_FORCE:
        return None  # «جنود إسرائيليون بين قتيل وجريح» are counted, or not, by their own noun
    if needs == "bodies" and not _is_body(units[match.start()]):
        return None
    if trigger is not None and trigger.has("BOTH") and rule.gives["effect"] == "@" and _has_subject(units, match.start("trigger")):
        return None
    effect = _effect(rule.gives["effect"], trigger, group)
    if effect is None or not _plausible(units, group, trigger, match.start("trigger") if trigger else at, at):
        return None
    if effect == "missing" and any(u.word.endswith(_THEIR_LIVES) for u in units.items[at + 1 : at + _LIVES_LOST]):
        effect = "killed"  # «فقدان ثلاثة من مقاتليها لحياتهم»
    figure = Figure(
        effect=cast(Effect, effect),
        group=group,
        first=match.start(),
        last=match.end(),
        at=at,
        rule=rule.name,
        trigger=trigger,
        toll=bool(rule.gives.get("toll")),
        rose=bool(rule.gives.get("toll")) and any(u.has("RISEN") for u in units.items[max(0, match.start() - 4) : at]),
        role=str(rule.gives.get("role", "alone")),
    )
    if _of_the_harmed(units, at, group):
        figure = replace(figure, role="subset")
    figure = _described(units, figure)
    if effect == "escaped" and figure.group.quantity.value != 1 and (figure.status == "civilian" or _leave_home(units, figure)):
        figure = replace(figure, effect="displaced")
    if group.noun.has("GIVEN_NAME") and group.one == "named" and figure.status == "unknown":
        figure = _as_what_he_was(units, figure)
    if group.rule == EACH_NAMED:
        end = units.row.index_at(group.end)
        figure = replace(figure, last=end, tail=end)
    if needs == "a force":
        figure = replace(figure, side_unit=units[at])
    if "owner" in parts and figure.side_unit is None:
        armed = status_of([units[match.start("owner")]], units.lexicon.names)
        figure = replace(figure, side_unit=units[match.start("owner")], status=armed if figure.status == "unknown" else figure.status)
    if figure.toll and units.row.holds("EXCEED", first=match.start() - 3, last=at):
        figure = replace(figure, group=_more_than(figure.group))
    if figure.toll and figure.side_unit is None and trigger is not None:
        figure = _with_owner(units, figure, match.start("trigger"))
    if "status" in rule.gives:
        return replace(figure, status=cast(Status, rule.gives["status"]))
    if "who" in parts:
        return replace(figure, status=status_of(units.items[match.start("who") : match.end("who")], units.lexicon.names))
    return figure


def _leave_home(units: Units, figure: Figure) -> bool:
    """«فرار مليوني شخص من منازلهم»: people driven out, and nobody who gets away from a prison or a pursuer."""
    behind = units.items[figure.at + 1 : figure.tail + _HOME_REACH]
    return any(unit.word.startswith(_HOMES) and unit.word.endswith(("هم", "هن")) for unit in behind)


_HOMES: Final = ("منازل", "بيوت", "ديار", "قرا", "بلدات", "مدن", "مناطق", "اراضي", "مساكن")
_HOME_REACH: Final = 4


def _as_what_he_was(units: Units, figure: Figure) -> Figure:
    """«قتل خالد سالم القيادي في الحركة», «خالد سالم مدير المدرسة»: status and side from what a name has in apposition.

    Kin say nothing of him («نجل القيادي»), and behind a comma only what has the article is said of him.
    """
    for i in range(figure.at + 1, figure.tail):  # the title was taken for a part of the name, as in «أحمد النجار»
        inside = units[i].value
        if isinstance(inside, Group) and not inside.noun.has("KIN") and i + 1 < len(units) and units[i + 1].has("IN"):
            people = describe(units, i, inside)
            if people.side_unit is not None:
                return replace(figure, status=people.status, side_unit=people.side_unit, tail=people.tail)
    at = figure.tail
    aside = at < len(units) and units[at].has("COMMA")
    group = units[at + aside].value if at + aside < len(units) else None
    if not isinstance(group, Group) or group.number is not None or group.effect or group.noun.has_any(("KIN", "PRON")):
        return figure
    known = group.one == "named" and group.quantity.value == 1
    if not (known or (group.one == "one" and not aside)):
        return figure
    people = describe(units, at + aside, group)
    return replace(figure, status=people.status, demographic=people.demographic, side_unit=people.side_unit, tail=people.tail)


_CLAUSE_MARKS: Final = ("STOP", "SEMI", "COMMA", "NL")
_THEIR_LIVES: Final = ("حياتهم", "حياته", "حياتها", "حياتهما", "ارواحهم")
_LIVES_LOST: Final = 10


_TAKES: Final = frozenset({"arrested", "abducted", "released"})
_PAST_CAPTIVITY: Final = frozenset({"killed", "injured", "killed_or_injured", "released"})


def _counts_weapons(units: Units, at: int) -> bool:
    """«تم اعتراض العشرات منها», «دمرت 12 منها»: rockets or vehicles, which are told of as «ها» like a crowd, but stopped or destroyed."""
    before, of_them = units[at - 1], units[at + 1]
    return at > 0 and of_them.word in ("منها", "من بينها") and (before.has_any(_DONE_TO_THINGS) or before.word in _DESTROYED)


_DONE_TO_THINGS: Final = ("INTERCEPT_N", "INTERCEPT_V", "DAMAGE_V", "DAMAGE_N")
_DESTROYED: Final = frozenset(
    "اعتراض اعترضت اعترض تدمير دمرت دمر اسقاط اسقطت اسقط اطلاق اطلقت سقوط سقطت سقط تفكيك انفجار انفجرت ضبط".split()
)
_A_FORCE: Final = ("قوه", "دوريه", "سريه", "فصيله", "القوه", "الدوريه")


def _loses_its_own(units: Units, group: Group) -> bool:
    """«خسر الجيش 12 جنديا», «تكبدت القوات 30 قتيلا»: men of arms or dead; who loses players or workers loses no lives."""
    counted = group.number is not None or group.quantity.value == 2
    return counted and (group.effect == "killed" or is_armed(group, units.lexicon.names) or group.noun.feature("status") == "armed")


def _more_than(group: Group) -> Group:
    """«تجاوز عدد القتلى 100»: the number is a bound."""
    quantity = group.quantity
    if quantity.value is None or quantity.bound != "exact":
        return group
    return replace(group, quantity=bounded(quantity.value, "more_than"))


def _with_owner(units: Units, figure: Figure, trigger_at: int) -> Figure:
    """«عدد قتلى التنظيم», «حصيلة القتلى في صفوف الجيش»: a toll whose own words say whose dead it counts."""
    for i in range(trigger_at + 1, min(figure.at, trigger_at + _OWNER_REACH)):
        before = units[i - 1]
        if (
            units[i].has("DEF")
            and units[i].feature("status") == "civilian"
            and figure.status == "unknown"
            and before.word.endswith(_THE_DEAD)
        ):
            return replace(figure, status="civilian")  # «حصيلة القتلى المدنيين»
        if i == trigger_at + 1 and not before.word.endswith(("قتلي", "جرحي", "شهداء")):
            continue  # «ضحايا التنظيم» are whom it killed
        led = i == trigger_at + 1 or before.has("KIND_OF") or (before.has("FROM") and i == trigger_at + 2)
        if led and units[i].has_any(("ACTOR", "GENERIC")):
            status = status_of([units[i]], units.lexicon.names)
            armed = status in ("combatant", "security")
            return replace(figure, side_unit=units[i], status=status if figure.status == "unknown" else figure.status) if armed else figure
    return figure


_OWNER_REACH: Final = 6
_THE_DEAD: Final = ("القتلي", "الضحايا", "الجرحي", "الشهداء", "المصابين", "من")


def _of_the_harmed(units: Units, at: int, group: Group) -> bool:
    """«تسعة من القتلى», «عشرة أشخاص من القتلى»: some of those told before."""
    if group.effect and group.rule == "number, 'of', people" and group.noun.has("DEF"):
        return True
    of = units.items[at + 1 : at + 3]
    return len(of) > 1 and group.number is not None and of[0].has("FROM") and of[1].has("HARMED") and of[1].has("DEF")


def _effect(said: str, trigger: Unit | None, group: Group) -> str | None:
    if said == "@group":
        return group.effect
    if said == "@toll":
        return group.effect or (trigger.feature("effect") if trigger else None) or "killed"
    if said == "@":
        # «إصابة 4 قتلى» does not occur; «مقتل 3 جرحى» is about the dead: the trigger wins unless it names no effect
        own = group.effect
        wider = trigger is not None and (trigger.has("FALL_OF") or trigger.feature("effect") == "killed_or_injured")
        if own in ("killed", "injured") and wider:
            return own  # «وذهب ضحية الانفجار سبعة قتلى»
        return trigger.feature("effect") if trigger else own
    return said


def _counted(units: Units, at: int, rule: Rule) -> Group | None:
    unit = units[at]
    count = rule.gives.get("count")
    if count in ("names", "names in a row"):
        return _each_named(units, at, named_each if count == "names" else named_in_a_row)
    if isinstance(unit.value, Group):
        return unit.value
    if count in _FIXED and not isinstance(unit.value, Quantity):
        one = None if count != "one" else "named" if unit.has("QUOTE") or unit.has("GIVEN_NAME") else "one"
        return Group(unit.start, unit.end, _FIXED[count], unit, rule.name, None, one)
    if count == "one if bare":
        return Group(unit.start, unit.end, ONE, unit, rule.name, None, "one")
    if rule.gives.get("count") == "as before":
        before = units[at - 2].value
        own = at + 2 < len(units) and units[at + 1].has("TO") and units[at + 2].has_any(("Q", "GROUP"))  # «15 شهيدا والمصابين إلى 40»
        number = before.number if isinstance(before, Group) and not own else None
        return Group(unit.start, unit.end, before.quantity, unit, rule.name, number) if number else None
    return _bare_number(units, at)


def _each_named(units: Units, at: int, naming: Callable[[Units, int], NamedBelow | None]) -> Group | None:
    """«كل من أحمد سالم ومحمود عيسى», «قتل أحمد سالم ومحمود عيسى»: as many as are named."""
    names = naming(units, at)
    if names is None:
        return None
    titles = [unit.value.noun for unit in units.items[at : names.last] if isinstance(unit.value, Group)]
    sorts = {(title.feature("status"), title.feature("demographic")) for title in titles}
    children = bool(titles) and bool(titles[0].feature("demographic")) and len(titles) < names.count
    of_one_sort = isinstance(units[at].value, Group) and len(sorts) == 1 and not children
    noun = titles[0] if of_one_sort else next(unit for unit in units.items[at : names.last] if not isinstance(unit.value, Group))
    return Group(units[at].start, units[names.last - 1].end, bounded(names.count, "exact"), noun, EACH_NAMED, None)


EACH_NAMED: Final = "each of those named"


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
    verb = after.word.startswith("ي") and after.word.endswith("ون")  # «إصابة نحو 100 يعالجون في …»
    return verb or after.has_any(_AFTER_A_NUMBER)


_AFTER_A_NUMBER: Final = frozenset({
    "CONJ", "COMMA", "STOP", "SEMI", "PREP", "IN", "AMONG", "MOST", "BOUND_AFTER", "OTHERS", "RPAR", "INJURY_TAIL", "DATE", "ALSO", "NL",
    "QUOTE", "WHEN", "KHILAL",
})  # fmt: skip


def _is_of_things(units: Units, at: int) -> bool:
    """«ضبط 15 من البنادق»: what is seized may be things, and people («15 من المطلوبين») are counted with their noun."""
    return at + 2 < len(units) and units[at + 1].has("FROM") and units[at + 2].entry.tags <= {"W", "DEF"}


def _is_share(units: Units, at: int) -> bool:
    """«بنسبة 31%», a time or a part of a date: no number of people."""
    after = units[at + 1] if at + 1 < len(units) else None
    return after is not None and after.has_any(("RATIO_NUM", "PERCENT", "SLASH", "COLON"))


def _suffers(units: Units, trigger: Unit | None, after: int) -> bool:
    """«38 شخصا قتلوا» suffered it; «مسلحون يقتلون ثلاثة مدنيين» did it to the group that follows the verb."""
    if trigger is None:
        return True
    if after + 1 < len(units) and units[after].has("IN") and units[after + 1].word in _BY_FIRE:
        after += 2  # «مسلحين قتلوا بالرصاص ثمانية مدنيين»
    for unit in units.items[after : after + 3]:
        if unit.has_any(("STOP", "IN", "CONJ", "COMMA", "AMONG", "PREP", "HARM_V", "HARM_N", "ALSO", "WHEN")):
            return True
        if isinstance(unit.value, Group):
            return not (trigger.has("PRES") or unit.value.number or unit.value.one)
    return True


_BY_FIRE: Final = ("الرصاص", "الرصاص الحي", "النار", "السكاكين", "السلاح الابيض")


def _attack_together(group: Group) -> bool:
    """A stated number of two or more who can attack: fighters, settlers, or people whom nothing else is said of."""
    counted = group.quantity.value is not None and group.quantity.value >= 2
    return (counted or group.quantity.vague_word in ("tens", "hundreds", "thousands")) and not group.effect


def _is_held(units: Units, at: int, group: Group) -> bool:
    """«يضم 200 معتقل», «يحتجز نحو 200 شخص»: detainees, or anybody whom a verb of holding has; a committee holds nobody."""
    if group.noun.feature("status") == "detainee":
        return True
    before = units.items[max(0, at - 4) : at]
    return any(u.word.endswith(("حتجز", "قبع", "حتجزه", "حتجزون")) for u in before)


def _harms_the_next(units: Units, trigger: Unit | None, agent: int, at: int, group: Group) -> bool:
    """«قتل مسلح 38 سائحا»: armed men right after the verb, then a counted group that no preposition ties to them.

    «قتل ثلاثة مسلحين شرطيا»: a single person in the accusative is the object of a verb that has one.
    """
    tied, doers = units[at - 1], units[agent].value
    armed = is_armed(doers, units.lexicon.names) or doers.noun.word.startswith(_SETTLERS)
    if tied.has_any(("PREP", "IN", "TO", "FROM", "ON", "KHILAL", "ALSO")) or not armed:
        return False
    if group.number is not None:
        return True
    object_of_it = group.one == "one" and units[at].word.endswith("ا") and not doers.noun.word.endswith("ا")
    return object_of_it and at - agent <= _OBJECT_BESIDE and _takes_an_object(trigger)


def _takes_an_object(trigger: Unit | None) -> bool:
    """«قتل», «خطف», «أصاب»; «استشهد مقاتل شابا» tells of his youth."""
    if trigger is None:
        return False
    taken = trigger.has("KILL_ACTIVE") or trigger.has("ASSASSIN_V") or trigger.feature("effect") in ("arrested", "abducted")
    return taken or trigger.word.startswith("اصاب")


_SETTLERS: Final = "مستوطن"
_OBJECT_BESIDE: Final = 2


def _fell_dead(units: Units, at: int, group: Group) -> bool:
    """«سقوط 12 متمردا»; not «سقط ثلاثة جنود أسرى», nor those between dead and wounded."""
    if group.quantity.vague_word in ("plural", "dual_or_plural"):
        return False
    last = min(len(units), at + _FALLEN_REACH)
    end = next((i for i in range(at + 1, last) if units[i].has_any(("CONJ", "COMMA", "STOP"))), last)
    told = [group.noun, *([group.owner] if group.owner is not None else []), *units.items[at + 1 : end]]
    if any(unit.has("BETWEEN") or unit.has("HARMED") or unit.word in _FELL_CAPTIVE for unit in told):
        return False
    return status_of(told, units.lexicon.names) != "detainee"


_FALLEN_REACH: Final = 6
_FELL_CAPTIVE: Final = ("اسر", "الاسر", "قبضه", "ايدي", "يد")


def _has_subject(units: Units, trigger_at: int) -> bool:
    """«إن سائق شاحنة قتل وأصيب 40 آخرون»: the first verb has its subject before it, so that each verb has a number of its own."""
    at = trigger_at - 1
    while at > max(0, trigger_at - _BEFORE_ITS_VERB) and not units[at].has_any(_NO_PART_OF_A_NAME):
        at -= 1
    return at >= 0 and isinstance(units[at].value, Group)


_BEFORE_ITS_VERB: Final = 3
_NO_PART_OF_A_NAME: Final = frozenset({*_CLAUSE_MARKS, "GROUP", "HARM_V", "HARM_N", "PREP", "SAY_V", "CONJ"})


def _is_body(unit: Unit) -> bool:
    if unit.has("BODY"):
        return True
    group = unit.value
    return isinstance(group, Group) and group.noun.feature("body") == "yes" and group.number is None and not group.one


def _is_subject(group: Group, trigger: Unit | None) -> bool:
    """«38 شخصا قتلوا»: a plural verb after the group; a singular one («ثلاثة أشخاص قتل») begins a new clause."""
    if trigger is None:
        return False
    if group.one == "named" and group.quantity is TWO:
        return _is_dual(trigger)  # «الشرطيان اللذان قتلا»
    if group.one == "named" and group.noun.has_any(("KIN", "DEF")):
        return False
    number = trigger.feature("vnum")
    if trigger.has("STATE"):  # «أشخاص محاصرون»: a participle agrees with any of them
        return True
    if group.one:
        return number == "sg"
    return number in ("pl", "du") or trigger.word.split(" ")[0].endswith(("وا", "يا"))  # «لقوا حتفهم», «قضيا»


def _plausible(units: Units, group: Group, trigger: Unit | None, trigger_at: int, at: int) -> bool:
    """Single persons count only right beside their trigger; further off they are bystanders of the sentence."""
    if trigger is not None and trigger.word == _TAKEN and _are_families(units, group):
        return False
    if trigger is not None and trigger.word.startswith("قض") and units.row.holds("HARM_N", "RELEASE_N", first=trigger_at + 1, last=at):
        return False  # «قضى الاتفاق بإطلاق 80 أسيرا»
    if trigger is not None and _is_no_death(units, trigger, trigger_at, group):
        return False
    if trigger is not None and trigger.word in _RULED and any(units[i].word == "ب" for i in range(trigger_at + 1, at)):
        return False
    bare = group.number is None and group.one is None and is_armed(group, units.lexicon.names)
    if bare and at > 1 and units[at - 1].word == "ل" and units[at - 2].has("ATTACK_N"):
        return False  # «قتل … في هجوم لمسلحين»
    if group.one == "one" and at and units[at - 1].has("IED"):
        return False  # «انفجار لغم حوثي»
    if trigger is not None and trigger.word == "قنص" and trigger_at and units[trigger_at - 1].entry.tags <= {"W", "DEF", "IN", "PREP"}:
        return False  # «في أعمال قنص», «برصاص قنص»: sniping, and no verb
    if trigger is not None and trigger.has("GIVEN_NAME"):
        return False  # «ياسر» is a man's name long before it is «captures»
    if trigger is None or group.effect:
        return True
    if group.one == "named" and trigger.feature("effect") == "trapped":
        return False  # «وعلق القائد على …»: he commented
    beside = (u.has("DATE") or u.has("INJURY_TAIL") or u.word in _IN_IT for u in units.items[trigger_at + 1 : at])
    gap = [u for u, aside in zip(units.items[trigger_at + 1 : at], beside, strict=True) if not aside]
    if group.one == "named" and units[at - 1].word == "مع" and group.noun.has("KIN"):
        return True  # «قتل حارس مع ابنه»
    if group.one == "named" and group.quantity is TWO and at < trigger_at:
        return True  # «الشرطيان اللذان قتلا»
    if group.one == "named":
        told = is_known(units, at, group) or _with_others(units, at, group) or _in_an_attack(units, trigger, at, group)
        return told and (len(gap) == 0 or _done_by(units, trigger, gap))
    if group.one == "one":
        return len(gap) <= 3 and not any(u.has("PERSON") or u.has("DEFG") for u in gap) and not _is_of_the_named(gap)
    return True


def _is_no_death(units: Units, trigger: Unit, trigger_at: int, group: Group) -> bool:
    """«أمام قضاء عادل», «تصفية حساباتهم على أبناء الحي»: a court, and accounts that somebody settles."""
    if trigger.word == "قضاء":
        return group.number is None
    after = units[trigger_at + 1].word if trigger_at + 1 < len(units) else ""
    return trigger.word == "تصفيه" and after.startswith(("حساب", "الحساب"))


def _is_of_the_named(gap: Sequence[Unit]) -> bool:
    """«قتل أحمد صالح نجل القيادي …», «قتل سامر خالد مدير المدرسة»: right behind a name a noun says who he was, and is no second person."""
    return bool(gap) and gap[0].has("GIVEN_NAME") and all(unit.has_any(_OF_A_NAME) or unit.word == "علي" for unit in gap)


_OF_A_NAME: Final = ("W", "GIVEN_NAME", "PLACE_WEAK")


def _in_an_attack(units: Units, trigger: Unit, at: int, group: Group) -> bool:
    """«قتل القيادي في غارة», «أصيب الشاب بإطلاق نار»: the attack right behind a person says that it befell him, though no name is told."""
    hurt = trigger.has("HARM_V") and trigger.feature("effect") in ("killed", "injured") and group.quantity.value == 1
    if not hurt or group.noun.has("KIN") or not group.noun.has("DEF") or at + 2 >= len(units):
        return False
    if not (units[at + 1].has("IN") and units[at + 2].has_any(_ATTACKS)):
        return False
    after = units[at + 3].value if at + 3 < len(units) else None
    return not (isinstance(after, Group) and after.number is not None)  # «قتل القائد في غارة خمسة مدنيين»


_ATTACKS: Final = frozenset({"RAID_N", "STRIKE_N", "SHELL_N", "BLAST_N", "BOMBING_N", "ATTACK_N", "SHOOT_N", "ARMS_N", "CLASH_N"})


def _with_others(units: Units, at: int, group: Group) -> bool:
    """«مقتل القيادي في التنظيم مع ثلاثة من مرافقيه»: a number of others behind him tells that he is one of the harmed."""
    after = describe(units, at, group).tail
    joined = after + 1 < len(units) and (units[after].has("CONJ") or units[after].word == "مع")
    others = units[after + 1].value if joined else None
    return isinstance(others, Group) and others.number is not None and not others.effect


def _done_by(units: Units, trigger: Unit | None, doer: Sequence[Unit]) -> bool:
    """Whether words after a verb say who did it: «خطف مسلحون الصحفي …»; «قتل حراس الوزير …» are his guards.

    «أصيب» and «استشهد» have no doer.
    """
    if trigger is None or not (trigger.has_any(("KILL_ACTIVE", "ASSASSIN_V")) or trigger.feature("effect") in ("arrested", "abducted")):
        return False
    doer = [unit for unit in doer if not unit.has_any(("DATE", "TO"))]
    if not doer or len(doer) > _DOER:
        return False
    if all(u.has_any(_DOERS) for u in doer):
        return True
    bare = doer[0].value
    if not isinstance(bare, Group) or not is_armed(bare, units.lexicon.names):
        return False
    return doer[0].word.endswith(_NO_CONSTRUCT) or len(doer) > 1


_DOER: Final = 3
_DOERS: Final = ("ACTOR", "GENERIC", "UNKNOWN_AGENT", "ADJ_ACTOR", "MEMBERS_OF")
_NO_CONSTRUCT: Final = ("ون", "ين", "ان")
"""Endings that a noun loses before its owner: «مسلحون», but «مسلحو الحركة»."""


def _are_families(units: Units, group: Group) -> bool:
    """«أسر أبناء الوطن», «أسر 15 شهيدا»: families, where «أسر 15 جنديا» took them."""
    return group.effect is not None or (group.number is None and group.one is None and not is_armed(group, units.lexicon.names))


_TAKEN: Final = "اسر"
_RULED: Final = frozenset({"قضي", "قضت"})
_IN_IT: Final = frozenset({"فيها", "فيه", "خلالها", "خلاله", "السيد", "السيده"})
"""Words that may stand between a harm and the name of him whom it befell; «السيد» is a family name too, and so no class."""


def _denied(units: Units, first: int) -> bool:
    """«دون وقوع إصابات»: a harm that did not happen, said right before its first word."""
    if first > 0 and units[first - 1].has("HEARD_FROM"):
        return True  # «مقابلات مع 30 ضحية»: witnesses, not the harmed
    if is_sentence(units, first) or _is_charge(units, first) or _is_shown(units, first) or _is_prided_in(units, first):
        return True
    if units.row.holds("NO_HARM", first=first - 2, last=first + 1) or _denied_before(units, first):
        return True
    if any(unit.word in _AVOIDED for unit in units.items[max(0, first - 2) : first]):
        return True  # «لتفادي وقوع ضحايا مدنيين»
    if any(i == first - 1 or units[i].word != "غير" for i in units.row.where("NEG", first=first - 2, last=first)):
        return True  # «هجوم غير مسبوق قتل»: «غير» denies one word
    # «لم يسفر القصف على البلدة عن إصابات»: the negation stands at the verb that leads to the harm
    if units[first - 1].word == "عن" and any(
        units[i].word.startswith("لم ") for i in units.row.where("NO_HARM", first=first - 9, last=first)
    ):
        return True
    return any(units[i + 1].has("LEADS_TO") for i in units.row.where("NEG", first=first - 9, last=first - 1))


_AVOIDED: Final = frozenset("تفادي لتفادي تفاديا تجنب لتجنب تجنبا تلافي لتلافي".split())


def _is_charge(units: Units, first: int) -> bool:
    """«وجهت تهمة القتل لثلاثة أشخاص»: those after it are accused, and nobody is told to be dead; «تهمة قتل ثلاثة أشخاص» tells of three."""
    return first > 0 and units[first].has("HARM_N") and units[first].has("DEF") and units[first - 1].word in _CHARGES


_CHARGES: Final = frozenset({"تهمه", "تهم", "تهمتي", "جريمه", "جرائم"})


def _is_shown(units: Units, first: int) -> bool:
    """«صورة لأحد القتلى»: one of those told before is seen in it."""
    return first > 1 and units[first].has("GROUP") and units[first - 1].word == "ل" and units[first - 2].word in _PICTURES


def _is_prided_in(units: Units, first: int) -> bool:
    """«عبر الوالدان عن فخرهما باستشهاد ابنيهما»: who is proud of a kinsman's death speaks of one told of before."""
    if first < 2 or first + 1 >= len(units) or not units[first].has("HARM_N") or units[first - 1].word not in ("ب", "في"):
        return False
    kin = units[first + 1].value
    return isinstance(kin, Group) and kin.noun.has("KIN") and kin.noun.has("PRON") and units[first - 2].word.startswith(_PRIDE)


_PRIDE: Final = ("فخر", "فخور", "اعتزاز", "واعتزاز", "وفخر")
_PICTURES: Final = frozenset({"صوره", "صورا", "صور", "الصوره", "صورتين", "مقطعا", "تسجيلا", "فيديو"})


def _denied_before(units: Units, first: int) -> bool:
    """«دون معلومات عن خسائر بشرية أو إصابات», «دون وقوع قتلى وجرحى»: the second of two harms of which the first is denied."""
    if first < 2:
        return False
    if units[first - 1].word == "او":
        low = next(
            (i for i in range(first - 1, max(-1, first - _DENIED_REACH), -1) if units[i].has_any(_CLAUSE_MARKS)), first - _DENIED_REACH
        )
        return units.row.holds("NO_HARM", "NEG", first=low + 1, last=first)
    uncounted = units[first].has("HARMED") and isinstance(units[first].value, Group) and units[first].value.number is None
    return uncounted and units[first - 1].has("CONJ") and units[first - 2].has("HARMED") and _denied(units, first - 2)


_DENIED_REACH: Final = 6


def _is_only_meant(units: Units, first: int) -> bool:
    """«هدد بقتل ثلاثة رهائن», «خطط داعش لاغتيال ضابط», «حاول اغتياله»: a killing, taking or arrest that somebody threatens or tries."""
    if not first:
        return False
    if units[first].has("HARM_N") and _is_asked_for(units, first):
        return True
    if not (units[first].has("HARM_N") and units[first].has_any(_DONE_TO_OTHERS)):
        return False
    if units[first - 1].word == "ل" and units[first].has("ARREST_N") and _is_purpose(units, first - 1):
        return True
    if not units[first - 1].has_any(_WHO_MEANS):
        return False  # «لمحاولة التعرف على مكان احتجازه», «لتنفيذ حملة خطف»: the word governs another
    for i in range(first - 1, max(-1, first - _MEANT_REACH), -1):
        if units[i].has("MODAL") and units[i].feature("modality") in _MEANT:
            return not units[i].word.startswith(_FOILED)  # «أحبطت القوة هجوما بقتل ثلاثة»
        if units[i].has_any(_NOT_MEANT):
            return False
    return False


def _is_asked_for(units: Units, first: int) -> bool:
    """«طالب القاضي بالإفراج عن خمسة»: what somebody asks for has befallen nobody."""
    if units[first - 1].word not in ("ب", "الي"):
        return False
    for i in range(first - 2, max(-1, first - _MEANT_REACH), -1):
        unit = units[i].value.noun if isinstance(units[i].value, Group) else units[i]  # «طالب» is a student too
        if unit.has("DEMAND"):
            return unit.word.startswith(_ASKS)
        if unit.has_any(_NOT_MEANT):
            return False
    return False


_ASKS: Final = ("طالب", "يطالب", "تطالب", "مطالب", "دعا", "دعت", "يدعو", "تدعو", "داعي", "ناشد", "يناشد", "تناشد")


def _is_purpose(units: Units, at: int) -> bool:
    """«اقتحمت القوات منزلا لاعتقال شاب», «داهمت الحي لاعتقال مطلوبين»: what they came for; whether they found him is not told."""
    for i in range(at - 1, max(-1, at - _PURPOSE_REACH), -1):
        if units[i].has_any(("STORM_V", "RAID_HOUSE")) or units[i].word in _CAME:
            return True
        if units[i].has_any(("STOP", "SEMI", "COMMA", "CONJ", "HARM_V", "HARM_N", "SAY_V")):
            return False
    return False


_PURPOSE_REACH: Final = 12
_CAME: Final = frozenset("توجهت توجه توجهوا دهمت دهم توغلت توغل".split())
_DONE_TO_OTHERS: Final = ("KILL_ACTIVE", "ASSASSIN_N", "ABDUCT_N", "ARREST_N", "EXECUTE_N")
_WHO_MEANS: Final = frozenset({"MODAL", "PREP", "ACTOR", "GENERIC", "GROUP", "DATE", "DEF", "PLACE"})
_MEANT: Final = ("planned", "attempted", "threatened")
_MEANT_REACH: Final = 6
_FOILED: Final = ("احبط", "احباط", "افشل", "افشال")
_NOT_MEANT: Final = frozenset({*_CLAUSE_MARKS, "CONJ", "REL", "THAT", "HARM_V", "HARM_N", "HARMED", "FALL_OF", "PAST"})


def _is_ill(units: Units, figure: Figure) -> bool:
    """«أصيب 108 أشخاص بالعدوى», «وفاة عشرة بالكوليرا»: a sickness, and no harm that somebody did."""
    after = range(figure.at + 1, min(len(units) - 1, max(figure.tail, figure.last, figure.at + 2) + 1))
    return any(units[i].word == "ب" and units[i + 1].has("ILLNESS") for i in after)


def is_sentence(units: Units, at: int) -> bool:
    """«قضت محكمة بإعدام 11 متهما», «حكمت بالإعدام على», «طالبت النيابة بإعدام»: a death that a court orders or somebody asks for."""
    if not units[at].has("EXECUTE_N") or at < 1 or units[at - 1].word != "ب":
        return False
    if units[at].has("DEF"):
        return True  # «غيابيا بالإعدام على سبعة»: nobody is killed «by the execution»
    ordered = units.row.where("JUDICIAL_V", "JUDICIAL_N", "DEMAND", "STOP", first=at - _COURT_REACH, last=at)
    return bool(ordered) and not units[ordered[-1]].has("STOP")


_COURT_REACH: Final = 9


def _firmer(new: Figure, old: Figure) -> bool:
    """Of two readings of one group: the noun's own effect loses to a nearer trigger; a toll wins; then the shorter match."""
    if new.toll != old.toll:
        return new.toll
    if _SO_MANY_HARMED in (new.rule, old.rule):
        return new.rule == _SO_MANY_HARMED  # «عشرين منهم أصيبوا» are no part of the dead
    if (new.group.rule == EACH_NAMED) != (old.group.rule == EACH_NAMED):
        return new.group.rule == EACH_NAMED  # «قتل أحمد سالم ومحمود عيسى»: not the first alone
    own_act = any(f.trigger is not None and f.trigger.has("OWN_ACT") for f in (new, old))
    if own_act and new.effect != old.effect and _LAST in (new.effect, old.effect):
        return old.effect == _LAST  # «بادر العشرات منهم إلى تسليم أنفسهم»
    strength = {"killed_or_injured": 2, "used_as_human_shields": 2, "attackers": 2, "abducted": 1, "released": 1}
    if strength.get(new.effect, 0) != strength.get(old.effect, 0):
        return strength.get(new.effect, 0) > strength.get(old.effect, 0)
    own = new.group.effect
    if new.effect == old.effect and (new.side_unit is None) != (old.side_unit is None):
        return new.side_unit is not None  # «وسقط للجيش خمسة قتلى»
    if own == "injured" and _died(new) != _died(old):
        return _died(new)  # «توفي ثلاثة جرحى»
    if own and own in ("killed", "injured", "killed_or_injured", "missing"):
        return new.effect == own and old.effect != own
    if own in ("abducted", "arrested") and (new.trigger is None) != (old.trigger is None):
        return new.trigger is not None  # «أفرجت الفصائل عن عدد من المختطفين»
    return new.last - new.first < old.last - old.first


def _died(figure: Figure) -> bool:
    """Whether wounded people died: «وفاة جريح», «فارق أحد المصابين الحياة», «إن اثنين من الجرحى توفيا»."""
    beside = figure.at - figure.first == 1 or figure.rule == _VERB_LAST
    return figure.effect == "killed" and not figure.toll and figure.trigger is not None and beside


# --- what follows a group --------------------------------------------------------------------------------------------


def _carried(units: Units, figure: Figure, claimed: dict[int, Figure]) -> Iterator[Figure]:
    """Groups after a figure that share its effect: «و4 مدنيين», «بينهم طفلان وامرأة», «إضافة إلى ثلاثة حراس»."""
    among = figure.role == "subset" and (figure.of is not None or figure.effect == _LAST or figure.rule == _AMONG_ARRESTED)
    # «من بين القتلى 8 جنود وصحفي»
    at, role, listed = figure.tail, "subset" if among else "alone", figure.role == "part" and figure.of is None
    parent = None if listed else figure.of if among else figure
    last: Figure | None = None  # the sibling told last
    if not among:
        at = _among_further_on(units, figure)
    if figure.group.quantity is TWO:
        pair = next((i for i in range(at, min(len(units), at + _SETTLED_WITHIN)) if units[i].word == "هما"), at)
        at = pair  # «وهما رجل وطفله»
    while at < len(units):
        unit = units[at]
        if unit.has("AMONG"):
            if role == "alone" and last is not None and parent is figure:
                parent = last  # «قتل 3 جنود و6 مدنيين بينهم طفلان»: of those told last
            role, at = "subset", at + 1
            continue
        if unit.has("COLON") or unit.has("LPAR") or unit.word in _CONSIST_OF:
            listed, at = True, at + 1
            continue
        if unit.has("COMMA") or unit.has("CONJ") or (unit.has("DASH") and _sums_up(units, at, figure)):
            listed = listed or (role == "alone" and not unit.has("CONJ") and _sums_up(units, at, figure))
            at += 1
            continue
        if unit.word in _BESIDES:
            role, at = "alone", at + 1
            continue
        if unit.word in _BESIDES_TO and at + 1 < len(units) and units[at + 1].word == "ل":
            role, at = "alone", at + 2
            continue
        if figure.rule == _SO_MANY_OF_THEM and units[at - 1].has("AMONG") and (unit.has("FROM") or _is_predicate(unit, figure)):
            people = describe(units, at - 1, figure.group) if unit.has("FROM") else describe(units, at, unit.value)
            if people.tail <= at:
                return
            claimed[figure.at] = replace(
                figure, status=people.status, demographic=people.demographic, who=people.who, side_unit=people.side_unit, tail=people.tail
            )
            at = people.tail
            continue
        if role == "subset" and (unit.has("PREP") or unit.has("HARM_V") or (unit.has("HARMED") and not unit.has("GROUP"))):
            at += 1
            continue
        if _is_adjective_in_a_list(units, at) or _is_where_before_more(units, at, figure):
            at += 1  # «أربعة جنود ماليين وخمسة متعاقدين»
            continue
        if _is_bare_number_of_a_side(units, at) and role == "alone" and not listed and at not in claimed:
            number = cast(Group, _bare_number(units, at))
            side = replace(figure, group=number, first=at, last=at + 1, at=at, rule="the group goes on", toll=False, side_unit=None)
            following = _described(units, side)
            at = following.tail
            yield following
            continue
        if role == "subset" and units[at - 1].has("AMONG") and at not in claimed and _is_some_of_them(units, at):
            some = replace(
                figure, group=cast(Group, _bare_number(units, at)), first=at, last=at + 1, at=at, rule="some of the group", role="subset",
                of=parent, toll=False, side_unit=None,
            )  # fmt: skip
            following = _described(units, some)
            if following.status == "unknown":
                following = replace(following, status=figure.status)
            at = following.tail
            yield following
            continue
        own = role == "subset" and units[at - 1].has("AMONG") and at in claimed and claimed[at].rule == _BY_ITS_STATE
        if role == "subset" and at in claimed and claimed[at].rule == _BY_ITS_STATE:
            captives = figure.effect == "killed" and claimed[at].effect == "abducted"  # «بينهم ضابط ومخطوفان»: captives among the dead
            cases = claimed[at].group.noun.has("CASE") and figure.group.noun.has("CASE") and claimed[at].effect == figure.effect
            own = own or captives or cases  # «بينها 101 حالة لأطفال و26 حالة لنساء»
        if at in claimed and claimed[at].trigger is figure.trigger and _and_his(units, at, figure) is not None:
            own = True  # «أصيب زوجها وأحد أطفالها»: the verb has the second too
        if not isinstance(unit.value, Group) or (at in claimed and not own):
            return
        claimed.pop(at, None)  # «من بينهم 27 قتيلا»
        group = unit.value
        if group.noun.feature("unit") == "family" and units[at - 1].has("FROM"):
            at += 1  # «ثلاثة منهم من عائلة واحدة»
            continue
        if listed and isinstance(units[at - 1].value, Group):
            at += 1  # «وطفلة قريبتهم»: said of the one before
            continue
        summed = _and_his(units, at, figure) if role == "alone" and not listed else None
        if summed is not None:
            figure, at = summed, summed.tail
            claimed[figure.at] = figure
            continue
        if listed and role != "subset" and not _fits(group, parent):
            return  # «وقال أحد الجرحى: ثلاثة مسلحين …»
        joined = at > 0 and (units[at - 1].has("CONJ") or role == "subset" or listed or _is_beside(units, at))
        if not joined or (group.one == "named" and not is_known(units, at, group)):
            return
        effect = group.effect if group.effect and role != "subset" else figure.effect
        if figure.trigger is None and figure.group.effect and role == "alone" and group.noun.has("DETAINEE_W"):
            effect = "arrested"  # «6 قتلى و10 معتقلين»
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
        if role == "subset" and group.number is None and group.one is None and group.quantity.value is None:
            following, at = _together(units, following)
        else:
            at = following.tail
        last = following if role == "alone" and not listed else last
        yield following


_CONSIST_OF: Final = frozenset("هم هما وهم وهما تشمل يشمل شملت تتضمن يتوزعون توزعو".split())
_SO_MANY_OF_THEM: Final = "so many of them"
_AMONG_ARRESTED: Final = "among those arrested, a group"
_SO_MANY_HARMED: Final = "so many of them came to harm"


def _is_some_of_them(units: Units, at: int) -> bool:
    """«بينهم اثنان بحال حرجة», «بينهم أربعة بالرصاص»: a number of which only the state is said."""
    after = units[at + 1] if at + 1 < len(units) else None
    number = units[at].value
    if after is None or not isinstance(number, Quantity) or number.value is None or isinstance(number.value, float):
        return False
    return after.has_any(("IN", "PREP", "COMMA", "STOP", "CONJ", "NL", "INJURY_TAIL")) and not _is_share(units, at)


def _is_predicate(unit: Unit, figure: Figure) -> bool:
    """«12 منهم سياح», «واحد منهم طبيب»: an indefinite noun that says who they were; «منهم 12 سائحا» is a number of its own."""
    group = unit.value
    if not isinstance(group, Group) or group.number is not None or group.effect:
        return False
    return group.one is None or (group.one == "one" and figure.group.quantity.value == 1)


def _is_bare_number_of_a_side(units: Units, at: int) -> bool:
    """«65 قتيلا في صفوف الحوثيين و24 في صفوف القوات»: a number of which only the side is said."""
    if not units[at].has("Q") or not units[at - 1].has("CONJ") or at + 2 >= len(units):
        return False
    return units[at + 1].has("IN") and units[at + 2].has("KIND_OF") and _bare_number(units, at) is not None


def _among_further_on(units: Units, figure: Figure) -> int:
    """The unit of «بينهم» in «قتل ستون شخصا في معارك المدينة، بينهم …»; the figure's tail where it says nothing of the sort."""
    if figure.group.quantity.value == 1:
        return figure.tail
    start = max(figure.tail, figure.last)  # after its verb too: «خمسة قتلوا في الهجوم، بينهم …»
    for i in range(start, min(len(units) - 1, start + _THEY_FURTHER)):
        unit = units[i]
        after = units[i + 1].value
        counted = isinstance(after, Group) and (after.number is not None or (after.quantity.value is not None and after.one != "named"))
        counted = counted and not units[i - 1].has("Q")  # «واحد منهم طبيب»
        some = counted or _is_some_of_them(units, i + 1)
        if i < start + _AMONG_FURTHER and unit.has("AMONG") and some:
            return i  # «في قصف على المدينة بينهم ثلاثة أطفال»
        if _opens_a_list(units, i) or _sums_up(units, i, figure):
            return i  # «في الهجوم على المدينة: ثلاثة جنود ومدنيان»
        if (isinstance(unit.value, Group) and not unit.value.noun.has("KIND")) or (
            unit.has_any(_NEW_CLAUSE) and unit.word not in _THEIR_DEATH
        ):
            return figure.tail
        if i < start + _AMONG_FURTHER and (unit.has("COMMA") or units[i + 1].word in _WITH_THEM) and units[i + 1].has("AMONG"):
            return i + 1
        if unit.has("THEY") and isinstance(after, Group) and (after.quantity.value or 0) > 1:
            return i  # «في الهجوم على المدينة، هم ثلاثة جنود ومدنيان»
    return figure.tail


_WITH_THEM: Final = ("بما في ذلك", "بمن في ذلك", "بما فيهم", "بمن فيهم", "من بينهم")


def _opens_a_list(units: Units, at: int) -> bool:
    """A colon with two or more counted groups after it."""
    if not units[at].has("COLON") or not isinstance(units[at + 1].value, Group) or units[at + 1].value.number is None:
        return False
    after = describe(units, at + 1, units[at + 1].value).tail
    following = units.items[after : after + 3]
    return any(isinstance(unit.value, Group) and unit.value.quantity.value is not None for unit in following)


def _sums_up(units: Units, at: int, figure: Figure) -> bool:
    """«قتل سبعة أشخاص في الانفجار، أربعة مدنيين وثلاثة شرطيين»: counted groups behind a comma or dash that make up the number exactly."""
    whole = figure.group.quantity
    if whole.bound != "exact" or whole.value is None or whole.value < _SUMMED or not units[at].has_any(("COMMA", "DASH")):
        return False
    total, parts, i = 0, 0, at + 1
    while i < len(units) and parts < _SUMMED and isinstance(units[i].value, Group):
        group = units[i].value
        if group.quantity.value is None or group.one == "named" or group.effect:
            return False
        total, parts = total + int(group.quantity.value), parts + 1
        i = describe(units, i, group).tail
        if i >= len(units) or not units[i].has("CONJ"):
            break
        i += 1
    return parts > 1 and total == whole.value


_SUMMED: Final = 3
"""A smaller number than this is made up of others by chance, and longer lists than of so many groups have a colon."""
_THEIR_DEATH: Final = frozenset({"مصرعهم", "مصرعهما", "حتفهم", "حتفهما", "حياتهم"})
_AMONG_FURTHER, _THEY_FURTHER = 14, 24
_NEW_CLAUSE: Final = frozenset({"STOP", "SEMI", "NL", "HARM_V", "HARM_N", "SAY_V", "ALSO", "AMONG", "COLON", "LPAR"})


def _is_adjective_in_a_list(units: Units, at: int) -> bool:
    if at + 1 >= len(units) or not isinstance(units[at - 1].value, Group):
        return False
    adjective = units[at].entry.tags <= {"W", "ACC"} or units[at].has("ADJ_ACTOR")
    return adjective and (units[at + 1].has("CONJ") or units[at + 1].has("COMMA"))


def _is_where_before_more(units: Units, at: int, figure: Figure) -> bool:
    """«12 من قوات الطوارئ بعسير و3 من العاملين»: a word of where they were, before a group with its number."""
    where = at == figure.tail and units[at].entry.tags == {"W"} and units[at].word.startswith("ب")
    if not where or at + 2 >= len(units) or not units[at + 1].has("CONJ"):
        return False
    more = units[at + 2].value
    return isinstance(more, Group) and more.number is not None


def _and_his(units: Units, at: int, figure: Figure) -> Figure | None:
    """«قتلت السيدة هند وابنها», «أصيب والداه وشقيقه»: known persons of one list are one figure, as many as are named."""
    group, other = figure.group, units[at].value
    if not isinstance(other, Group):
        return None
    his = other.rule == "one of them" and other.noun.has("PRON")  # «زوجها وأحد أطفالها»
    known = his or (other.one == "named" and is_known(units, at, other))
    if group.one != "named" or not known or not units[at - 1].has("CONJ"):
        return None
    if group.quantity.value is None or other.quantity.value is None:
        return None
    if group.quantity is TWO and not group.noun.has("KIN") and units[at].word.startswith(_HIS_BROTHER):
        return replace(figure, tail=_described(units, replace(figure, at=at, group=other)).tail)  # the second of «الطفلان أحمد وشقيقه»
    both = replace(group, end=units[at].end, quantity=bounded(group.quantity.value + other.quantity.value, "exact"))
    after = _described(units, replace(figure, at=at, group=other)).tail
    return replace(figure, group=both, tail=after, last=max(figure.last, at + 1))


_HIS_BROTHER: Final = ("شقيق", "اخوه", "اخته", "اخاه")


def _together(units: Units, figure: Figure) -> tuple[Figure, int]:
    """«بينهم نساء وأطفال»: one part of the whole, of both kinds, and the unit after it."""
    at, demographic = figure.tail, list(figure.demographic)
    while at + 1 < len(units) and units[at].has("CONJ"):
        value = units[at + 1].value
        if not isinstance(value, Group) or value.number is not None or value.one is not None or value.effect:
            break
        if value.quantity.value is not None or _of_another_sort(value, figure):
            break
        demographic += [d for d in (value.noun.feature("demographic") or "").split() if d not in demographic]
        at += 2
    return replace(figure, demographic=tuple(demographic), tail=at), at


def _of_another_sort(group: Group, figure: Figure) -> bool:
    """«بينهم جنود ومدنيون»: the armed and the others are two parts of the whole."""
    armed = ("combatant", "security", "armed")
    status = group.noun.feature("status")
    return status is not None and figure.status != "unknown" and (status in armed) != (figure.status in armed)


_BESIDES: Final = frozenset({"مقابل", "الي جانب", "بالاضافه الي", "اضافه الي", "فضلا عن", "علاوه علي"})


_BESIDES_TO: Final = frozenset({"اضافه", "بالاضافه"})


def _is_beside(units: Units, at: int) -> bool:
    """«إضافة إلى مدني», «إضافة لمدني»."""
    return units[at - 1].word in _BESIDES or (units[at - 1].word == "ل" and units[at - 2].word in _BESIDES_TO)


def _fits(group: Group, whole: Figure | None) -> bool:
    if whole is None or whole.group.quantity.value is None or group.quantity.value is None:
        return True
    return group.quantity.value <= whole.group.quantity.value


def _two_or_many(units: Units, at: int, tail: int, group: Group) -> Group:
    """«مدنيين», which may be two or many, settled by what follows: «من رجال ونساء», «تم نقلهم» many; «وهما رجل وطفله» two."""
    if group.quantity.vague_word != "dual_or_plural":
        return group
    before = units[at]
    for unit in units.items[at + 1 : tail + _SETTLED_WITHIN]:
        if unit.has("STOP") or unit.has("SEMI") or unit.has("HARM_V") or unit.has("HARM_N"):
            return group
        if unit.word in ("هما", "كلاهما") or (before.word in _WAS_DONE and unit.word.endswith("هما")):
            return replace(group, quantity=TWO)
        if before.word in _WAS_DONE and unit.word.endswith("هم"):
            return replace(group, quantity=SHAPES["plural"])
        before = unit
        many = isinstance(unit.value, Group) and unit.has("BARE") and unit.value.quantity.vague_word == "plural"
        if unit.word in ("هم", "وهم") or unit.has("AMONG") or (many and units[at + 1].has("FROM")):
            return replace(group, quantity=SHAPES["plural"])
    return group


_SETTLED_WITHIN: Final = 8
_WAS_DONE: Final = frozenset({"تم", "جري", "يتم", "يجري"})
"""«تم نقلهما إلى المستشفى»: behind it stands what was done to those told before."""


def _bounded_behind(units: Units, at: int, tail: int, group: Group) -> Group:
    """«13 جنديا من القوات النظامية على الأقل»: a bound behind the words that say who they were."""
    value = group.quantity.value
    if value is None or group.quantity.bound != "exact" or group.one == "named":
        return group
    bound = units.row.first_of("BOUND_AFTER", first=at + 1, last=tail + 1)
    return group if bound is None else replace(group, quantity=bounded(value, cast(Bound, units[bound].feature("bound"))))


def _described(units: Units, figure: Figure) -> Figure:
    """The figure with who they were."""
    people = describe(units, figure.at, figure.group)
    group = _bounded_behind(units, figure.at, people.tail, _two_or_many(units, figure.at, people.tail, figure.group))
    loaded = people.loaded or (figure.trigger.feature("loaded") if figure.trigger is not None else None)
    return replace(
        figure,
        group=group,
        status=people.status,
        demographic=people.demographic,
        who=people.who,
        side_unit=people.side_unit,
        tail=people.tail,
        loaded=loaded,
        name=people.name,
        others=people.others,
    )
