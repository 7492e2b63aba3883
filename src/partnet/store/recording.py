"""What a reader of a public file gathers, handed on in batches in place of kept in memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..core.errors import InputProblem, Where
from ..places.gazetteer import state_of
from ..public.readers.family import Family, Harvest, PublicFile, Scope
from ..public.readers.source import Source
from .layout import AREA, CELLS, schema_of

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 20_000  # rows of a file between two batches
# Readers that look back at what stands already of an organization, and at which of its cells.
LOOK_BACK = {"hrsa_sites": ("state",), "hrsa_site_list": ("address",)}
Sink = Callable[[str, "pa.Table"], None]
_KNOWN: dict[str, str] = {}  # stands for every organization whose cells no reader looks back at


class Recorder(Harvest):
    """A harvest that keeps each row's contribution by itself, and no more than a batch of them.

    What a row adds to an organization is kept with the row's State: taken together for some States
    only, the contributions give what the reader would have gathered from the rows of these States.
    """

    def __init__(self, file: str, scope: Scope, number: int, sink: Sink) -> None:
        super().__init__(file, scope)
        self.number = number
        self.sink = sink
        self.used = self.aside = 0
        self.seen_states: set[str] = set()
        self.names = _Names(self)
        self._areas: dict[int, str] = {}
        self._shapes: dict[tuple[str, tuple[str, ...]], int] = {}
        self._rows: dict[str, list[tuple[Any, ...]]] = {}
        self._seq: dict[str, int] = {}
        self._seen: set[int] = set()
        self._unplaced: dict[str, tuple[int, dict[str, str]]] = {}
        self._unplaced_states: list[str] = []
        self._scoped: list[bool] = []

    # -- what readers call -----------------------------------------------------------------------

    def count_row(self) -> None:
        """Note that another row follows; hand on what has gathered now and then."""
        if self.rows_read % BATCH == 0:
            self.hand_on()
        self.rows_read += 1

    def is_beyond(self, row: int, area: Sequence[str]) -> bool:
        """Note the States that a row is about; none is passed over."""
        self._areas[row] = AREA + " ".join(area) if area else ""
        return super().is_beyond(row, area)

    def set_aside(self, row: int, column: str, found: str, allowed: str) -> None:
        """Say why a row is not used."""
        super().set_aside(row, column, found, allowed)
        self._scoped += [row in self.row_states] * (len(self.problems) - len(self._scoped))

    def assume(self, row: int, column: str, found: str, allowed: str, meaning: str) -> None:
        """Say how a cell was read."""
        super().assume(row, column, found, allowed, meaning)
        self._scoped += [row in self.row_states] * (len(self.problems) - len(self._scoped))

    def add_organization(self, row: int, cells: dict[str, str]) -> str:
        """Keep what a row says of an organization; what says nothing new is left out."""
        id_ = cells["id"]
        if id_ in self.organizations:
            said = hash((self.state_of_row(row), *cells.items()))
            if said in self._seen:
                return id_
            self._seen.add(said)
        self._remember(id_, cells)
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
            self._unplaced[cells["id"]] = (row, kept)
            self._unplaced_states.append(self.state_of_row(row))
            self.tables.setdefault("unplaced", []).append(kept)
        return cells["id"]

    def finish(self, family: Family, source: Source, release: str) -> PublicFile:
        """Hand on the rest; the tables of what is given back are empty."""
        for (row, cells), state in zip(self._unplaced.values(), self._unplaced_states, strict=True):
            self._areas[row] = state
            self._keep("unplaced", row, cells)
            self._areas.pop(row)
        self.tables.clear()
        self.hand_on()
        count = len(source.notes)
        notes = [self._say(note, k - count, False) for k, note in enumerate(source.notes)]
        self._rows["problems"] = notes  # before all others, as a reader gives them
        self._send("problems")
        shapes = [(self.number, *key, k) for key, k in self._shapes.items()]
        self._rows["shapes"] = [(n, t, k, json.dumps(columns)) for n, t, columns, k in shapes]
        self._send("shapes")
        return PublicFile(family, self.file, release, {}, self.rows_read, (), {}, {}, {},
                          frozenset(self.states - {""}))  # fmt: skip

    # -- keeping and handing on ------------------------------------------------------------------

    def state_of_row(self, row: int) -> str:
        """The State or area that a row is about."""
        return self._areas.get(row) or self.row_states.get(row, "")

    def _remember(self, id_: str, cells: Mapping[str, str]) -> None:
        looked_at = LOOK_BACK.get(self.scope.reader, ())
        if not looked_at:
            self.organizations[id_] = _KNOWN
            return
        known = self.organizations.setdefault(id_, {})
        for column in looked_at:
            known[column] = known.get(column) or cells.get(column, "")

    def _keep(self, table: str, row: int, cells: Mapping[str, str]) -> None:
        own = CELLS[table]
        shape = self._shapes.setdefault((table, tuple(cells)), len(self._shapes))
        seq = self._seq[table] = self._seq.get(table, -1) + 1
        extra = [text for column, text in cells.items() if column not in own]
        state = state_of(cells["county_fips"]) if table == "counties" else self.state_of_row(row)
        self._rows.setdefault(table, []).append(
            (self.number, row, seq, state, shape, *(cells.get(column, "") for column in own),
             json.dumps(extra, ensure_ascii=False) if extra else "")
        )  # fmt: skip

    def keep_name(self, id_: str, name: str) -> None:
        """Keep a name that the file gives, whatever State its row is in."""
        self._rows.setdefault("names", []).append((self.number, self.rows_read, id_, name))

    def hand_on(self) -> None:
        """Hand on what has gathered, with the journal of the rows since."""
        self._rows["rows"] = [
            (self.number, row, self.state_of_row(row), self.owners.get(row))
            for row in dict.fromkeys((*self.row_states, *self.owners))
        ]
        scoped = [*self._scoped, *[False] * (len(self.problems) - len(self._scoped))]
        first = self._seq.get("problems", 0)
        self._seq["problems"] = first + len(self.problems)
        self._rows["problems"] = [
            self._say(problem, first + k, flag)
            for k, (problem, flag) in enumerate(zip(self.problems, scoped, strict=True))
        ]
        aside = {p.where.row for p in self.problems if p.set_aside == "row"}
        self.aside += len(aside)
        self.used += len(self.owners.keys() - aside)
        self.seen_states.update(row[2] for row in self._rows["rows"])
        for table in list(self._rows):
            self._send(table)
        for gathered in (self.row_states, self.owners, self._areas):
            gathered.clear()
        self.problems.clear()
        self._scoped.clear()

    def _say(self, problem: InputProblem, seq: int, scoped: bool) -> tuple[Any, ...]:
        row = -1 if problem.where.row is None else problem.where.row
        return (self.number, row, seq, self.state_of_row(row), scoped, problem.where.column,
                problem.found, problem.allowed, problem.fix, problem.level,
                problem.set_aside)  # fmt: skip

    def _send(self, table: str) -> None:
        import pyarrow as pa

        rows = self._rows.pop(table)
        if not rows:
            return
        schema = schema_of(table)
        columns = [pa.array(cells, field.type) for cells, field in zip(zip(*rows, strict=True), schema, strict=True)]
        self.sink(table, pa.Table.from_arrays(columns, schema=schema))


class _Names(dict[str, str]):
    """Names that a reader gives beside its organizations, handed on as they come."""

    def __init__(self, recorder: Recorder) -> None:
        super().__init__()
        self._recorder = recorder

    def setdefault(self, id_: str, name: str = "") -> str:  # type: ignore[override]
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
