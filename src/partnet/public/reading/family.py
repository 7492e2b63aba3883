"""What every reader of a public file shares: columns by alias, rows as records, a journal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import islice

import pandas as pd

from ...core.errors import InputError, InputProblem, Where
from ...core.vocabulary import fold_word
from ...io.cells import clean_cell
from .source import Record, Source

_CLEAN = re.compile("(?!=)[!-~]+(?: [!-~]+)*")  # a line as most are: there is nothing to clean
AT_ONCE = 256  # rows whose cells are cleaned together

BLANK_WORDS = frozenset(
    {"n/a", "na", "#n/a", "not available", "not applicable", "null", "none", "-999", "-9999"}
    | {"*", "**", "***", "-", "--", "---", "–", "—", ".", "..", "(b)(4)", "(b)(6)"}
    | {"suppressed", "redacted", "[redacted]", "withheld"}  # what is known and not told
)


@dataclass(frozen=True)
class Family:
    """One family of public files: who publishes it, under which license, with which columns.

    Attributes
    ----------
    name, publisher, license : str
        As they stand in the log and in the network's note.
    columns : mapping of str to tuple of str
        Headers under which each field appears in one release or another.
    required : tuple of str
        Fields without which a file is not of this family.
    becomes : str
        What a row becomes, in a few words for the table of the documentation.
    caution : str
        What every reader of a network made from it has to know, as a sentence; or "".
    """

    name: str
    publisher: str
    license: str
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    becomes: str = ""
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

    def read_records(self, source: Source) -> Iterator[tuple[int, dict[str, str]]]:
        """Give every row as its number and a text for every field; "" where nothing is said.

        Raises
        ------
        InputError
            A required column is missing, or a cell does not end.
        """
        missing = self.missing_columns(source.header)
        if missing:
            raise InputError(
                f"{source.file}: found no column {', '.join(missing)}. {self.name} has "
                f"{'it' if len(missing) == 1 else 'them'}. "
                "Check that this is the right file, as it was downloaded."
            )
        found = self.find_columns(source.header)
        rows = source.read_rows()
        while part := list(islice(rows, AT_ONCE)):
            columns = [_clean_column(part, found.get(name)) for name in self.columns]
            for (number, _), cells in zip(part, zip(*columns, strict=True), strict=True):
                yield number, dict(zip(self.columns, cells, strict=True))


@dataclass(frozen=True)
class Scope:
    """Which rows of a file a reader may pass over.

    Attributes
    ----------
    states : frozenset of str
        States of interest; empty: all. Rows of other States are counted and left out.
    home : str
        The State, where there is one only: that of directories which name none.
    wide : bool
        Keep kinds of which a State has thousands (churches, clubs, schools, foundations).
    reader : str
        The reader at work; "" where none has been chosen yet.
    recorder : callable, optional
        Makes what keeps the rows, from the file's name and the scope; default: a
        :class:`RowCollector`. A store keeps them outside memory.
    """

    states: frozenset[str] = frozenset()
    home: str = ""
    wide: bool = False
    reader: str = ""
    recorder: Callable[[str, Scope], RowCollector] | None = field(
        default=None, compare=False, repr=False
    )

    def covers(self, state: str) -> bool:
        """Tell whether rows of a State are of interest; a State that is not known is."""
        return not self.states or not state or state in self.states


EVERYWHERE = Scope()


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
        Tables of a network, all cells text; organizations have their ids. ``unplaced`` holds
        organizations of which the file gives a name but no place; ``counties`` holds attributes
        of counties.
    rows_read : int
        Rows in the file.
    problems : tuple of InputProblem
        Rows set aside and why, and how cells were mended.
    row_states : mapping of int to str
        The State of each row that was looked at, so that a log can keep to one State.
    owners : mapping of int to str
        The organization (or county) that each row is about, as far as the reader says; a row
        about one that is not in the network is not used.
    names : mapping of str to str
        Names by id, also of organizations that only stand behind others (funders, parents).
    states : frozenset of str
        States that rows of the file are in.
    reader : str
        The reader that read it.
    wide : bool
        Whether kinds of which a State has thousands were kept.
    """

    family: Family
    file: str
    release: str
    tables: Mapping[str, pd.DataFrame]
    rows_read: int
    problems: tuple[InputProblem, ...]
    row_states: Mapping[int, str]
    owners: Mapping[int, str]
    names: Mapping[str, str]
    states: frozenset[str] = frozenset()
    reader: str = ""
    wide: bool = False


