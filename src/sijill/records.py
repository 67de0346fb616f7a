"""The records that flow through sijill: frozen, typed, and encoded as the JSON that others read.

Field names are those of the annotation guide (`docs/reference/reading.md`). Offsets are Unicode code points of the
report's untouched text: ``report.text[item.start:item.end]`` is always the evidence.

Ids come in two kinds. ``f1``, ``e1``, ``p1`` name an item inside one reading, for people and for cross-reference. ``claim``
is a content id: a hash of the report and of *what is said where*, never of the rule that read it, so that better rules
do not orphan a reviewer's decisions.
"""

from __future__ import annotations

import hashlib
from typing import Any, Literal

import msgspec

__all__ = [
    "ActorMention",
    "ActorRef",
    "Bound",
    "Case",
    "CaseReport",
    "Conflict",
    "Contradiction",
    "DateMention",
    "Decision",
    "Dossier",
    "Effect",
    "EventClaim",
    "Evidence",
    "Figure",
    "FigureClaim",
    "Incident",
    "IncidentPlace",
    "Judgement",
    "Mention",
    "Modality",
    "Original",
    "Pair",
    "Place",
    "PlaceCandidate",
    "PlaceMention",
    "QuantityMention",
    "Reading",
    "Report",
    "ReportLine",
    "Role",
    "Span",
    "Status",
    "Term",
    "TollPoint",
    "Use",
    "Words",
    "claim_id",
    "reading_schema",
    "to_json",
]

Bound = Literal["exact", "about", "at_least", "more_than", "at_most", "fewer_than", "range", "vague"]
Effect = Literal[
    "killed", "injured", "killed_or_injured", "missing", "abducted", "arrested", "surrendered", "escaped", "released",
    "displaced", "evacuated", "trapped", "used_as_human_shields", "held", "attackers",
]  # fmt: skip
Status = Literal["civilian", "combatant", "security", "detainee", "mixed", "unknown"]
Role = Literal["alone", "total", "part", "subset"]
VagueWord = Literal["tens", "hundreds", "thousands", "several", "plural", "dual_or_plural"]
Modality = Literal["asserted", "planned", "attempted", "hypothetical", "denied", "threatened"]
TimeOfDay = Literal["dawn", "morning", "noon", "afternoon", "evening", "night"]
EventKind = Literal[
    "armed_assault", "armed_clash", "air_strike", "drone_strike", "shelling", "vehicle_bomb", "suicide_bombing",
    "explosive_device", "explosion", "shooting", "assassination", "execution", "stabbing_or_ramming", "chemical_attack",
    "attack_unspecified", "abduction", "torture", "sexual_violence", "human_shields", "arson", "property_damage",
    "displacement", "bodies_found", "security_operation", "arrest", "siege", "territorial_control", "withdrawal",
    "deployment", "infiltration", "curfew", "interception", "surrender", "escape", "release_or_exchange", "evacuation",
    "defection", "judicial_action", "protest", "riot", "protest_repression", "agreement_or_ceasefire",
]  # fmt: skip
Level = Literal[
    "site", "neighbourhood", "village", "town", "city", "district", "governorate", "region", "country", "line_or_area",
    "landmark", "city_or_governorate",
]  # fmt: skip
ContradictionKind = Literal[
    "total_differs_from_parts", "subset_exceeds_whole", "sources_disagree", "earlier_figure_replaced", "date_conflict"
]
DateBasis = Literal["stated", "relative", "frame", "published"]


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What every record is: frozen, compared by value, made with keywords only.

    No record can hold itself, so that the collector of cycles need not walk them (gc=False).
    """


class Span(Record, frozen=True, kw_only=True):
    """A stretch of a report's text, in code points; `end` is exclusive."""

    start: int
    end: int


class Report(Record, frozen=True, kw_only=True):
    """One text from one outlet, never altered; identified by the SHA-256 of its text.

    >>> Report.of("قُتل مدني").sha256[:8]
    '103a4d1a'
    """

    text: str
    sha256: str
    id: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None

    @classmethod
    def of(
        cls,
        text: str,
        *,
        id: str | None = None,
        title: str | None = None,
        outlet: str | None = None,
        url: str | None = None,
        published: str | None = None,
    ) -> Report:
        """A report from its text. The id, where none is given, is the first 16 digits of the text's SHA-256."""
        sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return cls(text=text, sha256=sha256, id=id or sha256[:16], title=title, outlet=outlet, url=url, published=published)


