"""Arguments of verbs that were renamed or dropped: taken for one release, with a warning."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from .errors import UsageError

Verb = TypeVar("Verb", bound=Callable[..., Any])


def renamed(**new_names: str) -> Callable[[Verb], Verb]:
    """Take an argument under its old name too, and say the new one: ``@renamed(place="where")``.

    Examples
    --------
    >>> @renamed(place="where")
    ... def visit(where):
    ...     return where
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always")
    ...     visit(place="Knox County"), str(told[0].message)
    ('Knox County', 'visit: the argument place is now called where; use where=.')
    """

    def adapt(verb: str, given: dict[str, Any]) -> dict[str, Any]:
        for old, new in new_names.items():
            if old not in given:
                continue
            if new in given:
                raise UsageError(
                    f"{old}: found it beside {new}. Both mean the same, and {new} is its name now. "
                    f"Give {new} only."
                )
            _warn(f"{verb}: the argument {old} is now called {new}; use {new}=.")
            given = {new if name == old else name: value for name, value in given.items()}
        return given

    return _decorate(new_names, adapt)


def dropped(*names: str) -> Callable[[Verb], Verb]:
    """Take arguments that are no longer needed, and leave them aside: ``@dropped("gaps")``.

    Examples
    --------
    >>> @dropped("gaps")
    ... def visit(where):
    ...     return where
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always")
    ...     visit("Knox County", gaps=None), str(told[0].message)
    ('Knox County', 'visit: the argument gaps is no longer needed; leave it out.')
    """

    def adapt(verb: str, given: dict[str, Any]) -> dict[str, Any]:
        for name in set(names) & set(given):
            _warn(f"{verb}: the argument {name} is no longer needed; leave it out.")
        return {name: value for name, value in given.items() if name not in names}

    return _decorate(dict.fromkeys(names, ""), adapt)


def _decorate(
    old_names: dict[str, str], adapt: Callable[[str, dict[str, Any]], dict[str, Any]]
) -> Callable[[Verb], Verb]:
    def decorate(verb: Verb) -> Verb:
        @wraps(verb)
        def call(*args: Any, **given: Any) -> Any:
            return verb(*args, **adapt(verb.__name__, given))

        call.__dict__["deprecated_arguments"] = {**list_deprecated(verb), **old_names}
        return cast(Verb, call)

    return decorate


def list_deprecated(verb: Callable[..., Any]) -> dict[str, str]:
    """Give the old names of the arguments of a verb, with the new ones ("" for those dropped)."""
    return dict(getattr(verb, "deprecated_arguments", {}))


def _warn(message: str) -> None:
    """Warn where the verb was called, however many of these decorators lie between."""
    frame, level = sys._getframe(1), 2
    while frame.f_back is not None and frame.f_code.co_filename == __file__:
        frame, level = frame.f_back, level + 1
    warnings.warn(message, DeprecationWarning, stacklevel=level)
