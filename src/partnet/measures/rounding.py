"""Results in as many digits as every processor agrees on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import numpy as np

from ..core.arrays import FloatArray
from .parallel import on_one_thread

P = ParamSpec("P")

DIGITS = 10  # of the 15 to 16 that a number holds; libraries of dense matrices differ in the last


def keep_digits(values: FloatArray, digits: int = DIGITS) -> FloatArray:
    """Round to so many significant digits.

    Examples
    --------
    >>> keep_digits(np.array([0.1 + 0.2, 0.0, -1234.56789]), 6).tolist()
    [0.3, 0.0, -1234.57]
    """
    values = np.asarray(values, dtype=float)
    size = np.abs(values)
    usual = np.isfinite(size) & (size > 1e-290)
    scale = 10.0 ** (digits - 1 - np.floor(np.log10(np.where(usual, size, 1.0))))
    rounded: FloatArray = np.where(usual, np.round(values * scale) / scale, values)
    return rounded


def in_agreed_digits(function: Callable[P, FloatArray]) -> Callable[P, FloatArray]:
    """Have a function use one thread for dense matrices, and give the digits that are sure.

    Kernels of a library differ by processor in the last bits: rounded, the same tables give the
    same bytes, and equals stay equal in rankings.
    """
    compute = on_one_thread(function)

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> FloatArray:
        return keep_digits(compute(*args, **kwargs))

    return run
