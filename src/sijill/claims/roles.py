"""What one actor is to one event, agent or target, by the words beside it.

Agent: the subject of an active verb (VSO or SVO), the owner of the attack («قصف روسي», «غارات للتحالف», «هجوم شنه …», «من قبل …»,
«برصاص …»). Target: what stands after «على», «ضد», «استهدف».
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import Final

from sijill.annotate.actors import after_a_model, are_gunmen_of_a_nation, is_actor
from sijill.annotate.events import Trigger
from sijill.annotate.unit import Unit
from sijill.annotate.units import Units
from sijill.claims.context import EventDraft

__all__ = [
    "DEEDS", "DONE_BY", "MANAGED", "SELF", "after_its_subject", "are_with_it", "done_by_men", "in_a_source", "in_an_aside",
    "is_its_object", "joined_to", "own_men", "role_of", "two_sided",
]  # fmt: skip

_MUTUAL: Final = frozenset({"armed_clash", "agreement_or_ceasefire", "riot"})
DEEDS: Final = frozenset(  # kinds that one side does to another
    {"shelling", "air_strike", "attack_unspecified", "armed_assault", "arson", "security_operation", "arrest", "property_damage"}
)
_TARGET_BEFORE: Final = frozenset(
    "علي ضد تجاه نحو معسكر معسكرات مطار مواقع مقرات مقر مواقعا عناصر نقاط تجمعات حاجز ثكنات "
    "مركز موقع موقعا مقار ثكنات قواعد اهداف مستودعات مخازن تحصينات متاريس خنادق "
    "تجمع وكر اوكار مضافه مضافات نفق انفاق مخبا مخابي منصه منصات مربض مرابض ارتال حواجز معقل معاقل مخفر مخافر مواضع مستودع مخزن ثكنه "
    "باتجاه اليات رتل تعزيزات امداد امدادات زورق زوارق قارب قوارب "
    "دوريه نقطه مراكز قاعده مناطق قوات حافله سياره سيارات اليه مدرعه عربه عربات ناقله طقم اطقم باص شاحنه".split()
)
_HIT: Final = _TARGET_BEFORE - {"علي", "ضد", "تجاه", "نحو", "باتجاه", "عناصر", "قوات"}
_OF_FIGHTERS: Final = frozenset("قوات عناصر دوريه قوه مجموعه".split())
"""Words that stand before a subject as well as before an object: «قوات الجيش دهمت», «استهدف قوات الجيش»."""
_DOING: Final = (
    "شن", "شنت", "يشن", "تشن", "نصب", "نصبت", "نفذ", "نفذت", "ينفذ", "تنفذ", "ارتكب", "ارتكبت", "يرتكب", "ترتكب",
    "خاض", "خاضت", "يخوض", "تخوض", "اطلق", "اطلقت", "فرض", "فرضت", "يفرض", "تفرض", "نفذو", "شنو", "مصدر", "دبر", "دبرت", "زرع", "زرعت",
)  # fmt: skip
DONE_BY: Final = frozenset(verb + him for verb in _DOING for him in ("ه", "ها", "هما", "هم")) | {"يقودها", "تقودها", "قادها", "قادتها"}
"""«هجوم شنه …», «تفجيران نفذهما …»: the doer follows."""


def after_its_subject(units: Units, at: int, draft: EventDraft, roles: dict[int, str | None]) -> bool:
    """«القوات قد هاجمت المسلحين», «نصبت القوات كمينا للمسلحين»: the subject stood before the verb, so what follows it is hit."""
    if at < draft.last or draft.mutual or _is_foiled(units, draft):
        return False
    subjects = [i for i, role in roles.items() if role == "agent" and i < draft.first]
    if not subjects:
        return False
    of_party = 2 if at > 2 and units[at - 1].has("FROM") and units[at - 2].word in _PARTIES else 0  # «هاجم مجموعة من الفصيل»
    if draft.triggers[-1].verb:
        between = units.items[subjects[-1] + 1 : draft.first]
        return at - of_party == draft.last and all(u.has_any(_BESIDE_THE_POINT) or u.has("QAD") for u in between)
    return at - of_party == draft.last + 1 and units[at - of_party - 1].word == "ل" and draft.kind in DEEDS


def is_its_object(units: Units, at: int, draft: EventDraft, roles: dict[int, str | None]) -> bool:
    """«قتل الجيش مسلحين», «أسقط الفصيل طائرة أمريكية»: inside the words of a verb that its subject has followed, who comes next is hit."""
    if not (draft.first < at <= draft.last) or not _opens_with_a_verb(units, draft) or two_sided(units, draft):
        return False
    if at == draft.last:  # «لاحق الجيش مسلحين», «قتل الجيش أمير الفصيل»
        man = units[at - 1].has("PERSON") and units[at - 1].has("SG") and not units[at - 1].has("DEF")
        return roles.get(at - 1 - man) == "agent" and not units[at].has_any(("UNKNOWN_AGENT", "ADJ_ACTOR"))
    if units[draft.first].has_any(_STRIKES) and _stands_as_object(units, at, roles):
        return any(role == "agent" and draft.first < i < at for i, role in roles.items())
    if draft.kind not in _ON_SOMEBODY and not units[at - 1].has("Q"):  # «قتل مسلحون خمسة جنود في كمين»
        return False
    if units[at - 1].has("FROM") or units[at - 1].has("MEMBERS_OF"):
        return False
    return any(role == "agent" and draft.first < i < at for i, role in roles.items())


_STRIKES: Final = ("ATTACK_V", "SHELL_V", "ASSAULT_V", "RAID_V")


def _stands_as_object(units: Units, at: int, roles: dict[int, str | None]) -> bool:
    """«استهدف الفصيل مواقع الجيش بالهاون», «نقطة للجيش بقذيفة», «الجيش بقذيفة»: as what is hit stands between a verb and its means."""
    before = units[at - 1]
    if before.word == "ل" or before.has("LAND") or _is_hit(before):
        return True
    return roles.get(at - 1) == "agent" and units[at].has_any(_BODIES) and not units[at].has("ADJ_ACTOR")


_ON_SOMEBODY: Final = frozenset(
    {"attack_unspecified", "assassination", "execution", "abduction", "arrest", "interception", "security_operation"}
)


def two_sided(units: Units, draft: EventDraft) -> bool:
    """Clashes and agreements, and whatever is said to be mutual («قصف متبادل»): all who are named do it."""
    if draft.kind in _MUTUAL:
        return True
    around = units.items[max(0, draft.first - 2) : min(draft.last, draft.first + _AFTER) + 3]
    if _MUTUAL_ROOT not in units.folded.text[around[0].start : around[-1].end]:
        return False
    return any(unit.word.startswith(_MUTUALLY) for unit in around)


_MUTUAL_ROOT: Final = "تبادل"
_MUTUALLY: Final = ("متبادل", "المتبادل", "تبادل", "التبادل")


def joined_to(units: Units, at: int) -> int:
    """The unit of the actor that «و» joins this one to («قوات النظام وحزب الله»): both do, or suffer, the same; else -1."""
    i = at - 1
    while i > 0 and units[i].has_any(_BEFORE_A_NAME):
        i -= 1
    if i < 1 or not units[i].has("CONJ"):
        return -1
    i -= 1
    while i > 0 and (units[i].has("QUOTE") or units[i].has("IN") or (units[i].has("PLACE") and units[i - 1].has("IN"))):
        i -= 1
    return i


_BEFORE_A_NAME: Final = frozenset({"QUOTE", "MEMBERS_OF"})


def are_with_it(units: Units, at: int) -> bool:
    """«القوات الحكومية ومسلحين موالين لها»: gunmen who are told of only as those of the force before them."""
    its = units[at + 2].word if at + 2 < len(units) and units[at].has_any(_MEN) else ""
    return its in _WITH_IT and units[at + 1].word.startswith(_ALLIED) and joined_to(units, at) >= 0


_WITH_IT: Final = frozenset("له لها لهم معه معها معهم".split())
_OPPOSED: Final = ("مناهض", "معادي", "مناوي", "معارض")
_ALLIED: Final = ("موال", "تابع", "متحالف", "حليف", "مساند", "داعم", "مويد")


def is_a_patron(units: Units, at: int) -> bool:
    """«حركة الشباب المرتبطة بتنظيم القاعدة»: a body that another, named before it, is said to belong to or to side with."""
    i = at - 1
    while i > 0 and at - i < _PATRON_REACH and units[i].has_any(_BEFORE_A_NAME):
        i -= 1
    return i > 0 and units[i].word in _TO_A_BODY and units[i - 1].has("DEF") and units[i - 1].word.removeprefix("ال").startswith(_SIDING)


_SIDING: Final = ("مرتبط", "موال", "تابع", "منتم", "محسوب", "متحالف", "مدعوم", "مبايع", "مقرب")
_PATRON_REACH: Final = 4


def men_of(units: Units, at: int) -> int:
    """The unit of the men who are said to belong to the actor («مسلحون موالون للفصيل», «يشتبه بانتمائهم إلى الفصيل»); else -1."""
    if at > 3 and _is_believed(units, at):
        of = at - 3 - (units[at - 1].word == "ل")
        return of if units[of].has("GENERIC") else -1  # «طائرات حربية يرجح أنها روسية»
    i = at - 1
    while i > 0 and units[i].has_any(_BEFORE_A_NAME):
        i -= 1
    if i < 1 or units[i].word not in _TO_A_BODY:
        return -1
    belongs, j = None, i - 1
    while j >= 0 and i - j <= _BELONGING_REACH:
        if units[j].word.startswith(_BELONG_TO):
            belongs = units[j].word
        elif units[j].word not in ("ب", "في") and not _is_plain_adjective(units[j]):
            break
        j -= 1
    counted = j
    while counted > 0 and units[counted].has_any(("MEMBERS_OF", "Q", "FROM")):
        counted -= 1
    if units[counted + 1].has("FROM"):
        j = counted  # «خلية من أربعة عناصر تابعة للفصيل»
    if (
        belongs is None
        or j < 0
        or not (units[j].has_any(_MEN) or (units[j].word.startswith(_SOME_FACTIONS) and belongs.startswith("تابع")))
        or (belongs.endswith("ا") and not units[j].word.endswith("ا"))
    ):
        return -1  # «استهدف مسلحون حاجزا تابعا للفصيل»: by its ending the post is the actor's
    return j if belongs.startswith("ال") == units[j].word.startswith("ال") else -1  # and not «استهدف الجيش نقاطا تابعة للفصيل»


_TO_A_BODY: Final = frozenset({"ل", "الي", "ب", "من"})
_BELONG_TO: Final = (
    "موال", "الموال", "تابع", "التابع", "مرتبط", "المرتبط", "منتم", "المنتم", "محسوب", "المحسوب", "ينتم", "تنتم", "يتبع", "تتبع",
    "انتمايهم", "انتمايه", "ولايهم", "ارتباطهم", "انهم", "انه", "يعتقد", "يشتبه",
)  # fmt: skip
"""«موالون ل», «تابعة ل», «ينتمون إلى», «يشتبه أنهم من», folded."""
_BELONGING_REACH: Final = 6
_MEN: Final = ("GENERIC", "PERSON")
_SOME_FACTIONS: Final = "فصايل "
"""«فصائل مسلحة تابعة للفصيل»: a name of many, which gives way to whose they are."""


_BY_ITS_RULE: Final = {
    "a force loses a place": "target",
    "a place rid of fighters": "target",
    "moved by force": "agent",
    "made to leave their homes": "agent",
}
"""What an actor is that stands between the words by which these rules tell an event (rules/events.toml)."""


def in_an_aside(units: Units, at: int, first: int) -> bool:
    """«القوات، التي تقاتل الفصيل، اقتحمت …»: who is named in a clause between commas does not do what the verb behind it tells."""
    comma = units.row.where("COMMA", first=max(at + 1, first - 2), last=first)
    if not comma:
        return False
    opens = units.row.where("REL", "STOP", "SEMI", first=max(1, at - _ASIDE), last=at)
    return bool(opens) and units[opens[-1]].has("REL") and units[opens[-1] - 1].has("COMMA")


_ASIDE: Final = 12


def _is_called_so_by(units: Units, at: int) -> bool:
    """«الحزب المصنف تنظيما إرهابيا من قبل تركيا والاتحاد الأوروبي»: who calls somebody so has no part in what he does."""
    by = at - 1
    while by > 0 and at - by <= _CALLED and units[by].has_any(("ACTOR", "ADJ_ACTOR", "GENERIC", "COUNTRY", "CONJ", "COMMA", "PLACE")):
        by -= 1
    return units[by].has("BY") and any(unit.word.removeprefix("ال").startswith(_LABELLED) for unit in units.items[max(0, by - 4) : by])


_CALLED: Final = 6
_LABELLED: Final = ("مصنف", "مدرج", "معترف", "مدعوم", "محظور")


def _names_its_subject(units: Units, draft: EventDraft) -> bool:
    """«في موازاة هجوم الفصيل، شنت القوات هجوما»: a verb that opens the main clause, with who does it right behind."""
    if not draft.triggers[0].verb or not draft.first or draft.first + 1 >= draft.last or not units[draft.first].has("LAUNCH_V"):
        return False
    return units[draft.first - 1].has("COMMA") and units[draft.first + 1].has_any(("ACTOR", "GENERIC"))


def _done_after_it(units: Units, at: int, draft: EventDraft) -> bool:
    """«شددت الحكومة إجراءاتها منذ الهجوم على …»: what somebody did after an attack that the reader knows is no part of it.

    Nor is who shells a town «بعد يومين من الإعلان عن تحريرها» the one who freed it.
    """
    if draft.kind == "territorial_control" and not draft.triggers[0].verb and _was_announced_before(units, at, draft.first):
        return True
    after, noun = units[draft.first - 1], units[draft.first]
    if at + 1 >= draft.first or draft.mutual or not (noun.has("DEF") and after.has_any(_SINCE)):
        return False
    return not draft.triggers[0].verb and draft.kind in _SUFFERED


def _was_announced_before(units: Units, at: int, first: int) -> bool:
    said = next((i for i in range(first - 1, max(at, first - _ANNOUNCED), -1) if units[i].word.startswith(("اعلان", "الاعلان"))), None)
    if said is None:
        return False
    before = units.items[max(at, said - _ANNOUNCED) : said]
    return any(unit.has_any(_SINCE) or (unit.has("DATE") and unit.word.startswith("بعد")) for unit in before)


_ANNOUNCED: Final = 4
_SINCE: Final = ("AFTER", "SINCE")
_SUFFERED: Final = frozenset(
    {"attack_unspecified", "armed_assault", "explosive_device", "vehicle_bomb", "suicide_bombing", "explosion", "assassination"}
)
"""Attacks after which others act. Of a raid («بعد الغارات») they may well be its makers."""


def _whose_it_was(units: Units, at: int, draft: EventDraft) -> bool:
    """«تدمير زورقين مسيرين للجماعة»: who stands behind «ل» owned what was destroyed."""
    if draft.triggers[0].verb or not draft.last < at <= draft.last + _OWNED or units[at - 1].word != "ل":
        return False
    return not units.row.holds(any_of=_NEW_SUBJECT, first=draft.last, last=at)


def _aimed_at_by_its_noun(units: Units, at: int, draft: EventDraft) -> bool:
    """«انفجارات استهدفت سيارات لقياديين في الحركة … وأسفرت عن تدمير»: the attack itself is the subject of the verb."""
    if draft.triggers[0].verb:
        return False
    verbs = [i for i in range(max(draft.first + 1, at - _AFTER), at) if units[i].word.startswith(_AIMS)]
    return bool(verbs) and not units.row.holds(any_of=_NEW_SUBJECT, first=verbs[-1] + 1, last=at)


_NEW_SUBJECT: Final = ("PAST", "PRES", "REL", "THAT", "STOP", "SEMI", "COMMA", "BY")


def _only_described(units: Units, first: int, last: int) -> bool:
    """Whether nothing but up to two adjectives stands between two units."""
    return 0 <= last - first <= 2 and all(_is_plain_adjective(u) or u.entry.tags <= _SIZE for u in units.items[first:last])


_SIZE: Final = frozenset({"OTHER", "PRON", "SG"})
"""The classes of «كبيرة», which is spelled like «his great one»."""


def role_of(units: Units, at: int, draft: EventDraft) -> str | None:
    """What an actor is to an event, by the nearest words; None when nothing says."""
    adjective = units[at].has("ADJ_ACTOR")
    before = _before(units, at)
    if adjective and at + 1 < len(units) and units[at + 1].word == "الجنسيه":
        return None  # «مسلح سوري الجنسية»
    if adjective and at > 1 and units[at - 2].has("TANZIM") and units[at - 1].has("DEF") and units[at].has("DEF"):
        return role_of(units, at - 2, draft)  # «ميليشيا التمرد الحوثية»
    if at > 1 and units[at - 1].word == "مع" and units[at - 2].word.removeprefix("ال").startswith(_ALLIED):
        return None  # «الجماعة المتحالفة مع إيران»
    if at > 1 and units[at - 1].word == "ل" and units[at - 2].word.removeprefix("ال").startswith(_OPPOSED):
        return None  # «القوات المناهضة للفصيل»
    if at > 2 and units[at - 1].word == "ل" and units[at - 2].word.startswith("موال") and units[at - 3].has("ACTOR"):
        return None  # «فصائل مسلحة موالية لتركيا»
    if at > 2 and draft.kind in DEEDS and _is_believed(units, at):
        return "agent" if draft.first - _BELIEF <= at <= draft.last + _BELIEF else None
    if _is_called_so_by(units, at) or (at < draft.first and units.row.holds("REPLIED", first=at + 1, last=draft.first)):
        return None  # «قصفت القوات القرية، وردت الفصائل باستهداف …»: who answers does it
    if at < draft.first and (in_an_aside(units, at, draft.first) or _done_after_it(units, at, draft) or _names_its_subject(units, draft)):
        return None
    if at and (units[at - 1].word in _FOR_WHOM or (units[at - 1].word.startswith(_FOLLOWERS) and draft.kind in ("protest", "riot"))):
        return None  # «لحماية المستوطنين», «تظاهر أنصار الحزب»
    if at > 1 and (units[at - 1].word in _FREQUENT or units[at - 2].word in _FREQUENT):
        return None  # «مطعما يرتاده زعماء عشائر»
    if at < draft.first and draft.kind in _TRIED_ON_SOMEBODY and any(u.word in _SURVIVED for u in units.items[max(0, at - _SURVIVOR) : at]):
        return "target"  # «نجا قائد الشرطة من محاولة اغتيال»
    targeting = draft.first + 1 < at < draft.last and units[draft.first].word.startswith("استهداف")
    if targeting and _is_hit(units[at - 1 - (units[at - 1].word == "ل")]):
        return "target"  # «استهداف مواقع القوات بقذائف», «استهداف مواقع للقوات …»
    if draft.first < at < draft.last and draft.rule in _BY_ITS_RULE:
        return _BY_ITS_RULE[draft.rule]
    if draft.kind == "property_damage" and _whose_it_was(units, at, draft):
        return "target"
    if draft.kind == "deployment" and before is not None and before.word == "ل" and _only_described(units, draft.last, at - 1):
        return "agent"  # «تعزيزات كبيرة للجيش»
    if _named_beside_another(units, at):
        return None
    if (said_of := _said_of_a_speaker(units, at, draft)) is not None:
        return said_of or None
    if (at < draft.first or units[at].has("GENERIC")) and (by := _done_by(units, draft)) is not None and at < by:
        suffers = at >= draft.last and not units[at + 1].has("FROM")  # «أعدم أسرى على يد الفصيل»
        return "target" if suffers else None  # «مقاتلون دربهم الجيش اعتقلوا على أيدي الفصيل», «اعتقل مقاتلون من …»
    if draft.kind in _TAKEN_AWAY and _who_were_taken(units, at, draft):
        return "target"
    if (of_men := done_by_men(units, at, draft)) is not None:
        return of_men or None
    if _sends_a_party(units, at, draft):
        return "agent"
    if at > 2 and units[at - 1].word == "ل" and units[at - 2].word in _OBJECTS_OF and _triggers_before(draft, at):
        return "target"  # «استهدف مجهولون بالرصاص عنصرا تابعا للفصيل»
    if at < draft.first and draft.kind in _REPELLED and _foils(units, at, draft):
        return "target"  # «أعلن الجيش إحباط هجوم», «تصدى الجيش لهجوم»
    if (before is not None and before.word.rpartition(" ")[2] in _LOSSES_OF) or _laid_for(units, at, draft) or _aimed_at(units, at, draft):
        return "target"
    if before is not None and (before.has_any(_OF_THE_DOER) or (before.word in DONE_BY and draft.kind != "interception")):
        return "agent"
    aim = before is not None and before.word == "استهدفت" and draft.kind == "security_operation" and at > draft.last
    if aim or _is_taken(units, at, draft):
        return "target"  # «عملية أمنية في الرقة استهدفت خلية للفصيل»
    if _from_the_ground_of(units, at, draft) or is_accused(units, at, draft.first):
        return "agent"
    if before is not None:
        if before.has("SAY_V") and _says_of_itself(units, at, draft):
            return "agent"
        if before.has("SAY_V") and _hit_as_it_says(units, at, draft):
            return "target"
        if before.has_any(_OF_A_SOURCE):
            return "agent" if _declares(units, at, draft) else None
    if _of_the_means(units, at, draft):
        return "agent"
    told_by = before if before is None or not before.has("CONJ") else _before(units, _first_named(units, at))
    if told_by is not None and told_by.has("WARN") and at < draft.first:
        return None  # «حذرت الحكومة والحركة من هجوم»
    if before is not None and (before.has("WARN") or before.feature("modality") == "denied") and at < draft.first:
        return None  # «حذرت المنظمة من هجوم», «نفى الجيش سقوط …»: who speaks of it
    if draft.kind == "territorial_control" and at > draft.last and _held_it(units, at):
        return "target"
    fell = draft.kind == "territorial_control" and units[draft.first].word.startswith(("سقوط", "سقط"))
    if fell and at > draft.first and units[at - 1].word in _IN_HAND and units[at - 2].word in ("في", "ب"):
        return "agent"  # «سقوط المدينة في يد الفصيل»
    if (not adjective or units.row.holds("THAT", first=at + 1, last=draft.first)) and in_a_source(units, at):
        return "agent" if _declares(units, at, draft) else None
    if draft.rule in _PUT_OUT_OF_ACTION and at >= draft.first:
        told = units.row.holds("ON", "ACTOR", "GENERIC", "Q", first=max(draft.first, at - _FURTHER_SIDE), last=at)
        subject = units[draft.first].word in _ENDED and at < draft.last and not told
        return "agent" if subject else "target"  # «قضت قوة للجيش على …»; «تحييد 8 من عناصر الفصيل», «حملة ضد الفصيل»
    if draft.kind == "surrender" and units[at - 1].word in ("ل", "الي"):
        return "target"  # «سلموا أنفسهم للقوات»
    if at >= draft.last and draft.triggers[-1].rule == "clearing" and before is not None and before.has("FROM"):
        return "target"  # «تطهير المدينة من مسلحي الفصيل»
    if draft.kind in _OF_MEN and at >= draft.last and _some_men_of(units, at, draft):
        return "target"  # «اختطاف لجنود عراقيين»
    if draft.rule == "attack held off":
        return "target" if at < draft.last else "agent"  # «صد الجيش محاولة تقدم التنظيم»
    if at < draft.first and draft.kind in _REPELLED and _is_foiled(units, draft):
        return "target"  # «أحبطت القوات محاولة تسلل»
    if draft.rule == "driven to retreat" and draft.first < at < draft.last:
        return "agent" if _is_driven(units, at, draft) else None
    if draft.rule == "a force driven out" and draft.first < at <= draft.last + 3 and at + 1 < len(units) and units[at + 1].has("FROM"):
        return "target"  # «طردت القوات داعش من …»
    told_with = _trigger_over(draft, at)
    if told_with is not None and told_with.rule == "a force driven out" and draft.first < told_with.first < at:
        return "target"  # «السيطرة على المطار ثم طرد الفصيل»
    if draft.mutual:
        between = draft.kind == "armed_clash" and at < draft.first and units.row.holds("BETWEEN", first=draft.last, last=draft.last + 2)
        if between:
            return None  # «استشهد شبان فلسطينيون خلال اشتباكات بين …»: the sides are told behind it
        joined = draft.kind == "armed_clash" and joined_to(units, at) >= 0
        reach = _FURTHER_SIDE if joined and units.row.holds("BETWEEN", first=draft.last, last=draft.last + _SIDE) else _SIDE
        return "agent" if draft.first - 8 <= at <= draft.last + reach else None
    if draft.kind in _TOGETHER and (_takes_part(units, at) or _jointly(units, at, draft)):
        return "agent"
    if at >= draft.last and units.row.holds("REMNANT", first=max(draft.first, at - _FURTHER_SIDE), last=at):
        return None  # «مقذوف من مخلفات قصف الجيش»
    if adjective:
        counted = units[at - 1].has("Q") and not after_a_model(units, at)
        return None if counted else _adjective_role(units, at, draft)  # «15 فلسطينيا»
    if before is not None and before.word.endswith(_HOLDING) and draft.kind != "territorial_control":
        return None  # «القرى الواقعة تحت سيطرة الفصيل»
    if before is not None and before.word in _TARGET_BEFORE and not _owned(units, at, draft):
        subject = before.word in _OF_FIGHTERS and (at < draft.first or _verb_before(units, at, draft))
        if not subject:
            return "target"
    if at < draft.first:
        return _before_trigger(units, at, draft)
    if at < draft.last:
        if _among_its_dead(units, at, draft):
            return "target"
        if _aimed_at_by_its_noun(units, at, draft):
            return "target"
        exposed = units.row.first_of("EXPOSED_V", first=max(draft.first, at - _AFTER), last=at)  # «تعرضت نقطة للفصيل لقصف»
        if exposed is not None and units[at - 1].has("FROM") and units.row.holds(any_of=_BLOWS, first=exposed + 1, last=at - 1):
            return "agent"  # «تعرضت القرية إلى قصف من الفصيل»
        return "target" if exposed is not None or _of_what_is_hit(units, at, draft) else "agent"
    if draft.kind == "judicial_action":
        return "agent" if _of_a_court(units, at) else "target"  # «محكمة جنايات القاهرة»
    return _after_trigger(units, at, draft)


def _who_were_taken(units: Units, at: int, draft: EventDraft) -> bool:
    """«عناصر الفصيل الأربعة الذين اعتقلوا فجر الثلاثاء»: with nobody behind the verb, it was done to those before «الذين»."""
    verb = draft.first
    if not 1 < verb - at <= _TAKEN_REACH or not units[verb - 1].has("REL") or not units[verb].word.endswith("وا"):
        return False
    if not all(unit.has_any(_DESCRIBING) or _is_plain_adjective(unit) for unit in units.items[at + 1 : verb - 1]):
        return False
    return verb + 1 >= len(units) or units[verb + 1].has_any(_NO_OBJECT)


_TAKEN_AWAY: Final = frozenset({"arrest", "abduction"})
_TAKEN_REACH: Final = 5
_DESCRIBING: Final = ("Q", "ADJ", "ADJ_ACTOR", "QUOTE", "OTHERS")
_NO_OBJECT: Final = ("DATE", "TIME", "DAYPART", "IN", "PREP", "STOP", "SEMI", "COMMA", "CONJ", "BY", "KHILAL", "WHEN", "NL")


def _sends_a_party(units: Units, at: int, draft: EventDraft) -> bool:
    """«اعتقلت قوة تابعة للجيش ثلاثة شبان»: right behind the verb a party of the actor, and behind the actor whom or what it is done to.

    With nothing behind it is the party that suffers («استهدفت قوة تابعة للجيش بعبوة»), and so it is with the ending of an object
    («استهدفوا حاجزا تابعا للجيش», «عناصر تابعين للفصيل»).
    """
    verb = next((t.first for t in reversed(draft.triggers) if t.verb and t.first < at), None)
    of = at - 1
    while of > 0 and units[of].has_any(_OPENS_A_NAME):
        of -= 1
    if verb is None or of < verb + 3 or units[of].word != "ل":
        return False
    belongs, party = units[of - 1].word, units[verb + 1]
    if not belongs.startswith(_BELONGING) or belongs.endswith(("ين", "ا")) or party.word.endswith(("ا", "ين")):
        return False
    if not (party.word.partition(" ")[0] in _PARTIES or party.has_any(_MEN)):
        return False
    if not all(unit.has_any(_OF_A_PARTY) or _is_plain_adjective(unit) for unit in units.items[verb + 2 : of - 1]):
        return False
    after = at + 1
    while after < len(units) and units[after].has_any(_BEFORE_AN_OBJECT):
        after += 1
    return after < len(units) and (units[after].has_any(_WHOM_OR_WHAT) or _is_hit(units[after]))


_OBJECTS_OF: Final = frozenset({"تابعا", "مواليا"})
"""«تابعا ل» stands with its ending behind an object."""
_OPENS_A_NAME: Final = ("QUOTE", "LPAR", "MEMBERS_OF")
_OF_A_PARTY: Final = ("GENERIC", "ADJ", "ADJ_ACTOR", "MEMBERS_OF", "QUOTE")
_BEFORE_AN_OBJECT: Final = ("QUOTE", "RPAR", "ADJ_ACTOR", "DATE", "TIME", "DAYPART", "COMMA")
_WHOM_OR_WHAT: Final = (
    "GROUP",
    "Q",
    "PERSON",
    "HARMED",
    "GIVEN_NAME",
    "KIND",
    "PLACE",
    "ACTOR",
    "GENERIC",
    "BUILDINGS",
    "DWELLING",
    "VEHICLE",
    "HOUSE",
)


def _among_its_dead(units: Units, at: int, draft: EventDraft) -> bool:
    """«ضربة أسفرت عن مقتل عنصرين من الفصيل وتدمير …»: whose men are counted between the words of one event and of its outcome."""
    if not (units[at - 1].has("FROM") and units[at - 2].has_any(("PERSON", "Q", "MEMBERS_OF"))) or any(
        t.first <= at < t.last for t in _triggers_before(draft, at + 1)
    ):
        return False
    return units.row.holds("HARM_N", "HARM_V", first=max(draft.first, at - _AFTER_HIT), last=at)


_FOR_WHOM: Final = frozenset({"حمايه", "لحمايه", "تامين", "لتامين"})
_FOLLOWERS: Final = ("انصار", "مويدو", "مويدي", "مناصرو", "مناصري", "جماهير")
_FREQUENT: Final = frozenset("يرتاده يرتادها يقطنه يقطنها يسكنه يسكنها يملكه يملكها".split())
_SURVIVED: Final = frozenset("نجا نجت نجاه نجوا ينجو".split())
_SURVIVOR: Final = 8
_TRIED_ON_SOMEBODY: Final = frozenset({"assassination", "explosive_device", "vehicle_bomb", "shooting", "armed_assault"})
_BELIEF: Final = 8


def _is_believed(units: Units, at: int) -> bool:
    """«غارة لطائرات يرجح أنها روسية»: of what is said of an attack's makers."""
    itself = at - 1 - (units[at - 1].word == "ل")  # «يرجح أنها للتحالف»
    return units[itself].word in SELF and units[itself - 1].word.startswith(_BELIEVED)


