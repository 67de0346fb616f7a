"""Contradictions: the sums of a report, and what is no contradiction."""

from __future__ import annotations

from typing import Any

import pytest
from factories import gap, reading

from sijill.claims.contradictions import Told, find_contradictions
from sijill.records import Contradiction, FigureClaim


def figure(id: str, value: int | None, **given: Any) -> FigureClaim:
    defaults: dict[str, Any] = {"claim": id, "effect": "killed", "quote": "", "start": 0, "end": 0, "rule": "r", "event": "e1"}
    bounds = {} if value is None else {"min": value, "max": value}
    return FigureClaim(id=id, value=value, **{**defaults, **bounds, **given})


def found(*figures: FigureClaim) -> list[Contradiction]:
    return find_contradictions(list(figures))


# --- totals -----------------------------------------------------------------------------------------------------------


def test_a_total_that_is_not_the_sum_of_its_parts() -> None:
    parts = [figure(f"f{n}", value, role="part", of="f4") for n, value in enumerate((77, 40, 4), start=1)]
    (one,) = found(*parts, figure("f4", 114, role="total"))
    assert one.kind == "total_differs_from_parts"
    assert (one.sum, one.stated, one.difference) == (121, 114, 7)
    assert one.figures == ["f1", "f2", "f3", "f4"]
    assert one.note == "77 + 40 + 4 = 121; the report says 114"
    assert "77 + 40 + 4 = 121" in one.note_ar
    assert "114" in one.note_ar


def test_a_total_that_adds_up() -> None:
    assert found(figure("f1", 3, role="part", of="f3"), figure("f2", 4, role="part", of="f3"), figure("f3", 7, role="total")) == []


@pytest.mark.parametrize("bound", ["about", "at_least", "more_than"])
def test_a_total_with_a_loose_bound_is_given_its_due(bound: str) -> None:
    parts = [figure("f1", 3, role="part", of="f3"), figure("f2", 4, role="part", of="f3", bound=bound, max=None)]
    assert found(*parts, figure("f3", 9, role="total")) == []


def test_a_total_of_more_than_its_parts() -> None:
    parts = [figure("f1", 7, role="part", of="f3"), figure("f2", 16, role="part", of="f3", effect="injured")]
    total = figure("f3", 23, role="total", effect="killed_or_injured", bound="more_than", min=24, max=None)
    (one,) = found(*parts, total)
    assert (one.kind, one.note) == ("total_differs_from_parts", "7 + 16 = 23; the report says more than 23")


def test_an_unknown_part_makes_no_contradiction() -> None:
    parts = [figure("f1", 3, role="part", of="f3"), figure("f2", None, role="part", of="f3", bound="vague", vague_word="tens")]
    assert found(*parts, figure("f3", 9, role="total")) == []


# --- subsets ----------------------------------------------------------------------------------------------------------


def test_a_subset_larger_than_its_whole() -> None:
    (one,) = found(figure("f1", 4), figure("f2", 7, role="subset", of="f1"))
    assert (one.kind, one.figures, one.difference) == ("subset_exceeds_whole", ["f2", "f1"], 3)


def test_a_subset_within_its_whole() -> None:
    assert found(figure("f1", 7), figure("f2", 7, role="subset", of="f1")) == []
    assert found(figure("f1", 7, max=None, bound="at_least"), figure("f2", 9, role="subset", of="f1")) == []


# --- sources ----------------------------------------------------------------------------------------------------------


def test_sources_that_disagree() -> None:
    (one,) = found(figure("f1", 6, source="a"), figure("f2", 9, source="b"))
    assert (one.kind, one.figures, one.difference) == ("sources_disagree", ["f1", "f2"], 3)


