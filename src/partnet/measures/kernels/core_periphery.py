"""Search for the core whose ideal pattern correlates best with the ties."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel

NONE = -9.0  # no correlation is defined
LEAST = 1e-12  # smaller gains are rounding
CLOSE = 1e-9  # correlations that differ by less are equal


@kernel
def _score(n: Any, size: Any, within: Any, outside: Any, ties: Any, only_core: Any) -> Any:
    """Correlation with the ideal, from counts; `ties` are all ties of the network."""
    inner, outer = size * (size - 1.0) / 2.0, (n - size) * (n - size - 1.0) / 2.0
    if only_core:
        cells, ones, hits, tied = inner + outer, inner, within, within + outside
    else:
        cells, hits, tied = n * (n - 1.0) / 2.0, ties - outside, ties
        ones = cells - outer
    spread = ones * (cells - ones) * tied * (cells - tied)
    return (cells * hits - ones * tied) / np.sqrt(spread) if spread > 0.0 else NONE


@kernel
def _count_bits(word: Any) -> Any:
    word = word - ((word >> 1) & 0x5555555555555555)
    word = (word & 0x3333333333333333) + ((word >> 2) & 0x3333333333333333)
    word = (word + (word >> 4)) & 0x0F0F0F0F0F0F0F0F
    return (word * 0x0101010101010101 >> 56) & 0x7F


@kernel
def try_every_core(bits: Any, only_core: Any) -> Any:
    """Give the best correlation, and the core as a number whose bit v says that v is in it.

    `bits` holds the neighbors of every vertex in the same way. Each core follows from the one
    before by one move (Gray's order). Equal ones: the smaller, then the one of lower vertices.
    """
    n = bits.size
    degree, ties = np.zeros(n, np.int64), 0.0
    for v in range(n):
        degree[v] = _count_bits(bits[v])
        ties += degree[v] / 2.0
    core, size, within, touched = np.int64(0), 0, 0.0, 0.0  # touched: degrees of the core, summed
    best, best_core, best_size = NONE, np.int64(0), 0
    for step in range(1, np.int64(1) << n):
        v = _count_bits((step & -step) - 1)
        met = _count_bits(bits[v] & core)
        sign = 1 - 2 * ((core >> v) & 1)
        core ^= np.int64(1) << v
        size, within, touched = size + sign, within + sign * met, touched + sign * degree[v]
        value = _score(n, size, within, ties - touched + within, ties, only_core)
        if value < best - CLOSE or value == NONE:
            continue
        if value > best + CLOSE or size < best_size:
            best, best_core, best_size = value, core, size
        elif size == best_size:
            first = core ^ best_core
            first &= -first  # the lowest vertex that is in one of them only
            if core & first:
                best_core = core
    return best, best_core


@kernel
def _count_core(indptr: Any, indices: Any, core: Any) -> Any:
    """Neighbors in the core by vertex; size, ties within the core and outside it, all ties."""
    met = np.zeros(core.size, np.int64)
    size, within, touching = 0, 0, 0
    for v in range(core.size):
        for e in range(indptr[v], indptr[v + 1]):
            met[v] += core[indices[e]]
        if core[v]:
            size, within = size + 1, within + met[v]
            touching += indptr[v + 1] - indptr[v]
    ties = indices.size / 2.0
    return met, float(size), within / 2.0, ties - touching + within / 2.0, ties


@kernel
def _move(indptr: Any, indices: Any, core: Any, met: Any, v: Any) -> Any:
    """Move a vertex into or out of the core; give the change of size, ties within and outside."""
    sign = -1.0 if core[v] else 1.0
    core[v] = not core[v]
    for e in range(indptr[v], indptr[v + 1]):
        met[indices[e]] += np.int64(sign)
    degree = indptr[v + 1] - indptr[v]
    return sign, sign * met[v], -sign * (degree - met[v])


@kernel
def climb(indptr: Any, indices: Any, core: Any, only_core: Any) -> Any:
    """Improve a core in place by chains of best moves, each vertex once a chain; give its value.

    A chain goes on through worse cores and is cut at its best one (Kernighan & Lin).
    """
    n = core.size
    met, size, within, outside, ties = _count_core(indptr, indices, core)
    best = _score(n, size, within, outside, ties, only_core)
    chain = np.empty(n, np.int64)
    helped = True
    while helped:
        helped, kept, top = False, 0, best
        free = np.ones(n, np.bool_)
        for step in range(n):
            chosen, highest = -1, NONE - 1.0
            for v in range(n):
                if free[v]:
                    sign = -1.0 if core[v] else 1.0
                    lone = indptr[v + 1] - indptr[v] - met[v]
                    value = _score(
                        n,
                        size + sign,
                        within + sign * met[v],
                        outside - sign * lone,
                        ties,
                        only_core,
                    )
                    if value > highest + LEAST:
                        chosen, highest = v, value
            chain[step] = chosen
            free[chosen] = False
            grown, inner, outer = _move(indptr, indices, core, met, chosen)
            size, within, outside = size + grown, within + inner, outside + outer
            if highest > top + LEAST:
                kept, top = step + 1, highest
        for step in range(n - 1, kept - 1, -1):
            grown, inner, outer = _move(indptr, indices, core, met, chain[step])
            size, within, outside = size + grown, within + inner, outside + outer
        if top > best + LEAST:
            best, helped = top, True
    return best


@kernel
def sweep(indptr: Any, indices: Any, core: Any, only_core: Any) -> Any:
    """Improve a core in place by single moves, vertex after vertex, until none helps."""
    n = core.size
    met, size, within, outside, ties = _count_core(indptr, indices, core)
    best = _score(n, size, within, outside, ties, only_core)
    helped = True
    while helped:
        helped = False
        for v in range(n):
            sign = -1.0 if core[v] else 1.0
            lone = indptr[v + 1] - indptr[v] - met[v]
            value = _score(
                n, size + sign, within + sign * met[v], outside - sign * lone, ties, only_core
            )
            if value > best + LEAST:
                best, helped = value, True
                grown, inner, outer = _move(indptr, indices, core, met, v)
                size, within, outside = size + grown, within + inner, outside + outer
    return best
