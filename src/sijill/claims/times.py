"""When each event happened, and how that is known.

An event takes the date of its own clause; else one that its sentence gave before it; else the frame's, where the text licenses it:

* news («أمس», «اليوم» in its lead) goes on about the day last told, until it turns to another story or recalls older things, and
  comes back from those to the day of its lead; what is done often, lately or not yet, and what is only spoken of, is of no day;
* a story told in one day: the lead's date goes on until another date is given;
* a story of several days: what is told after the lead, before the next date, happened on the lead's day or after (``day/..``);
* «بعد فشل الهجوم»: on the attack's day or after; an event told as done before a dated one («بعد السيطرة على …»): by then (``../day``);
* «تزامن ذلك», or a campaign told from start to end: the whole span of the story.

Planned, threatened and hypothetical events take only a date of their own. Never a guess without `date_basis` saying "frame".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from msgspec.structs import replace

from sijill.annotate.dates import stamp_of_page
from sijill.annotate.unit import Unit
from sijill.annotate.units import Units
from sijill.claims.context import Context, DatedSpan, EventDraft, same_story
from sijill.claims.events import is_taken_of_it
from sijill.claims.nonevents import is_besieging
from sijill.claims.periods import long_before, of_a_war, since_the_last, turns_away
from sijill.claims.sources import source_at

__all__ = ["date_events"]


class _Frame:
    """The span of days that the text tells: its first stated day, its last, and whether it is a story of several days.

    `news`: the first date told leans on the day of writing («اليوم», «أمس»), as in a newspaper's report.
    """

    __slots__ = ("end", "news", "several_days", "start")

    def __init__(self, start: str | None, end: str | None, news: bool = False) -> None:
        self.start = start
        self.end = end
        self.news = news
        self.several_days = start is not None and end is not None and start < end


_TIME_BEFORE: Final = frozenset({"AFTER", "BEFORE"})
_VERBS: Final = frozenset({"PAST", "PRES"})
_UNREAL: Final = ("planned", "threatened", "hypothetical")


class _Told:
    """The day that a story has come to: by an event dated in its own words, or by words that date no event («قضى أمس ثلاثة»)."""

    __slots__ = ("at", "date", "sentence")

    def __init__(self, date: str, at: int, sentence: int) -> None:
        self.date = date
        self.at = at
        self.sentence = sentence


def date_events(context: Context, drafts: list[EventDraft]) -> None:
    """Give every draft its date, time and the basis of both."""
    frame = _frame(context)
    _on_this_day(context)
    heading = _heading_day(context, drafts)
    days, come_to = _days_told(context, frame, drafts[-1].first if drafts else 0), 0
    running: _Told | None = None
    lead = True  # no second date has been told yet
    for draft in drafts:
        while come_to < len(days) and days[come_to].at < draft.first:
            if running is None or running.at < days[come_to].at:
                running = days[come_to]
            come_to += 1
        if running is not None and _starts_anew(context, running, draft, heading):
            running = None
        start, end = draft.clause
        dated = bool(context.spans_between(min(start, draft.first - _COUNTED_REACH), max(end, draft.first)))  # most are not
        if dated and _counted_back(context, draft, drafts, running):
            continue
        own = _own_date(context, draft) if dated else None
        if own is not None:
            _take(context, draft, own, running)
            if running is not None and running.date != draft.date and draft.modality not in _UNREAL:
                lead = False
            goes_on = (frame.news and own.kind == "since") or _of_the_page(context, own)  # what has lasted for long is no turn of the story
            if draft.modality not in _UNREAL and draft.date and not draft.date.startswith("..") and not goes_on:
                running = _Told(draft.date, draft.last, draft.sentence)
            continue
        if draft.modality in _UNREAL:
            continue
        if _before_a_date(context, draft) or (dated and _dated_vaguely(context, draft)):
            continue
        if running is None and heading is not None and not draft.background:
            _set(draft, heading.date)
            continue
        _inherit(context, draft, running, frame, lead)
    _date_the_chain(context, drafts)


def _on_this_day(context: Context) -> None:
    """«في مثل هذا اليوم 12 آذار», and below it lines headed by a year: the years are of that day. Changes the dates of `context`."""
    if len(context.dates) < 2:
        return
    said = context.dates[0].said.start
    if said is None or said.day is None or said.month is None or said.year is not None or said.calendar == "hijri":
        return
    below = context.units.row.first_of("NL", first=context.dates[0].unit, last=context.dates[0].unit + _HEADING_WORDS)
    if below is None:
        return
    day = f"-{said.month:02}-{said.day:02}"
    context.dates = [_with_its_day(context.units, span, day) for span in context.dates]


def _with_its_day(units: Units, span: DatedSpan, day: str) -> DatedSpan:
    year = span.value.edtf
    if year is None or len(year) != len("2022") or not span.unit or not units[span.unit - 1].has_any(("NL", "DASH", "MARK")):
        return span
    return replace(span, value=span.value._replace(edtf=year + day))


_HEADING_WORDS: Final = 6
"""How many words may stand behind the day in the heading of «what happened on this day»."""


def _date_the_chain(context: Context, drafts: list[EventDraft]) -> None:
    """«هاجم مسلحون قرية وقتلوا … وأحرقوا … ليل الأحد»: a day at the end dates the deeds that one subject does one after the other."""
    for n in range(len(drafts) - 1, 0, -1):
        draft, after = drafts[n - 1], drafts[n]
        if draft.date is not None or not after.own_date or after.date is None or draft.sentence != after.sentence:
            continue
        if draft.kind == "judicial_action":
            continue  # it comes long after what it judges
        joint = context.units[after.first - 1] if after.first > 0 else None
        chained = after.triggers[0].verb and joint is not None and joint.has("CONJ") and set(draft.agents) & set(after.agents)
        caused = joint is not None and joint.word in _BY_CAUSE and not after.triggers[0].verb  # «اعتقال … إثر مداهمة منزله في 3 آذار»
        if (chained or caused) and draft.modality == after.modality == "asserted":
            draft.date, draft.date_basis = after.date, after.date_basis


_BY_CAUSE: Final = frozenset({"اثر", "جراء", "نتيجه", "خلال"})


def _days_told(context: Context, frame: _Frame, last: int) -> list[_Told]:
    """The days that the words of a story of one day, or of news, come to before a unit, whether or not an event stands beside them."""
    found: list[_Told] = []
    if frame.several_days and not frame.news:
        return found
    published = (context.report.published or "")[: len("2022-01-20")]
    for span in context.dates:
        if span.unit >= last:
            break
        day = span.value.edtf
        if span.kind != "date" or not day or not _is_day(day) or _is_what_was_published(context, span) or _of_the_page(context, span):
            continue
        if not published or (day <= published and days_between(day, published) <= _OLD_DAYS):
            found.append(_Told(day, span.unit, context.sentence_of(span.unit)))
    return found


def _starts_anew(context: Context, running: _Told, draft: EventDraft, heading: _Heading | None) -> bool:
    """Whether a new item of a round-up, or another story, stands between two events."""
    if heading is not None and heading.of_items:
        return context.paragraph_break(running.at, draft.first)
    low, _ = context.sentences[draft.sentence]
    return running.sentence < draft.sentence and context.units.row.holds("OTHER_STORY", first=low, last=min(low + 4, draft.first))


class _Heading(NamedTuple):
    """A day that a heading, a dateline or a page's own stamp gives; `of_items`: a round-up, each item of which is of that day."""

    date: str
    of_items: bool


