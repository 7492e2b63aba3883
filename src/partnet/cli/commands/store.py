"""Commands on a store: the nation in a database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import partnet as pn

from ...core.errors import UsageError
from ...core.wording.safety import clean_terminal
from ...store import ENDINGS
from ..codes import EXIT_INPUT
from ..console import echo_json
from ..given import show_to_audience
from ..group import NetworkPath, check_new_folder, cli
from ..numbers import Number
from ..reading import Progress, announce
from .files import READERS, reader_options

if TYPE_CHECKING:
    from ...core.results.result import Result
    from ...store.store import Store


@cli.group()
def store() -> None:
    """The nation in a database: load public files once, take any State out of it.

    STORE is a DuckDB file (nation.duckdb) or a folder of Parquet.
    """


def is_store(path: Path) -> bool:
    """Tell whether a path is a store, and not the tables of one network."""
    return path.suffix.lower() in ENDINGS or (path / "files").is_dir()


def check_store(path: Path) -> None:
    """Refuse a path where there is no store."""
    if not path.exists():
        raise UsageError(
            f"{path}: found no store. One is made of public files: partnet store build FILES "
            f"-o {path.name}."
        )


def open_path(path: Path, *, read_only: bool = True) -> Store:
    """Open a store that must be there."""
    if read_only:
        check_store(path)
    return pn.open_store(path, read_only=read_only)


def print_result(result: Result, as_json: bool) -> None:
    """Print a result as JSON, or its sentences and its first rows."""
    if as_json:
        echo_json(result)
        return
    for sentence in result.sentences:
        click.echo(clean_terminal(sentence))
    if len(result.table):
        click.echo(clean_terminal(result.preview().to_string(index=False)))


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option that prints the whole result."""
    words = "Print the whole result as JSON."
    return click.option("--json", "as_json", is_flag=True, help=words)(command)


@store.command("build")
@click.argument("files", nargs=-1, metavar="FILES")
@click.option("-o", "--output", type=NetworkPath, help="The store: nation.duckdb, or a folder.")
@click.option("--wide", is_flag=True, help="Keep churches, clubs, schools, private foundations.")
@click.option("--home", default="", metavar="XX", help="State of directories that name none.")
@json_option
@reader_options
def build_store(
    files: tuple[str, ...],
    output: Path | None,
    wide: bool,
    home: str,
    as_json: bool,
    **claimed: tuple[str, ...],
) -> None:
    """Add public files to a store, each whole or not at all; the same file twice changes nothing.

    FILES are what you downloaded, or one recipe.toml that names them.
    """
    files += tuple(f"{reader}={path}" for reader in READERS for path in claimed[reader])
    told: dict[str, Any] = {"files": files, "wide": wide, "home": home}
    if len(files) == 1 and files[0].endswith(".toml"):
        from ...store.loading import read_store_recipe

        told = read_store_recipe(files[0])
        output = output or told.pop("output", None)
    if output is None:
        raise UsageError("--output: found none. A store is written. Give -o nation.duckdb.")
    with open_path(output, read_only=False) as opened:
        result = opened.add(**told, progress=Progress())
    if as_json:
        echo_json(result)
        return
    for sentence in result.sentences:
        click.echo(clean_terminal(sentence))
    click.echo(f"Written: {output}. Next: partnet report {output} --state NE -o report.html")


@store.command("describe")
@click.argument("path", metavar="STORE", type=NetworkPath)
@json_option
def describe_store(path: Path, as_json: bool) -> None:
    """Say which files stand in a store, and what became of their rows."""
    with open_path(path) as opened:
        print_result(opened.describe(), as_json)


@store.command("extract")
@click.argument("path", metavar="STORE", type=NetworkPath)
@click.option("-o", "--output", required=True, type=NetworkPath, help="The folder to write.")
@click.option("--state", multiple=True, metavar="XX", help="A State, for example NE.")
@click.option("--county", multiple=True, metavar="NAME", help='A county: 31027 or "Cedar, NE".')
@click.option("--nation", is_flag=True, help="Everything in the store.")
@click.option(
    "--border-km", type=Number(), default=0.0, help="Keep neighbors this far across the line."
)
@click.option("--update", is_flag=True, help="Renew an earlier build: ids and your tables stay.")
@json_option
def extract_network(
    path: Path,
    output: Path,
    state: tuple[str, ...],
    county: tuple[str, ...],
    nation: bool,
    border_km: float,
    update: bool,
    as_json: bool,
) -> None:
    """Write a State of the store as a network folder, as `partnet build` does from the files."""
    check_new_folder(output, path)
    with open_path(path) as opened:
        result = opened.extract(
            output,
            state=state,
            counties=county,
            nation=nation,
            border_km=border_km,
            update=update,
            progress=Progress(),
        )
    if as_json:
        echo_json(result)
        return
    for sentence in result.sentences:
        click.echo(clean_terminal(sentence))
    click.echo(f"Written: {output}. Next: partnet check {output}")


def report_states(path: Path, folder: Path, day: str, border_km: float, suffix: str) -> int:
    """Write a report of every State of a store; fail if one of them failed."""
    from ...store.reports import FAILED, Wanted, write_state_reports

    meta = click.get_current_context().meta
    named = ("audience", "reader", "units")
    seen_by = " ".join(str(meta.get(f"partnet.{name}") or "") for name in named)
    wanted = Wanted(day, border_km, suffix, seen_by)
    with open_path(path) as opened:
        result = write_state_reports(
            opened, folder, wanted, show=show_to_audience, progress=Progress()
        )
    for sentence in result.sentences:
        click.echo(clean_terminal(sentence))
    click.echo(f"Written: {folder}. Its log.csv says what became of each State.")
    return EXIT_INPUT if (result.table["status"] == FAILED).any() else 0


def take_state(path: Path, state: str, border_km: float, convener: str | None) -> Any:
    """Take a State out of a store as a network."""
    with announce(f"Taking {state} out of {path.name}"), open_path(path) as opened:
        return opened.network(state=state, border_km=border_km, convener=convener)
