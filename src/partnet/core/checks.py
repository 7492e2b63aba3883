"""Arguments of verbs checked at once, so that an error names what the caller wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .errors import UsageError
from .storage.shapes import show

MOST = 1_000_000_000  # beyond it no argument means anything


def check_count(argument: str, value: Any, *, least: int = 0) -> None:
    """Refuse what is no whole number, or one that is too small or beyond a billion.

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
    if not whole or isinstance(value, bool) or not least <= value <= MOST:
        raise UsageError(
            f"{argument}: found {show(value)}. Allowed are whole numbers from {least}. Give one of "
            "them, or leave it out."
        )


def check_number(
    argument: str, value: Any, *, least: float = 0, most: float = MOST, above: bool = False
) -> None:
    """Refuse what is no finite number within bounds; with `above`, `least` itself is refused too.

    Raises
    ------
    UsageError
        `value` is no such number.

    Examples
    --------
    >>> check_number("within_km", 80.5)
    >>> check_number("within_km", float("nan"))
    Traceback (most recent call last):
    partnet.core.errors.UsageError: within_km: found nan. Allowed are numbers from 0 to ...
    """
    try:
        fits = not isinstance(value, bool | str) and least <= value <= most
    except TypeError:
        fits = False
    if not fits or (above and value == least):
        start = f"above {least:,g} and up" if above else f"from {least:,g}"
        raise UsageError(
            f"{argument}: found {show(value)}. Allowed are numbers {start} to {most:,g}. Give one "
            "of them, or leave it out."
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
            f"{argument}: found {show(value)}. Allowed are numbers from 0 to 1. Give one of them."
        )


def check_choice(argument: str, value: Any, allowed: Sequence[str]) -> None:
    """Refuse what is none of a few words.

    Raises
    ------
    UsageError
        `value` is none of them.
    """
    if not isinstance(value, str) or value not in allowed:
        raise UsageError(
            f"{argument}: found {show(value)}. Allowed are {', '.join(allowed)}. Choose one of "
            "them."
        )


def list_texts(argument: str, value: Any) -> tuple[str, ...]:
    """Give a text, or texts, as a tuple of texts.

    Raises
    ------
    UsageError
        `value` is no text and no list of texts.

    Examples
    --------
    >>> list_texts("families", "services"), list_texts("families", ["places", "groups"])
    (('services',), ('places', 'groups'))
    >>> list_texts("families", 7)
    Traceback (most recent call last):
    partnet.core.errors.UsageError: families: found 7. Allowed is a list of texts. Write one.
    """
    several = isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)
    texts = (value,) if isinstance(value, str) else tuple(value) if several else (value,)
    wrong = [text for text in texts if not isinstance(text, str)]
    if wrong:
        raise UsageError(
            f"{argument}: found {show(wrong[0])}. Allowed is a list of texts. Write one."
        )
    return texts
