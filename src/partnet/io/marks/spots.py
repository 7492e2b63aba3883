"""In which cell of a workbook a problem stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from ...core.errors import InputProblem
from ...core.schema import TABLES
from ...core.vocabulary import fold_word
from ..cells import RawTable
from ..headers.columns import match_headers

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of an Excel sheet
MOST_TITLE = 31  # characters of a sheet's name
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_QUOTED = re.compile(r'"(.*?)(?:\.\.\.)?"', re.DOTALL)


class Spot(NamedTuple):
    """A cell: the name of its sheet, its row and column counted from 1."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True)
class Layout:
    """Where the rows and columns of one table stand in a workbook.

    Attributes
    ----------
    title : str
        Name of the sheet.
    raw : RawTable
        The table.
    numbered : bool
        Whether its rows stand where messages say; else they follow each other below the header.
    """

    title: str
    raw: RawTable
    numbered: bool

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """Position of each column by its own name and by its header."""
        headers = {text: k for k, text in reversed([*enumerate(self.raw.header)]) if text}
        if self.raw.table not in TABLES:
            return headers
        return headers | match_headers(self.raw, TABLES[self.raw.table]).columns

    @cached_property
    def positions(self) -> Mapping[int, Sequence[int]]:
        """Which rows of the table have a number; in foreign files several may share a line."""
        found: dict[int, list[int]] = defaultdict(list)
        for k, number in enumerate(self.raw.row_numbers):
            found[number].append(k)
        return found

    @property
    def header_row(self) -> int:
        """The row of the sheet in which the headers stand."""
        return max(self.raw.header_row, 1) if self.numbered else 1

    def row_of(self, position: int) -> int:
        """The row of the sheet in which a row of the table stands."""
        return self.raw.row_numbers[position] if self.numbered else position + 2

    def find(self, problem: InputProblem) -> Spot | None:
        """Give the cell of a problem; ``None`` where the sheet has none."""
        number = problem.where.row
        at = self.columns.get(problem.where.column, -1)
        if number is None or number == self.raw.header_row:
            return Spot(self.title, self.header_row, max(at, 0) + 1)
        position = self._pick(self.positions.get(number, ()), at, problem.found)
        if position is not None:
            row, column = self.row_of(position), self._pick_column(position, at, problem.found)
            return Spot(self.title, row, column + 1)
        lone = self.numbered and number not in self.positions and number <= LAST_ROW
        return Spot(self.title, number, 1) if lone else None

    def _pick(self, positions: Sequence[int], at: int, found: str) -> int | None:
        """The only row of a number, else the first that holds what was found."""
        if len(positions) < 2:
            return positions[0] if positions else None
        said = _say_quoted(found)
        cells = ((k, self.raw.rows[k]) for k in positions)
        holding = (k for k, row in cells if said and said in (row if at < 0 else [row[at]]))
        return next(holding, None)

    def _pick_column(self, position: int, at: int, found: str) -> int:
        """The column of that name, else the first that holds what was found, or anything."""
        if at >= 0:
            return at
        row, said = self.raw.rows[position], _say_quoted(found)
        filled = [k for k, text in enumerate(row) if text]
        return next((k for k in filled if row[k] == said), filled[0] if filled else 0)


def _say_quoted(found: str) -> str:
    quoted = _QUOTED.match(found)
    return quoted[1] if quoted else ""


def lay_out_own(raws: Iterable[RawTable], titles: Sequence[str]) -> list[Layout]:
    """Where tables stand in the workbook from which they were read."""
    return [Layout(raw.sheet, raw, True) for raw in raws if raw.sheet in titles]


def lay_out_anew(raws: Iterable[RawTable], taken: Iterable[str]) -> list[Layout]:
    """Where tables are to stand in a workbook that is made of them."""
    used, layouts = {title.casefold() for title in taken}, []
    for raw in raws:
        own = Path(raw.file).stem if raw.header_row else raw.table  # else part of a foreign file
        title = make_title(raw.sheet or own, used)
        used.add(title.casefold())
        layouts.append(Layout(title, raw, _is_numbered(raw)))
    return layouts


def _is_numbered(raw: RawTable) -> bool:
    """Whether every row can stand where messages say, as in a CSV file."""
    numbers = [raw.header_row, *raw.row_numbers]
    rising = all(a < b for a, b in pairwise(numbers))
    return raw.header_row > 0 and rising and numbers[-1] <= LAST_ROW


def make_title(name: str, used: Iterable[str]) -> str:
    """Make a name of a sheet that Excel takes and that no other sheet has.

    Examples
    --------
    >>> make_title("ties 2024/25", {"ties 2024-25"})
    'ties 2024-25 2'
    """
    whole = _NOT_IN_TITLES.sub("-", " ".join(name.split())).strip("'") or "table"
    base, k = whole[:MOST_TITLE], 2
    while base.casefold() in used or fold_word(base) == "history":  # a name that Excel keeps
        base = f"{whole[: MOST_TITLE - len(str(k)) - 1]} {k}"
        k += 1
    return base


class Spots:
    """Finds the cells of problems in the sheets of one workbook."""

    def __init__(self, layouts: Iterable[Layout]) -> None:
        self.by_place = defaultdict[tuple[str, str], list[Layout]](list)
        self.by_sheet = defaultdict[str, list[Layout]](list)
        for layout in layouts:
            self.by_place[layout.raw.file, layout.raw.sheet].append(layout)
            self.by_sheet[layout.raw.sheet].append(layout)

    def find(self, problem: InputProblem) -> Spot | None:
        """Give the cell of a problem; ``None`` where it speaks of no cell of the workbook."""
        where = problem.where
        if not (where.row is not None or where.column or where.sheet or problem.table):
            return None  # of the whole file
        listed = self.by_place.get((where.file, where.sheet)) or self.by_sheet[where.sheet]
        same = [layout for layout in listed if layout.raw.table == problem.table]
        chosen = same if len(listed) > 1 else listed
        spot = chosen[0].find(problem) if len(chosen) == 1 else None
        return spot if spot and spot.row <= LAST_ROW and spot.column <= LAST_COLUMN else None