_STAMP_LINES: Final = 12
"""How many units a line may have that is only a date and what pages put beside it."""
_FIRST_LINES: Final = 80
"""How far into a text its own stamp may stand, in units; titles and bylines come before it."""


def _heading_day(context: Context, drafts: list[EventDraft]) -> _Heading | None:
    """The day that is given before anything is told («حصاد يوم السبت 18-06-2022»), or on a line of its own near the top."""
    first_event = drafts[0].first if drafts else len(context.units)
    for span in context.dates:
        edtf = span.value.edtf
        if span.unit >= max(first_event, _FIRST_LINES):
            break
        if _of_the_page(context, span):
            continue
        if not (edtf and _is_day(edtf)):
            if span.unit >= first_event:
                break
            continue
        if span.unit < first_event and context.paragraph_break(span.unit, first_event):
            return _Heading(edtf, of_items=True)
        if span.value.basis == "stated" and _alone_on_its_line(context, span.unit):
            return _Heading(edtf, of_items=False)
    return _posted(context) or _breaking(context, first_event) or _of_every_day(context, first_event)


def _of_every_day(context: Context, first_event: int) -> _Heading | None:
    """«التقرير اليومي», «حصاد اليوم» in the title or before anything is told: the items are of the day of publication."""
    published, title = context.report.published, context.layout.title
    if published is None:
        return None
    headed = context.units.row.holds("DAILY", last=min(first_event, _FIRST_LINES))
    if not headed and not (title and any(form in title for form in context.units.lexicon.words_of("DAILY"))):
        return None
    return _Heading(published[: len("2022-01-20")], of_items=True)


def _alone_on_its_line(context: Context, unit: int) -> bool:
    units = context.units
    first = next((i for i in range(unit, max(-1, unit - _STAMP_LINES), -1) if i == 0 or units[i - 1].has("NL")), None)
    last = next((i for i in range(unit, min(len(units), unit + _STAMP_LINES)) if units[i].has("NL") or units[i].has("STAMP")), None)
    return first is not None and last is not None


def _posted(context: Context) -> _Heading | None:
    """The day and hour that a page of social media gives below a post: what the post tells has just happened."""
    given = context.report.published
    published = date.fromisoformat(given[: len("2022-01-20")]) if given else None
    day = stamp_of_page(context.units.folded.text, published)
    return _Heading(day.isoformat(), of_items=False) if day else None


def _breaking(context: Context, first_event: int) -> _Heading | None:
    """«عاجل» before what it tells: it happens on the day of writing."""
    if context.report.published is None or not context.units.row.holds("BREAKING", last=min(first_event, _FIRST_LINES)):
        return None
    return _Heading(context.report.published[: len("2022-01-20")], of_items=False)


