"""Actors: neutral ids for names, generic words by country, and the report's own wording kept."""

from __future__ import annotations

import pytest
from factories import reading

from sijill.records import ActorRef


def actors(text: str) -> dict[str, ActorRef]:
    return {actor.id: actor for actor in reading(text).actors}


# --- names ------------------------------------------------------------------------------------------------------------

NAMED = [
    ("هاجم تنظيم داعش مدينة تدمر.", "islamic_state"),
    ("هاجم تنظيم الدولة الإسلامية مدينة تدمر.", "islamic_state"),
    ("اعتقلت «قسد» ثلاثة شبان في مدينة الرقة.", "sdf"),
    ("اعتقلت قوات سوريا الديمقراطية ثلاثة شبان في مدينة الرقة.", "sdf"),
    ("هاجمت جبهة النصرة حاجزاً في مدينة إدلب وقتل جندي.", "nusra_front"),
    ("قصفت هيئة تحرير الشام قرية في ريف حماة.", "hts"),
    ("أطلقت جماعة الحوثي صاروخاً على مدينة مأرب.", "houthis"),
    ("أطلقت حماس صواريخ على مدينة عسقلان.", "hamas"),
    ("هاجمت حركة طالبان مقراً للشرطة في مدينة قندهار.", "taliban"),
    ("هاجمت حركة الشباب قاعدة للجيش قرب مقديشو.", "al_shabaab"),
    ("هاجمت قوات الدعم السريع مدينة الفاشر.", "rsf"),
    ("هاجم حزب العمال الكردستاني قاعدة تركية شمال العراق.", "pkk"),
    ("قصفت قوات حفتر مدينة درنة.", "lna_haftar"),
]
NAMED_GAPS = [
    (
        "غارات للتحالف الدولي على مدينة الرقة قتل فيها مدني.",
        "intl_coalition",
    ),
]


@pytest.mark.parametrize(("text", "slug"), [*NAMED, *NAMED_GAPS])
def test_names(text: str, slug: str) -> None:
    assert slug in actors(text)


# --- generic words by country -----------------------------------------------------------------------------------------

GENERIC = [
    ("قتل ثلاثة من عناصر الشرطة في هجوم مسلح شنه مسلحون على مقر الشرطة في مدينة العريش المصرية.", "egypt_police"),
    ("اشتبكت الشرطة مع مسلحين في اشتباكات بمدينة كركوك العراقية.", "iraqi_police"),
    ("قصف الجيش مدينة دير الزور واندلعت اشتباكات مع داعش.", "syrian_government"),
    ("اشتباكات بين الجيش ومسلحين في عرسال شرق لبنان.", "lebanon_army"),
    ("قصف الجيش مواقع لقوات الدعم السريع في مدينة الخرطوم.", "sudan_army"),
    ("اعتقلت قوات الاحتلال ثلاثة فلسطينيين في مدينة جنين.", "israel"),
    ("أطلق مسلحون مجهولون النار على جندي في مدينة تعز فقتل.", "unidentified_gunmen"),
    ("اشتباكات بين الجيش وتنظيم القاعدة في مدينة زنجبار اليمنية.", "yemen_government"),
]


def test_a_numbered_unit_is_of_the_army_of_its_country() -> None:
    assert "fourth_division" in actors("هاجم مسلحون حاجزا للفرقة الرابعة في مدينة درعا وقتلوا جنديين.")
    assert "fourth_division" not in actors("هاجم مسلحون مقر الفرقة الرابعة في مدينة الديوانية وقتلوا جنديين.")


def test_a_quarter_says_little_of_the_country() -> None:
    told = reading("أطلق مسلحون النار على ضابط لدى خروجه من منزله في حي التحرير وسط بعقوبة مما أدى إلى مقتله.")
    assert ([e.kind for e in told.events], [f.side for f in told.figures]) == (["shooting"], ["iraqi_army"])


def test_a_province_outvotes_a_village_of_its_name() -> None:
    assert "yemen_government" in actors("قتل ثلاثة جنود في هجوم في أبين.")


@pytest.mark.parametrize(("text", "slug"), GENERIC)
def test_generic_words_take_the_reports_country(text: str, slug: str) -> None:
    assert slug in actors(text)


# --- adjectives -------------------------------------------------------------------------------------------------------

ADJECTIVES = [
    ("غارات روسية على مدينة أريحا قتل فيها مدني.", "russia", True),
    ("قصف مدفعي تركي على بلدة تل رفعت قتل فيه مدني.", "turkey", True),
    ("طائرات حربية إسرائيلية قصفت مطار دمشق.", "israel", True),
    ("سيارة أميركية الصنع انفجرت بعبوة ناسفة في مدينة نوى وقتل جندي.", "united_states", False),
    ("قتل طبيب روسي في قصف لتنظيم داعش على مدينة تدمر.", "russia", False),
    ("صحفي تركي أصيب في قصف لقوات النظام على مدينة سراقب.", "turkey", False),
]


@pytest.mark.parametrize(("text", "slug", "named"), ADJECTIVES)
def test_an_adjective_is_an_actor_after_a_noun_of_force_only(text: str, slug: str, named: bool) -> None:
    assert (slug in actors(text)) is named


# --- wording ----------------------------------------------------------------------------------------------------------

PARTISAN = [
    ("هاجم مرتزقة داعش سجناً في مدينة الحسكة وقتل جندي.", "islamic_state", "مرتزقة داعش"),
    ("قصفت دولة الاحتلال التركي بلدة عين عيسى.", "turkey", "دولة الاحتلال التركي"),
    ("قصفت ميليشيا قسد مدينة عفرين.", "sdf", "ميليشيا قسد"),
]


@pytest.mark.parametrize(("text", "slug", "wording"), PARTISAN)
def test_partisan_wording_is_kept_apart(text: str, slug: str, wording: str) -> None:
    actor = actors(text)[slug]
    assert wording in actor.partisan_names
    assert wording not in actor.names
    assert not {"مرتزقة", "الاحتلال", "ميليشيا"} & set((actor.name or "").split())


def test_plain_names_are_not_partisan() -> None:
    actor = actors("هاجم تنظيم داعش مدينة تدمر.")["islamic_state"]
    assert actor.partisan_names == []
    assert any("داعش" in name for name in actor.names)


def test_every_mention_is_a_span_of_the_text() -> None:
    text = "هاجم تنظيم «داعش» مدينة تدمر. وقصفت الطائرات الروسية مواقع داعش فيها."
    for actor in reading(text).actors:
        assert actor.mentions
        wordings = [text[m.start : m.end] for m in actor.mentions]
        assert set(wordings) == set(actor.names) | set(actor.partisan_names)


# --- words that point to another name ---------------------------------------------------------------------------------

POINTING = [
    # whose man was taken is no doer beside the one who took him; cells without a name may be of the body told after them
    ("أسرت خلايا داعش جنديا من قوات النظام قرب مدينة السخنة.", "arrest", ["islamic_state"]),
    ("خطفت خلايا داعش عنصرا من قسد قرب مدينة الشدادي.", "abduction", ["islamic_state"]),
    ("خطفت خلايا من داعش عنصرا قرب مدينة الشدادي.", "abduction", ["islamic_state"]),
    # «فصائل» opens the name of a body after «نفذته»
    ('قصف صاروخي نفذته فصائل غرفة عمليات "الفتح المبين" على مدينة معرة النعمان.', "shelling", ["fath_al_mubin"]),
    # «التنظيم» is who is called so under any name; a party is not, whatever its enemies say
    ("اشتبك مقاتلو المعارضة مع داعش قرب مارع، وقتل عشرة في تفجيرين انتحاريين نفذهما التنظيم.", "suicide_bombing", ["islamic_state"]),
    (
        "تبنى داعش هجوما في مدينة سروج. وقصفت تركيا حزب العمال الكردستاني. وانفجرت عبوة زرعها التنظيم في عنتاب.",
        "explosive_device",
        ["islamic_state"],
    ),
    # who flees does what is told; families and tribes at odds are named by an adjective
    ("فر سبعة معتقلين من سجن في مدينة الباب.", "escape", ["prisoners"]),
    ("هرب 30 معتقلا من سجن في مدينة تعز.", "escape", ["prisoners"]),
    ("فر ثمانية عناصر من داعش من سجن في مدينة الحسكة.", "escape", ["islamic_state"]),
    ("أسفرت اشتباكات عائلية في مدينة البصيرة عن مقتل رجلين.", "armed_clash", ["families"]),
    ("قتل رجلان في اشتباكات عشائرية في مدينة البصرة.", "armed_clash", ["tribes"]),
    ("اقتحمت قوة خاصة إسرائيلية مخيم بلاطة في نابلس. واعتقلت القوات شابين.", "arrest", ["israel"]),
    ("اقتحمت قوات الاحتلال مخيم بلاطة في نابلس. واعتقلت القوات شابين.", "arrest", ["israel"]),
    ("داهمت قوات تركية قرية في ريف عفرين.", "security_operation", ["turkey"]),
    ("دخلت قوات التحالف بلدة هجين. وقالت القوات إنها اعتقلت رجلين.", "arrest", ["intl_coalition"]),
    ("سيطرت قوات سوريا الديمقراطية على بلدة هجين. ثم حاصرت القوات بلدة السوسة.", "siege", ["sdf"]),
    # «القوات» is the force named before; «خلايا من …» belongs to the group named after it
    ("هاجمت خلايا من داعش حاجزاً في بلدة الصور.", "armed_assault", ["islamic_state"]),
    ("اغتال مسلحون تابعون لتنظيم داعش مختار قرية في ريف دير الزور.", "assassination", ["islamic_state"]),
]


