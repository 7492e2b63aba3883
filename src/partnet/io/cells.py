"""Raw cells: one sheet or one CSV file as text, before anything is typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ..core.errors import InputProblem, Where
from ..core.safety import strip_controls
from ..core.schema import TABLES
from .header_row import count_footers, count_second_headers, find_header

EXAMPLE = "EXAMPLE"  # so the template's own example row starts, which is not read


@dataclass(frozen=True, slots=True)
class RawTable:
    """One sheet or one CSV file, all cells as text.

    Attributes
    ----------
    file, sheet : str
        As they are printed in messages; no sheet for CSV.
    header : tuple of str
        Header cells on one line each; "" where there is none.
    header_row : int
        Row number as Excel shows it; leading empty rows count.
    rows : sequence of sequences of str
        Cells, every row as long as the header; blank rows are gone.
    row_numbers : list of int
        Row numbers as Excel or a text editor shows them.
    notes : tuple of InputProblem
        What was assumed while reading.
    table : str
        The table that it is known to be, whatever the name of its sheet or file.
    semicolons : bool
        Whether semicolons part the columns of a CSV file, as where commas stand before decimals.
    origins : sequence of int
        For a table that was turned into entries: which row of the file each entry stems from.
    spent : int
        Rows of the file that hold no entry, or that went into another table.
    """

    file: str
    sheet: str
    header: tuple[str, ...]
    header_row: int
    rows: Sequence[Sequence[str]]
    row_numbers: list[int]
    notes: tuple[InputProblem, ...] = ()
    table: str = ""
    semicolons: bool = False
    origins: Sequence[int] = ()
    spent: int = 0


def make_raw_table(
    file: str,
    sheet: str,
    records: Iterable[tuple[int, Sequence[str]]],
    notes: Iterable[InputProblem] = (),
) -> RawTable:
    """Make a raw table of numbered rows of text; the header may stand below title lines."""
    problems = list(notes)
    filled = [(number, list(map(clean_cell, row))) for number, row in records]
    filled = [(number, row) for number, row in filled if any(row)]
    if not filled:
        return RawTable(file, sheet, (), 1, [], [], tuple(problems))
    at = find_header(filled)
    header_row, header = filled[at]
    header = [" ".join(text.split()) for text in header]
    width = _find_width(header)
    first = at + 1 + count_second_headers(filled[at + 1 :])
    last = len(filled) - count_footers(filled[first:], width)
    _tell_left_out(problems, (file, sheet), filled[:at], filled[at + 1 : first], filled[last:])
    body = [(n, row) for n, row in filled[first:last] if not is_example(row)]
    rows = [_fit(row, width) for _, row in body]
    for number, row in body:
        if row[0] in _list_examples():
            problems.append(_tell_begun_example(Where(file, sheet, number), row[0]))
        if any(row[width:]):
            problems.append(_tell_overlong(Where(file, sheet, number), row[width:]))
    numbers = [number for number, _ in body]
    fitted = tuple(_fit(header, width))
    return RawTable(file, sheet, fitted, header_row, rows, numbers, tuple(problems))


def is_example(row: Sequence[str]) -> bool:
    """Whether a row is the example of a template, as partnet wrote it or in part.

    An organization may be called EXAMPLE something; and who typed over the example's other cells
    meant a row of their own.
    """
    own = _list_examples().get(row[0])
    return own is not None and all(not cell or cell in own for cell in row[1:])


@cache
def _list_examples() -> dict[str, frozenset[str]]:
    """The first cell of every example row of a template, and what else stands in it."""
    found: dict[str, frozenset[str]] = {}
    for table in TABLES.values():
        first = f"{EXAMPLE}: {table.columns[0].example}".strip()
        rest = {column.example for column in table.columns[1:]}
        found[first] = found.get(first, frozenset()) | rest
    return found


def _tell_begun_example(where: Where, text: str) -> InputProblem:
    return InputProblem(
        where,
        f'"{text}" before cells that are not the example\'s',
        "A row of the template that was typed over is read as a row of yours.",
        "Write the right name into its first cell, or delete the row.",
        level="note",
    )


def _tell_left_out(
    problems: list[InputProblem],
    place: tuple[str, str],
    above: Sequence[tuple[int, list[str]]],
    second: Sequence[tuple[int, list[str]]],
    below: Sequence[tuple[int, list[str]]],
) -> None:
    """Say which rows are titles, questions or remarks, and no rows of the table."""
    parts = (
        (above, "above the header", "The header was found below it."),
        (second, "below the header, from a survey tool", "The answers begin below it."),
        (below, "below the table", "It is a remark, and no row of the table."),
    )
    for rows, where, fix in parts:
        for number, row in rows[:1]:
            text = next(cell for cell in row if cell)[:80]
            more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
            found = f'"{text}"{more} {where}'
            place_ = Where(*place, number)
            allowed = "A table has one row of headers above its rows."
            problems.append(InputProblem(place_, found, allowed, fix, level="note"))


def clean_cell(text: str) -> str:
    """Strip a cell: no control characters and invisible marks, accents composed, plain blanks.

    A text that a CSV file hides from Excel in a formula is that text.

    Examples
    --------
    >>> clean_cell(" Cedar "), clean_cell('="06059"')
    ('Cedar', '06059')
    """
    if text[:2] == '="' and text[-1:] == '"' and '"' not in text[2:-1]:
        text = text[2:-1]
    if text.isascii() and text.isprintable():
        return text.strip()
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return strip_controls(_BLANKS.sub(" ", _INVISIBLE.sub("", composed))).strip()


_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphen, zero widths, byte order
_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")


def _find_width(header: Sequence[str]) -> int:
    """Columns up to the last header; a cell beyond it has no column."""
    return max((k + 1 for k, text in enumerate(header) if text), default=0)


def _fit(row: Sequence[str], width: int) -> list[str]:
    return [*row[:width], *[""] * (width - len(row))]


def _tell_overlong(where: Where, cells: Sequence[str]) -> InputProblem:
    text = next(cell for cell in cells if cell)
    return InputProblem(
        where,
        f'"{text}" to the right of the last header',
        "Every cell stands under a header.",
        "Give the column a header, or clear the cell. It is not read.",
        level="note",
    )