_BELIEVED: Final = ("يرجح", "يعتقد", "يشتبه", "رجح", "نعتقد", "يظن")


def _named_beside_another(units: Units, at: int) -> bool:
    """«التحالف العربي الذي تقوده السعودية», «الفصيل، ذراع التنظيم في …»: named only to say who the actor before it is."""
    word = units[at - 1].word if at else ""
    if word not in _LED_BY and word not in _LED_BY_ALLIES and word not in _ARM_OF:
        return False
    i = at - 2
    while i > 0 and (units[i].has_any(_BETWEEN_NAMES) or units[i].word in _IS or _is_plain_adjective(units[i])):
        i -= 1
    return i >= 0 and units[i].has_any(_BODIES) and (word not in _LED_BY_ALLIES or _ALLIANCE in units[i].word)


_LED_BY: Final = frozenset({"تقوده", "يقوده", "تتزعمه", "يتزعمه", "تدعمه", "يدعمه"})
_LED_BY_ALLIES: Final = frozenset({"تقودها", "تتزعمها", "تدعمها"})
_ALLIANCE: Final = "تحالف"
"""«قوات التحالف التي تقودها الدولة»; of «القوات التي تقودها الدولة» nothing else says whose they are."""
_ARM_OF: Final = frozenset({"ذراع", "فرع", "جناح", "الذراع", "الفرع", "الجناح"})
_BETWEEN_NAMES: Final = ("REL", "COMMA", "QUOTE", "DASH", "LPAR", "CONJ")
_IS: Final = frozenset({"هو", "هي", "هم"})
_BODIES: Final = ("ACTOR", "GENERIC")