def _frame(context: Context) -> _Frame:
    """First and last full day stated in the text, when the last lies within the first one's year."""
    told = [span for span in context.dates if span.value.edtf and not _of_the_page(context, span)]
    first = next((s.value for s in told if s.value.edtf and (_is_day(s.value.edtf) or _is_night(s.value.edtf))), None)
    if first is not None and first.edtf and first.basis == "relative":
        day = first.edtf.split("/")[-1]
        return _Frame(day, day, news=True)
    days = sorted(
        part for span in told if span.value.edtf and span.value.basis in ("stated", "frame", "published") for part in _days(span.value.edtf)
    )
    if not days:
        return _Frame(None, None)
    start = first.edtf.split("/")[0] if first is not None and first.edtf else days[0]
    later = [d for d in days if start <= d and d[:4] == start[:4]]
    return _Frame(start, later[-1] if later else start)


def _of_the_page(context: Context, span: DatedSpan) -> bool:
    """A date that tells nothing of the story: of a picture's caption («- 18 تموز 2021 (الوكالة)»), or the day a page was looked at."""
    day, published = span.value.edtf, context.report.published
    if day is None or not _is_day(day):
        return False
    if published is not None and day > published[: len(day)] and days_between(day, published[: len(day)]) > _AFTER_PUBLICATION:
        return True
    units = context.units
    after = units[span.unit + 1] if span.unit + 1 < len(units) else None
    return span.unit > 0 and units[span.unit - 1].has("DASH") and after is not None and after.has("LPAR")


def _days(edtf: str) -> list[str]:
    """Full days that a date names: itself, or the known end of an open interval («حتى 30 آذار»)."""
    if "/" in edtf and ".." not in edtf:
        return []
    return [part for part in edtf.split("/") if _is_day(part)]


def _own_date(context: Context, draft: EventDraft) -> DatedSpan | None:
    """The date of the event's own clause that stands nearest to its words; of a year and a day in it the day."""
    start, end = draft.clause
    if draft.points_back and any(
        u.word.startswith(_RESPONSIBILITY) for u in context.units.items[max(start, draft.first - 4) : draft.first]
    ):
        return None  # «أعلنت الجماعة مسؤوليتها عن الهجوم في اليوم التالي»: the day of the claim
    inside = [
        span
        for span in context.dates_between(start, end)
        if not since_the_last(context.units, span.unit)
        and not _of_another(context, draft, span)
        and not _of_a_publication(context, draft, span)
        and not _lies_ahead(context, draft, span)
        and not (draft.kind == "judicial_action" and context.units.row.holds("HARM_N", "HARM_V", first=draft.last, last=span.unit))
        and not (draft.first - _GOVERNED <= span.unit < draft.first and _spoken_of(context, draft, span.unit - _CLAIMED))
        and not _of_what_came_after(context, draft, span)
        and not _of_who_says_so(context, draft, span)
        and not (span.unit < draft.first and long_before(context.units, draft))
    ]
    told = _told_by_a_relative_clause(context, draft)
    if told is not None or not inside:
        return told
    after = [span for span in inside if span.unit >= draft.last and span.kind == "date" and span.value.edtf]
    if after and _said_on(context, draft, inside) and not context.units.row.holds("REL", first=draft.last, last=after[0].unit):
        inside = after
    nearest = min(inside, key=lambda s: (min(abs(s.unit - draft.first), abs(s.unit - draft.last)), s.unit))
    exact = [s for s in inside if s.value.edtf and nearest.value.edtf and _within(s.value.edtf, nearest.value.edtf)]
    chosen = (exact or [nearest])[0]
    if draft.points_back and _after_word(context, draft) and not _in_its_own_words(context, draft, chosen):
        return None  # «بعد فشل الهجوم»: a date in that clause is the clause's, not that of the attack it points back to
    return chosen


_RESPONSIBILITY: Final = ("مسوولي", "المسوولي")


def _said_on(context: Context, draft: EventDraft, inside: list[DatedSpan]) -> bool:
    """«وثقت الشبكة اليوم مقتل شاب … في 28 كانون الأول»: the day told before an event's noun is that of the verb of saying before it.

    Before an event's verb it is so where «إن» stands between («قالت الشرطة أمس إن مسلحين أحرقوا …»).
    """
    before = [span.unit for span in inside if span.unit < draft.first]
    if not before or (draft.triggers[0].verb and not context.units.row.holds("THAT", first=before[0] + 1, last=before[0] + 3)):
        return False
    return context.units.row.holds("SAY_V", first=max(draft.clause[0], before[0] - _SAID_BEFORE), last=before[0])


_SAID_BEFORE: Final = 6


def _in_its_own_words(context: Context, draft: EventDraft, span: DatedSpan) -> bool:
    """«التفجير الذي شهده المسجد الخميس»: a relative clause right after the event's words dates the event itself."""
    units = context.units
    if draft.last >= span.unit or not units.row.holds("REL", first=draft.first + 1, last=draft.last + 1):
        return False  # «التفجير الذي استهدف المسجد» is told in these words itself
    return not units.row.holds("COMMA", first=draft.last, last=span.unit)


def _told_by_a_relative_clause(context: Context, draft: EventDraft) -> DatedSpan | None:
    """«أعلنت اليوم مقتل … في الهجوم على السجن الذي بدأ في 20 …»: the clause dates the attack, whatever day is told before it."""
    units = context.units
    that = units.row.first_of("REL", first=draft.last, last=draft.last + _RELATIVE_REACH)
    if that is None or units.row.holds("STOP", "SEMI", "NL", *_NOT_ITS_OWN, first=draft.last, last=that):
        return None
    if not same_story(draft.kind, "attack_unspecified") and draft.kind not in ("armed_clash", "security_operation"):
        return None
    if not _can_mean(units[draft.last - 1], units[that].word) or not _happens(units, that + 1):
        return None
    end = units.row.first_of("COMMA", "STOP", "SEMI", "NL", "REL", *_NOT_ITS_OWN, first=that + 1, last=that + _RELATIVE_REACH)
    dates = context.dates_between(that, that + _RELATIVE_REACH if end is None else end)
    return next((span for span in dates if span.kind == "date"), None)


