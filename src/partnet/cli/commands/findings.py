"""Commands that say what is, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import partnet as pn

from ...core.results.papers import say_papers
from ..gaps import KindOption, check_kinds
from ..given import show_to_audience
from ..group import (
    NetworkPath,
    audience_options,
    check_written,
    cli,
    network_command,
    template_option,
)
from ..numbers import Whole
from ..printing import give, print_page
from ..reading import announce

if TYPE_CHECKING:
    from ...core.network import Network
    from ...core.results.result import Result


@network_command()
@click.option("--organization", metavar="NAME", help="The one-page brief of one organization.")
def describe(net: Network, day: str, organization: str | None = None) -> Result:
    """Say who is here, what they do, for whom and with whose money."""
    if organization is None:
        return pn.describe_network(net, as_of=day)
    return pn.describe_organization(net, organization, as_of=day)


@network_command()
def centrality(net: Network, day: str) -> Result:
    """Say who is central."""
    return pn.measure_centrality(net, as_of=day)


@network_command()
@click.option(
    "--feature",
    "--family",
    "feature",
    type=click.Choice(["groups", "services", "funding", "populations", "places"]),
    default="groups",
    show_default=True,
    help="What organizations share.",
)
def affiliation(net: Network, day: str, **options: Any) -> Result:
    """Say who sits at many tables, and which tables bring together who meets nowhere else."""
    return pn.measure_affiliation(net, as_of=day, **options)


@network_command("Comparing with chance")
def trust(net: Network, day: str) -> Result:
    """Say how much partners value and trust each other, whom most, and where two sides differ."""
    return pn.measure_trust(net, as_of=day)


@network_command("Comparing with chance")
@click.option("--grouping", default="sector", show_default=True, help="Groups to mix: a column.")
def structure(net: Network, day: str, **options: Any) -> Result:
    """Say what shape the network has: how dense, in how many parts, along which lines."""
    return pn.measure_structure(net, as_of=day, **options)


@network_command("Comparing with chance")
def explain(net: Network, day: str) -> Result:
    """Say what goes together with ties: sector, county, services, money."""
    return pn.explain_ties(net, as_of=day)


@network_command("Drawing plausible networks")
@click.option(
    "--imputations",
    "--fillings",
    "imputations",
    type=Whole(),
    default=200,
    show_default=True,
    help="How many networks to draw.",
)
def uncertainty(net: Network, day: str, **options: Any) -> Result:
    """Say how sure the numbers are, given who answered and that ties may be wrong."""
    return pn.measure_uncertainty(net, as_of=day, **options)


@network_command("Looking for bridges")
@click.option("--with-convener", is_flag=True, help="Keep the convener in.")
def bridges(net: Network, day: str, **options: Any) -> Result:
    """Say who bridges which groups, and what breaks if they leave."""
    return pn.find_bridges(net, as_of=day, **options)


@network_command("Looking for gaps", show=print_page)
@click.option(
    "--family",
    "--kind",
    "kinds",
    multiple=True,
    cls=KindOption,
    callback=check_kinds,
    help="Only gaps of this kind; may be repeated.",
)
@click.option(
    "--where", metavar="PLACE", multiple=True, help="A county, by name or code, or a State."
)
def gaps(net: Network, day: str, **options: Any) -> Result:
    """List what ought to be there and is not on file."""
    return pn.find_gaps(net, as_of=day, **options)


@cli.command()
@click.argument("before", type=NetworkPath)
@click.argument("after", type=NetworkPath)
@click.argument("later", type=NetworkPath, nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON.")
@click.option("-o", "--output", type=NetworkPath, help=f"A brief: {say_papers(table=True)}.")
@template_option
@audience_options
def compare(
    before: Path, after: Path, later: tuple[Path, ...], as_json: bool, output: Path | None,
    template: Path | None,
) -> None:  # fmt: skip
    """Say what changed between two waves, or over more: folders or workbooks with the same ids."""
    sources = (before, after, *later)
    check_written(output, *sources, template=template, table=True)
    with announce("Comparing"):
        waves = [show_to_audience(pn.read_network(source)) for source in sources]
        give(pn.compare_networks(*waves), output, as_json, None, template)


@network_command("Measuring before and after")
@click.option("--remove", metavar="NAME", multiple=True, help="Who leaves or closes.")
@click.option(
    "--convert", metavar="NAME=KIND", multiple=True,
    help='Which hospital becomes what: --convert "Elm Hospital = Rural Emergency Hospital".',
)  # fmt: skip
@click.option("--end", metavar="AWARD", multiple=True, help="Which award, or program, ends.")
@click.option(
    "--add", metavar="A=B", multiple=True,
    help='Which two are introduced: --add "Elm Hospital = Oak Clinic".',
)  # fmt: skip
def whatif(net: Network, day: str, **options: Any) -> Result:
    """Say what changes if some leave or convert, a grant ends, or introductions succeed."""
    return pn.simulate(net, as_of=day, **options)


@network_command("Trying hospitals and awards")
@click.option(
    "--months", type=Whole(), default=12, show_default=True, help="Awards that end within so many."
)
def cliffs(net: Network, day: str, **options: Any) -> Result:
    """Say which counties would lose a service if a hospital closed, or when an award ends."""
    return pn.map_cliffs(net, as_of=day, **options)


@network_command()
@click.option(
    "--months", type=Whole(), default=12, show_default=True, help="Awards that end within so many."
)
def money(net: Network, day: str, **options: Any) -> Result:
    """Say who pays, what ends within a year, and which programs others like you hold."""
    return pn.trace_money(net, as_of=day, **options)