def _held_it(units: Units, at: int) -> bool:
    """«سيطرت القوات على البلدة من أيدي الفصيل», «الخاضعة للفصيل», «الخاضعة لسيطرة الفصيل»: from whom a place is taken."""
    if units[at - 1].word in _IN_HAND and units[at - 2].has("FROM"):
        return True
    held = at - 1 - units[at - 1].word.startswith(_HOLDING)
    return units[held].word == "ل" and units[held - 1].word.removeprefix("ال").startswith("خاضع")


_SIDE, _FURTHER_SIDE = 14, 26
"""How far behind the words of a clash a side of it may stand; one that «و» joins to the first («بين الجيش … من جهة، والفصيل») further."""


def is_accused(units: Units, at: int, first: int) -> bool:
    """«اتهمت المنظمة القوات بقتل …», «تُتهم الحكومة بقصف …»: who stands between the verb and «ب» with what was done."""
    if not 0 < first - at <= 2 or units[first - 1].word != "ب" or (first - at == 2 and units[at + 1].word != "ب"):
        return False
    verb = units.row.where("BLAME_V", "SAY_V", first=max(0, at - _ACCUSATION), last=at)
    accuses = [i for i in verb if units[i].word.startswith(_ACCUSING)]
    return bool(accuses) and not units.row.holds("STOP", "SEMI", "THAT", first=accuses[-1], last=at)


