"""DataFrames as raw cells, so that they pass the same checks as files."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from ..core.errors import UsageError
from ..core.storage.shapes import show
from .cells import RawTable, make_raw_table

MOST_WHOLE = 10**300  # beyond it a number is said, and not written


def cells_of_frame(name: str, frame: pd.DataFrame) -> RawTable:
    """Turn a DataFrame into text cells; messages count its rows from 1 and call it by name.

    Raises
    ------
    UsageError
        It is not a DataFrame.
    """
    if not isinstance(frame, pd.DataFrame):
        raise UsageError(
            f"table {name!r}: found {type(frame).__name__}. A table is a pandas DataFrame. "
            "Make one of it."
        )
    if not isinstance(name, str):
        raise UsageError(
            f"tables: found the name {show(name)}. A table is named by a text. Write it."
        )
    label = frame.index.name
    takes_index = (
        label in ("id", "name") and label not in frame.columns and frame.columns.nlevels == 1
    )
    named = frame.reset_index() if takes_index else frame
    columns = [texts_of_column(named.iloc[:, k]) for k in range(named.shape[1])]
    header = ["" if str(c).startswith("Unnamed: ") else str(c) for c in named.columns]
    records = enumerate([header, *(list(row) for row in zip(*columns, strict=True))])
    return make_raw_table(f"table {name}", name, records)


def texts_of_column(column: pd.Series) -> list[str]:
    """Give every cell as the shortest text that reads back as the same value; missing is blank."""
    return [
        value.strip() if isinstance(value, str) else text_of_object(value)
        for value in column.tolist()
    ]


def text_of_object(value: Hashable | Any) -> str:
    """Give any value as text; a list as its parts with semicolons between them."""
    if isinstance(value, list | tuple | set | frozenset):
        parts = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return "; ".join(filter(None, map(text_of_object, parts)))
    if isinstance(value, str):
        return value.strip()
    if value is None or _is_missing(value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    if isinstance(value, int) and abs(value) > MOST_WHOLE:
        return show(value)  # Python refuses to write out more than 4,300 digits
    return str(value).strip()


def _is_missing(value: Any) -> bool:
    missing = pd.isna(value)
    return isinstance(missing, bool) and missing  # of an array, many answers: it is a value
