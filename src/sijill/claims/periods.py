"""Figures that count a longer time than one event."""

from __future__ import annotations

from typing import Final

from sijill.annotate.units import Units
from sijill.claims.context import Context, DatedSpan, EventDraft

__all__ = ["long_before", "of_a_war", "over_a_period", "since_the_last", "turns_away"]

_PERIOD_REACH: Final = 40
"""How far from a number, in words, its sentence may name the period that it counts."""


def over_a_period(context: Context, position: int, sentence: int) -> bool:
    """Whether the sentence says that a number counts a longer time than one event: «منذ مطلع العام», «خلال الأسبوعين الماضيين».

    A toll that merely rose counts one event. «المحاصرة منذ عام 2013» tells of the place, not of the number; what a new clause
    tells after the number («ويأتي ذلك في حرب بدأت منذ …») is not the number's time.
    """
    low, high = context.sentences[sentence]
    _, high = context.clause(position, position + 1, low, min(high, position + _PERIOD_REACH))
    low = max(low, position - _PERIOD_REACH)
    units = context.units
    high = next((i for i in units.row.where("COMMA", first=position, last=high) if turns_away(units, i)), high)
    if _sums_up(units, low) or _so_far(units, position):
        return True
    periods = units.row.where("SINCE", first=low, last=high)
    days = []
    periods = [at for at in periods if not since_the_last(units, at) and not _since_one_attack(units, at, position)]
    for span in context.spans_between(low, high):
        if since_the_last(units, span.unit):
            continue
        if _is_period(units, span):
            periods.append(span.unit)
        elif not units.row.holds("SINCE", first=span.unit - 8, last=span.unit):
            days.append(span.unit)
    reach = min((abs(i - position) for i in periods if not _of_a_place(units, i)), default=None)
    return reach is not None and all(abs(i - position) >= reach for i in days)


def of_a_war(units: Units, draft: EventDraft) -> bool:
    """«أجبروا على النزوح بسبب النزاع»: people whom a war has driven out over years, and not the attack told before."""
    if draft.kind != "displacement":
        return False
    return units.row.holds("WAR_N", first=draft.last, last=draft.last + _CAUSE_REACH)


_CAUSE_REACH: Final = 4


def long_before(units: Units, draft: EventDraft) -> bool:
    """«اعتقلوا أمس …، بعد شهر من تفجير المسجد»: so long before what the story tells."""
    first = draft.first
    if first < 2 or draft.triggers[0].verb or not units[first - 1].has_any(("FROM", "ON")):
        return False
    return units[first - 2].has("DATE") and units[first - 2].word.startswith("بعد ")


def since_the_last(units: Units, at: int) -> bool:
    """«في أعنف هجوم منذ عام», «الأول من نوعه منذ 2012»: since when there was none like it, and not the time that is told of."""
    if not (units[at].has("SINCE") or units[at].word.startswith("منذ")):
        return False
    return any(unit.word in _UTMOST for unit in units.items[max(0, at - _UTMOST_REACH) : at])


def _since_one_attack(units: Units, at: int, position: int) -> bool:
    """«منذ التفجير في السوق الذي خلف 30 قتيلا»: the dead are of the attack, and not of the time since then."""
    if at >= position or not units.row.holds(any_of=_STRIKES, first=at + 1, last=at + _ATTACK_SINCE):
        return False
    clause = units.row.where("REL", "COMMA", first=at + 1, last=position)
    return bool(clause) and units[clause[-1]].has("REL")  # «منذ الهجوم الذي …، اعتقل 150»: of the time again


_ATTACK_SINCE: Final = 3
_UTMOST: Final = frozenset(
    "اسوا اعنف اكبر اول الاول الاولي اعلي الاعنف الاسوا الاكبر الاعلي اشد الاشد اخطر الاخطر اكثر الاكثر اوسع الاوسع".split()
)
_UTMOST_REACH: Final = 6


def _sums_up(units: Units, first: int) -> bool:
    """«وبهذا ارتفع عدد المصابين إلى …», «وبذلك ترتفع الحصيلة»: a sentence that adds to what was counted before."""
    opening = units.items[first : first + _OPENING]
    by_this = next((i for i, unit in enumerate(opening) if unit.word in _BY_THIS), None)
    return by_this is not None and any(map(opening[by_this - 1].has, ("IN", "BY"))) and any(u.has("RISEN") for u in opening[by_this + 1 :])


