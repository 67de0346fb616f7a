"""Words that only look like an event: a demand, a habit, a standing state, a figure of speech, talk of attacks.

Preferred mistake: an event that is told in such words alone is missed over one that nobody reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sijill.annotate.casualties import is_sentence
from sijill.annotate.events import Trigger
from sijill.annotate.unit import Unit
from sijill.annotate.units import Units
from sijill.claims.context import Context, EventDraft

__all__ = ["is_besieging", "is_foiled", "is_no_event"]

_RECENT: Final = 120
"""Events told last among which an operation told before is looked for; keeps long texts linear."""


def is_no_event(context: Context, drafts: list[EventDraft], trigger: Trigger) -> bool:
    """Words that only look like an event: «مكافحة الإرهاب», a demand, an attack as the subject of a statement."""
    units = context.units
    before = units.items[max(0, trigger.first - 3) : trigger.first]
    if before and (before[-1].has("FIELD_W") or (trigger.verb and before[-1].has("NEG"))):
        return True  # «ساحة المعركة», «لن أستسلم»
    if before and (_is_another_sense(context, drafts, trigger, before) or (drafts and _is_its_aim_denied(units, trigger))):
        return True
    if len(before) > 1 and before[-1].has("OCCURS") and before[-2].word in _NOT:
        return True  # «لم يتم قصف القرية»
    if before and (_is_denied_with(units, trigger) or (not trigger.verb and _is_refused(units, trigger))):
        return True
    if before and not trigger.verb and (_is_ones_task(units, trigger) or _is_to_come_to(units, trigger.first)):
        return True
    if trigger.last - trigger.first == 1 and units[trigger.first].has("PLACE") and before and before[-1].has_any(_BEFORE_A_PLACE):
        return True  # «في تدمر»
    if trigger.last - trigger.first == 1 and before and before[-1].has("KIND") and units[trigger.first].has_any(("PLACE", "PLACE_WEAK")):
        return True  # «حي التحرير», «شارع الثورة»
    if before and not trigger.verb and _is_not_done(context, drafts, trigger, before):
        return True
    if any(units[i].word in _ACCUSED_OF for i in range(max(0, trigger.first - _ACCUSED_REACH), trigger.first)):
        return True  # «بادعاء محاولته طعن شرطي»
    if not trigger.verb and before and drafts == [] and before[-1].word in _ANNIVERSARY and len(context.triggers) > 1:
        return True  # «في ذكرى مجزرة …»: what is remembered beside what is told
    if trigger.kind == "territorial_control" and not trigger.verb and before and before[-1].word in _ANNIVERSARY:
        return True  # «في ذكرى تحرير المدينة»
    if not trigger.verb and before and before[-1].word in _SETTLEMENTS:
        return True  # «بلدة الغارة الغربية»
    if trigger.rule == "at the hands of" and (not _is_killing(units, trigger) or _is_threatened_with(units, trigger)):
        return True
    if before and before[-1].word in _LEFT_BY and trigger.kind != "explosive_device":
        return True  # «قنبلة من مخلفات قصف سابق»
    present = trigger.weak and trigger.verb and units[trigger.first].has("PRES") and not context.layout.is_headline(trigger.first)
    if present and not is_foiled(units, trigger.first):
        return not _is_told_as_usual(context, trigger)  # «يستهدفون المناطق بشكل ممنهج»: what is done again and again
    if trigger.kind in _FIGURES and units.row.holds("FIGURATIVE", first=trigger.last, last=trigger.last + 3):
        return True
    plain = not trigger.verb or trigger.kind == "protest_repression"  # «قمع» is spelled like its verb
    if plain and trigger.last < len(units) and units[trigger.last].word in _IN_ANOTHER_SENSE.get(trigger.kind, ()):
        return True
    if not trigger.verb and trigger.kind in _DEMANDED and (_is_demanded(units, trigger) or _is_a_must(units, trigger)):
        return True
    if trigger.definite and len(before) > 1 and before[-1].word == "ل" and before[-2].has("DATE"):
        return True  # «في اليوم الثالث للهجوم»
    if trigger.kind == "security_operation" and trigger.definite and before and before[-1].has("KHILAL"):
        return any(draft.kind == trigger.kind for draft in drafts[-_RECENT:])  # «أثناء عملية التمشيط», of one told before
    if trigger.rule == "named campaign" and (_is_peaceful(context, trigger) or (drafts and _is_claimed(units, trigger))):
        return True
    if trigger.kind == "territorial_control" and before and (_is_standing(units, trigger) or _is_an_aim(before[-1].word)):
        return True
    if trigger.verb and units[trigger.first].has("ASSAULT_V") and trigger.last < len(units) and units[trigger.last].has("SPEAKER"):
        return True  # «هاجم الوزير المعارضة»: in words
    if _is_of_words(units, trigger):
        return True
    if trigger.verb and trigger.kind == "attack_unspecified" and trigger.last < len(units) and units[trigger.last].word in _COMMON_GOODS:
        return True  # «الجريمة التي استهدفت أمن البلاد»
    if before and (before[-1].word in _NOT_DONE or (not trigger.verb and before[-1].word in _WITHOUT)):
        return True  # «لن ترسل قوات», «دون قتال»
    if trigger.kind == "armed_clash" and len(before) > 1 and before[-1].word == "ب" and before[-2].word.startswith(_CHARGED):
        return True  # «متهمين بالقتال في صفوف …»
    if not trigger.verb and (_is_one_of_many(units, trigger) or _is_unreal(units, trigger) or _is_a_trend(units, trigger)):
        return True
    if drafts and _is_of_late(units, trigger):
        return True
    if drafts and (not trigger.verb or units[trigger.first].has("SG")) and _is_judged(units, trigger):
        return True
    if before and (_is_measured(before) or (drafts and _is_a_habit(units, trigger))):
        return True
    if trigger.rule == "clearing" and not trigger.verb and not _by_somebody_armed(context, trigger):
        return True  # «رش المبيد لتطهيرها»
    if trigger.kind == "protest" and any(_bare(u.word).startswith(_LODGED_OR_BANNED) for u in before):
        return True  # «تقدمت الوزارة باحتجاج»: a note and no crowd; «حظرت الحكومة المظاهرات»
    if not trigger.verb and before and _is_suffered_over_years(units, trigger):
        return True
    if trigger.kind == "arson" and units.row.holds("BODY_N", first=trigger.last, last=trigger.last + 4):
        return True  # «أحرقت جثث الضحايا»: what a strike did to them
    if trigger.kind == "arson" and (units.row.holds("FLAG", first=trigger.last, last=trigger.last + 2) or _is_a_result(units, trigger)):
        return True  # «حرق العلم», «تدمير مدفع وإحراق دبابة»
    if trigger.kind == "judicial_action" and any(unit.word in _WITHOUT for unit in before):
        return True  # «دون وجود مذكرة اعتقال»
    if trigger.kind == "agreement_or_ceasefire" and any(unit.word.startswith("اجراي") for unit in before):
        return True  # «عقب إجرائه لاتفاقية تسوية»: one man's
    if trigger.kind == "bodies_found" and (_are_alive(units, trigger) or _is_to_be_done(units, trigger)):
        return True  # «انتشال أربعة مصابين», «لإسعاف الجرحى وانتشال الجثث»
    if trigger.kind == "execution" and any(
        u.word.removeprefix("ال").startswith("عقوب") for u in units.items[max(0, trigger.first - 5) : trigger.first]
    ):
        return True  # «تصل العقوبة إلى الإعدام»: what the law threatens
    if trigger.kind == "explosive_device" and not trigger.verb and _is_carried(units, trigger):
        return True  # «بحوزتهم حقيبة بها عبوات ناسفة»
    if trigger.kind == "arrest" and before and before[-1].word in _WARRANTS:
        return True  # «دون مذكرة اعتقال»
    if trigger.kind in ("arrest", "abduction") and units.row.holds("BODY_N", first=trigger.last, last=trigger.last + 3):
        return True  # «احتجزت القوات جثمانه»
    if trigger.kind == "territorial_control" and trigger.definite and before and before[-1].word in _TRYING_TO_GET_IN:
        return True  # «أثناء محاولتهم الدخول إلى المخيم»: people who want to see their houses
    if trigger.kind == "deployment" and not trigger.verb and before and before[-1].word == "وسط":
        return True  # «اعتقلت ستة وسط انتشار أمني مكثف»
    if trigger.rule == "storming" and trigger.verb and _is_on_his_house(units, trigger) and _killed_there(context, drafts, trigger):
        return True  # «قتل برصاص مجهولين اقتحموا منزله»
    if trigger.kind == "torture" and before and before[-1].word in ("اثار", "علامات", "اثر"):
        return True  # «جثة عليها آثار تعذيب»: what was found, not who did it when
    if trigger.kind == "arrest" and before and _is_to_be_made(before[-1].word, units[trigger.first]):
        return True
    if trigger.kind == "abduction" and units[trigger.first].word.startswith(_LED_AWAY) and _is_of_an_arrest(context, drafts, trigger):
        return True
    if units[trigger.first].word == "جرف" and before and before[-1].has("PREP"):
        return True  # «قفز من جرف عال»
    if trigger.kind == "explosive_device" and not trigger.verb and _is_seized(units, trigger):
        return True  # «صادر الجيش قنابل», «دمرت المفارز قنبلتين»
    if trigger.kind == "property_damage" and len(before) > 1 and before[-1].has("CONJ") and before[-2].word.startswith(_DISCOVERED):
        return True  # «اكتشاف وتدمير 20 مزرعة»: what a search brings to light
    if (
        trigger.kind == "siege"
        and units[trigger.first].word.startswith("طوق")
        and units.row.holds("BLAST_N", "ATTACK_N", first=trigger.last, last=trigger.last + 5)
    ):
        return True
    if trigger.kind == "siege" and any(u.word in _THE_SPOT for u in units.items[trigger.last : trigger.last + 4]):
        return True  # «طوقا حول مكان الحادث»
    if trigger.kind == "security_operation" and before and before[-1].word in ("منطقه", "غرفه"):
        return True  # «منطقة عمليات عسكرية»
    if trigger.kind == "withdrawal" and trigger.verb and before and before[-1].has("REL") and drafts[-1:]:
        back = any(unit.word in _FROM_IT for unit in units.items[trigger.last : trigger.last + 4])
        return back and drafts[-1].sentence == context.sentence_of(trigger.first)  # «المناطق التي انسحب منها»
    if trigger.kind == "suicide_bombing" and not trigger.verb and _is_worn(units, trigger):
        return True
    if trigger.kind == "suicide_bombing" and not trigger.verb and _is_killed(context, drafts, trigger):
        return True
    if trigger.kind == "suicide_bombing" and units[trigger.first].word.startswith("انتحاري") and _is_arrested(units, trigger):
        return True
    if trigger.kind == "execution" and (is_sentence(units, trigger.first) or _is_of_no_person(units, trigger)):
        return True
    if trigger.kind == "infiltration" and trigger.verb and _is_into_a_house(units, trigger):
        return True
    if trigger.kind == "security_operation" and units.row.holds("EVACUATE_N", first=trigger.first, last=trigger.last + 2):
        return True  # «عملية إجلاء»
    if trigger.kind == "security_operation" and units.row.holds("PENALTY", first=trigger.last, last=trigger.last + 2):
        return True  # «إنزال عقوبة الإعدام»
    if trigger.rule == "attack, told by a verb" and _is_what_an_operation_does(units, trigger):
        return True
    part_of = trigger.definite or units[trigger.first].word == "قتال"
    if trigger.kind in ("armed_clash", "security_operation") and part_of and _is_taking_part(units, trigger):
        return True
    if trigger.kind == "armed_clash" and trigger.definite and before and before[-1].word in _WHERE_IT_IS_FOUGHT:
        return True  # «إخراج العائلات من مناطق القتال»
    if trigger.rule == "storming" and units.row.holds("CARBOMB", first=trigger.last, last=trigger.last + 1):
        return True  # «اقتحمت سيارة مفخخة القاعدة»: told by its car
    if trigger.kind == "property_damage" and trigger.definite and units[trigger.first].word == "التخريبيه":
        return True  # «هذه الأعمال التخريبية»: what deeds told before are called
    if trigger.kind == "siege" and (_is_besieged(units, trigger) or (before and before[-1].word.removeprefix("و") in _LIFTED)):
        return True
    if trigger.kind == "deployment" and units[trigger.first].word in ("حشد", "حشود") and _is_a_crowd(units, trigger):
        return True
    if trigger.kind == "deployment" and before and (_is_hit(units, trigger) or _is_on_the_road(units, trigger)):
        return True
    if trigger.kind == "deployment" and units.row.holds("PUBLISHED", first=trigger.first, last=trigger.last + _PUBLISHED):
        return True  # «نشر جنود مشاهد»
    if trigger.kind == "deployment" and len(before) > 1 and before[-1].word == "ل" and before[-2].word.startswith("كمين"):
        return True  # «كمينا لرتل»
    if trigger.kind == "escape" and _is_flight(units, trigger):
        return True
    if trigger.kind == "territorial_control" and before and before[-1].word == "ل" and _for_the_sake_of(context, drafts, trigger):
        return True
    if trigger.kind == "agreement_or_ceasefire" and units.row.holds("CIVIL_DEAL", first=trigger.last, last=trigger.last + 3):
        return True
    if trigger.kind == "agreement_or_ceasefire":
        held = all(u.word in _IN_SPITE_OF for u in before if u.has("BREACH"))
        concluded = held and units.row.holds("CONCLUDED", "DATE", first=trigger.last, last=trigger.last + 8)
        broken = any(u.has("BREACH") for u in before) and not concluded
        return (broken or any(u.has("DEMAND") for u in before)) and not units[trigger.first].has("AGREE_V")
    if trigger.kind == "deployment" and len(before) > 1 and before[-1].word == "ب" and before[-2].word.startswith(_BACKED):
        return True  # «مدعومة بأرتال عسكرية»: with what the operation was made
    if not trigger.verb and _is_asked_for(units, trigger):
        return True
    return bool(before) and before[-1].has("NEG") and trigger.weak


def _is_another_sense(context: Context, drafts: list[EventDraft], trigger: Trigger, before: Sequence[Unit]) -> bool:
    """Words of one kind of event in another sense: support that is mustered, income that comes in, an air ambulance."""
    units, first, last = context.units, trigger.first, trigger.last
    after = units.items[last : last + 3]
    if trigger.kind == "deployment":
        return any(unit.word in _MUSTERED for unit in after[:2])  # «حشد الدعم الدولي», «انتشار الأمراض»
    if trigger.rule == "entering by way of":
        return before[-1].word in _OF_INCOME  # «مصدر دخل لها عبر الحدود»
    if trigger.kind == "evacuation":
        return before[-1].word.startswith(_AMBULANCES) or any(unit.word in ("الطبي", "طبي") for unit in after[:1])
    if trigger.kind == "curfew":
        around = units.items[max(0, first - _ALERT) : last + _ALERT]
        return any(part in unit.word for unit in around for part in _OF_HOSPITALS)  # «حالة الطوارئ في مستشفيات …»
    if trigger.kind == "protest":
        return before[-1].word in _WRITTEN  # «عبارات الاحتجاج»
    if trigger.kind == "agreement_or_ceasefire":
        return before[-1].word.removeprefix("ب").removeprefix("ل") in _WATCHED  # «المكلفة بمراقبة وقف إطلاق النار»
    if trigger.rule == "strike" and units[first].word.startswith("ضربه"):
        judged = units.row.holds("JUDGED", first=first - _JUDGED_REACH, last=first)
        return any(unit.word in _BLOWS for unit in after[:1]) or (judged and any(unit.word == "ل" for unit in after))
    if trigger.rule == "clearing" and before[-1].word == "ل" and drafts:
        told = drafts[-1]
        return told.kind == "deployment" and told.sentence == context.sentence_of(first)  # «أرسل تعزيزات لتطهير المباني»
    if trigger.kind == "armed_clash" and trigger.definite and len(before) > 1 and before[-1].has("FROM"):
        return before[-2].word.startswith(_FLED)  # «هربا من القتال»
    if trigger.rule == "attacking":
        done = units.row.holds("AUX", "AFTER", "KHILAL", "MODAL", first=first - _DONE_BY, last=first)
        return not done and not any(unit.word.startswith(_SET_ABOUT) for unit in before)
    if trigger.rule == "a grip on a place made firm":
        return before[-1].word == "ل"  # «يسعى لفرض سيطرته»
    if trigger.weak and before[-1].word in _IN_ORDER_TO:
        return any(unit.word in _STARTED_FROM for unit in before)  # «قواعد انطلاق لتنفيذ هجماتها»
    return False


_DONE_BY: Final = 3
"""How many words before «مهاجمة» the word may stand that says that it was done, tried or meant; a policy of it is none."""
_SET_ABOUT: Final = ("اقدم", "تهم", "اتهم", "متهم")
_MUSTERED: Final = frozenset(
    "الدعم التاييد الجهود الموارد الطاقات الراي الاصوات التمويل المجتمع المواقف امراض الامراض وباء الاوبيه اوبيه الكوليرا كورونا "
    "الفيروس شايعات الشايعات المجاعه الفوضي الخوف السلاح المخدرات".split()
)
_OF_INCOME: Final = frozenset({"مصدر", "مصادر", "ضريبه", "مستوي", "محدودي", "متوسط"})
_AMBULANCES: Final = ("طاير", "مروحي", "سيار", "فرق", "فريق", "طواقم")
_OF_HOSPITALS: Final = ("مستشف", "مشاف", "صحه", "الصحي", "الاطباء")
_ALERT: Final = 5
_WRITTEN: Final = frozenset({"عبارات", "عباره", "رسايل", "لافتات", "شعارات", "هتافات"})
_WATCHED: Final = frozenset({"مراقبه", "مراقبي", "لجنه"})
_BLOWS: Final = frozenset({"قاصمه", "معنويه", "قاسيه"})
_JUDGED_REACH: Final = 6
_FLED: Final = ("هرب", "فر", "خوف", "نزح", "نجاه", "النجاه", "هاربين", "فارين")
_IN_ORDER_TO: Final = frozenset({"لتنفيذ", "لشن", "ل", "تنفيذ", "شن"})
_STARTED_FROM: Final = frozenset({"انطلاق", "منطلقا", "منصه", "منطلق"})


def _is_its_aim_denied(units: Units, trigger: Trigger) -> bool:
    """«نفت أن يكون القصف قد استهدف منشأة»: of an attack told before it is denied at what it was aimed, not that it was made."""
    first = trigger.first
    at = next((i for i in range(first, max(0, first - _AIMED), -1) if units[i].has("DEF") and units[i].has_any(_ATTACKS)), None)
    if at is None or at < 2 or not units[at - 1].has("KANA") or not units[at - 2].has("THAT"):
        return False
    denied = units.row.where("MODAL", "STOP", "SEMI", first=at - _DENIER, last=at - 2)
    return bool(denied) and units[denied[-1]].feature("modality") == "denied"


_ATTACKS: Final = ("SHELL_N", "RAID_N", "ATTACK_N", "BLAST_N", "STRIKE_N")
_AIMED: Final = 4
"""How many words from an attack that is denied its aim the verb of aiming may stand."""
_DENIER: Final = 8


def _is_denied_with(units: Units, trigger: Trigger) -> bool:
    """«لم يقصف الجيش أو يهاجم القرية», «لم يتم قصف القرية أو حرق المنازل»: a second deed that «لم» denies with the first."""
    first = trigger.first
    if not first or units[first - 1].word not in _OR:
        return False
    denied = units.row.where("NEG", "STOP", "SEMI", "COMMA", "PAST", first=first - _DENIED_WITH, last=first - 1)
    denied = [i for i in denied if not units[i].has("SG")]  # «قصف» is a noun there
    if not denied or units[denied[-1]].word not in _NOT:
        return False
    return trigger.verb or units.row.holds("OCCURS", first=denied[-1], last=first)


def _could_not(units: Units, first: int) -> bool:
    """«لم تتمكن القوات من اقتحام القاعدة», «لم ينجح في اقتحامها»: what somebody did not come to do."""
    if units[first - 1].word not in ("من", "في"):
        return False
    able = next((i for i in range(first - 2, max(0, first - _COULD_REACH), -1) if units[i].word in _COULD), None)
    return able is not None and units[able - 1].word in _NOT


def _is_to_come_to(units: Units, first: int) -> bool:
    """«أن يمكن رجال الأمن من القبض على …», «حتى يتمكن الجيش من استعادة …»: what is hoped for; not «قبل أن يتمكن من السيطرة»."""
    if first < 3 or units[first - 1].word != "من":
        return False
    able = next((i for i in range(first - 2, max(1, first - _ABLE_REACH), -1) if units[i].word in _ABLE), None)
    if able is None or not (units[able - 1].has("THAT") or units[able - 1].word in _SO_THAT):
        return False
    earlier = any(unit.has("BEFORE") or unit.has("AFTER") for unit in units.items[max(0, able - 3) : able])
    return not earlier and not units.row.holds("STOP", "SEMI", first=able, last=first)


_ABLE_REACH: Final = 14
"""How many words from «يمكن» the deed may stand that somebody, named at length, is to come to."""

_ABLE: Final = frozenset("يمكن تمكن يتمكن تتمكن يتمكنوا نتمكن يمكنهم يمكننا".split())
_SO_THAT: Final = frozenset({"حتي", "كي", "ل", "لكي"})


def _is_ones_task(units: Units, trigger: Trigger) -> bool:
    """«كان مسؤولا عن العمليات الانتحارية في التنظيم»: what a man's charge was, and no attack of it."""
    on = trigger.first - 1
    while on > 0 and (units[on].has("QUOTE") or units[on].word in _KINDS_OF_DEEDS):
        on -= 1
    if (
        on < 1
        or units[on].word != "عن"
        or not trigger.definite
        or not any(u.word in _KINDS_OF_DEEDS for u in units.items[on + 1 : trigger.last])
    ):
        return False
    return units[on - 1].word.removeprefix("ال").removesuffix("ا") in _IN_CHARGE


