"""The relations of a layer one by one: partners by relation, and which relations go together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
from scipy import sparse

from ...core.arrays import transpose
from ...facts.graph.layers import Layer
from .permutation import correlate_layers

MULTIPLEXITY = [
    "first",
    "second",
    "ties_first",
    "ties_second",
    "ties_both",
    "correlation",
    "expected",
    "p",
]


def count_partners(parts: Mapping[str, Layer]) -> pd.DataFrame:
    """Count the partners of every organization in every relation.

    Returns
    -------
    DataFrame
        By organization id, a column for each relation; where arrows count, two: ties received
        (``..._in``) and sent (``..._out``).
    """
    columns: dict[str, pd.Series] = {}
    for relation, layer in parts.items():
        sent = pd.Series(np.diff(layer.matrix.indptr).astype(np.int64), index=layer.ids)
        if not layer.directed:
            columns[relation] = sent
            continue
        received = np.diff(transpose(layer.matrix).indptr).astype(np.int64)
        columns[f"{relation}_in"] = pd.Series(received, index=layer.ids)
        columns[f"{relation}_out"] = sent
    return pd.DataFrame(columns)


def share_multiplex(layer: Layer, parts: Mapping[str, Layer]) -> float:
    """Give the share of tied pairs that are tied by several relations; NaN without ties.

    References
    ----------
    Wasserman & Faust (1994), doi:10.1017/CBO9780511815478.
    """
    if not layer.matrix.nnz or not parts:
        return float("nan")
    start = sparse.csr_array(layer.matrix.shape)
    counts = sum((part.binary for part in parts.values()), start=start)
    return float((counts.data > 1).sum() / layer.matrix.nnz)


def list_multiplexity(parts: Mapping[str, Layer], *, permutations: int) -> pd.DataFrame:
    """Say how far relations go together: ties of each, ties with both, and QAP correlation.

    Relations without a tie are left out. Strengths are not used: a tie is on file or not.

    Returns
    -------
    DataFrame
        One row a pair of relations: ``first``, ``second``, ``ties_first``, ``ties_second``,
        ``ties_both``, ``correlation`` (Pearson's over all cells), ``expected`` and ``p`` (see
        :func:`correlate_layers`).
    """
    plain = {name: _flatten(layer) for name, layer in parts.items() if layer.matrix.nnz}
    rows = []
    for (first, one), (second, other) in combinations(plain.items(), 2):
        both = int(one.matrix.multiply(other.matrix).nnz) // (1 if one.directed else 2)
        found = correlate_layers(one, other, permutations=permutations)
        rows.append((first, second, one.n_ties, other.n_ties, both, *found.values()))
    return pd.DataFrame(rows, columns=MULTIPLEXITY)


def _flatten(layer: Layer) -> Layer:
    return replace(layer, matrix=layer.binary)
