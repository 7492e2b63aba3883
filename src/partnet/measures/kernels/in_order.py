"""What whole rows need to give the bits of a loop: sums in its order, and its exp and log."""

from __future__ import annotations

import math
from typing import Any

import numpy as np


def add_in_order(rows: Any) -> Any:
    """The sum of every row, one number after the other; `sum` adds in pairs."""
    return np.add.accumulate(rows, axis=1)[:, -1] if rows.shape[1] else np.zeros(rows.shape[0])


def list_cells(indptr: Any, rows: Any) -> Any:
    """Where the cells of some rows stand, row after row; and which of these rows each is in."""
    start = indptr[rows].astype(np.int64)
    many = indptr[rows + 1] - start
    which = np.repeat(np.arange(rows.size), many)
    return np.arange(which.size) + np.repeat(start - np.cumsum(many) + many, many), which


def take_exp(numbers: Any) -> Any:
    """The exponentials, by the library that compiled code asks; those of numpy may differ."""
    return np.array([math.exp(x) if x < 709.0 else _exp_of_large(x) for x in numbers.tolist()])


def _exp_of_large(x: float) -> float:
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def take_log(numbers: Any) -> Any:
    """The logarithms of numbers above 0, likewise."""
    return np.array(list(map(math.log, numbers.tolist())))
