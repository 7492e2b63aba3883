"""What goes together with ties: the same sector, a common county, shared services and money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from ...core.arguments import checked
from ...core.checks import check_count
from ...core.errors import UsageError
from ...core.memory import fact
from ...core.network import Network
from ...core.results.result import Method, Result
from ...facts.graph.collaboration import build_layer
from ...facts.graph.features import FAMILIES, build_incidence
from ...facts.graph.layers import Layer, clean_matrix
from ...facts.identity.organizations import read_groups
from ...measures.chance.permutation import (
    MOST_DENSE,
    correlate_layers,
    mark_unknown,
    regress_layers,
)
from ...measures.groups.mixing import PERMUTATIONS, SEED
from .shown import COLUMNS, SHOWN
from .text import MEANINGS, say_reasons


@checked
def explain_ties(
    net: Network,
    *,
    relations: Sequence[str] | None = None,
    directed: bool = False,
    as_of: str | pd.Timestamp | None = None,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Result:
    """Say what goes together with ties, each reason beside the others.

    Is a pair tied more often if both are of one sector, work in one county, offer the same
    service, or have money from the same program? Each reason alone by QAP correlation, all of them
    together by MRQAP: ``tie_ij = b_0 + sum_k b_k x_k,ij`` by least squares, tested by double
    semi-partialling. A coefficient of 0.1 means: 10 more of 100 such pairs are tied, all else on
    the list being equal. It goes together; that it is the cause is not said.

    Parameters
    ----------
    net : Network
        The network; at most 1,500 organizations.
    relations : sequence of str, optional
        Relations that count as a tie; default: the working ones.
    directed : bool, default False
        Keep the arrows of ties.
    as_of : str or Timestamp, optional
        The day on which ties and entries must hold; default: the newest date in the tables.
    permutations : int, default 1000
        Draws of every test; the smallest p is about 2 / permutations.
    seed : int
        Seed of the draws.

    Returns
    -------
    Result
        ``.table`` has a row for each reason, by ``reason``, the strongest beside the others
        first. Reasons that all pairs have, or none, are left out. Without ties, or with fewer than
        three organizations, the table is empty.

    Raises
    ------
    UsageError
        More than 1,500 organizations.

    See Also
    --------
    measure_structure : Which groups have fewer ties than by chance.

    References
    ----------
    Krackhardt (1988), doi:10.1016/0378-8733(88)90004-4.
    Dekker, Krackhardt & Snijders (2007), doi:10.1007/s11336-007-9016-1.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.explain_ties(pn.load_sample("prairie"), permutations=50)
    >>> bool(found.table.loc["shared_places", "coefficient"] > 0)
    True
    """
    if net.n > MOST_DENSE:
        raise UsageError(
            f"net: found {net.n:,} organizations. At most {MOST_DENSE:,} are allowed, since every "
            "pair is compared. Take a part of the network: net.subnetwork(ids)."
        )
    check_count("permutations", permutations)
    check_count("seed", seed)
    here = net.at(as_of)
    layer = build_layer(here, relations=relations, directed=directed)
    table = _compare(here, layer, permutations, seed)
    return Result(
        verb="explain_ties",
        title="What goes together with ties",
        table=table,
        sentences=tuple(say_reasons(table)),
        method=_describe_method(layer, permutations, seed),
        shown=SHOWN,
        as_of=here.day,
        paper="What goes together with ties",
        network=net.title,
    )


def list_reasons(here: Network, layer: Layer) -> dict[str, Layer]:
    """Give for every reason the layer of pairs that have it; what does not vary is left out."""
    codes, labels = pd.factorize(read_groups(here, "sector").replace("", None))
    known = np.flatnonzero(codes >= 0)
    shape = (here.n, max(len(labels), 1))
    sectors = sparse.csr_array((np.ones(len(known)), (known, codes[known])), shape=shape)
    incidences = {"same_sector": sectors}
    for feature in FAMILIES:
        incidences[f"shared_{feature}"] = build_incidence(here, feature).plain
    reasons = {}
    for reason, incidence in incidences.items():
        matrix = clean_matrix(sparse.csr_array(incidence @ incidence.T))
        matrix.data[:] = 1.0
        if 0 < matrix.nnz < here.n * (here.n - 1):
            reasons[reason] = replace(layer, matrix=matrix, survey=None)
    return reasons


@fact
def _compare(here: Network, layer: Layer, permutations: int, seed: int) -> pd.DataFrame:
    """One row a reason; the strongest beside the others first."""
    reasons = list_reasons(here, layer) if layer.matrix.nnz and here.n > 2 else {}
    if not reasons:
        return pd.DataFrame(columns=COLUMNS, index=pd.Index([], name="reason"))
    ties = replace(layer, matrix=layer.binary)
    rows = {
        reason: _compare_alone(ties, reason, pairs, permutations, seed)
        for reason, pairs in reasons.items()
    }
    together = regress_layers(ties, dict(reasons), permutations=permutations, seed=seed)
    table = pd.DataFrame.from_dict(rows, orient="index").join(together)
    table = table.sort_values("coefficient", ascending=False, kind="stable")
    return table[COLUMNS].rename_axis("reason")


def _compare_alone(
    ties: Layer, reason: str, pairs: Layer, permutations: int, seed: int
) -> dict[str, Any]:
    """Shares of tied pairs with and without one reason, and its QAP correlation."""
    known = ~np.eye(ties.n, dtype=bool) & ~mark_unknown(ties)
    tied = ties.matrix.toarray()[known] > 0
    has = pairs.matrix.toarray()[known] > 0
    alone = correlate_layers(ties, pairs, permutations=permutations, seed=seed)
    return {
        "meaning": MEANINGS[reason],
        "share_of_pairs": has.mean(),
        "tied_with": tied[has].mean() if has.any() else np.nan,
        "tied_without": tied[~has].mean() if not has.all() else np.nan,
        "correlation": alone["correlation"],
        "correlation_p": alone["p"],
    }


def _describe_method(layer: Layer, permutations: int, seed: int) -> Method:
    return Method(
        name="What goes together with ties: QAP and MRQAP.",
        formula=(
            "tie_ij = b_0 + sum_k b_k x_k,ij by least squares over all pairs whose answer is "
            "known. Correlation: Pearson's over all cells; chance: organizations relabeled. "
            "Coefficients: double semi-partialling, the t value compared; two-sided p."
        ),
        settings={**layer.settings(), "permutations": permutations, "seed": seed},
        sources=(
            "Krackhardt (1988), doi:10.1016/0378-8733(88)90004-4",
            "Dekker, Krackhardt & Snijders (2007), doi:10.1007/s11336-007-9016-1",
        ),
        notes=(
            layer.describe(),
            "An organization without entries counts as having nothing in common.",
            "Whoever is the convener is kept in.",
        ),
    )
