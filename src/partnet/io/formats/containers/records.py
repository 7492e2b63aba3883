"""Tables in JSON: a list of objects, one by name, or what a DataFrame writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ....core.schema import TABLES
from ....core.vocabulary import fold_word
from ...cells import RawTable, make_raw_table
from ..source import Source
from .values import text_of_json

NAMED = frozenset(fold_word(word) for table in TABLES.values() for word in table.words)
CX = "numberVerification"  # by which a list of objects is a network of Cytoscape
Rows = Sequence[Mapping[str, Any]]


def list_record_tables(source: Source) -> list[RawTable]:
    """Give the tables of a JSON file; none where it holds something else.

    A list of objects is one table, called as the file; objects below names of tables are these.
    """
    if not source.is_json or source.suffix != ".json":
        return []
    found = find_tables(source.data)
    return [_make_table(source.name, title, rows) for title, rows in found.items()]


def find_tables(data: Any) -> dict[str, Rows]:
    """The tables of parsed JSON by name, "" for one without a name.

    Examples
    --------
    >>> find_tables([{"source": "Alder", "target": "Birch"}])
    {'': [{'source': 'Alder', 'target': 'Birch'}]}
    >>> find_tables({"ties": [{"from": "Alder"}], "title": "x"})
    {'ties': [{'from': 'Alder'}]}
    >>> find_tables({"columns": ["from", "to"], "data": [["Alder", "Birch"]]})
    {'': [{'from': 'Alder', 'to': 'Birch'}]}
    """
    rows = _list_rows(data)
    if rows and CX not in {name for row in rows for name in row}:
        return {"": rows}
    if not isinstance(data, Mapping):
        return {}
    tables = {str(name): _list_rows(_lay_flat(part)) for name, part in data.items()}
    tables = {name: part for name, part in tables.items() if part}
    return tables if any(fold_word(name) in NAMED for name in tables) else {}


def _list_rows(data: Any) -> Rows:
    """Rows of one table: objects in a list, columns with their cells, or columns beside data."""
    if isinstance(data, list):
        return data if data and all(_is_flat(row) for row in data) else []
    if not isinstance(data, Mapping) or not data:
        return []
    columns, cells = data.get("columns"), data.get("data")
    if isinstance(columns, list) and isinstance(cells, list):
        whole = all(isinstance(row, list) and len(row) == len(columns) for row in cells)
        heads = [*map(str, columns)]
        return [dict(zip(heads, row, strict=True)) for row in cells] if whole else []
    parts = [*data.values()]
    if all(isinstance(part, Mapping) and part and _is_flat(part) for part in parts):
        index = dict.fromkeys(key for part in parts for key in part)
        counted = [*index] == [str(k) for k in range(len(index))]  # as pandas counts its rows
        rows = [{name: part.get(key) for name, part in data.items()} for key in index]
        return rows if counted else []
    return []


def _lay_flat(part: Any) -> Any:
    """Objects within the objects of a list laid into these: address: {county: Knox} is county."""
    if not isinstance(part, list) or not all(isinstance(row, Mapping) for row in part):
        return part
    return [_lay_row(row) for row in part]


def _lay_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with what lies within it beside it; what is named twice, by both names."""
    within = [
        (k, inner, v) for k, o in row.items() if isinstance(o, Mapping) for inner, v in o.items()
    ]
    names = Counter([*row, *(inner for _, inner, _ in within)])
    flat = {k: value for k, value in row.items() if not isinstance(value, Mapping)}
    return flat | {inner if names[inner] == 1 else f"{k} {inner}": v for k, inner, v in within}


def _is_flat(row: Any) -> bool:
    """Whether a row is an object of values and lists of values."""
    return isinstance(row, Mapping) and not any(
        isinstance(part, Mapping)
        for value in row.values()
        for part in (value if isinstance(value, list) else [value])
    )


def _make_table(file: str, title: str, rows: Rows) -> RawTable:
    header = list(dict.fromkeys(str(name) for row in rows for name in row))
    return make_raw_table(file, title, _number(header, rows))


def _number(header: Sequence[str], rows: Rows) -> Iterable[tuple[int, Sequence[str]]]:
    yield 0, header
    for k, row in enumerate(rows, start=1):
        texts = {str(name): text_of_json(value) for name, value in row.items()}
        yield k, [texts.get(name, "") for name in header]
