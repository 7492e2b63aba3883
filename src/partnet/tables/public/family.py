"""What every reader of a public file shares: columns by alias, rows as records, a journal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from ...errors import InputError, InputProblem, Where
from ...vocabulary import fold_word
from ..cells import RawTable

BLANK_WORDS = frozenset({"n/a", "na", "#n/a", "not available", "not applicable", "null", "-999"})


@dataclass(frozen=True)
class Family:
    """One family of public files: who publishes it, under which licence, with which columns.

    Attributes
    ----------
    name, publisher, licence : str
        As they stand in the log and in the network's note.
    columns : mapping of str to tuple of str
        Headers under which each field appears in one release or another.
    required : tuple of str
        Fields without which a file is not of this family.
    caution : str
        What every reader of a network made from it has to know, as a sentence; or "".
    """

    name: str
    publisher: str
    licence: str
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    caution: str = ""

    def find_columns(self, header: Sequence[str]) -> dict[str, int]:
        """Give the position of every field that the header has; order and case do not matter."""
        positions = {fold_word(text): k for k, text in reversed(list(enumerate(header)))}
        found = {}
        for field_, aliases in self.columns.items():
            for alias in aliases:
                if fold_word(alias) in positions:
                    found[field_] = positions[fold_word(alias)]
                    break
        return found

    def missing_columns(self, header: Sequence[str]) -> list[str]:
        """Name the required columns that a header lacks, as the newest release calls them."""
        found = self.find_columns(header)
        return [self.columns[name][0] for name in self.required if name not in found]

    def fits(self, header: Sequence[str]) -> bool:
        """Tell whether a header has every required column."""
        return not self.missing_columns(header)

    def read_records(self, raw: RawTable) -> Iterator[tuple[int, dict[str, str]]]:
        """Give every row as its number and a text for every field; "" where nothing is said.

        Raises
        ------
        InputError
            A required column is missing.
        """
        missing = self.missing_columns(raw.header)
        if missing:
            raise InputError(
                f"{raw.file}: found no column {', '.join(missing)}. {self.name} has them. "
                "Check that this is the right file, as it was downloaded."
            )
        found = self.find_columns(raw.header)
        for number, row in zip(raw.row_numbers, raw.rows, strict=True):
            texts = {name: clean_text(row[k]) for name, k in found.items()}
            yield number, {**dict.fromkeys(self.columns, ""), **texts}


@dataclass(frozen=True)
class PublicFile:
    """One public file as tables of a network.

    Attributes
    ----------
    family : Family
        What it is.
    file : str
        Its name, as it stands in the origin of rows.
    release : str
        Which release it is, as far as the file tells.
    tables : mapping of str to DataFrame
        Tables of a network, all cells text; organizations have their ids.
    rows_read : int
        Rows in the file.
    problems : tuple of InputProblem
        Rows set aside and why, and how cells were mended.
    row_states : mapping of int to str
        The State of each row, so that a log can keep to one State.
    """

    family: Family
    file: str
    release: str
    tables: Mapping[str, pd.DataFrame]
    rows_read: int
    problems: tuple[InputProblem, ...]
    row_states: Mapping[int, str]


@dataclass
class Journal:
    """Notes kept while a file is read: every row set aside, every cell that was mended."""

    file: str
    problems: list[InputProblem] = field(default_factory=list)
    row_states: dict[int, str] = field(default_factory=dict)

    def set_aside(self, row: int, column: str, found: str, allowed: str) -> None:
        """Say why a row is not used."""
        where = Where(self.file, "", row, column)
        fix = "The row is set aside."
        self.problems.append(InputProblem(where, found, allowed, fix, "note", "", "row"))

    def assume(self, row: int, column: str, found: str, allowed: str, meaning: str) -> None:
        """Say how a cell was read."""
        where = Where(self.file, "", row, column)
        self.problems.append(InputProblem(where, f'"{found}"', allowed, meaning, "note"))


def clean_text(text: str) -> str:
    """Put a cell on one line; what only says that nothing is known becomes "".

    Examples
    --------
    >>> clean_text(" Des  Moines "), clean_text("Not Available")
    ('Des Moines', '')
    """
    line = " ".join(text.split())
    return "" if line.casefold() in BLANK_WORDS else line


def finish_file(
    family: Family,
    raw: RawTable,
    release: str,
    tables: Mapping[str, pd.DataFrame],
    journal: Journal,
) -> PublicFile:
    """Put together what was read."""
    problems = (*raw.notes, *journal.problems)
    return PublicFile(
        family, raw.file, release, tables, len(raw.rows), problems, journal.row_states
    )


def make_table(rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> pd.DataFrame:
    """Make a table of text from records; a missing cell is blank."""
    cells = {name: [row.get(name, "") for row in rows] for name in columns}
    return pd.DataFrame(cells, columns=list(columns), dtype="str")
