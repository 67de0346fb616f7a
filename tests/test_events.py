"""Events: every kind of the closed list, how certain they are said to be, who did them to whom, and texts that tell none."""

from __future__ import annotations

import typing

import pytest
from factories import gap, reading

from sijill.records import EventClaim, EventKind

# Whether a sentence alone is about conflict has a table of its own below; elsewhere it stands in a report that is.
REPORT = "{} وفي بلد آخر خطف مسلحون جندياً."


def told(text: str) -> list[EventClaim]:
    """The events that a sentence tells, standing in a report of conflict."""
    return [e for e in reading(REPORT.format(text)).events if e.start < len(text)]


def the(kind: str, text: str) -> EventClaim:
    """The one event of a kind that a sentence tells."""
    found = [e for e in told(text) if e.kind == kind]
    assert len(found) == 1, f"{kind}: {[e.kind for e in told(text)]}"
    return found[0]


# --- kinds ------------------------------------------------------------------------------------------------------------

KINDS = [
    ("armed_assault", "هاجم مسلحون مخفراً للشرطة في مدينة أربيل."),
    ("armed_assault", "شن تنظيم داعش هجوماً على حاجز للجيش قرب تدمر."),
    ("armed_assault", "وقعت دورية للجيش في كمين غرب مدينة السخنة."),
    ("armed_clash", "اندلعت اشتباكات بين الجيش ومسلحين في مدينة سبها."),
    ("armed_clash", "دارت معارك عنيفة بين قوات النظام والمعارضة في حي جوبر."),
    ("air_strike", "شنت طائرات حربية روسية غارات على بلدة كفرزيتا."),
    ("air_strike", "قصف الطيران الحربي مدينة دوما."),
    ("drone_strike", "استهدفت طائرة مسيرة سيارة لقيادي في تنظيم القاعدة بمحافظة مأرب."),
    ("drone_strike", "قصف بطائرة مسيرة على موقع للجيش في ريف حماة."),
    ("shelling", "قصفت قوات النظام بلدة النيرب بالمدفعية."),
    ("shelling", "قصف مدفعي لقوات النظام على بلدة البارة."),
    ("shelling", "أطلقت جماعة الحوثي صواريخ على مدينة مأرب."),
    ("vehicle_bomb", "انفجرت سيارة مفخخة قرب مقر للشرطة في مدينة الموصل."),
    ("vehicle_bomb", "تفجير سيارة مفخخة أمام مقر الجيش في عدن."),
    ("suicide_bombing", "فجر انتحاري نفسه عند حاجز للشرطة في مدينة بعقوبة."),
    ("suicide_bombing", "هجوم انتحاري بحزام ناسف على معسكر للجيش في المكلا."),
    ("explosive_device", "انفجرت عبوة ناسفة بدورية للجيش في درعا."),
    ("explosive_device", "انفجار لغم أرضي بآلية للجيش في محافظة الجوف."),
    ("explosion", "هز انفجار مقراً للجيش في مدينة طرابلس وقتل جنديان."),
    ("shooting", "أطلق مسلحون النار على حافلة للجيش في مدينة الزاوية."),
    ("shooting", "مقتل جندي برصاص مسلحين في مدينة الخليل."),
    ("assassination", "اغتال مسلحون مجهولون ضابطاً في مدينة تعز."),
    ("assassination", "عملية اغتيال طالت قيادياً في الجيش بمدينة درعا."),
    ("execution", "أعدم تنظيم داعش ثلاثة جنود في ريف الرقة."),
    ("execution", "إعدام ميداني لثلاثة جنود على يد مسلحين في بلدة السخنة."),
    ("stabbing_or_ramming", "طعن شاب جندياً إسرائيلياً في مدينة القدس."),
    ("stabbing_or_ramming", "عملية دهس استهدفت جنوداً إسرائيليين قرب الخليل."),
    ("chemical_attack", "هجوم كيميائي على بلدة خان شيخون نفذته قوات النظام."),
    ("attack_unspecified", "هجوم على نقطة للجيش قرب مدينة رفح."),
    ("abduction", "خطف مسلحون طبيباً في مدينة السويداء."),
    ("abduction", "اختطاف موظف إغاثة على يد مسلحين في مدينة دارفور."),
    ("torture", "مات معتقل تحت التعذيب في سجن تابع للمخابرات بدمشق."),
    ("sexual_violence", "اغتصب مسلحون ثلاث نساء في قرية قرب الفاشر."),
    ("sexual_violence", "حالات اغتصاب نفذتها قوات الدعم السريع في مدينة الجنينة."),
    ("human_shields", "استخدم تنظيم داعش المدنيين دروعاً بشرية في الموصل."),
    ("arson", "إحراق مقر للجيش على يد مسلحين في مدينة غدامس."),
    ("property_damage", "دمرت قوات النظام مسجداً في بلدة حيان."),
    ("property_damage", "هدم جيش الاحتلال منزل أسير في بلدة يعبد."),
    ("displacement", "نزح آلاف المدنيين من مدينة سنجار خوفاً من تنظيم داعش."),
    ("displacement", "موجة نزوح من ريف حماة نحو الشمال فراراً من قوات النظام."),
    ("bodies_found", "عثر الأهالي على جثة جندي قرب مدينة الميادين."),
    ("bodies_found", "العثور على مقبرة جماعية لضحايا تنظيم داعش في ريف الرقة."),
    ("security_operation", "نفذت الشرطة حملة أمنية في مدينة البصرة اعتقلت فيها مسلحين."),
    ("security_operation", "اقتحمت قوات الاحتلال مخيم بلاطة."),
    ("security_operation", "مداهمة نفذتها قوات الأمن لوكر مسلحين في مدينة سوسة."),
    ("arrest", "اعتقلت قوات الاحتلال خمسة شبان من مدينة قلقيلية."),
    ("arrest", "إلقاء القبض على قيادي في تنظيم داعش بمدينة كركوك."),
    ("siege", "حاصرت قوات النظام مدينة داريا."),
    ("siege", "حصار تفرضه جماعة الحوثي على مدينة تعز."),
    ("territorial_control", "سيطر الجيش على مدينة تدمر بعد معارك مع تنظيم داعش."),
    ("territorial_control", "استعادة السيطرة على مدينة هجين من تنظيم داعش."),
    ("withdrawal", "انسحبت قوات سوريا الديمقراطية من مدينة رأس العين."),
    ("withdrawal", "انسحاب مقاتلي المعارضة من بلدة الراموسة."),
    ("deployment", "أرسلت تركيا تعزيزات عسكرية إلى ريف إدلب."),
    ("deployment", "وصول تعزيزات للجيش إلى جبهة مدينة سرت."),
    ("infiltration", "تسلل مقاتلون من تنظيم داعش إلى بلدة الشولا."),
    ("infiltration", "محاولة تسلل لقوات النظام على محور بلدة كنسبا."),
    ("curfew", "فرضت قوات سوريا الديمقراطية حظر تجول في مدينة الحسكة بعد اشتباكات مع خلايا داعش."),
    ("interception", "أسقطت الدفاعات الجوية طائرة مسيرة فوق مدينة جبلة."),
    ("interception", "اعتراض صاروخ أطلقته جماعة الحوثي باتجاه الرياض."),
    ("surrender", "استسلم عشرات من مقاتلي تنظيم داعش في بلدة الباغوز."),
    ("surrender", "استسلام 40 مقاتلاً من حركة الشباب للجيش في مدينة بيدوا."),
    ("escape", "فر سجناء من تنظيم داعش من سجن في مدينة الحسكة خلال اشتباكات."),
    ("release_or_exchange", "صفقة تبادل أسرى بين الحكومة اليمنية وجماعة الحوثي شملت 50 أسيراً."),
    ("evacuation", "إجلاء المدنيين من حي الوعر بعد قصف قوات النظام."),
    ("defection", "انشق ضابط عن قوات النظام في مدينة حمص."),
    ("defection", "انشقاق 30 جندياً عن الجيش في مدينة الرستن."),
    ("judicial_action", "قضت محكمة عسكرية بسجن 12 عنصراً من تنظيم داعش أدينوا بقتل جنود في بغداد."),
    ("protest", "تظاهر المئات في مدينة الباب ضد هيئة تحرير الشام واعتقلت الشرطة ثلاثة منهم."),
    ("protest", "خرجت مظاهرة في مدينة السويداء وأصيب خمسة متظاهرين برصاص قوات الأمن."),
    ("riot", "اندلعت مواجهات بين شبان فلسطينيين وقوات الاحتلال في بلدة بيتا."),
    ("riot", "أعمال شغب في سجن رومية أصيب فيها خمسة من رجال الشرطة."),
    ("protest_repression", "استخدمت الشرطة الغاز المسيل للدموع لتفريق المتظاهرين في بغداد وأصيب عشرة منهم."),
    ("protest_repression", "قمع مظاهرة في الخرطوم على يد قوات الأمن أدى إلى مقتل متظاهر."),
    ("agreement_or_ceasefire", "توصلت الفصائل وقوات النظام إلى وقف لإطلاق النار في مدينة درعا بعد اشتباكات."),
    ("agreement_or_ceasefire", "هدنة بين الجيش وقوات الدعم السريع في الخرطوم بعد معارك."),
]