_KINDS_OF_DEEDS: Final = frozenset("العمليات الهجمات التفجيرات الاغتيالات".split())
_IN_CHARGE: Final = frozenset({"مسوول", "مشرف"})


_IN_ANOTHER_SENSE: Final = {
    "attack_unspecified": frozenset("الشمس جزاء الجزاء الترجيح ترجيح الحظ حظ راس الراس حره".split()),
    "explosive_device": frozenset("نوويه النوويه ذريه الذريه هيدروجينيه الهيدروجينيه نووي ذري".split()),
    "property_damage": frozenset(
        "مستقبل المستقبل الاقتصاد اقتصاد سمعه حضاره الحضاره العقول عقول القيم قيم النسيج المجتمع المجتمعات الاسره الاسر الاخلاق الدوله"
        " العلاقات علاقات الثقه حياه حياته حياتهم حياتها احلام الشباب النفس الذات الوطن الامه".split()
    ),
    "agreement_or_ceasefire": frozenset("الوضع الاوضاع النفوس الخواطر الموقف الاجواء التوتر التوترات المخاوف".split()),
    "protest_repression": frozenset("الاصوات اصوات الحريات حريات الحريه حريه الراي".split()),
}
"""By the word behind them: «ضربة شمس», «ضربة جزاء», «قنبلة نووية» that nobody set off, «تدمير مستقبل البلد»."""


