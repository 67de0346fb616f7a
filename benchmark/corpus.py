"""Corpora of any size with known answers: made-up reports of made-up incidents, told by several outlets, retold, revised, summed up.

Every sentence is ours; places, actors and numbers vary. An incident is told by one report or by a dozen: on its day and on the next, with
the day as a date, a weekday or «أمس», with tolls that rise, in reprints with other openings, in round-ups beside other incidents. A fifth
of the reports tell of no conflict. How many incidents fall on a day does not depend on how long the corpus is, so that the same work is
asked for a report of a thousand as of a million. The same seed makes the same corpus.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from sijill.lexicon import load_lexicon
from sijill.names import GazetteerEntry
from sijill.records import Report
from sijill.text import fold_word

__all__ = ["Planted", "planted"]

FIRST_DAY = date(2000, 1, 1)
REPORTS_A_DAY = 100
"""So many reports a day, in the whole region, if nothing else is said: a million reports are twenty-seven years."""
_WEEKDAYS = "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد".split()
_LEVANTINE = "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول".split("|")
_EGYPTIAN = "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر".split("|")
_UNITS = "ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split()
_DAYTIMES = ["", "", "فجر ", "صباح ", "ظهر ", "مساء "]
_OUTLETS = [
    f"{kind} {name}" for kind in ("صحيفة", "وكالة", "موقع", "شبكة") for name in "الوادي النهر الميدان الأفق السهل المرصاد البيان".split()
]
_GIVEN = "أحمد محمود سالم خالد يوسف إبراهيم حسن عمر علي سامر ناصر فادي ليلى هدى مريم سعاد رنا زينب".split()
_FAMILY = "الحسن العلي الخطيب النجار الصالح العمر الحمود الشامي المصري الجاسم الدوري العبدالله السعيد البكري".split()
_SIDES = {
    "SY": ["قوات النظام", "فصائل معارضة", "تنظيم داعش", "قوات سوريا الديمقراطية", "القوات الروسية", "القوات التركية"],
    "IQ": ["الجيش العراقي", "تنظيم داعش", "الحشد الشعبي", "التحالف الدولي", "مسلحون مجهولون"],
    "YE": ["جماعة الحوثي", "القوات الحكومية", "التحالف العربي", "مسلحون قبليون", "تنظيم القاعدة"],
    "LY": ["قوات حفتر", "قوات حكومة الوفاق", "مسلحون مجهولون", "تنظيم داعش"],
    "SD": ["قوات الدعم السريع", "الجيش السوداني", "مسلحون مجهولون"],
    "PS": ["قوات الاحتلال الإسرائيلي", "الجيش الإسرائيلي", "فصائل فلسطينية"],
    "LB": ["الجيش الإسرائيلي", "حزب الله", "الجيش اللبناني"],
    "SO": ["حركة الشباب", "الجيش الصومالي", "قوات الاتحاد الأفريقي"],
    "EG": ["الجيش المصري", "مسلحون مجهولون", "تنظيم ولاية سيناء"],
    "DZ": ["الجيش الجزائري", "مسلحون مجهولون"],
}


class Planted(NamedTuple):
    """A report, and the ids of the incidents that it tells, the one that it is about first; none where it tells of no conflict."""

    report: Report
    incidents: tuple[str, ...]


class _Incident(NamedTuple):
    """What happened, as it is never written anywhere but in the reports."""

    id: str
    kind: str
    place: GazetteerEntry
    within: str
    side: str
    day: date
    daytime: str
    killed: int
    injured: int


# --- what happens ----------------------------------------------------------------------------------------------------

_TOLD = {
    "shelling": [
        "قصفت {side} بالمدفعية {at} {when}",
        "تعرضت {at_place} لقصف مدفعي من {side} {when}",
        "سقطت قذائف أطلقتها {side} على {at_place} {when}",
    ],
    "air_strike": [
        "شن طيران {side} غارة جوية على {at_place} {when}",
        "استهدفت غارة جوية نفذتها {side} سوقاً في {at_place} {when}",
        "أغارت طائرات {side} على {at_place} {when}",
    ],
    "drone_strike": [
        "استهدفت طائرة مسيرة تابعة لـ{side} سيارة في {at_place} {when}",
        "نفذت طائرة مسيرة تابعة لـ{side} ضربة على {at_place} {when}",
    ],
    "explosive_device": [
        "انفجرت عبوة ناسفة في {at_place} {when}",
        "وقع انفجار بعبوة ناسفة زُرعت على طريق {at_place} {when}",
    ],
    "vehicle_bomb": [
        "انفجرت سيارة مفخخة في {at_place} {when}",
        "هزّ انفجار سيارة مفخخة {at_place} {when}",
    ],
    "shooting": [
        "أطلق مسلحون النار على سيارة مدنية في {at_place} {when}",
        "فتح مسلحون النار على مدنيين في {at_place} {when}",
    ],
    "armed_clash": [
        "اندلعت اشتباكات بين {side} ومسلحين في {at_place} {when}",
        "دارت مواجهات مسلحة بين {side} ومسلحين قرب {at_place} {when}",
    ],
}
_TITLES = {
    "shelling": "قصف على {place}",
    "air_strike": "غارة جوية على {place}",
    "drone_strike": "طائرة مسيرة تستهدف {place}",
    "explosive_device": "عبوة ناسفة في {place}",
    "vehicle_bomb": "سيارة مفخخة في {place}",
    "shooting": "إطلاق نار في {place}",
    "armed_clash": "اشتباكات في {place}",
}
_AFTER = [
    "وقال {name}، وهو من سكان المنطقة، إن فرق الإسعاف وصلت بعد نحو نصف ساعة.",
    "وأضاف المصدر أن عدداً من المنازل تضرر، وأن الطريق أغلق أمام السيارات.",
    "ونُقل المصابون إلى مشفى قريب، وحالة بعضهم حرجة.",
    "ولم تعلّق أي جهة رسمية على ما جرى حتى ساعة إعداد هذا التقرير.",
    "وتشهد المنطقة توتراً منذ أسابيع، وسط مخاوف من تجدد العنف.",
    "وذكر {name} أن الأهالي يطالبون بتحقيق مستقل.",
]
_PEACEFUL = [
    "افتتح وزير الزراعة اليوم معرضاً للزهور في العاصمة، بمشاركة عشرين شركة محلية. وقال {name}، وهو أحد المنظمين، إن المعرض يستمر أسبوعاً.",
    "فاز فريق المدينة على ضيفه بهدفين مقابل هدف في ختام الدوري. وسجل الهدف الأول {name} قبل نهاية الشوط الأول بدقائق.",
    "ارتفعت أسعار الخضار في الأسواق هذا الأسبوع بسبب موجة البرد. وقال التاجر {name} إن الكميات التي وصلت قليلة.",
    "أعلنت الجامعة نتائج امتحانات الفصل الأول، وبلغت نسبة النجاح سبعين في المئة. وشكر {name} الطلاب وأسرهم.",
    "تتوقع الأرصاد الجوية هطول أمطار على المناطق الساحلية غداً. ودعا {name} السائقين إلى الحذر.",
]
_CIVIL = ("مدني", "مدنيان", "مدنيين", "مدنياً")
_PEOPLE = ("شخص", "شخصان", "أشخاص", "شخصاً")


@lru_cache(maxsize=1)
def _places() -> dict[str, list[tuple[GazetteerEntry, str]]]:
    """Towns and villages whose name is no other place's, by country, each with its governorate."""
    names = load_lexicon().names
    found: dict[str, list[tuple[GazetteerEntry, str]]] = {country: [] for country in _SIDES}
    for number in range(len(names._rows)):
        place = names._place(number)
        if place.country not in found or place.level not in ("village", "town", "city") or place.flags:
            continue
        if len(place.name) < 4 or len(names.places(fold_word(place.name))) != 1:
            continue
        above = names.place_by_id(place.parent) if place.parent else None
        while above is not None and above.level not in ("governorate", "region", "country"):
            above = names.place_by_id(above.parent) if above.parent else None
        if above is not None and above.level == "governorate":
            found[place.country].append((place, above.name))
    return found