KIND_GAPS = [
    gap(
        "the gas named after «بـ» does not make shelling a chemical attack",
        "chemical_attack",
        "قصفت قوات النظام بلدة اللطامنة بغاز الكلور.",
    ),
    gap("«أحرق مسلحون» is read as an execution", "arson", "أحرق مسلحون مقراً للشرطة في مدينة الناصرية."),
    gap("the subject stands between «أفرجت» and «عن»", "release_or_exchange", "أفرجت جماعة الحوثي عن عشرين أسيراً من الجيش."),
]


@pytest.mark.parametrize(("kind", "text"), [*KINDS, *KIND_GAPS])
def test_kinds(kind: str, text: str) -> None:
    assert kind in [e.kind for e in told(text)]


# Too little in one sentence: the words that make a report one of conflict are asked for twice.
ALONE_GAPS = (
    "أطلق مسلحون النار على حافلة",
    "هجوم كيميائي",
    "هجوم على نقطة",
    "حصار تفرضه",
    "استعادة السيطرة",
)


@pytest.mark.parametrize(
    "text",
    [gap("taken for a report without conflict", text) if text.startswith(ALONE_GAPS) else text for _, text in KINDS],
)
def test_a_sentence_alone_is_about_conflict(text: str) -> None:
    assert reading(text).kind == "conflict"


