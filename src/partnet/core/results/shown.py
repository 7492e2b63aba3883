"""How people see the tables of a result: declared once, read by every format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas as pd

    from ..wording.units import Units

Format = Literal[
    "text", "count", "score", "share", "dollars", "date", "year", "severity", "miles", "km"
]
Seen = Literal["page", "annex", "data"]

MAIN = "table"  # the name under which the main table of a result is declared
ROWS = 12  # rows of a table that people see first
ALL_ROWS = 1_000_000  # for a table that people see whole, however long


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
        Its name in the table.
    label : str
        What stands above it where people read it; blank for one that people never see.
    format : str
        How its values are written; a column of "miles" holds kilometers, as all tables do.
    seen : {"page", "annex", "data"}
        Where: on the page and in the annex (Excel); in the annex only; or only in the data.
    meaning : str
        What it holds: unit, range, and what a blank means.
    sparse : bool
        The page shows it only where some row has a value other than 0.
    """

    name: str
    label: str = ""
    format: Format = "text"
    seen: Seen = "page"
    meaning: str = ""
    sparse: bool = False

    def __post_init__(self) -> None:
        if not self.label:
            object.__setattr__(self, "seen", "data")


@dataclass(frozen=True, slots=True)
class Shown:
    """How people see one table of a result.

    Attributes
    ----------
    table : str
        Its name among the tables of the result; ``"table"`` for the main one.
    title : str
        What it shows, in a few words.
    columns : tuple of Column
        All its columns, in the order in which people see them.
    sheet : str
        Name of its sheet in Excel; default: the title.
    rows : int
        Rows that people see first; 0 leaves the table to the annex.
    people : bool
        Whether people see it at all; the data always have it.
    part : str
        The part of the brief it belongs to; blank for the first.
    chips : str
        Column by whose values a reader of the page can choose rows; blank: no choice.
    pick : callable, optional
        Which of its rows people see, and in which order.
    line : callable, optional
        Says a row as an item of a list; the table is then a list under its title.
    chart : callable, optional
        Gives what to draw and says it in words for those who cannot see; the table is then a
        picture with its title as caption.
    drawing : {"counts", "course"}, default "counts"
        How it is drawn: counts of one thing by another (rows and columns named), or trends over
        waves with what was funded when.
    """

    table: str
    title: str
    columns: tuple[Column, ...]
    sheet: str = ""
    rows: int = ROWS
    people: bool = True
    part: str = ""
    chips: str = ""
    pick: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    line: Callable[[Any], str] | None = None
    chart: Callable[[pd.DataFrame], tuple[pd.DataFrame, str]] | None = None
    drawing: Literal["counts", "course"] = "counts"

    @property
    def names(self) -> list[str]:
        """Names of its columns, for making the table."""
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """Give one column by name."""
        return next(column for column in self.columns if column.name == name)

    def view(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Give the rows that people see, in their order."""
        return frame if self.pick is None else self.pick(frame)

    def visible(self, frame: pd.DataFrame) -> tuple[Column, ...]:
        """Columns that people see of these rows, on the page or in the annex."""
        return tuple(
            column for column in self.columns if column.seen != "data" and column.name in frame
        )


def in_units(shown: tuple[Shown, ...], units: Units) -> tuple[Shown, ...]:
    """Give declarations whose distances are shown in these units; they are declared in miles.

    Examples
    --------
    >>> one = Shown("stops", "Stops", (Column("km", "Miles there", "miles"),))
    >>> in_units((one,), "km")[0].columns[0].label
    'Kilometers there'
    """
    if units == "miles":
        return shown
    return tuple(
        replace(one, columns=tuple(_show_kilometers(column) for column in one.columns))
        for one in shown
    )


def _show_kilometers(column: Column) -> Column:
    label = column.label.replace("Miles", "Kilometers").replace("(miles)", "(km)")
    return replace(column, label=label, format="km" if column.format == "miles" else column.format)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a brief: a heading, sentences chosen by name, and the tables declared for it.

    Attributes
    ----------
    id, title : str
        Its name for programs and for people.
    says : tuple of str or None
        Names of the sentences of the result that are said here; ``None``: all of them.
    lead : tuple of str
        Fixed lines beside them.
    otherwise : str
        What is said instead where none of its tables has a row.
    """

    id: str
    title: str
    says: tuple[str, ...] | None = None
    lead: tuple[str, ...] = ()
    otherwise: str = ""
