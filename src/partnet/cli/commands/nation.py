"""Commands that ask a store about the whole nation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...core.storage.writing import write_file_atomically
from ...core.wording.safety import clean_terminal, escape_cell
from ..group import NetworkPath, check_ending
from ..numbers import Whole
from ..reading import announce
from .store import check_store, json_option, open_path, print_result, store

if TYPE_CHECKING:
    from ...core.results.result import Result


def ask_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every question to a store has: the store, and where the rows go."""
    words = "Write all rows (.csv), in place of printing the first."
    command = click.option("-o", "--output", type=NetworkPath, help=words)(command)
    return click.argument("path", metavar="STORE", type=NetworkPath)(json_option(command))


def way_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option that says who does the work."""
    words = "Who does the work; the rows are the same."
    choice = click.Choice(["auto", "engine", "memory"])
    return click.option("--way", type=choice, default="auto", show_default=True, help=words)(
        command
    )


def answer(path: Path, output: Path | None, as_json: bool, ask: Callable[[Any], Result]) -> None:
    """Ask a store, and print or write the answer."""
    if output is not None:
        check_ending(output, (".csv",), path)
    check_store(path)
    with announce(f"Asking {path.name}"), open_path(path, read_only=False) as opened:
        result = ask(opened)
    if output is None:
        print_result(result, as_json)
        return
    table = result.table.reset_index() if result.table.index.name else result.table
    texts = table.astype("str").map(escape_cell)
    content = texts.to_csv(index=False, lineterminator="\n").encode("utf-8")
    write_file_atomically(output, content)
    for sentence in result.sentences:
        click.echo(clean_terminal(sentence))
    click.echo(f"Written: {output}.")


@store.command("link")
@ask_options
def link(path: Path, output: Path | None, as_json: bool) -> None:
    """Find out which organizations of all files are one, and keep that in the store."""
    answer(path, output, as_json, lambda opened: opened.link())


@store.command("affinity")
@ask_options
@click.option(
    "-k", type=Whole(), default=10, show_default=True, help="Partners of each organization."
)
@click.option(
    "--widest", type=Whole(), default=1000, show_default=True, help="Leave out what more have."
)
@way_option
def affinity(path: Path, output: Path | None, as_json: bool, k: int, widest: int, way: str) -> None:
    """Name the strongest partners of everybody, by what they have in common."""
    answer(path, output, as_json, lambda opened: opened.affinity(k, widest=widest, way=way))


@store.command("shared-partners")
@ask_options
@click.option(
    "-k", type=Whole(), default=10, show_default=True, help="Partners of each organization."
)
@way_option
def shared_partners(path: Path, output: Path | None, as_json: bool, k: int, way: str) -> None:
    """Name those with whom everybody has most partners in common."""
    answer(path, output, as_json, lambda opened: opened.shared_partners(k, way=way))


@store.command("candidates")
@ask_options
@click.argument("organization")
@click.option("-n", type=Whole(), default=50, show_default=True, help="How many.")
def candidates(path: Path, output: Path | None, as_json: bool, organization: str, n: int) -> None:
    """Name whom an organization has most in common with and no tie on file."""
    answer(path, output, as_json, lambda opened: opened.candidates(organization, n))


@store.command("investment")
@ask_options
@click.option("--by", multiple=True, metavar="COLUMN", help="state, program, fiscal_year ...")
def investment(path: Path, output: Path | None, as_json: bool, by: tuple[str, ...]) -> None:
    """Add up the money on file, each dollar once."""
    chosen = by or ("state", "fiscal_year")
    answer(path, output, as_json, lambda opened: opened.investment(chosen))


@store.command("coverage")
@ask_options
def coverage(path: Path, output: Path | None, as_json: bool) -> None:
    """Count who offers which service in which county."""
    answer(path, output, as_json, lambda opened: opened.coverage())


@store.command("degree")
@ask_options
def degree(path: Path, output: Path | None, as_json: bool) -> None:
    """Count the partners of everybody."""
    answer(path, output, as_json, lambda opened: opened.degree())


@store.command("components")
@ask_options
@way_option
def components(path: Path, output: Path | None, as_json: bool, way: str) -> None:
    """Say which organizations hang together by ties on file."""
    answer(path, output, as_json, lambda opened: opened.components(way=way))


@store.command("pagerank")
@ask_options
@way_option
def pagerank(path: Path, output: Path | None, as_json: bool, way: str) -> None:
    """Say who is tied to many that are themselves tied to many."""
    answer(path, output, as_json, lambda opened: opened.pagerank(way=way))