def test_every_kind_of_the_closed_list_has_a_sentence() -> None:
    assert {kind for kind, _ in KINDS} == set(typing.get_args(EventKind))


# --- one incident, one event ------------------------------------------------------------------------------------------

WHOLE = [
    # sentences whose words name one event more than once
    ("هجوم انتحاري بسيارة مفخخة استهدف مقراً للجيش في مدينة البيضاء.", ["suicide_bombing"]),
    ("قصفت قوات النظام بالمدفعية والصواريخ مدينة أريحا.", ["shelling"]),
    ("قتل مدني في قصف مدفعي لقوات النظام على قرية كنصفرة.", ["shelling"]),
    ("انفجرت عبوة ناسفة زرعها مسلحون بسيارة ضابط في مدينة الصنمين.", ["explosive_device"]),
    ("استهدفت غارة لطائرة مسيرة أميركية سيارة في محافظة شبوة.", ["drone_strike"]),
    ("اعتقلت قوات الأمن سبعة مسلحين في مدينة سامراء.", ["arrest"]),
    ("انفجار سيارة مفخخة في مدينة عفرين أسفر عن مقتل ستة مدنيين وتدمير ثلاثة منازل.", ["vehicle_bomb"]),
    # two events in one sentence
    ("قصفت قوات النظام بلدة تفتناز، كما شن الطيران الروسي غارات على بلدة البارة.", ["shelling", "air_strike"]),
    ("اقتحمت قوات الاحتلال مدينة نابلس واعتقلت أربعة شبان.", ["security_operation", "arrest"]),
]


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_events_of_a_sentence(text: str, expected: list[str]) -> None:
    assert [e.kind for e in told(text)] == expected


