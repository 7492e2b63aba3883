"""Whom to approach next: the verb."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from ...core.arguments import checked
from ...core.checks import check_count
from ...core.deprecation import renamed
from ...core.errors import UsageError
from ...core.network import Network
from ...core.results.result import Result
from ...core.results.shown import Shown
from ...facts.graph.layers import Layer
from .adviser import make_adviser
from .candidates.filters import read_filters
from .candidates.pool import add_candidates
from .introducers.shown import DORMANT
from .method import describe_method
from .request import Request, find_askers
from .scored_pair import BOTH, check_order
from .shown import (
    CANDIDATES,
    DUE,
    INTRODUCERS,
    INTRODUCTIONS,
    NAMED_SUGGESTIONS,
    RANKS,
    REASONS,
    SUGGESTIONS,
)
from .suggestions import tabulate_introducers, tabulate_reasons, tabulate_suggestions
from .text import say_partners


@renamed(counties="where")
@checked
def recommend_partners(
    net: Network,
    organization: str | Sequence[str] | None = None,
    n: int = 5,
    *,
    layer: Layer | str | None = None,
    relations: Sequence[str] | None = None,
    as_of: str | pd.Timestamp | None = None,
    ranker: str = "readable",
    for_kinds: str | Sequence[str] | None = None,
    kinds: str | Sequence[str] | None = None,
    where: str | Sequence[str] | None = None,
    within_km: float | None = None,
    within_minutes: float | None = None,
    competitors: bool = False,
    by: str = BOTH,
    feasible: bool = True,
    candidates: Network | pd.DataFrame | None = None,
    runs: int | None = None,
) -> Result:
    """Say whom to approach next, why, and through whom.

    Need and likelihood are two things, shown as two. A need is what a tie would close: a county
    without a service and the nearest that could serve it, a rule with nothing on file, an outcome
    of a session that is not done. Likelihood is told by a small additive table of weights over
    pairs without a tie on file (see ``docs/recommender.md``): shared partners, the same circle,
    what organizations like you do, complementary kinds, shared services, funding, populations,
    places and groups. Existing partners, the organization itself, the convener (unless asked for)
    and whoever was accepted, declined or put off in the feedback table are never named; what is
    open between existing partners is said to be due. Where no working tie is on file, likelihood
    rests on what organizations have in common, and the text says so.

    Parameters
    ----------
    net : Network
        The network.
    organization : str or sequence of str, optional
        Ids or unique names; default: suggestions for everybody, and for the convener the best
        pairs of the whole network (where more than 5,000 organizations are on file: for nobody).
    n : int, default 5
        How many partners to name (as many as one conversation can hold).
    layer : Layer or str, optional
        Which graph: "collaboration" (ties on file) or "affinity" (what organizations share);
        default: collaboration, and affinity where no working tie is on file.
    relations : sequence of str, optional
        Relations that count as ties; default: those that mean working together.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest day on file.
    ranker : {"readable", "best"}, default "readable"
        ``"readable"``: every reason is for or against, and they add up to the score.
    for_kinds : str or sequence of str, optional
        Suggestions for every organization of these kinds, for example
        ``"critical_access_hospital"``.
    kinds : str or sequence of str, optional
        Only partners of these kinds, by id or label.
    where : str or sequence of str, optional
        Only partners in these counties (by code or name) or States.
    within_km : float, optional
        Only partners within so many kilometers as the crow flies.
    within_minutes : float, optional
        Only partners within so many minutes by car, estimated as 1.06 minutes a kilometer of
        straight line (roads 1.417 times as long, 80 km/h).
    competitors : bool, default False
        ``True`` names also organizations of the same kind in the same county, where the kind is one
        that competes.
    by : {"both", "need", "likelihood"}, default "both"
        What comes first. ``"both"``: 1 + severity (0 to 1) of the worst need that a tie would meet,
        0 without one, plus likelihood (0 to 1), so that what is needed comes before what is only
        likely; among the best pairs of the whole network severity plus likelihood. ``"need"``, and
        ``"both"`` where only affinity is known: likelihood, or affinity, decides among equal needs
        only.
    feasible : bool, default True
        Only partners that could work together: no district or State ends between the two, their
        kinds work together over the distance (``data/reach.toml``: for example 60 km for an
        ambulance service, of the hospitals to which patients are sent the three nearest within
        250 km), they are not of one owner, and not one organization entered twice.
    candidates : Network or DataFrame, optional
        Organizations from outside, for example a public directory or the members of a local
        chapter (a network with their memberships and services says more than a list of names).
        Only they are named, as newcomers without a tie; who of them is on file already keeps the
        ties on file.
    runs : int, optional
        How often the suggestions are ranked again with one tie in five held out; default 10 where
        an organization is named and at most 300 are on file, else 0.

    Returns
    -------
    Result
        One row a suggestion, those of one organization together and the best first, with the
        sentence to say on the telephone, reasons, who could introduce the two, and goals; after
        runs with the ranks it had in them. ``.tables``: ``reasons`` (exact contributions: they add
        up to the score), ``introducers`` (chains), ``dormant`` (ties to renew), ``due`` (open
        needs between partners on file), for everybody
        ``network`` (the n best pairs, nobody more than twice), with candidates ``candidates`` (who
        of them is on file).

    Raises
    ------
    UsageError
        An argument is unknown, or n is not positive.

    See Also
    --------
    explain_pair : One pair taken apart.
    plan_introductions : Which introductions serve the whole network.
    backtest_recommendations : How often suggestions were right.

    References
    ----------
    Zhou, Lü & Zhang (2009), doi:10.1140/epjb/e2009-00335-8 (resource allocation). Ghasemian et al.
    (2020), doi:10.1073/pnas.1914950117 (stacking). Boscoe, Henry & Zdeb (2012),
    doi:10.1080/00330124.2011.583586 (roads). Burt (1992), doi:10.4159/9780674029095 (constraint).

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.recommend_partners(pn.load_sample("prairie"), "Cedar County Hospital", 1, runs=0)
    >>> found.table["partner_name"].tolist(), found.table["introducer"].tolist()
    (['Bow Creek Home Health and Hospice'], ['Chalk Hills District Health Department'])
    """
    _check_arguments(n, runs, layer, candidates)
    here = net.at(as_of)
    filters = read_filters(
        here,
        kinds=kinds,
        where=where,
        within_km=within_km,
        within_minutes=within_minutes,
        competitors=competitors,
    )
    asked = find_askers(here, organization, for_kinds)
    check_order(by)
    pool = None if candidates is None else add_candidates(here, candidates, filters)
    listening = here if pool is None else pool.net.at(here.day)
    adviser = make_adviser(
        listening,
        layer,
        relations=relations,
        ranker=ranker,
        filters=filters,
        asked=None if asked is None else listening.positions(asked).tolist(),
        outside=None if pool is None else pool.named,
        listed=frozenset() if pool is None else pool.new,
        by=by,
        feasible=feasible,
    )
    return _answer(Request(adviser, asked, n, runs, pool))


def _check_arguments(
    n: int, runs: int | None, layer: Layer | str | None, candidates: object
) -> None:
    check_count("n", n, least=1)
    if runs is not None:
        check_count("runs", runs)
    if candidates is not None and isinstance(layer, Layer):
        raise UsageError(
            "layer: found a Layer beside candidates. Allowed are collaboration or affinity, "
            "because candidates are added to the network first. Name the relations instead."
        )


def _answer(request: Request) -> Result:
    adviser, suggestions = request.adviser, request.suggestions
    tables = {
        "reasons": tabulate_reasons(suggestions),
        "introducers": tabulate_introducers(suggestions),
        "dormant": request.dormant,
        "due": request.due,
    }
    if request.asked is None:
        tables["network"] = tabulate_suggestions(request.best, together=True)
    if request.pool is not None:
        tables["candidates"] = request.pool.table
    return Result(
        verb="recommend_partners",
        title=f"Whom {request.named or 'each organization'} could approach next",
        table=request.table,
        sentences=tuple(say_partners(request)),
        method=describe_method(adviser, runs=request.repeats),
        tables=tables,
        shown=tuple(shown for shown in _declare(request) if shown.table in ("table", *tables)),
        as_of=request.here.day,
    )


def _declare(request: Request) -> tuple[Shown, ...]:
    """Everybody sees the best pairs of all first; who is named, its own."""
    own = SUGGESTIONS if request.asked is None else NAMED_SUGGESTIONS
    if request.repeats and request.suggestions:
        own = replace(own, columns=(*own.columns, *RANKS))
    others = INTRODUCTIONS, DUE, DORMANT, own, REASONS, INTRODUCERS, CANDIDATES
    named = own, CANDIDATES, DUE, DORMANT, REASONS, INTRODUCERS
    return others if request.asked is None else named
