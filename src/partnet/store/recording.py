"""What a reader of a public file gathers, handed on in batches in place of kept in memory."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..core.errors import InputProblem, Where
from ..places.gazetteer import state_of
from ..public.reading.family import Family, PublicFile, ReadRow, RowCollector, Scope
from ..public.reading.source import Source
from .batches import make_batch
from .layout import AREA, COLUMNS, WITH, WITHOUT

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 20_000  # rows of a file between two batches
# Readers that look back at what stands already of an organization, and at which of its cells.
LOOK_BACK = {"hrsa_sites": ("state",), "hrsa_site_list": ("address",)}
Sink = Callable[[str, "pa.Table"], None]
SCOPED = COLUMNS["problems"].index("scoped")


class Recorder(RowCollector):
    """A collector that keeps each row's contribution by itself, and no more than a batch of them.

    What a row adds to an organization is kept with the row's State: taken together for some States
    only, the contributions give what the reader would have gathered from the rows of these States.
    A row that repeats the number of a row of another State is read twice, as it counts beside that
    row and as it counts without it.
    """

    def __init__(self, file: str, scope: Scope, number: int, sink: Sink) -> None:
        super().__init__(file, scope)
        self.number = number
        self.sink = sink
        self.used = self.aside = 0
        self.seen_states: set[str] = set()
        self.names = _Names(self)
        self._known = _Known(self)
        self.organizations = self._known
        self._kept_keys: dict[int, str] = {}
        self._now = -1  # the row that is read
        self._met: str | None = None  # States of rows above that this row repeats
        self._alone = False  # rows of other States count for nothing
        self._areas: dict[int, str] = {}
        self._shapes: dict[tuple[str, tuple[str, ...]], int] = {}
        self._rows: dict[str, list[tuple[Any, ...]]] = {}
        self._seq: dict[str, int] = {}
        self._seen: set[int] = set()
        self._unplaced: dict[str, tuple[int, str, dict[str, str]]] = {}

    # -- what readers call -----------------------------------------------------------------------

    def read_row(self, row: int, cells: dict[str, str], read: ReadRow) -> None:
        """Count a row and have it read; hand on what has gathered now and then."""
        if self.rows_read % BATCH == 0:
            self.hand_on()
        self.rows_read += 1
        self._met = None
        before = {table: len(rows) for table, rows in self._rows.items()}
        read(row, cells, self)
        if self._met is not None:
            self._read_again(row, cells, read, before)

    def _read_again(
        self, row: int, cells: dict[str, str], read: ReadRow, before: Mapping[str, int]
    ) -> None:
        """Read a row that repeats one of another State once more, as if that were not there."""
        state, others = self.state_of_row(row), str(self._met)
        self._mark(before, f"{state}{WITH}{others}")
        self._journal(row, f"{state}{WITH}{others}")
        after = {table: len(rows) for table, rows in self._rows.items()}
        self._alone = True
        try:
            read(row, cells, self)
        finally:
            self._alone = False
        problems = self._rows.get("problems", [])
        start = after.get("problems", 0)
        problems[start:] = [told for told in problems[start:] if told[SCOPED]]
        self._mark(after, f"{state}{WITHOUT}{others}")
        self._journal(row, f"{state}{WITHOUT}{others}")
        self.row_states.pop(row, None)

    def _mark(self, before: Mapping[str, int], said: str) -> None:
        """Say of what has been kept since how it is read."""
        for table, rows in self._rows.items():
            if table in ("names", "rows"):
                continue
            at = COLUMNS[table].index("row_state")
            start = before.get(table, 0)
            rows[start:] = [(*kept[:at], said, *kept[at + 1 :]) for kept in rows[start:]]

    def _journal(self, row: int, said: str) -> None:
        owner = self.owners.pop(row, None)
        self._rows.setdefault("rows", []).append((self.number, row, said, owner))

    def is_repeated(self, *key: str) -> bool:
        """Tell whether a row with this key has been read before, and remember it."""
        hashed = hash(key)
        states = self._kept_keys.get(hashed)
        here = self.row_states.get(self._now, "")
        self._kept_keys[hashed] = add_state(states, here)
        return states is not None and self.meets(states)

    def meets(self, states: str) -> bool:
        """Tell whether a row above counts for this one, by the States that such rows are of."""
        here = self.row_states.get(self._now, "")
        if here == states:
            return True
        known = states.split(",")
        if here in known or "" in known:
            return True
        self._met = " ".join(known)
        return not self._alone

    def is_elsewhere(self, row: int, state: str) -> bool:
        """Note the State of a row; none is passed over."""
        self._now = row
        return super().is_elsewhere(row, state)

    def is_beyond(self, row: int, area: Sequence[str]) -> bool:
        """Note the States that a row is about; none is passed over."""
        self._now = row
        self._areas[row] = AREA + " ".join(area) if area else ""
        return super().is_beyond(row, area)

    def set_aside(self, row: int, column: str, found: str, allowed: str) -> None:
        """Say why a row is not used."""
        super().set_aside(row, column, found, allowed)
        self._keep_problem(row)

    def assume(self, row: int, column: str, found: str, allowed: str, meaning: str) -> None:
        """Say how a cell was read."""
        super().assume(row, column, found, allowed, meaning)
        self._keep_problem(row)

    def add_organization(self, row: int, cells: dict[str, str]) -> str:
        """Keep what a row says of an organization; what says nothing new is left out."""
        id_ = cells["id"]
        if self._known.is_known(id_):
            said = hash((self.state_of_row(row), *cells, *cells.values()))
            if said in self._seen and not self._alone:
                return id_
            self._seen.add(said)
        self._known.remember(id_, self.row_states.get(row, ""), cells)
        self._keep("organizations", row, cells)
        return id_

    def fill_organization(self, row: int, id_: str, cells: Mapping[str, str]) -> None:
        """Keep what a row says of an organization that stands already."""
        said = {"id": id_, **{key: text for key, text in cells.items() if text}}
        self._keep("organizations", row, said)

    def add_row(self, table: str, row: int, cells: dict[str, str]) -> None:
        """Keep a row of another table."""
        self._keep(table, row, cells)

    def add_unplaced(self, row: int, cells: dict[str, str]) -> str:
        """Keep an organization without a place; a reader may add to it until the file ends."""
        if cells["id"] not in self._unplaced:
            kept = dict(cells)
            self._unplaced[cells["id"]] = (row, self.state_of_row(row), kept)
            self.tables.setdefault("unplaced", []).append(kept)
        return cells["id"]

    def finish(self, family: Family, source: Source, release: str) -> PublicFile:
        """Hand on the rest; the tables of what is given back are empty."""
        for row, state, cells in self._unplaced.values():
            self._areas[row] = state
            self._keep("unplaced", row, cells)
        for problem in self.problems:  # noted beside the rows
            self._keep_problem(problem.where.row or -1, problem)
        for k, note in enumerate(source.notes):  # before all others, as a reader gives them
            self._keep_problem(-1, note, k - len(source.notes))
        self.hand_on()
        self._rows["shapes"] = [
            (self.number, table, k, json.dumps(columns))
            for (table, columns), k in self._shapes.items()
        ]
        self._send("shapes")
        states = frozenset(self.states - {""})
        return PublicFile(family, self.file, release, {}, self.rows_read, (), {}, {}, {}, states)

    # -- keeping and handing on ------------------------------------------------------------------

    def state_of_row(self, row: int) -> str:
        """The State or area that a row is about."""
        return self._areas.get(row) or self.row_states.get(row, "")

    def _keep(self, table: str, row: int, cells: Mapping[str, str]) -> None:
        shape = self._shapes.setdefault((table, tuple(cells)), len(self._shapes))
        state = state_of(cells["county_fips"]) if table == "counties" else self.state_of_row(row)
        kept = (self.number, row, self._count(table), state, shape, tuple(cells.values()))
        self._rows.setdefault(table, []).append(kept)

    def _count(self, table: str) -> int:
        self._seq[table] = self._seq.get(table, -1) + 1
        return self._seq[table]

    def _keep_problem(
        self, row: int, problem: InputProblem | None = None, seq: int | None = None
    ) -> None:
        """Keep what is wrong in a row; ``scoped`` where it was found once its State was known."""
        told = problem or self.problems.pop()
        at = -1 if told.where.row is None else row
        self._rows.setdefault("problems", []).append(
            (
                *(self.number, at, self._count("problems") if seq is None else seq),
                *(self.state_of_row(row), row in self.row_states, told.where.column),
                *(told.found, told.allowed, told.fix, told.level, told.set_aside),
            )
        )

    def keep_name(self, id_: str, name: str) -> None:
        """Keep a name that the file gives, whatever State its row is in."""
        self._rows.setdefault("names", []).append((self.number, self.rows_read, id_, name))

    def hand_on(self) -> None:
        """Hand on what has gathered, with the journal of the rows since."""
        for row in dict.fromkeys((*self.row_states, *self.owners)):
            said = self.state_of_row(row)
            kept = (self.number, row, said, self.owners.get(row))
            self._rows.setdefault("rows", []).append(kept)
        problems = self._rows.get("problems", [])
        aside = {told[1] for told in problems if told[-1] == "row"}
        owned = {kept[1] for kept in self._rows.get("rows", []) if kept[3] is not None}
        self.aside += len(aside)
        self.used += len(owned - aside)
        for table in ("rows", "problems"):
            at = COLUMNS[table].index("row_state")
            self.seen_states.update(kept[at] for kept in self._rows.get(table, []))
        for table in list(self._rows):
            self._send(table)
        for gathered in (self.row_states, self.owners, self._areas):
            gathered.clear()

    def _send(self, table: str) -> None:
        if rows := self._rows.pop(table):
            shapes = {k: columns for (_, columns), k in self._shapes.items()}
            self.sink(table, make_batch(table, rows, shapes))


class _Known(dict[str, dict[str, str]]):
    """Which organizations stand already: by rows of which States, and what readers look back at."""

    def __init__(self, recorder: Recorder) -> None:
        super().__init__()
        self._recorder = recorder
        self._states: dict[str, str] = {}
        self._looked_at = LOOK_BACK.get(recorder.scope.reader, ())

    def is_known(self, id_: str) -> bool:
        """Tell whether any row told of it."""
        return id_ in self._states

    def __contains__(self, id_: object) -> bool:
        states = self._states.get(str(id_))
        return states is not None and self._recorder.meets(states)

    def remember(self, id_: str, state: str, cells: Mapping[str, str]) -> None:
        """Note that a row of a State tells of an organization."""
        self._states[id_] = add_state(self._states.get(id_), state)
        if self._looked_at:
            known = self.setdefault(id_, {})
            for column in self._looked_at:
                known[column] = known.get(column) or cells.get(column, "")


def add_state(states: str | None, state: str) -> str:
    """Add a State to those that stand in a text.

    Examples
    --------
    >>> add_state("NE", "KS"), add_state("NE", "NE"), add_state(None, "NE")
    ('NE,KS', 'NE', 'NE')
    """
    if states is None or states == state:
        return sys.intern(state)
    return states if state in states.split(",") else sys.intern(f"{states},{state}")


class _Names(dict[str, str]):
    """Names that a reader gives beside its organizations, handed on as they come."""

    def __init__(self, recorder: Recorder) -> None:
        super().__init__()
        self._recorder = recorder

    def setdefault(self, id_: str, name: str = "") -> str:
        """Keep the first name of an id."""
        if id_ not in self:
            self[id_] = name
            self._recorder.keep_name(id_, name)
        return self[id_]


def problem_of(file: str, told: Mapping[str, Any]) -> InputProblem:
    """Make a problem again of what the store keeps of it."""
    row = None if told["row"] < 0 else int(told["row"])
    where = Where(file, "", row, told["column"])
    return InputProblem(
        where, told["found"], told["allowed"], told["fix"], told["level"], "", told["set_aside"]
    )
