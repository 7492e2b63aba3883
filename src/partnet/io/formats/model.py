"""What passes between partnet and a foreign file: rows of text in the words of partnet's tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ...core.errors import InputProblem, Where
from ...core.wording.text import count_noun

MOST_ROWS = 5_000_000  # organizations, or ties, of one file
MOST_UNLISTED = 100_000  # organizations that a header promises and no row describes
ALL = ("*",)  # every column


@dataclass
class Records:
    """Rows of one table as text, and where each of them stands.

    Attributes
    ----------
    rows : list of dict
        Cells by column; what a row does not say is missing.
    lines : list of int
        The line (text, XML) or the row (workbooks) or the entry (JSON), counted from 1.
    keys : list of str
        What the file itself calls each row, so that it is found again; "" where it does not.
    sheet : str
        Sheet or part of the file.
    """

    rows: list[dict[str, str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    sheet: str = ""

    def add(self, line: int, cells: dict[str, str], key: str = "") -> None:
        """Add a row."""
        self.rows.append(cells)
        self.lines.append(line)
        self.keys.append(key)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass
class Foreign:
    """What a foreign file says.

    Organizations have ``id`` or ``name`` and any other column. Ties have ``source`` and
    ``target`` (an id, else a name), and where the file says so ``relation``, ``weight`` (a number
    on whatever scale) or ``strength`` (partnet's own), ``directed`` ("yes", "no") and others.
    Weights have one scale, but where each relation is a matrix or a column of its own (`apart`).
    A tie without a weight beside others that have one weighs what the format says (`unsaid`); ""
    where it says nothing. A relation may be a list joined by semicolons (`lists`).
    """

    file: str
    label: str
    organizations: Records = field(default_factory=Records)
    ties: Records = field(default_factory=Records)
    others: dict[str, Records] = field(default_factory=dict)
    problems: list[InputProblem] = field(default_factory=list)
    apart: bool = False
    unsaid: str = ""
    lists: bool = False

    def note(self, found: str, allowed: str, fix: str, *, row: int | None = None) -> None:
        """Say what had to be assumed."""
        where = Where(self.file, "", row)
        self.problems.append(InputProblem(where, found, allowed, fix, level="note"))

    def note_levels(self, inner: int) -> None:
        """Say that nodes within others were read, and the levels were not."""
        if inner:
            self.note(
                f"{count_noun(inner, 'node')} within others",
                "A tie links two organizations.",
                "They are read as organizations; which lies within which is not. If an "
                "organization is part of another, say so in a column parent.",
            )

    def set_aside(
        self, table: str, found: str, allowed: str, fix: str, *, row: int, sheet: str = ""
    ) -> None:
        """Count a row that cannot be used, and say why."""
        where = Where(self.file, sheet, row)
        problem = InputProblem(where, found, allowed, fix, table=table, set_aside="row")
        self.problems.append(problem)

    def tables(self) -> dict[str, Records]:
        """All tables by name."""
        return {"organizations": self.organizations, "ties": self.ties, **self.others}


def keep_apart(of: str, name: str) -> str:
    """What an attribute is called that has the name of what a node or tie is known by.

    Examples
    --------
    >>> keep_apart("edge", "source"), keep_apart("node", "source")
    ('source of the file', 'source')
    """
    taken = ("id",) if of == "node" else ("source", "target")
    return f"{name} of the file" if name in taken else name


@dataclass(frozen=True)
class Outgoing:
    """A network on its way out: nodes and edges as text, every edge a tie that is on file.

    Attributes
    ----------
    title : str
        The title of the network.
    nodes : list of dict
        Organizations in order: ``id``, ``name`` and the other filled columns.
    edges : list of dict
        Ties in order: ``source`` and ``target`` (ids), ``relation`` and the other filled cells;
        those that follow from other tables say so in ``from_table``.
    directed : list of bool
        Whether each tie has a direction.
    weights : list of float
        Strength in (0, 1]; 1 where none was given.
    node_numbers, edge_numbers : frozenset of str
        Columns of either that hold numbers and nothing else.
    labels : mapping
        What people read for ids of kinds and relations.
    """

    title: str
    nodes: list[dict[str, str]]
    edges: list[dict[str, str]]
    directed: list[bool]
    weights: list[float]
    node_numbers: frozenset[str]
    edge_numbers: frozenset[str]
    labels: Mapping[str, str]

    def numbers_of(self, of: str) -> frozenset[str]:
        """The columns of numbers of a "node" or an "edge"."""
        return self.node_numbers if of == "node" else self.edge_numbers

    @property
    def node_columns(self) -> list[str]:
        """Columns that any organization fills, in order of appearance."""
        return list(dict.fromkeys(key for node in self.nodes for key in node))

    @property
    def edge_columns(self) -> list[str]:
        """Columns that any tie fills, in order of appearance."""
        return list(dict.fromkeys(key for edge in self.edges for key in edge))

    def position_of(self) -> dict[str, int]:
        """The position of each organization by id."""
        return {node["id"]: k for k, node in enumerate(self.nodes)}


@dataclass(frozen=True)
class Holds:
    """What a format can hold of a network.

    Attributes
    ----------
    organizations, ties : tuple of str
        The columns; `ALL` for every one.
    parallel : bool
        Whether two organizations can have several ties of one relation.
    arrows : bool
        Whether each tie says for itself whether it has a direction.
    """

    organizations: tuple[str, ...] = ALL
    ties: tuple[str, ...] = ALL
    parallel: bool = True
    arrows: bool = True


Files = Mapping[str, bytes]  # by the end of their names, or by name in a folder


@dataclass(frozen=True)
class Format:
    """One foreign format.

    Attributes
    ----------
    name, label : str
        As it is called on the command line, and in sentences.
    suffixes : tuple of str
        Ends of file names by which `write` is chosen; the first is the usual one.
    sniff : callable or None
        Tells whether a source is of this format.
    read, write : callable or None
        The reader and the writer.
    holds : Holds
        What a written file holds.
    tool, way : str
        The programs that use it, and how to get to and from them (for the documentation).
    folder : bool
        Whether it is a folder of files.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    sniff: Callable[..., bool]
    read: Callable[..., Foreign]
    write: Callable[[Outgoing], Files] | None = None
    holds: Holds = field(default_factory=Holds)
    tool: str = ""
    way: str = ""
    folder: bool = False