def _is_a_must(units: Units, trigger: Trigger) -> bool:
    """«إن انسحابهم من المدينة بات ضرورة», «الإفراج عنهم شرط للحوار»: what somebody says has to come."""
    reach = units.items[trigger.last : trigger.last + _MUST_REACH]
    end = next((i for i, unit in enumerate(reach) if unit.has_any(("STOP", "SEMI", "PAST"))), len(reach))
    return any(unit.word in _MUST for unit in reach[:end])


_MUST: Final = frozenset("ضروره ضروريا ضروري ضروريه شرط شرطا مطلوب مطلوبا حتمي حتميا".split())
_MUST_REACH: Final = 8
_NOT: Final = frozenset({"لم", "لن", "لا"})
_COULD: Final = frozenset("تتمكن يتمكن يتمكنوا تستطع يستطع يستطيعوا تنجح ينجح ينجحوا تفلح يفلح يفلحوا".split())
_COULD_REACH: Final = 7


def _is_refused(units: Units, trigger: Trigger) -> bool:
    """«رفضت النيابة توجيه الاتهام», «توقفوا عن إطلاق النار»: what somebody would not do, or is to stop doing.

    An attack that is rejected has been made («رفضت الحكومة الهجوم»); what only he who refuses could have done has not.
    """
    first = trigger.first
    if first > 1 and (_could_not(units, first) or (units[first - 1].word == "عن" and units[first - 2].has("CEASE_W"))):
        return True
    if first > 2 and units[first - 1].word == "عن" and units[first - 3].has("CEASE_W"):
        return True  # «توقف المسلحون عن القصف»
    if trigger.kind not in _REFUSED or (trigger.definite and trigger.rule == "storming"):
        return False
    refused = units.row.where("REFUSE_W", "STOP", "SEMI", "COMMA", "THAT", "PAST", first=first - _REFUSED_REACH, last=first)
    return bool(refused) and units[refused[-1]].has("REFUSE_W")


