"""The order of the steps from mentions to claims, and the records they end in."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Final, cast

from sijill.annotate.dates import leans_on_the_day_of_writing
from sijill.annotate.places import LISTED, Mention
from sijill.annotate.places import Place as FoundPlace
from sijill.annotate.units import Units
from sijill.claims.context import Context, EventDraft
from sijill.claims.contradictions import Told, find_contradictions
from sijill.claims.drafts import FigureDraft
from sijill.claims.events import draft_events
from sijill.claims.figures import draft_figures, told_earlier
from sijill.claims.kinds import drop_results, settle_kinds, settle_storming
from sijill.claims.participants import fill_agents, find_participants
from sijill.claims.retelling import is_about_conflict, mark_background, mark_main, merge_retold
from sijill.claims.scenes import fill_places, place_events
from sijill.claims.sources import find_sources, source_at
from sijill.claims.times import date_events
from sijill.names import GazetteerEntry, Names
from sijill.records import (
    ActorRef,
    Contradiction,
    EventClaim,
    EventKind,
    Evidence,
    FigureClaim,
    Modality,
    Place,
    PlaceCandidate,
    Reading,
    Role,
    Span,
    Status,
    TimeOfDay,
    claim_id,
)
from sijill.text import fold_word

__all__ = ["build"]


def build(context: Context) -> Reading:
    """The reading of a report from all that was found in it."""
    drafts = draft_events(context)
    if not drafts:
        return _reading(context, [], [])  # figures without an event make no report of conflict
    place_events(context, drafts)
    find_participants(context, drafts)
    mark_background(context, drafts)
    date_events(context, drafts)
    find_sources(context, drafts)
    settle_storming(context, drafts)
    drafts = merge_retold(context, drafts)
    fill_places(context, drafts)
    fill_agents(context, drafts)
    settle_kinds(context, drafts)
    drafts = drop_results(context, drafts)
    figures = draft_figures(context, drafts)
    if not is_about_conflict(context, drafts, figures):
        return _reading(context, [], [])
    mark_main(drafts)
    return _reading(context, drafts, figures)


def _reading(context: Context, drafts: list[EventDraft], figures: list[FigureDraft]) -> Reading:
    """The reading that drafts of events and figures make; negative without any, but with the places for what a reviewer may add."""
    report = context.report
    places = _PlaceList(context)
    event_ids = {id(draft): f"e{n}" for n, draft in enumerate(drafts, start=1)}
    events = [_event_claim(context, draft, event_ids[id(draft)], places) for draft in drafts]
    claims = _figure_claims(context, figures, event_ids)
    return Reading(
        id=report.id,
        sha256=report.sha256,
        title=report.title,
        outlet=report.outlet,
        url=report.url,
        published=report.published,
        language="ar",
        kind="conflict" if events or claims else "negative",
        places=places.records(),
        actors=_actor_refs(context, _spoken_of(events, claims)) if events or claims else [],
        figures=claims,
        events=events,
        contradictions=_contradictions(context, figures, claims),
        warnings=_warnings(context) if events or claims else [],
    )


def _warnings(context: Context) -> list[str]:
    """What a user should know of a reading: dates that no day of writing resolves."""
    if context.report.published is not None:
        return []
    open_dates = [span for span in context.dates if span.value.edtf is None and leans_on_the_day_of_writing(span.said)]
    if not open_dates:
        return []
    start, end = context.units.row.span(open_dates[0].unit, open_dates[0].unit + 1)
    such = f"«{context.report.text[start:end]}»"
    count = f"{such} was" if len(open_dates) == 1 else f"{len(open_dates)} dates such as {such} were"
    return [f"no publication date: {count} left without a day"]


def _contradictions(context: Context, drafts: list[FigureDraft], claims: list[FigureClaim]) -> list[Contradiction]:
    if len(claims) < 2:
        return []
    told = {
        claim.id: Told(
            sentence=draft.sentence,
            rose=draft.figure.rose,
            earlier=told_earlier(context, draft),
            incident=draft.event is None or draft.event.kind not in ("security_operation", "armed_clash"),
        )
        for draft, claim in zip(drafts, claims, strict=True)
    }
    return find_contradictions(claims, _source_names(context.names, claims), told)


# --- places ----------------------------------------------------------------------------------------------------------


def _after_li(context: Context, naming: Mention, start: int, end: int) -> str | None:
    """«للفلوجة», «للاذقية»: the whole name, «الفلوجة», of which the preposition has taken the first letters; None if it took none."""
    word, written = context.units[naming.first].word, context.report.text[start:end]
    rest = fold_word(written)
    if naming.last - naming.first > 1 or not word.startswith("ال") or word == rest or not word.endswith(rest):
        return None
    return word.removesuffix(rest) + written


class _PlaceList:
    """The places of a reading: one record for each place named, however often and under however many names."""

    def __init__(self, context: Context) -> None:
        self._text = context.report.text
        self._places: list[FoundPlace] = []
        self._ids: dict[int, str] = {}
        self._by_key: dict[tuple[str | None, ...], str] = {}
        self._spans: dict[str, list[tuple[int, int, str]]] = {}
        self._written: dict[tuple[int, int], str] = {}  # the names that «ل» has taken a letter from
        text, row = self._text, context.units.row
        for naming in context.places:
            if naming.place is None:
                continue
            entered = self._enter(naming.place)
            start, end = row.span(naming.first, naming.last)
            if naming.rule == LISTED and text[start] == "و" and not naming.name.startswith("و"):
                start += 1  # «مديريتي أ وب», where no list has «ب»: the conjunction is no part of the name
            if text[start] == "ل" and (whole := _after_li(context, naming, start, end)) is not None:
                self._written[start, end] = whole
            self._spans.setdefault(entered, []).append((start, end, naming.rule))

    def _enter(self, place: FoundPlace) -> str:
        known = self._ids.get(id(place))
        if known:
            return known
        key = (place.entry.id, place.part) if place.entry is not None else (None, place.name, place.level)
        entered = self._by_key.get(key)
        if entered is None:
            self._places.append(place)
            entered = self._by_key[key] = f"p{len(self._places)}"
        self._ids[id(place)] = entered
        return entered

    def ids(self, places: Iterable[FoundPlace]) -> list[str]:
        """Ids of places in their order, none twice."""
        found: list[str] = []
        for place in places:
            entered = self._enter(place)
            if entered not in found and entered in self._spans:
                found.append(entered)
        return found

    def records(self) -> list[Place]:
        """All places named, in the order of their first naming."""
        found = []
        for place in self._places:
            entered, entry = self._ids[id(place)], place.entry
            spans = self._spans.get(entered)
            if not spans:
                continue
            spans.sort()
            named = [span for span in spans if span[2] != "a place named before"]
            start, end, rule = named[0] if named else spans[0]
            name = self._wording(start, end)
            others: dict[str, None] = {}
            for a, b, _ in named:
                wording = self._wording(a, b)
                if wording != name:
                    others[wording] = None
            within = self._ids.get(id(place.within)) if place.within is not None else None
            found.append(
                Place(
                    id=entered,
                    name=name,
                    aka=list(others),
                    name_en=entry.name_en if entry is not None else None,
                    level=place.level,
                    lat=place.lat,
                    lon=place.lon,
                    radius_km=place.radius_km,
                    country=place.country,
                    within=within if within in self._spans and within != entered else None,
                    gazetteer=entry.id if entry is not None else None,
                    pcode=(entry.pcode or None) if entry is not None else None,
                    candidates=[_candidate(e, score, why) for e, score, why in place.candidates] if len(place.candidates) > 1 else [],
                    start=start,
                    end=end,
                    mentions=[Span(start=a, end=b) for a, b, _ in spans],
                    rule=f"{rule}; {place.why}",
                )
            )
        return found

    def _wording(self, start: int, end: int) -> str:
        """A name as the report writes it, with the letter that «ل» has taken from it."""
        whole = self._written.get((start, end)) if self._written else None
        return self._text[start:end] if whole is None else whole


def _candidate(e: GazetteerEntry, score: float, why: str) -> PlaceCandidate:
    return PlaceCandidate(
        id=e.id, name=e.name, name_en=e.name_en, level=e.level, country=e.country or None, lat=e.lat, lon=e.lon, score=score, why=why
    )


# --- events ----------------------------------------------------------------------------------------------------------


def _event_claim(context: Context, draft: EventDraft, name: str, places: _PlaceList) -> EventClaim:
    units, report = context.units, context.report
    telling = draft.telling()
    start, end = units.row.span(telling.first, telling.last)
    told = (telling.first, telling.last)
    others = [r for r in ((draft.first, draft.last), *draft.retold) if r != told] if telling is not draft or draft.retold else []
    evidence = [_evidence(units, "event", t.first, t.last, t.rule) for t in draft.triggers] + draft.evidence
    return EventClaim(
        id=name,
        claim=claim_id(report.sha256, "event", start, end, draft.kind, draft.modality),
        kind=cast(EventKind, draft.kind),
        modality=cast(Modality, draft.modality),
        date=draft.date,
        date_basis=draft.date_basis,
        time=draft.time,
        time_of_day=cast("TimeOfDay | None", draft.time_of_day),
        places=places.ids(draft.places),
        agents=draft.agents,
        targets=[target for target in draft.targets if target not in draft.agents],
        means=draft.means,
        main=draft.main,
        background=draft.background,
        source=draft.source,
        quote=report.text[start:end],
        start=start,
        end=end,
        clause=_clause(context, telling),
        rule=draft.rule,
        evidence=sorted(evidence, key=_IN_ORDER),
        mentions=[_span(units, first, last) for first, last in others],
    )


def _evidence(units: Units, what: str, first: int, last: int, rule: str) -> Evidence:
    start, end = units.row.span(first, last)
    return Evidence(what=what, start=start, end=end, rule=rule)


def _span(units: Units, first: int, last: int) -> Span:
    """Where units [first, last) stand in the report."""
    start, end = units.row.span(first, last)
    return Span(start=start, end=end)


_IN_ORDER: Final = attrgetter("start", "end", "what")
_CLAUSE_BEFORE, _CLAUSE_AFTER = 12, 24
_OPENING_MARKS: Final = frozenset({"CONJ", "COMMA", "STOP", "SEMI", "NL", "MARK", "DASH"})
_CLOSING_WORDS: Final = frozenset({"CONJ", "COMMA", "STOP", "SEMI", "NL", "IN", "FROM", "PREP"})


def _clause(context: Context, draft: EventDraft) -> Span:
    """The clause around an event's words, cut to a readable length, without the marks and conjunctions at its ends."""
    units = context.units
    first = max(draft.clause[0], draft.first - _CLAUSE_BEFORE)
    last = min(draft.clause[1], draft.last + _CLAUSE_AFTER)
    while first < draft.first and units[first].has_any(_OPENING_MARKS):
        first += 1
    while last > draft.last and units[last - 1].has_any(_CLOSING_WORDS):
        last -= 1
    return _span(units, first, max(last, draft.last))