@pytest.mark.parametrize(("text", "kind", "agents"), POINTING)
def test_words_that_point_to_another_name(text: str, kind: str, agents: list[str]) -> None:
    (found,) = [e for e in reading(text).events if e.kind == kind]
    assert found.agents == agents


# --- who does it, and to whom -----------------------------------------------------------------------------------------

DOERS = [
    # behind «مع» stands one side alone
    (
        "تمكنت قوات الجيش الجزائري من قتل ثلاثة إرهابيين في ولاية البليدة خلال اشتباكات مع مجموعة مسلحة.",
        "armed_clash",
        ["algeria_army", "unidentified_gunmen"],
        [],
    ),
    ("أعلن الجيش العراقي قتل ثلاثة إرهابيين في اشتباكات مع تنظيم داعش في ديالى.", "armed_clash", ["iraqi_army", "islamic_state"], []),
    ("اندلعت اشتباكات مع مسلحين في مدينة ديالى.", "armed_clash", ["unidentified_gunmen"], []),
    # what is hit stands before whose it is
    ("استهدفت المدفعية تجمعا لتنظيم داعش في ديالى.", "shelling", [], ["islamic_state"]),
    ("استهدف الطيران العراقي وكرا لداعش في ديالى.", "air_strike", ["iraqi_army"], ["islamic_state"]),
    ("استهدفت قوات النظام نفقا للفصائل في ريف إدلب.", "attack_unspecified", ["syrian_government"], ["syrian_opposition"]),
    # whom a claimant sides with
    (
        "هاجم انتحاري مقرا للجيش في مقديشو. وأعلنت حركة الشباب المرتبطة بتنظيم القاعدة مسؤوليتها عن الهجوم.",
        "suicide_bombing",
        ["al_shabaab"],
        ["somalia_government"],
    ),
    ("قال شاهد إن عناصر ميليشيا الشباب هاجموا ثكنة قرب كيسمايو.", "armed_assault", ["al_shabaab"], []),
    # of those who fight in the course of an operation, the one whose men it did not hit
    (
        "قتل ثلاثة من مقاتلي حركة الشباب خلال عملية أمنية في مقديشو. ودارت اشتباكات بين القوات الصومالية ومسلحي حركة الشباب قتل فيها جندي.",
        "security_operation",
        ["somalia_government"],
        ["al_shabaab"],
    ),
    # machines before the name of a force, and both sides of what was told before
    ("هدمت جرافات الاحتلال منزلا في بلدة سلوان بالقدس وقتل شاب.", "property_damage", ["israel"], []),
    ("قصفت دبابات الاحتلال حي الشجاعية شرق غزة.", "shelling", ["israel"], []),
    ("دمرت فصائل المعارضة دبابات للنظام في مورك بصاروخ موجه.", "armed_assault", ["syrian_opposition"], ["syrian_government"]),
    (
        "قصفت قوات النظام سهل الغاب. وردت هيئة تحرير الشام باستهداف معسكر جورين. ودارت اشتباكات بين الطرفين.",
        "armed_clash",
        ["syrian_government", "hts"],
        [],
    ),
    # «مقاتلي التنظيم» are of the body told of last; who guards, or is shot at, has not done it
    (
        "أعدم تنظيم داعش 20 مدنيا في مدينة تدمر. وقالت المنظمة إن مقاتلي التنظيم أطلقوا النار على الضحايا.",
        "shooting",
        ["islamic_state"],
        [],
    ),
    ("تعرضت دورية أمنية لإطلاق نار من مصدر مجهول في بلدة العوامية بالقطيف.", "shooting", ["unidentified"], ["saudi_police"]),
    ("اقتحم مستوطنون بحماية قوات الاحتلال المسجد الأقصى، واعتدوا بالضرب على المصلين.", "attack_unspecified", ["israeli_settlers"], []),
    ("وقع هجوم بسكين في محطة قطارات في كونمينغ. وأطلقت الشرطة النار على المهاجم.", "stabbing_or_ramming", ["unidentified"], []),
    ("لقي 45 حوثيا مصرعهم في معارك مع رجال المقاومة الشعبية في مدينة الضالع.", "armed_clash", ["southern_resistance", "houthis"], []),
    # who holds the ground it came from, whose tank it was, who makes up the patrol
    ("أصيب شخصان في قصف صاروخي استهدف مدينة عفرين، مصدره مناطق سيطرة قسد.", "shelling", ["sdf"], []),
    (
        "تمكنت فصائل المعارضة من تدمير دبابة لقوات النظام بصاروخ مضاد للدروع قرب كبانة.",
        "armed_assault",
        ["syrian_opposition"],
        ["syrian_government"],
    ),
    ("داهمت دورية مشتركة من قسد والتحالف الدولي منزلا في بلدة الشحيل.", "security_operation", ["sdf", "intl_coalition"], []),
    ("تسللت قوة خاصة إسرائيلية إلى مخيم جنين وقتلت شابا.", "infiltration", ["israel"], []),
    # who is blamed, or claims it, in the sentence after
    ("وقع تفجير في مدينة أعزاز قتل فيه طفل. واتهمت فصائل المعارضة تنظيم داعش بالمسؤولية عنه.", "explosive_device", ["islamic_state"], []),
    ("هاجم مسلحون فندقا في مقديشو وقتلوا حارسين. وأعلنت حركة الشباب مسؤوليتها عن الهجوم.", "armed_assault", ["al_shabaab"], []),
    ("اقتحم مسلحون فندقا في مقديشو بعد تفجير سيارة مفخخة. وتبنت حركة الشباب التفجير.", "armed_assault", ["al_shabaab"], []),
    # gunmen whose side is told
    ("سيطر مسلحون موالون لتنظيم داعش على مدينة سرت.", "territorial_control", ["islamic_state"], []),
    ("خطف مسلحون يشتبه بانتمائهم إلى بوكو حرام 20 فتاة في نيجيريا.", "abduction", ["boko_haram"], []),
    ("هاجم مسلحون يشتبه أنهم من بوكو حرام قرية في نيجيريا وقتلوا 12 شخصا.", "armed_assault", ["boko_haram"], []),
    ("قصفت ميليشيا موالية لإيران قاعدة التنف.", "shelling", ["iran"], []),
    ("استهدف الجيش مواقع تابعة للحوثيين في مدينة مأرب.", "attack_unspecified", ["yemen_government"], ["houthis"]),
    # an army that tells of its enemies' dead
    ("أعلن التحالف الدولي مقتل 10 مسلحين من داعش في ضربات قرب الرقة.", "air_strike", ["intl_coalition"], ["islamic_state"]),
    ("أعلن المتحدث باسم الجيش المصري مقتل 15 تكفيريا خلال مداهمات في العريش.", "security_operation", ["egypt_army"], []),
    ("أعلنت وزارة الدفاع التركية تحييد 8 من عناصر حزب العمال في شمال العراق.", "security_operation", ["turkey"], ["pkk"]),
    ("أعلن الجيش العراقي مقتل جنديين في تفجير عبوة ناسفة قرب بيجي.", "explosive_device", ["unidentified"], ["iraqi_army"]),
    ("أعلن الجيش العراقي مقتل خمسة مدنيين في غارة على الموصل.", "air_strike", [], []),
    # who claims it, with the one it was done to after the noun
    (
        "أعلن تنظيم الدولة مسؤوليته عن هجوم استهدف حافلة لقوات النظام في تدمر.",
        "attack_unspecified",
        ["islamic_state"],
        ["syrian_government"],
    ),
    ("لم تعلن أي جهة مسؤوليتها عن الهجوم الذي استهدف الجيش في حمص.", "attack_unspecified", ["unidentified"], ["syrian_government"]),
    ("قالت حركة طالبان إنها نفذت الهجوم على قاعدة للجيش في قندوز.", "armed_assault", ["taliban"], ["afghan_government"]),
    # whose the means were
    ("أصيب شاب برصاص حاجز تابع لقوات النظام في درعا.", "shooting", ["syrian_government"], []),
    ("لقي طفل حتفه دهسا بمدرعة عسكرية تابعة للجيش التركي في تل أبيض.", "stabbing_or_ramming", ["turkey"], []),
    ("انفجرت عبوة ناسفة بسيارة تابعة لقوات النظام في درعا.", "explosive_device", ["unidentified"], ["syrian_government"]),
    ("قال المرصد إن الدبابات التركية قصفت قرية في شمال سوريا.", "shelling", ["turkey"], []),
    ("شنت طائرات مجهولة غارات على مدينة درنة الليبية.", "air_strike", ["unidentified"], []),
    ("شن طيران الجيش السوداني غارات على مواقع لقوات الدعم السريع في نيالا.", "air_strike", ["sudan_army"], ["rsf"]),
    ("سلم 20 مسلحا من داعش أنفسهم للقوات العراقية جنوب الموصل.", "surrender", ["islamic_state"], ["iraqi_army"]),
    ("يخوض الجيش التشادي حملة ضد جماعة «بوكو حرام» في جزر البحيرة.", "security_operation", ["chad_army"], ["boko_haram"]),
    # both sides of «و» do, or suffer, the same
    ("قصفت قوات النظام وحزب الله بلدة مضايا.", "shelling", ["syrian_government", "hezbollah"], []),
    ("قصفت الطائرات مواقع لقوات النظام وحزب الله في بلدة مضايا.", "air_strike", [], ["syrian_government", "hezbollah"]),
    # who tells is no doer; who declares his own act is
    ("وفقاً لبيان الجيش العراقي فإن غارات على مدينة تلعفر دمرت مبنى.", "air_strike", [], []),
    ("أعلنت هيئة تحرير الشام قصف مواقع لقوات النظام في بلدة خان شيخون.", "shelling", ["hts"], ["syrian_government"]),
    # a party of fighters after a verb, and the same belonging to what an attack hits
    ("اعتقلت دورية لقسد شابين في مدينة الرقة.", "arrest", ["sdf"], []),
    ("شن التحالف الدولي غارات على نقطة عسكرية لتنظيم داعش في مدينة الرقة.", "air_strike", ["intl_coalition"], ["islamic_state"]),
    ("أسقطت المعارضة طائرة استطلاع تابعة لقوات النظام فوق بلدة سراقب.", "interception", ["syrian_opposition"], ["syrian_government"]),
    ("دمرت غارات للتحالف الدولي مدفعاً تابعاً لتنظيم داعش قرب الرمادي.", "air_strike", ["intl_coalition"], ["islamic_state"]),
    # «من» after what was suffered; what follows a verb whose subject stood before it
    ("تعرضت بلدة الزبداني لقصف من قوات النظام.", "shelling", ["syrian_government"], []),
    ("وكانت قوات النظام قد هاجمت مقاتلي المعارضة في بلدة كفرنبل.", "armed_assault", ["syrian_government"], ["syrian_opposition"]),
    ("نصبت قوات سوريا الديمقراطية كميناً لتنظيم داعش في بلدة هجين.", "armed_assault", ["sdf"], ["islamic_state"]),
    # what is mutual is done by both, what is like the last by the same
    ("قصف متبادل بين القوات التركية وقسد في ريف حلب.", "shelling", ["turkey", "sdf"], []),
    ("قتل تسعة من تنظيم داعش وستة من قسد في بلدة هجين خلال الاشتباكات.", "armed_clash", ["islamic_state", "sdf"], []),
    # a bomb beside a state's men was meant for them, unless somebody says they laid it
    ("مقتل ضابط من عناصر الأمن في تفجير عبوة ناسفة وسط مدينة العريش.", "explosive_device", ["unidentified"], ["egypt_police"]),
    ("انفجرت عبوة زرعتها قوات النظام في مدينة سراقب وقتل طفل.", "explosive_device", ["syrian_government"], []),
    ("خطف مسلحون 27 قبطيا مصريا في مدينة سرت.", "abduction", ["unidentified_gunmen"], []),
    ("قضت محكمة مصرية بإعدام 11 متهما في قضية تفجير مبنى في مدينة المنصورة.", "judicial_action", ["egypt_government"], []),
    ("استهدفت طائرة مسيرة تابعة للحوثيين مطار أبها.", "drone_strike", ["houthis"], []),
    ("استهدف الجيش نقاطا تابعة للحوثيين في مدينة مأرب.", "attack_unspecified", ["yemen_government"], ["houthis"]),
    (
        "أغارت مقاتلات إسرائيلية على مواقع لحزب الله في جنوب لبنان ردا على إطلاق صواريخ من لبنان.",
        "air_strike",
        ["israel"],
        ["hezbollah"],
    ),
    ("قالت حركة الشباب إن مقاتليها هاجموا قاعدة للجيش الصومالي في بيدوا.", "armed_assault", ["al_shabaab"], ["somalia_government"]),
    ("استهدف انفجار عبوة ناسفة رتلا للجيش التركي قرب سرمدا.", "explosive_device", ["unidentified"], ["turkey"]),
    ("انسحب مقاتلو الفصائل من بلدة مورك.", "withdrawal", ["syrian_opposition"], []),
    ("هاجم مئات المستوطنين قرية حوارة جنوب نابلس.", "armed_assault", ["israeli_settlers"], []),
    ("اقتحم متشدد من حركة الشباب فندقا في مقديشو وقتل خمسة مدنيين.", "armed_assault", ["al_shabaab"], []),
    ("قتل مدنيون في تفجيرين انتحاريين نفذهما تنظيم داعش في مدينة بغداد.", "suicide_bombing", ["islamic_state"], []),
    ("استهدف تفجير انتحاري مركزاً للدرك التركي في ماردين ونسب إلى حزب العمال الكردستاني.", "suicide_bombing", ["pkk"], ["turkey"]),
    # captives, the dead and vehicles do nothing
    ("إيقاف سبعة مهربين في مدينة تمنراست الجزائرية.", "arrest", ["algeria_government"], ["smugglers"]),
    ("عثر على جثث ثلاثة من عناصر قوات النظام في بلدة السخنة.", "bodies_found", [], []),
    ("قصفت ناقلة جنود حياً في مدينة حمص.", "shelling", [], []),
    # courts are a state's; «مجهولون» with guns are gunmen
    ("أصدرت محكمة تركية حكماً بسجن عشرة جنود بعد اشتباكات في أنقرة.", "judicial_action", ["turkey"], []),
    ("أطلق مجهولون النار على حاجز في مدينة درعا.", "shooting", ["unidentified_gunmen"], []),
    ("استهدف مجهولون سيارة عسكرية في مدينة درعا وقتل جندي.", "attack_unspecified", ["unidentified"], ["syrian_government"]),
    # one name, another body in the south
    ("قصفت المقاومة الشعبية موقعاً في مدينة تعز.", "shelling", ["popular_resistance"], []),
    ("قصفت المقاومة الشعبية موقعاً في مدينة عدن.", "shelling", ["southern_resistance"], []),
    ("هاجم تنظيم القاعدة معسكراً في مدينة المكلا.", "armed_assault", ["aqap"], []),
    ("هاجم تنظيم القاعدة معسكراً في مدينة سراقب.", "armed_assault", ["al_qaeda"], []),
    ("قصفت القوات التركية والفصائل الموالية لها قرية أم قرى في ريف حلب الشمالي.", "shelling", ["turkey", "sna"], []),
    # who speaks before «إن», who holds the place, and of which country the civilians are
    ("قال قائد في الجيش العراقي إن هجوماً على قرية قرب الموصل أوقع قتيلين.", "attack_unspecified", [], []),
    ("تعرضت قرى تحت سيطرة المعارضة في ريف درعا لقصف عنيف من قوات النظام.", "shelling", ["syrian_government"], []),
    ("تعرضت نقطة لحزب الله في مدينة القصير لقصف إسرائيلي.", "air_strike", ["israel"], ["hezbollah"]),
    ("قتل ستة من المدنيين العراقيين في قصف على قرية قرب زاخو.", "shelling", [], []),
    # who acts in the main clause goes on acting
    ("سيطر داعش على بلدة القريتين بعد انسحاب قوات النظام منها، وأعدم ستة شبان.", "execution", ["islamic_state"], []),
    # who says that it did it; who tells of its enemies' dead; those of a nation who were hit
    ("أعلنت القيادة المركزية الأمريكية أنها نفذت غارة بطائرة مسيرة في محافظة إدلب.", "drone_strike", ["united_states"], []),
    (
        "أعلنت الداخلية المصرية مقتل ستة من العناصر الإرهابية في تبادل لإطلاق النار بمدينة بلبيس.",
        "armed_clash",
        ["egypt_police", "unidentified"],
        [],
    ),
    ("قتل تسعة جنود أفغان في غارة أمريكية على حاجز في ولاية لوغار.", "air_strike", ["united_states"], ["afghan_government"]),
    ("أعلنت كتائب القسام مقتل أربعة جنود إسرائيليين في كمين شرق جباليا.", "armed_assault", ["hamas"], ["israel"]),
    ("قال الجيش الأمريكي إنه دمر ثلاث طائرات مسيرة أطلقها الحوثيون فوق خليج عدن.", "interception", ["united_states"], []),
    ("قالت حركة طالبان إن مقاتليها سيطروا على مدينة زرنج.", "territorial_control", ["taliban"], []),
    ("أعلنت هيئة تحرير الشام تدمير دبابة بعد استهدافها بصاروخ مضاد للدروع قرب حزارين.", "armed_assault", ["hts"], []),
    # as statements say it: believed to be theirs, men who belong to them
    ("ارتكبت طائرات نعتقد أنها روسية مجزرة في بلدة حاس إثر قصفها بالصواريخ منزلا.", "air_strike", ["russia"], []),
    ("سجلنا قيام عناصر تابعين لقوات سوريا الديمقراطية باعتقال معلم في مدينة الطبقة.", "arrest", ["sdf"], []),
    ("قصفت مدفعية تابعة لقوات النظام بلدة حاس.", "shelling", ["syrian_government"], []),
    ("نفى الجيش السوداني سقوط مدينة سنجة في يد قوات الدعم السريع.", "territorial_control", ["rsf"], []),
    ("قصفت قوات النظام نقطة عسكرية تركية في ريف إدلب.", "shelling", ["syrian_government"], ["turkey"]),
    ("قتل ثلاثة من الأمن العام الأردني خلال مداهمة في معان.", "security_operation", ["jordan_security_forces"], []),
    ("قتل متظاهران في الناصرية حين أطلقت قوات الأمن العراقية الذخيرة الحية.", "shooting", ["iraqi_government"], []),
    ("قال موقع إن حركة الشباب تبنت هجوما على ثكنة للجيش الصومالي في بلدوين.", "armed_assault", ["al_shabaab"], ["somalia_government"]),
    ("قال مصدر في الجيش الليبي إن مسلحين تشاديين خطفوا أربعة عمال في تراغن.", "abduction", ["unidentified_gunmen"], []),
    ("أقرت القيادة المركزية الأمريكية بمقتل مدنيين في ضربة نفذتها على سيارة في كابل.", "air_strike", ["united_states"], []),
    ("وقتل شرطي ومدني برصاص مجهولين في مدينة السويداء.", "shooting", ["unidentified_gunmen"], ["syrian_government"]),
    ("ضربت إسرائيل مواقع لحزب الله في البقاع شرقي لبنان.", "air_strike", ["israel"], ["hezbollah"]),
    ("صدت قوات الجيش اليمني هجوما للحوثيين في جبهة الضباب.", "armed_assault", ["houthis"], ["yemen_government"]),
    ("دمرت البيشمركة ثلاث سيارات مفخخة لتنظيم داعش كان ينوي تفجيرها في سنجار.", "explosive_device", ["islamic_state"], ["peshmerga"]),
    # where the reporter sits does nothing
    ("بيروت - شنت مقاتلات إسرائيلية غارتين على بلدة عيتا الشعب.", "air_strike", ["israel"], []),
    ("أغارت مسيرة معادية على سيارة في بلدة ياطر جنوبي لبنان وقتل شاب.", "drone_strike", ["israel"], []),
    ("أعلن الجيش اليمني إسقاط مسيرة للحوثيين في مدينة مأرب.", "interception", ["yemen_government"], ["houthis"]),
    ("قتل سبعة من رجال الشرطة الأفغانية حين هاجم مقاتلو طالبان موقعا في مدينة قندوز.", "armed_assault", ["taliban"], ["afghan_government"]),
    ("قالت الوزارة إن وحدة للجيش قضت على أربعة إرهابيين في كمين بولاية تبسة الجزائرية.", "armed_assault", ["algeria_army"], []),
    ("أعلن الجيش المصري مقتل 12 تكفيريا وتوقيف 30 مشتبها بهم في عمليات نفذها في سيناء.", "security_operation", ["egypt_army"], []),
    # those who were killed are not who did it
    ("قالت القيادة إن ستة عناصر من داعش قتلوا وجرح ثلاثة في مدينة هيت.", "attack_unspecified", [], ["islamic_state"]),
    # who helps with an operation carries it out; whom an arrest was made of does not
    ("شنت قسد بمساندة من القوات الأمريكية عملية دهم في بلدة البصيرة.", "security_operation", ["sdf", "united_states"], []),
    ("اعتقلت قسد أحد عناصر تنظيم داعش في عملية أمنية في قرية السعدة.", "security_operation", ["sdf"], []),
    ("إنزال جوي لـ #التحالف_الدولي على قرية معدان.", "security_operation", ["intl_coalition"], []),
    # who leads a body, or whose arm it is, is named only to say who acts
    ("شن تحالف تقوده السعودية غارات على تعز.", "air_strike", ["saudi_coalition"], []),
    ("جددت طائرات التحالف العربي الذي تقوده السعودية غاراتها على تعز.", "air_strike", ["saudi_coalition"], []),
    ("خطفت جبهة النصرة، ذراع تنظيم القاعدة في سوريا، خمسة رجال في قاح.", "abduction", ["nusra_front"], []),
    ("هاجم الجناح العسكري لحركة حماس موقعا للجيش الإسرائيلي في غزة.", "armed_assault", ["hamas"], ["israel"]),
    # who meets an attack, loses men, mourns them or receives blows has not made it
    ("تصدى الجيش السوداني لهجوم شنته قوات الدعم السريع على الفاشر.", "armed_assault", ["rsf"], ["sudan_army"]),
    ("بلغت خسائر قوات الوفاق خمسة قتلى نتيجة غارة جوية لطيران حفتر جنوب طرابلس.", "air_strike", ["lna_haftar"], ["gna_libya"]),
    ("تلقى تنظيم القاعدة في اليمن ضربة في هجوم لطائرة أمريكية بدون طيار في شبوة.", "drone_strike", ["united_states"], ["aqap"]),
    ("وقعت دورية للجيش المالي في كمين نصبه مسلحون قرب نامبالا.", "armed_assault", ["unidentified_gunmen"], ["mali_army"]),
    ("أعلن الجيش المالي إحباط هجوم شنه مسلحون على ثكنة في نامبالا.", "armed_assault", ["unidentified_gunmen"], ["mali_army"]),
    ("هجوم على كمين للشرطة المصرية في العريش أسفر عن مقتل ثلاثة.", "armed_assault", ["unidentified"], ["egypt_police"]),
    ("مدينة السخنة التي استعادتها قوات الحكومة من تنظيم داعش في آب.", "territorial_control", ["syrian_government"], ["islamic_state"]),
    # who speaks does it, not who stands in the words about him; and his men
    (
        "قالت حركة العدل والمساواة، الساعية إلى إسقاط الحكومة في الخرطوم، إنها هاجمت معسكرا للجيش في دارفور.",
        "armed_assault",
        ["jem"],
        ["sudan_army"],
    ),
    ("أعلنت وزارة الداخلية المصرية أن قواتها داهمت خلية إرهابية في حي المطرية.", "security_operation", ["egypt_police"], ["unidentified"]),
    ("قتل أربعة جنود في هجوم لجماعة بوكو حرام النيجيرية على بحيرة تشاد.", "attack_unspecified", ["boko_haram"], ["chad_army"]),
    ("أصيب مزارع بانفجار لغم حوثي في مديرية حيس.", "explosive_device", ["houthis"], []),
    ("قتلت إسرائيل أكثر من 60 فلسطينيا في غارات على رفح.", "air_strike", ["israel"], []),
    ("قصف الجيش الإسرائيلي منازل الفلسطينيين في بيت حانون.", "shelling", ["israel"], []),
    ("قتل سبعة جنود في هجمات نفذها أتباع الحوثي في صعدة.", "attack_unspecified", ["houthis"], ["yemen_government"]),
    ("قصف بيروت بعشرات الصواريخ وقتل أربعة.", "shelling", [], []),
    ("قتل مسلحون خمسة جنود تونسيين في كمين قرب القصرين.", "armed_assault", ["unidentified_gunmen"], ["tunisia_government"]),
    ("وقعت قوة من الجيش المصري في كمين قرب العريش.", "armed_assault", ["unidentified"], ["egypt_army"]),
    ("حاول مسلح اقتحام السفارة الإيرانية في بيروت وقتل حارسا.", "armed_assault", ["unidentified_gunmen"], ["iran"]),
    ("اقتحم متظاهرون القنصلية الإيرانية في البصرة.", "riot", ["protesters"], ["iran"]),
    ("أطلق أفراد الشرطة النار على المهاجم في باب العامود بالقدس وقتل.", "shooting", ["israel"], ["unidentified"]),
    ("انفجر لغم زرعته بوكو حرام في منطقة متاخمة لنيجيريا والنيجر وقتل ثلاثة جنود.", "explosive_device", ["boko_haram"], ["nigeria_army"]),
    # whose men an attack hit; not some of a crowd, and not in a fight
    ("أصيب أربعة جنود من الجيش السوري بانفجار عبوة ناسفة قرب خبب.", "explosive_device", ["unidentified"], ["syrian_government"]),
    ("قتل جنديان من الجيش العراقي بهجوم مسلح قرب الدبس.", "armed_assault", ["unidentified"], ["iraqi_army"]),
    ("قتل خمسة أشخاص بينهم شرطيان بانفجار عبوة ناسفة في بيجي.", "explosive_device", ["unidentified"], []),
    ("قتل جنديان في اشتباكات بين الجيش العراقي وداعش قرب الدبس.", "armed_clash", ["iraqi_army", "islamic_state"], []),
    # whose post a bomb was meant for, and who is exposed to an attack
    ("استهدف مجهولون حاجزا لقوات النظام بعبوة ناسفة في نوى.", "explosive_device", ["unidentified"], ["syrian_government"]),
    ("استهدف مجهولون بعبوة ناسفة دورية للشرطة في الرمادي.", "explosive_device", ["unidentified"], ["iraqi_police"]),
    ("استهدف داعش دورية للجيش بعبوة ناسفة في الرمادي.", "explosive_device", ["islamic_state"], ["iraqi_army"]),
    ("قال مصدر إن قوة من الشرطة الاتحادية تعرضت لكمين قرب الرشاد.", "armed_assault", ["unidentified"], ["iraqi_police"]),
    ("تعرضت دورية للجيش اليمني لهجوم من قبل مسلحين في شبوة.", "armed_assault", ["unidentified_gunmen"], ["yemen_government"]),
    ("دورية تابعة للجيش اليمني تعرضت أمس لهجوم في شبوة.", "armed_assault", ["unidentified"], ["yemen_government"]),
    ("قصفت القوات الروسية قرية تعرضت لهجوم من داعش قرب السخنة.", "air_strike", ["russia"], ["islamic_state"]),
    ("تعرضت قرية الحصن أمس إلى قصف مكثف من الحوثيين بقذائف الهاون.", "shelling", ["houthis"], []),
    ("تعرض موقع لداعش في الموصل أمس إلى قصف عنيف من التحالف.", "air_strike", ["intl_coalition"], ["islamic_state"]),
    ("أعلن الجيش اللبناني سقوط قذيفتين في مركز تابع له قرب صيدا.", "shelling", [], ["lebanon_army"]),
    ("أعلن الجيش السوداني قصف مقر لقوات الدعم السريع في بحري.", "shelling", ["sudan_army"], ["rsf"]),
    ("تعرضت القرية لقصف مركز من قوات النظام في ريف حماة.", "shelling", ["syrian_government"], []),
    # for whom an ambush was laid, and whom a force drove out
    ("قتل أربعة جنود أمس في كمين نصبته المعارضة لقوات النظام في درعا.", "armed_assault", ["syrian_opposition"], ["syrian_government"]),
    ("أوقع الثوار ثلاثين قتيلا في كمين محكم نصبوه للحوثيين في مدينة إب.", "armed_assault", ["popular_resistance"], ["houthis"]),
    ("قتل جندي بعبوة زرعتها خلية لداعش في الرمادي.", "explosive_device", ["islamic_state"], ["iraqi_army"]),
    ("طردت القوات العراقية داعش من الرمادي أمس.", "territorial_control", ["iraqi_army"], ["islamic_state"]),
    ("تمكن الجيش السوري من طرد مسلحي المعارضة من تل الحارة.", "territorial_control", ["syrian_government"], ["syrian_opposition"]),
    ("طرد داعش القوات الحكومية من تدمر.", "territorial_control", ["islamic_state"], ["syrian_government"]),
    # a verb right after men without «ال» is theirs
    ("ألقت الشرطة القبض على ثلاثة مسلحين أطلقوا النار على دورية في العريش.", "shooting", ["unidentified_gunmen"], []),
    ("اعتقلت الشرطة خمسة مسلحين هاجموا حاجزا للجيش في بابل أمس.", "armed_assault", ["unidentified_gunmen"], ["iraqi_army"]),
    ("اعتقلت الشرطة المسلحين الذين هاجموا حاجزا للجيش في بابل.", "armed_assault", ["unidentified_gunmen"], ["iraqi_army"]),
    ("قتل الجيش العراقي ثلاثة مسلحين حاولوا التسلل إلى قرية قرب الدبس.", "infiltration", ["unidentified_gunmen"], []),
    ("اعتقلت الشرطة خمسة مسلحين ثم داهمت منازل في بابل.", "security_operation", ["iraqi_police"], []),
    ("لاحق الجيش المصري مسلحين في شمال سيناء.", "security_operation", ["egypt_army"], ["unidentified_gunmen"]),
    ("لاحق عناصر داعش المدنيين الفارين من الحويجة.", "security_operation", ["islamic_state"], []),
    # an adjective after the name of a model, or after missiles that hit; who made them is nobody's deed
    ("شنت طائرات ميغ-29 روسية غارات على إدلب أمس.", "air_strike", ["russia"], []),
    ("شنت طائرات إف-16 تركية غارات ضد مواقع لحزب العمال في شمال العراق أمس.", "air_strike", ["turkey"], ["pkk"]),
    ("أصابت صواريخ إسرائيلية قرية حولا أمس.", "air_strike", ["israel"], []),
    ("سقطت مقذوفات حوثية على قرية المروة أمس.", "shelling", ["houthis"], []),
    ("أطلق حزب الله صواريخ إيرانية على قرية زرعيت أمس.", "shelling", ["hezbollah"], []),
    ("سقطت صواريخ روسية الصنع على قرية حولا أمس.", "shelling", [], []),
    ("قتلت غارة جوية بقيادة السعودية 21 شخصا في تعز أمس.", "air_strike", ["saudi_coalition"], []),
    # who brings an aircraft down, and whose it was
    ("قالت قوات الدعم السريع إنها أسقطت طائرة تابعة للجيش السوداني في بحري.", "interception", ["rsf"], ["sudan_army"]),
    ("أعلن الحوثيون إسقاط طائرة مسيرة تابعة لسلاح الجو السعودي في صعدة.", "interception", ["houthis"], ["saudi_arabia"]),
    ("أعلنت جماعة الحوثي إسقاط طائرة تجسس أمريكية فوق مأرب.", "interception", ["houthis"], ["united_states"]),
    ("أسقط الجيش السوداني مسيرة حاولت الهجوم على مقر القيادة العامة في الخرطوم.", "interception", ["sudan_army"], []),
    ("أسقط مقاتلو المعارضة طائرة حربية لقوات النظام قرب تل الحارة.", "interception", ["syrian_opposition"], ["syrian_government"]),
    ("قال الجيش الإسرائيلي إنه اعترض مسيرة أطلقها حزب الله باتجاه حيفا.", "interception", ["israel"], []),
    # whom an arrest was made of
    ("أعلنت قسد إلقاء القبض على خلية من أربعة عناصر تابعة لداعش في الرقة.", "arrest", ["sdf"], ["islamic_state"]),
    ("أعلنت قوات سوريا الديمقراطية، الثلاثاء، إلقاء القبض على خلية لداعش في بلدة الشحيل.", "arrest", ["sdf"], ["islamic_state"]),
    ("أعلنت الشرطة العراقية اعتقالها خمسة مسلحين في كركوك.", "arrest", ["iraqi_police"], ["unidentified_gunmen"]),
    ("أعلنت وزارة الداخلية العراقية قبضها على عشرين إرهابيا في كركوك.", "arrest", ["iraqi_police"], []),
    ('قالت قسد في بيان: "نفذت قواتنا، الجمعة، عملية أمنية في الرقة استهدفت خلية لداعش".', "security_operation", ["sdf"], ["islamic_state"]),
    # gunmen of the force before them, whose dead a toll counts, and what operations were aimed at
    (
        "دارت اشتباكات أمس بين القوات الحكومية ومسلحين موالين لها وتنظيم داعش قرب السخنة.",
        "armed_clash",
        ["syrian_government", "islamic_state"],
        [],
    ),
    (
        "اشتبك الجيش السوري ومسلحون مع تنظيم داعش قرب السخنة.",
        "armed_clash",
        ["syrian_government", "unidentified_gunmen", "islamic_state"],
        [],
    ),
    (
        "ارتفعت حصيلة قتلى الجيش جراء هجمات نفذها تنظيم ولاية سيناء في رفح إلى سبعة جنود.",
        "attack_unspecified",
        ["sinai_province"],
        ["egypt_army"],
    ),
    (
        "نفذ الثوار في إب عمليات نوعية استهدفت قيادات الحوثيين، كما أسروا 15 آخرين.",
        "attack_unspecified",
        ["popular_resistance"],
        ["houthis"],
    ),
    ("نفذ الثوار في إب عمليات نوعية استهدفت قيادات الحوثيين، كما أسروا 15 آخرين.", "arrest", ["popular_resistance"], []),
    ("طرد مسلحو المعارضة قوات النظام من بلدة مورك.", "territorial_control", ["syrian_opposition"], ["syrian_government"]),
    ("قتل عشرة من الحوثيين في كمين نصبه لهم رجال القبائل في الضالع.", "armed_assault", ["yemeni_tribal_fighters"], ["houthis"]),
    ("اندلعت اشتباكات بين قوات حفتر ومسلحين تابعين لها في بنغازي.", "armed_clash", ["lna_haftar", "unidentified_gunmen"], []),
    # what is hit stands between a verb and its means
    ("استهدف داعش مواقع الجيش العراقي بالهاون في ديالى.", "shelling", ["islamic_state"], ["iraqi_army"]),
    ("استهدف طيران التحالف مواقع الحوثيين بثلاث غارات في صعدة.", "air_strike", ["saudi_coalition"], ["houthis"]),
    ("قصف حزب الله موقعا للجيش الإسرائيلي بصواريخ في كريات شمونة.", "shelling", ["hezbollah"], ["israel"]),
    ("هاجم مسلحون دورية للجيش بقذائف الهاون في كركوك.", "shelling", ["unidentified_gunmen"], ["iraqi_army"]),
    ("استهدف الحوثيون سفينة لإسرائيل بطائرة مسيرة في البحر الأحمر.", "drone_strike", ["houthis"], ["israel"]),
    ("استهدف الجيش اللبناني وحزب الله مواقع داعش بالمدفعية في جرود عرسال.", "shelling", ["lebanon_army", "hezbollah"], ["islamic_state"]),
    ("قصفت قوات النظام والميليشيات الإيرانية بالمدفعية قرية البارة.", "shelling", ["syrian_government", "iran_backed_militias"], []),
    ("هاجم مسلحون من داعش بالهاون قرية في ديالى.", "shelling", ["islamic_state"], []),
    # who condemns, comments or warns has not made the attack
    ("قتل خمسة في هجوم في تونس أمس، وأدانت الجزائر والمغرب الهجوم.", "attack_unspecified", [], []),
    ("قتل خمسة في هجوم في تونس أمس، وحذرت الجزائر والمغرب من الهجوم.", "attack_unspecified", [], []),
    ("رفضت حماس التعليق على الغارة التي شنتها إسرائيل على قيادي في بيروت.", "air_strike", ["israel"], []),
    ("علقت طهران على الغارة التي نفذتها إسرائيل على دمشق.", "air_strike", ["israel"], []),
    ("قتل خمسة في هجوم في تونس أمس، وشنت الجزائر والمغرب الهجوم.", "armed_assault", ["algeria_government", "morocco_government"], []),
    # adjectives and means between an attack and whose it was
    ("أصيب ثلاثة في الهجوم الأخير من المليشيات الحوثية في تعز.", "attack_unspecified", ["houthis"], []),
    ("قتل خمسة في القصف المدفعي العنيف لقوات النظام على دوما.", "shelling", ["syrian_government"], []),
    ("قتل خمسة مدنيين في هجمات منفصلة لتنظيم داعش في ديالى.", "attack_unspecified", ["islamic_state"], []),
    ("تعرضت بلدة تلدو لقصف بالبراميل المتفجرة من قوات النظام.", "air_strike", ["syrian_government"], []),
    ("تعرضت بلدة تلدو لقصف بالمدفعية من قوات النظام.", "shelling", ["syrian_government"], []),
    # a relative clause whose subject follows its verb
    ("نقل الصليب الأحمر مساعدات إلى مدينة تعز التي يحاصرها الحوثيون منذ أشهر.", "siege", ["houthis"], []),
    ("قصف الطيران بلدة الفوعة التي يحاصرها مقاتلو المعارضة.", "siege", ["syrian_opposition"], []),
    ("مطار أبو الضهور العسكري يحاصره تنظيم داعش.", "siege", ["islamic_state"], []),
    # responsibility claimed with a pronoun; blamed with «نسب»
    ("قتل خمسة في تفجير في مسجد في بغداد. وأعلن تنظيم داعش مسؤوليته عنه.", "explosive_device", ["islamic_state"], []),
    ("نسب الهجوم الانتحاري الذي استهدف مركزا للشرطة في بغداد إلى تنظيم القاعدة.", "suicide_bombing", ["al_qaeda"], ["iraqi_police"]),
    ("شهدت عدن هجومين انتحاريين نسبا إلى تنظيم القاعدة.", "suicide_bombing", ["aqap"], []),
    ("اتهمت أوكرانيا روسيا بتفجير سد في خيرسون.", "explosive_device", ["russia"], []),
    # a bomb and what it was aimed at
    ("انفجرت عبوة ناسفة في بعقوبة واستهدفت دورية للشرطة.", "explosive_device", ["unidentified"], ["iraqi_police"]),
    ("انفجرت عبوة ناسفة في بعقوبة مستهدفة دورية للشرطة.", "explosive_device", ["unidentified"], ["iraqi_police"]),
    ("انفجرت عبوة ناسفة في بعقوبة كانت تستهدف قوات البيشمركة.", "explosive_device", ["unidentified"], ["peshmerga"]),
    ("انفجرت عبوة ناسفة في بعقوبة. وأكدت الشرطة أن الانفجار استهدف قوات الصحوة.", "explosive_device", ["unidentified"], ["sahwa"]),
    ("انفجرت عبوة ناسفة في بعقوبة. وقال الجيش إن داعش استهدف قوات الصحوة.", "explosive_device", ["islamic_state"], ["sahwa"]),
    # captives' own group has not taken or freed them
    ("أعلنت الشرطة تفكيك شبكة لتنظيم داعش وإلقاء القبض على أفرادها في الكويت.", "arrest", ["kuwait_government"], []),
    ("قتل خمسة في هجوم. وكان منفذه متهما بتأييد تنظيم القاعدة، وتم إطلاق سراحه العام الماضي.", "release_or_exchange", [], []),
    ("قصف الجيش المصري منزلا في سيناء أمس، كما ألقى القبض على خلية إرهابية.", "arrest", ["egypt_army"], ["unidentified"]),
    ("أفرج تنظيم القاعدة عن رهينة في مالي.", "release_or_exchange", ["al_qaeda"], []),
    # both sides of a clash, the further one too
    (
        "دارت اشتباكات في محيط حي الراشدين غرب حلب، بين قوات النظام مدعمة بقوات الدفاع الوطني من طرف، وجيش الفتح من طرف آخر.",
        "armed_clash",
        ["syrian_government", "national_defence_forces", "jaish_al_fatah"],
        [],
    ),
    (
        "دارت اشتباكات في حلب بين قوات النظام من طرف، وغرفة عمليات فتح حلب من طرف آخر، وترافق ذلك مع قصف متبادل من الطرفين.",
        "shelling",
        ["syrian_government", "fatah_halab"],
        [],
    ),
    # from whom a place is taken
    ("سيطرت القوات الصومالية على مدينة باردهير من أيدي جماعة الشباب.", "territorial_control", ["somalia_government"], ["al_shabaab"]),
    ("سيطرت القوات الصومالية على مدينة باردهير الخاضعة لجماعة الشباب.", "territorial_control", ["somalia_government"], ["al_shabaab"]),
    ("قتل ثلاثة جنود في قصف على كركوك. وأعلن داعش أنه سيطر على الموصل.", "territorial_control", ["islamic_state"], []),
    # dates and names between a verb of foiling and the attack
    (
        "أفشلت قوات الجيش والمقاومة الشعبية، أمس الجمعة، هجمات للحوثيين جنوب مأرب.",
        "attack_unspecified",
        ["houthis"],
        ["yemen_government", "popular_resistance"],
    ),
    # what is believed of the makers of an attack
    ("قتلت امرأة بقصف جوي لطائرات حربية يرجح أنها روسية على بلدة كفرسجنة.", "air_strike", ["russia"], []),
    ("قتل ثلاثة بغارة يرجح أنها للتحالف في دير الزور.", "air_strike", ["intl_coalition"], []),
    ("شن جنود يشتبه في انتمائهم للجيش الأميركي عملية أمنية في كيسمايو.", "security_operation", ["united_states"], []),
    ("قتل مسلح سوري الجنسية في اشتباك على الحدود في نينوى.", "armed_clash", ["unidentified_gunmen"], []),
    # a party of a force that sets about something
    ("قامت قوة من قسد بمداهمة قرية في دير الزور.", "security_operation", ["sdf"], []),
    # whose dead an event counts
    (
        "قتل 21 من داعش في ضربة للتحالف قرب بيجي. وأسفرت ضربة في الرمادي عن مقتل عنصرين من التنظيم وتدمير موضع لعناصره.",
        "attack_unspecified",
        [],
        ["islamic_state"],
    ),
    ("قتل ثلاثة جنود في قصف على كركوك. وأطلق الجنود النار باتجاه رجل في بغداد.", "shelling", [], ["iraqi_army"]),
    # names that were missing
    ("قصفت كوريا الشمالية جزيرة قرب الحدود البحرية.", "shelling", ["north_korea"], []),
    ("دارت اشتباكات بين أنصار الشريعة والجيش الليبي في بنغازي.", "armed_clash", ["ansar_al_sharia_libya", "lna_haftar"], []),
    ("قصفت قوات النظام والحليف الروسي ريف إدلب.", "shelling", ["syrian_government", "russia"], []),
    ("شنت طائرات التحالف السعودي 16 غارة على منطقة مران في صعدة.", "air_strike", ["saudi_coalition"], []),
    ("قصفت المعارضة بلدة النيرب بالهاون. واستهدف الطيران سرمين في ريف إدلب.", "air_strike", ["syrian_government"], []),
    # a joint operation, one in whose course somebody is taken, men and arms of an owner
    ("نفذت أمس عملية أمنية مشتركة بين قسد والتحالف الدولي في قرية بريف الرقة.", "security_operation", ["sdf", "intl_coalition"], []),
    ("اعتقل ثلاثة شبان خلال حملة مداهمات لقسد في مدينة ذيبان.", "arrest", ["sdf"], []),
    ("قتل شاب برصاص عناصر حاجز لقسد في الحسكة.", "shooting", ["sdf"], []),
    ("قتل ثلاثة في قصف صاروخي نفذته راجمات النظام على سرمين.", "shelling", ["syrian_government"], []),
    ("قصف بقذائف مصدرها مناطق سيطرة قسد طال مدينة عفرين وأوقع قتيلين.", "shelling", ["sdf"], []),
    # what a war left behind is nobody's attack, and on nobody
    ("استشهد طفل بانفجار مقذوف من مخلفات قصف قوات النظام في سرمين.", "explosive_device", [], []),
    # nations joined by «و», models of aircraft, courts
    ("تبادلت القوات الأرمينية والأذربيجانية القصف على الحدود.", "shelling", ["armenia", "azerbaijan"], []),
    (
        "دارت اشتباكات بين القوات الحكومية الصومالية والإثيوبية من جهة وحركة الشباب من جهة أخرى في بيدوا.",
        "armed_clash",
        ["somalia_government", "ethiopia_government", "al_shabaab"],
        [],
    ),
    ("نفذت مقاتلات أميركية من طراز إف-16 ضربة على موقع لحركة الشباب في جوبا السفلى.", "air_strike", ["united_states"], ["al_shabaab"]),
    ("أعدمت محكمة تابعة للحوثيين تسعة أشخاص في صنعاء.", "execution", ["houthis"], []),
    ("حكمت محكمة جنايات القاهرة على 75 متهما بالإعدام في قضية مقتل خمسة جنود.", "judicial_action", ["egypt_government"], []),
    ("حيدت القوات التركية أربعة مسلحين شمالي العراق.", "security_operation", ["turkey"], ["unidentified_gunmen"]),
    ("كسرت قوات الجيش هجوما للحوثيين في جبهة الكسارة غرب مأرب.", "armed_assault", ["houthis"], ["yemen_government"]),
    # whose aircraft are «معادية», who tribesmen are in another country, what a force calls itself
    ("أغار الطيران الحربي المعادي على أطراف بلدة يارون.", "air_strike", ["israel"], []),
    ("شن الطيران المسير المعادي غارة بصاروخين على سيارة في النبطية.", "drone_strike", ["israel"], []),
    ("أحرق مسلحون قبليون قرى في غرب دارفور وقتلوا العشرات.", "arson", ["tribesmen"], []),
    ("شنت القيادة الأمريكية في أفريقيا غارة قتلت 10 من عناصر الشباب قرب كسمايو.", "air_strike", ["united_states"], ["al_shabaab"]),
    ("اندلع نزاع عشائري مسلح في ناحية شمال البصرة أسفر عن مقتل ثلاثة.", "armed_clash", [], []),
    # --- counted men before whom or what they attacked; a man whose nationality is written like a country
    ("هاجم أربعة مسلحين حاجزا للجيش العراقي في ديالى.", "armed_assault", ["unidentified_gunmen"], ["iraqi_army"]),
    ("اقتحم ثلاثة مسلحين متجرا في ديالى.", "armed_assault", ["unidentified_gunmen"], []),
    ("قتل أربعة مسلحين شرطيا في سوق ديالى.", "attack_unspecified", ["unidentified_gunmen"], ["iraqi_police"]),
    ("قتل الجيش العراقي أربعة مسلحين في ديالى.", "attack_unspecified", ["iraqi_army"], ["unidentified_gunmen"]),
    ("خطف مسلحون بريطانيا في مدينة تعز.", "abduction", ["unidentified_gunmen"], []),
    ("قتل الجيش العراقي أمير داعش في الموصل.", "attack_unspecified", ["iraqi_army"], ["islamic_state"]),
    # with its «ن» a plural owns nothing: what follows is the object
    ("هاجم مسلحون القوات العراقية في كركوك الخميس.", "armed_assault", ["unidentified_gunmen"], ["iraqi_army"]),
    ("هاجم مسلحو العشائر قوات قسد في دير الزور الخميس.", "armed_assault", ["arab_tribal_fighters"], ["sdf"]),
    # «استهدف» with the noun of an attack as its subject
    ("استهدف قصف دورية للجيش السوري في درعا الخميس.", "shelling", [], ["syrian_government"]),
    ("استهدف قصف الجيش السوري مدينة إدلب الخميس.", "shelling", ["syrian_government"], []),
    ("استهدف قصف تركي قوات قسد في عين عيسى الخميس.", "shelling", ["turkey"], ["sdf"]),
    # many of a crowd, and what they burnt
    ("أحرق بضعة ملثمين أمس نقطة مرور في مدينة الجيزة.", "arson", ["unidentified_gunmen"], []),
    ("أحرق عشرات المستوطنين منازل في حوارة الخميس.", "arson", ["israeli_settlers"], []),
    # clauses between commas
    (
        "أعلنت حركة الشباب، التي أدرجتها الولايات المتحدة على قائمة الإرهاب، مسؤوليتها عن الهجوم في مقديشو.",
        "attack_unspecified",
        ["al_shabaab"],
        [],
    ),
    (
        "قالت مصادر في الجيش إن طائرات من سلاح الجو التركي، أغارت، في أعقاب الهجوم، على مواقع تابعة لحزب العمال الكردستاني في هكاري.",
        "air_strike",
        ["turkey"],
        ["pkk"],
    ),
    (
        "اقتحم مسلحو «داعش» أحد مقاهي جنوب سرت وخطفوا شابين، على خلفية مقتل عناصر تابعين للتنظيم برصاص مجهولين.",
        "abduction",
        ["islamic_state"],
        [],
    ),
    # accused of it
    ("قتل خمسة في دوما. وتُتهم إسرائيل بقصف مستشفى في غزة.", "shelling", ["israel"], []),
    ("اتهمت المنظمة قوات الدعم السريع بقتل خمسة مدنيين في الجنينة.", "attack_unspecified", ["rsf"], []),
    ("تتهم قوات الدعم السريع الجيش بقتل خمسة مدنيين في الجنينة.", "attack_unspecified", ["sudan_army"], []),
    # who announces his own deed
    ("أعلنت القوات العراقية في بيان إطلاق عملية أمنية واسعة في الأنبار.", "security_operation", ["iraqi_army"], []),
    ("أعلنت السلطات الإيرانية إعدام رجلين شنقا في شيراز الخميس.", "execution", ["iran"], []),
    ("أعلنت القوات العراقية مقتل خمسة مدنيين في تفجير في الأنبار.", "explosive_device", ["unidentified"], []),
    # gendarmes are of the country told of; «مليشيا هادي» is the government
    ("هاجم مسلحون مركزا لقوات الدرك في مالي.", "armed_assault", ["unidentified_gunmen"], ["mali_army"]),
    ("قتل ثلاثة من قوات الدرك في هجوم في عمان.", "attack_unspecified", [], ["jordan_security_forces"]),
    ("قتل خمسة جنود في هجوم شنته مليشيا هادي على نقطة أمنية في تبن.", "armed_assault", ["yemen_government"], []),
    # who demonstrates for it, for whom it is done, who goes there
    ("تظاهر أنصار حزب الله في بيروت الخميس.", "protest", ["protesters"], []),
    ("اقتحمت قوات الاحتلال المسجد الأقصى لحماية المستوطنين الخميس.", "security_operation", ["israel"], []),
    (
        "وفق وسائل إعلام محلية، استهدف التفجير مطعما شعبيا يرتاده زعماء عشائر، ونجم عن عبوة ناسفة ما أسفر عن مقتل 2 وإصابة 6.",
        "explosive_device",
        ["unidentified"],
        [],
    ),
    ("نجا قائد الجيش من محاولة اغتيال بعبوة ناسفة في تعز.", "assassination", [], ["yemen_government"]),
    # the doer of the clause before «فيما» is not that of the next; «هجوم مسلح» is nobody's army
    ("قتل جندي برصاص مسلحين مجهولين في درعا، فيما قصفت إسرائيل موقعا في القنيطرة.", "air_strike", ["israel"], []),
    ("قتل شاب برصاص الشرطة في حمص. وقتل مدنيان في هجوم مسلح على حافلة في حماة.", "armed_assault", ["unidentified"], []),
    # parties and formations
    ("قصف مدفعي للجيش السوداني استهدف تحصينات الدعم السريع في الفاشر.", "shelling", ["sudan_army"], ["rsf"]),
    ("فجر مقاتلو القسام عبوة ناسفة استهدفت قوة إسرائيلية في خانيونس.", "explosive_device", ["hamas"], ["israel"]),
    ("نصب الجيش السوداني كمينا لمجموعة من قوات الدعم السريع في الفاشر.", "armed_assault", ["sudan_army"], ["rsf"]),
    ("قالت مصادر إن الفرقة الخامسة التابعة للجيش السوداني قصفت مواقع الدعم السريع في الفاشر.", "shelling", ["sudan_army"], ["rsf"]),
    ("قالت مصادر إن اللواء 90 التابع للجيش السوداني هاجم مجموعة من الدعم السريع في الفاشر.", "armed_assault", ["sudan_army"], ["rsf"]),
    ("اعتقلت قوات من جيش الاحتلال الإسرائيلي شابا في القنيطرة.", "arrest", ["israel"], []),
    ("دهمت قوات الاحتلال منزل المواطن أحمد سليم في عزون واعتقلت أطفاله الثلاثة.", "arrest", ["israel"], []),
    (
        "أعلنت كتائب القسام أن مقاتليها هاجموا قوة إسرائيلية في خانيونس. وأضاف البيان أن المقاتلين اشتبكوا مع جنود الاحتلال.",
        "armed_clash",
        ["hamas", "israel"],
        [],
    ),
    (
        "قتل عشرة في اشتباكات بين جبل محسن وباب التبانة. وشهد الأوتوستراد الدولي الذي يربط طرابلس بعكار أعمال قنص متفرقة.",
        "shooting",
        ["unidentified"],
        [],
    ),
    # aircraft whose they are, whom a force faced
    ("ألقت طائرة مسيرة إسرائيلية قنبلة صوتية على بلدة كفركلا.", "explosive_device", ["israel"], []),
    ("تصدت المقاومة لقوة إسرائيلية حاولت التسلل إلى عيتا الشعب.", "infiltration", ["israel"], ["hezbollah"]),
    ("أعلنت كتائب القسام أنها نفذت عملية مركبة استهدفت قوة من جيش الاحتلال شرق خانيونس.", "armed_assault", ["hamas"], ["israel"]),
    ("أحرق عناصر من داعش منزلا في كركوك.", "arson", ["islamic_state"], []),
    (
        "نفذت قوات التحالف 9 غارات جوية على مواقع تابعة لداعش في العراق في أنحاء مختلفة بينها غارتان قرب الموصل.",
        "air_strike",
        ["intl_coalition"],
        ["islamic_state"],
    ),
    ("شنت تركيا غارات جوية ضد مقاتلي داعش في شمال سوريا قتل فيها قيادي برصاص.", "air_strike", ["turkey"], ["islamic_state"]),
    ("شن التحالف العربي غارات على تعزيزات عسكرية للحوثيين في البيضاء.", "air_strike", ["saudi_coalition"], ["houthis"]),
    (
        "أعلنت قوات التحالف التي تقودها الولايات المتحدة تنفيذ غارات على داعش في الموصل.",
        "air_strike",
        ["intl_coalition"],
        ["islamic_state"],
    ),
    ("شهدت مدينة بعقوبة عمليات خطف لجنود عراقيين.", "abduction", [], ["iraqi_army"]),
    (
        "قال شهود إن مقاتلين من المعارضة دربهم الجيش الأمريكي اعتقلوا على أيدي عناصر جبهة النصرة في حلب.",
        "arrest",
        ["nusra_front"],
        ["syrian_opposition"],
    ),
    ("عاد الوزير إلى عدن بعد تحريرها من ميليشيا التمرد الحوثية.", "territorial_control", [], ["houthis"]),
    (
        "استعاد الجيش اليمني مدينة عتق من الحوثيين بدعم من التحالف العربي.",
        "territorial_control",
        ["yemen_government", "saudi_coalition"],
        ["houthis"],
    ),
    (
        "تمكنت القوات العراقية من السيطرة على المطار ثم طرد داعش من غرب مدينة الموصل.",
        "territorial_control",
        ["iraqi_army"],
        ["islamic_state"],
    ),
    ("قتل مسلحون يعتقد أنهم من حركة الشباب سبعة أشخاص في هجوم على قرية.", "attack_unspecified", ["al_shabaab"], []),
    ("قال مسؤول إن مسلحين يشتبه بأنهم من جماعة بوكو حرام قتلوا أربعة أشخاص في هجوم على قرية.", "attack_unspecified", ["boko_haram"], []),
    ("دمرت البوارج التابعة للتحالف العربي أمس خمسة زوارق قبالة عدن.", "property_damage", ["saudi_coalition"], []),
    ("أجبرت المقاومة والجيش ميليشيات الحوثي على التراجع في مأرب.", "withdrawal", ["houthis"], []),
    ("أعلن الجيش العراقي محاصرة مدينة الرمادي.", "siege", ["iraqi_army"], []),
    ("بدأت القوات العراقية تطهير مدينة الرمادي من مسلحي داعش.", "security_operation", ["iraqi_army"], ["islamic_state"]),
    ("شنت تركيا غارات على داعش في سوريا بعد مقتل جندي بنيران قرب كلس.", "shooting", ["unidentified"], []),
    ("كانت الغارات التي استهدفت حزب العمال الكردستاني أشد من التي استهدفت القرى.", "air_strike", [], ["pkk"]),
    ("سيطرت القوات المحلية المناهضة للحوثيين على مدينة عتق أمس.", "territorial_control", [], []),
    ("استهدف طيران التحالف العربي تعزيزات تابعة للحوثيين في مأرب.", "air_strike", ["saudi_coalition"], ["houthis"]),
    ("شن التحالف العربي غارات على مواقع الجماعة المتحالفة مع إيران في عدن.", "air_strike", ["saudi_coalition"], []),
    # the party of an actor, and behind him whom it took; with nothing behind him it is the party that suffers
    ("اعتقلت قوة تابعة للجيش السوداني أربعة تجار في مدني.", "arrest", ["sudan_army"], []),
    ("خطف عناصر تابعون لقسد معلما في الرقة.", "abduction", ["sdf"], []),
    ("اقتحمت وحدة تابعة للجيش الإسرائيلي بلدة قباطية.", "security_operation", ["israel"], []),
    ("استهدفت قوة تابعة للجيش السوداني بعبوة ناسفة في مدني.", "explosive_device", ["unidentified"], ["sudan_army"]),
    ("اعتقلت القوات العراقية أربعة عناصر تابعين لتنظيم داعش في بيجي.", "arrest", ["iraqi_army"], ["islamic_state"]),
    ("استهدف مسلحون حاجزا تابعا للجيش السوداني في مدني.", "attack_unspecified", ["unidentified_gunmen"], ["sudan_army"]),
    ("استهدف مجهولون بالرصاص عنصرا تابعا لقسد في الرقة.", "shooting", ["unidentified_gunmen"], ["sdf"]),
    ("شنت فصائل مسلحة تابعة للجيش الوطني السوري هجوما على قسد في عين عيسى.", "armed_assault", ["sna"], ["sdf"]),
    # who were taken did not take; who shelled a town that others had freed; the main clause has its own subject
    ("عرضت الوزارة أسماء عناصر حزب الله الثلاثة الذين اعتقلوا أمس في مدينة القصير.", "arrest", [], ["hezbollah"]),
    ("قصف الحوثيون مدينة المخا بعد يومين من الإعلان عن تحرير المدينة.", "territorial_control", [], []),
    (
        "في موازاة الهجوم الذي شنته هيئة تحرير الشام على مدينة سراقب، شنت قوات النظام هجوما على بلدة النيرب.",
        "armed_assault",
        ["syrian_government"],
        [],
    ),
    ("شرعت قوات الجيش الجزائري بعمليات تمشيط واسعة في ولاية باتنة.", "security_operation", ["algeria_army"], []),
    # regions that name nothing they lie in; presidential guards; aircraft over Lebanon
    ("هاجم تنظيم القاعدة مخفرا في وادي حضرموت.", "armed_assault", ["aqap"], []),
    ("اعتقل جهاز الأمن الرئاسي ضابطا في مدينة سرت الليبية.", "arrest", ["gna_libya"], ["lna_haftar"]),
    ("قصف الطيران مواقع لحزب الله في بعلبك.", "air_strike", ["israel"], ["hezbollah"]),
    # who calls a party so has no part in what it does
    (
        "هاجم حزب العمال الكردستاني، المصنف منظمة إرهابية من قبل تركيا والولايات المتحدة، مخفرا للجيش التركي في هكاري.",
        "armed_assault",
        ["pkk"],
        ["turkey"],
    ),
    # who answers an attack does it, whoever made the first and whoever it hit
    (
        "قصفت قوات النظام بلدة معربليت وسقط شهيد، وردت هيئة تحرير الشام باستهداف مواقع قوات النظام قرب سراقب بصاروخ موجه.",
        "armed_assault",
        ["hts"],
        ["syrian_government"],
    ),
    # two posts are what is hit
    ("استهدفت مسيرات تركية حاجزين للجيش السوري قرب عين عيسى.", "drone_strike", ["turkey"], ["syrian_government"]),
    ("أصيب 12 مدنيا بقصف لفصائل مسلحة موالية لتركيا على بلدة دير جمال.", "shelling", ["armed_factions"], []),
]