_ACCUSING: Final = ("اتهم", "تتهم", "يتهم", "متهم")
_ACCUSATION: Final = 8
_REPELLED: Final = DEEDS | {"infiltration", "suicide_bombing"}
_IN_HAND: Final = frozenset({"يد", "ايدي", "قبضه"})


def _said_of_a_speaker(units: Units, at: int, draft: EventDraft) -> str | None:
    """«قالت الحركة، الساعية إلى إسقاط الحكومة، إنها هاجمت …»: of those named before «إنها», who speaks does it, and nobody else.

    "agent" or "" where the event's verb stands right after such a word, else None.
    """
    pronoun = draft.first - 1 - (draft.first > 0 and units[draft.first - 1].has("QAD"))
    if at >= pronoun or pronoun < 1 or units[pronoun].word not in SELF or not _opens_with_a_verb(units, draft):
        return None
    said = units.row.where("SAY_V", first=pronoun - _SELF_REACH, last=pronoun)
    if not said or at < said[-1] or units.row.holds("THAT", "STOP", first=said[-1], last=pronoun):
        return None
    return "agent" if at - said[-1] <= _SPEAKER_NEXT else ""


_SELF_REACH, _SPEAKER_NEXT = 24, 2


def done_by_men(units: Units, at: int, draft: EventDraft) -> str | None:
    """«اعتقلت الشرطة مسلحين أطلقوا النار»: a verb right after men without «ال» is theirs, and not of who was named before.

    "agent" or "" for those who stand before such a verb, else None.
    """
    if at >= draft.first or not _opens_with_a_verb(units, draft):
        return None
    verb = draft.first - (units[draft.first - 1].has("MODAL") and units[draft.first - 1].word.endswith("وا"))  # «حاولوا التسلل»
    end = verb - 1 - units[verb - 1].has("REL")  # «المسلحين الذين هاجموا»
    if at > end:
        return None
    some = units[end - 1].has("FROM") and units[end].has_any(_BODIES)  # «مقاتلين من الفصيل هاجموا»
    men = end - 2 if some else end - units[end].has("ADJ_ACTOR")
    if not (units[men].has_any(_MEN) or (some and units[men].word in _BANDS)):
        return None
    if units[men].word.startswith("ال") != (end + 1 < verb) or (at == end and units[end].has("ADJ_ACTOR")):
        return None
    plural = units[verb].word.partition(" ")[0].endswith("وا")
    if not plural and not (units[men].word.endswith("ا") and not units[men].has("DUAL")):
        return None
    while men > 0 and units[men - 1].has_any(_MEN) and units[men - 1].word[-2:] == units[men].word[-2:]:
        men -= 1  # «متشددون تكفيريون هاجموا»
    return "agent" if at >= men else ""


def _opens_with_a_verb(units: Units, draft: EventDraft) -> bool:
    """Whether an event is told by a verb, be it one with its object («أطلقوا النار») or of trying («حاولوا التسلل»)."""
    tried = draft.first > 0 and units[draft.first - 1].has("MODAL")
    return tried or draft.triggers[0].verb or units[draft.first].has_any(_VERBS)


_VERBS: Final = ("SHOOT_V", "CHASE_V", "INTERCEPT_V")


def _is_driven(units: Units, at: int, draft: EventDraft) -> bool:
    """«أجبرت الحركة والجيش الفصيل على التراجع»: who gives way is named last, and who drove him to it before."""
    named = [
        i for i in units.row.where("ACTOR", "GENERIC", first=draft.first, last=min(draft.last, draft.first + _SIDE)) if is_actor(units, i)
    ]
    return not named or at >= _first_named(units, named[-1])


def _done_by(units: Units, draft: EventDraft) -> int | None:
    """The «على أيدي» of «اعتقلوا على أيدي الفصيل»: behind a verb of which whoever stands nearer is no subject."""
    if not draft.triggers[0].verb or units.row.holds(
        "EXPOSED_V", first=draft.first - _EXPOSED, last=min(draft.last, draft.first + _FURTHER_SIDE)
    ):
        return None  # «تعرضت دورية للجيش لهجوم من قبل مسلحين»
    last = draft.triggers[0].last
    by = units.row.first_of("BY", "STOP", "SEMI", "COMMA", "PAST", "PRES", "THAT", first=last, last=last + _PASSIVE)
    if by is None or not units[by].has("BY") or by + 1 >= len(units) or not units[by + 1].has_any(_BODIES):
        return None
    return by


_PASSIVE: Final = 6


def _is_foiled(units: Units, draft: EventDraft) -> bool:
    """Whether a verb of foiling governs an attack, dates and those who foil it apart: «أفشل الجيش، أمس، هجوما»."""
    for verb in reversed(units.row.where("REPEL_V", first=draft.first - _FOILED_FURTHER, last=draft.first)):
        between = [u for u in units.items[verb + 1 : draft.first] if not u.has_any(_BESIDE_FOILING)]
        return len(between) < _FOILED and not any(u.has_any(("STOP", "SEMI")) for u in between)
    return False


_BESIDE_FOILING: Final = ("DATE", "TIME", "COMMA", "CONJ", "ACTOR", "GENERIC")


def _foils(units: Units, at: int, draft: EventDraft) -> bool:
    """Whether an actor before the words of an attack holds it off: «تصدى الجيش لهجوم», «أعلن الجيش إحباط هجوم»."""
    if units.row.holds("REPEL_V", first=at + 1, last=draft.first):
        return not units.row.holds("ACTOR", "GENERIC", "STOP", first=at + 1, last=draft.first)
    if not (at and units[at - 1].word in _FACED):
        return False
    tried = units[at + 1].word.startswith("ل") and units[draft.first - 1].has("MODAL") and draft.first - at <= 2 * _FACED_REACH
    return tried or (draft.first - at <= _FACED_REACH and units[draft.first - 1].word == "ل")  # «تصدت … لقوة حاولت التسلل»


_FACED: Final = frozenset("تصدي تصدت يتصدي تتصدي تصدوا".split())
_FACED_REACH: Final = 4
_LOSSES_OF: Final = frozenset("خساير خساره قتلي جرحي".split())


_BLOWS: Final = ("SHELL_N", "ATTACK_N", "RAID_N", "STRIKE_N", "STORM_N", "SHOOT_N")


def _laid_for(units: Units, at: int, draft: EventDraft) -> bool:
    """«كمين نصبته المعارضة لقوات النظام», «كمين نصبوه للحوثيين»: for whom an ambush was laid, or a bomb."""
    to = at - 1
    while to > 0 and units[to].has_any(_BEFORE_A_NAME):
        to -= 1
    if to > 1 and units[to].has("FROM") and units[to - 1].word in _PARTIES:
        to -= 2  # «كمينا لمجموعة من القوات»
    if at < draft.last or units[to].word != "ل" or units[to - 1].word.startswith(_BELONGING) or units[to - 1].word in _BANDS | _PARTIES:
        return False
    laid = units.items[max(draft.last, to - _LAID_REACH) : to]
    return any(u.word.startswith(_LAID) for u in laid) and not any(u.has_any(_CLOSES) for u in laid)


_LAID: Final = ("نصب", "زرع")
_LAID_REACH: Final = 6
_CLOSES: Final = ("COMMA", "SEMI", "STOP", "CONJ")


def _aimed_at(units: Units, at: int, draft: EventDraft) -> bool:
    """«انفجرت عبوة مستهدفة دورية للشرطة», «انفجرت عبوة كانت تستهدف القوات»: whom a blast is said to be aimed at."""
    if draft.kind not in _BLASTS:
        return False
    for i in range(at - 1, max(draft.last - 1, at - _AIM_REACH), -1):
        unit = units[i]
        if unit.word.startswith(_AIMING) or _bomb_goes_on(units, i):
            return True
        if not (unit.word == "ل" or _is_hit(unit) or _is_plain_adjective(unit) or unit.has_any(_SKIPPED)):
            return False
    return False


_BLASTS: Final = frozenset({"explosive_device", "vehicle_bomb", "suicide_bombing", "explosion"})
_AIMING: Final = "مستهدف"
_AIM_REACH: Final = 5


def _is_taken(units: Units, at: int, draft: EventDraft) -> bool:
    """«إلقاء القبض على خلية من أربعة عناصر تابعة لداعش», «اعتقالها خمسة مسلحين»: whom an arrest, told by a noun, was made of."""
    noun = units[draft.last - 1]
    if draft.kind != "arrest" or not 0 <= at - draft.last <= _TAKEN:
        return False
    if noun.has("ARREST_V") and noun.word.endswith(" علي") and not noun.has("PASSIVE"):
        return at == draft.last and units[at].has("GENERIC")  # «ألقى القبض على خلية إرهابية»
    if not noun.has("ARREST_N"):
        return False
    if units[at - 1].word == "ل" and units[at - 2].word.startswith("مطلوب"):
        return False  # «القبض على امرأة مطلوبة للشرطة»
    if _is_a_leader_of(units, at, draft.last + (at > draft.last and units[draft.last].has("ACTOR"))):
        return True  # «اعتقال آمر اللواء», «اعتقال الشرطة آمر اللواء»
    of_somebody = noun.word.endswith(" علي") or (noun.has("PRON") and units[draft.last].has_any(("Q", "PERSON", "MEMBERS_OF")))
    return of_somebody and not units.row.holds("COMMA", "STOP", "SEMI", "IN", "BY", "PAST", "PRES", first=draft.last, last=at)


_TAKEN: Final = 8


def _is_a_leader_of(units: Units, at: int, first: int) -> bool:
    """«آمر اللواء», «قيادي في الحركة»: a man of the force stands between what was done to him and its name."""
    man, of = units[first], at - first
    led = man.word in _LEADERS or (man.has("PERSON") and man.has("SG") and not man.has("DEF"))
    between = of == 1 or (of == 2 and units[at - 1].word in ("في", "ل", "من"))
    return led and between and not (at + 1 < len(units) and units[at + 1].word == "ل")  # «اعتقال عنصر الشرطة لشاب»


_LEADERS: Final = frozenset("امر قايد زعيم امير رييس مسوول قيادي ممثل ناطق متحدث".split())


def _some_men_of(units: Units, at: int, draft: EventDraft) -> bool:
    """«حوادث اختطاف لشرطيين», «اغتيال لضباط في الجيش»: behind a noun and «ل» men without «ال», of a force that did not do it."""
    told = draft.triggers[-1]
    if (told.verb and not units[told.first].has("SG")) or draft.last + 1 >= len(units) or units[draft.last].word != "ل":
        return False  # «خطف» is a noun there
    men = units[draft.last + 1]
    return at - draft.last <= _SOME_MEN and men.has("PERSON") and not men.has("DEF") and (men.has("PL") or men.has("DUALPL"))


_SOME_MEN: Final = 3
_OF_MEN: Final = frozenset({"abduction", "assassination", "execution", "torture"})


