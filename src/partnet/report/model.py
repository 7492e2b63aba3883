"""What a report is, whatever file it becomes: sentences, tables, figures and methods."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pandas as pd

from ..core.results.result import Method
from ..core.results.shown import ROWS, Column


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
    chips : str
        Column by whose values a reader can choose rows; blank: no choice.
    """

    caption: str
    frame: pd.DataFrame
    columns: tuple[Column, ...]
    sheet: str
    rows: int = ROWS
    chips: str = ""

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
    """A picture with a caption, and a text that says what it shows to who cannot see it.

    Attributes
    ----------
    caption, alt : str
        What it shows, for all and for who cannot see it.
    svg : bytes
        The picture.
    draw : callable, optional
        Draws it as PNG, for formats that show no SVG.
    """

    caption: str
    alt: str
    svg: bytes
    draw: Callable[[], bytes] | None = field(default=None, compare=False)


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
class Card:
    """One thing to do, that can be read alone.

    Attributes
    ----------
    todo : str
        What to do, with the names in it.
    why : str
        Why, in about ten words.
    by : str
        With whom, through whom or by whom.
    when : str
        By when.
    place : str
        The county code or the organization where a map shows its number; blank for none.
    """

    todo: str
    why: str
    by: str = ""
    when: str = ""
    place: str = ""

    def lines(self) -> list[str]:
        """Give it as plain text: what to do, then all the rest."""
        stop = "" if self.todo.endswith(("?", ".")) else "."
        return [f"{self.todo}{stop}", " · ".join(filter(None, (self.why, self.by, self.when)))]


@dataclass(frozen=True, slots=True)
class CardsBlock:
    """What to do first: at most five cards, in their order."""

    heading: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class BarsBlock:
    """A few numbers drawn as bars, the longest first: label and number."""

    heading: str
    bars: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class NoteBlock:
    """A remark under a heading, and the section that tells more."""

    heading: str
    text: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class MethodBlock:
    """How one result was computed."""

    title: str
    method: Method


Block = (
    TableBlock
    | FigureBlock
    | FactsBlock
    | ListBlock
    | CardsBlock
    | BarsBlock
    | NoteBlock
    | MethodBlock
)


@dataclass(frozen=True)
class Section:
    """One section: what it means first, the tables behind it after that.

    Attributes
    ----------
    id, title : str
        Its name for programs, and its heading.
    lead : tuple of str
        What it says, the most important first.
    blocks : tuple of Block
        Tables, pictures and lists behind it.
    entry : str
        The entry of the contents that it belongs to; blank in a brief, where each is an entry of
        its own. A section with an entry is folded: its first lines are open, the rest is not.
    """

    id: str
    title: str
    lead: tuple[str, ...]
    blocks: tuple[Block, ...] = ()
    entry: str = ""


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
