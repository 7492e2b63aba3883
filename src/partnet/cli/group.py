"""The command group, and the options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import partnet as pn

if TYPE_CHECKING:
    from ..core.network import Network


NetworkPath = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(pn.__version__, package_name="partnet")
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
def cli(debug: bool) -> None:
    """Partnership networks in health: who is central, where the gaps are, whom to approach next.

    INPUT is a folder of CSV files or an Excel workbook; `partnet template my.xlsx` makes one.
    """


def keep_option(context: click.Context, option: click.Parameter, value: Any) -> None:
    """Keep for whom a result is made until the network is read."""
    context.meta[f"partnet.{option.name}"] = value


def audience_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say who will read the result; `read` applies them to the tables."""
    keep: dict[str, Any] = {"expose_value": False, "callback": keep_option}
    choice = click.Choice(["internal", "partner", "public"])
    audience = click.option(
        "--audience", type=choice, default="internal", show_default=True, **keep,
        help="Who reads it: what they must not see is left out of the tables first.",
    )  # fmt: skip
    reader = click.option(
        "--for", "reader", metavar="NAME", **keep, help="The partner that reads it: sees its own."
    )
    return audience(reader(command))


def show_to_audience(net: Network, *, reader: bool = True) -> Network:
    """Give the network as its audience may see it; without `reader` another file's, as to all."""
    meta = click.get_current_context().meta
    name = meta.get("partnet.reader") if reader else None
    return net.for_audience(meta.get("partnet.audience", "internal"), name)


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that every verb on a network has."""
    options = [
        click.argument("source", metavar="INPUT", type=NetworkPath),
        click.option("--as-of", metavar="DATE", help="The day to judge on; default: today."),
        click.option("--convener", metavar="NAME", help="Who convenes the network."),
        click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON."),
    ]
    command = audience_options(command)
    for option in reversed(options):
        command = option(command)
    return command


def brief_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option that writes a brief instead of printing it."""
    words = "Write the brief: .html, .xlsx or .json."
    return click.option("-o", "--output", type=NetworkPath, help=words)(command)
