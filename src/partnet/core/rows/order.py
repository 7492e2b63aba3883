"""One order of rows, whatever the order in which they were written.

Equal candidates are told apart by their position, draws are handed out by it, and sums are taken
row by row: where verbs see the rows in an order that follows from what they say, an answer cannot
depend on how a file is sorted.
"""

from __future__ import annotations

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

    Organizations stand by id, so that among equals the lower id comes first; rows that tell facts
    of them by all their columns, of which case and blanks of labels do not count. Registers stay as
    they were written.

    Parameters
    ----------
    name : str
        Name of the table.
    frame : DataFrame
        Its rows.
    """
    columns = ["id"] if name == "organizations" else _columns_that_order(name, tuple(frame.columns))
    if name in AS_WRITTEN or len(frame) < 2 or not columns:
        return frame
    labels = _labels(name)

    def fold(cells: pd.Series) -> pd.Series:
        if cells.name not in labels:
            return cells
        return cells.map({text: fold_label(text) for text in cells.unique()})

    return frame.sort_values(
        columns, kind="stable", ignore_index=True, na_position="first", key=fold
    )


@cache
def _columns_that_order(name: str, present: tuple[str, ...]) -> list[str]:
    return [column for column in TABLES[name].names if column in present]


@cache
def _labels(name: str) -> frozenset[str]:
    return frozenset(column.name for column in TABLES[name].columns if column.spelling)