def _exposed(units: Units, at: int, draft: EventDraft) -> bool:
    """«تعرضت دورية للجيش في الرشاد لهجوم», «قوة من الشرطة الاتحادية تعرضت لكمين»: who stands beside the verb of being exposed to it."""
    verb = units.row.where("EXPOSED_V", first=max(0, draft.first - _EXPOSED), last=draft.first + 1)
    if not verb or (verb[-1] < draft.first and units[draft.first - 1].word not in ("ل", "الي")):
        return False
    if at < verb[-1] and not (units[at + 1].has_any(_GOES_ON) or units[at + 1].word.startswith("ال")):
        return False  # «دخلت القوات قرية تعرضت لقصف»
    low, high = sorted((verb[-1], at))
    return not units.row.holds(any_of=_ANOTHER, first=low + 1, last=high)


_EXPOSED: Final = 10
"""How far before the words of an attack the verb of being exposed to it may stand."""
_GOES_ON: Final = ("EXPOSED_V", "PREP", "DATE", "QUOTE", "ADJ_ACTOR")
_ANOTHER: Final = ("ACTOR", "GENERIC", "PAST", "PRES", "THAT", "COMMA", "CONJ", "REL")


def _from_the_ground_of(units: Units, at: int, draft: EventDraft) -> bool:
    """«قصف مصدره مناطق سيطرة الفصيل»: who holds the ground that it came from."""
    sources = units.row.where("FROM_GROUND", first=max(draft.first, at - _GROUND), last=at)
    return bool(sources) and not units.row.holds("STOP", "SEMI", "COMMA", "PAST", first=sources[-1], last=at)


_GROUND: Final = 8


def _of_the_means(units: Units, at: int, draft: EventDraft) -> bool:
    """«برصاص حاجز تابع للقوات», «من قبل عربة عسكرية تابعة للجيش», «بمدرعة تابعة لها»: whose the means were that killed."""
    if at < 4 or units[at - 1].word not in ("ل", "الي"):
        return False
    if not units[at - 2].word.startswith(_BELONGING):
        return _of_their_men(units, at - 2)
    for i in range(at - 3, max(0, at - 6), -1):
        before = units[i - 1]
        rammed = draft.kind == "stabbing_or_ramming" and before.word == "ب" and units[i].has_any(_VEHICLES)
        if before.has_any(_OF_THE_DOER) or rammed:
            return True
        if before.has_any(("PREP", "CONJ", "COMMA", "STOP")):
            return False
    return False


_VEHICLES: Final = ("FORCE_N", "VEHICLE", "AIRCRAFT", "AIR", "DRONE")


def _of_their_men(units: Units, at: int) -> bool:
    """«برصاص عناصر حاجز للفصيل», «بنيران دورية للجيش»: nothing but words for men and posts stands between the fire and its owner."""
    for i in range(at, max(0, at - _MEN_REACH), -1):
        if not units[i].has_any(("MEMBERS_OF", "MILITARY_POST", "PERSON", "GENERIC")) and units[i].word not in _PARTIES:
            return False
        if units[i - 1].has_any(_OF_THE_DOER):
            return True
    return False


_MEN_REACH: Final = 3


_ENDED: Final = frozenset({"قضت", "قضي", "قضو", "قضوا", "قضت علي", "قضي علي", "حيدت", "حيدوا"})
_PUT_OUT_OF_ACTION: Final = frozenset({"fighters put out of action", "put out of action, told by a verb", "campaign against a group"})


def _says_of_itself(units: Units, at: int, draft: EventDraft) -> bool:
    """«أعلن الفصيل أنه قصف …»: a verb right after «أن» with a pronoun is of who speaks."""
    first = draft.first - 1 - units[draft.first - 1].has("QAD")
    return (
        (_opens_with_a_verb(units, draft) or units[draft.first].has_any(_OF_WHO_SPEAKS))
        and at < first <= at + _SPEECH
        and units[first].word in SELF
        and not units.row.holds("THAT", first=at, last=first)
    )


_OF_WHO_SPEAKS: Final = ("LAUNCH_V", "CONTROL_V", "SIEGE_V")


def _hit_as_it_says(units: Units, at: int, draft: EventDraft) -> bool:
    """«أعلن الجيش سقوط قذيفتين في مركز تابع له», «أعلنت القوات قصف مقر لها»: what is hit is of who speaks."""
    if not 0 < draft.first - at <= _SPEAKER_NEXT or draft.kind not in DEEDS:
        return False
    for i in range(draft.last, min(len(units) - 1, draft.last + _SPEAKER_NEXT + 2)):
        its = i + 2 if units[i + 1].word.startswith(_BELONGING) else i + 1
        if _is_hit(units[i]) and its < len(units) and units[its].word in _ITS:
            return True
    return False


_ITS: Final = frozenset({"له", "لها", "لهم"})


SELF: Final = frozenset({"انه", "انها", "انهم", "بانه", "بانها", "بانهم"})
_SPEECH: Final = 8
"""How many words may stand between who speaks and what is said."""
_OF_THE_DOER: Final = frozenset({"BY", "FIRE_OF"})
_OF_A_SOURCE: Final = frozenset({"ACCORDING", "SAY_V"})
_SOURCE_LENGTH: Final = 4


def in_a_source(units: Units, at: int) -> bool:
    """«وفقا لبيان الجيش», «قال مسؤول في شرطة كابول»: part of the words that name who tells."""
    said = [i for i in units.row.where("ACCORDING", "SAY_V", first=at - _SOURCE_LENGTH, last=at) if not units[i].has("BLAME_V")]
    if said and units.row.holds("ARREST_N", "OPERATION_N", first=said[-1], last=at):
        return False  # «أعلنت الشرطة تفكيك شبكة للتنظيم»
    return bool(said) and not units.row.holds("THAT", "COMMA", "STOP", "SEMI", "COLON", "CONJ", "BY", "ON", first=said[-1], last=at)


def _takes_part(units: Units, at: int) -> bool:
    """«بمساندة من القوات الأمريكية», «بالتعاون مع التحالف»: who helps with an operation carries it out too."""
    near_by = units.items[max(0, at - 4) : at]
    helps = next((i for i, u in enumerate(near_by) if u.word in _HELPING), None)
    return helps is not None and not any(u.has("CONJ") or u.has("COMMA") for u in near_by[helps:] if not u.has_any(_BESIDE_THE_POINT))


def _jointly(units: Units, at: int, draft: EventDraft) -> bool:
    """«عملية مشتركة بين القوات والتحالف»: those named behind «بين»."""
    if not any("مشترك" in unit.word for unit in units.items[max(draft.first, draft.last - _JOINT) : draft.last + 1]):
        return False
    between = units.row.first_of("BETWEEN", first=draft.last, last=min(at, draft.last + 2))
    return between is not None and at - between <= _SIDE and not units.row.holds("IN", "ON", "STOP", "PAST", first=between + 1, last=at)


_JOINT: Final = 8
"""How many of an event's last words may hold «مشتركة»: one told in many words spans half a text without stops."""


_HELPING: Final = frozenset(b + word for word in "مسانده دعم اسناد تعاون اشتراك مشاركه مرافقه موازره".split() for b in ("", "ب"))
_TOGETHER: Final = frozenset({"security_operation", "arrest", "territorial_control", "armed_assault", "air_strike", "shelling", "siege"})
_HOLDING: Final = ("سيطره", "نفوذ")
_FOILED, _FOILED_FURTHER = 5, 12
"""How far before the words of an attack the verb of foiling it may stand; with dates and names between them, further."""


def _of_what_is_hit(units: Units, at: int, draft: EventDraft) -> bool:
    """«قصفت آليات تابعة للتنظيم», «على مواقع للتنظيم»: after a verb, what belongs to an actor is what the verb is done to."""
    if at > draft.first + 2 and units[at - 1].word.startswith(_AIMS) and units[at - 2].has("REL"):
        return True  # «الغارات التي استهدفت الفصيل … والتي استهدفت …»
    hit = at - 2 - units[at - 2].word.startswith(_BELONGING)
    if hit > 0 and units[at - 1].word == "ل" and _is_hit(units[hit]) and units[hit - 1].has("ON"):
        return True  # «على مواقع للفصيل», «على مواقع تابعة للفصيل»
    owned = at > draft.first + 1 and units[at - 1].word == "ل"
    if units[at - 1].has("LPAR") and units[at - 2].word == "ل" and units[at - 3].word.startswith(_BELONGING):
        return True  # «استهدفوا نقطة تابعة لـ(قسد) بقذيفة»
    if owned and draft.kind == "interception":
        return True  # «إسقاط طائرة تابعة للفصيل»
    if owned and units[at - 2].has_any(_HARDWARE) and not units[at - 2].has("SHELLFIRE"):
        return True  # «تدمير دبابة للفصيل»
    if draft.kind in _SET_OFF and (_is_hit(units[at]) or (owned and _is_hit(units[at - 2]))):
        return True  # «استهدف مجهولون حاجزا لقوات النظام بعبوة», «… بعبوة دورية للشرطة»
    if owned and draft.triggers[0].verb and units[at - 2].has("VEHICLE") and not units[at - 2].has_any(_AIRCRAFT):
        return True  # «استهدفوا آلية للفصيل بعبوة»
    if at > draft.first + 2 and units[at - 1].has("FROM") and units[at - 2].word.endswith("ين") and draft.triggers[0].verb:
        return True  # «استهدف مسلحون عنصرين من الفصيل بالرصاص»: the ending is that of an object
    if not (at > 1 and units[at - 1].word == "ل" and units[at - 2].word.removeprefix("ال").startswith(_BELONGING)):
        return False
    if draft.kind in _SET_OFF and draft.first < at and at + 1 < len(units) and units[at + 1].word == "ب":
        return True  # «استهدفت قوة تابعة للجيش بعبوة ناسفة»
    near_by = _triggers_before(draft, at)
    if any(t.verb and t.first < at < t.last for t in near_by):
        return any(_is_hit(units[i]) for i in range(max(draft.first + 1, at - _OWNED), at - 2))  # «استهدف موقعا تابعا للقوات بصاروخ»
    return any(t.verb and t.last <= at for t in near_by)


_OWNED: Final = 6
"""How far before «تابع ل» the word for what was hit may stand."""


_SET_OFF: Final = frozenset({"explosive_device", "vehicle_bomb", "suicide_bombing"})
_HARDWARE: Final = ("ARMOUR", "MILITARY_POST", "COLUMN", "CONVOY")
_AIRCRAFT: Final = ("AIR", "AIRCRAFT", "DRONE")


_DECLARED: Final = frozenset(
    {"curfew", "territorial_control", "withdrawal", "agreement_or_ceasefire", "security_operation", "release_or_exchange", "siege"}
)


def _triggers_before(draft: EventDraft, at: int) -> list[Trigger]:
    """The last of an event's triggers that begin before a unit: one told in many words can have thousands."""
    past = bisect_left(draft.triggers, at, key=_FIRST)
    return draft.triggers[max(0, past - _TRIGGERS_BACK) : past]


_FIRST: Final = attrgetter("first")
_TRIGGERS_BACK: Final = 8


def _verb_before(units: Units, at: int, draft: EventDraft) -> bool:
    """«داهمت عناصر الفصيل …»: right after the event's verb stands its subject."""
    told = [t for t in _triggers_before(draft, at) if t.last <= at]
    of = 1 + units[at - 1].has("FROM")  # «هاجم عناصر من التنظيم»
    return bool(told) and told[-1].verb and at - told[-1].last <= of and (told[-1] is draft.triggers[0] or not _told_by_noun(units, draft))