_NOT_ITS_OWN: Final = ("THAT", "HARM_V", "HARM_N", "AFTER", "BEFORE", "PERSON")
"""Words between an attack and a relative clause, or in it, that make the clause another's or its day that of something else."""
_RELATIVE_REACH: Final = 16


def _can_mean(noun: Unit, relative: str) -> bool:
    """«الذي» is no operation and «التي» no attack: a word in ة is feminine, and so is a plural of things."""
    feminine = noun.word.endswith(("ه", "ات"))
    return not feminine if relative == "الذي" else relative == "التي" and (feminine or not noun.has("SG"))


def _happens(units: Units, at: int) -> bool:
    """«بدأ», «وقع», «شنه …», «اندلعت»: what an attack itself does or has done to it, not what stands on the place it was made on."""
    return at < len(units) and units[at].has_any(("START_V", "AUX", "CARRIED_OUT_V", "BREAK_OUT", "BREAK_OUT_V", "ATTACK_V"))


def _within(day: str, period: str) -> bool:
    """Whether a day lies in a year or month told beside it, «رمضان» too."""
    start, _, end = period.partition("/")
    if _is_day(start) and _is_day(end):
        return _is_day(day) and start <= day <= end and days_between(start, end) >= _SHORTEST_MONTH
    return _is_day(day) and not _is_day(period) and day.startswith(period)


_SHORTEST_MONTH: Final = 27


def _of_another(context: Context, draft: EventDraft, span: DatedSpan) -> bool:
    """Whether a date after the event's words is said of something else.

    «قصفوا أريحا التي تسيطر عليها الفصائل منذ 28 أيار» dates the control, «عثر على جثته بعد فقدانه أمس» the loss.
    What stands after «أن» is told apart, but «بعد أن خرج من بيته الخميس» dates what happened to him.
    """
    units = context.units
    if span.kind == "since" and span.unit > draft.first and _of_a_verb_before(units, span.unit):
        return True
    if span.unit < draft.last:
        return False
    if span.unit - draft.last > _OUT_OF_REACH:
        return True
    between = units.items[draft.last : span.unit]
    if span.kind == "since" and draft.points_back and not any(map(_is_a_state, between)) and not _of_its_toll(units, draft, span):
        return True  # «يسلط الهجوم الضوء على معاناة المدنيين منذ 13 عاما»
    if any(unit.has("THAT") and not (at and between[at - 1].has_any(_TIME_BEFORE)) for at, unit in enumerate(between)):
        return True
    if _of_one_more(context, draft, span):
        return True
    if any(unit.has("CONJ") and between[at + 1].has_any(_TELLS) for at, unit in enumerate(between[:-1])):
        return True  # «انفجر لغم فأصيب سبعة، ونشر المرصد في 4 تشرين الأول أن …»
    if any(unit.has("REL") and _of_a_thing(between, at) for at, unit in enumerate(between)):
        return True  # «اشتباكات قرب المطار الذي استعاده الجيش الاثنين»
    if span.kind == "since" and any(unit.has("REL") for unit in between) and any(map(_is_a_state, between)):
        return True
    if span.kind == "since" and any(turns_away(units, i) for i in range(draft.last, span.unit) if units[i].has("COMMA")):
        return True
    return any(between[at].has("AFTER") and not _comma_in(between[at:]) for at in range(max(0, len(between) - 3), len(between) - 1))


_TELLS: Final = ("SAY_V", "POST_V")


def _of_one_more(context: Context, draft: EventDraft, span: DatedSpan) -> bool:
    """«في عملية في الأحساء، ومطلوب آخر في خميس مشيط في 26 آذار»: the day of one more, behind a scene of his own.

    Preferred mistake: no day for the first where both were harmed on that day.
    """
    units = context.units
    others = units.row.first_of("OTHERS", "HARM_N", "HARM_V", first=draft.last, last=span.unit)
    if others is None or not units[others].has("OTHERS"):
        return False
    joint = units.row.first_of("CONJ", first=max(draft.last, others - _ONE_MORE), last=others)
    if joint is None:
        return False
    return bool(context.places_between(draft.last, joint)) and bool(context.places_between(others, span.unit))


_ONE_MORE: Final = 3
"""How many words may stand between «و» and «آخر» of one more who was harmed."""


def _of_a_thing(between: Sequence[Unit], at: int) -> bool:
    """Whether a relative clause tells what was done to a place: a kind word or name before it, a verb of control behind it."""
    if not at or at + 1 >= len(between) or not between[at - 1].has_any(("PLACE", "KIND", "PLACE_WEAK")):
        return False
    return between[at + 1].word.startswith(_TAKEN_WORDS)


_TAKEN_WORDS: Final = ("استعاد", "سيطر", "استول", "حرر", "احتل", "انسحب", "دخل", "سقط")
_OUT_OF_REACH: Final = 200
"""A date so many units on is another event's; without an end, a text of one endless sentence would be read for ever."""


