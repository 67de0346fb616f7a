"""Folding: spellings side by side, and the way back to the source's own characters."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.annotate.tokenise import tokenise
from sijill.lexicon import load_lexicon
from sijill.text import Folded, fold, fold_word, has_arabic, tokens

# --- spellings that must meet -----------------------------------------------------------------------------------------

SAME = [
    # the letters
    ("أحمد", "احمد"),
    ("إدلب", "ادلب"),
    ("آذار", "اذار"),
    ("ٱلحسكة", "الحسكه"),
    ("ا\u0653ذار", "آذار"),  # alef and a madda of its own
    ("مشفى", "مشفي"),
    ("غارة", "غاره"),
    ("مؤسسة", "موسسه"),
    ("رئيس", "رييس"),
    ("و\u0654", "ؤ"),
    # Persian, Kurdish, Urdu letters on foreign keyboards
    ("مدنی", "مدني"),
    ("کوباني", "كوباني"),
    ("گري سپي", "كري سبي"),
    ("چنار", "جنار"),
    ("ڤيينا", "فيينا"),
    ("کۆبانی", "كوباني"),
    ("قریہ", "قريه"),
    # marks and tatweel
    ("مُسَلَّحٌ", "مسلح"),
    ("مدنيًّا", "مدنيا"),
    ("هٰذا", "هذا"),
    ("قـــصف", "قصف"),
    ("الـــرقـــة", "الرقه"),
    # invisible characters
    ("\u202bقصف\u202c", "قصف"),
    ("\u2067قصف\u2069", "قصف"),
    ("\u061cقصف\u200f", "قصف"),
    ("قص\u200dف", "قصف"),
    ("قص\u200cف", "قصف"),
    ("\ufeffقصف", "قصف"),
    ("قص\u00adف", "قصف"),
    # digits and their marks
    ("٢٠٢٢", "2022"),
    ("۲۰۲۲", "2022"),
    ("２０２２", "2022"),
    ("١٢٬٥٠٠", "12,500"),
    ("٣٫٥", "3.5"),
    ("٤٠٪", "40%"),
    # quotation marks, dashes, spaces, line ends
    ("«قسد»", '"قسد"'),
    ("“قسد”", '"قسد"'),
    ("„قسد‟", '"قسد"'),
    ("‹قسد›", '"قسد"'),
    ("سانا – دمشق", "سانا - دمشق"),
    ("سانا — دمشق", "سانا - دمشق"),
    ("دير\u00a0الزور", "دير الزور"),
    ("دير\u202fالزور", "دير الزور"),
    ("قصف\u2028غارة", "قصف\nغاره"),
    ("قصف\x85غارة", "قصف\nغاره"),
    ("#ريف_حلب", "#ريف حلب"),
    ("SANA", "sana"),
    # presentation forms and ligatures
    ("ﻣﺪﻧﻲ", "مدني"),
    ("ﻻ", "لا"),
    ("ﻷن", "لان"),
    ("ﺍﻹﺩﺍﺭﺓ", "الاداره"),
    ("ﷲ", "الله"),
    ("ﷺ", "صلي الله عليه وسلم"),
    # letters set apart to dodge filters
    ("قــ صــ ـف", "قصف"),
    ("قـ صـ ف", "قصف"),
    ("هەولێر", "ههولير"),
    ("القتـ.ـلى", "القتلي"),
    ("مقــ..تل", "مقتل"),
    ("انفـ.جار", "انفجار"),
    ("ضـ/ـحايا", "ضحايا"),
    ("شَـ.ـنّ", "شن"),
    ("1443هـ/2022م", "1443ه/2022م"),
    ("1443هـ. وقال", "1443ه. وقال"),
    ("اســ*ـتشهد", "استشهد"),
    ("ق*صف", "قصف"),
    ("ق~صف", "قصف"),
    ("ق•صف", "قصف"),
    ("د*ا*ع*ش", "داعش"),
    ("د ا ع ش", "داعش"),
    ("د ا ع ش.", "داعش."),
    ("الإرهـ ـابي", "الارهابي"),
]


def test_slashes_apart_from_the_words_around_them_are_quotation_marks() -> None:
    assert fold("تنظيم / داعش / في").text == 'تنظيم " داعش " في'
    assert fold("1443هـ / 2022م / في").text.count('"') == 0
    assert fold("تموز/يوليو").text == "تموز/يوليو"


@pytest.mark.parametrize(("written", "folded"), SAME)
def test_spellings_fold_together(written: str, folded: str) -> None:
    assert fold(written).text == fold(folded).text


APART = [
    ("1443هـ.وقال", "1443ه.وقال"),
    ("1443هـ الموافق", "1443ه الموافق"),  # the Hijri sign ends in a tatweel; the next word is another
    ("عام 1443 هـ الموافق", "عام 1443 ه الموافق"),
    ("و ا", "و ا"),  # two letters alone are an abbreviation or two slips, not a word set apart
    ("من و إلى", "من و الي"),
    ("3*4", "3*4"),
    ("* قصف", "* قصف"),
    ("قصف * غارة", "قصف * غاره"),
    ("أ.ف.ب", "ا.ف.ب"),
    ("د-ا-ع-ش", "د-ا-ع-ش"),
    ("1,5 و2,000", "1,5 و2,000"),
]


@pytest.mark.parametrize(("written", "folded"), APART)
def test_what_folding_leaves_apart(written: str, folded: str) -> None:
    assert fold(written).text == folded


FOLDED_AWAY = ["", "ـ", "ـــ", "\u064b", "\u200f\u200e", "\ufeff", "\u202e\u202c"]


@pytest.mark.parametrize("text", FOLDED_AWAY)
def test_nothing_but_marks_folds_to_nothing(text: str) -> None:
    folded = fold(text)
    assert folded.text == ""
    assert folded.span(0, 0)[0] <= len(text)


# --- the way back -----------------------------------------------------------------------------------------------------

EVIDENCE = [
    # text, the folded word to find, the source's own characters for it
    ("اســ*ـتُشهدَ مدني", "استشهد", "اســ*ـتُشهدَ"),
    ("قتل ٢٣ مدنيًّا أمس", "مدنيا", "مدنيًّا"),
    ("في قــ صــ ـف على", "قصف", "قــ صــ ـف"),
    ("تنظيم د ا ع ش هاجم", "داعش", "د ا ع ش"),
    ("سقط ١٢٬٥٠٠ نازح", "12,500", "١٢٬٥٠٠"),
    ("«الحسكة»", "الحسكه", "الحسكة"),
    ("بلدة ﺳﺮﻣﺪﺍ شمال", "سرمدا", "ﺳﺮﻣﺪﺍ"),
    ("\u202bقصف\u202c مدفعي", "قصف", "قصف"),
    ("قُتِلَ", "قتل", "قُتِلَ"),
    ("ولا ﻻجئ", "لاجي", "ﻻجئ"),
    ("😀 قتيل", "قتيل", "قتيل"),
    ("𝕏 ق\u064fتيل", "قتيل", "ق\u064fتيل"),
    ("حمــص", "حمص", "حمــص"),
]


@pytest.mark.parametrize(("text", "word", "evidence"), EVIDENCE)
def test_evidence_is_the_sources_own_characters(text: str, word: str, evidence: str) -> None:
    folded = fold(text)
    at = folded.text.rindex(word)
    start, end = folded.span(at, at + len(word))
    assert text[start:end] == evidence


def test_every_letter_of_a_ligature_is_the_one_character() -> None:
    folded = fold("اﷲ")
    assert folded.text == "االله"
    assert [folded.span(i, i + 1) for i in range(5)] == [(0, 1), (1, 2), (1, 2), (1, 2), (1, 2)]


def test_plain_text_is_its_own_fold() -> None:
    text = "قتل 3 جنود في قصف علي بلده سرمين."
    folded = fold(text)
    assert folded.text == text
    assert all(folded.span(i, j) == (i, j) for i in range(len(text)) for j in range(i, len(text) + 1))


def test_folding_the_fold_changes_nothing() -> None:
    for written, _ in [*SAME, *APART]:
        once = fold(written).text
        assert fold(once).text == once


# --- properties over any text -----------------------------------------------------------------------------------------

_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإىةؤئٱکیگپچ"
_TROUBLE = "ـ\u064b\u0651\u0670\u0654\u200c\u200f\u202b\u202e\ufeff\u00ad*~•^·_ \n\t\u00a0ﻻﷲﷺﻣﺪﹼﹰ٠٩۵,،.؟«»-\ud800\udfff\U0010ffff😀é\u0301#"
arabic = st.text(alphabet=st.sampled_from(_LETTERS + _TROUBLE), max_size=40)
anything = st.text(alphabet=st.characters(exclude_categories=()), max_size=40)
texts = st.one_of(arabic, anything, st.builds("".join, st.lists(st.one_of(arabic, anything), max_size=4)))

_LIGATURES = frozenset(chr(c) for c in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF)) if len(fold("ا" + chr(c)).text) > 2)


def _pieces(folded: Folded) -> list[tuple[int, int]]:
    n = len(folded.text)
    return [(i, j) for i in range(n) for j in range(i + 1, min(n, i + 12) + 1)]


@settings(max_examples=300, deadline=None)
@given(texts)
def test_spans_lie_inside_the_source_and_in_order(text: str) -> None:
    folded = fold(text)
    singles = [folded.span(i, i + 1) for i in range(len(folded.text))]
    for start, end in singles:
        assert 0 <= start < end <= len(text)
    for (a, b), (c, d) in pairwise(singles):
        assert a <= c
        assert b <= d
    for i, j in _pieces(folded):
        assert folded.span(i, j) == (singles[i][0], singles[j - 1][1])


@settings(max_examples=300, deadline=None)
@given(texts)
def test_folding_the_evidence_gives_the_piece_again(text: str) -> None:
    """Letters set apart are closed up by their surroundings, so spaces are left out of the comparison.

    A piece that cuts a ligature has the whole ligature as its evidence, and is contained in its fold.
    """
    folded = fold(text)
    for i, j in _pieces(folded):
        start, end = folded.span(i, j)
        again = _spaceless(fold(text[start:end]).text)
        piece = _spaceless(folded.text[i:j])
        if _LIGATURES.isdisjoint(text[start:end]):
            assert again == piece
        else:
            assert piece in again


def _spaceless(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=200, deadline=None)
@given(texts)
def test_words_and_sentences_stand_where_they_say(text: str) -> None:
    folded = fold(text).text
    assert "".join(tokens(folded)) == folded.replace(" ", "")
    units = tokenise(fold(text), load_lexicon())
    assert "".join(folded[unit.start : unit.end] for unit in units).replace(" ", "") == folded.replace(" ", "")
    before = 0
    for start, stop in units.sentences:
        assert before <= start < stop <= len(folded)
        assert folded[start:stop] == folded[start:stop].strip()
        before = stop
    assert has_arabic(text) in (True, False)
    assert "  " not in fold_word(text)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("ابتجدرسعفقكلمنهوي 0123456789.،"), max_size=60))
def test_identity_on_plain_text(text: str) -> None:
    folded = fold(text)
    if folded.text == text:
        assert all(folded.span(i, i + 1) == (i, i + 1) for i in range(len(text)))
    else:  # only letters set apart («د ا ع ش») are closed up
        assert _spaceless(folded.text) == _spaceless(text)


# --- time -------------------------------------------------------------------------------------------------------------

HOSTILE = {
    "tatweels": "ـ",
    "tatweels and spaces": "ـ ",
    "letter, tatweel, space": "دـ ",
    "letters set apart": "د ",
    "letters set apart, then joined": "د د د دد ",
    "marks": "\u064b",
    "stars": "د*",
    "stars and tatweels": "*ـ",
    "spaces": " ",
    "ligatures": "ﷺ",
    "full stops": "د.",
    "quotation marks": "«",
    "controls": "\u202e",
    "thousands": "1,000,",
    "line ends": "\n",
}


def _seconds(text: str) -> float:
    best = 9.0
    for _ in range(3):
        began = time.perf_counter()
        tokenise(fold(text), load_lexicon())
        best = min(best, time.perf_counter() - began)
    return best


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_time_grows_with_length_only(name: str) -> None:
    """Four times the text takes about four times as long; a quadratic step would take sixteen times."""
    unit = HOSTILE[name]
    small, large = _seconds(unit * 5_000), _seconds(unit * 20_000)
    assert large < 10 * small + 0.5


# --- words and sentences ----------------------------------------------------------------------------------------------

WORDS = [
    ("قتل 1,200 شخص.", ["قتل", "1,200", "شخص", "."]),
    ("5و6", ["5", "و", "6"]),
    ("26/1/2022", ["26", "/", "1", "/", "2022"]),
    ("قتل\nجرح", ["قتل", "\n", "جرح"]),
    ('"قسد"', ['"', "قسد", '"']),
    ("ك2", ["ك", "2"]),
    ("  قتل   مدني ", ["قتل", "مدني"]),
    ("قتلabc", ["قتل", "abc"]),
    ("publicعاجل", ["public", "عاجل"]),
]


@pytest.mark.parametrize(("folded", "expected"), WORDS)
def test_words(folded: str, expected: list[str]) -> None:
    assert tokens(folded) == expected


SENTENCES = [
    ("قتل مدني. وجرح آخر", ["قتل مدني.", "وجرح آخر"]),
    ("قتل مدني.وجرح آخر", ["قتل مدني.", "وجرح آخر"]),  # newspapers often leave out the space
    ("عنوان\nنص", ["عنوان", "نص"]),
    ("نسبة 3.5 في المئة", ["نسبة 3.5 في المئة"]),
    ("قالت أ.ف.ب إن القصف توقف", ["قالت أ.ف.ب إن القصف توقف"]),
    ("من قتل؟ لا أحد يعرف!", ["من قتل؟", "لا أحد يعرف!"]),
    ("...", ["."] * 3),
    ("   ", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in tokenise(Folded(text, text, [], []), load_lexicon()).sentences] == expected


def test_has_arabic() -> None:
    assert has_arabic("SANA: قصف")
    assert has_arabic("ﻣﺪﻧﻲ")
    assert not has_arabic("Three civilians were killed. 123 ،؟")
    assert not has_arabic("")