def _told_by_noun(units: Units, draft: EventDraft) -> bool:
    """«هجوم استهدف …», «التي استهدفت …»: the attack itself is the subject of the verb, so what follows it is hit."""
    last = draft.triggers[-1]
    if units.row.holds("WHEN", first=draft.first, last=last.first):
        return False  # «قتل حرقا بعدما أضرم مستوطنون …»
    attacks = units[last.first].word == "استهدفت" and any(u.word in _ATTACKS_MADE for u in units.items[max(0, last.first - 2) : last.first])
    attacks = attacks or _bomb_goes_on(units, last.first)
    return last.verb and (draft.first < last.first or attacks or (last.first > 0 and units[last.first - 1].has("REL")))


def _bomb_goes_on(units: Units, verb: int) -> bool:
    """«انفجرت عبوة … واستهدفت دورية», «… كانت تستهدف القوات»: a verb of aiming that the bomb told before it is the subject of."""
    if not units[verb].word.startswith(_AIMS) or not units[verb - 1].has_any(("CONJ", "KANA")):
        return False
    bombs = units.row.where("IED", "CARBOMB", "BLAST_V", "BLAST_N", "MISSILE", first=max(0, verb - _BOMB_BEFORE), last=verb)
    return bool(bombs) and not units.row.holds("STOP", "SEMI", "ACTOR", "GENERIC", first=bombs[-1], last=verb)


_AIMS: Final = ("استهدف", "يستهدف", "تستهدف")
_BOMB_BEFORE: Final = 10
_ATTACKS_MADE: Final = frozenset({"عمليات", "عمليه"})
"""«نفذ الثوار عمليات نوعية استهدفت قيادات الفصيل»"""


def _declares(units: Units, at: int, draft: EventDraft) -> bool:
    """«أعلنت القوات حظر تجول», «أعلن الجيش قصف مواقع»: who declares such an event does it; any act, where its noun stands next."""
    falls = units[draft.first].word.startswith("سقوط") and draft.kind == "shelling"  # «أعلن الجيش سقوط قذيفتين»
    brought_down = draft.kind == "interception" and not (draft.first + 1 < len(units) and is_actor(units, draft.first + 1))
    by_who_speaks = draft.kind in DEEDS or draft.kind == "execution" or brought_down
    told = draft.kind in _DECLARED or (by_who_speaks and not draft.definite and not falls)
    near_by = (4 if draft.kind in _DECLARED else 3) + len(units.row.where("DATE", "COMMA", first=at + 1, last=draft.first))
    if at + 2 < draft.first and units[at + 1].has("IN") and units[at + 2].word == "بيان":
        at += 2  # «أعلنت القوات في بيان إطلاق عملية»
    if at + 3 < draft.first and units[at + 1].has("REL") and units[at + 2].word in _LED_BY | _LED_BY_ALLIES:
        at += 3  # «أعلن التحالف الذي تقوده الدولة تنفيذ غارات»
    return told and 0 <= draft.first - at <= near_by and not units.row.holds("THAT", "ON", "IN", first=at, last=draft.first)


def _before(units: Units, at: int) -> Unit | None:
    i = at
    while i > 0:
        i -= 1
        unit = units[i]
        if unit.has("FROM") and i > 1 and units[i - 1].word in _PARTY and units[i - 2].word in MANAGED:
            return units[i - 2]  # «قامت قوة من الفصيل بمداهمة»
        beside = (
            unit.has_any(_SKIPPED)
            or unit.word == "#"
            or (unit.has("AIR") and i + 1 < at and units[i + 1].has("FROM"))
            or _of_members(units, i)
            or _names_a_body(unit)
        )
        beside = beside or (i > 0 and unit.word in _ITS and units[i - 1].word in DONE_BY)  # «كمين نصبه لهم رجال القبائل»
        if not beside and not (i and unit.has_any(_ARMS) and units[i - 1].word in DONE_BY):  # «نفذه طيران الفصيل», «نفذته راجمات النظام»
            return unit
    return None


_ARMS: Final = ("AIR", "AIRCRAFT", "SHELLFIRE", "TANK", "ARMOUR", "FORCE_N")
_PARTY: Final = frozenset("قوه دوريه وحده فرقه كتيبه سريه مفرزه مجموعه عناصر".split())


def own_men(word: str) -> bool:
    """«مقاتليها», «قواته»: the men of who speaks («قالت الحركة إن مقاتليها هاجموا …»)."""
    return word.startswith(_OWN) and word.endswith(("ه", "ها", "هم", "نا"))


_OWN: Final = ("مقاتلي", "مسلحي", "عناصر", "قوات", "جنود", "طايرات", "مجاهدي", "وحدات")


def _names_a_body(unit: Unit) -> bool:
    """The «فصائل» of «فصائل غرفة عمليات …»: a word that the name of a body follows, and no body itself («الفصائل»)."""
    return unit.has("TANZIM") and not unit.has_any(("DEF", "GENERIC"))


_SKIPPED: Final = frozenset({"QUOTE", "DATE", "MEMBERS_OF"})


def _of_members(units: Units, i: int) -> bool:
    """The «من» of «عناصر من الفصيل», «مجموعة من الفصيل», «طائرات من سلاح الجو»."""
    return units[i].has("FROM") and i > 0 and (units[i - 1].has_any(("MEMBERS_OF", "AIR")) or units[i - 1].word in _BANDS)


_BANDS: Final = frozenset("مجموعه خليه خلايا مجموعات".split())


def _adjective_role(units: Units, at: int, draft: EventDraft) -> str | None:
    """«قصف روسي», «طائرة حربية روسية»: the owner of the attack, when the adjective stands at its words."""
    if units[at - 1].has("ACTOR"):
        return None  # «بوكو حرام النيجيرية»
    of_party = at - 1 if units[at - 1].word in _PARTIES else at
    if of_party < at and of_party > draft.first and units[of_party - 1].word.startswith(_AIMS):
        return "target"  # «فجروا عبوة استهدفت قوة إسرائيلية»
    if at < draft.first and units[draft.first - 1].has("IN") and any(u.word in _FELL_INTO for u in units.items[max(0, at - 5) : at]):
        return "target"  # «وقعت قوة من الجيش المصري في كمين»
    if units[at - 1].word.removeprefix("ال").startswith(_MISSIONS):
        return "target" if draft.rule == "storming" or draft.kind in DEEDS else None  # «اقتحم متظاهرون القنصلية الإيرانية»
    counted = units.row.holds("Q", first=at - 3, last=at) or units[at - 1].has("DUAL")
    if units[at - 1].has("PERSON") and counted and units.row.holds("HARM_V", "HARM_N", first=at - _COUNTED_VICTIMS, last=at):
        return None  # «قتل مسلحون خمسة جنود تونسيين في كمين»
    if at > draft.last and units[at - 1].has_any(("PERSON", "MEMBERS_OF")) and draft.triggers[-1].verb:
        return None  # «استهدفت الغارة تجمعا لقيادات حوثية»
    if are_gunmen_of_a_nation(units, at):
        return None
    if at < draft.first and units[at - 1].has("PERSON") and units.row.holds("HARM_V", "HARM_N", first=at - _VICTIMS, last=at):
        return None  # «قتل عشرة جنود أفغان في غارة أمريكية»
    if at >= draft.last and any(_is_hit(unit) for unit in units.items[max(draft.last, at - 2) : at]):
        return "target" if at - draft.last <= _AFTER_HIT else None  # «استهدفت مواقع حوثية», «قصفت نقطة عسكرية تركية»
    if (at >= draft.first or units[at - 1].has("GENERIC")) and units[at - 1].has_any(("GENERIC", "LAND")):
        return None  # «استهدفت القوات الروسية», «قصف للمناطق الباكستانية»: the noun before says what they are to the event
    if draft.kind == "interception" and at > draft.first and any(unit.has_any(_BROUGHT_DOWN) for unit in units.items[max(0, at - 2) : at]):
        return "target"  # «أسقط الفصيل طائرة أمريكية», «طائرة تجسس أمريكية»
    if draft.first - 4 <= at <= draft.last + 3:
        other_clause = units.row.holds("WHEN", first=at + 1, last=draft.first)  # «قتل رجال من الشرطة الأفغانية حين هاجم …»
        return None if other_clause or units.row.holds("ON", "CONJ", first=min(at, draft.last), last=at) else "agent"
    return None


_MISSIONS: Final = ("سفاره", "قنصليه", "سفارات")
_COUNTED_VICTIMS: Final = 9
_VICTIMS: Final = 6
_AFTER_HIT: Final = 4
_BROUGHT_DOWN: Final = ("AIRCRAFT", "DRONE", "MISSILE")


def _owned(units: Units, at: int, draft: EventDraft) -> bool:
    """«قصف مدفعية النظام», where «مدفعية» is the trigger itself; not «غارات ضد الفصيل … بصواريخ», where «ضد» is in the midst of them."""
    return _trigger_over(draft, at - 1) is not None


def _trigger_over(draft: EventDraft, at: int) -> Trigger | None:
    """The words of an event that a unit is one of, if it is: found by halving, as one told over and over has very many."""
    n = bisect_right(draft.triggers, at, key=_FIRST)
    return draft.triggers[n - 1] if n and at < draft.triggers[n - 1].last else None


