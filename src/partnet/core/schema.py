"""The tables of a network, declared once: columns, types, aliases and what a cell may hold."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

PROVENANCE = "provenance"  # the last column of every table: where the row came from

_DECLARED = "you declare in a vocabulary sheet"

# What a cell may hold, in the words that error messages and the template use.
TYPES: Mapping[str, str] = {
    "text": "Any text is allowed.",
    "name": "Any name is allowed; a word for nothing (none, unknown, TBD) counts as blank.",
    "new_name": "The name of an organization; a word for nothing (none, unknown, TBD) is none.",
    "direction": "Allowed are yes (directed) and no (undirected, mutual).",
    "new_id": "An id is a short text, different for every organization.",
    "organization": "Allowed is the id or the unique name of a row of the organizations table.",
    "kind": f"A kind is one that partnet knows, or one {_DECLARED}.",
    "sector": f"A sector is one that partnet knows, or one {_DECLARED}.",
    "relation": "A relation is one that partnet knows (referral, contract, data sharing, ...), "
    f"or one {_DECLARED}.",
    "kind or any": f'A kind that partnet knows, one {_DECLARED}, or "any".',
    "relation or any": f'A relation that partnet knows, one {_DECLARED}, or "any" for working '
    "together in whatever way.",
    "strength": "A strength is a number above 0 and at most 1, a ladder answer in words (monthly, "
    "coordinated, none), or a level number where the column ladder names the scale.",
    "ladder": "A ladder is one that partnet knows (frequency, intensity, collaboration, service "
    f"integration), or one {_DECLARED}.",
    "date": "A date is written YYYY-MM-DD, YYYY-MM, YYYY or MM/DD/YYYY, between 1900 and 2100.",
    "year": "A year has four digits, between 1900 and 2100.",
    "number": "A number is written with digits, for example 12.5.",
    "percentage": "A percentage is a number from 0 to 100; % is fine.",
    "count": "A count is a whole number of at least 0.",
    "money": "An amount is a number of dollars; $ and thousands separators are fine.",
    "fips": "A county code has 5 digits (State and county).",
    "zip": "A ZIP code has 5 digits, or 5 + 4.",
    "state": "A State is its two-letter postal abbreviation.",
    "latitude": "A latitude lies between -90 and 90 degrees.",
    "longitude": "A longitude lies between -180 and 180 degrees.",
    "boolean": "Allowed are yes and no.",
    "ccn": "A CMS certification number has 6 characters.",
    "npi": "An NPI has 10 digits.",
    "ein": "An EIN has 9 digits, with or without a hyphen.",
    "choice": "Allowed is one of the listed words.",
}

NUMERIC_TYPES = frozenset(
    {"number", "percentage", "count", "money", "latitude", "longitude", "year"}
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name, type : str
        Its name, and one of the keys of `TYPES`.
    required : bool
        A row without a value here is set aside.
    aliases : tuple of str
        Other headers under which the column is recognized.
    choices : tuple of str
        For type ``"choice"``: the words allowed.
    words : mapping of str to tuple of str
        Other words that people write for a choice.
    several : bool
        A cell may hold several values, with semicolons, bars or line breaks between them.
    unread : str
        What a cell counts as that is not understood; "" for blank.
    default : str
        What a required column counts as where it is missing or blank; "" where the row is lost.
    narrows : bool
        A blank cell means everything: a cell that is not understood costs the row.
    example, note : str
        For the template and the documentation.
    spelling : str
        For labels (a program, a group): case and blanks do not matter, the first spelling is
        shown; columns of one table with the same word here share it.
    """

    name: str
    type: str = "text"
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    several: bool = False
    unread: str = ""
    default: str = ""
    narrows: bool = False
    example: str = ""
    note: str = ""
    spelling: str = ""

    @property
    def allowed(self) -> str:
        """What may stand in a cell, as a sentence."""
        return f"Allowed are {', '.join(self.choices)}." if self.choices else TYPES[self.type]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a network."""

    name: str
    label: str
    note: str
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What its sheet or file may be called."""
        return (self.name, self.label, *self.aliases)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its columns, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Give one column by name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that every row must fill."""
        return tuple(column.name for column in self.columns if column.required)


def _read_tables() -> dict[str, Table]:
    """Read the shipped declaration."""
    text = files("partnet").joinpath("data/schema.toml").read_text(encoding="utf-8")
    return {name: _make_table(name, entry) for name, entry in tomllib.loads(text).items()}


def _make_table(name: str, entry: Mapping[str, Any]) -> Table:
    columns = (_make_column(key, column) for key, column in entry["columns"].items())
    return Table(
        name, entry["label"], entry["note"], tuple(columns), tuple(entry.get("aliases", ()))
    )


def _make_column(name: str, entry: Mapping[str, Any]) -> Column:
    lists = {key: tuple(entry.get(key, ())) for key in ("aliases", "choices")}
    words = {choice: tuple(also) for choice, also in entry.get("words", {}).items()}
    return Column(name, **{**entry, **lists, "words": words})


TABLES: Mapping[str, Table] = _read_tables()

FIRST_TABLES = tuple(TABLES)[:8]  # enough for most users; the rest when they have them


def dtype_of(column: Column) -> str:
    """Give the pandas dtype in which a column is stored (blank: "" for text, NaN, NaT)."""
    if column.type == "date":
        return "datetime64[s]"
    return "float64" if column.type in NUMERIC_TYPES or column.type == "strength" else "str"


def empty_table(name: str) -> pd.DataFrame:
    """Give a table without rows, with every column in its dtype."""
    return _empty_table(name).copy()


@cache
def _empty_table(name: str) -> pd.DataFrame:
    import pandas as pd

    columns = {c.name: pd.Series([], dtype=dtype_of(c)) for c in TABLES[name].columns}
    return pd.DataFrame({**columns, PROVENANCE: pd.Series([], dtype="str")})
