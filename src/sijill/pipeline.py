"""The order of the stages: `read(report)` is pure and local to one report.

text → units → dates, numbers → places, events; counted groups → figures → claims. Each layer runs only where its words stand.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from sijill.annotate import casualties, dates, events, numbers, places
from sijill.annotate.layout import Layout, layout
from sijill.annotate.tokenise import tokenise
from sijill.annotate.unit import Chunk
from sijill.annotate.units import Units
from sijill.claims import Context, DatedSpan, build
from sijill.errors import DateError
from sijill.lexicon import Lexicon, load_lexicon
from sijill.records import Reading, Report
from sijill.rules import Leads, RuleSet
from sijill.text import MAX_CHARACTERS, fold, has_arabic

__all__ = ["parse_date", "read", "understand"]


@dataclass(frozen=True)
class _Reader:
    """The lexicon with the rules compiled against it."""

    lexicon: Lexicon
    groups: RuleSet
    figures: RuleSet
    harm: Leads
    events: RuleSet


@lru_cache(maxsize=1)
def _reader() -> _Reader:
    lexicon = load_lexicon()
    groups, figures, harm = casualties.group_rules(lexicon), casualties.figure_rules(lexicon), casualties.harm_words(lexicon)
    reader = _Reader(lexicon, groups, figures, harm, events.event_rules(lexicon))
    gc.freeze()  # the lexicon lives as long as the process: the collector need not walk it at every turn
    return reader


def read(report: Report) -> Reading:
    """Everything that one report says of conflict: places, actors, figures, events, contradictions.

    A text without Arabic letters gives an empty reading of kind "unread". Raises `DateError` when `report.published` is not a date.

    >>> reading = read(Report.of("قُتل ثلاثة مدنيين في قصف مدفعي على مدينة إدلب."))
    >>> [(f.effect, f.value, f.status) for f in reading.figures], [e.kind for e in reading.events]
    ([('killed', 3, 'civilian')], ['shelling'])
    """
    published = parse_date(report.published)
    if not has_arabic(report.text):
        return Reading(
            id=report.id,
            sha256=report.sha256,
            title=report.title,
            outlet=report.outlet,
            url=report.url,
            published=report.published,
            language=report.language,
            kind="unread",
            warnings=["no Arabic text: nothing was read"],
        )
    with _collector_at_rest():
        return build(understand(report, published, everything=False))


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Without the cyclic garbage collector: a reading makes many objects and no cycles, and looking for them costs a third."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def parse_date(written: str | None) -> date | None:
    """A publication date given by the caller; a time of day after it (ISO 8601) is left out.

    >>> parse_date("2022-02-02"), parse_date("2022-02-02T10:30:00Z")
    (datetime.date(2022, 2, 2), datetime.date(2022, 2, 2))
    """
    if written is None:
        return None
    try:
        if _WRITTEN_DATE.match(written):
            return date.fromisoformat(written[:10])
    except ValueError:
        pass
    raise DateError(f"{written!r} is not a date; write it as YYYY-MM-DD, for example 2022-02-02")


_WRITTEN_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:$|[T ])")


def understand(report: Report, published: date | None, *, everything: bool = True) -> Context:
    """What the annotators find in a report, before claims are made of it.

    Without `everything`, only what claims can be made of: counted people in sentences that tell of harm, and the days that dates
    mean where words of an event or a figure stand for them to date.
    """
    reader = _reader()
    words = tokenise(fold(report.text), reader.lexicon)
    date_chunks = dates.find(words)
    units = words.merge([*date_chunks, *_outside(numbers.find(words), date_chunks)])
    sentences = _filled(units)
    harmful = None if everything else casualties.told_in(units, sentences, reader.harm)
    grouped = units.merge(casualties.groups(units, reader.groups, harmful))
    triggers = events.find(units, reader.events)
    figures = [] if harmful == [] else casualties.find(grouped, reader.figures, _again(units, grouped, harmful))
    told = bool(triggers or figures)
    namings = places.find(units)
    country = places.main_country(namings, units)
    places.resolve(namings, reader.lexicon.names, country)
    page = layout(units, report.title) if told else _NOTHING_TOLD
    return Context(
        report=report,
        units=units,
        grouped=grouped,
        names=reader.lexicon.names,
        country=country,
        places=namings,
        dates=_dated(units, words, date_chunks, published) if told or everything else [],
        triggers=[t for t in triggers if page.is_report(t.first)],
        figures=[f for f in figures if page.is_report(units.row.index_at(grouped[f.at].start))],
        sentences=sentences,
        layout=page,
    )


def _again(units: Units, grouped: Units, stretches: list[tuple[int, int]] | None) -> list[tuple[int, int]] | None:
    """Stretches of units after some of these have been merged."""
    if stretches is None or grouped is units:
        return stretches
    whole = len(units)
    return grouped.row.ranges([(units[first].start, units[last].start if last < whole else MAX_CHARACTERS) for first, last in stretches])


_NOTHING_TOLD: Final = Layout(end=0, starts=(0,), headlines=(), other_stories=(), round_up=False)
"""The layout of a text that has neither an event nor a figure to tell apart from the page around it."""


def _dated(units: Units, words: Units, found: list[Chunk], published: date | None) -> list[DatedSpan]:
    """The date expressions among the units, with the days that they mean."""
    resolved = dates.resolve(found, published=published, units=words)
    by_start = {words[chunk.first].start: (value, chunk.value) for chunk, value in zip(found, resolved, strict=True)}
    return [DatedSpan(i, *by_start[units[i].start]) for i in units.row.where("DATE", "TIME") if units[i].start in by_start]


def _outside(quantities: list[Chunk], dates_found: list[Chunk]) -> list[Chunk]:
    """Quantities that are no part of a date."""
    taken = {i for chunk in dates_found for i in range(chunk.first, chunk.last)}
    return [q for q in quantities if taken.isdisjoint(range(q.first, q.last))]


def _filled(units: Units) -> list[tuple[int, int]]:
    """Sentences as unit ranges; a text without any sentence is one."""
    return units.sentence_units() or [(0, len(units))]