def _of_its_toll(units: Units, draft: EventDraft, span: DatedSpan) -> bool:
    """«ارتفعت حصيلة القتلى في الهجوم على السجن إلى 332 منذ 20 …»: the toll of the attack counts from its first day."""
    toll = next(iter(units.row.where("TOLL", first=draft.first - _TOLL_BEFORE, last=draft.first)), None)
    exact = span.value.edtf is not None and _is_day(span.value.edtf.removesuffix("/..")) and units[draft.first].has("DEF")
    return toll is not None and exact and not units.row.holds("COMMA", "CONJ", "STOP", "TOLL", first=toll + 1, last=span.unit)


_TOLL_BEFORE: Final = 8


def _of_a_verb_before(units: Units, at: int) -> bool:
    """«في ظل حرب لم تتوقف منذ 11 عاما»: a verb right before «منذ» that is not the event's own."""
    return units[at - 1].has_any(_VERBS) or (at > 1 and units[at - 2].has("NEG"))


def _comma_in(items: Sequence[Unit]) -> bool:
    return any(unit.has("COMMA") for unit in items)


def _is_a_state(unit: Unit) -> bool:
    """A word for what lasts («تسيطر عليها», «الخاضعة») rather than for what happens."""
    return unit.has("CONTROL_V") or unit.has("LASTING_STATE")


def _of_a_publication(context: Context, draft: EventDraft, span: DatedSpan) -> bool:
    """«أعلنت هيومن رايتس ووتش أمس أن …»: an organisation that documents tells today of what was done at another time."""
    return span.unit < draft.first and _is_what_was_published(context, span)


def _spoken_of(context: Context, draft: EventDraft, low: int) -> bool:
    """«أعلن أمس مسؤوليته عن هجوم», «نددت اليوم بالتفجير»: the day is that of the claim, of the condemnation, of the trial."""
    units = context.units
    if draft.triggers[0].verb:
        return False
    words = units.row.where("CLAIM_V", "DEMAND", "SPOKEN_OF", first=max(draft.clause[0] - 1, low), last=draft.first)
    return any(units[i].has("PAST") or not units[i].has("DEMAND") for i in words)


def _of_what_came_after(context: Context, draft: EventDraft, span: DatedSpan) -> bool:
    """«زار أمس مصابي التفجير», «اعتقلت أمس ثلاثة بتهمة المشاركة في تفجير»: the day of a visit, a funeral, an arrest, a verdict.

    Preferred mistake: no day for the attack over that of what came after it.
    """
    return span.unit < draft.first and _is_old_news(context, draft, span.unit - _VISITED)


def _is_old_news(context: Context, draft: EventDraft, low: int) -> bool:
    """Whether the words before an attack, from `low` on, tell of what came after it; «قتل أمس ثلاثة خلال تشييع» does not."""
    units, first = context.units, draft.first
    if not first or not same_story(draft.kind, "attack_unspecified"):
        return False
    if units[first - 1].has_any(_ITS_PEOPLE) and not units[first].has("PREP"):
        return not draft.triggers[0].verb
    if draft.triggers[0].verb and not units[first - 1].has("REL"):
        return False
    after = units.row.first_of("AFTERMATH", "SPOKEN_OF", first=max(draft.clause[0], low, first - _AFTERMATH_REACH), last=first)
    if after is None:
        return False
    return units[after].has("DIED_OF_IT") or not units.row.holds("HARM_V", "HARM_N", first=draft.clause[0], last=after)


_ITS_PEOPLE: Final = frozenset({"HARMED", "TOLL"})
"""«جرحى التفجير», «عدد قتلى الهجوم»: right before the attack whose they are."""
_AFTERMATH_REACH: Final = 16
"""How many words may stand between a visit, a funeral or a charge and the attack that it came after."""
_VISITED: Final = 3
"""How many words before its day the verb of a visit or a funeral may stand."""


def _of_who_says_so(context: Context, draft: EventDraft, span: DatedSpan) -> bool:
    """«قتل الأربعاء سبعة …، بحسب ما أفاد الخميس مصدر»: the second day is that of the source, where the sentence has told one before."""
    units, low = context.units, context.sentences[draft.sentence][0]
    if span.unit < draft.last:
        return False
    said = units.row.where("ACCORDING", "COMMA", first=draft.last, last=span.unit)
    if not said or not units[said[-1]].has("ACCORDING") or not units.row.holds("SAY_V", first=said[-1], last=span.unit + 1):
        return False
    return any(s.kind == "date" for s in context.dates_between(low, said[-1]))


def _lies_ahead(context: Context, draft: EventDraft, span: DatedSpan) -> bool:
    """«قررت المحكمة تأجيل المحاكمة إلى الاثنين المقبل»: what is told as done was not done on a day still to come."""
    moment = span.said.start
    coming = moment is not None and (
        (moment.turn or 0) > 0 or (moment.shift is not None and moment.shift.anchor == "report" and (moment.shift.number or 0) > 0)
    )
    return coming and span.kind == "date" and draft.modality == "asserted" and not context.units[draft.first].has("FUT")