# --- how certain ------------------------------------------------------------------------------------------------------

MODALITY = [
    ("قصفت قوات النظام بلدة سرمين.", "shelling", "asserted"),
    ("كان تنظيم داعش يخطط لتنفيذ تفجير سيارة مفخخة في مدينة القامشلي.", "vehicle_bomb", "planned"),
    ("خطط المسلحون لاغتيال قائد الشرطة في مدينة الديوانية.", "assassination", "planned"),
    ("تعتزم قوات النظام اقتحام مدينة طفس.", "security_operation", "planned"),
    ("كانت الخلية تسعى إلى خطف موظفين أجانب في مدينة أربيل بحسب الشرطة.", "abduction", "planned"),
    ("ستنسحب القوات الأميركية من قاعدة التنف.", "withdrawal", "planned"),
    ("حاول مسلحون اقتحام سجن في مدينة بعقوبة.", "security_operation", "attempted"),
    ("أحبطت الشرطة محاولة تفجير سيارة مفخخة في مدينة كربلاء.", "vehicle_bomb", "attempted"),
    ("في حال قصفت قوات النظام مدينة سرمين سترد الفصائل.", "shelling", "hypothetical"),
    ("تخوف من هجوم لتنظيم داعش على مدينة الشدادي، وقتل جندي في اشتباكات قربها.", "attack_unspecified", "hypothetical"),
    ("نفى الجيش قصف مدينة ترهونة.", "shelling", "denied"),
    ("نفت وزارة الدفاع الروسية قصف مشفى في إدلب.", "shelling", "denied"),
    ("هددت تركيا بشن هجوم على مدينة كوباني.", "attack_unspecified", "threatened"),
    ("توعد تنظيم داعش باغتيال شيوخ العشائر في دير الزور.", "assassination", "threatened"),
    # «الهجوم», told before, stands between the word of plan and the event
    (
        "هاجم مسلحون مخفراً. وقد خطط المسلحون في المرحلة الأولى من الهجوم للاستيلاء على مدينة القائم.",
        "territorial_control",
        "planned",
    ),
    # «الهجوم», told before, stands between the word of plan and the event
    (
        "هاجم مسلحون مخفراً. وقد خطط المسلحون في المرحلة الأولى من الهجوم للاستيلاء على مدينة القائم.",
        "territorial_control",
        "planned",
    ),
    # a word of plan or attempt that governs something else
    ("بعد فشل المفاوضات قصفت قوات النظام مدينة درعا.", "shelling", "asserted"),
    ("هاجم مسلحون قافلة كانت تحاول الوصول إلى مدينة مأرب.", "armed_assault", "asserted"),
]

MODALITY_GAPS = [
    gap("«محاولة» stands after a verb of the past", "نجا ضابط في الجيش من محاولة اغتيال بمدينة عدن.", "assassination", "attempted"),
    gap("the subject stands between «فشل» and «في»", "فشل المسلحون في التسلل إلى بلدة مورك.", "infiltration", "attempted"),
    gap("the subject stands between «سيطر» and «على»", "لو سيطر تنظيم داعش على السد لغرقت القرى.", "territorial_control", "hypothetical"),
]


@pytest.mark.parametrize(("text", "kind", "modality"), [*MODALITY, *MODALITY_GAPS])
def test_modality(text: str, kind: str, modality: str) -> None:
    assert the(kind, text).modality == modality


# --- who did it to whom -----------------------------------------------------------------------------------------------

