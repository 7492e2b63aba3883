"""The ranker: a small table of weights that ships with partnet, and the score it gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from scipy import optimize, special

from ....core.arrays import FloatArray
from ....core.checks import check_choice

LOWEST = -30.0  # intercept: with it hardly any pair is tied, with its opposite nearly all are
PATTERN = "pattern"  # the column of the trees: their order, averaged in


@dataclass(frozen=True)
class Ranker:
    """Weights of the columns, by situation, and what they were trained on.

    Attributes
    ----------
    name, version : str
        ``"readable"`` or ``"best"``, and the version of the weights.
    weights : mapping of str to (mapping of column to weight)
        Three situations: ``"ties"`` (both organizations have ties, nothing else is known),
        ``"ties_and_attributes"``, and ``"newcomer"`` (at least one has no tie on file).
    slope : float
        Calibration: log-odds of having been a held-out tie, by unit of score.
    card : mapping
        The model card: corpus, protocol, measured gains, known failures.
    """

    name: str
    version: str
    weights: Mapping[str, Mapping[str, float]]
    slope: float
    card: Mapping[str, Any]

    def weights_for(self, situation: str, columns: tuple[str, ...]) -> FloatArray:
        """Give the weights of some columns in one situation; 0 where it has none."""
        return np.array([self.weights[situation].get(column, 0.0) for column in columns])


def load_ranker(name: str = "readable") -> Ranker:
    """Load the weights that ship with partnet.

    Parameters
    ----------
    name : {"readable", "best"}, default "readable"

    Raises
    ------
    UsageError
        There is no ranker of that name.
    """
    check_choice("ranker", name, tuple(_read_shipped()["rankers"]))
    return _load_known(name)


@cache
def _read_shipped() -> dict[str, Any]:
    text = files("partnet").joinpath("data/ranker.json").read_text(encoding="utf-8")
    shipped: dict[str, Any] = json.loads(text)
    return shipped


@cache
def _load_known(name: str) -> Ranker:
    shipped = _read_shipped()
    found, readable = shipped["rankers"][name], shipped["rankers"]["readable"]
    weights = readable["weights"] if name == "readable" else _average_in(readable, found)
    return Ranker(name, shipped["version"], weights, found["slope"], shipped["card"])


def _average_in(readable: Mapping[str, Any], best: Mapping[str, Any]) -> dict[str, Any]:
    """Weights of `best`: those of the readable ranker, and the order of the trees.

    Newcomers have no ties that trees could look at: their log-odds stay what they were.
    """
    weights = {situation: dict(columns) for situation, columns in readable["weights"].items()}
    for situation in ("ties", "ties_and_attributes"):
        weights[situation][PATTERN] = best["pattern"]
    same_odds = readable["slope"] / best["slope"]
    newcomer = readable["weights"]["newcomer"]
    weights["newcomer"] = {column: same_odds * weight for column, weight in newcomer.items()}
    return weights


def fit_intercept(
    scores: FloatArray, slope: float, expected: float, mass: FloatArray | None = None
) -> float:
    """Find the intercept with which the probabilities of all pairs add up to `expected`.

    The sum grows with the intercept. `mass` says how many pairs each stands for.
    """
    if not len(scores) or expected <= 0:
        return LOWEST
    odds, weights = slope * scores, 1.0 if mass is None else mass

    def exceed(intercept: float) -> float:
        return float((special.expit(intercept + odds) * weights).sum()) - expected

    if exceed(LOWEST) >= 0 or exceed(-LOWEST) <= 0:
        return LOWEST if exceed(LOWEST) >= 0 else -LOWEST
    return float(optimize.brentq(exceed, LOWEST, -LOWEST, xtol=1e-14))
