"""Columns of codes that their header explains: Type (1 = Hospital, 2 = Clinic)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ....core.schema import NUMERIC_TYPES, TABLES
from ....core.vocabulary import default_vocabulary
from ...cells import RawTable
from ...headers.columns import match_headers
from ...values.codes import drop_decimals
from ...values.scales import head_scale, list_points
from ..entries import holds_figures, name_headers, note_shape
from .legend import letters_of, spell_column

FEWEST = 2  # codes that a header explains
LETTERED = frozenset({"kind", "relation", "strength", "name", "choice", "organization"})
SCALES = NUMERIC_TYPES | {"strength"}  # numbers that stay numbers


def name_codes(raw: RawTable, name: str) -> RawTable:
    """Write the words for codes into the cells below a header that says what each code means."""
    raw = _name_letters(raw, name)
    told = {k: list_points(text) for k, text in enumerate(raw.header) if "=" in text or ":" in text}
    told = {k: codes for k, codes in told.items() if len(codes) >= FEWEST}
    if not told:
        return raw
    columns = match_headers(raw, TABLES[name]).columns
    worded = {columns[c.name] for c in TABLES[name].columns
              if c.name in columns and c.type not in SCALES}  # fmt: skip
    told = {k: codes for k, codes in told.items() if k in worded and _holds_codes(raw, k, codes)}
    if not told:
        return raw
    rows = [
        [told[k].get(drop_decimals(t), t) if k in told else t for k, t in enumerate(row)]
        for row in raw.rows
    ]
    named = name_headers(raw, told)
    note = note_shape(
        raw,
        f"codes below {named}",
        "Each is read as the word that the header gives for it.",
        allowed="A cell says what it means.",
    )
    return replace(raw, rows=rows, notes=(*raw.notes, note))


def _name_letters(raw: RawTable, name: str) -> RawTable:
    """Write the words for letters that a legend explains, in columns where words belong."""
    if not letters_of(raw):
        return raw
    columns = match_headers(raw, TABLES[name]).columns
    worded = [columns[c.name] for c in TABLES[name].columns
              if c.name in columns and c.type in LETTERED]  # fmt: skip
    return spell_column(raw, worded)


def rank_codes(raw: RawTable) -> RawTable:
    """Read numbers of a relation as strengths, where its header calls them levels.

    Relationship (0 = none, 1 = networking, 2 = cooperation, 5 = collaboration) is a scale.
    """
    at = match_headers(raw, TABLES["ties"]).columns
    relation = at.get("relation", -1)
    if relation < 0 or "strength" in at:
        return raw
    words, header = default_vocabulary(), raw.header[relation]
    points = [*list_points(header).values()]
    levels = [text for text in points if words.find_level(text) is not None]
    if len(levels) < FEWEST or not holds_figures(raw, relation):
        return raw
    note = note_shape(
        raw,
        f'"{header}" with numbers',
        "They are read as the strength of the ties, on the scale that the header names.",
        allowed="A relation is what two organizations do together.",
    )
    named = tuple(head_scale(t) if k == relation else t for k, t in enumerate(raw.header))
    return replace(raw, header=named, notes=(*raw.notes, note))


def _holds_codes(raw: RawTable, position: int, codes: Mapping[str, str]) -> bool:
    """Whether every filled cell of a column is one of its codes."""
    cells = (row[position] for row in raw.rows)
    filled = [drop_decimals(text) for text in cells if text]
    return bool(filled) and all(text in codes for text in filled)
