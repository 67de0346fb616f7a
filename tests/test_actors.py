"""Actors: neutral ids for names, generic words by country, and the report's own wording kept."""

from __future__ import annotations

import pytest
from factories import gap, reading

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
    # «القوات» is the force named before; «خلايا من …» belongs to the group named after it
    ("هاجمت خلايا من داعش حاجزاً في بلدة الصور.", "armed_assault", ["islamic_state"]),
    ("اغتال مسلحون تابعون لتنظيم داعش مختار قرية في ريف دير الزور.", "assassination", ["islamic_state"]),
]
POINTING_GAPS = [
    gap(
        "taken for a report without conflict", "سيطرت قوات سوريا الديمقراطية على بلدة هجين. ثم حاصرت القوات بلدة السوسة.", "siege", ["sdf"]
    ),
]


@pytest.mark.parametrize(("text", "kind", "agents"), [*POINTING, *POINTING_GAPS])
def test_words_that_point_to_another_name(text: str, kind: str, agents: list[str]) -> None:
    (found,) = [e for e in reading(text).events if e.kind == kind]
    assert found.agents == agents
