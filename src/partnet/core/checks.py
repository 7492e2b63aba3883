"""Arguments of verbs checked at once, so that an error names what the caller wrote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .errors import UsageError


def check_count(argument: str, value: Any, *, least: int = 0) -> None:
    """Refuse what is no whole number, or one that is too small.

    Raises
    ------
    UsageError
        `value` is no whole number of at least `least`.

    Examples
    --------
    >>> check_count("permutations", 199)
    >>> check_count("permutations", -1)
    Traceback (most recent call last):
    partnet.core.errors.UsageError: permutations: found -1. Allowed are whole numbers from 0. ...
    """
    whole = isinstance(value, int) or (hasattr(value, "dtype") and value.dtype.kind in "iu")
    if not whole or isinstance(value, bool) or value < least:
        raise UsageError(
            f"{argument}: found {value!r}. Allowed are whole numbers from {least}. Give one of "
            "them, or leave it out."
        )


def check_share(argument: str, value: Any) -> None:
    """Refuse what is no number from 0 to 1.

    Raises
    ------
    UsageError
        `value` is no share.
    """
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise UsageError(
            f"{argument}: found {value!r}. Allowed are numbers from 0 to 1. Give one of them."
        )


def check_choice(argument: str, value: Any, allowed: Sequence[str]) -> None:
    """Refuse what is none of a few words.

    Raises
    ------
    UsageError
        `value` is none of them.
    """
    if value not in allowed:
        raise UsageError(
            f"{argument}: found {value!r}. Allowed are {', '.join(allowed)}. Choose one of them."
        )
