"""Search: Arabic spellings, prefixes, phrases, OR and minus; the same answers in the same order on both databases."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from store_factories import a_report, an_original, filled, put

from sijill.errors import StoreError
from sijill.store import ReportFilter, Store
from sijill.store.words import MAX_TERMS, marked, parse, shadow, variants, words
from sijill.text import fold

# What is asked for, a text that holds it, and the words that are marked in it.
FOUND = [
    ("مدنيين", "قُتل ثلاثة مدنيين", ["مدنيين"]),
    ("مدنيين", "سقط عدد من المدنيّين", ["المدنيّين"]),
    ("مدنيين", "ممرات للمدنيين", ["للمدنيين"]),
    ("المدنيين", "قتلت ثلاثة مدنيين", ["مدنيين"]),
    ("والمدنيين", "خروج مدنيين", ["مدنيين"]),
    ("إدلب", "في ريف ادلب", ["ادلب"]),
    ("ادلب", "غارات بإدلب وأخرى لإدلب", ["بإدلب", "لإدلب"]),
    ("الحسكه", "سجن في الحسكة", ["الحسكة"]),
    ("حسكة", "بالحسكة", ["بالحسكة"]),
    ("قتل", "فقُتِلَ مدني", ["فقُتِلَ"]),
    ("قُتِلَ", "وقتل مدني", ["وقتل"]),
    ("قـتـل", "قتل مدني", ["قتل"]),
    ("يقصف", "وسيقصف الطيران", ["وسيقصف"]),
    ("استشهد", "اســ*ـتشهد شاب", ["اســ*ـتشهد"]),
    ("داعش", "د ا ع ش تنسحب", ["د ا ع ش"]),
    ("23", "أصيب ٢٣ شخصا", ["٢٣"]),
    ("۲۳", "أصيب 23 شخصا", ["23"]),
    ("1200", "نزح ١٬٢٠٠ شخص", ["١٬٢٠٠"]),
    ("1,200", "نزح 1200 شخص", ["1200"]),
    ("reuters", "قالت REUTERS اليوم", ["REUTERS"]),
    ("Kurdî", "بالخط kurdi̇ و Kurdi", ["kurdi̇", "Kurdi"]),
    ("كوردستان", "گوردستان", ["گوردستان"]),
    ("قصف غارة", "غارة ثم قصف", ["غارة", "قصف"]),
    ("قصف OR غارة", "غارة على قرية", ["غارة"]),
    ("قصف | غارة", "قصف قرية", ["قصف"]),
    ("قصف -سوق", "قصف قرية", ["قصف"]),
    ('"قوات النظام"', "وقوات النظام قصفت", ["وقوات النظام"]),
    ("«قوات النظام»", "لقوّات النّظام", ["لقوّات النّظام"]),
    ('"قوات النظام" OR الجيش', "انسحب الجيش", ["الجيش"]),
    ('قصف -"وقف إطلاق النار"', "قصف بعد وقف المعارك", ["قصف"]),
    ("2022-01-20", "يوم ٢٠٢٢/٠١/٢٠ صباحا", ["٢٠٢٢/٠١/٢٠"]),
    ('"قصف', "قصف قرية", ["قصف"]),
    ("المانيا", "في ألمانيا", ["ألمانيا"]),
    ("ألمانيا", "وزيرة بألمانيا", ["بألمانيا"]),
]
NOT_FOUND = [
    ("عيد", "يعيد البناء"),
    ("لد", "ولد صغير"),
    ("والي", "ذهب إلى السوق"),
    ("قتل", "مقتل شخص"),
    ("مدني", "ثلاثة مدنيين"),
    ("قصف غارة", "قصف قرية"),
    ("قصف -قرية", "قصف القرية"),
    ('"قوات النظام"', "النظام وقوات أخرى"),
    ('"قوات النظام"', "قوات من النظام"),
    ('"قوات نظام"', "قوات النظام"),
    ('"وات النظام"', "قوات النظام"),
    ('قصف -"قوات النظام"', "قصف لقوات النظام"),
    ("OR", "قصف قرية"),
    ("!!! ( ) -", "قصف قرية"),
    ("", "قصف قرية"),
    ("1,200", "1 ثم 200"),
]


@pytest.mark.parametrize(("query", "text", "marks"), FOUND)
def test_finds_and_marks(query: str, text: str, marks: list[str]) -> None:
    assert [text[start:end] for start, end in marked(text, parse(query))] == marks


def test_every_row_of_the_tables_on_both_databases(store: Store) -> None:
    texts = list(dict.fromkeys([*(row[1] for row in FOUND), *(row[1] for row in NOT_FOUND)]))
    with store.writing() as batch:
        for text in texts:
            put(batch, text)
    for query, text, marks in FOUND:
        hits = {hit.report.text: hit.spans for hit in store.search(query, limit=1000).hits}
        assert text in hits, query
        assert [text[span.start : span.end] for span in hits[text]] == marks
    for query, text in NOT_FOUND:
        assert text not in {hit.report.text for hit in store.search(query, limit=1000).hits}, query


def test_the_newest_comes_first_and_those_without_a_day_last(store: Store) -> None:
    with store.writing() as batch:
        for text, day in (("قصف أول", "2022-01-02"), ("قصف ثان", None), ("قصف ثالث", "2022-03-01T09:00Z"), ("قصف رابع", "2022-01-02")):
            put(batch, text, published=day)
    found = [hit.report for hit in store.search("قصف").hits]
    same_day = sorted((a_report("قصف أول").sha256, a_report("قصف رابع").sha256))
    assert [r.sha256 for r in found] == [a_report("قصف ثالث").sha256, *same_day, a_report("قصف ثان").sha256]


def test_pages_hold_everything_once(store: Store) -> None:
    shas = filled(store, *(f"قصف قرية رقم {n}" for n in range(1, 12)))
    found, after = list[str](), None
    while True:
        page = store.search("قصف", limit=3, after=after)
        found += [hit.report.sha256 for hit in page.hits]
        after = page.next
        if after is None:
            break
        assert len(page.hits) == 3
    assert found == shas[::-1]
    assert store.count_hits("قصف") == 11
    assert store.search("قصف", limit=0).hits == []
    for wrong in ("", "x", "!", "WzFd", page.next or "W10"):
        with pytest.raises(StoreError, match="begin at its start"):
            store.search("قصف", after=wrong)


def test_filters(store: Store) -> None:
    with store.writing() as batch:
        put(batch, "قصف أول", published="2022-01-02", outlet="عنب بلدي")
        put(batch, "قصف ثان", published="2022-01-03", outlet="سانا")
        put(batch, "قصف ثالث")
        batch.add(a_report("قصف ثان", outlet="الوطن"), an_original(b"x", "b"), b"x")  # a reprint

    def found(query: str | None = "قصف", **where: str) -> list[str]:
        return [hit.report.text for hit in store.search(query, ReportFilter(**where)).hits]

    assert found(since="2022-01-03") == ["قصف ثان"]
    assert found(until="2022-01-02") == ["قصف أول"]
    assert found(since="2022-01-02", until="2022-01-03") == ["قصف ثان", "قصف أول"]
    assert found(outlet="عَنَب بلدى") == ["قصف أول"]
    assert found(outlet="وطن") == found(outlet="سانا") == ["قصف ثان"]
    assert found(None) == ["قصف ثان", "قصف أول", "قصف ثالث"]
    assert found(language="ar") == []
    assert store.count_hits(None, ReportFilter(outlet="سانا")) == 1


def test_the_index_can_be_made_anew(store: Store) -> None:
    filled(store, "قصف قرية", "غارة على سوق")
    with store.writing() as batch:
        batch.rebuild_search()
        put(batch, "قصف سوق")
    assert [hit.report.text for hit in store.search("سوق").hits] == ["غارة على سوق", "قصف سوق"]
    assert [hit.report.text for hit in store.search("قرية").hits] == ["قصف قرية"]
    assert store.verify().ok


def test_very_long_words_and_texts(store: Store) -> None:
    long = "م" * 5000
    many = " ".join(f"كلمة{n}ا" for n in range(60_000))
    filled(store, f"قصف {long}", f"قصف {many}")
    assert store.count_hits(long) == store.count_hits(f'"قصف {long}"') == 1
    assert store.count_hits('"59999 ا"') == store.count_hits("59999 قصف") == 1
    assert store.count_hits(" ".join(["قصف"] * 5000)) == 2


# --- any query at all ------------------------------------------------------------------------------------------------

SCRAPS = st.lists(
    st.one_of(
        st.sampled_from(
            ['"', "-", "OR", "|", "(", ")", "*", "NEAR", "AND", "NOT", "^", ":", "'", "\\", "%", "\0", "«", "»", "قصف", "والمدنيين", "23"]
        ),
        st.text(max_size=6),
    ),
    max_size=12,
)


@given(SCRAPS, st.booleans())
@example(["-"] * 12, True)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_is_a_wrong_query(store: Store, scraps: list[str], spaced: bool) -> None:
    text = "قصف «سوق» 23 (أ) OR ب"
    if not store.count().reports:
        filled(store, text, "قتل ثلاثة من المدنيين")
    query = (" " if spaced else "").join(scraps)
    hits = store.search(query).hits
    assert len(hits) == store.count_hits(query)
    assert bool(parse(query)) or not hits
    for hit in hits:
        assert all(0 <= span.start < span.end <= len(hit.report.text) for span in hit.spans)
        assert [span.start for span in hit.spans] == sorted(span.start for span in hit.spans)


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_words_hold_letters_and_digits_only(text: str) -> None:
    for word in words(fold(text).text):
        assert word.text.isalnum()
        assert len(word.text) <= 64
    assert re.fullmatch(r" (?:\w+ )*(?: )?", shadow(text))


@given(st.text(alphabet="وفبلكسالمنيتةأإى ", min_size=1, max_size=30))
@example("أ أ أ")
@settings(max_examples=300, deadline=None)
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    """What stands there is always marked, however it may be taken apart."""
    for word in words(fold(text).text):
        assert word.text in variants(word.text)
        assert marked(text, parse(f'"{text[slice(*fold(text).span(word.start, word.end))]}"'))


def test_long_queries_are_cut() -> None:
    assert sum(map(len, parse(" OR ".join(f"كلمة{n}" for n in range(500))).groups)) == MAX_TERMS


# --- both the same ---------------------------------------------------------------------------------------------------


def test_both_databases_give_the_same_answers_in_the_same_order(pair: tuple[Store, Store]) -> None:
    chance = random.Random(7)
    vocabulary = (
        "قصف قصفت غارة سوق قرية القرية بالقرية والقرية المدنيين مدنيين للمدنيين وقتل قتل ٢٣ 23 1,200 في على من sohr SOHR été Ete".split()
    )
    day = date(2022, 1, 1)
    reports = [
        (" ".join(chance.choices(vocabulary, k=chance.randint(1, 12))), (day + timedelta(chance.randint(0, 9))).isoformat())
        for _ in range(300)
    ]
    for store in pair:
        with store.writing() as batch:
            for text, published in reports:
                put(batch, text, published=published)
    for _ in range(150):
        asked = chance.choices([*vocabulary, "OR"], k=chance.randint(1, 4))
        query = " ".join(f"-{word}" if chance.random() < 0.15 else word for word in asked)
        if chance.random() < 0.4:
            query = f'"{query}"' if chance.random() < 0.5 else f'{chance.choice(vocabulary)} "{query}"'
        one, other = (store.search(query, limit=500) for store in pair)
        assert one == other, query
        assert pair[0].count_hits(query) == len(one.hits) == pair[1].count_hits(query)
