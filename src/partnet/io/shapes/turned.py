"""A list of organizations with one column for each, and one row for each of their columns."""

from __future__ import annotations

from dataclasses import replace

from ...core.schema import TABLES
from ...core.vocabulary import fold_word
from ..cells import RawTable
from ..header_words import spellings
from .entries import note_shape

FEWEST = 2  # rows that are known as columns


def turn_over(raw: RawTable) -> RawTable:
    """Turn a list that lies on its side, where its first column holds headers and its head none."""
    table = TABLES["organizations"]
    known = {word for column in table.columns for word in spellings(column)}
    down = [fold_word(row[0]) for row in raw.rows]
    across = [fold_word(text) for text in raw.header[1:]]
    named = len(raw.header) > 1 and fold_word(raw.header[0]) in spellings(table.column("name"))
    if not named or len(down) < FEWEST or not set(down) <= known or set(across) & known:
        return raw
    rows = [[raw.header[k], *(row[k] for row in raw.rows)] for k in range(1, len(raw.header))]
    note = note_shape(
        raw, f"{len(rows)} organizations side by side", "Each column is read as an organization."
    )
    return replace(
        raw,
        header=(raw.header[0], *(row[0] for row in raw.rows)),
        rows=[row for row in rows if row[0]],
        row_numbers=[raw.header_row for row in rows if row[0]],
        notes=(*raw.notes, note),
    )
