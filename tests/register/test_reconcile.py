"""Numbers of many reports: what stands, what gives way, low, best and high by each policy, tolls, contradictions; read from sentences."""

from __future__ import annotations

import pytest
from told import figure, report, resolved

from sijill.errors import DataError
from sijill.reconcile import POLICIES, reconcile
from sijill.reconcile.sides import load_sides, read_sides
from sijill.records import Incident, Report

STRIKE = "في قصف مدفعي لقوات النظام على بلدة سرمين في ريف إدلب"
SOHR = "قال المرصد السوري لحقوق الإنسان إن"


def told(number: str, *, by: str = "", when: str = "اليوم الثلاثاء") -> str:
    """A report of shelling in Sarmin that killed so many."""
    return f"{by} {number} قتلوا {when} {STRIKE}.".strip() if by else f"قتل {number} {when} {STRIKE}."


def one(*reports: Report, families: dict[str, str] | None = None, policy: str = "default") -> Incident:
    """The only incident of some reports."""
    found = resolved(reports, families, policy=policy)
    assert len(found) == 1, [(i.kind, i.first, i.reports) for i in found]
    return found[0]


def first(text: str, outlet: str = "A", *, day: str = "2022-03-01") -> Report:
    return report(text, day, outlet, id=outlet)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param([told("3 مدنيين")], "3–3–3", id="one report"),
        pytest.param([told("3 مدنيين"), told("3 مدنيين")], "3–3–3", id="two that agree"),
        pytest.param([told("3 مدنيين"), told("5 مدنيين")], "3–5–5", id="two that do not: the later of equals"),
        pytest.param([told("3 مدنيين"), told("3 مدنيين"), told("5 مدنيين")], "3–3–5", id="most families"),
        pytest.param([told("ما لا يقل عن 3 مدنيين")], "3–3–3", id="at least"),
        pytest.param([told("ما بين 3 و5 مدنيين")], "3–4–5", id="a range"),
        pytest.param([told("طفلان")], "2–2–2", id="children are civilians"),
        pytest.param([told("5 مدنيين بينهم طفلان")], "5–5–5", id="a subset is counted once"),
    ],
)
def test_civilians_killed(texts: list[str], expected: str) -> None:
    incident = one(*(first(f"{text}\nكتب مراسل {outlet} من المكان.", outlet) for text, outlet in zip(texts, "ABC", strict=False)))
    assert figure(incident, "killed", "civilian") == expected


def test_unknown_is_not_zero() -> None:
    incident = one(first(f"وقع قصف مدفعي لقوات النظام اليوم الثلاثاء {STRIKE.removeprefix('في قصف مدفعي لقوات النظام ')}."))
    assert incident.figures == []


def test_a_vague_word_counts_nobody_and_is_shown() -> None:
    incident = one(first(told("عشرات المدنيين")), first(told("3 مدنيين"), "B"))
    assert figure(incident, "killed", "civilian") == "3–3–3"
    (found,) = [f for f in incident.figures if f.effect == "killed"]
    assert [(u.used, u.why) for u in found.uses] == [(True, "the latest count of its source"), (False, "a vague word, which counts nobody")]


def test_a_reprint_adds_no_support() -> None:
    three, five, again = first(told("3 مدنيين")), first(told("5 مدنيين"), "B"), first(told("3 مدنيين") + " (متابعات)", "C")
    incident = one(three, five, again, families={"C": "A"})
    assert incident.families == 2
    assert figure(incident, "killed", "civilian") == "3–5–5"
    (found,) = [f for f in incident.figures if f.effect == "killed"]
    assert [u.why for u in found.uses if not u.used] == ["told again by a report of the same family"]


def test_the_same_source_revises_itself() -> None:
    early = first(told("3 مدنيين", by=SOHR))
    late = first(told("8 مدنيين", by=SOHR, when="أمس الثلاثاء"), "B", day="2022-03-02")
    incident = one(early, late)
    assert figure(incident, "killed", "civilian") == "8–8–8"
    (found,) = [f for f in incident.figures if f.effect == "killed"]
    assert [(u.best, u.used, u.why) for u in found.uses] == [
        (3, False, "the same source gave a later count"),
        (8, True, "the latest count of its source"),
    ]
    assert [(point.day, point.source, point.best) for point in incident.curve] == [("2022-03-01", "sohr", 3), ("2022-03-02", "sohr", 8)]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("default", "3–5–5"),
        ("ucdp", "3–3–5"),
        ("acled", "3–3–5"),
        ("official", "3–5–5"),
        ("source:sohr", "5–5–5"),
        ("source:reuters", "?–?–?"),
    ],
)
def test_policies(policy: str, expected: str) -> None:
    incident = one(first(told("3 مدنيين")), first(told("5 مدنيين", by=SOHR), "B"), policy=policy)
    assert figure(incident, "killed", "civilian") == expected
    assert {f.policy for f in incident.figures} == {policy}


def test_there_is_no_such_policy() -> None:
    with pytest.raises(ValueError, match="there is no policy 'guess'; one of default"):
        reconcile([], policy="guess")
    assert "default" in POLICIES


def test_both_sides_are_kept_apart() -> None:
    incident = one(first("قتل 4 من قوات النظام و6 من هيئة تحرير الشام اليوم الثلاثاء في اشتباكات على محور بلدة سرمين في ريف إدلب."))
    assert figure(incident, "killed", "combatant", "syrian_government") == "4–4–4"
    assert figure(incident, "killed", "combatant", "hts") == "6–6–6"


def test_sources_that_disagree_are_a_contradiction() -> None:
    incident = one(first(told("3 مدنيين", by=SOHR)), first(told("9 مدنيين", by="قال الدفاع المدني السوري إن"), "B"))
    (found,) = [c for c in incident.conflicts if c.kind == "sources_disagree"]
    assert found.difference == 6
    assert "3 according to Syrian Observatory" in found.note
    assert "9 بحسب" in found.note_ar
    assert len(found.claims) == 2


def test_bounds_are_given_their_due() -> None:
    incident = one(first(told("ما لا يقل عن 3 مدنيين", by=SOHR)), first(told("9 مدنيين"), "B"))
    assert [c for c in incident.conflicts if c.kind == "sources_disagree"] == []


def test_blame_that_disagrees() -> None:
    government = first("قتل 3 مدنيين اليوم الثلاثاء في قصف مدفعي لقوات النظام على بلدة سرمين في ريف إدلب.")
    turkey = first("قتل 3 مدنيين اليوم الثلاثاء في قصف مدفعي للقوات التركية على بلدة سرمين في ريف إدلب.", "B")
    (found,) = [c for c in one(government, turkey).conflicts if c.kind == "blame_disagrees"]
    assert "Syria" in found.note
    assert "Turk" in found.note


# --- sides -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "side"),
    [
        ("ypg", "sdf"),
        ("asayish_nes", "sdf"),
        ("sdf", "sdf"),
        ("sdf_media_center", "sdf"),
        ("islamic_state", "islamic_state"),
        ("nobody", "nobody"),
    ],
)
def test_sides(id: str, side: str) -> None:
    assert load_sides().of(id) == side


def test_a_file_of_sides_names_known_actors_once() -> None:
    with pytest.raises(DataError, match=r"sides.csv:2: no actor and no source has the id 'nobody'"):
        read_sides("sides.csv", "id,of,note\nnobody,sdf,", {"sdf": 1})
    with pytest.raises(DataError, match=r"sides.csv:3: 'ypg' has a row already"):
        read_sides("sides.csv", "id,of,note\nypg,sdf,\nypg,sdf,", {"sdf": 1, "ypg": 1})
