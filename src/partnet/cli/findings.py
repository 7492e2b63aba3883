"""Commands that say what is, and what is missing."""

from __future__ import annotations

from pathlib import Path

import click

import partnet as pn

from ..core.errors import UsageError
from .group import (
    NetworkPath,
    audience_options,
    brief_option,
    cli,
    shared_options,
    show_to_audience,
)
from .printing import give, print_page, print_result
from .reading import announce, read


@cli.command()
@shared_options
@click.option("--organization", metavar="NAME", help="The one-page brief of one organization.")
@brief_option
def describe(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    organization: str | None,
    output: Path | None,
) -> None:
    """Say who is here, what they do, for whom and with whose money."""
    if output is not None and organization is None:
        raise UsageError("-o: a brief is of one organization. Add --organization, or use report.")
    net, day = read(source, convener, as_of)
    if organization is None:
        print_result(pn.describe_network(net, as_of=day), as_json)
        return
    with announce("Writing the brief"):
        give(pn.describe_organization(net, organization, as_of=day), output, as_json)


@cli.command()
@shared_options
def centrality(source: Path, as_of: str | None, convener: str | None, as_json: bool) -> None:
    """Say who is central."""
    net, day = read(source, convener, as_of)
    print_result(pn.measure_centrality(net, as_of=day), as_json)


@cli.command()
@shared_options
@click.option(
    "--family",
    type=click.Choice(["groups", "services", "funding", "populations", "places"]),
    default="groups",
    show_default=True,
    help="What organizations share.",
)
def affiliation(
    source: Path, as_of: str | None, convener: str | None, as_json: bool, family: str
) -> None:
    """Say who sits at many tables, and which tables bring together who meets nowhere else."""
    net, day = read(source, convener, as_of)
    print_result(pn.measure_affiliation(net, family, as_of=day), as_json)


@cli.command()
@shared_options
@click.option("--grouping", default="sector", show_default=True, help="Groups to mix: a column.")
def structure(
    source: Path, as_of: str | None, convener: str | None, as_json: bool, grouping: str
) -> None:
    """Say what shape the network has: how dense, in how many parts, along which lines."""
    net, day = read(source, convener, as_of)
    with announce("Comparing with chance"):
        result = pn.measure_structure(net, as_of=day, grouping=grouping)
    print_result(result, as_json)


@cli.command()
@shared_options
def explain(source: Path, as_of: str | None, convener: str | None, as_json: bool) -> None:
    """Say what goes together with ties: sector, county, services, money."""
    net, day = read(source, convener, as_of)
    with announce("Comparing with chance"):
        result = pn.explain_ties(net, as_of=day)
    print_result(result, as_json)


@cli.command()
@shared_options
@click.option("--fillings", default=200, show_default=True, help="How many networks to draw.")
def uncertainty(
    source: Path, as_of: str | None, convener: str | None, as_json: bool, fillings: int
) -> None:
    """Say how sure the numbers are, given who answered and that ties may be wrong."""
    net, day = read(source, convener, as_of)
    with announce("Drawing plausible networks"):
        result = pn.measure_uncertainty(net, as_of=day, fillings=fillings)
    print_result(result, as_json)


@cli.command()
@shared_options
@click.option("--with-convener", is_flag=True, help="Keep the convener in.")
def bridges(
    source: Path, as_of: str | None, convener: str | None, as_json: bool, with_convener: bool
) -> None:
    """Say who bridges which groups, and what breaks if they leave."""
    net, day = read(source, convener, as_of)
    print_result(pn.find_bridges(net, as_of=day, with_convener=with_convener), as_json)


@cli.command()
@shared_options
@click.option(
    "--family",
    multiple=True,
    help="rule, coverage, overlap, funding, contact, sector, agreement, voice.",
)
@click.option(
    "--where", metavar="PLACE", multiple=True, help="A county, by name or code, or a State."
)
def gaps(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    family: tuple[str, ...],
    where: tuple[str, ...],
) -> None:
    """List what ought to be there and is not on file."""
    net, day = read(source, convener, as_of)
    result = pn.find_gaps(net, family or None, where=where or None, as_of=day)
    if as_json:
        click.echo(result.to_json())
    else:
        print_page(result)


@cli.command()
@click.argument("before", type=NetworkPath)
@click.argument("after", type=NetworkPath)
@click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON.")
@audience_options
def compare(before: Path, after: Path, as_json: bool) -> None:
    """Say what changed between two waves: two folders or workbooks with the same ids."""
    with announce("Comparing"):
        waves = [show_to_audience(pn.read_network(source)) for source in (before, after)]
        result = pn.compare_networks(*waves)
    print_result(result, as_json)
