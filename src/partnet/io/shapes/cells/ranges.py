"""Two days in one cell: 10/1/2024 - 9/30/2025, from when to when."""

from __future__ import annotations

import re
from dataclasses import replace

from ....core.rows.periods import PERIODS
from ....core.schema import TABLES
from ....core.vocabulary import fold_word
from ...cells import RawTable
from ...headers.columns import match_headers
from ...values.dates import read_day
from ...values.words import fold_cell, list_words
from ..entries import note_shape

HEADS = frozenset(map(fold_word, (
    "period", "project period", "grant period", "budget period", "performance period",
    "period of performance", "award period", "funding period", "contract period", "term",
    "dates", "effective dates", "agreement term", "contract term", "term of agreement",
    "project dates", "grant dates", "grant term", "date range", "duration", "active dates",
    "start end", "start to end", "years", "years active", "from to", "effective period",
    "agreement period", "project term")))  # fmt: skip
MARKS = tuple(map(re.compile, (
    r"\s*[\u2013\u2014\u2192]\s*", r"\s+(?:to|through|thru|until|till)\s+", r"\s+-+\s+",
    r"(?<=\d)-(?=\d)")))  # fmt: skip
LEAST_SHARE = 0.5  # of the cells that say something


def part_ranges(raw: RawTable, name: str) -> RawTable:
    """Part cells of two days into a column of starts and one of ends, where there is neither."""
    start, end = PERIODS.get(name, (None, None))
    if start is None or end is None:
        return raw
    headers = match_headers(raw, TABLES[name])
    at = next((k for k, text in enumerate(raw.header) if fold_word(text) in HEADS), -1)
    if at < 0 or end in headers.columns or headers.columns.get(start, at) != at:
        return raw
    found = {row[at]: read_range(row[at]) for row in raw.rows if row[at]}
    read = {text: days for text, days in found.items() if days is not None}
    if not read or len(read) < LEAST_SHARE * len(found):
        return raw
    kept = [k for k in range(len(raw.header)) if k != at]
    rows = [[*(row[k] for k in kept), *(read.get(row[at]) or (row[at], ""))] for row in raw.rows]
    note = note_shape(
        raw,
        f'"{raw.header[at]}" with two days in a cell ("{next(iter(read))}")',
        "The first is read as the start, the second as the end.",
        allowed="Start and end have a column each.",
    )
    header = (*(raw.header[k] for k in kept), start, end)
    return replace(raw, header=header, rows=rows, notes=(*raw.notes, note))


def read_range(text: str) -> tuple[str, str] | None:
    """Start and end of a cell that holds two days; ``None`` where it does not.

    Examples
    --------
    >>> read_range("10/1/2024-9/30/2025"), read_range("July 2024 to present"), read_range("2024-25")
    (('10/1/2024', '9/30/2025'), ('July 2024', 'present'), None)
    """
    for mark in MARKS:
        parts = mark.split(text.strip())
        if len(parts) == 2 and read_day(parts[0]).value and _ends(parts[1]):
            year = re.fullmatch(r"(19|20)\d{2}", parts[1])
            return parts[0], f"{parts[1]}-12-31" if year else parts[1]
    return None


def _ends(text: str) -> bool:
    return read_day(text).value is not None or fold_cell(text) in list_words("open_end")