def _is_what_was_published(context: Context, span: DatedSpan) -> bool:
    units = context.units
    if units.row.holds("ISSUED", first=span.unit - 4, last=span.unit):
        return True
    if not units.row.holds("THAT", first=span.unit + 1, last=span.unit + 4):
        return False
    source = source_at(context, context.sentence_of(span.unit), span.unit)
    known = context.names.sources.get(source[0]) if source else None
    return known is not None and known.kind in ("ngo", "un")


def _counted_back(context: Context, draft: EventDraft, drafts: list[EventDraft], running: _Told | None) -> bool:
    """«قصفوا اليوم المدينة، بعد يومين من تحريرها»: the event that is counted from took place so long before the one told first."""
    low, _ = context.sentences[draft.sentence]
    spans = [s for s in context.spans_between(max(low, draft.first - _COUNTED_REACH), draft.first) if _from_an_event(s)]
    if not spans:
        return False
    counted = spans[-1]
    shift = counted.said.start.shift if counted.said.start else None
    told = _day_before(context, drafts, low, counted.unit) or (running.date if running and _is_day(running.date) else None)
    if told is None or shift is None or shift.number is None:
        return False
    days = shift.number if shift.unit == "day" else 0
    draft.date, draft.date_basis = (date.fromisoformat(told) - timedelta(days=days)).isoformat(), "frame"
    draft.note(context.units, "date", counted.unit, counted.unit + 1, "counted from the event told with it")
    return True


def _day_before(context: Context, drafts: list[EventDraft], low: int, unit: int) -> str | None:
    """The day that a sentence from `low` on has told before a unit: by its own words, else by the event in it."""
    own = [s.value.edtf for s in context.dates_between(low, unit) if s.value.edtf and _is_day(s.value.edtf)]
    if own:
        return own[-1]
    at = bisect_left(drafts, unit, key=lambda d: d.first)
    told = drafts[at - 1] if at and drafts[at - 1].first >= low else None
    return told.date if told is not None and told.date and _is_day(told.date) else None


_COUNTED_REACH: Final = 14
"""How many words may stand between «بعد يومين» and the event that it counts from («من مقتل عدة مدنيين … في قصف»)."""


def _from_an_event(span: DatedSpan) -> bool:
    shift = span.said.start.shift if span.said.start is not None else None
    return span.value.edtf is None and shift is not None and shift.anchor == "event" and shift.unit in ("hour", "day")


def _dated_vaguely(context: Context, draft: EventDraft) -> bool:
    """«قبل أيام», «خلال الأعوام الماضية»: a time of its own that nobody can work out.

    «وقعت الهجمات بعد أسابيع من بدء الحملة» says that of the campaign, not of the attacks.
    """
    for span in context.spans_between(*draft.clause):
        if span.value.edtf is not None or span.kind not in ("date", "span", "since") or _of_another(context, draft, span):
            continue
        shift = span.said.start.shift if span.said.start is not None else None
        if shift is None or shift.anchor != "event" or span.unit < draft.first:
            return True
    return False


_TAKEN_SINCE: Final = "a place taken before or since"


def _take(context: Context, draft: EventDraft, span: DatedSpan, running: _Told | None) -> None:
    value = span.value
    day = value.edtf
    if day is not None and day.startswith("../") and running is not None and running.date == day[3:]:
        day = running.date  # «استمرت الاشتباكات حتى صباح أمس» of the fighting that began that day
    if day is not None and "/" in day and not day.endswith("..") and _subordinate_after(context, draft, span):
        day = f"../{day.split('/')[0]}"
    since = context.units[span.unit].word.startswith("منذ ")  # and not «اعتبارا من»
    held = draft.kind == "agreement_or_ceasefire" or draft.rule == _TAKEN_SINCE
    if since and day is not None and day.endswith("/..") and held:
        day = day.removesuffix("/..")  # «هدنة سارية منذ 2013», «تسيطر عليها منذ أيار»: made or taken then, though it holds on
    if (
        day is not None
        and "/" not in day
        and (_outbreak(context, draft) or _since_it_began(context, draft) or _ever_since(context, draft, span))
    ):
        day = f"{day}/.."
    draft.date, draft.date_basis, draft.own_date = day, value.basis, True
    draft.said_then = _said_on(context, draft, [span])
    start, end = draft.clause
    if start <= span.unit < end:
        draft.time, draft.time_of_day = value.time, value.time_of_day
    draft.note(context.units, "date", span.unit, span.unit + 1, "date expression")


def _outbreak(context: Context, draft: EventDraft) -> bool:
    """«اندلعت الحرب في …»: a war goes on from the day that it broke out."""
    units = context.units
    if draft.rule == "war on terror":
        return True
    return units.row.holds("WAR_N", first=draft.first, last=draft.last + 1) and units.row.holds(
        "BREAK_OUT", first=draft.first - 1, last=draft.last
    )


def _ever_since(context: Context, draft: EventDraft, span: DatedSpan) -> bool:
    """«تشهد المدينة هجمات منذ الإطاحة بالرئيس في 2011»: what goes on since something else that the date is of."""
    units = context.units
    since = next(iter(units.row.where("SINCE", first=draft.last, last=span.unit)), None)
    return since is not None and not units.row.holds("STOP", "SEMI", "COMMA", "PAST", first=draft.last, last=span.unit)


