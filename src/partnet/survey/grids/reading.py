"""From a grid and its mapping to claims: every cell read, or named as set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...core.errors import InputProblem, Where
from ...core.network import Network
from ...io.typed.identity import explain_lost
from ..answers import Answers
from ..changes import About
from .cells import RowReader
from .layout import Grid
from .mapping import RESPONDENT, MappedColumn, SurveyMapping
from .matching import place_columns
from .names import find_organization


@dataclass
class GridReading:
    """What the rows of a grid say.

    Attributes
    ----------
    about : About
        What organizations say of themselves, and remarks.
    answers : list of Answers
        One for every row that answers.
    problems : list of InputProblem
        Of the file as a whole, and of rows whose respondent is not known.
    cells, aside : int
        Filled cells of the columns read, and those in rows that are not used.
    """

    about: About
    answers: list[Answers] = field(default_factory=list)
    problems: list[InputProblem] = field(default_factory=list)
    cells: int = 0
    aside: int = 0


def read_grid(grid: Grid, mapping: SurveyMapping, net: Network, about: About) -> GridReading:
    """Give what a grid says; columns that the mapping names and that are not there are said.

    What organizations say of themselves is added to `about`.
    """
    reading = GridReading(about)
    who, columns, missing = place_columns(grid, mapping)
    for column in missing:
        _tell(reading, grid, f'no column "{column.heading}"', "It is not read.")
    _tell_left(reading, grid, {*columns} | ({who} if who is not None else set()))
    if who is None:
        _tell(reading, grid, f'no column "{mapping.respondent}"', "No row can be read.")
        return reading
    for number, row in grid.rows:
        _read_row(reading, grid, mapping, net, number, row, who, columns)
    return reading


def _tell(reading: GridReading, grid: Grid, found: str, fix: str) -> None:
    allowed = "A mapping names columns as the export does."
    where = Where(grid.file, grid.sheet)
    reading.problems.append(InputProblem(where, found, allowed, f"{fix} Correct it.", "error"))


def _tell_left(reading: GridReading, grid: Grid, read: set[int]) -> None:
    """Name the columns that hold something and are not read."""
    for k, heading in enumerate(grid.headings):
        if k not in read and grid.column(k):
            reading.problems.append(
                InputProblem(
                    Where(grid.file, grid.sheet, None, heading or f"column {k + 1}"),
                    f"{len(grid.column(k)):,} filled cells",
                    "A mapping says what each column asks.",
                    "They are not read. Add the column to the mapping if it is an answer.",
                    level="note",
                )
            )


def _read_row(
    reading: GridReading,
    grid: Grid,
    mapping: SurveyMapping,
    net: Network,
    number: int,
    row: Sequence[str],
    who: int,
    columns: Mapping[int, MappedColumn],
) -> None:
    cells = {k: row[k] for k in columns if k < len(row) and row[k]}
    reading.cells += len(cells)
    name = mapping.explain(row[who], RESPONDENT) if who < len(row) else ""
    id_ = find_organization(net.index, name)
    if not id_:
        if cells:
            _refuse_row(reading, grid, mapping, net, number, name, len(cells))
        return
    answers = Answers(id_, grid.file)
    listed = {column.partner for column in columns.values()} - {id_, ""}
    answers.listed = listed
    RowReader(answers, reading.about, grid, mapping, net, number).read(cells, columns)
    reading.answers.append(answers)


def _refuse_row(
    reading: GridReading,
    grid: Grid,
    mapping: SurveyMapping,
    net: Network,
    number: int,
    name: str,
    cells: int,
) -> None:
    """Set a row aside of which nobody in the network is the respondent."""
    fix = explain_lost(net.index, name) if name else "Write who answers."
    reading.problems.append(
        InputProblem(
            Where(grid.file, grid.sheet, number, mapping.respondent),
            f'"{name}"' if name else "answers without a name",
            "Who answers is an organization of the network.",
            f"{fix} The row is set aside.",
            "error", "ties", "row",
        )
    )  # fmt: skip
    reading.aside += cells
