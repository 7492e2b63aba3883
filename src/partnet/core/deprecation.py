"""Old names of arguments, understood for one release with a warning that says the new name."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from .errors import UsageError

P = ParamSpec("P")
T = TypeVar("T")

RENAMED: dict[str, dict[str, str]] = {}  # function: old name of an argument to its new one


def renamed(**names: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Let a function take arguments under their old names, too.

    Parameters
    ----------
    **names : str
        ``old="new"``.

    Examples
    --------
    >>> @renamed(room="place")
    ... def meet(*, place):
    ...     return place
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always")
    ...     meet(room="Ames")
    'Ames'
    >>> str(told[0].message)
    "meet: the argument 'room' is called 'place' now. The old name goes with the next release."
    """

    def accept(function: Callable[P, T]) -> Callable[P, T]:
        RENAMED[function.__name__] = dict(names)

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            for old in kwargs.keys() & names.keys():
                new = names[old]
                if new in kwargs:
                    raise UsageError(
                        f"{old}: found beside {new!r}, which is its new name. An argument is "
                        f"given once. Leave out {old!r}."
                    )
                warnings.warn(
                    f"{function.__name__}: the argument {old!r} is called {new!r} now. "
                    "The old name goes with the next release.",
                    DeprecationWarning,
                    stacklevel=2,
                )
                kwargs[new] = kwargs.pop(old)
            return function(*args, **kwargs)

        return call

    return accept