class Evidence(Record, frozen=True, kw_only=True):
    """Words that one value of a claim came from, and the rule that read them.

    `what` names the value: number, effect, who, side, event, date, place, agent, target, source, modality, role.
    """

    what: str
    start: int
    end: int
    rule: str


# --- mentions: what is found in a text, before anyone says what it means -------------------------------------------


class DateMention(Record, tag="date", tag_field="kind", frozen=True, kw_only=True):
    """A date or time expression. `edtf` is null where the text alone cannot say which day is meant."""

    start: int
    end: int
    quote: str
    rule: str
    edtf: str | None = None
    time: str | None = None
    time_of_day: TimeOfDay | None = None
    duration: str | None = None
    recurrence: str | None = None
    basis: DateBasis | None = None


class QuantityMention(Record, tag="quantity", tag_field="kind", frozen=True, kw_only=True):
    """A number of anything, with its bound; `unit` is the counted noun where it is known."""

    start: int
    end: int
    quote: str
    rule: str
    value: int | float | None = None
    min: int | float | None = None
    max: int | float | None = None
    bound: Bound = "exact"
    vague_word: VagueWord | None = None
    unit: str | None = None


class PlaceCandidate(Record, frozen=True, kw_only=True):
    """A gazetteer entry that a name could mean."""

    id: str
    name: str
    name_en: str | None
    level: Level
    country: str | None
    lat: float
    lon: float
    score: float
    why: str


class PlaceMention(Record, tag="place", tag_field="kind", frozen=True, kw_only=True):
    """A place name in the text; `place` is the id in the reading's list of places, where it is listed there."""

    start: int
    end: int
    quote: str
    rule: str
    place: str | None = None
    candidates: list[PlaceCandidate] = []


class ActorMention(Record, tag="actor", tag_field="kind", frozen=True, kw_only=True):
    """A name of an actor. `partisan` says that the wording takes a side; the actor's id does not."""

    start: int
    end: int
    quote: str
    rule: str
    actor: str
    partisan: bool = False


Mention = DateMention | QuantityMention | PlaceMention | ActorMention


# --- claims: what the report says ----------------------------------------------------------------------------------


class Place(Record, frozen=True, kw_only=True):
    """A place that the report names, with the words used for it and where it may lie.

    `radius_km` says how far from the coordinates the true place may be; both are null when nothing is known.
    """

    id: str
    name: str
    aka: list[str] = []
    name_en: str | None = None
    level: Level
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    country: str | None = None
    within: str | None = None
    gazetteer: str | None = None
    pcode: str | None = None
    candidates: list[PlaceCandidate] = []
    start: int
    end: int
    mentions: list[Span] = []
    rule: str


class ActorRef(Record, frozen=True, kw_only=True):
    """An actor of the report under its neutral id, with the report's own wordings of it."""

    id: str
    name: str | None = None
    name_en: str | None = None
    type: str | None = None
    country: str | None = None
    names: list[str] = []
    partisan_names: list[str] = []
    mentions: list[Span] = []


class FigureClaim(Record, frozen=True, kw_only=True):
    """One number of people as the report states it. Unknown is null, never zero."""

    id: str
    claim: str
    effect: Effect
    value: int | None = None
    bound: Bound = "exact"
    min: int | None = None
    max: int | None = None
    vague_word: VagueWord | None = None
    who: str | None = None
    status: Status = "unknown"
    demographic: list[str] = []
    side: str | None = None
    role: Role = "alone"
    of: str | None = None
    cumulative: bool = False
    event: str | None = None
    source: str | None = None
    quote: str
    start: int
    end: int
    rule: str
    evidence: list[Evidence] = []


class EventClaim(Record, frozen=True, kw_only=True):
    """One event as the report tells it. `date` is EDTF; `date_basis` says where it came from.

    `start` and `end` hold the words that name the event; `clause` the clause around them, for people to read.
    """

    id: str
    claim: str
    kind: EventKind
    modality: Modality = "asserted"
    date: str | None = None
    date_basis: DateBasis | None = None
    time: str | None = None
    time_of_day: TimeOfDay | None = None
    places: list[str] = []
    agents: list[str] = []
    targets: list[str] = []
    means: list[str] = []
    main: bool = False
    background: bool = False
    source: str | None = None
    quote: str
    start: int
    end: int
    clause: Span | None = None
    rule: str
    evidence: list[Evidence] = []
    mentions: list[Span] = []


