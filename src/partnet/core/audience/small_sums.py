"""Sums by which a count that is left out could be worked out from others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations

import numpy as np

from ..arrays import BoolArray, FloatArray, IntArray

MOST_HIDDEN = 400  # cells of one year of which every total together is tried
PRIME = 2_147_483_647  # below 2**31, so that products fit into 64 bits
MOST_PARTS = 12  # of one whole, by name, among which those that add up to it are looked for


def settle(
    values: FloatArray,
    hidden: BoolArray,
    parts: list[tuple[int, ...]],
    sums: list[tuple[int, ...]],
    kin: list[list[int]],
    least: int,
    *,
    totals: bool = True,
) -> None:
    """Hide what a total, a whole or a sum would tell alone, until nothing more is told so.

    Without `totals` only within each county: what is then hidden of it is hidden in every file that
    has the same figures of it, whatever other counties stand there, so that two waves together tell
    no more than one.
    """
    before = -1
    while before < (before := int(hidden.sum())):
        for column in range(values.shape[1]) if totals else ():
            _hide_enough(values[:, column], hidden[:, column], least)
        for alike in kin:
            _hide_kin(values, hidden, alike, least)
        for whole, *some in parts:
            hide_rest(values, hidden, whole, some, least)
        for members in sums:
            hide_another(values, hidden, members, least)


def hide_beside_fixed(
    values: FloatArray, hidden: BoolArray, sums: list[tuple[int, ...]], least: int
) -> bool:
    """Hide another value beside a small count that all totals and sums together tell."""
    cells = [(int(row), int(column)) for row, column in np.argwhere(hidden)]
    if not sums or len(cells) > MOST_HIDDEN:
        return False
    for k in _find_fixed(_list_equations(values, cells, sums)):
        row, column = cells[k]
        if not 0 < values[row, column] < least:
            continue
        beside = [(other, column) for other in range(len(values))]
        beside += [(row, c) for members in sums if column in members for c in members]
        shown = [cell for cell in beside if not hidden[cell] and not np.isnan(values[cell])]
        if shown:
            hidden[min(shown, key=lambda cell: (values[cell] <= 0, values[cell], cell))] = True
            return True
    return False


def _list_equations(
    values: FloatArray, cells: list[tuple[int, int]], sums: list[tuple[int, ...]]
) -> IntArray:
    """What is known of hidden cells: the total of each indicator, and each sum in each county."""
    at = {cell: k for k, cell in enumerate(cells)}
    signs = [{(row, c): 1 for row in range(len(values))} for c in range(values.shape[1])]
    for whole, *others in sums:
        known = np.flatnonzero(~np.isnan(values[:, [whole, *others]]).any(axis=1)).tolist()
        signs += [{(row, whole): -1} | {(row, c): 1 for c in others} for row in known]
    equations = np.zeros((len(signs), len(cells)), dtype=np.int64)
    for k, signed in enumerate(signs):
        for cell, sign in signed.items():
            if cell in at:
                equations[k, at[cell]] = sign
    return equations[equations.any(axis=1)]


def _find_fixed(equations: IntArray) -> list[int]:
    """Which unknowns linear equations tell, by exact elimination in whole numbers modulo a prime.

    An unknown is told where a row with nothing but it comes out.
    """
    rows, top = equations % PRIME, 0
    for column in range(rows.shape[1]):
        found = np.flatnonzero(rows[top:, column])
        if not len(found):
            continue
        rows[[top, top + found[0]]] = rows[[top + found[0], top]]
        rows[top] = rows[top] * pow(int(rows[top, column]), -1, PRIME) % PRIME
        others = rows[:, column].copy()
        others[top] = 0
        rows = (rows - np.outer(others, rows[top])) % PRIME
        top += 1
        if top == len(rows):
            break
    return [int(np.flatnonzero(row)[0]) for row in rows[:top] if np.count_nonzero(row) == 1]


def _hide_enough(values: FloatArray, hidden: BoolArray, least: int) -> None:
    """While one value alone is hidden, or all hidden ones add up to little: the next one, too."""
    order = np.argsort(np.where(values > 0, values, np.inf), kind="stable")
    shown = [k for k in order.tolist() if values[k] > 0 and not hidden[k]]
    while hidden.any() and shown and (hidden.sum() == 1 or values[hidden].sum() < least):
        hidden[shown.pop(0)] = True
    zeros = np.flatnonzero(values == 0)
    if hidden.sum() == 1 and len(zeros):  # nobody else is counted: one who has none goes along
        hidden[zeros[0]] = True


def list_kin(names: list[str]) -> Iterator[list[int]]:
    """Parts of one whole by their names (deaths, men; deaths, women), which may stand elsewhere."""
    stems = [name.rpartition(",")[0].strip().casefold() for name in names]
    for stem in sorted({stem for stem in stems if stem and stems.count(stem) > 1}):
        yield [k for k, one in enumerate(stems) if one == stem]


def _hide_kin(values: FloatArray, hidden: BoolArray, members: list[int], least: int) -> None:
    """Where a part is hidden alone, another one with it: another file may tell the whole."""
    for row in np.flatnonzero(hidden[:, members].any(axis=1)):
        gone = hidden[row, members]
        _hide_enough(values[row, members], gone, least)
        hidden[row, members] = gone


def list_parts(names: list[str], values: FloatArray) -> Iterator[tuple[int, int]]:
    """Wholes and their parts: a name with all the words of another, and never a larger value."""
    words = [set(name.casefold().replace(",", " ").split()) for name in names]
    for whole, part in permutations(range(len(names)), 2):
        both = ~np.isnan(values[:, whole]) & ~np.isnan(values[:, part])
        never_more = (values[both, part] <= values[both, whole]).all()
        if words[whole] < words[part] and both.any() and never_more:
            yield whole, part


def list_rests(parts: list[tuple[int, int]], kin: list[list[int]]) -> Iterator[tuple[int, ...]]:
    """Wholes with two parts by name and more, of which one may stand nowhere."""
    for alike in kin:
        for whole in sorted({whole for whole, part in parts if part in alike}):
            named = [part for other, part in parts if other == whole and part in alike]
            for size in range(2, len(named) + 1) if len(named) <= MOST_PARTS else [len(named)]:
                for chosen in combinations(named, size):
                    yield whole, *chosen


def hide_rest(
    values: FloatArray, hidden: BoolArray, whole: int, parts: list[int], least: int
) -> None:
    """Hide a part, the smallest, where what parts leave of their whole is a small count."""
    rest = values[:, whole] - values[:, parts].sum(axis=1)
    shown = ~hidden[:, whole] & ~hidden[:, parts].any(axis=1)
    for row in np.flatnonzero(shown & (rest > 0) & (rest < least)):
        hidden[row, min(parts, key=lambda part: (values[row, part] <= 0, values[row, part]))] = True


def list_longer_sums(values: FloatArray, parts: list[tuple[int, int]]) -> Iterator[tuple[int, ...]]:
    """Wholes with three parts and more, by name, that add up to them wherever all are known."""
    for whole in sorted({whole for whole, _ in parts}):
        named = [part for other, part in parts if other == whole]
        sizes = range(3, len(named) + 1) if len(named) <= MOST_PARTS else [len(named)]
        for size in sizes:
            for chosen in combinations(named, size):
                if adds_up(values, whole, chosen):
                    yield whole, *chosen


def adds_up(values: FloatArray, whole: int, chosen: tuple[int, ...]) -> bool:
    """Whether some indicators add up to another one in every county where all are known."""
    both = values[:, list(chosen)].sum(axis=1)
    known = ~np.isnan(both) & ~np.isnan(values[:, whole])
    same = np.isclose(both[known], values[known, whole], rtol=0, atol=1e-9)
    return bool(same.any() and same.all() and values[known, whole].any())


def list_sums(values: FloatArray) -> Iterator[tuple[int, ...]]:
    """Three indicators of which the last two add up to the first, wherever all are known."""
    n = values.shape[1]
    for a in range(n):
        for b in range(a + 1, n):
            for whole in range(n):
                if whole not in (a, b) and adds_up(values, whole, (a, b)):
                    yield whole, a, b


def hide_another(
    values: FloatArray, hidden: BoolArray, members: tuple[int, ...], least: int
) -> None:
    """Where one of a sum is hidden alone, or hidden parts add up to little: the smallest other."""
    columns = list(members)
    known = ~np.isnan(values[:, columns]).any(axis=1)
    for row in np.flatnonzero(known & hidden[:, columns].any(axis=1)):
        while shown := [c for c in columns if not hidden[row, c]]:
            gone = [c for c in columns if hidden[row, c]]
            best = min(shown, key=lambda c: (values[row, c] <= 0, values[row, c], c))
            enough = members[0] in gone or values[row, gone].sum() >= least
            if len(gone) > 1 and (enough or values[row, best] <= 0):
                break
            hidden[row, best] = True