_OR: Final = frozenset({"او", "ولا"})
_DENIED_WITH: Final = 8
_REFUSED_REACH: Final = 5
_REFUSED: Final = frozenset({"judicial_action", "withdrawal", "surrender", "release_or_exchange", "evacuation", "security_operation"})


def is_foiled(units: Units, first: int) -> bool:
    """«أحبطت محاولة إرهابية استهدفت حاجزا», «أحبطت محاولة كانت تستهدف»: a verb that tells of a foiled attempt what it was for."""
    head = first - 1 - (first > 1 and units[first - 1].has("KANA"))
    tried = next((i for i in range(head, max(-1, head - _TRIED), -1) if units[i].word.startswith("محاول")), None)
    return tried is not None and units.row.holds("REPEL_V", first=tried - _TRIED, last=tried)


_TRIED: Final = 3
"""How many words an attempt may stand from the verb that foils it, and from the verb that says what it was for."""


def _is_asked_for(units: Units, trigger: Trigger) -> bool:
    """«المطالبة بوقف القصف», «مكافحة الهجمات»: a noun of demand right before; «قوة مكافحة المتفجرات بإطلاق نار» names a force."""
    asked = [i for i in units.row.where("DEMAND", first=trigger.first - 2, last=trigger.first) if not units[i].has("PAST")]
    if asked and units[trigger.first].has("PREP") and units[asked[-1]].word.removeprefix("ل").startswith(_COMBATS):
        return False
    return bool(asked)


_COMBATS: Final = ("مكافح", "محارب")


def _is_of_an_arrest(context: Context, drafts: list[EventDraft], trigger: Trigger) -> bool:
    """«اعتقلت القوات شابا واقتادته إلى جهة مجهولة»: what became of whom the same sentence, or the last, says was arrested."""
    sentence = context.sentence_of(trigger.first)
    return any(d.kind == "arrest" and sentence - d.sentence <= 1 for d in drafts[-3:])


def _is_not_done(context: Context, drafts: list[EventDraft], trigger: Trigger, before: Sequence[Unit]) -> bool:
    """What a noun says of an event that is told, and who somebody is: «وهذا هو الهجوم الثالث», «ناشط في الاحتجاجات»."""
    units, first = context.units, trigger.first
    if drafts and before[-1].word in _THAT_IT_IS:
        return True  # «وصفوا ما حدث بأنه مجزرة»
    if before[-1].word in _IT_IS_ONE and units[first].has("ATTACK_N"):
        return True  # «أي اعتداء على … هو اعتداء علينا»
    if drafts and len(before) > 1 and before[-1].word in _LATEST and before[-2].word.removeprefix("و") in _IT_IS_ONE:
        return True  # «وهو أحدث أعمال عنف»
    if drafts and before[-1].word in _IT_IS and (trigger.definite or units.row.holds("ORDINAL", first=first, last=first + 3)):
        return True
    crowd = trigger.kind in ("protest", "riot") and before[-1].has("IN") and len(before) > 1
    return crowd and before[-2].word.startswith(_TAKES_PART)  # «ناشط في الاحتجاجات»: who he is


_LEFT_BY: Final = frozenset({"مخلفات", "بقايا", "انقاض", "ركام"})
_SETTLEMENTS: Final = frozenset({"بلده", "قريه"})
_ANNIVERSARY: Final = frozenset({"ذكري", "الذكري"})
_THAT_IT_IS: Final = frozenset({"بانه", "بانها"})
_IT_IS_ONE: Final = frozenset({"هو", "هي", "يعد", "تعد", "يعتبر", "تعتبر"})
_IT_IS: Final = frozenset("هو هي يعد تعد يعتبر تعتبر اول ثاني ثالث رابع".split())
_LATEST: Final = frozenset("احدث اخر اسوا اعنف اكبر".split())
_ACCUSED_OF: Final = frozenset("ادعاء زعم بزعم بادعاء للاشتباه اشتباه الاشتباه بدعوي بذريعه بحجه دعوي ذريعه حجه".split())
_ACCUSED_REACH: Final = 4
_TAKES_PART: Final = ("ناشط", "نشط", "الناشط", "مشارك", "المشارك", "متظاهر", "المتظاهر")


def _is_to_be_made(before: str, arrest: Unit) -> bool:
    """«للقبض عليهم»: what a search is for; and «ياسر» is a man's name long before it is «captures»."""
    return (before == "ل" and arrest.word.startswith(("قبض", "لقبض", "القبض"))) or arrest.has("GIVEN_NAME")


_PUBLISHED: Final = 10
_WARRANTS: Final = frozenset({"مذكره", "مذكرات", "امر", "اوامر"})
_LED_AWAY: Final = ("اقتاد", "واقتاد", "نقل", "ساق")


