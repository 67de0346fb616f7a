"""Which tellings become one incident: terms, vetoes, blocks, clusters, reviewers' words, ids that stay, parts of a sequence."""

from __future__ import annotations

import itertools
import random

import pytest
from told import DARAA, IDLIB, IDLIB_COUNTRYSIDE, NAYRAB, SARMIN, day, groups, judgement, telling

from sijill.errors import DataError
from sijill.link import incidents_of_reports, link
from sijill.link.blocks import candidate_pairs, keys_of
from sijill.link.cluster import cluster
from sijill.link.compare import compare, outcomes
from sijill.link.tellings import Telling, days_of
from sijill.link.weights import load_weights, read_weights
from sijill.records import Pair

STRIKE = telling("a", "2022-03-01", SARMIN, agents=frozenset({"russia"}), killed=(3, 3))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (telling("b", "2022-03-01", SARMIN), {"day": "same", "place": "same spot", "kind": "same"}),
        (telling("b", "2022-03-02", NAYRAB), {"day": "next", "place": "within 5 km", "kind": "same"}),
        (telling("b", "2022-03-04", IDLIB), {"day": "within 3", "place": "within 15 km", "kind": "same"}),
        (telling("b", "2022-03-09", DARAA), {"day": "apart", "place": "apart", "kind": "same"}),
        (telling("b", "2022-03-01", IDLIB_COUNTRYSIDE, kind="shelling"), {"day": "same", "place": "inside", "kind": "kin"}),
        (telling("b", "2022-03-01", kind="protest"), {"day": "same", "kind": "different"}),
        (telling("b", None, kind="protest"), {"kind": "different"}),
        (telling("b", killed=(3, 5), agents=frozenset({"russia"})), {"day": "same", "kind": "same", "doer": "shared", "killed": "same"}),
        (
            telling("b", killed=(9, 9), agents=frozenset({"israel"})),
            {"day": "same", "kind": "same", "doer": "different", "killed": "different"},
        ),
        (telling("b", report="report of a"), {"day": "same", "kind": "same", "told": "apart in one report"}),
        (telling("b", family="report of a"), {"day": "same", "kind": "same", "told": "in the same words"}),
    ],
)
def test_outcomes(other: Telling, expected: dict[str, str]) -> None:
    assert outcomes(STRIKE, other) == expected
    assert outcomes(other, STRIKE) == expected


def test_an_event_without_a_day_may_be_of_the_days_before_its_publication() -> None:
    news = Telling(claim="b", report="r", family="r", kind="air_strike", days=(day("2022-02-28"), day("2022-03-02")), sites=(SARMIN,))
    assert outcomes(STRIKE, news)["day"] == "may be the same"


@pytest.mark.parametrize(
    ("other", "veto"),
    [
        (telling("b", "2022-03-01", SARMIN), None),
        (telling("b", "2022-03-08", SARMIN), None),
        (telling("b", "2022-03-20", SARMIN), "the days are too far apart"),
        (telling("b", "2022-03-01", DARAA), "the places are too far apart"),
        (telling("b", "2022-03-01"), None),
    ],
)
def test_vetoes(other: Telling, veto: str | None) -> None:
    assert compare(STRIKE, other, load_weights()).veto == veto


def test_a_pair_shows_its_terms_and_they_add_up() -> None:
    pair = compare(STRIKE, telling("b", "2022-03-01", SARMIN, agents=frozenset({"russia"})), load_weights())
    assert [term.what for term in pair.terms] == ["day", "place", "kind", "doer"]
    assert pair.weight == pytest.approx(load_weights().prior + sum(term.weight for term in pair.terms), abs=0.01)


def test_the_order_of_a_pair_does_not_matter() -> None:
    other = telling("b", "2022-03-02", NAYRAB)
    assert compare(STRIKE, other, load_weights()) == compare(other, STRIKE, load_weights())


