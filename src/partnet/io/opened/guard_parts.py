"""What the parts of a workbook hold, counted as they stream by: strings, sheets, OpenDocument."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

from ...core.errors import InputError
from ..values.words import UNSAVED

# Room for 200,000 rows of 40 columns of ordinary text; together they stay below 2 GiB of memory.
MOST_BYTES = 1_000_000_000  # inflated, over all members
MOST_ELEMENTS = 40_000_000  # XML elements, over all members
MOST_CELLS = 8_000_000  # cells with a value, over all sheets
MOST_AREA = 20_000_000  # cells from A1 to the last one of a sheet: what the reader allocates
MOST_CHARACTERS = 200_000_000  # characters after every repeated string is written out
MERGED_COSTS = 20  # cells whose memory a merged one takes
MOST_FAILED = 200_000  # formulas that failed; each is remembered

FailedCells = dict[tuple[int, int], str]  # by row and column, counted from 1

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_REPEATS = re.compile(r"[0-9]{1,12}")


@dataclass
class Tally:
    """What was counted so far."""

    name: str
    bytes: int = 0
    elements: int = 0
    cells: int = 0
    characters: int = 0
    failed: int = 0

    def check(self) -> None:
        """Refuse what went beyond a limit."""
        if self.bytes > MOST_BYTES:
            size = f"{MOST_BYTES / 1e9:,.1f} GB"
            self.refuse(f"more than {size} when unpacked", size)
        for found, most, what in (
            (self.elements, MOST_ELEMENTS, "XML elements"),
            (self.cells, MOST_CELLS, "cells"),
            (self.characters, MOST_CHARACTERS, "characters"),
            (self.failed, MOST_FAILED, "formulas without a result"),
        ):
            if found > most:
                self.refuse(f"more than {most:,} {what}", f"{most:,}")

    def check_area(self, cells: int) -> None:
        """Refuse a sheet whose last cell lies too far out."""
        if cells > MOST_AREA:
            self.refuse(f"a sheet of {cells:,} cells, most of them empty", f"{MOST_AREA:,}")

    def expect(self, right: bool, otherwise: str) -> None:
        """Refuse what no program writes, and two programs would read in two ways."""
        if not right:
            raise ValueError(otherwise)

    def refuse(self, found: str, allowed: str) -> NoReturn:
        """Say what is too large."""
        raise InputError(
            f"{self.name}: found {found}. A workbook may have at most {allowed}. Clear what lies "
            "far outside the tables (Ctrl+End shows it), or save each sheet as a CSV file."
        )


class Part:
    """Counts only the elements."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        self.tally.elements += 1

    def end(self, tag: str) -> None:
        """Take its end."""

    def text(self, data: str) -> None:
        """Take text."""


class Strings(Part):
    """Keeps the length of every shared string."""

    def __init__(self, tally: Tally) -> None:
        super().__init__(tally)
        self.lengths: list[int] = []
        self.length = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a string."""
        super().start(tag, attributes)
        tag = _local(tag)
        self.tally.expect(tag != "sheetData", "it has a sheet among its strings")
        if tag == "si":
            self.length = 0
        elif tag == "sst":
            for claim in ("count", "uniqueCount"):
                self._check_claim(attributes.get(claim, ""))

    def _check_claim(self, number: str) -> None:
        """Refuse a list that says it is endless: the reader sets memory aside on its word."""
        digits = number.removeprefix("+").lstrip("0")
        if digits.isdecimal() and (len(digits) > 12 or int(digits) > MOST_CELLS):
            self.tally.refuse(f"a list said to hold {digits[:20]} texts", f"{MOST_CELLS:,}")

    def text(self, data: str) -> None:
        """Count its characters."""
        self.length += len(data)
        self.tally.characters += len(data)

    def end(self, tag: str) -> None:
        """Keep its length."""
        if _local(tag) == "si":
            self.lengths.append(self.length)
            self.tally.cells += 1


class Sheet(Part):
    """Counts the cells of a sheet, where its last one lies, and which formulas failed."""

    def __init__(self, tally: Tally) -> None:
        super().__init__(tally)
        self.right = self.bottom = self.row = self.column = 0
        self.kind = self.value = ""
        self.filled = self.inside = self.formula = False
        self.uses: dict[int, int] = {}  # how often each shared string is shown
        self.failed: FailedCells = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Follow rows, cells and values."""
        self.tally.elements += 1
        tag = _local(tag)
        if tag == "c":
            self._start_cell(attributes)
        elif tag in ("v", "t"):
            self.inside = True
            self._fill()
        elif tag == "is":
            self._fill()
        elif tag == "row":
            self.row = self._read_row(attributes.get("r"))
            self.column = 0
        elif tag == "f":
            self.formula = True
        elif tag == "mergeCell":
            self.tally.cells += MERGED_COSTS
        else:
            self.tally.expect(tag != "si", "it has shared strings in a sheet")

    def _read_row(self, number: str | None) -> int:
        if number is None:
            return self.row + 1
        self.tally.expect(_REPEATS.fullmatch(number) is not None, f"it has a row {number[:20]!r}")
        return int(number)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.kind, self.value = attributes.get("t", ""), ""
        self.filled = self.formula = False
        reference = attributes.get("r")
        if reference is None:
            self.column += 1
            return
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            raise ValueError(f"it has a cell {reference[:20]!r}")
        self.column, self.row = _column_number(match[1]), int(match[2])

    def _fill(self) -> None:
        """Count a cell once it has a value; one that has only a format costs nothing."""
        if self.filled:
            return
        self.filled = True
        self.tally.cells += 1
        self.right, self.bottom = max(self.right, self.column), max(self.bottom, self.row)
        self.tally.check_area(self.right * self.bottom)

    def text(self, data: str) -> None:
        """Take the value of a cell."""
        if not self.inside:
            return
        self.value += data[: 32 - len(self.value)]
        if self.kind != "s":
            self.tally.characters += len(data)

    def end(self, tag: str) -> None:
        """Close a value or a cell."""
        tag = _local(tag)
        if tag in ("v", "t"):
            self.inside = False
        elif tag == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        if self.kind == "s":
            self._use_string()
        elif self.kind == "e":
            self._fail(self.value.strip() or UNSAVED)
        elif self.formula and not self.value and self.kind != "str":  # "str": its result is blank
            self._fail(UNSAVED)

    def _use_string(self) -> None:
        try:
            index = int(self.value)
        except ValueError:
            return
        self.uses[index] = self.uses.get(index, 0) + 1

    def _fail(self, text: str) -> None:
        self.tally.failed += 1
        self.failed[self.row, self.column] = text

    def write_out(self, lengths: list[int]) -> None:
        """Count the characters of the shared strings that the sheet shows."""
        known = ((lengths[k], n) for k, n in self.uses.items() if 0 <= k < len(lengths))
        self.tally.characters += sum(length * n for length, n in known)
        self.tally.check()


