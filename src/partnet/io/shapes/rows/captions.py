"""Rows of a list that only head a part of it: HOSPITALS, and below it the hospitals."""

from __future__ import annotations

from statistics import median

from ....core.schema import TABLES
from ....core.vocabulary import default_vocabulary
from ...cells import RawTable
from ...headers import match_headers
from ..entries import Entries, note_shape

FEWEST_FILLED = 2  # cells that an ordinary row fills


def drop_captions(raw: RawTable) -> RawTable:
    """Leave out rows of organizations that hold nothing but the name of a kind or a sector."""
    at = match_headers(raw, TABLES["organizations"]).columns.get("name", -1)
    filled = [sum(map(bool, row)) for row in raw.rows]
    if at < 0 or not filled or median(filled) < FEWEST_FILLED:
        return raw
    captions = {
        k for k, row in enumerate(raw.rows)
        if filled[k] == 1 and row[at] and k + 1 < len(filled) and filled[k + 1] > 1
        and _names_kind(row[at])
    }  # fmt: skip
    if not captions:
        return raw
    kept = Entries(raw, raw.header)
    for k, row in enumerate(raw.rows):
        if k not in captions:
            kept.add(k, list(row))
    texts = [raw.rows[k][at] for k in sorted(captions)]
    note = note_shape(
        raw,
        ", ".join(f'"{text}"' for text in texts[:4]) + " alone in a row",
        "Such rows head a part of the list: they are no organizations.",
        allowed="Every row of the table organizations is one.",
    )
    return kept.make(note)


def _names_kind(text: str) -> bool:
    words = default_vocabulary()
    bare = text.strip(" :*-")
    forms = {bare, bare[:-1] if bare[-1:] in "sS" else bare}
    return any(words.find_kind(form) or words.find_sector(form) for form in forms)
