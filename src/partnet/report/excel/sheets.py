"""Which table of a report stands on which sheet of a workbook, and under which name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Report, Section, TableBlock

ALONE = 100  # rows from which a table has a sheet of its own
LOOKED_UP = 200  # the same of a table that the page leaves to the workbook
READ = 50  # rows of a table that is read whole
HEAD = 3  # rows above the data: caption, remark, header
BETWEEN = 2  # empty rows between two tables of a sheet
SHEET_NAME = 31  # characters of a sheet's name
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
COUNTED = re.compile(r" \([\d,]+\)$")  # the number behind an entry of the contents
RESERVED = ("Summary", "Contents", "Methods")
DETAILS = "Details"  # the sheet of the small tables of a brief


@dataclass(frozen=True)
class Placed:
    """A table and its place.

    Attributes
    ----------
    block, section : TableBlock, Section
        The table, and the section it belongs to.
    name : str
        Its name in the workbook, that of its sheet where it stands alone.
    row : int
        Row of its caption, counted from 0.
    printed : bool
        Whether it is printed with its sheet: what the page shows too is, what is looked up not.
    """

    block: TableBlock
    section: Section
    name: str
    row: int
    printed: bool = True

    @property
    def end(self) -> int:
        """Its last row."""
        return self.header + max(len(self.block.frame), 1)

    @property
    def header(self) -> int:
        """Row of its header."""
        return self.row + HEAD - 1


@dataclass(frozen=True)
class Sheet:
    """A sheet with one large table, or with the small tables of one entry of the contents."""

    name: str
    tables: tuple[Placed, ...]


Found = tuple[str, Section, TableBlock]


def plan_sheets(report: Report) -> list[Sheet]:
    """Put small tables of one entry together, and each large one on a sheet behind them."""
    names = _Names(RESERVED)
    gathered: dict[str, list[Found]] = {}
    for section, block in report.tables():
        entry = COUNTED.sub("", section.entry) or DETAILS
        gathered.setdefault(entry, []).append((names.take(block.sheet), section, block))
    sheets: list[Sheet] = []
    for entry, found in gathered.items():
        small = sorted(
            (one for one in found if not _is_large(one)), key=lambda one: not _reads(one)
        )
        if small:
            name = small[0][0] if len(small) == 1 else names.take(entry)
            sheets.append(Sheet(name, tuple(_stack(small))))
        sheets += [Sheet(one[0], tuple(_stack([one]))) for one in found if _is_large(one)]
    return sheets


def _is_large(found: Found) -> bool:
    return len(found[2].frame) > (ALONE if found[2].rows else LOOKED_UP)


def _reads(found: Found) -> bool:
    """Whether it is read from its first row to its last: short, and the page shows it."""
    return bool(found[2].rows) and len(found[2].frame) <= READ


def _stack(found: list[Found]) -> Iterator[Placed]:
    """Put tables one beneath the other, those that are printed first."""
    row, any_read = 0, any(map(_reads, found))
    for one in found:
        name, section, block = one
        placed = Placed(block, section, name, row, _reads(one) or not any_read)
        yield placed
        row = placed.end + 1 + BETWEEN


class _Names:
    """Names that Excel allows for a sheet and nobody else has."""

    def __init__(self, taken: tuple[str, ...]) -> None:
        self.taken = {name.lower() for name in taken}

    def take(self, wanted: str) -> str:
        """Give a name that is free, as near as can be to the one that is wanted."""
        base = wanted.translate(FORBIDDEN)[:SHEET_NAME].strip(" '") or "Table"
        name, k = base, 2
        while name.lower() in self.taken:
            name, k = f"{base[: SHEET_NAME - 3]} {k}", k + 1
        self.taken.add(name.lower())
        return name


def name_table(name: str, number: int) -> str:
    """Give a name that Excel allows for a table: letters, digits and lines below.

    Examples
    --------
    >>> name_table("It's due", 3)
    'Table_3_It_s_due'
    """
    return f"Table_{number}_{re.sub('[^A-Za-z0-9]+', '_', name)}".rstrip("_")
