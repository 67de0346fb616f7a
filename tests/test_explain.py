"""Why a text was read so: words, lexicon lines, rules and what came of them."""

from importlib.resources import files

import pytest

from sijill.errors import InputError
from sijill.explain import explain_item, explain_offset
from sijill.export.explanation import render_explanation, render_item
from sijill.records import Report, to_json

TEXT = "قُتل ثلاثة مدنيين في قصف مدفعي على مدينة إدلب.\nوأصيب 4 آخرون يوم 5 آذار 2022."
REPORT = Report.of(TEXT, id="a")


def at(quote: str) -> int:
    return TEXT.index(quote)


def test_words_come_with_the_lines_of_the_lexicon() -> None:
    found = explain_offset(REPORT, at("ثلاثة"))
    assert found.sentence.quote == "قُتل ثلاثة مدنيين في قصف مدفعي على مدينة إدلب."
    word = found.words[0]
    assert word.quote == "ثلاثة"
    file, line = word.origins[0].split(":")
    row = (files("sijill") / "data" / file).read_text(encoding="utf-8").split("\n")[int(line) - 1]
    assert "ثلاثة" in row


def test_clitics_are_words_of_their_own() -> None:
    found = explain_offset(REPORT, at("وأصيب"))
    assert (found.words[0].quote, found.words[0].start, found.words[0].end) == ("و", at("وأصيب"), at("وأصيب") + 1)


def test_rules_come_with_their_file_and_line() -> None:
    found = explain_offset(REPORT, at("قُتل"))
    match = next(m for m in found.rules if m.stage == "figure" and m.used)
    file, line = match.origin.split(":")
    assert (files("sijill") / "data" / file).read_text(encoding="utf-8").split("\n")[int(line) - 1] == "[[rule]]"
    assert match.quote.startswith("قُتل ثلاثة مدنيين")
    assert "مدنيين" in match.parts["group"]


def test_uses_name_the_claims() -> None:
    assert {use.id for use in explain_offset(REPORT, at("قُتل")).uses} >= {"f1"}
    assert {use.kind for use in explain_offset(REPORT, at("إدلب")).uses} >= {"place"}


def test_merged_words_say_what_they_mean() -> None:
    assert any("value 3" in m.meaning for m in explain_offset(REPORT, at("ثلاثة")).merged)
    assert any("2022-03-05" in m.meaning for m in explain_offset(REPORT, at("آذار")).merged)


def test_between_words_there_is_nothing() -> None:
    found = explain_offset(REPORT, at(" ثلاثة"))
    assert found.words == []
    assert "between words" in render_explanation(found)


@pytest.mark.parametrize("offset", [-1, len(TEXT), 10**9])
def test_offsets_outside_the_text(offset: int) -> None:
    with pytest.raises(InputError, match="outside the text"):
        explain_offset(REPORT, offset)


def test_every_code_point_has_an_explanation() -> None:
    for offset in range(len(TEXT)):
        found = explain_offset(REPORT, offset)
        assert all(word.start <= offset < word.end for word in found.words)
        assert render_explanation(found, width=40)
        assert to_json(found)


def test_an_item_has_its_evidence() -> None:
    found = explain_item(REPORT, "f1")
    assert found.says == "killed 3 (exact)"
    quotes = {reason.what: reason.quote for reason in found.evidence}
    assert quotes["effect"] == "قُتل"
    assert quotes["number"] == "ثلاثة"
    assert any(reason.origin for reason in found.evidence)
    assert "rules/figures.toml" in render_item(found)


def test_every_item_can_be_explained() -> None:
    for id in ("f1", "f2", "e1", "p1"):
        found = explain_item(REPORT, id)
        assert found.evidence
        assert all(TEXT[r.start : r.end] == r.quote for r in found.evidence)
        assert render_item(found, width=30)


def test_a_place_has_its_candidates() -> None:
    report = Report.of("قصف على مدينة الحسكة ومدينة إدلب", id="a")
    found = [explain_item(report, id) for id in ("p1", "p2")]
    assert any(place.candidates for place in found)
    shown = render_item(next(place for place in found if place.candidates))
    assert "CANDIDATES" in shown


def test_an_unknown_item_says_which_there_are() -> None:
    with pytest.raises(InputError, match="f1 to f2"):
        explain_item(REPORT, "f99")
