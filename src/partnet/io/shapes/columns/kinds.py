"""A directory with a column for each kind of organizations: Hospitals, Schools, Nonprofits."""

from __future__ import annotations

import re

from ....core.vocabulary import default_vocabulary
from ....core.wording.text import count_noun
from ...cells import RawTable
from ...values.numbers import read_number
from ...values.parse import NO, YES
from ...values.words import fold_cell, is_nothing
from ..entries import Entries, note_shape

FEWEST = 2  # columns of kinds
FEWEST_SINGULAR = 3  # Hospital, Clinic may be the two ends of a tie
LEAST_OWN = 0.8  # of the names of a directory stand in it once
LONGEST_NAME = 120  # characters
NAME = re.compile(r"[^\W\d_]{2}")
# What people write over a column of organizations, and no kind or sector is called.
MORE = frozenset({
    "health care", "healthcare", "health", "medical", "businesses", "law enforcement",
    "community", "others", "partners", "state agencies", "agencies", "youth", "seniors", "media",
})  # fmt: skip


def is_by_kind(raw: RawTable) -> bool:
    """Tell whether every header is a kind or a sector, with the names of organizations below."""
    headers = [text for text in raw.header if text]
    if len(headers) < FEWEST or len(set(map(fold_cell, headers))) < len(headers):
        return False
    told = [bool(find_kind_or_sector(text)) for text in headers]
    if not all(one or fold_cell(text) in MORE for one, text in zip(told, headers, strict=True)):
        return False
    plural = sum(text.strip().casefold().endswith("s") for text in headers)
    if sum(told) < FEWEST or (2 * plural < len(headers) and len(headers) < FEWEST_SINGULAR):
        return False
    return _hold_names(raw)


def _hold_names(raw: RawTable) -> bool:
    """Whether the cells are names, hardly any of them twice: neither yes and no nor numbers."""
    used = [k for k, text in enumerate(raw.header) if text]
    if any(cell for row in raw.rows for k, cell in enumerate(row) if k not in used):
        return False
    cells = [row[k] for row in raw.rows for k in used if not is_nothing(row[k], "label")]
    if not cells or max(map(len, cells)) > LONGEST_NAME:
        return False
    folded = [fold_cell(cell) for cell in cells]
    if any(word in YES | NO or read_number(word) is not None for word in folded):
        return False
    named = all(NAME.search(word) and not find_kind_or_sector(word) for word in folded)
    return named and len(set(folded)) >= LEAST_OWN * len(folded)


def find_kind_or_sector(text: str) -> str:
    """The kind or the sector that a header names, "" where it names none."""
    words = default_vocabulary()
    bare = text.strip(" :*")
    forms = [bare, bare[:-1] if bare[-1:] in "sS" else bare]
    return next(
        (f for form in forms for f in (words.find_kind(form), words.find_sector(form)) if f), ""
    )


def melt_kinds(raw: RawTable) -> RawTable:
    """Turn a column for each kind into a list of organizations with their kind or sector."""
    if not is_by_kind(raw):
        return raw
    find = default_vocabulary().find_kind
    odd = [text for text in raw.header if text and not find_kind_or_sector(text)]
    entries = Entries(raw, ("name", "kind", "sector", *(["listed under"] if odd else [])))
    seen: set[str] = set()
    for k, header in enumerate(raw.header):
        said = find_kind_or_sector(header)
        kind = header.strip(" :*") if said and find(said) else ""
        sector = said if said and not kind else ""
        for position, row in enumerate(raw.rows):
            if is_nothing(row[k], "label") or fold_cell(row[k]) in seen:
                continue
            seen.add(fold_cell(row[k]))
            entries.add(position, [row[k], kind, sector, *([header] if odd else [])])
    named = ", ".join(f'"{text}"' for text in [t for t in raw.header if t][:4])
    return entries.make(
        note_shape(
            raw,
            f"a column of organizations for each kind ({named})",
            f"Each name is read as a row: {count_noun(len(entries.rows), 'organization')}.",
            allowed="A list of organizations has one row for each.",
        )
    )
