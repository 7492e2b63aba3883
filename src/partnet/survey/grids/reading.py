"""From a grid and its mapping to claims: every cell read, or named as set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...core.errors import InputProblem, Where
from ...core.network import Network
from ...io.typed.identity import explain_lost
from ..answers import Answers, Claim
from ..changes import About
from ..form import OFTEN, WORKS, YES_
from .cells import RowReader
from .layout import Grid
from .mapping import OF_ITSELF, RESPONDENT, MappedColumn, SurveyMapping
from .matching import Headings, place_columns
from .names import find_organization, find_respondent
from .repeats import carry_respondents, join_same_person, set_trials_aside, tell_events

PARTNER = "partner"  # whose codes are those of the column that names whom a row is about


@dataclass
class GridReading:
    """What the rows of a grid say.

    Attributes
    ----------
    about : About
        What organizations say of themselves, and remarks.
    answers : list of Answers
        One for every row that answers; of a table with a row for every pair, for every respondent.
    problems : list of InputProblem
        Of the file as a whole, and of rows whose respondent is not known.
    known : dict of str to Answers
        Of a table with a row for every pair: the answers by respondent.
    cells, aside : int
        Filled cells of the columns read, and those in rows that are not used.
    """

    about: About
    answers: list[Answers] = field(default_factory=list)
    problems: list[InputProblem] = field(default_factory=list)
    known: dict[str, Answers] = field(default_factory=dict)
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
    whom = Headings(grid).find((mapping.partner,)) if mapping.partner else None
    _tell_left(reading, grid, {*columns} | {k for k in (who, whom) if k is not None})
    for at, heading in ((who, mapping.respondent), (whom, mapping.partner)):
        if at is None and heading:
            _tell(reading, grid, f'no column "{heading}"', "No row can be read.")
            return reading
    if who is None:
        return reading
    grid = carry_respondents(grid, who)
    grid, told, filled = set_trials_aside(grid, columns)
    if whom is None:
        grid, twice, replaced = join_same_person(grid, mapping, net.index, who, columns)
        told, filled = [*told, *twice], filled + replaced
    reading.problems += [*told, *tell_events(grid, columns)]
    reading.cells, reading.aside = filled, filled
    for number, row in grid.rows:
        if whom is None:
            _read_row(reading, grid, mapping, net, number, row, who, columns)
        else:
            pair = _PairRow(reading, grid, mapping, net, number, row)
            pair.read(who, whom, columns)
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
    id_ = find_respondent(net.index, name)
    if not id_:
        if cells:
            _refuse_row(reading, grid, mapping, net, number, name, len(cells))
        return
    answers = Answers(id_, grid.file)
    listed = {column.partner for column in columns.values()} - {id_, ""}
    answers.listed = listed
    RowReader(answers, reading.about, grid, mapping, net, number).read(cells, columns)
    reading.answers.append(answers)


@dataclass(frozen=True)
class _PairRow:
    """One row about one pair: who answers, and about whom."""

    reading: GridReading
    grid: Grid
    mapping: SurveyMapping
    net: Network
    number: int
    row: Sequence[str]

    def read(self, who: int, whom: int, columns: Mapping[int, MappedColumn]) -> None:
        """Take the answers of the row; rows of one respondent are one questionnaire."""
        cells = {k: self.row[k] for k in columns if k < len(self.row) and self.row[k]}
        name = self.row[whom] if whom < len(self.row) else ""
        filled = len(cells) + bool(name)
        self.reading.cells += filled
        respondent = self._find(who, RESPONDENT, self.mapping.respondent, filled)
        if not respondent:
            return
        if not name and all(columns[k].asks in OF_ITSELF for k in cells):
            if cells:
                self._read_cells(self._open(respondent), cells, columns)
            return
        partner = self._find(whom, PARTNER, self.mapping.partner, filled)
        if partner == respondent:
            text = f'"{name}", which is the organization itself'
            fix = "Correct the name. The row is set aside."
            self._refuse(text, "A row is about another organization.", fix, filled)
        elif partner:
            self._take(respondent, partner, cells, columns)

    def _find(self, at: int, codes: str, heading: str, filled: int) -> str:
        name = self.mapping.explain(self.row[at], codes) if at < len(self.row) else ""
        find = find_respondent if codes == RESPONDENT else find_organization
        id_ = find(self.net.index, name)
        if not id_ and filled:
            fix = explain_lost(self.net.index, name) if name else "Write its name."
            found = f'"{name}"' if name else "answers without a name"
            allowed = f'A row names an organization of the network in "{heading}".'
            self._refuse(found, allowed, f"{fix} The row is set aside.", filled)
        return id_

    def _refuse(self, found: str, allowed: str, fix: str, filled: int) -> None:
        where = Where(self.grid.file, self.grid.sheet, self.number)
        problem = InputProblem(where, found, allowed, fix, "error", "ties", "row")
        self.reading.problems.append(problem)
        self.reading.aside += filled

    def _take(
        self, respondent: str, partner: str, cells: Mapping[int, str],
        columns: Mapping[int, MappedColumn],
    ) -> None:  # fmt: skip
        answers = self._open(respondent)
        answers.listed.add(partner)
        about = {
            k: column if column.asks in OF_ITSELF else replace(column, partner=partner)
            for k, column in columns.items()
        }
        self._read_cells(answers, cells, about)
        relations = {OFTEN, *self.net.vocabulary.relations}
        if not any(column.asks in relations for column in columns.values()):
            # A list of pairs that asks for no relation says by its rows who works together.
            answers.claims.append(
                Claim(respondent, partner, WORKS, YES_, "", "", self.grid.file, self.number,
                      sheet=self.grid.sheet)
            )  # fmt: skip

    def _read_cells(
        self, answers: Answers, cells: Mapping[int, str], columns: Mapping[int, MappedColumn]
    ) -> None:
        reader = RowReader(
            answers, self.reading.about, self.grid, self.mapping, self.net, self.number
        )
        reader.read(cells, columns)

    def _open(self, respondent: str) -> Answers:
        if respondent not in self.reading.known:
            self.reading.known[respondent] = Answers(respondent, self.grid.file)
            self.reading.answers.append(self.reading.known[respondent])
        return self.reading.known[respondent]


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
