"""What an entry of a settings file may be, declared once and checked before anything uses it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NoReturn

from ..errors import UsageError

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MOST_SHOWN = 60  # characters of what was found


@dataclass(frozen=True)
class Shape:
    """What a value may be.

    Attributes
    ----------
    words : str
        It, in words: "a text", "a list of texts".
    fits : callable
        Whether a value is of this kind.
    parts : callable
        Gives the values within it, each with its name and its own shape.
    """

    words: str
    fits: Callable[[Any], bool]
    parts: Callable[[Any], Sequence[tuple[str, Any, Shape]]] = field(default=lambda value: ())

    def check(self, place: str, value: Any) -> None:
        """Refuse a value that is something else, or holds something else.

        Raises
        ------
        UsageError
            Where it stands, what was found, what is allowed and what to do.

        Examples
        --------
        >>> list_of(TEXT).check("monthly.toml, output", ["report.html", 5])
        Traceback (most recent call last):
        partnet.core.errors.UsageError: monthly.toml, output, entry 2: found 5. Allowed is a text...
        """
        if not self.fits(value):
            refuse(place, value, self.words)
        for name, part, shape in self.parts(value):
            shape.check(f"{place}, {name}" if place else name, part)


def refuse(place: str, value: Any, allowed: str) -> NoReturn:
    """Say that something else is allowed here."""
    before = f"{place}: " if place else ""
    raise UsageError(f"{before}found {show(value)}. Allowed is {allowed}. Correct it.")


def show(value: Any) -> str:
    """Show a value, cut where it is long."""
    if isinstance(value, int) and abs(value) > 10**MOST_SHOWN:
        return "a number of very many digits"  # writing them out is refused by Python, and no help
    try:
        text = repr(value)
    except (RecursionError, ValueError):
        return f"a {type(value).__name__}"
    if "\n" in text:
        return f"a {type(value).__name__}"  # a table, drawn over several lines
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}..."


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not _UNSEEN.search(value)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 62


def _is_number(value: Any) -> bool:
    return _is_whole(value) or (isinstance(value, float) and math.isfinite(value))


def _is_day(value: Any) -> bool:
    return _is_text(value) or isinstance(value, date | datetime)


TEXT = Shape("a text", _is_text)
WORD = Shape("a text of visible characters", lambda value: _is_text(value) and bool(value.strip()))
FLAG = Shape("true or false", lambda value: isinstance(value, bool))
WHOLE = Shape("a whole number of at least 0", lambda value: _is_whole(value) and value >= 0)
NUMBER = Shape("a number", _is_number)
DAY = Shape("a day, written 2026-06-30", _is_day)


def one_of(words: Sequence[str]) -> Shape:
    """Give the shape of one of a few words."""
    return Shape(f"one of {', '.join(words)}", lambda value: _is_text(value) and value in words)


def list_of(item: Shape, *, least: int = 0, or_one: bool = False) -> Shape:
    """Give the shape of a list; with `or_one`, one item alone will do.

    Examples
    --------
    >>> list_of(TEXT, or_one=True).words
    'a text or a list of such'
    """
    words = f"{item.words} or a list of such" if or_one else f"a list, each entry {item.words}"

    def fits(value: Any) -> bool:
        return (isinstance(value, list) and len(value) >= least) or (or_one and item.fits(value))

    def parts(value: Any) -> list[tuple[str, Any, Shape]]:
        listed = value if isinstance(value, list) else []
        return [(f"entry {k}", each, item) for k, each in enumerate(listed, start=1)]

    return Shape(words + (", at least one" if least else ""), fits, parts)


def table_of(item: Shape) -> Shape:
    """Give the shape of a table whose names are free and whose values are all alike."""

    def fits(value: Any) -> bool:
        return isinstance(value, Mapping) and all(_is_text(k) and k.strip() for k in value)

    def parts(value: Any) -> list[tuple[str, Any, Shape]]:
        return [(str(key), each, item) for key, each in value.items()]

    return Shape(f"a table, each entry {item.words}", fits, parts)


def record(entries: Mapping[str, Shape], required: Sequence[str] = ()) -> Shape:
    """Give the shape of a table of known names.

    Examples
    --------
    >>> record({"label": TEXT}).check("kinds, robot", {"lable": "robot"})
    Traceback (most recent call last):
    partnet.core.errors.UsageError: kinds, robot: found the key 'lable'. Allowed are label. ...
    """

    def parts(value: Any) -> list[tuple[str, Any, Shape]]:
        return [(key, each, entries[key]) for key, each in value.items()]

    return _Record(
        "a table", lambda value: isinstance(value, Mapping), parts, dict(entries), tuple(required)
    )


@dataclass(frozen=True)
class _Record(Shape):
    """A table of known names: what is unknown or lacking is told by its name."""

    entries: Mapping[str, Shape] = field(default_factory=dict)
    required: tuple[str, ...] = ()

    def check(self, place: str, value: Any) -> None:
        if not self.fits(value):
            refuse(place, value, self.words)
        before = f"{place}: " if place else ""
        allowed = ", ".join(self.entries)
        for key in value:
            if key not in self.entries:
                raise UsageError(
                    f"{before}found the key {show(key)}. Allowed are {allowed}. Correct it."
                )
        for key in self.required:
            if key not in value:
                needs = " and ".join(self.required)
                raise UsageError(f"{before}found no {key}. Needed: {needs}. Add it.")
        super().check(place, value)