def _is_killed(context: Context, drafts: list[EventDraft], trigger: Trigger) -> bool:
    """«أحبطت القوات هجوما انتحاريا … وقتلت ثلاثة انتحاريين»: the men of a bombing told in the same sentence, who were killed."""
    units, sentence = context.units, context.sentence_of(trigger.first)
    killed = units.row.holds("KILL_ACTIVE", "HARM_N", first=trigger.first - _KILLED_REACH, last=trigger.first)
    if killed and units.row.holds("AMONG", first=trigger.first - 2, last=trigger.first):
        return True  # «وقتلت أربعة منهم بينهم انتحاري»
    return killed and any(d.kind == "suicide_bombing" and d.sentence == sentence for d in drafts[-2:])


def _is_arrested(units: Units, trigger: Trigger) -> bool:
    """«اعتقلت الشرطة انتحاريا قبل أن يفجر نفسه»: a man, and no bombing."""
    first = trigger.first
    arrested = units.row.first_of("ARREST_V", "ARREST_N", first=first - _ARRESTED, last=first)
    return arrested is not None and not units.row.holds("COMMA", "CONJ", *_BLAST, first=arrested, last=first)


_ARRESTED: Final = 4


def _is_seized(units: Units, trigger: Trigger) -> bool:
    low = max(0, trigger.first - _SEIZED_REACH)
    return any(u.has("SEIZE_V") or u.word.startswith(_SEIZED) for u in units.items[low : trigger.first])


def _is_worn(units: Units, trigger: Trigger) -> bool:
    """«جهزه بالحزام الناسف»: the belt as a thing, with no word of its blast near by."""
    around = range(max(0, trigger.first - _BLAST_REACH), min(len(units), trigger.last + _BLAST_REACH))
    belt = any(units[i].word.startswith(("الحزام", "حزام")) for i in range(trigger.first, trigger.last))
    return belt and not any(units[i].has_any(_BLAST) for i in around if not trigger.first <= i < trigger.last)


_SEIZED: Final = ("مصادر", "ضبط", "دمر", "تدمير", "فكك", "تفكيك", "ابطل", "ابطال", "حجز", "استرجاع", "كشف", "اكتشاف")
_SEIZED_REACH: Final = 5
_DISCOVERED: Final = ("اكتشاف", "ضبط", "كشف")
_THE_SPOT: Final = frozenset("مكان المكان موقع الموقع الحادث الحادثه".split())
_BLAST_REACH: Final = 4
_BLAST: Final = ("BLAST_N", "BLAST_V", "BOMBING_N", "BOMBING_V", "ATTACK_N", "ATTACK_V", "ASSAULT_V")
_WITHOUT: Final = frozenset({"دون", "بدون", "بلا", "لا"})
_CHARGED: Final = ("متهم", "المتهم", "تهمه", "تهم", "بتهمه", "مدان", "المدان", "ادانت")
_KILLED_REACH: Final = 6
_BEFORE_A_PLACE: Final = ("IN", "KIND", "DIRECTION", "FROM", "TO")


def _is_measured(before: Sequence[Unit]) -> bool:
    """«معدل جرائم الطعن», «مؤشر جرائم القتل»: a number of statistics, behind whose word no single deed stands."""
    return any(unit.word in _MEASURES for unit in before[-2:])


_MEASURES: Final = frozenset("معدل معدلات موشر موشرات نسبه".split())


_COMMON_GOODS: Final = frozenset("امن استقرار سلامه كيان سياده هيبه لحمه نسيج مقدرات مكتسبات عقيده قيم مصالح".split())


def _is_suffered_over_years(units: Units, trigger: Trigger) -> bool:
    """«عانت البلاد من التطرف والتفجيرات»: what somebody is said to have suffered from, and no attacks that could be dated."""
    noun = units[trigger.first]
    if trigger.last - trigger.first > 1 or not noun.has("DEF") or not (noun.has("PL") or trigger.kind == "property_damage"):
        return False  # «عانت المدينة من القصف» may be that of a day
    low = max(0, trigger.first - _SUFFERING)
    suffers = [i for i in range(low, trigger.first) if units[i].word.startswith(_SUFFERS)]
    return (
        bool(suffers)
        and units.row.holds("FROM", first=suffers[-1], last=trigger.first)
        and not units.row.holds("STOP", "SEMI", "COMMA", "PAST", "PRES", "THAT", first=suffers[-1] + 1, last=trigger.first)
    )


_TRYING_TO_GET_IN: Final = frozenset({"محاولتهم", "محاولته", "محاولتهما"})
_SUFFERS: Final = ("عان", "يعان", "تعان", "نعان")
_SUFFERING: Final = 8


def _is_of_late(units: Units, trigger: Trigger) -> bool:
    """«تعرضت القرية مؤخرا لهجمات عدة»: many attacks of no day, told beside the one that a report is about."""
    around = units.items[max(0, trigger.first - _OF_LATE) : trigger.last + _OF_LATE]
    many = any(unit.word in _SEVERAL for unit in around) and any(unit.has("PL") for unit in units.items[trigger.first : trigger.last + 1])
    return many and any(unit.word in _LATELY for unit in around)


_LATELY: Final = frozenset("موخرا سابقا مرارا".split())
_SEVERAL: Final = frozenset("عده عديده كثيره متكرره متعدده".split())
_OF_LATE: Final = 2


def _is_a_habit(units: Units, trigger: Trigger) -> bool:
    """«وعادة ما ينفذ التنظيم مثل هذه الهجمات»: what a group does otherwise, told to say who may have done this."""
    usual = units.items[max(0, trigger.first - 2) : trigger.first]
    return trigger.first > 1 and usual[0].word in _USUALLY and usual[1].word == "ما"


_USUALLY: Final = frozenset({"عاده", "غالبا", "كثيرا"})


def _is_claimed(units: Units, trigger: Trigger) -> bool:
    """«وتبنى التنظيم العملية»: the attack told before, which somebody says he made."""
    return units[trigger.first].has("CLAIM_V") and units[trigger.last - 1].word.startswith(("العملي", "عملي"))


def _is_of_no_person(units: Units, trigger: Trigger) -> bool:
    """«تصفية القضية», «تصفية حساباتهم»: what is done away with is nobody."""
    done_away_with = units.items[trigger.last : trigger.last + 1]
    return units[trigger.last - 1].word == "تصفيه" and any(u.word in _DONE_AWAY_WITH or u.word.startswith("حساب") for u in done_away_with)


_DONE_AWAY_WITH: Final = frozenset("القضيه قضيه الحسابات شركه الشركه الشركات اعمال موسسه الوجود الملف المشروع".split())


def _is_into_a_house(units: Units, trigger: Trigger) -> bool:
    """«تسلل مسلح إلى منزل وأطلق النار»: how a killer came to his victim, and no armed group behind a line."""
    after = units.items[trigger.last : trigger.last + _INTO]
    to = next((i for i, unit in enumerate(after) if unit.word in ("الي", "داخل")), None)
    return to is not None and any(unit.has("DWELLING") or unit.word in _ROOMS for unit in after[to + 1 : to + 2])


_INTO: Final = 6
_ROOMS: Final = frozenset("المنزل البيت المسكن منزلهم منزله بيته بيتهم شقه الشقه غرفه".split())
_FROM_IT: Final = frozenset({"منها", "منه"})


