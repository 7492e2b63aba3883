"""For every row, the other rows that share most with it: sums over what they have in common."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel


@kernel
def find_nearest(
    indptr: Any,
    indices: Any,
    data: Any,
    holder_indptr: Any,
    holders: Any,
    holder_data: Any,
    skip_indptr: Any,
    skip: Any,
    names: Any,
    norms: Any,
    shrink: float,
    first: int,
    last: int,
    who: Any,
    units: Any,
) -> None:
    """Fill `who` and `units` for rows first:last with the nearest others, the nearest first.

    Score of rows v and b: sum over shared columns of data x holder_data, over
    (norms[v] norms[b] + shrink), in units of 1e-9; without `norms` the sum itself. Without
    `holder_data` all of a column have the same, and `data` holds the product, by column. Equal
    scores go to the lower name (`names` are the positions before rows were laid out anew, and the
    rows that are filled). `holders` lists the rows of every column (unsigned), `skip` the rows that
    are not to be named with a row.
    """
    n = names.size
    sums = np.zeros(n)
    touched = np.empty(n + 1, np.uint32)
    for v in range(first, last):
        count = 0
        for e in range(indptr[v], indptr[v + 1]):
            column = indices[e]
            start, stop = holder_indptr[column], holder_indptr[column + 1]
            if holder_data.size:
                count = _add_products(
                    holders[start:stop], data[e], holder_data[start:stop], sums, touched, count
                )
            else:
                count = _add_same(holders[start:stop], data[column], sums, touched, count)
        sums[v] = 0.0
        for e in range(skip_indptr[v], skip_indptr[v + 1]):
            sums[skip[e]] = 0.0
        length = norms[v] if norms.size else 0.0
        row = names[v]
        _keep_nearest(touched[:count], sums, names, norms, length, shrink, who[row], units[row])


@kernel
def _add_products(
    holders: Any, value: float, values: Any, sums: Any, touched: Any, count: int
) -> int:
    """Add value x values to the sums of the holders; give how many rows are touched by now."""
    for h in range(holders.size):
        b = holders[h]
        touched[count] = b  # overwritten by the next one if it is there already: a branch
        count += sums[b] == 0.0  # would often be guessed wrong
        sums[b] += value * values[h]
    return count


@kernel
def _add_same(holders: Any, value: float, sums: Any, touched: Any, count: int) -> int:
    """Add the same value to the sums of the holders."""
    for b in holders:
        touched[count] = b
        count += sums[b] == 0.0
        sums[b] += value
    return count


@kernel
def _keep_nearest(
    touched: Any,
    sums: Any,
    names: Any,
    norms: Any,
    length: float,
    shrink: float,
    who: Any,
    units: Any,
) -> None:
    """Sort the best scores into one row of the answer; leaves the sums zeroed."""
    k, filled, enough = who.size, 0, 0.0
    divided = norms.size > 0
    for b in touched:
        score = sums[b]
        sums[b] = 0.0
        if divided:
            score /= length * norms[b] + shrink
        if score < enough:  # surely below the last one named: no rounding needed
            continue
        unit = np.int64(score * 1e9 + 0.5)
        if unit <= 0:
            continue
        name, place = names[b], filled
        while place > 0 and (
            units[place - 1] < unit or (units[place - 1] == unit and who[place - 1] > name)
        ):
            place -= 1
        if place < k:
            filled = min(filled + 1, k)
            for p in range(filled - 1, place, -1):
                units[p], who[p] = units[p - 1], who[p - 1]
            units[place], who[place] = unit, name
        if filled == k:
            enough = (units[k - 1] - 1) * 1e-9
