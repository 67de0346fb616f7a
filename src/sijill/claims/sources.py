"""Who says so: the source named nearest to a claim in its sentence, after «بحسب» or as the subject of a verb of saying."""

from __future__ import annotations

import itertools
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
    sources, (low, high) = context.sources, context.sentences[sentence]
    if not sources:
        return None
    split = bisect_left(sources, position + 1, key=_FIRST_UNIT)
    if split and sources[split - 1][1] >= max(low, position - SOURCE_REACH):
        return sources[split - 1]
    end = min(high, position + SOURCE_REACH // 2)
    for source in itertools.islice(sources, split, None):
        if source[1] >= end:
            break
        if context.units[source[1]].has("ACCORDING"):
            return source
    return None


_FIRST_UNIT: Final = itemgetter(1)


def _all_sources(context: Context) -> list[tuple[str, int, int]]:
    units, found = context.units, []
    named = sorted({*units.row.where("SOURCE"), *context.actors_between(0, len(units))})
    for i in units.row.where("ACCORDING", "SAY_V"):
        end = units.row.first_of(*_SPOKEN_OF, first=i + 1, last=i + 7) or i + 7
        end = next((j for j in units.row.where("TO", first=i + 1, last=end) if units[j].word == "الي"), end)
        near_by = named[bisect_left(named, i + 1) : bisect_left(named, end)]
        after = next(((name, j) for j in near_by if (name := _source_name(context, j))), None)
        if after and not _is_accused(context, i, after[1]):
            found.append((after[0], i, after[1] + 1))
        elif units[i].has("SAY_V") and i > 0 and (name := _source_name(context, i - 1)):
            found.append((name, i - 1, i + 1))
        elif units[i].has("SAY_V") and found and _goes_on(context, i, found[-1][1]):
            found.append((found[-1][0], i, i + 1))
    return sorted(found, key=lambda s: s[1])


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
_SPOKEN_OF: Final = ("STOP", "THAT", "COLON", "HARM_N", "HARM_V")
"""Who stands behind these words, or behind «إلى», is spoken of: «وأشار إلى مقتل ثلاثة من عناصر الفصيل»."""


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