def _since_it_began(context: Context, draft: EventDraft) -> bool:
    """«قتل 40 منذ بدء الاشتباكات في 10 …», «منذ اندلاع الحرب»: fighting that goes on; an attack is of its day."""
    units, first = context.units, draft.first
    since = units.row.holds("SINCE", first=first - 2, last=first) or (
        first > 0 and units[first - 1].has("DATE") and units[first - 1].word.startswith("منذ ")
    )
    goes_on = draft.kind in _GOES_ON or units.row.holds("WAR_N", first=first, last=draft.last)
    return since and goes_on and units.row.holds("EDGE", "BREAK_OUT", "BEGINNING", first=first - 1, last=first)


_GOES_ON: Final = frozenset({"armed_clash", "security_operation", "siege", "protest", "riot"})


def _subordinate_after(context: Context, draft: EventDraft, span: DatedSpan) -> bool:
    """«فرض … من 24 …، بعد السيطرة على …»: the event after «بعد» was done by the date that was told before it."""
    return span.unit < draft.first and not draft.triggers[0].verb and _after_word(context, draft)


def _after_word(context: Context, draft: EventDraft) -> bool:
    return context.units.row.holds("AFTER", first=draft.first - 2, last=draft.first)


def _somewhere_after(context: Context, draft: EventDraft) -> bool:
    """«بعد تكثيف الجيش الحملة»: a few words between «بعد» and what was done before."""
    return context.units.row.holds("AFTER", first=max(draft.clause[0], draft.first - _GOVERNED - 1), last=draft.first)


def _before_a_date(context: Context, draft: EventDraft) -> bool:
    """«بعد السيطرة على الحي، … في 24 …»: done by a date that comes later in the sentence."""
    if draft.triggers[0].verb or draft.points_back or not _after_word(context, draft):
        return False
    _, high = context.sentences[draft.sentence]
    later = [s for s in context.dates_between(draft.last, min(high, draft.last + 40)) if s.value.basis == "stated"]
    if not later or later[0].value.edtf is None:
        return False
    draft.date, draft.date_basis = f"../{later[0].value.edtf.split('/')[0]}", "frame"
    return True


def _inherit(context: Context, draft: EventDraft, running: _Told | None, frame: _Frame, lead: bool) -> None:
    throughout = draft.simultaneous and frame.several_days and not frame.news
    if frame.start is None or (running is None and not throughout) or _outside_the_story(context, draft, running):
        return
    if frame.news:
        _inherit_news(context, draft, running, frame)
        return
    units = context.units
    if throughout:
        _set(draft, f"{frame.start}/{frame.end}")
    elif running is None:
        return
    elif _during_operation(context, draft) and frame.end and _is_day(running.date) and running.date < frame.end:
        _set(draft, f"{running.date}/{frame.end}")
    elif _campaign(draft) and frame.several_days and lead:
        _set(draft, f"{frame.start}/{frame.end}")
    elif _after_attack(units, context, draft) and _is_day(running.date):
        _set(draft, f"{running.date}/..")
    elif (not frame.several_days and _is_day(running.date)) or _same_breath(units, running, draft):
        _set(draft, running.date)
    elif lead and _is_day(running.date):
        _set(draft, f"{running.date}/..")


def _outside_the_story(context: Context, draft: EventDraft, running: _Told | None) -> bool:
    """Whether an event is recalled, done at no one time, or only spoken of, so that the day of the story says nothing of it."""
    if draft.background and not _recalled_together(running, draft):
        return True
    if _recalled(context, draft) or _of_no_one_day(context, draft) or of_a_war(context.units, draft):
        return True
    if long_before(context.units, draft) or is_taken_of_it(context, draft):
        return True
    return _spoken_of(context, draft, draft.first - _GOVERNED) or _is_old_news(context, draft, draft.first - _AFTERMATH_REACH)


def _inherit_news(context: Context, draft: EventDraft, running: _Told | None, frame: _Frame) -> None:
    """News goes on about the day last told, until it recalls older things."""
    if running is None or frame.start is None:
        return
    recent = _is_day(running.date.split("/")[-1]) and days_between(running.date.split("/")[-1], frame.start) <= _NEWS_DAYS
    recent = recent and (_is_day(running.date) or _is_night(running.date))
    earlier = not draft.triggers[0].verb and _somewhere_after(context, draft)  # «… جاء بعد الحصار»
    if (draft.kind in _DATED_BY_THEIR_OWN or _goes_on(context, draft)) and not _same_breath(context.units, running, draft):
        return
    if not earlier and (recent or _same_breath(context.units, running, draft)):
        _set(draft, running.date)
    elif not recent and not earlier and running.sentence < draft.sentence and _told_in_the_past(context, draft):
        _set(draft, frame.start)


def _goes_on(context: Context, draft: EventDraft) -> bool:
    """«تواصل القوات عملية تمشيط», «وتلاحق الشرطة مسلحين»: a verb of the present, with no «كان», tells what is still under way."""
    units = context.units
    low = max(draft.clause[0], draft.first - _VERB_REACH)
    verbs = units.row.where("PAST", "PRES", "UNDER_WAY", first=low, last=draft.first + 1)
    verbs = [i for i in verbs if not units[i].has("SAY_V")]
    return bool(verbs) and not units[verbs[-1]].has("PAST") and not units.row.holds("KANA", first=low - _VERB_REACH, last=verbs[-1])


