"""The weights of one network: the shipped ones, moved by what its own ties say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import optimize, sparse, special

from ....core.arrays import BoolArray, FloatArray
from ....measures.parallel import on_one_thread
from ..features.features import CLIP_IN_TRAINING, PairFeatures, normal_quantiles
from ..features.graph import SEED, list_warm
from .holdout import Hidden, hide_documents, hide_ties

TIMES = 3  # times that ties are hidden once more
FEWEST_HIDDEN = 10  # held-out ties found again in all; fewer say nothing
MOST_SHRUNK = 1000  # organizations; above, features take too long to be made three times more
TRUST = 3.0  # held-out ties after which the network's own weights count as much as the shipped ones


def fit_own_weights(
    features: PairFeatures,
    columns: Sequence[str],
    shipped: FloatArray,
    documents: sparse.csr_array | None = None,
    *,
    times: int = TIMES,
) -> FloatArray:
    """Move the shipped weights towards those that fit this network's own ties best.

    One visible tie in five is hidden once more, several times; columns are measured on what is then
    left, and logistic weights of at least 0 are fitted with a ridge of ``TRUST / held-out ties``
    towards the shipped ones. The more ties are found again, the more they count. Ties of one
    meeting or agreement tell of each other, so whole documents are hidden where they are known.

    Parameters
    ----------
    features : PairFeatures
        Visible ties and fields.
    columns : sequence of str
        Columns that are weighed.
    shipped : float array, shape (columns,)
        Where to start, and where to stay with few ties.
    documents : csr_array, shape (ties, documents), optional
        Which documents each tie comes from; without it every tie counts as one of its own.
    times : int, default 3
        How often ties are hidden once more.
    """
    if features.graph.n > MOST_SHRUNK:
        return shipped
    return fit_own(hide_again(features, columns, documents, times=times), shipped)


def hide_again(
    features: PairFeatures,
    columns: Sequence[str],
    documents: sparse.csr_array | None = None,
    *,
    times: int = TIMES,
) -> list[tuple[FloatArray, BoolArray]]:
    """Hide visible ties once more, several times: scaled columns of pairs, and the truth."""
    random = np.random.default_rng(SEED)
    adjacency, trials = features.graph.adjacency, []
    for _ in range(times):
        if documents is None:
            hidden = hide_ties(adjacency, random)
        else:
            hidden = hide_documents(adjacency, documents, random)
        trials.append(_measure_left(features, columns, hidden))
    return trials


def _measure_left(
    features: PairFeatures, columns: Sequence[str], hidden: Hidden
) -> tuple[FloatArray, BoolArray]:
    left = None if features.graph.documents is None else hidden.graph.documents
    graph = features.graph.show(hidden.graph.adjacency, left)
    i, j = list_warm(graph)
    raw = PairFeatures(graph, features.fields).measure(columns, i, j)
    return normal_quantiles(raw, CLIP_IN_TRAINING), hidden.is_hidden(i, j)


def fit_own(trials: Sequence[tuple[FloatArray, BoolArray]], shipped: FloatArray) -> FloatArray:
    """Fit weights on ties hidden once more, shrunk towards the shipped ones."""
    usable = [(x, truth) for x, truth in trials if truth.any() and not truth.all()]
    found = sum(int(truth.sum()) for _, truth in usable)
    if found < FEWEST_HIDDEN:
        return shipped
    x, y, w = stack_balanced(usable)
    return fit_weights(x, y, w, ridge=TRUST / found, start=shipped)


def stack_balanced(
    trials: Sequence[tuple[FloatArray, BoolArray]],
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Put trials below each other: in each, held-out ties and others weigh one half."""
    parts = []
    for x, truth in trials:
        share = np.where(truth, 0.5 / truth.sum(), 0.5 / (~truth).sum())
        parts.append((x - x.mean(axis=0), truth.astype(np.float64), share))
    x, y, w = (np.concatenate(part) for part in zip(*parts, strict=True))
    return x, y, w / w.sum()


@on_one_thread
def fit_weights(
    x: FloatArray, y: FloatArray, w: FloatArray, *, ridge: float, start: FloatArray
) -> FloatArray:
    """Logistic loss with an intercept; weights at least 0; ridge towards `start`."""
    sign = 2 * y - 1

    def loss(beta: FloatArray) -> tuple[float, FloatArray]:
        margin = sign * (x @ beta[:-1] + beta[-1])
        off = beta[:-1] - start
        value = float((w * np.logaddexp(0, -margin)).sum() + ridge * (off @ off))
        slope = -w * sign * special.expit(-margin)
        return value, np.append(x.T @ slope + 2 * ridge * off, slope.sum())

    bounds = [(0.0, None)] * x.shape[1] + [(None, None)]
    first = np.append(start, 0.0)
    found = optimize.minimize(loss, first, jac=True, bounds=bounds, method="L-BFGS-B")
    return np.round(found.x[:-1], 6)