def _is_told_as_usual(context: Context, trigger: Trigger) -> bool:
    """«وتستهدف القوات بشكل متكرر قرى جبل الزاوية»: what a named side is said to do again and again at a named place."""
    units, first, last = context.units, trigger.first, trigger.last
    if not units.row.holds("NO_ONE_TIME", first=last, last=last + _USUAL):
        return False
    return bool(context.actors_between(first - 2, last + 4)) and bool(context.places_between(last, last + _USUAL))


_USUAL: Final = 14
"""How many words after the verb the place and the word for how often may stand."""


def _is_flight(units: Units, trigger: Trigger) -> bool:
    """«هربا من القصف», «نازحين فروا من العنف», «لم يتمكنوا من الفرار»: people who flee a war, or do not get away, escape from nobody."""
    if units.row.holds("NEG", first=trigger.first - 5, last=trigger.first):
        return True
    after = units.items[trigger.last : trigger.last + 4]
    if any(u.has("FREED_FROM") for u in after) or units.row.holds("FAMILY_W", first=trigger.first - 2, last=trigger.first):
        return True
    if trigger.verb:
        return False
    counted = units.row.holds("Q", "DETAINEE_W", "PRISON_W", first=trigger.last, last=trigger.last + 4)
    named = any(u.has("PLACE") and u.word.startswith("سجن") for u in after)
    return not (counted or named or units.row.holds("DETAINEE_W", "PRISON_W", first=trigger.first - 8, last=trigger.first))


def _is_what_an_operation_does(units: Units, trigger: Trigger) -> bool:
    """«عملية أمنية في الرقة استهدفت منزلا», «استهدفت عملية الإنزال …»: the operation is the event, told by its own word."""
    first = trigger.first
    while first > 0 and trigger.first - first < _OF_AN_OPERATION and units[first - 1].has_any(_WHERE_AND_WHEN):
        first -= 1
    before = units.items[max(0, first - 2) : first]
    return any(u.has("OPERATION_N") or u.has("CAMPAIGN_N") for u in (*before, *units.items[trigger.last : trigger.last + 1]))


_OF_AN_OPERATION: Final = 6
_WHERE_AND_WHEN: Final = ("IN", "KIND", "PLACE", "PLACE_WEAK", "DATE")


def _is_taking_part(units: Units, trigger: Trigger) -> bool:
    """«شارك في القتال», «بعد شهور من القتال»: the fighting as a thing that goes on, not a clash."""
    before = units.items[max(0, trigger.first - 2) : trigger.first]
    fought = units[trigger.first].word == "قتال" and before and before[-1].word in ("في", "ب", "ل")
    if fought and units[trigger.last].has_any(("ACTOR", "GENERIC", "TANZIM")) and not _is_killing(units, trigger):
        return True  # «تساعدها في قتال التنظيم»
    part = any("شارك" in u.word for u in before) and before[-1].word.endswith(("في", "ب"))
    return part or (len(before) == 2 and before[1].has("FROM") and (before[0].has("PERIOD") or before[0].has("DATE")))


def _is_besieged(units: Units, trigger: Trigger) -> bool:
    """«بلدات محاصرة», «الغوطة المحاصرة»: the state of a place; «بمحاصرة السجن» and «محاصرة من قبل القوات» are what somebody does."""
    if is_besieging(units, trigger.first):
        return False
    word = units[trigger.first].word.removeprefix("ال")
    return word.startswith("محاصر") and not units.row.holds("BY", "ON", first=trigger.last, last=trigger.last + 3)


_LIFTED: Final = frozenset("انهاء انهت انهي فك فكت رفع رفعت كسر كسرت لفك لرفع لكسر".split())
"""«فك الحصار عن البلدة»: a siege that ends."""


def is_besieging(units: Units, at: int) -> bool:
    """Whether «محاصرة» is what somebody does, as after a preposition («سارعت القوات بمحاصرة السجن»), and not how a town is."""
    if units[at].word != "محاصره" or not at:
        return False
    if units[at - 1].has_any(_TELLS) and at + 1 < len(units) and units[at + 1].has_any(_WHAT_IS_BESIEGED):
        return True  # «أعلن الجيش محاصرة مدينة …», «أكد محاصرة الرمادي»
    return units[at - 1].word in ("ب", "ل", "الي", "علي", "في", "بعد", "منذ") or units[at - 1].has("AUX")  # «تمت محاصرة …»


_TELLS: Final = ("SAY_V", "ACTOR", "GENERIC", "SPEAKER", "GIVEN_NAME", "DATE")
_WHAT_IS_BESIEGED: Final = ("PLACE", "KIND", "PLACE_WEAK", "LAND")
_HIT_ON_ITS_WAY: Final = frozenset({"مرور", "استهدف", "استهدفت", "استهداف", "علي", "هاجم", "هاجمت", "دمر", "دمرت", "تدمير"})
"""«عند مرور رتل», «استهدفت رتلا»: the column is what was attacked."""


def _is_a_crowd(units: Units, trigger: Trigger) -> bool:
    """«وسط حشد من الأطفال»: people, and no troops."""
    before = units[trigger.first - 1].word if trigger.first else ""
    of = units.items[trigger.last : trigger.last + 2]
    return before in ("وسط", "امام", "بين") or (
        len(of) == 2 and of[0].has("FROM") and not of[1].has_any(("GENERIC", "ACTOR", "MEMBERS_OF"))
    )


def _is_hit(units: Units, trigger: Trigger) -> bool:
    """«استهدفت رتلا», «قصف الطيران رتل تعزيزات», «غارات على مواقع وتعزيزات», «مناطق انتشار القوات»: what is hit, or stands there."""
    before = units[trigger.first - 1]
    if before.word in _HIT_ON_ITS_WAY or before.word in _WHERE_IT_STANDS:
        return True
    verb = trigger.first - 1
    while verb > 0 and trigger.first - verb < _ITS_ATTACKER and (units[verb].has_any(_OF_AN_ATTACKER) or units[verb].word in _PART_OF):
        verb -= 1
    if units[verb].has_any(("ATTACK_V", "SHELL_V")) and units[verb].has("PAST") and verb < trigger.first - 1:
        return True  # «استهدف طيران التحالف تعزيزات»
    if not before.has("CONJ") or units.row.holds("STOP", "SEMI", first=trigger.first - 4, last=trigger.first):
        return False
    return any(u.word in _HIT_ON_ITS_WAY for u in units.items[max(0, trigger.first - 4) : trigger.first - 1])


_WHERE_IT_IS_FOUGHT: Final = frozenset("مناطق اماكن ساحات ساحه جبهات جبهه خطوط ميدان ميادين".split())
_ITS_ATTACKER: Final = 6
_OF_AN_ATTACKER: Final = frozenset({"ACTOR", "GENERIC", "AIR", "AIRCRAFT", "DRONE", "ADJ_ACTOR", "DATE", "SHELLFIRE", "COLUMN", "CONVOY"})
"""What may stand between the verb of an attack and the column that it hit."""
_PART_OF: Final = frozenset("ل موقع موقعا مواقع تجمع تجمعا تجمعات".split())
_WHERE_IT_STANDS: Final = frozenset("مناطق اماكن مواقع نقاط خطوط محاور نقطه مراكز".split())


def _is_a_result(units: Units, trigger: Trigger) -> bool:
    """«إحراق دبابتين», «إحراق ثماني سيارات جراء سقوط قذائف»: what an attack did to vehicles, and no fire that somebody laid."""
    if not trigger.verb and trigger.first > 1 and units[trigger.first - 2].word in _LED_TO:
        return True  # «ضربات أدت إلى إحراق معدات»
    if not trigger.verb and any(units[i].word.startswith("تسبب") for i in range(max(0, trigger.first - 4), trigger.first)):
        return True  # «وتسبب الانفجار باحراق عدد من السيارات»
    after = units.items[trigger.last : trigger.last + 5]
    return any(u.has("ARMOUR") for u in after[:2]) or (not trigger.verb and any(u.word in _BECAUSE_OF for u in after))


