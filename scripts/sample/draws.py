"""Seeded choices, each drawn from the words that name it.

A draw depends on the seed and on its own key only, never on how many draws came before it, so a
new row in one table leaves every other row of the sample as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

SEED = "prairie 2026"
T = TypeVar("T")


def draw(*key: object) -> float:
    """A number in [0, 1) that belongs to the key."""
    text = "|".join([SEED, *map(str, key)])
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big") / 2**64


def choose(options: Sequence[T], *key: object) -> T:
    """One of the options."""
    return options[int(draw(*key) * len(options))]


def draw_number(low: int, high: int, *key: object) -> int:
    """A whole number from low to high, both included."""
    return low + int(draw(*key) * (high - low + 1))


def draw_date(first: str, last: str, *key: object) -> str:
    """A date from first to last, both included, as YYYY-MM-DD."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return (start + timedelta(days=draw_number(0, (end - start).days, *key))).isoformat()