# --- figures ---------------------------------------------------------------------------------------------------------


def _figure_claims(context: Context, figures: list[FigureDraft], event_ids: dict[int, str]) -> list[FigureClaim]:
    ids = {id(draft): f"f{n}" for n, draft in enumerate(figures, start=1)}
    found = []
    for draft in figures:
        position = context.units.row.index_at(context.grouped[draft.figure.at].start)
        found.append(_figure_claim(context, draft, ids, event_ids, source_at(context, draft.sentence, position)))
    return found


def _figure_claim(
    context: Context, draft: FigureDraft, ids: dict[int, str], event_ids: dict[int, str], source: tuple[str, int, int] | None
) -> FigureClaim:
    figure, quantity, report = draft.figure, draft.quantity, context.report
    grouped = context.grouped
    start, end = grouped.row.span(figure.first, max(figure.last, figure.tail))
    evidence = [_evidence(grouped, "who", figure.at, figure.at + 1, figure.group.rule)]
    if figure.group.number:
        a, b = grouped.folded.span(*figure.group.number)
        evidence.append(Evidence(what="number", start=a, end=b, rule="quantity"))
    if figure.trigger is not None:
        a, b = grouped.folded.span(figure.trigger.start, figure.trigger.end)
        evidence.append(Evidence(what="effect", start=a, end=b, rule=figure.rule))
    if figure.side_unit is not None:
        a, b = grouped.folded.span(figure.side_unit.start, figure.side_unit.end)
        evidence.append(Evidence(what="side", start=a, end=b, rule="actor beside the group"))
    if source is not None:
        evidence.append(_evidence(context.units, "source", source[1], source[2], "who is said to have said it"))
    value = draft.value
    return FigureClaim(
        id=ids[id(draft)],
        claim=claim_id(report.sha256, "figure", start, end, figure.effect, value, quantity.min, quantity.max, quantity.vague_word),
        effect=figure.effect,
        value=value,
        bound=quantity.bound,
        min=None if quantity.min is None else int(quantity.min),
        max=None if quantity.max is None else int(quantity.max),
        vague_word=quantity.vague_word,
        who=figure.who,
        status=cast(Status, draft.status),
        demographic=list(figure.demographic),
        side=draft.side,
        role=cast(Role, draft.role),
        of=ids.get(id(draft.of)) if draft.of is not None else None,
        cumulative=draft.cumulative,
        event=event_ids.get(id(draft.event)) if draft.event is not None else None,
        source=source[0] if source else None,
        quote=report.text[start:end],
        start=start,
        end=end,
        rule=figure.rule,
        evidence=sorted(evidence, key=_IN_ORDER),
    )


