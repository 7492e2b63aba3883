"""What a report is, whatever file it becomes: sentences, tables, figures and methods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from ..core.results import Method
from ..core.shown import ROWS, Column


@dataclass(frozen=True)
class TableBlock:
    """A table with a caption.

    Attributes
    ----------
    caption : str
        What the table shows, as a sentence.
    frame : DataFrame
        All rows; columns that `columns` does not name are left out.
    columns : tuple of Column
        Columns in order.
    sheet : str
        Name of its sheet in Excel.
    rows : int
        Rows shown in the page; 0 leaves the table to the Excel file.
    """

    caption: str
    frame: pd.DataFrame
    columns: tuple[Column, ...]
    sheet: str
    rows: int = ROWS

    @property
    def page_columns(self) -> tuple[Column, ...]:
        """Columns that the page shows."""
        return tuple(column for column in self.columns if self._on_page(column))

    def _on_page(self, column: Column) -> bool:
        if column.seen != "page":
            return False
        return not column.sparse or bool(self.frame[column.name].any())


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A picture with a caption, and a text that says what it shows to who cannot see it."""

    caption: str
    alt: str
    svg: bytes


@dataclass(frozen=True, slots=True)
class FactsBlock:
    """A few key figures: label and value."""

    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A short list under a heading."""

    heading: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MethodBlock:
    """How one result was computed."""

    title: str
    method: Method


Block = TableBlock | FigureBlock | FactsBlock | ListBlock | MethodBlock


@dataclass(frozen=True)
class Section:
    """One section: what it means first, the tables behind it after that."""

    id: str
    title: str
    lead: tuple[str, ...]
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Report:
    """A whole report.

    Attributes
    ----------
    title : str
        Title of the network.
    subtitle : str
        What this is, and as of which day.
    sections : tuple of Section
        The first one is the summary.
    note : str
        What the owner of the file wants readers to know.
    versions : str
        What wrote it.
    """

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    note: str = ""
    versions: str = ""

    def section(self, id: str) -> Section:
        """Give one section by id."""
        return next(section for section in self.sections if section.id == id)

    def tables(self) -> Iterator[tuple[Section, TableBlock]]:
        """Give every table with its section."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, TableBlock):
                    yield section, block
