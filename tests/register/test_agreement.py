"""Where reviewers agree: last words, disputes, and kappa against worked examples."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from told import report

from sijill.records import Judgement
from sijill.register.agreement import agreements, disputed, last_words, signers
from sijill.register.register import Register


def said(id: str, by: str, decision: str, claim: str = "fig-a", other: str | None = None, **given: object) -> Judgement:
    return Judgement(id=id, by=by, decision=decision, claim=claim, other=other, at=f"2022-03-02T10:00:{int(id):02}Z", **given)  # type: ignore[arg-type]


def test_the_last_word_of_each_counts_and_what_was_taken_back_does_not() -> None:
    row = [
        said("1", "hadi", "accept"),
        said("2", "amal", "reject"),
        said("3", "hadi", "reject"),
        said("4", "amal", "reject", undoes="2"),
    ]
    assert {by: word.id for by, word in last_words(row)[("fig-a",)].items()} == {"hadi": "3"}


def test_a_dispute_is_over_when_one_gives_in() -> None:
    row = [said("1", "hadi", "accept"), said("2", "amal", "reject")]
    assert [(d.subject, [w.by for w in d.words]) for d in disputed(row)] == [(("fig-a",), ["hadi", "amal"])]
    assert disputed([*row, said("3", "hadi", "reject")]) == []


@pytest.mark.parametrize(("value", "count"), [(4, 0), (5, 1)])
def test_two_corrections_agree_when_they_set_the_same(value: int, count: int) -> None:
    row = [said("1", "hadi", "edit", field="value", value=4), said("2", "amal", "edit", field="value", value=value)]
    assert len(disputed(row)) == count


def test_the_order_of_a_pair_does_not_matter() -> None:
    row = [said("1", "hadi", "same", "eve-a", "eve-b"), said("2", "amal", "different", "eve-b", "eve-a")]
    assert [d.subject for d in disputed(row)] == [("eve-a", "eve-b")]


def test_kappa_as_worked_by_hand() -> None:
    """Of 50 claims both accept 20 and both reject 15; hadi alone accepts 5, amal alone 10: p = .7, e = .5, kappa = .4."""
    said_of = [("accept", "accept")] * 20 + [("accept", "reject")] * 5 + [("reject", "accept")] * 10 + [("reject", "reject")] * 15
    row = [
        Judgement(id=f"{by}{n}", by=by, decision=word, claim=f"fig-{n}", at="2022-03-02T10:00:00Z")  # type: ignore[arg-type]
        for n, words in enumerate(said_of)
        for by, word in zip(("hadi", "amal"), words, strict=True)
    ]
    (found,) = agreements(row)
    assert found == ("amal", "hadi", 50, 35, 0.4)


def test_kappa_of_two_who_always_say_the_same_is_not_known() -> None:
    (found,) = agreements([said("1", "hadi", "accept"), said("2", "amal", "accept")])
    assert (found.both, found.same, found.kappa) == (1, 1, None)
    assert agreements([said("1", "hadi", "accept")]) == []


# --- signatures ------------------------------------------------------------------------------------------------------


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register(str(tmp_path / "r.db"), by="amal", clock=lambda: datetime(2022, 3, 6, 9, 0, tzinfo=UTC)) as made:
        made.add_reports([report("قتل ثلاثة مدنيين اليوم الثلاثاء في قصف مدفعي على بلدة سرمين في ريف إدلب.", "2022-03-01", "A")])
        yield made


def signed(register: Register) -> list[str]:
    return signers(register.store.incidents().incidents[0], last_words(register.store.judgements()))


def test_an_incident_is_signed_by_accepting_all_that_it_rests_on(register: Register) -> None:
    (incident,) = register.store.incidents().incidents
    assert signed(register) == []
    register.judge("accept", incident.events[0], by="hadi")
    assert signed(register) == [], "its number is not accepted yet"
    said = register.judge("accept", incident.id, by="amal")
    assert len(said) == 2
    assert signed(register) == ["amal"]
    register.judge("accept", incident.id, by="hadi")
    assert signed(register) == ["amal", "hadi"]
    register.undo(said[0].id, by="amal")
    assert signed(register) == ["hadi"], "a signature is taken back as a whole"


def test_a_new_report_lapses_signatures(register: Register) -> None:
    register.judge("accept", register.store.incidents().incidents[0].id, by="amal")
    again = report("أوقع قصف مدفعي على بلدة سرمين بريف إدلب ثلاثة قتلى مدنيين اليوم الثلاثاء، كما قال مراسلنا.", "2022-03-01", "B")
    register.add_reports([again])
    (incident,) = register.store.incidents().incidents
    assert len(incident.reports) == 2
    assert signed(register) == []


def test_who_corrected_a_claim_answers_for_it_too(register: Register) -> None:
    (incident,) = register.store.incidents().incidents
    figure = next(use.claim for f in incident.figures for use in f.uses)
    register.judge("accept", incident.events[0], by="amal")
    register.judge("edit", figure, field="value", value=4, by="amal")
    assert signed(register) == ["amal"]
    register.judge("reject", figure, by="hadi")
    register.judge("accept", figure, by="hadi")
    assert signed(register) == ["amal"], "hadi accepted the number alone"
