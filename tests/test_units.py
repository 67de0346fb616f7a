"""Units: the words of a text as rules see them, and what merging does to them."""

from __future__ import annotations

import pytest

from sijill.annotate.tokenise import tokenise
from sijill.annotate.unit import Chunk
from sijill.annotate.units import Units
from sijill.lexicon import LISTED, Lexicon, gather, load_lexicon
from sijill.names import load_names
from sijill.text import fold

TEXT = "قُتل ثلاثة مدنيين في «دير الزور». وأصيب ٤ آخرون بجروح، بحسب الدفاع المدني!\nانتهى"


@pytest.fixture(scope="module")
def units() -> Units:
    return tokenise(fold(TEXT), load_lexicon())


def test_units_stand_in_order_inside_the_text(units: Units) -> None:
    assert all(a.end <= b.start or (a.word == "ل" and a.end == b.start) for a, b in zip(units, list(units)[1:], strict=False))
    assert all(units.folded.text[u.start : u.end] == u.word for u in units if '"' not in u.word)


def test_every_unit_has_one_character(units: Units) -> None:
    assert len(units.row.chars) == len(units)
    assert [units.lexicon.tags(char) for char in units.row.chars] == [unit.entry.tags for unit in units]


def test_span_is_the_sources_own_words(units: Units) -> None:
    at = next(i for i, unit in enumerate(units) if unit.word == "دير الزور")
    start, end = units.row.span(at - 1, at + 2)
    assert TEXT[start:end] == "«دير الزور»"


def test_where_finds_what_has_a_class(units: Units) -> None:
    assert units.row.where("HARM_V", "COMMA") == [i for i, u in enumerate(units) if u.has("HARM_V") or u.has("COMMA")]
    assert units.row.where("HARM_V")


@pytest.mark.parametrize("tags", [(tag,) for tag in LISTED] + [("PLACE", "KIND"), ("ACTOR", "GENERIC", "SOURCE"), ("NL", "HARM_V")])
def test_what_is_listed_is_what_a_search_finds(tags: tuple[str, ...]) -> None:
    """Asked of the whole text, of a stretch that is all of it, and of what merging made of it."""
    text = "حلب – قالت وكالة الأنباء، بحسب مصدر أمني سوري:\nقتل جنديان آخران من الجيش في مدينة إدلب العاصمة يوم 5 آذار وتبنى التنظيم الهجوم"
    words = tokenise(fold(text), load_lexicon())
    for units in (words, words.merge([Chunk(3, 5, ("DATE",), None), Chunk(7, 9, ("PLACE",), None)])):
        everywhere = [i for i, unit in enumerate(units) if unit.has_any(tags)]
        assert units.row.where(*tags) == everywhere == units.row.where(*tags, last=len(units))


@pytest.mark.parametrize(("first", "last"), [(0, 99), (3, 9), (6, 7), (9, 9)])
def test_a_loop_over_marks_finds_where_something_may_start_as_a_search_does(first: int, last: int) -> None:
    lexicon = load_lexicon.__wrapped__()  # one of its own: who tries many rules one by one leaves no marks
    row = tokenise(fold("في 2014 قتل في قصف على المدينة وأصيب في عام 2015 مدني في"), lexicon).row
    leads = lexicon.leads(lexicon.chars_with("HARM_V"), lexicon.chars_with("IN"), lexicon.chars_with("D"))
    assert row._marked(leads, first, last) == row._searched(leads, first, last) == row.starts(leads, first, last)
    assert row._marked(leads, 0, 99) == [0, 2, 8]


def test_sets_for_which_no_mark_is_left_are_searched_for() -> None:
    lexicon = Lexicon(gather(()), load_names())
    chars = sorted(lexicon.all_chars())
    assert len(chars) > 62
    leads = [lexicon.leads(char) for char in chars]
    assert {one.free > 0 for one in leads} == {True, False}
    assert all(one.pattern.search(char) for one, char in zip(leads, chars, strict=True))


def test_sentences_cover_all_words(units: Units) -> None:
    ranges = units.sentence_units()
    assert len(ranges) == 3
    covered = {i for low, high in ranges for i in range(low, high)}
    assert all(units[i].has("STOP") for i in set(range(len(units))) - covered)
    assert [units.sentence_of(low) for low, _ in ranges] == [0, 1, 2]


def test_merge_puts_chunks_in_the_place_of_their_units(units: Units) -> None:
    merged = units.merge([Chunk(1, 3, ("GROUP",), "three civilians")])
    assert len(merged) == len(units) - 1
    assert (merged[1].word, merged[1].value) == ("ثلاثه مدنيين", "three civilians")
    assert merged[1].has("GROUP")
    assert not merged[1].has("PERSON")
    assert [u.word for u in merged][2:] == [u.word for u in units][3:]
    assert len(merged.row.chars) == len(merged)


def test_merge_leaves_out_what_overlaps(units: Units) -> None:
    merged = units.merge([Chunk(2, 4, ("DATE",), "second"), Chunk(1, 3, ("GROUP",), "first"), Chunk(1, 2, ("Q",), "shorter")])
    assert [u.value for u in merged if u.value] == ["first"]


def test_merge_changes_nothing_of_the_units_it_was_given(units: Units) -> None:
    before = list(units)
    units.merge([Chunk(0, 4, ("GROUP",), None)])
    assert list(units) == before


@pytest.mark.parametrize("text", ["", " ", "\n\n", "ـ", "؟", "...", "😀"])
def test_texts_of_next_to_nothing(text: str) -> None:
    found = tokenise(fold(text), load_lexicon())
    assert len(found.row.chars) == len(found)
    assert found.merge([]).row.chars == found.row.chars
    assert found.row.where("HARM_V") == []