AGREE = [
    (figure("f1", 6, source="a"), figure("f2", 6, source="b")),
    (figure("f1", 6, source="a"), figure("f2", 9, source="a")),
    (figure("f1", 6, source="a"), figure("f2", 9)),
    (figure("f1", 6, source="a", bound="at_least", max=None), figure("f2", 9, source="b")),
    (figure("f1", 6, source="a", bound="about", min=None, max=None), figure("f2", 9, source="b")),
    (figure("f1", 6, source="a"), figure("f2", 9, source="b", effect="injured")),
    (figure("f1", 6, source="a"), figure("f2", 9, source="b", event="e2")),
    (figure("f1", 6, source="a", status="civilian"), figure("f2", 9, source="b", status="combatant")),
    (figure("f1", 6, source="a", demographic=["children"]), figure("f2", 9, source="b")),
    (figure("f1", 6, source="a", role="subset", of="f2"), figure("f2", 9, source="b")),
    (figure("f1", None, source="a", bound="vague", vague_word="tens", min=20, max=99), figure("f2", 9, source="b")),
    (figure("f1", 8, source="a", bound="more_than", min=9, max=None), figure("f2", 9, source="b")),
]


@pytest.mark.parametrize(("one", "other"), AGREE)
def test_figures_that_can_both_hold(one: FigureClaim, other: FigureClaim) -> None:
    assert found(one, other) == []


def test_bounds_that_cannot_both_hold() -> None:
    assert [c.kind for c in found(figure("f1", 10, source="a", bound="at_least", max=None), figure("f2", 9, source="b"))] == [
        "sources_disagree"
    ]


NO_CROWD = [
    (figure("f1", 6, source="a", who="relatives"), figure("f2", 9, source="b")),
    (figure("f1", 6, source="a"), figure("f2", 60, source="b")),
    (figure("f1", 6, source="a", side="turkey"), figure("f2", 9, source="b", side="pkk")),
    (figure("f1", 6, source="a", cumulative=True), figure("f2", 9, source="b")),
    (figure("f1", 1, source="a"), figure("f2", 3, source="b")),
]


@pytest.mark.parametrize(("one", "other"), NO_CROWD)
def test_figures_that_are_not_of_one_crowd(one: FigureClaim, other: FigureClaim) -> None:
    assert found(one, other) == []


def test_an_unknown_status_is_no_other_crowd() -> None:
    assert [c.kind for c in found(figure("f1", 12, source="a"), figure("f2", 13, source="b", status="civilian", role="total"))] == [
        "sources_disagree"
    ]


def test_numbers_of_an_operation_do_not_contradict_each_other() -> None:
    told = {"f1": Told(0, incident=False), "f2": Told(1, incident=False)}
    assert find_contradictions([figure("f1", 6, source="a"), figure("f2", 9, source="b")], None, told) == []


# --- tolls that rose --------------------------------------------------------------------------------------------------


def revised(one: FigureClaim, other: FigureClaim, then: Told, now: Told) -> list[str]:
    return [c.kind for c in find_contradictions([one, other], None, {one.id: then, other.id: now})]


def test_a_toll_that_rose_replaces_the_one_told_before() -> None:
    assert revised(figure("f1", 41), figure("f2", 77), Told(0), Told(1, rose=True)) == ["earlier_figure_replaced"]
    assert revised(figure("f1", 41), figure("f2", 77), Told(0, earlier=True), Told(1)) == ["earlier_figure_replaced"]


def test_what_is_no_earlier_toll() -> None:
    assert revised(figure("f1", 41), figure("f2", 77), Told(0), Told(1)) == []
    assert revised(figure("f1", 15), figure("f2", 31), Told(1), Told(1, rose=True)) == []  # «ارتفع إلى 31 بعد انتشال 15 جثة»
    assert revised(figure("f1", 2), figure("f2", 31), Told(0), Told(1, rose=True)) == []
    assert revised(figure("f1", 80), figure("f2", 77), Told(0), Told(1, rose=True)) == []


# --- in whole reports -------------------------------------------------------------------------------------------------

DISAGREE = [
    "قتل خمسة مدنيين في قصف على بلدة النيرب وقتل أربعة جنود في اشتباكات قربها، لتكون الحصيلة عشرة قتلى.",
    "انفجرت سيارة مفخخة في مدينة أعزاز في 7 شباط 2021. وقالت وزارة الصحة إن التفجير أدى إلى مقتل ستة أشخاص."
    " وذكر المرصد السوري لحقوق الإنسان أن التفجير أدى إلى مقتل تسعة أشخاص.",
]

