"""What is measured of every network that is held against others, and on what it rests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from ...core.arrays import FloatArray
from ...core.audience.small_counts import LEAST_CELL
from ...core.network import Network
from ...core.rows.ratings import TRUST, VALUE, read_ratings
from ...facts.graph.collaboration import build_layer
from ...facts.graph.layers import Layer
from ..comparison.waves import STATISTICS, draw_statistics, measure_spread
from ..goals.judging import NO_DATA, OFF
from ..goals.question import judge_goals

TIES, SERVICES, RATINGS, GOALS = "ties", "services", "ratings", "goals"
DENSITY, ALONE = "density", "share without a tie"
LARGEST = 500  # organizations up to which intervals are drawn: each draw multiplies matrices
WIDE = 1.96
NAN = float("nan")
NONE, ROSTER, RECALL = "no survey", "a roster", "free recall"
SCORES = {"mean value": VALUE, "mean trust": TRUST}

# On what every statistic rests; in the order in which it is shown.
RESTS_ON = MappingProxyType(
    {
        "mean number of partners": TIES,
        DENSITY: TIES,
        "transitivity": TIES,
        ALONE: TIES,
        "services for each organization": SERVICES,
        "mean value": RATINGS,
        "mean trust": RATINGS,
        "share of goals reached or on track": GOALS,
    }
)


@dataclass(frozen=True)
class Measured:
    """One network: its statistics, and what tells with which others it can be compared.

    Attributes
    ----------
    label : str
        What it is called.
    net : Network
        On its day.
    organizations : int
        Those that are compared: who answered, where a survey is on file; else all.
    asked : str
        How ties were asked for: no survey, a roster, free recall.
    response_rate : float
        Share of those asked who answered; NaN without a survey.
    raters : int
        Who rated anybody.
    relations : bool
        Whether every relation that is compared is on file.
    values, errors : dict of str to float
        By statistic; errors are standard errors, NaN where none is drawn.
    """

    label: str
    net: Network
    organizations: int
    asked: str
    response_rate: float
    raters: int
    relations: bool
    values: dict[str, float] = field(default_factory=dict)
    errors: dict[str, float] = field(default_factory=dict)

    def interval(self, statistic: str) -> tuple[float, float]:
        """Give the 95 % interval of a statistic; NaN where none is drawn."""
        value, margin = self.values[statistic], WIDE * self.errors.get(statistic, NAN)
        return max(value - margin, 0.0) if margin == margin else NAN, value + margin


def measure_network(
    here: Network, label: str, relations: Sequence[str], draws: int, *, inside: bool
) -> Measured:
    """Measure one network among those whose answers are known; ratings and goals only inside."""
    layer = build_layer(here, relations=relations or None)
    matrix = _take_known(layer)
    values, errors = _measure_ties(matrix, draws)
    raters, scores = _measure_ratings(here) if inside else (0, dict.fromkeys(SCORES, NAN))
    values |= scores | {
        "services for each organization": _count_services(here),
        "share of goals reached or on track": _share_goals(here) if inside else NAN,
    }
    asked = NONE if layer.survey is None else ROSTER if layer.survey.roster.any() else RECALL
    rate = layer.response_rate
    on_file = bool(relations) and all(relation in here.scale for relation in relations)
    return Measured(label, here, len(matrix), asked, rate, raters, on_file, values, errors)


def _take_known(layer: Layer) -> FloatArray:
    """Ties as a matrix of 0 and 1, among those who answered where a survey is on file."""
    known = np.ones(layer.n, bool) if layer.answered is None else layer.answered
    at = np.flatnonzero(known)
    return np.asarray(layer.binary[at][:, at].todense(), dtype=float)


def _measure_ties(matrix: FloatArray, draws: int) -> tuple[dict[str, float], dict[str, float]]:
    values = {name: measure(matrix) for name, measure in STATISTICS.items()}
    alone = matrix.sum(axis=1) == 0
    values[ALONE] = float(alone.mean()) if len(matrix) else NAN
    if not 3 <= len(matrix) <= LARGEST:
        return values, {}
    drawn = draw_statistics([matrix], draws)
    return values, {name: float(measure_spread(each)[0]) for name, each in drawn.items()}


def _count_services(here: Network) -> float:
    """Mean number of services of the organizations of which any is on file."""
    rows = here.rows("services")
    known = rows[rows["organization"] != ""]
    each = known.groupby("organization")["service"].nunique()
    return float(each.mean()) if len(each) else NAN


def _measure_ratings(here: Network) -> tuple[int, dict[str, float]]:
    """Mean value and trust of the whole network, where five or more rated."""
    scores = dict.fromkeys(SCORES, NAN)
    rows = read_ratings(here.rows("ratings")).rows
    raters = int(rows["rater"].nunique())
    for name, family in SCORES.items():
        own = rows[rows["family"] == family]
        if own["rater"].nunique() >= LEAST_CELL:
            scores[name] = float(own.groupby("dimension")["score"].mean().mean())
    return raters, scores


def _share_goals(here: Network) -> float:
    """Share of goals reached or on track, of those of which anything is known."""
    states = judge_goals(here)["state"]
    known = states[states != NO_DATA]
    return float((known != OFF).mean()) if len(known) else NAN
