"""Where the tables of a store lie: a DuckDB file, a folder of Parquet, or any Ibis connection."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...core.errors import PartnetError, UsageError
from .. import ENDINGS
from .parquet_shelf import ParquetShelf
from .shelf import BATCH_ROWS, WORK, Shelf, explain_refusal, explaining_refusal

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

WAIT_SECONDS = 60.0  # how long a second process waits for the first
_EVERY = 0.2  # seconds between two looks at a lock


class DuckShelf(Shelf):
    """A DuckDB file. One process at a time may write; a load is one transaction."""

    whole = True

    def __init__(
        self, path: Path, *, read_only: bool, wait: float, settings: dict[str, Any]
    ) -> None:
        con = _open_duckdb(path, read_only, wait, settings)
        super().__init__(con, path.name, read_only=read_only)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of it, or nothing."""
        import duckdb

        raw = self.con.con
        try:
            raw.execute("BEGIN")
            try:
                yield
            except BaseException:
                with suppress(duckdb.Error):  # what failed may have ended the transaction itself
                    raw.execute("ROLLBACK")
                raise
            raw.execute("COMMIT")
        except duckdb.Error as error:
            raise PartnetError(explain_refusal(self.title, error, "written")) from error

    def append(self, name: str, rows: pa.Table) -> None:
        """Add rows to a table, which is made if it is not there."""
        raw = self.con.con
        raw.register("incoming_rows", rows)
        made = f'CREATE TABLE IF NOT EXISTS "{name}" AS SELECT * FROM incoming_rows LIMIT 0'
        with explaining_refusal(self.title):
            raw.execute(made)
            raw.execute(f'INSERT INTO "{name}" SELECT * FROM incoming_rows')
        raw.unregister("incoming_rows")

    def save(self, name: str, rows: ir.Table | pa.Table) -> ir.Table:
        """Write what an expression gives; of a store that is only read, into a temporary table."""
        with explaining_refusal(self.title):  # what an answer needs, outside of any load
            self.con.create_table(name, rows, overwrite=True, temp=self.read_only)
        return self.table(name)

    def read_batches(self, rows: ir.Table) -> Iterator[pa.Table]:
        """Give rows batch by batch, by a cursor of its own, so that others can be written."""
        import pyarrow as pa

        self.save("work_input", rows)
        with self.con.con.cursor() as cursor:
            cursor.execute('SELECT * FROM "work_input"')
            for batch in cursor.to_arrow_reader(BATCH_ROWS):
                yield pa.Table.from_batches([batch])
        self.drop("work_input")

    def close(self) -> None:
        """Close the file, so that another process can open it, without what only answers needed."""
        import duckdb

        with suppress(duckdb.Error):  # what failed before may have closed it
            for name in sorted(self.names()):
                if name.startswith(WORK):
                    self.drop(name)
        self.con.disconnect()


def _open_duckdb(path: Path, read_only: bool, wait: float, settings: dict[str, Any]) -> Any:
    """Open a file; while another process writes to it, wait, and then say who does."""
    import duckdb
    import ibis

    until = time.monotonic() + wait
    while True:
        try:
            return ibis.duckdb.connect(path, read_only=read_only, **settings)
        except UnicodeEncodeError as error:
            raise UsageError(
                f"{str(path)!r}: found a name that is no text. A store is named in letters. Give "
                "another name."
            ) from error
        except duckdb.IOException as error:
            if "lock" not in str(error).lower():
                if path.is_file() and not path.stat().st_size:
                    path.unlink()  # begun, and no room for its first page
                raise PartnetError(explain_refusal(path.name, error, "opened")) from error
            if time.monotonic() >= until:
                raise PartnetError(
                    f"{path.name}: found another process at work on it, for {wait:g} seconds and "
                    "longer. One process at a time may write to a store. Wait until it is done, or "
                    "give a longer wait_seconds."
                ) from error
            time.sleep(_EVERY)


def open_shelf(
    place: Any, *, engine: Any, read_only: bool, wait: float, settings: dict[str, Any]
) -> Shelf:
    """Find out what a store is given, and open it.

    Raises
    ------
    UsageError
        The extra is not installed, or what is given is neither a path nor a connection.
    """
    if isinstance(place, str | Path) and str(place) != ":memory:" and engine is None:
        check_name(Path(place))
    ibis = import_ibis()
    if read_only and (engine is not None or not isinstance(place, str | Path)):
        raise UsageError(
            "read_only: found True with a connection of yours. Whether that may write is settled "
            "where it is made. Leave read_only out."
        )
    if isinstance(place, str | Path):
        path = Path(place)
        if str(place) == ":memory:":
            return DuckShelf(path, read_only=False, wait=wait, settings=settings)
        is_folder = path.is_dir() or path.suffix == "" or engine is not None
        if read_only and not path.exists():
            raise UsageError(
                f"{path}: found no store. A store is made by adding public files to it: "
                f"partnet store build FILES -o {path.name}."
            )
        if is_folder:
            con = ibis.duckdb.connect(**settings) if engine is None else _connect(engine, "engine")
            return ParquetShelf(path, con, wait=wait, read_only=read_only)
        return DuckShelf(path, read_only=read_only, wait=wait, settings=settings)
    con = _connect(place)
    return Shelf(con, f"{con.name} connection")


def check_name(path: Path) -> None:
    """Refuse the name of another kind of file for a store that is to be made."""
    if not path.exists() and path.suffix.lower() not in ("", *ENDINGS):
        raise UsageError(
            f"{path}: found a name that ends in {path.suffix}. A store is a DuckDB file "
            f"({' or '.join(ENDINGS)}) or a folder. Name it {path.stem}{ENDINGS[0]}."
        )


def _connect(given: Any, argument: str = "place") -> Any:
    """An Ibis connection as it is; a Spark session by way of Ibis."""
    ibis = import_ibis()
    if isinstance(given, ibis.BaseBackend):
        return given
    if type(given).__module__.startswith("pyspark."):
        return ibis.pyspark.connect(given)
    raise UsageError(
        f"{argument}: found {type(given).__name__}. A store is a DuckDB file (nation.duckdb), a "
        "folder of Parquet, an Ibis connection or a Spark session. Give one of them."
    )


def import_ibis() -> Any:
    """Import Ibis, or say in one sentence what to install.

    Raises
    ------
    UsageError
        It is not installed.
    """
    try:
        import duckdb  # noqa: F401
        import ibis
    except ImportError as error:
        raise UsageError(
            "store: found no Ibis with DuckDB, which a store needs; install it with: "
            "pip install 'partnet[store]'"
        ) from error
    return ibis
