"""Where the tables of a store lie: a DuckDB file, a folder of Parquet, or any Ibis connection."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.errors import PartnetError, UsageError
from ..core.storage.staging import try_lock
from ..core.storage.system import explain_os_error
from .layout import schema_of

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

WAIT_SECONDS = 60.0  # how long a second process waits for the first
BATCH_ROWS = 100_000  # rows that a function is given at once
_EVERY = 0.2  # seconds between two looks at a lock
PARTS = "*.parquet"
WORK = "work_"  # begins the name of a table that only one answer needs
_OWN = ".partnet-"  # begins the name of a table that is being written, or was replaced


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
            raise PartnetError(_explain_refusal(self.title, error, "written")) from error

    def append(self, name: str, rows: pa.Table) -> None:
        """Add rows to a table, which is made if it is not there."""
        raw = self.con.con
        raw.register("incoming_rows", rows)
        made = f'CREATE TABLE IF NOT EXISTS "{name}" AS SELECT * FROM incoming_rows LIMIT 0'
        raw.execute(made)
        raw.execute(f'INSERT INTO "{name}" SELECT * FROM incoming_rows')
        raw.unregister("incoming_rows")

    def save(self, name: str, rows: ir.Table | pa.Table) -> ir.Table:
        """Write what an expression gives; of a store that is only read, into a temporary table."""
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
                raise PartnetError(_explain_refusal(path.name, error, "opened")) from error
            if time.monotonic() >= until:
                raise PartnetError(
                    f"{path.name}: found another process at work on it, for {wait:g} seconds and "
                    "longer. One process at a time may write to a store. Wait until it is done, or "
                    "give a longer wait_seconds."
                ) from error
            time.sleep(_EVERY)


def _explain_refusal(name: str, error: Exception, done: str) -> str:
    """Say what the database could not do: nothing of it is in the store then."""
    said = str(error).strip().split("\n")[0]
    if any(words in said.casefold() for words in ("no space left", "not enough space")):
        return explain_os_error(OSError(errno.ENOSPC, said), name)
    return f"{name}: found that it cannot be {done} ({said}). What stood in it stays."


class ParquetShelf(Shelf):
    """A folder of Parquet files, a subfolder a table; read by DuckDB, or by Spark.

    Rows are added as a further file, which is renamed into place; a table is replaced by renaming a
    folder. So a process that is killed leaves no half file.
    """

    def __init__(self, folder: Path, con: Any, *, wait: float, read_only: bool = False) -> None:
        super().__init__(con, folder.name, read_only=read_only)
        self.folder = folder
        self.wait = wait
        self._beside: Path | None = None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes out; who only reads writes beside and stops nobody."""
        with nullcontext() if self.read_only else self.writing():
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep other processes out while this one writes."""
        self._make_folder()
        with _lock_file(self.folder / ".lock", self.folder.name, self.wait):
            yield

    def names(self) -> set[str]:
        """Tables that are there."""
        if not self.folder.is_dir():
            return set()
        self._settle()
        places = [place for place in (self.folder, self._beside) if place is not None]
        folders = (item for place in places for item in place.iterdir())
        tables = (item for item in folders if not item.name.startswith("."))
        return {item.name for item in tables if any(item.glob(PARTS))}

    def table(self, name: str) -> ir.Table:
        """Give a table as an expression; what stands aside goes before what is kept."""
        made = None if self._beside is None else self._beside / name
        folder = made if made is not None and made.is_dir() else self.folder / name
        return self.con.read_parquet(str(folder if self.engine == "pyspark" else folder / PARTS))

    def append(self, name: str, rows: pa.Table) -> None:
        """Add a further file to the table."""
        import pyarrow.parquet as pq

        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        number = len([item for item in folder.iterdir() if item.suffix == ".parquet"])
        part = folder / f".{number:08d}.part"
        pq.write_table(rows, part, compression="zstd")
        os.replace(part, folder / f"{number:08d}.parquet")

    def save(self, name: str, rows: ir.Table | pa.Table) -> ir.Table:
        """Write what an expression gives into a folder beside, and rename it."""
        if not self.read_only:
            self._make_folder()
            self._settle()
        folder = self._choose_place(name)
        fresh, old = (folder / f"{_OWN}{name}{end}" for end in (".part", ".old"))
        _remove_table(fresh)
        self._write(fresh, rows)
        if (folder / name).exists():
            _refuse_others(folder / name)
            os.replace(folder / name, old)
        os.replace(fresh, folder / name)
        _remove_table(old)
        return self.table(name)

    def _make_folder(self) -> None:
        """Make the folder of a store; one with other things in it is somebody else's."""
        self.folder.mkdir(parents=True, exist_ok=True)
        names = {item.name for item in self.folder.iterdir()}
        own = names & {".lock", "files"} or any(name.startswith(_OWN) for name in names)
        if names and not own:
            raise UsageError(
                f"{self.folder}: found {min(names)}, and no store. A store has a folder of its "
                "own. Give the name of a new folder."
            )
        (self.folder / ".lock").touch()

    def _settle(self) -> None:
        """Put back a table that a killed run had moved aside and not yet replaced."""
        if self.read_only:
            return
        for old in self.folder.glob(f"{_OWN}*.old"):
            table = self.folder / old.name.removeprefix(_OWN).removesuffix(".old")
            if table.exists():
                _remove_table(old)
            else:
                with suppress(OSError):
                    os.replace(old, table)

    def _write(self, folder: Path, rows: ir.Table | pa.Table) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if self.engine == "pyspark" and not isinstance(rows, pa.Table):
            self.con.to_parquet(rows, str(folder))
            return
        folder.mkdir(parents=True)
        path = folder / "00000000.parquet"
        if isinstance(rows, pa.Table):
            pq.write_table(rows, path, compression="zstd")
        else:
            # By way of a table, which has the types that Ibis says: a sum of whole numbers is wider
            # in DuckDB, and Parquet would hold it as a float.
            kept = self.con.create_table("parquet_rows", rows, overwrite=True)
            self.con.to_parquet(kept, str(path), compression="zstd")
            self.con.drop_table("parquet_rows")

    def drop(self, name: str) -> None:
        """Take a table away, if it is there."""
        _remove_table(self._choose_place(name) / name)

    def _choose_place(self, name: str) -> Path:
        """Where a table is written: what no other process may meet stands aside, until closed."""
        if not (self.read_only or name.startswith(WORK)):
            return self.folder
        if self._beside is None:
            within = None if self.read_only else self.folder
            self._beside = Path(tempfile.mkdtemp(prefix=WORK, dir=within))
        return self._beside

    def close(self) -> None:
        """Remove what stands aside."""
        if self._beside is not None:
            shutil.rmtree(self._beside, ignore_errors=True)
            self._beside = None


