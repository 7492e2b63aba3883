"""CSV files of other programs: their header, and their rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice
from pathlib import Path

from ....core.errors import InputError
from ...cells import clean_cell
from ...opened.csv_file import decode_csv, read_csv_records
from ..source import Row, Source, read_limited
from .sheets import fold_headers

SUFFIXES = (".csv", ".tsv", ".tab", ".txt")
MOST_CSV = 400_000_000


def sniff_header(source: Source) -> list[str]:
    """The header of a CSV file, folded; nothing of any other file."""
    if source.suffix not in SUFFIXES or not source.is_text:
        return []
    rows = first_rows(source, 1)
    return fold_headers(rows[0]) if rows else []


def is_plain(header: Sequence[str], own: Collection[str]) -> bool:
    """Tell whether a list of ties has no column of a program's own.

    Examples
    --------
    >>> is_plain(["From", "To", "How"], {"label"}), is_plain(["from", "to", "label"], {"label"})
    (True, False)
    """
    return set(own).isdisjoint(fold_headers(header))


def first_rows(source: Source, count: int) -> list[list[str]]:
    """The first rows with any text; a row that is cut off by the end of the sample may be short."""
    text = source.start
    if len(source.head) >= 65_536 and "\n" in text:
        text = text[: text.rindex("\n")]
    try:
        records = (row for _, row in read_csv_records(source.name, text) if any(row))
        return [list(map(clean_cell, row)) for row in islice(records, count)]
    except InputError:
        return []


def read_table(source: Source, path: Path | None = None) -> list[Row]:
    """Read all rows with any text of a CSV file, with the lines on which they begin.

    Raises
    ------
    InputError
        A cell does not end, or the file is too large.
    """
    file = path or source.path
    text, notes = decode_csv(file.name, read_limited(file, MOST_CSV))
    source.notes.extend(notes)
    rows = ((n, list(map(clean_cell, row))) for n, row in read_csv_records(file.name, text))
    return [(number, row) for number, row in rows if any(row)]
