"""What every place of a store can do: tables by name, rows added, batches passed through."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ...core.errors import PartnetError, UsageError
from ...core.storage.system import explain_os_error
from ..layout import schema_of

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

BATCH_ROWS = 100_000  # rows that a function is given at once
WORK = "work_"  # begins the name of a table that only one answer needs

MEMORY = 8 << 30  # bytes an engine is taken to have that does not say so
UNITS = {"bytes": 0, "KiB": 10, "MiB": 20, "GiB": 30, "TiB": 40}  # as DuckDB writes them

BatchFunction = Callable[["pa.Table"], "pa.Table"]


def map_in_spark(con: Any, rows: ir.Table, function: BatchFunction, schema: pa.Schema) -> Any:
    """Have Spark's own processes call a function on batches of rows; give the rows it makes."""
    from pyspark.sql.pandas.types import from_arrow_schema

    def work(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        for batch in batches:
            yield from function(pa.Table.from_batches([batch])).to_batches()

    frame = con._session.sql(con.compile(rows))
    made = frame.mapInArrow(work, from_arrow_schema(schema))
    view = "partnet_batches"
    made.createOrReplaceTempView(view)
    return con.table(view)


class Shelf:
    """Tables by name on one Ibis connection; this one serves any of them.

    Attributes
    ----------
    con : ibis backend
        The connection.
    title : str
        Where it is, for people.
    whole : bool
        A load is one transaction here; elsewhere rows count once their file stands in ``files``.
    """

    whole = False

    def __init__(self, con: Any, title: str, *, read_only: bool = False) -> None:
        self.con = con
        self.title = title
        self.read_only = read_only

    def refuse_reader(self, told: str) -> None:
        """Refuse to change a store that was opened for reading.

        Raises
        ------
        UsageError
            It was.
        """
        if self.read_only:
            raise UsageError(
                f"{self.title}: found it opened for reading only. {told} in the store itself. "
                "Open it without read_only."
            )

    @property
    def engine(self) -> str:
        """The name of the engine, as Ibis calls it."""
        return str(self.con.name)

    @property
    def memory(self) -> int:
        """Bytes that the engine may take in this process."""
        if self.engine != "duckdb":
            return MEMORY
        (said,) = self.con.con.execute("SELECT current_setting('memory_limit')").fetchone()
        number, unit = said.split()
        return int(float(number) * (1 << UNITS[unit]))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep others out, and what is written whole, as far as the engine can."""
        yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes out, where several may be at work on one store."""
        yield

    def names(self) -> set[str]:
        """Tables that are there."""
        return set(self.con.list_tables())

    def table(self, name: str) -> ir.Table:
        """Give a table as an expression."""
        return self.con.table(name)

    def append(self, name: str, rows: pa.Table) -> None:
        """Add rows to a table, which is made if it is not there."""
        if name in self.names():
            self.con.insert(name, rows)
        else:
            self.con.create_table(name, rows)

    def save(self, name: str, rows: ir.Table | pa.Table) -> ir.Table:
        """Write what an expression gives as a table, in place of one of that name."""
        self.con.create_table(name, rows, overwrite=True)
        return self.table(name)

    def drop(self, name: str) -> None:
        """Take a table away, if it is there."""
        self.con.drop_table(name, force=True)

    def map_batches(
        self, name: str, rows: ir.Table, function: BatchFunction, schema: pa.Schema
    ) -> None:
        """Write what a function makes of each batch of some rows as a table.

        On Spark the function runs where the rows are (``mapInArrow``); elsewhere batch by batch in
        this process.
        """
        if self.engine == "pyspark":
            kept = self.save("work_input", rows)
            self.save(name, map_in_spark(self.con, kept, function, schema))
            self.drop("work_input")
            return
        self.drop(name)
        self.append(name, schema.empty_table())
        for batch in self.read_batches(rows):
            self.append(name, function(batch))

    def read_batches(self, rows: ir.Table) -> Iterator[pa.Table]:
        """Give rows batch by batch."""
        import pyarrow as pa

        for batch in self.con.to_pyarrow_batches(rows, chunk_size=BATCH_ROWS):
            yield pa.Table.from_batches([batch])

    def close(self) -> None:
        """Let go of what this store itself has opened."""


def empty(name: str) -> Any:
    """Give a table of the store without rows, as Arrow."""
    return schema_of(name).empty_table()


@contextmanager
def explaining_refusal(name: str) -> Iterator[None]:
    """Turn what the disk or the database refuses in writing into a sentence.

    Raises
    ------
    PartnetError
        It could not be written.
    """
    import duckdb

    try:
        yield
    except OSError as error:
        raise PartnetError(explain_os_error(error, name)) from error
    except duckdb.Error as error:
        raise PartnetError(explain_refusal(name, error, "written")) from error


@contextmanager
def explaining_memory(name: str) -> Iterator[None]:
    """Turn a question that needs more memory than DuckDB may take into a sentence.

    Raises
    ------
    PartnetError
        It does.
    """
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise PartnetError(explain_refusal(name, error, "answered")) from error


def explain_refusal(name: str, error: Exception, done: str) -> str:
    """Say what the database could not do: nothing of it is in the store then."""
    said = str(error).strip().split("\n")[0]
    if any(words in said.casefold() for words in ("no space left", "not enough space")):
        return explain_os_error(OSError(errno.ENOSPC, said), name)
    if said.casefold().startswith("out of memory"):
        return (
            f"{name}: found that this needs more memory than DuckDB may take ({said}). What stood "
            "in it stays. Open the store with a larger memory_limit, or ask for less: a smaller "
            "k, a lower widest, one State."
        )
    return f"{name}: found that it cannot be {done} ({said}). What stood in it stays."