@pytest.mark.parametrize(
    ("other", "compared"),
    [
        (telling("b", "2022-03-02", SARMIN), True),
        (telling("b", "2022-03-02", NAYRAB), True),
        (telling("b", "2022-03-02", IDLIB_COUNTRYSIDE), True),
        (telling("b", "2022-03-02", DARAA), False),
        (telling("b", "2022-06-02", SARMIN), False),
        (telling("b", None, SARMIN), False),
    ],
)
def test_blocks(other: Telling, compared: bool) -> None:
    assert bool(set(keys_of(STRIKE)) & set(keys_of(other))) is compared
    assert bool(list(candidate_pairs([STRIKE, other]))) is compared


def test_average_linkage_does_not_chain() -> None:
    """Each strike of a row along a road is near the next; the first and the last are not one incident."""
    ids = [f"{n:02}" for n in range(12)]
    weights = {(a, b): 3.0 if int(b) - int(a) == 1 else -6.0 for a, b in itertools.combinations(ids, 2)}
    found = cluster(ids, [Pair(one=a, other=b, weight=w) for (a, b), w in weights.items()], link=0.0)
    assert max(map(len, found)) == 2


def test_what_cannot_be_one_is_never_joined() -> None:
    pairs = [Pair(one="a", other="b", weight=9.0), Pair(one="b", other="c", weight=9.0), Pair(one="a", other="c", weight=9.0, veto="far")]
    assert cluster("abc", pairs, link=0.0) == [["a", "b"], ["c"]]


def same_strike(claim: str, **given: object) -> Telling:
    return telling(claim, "2022-03-01", SARMIN, agents=frozenset({"russia"}), killed=(3, 3), **given)


def test_two_reports_of_one_strike_and_one_of_another() -> None:
    assert groups(link([same_strike("a"), same_strike("b"), telling("c", "2022-03-01", DARAA)])) == ["a b", "c"]


def test_the_order_of_reports_changes_no_group() -> None:
    row = (
        [same_strike(c) for c in "abcde"]
        + [telling(c, "2022-03-02", NAYRAB, kind="protest") for c in "fg"]
        + [telling("h", "2022-03-01", DARAA)]
    )
    expected = {frozenset(group.split()) for group in groups(link(row))}
    for seed in range(5):
        shuffled = random.Random(seed).sample(row, len(row))
        assert {frozenset(group.split()) for group in groups(link(shuffled))} == expected


# --- reviewers -------------------------------------------------------------------------------------------------------

A, B, C = same_strike("a"), same_strike("b"), telling("c", "2022-03-03", IDLIB, kind="protest")


@pytest.mark.parametrize(
    ("judgements", "expected"),
    [
        ([], ["a b", "c"]),
        ([judgement("1", "different", "a", "b")], ["a", "b", "c"]),
        ([judgement("1", "different", "b", "a")], ["a", "b", "c"]),
        ([judgement("1", "same", "a", "c")], ["a b c"]),
        ([judgement("1", "different", "a", "b"), judgement("2", "different", "a", "b", undoes="1")], ["a b", "c"]),
        ([judgement("1", "different", "a", "b"), judgement("2", "same", "a", "b")], ["a b", "c"]),
        ([judgement("1", "same", "a", "c"), judgement("2", "different", "b", "c")], ["a c", "b"]),
        ([judgement("1", "reject", "b")], ["a", "c"]),
        ([judgement("1", "unsure", "a", "b")], ["a b", "c"]),
    ],
)
def test_judgements_win(judgements: list[object], expected: list[str]) -> None:
    found = groups(link([A, B, C], judgements))  # type: ignore[arg-type]
    assert sorted(found) == sorted(expected)


# --- ids -------------------------------------------------------------------------------------------------------------


def known(linked: object) -> dict[str, str]:
    return {t.claim: id for id, group in linked.groups.items() for t in group}  # type: ignore[attr-defined]


def test_an_incident_keeps_its_id_when_reports_are_added() -> None:
    first = link([A])
    (id,) = first.groups
    assert list(link([A, B], known=known(first)).groups) == [id]
    assert list(link([B, A], known=known(first)).groups) == [id]


def test_a_split_leaves_the_id_with_the_larger_part() -> None:
    row = [same_strike(c) for c in "abc"]
    first = link(row)
    (id,) = first.groups
    apart = [judgement("1", "different", "a", "c"), judgement("2", "different", "b", "c")]
    after = link(row, apart, known=known(first))
    assert [t.claim for t in after.groups[id]] == ["a", "b"]
    assert len(after.groups) == 2


