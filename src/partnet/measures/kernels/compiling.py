"""Kernels: loops over arrays that run as they stand while little is to do, and compiled beyond.

Compiling a kernel takes about half a second on a new computer, what it does for a coalition of
fifty a thousandth of one. So a kernel that says up to which size it may is first run by Python
itself, and compiled once larger arrays come, or smaller ones many times. What runs how follows from
the arrays alone, never from a clock, and both ways give the same bits
(`tests/measures/kernels/test_compiling.py`, `test_in_python.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, update_wrapper
from types import FunctionType
from typing import Any, overload

import numpy as np


class Kernel:
    """A function on arrays and numbers that numba can compile.

    Parameters
    ----------
    function
        What it does. It calls no functions of ours but other kernels.
    small
        Up to how many elements of arrays in a call Python runs it; 0 compiles it at once.
    calls
        Of how many such calls it has seen the elements when it is compiled after all.
    """

    def __init__(self, function: Callable[..., Any], small: int, calls: int) -> None:
        update_wrapper(self, function)
        self.py_func = function
        self.plain = function
        self.small = small
        self.left = calls * small

    def __call__(self, *arguments: Any) -> Any:
        """Run it, one way or the other."""
        if self.left <= 0:
            return self.compiled(*arguments)
        size = sum(a.size for a in arguments if isinstance(a, np.ndarray))
        self.left = self.left - size if size <= self.small else 0
        if self.left <= 0:
            return self.compiled(*arguments)
        with np.errstate(all="ignore"):  # as compiled
            found = self.interpreted(*arguments)
        return self.compiled(*arguments) if found is NotImplemented else found

    def __reduce__(self) -> str:
        return self.py_func.__qualname__

    def in_python(self, function: Callable[..., Any]) -> Kernel:
        """Have Python run another function instead, on whole rows, which gives the same bits.

        It may give NotImplemented, with nothing changed, where it cannot or needs too much memory.
        """
        self.plain = function
        return self

    @cached_property
    def interpreted(self) -> Callable[..., Any]:
        """The function for Python, calling other kernels the same way."""
        return _calling(self.plain, lambda other: other.interpreted)

    @cached_property
    def compiled(self) -> Callable[..., Any]:
        """The function compiled, calling other kernels the same way."""
        from .machine_code import compile_function

        return compile_function(_calling(self.py_func, lambda other: other.compiled))


def _calling(
    function: Callable[..., Any], choose: Callable[[Kernel], Callable[..., Any]]
) -> FunctionType:
    names = {name: function.__globals__.get(name) for name in function.__code__.co_names}
    others = {name: choose(it) for name, it in names.items() if isinstance(it, Kernel)}
    return FunctionType(
        function.__code__,
        {**function.__globals__, **others},
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )


@overload
def kernel(function: Callable[..., Any], /) -> Any: ...
@overload
def kernel(*, small: int, calls: int = ...) -> Callable[[Callable[..., Any]], Any]: ...
def kernel(
    function: Callable[..., Any] | None = None, /, *, small: int = 0, calls: int = 16
) -> Any:
    """Make a `Kernel` of a function; without ``small`` one that is compiled on its first call."""
    if function is None:
        return lambda function: Kernel(function, small, calls)
    return Kernel(function, small, calls)