_OPENING: Final = 7
_BY_THIS: Final = ("هذا", "ذلك", "هذه")


def _so_far(units: Units, position: int) -> bool:
    """«حتى الآن أكثر من 400 قتيل», «قتل 400 شخص حتى الآن»: right beside a number."""
    return any(unit.word in _UNTIL_NOW for unit in units.items[max(0, position - 2) : position + 4])


_UNTIL_NOW: Final = ("حتي الان", "الي الان", "لحد الان")


def turns_away(units: Units, comma: int) -> bool:
    """Whether a comma with «و» starts to tell of something else than more people harmed."""
    if comma + 2 >= len(units):
        return False
    if not units[comma + 1].has("CONJ"):
        return units[comma + 1].has("W") and units[comma + 1].word.startswith("و")
    if units[comma + 2].word in _ALL_THAT:
        return False  # «…، وذلك منذ بدء النزاع»
    if units[comma + 2].has("PRON") and units[comma + 2].has_any(_STRIKES):
        return False  # «120 قتيلا جراء قصف النظام، وغاراته على المدينة منذ آذار»: one more cause of theirs
    return not units[comma + 2].has_any(("HARM_N", "HARM_V", "HARMED", "Q", "PERSON", "FALL_OF"))


_ALL_THAT: Final = ("ذلك", "هذا")
_STRIKES: Final = ("RAID_N", "STRIKE_N", "SHELL_N", "ATTACK_N", "BOMBING_N")


def _is_period(units: Units, span: DatedSpan) -> bool:
    """«منذ 5 آذار», «الأشهر الثلاثة الماضية», «خلال شهر تشرين الثاني», «على مدار سبعة أيام», «خلال 10 أشهر», «هذا العام».

    «منذ مساء الأربعاء» and «الساعات الماضية» tell when one thing happened.
    """
    word = units[span.unit].word
    if word.startswith("منذ ") and span.unit > 0 and units[span.unit - 1].has("AUX"):
        return False  # «في تفجير وقع منذ أسبوع»: when it happened
    if span.kind in ("since", "span") or word.startswith("منذ "):
        first = word.removeprefix("منذ ").split(" ")[0]
        return first not in _OF_A_DAY or any(letter.isdigit() for letter in word)
    if span.kind == "duration":
        length = span.value.duration or "T"
        in_it = word.startswith("خلال ") and length.endswith(("W", "M", "Y")) and not word.startswith("خلال اقل")
        return "T" not in length and (in_it or word.startswith("علي مد"))
    if word in _THIS_YEAR:
        return True
    ranged = word.startswith("من ") and (" حتي " in word or " الي " in word)
    whole = ranged or (span.value.edtf is not None and (len(span.value.edtf) < len("2022-01-01") or "/" in span.value.edtf))
    within = span.unit > 0 and (units[span.unit - 1].has("KHILAL") or units[span.unit - 1].word in _OF_THAT_TIME)
    return whole and span.value.time_of_day is None and within


_OF_A_DAY: Final = frozenset(
    {
        "قليل",
        "لحظات",
        "دقايق",
        "يومين",
        "ايام",
        "الساعات",
        "ساعات",
        "ساعه",
        "امس",
        "صباح",
        "فجر",
        "مساء",
        "ليل",
        "ليله",
        "ظهر",
        "عصر",
        "الليله",
        "الفجر",
        "الصباح",
    }
)
_OF_THAT_TIME: Final = ("الفتره", "المده", "الممتده")
"""Before the days of a period: «في الفترة من 3 آذار حتى 20 نيسان»."""
_THIS_YEAR: Final = frozenset({"هذا العام", "العام الحالي", "العام الجاري", "السنه الحاليه", "السنه الجاريه", "هذه السنه"})


def _of_a_place(units: Units, at: int) -> bool:
    """«الخاضعة لسيطرة … منذ 2016»: a definite participle before says what has lasted so long; a fight that lasts is no place."""
    for i in units.row.where("LASTING_STATE", first=max(1, at - 5), last=at):
        if units[i].has("DEF"):
            return not (units[i - 1].has("CLASH_N") and i == at - 1)
    return False
