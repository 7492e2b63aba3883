"""The command that writes the report: of a network, of a State of a store, of every State."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import partnet as pn

from ...core.errors import UsageError
from ...core.results.papers import say_papers
from ...core.wording.safety import clean_terminal
from ..given import show_to_audience
from ..group import NetworkPath, audience_options, check_written, cli, table_option, template_option
from ..numbers import Number, Whole
from ..reading import Progress, announce, read_whole, settle_day
from .files import code_of_set_aside
from .store import is_store, report_states, take_state

if TYPE_CHECKING:
    from ...core.network import Network


@cli.command()
@click.argument("source", metavar="INPUT", type=NetworkPath)
@click.option("-o", "--output", required=True, type=NetworkPath, help=say_papers())
@click.option("--as-of", metavar="DATE", help="The day to judge on; default: today.")
@click.option("--convener", metavar="NAME", help="Who convenes the network.")
@click.option("--strict", is_flag=True, help="Exit with 1 if any row was set aside.")
@click.option("--max-set-aside", type=Whole(0), help="Exit with 1 above this many rows set aside.")
@click.option("--state", metavar="XX", help="INPUT is a store: the State to take out of it.")
@click.option(
    "--every-state", is_flag=True, help="INPUT is a store: one report a State; -o FOLDER."
)
@click.option(
    "--border-km",
    type=Number(),
    default=0.0,
    help="Of a store: keep neighbors this far over the line.",
)
@click.option("--format", "suffix", default=".html", help=f"Of every State: {say_papers()}.")
@click.option(
    "--since",
    metavar="EARLIER",
    type=NetworkPath,
    help="An earlier wave (folder or workbook, same ids): say what came and what went.",
)
@click.option(
    "--other",
    "others",
    multiple=True,
    type=NetworkPath,
    help="The network of another coalition: say where this one stands; may be repeated.",
)
@template_option
@table_option
@audience_options
def report(
    source: Path,
    output: Path,
    template: Path | None,
    as_of: str | None,
    convener: str | None,
    strict: bool,
    max_set_aside: int | None,
    state: str | None,
    every_state: bool,
    border_km: float,
    suffix: str,
    since: Path | None,
    others: tuple[Path, ...],
) -> int:
    """Write the report: who is central, gaps, bridges, recommended partners.

    INPUT may be a store (nation.duckdb) with --state NE, or with --every-state: then -o names a
    folder, and a second call finishes what is missing.
    """
    check_source(source, state, every_state)
    if not every_state:
        read = [source, *others, *([since] if since is not None else [])]
        check_written(output, *read, template=template)
    for_one = {"--since": since, "--template": template, "--other": others}
    if every_state and (given := [name for name, value in for_one.items() if value]):
        raise UsageError(
            f"{given[0]}: found one with --every-state. It is for one report. Leave it out."
        )
    if every_state:
        return report_states(source, output, settle_day(as_of), border_km, suffix)
    if state:
        net, day = read_state(source, state, border_km, convener, as_of)
    else:
        net, day = read_whole(source, convener, as_of)
    earlier = pn.read_network(since) if since is not None else None
    with announce("Writing the report"):
        settings: dict[str, Any] = {"as_of": day, "template": template, "since": earlier}
        beside = [show_to_audience(pn.read_network(other), reader=False) for other in others]
        settings["others"] = beside
        written = pn.write_report(show_to_audience(net), output, progress=Progress(), **settings)
    click.echo(f"Written: {written}")
    return code_of_set_aside(net, 0 if strict else max_set_aside)


def check_source(source: Path, state: str | None, every_state: bool) -> None:
    """See that a store comes with a State, and nothing else with one."""
    if is_store(source) == bool(state or every_state):
        return
    if is_store(source):
        raise UsageError(
            f"{source}: found a store. A report is about one State or each. Give --state NE, or "
            "--every-state with a folder."
        )
    raise UsageError(
        f"{source}: found no store. --state and --every-state take a State out of a store. Leave "
        "them out for the tables of one network."
    )


def read_state(
    source: Path, state: str, border_km: float, convener: str | None, as_of: str | None
) -> tuple[Network, str]:
    """Take a State out of a store; settle and print the day."""
    day = settle_day(as_of)
    net = take_state(source, state, border_km, convener)
    click.echo(clean_terminal(f"{net.summary()} As of {day}."), err=True)
    return net, day