@dataclass
class Journal:
    """Notes kept while a file is read: what became of every row, and every cell that was mended."""

    file: str
    scope: Scope = EVERYWHERE
    problems: list[InputProblem] = field(default_factory=list)
    row_states: dict[int, str] = field(default_factory=dict)
    owners: dict[int, str] = field(default_factory=dict)
    states: set[str] = field(default_factory=set)

    def is_elsewhere(self, row: int, state: str) -> bool:
        """Note the State of a row, and tell whether it is to be passed over."""
        self.states.add(state)
        if not self.scope.covers(state):
            return True
        self.row_states[row] = state
        return False

    def is_beyond(self, row: int, area: Sequence[str]) -> bool:
        """Tell whether a row about several States is to be passed over: it is about no State of
        interest. Such a row is counted for none of them; one that names no State is of interest.
        """
        if area and not any(self.scope.covers(state) for state in area):
            return True
        self.row_states[row] = ""
        return False

    def set_aside(self, row: int, column: str, found: str, allowed: str) -> None:
        """Say why a row is not used."""
        where = Where(self.file, "", row, column)
        fix = "The row is set aside."
        self.problems.append(InputProblem(where, found, allowed, fix, "note", "", "row"))

    def assume(self, row: int, column: str, found: str, allowed: str, meaning: str) -> None:
        """Say how a cell was read."""
        where = Where(self.file, "", row, column)
        self.problems.append(InputProblem(where, f'"{found}"', allowed, meaning, "note"))


@dataclass
class RowCollector(Journal):
    """What a reader gathers: organizations by id, rows of other tables, and the journal."""

    organizations: dict[str, dict[str, str]] = field(default_factory=dict)
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    keys: set[tuple[str, ...]] = field(default_factory=set)
    noted: set[str] = field(default_factory=set)  # of the rows, what says how new the file is
    rows_read: int = 0

    @property
    def newest(self) -> str:
        """The last value that was noted; "" where no row had one."""
        return max(self.noted, default="")

    def read_row(self, row: int, cells: dict[str, str], read: ReadRow) -> None:
        """Count a row and have it read."""
        self.rows_read += 1
        read(row, cells, self)

    def is_repeated(self, *key: str) -> bool:
        """Tell whether a row with this key has been read before, and remember it."""
        if key in self.keys:
            return True
        self.keys.add(key)
        return False

    def origin(self, row: int) -> str:
        """Say where a row stands."""
        return f"{self.file}, row {row}"

    def add_organization(self, row: int, cells: dict[str, str]) -> str:
        """Keep an organization and give its id; where it stands already, blanks are filled."""
        id_ = cells["id"]
        self.names.setdefault(id_, cells["name"])
        known = self.organizations.setdefault(id_, {"origin": self.origin(row)})
        for column, text in cells.items():
            if not known.get(column):
                known[column] = text
        return id_

    def fill_organization(self, row: int, id_: str, cells: Mapping[str, str]) -> None:
        """Fill blanks of an organization that stands already with what another row says of it."""
        known = self.organizations[id_]
        known.update({key: text for key, text in cells.items() if text and not known.get(key)})

    def add_row(self, table: str, row: int, cells: dict[str, str]) -> None:
        """Keep a row of another table."""
        self.tables.setdefault(table, []).append({**cells, "origin": self.origin(row)})

    def add_unplaced(self, row: int, cells: dict[str, str]) -> str:
        """Keep an organization of which the file gives a name but no place, and give its id.

        Columns: ``id``, ``name``, ``states`` (codes with a blank between; "": not known) and
        ``enrollment`` (CMS enrollment id).
        """
        id_ = cells["id"]
        if id_ not in self.names:
            self.names[id_] = cells["name"]
            self.add_row("unplaced", row, cells)
        return id_

    def use(self, row: int, owner: str) -> None:
        """Note which organization (or county) a row is about."""
        self.owners[row] = owner

    def finish(self, family: Family, source: Source, release: str) -> PublicFile:
        """Put together what was gathered."""
        rows = {"organizations": list(self.organizations.values()), **self.tables}
        return PublicFile(
            family=family,
            file=self.file,
            release=release,
            tables={
                name: make_table(part, _name_columns(name, part)) for name, part in rows.items()
            },
            rows_read=self.rows_read,
            problems=(*source.notes, *self.problems),
            row_states=self.row_states,
            owners=self.owners,
            names=self.names,
            states=frozenset(self.states - {""}),
            wide=self.scope.wide,
        )


