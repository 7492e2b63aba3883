"""Freeman centralization: how far the network leans on its most central organization."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ...core.arrays import NAN, FloatArray, label_components
from ...facts.graph.layers import Layer


def measure_centralization(layer: Layer, scores: Mapping[str, FloatArray]) -> pd.DataFrame:
    """Say how far the network leans on one organization, 0 not at all, 1 as a star does.

    ``sum over v of (largest score - score of v)``, divided by the same sum for the star, the most
    centralized graph of that size.

    Parameters
    ----------
    layer : Layer
        The graph.
    scores : mapping of str to array
        By position: ``degree`` (or ``in_degree`` and ``out_degree``), counted; ``betweenness``,
        ``closeness`` and ``harmonic`` between 0 and 1.

    Returns
    -------
    DataFrame
        Indexed by ``measure``: ``centralization`` (NaN where it is not defined),
        ``normalization`` (what it was divided by) and ``note``.

    Notes
    -----
    Closeness is the classic one, so it needs a connected, undirected network. R's
    ``sna::centralization`` divides by the directed maximum unless told otherwise, which halves it.

    References
    ----------
    Freeman (1978), doi:10.1016/0378-8733(78)90021-7.
    """
    connected = label_components(layer.matrix)[0] == 1
    rows = [
        (measure, *centralize_scores(measure, values, layer.directed, connected))
        for measure, values in scores.items()
    ]
    columns = ["measure", "centralization", "normalization", "note"]
    return pd.DataFrame(rows, columns=columns).set_index("measure")


def centralize_scores(
    measure: str, values: FloatArray, directed: bool = False, connected: bool = False
) -> tuple[float, str, str]:
    """Give centralization, what it was divided by, and why it is not defined ("" if it is)."""
    n = len(values)
    largest, normalization = _largest_sum(measure, n)
    if n < 3:
        return NAN, normalization, "needs at least three organizations"
    if measure == "closeness" and directed:
        return NAN, normalization, "the classic closeness is for ties without direction"
    if measure == "closeness" and not connected:
        return NAN, normalization, "the network has several components; see harmonic"
    if measure == "harmonic" and directed:
        return NAN, normalization, "its largest value is known for ties without direction only"
    spread = float((values.max() - np.asarray(values, dtype=float)).sum())
    return spread / largest, normalization, ""


def _largest_sum(measure: str, n: int) -> tuple[float, str]:
    """The sum for the star, and its formula."""
    if measure == "degree":
        return (n - 1) * (n - 2), "(n - 1)(n - 2)"
    if measure in ("in_degree", "out_degree"):
        return (n - 1) ** 2, "(n - 1)^2"
    if measure == "closeness":
        return (n - 1) * (n - 2) / (2 * n - 3), "(n - 1)(n - 2) / (2n - 3)"
    if measure == "harmonic":
        return (n - 2) / 2, "(n - 2) / 2"
    return n - 1, "n - 1"
