"""Choosing introductions one after the other, by what each can be expected to add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ....core.arrays import FloatArray, IntArray
from .goals import Goal


def choose_greedily(
    goals: Sequence[Sequence[Goal]],
    chances: FloatArray,
    ends: IntArray,
    budget: int,
    cap: int | None,
    order: FloatArray | None = None,
) -> tuple[list[int], list[float]]:
    """Choose pairs one after the other by their expected marginal gain.

    The expected worth of a choice S is the sum over goals of worth x (1 - product of (1 - chance)
    over the pairs of S that serve the goal): it never falls and gains less and less, so choosing
    greedily reaches 1 - 1/e of the best under a pure count budget, and 1/3 with a cap on both
    sides. With `order` the pairs are taken in that order instead. Among equal gains the higher
    chance comes first, then the earlier pair.

    Returns
    -------
    chosen, gains : lists
        Rows in the order chosen, and what each adds.
    """
    open_: dict[tuple[object, ...], float] = {}
    used: dict[int, int] = {}
    left = list(range(len(goals)))
    chosen: list[int] = []
    gains: list[float] = []
    while left and len(chosen) < budget:
        if cap is not None:
            left = [k for k in left if max(used.get(int(e), 0) for e in ends[k]) < cap]
        if not left:
            break
        best = _find_best(left, goals, chances, open_, order)
        left.remove(best)
        chosen.append(best)
        gains.append(_expect(goals[best], chances[best], open_))
        for goal in goals[best]:
            open_[goal.key] = open_.get(goal.key, 1.0) * (1.0 - chances[best])
        for end in ends[best]:
            used[int(end)] = used.get(int(end), 0) + 1
    return chosen, gains


def _find_best(
    left: Sequence[int],
    goals: Sequence[Sequence[Goal]],
    chances: FloatArray,
    open_: Mapping[tuple[object, ...], float],
    order: FloatArray | None,
) -> int:
    if order is not None:
        return max(left, key=lambda k: (round(float(order[k]), 9), -k))
    gain = {k: _expect(goals[k], chances[k], open_) for k in left}
    return max(left, key=lambda k: (round(gain[k], 9), round(float(chances[k]), 9), -k))


def _expect(
    goals: Sequence[Goal], chance: float, left: Mapping[tuple[object, ...], float]
) -> float:
    return float(sum(goal.worth * chance * left.get(goal.key, 1.0) for goal in goals))