REPORTS = [
    (DISAGREE[0], ["total_differs_from_parts"]),
    (DISAGREE[1], ["sources_disagree"]),
    ("قتل خمسة مدنيين في قصف على بلدة النيرب وقتل أربعة جنود في اشتباكات قربها، لتكون الحصيلة تسعة قتلى.", []),
    (
        "انفجرت سيارة مفخخة في مدينة أعزاز. وقالت وزارة الصحة إن التفجير أدى إلى مقتل ستة أشخاص على الأقل."
        " وذكر المرصد السوري لحقوق الإنسان أن التفجير أدى إلى مقتل تسعة أشخاص.",
        [],
    ),
    (
        "أصيب 41 شخصاً في قصف على مدينة تعز صباح اليوم. وقالت وزارة الصحة إن عدد المصابين في القصف على مدينة تعز ارتفع إلى 77 مصاباً.",
        ["earlier_figure_replaced"],
    ),
    ("أصيب 41 شخصاً في قصف على مدينة تعز. وارتفع عدد المصابين في الاشتباكات بمدينة مأرب إلى 77 مصاباً.", []),
    (
        "انفجرت سيارة مفخخة في سوق بمدينة تعز وأوقعت أكثر من ثلاثة وعشرين بين قتيل وجريح. وذهب ضحية الانفجار سبعة قتلى وستة عشر جريحاً.",
        ["total_differs_from_parts"],
    ),
    ("قُتل 60 شخصاً في معارك مدينة سرت، منهم 30 من حراس الميناء و20 مقاتلاً و14 مدنياً.", ["total_differs_from_parts"]),
    ("قُتل 60 شخصاً في معارك مدينة سرت، منهم 30 من حراس الميناء و20 مقاتلاً و7 مدنيين.", []),
    ("قُتل 60 شخصاً في قصف على مدينة سرت، منهم 40 مدنياً و13 طفلاً و10 نساء.", []),
    ("قُتل 60 شخصاً على الأقل في معارك مدينة سرت، منهم 30 من حراس الميناء و20 مقاتلاً و14 مدنياً.", []),
    ("قُتل 31 شخصاً في معارك مدينة سرت، هم 17 من حراس الميناء و9 مقاتلين و3 مدنيين.", ["total_differs_from_parts"]),
    ("قُتل 31 شخصاً في معارك مدينة سرت، هم 9 مقاتلين و3 مدنيين وغيرهم.", []),
    # an earlier toll, in one breath or told as such
    ("ارتفعت حصيلة ضحايا التفجير في مدينة كابول من 12 إلى 19 قتيلاً.", ["earlier_figure_replaced"]),
    ("وخفضت السلطات حصيلة قتلى التفجير في مدينة بيروت من 43 إلى 37.", ["earlier_figure_replaced"]),
    ("انفجرت عبوة ناسفة في مدينة بغداد وقتلت 19 شخصاً، وكانت الحصيلة السابقة تشير إلى 12 قتيلاً.", ["earlier_figure_replaced"]),
    ("أفادت حصيلة سابقة بسقوط 12 قتيلاً في تفجير بمدينة بغداد، قبل أن يرتفع العدد إلى 19 قتيلاً.", ["earlier_figure_replaced"]),
    ("أعلنت الشرطة في وقت سابق مقتل 12 شخصاً وإصابة 19 في تفجير بمدينة بغداد.", []),
    gap(
        "a subset larger than its whole loses the role of a subset before it is compared",
        "قتل أربعة مدنيين بينهم سبعة أطفال في قصف لقوات النظام على مدينة أريحا.",
        ["subset_exceeds_whole"],
    ),
]


@pytest.mark.parametrize(("text", "kinds"), REPORTS)
def test_contradictions_of_a_report(text: str, kinds: list[str]) -> None:
    assert [c.kind for c in reading(text).contradictions] == kinds


def test_every_contradiction_shows_its_sums_in_both_languages() -> None:
    (total,) = reading(DISAGREE[0]).contradictions
    (sources,) = reading(DISAGREE[1]).contradictions
    for one in (total, sources):
        assert any(c.isdigit() for c in one.note)
        assert any(c.isdigit() for c in one.note_ar)
        assert "\n" not in one.note + one.note_ar
