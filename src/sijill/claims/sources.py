"""Who says so: the source named nearest to a claim in its sentence, after «بحسب» or as the subject of a verb of saying."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import Final

from sijill.annotate.actors import is_actor
from sijill.claims.context import Context, EventDraft

__all__ = ["SOURCE_REACH", "find_sources", "source_at"]


def find_sources(context: Context, drafts: list[EventDraft]) -> None:
    """Who is said to have said it: the source named nearest to the event in its sentence."""
    for draft in drafts:
        found = source_at(context, draft.sentence, draft.first)
        if found is not None:
            draft.source = found[0]
            draft.note(context.units, "source", found[1], found[2], "who is said to have said it")


SOURCE_REACH: Final = 60
"""How many words a source goes on speaking; newspapers' sentences can be whole paragraphs."""


def source_at(context: Context, sentence: int, position: int) -> tuple[str, int, int] | None:
    """The source of what stands at a unit: id, and the units that name it; None where the report speaks for itself.

    The last source named before the words speaks for them; one named after them («…، بحسب …») only when none stands before.
    """
    if context.sources is None:
        context.sources = _all_sources(context)
    sources = context.sources
    if not sources:
        return None
    low, high = context.sentences[sentence]
    split = bisect_left(sources, position + 1, key=_FIRST_UNIT)
    if split:
        before = sources[split - 1]
        if before[1] >= max(low, position - SOURCE_REACH):
            return before
    end = min(high, position + SOURCE_REACH // 2)
    for n in range(split, len(sources)):
        source = sources[n]
        if source[1] >= end:
            break
        if context.units[source[1]].has("ACCORDING"):
            return source
    return None


_FIRST_UNIT: Final = itemgetter(1)


def _all_sources(context: Context) -> list[tuple[str, int, int]]:
    units, row = context.units, context.units.row
    found: list[tuple[str, int, int]] = []
    named, at = sorted({*row.where("SOURCE"), *context.actors_between(0, len(units))}), 0
    for i in row.where("ACCORDING", "SAY_V"):
        while at < len(named) and named[at] <= i:
            at += 1
        after = _named_after(context, i, named, at)
        if after is not None and not _is_accused(context, i, after[1]):
            found.append((after[0], i, after[1] + 1))
        elif units[i].has("SAY_V") and i > 0 and (name := _source_name(context, i - 1)):
            found.append((name, i - 1, i + 1))
        elif units[i].has("SAY_V") and found and _goes_on(context, i, found[-1][1]):
            found.append((found[-1][0], i, i + 1))
    return sorted(found, key=_FIRST_UNIT)


def _named_after(context: Context, verb: int, named: list[int], at: int) -> tuple[str, int] | None:
    """The first source behind a verb of saying or «بحسب», with its unit, up to the words behind which it would be spoken of.

    `named` are the units that name somebody, from number `at` on those behind the verb.
    """
    units, last = context.units, verb + _NAMED_WITHIN
    if at == len(named) or named[at] >= last:
        return None
    end = units.row.first_of("STOP", "THAT", "COLON", "HARM_N", "HARM_V", first=verb + 1, last=last) or last
    for n in range(at, len(named)):
        who = named[n]
        if who >= end or any(unit.word == "الي" and unit.has("TO") for unit in units.items[verb + 1 : who]):
            return None  # «وأشار إلى مقتل ثلاثة من عناصر الفصيل»
        if name := _source_name(context, who):
            return name, who
    return None


_NAMED_WITHIN: Final = 7
"""Within how many words behind a verb of saying its subject is named."""


def _goes_on(context: Context, verb: int, told: int) -> bool:
    """«وأضاف أن …», «وأشارت إلى …»: whoever spoke in the sentence before goes on, as nobody else is named."""
    units = context.units
    if verb < 2 or not units[verb].word.startswith(_GOING_ON):
        return False
    opens = units[verb - 1].has("CONJ") and units[verb - 2].has_any(("STOP", "NL"))
    if not opens or verb + 1 >= len(units) or not (units[verb + 1].has("THAT") or units[verb + 1].word in ("الي", "ب")):
        return False
    return 0 < context.sentence_of(verb) - context.sentence_of(told) <= 1


_GOING_ON: Final = ("اضاف", "تابع", "اشار", "لفت", "اوضح", "ذكر", "اكد", "افاد", "بين", "نوه", "قال")


def _is_accused(context: Context, verb: int, at: int) -> bool:
    """«تُتهم الحكومة بقصف …», «اتهمت المنظمة القوات بقتل …»: who stands before «ب» is accused and says nothing."""
    units = context.units
    if at + 1 >= len(units):
        return False
    blamed = units[verb].word.startswith("حمل") and units[at + 1].word.startswith("مسوولي")  # «حملت الحكومة الفصيل مسؤولية الهجوم»
    return blamed or (units[verb].word.startswith(("تتهم", "يتهم", "اتهم")) and units[at + 1].word == "ب")


def _source_name(context: Context, at: int) -> str | None:
    unit = context.units[at]
    if unit.has("SOURCE"):
        return context.names.source_of(unit.word)
    if is_actor(context.units, at) and not unit.has("ADJ_ACTOR"):
        return context.actor_at(at)
    return None
