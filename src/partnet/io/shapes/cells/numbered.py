"""A list whose names bear their number: 1. Alder Hospital, 2. Birch Clinic."""

from __future__ import annotations

import re
from dataclasses import replace

from ....core.schema import TABLES
from ....core.wording.names import NUMBERED
from ...cells import RawTable
from ...headers.columns import match_headers
from ..entries import note_shape

FEWEST = 2


def drop_counts(names: list[str]) -> list[str]:
    """Leave out numbers before names, where they count them all.

    Examples
    --------
    >>> drop_counts(["1. Alder", "2. Birch"]), drop_counts(["1. Alder", "3. Birch"])
    (['Alder', 'Birch'], ['1. Alder', '3. Birch'])
    """
    parts = [NUMBERED.fullmatch(text) for text in names]
    found = [part for part in parts if part is not None]
    if len(found) < max(FEWEST, len(names)):
        return names
    return [p[2] for p in found] if _count(found) else names


def _count(parts: list[re.Match[str]]) -> bool:
    return [int(part[1]) for part in parts] == [*range(1, len(parts) + 1)]


def drop_numbers(raw: RawTable) -> RawTable:
    """Leave out the numbers before the names of organizations, where they count them all."""
    at = match_headers(raw, TABLES["organizations"]).columns.get("name", -1)
    if at < 0 or not raw.rows or NUMBERED.fullmatch(raw.rows[0][at]) is None:
        return raw
    parts = [NUMBERED.fullmatch(row[at]) for row in raw.rows]
    found = [part for part in parts if part is not None]
    if len(found) < max(FEWEST, len(parts)) or not _count(found):
        return raw
    rows = [
        [part[2] if k == at else text for k, text in enumerate(row)]
        for part, row in zip(found, raw.rows, strict=True)
    ]
    note = note_shape(
        raw,
        f'"{found[0][0]}", and a number before every other name',
        "The numbers only count the list: they are left out.",
        allowed="A name is written without a number before it.",
    )
    return replace(raw, rows=rows, notes=(*raw.notes, note))