_LED_TO: Final = frozenset("ادت ادي تسببت تسبب اسفرت اسفر ودت موديا موديه متسببه متسببا".split())
_BECAUSE_OF: Final = frozenset("جراء نتيجه اثر بسبب بفعل".split())


def _is_one_of_many(units: Units, trigger: Trigger) -> bool:
    """«203 عمليات تنوعت ما بين هجمات وعمليات قنص واشتباكات»: kinds into which many events are sorted."""
    sorts = units.row.where("SORTED_INTO", "STOP", "SEMI", first=max(0, trigger.first - _SORTED), last=trigger.first)
    return bool(sorts) and units[sorts[-1]].has("SORTED_INTO") and units.row.holds("BETWEEN", first=sorts[-1], last=sorts[-1] + 3)


_SORTED: Final = 12
"""How many words from the verb of sorting the last of the kinds may stand."""


def _is_on_the_road(units: Units, trigger: Trigger) -> bool:
    """«وقع رتل للجيش في كمين», «مرت قافلة عسكرية»: vehicles that are not said to be sent or to arrive."""
    if trigger.verb or not units[trigger.first].has("COLUMN"):
        return False
    return not units.row.holds("MOVES", first=trigger.first - _ROAD, last=trigger.last + _ROAD)


_ROAD: Final = 4
"""How many words from a column of vehicles the word that sets it moving may stand."""


def _for_the_sake_of(context: Context, drafts: list[EventDraft], trigger: Trigger) -> bool:
    """«شنت القوات هجوما لاستعادة المدينة»: what an attack or operation of the same sentence was for."""
    sentence = context.sentence_of(trigger.first)
    if context.units.row.holds("MODAL", first=trigger.first - _DEMAND_REACH, last=trigger.first):
        return False  # «خططوا … للاستيلاء على»: a plan is told
    return bool(drafts) and drafts[-1].sentence == sentence and drafts[-1].kind in _FOR_CONTROL


def _is_unreal(units: Units, trigger: Trigger) -> bool:
    """«أي هجوم», «مقابل انسحابهم», «دعوا إلى إعدام القاتل», «لم تقع مواجهات»: a noun for what nobody says was done."""
    first = trigger.first
    head = first - 1 - (first > 1 and (units[first - 1].word in _SORTS or units[first - 1].has("IN")))
    if head >= 0 and units[head].has("UNREAL_OF"):
        return trigger.kind != "release_or_exchange"  # «أطلقوا الأسرى مقابل الإفراج عن …»
    if _is_called_for(units, first):
        return True
    occurs = units.row.where("OCCURS", "STOP", "PAST", first=first - _DENIED_REACH, last=first)
    return bool(occurs) and units[occurs[-1]].has("OCCURS") and occurs[-1] > 0 and units[occurs[-1] - 1].has("NEG")


_SORTS: Final = frozenset({"عمليات", "اعمال", "حالات", "حوادث"})
_DENIED_REACH: Final = 5


def _is_called_for(units: Units, first: int) -> bool:
    """«دعا المعتصمون إلى إعدام القاتل», «طالب الأهالي بطرد المسلحين»: the deed that is asked for, right behind its preposition.

    «طالبت الدول بتحمل مسؤولياتها ووقف هجمات …» asks for an end of it, further on.
    """
    if first > 1 and units[first - 1].word in _END_OF and units[first - 2].has("CONJ") and units[first].has("PL"):
        ends = units.row.where("DEMAND", "STOP", "THAT", first=first - _END_REACH, last=first - 1)
        return bool(ends) and units[ends[-1]].has("DEMAND") and units[ends[-1]].word.startswith(_ASKS)
    if first < 2 or units[first - 1].word not in ("الي", "ب"):
        return False
    asked = units.row.where("DEMAND", "STOP", "COMMA", "PREP", "THAT", first=first - _ASKED_REACH, last=first - 1)
    return bool(asked) and units[asked[-1]].has("DEMAND") and units[asked[-1]].word.startswith(_ASKS)


_END_OF: Final = frozenset({"وقف", "ايقاف", "انهاء"})
_END_REACH: Final = 14
_ASKED_REACH: Final = 6
_ASKS: Final = ("دعا", "دعت", "دعو", "داعي", "يدعو", "تدعو", "طالب", "يطالب", "تطالب", "مطالب", "ناشد", "يناشد", "تناشد")


def _is_a_trend(units: Units, trigger: Trigger) -> bool:
    """«في ظل تصاعد وتيرة الهجمات», «تستمر عمليات الاغتيال», «هجمات متكررة»: many such deeds, none of which is told."""
    first, last = trigger.first, trigger.last
    if trigger.definite and last + 1 < len(units) and units[last].has("REL") and units[last + 1].word.startswith(_SEES):
        return True  # «الهجمات التي تشهدها البلاد»
    if first and units[first - 1].word in _MANY and units.row.holds("TREND_V", first=first - _SUBJECT, last=first):
        return True
    if units.row.holds("MANY_TIMES", first=last, last=last + 1):
        return True
    rising = units.row.first_of("TREND", first=first - _TREND_REACH, last=first)
    return rising is not None and rising > 0 and units[rising - 1].word in _AMID


def _is_judged(units: Units, trigger: Trigger) -> bool:
    """«إن عمليات الاغتيال وقصف المنازل تمثل جرائم حرب»: what is said of such deeds as have been told."""
    if any(unit.word in _COUNTED_AMONG for unit in units.items[max(0, trigger.first - 3) : trigger.first]):
        return True  # «تندرج ضمن عمليات الإعدام خارج القانون»
    that = units.row.holds("THAT", first=trigger.first - _SUBJECT, last=trigger.first)
    judged = units.row.first_of("JUDGED", "STOP", "SEMI", "DATE", first=trigger.last, last=trigger.last + _SUBJECT + 1)
    return that and judged is not None and units[judged].has("JUDGED")


_COUNTED_AMONG: Final = frozenset({"تندرج", "يندرج", "ترقي الي", "يرقي الي"})
_SUBJECT: Final = 5
"""How many words may stand between «إن», a deed and what is said of it."""
_SEES: Final = ("تشهدها", "يشهدها", "تتعرض", "يتعرض")
_MANY: Final = frozenset({"عمليات", "حوادث", "حالات", "ظاهره", "جرايم", "وتيره"})
_TREND_REACH: Final = 5
_AMID: Final = frozenset({"ظل", "وسط", "مع", "بسبب", "نتيجه", "جراء", "في ظل", "من", "امام"})


_FOR_CONTROL: Final = frozenset(
    {"armed_assault", "attack_unspecified", "security_operation", "armed_clash", "air_strike", "shelling", "deployment"}
)


def _is_killing(units: Units, trigger: Trigger) -> bool:
    """«مقتل رجل مساء أمس على يد مسلحين»: a word of killing or wounding stands before the doer, in its sentence."""
    for i in range(trigger.first - 1, max(-1, trigger.first - 15), -1):
        if units[i].has("STOP") or units[i].has("SEMI"):
            return False
        if units[i].has("KILLED_W"):
            return True
    return False


def _is_threatened_with(units: Units, trigger: Trigger) -> bool:
    """«تعرض للتهديد بقتله من قبل مسلحين»: what befell him is the threat."""
    killed = next((i for i in range(trigger.first - 1, max(1, trigger.first - 15), -1) if units[i].has("KILLED_W")), None)
    if killed is None:
        return False
    return any(units[i].feature("modality") == "threatened" for i in units.row.where("MODAL", first=killed - _THREAT, last=killed))


