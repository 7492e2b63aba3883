"""The one shape in which every verb of partnet answers: table, sentences, method."""

from __future__ import annotations

import html
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

ROWS_SHOWN = 10  # rows of the main table that a notebook shows; the rest stays in `.table`


@dataclass(frozen=True, slots=True)
class Method:
    """How a result was computed: enough to repeat it and to cite it.

    Attributes
    ----------
    name : str
        What was done, in a few words.
    formula : str
        The formula or rule, in plain text.
    settings : mapping of str to str or number
        Layer, relations, cut, symmetrization, dates: everything that changes the numbers.
    sources : tuple of str
        Where the formula comes from, with DOI.
    notes : tuple of str
        What was left out, and what is unknown.
    """

    name: str
    formula: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Give the method as plain lines, in a fixed order."""
        named = [self.name, self.formula]
        settings = [f"{key}: {value}" for key, value in self.settings.items()]
        return [line for line in [*named, *settings, *self.notes, *self.sources] if line]


@dataclass(frozen=True)
class Result:
    """What a verb found: a table, sentences that say it, and the method.

    Attributes
    ----------
    verb : str
        The function that made it, for example ``"find_bridges"``.
    title : str
        A heading for people.
    table : DataFrame
        The main table: indexed by organization id in the network's order, or one row a finding.
    sentences : tuple of str
        The finding in plain sentences, the most important first.
    method : Method
        Formula, settings, sources, what was left out.
    tables : mapping of str to DataFrame
        Further tables by name.
    """

    verb: str
    title: str
    table: pd.DataFrame
    sentences: tuple[str, ...]
    method: Method
    tables: Mapping[str, pd.DataFrame] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def text(self) -> str:
        """The finding as one paragraph."""
        return " ".join(self.sentences)

    def __repr__(self) -> str:
        rows, columns = self.table.shape
        shape = f"{rows} rows x {columns} columns"
        return f"{self.title}\n{self.text}\n[{self.verb}: {shape}; see .table, .tables, .method]"

    def _repr_html_(self) -> str:
        return (
            f"<section><h3>{html.escape(self.title)}</h3><p>{html.escape(self.text)}</p>"
            f"{self.table.head(ROWS_SHOWN).to_html(border=0)}{self._html_method()}</section>"
        )

    def _html_method(self) -> str:
        lines = "".join(f"<li>{html.escape(line)}</li>" for line in self.method.lines())
        return f"<details><summary>Method</summary><ul>{lines}</ul></details>"

    def to_dict(self) -> dict[str, Any]:
        """Give the whole result as plain Python values (no NaN: blank is ``None``)."""
        return {
            "verb": self.verb,
            "title": self.title,
            "sentences": list(self.sentences),
            "table": _records(self.table),
            "tables": {name: _records(table) for name, table in self.tables.items()},
            "method": {
                "name": self.method.name,
                "formula": self.method.formula,
                "settings": {k: plain_value(v) for k, v in self.method.settings.items()},
                "sources": list(self.method.sources),
                "notes": list(self.method.notes),
            },
        }

    def to_json(self, *, indent: int | None = 2) -> str:
        """Give the whole result as JSON text."""
        return json.dumps(self.to_dict(), indent=indent, ensure_ascii=False, allow_nan=False)


def plain_value(value: Any) -> Any:
    """Turn a cell into a value that JSON knows: numbers, text, yes/no, ``None`` for blank.

    Examples
    --------
    >>> plain_value(float("nan")) is None
    True
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_value(item) for item in value]
    if hasattr(value, "isoformat"):  # a date; NaT is the only one that is not equal to itself
        return value.isoformat()[:10] if value == value else None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if isinstance(value, bool | int) else str(value)


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Give a table as records; a named index becomes the first column."""
    frame = table.reset_index() if table.index.name else table
    names = [str(column) for column in frame.columns]
    rows = frame.itertuples(index=False, name=None)
    return [dict(zip(names, map(plain_value, row), strict=True)) for row in rows]
