"""A store in a folder of Parquet files, which several processes may look at."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...core.errors import PartnetError, UsageError
from ...core.storage.staging import try_lock
from .shelf import WORK, Shelf, explaining_refusal

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

PARTS = "*.parquet"
_EVERY = 0.2  # seconds between two looks at a lock
_OWN = ".partnet-"  # begins the name of a table that is being written, or was replaced


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
        with explaining_refusal(self.title):
            folder.mkdir(parents=True, exist_ok=True)
            number = len([item for item in folder.iterdir() if item.suffix == ".parquet"])
            part = folder / f".{number:08d}.part"
            try:
                pq.write_table(rows, part, compression="zstd")
                os.replace(part, folder / f"{number:08d}.parquet")
            finally:
                part.unlink(missing_ok=True)

    def save(self, name: str, rows: ir.Table | pa.Table) -> ir.Table:
        """Write what an expression gives into a folder beside, and rename it."""
        with explaining_refusal(self.title):
            if not self.read_only:
                self._make_folder()
                self._settle()
            self._replace(self._choose_place(name), name, rows)
        return self.table(name)

    def _replace(self, folder: Path, name: str, rows: ir.Table | pa.Table) -> None:
        fresh, old = (folder / f"{_OWN}{name}{end}" for end in (".part", ".old"))
        _remove_table(fresh)
        try:
            self._write(fresh, rows)
            if (folder / name).exists():
                _refuse_others(folder / name)
                os.replace(folder / name, old)
            os.replace(fresh, folder / name)
        finally:
            _remove_table(fresh)
        _remove_table(old)

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
