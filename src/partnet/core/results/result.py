"""The one shape in which every verb of partnet answers: table, sentences, method."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ..wording.text import count_noun
from .shown import MAIN, Part, Shown

if TYPE_CHECKING:
    import pandas as pd

ROWS_SHOWN = 10  # rows of a long table that a notebook shows; the rest stays in `.table`


class Sentence(str):
    """A sentence for people that knows its name, and its numbers as values.

    Parameters
    ----------
    name : str
        What it says, in a word: reports and briefs choose sentences by it.
    text : str
        The sentence.
    claims : mapping of str to value, optional
        Every number and name in it, as values: what tests recompute from the tables.

    Examples
    --------
    >>> said = Sentence("size", "3 organizations are on file.", {"organizations": 3})
    >>> said, said.name, said.claims["organizations"]
    ('3 organizations are on file.', 'size', 3)
    """

    __slots__ = ("claims", "name")
    name: str
    claims: Mapping[str, Any]

    def __new__(cls, name: str, text: str, claims: Mapping[str, Any] | None = None) -> Sentence:
        said = super().__new__(cls, text)
        said.name = name
        said.claims = MappingProxyType(dict(claims or {}))
        return said

    def __reduce__(self) -> tuple[Any, ...]:
        return Sentence, (self.name, str(self), dict(self.claims))


def name_sentences(name: str, texts: Iterable[str]) -> tuple[Sentence, ...]:
    """Give plain texts a name; a sentence that has one keeps it."""
    return tuple(text if isinstance(text, Sentence) else Sentence(name, text) for text in texts)


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
    sentences : tuple of Sentence
        The finding in plain sentences, the most important first; each knows its name and claims.
    method : Method
        Formula, settings, sources, what was left out.
    tables : mapping of str to DataFrame
        Further tables by name.
    lead : tuple of str
        Columns by which people see the main table, largest first; its own order without any.
    shown : tuple of Shown
        How people see each of its tables: titles, columns with labels and meanings, rows.
    parts : tuple of Part
        The parts of its brief, in order; one without any.
    facts : tuple of (str, str)
        Key figures for the first page of its brief: label and value.
    as_of : Timestamp or None
        The day it was judged on; ``None`` where nothing has a date.
    paper : str
        What its brief is called, for example "Brief for a partnership session".
    network : str
        Title of the network it is about.
    """

    verb: str
    title: str
    table: pd.DataFrame
    sentences: tuple[Any, ...]  # Sentence; plain text becomes one without a name
    method: Method
    tables: Mapping[str, pd.DataFrame] = field(default_factory=lambda: MappingProxyType({}))
    lead: tuple[str, ...] = ()
    shown: tuple[Shown, ...] = ()
    parts: tuple[Part, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    as_of: pd.Timestamp | None = None
    paper: str = ""
    network: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "sentences", name_sentences("", self.sentences))

    def __getstate__(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)} | {
            "tables": dict(self.tables)
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)

    @property
    def text(self) -> str:
        """The finding as one paragraph."""
        return " ".join(self.sentences)

    @property
    def claims(self) -> dict[str, dict[str, Any]]:
        """The numbers of all sentences as values, by the name of the sentence."""
        return {said.name: dict(said.claims) for said in self.sentences if said.name}

    def say(self, *names: str) -> tuple[Sentence, ...]:
        """Give the sentences of these names, in their own order; none where it was not said."""
        return tuple(said for said in self.sentences if said.name in names)

    def frame(self, name: str) -> pd.DataFrame:
        """Give one of its tables by name; ``"table"`` is the main one, its index as a column."""
        table = self.table if name == MAIN else self.tables[name]
        return table.reset_index() if table.index.name else table

    def preview(self, rows: int = ROWS_SHOWN) -> pd.DataFrame:
        """Give the rows that people see first: those that lead, not those first by name."""
        return self.order_rows(self.table).head(rows)

    def order_rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Put rows of the main table in the order in which people see them."""
        if not self.lead:
            return frame
        keys = frame[list(self.lead)].astype(float).round(9)  # the last bits rank nobody
        order = keys.reset_index(drop=True).sort_values(
            [*self.lead], ascending=False, kind="stable"
        )
        return frame.iloc[order.index]

    def __repr__(self) -> str:
        rows, columns = self.table.shape
        shape = f"{count_noun(rows, 'row')} x {count_noun(columns, 'column')}"
        return f"{self.title}\n{self.text}\n[{self.verb}: {shape}; see .table, .tables, .method]"

    def _repr_html_(self) -> str:
        from .notebook import show_result  # loads pandas

        return show_result(self)

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
    if type(value).__name__ == "NAType":  # pandas is not loaded for it
        return None
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
