"""Who is central: partners, betweenness, closeness, and standing among the well tied."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ...core.arguments import checked
from ...core.checks import check_count
from ...core.deprecation import renamed
from ...core.memory import fact
from ...core.network import Network
from ...core.results.result import Method, Result, Sentence
from ...facts.graph.collaboration import choose_layer, split_relations
from ...facts.graph.layers import Layer
from ...facts.identity.organizations import start_table
from ...measures.centrality.paths import Closeness
from ...measures.centrality.sampling import Betweenness, find_weighted_paths
from ...measures.centrality.spectral import measure_eigenvector, measure_katz, measure_pagerank
from ...measures.chance.relations import count_partners
from ...measures.groups.cohesion import measure_coreness
from ...measures.whole.centralization import measure_centralization
from ..betweenness import ask_betweenness
from ..closeness import ask_closeness
from ..uncertainty.question import measure_rank_ranges
from .detail import list_centrality_detail
from .shown import show_centrality
from .text import say_centrality, say_sampling

CENTRALIZED = ("degree", "in_degree", "out_degree", "betweenness", "closeness", "harmonic")


@renamed(fillings="imputations")
@checked
def measure_centrality(
    net: Network,
    *,
    layer: Layer | str | None = None,
    relations: Sequence[str] | None = None,
    directed: bool = False,
    as_of: str | pd.Timestamp | None = None,
    weighted: bool = True,
    imputations: int = 0,
    detail: bool = False,
) -> Result:
    """Say who is central: who has most partners, connects others, and is close to all.

    Every measure is given without strengths first, as R and UCINET give it, and with strengths
    beside it (columns ending in ``_weighted``; length of a tie = 1 / strength).

    Parameters
    ----------
    net : Network
        The network.
    layer : Layer or {"collaboration", "affinity"}, optional
        The graph; default: working relations, or affinity where no tie is on file.
    relations : sequence of str, optional
        Relations that count; default: the working ones.
    directed : bool, default False
        Follow the arrows. Closeness and harmonic then measure the paths *to* an organization,
        eigenvector, Katz and PageRank the ties received; coreness ignores arrows.
    as_of : str or Timestamp, optional
        The day on which ties must hold; default: the newest date in the tables.
    weighted : bool, default True
        Add the columns that use strengths.
    imputations : int, default 0
        Networks drawn in which unknown cells are filled (see :func:`measure_uncertainty`); above
        0, ranks and their ranges are added for degree, betweenness and harmonic.
    detail : bool, default False
        Add the tables for analysts: ``more`` by organization (Bonacich power, current-flow
        closeness and betweenness, reach within 2 and 3 steps, eccentricity) and ``ties``
        (betweenness of every tie).

    Returns
    -------
    Result
        ``.table`` has a row for each organization, by id; NaN for those whom the layer leaves
        out. ``.tables``: ``centralization`` by measure, ``by_relation`` (partners in each
        relation, by organization id). Without ties everything is 0, but PageRank and Katz are the
        same for all.

    Raises
    ------
    UsageError
        A relation is unknown, or `layer` is neither a Layer nor one of these words.

    See Also
    --------
    find_bridges : Who connects groups, and what breaks.
    measure_uncertainty : How sure the ranks are.

    References
    ----------
    Freeman (1978), doi:10.1016/0378-8733(78)90021-7; the others in ``.method.sources``.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.measure_centrality(pn.load_sample("prairie"))
    >>> list(found.table.columns[:5])
    ['name', 'kind', 'degree', 'strength', 'betweenness']
    """
    check_count("imputations", imputations)
    here = net.at(as_of)
    chosen = choose_layer(here, layer, relations=relations, directed=directed)
    among = chosen.present()  # whoever is left out is no part of any share
    between = _find_betweenness(here, chosen)
    measured = _measure_all(here, chosen, weighted)
    table = start_table(here).join(measured)
    scores = {name: measured[name].to_numpy(float) for name in CENTRALIZED if name in measured}
    centralization = measure_centralization(among, scores)
    lengths = _find_weighted(here, chosen) if weighted else None
    drawn = tuple(say_sampling(between, ask_closeness(here, chosen), lengths))
    sentences = [*say_centrality(here, chosen, table, centralization), *drawn]
    if imputations:
        ranges, said = measure_rank_ranges(here, chosen, imputations)
        table, sentences = table.join(ranges), [*sentences, *said]
    by_relation = _count_by_relation(here, chosen)
    tables = {"centralization": centralization, "by_relation": by_relation}
    if detail:
        tables |= list_centrality_detail(among)
    return Result(
        verb="measure_centrality",
        title="Who is central" if chosen.kind == "collaboration" else "Who has most in common",
        table=table,
        sentences=tuple(sentences),
        method=_describe_method(chosen, drawn, weighted),
        tables=tables,
        lead=("in_degree" if chosen.directed else "degree",),
        shown=show_centrality(table, by_relation, kind=chosen.kind, convener=here.convener),
        as_of=chosen.as_of,
        paper="Who is central",
        network=net.title,
    )


@fact
def _find_betweenness(here: Network, layer: Layer) -> Betweenness:
    return ask_betweenness(here, layer.present())


@fact
def _find_weighted(_: Network, layer: Layer) -> tuple[Betweenness, Closeness]:
    return find_weighted_paths(layer.present())


@fact
def _count_by_relation(here: Network, layer: Layer) -> pd.DataFrame:
    return count_partners(split_relations(here, layer))


@fact
def _measure_all(here: Network, chosen: Layer, weighted: bool) -> pd.DataFrame:
    layer, between = chosen.present(), _find_betweenness(here, chosen)
    near = ask_closeness(here, chosen)
    columns = {
        **_count_ties(layer),
        **between.columns(),
        "closeness": near.closeness,
        "harmonic": near.harmonic,
        "eigenvector": measure_eigenvector(layer),
        "katz": measure_katz(layer),
        "pagerank": measure_pagerank(layer),
        "coreness": measure_coreness(layer),
    }
    if weighted:
        passing, near = _find_weighted(here, chosen)
        columns |= {
            **passing.columns("betweenness_weighted"),
            "closeness_weighted": near.closeness,
            "harmonic_weighted": near.harmonic,
            "eigenvector_weighted": measure_eigenvector(layer, weighted=True),
            "katz_weighted": measure_katz(layer, weighted=True),
            "pagerank_weighted": measure_pagerank(layer, weighted=True),
        }
    return pd.DataFrame(columns, index=layer.ids)


def _count_ties(layer: Layer) -> dict[str, np.ndarray]:
    """Partners and summed strength; received and sent if directed."""
    strength = np.asarray(layer.matrix.sum(axis=1)).ravel()
    degree = np.diff(layer.matrix.indptr).astype(np.int64)
    if not layer.directed:
        return {"degree": degree, "strength": strength}
    received = np.bincount(layer.matrix.indices, minlength=layer.n).astype(np.int64)
    return {
        "in_degree": received,
        "out_degree": degree,
        "in_strength": np.asarray(layer.matrix.sum(axis=0)).ravel(),
        "out_strength": strength,
    }


def _describe_method(layer: Layer, drawn: Sequence[Sentence], weighted: bool) -> Method:
    lengths = "; with strengths, the length of a tie is 1 / strength" if weighted else ""
    return Method(
        name="Centrality of organizations.",
        formula=(
            "Degree: partners. Strength: sum of tie strengths. Betweenness: share of shortest "
            "paths between pairs of others that pass through. Closeness: (r / sum of distances) x "
            "(r / (n - 1)), r organizations within reach. Harmonic: mean of 1 / distance, 0 where "
            "there is no path. Eigenvector: A x = lambda x, in the main component; 0 elsewhere. "
            "Katz: x = alpha A' x + 1, alpha = 0.5 / lambda, length 1. "
            "PageRank: alpha 0.85, organizations without ties spread evenly. Coreness: largest k "
            f"of the k-cores{lengths}. Centralization: Freeman's, over the star."
        ),
        settings=layer.settings(),
        sources=(
            "Freeman (1978), doi:10.1016/0378-8733(78)90021-7",
            "Brandes (2001), doi:10.1080/0022250X.2001.9990249",
            "Marchiori & Latora (2000), doi:10.1016/S0378-4371(00)00311-3",
            "Bonacich (1972), doi:10.1080/0022250X.1972.9989806",
            "Katz (1953), doi:10.1007/BF02289026",
            "Brin & Page (1998), doi:10.1016/S0169-7552(98)00110-X",
            "Seidman (1983), doi:10.1016/0378-8733(83)90028-X",
            "Newman (2001), doi:10.1103/PhysRevE.64.016132",
        ),
        notes=(layer.describe(), *map(str, drawn)),
    )
