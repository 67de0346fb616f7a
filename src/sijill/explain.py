"""Why a text was read as it was: the words at a place, what the lexicon says of them, which rules matched, what came of it.

`explain_offset` starts from a code point of the text, `explain_item` from the id of a figure, event, place or actor of the
reading. Both give records; `sijill.export.explanation` sets them as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import msgspec

from sijill.annotate import casualties, events
from sijill.annotate.casualties import Group
from sijill.annotate.numbers import Quantity
from sijill.annotate.tokenise import tokenise
from sijill.annotate.unit import Unit
from sijill.annotate.units import Units
from sijill.claims import Context, build
from sijill.errors import InputError
from sijill.lexicon import Lexicon, data_folder
from sijill.mentions import list_mentions
from sijill.pipeline import parse_date, understand
from sijill.records import EventClaim, FigureClaim, Place, PlaceCandidate, PlaceMention, Reading, Record, Report
from sijill.rules import Rule, RuleSet, load_rules

__all__ = ["Explanation", "ItemExplanation", "explain_item", "explain_offset"]


class Words(Record, frozen=True, kw_only=True):
    """A stretch of the text."""

    start: int
    end: int
    quote: str


class Word(Record, frozen=True, kw_only=True):
    """A word or clitic with what the lexicon says of it; `origins` are the files and lines that say so."""

    start: int
    end: int
    quote: str
    folded: str
    classes: list[str]
    features: dict[str, str]
    origins: list[str]


class Merged(Record, frozen=True, kw_only=True):
    """Words that the annotators read as one: a number, a date, a counted group."""

    start: int
    end: int
    quote: str
    classes: list[str]
    meaning: str


class RuleMatch(Record, frozen=True, kw_only=True):
    """A rule of the data files that matched; `used` says that a claim of the reading rests on it."""

    name: str
    stage: str
    origin: str
    pattern: str
    start: int
    end: int
    quote: str
    parts: dict[str, str]
    gives: dict[str, Any]
    used: bool


class Use(Record, frozen=True, kw_only=True):
    """An item of the reading that these words went into, as what, and by which rule."""

    id: str
    kind: str
    says: str
    what: str
    rule: str


class Explanation(Record, frozen=True, kw_only=True):
    """All that is known of one code point of a report."""

    offset: int
    sentence: Words
    words: list[Word]
    merged: list[Merged]
    mentions: list[Merged]
    rules: list[RuleMatch]
    uses: list[Use]


class Reason(Record, frozen=True, kw_only=True):
    """One piece of evidence: the value it gave, the words, and the rule, with its file and line where it has them."""

    what: str
    start: int
    end: int
    quote: str
    rule: str
    origin: str | None = None
    pattern: str | None = None


class ItemExplanation(Record, frozen=True, kw_only=True):
    """One item of the reading with its evidence, and for a place the candidates with their scores."""

    id: str
    kind: str
    says: str
    item: dict[str, Any]
    evidence: list[Reason]
    candidates: list[PlaceCandidate] = []


# --- a place in the text ---------------------------------------------------------------------------------------------


def explain_offset(report: Report, offset: int) -> Explanation:
    """What is known of the words at a code point of the report's text.

    >>> found = explain_offset(Report.of("قُتل ثلاثة مدنيين في قصف مدفعي على مدينة إدلب."), 6)
    >>> found.words[0].quote, found.words[0].classes, found.words[0].origins, found.uses[0].says
    ('ثلاثة', ['NUM_UNIT'], ['words/numbers.csv:6'], 'killed 3 (exact)')
    """
    if not 0 <= offset < len(report.text):
        raise InputError(f"--at {offset} lies outside the text, which has the code points 0 to {len(report.text) - 1}")
    context = understand(report, parse_date(report.published))
    reading = build(context)
    words = tokenise(context.units.folded, context.units.lexicon)
    return Explanation(
        offset=offset,
        sentence=_sentence(context, offset),
        words=[_word(report, words, i) for i in _units_at(words, offset)],
        merged=list(_merged(context, offset)),
        mentions=list(_mentions(context, reading, offset)),
        rules=sorted(_matches(context, reading, offset), key=lambda m: (_STAGE_ORDER.index(m.stage), m.origin)),
        uses=list(_uses(reading, offset)),
    )


def _sentence(context: Context, offset: int) -> Words:
    """The sentence that holds a code point, or the one before it for the white space between two."""
    text, folded = context.report.text, context.units.folded
    start, end = 0, len(text)
    for a, b in context.units.sentences:
        first, last = folded.span(a, b)
        if first > offset:
            break
        start, end = first, last
    return Words(start=start, end=end, quote=text[start:end])


def _units_at(units: Units, offset: int) -> list[int]:
    return [i for i in range(len(units)) if _covers(units.row.span(i, i + 1), offset)]


def _covers(span: tuple[int, int], offset: int) -> bool:
    return span[0] <= offset < span[1]


def _word(report: Report, units: Units, at: int) -> Word:
    start, end = units.row.span(at, at + 1)
    unit = units[at]
    return Word(
        start=start,
        end=end,
        quote=report.text[start:end],
        folded=unit.word,
        classes=sorted(unit.entry.tags),
        features=dict(sorted(unit.entry.features.items())),
        origins=_origins(unit, units.lexicon),
    )


def _origins(unit: Unit, lexicon: Lexicon) -> list[str]:
    """Files and lines that the lexicon's entry came from; for place names the line of each place."""
    found = [origin for origin in unit.entry.origin.split("; ") if origin and origin != _GAZETTEER]
    lines = _gazetteer_lines()
    return found + [f"{_GAZETTEER}:{lines[entry.id]} ({entry.name_en})" for entry in lexicon.names.places(unit.word)]