class Contradiction(Record, frozen=True, kw_only=True):
    """Claims of the report that cannot all be true, with the arithmetic in plain sentences."""

    kind: ContradictionKind
    figures: list[str] = []
    events: list[str] = []
    sum: int | None = None
    stated: int | None = None
    difference: int | None = None
    note: str
    note_ar: str


class Reading(Record, frozen=True, kw_only=True):
    """Everything read from one report.

    `kind` is "conflict" when an event was found, "negative" when none was (then only the places are listed), and "unread" when the
    text is not in a language that sijill reads. `warnings` say what a user should know (no publication date, no Arabic, …).
    `dataset` names the data set whose row this is: compiled by somebody from reports, no witness of its own.
    """

    id: str
    sha256: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    kind: Literal["conflict", "negative", "unread"]
    places: list[Place] = []
    actors: list[ActorRef] = []
    figures: list[FigureClaim] = []
    events: list[EventClaim] = []
    contradictions: list[Contradiction] = []
    warnings: list[str] = []
    mentions: list[Mention] | None = None
    dataset: str | None = None


# --- the register: what many reports say of one incident -------------------------------------------------------------

Decision = Literal["same", "different", "unsure", "accept", "reject", "edit"]


class Original(Record, frozen=True, kw_only=True):
    """The bytes that a report came from, and where, when and how they were obtained; the bytes themselves are kept beside it."""

    sha256: str
    media_type: str
    location: str
    how: Literal["file", "fetched", "archive", "feed", "row", "given"]
    obtained: str
    charset: str | None = None
    headers: dict[str, str] = {}


class Judgement(Record, frozen=True, kw_only=True):
    """A reviewer's decision, never altered: what was decided of which claim (or of which two), by whom and when.

    `undoes` names the judgement that this one takes back; it then decides nothing itself.
    """

    id: str
    decision: Decision
    claim: str
    other: str | None = None
    field: str | None = None
    value: Any = None
    by: str
    at: str
    note: str | None = None
    undoes: str | None = None


class Term(Record, frozen=True, kw_only=True):
    """One term of the comparison of two events: what was compared, how it came out, and its weight in bits (log2 of m over u)."""

    what: str
    outcome: str
    weight: float


class Pair(Record, frozen=True, kw_only=True):
    """Two event claims that may tell one incident: the weight of the evidence in bits, its terms, and why they cannot be one, if so."""

    one: str
    other: str
    weight: float
    terms: list[Term] = []
    veto: str | None = None


class Use(Record, frozen=True, kw_only=True):
    """What became of one figure claim when a figure was reconciled: used, or set aside, and why."""

    claim: str
    report: str
    family: str
    source: str | None = None
    day: str | None = None
    low: int | None = None
    best: int | None = None
    high: int | None = None
    used: bool
    why: str


class Figure(Record, frozen=True, kw_only=True):
    """One number of people of an incident as reconciled by a policy. Unknown is null, never zero.

    `status` and `side` say of whom; `sums` are the additions behind it, in words; `uses` every claim, used or set aside.
    """

    effect: Effect
    status: Status = "unknown"
    side: str | None = None
    demographic: list[str] = []
    low: int | None = None
    best: int | None = None
    high: int | None = None
    policy: str
    families: int = 1
    sums: list[str] = []
    uses: list[Use] = []


class TollPoint(Record, frozen=True, kw_only=True):
    """A step of a toll: what one source gave on one day."""

    day: str | None
    source: str
    effect: Effect
    status: Status = "unknown"
    side: str | None = None
    low: int | None = None
    best: int | None = None
    high: int | None = None
    claim: str


class Conflict(Record, frozen=True, kw_only=True):
    """Claims of an incident, of one or several reports, that cannot all be true: the sums, and a sentence in Arabic and English."""

    kind: ContradictionKind | Literal["toll_fell", "blame_disagrees"]
    claims: list[str]
    sum: int | None = None
    stated: int | None = None
    difference: int | None = None
    note: str
    note_ar: str


