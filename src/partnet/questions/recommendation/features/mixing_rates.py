"""Rates of ties by category, shrunk towards none as much as the data themselves ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse, special

from ....core.arrays import BoolArray, FloatArray, IntArray, Rows
from ....measures.kernels.cells import find_cell
from ....measures.kernels.compiling import kernel
from ....measures.kernels.in_order import take_log
from .pairwise import as_rows

SHRINKAGE = 2.0 ** np.arange(-1, 10)  # ties (or organizations) by which rates may be shrunk


def shrink_rates(
    found: FloatArray,
    expected: FloatArray,
    base: FloatArray | float,
    counted: BoolArray | None = None,
) -> FloatArray:
    """Log (ties / ties expected) by cell, shrunk towards 0 as much as the table itself asks for.

    Rates are Gamma(a, a), ties Poisson: the rate is (found + a) / (expected + a), averaged over
    several a = strength x base by how likely each makes the whole table. A field that has nothing
    to do with ties ends near 0 everywhere.

    Parameters
    ----------
    found, expected : float arrays
        Ties by cell, and ties expected.
    base : float or float array
        Prior ties by unit of strength.
    counted : bool array, optional
        Cells that the likelihood looks at (one half of a symmetric table).
    """
    looked = slice(None) if counted is None else counted
    ties, usual = found[looked], expected[looked]
    # Of cells with one prior, those with as many ties have one gamma: few are different.
    number, at = np.unique(ties, return_inverse=True) if np.ndim(base) == 0 else (ties, ...)
    logs, rates = [], []
    for strength in SHRINKAGE:
        prior = strength * np.asarray(base, dtype=np.float64)
        cells = (special.gammaln(number + prior) - special.gammaln(prior))[at]
        cells = cells + prior * np.log(prior) - (ties + prior) * np.log(prior + usual)
        logs.append(float(cells.sum()))
        rates.append((found + prior) / (expected + prior))
    return np.log(np.tensordot(_by_likelihood(logs), np.array(rates), axes=1))


def _by_likelihood(logs: list[float]) -> FloatArray:
    weight = np.exp(np.array(logs) - max(logs))
    return np.asarray(weight / weight.sum())


@dataclass(frozen=True)
class HubRates:
    """Log rate at which a category works with one organization, against all categories.

    The same as :func:`shrink_rates` of the table categories x organizations with expected ties
    `size` x `usual` and base `usual`, but only cells with a tie are held.

    Attributes
    ----------
    ties : Rows
        Categories x organizations: ties found.
    size : float array, shape (categories,)
        Organizations of each category.
    usual : float array, shape (organizations,)
        Share of all others that each organization works with.
    weight : float array
        How much each strength of shrinkage counts.
    """

    ties: Rows
    size: FloatArray
    usual: FloatArray
    weight: FloatArray

    def __call__(self, category: IntArray, organization: IntArray) -> FloatArray:
        """Log rates; 0 where the category is not known (below 0)."""
        scales = self.size, self.usual, SHRINKAGE, self.weight
        found: FloatArray = average_rates(*self.ties, *scales, category, organization)
        return found


def measure_hub_rates(found: sparse.csr_array, size: FloatArray, usual: FloatArray) -> HubRates:
    """Weigh the strengths of shrinkage by how likely each makes the whole table."""
    category = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
    ties, share = found.data, usual[found.indices]
    logs = []
    for strength in SHRINKAGE:
        prior = strength * share
        some = special.gammaln(ties + prior) - special.gammaln(prior)
        some -= ties * np.log((strength + size[category]) * share)
        none = strength * np.log1p(size / strength).sum() * usual.sum()
        logs.append(float(some.sum() - none))
    return HubRates(as_rows(found), size, usual, _by_likelihood(logs))


@kernel(small=90_000, calls=1_000)
def average_rates(
    indptr: Any, indices: Any, data: Any, size: Any, usual: Any, strength: Any, weight: Any,
    category: Any, organization: Any,
) -> Any:  # fmt: skip
    """Log of (ties + prior) / (ties expected + prior), averaged over strengths of the prior."""
    found = np.zeros(category.size)
    for p in range(category.size):
        c, v = category[p], organization[p]
        if c < 0:
            continue
        at = find_cell(indptr, indices, c, v)
        ties = data[at] if at >= 0 else 0.0
        rate = 0.0
        for k in range(strength.size):
            rate += weight[k] * (ties / usual[v] + strength[k]) / (size[c] + strength[k])
        found[p] = np.log(rate)
    return found


@average_rates.in_python
def _average_all_rates(
    indptr: Any, indices: Any, data: Any, size: Any, usual: Any, strength: Any, weight: Any,
    category: Any, organization: Any,
) -> Any:  # fmt: skip
    if not (usual > 0.0).all():
        return NotImplemented
    row, kinds = np.repeat(np.arange(size.size), np.diff(indptr)), np.arange(size.size)
    share = np.append(data / usual[indices], np.zeros(size.size))  # ties, and none with a category
    at = np.repeat(data.size + kinds[:, None], usual.size, axis=1)
    at[row, indices] = np.arange(data.size)
    c, rate = np.append(row, kinds), np.zeros(share.size)
    for k in range(strength.size):
        rate += weight[k] * (share + strength[k]) / (size[c] + strength[k])
    logs = take_log(rate)
    return np.where(category < 0, 0.0, logs[at[np.maximum(category, 0), organization]])
