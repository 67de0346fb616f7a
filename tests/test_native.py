"""What compiled code does by itself gives what the library gives."""

from bisect import bisect_left
from random import Random

import pytest

from sijill.native import _halved, first_at


@pytest.mark.parametrize("length", [0, 1, 2, 3, 7, 40])
def test_halving_finds_what_bisect_finds(length: int) -> None:
    chosen = Random(length)
    ordered = sorted(chosen.randrange(20) for _ in range(length))
    for value in range(-1, 22):
        assert _halved(ordered, value) == bisect_left(ordered, value) == first_at(ordered, value)