def _before_trigger(units: Units, at: int, draft: EventDraft) -> str | None:
    """SVO, or the subject of a verb that governs the event («شن التنظيم هجوما»)."""
    if at and (units[at - 1].has("Q") or units[at - 1].has("NUM_MULT")):
        return None  # «يضم 200 معتقل»: a counted group is no subject
    if at and units[at - 1].has("REPLIED") and draft.first - at <= _ANSWER:
        return "agent"  # «وردت الفصائل باستهداف مواقع القوات»
    if any(units[i].has_any(_FINITE) for i in units.row.where("DEMAND", first=max(0, _first_named(units, at) - 2), last=at + 2)):
        return None  # «أدانت الحكومة الهجوم», «أدانت الحكومة والحركة الهجوم», «باكستان تندد بالتفجير»
    if units[draft.first - 1].has("ON") and _comments(units, at, draft.first - 1):
        return None
    if draft.first - at - 1 > (_AFTER_THAT if _opens_speech(units, at) else 9) or units.row.holds(
        "SEMI", "STOP", first=at + 1, last=draft.first
    ):
        return None
    if any(units[i].word in MANAGED and units[i - 1].has("CONJ") for i in range(at + 1, draft.first)):
        return None  # «بحثا عن خلايا الفصيل، وتمكنت من تدمير …»: the subject of the first verb goes on
    goes_on = draft.triggers[0].verb and units[draft.first - 1].has("CONJ")
    if goes_on and any(units[i + 1].has_any(_VERBAL_NOUN) for i in units.row.where("AFTER", first=max(0, at - 2), last=at)):
        return None  # «سيطر الفصيل على … بعد انسحاب الجيش، وأعدم …»: the verb goes on with the subject of the first
    if not draft.triggers[0].verb and any(u.word.removeprefix("و") in _IS_DONE for u in units.items[at + 1 : draft.first]):
        return None  # «تأييد الفصيل، وتم إطلاق سراحه»: by whom is not said
    if at < draft.first - 2 and draft.triggers[0].verb and units[draft.first].has("PRON") and units[draft.first - 1].has("REL"):
        return None  # «قصف الجيش البلدة التي يحاصرها الفصيل»: the subject of the clause follows
    if units.row.holds("WHEN", first=at + 1, last=draft.first):
        return None  # «مقتل متظاهرين حين أطلقت القوات النار»
    if at and units[at - 1].word in _UNDER_GUARD:
        return None  # «اقتحم مستوطنون بحماية القوات المسجد»
    if any(u.word in _BACKED_BY for u in units.items[at + 1 : draft.first]):
        return None  # «مقاتلون تدعمهم ضربات التحالف»
    received = units.row.first_of("EXPOSED_V", first=max(0, at - 2), last=at)
    if _exposed(units, at, draft) or (received is not None and units[received].word.startswith(_RECEIVED)):
        return "target"  # «تعرضت دورية للجيش لإطلاق نار», «تلقى الفصيل ضربات»
    if at and (units[at - 1].word in _MOURNS or units[at - 1].word in _UNDOING):
        return None  # «نعت الحركة مقاتليها», «الساعية إلى إسقاط الحكومة»
    if units[draft.first - 1].has("IN") and any(u.word in _FELL_INTO for u in units.items[max(0, at - 4) : at]):
        return "target"  # «وقعت دورية للجيش في كمين»
    if _kills_right_after(units, at):
        return "agent"  # «قتلت إسرائيل 60 فلسطينيا في غارات»
    if any(u.word in _NEW_CLAUSE for u in units.items[at + 1 : draft.first]):
        return None  # «قال قائد القوات إن هجوما …»: another clause; «أنها شنت» goes on with the same subject
    if _kills(units, at):
        return "agent"  # «القوات قتلت 18 قرويا في هجوم»
    managed = at > 0 and (units[at - 1].word in MANAGED or _men_managed(units, at))
    if not managed and (units.row.holds("HARM_V", "GROUP", "AFTER", first=at + 1, last=draft.first) or _is_harmed(units, at, draft)):
        return None  # «وعدت الحكومة … غداة هجوم»: what came before is not her doing
    if units[at - 1].word == "ل" and _of_a_formation(units, at):
        return "agent"
    preceding = _before(units, at)
    if managed or (preceding is not None and preceding.word in MANAGED):
        return "agent"
    if at > 1 and units[at - 1].word == "ل" and units[at - 2].word in _PARTIES and (at < 3 or units[at - 3].has("THAT")):
        return "agent"  # «إن وحدة للجيش قضت على …»
    if preceding is not None and (preceding.has("IN") or preceding.has("FROM") or preceding.word == "ل"):
        return None
    return "agent"


_ANSWER: Final = 6
_BACKED_BY: Final = frozenset("تدعمه تدعمها تدعمهم يدعمه يدعمها يدعمهم تسانده تساندها تساندهم يسانده يساندها يساندهم".split())
_RECEIVED: Final = "تلق"
_IS_DONE: Final = frozenset("تم تمت جري جرت يتم تتم سيتم ستتم يجري تجري".split())


def _first_named(units: Units, at: int) -> int:
    """The first of the actors that «و» joins, of which one is given: «قطر» of «قطر والكويت»."""
    for _ in range(_JOINED):
        first = joined_to(units, at)
        if first < 0 or not is_actor(units, first):
            break
        at = first
    return at


_JOINED: Final = 6


def _comments(units: Units, at: int, on: int) -> bool:
    """«علقت الحكومة على الغارة», «رفض الفصيل التعليق على الهجوم»: who speaks of an attack, or will not, has not made it."""
    if units[on - 1].word.removeprefix("ال") in _COMMENT:
        return True
    verb = units[_first_named(units, at) - 1].word if at else ""
    return verb in _COMMENTED and not units.row.holds("ATTACK_V", "LAUNCH_V", first=at, last=on)


_COMMENT: Final = frozenset("تعليق تعليقا رد تعقيب".split())
_COMMENTED: Final = frozenset("علق علقت عقب عقبت رد ردت يعلق تعلق".split())


def _men_managed(units: Units, at: int) -> bool:
    """«قيام عناصر تابعين للقوات باعتقال …»: what the men of an actor are said to have set about."""
    if at < 4 or units[at - 1].word != "ل" or not units[at - 2].word.startswith(_BELONGING):
        return False
    return any(units[i].word in MANAGED for i in range(at - 4, max(-1, at - 6), -1))


def _of_a_formation(units: Units, at: int) -> bool:
    """«إن الفرقة الخامسة التابعة للجيش قصفت …»: the formation is the subject, and the force it belongs to is named for it."""
    if at < 4 or not units[at - 2].word.startswith(_BELONGING_TO):
        return False
    for i in range(at - 3, max(0, at - 3 - _FORMATION_NAME), -1):
        if units[i].word.split(" ")[0].removeprefix("ال") in _FORMATIONS:
            return i == 0 or units[i - 1].has_any(("THAT", "STOP", "NL", "CONJ", "COMMA"))
    return False


_BELONGING_TO: Final = ("تابع", "التابع")
_FORMATION_NAME: Final = 4
_FORMATIONS: Final = frozenset("فرقه لواء كتيبه فوج سريه فيلق وحده قوه مجموعه دوريه".split())
_MOURNS: Final = frozenset("نعت نعي نعوا شيعت شيع ودعت ودع شيعوا".split())
_UNDOING: Final = frozenset("اسقاط قتال محاربه مواجهه مقاتله".split())
_FELL_INTO: Final = frozenset("وقع وقعت وقعوا سقطت سقط".split())


def _kills_right_after(units: Units, at: int) -> bool:
    """Whether an actor is the subject right after a verb of killing, with a counted object behind it."""
    verb, end = units[at - 1] if at else None, _described_to(units, at)
    if verb is None or not (verb.has("KILL_ACTIVE") and verb.has("PAST")) or not (end > at or units[at].has_any(("ACTOR", "COUNTRY"))):
        return False
    return units.row.holds("Q", first=end + 1, last=end + 4) and not units.row.holds("FROM", "IN", first=end + 1, last=end + 2)


def _kills(units: Units, at: int) -> bool:
    """Whether an actor that belongs to nobody stands right before a verb of killing and its object."""
    end = _described_to(units, at)
    verb, before = (units[end + 1] if end + 1 < len(units) else None), units[at - 1] if at else None
    if verb is None or not verb.has("KILL_ACTIVE") or not verb.has("PAST"):
        return False
    if not units.row.holds("Q", "PERSON", first=end + 2, last=end + 3 + (end > at)):
        return False
    return before is None or not before.has_any(("FROM", "IN", "Q", "PERSON", "AMONG"))


def _described_to(units: Units, at: int) -> int:
    """The end of what is said of men («مسلحين يشتبه بأنهم من الفصيل قتلوا …»): whose they are; the men themselves where nothing is."""
    side = units.row.first_of("ACTOR", first=at + 1, last=at + _BELONGING_REACH + 2) if units[at].has_any(_MEN) else None
    return side if side is not None and men_of(units, side) == at else at


_VERBAL_NOUN: Final = ("WITHDRAW_N", "SHELL_N", "ATTACK_N", "STORM_N", "CLASH_N", "RAID_N")
_UNDER_GUARD: Final = frozenset("حمايه حراسه مرافقه".split())
_FINITE: Final = ("PAST", "PRES")
_BELONGING: Final = ("تابع", "موالي", "محسوب")
MANAGED: Final = frozenset("قيام تمكنت تمكن نجحت نجح قامت قام اقدمت اقدم باشرت باشر شرعت شرع واصلت واصل".split())
"""Verbs whose subject does what the verbal noun after them says: «تمكنت القوات من قتل»."""
_NEW_CLAUSE: Final = frozenset("ان بان لكن ولكن".split())
_AFTER_THAT: Final = 24
"""How far before its verb the subject of reported speech may stand: «أن القوات المنتشرة في … فتحت النار»."""


def _opens_speech(units: Units, at: int) -> bool:
    return at > 0 and units[at - 1].has("THAT")


def _is_harmed(units: Units, at: int, draft: EventDraft) -> bool:
    """«مقتل ضابط في الجيش بعبوة»: the actor belongs to the victim who is named before the means."""
    if draft.triggers[0].verb:
        return False
    return units.row.holds("HARM_V", "HARM_N", "HARMED", first=max(draft.clause[0], at - 9), last=at)


_AFTER: Final = 16
"""How many units after an event's words a doer or target still belongs to them."""


