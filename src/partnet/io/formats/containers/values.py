"""Values of JSON as the text of a cell."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ..settle import shorten_number


def text_of_json(value: Any) -> str:
    """Give the text of a JSON value: lists are joined by semicolons, objects stay JSON.

    Examples
    --------
    >>> text_of_json(True), text_of_json(2.0), text_of_json(["a", "b"]), text_of_json(None)
    ('yes', '2', 'a; b', '')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return shorten_number(value) if value == value and abs(value) != float("inf") else ""
    if isinstance(value, list):
        return "; ".join(filter(None, map(text_of_json, value)))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else str(value)


BRACKETED = re.compile(r"\[[^\[\]]*\]")
ITEM = re.compile(r'\s*"((?:[^"\\]|\\.)*)"\s*(?:[,;|]|$)|([^,;|]+)')


def open_list(text: str) -> str:
    """Give the values of a list in brackets, as Gephi and GEXF write it, joined by semicolons.

    Examples
    --------
    >>> open_list('[Dental, "Rides, local"]'), open_list("Dental|Rides"), open_list("[]")
    ('Dental; Rides, local', 'Dental; Rides', '')
    """
    inner = text.strip()
    if BRACKETED.fullmatch(inner):
        inner = inner[1:-1]
    items = (match[1] or match[2] or "" for match in ITEM.finditer(inner))
    return "; ".join(filter(None, (item.strip() for item in items)))


def cells_of_object(data: Any, *, without: Iterable[str] = ()) -> dict[str, str]:
    """Give the members of an object as cells; anything else has none."""
    if not isinstance(data, Mapping):
        return {}
    left = frozenset(without)
    return {str(k): text_of_json(v) for k, v in data.items() if k not in left}


def list_objects(data: Any) -> list[Mapping[str, Any]]:
    """Give the objects of a list; anything else in it is no row."""
    return [item for item in data if isinstance(item, Mapping)] if isinstance(data, list) else []


def is_finite(text: str) -> bool:
    """Tell whether a text is a number that every program can read.

    Examples
    --------
    >>> is_finite("-0.5"), is_finite("nan"), is_finite("12 beds")
    (True, False, False)
    """
    try:
        return math.isfinite(float(text)) and "_" not in text
    except ValueError:
        return False


def number_or_text(column: str, text: str, numbers: frozenset[str]) -> float | int | str:
    """A cell as a JSON number where its column holds numbers, else as text."""
    if column not in numbers:
        return text
    if not is_finite(text):
        return text
    number = float(text)
    return int(number) if number.is_integer() and "e" not in text and "." not in text else number


def object_of_cells(
    cells: Mapping[str, str], numbers: frozenset[str], *, without: Iterable[str] = ()
) -> dict[str, Any]:
    """Cells as a JSON object, numbers as numbers."""
    left = frozenset(without)
    return {c: number_or_text(c, t, numbers) for c, t in cells.items() if c not in left}


def write_json(data: Any) -> bytes:
    """JSON with one space of indentation, the same bytes for the same data."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")
