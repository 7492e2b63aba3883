"""One order of rows, whatever the order in which they were written.

Equal candidates are told apart by their position, draws are handed out by it, and sums are taken
row by row: where verbs see the rows in an order that follows from what they say, an answer cannot
depend on how a file is sorted.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ..schema import TABLES
from .spelling import fold_label

if TYPE_CHECKING:
    import pandas as pd

# Registers, in which a later row overrules an earlier one or the writer's order is the agenda.
AS_WRITTEN = frozenset(
    {"rules", "outcomes", "goals", "measurements", "promising_practices", "attendance"}
    | {"profiles", "judgments", "feedback", "about"}
)


def put_in_order(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Put the rows of a table in the one order that follows from their cells.

    Organizations stand by id, numbers in it as numbers, so that among equals the lower id comes
    first; rows that tell facts of them by all their columns, of which case and blanks of labels do
    not count. Registers stay as they were written.

    Parameters
    ----------
    name : str
        Name of the table.
    frame : DataFrame
        Its rows.
    """
    columns = _columns_that_order(name, tuple(frame.columns))
    if name in AS_WRITTEN or len(frame) < 2 or not columns:
        return frame
    numbered = frame.reset_index(drop=True)
    if name == "organizations":
        ids = numbered["id"].tolist()
        order = sorted(range(len(ids)), key=lambda k: (read_naturally(ids[k]), ids[k]))
        in_order = order == list(range(len(ids)))
        return numbered if in_order else numbered.iloc[order].reset_index(drop=True)
    labels = _labels(name)

    def fold(cells: pd.Series) -> pd.Series:
        if cells.name not in labels:
            return cells
        return cells.map({text: fold_label(text) for text in cells.unique()})

    found = numbered.sort_values(columns, kind="stable", na_position="first", key=fold)
    in_order = found.index.equals(numbered.index)  # most files are: they are kept once
    return numbered if in_order else found.reset_index(drop=True)


def read_naturally(id_: str) -> list[str | tuple[int, str]]:
    """Take an id apart into words and numbers, so that the second comes before the tenth.

    Examples
    --------
    >>> sorted(["org-10", "org-2", "org"], key=read_naturally)
    ['org', 'org-2', 'org-10']
    """
    parts: list[str | tuple[int, str]] = [*_NUMBERS.split(id_)]
    for k in range(1, len(parts), 2):
        digits = str(parts[k]).lstrip("0")
        parts[k] = len(digits), digits  # of any length: no number is made of them
    return parts


_NUMBERS = re.compile(r"([0-9]+)")


@cache
def _columns_that_order(name: str, present: tuple[str, ...]) -> list[str]:
    return [column for column in TABLES[name].names if column in present]


@cache
def _labels(name: str) -> frozenset[str]:
    return frozenset(column.name for column in TABLES[name].columns if column.spelling)
