"""Rounds of a survey, in their order."""

from __future__ import annotations

import re


def order_wave(wave: str) -> tuple[tuple[int, ...], str]:
    """Sort waves by the numbers in their names, then by name.

    Examples
    --------
    >>> max(["2025", "wave 2026", "2026-2", ""], key=order_wave)
    '2026-2'
    """
    return tuple(int(part[:9]) for part in re.findall(r"[0-9]+", wave)), wave
