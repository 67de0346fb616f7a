"""Which of ours is which of theirs: the assignment of one to one whose weights add up to the most."""

from __future__ import annotations

from collections.abc import Mapping

from sijill.link.forest import Forest

__all__ = ["best_pairs"]

_MOST = 4_000_000
"""Steps that a component may take. A larger one is paired greedily, the heaviest pair first."""


def best_pairs(weights: Mapping[tuple[str, str], float]) -> dict[str, str]:
    """Pairs of ours and theirs, each in one pair at most, so that the sum of the weights, all above zero, is greatest.

    Taking the heaviest pair first may leave two without a partner who could have had one:

    >>> best_pairs({("a", "x"): 5.0, ("a", "y"): 4.9, ("b", "x"): 4.8})
    {'a': 'y', 'b': 'x'}
    """
    forest = Forest([f"{side}{id}" for pair in weights for side, id in zip("<>", pair, strict=True)])
    for ours, theirs in weights:
        forest.tie(f"<{ours}", f">{theirs}")
    components: dict[str, dict[tuple[str, str], float]] = {}
    for (ours, theirs), weight in sorted(weights.items()):
        components.setdefault(forest.find(f"<{ours}"), {})[ours, theirs] = weight
    found: dict[str, str] = {}
    for component in components.values():
        found |= _assigned(component)
    return dict(sorted(found.items()))


def _assigned(weights: Mapping[tuple[str, str], float]) -> dict[str, str]:
    ours, theirs = (sorted({pair[side] for pair in weights}) for side in (0, 1))
    if min(len(ours), len(theirs)) ** 2 * max(len(ours), len(theirs)) > _MOST:
        return _greedy(weights)
    if len(ours) > len(theirs):
        return {one: other for other, one in _assigned({(b, a): weight for (a, b), weight in weights.items()}).items()}
    chosen = _hungarian([[-weights.get((one, other), 0.0) for other in theirs] for one in ours])
    return {one: theirs[column] for one, column in zip(ours, chosen, strict=True) if (one, theirs[column]) in weights}


def _greedy(weights: Mapping[tuple[str, str], float]) -> dict[str, str]:
    found: dict[str, str] = {}
    taken: set[str] = set()
    for (ours, theirs), _ in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        if ours not in found and theirs not in taken:
            found[ours] = theirs
            taken.add(theirs)
    return found


def _hungarian(cost: list[list[float]]) -> list[int]:
    """The column of each row so that the costs are least; no more rows than columns. (H. W. Kuhn, 1955, with potentials.)"""
    rows, columns = len(cost), len(cost[0])
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    row_at = [0] * (columns + 1)  # which row has a column; 0 for none, and column 0 for the row that looks for one
    for row in range(1, rows + 1):
        row_at[0] = row
        at, least, came, seen = 0, [float("inf")] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
        while row_at[at]:
            seen[at] = True
            here, step, nearest = row_at[at], float("inf"), 0
            for column in range(1, columns + 1):
                if seen[column]:
                    continue
                reduced = cost[here - 1][column - 1] - of_row[here] - of_column[column]
                if reduced < least[column]:
                    least[column], came[column] = reduced, at
                if least[column] < step:
                    step, nearest = least[column], column
            for column in range(columns + 1):
                if seen[column]:
                    of_row[row_at[column]] += step
                    of_column[column] -= step
                else:
                    least[column] -= step
            at = nearest
        while at:
            row_at[at] = row_at[came[at]]
            at = came[at]
    found = [0] * rows
    for column in range(1, columns + 1):
        if row_at[column]:
            found[row_at[column] - 1] = column - 1
    return found