def _after_trigger(units: Units, at: int, draft: EventDraft) -> str | None:
    """VSO and the owner of a noun: right after the trigger; further off after «ل» or «من»; else a target of a verb."""
    if at - draft.last > _AFTER:
        return None
    if draft.kind == "interception" and units.row.holds("FIRED_BY", first=draft.last, last=at):
        return None  # «اعترضت الدفاعات صاروخا أطلقه الفصيل»
    if draft.kind == "interception" and units[at - 1].word == "ل" and units[at - 2].has_any(_BROUGHT_DOWN):
        return "target"  # «إسقاط مسيرة للفصيل»
    told = draft.last + _is_concentrated(units, draft.last)
    plain = [u for u in units.items[told:at] if not u.has_any(_BESIDE_THE_POINT) and u.word != "#"]
    trigger = draft.triggers[-1]
    taken_from = draft.kind == "territorial_control" and units[at - 1].has("FROM") and bool(plain)
    if taken_from and units[at - 2].word not in _PARTIES | _HELPING and not units[at - 2].has("PERSON"):
        return "target"  # «استعادتها القوات من التنظيم»
    if trigger.verb and not plain and own_men(units[draft.first - 1].word):
        return "target"  # «أن قواتها داهمت خلية للتنظيم»
    if trigger.verb and plain and plain[0].has("PERSON") and plain[0].word.endswith("ون") and len(plain) <= 3:
        return "target"  # «هاجم متشددون عناصر الحركة»: with its «ن» it owns nothing
    if not plain and draft.kind in _SET_OFF and _is_hit(units[at]):
        return "target"  # «استهدف مجهولون بعبوة ناسفة دورية للشرطة»
    if plain and units[trigger.first].word.startswith("كمين") and _is_a_post(units, trigger.first):
        return "target"  # «هجوم على كمين للشرطة»
    post = units[trigger.last - 1].has("MILITARY_POST") or (trigger.last - trigger.first > 1 and _is_hit(units[trigger.last - 1]))
    if post and (not plain or (plain[-1].word == "ل" and len(plain) <= 3)):
        return "target"  # «هجوم على حاجز للجيش»
    aims = units[trigger.first].word.startswith(_AIMS) and trigger.last - trigger.first > 1 and not units[trigger.last - 1].has("DEF")
    if aims and not plain and _is_hit(units[at]):
        return "target"  # «استهدف هجوم دورية للشرطة»
    if aims and plain and (_is_hit(plain[0]) or plain[0].word in _PARTIES) and plain[-1].word == "ل" and len(plain) <= 3:
        return "target"  # «استهدف قصف دورية للجيش»
    owned_further_on = units[at - 1].word == "ل" and units[at - 2].word.startswith(_BELONGING) and not _is_hit(units[at - 3])
    if owned_further_on and any(u.has("COMMA") for u in plain):
        return None  # «وخطفوا شابين، على خلفية مقتل عناصر تابعين للتنظيم»
    if trigger.verb and len(plain) > 2 and _of_arms_of(plain) and _an_object_follows(units, at):
        return "agent"  # «دمرت البوارج التابعة للتحالف عشرة زوارق»
    if len(plain) > 1 and plain[-1].word == "ل" and plain[-2].word.startswith(_BELONGING) and len(plain) <= 6:
        if trigger.verb and plain[0].word in _COURTS:
            return "agent"  # «أعدمت محكمة تابعة للفصيل تسعة»
        if draft.kind in _FLOWN and len(plain) == 2 and units[trigger.last - 1].has_any(_AIRCRAFT):
            return "agent"  # «استهدفت طائرة مسيرة تابعة للفصيل المطار»
        if units[trigger.first].has("SHELL_V") and (plain[0].has("SHELLFIRE") or plain[0].has("FROM")):
            return "agent"  # «قصفت مدفعية تابعة للقوات القرية», «قصف من السفن التابعة للقوات»
        owned = any(_is_hit(u) or u.has("ACTOR") or u.has("GENERIC") for u in plain)
        done_to = trigger.verb or (draft.kind not in _OF_FORCE and owned)
        hit = draft.kind == "interception" or (done_to and draft.kind != "explosion")
        return "target" if hit else "agent"  # «أرتال كبيرة بعتادها تابعة للفصيل»
    if [u.word for u in plain] == ["من"] and units.row.holds("EXPOSED_V", "LAUNCH_N", first=draft.first, last=draft.last):
        return "agent"  # «تعرضت البلدة لهجوم من القوات»
    exposed = units[trigger.first].has("EXPOSED_V")
    if (exposed or not trigger.verb) and plain and plain[-1].word == "من" and draft.kind in DEEDS and _only_means(plain[:-1], draft):
        return "agent"  # «لقصف بالمدفعية من القوات»
    if not plain:
        if trigger.verb and units[trigger.first].has("PRON"):
            return "agent"  # «التي يحاصرها الفصيل»: what is besieged was named before
        aimed = _told_by_noun(units, draft) or units.row.holds("ON", first=trigger.first, last=trigger.last)
        ends_with_verb = not trigger.verb and trigger.last - trigger.first > 1 and units[trigger.last - 1].has("ATTACK_V")
        return "target" if aimed or ends_with_verb else "agent"  # «الانفجار استهدف القوات»
    if draft.first < trigger.first and units[trigger.first].word.startswith(_AIMS) and plain[0].word in _PARTIES and len(plain) <= 3:
        return "target"  # «نفذت عملية استهدفت قوة من الجيش»
    if plain[-1].word in ("ل", "من") and len(plain) <= 4 and _by_a_party(plain[0], draft):
        return "agent"  # «اعتقلت دورية للفصيل»
    told_first = plain[0].has("PERSON") or (plain[0].has("FROM") and units[at - 2].has("MEMBERS_OF"))
    done_to_a_place = units[trigger.first].has_any(_ON_A_PLACE) or (draft.kind == "arson" and trigger.verb)
    if plain[-1].word == "من" and len(plain) <= 3 and told_first and done_to_a_place:
        return "agent"  # «اقتحم مسلح من الحركة الفندق», «هاجم عناصر من التنظيم قرية»: who storms is told first
    if plain[-1].word == "ل" and any(_is_hit(u) for u in plain):
        return "target"  # «استهداف نقطة عسكرية للفصيل»
    if len(plain) <= 3 and all(u.word in ("ل", "من", "و") or _describes(u, draft) or u.has("PLACE_WEAK") for u in plain):
        subject = not plain[0].has("PREP")  # «هاجمت خلايا من التنظيم»
        return "agent" if subject or plain[-1].word in ("ل", "و") or not trigger.verb else "target"
    if len(plain) <= 2 and any(u.has("CONJ") for u in plain):
        return "agent"
    if len(plain) == 1 and plain[0].has("FORCE_N") and trigger.verb and (draft.kind == "shelling" or not plain[0].has("ARMOUR")):
        return "agent"  # «هدمت جرافات الجيش منزلا», «قصفت دبابات الجيش»
    if trigger.verb and len(plain) == 1 and plain[0].has("PERSON") and plain[0].word.endswith("و"):
        return "agent"  # «انسحب مقاتلو الفصائل»: the ending is that of a subject
    if trigger.verb and len(plain) == 1 and plain[0].has("Q") and _has_its_object(units, at, trigger.first):
        return "agent"
    if len(plain) == 1 and plain[0].has_any(("Q", "VAGUEQ")) and trigger.verb and _a_thing_follows(units, at):
        return "agent"  # «أحرق عشرات المستوطنين منازل»
    if len(plain) == 1 and plain[0].has("Q") and units[trigger.first].has_any(_ON_A_PLACE) and at + 1 < len(units):
        return "agent" if units[at + 1].has_any(("KIND", "PLACE")) else "target"  # «هاجم مئات المستوطنين قرية …»
    return "target" if trigger.verb and len(plain) <= 4 and not any(u.has("IN") for u in plain) else None


def _has_its_object(units: Units, at: int, verb: int) -> bool:
    """«قتل ثلاثة مسلحين شرطيا», «هاجم ثلاثة مسلحين حاجزا»: behind the counted men stands in the accusative whom or what they attacked."""
    if at + 1 >= len(units) or units[at].word.endswith("ا") or not units[at + 1].word.endswith("ا"):
        return False
    return units[at + 1].has("PERSON") or (units[verb].has_any(_ON_A_PLACE) and not units[at + 1].has_any(("ADVERB", "ADVERBIAL")))


def _a_thing_follows(units: Units, at: int) -> bool:
    """Whether what is done to a thing follows its subject, a date aside: «… ملثمين أمس نقطة مرور»."""
    i = at + 1
    while i < len(units) and units[i].has_any(("DATE", "TIME", "QUOTE")):
        i += 1
    return i < len(units) and (_is_hit(units[i]) or units[i].has_any(_THINGS))


def _of_arms_of(before: list[Unit]) -> bool:
    """«البوارج الحربية التابعة ل»: arms that are known stand before their owner, as a subject does."""
    return before[-1].word == "ل" and before[-2].word.startswith(_BELONGING_TO) and before[0].has_any(_ARMS) and before[0].has("DEF")


def _an_object_follows(units: Units, at: int) -> bool:
    """«… التابعة للتحالف، صباح أمس، عشرة زوارق»: counted things or a thing behind an owner, past a day."""
    after = at + 1
    while after < len(units) and units[after].has_any(_BESIDE_OBJECTS) and after - at <= _OBJECT_REACH:
        after += 1
    return after < len(units) and (units[after].has("Q") or _is_hit(units[after]) or units[after].has_any(_THINGS))


_BESIDE_OBJECTS: Final = ("DATE", "TIME", "COMMA", "DAYPART")
_OBJECT_REACH: Final = 4
_THINGS: Final = ("BUILDINGS", "DWELLING", "VEHICLE", "LAND", "HOUSE")


def _is_a_post(units: Units, at: int) -> bool:
    """«هجوم على كمين للشرطة», «هاجم مسلحون كمينا»: what Egypt calls a checkpoint, where it is attacked."""
    if at and units[at - 1].has("ON"):
        return True
    return any(units[i].has_any(("ASSAULT_V", "ATTACK_V")) for i in range(max(0, at - 3), at))


def _is_concentrated(units: Units, at: int) -> bool:
    """«قصف مركّز من …», and not «قصف مركز للشرطة»."""
    concentrated = at + 1 < len(units) and units[at].word in ("مركز", "مركزا") and units[at - 1].has("SHELL_N")
    return concentrated and units[at + 1].has_any(("FROM", "ON", "IN", "BY", "DIRECTION"))


def _of_a_court(units: Units, at: int) -> bool:
    """«محكمة جنايات القاهرة», «محكمة أنقرة»: a capital in the name of a court is of the state that judges."""
    if not units[at].has_any(("CAPITAL", "COUNTRY")):
        return False
    return any(u.word in _COURT for u in units.items[max(0, at - 3) : at]) and not units[at - 1].has_any(("PREP", "Q"))


_COURT: Final = frozenset("محكمه محاكم جنايات جنح استيناف".split())
_COURTS: Final = frozenset("محكمه محاكم هييه لجنه جهاز اجهزه".split())
_FLOWN: Final = frozenset({"air_strike", "drone_strike"})
_ON_A_PLACE: Final = ("ASSAULT_V", "STORM_V")


def _is_hit(unit: Unit) -> bool:
    """«نقطة عسكرية», «مقرات», «رتلا», «حاجزين», «نقطتين»: what attacks are made on."""
    word = unit.word.split(" ")[0]
    if word in _HIT or word.removesuffix("ا") in _HIT:
        return True
    two = word.removesuffix("ين")
    return two != word and (two in _HIT or (two.endswith("ت") and two[:-1] + "ه" in _HIT))


def _by_a_party(unit: Unit, draft: EventDraft) -> bool:
    """«اعتقلت دورية …», «انسحبت مجموعة …»: a party of fighters right after a verb that is no attack does what the verb says.

    Not a party that bears its name: after «أسرت خلايا الفصيل جنديا من …» comes whose man was taken.
    """
    party = unit.word.partition(" ")[0] in _PARTIES and not unit.has("ACTOR")
    return draft.triggers[-1].verb and draft.kind in _OF_FORCE and party


_PARTIES: Final = frozenset("دوريه دوريات قوه قوات مجموعه مجموعات عناصر خلايا وحدات وحده مفرزه مفارز حاجز رتل ارتال".split())
_OF_FORCE: Final = frozenset(
    {"arrest", "security_operation", "deployment", "withdrawal", "abduction", "release_or_exchange", "siege", "territorial_control"}
)


_BESIDE_THE_POINT: Final = frozenset({"DATE", "QUOTE", "ADJ", "TIME", "MEMBERS_OF"})


def _describes(unit: Unit, draft: EventDraft) -> bool:
    """An adjective of an attack that a noun tells: «هجوم جديد», «الهجوم الأخير», «هجمات منفصلة», «القصف المدفعي العنيف»."""
    if _is_plain_adjective(unit) or (not draft.triggers[-1].verb and unit.has_any(_ONE_OF_SOME)):
        return True
    return (
        draft.definite
        and not draft.triggers[-1].verb
        and unit.word.startswith("ال")
        and unit.entry.tags <= {"DEF", "W", "SHELLFIRE", "AIR"}
    )


_ONE_OF_SOME: Final = ("TURN", "ANOTHER", "ORDINAL")


def _only_means(between: list[Unit], draft: EventDraft) -> bool:
    """Whether nothing but what an attack was made with stands between its words and «من»."""
    return 0 < len(between) <= _MEANS and all(
        u.word == "ب" or u.has_any(_WEAPONS) or _describes(u, draft) or u.entry.tags <= {"DEF", "W"} for u in between
    )


_MEANS: Final = 4
_WEAPONS: Final = frozenset({"SHELLFIRE", "MISSILE", "AIR", "DRONE", "AIRCRAFT", "IED", "TANK", "ARMS_N"})


def _is_plain_adjective(unit: Unit) -> bool:
    """A word of no class after a noun: most often its adjective («هجوم عنيف»)."""
    word = unit.word
    if word.startswith(("ت", "ي")) and word.endswith(("ها", "هم")):
        return False  # «نقطة تحرسها قوات …»: a verb whose subject follows
    return unit.entry.tags <= {"W", "CELL", "GRAVE", "SHELLFIRE", "AIR", "ACC", "SG"}
