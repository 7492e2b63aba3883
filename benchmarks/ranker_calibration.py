"""Whether a probability that is said comes true: slope, intercept, error and curve."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from ranker_fit import fit_slope
from ranker_tables import Scored
from scipy import optimize, special

from partnet.questions.recommendation.ranking.ranker import fit_intercept

BANDS = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0)


@dataclass(frozen=True)
class Calibration:
    """How said and found go together over networks left out.

    Attributes
    ----------
    slope : float
        Log-odds by unit of score: what is shipped.
    steepness, level : float
        Slope and intercept of the truth on the log-odds said; 1 and 0 are perfect.
    error : float
        Mean difference between said and found over bands, weighted by pairs; every family counts
        the same.
    curve : DataFrame
        One row a band: pairs, said, found.
    """

    slope: float
    steepness: float
    level: float
    error: float
    curve: pd.DataFrame


def calibrate(scored: Sequence[Scored], name: str) -> Calibration:
    """Fit one slope for all; say probabilities as the library does; look what came true."""
    slope = fit_slope([one.scores[name] for one in scored], [one.truth for one in scored])
    size = Counter(one.family for one in scored)
    said, truth, weight = [], [], []
    for one in scored:
        intercept = fit_intercept(one.scores[name], slope, one.expected)
        said.append(special.expit(intercept + slope * one.scores[name]))
        truth.append(one.truth)
        weight.append(np.full(len(one.truth), 1.0 / len(one.truth) / size[one.family]))
    return compare_said(slope, np.concatenate(said), np.concatenate(truth), np.concatenate(weight))


def compare_said(
    slope: float, said: np.ndarray, truth: np.ndarray, weight: np.ndarray
) -> Calibration:
    """Hold what was said against what was found, by band."""
    band = np.clip(np.searchsorted(BANDS, said, side="right") - 1, 0, len(BANDS) - 2)
    frame = pd.DataFrame({"band": band, "w": weight, "s": weight * said, "f": weight * truth})
    total = frame.groupby("band").sum()
    curve = pd.DataFrame(
        {
            "share of pairs": total["w"] / weight.sum(),
            "said": total["s"] / total["w"],
            "found": total["f"] / total["w"],
        }
    )
    curve.index = [f"{BANDS[k]:.0%} to {BANDS[k + 1]:.0%}" for k in curve.index]
    error = float((curve["share of pairs"] * (curve["said"] - curve["found"]).abs()).sum())
    return Calibration(slope, *_regress(said, truth, weight), error, curve)


def _regress(said: np.ndarray, truth: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """Logistic regression of the truth on the log-odds said."""
    odds = np.log(np.clip(said, 1e-9, 1)) - np.log(np.clip(1 - said, 1e-9, 1))
    sign = 2.0 * truth - 1

    def loss(beta: np.ndarray) -> float:
        return float((weight * np.logaddexp(0, -sign * (beta[0] * odds + beta[1]))).sum())

    found = optimize.minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead")
    return float(found.x[0]), float(found.x[1])