ROLES = [
    # active, verb first
    ("قصفت قوات النظام مدينة سراقب.", "shelling", ["syrian_government"], []),
    ("هاجم تنظيم داعش مواقع قوات سوريا الديمقراطية في بلدة هجين.", "armed_assault", ["islamic_state"], ["sdf"]),
    ("قصفت تركيا مواقع قوات سوريا الديمقراطية في تل رفعت.", "shelling", ["turkey"], ["sdf"]),
    ("استهدفت قوات سوريا الديمقراطية بالصواريخ نقطة للجيش الوطني السوري في مدينة عفرين.", "shelling", ["sdf"], ["sna"]),
    ("أطلق مسلحون مجهولون النار على دورية للشرطة في مدينة بنزرت.", "shooting", ["unidentified_gunmen"], ["tunisia_government"]),
    ("حاصرت قوات النظام بلدة مضايا.", "siege", ["syrian_government"], []),
    # subject first
    ("وقالت مصادر إن قوات النظام قصفت مدينة جسر الشغور.", "shelling", ["syrian_government"], []),
    ("تنظيم داعش يهاجم حقل العمر في ريف دير الزور.", "armed_assault", ["islamic_state"], []),
    # passive
    ("تعرضت بلدة عين عيسى لقصف مدفعي من قبل الجيش التركي.", "shelling", ["turkey"], []),
    ("قُصفت قرية المنصورة بالمدفعية من قبل قوات النظام.", "shelling", ["syrian_government"], []),
    ("أعدم ثلاثة أسرى على يد تنظيم داعش في بلدة السخنة.", "execution", ["islamic_state"], ["prisoners"]),
    # the owner of a noun
    ("قصف روسي على مدينة معرة النعمان.", "air_strike", ["russia"], []),
    ("مقتل شاب برصاص قوات الاحتلال في مدينة جنين.", "shooting", ["israel"], []),
    ("قصف مدفعي لهيئة تحرير الشام على مواقع قوات النظام في ريف اللاذقية.", "shelling", ["hts"], ["syrian_government"]),
    # both sides of a clash
    ("اشتباكات بين قوات سوريا الديمقراطية وتنظيم داعش في بلدة الصور.", "armed_clash", ["islamic_state", "sdf"], []),
    ("دارت معارك بين الجيش اليمني وجماعة الحوثي في مدينة حرض.", "armed_clash", ["houthis", "yemen_government"], []),
    # arrests
    ("اعتقلت قوات سوريا الديمقراطية عنصرين من تنظيم داعش في مدينة الشدادي.", "arrest", ["sdf"], ["islamic_state"]),
]

ROLE_GAPS = [
    (
        "غارات للتحالف الدولي على مواقع تنظيم داعش في مدينة الرقة.",
        "air_strike",
        ["intl_coalition"],
        ["islamic_state"],
    ),
    gap(
        "a target with «لـ» after «مواقع» is not seen",
        "غارة إسرائيلية على مواقع لحزب الله في مدينة القصير.",
        "air_strike",
        ["israel"],
        ["hezbollah"],
    ),
    gap(
        "«طائرات حربية» gives the government of the country beside Russia",
        "طائرات حربية روسية تقصف بلدة حاس.",
        "air_strike",
        ["russia"],
        [],
    ),
    gap(
        "a target with «لـ» after «حاجز» is not seen",
        "هجوم شنه تنظيم داعش على حاجز لقوات النظام في البادية السورية.",
        "attack_unspecified",
        ["islamic_state"],
        ["syrian_government"],
    ),
]


@pytest.mark.parametrize(("text", "kind", "agents", "targets"), [*ROLES, *ROLE_GAPS])
def test_who_did_it_to_whom(text: str, kind: str, agents: list[str], targets: list[str]) -> None:
    found = the(kind, text)
    assert (sorted(found.agents), sorted(found.targets)) == (agents, targets)


# --- when and where, in one sentence ----------------------------------------------------------------------------------

WHEN_AND_WHERE = [
    ("قصفت قوات النظام مدينة أريحا في 5 آذار 2020.", "shelling", "2020-03-05", "أريحا"),
    ("شن الطيران الروسي غارات على بلدة البارة فجر الثلاثاء 3 آذار 2020.", "air_strike", "2020-03-03", "البارة"),
    ("في 14 نيسان 2021 انفجرت عبوة ناسفة بدورية للجيش في مدينة نوى.", "explosive_device", "2021-04-14", "نوى"),
    ("حاصرت قوات النظام مدينة داريا من 8 إلى 27 آب 2016.", "siege", "2016-08-08/2016-08-27", "داريا"),
]


