"""Whether a workbook that one library copies still holds each cell that another one reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..opened.sheets import open_sheets


class MissingCellError(ValueError):
    """A copy of a workbook would have empty cells where its tables have something."""


def check_kept(path: Path, book: Any) -> None:
    """Refuse a copy in which a cell is empty that is read from the workbook itself.

    Of a cell that contradicts itself one library reads the text, another one nothing.

    Raises
    ------
    MissingCellError
        There is such a cell.
    """
    from openpyxl.cell.cell import MergedCell

    for sheet in open_sheets(path):
        cells = book[sheet.name]._cells if sheet.name in book.sheetnames else {}
        for number, texts in sheet.rows:
            for column, text in enumerate(texts, start=1):
                if not text.strip():
                    continue
                cell = cells.get((number, column))
                if cell is None or (cell.value is None and not isinstance(cell, MergedCell)):
                    raise MissingCellError(f"{sheet.name}, row {number}, column {column}")
