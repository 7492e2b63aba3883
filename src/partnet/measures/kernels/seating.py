"""Who sits at which table: swaps that help, over and over."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel

BAD = 1e6  # what a table of strangers only or of friends only costs: more than any value can gain


@kernel(small=20_000, calls=100)
def judge_table(value: Any, tied: Any, people: Any, most: int, best: Any) -> float:
    """Value of one table: for each person the `most` best new contacts at it; less if it is bad.

    `people` may end in -1 (empty chairs); `best` is room for `most` numbers, so that nothing is
    allocated here.
    """
    total, ties, strangers = 0.0, 0, 0
    for i in people:
        if i < 0:
            break
        best[:] = 0.0
        for j in people:
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


@kernel
def find_largest(numbers: Any) -> int:
    """The largest of some numbers, 0 where there are none."""
    largest = 0
    for number in numbers:
        largest = max(largest, number)
    return largest


@kernel
def set_tables(seat: Any) -> Any:
    """Give people by table and chair, -1 for an empty chair at the end."""
    count = np.zeros(find_largest(seat) + 1, np.int64)
    for table in seat:
        count[table] += 1
    people = np.empty((count.size, find_largest(count)), np.int64)
    people[:] = -1
    count[:] = 0
    for i in range(seat.size):
        people[seat[i], count[seat[i]]] = i
        count[seat[i]] += 1
    return people


@kernel
def change_chairs(people: Any, one: int, other: int, i: int, j: int) -> None:
    """Put j where i sits at table `one`, and i where j sits at table `other`."""
    for k in range(people.shape[1]):
        if people[one, k] == i:
            people[one, k] = j
        if people[other, k] == j:
            people[other, k] = i


@kernel
def improve_seats(value: Any, tied: Any, group: Any, cap: Any, seat: Any, most: int) -> float:
    """Swap people between tables as long as that helps; `seat` is changed; gives the value.

    A swap keeps every table's size, and is refused where a table would hold more people of one
    group than `cap` allows it.
    """
    n, tables = seat.size, find_largest(seat) + 1
    best, people = np.zeros(most), set_tables(seat)
    worth = np.zeros(tables)
    held = np.zeros((tables, cap.size), np.int64)
    for t in range(tables):
        worth[t] = judge_table(value, tied, people[t], most, best)
    for i in range(n):
        held[seat[i], group[i]] += 1
    helped = True
    while helped:
        helped = False
        for i in range(n):
            for j in range(i + 1, n):
                a, b = seat[i], seat[j]
                if a == b:
                    continue
                if group[i] != group[j] and (
                    held[b, group[i]] >= cap[group[i]] or held[a, group[j]] >= cap[group[j]]
                ):
                    continue
                change_chairs(people, a, b, i, j)
                at_a = judge_table(value, tied, people[a], most, best)
                at_b = judge_table(value, tied, people[b], most, best)
                if at_a + at_b > worth[a] + worth[b] + 1e-9:
                    worth[a], worth[b] = at_a, at_b
                    seat[i], seat[j] = b, a
                    held[a, group[i]] -= 1
                    held[b, group[i]] += 1
                    held[b, group[j]] -= 1
                    held[a, group[j]] += 1
                    helped = True
                else:
                    change_chairs(people, a, b, j, i)
    total = 0.0
    for t in range(tables):
        total += worth[t]
    return total


@kernel(small=1_000, calls=1_000)
def shake_seats(group: Any, cap: Any, seat: Any, swaps: Any) -> None:
    """Make the given swaps (pairs of people) as far as the caps allow; `seat` is changed."""
    held = np.zeros((find_largest(seat) + 1, cap.size), np.int64)
    for i in range(seat.size):
        held[seat[i], group[i]] += 1
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
