"""Who sits at which table: swaps that help, over and over."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel
from .in_order import add_in_order

BAD = 1e6  # what a table of strangers only or of friends only costs: more than any value can gain


@kernel(small=20_000, calls=100)
def judge_table(value: Any, tied: Any, people: Any, table: int, best: Any) -> float:
    """Value of a table: for each person the best new contacts at it; less if it is bad.

    `best` is room for as many contacts as count. A row of `people` is a table, and may end in -1
    (empty chairs).
    """
    total, ties, strangers, most = 0.0, 0, 0, best.size
    for chair in range(people.shape[1]):
        i = people[table, chair]
        if i < 0:
            break
        for k in range(most):
            best[k] = 0.0
        for beside in range(people.shape[1]):
            j = people[table, beside]
            if j < 0:
                break
            if j == i:
                continue
            if tied[i, j]:
                ties += 1
            else:
                strangers += 1
            lowest = 0
            for k in range(1, most):
                if best[k] < best[lowest]:
                    lowest = k
            if value[i, j] > best[lowest]:
                best[lowest] = value[i, j]
        for k in range(most):
            total += best[k]
    if ties + strangers and (ties == 0 or strangers == 0):
        total -= BAD
    return total


def set_tables(seat: Any) -> Any:
    """Give the chair of each person, and people by table and chair; -1 for an empty chair."""
    count, order = np.bincount(seat), np.argsort(seat, kind="stable")
    chair, people = np.empty(seat.size, np.int64), np.full((count.size, count.max()), -1)
    chair[order] = np.arange(seat.size) - np.repeat(np.cumsum(count) - count, count)
    people[seat, chair] = np.arange(seat.size)
    return chair, people


def count_groups(group: Any, cap: Any, seat: Any) -> Any:
    """How many people of each group every table holds."""
    held = np.zeros((seat.max(initial=-1) + 1, cap.size), np.int64)
    np.add.at(held, (seat, group), 1)
    return held


def improve_seats(value: Any, tied: Any, group: Any, cap: Any, seat: Any, most: int) -> float:
    """Swap people between tables as long as that helps; `seat` is changed; gives the value.

    A swap keeps every table's size, and is refused where a table would hold more people of one
    group than `cap` allows it.
    """
    (chair, people), held = set_tables(seat), count_groups(group, cap, seat)
    worth, best = np.zeros(len(people)), np.zeros(most)
    swap_seats(value, tied, group, cap, seat, chair, people, held, worth, best)
    return float(add_in_order(worth[None, :])[0])


@kernel(small=150, calls=200)
def swap_seats(
    value: Any,
    tied: Any,
    group: Any,
    cap: Any,
    seat: Any,
    chair: Any,
    people: Any,
    held: Any,
    worth: Any,
    best: Any,
) -> None:
    """Swap people as long as that helps; all that is known of the tables is changed with them."""
    n = seat.size
    for t in range(worth.size):
        worth[t] = judge_table(value, tied, people, t, best)
    helped = True
    while helped:
        helped = False
        for i in range(n):
            for j in range(i + 1, n):
                a, b, one, other = seat[i], seat[j], group[i], group[j]
                if a == b:
                    continue
                if one != other and (held[b, one] >= cap[one] or held[a, other] >= cap[other]):
                    continue
                people[a, chair[i]], people[b, chair[j]] = j, i
                at_a = judge_table(value, tied, people, a, best)
                at_b = judge_table(value, tied, people, b, best)
                if at_a + at_b > worth[a] + worth[b] + 1e-9:
                    worth[a], worth[b] = at_a, at_b
                    seat[i], seat[j] = b, a
                    chair[i], chair[j] = chair[j], chair[i]
                    held[a, one] -= 1
                    held[b, one] += 1
                    held[b, other] -= 1
                    held[a, other] += 1
                    helped = True
                else:
                    people[a, chair[i]], people[b, chair[j]] = i, j


@kernel(small=1_000, calls=1_000)
def shake_seats(group: Any, cap: Any, seat: Any, held: Any, swaps: Any) -> None:
    """Make the given swaps (pairs of people) as far as the caps allow; `seat` is changed."""
    for k in range(swaps.shape[0]):
        i, j = swaps[k, 0], swaps[k, 1]
        a, b = seat[i], seat[j]
        fits = group[i] == group[j] or (
            held[b, group[i]] < cap[group[i]] and held[a, group[j]] < cap[group[j]]
        )
        if a != b and fits:
            seat[i], seat[j] = b, a
            held[a, group[i]] -= 1
            held[b, group[i]] += 1
            held[b, group[j]] -= 1
            held[a, group[j]] += 1
