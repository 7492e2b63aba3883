"""Commands that prepare meetings and visits."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import partnet as pn

from ...core.wording.safety import clean_terminal
from ..given import show_to_audience
from ..group import NetworkPath, network_command
from ..numbers import Whole, distance_options
from ..printing import print_result

GOAL = ("goal", "state", "owner", "value", "target", "due")

if TYPE_CHECKING:
    from ...core.network import Network
    from ...core.results.result import Result


@network_command("Preparing the session")
@click.option(
    "--where", "--place", "where", multiple=True, metavar="PLACE",
    help="A county, several, or the State.",
)  # fmt: skip
@click.option(
    "--focus", multiple=True, metavar="TOPIC",
    help='What it is about: a service, program, sector or kind, for example "behavioral health".',
)  # fmt: skip
@click.option(
    "--held-on", metavar="DATE",
    help="The day of the session: who has said that it comes on that day is seated.",
)  # fmt: skip
@click.option(
    "--seats", type=Whole(2), default=8, show_default=True, help="Most people at one table."
)
def session(net: Network, day: str, **options: Any) -> Result:
    """Prepare a partnership session: grantees, synergies, seats, agenda, outcome register."""
    return pn.prepare_session(net, as_of=day, **options)


@network_command(show=partial(print_result, columns=GOAL))
def goals(net: Network, day: str) -> Result:
    """Say which goals are reached, on track or off track, and for which there is no data."""
    return pn.track_goals(net, as_of=day)


@network_command()
@click.option("--survey", type=NetworkPath, help="Answers to add: a workbook or CSV file.")
def profile(net: Network, day: str, survey: Path | None = None) -> Result:
    """Say how community-based organizations partner with health care: category and themes."""
    if survey is not None:
        known = len(net.problems)
        net = show_to_audience(pn.read_survey(net, survey))
        for problem in net.problems[known:]:
            click.echo(clean_terminal(f"{problem.level}: {problem}"), err=True)
    return pn.profile_partnerships(net, as_of=day)


@network_command("Comparing the two")
@click.argument("one", metavar="ORGANIZATION")
@click.argument("other", metavar="ORGANIZATION")
def align(net: Network, day: str, one: str, other: str) -> Result:
    """Lay two organizations side by side: what they share, bring, and have to settle."""
    return pn.align_organizations(net, one, other, as_of=day)


@network_command("Planning tours")
@click.option("--days", type=Whole(), default=5, show_default=True, help="Days on the road in all.")
@distance_options("--", "-per-day", "Most driven in one day; default: 250.")
@click.option(
    "--start",
    metavar="NAME",
    help="Where tours start: an organization, ZIP code or county; default: the convener.",
)
@click.option(
    "--stops-per-day", type=Whole(), default=3, show_default=True, help="Most visits in one day."
)
@click.option(
    "--days-per-tour", type=Whole(), default=3, show_default=True, help="Most days away at once."
)
def visits(net: Network, day: str, **options: Any) -> Result:
    """Say whom to visit next, in which order to go, and what to bring up."""
    return pn.plan_visits(net, as_of=day, **options)


@network_command()
@click.option("--organization", metavar="NAME", help="Whose partners; default: the convener.")
def roster(net: Network, day: str, **options: Any) -> Result:
    """List the partners a program is expected to have, and the holes."""
    return pn.list_expected_partners(net, as_of=day, **options)


@network_command()
@click.option(
    "-n", type=Whole(), default=5, show_default=True, help="How many to name that would add most."
)
def convenings(net: Network, day: str, **options: Any) -> Result:
    """Say who meets at which table, who never comes, and where nobody could decide."""
    return pn.describe_convenings(net, as_of=day, **options)


@network_command()
@click.option("--organization", metavar="NAME", help="Only what this one could learn.")
def practices(net: Network, day: str, **options: Any) -> Result:
    """Show promising practices on file, and who could learn which one, from whom."""
    return pn.list_practices(net, as_of=day, **options)


@network_command()
def leaders(net: Network, day: str) -> Result:
    """Say who leads each organization, who can decide for it, and whom to ask for a name."""
    return pn.list_leaders(net, as_of=day)


@network_command()
@click.option(
    "--where", multiple=True, metavar="PLACE", help="A county, several, or the State; default: all."
)
def voices(net: Network, day: str, **options: Any) -> Result:
    """Say who speaks for residents and populations, with which seats, and who fares worse."""
    return pn.list_voices(net, as_of=day, **options)


@network_command("Looking for open doors")
@click.option("--organization", metavar="NAME", help="As seen from it; default: the convener.")
@click.option("--directory", type=NetworkPath, help="Members of a chapter or directory.")
def introductions(net: Network, day: str, **options: Any) -> Result:
    """Say through whom each gap could be closed, and with whom to start."""
    return pn.find_introductions(net, as_of=day, **options)


@network_command()
@click.option("--other", "others", multiple=True, type=NetworkPath, help="Another State's network.")
@click.option("--state", metavar="XX", help="Our State; default: as the file says.")
@click.option("-n", type=Whole(), default=5, show_default=True, help="How many peers to name.")
def peers(net: Network, day: str, others: tuple[Path, ...] = (), **options: Any) -> Result:
    """Name the States most like ours, and what they do that we do not."""
    given = [show_to_audience(pn.read_network(other), reader=False) for other in others]
    return pn.find_peer_states(net, given, as_of=day, **options)


@network_command("Measuring the networks")
@click.option(
    "--other", "others", multiple=True, required=True, type=NetworkPath,
    help="The network of another coalition; may be repeated.",
)  # fmt: skip
@click.option(
    "--relation", "relations", multiple=True, metavar="NAME",
    help="A relation to compare; default: those on file in all networks.",
)  # fmt: skip
def benchmark(net: Network, day: str, others: tuple[Path, ...], **options: Any) -> Result:
    """Say where the network stands among others, and what of them cannot be compared."""
    given = [show_to_audience(pn.read_network(other), reader=False) for other in others]
    return pn.benchmark_networks(net, given, as_of=day, **options)
