"""Commands that say whom to approach next."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import partnet as pn

from ..given import show_to_audience
from ..group import NetworkPath, network_command
from ..numbers import Number, Whole, distance_options
from ..printing import print_result

if TYPE_CHECKING:
    from ...core.network import Network
    from ...core.results.result import Result

SUGGESTION = ("organization_name", "partner_name", "needs", "share_in_test", "introducer", "goals")
STEP = ("step", *SUGGESTION[:2], "gain", "goals", "introducer")
RIVALS_OPTION = click.option(
    "--competitors/--no-competitors",
    default=False,
    help="Also those of the same kind and county; default: not.",
)


@network_command("Scoring pairs", show=partial(print_result, columns=SUGGESTION))
@click.option(
    "--organization", metavar="NAME", multiple=True,
    help="For whom; default: for everybody.",
)  # fmt: skip
@click.option(
    "--for-kind", "for_kinds", metavar="KIND", multiple=True,
    help="For every organization of a kind.",
)  # fmt: skip
@click.option("-n", type=Whole(), default=5, show_default=True, help="How many partners to name.")
@click.option("--kind", "kinds", metavar="KIND", multiple=True, help="Only partners of this kind.")
@click.option(
    "--county", "where", metavar="COUNTY", multiple=True, help="Only partners in this county."
)
@distance_options("--within-", "", "Only partners so near, as the crow flies.")
@click.option(
    "--within-minutes", type=Number(above=True), help="Only partners so near by car, estimated."
)
@RIVALS_OPTION
@click.option(
    "--by",
    type=click.Choice(["both", "need", "likelihood"]),
    default="both",
    show_default=True,
    help="What comes first: what is needed, what is likely, or both together.",
)
@click.option(
    "--feasible/--any",
    default=True,
    show_default=True,
    help="Only those who could work together: district, State, distance, owner.",
)
@click.option(
    "--candidates", type=NetworkPath, help="Name only those of another file, as newcomers."
)
def recommend(net: Network, day: str, candidates: Path | None = None, **options: Any) -> Result:
    """Say whom to approach next, why, and through whom."""
    if candidates is not None:
        options["candidates"] = show_to_audience(pn.read_network(candidates), reader=False)
    return pn.recommend_partners(net, as_of=day, **options)


@network_command("Holding out ties and looking for them")
@click.option(
    "--hide",
    type=click.Choice(["document", "tie", "organization"]),
    default="document",
    show_default=True,
    help="What is held out together; organization: as if it were new.",
)
@click.option(
    "--splits",
    type=Whole(2),
    default=5,
    show_default=True,
    help="Parts in which ties are held out.",
)
@click.option("--later", type=NetworkPath, help="A later wave of the same file: the truth.")
def backtest(net: Network, day: str, later: Path | None = None, **options: Any) -> Result:
    """Say how often the recommendations would have named partners that are really on file."""
    if later is not None:
        options["later"] = show_to_audience(pn.read_network(later))
    return pn.backtest_recommendations(net, as_of=day, **options)


@network_command("Planning introductions", show=partial(print_result, columns=STEP))
@click.option(
    "--budget", type=Whole(), default=10, show_default=True, help="How many introductions."
)
@click.option(
    "--cap",
    type=Whole(),
    default=2,
    show_default=True,
    help="Times one organization is named; 0: any.",
)
@click.option(
    "--acceptance",
    type=Number(most=1, above=True),
    help="Chance that an introduction works, for all.",
)
@click.option("--goal", "goals", multiple=True, help="What counts: sector, part, gap, program.")
@RIVALS_OPTION
def plan(net: Network, day: str, cap: int, **options: Any) -> Result:
    """Say which introductions to make first for the network as a whole."""
    return pn.plan_introductions(net, cap=cap or None, as_of=day, **options)


@network_command()
def fates(net: Network, day: str) -> Result:
    """Say what became of earlier suggestions, and whether the list was right."""
    return pn.track_suggestions(net, as_of=day)
