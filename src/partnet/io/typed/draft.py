"""One table on its way from raw cells to typed rows, with the problems found so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from ...core.errors import InputProblem, Level, SetAside, Where
from ...core.schema import Table
from ..cells import RawTable
from ..headers.columns import Headers
from ..values.habits import Manners
from ..values.parse import Habit

MOST_SAID = 500  # characters of what a message shows of a cell


@dataclass
class Draft:
    """One table on its way in: typed columns, the rows still in use, and the problems so far."""

    table: Table
    raw: RawTable
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    problems: list[InputProblem] = field(default_factory=list)
    headers: Headers = field(default_factory=Headers)
    manners: Manners = field(default_factory=Manners)
    habits: dict[str, Habit] = field(default_factory=dict)
    elsewhere: set[int] = field(default_factory=set)  # rows that other rows or tables speak for
    skipped: pd.DataFrame | None = None  # ties about which there is no answer

    def where(self, row: int | None, column: str = "") -> Where:
        """Give the place of the k-th row as a person finds it."""
        if row is None:
            return Where(self.raw.file, self.raw.sheet, None, column)
        return Where(*self.raw.place_of(row), self.raw.row_numbers[row], column)

    def list_places(self) -> list[str]:
        """Give the places of all rows in words; the same as `where` says, of millions at once."""
        tables = {place: str(Where(*place)) for place in dict.fromkeys(self.raw.list_places())}
        tables = {  # a name of a file need be no text
            place: table.encode("utf-8", "backslashreplace").decode("utf-8")
            for place, table in tables.items()
        }
        before = {place: f"{table}, " if table else "" for place, table in tables.items()}
        pairs = zip(self.raw.list_places(), self.raw.row_numbers, strict=True)
        return [f"{before[place]}row {number}" for place, number in pairs]

    def report(
        self,
        row: int | None,
        column: str,
        found: str,
        allowed: str,
        fix: str,
        *,
        level: Level = "error",
        set_aside: SetAside = "",
    ) -> None:
        """Add a problem."""
        place = self.where(row, column)
        self.problems.append(
            InputProblem(
                place, _shorten(found), allowed, _shorten(fix), level, self.table.name, set_aside
            )
        )

    def cells(self, column: str) -> dict[int, Any]:
        """Give what stands in a column, by row."""
        return dict(zip(self.frame.index.tolist(), self.frame[column].tolist(), strict=True))

    def fill(self, column: str, values: Mapping[int, Any]) -> None:
        """Write cells of a column at once: one by one, each would copy the whole column."""
        if values:
            held, old = {**self.cells(column), **values}, self.frame[column]
            self.frame[column] = pd.Series(list(held.values()), index=old.index, dtype=old.dtype)

    def set_rows_aside(self, rows: Iterable[int]) -> None:
        """Take rows out of use; the problems that explain it have been reported."""
        if aside := list(rows):
            self.frame = self.frame.drop(index=aside, errors="ignore")

    def move_elsewhere(self, rows: Iterable[int]) -> None:
        """Take rows out that another row, or another table, speaks for."""
        moved = list(rows)
        self.elsewhere.update(moved)
        self.set_rows_aside(moved)


def _shorten(text: str) -> str:
    """Keep the two ends of a text that shows a very long cell."""
    half = MOST_SAID // 2
    return text if len(text) <= MOST_SAID else f"{text[:half]}...{text[-half:]}"