@pytest.mark.parametrize(("text", "kind", "date", "name"), WHEN_AND_WHERE)
def test_when_and_where(text: str, kind: str, date: str, name: str) -> None:
    found = the(kind, text)
    assert found.date == date
    assert any(name in p.name for p in reading(REPORT.format(text)).places if p.id in found.places)


# --- texts that tell no conflict --------------------------------------------------------------------------------------

NEGATIVE = [
    # sport
    "هاجم المنتخب مرمى ضيفه منذ الدقيقة الأولى وسجل هدفين في مدينة الدوحة.",
    "أصيب لاعب الوسط في ركبته خلال المباراة وغاب عن النادي ثلاثة أسابيع.",
    "سيطر الفريق على المباراة وانتهت المواجهة بثلاثة أهداف في القاهرة.",
    "قاد المهاجم هجمات فريقه وفجر مفاجأة بالفوز على البطل.",
    "معركة الدوري تشتعل بين ناديين من بغداد قبل جولتين من الختام.",
    "أطلق الحكم صافرة النهاية بعد تسديدة كالصاروخ هزت الشباك.",
    # economy
    "هجوم على الدولار يرفع سعر الليرة في بيروت.",
    "انفجار في أسعار الوقود يضرب أسواق عمان.",
    "حرب تجارية بين واشنطن وبكين ترفع الرسوم على ثلاثين سلعة.",
    "قتلت الأزمة حركة السوق وأغلقت عشرات المحال في صنعاء.",
    "توصلت وزارة الزراعة إلى اتفاق مع الشركة لشراء القمح في دمشق.",
    "انسحبت شركة النفط من الحقل بعد خسائر كبيرة.",
    "حررت وزارة التجارة أسعار السكر في طرابلس.",
    # weather and nature
    "ضربت عاصفة ثلجية مدينة عرسال وحاصرت عشرات العائلات في منازلها.",
    "أودت السيول بحياة خمسة أشخاص في مدينة حضرموت.",
    "أحرقت النيران مئات الدونمات من القمح بسبب موجة الحر.",
    # accidents
    "قتل سبعة أشخاص وأصيب عشرة في حادث سير على طريق حمص.",
    "وفاة عاملين اثنين إثر سقوط رافعة في ورشة بناء بمدينة طرطوس.",
    "انفجار أنبوبة غاز في مطبخ يصيب امرأة وطفليها في مدينة الزرقاء.",
    "غرق ثلاثة أطفال في نهر الفرات.",
    "حريق هائل في معمل للنسيج بمدينة حلب يصيب أربعة عمال.",
    # health
    "سجلت وزارة الصحة 120 إصابة جديدة بفيروس كورونا وسبع وفيات.",
    "هاجم الفيروس رئتي المريض فنقل إلى المستشفى في تونس.",
    # politics, culture, everyday life
    "افتتح الرئيس معرض الكتاب في القاهرة بحضور سفراء عشر دول.",
    "أطلق المتحف حملة لترميم المخطوطات في مدينة فاس.",
    "اتفقت الحكومة والنقابة على زيادة الأجور في الرباط.",
    "خطف الفيلم الأنظار في مهرجان القاهرة وحصد ثلاث جوائز.",
    "فرقت الأيام بين صديقين التقيا بعد ثلاثين عاماً في دمشق.",
    "انتشرت ظاهرة بيع الكتب القديمة في شوارع بغداد.",
    "قضت المحكمة بطلاق الزوجين في مدينة الإسكندرية.",
    "تاريخ القلعة يعود إلى القرن العاشر، وقد رممت مرتين.",
]

NEGATIVE_GAPS = [
    gap("an earthquake that displaces people is read as conflict", "زلزال يقتل أربعين شخصاً ويشرد آلاف السكان في مدينة أزمير."),
]


@pytest.mark.parametrize("text", [*NEGATIVE, *NEGATIVE_GAPS])
def test_no_conflict(text: str) -> None:
    found = reading(text)
    assert (found.kind, found.events, found.figures) == ("negative", [], [])


def test_a_text_in_another_language_is_not_read() -> None:
    found = reading("Three civilians were killed in the shelling of Idlib.")
    assert (found.kind, found.events, found.figures, found.places) == ("unread", [], [], [])
    assert found.warnings