# --- actors ----------------------------------------------------------------------------------------------------------


def _spoken_of(events: list[EventClaim], figures: list[FigureClaim]) -> set[str]:
    """Every id that a claim gives as agent, target, side or source."""
    found: set[str] = set()
    for event in events:
        found.update(event.agents)
        found.update(event.targets)
        if event.source:
            found.add(event.source)
    for figure in figures:
        if figure.side:
            found.add(figure.side)
        if figure.source:
            found.add(figure.source)
    return found


def _source_names(names: Names, figures: list[FigureClaim]) -> dict[str, tuple[str, str]]:
    """The names of the figures' sources by id, in Arabic and English."""
    found = {}
    for slug in {figure.source for figure in figures if figure.source}:
        known = names.actors.get(slug) or names.sources.get(slug)
        if known is not None:
            found[slug] = (known.name or known.name_en, known.name_en)
    return found


class _Named:
    """The wordings of an actor, each once, in the order of the text, and where they stand."""

    __slots__ = ("partisan", "plain", "spans")

    def __init__(self) -> None:
        self.plain: dict[str, None] = {}
        self.partisan: dict[str, None] = {}
        self.spans: list[Span] = []


def _actor_refs(context: Context, also: set[str]) -> list[ActorRef]:
    """Every actor the report names, in the order of first naming, with the report's wordings; then those in `also`."""
    units, text = context.units, context.report.text
    found: dict[str, _Named] = {}
    for at in context.actors_between(0, len(units)):
        actor = context.actor_at(at)
        if actor:
            named = found.get(actor)
            if named is None:
                named = found[actor] = _Named()
            start, end = units.row.span(at, at + 1)
            (named.partisan if "PARTISAN" in units[at].entry.tags else named.plain)[text[start:end]] = None
            named.spans.append(Span(start=start, end=end))
    refs = []
    for slug in sorted([slug for slug in also if slug not in found]):
        found[slug] = _Named()
    for slug, named in found.items():
        known = context.names.actors.get(slug)
        source = context.names.sources.get(slug)
        refs.append(
            ActorRef(
                id=slug,
                name=known.name if known else source.name if source else None,
                name_en=known.name_en if known else source.name_en if source else None,
                type=known.type if known else None,
                country=(known.country or None) if known else None,
                names=list(named.plain),
                partisan_names=list(named.partisan),
                mentions=named.spans,
            )
        )
    return refs
