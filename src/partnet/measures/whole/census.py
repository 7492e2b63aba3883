"""What pairs and threes look like: the census of dyads and triads, and directed transitivity."""

from __future__ import annotations

from itertools import permutations
from math import comb

import numpy as np
import pandas as pd
from scipy import sparse

from ...core.arrays import NAN, IntArray, get_rows
from ...facts.graph.layers import Layer
from ..kernels.census import count_triads
from ..parallel import run_ranges
from .shape import count_dyads

TRIADS = (
    *("003", "012", "102", "021D", "021U", "021C", "111D", "111U"),
    *("030T", "030C", "201", "120D", "120U", "120C", "210", "300"),
)
EXAMPLES = {  # arcs of one triad of each type, on vertices 0, 1, 2
    "003": (),
    "012": ((0, 1),),
    "102": ((0, 1), (1, 0)),
    "021D": ((1, 0), (1, 2)),
    "021U": ((0, 1), (2, 1)),
    "021C": ((0, 1), (1, 2)),
    "111D": ((0, 2), (2, 0), (1, 2)),
    "111U": ((0, 2), (2, 0), (2, 1)),
    "030T": ((0, 1), (1, 2), (0, 2)),
    "030C": ((0, 1), (1, 2), (2, 0)),
    "201": ((0, 1), (1, 0), (1, 2), (2, 1)),
    "120D": ((1, 0), (1, 2), (0, 2), (2, 0)),
    "120U": ((0, 1), (2, 1), (0, 2), (2, 0)),
    "120C": ((0, 1), (1, 2), (0, 2), (2, 0)),
    "210": ((0, 1), (1, 0), (1, 2), (2, 1), (0, 2)),
    "300": ((0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0)),
}
BITS = {(0, 1): 1, (1, 0): 2, (0, 2): 4, (2, 0): 8, (1, 2): 16, (2, 1): 32}


def take_dyad_census(layer: Layer) -> pd.Series:
    """Count the pairs that are tied both ways, one way, and not at all.

    Without directions every tie is mutual. Cells of which nothing is known count as empty, as in
    other programs: see ``observed_cells``.

    Returns
    -------
    Series of int
        ``mutual``, ``one_way`` (asymmetric), ``none``.

    References
    ----------
    Holland & Leinhardt (1970), doi:10.1086/224954.

    Examples
    --------
    >>> import partnet as pn
    >>> from partnet.facts.graph.collaboration import build_layer
    >>> take_dyad_census(build_layer(pn.load_sample("prairie"), directed=True)).index.tolist()
    ['mutual', 'one_way', 'none']
    """
    return pd.Series(count_dyads(layer), index=["mutual", "one_way", "none"], dtype="int64")


def take_triad_census(layer: Layer, *, workers: int | None = None) -> pd.Series:
    """Count the threes of organizations by the pattern of their ties.

    The sixteen types are named by the numbers of mutual, one-way and absent pairs, and by a letter
    where several patterns have the same: down, up, cyclic, transitive. Without directions only
    003, 102, 201 and 300 occur.

    Returns
    -------
    Series of int
        By type, in the usual order; they add up to n (n - 1)(n - 2) / 6.

    References
    ----------
    Holland & Leinhardt (1970), doi:10.1086/224954. Batagelj & Mrvar (2001),
    doi:10.1016/S0378-8733(01)00035-1 (the algorithm).
    """
    codes = _count_codes(layer, workers)
    counts = np.bincount(CODE_TYPES, weights=codes, minlength=16).astype(np.int64)
    counts[0] = comb(layer.n, 3) - int(counts[1:].sum())
    return pd.Series(counts, index=pd.Index(TRIADS, name="triad"))


def measure_directed_transitivity(layer: Layer) -> float:
    """Say how often i -> j -> k is closed by i -> k.

    Ordered threes with i -> j, j -> k and i -> k, over those with i -> j and j -> k (i and k
    different): the weak measure of Wasserman & Faust. Without directions it is the transitivity
    of the network. Arcs whose answer is not known are left out of the triples.

    Returns
    -------
    float
        Between 0 and 1; NaN without a path of two arcs whose closing arc is known.

    References
    ----------
    Wasserman & Faust (1994), doi:10.1017/CBO9780511815478. Holland & Leinhardt (1971),
    doi:10.1177/104649647100200201.
    """
    tie = layer.binary
    paths = sparse.csr_array(tie @ tie)
    paths.setdiag(0)
    known = np.ones(layer.n) if layer.survey is None else layer.survey.roster.astype(float)
    if not layer.directed:
        known = np.ones(layer.n)
    triples = float((known @ paths).sum())
    closed = float((known @ paths.multiply(tie)).sum())
    return closed / triples if triples else NAN


def _count_codes(layer: Layer, workers: int | None) -> IntArray:
    """Triads with a tie, by the 64 patterns of their arcs."""
    indptr, indices, _ = get_rows(layer.matrix)
    both_indptr, both, _ = get_rows(layer.symmetric)
    rows = [row.astype(np.int64) for row in (indptr, indices, both_indptr, both)]

    def work(first: int, last: int) -> IntArray:
        codes = np.zeros(64, np.int64)
        count_triads(*rows, first, last, codes)
        return codes

    degree = np.diff(both_indptr).astype(float)
    parts = run_ranges(work, layer.n, steps=float(degree @ degree) * 4, workers=workers)
    return np.sum(parts, axis=0) if parts else np.zeros(64, np.int64)


def _list_code_types() -> IntArray:
    """Number of the type of every code of six arcs."""
    found = np.zeros(64, np.int64)
    for number, name in enumerate(TRIADS):
        for turn in permutations(range(3)):
            arcs = [(turn[u], turn[v]) for u, v in EXAMPLES[name]]
            found[sum(BITS[arc] for arc in arcs)] = number
    return found


CODE_TYPES = _list_code_types()