def _list_others(folder: Path) -> list[Path]:
    """What lies in the folder of a table and is none of its files."""
    items = sorted(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else []
    own = (".parquet", ".crc", ".part")
    return [i for i in items if i.is_dir() or not (i.suffix in own or i.name == "_SUCCESS")]


def _refuse_others(folder: Path) -> None:
    others = _list_others(folder)
    if others or folder.is_symlink():
        raise UsageError(
            f"{folder}: found {others[0].name if others else 'a link'}, which is no file of a "
            "store and would be lost. A store has a folder of its own. Move it away."
        )


def _remove_table(folder: Path) -> None:
    """Remove the folder of a table; one in which others put something stays."""
    if folder.is_dir() and not folder.is_symlink() and not _list_others(folder):
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _lock_file(path: Path, title: str, wait: float) -> Iterator[None]:
    """Hold a lock that ends with the process, however it ends."""
    until = time.monotonic() + wait
    with path.open("a+b") as file:
        while not try_lock(file.fileno()):
            if time.monotonic() >= until:
                raise PartnetError(
                    f"{title}: found another process at work on it, for {wait:g} seconds and "
                    "longer. One process at a time may write to a store. Wait until it is done, or "
                    "give a longer wait_seconds."
                )
            time.sleep(_EVERY)
        yield


def open_shelf(
    place: Any, *, engine: Any, read_only: bool, wait: float, settings: dict[str, Any]
) -> Shelf:
    """Find out what a store is given, and open it.

    Raises
    ------
    UsageError
        The extra is not installed, or what is given is neither a path nor a connection.
    """
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


def empty(name: str) -> Any:
    """Give a table of the store without rows, as Arrow."""
    return schema_of(name).empty_table()
