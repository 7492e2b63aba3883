"""Rows that gathered while a file was read, as Arrow tables: made column by column."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .layout import CELLS, ORIGIN, schema_of

if TYPE_CHECKING:
    import pyarrow as pa

Shapes = Mapping[int, tuple[str, ...]]  # the columns that rows of a shape have
_SHAPE = ORIGIN.index("shape")


def make_batch(table: str, rows: Sequence[tuple[Any, ...]], shapes: Shapes) -> pa.Table:
    """Make an Arrow table of gathered rows, in their order.

    A row of what organizations are and have (`CELLS`) is its origin and the tuple of its cells, in
    the columns of its shape; a row of the journal is its cells.
    """
    import numpy as np
    import pyarrow as pa

    if table not in CELLS:
        return _put_together(table, [list(column) for column in zip(*rows, strict=True)])
    by_shape: dict[int, list[int]] = {}
    for k, row in enumerate(rows):
        by_shape.setdefault(row[_SHAPE], []).append(k)
    parts = [
        _make_part(table, [rows[k] for k in places], shapes[shape])
        for shape, places in by_shape.items()
    ]
    if len(parts) == 1:
        return parts[0]
    places = np.concatenate([np.array(places) for places in by_shape.values()])
    return pa.concat_tables(parts).take(np.argsort(places))


def _make_part(table: str, rows: Sequence[tuple[Any, ...]], columns: tuple[str, ...]) -> pa.Table:
    """Rows of one shape: columns that it lacks are blank, others stand together in ``extra``."""
    *origin, told = zip(*rows, strict=True)
    cells = dict(zip(columns, zip(*told, strict=True), strict=True))
    blank = [""] * len(rows)
    own = [cells.pop(column, blank) for column in CELLS[table]]
    extra = list(zip(*cells.values(), strict=True))
    written = {texts: json.dumps(texts, ensure_ascii=False) for texts in set(extra)}
    return _put_together(table, [*origin, *own, [written[t] for t in extra] or blank])


def _put_together(table: str, columns: Sequence[Sequence[Any]]) -> pa.Table:
    import pyarrow as pa

    schema = schema_of(table)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)
