"""How sure the numbers are: what nobody answered, and ties that may be wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ...core.arguments import checked
from ...core.arrays import BoolArray
from ...core.checks import check_count, check_share
from ...core.deprecation import renamed
from ...core.memory import fact
from ...core.network import Network
from ...core.results.result import Method, Result, Sentence
from ...facts.graph.collaboration import choose_layer
from ...facts.graph.layers import Layer
from ...facts.identity.organizations import start_table
from ...measures.chance.bootstrap import DRAWS, STATISTICS, bootstrap_network, measure_statistics
from ...measures.chance.ranges import TAILS, choose_scores, list_factors, measure_ranges, widen
from ...measures.missing.imputation import (
    PRIOR_CELLS,
    SEED,
    UnknownCells,
    draw_imputations,
    draw_tie_errors,
    find_unknown,
)
from ...measures.missing.nonresponse import draw_answers, estimate_from, has_answer_model
from .shown import show_uncertainty
from .text import say_first, say_uncertainty

MEASURES = ("degree", "betweenness", "harmonic")
IMPUTATIONS = 200  # a share of them is then known to about 3 points
HALF = 0.5
COVERAGE = (
    "On five real surveys with 30% of the organizations silenced, ranges said to hold nine in ten "
    "held density in 93% of cases (with arrows 92%), transitivity in 93% and reciprocity in 94%; "
    "on the worst of the five in 85%, 87%, 87% and 89%. "
    "For centralization and mean constraint none could be found that holds what it states on every "
    "survey, so none is shown."
)


@renamed(fillings="imputations")
@checked
def measure_uncertainty(
    net: Network,
    *,
    layer: Layer | str | None = None,
    relations: Sequence[str] | None = None,
    directed: bool = False,
    as_of: str | pd.Timestamp | None = None,
    measures: Sequence[str] = MEASURES,
    imputations: int = IMPUTATIONS,
    false_ties: float = 0.05,
    missed_ties: float = 0.05,
    bootstrap: int = DRAWS,
    seed: int = SEED,
) -> Result:
    """Say how sure the numbers are, given who answered and that ties may be wrong.

    Three models of the network behind the file, none of them the truth: *imputations* lets the
    silent answer as those do who answered (see :func:`draw_answers`; where fewer than six answered
    from a roster, every unknown cell is a tie with the chance that pairs of the same kinds have,
    and no range of a statistic is shown); *half rate* lets them name half as many; *tie error*
    drops and adds ties at stated rates. The vertex bootstrap gives standard errors of statistics of
    the network, not of ranks.

    Parameters
    ----------
    net : Network
        The network.
    layer : Layer or {"collaboration", "affinity"}, optional
        The graph; default: working relations, or affinity where no tie is on file.
    relations : sequence of str, optional
        Relations that count; default: the working ones.
    directed : bool, default False
        Keep the arrows: a cell is then known where its source answered.
    as_of : str or Timestamp, optional
        The day on which ties must hold; default: the newest date in the tables.
    measures : sequence of str
        Among degree, betweenness, closeness, harmonic, eigenvector, pagerank, coreness,
        effective_size; default: the first of the three questions people ask.
    imputations : int, default 200
        Networks drawn from every model; a share of them is then known to about 3 points.
    false_ties, missed_ties : float, default 0.05
        Share of the ties on file that do not exist, and of existing ties that are not on file;
        state your own where you know the data.
    bootstrap : int, default 1000
        Bootstrap samples; the standard error is then known to about 2 %.
    seed : int
        Seed of all draws.

    Returns
    -------
    Result
        ``.table`` has a row for each organization, by id: for every measure its value, rank, and
        how far both vary over the imputations (ranks among all but the convener). ``.tables``:
        ``half_rate`` and ``tie_error`` (the same under the other models), ``network`` (statistics
        of the whole) and ``cells`` (what is known and unknown).

    Raises
    ------
    UsageError
        A measure is unknown, or a rate is not a share.

    See Also
    --------
    measure_centrality : The measures themselves.

    References
    ----------
    Borgatti, Carley & Krackhardt (2006), doi:10.1016/j.socnet.2005.05.001.
    Snijders & Borgatti (1999), Connections 22(2), 161-170.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.measure_uncertainty(pn.load_sample("prairie"), imputations=20, bootstrap=20)
    >>> sorted(found.tables)
    ['cells', 'half_rate', 'network', 'tie_error']
    """
    choose_scores(measures)  # an unknown one is said at once
    check_count("imputations", imputations, least=1)
    check_count("bootstrap", bootstrap)
    check_count("seed", seed)
    check_share("false_ties", false_ties)
    check_share("missed_ties", missed_ties)
    here = net.at(as_of)
    chosen = choose_layer(here, layer, relations=relations, directed=directed)
    rates = {"false_ties": false_ties, "missed_ties": missed_ties}
    settings = {"draws": imputations, **rates, "bootstrap samples": bootstrap, "seed": seed}
    tables = _measure_all(here, chosen, tuple(measures), tuple(settings.values()))
    table = tables.pop("imputations")
    ranges = {"imputations": table, **tables}
    return Result(
        verb="measure_uncertainty",
        title="How sure the numbers are",
        table=table,
        sentences=tuple(say_uncertainty(here, chosen, ranges, settings)),
        method=_describe_method(chosen, settings),
        tables=tables,
        lead=tuple(measures[:1]),
        shown=show_uncertainty(table, tables["network"]),
        as_of=chosen.as_of,
        paper="How sure the numbers are",
        network=net.title,
    )


@fact
def _measure_all(
    here: Network, layer: Layer, measures: tuple[str, ...], settings: tuple[Any, ...]
) -> dict[str, pd.DataFrame]:
    """Ranks and values under every model, statistics of the whole, and what is not known."""
    draws, false_ties, missed_ties, samples, seed = settings
    unknown = find_unknown_cells(here, layer)
    rates = {"false_ties": false_ties, "missed_ties": missed_ties}
    networks = _draw_models(layer, unknown, rates, draws, seed)
    start = start_table(here).assign(answered=_list_answers(layer))
    ranges = {
        model: start.join(measure_ranges(layer, drawn, choose_scores(measures), find_rivals(here)))
        for model, drawn in networks.items()
    }
    whole = bootstrap_network(layer, draws=samples, seed=seed)
    if has_answer_model(layer):
        unknown = estimate_from(networks["imputations"], unknown)
    return {
        **ranges,
        "network": _join_statistics(layer, whole, networks),
        "cells": _count_cells(layer, unknown),
    }


@fact
def find_unknown_cells(here: Network, layer: Layer) -> UnknownCells:
    """Give the pairs of which nobody who could tell has answered, with their chance of a tie."""
    return find_unknown(layer, list_groupings(here))


def measure_rank_ranges(
    here: Network, layer: Layer, imputations: int, *, seed: int = SEED
) -> tuple[pd.DataFrame, list[Sentence]]:
    """Give ranks with their ranges over imputations, by id, and what to say of them."""
    unknown = find_unknown_cells(here, layer)
    drawn = draw_plausible(layer, unknown, draws=imputations, seed=seed)
    ranges = measure_ranges(layer, drawn, choose_scores(MEASURES), find_rivals(here))
    said = say_first(here, {"imputations": start_table(here).join(ranges)}, {"draws": imputations})
    return ranges.drop(columns=list(MEASURES)), list(said) if layer.matrix.nnz else []


def list_groupings(net: Network) -> list[pd.Series]:
    """Give the groups whose pairs share a chance of a tie, from wide to narrow."""
    organizations = net.organizations
    return [organizations[column].astype("str") for column in ("sector", "kind")]


def find_rivals(net: Network) -> BoolArray:
    """Say whom ranks are counted against: everybody but the convener, who knows all by office."""
    return np.asarray(~net.ids.isin([net.convener]))


def _draw_models(
    layer: Layer, unknown: UnknownCells, rates: Mapping[str, float], draws: int, seed: int
) -> dict[str, list[Layer]]:
    options: dict[str, Any] = {"draws": draws, "seed": seed}
    errors = options | {**rates}
    return {
        "imputations": list(draw_plausible(layer, unknown, **options)),
        "half_rate": list(draw_plausible(layer, unknown, rate=HALF, **options)),
        "tie_error": list(draw_tie_errors(layer, **errors)),
    }


def draw_plausible(
    layer: Layer, unknown: UnknownCells, *, draws: int, seed: int, rate: float = 1.0
) -> Iterator[Layer]:
    """Draw what the silent might have said; by groups alone where too few answered."""
    if has_answer_model(layer):
        return draw_answers(layer, draws=draws, rate=rate, seed=seed)
    return draw_imputations(layer, unknown, draws=draws, rate=rate, seed=seed)


def _list_answers(layer: Layer) -> npt.NDArray[np.str_]:
    if layer.survey is None:
        return np.full(layer.n, "")
    silent = np.where(layer.survey.asked, "no", "not asked")
    return np.where(layer.survey.answered, "yes", silent)


def _join_statistics(
    layer: Layer, whole: pd.DataFrame, networks: Mapping[str, Iterable[Layer]]
) -> pd.DataFrame:
    """Statistics with standard errors, and their ranges under every model."""
    table = whole.copy()
    for model, drawn in networks.items():
        values = [measure_statistics(network.present()) for network in drawn]
        frame = pd.DataFrame(values, columns=list(STATISTICS), dtype=float)
        spread = frame.quantile([TAILS[0], 0.5, TAILS[1]])
        low, middle, high = (spread.iloc[k].to_numpy() for k in range(3))
        if model != "tie_error":
            low, high = widen(low, middle, high, list_factors(layer, list(STATISTICS)))
        table[f"{model}_low"], table[f"{model}_high"] = np.maximum(low, 0.0), high
    return table


def _count_cells(layer: Layer, unknown: UnknownCells) -> pd.DataFrame:
    here = layer.present().n
    cells = here * (here - 1) // (1 if layer.directed else 2)
    rows = [
        ("cells", cells, "pairs of organizations, or arcs if directed"),
        ("known", cells - len(unknown.source), "a tie is on file, or an answer covers it"),
        ("unknown", len(unknown.source), "nobody who could tell has answered"),
        ("expected_ties", unknown.probability.sum(), "in unknown cells, under the imputations"),
        ("ties", layer.n_ties, "on file"),
        ("response_rate", layer.response_rate, "of those asked"),
        ("one_sided", layer.one_sided, "of ties both ends answered, named by one side only"),
    ]
    return pd.DataFrame(rows, columns=["count", "value", "meaning"]).set_index("count")


def _describe_method(layer: Layer, settings: Mapping[str, Any]) -> Method:
    return Method(
        name="Uncertainty: imputations, tie error, vertex bootstrap.",
        formula=(
            f"{_describe_imputation(layer)} Half rate: half as many. Tie error: every tie on file "
            "is dropped with chance f; T (1 - f) m / (1 - m) ties are added on average. Ranges: "
            "nine in ten draws are between, widened as real surveys ask. Bootstrap: organizations "
            "drawn with replacement; standard error = standard deviation over the draws; range: "
            "value -+ 1.96 standard errors."
        ),
        settings={**layer.settings(), **settings},
        sources=(
            "Borgatti, Carley & Krackhardt (2006), doi:10.1016/j.socnet.2005.05.001",
            "Krause, Huisman, Steglich & Snijders (2020), doi:10.1016/j.socnet.2020.02.004",
            "Snijders & Borgatti (1999), Connections 22(2), 161-170",
        ),
        notes=(
            layer.describe(),
            "Shares of imputations are statements about the model, not about the world.",
            *_tell_coverage(layer),
            "Ranks are counted among all but the convener.",
        ),
    )


def _describe_imputation(layer: Layer) -> str:
    if has_answer_model(layer):
        return (
            "Imputations: how many others a silent organization names is that of one who answered "
            "(Dirichlet weights), moved by how often others name each of the two; whom, by a "
            "logistic regression on how often others name the partner, who names both, and the "
            "answer in return, with drawn coefficients."
        )
    return (
        "Imputations: an unknown cell is a tie with p_g = (ties_g + c p_wider) / (cells_g + c), c "
        f"= {PRIOR_CELLS:.0f}, pairs of kinds within pairs of sectors within the whole."
    )


def _tell_coverage(layer: Layer) -> Iterator[str]:
    """What nine in ten means: as found on real surveys, or that no range is shown."""
    if layer.survey is None or layer.survey.roster.all():
        return
    if has_answer_model(layer):
        yield COVERAGE
    else:
        yield "Too few answered from a roster to say between which values statistics are."