_GAZETTEER = "gazetteer/places.tsv"


@lru_cache(maxsize=1)
def _gazetteer_lines() -> dict[str, int]:
    rows = (data_folder() / "gazetteer" / "places.tsv").read_text(encoding="utf-8").split("\n")
    return {row.split("\t", 2)[1]: number for number, row in enumerate(rows, start=1) if "\t" in row}


def _merged(context: Context, offset: int) -> Iterator[Merged]:
    """Numbers, dates and groups over a code point, the smaller first."""
    dated = {span.unit: span.value for span in context.dates}
    for units in (context.units, context.grouped):
        for at in _units_at(units, offset):
            value = units[at].value
            if value is None or (units is context.grouped and not isinstance(value, Group)):
                continue
            start, end = units.row.span(at, at + 1)
            meaning = _meaning(dated.get(at, value) if units is context.units else value)
            yield Merged(start=start, end=end, quote=context.report.text[start:end], classes=sorted(units[at].entry.tags), meaning=meaning)


def _meaning(value: Any) -> str:
    """What a merged unit stands for, in plain words."""
    if isinstance(value, Quantity):
        return f"number: {_filled(value._asdict())}"
    if isinstance(value, Group):
        return f"counted group: {_filled(value.quantity._asdict())}; of: {value.noun.word}; by the rule {value.rule!r}"
    return f"date: {_filled(value._asdict())}" if hasattr(value, "_asdict") else str(value)


def _filled(fields: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in fields.items() if value not in (None, False)) or "cannot be told"


def _mentions(context: Context, reading: Reading, offset: int) -> Iterator[Merged]:
    for mention in list_mentions(context, reading):
        if _covers((mention.start, mention.end), offset):
            fields = msgspec.structs.asdict(mention)
            kept = {k: v for k, v in fields.items() if k not in ("start", "end", "quote", "candidates") and v is not None}
            meaning = ", ".join(f"{name} {value}" for name, value in kept.items())
            kind = type(mention).__name__.removesuffix("Mention").lower()
            yield Merged(start=mention.start, end=mention.end, quote=mention.quote, classes=[kind], meaning=meaning)


# --- rules -----------------------------------------------------------------------------------------------------------

_STAGE_ORDER = ("group", "figure", "event", "agent", "source", "modality", "time", "place")


def _matches(context: Context, reading: Reading, offset: int) -> Iterator[RuleMatch]:
    lexicon = context.units.lexicon
    for units, rules in (
        (context.units, casualties.group_rules(lexicon)),
        (context.grouped, casualties.figure_rules(lexicon)),
        (context.units, events.event_rules(lexicon)),
    ):
        yield from _matches_of(context, reading, units, rules, offset)


def _matches_of(context: Context, reading: Reading, units: Units, rules: RuleSet, offset: int) -> Iterator[RuleMatch]:
    text = context.report.text
    for rule, match in rules.matches(units.row):
        if match.end() == match.start():
            continue
        start, end = units.row.span(match.start(), match.end())
        if not _covers((start, end), offset):
            continue
        parts = {
            name: text[slice(*units.row.span(*match.span(name)))] for name in match.re.groupindex if match.end(name) > match.start(name)
        }
        yield RuleMatch(
            name=rule.name,
            stage=rule.stage,
            origin=rule.origin,
            pattern=rule.pattern,
            start=start,
            end=end,
            quote=text[start:end],
            parts=parts,
            gives=dict(rule.gives),
            used=_is_used(reading, rule, start, end),
        )


def _is_used(reading: Reading, rule: Rule, start: int, end: int) -> bool:
    """Whether a claim has evidence by that rule inside the words that it matched."""
    claims: list[FigureClaim | EventClaim] = [*reading.figures, *reading.events]
    own = any(c.rule == rule.name and c.start < end and start < c.end for c in claims)
    return own or any(e.rule == rule.name and start <= e.start and e.end <= end for c in claims for e in c.evidence)


# --- what came of it -------------------------------------------------------------------------------------------------