class IncidentPlace(Record, frozen=True, kw_only=True):
    """A place of an incident, as the most exact of the reports that name it has it."""

    name: str
    name_en: str | None = None
    level: Level
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    country: str | None = None
    gazetteer: str | None = None
    pcode: str | None = None
    reports: int = 1


class Incident(Record, frozen=True, kw_only=True):
    """What many reports say of one incident, rebuilt from claims at any time; its id stays.

    `first` and `last` are the days between which it happened (ISO; null where unknown), `events` the event claims judged to tell it,
    `families` how many independent source families tell it, `parent` the incident that it is a part of, `possibly` pairs for review.
    """

    id: str
    kind: EventKind
    modality: Modality = "asserted"
    first: str | None = None
    last: str | None = None
    places: list[IncidentPlace] = []
    country: str | None = None
    agents: list[str] = []
    targets: list[str] = []
    means: list[str] = []
    parent: str | None = None
    main: bool = True
    events: list[str] = []
    reports: list[str] = []
    families: int = 1
    figures: list[Figure] = []
    curve: list[TollPoint] = []
    conflicts: list[Conflict] = []
    possibly: list[Pair] = []


class Words(Record, frozen=True, kw_only=True):
    """The words of a claim in the untouched text of its report."""

    claim: str
    report: str
    quote: str
    start: int
    end: int


class ReportLine(Record, frozen=True, kw_only=True):
    """A report in a line: what it is, and the family of texts that it belongs to."""

    sha256: str
    id: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    family: str


class Dossier(Record, frozen=True, kw_only=True):
    """Everything to answer for an incident with: its parts, who tells it, and the words behind every claim.

    `names` gives actors and sources their names in Arabic and English, by id.
    """

    incident: Incident
    parts: list[Incident] = []
    reports: list[ReportLine] = []
    words: list[Words] = []
    names: dict[str, tuple[str, str]] = {}


class CaseReport(Record, frozen=True, kw_only=True):
    """What one report says of one incident, as reviewers left it: its events and figures of the incident, and all its places.

    `text` is the untouched text that spans count in; null where it is not to be handed on. `originals` say what it came from, and how;
    they are there where one case is asked for, and not where a whole register is handed on.
    """

    line: ReportLine
    language: str | None = None
    text: str | None = None
    originals: list[Original] = []
    events: list[EventClaim] = []
    figures: list[FigureClaim] = []
    places: list[Place] = []


class Case(Record, frozen=True, kw_only=True):
    """An incident with all that it takes to code it by somebody's rules, or to hand it on: its parts, and what each report says of it.

    `names` gives actors and sources their names in Arabic and English, by id; `judgements` are those in force on its claims.
    `kin` are, where the incident is a part, the whole that it is a part of, then the other parts of that: a toll of the whole is not
    counted again in a part.
    """

    incident: Incident
    parts: list[Incident] = []
    reports: list[CaseReport] = []
    names: dict[str, tuple[str, str]] = {}
    judgements: list[Judgement] = []
    kin: list[Incident] = []


_ENCODER = msgspec.json.Encoder()


def claim_id(report_sha256: str, kind: str, start: int, end: int, *said: object) -> str:
    """A content id for a claim: 16 hex digits of SHA-256 over the report, the words' place and what they say.

    >>> claim_id("ab" * 32, "figure", 5, 20, "killed", 4)
    'fig-1f6787d23e815442'
    """
    key = _ENCODER.encode([report_sha256, kind, start, end, *said])
    return f"{kind[:3]}-{hashlib.sha256(key).hexdigest()[:16]}"


def to_json(record: msgspec.Struct | list[Any] | dict[str, Any], *, indent: int = 0) -> str:
    """A record as JSON text, fields in the order of their definition, Arabic as Arabic.

    >>> to_json(Span(start=0, end=3))
    '{"start":0,"end":3}'
    """
    raw = msgspec.json.encode(record)
    return (msgspec.json.format(raw, indent=indent) if indent else raw).decode()


def reading_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `Reading`, as published in `docs/reference/reading.schema.json`."""
    schema = msgspec.json.schema(Reading)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "sijill reading", **schema}
