"""The store: the nation in a database, a State out of it, and what only a nation can tell."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from ..core.arguments import checked
from ..core.checks import check_count
from ..core.errors import UsageError
from ..core.results.result import Method, Result
from ..core.wording.text import count_noun
from ..io.read import read_network
from ..public.build import Files, Progress, write_build
from ..public.previous import Previous, read_previous
from ..public.region import Region, make_region
from . import verbs
from .affinity import WIDEST
from .extraction import extract_files
from .layout import CELLS
from .linking import link_organizations
from .loading import load_files, read_ledger, read_store_recipe
from .nation import Nation
from .shelves.opening import WAIT_SECONDS, open_shelf
from .shelves.shelf import Shelf, explaining_memory

if TYPE_CHECKING:
    import pandas as pd

    from ..core.network import Network

P = ParamSpec("P")
R = TypeVar("R")


@checked
def open_store(
    place: Any,
    *,
    engine: Any = None,
    read_only: bool = False,
    wait_seconds: float = WAIT_SECONDS,
    memory_limit: str = "",
    threads: int | None = None,
) -> Store:
    """Open the nation in a database, or start one.

    Parameters
    ----------
    place : path, Ibis connection or Spark session
        A DuckDB file (``nation.duckdb``); a folder, in which the tables stand as Parquet; or a
        connection to whatever else Ibis speaks. A connection is used as it is: nothing about it is
        configured.
    engine : Ibis connection or Spark session, optional
        What reads a folder of Parquet; default DuckDB.
    read_only : bool, default False
        Several processes may read one store at once; only one may write. What a question works out
        on the way is then kept beside the store, and gone when it is closed.
    wait_seconds : float, default 60
        How long to wait for another process that writes, before saying so.
    memory_limit : str, optional
        What DuckDB may take of memory, for example ``"4GB"``; beyond it works on disk. The rows
        are the same.
    threads : int, optional
        How many cores DuckDB may use; default all.

    Returns
    -------
    Store
        To be closed, or used in a ``with`` statement.

    Raises
    ------
    UsageError
        The extra ``store`` is not installed, or `place` is none of these.
    PartnetError
        Another process is at work on the file.

    Examples
    --------
    >>> with open_store(":memory:") as store:
    ...     print(store.describe().text)
    The store holds no files yet.
    """
    if threads is not None:
        check_count("threads", threads, least=1)
    if not re.fullmatch(r"(?i)(\d+(\.\d+)?\s*[kmgt]i?b)?", memory_limit):
        raise UsageError(
            f"memory_limit: found {memory_limit!r}. Allowed is a number of KB, MB, GB or TB. Write "
            'it, for example "4GB", or leave it out.'
        )
    given = {"memory_limit": memory_limit or None, "threads": threads}
    settings = {key: value for key, value in given.items() if value is not None}
    shelf = open_shelf(
        place, engine=engine, read_only=read_only, wait=wait_seconds, settings=settings
    )
    return Store(shelf)


def answered(function: Callable[P, R]) -> Callable[P, R]:
    """Check the arguments of a question; say in a sentence where it needs more memory."""

    @wraps(function)
    def ask(*args: P.args, **given: P.kwargs) -> R:
        with explaining_memory(args[0]._shelf.title):  # type: ignore[attr-defined]
            return function(*args, **given)

    return checked(ask)


class Store:
    """Public files in a database; made by :func:`open_store`."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._nation = Nation(shelf)

    def __repr__(self) -> str:
        return f"Store({self._shelf.title}, {self._shelf.engine})"

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file, so that others can open it; a connection that was given stays."""
        self._shelf.close()

    @answered
    def add(
        self,
        files: Files = (),
        *,
        recipe: str | Path | None = None,
        wide: bool = False,
        home: str = "",
        progress: Progress | None = None,
    ) -> Result:
        """Add public files, read row by row from disk, each whole or not at all.

        Parameters
        ----------
        files : sequence of path, or mapping of str to path
            As for :func:`partnet.build_network`.
        recipe : path, optional
            A TOML file that names them, in place of `files`: ``files``, ``wide``, ``home``.
        wide : bool, default False
            Keep nonprofits of kinds of which a State has thousands.
        home : str, optional
            The State of service directories that name none.
        progress : callable, optional
            Is told each step, as a sentence.

        Returns
        -------
        Result
            ``.table``, one row a file: ``file``, ``path``, ``status`` (added; unchanged where the
            same bytes stand in the store already), ``reader``, ``family``, ``release``,
            ``rows_read``, ``used``, ``other``, ``set_aside``.

        Raises
        ------
        InputError
            A file is not what it should be; those before it have been added.
        UsageError
            No file is given, or another file of the same name stands in the store.
        """
        if recipe is not None:
            told = read_store_recipe(recipe)
            files, wide, home = told["files"], told.get("wide", wide), told.get("home", home)
        self._shelf.refuse_reader("Files are added")
        self._nation.forget()
        return load_files(
            self._shelf, files, wide=wide, home=home, tell=progress or (lambda _: None)
        )

    def describe(self) -> Result:
        """Say which files stand in the store, and what became of their rows.

        Returns
        -------
        Result
            ``.table``, one row a file: ``file``, ``family``, ``release``, ``rows_read``, ``used``,
            ``other`` (about nothing that is kept), ``set_aside``, ``sha256``. ``.tables["rows"]``:
            how many rows each table of the store has.
        """
        ledger = read_ledger(self._shelf)
        ledger["other"] = ledger["rows_read"] - ledger["used"] - ledger["set_aside"]
        columns = ["file", "family", "release", "rows_read", "used", "other", "set_aside", "sha256"]
        counts = self._count_rows()
        return Result(
            verb="store.describe",
            title=f"What stands in {self._shelf.title}",
            table=ledger[columns],
            sentences=(_say_files(ledger),),
            method=Method(name="Counts of the store's own ledger."),
            tables={"rows": counts},
        )

    # -- the nation --------------------------------------------------------------------------------

    @answered
    def link(self, judgments: pd.DataFrame | None = None) -> Result:
        """Find out which organizations of all files are one, on the engine.

        Until then organizations are told apart by the ids that the files give, and their counties
        are those that the files state. A State that is taken out is linked by itself in any case.

        Parameters
        ----------
        judgments : DataFrame, optional
            ``a``, ``b`` (ids) and ``judgment`` (same, not the same): what a person decided is
            obeyed.

        Returns
        -------
        Result
            ``.table``, one row a pair: ``a``, ``b``, ``decision`` (same, review), ``likeness``,
            ``probability``, ``why``.

        Raises
        ------
        UsageError
            The store holds no organizations, or `judgments` lack a column.
        """
        self._shelf.refuse_reader("Links are kept")
        return link_organizations(self._nation, judgments)

    @answered
    def affinity(self, k: int = 10, *, widest: int = WIDEST, way: str = "auto") -> Result:
        """Name the strongest partners of every organization, by what they have in common.

        Parameters
        ----------
        k : int, default 10
            Partners of each.
        widest : int, default 1000
            A feature that more organizations have makes too many pairs, and is left out, by name.
        way : {"auto", "engine", "memory"}
            Whether the database does the work, or compiled loops in memory; the rows are the same.
            By default the store chooses by size, and says so.

        Returns
        -------
        Result
            ``.table``: ``organization``, ``organization_name``, ``rank``, ``partner``,
            ``partner_name``, ``affinity`` (0 to 1), ``n_shared`` (services, programs, counties,
            populations and groups in common). ``.tables["cut"]``: what was left out.

        Raises
        ------
        UsageError
            `k` is below 1, `way` is unknown, or the store holds no organizations.
        """
        return verbs.rank_affinity(self._nation, k, widest, way)

    @answered
    def shared_partners(self, k: int = 10, *, widest: int = WIDEST, way: str = "auto") -> Result:
        """Name those with whom every organization has most partners in common.

        Parameters
        ----------
        k, widest, way
            As for :meth:`affinity`; `widest` counts ties.

        Returns
        -------
        Result
            ``.table``: as of :meth:`affinity`, without ``affinity``.
        """
        return verbs.rank_shared_partners(self._nation, k, widest, way)

    @answered
    def candidates(self, organization: str, n: int = 50, *, widest: int = WIDEST) -> Result:
        """Name whom an organization has most in common with and no tie on file.

        Parameters
        ----------
        organization : str
            Its id, in the store or in a file, for example ``ccn-281334``.
        n : int, default 50
            How many.
        widest : int, default 1000
            As for :meth:`affinity`.

        Returns
        -------
        Result
            ``.table``: ``rank``, ``partner``, ``partner_name``, ``affinity``, ``n_shared``.

        Raises
        ------
        UsageError
            There is no such organization, or `n` is below 1.
        """
        return verbs.list_candidates(self._nation, organization, n, widest)

    @answered
    def investment(self, by: Sequence[str] = ("state", "fiscal_year")) -> Result:
        """Add up the money on file, each dollar once.

        Parameters
        ----------
        by : sequence of str
            Among ``state``, ``county_fips``, ``program``, ``fiscal_year``, ``recipient``, ``kind``
            and ``funder``.

        Returns
        -------
        Result
            ``.table``: these columns, ``dollars`` (net of money passed on), ``awarded`` (gross),
            ``awards`` (rows).

        Raises
        ------
        UsageError
            A column is unknown, or the store holds no funding.
        """
        return verbs.sum_investment(self._nation, by)

    def coverage(self) -> Result:
        """Count who offers which service in which county.

        Returns
        -------
        Result
            ``.table``: ``county_fips``, ``county``, ``state``, ``service``, ``organizations``.
            ``.tables["services"]``: in how many counties each service is on file.
        """
        return verbs.measure_coverage(self._nation)

    def degree(self) -> Result:
        """Count the partners of every organization.

        Returns
        -------
        Result
            ``.table``: ``name`` and ``degree``, by id.
        """
        return verbs.measure_degree(self._nation)

    @answered
    def components(self, *, way: str = "auto") -> Result:
        """Say which organizations hang together by ties on file.

        Returns
        -------
        Result
            ``.table``: ``name`` and ``component`` (its lowest id), by id.
        """
        return verbs.find_components(self._nation, way)

    @answered
    def pagerank(self, *, way: str = "auto") -> Result:
        """Say who is tied to many that are themselves tied to many.

        Returns
        -------
        Result
            ``.table``: ``name`` and ``pagerank`` (they add up to 1), by id.
        """
        return verbs.measure_pagerank(self._nation, way)

    def _count_rows(self) -> Any:
        import pandas as pd

        there = self._shelf.names()
        named = [name for name in CELLS if name in there]
        counts = [int(self._shelf.table(name).count().to_pyarrow().as_py()) for name in named]
        return pd.DataFrame({"table": named, "rows": counts})

    @answered
    def network(
        self,
        *,
        state: str | Sequence[str] = (),
        counties: Sequence[str] = (),
        nation: bool = False,
        border_km: float = 0.0,
        convener: str | None = None,
    ) -> Network:
        """Take a State out of the store, as a network in memory.

        It is the network that :func:`partnet.build_network` makes of the same files: the same
        organizations with the same ids, linked by the same rules.

        Parameters
        ----------
        state, counties, nation, border_km
            As for :func:`partnet.build_network`.
        convener : str, optional
            As for :func:`partnet.read_network`.

        Raises
        ------
        InputError
            The store knows no organization of the region.
        UsageError
            The region is unknown.
        """
        region = make_region(state=state, counties=counties, nation=nation, border_km=border_km)
        with tempfile.TemporaryDirectory(prefix="partnet-") as folder:
            self._write(Path(folder) / "network", region, Previous(), lambda _: None)
            return read_network(Path(folder) / "network", convener=convener)

    @answered
    def extract(
        self,
        output: str | Path,
        *,
        state: str | Sequence[str] = (),
        counties: Sequence[str] = (),
        nation: bool = False,
        border_km: float = 0.0,
        update: bool = False,
        progress: Progress | None = None,
    ) -> Result:
        """Write a State of the store as a network folder, with its log.

        Parameters
        ----------
        output : path
            The folder to write.
        state, counties, nation, border_km, update, progress
            As for :func:`partnet.build_network`.

        Returns
        -------
        Result
            As of :func:`partnet.build_network`, whose folder it writes, byte for byte.

        Raises
        ------
        InputError
            The store knows no organization of the region.
        UsageError
            The region is unknown, or the folder holds something that would be lost.
        """
        region = make_region(state=state, counties=counties, nation=nation, border_km=border_km)
        previous = read_previous(Path(output), update=update)
        return self._write(Path(output), region, previous, progress or (lambda _: None))

    def _write(self, folder: Path, region: Region, previous: Previous, tell: Progress) -> Result:
        tell(f"Taking {region.title} out of {self._shelf.title}")
        files = extract_files(self._shelf, region)
        return write_build(folder, files, region, previous, tell)


def _say_files(ledger: Any) -> str:
    if ledger.empty:
        return "The store holds no files yet."
    read, used, aside = (int(ledger[name].sum()) for name in ("rows_read", "used", "set_aside"))
    return (
        f"The store holds {count_noun(len(ledger), 'file')} with {read:,} rows: {used:,} used, "
        f"{aside:,} set aside."
    )
