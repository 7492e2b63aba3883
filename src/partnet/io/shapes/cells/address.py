"""Addresses of one cell: 1 Main St, Hartington, NE 68739."""

from __future__ import annotations

import re
from dataclasses import replace

from ....core.schema import TABLES
from ....core.vocabulary import fold_word
from ....places.gazetteer import state_code
from ...cells import RawTable
from ...headers.columns import match_headers
from ..entries import note_shape

HEADS = frozenset(map(fold_word, (
    "address", "full address", "mailing address", "street address", "physical address",
    "location", "location address", "complete address")))  # fmt: skip
ENDING = re.compile(
    r".*?[,\n]\s*([A-Za-z][A-Za-z. ]{1,20}?)[,\s]\s*(\d{5})(?:-\d{4})?"
    r"(?:[,\s]+(?:usa?|united states|u\.s\.a?\.?))?",
    re.IGNORECASE | re.DOTALL,
)
BARE_ENDING = re.compile(r"(?<=[a-z.,] )([A-Z]{2}),? (\d{5})(?:-\d{4})?$")  # Creighton NE 68729
TOWNS = frozenset(map(fold_word, (
    "city state", "city state zip", "city and state", "town state", "location city state",
    "city st", "city st zip", "city state zip code")))  # fmt: skip
LEAST_SHARE = 0.5  # of the addresses


def part_addresses(raw: RawTable) -> RawTable:
    """Take State and ZIP code from the end of addresses, where they have no columns."""
    at = match_headers(raw, TABLES["organizations"])
    lacking = [name for name in ("state", "zip") if name not in at.columns]
    words = {k: fold_word(text) for k, text in at.extras.items()}
    column = next((k for k, word in words.items() if word in HEADS or word in TOWNS), -1)
    if not lacking or column < 0:
        return raw
    found = {row[column]: read_ending(row[column]) for row in raw.rows if row[column]}
    read = {text: parts for text, parts in found.items() if parts is not None}
    if len(read) < max(1, LEAST_SHARE * len(found)):
        return raw
    blank = {"state": "", "zip": ""}
    rows = [
        [*row, *((read.get(row[column]) or blank)[name] for name in lacking)] for row in raw.rows
    ]
    first = " ".join(next(iter(read)).split())
    note = note_shape(
        raw,
        f'"{raw.header[column]}" with whole addresses ("{first}")',
        f"{' and '.join(WORDS[name] for name in lacking)} are taken from their end."
        if len(lacking) > 1
        else f"The {WORDS[lacking[0]]} is taken from their end.",
        allowed="State and ZIP code have a column each.",
    )
    return replace(raw, header=(*raw.header, *lacking), rows=rows, notes=(*raw.notes, note))


WORDS = {"state": "State", "zip": "ZIP code"}


def read_ending(text: str) -> dict[str, str] | None:
    """The State and the ZIP code with which an address ends; ``None`` where it does not.

    Examples
    --------
    >>> read_ending("1 Main St, Hartington, NE 68739-1234"), read_ending("1 Main St, 68739")
    ({'state': 'NE', 'zip': '68739'}, None)
    >>> read_ending("Hartington, NE")
    {'state': 'NE', 'zip': ''}
    """
    for match in (ENDING.fullmatch(text.strip()), BARE_ENDING.search(text.strip())):
        if match is not None and (state := state_code(match[1])):
            return {"state": state, "zip": match[2]}
    state = state_code(text.rpartition(",")[2]) if text.count(",") == 1 else ""
    return {"state": state, "zip": ""} if state else None
