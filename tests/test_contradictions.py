"""Contradictions: the sums of a report, and what is no contradiction."""

from __future__ import annotations

from typing import Any

import pytest
from factories import gap, reading

from sijill.claims.contradictions import find_contradictions
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
