"""Commands that prepare meetings and visits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import partnet as pn

from ..core.safety import clean_terminal
from .group import (
    NetworkPath,
    brief_option,
    cli,
    shared_options,
    show_to_audience,
)
from .printing import give, print_result
from .reading import announce, read


@cli.command()
@shared_options
@click.option("--place", multiple=True, metavar="PLACE", help="A county, several, or the State.")
@click.option("--seats", default=8, show_default=True, help="Most people at one table.")
@brief_option
def session(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    place: tuple[str, ...],
    seats: int,
    output: Path | None,
) -> None:
    """Prepare a partnership session: grantees, synergies, seats, agenda, outcome register."""
    net, day = read(source, convener, as_of)
    with announce("Preparing the session"):
        result = pn.prepare_session(net, place or None, seats=seats, as_of=day)
        give(result, output, as_json)


@cli.command()
@shared_options
@click.option("--survey", type=NetworkPath, help="Answers to add: a workbook or CSV file.")
@brief_option
def profile(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    survey: Path | None,
    output: Path | None,
) -> None:
    """Say how community-based organizations partner with health care: category and themes."""
    net, day = read(source, convener, as_of)
    if survey is not None:
        known = len(net.problems)
        net = show_to_audience(pn.read_survey(net, survey))
        for problem in net.problems[known:]:
            click.echo(clean_terminal(f"{problem.level}: {problem}"), err=True)
    give(pn.profile_partnerships(net, as_of=day), output, as_json)


@cli.command()
@shared_options
@click.argument("one", metavar="ORGANIZATION")
@click.argument("other", metavar="ORGANIZATION")
@brief_option
def align(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    one: str,
    other: str,
    output: Path | None,
) -> None:
    """Lay two organizations side by side: what they share, bring, and have to settle."""
    net, day = read(source, convener, as_of)
    with announce("Comparing the two"):
        give(pn.align_organizations(net, one, other, as_of=day), output, as_json)


@cli.command()
@shared_options
@click.option("--days", default=5, show_default=True, help="Days on the road in all.")
@click.option("--km-per-day", default=400.0, show_default=True, help="Most driven in one day.")
@click.option("--start", metavar="NAME", help="Where tours start; default: the convener.")
@click.option("--stops-per-day", default=3, show_default=True, help="Most visits in one day.")
@click.option("--days-per-tour", default=3, show_default=True, help="Most days away at once.")
def visits(
    source: Path, as_of: str | None, convener: str | None, as_json: bool, **limits: Any
) -> None:
    """Say whom to visit next, in which order to go, and what to bring up."""
    net, day = read(source, convener, as_of)
    with announce("Planning tours"):
        result = pn.plan_visits(net, as_of=day, **limits)
    print_result(result, as_json)


@cli.command()
@shared_options
@click.option("--organization", metavar="NAME", help="Whose partners; default: the convener.")
def roster(
    source: Path, as_of: str | None, convener: str | None, as_json: bool, organization: str | None
) -> None:
    """List the partners a program is expected to have, and the holes."""
    net, day = read(source, convener, as_of)
    print_result(pn.list_expected_partners(net, organization, as_of=day), as_json)


@cli.command()
@shared_options
@click.option("-n", default=5, show_default=True, help="How many to name that would add most.")
def convenings(
    source: Path, as_of: str | None, convener: str | None, as_json: bool, n: int
) -> None:
    """Say who meets at which table, who never comes, and where nobody could decide."""
    net, day = read(source, convener, as_of)
    print_result(pn.describe_convenings(net, n, as_of=day), as_json)


@cli.command()
@shared_options
@click.option("--organization", metavar="NAME", help="As seen from it; default: the convener.")
@click.option("--directory", type=NetworkPath, help="Members of a chapter or directory.")
def introductions(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    organization: str | None,
    directory: Path | None,
) -> None:
    """Say through whom each gap could be closed, and with whom to start."""
    net, day = read(source, convener, as_of)
    with announce("Looking for open doors"):
        result = pn.find_introductions(net, organization, directory=directory, as_of=day)
    print_result(result, as_json)


@cli.command()
@shared_options
@click.option("--other", "others", multiple=True, type=NetworkPath, help="Another State's network.")
@click.option("--state", metavar="XX", help="Our State; default: as the file says.")
@click.option("-n", default=5, show_default=True, help="How many peers to name.")
def peers(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    others: tuple[Path, ...],
    state: str | None,
    n: int,
) -> None:
    """Name the States most like ours, and what they do that we do not."""
    net, day = read(source, convener, as_of)
    given = [show_to_audience(pn.read_network(other), reader=False) for other in others]
    print_result(pn.find_peer_states(net, given, n=n, state=state, as_of=day), as_json)
