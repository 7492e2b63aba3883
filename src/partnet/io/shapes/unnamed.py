"""Ties with columns of numbers or levels under headers that say no strength."""

from __future__ import annotations

import re
from dataclasses import replace

from ...core.schema import TABLES
from ...core.vocabulary import default_vocabulary, fold_word
from ..cells import RawTable
from ..headers import match_headers
from ..values.words import fold_cell, is_nothing
from .entries import Entries, holds_figures, note_shape

MOST_LOOKED_AT = 2_000  # rows below a header that tell what it is
OTHER = re.compile(
    r"(.* )?(id|ids|key|index|row|rownames|year|zip|fips|npi|ein|phone|lat|lon|latitude|longitude|"
    r"amount|cost|costs|dollars|budget|distance|miles|km|page|budgeted|award|modularity|class|"
    r"interval|timeset|group|cluster|community|color|width|height|size|age)( .*)?|x"
)
WAVES = frozenset(map(fold_word, (
    "year", "wave", "time", "survey year", "round", "period", "time point", "timepoint",
    "survey wave", "fiscal year", "fy")))  # fmt: skip
FORTH = frozenset(map(fold_word, ("A to B", "A -> B", "A → B", "A>B", "1 to 2", "1 -> 2")))
BACK = frozenset(map(fold_word, ("B to A", "B -> A", "B → A", "B>A", "2 to 1", "2 -> 1")))


def name_strength(raw: RawTable) -> RawTable:
    """Read the one column of levels as strengths; say where a strength may stand beside ties.

    Two columns "A to B" and "B to A" are what each end says: two ties with a direction.
    """
    headers = match_headers(raw, TABLES["ties"])
    if {"strength", "answer"} & set(headers.columns) or not _names_ends(headers.columns):
        return raw
    words = {k: fold_word(text) for k, text in headers.extras.items() if text}
    ways = [next((k for k, w in words.items() if w in part), -1) for part in (FORTH, BACK)]
    if min(ways) >= 0:
        return _part_ways(raw, headers.columns, *ways)
    levels = [k for k in words if _holds_levels(raw, k)]
    if len(levels) == 1:
        header = tuple("strength" if k in levels else t for k, t in enumerate(raw.header))
        note = note_shape(
            raw,
            f'"{raw.header[levels[0]]}" with levels of working together',
            "It is read as the strength of the ties.",
            allowed="The strength of a tie stands under strength (or weight, frequency).",
        )
        return replace(raw, header=header, notes=(*raw.notes, note))
    first = replace(raw, rows=raw.rows[:MOST_LOOKED_AT])
    figures = [k for k, w in words.items() if not OTHER.fullmatch(w) and holds_figures(first, k)]
    found = sorted({*levels, *figures})
    return _tell_unnamed(raw, found) if found and not _is_foreign(raw) else raw


def tell_waves(raw: RawTable) -> RawTable:
    """Say where a column of years tells several waves: a pair stands in more than one of them."""
    headers = match_headers(raw, TABLES["ties"])
    at = next((k for k, t in headers.extras.items() if fold_word(t) in WAVES), -1)
    dated = {"since", "until"} & set(headers.columns)
    if at < 0 or dated or not _names_ends(headers.columns):
        return raw
    ends = headers.columns["source"], headers.columns["target"]
    rows = {(row[at], row[ends[0]], row[ends[1]]) for row in raw.rows if row[at]}
    waves = sorted({wave for wave, _, _ in rows})
    if len(waves) < 2 or len({pair[1:] for pair in rows}) == len(rows):
        return raw
    note = note_shape(
        raw,
        f'"{raw.header[at]}" from {waves[0]} to {waves[-1]}, and the same two organizations in '
        "several of them",
        "Every row counts, as if all were of today. Keep the rows of one wave, or say with the "
        "columns since and until when each held.",
        allowed="A network holds one wave.",
    )
    return replace(raw, notes=(*raw.notes, note))


def _names_ends(columns: dict[str, int]) -> bool:
    return {"source", "target"} <= set(columns)


def _is_foreign(raw: RawTable) -> bool:
    """Whether a program wrote the table, which names what its numbers are."""
    return bool(raw.table) and not raw.header_row


def _holds_levels(raw: RawTable, position: int) -> bool:
    """Whether a column holds levels of a ladder alone, other than high, medium and low."""
    words = default_vocabulary()
    said = {row[position] for row in raw.rows[:MOST_LOOKED_AT]}
    cells = {text for text in said if not is_nothing(text, "value")}
    found = {words.find_level(t) if (a := words.find_answer(t)) is None else a for t in cells}
    if None in found or not any(found):
        return False
    closeness = set(map(fold_cell, words.ladders["closeness"].answers()))
    return not closeness & set(map(fold_cell, cells))


def _tell_unnamed(raw: RawTable, found: list[int]) -> RawTable:
    named = " and ".join(f'"{raw.header[k]}"' for k in found[:3])
    more = f" and {len(found) - 3:,} more columns" if len(found) > 3 else ""
    note = note_shape(
        raw,
        f"{named}{more} with numbers or levels, and no column of strengths",
        "They are kept as text, and all ties count alike. If one of them says how strong a tie "
        'is, call it strength; where 1 is the strongest, "strength (1 = strongest)".',
        allowed="The strength of a tie stands under strength (or weight, frequency).",
    )
    return replace(raw, notes=(*raw.notes, note))


def _part_ways(raw: RawTable, columns: dict[str, int], forth: int, back: int) -> RawTable:
    """Two ties a row: what stands under A to B, and what under B to A."""
    ends = columns["source"], columns["target"]
    without = {*ends, forth, back, columns.get("directed", -1)}
    kept = [k for k in range(len(raw.header)) if k not in without]
    header = ("source", "target", "strength", "directed", *(raw.header[k] for k in kept))
    entries = Entries(raw, header)
    for position, row in enumerate(raw.rows):
        for (a, b), k in ((ends, forth), (ends[::-1], back)):
            if not is_nothing(row[k], "value"):
                entries.add(position, [row[a], row[b], row[k], "yes", *(row[i] for i in kept)])
    note = note_shape(
        raw,
        f'"{raw.header[forth]}" and "{raw.header[back]}" beside the ends',
        f"Each is read as the strength of a tie in its direction: {len(entries.rows):,} ties.",
    )
    return entries.make(note)