def _incident(chance: random.Random, number: int, day: date) -> _Incident:
    country = chance.choices(list(_SIDES), (8, 5, 4, 2, 2, 2, 2, 1, 1, 1))[0]
    place, within = chance.choice(_places()[country])
    return _Incident(
        id=f"planted-{number}",
        kind=chance.choice(list(_TOLD)),
        place=place,
        within=within,
        side=chance.choice(_SIDES[country]),
        day=day,
        daytime=chance.choice(_DAYTIMES),
        killed=chance.choice((0, 1, 2, 2, 3, 4, 5, 7, 9, 12, 18)),
        injured=chance.choice((0, 0, 2, 3, 5, 8, 14)),
    )


# --- how it is told --------------------------------------------------------------------------------------------------


def _counted(count: int, noun: tuple[str, str, str, str]) -> str:
    """A count of people as it is written after a verb: one and two without a number, three to ten in words, more in digits.

    >>> _counted(1, _CIVIL), _counted(2, _CIVIL), _counted(5, _CIVIL), _counted(14, _CIVIL)
    ('مدني', 'مدنيان', 'خمسة مدنيين', '14 مدنياً')
    """
    if count <= 2:
        return noun[count - 1]
    return f"{_UNITS[count - 3]} {noun[2]}" if count <= 10 else f"{count} {noun[3]}"


def _when(chance: random.Random, incident: _Incident, published: date) -> str:
    """The day as a reporter of that day of publication writes it."""
    weekday = _WEEKDAYS[incident.day.weekday()]
    months = chance.choice((_LEVANTINE, _EGYPTIAN))
    dated = f"يوم {incident.day.day} {months[incident.day.month - 1]} {incident.day.year}"
    near = {0: ("اليوم", f"اليوم {weekday}"), 1: ("أمس", f"أمس {weekday}")}
    said = chance.choice((*near.get((published - incident.day).days, ()), f"{weekday} {dated.removeprefix('يوم ')}", dated))
    return f"{incident.daytime}{said}"