def test_a_merge_keeps_the_id_of_the_larger() -> None:
    row = [same_strike("a"), same_strike("b"), C]
    first = link(row)
    larger = next(id for id, group in first.groups.items() if len(group) == 2)
    after = link(row, [judgement("1", "same", "a", "c")], known=known(first))
    assert list(after.groups) == [larger]


# --- parts -----------------------------------------------------------------------------------------------------------


def sequence(report: str, *, follow: str = "surrender") -> list[Telling]:
    attack = telling(f"{report}1", "2022-03-01", SARMIN, kind="armed_assault", report=report, family=report, start=0)
    after = telling(f"{report}2", "2022-03-05", SARMIN, kind=follow, report=report, family=report, main=False, start=90)
    return [attack, after]


def test_what_follows_in_a_report_is_a_part() -> None:
    linked = link([*sequence("x"), *sequence("y")])
    whole, part = linked.groups
    assert groups(linked) == ["x1 y1", "x2 y2"]
    assert linked.parents == {part: whole}
    assert set(incidents_of_reports(linked).values()) == {whole}


@pytest.mark.parametrize(
    "beside",
    [
        telling("x2", "2022-03-05", DARAA, kind="surrender", report="x", main=False, start=90),
        telling("x2", "2022-04-20", SARMIN, kind="surrender", report="x", main=False, start=90),
        telling("x2", "2022-03-05", SARMIN, kind="protest", report="x", main=False, start=90),
        telling("x2", "2022-03-05", SARMIN, kind="surrender", report="x", main=False, background=True, start=90),
    ],
    ids=["elsewhere", "long after", "of another sort", "background"],
)
def test_what_is_no_part(beside: Telling) -> None:
    assert link([sequence("x")[0], beside]).parents == {}


def test_a_report_about_the_smaller_incident_alone_outvotes_a_mention() -> None:
    own = [telling(f"{r}1", "2022-03-05", SARMIN, kind="surrender", report=r, family=r) for r in "pq"]
    assert link([*sequence("x"), *own]).parents == {}


# --- days and weights ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2022-01-20", ("2022-01-20", "2022-01-20")),
        ("2022-01-20/2022-01-26", ("2022-01-20", "2022-01-26")),
        ("2022-02", ("2022-02-01", "2022-02-28")),
        ("2020", ("2020-01-01", "2020-12-31")),
        ("2022-01-20/..", ("2022-01-20", "2022-02-01")),
        ("../2022-01-20", ("2021-12-21", "2022-01-20")),
        ("2022-01-26/2022-01-20", None),
        ("2022-13-01", None),
        ("", None),
    ],
)
def test_days_of(edtf: str, expected: tuple[str, str] | None) -> None:
    assert days_of(edtf, until=day("2022-02-01")) == (expected and tuple(map(day, expected)))


def test_the_weights_say_what_one_expects() -> None:
    weights = load_weights()
    assert weights.bits("day", "same") > weights.bits("day", "next") > weights.bits("day", "apart")
    assert weights.bits("place", "same spot") > weights.bits("place", "within 15 km")
    assert weights.bits("kind", "same") > weights.bits("kind", "kin") > weights.bits("kind", "different")
    assert weights.bits("doer", "shared") > 0 > weights.bits("doer", "different")
    assert weights.bits("words", "most") > weights.bits("words", "hardly any")
    assert weights.bits("day", "no such outcome") == 0


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("[lines]\nprior = -4\n", "must give prior, link and review"),
        ("[lines]\nprior = -4\nlink = 0\nreview = 2\n", "must lie below"),
        ('[lines]\nprior = 0\nlink = 0\nreview = 0\n[m.day]\n"same" = 1.5\n', "between 0 and 1"),
        ('[lines]\nprior = 0\nlink = 0\nreview = 0\n[m.day]\n"same" = 0.5\n', "the same terms"),
        ("[lines\n", "not valid TOML"),
    ],
)
def test_a_file_of_weights_that_does_not_hold_together(content: str, problem: str) -> None:
    with pytest.raises(DataError, match=problem):
        read_weights("weights.toml", content)
