"""DataFrames as raw cells, so that they pass the same checks as files."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from ...core.errors import UsageError
from ...core.schema import TABLES
from ...core.storage.shapes import show
from ...core.vocabulary import fold_word
from ..cells import RawTable, make_raw_table
from ..headers.words import spellings

STACKED = ["level_0", "level_1"]  # as pandas calls both ends of a matrix that it stacked
MOST_ROWS = 5_000  # organizations of a matrix
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
    frame = _flatten_columns(frame)
    frame = _stack_matrix(frame) if name == "ties" else frame
    named = frame.reset_index() if _tells_rows(name, frame) else frame
    if named is not frame and _is_list(name) and named.columns[0] == "index":
        named = named.rename(columns={"index": "name"})
    columns = [texts_of_column(named.iloc[:, k]) for k in range(named.shape[1])]
    header = ["" if str(c).startswith("Unnamed: ") else str(c) for c in named.columns]
    if name == "ties" and (_is_bare(named) or header[:2] == STACKED):
        header[:2] = "source", "target"
    records = enumerate([header, *(list(row) for row in zip(*columns, strict=True))])
    return make_raw_table(f"table {name}", name, records)


def _flatten_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """Name columns of several levels by what tells them apart."""
    if frame.columns.nlevels == 1:
        return frame
    levels = range(frame.columns.nlevels)
    told = [k for k in levels if frame.columns.get_level_values(k).nunique() > 1] or [0]
    flat = [" ".join(str(column[k]) for k in told).strip() for column in frame.columns]
    return frame.set_axis(flat, axis=1)


def _stack_matrix(frame: pd.DataFrame) -> pd.DataFrame:
    """Stack what `pivot_table` and `crosstab` make of ties: both its axes name an end."""
    ends = [frame.index.name, frame.columns.name]
    known = [spellings(TABLES["ties"].column(end)) for end in ("source", "target")]
    named = all(
        end is not None and fold_word(str(end)) in words
        for end, words in zip(ends, known, strict=True)
    )
    if not named or frame.index.nlevels > 1 or frame.columns.nlevels > 1:
        return frame
    texts = frame.stack().dropna()
    rows = [(a, b, value) for (a, b), value in texts.items()]
    return pd.DataFrame(rows, columns=["source", "target", "strength"])


def _is_bare(frame: pd.DataFrame) -> bool:
    """Whether the columns of a DataFrame are only counted, and the first two hold names."""
    counted = frame.shape[1] > 1 and frame.columns.tolist() == [*range(frame.shape[1])]
    return counted and all(
        isinstance(value, str) for k in (0, 1) for value in frame.iloc[:, k].dropna()
    )


def _tells_rows(name: str, frame: pd.DataFrame) -> bool:
    """Whether the index of a DataFrame is a part of the table: named as a column, or a matrix."""
    index = frame.index
    if set(index.names) & set(frame.columns):
        return False
    if name == "ties" and index.nlevels == len(STACKED) and not any(index.names):
        return True
    table = TABLES.get(name)
    known = {w for c in table.columns for w in spellings(c)} if table else {"id", "name"}
    labels = [label for label in index.names if label is not None]
    if labels and all(fold_word(str(label)) in known for label in labels):
        return True
    if index.nlevels > 1 or isinstance(index, pd.RangeIndex) or len(index) > MOST_ROWS:
        return False
    if _is_list(name) and _names_organizations(frame):
        return True
    across = {str(text) for text in frame.columns}
    return len(across) > 1 and across == set(map(str, index)) and not is_count(index)


def _is_list(name: str) -> bool:
    """Whether a DataFrame is called as a list of organizations."""
    return fold_word(name) in map(fold_word, TABLES["organizations"].words)


def _names_organizations(frame: pd.DataFrame) -> bool:
    """Whether names stand in the index of a list of organizations, and no column has them."""
    table = TABLES["organizations"]
    known = spellings(table.column("name")) | spellings(table.column("id"))
    named = {fold_word(str(text)) for text in frame.columns} & known
    texts = all(isinstance(text, str) for text in frame.index)
    return not named and texts and frame.index.is_unique and len(frame) > 0


def is_count(index: pd.Index) -> bool:
    """Tell whether an index only counts the rows."""
    return index.dtype.kind in "iu" and index.tolist() in (
        [*range(len(index))],
        [*range(1, len(index) + 1)],
    )


def texts_of_column(column: pd.Series) -> list[str]:
    """Give every cell as the shortest text that reads back as the same value; missing is blank."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iufM":  # each value once
        codes, values = pd.factorize(column)
        texts = np.array([*map(text_of_object, values.tolist()), ""], dtype=object)
        return list(texts[codes])
    if isinstance(column.dtype, pd.StringDtype) and not column.hasnans:
        return [*map(str.strip, column.to_numpy(dtype=object).tolist())]
    return [
        value.strip() if isinstance(value, str) else text_of_object(value)
        for value in column.tolist()
    ]


def text_of_object(value: Hashable | Any) -> str:
    """Give any value as text; a list as its parts with semicolons between them."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
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