ReadRow = Callable[[int, dict[str, str], RowCollector], None]


def open_collector(file: str, scope: Scope) -> RowCollector:
    """Give what keeps the rows of a file while it is read."""
    return RowCollector(file, scope) if scope.recorder is None else scope.recorder(file, scope)


def gather_rows(
    family: Family,
    source: Source,
    scope: Scope,
    read_row: ReadRow,
    *,
    note: Callable[[Mapping[str, str]], str] = lambda _: "",
) -> RowCollector:
    """Read a file row by row; `note` gives of each row what says how new the file is.

    Raises
    ------
    InputError
        A required column is missing, or a cell does not end.
    """
    collector = open_collector(source.file, scope)
    noted = collector.noted
    for row, cells in family.read_records(source):
        if (said := note(cells)) not in noted and said:
            noted.add(said)
        collector.read_row(row, cells, read_row)
    return collector


ORGANIZATION_COLUMNS = (
    *("id", "name", "kind", "state", "county_fips", "zip", "latitude", "longitude"),
    *("ccn", "npi", "ein", "uei", "hrsa_grant", "city", "address"),
)


def _name_columns(table: str, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """The columns of organizations in one order, then others as they come; the origin is last."""
    first = ORGANIZATION_COLUMNS if table == "organizations" else ()
    named = dict.fromkeys(column for row in rows for column in row)
    return [*first, *(c for c in named if c not in first and c != "origin"), "origin"]


def clean_text(text: str) -> str:
    """Put a cell on one line; what only says that nothing is known becomes "".

    Quotation marks and the = that spreadsheets leave around a cell are taken away.

    Examples
    --------
    >>> clean_text(" Des  Moines "), clean_text("Not Available"), clean_text('="01301"')
    ('Des Moines', '', '01301')
    >>> clean_text("Smith &amp; Sons")
    'Smith & Sons'
    """
    line = text if _CLEAN.fullmatch(text) else " ".join(clean_cell(text).split())
    if "&" in line and ";" in line:  # as it stands in the source of a page: A &amp; B
        line = " ".join(unescape(line).split())
    if line.endswith('"') and line.startswith(('"', '="')):
        line = line.lstrip("=").strip('" ')
    return "" if line.casefold() in BLANK_WORDS else line


def _clean_column(rows: Sequence[Record], place: int | None) -> list[str]:
    """The cells of a column, each different one cleaned once; "" where there is none."""
    if place is None:
        return [""] * len(rows)
    texts = [row[place] if place < len(row) else "" for _, row in rows]
    cleaned = {text: clean_text(text) for text in set(texts)}
    return [cleaned[text] for text in texts]


def make_table(rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> pd.DataFrame:
    """Make a table of text from records; a missing cell is blank."""
    cells = {name: [row.get(name, "") for row in rows] for name in columns}
    return pd.DataFrame(cells, columns=list(columns), dtype="str")