class Book(Sheet):
    """Also keeps which sheets there are, or where they lie."""

    def __init__(self, tally: Tally) -> None:
        super().__init__(tally)
        self.sheets: list[tuple[str, str]] = []
        self.targets: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note a sheet or a relation."""
        super().start(tag, attributes)
        if _local(tag) == "sheet":
            self.sheets.append((attributes.get("name", ""), _attribute(attributes, "id", "")))
        elif _local(tag) == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class OdsContent(Part):
    """Counts the cells of OpenDocument sheets, where one element can stand for many."""

    def __init__(self, tally: Tally) -> None:
        super().__init__(tally)
        self.sheet, self.area = "", 0
        self.failed: dict[str, FailedCells] = {}
        self.repeat_row = self.repeat_cell = 1
        self.width = self.height = self.row_width = 0
        self.filled = self.wrong = False
        self.words = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Follow tables, rows and cells."""
        super().start(tag, attributes)
        tag = _local(tag)
        if tag in ("table-cell", "covered-table-cell"):
            self._start_cell(attributes)
        elif tag == "table-row":
            self.repeat_row = self._read_repeats(attributes, "number-rows-repeated")
            self.height += self.repeat_row
            self.row_width = 0
        elif tag == "table":
            self.area += self.width * self.height
            self.sheet = _attribute(attributes, "name", "")
            self.width = self.height = self.row_width = 0
        elif tag == "s":  # so many blanks
            self._count(self._read_repeats(attributes, "c"))
        else:
            self.tally.expect(tag not in ("sheetData", "si"), "it is two kinds of workbook at once")

    def _read_repeats(self, attributes: dict[str, str], name: str) -> int:
        repeats = _attribute(attributes, name, "1")
        self.tally.expect(
            _REPEATS.fullmatch(repeats) is not None, f"it has {name}={repeats[:20]!r}"
        )
        return int(repeats)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.repeat_cell = self._read_repeats(attributes, "number-columns-repeated")
        self.row_width += self.repeat_cell
        self.filled, self.words = False, ""
        named = {_local(key): value for key, value in attributes.items()}
        error = attributes.get("calcext:value-type") == "error"
        held = named.keys() & {"value", "date-value", "time-value", "string-value", "boolean-value"}
        self.wrong = error or ("formula" in named and not held)
        if named.keys() & {"formula", "value-type"} or held:
            self._fill()
            self._count(sum(len(named[key]) for key in held))

    def _fill(self) -> None:
        """Count a cell, with those for which it stands, once it has a value."""
        if self.filled:
            return
        self.filled = True
        self.tally.cells += self.repeat_row * self.repeat_cell
        self.width = max(self.width, self.row_width)
        self.tally.check_area(self.area + self.width * self.height)
        self.tally.check()

    def _count(self, characters: int) -> None:
        self.tally.characters += self.repeat_row * self.repeat_cell * characters
        self.tally.check()

    def text(self, data: str) -> None:
        """Count text; what lies between the elements is no value."""
        if data.strip():
            self._fill()
            self.words += data[: 32 - len(self.words)]
        self._count(len(data))

    def end(self, tag: str) -> None:
        """Note a cell whose formula failed or has no result."""
        if not self.wrong or _local(tag) != "table-cell":
            return
        self.wrong = False
        failed = self.words.startswith(("#", "Err:"))
        if not failed and self.words:
            return
        text = self.words if failed else UNSAVED
        self.tally.failed += self.repeat_row * self.repeat_cell
        self.tally.check()
        cells = self.failed.setdefault(self.sheet, {})
        for row in range(self.height - self.repeat_row, self.height):
            for column in range(self.row_width - self.repeat_cell, self.row_width):
                cells[row + 1, column + 1] = text


def _attribute(attributes: dict[str, str], local: str, otherwise: str) -> str:
    return next((v for key, v in attributes.items() if _local(key) == local), otherwise)


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