@pytest.mark.parametrize(("text", "kind", "agents", "targets"), DOERS)
def test_who_does_it_and_to_whom(text: str, kind: str, agents: list[str], targets: list[str]) -> None:
    (found,) = [e for e in reading(text).events if e.kind == kind]
    assert (found.agents, found.targets) == (agents, targets)


def test_aircraft_alone_are_those_of_the_strike_just_told() -> None:
    events = reading("قتل 21 من داعش في ضربة للتحالف قرب بيجي. ووجه الطيران ضربة أخرى إلى الرمادي.").events
    assert [event.agents for event in events] == [["intl_coalition"], ["intl_coalition"]]


def test_an_attack_like_the_last_is_by_the_same() -> None:
    told = reading("قصفت قوات النظام مدينة أريحا. كما تعرضت بلدة سرمين لقصف مماثل.")
    assert [e.agents for e in told.events] == [["syrian_government"], ["syrian_government"]]


def test_the_army_alone_is_the_one_told_of_last() -> None:
    told = reading("قال الجيش الأمريكي إن قواته وصلت إلى مدينة الحسكة. وقصف الجيش موقعاً في مدينة الميادين.")
    assert [e.agents for e in told.events if e.kind != "deployment"] == [["united_states"]]


def test_a_verb_that_its_subject_managed_to_do() -> None:
    told = reading("نفذت قوات التحالف الدولي إنزالاً في قرية معدان، وتمكنت من اعتقال قيادي.")
    assert [(e.kind, e.agents) for e in told.events] == [("security_operation", ["intl_coalition"]), ("arrest", ["intl_coalition"])]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("شهدت طرابلس هجمات متفرقة قتل فيها جنديان.", "libya_government"),
        ("بلغ ضحايا اشتباكات طرابلس تسعة قتلى.", "libya_government"),
        ("وقع انفجار في العاصمة الأفغانية كابول وقتل جندي.", "afghan_government"),
        ("قال قائد شرطة كابول إن هجوماً انتحارياً قتل جندياً.", "afghan_government"),
    ],
)
def test_a_capital_where_it_happens_does_nothing(text: str, slug: str) -> None:
    assert all(slug not in e.agents for e in reading(text).events)
