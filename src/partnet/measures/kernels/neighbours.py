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
    """Fill rows first:last of `who` and `units` with the nearest others, the nearest first.

    Score of rows v and b: sum over shared columns of data x holder_data, over
    (norms[v] norms[b] + shrink), in units of 1e-9; without `norms` the sum itself. Equal scores go
    to the lower name (`names` are the positions before rows were laid out anew). `holders` lists
    the rows of every column (unsigned), `skip` the rows that are not to be named with a row.
    """
    n, k = names.size, who.shape[1]
    divided = norms.size > 0
    sums = np.zeros(n)
    touched = np.empty(n + 1, np.uint32)
    for v in range(first, last):
        count = 0
        for e in range(indptr[v], indptr[v + 1]):
            column, value = indices[e], data[e]
            for h in range(holder_indptr[column], holder_indptr[column + 1]):
                b = holders[h]
                touched[count] = b  # overwritten by the next one if it is there already: a branch
                count += sums[b] == 0.0  # would often be guessed wrong
                sums[b] += value * holder_data[h]
        sums[v] = 0.0
        for e in range(skip_indptr[v], skip_indptr[v + 1]):
            sums[skip[e]] = 0.0
        filled, enough = 0, 0.0
        for t in range(count):
            b = touched[t]
            score = sums[b]
            sums[b] = 0.0
            if divided:
                score /= norms[v] * norms[b] + shrink
            if score < enough:  # surely below the last one named: no rounding needed
                continue
            unit = np.int64(score * 1e9 + 0.5)
            if unit <= 0:
                continue
            name, place = names[b], filled
            while place > 0 and (
                units[v, place - 1] < unit
                or (units[v, place - 1] == unit and who[v, place - 1] > name)
            ):
                place -= 1
            if place < k:
                filled = min(filled + 1, k)
                for p in range(filled - 1, place, -1):
                    units[v, p], who[v, p] = units[v, p - 1], who[v, p - 1]
                units[v, place], who[v, place] = unit, name
            if filled == k:
                enough = (units[v, k - 1] - 1) * 1e-9
