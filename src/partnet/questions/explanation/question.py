"""What goes together with ties: the same sector, a common county, shared services and money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from ...core.errors import UsageError
from ...core.network import Network
from ...core.results import Method, Result
from ...core.text import join_words, say_share
from ...facts.collaboration import build_layer
from ...facts.features import FAMILIES, build_incidence
from ...facts.layers import Layer, clean_matrix
from ...measures.mixing import PERMUTATIONS, SEED
from ...measures.permutation import MOST_DENSE, correlate_layers, mark_unknown, regress_layers

FEW = 0.05
COLUMNS = [
    "meaning",
    "tied_with",
    "tied_without",
    "coefficient",
    "p",
    "t",
    "correlation",
    "correlation_p",
    "share_of_pairs",
]
MEANINGS = {
    "same_sector": "the same sector",
    "shared_services": "a service in common",
    "shared_funding": "money from the same program",
    "shared_populations": "a population in common",
    "shared_places": "a county in common",
    "shared_groups": "a group in common",
}


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
        ``.table`` by ``reason``: ``meaning``, ``tied_with`` and ``tied_without`` (share of pairs
        with and without it that are tied, among those whose answer is known), ``coefficient``,
        ``p`` and ``t`` (MRQAP), ``correlation`` and ``correlation_p`` (QAP), and
        ``share_of_pairs`` (that have it). Reasons that all pairs have, or none, are left out.
        Without ties, or with fewer than three organizations, the table is empty.

    Raises
    ------
    UsageError
        More than 1,500 organizations.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.explain_ties(pn.load_sample("prairie"), permutations=50)
    >>> bool(found.table.loc["shared_places", "coefficient"] > 0)
    True

    References
    ----------
    Krackhardt (1988), doi:10.1016/0378-8733(88)90004-4.
    Dekker, Krackhardt & Snijders (2007), doi:10.1007/s11336-007-9016-1.
    """
    if net.n > MOST_DENSE:
        raise UsageError(
            f"net: found {net.n:,} organizations. At most {MOST_DENSE:,} are allowed, since every "
            "pair is compared. Take a part of the network: net.subnetwork(ids)."
        )
    options: dict[str, Any] = {"relations": relations, "directed": directed, "as_of": as_of}
    layer = build_layer(net, **options)
    ties = replace(layer, matrix=layer.binary)
    reasons = list_reasons(net, layer, as_of) if layer.matrix.nnz and net.n > 2 else {}
    table = _compare(ties, reasons, permutations, seed)
    return Result(
        verb="explain_ties",
        title="What goes together with ties",
        table=table,
        sentences=tuple(_say(layer, table)),
        method=_describe_method(layer, permutations, seed),
    )


def list_reasons(
    net: Network, layer: Layer, as_of: str | pd.Timestamp | None = None
) -> dict[str, Layer]:
    """Give for every reason the layer of pairs that have it; what does not vary is left out."""
    day = net.newest_date if as_of is None else pd.Timestamp(as_of)
    held = net if day is None else net.at(day)
    codes, labels = pd.factorize(net.organizations["sector"].replace("", None))
    known = np.flatnonzero(codes >= 0)
    shape = (net.n, max(len(labels), 1))
    sectors = sparse.csr_array((np.ones(len(known)), (known, codes[known])), shape=shape)
    incidences = {"same_sector": sectors}
    for family in FAMILIES:
        incidences[f"shared_{family}"] = build_incidence(held, family).plain
    reasons = {}
    for reason, incidence in incidences.items():
        matrix = clean_matrix(sparse.csr_array(incidence @ incidence.T))
        matrix.data[:] = 1.0
        if 0 < matrix.nnz < net.n * (net.n - 1):
            reasons[reason] = replace(layer, matrix=matrix, survey=None)
    return reasons


def _compare(
    ties: Layer, reasons: Mapping[str, Layer], permutations: int, seed: int
) -> pd.DataFrame:
    """One row a reason; the strongest beside the others first."""
    if not reasons:
        return pd.DataFrame(columns=COLUMNS, index=pd.Index([], name="reason"))
    known = ~np.eye(ties.n, dtype=bool) & ~mark_unknown(ties)
    tied = ties.matrix.toarray()[known] > 0
    rows = {}
    for reason, layer in reasons.items():
        has = layer.matrix.toarray()[known] > 0
        alone = correlate_layers(ties, layer, permutations=permutations, seed=seed)
        rows[reason] = {
            "meaning": MEANINGS[reason],
            "share_of_pairs": has.mean(),
            "tied_with": tied[has].mean() if has.any() else np.nan,
            "tied_without": tied[~has].mean() if not has.all() else np.nan,
            "correlation": alone["correlation"],
            "correlation_p": alone["p"],
        }
    together = regress_layers(ties, dict(reasons), permutations=permutations, seed=seed)
    table = pd.DataFrame.from_dict(rows, orient="index").join(together)
    table = table.sort_values("coefficient", ascending=False, kind="stable")
    return table[COLUMNS].rename_axis("reason")


def _say(layer: Layer, table: pd.DataFrame) -> Iterator[str]:
    if table.empty:
        yield "Too little is on file to say what goes together with ties."
        return
    sure = table[(table["p"] <= FEW) & (table["coefficient"] > 0)]
    for row in sure.itertuples():
        points = f"{100 * row.coefficient:.{0 if row.coefficient >= 0.01 else 1}f}"
        yield (
            f"Of pairs with {row.meaning}, {say_share(row.tied_with)} have a tie on file, of the "
            f"others {say_share(row.tied_without)}; all else on this list being equal, "
            f"about {points} more of 100 are tied."
        )
    fewer = table[(table["p"] <= FEW) & (table["coefficient"] < 0)]
    for row in fewer.itertuples():
        yield (
            f"Pairs with {row.meaning} are tied less often than their other common points would "
            f"have it, by {-100 * row.coefficient:.1f} of 100."
        )
    unsure = table[table["p"] > FEW]
    if len(unsure):
        many = len(unsure) > 1
        beside = "Beside these, " if len(unsure) < len(table) else "On this list, "
        yield (
            f"{beside}{join_words(list(unsure['meaning']), final='and')} "
            f"{'make' if many else 'makes'} no difference that could not be chance."
        )
    yield "This says what goes together, not what causes what."


def _describe_method(layer: Layer, permutations: int, seed: int) -> Method:
    return Method(
        name="What goes together with ties: QAP and MRQAP.",
        formula=(
            "tie_ij = b_0 + sum_k b_k x_k,ij by least squares over all pairs whose answer is "
            "known. Correlation: Pearson's over all cells; chance: organizations relabelled. "
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
