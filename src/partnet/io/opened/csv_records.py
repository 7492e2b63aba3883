"""Records of the lines of a CSV file, with the row of each as Excel counts it."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from operator import methodcaller

from ...core.errors import InputError, InputProblem, Where
from ...core.wording.safety import unescape_cell
from ..cells import MOST_CELL

MOST_STRAY = 1_000  # stray quotation marks; a file with more is no CSV file
MANY_LINES = 20  # lines of one cell, above which it is said
MOST_AT_ONCE, LONG = 1_024, 1_000_000  # lines that are taken apart at once, and characters
_END = "end"  # a line that is a record of its own, unless a quotation mark before it is open
# In a line, wherever a cell of it is escaped.
_ESCAPED = re.compile("'\"*[=+\\-@\t\r\n'\uff1d\uff0b\uff0d\uff20]")

_IS_MARKED = methodcaller("startswith", "'")

Record = tuple[int, list[str]]
_Told = tuple[int, list[str], InputProblem | None]


def read_csv_stream(
    name: str, lines: Iterable[str], delimiter: str, problems: list[InputProblem] | None = None
) -> Iterator[Record]:
    """Give each record of the lines of a file, as they come, with its row as Excel counts it.

    A quotation mark that is never closed, or that closes many rows below, would swallow the rows
    between: they are read line by line, and each such mark is a problem.

    Raises
    ------
    InputError
        A quoted cell does not end, or stray quotation marks are everywhere.
    """
    for row, cells, problem in _Records(name, lines, delimiter):
        if problem is not None and problems is not None:
            problems.append(problem)
        yield row, cells


def _unescape(cells: list[str]) -> list[str]:
    return [unescape_cell(cell) for cell in cells] if any(map(_IS_MARKED, cells)) else cells


class _Records:
    """Records of a file: many lines at once where each is a record, else with the lines at hand."""

    def __init__(self, name: str, lines: Iterable[str], delimiter: str) -> None:
        csv.field_size_limit(MOST_CELL + 1)  # a mark before it, as `escape_cell` writes; a quote
        # that is never closed ends here
        self.name, self.delimiter = name, delimiter
        self.source = iter(lines)
        self.taken: list[str] = []  # lines of the record at hand
        self.again: deque[str] = deque()  # lines to be read once more
        self.line, self.row, self.width, self.stray = 1, 1, 0, 0
        self.prose = False  # whether a blank after a mark tells a sentence from columns

    def _next_lines(self) -> Iterator[str]:
        while True:
            line = self.again.popleft() if self.again else next(self.source, None)
            if line is None:
                return
            self.taken.append(line)
            yield line

    def __iter__(self) -> Iterator[_Told]:
        most = 1
        while lines := self._take_lines(most):
            rows = self._part(lines)
            most = min(2 * most, MOST_AT_ONCE) if rows else max(most // 2, 1)
            if not rows:
                self.again.extend(lines)
                yield from self._read_slowly()
                continue
            for row, cells in enumerate(rows, self.row):
                yield row, cells, None
            self.line, self.row = self.line + len(rows), self.row + len(rows)

    def _take_lines(self, most: int) -> list[str]:
        lines: list[str] = []
        size = 0
        for line in self.source:
            lines.append(line)
            size += len(line)
            if len(lines) == most or size > LONG:
                break
        return lines

    def _part(self, lines: list[str]) -> list[list[str]]:
        """Take lines apart that are a record each; nothing where one of them is not."""
        try:
            *rows, _ = csv.reader([*lines, _END], delimiter=self.delimiter)
        except csv.Error:
            return []
        if len(rows) != len(lines):
            return []
        if not self.width:
            for line, cells in zip(lines, rows, strict=True):
                self._learn(line, cells)
        return [*map(_unescape, rows)] if _ESCAPED.search("".join(lines)) else rows

    def _learn(self, text: str, cells: list[str]) -> None:
        """Keep from the first record with cells how wide rows are, and how the file writes."""
        if not self.width:
            self.width, self.prose = len(cells), ", " not in text

    def _read_slowly(self) -> Iterator[_Told]:
        """Read record by record, until the lines that are to be read again are used up."""
        reader = self._start()
        while self.again:
            try:
                cells, stray = next(reader), False
            except StopIteration:
                return
            except csv.Error as error:
                if len(self.taken) < 2:
                    raise self._refuse(f"found a cell that does not end ({error})") from error
                cells, stray = [], True
            problem = None
            if len(self.taken) > 1:
                if stray or self._is_stray(cells):
                    problem, cells = self._tell_stray(), self._split()
                    reader = self._start()
                elif len(self.taken) > MANY_LINES:
                    problem = self._tell_long()
            self._learn("".join(self.taken), cells)
            yield self.row, _unescape(cells), problem
            self.line, self.row = self.line + len(self.taken), self.row + 1
            self.taken.clear()

    def _start(self) -> Iterator[list[str]]:
        return csv.reader(self._next_lines(), delimiter=self.delimiter)

    def _split(self) -> list[str]:
        """Keep the first line of a record alone, and read the others once more."""
        self.again.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]
        return next(csv.reader([self.taken[0].replace('"', "")], delimiter=self.delimiter), [])

    def _is_stray(self, cells: list[str]) -> bool:
        """Whether a cell over several lines swallowed rows, rather than holding line breaks.

        So it is where its quotation mark does not close as one does; or where the lines within
        have as many marks between columns as a row has.
        """
        try:
            list(csv.reader(self.taken, delimiter=self.delimiter, strict=True))
        except csv.Error:
            return True
        if self.width < 2:
            return False
        full = [line.count(self.delimiter) == self.width - 1 for line in self.taken]
        rows = sum(full[1:])
        if len(cells) != self.width:
            return rows > 0
        if self.prose and all(", " in line for line in self.taken[1:]):
            return False  # commas of a sentence
        return all(full) or (rows >= (2 if self.width > 2 else 3) and rows >= 0.9 * (len(full) - 1))

    def _tell_stray(self) -> InputProblem:
        self.stray += 1
        if self.stray > MOST_STRAY:
            raise self._refuse("found quotation marks that do not close, again and again")
        start = self.taken[0].strip()[:40]
        return InputProblem(
            Where(self.name, row=self.row),
            f"a quotation mark that does not close on its line ({start})",
            'A cell begins and ends with ", or has none.',
            f"Remove the mark or close it on line {self.line}. Until then the "
            f"{len(self.taken):,} lines from there are read as rows of their own.",
        )

    def _tell_long(self) -> InputProblem:
        return InputProblem(
            Where(self.name, row=self.row),
            f"a cell of {len(self.taken):,} lines ({self.taken[0].strip()[:40]})",
            'A cell begins and ends with ", and may hold line breaks.',
            f"Check that a quotation mark is not lacking on line {self.line}.",
            level="note",
        )

    def _refuse(self, found: str) -> InputError:
        return InputError(
            f"{self.name}, line {self.line}: {found}. A quoted cell closes "
            'with ". Look for a missing quotation mark there.'
        )
