"""Brokerage between groups: the five roles of Gould and Fernandez."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..weights import Layer
from .kernels.brokerage import count_roles
from .parallel import run_ranges
from .rows import Ints, get_rows, transpose

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
SMALLEST_GROUP = 3


def code_groups(groups: pd.Series, *, smallest: int = SMALLEST_GROUP) -> tuple[Ints, list[str]]:
    """Number the groups of at least so many members; everybody else gets -1.

    Returns
    -------
    codes, labels
        Number of the group by position, and the groups in alphabetic order.
    """
    sizes = groups[groups != ""].value_counts()
    labels = sorted(str(label) for label in sizes[sizes >= smallest].index)
    codes = pd.Index(labels, dtype="str").get_indexer(groups.astype("str"))
    return codes.astype(np.int32), labels


def count_brokerage(layer: Layer, groups: Ints, *, workers: int | None = None) -> pd.DataFrame:
    """Count for how many pairs of others each organization is the way from one to the other.

    Counted are ordered pairs (u, w) with ties u -> v -> w and no tie u -> w. With the groups of
    u, v, w: coordinator (all the same), itinerant (u and w the same, v another), gatekeeper (v
    and w the same: it lets in), representative (u and v the same: it speaks for them), liaison
    (three different). Without directions every pair counts once in each order, as in R's
    ``sna::brokerage``; gatekeeper and representative are then equal.

    Parameters
    ----------
    layer : Layer
        The graph.
    groups : int32 array
        Group by position; -1 where it is not known or too small to count.
    workers : int, optional
        Threads; the result does not depend on it.

    Returns
    -------
    DataFrame
        Indexed by organization id: the five roles, and ``brokerage``, all such pairs, whatever
        the groups.

    References
    ----------
    Gould & Fernandez (1989), doi:10.2307/270949.
    """
    indptr, indices, _ = get_rows(layer.matrix)
    turned = transpose(layer.matrix) if layer.directed else layer.matrix
    in_indptr, in_indices, _ = get_rows(turned)
    census = np.zeros((layer.n, 6), np.int64)

    def work(first: int, last: int) -> None:
        count_roles(indptr, indices, in_indptr, in_indices, groups, first, last, census)

    steps = float(np.diff(indptr).astype(float) @ np.diff(in_indptr))
    run_ranges(work, layer.n, steps=steps, workers=workers)
    return pd.DataFrame(census, index=layer.ids, columns=[*ROLES, "brokerage"])
