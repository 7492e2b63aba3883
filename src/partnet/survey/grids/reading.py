"""From a grid and its mapping to claims: every cell read, or named as set aside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...core.errors import InputProblem, Where
from ...core.network import Network
from ...io.typed.identity import explain_lost
from ...io.values.words import fold_cell, is_nonanswer, missing_codes
from ..answers import Answers, Claim
from ..form import NO_, OFTEN, UNKNOWN, WORKS, YES_, Word, read_word
from .layout import Grid
from .mapping import (
    CHECKED,
    UNCHECKED,
    MappedColumn,
    SurveyMapping,
    find_organization,
    fold_heading,
    name_question,
)

SEVERAL = re.compile(r"\s*[,;|\n]\s*")  # between answers of one cell
NUMBER = re.compile(r"-?\d+(\.\d+)?")
ALLOWED = "Allowed are yes, no, don't know, a level of a ladder, a relation, or blank."


@dataclass
class GridReading:
    """What the rows of a grid say.

    Attributes
    ----------
    answers : list of Answers
        One for every row that answers.
    problems : list of InputProblem
        Of the file as a whole, and of rows whose respondent is not known.
    cells, aside : int
        Filled cells of the columns read, and those in rows that are not used.
    """

    answers: list[Answers] = field(default_factory=list)
    problems: list[InputProblem] = field(default_factory=list)
    cells: int = 0
    aside: int = 0


def read_grid(grid: Grid, mapping: SurveyMapping, net: Network) -> GridReading:
    """Give what a grid says; columns that the mapping names and that are not there are said."""
    reading = GridReading()
    positions = {fold_heading(text): k for k, text in reversed([*enumerate(grid.headings)])}
    columns = {}
    for column in mapping.columns:
        at = positions.get(fold_heading(column.heading))
        if at is None:
            _tell(reading, grid, f'no column "{column.heading}"', "It is not read.")
        else:
            columns[at] = column
    _tell_left(reading, grid, mapping, set(columns))
    who = positions.get(fold_heading(mapping.respondent))
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


def _tell_left(reading: GridReading, grid: Grid, mapping: SurveyMapping, read: set[int]) -> None:
    """Name the columns that hold something and are not read."""
    whole = fold_heading(mapping.respondent)
    for k, heading in enumerate(grid.headings):
        if k not in read and fold_heading(heading) != whole and grid.column(k):
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
    name = row[who] if who < len(row) else ""
    id_ = find_organization(net.index, name)
    if not id_:
        if cells:
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
            reading.aside += len(cells)
        return
    answers = Answers(id_, grid.file)
    answers.listed = {column.partner for column in columns.values()} - {id_}
    _RowReader(answers, grid, mapping, net, number).read(cells, columns)
    reading.answers.append(answers)


class _RowReader:
    """Reads the cells of one respondent."""

    def __init__(
        self, answers: Answers, grid: Grid, mapping: SurveyMapping, net: Network, number: int
    ) -> None:
        self.answers, self.grid, self.mapping = answers, grid, mapping
        self.net, self.number = net, number
        self.said: dict[tuple[str, str], tuple[Word, str]] = {}
        self.often: dict[str, str] = {}

    def read(self, cells: Mapping[int, str], columns: Mapping[int, MappedColumn]) -> None:
        """Take all cells, then say what boxes that are not checked mean."""
        checked = self._list_checked(cells, columns)
        for k, column in columns.items():
            text = cells.get(k, "")
            if column.partner == self.answers.respondent:
                self._refuse_own(column, text)
            elif column.box:
                if name_question(column) in checked:
                    word = Word(YES_ if self._is_checked(text, column) else NO_)
                    self._say(column.partner, column.asks, word, "")
            elif text:
                self._read_cell(column, text)
        self._make_claims()

    def _list_checked(
        self, cells: Mapping[int, str], columns: Mapping[int, MappedColumn]
    ) -> set[str]:
        """Questions of which some box is checked: only then is another one left unchecked."""
        return {
            name_question(columns[k])
            for k, text in cells.items()
            if columns[k].box and self._is_checked(text, columns[k])
        }

    def _is_checked(self, text: str, column: MappedColumn) -> bool:
        folded = fold_cell(self.mapping.answers.get(text, text))
        return (
            bool(text)
            and folded not in UNCHECKED
            and (folded in CHECKED or read_word(text).said == YES_ or fold_cell(text) != NO_)
        )

    def _refuse_own(self, column: MappedColumn, text: str) -> None:
        if text and fold_cell(text) not in UNCHECKED:
            self._report(column, text, "A row is about another organization.", "It is not used.")
        elif text:
            self.answers.aside += 1

    def _report(self, column: MappedColumn, text: str, allowed: str, fix: str) -> None:
        self.answers.report(
            self.number, column.heading, f'"{text}"', allowed, fix, sheet=self.grid.sheet,
            aside="cell",
        )  # fmt: skip

    def _read_cell(self, column: MappedColumn, text: str) -> None:
        meant = self.mapping.answers.get(text, text)
        if self.mapping.scale and NUMBER.fullmatch(meant):
            self._read_number(column, text, float(meant))
            return
        strength = self.net.vocabulary.find_answer(meant)
        word = read_word(meant)
        if column.asks == OFTEN:
            self._read_often(column, text, meant, strength)
        elif word.said in (YES_, NO_) or (word.said == UNKNOWN and strength is None):
            self._say(column.partner, column.asks, word, "")
        elif strength is not None:
            said = Word(YES_ if strength > 0 else NO_)
            self._say(column.partner, column.asks, said, meant if strength > 0 else "")
        else:
            self._read_several(column, text, meant)

    def _read_number(self, column: MappedColumn, text: str, number: float) -> None:
        if 0 <= number <= self.mapping.scale:
            often = f"{number / self.mapping.scale:.9g}" if number else ""
            asks = WORKS if column.asks == OFTEN else column.asks
            self._say(column.partner, asks, Word(YES_ if number else NO_), often)
        elif number in missing_codes():
            asks = WORKS if column.asks == OFTEN else column.asks
            self._say(column.partner, asks, Word(UNKNOWN), "")
        else:
            allowed = f"Numbers run from 0 to {self.mapping.scale:g} (scale in the mapping)."
            self._report(column, text, allowed, "The cell counts as not answered.")

    def _read_often(
        self, column: MappedColumn, text: str, meant: str, strength: float | None
    ) -> None:
        if strength is not None:
            self.often[column.partner] = meant if strength > 0 else "none"
        elif is_nonanswer(meant):
            self._say(column.partner, WORKS, Word(UNKNOWN), "")
        else:
            self._report(column, text, ALLOWED, "The cell counts as not answered.")

    def _read_several(self, column: MappedColumn, text: str, meant: str) -> None:
        """A cell that names relations, or several answers at once: "referral, data sharing"."""
        parts = [part for part in SEVERAL.split(meant) if part]
        found = [self.net.vocabulary.find_relation(part) for part in parts]
        if not parts or not all(found):
            self._report(column, text, ALLOWED, "The cell counts as not answered.")
            return
        for relation in found:
            self._say(column.partner, str(relation), Word(YES_), "")

    def _say(self, partner: str, relation: str, word: Word, often: str) -> None:
        """Keep an answer; two columns on one cell agree, or yes counts."""
        known = self.said.get((partner, relation))
        if known is None or (word.said == YES_ and known[0].said != YES_):
            self.said[partner, relation] = word, often

    def _make_claims(self) -> None:
        for partner, often in self.often.items():
            others = any(p == partner and w.said == YES_ for (p, _), (w, _) in self.said.items())
            if not others or (partner, WORKS) not in self.said:
                self._say(partner, WORKS, Word(NO_ if often == "none" else YES_), "")
        for (partner, relation), (word, own) in self.said.items():
            said = own or self.often.get(partner, "")
            often = said if word.said == YES_ and said != "none" else ""
            self.answers.claims.append(
                Claim(
                    self.answers.respondent, partner, relation, word.said, word.way, often,
                    self.grid.file, self.number, sheet=self.grid.sheet,
                )
            )  # fmt: skip