_VERB_REACH: Final = 8
"""How many words before an event's own the verb may stand that it is the subject or object of."""
_DATED_BY_THEIR_OWN: Final = frozenset(
    {"territorial_control", "withdrawal", "defection", "agreement_or_ceasefire", "protest", "judicial_action"}
)
"""What news tells of without a day has often come about over days, or long ago: only attacks and operations go on on the day last told."""


def _told_in_the_past(context: Context, draft: EventDraft) -> bool:
    """«وأطلق مسلحون النار», «وقتل جندي في هجوم»: told by a plain verb of the past, as what the news is about."""
    units = context.units
    if draft.triggers[0].verb:
        return units[draft.first].has("PAST")
    return any(unit.has("PAST") and unit.has("HARM_V") for unit in units.items[draft.clause[0] : draft.first])


def _is_day(edtf: str) -> bool:
    return len(edtf) == len("2022-01-20") and "/" not in edtf


def _is_night(edtf: str) -> bool:
    """Two days in a row, as a night is dated («ليل الاثنين - الثلاثاء»)."""
    start, _, end = edtf.partition("/")
    return _is_day(start) and _is_day(end) and days_between(start, end) == 1


def days_between(one: str, other: str) -> int:
    """How many days lie between two days written as EDTF.

    >>> days_between("2022-01-30", "2022-02-02")
    3
    """
    return 0 if one == other else abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _recalled(context: Context, draft: EventDraft) -> bool:
    """«وكانت القوات قد سيطرت …»: told in the pluperfect, from before the story; «كان الطيران ينفذ …» is of the story."""
    low, _ = context.sentences[draft.sentence]
    if not draft.triggers[0].verb:
        return False
    units, before = context.units, context.units.row.where("KANA", first=max(low, draft.first - 8), last=draft.first)
    at = next((i for i in before if units[i].word.startswith("كان")), None)
    return at is not None and not units.row.holds("PRES", first=at, last=draft.last)


def _recalled_together(running: _Told | None, draft: EventDraft) -> bool:
    """«يذكر أن 20 قتلوا في تفجير صباح اليوم، كما وقع تفجير ثان»: of one day with what the same sentence recalls and dates."""
    return running is not None and running.sentence == draft.sentence and running.at < draft.first


def _of_no_one_day(context: Context, draft: EventDraft) -> bool:
    """«تنفذ بشكل مستمر عمليات», «في الآونة الأخيرة», «تمهيدا لاقتحام …»: done often, lately, or not yet; no day of the story."""
    units = context.units
    if draft.kind == "siege" and units[draft.first].has("LASTING_STATE") and not is_besieging(units, draft.first):
        return True  # «البلدة المحاصرة» is so on every day
    start, end = draft.clause
    comma = units.row.first_of("COMMA", first=draft.last, last=end)
    if units.row.holds("NO_ONE_TIME", first=start, last=end if comma is None else comma):
        return True
    return units.row.holds("NOT_YET", first=max(start, draft.first - _GOVERNED), last=draft.first)


_GOVERNED: Final = 4
"""How many words may stand between a word of purpose or fear and the event that it tells of."""
_CLAIMED: Final = 10
"""How many words may stand between a word of claiming or condemning and the day on which that was done."""
_AFTER_PUBLICATION: Final = 31
"""How many days after the publication a day lies that only the page itself can bear: a later one than any plan that is told."""
_OLD_DAYS: Final = 31
"""How many days before its publication a report's words may come to without an event; what is older is told of the past."""
_NEWS_DAYS: Final = 3
"""How many days from the lead's a story of news goes on to tell of; what is older is recalled."""

_SAME_BREATH: Final = 25
"""How many words after a dated event of a long story another one still shares its day."""


def _set(draft: EventDraft, day: str) -> None:
    draft.date, draft.date_basis = day, "frame"


def _campaign(draft: EventDraft) -> bool:
    return draft.rule == "named campaign"


def _during_operation(context: Context, draft: EventDraft) -> bool:
    """«أثناء عملية التطهير»: over the days of an operation that the story is in."""
    units = context.units
    low, _ = context.sentences[draft.sentence]
    for i in range(max(low, draft.first - 16), draft.first):
        if units[i].has("KHILAL") and units.row.holds("OPERATION_N", "CLEAR_N", first=i + 1, last=i + 4):
            return True
    return False


def _after_attack(units: Units, context: Context, draft: EventDraft) -> bool:
    """«وبعد فشل الهجوم قامت …»: told as following an attack that is known already."""
    start, _ = draft.clause
    low, _ = context.sentences[draft.sentence]
    for i in range(max(low, min(start, draft.first - 14) - 2), draft.clause[1]):
        if units[i].has("AFTER"):
            following = units.items[i + 1 : i + 4]
            if any((u.has("ATTACK_N") or u.has("CLASH_N") or u.has("OPERATION_N")) and u.has("DEF") for u in following):
                return True
    return False


def _same_breath(units: Units, running: _Told, draft: EventDraft) -> bool:
    """Whether two events stand close in one sentence, with no «ثم» or «لاحقا» between: then they share the day."""
    if draft.sentence != running.sentence or draft.first - running.at > _SAME_BREATH:
        return False
    return not any(u.word in ("ثم", "لاحقا", "بعدها", "بعد ذلك") for u in units.items[running.at : draft.first])