_THREAT: Final = 3
"""How many words before the killing a threat of it may stand."""


def _is_on_his_house(units: Units, trigger: Trigger) -> bool:
    """Whether what is stormed is «منزله», the house of somebody told of before."""
    behind = units.items[trigger.last - 1 : trigger.last + 1]
    return any(unit.word.startswith(("منزل", "بيت", "دار")) and unit.word.endswith(("ه", "ها", "هم")) for unit in behind)


def _killed_there(context: Context, drafts: list[EventDraft], trigger: Trigger) -> bool:
    """Whether the sentence has just told who was shot or killed by those who stormed it."""
    last = drafts[-1] if drafts else None
    return last is not None and last.kind in _OF_ONE_MAN and last.sentence == context.sentence_of(trigger.first)


_OF_ONE_MAN: Final = frozenset({"shooting", "assassination", "execution", "stabbing_or_ramming", "abduction"})


def _is_carried(units: Units, trigger: Trigger) -> bool:
    """«بحوزته عبوة ناسفة», «بحوزتهم حقيبة فيها قنابل»: what who was caught had on him, and nobody set off."""
    low = max(0, trigger.first - _CARRIED)
    owned = next((i for i in range(trigger.first - 1, low - 1, -1) if units[i].word.endswith(_ON_HIM) or units[i].has("STOP")), None)
    if owned is None or units[owned].has("STOP"):
        return False
    return not units.row.holds(any_of=_BLAST, first=owned, last=trigger.last + 2)


_ON_HIM: Final = ("حوزته", "حوزتها", "حوزتهم", "حوزتهما")
_CARRIED: Final = 6


def _are_alive(units: Units, trigger: Trigger) -> bool:
    """«انتشال أربعة أطفال مصابين من تحت الأنقاض», «العثور على رجلين أحياء»: people who are brought out, and no bodies."""
    found = units.items[trigger.first : trigger.last + 2]
    if any(unit.has("BODY_N") or unit.feature("effect") == "killed" for unit in found):
        return False
    return any(unit.word in _ALIVE or (unit.has("HARMED") and unit.feature("effect") == "injured") for unit in found)


_ALIVE: Final = frozenset("احياء حيا حيه حيين ناجين ناجيا ناجيه ناج عالقين عالقا".split())


def _is_to_be_done(units: Units, trigger: Trigger) -> bool:
    """«الوصول إلى المكان لإسعاف الجرحى وانتشال الجثث»: what people go for, told behind «ل» or joined to it."""
    first = trigger.first
    if trigger.verb or not first:
        return False
    if not units[first - 1].has("CONJ"):
        return units[first - 1].word == "ل"
    gone_for = units.items[max(0, first - _PURPOSE_REACH) : first - 1]
    return any(unit.word == "ل" or unit.word.startswith(_RESCUES) for unit in gone_for)


_PURPOSE_REACH: Final = 5
_RESCUES: Final = ("لاسعاف", "لانقاذ", "لاجلاء", "لاخلاء", "للبحث")


def _is_peaceful(context: Context, trigger: Trigger) -> bool:
    """«أطلق حملة تطعيم»: a campaign that nobody with arms makes, or that is said to be for something else."""
    units = context.units
    if units.row.holds("PEACEFUL", first=trigger.last, last=trigger.last + 3):
        return True
    return not _by_somebody_armed(context, trigger)


def _by_somebody_armed(context: Context, trigger: Trigger) -> bool:
    """Whether an actor stands near: «أطلقت القوات حملة», «عملية تطهير نفذها الجيش»."""
    high = context.sentences[context.sentence_of(trigger.first)][1]
    return bool(context.actors_between(max(0, trigger.first - _ARMED_BEFORE), min(trigger.last + 12, max(high, trigger.last))))


_ARMED_BEFORE: Final = 4
"""How many words before a campaign its maker may stand."""


def _is_of_words(units: Units, trigger: Trigger) -> bool:
    """«شن الوزير هجوما حادا على …», «يطعنون في الثوابت», «عملية تحقيق»: what is said, doubted or looked into."""
    after = units.items[trigger.last : trigger.last + 2]
    if any(units[i].has("ATTACK_N") for i in range(trigger.first, trigger.last)):
        spoken = any(unit.word in _SHARP for unit in after)
        return spoken or (trigger.last - trigger.first > 1 and units[trigger.first + 1].has("SPEAKER"))
    if trigger.kind == "stabbing_or_ramming" and trigger.verb and len(after) == 2:
        return after[0].word == "في" and not after[1].has_any(("PLACE", "PLACE_WEAK", "KIND", "DIRECTION", "DATE"))
    return trigger.kind == "security_operation" and bool(after) and after[0].word in _CIVIL_OPERATIONS


_SHARP: Final = frozenset("حادا حاد لاذعا لاذع كلاميا كلامي لفظيا لفظي اعلاميا اعلامي".split())
_CIVIL_OPERATIONS: Final = frozenset({"تحقيق", "سلام", "انتقال", "انتخاب", "فرز"})
_IN_SPITE_OF: Final = frozenset({"رغم", "بالرغم من", "علي الرغم من", "ضمن", "انهار", "انهارت"})
"""«رغم اتفاق أبرم في آذار», «انهارت هدنة سارية منذ 2013» tell when the agreement was made; «انهيار الهدنة» does not."""


def _bare(word: str) -> str:
    """A verb without «و» before it and without the letter of its person."""
    return word.removeprefix("و").removeprefix("ي").removeprefix("ت")


_LODGED_OR_BANNED: Final = ("قدم", "تقدم", "مذكره", "سلم", "رساله", "حظر")
_BACKED: Final = ("مدعوم", "مصحوب", "معزز", "مسنود")
_FIGURES: Final = frozenset({"explosion", "explosive_device", "armed_clash", "attack_unspecified", "property_damage"})
_DEMANDED: Final = frozenset(
    {"surrender", "withdrawal", "release_or_exchange", "evacuation", "agreement_or_ceasefire", "judicial_action", "siege", "protest"}
)
_DEMAND_REACH: Final = 12


def _is_demanded(units: Units, trigger: Trigger) -> bool:
    """«طالبت … بالانسحاب من البلدة»: what somebody asks for has not happened."""
    reached = units.row.where("DEMAND", "STOP", "SEMI", "PAST", first=trigger.first - _DEMAND_REACH + 1, last=trigger.first)
    for unit in (units[i] for i in reversed(reached)):
        if unit.has("DEMAND"):
            return True
        if unit.has("STOP") or unit.has("SEMI") or (unit.has("PAST") and not unit.has("DEF")):
            return False
    return False


def _is_an_aim(word: str) -> bool:
    """«هجوم يستهدف استعادة المدينة», «معارك تحرير المدينة»: what an attack is for."""
    return word.startswith(("يستهدف", "تستهدف", "هدفه", "هدفها")) or word in _FOUGHT_FOR


_FOUGHT_FOR: Final = frozenset({"طريق", "معارك", "معركه", "عمليه", "عمليات", "حمله", "خطه", "خطط"})
_NOT_DONE: Final = frozenset({"لن", "لم"})


def _is_standing(units: Units, trigger: Trigger) -> bool:
    """«الخاضعة لسيطرة …», «مناطق سيطرة …»: who holds a place, not a change of control."""
    return any(
        u.word.startswith(("خاضع", "الخاضع", "تحت", "مناطق", "واقع", "الواقع"))
        for u in units.items[max(0, trigger.first - 2) : trigger.first]
    )
