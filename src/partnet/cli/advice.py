"""Commands that say whom to approach next."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import partnet as pn

from .group import NetworkPath, cli, shared_options, show_to_audience
from .printing import print_result
from .reading import announce, read

SUGGESTION = ("organization_name", "partner_name", "probability", "introducer", "goals")


@cli.command()
@shared_options
@click.option(
    "--organization", metavar="NAME", multiple=True, help="For whom; default: for everybody."
)
@click.option("--for-kind", metavar="KIND", multiple=True, help="For every organization of a kind.")
@click.option("-n", default=5, show_default=True, help="How many partners to name.")
@click.option("--kind", metavar="KIND", multiple=True, help="Only partners of this kind.")
@click.option("--county", metavar="COUNTY", multiple=True, help="Only partners in this county.")
@click.option("--within-km", type=float, help="Only partners so near, as the crow flies.")
@click.option("--within-minutes", type=float, help="Only partners so near by car, estimated.")
@click.option("--no-competitors", is_flag=True, help="Nobody of the same kind and county.")
@click.option(
    "--candidates", type=NetworkPath, help="Name only those of another file, as newcomers."
)
def recommend(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    n: int,
    no_competitors: bool,
    candidates: Path | None,
    **wishes: Any,
) -> None:
    """Say whom to approach next, why, and through whom."""
    net, day = read(source, convener, as_of)
    with announce("Scoring pairs"):
        result = pn.recommend_partners(
            net,
            wishes["organization"] or None,
            n,
            as_of=day,
            for_kinds=wishes["for_kind"] or None,
            kinds=wishes["kind"] or None,
            counties=wishes["county"] or None,
            within_km=wishes["within_km"],
            within_minutes=wishes["within_minutes"],
            competitors=not no_competitors,
            candidates=None
            if candidates is None
            else show_to_audience(pn.read_network(candidates), reader=False),
        )
    print_result(result, as_json, SUGGESTION)


@cli.command()
@shared_options
@click.option(
    "--hide",
    type=click.Choice(["document", "tie", "organization"]),
    default="document",
    show_default=True,
    help="What is hidden together; organization: as if it were new.",
)
@click.option("--splits", default=5, show_default=True, help="Parts in which ties are hidden.")
@click.option("--later", type=NetworkPath, help="A later wave of the same file: the truth.")
def backtest(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    hide: str,
    splits: int,
    later: Path | None,
) -> None:
    """Say how often the recommendations would have named partners that are really on file."""
    net, day = read(source, convener, as_of)
    wave = None if later is None else read(later, convener, as_of)[0]
    with announce("Hiding ties and looking for them"):
        result = pn.backtest_recommendations(
            net,
            hide=hide,  # type: ignore[arg-type]
            later=wave,
            splits=splits,
            as_of=day,
        )
    print_result(result, as_json)


@cli.command()
@shared_options
@click.option("--budget", default=10, show_default=True, help="How many introductions.")
@click.option(
    "--cap", default=2, show_default=True, help="Times one organization is named; 0: any."
)
@click.option("--acceptance", type=float, help="Chance that an introduction works, for all.")
@click.option("--goal", multiple=True, help="What counts: sector, part, gap, program.")
@click.option("--no-competitors", is_flag=True, help="Nobody of the same kind and county.")
def plan(
    source: Path,
    as_of: str | None,
    convener: str | None,
    as_json: bool,
    budget: int,
    cap: int,
    acceptance: float | None,
    goal: tuple[str, ...],
    no_competitors: bool,
) -> None:
    """Say which introductions to make first for the network as a whole."""
    net, day = read(source, convener, as_of)
    with announce("Planning introductions"):
        result = pn.plan_introductions(
            net,
            budget,
            cap=cap or None,
            acceptance=acceptance,
            goals=goal or None,
            competitors=not no_competitors,
            as_of=day,
        )
    print_result(result, as_json, ("step", *SUGGESTION[:2], "gain", "goals", "introducer"))