def _toll(incident: _Incident, killed: int, injured: int) -> str:
    said = []
    if killed:
        said.append(f"ما أدى إلى مقتل {_counted_after(killed)}")
    if injured:
        said.append(f"{'وإصابة' if killed else 'ما أدى إلى إصابة'} {_counted_after(injured)}")
    return " ".join(said)


def _counted_after(count: int) -> str:
    """The same after a noun, where a dual takes its other ending."""
    return "مدنيين اثنين" if count == 2 else _counted(count, _CIVIL)


def _lead(chance: random.Random, incident: _Incident, published: date, killed: int, injured: int) -> str:
    place = f"بلدة {incident.place.name} في محافظة {incident.within}" if chance.random() < 0.7 else f"بلدة {incident.place.name}"
    told = chance.choice(_TOLD[incident.kind]).format(side=incident.side, at=place, at_place=place, when=_when(chance, incident, published))
    toll = _toll(incident, killed, injured)
    return f"{told}{'، ' + toll if toll else ''}، بحسب {chance.choice(('مصدر محلي', 'ناشطين', 'مصدر طبي', 'شهود عيان'))}."


def _after(chance: random.Random) -> str:
    name = f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}"
    return " ".join(chance.sample(_AFTER, chance.randint(1, 3))).format(name=name)


def _report(chance: random.Random, incident: _Incident, published: date, killed: int, injured: int) -> Report:
    text = f"{_lead(chance, incident, published, killed, injured)}\n{_after(chance)}\n"
    title = _TITLES[incident.kind].format(place=incident.place.name)
    return Report.of(text, title=title, outlet=chance.choice(_OUTLETS), published=published.isoformat())


def _told_by(chance: random.Random, incident: _Incident) -> Iterator[Report]:
    """All reports of an incident: first news, others, tolls that rise on the next day, reprints."""
    number = chance.choices((1, 2, 3, 5, 9), (55, 20, 12, 9, 4))[0]
    for at in range(number):
        late = at > 0 and chance.random() < 0.4
        killed = incident.killed if late or at == 0 else max(0, incident.killed - chance.choice((0, 0, 0, 1)))
        if late and incident.killed > 2 and chance.random() < 0.3:
            killed += 1
        report = _report(chance, incident, incident.day + timedelta(days=int(late)), killed, incident.injured)
        yield report
        if chance.random() < 0.08:
            yield Report.of(f"متابعات - {report.text}", title=report.title, outlet=chance.choice(_OUTLETS), published=report.published)


def _round_up(chance: random.Random, incidents: list[_Incident], published: date) -> Report:
    """Several incidents of a day, an item each."""
    items = [_lead(chance, one, published, one.killed, one.injured) for one in incidents]
    return Report.of("\n".join(items) + "\n", title="حصيلة اليوم", outlet=chance.choice(_OUTLETS), published=published.isoformat())


def _peaceful(chance: random.Random, published: date) -> Report:
    name = f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}"
    text = (
        chance.choice(_PEACEFUL).format(name=name)
        + f" وجاء ذلك {_WEEKDAYS[published.weekday()]}، في اليوم {chance.randint(2, 90)} من الموسم.\n"
    )
    return Report.of(text, title="أخبار محلية", outlet=chance.choice(_OUTLETS), published=published.isoformat())


def planted(count: int, *, seed: int = 1, a_day: int = REPORTS_A_DAY) -> Iterator[Planted]:
    """So many reports in the order of their days, each text once, with the incidents that it tells. `a_day` says how much is going on at a
    time: so many reports, a few more or less, fall on a day.

    >>> made = list(planted(50, seed=3))
    >>> len({one.report.sha256 for one in made}), made == list(planted(50, seed=3))
    (50, True)
    """
    chance = random.Random(seed)
    seen: set[str] = set()
    day, number, left = FIRST_DAY, 0, count
    while left > 0:
        rows: list[Planted] = []
        today: list[_Incident] = []
        while len(rows) < a_day:
            share = chance.random()
            if share < 0.2:
                rows.append(Planted(_peaceful(chance, day), ()))
            elif share < 0.24 and len(today) >= 4:
                some = chance.sample(today[-40:], chance.randint(2, 4))
                rows.append(Planted(_round_up(chance, some, day), tuple(one.id for one in some)))
            else:
                incident = _incident(chance, number, day)
                number += 1
                today.append(incident)
                rows += [Planted(report, (incident.id,)) for report in _told_by(chance, incident)]
        for row in rows:
            if left > 0 and row.report.sha256 not in seen:
                seen.add(row.report.sha256)
                left -= 1
                yield row
        day += timedelta(days=1)
