"""Ties by the groups of their two ends."""

from __future__ import annotations

from typing import Any

from .compiling import kernel


@kernel
def count_mixing(source: Any, target: Any, codes: Any, table: Any) -> None:
    """Add every tie to the cell of the groups of its ends; all arrays are unsigned."""
    for tie in range(source.size):
        table[codes[source[tie]], codes[target[tie]]] += 1