def _uses(reading: Reading, offset: int) -> Iterator[Use]:
    claims: list[FigureClaim | EventClaim] = [*reading.figures, *reading.events]
    for claim in claims:
        kind, says = ("figure", _figure_says(claim)) if isinstance(claim, FigureClaim) else ("event", _event_says(claim))
        uses = [(e.what, e.rule) for e in claim.evidence if _covers((e.start, e.end), offset)]
        if not uses and _covers((claim.start, claim.end), offset):
            uses = [("its words", claim.rule)]
        for what, rule in dict.fromkeys(uses):
            yield Use(id=claim.id, kind=kind, says=says, what=what, rule=rule)
    for place in reading.places:
        if any(_covers((m.start, m.end), offset) for m in place.mentions):
            yield Use(id=place.id, kind="place", says=_place_says(place), what="name", rule=place.rule)
    for actor in reading.actors:
        if any(_covers((m.start, m.end), offset) for m in actor.mentions):
            yield Use(
                id=actor.id, kind="actor", says=actor.name_en or actor.id, what="name", rule="a name or general word of the actor list"
            )


def _figure_says(figure: FigureClaim) -> str:
    number = figure.value if figure.value is not None else figure.vague_word or f"{figure.min}–{figure.max}"
    return f"{figure.effect} {number} ({figure.bound})"


def _event_says(event: EventClaim) -> str:
    return " ".join(filter(None, (event.kind, event.modality, event.date, event.time)))


def _place_says(place: Place) -> str:
    where = (
        f"{place.lat}, {place.lon}, within {place.radius_km:g} km" if place.lat is not None and place.radius_km else "coordinates unknown"
    )
    return f"{place.name_en or place.name}, {place.level} ({where})"


# --- an item of the reading ------------------------------------------------------------------------------------------


def explain_item(report: Report, id: str) -> ItemExplanation:
    """The evidence for a figure (f1), event (e1), place (p1) or actor of the reading, piece by piece.

    >>> found = explain_item(Report.of("قُتل ثلاثة مدنيين في قصف مدفعي على مدينة إدلب."), "f1")
    >>> found.says, [(e.what, e.quote) for e in found.evidence][:2]
    ('killed 3 (exact)', [('effect', 'قُتل'), ('number', 'ثلاثة')])
    """
    context = understand(report, parse_date(report.published))
    reading = build(context)
    for figure in reading.figures:
        if figure.id == id:
            return _item(report, figure, "figure", _figure_says(figure), _claim_reasons(report, figure))
    for event in reading.events:
        if event.id == id:
            return _item(report, event, "event", _event_says(event), _claim_reasons(report, event))
    for place in reading.places:
        if place.id == id:
            return _item(report, place, "place", _place_says(place), _placed(context, reading, place), place.candidates)
    for actor in reading.actors:
        if actor.id == id:
            rule = "a name or general word of the actor list"
            return _item(report, actor, "actor", actor.name_en or actor.id, _namings(report, actor.mentions, rule))
    raise InputError(f"the reading has no item {id!r}; it has {_ids(reading)}")


def _ids(reading: Reading) -> str:
    """What ids there are, as ranges."""
    runs = [(found[0].id, found[-1].id) for found in (reading.figures, reading.events, reading.places) if found]
    return ", ".join(first if first == last else f"{first} to {last}" for first, last in runs) or "none"


_NOT_SHOWN = ("evidence", "candidates", "mentions")


def _item(
    report: Report, record: Record, kind: str, says: str, reasons: Iterable[Reason], candidates: Iterable[PlaceCandidate] = ()
) -> ItemExplanation:
    fields = {name: value for name, value in msgspec.to_builtins(record).items() if name not in _NOT_SHOWN}
    return ItemExplanation(id=fields["id"], kind=kind, says=says, item=fields, evidence=list(reasons), candidates=list(candidates))


def _claim_reasons(report: Report, claim: FigureClaim | EventClaim) -> Iterator[Reason]:
    rules = {rule.name: rule for rule in load_rules()}
    for evidence in claim.evidence:
        rule = rules.get(evidence.rule)
        yield Reason(
            what=evidence.what,
            start=evidence.start,
            end=evidence.end,
            quote=report.text[evidence.start : evidence.end],
            rule=evidence.rule,
            origin=rule.origin if rule else None,
            pattern=rule.pattern if rule else None,
        )
    if isinstance(claim, EventClaim):
        yield from _namings(report, claim.mentions, "told again", what="event")


def _placed(context: Context, reading: Reading, place: Place) -> Iterator[Reason]:
    """Every naming of a place with the rule that read it there."""
    rules = {(m.start, m.end): m.rule for m in list_mentions(context, reading) if isinstance(m, PlaceMention)}
    for span in place.mentions:
        yield from _namings(context.report, [span], rules.get((span.start, span.end), place.rule))


def _namings(report: Report, spans: Iterable[Any], rule: str, *, what: str = "name") -> Iterator[Reason]:
    for span in spans:
        yield Reason(what=what, start=span.start, end=span.end, quote=report.text[span.start : span.end], rule=rule)
