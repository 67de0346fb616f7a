"""The sweep over tellings gives the chains that comparing every two would give, each as soon as its days are over; long ones are cut."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Sequence
from datetime import date

import pytest
from msgspec import structs
from told import DARAA, IDLIB, IDLIB_COUNTRYSIDE, NAYRAB, SARMIN, telling

from sijill.link import chains, packed, sweep_order, unpacked
from sijill.link.blocks import keys_of
from sijill.link.chains import Tie, cut, find_chains, strongest
from sijill.link.compare import outcomes, veto, weigh
from sijill.link.tellings import Telling
from sijill.link.weights import load_weights

WEIGHTS = load_weights()
Pairs = list[tuple[str, str]]


def by_every_pair(row: Sequence[Telling], same: Pairs) -> set[frozenset[str]]:
    """Components the slow way."""
    found = [{t.claim} for t in row]

    def tie(one: str, other: str) -> None:
        a, b = (next(c for c in found if claim in c) for claim in (one, other))
        if a is not b:
            found.remove(b)
            a |= b

    for one, other in itertools.combinations(row, 2):
        if set(keys_of(one)) & set(keys_of(other)) and weigh(one, other, WEIGHTS) >= WEIGHTS.link and not veto(one, other):
            tie(one.claim, other.claim)
    claims = {t.claim for t in row}
    for one, other in same:
        if {one, other} <= claims:
            tie(one, other)
    return {frozenset(component) for component in found}


def by_sweep(row: Iterable[Telling], same: Pairs) -> set[frozenset[str]]:
    return {frozenset(t.claim for t in chain.tellings) for chain in find_chains(sorted(row, key=sweep_order), WEIGHTS, same)}


def some_tellings(chance: random.Random, count: int) -> list[Telling]:
    sites = [(), (SARMIN,), (NAYRAB,), (IDLIB,), (DARAA,), (IDLIB_COUNTRYSIDE,), (SARMIN, NAYRAB)]
    start = date(2022, 3, 1).toordinal()
    row = []
    for n in range(count):
        on = None if chance.random() < 0.1 else date.fromordinal(start + chance.randint(0, 30)).isoformat()
        kind = chance.choice(["air_strike", "shelling", "protest"])
        row.append(telling(f"e{n:02}", on, *chance.choice(sites), kind=kind, report=f"r{n // 2}"))
    return row


@pytest.mark.parametrize("seed", range(25))
def test_the_sweep_finds_what_comparing_every_two_finds(seed: int) -> None:
    chance = random.Random(seed)
    row = some_tellings(chance, 60)
    claims = [t.claim for t in row]
    same = [(chance.choice(claims), chance.choice([*claims, "no such"])) for _ in range(chance.randint(0, 6))]
    assert by_sweep(row, same) == by_every_pair(row, same)


def test_a_chain_is_given_back_when_its_days_are_over() -> None:
    days = ("2022-03-01", "2022-03-02", "2022-05-01", "2022-07-01")
    given: list[str] = []

    def arriving() -> Iterable[Telling]:
        for claim, on in zip("abcd", days, strict=True):
            yield telling(claim, on, SARMIN)
            given.append(f"{claim} taken")

    for chain in find_chains(arriving(), WEIGHTS):
        given.append(" ".join(t.claim for t in chain.tellings))
    assert given == ["a taken", "b taken", "a b", "c taken", "c", "d taken", "d"]


def test_what_a_reviewer_tied_waits_for_the_other() -> None:
    row = [telling(claim, on, SARMIN) for claim, on in zip("abc", ("2022-03-01", "2022-05-01", "2022-07-01"), strict=True)]
    assert [[t.claim for t in chain.tellings] for chain in find_chains(row, WEIGHTS, [("c", "a")])] == [["b"], ["a", "c"]]


def test_what_comes_too_late_is_refused() -> None:
    row = [telling("a", "2022-05-01", SARMIN), telling("b", "2022-03-01", SARMIN)]
    with pytest.raises(ValueError, match="b comes too late"):
        list(find_chains(row, WEIGHTS))


@pytest.mark.parametrize("seed", range(3))
def test_tellings_are_kept_as_they_are(seed: int) -> None:
    for one in some_tellings(random.Random(seed), 20):
        assert unpacked(packed(one)) == one


# --- cut -------------------------------------------------------------------------------------------------------------


def row_of(weights: Sequence[float]) -> tuple[list[str], list[Tie]]:
    """A chain a–b–c… with ties of some weights."""
    claims = [chr(ord("a") + n) for n in range(len(weights) + 1)]
    return claims, [Tie(one, other, weight) for one, other, weight in zip(claims, claims[1:], weights, strict=False)]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([1.0, 1.0], "abc"),  # few enough
        ([2.0, 0.1, 2.0], "ab cd"),
        ([2.0, 0.1, 2.0, 0.6, 2.0], "ab cd ef"),  # what is left after the first cut is still too much
        ([9.0, 9.0, 9.0, 0.1], "abcd e"),  # one incident that many tell stays whole
        ([0.1, 0.1, 0.1], "a b c d"),
    ],
)
def test_a_long_chain_is_cut_where_it_is_weakest(weights: list[float], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chains, "_MANY", 3)
    claims, ties = row_of(weights)
    assert sorted("".join(component) for component in cut(claims, ties, 0.0)) == expected.split()


@pytest.mark.parametrize("seed", range(10))
def test_the_strongest_ties_cut_as_all_ties_would(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chains, "_MANY", 5)
    chance = random.Random(seed)
    claims = [f"{n:02}" for n in range(30)]
    ties = [Tie(a, b, round(chance.uniform(-2.5, 6), 1)) for a, b in itertools.combinations(claims, 2) if chance.random() < 0.2]
    few = strongest(ties)
    assert len(few) < len(claims)
    assert cut(claims, few, -2.5) == cut(claims, ties, -2.5)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_two_tellings_never_matters(seed: int) -> None:
    """A tie must not depend on which report came first."""
    around = structs.replace(SARMIN, level="line_or_area", radius_km=25)
    city_limits = structs.replace(IDLIB, level="line_or_area", radius_km=25)
    row = some_tellings(random.Random(seed), 40)
    row += [telling("x", "2022-03-05", around), telling("y", "2022-03-05", city_limits), telling("z", "2022-03-05", IDLIB)]
    for one, other in itertools.combinations(row, 2):
        assert weigh(one, other, WEIGHTS) == weigh(other, one, WEIGHTS)
        assert veto(one, other) == veto(other, one)
        assert outcomes(one, other) == outcomes(other, one)
