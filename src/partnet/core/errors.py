"""What partnet says when something is wrong: where, what was found, what is allowed, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "note"]
SetAside = Literal["", "cell", "row"]


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the input as a person finds it: file, sheet, row as Excel shows it, column."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        parts = [
            self.file,
            f'sheet "{self.sheet}"' if self.sheet else "",
            f"row {self.row}" if self.row is not None else "",
            f'column "{self.column}"' if self.column else "",
        ]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class InputProblem:
    """One problem of the input in four parts: where, what was found, what is allowed, what to do.

    Attributes
    ----------
    where : Where
        File, sheet, row and column.
    found, allowed, fix : str
        What stands there, what may stand there (a sentence), what to do about it (a sentence).
    level : {"error", "note"}
        An error sets something aside until it is mended; a note only tells what was assumed.
    table : str
        The partnet table the row belongs to, if known.
    set_aside : {"", "cell", "row"}
        What is not used: nothing, the cell (it counts as blank), or the whole row.
    rows : int
        How many rows it speaks of; more than 1 for a problem of a whole table.
    """

    where: Where
    found: str
    allowed: str
    fix: str
    level: Level = "error"
    table: str = ""
    set_aside: SetAside = ""
    rows: int = 1

    def __str__(self) -> str:
        place = f"{self.where}: " if str(self.where) else ""
        return f"{place}found {self.found}. {self.allowed} {self.fix}".strip()


class PartnetError(Exception):
    """Base of every error that partnet raises on purpose."""


class UsageError(PartnetError, ValueError):
    """A function was called with an argument it cannot work with."""


class InputError(PartnetError):
    """The input cannot be used at all; every problem found is in `problems`."""

    def __init__(self, message: str, problems: Sequence[InputProblem] = ()) -> None:
        self.problems = tuple(problems)
        lines = [message, *(f"  {problem}" for problem in self.problems)]
        super().__init__("\n".join(lines))
