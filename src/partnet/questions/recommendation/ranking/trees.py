"""Trees of the ranker `best`: read from package data, evaluated for all pairs at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import numpy.typing as npt

from ....core.arrays import FloatArray, Int32Array, IntArray
from ....measures.kernels.compiling import kernel
from ..features.features import WARM, PairFeatures, normal_quantiles
from ..features.patterns import PATTERNS, RAW, PairPatterns


@kernel
def add_leaves(
    feature: Any, threshold: Any, left: Any, right: Any, value: Any, roots: Any, columns: Any,
    total: Any,
) -> None:  # fmt: skip
    """Add for every row the values of the leaves it falls into."""
    for row in range(columns.shape[0]):
        for root in roots:
            node = root
            while feature[node] >= 0:
                below = columns[row, feature[node]] <= threshold[node]
                node = root + (left[node] if below else right[node])
            total[row] += value[node]


@dataclass(frozen=True)
class Trees:
    """Many small trees, their nodes one after the other.

    Attributes
    ----------
    feature : int array
        Column that a node looks at; -1: a leaf.
    threshold : float array
        Up to this value to the left, above it to the right.
    left, right : int arrays
        Next node, counted from the root of its tree.
    value : float array
        What a leaf adds to the log-odds.
    roots : int array
        Where each tree starts.
    """

    feature: npt.NDArray[np.int16]
    threshold: npt.NDArray[np.float32]
    left: npt.NDArray[np.int16]
    right: npt.NDArray[np.int16]
    value: npt.NDArray[np.float32]
    roots: Int32Array

    def predict(self, columns: npt.NDArray[np.float32]) -> FloatArray:
        """Log-odds, up to a constant, for every row of columns."""
        total = np.zeros(len(columns))
        parts = (self.feature, self.threshold, self.left, self.right, self.value, self.roots)
        add_leaves(*parts, columns, total)
        return total


@cache
def load_trees() -> Trees:
    """Load the trees that ship with partnet."""
    with (
        as_file(files("partnet").joinpath("data/ranker_trees.npz")) as path,
        np.load(path, allow_pickle=False) as stored,
    ):
        return Trees(**{name: stored[name] for name in Trees.__dataclass_fields__})


def measure_columns(
    features: PairFeatures, scaled: FloatArray, i: IntArray, j: IntArray
) -> npt.NDArray[np.float32]:
    """Put together what trees look at: scaled columns, patterns, and the network's context.

    Parameters
    ----------
    features : PairFeatures
        Visible graph and fields.
    scaled : float array, shape (pairs, TOPOLOGY or WARM)
        Normal quantiles of the columns; where nothing is known beside ties, the others are 0.
    i, j : int arrays
        The pairs.
    """
    patterns = PairPatterns(features.graph)
    found = patterns.measure(i, j)
    context = patterns.describe_network(attributes=bool(features.fields))
    missing = np.zeros((len(i), len(WARM) - scaled.shape[1]))
    raw = found[:, [PATTERNS.index(name) for name in RAW]]
    everywhere = np.broadcast_to(context, (len(i), len(context)))
    parts = (scaled, missing, normal_quantiles(found), raw, everywhere)
    return np.column_stack(parts).astype(np.float32)
