"""Continuous coreness: the product of two scores that comes nearest to the ties."""

from __future__ import annotations

from typing import Any

from .compiling import kernel

MOST_SWEEPS = 20_000
ENOUGH = 1e-14


@kernel
def fit_products(indptr: Any, indices: Any, data: Any, scores: Any) -> Any:
    """Move each score in turn to its best value, in place, until none moves; give the sweeps."""
    squares = (scores**2).sum()
    for sweep in range(MOST_SWEEPS):
        moved = 0.0
        for v in range(scores.size):
            rest = squares - scores[v] ** 2
            met = 0.0
            for e in range(indptr[v], indptr[v + 1]):
                met += data[e] * scores[indices[e]]
            new = min(met / rest, 1.0) if rest > 0.0 else 0.0
            moved = max(moved, abs(new - scores[v]))
            squares = rest + new**2
            scores[v] = new
        if sweep % 64 == 63:
            squares = (scores**2).sum()  # rounding
        if moved <= ENOUGH:
            return sweep + 1
    return MOST_SWEEPS
