"""Products of a graph with a vector, and what is found by repeating them.

`values` are the strengths of the ties; without any they all count 1. Rows are unsigned.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel


@kernel(small=10_000, calls=100)
def add_neighbors(indptr: Any, indices: Any, values: Any, vector: Any, sums: Any) -> None:
    """Write the sum over those in its row to every vertex."""
    for v in range(indptr.size - 1):
        total = 0.0
        if values.size > 0:
            for e in range(indptr[v], indptr[v + 1]):
                total += values[e] * vector[indices[e]]
        else:
            for e in range(indptr[v], indptr[v + 1]):
                total += vector[indices[e]]
        sums[v] = total


@kernel
def add_products(one: Any, other: Any) -> float:
    """The sum of products in their order: one core and another add alike."""
    total = 0.0
    for v in range(one.size):
        total += one[v] * other[v]
    return total


@kernel(small=40_000, calls=10)
def extend_lanczos(
    indptr: Any,
    indices: Any,
    values: Any,
    basis: Any,
    diagonal: Any,
    beside: Any,
    first: int,
    last: int,
    enough: float,
) -> int:
    """Take the steps ``first:last`` of Lanczos (1950); give how many there are then.

    ``basis[first]`` is the vector to go on with. A step that leads nowhere is the last one.
    """
    for k in range(first, last):
        here, new = basis[k], basis[k + 1]
        add_neighbors(indptr, indices, values, here, new)
        if k > 0:
            for v in range(new.size):
                new[v] -= beside[k - 1] * basis[k - 1, v]
        diagonal[k] = add_products(here, new)
        for v in range(new.size):
            new[v] -= diagonal[k] * here[v]
        beside[k] = np.sqrt(add_products(new, new))
        if beside[k] <= enough * abs(diagonal[0]):
            return k + 1
        for v in range(new.size):
            new[v] /= beside[k]
    return last


@kernel(small=20_000, calls=20)
def solve_by_gradients(
    indptr: Any, indices: Any, values: Any, scale: Any, right: Any, enough: float, most: int
) -> Any:
    """Solve ``x = scale A scale x + right`` where no eigenvalue reaches 1; empty where one does.

    Conjugate gradients (Hestenes & Stiefel 1952): about the square root of the steps that repeating
    the product takes.
    """
    n = right.size
    solved, rest, course = np.zeros(n), right.copy(), right.copy()
    scaled, image = np.empty(n), np.empty(n)
    size = add_products(rest, rest)
    least = enough * enough * size
    for _ in range(most):
        if size <= least:
            return solved
        for v in range(n):
            scaled[v] = scale[v] * course[v]
        add_neighbors(indptr, indices, values, scaled, image)
        for v in range(n):
            image[v] = course[v] - scale[v] * image[v]
        bend = add_products(course, image)
        if bend <= 0.0:
            break
        step = size / bend
        for v in range(n):
            solved[v] += step * course[v]
            rest[v] -= step * image[v]
        was, size = size, add_products(rest, rest)
        for v in range(n):
            course[v] = course[v] * (size / was) + rest[v]
    return solved[:0]
