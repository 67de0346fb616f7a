"""The forms of a word: what an editor writes as one item, and every shape it is read in."""

from __future__ import annotations

import pytest

from sijill.inflect import INFLECTIONS, Form, inflect
from sijill.text import fold_word


def forms(way: str, item: str) -> dict[str, Form]:
    return {form.text: form for form in inflect(way, item)}


# way, item, forms that must be there, forms that must not
TABLE = [
    ("word", "في", ["في"], ["فيه"]),
    ("word", "سيارة مفخخة", ["سياره مفخخه"], ["سياره", "سيارتان مفخخه"]),
    ("verb", "قتل/قتل", ["قتل", "قتلت", "قتلا", "قتلتا", "قتلوا", "قتلن", "قتله", "قتلها", "قتلهم", "قتلوهم"], ["قتيل", "مقتل"]),
    ("verb", "قتل/قتل", ["يقتل", "تقتل", "سيقتل", "ستقتل", "يقتلون", "سيقتلون", "يقتلوا", "يقتلان", "يقتلهم"], ["يقاتل"]),
    ("verb", "أصاب/صيب", ["اصاب", "اصابت", "اصابوا", "يصيب", "سيصيب", "اصابهم", "تصيبهم"], ["مصاب"]),
    ("verb", "أودى/ودي", ["اودي", "اودت", "اوديا", "اودتا", "اودوا", "يودي", "يودون"], ["اوديت", "اوداوا"]),
    ("verb", "شن/شن", ["شن", "شنت", "شنوا", "يشن", "تشن", "ستشن", "شنته", "يشنون", "تشنها"], ["شنن هجوم"]),
    ("verb", "دعا/دعو", ["دعا", "دعت", "دعوا", "يدعو", "تدعو", "يدعون", "سيدعو"], ["دعات", "يدعوون"]),
    ("verb", "نفى/نفي", ["نفي", "نفت", "ينفي", "ينفون", "نفاه"], ["نفيت"]),
    ("verb", "احتجز", ["احتجز", "احتجزت", "احتجزوا", "احتجزهم"], ["يحتجز"]),
    ("noun", "مدني/+ون/+ة", ["مدني", "مدنيا", "مدنيان", "مدنيين", "مدنيون", "مدنيه", "مدنيتان", "مدنيتين", "مدنيات"], ["مدنيوا"]),
    ("noun", "قتيل/قتلى", ["قتيل", "قتيلا", "قتيلان", "قتيلين", "قتلي", "قتلاهم", "قتيلها"], ["قتيلون", "قتيلات"]),
    ("noun", "غارة/+ات", ["غاره", "غارتان", "غارتين", "غارات", "غارته", "غارتها"], ["غارها", "غاراه", "غارهات"]),
    ("noun", "طفل/أطفال/+ة", ["طفل", "طفلا", "طفلان", "طفلين", "اطفال", "اطفاله", "طفله", "طفلتين", "طفلتان"], ["طفلون"]),
    ("noun", "جندي/جنود/+ة", ["جندي", "جنديا", "جنديان", "جنديين", "جنود", "جنودها", "جنديه"], ["جنديون"]),
    ("noun", "امرأة/نساء", ["امراه", "امراتان", "امراتين", "نساء", "نساءهم"], ["امراهات", "نساءا"]),
    ("noun", "مقاتل/+ون", ["مقاتل", "مقاتلون", "مقاتلين", "مقاتلو", "مقاتلي", "مقاتلا"], ["مقاتلات"]),
    ("noun", "مقبرة جماعية", ["مقبره جماعيه", "مقبرتان جماعيه"], ["مقبره"]),
    ("adj", "روسي", ["روسي", "روسيه", "روسيين", "روسيون", "روسيات", "روسيا"], ["روس"]),
]


@pytest.mark.parametrize(("way", "item", "present", "absent"), TABLE)
def test_forms(way: str, item: str, present: list[str], absent: list[str]) -> None:
    found = forms(way, item)
    assert [text for text in present if text not in found] == []
    assert [text for text in absent if text in found] == []


@pytest.mark.xfail(strict=True, reason="a plural in a phrase is taken for a part of its second word; the loader does not refuse it")
def test_a_phrase_with_a_plural_of_its_own() -> None:
    assert {"غاره جويه", "غارات جويه"} <= forms("noun", "غارة جوية/غارات جوية").keys()


# the shape says how many
NUMBERS = [
    ("مدني/+ون/+ة", "مدني", "sg"),
    ("مدني/+ون/+ة", "مدنيان", "du"),
    ("مدني/+ون/+ة", "مدنيين", "dp"),  # «مدنيين»: two civilians or many
    ("مدني/+ون/+ة", "مدنيون", "pl"),
    ("مقاتل/+ون", "مقاتليه", "dp"),
    ("مقاتل/+ون", "مقاتلوها", "pl"),
    ("مدني/+ون/+ة", "مدنيه", "sg"),
    ("مدني/+ون/+ة", "مدنيتين", "du"),
    ("مدني/+ون/+ة", "مدنيات", "pl"),
    ("قتيل/قتلى", "قتيلين", "du"),  # its plural is قتلى: the form can only be two
    ("قتيل/قتلى", "قتلي", "pl"),
    ("طفل/أطفال", "طفلين", "du"),
    ("طفل/أطفال", "اطفال", "pl"),
    ("جثة/جثث", "جثتان", "du"),
    ("جثة/جثث", "جثث", "pl"),
    ("إصابة/+ات", "اصابتين", "du"),
    ("إصابة/+ات", "اصابات", "pl"),
]


@pytest.mark.parametrize(("item", "form", "number"), NUMBERS)
def test_number_of_a_noun(item: str, form: str, number: str) -> None:
    assert forms("noun", item)[form].features["num"] == number


VERB_FORMS = [
    ("قتل/قتل", "قتل", "PAST", "sg"),
    ("قتل/قتل", "قتلوا", "PAST", "pl"),
    ("قتل/قتل", "قتلا", "PAST", "du"),
    ("قتل/قتل", "يقتل", "PRES", "sg"),
    ("قتل/قتل", "سيقتل", "FUT", "sg"),
    ("قتل/قتل", "ستقتل", "FUT", "sg"),
    ("قتل/قتل", "يقتلون", "PRES", "pl"),
    ("أجلى/جلي", "اجلت", "PAST", "sg"),
    ("أجلى/جلي", "ستجلي", "FUT", "sg"),
]


@pytest.mark.parametrize(("item", "form", "tense", "number"), VERB_FORMS)
def test_tense_and_number_of_a_verb(item: str, form: str, tense: str, number: str) -> None:
    found = forms("verb", item)[form]
    assert tense in found.tags
    assert found.features["vnum"] == number


@pytest.mark.parametrize("way", sorted(INFLECTIONS))
@pytest.mark.parametrize("item", ["قصف", "غارة", "أودى/ودي", "مدني/+ون/+ة", "مشفى", "بناء", "ا"])
def test_every_form_is_folded_and_given_once(way: str, item: str) -> None:
    found = [form.text for form in inflect(way, item)]
    assert found == [fold_word(text) for text in found]
    assert len(found) == len(set(found))


def test_the_item_itself_comes_first() -> None:
    assert inflect("noun", "غارة/+ات")[0].text == "غاره"
    assert inflect("verb", "أصاب/صيب")[0].text == "اصاب"
    assert inflect("adj", "روسي")[0].text == "روسي"


def test_weak_forms_are_the_guessed_ones() -> None:
    found = forms("noun", "أسرة/أسر")
    assert not found["اسره"].weak
    assert found["اسرته"].weak  # «his family» yields to «captured him»
