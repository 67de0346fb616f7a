"""Whose men a figure counts, where only an earlier name says it: «16 من عناصر التنظيم», «أعلنت … مقتل خمسة من مقاتليها».

A definite word for a group is the group of that sort named last; a pronoun is the force before it that agrees with it. Where two
could be meant and nothing tells them apart, the side stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sijill.annotate.casualties import Figure
from sijill.annotate.unit import Unit
from sijill.claims.context import Context
from sijill.claims.sources import source_at

__all__ = ["whose_men"]


def whose_men(context: Context, figure: Figure, position: int, sentence: int) -> tuple[str | None, Unit | None]:
    """The actor whose men a figure counts and the unit that names it; two times None where its words point to nobody."""
    noun = figure.group.noun
    if noun.has("OWN_MEN") or (noun.has("PERSON") and _head(noun.word) in _MEN and noun.word.endswith(_PRONOUNS)):
        at = _by_pronoun(context, noun.word, position, sentence)
    else:
        word = figure.side_unit or noun
        head = word.word.split(" ")[-1]
        at = _by_name(context, head.removeprefix("ال"), position, sentence) if head in _GROUPS else None
    if at is None:
        return None, None
    return context.actor_at(at), context.units[at]


_MEN: Final = ("عناصر", "مقاتلي", "مسلحي", "افراد", "جنود", "قوات", "حراس", "ضباط", "قاده", "قيادي", "منتسبي", "مجندي", "شرطي", "رجال")
_PRONOUNS: Final = ("ه", "ها", "هم")
_GROUPS: Final = frozenset("التنظيم الحركه الجماعه الحزب الميليشيا الميليشيات المليشيا المليشيات الفصيل".split())


def _head(word: str) -> str:
    """The noun without its pronoun: «عناصرها», «مقاتليه»."""
    return next((word.removesuffix(pronoun) for pronoun in ("ها", "هم", "ه") if word.endswith(pronoun)), word)


# --- by a word for such a group --------------------------------------------------------------------------------------

_NAMED_BEFORE, _NAMED_WITHIN = 40, 1500
"""How many actors back, and within how many units, the one is looked for that «التنظيم» stands for; keeps long texts linear."""
_SENTENCES_BEFORE: Final = 3


def _by_name(context: Context, head: str, position: int, sentence: int) -> int | None:
    """The group of that sort named last («تنظيم داعش», or «داعش» which is one), else the one group of any sort named nearby."""
    before = context.actors_between(max(0, position - _NAMED_WITHIN), position)[-_NAMED_BEFORE:]
    for at in reversed(before):
        if _is_a(context, at, head):
            return at
    low = context.sentences[max(0, sentence - _SENTENCES_BEFORE)][0]
    groups = [at for at in before if at >= low and _is_group(context, at)]
    return groups[-1] if len({context.actor_at(at) for at in groups}) == 1 else None


def _is_a(context: Context, at: int, head: str) -> bool:
    """Whether an actor is called «تنظيم …», «حركة …» in the text, or is so called with its name alone."""
    unit, names = context.units[at], context.names
    if not unit.has("ACTOR"):
        return False
    if unit.word.startswith(head + " "):
        return True
    full = f"{head} {unit.word}"
    return names.actor_of(full) == names.actor_of(unit.word) and "PARTISAN" not in names.tags(full)


def _is_group(context: Context, at: int) -> bool:
    actor = context.names.actors.get(context.actor_at(at) or "")
    return actor is not None and actor.type in ("Rebel group", "Political militia", "Identity militia")


# --- by a pronoun ----------------------------------------------------------------------------------------------------


def _by_pronoun(context: Context, word: str, position: int, sentence: int) -> int | None:
    """The force before the group that its pronoun agrees with: of its sentence, who is said to tell it, or of the sentence before."""
    start = context.sentences[sentence][0]
    low = max(start, position - _PRONOUN_REACH)
    here = _that_agree(context, word, context.actors_between(low, position))
    doers = [at for at in here if at == 0 or not context.units[at - 1].has_any(("ON", "FROM", "TO", "PREP"))]
    source = source_at(context, sentence, position)
    told_by = _that_agree(context, word, context.actors_between(source[1], source[2])) if source is not None and not doers else []
    found = doers or told_by or here
    if not found and sentence and low == start and not context.actors_between(low, position):
        before = max(context.sentences[sentence - 1][0], start - _PRONOUN_REACH)
        found = _that_agree(context, word, context.actors_between(before, start))
    return found[-1] if found else None


_PRONOUN_REACH: Final = 120
"""How far before its group, in units, whom a pronoun means may be named; keeps long sentences linear."""


def _that_agree(context: Context, word: str, actors: Iterable[int]) -> list[int]:
    """The actors that a pronoun can mean, in order; one that something is done to («هجوم على …») only where nobody else can be."""
    return [at for at in actors if _agrees(context.units[at], word) and _has_men(context, at, _head(word))]


def _has_men(context: Context, at: int, men: str) -> bool:
    """Whether an actor can have such men: a crowd has no soldiers, a state no «مسلحين»."""
    actor = context.names.actors.get(context.actor_at(at) or "")
    if actor is None or actor.type in ("Civilians", "Protesters", "Rioters"):
        return False
    return actor.type != "State forces" or men not in ("مقاتلي", "مسلحي", "قيادي")


def _agrees(unit: Unit, word: str) -> bool:
    """«ها» of a feminine or a plural of things, «ه» of a masculine, «هم» of people; a name that shows neither may be any."""
    gender = _gender(unit)
    pronoun = "هم" if word.endswith("هم") else "ها" if word.endswith("ها") else "ه"
    return gender is None or gender == pronoun


def _gender(unit: Unit) -> str | None:
    """The pronoun that stands for a name."""
    words = unit.word.split(" ")
    first = words[1] if len(words) > 1 and words[0] in _MEN_OF else words[0]
    bare = first.removeprefix("ال")
    if bare in _MASCULINE:
        return "ه"
    if unit.has("COUNTRY") or bare in _FEMININE or bare.endswith(("ه", "ات")):
        return "ها"
    return "هم" if first.endswith(("ون", "ين")) else None


_MEN_OF: Final = frozenset("عناصر مقاتلو مقاتلي مسلحو مسلحي".split())
_MASCULINE: Final = frozenset("تنظيم جيش حزب تحالف فصيل لواء جهاز حرس نظام فيلق احتلال حشد جناح داعش امن دفاع".split())
_FEMININE: Final = frozenset("فصايل كتايب سرايا قسد حماس طالبان الويه ميليشيا مليشيا اسرايل تركيا روسيا".split())
