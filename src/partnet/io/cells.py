"""Raw cells: one sheet or one CSV file as text, before anything is typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ..core.errors import InputProblem, Where
from ..core.safety import strip_controls
from ..core.schema import TABLES

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
    """

    file: str
    sheet: str
    header: tuple[str, ...]
    header_row: int
    rows: Sequence[Sequence[str]]
    row_numbers: list[int]
    notes: tuple[InputProblem, ...] = ()
    table: str = ""


def make_raw_table(
    file: str,
    sheet: str,
    records: Iterable[tuple[int, Sequence[str]]],
    notes: Iterable[InputProblem] = (),
) -> RawTable:
    """Make a raw table of numbered rows of text; the first row with any text is the header."""
    problems = list(notes)
    filled = [(number, list(map(clean_cell, row))) for number, row in records]
    filled = [(number, row) for number, row in filled if any(row)]
    if not filled:
        return RawTable(file, sheet, (), 1, [], [], tuple(problems))
    header_row, header = filled[0]
    body = [(number, row) for number, row in filled[1:] if not is_example(row)]
    header = [" ".join(text.split()) for text in header]
    width = _find_width(header)
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


def clean_cell(text: str) -> str:
    """Strip a cell: no control characters, no-break spaces as spaces, no blanks at the ends."""
    if text.isascii() and text.isprintable():
        return text.strip()
    one = text.replace("\r\n", "\n").replace("\r", "\n")  # a line break is a line break
    return strip_controls(one.replace("\u00a0", " ").replace("\ufeff", "")).strip()


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
